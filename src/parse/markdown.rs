//! Markdown to a tree of blocks and inlines: the only file that knows pulldown-cmark.
//!
//! The parser's events drive a stack of frames. Text is taken from the source, with our own syntax (found by `shield`)
//! put back where it stood. Source characters that no event accounts for are reported, so that no text is lost in
//! silence.

use super::attributes;
use super::shield::{self, Shielded, TokenKind, list_marker, shield};
use super::tags;
use crate::diag::Code;
use crate::model::body::{
    Alignment, Attributes, Block, Body, Cell, Element, Fence, Heading, Inline, Item, Link, List, Marked, Note, NoteRef,
    PageBreak, Paragraph, Span, Style, Table,
};
use crate::model::issue::Issue;
use crate::model::markup::Markup;
use pulldown_cmark::{CodeBlockKind, CowStr, Event, Options, Parser, Tag, TagEnd};
use std::borrow::Cow;
use std::ops::Range;

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

/// What stands before a line that is read as inlines only, so that no character of it can begin a block.
const BEFORE: &str = "x ";

/// Reads one line, such as a title: `1. Foo` or `# Foo` is text. Line ends count as spaces.
pub fn parse_inline<'s>(source: &'s str, markup: &Markup) -> (Vec<Inline<'s>>, Vec<Issue>) {
    let mut shielded = shield(source, markup);
    shielded.tokens.retain(|token| !matches!(token.kind, TokenKind::FenceOpen(_) | TokenKind::FenceClose));
    let issues = std::mem::take(&mut shielded.issues);
    let copy = format!("{BEFORE}{}", shielded.text.replace(['\n', '\r'], " "));
    shielded.text = copy[BEFORE.len()..].to_owned();
    let mut builder = Builder::new(source, markup, &shielded, issues);
    for (event, range) in Parser::new_ext(&copy, options()).into_offset_iter() {
        let shifted = range.start.saturating_sub(BEFORE.len())..range.end.saturating_sub(BEFORE.len());
        match event {
            Event::Text(text) if range.start < BEFORE.len() => {
                let text = text.get(BEFORE.len() - range.start..).unwrap_or("").to_owned();
                if !text.is_empty() {
                    builder.text(&text, shifted);
                }
            }
            event => builder.event(event, shifted),
        }
    }
    let (body, issues) = builder.finish();
    let mut inlines = Vec::new();
    for block in body.blocks {
        match block {
            Block::Paragraph(paragraph) => inlines.extend(paragraph.inlines),
            Block::Plain(more) => inlines.extend(more),
            Block::PageBreak(page) => inlines.push(Inline::PageBreak(page)),
            _ => {}
        }
    }
    (inlines, issues)
}

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_HEADING_ATTRIBUTES
}

/// What a frame will become when it is closed.
enum Kind<'s> {
    Root,
    Paragraph,
    Heading { level: u8, id: Option<String>, classes: Vec<String> },
    Quote,
    List { ordered: bool },
    Item { marker: &'s str },
    Note { label: String },
    Code { text: String, indented: bool },
    Table(Box<Rows<'s>>),
    Cell,
    Fence(Attributes<'s>),
    Element { tag: &'static str, attributes: Vec<(&'static str, &'s str)> },
    Styled(Style),
    InlineElement(Style),
    Link { target: Cow<'s, str>, image: bool },
    Span,
    Pattern(usize),
    Skip,
}

#[derive(Default)]
struct Rows<'s> {
    alignments: Vec<Alignment>,
    head: Vec<Cell<'s>>,
    rows: Vec<Vec<Cell<'s>>>,
    in_head: bool,
}

struct Frame<'s> {
    kind: Kind<'s>,
    at: Range<usize>,
    blocks: Vec<Block<'s>>,
    items: Vec<Item<'s>>,
    inlines: Vec<Inline<'s>>,
}

impl<'s> Frame<'s> {
    fn new(kind: Kind<'s>, at: Range<usize>) -> Self {
        Frame { kind, at, blocks: Vec::new(), items: Vec::new(), inlines: Vec::new() }
    }

    /// Whether blocks may stand directly in it.
    fn holds_blocks(&self) -> bool {
        matches!(
            self.kind,
            Kind::Root | Kind::Quote | Kind::Item { .. } | Kind::Note { .. } | Kind::Fence(_) | Kind::Element { .. }
        )
    }

    /// Turns loose inlines, as tight list items have them, into a block.
    fn flush(&mut self) {
        if self.holds_blocks() && !self.inlines.is_empty() {
            let inlines = tidy(std::mem::take(&mut self.inlines));
            if !inlines.is_empty() {
                self.blocks.push(Block::Plain(inlines));
            }
        }
    }
}

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
    too_deep: bool,
}

impl<'s, 't> Builder<'s, 't> {
    fn new(source: &'s str, markup: &'t Markup, shielded: &'t Shielded<'s>, issues: Vec<Issue>) -> Self {
        let frames = vec![Frame::new(Kind::Root, 0..0)];
        Builder {
            source,
            markup,
            shielded,
            next_token: 0,
            frames,
            notes: Vec::new(),
            issues,
            accounted: 0,
            too_deep: false,
        }
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Text(text) => self.text(&text, range),
            Event::Code(_) => self.code(range),
            Event::Html(_) => self.html(range),
            Event::InlineHtml(_) => self.inline_html(range),
            Event::FootnoteReference(label) => self.footnote_reference(&label, range),
            Event::SoftBreak => self.line_break(Inline::SoftBreak, range),
            Event::HardBreak => self.line_break(Inline::HardBreak, range),
            Event::Rule => self.rule(range),
            Event::InlineMath(_) | Event::DisplayMath(_) | Event::TaskListMarker(_) => self.literal(range),
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        if self.frames.len() > DEPTH {
            self.report_depth(range);
            return;
        }
        let kind = match tag {
            Tag::Paragraph => Kind::Paragraph,
            Tag::Heading { level, id, classes, .. } => {
                let classes = classes.iter().map(ToString::to_string).collect();
                Kind::Heading { level: level as u8, id: id.map(|id| id.to_string()), classes }
            }
            Tag::BlockQuote(_) => Kind::Quote,
            Tag::CodeBlock(kind) => self.code_block(&kind, &range),
            // A block of HTML is transparent: an element of it may hold paragraphs that follow.
            Tag::HtmlBlock => return self.flush_table_text(),
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
            Tag::Link { dest_url, .. } => Kind::Link { target: owned(dest_url), image: false },
            Tag::Image { dest_url, .. } => Kind::Link { target: owned(dest_url), image: true },
            _ => Kind::Skip,
        };
        self.push(kind, range);
    }

    /// A block begins: loose inlines before it are a block of their own.
    fn push(&mut self, kind: Kind<'s>, at: Range<usize>) {
        let inline = matches!(
            kind,
            Kind::Styled(_) | Kind::InlineElement(_) | Kind::Link { .. } | Kind::Span | Kind::Pattern(_)
        );
        if !inline && let Some(top) = self.frames.last_mut() {
            top.flush();
        }
        self.frames.push(Frame::new(kind, at));
    }

    fn report_depth(&mut self, range: Range<usize>) {
        self.too_deep = true;
        let message = format!("blocks and inlines nest more than {DEPTH} deep here");
        let help = "end some of the quotations, lists or fences before this place";
        self.issues.push(Issue::local(Code::NESTING_TOO_DEEP, range.start..range.start + 1, message).help(help));
    }

    fn code_block(&mut self, kind: &CodeBlockKind<'_>, range: &Range<usize>) -> Kind<'s> {
        let indented = matches!(kind, CodeBlockKind::Indented);
        if indented {
            let line = range.start..range.start + self.source[range.start..].find('\n').unwrap_or(0);
            let message = "an indented line would be set as code; it is printed as typed, without its markup";
            self.issues.push(
                Issue::local(Code::INDENTED_CODE, line, message).help("take away the spaces at the start of the line"),
            );
        } else {
            let line = self.source[range.clone()].find('\n').unwrap_or(0);
            self.account(range.start..range.start + line);
        }
        Kind::Code { text: String::new(), indented }
    }

    fn item(&mut self, range: &Range<usize>) -> Kind<'s> {
        let text = &self.source[range.clone()];
        let indent = text.len() - text.trim_start().len();
        let length = list_marker(&text[indent..]).max(text[indent..].find([' ', '\n']).unwrap_or(text.len() - indent));
        let marker = text[indent..indent + length].trim_end();
        self.account(range.start..range.start + indent + length);
        Kind::Item { marker }
    }

    fn note(&mut self, label: &str, range: &Range<usize>) -> Kind<'s> {
        let text = &self.source[range.clone()];
        let length = text.find("]:").map_or(0, |at| at + 2);
        self.account(range.start..range.start + length);
        Kind::Note { label: label.to_lowercase() }
    }

    fn row(&mut self, head: bool) {
        if let Some(Frame { kind: Kind::Table(rows), .. }) = self.frames.last_mut() {
            rows.in_head = head;
            if !head {
                rows.rows.push(Vec::new());
            }
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        if matches!(tag, TagEnd::TableHead | TagEnd::TableRow | TagEnd::HtmlBlock) {
            return;
        }
        // Spans and inline elements that the parser knows nothing of end with what holds them.
        while let Some(frame) = self.frames.last() {
            match frame.kind {
                Kind::Span | Kind::Pattern(_) => self.abandon_span(),
                Kind::InlineElement(style) => self.abandon_inline_element(style),
                Kind::Fence(_) => self.abandon_fence(),
                Kind::Element { tag, .. } => self.abandon_element(tag),
                _ => break,
            }
        }
        if self.frames.len() > 1
            && let Some(mut frame) = self.frames.pop()
        {
            frame.at = range;
            self.close(frame);
        }
    }

    /// Puts a finished frame where it belongs.
    fn close(&mut self, mut frame: Frame<'s>) {
        frame.flush();
        let at = Span::new(frame.at.clone());
        match frame.kind {
            Kind::Paragraph => self.close_paragraph(frame),
            Kind::Heading { .. } => self.close_heading(frame),
            Kind::Quote => self.block(Block::Quote(frame.blocks)),
            Kind::List { ordered } => self.close_list(List { at, ordered, items: frame.items }),
            Kind::Item { marker } => {
                if let Some(top) = self.frames.last_mut() {
                    top.items.push(Item { marker, at, blocks: frame.blocks });
                }
            }
            Kind::Note { label } => self.notes.push(Note { label, at, blocks: frame.blocks }),
            Kind::Code { text, indented } => self.close_code(text, indented, frame.inlines, frame.at),
            Kind::Table(rows) => {
                let Rows { alignments, head, rows, .. } = *rows;
                self.block(Block::Table(Table { at, alignments, head, rows }));
            }
            Kind::Cell => self.close_cell(tidy(frame.inlines)),
            Kind::Styled(Style::Del) if !self.source[frame.at.clone()].starts_with("~~") => {
                self.inline(Inline::Text("~".into()));
                frame.inlines.into_iter().for_each(|inline| self.inline(inline));
                self.inline(Inline::Text("~".into()));
            }
            Kind::Styled(style) => self.inline(Inline::Styled(style, frame.inlines)),
            Kind::Link { .. } => self.close_link(frame),
            Kind::Skip => self.close_transparent(frame),
            // These are closed by their own syntax, never by the parser.
            Kind::Root
            | Kind::Fence(_)
            | Kind::Element { .. }
            | Kind::InlineElement(_)
            | Kind::Span
            | Kind::Pattern(_) => {}
        }
    }

    fn close_transparent(&mut self, frame: Frame<'s>) {
        frame.blocks.into_iter().for_each(|block| self.block(block));
        frame.inlines.into_iter().for_each(|inline| self.inline(inline));
    }

    fn close_paragraph(&mut self, frame: Frame<'s>) {
        let mut inlines = frame.inlines;
        let pin = take_pin(&mut inlines, self.shielded, &frame.at);
        let mut inlines = tidy(inlines);
        if let [Inline::PageBreak(_)] = inlines.as_slice()
            && let Some(Inline::PageBreak(page)) = inlines.pop()
        {
            return self.block(Block::PageBreak(page));
        }
        if !inlines.is_empty() {
            let at = Span::new(frame.at);
            self.block(Block::Paragraph(Paragraph { at, id: pin.map(Cow::Borrowed), pinned: pin.is_some(), inlines }));
        }
    }

    fn close_heading(&mut self, frame: Frame<'s>) {
        let Kind::Heading { level, id, classes } = frame.kind else { return };
        let at = Span::new(frame.at.clone());
        self.account(frame.at);
        let pinned = id.is_some();
        let editorial = classes.iter().any(|class| class == "editorial");
        let id = id.map_or(Cow::Borrowed(""), Cow::Owned);
        self.block(Block::Heading(Heading { at, level, id, pinned, editorial, inlines: tidy(frame.inlines) }));
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
        let start = first.at.range().start;
        let span = start..start + first.marker.len();
        if list.items.len() == 1 || numbers.first().is_some_and(|number| *number > 1) {
            let (digits, mark) = first.marker.split_at(first.marker.len().saturating_sub(1));
            let message = format!("`{}` begins a list here", first.marker);
            let help = format!(
                "if it is no list, write `{digits}\\{mark}`; a list of one item or one that starts above 1 is rare"
            );
            self.issues.push(Issue::local(Code::LIST_DOUBTFUL, span, message).help(help));
        } else if let Some(at) = numbers.windows(2).position(|pair| pair[1] != pair[0] + 1) {
            let item = &list.items[at + 1];
            let start = item.at.range().start;
            let message = format!("the list goes from {} to {}", list.items[at].marker, item.marker);
            let help = "check the numbers; they are printed as typed";
            self.issues.push(Issue::local(Code::LIST_SKIPS, start..start + item.marker.len(), message).help(help));
        }
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

    fn close_link(&mut self, frame: Frame<'s>) {
        let Kind::Link { target, image } = frame.kind else { return };
        self.account(frame.at.clone());
        let end = frame.at.end;
        let mut attributes = Attributes::default();
        if let Some(token) = self.shielded.tokens.get(self.next_token)
            && token.start == end
            && let TokenKind::LinkAttributes(found) = &token.kind
        {
            attributes = found.clone();
        }
        if !image && contains_note(&frame.inlines) {
            let help = "put the note reference behind the link";
            let message = "a note reference stands inside the words of a link";
            self.issues.push(Issue::local(Code::NOTE_IN_LINK, frame.at.clone(), message).help(help));
        }
        let link = Box::new(Link { at: Span::new(frame.at), target, attributes, inlines: frame.inlines });
        self.inline(if image { Inline::Image(link) } else { Inline::Link(link) });
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

    fn line_break(&mut self, inline: Inline<'s>, range: Range<usize>) {
        self.account(range);
        self.inline(inline);
    }

    fn text(&mut self, text: &str, range: Range<usize>) {
        let verbatim = self.shielded.text.get(range.clone()) == Some(text);
        if let Some(Frame { kind: Kind::Code { text: code, indented }, .. }) = self.frames.last_mut() {
            if *indented {
                let line = range.clone();
                self.pieces(line.start..line.start + self.source[line.clone()].trim_end().len());
                self.account(line);
                self.inline(Inline::SoftBreak);
            } else {
                code.push_str(if verbatim { &self.source[range.clone()] } else { text });
                self.account(range);
            }
            return;
        }
        if verbatim {
            self.pieces(range);
        } else {
            self.account(range);
            self.inline(Inline::Text(Cow::Owned(text.to_string())));
        }
    }

    /// Source text with our own syntax put back.
    fn pieces(&mut self, range: Range<usize>) {
        self.skip_tokens(range.start);
        let mut from = range.start;
        while let Some(token) = self.shielded.tokens.get(self.next_token).filter(|token| token.start < range.end) {
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

    /// Leaves out tokens before a place: they stood in code, comments or tags.
    fn skip_tokens(&mut self, at: usize) {
        while self.shielded.tokens.get(self.next_token).is_some_and(|token| token.start < at) {
            self.next_token += 1;
        }
    }

    fn plain(&mut self, range: Range<usize>) {
        if range.is_empty() {
            return;
        }
        let text = &self.source[range.clone()];
        if let Some(at) = text.find("[^") {
            let message = "`[^` begins no note reference here and is printed as it stands";
            let help = "a note label is letters, digits and hyphens: `[^3]`, `[^o1]`";
            let at = range.start + at;
            self.issues.push(Issue::local(Code::NOTE_MALFORMED, at..at + 2, message).help(help));
        }
        self.inline(Inline::Text(Cow::Borrowed(text)));
    }

    fn token(&mut self, range: Range<usize>, kind: &TokenKind<'s>) {
        match kind {
            TokenKind::Literal => self.plain(range),
            TokenKind::Pin(_) => self.inline(Inline::Raw(Cow::Borrowed(&self.source[range]))),
            TokenKind::SpanOpen => self.frames.push(Frame::new(Kind::Span, range)),
            TokenKind::PatternOpen(number) => {
                self.frames.push(Frame::new(Kind::Pattern(*number), range.clone()));
                self.plain(range);
            }
            TokenKind::SpanClose(attributes) => self.close_span(attributes, range),
            TokenKind::PatternClose => self.close_pattern(range),
            TokenKind::NoteRef(label) => {
                let label = label.to_lowercase();
                self.inline(Inline::NoteRef(NoteRef { at: Span::new(range), label, count: 0 }));
            }
            TokenKind::PageMark(pagination, page) => self.page_mark(*pagination, page, range),
            TokenKind::LinkAttributes(_) => {}
            TokenKind::FenceOpen(_) | TokenKind::FenceClose => {
                let help = "put an empty line before it, so that the HTML above ends";
                let message = "this fence line stands inside a block of HTML";
                self.issues.push(Issue::local(Code::FENCE_STRAY, range, message).help(help));
            }
        }
    }

    fn close_span(&mut self, attributes: &Attributes<'s>, range: Range<usize>) {
        self.abandon_open_patterns();
        if !matches!(self.frames.last(), Some(Frame { kind: Kind::Span, .. })) {
            let help = "emphasis, links and brackets must begin and end in the same span";
            let message = "this bracketed span overlaps emphasis or a link, so it is printed as typed";
            self.issues.push(Issue::local(Code::SPAN_CROSSES, range.clone(), message).help(help));
            return self.plain(range);
        }
        let Some(frame) = self.frames.pop() else { return };
        let at = Span::new(frame.at.start..range.end);
        if attributes.has("pb") {
            let page = self.page_break(at, attributes, frame.inlines);
            return self.inline(Inline::PageBreak(page));
        }
        let marked = Marked { at, attributes: attributes.clone(), pattern: None, inlines: frame.inlines };
        self.inline(Inline::Marked(Box::new(marked)));
    }

    fn page_break(&mut self, at: Span, attributes: &Attributes<'s>, inlines: Vec<Inline<'s>>) -> PageBreak<'s> {
        let label = plain_text(inlines);
        let pagination = attributes.get("ed").map(Cow::Borrowed);
        let pagination = pagination.unwrap_or_else(|| {
            Cow::Owned(self.markup.paginations.first().map_or("page".into(), |first| first.id.clone()))
        });
        if self.markup.pagination(&pagination).is_none() {
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
        let Some(Frame { kind: Kind::Pattern(_), .. }) = self.frames.last() else { return self.plain(range) };
        self.plain(range.clone());
        let Some(Frame { kind: Kind::Pattern(number), at, inlines, .. }) = self.frames.pop() else { return };
        let at = Span::new(at.start..range.end);
        let marked = Marked { at, attributes: Attributes::default(), pattern: Some(number), inlines };
        self.inline(Inline::Marked(Box::new(marked)));
    }

    fn abandon_open_patterns(&mut self) {
        while matches!(self.frames.last(), Some(Frame { kind: Kind::Pattern(_), .. })) {
            self.abandon_span();
        }
    }

    /// A span whose end is missing here: its bracket is text.
    fn abandon_span(&mut self) {
        let Some(frame) = self.frames.pop() else { return };
        if matches!(frame.kind, Kind::Span) {
            self.inline(Inline::Text(Cow::Borrowed(&self.source[frame.at])));
        }
        frame.inlines.into_iter().for_each(|inline| self.inline(inline));
    }

    fn footnote_reference(&mut self, label: &str, range: Range<usize>) {
        self.account(range.clone());
        self.inline(Inline::NoteRef(NoteRef { at: Span::new(range), label: label.to_lowercase(), count: 0 }));
    }

    fn code(&mut self, range: Range<usize>) {
        let text = self.source[range.clone()].trim_matches('`');
        let inner =
            text.strip_prefix(' ').and_then(|text| text.strip_suffix(' ')).filter(|text| !text.trim().is_empty());
        self.account(range);
        self.inline(Inline::Code(Cow::Borrowed(inner.unwrap_or(text))));
    }

    fn literal(&mut self, range: Range<usize>) {
        self.account(range.clone());
        self.plain(range);
    }

    /// A fence line, which the shield made a thematic break; any other rule is text.
    fn rule(&mut self, range: Range<usize>) {
        let token = self.shielded.tokens[self.next_token..].iter().position(|token| token.end > range.start);
        if let Some(ahead) = token {
            self.next_token += ahead;
        }
        let token =
            self.shielded.tokens.get(self.next_token).filter(|token| token.start < range.end.max(range.start + 3));
        self.account(range.start..token.map_or(range.end, |token| token.end));
        match token.map(|token| (token.start..token.end, &token.kind)) {
            Some((at, TokenKind::FenceOpen(attributes))) => {
                self.next_token += 1;
                if self.frames.len() > DEPTH {
                    return self.report_depth(at);
                }
                self.push(Kind::Fence(attributes.clone()), at);
            }
            Some((at, TokenKind::FenceClose)) => {
                self.next_token += 1;
                self.close_fence(at);
            }
            _ => {
                let text = Inline::Text(Cow::Borrowed(self.source[range.clone()].trim()));
                let at = Span::new(range);
                self.block(Block::Paragraph(Paragraph { at, id: None, pinned: false, inlines: vec![text] }));
            }
        }
    }

    fn close_fence(&mut self, at: Range<usize>) {
        while let Some(Frame { kind: Kind::Element { tag, .. }, .. }) = self.frames.last() {
            self.abandon_element(tag);
        }
        let Some(Frame { kind: Kind::Fence(_), .. }) = self.frames.last() else {
            let help = "remove it, or open a fence before it: `::: dateline`";
            let message = "this `:::` closes no fence that is open here";
            self.issues.push(Issue::local(Code::FENCE_STRAY, at, message).help(help));
            return;
        };
        if let Some(mut frame) = self.frames.pop()
            && let Kind::Fence(attributes) = std::mem::replace(&mut frame.kind, Kind::Skip)
        {
            frame.flush_into_blocks();
            self.block(Block::Fence(Fence { at: Span::new(frame.at), attributes, blocks: frame.blocks }));
        }
    }

    fn abandon_fence(&mut self) {
        let Some(frame) = self.frames.last() else { return };
        let help = "end it with a line `:::` in the same list item, quotation or note in which it begins";
        self.issues.push(Issue::local(Code::FENCE_UNCLOSED, frame.at.clone(), "this fence is not closed").help(help));
        let at = frame.at.clone();
        self.close_fence(at);
    }

    /// A chunk of block HTML: tags of tables, comments, text between them.
    fn html(&mut self, range: Range<usize>) {
        let chunk = &self.source[range.clone()];
        if self.markup.html {
            self.account(range);
            return self.block(Block::Raw(Cow::Borrowed(chunk)));
        }
        for (piece, at) in tags::pieces(chunk) {
            let place = range.start + at.start..range.start + at.end;
            match piece {
                tags::Piece::Comment => self.account(place),
                tags::Piece::Text => self.html_text(place),
                tags::Piece::Tag(tag) => self.tag(&tag, place),
                tags::Piece::Broken => self.forbid(place),
            }
        }
        self.account(range);
    }

    /// Text written directly behind a tag, without an empty line between.
    fn html_text(&mut self, place: Range<usize>) {
        let text = &self.source[place.clone()];
        if text.trim().is_empty() {
            return self.inline(Inline::SoftBreak);
        }
        if text.contains('&') {
            self.account(place.clone());
            let decoded = tags::decode(text);
            return self.inline(Inline::Text(decoded));
        }
        self.pieces(place);
    }

    fn inline_html(&mut self, range: Range<usize>) {
        let text = &self.source[range.clone()];
        if text.starts_with("<!--") {
            return self.account(range);
        }
        if self.markup.html {
            self.account(range);
            return self.inline(Inline::Raw(Cow::Borrowed(text)));
        }
        match tags::pieces(text).next() {
            Some((tags::Piece::Tag(tag), _)) => self.tag(&tag, range.clone()),
            _ => self.forbid(range.clone()),
        }
        self.account(range);
    }

    fn tag(&mut self, tag: &tags::Tag<'s>, at: Range<usize>) {
        match (tags::style(tag.name), tags::table_part(tag.name)) {
            _ if tag.name == "br" && tag.attributes.is_empty() => self.inline(Inline::HardBreak),
            (Some(style), _) if tag.attributes.is_empty() => self.style_tag(style, tag.closes, at),
            (_, Some(part)) if tag.closes => self.close_element(part, at),
            (_, Some(part)) => match tags::table_attributes(tag) {
                Ok(attributes) if self.frames.len() <= DEPTH => {
                    self.flush_table_text();
                    self.push(Kind::Element { tag: part, attributes }, at);
                }
                Ok(_) => self.report_depth(at),
                Err(message) => {
                    let help = "the attributes of cells are `colspan`, `rowspan` (numbers) and `scope` (row, col)";
                    self.issues.push(Issue::local(Code::HTML_FORBIDDEN, at, message).help(help));
                }
            },
            _ => self.forbid(at),
        }
    }

    fn flush_table_text(&mut self) {
        if let Some(top) = self.frames.iter_mut().rev().find(|frame| frame.holds_blocks()) {
            top.flush();
        }
    }

    fn style_tag(&mut self, style: Style, closes: bool, at: Range<usize>) {
        if !closes {
            return self.frames.push(Frame::new(Kind::InlineElement(style), at));
        }
        // A bracketed phrase that begins inside the element and ends behind it gets no class.
        self.abandon_open_patterns();
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

    fn abandon_inline_element(&mut self, style: Style) {
        let Some(frame) = self.frames.pop() else { return };
        let message = format!("`<{}>` is not closed", style.tag());
        let help = format!("write `</{}>` before the end of the paragraph, span or cell", style.tag());
        self.issues.push(Issue::local(Code::HTML_UNBALANCED, frame.at, message).help(help));
        frame.inlines.into_iter().for_each(|inline| self.inline(inline));
    }

    fn close_element(&mut self, part: &'static str, at: Range<usize>) {
        match self.frames.last() {
            Some(Frame { kind: Kind::Element { tag, .. }, .. }) if *tag == part => {
                if let Some(mut frame) = self.frames.pop()
                    && let Kind::Element { tag, attributes } = std::mem::replace(&mut frame.kind, Kind::Skip)
                {
                    frame.flush_into_blocks();
                    let at = Span::new(frame.at);
                    self.block(Block::Element(Element { at, tag, attributes, blocks: frame.blocks }));
                }
            }
            _ => {
                let message = format!("`</{part}>` closes no tag that is open here");
                let help = "every part of the table must be closed, the inner ones first";
                self.issues.push(Issue::local(Code::HTML_UNBALANCED, at, message).help(help));
            }
        }
    }

    fn abandon_element(&mut self, tag: &'static str) {
        let Some(frame) = self.frames.last() else { return };
        let message = format!("`<{tag}>` is not closed");
        let help = format!("write `</{tag}>` at its end");
        let at = frame.at.clone();
        self.issues.push(Issue::local(Code::HTML_UNBALANCED, at.clone(), message).help(help));
        self.close_element(tag, at);
    }

    fn forbid(&mut self, at: Range<usize>) {
        let tag = &self.source[at.clone()];
        let message = format!("`{}` is no HTML that a document may hold", tag.lines().next().unwrap_or("").trim());
        let help = "allowed are em, strong, del, sup, sub, br and tables; write `\\<` for the character itself";
        self.issues.push(Issue::local(Code::HTML_FORBIDDEN, at.clone(), message).help(help));
        self.account(at);
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
        let end = text.trim_end().len();
        let message = "this text would be lost: Markdown takes it for markup";
        let help = "in a table, give every row as many cells as the first; elsewhere put `\\` before `[` or `|`";
        self.issues.push(Issue::local(Code::TEXT_LOST, gap.start + at..gap.start + end, message).help(help));
    }

    fn finish(mut self) -> (Body<'s>, Vec<Issue>) {
        if !self.too_deep {
            self.account(self.source.len()..self.source.len());
        }
        while self.frames.len() > 1 {
            match self.frames.last().map(|frame| &frame.kind) {
                Some(Kind::Fence(_)) => self.abandon_fence(),
                Some(Kind::Element { tag, .. }) => {
                    let tag = *tag;
                    self.abandon_element(tag);
                }
                _ => {
                    if let Some(frame) = self.frames.pop() {
                        self.close(frame);
                    }
                }
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

impl Frame<'_> {
    /// Loose inlines become a block also when the frame's kind has been taken out of it.
    fn flush_into_blocks(&mut self) {
        let inlines = tidy(std::mem::take(&mut self.inlines));
        if !inlines.is_empty() {
            self.blocks.push(Block::Plain(inlines));
        }
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

fn owned<'s>(text: CowStr<'_>) -> Cow<'s, str> {
    Cow::Owned(text.into_string())
}

fn contains_note(inlines: &[Inline<'_>]) -> bool {
    inlines.iter().any(|inline| match inline {
        Inline::NoteRef(_) => true,
        Inline::Styled(_, inner) => contains_note(inner),
        Inline::Marked(marked) => contains_note(&marked.inlines),
        _ => false,
    })
}

/// The characters of a page break's label.
fn plain_text<'s>(inlines: Vec<Inline<'s>>) -> Cow<'s, str> {
    let mut parts = inlines.into_iter().map(|inline| match inline {
        Inline::Text(text) | Inline::Code(text) => text,
        Inline::SoftBreak | Inline::HardBreak => Cow::Borrowed(" "),
        Inline::Styled(_, inner) => plain_text(inner),
        Inline::Marked(marked) => plain_text(marked.inlines),
        _ => Cow::Borrowed(""),
    });
    let first = parts.next().unwrap_or_default();
    parts.fold(first, |all, part| if part.is_empty() { all } else { all + part })
}

/// Takes `{#id}` from the end of a paragraph; one that stands elsewhere is text.
fn take_pin<'s>(inlines: &mut Vec<Inline<'s>>, shielded: &Shielded<'s>, at: &Range<usize>) -> Option<&'s str> {
    let pin = match inlines.last() {
        Some(Inline::Raw(Cow::Borrowed(text))) => attributes::read(text).and_then(|(attributes, _)| attributes.id),
        _ => None,
    };
    if pin.is_some() {
        inlines.pop();
    }
    let pins = shielded.tokens.iter().any(|token| matches!(token.kind, TokenKind::Pin(_)) && at.contains(&token.start));
    if pins {
        for inline in inlines.iter_mut() {
            if let Inline::Raw(text) = inline
                && text.starts_with("{#")
            {
                *inline = Inline::Text(text.clone());
            }
        }
    }
    pin
}

/// White space around a page break counts once, and none stands at the edges.
fn tidy(mut inlines: Vec<Inline<'_>>) -> Vec<Inline<'_>> {
    while matches!(inlines.first(), Some(Inline::SoftBreak | Inline::HardBreak)) {
        inlines.remove(0);
    }
    while matches!(inlines.last(), Some(Inline::SoftBreak | Inline::HardBreak)) {
        inlines.pop();
    }
    if let Some(Inline::Text(text)) = inlines.last_mut() {
        trim_end(text);
        if text.is_empty() {
            inlines.pop();
        }
    }
    join_page_breaks(&mut inlines);
    inlines
}

fn join_page_breaks(inlines: &mut Vec<Inline<'_>>) {
    if !inlines.iter().any(|inline| matches!(inline, Inline::PageBreak(_))) {
        return;
    }
    let mut spaced = true;
    let mut after_break = false;
    for inline in inlines.iter_mut() {
        match inline {
            Inline::PageBreak(_) => after_break = true,
            Inline::Text(text) => {
                if after_break && spaced {
                    trim_start(text);
                }
                if !text.is_empty() {
                    spaced = text.ends_with([' ', '\t']);
                    after_break = false;
                }
            }
            Inline::SoftBreak if after_break && spaced => *inline = Inline::Text(Cow::Borrowed("")),
            Inline::SoftBreak | Inline::HardBreak => spaced = true,
            _ => {
                spaced = false;
                after_break = false;
            }
        }
    }
    inlines.retain(|inline| !matches!(inline, Inline::Text(text) if text.is_empty()));
}

fn trim_start(text: &mut Cow<'_, str>) {
    match text {
        Cow::Borrowed(text) => *text = text.trim_start_matches([' ', '\t']),
        Cow::Owned(text) => *text = text.trim_start_matches([' ', '\t']).to_owned(),
    }
}

fn trim_end(text: &mut Cow<'_, str>) {
    match text {
        Cow::Borrowed(text) => *text = text.trim_end_matches([' ', '\t']),
        Cow::Owned(text) => *text = text.trim_end_matches([' ', '\t']).to_owned(),
    }
}

/// The schemes of links, for other stages.
pub use shield::SCHEMES;
