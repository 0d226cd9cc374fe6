//! Every file of a site: which pages there are, and what lies beside them.

use crate::model::generated::Generated;
use crate::model::history::History;
use crate::model::site::{PageId, Site};
use crate::view;
use crate::write::{Sink, WriteError};
use std::collections::BTreeMap;

/// A page of the site.
#[derive(Debug, Clone, Copy)]
pub(super) enum Route<'s> {
    Home,
    NotFound,
    Corrections,
    Plain(PageId),
    Volume(usize),
    Generated(&'s str, &'s Generated),
    Document(PageId),
    Withdrawn(usize),
}

impl<'s> Route<'s> {
    /// The page at an address.
    pub(super) fn find(site: &'s Site, path: &str) -> Option<Self> {
        if let Some(number) = site.tombstones.iter().position(|tombstone| tombstone.path == path) {
            return Some(Route::Withdrawn(number));
        }
        let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
        let made = || site.generated.get_key_value(path).map(|(path, page)| Route::Generated(path, page));
        let volume = match folder {
            "" => site.is_single().then_some(0),
            folder => match site.volume_ids.get(folder) {
                Some(number) => Some(*number),
                // The folder of a register.
                None => return made(),
            },
        };
        let id = file.strip_suffix(".html")?;
        let generated = match (id, volume) {
            ("404", _) if folder.is_empty() => Some(Route::NotFound),
            ("index", None) => Some(Route::Home),
            ("index", Some(volume)) => Some(Route::Volume(volume)),
            _ => made(),
        };
        let own = || volume.and_then(|volume| site.volumes[volume].ids.get(id)).map(|page| Route::Document(*page));
        let plain = || site.plain_ids.get(id).filter(|_| folder.is_empty()).map(|page| Route::Plain(*page));
        let is_there = |route: &Route<'_>| route.is_made(site) && route.path(site) == path;
        // A document may have the name of a page that this volume has no need of.
        generated.filter(is_there).or_else(|| own().filter(is_there)).or_else(|| plain().filter(is_there))
    }

    /// Whether the site has this page.
    fn is_made(&self, site: &Site) -> bool {
        let published = |volume: usize| site.volumes[volume].published;
        match self {
            Route::Home => !site.is_single(),
            Route::NotFound | Route::Withdrawn(_) | Route::Corrections | Route::Generated(..) => true,
            Route::Volume(volume) => published(*volume),
            Route::Plain(page) => site.pages[*page].published && !site.is_introduction(&site.pages[*page]),
            Route::Document(page) => {
                let page = &site.pages[*page];
                page.published && !site.is_introduction(page) && page.volume.is_some_and(published)
            }
        }
    }

    /// Address within the site.
    pub(super) fn path(&self, site: &Site) -> String {
        match self {
            Route::Home => "index.html".to_owned(),
            Route::NotFound => "404.html".to_owned(),
            Route::Corrections => "corrections.html".to_owned(),
            Route::Plain(page) | Route::Document(page) => site.pages[*page].path.clone(),
            Route::Withdrawn(number) => site.tombstones[*number].path.clone(),
            Route::Volume(volume) => site.volumes[*volume].address("index.html"),
            Route::Generated(path, _) => (*path).to_owned(),
        }
    }
}

/// Sections whose text stands on a generated page.
pub(super) fn introductions(site: &Site) -> BTreeMap<(Option<usize>, &'static str), PageId> {
    let mut introductions = BTreeMap::new();
    for (id, page) in site.pages.iter().enumerate().filter(|(_, page)| page.published) {
        if let Some(name) = page.introduces {
            introductions.entry((page.volume, name)).or_insert(id);
        }
    }
    introductions
}

/// Every page of the site, in a fixed order.
pub(super) fn routes(site: &Site) -> Vec<Route<'_>> {
    let mut routes = vec![Route::NotFound];
    routes.extend(site.has_corrections.then_some(Route::Corrections));
    if !site.is_single() {
        routes.push(Route::Home);
    }
    routes.extend(site.own_pages().map(Route::Plain));
    let volumes = site.volumes.iter().enumerate().filter(|(_, volume)| volume.published);
    routes.extend(volumes.map(|(number, _)| Route::Volume(number)));
    routes.extend(site.generated.iter().map(|(path, page)| Route::Generated(path, page)));
    let documents = (0..site.pages.len()).filter(|&id| {
        let page = &site.pages[id];
        page.volume.is_some() && page.published && !site.is_introduction(page)
    });
    routes.extend(documents.map(Route::Document));
    routes.extend((0..site.tombstones.len()).map(Route::Withdrawn));
    routes
}

/// Whether the site has a file that is no page at an address.
pub(super) fn has_file(site: &Site, path: &str) -> bool {
    let has_base = site.settings.base_url.is_some();
    (path == "sitemap.xml" && has_base)
        || (path == "feed.xml" && site.settings.feed)
        || [".nojekyll", "robots.txt"].contains(&path)
        || site.redirects.iter().any(|redirect| redirect.from == path)
}

/// Files that are no pages: for machines, and at old addresses.
pub(super) fn files(site: &Site, history: &History, paths: &[&str], sink: &dyn Sink) -> Result<(), WriteError> {
    if let Some(base) = &site.settings.base_url {
        sink.put("sitemap.xml", view::feed::sitemap(site, history, base, paths).as_bytes())?;
        if site.settings.feed {
            sink.put("feed.xml", view::feed::feed(site, history, base).as_bytes())?;
        }
    }
    sink.put("robots.txt", view::feed::robots(site).as_bytes())?;
    sink.put(".nojekyll", b"")?;
    for redirect in &site.redirects {
        sink.put(&redirect.from, view::feed::redirect(site, redirect).as_bytes())?;
    }
    Ok(())
}
