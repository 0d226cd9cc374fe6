//! Excisions: words in brackets that say what was not declassified, counted in the source and in what is written.

use super::counts::innermost_brackets;
use crate::import::inline::{self, Inline};
use crate::import::markdown::Block;
use crate::import::xml::{self, Node};

/// How often a text says that something was not declassified.
pub fn count(text: &str) -> usize {
    innermost_brackets(text).filter(|inside| inside.contains("not declassified")).count()
}

/// All text of an element, its notes where they stand.
pub fn text_of(node: Node<'_>) -> String {
    let texts = node.descendants().filter(Node::is_text);
    xml::fold(&texts.filter_map(|text| text.text()).collect::<String>())
}

/// How often blocks say it.
pub fn in_blocks(blocks: &[Block]) -> usize {
    let mut text = String::new();
    blocks.iter().for_each(|block| add(block, &mut text));
    count(&xml::fold(&text))
}

/// How often a line says it.
pub fn in_line(inlines: &[Inline]) -> usize {
    count(&xml::fold(&inline::plain(inlines)))
}

fn add(block: &Block, text: &mut String) {
    let mut line = |inlines: &[Inline]| {
        text.push_str(&inline::plain(inlines));
        text.push(' ');
    };
    match block {
        Block::Paragraph(inlines) | Block::Heading(_, _, inlines) => line(inlines),
        Block::Table(table) => table.rows.iter().flatten().for_each(|cell| line(&cell.inlines)),
        Block::List(items) => {
            for item in items {
                text.push_str(&inline::plain(&item.label));
                text.push(' ');
                item.blocks.iter().for_each(|block| add(block, text));
            }
        }
        Block::Fence { blocks, .. } | Block::Quote(blocks) => blocks.iter().for_each(|block| add(block, text)),
        Block::Written(words) => text.push_str(words),
        Block::Page(_) | Block::Comment(_) => {}
    }
}
