//! Which pages are made from all documents, and where they stand.

use crate::model::archives::{MOST_LISTED, page_address};
use crate::model::browse;
use crate::model::generated::Generated;
use crate::model::mention::EntryId;
use crate::model::site::{PageId, Site};
use std::collections::BTreeMap;

/// Every such page of the published edition, by address.
pub fn pages(site: &Site) -> BTreeMap<String, Generated> {
    let of_edition = [
        ("accessibility.html", Generated::Accessibility),
        ("colophon.html", Generated::Colophon),
        ("method.html", Generated::Method),
    ];
    let mut pages: BTreeMap<String, Generated> =
        of_edition.into_iter().map(|(path, page)| (path.to_owned(), page)).collect();
    if !site.settings.search.off {
        pages.insert("search.html".to_owned(), Generated::Search);
    }
    for (number, volume) in site.volumes.iter().enumerate().filter(|(_, volume)| volume.published) {
        let has_pages = |&id: &PageId| site.pages[id].published && site.pages[id].outline.has_pages();
        if volume.outline.has_pages() || volume.ids.values().any(has_pages) {
            pages.insert(volume.address("pages.html"), Generated::Pages(number));
        }
        pages.extend(registers(site, Some(number)));
        pages.extend(entries(site, Some(number)));
        let calendar = volume.address("calendar");
        let count = volume.documents.len().div_ceil(MOST_LISTED);
        pages.extend(
            (0..count).map(|page| (page_address(&calendar, page), Generated::Calendar { volume: number, page })),
        );
    }
    pages.extend(archives(site));
    for (&volume, chronology) in &site.chronologies {
        let made = chronology.pages(site).into_iter().map(|page| {
            let file = page.file();
            let path = volume.map_or_else(|| file.clone(), |volume| site.volumes[volume].address(&file));
            (path, Generated::Chronology(volume, page))
        });
        pages.extend(made);
    }
    let browse = browse::pages(&site.browse).into_iter();
    pages.extend(browse.map(|(path, page)| (path, Generated::Browse(page))));
    if !site.is_single() {
        pages.extend(registers(site, None));
        pages.extend(entries(site, None));
    }
    pages
}

fn registers(site: &Site, volume: Option<usize>) -> impl Iterator<Item = (String, Generated)> {
    site.registers_of(volume).iter().enumerate().map(move |(number, register)| {
        let file = format!("{}.html", register.kind.name());
        let path = volume.map_or(file.clone(), |volume| site.volumes[volume].address(&file));
        (path, Generated::Register { volume, kind: register.kind, number })
    })
}

/// The pages of the entries of a volume or of the edition.
fn entries(site: &Site, volume: Option<usize>) -> Vec<(String, Generated)> {
    let mut pages = Vec::new();
    for (register, list) in site.registers_of(volume).iter().enumerate() {
        for (entry, value) in list.entries.iter().enumerate() {
            let id = EntryId { volume, register, entry };
            for sheet in 0..site.entries.sheet_count(site, id) {
                let path = list.entry_path(&value.id, sheet);
                pages.extend(path.map(|path| (path, Generated::Entry { id, sheet })));
            }
        }
    }
    pages
}

/// The archives belong to the edition; an edition of one volume is that volume.
fn archives(site: &Site) -> impl Iterator<Item = (String, Generated)> {
    let volume = site.is_single().then_some(0);
    let list = (!site.archives.trees.is_empty()).then(|| ("archives.html".to_owned(), Generated::Archives { volume }));
    let parts = site.archives.parts.iter().enumerate().flat_map(move |(part, listed)| {
        (0..listed.pages()).map(move |page| (listed.address(page), Generated::Archive { volume, part, page }))
    });
    list.into_iter().chain(parts)
}
