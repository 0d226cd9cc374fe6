//! Frames: what is open while the events of the parser go by.

use super::tidy::tidy;
use crate::model::body::{Alignment, Attributes, Block, Cell, Inline, Item, Paragraph, Span, Style};
use std::borrow::Cow;
use std::ops::Range;

/// What a frame will become when it is closed.
pub(super) enum Kind<'s> {
    Root,
    Paragraph { pin: Option<&'s str> },
    Heading { level: u8, attributes: Attributes<'s> },
    Quote,
    List { ordered: bool },
    Item { marker: &'s str },
    Note { label: String },
    Code { text: String, indented: bool },
    Table(Box<Rows<'s>>),
    Cell,
    Fence(Attributes<'s>),
    Element { tag: &'static str, attributes: Vec<(&'static str, &'s str)> },
    Styled(Style),
    InlineElement(Style),
    Link { target: Cow<'s, str>, image: bool },
    Span,
    Pattern(usize),
    Skip,
}

/// The rows of a table.
#[derive(Default)]
pub(super) struct Rows<'s> {
    pub alignments: Vec<Alignment>,
    pub head: Vec<Cell<'s>>,
    pub rows: Vec<Vec<Cell<'s>>>,
    pub in_head: bool,
}

/// Something that is open.
pub(super) struct Frame<'s> {
    pub kind: Kind<'s>,
    pub at: Range<usize>,
    pub blocks: Vec<Block<'s>>,
    pub items: Vec<Item<'s>>,
    pub inlines: Vec<Inline<'s>>,
    /// Where loose inlines stand, in a frame that holds blocks.
    pub loose: Option<Range<usize>>,
}

impl<'s> Frame<'s> {
    pub fn new(kind: Kind<'s>, at: Range<usize>) -> Self {
        Frame { kind, at, blocks: Vec::new(), items: Vec::new(), inlines: Vec::new(), loose: None }
    }

    /// Where it stands.
    pub fn span(&self) -> Span {
        Span::new(self.at.clone())
    }

    /// Whether blocks may stand directly in it.
    pub fn holds_blocks(&self) -> bool {
        matches!(
            self.kind,
            Kind::Root | Kind::Quote | Kind::Item { .. } | Kind::Note { .. } | Kind::Fence(_) | Kind::Element { .. }
        )
    }

    /// Whether it is part of a run of inlines: it ends with the paragraph, heading or cell that holds it.
    pub fn is_inline(&self) -> bool {
        matches!(
            self.kind,
            Kind::Styled(_) | Kind::InlineElement(_) | Kind::Link { .. } | Kind::Span | Kind::Pattern(_)
        )
    }

    /// Notes where loose inlines stand.
    pub fn extend(&mut self, at: &Range<usize>) {
        if self.holds_blocks() {
            let start = self.loose.as_ref().map_or(at.start, |loose| loose.start);
            self.loose = Some(start..at.end.max(start));
        }
    }

    /// Turns loose inlines into a block: plain in tight list items and cells, else a paragraph.
    pub fn flush(&mut self) {
        if self.holds_blocks() && !self.inlines.is_empty() {
            let inlines = tidy(std::mem::take(&mut self.inlines));
            let at = self.loose.take().unwrap_or_else(|| self.at.clone());
            match self.kind {
                _ if inlines.is_empty() => {}
                Kind::Item { .. } | Kind::Element { .. } => self.blocks.push(Block::Plain(inlines)),
                _ => {
                    let paragraph = Paragraph { at: Span::new(at), id: None, pinned: false, inlines };
                    self.blocks.push(Block::Paragraph(paragraph));
                }
            }
        }
    }
}
