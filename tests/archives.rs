//! Archives and the calendar of documents: what pages list against what the sources say, counted by other means.
//!
//! `ENGROSS_CORPUS` names a folder with `frus/` and `schnitzler/`; with it, six volumes and some letters are compared
//! too. `ENGROSS_DOCUMENTS=10000` gives the size of the generated edition whose cost is measured.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "helpers of a test may fail as loudly as the test itself"
)]

#[path = "archives/crawl.rs"]
mod crawl;
#[allow(dead_code, reason = "the tests of incremental builds need more of it")]
#[path = "rebuild/edition.rs"]
mod edition;
#[path = "archives/sources.rs"]
mod sources;

use edition::{Edition, Site};
use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

fn text<'s>(site: &'s Site, path: &str) -> &'s str {
    std::str::from_utf8(site.get(path).unwrap_or_else(|| panic!("{path} is not made"))).unwrap()
}

/// A site that must come without errors.
fn cold(edition: &Edition) -> Site {
    let outcome = edition.cold();
    let errors: Vec<_> = outcome.diagnostics.iter().filter(|found| found.is_error()).collect();
    assert!(outcome.made.is_some(), "{errors:?}");
    outcome.site
}

/// Every path of every source is reached by links from the list, with the documents that are drawn from it, and all
/// counts are those of the sources.
fn compare(edition: &Edition, site: &Site) -> usize {
    let wanted = sources::read(edition.root());
    let found = crawl::archives(site);
    let both: BTreeSet<_> = wanted.keys().chain(found.listed.keys()).collect();
    for path in both {
        assert_eq!(found.listed.get(path), wanted.get(path), "{path:?}");
    }
    let mut counts: BTreeMap<Vec<String>, BTreeSet<&String>> = BTreeMap::new();
    for (path, documents) in &wanted {
        for depth in 1..=path.len() {
            counts.entry(path[..depth].to_vec()).or_default().extend(documents);
        }
    }
    for (path, documents) in &counts {
        assert_eq!(found.counts.get(path).copied(), Some(documents.len()), "{path:?}");
    }
    assert!(found.most <= 1000, "a page lists {} documents", found.most);
    wanted.len()
}

#[test]
fn every_source_is_in_the_archives() {
    for name in ["rich", "single"] {
        let edition = Edition::copy(name);
        compare(&edition, &cold(&edition));
    }
}

#[test]
fn every_source_of_real_volumes_is_in_the_archives() {
    let Some(corpus) = std::env::var_os("ENGROSS_CORPUS").map(std::path::PathBuf::from) else { return };
    let edition = Edition::copy("rich");
    std::fs::remove_dir_all(edition.root().join("content")).unwrap();
    edition.write("content/_index.md", "---\ntitle: Real volumes\n---\n");
    let files = |folder: &str| {
        let mut files: Vec<_> = std::fs::read_dir(corpus.join(folder)).unwrap().map(|it| it.unwrap().path()).collect();
        files.retain(|file| file.extension().is_some_and(|ending| ending == "xml"));
        files.sort();
        files
    };
    let letters = [files("schnitzler/editions"), files("schnitzler/registers")].concat();
    for (kind, files) in [("tei", files("frus")), ("letters", letters)] {
        let mut import = Command::new(env!("CARGO_BIN_EXE_engross"));
        import.args(["import", kind]).args(files).args(["--into", "content"]).current_dir(edition.root());
        assert!(import.output().unwrap().status.success());
    }
    let site = cold(&edition);
    let paths = compare(&edition, &site);
    println!("{paths} paths");
    assert!(paths > 1200);
    compare_calendars(&edition, &site);
}

/// Calendars, CSV and JSON hold the documents of the sources, in the same order.
fn compare_calendars(edition: &Edition, site: &Site) {
    let wanted = sources::calendar(edition.root());
    let json: serde_json::Value = serde_json::from_str(text(site, "calendar.json")).unwrap();
    let rows = json["documents"].as_array().unwrap();
    let addresses: BTreeSet<&str> = rows.iter().map(|row| row["address"].as_str().unwrap()).collect();
    assert_eq!(addresses, wanted.iter().map(|(address, _)| address.as_str()).collect::<BTreeSet<&str>>());
    assert_eq!(rows.len(), wanted.iter().map(|(_, rows)| rows).sum::<usize>());
    let csv = sources::csv(text(site, "calendar.csv"));
    assert_eq!(csv.len(), rows.len() + 1);
    for (cells, row) in csv[1..].iter().zip(rows) {
        assert_eq!(cells.len(), csv[0].len());
        let cell = |name: &str| &cells[csv[0].iter().position(|column| column == name).unwrap()];
        assert_eq!(cell("address"), row["address"].as_str().unwrap());
        assert_eq!(cell("date"), row["date"].as_str().unwrap_or_default());
        assert_eq!(cell("repository"), row["sources"][0]["repository"].as_str().unwrap_or_default());
        assert_eq!(cell("title").trim_start_matches('\''), row["title"].as_str().unwrap());
    }
    let listed = crawl::calendars(site);
    let of_volumes: Vec<String> = rows
        .iter()
        .filter(|row| row["attachment"].is_null())
        .map(|row| row["address"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(listed, of_volumes);
}

#[test]
fn calendars_hold_every_document() {
    for name in ["rich", "single"] {
        let edition = Edition::copy(name);
        compare_calendars(&edition, &cold(&edition));
    }
    let site = cold(&Edition::copy("rich"));
    let json: serde_json::Value = serde_json::from_str(text(&site, "calendar.json")).unwrap();
    let rows = json["documents"].as_array().unwrap();
    let row = |address: &str| rows.iter().find(|row| row["address"] == address).unwrap();
    let telegram = row("harbour/d1.html");
    assert_eq!(telegram["sources"][0]["collection"], serde_json::json!(["Harbour Office", "Correspondence"]));
    assert_eq!(telegram["sources"][0]["file"], serde_json::json!(["3"]));
    assert_eq!(telegram["sources"][1]["repository"], "Ministry Library");
    assert_eq!(telegram["from"], serde_json::json!([{"name": "Harbour Office", "ref": "org:office"}]));
    assert_eq!(telegram["date"], "1901-03-04T10:30");
    assert_eq!(row("harbour/d1.html#manifest")["attachment"], 1);
    let page = crawl::words(text(&site, "harbour/calendar.html"), "ol.calendar > li");
    assert!(
        page[0].contains("The first ship of the year has come.") && page[0].contains("Manifest of the ship"),
        "{page:?}"
    );
    assert!(page[0].contains("Nordhavn Archives, Harbour Office, Correspondence, Box 3"), "{page:?}");
}

#[test]
fn markings_are_gathered_by_the_edition_s_list() {
    let edition = Edition::copy("rich");
    edition.replace(
        "site.yaml",
        "  Secret:\n",
        "  Secretissime:\n    label: secret\n    class: restricted\n  Secret:\n",
    );
    edition.replace(
        "content/harbour/01-arrival/02-held/d3.md",
        "  repository: Ministry Library\n",
        "  repository: Ministry Library\n  classification: Secretissime\n  handling: Eyes only\n",
    );
    let found = crawl::archives(&cold(&edition));
    let path = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let secret = path(&["Classifications", "Classification", "restricted", "secret"]);
    assert_eq!(found.counts[&secret], 2);
    let printed = [secret.clone(), path(&["Secretissime"])].concat();
    assert_eq!(found.listed[&printed], ["harbour/d3.html"]);
    assert_eq!(found.listed[&path(&["Classifications", "Handling", "Eyes only"])], ["harbour/d3.html"]);
}

#[test]
fn a_source_note_leads_to_its_place() {
    let site = cold(&Edition::copy("rich"));
    let links = crawl::links(text(&site, "harbour/d1.html"), "section.provenance dd a");
    assert!(links.contains(&"../archives/harbour-na.html".to_owned()), "{links:?}");
    assert!(links.contains(&"../archives/harbour-na.html#harbour-office.correspondence".to_owned()), "{links:?}");
    let place = "../archives/harbour-na.html#harbour-office.correspondence.box-3";
    assert!(links.contains(&place.to_owned()), "{links:?}");
    assert!(text(&site, "archives/harbour-na.html").contains("id=\"harbour-office.correspondence.box-3\""));
    assert!(crawl::words(text(&site, "archives/harbour-na.html"), ".held").concat().contains("transcript"));
}

#[test]
fn registers_describe_repositories() {
    let edition = Edition::copy("rich");
    edition.write(
        "content/registers/repositories.yaml",
        "- id: sml\n  name: State and Ministry Library\n  siglum: SML\n  in: place:nordhavn\n  variants:\n    - Nordhavn Archives\n  \
         description: Open on [weekdays](https://example.org/hours).\n  same_as: https://viaf.org/sml\n  \
         url: https://example.org/sml\n  address: 4 Quay\n\
         - id: unused\n  name: Unused Library\n  siglum: UL\n",
    );
    edition.replace("content/harbour/registers/repositories.yaml", "  siglum: ML", "  siglum: ML\n  is: sml");
    let site = cold(&edition);
    let page = text(&site, "archives/sml.html");
    assert_eq!(crawl::words(page, "h1"), ["State and Ministry Library"]);
    assert!(page.contains("href=\"https://example.org/hours\"") && page.contains("href=\"https://example.org/sml\""));
    // Both pages of a repository lead to each other.
    assert!(page.contains("href=\"../repositories/sml.html\""), "{page}");
    let entry = text(&site, "repositories/sml.html");
    assert!(entry.contains("href=\"../archives/sml.html\""), "{entry}");
    for page in [page, entry] {
        let facts = crawl::words(page, "dl.facts").concat();
        for fact in ["Address 4 Quay", "Website https://example.org/sml", "Elsewhere https://viaf.org/sml"] {
            assert!(facts.contains(fact), "{facts}");
        }
    }
    assert!(!text(&site, "repositories/unused.html").contains("/archives/"), "nothing is drawn from it");
    // Documents of one volume by its own entry, of the other by the edition's.
    let found = crawl::archives(&site);
    assert_eq!(found.listed[&vec!["State and Ministry Library".to_owned()]], ["harbour/d3.html", "letters/l2.html"]);
    let list = text(&site, "archives.html");
    let sigla = crawl::words(list, "dl.facts");
    assert_eq!(sigla, ["ML State and Ministry Library SML State and Ministry Library UL Unused Library"]);
    assert!(
        crawl::words(list, "ul.archives li")
            .iter()
            .any(|line| line.starts_with("State and Ministry Library, Nordhavn"))
    );
}

#[test]
fn sections_introduce_archives_and_calendars() {
    let edition = Edition::copy("rich");
    edition.write("content/archives.md", "---\ntitle: Archives\n---\n\nWhere the papers lie.\n");
    edition.write(
        "content/harbour/calendar.md",
        "---\nkind: section\ntitle: Calendar\n---\n\nHow to read it.[^1]\n\n[^1]: Slowly.\n",
    );
    let site = cold(&edition);
    assert!(text(&site, "archives.html").contains("Where the papers lie."));
    assert!(text(&site, "harbour/calendar.html").contains("How to read it."));
    assert!(text(&site, "harbour/calendar.html").contains("Slowly."));
    let home = text(&site, "index.html");
    assert_eq!(home.matches("archives.html\">Archives</a>").count(), 1, "a way in, and no page beside it: {home}");
    let single = Edition::copy("single");
    single.write("content/archives.md", "---\nkind: section\ntitle: Archives\n---\n\nWhere the papers lie.\n");
    assert!(text(&cold(&single), "archives.html").contains("Where the papers lie."));
}

const BODY: &str = "content/harbour/01-arrival/02-held/d3.md";
const SOURCE: &str = "content/harbour/02-departure/d4.md";

fn made(edition: &Edition) -> Vec<String> {
    let outcome = edition.warm();
    let made = outcome.made.unwrap_or_else(|| panic!("{:?}", outcome.diagnostics));
    assert_eq!(edition.differences("warm", &edition.cold().site), Vec::<String>::new());
    made.into_iter().map(|(path, _)| path).collect()
}

#[test]
fn a_body_makes_no_archive_and_a_source_those_on_which_it_stands() {
    let edition = Edition::copy("rich");
    edition.replace("site.yaml", "lang: en", "lang: en\nsearch: off");
    made(&edition);
    let text = edition.read("content/letters/l2.md");
    edition.write(
        "content/letters/l2.md",
        &text.replace("Nordhavn", "Sydhavn").replace("Sydhavn Archives", "Nordhavn Archives"),
    );
    assert_eq!(made(&edition), ["letters/l2.html"]);
    edition.replace(SOURCE, "  file: Rope\n", "  file: Rope and sail\n");
    assert_eq!(made(&edition), ["archives/harbour-ml.html", "harbour/calendar.html", "harbour/d4.html"]);
    edition.replace(SOURCE, "  repository: ml\n", "  repository: na\n");
    let all = [
        "archives.html",
        "archives/harbour-ml.html",
        "archives/harbour-na.html",
        "harbour/calendar.html",
        "harbour/d4.html",
        "harbour/repositories.html",
        "harbour/repositories/ml.html",
        "harbour/repositories/na.html",
    ];
    assert_eq!(made(&edition), all);
    assert!(edition.read(BODY).contains("Ministry Library"));
}

#[test]
fn a_new_document_renames_no_anchor() {
    let edition = Edition::copy("rich");
    let ids = |site: &Site| -> BTreeSet<String> {
        let pages = site.keys().filter(|path| path.starts_with("archives/"));
        pages.flat_map(|path| crawl::ids(text(site, path)).into_iter().map(move |id| format!("{path}#{id}"))).collect()
    };
    let before = ids(&cold(&edition));
    // The same words but for case and punctuation, both before and behind the others in the order of names.
    for (number, (repository, file)) in
        [("ml", "rope"), ("ml", "Rope!"), ("ml", "(ROPE)"), ("Nordhavn-archives", "x"), ("NORDHAVN ARCHIVES", "x")]
            .iter()
            .enumerate()
    {
        let text = format!(
            "---\ntitle: More\ndate: none\nsource:\n  repository: {repository}\n  file: \"{file}\"\n---\n\nText.\n"
        );
        edition.write(&format!("content/harbour/02-departure/a{number}.md"), &text);
        let after = ids(&cold(&edition));
        let lost: Vec<_> = before.difference(&after).collect();
        assert!(lost.is_empty(), "{lost:?}");
    }
    compare(&edition, &cold(&edition));
}

/// An edition with more documents of one repository than a page may list.
fn large(documents: usize) -> Edition {
    let edition = Edition::copy("single");
    for number in 0..documents {
        let place = match number % 5 {
            0 => format!("  collection: Great Files\n  box: \"{}\"\n", number / 600),
            1 | 2 => "  collection: Letters\n".to_owned(),
            3 => format!("  file: Loose {}\n", number / 300),
            _ => String::new(),
        };
        let text = format!(
            "---\nnumber: {number}\ntitle: Paper {number}\ndate: none\nsource:\n  repository: Great Library\n{place}  \
             classification: Secret\n---\n\nText.\n"
        );
        edition.write(&format!("content/01-first/p{number}.md"), &text);
    }
    edition
}

#[test]
fn a_large_repository_is_split() {
    let edition = large(2600);
    let site = cold(&edition);
    compare(&edition, &site);
    compare_calendars(&edition, &site);
    for path in [
        "archives/great-library.html",
        "archives/great-library/great-files.html",
        "archives/great-library/letters.html",
        "archives/great-library/letters/2.html",
        "archives/great-library/files.html",
        "archives/classifications/classification/3.html",
        "calendar.html",
        "calendar/2.html",
        "calendar/3.html",
    ] {
        assert!(site.contains_key(path), "{path} is not made");
    }
    assert!(!site.contains_key("calendar/4.html"));
}

/// Not a bound, which other work on the machine would break, but a figure; and that ten times the documents do not cost
/// much more than ten times the work.
#[test]
fn the_cost_is_linear() {
    let Some(most) = std::env::var("ENGROSS_DOCUMENTS").ok().map(|number| number.parse::<usize>().unwrap()) else {
        return;
    };
    let cost = |documents: usize| {
        let edition = large(documents);
        made_only(&edition);
        let path = "content/01-first/p1.md";
        edition.replace(path, "collection: Letters", "collection: Other letters");
        let started = std::time::Instant::now();
        let made = made_only(&edition);
        println!("{documents} documents: {made} pages in {:?} after a change of a source", started.elapsed());
        started.elapsed()
    };
    let (small, large) = (cost(most / 10), cost(most));
    assert!(large < small * 30, "{small:?} and {large:?}");
}

fn made_only(edition: &Edition) -> usize {
    edition.warm().made.unwrap().len()
}
