//! The search page: where its index and its scripts lie.

use super::head::{Constants, Parts, head, volume_link};
use super::ways::ways;
use super::{Words, home};
use crate::model::history::History;
use crate::model::html::Html;
use crate::model::search::Index;
use crate::model::site::{Site, relative};
use crate::model::view::{SearchFacet, SearchView};

/// Address of the page.
const PATH: &str = "search.html";

/// Where the theme's files for the search lie below its static files.
const SCRIPTS: &str = "search/";

/// The search page with the index of the site, where it has one.
pub fn search(site: &Site, history: &History, index: Option<&Index>, words: &Words) -> SearchView {
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
    let published = site.volumes.iter().filter(|volume| volume.published);
    let facets = index.into_iter().flat_map(|index| &index.facets);
    SearchView {
        head: head(Constants::of(site), parts),
        index: index.map(|index| relative(PATH, &index.folder)),
        offline: site.settings.search.offline,
        scripts: scripts.map(|(name, address)| (name.to_owned(), relative(PATH, address))).collect(),
        documents: index.map_or(0, |index| index.documents),
        facets: facets.map(|(id, values)| SearchFacet { id: id.clone(), values: *values }).collect(),
        words: script_words(words),
        volumes: published.map(|volume| volume_link(volume, PATH, &site.settings.lang)).collect(),
        registers: site.registers.iter().map(home::register).collect(),
        ways: ways(site, history, None, PATH),
    }
}

/// The words of the page for its scripts. JSON in a `script` element ends at the first `</script`, so no `<` stands in it.
fn script_words(words: &Words) -> Html {
    let mut found = words.0.get("search_page").cloned().unwrap_or_default();
    if let Some(object) = found.as_object_mut() {
        object.remove("help");
        object.insert("languages".to_owned(), words.0.get("languages").cloned().unwrap_or_default());
    }
    Html(found.to_string().replace('<', "\\u003c"))
}
