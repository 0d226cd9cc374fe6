//! Tries the readers of source notes and calendar entries on real volumes. `ENGROSS_CORPUS` names the folder that holds
//! `frus/*.xml`; without it there is nothing to try.

use engross::import::calendar_head;
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
            parties += usize::from(!read.from.is_empty() || !read.to.is_empty() || !read.participants.is_empty());
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
