//! Whole builds into folders: what is written, kept and removed.

mod kill;
mod refuse;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, SystemTime};

use tempfile::TempDir;

use super::manifest::MANIFEST;
use super::{FileSink, MemorySink, Sink, Summary, WriteError};
use crate::hash::Hash128;

/// An edition's folder with sources, and an output folder in it.
struct Edition {
    folder: TempDir,
}

type Site<'a> = &'a [(&'a str, &'a str)];

impl Edition {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("content")).unwrap();
        fs::write(folder.path().join("site.yaml"), "title: Letters").unwrap();
        Edition { folder }
    }

    fn root(&self) -> &Path {
        self.folder.path()
    }

    fn out(&self) -> PathBuf {
        self.root().join("public")
    }

    fn open_at(&self, out: &Path) -> Result<FileSink, WriteError> {
        let sources = ["content", "themes", "site.yaml"].map(|name| self.root().join(name));
        FileSink::open(self.root(), out, &sources, || {})
    }

    fn open(&self) -> FileSink {
        self.open_at(&self.out()).unwrap()
    }

    fn put(&self, site: Site) -> FileSink {
        let sink = self.open();
        site.iter().for_each(|(path, text)| sink.put(path, text.as_bytes()).unwrap());
        sink
    }

    fn build(&self, site: Site) -> Summary {
        self.put(site).commit().unwrap()
    }

    fn refusal(&self, out: &Path) -> String {
        self.open_at(out).unwrap_err().to_string()
    }

    /// The site's files; fails on a manifest that does not list just these.
    fn site(&self) -> BTreeMap<String, String> {
        let mut files = files(&self.out());
        let manifest = files.remove(MANIFEST).unwrap();
        let listed =
            files.iter().map(|(path, text)| format!("{} {} {path}\n", Hash128::of(text.as_bytes()), text.len()));
        assert_eq!(manifest, format!("engross-manifest 1\n{}", listed.collect::<String>()));
        files
    }

    fn assert_site(&self, site: Site) {
        assert_eq!(self.site(), owned(site));
    }

    fn site_is(&self, site: Site) -> bool {
        let mut found = files(&self.out());
        found.remove(MANIFEST);
        found == owned(site)
    }

    fn assert_no_leftovers(&self) {
        let names: Vec<_> =
            fs::read_dir(self.root().join(".engross")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert!(names.iter().all(|name| name == "lock" || name == "stamps"), "{names:?}");
    }
}

fn owned(site: Site) -> BTreeMap<String, String> {
    site.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

/// All files under a folder by path. Links are followed; empty folders fail.
fn files(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder).min_depth(1).follow_links(true) {
        let entry = entry.unwrap();
        if entry.file_type().is_dir() {
            assert!(fs::read_dir(entry.path()).unwrap().next().is_some(), "{} is empty", entry.path().display());
            continue;
        }
        let path = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
        found.insert(path, fs::read_to_string(entry.path()).unwrap());
    }
    found
}

/// Sets a file's time back, so that no stamp of this moment is too young to vouch.
fn age(file: &Path) {
    let time = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    fs::File::options().write(true).open(file).unwrap().set_modified(time).unwrap();
}

fn modified(file: &Path) -> SystemTime {
    fs::metadata(file).unwrap().modified().unwrap()
}

const OLD: Site = &[
    ("index.html", "old home"),
    ("same.html", "same"),
    ("style.css", "old style"),
    ("gone.html", "gone"),
    ("v1/d1.html", "old d1"),
    ("v1/d2.html", "same d2"),
    ("v2/d1.html", "gone with its folder"),
    ("flat", "a file that becomes a folder"),
    ("deep/a/b.html", "a folder that becomes a file"),
    ("deep/a/c/d.html", "another"),
    ("Case.html", "same but for the case"),
];

const NEW: Site = &[
    ("index.html", "new home"),
    ("same.html", "same"),
    ("style.css", "new style"),
    ("assets/a.123.css", "new asset"),
    ("v1/d1.html", "new d1"),
    ("v1/d2.html", "same d2"),
    ("v1/d3.html", "new d3"),
    ("flat/1.html", "one"),
    ("flat/x/2.html", "two"),
    ("deep/a", "now a file"),
    ("case.html", "same but for the case"),
];

#[test]
fn fresh_folder_is_made() {
    let edition = Edition::new();
    let summary = edition.build(OLD);
    let bytes = OLD.iter().map(|(_, text)| text.len() as u64).sum();
    assert_eq!(summary, Summary { written: OLD.len(), bytes, ..Summary::default() });
    edition.assert_site(OLD);
    edition.assert_no_leftovers();
}

#[test]
fn empty_folder_and_missing_parents_are_filled() {
    let edition = Edition::new();
    fs::create_dir(edition.out()).unwrap();
    edition.build(OLD);
    edition.assert_site(OLD);
    let deep = edition.root().join("a/b/c");
    let sink = edition.open_at(&deep).unwrap();
    sink.put("x/y.html", b"y").unwrap();
    sink.commit().unwrap();
    assert_eq!(files(&deep).get("x/y.html").map(String::as_str), Some("y"));
}

#[test]
fn only_differences_are_written_and_orphans_removed() {
    let edition = Edition::new();
    edition.build(OLD);
    let kept = edition.out().join("same.html");
    age(&kept);
    let time = modified(&kept);
    let summary = edition.build(NEW);
    assert_eq!((summary.written, summary.unchanged, summary.removed), (9, 2, 6));
    assert_eq!(summary.unknown, Vec::<String>::new());
    edition.assert_site(NEW);
    assert_eq!(modified(&kept), time);
    edition.assert_no_leftovers();
    edition.build(OLD);
    edition.assert_site(OLD);
}

#[test]
fn unchanged_site_is_not_touched() {
    let edition = Edition::new();
    edition.build(OLD);
    let before: Vec<_> = [MANIFEST, "v1/d1.html", "v1", ""].map(|path| modified(&edition.out().join(path))).into();
    thread::sleep(Duration::from_millis(20));
    for _ in 0..2 {
        let summary = edition.build(OLD);
        assert_eq!(summary, Summary { unchanged: OLD.len(), ..Summary::default() });
    }
    let after: Vec<_> = [MANIFEST, "v1/d1.html", "v1", ""].map(|path| modified(&edition.out().join(path))).into();
    assert_eq!(before, after);
}

#[test]
fn files_changed_by_others_are_mended() {
    let edition = Edition::new();
    edition.build(OLD);
    fs::write(edition.out().join("same.html"), "SAME").unwrap();
    fs::write(edition.out().join("index.html"), "longer than before").unwrap();
    fs::remove_file(edition.out().join("gone.html")).unwrap();
    let summary = edition.build(OLD);
    assert_eq!((summary.written, summary.removed), (3, 0));
    edition.assert_site(OLD);

    // An orphan that was removed by hand is no trouble either.
    fs::remove_dir_all(edition.out().join("v2")).unwrap();
    edition.build(NEW);
    edition.assert_site(NEW);
}

#[test]
fn kept_files_need_no_bytes() {
    let edition = Edition::new();
    edition.build(&[("a.html", "a"), ("b.html", "b"), ("c.html", "c")]);
    ["a.html", "b.html", "c.html"].iter().for_each(|name| age(&edition.out().join(name)));
    for _ in 0..2 {
        let sink = edition.open();
        for (path, text) in [("a.html", "a"), ("b.html", "b"), ("c.html", "c")] {
            assert!(sink.keep(path, Hash128::of(text.as_bytes())).unwrap());
        }
        assert!(!sink.keep("a.html", Hash128::of(b"other")).unwrap());
        assert!(!sink.keep("none.html", Hash128::of(b"a")).unwrap());
        assert!(sink.keep("a.html", Hash128::of(b"a")).is_err());
        assert_eq!(sink.commit().unwrap().unchanged, 3);
    }
    // The stamps vouch for files as they are now; another time makes the file be read.
    fs::write(edition.out().join("a.html"), "x").unwrap();
    age(&edition.out().join("b.html"));
    fs::remove_file(edition.out().join("c.html")).unwrap();
    let sink = edition.open();
    assert!(!sink.keep("a.html", Hash128::of(b"a")).unwrap());
    assert!(sink.keep("b.html", Hash128::of(b"b")).unwrap());
    assert!(!sink.keep("c.html", Hash128::of(b"c")).unwrap());
}

#[test]
fn copies_follow_the_same_rule() {
    let edition = Edition::new();
    let source = edition.root().join("content/map.png");
    let big = "0123456789".repeat(20_000);
    let copy = || {
        let sink = edition.open();
        sink.copy("maps/map.png", &source).unwrap();
        sink.commit().unwrap()
    };
    fs::write(&source, &big).unwrap();
    assert_eq!(copy().bytes, 200_000);
    edition.assert_site(&[("maps/map.png", &big)]);
    assert_eq!(copy().unchanged, 1);
    fs::write(&source, "small").unwrap();
    assert_eq!(copy().written, 1);
    edition.assert_site(&[("maps/map.png", "small")]);
    let error = edition.open().copy("x", &edition.root().join("none")).unwrap_err().to_string();
    assert!(error.starts_with("cannot read ") && error.ends_with("none: no such file or folder"), "{error}");
}

#[test]
fn foreign_files_are_left_and_named() {
    let edition = Edition::new();
    edition.build(OLD);
    fs::write(edition.out().join("CNAME"), "letters.example").unwrap();
    fs::create_dir(edition.out().join(".git")).unwrap();
    fs::write(edition.out().join(".git/HEAD"), "ref").unwrap();
    fs::write(edition.out().join("v2/notes.txt"), "mine").unwrap();
    let summary = edition.build(NEW);
    assert_eq!(summary.unknown, ["CNAME", "v2/notes.txt"]);
    let found = files(&edition.out());
    assert_eq!(found.get("v2/notes.txt").map(String::as_str), Some("mine"));
    assert_eq!(found.get(".git/HEAD").map(String::as_str), Some("ref"));
    assert!(!found.contains_key("v2/d1.html"));
}

#[cfg(unix)]
#[test]
fn a_link_as_output_folder_is_resolved() {
    let edition = Edition::new();
    let real = edition.root().join("real");
    fs::create_dir(&real).unwrap();
    std::os::unix::fs::symlink(&real, edition.out()).unwrap();
    edition.build(OLD);
    edition.build(NEW);
    assert!(edition.out().is_symlink());
    edition.assert_site(NEW);
    let nowhere = edition.root().join("nowhere");
    std::os::unix::fs::symlink("missing", &nowhere).unwrap();
    assert!(edition.refusal(&nowhere).ends_with("nowhere: this link leads nowhere"));
    let sources = edition.root().join("sources");
    std::os::unix::fs::symlink("content", &sources).unwrap();
    assert!(edition.refusal(&sources).contains("apart from the edition's sources"));
}

#[test]
fn a_checked_out_branch_counts_as_empty() {
    let edition = Edition::new();
    fs::create_dir(edition.out()).unwrap();
    fs::write(edition.out().join(".git"), "gitdir: elsewhere").unwrap();
    let summary = edition.build(OLD);
    assert_eq!((summary.written, summary.unknown.len()), (OLD.len(), 0));
    edition.build(NEW);
    assert_eq!(files(&edition.out()).remove(".git").as_deref(), Some("gitdir: elsewhere"));
}

#[test]
fn a_dropped_or_failed_build_changes_nothing() {
    let edition = Edition::new();
    drop(edition.put(OLD));
    assert!(!edition.out().exists());
    edition.build(OLD);
    drop(edition.put(NEW));
    edition.assert_site(OLD);
    edition.assert_no_leftovers();

    // A file where a folder must be stands for any trouble of the disk.
    let sink = edition.put(NEW);
    fs::write(edition.root().join(".engross/stage/site/v9"), "").unwrap();
    let error = sink.put("v9/d1.html", b"text").unwrap_err();
    assert!(error.to_string().starts_with("cannot create "), "{error}");
    assert!(sink.commit().unwrap_err().to_string().ends_with("so the site is left as it was"));
    edition.assert_site(OLD);
    edition.assert_no_leftovers();
}

#[test]
fn trouble_with_the_first_step_of_a_commit_changes_nothing() {
    let edition = Edition::new();
    edition.build(OLD);
    let before = files(&edition.out());
    let sink = edition.put(&[("new.html", "new"), ("index.html", "new home")]);
    fs::remove_file(edition.root().join(".engross/stage/site/new.html")).unwrap();
    assert!(sink.commit().unwrap_err().to_string().starts_with("cannot find "));
    assert_eq!(files(&edition.out()), before);
    edition.assert_no_leftovers();
}

#[cfg(target_os = "linux")]
#[test]
fn an_output_on_another_disk_is_staged_beside_it() {
    use std::os::unix::fs::MetadataExt;
    let edition = Edition::new();
    let device = |path: &Path| fs::metadata(path).map(|found| found.dev()).ok();
    let memory = Path::new("/dev/shm");
    if device(memory).is_none() || device(memory) == device(edition.root()) {
        return;
    }
    let elsewhere = tempfile::tempdir_in(memory).unwrap();
    let out = elsewhere.path().join("site");
    for text in ["one", "two"] {
        let sink = edition.open_at(&out).unwrap();
        sink.put("v1/d1.html", text.as_bytes()).unwrap();
        assert!(elsewhere.path().join(".site.engross-stage").is_dir());
        sink.commit().unwrap();
        assert_eq!(files(elsewhere.path()).remove("site/v1/d1.html").as_deref(), Some(text));
        assert_eq!(files(elsewhere.path()).len(), 2);
    }
    // Where that place is taken or forbidden, the stage is in the output folder itself.
    fs::write(elsewhere.path().join(".site.engross-stage"), "taken").unwrap();
    let sink = edition.open_at(&out).unwrap();
    sink.put("v1/d1.html", b"three").unwrap();
    assert!(out.join(".engross-stage").is_dir());
    let summary = sink.commit().unwrap();
    assert_eq!((summary.written, summary.unknown.len()), (1, 0));
    assert_eq!(files(&out).len(), 2);
}

#[test]
fn a_second_build_waits_for_the_first() {
    let edition = Edition::new();
    let first = edition.put(OLD);
    let (waiting, committed) = (AtomicBool::new(false), AtomicBool::new(false));
    thread::scope(|scope| {
        let second = scope.spawn(|| {
            let on_wait = || waiting.store(true, Ordering::SeqCst);
            let sink = FileSink::open(edition.root(), &edition.out(), &[], on_wait).unwrap();
            assert!(committed.load(Ordering::SeqCst), "the second build did not wait");
            NEW.iter().for_each(|(path, text)| sink.put(path, text.as_bytes()).unwrap());
            sink.commit().unwrap()
        });
        while !waiting.load(Ordering::SeqCst) {
            thread::yield_now();
        }
        committed.store(true, Ordering::SeqCst);
        first.commit().unwrap();
        assert_eq!(second.join().unwrap().removed, 6);
    });
    edition.assert_site(NEW);
}

#[test]
fn any_number_of_threads_makes_the_same_bytes() {
    let path = |number: usize| format!("v{}/d{number}.html", number % 37);
    let text = |number: usize| format!("document {number}").repeat(number % 50);
    let build = |threads: usize, backwards: bool| {
        let edition = Edition::new();
        for round in 0..2 {
            let sink = edition.open();
            thread::scope(|scope| {
                for part in 0..threads {
                    let sink = &sink;
                    scope.spawn(move || {
                        let mut numbers: Vec<usize> = (part..2000).step_by(threads).collect();
                        if backwards {
                            numbers.reverse();
                        }
                        numbers.iter().for_each(|&number| sink.put(&path(number), text(number).as_bytes()).unwrap());
                    });
                }
            });
            let summary = sink.commit().unwrap();
            assert_eq!((summary.written, summary.unchanged), if round == 0 { (2000, 0) } else { (0, 2000) });
        }
        files(&edition.out())
    };
    let one = build(1, false);
    assert_eq!(one.len(), 2001);
    assert!(one == build(4, true), "threads change the bytes");
}

#[test]
fn memory_holds_the_same_site() {
    let edition = Edition::new();
    let memory = MemorySink::new();
    let sinks: [&dyn Sink; 2] = [&memory, &edition.open()];
    for sink in sinks {
        sink.put("a/b.html", b"text").unwrap();
        sink.copy("site.txt", &edition.root().join("site.yaml")).unwrap();
        assert!(sink.put("a/b.html", b"other").is_err());
        assert!(sink.put("a/../b.html", b"other").is_err());
    }
    let files = memory.into_files().unwrap();
    assert_eq!(files.keys().collect::<Vec<_>>(), ["a/b.html", "site.txt"]);
    let memory = MemorySink::new();
    memory.put("a", b"").unwrap();
    memory.put("A", b"").unwrap();
    assert!(memory.into_files().is_err());
}
