//! Where the images of pages are found.

use super::markup::{Markup, Pagination};

/// The pagination that an image belongs to; the first of the volume where none is named.
fn pagination<'m>(markup: &'m Markup, id: &str) -> Option<&'m Pagination> {
    if id.is_empty() { markup.paginations.first() } else { markup.pagination(id) }
}

/// Address of an image: as written, or by the pattern of the pagination that shows it (`{image}`, or a folder). A relative
/// one counts from the root of the site. Where a IIIF image service describes itself, `…/info.json`, its whole image is meant.
pub fn address(markup: Option<&Markup>, of: &str, image: &str) -> String {
    if image.contains("://") {
        return whole(image);
    }
    let shown = markup.and_then(|markup| pagination(markup, of));
    match shown.and_then(|pagination| pagination.images.as_deref()) {
        Some(pattern) if pattern.contains("{image}") => whole(&pattern.replace("{image}", image)),
        Some(folder) => format!("{}/{image}", folder.trim_end_matches('/')),
        None => image.to_owned(),
    }
}

/// The whole image of a IIIF image service that is named by its description.
fn whole(address: &str) -> String {
    let service = address.strip_suffix("/info.json");
    service.map_or_else(|| address.to_owned(), |service| format!("{service}/full/max/0/default.jpg"))
}

/// An image that browsers show, in a size to read on a page: a IIIF image service is asked for one that fits a square of so
/// many pixels (IIIF Image API 2 and 3); others stay as they are. None for formats that browsers do not know.
pub fn shown(address: &str, side: u32) -> Option<String> {
    const UNKNOWN: [&str; 4] = ["jp2", "pdf", "tif", "tiff"];
    if let Some((service, rest)) = ["/full/full/", "/full/max/"].iter().find_map(|whole| address.split_once(whole)) {
        return Some(format!("{service}/full/!{side},{side}/{rest}"));
    }
    let path = address.split(['?', '#']).next().unwrap_or(address);
    let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
    (!ending.is_some_and(|ending| UNKNOWN.contains(&&*ending))).then(|| address.to_owned())
}

/// Whether what a page break says of its image leads to one: an address does, the name of a file does, and any name where
/// its pagination says how images are found. Imported volumes say `0471` of images that lie elsewhere or nowhere.
pub fn leads(markup: &Markup, of: &str, image: &str) -> bool {
    const ENDINGS: [&str; 7] = ["avif", "gif", "jpeg", "jpg", "png", "svg", "webp"];
    let is_file = || {
        let ending = image.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
        ending.is_some_and(|ending| ENDINGS.contains(&&*ending))
    };
    let has_pattern = || pagination(markup, of).is_some_and(|pagination| pagination.images.is_some());
    image.contains("://") || is_file() || has_pattern()
}
