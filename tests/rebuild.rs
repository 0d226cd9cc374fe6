//! Incremental builds: what is made again and why, and that a warm build is the cold one byte for byte.
//!
//! `ENGROSS_EDITS=5000 cargo test --test rebuild` tries that many random histories; `ENGROSS_SEED=17` one of them.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of a test may fail as loudly as the test itself")]

#[path = "rebuild/again.rs"]
mod again;
#[path = "rebuild/edition.rs"]
mod edition;
#[path = "rebuild/edits.rs"]
mod edits;

use edition::Edition;
use edits::Random;
use engross::diag::{Code, Diagnostic};
use rayon::prelude::*;
use std::fs;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Histories in a run that asks for no other number.
const HISTORIES: u64 = 60;

/// Edits in one history.
const EDITS: usize = 6;

#[allow(clippy::disallowed_methods)]
fn number_from(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|value| value.parse().unwrap_or_else(|_| panic!("{name} is no number")))
}

fn seeds() -> std::ops::Range<u64> {
    match number_from("ENGROSS_SEED") {
        Some(seed) => seed..seed + 1,
        None => 0..number_from("ENGROSS_EDITS").unwrap_or(HISTORIES),
    }
}

#[test]
fn random_edits_give_the_bytes_of_a_cold_build() {
    let seeds = seeds();
    let sites = AtomicUsize::new(0);
    let alone = seeds.end - seeds.start == 1;
    let edits = usize::try_from(seeds.end - seeds.start).unwrap() * EDITS;
    let failed: Option<String> = seeds.into_par_iter().find_map_any(|seed| history(seed, &sites));
    assert!(failed.is_none(), "{}", failed.unwrap_or_default());
    // An edit that breaks the edition compares diagnostics only: half must give a site.
    let sites = sites.into_inner();
    assert!(alone || sites * 2 > edits, "only {sites} of {edits} edits gave a site");
}

#[test]
fn random_edits_are_seen_by_the_preview() {
    // Every second one, since each compares every page by itself.
    let seeds: Vec<u64> = seeds().step_by(2).collect();
    let failed: Option<String> = seeds.into_par_iter().find_map_any(again::history);
    assert!(failed.is_none(), "{}", failed.unwrap_or_default());
}

/// The same, but that of an address that is lost a warm build may say what stood there: these editions are in no
/// repository, so that only what was built before can tell.
fn same_diagnostics(warm: &[Diagnostic], cold: &[Diagnostic]) -> bool {
    let known = |warm: &Diagnostic, cold: &Diagnostic| {
        let before = |text: &str, mark: &str| text.split(mark).next().map(str::to_owned);
        let help = |diagnostic: &Diagnostic| diagnostic.help.as_deref().and_then(|help| before(help, "title: \""));
        let is_told = before(&warm.message, " as “") == before(&cold.message, ", and there is nothing");
        warm.code == Code::ADDRESS_LOST && warm.place == cold.place && is_told && help(warm) == help(cold)
    };
    warm.len() == cold.len() && warm.iter().zip(cold).all(|(warm, cold)| warm == cold || known(warm, cold))
}

/// A third of all histories begin with the edition of one volume, a third with the rich one and more in it.
fn begin(seed: u64) -> Edition {
    let edition = Edition::copy(if seed.is_multiple_of(3) { "single" } else { "rich" });
    if seed % 3 == 2 {
        edits::enrich(&edition);
    }
    edition
}

/// Some edits in a row, each followed by both builds, and taken back when it broke the edition. Says what went wrong.
fn history(seed: u64, sites: &AtomicUsize) -> Option<String> {
    let mut random = Random::new(seed);
    let mut edition = begin(seed);
    let mut told = Vec::new();
    edition.warm();
    for _ in 0..EDITS {
        let before = edition.sources();
        told.push(edits::random(&mut edition, &mut random));
        if random.one_in(4) {
            told.push(edits::random(&mut edition, &mut random));
        }
        // One cache serves all output folders.
        let out = if random.one_in(6) { "other" } else { "warm" };
        let (warm, cold) = (edition.warm_into(out), edition.cold());
        let mut wrong = Vec::new();
        if !same_diagnostics(&warm.diagnostics, &cold.diagnostics) {
            wrong.push(format!("diagnostics: warm {:?}\ncold {:?}", warm.diagnostics, cold.diagnostics));
        }
        if warm.made.is_some() && cold.made.is_some() {
            sites.fetch_add(1, Ordering::Relaxed);
            wrong.extend(edition.differences(out, &cold.site));
        } else {
            edition.restore(&before);
            told.push("taken back".to_owned());
        }
        if !wrong.is_empty() {
            let made = warm.made.unwrap_or_default();
            let made: Vec<String> = made.iter().map(|(path, reason)| format!("{path}: {reason}")).collect();
            return Some(format!(
                "ENGROSS_SEED={seed}\n{}\n\n{}\n\nmade:\n{}",
                told.join("\n"),
                wrong.join("\n"),
                made.join("\n")
            ));
        }
    }
    None
}

/// What a warm build makes after an edit, as `address: reason`.
fn made(edition: &Edition) -> Vec<String> {
    let outcome = edition.warm();
    let made = outcome.made.unwrap_or_else(|| panic!("{:?}", outcome.diagnostics));
    assert_eq!(edition.differences("warm", &edition.cold().site), Vec::<String>::new());
    made.iter().map(|(path, reason)| format!("{path}: {reason}")).collect()
}

fn rich() -> Edition {
    let edition = Edition::copy("rich");
    // The index of the search follows from every text; tests/search.rs tells when it is made.
    edition.replace("site.yaml", "lang: en", "lang: en\nsearch: off");
    made(&edition);
    edition
}

const D2: &str = "content/harbour/01-arrival/01-quay/d2.md";

#[test]
fn nothing_is_made_where_nothing_changed() {
    let edition = rich();
    assert_eq!(made(&edition), Vec::<String>::new());
    let times = |edition: &Edition| {
        let files = edition.files("warm", "");
        files
            .iter()
            .map(|file| fs::metadata(edition.root().join(file)).unwrap().modified().unwrap())
            .collect::<Vec<_>>()
    };
    let before = times(&edition);
    // A file that is written again with the same words, as a change of branches and back does.
    edition.write(D2, &edition.read(D2));
    assert_eq!(made(&edition), Vec::<String>::new());
    assert_eq!(times(&edition), before);
}

#[test]
fn a_body_makes_its_page() {
    let edition = rich();
    let text = edition.read(D2);
    edition.write(D2, &text.replacen("\n\n", "\n\nA paragraph of its own.\n\n", 1));
    edition.replace(D2, ".", ". And so on.");
    // Document 1 shows in which paragraph it is referred to.
    assert_eq!(made(&edition), ["harbour/d1.html: view: referring", "harbour/d2.html: body"]);
}

#[test]
fn a_title_makes_its_page_and_those_that_show_it() {
    let edition = rich();
    let text = edition.read(D2);
    let title = text.lines().find(|line| line.starts_with("title:")).unwrap();
    edition.replace(D2, title, "title: A title that nobody had before");
    let made = made(&edition);
    let shows = |path: &str| {
        let html = String::from_utf8(fs::read(edition.warm_out().join(path)).unwrap()).unwrap();
        html.contains("A title that nobody had before")
    };
    let showing: Vec<String> = edition
        .files("warm", ".html")
        .iter()
        .map(|path| path.strip_prefix("warm/").unwrap().to_owned())
        .filter(|path| shows(path))
        .collect();
    let pages: Vec<&str> = made.iter().map(|line| line.split(": ").next().unwrap()).collect();
    assert_eq!(pages, showing);
    assert!(pages.contains(&"harbour/d1.html") && pages.contains(&"harbour/d3.html"), "{pages:?}");
    assert!(pages.len() < 12, "{pages:?}");
}

#[test]
fn a_register_entry_makes_the_pages_that_show_it() {
    let edition = rich();
    let file = "content/harbour/registers/persons.yaml";
    let text = edition.read(file);
    let line = text.lines().find(|line| line.trim_start_matches("- ").trim_start().starts_with("name:")).unwrap();
    edition.replace(file, line, &format!("{line} Renamed"));
    let made = made(&edition);
    assert!(made.iter().any(|line| line.starts_with("harbour/persons.html: view: ")), "{made:?}");
    let of_register = |line: &&String| line.starts_with("harbour/persons.html") || line.starts_with("harbour/persons/");
    for line in made.iter().filter(|line| !of_register(line)) {
        let (path, reason) = line.split_once(": ").unwrap();
        assert!(reason == "view: registers" || reason.starts_with("view: links"), "{line}");
        let html = fs::read_to_string(edition.warm_out().join(path)).unwrap();
        assert!(html.contains("Renamed"), "{path} does not show the entry");
    }
    assert!(made.len() > 1 && made.len() < 8, "{made:?}");
}

#[test]
fn a_new_mention_makes_the_pages_of_its_entry_and_of_its_register() {
    let edition = rich();
    edition.write(D2, &format!("{}\nOnce more: [Mrs. Reed](person:reed).\n", edition.read(D2)));
    let made = made(&edition);
    let d2 = made.iter().filter(|line| line.starts_with("harbour/d2.html: body")).count();
    assert_eq!(d2, 1, "{made:?}");
    assert!(made.iter().any(|line| line.starts_with("harbour/persons/reed.html: view: ")), "{made:?}");
    let others: Vec<&String> = made
        .iter()
        .filter(|line| !line.starts_with("harbour/d2.html"))
        .filter(|line| !line.starts_with("harbour/persons/reed.html") && !line.starts_with("harbour/persons.html"))
        .collect();
    assert_eq!(others, Vec::<&String>::new());
    // Where the number of documents stays, the list stays.
    edition.write(D2, &format!("{}\nAnd [again](person:reed).\n", edition.read(D2)));
    let again = self::made(&edition);
    let paths: Vec<&str> = again.iter().filter_map(|line| line.split_once(": ")).map(|(path, _)| path).collect();
    assert_eq!(paths, ["harbour/d2.html", "harbour/persons/reed.html"]);
}

#[test]
fn a_theme_file_is_named() {
    let edition = rich();
    let all = made_pages(&edition);
    edition.write("themes/default/templates/document.html", "{% extends \"@default/document.html\" %}\n");
    let lines = made(&edition);
    assert_eq!(lines.len(), all);
    assert!(lines.iter().all(|line| line.ends_with(": theme: templates/document.html")), "{lines:?}");
}

#[test]
fn settings_and_front_matter_of_a_volume_are_told_apart() {
    let edition = rich();
    edition.replace("site.yaml", "publisher: Harbour Record Society", "publisher: Another Society");
    assert!(made(&edition).iter().all(|line| line.ends_with(": settings")));
    let index = "content/letters/_index.md";
    edition.replace(index, "kind: volume", "kind: volume\npublisher: Letter Society");
    let lines = made(&edition);
    assert!(lines.contains(&"letters/l1.html: front matter of the volume".to_owned()), "{lines:?}");
    assert!(lines.iter().all(|line| line.starts_with("letters/")), "{lines:?}");
}

#[test]
fn rights_that_name_a_document_are_part_of_every_page_that_shows_them() {
    let edition = rich();
    let index = "content/letters/_index.md";
    edition.replace(index, "kind: volume", "kind: volume\nrights: {note: \"As said [there](doc:harbour/d2).\"}");
    made(&edition);
    let text = edition.read(D2);
    let title = text.lines().find(|line| line.starts_with("title:")).unwrap();
    edition.replace(D2, title, "title: A title that nobody had before");
    let lines = made(&edition);
    assert!(lines.contains(&"letters/l1.html: view: rights".to_owned()), "{lines:?}");
}

#[test]
fn an_output_that_was_touched_is_mended() {
    let edition = rich();
    let page = edition.warm_out().join("harbour/d2.html");
    fs::write(&page, "scribbled over").unwrap();
    fs::remove_file(edition.warm_out().join("harbour/d3.html")).unwrap();
    let reason = "output: the file is missing or was changed";
    assert_eq!(made(&edition), [format!("harbour/d2.html: {reason}"), format!("harbour/d3.html: {reason}")]);
}

#[test]
fn a_cache_that_is_cut_short_is_a_cold_start() {
    let edition = rich();
    let file = edition.root().join(".engross/cache");
    let whole = fs::read(&file).unwrap();
    let all = made_pages(&edition);
    for length in (0..whole.len()).step_by(1000) {
        fs::write(&file, &whole[..length]).unwrap();
        assert!(engross::cache::read(edition.root()).is_err(), "cut at {length}");
    }
    fs::write(&file, &whole[..whole.len() / 2]).unwrap();
    let outcome = edition.warm();
    assert_eq!(outcome.made.unwrap().len(), all);
    assert_eq!(edition.differences("warm", &edition.cold().site), Vec::<String>::new());
    // And it is whole again.
    assert_eq!(made(&edition), Vec::<String>::new());
}

/// How many pages the edition has.
fn made_pages(edition: &Edition) -> usize {
    edition.cold().made.unwrap().len()
}

#[test]
fn a_register_that_belongs_to_nothing_changes_nothing() {
    let edition = Edition::copy("single");
    made(&edition);
    // Its references lead nowhere, and from nowhere.
    edition.write(
        "content/01-first/registers/persons.yaml",
        "- id: x\n  name: X\n  see: [y]\n  description: \"[It](doc:nothing)\"\n",
    );
    let (warm, cold) = (edition.warm(), edition.cold());
    assert_eq!(warm.diagnostics, cold.diagnostics);
    assert_eq!(warm.diagnostics.len(), 1, "{:?}", warm.diagnostics);
}

#[test]
fn a_link_to_a_page_of_the_theme_breaks_with_it() {
    let edition = Edition::copy("single");
    edition.write("themes/default/static/leaf.html", "<title>A leaf</title>");
    edition.replace("content/01-first/a1.md", "Dear", "See [the leaf](assets/leaf.html). Dear");
    made(&edition);
    edition.remove("themes/default/static/leaf.html");
    let (warm, cold) = (edition.warm(), edition.cold());
    assert_eq!(warm.diagnostics, cold.diagnostics);
    assert!(warm.made.is_none(), "{:?}", warm.diagnostics);
}

#[test]
fn the_edition_that_shows_all_is_sound() {
    let rich = Edition::copy("rich");
    let more = Edition::copy("rich");
    edits::enrich(&more);
    let (rich, more) = (rich.cold(), more.cold());
    assert_eq!(more.diagnostics.len(), rich.diagnostics.len(), "{:#?}", more.diagnostics);
    for edition in [begin(0), begin(2)] {
        edition.warm();
        assert!(engross::cache::read(edition.root()).unwrap().sound.is_some());
    }
}

#[test]
fn links_of_landing_pages_are_followed_however_little_else_changed() {
    for (name, file) in [
        ("single", "content/_index.md"),
        ("single", "content/introduction.md"),
        ("rich", "content/_index.md"),
        ("rich", "content/letters/_index.md"),
        ("rich", "content/harbour/persons.md"),
        ("rich", "content/harbour/registers/places.yaml"),
    ] {
        let edition = Edition::copy(name);
        if name == "rich" {
            edits::mend(&edition);
        }
        made(&edition);
        let text = edition.read(file);
        let broken = "[Nothing](doc:nothing-of-this-name)";
        let more = if file.ends_with(".md") {
            format!("\n{broken}\n")
        } else {
            format!("- id: b\n  name: B\n  description: \"{broken}\"\n")
        };
        edition.write(file, &(text + &more));
        let (warm, cold) = (edition.warm(), edition.cold());
        assert_eq!(warm.diagnostics, cold.diagnostics, "{file}");
        assert!(warm.made.is_none(), "{file}: the link is not followed");
    }
}

#[test]
fn a_page_of_another_kind_at_an_address_is_new() {
    let edition = Edition::copy("single");
    edition.write("content/places.md", "---\nkind: section\ntitle: Places\n---\n\nThey are few.\n");
    assert!(made(&edition).contains(&"places.html: no earlier build is known".to_owned()));
    // The text that stood on a page of its own stands now on that of the register.
    edition.write("content/registers/places.yaml", "- id: quay\n  name: Quay\n");
    assert!(made(&edition).contains(&"places.html: new".to_owned()));
}

#[test]
fn without_a_cache_no_earlier_build_is_known() {
    let edition = Edition::copy("single");
    let first = made(&edition);
    assert!(first.iter().all(|line| line.ends_with(": no earlier build is known")), "{first:?}");
    edition.write("content/01-first/a3.md", "---\ntitle: Third\ndate: none\nsource: none\n---\n\nText.\n");
    assert!(made(&edition).contains(&"a3.html: new".to_owned()));
}

/// After an edit, what is found by what is known is what is found afresh, and is this many findings.
fn assert_found(edition: &Edition, count: usize) {
    let (warm, cold) = (edition.warm(), edition.cold());
    assert_eq!(warm.diagnostics, cold.diagnostics);
    assert_eq!(cold.diagnostics.len(), count, "{:?}", cold.diagnostics);
}

#[test]
fn settings_that_decide_what_is_found_are_seen() {
    let mut edition = Edition::copy("single");
    edition.write(
        "site.yaml",
        "title: One\nexternal: [{volumes: frus*, address: \"https://example.org/{volume}/{id}\"}]\n",
    );
    edition.replace("content/01-first/a1.md", "number: 1", "number: 1\nstatus: draft");
    edition.replace("content/01-first/a2.md", "doc:a1#print-2", "doc:a1");
    edition.flags.drafts = true;
    assert_found(&edition, 0);
    edition.flags.drafts = false;
    assert_found(&edition, 1);
    edition.replace("content/01-first/a1.md", "status: draft", "status: published");
    edition.replace("content/01-first/a2.md", "doc:a1", "doc:frus1951/d1");
    assert_found(&edition, 0);
    edition.write("site.yaml", "title: One\n");
    assert_found(&edition, 1);
}

#[test]
fn classes_that_registers_use_are_looked_for_when_they_are_no_longer_declared() {
    let edition = Edition::copy("single");
    edition.write("site.yaml", "title: One\nclasses: [initial]\n");
    edition
        .write("content/registers/persons.yaml", "- id: lind\n  name: Lind\n  description: Signs as [A.]{.initial}\n");
    assert_found(&edition, 0);
    edition.write("site.yaml", "title: One\n");
    assert_found(&edition, 1);
}

#[test]
fn a_page_of_the_edition_is_none_of_its_volume() {
    let edition = Edition::copy("single");
    edition.write("content/_index.md", "---\nkind: volume\nid: one\ntitle: One\n---\n");
    for file in edition.files("content/01-first", "").iter().chain(&edition.files("content/registers", "")) {
        edition.remove(file);
    }
    edition.write("content/about.md", "---\ntitle: About\n---\n\nWords.\n");
    // As a document it should have a date and a source.
    assert_found(&edition, 2);
    edition.write("content/_index.md", "---\ntitle: One\n---\n");
    assert_found(&edition, 0);
}

#[test]
fn notes_of_pages_of_their_own_kind_show_new_titles() {
    let edition = begin(2);
    made(&edition);
    for (file, pages) in [
        ("content/harbour/01-arrival/02-held/d3.md", ["harbour/persons.html"].as_slice()),
        ("content/harbour/02-departure/d4.md", &["about.html", "harbour/index.html", "harbour/persons.html"]),
        ("content/harbour/02-departure/d5.md", &["index.html"]),
        ("content/letters/l2.md", &["index.html", "about.html"]),
    ] {
        edits::set(&edition, file, "title", Some("A title that nobody had before"));
        let made = made(&edition);
        for page in pages {
            assert!(made.iter().any(|line| line.starts_with(&format!("{page}: view: "))), "{file}, {page}: {made:?}");
        }
    }
}

#[test]
fn what_is_said_of_a_document_that_was_given_up_is_shown() {
    let edition = begin(2);
    let file = "ledger/harbour.yaml";
    edition.write(file, "d99: {withdrawn: {since: 2026-01-01, reason: \"printed twice\", title: \"A letter\"}}\n");
    made(&edition);
    edition.replace(file, "printed twice", "not of this edition");
    assert_eq!(made(&edition), ["harbour/d99.html: view: head, reason"]);
    edition.remove(file);
    assert_eq!(made(&edition), Vec::<String>::new());
}
