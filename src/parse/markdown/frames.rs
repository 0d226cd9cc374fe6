//! Frames: what is open while the events of the parser go by.

use super::tidy::tidy;
use crate::model::body::{Alignment, Attributes, Block, Cell, Inline, Item, Span, Style};
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
}

impl<'s> Frame<'s> {
    pub fn new(kind: Kind<'s>, at: Range<usize>) -> Self {
        Frame { kind, at, blocks: Vec::new(), items: Vec::new(), inlines: Vec::new() }
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

    /// Turns loose inlines, as tight list items and cells have them, into a block.
    pub fn flush(&mut self) {
        if self.holds_blocks() && !self.inlines.is_empty() {
            let inlines = tidy(std::mem::take(&mut self.inlines));
            if !inlines.is_empty() {
                self.blocks.push(Block::Plain(inlines));
            }
        }
    }
}
