//! The ledger's files: a line a page, sorted, so that branches merge line by line and a difference reads like a list of
//! changes.
//!
//! ```text
//! # Every address of this volume that was ever published. `engross ledger update` writes it.
//! d616: i=x3F.k9a p=a0Bz4K n=1-2 h=9dKx facsimile=1-2 typeset=1608
//! d617: {withdrawn: {since: 2026-11-24, reason: "not a document of this volume", title: "Telegram 12"}}
//! old/d12.html: v/d616.html
//! persons/h: holm:k9 hull:Zx
//! ```
//!
//! The file is YAML: a map of ids to plain scalars, or to maps. Lines of scalars are read here as they stand, since a
//! large edition has tens of thousands; maps go through the YAML reader. Runs of numbers are ranges (`1-3`), short hashes are
//! base64 digits: two for the first words of a paragraph (`p`) or note (`h`), for the words around a page break and for
//! the name of an entry, `..` where there are none, three for title and for date (`i`).

mod signs;

use super::date;
use crate::model::ledger::{Identity, Lead, Line, Published, Record, VolumeLedger, Withdrawn};
use crate::model::natural::natural;
use crate::model::register::RegisterKind;
use crate::yaml::{self, Node};
use signs::{
    digits, escaped, hashed, hashed_text, hashes, hashes_text, identity, in_order, ranges, ranges_text, unescaped,
};
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

/// Reads a file; what cannot be read is left out, with a fault.
pub fn read(file: &Arc<str>, text: &str) -> (VolumeLedger, Vec<Fault>) {
    let mut ledger = VolumeLedger { file: Arc::clone(file), ..VolumeLedger::default() };
    let mut faults = Vec::new();
    // Some editors begin a file with a mark of its encoding.
    let bare = text.trim_start_matches('\u{feff}');
    let mut at = text.len() - bare.len();
    for (number, whole) in bare.split_inclusive('\n').enumerate() {
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
    const GIVEN_UP: &str = "a line that gives something up says since when, why and what it was: \
                            `… : {withdrawn: {since: YYYY-MM-DD, reason: \"…\", title: \"…\"}}`";
    let help = if line.contains("{") { GIVEN_UP } else { WRITTEN };
    let unreadable = || (format!("`{line}` is no line of a ledger"), help);
    // A path has no blanks, so the first colon before one ends the key.
    let (key, value) = line.split_once(':').ok_or_else(unreadable)?;
    let (key, value) = (key.trim(), value.trim());
    if key.ends_with(".html") {
        return lead(ledger, number, key, value, line).ok_or_else(unreadable);
    }
    if let Some((kind, rest)) = key.split_once('/') {
        let known = RegisterKind::ALL.into_iter().any(|known| known.name() == kind);
        let read = known && is_name(rest) && entries(ledger, number, (kind, rest), value, line).is_some();
        return read.then_some(()).ok_or_else(unreadable);
    }
    if !is_name(key) {
        return Err(unreadable());
    }
    let record = if value.starts_with('{') { withdrawn(line).map(Record::Withdrawn) } else { published(value) };
    let record = record.ok_or_else(unreadable)?;
    let line = Line { line: number, record };
    match ledger.pages.get_mut(key) {
        None => drop(ledger.pages.insert(key.to_owned(), line)),
        // One branch gave the document up and the other touched its line: that it was given up is what is known now.
        Some(first) if first.record.is_withdrawn() != line.record.is_withdrawn() => {
            if line.record.is_withdrawn() {
                *first = line;
            }
        }
        Some(first) => return Err((format!("`{key}` stands here and on line {}", first.line), doubled(first, &line))),
    }
    Ok(())
}

/// What to do where two lines have one key.
fn doubled(first: &Line, second: &Line) -> &'static str {
    if first.record.is_withdrawn() {
        "two branches withdrew one document: keep one of the lines"
    } else if first.record.is_of_same(&second.record) {
        "two branches recorded one document: keep one of the lines; `engross ledger update` makes it whole"
    } else {
        "one id can only be one document: when two branches gave the same id to two documents, give the newer one \
         another id, and keep the line of the other"
    }
}

/// What ids are made of, or the letter of a group of entries.
fn is_name(name: &str) -> bool {
    let sound = |c: char| !c.is_whitespace() && !c.is_control() && !['/', '\\', '{', '}', '"', '#', '?'].contains(&c);
    !name.is_empty() && !name.starts_with('.') && name.chars().all(sound)
}

/// `old/d12.html: v/d616.html`: an address that was only ever an alias, and where it led.
fn lead(ledger: &mut VolumeLedger, number: usize, key: &str, value: &str, line: &str) -> Option<()> {
    let path = unescaped(key)?;
    if !path.split('/').all(|part| !part.is_empty() && !part.starts_with("..")) || key.contains(char::is_whitespace) {
        return None;
    }
    let lead = match value.starts_with('{') {
        true => Lead::Withdrawn(withdrawn(line)?),
        false => Lead::To(unescaped(value).filter(|to| !to.is_empty() && !value.contains(char::is_whitespace))?),
    };
    // Two branches may have led it to two pages: where it led is only told, so one of them will do.
    let is_given_up = matches!(lead, Lead::Withdrawn(_));
    let entry = ledger.leads.entry(path).or_insert((number, lead.clone()));
    if is_given_up {
        *entry = (number, lead);
    }
    Some(())
}

/// `persons/h: holm:k9 hull`, or `persons/holm: {withdrawn: …}`.
fn entries(ledger: &mut VolumeLedger, number: usize, key: (&str, &str), value: &str, line: &str) -> Option<()> {
    let (kind, rest) = key;
    if value.starts_with('{') {
        let withdrawn = withdrawn(line)?;
        ledger.withdrawn_entries.insert((kind.to_owned(), rest.to_owned()), (number, withdrawn));
        return Some(());
    }
    for entry in value.split_whitespace() {
        let (id, name) = match entry.split_once(':') {
            Some((id, name)) => (id, *hashes(name)?.first()?),
            None => (entry, None),
        };
        let known = ledger.entries.entry((kind.to_owned(), id.to_owned())).or_insert((number, name));
        known.1 = known.1.or(name);
    }
    Some(())
}

fn withdrawn(line: &str) -> Option<Withdrawn> {
    let node = yaml::parse(line).ok()?;
    let Node::Map(map) = &node else { return None };
    let (_, inner) = map.first()?;
    let inner = inner.get("withdrawn")?;
    let text = |key: &str| match inner.get(key) {
        Some(Node::Scalar(text)) => Some(text.clone()),
        _ => None,
    };
    Some(Withdrawn {
        since: date::parse(&text("since")?).ok()?,
        reason: text("reason")?,
        title: text("title")?,
        date: text("date").map(|date| date::parse(&date)).transpose().ok()?,
        number: text("number"),
    })
}

fn published(value: &str) -> Option<Record> {
    let mut published = Published::default();
    let mut of_notes = "";
    for token in value.split_whitespace() {
        let (name, value) = token.split_once('=')?;
        match name {
            "i" => published.identity = Some(identity(value)?),
            "p" => published.paragraphs = hashes(value)?,
            "n" => published.notes.extend(in_order(ranges(value)?).into_iter().map(|label| (label, None))),
            "h" => of_notes = value,
            "a" => published.others = hashed(value)?,
            pagination => drop(published.pages.insert(pagination.to_owned(), hashed(value)?)),
        }
    }
    if !of_notes.is_empty() {
        let hashes = hashes(of_notes)?;
        let labels = in_order(published.notes.into_keys().collect());
        if hashes.len() != labels.len() {
            return None;
        }
        published.notes = labels.into_iter().zip(hashes).collect();
    }
    Some(Record::Published(published))
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
    for (path, (_, lead)) in &ledger.leads {
        let path = escaped(path);
        let _ = match lead {
            Lead::To(to) => writeln!(text, "{path}: {}", escaped(to)),
            Lead::Withdrawn(withdrawn) => writeln!(text, "{path}: {}", withdrawn_text(withdrawn)),
        };
    }
    let mut groups: BTreeMap<(&str, char), Vec<String>> = BTreeMap::new();
    let published = ledger.entries.iter().filter(|(entry, _)| !ledger.withdrawn_entries.contains_key(*entry));
    for ((kind, id), (_, name)) in published {
        let letter = id.chars().next().unwrap_or('-').to_ascii_lowercase();
        let name = name.map_or_else(String::new, |name| format!(":{}", digits(u32::from(name), 2)));
        groups.entry((kind, letter)).or_default().push(format!("{id}{name}"));
    }
    for ((kind, letter), ids) in groups {
        let _ = writeln!(text, "{kind}/{letter}: {}", ids.join(" "));
    }
    for ((kind, id), (_, withdrawn)) in &ledger.withdrawn_entries {
        let _ = writeln!(text, "{kind}/{id}: {}", withdrawn_text(withdrawn));
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
        let _ = write!(text, " {name}={}", hashed_text(names));
    }
    text
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

    fn names(list: &[&str], hash: Option<u16>) -> BTreeMap<String, Option<u16>> {
        list.iter().map(|name| ((*name).to_owned(), hash)).collect()
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
            pages: BTreeMap::from([("facsimile".to_owned(), names(&["1", "2", "iv", "1--2"], Some(9)))]),
            others: names(&["terms", "täglich %"], None),
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
        ledger.pages.insert("d2".into(), Line { line: 2, record: Record::Withdrawn(withdrawn.clone()) });
        ledger.leads.insert("old/d 12.html".into(), (4, Lead::To("v/persons.html#holm".into())));
        ledger.leads.insert("older.html".into(), (5, Lead::Withdrawn(withdrawn.clone())));
        ledger.entries.insert(("persons".into(), "holm".into()), (6, Some(0xfff)));
        ledger.entries.insert(("persons".into(), "hull".into()), (6, None));
        ledger.withdrawn_entries.insert(("terms".into(), "uno".into()), (7, withdrawn));
        let text = write(&ledger);
        assert!(text.contains("\nd10: i=___. p=AA..__ n=1-3,5,"), "{text}");
        assert!(text.contains("persons/h: holm:__ hull\n"), "{text}");
        assert!(text.contains("\nold/d%2012.html: v/persons.html%23holm\n"), "{text}");
        assert!(text.contains(" facsimile=1-2,1--2,iv:AJAJAJAJ a="), "{text}");
        assert_eq!(read(&ledger.file, &text), (ledger.clone(), Vec::new()));
        assert_eq!(read(&ledger.file, &format!("\u{feff}{}", text.replace('\n', "\r\n"))), (ledger, Vec::new()));
    }

    #[test]
    fn what_one_branch_gave_up_is_given_up() {
        let given_up = "d1: {withdrawn: {since: 2026-11-24, reason: a, title: b}}\n";
        for text in [format!("d1: i=AAA.\n{given_up}"), format!("{given_up}d1: i=AAA.\n")] {
            let (ledger, faults) = read(&Arc::from("ledger/v.yaml"), &text);
            assert_eq!(faults, []);
            assert!(ledger.pages["d1"].record.is_withdrawn());
        }
        let faults = read(&Arc::from("ledger/v.yaml"), &given_up.repeat(2)).1;
        assert_eq!(faults[0].help, "two branches withdrew one document: keep one of the lines");
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
            "d1: page=1-2:AA",
            "../x: p=AA",
            "x/y: z",
            "../x.html: v/d1.html",
            "old/x.html:",
            "persons/holm: {withdrawn: true}",
            "persons/h: holm:A",
            "d1: {withdrawn: {since: soon, reason: a, title: b}}",
        ] {
            let (_, faults) = read(&Arc::from("ledger/v.yaml"), line);
            assert_eq!(faults.len(), 1, "{line}");
        }
    }
}
