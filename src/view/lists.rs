//! Lists of a volume: the page index.

use super::Words;
use super::head::{Constants, Parts, head, page_link, volume_link};
use crate::model::markup::{Pagination, Scope};
use crate::model::site::{PageId, Site, Volume, relative};
use crate::model::view::{Link, PageEntry, PageGroup, PagesView, PaginationView};
use std::collections::BTreeSet;

/// The page index of a volume.
pub fn pages(site: &Site, volume: &Volume, words: &Words) -> PagesView {
    let path = volume.address("pages.html");
    let title = format!("{} · {}", words.get("pages_index"), volume.outline.title);
    let paginations = volume.markup.paginations.iter().map(|pagination| list(site, volume, pagination, &path));
    PagesView {
        paginations: paginations.filter(|list| !list.groups.is_empty()).collect(),
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

fn volume_crumb(site: &Site, volume: &Volume, path: &str) -> Vec<Link> {
    if volume.at_root { Vec::new() } else { vec![volume_link(volume, path, &site.settings.lang)] }
}

fn list(site: &Site, volume: &Volume, pagination: &Pagination, path: &str) -> PaginationView {
    let groups = match pagination.scope {
        Scope::Volume => {
            let mut seen = BTreeSet::new();
            let documents = volume.documents.iter();
            let all = documents.flat_map(|&document| entries(site, document, pagination, path));
            let pages: Vec<PageEntry> = all.filter(|entry| seen.insert(entry.page.clone())).collect();
            if pages.is_empty() { Vec::new() } else { vec![PageGroup { document: None, pages }] }
        }
        Scope::Document => volume
            .documents
            .iter()
            .map(|&document| PageGroup {
                document: Some(page_link(site, &site.pages[document], path, &volume.lang)),
                pages: entries(site, document, pagination, path),
            })
            .filter(|group| !group.pages.is_empty())
            .collect(),
    };
    PaginationView { id: pagination.id.clone(), label: pagination.label.clone(), groups }
}

fn entries(site: &Site, document: PageId, pagination: &Pagination, path: &str) -> Vec<PageEntry> {
    let page = &site.pages[document];
    let breaks = page.outline.pages.iter().filter(|place| *place.pagination == *pagination.id);
    breaks
        .filter_map(|place| {
            let number = place.page.as_deref()?.to_owned();
            let href = relative(path, &page.path);
            let href = if place.anchor.is_empty() { href } else { format!("{href}#{}", place.anchor) };
            Some(PageEntry { page: number, href, document: page.outline.full_title() })
        })
        .collect()
}
