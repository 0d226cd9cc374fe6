//! Citations of real volumes and letters as they are imported: of some, what each says; of all, what none may say.
//! `ENGROSS_CORPUS` names a folder with `frus/*.xml` and `schnitzler/`.

use crate::built::Edition;
use crate::{files, formats, select, told_on, words, zotero};
use scraper::Html;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Documents of every kind, in the order of the corpus.
const CHOSEN: [&str; 30] = [
    // An editorial note, a telegram with its hour, undated, printed elsewhere, a letter with a long way to its file.
    "frus1917-72PubDip/d1",
    "frus1917-72PubDip/d2",
    "frus1917-72PubDip/d11",
    "frus1917-72PubDip/d14",
    "frus1917-72PubDip/d23",
    // Without a repository, a lot, an attachment.
    "frus1951v07p2/d6",
    "frus1951v07p2/d12",
    "frus1951v07p2/d136",
    // A volume whose title has its parts in another order; two authors.
    "frus1952-54v12p2/d10",
    "frus1952-54v12p2/d251",
    "frus1952-54v12p2/d302",
    // Attachments without dates, two authors, undated.
    "frus1961-63v08/d17",
    "frus1961-63v08/d20",
    "frus1961-63v08/d103",
    // Calendared: without the year, undated with a last stop, some day within, over several days.
    "frus1961-63v10-12mSupp/d97",
    "frus1961-63v10-12mSupp/d185",
    "frus1961-63v10-12mSupp/d190",
    "frus1961-63v10-12mSupp/d353",
    "frus1961-63v10-12mSupp/d428",
    "frus1961-63v10-12mSupp/d617",
    // Day in the title, a last stop after a year, undated.
    "frus1969-76ve15p1/d1",
    "frus1969-76ve15p1/d5",
    "frus1969-76ve15p1/d43",
    // Letters: the day in numbers, printed, inferred, by two writers, in several witnesses, over several days.
    "schnitzler-briefe/L00001",
    "schnitzler-briefe/L00014",
    "schnitzler-briefe/L00043",
    "schnitzler-briefe/L00259",
    "schnitzler-briefe/L00576",
    "schnitzler-briefe/L00806",
    "schnitzler-briefe/L01361",
];

fn imported(corpus: &Path) -> Edition {
    let edition = Edition::empty();
    edition.write("site.yaml", "title: Volumes and Letters\n");
    let import = |what: &str, folders: &[&str]| {
        let entries = folders.iter().flat_map(|folder| std::fs::read_dir(corpus.join(folder)).unwrap());
        let paths = entries.map(|entry| entry.unwrap().path());
        let mut sources: Vec<PathBuf> = paths.filter(|path| path.extension().is_some_and(|it| it == "xml")).collect();
        sources.sort();
        let mut program = Command::new(env!("CARGO_BIN_EXE_engross"));
        program.args(["import", what, "--into", "content"]).args(sources).current_dir(edition.root());
        let output = program.output().unwrap();
        assert!(output.status.code().is_some_and(|code| code < 2), "{}", String::from_utf8_lossy(&output.stderr));
    };
    import("tei", &["frus"]);
    import("letters", &["schnitzler/editions", "schnitzler/registers"]);
    let schemes =
        ["briefe", "tagebuch"].map(|name| format!("  schnitzler-{name}: \"https://example.org/{{id}}\"\n")).concat();
    edition.write("site.yaml", &format!("title: Volumes and Letters\nlang: en\nschemes:\n{schemes}"));
    edition.build(&["--no-minify", "--no-search", "--base-url", "https://ed.example.org/"]);
    edition
}

#[test]
fn imported_documents_are_cited_as_expected() {
    let Some(corpus) = std::env::var_os("ENGROSS_CORPUS").map(PathBuf::from) else { return };
    let edition = imported(&corpus);
    let mut told = String::new();
    for path in CHOSEN {
        let page = Html::parse_document(&edition.page(&format!("{path}.html")));
        told.push_str(&told_on(&format!("{path}.html"), &page));
    }
    for volume in ["frus1951v07p2", "frus1952-54v12p2", "schnitzler-briefe"] {
        let page = Html::parse_document(&edition.page(&format!("{volume}/index.html")));
        told.push_str(&format!("== {volume}/\n{}\n", words(select(&page, ".cite > p")[0])));
    }
    crate::compare("imported", &told);
    zotero_items(&edition);
    every_citation(&edition);
    every_file(&edition);
}

/// What no citation may say, whatever the document.
fn every_citation(edition: &Edition) {
    let mut count = 0;
    let mut wrong = Vec::new();
    for (path, page) in crate::pages(edition) {
        count += 1;
        let told = told_on(&path, &page);
        let (volume, _) = path.split_once('/').unwrap();
        let series = told.lines().skip(1).map(|line| line.matches("Foreign Relations of the United States").count());
        let twice = volume.starts_with("frus") && series.max() != Some(1);
        let stop = told.match_indices(".,”").any(|(at, _)| told[..at].ends_with(|sign: char| sign.is_ascii_digit()));
        let turned = told.contains("Müller, Martin Anton");
        if twice || stop || turned {
            wrong.push(told);
        }
    }
    assert!(count > 1_800, "{count} documents");
    assert!(wrong.is_empty(), "{} of {count}: {:#?}", wrong.len(), &wrong[..wrong.len().min(5)]);
}

/// All that programs are given can be read.
fn every_file(edition: &Edition) {
    let records: usize = files(edition, "citations.ris").iter().map(|text| formats::ris(text).len()).sum();
    let entries =
        files(edition, "citations.bib").iter().map(|text| biblatex::Bibliography::parse(text).unwrap().len()).sum();
    let mut items = 0;
    for text in files(edition, "citations.json") {
        for item in serde_json::from_str::<Vec<Value>>(&text).unwrap() {
            formats::check_csl(&item);
            let number = item["volume"].as_str().unwrap_or_default();
            assert!(
                !number.contains("Volume") && !item["container-title"].as_str().unwrap().contains("Volume"),
                "{item}"
            );
            assert!(item["editor"].as_array().unwrap().iter().all(|editor| editor["family"].is_string()), "{item}");
            items += 1;
        }
    }
    assert_eq!((records, entries), (items, items));
    assert!(items > 1_800, "{items}");
    persons_have_whole_names(edition);
}

/// The register knows more of a sender than the heading of a document does.
fn persons_have_whole_names(edition: &Edition) {
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    for (path, page) in crate::pages(edition) {
        let linked: Value =
            serde_json::from_str(&select(&page, "script[type='application/ld+json']")[0].inner_html()).unwrap();
        for people in ["sender", "recipient", "author"].iter().filter_map(|key| linked[*key].as_array()) {
            let persons = people.iter().filter(|person| person["@type"] == "Person");
            seen.extend(persons.map(|person| (person["name"].as_str().unwrap().to_owned(), path.clone())));
        }
    }
    assert!(seen.len() > 40, "{seen:?}");
    let short: Vec<_> = seen.iter().filter(|(name, _)| !name.contains(' ')).collect();
    assert!(short.is_empty(), "{short:?}");
}

/// What Zotero makes of each: type, title, date, archive, place in it, creators.
fn zotero_items(edition: &Edition) {
    let mut told = String::new();
    for path in CHOSEN {
        let item = zotero::item(&Html::parse_document(&edition.page(&format!("{path}.html"))));
        assert_eq!(item.url, format!("https://ed.example.org/{path}.html"));
        let about = [&item.title, &item.date, &item.archive, &item.location, &item.creators.join("; ")];
        told.push_str(&format!("== {path}: {}\n", item.kind));
        about.into_iter().filter(|field| !field.is_empty()).for_each(|field| told.push_str(&format!("{field}\n")));
    }
    crate::compare("zotero", &told);
}
