//! Blocks of a letter: sessions, address leaves, letterheads, verse, tables.

use super::Writer;
use crate::import::inline::{self, Inline};
use crate::import::letters::words;
use crate::import::markdown::{Block, Cell, Item, Table};
use crate::import::xml::{self, Node};
use std::collections::BTreeMap;

impl Writer<'_> {
    /// The blocks of an element; words that stand outside of paragraphs become one.
    pub fn flow(&mut self, node: Node<'_>) -> Vec<Block> {
        let mut blocks = Vec::new();
        let mut loose: Vec<Node<'_>> = Vec::new();
        for child in node.children() {
            if is_block(child) {
                self.paragraph(&mut loose, &mut blocks);
                self.block(child, &mut blocks);
            } else {
                loose.push(child);
            }
        }
        self.paragraph(&mut loose, &mut blocks);
        merge_letterheads(blocks)
    }

    fn paragraph(&mut self, loose: &mut Vec<Node<'_>>, blocks: &mut Vec<Block>) {
        let inlines = self.run(loose);
        loose.clear();
        let pages_alone = inlines.iter().all(|inline| match inline {
            Inline::Text(text) => text.trim().is_empty(),
            Inline::Page(_) => true,
            _ => false,
        });
        if pages_alone {
            blocks.extend(inlines.into_iter().filter_map(|inline| match inline {
                Inline::Page(page) => Some(Block::Page(page)),
                _ => None,
            }));
        } else {
            blocks.push(Block::Paragraph(inlines));
        }
    }

    fn block(&mut self, node: Node<'_>, blocks: &mut Vec<Block>) {
        match xml::name(node) {
            "div" if xml::value(node, "type") == Some("address") => {
                let inner = self.flow(node);
                blocks.push(fence("cover", true, inner.into_iter().flat_map(unfenced).collect()));
            }
            "div" if xml::value(node, "type") == Some("writingSession") => self.session(node, blocks),
            "div" | "opener" | "floatingText" | "body" | "listBibl" | "frame" | "figure" => {
                blocks.append(&mut self.flow(node))
            }
            "p" | "ab" if set_apart(node).is_some() => {
                let inner = self.flow(node);
                blocks.push(fence(set_apart(node).unwrap_or_default(), true, inner));
            }
            "p" | "ab" | "trailer" | "bibl" if !node.children().any(is_block) => self.whole(node, blocks),
            "p" | "ab" | "trailer" | "bibl" => blocks.append(&mut self.flow(node)),
            "head" => {
                let inlines = self.inlines(node);
                blocks.push(Block::Heading(2, None, inlines));
            }
            "address" => {
                let lines = self.lines(node, "addrLine");
                blocks.push(fence("address", true, lines));
            }
            "closer" if node.children().any(is_block) => {
                let inner = self.flow(node);
                blocks.push(fence("closer", true, inner));
            }
            "dateline" | "salute" | "signed" | "closer" => {
                let inlines = self.inlines(node);
                blocks.push(fence(xml::name(node), true, vec![Block::Paragraph(inlines)]));
            }
            "seg" => {
                let name = if xml::value(node, "type") == Some("letterhead") { "letterhead" } else { "" };
                let paragraph = Block::Paragraph(self.inlines(node));
                blocks.push(if name.is_empty() { paragraph } else { fence(name, true, vec![paragraph]) });
            }
            "postscript" => {
                let inner = self.flow(node);
                blocks.push(fence("postscript", false, inner));
            }
            "lg" => {
                self.count_verse(node);
                let inner = self.verse(node);
                blocks.push(fence("verse", true, inner));
            }
            "table" => self.table(node, blocks),
            "list" => self.list(node, blocks),
            other => {
                self.report.unknown(other, || xml::place(node), "its text stands where it stood");
                blocks.append(&mut self.flow(node));
            }
        }
    }

    fn whole(&mut self, node: Node<'_>, blocks: &mut Vec<Block>) {
        let mut children: Vec<Node<'_>> = node.children().collect();
        self.paragraph(&mut children, blocks);
    }

    /// One sitting of one or more hands. The fence names the hand that wrote most of it.
    fn session(&mut self, node: Node<'_>, blocks: &mut Vec<Block>) {
        self.counts.add("writing_sessions", 1);
        if self.hand.is_none() {
            self.hand.clone_from(&self.own_hand);
        }
        let main = self.main_hand(node);
        self.said.clone_from(&main);
        let inner = self.flow(node);
        self.said = None;
        let name = main.map_or_else(|| "session".to_owned(), |hand| format!("{{.session hand={hand}}}"));
        blocks.push(fence(&name, false, inner));
    }

    fn main_hand(&self, session: Node<'_>) -> Option<String> {
        if self.hands.is_empty() {
            return None;
        }
        let mut hand = self.hand.clone();
        let mut written: BTreeMap<Option<String>, usize> = BTreeMap::new();
        for node in session.descendants() {
            if xml::name(node) == "handShift" {
                hand = self.hands.get(words::scribe(node)).cloned();
            } else if let Some(text) = node.text().filter(|_| node.is_text() && !in_note(node)) {
                *written.entry(hand.clone()).or_default() += text.trim().len();
            }
        }
        let most = written.into_iter().max_by_key(|(_, length)| *length).and_then(|(hand, _)| hand);
        most.or_else(|| if self.hands.len() == 1 { self.own_hand.clone() } else { None })
    }

    /// Elements of that name as the lines of one paragraph.
    fn lines(&mut self, node: Node<'_>, name: &str) -> Vec<Block> {
        let mut inlines: Vec<Inline> = Vec::new();
        for line in node
            .children()
            .filter(|child| child.is_element() || child.text().is_some_and(|text| !text.trim().is_empty()))
        {
            // A line after its like brings its own break.
            let follows = line.prev_sibling_element().is_some_and(|before| xml::name(before) == name);
            if xml::name(line) == name && !follows && inlines.iter().any(inline::has_words) {
                inlines.push(Inline::Break);
            }
            inlines.append(&mut self.run(&[line]));
        }
        if inlines.is_empty() { Vec::new() } else { vec![Block::Paragraph(inlines)] }
    }

    fn count_verse(&mut self, node: Node<'_>) {
        self.counts.add("lg", node.descendants().filter(|inner| xml::name(*inner) == "lg").count());
    }

    /// Stanzas as paragraphs, verses as lines.
    fn verse(&mut self, node: Node<'_>) -> Vec<Block> {
        if !xml::children(node).any(|child| xml::name(child) == "lg") {
            return self.lines(node, "l");
        }
        let mut blocks = Vec::new();
        for child in node.children().filter(Node::is_element) {
            match xml::name(child) {
                "lg" => blocks.append(&mut self.verse(child)),
                "space" => {}
                _ => {
                    let inlines = self.run(&[child]);
                    blocks.push(Block::Paragraph(inlines));
                }
            }
        }
        blocks
    }

    fn table(&mut self, node: Node<'_>, blocks: &mut Vec<Block>) {
        self.counts.add("tables", 1);
        let mut rows = Vec::new();
        for row in xml::children(node) {
            if xml::name(row) == "row" {
                rows.push(self.row(row));
            } else if xml::name(row) == "head" && rows.is_empty() {
                self.whole(row, blocks);
            } else {
                rows.push(vec![Cell { inlines: self.run(&[row]), ..Cell::default() }]);
            }
        }
        blocks.push(Block::Table(Table { headed: false, rows }));
    }

    /// The cells of a row; what stands between them goes to the one before.
    fn row(&mut self, row: Node<'_>) -> Vec<Cell> {
        let number = |cell: Node<'_>, key: &str| xml::value(cell, key).and_then(|n| n.parse().ok()).unwrap_or(1);
        let mut cells: Vec<Cell> = Vec::new();
        for cell in xml::children(row) {
            if xml::name(cell) == "cell" {
                let inlines = self.inlines(cell);
                cells.push(Cell { inlines, columns: number(cell, "cols"), rows: number(cell, "rows") });
            } else if let Some(before) = cells.last_mut() {
                let mut inlines = self.run(&[cell]);
                before.inlines.append(&mut inlines);
            } else {
                cells.push(Cell { inlines: self.run(&[cell]), ..Cell::default() });
            }
        }
        cells
    }

    fn list(&mut self, node: Node<'_>, blocks: &mut Vec<Block>) {
        let mut items = Vec::new();
        for child in xml::children(node) {
            match xml::name(child) {
                "label" => {
                    let label = self.inlines(child);
                    items.push(Item { label, blocks: Vec::new() });
                }
                "item" => {
                    let inner = self.flow(child);
                    match items.last_mut().filter(|item: &&mut Item| item.blocks.is_empty()) {
                        Some(item) => item.blocks = inner,
                        None => items.push(Item { label: Vec::new(), blocks: inner }),
                    }
                }
                _ => self.block(child, blocks),
            }
        }
        blocks.push(Block::List(items));
    }
}

fn fence(name: &str, lines: bool, blocks: Vec<Block>) -> Block {
    Block::Fence { name: name.to_owned(), lines, blocks }
}

/// The fence of a paragraph that is set apart.
fn set_apart<'a>(node: Node<'a>) -> Option<&'a str> {
    xml::value(node, "rend").filter(|rend| matches!(*rend, "center" | "right") && !in_note(node))
}

fn in_note(node: Node<'_>) -> bool {
    node.ancestors().any(|above| xml::name(above) == "note")
}

/// The blocks of an address within an address leaf: the leaf says it already.
fn unfenced(block: Block) -> Vec<Block> {
    match block {
        Block::Fence { name, blocks, .. } if name == "address" => blocks,
        other => vec![other],
    }
}

/// Lines of a letterhead that are elements of their own are one letterhead.
fn merge_letterheads(blocks: Vec<Block>) -> Vec<Block> {
    let mut merged: Vec<Block> = Vec::new();
    for block in blocks {
        if let Block::Fence { name, blocks: more, .. } = &block
            && name == "letterhead"
            && let Some(Block::Fence { name, blocks: before, .. }) = merged.last_mut()
            && name == "letterhead"
            && let (Some(Block::Paragraph(lines)), Some(Block::Paragraph(next))) = (before.last_mut(), more.first())
        {
            lines.push(Inline::Break);
            lines.extend(next.iter().cloned());
        } else {
            merged.push(block);
        }
    }
    merged
}

/// Whether an element is a block where it stands: within a paragraph a salutation or a signature is a span.
fn is_block(node: Node<'_>) -> bool {
    let parent = node.parent().map(xml::name).unwrap_or_default();
    match xml::name(node) {
        "div" | "p" | "ab" | "opener" | "closer" | "postscript" | "lg" | "table" | "list" | "address"
        | "floatingText" | "trailer" | "listBibl" | "frame" | "figure" => !matches!(parent, "quote" | "cell" | "l"),
        "head" => parent == "div",
        "dateline" | "salute" | "signed" => matches!(parent, "div" | "opener" | "postscript"),
        "seg" => matches!(parent, "opener" | "div"),
        "bibl" => parent == "listBibl",
        // What is not known is a block where it holds blocks.
        other => !super::is_inline(other) && node.is_element() && node.children().any(is_block),
    }
}
