//! Views of lists: page indexes.

use super::{Head, Link};
use serde::Serialize;

/// The page index: every page of each pagination: `page`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct PagesView {
    /// What every page has.
    pub head: Head,
    /// One list for each pagination.
    pub paginations: Vec<PaginationView>,
}

/// One pagination of the page index.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct PaginationView {
    /// Id.
    pub id: String,
    /// Label, such as `Typeset Page`.
    pub label: String,
    /// Groups of pages: one for a volume-wide pagination, one a document where pages begin again in each.
    pub groups: Vec<PageGroup>,
}

/// Pages that belong together in the page index.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct PageGroup {
    /// The document, where pages begin again in each.
    pub document: Option<Link>,
    /// The pages.
    pub pages: Vec<PageEntry>,
}

/// One page in the page index.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct PageEntry {
    /// Printed page number.
    pub page: String,
    /// Address with anchor.
    pub href: String,
    /// The document, for the title attribute: plain text.
    pub document: String,
}
