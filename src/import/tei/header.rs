//! The TEI header as the volume's own page.

use super::Importer;
use crate::import::volume::{File, Text};
use crate::import::xml::{self, Node};
use crate::import::yaml::Yaml;
use crate::model::date::Day;
use std::ops::RangeInclusive;

impl<'a> Importer<'a> {
    /// `_index.md` of the volume.
    pub fn volume_page(&mut self, root: Node<'a>, folder: &str, order: &[String], mut text: Text) {
        self.take_pending(&mut text);
        let header = xml::child(root, "teiHeader");
        let titles: Vec<Node<'a>> = header
            .and_then(|header| xml::find(header, "titleStmt"))
            .map(|statement| xml::children(statement).filter(|node| xml::name(*node) == "title").collect())
            .unwrap_or_default();
        let titled = |kinds: &[&str]| {
            kinds.iter().find_map(|kind| {
                let title =
                    titles.iter().find(|title| xml::value(**title, "type") == Some(*kind)).copied().map(xml::words);
                title.filter(|title| !title.is_empty())
            })
        };
        let first = titles.first().copied().map(xml::words).filter(|title| !title.is_empty());
        let title = titled(&["complete", "main"]).or(first).unwrap_or_else(|| self.volume.clone());
        let mut front = Yaml::default();
        front.word("kind", "volume").text("id", &self.volume).text("title", &escaped(&title));
        front.option("short_title", titled(&["volume", "volume-title"]).map(|title| escaped(&title)).as_deref());
        front.option("series", titled(&["series"]).as_deref());
        front.option("subseries", titled(&["subseries", "sub-series"]).as_deref());
        front.option("volume_number", titled(&["volumenumber", "volume-number"]).as_deref());
        if let Some(header) = header {
            editors(header, &mut front);
            publication(header, &mut front);
        }
        let years = self.covers.as_ref().map(|covers| format!("{}/{}", covers.start().year, covers.end().year));
        front.option("covers", header.and_then(super::dates::content_span).or(years).as_deref());
        front.text("lang", xml::value(root, "lang").unwrap_or("en"));
        self.markup(&mut front);
        front.list("order", order.iter().map(String::as_str));
        text.write_markers(&mut front);
        self.files.insert(0, File { path: format!("{folder}/_index.md"), text: text.file(front) });
    }

    /// Paginations, series of notes, printed phrases.
    fn markup(&self, front: &mut Yaml) {
        let facsimiles = self.facsimiles && !self.paginations.iter().any(|id| id == "facsimile");
        if facsimiles || !self.paginations.is_empty() {
            front.map("paginations", |front| {
                if facsimiles {
                    front.entry(|front| {
                        front.text("id", "facsimile").text("label", "Facsimile Page").word("scope", "document");
                    });
                }
                for pagination in &self.paginations {
                    front.entry(|front| {
                        front.text("id", pagination).text("label", &label(pagination));
                        if self.document_paginations.contains(pagination) {
                            front.word("scope", "document");
                        }
                    });
                }
            });
        }
        front.map("note_series", |front| {
            front.map("o", |front| {
                front.text("title", "Notes in the original").word("by", "author");
            });
        });
        front.word("note_numbering", "printed").word("source_position", "title");
        front.map("patterns", |front| {
            front.entry(|front| {
                front.text("match", "not declassified").word("class", "excision").word("reason", "withheld");
            });
        });
    }
}

/// The years that the subseries names: "1961–1963".
pub fn covers(root: Node<'_>) -> Option<RangeInclusive<Day>> {
    let statement = xml::child(root, "teiHeader").and_then(|header| xml::find(header, "titleStmt"))?;
    let named = xml::children(statement).filter(|title| {
        xml::name(*title) == "title" && matches!(xml::value(*title, "type"), Some("subseries" | "sub-series"))
    });
    named.map(xml::words).find_map(|title| {
        let (first, last) = title.split_once(['–', '-'])?;
        let year = |text: &str| text.parse::<i32>().ok().filter(|year| (1000..=9999).contains(year));
        super::calendar::years(year(first)?, year(last)?)
    })
}

fn label(pagination: &str) -> String {
    match pagination {
        "print" => "Page".to_owned(),
        "facsimile" => "Facsimile Page".to_owned(),
        "typeset" => "Typeset Page".to_owned(),
        other => format!("Page ({other})"),
    }
}

fn editors(header: Node<'_>, front: &mut Yaml) {
    let Some(statement) = xml::find(header, "titleStmt") else { return };
    let editors: Vec<Node<'_>> =
        xml::children(statement).filter(|node| xml::name(*node) == "editor" && !xml::words(*node).is_empty()).collect();
    if editors.is_empty() {
        return;
    }
    front.map("editors", |front| {
        for editor in editors {
            front.entry(|front| {
                front.text("name", &xml::words(editor)).option("role", xml::value(editor, "role"));
            });
        }
    });
}

fn publication(header: Node<'_>, front: &mut Yaml) {
    let Some(statement) = xml::find(header, "publicationStmt") else { return };
    let said = |name: &str| xml::child(statement, name).map(xml::words).filter(|words| !words.is_empty());
    front.option("publisher", said("publisher").as_deref());
    front.option("place", said("pubPlace").as_deref());
    let dated = xml::children(statement)
        .filter(|node| xml::name(*node) == "date")
        .find(|date| matches!(xml::value(*date, "type"), None | Some("publication-date")));
    front.option("published", dated.map(xml::words).as_deref());
    let identifiers: Vec<String> = xml::children(statement)
        .filter(|node| {
            xml::name(*node) == "idno"
                && matches!(xml::value(*node, "type"), Some("isbn-13" | "isbn-10" | "isbn" | "doi" | "dospubno"))
        })
        .map(|idno| format!("{}:{}", xml::value(idno, "type").unwrap_or(""), xml::words(idno)))
        .filter(|words| !words.ends_with(':'))
        .collect();
    front.list("identifiers", identifiers.iter().map(String::as_str));
}

/// Plain words as inline Markdown.
pub fn escaped(words: &str) -> String {
    crate::import::markdown::line(&[crate::import::inline::Inline::Text(words.to_owned())])
}
