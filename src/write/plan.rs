//! From the site that is made and the folder that is there to the list of operations between them.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::ops::Bound;
use std::path::Path;

use super::WriteError;
use super::journal::Operation;
use super::manifest::{Entry, Manifest};
use super::paths;
use super::stamps::Stamp;

/// A file of the new site.
#[derive(Debug, Clone, Copy)]
pub(super) struct Made {
    pub(super) entry: Entry,
    /// When its bytes were written.
    pub(super) stamp: Stamp,
    /// Whether it waits in the stage; else the output has it already.
    pub(super) staged: bool,
}

/// What lies at a path of the output folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    File,
    Folder,
    /// A link, a device, or a folder that cannot be opened: never looked into.
    Other,
}

/// What lies in the output folder, by path.
pub(super) type Survey = BTreeMap<String, Kind>;

/// What a commit is to do.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Plan {
    /// What must go first, then new files, changed files, orphans and their folders. The manifest is not among them.
    pub(super) operations: Vec<Operation>,
    /// How many files of the old site go.
    pub(super) removed: usize,
    /// Files that are in the folder but neither in the old site nor in the new.
    pub(super) unknown: Vec<String>,
}

/// Looks through the output folder; links are not followed. What is outside the site at its top is left out.
pub(super) fn survey(out: &Path) -> Result<Survey, WriteError> {
    let mut found = Survey::new();
    let mut waiting = vec![String::new()];
    while let Some(folder) = waiting.pop() {
        let path = out.join(&folder);
        let entries = match fs::read_dir(&path) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied && !folder.is_empty() => {
                found.insert(folder, Kind::Other);
                continue;
            }
            Err(error) => return Err(WriteError::io("read", &path)(error)),
        };
        for entry in entries {
            let entry = entry.map_err(WriteError::io("read", &path))?;
            let name = entry.file_name();
            let name = name.to_string_lossy();
            if folder.is_empty() && paths::outside_site(&name) {
                continue;
            }
            let relative = if folder.is_empty() { name.into_owned() } else { format!("{folder}/{name}") };
            let kind = entry.file_type().map_err(WriteError::io("read", &path))?;
            if kind.is_dir() {
                waiting.push(relative.clone());
            }
            let kind = if kind.is_dir() {
                Kind::Folder
            } else if kind.is_file() {
                Kind::File
            } else {
                Kind::Other
            };
            found.insert(relative, kind);
        }
    }
    Ok(found)
}

/// Makes the list. Refuses when something that is not of the old site is in the way of the new.
pub(super) fn plan(
    out: &Path,
    made: &BTreeMap<String, Made>,
    old: &Manifest,
    survey: &Survey,
) -> Result<Plan, WriteError> {
    let is_orphan =
        |path: &str| old.contains(path) && !made.contains_key(path) && survey.get(path) == Some(&Kind::File);
    let orphans: Vec<&str> = old.paths().filter(|path| is_orphan(path)).collect();
    let staged: Vec<&str> = made.iter().filter(|(_, file)| file.staged).map(|(path, _)| path.as_str()).collect();

    let way = clear_the_way(out, &staged, &orphans, survey)?;
    let mut operations: Vec<Operation> = Vec::with_capacity(staged.len() + orphans.len());
    let before = |staged: &str, inner| Operation::Before(staged.to_owned(), Box::new(inner));
    operations.extend(way.files.iter().map(|(path, staged)| before(staged, Operation::Delete((*path).to_owned()))));
    // Inner folders sort behind the ones they are in.
    let folders = way.folders.iter().rev();
    operations.extend(folders.map(|(path, staged)| before(staged, Operation::RemoveFolder((*path).to_owned()))));

    let mut placements = staged;
    // New files first and pages behind what they show, so that no page asks for a file that is yet to come.
    placements.sort_by_key(|path| (survey.contains_key(*path), path.ends_with(".html"), *path));
    operations.extend(placements.into_iter().map(|path| Operation::Place(path.to_owned())));

    let late = orphans.iter().filter(|path| !way.files.contains_key(*path));
    operations.extend(late.map(|path| Operation::Delete((*path).to_owned())));
    let emptied =
        empty_folders(&orphans, made).into_iter().rev().filter(|path| !way.folders.contains_key(path.as_str()));
    operations.extend(emptied.map(Operation::RemoveFolder));

    let is_known = |path: &str| old.contains(path) || made.contains_key(path);
    let unknown = survey.iter().filter(|(path, kind)| **kind != Kind::Folder && !is_known(path));
    Ok(Plan { operations, removed: orphans.len(), unknown: unknown.map(|(path, _)| path.clone()).collect() })
}

/// Old files and folders that must go before a staged file can take its place, each with that file.
#[derive(Default)]
struct Way<'a> {
    files: BTreeMap<&'a str, &'a str>,
    folders: BTreeMap<&'a str, &'a str>,
}

fn clear_the_way<'a>(
    out: &Path,
    staged: &[&'a str],
    orphans: &[&'a str],
    survey: &'a Survey,
) -> Result<Way<'a>, WriteError> {
    let mut way = Way::default();
    let is_orphan = |path: &str| orphans.binary_search(&path).is_ok();
    let folded: BTreeMap<String, &str> = orphans.iter().map(|path| (paths::fold(path), *path)).collect();
    let refuse = |path: &str, staged: &str| {
        let reason = format!("this is not of the site and in the way of {staged}: move it elsewhere");
        Err(WriteError::refused(out.join(path), reason))
    };
    for path in staged.iter().copied() {
        // Where letters' case does not count, the old file may be the very one that is to be written.
        if let Some(orphan) = if folded.is_empty() { None } else { folded.get(&paths::fold(path)) } {
            way.files.insert(orphan, path);
        }
        for folder in paths::parents(path) {
            match survey.get_key_value(folder) {
                None | Some((_, Kind::Folder)) => {}
                Some((file, _)) if is_orphan(file) => drop(way.files.entry(file).or_insert(path)),
                Some(_) => return refuse(folder, path),
            }
        }
        if let Some((folder, Kind::Folder)) = survey.get_key_value(path) {
            way.folders.insert(folder, path);
            for (inner, kind) in beneath(survey, path) {
                match kind {
                    Kind::Folder => drop(way.folders.insert(inner, path)),
                    Kind::File if is_orphan(inner) => drop(way.files.insert(inner, path)),
                    _ => return refuse(inner, path),
                }
            }
        }
    }
    Ok(way)
}

/// The folders that held orphans and hold nothing of the new site, sorted.
fn empty_folders(orphans: &[&str], made: &BTreeMap<String, Made>) -> Vec<String> {
    let mut folders: Vec<&str> = orphans.iter().flat_map(|path| paths::parents(path)).collect();
    folders.sort_unstable();
    folders.dedup();
    let in_use = |folder: &str| made.contains_key(folder) || beneath(made, folder).next().is_some();
    folders.into_iter().filter(|folder| !in_use(folder)).map(str::to_owned).collect()
}

/// All entries under a folder.
fn beneath<'a, T>(map: &'a BTreeMap<String, T>, folder: &str) -> impl Iterator<Item = (&'a str, &'a T)> {
    let prefix = format!("{folder}/");
    let start = (Bound::Excluded(prefix.clone()), Bound::Unbounded);
    map.range::<String, _>(start)
        .take_while(move |(path, _)| path.starts_with(&prefix))
        .map(|(path, value)| (path.as_str(), value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write::stage::entry_of_bytes;

    fn plan_of(old: &[&str], new: &[(&str, bool)], foreign: &[&str]) -> Result<Plan, WriteError> {
        let entry = entry_of_bytes(b"");
        let manifest = Manifest::new(old.iter().map(|path| ((*path).to_owned(), entry)).collect());
        let made = new.iter().map(|&(path, staged)| (path.to_owned(), Made { entry, stamp: 0, staged })).collect();
        let mut survey = Survey::new();
        for path in old.iter().chain(foreign) {
            survey.insert((*path).to_owned(), Kind::File);
            survey.extend(paths::parents(path).map(|folder| (folder.to_owned(), Kind::Folder)));
        }
        plan(Path::new("public"), &made, &manifest, &survey)
    }

    #[test]
    fn readers_never_meet_a_page_before_what_it_shows() {
        let old = ["a.html", "gone/x/1.html", "gone/2.html", "same.html", "style.css"];
        let new = ["a.html", "b.html", "style.css", "z.png"].map(|path| (path, true));
        let plan = plan_of(&old, &[&new[..], &[("same.html", false)]].concat(), &["CNAME"]).unwrap();
        let place = ["z.png", "b.html", "style.css", "a.html"].map(|path| Operation::Place(path.to_owned()));
        let delete = ["gone/2.html", "gone/x/1.html"].map(|path| Operation::Delete(path.to_owned()));
        let folders = ["gone/x", "gone"].map(|path| Operation::RemoveFolder(path.to_owned()));
        assert_eq!(plan.operations, [&place[..], &delete[..], &folders[..]].concat());
        assert_eq!((plan.removed, plan.unknown), (2, vec!["CNAME".to_owned()]));
    }

    #[test]
    fn what_is_in_the_way_goes_first() {
        let old = ["Case.html", "flat", "deep/a/b/c.html"];
        let new = ["case.html", "flat/1.html", "flat/2.html", "deep/a"].map(|path| (path, true));
        let plan = plan_of(&old, &new, &[]).unwrap();
        let before = |staged: &str, inner| Operation::Before(staged.to_owned(), Box::new(inner));
        assert_eq!(
            plan.operations.get(..5).unwrap(),
            [
                before("case.html", Operation::Delete("Case.html".to_owned())),
                before("deep/a", Operation::Delete("deep/a/b/c.html".to_owned())),
                before("flat/1.html", Operation::Delete("flat".to_owned())),
                before("deep/a", Operation::RemoveFolder("deep/a/b".to_owned())),
                before("deep/a", Operation::RemoveFolder("deep/a".to_owned())),
            ]
        );
        assert!(plan.operations[5..].iter().all(|operation| matches!(operation, Operation::Place(_))));
        assert!(plan_of(&old, &new, &["deep/a/mine"]).is_err());
    }
}
