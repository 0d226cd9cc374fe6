//! Putting imported files into the content folder: beside first, then moved in; what an editor changed stays.

use super::report::Report;
use super::volume::File;
use crate::hash::Hash128;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

/// What was done with the files of a volume.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Placed {
    /// Files that are new or replaced.
    pub written: usize,
    /// Files that already were so.
    pub unchanged: usize,
    /// Files that differ and stay, since nothing said to replace them.
    pub kept: Vec<String>,
    /// Files that an editor changed: the new text lies beside them.
    pub beside: Vec<String>,
}

/// What is done with one file.
enum Act {
    Write(PathBuf),
    Nothing,
    Keep,
    Beside(PathBuf),
}

/// Files that lie beside the edition and wait to be moved in.
#[derive(Debug, Default)]
pub struct Staged {
    /// Where they lie, in the folders in which they will lie.
    folder: PathBuf,
    content: PathBuf,
    placed: Placed,
    moves: Vec<(PathBuf, PathBuf)>,
}

/// Places the files of a volume in `content`. `last` has the hashes of the last import's files.
///
/// # Errors
/// Says which file could not be written; then no file of the edition has been changed, unless moving itself failed.
pub fn place(
    content: &Path,
    files: &[File],
    last: &BTreeMap<String, String>,
    force: bool,
    report: &mut Report,
) -> io::Result<Placed> {
    clear(content)?;
    let staged = stage(content, files, last, force, report)?;
    let placed = staged.move_in()?;
    clear(content)?;
    Ok(placed)
}

/// Writes the files of a volume beside the edition.
///
/// # Errors
/// Says which file could not be written; nothing of the edition has been changed.
pub fn stage(
    content: &Path,
    files: &[File],
    last: &BTreeMap<String, String>,
    force: bool,
    report: &mut Report,
) -> io::Result<Staged> {
    let folder = stage_of(content).join(&report.volume);
    let mut staged = Staged { folder: folder.clone(), content: content.to_owned(), ..Staged::default() };
    std::fs::create_dir_all(&folder)?;
    let mut made = BTreeSet::new();
    for file in files {
        report.files.insert(file.path.clone(), hash_of(&file.text));
        let target = match decide(content, file, last, force)? {
            Act::Nothing => {
                staged.placed.unchanged += 1;
                continue;
            }
            Act::Keep => {
                // What lies there stays the last import's as long as it is not touched.
                if let Some(hash) = last.get(&file.path) {
                    report.files.insert(file.path.clone(), hash.clone());
                }
                staged.placed.kept.push(file.path.clone());
                continue;
            }
            Act::Write(target) => {
                staged.placed.written += 1;
                target
            }
            Act::Beside(target) => {
                staged.placed.beside.push(file.path.clone());
                target
            }
        };
        let beside = folder.join(target.strip_prefix(content).unwrap_or(&target));
        if let Some(within) = beside.parent()
            && made.insert(within.to_owned())
        {
            std::fs::create_dir_all(within)?;
        }
        std::fs::write(&beside, &file.text)?;
        staged.moves.push((beside, target));
    }
    report.kept.clone_from(&staged.placed.beside);
    Ok(staged)
}

impl Staged {
    /// Moves the files in. A folder that is new, such as that of a volume, comes whole or not at all.
    ///
    /// # Errors
    /// Says which file could not be moved.
    pub fn move_in(self) -> io::Result<Placed> {
        let mut whole = Vec::new();
        let entries = std::fs::read_dir(&self.folder)?.map(|entry| Ok(entry?.path()));
        let mut folders: Vec<PathBuf> = entries.collect::<io::Result<_>>()?;
        folders.sort();
        for folder in folders.into_iter().filter(|folder| folder.is_dir()) {
            let to = self.content.join(folder.file_name().unwrap_or_default());
            if !to.exists() {
                std::fs::rename(&folder, to)?;
                whole.push(folder);
            }
        }
        let single = |from: &Path| !whole.iter().any(|folder| from.starts_with(folder));
        let mut made = BTreeSet::new();
        for (from, to) in self.moves.into_iter().filter(|(from, _)| single(from)) {
            if let Some(folder) = to.parent()
                && !made.contains(folder)
            {
                std::fs::create_dir_all(folder)?;
                made.insert(folder.to_owned());
            }
            std::fs::rename(from, to)?;
        }
        Ok(self.placed)
    }
}

/// Takes away what lies beside the edition, be it done with or left by a killed import.
///
/// # Errors
/// Says why the folder cannot be removed.
pub fn clear(content: &Path) -> io::Result<()> {
    match std::fs::remove_dir_all(stage_of(content)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// A folder on the same file system.
fn stage_of(content: &Path) -> PathBuf {
    content.join(".import")
}

fn decide(content: &Path, file: &File, last: &BTreeMap<String, String>, force: bool) -> io::Result<Act> {
    let target = content.join(&file.path);
    let there = match std::fs::read_to_string(&target) {
        Ok(there) => there,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Act::Write(target)),
        Err(error) => return Err(error),
    };
    if there == file.text {
        return Ok(Act::Nothing);
    }
    if !force {
        return Ok(Act::Keep);
    }
    if last.get(&file.path).is_some_and(|hash| *hash == hash_of(&there)) {
        return Ok(Act::Write(target));
    }
    let mut beside = target.into_os_string();
    beside.push(".new");
    Ok(Act::Beside(beside.into()))
}

/// The hashes in the report of an earlier import.
pub fn last_hashes(report: &str) -> BTreeMap<String, String> {
    let value: serde_json::Value = serde_json::from_str(report).unwrap_or_default();
    let reports = match value {
        serde_json::Value::Array(reports) => reports,
        one => vec![one],
    };
    let mut hashes = BTreeMap::new();
    for report in reports {
        if let Some(files) = report.get("files").and_then(|files| files.as_object()) {
            let pairs = files.iter().filter_map(|(path, hash)| Some((path.clone(), hash.as_str()?.to_owned())));
            hashes.extend(pairs);
        }
    }
    hashes
}

/// Where the volumes of *Foreign Relations* that are not in the edition lie.
const ELSEWHERE: &str = "\
external:
  - volumes: frus*
    address: https://history.state.gov/historicaldocuments/{volume}/{id}
  - volumes: frus*
    address: https://history.state.gov/historicaldocuments/{volume}/pg_{page}
";

/// Adds the addresses of other volumes to site.yaml, if references need them and it says nothing of them.
///
/// # Errors
/// Says why site.yaml cannot be read or written.
pub fn add_external(site: &Path, reports: &[Report]) -> io::Result<bool> {
    let needed = reports.iter().any(|report| report.external.keys().any(|volume| volume.starts_with("frus")));
    if !needed || !site.is_file() {
        return Ok(false);
    }
    let mut text = std::fs::read_to_string(site)?;
    if text.lines().any(|line| line.starts_with("external:")) {
        return Ok(false);
    }
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    text.push_str(ELSEWHERE);
    let beside = site.with_extension("yaml.part");
    std::fs::write(&beside, text)?;
    std::fs::rename(beside, site)?;
    Ok(true)
}

fn hash_of(text: &str) -> String {
    Hash128::of(text.as_bytes()).to_string()
}
