//! The words around page breaks, and around headings of one name: by them the ledger notices that an anchor moved.
//!
//! Three words before and three after are hashed apart. A correction on one side leaves the other; a mark that stands
//! somewhere else has other words on both.

use super::census::Census;
use super::texts::Texts;
use crate::hash::Hash128;
use crate::model::body::{Block, Inline};
use std::collections::{BTreeMap, BTreeSet};

/// How many words are taken on each side.
const WORDS: usize = 3;

/// Takes note of the words around the page breaks of a census, and around the anchors that only a counter tells apart.
pub fn note(texts: &Texts<'_>, census: &mut Census) {
    let Census { pages, anchors, openings, .. } = census;
    let base = |anchor: &str| {
        let (base, number) = anchor.rsplit_once('-')?;
        number.bytes().all(|byte| byte.is_ascii_digit()).then(|| base.to_owned())
    };
    let bases = anchors.keys().filter_map(|anchor| base(anchor).filter(|base| anchors.contains_key(base)));
    let bases: BTreeSet<String> = bases.collect();
    if pages.is_empty() && bases.is_empty() {
        return;
    }
    let mut walk = Walk::default();
    walk.blocks(&texts.body.blocks);
    texts.body.notes.iter().for_each(|note| walk.blocks(&note.blocks));
    let Walk { text, marks } = walk;
    let around: BTreeMap<&str, u16> = marks.iter().map(|(anchor, at)| (anchor.as_str(), around(&text, *at))).collect();
    openings.breaks = pages.iter().map(|page| around.get(&*page.anchor).copied().unwrap_or(0)).collect();
    let is_counted = |anchor: &str| bases.contains(anchor) || base(anchor).is_some_and(|base| bases.contains(&base));
    let counted = anchors.keys().zip(0_u32..).filter(|(anchor, _)| is_counted(anchor));
    openings.counted = counted.filter_map(|(anchor, place)| Some((place, *around.get(anchor.as_str())?))).collect();
}

fn around(text: &str, at: usize) -> u16 {
    let (before, after) = text.split_at(at);
    let before: Vec<&str> = before.split_whitespace().rev().take(WORDS).collect();
    let after: Vec<&str> = after.split_whitespace().take(WORDS).collect();
    let short = |words: &[&str]| (Hash128::of(words.join(" ").as_bytes()).short() & 0x3f) as u16;
    short(&before) << 6 | short(&after)
}

/// All words in a row, without those of headings, and where each anchor stands among them.
#[derive(Default)]
struct Walk {
    text: String,
    marks: Vec<(String, usize)>,
}

impl Walk {
    fn mark(&mut self, anchor: &str) {
        if !anchor.is_empty() {
            self.marks.push((anchor.to_owned(), self.text.len()));
        }
    }

    fn blocks(&mut self, blocks: &[Block<'_>]) {
        for block in blocks {
            self.block(block);
            self.text.push(' ');
        }
    }

    fn block(&mut self, block: &Block<'_>) {
        match block {
            Block::Paragraph(paragraph) => self.inlines(&paragraph.inlines),
            Block::Plain(inlines) => self.inlines(inlines),
            Block::PageBreak(page) => self.mark(&page.anchor),
            Block::Heading(heading) => self.mark(&heading.id),
            Block::Quote(inner) => self.blocks(inner),
            Block::List(list) => list.items.iter().for_each(|item| self.blocks(&item.blocks)),
            Block::Table(table) => {
                for cell in std::iter::once(&table.head).chain(&table.rows).flatten() {
                    self.inlines(cell);
                    self.text.push(' ');
                }
            }
            Block::Fence(fence) => {
                self.mark(fence.attributes.id.unwrap_or_default());
                self.blocks(&fence.blocks);
            }
            Block::Element(element) => self.blocks(&element.blocks),
            Block::Code(_) | Block::Raw(_) => {}
        }
    }

    fn inlines(&mut self, inlines: &[Inline<'_>]) {
        for inline in inlines {
            match inline {
                Inline::Text(text) | Inline::Code(text) => self.text.push_str(text),
                Inline::SoftBreak | Inline::HardBreak => self.text.push(' '),
                Inline::Styled(_, inner) => self.inlines(inner),
                Inline::Marked(marked) => self.inlines(&marked.inlines),
                Inline::Link(link) | Inline::Image(link) => self.inlines(&link.inlines),
                Inline::PageBreak(page) => self.mark(&page.anchor),
                Inline::NoteRef(_) | Inline::Raw(_) => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::around;

    #[test]
    fn a_side_that_stays_is_told_from_one_that_changes() {
        let text = "one two three four five six seven";
        let hash = around(text, 14);
        let (before, after) = (hash >> 6, hash & 0x3f);
        let mended = around("one two three fuor five six seven", 14);
        assert_eq!(mended >> 6, before);
        assert_ne!(mended & 0x3f, after);
        let moved = around(text, 24);
        assert!(moved >> 6 != before && moved & 0x3f != after, "{moved} {hash}");
        assert_eq!(around("", 0), around("  ", 1));
    }
}
