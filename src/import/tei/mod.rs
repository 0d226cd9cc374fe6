//! TEI P5 as files of an edition, above all the two encodings of *Foreign Relations of the United States*.
//!
//! ```text
//! index: ids, labels of notes, what becomes a file → walk: one file after the other → registers, volume
//! ```

mod attachments;
mod blocks;
mod calendar;
mod counts;
mod dates;
mod document;
mod doubts;
mod excisions;
mod header;
pub mod index;
mod inlines;
mod links;
mod offices;
mod other;
mod register;
mod sections;
pub mod source;
mod tables;

#[cfg(test)]
mod tests;

use super::lost;
use super::report::Report;
use super::volume::File;
use super::xml::{self, Fault, Node, NodeId};
use crate::model::date::Day;
use index::{Index, pagination};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

/// A volume as it will be written.
#[derive(Debug, Default)]
pub struct Volume {
    /// Its id, the name of its folder.
    pub id: String,
    /// Its files, in the order of the source.
    pub files: Vec<File>,
    /// What was found and written.
    pub report: Report,
}

/// Walks a volume and makes its files.
pub struct Importer<'a> {
    index: Index,
    volume: String,
    first_pagination: String,
    paginations: Vec<String>,
    /// Paginations whose numbers begin again in each document.
    document_paginations: BTreeSet<String>,
    /// Notes that become front matter, so that no anchor of theirs exists.
    lost_notes: BTreeSet<(String, String)>,
    /// The page reached, by pagination.
    current: BTreeMap<String, String>,
    /// What is doubtful, by the element that it is about: a division that becomes a file, or an entry of a register.
    doubts: BTreeMap<NodeId, Vec<String>>,
    /// Page breaks between files: they belong to the next one.
    pending: Vec<Node<'a>>,
    /// Notes made of readings so far.
    apparatus: usize,
    /// Addresses of the images of pages, by the ids of their surfaces.
    images: BTreeMap<String, String>,
    /// Attachments of the document at hand.
    attached: Vec<attachments::Attached<'a>>,
    /// The years that the volume's titles name.
    covers: Option<RangeInclusive<Day>>,
    /// Whether documents list the images of their pages.
    facsimiles: bool,
    progress: Progress<'a>,
    report: Report,
    files: Vec<File>,
}

/// Is told how many documents are written, and how many there will be.
pub type Progress<'a> = &'a dyn Fn(usize, usize);

/// Imports a file. `name` is how the report calls it, `volume` the id to use in place of the file's own.
///
/// # Errors
/// Says with line and column why the file cannot be read, or that it is no TEI.
pub fn import(name: &str, text: &str, volume: Option<&str>) -> Result<Vec<Volume>, Fault> {
    import_with(name, text, volume, &|_, _| {})
}

/// Imports a file as [`import`] does, and tells how far it has come.
///
/// # Errors
/// As [`import`].
pub fn import_with(name: &str, text: &str, volume: Option<&str>, progress: Progress<'_>) -> Result<Vec<Volume>, Fault> {
    let text = xml::escaped_once(text);
    let tree = xml::parse(&text)?;
    let root = tree.root_element();
    let stem = name.rsplit(['/', '\\']).next().unwrap_or(name).trim_end_matches(".xml");
    match xml::name(root) {
        "TEI" => Ok(vec![import_text(name, stem, root, volume, progress)?]),
        "teiCorpus" => import_corpus(name, volume.unwrap_or(stem), root, progress),
        other => {
            let message = format!("the root element is <{other}>, not <TEI> or <teiCorpus>");
            Err(Fault { at: Some(xml::place(root)), message })
        }
    }
}

/// Each text of a corpus as a volume. What its own header says belongs to none of them, and is named in the first.
fn import_corpus(name: &str, stem: &str, root: Node<'_>, progress: Progress<'_>) -> Result<Vec<Volume>, Fault> {
    let mut volumes: Vec<Volume> = Vec::new();
    let texts = root.descendants().filter(|node| xml::name(*node) == "TEI");
    for (number, text) in texts.enumerate() {
        let own = xml::id(text).map_or_else(|| format!("{stem}-{}", number + 1), str::to_owned);
        let volume = import_text(name, &own, text, None, progress)?;
        if volumes.iter().any(|other| other.id.eq_ignore_ascii_case(&volume.id)) {
            let message = format!("two texts of the corpus are the volume `{}`", volume.id);
            return Err(Fault { at: Some(xml::place(text)), message });
        }
        volumes.push(volume);
    }
    let Some(first) = volumes.first_mut() else {
        return Err(Fault { at: Some(xml::place(root)), message: "the corpus holds no <TEI>".to_owned() });
    };
    let others: Vec<Node<'_>> =
        xml::children(root).filter(|part| !matches!(xml::name(*part), "TEI" | "teiCorpus")).collect();
    let written: Vec<&str> = first.files.iter().map(|file| file.text.as_str()).collect();
    lost::check(&others, &written, other::is_about_the_file, &mut first.report);
    Ok(volumes)
}

/// One text as a volume; `stem` is its id where nothing else says one.
fn import_text(
    name: &str,
    stem: &str,
    root: Node<'_>,
    volume: Option<&str>,
    progress: Progress<'_>,
) -> Result<Volume, Fault> {
    let Some(body) = xml::child(root, "text") else {
        return Err(Fault { at: Some(xml::place(root)), message: "the document has no <text>".to_owned() });
    };
    let own = xml::find(root, "publicationStmt").and_then(|statement| {
        xml::children(statement).find(|idno| xml::name(*idno) == "idno" && xml::value(*idno, "type") == Some("frus"))
    });
    let own = own.map(xml::words).filter(|id| !id.is_empty());
    let id = index::clean(volume.map_or_else(|| own.unwrap_or_else(|| stem.to_owned()), str::to_owned).as_str());
    let mut importer = Importer::new(name, id, body, progress);
    importer.covers = header::covers(root);
    importer.images = other::surfaces(root);
    importer.index.add_entries(root);
    importer.volume(root, body);
    importer.finish(root)
}

impl<'a> Importer<'a> {
    fn new(name: &str, volume: String, text: Node<'a>, progress: Progress<'a>) -> Self {
        let mut report = Report { source: name.to_owned(), volume: volume.clone(), ..Report::default() };
        counts::count(text, &mut report);
        if let Some(images) = text.parent().and_then(|root| xml::child(root, "facsimile")) {
            let what = "its addresses of images were left out; page breaks keep the names of their images";
            report.unknown("facsimile", || xml::place(images), what);
        }
        let paginations = paginations(text);
        let mut importer = Importer {
            index: Index::of(text),
            volume,
            first_pagination: paginations.first().cloned().unwrap_or_else(|| "print".to_owned()),
            document_paginations: begun_again(text),
            paginations,
            lost_notes: BTreeSet::new(),
            doubts: BTreeMap::new(),
            current: BTreeMap::new(),
            pending: Vec::new(),
            apparatus: 0,
            images: BTreeMap::new(),
            attached: Vec::new(),
            covers: None,
            facsimiles: text.descendants().any(|node| xml::name(node) == "file"),
            progress,
            report,
            files: Vec::new(),
        };
        importer.doubt_index(text);
        importer.find_lost_notes(text);
        importer
    }

    /// Summaries in heads become `summary:`, so their numbers are no anchors.
    fn find_lost_notes(&mut self, text: Node<'a>) {
        for document in text.descendants().filter(|node| xml::is_div(*node, "document")) {
            let Some((_, id)) = self.index.unit(document) else { continue };
            let parts = document::head_notes(document);
            for note in parts.summary.into_iter() {
                if let Some(label) = self.index.label(note) {
                    self.lost_notes.insert((id.clone(), label.label.clone()));
                }
            }
        }
    }

    fn finish(mut self, root: Node<'a>) -> Result<Volume, Fault> {
        self.name_what_is_lost(root);
        let empty = self.files.iter().all(|file| file.text.trim_end().ends_with("\n---"));
        if self.files.len() <= 1 && empty {
            let message = "the text holds no words that could become a document or a section".to_owned();
            return Err(Fault { at: Some(xml::place(root)), message });
        }
        Ok(Volume { id: self.volume, files: self.files, report: self.report })
    }
}

impl<'a> Importer<'a> {
    /// Holds the words of the source against the files.
    fn name_what_is_lost(&mut self, root: Node<'a>) {
        // The word before a number goes with the number, which is a field.
        let heads = root.descendants().filter(|node| xml::name(*node) == "head" && xml::ancestor_document(*node));
        let numbered = heads.filter(|head| xml::words(*head).starts_with("No. ")).count();
        let numbers = "No ".repeat(numbered);
        let mut written: Vec<&str> = self.files.iter().map(|file| file.text.as_str()).collect();
        written.push(&numbers);
        let parts: Vec<Node<'a>> = xml::children(root).filter(|part| xml::name(*part) != "teiHeader").collect();
        // A note that repeats another stands once.
        let skipped = |node| other::is_left_out(node) || self.index.label(node).is_some_and(|label| label.repeats);
        lost::check(&parts, &written, skipped, &mut self.report);
        let header: Vec<Node<'a>> = xml::child(root, "teiHeader").into_iter().collect();
        lost::check(&header, &written, other::is_about_the_file, &mut self.report);
    }
}

/// The paginations of a text: that of most breaks first.
fn paginations(text: Node<'_>) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for pb in text.descendants().filter(|node| xml::name(*node) == "pb") {
        *counts.entry(pagination(pb)).or_default() += 1;
    }
    let mut names: Vec<(&str, usize)> = counts.into_iter().collect();
    names.sort_by_key(|(name, count)| (usize::MAX - count, *name));
    names.into_iter().map(|(name, _)| name.to_owned()).collect()
}

/// Paginations in which two documents have the same page.
fn begun_again(text: Node<'_>) -> BTreeSet<String> {
    let mut seen: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for pb in text.descendants().filter(|node| xml::name(*node) == "pb" && xml::ancestor_document(*node)) {
        *seen.entry((pagination(pb), xml::value(pb, "n").unwrap_or(""))).or_default() += 1;
    }
    let often = |n: &usize| *n > 2;
    seen.iter().filter(|((_, page), n)| !page.is_empty() && often(n)).map(|((name, _), _)| (*name).to_owned()).collect()
}
