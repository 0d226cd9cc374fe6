//! What documents are to each other: stated relations, seen from both ends, and letters beside letters.

use crate::model::date::Edtf;
use crate::model::links::{self, From};
use crate::model::outline::LetterUse;
use crate::model::site::{Beside, Page, PageId, Relation, Site};
use std::collections::{BTreeMap, BTreeSet};

/// The letters of a correspondence, each with those beside it.
type Letters = BTreeMap<PageId, Beside>;

/// What each document is to others, as either of both states it.
pub fn relations(site: &Site) -> BTreeMap<PageId, Vec<Relation>> {
    let mut relations: BTreeMap<PageId, Vec<Relation>> = BTreeMap::new();
    let mut add = |of: PageId, rel: &'static str, page: PageId, anchor: &str| {
        relations.entry(of).or_default().push(Relation { rel, page, anchor: anchor.into() });
    };
    for (id, page) in published(site) {
        for related in &page.outline.related {
            if let Some((target, anchor)) = other(site, id, &related.target) {
                add(id, related.rel.name(), target, &anchor);
                add(target, related.rel.inverse(), id, "");
            }
        }
        for letter in &page.outline.correspondences {
            for (given, inverse) in [(&letter.previous, "next"), (&letter.next, "previous")] {
                let target = given.as_deref().and_then(|given| other(site, id, given));
                // Letters of the same correspondence find each other there.
                if let Some((target, _)) = target.filter(|(target, _)| !is_member(&site.pages[*target], &letter.id)) {
                    add(target, inverse, id, "");
                }
            }
        }
    }
    for list in relations.values_mut() {
        let mut seen = BTreeSet::new();
        list.retain(|relation| seen.insert((relation.rel, relation.page, relation.anchor.clone())));
        // Where a part is named, the whole need not be.
        let parts: BTreeSet<_> = list.iter().filter(|it| !it.anchor.is_empty()).map(|it| (it.rel, it.page)).collect();
        list.retain(|relation| !relation.anchor.is_empty() || !parts.contains(&(relation.rel, relation.page)));
    }
    relations
}

/// The published letters of each correspondence by date, those of one day by their place in the edition. Where a letter
/// states the one before or after it, that one is moved there, so that both ends say the same.
pub fn correspondences(site: &Site) -> BTreeMap<Box<str>, Letters> {
    let mut members: BTreeMap<&str, Vec<PageId>> = BTreeMap::new();
    for (id, page) in published(site) {
        for letter in page.outline.correspondences.iter().map(|letter| &*letter.id).collect::<BTreeSet<_>>() {
            members.entry(letter).or_default().push(id);
        }
    }
    members.into_iter().map(|(name, members)| (name.into(), in_order(site, name, &members))).collect()
}

fn in_order(site: &Site, name: &str, members: &[PageId]) -> Letters {
    let date = |id: PageId| site.pages[id].outline.date();
    let mut dated: Vec<PageId> = members.iter().copied().filter(|&id| date(id).is_some()).collect();
    dated.sort_by_cached_key(|&id| date(id).map(Edtf::sort_key));
    let mut letters = Letters::new();
    for (at, &id) in dated.iter().enumerate() {
        let previous = at.checked_sub(1).and_then(|at| dated.get(at)).copied();
        letters.insert(id, Beside { previous, next: dated.get(at + 1).copied() });
    }
    let of_this = |letter: &&LetterUse| *letter.id == *name;
    for &id in members {
        for letter in site.pages[id].outline.correspondences.iter().filter(of_this) {
            let member = |given: &Option<Box<str>>| {
                let (target, _) = other(site, id, given.as_deref()?)?;
                is_member(&site.pages[target], name).then_some(target)
            };
            if let Some(before) = member(&letter.previous) {
                place_after(&mut letters, before, id);
            }
            if let Some(after) = member(&letter.next) {
                place_after(&mut letters, id, after);
            }
        }
    }
    letters
}

/// Takes a letter from its place and puts it after another one.
fn place_after(letters: &mut Letters, first: PageId, second: PageId) {
    let beside = |letters: &Letters, id: PageId| letters.get(&id).copied().unwrap_or_default();
    if first == second || beside(letters, first).next == Some(second) {
        return;
    }
    let old = beside(letters, second);
    if let Some(previous) = old.previous {
        letters.entry(previous).or_default().next = old.next;
    }
    if let Some(next) = old.next {
        letters.entry(next).or_default().previous = old.previous;
    }
    let next = beside(letters, first).next;
    letters.entry(first).or_default().next = Some(second);
    letters.insert(second, Beside { previous: Some(first), next });
    if let Some(next) = next {
        letters.entry(next).or_default().previous = Some(second);
    }
}

fn published(site: &Site) -> impl Iterator<Item = (PageId, &Page)> {
    site.pages.iter().enumerate().filter(|(_, page)| page.published)
}

fn is_member(page: &Page, correspondence: &str) -> bool {
    page.outline.correspondences.iter().any(|letter| *letter.id == *correspondence)
}

/// Another page that is meant.
fn other(site: &Site, from: PageId, target: &str) -> Option<(PageId, String)> {
    links::target(site, From::page(site, from), target).filter(|(page, _)| *page != from)
}
