//! Which document a reference leads to, and which part of it: what the other end can show.

use super::{From, find_here, join};
use crate::model::site::{PageId, Site};

/// The page that a `doc:` or `page:` reference or a relative file names, and the anchor on it; empty for the whole page.
/// None where it leads to no page of the edition that is published.
pub fn target(site: &Site, from: From<'_>, target: &str) -> Option<(PageId, String)> {
    let (page, anchor) = match target.split_once(':') {
        Some(("doc", rest)) => document(site, from, rest)?,
        Some(("page", rest)) => return printed_page(site, from, rest).filter(|(page, _)| site.pages[*page].published),
        Some(_) => return None,
        None => file(site, from, target)?,
    };
    let found = Some(page).filter(|&page| site.pages[page].published)?;
    let anchor = anchor.and_then(|anchor| site.pages[found].outline.anchor(anchor));
    Some((found, anchor.unwrap_or_default()))
}

fn document<'t>(site: &Site, from: From<'_>, rest: &'t str) -> Option<(PageId, Option<&'t str>)> {
    let (name, anchor) = rest.split_once('#').map_or((rest, None), |(name, anchor)| (name, Some(anchor)));
    let page = match name.rsplit_once('/') {
        None if name.is_empty() => from.page?,
        None => find_here(site, from, name)?,
        Some((volume, id)) => *site.volumes[*site.volume_ids.get(volume)?].ids.get(id)?,
    };
    Some((page, anchor))
}

fn file<'t>(site: &Site, from: From<'_>, target: &'t str) -> Option<(PageId, Option<&'t str>)> {
    let (path, anchor) = target.split_once('#').map_or((target, None), |(path, anchor)| (path, Some(anchor)));
    if path.is_empty() {
        return Some((from.page?, anchor));
    }
    let folder = from.source.rsplit_once('/').map_or("", |(folder, _)| folder);
    Some((*site.sources.get(join(folder, path)?.as_str())?, anchor))
}

/// The place of a printed page, as `page:` names it.
fn printed_page(site: &Site, from: From<'_>, rest: &str) -> Option<(PageId, String)> {
    let (volume, place) = rest.split_once(':').map_or((None, rest), |(volume, place)| (Some(volume), place));
    let number = match volume {
        None => from.volume?,
        Some(name) => *site.volume_ids.get(name)?,
    };
    let parts: Vec<&str> = place.split('/').collect();
    super::place_of(site, number, &parts)
}
