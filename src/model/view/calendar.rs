//! Views of the calendar of documents.

use super::{CutView, DateView, Head, Link};
use crate::model::html::Html;
use serde::Serialize;

/// The calendar of a volume: every document in order: `page`. Its introduction is `text`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct CalendarView {
    /// What every page has.
    pub head: Head,
    /// Number of documents of the volume.
    pub documents: usize,
    /// This page among those of the calendar, where it has several.
    pub cut: Option<CutView>,
    /// Addresses of the calendar of the whole edition as CSV and as JSON.
    pub files: CalendarFiles,
    /// The documents of this page.
    pub entries: Vec<CalendarEntry>,
}

/// Where the calendar of the whole edition lies.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct CalendarFiles {
    /// As CSV.
    pub csv: String,
    /// As JSON.
    pub json: String,
}

/// A document in a calendar.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct CalendarEntry {
    /// The document.
    pub link: Link,
    /// Kind of the document.
    pub kind: &'static str,
    /// Date.
    pub date: Option<DateView>,
    /// Place of writing.
    pub place: Option<String>,
    /// The editors' abstract.
    pub summary: Option<String>,
    /// Where it lies or is printed, the base text first.
    pub sources: Vec<CalendarSource>,
    /// Attachments that have a date of their own.
    pub attachments: Vec<CalendarPart>,
}

/// A source in one line.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct CalendarSource {
    /// Siglum of the witness.
    pub siglum: Option<String>,
    /// Repository and path, or printing: plain text.
    pub words: String,
    /// Its place in the archives.
    pub href: Option<String>,
}

/// An attachment in a calendar.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct CalendarPart {
    /// Its place on the document's page; none where its text is not there.
    pub href: Option<String>,
    /// Label.
    pub label: Option<String>,
    /// Title: inline HTML.
    pub title: Option<Html>,
    /// `not-printed`, `not-found`, `withheld`.
    pub absence: Option<String>,
    /// Date.
    pub date: Option<DateView>,
    /// Where it lies or is printed, where it has a source of its own.
    pub sources: Vec<CalendarSource>,
}
