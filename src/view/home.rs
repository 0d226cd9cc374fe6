//! The home page, the edition's own pages, and the page for addresses that do not exist.

use super::head::{Constants, Parts, head, page_link, volume_link};
use super::links::{Named, with_links};
use super::ways::ways;
use super::{Words, editors, volume};
use crate::model::history::History;
use crate::model::html::Html;
use crate::model::register::Register;
use crate::model::site::{PageId, Site};
use crate::model::view::{Head, HomeView, NotFoundView, PlainView, RegisterLink, VolumeEntry};

/// The home page.
pub fn home(site: &Site, history: &History, words: &Words) -> HomeView {
    let path = "index.html";
    let entry = |found: &crate::model::site::Volume| VolumeEntry {
        link: volume_link(found, path, &site.settings.lang),
        series: volume::series(&found.matter),
        editors: editors(&found.matter.editors),
        covers: volume::covers(found),
        documents: found.documents.len(),
    };
    let description = site.home.outline.description.as_deref().map(str::to_owned);
    let mut head = head(
        Constants::of(site),
        Parts {
            kind: "home",
            path,
            title: site.settings.title.clone(),
            description: description.or_else(|| site.settings.subtitle.clone()),
            lang: &site.settings.lang,
            crumbs: Vec::new(),
            draft: false,
        },
    );
    head.metadata = Some(super::cite::metadata::home(&site.settings));
    HomeView {
        head,
        volumes: site.volumes.iter().filter(|volume| volume.published).map(entry).collect(),
        pages: site.own_pages().map(|page| page_link(site, &site.pages[page], path, &site.settings.lang)).collect(),
        registers: site.registers.iter().map(register).collect(),
        ways: ways(site, history, None, path),
        cite: super::cite::whole::edition(site, words),
    }
}

/// The link to a register of the edition from a page that lies beside it.
pub(super) fn register(register: &Register) -> RegisterLink {
    let kind = register.kind.name();
    RegisterLink { kind, href: format!("{kind}.html"), entries: register.entries.len() }
}

/// A page of the edition itself.
pub fn plain(site: &Site, id: PageId) -> PlainView {
    let page = &site.pages[id];
    let head = head(
        Constants::of(site),
        Parts {
            kind: "page",
            path: &page.path,
            title: page.outline.title.to_string(),
            description: page.outline.description.as_deref().map(str::to_owned),
            lang: page.outline.record.lang.as_deref().unwrap_or(&site.settings.lang),
            crumbs: Vec::new(),
            draft: page.outline.status == crate::model::document::Status::Draft,
        },
    );
    let named = Named { source: &page.source, id: &page.id, title: &page.outline.title };
    PlainView { head: with_links(head, &site.settings, named), id: page.id.clone() }
}

/// The page for addresses that do not exist. It is served at any depth, so nothing in it is relative.
pub fn not_found(site: &Site, words: &Words, style: &str) -> NotFoundView {
    let parts = Parts {
        kind: "not-found",
        path: "404.html",
        title: words.get("missing_title"),
        description: None,
        lang: &site.settings.lang,
        crumbs: Vec::new(),
        draft: false,
    };
    let base = site.settings.base_url.clone().unwrap_or_default();
    let head = Head {
        canonical: None,
        home: base,
        root: String::new(),
        style: String::new(),
        script: None,
        feed: None,
        search: None,
        crumbs: Vec::new(),
        ..head(Constants::of(site), parts)
    };
    // A style element ends at `</`, whatever stands around it.
    NotFoundView { head, style: Html(style.replace("</", "<\\/")) }
}
