//! The images of a document's pages.

use super::document::Document;
use crate::model::document::Facsimile;
use crate::model::images;
use crate::model::outline::PageUse;
use crate::model::site::relative;
use crate::model::view::FacsimileView;

/// Pixels of the side of a square in which an image can be read on a page.
const READABLE: u32 = 1000;

/// Images that its front matter names, and those of the page breaks of its text, in the order of the text. An image that
/// is not there is a warning, and no link to nothing.
pub fn facsimiles(document: &Document<'_>) -> Vec<FacsimileView> {
    let named = document.front.facsimiles.iter().map(|facsimile| named(document, facsimile));
    let mut found: Vec<(Option<usize>, FacsimileView)> = named.collect();
    let stated: Vec<Option<usize>> = found.iter().map(|(place, _)| *place).collect();
    let breaks = document.outline.pages.iter().enumerate().filter(|(place, _)| !stated.contains(&Some(*place)));
    let before = found.len();
    found.extend(breaks.filter_map(|(place, page)| Some((Some(place), of_break(document, page)?))));
    if found.len() > before {
        // Those without a place show pages on which the document begins.
        found.sort_by_key(|(place, _)| *place);
    }
    found.into_iter().map(|(_, view)| view).collect()
}

/// An image of front matter, with the place in the text at which its page begins.
fn named(document: &Document<'_>, facsimile: &Facsimile) -> (Option<usize>, FacsimileView) {
    let first = document.markup.paginations.first().map_or("", |pagination| &pagination.id);
    let pagination = if facsimile.pagination.text.is_empty() { first } else { &facsimile.pagination.text };
    let number = facsimile.page.as_deref().unwrap_or("");
    let pages = &document.outline.pages;
    let is_place = |place: &PageUse| *place.pagination == *pagination && place.page.as_deref() == Some(number);
    let place = pages.iter().position(is_place);
    let (href, shown) = addresses(document, pagination, &facsimile.image.text);
    let view = FacsimileView {
        label: label(document, pagination, number),
        href,
        shown,
        image: facsimile.image.text.clone(),
        credit: facsimile.credit.clone(),
        anchor: place.and_then(|place| anchor(pages.get(place)?)),
    };
    (place, view)
}

/// The image that a page break names.
fn of_break(document: &Document<'_>, page: &PageUse) -> Option<FacsimileView> {
    let image = page.image.as_deref().filter(|image| images::leads(document.markup, &page.pagination, image))?;
    let (href, shown) = addresses(document, &page.pagination, image);
    Some(FacsimileView {
        label: label(document, &page.pagination, page.page.as_deref().unwrap_or(image)),
        href,
        shown,
        image: image.to_owned(),
        credit: None,
        anchor: anchor(page),
    })
}

fn label(document: &Document<'_>, pagination: &str, number: &str) -> String {
    let rule = document.markup.pagination(pagination);
    rule.map_or_else(|| number.to_owned(), |rule| rule.name(number)).trim().to_owned()
}

/// The address of an image, from the page of the document, and that of one to read there.
fn addresses(document: &Document<'_>, pagination: &str, image: &str) -> (Option<String>, Option<String>) {
    let address = images::address(Some(document.markup), pagination, image);
    let href = if address.contains("://") {
        Some(address)
    } else {
        document.around.images.contains(&address).then(|| relative(&document.around.place.path, &address))
    };
    let shown = href.as_deref().and_then(|href| images::shown(href, READABLE));
    (href, shown)
}

fn anchor(page: &PageUse) -> Option<String> {
    (!page.anchor.is_empty()).then(|| page.anchor.to_string())
}
