//! Two published sites, document by document: what came, what went, what moved, and which words changed.
//!
//! Sites are compared as readers have them, by their pages, so that any two can be compared: of different programs,
//! themes and years. Pages of equal bytes are not read twice.

mod page;
pub mod show;
mod sites;
mod words;

pub use sites::{Site, is_page};
pub use words::{Part, Passage};

use crate::model::natural::natural;
use page::Page;
use rayon::prelude::*;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::io;

/// What became of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Change {
    /// It is no longer there.
    Withdrawn,
    /// It has another address.
    Moved,
    /// It is new.
    Added,
    /// Its words or its data are others.
    Changed,
    /// Its words are the same; links, page breaks or classes are others.
    Markup,
}

/// A document that is not as it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Document {
    /// What became of it.
    pub change: Change,
    /// Address within the new site; within the old one if it was withdrawn.
    pub address: String,
    /// Address within the old site, if that is another.
    pub old_address: Option<String>,
    /// Where its old address leads now, if it was withdrawn or moved.
    pub leads_to: Option<String>,
    /// `document`, `section` or `page`.
    pub kind: String,
    /// Number as printed.
    pub number: Option<String>,
    /// Title.
    pub title: String,
    /// Language tag.
    pub lang: String,
    /// Data that differ.
    pub data: Vec<Datum>,
    /// Where the text differs.
    pub text: Vec<Passage>,
}

/// A piece of data that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Datum {
    /// Its label on the page; `number` for the number.
    pub field: String,
    /// What it was.
    pub old: Vec<String>,
    /// What it is.
    pub new: Vec<String>,
}

/// Name of a site, and how many documents it has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Side {
    /// As the user named it.
    pub name: String,
    /// The commit it was built from, if it was.
    pub commit: Option<String>,
    /// Number of documents, sections and own pages.
    pub documents: usize,
}

/// Two sites compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Comparison {
    /// The old one.
    pub old: Side,
    /// The new one.
    pub new: Side,
    /// How many documents are the same in both.
    pub same: usize,
    /// Those that are not, by what became of them and in natural order of their addresses.
    pub documents: Vec<Document>,
}

/// Compares two sites.
///
/// # Errors
/// A page that cannot be read.
pub fn compare(old: &Site, new: &Site) -> io::Result<Comparison> {
    let paths: BTreeSet<&str> = old.paths().chain(new.paths()).collect();
    let paths: Vec<&str> = paths.into_iter().collect();
    let pairs: Vec<Pair> = paths.par_iter().map(|path| pair(old, new, path)).collect::<io::Result<_>>()?;
    let count = |one: fn(&Pair) -> bool| pairs.iter().filter(|pair| one(pair)).count();
    let equal = count(|pair| matches!(pair, Pair::Equal { is_document: true }));
    let documents =
        |of: fn(&Pair) -> Option<&Page>| equal + pairs.iter().filter_map(of).filter(|page| page.kind.is_some()).count();
    let side = |site: &Site, documents| Side { name: site.name.clone(), commit: site.commit.clone(), documents };
    let (old_side, new_side) = (side(old, documents(Pair::in_old)), side(new, documents(Pair::in_new)));
    let fates = fates(&paths, pairs);
    let found: Vec<Option<Document>> = fates.into_par_iter().map(Fate::document).collect();
    let frames = found.iter().filter(|document| document.is_none()).count();
    let mut documents: Vec<Document> = found.into_iter().flatten().collect();
    documents.sort_by_cached_key(|document| (document.change, natural(&document.address)));
    Ok(Comparison { old: old_side, new: new_side, same: equal + frames, documents })
}

/// What a page begins with that is a document, a section or a page of the edition.
const ARTICLE: &[u8] = b"<article";

/// What both sites have at an address.
enum Pair {
    Equal { is_document: bool },
    Differs { old: Option<Box<Page>>, new: Option<Box<Page>> },
}

impl Pair {
    fn in_old(&self) -> Option<&Page> {
        if let Pair::Differs { old, .. } = self { old.as_deref() } else { None }
    }

    fn in_new(&self) -> Option<&Page> {
        if let Pair::Differs { new, .. } = self { new.as_deref() } else { None }
    }
}

fn pair(old: &Site, new: &Site, path: &str) -> io::Result<Pair> {
    let (old, new) = (old.read(path)?, new.read(path)?);
    if let (Some(old), Some(new)) = (&old, &new)
        && old == new
    {
        // Enough to count them; most pages of most comparisons are equal.
        let is_document = old.windows(ARTICLE.len()).any(|bytes| bytes == ARTICLE);
        return Ok(Pair::Equal { is_document });
    }
    let page = |html: Option<std::borrow::Cow<'_, [u8]>>| html.map(|html| Box::new(page::read(&html)));
    Ok(Pair::Differs { old: page(old), new: page(new) })
}

/// A document that may not be as it was.
enum Fate {
    Withdrawn { path: String, page: Box<Page>, leads_to: Option<String> },
    Added { path: String, page: Box<Page> },
    Kept { path: String, old_path: String, leads_to: Option<String>, old: Box<Page>, new: Box<Page> },
}

/// Finds for each document of either site what became of it.
fn fates(paths: &[&str], pairs: Vec<Pair>) -> Vec<Fate> {
    let mut fates = Vec::new();
    let (mut gone, mut come) = (BTreeMap::new(), BTreeMap::new());
    let mut leads: BTreeMap<String, String> = BTreeMap::new();
    for (path, pair) in paths.iter().zip(pairs) {
        let Pair::Differs { old, new } = pair else { continue };
        let target = new.as_ref().and_then(|page| page.leads_to.as_deref());
        leads.extend(target.map(|target| ((*path).to_owned(), resolve_relative(path, target))));
        let is_document = |page: &Page| page.kind.is_some();
        match (old.filter(|page| is_document(page)), new.filter(|page| is_document(page))) {
            (Some(old), Some(new)) => {
                let path = (*path).to_owned();
                fates.push(Fate::Kept { old_path: path.clone(), path, leads_to: None, old, new });
            }
            (Some(old), None) => drop(gone.insert((*path).to_owned(), old)),
            (None, Some(new)) => drop(come.insert((*path).to_owned(), new)),
            (None, None) => {}
        }
    }
    for (old_path, path) in moves(&gone, &come, &leads) {
        if let (Some(old), Some(new)) = (gone.remove(&old_path), come.remove(&path)) {
            let leads_to = leads.get(&old_path).cloned();
            fates.push(Fate::Kept { path, old_path, leads_to, old, new });
        }
    }
    fates.extend(come.into_iter().map(|(path, page)| Fate::Added { path, page }));
    fates.extend(gone.into_iter().map(|(path, page)| {
        let leads_to = leads.get(&path).cloned();
        Fate::Withdrawn { path, page, leads_to }
    }));
    fates
}

/// The address within the site to which a link on a page leads.
fn resolve_relative(page: &str, link: &str) -> String {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// Documents under another address: where the old one leads on, or where one and only one has the same id.
fn moves(
    gone: &BTreeMap<String, Box<Page>>,
    come: &BTreeMap<String, Box<Page>>,
    leads: &BTreeMap<String, String>,
) -> Vec<(String, String)> {
    let mut moves = Vec::new();
    let mut taken: BTreeSet<&str> = BTreeSet::new();
    for old in gone.keys() {
        let target = leads.get(old).map(|target| target.split('#').next().unwrap_or(target));
        if let Some(target) = target.filter(|target| come.contains_key(*target))
            && taken.insert(target)
        {
            moves.push((old.clone(), target.to_owned()));
        }
    }
    let by_id = |pages: &BTreeMap<String, Box<Page>>| {
        let mut ids: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (path, page) in pages.iter().filter(|(_, page)| !page.id.is_empty()) {
            ids.entry(page.id.clone()).or_default().push(path.clone());
        }
        ids
    };
    let come_ids = by_id(come);
    for (id, old) in by_id(gone) {
        if let ([old], Some([new])) = (old.as_slice(), come_ids.get(&id).map(Vec::as_slice))
            && !leads.contains_key(old)
            && !taken.contains(new.as_str())
        {
            moves.push((old.clone(), new.clone()));
        }
    }
    moves
}

impl Fate {
    /// The document as it is told; none if it is the same.
    fn document(self) -> Option<Document> {
        match self {
            Fate::Withdrawn { path, page, leads_to } => {
                Some(Document { leads_to, ..Document::new(Change::Withdrawn, path, &page) })
            }
            Fate::Added { path, page } => Some(Document::new(Change::Added, path, &page)),
            Fate::Kept { path, old_path, leads_to, old, new } => {
                let (data, text) = (data(&old, &new), words::passages(&old.blocks, &new.blocks));
                let change = match () {
                    () if old_path != path => Change::Moved,
                    () if !data.is_empty() || !text.is_empty() => Change::Changed,
                    () if old.markup != new.markup => Change::Markup,
                    () => return None,
                };
                let old_address = (old_path != path).then_some(old_path);
                Some(Document { old_address, leads_to, data, text, ..Document::new(change, path, &new) })
            }
        }
    }
}

impl Document {
    fn new(change: Change, address: String, page: &Page) -> Document {
        Document {
            change,
            address,
            old_address: None,
            leads_to: None,
            kind: page.kind.clone().unwrap_or_default(),
            number: Some(page.number.clone()).filter(|number| !number.is_empty()),
            title: page.title.clone(),
            lang: page.lang.clone(),
            data: Vec::new(),
            text: Vec::new(),
        }
    }
}

/// Data that differ, in the order of the new page.
fn data(old: &Page, new: &Page) -> Vec<Datum> {
    let fields = |page: &Page| {
        let mut fields: Vec<(String, Vec<String>)> = Vec::new();
        let number = Some(page.number.clone()).filter(|number| !number.is_empty());
        let number = ("number".to_owned(), number.into_iter().collect());
        for (field, values) in std::iter::once(&number).chain(&page.data) {
            // Each witness of a text has fields of its own; together they are one list.
            match fields.iter_mut().find(|(known, _)| known == field) {
                Some((_, known)) => known.extend(values.iter().cloned()),
                None => fields.push((field.clone(), values.clone())),
            }
        }
        fields
    };
    let (old, new) = (fields(old), fields(new));
    let of = |fields: &[(String, Vec<String>)], name: &str| {
        fields.iter().find(|(field, _)| field == name).map(|(_, values)| values.clone()).unwrap_or_default()
    };
    let gone = old.iter().filter(|(name, _)| !new.iter().any(|(field, _)| field == name));
    let names = new.iter().chain(gone).map(|(name, _)| name);
    let data = names.map(|name| Datum { field: name.clone(), old: of(&old, name), new: of(&new, name) });
    data.filter(|datum| datum.old != datum.new).collect()
}
