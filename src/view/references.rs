//! Who refers to a document: the other end of each reference.

use super::head::{in_language, page_link};
use crate::model::markup::NoteNumbering;
use crate::model::outline::counted;
use crate::model::site::{Page, PageId, Reference, Site, relative};
use crate::model::view::{AnchorView, ReferenceView, ReferringView};

/// The documents that refer to a page, in the order of the edition, each with its places.
pub fn referring(site: &Site, id: PageId) -> Vec<ReferringView> {
    let Some(references) = site.references.get(&id) else { return Vec::new() };
    references.chunk_by(|one, other| one.from == other.from).filter_map(|places| view(site, id, places)).collect()
}

fn view(site: &Site, id: PageId, places: &[Reference]) -> Option<ReferringView> {
    let (page, other) = (&site.pages[id], &site.pages[places.first()?.from]);
    let lang = &site.settings.lang;
    let there = relative(&page.path, &other.path);
    // What one place says of several parts of this document is told in one.
    let same =
        |one: &Reference, next: &Reference| one.place == next.place && !one.part.is_empty() && !next.part.is_empty();
    let place = |references: &[Reference]| {
        let parts = references.iter().filter(|reference| !reference.part.is_empty());
        let parts = parts.map(|reference| anchor(site, page, "", &reference.part)).collect();
        Some(ReferenceView { place: anchor(site, other, &there, &references.first()?.place), parts })
    };
    let places: Vec<ReferenceView> = places.chunk_by(same).filter_map(place).collect();
    let mut link = page_link(site, other, &page.path, lang);
    link.href.clone_from(&places.first()?.place.href);
    let volume = site.volume_of(other).filter(|_| other.volume != page.volume);
    let volume = volume.map(|volume| in_language(volume.outline.list_title(), &volume.lang, lang));
    Some(ReferringView { link, volume, places })
}

/// An anchor of a page as people call it; `path` leads to the page.
fn anchor(site: &Site, page: &Page, path: &str, anchor: &str) -> AnchorView {
    let view = |kind, name: Option<String>| {
        let href = if anchor.is_empty() { path.to_owned() } else { format!("{path}#{anchor}") };
        AnchorView { href, kind, name }
    };
    if anchor.is_empty() {
        return view("head", None);
    }
    if anchor == "source" || anchor.starts_with("source-") {
        return view("source", None);
    }
    if let Some(label) = anchor.strip_prefix("fn-") {
        // Labels are printed numbers unless numbers are counted.
        let counted = site.volume_of(page).is_some_and(|volume| volume.matter.note_numbering == NoteNumbering::Auto);
        return view("note", (!counted).then(|| label.to_owned()));
    }
    if let Some(number) = counted(anchor) {
        return view("paragraph", Some(number.to_string()));
    }
    let outline = &page.outline;
    if let Some(place) = outline.pages.iter().find(|place| *place.anchor == *anchor) {
        let pagination = site.volume_of(page).and_then(|volume| volume.markup.pagination(&place.pagination));
        let number = place.page.as_deref();
        let name = number.map(|number| pagination.map_or_else(|| number.to_owned(), |rule| rule.name(number)));
        return view("page", name);
    }
    let attachment = outline.attachments.iter().find(|attachment| *attachment.anchor == *anchor);
    let name = attachment.and_then(|attachment| attachment.label.as_ref().or(attachment.title.as_ref()));
    view("part", name.map(|name| name.to_string()))
}
