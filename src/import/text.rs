//! One document as plain text, as a reader copies it from a page: number and title, page marks, paragraphs, notes.

use super::inline::Inline;
use super::markdown::{Block, blocks, line, note};
use super::source_note;
use super::tei::index::clean;
use super::tei::source::write_fields;
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

/// A line with its number in the file.
type Line = (usize, String);

/// Stands around the label of a note where it is cited, until the text is written: no text has these characters.
const CITED: [char; 2] = ['\u{e000}', '\u{e001}'];

/// The parts of the text.
#[derive(Default)]
struct Parts {
    number: String,
    title: String,
    /// The line of the title.
    at: usize,
    paragraphs: Vec<Vec<Line>>,
    /// Lines, labels and words of the list of notes.
    notes: Vec<(usize, String, String)>,
}

/// Reads a text. `markers` says whether the volume declares literal page marks, so that they can stay as they are;
/// `name` is the file's, for a document without a number.
///
/// # Errors
/// Says what is missing for a document.
pub fn import(name: &str, text: &str, markers: bool) -> Result<Imported, Fault> {
    let mut unsure = Vec::new();
    let mut parts = read(text, &mut unsure)?;
    let marker = take_note_mark(&mut parts, &mut unsure);
    let mut front = Yaml::default();
    let id = head(&parts, name, &mut front, &mut unsure);
    let source = marker.as_ref().and_then(|marker| parts.notes.iter().position(|(_, label, _)| label == marker));
    let source = source.filter(|at| parts.notes.get(*at).is_some_and(|(_, _, note)| is_source(note)));
    let mut title = vec![Inline::Text(parts.title.clone())];
    title.extend(marker.filter(|_| source.is_none()).clone().map(Inline::Note));
    front.text("title", &line(&title));
    let cited = title.iter().any(|inline| matches!(inline, Inline::Note(_)));
    let source = source.map(|at| parts.notes.remove(at));
    cite_notes(&mut parts, cited, &mut unsure);
    let body = text_of(&parts);
    heading_fields(&parts, &body, source.as_ref().map(|(_, _, note)| note.as_str()), &mut front, &mut unsure);
    if let Some((_, label, note)) = &source {
        source_fields(label, note, body.contains("Translation)"), &mut front, &mut unsure);
    } else {
        front.word("source", "none");
        unsure.push("no source note was found".to_owned());
    }
    begins_on(&body, &mut front, &mut unsure);
    if !markers {
        remark_paginations(&body, &mut unsure);
    }
    let mut out = format!("---\n{}---\n\n{}", front.finish(), blocks(&body_blocks(&parts, markers)));
    if !parts.notes.is_empty() {
        out.push('\n');
    }
    for (_, label, words) in &parts.notes {
        out.push_str(&note(label, &[Block::Paragraph(vec![Inline::Text(words.clone())])]));
    }
    Ok(Imported { file: File { path: format!("{id}.md"), text: out }, unsure })
}

/// Id and number; without a number the file's name is the id.
fn head(parts: &Parts, name: &str, front: &mut Yaml, unsure: &mut Vec<String>) -> String {
    if parts.number.is_empty() {
        let stem = name.rsplit(['/', '\\']).next().unwrap_or(name);
        let id = clean(stem.rsplit_once('.').map_or(stem, |(stem, _)| stem));
        front.text("id", &id);
        unsure.push(format!("line {}: the title has no number; the id `{id}` is the file's name", parts.at));
        return id;
    }
    let id = clean(&format!("d{}", parts.number));
    front.text("id", &id);
    match parts.number.bytes().all(|byte| byte.is_ascii_digit()) {
        true => front.word("number", &parts.number),
        false => front.text("number", &parts.number),
    };
    id
}

/// `617. Title`, `No. 37. Title`, or a title alone.
fn numbered(first: &str) -> (&str, &str) {
    let bare = first.strip_prefix("No. ").unwrap_or(first);
    let digits = |number: &str| {
        number.starts_with(|c: char| c.is_ascii_digit())
            && number.len() <= 8
            && number.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    };
    match bare.split_once(". ").or_else(|| bare.split_once(' ').filter(|_| bare != first)) {
        Some((number, title)) if digits(number) => (number, title.trim()),
        _ if bare != first && digits(bare.trim_end_matches('.')) => (bare.trim_end_matches('.'), ""),
        _ => ("", first),
    }
}

fn read(text: &str, unsure: &mut Vec<String>) -> Result<Parts, Fault> {
    let mut lines = text.lines().enumerate().skip_while(|(_, line)| line.trim().is_empty()).peekable();
    let Some((at, first)) = lines.next() else {
        return Err(Fault { at: Some((1, 1)), message: "the text is empty".to_owned() });
    };
    let (number, title) = numbered(first.trim());
    let mut parts = Parts { number: number.to_owned(), title: title.to_owned(), at: at + 1, ..Parts::default() };
    // Lines right below are the title's; the text begins after an empty one.
    while let Some((at, line)) = lines.next_if(|(_, line)| !line.trim().is_empty() && listed_note(line).is_none()) {
        parts.title = format!("{} {}", parts.title, line.trim()).trim().to_owned();
        unsure.push(format!("line {}: taken to go on with the title", at + 1));
    }
    let mut paragraph = Vec::new();
    for (at, line) in lines {
        if let Some((label, words)) = listed_note(line) {
            parts.notes.push((at + 1, label.to_owned(), words.to_owned()));
        } else if line.trim().is_empty() {
            parts.paragraphs.push(std::mem::take(&mut paragraph));
        } else if let Some((_, _, words)) = parts.notes.last_mut().filter(|_| line.starts_with("  ")) {
            words.push_str(&format!(" {}", line.trim()));
        } else {
            paragraph.push((at + 1, line.trim().replace(CITED, "")));
        }
    }
    parts.paragraphs.push(paragraph);
    parts.paragraphs.retain(|paragraph| !paragraph.is_empty());
    Ok(parts)
}

/// Whether a note says where the document lies, as source notes do.
fn is_source(note: &str) -> bool {
    let says =
        ["Library", "Archives", "Department of State", "Files", "Papers", "Record", "RG ", " pp.", " p.", "Box "];
    note.starts_with("Source:")
        || says.iter().any(|word| note.contains(word))
        || note.split(". ").any(is_classification)
}

/// Marks of notes in the text, glued to the word before: each is looked for behind the one before it.
fn cite_notes(parts: &mut Parts, first_is_cited: bool, unsure: &mut Vec<String>) {
    let mut from = (0, 0);
    for (number, (at, label, _)) in parts.notes.iter().enumerate() {
        if number == 0 && first_is_cited {
            continue;
        }
        let mut lines = parts.paragraphs.iter_mut().flatten().enumerate().skip(from.0);
        let found = lines.find_map(|(index, (at, line))| {
            let start = if index == from.0 { from.1 } else { 0 };
            glued(line, label, start).map(|place| (index, place, *at, line))
        });
        let Some((index, place, line_at, line)) = found else {
            unsure
                .push(format!("line {at}: the mark of note {label} was not found in the text; cite it as [^{label}]"));
            continue;
        };
        let bracketed = line[..place].ends_with('[') && line[place + label.len()..].starts_with(']');
        let (start, end) = if bracketed { (place - 1, place + label.len() + 1) } else { (place, place + label.len()) };
        line.replace_range(start..end, &format!("{}{label}{}", CITED[0], CITED[1]));
        from = (index, start + label.len() + CITED[0].len_utf8() + CITED[1].len_utf8());
        let what = if bracketed { "in brackets" } else { "behind a word" };
        unsure.push(format!("line {line_at}: the {label} {what} is read as the mark of note {label}"));
    }
}

/// Where a number stands behind a word or a sign and before none.
fn glued(line: &str, label: &str, from: usize) -> Option<usize> {
    let places = line.match_indices(label).map(|(at, _)| at).filter(|at| *at >= from);
    places.filter(|at| *at > 0).find(|at| {
        let before = line[..*at].chars().next_back();
        let after = line[at + label.len()..].chars().next();
        let ends = after.is_none_or(|c| c == ' ' || matches!(c, ',' | ';' | ')' | '”' | '[' | ']' | '—'));
        // A number of its own, an abbreviation or a decimal is no mark.
        let word =
            before.is_some_and(|c| c.is_alphabetic() || matches!(c, '.' | ',' | ';' | '”' | '’' | ')' | '"' | '['));
        let decimal = line[..*at].trim_end_matches(['.', ',']).ends_with(|c: char| c.is_ascii_digit());
        ends && word && !decimal && (before != Some('[') || after == Some(']'))
    })
}

/// An indented line `1. words` of the list of notes.
fn listed_note(line: &str) -> Option<(&str, &str)> {
    let (label, words) = line.strip_prefix("  ")?.trim_start().split_once(". ")?;
    (!label.is_empty() && label.bytes().all(|byte| byte.is_ascii_digit())).then_some((label, words.trim()))
}

/// `February 181` is the day 18 and the mark of note 1.
fn take_note_mark(parts: &mut Parts, unsure: &mut Vec<String>) -> Option<String> {
    let (_, label, _) = parts.notes.first()?.clone();
    let digits = parts.title.len() - parts.title.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let (before, number) = parts.title.split_at(parts.title.len() - digits);
    let day = number.strip_suffix(label.as_str())?;
    let month = before.trim_end().rsplit(' ').next().is_some_and(|word| MONTHS.contains(&word));
    let year = day.len() == 4 && before.ends_with(' ');
    // `Document 1` and `February 1` end in numbers of their own.
    let glued = day.is_empty() && !before.ends_with([' ', '.', '–', '-', '/']);
    let apart = glued || year || month && day.parse::<u8>().is_ok_and(|day| (1..=31).contains(&day));
    if !apart {
        unsure.push(format!(
            "line {}: the title ends in `{number}`, which is not read as the mark of note {label}",
            parts.at
        ));
        return None;
    }
    let what = match () {
        () if day.is_empty() => format!("read as the mark of note {label}"),
        () if month => format!("read as the day {day} and the mark of note {label}"),
        () => format!("read as the year {day} and the mark of note {label}"),
    };
    unsure.push(format!("line {}: the title ends in `{number}`: {what}", parts.at));
    parts.title = format!("{before}{day}").trim_end().to_owned();
    Some(label)
}

fn text_of(parts: &Parts) -> String {
    let joined = |lines: &Vec<Line>| lines.iter().map(|(_, line)| line.as_str()).collect::<Vec<_>>().join(" ");
    parts.paragraphs.iter().map(joined).collect::<Vec<_>>().join("\n")
}

/// Genre, parties and date, where the title says them.
fn heading_fields(parts: &Parts, body: &str, source: Option<&str>, front: &mut Yaml, unsure: &mut Vec<String>) {
    let words: Vec<&str> = parts.title.split(' ').collect();
    let whole = whole_date(&words);
    let date = match words.as_slice() {
        [.., month, day] if MONTHS.contains(month) && day.parse::<u8>().is_ok() => Some((*month, *day)),
        _ => None,
    };
    let shorter =
        whole.as_ref().map(|(words, _)| parts.title.trim_end_matches(words.as_str()).trim_end_matches([',', ' ']));
    let rest = date.map_or(shorter.unwrap_or(&parts.title), |(month, day)| {
        parts.title.trim_end_matches(day).trim_end().trim_end_matches(month).trim_end()
    });
    let (genre, parties) = rest.split_once(" from ").or_else(|| rest.split_once(" From ")).unwrap_or(("", ""));
    front.text("genre", &genre.to_lowercase());
    match (date, whole) {
        (Some((month, day)), _) => write_date(month, day, body, source, front, unsure),
        (None, Some((words, edtf))) => drop(front.map("date", |front| {
            front.text("edtf", &edtf).text("display", &words);
        })),
        (None, None) => {
            front.word("date", "none");
            unsure.push(format!("line {}: the title ends in no date that is read; write `date:` by hand", parts.at));
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

/// A date at the end of a title, as it is written and as EDTF: `February 18, 1963`, `18 February 1963`.
fn whole_date(words: &[&str]) -> Option<(String, String)> {
    let [.., first, second, year] = words else { return None };
    let number = |word: &str| word.trim_end_matches(',').parse::<u8>().ok().filter(|day| (1..=31).contains(day));
    let month = |word: &str| MONTHS.iter().position(|name| *name == word.trim_end_matches(','));
    let (month, day) = month(first).zip(number(second)).or_else(|| month(second).zip(number(first)))?;
    let edtf = format!("{year}-{:02}-{day:02}", month + 1);
    crate::parse::date::parse(&edtf).is_ok().then(|| (format!("{first} {second} {year}"), edtf))
}

fn write_date(month: &str, day: &str, body: &str, source: Option<&str>, front: &mut Yaml, unsure: &mut Vec<String>) {
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
    let span = source.is_some_and(|note| note.contains(&format!("/{short}–")) || note.contains(&format!("/{short}.")));
    let span = if span { " and the folder’s span" } else { "" };
    front.map("date", |front| {
        front.text("edtf", &format!("{year}-{number:02}-{day:0>2}")).text("display", &format!("{month} {day}"));
        front.word("basis", "internal").text("reason", &format!("the year from the text (“{said}”){span}"));
    });
    unsure.push(format!("the year {year} is inferred from “{said}” in the text"));
}

/// The source note, and the fields that its usual order gives.
fn source_fields(label: &str, note: &str, translation: bool, front: &mut Yaml, unsure: &mut Vec<String>) {
    if note.starts_with("Source:") {
        let mined = source_note::mine(note);
        front.map("source", |front| {
            front.text("marker", label).text("note", &line(&[Inline::Text(note.to_owned())]));
            write_fields(front, &mined);
        });
        unsure.push("the fields of `source:` are read from the note; the note itself is unchanged".to_owned());
        return;
    }
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

/// Page marks in full form need a volume that declares their paginations.
fn remark_paginations(body: &str, unsure: &mut Vec<String>) {
    let mut names: Vec<String> = marks(body).into_iter().map(|(words, _)| format!("`{}`", pagination(words))).collect();
    names.sort();
    names.dedup();
    if !names.is_empty() {
        let names = names.join(", ");
        unsure
            .push(format!("the page marks are of the paginations {names}, which the volume’s _index.md must declare"));
    }
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
        let short = lines.len() > 1 && lines.iter().all(|(_, line)| line.len() < 60);
        let mut inlines = Vec::new();
        for (number, (_, line)) in lines.iter().enumerate() {
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
        return with_notes(line, inlines);
    }
    let mut rest = line;
    for (words, number) in marks(line) {
        let mark = format!("[{words} {number}]");
        let Some(at) = rest.find(&mark) else { continue };
        with_notes(&rest[..at], inlines);
        let page =
            super::inline::Page { pagination: Some(pagination(words)), number: Some(number.to_owned()), image: None };
        inlines.push(Inline::Page(page));
        rest = &rest[at + mark.len()..];
    }
    with_notes(rest, inlines);
}

/// A text with the marks of notes that were found in it.
fn with_notes(text: &str, inlines: &mut Vec<Inline>) {
    for (number, part) in text.split(CITED[0]).enumerate() {
        match part.split_once(CITED[1]).filter(|_| number > 0) {
            Some((label, after)) => {
                inlines.extend([Inline::Note(label.to_owned()), Inline::Text(after.to_owned())]);
            }
            None => inlines.push(Inline::Text(part.to_owned())),
        }
    }
}
