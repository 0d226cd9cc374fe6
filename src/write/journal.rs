//! The journal: the list of renames and removals of a commit, written before the first of them.
//!
//! Each operation may be run again after it was done, so a journal that is found is run from its start.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::WriteError;
use super::manifest::MANIFEST;
use super::paths;
use super::stage;
use crate::hash::Hash128;

const HEADER: &str = "engross-journal 1";

/// One step of a commit. Paths are those of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Operation {
    /// Renames a staged file into the output, over the old one if there is one. Done when it is staged no more.
    Place(String),
    /// Removes a file of the old site.
    Delete(String),
    /// Removes a folder of the old site if it is empty.
    RemoveFolder(String),
    /// Does the inner operation only while the named file is still staged: what is in its way must go first, but once
    /// it is in place, it could itself be what the inner path names (another kind, another case of letters).
    Before(String, Box<Operation>),
}

/// A commit, as it is to be done.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Journal {
    pub(super) out: PathBuf,
    pub(super) stage: PathBuf,
    pub(super) operations: Vec<Operation>,
}

/// How far a commit came that could not go on.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) error: WriteError,
    /// Whether the output is as it was before.
    pub(super) untouched: bool,
}

/// Asked before each step of a commit; `true` stops there, as a kill would.
pub(super) type Interrupt<'a> = &'a mut dyn FnMut() -> bool;

/// The error of a commit that its [`Interrupt`] stopped.
pub(super) fn stopped(out: &Path) -> WriteError {
    WriteError::refused(out, "the commit was stopped between two steps")
}

impl Journal {
    /// Runs the operations. `resumed` accepts staged files that are gone as done before.
    pub(super) fn run(&self, resumed: bool, interrupt: Interrupt) -> Result<(), Failure> {
        let site = stage::site(&self.stage);
        let run = Run { site: &site, out: &self.out, resumed };
        for (index, operation) in self.operations.iter().enumerate() {
            if interrupt() {
                return Err(Failure { error: stopped(&self.out), untouched: false });
            }
            run.operation(operation).map_err(|error| Failure { error, untouched: index == 0 && !resumed })?;
        }
        Ok(())
    }

    /// Writes the journal beside, onto the disk, and renames: a journal that is there is whole.
    pub(super) fn write(&self, root: &Path, file: &Path) -> Result<(), WriteError> {
        let text = self.to_text(root)?;
        let part = file.with_extension("part");
        let write = || {
            let mut handle = File::create(&part)?;
            handle.write_all(text.as_bytes())?;
            handle.sync_all()?;
            fs::rename(&part, file)
        };
        write().map_err(WriteError::io("write", file))
    }

    /// Reads the journal; `None` when there is none, or one that is not to be understood: then the next commit mends
    /// what is amiss, since each put compares with the file that is there.
    pub(super) fn read(root: &Path, file: &Path) -> Result<Option<Self>, WriteError> {
        match fs::read_to_string(file) {
            Ok(text) => Ok(Self::parse(root, &text)),
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::InvalidData) => Ok(None),
            Err(error) => Err(WriteError::io("read", file)(error)),
        }
    }

    /// Removes the journal, if there is one.
    pub(super) fn remove(file: &Path) -> Result<(), WriteError> {
        match fs::remove_file(file) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(WriteError::io("remove", file)(error)),
            _ => Ok(()),
        }
    }

    /// A header, the two folders (from the root when they are in it, so that an edition may be moved), an operation a
    /// line with tabs between its parts, and a hash of all that.
    fn to_text(&self, root: &Path) -> Result<String, WriteError> {
        let mut text = format!("{HEADER}\n{}\n{}\n", relative(root, &self.out)?, relative(root, &self.stage)?);
        for operation in &self.operations {
            write_operation(&mut text, operation);
            text.push('\n');
        }
        let hash = Hash128::of(text.as_bytes());
        Ok(format!("{text}{hash}\n"))
    }

    fn parse(root: &Path, text: &str) -> Option<Self> {
        let (body, hash) = text.strip_suffix('\n')?.rsplit_once('\n')?;
        let mut lines = body.lines();
        if lines.next()? != HEADER || Hash128::from_hex(hash)? != Hash128::of(format!("{body}\n").as_bytes()) {
            return None;
        }
        let (out, stage) = (root.join(lines.next()?), root.join(lines.next()?));
        let operations = lines.map(read_operation).collect::<Option<Vec<_>>>()?;
        Some(Journal { out, stage, operations })
    }
}

fn write_operation(text: &mut String, operation: &Operation) {
    let (word, path) = match operation {
        Operation::Place(path) => ("place", path),
        Operation::Delete(path) => ("delete", path),
        Operation::RemoveFolder(path) => ("folder", path),
        Operation::Before(path, _) => ("before", path),
    };
    text.extend([word, "\t", path]);
    if let Operation::Before(_, inner) = operation {
        text.push('\t');
        write_operation(text, inner);
    }
}

fn read_operation(line: &str) -> Option<Operation> {
    let (word, path) = line.split_once('\t')?;
    if word == "before" {
        let (path, inner) = path.split_once('\t')?;
        return Some(Operation::Before(path.to_owned(), Box::new(read_operation(inner)?)));
    }
    if path != MANIFEST {
        paths::check_path(path).ok()?;
    }
    let make = match word {
        "place" => Operation::Place,
        "delete" => Operation::Delete,
        "folder" => Operation::RemoveFolder,
        _ => return None,
    };
    Some(make(path.to_owned()))
}

/// A folder as the journal names it.
fn relative<'a>(root: &Path, folder: &'a Path) -> Result<&'a str, WriteError> {
    let shortest = folder.strip_prefix(root).unwrap_or(folder);
    let text = shortest.to_str().filter(|text| !text.contains('\n'));
    text.ok_or_else(|| WriteError::refused(folder, "the name of the output folder is not text"))
}

struct Run<'a> {
    site: &'a Path,
    out: &'a Path,
    resumed: bool,
}

impl Run<'_> {
    fn operation(&self, operation: &Operation) -> Result<(), WriteError> {
        match operation {
            Operation::Place(path) => self.place(path),
            Operation::Delete(path) => self.delete(path),
            Operation::RemoveFolder(path) => self.remove_folder(path),
            Operation::Before(staged, inner) if is_there(&self.site.join(staged)) => self.operation(inner),
            Operation::Before(..) => Ok(()),
        }
    }

    fn place(&self, path: &str) -> Result<(), WriteError> {
        let (from, to) = (self.site.join(path), self.out.join(path));
        // Most folders are there: they are made only when the rename misses one.
        let Err(error) = fs::rename(&from, &to) else {
            return Ok(());
        };
        if error.kind() != io::ErrorKind::NotFound {
            return Err(WriteError::io("write", &to)(error));
        }
        if !is_there(&from) {
            return if self.resumed { Ok(()) } else { Err(WriteError::io("find", &from)(error)) };
        }
        let parent = self.out.join(paths::parent(path));
        fs::create_dir_all(&parent).map_err(WriteError::io("create", &parent))?;
        fs::rename(&from, &to).map_err(WriteError::io("write", &to))
    }

    fn delete(&self, path: &str) -> Result<(), WriteError> {
        let target = self.out.join(path);
        match fs::remove_file(&target) {
            Ok(()) => Ok(()),
            Err(error) if is_gone(&error) => Ok(()),
            // A folder in its place is a later file's and not ours to remove; systems name that error differently.
            Err(_) if fs::symlink_metadata(&target).is_ok_and(|found| found.is_dir()) => Ok(()),
            Err(error) => Err(WriteError::io("remove", &target)(error)),
        }
    }

    fn remove_folder(&self, path: &str) -> Result<(), WriteError> {
        let target = self.out.join(path);
        match fs::remove_dir(&target) {
            Ok(()) => Ok(()),
            Err(error) if is_gone(&error) || error.kind() == io::ErrorKind::DirectoryNotEmpty => Ok(()),
            Err(error) => Err(WriteError::io("remove", &target)(error)),
        }
    }
}

fn is_there(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

fn is_gone(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn journal(root: &Path) -> Journal {
        let inner = Operation::Delete("a".to_owned());
        Journal {
            out: root.join("public"),
            stage: PathBuf::from("/elsewhere/.public.engross-stage"),
            operations: vec![
                Operation::Before("a/b c.html".to_owned(), Box::new(inner)),
                Operation::Place("a/b c.html".to_owned()),
                Operation::RemoveFolder("old".to_owned()),
                Operation::Place(MANIFEST.to_owned()),
            ],
        }
    }

    #[test]
    fn text_reads_back_also_after_a_move() {
        let root = Path::new("/edition");
        let text = journal(root).to_text(root).unwrap();
        assert!(text.starts_with("engross-journal 1\npublic\n/elsewhere/"), "{text}");
        assert_eq!(Journal::parse(root, &text), Some(journal(root)));
        assert_eq!(Journal::parse(Path::new("/moved"), &text), Some(journal(Path::new("/moved"))));
    }

    #[test]
    fn a_torn_or_forged_journal_is_no_journal() {
        let root = Path::new("/edition");
        let text = journal(root).to_text(root).unwrap();
        for end in 0..text.len() {
            assert_eq!(Journal::parse(root, &text[..end]), None, "the first {end} bytes pass");
        }
        let forged = format!("{HEADER}\npublic\nstage\ndelete\t../content\n");
        let forged = format!("{forged}{}\n", Hash128::of(forged.as_bytes()));
        assert_eq!(Journal::parse(root, &forged), None);
    }

    #[test]
    fn what_was_in_the_way_is_not_removed_again() {
        let folder = tempfile::tempdir().unwrap();
        let (out, stage_folder) = (folder.path().join("public"), folder.path().join("stage"));
        fs::create_dir_all(stage::site(&stage_folder)).unwrap();
        fs::create_dir(&out).unwrap();
        // Where the case of letters does not count, both paths name the file that is in place by now.
        fs::write(out.join("page.html"), "new").unwrap();
        let remove = Operation::Delete("page.html".to_owned());
        let operations = vec![Operation::Before("page.html".to_owned(), Box::new(remove))];
        let journal = Journal { out: out.clone(), stage: stage_folder.clone(), operations };
        journal.run(true, &mut || false).unwrap();
        assert_eq!(fs::read_to_string(out.join("page.html")).unwrap(), "new");
        fs::write(stage::site(&stage_folder).join("page.html"), "newer").unwrap();
        journal.run(true, &mut || false).unwrap();
        assert!(!out.join("page.html").exists());
    }
}
