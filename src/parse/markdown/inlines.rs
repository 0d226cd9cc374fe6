//! Inlines: text with our own syntax put back, spans, links, page breaks.

use super::super::shield::TokenKind;
use super::Builder;
use super::frames::{Frame, Kind};
use crate::diag::Code;
use crate::model::body::{Attributes, Inline, Link, Marked, NoteRef, PageBreak, Span};
use crate::model::issue::Issue;
use std::borrow::Cow;
use std::ops::Range;

impl<'s> Builder<'s, '_> {
    pub(super) fn text(&mut self, text: &str, range: Range<usize>) {
        let verbatim = self.is_verbatim(text, &range);
        if let Some(Frame { kind: Kind::Code { text: code, indented }, .. }) = self.frames.last_mut() {
            if *indented {
                self.pieces(range.start..range.start + self.source[range.clone()].trim_end().len());
                self.account(range);
                return self.inline(Inline::SoftBreak);
            }
            code.push_str(if verbatim { &self.source[range.clone()] } else { text });
            return self.account(range);
        }
        if verbatim {
            self.pieces(range);
        } else {
            self.account(range);
            self.inline(Inline::Text(Cow::Owned(text.to_owned())));
        }
    }

    /// Whether a text is what stands in the copy; a run that was read as one line has spaces for line ends.
    fn is_verbatim(&self, text: &str, range: &Range<usize>) -> bool {
        let same = |(copied, read): (u8, u8)| copied == read || (read == b' ' && matches!(copied, b'\n' | b'\r'));
        self.shielded
            .text
            .get(range.clone())
            .is_some_and(|copy| copy.len() == text.len() && copy.bytes().zip(text.bytes()).all(same))
    }

    /// Source text with our own syntax put back.
    fn pieces(&mut self, range: Range<usize>) {
        self.skip_tokens(range.start);
        if let Some(top) = self.frames.last_mut() {
            top.extend(&range);
        }
        let shielded = self.shielded;
        let mut from = range.start;
        while let Some(token) = shielded.tokens.get(self.next_token).filter(|token| token.start < range.end) {
            self.next_token += 1;
            if token.start < from {
                continue;
            }
            self.plain(from..token.start);
            self.token(token.start..token.end, &token.kind);
            from = token.end;
        }
        if from < range.end {
            self.plain(from..range.end);
        }
        self.account(range);
    }

    /// Leaves out tokens before a place: they stood in code or tags.
    fn skip_tokens(&mut self, at: usize) {
        while self.shielded.tokens.get(self.next_token).is_some_and(|token| token.start < at) {
            self.next_token += 1;
        }
    }

    fn plain(&mut self, range: Range<usize>) {
        if range.is_empty() {
            return;
        }
        self.inline(Inline::Text(Cow::Borrowed(&self.source[range])));
    }

    fn token(&mut self, range: Range<usize>, kind: &TokenKind<'s>) {
        match kind {
            // The text is given up; one event may still hold thousands of brackets.
            _ if self.too_deep => {}
            TokenKind::Literal => self.plain(range),
            // Nothing, which white space around it knows.
            TokenKind::Comment => self.inline(Inline::Raw(Cow::Borrowed(""))),
            TokenKind::Pin(id) => self.pin(id, range),
            TokenKind::HeadingAttributes(found) => match self.frames.last_mut() {
                Some(Frame { kind: Kind::Heading { attributes, .. }, .. }) => *attributes = found.clone(),
                _ => self.plain(range),
            },
            TokenKind::SpanOpen => self.open_span(Kind::Span, range),
            TokenKind::PatternOpen(number) => {
                self.open_span(Kind::Pattern(*number), range.clone());
                self.plain(range);
            }
            TokenKind::SpanClose(attributes) => self.close_span(attributes, range),
            TokenKind::PatternClose => self.close_pattern(range),
            TokenKind::NoteRef(label) => {
                let label = label.to_lowercase();
                self.inline(Inline::NoteRef(NoteRef { at: Span::new(range), label, count: 0 }));
            }
            TokenKind::PageMark(pagination, page) => self.page_mark(*pagination, page, range),
            // They belong to the link before them; if that became none, they are text.
            TokenKind::LinkAttributes(_) if self.link_end == Some(range.start) => {}
            TokenKind::LinkAttributes(_) => self.plain(range),
            TokenKind::FenceOpen(_) | TokenKind::FenceClose => {
                let help = "begin it at the start of a line, with an empty line before it";
                let message = "this fence line stands where none can; it is printed as typed";
                self.issues.push(Issue::local(Code::FENCE_STRAY, range.clone(), message).help(help));
                self.plain(range);
            }
        }
    }

    /// `{#id}` pins a paragraph that ends with it; elsewhere it is text.
    fn pin(&mut self, id: &'s str, range: Range<usize>) {
        match self.frames.last_mut() {
            Some(Frame { kind: Kind::Paragraph { pin }, at, .. })
                if self.source.get(range.end..at.end).is_some_and(|rest| rest.trim_start().is_empty()) =>
            {
                *pin = Some(id);
            }
            _ => {
                let message = format!("`{{#{id}}}` pins no paragraph here and is printed as typed");
                let help = format!("it ends a paragraph; for a list item or a cell write `[words]{{#{id}}}`");
                self.issues.push(Issue::local(Code::ATTRIBUTES_MALFORMED, range.clone(), message).help(help));
                self.plain(range);
            }
        }
    }

    fn open_span(&mut self, kind: Kind<'s>, range: Range<usize>) {
        if !self.is_too_deep(&range) {
            self.frames.push(Frame::new(kind, range));
        }
    }

    fn close_span(&mut self, attributes: &Attributes<'s>, range: Range<usize>) {
        self.abandon_patterns();
        if !matches!(self.frames.last(), Some(Frame { kind: Kind::Span, .. })) {
            let help = "emphasis, links and brackets must begin and end in the same span";
            let message = "this bracketed span overlaps emphasis or a link, so it is printed as typed";
            self.issues.push(Issue::local(Code::SPAN_CROSSES, range.clone(), message).help(help));
            return self.plain(range);
        }
        let Some(mut frame) = self.frames.pop() else { return };
        let at = Span::new(frame.at.start..range.end);
        if attributes.has("pb") {
            let mut inner = Vec::new();
            take_page_breaks(&mut frame.inlines, &mut inner);
            inner.into_iter().for_each(|page| self.inline(page));
            let page = self.page_break(at, attributes, &frame.inlines);
            return self.inline(Inline::PageBreak(page));
        }
        let marked = Marked { at, attributes: attributes.clone(), pattern: None, inlines: frame.inlines };
        self.inline(Inline::Marked(Box::new(marked)));
    }

    fn page_break(&mut self, at: Span, attributes: &Attributes<'s>, inlines: &[Inline<'s>]) -> PageBreak<'s> {
        let label = label_text(inlines);
        if inlines.iter().any(contains_note) {
            let message = "a note reference stands in a page break";
            let help = "put the note reference before the page break";
            self.issues.push(Issue::local(Code::NOTE_IN_LINK, at.range(), message).help(help));
        }
        let pagination = attributes.get("ed").map(Cow::Borrowed);
        let pagination = pagination.unwrap_or_else(|| {
            Cow::Owned(self.markup.paginations.first().map_or("page".into(), |first| first.id.clone()))
        });
        let undeclared = self.markup.pagination(&pagination).is_none();
        if undeclared && (attributes.get("ed").is_some() || !self.markup.paginations.is_empty()) {
            let help = "declare it under `paginations:` in the volume's _index.md";
            let message = format!("no pagination is called `{pagination}`");
            self.issues.push(Issue::local(Code::PAGINATION_UNKNOWN, at.range(), message).help(help));
        }
        let written = attributes.get("n").map(Cow::Borrowed);
        let page = written.or_else(|| (!label.is_empty()).then(|| label.clone()));
        PageBreak { at, pagination, page, label, image: attributes.get("facs"), anchor: String::new() }
    }

    fn page_mark(&mut self, pagination: usize, page: &'s str, range: Range<usize>) {
        let id = self.markup.paginations.get(pagination).map_or(String::new(), |pagination| pagination.id.clone());
        self.inline(Inline::PageBreak(PageBreak {
            at: Span::new(range.clone()),
            pagination: Cow::Owned(id),
            page: Some(Cow::Borrowed(page)),
            label: Cow::Borrowed(&self.source[range.start + 1..range.end - 1]),
            image: None,
            anchor: String::new(),
        }));
    }

    fn close_pattern(&mut self, range: Range<usize>) {
        self.plain(range.clone());
        if !matches!(self.frames.last(), Some(Frame { kind: Kind::Pattern(_), .. })) {
            return;
        }
        let Some(Frame { kind: Kind::Pattern(number), at, inlines, .. }) = self.frames.pop() else { return };
        let at = Span::new(at.start..range.end);
        let marked = Marked { at, attributes: Attributes::default(), pattern: Some(number), inlines };
        self.inline(Inline::Marked(Box::new(marked)));
    }

    /// Bracketed phrases that are open where something around them ends: their brackets are text.
    pub(super) fn abandon_patterns(&mut self) {
        while matches!(self.frames.last(), Some(Frame { kind: Kind::Pattern(_), .. })) {
            self.abandon_span();
        }
    }

    /// A span whose end is missing here: its bracket is text.
    pub(super) fn abandon_span(&mut self) {
        let Some(frame) = self.frames.pop() else { return };
        if matches!(frame.kind, Kind::Span) {
            self.inline(Inline::Text(Cow::Borrowed(&self.source[frame.at])));
        }
        frame.inlines.into_iter().for_each(|inline| self.inline(inline));
    }

    /// Ends an inline that its run leaves open.
    pub(super) fn abandon_inline(&mut self) {
        match self.frames.last().map(|frame| &frame.kind) {
            Some(Kind::Span | Kind::Pattern(_)) => self.abandon_span(),
            Some(Kind::InlineElement(style)) => {
                let style = *style;
                self.abandon_inline_element(style);
            }
            _ => {
                if let Some(frame) = self.frames.pop() {
                    frame.inlines.into_iter().for_each(|inline| self.inline(inline));
                }
            }
        }
    }

    pub(super) fn close_link(&mut self, frame: Frame<'s>) {
        let Kind::Link { target, image } = frame.kind else { return };
        self.account(frame.at.clone());
        let end = frame.at.end;
        self.skip_tokens(end);
        self.link_end = Some(end);
        let attributes = match self.shielded.tokens.get(self.next_token) {
            Some(token) if token.start == end => match &token.kind {
                TokenKind::LinkAttributes(found) => found.clone(),
                _ => Attributes::default(),
            },
            _ => Attributes::default(),
        };
        if frame.inlines.iter().any(contains_note) {
            let help = "put the note reference behind the link";
            let message = "a note reference stands inside the words of a link";
            self.issues.push(Issue::local(Code::NOTE_IN_LINK, frame.at.clone(), message).help(help));
        }
        let mut link = Box::new(Link { at: Span::new(frame.at), target, attributes, inlines: frame.inlines });
        if !image {
            return self.inline(Inline::Link(link));
        }
        // The words of an image are an attribute, where no page can begin.
        let mut pages = Vec::new();
        take_page_breaks(&mut link.inlines, &mut pages);
        self.inline(Inline::Image(link));
        pages.into_iter().for_each(|page| self.inline(page));
    }

    pub(super) fn line_break(&mut self, inline: Inline<'s>, range: Range<usize>) {
        self.account(range);
        self.inline(inline);
    }

    pub(super) fn footnote_reference(&mut self, label: &str, range: Range<usize>) {
        self.account(range.clone());
        self.inline(Inline::NoteRef(NoteRef { at: Span::new(range), label: label.to_lowercase(), count: 0 }));
    }

    /// Code as the parser reads it, unless our syntax in it was overwritten.
    pub(super) fn code(&mut self, text: &str, range: Range<usize>) {
        self.account(range.clone());
        if self.shielded.text.get(range.clone()) == Some(&self.source[range.clone()]) {
            return self.inline(Inline::Code(Cow::Owned(text.to_owned())));
        }
        let typed = self.source[range].trim_matches('`').replace(['\n', '\r'], " ");
        let inner = typed.strip_prefix(' ').and_then(|inner| inner.strip_suffix(' '));
        let inner = inner.filter(|inner| !inner.trim().is_empty()).unwrap_or(&typed);
        self.inline(Inline::Code(Cow::Owned(inner.to_owned())));
    }

    pub(super) fn literal(&mut self, range: Range<usize>) {
        self.account(range.clone());
        self.plain(range);
    }
}

fn contains_note(inline: &Inline<'_>) -> bool {
    match inline {
        Inline::NoteRef(_) => true,
        Inline::Styled(_, inner) => inner.iter().any(contains_note),
        Inline::Marked(marked) => marked.inlines.iter().any(contains_note),
        Inline::Link(link) | Inline::Image(link) => link.inlines.iter().any(contains_note),
        _ => false,
    }
}

fn take_page_breaks<'s>(inlines: &mut Vec<Inline<'s>>, pages: &mut Vec<Inline<'s>>) {
    for inline in std::mem::take(inlines) {
        match inline {
            Inline::PageBreak(_) => pages.push(inline),
            Inline::Styled(style, mut inner) => {
                take_page_breaks(&mut inner, pages);
                inlines.push(Inline::Styled(style, inner));
            }
            Inline::Marked(mut marked) => {
                take_page_breaks(&mut marked.inlines, pages);
                inlines.push(Inline::Marked(marked));
            }
            Inline::Link(mut link) => {
                take_page_breaks(&mut link.inlines, pages);
                inlines.push(Inline::Link(link));
            }
            other => inlines.push(other),
        }
    }
}

/// The characters of a page break's label.
fn label_text<'s>(inlines: &[Inline<'s>]) -> Cow<'s, str> {
    let mut parts = inlines.iter().map(|inline| match inline {
        Inline::Text(text) | Inline::Code(text) => text.clone(),
        Inline::SoftBreak | Inline::HardBreak => Cow::Borrowed(" "),
        Inline::Styled(_, inner) => label_text(inner),
        Inline::Marked(marked) => label_text(&marked.inlines),
        Inline::Link(link) | Inline::Image(link) => label_text(&link.inlines),
        Inline::NoteRef(_) | Inline::PageBreak(_) | Inline::Raw(_) => Cow::Borrowed(""),
    });
    let first = parts.next().unwrap_or_default();
    parts.fold(first, |all, part| if part.is_empty() { all } else { all + part })
}
