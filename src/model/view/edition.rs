//! Views of pages about the edition as a whole: what was withdrawn, what was corrected, how it was made.

use super::{ChangeView, EditorView, Head, Link, RegisterLink, RightsView, WayView};
use crate::model::html::Html;
use serde::Serialize;
use std::collections::BTreeMap;

/// The page of a document or a register entry that was given up: `page`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct WithdrawnView {
    /// What every page has.
    pub head: Head,
    /// Id, also of the `article` element.
    pub id: String,
    /// The register, where it was an entry of one; its key in `words.registers`.
    pub register: Option<&'static str>,
    /// Number that it had.
    pub number: Option<String>,
    /// Title that it had.
    pub title: String,
    /// Date of the document, in words.
    pub date: Option<String>,
    /// Since when it is withdrawn, in words.
    pub since: String,
    /// The same in EDTF.
    pub since_edtf: String,
    /// Why.
    pub reason: String,
    /// How to cite what was there: inline HTML.
    pub cite: Html,
}

/// The statement on accessibility: `page`. What the editors say of their own texts is `text`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct AccessibilityView {
    /// What every page has.
    pub head: Head,
    /// Version of the program, and so of the theme that comes with it.
    pub version: &'static str,
    /// Version of axe-core that its tests run.
    pub axe: &'static str,
    /// Whether the edition has templates or files of its own over that theme, to which the tests say nothing.
    pub own_theme: bool,
}

/// The list of corrections: `page`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct CorrectionsView {
    /// What every page has.
    pub head: Head,
    /// Whether the history of the edition is known; otherwise nothing can be said.
    pub is_known: bool,
    /// Corrections, newest first.
    pub corrections: Vec<CorrectionView>,
}

/// One correction.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct CorrectionView {
    /// The commit.
    pub change: ChangeView,
    /// Documents that it changed, where they are now.
    pub documents: Vec<Link>,
    /// Names of files that are no longer there.
    pub gone: Vec<String>,
}

/// How this edition was made: `page`. The edition itself is in `site`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct ColophonView {
    /// What every page has.
    pub head: Head,
    /// How the edition is cited: inline HTML.
    pub cite: Html,
    /// Those who edited the volumes, volume by volume.
    pub volume_editors: Vec<VolumeEditors>,
    /// Rights of volumes that have their own.
    pub volume_rights: Vec<VolumeRights>,
    /// Number of volumes.
    pub volumes: usize,
    /// Number of documents.
    pub documents: usize,
    /// Number of notes.
    pub notes: usize,
    /// Number of entries in registers of persons.
    pub persons: usize,
    /// Number of repositories that sources name.
    pub repositories: usize,
    /// Number of entries in all registers.
    pub entries: usize,
    /// Languages of the documents: names where they are known, else tags.
    pub languages: Vec<String>,
    /// Address of the list of corrections, where there are any.
    pub corrections: Option<String>,
    /// The commit from which it was built, where that is known.
    pub source: Option<SourceState>,
}

/// Those who edited a volume.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct VolumeEditors {
    /// The volume.
    pub volume: Link,
    /// Its editors.
    pub editors: Vec<EditorView>,
}

/// The rights of a volume.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct VolumeRights {
    /// The volume.
    pub volume: Link,
    /// Its rights.
    pub rights: RightsView,
}

/// The state of the sources: a commit.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct SourceState {
    /// The whole id of the commit.
    pub commit: String,
    /// The newest tag, the number of commits since, and the commit, as `git describe` tells it.
    pub describe: Option<String>,
    /// The day of the commit.
    pub date: String,
    /// Day and time with zone.
    pub datetime: String,
    /// Whether the sources differed from the commit when the site was built.
    pub uncommitted: bool,
}

/// How the texts of this edition were made: `page`. What the editors say of it is `text`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct MethodView {
    /// What every page has.
    pub head: Head,
    /// Legends of the signs that are used: one, or one for each group of volumes that print them alike.
    pub legends: Vec<LegendView>,
    /// Paginations by which pages are marked.
    pub paginations: Vec<MethodPagination>,
}

/// What editorial signs mean.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct LegendView {
    /// The volumes in which it holds, where others have another one.
    pub volumes: Vec<Link>,
    /// The signs.
    pub signs: Vec<SignView>,
}

/// An editorial sign.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct SignView {
    /// Its class: `supplied`, `unclear` …; `words.signs` says what it means.
    pub class: String,
    /// How it is printed around a word: inline HTML.
    pub sample: Html,
    /// Number of documents that have it.
    pub documents: usize,
}

/// A way in which the pages of a volume are marked.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct MethodPagination {
    /// The volume.
    pub volume: Link,
    /// What a page is called: `Facsimile Page`.
    pub label: String,
    /// Whether its numbers begin again in each document.
    pub by_document: bool,
    /// The page index, which lists its pages.
    pub href: String,
}

/// The search: `page`. What the editors say of it is `text`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct SearchView {
    /// What every page has.
    pub head: Head,
    /// Relative address of the index's folder, with a final slash; none where the site was built without one.
    pub index: Option<String>,
    /// Whether the index is still being made, as it may be in the preview.
    pub building: bool,
    /// Whether the index is made of scripts, so that it answers from disk too.
    pub offline: bool,
    /// Relative addresses of the theme's files for the search, by their names below `static/search/`.
    pub scripts: BTreeMap<String, String>,
    /// How many documents are indexed.
    pub documents: usize,
    /// Facets that the edition has.
    pub facets: Vec<SearchFacet>,
    /// Forms of queries, with examples from the edition.
    pub forms: Vec<SearchForm>,
    /// The words that the scripts need, as JSON for a `script` element.
    pub words: Html,
    /// Volumes in order, for those who read without scripts.
    pub volumes: Vec<Link>,
    /// Registers shared by all volumes.
    pub registers: Vec<RegisterLink>,
    /// Other ways into the edition.
    pub ways: Vec<WayView>,
}

/// A form of queries.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct SearchForm {
    /// `words`, `phrase`, `without`, `star`, `either`, `brackets`, `near`, `title`, `source` or `number`.
    pub id: &'static str,
    /// A query of this form that finds something, where the edition has one.
    pub example: Option<String>,
    /// The same for the address of the search, after `q=`.
    pub address: Option<String>,
}

/// What readers can narrow a search by.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct SearchFacet {
    /// `volume`, `genre`, `kind`, `person`, `sender`, `recipient`, `repository`, `classification`, `topic` or `language`.
    pub id: String,
    /// How many values it has.
    pub values: usize,
}
