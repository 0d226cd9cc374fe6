//! Registers: persons, terms, places and the like, as an edition or a volume lists them.

use super::date::{DateWords, Edtf};
use super::document::Printed;
use super::outline::LinkUse;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Which register.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RegisterKind {
    /// `persons`
    Persons,
    /// `terms`
    Terms,
    /// `places`
    Places,
    /// `organizations`
    Organizations,
    /// `works`
    Works,
    /// `events`
    Events,
    /// `repositories`
    Repositories,
    /// `bibliography`
    Bibliography,
}

impl RegisterKind {
    /// All kinds, in the order in which they are listed.
    pub const ALL: [RegisterKind; 8] = [
        RegisterKind::Persons,
        RegisterKind::Terms,
        RegisterKind::Places,
        RegisterKind::Organizations,
        RegisterKind::Works,
        RegisterKind::Events,
        RegisterKind::Repositories,
        RegisterKind::Bibliography,
    ];

    /// Name of its file without ending, and of its page.
    pub fn name(self) -> &'static str {
        match self {
            RegisterKind::Persons => "persons",
            RegisterKind::Terms => "terms",
            RegisterKind::Places => "places",
            RegisterKind::Organizations => "organizations",
            RegisterKind::Works => "works",
            RegisterKind::Events => "events",
            RegisterKind::Repositories => "repositories",
            RegisterKind::Bibliography => "bibliography",
        }
    }

    /// Scheme of links to its entries; repositories are found by name.
    pub fn scheme(self) -> &'static str {
        match self {
            RegisterKind::Persons => "person",
            RegisterKind::Terms => "term",
            RegisterKind::Places => "place",
            RegisterKind::Organizations => "org",
            RegisterKind::Works => "work",
            RegisterKind::Events => "event",
            RegisterKind::Repositories => "repository",
            RegisterKind::Bibliography => "bib",
        }
    }

    /// The kind whose links have that scheme.
    pub fn of_scheme(scheme: &str) -> Option<RegisterKind> {
        RegisterKind::ALL.into_iter().find(|kind| kind.scheme() == scheme)
    }
}

/// An office and when it was held.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Office {
    /// Title of the office.
    pub title: String,
    /// From, EDTF.
    pub from: Option<String>,
    /// To, EDTF.
    pub to: Option<String>,
    /// `from` as a date.
    pub begins: Option<Edtf>,
    /// `to` as a date.
    pub ends: Option<Edtf>,
}

/// Whether someone held an office.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// On each day that is meant.
    Certainly,
    /// As far as the dates tell, but they do not tell it for sure.
    Perhaps,
}

impl Office {
    /// Whether it was held at a date; none where the dates exclude it or there are none.
    pub fn held(&self, date: &Edtf) -> Option<Held> {
        if self.begins.is_none() && self.ends.is_none() {
            return None;
        }
        let (first, last) = (date.earliest(), date.latest());
        let over = self.ends.and_then(|ends| ends.latest()).zip(first).is_some_and(|(end, first)| end < first);
        let ahead =
            self.begins.and_then(|begins| begins.earliest()).zip(last).is_some_and(|(begin, last)| begin > last);
        if over || ahead {
            return None;
        }
        let exact = |date: &Option<Edtf>| date.filter(Edtf::is_exact);
        let begun = exact(&self.begins).and_then(|begins| begins.latest()).zip(first);
        let ended = exact(&self.ends).and_then(|ends| ends.earliest()).zip(last);
        let certain = date.is_exact()
            && begun.is_some_and(|(begin, first)| begin <= first)
            && ended.is_some_and(|(end, last)| last <= end);
        Some(if certain { Held::Certainly } else { Held::Perhaps })
    }

    /// When it was held: `1961–1969`, `March 27, 1958 – October 14, 1964`.
    pub fn span(&self, words: &DateWords) -> Option<String> {
        let end = |date: &Option<Edtf>, written: &Option<String>| {
            date.map(|date| date.display(words)).or_else(|| written.clone()).unwrap_or_default()
        };
        let (from, to) = (end(&self.begins, &self.from), end(&self.ends, &self.to));
        let parted = !from.is_empty() && !to.is_empty() && (from.contains(' ') || to.contains(' '));
        let dash = if parted { " – " } else { "–" };
        (!from.is_empty() || !to.is_empty()).then(|| format!("{from}{dash}{to}"))
    }
}

/// An entry.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct RegisterEntry {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Name for sorting.
    pub sort: Option<String>,
    /// Other forms of the name.
    pub variants: Vec<String>,
    /// Siglum of a repository or a printing.
    pub siglum: Option<String>,
    /// Description, Markdown.
    pub description: Option<Printed>,
    /// The description in one line of plain text, for documents that name the entry.
    pub gloss: Option<String>,
    /// Ids to see.
    pub see: Vec<Printed>,
    /// Life dates and the like.
    pub dates: Option<String>,
    /// Offices.
    pub offices: Vec<Office>,
    /// Place of a body or an event: `place:…`.
    pub in_place: Option<String>,
    /// Author of a work: `person:…`, or a name.
    pub author: Option<String>,
    /// Date of a work.
    pub date: Option<String>,
    /// Printed page of the entry.
    pub page: Option<String>,
    /// The edition's entry that this one is.
    pub is: Option<Printed>,
    /// Authority records.
    pub same_as: Vec<String>,
    /// Address on the web, of a repository or a body.
    pub url: Option<String>,
    /// Postal address.
    pub address: Option<String>,
    /// Old addresses of the entry.
    pub aliases: Vec<Printed>,
    /// Latitude and longitude.
    pub coordinates: Option<String>,
    /// For themes.
    #[serde(with = "super::as_json")]
    pub extra: serde_json::Value,
}

impl RegisterEntry {
    /// Whether it says no more than where to see.
    pub fn only_refers(&self) -> bool {
        let says = self.description.is_some() || self.dates.is_some() || !self.offices.is_empty();
        !self.see.is_empty() && !says
    }

    /// The name by which it is sorted: without signs before its first letter.
    pub fn sort_name(&self) -> &str {
        super::collate::bare(self.sort.as_deref().unwrap_or(&self.name))
    }
}

/// A register.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Register {
    /// Which.
    pub kind: RegisterKind,
    /// File, from the edition's root.
    pub file: Arc<str>,
    /// Address of its page within the site.
    pub path: String,
    /// Entries in the order of the file.
    pub entries: Vec<RegisterEntry>,
    /// Place of each entry, by id.
    index: BTreeMap<String, usize>,
}

/// References in a register, with their places.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct RegisterReferences {
    /// In the descriptions of its entries.
    pub links: Vec<LinkUse>,
    /// Ids in `see`, which are of the same register.
    pub see: Vec<LinkUse>,
    /// Ids in `is`, which are of the edition's register.
    pub is: Vec<LinkUse>,
}

impl Register {
    /// A register whose page stands at the root of the site until it is placed in a volume.
    pub fn new(kind: RegisterKind, file: Arc<str>, entries: Vec<RegisterEntry>) -> Self {
        let index = entries.iter().enumerate().map(|(at, entry)| (entry.id.clone(), at)).collect();
        Register { kind, file, path: format!("{}.html", kind.name()), entries, index }
    }

    /// The entry of that id.
    pub fn entry(&self, id: &str) -> Option<&RegisterEntry> {
        self.entries.get(*self.index.get(id)?)
    }

    /// Place of the entry of that id.
    pub fn position(&self, id: &str) -> Option<usize> {
        self.index.get(id).copied()
    }

    /// Address of the page of an entry, or of a further one on which its documents go on. The bibliography has none.
    pub fn entry_path(&self, id: &str, sheet: usize) -> Option<String> {
        let folder = self.path.strip_suffix(".html").filter(|_| self.kind != RegisterKind::Bibliography)?;
        Some(match sheet {
            0 => format!("{folder}/{id}.html"),
            further => format!("{folder}/{id}/{}.html", further + 1),
        })
    }

    /// All ids, sorted.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.index.keys().map(String::as_str)
    }
}
