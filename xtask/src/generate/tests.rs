//! Reads a generated edition back and holds it against the contract of the content.

use super::*;
use pulldown_cmark::{Event, Options, Parser, Tag, TextMergeStream};
use serde_yaml::Value;
use std::collections::{BTreeMap, BTreeSet};

type Files = BTreeMap<String, String>;

fn generated(documents: usize, seed: u64) -> Files {
    let mut files = Files::new();
    edition(Size::of(documents), seed, &mut |path, text| {
        assert!(files.insert(path.to_owned(), text.to_owned()).is_none(), "{path} is written twice");
        Ok(())
    })
    .unwrap();
    files
}

/// A document as it reads back.
struct Read<'a> {
    path: &'a str,
    volume: &'a str,
    head: Value,
    body: &'a str,
    links: Vec<String>,
    cited: Vec<String>,
    defined: Vec<String>,
}

impl Read<'_> {
    fn has_note(&self, label: &str) -> bool {
        self.head["source"]["marker"].as_str() == Some(label) || self.defined.iter().any(|known| known == label)
    }
}

fn documents(files: &Files) -> Vec<Read<'_>> {
    let is_document = |path: &str| path.ends_with(".md") && !path.ends_with("_index.md");
    files.iter().filter(|(path, _)| is_document(path)).map(|(path, text)| read(path, text)).collect()
}

fn read<'a>(path: &'a str, text: &'a str) -> Read<'a> {
    let (head, body) = text.strip_prefix("---\n").unwrap().split_once("\n---\n\n").unwrap();
    let volume = path.split('/').nth(1).unwrap();
    let head = serde_yaml::from_str(head).unwrap();
    let mut read = Read { path, volume, head, body, links: Vec::new(), cited: Vec::new(), defined: Vec::new() };
    let note = read.head["source"]["note"].as_str().unwrap().to_owned();
    for part in [body, &note] {
        parse(&mut read, part);
    }
    read
}

fn parse(read: &mut Read, markdown: &str) {
    let fences_as_rules: String = markdown
        .split_inclusive('\n')
        .map(|line| if line.starts_with(":::") { line.replace(|letter| letter != '\n', "*") } else { line.to_owned() })
        .collect();
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    for event in TextMergeStream::new(Parser::new_ext(&fences_as_rules, options)) {
        match event {
            Event::Text(text) => {
                assert!(!text.contains("[^") && !text.contains("]("), "{}: {text}", read.path);
                assert!(!text.contains('*') || text.contains("[*"), "{}: {text}", read.path);
            }
            Event::FootnoteReference(label) => read.cited.push(label.into_string()),
            Event::Start(Tag::FootnoteDefinition(label)) => read.defined.push(label.into_string()),
            Event::Start(Tag::Link { dest_url, .. }) => read.links.push(dest_url.into_string()),
            Event::Start(Tag::List(first)) => assert_eq!(first, None, "{}: an ordered list", read.path),
            Event::Start(Tag::Heading { .. } | Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::BlockQuote(_))
            | Event::Code(_)
            | Event::Html(_)
            | Event::InlineHtml(_) => panic!("{}: {event:?}", read.path),
            _ => {}
        }
    }
}

fn page_breaks(body: &str) -> Vec<usize> {
    body.split("]{.pb}")
        .filter_map(|before| before.rsplit_once('[').and_then(|(_, number)| number.parse().ok()))
        .collect()
}

#[test]
fn equal_seeds_give_equal_bytes() {
    assert_eq!(generated(40, 3), generated(40, 3));
    assert_ne!(generated(40, 3), generated(40, 4));
}

#[test]
fn the_edition_has_the_files_of_the_contract() {
    assert_eq!(volume_sizes(10_000).len(), 29);
    assert_eq!(volume_sizes(1_000), [333, 333, 334]);
    let files = generated(700, 1);
    assert_eq!(documents(&files).len(), 700);
    let count = |end: &str| files.keys().filter(|path| path.ends_with(end)).count();
    assert_eq!((count("persons.yaml"), count("terms.yaml"), count("_index.md")), (3, 3, 1 + 3 + 18));
    for (path, text) in files.iter().filter(|(path, _)| path.ends_with("_index.md")) {
        let (head, _) = text.strip_prefix("---\n").unwrap().split_once("\n---\n\n").unwrap();
        let head: Value = serde_yaml::from_str(head).unwrap();
        assert!(head["title"].as_str().is_some_and(|title| !title.is_empty()), "{path}");
    }
}

#[test]
fn an_edition_of_one_document_is_possible() {
    let files = generated(1, 1);
    assert_eq!(documents(&files).len(), 1);
    assert!(!files.values().any(|text| text.contains("(doc:")), "there is no other document to refer to");
}

#[test]
fn every_note_is_defined_once_and_cited() {
    for document in documents(&generated(400, 2)) {
        let cited: BTreeSet<_> = document.cited.iter().collect();
        let defined: BTreeSet<_> = document.defined.iter().collect();
        assert_eq!(cited, defined, "{}", document.path);
        assert_eq!(document.defined.len(), defined.len(), "{}: defined twice", document.path);
        let marker = document.head["source"]["marker"].as_str();
        assert!(!document.defined.iter().any(|label| Some(label.as_str()) == marker), "{}", document.path);
        let first_citations: Vec<usize> = document.cited.iter().map(|label| label.parse().unwrap()).collect();
        let mut seen = first_citations.clone();
        seen.dedup();
        assert!(seen.is_sorted(), "{}: {first_citations:?}", document.path);
    }
}

#[test]
fn every_reference_resolves() {
    let files = generated(800, 2);
    let documents = documents(&files);
    let by_id: BTreeMap<(&str, &str), &Read> =
        documents.iter().map(|document| ((document.volume, document.head["id"].as_str().unwrap()), document)).collect();
    for document in &documents {
        for link in &document.links {
            let (scheme, target) = link.split_once(':').unwrap();
            let register = |name: &str| &files[&format!("content/{}/registers/{name}.yaml", document.volume)];
            let resolves = match scheme {
                "person" => target
                    .split('+')
                    .all(|id| register("persons").contains(&format!("- id: {}\n", id.trim_start_matches("person:")))),
                "term" => register("terms").contains(&format!("- id: {target}\n")),
                "doc" => {
                    let (id, note) = target.split_once("#fn").unwrap_or((target, ""));
                    by_id.get(&(document.volume, id)).is_some_and(|read| note.is_empty() || read.has_note(note))
                }
                _ => false,
            };
            assert!(resolves, "{}: {link}", document.path);
        }
    }
}

#[test]
fn register_ids_and_names_are_unique_in_a_volume() {
    for (path, text) in generated(400, 5).iter().filter(|(path, _)| path.contains("/registers/")) {
        let entries: Vec<Value> = serde_yaml::from_str(text).unwrap();
        for key in ["id", "name"] {
            let values: BTreeSet<String> =
                entries.iter().map(|entry| entry[key].as_str().unwrap().to_lowercase()).collect();
            assert_eq!(values.len(), entries.len(), "{path}: {key}");
        }
    }
}

#[test]
fn page_numbers_ascend_over_a_volume_without_a_gap() {
    let files = generated(300, 1);
    let mut documents = documents(&files);
    documents.sort_by_key(|document| document.head["number"].as_u64());
    let pages: Vec<usize> = documents.iter().flat_map(|document| page_breaks(document.body)).collect();
    assert!(pages.len() > 300);
    assert_eq!(pages, (2..2 + pages.len()).collect::<Vec<_>>());
}

#[test]
fn front_matter_has_the_keys_of_the_contract_only() {
    let keys = ["id", "number", "title", "genre", "date", "place", "from", "to", "source"];
    let source_keys = ["marker", "note", "repository", "collection", "file", "classification", "extent"];
    for document in documents(&generated(400, 1)) {
        let names = |value: &Value| -> Vec<String> {
            value.as_mapping().unwrap().keys().map(|key| key.as_str().unwrap().to_owned()).collect()
        };
        assert!(names(&document.head).iter().all(|key| keys.contains(&key.as_str())), "{}", document.path);
        assert!(names(&document.head["source"]).iter().all(|key| source_keys.contains(&key.as_str())));
        let date = &document.head["date"];
        let edtf = date.as_str().or(date["edtf"].as_str()).unwrap();
        assert!(edtf.len() == 10 && edtf.starts_with("19"), "{edtf}");
        for key in ["title", "genre", "place"] {
            assert!(document.head[key].is_string(), "{}: {key}", document.path);
        }
        assert!(
            ["repository", "collection", "file", "classification", "extent"]
                .iter()
                .all(|key| document.head["source"][*key].is_string())
        );
    }
}

#[test]
fn fences_are_closed_and_no_paragraph_begins_like_a_list() {
    for document in documents(&generated(400, 1)) {
        let mut open: Option<&str> = None;
        for line in document.body.lines() {
            match line.strip_prefix(":::").map(str::trim) {
                Some("") => assert!(open.take().is_some(), "{}", document.path),
                Some(name) => assert_eq!(open.replace(name), None, "{}", document.path),
                None => {
                    let after_digits = line.trim_start_matches(|letter: char| letter.is_ascii_digit());
                    let numbered = after_digits.len() < line.len() && after_digits.starts_with(['.', ')']);
                    let bullet = line.starts_with(['-', '+', '>', '#', '=']) && open != Some("participants");
                    assert!(!numbered && !bullet, "{}: {line}", document.path);
                }
            }
        }
        assert_eq!(open, None, "{}", document.path);
    }
}

#[test]
fn measures_are_those_of_real_volumes() {
    let files = generated(4_000, 1);
    let documents = documents(&files);
    let mean =
        |measure: &dyn Fn(&Read) -> usize| documents.iter().map(measure).sum::<usize>() as f64 / documents.len() as f64;
    let links = |document: &Read, scheme: &str| document.links.iter().filter(|link| link.starts_with(scheme)).count();
    let share = |is: &dyn Fn(&Read) -> bool| mean(&|document| usize::from(is(document)));
    let mut lengths: Vec<usize> = documents.iter().map(|document| document.body.chars().count()).collect();
    lengths.sort_unstable();
    let marker = |document: &Read| document.head["source"]["marker"].is_string();
    let measured = [
        ("characters", mean(&|document| document.body.chars().count()), 4_900.0, 5_500.0),
        ("median", lengths[lengths.len() / 2] as f64, 3_400.0, 3_900.0),
        ("longest", lengths[lengths.len() - 1] as f64, 40_000.0, 145_000.0),
        ("notes", mean(&|document| document.defined.len() + usize::from(marker(document))), 2.8, 3.2),
        ("source markers", share(&marker), 0.88, 0.92),
        ("page breaks", mean(&|document| page_breaks(document.body).len()), 1.9, 2.1),
        ("persons", mean(&|document| links(document, "person:")), 9.5, 10.5),
        ("references", mean(&|document| links(document, "doc:")), 0.9, 1.1),
        ("subjects", share(&|document| document.body.contains("::: subject\n")), 0.18, 0.22),
        ("tables", share(&|document| document.body.contains(" | ---: |")), 0.015, 0.025),
        ("datelines", share(&|document| document.body.starts_with("::: dateline\n")), 1.0, 1.0),
        ("signatures", share(&|document| document.body.contains("::: signed\n")), 1.0, 1.0),
    ];
    let off: Vec<_> = measured.iter().filter(|(_, value, low, high)| !(low..=high).contains(&value)).collect();
    assert!(off.is_empty(), "{off:#?}\nof {measured:#?}");
}

#[test]
fn a_folder_that_holds_something_is_refused() {
    let folder = std::path::PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src");
    let refused = write_edition(Size::of(1), 1, &folder).err().map(|error| error.kind());
    assert_eq!(refused, Some(io::ErrorKind::AlreadyExists));
}
