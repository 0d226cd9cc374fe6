//! The HTML contract of a document's page: what themes, machines and other pages rely on.
#![allow(unreachable_pub, reason = "each test that takes this module in is a program of its own")]

use scraper::{ElementRef, Html, Selector};
use std::collections::{BTreeMap, BTreeSet};

/// What breaks the contract, one line each. `prefixes` are those of the volume's note series.
pub fn broken(html: &str, id: &str, prefixes: &[&str]) -> Vec<String> {
    let html = Html::parse_document(html);
    let mut page = Page { html: &html, problems: Vec::new() };
    page.frame(id);
    page.paragraphs();
    page.notes(prefixes);
    page.page_breaks();
    page.problems
}

/// All elements that a selector finds.
pub fn all<'h>(html: &'h Html, selector: &str) -> Vec<ElementRef<'h>> {
    html.select(&Selector::parse(selector).unwrap()).collect()
}

/// The text of an element, white space folded.
pub fn words(element: ElementRef<'_>) -> String {
    element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

struct Page<'h> {
    html: &'h Html,
    problems: Vec<String>,
}

impl<'h> Page<'h> {
    fn all(&self, selector: &str) -> Vec<ElementRef<'h>> {
        all(self.html, selector)
    }

    fn require(&mut self, holds: bool, problem: impl Into<String>) {
        if !holds {
            self.problems.push(problem.into());
        }
    }

    /// The parts that every document's page has.
    fn frame(&mut self, id: &str) {
        let articles = self.all("article.document");
        let ids: Vec<_> = articles.iter().map(|article| article.attr("id")).collect();
        self.require(ids == [Some(id)], format!("the article is {ids:?}, not #{id}"));
        self.require(self.all("article.document h1").len() == 1, "there is not one h1");
        self.require(self.all("h1").len() == 1, "there is an h1 outside the article");
        self.require(self.all("html[lang]").len() == 1, "the page names no language");
        self.require(self.all("article.document aside").len() == 1, "there is no aside");
        self.require(!self.all("nav").is_empty(), "there is no nav");
        self.require(self.all("nav:not([aria-label])").is_empty(), "a nav has no name");
        self.require(self.all("article.document section.cite").len() == 1, "there is no section.cite");
        let nested = self.all("a a, a button").len();
        self.require(nested == 0, "a link stands in a link");
    }

    /// Paragraphs of the body are counted from one, besides those that the editors named.
    fn paragraphs(&mut self) {
        let mut counted = 0;
        for paragraph in self.all(".text p") {
            let within = |name: &str| {
                paragraph.ancestors().filter_map(ElementRef::wrap).any(|element| element.value().name() == name)
            };
            if paragraph.attr("class") == Some("page-break") || within("td") || within("th") {
                continue;
            }
            let wanted = format!("p{}", counted + 1);
            match paragraph.attr("id") {
                None => self.problems.push(format!("a paragraph has no id: {}", words(paragraph))),
                Some(id) if id == wanted => counted += 1,
                Some(id) if is_counted(id) => {
                    self.problems.push(format!("paragraph {id} stands where {wanted} should"))
                }
                Some(_) => counted += 1,
            }
        }
    }

    /// References lead to notes, and notes back to each of them.
    fn notes(&mut self, prefixes: &[&str]) {
        let notes: BTreeMap<String, ElementRef<'_>> = self
            .all("section[role=doc-endnotes] li, section.provenance .witness")
            .into_iter()
            .filter_map(|note| Some((note.attr("id")?.to_owned(), note)))
            .collect();
        let mut led: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for reference in self.all("a[role=doc-noteref]") {
            let id = reference.attr("id").unwrap_or_default().to_owned();
            let target = reference.attr("href").unwrap_or_default().trim_start_matches('#').to_owned();
            let count = led.get(&target).map_or(0, Vec::len) + 1;
            let label = target.strip_prefix("fn-").unwrap_or_default();
            let wanted = if count > 1 { format!("fnref-{label}--{count}") } else { format!("fnref-{label}") };
            self.require(ids_in_order(&id, label), format!("reference {id} to {target} should be like {wanted}"));
            match notes.get(&target) {
                None => self.problems.push(format!("reference {id} leads to no note {target}")),
                Some(note) => {
                    let marker = note.select(&Selector::parse("a.marker").unwrap()).next().map(words);
                    let shown = words(reference);
                    self.require(marker.as_ref() == Some(&shown), format!("{id} prints {shown}, its note {marker:?}"));
                }
            }
            led.entry(target).or_default().push(id);
        }
        for (id, note) in &notes {
            let back: BTreeSet<String> = note
                .select(&Selector::parse("a[role=doc-backlink]").unwrap())
                .map(|link| link.attr("href").unwrap_or_default().trim_start_matches('#').to_owned())
                .collect();
            let there: BTreeSet<String> = led.get(id).into_iter().flatten().cloned().collect();
            self.require(back == there, format!("note {id} leads back to {back:?}, but is cited at {there:?}"));
        }
        let nameless = self.all("a[role=doc-backlink]:not([aria-label])").len();
        self.require(nameless == 0, "a way back has no name");
        self.series(prefixes);
    }

    /// One list for each series, and no label in the list of another.
    fn series(&mut self, prefixes: &[&str]) {
        let mut seen = BTreeSet::new();
        for list in self.all("section[role=doc-endnotes]") {
            self.require(list.attr("aria-label").is_some(), "a list of notes has no name");
            let items = Selector::parse("li[id^=fn-]").unwrap();
            let series: BTreeSet<&str> = list
                .select(&items)
                .map(|note| series_of(&note.attr("id").unwrap_or_default()[3..], prefixes))
                .collect();
            self.require(series.len() == 1, format!("a list holds the series {series:?}"));
            for one in series {
                self.require(seen.insert(one), format!("the series {one:?} has two lists"));
            }
        }
    }

    /// A page break is named, and adds nothing to the text.
    fn page_breaks(&mut self) {
        for mark in self.all("[role=doc-pagebreak]") {
            let id = mark.attr("id").unwrap_or_default();
            self.require(mark.value().name() == "span", "a page break is no span");
            self.require(id.contains('-'), format!("the page break {id:?} names no pagination"));
            self.require(mark.children().next().is_none(), format!("the page break {id} holds text"));
            for name in ["data-label", "aria-label"] {
                let label = mark.attr(name).unwrap_or_default();
                self.require(!label.trim().is_empty(), format!("the page break {id} has no {name}"));
            }
            let before = mark.prev_sibling().and_then(|node| Some(node.value().as_text()?.ends_with([' ', '\n'])));
            let after = mark.next_sibling().and_then(|node| Some(node.value().as_text()?.starts_with([' ', '\n'])));
            self.require(!(before == Some(true) && after == Some(true)), format!("two spaces stand around {id}"));
        }
    }
}

fn is_counted(id: &str) -> bool {
    id.strip_prefix('p').is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()))
}

/// `fnref-1`, `fnref-1--2`: which of them comes first on the page depends on where a title or note is printed.
fn ids_in_order(id: &str, label: &str) -> bool {
    let Some(rest) = id.strip_prefix("fnref-").and_then(|rest| rest.strip_prefix(label)) else { return false };
    rest.is_empty() || rest.strip_prefix("--").is_some_and(|count| count.parse::<u32>().is_ok_and(|count| count > 1))
}

fn series_of<'p>(label: &str, prefixes: &[&'p str]) -> &'p str {
    let is_of = |prefix: &&&str| {
        let digits = label.strip_prefix(**prefix);
        digits.is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()))
    };
    prefixes.iter().find(is_of).copied().unwrap_or("")
}
