//! All texts of a document to HTML.

use super::{html, notes};
use crate::model::body::{Block, Body, Inline};
use crate::model::html::Html;
use crate::model::page::BodyView;
use crate::model::plain;
use crate::model::view::{DocumentText, SourceText};
use std::collections::BTreeMap;

/// The parsed texts of a document, as rendering needs them.
#[derive(Debug, Clone, Copy)]
pub struct Parsed<'a, 's> {
    /// Title.
    pub title: &'a [Inline<'s>],
    /// Abstract.
    pub summary: &'a [Block<'s>],
    /// Evidence.
    pub evidence: &'a [Block<'s>],
    /// Source notes and descriptions.
    pub sources: &'a [(&'a [Block<'s>], &'a [Block<'s>])],
    /// Short strings by field.
    pub minor: &'a [(u16, Vec<Inline<'s>>)],
    /// Body and notes.
    pub body: &'a Body<'s>,
    /// Labels of notes by first citation.
    pub cited: &'a [String],
    /// How often each is cited.
    pub counts: &'a BTreeMap<String, u32>,
}

/// Short strings of front matter as HTML, by field.
pub fn minor(parsed: &Parsed<'_, '_>, view: &BodyView<'_>) -> BTreeMap<u16, Html> {
    parsed.minor.iter().map(|(field, inlines)| (*field, html::inlines(inlines, view))).collect()
}

/// Everything that a page shows of the texts.
pub fn text(
    parsed: &Parsed<'_, '_>,
    view: &BodyView<'_>,
    minor: &BTreeMap<u16, Html>,
    composed_title: &str,
) -> DocumentText {
    let none = BTreeMap::new();
    let title = if parsed.title.iter().all(|inline| matches!(inline, Inline::NoteRef(_))) {
        let marks = html::inlines(parsed.title, view);
        Html(format!("{}{}", Html::text(composed_title).0, marks.0))
    } else {
        html::inlines(parsed.title, view)
    };
    let source = |(note, description): &(&[Block<'_>], &[Block<'_>])| SourceText {
        note: html::blocks(note, view, &none),
        description: html::blocks(description, view, &none),
    };
    DocumentText {
        title,
        summary: if is_in_source(parsed, view) { Html::default() } else { html::blocks(parsed.summary, view, &none) },
        evidence: html::blocks(parsed.evidence, view, &none),
        sources: parsed.sources.iter().map(source).collect(),
        body: html::blocks(&parsed.body.blocks, view, minor),
        notes: notes::series(&parsed.body.notes, parsed.cited, parsed.counts, view),
        headings: html::headings(&parsed.body.blocks, view),
    }
}

/// Whether the abstract stands in the printed source note, where it is printed once.
fn is_in_source(parsed: &Parsed<'_, '_>, view: &BodyView<'_>) -> bool {
    let signs = &view.markup.signs;
    let summary = plain::blocks_text(parsed.summary, signs);
    !summary.is_empty() && parsed.sources.iter().any(|(note, _)| plain::blocks_text(note, signs).contains(&summary))
}
