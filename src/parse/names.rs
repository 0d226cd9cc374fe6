//! Names in running text: whole words, the longest name first, in one walk.

use super::texts::Texts;
use crate::model::body::{Block, Inline, Span};
use crate::model::document::{FrontMatter, Printed};
use crate::model::issue::At;
use std::collections::HashMap;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Names to look for, as a tree of their words.
#[derive(Debug)]
pub struct Names<T> {
    nodes: Vec<Node<T>>,
}

#[derive(Debug)]
struct Node<T> {
    next: HashMap<String, usize>,
    /// What the words up to here name.
    named: Vec<T>,
}

/// A name that stands in a text.
#[derive(Debug, PartialEq, Eq)]
pub struct Found<T> {
    /// Where.
    pub at: At,
    /// As it stands there, white space folded.
    pub words: String,
    /// All that has this name.
    pub named: Vec<T>,
}

impl<T> Default for Names<T> {
    fn default() -> Self {
        Names { nodes: vec![Node::default()] }
    }
}

impl<T> Default for Node<T> {
    fn default() -> Self {
        Node { next: HashMap::new(), named: Vec::new() }
    }
}

impl<T: Copy + PartialEq> Names<T> {
    /// Adds a name. One letter alone is none.
    pub fn add(&mut self, name: &str, named: T) {
        let mut line = Line::default();
        line.text(name.trim(), name);
        if name.chars().filter(|sign| sign.is_alphanumeric()).nth(1).is_none() {
            return;
        }
        let mut node = 0;
        for word in line.words {
            let fresh = self.nodes.len();
            let next = self.nodes.get_mut(node).map(|node| *node.next.entry(word.text).or_insert(fresh));
            node = next.unwrap_or(fresh);
            if node == fresh {
                self.nodes.push(Node::default());
            }
        }
        if let Some(node) = self.nodes.get_mut(node)
            && !node.named.contains(&named)
        {
            node.named.push(named);
        }
    }

    /// Every name in the texts of a document that stands outside links, with `body` as it was parsed.
    pub fn find(&self, front: &FrontMatter, texts: &Texts<'_>, body: &str) -> Vec<Found<T>> {
        let mut search = Search { names: self, found: Vec::new(), field: At::BODY, source: body };
        search.blocks(&texts.body.blocks);
        texts.body.notes.iter().for_each(|note| search.blocks(&note.blocks));
        for (printed, blocks) in [(&front.summary, &texts.summary), (&front.evidence, &texts.evidence)] {
            search.printed(printed, |search| search.blocks(blocks));
        }
        search.printed(&front.title, |search| search.line(&texts.title));
        for (source, text) in front.source.witnesses().iter().zip(&texts.sources) {
            search.printed(&source.note, |search| search.blocks(&text.note));
            search.printed(&source.description, |search| search.blocks(&text.description));
        }
        search.found
    }

    /// The longest name that begins at a word: how many words it has, and whom it names.
    fn longest(&self, words: &[Word]) -> Option<(usize, &[T])> {
        let mut node = self.nodes.first()?;
        let mut longest = None;
        for (count, word) in words.iter().enumerate() {
            let Some(next) = node.next.get(&word.text).and_then(|next| self.nodes.get(*next)) else { break };
            node = next;
            if !node.named.is_empty() {
                longest = Some((count + 1, node.named.as_slice()));
            }
        }
        longest
    }
}

struct Search<'a, T> {
    names: &'a Names<T>,
    found: Vec<Found<T>>,
    field: u16,
    /// The text that was parsed.
    source: &'a str,
}

impl<'a, T: Copy + PartialEq> Search<'a, T> {
    fn printed(&mut self, printed: &'a Option<Printed>, walk: impl FnOnce(&mut Self)) {
        let Some(printed) = printed else { return };
        (self.field, self.source) = (printed.field, &printed.text);
        walk(self);
    }

    fn blocks(&mut self, blocks: &[Block<'_>]) {
        for block in blocks {
            match block {
                Block::Paragraph(paragraph) => self.line(&paragraph.inlines),
                Block::Plain(inlines) => self.line(inlines),
                Block::Heading(heading) => self.line(&heading.inlines),
                Block::Quote(inner) => self.blocks(inner),
                Block::List(list) => list.items.iter().for_each(|item| self.blocks(&item.blocks)),
                Block::Table(table) => {
                    let rows = std::iter::once(&table.head).chain(&table.rows);
                    rows.flatten().for_each(|cell| self.line(cell));
                }
                Block::Fence(fence) => self.blocks(&fence.blocks),
                Block::Element(element) => self.blocks(&element.blocks),
                Block::PageBreak(_) | Block::Code(_) | Block::Raw(_) => {}
            }
        }
    }

    fn line(&mut self, inlines: &[Inline<'_>]) {
        let mut line = Line::default();
        line.inlines(inlines, self.source);
        let mut words = line.words.as_slice();
        while let Some(word) = words.first() {
            let longest = if word.is_word { self.names.longest(words) } else { None };
            let (taken, rest) = words.split_at(longest.map_or(1, |(count, _)| count));
            if let (Some((_, named)), Some(last)) = (longest, taken.last()) {
                let span = Span::new(word.start..last.end.max(word.start));
                let text = taken.iter().map(|word| word.text.as_str()).collect();
                self.found.push(Found { at: At { field: self.field, span }, words: text, named: named.to_vec() });
            }
            words = rest;
        }
    }
}

/// A word, a sign, or the space between.
#[derive(Debug)]
struct Word {
    text: String,
    is_word: bool,
    start: usize,
    end: usize,
}

/// What stands in place of anything that no name goes across.
const BARRIER: &str = "\u{0}";

/// The words of a paragraph.
#[derive(Debug, Default)]
struct Line {
    words: Vec<Word>,
}

impl Line {
    fn inlines(&mut self, inlines: &[Inline<'_>], source: &str) {
        for inline in inlines {
            match inline {
                Inline::Text(text) => self.text(text, source),
                Inline::SoftBreak | Inline::HardBreak => self.sign(" ", None),
                Inline::Styled(_, inner) => self.inlines(inner, source),
                Inline::Marked(marked) if !marked.attributes.has("broken-ref") => {
                    self.inlines(&marked.inlines, source);
                }
                Inline::PageBreak(_) => {}
                _ => self.sign(BARRIER, None),
            }
        }
    }

    /// Takes in characters; where they lie in the source is known if they are a part of it.
    fn text(&mut self, text: &str, source: &str) {
        let offset = (text.as_ptr() as usize).checked_sub(source.as_ptr() as usize);
        let offset = offset.filter(|offset| offset + text.len() <= source.len());
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let at = text.len() - rest.len();
            let length = if first.is_alphanumeric() { word_length(rest) } else { first.len_utf8() };
            let (taken, after) = rest.split_at(length);
            let place = offset.map(|offset| (offset + at, offset + at + length));
            match first.is_alphanumeric() {
                true => self.word(taken, place),
                false if first.is_whitespace() => self.sign(" ", place),
                false => self.sign(taken, place),
            }
            rest = after;
        }
    }

    /// A word; what follows a word without a space goes on with it.
    fn word(&mut self, text: &str, place: Option<(usize, usize)>) {
        let (start, end) = place.unwrap_or((self.end(), self.end()));
        let text: String = text.nfc().collect();
        match self.words.last_mut().filter(|last| last.is_word) {
            Some(last) => {
                last.text.push_str(&text);
                last.end = end;
            }
            None => self.words.push(Word { text, is_word: true, start, end }),
        }
    }

    fn sign(&mut self, text: &str, place: Option<(usize, usize)>) {
        let (start, end) = place.unwrap_or((self.end(), self.end()));
        if text != " " || self.words.last().is_some_and(|last| last.text != " ") {
            self.words.push(Word { text: text.to_owned(), is_word: false, start, end });
        }
    }

    fn end(&self) -> usize {
        self.words.last().map_or(0, |last| last.end)
    }
}

/// Length of the word at the start of a text: letters, digits, their marks, and hyphens between them.
fn word_length(text: &str) -> usize {
    let mut signs = text.char_indices().peekable();
    while let Some((at, sign)) = signs.next() {
        let joins = matches!(sign, '-' | '\u{2010}' | '\u{2011}')
            && signs.peek().is_some_and(|(_, next)| next.is_alphanumeric());
        if !(sign.is_alphanumeric() || is_combining_mark(sign) || joins) {
            return at;
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::markup::Markup;
    use crate::parse::texts;

    fn found(names: &[&str], body: &str) -> Vec<(String, usize)> {
        let mut tree = Names::default();
        names.iter().enumerate().for_each(|(number, name)| tree.add(name, number));
        let front = FrontMatter::default();
        let markup = Markup::default();
        let texts = texts::parse(&front, body, &markup).0;
        let found = tree.find(&front, &texts, body);
        found.into_iter().map(|found| (body[found.at.span.range()].to_owned(), found.named[0])).collect()
    }

    fn of(list: &[(&str, usize)]) -> Vec<(String, usize)> {
        list.iter().map(|(words, named)| ((*words).to_owned(), *named)).collect()
    }

    #[test]
    fn names_are_whole_words_and_the_longest_is_taken() {
        let names = ["Dean Rusk", "Dean", "John F. Kennedy", "AEC", "Müller"];
        let body = "Dean Rusk and Deanery, Jean-Dean; Dean\nRusk’s AEC, dean. John F. Kennedy; M\u{75}\u{308}ller.\n";
        let wanted =
            [("Dean Rusk", 0), ("Dean\nRusk", 0), ("AEC", 3), ("John F. Kennedy", 2), ("M\u{75}\u{308}ller", 4)];
        assert_eq!(found(&names, body), of(&wanted));
    }

    #[test]
    fn links_and_code_hold_no_names_and_marks_do_not_part_them() {
        let body = "[Dean](person:a) and `Dean` and De*an* Ru**sk**, [Dean [p. 5]{.x}Rusk]{.sic} [Dean]{.broken-ref}\n";
        assert_eq!(found(&["Dean Rusk", "Dean"], body), of(&[("De*an* Ru**sk", 0), ("Dean", 1)]));
        assert_eq!(found(&["E"], "E is a letter\n"), []);
    }
}
