//! Reads built pages of archives and calendars as a reader would: by links.

use crate::edition::Site;
use scraper::{ElementRef, Html, Selector};
use std::collections::{BTreeMap, BTreeSet};

/// What the pages of the archives say.
#[derive(Default)]
pub struct Found {
    /// Addresses of documents, sorted, by the way to their place: repository, collections, file.
    pub listed: BTreeMap<Vec<String>, Vec<String>>,
    /// Number of documents as stated, by the same way.
    pub counts: BTreeMap<Vec<String>, usize>,
    /// The most documents on a page.
    pub most: usize,
    /// Numbers as each tree states them: two repositories may have one name.
    stated: BTreeMap<(String, Vec<String>), usize>,
}

impl Found {
    fn state(&mut self, page: &str, way: &[String], number: usize) {
        let tree = page.split('/').nth(1).unwrap().trim_end_matches(".html").to_owned();
        let earlier = self.stated.insert((tree, way.to_vec()), number);
        assert!(earlier.is_none_or(|earlier| earlier == number), "{page}: {way:?}");
    }
}

fn all<'h>(element: ElementRef<'h>, selector: &str) -> Vec<ElementRef<'h>> {
    element.select(&Selector::parse(selector).unwrap()).collect()
}

fn own<'h>(element: ElementRef<'h>, name: &str, class: &str) -> Vec<ElementRef<'h>> {
    let children = element.children().filter_map(ElementRef::wrap);
    children
        .filter(|it| it.value().name() == name && (class.is_empty() || it.value().classes().any(|its| its == class)))
        .collect()
}

fn text_of(element: ElementRef<'_>) -> String {
    element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Texts of all elements.
pub fn words(html: &str, selector: &str) -> Vec<String> {
    all(Html::parse_document(html).root_element(), selector).into_iter().map(text_of).collect()
}

/// Addresses of all links.
pub fn links(html: &str, selector: &str) -> Vec<String> {
    let html = Html::parse_document(html);
    all(html.root_element(), selector).iter().filter_map(|it| it.attr("href").map(str::to_owned)).collect()
}

/// All anchors.
pub fn ids(html: &str) -> Vec<String> {
    all(Html::parse_document(html).root_element(), "[id]")
        .iter()
        .filter_map(|it| it.attr("id").map(str::to_owned))
        .collect()
}

/// The address within the site to which a link of a page leads.
fn resolve(page: &str, href: &str) -> String {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    if href.contains("://") {
        return href.to_owned();
    }
    for part in href.split('/') {
        if part == ".." { parts.pop().map(|_| ()).unwrap() } else { parts.push(part) }
    }
    parts.join("/")
}

/// Every page of the archives that can be reached from the list.
pub fn archives(site: &Site) -> Found {
    let mut found = Found::default();
    let mut seen = BTreeSet::new();
    let mut waiting = vec!["archives.html".to_owned()];
    while let Some(path) = waiting.pop() {
        if !seen.insert(path.clone()) {
            continue;
        }
        let html = std::str::from_utf8(site.get(&path).unwrap_or_else(|| panic!("{path} is not there"))).unwrap();
        let html = Html::parse_document(html);
        for link in all(html.root_element(), "main a") {
            let to = resolve(&path, link.attr("href").unwrap());
            let page = to.split('#').next().unwrap().to_owned();
            waiting.extend(page.starts_with("archives/").then_some(page));
        }
        if path != "archives.html" {
            archive(&path, html.root_element(), &mut found);
        }
    }
    let made: BTreeSet<String> = site.keys().filter(|path| path.starts_with("archives/")).cloned().collect();
    seen.remove("archives.html");
    assert_eq!(seen, made, "pages of the archives that no link reaches");
    for ((_, way), number) in &found.stated {
        *found.counts.entry(way.clone()).or_default() += number;
    }
    found.listed.values_mut().for_each(|list| list.sort());
    found
}

fn archive(path: &str, root: ElementRef<'_>, found: &mut Found) {
    let main = all(root, "main")[0];
    let name = vec![text_of(all(main, "h1")[0])];
    let ids: Vec<&str> = all(root, "[id]").iter().filter_map(|it| it.attr("id")).collect();
    assert_eq!(ids.len(), ids.iter().collect::<BTreeSet<_>>().len(), "{path} repeats an anchor");
    found.most = found.most.max(all(root, ".held > li").len());
    for range in own(main, "p", "range") {
        found.state(path, &name, count(range));
    }
    held(path, main, &name, found);
    for list in own(main, "ul", "places") {
        places(path, list, &name, found);
    }
}

fn places(page: &str, list: ElementRef<'_>, above: &[String], found: &mut Found) {
    for place in own(list, "li", "") {
        let line = own(place, "p", "")[0];
        // A part with pages of its own, or a place that is listed here.
        let Some(name) = own(line, "span", "place").first().map(|name| text_of(*name)) else { continue };
        let way = [above, &[name]].concat();
        let stated = count(own(line, "span", "range")[0]);
        found.state(page, &way, stated);
        held(page, place, &way, found);
        for list in own(place, "ul", "places") {
            places(page, list, &way, found);
        }
    }
}

fn held(page: &str, place: ElementRef<'_>, way: &[String], found: &mut Found) {
    for item in own(place, "ul", "held").into_iter().flat_map(|list| own(list, "li", "")) {
        let link = own(item, "a", "")[0];
        found.listed.entry(way.to_vec()).or_default().push(resolve(page, link.attr("href").unwrap()));
    }
}

/// The number that a line of the form `12 documents` states.
fn count(line: ElementRef<'_>) -> usize {
    text_of(line).split(' ').next().unwrap().replace(',', "").parse().unwrap()
}

/// Addresses of all documents of all calendars, in the order of the edition.
pub fn calendars(site: &Site) -> Vec<String> {
    let mut documents = Vec::new();
    let first = site.keys().filter(|path| *path == "calendar.html" || path.ends_with("/calendar.html"));
    for first in first {
        let mut next = Some(first.clone());
        while let Some(path) = next {
            let html = Html::parse_document(std::str::from_utf8(&site[&path]).unwrap());
            let entries = all(html.root_element(), "ol.calendar > li > p.heading > a");
            assert!(entries.len() <= 1000);
            documents.extend(entries.iter().map(|link| resolve(&path, link.attr("href").unwrap())));
            next = all(html.root_element(), ".cut a[rel=next]")
                .first()
                .map(|link| resolve(&path, link.attr("href").unwrap()));
        }
    }
    documents
}
