//! Views of registers.

use super::{Head, Link};
use crate::model::html::Html;
use serde::Serialize;

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
