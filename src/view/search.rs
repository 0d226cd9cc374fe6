//! The search page: where its index and its scripts lie.

use super::head::{Constants, Parts, head, volume_link};
use super::ways::ways;
use super::{Words, home};
use crate::model::history::History;
use crate::model::html::Html;
use crate::model::search::{FORMS, Index};
use crate::model::site::{Site, relative};
use crate::model::template::encoded;
use crate::model::view::{SearchFacet, SearchForm, SearchView};

/// Address of the page.
const PATH: &str = "search.html";

/// Where the theme's files for the search lie below its static files.
const SCRIPTS: &str = "search/";

/// The search page with the index of the site, where it has one; in the preview it may still be made.
pub fn search(site: &Site, history: &History, index: Option<&Index>, preview: bool, words: &Words) -> SearchView {
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
        building: preview && index.is_none(),
        offline: site.settings.search.offline,
        scripts: scripts.map(|(name, address)| (name.to_owned(), relative(PATH, address))).collect(),
        documents: index.map_or(0, |index| index.documents),
        facets: facets.map(|(id, values)| SearchFacet { id: id.clone(), values: *values }).collect(),
        forms: FORMS.iter().map(|id| form(id, index)).collect(),
        words: script_words(words),
        volumes: published.map(|volume| volume_link(volume, PATH, &site.settings.lang)).collect(),
        registers: site.registers.iter().map(home::register).collect(),
        ways: ways(site, history, None, PATH),
    }
}

/// A form of queries with its example.
fn form(id: &'static str, index: Option<&Index>) -> SearchForm {
    let examples = index.map_or(&[][..], |index| &index.examples);
    let example = examples.iter().find(|(form, _)| form == id).map(|(_, query)| query.clone());
    SearchForm { id, address: example.as_deref().map(|query| encoded(query, "")), example }
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
