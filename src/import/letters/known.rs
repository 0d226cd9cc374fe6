//! What an import has in hand: entries of registers and letters, so that references go nowhere else.

use crate::import::xml::{self, Node};
use std::collections::{BTreeMap, BTreeSet};

/// Ids by scheme, and letters with their titles.
#[derive(Debug, Default)]
pub struct Known {
    entries: BTreeMap<&'static str, BTreeSet<String>>,
    letters: BTreeMap<String, String>,
}

/// The elements that are entries of registers, with the schemes of links to them.
pub const ENTRIES: [(&str, &str); 5] =
    [("person", "person"), ("place", "place"), ("bibl", "work"), ("org", "org"), ("event", "event")];

impl Known {
    /// Learns the entries in a file, be it a register or the back matter of a letter.
    pub fn learn_entries(&mut self, root: Node<'_>) {
        for node in root.descendants().filter(Node::is_element) {
            if let Some((_, scheme)) = ENTRIES.iter().find(|(name, _)| *name == xml::name(node))
                && let Some(id) = xml::id(node)
            {
                self.entries.entry(scheme).or_default().insert(id.to_owned());
            }
        }
    }

    /// Learns the keys of printings.
    pub fn learn_printing(&mut self, key: &str) {
        self.entries.entry("bib").or_default().insert(key.to_owned());
    }

    /// Learns a letter.
    pub fn learn_letter(&mut self, id: &str, title: String) {
        self.letters.insert(id.to_owned(), title);
    }

    /// Whether there is such an entry.
    pub fn has(&self, scheme: &str, id: &str) -> bool {
        self.entries.get(scheme).is_some_and(|ids| ids.contains(id))
    }

    /// The title of a letter in hand.
    pub fn letter(&self, id: &str) -> Option<&str> {
        self.letters.get(id).map(String::as_str)
    }
}
