//! Which pages are made from all documents, and where they stand.

use crate::model::generated::Generated;
use crate::model::site::Site;
use std::collections::BTreeMap;

/// Every such page of the published edition, by address.
pub fn pages(site: &Site) -> BTreeMap<String, Generated> {
    let of_edition = [("colophon.html", Generated::Colophon), ("method.html", Generated::Method)];
    let mut pages: BTreeMap<String, Generated> =
        of_edition.into_iter().map(|(path, page)| (path.to_owned(), page)).collect();
    if !site.settings.search.off {
        pages.insert("search.html".to_owned(), Generated::Search);
    }
    for (number, volume) in site.volumes.iter().enumerate().filter(|(_, volume)| volume.published) {
        if volume.documents.iter().any(|&document| !site.pages[document].outline.pages.is_empty()) {
            pages.insert(volume.address("pages.html"), Generated::Pages(number));
        }
        pages.extend(registers(site, Some(number)));
    }
    if !site.is_single() {
        pages.extend(registers(site, None));
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
