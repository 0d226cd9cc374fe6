//! The index of registers: which document mentions which entry, and how entries belong together. Every reference is
//! followed once.

use crate::model::collate::Collation;
use crate::model::links::find_entry;
use crate::model::mention::{EntryId, EntryIndex, Mention, Role};
use crate::model::outline::Outline;
use crate::model::record::Record;
use crate::model::register::{RegisterEntry, RegisterKind};
use crate::model::site::{PageId, Site};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// The index of an edition whose pages and registers are in place.
pub fn index(site: &Site) -> EntryIndex {
    let pages = in_order(site);
    let repositories = Repositories::of(site);
    let found: Vec<BTreeMap<EntryId, Mention>> =
        pages.par_iter().map(|page| of_page(site, &repositories, *page)).collect();
    let mut index = EntryIndex { order: vec![usize::MAX; site.pages.len()], ..EntryIndex::default() };
    for (place, (page, found)) in pages.into_iter().zip(found).enumerate() {
        index.order[page] = place;
        for (entry, mention) in found {
            index.mentions.entry(entry).or_default().push(mention);
        }
    }
    index.ranks = ranks(site);
    connect(site, &mut index);
    index
}

/// Published pages: volume by volume, the documents before what else lies there; then those of the edition.
fn in_order(site: &Site) -> Vec<PageId> {
    let place = |id: &PageId| {
        let page = &site.pages[*id];
        let position = site.volume_of(page).and_then(|volume| volume.positions.get(id));
        (page.volume.is_none(), page.volume, position.is_none(), position.copied(), *id)
    };
    let mut pages: Vec<PageId> = (0..site.pages.len()).filter(|&id| site.pages[id].published).collect();
    pages.sort_by_cached_key(place);
    pages
}

/// Repositories by all that may name them: the volume from which they are named, and id, name, variant or siglum.
struct Repositories<'s>(BTreeMap<(Option<usize>, &'s str), EntryId>);

impl<'s> Repositories<'s> {
    fn of(site: &'s Site) -> Self {
        let mut names = BTreeMap::new();
        for volume in std::iter::once(None).chain((0..site.volumes.len()).map(Some)) {
            for (id, entry) in entries(site, volume, RegisterKind::Repositories) {
                let variants = entry.variants.iter().chain(&entry.siglum).map(String::as_str);
                for name in [entry.id.as_str(), entry.name.as_str()].into_iter().chain(variants) {
                    names.entry((volume, name)).or_insert(id);
                }
            }
        }
        Repositories(names)
    }

    fn find(&self, volume: Option<usize>, name: &'s str) -> Option<EntryId> {
        self.0.get(&(volume, name)).or_else(|| self.0.get(&(None, name))).copied()
    }
}

/// Entries of the registers of one kind.
fn entries(
    site: &Site,
    volume: Option<usize>,
    kind: RegisterKind,
) -> impl Iterator<Item = (EntryId, &RegisterEntry)> + '_ {
    let registers = site.registers_of(volume).iter().enumerate().filter(move |(_, register)| register.kind == kind);
    registers.flat_map(move |(register, list)| {
        list.entries.iter().enumerate().map(move |(entry, value)| (EntryId { volume, register, entry }, value))
    })
}

fn of_page<'s>(site: &'s Site, repositories: &Repositories<'s>, id: PageId) -> BTreeMap<EntryId, Mention> {
    let page = &site.pages[id];
    let mut found: BTreeMap<EntryId, Mention> = BTreeMap::new();
    let mut of_roles: BTreeMap<&str, usize> = BTreeMap::new();
    let fresh = || Mention { page: id, ..Mention::default() };
    for (role, attachment, reference) in roles(&page.outline) {
        *of_roles.entry(reference).or_default() += 1;
        for entry in targets(site, page.volume, reference) {
            found.entry(entry).or_insert_with(fresh).roles.push((role, attachment));
        }
    }
    for link in page.outline.links.iter().filter(|link| !link.known_broken) {
        // References of front matter come first, so that those of roles are counted off before the texts are reached.
        if let Some(left) = of_roles.get_mut(&*link.target).filter(|left| **left > 0) {
            *left -= 1;
            continue;
        }
        for entry in targets(site, page.volume, &link.target) {
            let mention = found.entry(entry).or_insert_with(fresh);
            if mention.count == 0 {
                mention.anchor = link.anchor.clone();
            }
            mention.count += 1;
        }
    }
    for (attachment, record) in records(&page.outline) {
        let named = record.sources.iter().filter_map(|source| source.repository.as_deref());
        for entry in named.filter_map(|name| repositories.find(page.volume, name)) {
            let roles = &mut found.entry(entry).or_insert_with(fresh).roles;
            if !roles.contains(&(Role::Repository, attachment)) {
                roles.push((Role::Repository, attachment));
            }
        }
    }
    found
}

/// The document and its attachments, these with their place.
fn records(outline: &Outline) -> impl Iterator<Item = (Option<usize>, &Record)> {
    let attached = outline.attachments.iter().enumerate().map(|(place, record)| (Some(place), record));
    std::iter::once((None, &outline.record)).chain(attached)
}

/// Every reference that a record holds, with what it says of its entry.
fn roles(outline: &Outline) -> Vec<(Role, Option<usize>, &str)> {
    let mut roles = Vec::new();
    for (attachment, record) in records(outline) {
        let parties = [
            (Role::Sender, record.from.as_slice()),
            (Role::Recipient, record.to.as_slice()),
            (Role::Participant, record.participants.as_slice()),
            (Role::Place, record.place.as_slice()),
        ];
        for (role, named) in parties {
            let references = named.iter().filter_map(|one| one.reference.as_deref());
            roles.extend(references.map(|reference| (role, attachment, reference)));
        }
    }
    roles
}

/// The entries that a reference names: `person:a+person:b` names two.
fn targets<'a>(site: &'a Site, volume: Option<usize>, target: &'a str) -> impl Iterator<Item = EntryId> + 'a {
    target.split('+').filter_map(move |part| {
        let (scheme, id) = part.split_once(':')?;
        find_entry(site, volume, RegisterKind::of_scheme(scheme)?, id).map(|found| found.id)
    })
}

/// The place of each entry among all by its name for sorting.
fn ranks(site: &Site) -> BTreeMap<EntryId, usize> {
    let rules = Collation::of(&site.settings.lang);
    let volumes = std::iter::once(None).chain((0..site.volumes.len()).map(Some));
    let mut all: Vec<(&str, &str, EntryId)> = volumes
        .flat_map(|volume| RegisterKind::ALL.into_iter().flat_map(move |kind| entries(site, volume, kind)))
        .map(|(id, entry)| (entry.sort_name(), entry.id.as_str(), id))
        .collect();
    all.par_sort_unstable_by(|one, other| {
        rules.compare(one.0, other.0).then_with(|| (one.1, one.2).cmp(&(other.1, other.2)))
    });
    all.into_iter().enumerate().map(|(rank, (.., id))| (id, rank)).collect()
}

/// How entries belong together: by `is` and by `see`.
fn connect(site: &Site, index: &mut EntryIndex) {
    let of_edition = site.is_single().then_some(0);
    for volume in std::iter::once(None).chain((0..site.volumes.len()).map(Some)) {
        for kind in RegisterKind::ALL {
            for (id, entry) in entries(site, volume, kind) {
                let is = entry.is.as_ref().and_then(|is| find_entry(site, of_edition, kind, &is.text));
                if let Some(is) = is.map(|found| found.id).filter(|is| *is != id) {
                    index.is.insert(id, is);
                    index.joined.entry(is).or_default().push(id);
                }
                let see = entry.see.iter().filter_map(|see| find_entry(site, volume, kind, &see.text));
                for seen in see.map(|found| found.id).filter(|seen| *seen != id) {
                    index.seen_from.entry(seen).or_default().push(id);
                }
            }
        }
    }
}
