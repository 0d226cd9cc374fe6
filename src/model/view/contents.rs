//! Contents: of a volume or a section, and the place of a page in them.

use crate::model::html::Html;
use serde::Serialize;

/// A page with those that stand next to it in the contents.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
pub struct WindowView {
    /// How many come before those that are shown.
    pub before: usize,
    /// Those that are shown, in the order of the contents, this page among them.
    pub pages: Vec<WindowLink>,
    /// How many come after them.
    pub after: usize,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct WindowLink {
    /// Relative address; none for this page.
    pub href: Option<String>,
    /// What stands in the link: inline HTML without links or notes.
    pub title: Html,
    /// Printed number of the document, where it has one.
    pub number: Option<String>,
}

/// An entry of a contents tree.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct ContentsEntry {
    /// `section`, `document` or another kind of document.
    pub kind: &'static str,
    /// Address; none for a folder without a page.
    pub href: Option<String>,
    /// Title: inline HTML.
    pub title: Html,
    /// Printed number.
    pub number: Option<String>,
    /// Date in words.
    pub date: Option<String>,
    /// Numbers of the first and last document below: `617–623`.
    pub range: Option<String>,
    /// Number of documents below.
    pub documents: usize,
    /// What lies below. A landing page has sections only; a section page its own children.
    pub children: Vec<ContentsEntry>,
}
