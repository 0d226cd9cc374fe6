//! The ledger's files: a line a page, sorted, so that branches merge line by line and a difference reads like a list of
//! changes.
//!
//! ```text
//! # Every address of this volume that was ever published. `engross ledger update` writes it.
//! d616: i=x3F.k9a p=a0Bz4K n=1-2 h=9dKx facsimile=1-2 typeset=1608
//! d617: {withdrawn: {since: 2026-11-24, reason: "not a document of this volume", title: "Telegram 12"}}
//! persons/h: holm hull
//! ```
//!
//! The file is YAML: a map of ids to plain scalars, or to maps. Lines of scalars are read here as they stand, since a
//! large edition has tens of thousands; maps go through the YAML reader. Runs of numbers are ranges (`1-3`), short hashes are
//! base64 digits: two for the first words of a paragraph (`p`) or note (`h`), `..` where there are none, three for title and
//! for date (`i`).

use super::date;
use crate::model::ledger::{Identity, Line, Published, Record, VolumeLedger, Withdrawn};
use crate::model::natural::natural;
use crate::yaml::{self, Node};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::ops::Range;
use std::sync::Arc;

/// What is wrong with a ledger file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Bytes of the file.
    pub span: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

const HEADER: &str = "# Every address that was ever published here. Written by `engross ledger update`; keep it under version control.\n";

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Reads a file; what cannot be read is left out, with a fault.
pub fn read(file: &Arc<str>, text: &str) -> (VolumeLedger, Vec<Fault>) {
    let mut ledger = VolumeLedger { file: Arc::clone(file), ..VolumeLedger::default() };
    let mut faults = Vec::new();
    let mut at = 0;
    for (number, whole) in text.split_inclusive('\n').enumerate() {
        let line = whole.trim_end_matches(['\n', '\r']);
        let span = at..at + line.len();
        at += whole.len();
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        if let Err((message, help)) = read_line(&mut ledger, number + 1, line) {
            faults.push(Fault { span, message, help: help.to_owned() });
        }
    }
    (ledger, faults)
}

type Wrong = (String, &'static str);

fn read_line(ledger: &mut VolumeLedger, number: usize, line: &str) -> Result<(), Wrong> {
    const WRITTEN: &str = "take the line as it was published, or let `engross ledger update` write it anew";
    if ["<<<<<<<", "=======", ">>>>>>>", "|||||||"].iter().any(|mark| line.starts_with(mark)) {
        let help = "the ledger was merged by hand: keep the lines of both sides and take the marks away; \
                    `engross ledger update` sorts them";
        return Err((format!("`{}` is the mark of a conflict between two branches", &line[..7]), help));
    }
    let unreadable = || (format!("`{line}` is no line of a ledger"), WRITTEN);
    let (key, value) = line.split_once(':').ok_or_else(unreadable)?;
    let (key, value) = (key.trim(), value.trim());
    if key.is_empty() || key.contains(char::is_whitespace) {
        return Err(unreadable());
    }
    if let Some((kind, rest)) = key.split_once('/') {
        return entries(ledger, number, (kind, rest), value).ok_or_else(unreadable);
    }
    let record = if value.starts_with('{') { withdrawn(line) } else { published(value) };
    let record = record.ok_or_else(unreadable)?;
    if let Some(first) = ledger.pages.get(key) {
        let help = if first.record.is_of_same(&record) {
            "two branches recorded one document: keep one of the lines; `engross ledger update` makes it whole"
        } else {
            "one id can only be one document: when two branches gave the same id to two documents, give the newer one \
             another id, and keep the line of the other"
        };
        return Err((format!("`{key}` stands here and on line {}", first.line), help));
    }
    ledger.pages.insert(key.to_owned(), Line { line: number, record });
    Ok(())
}

/// `persons/h: holm hull`, or `persons/holm: {withdrawn: …}`.
fn entries(ledger: &mut VolumeLedger, number: usize, key: (&str, &str), value: &str) -> Option<()> {
    let (kind, rest) = key;
    if value.starts_with('{') {
        ledger.withdrawn_entries.insert((kind.to_owned(), rest.to_owned()), number);
        return Some(());
    }
    for id in value.split_whitespace() {
        ledger.entries.entry((kind.to_owned(), id.to_owned())).or_insert(number);
    }
    Some(())
}

fn withdrawn(line: &str) -> Option<Record> {
    let node = yaml::parse(line).ok()?;
    let Node::Map(map) = &node else { return None };
    let (_, inner) = map.first()?;
    let inner = inner.get("withdrawn")?;
    let text = |key: &str| match inner.get(key) {
        Some(Node::Scalar(text)) => Some(text.clone()),
        _ => None,
    };
    Some(Record::Withdrawn(Withdrawn {
        since: date::parse(&text("since")?).ok()?,
        reason: text("reason")?,
        title: text("title")?,
        date: text("date").map(|date| date::parse(&date)).transpose().ok()?,
        number: text("number"),
    }))
}

fn published(value: &str) -> Option<Record> {
    let mut published = Published::default();
    let mut hashes = "";
    for token in value.split_whitespace() {
        let (name, value) = token.split_once('=')?;
        match name {
            "i" => published.identity = Some(identity(value)?),
            "p" => published.paragraphs = paragraphs(value)?,
            "n" => published.notes.extend(in_order(ranges(value)?).into_iter().map(|label| (label, None))),
            "h" => hashes = value,
            "a" => published.others = ranges(value)?,
            pagination => drop(published.pages.insert(pagination.to_owned(), ranges(value)?)),
        }
    }
    if !hashes.is_empty() {
        let hashes = paragraphs(hashes)?;
        let labels = in_order(published.notes.into_keys().collect());
        if hashes.len() != labels.len() {
            return None;
        }
        published.notes = labels.into_iter().zip(hashes).collect();
    }
    Some(Record::Published(published))
}

/// Labels as they are written: numbers as numbers.
fn in_order(labels: BTreeSet<String>) -> Vec<String> {
    let mut labels: Vec<String> = labels.into_iter().collect();
    labels.sort_by_cached_key(|label| natural(label));
    labels
}

/// Short hashes in a row.
fn hashes_text<'h>(hashes: impl Iterator<Item = &'h Option<u16>>) -> String {
    hashes.map(|hash| hash.map_or_else(|| "..".to_owned(), |hash| digits(u32::from(hash), 2))).collect()
}

fn identity(value: &str) -> Option<Identity> {
    let (title, date) = value.split_once('.')?;
    let date = if date.is_empty() { None } else { Some(number(date)?) };
    Some(Identity { title: number(title)?, date })
}

fn paragraphs(value: &str) -> Option<Vec<Option<u16>>> {
    if !value.is_ascii() || !value.len().is_multiple_of(2) {
        return None;
    }
    let pairs = (0..value.len()).step_by(2).map(|at| &value[at..at + 2]);
    pairs.map(|pair| if pair == ".." { Some(None) } else { Some(Some(u16::try_from(number(pair)?).ok()?)) }).collect()
}

/// A number written in base64 digits.
fn number(digits: &str) -> Option<u32> {
    let value = |byte: u8| DIGITS.iter().position(|digit| *digit == byte);
    digits.bytes().try_fold(0_u32, |sum, byte| Some(sum.checked_mul(64)? + u32::try_from(value(byte)?).ok()?))
}

fn digits(number: u32, length: usize) -> String {
    let digit = |place: usize| char::from(DIGITS[(number >> (6 * place) & 63) as usize]);
    (0..length).rev().map(digit).collect()
}

/// `1-3,5,a1`: numbers and ranges of numbers, and other names as they are.
fn ranges(value: &str) -> Option<BTreeSet<String>> {
    let mut names = BTreeSet::new();
    for part in value.split(',') {
        match part.split_once('-').and_then(|(from, to)| Some((whole(from)?, whole(to)?))) {
            Some((from, to)) if from <= to && to - from < 1_000_000 => names.extend((from..=to).map(|n| n.to_string())),
            Some(_) => return None,
            None if part.is_empty() => return None,
            None => drop(names.insert(unescaped(part)?)),
        }
    }
    Some(names)
}

/// A number without leading zeros.
fn whole(text: &str) -> Option<u32> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit()) && (!text.starts_with('0') || text == "0");
    plain.then(|| text.parse().ok())?
}

/// The text of a file, sorted.
pub fn write(ledger: &VolumeLedger) -> String {
    let mut text = HEADER.to_owned();
    let mut ids: Vec<&String> = ledger.pages.keys().collect();
    ids.sort_by_cached_key(|id| natural(id));
    for id in ids {
        // Writing to a string cannot fail.
        let _ = match &ledger.pages[id].record {
            Record::Published(published) => writeln!(text, "{id}:{}", published_text(published)),
            Record::Withdrawn(withdrawn) => writeln!(text, "{id}: {}", withdrawn_text(withdrawn)),
        };
    }
    let mut groups: BTreeMap<(&str, char), Vec<&str>> = BTreeMap::new();
    for (kind, id) in ledger.entries.keys().filter(|entry| !ledger.withdrawn_entries.contains_key(*entry)) {
        let letter = id.chars().next().unwrap_or('-').to_ascii_lowercase();
        groups.entry((kind, letter)).or_default().push(id);
    }
    for ((kind, letter), ids) in groups {
        let _ = writeln!(text, "{kind}/{letter}: {}", ids.join(" "));
    }
    for (kind, id) in ledger.withdrawn_entries.keys() {
        let _ = writeln!(text, "{kind}/{id}: {{withdrawn: true}}");
    }
    text
}

fn published_text(published: &Published) -> String {
    let mut text = String::new();
    if let Some(Identity { title, date }) = published.identity {
        let date = date.map_or_else(String::new, |date| digits(date, 3));
        let _ = write!(text, " i={}.{date}", digits(title, 3));
    }
    if !published.paragraphs.is_empty() {
        let _ = write!(text, " p={}", hashes_text(published.paragraphs.iter()));
    }
    let notes: BTreeSet<String> = published.notes.keys().cloned().collect();
    if !notes.is_empty() {
        let labels = in_order(notes.clone());
        let hashes = hashes_text(labels.iter().filter_map(|label| published.notes.get(label)));
        let _ = write!(text, " n={} h={hashes}", ranges_text(&notes));
    }
    let pages = published.pages.iter().map(|(pagination, pages)| (pagination.as_str(), pages));
    for (name, names) in pages.chain([("a", &published.others)]).filter(|(_, names)| !names.is_empty()) {
        let _ = write!(text, " {name}={}", ranges_text(names));
    }
    text
}

fn ranges_text(names: &BTreeSet<String>) -> String {
    let mut numbers: Vec<u32> = names.iter().filter_map(|name| whole(name)).collect();
    numbers.sort_unstable();
    let mut parts: Vec<String> = Vec::new();
    let mut at = 0;
    while at < numbers.len() {
        let mut end = at;
        while numbers.get(end + 1) == Some(&(numbers[end] + 1)) {
            end += 1;
        }
        parts.push(if end == at { numbers[at].to_string() } else { format!("{}-{}", numbers[at], numbers[end]) });
        at = end + 1;
    }
    let mut others: Vec<&String> = names.iter().filter(|name| whole(name).is_none()).collect();
    others.sort_by_cached_key(|name| natural(name));
    parts.extend(others.into_iter().map(|name| escaped(name)));
    parts.join(",")
}

/// A name in which nothing reads as the ledger's own signs. A hyphen between numbers would read as a range.
fn escaped(name: &str) -> String {
    let is_range = name.split_once('-').is_some_and(|(from, to)| whole(from).is_some() && whole(to).is_some());
    let special = |c: char| matches!(c, ',' | '=' | '%' | '#' | ':') || c.is_whitespace() || is_range && c == '-';
    let mut text = String::new();
    for c in name.chars() {
        if special(c) {
            c.to_string().bytes().for_each(|byte| {
                let _ = write!(text, "%{byte:02x}");
            });
        } else {
            text.push(c);
        }
    }
    text
}

fn unescaped(name: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = name.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        if *first == b'%' {
            bytes.push(u8::from_str_radix(std::str::from_utf8(after.get(..2)?).ok()?, 16).ok()?);
            rest = &after[2..];
        } else {
            bytes.push(*first);
        }
    }
    String::from_utf8(bytes).ok()
}

/// A line that gives a document up, as an editor pastes it.
pub fn withdrawn_text(withdrawn: &Withdrawn) -> String {
    let quoted = |text: &str| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""));
    let mut text = format!("{{withdrawn: {{since: {}, reason: {}", withdrawn.since, quoted(&withdrawn.reason));
    let _ = write!(text, ", title: {}", quoted(&withdrawn.title));
    if let Some(date) = &withdrawn.date {
        let _ = write!(text, ", date: {}", quoted(&date.to_string()));
    }
    if let Some(number) = &withdrawn.number {
        let _ = write!(text, ", number: {}", quoted(number));
    }
    text.push_str("}}");
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(list: &[&str]) -> BTreeSet<String> {
        list.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn what_is_written_is_read() {
        let published = Published {
            identity: Some(Identity { title: 0x3ffff, date: None }),
            paragraphs: vec![Some(0), None, Some(0xfff)],
            notes: ["1", "2", "3", "5", "s1", "a-b", "1-3", "x,y=z"]
                .into_iter()
                .map(|label| (label.to_owned(), Some(7)))
                .collect(),
            pages: BTreeMap::from([("facsimile".to_owned(), names(&["1", "2", "iv", "1--2"]))]),
            others: names(&["terms", "täglich %"]),
        };
        let withdrawn = Withdrawn {
            since: date::parse("2026-11-24").unwrap(),
            reason: "said \"twice\"".into(),
            title: "Telegram: 12".into(),
            date: Some(date::parse("1963-02").unwrap()),
            number: None,
        };
        let mut ledger = VolumeLedger { file: "ledger/v.yaml".into(), ..VolumeLedger::default() };
        ledger.pages.insert("d10".into(), Line { line: 3, record: Record::Published(published) });
        ledger.pages.insert("d2".into(), Line { line: 2, record: Record::Withdrawn(withdrawn) });
        ledger.entries.insert(("persons".into(), "holm".into()), 4);
        ledger.entries.insert(("persons".into(), "hull".into()), 4);
        ledger.withdrawn_entries.insert(("terms".into(), "uno".into()), 5);
        let text = write(&ledger);
        assert!(text.contains("\nd10: i=___. p=AA..__ n=1-3,5,"), "{text}");
        assert!(text.contains("persons/h: holm hull\n"), "{text}");
        assert_eq!(read(&ledger.file, &text), (ledger, Vec::new()));
    }

    #[test]
    fn a_bad_merge_is_told() {
        let text = "d1: i=AAA.\n<<<<<<< HEAD\nd2: p=AB\n=======\nd2: p=AC\n>>>>>>> other\n";
        let (ledger, faults) = read(&Arc::from("ledger/v.yaml"), text);
        let messages: Vec<&str> = faults.iter().map(|fault| fault.message.as_str()).collect();
        assert_eq!(
            messages,
            [
                "`<<<<<<<` is the mark of a conflict between two branches",
                "`=======` is the mark of a conflict between two branches",
                "`d2` stands here and on line 3",
                "`>>>>>>>` is the mark of a conflict between two branches",
            ]
        );
        assert_eq!(ledger.pages.len(), 2);
        let help = |text: &str| read(&Arc::from("ledger/v.yaml"), text).1.remove(0).help;
        assert!(help("d1: i=AAA.\nd1: i=AAB.\n").contains("another id"));
        assert!(help("d1: i=AAA. n=1 h=AA\nd1: i=AAA.\n").starts_with("two branches recorded one document"));
        assert!(help("d1:\nd1:\n").contains("another id"), "nothing tells that they are the same");
    }

    #[test]
    fn what_is_no_line_is_refused() {
        for line in [
            "d1",
            "d1: p",
            "d1: p=A",
            "d1: p=A!",
            "d1: n=3-1",
            "d1: n=",
            "d1: i=A",
            "d 1: n=1",
            "d1: {gone: 1}",
            "d1: {withdrawn: {since: soon, reason: a, title: b}}",
        ] {
            let (_, faults) = read(&Arc::from("ledger/v.yaml"), line);
            assert_eq!(faults.len(), 1, "{line}");
        }
    }
}
