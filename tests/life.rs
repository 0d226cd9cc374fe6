//! The scripted life of an edition: published, then changed in all the ways that lose addresses elsewhere. After each step
//! stands what the program says, to the last character, in `tests/cases/_life`; in the end every address and anchor that
//! was ever on a published page answers.
//!
//! `ENGROSS_BLESS=1 cargo test --test life` writes what the program says now: read the difference before committing.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of a test may fail as loudly as the test itself")]

#[path = "edition/mod.rs"]
mod edition;

use edition::{Edition, cases};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// An edition, and all that was ever published of it.
struct Life {
    edition: Edition,
    /// Pages with their anchors.
    published: BTreeMap<String, BTreeSet<String>>,
}

/// The address that a relative one means on a page.
fn beside(path: &str, target: &str) -> String {
    let mut folders: Vec<&str> = path.split('/').collect();
    folders.pop();
    for part in target.split('/') {
        if part == ".." {
            folders.pop();
        } else {
            folders.push(part);
        }
    }
    folders.join("/")
}

fn letter(title: &str, date: &str, more: &str, text: &str) -> String {
    format!("---\ntitle: {title}\ndate: {date}\nsource: none\n{more}---\n\n{text}\n")
}

const SHIPS: &str = "Ships came in at noon.[^1]\n\nThey lay at the quay for days.[^2]\n\n[^1]: Three of them.\n\n[^2]: \
                     Until the ice went.";
const TIDES: &str = "Tides were high this year.\n\n[pb]{.pb n=\"2\"}\n\nThe page was turned here.\n\n## Of the moon\n\n\
                     It was full, and stood so low above the roofs of the harbour that the pilots, who had seen many \
                     a spring tide in their time, and some of whom had lost their boats to one, went home at dusk, shut \
                     their doors, and would not be moved to go out again by any promise of the merchants, whose goods \
                     lay in the open lighters and were wet through before the morning; of which more was said at court.";

impl Life {
    fn begun() -> Life {
        let edition = Edition::new()
            .file("site.yaml", "title: The Papers\nbase_url: https://papers.example.org/\nminify: off\n")
            .file(".gitignore", "/public\n/.engross\n")
            .file(".gitattributes", include_str!("../scaffold/gitattributes"))
            .file("content/v/_index.md", "---\nkind: volume\ntitle: A Volume\n---\n")
            .file("content/v/01-a/_index.md", "---\ntitle: First part\n---\n")
            .file("content/v/02-b/_index.md", "---\ntitle: Second part\n---\n")
            .file("content/v/01-a/d1.md", letter("On ships", "1850-01-01", "", SHIPS))
            .file("content/v/01-a/d2.md", letter("On tides", "1850-02-01", "", TIDES))
            .file("content/v/01-a/d3.md", letter("On winds", "1850-03-01", "", "Winds were fair."))
            .file("content/v/01-a/d4.md", letter("On sails", "1850-04-01", "", "Sails were torn."))
            .file("content/v/registers/persons.yaml", "- id: holm\n  name: Holm\n- id: reed\n  name: Reed\n");
        let mut life = Life { edition, published: BTreeMap::new() };
        life.git(&["init", "-q", "-b", "main"]);
        life.publish("Publish");
        life
    }

    fn git(&self, arguments: &[&str]) -> (bool, String) {
        let mut command = Command::new("git");
        command.current_dir(self.edition.root()).args(["-c", "commit.gpgSign=false"]).args(arguments);
        for name in ["GIT_AUTHOR", "GIT_COMMITTER"] {
            command.env(format!("{name}_NAME"), "An Editor").env(format!("{name}_EMAIL"), "editor@example.org");
        }
        for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
            command.env_remove(name);
        }
        let output = command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1").output().unwrap();
        (output.status.success(), String::from_utf8(output.stdout).unwrap())
    }

    fn commit(&self, message: &str) {
        self.git(&["add", "-A"]);
        assert!(self.git(&["commit", "-q", "-m", message]).0, "{message}");
    }

    /// What a check says now, held against `tests/cases/_life/NAME.txt`.
    fn says(&self, name: &str) {
        let run = self.edition.run(&["check"]);
        matches(&format!("{name}.txt"), &run.stderr);
        assert_eq!(run.stdout, "", "{name}");
    }

    fn is_well(&self) {
        let run = self.edition.run(&["check"]);
        assert_eq!((run.code, &*run.stderr), (0, "checked: no errors and no warnings\n"));
    }

    /// Builds, records, commits, and keeps in mind what a reader may have cited from now on.
    fn publish(&mut self, message: &str) {
        let run = self.edition.run(&["build", "--publish"]);
        assert_eq!(run.code, 0, "{message}: {run}");
        self.commit(message);
        for (path, page) in self.pages() {
            // The headings of a list are no places to be cited, and the parts of long lists follow the documents.
            const LISTS: [&str; 5] = ["pages", "chronology", "browse", "archives", "calendar"];
            let inside = path.strip_prefix("v/").unwrap_or(&path);
            let list = LISTS.iter().find_map(|name| inside.strip_prefix(name));
            if list.is_some_and(|rest| rest.starts_with('/')) {
                continue;
            }
            let anchors = if list.is_some() { BTreeSet::new() } else { anchors(&page) };
            self.published.entry(path).or_default().extend(anchors);
        }
    }

    /// The pages that are there now.
    fn pages(&self) -> BTreeMap<String, String> {
        let files = self.edition.files("public").into_iter().filter(|(path, _)| path.ends_with(".html"));
        files.map(|(path, bytes)| (path, String::from_utf8(bytes).unwrap())).collect()
    }

    /// Every address that was ever published and what was citable there is a page, a redirect to one, or a tombstone.
    fn all_is_answered(&self) {
        let pages = self.pages();
        for (path, wanted) in &self.published {
            let mut page = pages.get(path).unwrap_or_else(|| panic!("nothing at {path}"));
            if let Some((_, target)) = page.split_once("http-equiv=\"refresh\" content=\"1; url=") {
                let target = beside(path, target.split(['"', '#']).next().unwrap());
                page = pages.get(&target).unwrap_or_else(|| panic!("{path} leads to {target}"));
            }
            let there = anchors(page);
            let lost: Vec<&String> = wanted.difference(&there).collect();
            assert!(lost.is_empty() || page.contains("class=\"withdrawn\""), "{path} has no {lost:?}");
        }
    }

    /// The messages of the changes that a page shows, as the site is built from the last commit.
    fn changes(&self, path: &str) -> Vec<String> {
        assert_eq!(self.edition.run(&["build"]).code, 0);
        let page = self.read(&format!("public/{path}"));
        let (_, history) = page.split_once("class=\"history\"").unwrap_or_else(|| panic!("{path} has no history"));
        let items = history.split("</details>").next().unwrap().split("<li>").skip(1);
        items.map(|item| item.split("</time>").nth(1).unwrap().split('<').next().unwrap().trim().to_owned()).collect()
    }

    fn put(&self, path: &str, text: &str) {
        self.edition.write(path, text.as_bytes());
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.edition.root().join(path)).unwrap()
    }

    fn replace(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "{path} does not hold {from}");
        self.put(path, &text.replacen(from, to, 1));
    }

    fn rename(&self, from: &str, to: &str) {
        fs::rename(self.edition.root().join(from), self.edition.root().join(to)).unwrap();
    }

    fn remove(&self, path: &str) {
        fs::remove_file(self.edition.root().join(path)).unwrap();
    }
}

/// Holds a text against a file of `tests/cases/_life`.
fn matches(name: &str, found: &str) {
    let file: PathBuf = cases().join("_life").join(name);
    #[allow(clippy::disallowed_methods)]
    if std::env::var("ENGROSS_BLESS").is_ok() {
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, found).unwrap();
    }
    let wanted = fs::read_to_string(&file).unwrap_or_default();
    assert_eq!(found, wanted, "{name}");
}

/// The anchors that can be cited: not those by which a note leads back, nor those of the page as a whole and of the link
/// of a redirect.
fn anchors(page: &str) -> BTreeSet<String> {
    let whole = page.split_once("<article ").and_then(|(_, rest)| rest.split('"').nth(3)).unwrap_or_default();
    let ids = page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next());
    ids.filter(|id| !id.starts_with("fnref-") && ![whole, "_main", "to"].contains(id)).map(str::to_owned).collect()
}

#[test]
fn every_address_ever_published_answers() {
    let mut life = Life::begun();
    files_move(&mut life);
    documents_and_notes_are_renumbered(&mut life);
    documents_go(&mut life);
    branches_meet(&mut life);
    texts_change(&mut life);
    let kept = &life.published;
    for (path, anchor) in [("v/d1.html", "fn-2"), ("v/d2.html", "page-2"), ("v/d2.html", "of-the-moon")] {
        assert!(kept.get(path).is_some_and(|anchors| anchors.contains(anchor)), "{path}#{anchor} was never published");
    }
    life.all_is_answered();
    let public = life.edition.root().join("public");
    let run = life.edition.run(&["ledger", "verify", public.to_str().unwrap()]);
    assert_eq!((run.code, &*run.stdout), (0, ""), "{run}");
}

/// A file gets another name; a document moves to another section.
fn files_move(life: &mut Life) {
    life.rename("content/v/01-a/d1.md", "content/v/01-a/ships.md");
    life.says("01-file-renamed");
    life.replace("content/v/01-a/ships.md", "source: none", "source: none\nid: d1");
    life.is_well();
    life.publish("Files have names of their own");
    life.rename("content/v/01-a/d4.md", "content/v/02-b/d4.md");
    life.is_well();
    life.publish("Sails belong to the second part");
    life.all_is_answered();
}

/// A document comes between, and its editor numbers the files behind it anew; a note comes between others.
fn documents_and_notes_are_renumbered(life: &mut Life) {
    life.rename("content/v/02-b/d4.md", "content/v/02-b/d5.md");
    life.rename("content/v/01-a/d3.md", "content/v/01-a/d4.md");
    life.rename("content/v/01-a/d2.md", "content/v/01-a/d3.md");
    life.put("content/v/01-a/d2.md", &letter("On fish", "1850-01-15", "", "Fish were few."));
    life.says("02-documents-renumbered");
    for (file, id) in [("01-a/d2", "d1a"), ("01-a/d3", "d2"), ("01-a/d4", "d3"), ("02-b/d5", "d4")] {
        life.replace(&format!("content/v/{file}.md"), "source: none", &format!("source: none\nid: {id}"));
    }
    life.is_well();
    life.publish("Fish");
    // What has another number keeps its own history, or none, and never has that of what bore the number before.
    assert_eq!(life.changes("v/d2.html"), ["Fish", "Publish"]);
    assert_eq!(life.changes("v/d1a.html"), ["Fish"]);
    let ships = "content/v/01-a/ships.md";
    let before = life.read(ships);
    let shifted = before.replace("[^2]", "[^3]").replace("noon.[^1]", "noon.[^1] All were safe.[^2]");
    life.put(ships, &format!("{shifted}\n[^2]: As the log has it.\n"));
    life.says("03-notes-renumbered");
    let named = before.replace("noon.[^1]", "noon.[^1] All were safe.[^1a]");
    life.put(ships, &format!("{named}\n[^1a]: As the log has it.\n"));
    life.is_well();
    life.publish("A note");
    life.remove("content/v/01-a/d2.md");
    life.replace(ships, "id: d1", "id: ships\naliases: [v/d1.html, v/d1a.html]");
    life.publish("Fish are part of ships, which have a name");
    matches("04-redirect.html", &life.read("public/v/d1.html"));
    life.all_is_answered();
}

/// A document is withdrawn, and its id given to another.
fn documents_go(life: &mut Life) {
    life.remove("content/v/01-a/d4.md");
    life.says("05-document-gone");
    let ledger = life.read("ledger/v.yaml");
    let line = ledger.lines().find(|line| line.starts_with("d3:")).unwrap();
    let withdrawn = "d3: {withdrawn: {since: 2026-11-24, reason: \"not by him\", title: \"On winds\"}}";
    life.put("ledger/v.yaml", &ledger.replace(line, withdrawn));
    life.is_well();
    life.publish("Winds are withdrawn");
    let page = life.read("public/v/d3.html");
    let (_, article) = page.split_once("<article").unwrap();
    matches("05-tombstone.html", article.split_once("</article>").unwrap().0);
    life.put("content/v/01-a/d3a.md", &letter("On fog", "1852-01-01", "id: d3\n", "Fog lay on the water."));
    life.says("06-id-of-a-withdrawn-document");
    life.remove("content/v/01-a/d3a.md");
    life.put("content/v/02-b/d5.md", &letter("On fog", "1852-01-01", "id: d4\n", "Fog lay on the water."));
    life.says("07-id-of-another-document");
    life.git(&["checkout", "-q", "content"]);
    life.replace("content/v/registers/persons.yaml", "id: holm", "id: holm-a");
    life.says("08-entry-renamed");
    life.replace("content/v/registers/persons.yaml", "name: Holm", "name: Holm\n  aliases: [holm]");
    life.is_well();
    life.publish("Another id for Holm");
    life.all_is_answered();
}

/// Two branches add documents; two others give one id to two of them.
fn branches_meet(life: &mut Life) {
    let branch = |life: &mut Life, name: &str, file: &str, document: String| {
        life.git(&["checkout", "-q", "-b", name, "main"]);
        life.put(&format!("content/v/02-b/{file}.md"), &document);
        life.publish(name);
    };
    branch(life, "one", "d6", letter("On nets", "1853-01-01", "", "Nets were mended."));
    branch(life, "other", "d7", letter("On ropes", "1853-02-01", "", "Ropes were made."));
    assert!(life.git(&["merge", "-q", "-m", "Both", "one"]).0, "{:?}", life.git(&["diff"]));
    life.is_well();
    life.git(&["branch", "-q", "-f", "main"]);
    life.publish_again("Both");
    branch(life, "third", "d8", letter("On tar", "1854-01-01", "", "Tar was dear."));
    branch(life, "fourth", "pitch", letter("On pitch", "1854-02-01", "id: d8\n", "Pitch was cheap."));
    assert!(life.git(&["merge", "-q", "-m", "Both", "third"]).0, "{:?}", life.git(&["diff"]));
    life.says("09-bad-merge");
    // Pitch was never on the site that readers know: the branch was not merged before.
    life.replace("content/v/02-b/pitch.md", "id: d8", "id: d9");
    let ledger = life.read("ledger/v.yaml");
    let tar = life.git(&["show", "third:ledger/v.yaml"]).1;
    let tar = tar.lines().find(|line| line.starts_with("d8:")).unwrap().to_owned();
    let rest: Vec<&str> = ledger.lines().filter(|line| !line.starts_with("d8:")).collect();
    life.put("ledger/v.yaml", &format!("{}\n{tar}\n", rest.join("\n")));
    life.is_well();
    life.publish("Tar and pitch");
    life.all_is_answered();
}

/// First words change, a paragraph comes before them, a page break and a heading go.
fn texts_change(life: &mut Life) {
    let tides = "content/v/01-a/d3.md";
    life.replace(tides, "Tides were high", "The tides were very high");
    life.is_well();
    life.publish("A correction of a first paragraph");
    life.replace(tides, "The tides were", "A new beginning.\n\nThe tides were");
    life.says("10-paragraph-put-in");
    life.replace(tides, "id: d2", "id: d2\nanchor_aliases: {p1: p2, p2: p3, p3: p4}");
    life.is_well();
    life.publish("A paragraph of its own");
    life.replace(tides, "[pb]{.pb n=\"2\"}\n\n", "");
    life.replace(tides, "## Of the moon\n\n", "");
    life.says("11-page-break-and-heading-gone");
    life.replace(tides, "p3: p4}", "p3: p4, page-2: p3, of-the-moon: p4}");
    // It was the only break, so the list of pages went with it.
    life.replace("content/v/_index.md", "kind: volume", "kind: volume\naliases: [v/pages.html]");
    life.is_well();
    life.publish("No break there");
    life.all_is_answered();
}

impl Life {
    /// Records what a merge brought together, where anything is left to be recorded.
    fn publish_again(&mut self, message: &str) {
        let run = self.edition.run(&["build", "--publish"]);
        assert_eq!(run.code, 0, "{message}: {run}");
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "-m", message]);
        self.git(&["branch", "-q", "-f", "main"]);
    }
}
