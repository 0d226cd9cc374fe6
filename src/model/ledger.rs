//! The ledger: every address and anchor that was ever published, as an edition keeps it beside its sources.

use super::date::Edtf;
use super::document::Printed;
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What has been published of an edition.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ledger {
    /// By volume; pages and registers of the edition itself under an empty name.
    pub volumes: BTreeMap<String, VolumeLedger>,
}

impl Ledger {
    /// Whether a page was published and was not given up.
    pub fn has_page(&self, volume: &str, id: &str) -> bool {
        let line = self.volumes.get(volume).and_then(|volume| volume.pages.get(id));
        line.is_some_and(|line| !line.record.is_withdrawn())
    }
}

/// What has been published of a volume: one file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct VolumeLedger {
    /// File, from the edition's root.
    pub file: Arc<str>,
    /// Documents and sections by id.
    pub pages: BTreeMap<String, Line>,
    /// Addresses that were only ever aliases, from the root of the site, with the line on which they stand.
    pub leads: BTreeMap<String, (usize, Lead)>,
    /// Entries of registers: kind and id, with the line on which they stand and a hash of the name.
    pub entries: BTreeMap<(String, String), (usize, Option<u16>)>,
    /// Entries that were given up, with the line.
    pub withdrawn_entries: BTreeMap<(String, String), (usize, Withdrawn)>,
}

/// What the ledger says of an address that was an alias.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lead {
    /// It led to this address.
    To(String),
    /// It was given up.
    Withdrawn(Withdrawn),
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
    /// Whether it was given up.
    pub fn is_withdrawn(&self) -> bool {
        matches!(self, Record::Withdrawn(_))
    }

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
    /// Page breaks by pagination: what follows `{pagination}-` in their anchors, with the words around them; none for one
    /// that only leads to another, or that may stand anywhere.
    pub pages: BTreeMap<String, BTreeMap<String, Option<u16>>>,
    /// Other anchors, with the words around those that only a counter tells apart.
    pub others: BTreeMap<String, Option<u16>>,
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
            .flat_map(|(pagination, pages)| pages.keys().map(move |page| format!("{pagination}-{page}")));
        paragraphs.chain(notes).chain(pages).chain(self.others.keys().cloned())
    }
}

impl Published {
    /// Adds the anchor of a page break.
    pub fn add_page(&mut self, pagination: &str, anchor: &str, around: Option<u16>) {
        let page = anchor.strip_prefix(pagination).and_then(|rest| rest.strip_prefix('-')).unwrap_or(anchor);
        self.pages.entry(pagination.to_owned()).or_default().entry(page.to_owned()).or_insert(around);
    }
}

impl VolumeLedger {
    /// Old anchors of register entries that their entries name as aliases.
    pub fn is_entry_alias(alias: &Printed) -> bool {
        !alias.text.is_empty() && !alias.text.contains(['/', '.'])
    }
}
