//! The ledger: every address and anchor that was ever published, as an edition keeps it beside its sources.

use super::date::Edtf;
use super::document::Printed;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What has been published of an edition.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ledger {
    /// By volume; pages and registers of the edition itself under an empty name.
    pub volumes: BTreeMap<String, VolumeLedger>,
}

/// What has been published of a volume: one file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct VolumeLedger {
    /// File, from the edition's root.
    pub file: Arc<str>,
    /// Documents and sections by id.
    pub pages: BTreeMap<String, Line>,
    /// Entries of registers: kind and id, with the line on which they stand.
    pub entries: BTreeMap<(String, String), usize>,
    /// Entries that were given up, with the line.
    pub withdrawn_entries: BTreeMap<(String, String), usize>,
}

/// A line about a page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    /// Number of the line, from 1.
    pub line: usize,
    /// What it says.
    pub record: Record,
}

/// What the ledger says of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Record {
    /// It was published with these anchors.
    Published(Published),
    /// It was given up.
    Withdrawn(Withdrawn),
}

impl Default for Record {
    fn default() -> Self {
        Record::Published(Published::default())
    }
}

impl Record {
    /// Whether both are surely about one document.
    pub fn is_of_same(&self, other: &Record) -> bool {
        match (self, other) {
            (Record::Published(one), Record::Published(other)) => {
                one.identity.is_some() && one.identity == other.identity
            }
            _ => false,
        }
    }
}

/// A page as it was published.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Published {
    /// What the document is; none where nobody should compare it.
    pub identity: Option<Identity>,
    /// First words of each numbered paragraph, by number from 1; none for a number that was never published.
    pub paragraphs: Vec<Option<u16>>,
    /// Labels of notes, with their first words; none for one that only leads to another.
    pub notes: BTreeMap<String, Option<u16>>,
    /// Page breaks by pagination: what follows `{pagination}-` in their anchors.
    pub pages: BTreeMap<String, BTreeSet<String>>,
    /// Other anchors.
    pub others: BTreeSet<String>,
}

/// What tells a document from another with its id: short hashes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Identity {
    /// Of its title, 18 bits.
    pub title: u32,
    /// Of its date, 18 bits; none for an undated one.
    pub date: Option<u32>,
}

/// A document that was given up. Its address shows what it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Withdrawn {
    /// Since when.
    pub since: Edtf,
    /// Why: plain text.
    pub reason: String,
    /// Its title.
    pub title: String,
    /// Its date.
    pub date: Option<Edtf>,
    /// Its number.
    pub number: Option<String>,
}

impl Published {
    /// All anchors, as they stand in addresses.
    pub fn anchors(&self) -> impl Iterator<Item = String> {
        let paragraphs = self.paragraphs.iter().enumerate().filter(|(_, hash)| hash.is_some());
        let paragraphs = paragraphs.map(|(number, _)| format!("p{}", number + 1));
        let notes = self.notes.keys().map(|label| format!("fn-{label}"));
        let pages = self
            .pages
            .iter()
            .flat_map(|(pagination, pages)| pages.iter().map(move |page| format!("{pagination}-{page}")));
        paragraphs.chain(notes).chain(pages).chain(self.others.iter().cloned())
    }
}

impl Published {
    /// Adds the anchor of a page break.
    pub fn add_page(&mut self, pagination: &str, anchor: &str) {
        let page = anchor.strip_prefix(pagination).and_then(|rest| rest.strip_prefix('-')).unwrap_or(anchor);
        self.pages.entry(pagination.to_owned()).or_default().insert(page.to_owned());
    }
}

impl VolumeLedger {
    /// Old anchors of register entries that their entries name as aliases.
    pub fn is_entry_alias(alias: &Printed) -> bool {
        !alias.text.is_empty() && !alias.text.contains(['/', '.'])
    }
}
