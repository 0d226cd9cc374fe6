//! Builds that are killed: the site has whole files at any moment, and the next build finishes what was begun.

use std::fs;
use std::path::Path;

use super::{Edition, NEW, OLD, Site, owned};
use crate::write::journal::Journal;
use crate::write::manifest::MANIFEST;
use crate::write::{FileSink, Sink};

/// Commits and stops at the given step; whether it was stopped.
fn stopped_at(sink: FileSink, step: usize) -> bool {
    let mut count = 0;
    let result = sink.commit_until(&mut || {
        count += 1;
        count > step
    });
    result.is_err()
}

/// Each file is that of one site or the other, whole.
fn assert_whole(out: &Path, old: Site, new: Site) {
    let (old, new) = (owned(old), owned(new));
    for entry in walkdir::WalkDir::new(out).min_depth(1) {
        let entry = entry.unwrap();
        let path = entry.path().strip_prefix(out).unwrap().to_str().unwrap();
        if entry.file_type().is_file() && path != MANIFEST {
            let text = fs::read_to_string(entry.path()).unwrap();
            assert!(old.get(path) == Some(&text) || new.get(path) == Some(&text), "{path} holds {text:?}");
        }
    }
}

#[test]
fn a_kill_at_any_step_leaves_whole_files_and_is_finished_by_the_next() {
    let mut step = 0;
    let mut finished = 0;
    loop {
        let edition = Edition::new();
        edition.build(OLD);
        if !stopped_at(edition.put(NEW), step) {
            break;
        }
        assert_whole(&edition.out(), OLD, NEW);
        let begun = edition.root().join(".engross/journal").exists() || edition.site_is(NEW);
        // The next build need not even come to its end.
        drop(edition.open());
        edition.assert_site(if begun { NEW } else { OLD });
        edition.assert_no_leftovers();
        finished += usize::from(begun);
        edition.build(NEW);
        edition.assert_site(NEW);
        step += 1;
    }
    assert!(finished > 15 && step > finished, "{finished} of {step} steps were in a commit");
}

#[test]
fn kills_while_finishing_are_finished_too() {
    for first in (2..22).step_by(3) {
        let edition = Edition::new();
        edition.build(OLD);
        assert!(stopped_at(edition.put(NEW), first));
        let root = edition.root().canonicalize().unwrap();
        let journal = Journal::read(&root, &root.join(".engross/journal")).unwrap().unwrap();
        // Each round begins at the journal's start, comes one step further than the last, and is killed.
        for steps in 0..=journal.operations.len() {
            let mut count = 0;
            let _ = journal.run(true, &mut || {
                count += 1;
                count > steps
            });
            assert_whole(&edition.out(), OLD, NEW);
        }
        drop(edition.open());
        edition.assert_site(NEW);
    }
}

#[test]
fn a_kill_of_a_first_build_leaves_nothing_or_all() {
    for step in 0..3 {
        let edition = Edition::new();
        let stopped = stopped_at(edition.put(OLD), step);
        assert_eq!(stopped, step < 2);
        if edition.out().exists() {
            edition.assert_site(OLD);
        }
        edition.build(NEW);
        edition.assert_site(NEW);
        edition.assert_no_leftovers();
    }
}

#[test]
fn a_kill_is_finished_for_its_own_folder() {
    let edition = Edition::new();
    edition.build(OLD);
    assert!(stopped_at(edition.put(NEW), 6));
    drop(edition.open_at(&edition.root().join("other")).unwrap());
    edition.assert_site(NEW);

    // A folder that was removed meanwhile is not brought back in part.
    assert!(stopped_at(edition.put(OLD), 6));
    fs::remove_dir_all(edition.out()).unwrap();
    drop(edition.open());
    assert!(!edition.out().exists());
    edition.build(OLD);
    edition.assert_site(OLD);
}

#[test]
fn a_journal_does_not_lead_outside() {
    let (edition, elsewhere) = (Edition::new(), tempfile::tempdir().unwrap());
    let out = elsewhere.path().join("site");
    let build = |text: &str| {
        let sink = edition.open_at(&out).unwrap();
        sink.put("index.html", text.as_bytes()).unwrap();
        sink.put("second.html", text.as_bytes()).unwrap();
        sink
    };
    build("one").commit().unwrap();
    assert!(stopped_at(build("two"), 2));
    assert!(edition.refusal(&edition.out()).contains("a build into this folder was interrupted"));
    drop(edition.open_at(&out).unwrap());
    assert_eq!(fs::read_to_string(out.join("second.html")).unwrap(), "two");
    edition.build(OLD);
}
