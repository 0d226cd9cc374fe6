//! Writes the site: into a folder without ever leaving it half done, or into memory.
//!
//! [`FileSink`] holds the edition's lock, takes pages from any number of threads and stages only those that differ
//! from the output. Its commit is a list of renames and removals, written to a journal first:
//!
//! ```text
//! open    lock → finish an interrupted commit → refuse foreign folders → empty stage
//! put     same bytes as the output? keep : write to the stage
//! commit  journal → what is in the way → new files → changed files → orphans → manifest → journal removed
//! ```
//!
//! A kill at any point leaves each file whole, old or new; the next [`FileSink::open`] runs the journal to its end.
//! A new output folder is made in the stage and renamed in one step. The manifest, `.engross-manifest`, lists what
//! was written; it holds no times, so equal sites are equal byte for byte. What it does not list is never removed.

mod error;
mod folder;
mod journal;
mod lock;
mod manifest;
mod paths;
mod plan;
mod stage;
mod stamps;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use crate::hash::Hash128;
pub use error::WriteError;
pub use folder::{FileSink, Summary};

/// A file of a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteFile {
    /// Its path within the site.
    pub path: String,
    /// Hash of its bytes.
    pub hash: Hash128,
    /// Number of its bytes.
    pub size: u64,
}

/// Where pages go. Paths are relative to the site, with `/` between parts; a path is given once.
pub trait Sink: Sync {
    /// Takes a file of the site as bytes.
    ///
    /// # Errors
    /// A path that leaves the site, is not in its simplest form, or was given before; a file that cannot be written.
    fn put(&self, path: &str, bytes: &[u8]) -> Result<(), WriteError>;

    /// Takes a file of the site that is a copy of `source`.
    ///
    /// # Errors
    /// As for [`Sink::put`], and when `source` cannot be read.
    fn copy(&self, path: &str, source: &Path) -> Result<(), WriteError>;

    /// Takes a file of the old site as it is, without its bytes, where the output has it with this hash still; `false`
    /// where it does not, and then the file is to be put.
    ///
    /// # Errors
    /// As for [`Sink::put`].
    fn keep(&self, path: &str, hash: Hash128) -> Result<bool, WriteError>;
}

/// A site in memory: for tests and the preview.
#[derive(Debug, Default)]
pub struct MemorySink {
    files: Mutex<BTreeMap<String, Vec<u8>>>,
}

impl MemorySink {
    /// A site without files.
    pub fn new() -> Self {
        MemorySink::default()
    }

    /// All files, by path.
    ///
    /// # Errors
    /// Paths that could not stand in one folder on every system, as [`FileSink::commit`] refuses them.
    pub fn into_files(self) -> Result<BTreeMap<String, Vec<u8>>, WriteError> {
        let files = self.files.into_inner().unwrap_or_else(PoisonError::into_inner);
        paths::check_together(files.keys().map(String::as_str))?;
        Ok(files)
    }
}

impl Sink for MemorySink {
    fn put(&self, path: &str, bytes: &[u8]) -> Result<(), WriteError> {
        paths::check_path(path)?;
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        if files.contains_key(path) {
            return Err(paths::given_twice(path));
        }
        files.insert(path.to_owned(), bytes.to_vec());
        Ok(())
    }

    fn copy(&self, path: &str, source: &Path) -> Result<(), WriteError> {
        let bytes = std::fs::read(source).map_err(WriteError::io("read", source))?;
        self.put(path, &bytes)
    }

    fn keep(&self, _: &str, _: Hash128) -> Result<bool, WriteError> {
        Ok(false)
    }
}
