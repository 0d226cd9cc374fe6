//! The life of an edition: published, changed in every way, and still every address that was ever published answers.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of a test may fail as loudly as the test itself")]

#[path = "edition/mod.rs"]
mod edition;

use edition::Edition;
use std::fs;

fn letter(title: &str, date: &str, more: &str, text: &str) -> String {
    format!("---\ntitle: {title}\ndate: {date}\nsource: none\n{more}---\n\n{text}\n")
}

const SHIPS: &str = "Ships came in at noon.[^1]\n\nThey lay at the quay for days.\n\n[^1]: Three of them.";
const TIDES: &str = "Tides were high this year.\n\n[pb]{.pb n=\"2\"}\n\nThe page was turned here.";

/// An edition of three letters in a section, published.
fn published() -> Edition {
    let edition = Edition::new()
        .file("content/v/_index.md", "---\nkind: volume\ntitle: A Volume\n---\n")
        .file("content/v/01-a/_index.md", "---\ntitle: First part\n---\n")
        .file("content/v/01-a/d1.md", letter("On ships", "1850-01-01", "", SHIPS))
        .file("content/v/01-a/d2.md", letter("On tides", "1850-02-01", "", TIDES))
        .file("content/v/01-a/d3.md", letter("On winds", "1850-03-01", "", "Winds were fair."))
        .file("content/v/registers/persons.yaml", "- id: holm\n  name: Holm\n- id: reed\n  name: Reed\n");
    edition.must(&["build", "--publish", "--no-minify"]);
    edition
}

impl Edition {
    fn must(&self, arguments: &[&str]) -> String {
        let run = self.run(arguments);
        assert_eq!(run.code, 0, "{arguments:?}: {run}");
        run.stderr
    }

    /// The codes of the errors that a check finds.
    fn found(&self) -> Vec<String> {
        let run = self.run(&["check", "--format", "json"]);
        let codes = run.stdout.lines().filter_map(|line| {
            let value: serde_json::Value = serde_json::from_str(line).unwrap();
            let error = value.get("severity").is_some_and(|severity| severity == "error");
            value.get("code").filter(|_| error).and_then(|code| code.as_str()).map(str::to_owned)
        });
        codes.collect()
    }

    fn page(&self, path: &str) -> String {
        fs::read_to_string(self.root().join("public").join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    fn source(&self, path: &str) -> String {
        fs::read_to_string(self.root().join(path)).unwrap()
    }

    fn put(&self, path: &str, text: &str) {
        self.write(path, text.as_bytes());
    }

    fn remove(&self, path: &str) {
        fs::remove_file(self.root().join(path)).unwrap();
    }
}

#[test]
fn every_address_ever_published_answers() {
    let edition = published();
    // A file may have any name, and lie in any section, as long as its id stays.
    edition.remove("content/v/01-a/d1.md");
    edition.put("content/v/02-b/0001-ships.md", &letter("On ships", "1850-01-01", "id: d1\n", SHIPS));
    assert_eq!(edition.found(), Vec::<String>::new());
    // Without its id it is another document, and its address is lost.
    edition.put("content/v/02-b/0001-ships.md", &letter("On ships", "1850-01-01", "id: s1\n", SHIPS));
    assert_eq!(edition.found(), ["address-lost"]);
    edition.put(
        "content/v/02-b/0001-ships.md",
        &letter("On ships", "1850-01-01", "id: s1\naliases: [v/d1.html]\n", SHIPS),
    );
    edition.must(&["build", "--publish", "--no-minify"]);
    assert!(edition.page("v/d1.html").contains("s1.html"));
    // The redirect keeps the anchors of the old address alive: a lost note is found through it.
    let shorter = letter(
        "On ships",
        "1850-01-01",
        "id: s1\naliases: [v/d1.html]\n",
        "Ships came in at noon.\n\nThey lay at the quay for days.",
    );
    edition.put("content/v/02-b/0001-ships.md", &shorter);
    assert_eq!(edition.found(), ["anchor-lost", "anchor-lost"]);
    let led = shorter.replace("aliases:", "anchor_aliases: {fn-1: p1}\naliases:");
    edition.put("content/v/02-b/0001-ships.md", &led);
    assert_eq!(edition.found(), Vec::<String>::new());
    // A document is given up.
    edition.remove("content/v/01-a/d3.md");
    assert_eq!(edition.found(), ["address-lost"]);
    let ledger = edition.source("ledger/v.yaml");
    let line = ledger.lines().find(|line| line.starts_with("d3:")).unwrap();
    let withdrawn =
        "d3: {withdrawn: {since: 2026-11-24, reason: \"not by <him>\", title: \"On winds\", date: 1850-03-01}}";
    edition.put("ledger/v.yaml", &ledger.replace(line, withdrawn));
    edition.must(&["build", "--publish", "--no-minify"]);
    let page = edition.page("v/d3.html");
    for words in ["On winds", "not by &lt;him&gt;", "November 24, 2026", "March 1, 1850"] {
        assert!(page.contains(words), "{words} in {page}");
    }
    assert!(edition.source("ledger/v.yaml").contains("d3: {withdrawn:"));
    // Its id is not given again.
    edition.put("content/v/01-a/d3.md", &letter("On fog", "1852-01-01", "", "Fog lay on the water."));
    assert_eq!(edition.found(), ["id-reused"]);
    edition.remove("content/v/01-a/d3.md");
    // A page break that goes, and a first paragraph that comes between.
    let without = TIDES.replace("[pb]{.pb n=\"2\"}\n\n", "");
    edition
        .put("content/v/01-a/d2.md", &letter("On tides", "1850-02-01", "", &format!("A new beginning.\n\n{without}")));
    assert_eq!(edition.found(), ["anchor-lost", "anchor-moved", "address-lost"], "the list of pages is gone too");
    let aliases = "anchor_aliases: {page-2: p3, p1: p2, p2: p3}\naliases: [v/pages.html]\n";
    edition.put(
        "content/v/01-a/d2.md",
        &letter("On tides", "1850-02-01", aliases, &format!("A new beginning.\n\n{without}")),
    );
    edition.must(&["build", "--publish", "--no-minify"]);
    let page = edition.page("v/d2.html");
    assert!(page.contains("<p>A new beginning."), "{page}");
    assert!(page.contains("<p id=\"p1\">Tides were high"), "{page}");
    // A sentence that is mended where it stands is no loss.
    let mended = without.replace("Tides were high", "The tides were very high");
    edition.put(
        "content/v/01-a/d2.md",
        &letter("On tides", "1850-02-01", aliases, &format!("A new beginning.\n\n{mended}")),
    );
    assert_eq!(edition.found(), Vec::<String>::new());
    // An entry of a register gets another id.
    edition.put("content/v/registers/persons.yaml", "- id: holm-a\n  name: Holm\n- id: reed\n  name: Reed\n");
    assert_eq!(edition.found(), ["address-lost"]);
    edition.put(
        "content/v/registers/persons.yaml",
        "- id: holm-a\n  name: Holm\n  aliases: [holm]\n- id: reed\n  name: Reed\n",
    );
    edition.must(&["build", "--publish", "--no-minify"]);
    assert!(edition.page("v/persons.html").contains("<span id=\"holm\"></span>"));
    // Every address and anchor ever published is there.
    let run = edition.run(&["ledger", "verify", edition.root().join("public").to_str().unwrap()]);
    assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{run}");
    edition.must(&["build"]);
    let run = edition.run(&["ledger", "verify", edition.root().join("public").to_str().unwrap()]);
    assert_eq!((run.code, run.stdout.as_str()), (0, ""), "minified: {run}");
}

#[test]
fn a_copy_that_lacks_something_is_told() {
    let edition = published();
    let public = edition.root().join("public");
    fs::remove_file(public.join("v/d3.html")).unwrap();
    let page = edition.page("v/d1.html").replace("id=\"p2\"", "id=\"x2\"");
    fs::write(public.join("v/d1.html"), page).unwrap();
    let run = edition.run(&["ledger", "verify", public.to_str().unwrap()]);
    assert_eq!(run.code, 1, "{run}");
    assert_eq!(run.stdout, "v/d1.html#p2: no such place on the page\nv/d3.html: not there\n");
    let run = edition.run(&["ledger", "verify", "https://example.org/"]);
    assert_eq!(run.code, 2, "{run}");
}

#[test]
fn branches_that_add_documents_merge_line_by_line() {
    let edition = published();
    let base = edition.source("ledger/v.yaml");
    let branch = |id: &str| {
        edition.put(&format!("content/v/01-a/{id}.md"), &letter(&format!("On {id}"), "1853-01-01", "", "Words."));
        edition.must(&["ledger", "update"]);
        let text = edition.source("ledger/v.yaml");
        edition.remove(&format!("content/v/01-a/{id}.md"));
        edition.put("ledger/v.yaml", &base);
        text
    };
    let added =
        |text: &str| -> Vec<String> { text.lines().filter(|line| !base.contains(line)).map(str::to_owned).collect() };
    let (one, other) = (branch("d1a"), branch("d2a"));
    assert_eq!((added(&one).len(), added(&other).len()), (1, 1));
    // Each stands beside its neighbours, so that the two do not touch.
    let place = |text: &str, id: &str| text.lines().position(|line| line.starts_with(id)).unwrap();
    assert_eq!((place(&one, "d1a:"), place(&other, "d2a:")), (5, 6));
}

#[test]
fn nothing_is_recorded_while_something_is_lost() {
    let edition = published();
    let before = edition.source("ledger/v.yaml");
    edition.remove("content/v/01-a/d3.md");
    let run = edition.run(&["ledger", "update"]);
    assert_eq!(run.code, 1, "{run}");
    assert_eq!(edition.source("ledger/v.yaml"), before);
    let run = edition.run(&["build", "--publish"]);
    assert_eq!(run.code, 1, "{run}");
    assert!(edition.root().join("public/v/d3.html").exists());
}

#[test]
fn a_volume_that_is_renamed_is_one_finding() {
    let edition = published();
    fs::rename(edition.root().join("content/v"), edition.root().join("content/w")).unwrap();
    assert_eq!(edition.found().iter().filter(|code| *code == "address-lost").count(), 3, "the volume and two entries");
    let said = edition.run(&["check"]).to_string();
    assert!(said.contains("content/w has its documents: write `id: v` in content/w/_index.md"), "{said}");
    assert!(said.contains("among them those of “First part”, “On ships”, “On tides” and 1 more"), "{said}");
    let line = "`d1: {withdrawn: {since: YYYY-MM-DD, reason: \"…\", title: \"On ships\", date: 1850-01-01}}`";
    assert!(said.contains(line) && said.contains("`calendar: {withdrawn: "), "{said}");
    edition.put("content/w/_index.md", "---\nkind: volume\nid: v\ntitle: A Volume\n---\n");
    assert_eq!(edition.found(), Vec::<String>::new());
}

#[test]
fn a_record_twice_is_the_same_record() {
    let edition = published();
    let before = edition.source("ledger/v.yaml");
    let said = edition.must(&["ledger", "update"]);
    assert!(said.contains("0 of them new, 0 changed; 0 files written"), "{said}");
    assert_eq!(edition.source("ledger/v.yaml"), before);
}

#[test]
fn drafts_are_not_recorded_whoever_shows_them() {
    let edition = published();
    let before = edition.source("ledger/v.yaml");
    edition.put("site.yaml", "title: The Papers\ndrafts: true\n");
    edition.put("content/v/01-a/d4.md", &letter("On sails", "1850-04-01", "status: draft\n", "Sails were torn."));
    edition.put("content/w/_index.md", "---\nkind: volume\ntitle: Another\nstatus: draft\n---\n");
    edition.put("content/w/e1.md", &letter("On masts", "1850-05-01", "", "Masts were high."));
    edition.put("content/w/registers/persons.yaml", "- id: lind\n  name: Lind\n");
    edition.must(&["build", "--publish"]);
    assert!(edition.page("v/d4.html").contains("torn") && edition.page("w/e1.html").contains("high"));
    edition.must(&["ledger", "update"]);
    assert_eq!(edition.source("ledger/v.yaml"), before);
    assert!(!edition.root().join("ledger/w.yaml").exists());
    // What was published and becomes a draft keeps its line.
    edition.put("content/v/01-a/d3.md", &letter("On winds", "1850-03-01", "status: draft\n", "Winds were fair."));
    edition.must(&["ledger", "update"]);
    assert_eq!(edition.source("ledger/v.yaml"), before);
    edition.put("site.yaml", "title: The Papers\n");
    assert_eq!(edition.found(), ["address-lost"]);
}

#[test]
fn a_note_that_became_the_source_note_leads_there() {
    let edition = published();
    let text = SHIPS.replace("[^1]: Three", "[^s]: Three").replace("noon.[^1]", "noon.[^s]");
    let source = "---\ntitle: \"On ships[^0]\"\ndate: 1850-01-01\nsource: {marker: \"0\", note: Three of them.}\n";
    edition.put("content/v/01-a/d1.md", &format!("{source}anchor_aliases: {{fn-1: fn-0}}\n---\n\n{text}\n"));
    edition.must(&["build", "--publish", "--no-minify"]);
    let page = edition.page("v/d1.html");
    let (_, witness) = page.split_once("id=\"fn-0\"").unwrap();
    assert!(witness.split("</p>\n<").take(2).any(|part| part.contains("<span id=\"fn-1\"></span>")), "{page}");
    let run = edition.run(&["ledger", "verify", edition.root().join("public").to_str().unwrap()]);
    assert_eq!(run.code, 0, "{run}");
}

#[test]
fn words_are_followed_to_another_address() {
    let edition = published();
    edition.remove("content/v/01-a/d1.md");
    let renamed = |aliases: &str, text: &str| {
        let more = format!("id: ships\naliases: [v/d1.html]\n{aliases}");
        edition.put("content/v/01-a/ships.md", &letter("On ships", "1850-01-01", &more, text));
    };
    renamed("", &format!("A beginning.\n\n{SHIPS}"));
    assert_eq!(edition.found(), ["anchor-moved"]);
    renamed("anchor_aliases: {p1: p2, p2: p3}\n", &format!("A beginning.\n\n{SHIPS}"));
    assert_eq!(edition.found(), Vec::<String>::new());
    // A document that took in another has words of its own.
    renamed("", "Nothing was left.[^1]\n\nOf anything.\n\n[^1]: Of that.");
    let file = edition.source("content/v/01-a/ships.md").replace("On ships", "On all").replace("1850-01-01", "1851");
    edition.put("content/v/01-a/ships.md", &file);
    assert_eq!(edition.found(), Vec::<String>::new());
}

#[test]
fn a_list_that_was_given_up_is_not_there_again() {
    let edition = published();
    let breaks = edition.source("content/v/01-a/d2.md");
    edition.put(
        "content/v/01-a/d2.md",
        &breaks.replace("[pb]{.pb n=\"2\"}\n\n", "").replace("source:", "anchor_aliases: {page-2: p2}\nsource:"),
    );
    assert_eq!(edition.found(), ["address-lost"]);
    let ledger = edition.source("ledger/v.yaml");
    let withdrawn = "pages: {withdrawn: {since: 2026-11-24, reason: \"one page\", title: \"Pages\"}}";
    edition.put("ledger/v.yaml", &ledger.replace("\npages:\n", &format!("\n{withdrawn}\n")));
    edition.must(&["build", "--publish", "--no-minify"]);
    assert!(edition.page("v/pages.html").contains("one page"));
    edition.put("content/v/01-a/d2.md", &breaks);
    assert_eq!(edition.found(), ["address-taken"]);
    // A register that cannot be read is another matter than one that is gone.
    edition.put("ledger/v.yaml", &ledger);
    edition.put("content/v/registers/persons.yaml", "- id: [");
    assert!(!edition.found().contains(&"address-lost".to_owned()), "{:?}", edition.found());
}

#[test]
fn old_ids_of_entries_are_published_too() {
    let edition = published();
    let entry = "- id: lind-a\n  name: Lind\n  aliases: [lind]\n";
    let file = "content/v/registers/persons.yaml";
    let before = edition.source(file);
    edition.put(file, &format!("{before}{entry}"));
    edition.must(&["build", "--publish"]);
    edition.put(file, &format!("{before}{}", entry.replace("  aliases: [lind]\n", "")));
    assert_eq!(edition.found(), ["address-lost"]);
}

/// Three telegrams of one title, published.
fn telegrams() -> Edition {
    let edition = Edition::new().file("content/v/_index.md", "---\nkind: volume\ntitle: A Volume\n---\n");
    for day in 1..4 {
        edition.put(&format!("content/v/d{day}.md"), &telegram(day));
    }
    edition.must(&["build", "--publish"]);
    edition
}

fn telegram(day: u32) -> String {
    let text = format!("Sir:\n\nShip number {day} came in with {day} sails.\n\nYours truly");
    letter("Telegram", &format!("1850-01-0{day}"), "", &text)
}

#[test]
fn texts_under_each_others_ids_are_told() {
    let edition = telegrams();
    let help = |edition: &Edition| {
        let run = edition.run(&["check"]);
        assert!(!run.stderr.contains("anchor_aliases"), "{run}");
        run.stderr
    };
    // One comes between, and the texts are put one file further.
    edition.put("content/v/d1.md", &letter("Telegram", "1849-12-31", "", "Another ship came before all of them."));
    for day in 1..4 {
        edition.put(&format!("content/v/d{}.md", day + 1), &telegram(day));
    }
    assert_eq!(edition.found(), ["id-reused"; 3]);
    assert!(help(&edition).contains("content/v/d2.md has the title and date of that one: write `id: d1` there"));
    // Two change places; also where title and date are the same, and only the words tell.
    let edition = telegrams();
    edition.put("content/v/d1.md", &telegram(2));
    edition.put("content/v/d2.md", &telegram(1));
    assert_eq!(edition.found(), ["id-reused"; 2]);
    let edition = telegrams();
    let same_day = |day| telegram(day).replace(&format!("1850-01-0{day}"), "1850-01-01");
    (1..4).for_each(|day| edition.put(&format!("content/v/d{day}.md"), &same_day(day)));
    edition.must(&["ledger", "update"]);
    edition.put("content/v/d1.md", &same_day(2));
    edition.put("content/v/d2.md", &same_day(1));
    assert_eq!(edition.found(), ["id-reused"; 2]);
    assert!(help(&edition).contains("its text is that of another"));
}

#[test]
fn a_part_of_what_tells_a_document_is_not_enough() {
    let another = |title: &str, date: &str, text: &str| {
        let edition = telegrams();
        edition.put("content/v/d1.md", &letter(title, date, "", text));
        edition.found()
    };
    let other = "Nothing of the kind was ever seen here.";
    assert_eq!(another("A memorandum", "1850-01-01", other), ["id-reused"], "the date is the same");
    assert_eq!(another("Telegram", "1851-01-01", other)[..1], ["id-reused"], "the title is the same");
    assert_eq!(
        another("A memorandum", "1851-01-01", &format!("Sir:\n\n{other}"))[..1],
        ["id-reused"],
        "Sir: is nobody"
    );
    // And what is mended stays what it is.
    let text = "Sir:\n\nShip number 1 came in with 1 sails.\n\nYours truly";
    assert_eq!(another("A memorandum", "1851-01-01", text), [""; 0]);
    assert_eq!(another("Telegram", "1850-01-01", "Sir:\n\nIt came in.\n\nYours truly"), [""; 0]);
}

#[test]
fn page_breaks_are_held_to_the_words_around_them() {
    let text =
        "One word is here.\n\n[1]{.pb}\n\nTwo words came later.\n\n[2]{.pb}\n\nThree words make a line.\n\nFour words.";
    let edition = published();
    let put = |text: &str| {
        edition
            .put("content/v/01-a/d3.md", &letter("On winds", "1850-03-01", "", &format!("Winds were fair.\n\n{text}")))
    };
    put(text);
    edition.must(&["ledger", "update"]);
    put(&text.replace("Two words", "Two other words").replace("Four words", "Four other words"));
    assert_eq!(edition.found(), [""; 0], "a correction beside it moves nothing");
    put(&text.replace("[2]{.pb}\n\nThree words make a line.\n\n", "Three words make a line.\n\n[2]{.pb}\n\n"));
    assert_eq!(edition.found(), ["anchor-moved"]);
    put(&text.replace("[2]", "[3]").replace("[1]", "[2]").replace("One word", "[1]{.pb} One word"));
    let run = edition.run(&["check"]);
    assert!(run.stderr.contains("`#page-1` and 1 more stand between other words"), "{run}");
    assert!(run.stderr.contains("(#page-1 is #page-2, #page-2 is #page-3)"), "{run}");
    // It was wrong before: the editor says so, and the next record has it.
    let ledger = edition.source("ledger/v.yaml");
    let (head, hashes) = ledger.split_once(" page=1-2:").unwrap();
    edition.put("ledger/v.yaml", &format!("{head} page=1-2{}", &hashes[4..]));
    edition.must(&["ledger", "update"]);
    assert!(edition.source("ledger/v.yaml").contains(" page=1-3:"));
}

#[test]
fn headings_of_one_name_are_told_apart_by_their_places() {
    let edition = published();
    let put = |text: &str| edition.put("content/v/01-a/d3.md", &letter("On winds", "1850-03-01", "", text));
    let text =
        "Winds were fair.\n\n## Enclosure\n\nThe first one stands here.\n\n## Enclosure\n\nThe second one stands here.";
    put(text);
    edition.must(&["ledger", "update"]);
    put(&text.replacen("## Enclosure", "## Enclosure\n\n## Enclosure", 1));
    assert_eq!(edition.found(), ["anchor-moved"]);
}

#[test]
fn aliases_are_published_addresses() {
    let edition = published();
    let alias = "aliases: [old/cms/12/, v/was.html]\n";
    edition.put("content/v/01-a/d1.md", &letter("On ships", "1850-01-01", alias, SHIPS));
    edition.must(&["build", "--publish", "--no-minify"]);
    let page = edition.page("old/cms/12/index.html");
    assert!(page.contains("<title>On ships</title>") && page.contains(">On ships</a>"), "{page}");
    assert!(edition.source("ledger/_edition.yaml").contains("\nold/cms/12/index.html: v/d1.html\n"));
    edition.put("content/v/01-a/d1.md", &letter("On ships", "1850-01-01", "", SHIPS));
    assert_eq!(edition.found(), ["address-lost"; 2]);
    let ledger = edition.source("ledger/_edition.yaml");
    let given_up = "{withdrawn: {since: 2026-11-24, reason: \"no more\", title: \"Old\"}}";
    let ledger = ledger.replace("was.html: v/d1.html", &format!("was.html: {given_up}"));
    edition.put("ledger/_edition.yaml", &ledger.replace("index.html: v/d1.html", &format!("index.html: {given_up}")));
    edition.must(&["build", "--publish"]);
    assert!(
        edition.page("v/was.html").contains("no more") && edition.page("old/cms/12/index.html").contains("no more")
    );
    let run = edition.run(&["ledger", "verify", edition.root().join("public").to_str().unwrap()]);
    assert_eq!(run.code, 0, "{run}");
}

#[test]
fn a_withdrawn_entry_keeps_its_page_and_its_anchor() {
    let edition = published();
    edition.put("content/v/registers/persons.yaml", "- id: reed\n  name: Reed\n");
    assert_eq!(edition.found(), ["address-lost"]);
    let ledger = edition.source("ledger/v.yaml");
    edition.put("ledger/v.yaml", &format!("{ledger}persons/holm: {{withdrawn: true}}\n"));
    assert!(edition.found().contains(&"ledger-malformed".to_owned()), "why and since when?");
    let withdrawn = "{withdrawn: {since: 2026-11-24, reason: \"is Reed\", title: \"Holm, Jon\"}}";
    edition.put("ledger/v.yaml", &format!("{ledger}persons/holm: {withdrawn}\n"));
    edition.must(&["build", "--publish", "--no-minify"]);
    let page = edition.page("v/persons/holm.html");
    assert!(
        page.contains("Holm, Jon") && page.contains("is Reed") && page.contains("This entry was withdrawn"),
        "{page}"
    );
    assert!(edition.page("v/persons.html").contains("<li id=\"holm\"><a href=\"persons/holm.html\">Holm, Jon</a>"));
    let run = edition.run(&["ledger", "verify", edition.root().join("public").to_str().unwrap()]);
    assert_eq!(run.code, 0, "{run}");
    edition.put("content/v/registers/persons.yaml", "- id: holm\n  name: Holm\n- id: reed\n  name: Reed\n");
    assert!(edition.found().contains(&"id-reused".to_owned()));
}

#[test]
fn an_id_of_an_entry_is_not_given_to_another() {
    let edition = published();
    let named = |name: &str| {
        edition.put(
            "content/v/registers/persons.yaml",
            &format!("- id: holm\n  name: {name}\n- id: reed\n  name: Reed\n"),
        );
        edition.found()
    };
    assert_eq!(named("Holm, Jon"), [""; 0]);
    assert_eq!(named("Lind, Eva"), ["id-reused"]);
}

#[test]
fn redirects_are_followed() {
    let edition = published();
    edition.remove("content/v/01-a/d1.md");
    edition.put("content/v/_index.md", "---\nkind: volume\ntitle: A Volume\naliases: [v/d1.html]\n---\n");
    assert_eq!(edition.found(), ["anchor-lost"], "a landing has no paragraphs and notes");
    let edition = published();
    let public = edition.root().join("public");
    fs::write(public.join("v/d3.html"), "<meta http-equiv=refresh content=\"0; url=gone.html\">").unwrap();
    fs::write(public.join("v/d2.html"), "<meta http-equiv=refresh content=\"0; url=./index.html\">").unwrap();
    let run = edition.run(&["ledger", "verify", public.to_str().unwrap()]);
    assert!(run.stdout.contains("v/d3.html: leads to v/gone.html, which is not there\n"), "{run}");
    assert!(run.stdout.contains("v/d2.html#page-2: no such place on the page\n"), "{run}");
}

#[test]
fn pages_of_the_edition_are_recorded_without_a_register() {
    let edition = telegrams();
    let ledger = edition.source("ledger/_edition.yaml");
    for id in ["colophon", "index", "method", "search", "accessibility"] {
        assert!(ledger.contains(&format!("\n{id}:\n")), "{id} in {ledger}");
    }
}

#[test]
fn a_build_says_what_is_not_recorded() {
    let edition = published();
    assert!(!edition.must(&["build"]).contains("ledger"));
    edition.put("content/v/01-a/d4.md", &letter("On sails", "1850-04-01", "", "Sails were torn."));
    edition.put("content/v/01-a/d3.md", &letter("On winds", "1850-03-01", "", "Winds were fair.\n\nAnd warm."));
    let said = edition.must(&["build"]);
    assert!(said.contains("note: 1 address and new places on 1 page are not in the ledger"), "{said}");
    assert!(!edition.must(&["build", "--publish"]).contains("note: 1 address"));
    assert!(!edition.must(&["build"]).contains("not in the ledger"));
}

#[test]
fn an_id_in_other_letters_is_no_case_for_an_alias() {
    let edition = published();
    edition.remove("content/v/01-a/d3.md");
    edition.put("content/v/01-a/d3.md", &letter("On winds", "1850-03-01", "id: D3\n", "Winds were fair."));
    let run = edition.run(&["check"]);
    assert!(run.stderr.contains("v/d3.html was published, and is v/D3.html now"), "{run}");
    assert!(run.stderr.contains("write `id: d3` in content/v/01-a/d3.md") && !run.stderr.contains("aliases:"), "{run}");
}

#[test]
fn every_remedy_helps() {
    // A document that moved to another volume has its id already: only an alias leads there.
    let edition = published();
    edition.put("content/w/_index.md", "---\nkind: volume\ntitle: Another\n---\n");
    edition.remove("content/v/01-a/d3.md");
    let moved = |more: &str| {
        edition.put("content/w/d3.md", &letter("On winds", "1850-03-01", more, "Winds were fair."));
        edition.run(&["check"])
    };
    let said = moved("").to_string();
    assert!(said.contains("write `aliases: [v/d3.html]` in its front matter") && !said.contains("id: d3`"), "{said}");
    assert_eq!(moved("aliases: [v/d3.html]\n").code, 0);
    // An entry whose id has other letters, and one that has another id.
    let register = |holm: &str| {
        let text = format!("- id: {holm}\n  name: Holm\n- id: reed\n  name: Reed\n");
        edition.put("content/v/registers/persons.yaml", &text);
        edition.run(&["check"]).to_string()
    };
    let said = register("Holm");
    assert!(said.contains("write `id: holm` in the entry `Holm`") && !said.contains("aliases: [holm]"), "{said}");
    let said = register("captain");
    assert!(said.contains("the entry `captain` has the same name") && said.contains("title: \"Holm\""), "{said}");
}

#[test]
fn paragraphs_that_change_places_are_found_there() {
    let edition = published();
    edition
        .put("content/v/01-a/d3.md", &letter("On winds", "1850-03-01", "", "One has words.\n\nTwo has other words."));
    edition.must(&["ledger", "update"]);
    edition
        .put("content/v/01-a/d3.md", &letter("On winds", "1850-03-01", "", "Two has other words.\n\nOne has words."));
    let run = edition.run(&["check"]);
    assert!(run.stderr.contains("#p1, #p2 lead to other words"), "{run}");
    assert!(run.stderr.contains("`anchor_aliases: {p1: p2, p2: p1}`"), "{run}");
}

#[cfg(unix)]
#[test]
fn names_that_no_address_can_have_are_told_with_their_files() {
    let edition = published();
    edition.put("static/back\\slash.txt", "x");
    edition.put("static/line\nend.txt", "x");
    assert_eq!(edition.found(), ["address-taken"; 2]);
}
