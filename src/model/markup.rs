//! What a volume says about its own markup: paginations, note series, classes, schemes, patterns.

use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Whether page numbers run through the volume or begin again in each document.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// Through the volume.
    #[default]
    Volume,
    /// Anew in each document.
    Document,
}

/// Whether page numbers must rise.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sequence {
    /// A number that goes backwards is a warning.
    #[default]
    Ascending,
    /// Any order.
    Free,
}

/// A pagination: one way in which the pages of the volume are counted.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Pagination {
    /// Id, the first part of its anchors.
    pub id: String,
    /// What a page of it is called: `Page`, `Facsimile Page`.
    pub label: String,
    /// Literal mark in the text, with `{n}` for the number: `Typeset Page {n}`.
    pub marker: Option<String>,
    /// Where numbers run.
    pub scope: Scope,
    /// Whether they rise.
    pub sequence: Sequence,
    /// Address of the images: a pattern with `{image}`, or a folder.
    pub images: Option<String>,
}

impl Pagination {
    /// The pagination of a volume that declares none.
    pub fn plain() -> Self {
        Pagination {
            id: "page".into(),
            label: "Page".into(),
            marker: None,
            scope: Scope::Volume,
            sequence: Sequence::Ascending,
            images: None,
        }
    }

    /// What a page is called in full: `Typeset Page 1609`.
    pub fn name(&self, page: &str) -> String {
        format!("{} {page}", self.label)
    }
}

/// A page number as part of an anchor: white space and characters that addresses cannot hold become hyphens.
pub fn anchor_words(number: &str) -> String {
    number.chars().map(|c| if c.is_alphanumeric() || matches!(c, '-' | '.' | '_') { c } else { '-' }).collect()
}

/// The anchor of a page that comes once: `typeset-1609`.
pub fn page_anchor(pagination: &str, page: &str) -> String {
    format!("{}-{}", anchor_words(pagination), anchor_words(page))
}

/// Who wrote the notes of a series.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoteAuthor {
    /// The editors.
    #[default]
    Editor,
    /// The author of the document.
    Author,
}

/// A series of notes: labels that begin with its prefix.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct NoteSeriesRule {
    /// Letters before the digits of a label; empty for the main series.
    pub prefix: String,
    /// Heading of the list.
    pub title: Option<String>,
    /// Whose notes they are.
    pub by: NoteAuthor,
}

/// Where printed note numbers come from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoteNumbering {
    /// Labels are the printed numbers.
    #[default]
    Printed,
    /// Numbers are counted in each series; labels are permanent names.
    Auto,
}

/// A printed phrase that gets a class.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Pattern {
    /// The phrase, looked for without regard to case in text between square brackets.
    pub phrase: String,
    /// Class of the bracketed text.
    pub class: String,
    /// Its `reason`, as on a gap.
    pub reason: Option<String>,
}

/// How editorial signs print: what stands before and after the words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Sign {
    /// Printed before.
    pub before: String,
    /// Printed after.
    pub after: String,
}

/// The signs of a volume.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Signs {
    /// Text supplied by the editors.
    pub supplied: Sign,
    /// Text that is hard to read.
    pub unclear: Sign,
    /// Text that is not there.
    pub gap: Sign,
    /// What stands around the label of a page break, by style only.
    pub page: Sign,
}

impl Default for Signs {
    fn default() -> Self {
        let sign = |before: &str, after: &str| Sign { before: before.into(), after: after.into() };
        Signs { supplied: sign("[", "]"), unclear: sign("[", "?]"), gap: sign("[", "]"), page: sign("[", "]") }
    }
}

/// All that reading a document's Markdown depends on, besides the document.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Markup {
    /// Paginations; the first is meant where none is named.
    pub paginations: Vec<Pagination>,
    /// Note series besides the main one, and the main one's title when its prefix is empty.
    pub note_series: Vec<NoteSeriesRule>,
    /// Classes that site.yaml declares.
    pub classes: BTreeSet<String>,
    /// Link schemes that site.yaml declares.
    pub schemes: BTreeSet<String>,
    /// Printed phrases with a class.
    pub patterns: Vec<Pattern>,
    /// Signs of the editors.
    pub signs: Signs,
    /// Whether any HTML is allowed here.
    pub html: bool,
}

impl Markup {
    /// The pagination of that id.
    pub fn pagination(&self, id: &str) -> Option<&Pagination> {
        self.paginations.iter().find(|pagination| pagination.id == id)
    }

    /// The prefix of the series a label belongs to: a declared prefix and digits; else the main series, empty.
    pub fn series_of<'l>(&self, label: &'l str) -> &'l str {
        let digits = label.trim_start_matches(|c: char| !c.is_ascii_digit());
        let prefix = &label[..label.len() - digits.len()];
        let counted = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        let declared = self.note_series.iter().any(|series| series.prefix == prefix);
        if counted && declared { prefix } else { "" }
    }
}
