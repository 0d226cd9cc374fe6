//! The text of a document as it is indexed: what its page shows, in four columns.

use super::fold::fold;
use crate::hash::Hash128;
use crate::model::body::{Block, Body, Inline};
use crate::model::markup::Signs;
use crate::model::plain;
use crate::model::search::Unspaced;
use serde::Serialize;

/// What is indexed of a document.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Columns {
    /// Number and title.
    pub title: String,
    /// Summary, evidence and body, without notes and page marks; editorial signs as they are printed.
    pub text: String,
    /// Notes.
    pub notes: String,
    /// Source notes, printed or composed, and descriptions.
    pub source: String,
}

impl Columns {
    /// The hash of all of them.
    pub fn hash(&self) -> Hash128 {
        Hash128::of_value(self).unwrap_or_default()
    }

    /// The columns in the order of the database.
    pub fn all(&self) -> [&str; 4] {
        [&self.title, &self.text, &self.notes, &self.source]
    }
}

/// The parsed texts of a document.
#[derive(Debug, Clone, Copy)]
pub struct Parsed<'a, 's> {
    /// Number and title as plain text.
    pub title: &'a str,
    /// Abstract.
    pub summary: &'a [Block<'s>],
    /// Evidence.
    pub evidence: &'a [Block<'s>],
    /// Body and notes.
    pub body: &'a Body<'s>,
    /// Titles of attachments, with their ids.
    pub attachments: &'a [(&'a str, &'a [Inline<'s>])],
    /// Source notes and descriptions, with the line that is composed where no note is printed.
    pub sources: &'a [(&'a [Block<'s>], &'a [Block<'s>], String)],
    /// Source notes of attachments.
    pub others: &'a [String],
}

/// Stands between texts that no phrase may run over, as between two notes: a word of its own, of a character for private
/// use that nobody types.
const GAP: &str = " \u{e000} ";

/// The columns of a document, with folded letters.
pub fn columns(parsed: &Parsed<'_, '_>, signs: &Signs, unspaced: Unspaced) -> Columns {
    let sources: Vec<String> = parsed
        .sources
        .iter()
        .flat_map(|(note, description, composed)| {
            let note = plain::blocks_text(note, signs);
            [if note.is_empty() { composed.clone() } else { note }, plain::blocks_text(description, signs)]
        })
        .collect();
    let summary = plain::blocks_text(parsed.summary, signs);
    // An abstract that stands in the printed source note is printed once.
    let is_in_source = sources.iter().any(|source| source.contains(&summary));
    let body = Writer { parsed, signs, seen: Vec::new() }.body();
    let texts = [if is_in_source { String::new() } else { summary }, plain::blocks_text(parsed.evidence, signs), body];
    Columns {
        title: fold(parsed.title, unspaced),
        text: fold(&joined(texts), unspaced),
        notes: fold(&joined(parsed.body.notes.iter().map(|note| plain::blocks_text(&note.blocks, signs))), unspaced),
        source: fold(&joined(sources.into_iter().chain(parsed.others.iter().cloned())), unspaced),
    }
}

fn joined(texts: impl IntoIterator<Item = String>) -> String {
    let mut joined = String::new();
    for text in texts.into_iter().filter(|text| !text.is_empty()) {
        if !joined.is_empty() {
            joined.push_str(GAP);
        }
        joined.push_str(&text);
    }
    joined
}

struct Writer<'a, 's> {
    parsed: &'a Parsed<'a, 's>,
    signs: &'a Signs,
    /// Attachments whose text is there.
    seen: Vec<&'s str>,
}

impl<'a, 's> Writer<'a, 's> {
    /// The body with the titles of its attachments, then those of attachments that have no text.
    fn body(mut self) -> String {
        let mut out = String::new();
        self.blocks(&mut out, &self.parsed.body.blocks);
        for (id, title) in self.parsed.attachments {
            if !self.seen.contains(id) {
                out.push_str(GAP);
                out.push_str(&plain::text(title, self.signs));
            }
        }
        out.trim().to_owned()
    }

    fn blocks(&mut self, out: &mut String, blocks: &'a [Block<'s>]) {
        for block in blocks {
            match block {
                Block::Fence(fence) if fence.class() == "attachment" => {
                    let id = fence.attributes.id.unwrap_or("");
                    self.seen.push(id);
                    if let Some((_, title)) = self.parsed.attachments.iter().find(|(other, _)| *other == id) {
                        out.push_str(&plain::text(title, self.signs));
                        out.push(' ');
                    }
                    self.blocks(out, &fence.blocks);
                }
                block => {
                    out.push_str(&plain::blocks_text(std::slice::from_ref(block), self.signs));
                    out.push(' ');
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_stands_between_texts_only() {
        assert_eq!(joined(["a".into(), String::new(), "b".into()]), "a \u{e000} b");
        assert_eq!(joined([String::new()]), "");
    }
}
