//! The index of the printed pages of a volume: every page of every pagination, with the documents that stand on it.

use super::Words;
use super::head::{Constants, Parts, head, page_link, volume_link};
use super::lists::volume_crumb;
use crate::model::markup::{Pagination, Scope, Sequence, page_anchor};
use crate::model::natural::{Natural, natural};
use crate::model::outline::{ImageUse, PageUse};
use crate::model::site::{Page, PageId, Site, Volume};
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
    let leaves = leaves(site, volume, &path);
    let list = |(number, pagination)| list(&leaves, pagination, number == 0);
    PagesView {
        paginations: volume
            .markup
            .paginations
            .iter()
            .enumerate()
            .map(list)
            .filter(|list| !list.ranges.is_empty())
            .collect(),
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

/// A page of the site on which printed pages begin.
struct Leaf<'s> {
    link: Link,
    /// Number and title as plain text.
    title: String,
    pages: &'s [PageUse],
    /// Images that front matter names, of pages at which nothing in the text need stand.
    images: &'s [ImageUse],
}

/// The landing page, which may hold a text too, then sections and documents in order, then introductions of lists.
fn leaves<'s>(site: &'s Site, volume: &'s Volume, path: &str) -> Vec<Leaf<'s>> {
    let mut order = volume.in_order();
    let placed: BTreeSet<PageId> = order.iter().copied().collect();
    let mut others: Vec<PageId> = volume.ids.values().copied().filter(|page| !placed.contains(page)).collect();
    others.sort_unstable();
    order.append(&mut others);
    let landing = Leaf {
        link: volume_link(volume, path, &volume.lang),
        title: volume.outline.title.to_string(),
        pages: &volume.outline.pages,
        images: &volume.outline.images,
    };
    let pages = order.into_iter().map(|page| &site.pages[page]).filter(|page| page.published);
    let leaf = |page: &'s Page| Leaf {
        link: page_link(site, page, path, &volume.lang),
        title: page.outline.full_title(),
        pages: &page.outline.pages,
        images: &page.outline.images,
    };
    let has_pages = |leaf: &Leaf<'_>| !leaf.pages.is_empty() || !leaf.images.is_empty();
    std::iter::once(landing).chain(pages.map(leaf)).filter(has_pages).collect()
}

fn list(leaves: &[Leaf<'_>], pagination: &Pagination, is_first: bool) -> PaginationView {
    let by_document = pagination.scope == Scope::Document;
    let of = Of { pagination, is_first };
    let ranges = if by_document { in_each(leaves, of) } else { in_parts(through(leaves, of)) };
    PaginationView { id: pagination.id.clone(), label: pagination.label.clone(), by_document, ranges }
}

/// A pagination, and whether images without one are of it.
#[derive(Clone, Copy)]
struct Of<'p> {
    pagination: &'p Pagination,
    is_first: bool,
}

/// Pages that run through the volume: in the order of the text, or of their numbers where these must rise.
fn through(leaves: &[Leaf<'_>], of: Of<'_>) -> Vec<PageEntry> {
    let pagination = of.pagination;
    let mut pages: Vec<PageEntry> = Vec::new();
    // Place of each page in the list, with the documents that are named there.
    let mut known: BTreeMap<String, (usize, BTreeSet<usize>)> = BTreeMap::new();
    let mut ids = BTreeSet::new();
    for (number, leaf) in leaves.iter().enumerate() {
        for mut entry in entries(leaf, of) {
            if let Some((at, named)) = known.get_mut(&entry.page) {
                if named.insert(number) {
                    let link = Link { href: entry.href, ..leaf.link.clone() };
                    pages.get_mut(*at).into_iter().for_each(|page| page.others.push(link.clone()));
                }
                continue;
            }
            let anchor = page_anchor(&pagination.id, &entry.page);
            entry.id = ids.insert(anchor.clone()).then_some(anchor);
            known.insert(entry.page.clone(), (pages.len(), BTreeSet::from([number])));
            pages.push(entry);
        }
    }
    if pagination.sequence == Sequence::Ascending {
        pages.sort_by_cached_key(|entry| rank(&entry.page));
    }
    pages
}

/// Roman numbers, then others by their digits, then words.
fn rank(page: &str) -> (u8, u32, Natural) {
    let digits: String = page.chars().take_while(char::is_ascii_digit).collect();
    let rank = match (roman(page), digits.parse()) {
        (Some(number), _) => (0, number),
        (None, Ok(number)) => (1, number),
        (None, Err(_)) => (2, 0),
    };
    (rank.0, rank.1, natural(page))
}

/// The value of a Roman number; letters that are none of one give none.
fn roman(page: &str) -> Option<u32> {
    let value = |letter: char| match letter.to_ascii_lowercase() {
        'i' => Some(1),
        'v' => Some(5),
        'x' => Some(10),
        'l' => Some(50),
        'c' => Some(100),
        'd' => Some(500),
        'm' => Some(1000),
        _ => None,
    };
    let values: Vec<u32> = page.chars().take(20).map(value).collect::<Option<_>>()?;
    let add = |(sum, above): (u32, u32), &value: &u32| {
        if value < above { (sum.saturating_sub(value), above) } else { (sum + value, value) }
    };
    (!values.is_empty()).then(|| values.iter().rev().fold((0, 0), add).0)
}

/// Parts of about a hundred pages, where there are many.
fn in_parts(pages: Vec<PageEntry>) -> Vec<PageRange> {
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
fn in_each(leaves: &[Leaf<'_>], of: Of<'_>) -> Vec<PageRange> {
    let groups: Vec<PageGroup> = leaves
        .iter()
        .map(|leaf| PageGroup { document: leaf.link.clone(), pages: entries(leaf, of).collect() })
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

/// The pages of a document: those that begin in it, then those of which it has but an image.
fn entries<'a>(leaf: &'a Leaf<'_>, of: Of<'a>) -> impl Iterator<Item = PageEntry> + 'a {
    let breaks = leaf.pages.iter().filter(move |place| *place.pagination == *of.pagination.id);
    let numbers = breaks.clone().filter_map(|place| place.page.as_deref());
    let images = leaf.images.iter().filter(move |image| match &*image.pagination {
        "" => of.is_first,
        named => named == of.pagination.id,
    });
    let begins = breaks.filter_map(|place| Some((place.page.as_deref()?, &*place.anchor)));
    let shown = images.filter_map(|image| Some((image.page.as_deref()?, "")));
    let shown = shown.filter(move |(page, _)| !numbers.clone().any(|number| number == *page));
    begins.chain(shown).map(|(page, anchor)| {
        let href = leaf.link.href.clone();
        let href = if anchor.is_empty() { href } else { format!("{href}#{anchor}") };
        PageEntry { page: page.to_owned(), id: None, href, document: leaf.title.clone(), others: Vec::new() }
    })
}
