//! For readers: one page that needs no other file.

use super::{CHANGES, elided, heading};
use crate::compare::{Change, Comparison, Datum, Document, Part};
use crate::model::html::push_escaped;

/// Where links of the page lead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Links {
    /// The page stands in the new site, so deep: links go up to its root and down again.
    Depth(usize),
    /// The page stands elsewhere, and has no links.
    None,
}

/// Colours of the built-in theme; its style sheet is not asked, since the page stands alone.
const STYLE: &str = include_str!("page.css");

/// The comparison as a page.
pub fn page(comparison: &Comparison, links: &Links) -> String {
    let mut html = String::from("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    html.push_str("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n");
    html.push_str("<meta name=\"color-scheme\" content=\"light dark\">\n<title>");
    let title = format!("Changes from {} to {}", comparison.old.name, comparison.new.name);
    push_escaped(&mut html, &title);
    html.push_str("</title>\n<style>\n");
    html.push_str(STYLE);
    html.push_str("</style>\n</head>\n<body>\n<main>\n<h1>");
    push_escaped(&mut html, &title);
    html.push_str("</h1>\n<p>");
    push_escaped(&mut html, &capitalised(&comparison.tally()));
    html.push_str(".</p>\n");
    for side in [&comparison.old, &comparison.new] {
        if let Some(commit) = &side.commit {
            html.push_str("<p class=\"commit\">");
            push_escaped(&mut html, &format!("{}: commit {commit}", side.name));
            html.push_str("</p>\n");
        }
    }
    if comparison.of(Change::Changed).chain(comparison.of(Change::Moved)).next().is_some() {
        html.push_str("<p class=\"key\">Words that went are <del>struck out</del>, words that came are <ins>underlined</ins>.</p>\n");
    }
    for change in CHANGES {
        let mut documents = comparison.of(change).peekable();
        if documents.peek().is_none() {
            continue;
        }
        html.push_str("<section>\n<h2>");
        push_escaped(&mut html, &capitalised(heading(change)));
        html.push_str("</h2>\n<ul>\n");
        documents.for_each(|document| push_document(&mut html, document, links));
        html.push_str("</ul>\n</section>\n");
    }
    html.push_str("</main>\n</body>\n</html>\n");
    html
}

fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

fn push_document(html: &mut String, document: &Document, links: &Links) {
    html.push_str("<li>\n<p class=\"document\">");
    let number = document.number.as_deref().map_or(String::new(), |number| format!("{number}. "));
    let has_page = document.change != Change::Withdrawn || document.leads_to.is_some();
    let href = match links {
        Links::Depth(depth) if has_page => Some(format!("{}{}", "../".repeat(*depth), document.address)),
        _ => None,
    };
    element(html, if href.is_some() { "a" } else { "cite" }, &[("href", href.as_deref()), lang(document)], |html| {
        push_escaped(html, &format!("{number}{}", document.title));
    });
    html.push_str(" <span class=\"address\">");
    if let Some(old) = &document.old_address {
        push_escaped(html, &format!("{old} → "));
    }
    push_escaped(html, &document.address);
    html.push_str("</span></p>\n");
    match (document.change, &document.leads_to) {
        (Change::Withdrawn, Some(to)) => note(html, &format!("The address leads to {to}.")),
        (Change::Moved, None) => note(html, "The old address leads nowhere."),
        _ => {}
    }
    document.data.iter().for_each(|datum| push_datum(html, datum));
    for passage in &document.text {
        element(html, "blockquote", &[lang(document)], |html| {
            html.push_str("<p>");
            push_parts(html, &elided(&passage.parts));
            html.push_str("</p>");
        });
        html.push('\n');
    }
    html.push_str("</li>\n");
}

fn push_datum(html: &mut String, Datum { field, old, new }: &Datum) {
    html.push_str("<p class=\"datum\">");
    push_escaped(html, &capitalised(field));
    html.push_str(": ");
    let part = |values: &[String], part: fn(String) -> Part| (!values.is_empty()).then(|| part(values.join("; ")));
    let parts: Vec<Part> = [part(old, Part::Deleted), part(new, Part::Added)].into_iter().flatten().collect();
    push_parts(html, &parts);
    html.push_str("</p>\n");
}

fn push_parts(html: &mut String, parts: &[Part]) {
    for (at, part) in parts.iter().enumerate() {
        if at > 0 {
            html.push(' ');
        }
        match part {
            Part::Same(words) => push_escaped(html, words),
            Part::Deleted(words) => element(html, "del", &[], |html| push_escaped(html, words)),
            Part::Added(words) => element(html, "ins", &[], |html| push_escaped(html, words)),
        }
    }
}

fn note(html: &mut String, words: &str) {
    element(html, "p", &[("class", Some("note"))], |html| push_escaped(html, words));
    html.push('\n');
}

/// The page itself is in English.
fn lang(document: &Document) -> (&'static str, Option<&str>) {
    ("lang", Some(document.lang.as_str()).filter(|lang| !matches!(*lang, "" | "en")))
}

fn element(html: &mut String, name: &str, attributes: &[(&str, Option<&str>)], inner: impl FnOnce(&mut String)) {
    html.push('<');
    html.push_str(name);
    for (name, value) in attributes {
        if let Some(value) = value {
            html.push_str(&format!(" {name}=\""));
            push_escaped(html, value);
            html.push('"');
        }
    }
    html.push('>');
    inner(html);
    html.push_str(&format!("</{name}>"));
}
