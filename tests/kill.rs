//! Builds that are killed, that meet, or that must not write where they are told to.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of a test may fail as loudly as the test itself")]

mod built;

use built::{Edition, Ended, Files, ended, files};
use std::fs;
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

const DOCUMENTS: usize = 300;
const MANIFEST: &str = ".engross-manifest";

/// Writes the edition in one of two states. Each has files that the other has not, and every page differs.
fn write_state(edition: &Edition, state: char) {
    edition.write("site.yaml", "title: Many letters\n");
    edition.write("content/v/_index.md", &format!("---\nkind: volume\ntitle: Volume {state}\n---\n"));
    for number in 1..=DOCUMENTS {
        let filling = format!("Word {number} of state {state}. ").repeat(30);
        let text =
            format!("---\nnumber: {number}\ntitle: Letter {number}\ndate: none\nsource: none\n---\n\n{filling}\n");
        edition.write(&format!("content/v/d{number}.md"), &text);
    }
    for other in ['a', 'b'] {
        let (file, own) = (format!("static/only/{other}/{other}.txt"), other == state);
        if own { edition.write(&file, other.to_string().as_str()) } else { remove(&edition.root().join(file)) }
    }
}

fn remove(file: &Path) {
    if file.exists() {
        fs::remove_file(file).unwrap();
        fs::remove_dir(file.parent().unwrap()).unwrap();
    }
}

/// What a clean build makes of each state, and how long one takes.
fn clean(state: char) -> (Files, Duration) {
    let edition = Edition::empty();
    write_state(&edition, state);
    #[allow(clippy::disallowed_methods)]
    let started = Instant::now();
    edition.build(&[]);
    (files(&edition.out()), started.elapsed())
}

fn start(edition: &Edition) -> Child {
    edition.command(&[]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

/// Kills the build as `kill -9` does, which on systems without signals is the nearest thing.
fn kill(mut build: Child) {
    // A build that has ended already needs no killing.
    let _ = build.kill();
    build.wait().unwrap();
}

/// Numbers that look random and are the same in each run.
struct Random(u64);

impl Random {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most.max(1)
    }
}

/// Every file of the site is that of one state or the other; gives how many are of the first.
fn assert_whole(out: &Path, one: &Files, two: &Files) -> usize {
    let mut of_one = 0;
    for (path, bytes) in files(out) {
        if path.starts_with(".engross") && path != MANIFEST {
            continue;
        }
        let (in_one, in_two) = (one.get(&path) == Some(&bytes), two.get(&path) == Some(&bytes));
        assert!(in_one || in_two, "{path} is neither old nor new: {} bytes", bytes.len());
        of_one += usize::from(in_one && !in_two);
    }
    of_one
}

#[test]
fn a_killed_build_leaves_whole_files_and_the_next_one_finishes() {
    let ((a, time), (b, _)) = (clean('a'), clean('b'));
    assert!(a.len() > DOCUMENTS && b.len() == a.len());
    let edition = Edition::empty();
    write_state(&edition, 'a');
    edition.build(&[]);
    let journal = edition.root().join(".engross/journal");
    let (mut random, mut in_commit, mut mixed) = (Random(7), 0, 0);
    let whole = u64::try_from(time.as_micros()).unwrap();
    for round in 0..15 {
        let (state, new, old) = if round % 2 == 0 { ('b', &b, &a) } else { ('a', &a, &b) };
        write_state(&edition, state);
        let build = start(&edition);
        let pause = if round % 3 == 0 {
            // At any moment at all.
            random.below(whole * 5 / 4)
        } else {
            // As soon as files are being put in place, which is soon over.
            #[allow(clippy::disallowed_methods)]
            let patience = Instant::now();
            while !journal.exists() && patience.elapsed() < time * 20 {
                std::hint::spin_loop();
            }
            random.below(6_000)
        };
        std::thread::sleep(Duration::from_micros(pause));
        kill(build);
        in_commit += usize::from(journal.exists());
        let of_old = assert_whole(&edition.out(), old, new);
        mixed +=
            usize::from(of_old > 0 && files(&edition.out()).iter().any(|(path, bytes)| old.get(path) != Some(bytes)));
        edition.build(&[]);
        let made = files(&edition.out());
        assert_eq!(made.keys().collect::<Vec<_>>(), new.keys().collect::<Vec<_>>(), "round {round}");
        assert!(made == *new, "round {round}: the next build did not finish");
        assert!(!journal.exists(), "round {round}: the journal stays");
    }
    assert!(in_commit >= 3 && mixed >= 1, "{in_commit} kills met a commit, {mixed} left a mixture: they come too late");
}

#[test]
fn a_killed_first_build_leaves_no_site_or_a_whole_one() {
    let (a, time) = clean('a');
    let whole = u64::try_from(time.as_micros()).unwrap();
    let mut random = Random(11);
    for round in 0..4 {
        let edition = Edition::empty();
        write_state(&edition, 'a');
        let build = start(&edition);
        std::thread::sleep(Duration::from_micros(random.below(whole * 5 / 4)));
        kill(build);
        let made = if edition.out().exists() { files(&edition.out()) } else { Files::new() };
        assert!(made.is_empty() || made == a, "round {round}: {} of {} files", made.len(), a.len());
        edition.build(&[]);
        assert!(files(&edition.out()) == a, "round {round}");
    }
}

#[test]
fn two_builds_at_once_wait_for_each_other() {
    let (a, _) = clean('a');
    let edition = Edition::empty();
    write_state(&edition, 'a');
    let spawn = |arguments: &[&str]| edition.command(arguments).stderr(Stdio::piped()).spawn().unwrap();
    let builds = [spawn(&[]), spawn(&[]), spawn(&["--out", "other"])];
    let said: Vec<Ended> = builds.map(|build| ended(&build.wait_with_output().unwrap())).into();
    assert!(said.iter().all(|ended| ended.code == Some(0)), "{said:?}");
    assert!(files(&edition.out()) == a && files(&edition.root().join("other")) == a);
}

#[test]
fn an_edition_with_errors_leaves_the_site_as_it_was() {
    let edition = Edition::invented("rich");
    edition.build(&[]);
    let before = files(&edition.out());
    edition.change("content/harbour/01-arrival/01-quay/d2.md", "doc:d1#p2", "doc:d1#p99");
    let ended = edition.run(&[]);
    assert_eq!(ended.code, Some(1), "{}", ended.said);
    assert!(ended.said.contains("not built: 1 error and 2 warnings; the site is as it was"), "{}", ended.said);
    assert!(files(&edition.out()) == before);
}

/// Runs a build that must be refused, and that must change nothing.
fn refused(edition: &Edition, out: &str) -> String {
    let all = |edition: &Edition| -> Files {
        files(edition.root()).into_iter().filter(|(path, _)| !path.starts_with(".engross/")).collect()
    };
    let before = all(edition);
    let ended = edition.run(&["--out", out]);
    assert_eq!(ended.code, Some(2), "--out {out}: {}", ended.said);
    assert!(all(edition) == before, "--out {out} changed something");
    ended.said
}

#[test]
fn folders_that_are_not_the_sites_are_refused() {
    let edition = Edition::invented("rich");
    for out in [".", "..", "content", "content/harbour", "content/new", "static", "static/site", "themes", "../../"] {
        assert!(refused(&edition, out).contains("the output folder must"), "{out}");
    }
    assert!(refused(&edition, ".engross/site").contains("the folder for caches"));
    edition.write("mine/letter.txt", "Dear Anna,");
    let said = refused(&edition, "mine");
    assert!(said.contains("the folder is not empty (letter.txt) and was not written by engross"), "{said}");
    edition.write("file", "no folder");
    refused(&edition, "file");
    refused(&edition, "file/below");
    edition.write("theirs/.engross-manifest", "something else");
    assert!(refused(&edition, "theirs").contains("the manifest is not one that this version"));
}

#[test]
fn what_a_reader_put_into_the_site_is_left_alone() {
    let edition = Edition::invented("rich");
    edition.build(&[]);
    edition.write("public/mine.txt", "kept");
    edition.write("content/harbour/about.md", "---\nkind: section\ntitle: New\n---\n\nNew.\n");
    let said = edition.build(&[]);
    assert!(said.contains("note: mine.txt in the output folder is not of this site; it was left alone"), "{said}");
    assert_eq!(edition.page("mine.txt"), "kept");
    // Where something foreign stands in the way, nothing is changed at all.
    edition.write("public/letters/l9.html/notes.txt", "a folder of that name");
    edition.write("content/letters/l9.md", "---\ntitle: Ninth\ndate: none\nsource: none\n---\n\nText.\n");
    let before = files(&edition.out());
    let ended = edition.run(&[]);
    assert_eq!(ended.code, Some(2), "{}", ended.said);
    assert!(ended.said.contains("l9.html"), "{}", ended.said);
    assert!(files(&edition.out()) == before);
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_is_said_and_left_as_it_is() {
    use std::os::unix::fs::PermissionsExt;
    let edition = Edition::invented("rich");
    edition.build(&[]);
    edition.change("content/harbour/01-arrival/01-quay/d2.md", "nothing is kept", "nothing was kept");
    let before = files(&edition.out());
    let folder = edition.out().join("harbour");
    let allow = |mode| fs::set_permissions(&folder, fs::Permissions::from_mode(mode)).unwrap();
    allow(0o555);
    let is_held = fs::write(folder.join("try.txt"), "").is_err();
    let _ = fs::remove_file(folder.join("try.txt"));
    if is_held {
        let ended = edition.run(&[]);
        assert_eq!(ended.code, Some(2), "{}", ended.said);
        assert!(ended.said.contains("permission denied"), "{}", ended.said);
        assert!(files(&edition.out()) == before);
    }
    allow(0o755);
    // The superuser may write everywhere, but not a folder where a file is.
    edition.build(&[]);
    let blocked = Edition::invented("rich");
    blocked.write(".engross", "a file");
    let ended = blocked.run(&[]);
    assert_eq!(ended.code, Some(2), "{}", ended.said);
    assert!(ended.said.contains(".engross") && !blocked.out().exists(), "{}", ended.said);
}
