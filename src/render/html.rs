//! Blocks to HTML: one small function for each kind of block.

use super::inline::{InlineWriter, attribute, attributes, is_written_leftwards, old_anchors, page_break};
use super::parallel;
use crate::model::body::{
    Alignment, Attributes, Block, Cell, Element, Fence, Heading, Inline, Item, List, Paragraph, Table,
};
use crate::model::html::{Html, push_escaped};
use crate::model::page::BodyView;
use crate::model::view::HeadingView;
use std::collections::BTreeMap;

/// Renders blocks. `minor` holds the titles of attachments, by front matter field.
pub fn blocks(blocks: &[Block<'_>], view: &BodyView<'_>, minor: &BTreeMap<u16, Html>) -> Html {
    let mut writer =
        BlockWriter { html: String::new(), view, minor, lines: false, rtl: view.right_to_left, rows: false };
    writer.blocks(blocks);
    Html(writer.html)
}

/// Renders a run of inlines.
pub fn inlines(inlines: &[Inline<'_>], view: &BodyView<'_>) -> Html {
    let mut html = String::new();
    InlineWriter { html: &mut html, view, lines: false, rtl: view.right_to_left }.inlines(inlines);
    Html(html)
}

/// The headings of a body, for "on this page".
pub fn headings(blocks: &[Block<'_>], view: &BodyView<'_>) -> Vec<HeadingView> {
    let mut found = Vec::new();
    collect_headings(blocks, view, &mut found);
    found
}

fn collect_headings(blocks: &[Block<'_>], view: &BodyView<'_>, found: &mut Vec<HeadingView>) {
    for block in blocks {
        match block {
            Block::Heading(heading) => {
                let title = Html(crate::model::plain::html(&heading.inlines, &view.markup.signs));
                found.push(HeadingView { id: heading.id.to_string(), level: heading.level.max(2), title });
            }
            Block::Fence(fence) => collect_headings(&fence.blocks, view, found),
            _ => {}
        }
    }
}

struct BlockWriter<'w, 'v> {
    html: String,
    view: &'w BodyView<'v>,
    minor: &'w BTreeMap<u16, Html>,
    /// Whether the end of a source line is a line break.
    lines: bool,
    /// Whether the words around are written from right to left.
    rtl: bool,
    /// Whether the next fence or quotation is a column of which each block begins a row.
    rows: bool,
}

impl<'w> BlockWriter<'w, '_> {
    fn blocks(&mut self, blocks: &[Block<'_>]) {
        let mut rest = blocks;
        while let Some((first, after)) = rest.split_first() {
            if let Some(columns) = parallel::beside(rest) {
                self.parallel(columns);
                rest = rest.get(columns.len()..).unwrap_or_default();
            } else {
                self.block(first);
                rest = after;
            }
        }
    }

    /// An original and its translations, with the number of rows where they run in parallel.
    fn parallel(&mut self, columns: &[Block<'_>]) {
        let rows = parallel::rows(columns);
        match rows {
            Some(rows) => self.html.push_str(&format!("<div class=\"parallel rows\" style=\"--rows:{rows}\">\n")),
            None => self.html.push_str("<div class=\"parallel\">\n"),
        }
        let outer = std::mem::replace(&mut self.rows, rows.is_some());
        columns.iter().for_each(|column| self.block(column));
        self.rows = outer;
        self.html.push_str("</div>\n");
    }

    /// What stands in a column: page breaks share the row of the block that they precede.
    fn column(&mut self, blocks: &[Block<'_>]) {
        if !std::mem::take(&mut self.rows) {
            return self.blocks(blocks);
        }
        for row in parallel::by_row(blocks) {
            match row {
                [only] => self.block(only),
                several => {
                    self.html.push_str("<div>\n");
                    several.iter().for_each(|block| self.block(block));
                    self.html.push_str("</div>\n");
                }
            }
        }
        self.rows = true;
    }

    fn block(&mut self, block: &Block<'_>) {
        match block {
            Block::Paragraph(paragraph) => self.paragraph(paragraph, None),
            Block::Plain(inlines) => self.plain(inlines),
            Block::PageBreak(page) => {
                self.html.push_str("<p class=\"page-break\">");
                page_break(&mut self.html, page, self.view);
                self.html.push_str("</p>\n");
            }
            Block::Heading(heading) => self.heading(heading),
            Block::Quote(inner) => {
                self.html.push_str("<blockquote>\n");
                self.column(inner);
                self.html.push_str("</blockquote>\n");
            }
            Block::List(list) => self.list(list),
            Block::Code(text) => {
                self.html.push_str("<pre><code>");
                push_escaped(&mut self.html, text);
                self.html.push_str("</code></pre>\n");
            }
            Block::Table(table) => self.table(table),
            Block::Fence(fence) => self.fence(fence),
            Block::Element(element) => self.element(element, false),
            Block::Raw(html) => self.html.push_str(html),
        }
    }

    fn inlines(&mut self, inlines: &[Inline<'_>]) {
        InlineWriter { html: &mut self.html, view: self.view, lines: self.lines, rtl: self.rtl }.inlines(inlines);
    }

    /// A paragraph; `marker` is the printed number of the list item that it begins.
    fn paragraph(&mut self, paragraph: &Paragraph<'_>, marker: Option<&str>) {
        self.html.push_str("<p");
        if let Some(id) = &paragraph.id {
            attribute(&mut self.html, "id", id);
        }
        self.html.push('>');
        old_anchors(&mut self.html, paragraph.id.as_deref().unwrap_or(""), self.view);
        if let Some(marker) = marker {
            self.marker(marker);
        }
        self.inlines(&paragraph.inlines);
        self.html.push_str("</p>\n");
    }

    /// Loose inlines: the text of a tight list item or of a cell.
    fn plain(&mut self, inlines: &[Inline<'_>]) {
        self.inlines(inlines);
        self.html.push('\n');
    }

    fn heading(&mut self, heading: &Heading<'_>) {
        let level = heading.level.clamp(2, 6);
        self.html.push_str(&format!("<h{level}"));
        attribute(&mut self.html, "id", &heading.id);
        attributes(&mut self.html, &Attributes { id: None, ..heading.attributes.clone() }, self.view, self.rtl);
        self.html.push('>');
        old_anchors(&mut self.html, &heading.id, self.view);
        self.inlines(&heading.inlines);
        self.html.push_str(&format!("</h{level}>\n"));
    }

    fn list(&mut self, list: &List<'_>) {
        self.html.push_str(if list.ordered { "<ol class=\"printed\">\n" } else { "<ul>\n" });
        for item in &list.items {
            self.item(item, list.ordered);
        }
        self.html.push_str(if list.ordered { "</ol>\n" } else { "</ul>\n" });
    }

    fn item(&mut self, item: &Item<'_>, ordered: bool) {
        self.html.push_str("<li>");
        let marker = ordered.then_some(item.marker);
        match item.blocks.split_first() {
            Some((Block::Paragraph(first), rest)) => {
                self.paragraph(first, marker);
                self.blocks(rest);
            }
            _ => {
                if let Some(marker) = marker {
                    self.marker(marker);
                }
                self.blocks(&item.blocks);
            }
        }
        self.html.truncate(self.html.trim_end_matches('\n').len());
        self.html.push_str("</li>\n");
    }

    /// The printed number of a list item: text, not style, so that it is copied and found.
    fn marker(&mut self, marker: &str) {
        self.html.push_str("<span class=\"marker\">");
        push_escaped(&mut self.html, marker);
        self.html.push_str("</span> ");
    }

    fn table(&mut self, table: &Table<'_>) {
        self.html.push_str("<div class=\"table\"><table>\n");
        if table.head.iter().any(|cell| !cell.is_empty()) {
            self.html.push_str("<thead>");
            self.row(&table.head, &table.alignments, "th");
            self.html.push_str("</thead>\n");
        }
        self.html.push_str("<tbody>\n");
        for row in &table.rows {
            self.row(row, &table.alignments, "td");
        }
        self.html.push_str("</tbody></table></div>\n");
    }

    fn row(&mut self, row: &[Cell<'_>], alignments: &[Alignment], tag: &str) {
        self.html.push_str("<tr>");
        for (cell, side) in row.iter().zip(alignments.iter().chain(std::iter::repeat(&Alignment::None))) {
            // An empty cell is the head of nothing.
            let tag = if cell.is_empty() { "td" } else { tag };
            self.html.push('<');
            self.html.push_str(tag);
            match side {
                Alignment::None => {}
                Alignment::Left => self.html.push_str(" style=\"text-align:left\""),
                Alignment::Center => self.html.push_str(" style=\"text-align:center\""),
                Alignment::Right => self.html.push_str(" style=\"text-align:right\""),
            }
            self.html.push('>');
            self.inlines(cell);
            self.html.push_str("</");
            self.html.push_str(tag);
            self.html.push('>');
        }
        self.html.push_str("</tr>\n");
    }

    fn fence(&mut self, fence: &Fence<'_>) {
        let is_attachment = fence.class() == "attachment";
        let title = self.editors_title(fence).filter(|_| is_attachment);
        // A section without a heading says nothing to those who go from section to section.
        let headed = title.is_some() || fence.blocks.iter().any(|block| matches!(block, Block::Heading(_)));
        let tag = if is_attachment && headed { "section" } else { "div" };
        self.html.push('<');
        self.html.push_str(tag);
        attributes(&mut self.html, &fence.attributes, self.view, self.rtl);
        self.html.push_str(">\n");
        old_anchors(&mut self.html, fence.attributes.id.unwrap_or(""), self.view);
        if let Some(title) = title {
            self.html.push_str("<h2 class=\"editorial\">");
            self.html.push_str(&title.0);
            self.html.push_str("</h2>\n");
        }
        let outer = (self.lines, self.rtl);
        self.lines |= fence.keeps_lines();
        self.rtl = is_written_leftwards(&fence.attributes, self.rtl);
        self.column(&fence.blocks);
        (self.lines, self.rtl) = outer;
        self.html.push_str("</");
        self.html.push_str(tag);
        self.html.push_str(">\n");
    }

    /// The editors' title of an attachment stands above its text.
    fn editors_title(&self, fence: &Fence<'_>) -> Option<&'w Html> {
        let (minor, id) = (self.minor, fence.attributes.id.unwrap_or(""));
        let field = self.view.attachments.iter().find(|(attachment, _)| attachment == id).map(|(_, field)| field);
        minor.get(field?)
    }

    fn element(&mut self, element: &Element<'_>, inside: bool) {
        let outermost = element.tag == "table" && !inside;
        if outermost {
            self.html.push_str("<div class=\"table\">");
        }
        self.html.push('<');
        self.html.push_str(element.tag);
        for (key, value) in &element.attributes {
            attribute(&mut self.html, key, value);
        }
        self.html.push('>');
        for block in &element.blocks {
            match block {
                Block::Element(inner) => self.element(inner, element.tag != "td" && element.tag != "th"),
                // A cell of one paragraph needs no paragraph.
                Block::Paragraph(only) if element.blocks.len() == 1 => self.inlines(&only.inlines),
                other => self.block(other),
            }
        }
        self.html.truncate(self.html.trim_end_matches('\n').len());
        self.html.push_str("</");
        self.html.push_str(element.tag);
        self.html.push_str(if outermost { "></div>\n" } else { ">" });
    }
}
