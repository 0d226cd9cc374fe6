//! The index of the printed pages of a volume: every page of every pagination, with the documents that stand on it.

use super::Words;
use super::head::{Constants, Parts, head, page_link};
use super::lists::volume_crumb;
use crate::model::markup::{Pagination, Scope, page_anchor};
use crate::model::site::{PageId, Site, Volume, relative};
use crate::model::view::{Link, PageEntry, PageGroup, PageRange, PagesView, PaginationView};
use std::collections::{BTreeMap, BTreeSet};

/// With more pages than these, or documents that have pages of their own, a list is folded in parts.
const UNFOLDED: usize = 150;

/// How many pages are one part, or how many documents.
const PART: usize = 100;

/// The page index of a volume.
pub fn pages(site: &Site, volume: &Volume, words: &Words) -> PagesView {
    let path = volume.address("pages.html");
    let title = format!("{} · {}", words.get("pages_index"), volume.outline.title);
    let order: Vec<PageId> = volume.in_order().into_iter().filter(|&page| site.pages[page].published).collect();
    let list = |pagination| list(site, volume, &order, pagination, &path);
    PagesView {
        paginations: volume.markup.paginations.iter().map(list).filter(|list| !list.ranges.is_empty()).collect(),
        head: head(
            Constants::of(site),
            Parts {
                kind: "pages",
                path: &path,
                title,
                description: None,
                lang: &volume.lang,
                crumbs: volume_crumb(site, volume, &path),
                draft: false,
            },
        ),
    }
}

fn list(site: &Site, volume: &Volume, order: &[PageId], pagination: &Pagination, path: &str) -> PaginationView {
    let by_document = pagination.scope == Scope::Document;
    let ranges = match pagination.scope {
        Scope::Volume => through(site, volume, order, pagination, path),
        Scope::Document => in_each(site, volume, order, pagination, path),
    };
    PaginationView { id: pagination.id.clone(), label: pagination.label.clone(), by_document, ranges }
}

/// Pages that run through the volume, in the order of the text.
fn through(site: &Site, volume: &Volume, order: &[PageId], pagination: &Pagination, path: &str) -> Vec<PageRange> {
    let mut pages: Vec<PageEntry> = Vec::new();
    // Place of each page in the list, with the documents that are named there.
    let mut known: BTreeMap<String, (usize, BTreeSet<PageId>)> = BTreeMap::new();
    let mut ids = BTreeSet::new();
    for &document in order {
        for mut entry in entries(site, document, pagination, path) {
            if let Some((at, named)) = known.get_mut(&entry.page) {
                if named.insert(document) {
                    let link = Link { href: entry.href, ..page_link(site, &site.pages[document], path, &volume.lang) };
                    pages.get_mut(*at).into_iter().for_each(|page| page.others.push(link.clone()));
                }
                continue;
            }
            let anchor = page_anchor(&pagination.id, &entry.page);
            entry.id = ids.insert(anchor.clone()).then_some(anchor);
            known.insert(entry.page.clone(), (pages.len(), BTreeSet::from([document])));
            pages.push(entry);
        }
    }
    if pages.len() <= UNFOLDED {
        let range = |pages| PageRange { label: String::new(), pages, groups: Vec::new() };
        return Some(pages).filter(|pages| !pages.is_empty()).map(range).into_iter().collect();
    }
    let mut ranges: Vec<PageRange> = Vec::new();
    let mut last = None;
    for page in pages {
        let hundred = page.page.parse::<usize>().ok().map(|number| number / PART);
        match ranges.last_mut().filter(|range| last == Some(hundred) && range.pages.len() < PART) {
            Some(range) => range.pages.push(page),
            None => ranges.push(PageRange { label: String::new(), pages: vec![page], groups: Vec::new() }),
        }
        last = Some(hundred);
    }
    for range in &mut ranges {
        range.label = label(range.pages.first().map(|it| &*it.page), range.pages.last().map(|it| &*it.page));
    }
    ranges
}

/// Pages that begin again in each document.
fn in_each(site: &Site, volume: &Volume, order: &[PageId], pagination: &Pagination, path: &str) -> Vec<PageRange> {
    let groups: Vec<PageGroup> = order
        .iter()
        .map(|&document| PageGroup {
            document: page_link(site, &site.pages[document], path, &volume.lang),
            pages: entries(site, document, pagination, path),
        })
        .filter(|group| !group.pages.is_empty())
        .collect();
    let folded = groups.len() > UNFOLDED;
    let part = if folded { PART } else { UNFOLDED };
    let name = |group: &PageGroup| {
        let title = group.pages.first().map(|page| page.document.clone());
        group.document.number.clone().or(title).unwrap_or_default()
    };
    let range = |groups: &[PageGroup]| {
        let (first, last) = (groups.first().map(name), groups.last().map(name));
        let label = if folded { label(first.as_deref(), last.as_deref()) } else { String::new() };
        PageRange { label, pages: Vec::new(), groups: groups.to_vec() }
    };
    groups.chunks(part).map(range).collect()
}

/// From where to where.
fn label(first: Option<&str>, last: Option<&str>) -> String {
    match (first, last) {
        (Some(first), Some(last)) if first != last => format!("{first}–{last}"),
        (first, _) => first.unwrap_or_default().to_owned(),
    }
}

fn entries(site: &Site, document: PageId, pagination: &Pagination, path: &str) -> Vec<PageEntry> {
    let page = &site.pages[document];
    let breaks = page.outline.pages.iter().filter(|place| *place.pagination == *pagination.id);
    breaks
        .filter_map(|place| {
            let number = place.page.as_deref()?.to_owned();
            let href = relative(path, &page.path);
            let href = if place.anchor.is_empty() { href } else { format!("{href}#{}", place.anchor) };
            Some(PageEntry { page: number, id: None, href, document: page.outline.full_title(), others: Vec::new() })
        })
        .collect()
}
