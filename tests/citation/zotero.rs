//! What Zotero makes of a page: the rules of its translators "Embedded Metadata" and "RDF", told again from reading them.
//!
//! Each `meta` is a statement about the page: prefix, one of `. : _`, property with a small first letter. The type is
//! `z:itemType` before all else. Fields come from the first of several properties that is there. `author` is
//! `dcterms:creator`; `editor` and `contributor` have properties of another vocabulary; every other kind of creator is
//! `z:{kind}s`. At the end each `z:` property becomes the field of its name. The `citation_` tags come last of all:
//! `citation_author` puts all other creators out.

use scraper::{Html, Selector};

/// An item of Zotero.
#[derive(Debug, Default)]
pub(crate) struct Item {
    pub(crate) kind: String,
    pub(crate) title: String,
    pub(crate) archive: String,
    pub(crate) location: String,
    pub(crate) date: String,
    pub(crate) summary: String,
    pub(crate) url: String,
    pub(crate) rights: String,
    pub(crate) creators: Vec<String>,
}

/// Kinds of creators, by type of item.
const CREATORS: &[(&str, &[&str])] = &[
    ("letter", &["author", "contributor", "recipient"]),
    ("manuscript", &["author", "contributor", "translator"]),
    ("report", &["author", "contributor", "seriesEditor", "translator"]),
    ("document", &["author", "contributor", "editor", "reviewedAuthor", "translator"]),
];

/// Tags of Google Scholar that may be there: of those that Zotero knows, these change no type.
const HIGHWIRE: &[&str] = &["citation_title", "citation_author", "citation_publication_date"];

pub(crate) fn item(page: &Html) -> Item {
    let selector = Selector::parse("head meta").unwrap();
    let mut statements = Vec::new();
    let mut highwire: Vec<(String, String)> = Vec::new();
    let mut guess = None;
    for meta in page.select(&selector) {
        let Some(name) = meta.attr("name").or_else(|| meta.attr("property")) else { continue };
        let Some(content) = meta.attr("content").filter(|content| !content.is_empty()) else { continue };
        for tag in name.split_whitespace() {
            if tag.starts_with("citation_") {
                assert!(HIGHWIRE.contains(&tag), "{tag} is not reckoned with here");
                highwire.push((tag.to_owned(), content.to_owned()));
                continue;
            }
            let Some(at) = tag.find(['.', ':', '_']) else { continue };
            let prefix = tag[..at].to_lowercase();
            if ["dc", "dcterms", "z", "og", "article", "book", "prism", "bib", "foaf"].contains(&prefix.as_str()) {
                let property = &tag[at + 1..];
                let property = property[..1].to_lowercase() + &property[1..];
                statements.push((format!("{prefix}:{property}"), content.to_owned()));
            }
        }
    }
    let all = |names: &[&str]| -> Vec<String> {
        let found = names.iter().map(|name| {
            let of_name = statements.iter().filter(|(other, _)| other == name);
            of_name.map(|(_, value)| value.clone()).collect::<Vec<_>>()
        });
        found.into_iter().find(|values| !values.is_empty()).unwrap_or_default()
    };
    let one = |names: &[&str]| all(names).into_iter().next().unwrap_or_default();
    let stated = one(&["z:itemType", "z:type"]);
    if one(&["og:type"]) == "website" {
        guess = Some("webpage");
    }
    let known = CREATORS.iter().find(|(kind, _)| *kind == stated);
    let kind = known.map_or(guess.unwrap_or("webpage"), |(kind, _)| kind);
    let mut creators = Vec::new();
    for role in known.map_or(&[][..], |(_, roles)| roles) {
        let names = match *role {
            "author" => all(&["bib:authors", "dc:creator", "dcterms:creator", "dc:contributor", "dcterms:contributor"]),
            "editor" | "contributor" => all(&[&format!("bib:{role}s")]),
            role => all(&[&format!("z:{role}s")]),
        };
        creators.extend(names.into_iter().map(|name| format!("{role} {name}")));
    }
    // What they say takes the place of all else; authors that of all creators.
    let last_word = |name: &str| -> Vec<String> {
        highwire.iter().filter(|(other, _)| other == name).map(|(_, value)| value.clone()).collect()
    };
    let authors = last_word("citation_author");
    if !authors.is_empty() {
        creators = authors.into_iter().map(|name| format!("author {name}")).collect();
    }
    let or_last = |name: &str, stated: String| last_word(name).into_iter().next().unwrap_or(stated);
    Item {
        kind: kind.to_owned(),
        title: or_last("citation_title", one(&["dc:title", "dcterms:title", "og:title"])),
        archive: one(&["z:archive"]),
        location: one(&["dc:coverage", "dcterms:coverage"]),
        date: or_last(
            "citation_publication_date",
            one(&["prism:publicationDate", "og:published_time", "dcterms:issued", "dc:date", "dcterms:date"]),
        ),
        summary: one(&["og:description", "dcterms:abstract"]),
        url: one(&["og:url"]),
        rights: one(&["prism:copyright", "dc:rights", "dcterms:rights"]),
        creators,
    }
}
