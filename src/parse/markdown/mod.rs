//! Markdown to a tree of blocks and inlines: the only module that knows pulldown-cmark.
//!
//! The parser's events drive a stack of frames. Text is taken from the source, with our own syntax (found by `shield`)
//! put back where it stood. Source characters that no event accounts for are reported, so that no text is lost in
//! silence.

mod blocks;
mod frames;
mod html;
mod inlines;
mod tidy;

use super::shield::{Shielded, has_known_scheme, shield, shield_inline};
use crate::diag::Code;
use crate::model::body::{Alignment, Attributes, Block, Body, Inline, Note, Style};
use crate::model::issue::Issue;
use crate::model::markup::Markup;
use frames::{Frame, Kind, Rows};
use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};
use std::borrow::Cow;
use std::ops::Range;
use tidy::tidy;

/// Elements, quotations and lists may nest this deep; the minifier and browsers cannot follow much further.
const DEPTH: usize = 100;

/// Reads a text; never fails. Places in the tree and in the findings are bytes of `source`.
pub fn parse<'s>(source: &'s str, markup: &Markup) -> (Body<'s>, Vec<Issue>) {
    let mut shielded = shield(source, markup);
    let issues = std::mem::take(&mut shielded.issues);
    let mut builder = Builder::new(source, markup, &shielded, issues);
    for (event, range) in Parser::new_ext(&shielded.text, options()).into_offset_iter() {
        builder.event(event, range);
        if builder.too_deep {
            break;
        }
    }
    builder.finish()
}

/// Reads one line, such as a title: `1. Foo` or `# Foo` is text. Line ends count as spaces.
pub fn parse_inline<'s>(source: &'s str, markup: &Markup) -> (Vec<Inline<'s>>, Vec<Issue>) {
    let mut shielded = shield_inline(source, markup);
    let issues = std::mem::take(&mut shielded.issues);
    let mut builder = Builder::new(source, markup, &shielded, issues);
    builder.push(Kind::Cell, 0..source.len());
    builder.run(0..source.len());
    if !builder.too_deep {
        builder.account(source.len()..source.len());
    }
    let inlines = builder.frames.pop().map_or_else(Vec::new, |frame| tidy(frame.inlines));
    (inlines, builder.issues)
}

/// Heading attributes are read by the shield: the parser's own would swallow words in braces.
fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH
}

/// What stands before a run that is read as inlines only, so that no character of it can begin a block.
const BEFORE: &str = "x ";

struct Builder<'s, 't> {
    source: &'s str,
    markup: &'t Markup,
    shielded: &'t Shielded<'s>,
    next_token: usize,
    frames: Vec<Frame<'s>>,
    notes: Vec<Note<'s>>,
    issues: Vec<Issue>,
    /// Every byte before this one has been printed or is known markup.
    accounted: usize,
    /// Block HTML that has come since it began.
    html: Option<Range<usize>>,
    /// Closing tags of tables that stand in a paragraph: they take effect when it ends.
    closing_tags: Vec<(&'static str, Range<usize>)>,
    /// Where the link ended whose attributes may follow.
    link_end: Option<usize>,
    /// The note whose definition ended last, while nothing has followed it.
    after_note: Option<String>,
    too_deep: bool,
}

impl<'s, 't> Builder<'s, 't> {
    fn new(source: &'s str, markup: &'t Markup, shielded: &'t Shielded<'s>, issues: Vec<Issue>) -> Self {
        Builder {
            source,
            markup,
            shielded,
            next_token: 0,
            frames: vec![Frame::new(Kind::Root, 0..0)],
            notes: Vec::new(),
            issues,
            accounted: 0,
            html: None,
            closing_tags: Vec::new(),
            link_end: None,
            after_note: None,
            too_deep: false,
        }
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Text(text) => self.text(&text, range),
            Event::Code(text) => self.code(&text, range),
            Event::Html(_) => self.html_line(range),
            Event::InlineHtml(_) => self.inline_html(range),
            Event::FootnoteReference(label) => self.footnote_reference(&label, range),
            Event::SoftBreak => self.line_break(Inline::SoftBreak, range),
            Event::HardBreak => self.line_break(Inline::HardBreak, range),
            Event::Rule => self.rule(range),
            Event::InlineMath(_) | Event::DisplayMath(_) | Event::TaskListMarker(_) => self.literal(range),
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        if self.is_too_deep(&range) {
            return;
        }
        let kind = match tag {
            Tag::Paragraph => Kind::Paragraph { pin: None },
            Tag::Heading { level, .. } => Kind::Heading { level: level as u8, attributes: Attributes::default() },
            Tag::BlockQuote(_) => Kind::Quote,
            Tag::CodeBlock(kind) => self.code_block(&kind, &range),
            // A block of HTML is transparent: an element of it may hold paragraphs that follow.
            Tag::HtmlBlock => return self.flush(),
            Tag::List(start) => Kind::List { ordered: start.is_some() },
            Tag::Item => self.item(&range),
            Tag::FootnoteDefinition(label) => self.note(&label, &range),
            Tag::Table(alignments) => {
                let alignments = alignments.iter().map(|side| alignment(*side)).collect();
                Kind::Table(Box::new(Rows { alignments, ..Rows::default() }))
            }
            Tag::TableHead => return self.row(true),
            Tag::TableRow => return self.row(false),
            Tag::TableCell => Kind::Cell,
            Tag::Emphasis => Kind::Styled(Style::Em),
            Tag::Strong => Kind::Styled(Style::Strong),
            Tag::Strikethrough => Kind::Styled(Style::Del),
            Tag::Superscript => Kind::Styled(Style::Sup),
            Tag::Subscript => Kind::Styled(Style::Sub),
            Tag::Link { link_type, dest_url, .. } => self.link(link_type, &dest_url, &range),
            Tag::Image { dest_url, .. } => Kind::Link { target: Cow::Owned(dest_url.to_string()), image: true },
            _ => Kind::Skip,
        };
        self.push(kind, range);
    }

    /// A link; `<scheme:words>` with an unknown scheme is text.
    fn link(&mut self, link_type: LinkType, target: &str, range: &Range<usize>) -> Kind<'s> {
        match link_type {
            LinkType::Email => Kind::Link { target: Cow::Owned(format!("mailto:{target}")), image: false },
            LinkType::Autolink if !has_known_scheme(target, self.markup) => {
                let message = format!("`{target}` has an unknown scheme; it is printed as text");
                let help = "declare it under `schemes:` in site.yaml, or write `\\<` if it is text";
                self.issues.push(Issue::local(Code::SCHEME_UNDECLARED, range.clone(), message).help(help));
                Kind::Skip
            }
            _ => Kind::Link { target: Cow::Owned(target.to_owned()), image: false },
        }
    }

    /// A block begins: loose inlines before it are a block of their own.
    fn push(&mut self, kind: Kind<'s>, at: Range<usize>) {
        let frame = Frame::new(kind, at);
        if let Some(top) = self.frames.last_mut() {
            if frame.is_inline() {
                top.extend(&frame.at);
            } else {
                top.flush();
            }
        }
        self.frames.push(frame);
    }

    /// Whether nothing more may be opened; says so once.
    fn is_too_deep(&mut self, range: &Range<usize>) -> bool {
        if self.frames.len() <= DEPTH {
            return false;
        }
        if !self.too_deep {
            let end = self.source[range.start..].chars().next().map_or(range.start, |c| range.start + c.len_utf8());
            let message = format!("blocks and inlines nest more than {DEPTH} deep here");
            let help = "end some of the quotations, lists or fences before this place";
            self.issues.push(Issue::local(Code::NESTING_TOO_DEEP, range.start..end, message).help(help));
        }
        self.too_deep = true;
        true
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::TableHead => return,
            TagEnd::TableRow => return self.end_row(&range),
            TagEnd::HtmlBlock => return self.end_html(),
            _ => {}
        }
        // Spans and inline elements that the parser knows nothing of end with what holds them.
        self.abandon_own();
        if self.frames.len() > 1
            && let Some(mut frame) = self.frames.pop()
        {
            frame.at = range;
            self.close(frame);
        }
    }

    /// Ends spans, inline elements, fences and elements on top of what the parser ends.
    fn abandon_own(&mut self) {
        while let Some(frame) = self.frames.last() {
            match frame.kind {
                Kind::Span | Kind::Pattern(_) => self.abandon_span(),
                Kind::InlineElement(style) => self.abandon_inline_element(style),
                Kind::Fence(_) => self.abandon_fence(),
                Kind::Element { tag, .. } => self.abandon_element(tag),
                _ => break,
            }
        }
    }

    /// Reads a part of the text as inlines, whatever it begins with. Line ends count as spaces.
    fn run(&mut self, range: Range<usize>) {
        let copy = format!("{BEFORE}{}", self.shielded.text[range.clone()].replace(['\n', '\r'], " "));
        let place = |at: usize| range.start + at.saturating_sub(BEFORE.len());
        for (event, within) in Parser::new_ext(&copy, options()).into_offset_iter() {
            let shifted = place(within.start)..place(within.end);
            match event {
                Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) => {}
                Event::Text(text) if within.start < BEFORE.len() => {
                    let text = text.get(BEFORE.len() - within.start..).unwrap_or("");
                    if !text.is_empty() {
                        self.text(text, shifted);
                    }
                }
                event => self.event(event, shifted),
            }
            if self.too_deep {
                break;
            }
        }
        while self.frames.last().is_some_and(Frame::is_inline) {
            self.abandon_inline();
        }
    }

    /// Loose inlines in the innermost block become a block.
    fn flush(&mut self) {
        if let Some(top) = self.frames.iter_mut().rev().find(|frame| frame.holds_blocks()) {
            top.flush();
        }
    }

    fn block(&mut self, block: Block<'s>) {
        if let Some(top) = self.frames.iter_mut().rev().find(|frame| frame.holds_blocks()) {
            top.flush();
            top.blocks.push(block);
        }
    }

    fn inline(&mut self, inline: Inline<'s>) {
        if let Some(top) = self.frames.last_mut() {
            top.inlines.push(inline);
        }
    }

    /// Marks source bytes as printed or known; letters and digits passed over before them are lost text.
    fn account(&mut self, range: Range<usize>) {
        if range.start > self.accounted {
            self.report_lost(self.accounted..range.start);
        }
        self.accounted = self.accounted.max(range.end);
    }

    fn report_lost(&mut self, gap: Range<usize>) {
        let text = &self.shielded.text[gap.clone()];
        let Some(at) = text.find(char::is_alphanumeric) else { return };
        let last = text.char_indices().rev().find(|(_, c)| c.is_alphanumeric());
        let end = last.map_or(text.len(), |(at, c)| at + c.len_utf8());
        let message = "this text would be lost: Markdown takes it for markup";
        let help = "in a table, give every row as many cells as the first; elsewhere put `\\` before `[` or `|`";
        self.issues.push(Issue::local(Code::TEXT_LOST, gap.start + at..gap.start + end, message).help(help));
    }

    fn finish(mut self) -> (Body<'s>, Vec<Issue>) {
        if !self.too_deep {
            self.account(self.source.len()..self.source.len());
        }
        while self.frames.len() > 1 {
            self.abandon_own();
            if self.frames.len() > 1
                && let Some(frame) = self.frames.pop()
            {
                self.close(frame);
            }
        }
        let mut blocks = Vec::new();
        if let Some(mut root) = self.frames.pop() {
            root.flush();
            blocks = root.blocks;
        }
        (Body { blocks, notes: self.notes }, self.issues)
    }
}

fn alignment(side: pulldown_cmark::Alignment) -> Alignment {
    match side {
        pulldown_cmark::Alignment::None => Alignment::None,
        pulldown_cmark::Alignment::Left => Alignment::Left,
        pulldown_cmark::Alignment::Center => Alignment::Center,
        pulldown_cmark::Alignment::Right => Alignment::Right,
    }
}
