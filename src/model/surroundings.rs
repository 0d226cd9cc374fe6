//! What the page of a document shows that does not come from its own source.
//!
//! A document's page is made from four things: its source, its volume's rules, the edition's settings, and this. The
//! view of a document takes these and nothing else, so that their hashes say whether its page is still as it was.

use super::html::Html;
use super::page::Resolved;
use super::view::{ChangeView, ContentsEntry, Link, MentionView, ReferringView, RelatedView, RightsView, WindowView};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// All that a page takes from the rest of the edition. The names of its parts are those of `--explain`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Surroundings {
    /// Where the page stands.
    pub place: Placement,
    /// The documents before and after.
    pub neighbours: Neighbours,
    /// The pages next to it in the contents.
    pub window: WindowView,
    /// Every reference of the document, as written, resolved.
    pub links: BTreeMap<Box<str>, Resolved>,
    /// Register entries that it names.
    pub registers: Mentions,
    /// The names of its repositories as they are printed, by the words that name them.
    pub repositories: BTreeMap<Box<str>, String>,
    /// Where in the archives its witnesses are listed, the base text first: addresses by the key of the field.
    pub archives: Vec<BTreeMap<&'static str, String>>,
    /// Names of the register entries of those who wrote and received it, and of the works in which it was printed, by
    /// the references that lead to them.
    pub cited: BTreeMap<Box<str>, String>,
    /// Documents to which it is related.
    pub related: Relations,
    /// Documents that refer to it.
    pub referring: Vec<ReferringView>,
    /// What lies directly below it, where it is a section.
    pub contents: Vec<ContentsEntry>,
    /// Its changes, newest first.
    pub history: Vec<ChangeView>,
    /// Addresses of its images that are there.
    pub images: BTreeSet<String>,
    /// Rights of the volume, which hold for documents that state none.
    pub rights: Option<RightsView>,
}

/// Where a page stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Placement {
    /// Address within the site.
    pub path: String,
    /// Id.
    pub id: String,
    /// Path of its source, where a link on the page names it; else a file may move and its page stays as it is.
    pub source: Option<Box<str>>,
    /// Language of the page.
    pub lang: String,
    /// The way from the home page to here, without both.
    pub crumbs: Vec<Link>,
    /// The volume's landing page.
    pub volume: Link,
    /// Title of the volume.
    pub volume_title: String,
    /// Its short title.
    pub volume_short: Option<String>,
    /// Language of the volume.
    pub volume_lang: String,
    /// Whether the volume is the whole edition.
    pub at_root: bool,
    /// Place among the documents of the volume, from 1; 0 for what is no document.
    pub position: usize,
    /// Number of documents in the volume.
    pub documents: usize,
}

/// The documents before and after.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Neighbours {
    /// Before.
    pub previous: Option<Link>,
    /// After.
    pub next: Option<Link>,
}

/// Register entries that a document names.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Mentions {
    /// Persons, by name.
    pub persons: Vec<MentionView>,
    /// Terms, by name.
    pub terms: Vec<MentionView>,
    /// Places, organizations, works, events.
    pub others: Vec<MentionView>,
    /// Names of works by the reference that leads to them, for places that are no links.
    pub names: BTreeMap<Box<str>, String>,
}

/// Documents to which a document is related.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Relations {
    /// As either of both states it.
    pub stated: Vec<RelatedView>,
    /// Targets that are pages of the edition, as written.
    pub pages: BTreeSet<Box<str>>,
    /// The letters before and after, in each correspondence.
    pub letters: BTreeMap<Box<str>, Letters>,
}

/// The letters beside a letter.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Letters {
    /// The one before: title and address.
    pub previous: Option<(Html, String)>,
    /// The one after.
    pub next: Option<(Html, String)>,
}
