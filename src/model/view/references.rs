//! Views of references to a document: the other end of each.

use super::Link;
use crate::model::html::Html;
use serde::Serialize;

/// A document that refers to this one.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct ReferringView {
    /// The document; its address is that of the first place.
    pub link: Link,
    /// Title of its volume, where that is another one.
    pub volume: Option<Html>,
    /// The places, in the order of its text.
    pub places: Vec<ReferenceView>,
}

/// One place at which another document refers to this one.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct ReferenceView {
    /// The place there.
    pub place: AnchorView,
    /// The parts of this document that are meant, where it is not the whole.
    pub parts: Vec<AnchorView>,
}

/// A place on the page of a document.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct AnchorView {
    /// Address.
    pub href: String,
    /// Key in `words.anchors`: `head` (above the text), `paragraph`, `note`, `source`, `page`, `part`.
    pub kind: &'static str,
    /// Number of a paragraph or note, name of a page or part, where there is one.
    pub name: Option<String>,
}
