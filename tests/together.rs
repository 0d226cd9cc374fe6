//! Builds that meet others, and builds that find their cache in a bad way: never a wrong page, never a lost site.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of a test may fail as loudly as the test itself")]

mod built;

use built::{Edition, Ended, Files, ended, files};
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant, SystemTime};

const D2: &str = "content/harbour/01-arrival/01-quay/d2.md";

/// The site as a build makes it that knows nothing, with the same arguments.
fn cold(edition: &Edition, arguments: &[&str]) -> Files {
    let copy = Edition::empty();
    for (path, bytes) in files(edition.root()) {
        if ["content/", "static/", "themes/", "ledger/", "site.yaml"]
            .iter()
            .any(|of_sources| path.starts_with(of_sources))
        {
            copy.write(&path, std::str::from_utf8(&bytes).unwrap());
        }
    }
    copy.build(&[arguments, &["--no-cache"]].concat());
    files(&copy.out())
}

/// Builds by what is known, and compares with a build that knows nothing. Gives what was said.
fn assert_exact(edition: &Edition) -> String {
    let said = edition.build(&[]);
    assert_same(&files(&edition.out()), &cold(edition, &[]));
    said
}

fn assert_same(warm: &Files, cold: &Files) {
    let differing: Vec<&String> =
        warm.keys().chain(cold.keys()).filter(|path| warm.get(*path) != cold.get(*path)).collect();
    assert!(differing.is_empty(), "{differing:?}");
}

/// Gives a document another title, which its neighbours and lists show.
fn retitle(edition: &Edition, number: usize) {
    let text = fs::read_to_string(edition.root().join(D2)).unwrap();
    let title = text.lines().find(|line| line.starts_with("title:")).unwrap();
    edition.change(D2, title, &format!("title: Title {number}"));
}

/// Pages that a build made, by what it said.
fn made(said: &str) -> usize {
    let (before, _) = said.split_once(" of them made").unwrap_or_else(|| panic!("{said}"));
    before.rsplit(' ').next().unwrap().parse().unwrap()
}

fn cache(edition: &Edition) -> std::path::PathBuf {
    edition.root().join(".engross/cache")
}

#[test]
fn a_build_that_is_killed_leaves_a_cache_that_tells_no_lies() {
    let edition = Edition::invented("rich");
    #[allow(clippy::disallowed_methods)]
    let started = Instant::now();
    edition.build(&[]);
    let whole = started.elapsed();
    for round in 0..16 {
        retitle(&edition, round);
        let mut build = edition.command(&[]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(whole * u32::try_from(round).unwrap() / 12);
        // A build that has ended already needs no killing.
        let _ = build.kill();
        build.wait().unwrap();
        // Every other time something else changes before the next build.
        if round % 2 == 1 {
            retitle(&edition, round / 2);
        }
        assert_exact(&edition);
    }
    assert_eq!(made(&edition.build(&[])), 0);
}

#[test]
fn builds_at_once_with_other_flags_and_folders_make_each_their_own() {
    let edition = Edition::invented("rich");
    edition
        .write("content/letters/l7.md", "---\ntitle: Draft\nstatus: draft\ndate: none\nsource: none\n---\n\nText.\n");
    let of = ["--base-url", "https://example.org/a/"];
    let ways: [&[&str]; 4] =
        [&[], &["--out", "drafts", "--drafts"], &["--out", "based", of[0], of[1]], &["--out", "plain"]];
    for round in 0..3 {
        retitle(&edition, round);
        let start = |way: &&[&str]| edition.command(way).stderr(Stdio::piped()).spawn().unwrap();
        let builds: Vec<Child> = ways.iter().map(start).collect();
        let said: Vec<Ended> = builds.into_iter().map(|build| ended(&build.wait_with_output().unwrap())).collect();
        assert!(said.iter().all(|ended| ended.code == Some(0)), "{said:?}");
        let plain = cold(&edition, &[]);
        assert_same(&files(&edition.out()), &plain);
        assert_same(&files(&edition.root().join("plain")), &plain);
        assert_same(&files(&edition.root().join("drafts")), &cold(&edition, &["--drafts"]));
        assert_same(&files(&edition.root().join("based")), &cold(&edition, &of));
    }
    // One after the other they take the same cache in turn.
    for way in ways {
        edition.build(way);
    }
    assert_exact(&edition);
    assert_eq!(made(&edition.build(&["--out", "plain"])), 0);
}

/// A preview, ended with the test.
struct Preview(Child);

impl Preview {
    /// Starts it and waits until it serves.
    fn start(edition: &Edition) -> Preview {
        let mut command = Command::new(env!("CARGO_BIN_EXE_engross"));
        command.arg("--root").arg(edition.root()).args(["serve", "--port", "0"]);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let mut said = BufReader::new(child.stderr.take().unwrap());
        let mut line = String::new();
        while !line.contains("serving ") {
            line.clear();
            assert_ne!(said.read_line(&mut line).unwrap(), 0, "the preview ended");
        }
        // What it says later is read away, so that it never waits.
        std::thread::spawn(move || drop(std::io::copy(&mut said, &mut std::io::sink())));
        Preview(child)
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn builds_under_a_running_preview_are_exact() {
    let edition = Edition::invented("rich");
    let mut preview = Preview::start(&edition);
    assert!(!edition.root().join(".engross").exists());
    for round in 0..3 {
        retitle(&edition, round);
        assert_exact(&edition);
    }
    assert!(preview.0.try_wait().unwrap().is_none(), "the preview ended");
    // One that begins with the cache, and is killed, takes nothing from it.
    drop(preview);
    let before = fs::read(cache(&edition)).unwrap();
    drop(Preview::start(&edition));
    assert_eq!(fs::read(cache(&edition)).unwrap(), before);
    assert_eq!(made(&edition.build(&[])), 0);
}

#[test]
fn a_cache_that_is_cut_or_of_another_version_is_a_warning_and_a_cold_start() {
    let edition = Edition::invented("rich");
    let all = made(&edition.build(&[]));
    let whole = fs::read(cache(&edition)).unwrap();
    for length in [0, 1, 60, 1000, whole.len() / 2, whole.len() - 1] {
        fs::write(cache(&edition), &whole[..length]).unwrap();
        let said = assert_exact(&edition);
        assert!(said.contains("warning: the cache is damaged; every page is made"), "cut at {length}: {said}");
        assert_eq!(made(&said), all);
        assert_eq!(made(&edition.build(&[])), 0);
    }
    let head = whole.iter().position(|byte| *byte == b'\n').unwrap();
    let line = String::from_utf8(whole[..head].to_vec()).unwrap();
    let (before, hash) = line.rsplit_once(' ').unwrap();
    let foreign = format!("{} {} {hash}", before.rsplit_once(' ').unwrap().0, "0".repeat(32));
    fs::write(cache(&edition), [foreign.as_bytes(), &whole[head..]].concat()).unwrap();
    let explained = edition.command(&["--explain", "--out", "explained"]).output().unwrap();
    let explained = String::from_utf8(explained.stdout).unwrap();
    let program = "index.html: program: the last build was made by another version";
    assert!(explained.lines().any(|line| line == program), "{explained}");
    fs::write(cache(&edition), [foreign.as_bytes(), &whole[head..]].concat()).unwrap();
    let said = assert_exact(&edition);
    assert!(
        said.contains("warning: the cache was written by another version of engross; every page is made"),
        "{said}"
    );
    assert_eq!(made(&said), all);
    assert_eq!(made(&edition.build(&[])), 0);
}

#[test]
fn a_cache_that_cannot_be_written_is_a_warning() {
    // The superuser may write everywhere, but no file where a folder is.
    for blocked in ["cache", "cache.part", "stamps", "stamps.part"] {
        let edition = Edition::invented("rich");
        let all = made(&edition.build(&[]));
        let place = edition.root().join(".engross").join(blocked);
        let _ = fs::remove_file(&place);
        edition.write(&format!(".engross/{blocked}/inside"), "in the way");
        for round in 0..2 {
            retitle(&edition, round);
            let said = assert_exact(&edition);
            let warns = said.contains("warning: the cache cannot be written, so the next build makes every page");
            assert_eq!(warns, blocked.starts_with("cache"), "{blocked}: {said}");
            assert_eq!(said.contains("warning: the cache cannot be read"), blocked == "cache", "{blocked}: {said}");
            assert_eq!(made(&said) == all, blocked == "cache", "{blocked}: {said}");
        }
        fs::remove_dir_all(&place).unwrap();
        assert_exact(&edition);
        assert_eq!(made(&assert_exact(&edition)), 0);
    }
}

fn set_time(file: &Path, time: SystemTime) {
    fs::File::options().write(true).open(file).unwrap().set_modified(time).unwrap();
}

#[test]
fn times_tell_nothing() {
    let edition = Edition::invented("rich");
    edition.build(&[]);
    let at = |years: u64| SystemTime::UNIX_EPOCH + Duration::from_secs(years * 31_557_600);
    let folders = [edition.out(), edition.root().join(".engross"), edition.root().join("content")];
    // The clock goes back, forth, and is unset; and each time a document, a page and its time change.
    for (round, years) in [1, 120, 0, 60, 2].into_iter().enumerate() {
        for folder in &folders {
            for path in files(folder).keys() {
                set_time(&folder.join(path), at(years));
            }
        }
        assert_eq!(made(&assert_exact(&edition)), 0, "{years}");
        retitle(&edition, round);
        set_time(&edition.root().join(D2), at(years));
        let page = edition.out().join("harbour/d5.html");
        let other: Vec<u8> = fs::read(&page).unwrap().iter().map(u8::to_ascii_uppercase).collect();
        fs::write(&page, other).unwrap();
        set_time(&page, at(years + 3));
        assert!(made(&assert_exact(&edition)) > 1, "{years}");
    }
}
