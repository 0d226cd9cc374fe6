//! Views of lists: page indexes and registers.

use super::{Head, Link};
use crate::model::html::Html;
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

/// A plain register page: `page`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct RegisterView {
    /// What every page has.
    pub head: Head,
    /// Which register; its key in `words.registers`.
    pub kind: &'static str,
    /// Entries in the order of their sort names.
    pub entries: Vec<RegisterEntryView>,
    /// The editor's introduction (a section with the register's id): blocks of HTML.
    pub introduction: Html,
}

/// One entry of a register page.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct RegisterEntryView {
    /// Id, also the anchor.
    pub id: String,
    /// Anchors that it had before.
    pub old_anchors: Vec<String>,
    /// Name.
    pub name: String,
    /// Other forms of the name.
    pub variants: Vec<String>,
    /// Life dates or the like, as written.
    pub dates: Option<String>,
    /// Offices in one line each.
    pub offices: Vec<String>,
    /// Description: blocks of HTML.
    pub description: Html,
    /// Entries to see instead or also.
    pub see: Vec<Link>,
    /// Authority records.
    pub same_as: Vec<String>,
}
