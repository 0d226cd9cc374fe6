//! Where the images of pages are found.

use super::markup::{Markup, Pagination};

/// The pagination that an image belongs to; the first of the volume where none is named.
fn pagination<'m>(markup: &'m Markup, id: &str) -> Option<&'m Pagination> {
    if id.is_empty() { markup.paginations.first() } else { markup.pagination(id) }
}

/// Address of an image: as written, or by the pattern of the pagination that shows it (`{image}`, or a folder). A relative
/// one counts from the root of the site.
pub fn address(markup: Option<&Markup>, of: &str, image: &str) -> String {
    if image.contains("://") {
        return image.to_owned();
    }
    let shown = markup.and_then(|markup| pagination(markup, of));
    match shown.and_then(|pagination| pagination.images.as_deref()) {
        Some(pattern) if pattern.contains("{image}") => pattern.replace("{image}", image),
        Some(folder) => format!("{}/{image}", folder.trim_end_matches('/')),
        None => image.to_owned(),
    }
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
