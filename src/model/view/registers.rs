//! Views of registers: their lists and the pages of their entries.

use super::{DateView, Head, Link};
use crate::model::html::Html;
use serde::Serialize;

/// The list of a register: `page`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct RegisterView {
    /// What every page has.
    pub head: Head,
    /// Which register; its key in `words.registers`.
    pub kind: &'static str,
    /// Letters under which entries stand, in the order of the alphabet; none where there are few entries.
    pub letters: Vec<LetterView>,
    /// Entries in the order of their sort names, by the rules of the edition's language.
    pub entries: Vec<RegisterEntryView>,
    /// Entries that were published and given up, by id. Their anchors stay.
    pub withdrawn: Vec<WithdrawnEntryView>,
    /// The editor's introduction (a section with the register's id): blocks of HTML.
    pub introduction: Html,
}

/// An entry that was given up.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct WithdrawnEntryView {
    /// Id, also the anchor.
    pub id: String,
    /// What it was called.
    pub title: String,
    /// The page that says so.
    pub href: String,
}

/// A letter of the alphabet above a register.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct LetterView {
    /// The letter; `#` for what begins with none.
    pub letter: String,
    /// The first entry under it.
    pub href: String,
}

/// One entry in the list of a register.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct RegisterEntryView {
    /// Id, also the anchor.
    pub id: String,
    /// Anchors that it had before.
    pub old_anchors: Vec<String>,
    /// Name.
    pub name: String,
    /// Its own page; the bibliography has none.
    pub href: Option<String>,
    /// Number of documents that name it, or have it in a role.
    pub documents: usize,
    /// Other forms of the name.
    pub variants: Vec<String>,
    /// Life dates or the like, as written.
    pub dates: Option<String>,
    /// Offices in one line each, without those that the description names.
    pub offices: Vec<String>,
    /// Description: blocks of HTML.
    pub description: Html,
    /// Entries to see instead or also.
    pub see: Vec<Link>,
    /// Authority records.
    pub same_as: Vec<String>,
}

/// The page of a register entry, with every document that mentions it: `page`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct EntryView {
    /// What every page has.
    pub head: Head,
    /// Which register; its key in `words.registers`.
    pub kind: &'static str,
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// The place of the entry in the list of its register.
    pub list: String,
    /// Other forms of the name.
    pub variants: Vec<String>,
    /// Siglum of a repository or a printing.
    pub siglum: Option<String>,
    /// Life dates or the like, as written.
    pub dates: Option<String>,
    /// Date of a work, as written.
    pub date: Option<String>,
    /// Author of a work.
    pub author: Option<EntryLink>,
    /// Place of a body or an event.
    pub place: Option<EntryLink>,
    /// Offices.
    pub offices: Vec<OfficeView>,
    /// Description: blocks of HTML.
    pub description: Html,
    /// Address on the web.
    pub url: Option<String>,
    /// Postal address.
    pub address: Option<String>,
    /// What is drawn from a repository, in the archives.
    pub archive: Option<String>,
    /// Printed page of the entry.
    pub page: Option<String>,
    /// Latitude and longitude, as written.
    pub coordinates: Option<String>,
    /// Entries to see instead or also.
    pub see: Vec<Link>,
    /// Entries that say so of this one.
    pub seen_from: Vec<Link>,
    /// The entry of the edition's register that this one is.
    pub is: Option<Link>,
    /// Entries of volumes that are this one; each with the volume.
    pub joined: Vec<JoinedView>,
    /// Authority records.
    pub same_as: Vec<String>,
    /// Number of documents that name it, or have it in a role, on all its pages.
    pub documents: usize,
    /// Documents on this page: those in which it has a role by date, then those that name it, by volume.
    pub groups: Vec<MentionGroup>,
    /// Which of its pages this is, from 1.
    pub sheet: usize,
    /// Its pages, where the documents need several.
    pub sheets: Vec<SheetLink>,
    /// `extra` of the entry.
    pub extra: serde_json::Value,
}

/// A name that may lead to a register entry.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct EntryLink {
    /// Name.
    pub name: String,
    /// Address of the entry.
    pub href: Option<String>,
}

/// An office.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct OfficeView {
    /// Title.
    pub title: String,
    /// When it was held, as the register says it: `1961–1969`.
    pub dates: Option<String>,
    /// Beside a document: whether it was held on the document's date for sure. Elsewhere always set.
    pub certain: bool,
}

/// An entry of a volume that is an entry of the edition.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct JoinedView {
    /// The entry, by its name there.
    pub entry: Link,
    /// The volume.
    pub volume: Link,
}

/// Documents under a heading.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct MentionGroup {
    /// Key of the role in `words.entry_roles`: `sent`, `received`, `participant`, `written`, `kept`; or `named`.
    pub role: &'static str,
    /// The volume of documents that name the entry, where it is not that of the register.
    pub volume: Option<Link>,
    /// Whether the group before has the same role, so that only the volume is new.
    pub goes_on: bool,
    /// The documents.
    pub rows: Vec<MentionRow>,
}

/// A document that mentions an entry.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct MentionRow {
    /// The document.
    pub document: Link,
    /// The attachment that is meant, with its place on the document's page.
    pub attachment: Option<Link>,
    /// Date of the document or attachment.
    pub date: Option<DateView>,
    /// How often it names the entry; 0 for roles.
    pub count: usize,
    /// Where it does so first.
    pub first: Option<String>,
}

/// One of the pages of an entry.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct SheetLink {
    /// Which, from 1.
    pub number: usize,
    /// Its address; none for this page.
    pub href: Option<String>,
    /// Keys of the roles on it, as in `MentionGroup`.
    pub roles: Vec<&'static str>,
    /// Volumes of which it lists documents, as plain text.
    pub volumes: Vec<String>,
}
