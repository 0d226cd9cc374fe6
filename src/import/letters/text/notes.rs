//! Notes of a letter: their labels, and the words between an anchor and its note.

use crate::import::xml::{self, Node, NodeId};
use std::collections::{BTreeMap, BTreeSet};

/// Which notes belong to which anchors.
#[derive(Debug, Default)]
pub struct Anchors {
    /// Notes by anchors whose words are whole siblings between the two.
    pairs: BTreeMap<NodeId, NodeId>,
    /// Texts between an anchor and a note that have no common parent, or whose ranges cross.
    apart: BTreeSet<NodeId>,
    /// Notes that name an anchor before them which is not there.
    pub unanchored: Vec<NodeId>,
}

impl Anchors {
    /// Reads a body.
    pub fn of(body: Node<'_>) -> Self {
        let mut anchors = Anchors::default();
        let mut notes: BTreeMap<&str, Node<'_>> = BTreeMap::new();
        for note in body.descendants().filter(|node| xml::name(*node) == "note") {
            if let Some(anchor) = anchor_of(note) {
                notes.entry(anchor).or_insert(note);
            }
        }
        let mut found = BTreeSet::new();
        for anchor in body.descendants().filter(|node| xml::name(*node) == "anchor") {
            let Some(note) = xml::id(anchor).and_then(|id| notes.get(id)).copied() else { continue };
            if xml::key(note) > xml::key(anchor) && found.insert(xml::key(note)) {
                anchors.join(anchor, note);
            }
        }
        let stays = notes.values().filter(|note| named(**note).is_some() && !found.contains(&xml::key(**note)));
        anchors.unanchored = stays.map(|note| xml::key(*note)).collect();
        anchors
    }

    fn join(&mut self, anchor: Node<'_>, note: Node<'_>) {
        let (start, end) = (xml::key(anchor), xml::key(note));
        let crosses = self.pairs.iter().any(|(first, last)| *first < start && start < *last && *last < end);
        if anchor.parent() == note.parent() && !crosses {
            self.pairs.insert(xml::key(anchor), xml::key(note));
            return;
        }
        let between = anchor.document().descendants().filter(|node| {
            node.is_text() && (start..end).contains(&xml::key(*node)) && !node.text().is_none_or(is_blank)
        });
        let of_the_text = between.filter(|text| within_note(*text) == within_note(anchor));
        self.apart.extend(of_the_text.map(xml::key));
    }

    /// Where among the siblings after an anchor its note stands.
    pub fn end(&self, anchor: Node<'_>, after: &[Node<'_>]) -> Option<usize> {
        let note = self.pairs.get(&xml::key(anchor))?;
        after.iter().position(|sibling| xml::key(*sibling) == *note)
    }

    /// Whether a text is of a span that has no element of its own.
    pub fn is_apart(&self, text: Node<'_>) -> bool {
        self.apart.contains(&xml::key(text))
    }
}

/// The anchor that a note names, or has by the rule of its id.
fn anchor_of<'a>(note: Node<'a>) -> Option<&'a str> {
    named(note).or_else(|| xml::id(note).and_then(|id| id.strip_suffix('h')))
}

fn named<'a>(note: Node<'a>) -> Option<&'a str> {
    let target = xml::value(note, "corresp").or_else(|| xml::value(note, "target"))?;
    Some(target.trim_start_matches('#')).filter(|id| !id.is_empty() && !id.contains([' ', ':', '/', '#']))
}

fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}

/// The innermost note around.
fn within_note(node: Node<'_>) -> Option<NodeId> {
    node.ancestors().find(|above| xml::name(*above) == "note").map(xml::key)
}

/// The series of a note: its prefix, and the name under which it is counted.
pub fn series(note: Node<'_>) -> (&'static str, &'static str) {
    match xml::value(note, "type") {
        Some("textConst") => ("t", "textual"),
        Some("footnote") => ("o", "original"),
        _ => ("", "commentary"),
    }
}

/// Labels: each series is counted through the letter, as it is printed.
pub fn labels(body: Node<'_>) -> BTreeMap<NodeId, String> {
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    let notes = body.descendants().filter(|node| xml::name(*node) == "note");
    notes
        .map(|note| {
            let prefix = series(note).0;
            let number = numbers.entry(prefix).or_default();
            *number += 1;
            (xml::key(note), format!("{prefix}{number}"))
        })
        .collect()
}
