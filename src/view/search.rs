//! The search page: where its index and its scripts lie.

use super::Words;
use super::head::{Constants, Parts, head};
use crate::model::search::Index;
use crate::model::site::{Site, relative};
use crate::model::view::{FacetView, SearchView};

/// Address of the page.
const PATH: &str = "search.html";

/// Where the theme's files for the search lie below its static files.
const SCRIPTS: &str = "search/";

/// The search page with the index of the site, where it has one.
pub fn search(site: &Site, index: Option<&Index>, words: &Words) -> SearchView {
    let parts = Parts {
        kind: "search",
        path: PATH,
        title: words.get("search"),
        description: None,
        lang: &site.settings.lang,
        crumbs: Vec::new(),
        draft: false,
    };
    let scripts = site.assets.iter().filter_map(|(name, address)| Some((name.strip_prefix(SCRIPTS)?, address)));
    let facets = index.into_iter().flat_map(|index| &index.facets);
    SearchView {
        head: head(Constants::of(site), parts),
        index: index.map(|index| relative(PATH, &index.folder)),
        offline: site.settings.search.offline,
        engine: relative(PATH, "assets/search/"),
        scripts: scripts.map(|(name, address)| (name.to_owned(), relative(PATH, address))).collect(),
        documents: index.map_or(0, |index| index.documents),
        facets: facets.map(|(id, values)| FacetView { id: id.clone(), values: *values }).collect(),
    }
}
