//! Citations: words for every kind of document, files for programs, and what the head of a page tells them.
//!
//! The editions stand in `tests/citation/*.txt`, one file after the other behind `### path`. What is expected of each
//! document is in `tests/citation/expected/`; `ENGROSS_BLESS=1` writes it, to be read before it is kept.
#![allow(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods, reason = "helpers of a test may fail loudly")]

#[path = "built/mod.rs"]
mod built;
#[path = "citation/formats.rs"]
mod formats;
#[path = "citation/imported.rs"]
mod imported;
#[path = "citation/zotero.rs"]
mod zotero;

use built::Edition;
use scraper::{ElementRef, Html, Selector};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;

/// An edition of `tests/citation/`, built.
fn edition(name: &str) -> Edition {
    let edition = Edition::empty();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/citation");
    let text = std::fs::read_to_string(folder.join(format!("{name}.txt"))).unwrap();
    for part in format!("\n{text}").split("\n### ").skip(1) {
        let (path, text) = part.split_once('\n').unwrap();
        edition.write(path, &format!("{text}\n"));
    }
    edition.build(&["--no-minify"]);
    edition
}

fn sample() -> Edition {
    let edition = Edition::sample();
    edition.build(&["--no-minify", "--base-url", "https://cuba.example.org/"]);
    edition
}

fn select<'a>(page: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    page.select(&Selector::parse(selector).unwrap()).collect()
}

/// The text of an element; `cite` between underlines.
fn words(element: ElementRef<'_>) -> String {
    let html = element.inner_html().replace("<cite>", "_").replace("</cite>", "_");
    let text: String = Html::parse_fragment(&html).root_element().text().collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The pages with citations, by path.
fn pages(edition: &Edition) -> BTreeMap<String, Html> {
    let files = built::files(&edition.out());
    let pages = built::pages(&files).filter(|(_, page)| page.contains("<article class=\"document\""));
    pages.map(|(path, page)| (path.to_owned(), Html::parse_document(page))).collect()
}

/// The files of one name of all volumes, one after the other.
fn files(edition: &Edition, name: &str) -> Vec<String> {
    let files = built::files(&edition.out());
    let found = files.into_iter().filter(|(path, _)| path.rsplit('/').next() == Some(name));
    found.map(|(_, bytes)| String::from_utf8(bytes).unwrap()).collect()
}

/// What the page of each document says of its citation.
fn told(edition: &Edition) -> String {
    pages(edition).iter().map(|(path, page)| told_on(path, page)).collect()
}

fn told_on(path: &str, page: &Html) -> String {
    let mut told = format!("== {path}\n");
    for line in select(page, ".cite > p:not(.permalink)") {
        writeln!(told, "{}", words(line)).unwrap();
    }
    for style in select(page, ".cite dl > div") {
        let parts: Vec<String> = style.child_elements().map(words).collect();
        writeln!(told, "{}: {}", parts[0], parts[1..].join("\n    ")).unwrap();
    }
    told
}

/// What is told against the file of what is expected.
fn compare(name: &str, told: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/citation/expected/{name}.txt"));
    if std::env::var_os("ENGROSS_BLESS").is_some() {
        std::fs::write(&file, told).unwrap();
    }
    let expected = std::fs::read_to_string(&file).unwrap();
    for (told, expected) in told.lines().zip(expected.lines()) {
        assert_eq!(told, expected, "{name}");
    }
    assert_eq!(told.len(), expected.len(), "{name}");
}

#[test]
fn every_kind_of_document_is_cited_as_expected() {
    let mut count = 0;
    for (name, edition) in [("papers", edition("papers")), ("single", edition("single")), ("sample", sample())] {
        let told = told(&edition);
        count += told.matches("== ").count();
        compare(name, &told);
    }
    assert!(count >= 40, "only {count} documents");
}

#[test]
fn the_files_of_a_volume_and_the_addresses_on_its_pages_say_the_same() {
    for (edition, items) in [(edition("papers"), 47), (edition("single"), 2), (sample(), 1)] {
        let records: Vec<formats::Record> =
            files(&edition, "citations.ris").iter().flat_map(|text| formats::ris(text)).collect();
        let objects: Vec<Value> = files(&edition, "citations.json")
            .iter()
            .flat_map(|text| serde_json::from_str::<Vec<Value>>(text).unwrap())
            .collect();
        let entries: Vec<biblatex::Entry> = files(&edition, "citations.bib")
            .iter()
            .flat_map(|text| biblatex::Bibliography::parse(text).unwrap().into_vec())
            .collect();
        assert_eq!((records.len(), objects.len(), entries.len()), (items, items, items));
        let keys: BTreeSet<&str> = records.iter().map(|record| formats::one(record, "ID")).collect();
        assert_eq!(keys.len(), items, "keys are not their own");
        for (path, page) in pages(&edition) {
            let links = select(&page, ".cite .files a");
            let [ris, bib, json] = [0, 1, 2].map(|at| formats::data(links[at].attr("href").unwrap()));
            let saved: Vec<Value> = serde_json::from_str(&json).unwrap();
            assert!(saved.len() == 1 && objects.contains(&saved[0]), "{path}: {json}");
            let record = formats::ris(&ris).remove(0);
            assert!(records.contains(&record), "{path}: {ris}");
            assert_eq!(saved[0]["id"], formats::one(&record, "ID"), "{path}");
            let entry = biblatex::Bibliography::parse(&bib).unwrap().into_vec().remove(0);
            let same = entries.iter().find(|other| other.key == entry.key).unwrap();
            assert_eq!(format!("{:?}", plain(same)), format!("{:?}", plain(&entry)), "{path}");
        }
    }
}

/// Fields of an entry as text.
fn plain(entry: &biblatex::Entry) -> BTreeMap<String, String> {
    use biblatex::ChunksExt;
    entry.fields.iter().map(|(name, value)| (name.clone(), value.format_verbatim())).collect()
}

#[test]
fn bibtex_says_what_the_documents_say() {
    let edition = edition("papers");
    let text = files(&edition, "citations.bib").concat();
    let entries = biblatex::Bibliography::parse(&text).unwrap();
    let field = |key: &str, name: &str| plain(entries.get(key).unwrap()).get(name).cloned().unwrap_or_default();
    assert_eq!(field("full-signs", "title"), r"100% of $5 & #1_b {x} ~ ^ < \ slanted");
    assert_eq!(field("full-signs", "library"), "Archive & Co. <x>, 50%_#");
    assert_eq!(field("full-bc", "date"), "-0043");
    assert_eq!(field("full-circa", "date"), "1961-03~");
    assert_eq!(field("full-between", "date"), "");
    assert_eq!(
        field("full-between", "note"),
        "between August 3 and August 7, 1889; published in Papers of an Invented Republic"
    );
    assert_eq!(field("full-moment", "date"), "1961-03-03");
    let names = |key: &str| {
        let people = entries.get(key).unwrap().author().unwrap();
        people
            .iter()
            .map(|person| format!("{}|{}|{}|{}", person.prefix, person.name, person.given_name, person.suffix))
            .collect::<Vec<_>>()
    };
    assert_eq!(names("full-suffix"), ["|Doe|John D.|Jr."]);
    assert_eq!(names("full-telegram"), ["|Embassy in Cuba||"]);
    assert_eq!(names("full-two"), ["|Rusk|Dean|", "|Hofmannsthal|Hugo von|"]);
    assert_eq!(names("briefe-l1"), ["|Schnitzler|Arthur|"]);
    // Zotero reads `letter`; biblatex itself takes it for `misc`.
    assert!(text.contains("@letter{full-letter,\n") && text.contains("@misc{full-note,\n"));
    assert_eq!(entries.get("full-rapport").unwrap().entry_type.to_string(), "report");
    assert_eq!(entries.get("full-interval").unwrap().entry_type.to_string(), "unpublished");
    let date = entries.get("full-interval").unwrap().date().unwrap();
    assert!(format!("{date:?}").contains("1889"), "{date:?}");
}

/// A volume whose title holds series, year and number.
#[test]
fn programs_are_told_series_and_number_of_a_volume_once() {
    let edition = edition("papers");
    let record = formats::ris(&files(&edition, "citations.ris").concat());
    let record = record.iter().find(|record| formats::one(record, "ID") == "korea-k1").unwrap();
    let series = "Foreign Relations of the United States, 1951";
    assert_eq!((formats::one(record, "T2"), formats::one(record, "T3")), ("Korea and China", series));
    assert_eq!((formats::one(record, "VL"), formats::one(record, "CY")), ("VII, Part 2", "Washington"));
    let names = |tag: &str| -> Vec<&str> {
        record.iter().filter(|(other, _)| other == tag).map(|(_, value)| value.as_str()).collect()
    };
    assert_eq!(names("ED"), ["Glennon, John P.", "Claussen, Paul", "Office of the Historian"]);
    assert_eq!(names("AU"), ["Low, Francis S."]);
    let text = files(&edition, "citations.bib").concat();
    let entry = biblatex::Bibliography::parse(&text).unwrap().get("korea-k1").map(plain).unwrap();
    for (field, value) in [("booktitle", "Korea and China"), ("maintitle", series), ("volume", "VII, Part 2")] {
        assert_eq!(entry[field], value);
    }
    let item = files(&edition, "citations.json").concat();
    let page = Html::parse_document(&edition.page("korea/k1.html"));
    let saved = formats::data(select(&page, ".cite .files a")[2].attr("href").unwrap());
    for text in [item, saved] {
        for part in [
            r#""container-title":"Korea and China""#,
            r#""volume":"VII, Part 2""#,
            r#""editor":[{"family":"Glennon","given":"John P."},{"family":"Claussen","given":"Paul"},{"literal":"Office of the Historian"}]"#,
        ] {
            assert!(text.contains(part), "{part}");
        }
    }
    let volume = Html::parse_document(&edition.page("korea/index.html"));
    let linked = select(&volume, "script[type='application/ld+json']")[0].inner_html();
    assert!(linked.contains(r#""volumeNumber":"VII, Part 2""#), "{linked}");
}

#[test]
fn ids_sigla_and_short_forms_are_words_in_what_is_made_and_stay_in_what_is_printed() {
    let edition = edition("papers");
    let fields = |path: &str| {
        let page = Html::parse_document(&edition.page(path));
        select(&page, ".provenance dl > div, .provenance .note > p").into_iter().map(words).collect::<Vec<_>>()
    };
    let composed = "John F. Kennedy Library, Papers. Transcript.";
    let told = fields("korea/k2.html");
    assert_eq!(told, [composed, "Repository John F. Kennedy Library", "Collection Papers", "Form transcript"]);
    let told = fields("korea/k3.html");
    assert_eq!(told, ["Adams Papers, JFKL.", "Repository John F. Kennedy Library", "Collection Adams Papers"]);
}

#[test]
fn a_date_that_is_printed_without_its_year_is_shown_with_it() {
    let edition = edition("papers");
    let dates = |edition: &Edition, path: &str| {
        let page = Html::parse_document(&edition.page(path));
        select(&page, "aside.apparatus time").into_iter().map(words).collect::<Vec<_>>()
    };
    assert_eq!(dates(&edition, "korea/k3.html"), ["March 31, 1776"]);
    assert_eq!(dates(&edition, "briefe/l1.html"), ["3. August 1889"]);
    edition.change("content/korea/k3.md", "display: March 31}", "display: Sunday}");
    edition.build(&["--no-minify"]);
    assert_eq!(dates(&edition, "korea/k3.html"), ["Sunday (March 31, 1776)"]);
}

#[test]
fn the_edition_and_its_volumes_say_how_they_are_cited() {
    let cited = |edition: &Edition, path: &str| {
        let page = Html::parse_document(&edition.page(path));
        select(&page, "section.cite > p:first-of-type").into_iter().map(words).collect::<Vec<_>>().concat()
    };
    let papers = edition("papers");
    let whole =
        "Vera Blom, ed., _Papers of an Invented Republic_ (Record Society), version 1.2, https://papers.example.org/.";
    assert_eq!((cited(&papers, "index.html"), cited(&papers, "colophon.html")), (whole.to_owned(), whole.to_owned()));
    for (path, cite) in [
        (
            "korea/index.html",
            "John P. Glennon, Paul Claussen, and Office of the Historian, eds., _Foreign Relations of the United States, \
             1951, Korea and China, Volume VII, Part 2_ (Washington: Government Printing Office, 1983), _Papers of an \
             Invented Republic_, version 1.2, https://papers.example.org/korea/.",
        ),
        (
            "full/index.html",
            "Edward C. Keefer, Louis J. Smith, and Charles S. Sampson, eds., Papers on Foreign Affairs, 1961–1963, Volume \
             XI, _Crisis & Aftermath_ (Washington: Government Printing Office, 1996), _Papers of an Invented Republic_, \
             version 1.2, https://papers.example.org/full/.",
        ),
        (
            "bare/index.html",
            "_Bare Volume_ (Record Society), _Papers of an Invented Republic_, ed. Vera Blom, version 1.2, \
             https://papers.example.org/bare/.",
        ),
    ] {
        assert_eq!(cited(&papers, path), cite, "{path}");
    }
    let single = edition("single");
    let whole = "Vera Blom (Hg.), _Letters of a Captain_ (Harbour Press, in press).";
    assert_eq!((cited(&single, "index.html"), cited(&single, "colophon.html")), (whole.to_owned(), whole.to_owned()));
    let colophon = Html::parse_document(&papers.page("colophon.html"));
    let editors: Vec<String> = select(&colophon, "dl.imprint > div").into_iter().map(words).collect();
    let korea = "Editors: Korea and China Glennon, John P., editor Paul Claussen, editor Office of the Historian, general \
                 editor";
    for line in ["Editors Vera Blom", korea] {
        assert!(editors.iter().any(|told| told == line), "{line}: {editors:#?}");
    }
    let links = select(&colophon, "dl.imprint a[href='https://orcid.org/0000-0002-1825-0097']");
    assert_eq!(links.len(), 1);
}

#[test]
fn ris_says_what_the_documents_say() {
    let edition = edition("papers");
    let records: Vec<formats::Record> =
        files(&edition, "citations.ris").iter().flat_map(|text| formats::ris(text)).collect();
    let record = |key: &str| records.iter().find(|record| formats::one(record, "ID") == key).unwrap();
    let letter = record("full-letter");
    for (tag, value) in [
        ("TY", "PCOMM"),
        ("AU", "Rusk, Dean"),
        ("A2", "Lay, James S., Jr."),
        ("TI", "Dean Rusk to James Lay, January 4, 1961"),
        ("DA", "1961/01/04/"),
        ("DB", "John F. Kennedy Library"),
        ("AV", "National Security Files, Box 12, Folder 3"),
        ("UR", "https://papers.example.org/full/letter.html"),
    ] {
        assert_eq!(formats::one(letter, tag), value, "{tag}");
    }
    let dates = |key: &str| (formats::one(record(key), "PY"), formats::one(record(key), "DA"));
    assert_eq!(dates("full-circa"), ("1961", "1961/03//circa March 1961"));
    assert_eq!(dates("full-between"), ("1889", "1889/08/03/between August 3 and August 7, 1889"));
    assert_eq!(dates("full-season"), ("1961", "1961///Autumn 1961"));
    assert_eq!(dates("full-decade"), ("", "///1960s"));
    assert_eq!(dates("full-bc"), ("", "///44 BC"));
    assert_eq!(dates("full-undated"), ("", ""));
    let tab = record("full-parts-tab-a");
    assert_eq!(formats::one(tab, "TI"), "Draft Treaty");
    assert_eq!(formats::one(tab, "UR"), "https://papers.example.org/full/parts.html#tab-a");
}

#[test]
fn csl_json_keeps_to_its_schema() {
    for edition in [edition("papers"), edition("single"), sample()] {
        for text in files(&edition, "citations.json") {
            for item in serde_json::from_str::<Vec<Value>>(&text).unwrap() {
                formats::check_csl(&item);
            }
        }
    }
    let text = files(&edition("papers"), "citations.json").concat();
    for part in [
        r#""issued":{"date-parts":[[1889,8,3],[1889,8,7]]}"#,
        r#""issued":{"circa":true,"date-parts":[[1961,3]]}"#,
        r#""issued":{"date-parts":[[1961]],"season":3}"#,
        r#""issued":{"literal":"between August 3 and August 7, 1889"}"#,
        r#""archive":"National Archives","archive-place":"College Park","archive_location":"RG 59, Central Files, 1960–1963, 737.00/1–361""#,
        r#"{"family":"von Hofmannsthal","given":"Hugo"}"#,
        r#"{"family":"Lay","given":"James S.","suffix":"Jr."}"#,
        r#""number":"278A""#,
    ] {
        assert!(text.contains(part), "{part}");
    }
}

#[test]
fn linked_data_keeps_to_the_words_of_schema_org() {
    for edition in [edition("papers"), edition("single"), sample()] {
        let files = built::files(&edition.out());
        let mut count = 0;
        for (path, page) in built::pages(&files) {
            for script in select(&Html::parse_document(page), "script[type='application/ld+json']") {
                let text = script.inner_html();
                assert!(!text.contains('<'), "{path}");
                formats::check_linked(&serde_json::from_str(&text).unwrap(), path);
                count += 1;
            }
        }
        assert!(count >= 2, "{count}");
    }
    let edition = edition("papers");
    let page = Html::parse_document(&edition.page("full/letter.html"));
    let linked: Value =
        serde_json::from_str(&select(&page, "script[type='application/ld+json']")[0].inner_html()).unwrap();
    assert_eq!(linked["@type"], serde_json::json!(["ArchiveComponent", "Message"]));
    assert_eq!(linked["sender"][0], serde_json::json!({"@type": "Person", "name": "Dean Rusk"}));
    assert_eq!(linked["holdingArchive"]["name"], "John F. Kennedy Library");
    let linked = |path: &str| -> Value {
        let page = Html::parse_document(&edition.page(path));
        serde_json::from_str(&select(&page, "script[type='application/ld+json']")[0].inner_html()).unwrap()
    };
    // The register knows the names in full, without ranks.
    let letter = linked("korea/k2.html");
    assert_eq!(letter["sender"][0], serde_json::json!({"@type": "Person", "name": "Francis S. Low"}));
    assert_eq!(letter["recipient"][0]["name"], "Hugo von Hofmannsthal");
    let linked = linked("full/letter.html");
    let steps = &linked["mainEntityOfPage"]["breadcrumb"]["itemListElement"];
    assert_eq!(steps[0]["item"], "https://papers.example.org/");
    assert_eq!(steps[1]["item"], "https://papers.example.org/full/");
}

#[test]
fn zotero_takes_documents_for_what_they_are() {
    let edition = edition("papers");
    // Page, type, archive, place in it, date, creators.
    let expected = [
        (
            "full/telegram",
            "letter",
            "National Archives",
            "RG 59, Central Files, 1960–1963, 737.00/1–361",
            "1961/01/03",
            "author Embassy in Cuba; recipient Department of State",
        ),
        (
            "full/letter",
            "letter",
            "John F. Kennedy Library",
            "National Security Files, Box 12, Folder 3",
            "1961/01/04",
            "author Rusk, Dean; recipient Lay, James S., Jr.",
        ),
        ("full/undated", "manuscript", "John F. Kennedy Library", "MS 7", "", "author Rusk, Dean"),
        ("full/note", "document", "", "", "", ""),
        ("full/withheld", "manuscript", "Central Intelligence Agency", "Job 80", "1961/02", ""),
        ("full/witnesses", "manuscript", "Archives nationales", "AE 12", "1783/09/03", ""),
        (
            "full/two",
            "letter",
            "Town Archive",
            "",
            "1961/03/02",
            "author Rusk, Dean; author Hofmannsthal, Hugo von; recipient The Editors",
        ),
        ("full/rapport", "report", "Archives nationales", "Lot 60 D 1", "1961/04/07", "author Ministère"),
        ("full/interval", "manuscript", "Town Archive", "Voyages, Diaries, A", "1889-08-03/1889-08-07", ""),
        ("full/print", "document", "", "", "1790/05/01", ""),
        ("korea/k1", "manuscript", "John F. Kennedy Library", "Papers", "1961", "author Low, Francis S."),
        (
            "korea/k2",
            "letter",
            "John F. Kennedy Library",
            "Papers",
            "1889/08/02",
            "author Low, Francis S.; recipient Hofmannsthal, Hugo von",
        ),
        (
            "briefe/l1",
            "letter",
            "Deutsches Literaturarchiv",
            "A:Schnitzler",
            "1889/08/03",
            "author Schnitzler, Arthur; recipient Hofmannsthal, Hugo von",
        ),
    ];
    for (path, kind, archive, location, date, creators) in expected {
        let page = Html::parse_document(&edition.page(&format!("{path}.html")));
        let item = zotero::item(&page);
        assert_eq!((item.kind.as_str(), item.archive.as_str()), (kind, archive), "{path}");
        assert_eq!((item.location.as_str(), item.date.as_str()), (location, date), "{path}");
        assert_eq!(item.creators.join("; "), creators, "{path}");
        assert_eq!(item.url, format!("https://papers.example.org/{path}.html"), "{path}");
        assert!(!item.title.contains(" · "), "{path}: {}", item.title);
        assert_eq!(item.rights, "https://creativecommons.org/licenses/by/4.0/", "{path}");
    }
    // The author is told to Google Scholar only where that puts nobody out: not in a letter, not for a body.
    let authors = |path: &str| {
        let page = Html::parse_document(&edition.page(&format!("{path}.html")));
        let tags = select(&page, "meta[name=citation_author]");
        tags.into_iter().map(|tag| tag.attr("content").unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(authors("korea/k1"), ["Low, Francis S."]);
    assert_eq!(authors("full/undated"), ["Rusk, Dean"]);
    for path in ["korea/k2", "full/letter", "full/rapport", "full/telegram"] {
        assert!(authors(path).is_empty(), "{path}");
    }
    let page = Html::parse_document(&edition.page("korea/k1.html"));
    assert_eq!(zotero::item(&page).summary, "On the budget.");
    assert_eq!(select(&page, "meta[name='dcterms.abstract']")[0].attr("content"), Some("On the budget."));
}

#[test]
fn files_of_a_volume_are_made_again_only_when_a_fact_changes() {
    let edition = edition("papers");
    let before = built::files(&edition.out());
    let again = edition.build(&["--no-minify"]);
    assert!(again.contains("0 files written"), "{again}");
    edition.change("content/full/circa.md", "Text.", "Another text.");
    edition.build(&["--no-minify"]);
    let path = "full/citations.ris";
    assert!(built::files(&edition.out())[path] == before[path]);
    edition.change("content/full/circa.md", "title: Circa", "title: About Then");
    edition.build(&["--no-minify"]);
    let warm = built::files(&edition.out());
    assert!(warm[path] != before[path] && warm["bare/citations.ris"] == before["bare/citations.ris"]);
    edition.build(&["--no-minify", "--no-cache"]);
    assert!(built::files(&edition.out()) == warm, "a warm build is not the cold one");
}

#[test]
fn without_an_address_there_is_no_permalink() {
    let edition = edition("single");
    let page = edition.page("d1.html");
    assert!(!page.contains("class=\"permalink\"") && !page.contains("og:url") && !page.contains("UR%20"), "{page}");
}
