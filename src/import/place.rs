//! Putting imported files into the content folder: beside first, then moved in; what an editor changed stays.

use super::report::Report;
use super::volume::File;
use crate::hash::Hash128;
use std::collections::BTreeMap;
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
    let mut placed = Placed::default();
    let mut moves = Vec::new();
    std::fs::create_dir_all(content)?;
    let stage = stage(content)?;
    for file in files {
        report.files.insert(file.path.clone(), hash_of(&file.text));
        let act = decide(content, file, last, force)?;
        let target = match act {
            Act::Nothing => {
                placed.unchanged += 1;
                continue;
            }
            Act::Keep => {
                // What lies there stays the last import's as long as it is not touched.
                if let Some(hash) = last.get(&file.path) {
                    report.files.insert(file.path.clone(), hash.clone());
                }
                placed.kept.push(file.path.clone());
                continue;
            }
            Act::Write(target) => {
                placed.written += 1;
                target
            }
            Act::Beside(target) => {
                placed.beside.push(file.path.clone());
                target
            }
        };
        let beside = stage.join(target.strip_prefix(content).unwrap_or(&target));
        if let Some(folder) = beside.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(&beside, &file.text)?;
        moves.push((beside, target));
    }
    move_in(content, &stage, moves)?;
    std::fs::remove_dir_all(&stage)?;
    report.kept.clone_from(&placed.beside);
    Ok(placed)
}

/// Moves files in. A folder that is new, such as that of a volume, comes whole or not at all.
fn move_in(content: &Path, stage: &Path, moves: Vec<(PathBuf, PathBuf)>) -> io::Result<()> {
    let mut folders: Vec<PathBuf> =
        std::fs::read_dir(stage)?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    folders.sort();
    for folder in folders.iter().filter(|folder| folder.is_dir()) {
        let to = content.join(folder.file_name().unwrap_or_default());
        if !to.exists() {
            std::fs::rename(folder, to)?;
        }
    }
    for (from, to) in moves.into_iter().filter(|(from, _)| from.exists()) {
        if let Some(folder) = to.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::rename(from, to)?;
    }
    Ok(())
}

/// An empty folder on the same file system. One that a killed import left is taken away.
fn stage(content: &Path) -> io::Result<PathBuf> {
    let stage = content.join(".import");
    if stage.exists() {
        std::fs::remove_dir_all(&stage)?;
    }
    std::fs::create_dir_all(&stage)?;
    Ok(stage)
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
