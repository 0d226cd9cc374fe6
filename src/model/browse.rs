//! Documents by what they are: genre, correspondents, topics, status; and the pages that list them.

use super::listing::{self, Item, MOST};
use super::register::RegisterKind;
use std::collections::BTreeMap;

/// A property by which documents are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Facet {
    /// Genre, as the edition calls it.
    Genres,
    /// Senders and recipients.
    Correspondents,
    /// Topics.
    Topics,
    /// Kind of document, and the steps that its text went through.
    Status,
}

impl Facet {
    /// All.
    pub const ALL: [Facet; 4] = [Facet::Genres, Facet::Correspondents, Facet::Topics, Facet::Status];

    /// Its name in addresses and in `words.facets`.
    pub fn name(self) -> &'static str {
        match self {
            Facet::Genres => "genres",
            Facet::Correspondents => "correspondents",
            Facet::Topics => "topics",
            Facet::Status => "status",
        }
    }
}

/// One value of a property, with what has it, in the order of the edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// As it is shown: a name, or a key of `words.states` for the status.
    pub name: String,
    /// By what it is sorted.
    pub sort: String,
    /// Its name in addresses, unlike that of any other value.
    pub slug: String,
    /// Register entry: volume whose reference it is, kind and id.
    pub entry: Option<(Option<usize>, RegisterKind, String)>,
    /// What has the value; of correspondents, what they sent.
    pub items: Vec<Item>,
    /// What correspondents received.
    pub received: Vec<Item>,
}

impl Value {
    /// How many items it has.
    pub fn count(&self) -> usize {
        self.items.len() + self.received.len()
    }
}

/// All lists of an edition; a property that no document has is not there.
pub type Browse = BTreeMap<Facet, Vec<Value>>;

/// A page of these lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum BrowsePage {
    /// The properties.
    Overview,
    /// One property.
    Facet(Facet),
    /// One value of a property with many documents: its number, and a part, from 1.
    Value(Facet, usize, usize),
}

/// Whether each value of a property has a page of its own.
pub fn is_split(values: &[Value]) -> bool {
    values.iter().map(Value::count).sum::<usize>() > MOST
}

/// All pages, with their addresses.
pub fn pages(browse: &Browse) -> Vec<(String, BrowsePage)> {
    if browse.is_empty() {
        return Vec::new();
    }
    let mut pages = vec![("browse.html".to_owned(), BrowsePage::Overview)];
    for (&facet, values) in browse {
        pages.push((format!("browse/{}.html", facet.name()), BrowsePage::Facet(facet)));
        if is_split(values) {
            for (number, value) in values.iter().enumerate() {
                let parts = 1..=listing::parts(value.count());
                pages.extend(parts.map(|part| (address(facet, value, part), BrowsePage::Value(facet, number, part))));
            }
        }
    }
    pages
}

/// The page of a value: `browse/genres/telegram.html`; its further parts end in `.2`, `.3` …
pub fn address(facet: Facet, value: &Value, part: usize) -> String {
    let part = if part > 1 { format!(".{part}") } else { String::new() };
    format!("browse/{}/{}{part}.html", facet.name(), value.slug)
}
