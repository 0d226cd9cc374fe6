//! Tries the readers of source notes and calendar entries on real volumes. `ENGROSS_CORPUS` names the folder that holds
//! `frus/*.xml`; without it there is nothing to try.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::disallowed_methods,
    missing_docs
)]

use engross::import::calendar_head;
use engross::import::letters::Source;
use engross::import::source_note::{self, Shape};
use engross::model::date::{Day, days_in_month};
use std::collections::BTreeMap;
use std::path::PathBuf;

fn volumes() -> Vec<(String, String)> {
    let Some(folder) = std::env::var_os("ENGROSS_CORPUS") else { return Vec::new() };
    let folder = PathBuf::from(folder).join("frus");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let xml = files.into_iter().filter(|file| file.extension().is_some_and(|ending| ending == "xml"));
    xml.map(|file| (file.file_stem().unwrap().to_string_lossy().into_owned(), std::fs::read_to_string(&file).unwrap()))
        .collect()
}

/// The text of a piece of XML: no tags, entities resolved, white space one space.
fn plain(xml: &str) -> String {
    let mut text = String::new();
    let mut rest = xml;
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        rest = after.split_once('>').map_or("", |(_, after)| after);
    }
    text.push_str(rest);
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The elements of this name, as attributes and content. Notes within notes are left out.
fn elements<'x>(xml: &'x str, name: &str) -> Vec<(&'x str, &'x str)> {
    let (open, close) = (format!("<{name}"), format!("</{name}>"));
    let mut found = Vec::new();
    for (at, _) in xml.match_indices(&open) {
        let rest = &xml[at + open.len()..];
        if !rest.starts_with([' ', '>']) {
            continue;
        }
        let Some((attributes, rest)) = rest.split_once('>') else { continue };
        if !attributes.ends_with('/') {
            found.push((attributes, rest.split_once(&close).map_or("", |(content, _)| content)));
        }
    }
    found
}

#[test]
fn source_notes_give_repository_and_classification() {
    let mut sentences = (0, 0);
    let mut others = (0, 0);
    for (volume, xml) in volumes() {
        let mut shapes: BTreeMap<Shape, (usize, usize)> = BTreeMap::new();
        for (attributes, content) in elements(&xml, "note") {
            // A note in a note is another note.
            let text = plain(content.split("<note").next().unwrap());
            let source =
                attributes.contains("type=\"source\"") || text.starts_with("Source:") || text.starts_with("[Source:");
            if !source {
                continue;
            }
            let mined = source_note::mine(&text);
            if std::env::var_os("ENGROSS_CORPUS_ALL").is_some() {
                println!("{text:.200}\n    {mined:?}");
            } else if !mined.is_read() {
                println!("  not read ({volume}): {text:.160}");
            }
            let count = shapes.entry(mined.shape).or_default();
            count.0 += usize::from(mined.is_read());
            count.1 += 1;
            let sum = if mined.shape == Shape::Sentence { &mut sentences } else { &mut others };
            sum.0 += usize::from(
                mined.repository.is_some() && (mined.shape != Shape::Sentence || mined.classification.is_some()),
            );
            sum.1 += 1;
        }
        println!("{volume}: {shapes:?}");
    }
    println!("repository and classification in {} of {} notes in sentences", sentences.0, sentences.1);
    println!("repository in {} of {} notes of other shapes", others.0, others.1);
    assert!(sentences.0 * 100 >= sentences.1 * 95);
    assert!(others.0 * 100 >= others.1 * 95);
}

#[test]
fn calendar_entries_are_read_whole() {
    let (mut entries, mut whole, mut parties, mut dated, mut pages, mut agree) = (0, 0, 0, 0, 0, 0);
    for (volume, xml) in volumes() {
        let mut covers = None;
        for piece in xml.split("<div ").skip(1) {
            let head = elements(piece, "head").first().map(|(_, content)| plain(content)).unwrap_or_default();
            let files = piece.matches("<frus:file ").count();
            if !piece.starts_with("type=\"document\"") {
                covers = span(&head);
                continue;
            }
            if files == 0 || !piece.contains("page-count-according-to-citation") {
                continue;
            }
            entries += 1;
            let Some(read) = calendar_head::read(&head, covers.as_ref()) else {
                println!("  not read ({volume}): {head}");
                continue;
            };
            if std::env::var_os("ENGROSS_CORPUS_ALL").is_some() {
                println!("{head}\n    {read:#?}");
            }
            if !read.is_whole() {
                println!("  not whole ({volume}): {head}\n    {:?} {:?}", read.date, read.archive);
            }
            whole += usize::from(read.is_whole());
            parties += usize::from(read.from.is_some() || read.to.is_some() || !read.participants.is_empty());
            dated += usize::from(read.date.as_ref().is_some_and(|date| date.edtf.is_some()));
            if let Some(extent) = read.extent() {
                let stated: usize = extent.split(' ').next().unwrap().parse().unwrap();
                pages += 1;
                agree += usize::from(stated == files);
                if stated != files {
                    println!("  {}: {extent}, {files} images", read.number);
                }
            }
        }
    }
    println!("{whole} of {entries} calendar entries whole; {dated} with a machine date, {parties} with parties");
    println!("extent equals the number of images in {agree} of {pages}");
    assert!(whole * 100 >= entries * 94);
    assert!(agree * 100 >= pages * 90);
}

/// The month that a chapter's head names.
fn span(head: &str) -> Option<std::ops::RangeInclusive<Day>> {
    let months = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let year: i32 = head.get(head.len().checked_sub(4)?..)?.parse().ok()?;
    let month = u8::try_from(months.iter().position(|month| head.starts_with(month))? + 1).ok()?;
    let first = Day::new(year, month, 1)?;
    Some(first..=Day::new(year, month, days_in_month(year, month))?)
}

fn letters() -> Vec<(String, String)> {
    let Some(folder) = std::env::var_os("ENGROSS_CORPUS") else { return Vec::new() };
    let folder = PathBuf::from(folder).join("schnitzler");
    let mut files: Vec<PathBuf> = ["registers", "editions"]
        .iter()
        .flat_map(|sub| std::fs::read_dir(folder.join(sub)).unwrap())
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    files
        .into_iter()
        .map(|file| (file.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read_to_string(&file).unwrap()))
        .collect()
}

#[test]
fn letters_keep_what_was_counted() {
    let files = letters();
    if files.is_empty() {
        return;
    }
    let sources: Vec<Source<'_>> = files.iter().map(|(name, text)| Source { name, text }).collect();
    let edition = engross::import::letters::import(&sources, None).unwrap();
    if let Some(folder) = std::env::var_os("ENGROSS_CORPUS_OUT") {
        for file in &edition.files {
            let path = PathBuf::from(&folder).join("content").join(&file.path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, &file.text).unwrap();
        }
        std::fs::write(PathBuf::from(&folder).join("site.yaml"), &edition.settings).unwrap();
    }
    println!("entries {:?}, unknown {:?}", edition.entries, edition.findings.unknown);
    let folder = PathBuf::from(std::env::var_os("ENGROSS_CORPUS").unwrap());
    let counts: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(folder.join("counts.json")).unwrap()).unwrap();
    let mut wrong = Vec::new();
    for (id, (found, written)) in &edition.counts {
        for (name, expected) in counts["schnitzler"][format!("{id}.xml")].as_object().unwrap() {
            let Some(expected) = expected.as_u64().filter(|_| !matches!(name.as_str(), "bytes" | "persons")) else {
                continue;
            };
            let expected = usize::try_from(expected).unwrap();
            if found.get(name) != expected || written.get(name) != expected {
                wrong.push(format!(
                    "{id} {name}: {expected} counted, {} found, {} written",
                    found.get(name),
                    written.get(name)
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(edition.counts.len(), 12);
}

/// Names in `counts.json`, and those in the report.
const ROWS: [(&str, &str); 25] = [
    ("documents", "documents"),
    ("editorial_notes", "editorial_notes"),
    ("divisions", "divisions"),
    ("notes", "notes"),
    ("notes_source", "notes_source"),
    ("notes_source_inline", "notes_source_inline"),
    ("notes_summary", "notes_summary"),
    ("notes_repeat", "notes_repeat"),
    ("notes_original", "notes_original"),
    ("pb_in_documents", "page_breaks_in_documents"),
    ("pb_all", "page_breaks"),
    ("facsimile_files", "facsimile_files"),
    ("attachments", "attachments"),
    ("tables", "tables"),
    ("lists", "lists"),
    ("datelines", "datelines"),
    ("dates", "dates"),
    ("signed", "signed"),
    ("persons", "persons"),
    ("terms", "terms"),
    ("persName_links", "person_links"),
    ("gloss_links", "term_links"),
    ("refs", "references"),
    ("deletions", "deletions"),
    ("excisions", "excisions"),
];

#[test]
fn volumes_keep_what_was_counted() {
    let volumes = volumes();
    let Some(folder) = std::env::var_os("ENGROSS_CORPUS") else { return };
    let text = std::fs::read_to_string(PathBuf::from(folder).join("counts.json")).unwrap();
    let counts: serde_json::Value = serde_json::from_str(&text).unwrap();
    let mut wrong = Vec::new();
    for (volume, xml) in &volumes {
        let imported = engross::import::tei::import(&format!("{volume}.xml"), xml, None).unwrap().remove(0);
        let report = serde_json::to_value(&imported.report).unwrap();
        let counted = counts["frus"][format!("{volume}.xml")].as_object().unwrap();
        let rows = counted.keys().filter(|name| !matches!(name.as_str(), "bytes" | "sha256"));
        assert!(rows.clone().all(|name| ROWS.iter().any(|(row, _)| row == name)), "{:?}", counted.keys());
        for (name, row) in ROWS {
            let (expected, told) = (&counted[name], &report["counts"][row]);
            if told["found"] != *expected || told["written"] != *expected {
                wrong.push(format!("{volume} {name}: {expected} counted, {told}"));
            }
        }
    }
    assert_eq!(volumes.len(), 6);
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Names of elements around which a text has a break.
const BREAKS: [&str; 18] = [
    "p",
    "div",
    "opener",
    "closer",
    "seg",
    "l",
    "lg",
    "addrLine",
    "cell",
    "row",
    "table",
    "dateline",
    "postscript",
    "address",
    "item",
    "lb",
    "space",
    "head",
];

/// The text of a letter in the source, its notes apart. References without words have some made for them in the import.
fn source_text(node: roxmltree::Node<'_, '_>, out: &mut String, notes: &mut Vec<String>) {
    for child in node.children() {
        if child.is_text() {
            out.push_str(child.text().unwrap_or_default());
            continue;
        }
        let name = child.tag_name().name();
        let mut inner = String::new();
        if name == "note" {
            source_text(child, &mut inner, notes);
            notes.push(inner);
            continue;
        }
        source_text(child, &mut inner, notes);
        if name == "c" && inner.is_empty() {
            let number = child.attribute("n").and_then(|n| n.parse().ok()).unwrap_or(1);
            match child.attribute("rendition") {
                Some("#dots") => inner = ".".repeat(number),
                Some("#kaufmannsund") => inner.push('&'),
                _ => {}
            }
        }
        let parent = node.tag_name().name();
        let alone = matches!(name, "salute" | "signed") && !inner.is_empty() && matches!(parent, "opener" | "div");
        // A quotation's first paragraph stands beside its mark.
        let quoted = name == "p" && parent == "quote";
        if quoted && child.prev_sibling_element().is_some() {
            out.push(' ');
        }
        let space = if !quoted && (BREAKS.contains(&name) || alone) { " " } else { "" };
        out.push_str(&format!("{space}{inner}{space}"));
    }
}

fn word_list(text: &str) -> Vec<String> {
    text.split([' ', '\t', '\n', '\r']).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// How many words of one list the other lacks.
fn lacking(these: &[String], those: &[String]) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    those.iter().for_each(|word| *counts.entry(word).or_default() += 1);
    let lacks = |word: &&String| match counts.get_mut(word.as_str()) {
        Some(number) if *number > 0 => {
            *number -= 1;
            false
        }
        _ => true,
    };
    these.iter().filter(lacks).cloned().collect()
}

#[test]
fn letters_keep_their_words() {
    let files = letters();
    if files.is_empty() {
        return;
    }
    let sources: Vec<Source<'_>> = files.iter().map(|(name, text)| Source { name, text }).collect();
    let edition = engross::import::letters::import(&sources, None).unwrap();
    let (mut all, mut wrong) = (0, 0);
    for (name, xml) in files.iter().filter(|(name, _)| name.starts_with('L')) {
        let tree = roxmltree::Document::parse(xml).unwrap();
        let body = tree.descendants().find(|node| node.tag_name().name() == "body").unwrap();
        let (mut text, mut notes) = (String::new(), Vec::new());
        source_text(body, &mut text, &mut notes);
        let path = format!("{}/{}.md", edition.id, name.trim_end_matches(".xml"));
        let file = edition.files.iter().find(|file| file.path == path).unwrap();
        let (written, written_notes) = read_back(&file.text);
        for (before, after, is_note) in [(text, written, false), (notes.join(" "), written_notes, true)] {
            let (mut before, mut after) = (word_list(&before), word_list(&after));
            if is_note {
                // Words made for a reference stand beside the signs around it.
                let has_letter = |word: &String| word.chars().any(char::is_alphanumeric);
                before.retain(has_letter);
                after.retain(has_letter);
            }
            let lost = lacking(&before, &after);
            let more = if is_note { Vec::new() } else { lacking(&after, &before) };
            all += before.len();
            wrong += lost.len() + more.len();
            if !lost.is_empty() || !more.is_empty() {
                println!("{name}: lost {lost:?}, more {more:?}");
            }
        }
    }
    println!("{wrong} of {all} words of letters and notes differ");
    assert!(wrong * 1000 <= all * 2);
}

fn read_back(file: &str) -> (String, String) {
    let body = file.splitn(3, "---\n").nth(2).unwrap();
    let mut markup = engross::model::markup::Markup::default();
    markup.schemes.extend(["schnitzler-briefe".to_owned(), "schnitzler-tagebuch".to_owned()]);
    let (parsed, issues) = engross::parse::markdown::parse(body, &markup);
    assert!(issues.iter().all(|issue| !issue.message.contains("lost")), "{issues:#?}");
    let bare = engross::model::markup::Sign::default;
    let signs = engross::model::markup::Signs {
        supplied: bare(),
        unclear: bare(),
        gap: bare(),
        ..engross::model::markup::Signs::default()
    };
    let text = engross::model::plain::blocks_text(&parsed.blocks, &signs);
    let notes =
        parsed.notes.iter().map(|note| engross::model::plain::blocks_text(&note.blocks, &signs)).collect::<Vec<_>>();
    (text, notes.join(" "))
}
