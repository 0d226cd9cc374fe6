//! Which pages are as they were, and why the others are not.
//!
//! A page's key is what it was made from: its own texts, the parts of its view, and what holds for all pages (theme,
//! settings, front matter of its volume; the program is the cache's own). A view holds all that a page may show, so the
//! key is complete without a graph of what depends on what.

use crate::cache::{Cache, KeptFile, KeptPage, KeptSite};
use crate::hash::Hash128;
use std::collections::BTreeSet;
use std::fmt;

/// Why a page was made.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// There is no cache.
    Unknown,
    /// The last build was made by another version of the program.
    Program,
    /// The site did not have it, or had another kind of page there.
    New,
    /// The theme's own files that changed.
    Theme(Vec<String>),
    /// site.yaml or the command line.
    Settings,
    /// Front matter of its volume.
    Volume,
    /// Its own texts.
    Body,
    /// Parts of its view.
    View(Vec<&'static str>),
    /// The output folder does not hold what was made.
    Output,
}

impl fmt::Display for Reason {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reason::Unknown => formatter.write_str("no earlier build is known"),
            Reason::Program => formatter.write_str("program: the last build was made by another version"),
            Reason::New => formatter.write_str("new"),
            Reason::Theme(files) => write!(formatter, "theme: {}", files.join(", ")),
            Reason::Settings => formatter.write_str("settings"),
            Reason::Volume => formatter.write_str("front matter of the volume"),
            Reason::Body => formatter.write_str("body"),
            Reason::View(parts) => write!(formatter, "view: {}", parts.join(", ")),
            Reason::Output => formatter.write_str("output: the file is missing or was changed"),
        }
    }
}

/// A page by its key.
#[derive(Debug, Clone)]
pub struct Key<'a> {
    /// Address within the site.
    pub path: &'a str,
    /// Id of the volume whose rules it follows.
    pub volume: Option<&'a str>,
    /// Hash of its own texts.
    pub source: Hash128,
    /// Short hash of what it may show of the history.
    pub history: u64,
    /// Parts of its view, with their hashes.
    pub parts: Vec<(&'static str, Hash128)>,
}

/// What holds for all pages, then and now.
#[derive(Debug)]
pub struct Plan<'a> {
    then: Option<&'a KeptSite>,
    /// Whether the last build was made by another version of the program.
    foreign: bool,
    /// What holds now; its pages are added as they are made.
    pub now: KeptSite,
    theme: Vec<String>,
    volumes: BTreeSet<String>,
}

impl<'a> Plan<'a> {
    /// Compares what holds now with what held when the site was last built.
    pub fn new(cache: &'a Cache, now: KeptSite) -> Self {
        let then = cache.site.as_ref();
        let mut theme = BTreeSet::new();
        let mut volumes = BTreeSet::new();
        if let Some(then) = then {
            let differs = |name: &&String| then.theme.get(*name) != now.theme.get(*name);
            theme.extend(then.theme.keys().chain(now.theme.keys()).filter(differs).cloned());
            volumes.extend(
                now.volumes.iter().filter(|(id, hash)| then.volumes.get(*id) != Some(*hash)).map(|(id, _)| id.clone()),
            );
        }
        Plan { then, foreign: cache.foreign, now, theme: theme.into_iter().collect(), volumes }
    }

    /// A page of which it is known without its view that nothing has changed: neither its own texts, nor what it shows
    /// of the history, nor anything that any page may show of another.
    pub fn settled(&self, path: &str, source: Hash128, history: u64) -> Option<&'a KeptPage> {
        let now = &self.now;
        let then = self.then.filter(|then| then.facts == now.facts && then.settings == now.settings)?;
        let page = then.pages.get(path).filter(|_| self.theme.is_empty())?;
        (page.source == source && page.history == history).then_some(page)
    }

    /// A file that is no page, if it was made from the same.
    pub fn file(&self, path: &str, key: Hash128) -> Option<&'a KeptFile> {
        self.then?.files.get(path).filter(|file| file.key == key)
    }

    /// The page as it was, if its key is what it was.
    ///
    /// # Errors
    /// Why it is to be made.
    pub fn fresh(&self, key: &Key<'_>) -> Result<&'a KeptPage, Reason> {
        let Some(then) = self.then else {
            return Err(if self.foreign { Reason::Program } else { Reason::Unknown });
        };
        let Some(page) = then.pages.get(key.path) else { return Err(Reason::New) };
        if !self.theme.is_empty() {
            return Err(Reason::Theme(self.theme.clone()));
        }
        if then.settings != self.now.settings {
            return Err(Reason::Settings);
        }
        if key.volume.is_some_and(|volume| self.volumes.contains(volume)) {
            return Err(Reason::Volume);
        }
        if page.source != key.source {
            return Err(Reason::Body);
        }
        if page.parts.len() != key.parts.len() {
            return Err(Reason::New);
        }
        let changed =
            key.parts.iter().enumerate().filter(|(number, (_, hash))| page.parts.get(*number) != Some(&hash.short()));
        let changed: Vec<&'static str> = changed.map(|(_, (name, _))| *name).collect();
        if changed.is_empty() { Ok(page) } else { Err(Reason::View(changed)) }
    }
}

impl Key<'_> {
    /// What is kept of a page that was made.
    pub fn kept(&self, output: Hash128) -> KeptPage {
        let parts = self.parts.iter().map(|(_, hash)| hash.short()).collect();
        KeptPage { source: self.source, history: self.history, parts, output }
    }
}
