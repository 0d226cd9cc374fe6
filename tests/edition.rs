//! Every folder in `tests/cases` is a test: an edition, a command, and what the program must say about it, to the last
//! character.
//!
//! A case holds what it needs of `site.yaml`, `content/`, `static/`, `themes/` and `ledger/` (the helper supplies the rest), and:
//!
//! | file | meaning |
//! |---|---|
//! | `command` | arguments; default `check` |
//! | `make` | a recipe for input that should not lie in a repository |
//! | `stderr.txt`, `stdout.txt` | all that is printed; a missing file means nothing |
//! | `code` | exit code; default 1 |
//! | `files/…` | files that must be there after the run, byte for byte |
//!
//! `ENGROSS_BLESS=1 cargo test --test edition` writes what the program says now: read the difference before committing.
//! `ENGROSS_CASE=word` runs only cases whose names hold the word.

#![allow(clippy::unwrap_used)]

#[path = "edition/mod.rs"]
mod edition;

use edition::{Edition, Run, cases, files_below, recipe};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What may lie in a case.
const PARTS: &[&str] = &[
    "site.yaml",
    "content",
    "static",
    "themes",
    "ledger",
    "command",
    "make",
    "stderr.txt",
    "stdout.txt",
    "code",
    "files",
];

#[test]
fn every_case_says_what_it_should() {
    #[allow(clippy::disallowed_methods)]
    let (bless, wanted) = (std::env::var("ENGROSS_BLESS").is_ok(), std::env::var("ENGROSS_CASE").unwrap_or_default());
    let mut folders: Vec<PathBuf> = fs::read_dir(cases()).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    folders.retain(|folder| !name(folder).starts_with('_') && name(folder).contains(&wanted));
    assert!(!folders.is_empty(), "no case is called like that");
    let next = AtomicUsize::new(0);
    let failed: Mutex<BTreeMap<String, String>> = Mutex::default();
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(2, usize::from) {
            scope.spawn(|| {
                while let Some(folder) = folders.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if let Err(why) = case(folder, bless) {
                        failed.lock().unwrap().insert(name(folder), why);
                    }
                }
            });
        }
    });
    let failed = failed.into_inner().unwrap();
    let report: String = failed.iter().map(|(name, why)| format!("\n===== {name}\n{why}\n")).collect();
    assert!(failed.is_empty(), "{} of {} cases failed\n{report}", failed.len(), folders.len());
}

fn name(folder: &Path) -> String {
    folder.file_name().unwrap().to_string_lossy().into_owned()
}

/// Runs one case.
fn case(folder: &Path, bless: bool) -> Result<(), String> {
    for entry in fs::read_dir(folder).map_err(|error| format!("this is no folder: {error}"))? {
        let part = name(&entry.unwrap().path());
        if !PARTS.contains(&part.as_str()) {
            return Err(format!("nobody expects `{part}` in a case"));
        }
    }
    let edition = edition(folder)?;
    let command = read(folder, "command").unwrap_or_else(|| "check".into());
    let arguments: Vec<&str> = command.split_whitespace().collect();
    let run = edition.run(&arguments);
    let mut faults = run.faults();
    if bless && faults.is_empty() {
        return bless_case(folder, &edition, &run);
    }
    for (part, found) in [("stderr.txt", &run.stderr), ("stdout.txt", &run.stdout)] {
        let expected = read(folder, part).unwrap_or_default();
        if expected != *found {
            faults.push(format!("{part} differs:\n{}", difference(&expected, found)));
        }
    }
    let code = read(folder, "code").map_or("1".to_owned(), |code| code.trim().to_owned());
    if code != run.code.to_string() {
        faults.push(format!("the exit code is {}, not {code}", run.code));
    }
    for (path, expected) in files_below(&folder.join("files")) {
        match fs::read(edition.root().join(&path)) {
            Err(error) => faults.push(format!("{path}: {error}")),
            Ok(found) if found == expected => {}
            Ok(found) => {
                let (expected, found) = (String::from_utf8_lossy(&expected), String::from_utf8_lossy(&found));
                faults.push(format!("{path} differs:\n{}", difference(&expected, &found)));
            }
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(faults.join("\n")) }
}

fn edition(folder: &Path) -> Result<Edition, String> {
    let mut edition = Edition::new();
    for (path, bytes) in files_below(folder) {
        if ["site.yaml"].contains(&path.as_str())
            || ["content/", "static/", "themes/", "ledger/"].iter().any(|part| path.starts_with(part))
        {
            edition.write(&path, &bytes);
        }
    }
    recipe::follow(&mut edition, &read(folder, "make").unwrap_or_default())?;
    Ok(edition)
}

fn read(folder: &Path, part: &str) -> Option<String> {
    fs::read_to_string(folder.join(part)).ok()
}

/// Writes what the program says now.
fn bless_case(folder: &Path, edition: &Edition, run: &Run) -> Result<(), String> {
    let code = if run.code == 1 { String::new() } else { format!("{}\n", run.code) };
    for (part, text) in [("stderr.txt", &run.stderr), ("stdout.txt", &run.stdout), ("code", &code)] {
        let file = folder.join(part);
        if !text.is_empty() {
            fs::write(file, text).map_err(|error| error.to_string())?;
        } else if file.exists() {
            fs::remove_file(file).map_err(|error| error.to_string())?;
        }
    }
    for path in files_below(&folder.join("files")).keys() {
        let bytes = fs::read(edition.root().join(path)).map_err(|error| format!("{path}: {error}"))?;
        fs::write(folder.join("files").join(path), bytes).map_err(|error| error.to_string())?;
    }
    Ok(())
}

/// Lines of two texts, with `-` and `+` where they differ.
fn difference(expected: &str, found: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (expected.split('\n').collect(), found.split('\n').collect());
    let same = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let room = old.len().min(new.len()) - same;
    let same_end = old.iter().rev().zip(new.iter().rev()).take(room).take_while(|(a, b)| a == b).count();
    let lines = |sign: char, lines: &[&str]| lines.iter().map(|line| format!("{sign} {line}\n")).collect::<String>();
    lines('-', &old[same..old.len() - same_end]) + &lines('+', &new[same..new.len() - same_end])
}

/// Rules that no case breaks; a new rule needs a case.
const WITHOUT_CASE: &[&str] = &[];

#[test]
fn every_rule_is_broken_by_a_case() {
    let said: String = files_below(&cases())
        .into_iter()
        .filter(|(path, _)| path.ends_with("stderr.txt"))
        .map(|(_, text)| String::from_utf8(text).unwrap())
        .collect();
    let names = engross::diag::Code::all().map(engross::diag::Code::name);
    let missing: Vec<&str> = names.filter(|name| !said.contains(&format!("[{name}]"))).collect();
    assert_eq!(missing, WITHOUT_CASE);
}

/// The helper itself: what it must refuse.
#[test]
fn the_helper_refuses_what_nobody_expects() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("notes.txt"), "").unwrap();
    assert_eq!(case(folder.path(), false).unwrap_err(), "nobody expects `notes.txt` in a case");
    fs::remove_file(folder.path().join("notes.txt")).unwrap();
    fs::write(folder.path().join("make"), "paint content/v/d1.md").unwrap();
    assert_eq!(case(folder.path(), false).unwrap_err(), "make, line 1: no step is called paint");
    fs::write(folder.path().join("make"), "").unwrap();
    fs::write(folder.path().join("stderr.txt"), "checked: something else\n").unwrap();
    let why = case(folder.path(), false).unwrap_err();
    assert!(why.contains("- checked: something else") && why.contains("the exit code is 0, not 1"), "{why}");
}

#[test]
fn a_run_that_says_the_same_twice_is_at_fault() {
    let run = Run { stdout: String::new(), stderr: "error: a\n\nerror: a\n\n".into(), code: 1 };
    assert_eq!(run.faults(), ["it said twice:\nerror: a"]);
}
