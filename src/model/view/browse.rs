//! Views of lists by genre, correspondent, topic and status.

use super::{Head, LetterView, Link, ListedView};
use serde::Serialize;

/// The properties by which documents are listed: `page`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct BrowseView {
    /// What every page has.
    pub head: Head,
    /// The properties.
    pub facets: Vec<FacetLink>,
    /// Address of the chronology, where there is one.
    pub chronology: Option<String>,
}

/// A property.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct FacetLink {
    /// `genres`, `correspondents`, `topics`, `status`; also its key in `words.facets`.
    pub facet: &'static str,
    /// Address.
    pub href: String,
    /// Number of its values.
    pub values: usize,
}

/// The documents by one property, or those of one value: `page`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct FacetView {
    /// What every page has.
    pub head: Head,
    /// `genres`, `correspondents`, `topics`, `status`; also its key in `words.facets`.
    pub facet: &'static str,
    /// Whether this is the page of one value.
    pub single: bool,
    /// Letters under which the values stand, where there are many.
    pub letters: Vec<LetterView>,
    /// The values; on the page of a value, that one.
    pub values: Vec<ValueView>,
    /// The part before, where a value has very many documents.
    pub previous: Option<Link>,
    /// The part after.
    pub next: Option<Link>,
}

/// One value.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct ValueView {
    /// Anchor.
    pub id: String,
    /// As it is shown. Of the status: a key of `words.states`.
    pub name: String,
    /// The page of the value, where it has one.
    pub href: Option<String>,
    /// Register entry of a correspondent.
    pub register: Option<String>,
    /// How many documents and attachments; of a correspondent, those that were sent.
    pub count: usize,
    /// How many a correspondent received.
    pub received_count: usize,
    /// The documents, in the order of the edition; none where they stand on a page of the value.
    pub entries: Vec<ListedView>,
    /// Those that a correspondent received.
    pub received: Vec<ListedView>,
}
