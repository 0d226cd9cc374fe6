//! Which pages are made from all documents, and where they stand.

use crate::model::generated::Generated;
use crate::model::mention::EntryId;
use crate::model::site::Site;
use std::collections::BTreeMap;

/// Every such page of the published edition, by address.
pub fn pages(site: &Site) -> BTreeMap<String, Generated> {
    let mut pages = BTreeMap::new();
    for (number, volume) in site.volumes.iter().enumerate().filter(|(_, volume)| volume.published) {
        if volume.documents.iter().any(|&document| !site.pages[document].outline.pages.is_empty()) {
            pages.insert(volume.address("pages.html"), Generated::Pages(number));
        }
        pages.extend(registers(site, Some(number)));
        pages.extend(entries(site, Some(number)));
    }
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
