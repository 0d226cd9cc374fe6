//! Views of archives: where the documents of the edition lie.

use super::{Head, Link};
use crate::model::html::Html;
use serde::Serialize;

/// The list of archives: `page`. Its introduction is `text`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct ArchivesView {
    /// What every page has.
    pub head: Head,
    /// Number of documents of the edition.
    pub documents: usize,
    /// Repositories, in the order of their names.
    pub repositories: Vec<RepositoryLink>,
    /// Lists beside them: `markings`, `printings`, `unplaced`.
    pub lists: Vec<ArchiveLink>,
    /// Short forms of repositories, with what they stand for.
    pub sigla: Vec<SiglumView>,
}

/// A repository in the list of archives.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct RepositoryLink {
    /// Its name.
    pub name: String,
    /// Address.
    pub href: String,
    /// Where it is, in words.
    pub place: Option<String>,
    /// Its sigla.
    pub sigla: Vec<String>,
    /// The volume whose register alone describes it, in an edition of several.
    pub volume: Option<Link>,
    /// Number of documents and attachments that are drawn from it.
    pub documents: usize,
}

/// A list beside the repositories.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct ArchiveLink {
    /// `printings`, `markings` or `unplaced`; also its key in `words.archive_lists`.
    pub shows: &'static str,
    /// Address.
    pub href: String,
    /// Number of documents and attachments in it.
    pub documents: usize,
}

/// A siglum expanded.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct SiglumView {
    /// The short form.
    pub siglum: String,
    /// Whether the one before has the same short form.
    pub again: bool,
    /// The name of the repository.
    pub name: String,
    /// Address of its page; none where no document is drawn from it.
    pub href: Option<String>,
}

/// A repository with all that is drawn from it, or another list of the same form: `page`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct ArchiveView {
    /// What every page has.
    pub head: Head,
    /// `repository`, `printings`, `markings` or `unplaced`.
    pub shows: &'static str,
    /// Name of the repository; empty for other lists, whose names are in `words.archive_lists`.
    pub name: String,
    /// What registers say of the repository.
    pub entries: Vec<RepositoryView>,
    /// Number of documents and attachments that are drawn from it, on all its pages.
    pub documents: usize,
    /// Whether its collections have pages of their own, to which `places` leads.
    pub leads: bool,
    /// This page among the pages of its list, where it has several.
    pub cut: Option<CutView>,
    /// What lies in it: the collections, or what of them is listed on this page.
    pub places: Vec<HoldingView>,
    /// What lies directly in it.
    pub items: Vec<HeldView>,
}

/// What a register says of a repository.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct RepositoryView {
    /// Its page in the register, with every document that names it.
    pub href: Option<String>,
    /// Its address on the web.
    pub url: Option<String>,
    /// Its postal address.
    pub address: Option<String>,
    /// Its siglum.
    pub siglum: Option<String>,
    /// Where it is, in words.
    pub place: Option<String>,
    /// Other forms of its name.
    pub variants: Vec<String>,
    /// History, holdings, access: blocks of HTML.
    pub description: Html,
    /// Authority records.
    pub same_as: Vec<String>,
}

/// A page among those of one list.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct CutView {
    /// Its number, from 1.
    pub number: usize,
    /// How many there are.
    pub of: usize,
    /// Address of the page before.
    pub previous: Option<String>,
    /// Address of the page after.
    pub next: Option<String>,
}

/// A place in an archive: a collection, a box, a file; or a marking.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct HoldingView {
    /// Anchor; none where the place began on an earlier page, and on a page that leads to others.
    pub id: Option<String>,
    /// What it is: `record_group`, `collection`, `series`, `lot`, `box`, `folder`, `file`, `shelfmark`, which are keys of
    /// `words.source`; `printed`; `class`, `label`, `marking`; `unnamed`, `sourceless`, `classification`, `handling`,
    /// `loose`, which are keys of `words.archive_groups` and have no name of their own.
    pub step: &'static str,
    /// Whether the name says nothing without what it is, as the number of a box.
    pub bare: bool,
    /// Its name as written.
    pub name: String,
    /// Number of documents and attachments in it and its parts, on whatever page.
    pub documents: usize,
    /// Address of the page on which it is listed, where that is not this one.
    pub href: Option<String>,
    /// Whether it began on an earlier page.
    pub continued: bool,
    /// What lies in it and in no part of it.
    pub items: Vec<HeldView>,
    /// Its parts.
    pub places: Vec<HoldingView>,
}

/// A document or attachment in its place.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct HeldView {
    /// The document, or the attachment with its label and title.
    pub link: Link,
    /// The document of an attachment.
    pub within: Option<Link>,
    /// The volume, in an edition of several, where the document before it in the same place of `places` is of another.
    pub volume: Option<Link>,
    /// Date in words.
    pub date: Option<String>,
    /// Whether the date is inferred.
    pub inferred: bool,
    /// Siglum of the witness.
    pub siglum: Option<String>,
    /// Form as written; `words.forms` expands the usual short forms.
    pub form: Option<String>,
    /// Extent as written.
    pub extent: Option<String>,
    /// Classification as printed.
    pub classification: Option<String>,
    /// Handling as printed.
    pub handling: Vec<String>,
    /// Pages of a printing.
    pub pages: Option<String>,
}
