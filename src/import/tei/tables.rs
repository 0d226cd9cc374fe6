//! Tables of TEI: rows and cells, with the page breaks between them.

use super::Importer;
use crate::import::inline::Inline;
use crate::import::markdown::{Block, Cell, Table};
use crate::import::volume::Text;
use crate::import::xml::{self, Node};

impl<'a> Importer<'a> {
    /// A table; its head stands before it.
    pub fn table(&mut self, node: Node<'a>, text: &mut Text, blocks: &mut Vec<Block>) {
        self.count_in_document(node, "tables");
        let mut table = Table::default();
        let mut pages: Vec<Inline> = Vec::new();
        for child in xml::children(node) {
            match xml::name(child) {
                "head" => self.heading(child, text, blocks),
                "pb" => pages.push(Inline::Page(self.page(child))),
                "row" => {
                    if table.rows.is_empty() {
                        table.headed = xml::value(child, "role") == Some("label");
                    }
                    let mut row = self.row(child, text);
                    put_first(&mut row, &mut pages);
                    table.rows.push(row);
                }
                _ => {
                    let inlines = self.inline(child, text);
                    table.rows.push(vec![Cell { inlines, ..Cell::default() }]);
                }
            }
        }
        if !table.rows.is_empty() {
            blocks.push(Block::Table(table));
        }
        if !pages.is_empty() {
            blocks.push(Block::Paragraph(pages));
        }
    }

    fn row(&mut self, node: Node<'a>, text: &mut Text) -> Vec<Cell> {
        let mut row: Vec<Cell> = Vec::new();
        let mut pages = Vec::new();
        for child in xml::children(node) {
            match xml::name(child) {
                "pb" => pages.push(Inline::Page(self.page(child))),
                _ => {
                    let span =
                        |key| xml::value(child, key).and_then(|n| n.parse::<usize>().ok()).unwrap_or(1).min(1000);
                    let mut inlines = std::mem::take(&mut pages);
                    inlines.extend(self.cell(child, text));
                    row.push(Cell { inlines, columns: span("cols"), rows: span("rows") });
                }
            }
        }
        put_last(&mut row, pages);
        row
    }

    /// A cell is one line: its paragraphs and items are parted by line breaks.
    fn cell(&mut self, node: Node<'a>, text: &mut Text) -> Vec<Inline> {
        let mut line = Vec::new();
        for block in self.mixed(node, text) {
            flatten(block, &mut line);
        }
        line
    }
}

fn flatten(block: Block, line: &mut Vec<Inline>) {
    let begins = !line.is_empty();
    let add = |inlines: Vec<Inline>, line: &mut Vec<Inline>| {
        if begins {
            line.push(Inline::Break);
        }
        line.extend(inlines);
    };
    match block {
        Block::Paragraph(inlines) | Block::Heading(_, _, inlines) => add(inlines, line),
        Block::Fence { blocks, .. } | Block::Quote(blocks) => blocks.into_iter().for_each(|block| flatten(block, line)),
        Block::List(items) => {
            for item in items {
                if !item.label.is_empty() {
                    add(item.label, line);
                    line.push(Inline::Text(" ".into()));
                }
                item.blocks.into_iter().for_each(|block| flatten(block, line));
            }
        }
        Block::Table(table) => {
            for cell in table.rows.into_iter().flatten() {
                add(cell.inlines, line);
            }
        }
        Block::Written(words) => add(vec![Inline::Text(words)], line),
        Block::Page(page) => line.push(Inline::Page(page)),
        Block::Comment(_) => {}
    }
}

fn put_first(row: &mut Vec<Cell>, pages: &mut Vec<Inline>) {
    if pages.is_empty() {
        return;
    }
    if row.is_empty() {
        row.push(Cell::default());
    }
    if let Some(first) = row.first_mut() {
        let mut inlines = std::mem::take(pages);
        inlines.append(&mut first.inlines);
        first.inlines = inlines;
    }
}

fn put_last(row: &mut [Cell], pages: Vec<Inline>) {
    if let Some(last) = row.last_mut() {
        last.inlines.extend(pages);
    }
}
