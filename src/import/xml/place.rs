//! Lines and columns of nodes. A file can have thousands of findings, and counting lines from its start for each would
//! cost more than all else, so the places of every few thousand bytes are kept.

use super::Node;
use std::cell::RefCell;
use std::collections::BTreeMap;

/// Bytes between two places that are kept.
const STEP: usize = 4096;

/// Places kept for one text.
type Marks = Vec<(usize, u32, u32)>;

thread_local! {
    /// By the address of the text; forgotten when another text is parsed, so that none is taken for a later one.
    static KEPT: RefCell<BTreeMap<(usize, usize), Marks>> = const { RefCell::new(BTreeMap::new()) };
}

/// Forgets what was kept, since a new text may lie where an old one lay.
pub fn forget() {
    KEPT.with(|kept| kept.borrow_mut().clear());
}

/// Line and column of a node, both from 1.
pub fn place(node: Node<'_>) -> (u32, u32) {
    let text = node.document().input_text();
    let at = node.range().start;
    KEPT.with(|kept| {
        let mut kept = kept.borrow_mut();
        let marks = kept.entry((text.as_ptr() as usize, text.len())).or_insert_with(|| marks(text));
        let before = marks.partition_point(|(offset, ..)| *offset <= at);
        let (offset, line, column) = before.checked_sub(1).and_then(|at| marks.get(at)).copied().unwrap_or((0, 1, 1));
        walk(text.get(offset..at).unwrap_or_default(), line, column)
    })
}

fn marks(text: &str) -> Marks {
    let mut marks = vec![(0, 1, 1)];
    let (mut line, mut column, mut from) = (1, 1, 0);
    while from < text.len() {
        let mut to = (from + STEP).min(text.len());
        while !text.is_char_boundary(to) {
            to += 1;
        }
        (line, column) = walk(text.get(from..to).unwrap_or_default(), line, column);
        marks.push((to, line, column));
        from = to;
    }
    marks
}

fn walk(text: &str, line: u32, column: u32) -> (u32, u32) {
    text.chars().fold((line, column), |(line, column), c| if c == '\n' { (line + 1, 1) } else { (line, column + 1) })
}

#[cfg(test)]
mod tests {
    use crate::import::xml;

    #[test]
    fn places_are_those_of_the_parser() {
        for filler in ["ä", "x\n", "long words on one line "] {
            let text = format!("<a>{}<b/>\r\n<c>ü<d/></c></a>", filler.repeat(5000));
            let tree = xml::parse(&text).unwrap();
            for node in tree.descendants() {
                let expected = tree.text_pos_at(node.range().start);
                assert_eq!(super::place(node), (expected.row, expected.col));
            }
        }
    }
}
