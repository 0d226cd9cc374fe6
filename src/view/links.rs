//! Ways back from a page to its editors: where its source is changed, where a mistake in it is reported.

use super::head::absolute;
use crate::model::settings::Settings;
use crate::model::template::{encoded, fill};
use crate::model::view::Head;

/// What the templates of `links:` in site.yaml may name of a page.
#[derive(Clone, Copy)]
pub struct Named<'a> {
    /// Path of its source.
    pub source: &'a str,
    /// Id.
    pub id: &'a str,
    /// Title as text.
    pub title: &'a str,
}

/// The head of a page with the links that the edition asks for.
pub fn with_links(head: Head, settings: &Settings, named: Named<'_>) -> Head {
    let address = settings.base_url.as_deref().map_or_else(|| head.path.clone(), |base| absolute(base, &head.path));
    let value = |name: &str| match name {
        "path" => Some(encoded(named.source, "/")),
        "id" => Some(encoded(named.id, "")),
        "title" => Some(encoded(named.title, "")),
        "address" => Some(encoded(&address, "")),
        _ => None,
    };
    let filled = |template: &Option<String>| template.as_deref().map(|template| fill(template, value));
    Head { edit: filled(&settings.links.edit), report: filled(&settings.links.report), ..head }
}
