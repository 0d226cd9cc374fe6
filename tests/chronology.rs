//! Lists by date and by property, and the finder of printed pages: what they hold against what the sources say.
//!
//! `ENGROSS_CORPUS` names the folder that holds `frus/*.xml`; without it invented editions must do.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "helpers of a test may fail loudly")]

#[path = "built/mod.rs"]
mod built;

use built::{Edition, files, pages};
use scraper::{ElementRef, Html, Selector};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;
use walkdir::WalkDir;

fn all<'a>(page: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    page.select(&Selector::parse(selector).unwrap()).collect()
}

fn text(element: ElementRef<'_>) -> String {
    element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Builds again; gives what `--explain` says and the last lines.
fn explained(edition: &Edition) -> String {
    let output = edition.command(&["--explain"]).output().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap()
}

/// An edition with one document for each of these: id, and lines of its front matter.
fn edition(documents: &[(&str, &str)]) -> Edition {
    let edition = Edition::empty();
    edition.write(
        "site.yaml",
        "title: Papers\nlang: en\nsearch: off\ncheck:\n  source-missing: off\n  date-missing: off\n",
    );
    edition.write("content/_index.md", "---\nkind: volume\nid: v\ntitle: Papers\n---\n");
    for (id, front) in documents {
        edition.write(
            &format!("content/{id}.md"),
            &format!("---\ntitle: Letter {id}\nsource: none\n{front}\n---\n\nText.\n"),
        );
    }
    edition
}

#[test]
fn dates_stand_in_the_order_that_the_manual_states() {
    let edition = edition(&[
        ("d1", "date: 1914"),
        ("d2", "date: 1914-07"),
        ("d3", "date: \"1914-07-03/1914-07-05\""),
        ("d4", "date: 1914-07-03"),
        ("d5", "date: {edtf: \"1914-07-02~\", basis: conjecture, cert: low}"),
        ("d6", "date: none"),
        ("d7", "number: 7"),
        ("d8", "date: \"1913-12-30/1915-01-02\""),
        ("d9", "date: \"[..1914-08-01]\""),
        ("e1", "date: \"-0043-03-15\""),
        ("e2", "date: Y17000"),
        ("e3", "date: 1914-23"),
        ("e4", "date: 196X"),
        ("e5", "kind: editorial-note"),
        ("e6", "date: 1915"),
    ]);
    edition.build(&[]);
    let year = Html::parse_document(&edition.page("chronology/1914.html"));
    let links: Vec<_> = all(&year, ".days dd > a").iter().map(|link| link.attr("href").unwrap().to_owned()).collect();
    let wanted = ["d5", "d4", "d3", "d2", "d9", "d1", "e3"].map(|id| format!("../{id}.html"));
    assert_eq!(links, wanted);
    let months: Vec<_> = all(&year, "section.month > h2").into_iter().map(text).collect();
    assert_eq!(months, ["July 1914", "August 1914", "Month not known"]);
    let entries: Vec<_> = all(&year, ".days dd").into_iter().map(text).collect();
    assert_eq!(entries[0], "Letter d5 circa July 2, 1914 (conjectured, uncertain)");
    assert_eq!(entries[1], "Letter d4", "the day stands beside it");
    assert_eq!(all(&year, ".reaching li > a")[0].attr("href"), Some("../d8.html"));
    let made = files(&edition.out());
    for path in ["1913", "44-bce", "17000", "1960", "1915", "undated"] {
        assert!(made.contains_key(&format!("chronology/{path}.html")), "{path}");
    }
    let undated = Html::parse_document(&edition.page("chronology/undated.html"));
    assert_eq!(text(all(&undated, "#undated li")[0]), "Letter d6");
    assert_eq!(all(&undated, "#date-not-stated li").len(), 1, "an editorial note has no date to state");
    let overview = Html::parse_document(&edition.page("chronology.html"));
    let counts: Vec<_> = all(&overview, "ul.years > li").into_iter().map(text).collect();
    assert_eq!(counts, ["44 BC 1", "1913 1", "1914 7", "1915 1", "1960 1", "17000 1"]);
    assert_eq!(all(&overview, "svg a").len(), 3, "centuries");
}

#[test]
fn attachments_are_found_by_their_own_date_and_sender() {
    let front = "date: 1914-07-03\nfrom: Anna\nattachments:\n  a1:\n    label: Enclosure\n    title: A list\n    date: 1913-05-01\n    \
                 from: Berta\n    genre: memo\n  a2:\n    kind: not-printed\n    title: Another";
    let edition = edition(&[("d1", front)]);
    edition.write(
        "content/d1.md",
        &format!("---\ntitle: Letter\nsource: none\n{front}\n---\n\nText.\n\n::: {{.attachment #a1}}\nIt.\n:::\n"),
    );
    edition.build(&[]);
    let year = Html::parse_document(&edition.page("chronology/1913.html"));
    assert_eq!(text(all(&year, ".days dd")[0]), "Enclosure: A list, from Berta in Letter");
    assert_eq!(all(&year, ".days dd > a")[0].attr("href"), Some("../d1.html#a1"));
    let senders = Html::parse_document(&edition.page("browse/correspondents.html"));
    let names: Vec<_> = all(&senders, ".values summary").into_iter().map(text).collect();
    assert_eq!(names, ["Anna 1 sent", "Berta 1 sent"]);
    let genres = Html::parse_document(&edition.page("browse/genres.html"));
    assert_eq!(all(&genres, "#memo a")[0].attr("href"), Some("../d1.html#a1"));
    let status = Html::parse_document(&edition.page("browse/status.html"));
    let states: Vec<_> = all(&status, ".values summary").into_iter().map(text).collect();
    assert_eq!(states, ["Documents 1", "Not printed 1"]);
}

#[test]
fn what_stands_out_of_date_order_is_named() {
    let edition = edition(&[
        ("d1", "number: 1\ndate: 1914-07-01"),
        ("d2", "number: 2\ndate: 1914-09-01"),
        ("d3", "number: 3\ndate: 1914-07-02"),
        ("d4", "number: 4\ndate: 1914-07-03"),
        ("d5", "number: 5\ndate: 1914"),
    ]);
    edition.build(&[]);
    let overview = Html::parse_document(&edition.page("chronology.html"));
    let stray: Vec<_> = all(&overview, ".stray li").into_iter().map(text).collect();
    assert_eq!(stray, ["2. Letter d2 September 1, 1914 (out of date order) between 1 and 3"]);
    let year = edition.page("chronology/1914.html");
    assert_eq!(year.matches("out of date order").count(), 1);
    // The page of the volume says how many, and leads there.
    let volume = Html::parse_document(&edition.page("index.html"));
    let link = all(&volume, "nav.contents a[href*=out-of-order]")[0];
    assert_eq!(
        (text(link).as_str(), link.attr("href")),
        ("1 stand out of the order of dates", Some("chronology.html#out-of-order"))
    );
    assert_eq!(all(&overview, "section#out-of-order").len(), 1);
    edition.change("content/d2.md", "1914-09-01", "1914-07-01");
    edition.build(&[]);
    assert!(!edition.page("index.html").contains("out-of-order"));
}

#[test]
fn lists_of_many_years_say_the_year() {
    let edition = edition(&[
        ("d1", "genre: note\ndate: {edtf: \"1913-12-30/1915-01-02\", display: December 30}"),
        ("d2", "genre: note\ndate: {edtf: \"1914-10-19\", display: October 19}"),
        ("d3", "genre: note\ndate: {edtf: \"1914-10-20\", display: \"20 Oct. 1914\"}"),
    ]);
    edition.build(&[]);
    let genres = Html::parse_document(&edition.page("browse/genres.html"));
    let entries: Vec<_> = all(&genres, ".listed li").into_iter().map(text).collect();
    let wanted =
        ["Letter d1 December 30, 1913–January 2, 1915", "Letter d2 October 19, 1914", "Letter d3 20 Oct. 1914"];
    assert_eq!(entries, wanted);
    let year = Html::parse_document(&edition.page("chronology/1914.html"));
    assert!(text(all(&year, ".reaching li")[0]).contains("December 30, 1913"));
}

#[test]
fn correspondents_stand_under_the_letters_of_their_last_names() {
    let mut documents: Vec<(String, String)> = Vec::new();
    for number in 0..61 {
        documents.push((format!("d{number:02}"), format!("date: none\nfrom: Zeno {number}")));
    }
    documents.push(("e1".to_owned(), "date: none\nfrom: Edwin M. Martin".to_owned()));
    documents.push(("e2".to_owned(), "date: none\nfrom: {name: The Envoy, ref: \"person:lee\"}".to_owned()));
    documents.push(("e3".to_owned(), "date: none\nfrom: \"“Big” Bill\"".to_owned()));
    let borrowed: Vec<(&str, &str)> = documents.iter().map(|(id, front)| (id.as_str(), front.as_str())).collect();
    let edition = edition(&borrowed);
    edition.write(
        "content/registers/persons.yaml",
        "- id: martin\n  name: Martin, Edwin M.\n- id: lee\n  name: Lee, Anna\n",
    );
    edition.build(&[]);
    let page = Html::parse_document(&edition.page("browse/correspondents.html"));
    let names: Vec<_> = all(&page, ".values summary").into_iter().map(text).collect();
    assert_eq!(names[..4], ["“Big” Bill 1 sent", "Lee, Anna 1 sent", "Edwin M. Martin 1 sent", "Zeno 0 1 sent"]);
    let letters = all(&page, "nav.letters a");
    let letters: Vec<_> = letters.into_iter().map(|link| (text(link), link.attr("href").unwrap().to_owned())).collect();
    assert_eq!(letters[2], ("M".to_owned(), "#edwin-m-martin".to_owned()));
    assert_eq!(letters.len(), 4, "{letters:?}");
}

#[test]
fn pages_that_are_images_only_are_in_the_index() {
    let edition = Edition::empty();
    edition.write("site.yaml", "title: Papers\nlang: en\nsearch: off\n");
    let volume = "kind: volume\nid: v\ntitle: Papers\npaginations: [{id: leaf, label: Leaf, scope: document}, {id: print, label: Page}]";
    edition.write("content/_index.md", &format!("---\n{volume}\n---\n"));
    let image = |page: &str| format!("  - {{page: {page}, image: \"https://example.org/{page}.jpg\"}}\n");
    let images = format!("facsimiles:\n{}{}", image("1"), image("2"));
    let front = "title: Letter\nnumber: 7\nsource: none\ndate: none";
    edition.write("content/d1.md", &format!("---\n{front}\nkind: calendar\n{images}---\n"));
    edition.write("content/d2.md", &format!("---\n{front}\n{images}---\n\n[1]{{.pb}} Text.\n"));
    edition.build(&[]);
    let page = Html::parse_document(&edition.page("pages.html"));
    let links: Vec<_> =
        all(&page, ".documents-pages li li > a").into_iter().map(|link| link.attr("href").unwrap()).collect();
    assert_eq!(links, ["d1.html", "d1.html", "d2.html#leaf-1", "d2.html"]);
    assert_eq!(all(&page, "form.go-to-page input[name=document]").len(), 1);
    edition.write("content/d1.md", &format!("---\n{front}\nkind: calendar\n---\n"));
    edition.write("content/d2.md", &format!("---\n{front}\n---\n\nText.\n"));
    edition.build(&[]);
    assert!(!edition.out().join("pages.html").exists());
}

#[test]
fn long_lists_are_split() {
    let edition = Edition::empty();
    edition.write("site.yaml", "title: Papers\nlang: en\nsearch: off\n");
    edition.write("content/_index.md", "---\nkind: volume\nid: v\ntitle: Papers\n---\n");
    for number in 0..1100 {
        let date = match number % 11 {
            0 => "none".to_owned(),
            part => format!("1914-{:02}-05", part.min(2)),
        };
        let text = format!(
            "---\ntitle: L\nsource: none\ngenre: letter\ntopics: [war]\nfrom: N{}\ndate: {date}\n---\n\nT.\n",
            number % 7
        );
        edition.write(&format!("content/d{number}.md"), &text);
    }
    for number in 1100..1250 {
        edition.write(&format!("content/d{number}.md"), "---\ntitle: L\nsource: none\ndate: 1914-02-07\n---\n\nT.\n");
    }
    edition.build(&[]);
    let made = files(&edition.out());
    for path in
        ["chronology/1914.html", "chronology/1914-01.html", "chronology/1914-02-2.html", "browse/genres/letter.2.html"]
    {
        assert!(made.contains_key(path), "{path}");
    }
    let mut listed = 0;
    for (path, html) in pages(&made) {
        let html = Html::parse_document(html);
        let entries = all(&html, ".days dd, .listed > li").len();
        assert!(entries <= 1000, "{path} lists {entries}");
        listed += if path.starts_with("chronology/1914-") { entries } else { 0 };
    }
    assert_eq!(listed, 1150);
}

#[test]
fn an_edit_makes_again_what_lists_it() {
    let edition = edition(&[("d1", "date: 1914-07-01"), ("d2", "date: 1915-07-01"), ("d3", "date: 1916-07-01")]);
    edition.build(&[]);
    edition.change("content/d1.md", "Text.", "Other text.");
    let said = explained(&edition);
    assert!(said.contains("d1.html: body") && said.contains("1 of them made"), "{said}");
    edition.change("content/d1.md", "1914-07-01", "1915-07-01");
    let said = explained(&edition);
    for path in ["d1.html: body", "chronology.html: view", "chronology/1915.html: view"] {
        assert!(said.contains(path), "{path}: {said}");
    }
    assert!(!said.contains("chronology/1916.html: view: list"), "{said}");
    assert!(!edition.out().join("chronology/1914.html").exists());
}

/// The six volumes of the corpus, imported and built once; none where there is no corpus.
#[allow(clippy::disallowed_methods)]
fn corpus() -> Option<(Edition, Vec<PathBuf>)> {
    let folder = PathBuf::from(std::env::var_os("ENGROSS_CORPUS")?).join("frus");
    let mut sources: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    sources.retain(|path| path.extension().is_some_and(|ending| ending == "xml"));
    sources.sort();
    let edition = Edition::empty();
    edition.write("site.yaml", "title: Papers\nlang: en\nsearch: off\n");
    edition.write("content/_index.md", "---\ntitle: Papers\n---\n");
    let program = env!("CARGO_BIN_EXE_engross");
    let mut import = Command::new(program);
    import.args(["import", "tei", "--into", "content"]).args(&sources).current_dir(edition.root());
    assert!(import.output().unwrap().status.success());
    edition.build(&[]);
    Some((edition, sources))
}

fn front_matter(path: &Path) -> serde_yaml::Value {
    let text = std::fs::read_to_string(path).unwrap();
    serde_yaml::from_str(text.strip_prefix("---\n").unwrap().split("\n---").next().unwrap()).unwrap()
}

/// The date of a document or attachment as it is written: none where nothing is said.
fn written(map: &serde_yaml::Value) -> Option<String> {
    match &map["date"] {
        serde_yaml::Value::Null => None,
        serde_yaml::Value::Mapping(date) => Some(date["edtf"].as_str().unwrap().to_owned()),
        serde_yaml::Value::String(date) => Some(date.clone()),
        other => Some(serde_yaml::to_string(other).unwrap().trim().to_owned()),
    }
}

#[test]
fn pages_of_real_volumes_count_what_their_sources_hold() {
    let Some((edition, sources)) = corpus() else { return };
    counts_by_year_and_sender(&edition);
    every_printed_page_is_found(&edition, &sources);
}

fn counts_by_year_and_sender(edition: &Edition) {
    let (mut years, mut without, mut senders): (BTreeMap<String, usize>, usize, BTreeSet<String>) = Default::default();
    for file in WalkDir::new(edition.root().join("content")) {
        let path = file.unwrap().into_path();
        let is_text = path.extension().is_some_and(|ending| ending == "md") && !path.ends_with("_index.md");
        let front = if is_text { front_matter(&path) } else { continue };
        let kind = front["kind"].as_str().unwrap_or("document").to_owned();
        if kind == "section" {
            continue;
        }
        let parts: Vec<_> = front["attachments"].as_mapping().into_iter().flat_map(|parts| parts.values()).collect();
        for (map, is_part) in std::iter::once((&front, false)).chain(parts.into_iter().map(|part| (part, true))) {
            match written(map).as_deref() {
                Some("none") => without += 1,
                None => without += usize::from(!is_part && kind != "editorial-note"),
                Some(date) => {
                    let digits: String = date.chars().skip_while(|c| !c.is_ascii_digit()).take(4).collect();
                    *years.entry(digits).or_default() += 1;
                }
            }
            for key in ["from", "to"] {
                let names = match &map[key] {
                    serde_yaml::Value::Sequence(names) => names.clone(),
                    serde_yaml::Value::Null => Vec::new(),
                    name => vec![name.clone()],
                };
                for name in names.iter().filter(|name| name["ref"].is_null()) {
                    senders.insert(name.as_str().or(name["name"].as_str()).unwrap().to_owned());
                }
            }
        }
    }
    let overview = Html::parse_document(&edition.page("chronology.html"));
    let shown = |item: &ElementRef<'_>| {
        text(*item).split_once(' ').map(|(year, count)| (year.to_owned(), count.parse().unwrap()))
    };
    let shown: BTreeMap<String, usize> = all(&overview, "ul.years > li").iter().filter_map(shown).collect();
    assert_eq!(shown, years);
    for (year, count) in &years {
        let page = Html::parse_document(&edition.page(&format!("chronology/{year}.html")));
        assert_eq!(all(&page, ".days dd").len(), *count, "{year}");
    }
    let undated = Html::parse_document(&edition.page("chronology/undated.html"));
    assert_eq!(all(&undated, ".undated li").len(), without);
    let page = Html::parse_document(&edition.page("browse/correspondents.html"));
    let names: BTreeSet<String> = all(&page, ".values p > a:first-child").into_iter().map(text).collect();
    let squeezed = |name: &String| name.split_whitespace().collect::<Vec<_>>().join(" ");
    let missing: Vec<_> = senders.iter().map(squeezed).filter(|name| !names.contains(name)).collect();
    assert_eq!(missing, Vec::<String>::new());
}

fn every_printed_page_is_found(edition: &Edition, sources: &[PathBuf]) {
    let mut found = 0;
    for source in sources {
        let xml = std::fs::read_to_string(source).unwrap();
        let number = |tag: &str| {
            let tag = tag.split('>').next()?;
            let (_, rest) = tag.split_once(" n=\"")?;
            tag.starts_with(char::is_whitespace).then(|| rest.split('"').next().unwrap().to_owned())
        };
        let printed: Vec<String> = xml.split("<pb").skip(1).filter_map(number).collect();
        // Documents that are shown as images only have their pages there.
        let images = xml.matches("<frus:file ").count();
        let volume = source.file_stem().unwrap().to_str().unwrap();
        let page = Html::parse_document(&edition.page(&format!("{volume}/pages.html")));
        let shown: Vec<String> =
            all(&page, ".printed-pages a.page, .documents-pages li li > a").into_iter().map(text).collect();
        let wanted: BTreeSet<&String> = printed.iter().collect();
        let there: BTreeSet<&String> = shown.iter().collect();
        assert_eq!(wanted.difference(&there).collect::<Vec<_>>(), Vec::<&&String>::new(), "{volume}");
        let by_document = !all(&page, ".documents-pages").is_empty();
        if by_document {
            assert_eq!(shown.len(), printed.len() + images, "{volume}");
        }
        assert_eq!(all(&page, "section.pagination > form.go-to-page").len(), all(&page, "section.pagination").len());
        assert!(!shown.is_empty(), "{volume}");
        found += shown.len();
    }
    assert!(found > 4900, "{found}");
}
