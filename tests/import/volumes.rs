//! Importing: counts, the text of built pages against the text of the source, importing twice, bad input.
//!
//! `ENGROSS_CORPUS` names a folder with `frus/*.xml` and `counts.json`; without it the small files of `tests/import/`
//! are imported.

use super::helper::{edition, engross, said};
use roxmltree::{Document, Node};
use scraper::{ElementRef, Html, Selector};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Output;

fn sources() -> Vec<PathBuf> {
    let folder = std::env::var_os("ENGROSS_CORPUS").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import"),
        |corpus| Path::new(&corpus).join("frus"),
    );
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|end| end == "xml"));
    files.sort();
    files
}

fn small() -> String {
    format!("{}/tests/import/later.xml", env!("CARGO_MANIFEST_DIR"))
}

fn import(root: &Path, more: &[&str]) -> Output {
    let mut arguments = vec!["import", "tei"];
    arguments.extend(more);
    arguments.extend(["--into", "content"]);
    engross(root, &arguments)
}

/// Text of a node; notes and what is no text of the edition left out, a space at the edges of blocks.
fn text_of(node: Node<'_, '_>, out: &mut String) {
    for child in node.children() {
        if let Some(text) = child.text().filter(|_| child.is_text()) {
            out.push_str(text);
        }
        let name = child.tag_name().name();
        let skipped = ["note", "uh-oh", "pdf", "page-count-according-to-citation"].contains(&name);
        if !child.is_element() || skipped {
            continue;
        }
        let inline =
            ["hi", "persName", "gloss", "ref", "placeName", "date", "pb", "del", "time", "unclear"].contains(&name);
        if !inline {
            out.push(' ');
        }
        text_of(child, out);
        if !inline {
            out.push(' ');
        }
    }
}

fn folded(text: &str) -> String {
    text.split([' ', '\n', '\t', '\r']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Head and text, then the notes in the order of the alphabet; a note repeated counts once.
fn source_text(document: Node<'_, '_>) -> (String, BTreeSet<String>) {
    let mut body = String::new();
    text_of(document, &mut body);
    let notes = document.descendants().filter(|node| node.tag_name().name() == "note");
    let notes = notes.map(|note| {
        let mut text = String::new();
        text_of(note, &mut text);
        folded(&text)
    });
    (folded(&body), notes.filter(|note| !note.is_empty()).collect())
}

fn visible(element: ElementRef<'_>, out: &mut String) {
    for child in element.children() {
        if let Some(text) = child.value().as_text() {
            out.push_str(text);
        }
        let Some(inner) = ElementRef::wrap(child) else { continue };
        let class = inner.value().attr("class").unwrap_or("");
        if ["noteref", "pb", "mark", "back"].contains(&class) || class.starts_with("number") {
            continue;
        }
        // The fields of a source note repeat its words.
        if inner.value().name() == "details" {
            continue;
        }
        let inline = ["a", "em", "strong", "span", "del", "sup", "sub"].contains(&inner.value().name());
        if !inline {
            out.push(' ');
        }
        visible(inner, out);
        if !inline {
            out.push(' ');
        }
    }
}

fn page_text(html: &str) -> (String, BTreeSet<String>) {
    let page = Html::parse_document(html);
    let all = |selector: &str| -> Vec<String> {
        let selector = Selector::parse(selector).unwrap();
        let texts = page.select(&selector).map(|element| {
            let mut text = String::new();
            visible(element, &mut text);
            folded(&text)
        });
        texts.collect()
    };
    let body = [all("article h1").concat(), all("article div.text").concat()].join(" ");
    let notes = ["article .notes div.note", "article .provenance div.note", "article .summary"];
    (folded(&body), notes.into_iter().flat_map(all).filter(|note| !note.is_empty()).collect())
}

/// A calendar entry as the head it was printed as: its title, the stop that the title lost, its note.
fn entry_again(head: &str, title: &str, note: &str) -> String {
    let title = title.trim();
    let stop = head.strip_prefix(title).and_then(|rest| rest.strip_suffix(note)).unwrap_or_default();
    let stop = if stop.trim_matches([' ', '.', ',', '/']).is_empty() { stop } else { " " };
    format!("{title}{stop}{note}")
}

/// A text as a printer sets it: no spaces inside brackets and before stops, where files have line breaks; and marks that
/// a file escaped twice.
fn as_set(text: &str) -> String {
    let mut set = text.to_owned();
    for sign in ["(", "[", "“"] {
        set = set.replace(&format!("{sign} "), sign);
    }
    for sign in [")", "]", "”", ",", ".", ";", ":"] {
        set = set.replace(&format!(" {sign}"), sign);
    }
    for (name, sign) in [("apos", "'"), ("quot", "\""), ("ldquo", "“"), ("rdquo", "”"), ("mdash", "—"), ("ndash", "–")]
    {
        set = set.replace(&format!("&{name};"), sign);
    }
    set
}

/// The number as it may stand before a title.
fn without_number(text: &str, number: &str) -> String {
    let text = text.trim();
    let after = text.strip_prefix("No. ").unwrap_or(text);
    let after = after.strip_prefix(number).map(|rest| rest.trim_start_matches('.').trim_start());
    after.filter(|_| text.starts_with("No.") || text.starts_with(&format!("{number}."))).unwrap_or(text).to_owned()
}

#[test]
fn what_is_built_has_the_text_of_the_source() {
    let folder = edition();
    let files = sources();
    let names: Vec<&str> = files.iter().map(|file| file.to_str().unwrap()).collect();
    let output = import(folder.path(), &names);
    assert!(output.status.success(), "{}", said(&output));
    let output = engross(folder.path(), &["build", "--no-minify"]);
    assert!(output.status.success(), "{}", said(&output));
    let (mut documents, mut different) = (0, Vec::new());
    for file in &files {
        let xml = std::fs::read_to_string(file).unwrap();
        let tree =
            Document::parse_with_options(&xml, roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() })
                .unwrap();
        let name = file.file_stem().unwrap().to_str().unwrap();
        let idno =
            tree.descendants().find(|node| node.attribute("type") == Some("frus") && node.tag_name().name() == "idno");
        let volume = idno.and_then(|idno| idno.text()).unwrap_or(name).trim().to_owned();
        for document in tree.descendants().filter(|node| node.attribute("type") == Some("document")) {
            documents += 1;
            let id = document.attribute(("http://www.w3.org/XML/1998/namespace", "id")).unwrap();
            let html = std::fs::read_to_string(folder.path().join(format!("public/{volume}/{id}.html"))).unwrap();
            let (body, notes) = source_text(document);
            let (body, notes) = (as_set(&body), notes.iter().map(|note| as_set(note)).collect::<BTreeSet<_>>());
            let (page, page_notes) = page_text(&html);
            let (page, page_notes) =
                (as_set(&page), page_notes.iter().map(|note| as_set(note)).collect::<BTreeSet<_>>());
            let body = without_number(&body, document.attribute("n").unwrap_or(""));
            let (page, page_notes) = if page_notes.len() == 1 && notes.is_empty() {
                (entry_again(&body, &page, page_notes.first().unwrap()), notes.clone())
            } else {
                (page, page_notes)
            };
            if body != page {
                let same = body.chars().zip(page.chars()).take_while(|(a, b)| a == b).count();
                let near = |text: &str| text.chars().skip(same.saturating_sub(40)).take(110).collect::<String>();
                different.push(format!("{volume}/{id}: source “{}” page “{}”", near(&body), near(&page)));
            } else if notes != page_notes {
                let lost: Vec<&String> = notes.symmetric_difference(&page_notes).collect();
                different.push(format!("{volume}/{id}: notes {lost:.300?}"));
            }
        }
    }
    let shown = different.join("\n");
    assert!(documents > 0);
    assert!(different.len() * 1000 <= documents * 2, "{} of {documents} differ:\n{shown}", different.len());
}

fn files_of(root: &Path) -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    let mut folders = vec![root.join("content")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push((path.clone(), std::fs::read_to_string(path).unwrap()));
            }
        }
    }
    files.sort();
    files
}

#[test]
fn importing_twice_gives_the_same_bytes_and_edits_survive() {
    let folder = edition();
    let root = folder.path();
    assert!(import(root, &[&small()]).status.success());
    let first = files_of(root);
    assert!(import(root, &[&small(), "--force"]).status.success());
    assert_eq!(files_of(root), first);
    let edited = root.join("content/frus1977-80v99/comp1/d1.md");
    std::fs::write(&edited, "---\ntitle: Mine\n---\n").unwrap();
    for more in [None, Some("--force")] {
        let small = small();
        let arguments: Vec<&str> = [Some(small.as_str()), more].into_iter().flatten().collect();
        assert!(import(root, &arguments).status.success());
        assert_eq!(std::fs::read_to_string(&edited).unwrap(), "---\ntitle: Mine\n---\n");
    }
    let beside = edited.with_file_name("d1.md.new");
    assert!(std::fs::read_to_string(beside).unwrap().contains("Letter From"));
}

#[test]
fn source_notes_and_calendar_entries_become_fields() {
    let folder = edition();
    let output = import(folder.path(), &[&small()]);
    let read = |name: &str| {
        let path = folder.path().join("content/frus1977-80v99/comp1").join(name);
        let text = std::fs::read_to_string(path).unwrap();
        let front = text.strip_prefix("---\n").unwrap().split_once("---\n").unwrap().0.to_owned();
        serde_yaml::from_str::<serde_yaml::Value>(&front).unwrap()
    };
    let value = |yaml: &str| serde_yaml::from_str::<serde_yaml::Value>(yaml).unwrap();
    let noted = "{marker: '1', note: 'Source: Carter Library, Box 1. Secret.', repository: Carter Library, box: '1',
        classification: Secret}";
    assert_eq!(read("d1.md")["source"], value(noted));
    let entry = read("ch1/d3.md");
    assert_eq!(entry["title"], "Letter from Doe to the President, February 18");
    assert_eq!((&entry["kind"], &entry["genre"]), (&value("calendar"), &value("letter")));
    assert_eq!((&entry["from"], &entry["to"]), (&value("Doe"), &value("President")));
    assert_eq!(entry["date"]["edtf"], "1978-02-18");
    assert_eq!(entry["date"]["basis"], "internal");
    assert_eq!(entry["date"]["reason"], "the year from the chapter “February 1978”");
    assert!(entry["source"]["note"].as_str().unwrap().starts_with(entry["summary"].as_str().unwrap()));
    assert_eq!(entry["source"]["repository"], "Kennedy Library");
    assert_eq!(entry["source"]["handling"], value("[Nodis]"));
    assert_eq!(entry["source"]["extent"], "2 pp.");
    let unread = read("ch1/d4.md");
    assert_eq!(unread["title"], "Letter from Doe, which nobody found.");
    assert_eq!((&unread["kind"], &unread["source"]), (&value("calendar"), &value("none")));
    assert_eq!(read("../_index.md")["covers"], "1977/1980");
    assert!(said(&output).contains("calendar-unread"), "{}", said(&output));
    assert!(said(&output).contains("source notes: 2 read, 1 that only stay as notes"), "{}", said(&output));
}

#[test]
fn the_seed_becomes_the_sample_document() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sample = std::fs::read_to_string(here.join("content/frus1961-63v10-12mSupp/d617.md")).unwrap();
    let folder = edition();
    let root = folder.path();
    let volume = root.join("content/frus1961-63v10-12mSupp");
    std::fs::create_dir(&volume).unwrap();
    std::fs::copy(here.join("content/frus1961-63v10-12mSupp/_index.md"), volume.join("_index.md")).unwrap();
    let text = here.join("tests/import/d617.txt");
    let output = engross(root, &["import", "text", text.to_str().unwrap(), "--into", "content/frus1961-63v10-12mSupp"]);
    assert!(output.status.success(), "{}", said(&output));
    assert!(said(&output).contains("the title ends in `181`"));
    let made = std::fs::read_to_string(volume.join("d617.md")).unwrap();
    let parts = |text: &str| {
        let (front, body) =
            text.strip_prefix("---\n").unwrap().split_once("---\n").map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
        (serde_yaml::from_str::<serde_yaml::Value>(&front).unwrap(), without_links(&body))
    };
    let ((made_front, made_body), (front, body)) = (parts(&made), parts(&sample));
    assert_eq!(made_body, body);
    let keys = front.as_mapping().unwrap();
    for (key, value) in keys {
        assert_eq!(made_front.get(key), Some(value), "{key:?}");
    }
    assert_eq!(made_front.as_mapping().unwrap().len(), keys.len());
}

/// `[Rusk](person:x)` as `Rusk`.
fn without_links(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("](person:").into_iter().chain(rest.find("](term:")).min() {
        let open = rest[..at].rfind('[').unwrap();
        out.push_str(&rest[..open]);
        out.push_str(&rest[open + 1..at]);
        rest = &rest[at + rest[at..].find(')').unwrap() + 1..];
    }
    out + rest
}
