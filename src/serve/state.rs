//! The edition as it stands, shared between those who ask for pages and the one who sees changes.

use crate::cache::Cache;
use crate::config::Flags;
use crate::diag::report::{self, Format, Options};
use crate::diag::{Diagnostic, Severity};
use crate::hash::Hash128;
use crate::load::FileTexts;
use crate::pipeline::{self, Changes, Edition, Served};
use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};

/// The edition and how it is read.
pub(super) struct State {
    root: PathBuf,
    flags: Flags,
    now: RwLock<Arc<Now>>,
}

/// The edition at one moment.
pub(super) struct Now {
    /// As it was last read; none as long as site.yaml cannot be.
    edition: Option<Arc<Edition>>,
    /// Whose pages are shown: the last that had no errors, else the last.
    shown: Option<Arc<Edition>>,
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

    /// Whether the edition has errors, so that its pages stay as they were.
    pub(super) fn is_broken(&self) -> bool {
        !self.errors.is_empty()
    }
}

impl State {
    pub(super) fn new(root: PathBuf, flags: Flags, cache: &Cache) -> Self {
        let read = pipeline::check(&root, &flags, cache);
        let state = State { root, flags, now: RwLock::new(Arc::new(Now::empty())) };
        state.set(read);
        state
    }

    /// The edition at this moment.
    pub(super) fn now(&self) -> Arc<Now> {
        Arc::clone(&self.now.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Reads again what changed.
    pub(super) fn change(&self, changes: &Changes) {
        let read = match &self.now().edition {
            Some(edition) => edition.again(&self.root, &self.flags, changes),
            None => pipeline::check(&self.root, &self.flags, &Cache::default()),
        };
        self.set(read);
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
        let shown = if errors.is_empty() || before.shown.is_none() { edition.clone() } else { before.shown.clone() };
        let now = Now { edition, shown, diagnostics, errors };
        *self.now.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(now);
    }

    /// A file of the site, with the hash of what is in it.
    ///
    /// # Errors
    /// What keeps it from being made, in HTML.
    pub(super) fn file(&self, path: &str) -> Result<Option<(Served, Hash128)>, String> {
        let Some(edition) = self.now().shown.clone() else { return Ok(None) };
        match edition.file(&self.root, path) {
            Ok(file) => Ok(file.map(|file| {
                let hash = Hash128::of(&file.bytes);
                (file, hash)
            })),
            Err(diagnostic) => Err(self.errors(&[*diagnostic])),
        }
    }

    fn errors(&self, diagnostics: &[Diagnostic]) -> String {
        let options = Options { format: Format::Human, colour: false, most: usize::MAX, ..Options::default() };
        let texts = FileTexts { root: &self.root };
        let errors = diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
        errors.map(|error| pre(&report::render(std::slice::from_ref(error), &texts, &options))).collect()
    }
}

impl Now {
    fn empty() -> Self {
        Now { edition: None, shown: None, diagnostics: Vec::new(), errors: String::new() }
    }
}

fn pre(text: &str) -> String {
    let mut html = String::from("<pre>");
    crate::model::html::push_escaped(&mut html, text.trim_end());
    html.push_str("</pre>");
    html
}
