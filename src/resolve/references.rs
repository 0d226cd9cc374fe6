//! Which pages refer to a page: the other end of every reference.

use crate::model::links::{self, From};
use crate::model::site::{PageId, Reference, Site, Volume};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Where other published pages refer to each page, in the order of the edition. What is stated as a relation is shown as
/// one and does not count here; nor does what was broken in the source.
pub fn references(site: &Site) -> BTreeMap<PageId, Vec<Reference>> {
    let order = order(site);
    let found: Vec<Vec<(PageId, Reference)>> = order.par_iter().map(|&from| from_page(site, from)).collect();
    let mut references: BTreeMap<PageId, Vec<Reference>> = BTreeMap::new();
    for (target, reference) in found.into_iter().flatten() {
        references.entry(target).or_default().push(reference);
    }
    references
}

/// Published pages as a reader comes upon them: volume by volume, then pages of the edition itself.
fn order(site: &Site) -> Vec<PageId> {
    let mut order = Vec::with_capacity(site.pages.len());
    order.extend(site.volumes.iter().flat_map(Volume::in_order));
    // Introductions of lists and what lies below a draft have no place in the contents.
    let placed: BTreeSet<PageId> = order.iter().copied().collect();
    order.extend((0..site.pages.len()).filter(|page| !placed.contains(page)));
    order.retain(|&page| site.pages[page].published);
    order
}

fn from_page(site: &Site, from: PageId) -> Vec<(PageId, Reference)> {
    let place = From::page(site, from);
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for link in site.pages[from].outline.links.iter().filter(|link| !link.known_broken && !link.is_data()) {
        let Some((target, part)) = links::target(site, place, &link.target) else { continue };
        if target != from && seen.insert((target, link.anchor.clone(), part.clone())) {
            found.push((target, Reference { from, place: link.anchor.clone(), part: part.into() }));
        }
    }
    found
}
