//! Blocks: one small function for each kind, called when its frame opens or closes.

use super::super::shield::{TokenKind, list_marker};
use super::Builder;
use super::frames::{Frame, Kind, Rows};
use super::tidy::tidy;
use crate::diag::Code;
use crate::model::body::{
    Block, Cell, Element, Fence, Heading, Inline, Item, List, Note, Paragraph, Span, Style, Table,
};
use crate::model::issue::Issue;
use pulldown_cmark::CodeBlockKind;
use std::borrow::Cow;
use std::ops::Range;

impl<'s> Builder<'s, '_> {
    pub(super) fn code_block(&mut self, kind: &CodeBlockKind<'_>, range: &Range<usize>) -> Kind<'s> {
        let indented = matches!(kind, CodeBlockKind::Indented);
        let line = range.start + self.source[range.clone()].find('\n').unwrap_or(range.len());
        if indented {
            let message = "an indented line would be set as code; it is printed as typed, without its markup";
            let help = "take away the spaces at the start of the line";
            self.issues.push(Issue::local(Code::INDENTED_CODE, range.start..line, message).help(help));
        } else {
            self.account(range.start..line);
        }
        Kind::Code { text: String::new(), indented }
    }

    pub(super) fn item(&mut self, range: &Range<usize>) -> Kind<'s> {
        let text = &self.source[range.clone()];
        let indent = text.len() - text.trim_start().len();
        let bare = text[indent..].find([' ', '\t', '\n', '\r']).unwrap_or(text.len() - indent);
        let length = list_marker(&text[indent..]).max(bare);
        let marker = text[indent..indent + length].trim_end();
        self.account(range.start..range.start + indent + marker.len());
        Kind::Item { marker }
    }

    pub(super) fn note(&mut self, label: &str, range: &Range<usize>) -> Kind<'s> {
        let text = &self.source[range.clone()];
        let length = text.find("]:").map_or(0, |at| at + 2);
        self.account(range.start..range.start + length);
        Kind::Note { label: label.to_lowercase() }
    }

    pub(super) fn row(&mut self, head: bool) {
        if let Some(Frame { kind: Kind::Table(rows), .. }) = self.frames.last_mut() {
            rows.in_head = head;
            if !head {
                rows.rows.push(Vec::new());
            }
        }
    }

    /// A comment between rows is no row.
    pub(super) fn end_row(&mut self, range: &Range<usize>) {
        let typed = self.source[range.clone()].trim();
        let comment = typed.starts_with("<!--") && typed.find("-->") == Some(typed.len().saturating_sub(3));
        if let Some(Frame { kind: Kind::Table(rows), .. }) = self.frames.last_mut()
            && comment
        {
            rows.rows.pop();
        }
    }

    /// Puts a finished frame where it belongs.
    pub(super) fn close(&mut self, mut frame: Frame<'s>) {
        frame.flush();
        let at = self.trimmed(&frame.at);
        if frame.holds_blocks() || matches!(frame.kind, Kind::Heading { .. } | Kind::Table(_) | Kind::List { .. }) {
            self.after_note = None;
        }
        match frame.kind {
            Kind::Paragraph { .. } => self.close_paragraph(frame),
            Kind::Heading { .. } => self.close_heading(frame),
            Kind::Quote => self.block(Block::Quote(frame.blocks)),
            Kind::List { ordered } => self.close_list(List { at, ordered, items: frame.items }),
            Kind::Item { marker } => {
                if let Some(top) = self.frames.last_mut() {
                    top.items.push(Item { marker, at, blocks: frame.blocks });
                }
            }
            Kind::Note { label } => self.close_note(label, at, frame.blocks),
            Kind::Code { text, indented } => self.close_code(text, indented, frame.inlines, frame.at),
            Kind::Table(rows) => {
                let Rows { alignments, head, rows, .. } = *rows;
                self.block(Block::Table(Table { at, alignments, head, rows }));
            }
            Kind::Cell => self.close_cell(tidy(frame.inlines)),
            Kind::Styled(style) => self.close_styled(style, frame),
            Kind::Link { .. } => self.close_link(frame),
            Kind::Skip => self.close_as_typed(frame),
            // These are closed by their own syntax, never by the parser.
            Kind::Root
            | Kind::Fence(_)
            | Kind::Element { .. }
            | Kind::InlineElement(_)
            | Kind::Span
            | Kind::Pattern(_) => {}
        }
    }

    /// A place without the white space behind it.
    fn trimmed(&self, at: &Range<usize>) -> Span {
        Span::new(at.start..at.start + self.source[at.clone()].trim_end().len())
    }

    /// Something that means nothing here, such as a link with an unknown scheme: its marks are text.
    fn close_as_typed(&mut self, frame: Frame<'s>) {
        frame.blocks.into_iter().for_each(|block| self.block(block));
        if frame.inlines.is_empty() {
            return;
        }
        let (start, end) = (frame.at.start, frame.at.end);
        self.inline(Inline::Text(Cow::Borrowed(&self.source[start..start + 1])));
        frame.inlines.into_iter().for_each(|inline| self.inline(inline));
        self.inline(Inline::Text(Cow::Borrowed(&self.source[end - 1..end])));
        self.account(frame.at);
    }

    fn close_paragraph(&mut self, frame: Frame<'s>) {
        let Kind::Paragraph { pin } = frame.kind else { return };
        let at = self.trimmed(&frame.at);
        let inlines = tidy(frame.inlines);
        let lone = inlines.iter().all(|inline| matches!(inline, Inline::PageBreak(_)));
        if lone && pin.is_none() {
            for inline in inlines {
                if let Inline::PageBreak(page) = inline {
                    self.block(Block::PageBreak(page));
                }
            }
        } else if !inlines.is_empty() || pin.is_some() {
            self.check_after_note(frame.at.start);
            self.block(Block::Paragraph(Paragraph { at, id: pin.map(Cow::Borrowed), pinned: pin.is_some(), inlines }));
        }
        self.after_note = None;
        self.apply_closing_tags(frame.at.end);
    }

    fn close_note(&mut self, label: String, at: Span, blocks: Vec<Block<'s>>) {
        if matches!(self.frames.as_slice(), [Frame { kind: Kind::Root, .. }]) {
            self.after_note = Some(label.clone());
        }
        self.notes.push(Note { label, at, blocks });
    }

    /// The second paragraph of a note must be indented, or it becomes text of the document.
    fn check_after_note(&mut self, start: usize) {
        let Some(label) = self.after_note.take().filter(|_| self.frames.len() == 1) else { return };
        let end = start + self.source[start..].find('\n').unwrap_or(self.source.len() - start);
        let message = format!("this paragraph follows note {label} but is no part of it");
        let help = "indent it by four spaces to make it part of the note, or move the notes below the text";
        self.issues.push(Issue::local(Code::TEXT_AFTER_NOTE, start..end, message).help(help));
    }

    fn close_heading(&mut self, frame: Frame<'s>) {
        let at = self.trimmed(&frame.at);
        let Kind::Heading { level, attributes } = frame.kind else { return };
        self.account(frame.at);
        let id = attributes.id.map_or(Cow::Borrowed(""), Cow::Borrowed);
        let pinned = attributes.id.is_some();
        let inlines = tidy(frame.inlines);
        self.block(Block::Heading(Heading { at, level, id, pinned, attributes, inlines }));
    }

    fn close_list(&mut self, list: List<'s>) {
        if list.ordered {
            self.check_list(&list);
        }
        self.block(Block::List(list));
    }

    /// An ordered list that may be no list: `1776. The year …` at the start of a paragraph.
    fn check_list(&mut self, list: &List<'s>) {
        let number = |item: &Item<'s>| item.marker.trim_end_matches(['.', ')']).parse::<u64>().unwrap_or(0);
        let numbers: Vec<u64> = list.items.iter().map(number).collect();
        let Some(first) = list.items.first() else { return };
        let start = self.marker_at(first);
        if list.items.len() == 1 || numbers.first().is_some_and(|number| *number > 1) {
            let (digits, mark) = first.marker.split_at(first.marker.len().saturating_sub(1));
            let message = format!("`{}` begins a list here", first.marker);
            let help = format!(
                "if it is no list, write `{digits}\\{mark}`; a list of one item or one that starts above 1 is rare"
            );
            let span = start..start + first.marker.len();
            self.issues.push(Issue::local(Code::LIST_DOUBTFUL, span, message).help(help));
        }
        for (pair, items) in numbers.windows(2).zip(list.items.windows(2)) {
            if let ([before, number], [previous, item]) = (pair, items)
                && *number != before + 1
            {
                let start = self.marker_at(item);
                let message = format!("the list goes from {} to {}", previous.marker, item.marker);
                let help = "check the numbers; they are printed as typed";
                self.issues.push(Issue::local(Code::LIST_SKIPS, start..start + item.marker.len(), message).help(help));
            }
        }
    }

    /// Where the marker of an item stands, behind its indentation.
    fn marker_at(&self, item: &Item<'s>) -> usize {
        let text = &self.source[item.at.range()];
        item.at.range().start + text.len() - text.trim_start().len()
    }

    fn close_code(&mut self, text: String, indented: bool, inlines: Vec<Inline<'s>>, at: Range<usize>) {
        if indented {
            let inlines = tidy(inlines);
            if !inlines.is_empty() {
                self.block(Block::Paragraph(Paragraph { at: Span::new(at), id: None, pinned: false, inlines }));
            }
            return;
        }
        self.account(at);
        self.block(Block::Code(Cow::Owned(text)));
    }

    fn close_cell(&mut self, inlines: Cell<'s>) {
        if let Some(Frame { kind: Kind::Table(rows), .. }) = self.frames.last_mut() {
            let row = if rows.in_head { Some(&mut rows.head) } else { rows.rows.last_mut() };
            if let Some(row) = row {
                row.push(inlines);
            }
        }
    }

    fn close_styled(&mut self, style: Style, frame: Frame<'s>) {
        // One tilde is text; two delete.
        if style == Style::Del && !self.source[frame.at.clone()].starts_with("~~") {
            self.inline(Inline::Text("~".into()));
            frame.inlines.into_iter().for_each(|inline| self.inline(inline));
            return self.inline(Inline::Text("~".into()));
        }
        self.inline(Inline::Styled(style, frame.inlines));
    }

    /// A fence line, which the shield made a thematic break; any other rule is text.
    pub(super) fn rule(&mut self, range: Range<usize>) {
        self.after_note = None;
        while self.shielded.tokens.get(self.next_token).is_some_and(|token| token.end <= range.start) {
            self.next_token += 1;
        }
        let shielded = self.shielded;
        let token = shielded.tokens.get(self.next_token).filter(|token| token.start < range.end.max(range.start + 3));
        self.account(range.start..token.map_or(range.end, |token| token.end));
        match token.map(|token| (token.start..token.end, &token.kind)) {
            Some((at, kind @ (TokenKind::FenceOpen(_) | TokenKind::FenceClose))) => {
                self.next_token += 1;
                self.fence(kind, at);
            }
            _ => self.typed_rule(range),
        }
    }

    /// Opens or closes a fence.
    pub(super) fn fence(&mut self, kind: &TokenKind<'s>, at: Range<usize>) {
        match kind {
            TokenKind::FenceOpen(attributes) if !self.is_too_deep(&at) => {
                self.push(Kind::Fence(attributes.clone()), at);
            }
            TokenKind::FenceClose => self.close_fence(at),
            _ => {}
        }
    }

    /// A rule that the shield did not see, as in the first line of a list item.
    fn typed_rule(&mut self, range: Range<usize>) {
        let typed = self.source[range.clone()].trim();
        let start = range.start + self.source[range].find(typed).unwrap_or(0);
        let span = start..start + typed.len();
        let message = format!("`{typed}` would be a thematic break; it is printed as typed");
        let help = "to print it without this warning put `\\` before it";
        self.issues.push(Issue::local(Code::THEMATIC_BREAK, span.clone(), message).help(help));
        let inlines = vec![Inline::Text(Cow::Borrowed(typed))];
        self.block(Block::Paragraph(Paragraph { at: Span::new(span), id: None, pinned: false, inlines }));
    }

    fn close_fence(&mut self, at: Range<usize>) {
        while let Some(Frame { kind: Kind::Element { tag, .. }, .. }) = self.frames.last() {
            self.abandon_element(tag);
        }
        if !matches!(self.frames.last(), Some(Frame { kind: Kind::Fence(_), .. })) {
            let help = "remove it, or open a fence before it: `::: dateline`";
            let message = "this `:::` closes no fence that is open here";
            self.issues.push(Issue::local(Code::FENCE_STRAY, at, message).help(help));
            return;
        }
        let Some(mut frame) = self.frames.pop() else { return };
        frame.flush();
        let at = frame.span();
        if let Kind::Fence(attributes) = frame.kind {
            self.block(Block::Fence(Fence { at, attributes, blocks: frame.blocks }));
        }
    }

    pub(super) fn abandon_fence(&mut self) {
        let Some(frame) = self.frames.last() else { return };
        let at = frame.at.clone();
        let help = "end it with a line `:::` in the same list item, quotation or note in which it begins";
        self.issues.push(Issue::local(Code::FENCE_UNCLOSED, at.clone(), "this fence is not closed").help(help));
        self.close_fence(at);
    }

    /// Ends an element of a table. What stands in it beside its parts is put before the table: browsers do the same.
    pub(super) fn finish_element(&mut self) {
        let Some(mut frame) = self.frames.pop() else { return };
        frame.flush();
        let at = frame.span();
        let Kind::Element { tag, attributes } = frame.kind else { return };
        let mut blocks = frame.blocks;
        if !matches!(tag, "td" | "th") {
            let (parts, strays): (Vec<_>, Vec<_>) =
                blocks.into_iter().partition(|block| matches!(block, Block::Element(part) if part.tag != "table"));
            blocks = parts;
            if !strays.is_empty() {
                let message = format!("text stands in a `<{tag}>` outside of its cells");
                let help = "put it into a cell, `<td>`, or before the table";
                self.issues.push(Issue::local(Code::HTML_UNBALANCED, at.range(), message).help(help));
            }
            strays.into_iter().for_each(|stray| self.block(stray));
        }
        self.block(Block::Element(Element { at, tag, attributes, blocks }));
    }
}
