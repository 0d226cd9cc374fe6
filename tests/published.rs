//! The site as it is published: its checksums, what it weighs, and its address.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of a test may fail as loudly as the test itself")]

#[path = "built/mod.rs"]
mod built;

use built::{Edition, files, pages};
use std::fs;
use std::path::Path;
use std::process::Command;

/// Runs git in a folder, without the settings of whoever runs the tests.
fn git(folder: &Path, arguments: &[&str]) -> String {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args(["-c", "user.name=An Editor", "-c", "user.email=editor@example.org"]);
    command.args(["-c", "commit.gpgSign=false", "-c", "init.defaultBranch=main"]).args(arguments);
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
        command.env_remove(name);
    }
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    command.env("GIT_AUTHOR_DATE", "2026-11-24T12:00:00Z").env("GIT_COMMITTER_DATE", "2026-11-24T12:00:00Z");
    let output = command.output().unwrap();
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

/// An edition in a repository of its own, with one commit.
fn committed(name: &str) -> Edition {
    let edition = Edition::invented(name);
    edition.write(".gitignore", "/public\n/again\n/.engross\n");
    git(edition.root(), &["init", "--quiet"]);
    git(edition.root(), &["add", "--all"]);
    git(edition.root(), &["commit", "--quiet", "--message", "One"]);
    edition
}

fn list(edition: &Edition) -> String {
    edition.page("checksums.txt")
}

#[cfg(unix)]
#[test]
fn checksums_are_what_sha256sum_reads() {
    let edition = committed("rich");
    edition.build(&["--checksums"]);
    let list = list(&edition);
    let listed: Vec<&str> = list.lines().filter_map(|line| Some(line.split_once("  ")?.1)).collect();
    let mut there: Vec<String> = files(&edition.out()).into_keys().collect();
    there.retain(|path| !matches!(path.as_str(), "checksums.txt" | ".engross-manifest"));
    assert_eq!(listed, there);
    let check = |name: &str| {
        let mut command = Command::new("sha256sum");
        command.args(["--check", "--strict", "--quiet", name]).current_dir(edition.out());
        command.output().unwrap().status.success()
    };
    assert!(check("checksums.txt"));
    fs::write(edition.out().join("harbour/d1.html"), "another text").unwrap();
    assert!(!check("checksums.txt"));
}

#[test]
fn a_warm_list_is_a_cold_one() {
    let edition = committed("rich");
    edition.build(&["--checksums"]);
    let first = list(&edition);
    // Nothing is read again, so what was summed before is known also behind a build without a list.
    edition.change("content/harbour/01-arrival/01-quay/d2.md", "nothing is kept", "nothing was kept");
    edition.build(&[]);
    assert!(!edition.out().join("checksums.txt").exists(), "a list of another site was left");
    edition.build(&["--checksums"]);
    let warm = list(&edition);
    edition.build(&["--checksums", "--no-cache", "--out", "again"]);
    assert_eq!(warm, fs::read_to_string(edition.root().join("again/checksums.txt")).unwrap());
    let changed = first.lines().filter(|line| !warm.contains(*line)).filter_map(|line| line.split("  ").nth(1));
    // The colophon says that there are changes that were not committed, and the search has another index.
    let pages = changed.filter(|path| !path.starts_with("search/")).collect::<Vec<_>>();
    assert_eq!(pages, ["colophon.html", "harbour/d2.html", "search.html"], "{first}\n{warm}");
    assert!(warm.contains("# with changes to the sources that are not in this commit\n"), "{warm}");
}

#[test]
fn the_commit_is_named_and_what_is_not_in_it() {
    let edition = Edition::invented("single");
    edition.build(&["--checksums"]);
    assert!(!list(&edition).contains("# commit"), "{}", list(&edition));
    let edition = committed("single");
    let head = || format!("# commit {}\n", git(edition.root(), &["rev-parse", "HEAD"]));
    let said = |changed: bool| {
        edition.build(&["--checksums"]);
        let list = list(&edition);
        assert!(list.contains(&head()), "{list}");
        assert_eq!(list.contains("# with changes"), changed, "{list}");
    };
    said(false);
    // What no build reads is no change.
    edition.write("notes.txt", "to do");
    edition.write("content/.hidden.md", "x");
    said(false);
    // Also a file that git is told to pass over is in the site.
    edition.write(".gitignore", "/public\n/.engross\n/static\n");
    edition.write("static/map.txt", "x");
    said(true);
    fs::remove_file(edition.root().join("static/map.txt")).unwrap();
    git(edition.root(), &["checkout", "--quiet", "--detach"]);
    said(false);
}

#[test]
fn the_list_names_what_the_commit_does_not_tell() {
    let edition = committed("single");
    git(edition.root(), &["tag", "v1.2"]);
    edition.build(&["--checksums", "--base-url", "https://example.org/letters/"]);
    let list = list(&edition);
    assert!(list.contains("\n# version 1.2\n# base_url https://example.org/letters/\n"), "{list}");
}

/// What docs/publishing.md tells a third party to do.
#[test]
fn others_make_the_same_site_from_the_commit() {
    let edition = committed("rich");
    edition.build(&["--checksums", "--base-url", "https://example.org/letters/"]);
    let published = list(&edition);
    let commit = published.lines().find_map(|line| line.strip_prefix("# commit ")).unwrap().to_owned();
    edition.write("content/harbour/later.md", "---\ntitle: Later\ndate: none\nsource: none\n---\n\nLater.\n");
    git(edition.root(), &["add", "--all"]);
    git(edition.root(), &["commit", "--quiet", "--message", "Two"]);
    let elsewhere = tempfile::tempdir().unwrap();
    let clone = elsewhere.path().join("edition");
    git(elsewhere.path(), &["clone", "--quiet", &edition.root().to_string_lossy(), "edition"]);
    git(&clone, &["checkout", "--quiet", &commit]);
    let mut build = Command::new(env!("CARGO_BIN_EXE_engross"));
    build.args(["build", "--checksums", "--base-url", "https://example.org/letters/", "--out", "again"]);
    assert!(build.current_dir(&clone).output().unwrap().status.success());
    assert_eq!(fs::read_to_string(clone.join("again/checksums.txt")).unwrap(), published);
}

#[test]
fn a_file_of_that_name_is_not_written_over() {
    let edition = Edition::invented("single");
    edition.write("static/checksums.txt", "mine");
    edition.build(&[]);
    assert_eq!(edition.page("checksums.txt"), "mine");
    let ended = edition.run(&["--checksums"]);
    assert_eq!(ended.code, Some(2), "{}", ended.said);
    assert!(ended.said.contains("static/checksums.txt"), "{}", ended.said);
    assert_eq!(edition.page("checksums.txt"), "mine");
}

#[test]
fn a_site_that_grew_too_large_stays_as_it_was() {
    let edition = Edition::invented("single");
    edition.build(&[]);
    let before = files(&edition.out());
    let bytes: usize = before.values().map(Vec::len).sum();
    let settings = fs::read_to_string(edition.root().join("site.yaml")).unwrap();
    edition.write("site.yaml", &format!("{settings}limits:\n  bytes: {}\n", bytes * 2));
    edition.build(&[]);
    let before = files(&edition.out());
    // Most of the site is not made again, and counts all the same.
    edition.write("static/scan.jpg", &"x".repeat(bytes * 7 / 10));
    let said = edition.build(&[]);
    assert!(said.contains("warning[budget-near]"), "{said}");
    edition.write("static/scan.jpg", &"x".repeat(bytes * 2));
    let near = files(&edition.out());
    let ended = edition.run(&[]);
    assert_eq!(ended.code, Some(1));
    assert!(ended.said.contains("error[budget-exceeded]"), "{}", ended.said);
    assert!(near == files(&edition.out()) && near != before, "the site was touched");
}

#[test]
fn sizes_add_up() {
    let edition = Edition::invented("rich");
    let output = edition.command(&["--sizes"]).output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    let counts: Vec<(&str, usize)> = said
        .lines()
        .skip(1)
        .take_while(|line| !line.is_empty())
        .map(|line| {
            let words: Vec<&str> = line.split_whitespace().collect();
            (words[0], words[1].parse().unwrap())
        })
        .collect();
    let (all, kinds) = counts.split_last().unwrap();
    assert_eq!(kinds.iter().map(|(_, count)| count).sum::<usize>(), all.1);
    // The manifest is no file of the site.
    assert_eq!(all.1, files(&edition.out()).len() - 1);
    assert!(kinds.contains(&("document", 9)) && kinds.contains(&("image", 3)), "{said}");
    assert_eq!(said.lines().skip_while(|line| *line != "largest pages").count(), 4, "{said}");
}

#[test]
fn a_change_of_address_reaches_every_file() {
    let edition = Edition::invented("rich");
    let old = "https://old.example.org/first/";
    let new = "https://new.example.org/second/";
    edition.build(&["--base-url", old, "--no-minify"]);
    let count = |base: &str| {
        let all = files(&edition.out());
        let with = all.iter().filter(|(path, _)| *path != ".engross-manifest");
        with.filter(|(_, bytes)| String::from_utf8_lossy(bytes).contains(base)).count()
    };
    let before = count(old);
    assert!(before > 30 && count(new) == 0);
    edition.build(&["--base-url", new, "--no-minify"]);
    assert_eq!((count(old), count(new)), (0, before));
    let warm = files(&edition.out());
    edition.build(&["--base-url", new, "--no-minify", "--no-cache", "--out", "again"]);
    assert!(warm == files(&edition.root().join("again")), "a warm build differs from a cold one");
    for (path, html) in pages(&warm) {
        let canonical = html.split_once("<link rel=\"canonical\" href=\"").map(|(_, rest)| rest.split('"').next());
        let canonical = canonical.flatten().unwrap_or_default();
        assert!(path == "404.html" || canonical.starts_with(new), "{path}: {canonical}");
    }
    for path in ["feed.xml", "sitemap.xml", "robots.txt"] {
        assert!(edition.page(path).contains(new), "{path}");
    }
}
