//! The site as a folder: lock, stage, commit.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use super::journal::{Failure, Interrupt, Journal, Operation, stopped};
use super::manifest::{Entry, MANIFEST, Manifest};
use super::paths::{self, Output};
use super::plan::{self, Made};
use super::stage::{self, Stage};
use super::stamps::{Stamp, Stamps, stamp_of};
use super::{Sink, SiteFile, WriteError, lock};
use crate::hash::Hash128;

/// What a commit did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// Files that are new or have other bytes than before.
    pub written: usize,
    /// Files that were left as they were.
    pub unchanged: usize,
    /// Files of the old site that the new one has no more.
    pub removed: usize,
    /// Bytes of the written files.
    pub bytes: u64,
    /// Files in the output folder that engross did not write, by path from there. They were left alone.
    pub unknown: Vec<String>,
}

/// A site as a folder. Nothing in it changes before [`FileSink::commit`]; dropping the sink leaves it as it was.
///
/// Holds the edition's lock from [`FileSink::open`] on.
#[derive(Debug)]
pub struct FileSink {
    root: PathBuf,
    state: PathBuf,
    out: PathBuf,
    fresh: bool,
    old: Manifest,
    old_text: String,
    stamps: Stamps,
    /// Whether a file had to be read since no stamp vouched for it.
    read_one: AtomicBool,
    stage: Stage,
    /// By path; `None` for a file that was begun and failed.
    made: Mutex<BTreeMap<String, Option<Made>>>,
    /// Set when the journal needs the stage still.
    keep_stage: bool,
    _lock: File,
}

impl FileSink {
    /// Opens the output folder `out`, which need not exist, for the edition in `root`, whose `.engross` folder holds
    /// lock, journal and stage. `sources` are the files and folders the site is made from.
    ///
    /// Waits while another build of this edition runs, after calling `on_wait` once. Finishes the commit of a build
    /// that was killed.
    ///
    /// # Errors
    /// An output folder that is, holds or lies in the root or the sources; one that is not empty and has no manifest of
    /// ours; a folder that cannot be written.
    pub fn open(root: &Path, out: &Path, sources: &[PathBuf], on_wait: impl FnOnce()) -> Result<FileSink, WriteError> {
        let root = root.canonicalize().map_err(WriteError::io("open", root))?;
        let out = paths::resolve(out)?;
        paths::check_apart(&root, &out, sources)?;

        let state = root.join(".engross");
        fs::create_dir_all(&state).map_err(WriteError::io("create", &state))?;
        let lock = lock::acquire(&state.join("lock"), on_wait)?;
        finish_interrupted(&root, &state, &out)?;

        let (fresh, old, old_text) = match paths::inspect(&out)? {
            Output::Fresh => (true, Manifest::default(), String::new()),
            Output::Ours(manifest, text) => (false, manifest, text),
        };
        let stamps = Stamps::read(&state.join("stamps"), &out, &old_text);
        let stage = Stage::open(&state, &out)?;
        let (made, read_one) = (Mutex::default(), AtomicBool::new(false));
        Ok(FileSink {
            root,
            state,
            out,
            fresh,
            old,
            old_text,
            stamps,
            read_one,
            stage,
            made,
            keep_stage: false,
            _lock: lock,
        })
    }

    /// The files that the new site has so far, by path: those that were put, and those that were kept.
    pub fn files(&self) -> Vec<SiteFile> {
        let made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        let whole = made.iter().filter_map(|(path, file)| file.map(|file| (path, file.entry)));
        whole.map(|(path, entry)| SiteFile { path: path.clone(), hash: entry.hash, size: entry.size }).collect()
    }

    /// The bytes of a file that was put or kept.
    ///
    /// # Errors
    /// A path that the new site does not have, or a file that cannot be read.
    pub fn read(&self, path: &str) -> Result<Vec<u8>, WriteError> {
        let made = self.made.lock().unwrap_or_else(PoisonError::into_inner).get(path).copied().flatten();
        let made = made.ok_or_else(|| WriteError::refused(path, "the site has no such file"))?;
        let file = if made.staged { self.stage.site() } else { &self.out }.join(path);
        fs::read(&file).map_err(WriteError::io("read", &file))
    }

    /// Puts the new site in place of the old one and removes what is no longer made.
    ///
    /// # Errors
    /// Paths that could not stand in one folder on every system, a file that failed before, a foreign file in the way:
    /// then nothing has changed. When the system fails between two steps, the next [`FileSink::open`] goes on there.
    pub fn commit(self) -> Result<Summary, WriteError> {
        self.commit_until(&mut || false)
    }

    /// A commit that tests can stop at each of its steps.
    pub(super) fn commit_until(mut self, interrupt: Interrupt) -> Result<Summary, WriteError> {
        let made = self.take_made()?;
        paths::check_together(made.keys().map(String::as_str))?;
        let manifest = Manifest::new(made.iter().map(|(path, file)| (path.clone(), file.entry)).collect());
        let text = manifest.to_text();

        let mut summary = Summary::default();
        for file in made.values() {
            let count = if file.staged { &mut summary.written } else { &mut summary.unchanged };
            *count += 1;
            summary.bytes += if file.staged { file.entry.size } else { 0 };
        }
        if !(self.fresh && self.move_whole(&text, interrupt)?) {
            self.merge(&made, &text, &mut summary, interrupt)?;
        }
        let times = made.iter().map(|(path, file)| (path.as_str(), file.stamp));
        let refresh = self.read_one.load(Ordering::Relaxed);
        self.stamps.save(&self.state.join("stamps"), &self.out, &text, times, refresh);
        Ok(summary)
    }

    /// Renames the whole stage into place; `false` when that cannot be done, and each file must be.
    fn move_whole(&mut self, manifest: &str, interrupt: Interrupt) -> Result<bool, WriteError> {
        self.stage_manifest(manifest)?;
        self.stop_at(interrupt)?;
        if let Some(parent) = self.out.parent() {
            fs::create_dir_all(parent).map_err(WriteError::io("create", parent))?;
        }
        if cfg!(windows) && self.out.is_dir() {
            // Elsewhere a rename replaces an empty folder. Failing here is told by the rename.
            let _ = fs::remove_dir(&self.out);
        }
        match fs::rename(self.stage.site(), &self.out) {
            Ok(()) => {
                self.stop_at(interrupt)?;
                Ok(true)
            }
            Err(error) if !self.out.is_dir() => Err(WriteError::io("create", &self.out)(error)),
            // A folder that is there may be fixed in its place: a mount, or in a folder that is not ours to change.
            Err(_) => {
                if let Output::Ours(manifest, text) = paths::inspect(&self.out)? {
                    (self.old, self.old_text) = (manifest, text);
                }
                Ok(false)
            }
        }
    }

    /// Renames file by file into a folder that is there, under a journal.
    fn merge(
        &mut self,
        made: &BTreeMap<String, Made>,
        manifest: &str,
        summary: &mut Summary,
        interrupt: Interrupt,
    ) -> Result<(), WriteError> {
        let survey = plan::survey(&self.out)?;
        let plan = plan::plan(&self.out, made, &self.old, &survey)?;
        summary.removed = plan.removed;
        summary.unknown = plan.unknown;
        let mut operations = plan.operations;
        if operations.is_empty() && manifest == self.old_text {
            return Ok(());
        }
        self.stage_manifest(manifest)?;
        operations.push(Operation::Place(MANIFEST.to_owned()));

        let file = self.state.join("journal");
        let journal = Journal { out: self.out.clone(), stage: self.stage.folder().to_path_buf(), operations };
        self.stop_at(interrupt)?;
        journal.write(&self.root, &file)?;
        // From here on the stage belongs to the journal.
        self.keep_stage = true;
        match journal.run(false, interrupt) {
            Ok(()) => {}
            Err(Failure { error, untouched }) => {
                self.keep_stage = !(untouched && Journal::remove(&file).is_ok());
                return Err(error);
            }
        }
        self.stop_at(interrupt)?;
        Journal::remove(&file)?;
        self.keep_stage = false;
        self.stop_at(interrupt)
    }

    fn stage_manifest(&self, text: &str) -> Result<(), WriteError> {
        let file = self.stage.site().join(MANIFEST);
        fs::write(&file, text).map_err(WriteError::io("write", &file))
    }

    fn stop_at(&mut self, interrupt: Interrupt) -> Result<(), WriteError> {
        if interrupt() {
            self.keep_stage = true;
            return Err(stopped(&self.out));
        }
        Ok(())
    }

    fn take_made(&self) -> Result<BTreeMap<String, Made>, WriteError> {
        let made = std::mem::take(&mut *self.made.lock().unwrap_or_else(PoisonError::into_inner));
        let whole = |(path, file): (String, Option<Made>)| match file {
            Some(file) => Ok((path, file)),
            None => Err(WriteError::refused(path, "this file could not be written, so the site is left as it was")),
        };
        made.into_iter().map(whole).collect()
    }

    fn claim(&self, path: &str) -> Result<(), WriteError> {
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if made.contains_key(path) {
            return Err(paths::given_twice(path));
        }
        made.insert(path.to_owned(), None);
        Ok(())
    }

    fn record(&self, path: &str, file: Made) {
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(place) = made.get_mut(path) {
            *place = Some(file);
        }
    }

    /// When the output's file was written, if it is this one.
    ///
    /// The manifest only ever says no: a yes comes from the file itself, from its time and size if they are as this
    /// edition's last build left them, else from its bytes. A path that the manifest does not list is always written
    /// anew, since where the case of letters does not count it may be another name of a file that is to go.
    fn unchanged(&self, path: &str, entry: Entry) -> Option<Stamp> {
        if self.old.get(path) != Some(&entry) {
            return None;
        }
        let file = self.out.join(path);
        let metadata = fs::symlink_metadata(&file).ok()?;
        if !metadata.is_file() || metadata.len() != entry.size {
            return None;
        }
        let stamp = stamp_of(&metadata);
        if self.stamps.vouch_for(path, stamp) {
            return Some(stamp);
        }
        self.read_one.store(true, Ordering::Relaxed);
        stage::entry_of(&file).is_ok_and(|found| found == entry).then_some(stamp)
    }
}

impl Sink for FileSink {
    fn put(&self, path: &str, bytes: &[u8]) -> Result<(), WriteError> {
        paths::check_path(path)?;
        self.claim(path)?;
        let entry = stage::entry_of_bytes(bytes);
        let file = match self.unchanged(path, entry) {
            Some(stamp) => Made { entry, stamp, staged: false },
            None => Made { entry, stamp: self.stage.write(path, bytes)?, staged: true },
        };
        self.record(path, file);
        Ok(())
    }

    fn keep(&self, path: &str, hash: Hash128) -> Result<bool, WriteError> {
        paths::check_path(path)?;
        let Some(entry) = self.old.get(path).filter(|entry| entry.hash == hash).copied() else {
            return Ok(false);
        };
        let Some(stamp) = self.unchanged(path, entry) else {
            return Ok(false);
        };
        self.claim(path)?;
        self.record(path, Made { entry, stamp, staged: false });
        Ok(true)
    }

    fn copy(&self, path: &str, source: &Path) -> Result<(), WriteError> {
        paths::check_path(path)?;
        self.claim(path)?;
        if self.old.contains(path) {
            let entry = stage::entry_of(source)?;
            if let Some(stamp) = self.unchanged(path, entry) {
                self.record(path, Made { entry, stamp, staged: false });
                return Ok(());
            }
        }
        let (entry, stamp) = self.stage.copy(path, source)?;
        self.record(path, Made { entry, stamp, staged: true });
        Ok(())
    }
}

impl Drop for FileSink {
    fn drop(&mut self) {
        if !self.keep_stage {
            // What remains is cleared by the next build.
            let _ = stage::clear(self.stage.folder());
        }
    }
}

/// Runs the journal of a killed build to its end. An output folder that has gone meanwhile needs nothing finished.
///
/// The journal comes with the edition's folder, perhaps from somewhere else, so it is not believed in everything: it
/// writes only inside that folder or where this build was told to write, and removes only what could be a stage.
fn finish_interrupted(root: &Path, state: &Path, out: &Path) -> Result<(), WriteError> {
    let file = state.join("journal");
    let Some(journal) = Journal::read(root, &file)? else {
        return Ok(());
    };
    if journal.out.is_dir() && stage::is_stage(&journal.stage, state, &journal.out) {
        let inside = journal.out.starts_with(root) && paths::resolve(&journal.out)? == journal.out;
        if journal.out != out && !inside {
            let reason = format!(
                "a build into this folder was interrupted: build into it once more to finish, or remove {}",
                file.display()
            );
            return Err(WriteError::refused(journal.out, reason));
        }
        journal.run(true, &mut || false).map_err(|failure| failure.error)?;
        Journal::remove(&file)?;
        return stage::clear(&journal.stage);
    }
    Journal::remove(&file)
}
