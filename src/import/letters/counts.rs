//! What a letter holds, counted in the source and again in what was written.

use super::known::Known;
use crate::import::xml::{self, Node};
use std::collections::BTreeMap;

/// Counts by name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts(pub BTreeMap<&'static str, usize>);

impl Counts {
    /// Adds to a count; nothing is kept of what is never there.
    pub fn add(&mut self, name: &'static str, number: usize) {
        if number > 0 {
            *self.0.entry(name).or_default() += number;
        }
    }

    /// A count.
    pub fn get(&self, name: &str) -> usize {
        self.0.get(name).copied().unwrap_or(0)
    }
}

/// Counts the source of a letter.
pub fn found(root: Node<'_>) -> Counts {
    let mut counts = Counts::default();
    let nodes = |parent: Option<Node<'_>>| {
        parent.into_iter().flat_map(|node| node.descendants()).map(|node| node.id()).collect::<Vec<_>>()
    };
    let tree = root.document();
    for node in nodes(xml::find(root, "body")).into_iter().filter_map(|id| tree.get_node(id)) {
        if let Some(name) = in_body(node) {
            counts.add(name, 1);
        }
    }
    for node in nodes(xml::find(root, "sourceDesc")).into_iter().filter_map(|id| tree.get_node(id)) {
        match xml::name(node) {
            "witness" => counts.add("witnesses", 1),
            "biblStruct" => counts.add("printed", 1),
            _ => {}
        }
    }
    counts
}

/// Persons whom the file has as entries, and those of them whom the registers have.
pub fn persons(root: Node<'_>, known: &Known, found: &mut Counts, written: &mut Counts) {
    for person in root.descendants().filter(|node| xml::name(*node) == "person") {
        found.add("persons", 1);
        let entered = xml::id(person).is_some_and(|id| known.has("person", id));
        written.add("persons", usize::from(entered));
    }
}

fn in_body(node: Node<'_>) -> Option<&'static str> {
    let kind = xml::value(node, "type");
    Some(match (xml::name(node), kind) {
        ("div", Some("writingSession")) => "writing_sessions",
        ("pb", _) => "pb",
        ("note", Some("textConst")) => "textual",
        ("note", Some("footnote")) => "original",
        ("note", _) => "commentary",
        ("rs", Some("person")) => "rs_person",
        ("rs", Some("place")) => "rs_place",
        ("rs", Some("work")) => "rs_work",
        ("rs", Some("org")) => "rs_org",
        ("rs", Some("event")) => "rs_event",
        ("del" | "delSpan", _) => "deleted",
        ("add" | "addSpan", _) => "added",
        ("unclear", _) => "unclear",
        ("supplied", _) => "supplied",
        ("gap", _) => "gap",
        ("foreign", _) => "foreign",
        ("handShift", _) => "hands",
        ("lg", _) => "lg",
        ("table", _) => "tables",
        _ => return None,
    })
}
