//! Blocks of TEI: paragraphs, lists, tables, quotations, openers and closers, attachments.

use super::Importer;
use super::attachments::is_attachment_label;
use crate::import::inline::{Inline, Style, has_words, plain};
use crate::import::markdown::{self, Block, Cell, Item, Table};
use crate::import::volume::Text;
use crate::import::xml::{self, Node};

/// Elements that are blocks wherever they stand.
const BLOCKS: &[&str] = &[
    "p",
    "ab",
    "list",
    "table",
    "quote",
    "head",
    "opener",
    "closer",
    "dateline",
    "signed",
    "salute",
    "attachment",
    "lg",
    "figure",
    "div",
    "postscript",
    "file",
    "pdf",
    "page-count-according-to-citation",
    "uh-oh",
    "trailer",
    "byline",
    "epigraph",
    "argument",
    "floatingText",
    "body",
    "group",
    "docTitle",
    "docImprint",
    "cit",
    "l",
    "sp",
    "spGrp",
    "speaker",
    "castList",
    "listBibl",
    "listPerson",
    "listPlace",
    "listOrg",
    "listEvent",
];

/// Whether elements of that name are blocks wherever they stand.
pub fn is_block(name: &str) -> bool {
    BLOCKS.contains(&name)
}

impl<'a> Importer<'a> {
    /// Content that may mix text and blocks, as blocks.
    pub fn mixed(&mut self, node: Node<'a>, text: &mut Text) -> Vec<Block> {
        let mut blocks = Vec::new();
        let mut run = Vec::new();
        for child in node.children() {
            let name = xml::name(child);
            let alone = name == "gap" && xml::name(node) == "div";
            let quoted = name == "quote" && !is_block_quote(child);
            let alone = alone || is_line(child) || super::other::stands_alone(child);
            if name == "l" && child.prev_sibling_element().is_some_and(|before| xml::name(before) == "l") {
                // Verses without a group are one.
                self.next_verse(child, text, &mut run, &mut blocks);
                continue;
            }
            if child.is_element() && (BLOCKS.contains(&name) || alone) && !quoted {
                flush(&mut run, &mut blocks);
                self.block(child, text, &mut blocks);
            } else {
                run.extend(self.inline(child, text));
            }
        }
        flush(&mut run, &mut blocks);
        blocks
    }

    /// One element as blocks.
    pub fn block(&mut self, node: Node<'a>, text: &mut Text, blocks: &mut Vec<Block>) {
        match xml::name(node) {
            "p" | "ab" => self.paragraph(node, text, blocks),
            "list" => self.list(node, text, blocks),
            "table" => self.table(node, text, blocks),
            "quote" | "cit" | "epigraph" => {
                let inner = self.mixed(node, text);
                blocks.push(Block::Quote(inner));
            }
            "head" | "trailer" => self.heading(node, text, blocks),
            "dateline" => {
                self.count_in_document(node, "datelines");
                self.fenced(node, "dateline", text, blocks);
            }
            "salute" => self.fenced(node, "salute", text, blocks),
            "signed" => {
                self.count_in_document(node, "signed");
                self.fenced(node, "signed", text, blocks);
            }
            "byline" | "docTitle" | "docImprint" => self.title_page_part(node, text, blocks),
            "opener" => self.opener(node, text, blocks),
            "closer" => self.closer(node, text, blocks),
            "postscript" => {
                let inner = self.mixed(node, text);
                blocks.push(Block::Fence { name: "postscript".into(), lines: false, blocks: inner });
            }
            "l" => {
                let line = self.inlines(node, text);
                blocks.push(Block::Fence { name: "verse".into(), lines: true, blocks: vec![Block::Paragraph(line)] });
            }
            "speaker" => self.speaker(node, text, blocks),
            "stage" => {
                let inner = self.inlines(node, text);
                blocks.push(Block::Paragraph(vec![Inline::Styled(crate::import::inline::Style::Em, inner)]));
            }
            "listPerson" | "listPlace" | "listOrg" | "listEvent" if super::other::is_register_list(node) => {
                let heads = xml::children(node).filter(|child| xml::name(*child) == "head");
                heads.for_each(|head| self.block(head, text, blocks));
            }
            "castList" | "listBibl" | "listPerson" | "listPlace" | "listOrg" | "listEvent" => {
                self.entries(node, text, blocks);
            }
            "attachment" => self.attachment(node, text, blocks),
            "lg" => self.verse(node, text, blocks),
            "note" => self.line_note(node, text, blocks),
            "gap" => {
                blocks.push(Block::Fence { name: "{.gap reason=omitted}".into(), lines: false, blocks: Vec::new() })
            }
            "file" | "pdf" | "page-count-according-to-citation" => {}
            "uh-oh" => {
                self.report.unknown(
                    "uh-oh",
                    || xml::place(node),
                    "its text, a remark of the encoder, is a comment in the file",
                );
                blocks.push(Block::Comment(format!("uh-oh: {}", xml::words(node))));
            }
            "figure" | "div" if node.tag_name().namespace() == Some("http://www.w3.org/1999/xhtml") => {
                self.report.unknown(
                    "xhtml:div",
                    || xml::place(node),
                    "its text is a program, not of the edition, and was left out",
                );
            }
            name => {
                if !BLOCKS.contains(&name) {
                    self.inline_as_block(node, text, blocks);
                    return;
                }
                self.count_division(node);
                let inner = self.mixed(node, text);
                blocks.extend(inner);
            }
        }
    }

    /// A note that stands as a line of its own, such as "[Inclosure 2.]" above the head of an attachment.
    fn line_note(&mut self, node: Node<'a>, text: &mut Text, blocks: &mut Vec<Block>) {
        self.count_note(node);
        for block in self.mixed(node, text) {
            blocks.push(match block {
                Block::Paragraph(inlines) if is_attachment_label(&plain(&inlines)) => {
                    Block::Fence { name: "label".into(), lines: true, blocks: vec![Block::Paragraph(inlines)] }
                }
                other => other,
            });
        }
    }

    /// Counts an element where it is written, if it stands in a document.
    pub fn count_in_document(&mut self, node: Node<'a>, name: &'static str) {
        if xml::ancestor_document(node) {
            self.report.written(name, 1);
        }
    }

    fn paragraph(&mut self, node: Node<'a>, text: &mut Text, blocks: &mut Vec<Block>) {
        let inner = self.mixed(node, text);
        let rend = xml::value(node, "rend").or_else(|| xml::value(node, "rendition")).unwrap_or("");
        for block in inner {
            blocks.push(match block {
                Block::Paragraph(inlines) => self.rendered(inlines, rend.trim_start_matches('#')),
                other => other,
            });
        }
    }

    /// A paragraph as its rendition and its words say.
    fn rendered(&self, inlines: Vec<Inline>, rend: &str) -> Block {
        let words = plain(&inlines);
        let mut telling = inlines.iter().filter(|inline| has_words(inline));
        let bold = matches!(telling.next(), Some(Inline::Styled(Style::Strong, _))) && telling.next().is_none();
        let name = match rend {
            _ if (rend == "center" || bold || words.starts_with('[')) && is_attachment_label(&words) => "label",
            "center" => "center",
            "right" => "right",
            "sectiontitleital" | "sectiontitle" | "sectiontitlebold" if inlines.iter().any(has_words) => {
                return Block::Heading(2, None, inlines);
            }
            "left" | "flushleft" if is_marking(&words) => "marking",
            _ => return Block::Paragraph(inlines),
        };
        if !inlines.iter().any(has_words) {
            return Block::Paragraph(inlines);
        }
        Block::Fence { name: name.into(), lines: true, blocks: vec![Block::Paragraph(inlines)] }
    }

    fn fenced(&mut self, node: Node<'a>, name: &str, text: &mut Text, blocks: &mut Vec<Block>) {
        let inner = self.mixed(node, text);
        if !inner.is_empty() {
            blocks.push(Block::Fence { name: name.into(), lines: true, blocks: inner });
        }
    }

    /// A heading of the document itself.
    fn heading(&mut self, node: Node<'a>, text: &mut Text, blocks: &mut Vec<Block>) {
        let inlines = self.inlines(node, text);
        let id = node.parent().filter(|parent| xml::name(*parent) == "div" && self.index.unit(*parent).is_none());
        let id = id.and_then(xml::id).map(str::to_owned);
        if inlines.iter().any(has_words) {
            blocks.push(Block::Heading(2, id, inlines));
        } else {
            blocks.push(Block::Paragraph(inlines));
        }
    }

    fn title_page_part(&mut self, node: Node<'a>, text: &mut Text, blocks: &mut Vec<Block>) {
        let mut lines: Vec<Inline> = Vec::new();
        for child in node.children() {
            if child.is_element()
                && matches!(xml::name(child), "titlePart" | "publisher" | "pubPlace" | "docDate")
                && !lines.is_empty()
            {
                lines.push(Inline::Break);
            }
            lines.extend(self.inline(child, text));
        }
        blocks.push(Block::Fence { name: "center".into(), lines: true, blocks: vec![Block::Paragraph(lines)] });
    }

    /// Dateline, markings and salutation, each as its own block.
    fn opener(&mut self, node: Node<'a>, text: &mut Text, blocks: &mut Vec<Block>) {
        let mut run = Vec::new();
        for child in node.children() {
            match xml::name(child) {
                "dateline" | "salute" | "signed" | "p" | "list" => {
                    flush(&mut run, blocks);
                    self.block(child, text, blocks);
                }
                "seg" => {
                    flush(&mut run, blocks);
                    let inlines = self.inlines(child, text);
                    let rend = xml::value(child, "rendition").or_else(|| xml::value(child, "rend")).unwrap_or("left");
                    blocks.push(self.rendered(inlines, rend.trim_start_matches('#')));
                }
                // A break between the parts of an opener says only that each stands on its own line.
                "lb" if !run.iter().any(has_words) => {}
                _ => run.extend(self.inline(child, text)),
            }
        }
        flush(&mut run, blocks);
    }

    /// The close: what is signed is marked as such, what stands around it is the closer.
    fn closer(&mut self, node: Node<'a>, text: &mut Text, blocks: &mut Vec<Block>) {
        let mut run: Vec<Inline> = Vec::new();
        for child in node.children() {
            if matches!(xml::name(child), "signed" | "dateline" | "salute" | "p" | "list" | "table") {
                flush_fence(&mut run, "closer", blocks);
                self.block(child, text, blocks);
            } else if xml::name(child) != "lb" || run.iter().any(has_words) {
                run.extend(self.inline(child, text));
            }
        }
        flush_fence(&mut run, "closer", blocks);
    }

    fn list(&mut self, node: Node<'a>, text: &mut Text, blocks: &mut Vec<Block>) {
        self.count_in_document(node, "lists");
        let mut head = Vec::new();
        let mut items: Vec<Item> = Vec::new();
        let mut written = String::new();
        let at_once = is_outermost(node);
        let mut label = Vec::new();
        let mut pages = Vec::new();
        for child in xml::children(node) {
            match xml::name(child) {
                "head" => head = self.inlines(child, text),
                "label" => label = self.inlines(child, text),
                "pb" => pages.push(Inline::Page(self.page(child))),
                "item" => {
                    let mut item = Item { label: std::mem::take(&mut label), blocks: self.mixed(child, text) };
                    prepend(&mut item.blocks, std::mem::take(&mut pages));
                    items.push(item);
                }
                _ => {
                    let mut inner = Vec::new();
                    self.block(child, text, &mut inner);
                    items.push(Item { label: std::mem::take(&mut label), blocks: inner });
                }
            }
            if at_once && !items.is_empty() {
                written.push_str(&markdown::blocks(&[Block::List(std::mem::take(&mut items))]));
            }
        }
        if !label.is_empty() {
            items.push(Item { label, blocks: Vec::new() });
        }
        if !pages.is_empty() {
            items.push(Item { label: Vec::new(), blocks: vec![Block::Paragraph(pages)] });
        }
        let mut list = Vec::new();
        if !written.is_empty() {
            list.push(Block::Written(written + &markdown::blocks(&[Block::List(items)])));
        } else if !items.is_empty() {
            list.push(Block::List(items));
        }
        push_list(xml::value(node, "type"), head, list, xml::ancestor_document(node) && !in_note_or_item(node), blocks);
    }

    fn table(&mut self, node: Node<'a>, text: &mut Text, blocks: &mut Vec<Block>) {
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

/// Page breaks that stood between items begin the next one.
fn prepend(blocks: &mut Vec<Block>, pages: Vec<Inline>) {
    if pages.is_empty() {
        return;
    }
    match blocks.first_mut() {
        Some(Block::Paragraph(inlines)) => {
            inlines.splice(0..0, pages);
        }
        _ => blocks.insert(0, Block::Paragraph(pages)),
    }
}

/// Whether a list of a section lies in nothing that would indent or fence it.
fn is_outermost(node: Node<'_>) -> bool {
    let inside =
        ["list", "item", "note", "quote", "cit", "epigraph", "cell", "table", "postscript", "attachment", "head"];
    !xml::ancestor_document(node) && !node.ancestors().skip(1).any(|up| inside.contains(&xml::name(up)))
}

fn push_list(kind: Option<&str>, head: Vec<Inline>, list: Vec<Block>, fences: bool, blocks: &mut Vec<Block>) {
    let head = (!head.is_empty()).then_some(Block::Paragraph(head));
    let fence = match kind {
        Some("subject") => "subject",
        Some("participants") => "participants",
        Some("references") => "references",
        Some(kind @ ("to" | "from" | "memo" | "attendees" | "cc")) if fences => match kind {
            "attendees" => "participants",
            _ => "address",
        },
        _ => "",
    };
    if fence.is_empty() || !fences {
        return blocks.extend(head.into_iter().chain(list));
    }
    blocks.push(Block::Fence { name: fence.into(), lines: false, blocks: head.into_iter().chain(list).collect() });
}

fn in_note_or_item(node: Node<'_>) -> bool {
    node.ancestors().skip(1).any(|above| matches!(xml::name(above), "note" | "item" | "quote" | "cell"))
}

fn is_block_quote(node: Node<'_>) -> bool {
    xml::value(node, "rend") == Some("blockquote")
        || xml::children(node).any(|child| BLOCKS.contains(&xml::name(child)))
}

/// Ends a run of inlines as a paragraph.
pub fn flush(run: &mut Vec<Inline>, blocks: &mut Vec<Block>) {
    let inlines = crate::import::inline::fold(std::mem::take(run));
    if let [Inline::Page(page)] = inlines.as_slice() {
        blocks.push(Block::Page(page.clone()));
    } else if inlines.iter().any(|inline| !matches!(inline, Inline::Break)) {
        blocks.push(Block::Paragraph(inlines));
    }
}

fn flush_fence(run: &mut Vec<Inline>, name: &str, blocks: &mut Vec<Block>) {
    let mut inner = Vec::new();
    flush(run, &mut inner);
    if !inner.is_empty() {
        blocks.push(Block::Fence { name: name.into(), lines: true, blocks: inner });
    }
}

/// A line of nothing but classification or precedence.
pub fn is_marking(words: &str) -> bool {
    let lower = words.to_lowercase();
    let first = lower.split([' ', ',', ';', '.']).next().unwrap_or("");
    words.len() < 60
        && matches!(
            first,
            "top" | "secret" | "confidential" | "restricted" | "unclassified" | "limited" | "official" | "eyes"
        )
}

/// Whether a note stands as a line of its own.
pub fn is_line(node: Node<'_>) -> bool {
    xml::name(node) == "note" && super::index::is_above(node)
}
