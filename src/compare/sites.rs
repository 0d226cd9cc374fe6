//! The pages of a site: in a folder, or in memory.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// A site to compare.
#[derive(Debug)]
pub struct Site {
    /// As the user named it.
    pub name: String,
    /// The commit it was built from, if it was.
    pub commit: Option<String>,
    pages: Pages,
}

#[derive(Debug)]
enum Pages {
    /// Root, and paths from there.
    Folder(PathBuf, Vec<String>),
    Memory(BTreeMap<String, Vec<u8>>),
}

impl Site {
    /// A site in a folder. Links are not followed, and what begins with a full stop is passed over.
    ///
    /// # Errors
    /// A folder that cannot be read.
    pub fn folder(name: &str, root: &Path) -> io::Result<Site> {
        let mut paths = Vec::new();
        let mut waiting = vec![String::new()];
        while let Some(folder) = waiting.pop() {
            for entry in fs::read_dir(root.join(&folder))? {
                let entry = entry?;
                let Ok(name) = entry.file_name().into_string() else { continue };
                let path = if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
                let kind = entry.file_type()?;
                if name.starts_with('.') {
                    continue;
                } else if kind.is_dir() {
                    waiting.push(path);
                } else if kind.is_file() && is_page(&path) {
                    paths.push(path);
                }
            }
        }
        paths.sort();
        Ok(Site { name: name.to_owned(), commit: None, pages: Pages::Folder(root.to_owned(), paths) })
    }

    /// A site that was built from a commit.
    pub fn built(name: &str, commit: String, pages: BTreeMap<String, Vec<u8>>) -> Site {
        Site { name: name.to_owned(), commit: Some(commit), pages: Pages::Memory(pages) }
    }

    /// Whether it has no pages at all.
    pub fn is_empty(&self) -> bool {
        self.paths().next().is_none()
    }

    pub(super) fn paths(&self) -> Box<dyn Iterator<Item = &str> + '_> {
        match &self.pages {
            Pages::Folder(_, paths) => Box::new(paths.iter().map(String::as_str)),
            Pages::Memory(pages) => Box::new(pages.keys().map(String::as_str)),
        }
    }

    /// The bytes of a page, if the site has it.
    pub(super) fn read(&self, path: &str) -> io::Result<Option<Cow<'_, [u8]>>> {
        match &self.pages {
            Pages::Memory(pages) => Ok(pages.get(path).map(|bytes| Cow::Borrowed(bytes.as_slice()))),
            Pages::Folder(root, paths) => match paths.binary_search_by(|known| known.as_str().cmp(path)) {
                Ok(_) => Ok(Some(Cow::Owned(fs::read(root.join(path))?))),
                Err(_) => Ok(None),
            },
        }
    }
}

/// Whether a file is a page.
pub fn is_page(path: &str) -> bool {
    path.ends_with(".html")
}
