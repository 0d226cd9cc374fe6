//! Views of the index of printed pages.

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
    /// Whether pages begin again in each document.
    pub by_document: bool,
    /// The pages in order, in parts that a reader can unfold; one part where there are few.
    pub ranges: Vec<PageRange>,
}

/// A part of a pagination.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct PageRange {
    /// From where to where: `1600–1699`.
    pub label: String,
    /// The pages, where they run through the volume.
    pub pages: Vec<PageEntry>,
    /// The documents with their pages, where these begin again in each.
    pub groups: Vec<PageGroup>,
}

/// Pages of one document, where pages begin again in each.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct PageGroup {
    /// The document.
    pub document: Link,
    /// The pages.
    pub pages: Vec<PageEntry>,
}

/// One page in the page index.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct PageEntry {
    /// Printed page number.
    pub page: String,
    /// Its anchor in the index, where pages run through the volume: `typeset-1609`.
    pub id: Option<String>,
    /// Address with anchor.
    pub href: String,
    /// The document, for the title attribute: plain text.
    pub document: String,
    /// Further documents on the page, where they begin.
    pub others: Vec<Link>,
}
