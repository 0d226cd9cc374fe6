//! How documents are cited, and what their pages tell programs.

use crate::model::html::Html;
use serde::Serialize;

/// How to cite the document.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct CiteView {
    /// The edition, by its own pattern, else as in a note of the Chicago style: inline HTML.
    pub text: Html,
    /// Where the original lies, and its further witnesses: inline HTML.
    pub original: Option<Html>,
    /// Absolute address, where known.
    pub permalink: Option<String>,
    /// The same in several styles.
    pub styles: Vec<CiteStyle>,
    /// Attachments, each within the document.
    pub attachments: Vec<CitePart>,
    /// Files for programs.
    pub files: Vec<CiteFile>,
}

/// A citation in one style.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct CiteStyle {
    /// Key in `words.citation.styles`: `note`, `bibliography`, `mla`.
    pub key: &'static str,
    /// The edition: inline HTML. None where it is what `text` of the view says already.
    pub edition: Option<Html>,
    /// The original, where it is known: inline HTML.
    pub original: Option<Html>,
}

/// The citation of an attachment.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct CitePart {
    /// `#{id}` of the part on this page; none when it is listed only.
    pub href: Option<String>,
    /// The citation, as that of the document: inline HTML.
    pub text: Html,
    /// Where its original lies: inline HTML.
    pub original: Option<Html>,
}

/// A citation for programs.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct CiteFile {
    /// `RIS`, `BibTeX` or `CSL-JSON`.
    pub name: &'static str,
    /// The file itself as a `data:` address, or the relative address of one.
    pub href: String,
    /// Name under which it is kept.
    pub file: String,
}

/// What the head of a page tells programs about what is cited by it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
pub struct MetadataView {
    /// `meta` elements, in order.
    pub tags: Vec<MetaTag>,
    /// JSON-LD in the words of schema.org, ready for a `script` element.
    pub linked: Html,
}

/// A `meta` element.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct MetaTag {
    /// Its name, such as `dcterms.title`.
    pub name: &'static str,
    /// Its content.
    pub content: String,
}
