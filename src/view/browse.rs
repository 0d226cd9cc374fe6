//! Documents by genre, correspondent, topic and status.

use super::Words;
use super::head::{Constants, Parts, head};
use super::listed::Listing;
use crate::model::browse::{BrowsePage, Facet, Value, address, is_split};
use crate::model::collate::{Collation, bare};
use crate::model::html::Html;
use crate::model::links::{self, From};
use crate::model::listing::{self, MOST};
use crate::model::page::Resolved;
use crate::model::site::{Site, relative};
use crate::model::view::{BrowseView, FacetLink, FacetView, Head, LetterView, Link, ValueView};

/// The properties.
pub fn overview(site: &Site, path: &str, words: &Words) -> BrowseView {
    let link = |(facet, values): (&Facet, &Vec<Value>)| FacetLink {
        facet: facet.name(),
        href: relative(path, &format!("browse/{}.html", facet.name())),
        values: values.len(),
    };
    BrowseView {
        head: page_head(site, path, &[words.get("browse")], Vec::new()),
        facets: site.browse.iter().map(link).collect(),
        chronology: site.generated.contains_key("chronology.html").then(|| relative(path, "chronology.html")),
    }
}

/// A property, or one value of it.
pub fn facet(site: &Site, path: &str, page: BrowsePage, words: &Words) -> FacetView {
    let (facet, chosen) = match page {
        BrowsePage::Overview => (Facet::Genres, None),
        BrowsePage::Facet(facet) => (facet, None),
        BrowsePage::Value(facet, number, part) => (facet, Some((number, part))),
    };
    let all = site.browse.get(&facet).map_or(&[][..], Vec::as_slice);
    let browse = crumb(path, "browse.html", &words.get("browse"));
    let title = words.get(&format!("facets.{}", facet.name()));
    let view = |values, titles: &[String], crumbs, previous, next| FacetView {
        head: page_head(site, path, titles, crumbs),
        facet: facet.name(),
        single: chosen.is_some(),
        letters: if chosen.is_none() { letters(site, facet, all) } else { Vec::new() },
        values,
        previous,
        next,
    };
    let Some((value, part)) = chosen.and_then(|(number, part)| Some((all.get(number)?, part))) else {
        let split = is_split(all);
        let values = all.iter().map(|value| whole(site, path, facet, value, split)).collect();
        return view(values, &[title], vec![browse], None, None);
    };
    let up = crumb(path, &format!("browse/{}.html", facet.name()), &title);
    let link = |part: usize| crumb(path, &address(facet, value, part), &part.to_string());
    let parts = listing::parts(value.count());
    let previous = (part > 1).then(|| link(part - 1));
    let next = (part < parts).then(|| link(part + 1));
    let name = state(facet, value, words);
    view(vec![one_part(site, path, value, part)], &[name, title], vec![browse, up], previous, next)
}

/// Lists of more values have their letters above them.
const WITH_LETTERS: usize = 60;

/// The letters above a list. The status has an order of its own.
fn letters(site: &Site, facet: Facet, values: &[Value]) -> Vec<LetterView> {
    if values.len() <= WITH_LETTERS || facet == Facet::Status {
        return Vec::new();
    }
    let letters = Collation::of(&site.settings.lang).letters(values.iter().map(|value| bare(&value.sort)));
    let view =
        |(letter, place): (String, usize)| Some(LetterView { letter, href: format!("#{}", values.get(place)?.slug) });
    letters.into_iter().filter_map(view).collect()
}

/// The name of a value in words.
fn state(facet: Facet, value: &Value, words: &Words) -> String {
    if facet == Facet::Status { words.get(&format!("states.{}", value.name)) } else { value.name.clone() }
}

fn list<'a>(site: &'a Site, path: &'a str) -> Listing<'a> {
    Listing { site, volume: None, path, by_day: false }
}

fn without_entries(site: &Site, path: &str, value: &Value) -> ValueView {
    ValueView {
        id: value.slug.clone(),
        name: value.name.clone(),
        href: None,
        register: register(site, path, value),
        count: value.items.len(),
        received_count: value.received.len(),
        entries: Vec::new(),
        received: Vec::new(),
    }
}

fn whole(site: &Site, path: &str, facet: Facet, value: &Value, split: bool) -> ValueView {
    let view = without_entries(site, path, value);
    if split {
        return ValueView { href: Some(relative(path, &address(facet, value, 1))), ..view };
    }
    let list = list(site, path);
    ValueView { entries: list.entries(&value.items), received: list.entries(&value.received), ..view }
}

/// What was sent and what was received, counted through.
fn one_part(site: &Site, path: &str, value: &Value, part: usize) -> ValueView {
    let sent = value.items.len();
    let start = (part - 1) * MOST;
    let list = list(site, path);
    let (from, to) = (start.min(sent), (start + MOST).min(sent));
    let received = start.max(sent) - sent..(start + MOST).max(sent).min(value.count()) - sent;
    ValueView {
        entries: list.entries(value.items.get(from..to).unwrap_or_default()),
        received: list.entries(value.received.get(received).unwrap_or_default()),
        ..without_entries(site, path, value)
    }
}

/// Where the register describes a correspondent.
fn register(site: &Site, path: &str, value: &Value) -> Option<String> {
    let (volume, kind, id) = value.entry.as_ref()?;
    let from = From { path, source: "", volume: *volume, page: None, suggest: false };
    match links::resolve(site, from, &format!("{}:{id}", kind.scheme())).0 {
        Resolved::Link { href, .. } => Some(href),
        Resolved::Words => None,
    }
}

fn crumb(path: &str, to: &str, title: &str) -> Link {
    Link { href: relative(path, to), title: Html::text(title), number: None }
}

fn page_head(site: &Site, path: &str, titles: &[String], crumbs: Vec<Link>) -> Head {
    let title = titles.join(" · ");
    let lang = &site.settings.lang;
    head(Constants::of(site), Parts { kind: "browse", path, title, description: None, lang, crumbs, draft: false })
}
