//! `engross compare`: what became of each document between two sites.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of a test may fail as loudly as the test itself")]

#[path = "built/mod.rs"]
mod built;

use built::{Edition, files};
use scraper::{Html, Selector};
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const QUAY: &str = "content/harbour/01-arrival/01-quay";

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

fn commit(edition: &Edition, message: &str) {
    git(edition.root(), &["add", "--all"]);
    git(edition.root(), &["commit", "--quiet", "--allow-empty", "--message", message]);
}

/// `engross compare` from the edition's folder.
fn run(edition: &Edition, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_engross"));
    command.arg("compare").args(arguments).current_dir(edition.root()).output().unwrap()
}

fn said(edition: &Edition, arguments: &[&str]) -> String {
    let output = run(edition, arguments);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn json(edition: &Edition, old: &str, new: &str) -> Value {
    serde_json::from_str(&said(edition, &[old, new, "--format", "json"])).unwrap()
}

/// Removes a file of the edition.
fn remove(edition: &Edition, path: &str) {
    fs::remove_file(edition.root().join(path)).unwrap();
}

/// Takes a document away, one in, moves one with an alias and one without, and changes words and data of others.
fn live(edition: &Edition) {
    edition.change(&format!("{QUAY}/d2.md"), "nothing is kept", "nothing was ever kept");
    edition.change("content/harbour/02-departure/d5.md", "date: \"1903?\"", "date: \"1904\"");
    let new = "---\nnumber: 99\ntitle: A new one\ndate: none\nsource: none\n---\n\nHello there.\n";
    edition.write("content/harbour/02-departure/d99.md", new);
    remove(edition, "content/harbour/02-departure/d7.md");
    let text = fs::read_to_string(edition.root().join("content/letters/l2-en.md")).unwrap();
    edition.write("content/letters/l3-en.md", &text.replacen("---\n", "---\naliases:\n  - letters/l2-en.html\n", 1));
    remove(edition, "content/letters/l2-en.md");
    remove(edition, "content/harbour/02-departure/d80.md");
    edition.write("content/letters/d80.md", SLIP);
}

const SLIP: &str = "---\nnumber: 80\ntitle: A slip\ndate: none\nsource: none\n---\n\nSlip.\n";

/// An edition with a document that nothing leads to.
fn edition() -> Edition {
    let edition = Edition::invented("rich");
    edition.write("content/harbour/02-departure/d80.md", SLIP);
    edition
}

/// An edition built before and after.
fn lived() -> Edition {
    let edition = edition();
    edition.build(&["--out", "before"]);
    live(&edition);
    edition.build(&["--out", "after"]);
    edition
}

const TEXT: &str = "\
before → after: 1 withdrawn, 2 moved, 1 added, 2 changed; 13 the same

withdrawn
  harbour/d7.html  7. Undated slip

moved
  harbour/d80.html → letters/d80.html  80. A slip
      the old address leads nowhere
      Rights: [-CC0-1.0-]
  letters/l2-en.html → letters/l3-en.html  Letter to Yosef

added
  harbour/d99.html  99. A new one

changed
  harbour/d2.html  2. Editorial Note
      #p1: Between the papers nothing [-is-] {+was ever+} kept. [1] See Document 1.
  harbour/d5.html  5. Letter on the last ship
      Date: [-1903 (?)-] {+1904+}
";

#[test]
fn each_document_is_told_once() {
    let edition = lived();
    let text = said(&edition, &["before", "after"]);
    assert_eq!(text, TEXT, "{text}");
    assert_eq!(said(&edition, &["before", "after"]), TEXT);
    assert_eq!(said(&edition, &["after", "after"]), "after → after: no differences; 18 the same\n");
}

#[test]
fn the_same_backwards() {
    let edition = lived();
    let forth = json(&edition, "before", "after");
    let back = json(&edition, "after", "before");
    let count = |value: &Value, change: &str| {
        value["documents"].as_array().unwrap().iter().filter(|document| document["change"] == change).count()
    };
    // An alias leads forth only: the way back, the document is another one.
    assert_eq!((count(&forth, "moved"), count(&back, "moved")), (2, 1));
    assert_eq!(count(&forth, "withdrawn") + 1, count(&back, "added"));
    assert_eq!(count(&forth, "added") + 1, count(&back, "withdrawn"));
    assert_eq!(count(&forth, "changed"), count(&back, "changed"));
}

#[test]
fn json_has_the_shape_of_the_manual() {
    let edition = lived();
    let found = json(&edition, "before", "after");
    assert_eq!(found["old"], serde_json::json!({"name": "before", "commit": null, "documents": 18}));
    assert_eq!(found["same"], 13);
    let changed = found["documents"].as_array().unwrap().iter().find(|it| it["address"] == "harbour/d2.html").unwrap();
    let wanted = serde_json::json!({
        "change": "changed", "address": "harbour/d2.html", "old_address": null, "leads_to": null,
        "kind": "document", "number": "2", "title": "Editorial Note", "lang": "en", "data": [],
        "text": [{"anchor": "p1", "parts": [
            {"same": "Between the papers nothing"}, {"deleted": "is"}, {"added": "was ever"},
            {"same": "kept. [1] See Document 1."}
        ]}],
    });
    assert_eq!(*changed, wanted);
    let moved = found["documents"].as_array().unwrap().iter().find(|it| it["address"] == "letters/l3-en.html").unwrap();
    assert_eq!(
        (&moved["old_address"], &moved["leads_to"]),
        (&"letters/l2-en.html".into(), &"letters/l3-en.html".into())
    );
    let manual = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/commands.md")).unwrap();
    for field in changed.as_object().unwrap().keys().chain(found.as_object().unwrap().keys()) {
        assert!(manual.contains(&format!("`{field}`")), "docs/commands.md does not tell `{field}`");
    }
}

#[test]
fn what_is_around_the_text_is_no_change() {
    let edition = Edition::invented("rich");
    edition.build(&["--out", "before"]);
    // A new title stands in lists, in the ways of neighbours, and on the page itself.
    edition.change(&format!("{QUAY}/d2.md"), "title: Editorial Note", "title: Another Note");
    let settings = fs::read_to_string(edition.root().join("site.yaml")).unwrap();
    edition.write("site.yaml", &settings.replace("publisher: Harbour Record Society", "publisher: Another Society"));
    edition.build(&["--out", "after"]);
    let found = json(&edition, "before", "after");
    let addresses: Vec<&str> =
        found["documents"].as_array().unwrap().iter().map(|document| document["address"].as_str().unwrap()).collect();
    assert_eq!(addresses, ["harbour/d2.html"], "{found:#}");
    let first = files(&edition.root().join("before"));
    assert!(first["harbour/d1.html"] != files(&edition.root().join("after"))["harbour/d1.html"]);
}

#[test]
fn links_and_page_breaks_are_markup() {
    let edition = Edition::invented("rich");
    edition.build(&["--out", "before"]);
    edition.change(&format!("{QUAY}/d2.md"), "(doc:d1#p2)", "(doc:d1#p1)");
    edition.build(&["--out", "after"]);
    let text = said(&edition, &["before", "after"]);
    let wanted = "\nsame words, other markup\n  harbour/d2.html  2. Editorial Note\n";
    assert!(text.ends_with(wanted), "{text}");
}

#[test]
fn commits_are_built_and_nothing_is_left_behind() {
    let edition = edition();
    edition.write(".gitignore", "/public\n/.engross\n");
    git(edition.root(), &["init", "--quiet"]);
    commit(&edition, "One");
    git(edition.root(), &["tag", "v1.0"]);
    live(&edition);
    commit(&edition, "Two");
    let temporary = tempfile::tempdir().unwrap();
    let state =
        || (git(edition.root(), &["status", "--porcelain"]), fs::read(edition.root().join(".git/index")).unwrap());
    let before = state();
    let mut command = Command::new(env!("CARGO_BIN_EXE_engross"));
    command.args(["compare", "v1.0", "main", "--root"]).arg(edition.root()).env("TMPDIR", temporary.path());
    let text = String::from_utf8(command.output().unwrap().stdout).unwrap();
    assert_eq!(text, TEXT.replace("before → after", "v1.0 → main"), "{text}");
    assert_eq!(state(), before);
    assert_eq!(fs::read_dir(temporary.path()).unwrap().count(), 0);
    assert!(!edition.root().join(".git/worktrees").exists());
    // A folder and a commit.
    edition.build(&["--no-minify"]);
    assert_eq!(said(&edition, &["HEAD", "public"]), "HEAD → public: no differences; 18 the same\n");
    let found = json(&edition, "v1.0", "HEAD");
    assert_eq!(found["old"]["commit"], git(edition.root(), &["rev-parse", "v1.0"]).as_str());
}

#[test]
fn an_edition_in_a_folder_of_its_repository() {
    let repository = Edition::empty();
    repository.write("README", "Editions\n");
    let from = Edition::invented("single");
    for (path, bytes) in files(from.root()) {
        repository.write(&format!("editions/one & two/{path}"), &String::from_utf8(bytes).unwrap());
    }
    git(repository.root(), &["init", "--quiet"]);
    commit(&repository, "One");
    let root = repository.root().join("editions/one & two");
    let file = root.join("content/01-first/a2.md");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, format!("{text}\nOne more line.\n")).unwrap();
    commit(&repository, "Two");
    let mut command = Command::new(env!("CARGO_BIN_EXE_engross"));
    let output = command.args(["compare", "HEAD~1", "HEAD"]).current_dir(root.join("content")).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("1 changed;") && text.contains("{+One more line.+}"), "{text}");
}

#[test]
fn what_keeps_a_commit_from_being_compared_is_said() {
    let edition = Edition::invented("single");
    git(edition.root(), &["init", "--quiet"]);
    edition.write("content/01-first/a9.md", "---\ntitle: Nine\ndate: none\nsource: none\n---\n\nA word.[^7]\n");
    commit(&edition, "One");
    remove(&edition, "content/01-first/a9.md");
    commit(&edition, "Two");
    let output = run(&edition, &["HEAD~1", "HEAD"]);
    let found = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{found}");
    assert!(found.contains("error[note-undefined]") && found.contains("content/01-first/a9.md:7:8"), "{found}");
    assert!(found.ends_with("not compared: HEAD~1 has 1 error, so it cannot be built\n"), "{found}");
    for (arguments, wanted) in [
        (&["HEAD", "v9"][..], "`v9` is neither a folder nor a commit, tag or branch of the edition"),
        (&["content", "HEAD"], "there are no pages in content"),
        (&["HEAD"], "required arguments"),
    ] {
        let output = run(&edition, arguments);
        let found = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.code() == Some(2) && found.contains(wanted), "{found}");
    }
}

#[test]
fn the_page_stands_alone_and_leads_to_documents() {
    let edition = lived();
    fs::create_dir_all(edition.root().join("after/news")).unwrap();
    said(&edition, &["before", "after", "--page", "after/news/changes.html"]);
    let text = fs::read_to_string(edition.root().join("after/news/changes.html")).unwrap();
    let page = Html::parse_document(&text);
    let all = |wanted: &str| -> Vec<String> {
        let selector = Selector::parse(wanted).unwrap();
        page.select(&selector).map(|element| element.text().collect()).collect()
    };
    assert_eq!(all("del"), ["struck out", "CC0-1.0", "is", "1903 (?)"]);
    assert_eq!(all("ins"), ["underlined", "was ever", "1904"]);
    assert_eq!(all("h2"), ["Withdrawn", "Moved", "Added", "Changed"]);
    assert!(all("script, link, img").is_empty());
    let links = Selector::parse("a").unwrap();
    let links: Vec<&str> = page.select(&links).filter_map(|link| link.attr("href")).collect();
    assert_eq!(links.len(), 5, "what was withdrawn has no page");
    for link in links {
        assert!(edition.root().join("after/news").join(link).is_file(), "{link}");
    }
    said(&edition, &["before", "after", "--page", "changes.html"]);
    assert!(!fs::read_to_string(edition.root().join("changes.html")).unwrap().contains("<a "));
    // A page of changes is no document, so it is in no comparison.
    assert_eq!(said(&edition, &["before", "after"]), TEXT);
}

#[test]
fn texts_of_a_submodule_are_compared_as_each_commit_has_them() {
    let part = tempfile::tempdir().unwrap();
    git(part.path(), &["init", "--quiet"]);
    let write = |text: &str| {
        let head = "---\ntitle: Seven\ndate: none\nsource: none\n---\n\n";
        fs::write(part.path().join("d7.md"), format!("{head}{text}\n")).unwrap();
        git(part.path(), &["add", "--all"]);
        git(part.path(), &["commit", "--quiet", "--message", text]);
    };
    write("As it was.");
    let edition = Edition::invented("single");
    edition.write(".gitignore", "/public\n/.engross\n");
    git(edition.root(), &["init", "--quiet"]);
    let from = part.path().to_string_lossy().into_owned();
    git(edition.root(), &["-c", "protocol.file.allow=always", "submodule", "--quiet", "add", &from, "content/part"]);
    commit(&edition, "One");
    write("As it is.");
    let inner = edition.root().join("content/part");
    git(&inner, &["-c", "protocol.file.allow=always", "pull", "--quiet"]);
    commit(&edition, "Two");
    let told = said(&edition, &["HEAD~1", "HEAD"]);
    assert!(told.contains("d7.html") && told.contains("was"), "{told}");
    git(edition.root(), &["submodule", "--quiet", "deinit", "--force", "--all"]);
    let run = run(&edition, &["HEAD~1", "HEAD"]);
    assert!(!run.status.success());
    let told = String::from_utf8_lossy(&run.stderr).into_owned();
    assert!(told.contains("the submodule content/part") && told.contains("git submodule update --init"), "{told}");
}
