//! The edition under an editor's hands: read again as far as it changed, and one file of its site at a time.

use super::pages::Failure;
use super::routes::{self, Route};
use super::search::Searched;
use super::{Edition, data, read};
use crate::cache::Cache;
use crate::config::Flags;
use crate::diag::Diagnostic;
use crate::hash::Hash128;
use crate::load::Files;
use crate::model::settings::Settings;
use crate::model::site::Site;
use crate::write::MemorySink;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;

/// Files and folders of an edition that may have changed, by path from its root.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    paths: BTreeSet<String>,
}

impl Changes {
    /// These, and all that lies in them.
    pub fn new(paths: impl IntoIterator<Item = String>) -> Self {
        Changes { paths: paths.into_iter().collect() }
    }

    /// Whether a file may have changed: it, or a folder above it.
    pub fn touch(&self, path: &str) -> bool {
        if self.paths.is_empty() {
            return false;
        }
        let above = path.match_indices('/').map(|(at, _)| &path[..at]);
        above.chain([path]).any(|part| self.paths.contains(part))
    }
}

/// With more changes than these, as after a change of branches, the files are found anew.
const FEW: usize = 50;

/// What was before, when an edition is read again.
#[derive(Clone, Copy)]
pub(super) struct Past<'a> {
    pub(super) edition: &'a Edition,
    pub(super) changes: &'a Changes,
}

impl<'a> Past<'a> {
    /// The files as they were found before, with what was found in looking for them, where none came and none went.
    pub(super) fn files(self, root: &Path, settings: &Settings) -> Option<(Files, Vec<Diagnostic>)> {
        let Edition { files, odd, site, .. } = self.edition;
        let few = self.changes.paths.len() <= FEW && settings.theme == site.settings.theme;
        let plain = odd.iter().all(|found| !self.changes.touch(&found.place.file));
        let same = |path: &String| match fs::symlink_metadata(root.join(path)) {
            Ok(metadata) => metadata.is_file() && is_known(files, root, path),
            // What came and went again, as editors' own files do, was never there.
            Err(_) => !held_any(files, root, path),
        };
        (few && plain && self.changes.paths.iter().all(same)).then(|| (files.clone(), odd.clone()))
    }

    /// The site as it was before, where nothing that one page may show of another has changed.
    pub(super) fn site(self, facts: Hash128) -> Option<Arc<Site>> {
        (self.edition.facts == facts).then(|| Arc::clone(&self.edition.site))
    }
}

/// Whether a path is that of a file of the edition.
fn is_known(files: &Files, root: &Path, path: &str) -> bool {
    let file = root.join(path);
    path == "site.yaml"
        || files.documents.iter().chain(&files.registers).chain(&files.ledger).any(|known| **known == *path)
        || files.statics.iter().chain(&files.theme).any(|(_, known)| *known == file)
}

/// Whether a path is that of a file of the edition or of a folder around one.
fn held_any(files: &Files, root: &Path, path: &str) -> bool {
    let within = |known: &str| known.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    let folder = root.join(path);
    path == "site.yaml"
        || files.documents.iter().chain(&files.registers).chain(&files.ledger).any(|known| within(known))
        || files.folders.iter().any(|known| within(known))
        || files.statics.iter().chain(&files.theme).any(|(_, known)| known.starts_with(&folder))
}

/// A file of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Served {
    /// Its address within the site.
    pub path: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl Edition {
    /// Reads the edition again after some files changed. All others are taken for what they were.
    ///
    /// # Errors
    /// As for [`super::check`].
    pub fn again(&self, root: &Path, flags: &Flags, changes: &Changes) -> Result<Edition, Vec<Diagnostic>> {
        read(root, flags, &self.known, Some(Past { edition: self, changes }))
    }

    /// One file of the site, made now; none where the site has no such file. Its search is the one that is given.
    ///
    /// # Errors
    /// What keeps the file from being made.
    pub fn file(
        &self,
        root: &Path,
        path: &str,
        searched: Option<&Searched>,
    ) -> Result<Option<Served>, Box<Diagnostic>> {
        let served = |bytes: Vec<u8>| Some(Served { path: path.to_owned(), bytes });
        let Some((theme, assets)) = &self.theme else { return Ok(None) };
        if let Some(bytes) = assets.find(path) {
            return Ok(served(bytes.to_vec()));
        }
        if let Some((_, source)) = self.files.statics.iter().find(|(address, _)| address == path) {
            return Ok(fs::read(source).ok().and_then(served));
        }
        if let Some(bytes) = searched.and_then(|searched| searched.file(path)) {
            return Ok(served(bytes.to_vec()));
        }
        let sink = MemorySink::new();
        let style = assets.style();
        let nothing = Cache::default();
        match Route::find(&self.site, path) {
            Some(route) => {
                let mut renderer = self.renderer(root, theme, &style, &nothing)?;
                renderer.preview = true;
                renderer.index = searched.and_then(|searched| searched.index.clone());
                match renderer.page(route, &sink) {
                    Ok(_) => {}
                    Err(Failure::Found(diagnostic)) => return Err(diagnostic),
                    // Memory takes every path once.
                    Err(Failure::Sink(_)) => return Ok(None),
                }
            }
            None => {
                if let Some(text) = data::file(&self.site, &self.words, path) {
                    return Ok(served(text.into_bytes()));
                }
                if !routes::has_file(&self.site, path) {
                    return Ok(None);
                }
                let routes: BTreeSet<String> =
                    routes::routes(&self.site).iter().map(|route| route.path(&self.site)).collect();
                let paths: Vec<&str> = routes.iter().map(String::as_str).collect();
                if routes::files(&self.site, &self.history, &paths, &sink).is_err() {
                    return Ok(None);
                }
            }
        }
        Ok(sink.into_files().ok().and_then(|mut files| files.remove(path)).and_then(served))
    }
}

#[cfg(test)]
mod tests {
    use super::Changes;

    #[test]
    fn a_folder_touches_what_lies_in_it() {
        let changes = Changes::new(["content/v".to_owned(), "content/w/d1.md".to_owned()]);
        assert!(changes.touch("content/v/a/d1.md") && changes.touch("content/v") && changes.touch("content/w/d1.md"));
        assert!(!changes.touch("content/v2/d1.md") && !changes.touch("content/w/d2.md") && !changes.touch("content"));
    }
}
