//! The edition read again after changes, as the preview does, against the edition read afresh.

use super::edition::{Edition, Site, first_difference};
use super::edits::{self, Random};
use super::{EDITS, begin};
use engross::cache::Cache;
use engross::diag::Diagnostic;
use engross::pipeline::{self, Changes};
use engross::write::MemorySink;
use std::collections::{BTreeMap, BTreeSet};

type Read = Result<pipeline::Edition, Vec<Diagnostic>>;

fn afresh(edition: &Edition) -> Read {
    pipeline::check(edition.root(), &edition.flags, &Cache::default())
}

/// Paths that differ, as a system tells them that watches folders: of a folder that came or went, the folder.
fn changes(edition: &Edition, before: &BTreeMap<String, Vec<u8>>, after: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let folders = |files: &BTreeMap<String, Vec<u8>>| -> BTreeSet<String> {
        let above = |path: &String| path.match_indices('/').map(|(at, _)| path[..at].to_owned()).collect::<Vec<_>>();
        files.keys().flat_map(above).collect()
    };
    let old = folders(before);
    let mut paths = BTreeSet::new();
    for path in before.keys().chain(after.keys()).filter(|path| before.get(*path) != after.get(*path)) {
        let mut above = path.match_indices('/').map(|(at, _)| &path[..at]);
        let gone = |folder: &&str| !edition.root().join(folder).exists();
        let came = |folder: &&str| !old.contains(*folder);
        let whole = if before.contains_key(path) { above.find(gone) } else { above.find(came) };
        paths.insert(whole.unwrap_or(path).to_owned());
    }
    paths.into_iter().collect()
}

/// Some edits in a row, after each of which the edition that is read again is compared with one read afresh.
pub fn history(seed: u64) -> Option<String> {
    let mut random = Random::new(seed ^ 0xa6a1);
    let mut edition = begin(seed);
    // The preview does without.
    edition.flags.history = false;
    let flags = edition.flags.clone();
    let mut root = edition.root().to_owned();
    let mut now = afresh(&edition).unwrap_or_else(|found| panic!("{found:?}"));
    let mut told = Vec::new();
    let (mut missed, mut broken) = (Vec::new(), 0);
    let mut before = edition.sources();
    let mut good = before.clone();
    for _ in 0..EDITS {
        told.push(edits::random(&mut edition, &mut random));
        if random.one_in(4) {
            told.push(edits::random(&mut edition, &mut random));
        }
        if broken > 1 {
            edition.restore(&good);
            told.push("taken back".to_owned());
        }
        edition.flags = flags.clone();
        // What an editor is at work on is not compared with what was published.
        let _ = std::fs::remove_dir_all(edition.root().join("ledger"));
        if edition.root() != root {
            // A preview stays where it is: another one begins here.
            let Ok(begun) = afresh(&edition) else { continue };
            (now, root) = (begun, edition.root().to_owned());
            missed.clear();
            before = edition.sources();
            continue;
        }
        let after = edition.sources();
        missed.extend(changes(&edition, &before.0, &after.0));
        if random.one_in(3) {
            missed.push("content/.d1.md.swp".to_owned());
        }
        before = after;
        let (again, fresh) = (now.again(edition.root(), &flags, &Changes::new(missed.clone())), afresh(&edition));
        told.push(format!("{missed:?}"));
        let (wrong, sound) = compare(&edition, &again, &fresh);
        if let Some(wrong) = wrong {
            return Some(format!("ENGROSS_SEED={seed}\n{}\n\n{wrong}", told.join("\n")));
        }
        broken = if sound { 0 } else { broken + 1 };
        if sound {
            good = before.clone();
        }
        // What changed while site.yaml could not be read is told again.
        if let Ok(again) = again {
            now = again;
            missed.clear();
        }
    }
    None
}

/// What is wrong, and whether the edition can be published.
fn compare(edition: &Edition, again: &Read, fresh: &Read) -> (Option<String>, bool) {
    let found = |read: &Read| match read {
        Ok(edition) => edition.diagnostics.clone(),
        Err(found) => found.clone(),
    };
    if again.is_ok() != fresh.is_ok() || found(again) != found(fresh) {
        return (Some(format!("diagnostics: again {:?}\nafresh {:?}", found(again), found(fresh))), false);
    }
    let (Ok(again), Ok(fresh)) = (again, fresh) else { return (None, false) };
    if !fresh.is_sound() {
        return (None, false);
    }
    let sink = MemorySink::new();
    let built = pipeline::build(edition.root(), fresh, &Cache::default(), &sink, &|_, _| {}).unwrap();
    if !built.diagnostics.is_empty() {
        return (None, false);
    }
    let site: Site = sink.into_files().unwrap();
    // The search of the preview is made beside all else, once it is quiet.
    let pages = site.iter().filter(|(path, _)| *path != "search.html" && !path.starts_with("search/"));
    let wrong = pages.into_iter().find_map(|(path, bytes)| match again.file(edition.root(), path, None) {
        Ok(Some(served)) if served.bytes == *bytes => None,
        Ok(Some(served)) => Some(first_difference(path, &served.bytes, bytes)),
        other => Some(format!("{path} is not served: {other:?}")),
    });
    let gone = ["harbour/d99x.html", "old/never.html", "static/more.txt"];
    let extra = gone.into_iter().find(|path| !matches!(again.file(edition.root(), path, None), Ok(None)));
    (wrong.or(extra.map(|path| format!("{path} is served"))), true)
}

/// Reads again after some paths changed, and compares.
fn assert_again(edition: &Edition, now: &pipeline::Edition, paths: &[&str]) -> pipeline::Edition {
    let changes = Changes::new(paths.iter().map(|path| (*path).to_owned()));
    let again = now.again(edition.root(), &edition.flags, &changes);
    assert_eq!(compare(edition, &again, &afresh(edition)).0, None);
    again.unwrap_or_else(|found| panic!("{found:?}"))
}

#[test]
fn what_was_found_in_looking_for_files_is_found_still() {
    let edition = Edition::copy("rich");
    edition.write("content/harbour/notes.txt", "Of no kind that is published.");
    let now = afresh(&edition).unwrap_or_else(|found| panic!("{found:?}"));
    let count = now.diagnostics.len();
    edition.replace(super::D2, ".", ". And so on.");
    let now = assert_again(&edition, &now, &[super::D2]);
    assert_eq!(now.diagnostics.len(), count);
    edition.remove("content/harbour/notes.txt");
    let now = assert_again(&edition, &now, &["content/harbour/notes.txt"]);
    assert_eq!(now.diagnostics.len(), count - 1);
}

#[test]
fn a_folder_of_static_files_that_is_moved_away_is_gone() {
    let edition = Edition::copy("rich");
    let now = afresh(&edition).unwrap_or_else(|found| panic!("{found:?}"));
    std::fs::remove_dir_all(edition.root().join("static/downloads")).unwrap();
    let now = assert_again(&edition, &now, &["static/downloads"]);
    std::fs::remove_dir_all(edition.root().join("static")).unwrap();
    assert_again(&edition, &now, &["static"]);
}

#[test]
fn what_could_not_be_read_hides_nothing_once_it_can() {
    let edition = Edition::copy("single");
    let index = edition.read("content/_index.md");
    let (before, after) = index.split_once("paginations:").unwrap();
    let after = &after[after.find("aliases:").unwrap()..];
    edition.write("content/_index.md", &format!("{before}{}", after.replacen("---", "paginations: 7\n---", 1)));
    let now = afresh(&edition).unwrap_or_else(|found| panic!("{found:?}"));
    edition.write("content/_index.md", &format!("{before}{after}"));
    let now = assert_again(&edition, &now, &["content/_index.md"]);
    assert!(!now.is_sound(), "the page that is linked to is one of that pagination");
}

#[test]
fn a_folder_in_the_place_of_another_is_read() {
    let edition = Edition::copy("single");
    let now = afresh(&edition).unwrap_or_else(|found| panic!("{found:?}"));
    edition.replace("content/01-first/a1.md", "Letter to Anna Lind & others", "Another letter");
    assert_again(&edition, &now, &["content/01-first"]);
}

#[test]
fn a_rule_that_is_not_needed_is_named_where_it_stands() {
    let edition = Edition::copy("single");
    let a1 = "content/01-first/a1.md";
    edition.replace(a1, "number: 1", "number: 1\nignore:\n  - code: date-missing\n    because: known");
    let now = afresh(&edition).unwrap_or_else(|found| panic!("{found:?}"));
    assert_eq!(now.diagnostics.len(), 1, "{:?}", now.diagnostics);
    edition.replace(a1, "number: 1", "rights: {note: Free}\nnumber: 1");
    assert_again(&edition, &now, &[a1]);
}
