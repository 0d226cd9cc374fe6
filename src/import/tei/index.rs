//! What a TEI file names: each `xml:id` with what it is, each note with its label, each unit that becomes a file.

use crate::import::xml::{self, Node, NodeId};
use std::collections::{BTreeMap, BTreeSet};

/// What becomes a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A document.
    Document,
    /// A folder: a division that holds documents or folders.
    Folder,
    /// A section in one file.
    Section,
}

/// What an `xml:id` names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A file, by its id.
    Unit(String),
    /// A note of a file, by its label.
    Note(String, String),
    /// A printed page: the file, the pagination, the number.
    Page(String, String, String),
    /// Something within a file, with an anchor where it has one.
    Within(String, Option<String>),
    /// An entry of the list of persons.
    Person,
    /// An entry of the list of terms.
    Term,
    /// An entry of another list, by the scheme of links to it.
    Entry(&'static str),
}

/// A note's label, and what the writer must know of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The label.
    pub label: String,
    /// The printed marker where the label is another.
    pub marker: Option<String>,
    /// Whether an earlier note is meant, so that only the reference is written.
    pub repeats: bool,
}

/// An `xml:id` that stands more than once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubled {
    /// The id.
    pub id: String,
    /// The later element.
    pub node: NodeId,
}

/// Everything that a file names.
#[derive(Debug, Default)]
pub struct Index {
    targets: BTreeMap<String, Target>,
    labels: BTreeMap<NodeId, Label>,
    units: BTreeMap<NodeId, (Role, String)>,
    /// Notes whose target is not there: the note, its target, the label that was taken.
    pub wrong_targets: Vec<(NodeId, String, String)>,
    /// Ids that stand more than once.
    pub doubled: Vec<Doubled>,
    ids: BTreeSet<String>,
}

/// Ids of pages that the program makes; a section would become their introduction.
const TAKEN: &[&str] = &[
    "index",
    "pages",
    "places",
    "organizations",
    "works",
    "events",
    "archives",
    "chronology",
    "calendar",
    "search",
    "assets",
];

impl Index {
    /// Reads the text of a volume.
    pub fn of(text: Node<'_>) -> Self {
        let mut index = Index::default();
        index.walk(text, "");
        index
    }

    /// Learns the lists of persons, places, organizations and events, wherever the file has them.
    pub fn add_entries(&mut self, root: Node<'_>) {
        for node in root.descendants().filter(|node| node.parent().is_some_and(super::other::is_register_list)) {
            let scheme = match xml::name(node) {
                "person" => "person",
                "place" => "place",
                "org" => "org",
                "event" => "event",
                _ => continue,
            };
            if let Some(id) = xml::id(node) {
                self.targets.insert(id.to_owned(), Target::Entry(scheme));
            }
        }
    }

    /// What the id names.
    pub fn target(&self, id: &str) -> Option<&Target> {
        self.targets.get(id)
    }

    /// The label of a note.
    pub fn label(&self, note: Node<'_>) -> Option<&Label> {
        self.labels.get(&xml::key(note))
    }

    /// Role and id of a division that becomes a file.
    pub fn unit(&self, node: Node<'_>) -> Option<&(Role, String)> {
        self.units.get(&xml::key(node))
    }

    fn walk(&mut self, node: Node<'_>, unit: &str) {
        for child in xml::children(node) {
            let begins = self.role(child);
            let id = match begins {
                Some(role) => self.begin(child, role),
                None => unit.to_owned(),
            };
            if let Some(given) = xml::id(child) {
                self.name(child, given, &id);
            }
            self.walk(child, &id);
        }
    }

    /// Whether the element becomes a file: the outermost divisions, documents, and what lies in folders.
    fn role(&self, node: Node<'_>) -> Option<Role> {
        if xml::name(node) == "titlePage" {
            return Some(Role::Section);
        }
        if !is_division(node) {
            return None;
        }
        let inside = node.ancestors().skip(1).find_map(|above| self.units.get(&xml::key(above)));
        match inside {
            Some((Role::Document | Role::Section, _)) => None,
            _ if xml::is_div(node, "document") => Some(Role::Document),
            _ if holds_documents(node) => Some(Role::Folder),
            _ => Some(Role::Section),
        }
    }

    fn begin(&mut self, node: Node<'_>, role: Role) -> String {
        let number = || xml::value(node, "n").map(|number| format!("d{number}"));
        let given = xml::id(node).map(str::to_owned).or_else(|| number().filter(|_| role == Role::Document));
        let word =
            if xml::name(node) == "titlePage" { "title-page" } else { xml::value(node, "type").unwrap_or("section") };
        let mut id = clean(given.as_deref().unwrap_or(word));
        if TAKEN.contains(&id.to_lowercase().as_str()) {
            id = format!("printed-{id}");
        }
        let base = id.clone();
        let mut count = 1;
        while !self.ids.insert(id.to_lowercase()) {
            count += 1;
            id = format!("{base}-{count}");
        }
        self.units.insert(xml::key(node), (role, id.clone()));
        self.number_notes(node);
        id
    }

    fn name(&mut self, node: Node<'_>, id: &str, unit: &str) {
        let target = match xml::name(node) {
            "note" => match self.labels.get(&xml::key(node)) {
                Some(label) => Target::Note(unit.to_owned(), label.label.clone()),
                None => Target::Within(unit.to_owned(), None),
            },
            "pb" => {
                let number = xml::value(node, "n").unwrap_or("").to_owned();
                Target::Page(unit.to_owned(), pagination(node).to_owned(), number)
            }
            "persName" => Target::Person,
            "term" => Target::Term,
            _ if self.units.contains_key(&xml::key(node)) => Target::Unit(unit.to_owned()),
            "div" => {
                Target::Within(unit.to_owned(), Some(id.to_owned()).filter(|_| xml::child(node, "head").is_some()))
            }
            "attachment" => Target::Within(unit.to_owned(), Some(id.to_owned()).filter(|id| is_anchor(id))),
            _ => Target::Within(unit.to_owned(), None),
        };
        if self.targets.contains_key(id) {
            self.doubled.push(Doubled { id: id.to_owned(), node: xml::key(node) });
            return;
        }
        self.targets.insert(id.to_owned(), target);
    }

    /// Gives each note of a file its label: the printed number where it can be one and is not yet taken.
    fn number_notes(&mut self, unit: Node<'_>) {
        let mut notes = Vec::new();
        let folder = !xml::is_div(unit, "document") && holds_documents(unit);
        collect_notes(unit, folder, &mut notes);
        let mut taken: BTreeMap<String, (String, String)> = BTreeMap::new();
        let mut by_id: BTreeMap<&str, String> = BTreeMap::new();
        for note in notes {
            if is_above(note) {
                continue;
            }
            let printed = xml::value(note, "n").unwrap_or("").trim();
            let text = xml::words(note);
            if let Some(target) = xml::value(note, "target") {
                if let Some(label) = self.repeated(note, target, printed, &text, &taken, &by_id) {
                    self.labels.insert(xml::key(note), Label { label, marker: None, repeats: true });
                    continue;
                }
                self.wrong_targets.push((xml::key(note), target.to_owned(), String::new()));
            }
            let label = free_label(printed, super::counts::is_original(note), &taken);
            taken.insert(label.clone(), (printed.to_owned(), text));
            if let Some(given) = xml::id(note) {
                by_id.insert(given, label.clone());
            }
            let marker = (label != printed && !printed.is_empty()).then(|| printed.to_owned());
            self.labels.insert(xml::key(note), Label { label, marker, repeats: false });
        }
    }

    /// The label of the note that a repeated one means: its target, if the printed label agrees, else the last note
    /// that was printed with the same label.
    fn repeated(
        &mut self,
        note: Node<'_>,
        target: &str,
        printed: &str,
        text: &str,
        taken: &BTreeMap<String, (String, String)>,
        by_id: &BTreeMap<&str, String>,
    ) -> Option<String> {
        let named = by_id.get(target.trim_start_matches('#'));
        let agrees = |label: &&String| {
            taken.get(*label).is_some_and(|(other, words)| {
                (other == printed || printed.is_empty()) && (words == text || text.is_empty())
            })
        };
        if let Some(label) = named.filter(agrees) {
            return Some(label.clone());
        }
        let same = |(other, _): &&(String, String)| other == printed;
        let mut printed_alike = taken.iter().filter(|(_, value)| same(value));
        let found = printed_alike.clone().find(|(_, (_, words))| words == text);
        let found = found.or(printed_alike.next_back().filter(|_| text.is_empty()));
        let (label, _) = found?;
        self.wrong_targets.push((xml::key(note), target.to_owned(), label.clone()));
        Some(label.clone())
    }
}

/// Whether the note stands as a line of its own above or below the text and has no label.
pub fn is_above(note: Node<'_>) -> bool {
    xml::value(note, "rend") == Some("inline")
}

/// The pagination to which a page break belongs.
pub fn pagination<'a>(pb: Node<'a>) -> &'a str {
    xml::value(pb, "type").or_else(|| xml::value(pb, "ed")).unwrap_or("print")
}

fn is_division(node: Node<'_>) -> bool {
    let name = xml::name(node);
    name == "div" || name.strip_prefix("div").is_some_and(|level| level.parse::<u8>().is_ok())
}

fn holds_documents(node: Node<'_>) -> bool {
    node.descendants().skip(1).any(|inner| xml::is_div(inner, "document"))
}

/// All notes of a file in their order; those of files within it are left to them.
fn collect_notes<'a>(node: Node<'a>, folder: bool, notes: &mut Vec<Node<'a>>) {
    for child in xml::children(node) {
        if folder && is_division(child) {
            continue;
        }
        if xml::name(child) == "note" {
            notes.push(child);
        }
        collect_notes(child, folder, notes);
    }
}

/// Letters, digits and hyphens as printed. A symbol, or a note that says to be of the document itself, becomes a note of
/// the series `o`. A label used before gets a suffix.
fn free_label(printed: &str, original: bool, taken: &BTreeMap<String, (String, String)>) -> String {
    let lower = printed.to_lowercase();
    let plain = !lower.is_empty()
        && lower.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    let is_free = |label: &String| !taken.contains_key(label);
    if plain && !original {
        let again = (2..).map(|count| format!("{lower}-{count}"));
        return std::iter::once(lower.clone()).chain(again).find(is_free).unwrap_or(lower);
    }
    let series = if printed.is_empty() && !original { "n" } else { "o" };
    let same = printed.parse::<u32>().ok().filter(|number| *number > 0).map(|number| format!("{series}{number}"));
    same.into_iter().chain((1..).map(|count| format!("{series}{count}"))).find(is_free).unwrap_or_default()
}

/// Whether an id can be an anchor of a page beside those that the program makes.
pub fn is_anchor(id: &str) -> bool {
    let made = id.strip_prefix('p').is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()))
        || ["fn-", "fnref-", "print-", "facsimile-", "typeset-"].iter().any(|begin| id.starts_with(begin));
    !made && id == clean(id) && !id.is_empty()
}

/// A word as an id.
pub fn clean(word: &str) -> String {
    let mut id: String =
        word.chars().map(|c| if c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-') { c } else { '-' }).collect();
    if !id.starts_with(|c: char| c.is_ascii_alphabetic()) {
        id.insert_str(0, "s-");
    }
    id
}
