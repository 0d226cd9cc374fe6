//! One document as plain text, as a reader copies it from a page: number and title, page marks, paragraphs, notes.

use super::inline::Inline;
use super::markdown::{Block, blocks, line, note};
use super::volume::File;
use super::xml::Fault;
use super::yaml::Yaml;
use crate::model::date::DateWords;

/// A document made from plain text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// The file.
    pub file: File,
    /// Where the importer inferred something, for an editor to confirm.
    pub unsure: Vec<String>,
}

/// Months as they are written.
const MONTHS: [&str; 12] = DateWords::ENGLISH.months;

/// The parts of the text.
#[derive(Default)]
struct Parts {
    number: String,
    title: String,
    paragraphs: Vec<Vec<String>>,
    notes: Vec<(String, String)>,
}

/// Reads a text. `markers` says whether the volume declares literal page marks, so that they can stay as they are.
///
/// # Errors
/// Says what is missing for a document.
pub fn import(text: &str, markers: bool) -> Result<Imported, Fault> {
    let mut parts = read(text)?;
    let mut unsure = Vec::new();
    let marker = take_note_mark(&mut parts, &mut unsure);
    let id = format!("d{}", parts.number);
    let mut front = Yaml::default();
    front.text("id", &id);
    match parts.number.bytes().all(|byte| byte.is_ascii_digit()) {
        true => front.word("number", &parts.number),
        false => front.text("number", &parts.number),
    };
    front.text("title", &line(&[Inline::Text(parts.title.clone())]));
    let body = text_of(&parts);
    heading_fields(&parts, &body, &mut front, &mut unsure);
    let translation = body.contains("Translation)");
    let source = marker.and_then(|marker| parts.notes.iter().position(|(label, _)| *label == marker));
    let source = source.map(|at| parts.notes.remove(at));
    if let Some((label, note)) = &source {
        source_fields(label, note, translation, &parts, &mut front, &mut unsure);
    } else {
        front.word("source", "none");
        unsure.push("no source note was found".to_owned());
    }
    begins_on(&body, &mut front, &mut unsure);
    let mut out = format!("---\n{}---\n\n{}", front.finish(), blocks(&body_blocks(&parts, markers)));
    if !parts.notes.is_empty() {
        out.push('\n');
    }
    for (label, words) in &parts.notes {
        out.push_str(&note(label, &[Block::Paragraph(vec![Inline::Text(words.clone())])]));
    }
    Ok(Imported { file: File { path: format!("{id}.md"), text: out }, unsure })
}

fn read(text: &str) -> Result<Parts, Fault> {
    let mut lines = text.lines().enumerate().skip_while(|(_, line)| line.trim().is_empty());
    let Some((at, first)) = lines.next() else {
        return Err(Fault { at: Some((1, 1)), message: "the text is empty".to_owned() });
    };
    let heading = first.trim().split_once(". ").filter(|(number, _)| number.starts_with(|c: char| c.is_ascii_digit()));
    let Some((number, title)) = heading else {
        let message = "the first line is no heading with a number, such as `617. Title`".to_owned();
        return Err(Fault { at: Some((u32::try_from(at + 1).unwrap_or(1), 1)), message });
    };
    let mut parts = Parts { number: number.to_owned(), title: title.to_owned(), ..Parts::default() };
    let mut paragraph = Vec::new();
    for (_, line) in lines {
        if let Some((label, words)) = listed_note(line) {
            parts.notes.push((label.to_owned(), words.to_owned()));
        } else if line.trim().is_empty() {
            parts.paragraphs.push(std::mem::take(&mut paragraph));
        } else {
            paragraph.push(line.trim().to_owned());
        }
    }
    parts.paragraphs.push(paragraph);
    parts.paragraphs.retain(|paragraph| !paragraph.is_empty());
    Ok(parts)
}

/// An indented line `1. words` of the list of notes.
fn listed_note(line: &str) -> Option<(&str, &str)> {
    let (label, words) = line.strip_prefix("  ")?.trim_start().split_once(". ")?;
    (!label.is_empty() && label.bytes().all(|byte| byte.is_ascii_digit())).then_some((label, words.trim()))
}

/// `February 181` is the day 18 and the mark of note 1.
fn take_note_mark(parts: &mut Parts, unsure: &mut Vec<String>) -> Option<String> {
    let (label, _) = parts.notes.first()?.clone();
    let digits = parts.title.len() - parts.title.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let (before, number) = parts.title.split_at(parts.title.len() - digits);
    let day = number.strip_suffix(label.as_str())?;
    let month = before.trim_end().rsplit(' ').next().is_some_and(|word| MONTHS.contains(&word));
    let apart = day.is_empty() || month && day.parse::<u8>().is_ok_and(|day| (1..=31).contains(&day));
    if !apart {
        return None;
    }
    if !day.is_empty() {
        unsure.push(format!("the title ends in `{number}`: read as the day {day} and the mark of note {label}"));
    }
    parts.title = format!("{before}{day}").trim_end().to_owned();
    Some(label)
}

fn text_of(parts: &Parts) -> String {
    parts.paragraphs.iter().map(|lines| lines.join(" ")).collect::<Vec<_>>().join("\n")
}

/// Genre, parties and date, where the title says them.
fn heading_fields(parts: &Parts, body: &str, front: &mut Yaml, unsure: &mut Vec<String>) {
    let words: Vec<&str> = parts.title.split(' ').collect();
    let date = match words.as_slice() {
        [.., month, day] if MONTHS.contains(month) && day.parse::<u8>().is_ok() => Some((*month, *day)),
        _ => None,
    };
    let rest = date.map_or(parts.title.as_str(), |(month, day)| {
        parts.title.trim_end_matches(day).trim_end().trim_end_matches(month).trim_end()
    });
    let (genre, parties) = rest.split_once(" from ").or_else(|| rest.split_once(" From ")).unwrap_or(("", ""));
    front.text("genre", &genre.to_lowercase());
    match date {
        Some((month, day)) => write_date(month, day, body, parts, front, unsure),
        None => {
            front.word("date", "none");
        }
    }
    let (from, to) = parties.split_once(" to the ").or_else(|| parties.split_once(" to ")).unwrap_or((parties, ""));
    let from = from.trim_start_matches("the ");
    front.text("from", from).text("to", to);
    if body.contains("Translation)") {
        front.map("translated_from", |front| {
            if from.contains("Soviet") {
                front.text("lang", "ru");
                unsure.push("`translated_from: ru` is inferred from the sender".to_owned());
            }
            front.text("label", "original not printed");
        });
    }
}

fn write_date(month: &str, day: &str, body: &str, parts: &Parts, front: &mut Yaml, unsure: &mut Vec<String>) {
    let evidence = body.match_indices(&format!("{month} ")).find_map(|(at, _)| {
        let rest = &body[at + month.len() + 1..];
        let (other, rest) = rest.split_once(", ")?;
        let year = rest.get(..4)?;
        (other.len() <= 2 && year.bytes().all(|byte| byte.is_ascii_digit())).then(|| {
            let after = if rest[4..].starts_with(" this year") { " this year" } else { "" };
            (year.to_owned(), format!("{month} {other}, {year}{after}"))
        })
    });
    let number = MONTHS.iter().position(|name| *name == month).map_or(0, |at| at + 1);
    let Some((year, said)) = evidence else {
        front.word("date", "none");
        return unsure.push(format!("the year of {month} {day} is not said in the text; write `date:` by hand"));
    };
    let short = year.get(2..).unwrap_or("");
    let span = parts
        .notes
        .iter()
        .any(|(_, note)| note.contains(&format!("/{short}–")) || note.contains(&format!("/{short}.")));
    let span = if span { " and the folder’s span" } else { "" };
    front.map("date", |front| {
        front.text("edtf", &format!("{year}-{number:02}-{day:0>2}")).text("display", &format!("{month} {day}"));
        front.word("basis", "internal").text("reason", &format!("the year from the text (“{said}”){span}"));
    });
    unsure.push(format!("the year {year} is inferred from “{said}” in the text"));
}

/// The source note, and the fields that its usual order gives.
fn source_fields(
    label: &str,
    note: &str,
    translation: bool,
    _parts: &Parts,
    front: &mut Yaml,
    unsure: &mut Vec<String>,
) {
    let sentences: Vec<&str> = note.split_inclusive(". ").map(str::trim).collect();
    let classified = sentences.iter().position(|sentence| is_classification(sentence));
    let pages = sentences
        .iter()
        .position(|sentence| *sentence == "pp." || sentence.ends_with(" pp.") || sentence.ends_with(" p."));
    if let Some(at) = classified.filter(|at| *at > 0) {
        front.text("summary", &sentences[..at].join(" "));
    }
    front.map("source", |front| {
        front.text("marker", label).text("note", &line(&[Inline::Text(note.to_owned())]));
        if let Some(at) = pages {
            let archive = sentences[at + 1..].join(" ");
            let mut steps = archive.trim_end_matches('.').splitn(3, ", ");
            front.option("repository", steps.next()).option("collection", steps.next()).option("file", steps.next());
        }
        front.option("classification", classified.map(|at| sentences[at].trim_end_matches('.')));
        front.option("extent", pages.map(|at| sentences[at]));
        if translation {
            front.text("form", "translation");
        }
    });
    unsure.push(
        "the fields of `source:` are read from the note by its usual order; the note itself is unchanged".to_owned(),
    );
}

fn is_classification(sentence: &str) -> bool {
    sentence.starts_with("No classification marking")
        || ["Secret", "Top Secret", "Confidential", "Unclassified", "Official Use Only", "Limited Official Use"]
            .iter()
            .any(|word| sentence.starts_with(word))
}

/// All page marks of a text, in order: words before the number, and the number.
fn marks(text: &str) -> Vec<(&str, &str)> {
    let inner = text.split('[').skip(1).filter_map(|rest| rest.split_once(']').map(|(inner, _)| inner));
    inner
        .filter_map(|inner| inner.rsplit_once(' '))
        .filter(|(words, number)| words.ends_with("Page") && number.bytes().all(|byte| byte.is_ascii_digit()))
        .collect()
}

/// The pagination of `Typeset Page`: its first word in lower case.
fn pagination(words: &str) -> String {
    words.split(' ').next().unwrap_or("page").to_lowercase()
}

/// A pagination whose first mark comes after words began on the page before it.
fn begins_on(body: &str, front: &mut Yaml, unsure: &mut Vec<String>) {
    let mut seen: Vec<String> = Vec::new();
    let mut begins = Vec::new();
    for (words, number) in marks(body) {
        let id = pagination(words);
        if seen.contains(&id) {
            continue;
        }
        let opens = body.find(&format!("[{words} {number}]")).is_some_and(|at| body[..at].trim().is_empty());
        if let Some(before) = number.parse::<u64>().ok().and_then(|number| number.checked_sub(1)).filter(|_| !opens) {
            begins.push((id.clone(), before.to_string()));
        }
        seen.push(id);
    }
    for (id, page) in &begins {
        unsure.push(format!("the document is taken to begin on {id} page {page}, the page before its first mark"));
    }
    front.map("begins_on", |front| {
        for (id, page) in &begins {
            front.text(id, page);
        }
    });
}

fn body_blocks(parts: &Parts, markers: bool) -> Vec<Block> {
    let mut centred = false;
    let mut made = Vec::new();
    for lines in &parts.paragraphs {
        let short = lines.len() > 1 && lines.iter().all(|line| line.len() < 60);
        let mut inlines = Vec::new();
        for (number, line) in lines.iter().enumerate() {
            if number > 0 {
                inlines.push(if short { Inline::Break } else { Inline::Text(" ".to_owned()) });
            }
            with_marks(line, markers, &mut inlines);
        }
        let paragraph = Block::Paragraph(inlines);
        if short && !centred {
            centred = true;
            made.push(Block::Fence { name: "center".to_owned(), lines: true, blocks: vec![paragraph] });
        } else {
            made.push(paragraph);
        }
    }
    made
}

/// A line with its page marks: as they are where the volume declares them, else in full form.
fn with_marks(line: &str, markers: bool, inlines: &mut Vec<Inline>) {
    if markers {
        return inlines.push(Inline::Text(line.to_owned()));
    }
    let mut rest = line;
    for (words, number) in marks(line) {
        let mark = format!("[{words} {number}]");
        let Some(at) = rest.find(&mark) else { continue };
        inlines.push(Inline::Text(rest[..at].to_owned()));
        let page =
            super::inline::Page { pagination: Some(pagination(words)), number: Some(number.to_owned()), image: None };
        inlines.push(Inline::Page(page));
        rest = &rest[at + mark.len()..];
    }
    inlines.push(Inline::Text(rest.to_owned()));
}
