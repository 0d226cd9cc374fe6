//! The edition as it stands, shared between those who ask for pages and the one who sees changes.

use crate::cache::Cache;
use crate::config::Flags;
use crate::diag::report::{self, Format, Options};
use crate::diag::{Diagnostic, Severity};
use crate::hash::Hash128;
use crate::load::FileTexts;
use crate::pipeline::{self, Changes, Edition, Searched, Served};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

/// The edition and how it is read.
pub(super) struct State {
    root: PathBuf,
    flags: Flags,
    now: RwLock<Arc<Now>>,
    /// What changed since the edition could last be read.
    unread: Mutex<BTreeSet<String>>,
    /// The search of the edition as it last was for a while.
    searched: RwLock<Option<Arc<Searched>>>,
}

/// The edition at one moment.
#[derive(Default)]
pub(super) struct Now {
    /// As it was last read; none as long as site.yaml cannot be.
    edition: Option<Arc<Edition>>,
    /// Whose pages are shown: the last that had no errors, else the last.
    shown: Option<Arc<Edition>>,
    /// Whether what is shown had no errors.
    shown_is_sound: bool,
    /// What was found when it was last read.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// The errors among these, as people read them, in HTML; empty where there are none.
    pub(super) errors: String,
}

impl Now {
    pub(super) fn documents(&self) -> usize {
        let volumes = self.edition.iter().flat_map(|edition| &edition.site.volumes);
        volumes.map(|volume| volume.documents.len()).sum()
    }
}

/// What stands at an address.
pub(super) struct Page {
    /// The file; none where there is none or it cannot be made.
    pub(super) served: Option<Served>,
    /// Whether it stands there, or is the page for what is not there.
    pub(super) is_found: bool,
    /// A name for what it shows.
    pub(super) version: String,
    /// Why it cannot be made, in HTML.
    pub(super) errors: String,
}

const BROKEN: &str = "broken-";

impl Page {
    /// Whether a version is that of a page that only says why it cannot be shown.
    pub(super) fn is_broken(version: &str) -> bool {
        version.starts_with(BROKEN)
    }
}

impl State {
    pub(super) fn new(root: PathBuf, flags: Flags, cache: &Cache) -> Self {
        let read = pipeline::check(&root, &flags, cache);
        let now = RwLock::new(Arc::new(Now::default()));
        let (unread, searched) = (Mutex::default(), RwLock::default());
        let state = State { root, flags, now, unread, searched };
        state.set(read);
        state
    }

    /// The edition at this moment.
    pub(super) fn now(&self) -> Arc<Now> {
        Arc::clone(&self.now.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Reads again what changed.
    pub(super) fn change(&self, paths: &[String]) {
        let mut unread = self.unread.lock().unwrap_or_else(PoisonError::into_inner);
        unread.extend(paths.iter().cloned());
        let read = match &self.now().edition {
            Some(edition) => edition.again(&self.root, &self.flags, &Changes::new(unread.iter().cloned())),
            None => pipeline::check(&self.root, &self.flags, &Cache::default()),
        };
        if read.is_ok() {
            unread.clear();
        }
        self.set(read);
    }

    /// Makes the index of what is shown; says whether it is another one.
    pub(super) fn index(&self, stop: &AtomicBool) -> bool {
        let Some(shown) = self.now().shown.clone() else { return false };
        let before = self.searched();
        let Some(searched) = shown.searched(&self.root, before.as_ref(), stop) else { return false };
        *self.searched.write().unwrap_or_else(PoisonError::into_inner) = Some(searched);
        true
    }

    fn searched(&self) -> Option<Arc<Searched>> {
        self.searched.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn set(&self, read: Result<Edition, Vec<Diagnostic>>) {
        let before = self.now();
        let (edition, diagnostics) = match read {
            Ok(mut edition) => {
                let diagnostics = std::mem::take(&mut edition.diagnostics);
                (Some(Arc::new(edition)), diagnostics)
            }
            // Without settings nothing can be read; what was known before is known still.
            Err(diagnostics) => (before.edition.clone(), diagnostics),
        };
        let errors = self.errors(&diagnostics);
        let stays = before.shown_is_sound && !errors.is_empty();
        let shown = if stays { before.shown.clone() } else { edition.clone() };
        let shown_is_sound = stays || errors.is_empty();
        let now = Now { edition, shown, shown_is_sound, diagnostics, errors };
        *self.now.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(now);
    }

    /// What stands at the first of some addresses that there is, else the page for what is not there.
    pub(super) fn page(&self, now: &Now, paths: &[&str]) -> Page {
        let searched = self.searched();
        let ways = paths.iter().map(|path| (*path, true)).chain([("404.html", false)]);
        for (path, is_found) in ways {
            match now.shown.as_ref().map(|edition| edition.file(&self.root, path, searched.as_deref())) {
                Some(Ok(Some(served))) => {
                    let hash = Hash128::of(&served.bytes);
                    let version = if is_found { hash.to_string() } else { format!("none-{hash}") };
                    return Page { served: Some(served), is_found, version, errors: String::new() };
                }
                Some(Err(diagnostic)) => return self.broken(now, &[*diagnostic]),
                Some(Ok(None)) | None => {}
            }
        }
        self.broken(now, &[])
    }

    /// What stands where nothing can be shown.
    fn broken(&self, now: &Now, found: &[Diagnostic]) -> Page {
        let errors = if now.errors.is_empty() { self.errors(found) } else { now.errors.clone() };
        let version = format!("{BROKEN}{}", Hash128::of(errors.as_bytes()));
        Page { served: None, is_found: true, version, errors }
    }

    fn errors(&self, diagnostics: &[Diagnostic]) -> String {
        let options = Options { format: Format::Human, colour: false, most: usize::MAX, ..Options::default() };
        let texts = FileTexts { root: &self.root };
        let errors = diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
        errors.map(|error| pre(&report::render(std::slice::from_ref(error), &texts, &options))).collect()
    }
}

fn pre(text: &str) -> String {
    let mut html = String::from("<pre>");
    crate::model::html::push_escaped(&mut html, text.trim_end());
    html.push_str("</pre>");
    html
}
