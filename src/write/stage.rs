//! The stage: a hidden folder in which a site is made before anything is touched.

use std::cell::RefCell;
use std::collections::HashSet;
use std::fs::{self, File, Metadata};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{PoisonError, RwLock};

use super::WriteError;
use super::manifest::Entry;
use super::paths;
use super::stamps::{Stamp, stamp_of};
use crate::hash::{Hash128, StreamHasher};

/// How much of a file is held at once when it is copied or read, in bytes.
const CHUNK: usize = 64 * 1024;

/// A folder with the new files of a site, at their paths in the site.
#[derive(Debug)]
pub(super) struct Stage {
    folder: PathBuf,
    site: PathBuf,
    made: RwLock<HashSet<String>>,
}

impl Stage {
    /// Makes an empty stage from which files can be renamed into `out`: in the edition's own folder `state` when both
    /// are on one file system, else beside the output, else (where that is forbidden, or the output is a file system
    /// of its own) in it. Remains of a killed build are cleared.
    pub(super) fn open(state: &Path, out: &Path) -> Result<Self, WriteError> {
        let mut last_error = None;
        for (holder, name) in candidates(state, out) {
            if !can_rename(&holder, out) {
                continue;
            }
            match Self::make(holder.join(name)) {
                Ok(stage) => return Ok(stage),
                Err(error) => last_error = Some(error),
            }
        }
        let reason = "there is no place for new files on the disk of this folder";
        Err(last_error.unwrap_or_else(|| WriteError::refused(out, reason)))
    }

    fn make(folder: PathBuf) -> Result<Self, WriteError> {
        clear(&folder)?;
        let site = site(&folder);
        fs::create_dir_all(&site).map_err(WriteError::io("create", &site))?;
        Ok(Stage { folder, site, made: RwLock::default() })
    }

    /// The folder that holds the stage and nothing else.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// The folder that stands for the output.
    pub(super) fn site(&self) -> &Path {
        &self.site
    }

    /// Writes a file of the site.
    pub(super) fn write(&self, path: &str, bytes: &[u8]) -> Result<Stamp, WriteError> {
        let target = self.target(path)?;
        let write = || {
            let mut file = File::create(&target)?;
            file.write_all(bytes)?;
            file.metadata()
        };
        let metadata: Metadata = write().map_err(WriteError::io("write", &target))?;
        Ok(stamp_of(&metadata))
    }

    /// Copies a file into the site; its entry is of the bytes as they were copied.
    pub(super) fn copy(&self, path: &str, source: &Path) -> Result<(Entry, Stamp), WriteError> {
        let target = self.target(path)?;
        let mut reader = File::open(source).map_err(WriteError::io("read", source))?;
        let mut writer = File::create(&target).map_err(WriteError::io("write", &target))?;
        let entry = for_each_chunk(&mut reader, source, |chunk| {
            writer.write_all(chunk).map_err(WriteError::io("write", &target))
        })?;
        let metadata = writer.metadata().map_err(WriteError::io("write", &target))?;
        Ok((entry, stamp_of(&metadata)))
    }

    /// Where a file is to be written, its folder made. A folder is made once; later files only look it up.
    fn target(&self, path: &str) -> Result<PathBuf, WriteError> {
        let parent = paths::parent(path);
        let known = parent.is_empty() || self.made.read().unwrap_or_else(PoisonError::into_inner).contains(parent);
        if !known {
            let folder = self.site.join(parent);
            let mut made = self.made.write().unwrap_or_else(PoisonError::into_inner);
            fs::create_dir_all(&folder).map_err(WriteError::io("create", &folder))?;
            made.insert(parent.to_owned());
        }
        Ok(self.site.join(path))
    }
}

/// The folder in a stage that stands for the output.
pub(super) fn site(stage: &Path) -> PathBuf {
    stage.join("site")
}

/// Whether this is a folder that [`Stage::open`] would choose.
pub(super) fn is_stage(folder: &Path, state: &Path, out: &Path) -> bool {
    candidates(state, out).into_iter().any(|(holder, name)| holder.join(name) == folder)
}

/// Removes a stage and all in it.
pub(super) fn clear(stage: &Path) -> Result<(), WriteError> {
    match fs::remove_dir_all(stage) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(WriteError::io("remove", stage)(error)),
        _ => Ok(()),
    }
}

/// The hash and size of a file, read in pieces.
pub(super) fn entry_of(path: &Path) -> Result<Entry, WriteError> {
    let mut reader = File::open(path).map_err(WriteError::io("read", path))?;
    for_each_chunk(&mut reader, path, |_| Ok(()))
}

/// The entry of some bytes.
pub(super) fn entry_of_bytes(bytes: &[u8]) -> Entry {
    Entry { hash: Hash128::of(bytes), size: bytes.len() as u64 }
}

thread_local! {
    /// Taken anew for each file, the buffer would cost more than the reading.
    static BUFFER: RefCell<Vec<u8>> = RefCell::new(vec![0; CHUNK]);
}

fn for_each_chunk(
    reader: &mut File,
    path: &Path,
    mut each: impl FnMut(&[u8]) -> Result<(), WriteError>,
) -> Result<Entry, WriteError> {
    let (mut hasher, mut size) = (StreamHasher::new(), 0u64);
    BUFFER.with_borrow_mut(|buffer| {
        loop {
            let count = match reader.read(buffer) {
                Ok(0) => return Ok(Entry { hash: hasher.finish(), size }),
                Ok(count) => count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(WriteError::io("read", path)(error)),
            };
            let chunk = buffer.get(..count).unwrap_or_default();
            hasher.update(chunk);
            size += count as u64;
            each(chunk)?;
        }
    })
}

/// Where the stage may be: the folder that holds it, which exists, and its name there; the best place first.
fn candidates(state: &Path, out: &Path) -> Vec<(PathBuf, String)> {
    let mut places = vec![(state.to_path_buf(), "stage".to_owned())];
    let name = out.file_name().unwrap_or_default().to_string_lossy();
    if let Some(beside) = out.parent().and_then(existing) {
        places.push((beside.to_path_buf(), format!(".{name}.engross-stage")));
    }
    if out.is_dir() {
        places.push((out.to_path_buf(), ".engross-stage".to_owned()));
    }
    places
}

/// The folder itself, or the nearest one above it that exists.
fn existing(folder: &Path) -> Option<&Path> {
    folder.ancestors().find(|ancestor| ancestor.is_dir())
}

/// Whether files can be renamed from one folder into another, which may not exist yet.
fn can_rename(from: &Path, to: &Path) -> bool {
    let Some(to) = existing(to) else {
        return false;
    };
    if !same_device(from, to) {
        return false;
    }
    // One file system may be mounted twice. Linux sees that before it misses the file, so nothing is touched.
    let missing = ".engross-missing";
    match fs::rename(from.join(missing), to.join(missing)) {
        Err(error) => error.kind() != io::ErrorKind::CrossesDevices,
        Ok(()) => true,
    }
}

#[cfg(unix)]
fn same_device(one: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (fs::metadata(one), fs::metadata(other)) {
        (Ok(one), Ok(other)) => one.dev() == other.dev(),
        _ => false,
    }
}

#[cfg(not(unix))]
fn same_device(one: &Path, other: &Path) -> bool {
    // Both are resolved, so their first part names the drive.
    one.components().next() == other.components().next()
}
