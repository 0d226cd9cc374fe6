//! What every page has: title, description, addresses, the way here.

use crate::model::html::Html;
use crate::model::page::is_right_to_left;
use crate::model::settings::Settings;
use crate::model::site::{Page, Site, Volume, relative};
use crate::model::view::{Head, Link};
use std::collections::BTreeMap;

/// What differs from page to page.
pub struct Parts<'a> {
    /// Kind of page.
    pub kind: &'static str,
    /// Address within the site.
    pub path: &'a str,
    /// Title of the page itself; the edition's is added.
    pub title: String,
    /// Description.
    pub description: Option<String>,
    /// Language.
    pub lang: &'a str,
    /// Way to the page, without the home page.
    pub crumbs: Vec<Link>,
    /// Draft or not.
    pub draft: bool,
}

/// What is the same on every page of the edition.
#[derive(Clone, Copy)]
pub struct Constants<'a> {
    /// Settings.
    pub settings: &'a Settings,
    /// Assets of the theme: file name to address within the site.
    pub assets: &'a BTreeMap<String, String>,
}

impl<'a> Constants<'a> {
    /// Those of an edition.
    pub fn of(site: &'a Site) -> Self {
        Constants { settings: &site.settings, assets: &site.assets }
    }
}

/// The head of a page.
pub fn head(constants: Constants<'_>, parts: Parts<'_>) -> Head {
    let Constants { settings, assets } = constants;
    let path = parts.path;
    let asset = |name: &str| assets.get(name).map(|address| relative(path, address));
    let base = settings.base_url.as_deref();
    let whole = parts.title.is_empty() || parts.title == settings.title;
    let home = Link { href: relative(path, "index.html"), title: Html::text(&settings.title), number: None };
    let crumbs = if path == "index.html" { Vec::new() } else { std::iter::once(home).chain(parts.crumbs).collect() };
    Head {
        kind: parts.kind,
        title: if whole { settings.title.clone() } else { format!("{} · {}", parts.title, settings.title) },
        description: parts.description,
        lang: parts.lang.to_owned(),
        dir: is_right_to_left(parts.lang).then_some("rtl"),
        root: "../".repeat(path.matches('/').count()),
        path: path.to_owned(),
        canonical: base.map(|base| absolute(base, path)),
        home: relative(path, "index.html"),
        style: asset("engross.css").unwrap_or_default(),
        script: asset("engross.js"),
        feed: settings.feed.then(|| relative(path, "feed.xml")),
        search: (!settings.search.off).then(|| relative(path, "search.html")),
        crumbs,
        draft: parts.draft,
        metadata: None,
        edit: None,
        report: None,
    }
}

/// The absolute address of a file of the site; the home page and landing pages are named by their folder.
pub fn absolute(base: &str, path: &str) -> String {
    let path =
        path.strip_suffix("index.html").filter(|folder| folder.is_empty() || folder.ends_with('/')).unwrap_or(path);
    format!("{base}{path}")
}

/// A link to the landing of a volume, from a text in the language `around`.
pub fn volume_link(volume: &Volume, from: &str, around: &str) -> Link {
    let title = in_language(volume.outline.list_title(), &volume.lang, around);
    Link { href: relative(from, &volume.address("index.html")), title, number: None }
}

/// A link to a page, from a text in the language `around`.
pub fn page_link(site: &Site, page: &Page, from: &str, around: &str) -> Link {
    let number = page.outline.number.as_deref().map(str::to_owned);
    let title = in_language(page.outline.list_title(), lang_of(site, page), around);
    Link { href: relative(from, &page.path), title, number }
}

/// The language of a page.
pub fn lang_of<'s>(site: &'s Site, page: &'s Page) -> &'s str {
    let inherited = site.volume_of(page).map_or(&site.settings.lang, |volume| &volume.lang);
    page.outline.record.lang.as_deref().unwrap_or(inherited)
}

/// Words in the language `lang`, named where the text around them is in another one.
pub fn in_language(words: Html, lang: &str, around: &str) -> Html {
    if lang == around {
        return words;
    }
    let direction = match (is_right_to_left(lang), is_right_to_left(around)) {
        (true, false) => " dir=\"rtl\"",
        (false, true) => " dir=\"ltr\"",
        _ => "",
    };
    // Tags are letters, digits and hyphens.
    Html(format!("<span lang=\"{lang}\"{direction}>{}</span>", words.0))
}

/// The way to a page: volume, then sections.
pub fn crumbs(site: &Site, page: &Page) -> Vec<Link> {
    let mut crumbs = Vec::new();
    if let Some(volume) = site.volume_of(page).filter(|volume| !volume.at_root) {
        crumbs.push(volume_link(volume, &page.path, &site.settings.lang));
    }
    for ancestor in &page.ancestors {
        if let Some(section) = ancestor.page {
            crumbs.push(page_link(site, &site.pages[section], &page.path, &site.settings.lang));
        }
    }
    crumbs
}
