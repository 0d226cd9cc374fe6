//! The little HTML that a document may hold: styles in a run of inlines, and tables with spans.
//!
//! The parser leaves a block of HTML as it stands. Here it is cut at the tags of tables, and what stands between them is
//! read as inlines, so that a cell holds the same markup with and without empty lines around its text.

use super::super::shield::TokenKind;
use super::super::tags::{self, Piece, Tag, pieces};
use super::Builder;
use super::frames::{Frame, Kind};
use crate::diag::Code;
use crate::model::body::{Block, Inline, Style};
use crate::model::issue::Issue;
use std::borrow::Cow;
use std::ops::Range;

impl<'s> Builder<'s, '_> {
    /// A line of block HTML: lines are put together again, since tags reach over them.
    pub(super) fn html_line(&mut self, range: Range<usize>) {
        match &mut self.html {
            Some(before) if before.end == range.start => before.end = range.end,
            _ => {
                self.html_lines();
                self.html = Some(range);
            }
        }
    }

    pub(super) fn end_html(&mut self) {
        self.html_lines();
        self.flush();
    }

    /// The parser ends a block of HTML at an empty line only; a fence line ends it too.
    fn html_lines(&mut self) {
        let Some(range) = self.html.take() else { return };
        let shielded = self.shielded;
        let mut from = range.start;
        let mut next = self.next_token;
        while let Some(token) = shielded.tokens.get(next).filter(|token| token.start < range.end) {
            next += 1;
            if token.start >= from && matches!(token.kind, TokenKind::FenceOpen(_) | TokenKind::FenceClose) {
                self.html_chunk(from..token.start);
                self.account(token.start..token.end);
                self.fence(&token.kind, token.start..token.end);
                self.next_token = self.next_token.max(next);
                from = token.end;
            }
        }
        self.html_chunk(from..range.end);
    }

    fn html_chunk(&mut self, range: Range<usize>) {
        let chunk = &self.source[range.clone()];
        if chunk.trim().is_empty() {
            return self.account(range);
        }
        if self.markup.html {
            self.account(range);
            return self.block(Block::Raw(without_comments(chunk)));
        }
        let mut from = range.start;
        for (piece, within) in pieces(chunk) {
            let at = range.start + within.start..range.start + within.end;
            let part = match &piece {
                Piece::Tag(tag) => tags::table_part(tag.name),
                Piece::Broken => None,
                Piece::Comment | Piece::Text => continue,
            };
            match (piece, part) {
                (Piece::Tag(tag), Some(part)) => {
                    self.loose(from..at.start);
                    self.table_tag(&tag, part, at.clone());
                }
                (Piece::Broken, _) => {
                    self.loose(from..at.start);
                    self.forbid(at.clone());
                }
                _ => continue,
            }
            self.account(at.clone());
            from = at.end;
        }
        self.loose(from..range.end);
        self.account(range);
    }

    /// Text between the tags of a table. Outside of cells and list items it is a paragraph.
    fn loose(&mut self, range: Range<usize>) {
        let typed = &self.source[range.clone()];
        if typed.trim().is_empty() {
            return self.account(range);
        }
        let start = range.start + typed.len() - typed.trim_start().len();
        let range = start..start + typed.trim().len();
        let plain = match self.frames.last().map(|frame| &frame.kind) {
            Some(Kind::Element { tag, .. }) => matches!(*tag, "td" | "th"),
            Some(Kind::Item { .. }) => true,
            _ => false,
        };
        if plain {
            return self.run(range);
        }
        self.push(Kind::Paragraph { pin: None }, range.clone());
        self.run(range);
        if let Some(frame) = self.frames.pop() {
            self.close(frame);
        }
    }

    pub(super) fn inline_html(&mut self, range: Range<usize>) {
        let text = &self.source[range.clone()];
        self.account(range.clone());
        if self.markup.html {
            return self.inline(Inline::Raw(Cow::Borrowed(text)));
        }
        let Some((Piece::Tag(tag), _)) = pieces(text).next() else { return self.forbid(range) };
        let bare = tag.attributes.is_empty();
        match (tags::style(tag.name).filter(|_| bare), tags::table_part(tag.name)) {
            _ if tag.name == "br" && bare && !tag.closes => self.inline(Inline::HardBreak),
            (Some(style), _) => self.style_tag(style, tag.closes, range),
            (_, Some(part)) if tag.closes && self.is_open(part) => self.closing_tags.push((part, range)),
            (_, Some(part)) => {
                let message = format!("`<{part}>` stands in the middle of a paragraph");
                let help = "begin the tags of a table on lines of their own, with an empty line before the table";
                self.issues.push(Issue::local(Code::HTML_UNBALANCED, range, message).help(help));
            }
            _ => self.forbid(range),
        }
    }

    /// Whether the innermost element, below the paragraph at hand, is this one.
    fn is_open(&self, part: &str) -> bool {
        let mut below = self.frames.iter().rev().skip_while(|frame| !frame.holds_blocks());
        let closing = self.closing_tags.len();
        matches!(below.nth(closing), Some(Frame { kind: Kind::Element { tag, .. }, .. }) if *tag == part)
    }

    /// `</td>` at the end of a paragraph ends the cell once the paragraph is complete.
    pub(super) fn apply_closing_tags(&mut self, paragraph_end: usize) {
        let tags = std::mem::take(&mut self.closing_tags);
        if let Some((part, first)) = tags.first()
            && let Some(rest) = self.source.get(first.end..paragraph_end)
            && pieces(rest).any(|(piece, at)| piece == Piece::Text && !rest[at].trim().is_empty())
        {
            let message = format!("text stands behind `</{part}>` in the same paragraph");
            let help = "put it into a cell, or leave an empty line before it";
            self.issues.push(Issue::local(Code::HTML_UNBALANCED, first.clone(), message).help(help));
        }
        for (part, at) in tags {
            self.close_element(part, at);
        }
    }

    fn table_tag(&mut self, tag: &Tag<'s>, part: &'static str, at: Range<usize>) {
        if tag.closes {
            return self.close_element(part, at);
        }
        if !self.may_hold(part) {
            let message = format!("`<{part}>` stands where it cannot");
            let help = "cells stand in a `<tr>`, rows in a `<table>`, `<thead>` or `<tbody>`, and each is closed";
            self.issues.push(Issue::local(Code::HTML_UNBALANCED, at, message).help(help));
            return;
        }
        match tags::table_attributes(tag) {
            Ok(attributes) => {
                if !self.is_too_deep(&at) {
                    self.push(Kind::Element { tag: part, attributes }, at);
                }
            }
            Err(message) => {
                let help = "the attributes of cells are `colspan`, `rowspan` (numbers) and `scope` (row, col)";
                self.issues.push(Issue::local(Code::HTML_FORBIDDEN, at.clone(), message).help(help));
                if !self.is_too_deep(&at) {
                    self.push(Kind::Element { tag: part, attributes: Vec::new() }, at);
                }
            }
        }
    }

    /// Whether a part of a table may begin in what is open.
    fn may_hold(&self, part: &str) -> bool {
        let open = match self.frames.last().map(|frame| &frame.kind) {
            Some(Kind::Element { tag, .. }) => *tag,
            _ => "",
        };
        match part {
            "table" => matches!(open, "" | "td" | "th"),
            "thead" | "tbody" => open == "table",
            "tr" => matches!(open, "table" | "thead" | "tbody"),
            _ => open == "tr",
        }
    }

    fn style_tag(&mut self, style: Style, closes: bool, at: Range<usize>) {
        if !closes {
            if !self.is_too_deep(&at) {
                self.frames.push(Frame::new(Kind::InlineElement(style), at));
            }
            return;
        }
        // A bracketed phrase that begins inside the element and ends behind it gets no class.
        self.abandon_patterns();
        match self.frames.last() {
            Some(Frame { kind: Kind::InlineElement(open), .. }) if *open == style => {
                if let Some(frame) = self.frames.pop() {
                    self.inline(Inline::Styled(style, frame.inlines));
                }
            }
            _ => {
                let message = format!("`</{}>` closes no tag that is open here", style.tag());
                let help = "tags must begin and end in the same paragraph, span or cell";
                self.issues.push(Issue::local(Code::HTML_UNBALANCED, at, message).help(help));
            }
        }
    }

    pub(super) fn abandon_inline_element(&mut self, style: Style) {
        let Some(frame) = self.frames.pop() else { return };
        let message = format!("`<{}>` is not closed", style.tag());
        let help = format!("write `</{}>` before the end of the paragraph, span or cell", style.tag());
        self.issues.push(Issue::local(Code::HTML_UNBALANCED, frame.at, message).help(help));
        frame.inlines.into_iter().for_each(|inline| self.inline(inline));
    }

    fn close_element(&mut self, part: &'static str, at: Range<usize>) {
        let mut above = Vec::new();
        for frame in self.frames.iter().rev() {
            match frame.kind {
                Kind::Element { tag, .. } if tag != part => above.push(tag),
                _ => break,
            }
        }
        let open = self.frames.iter().rev().nth(above.len());
        match open.map(|frame| &frame.kind) {
            Some(Kind::Element { .. }) => {
                above.into_iter().for_each(|tag| self.abandon_element(tag));
                self.finish_element();
            }
            _ => {
                let message = format!("`</{part}>` closes no tag that is open here");
                let help = "every part of the table must be closed, the inner ones first";
                self.issues.push(Issue::local(Code::HTML_UNBALANCED, at, message).help(help));
            }
        }
    }

    pub(super) fn abandon_element(&mut self, tag: &'static str) {
        let Some(frame) = self.frames.last() else { return };
        let message = format!("`<{tag}>` is not closed");
        let help = format!("write `</{tag}>` at its end");
        self.issues.push(Issue::local(Code::HTML_UNBALANCED, frame.at.clone(), message).help(help));
        self.finish_element();
    }

    fn forbid(&mut self, at: Range<usize>) {
        let tag = &self.source[at.clone()];
        let message = format!("`{}` is no HTML that a document may hold", tag.lines().next().unwrap_or("").trim());
        let help = "allowed are em, strong, del, sup, sub, br and tables; write `\\<` for the character itself";
        self.issues.push(Issue::local(Code::HTML_FORBIDDEN, at.clone(), message).help(help));
        self.account(at);
    }
}

/// Comments are never published, not even where all HTML is allowed.
fn without_comments(chunk: &str) -> Cow<'_, str> {
    if !chunk.contains("<!--") {
        return Cow::Borrowed(chunk);
    }
    Cow::Owned(pieces(chunk).filter(|(piece, _)| *piece != Piece::Comment).map(|(_, at)| &chunk[at]).collect())
}
