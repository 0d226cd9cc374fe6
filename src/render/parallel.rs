//! An original and its translation side by side.
//!
//! A `translation` fence belongs to the fence or quotation that it directly follows; several may follow one. Original and
//! translations stay whole and in their order, so that each is read through by ear and without style; the style sheet sets
//! them in columns. Where all have the same number of blocks, each block begins a row.

use crate::model::body::Block;

/// Blocks that stand side by side: the first is the original.
pub fn beside<'b, 's>(blocks: &'b [Block<'s>]) -> Option<&'b [Block<'s>]> {
    let is_original = match blocks.first()? {
        Block::Fence(fence) => !fence.attributes.has("translation") && fence.class() != "attachment",
        Block::Quote(_) => true,
        _ => false,
    };
    let translations = blocks.iter().skip(1).take_while(|block| is_translation(block)).count();
    blocks.get(..=translations).filter(|_| is_original && translations > 0)
}

fn is_translation(block: &Block<'_>) -> bool {
    matches!(block, Block::Fence(fence) if fence.attributes.has("translation"))
}

/// The number of rows, where all columns have as many and more than one.
pub fn rows(columns: &[Block<'_>]) -> Option<usize> {
    let mut counts = columns.iter().map(|column| inner(column).iter().filter(|block| !is_page(block)).count());
    let first = counts.next()?;
    (first > 1 && counts.all(|count| count == first)).then_some(first)
}

/// The blocks of a column, by row: page breaks between blocks stand with the block that they precede, those at the end
/// with the last.
pub fn by_row<'b, 's>(blocks: &'b [Block<'s>]) -> Vec<&'b [Block<'s>]> {
    let mut rows = Vec::new();
    let mut rest = blocks;
    while let Some(at) = rest.iter().position(|block| !is_page(block)) {
        let more = rest.iter().skip(at + 1).any(|block| !is_page(block));
        let (row, after) = rest.split_at(if more { at + 1 } else { rest.len() });
        rows.push(row);
        rest = after;
    }
    rows
}

fn is_page(block: &Block<'_>) -> bool {
    matches!(block, Block::PageBreak(_))
}

/// What stands in a column.
fn inner<'b, 's>(column: &'b Block<'s>) -> &'b [Block<'s>] {
    match column {
        Block::Fence(fence) => &fence.blocks,
        Block::Quote(blocks) => blocks,
        _ => &[],
    }
}
