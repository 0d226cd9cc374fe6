//! What comes before the Markdown parser: our own syntax is found in the source and put out of the parser's sight.
//!
//! The parser gets a copy of equal length in which spans, note references, page marks, comments and fences are
//! overwritten, so that every offset holds. Bracketed syntax becomes commas, which Markdown treats as the punctuation
//! that brackets are; a fence line becomes a thematic break, which ends paragraphs and lists and keeps notes in one
//! parse. What Markdown would swallow in silence (link definitions, thematic breaks, underlined headings) is
//! overwritten too and printed as typed. Text is always taken from the source, never from the copy.

mod brackets;
mod lines;
mod links;

pub use lines::list_marker;
pub use links::{SCHEMES, has_known_scheme};

use crate::model::body::Attributes;
use crate::model::issue::Issue;
use crate::model::markup::Markup;
use lines::CodeFence;
use std::ops::Range;

/// The copy for the parser and what was taken out of it.
#[derive(Debug)]
pub struct Shielded<'s> {
    /// The copy, as long as the source.
    pub text: String,
    /// What was overwritten, in order of place.
    pub tokens: Vec<Token<'s>>,
    /// Findings on the way.
    pub issues: Vec<Issue>,
}

/// Something that was overwritten.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token<'s> {
    /// First byte.
    pub start: usize,
    /// One beyond the last byte.
    pub end: usize,
    /// What it is.
    pub kind: TokenKind<'s>,
}

/// Kinds of syntax that the Markdown parser must not see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TokenKind<'s> {
    /// Printed as typed.
    Literal,
    /// `<!-- … -->`: never printed.
    Comment,
    /// `[` of a span.
    SpanOpen,
    /// `]{…}` of a span.
    SpanClose(Attributes<'s>),
    /// `[` of a bracketed phrase with the class of this pattern.
    PatternOpen(usize),
    /// `]` of a bracketed phrase.
    PatternClose,
    /// `[^label]`.
    NoteRef(&'s str),
    /// `[Typeset Page 1609]`: number of the pagination, page.
    PageMark(usize, &'s str),
    /// `{…}` behind a link.
    LinkAttributes(Attributes<'s>),
    /// `{…}` at the end of a heading.
    HeadingAttributes(Attributes<'s>),
    /// `{#id}` at the end of a line; it pins the paragraph that ends there.
    Pin(&'s str),
    /// A line that opens a fence.
    FenceOpen(Attributes<'s>),
    /// A line that closes one.
    FenceClose,
}

/// Finds our syntax in a text of blocks.
pub fn shield<'s>(source: &'s str, markup: &Markup) -> Shielded<'s> {
    let mut scanner = Scanner::new(source, markup);
    let mut start = 0;
    while start < source.len() {
        let end = source[start..].find('\n').map_or(source.len(), |at| start + at);
        scanner.line(start, end);
        start = end + 1;
    }
    scanner.finish()
}

/// Finds our syntax in a text that is one line, such as a title: nothing in it begins a block.
pub fn shield_inline<'s>(source: &'s str, markup: &Markup) -> Shielded<'s> {
    let mut scanner = Scanner::new(source, markup);
    // No link definition can stand here, so no bracket leads its line.
    scanner.lead = source.len();
    scanner.inline(0, source.len());
    scanner.finish()
}

/// A `[` that is open.
struct Bracket {
    at: usize,
    /// Whether it is the first character of its line.
    leads: bool,
    /// Whether that line continues a paragraph.
    continues: bool,
    /// Whether a link has closed inside it.
    holds_link: bool,
}

struct Scanner<'s, 'm> {
    source: &'s str,
    markup: &'m Markup,
    /// Phrases of the patterns in lower case.
    phrases: Vec<String>,
    copy: Vec<u8>,
    tokens: Vec<Token<'s>>,
    issues: Vec<Issue>,
    brackets: Vec<Bracket>,
    /// The code fence that is open.
    code: Option<CodeFence>,
    /// Bytes before this one are done: code spans and comments reach over lines.
    resume: usize,
    /// Where the text of the line begins, behind list markers and quotation marks.
    lead: usize,
    /// Runs of backticks in the paragraph at hand.
    backticks: brackets::Backticks,
    /// Whether no comment ends any more.
    comments_ended: bool,
    /// Whether the last line without indentation began a list item or a note, which an indented line may continue.
    list_reaches: bool,
    /// Whether the line before belongs to a paragraph.
    after_text: bool,
    /// Whether the line at hand is a heading, which may end with braces.
    heading: bool,
    /// Whether the line at hand continues the paragraph of the line before.
    continues: bool,
}

impl<'s, 'm> Scanner<'s, 'm> {
    fn new(source: &'s str, markup: &'m Markup) -> Self {
        Scanner {
            source,
            markup,
            phrases: markup.patterns.iter().map(|pattern| pattern.phrase.to_lowercase()).collect(),
            copy: source.as_bytes().to_vec(),
            tokens: Vec::new(),
            issues: Vec::new(),
            brackets: Vec::new(),
            code: None,
            resume: 0,
            lead: 0,
            backticks: brackets::Backticks::default(),
            comments_ended: false,
            list_reaches: false,
            after_text: false,
            heading: false,
            continues: false,
        }
    }

    fn finish(mut self) -> Shielded<'s> {
        self.tokens.sort_by_key(|token| token.start);
        // Only ASCII was written over whole characters, so the copy is still UTF-8.
        let text = String::from_utf8(self.copy).unwrap_or_else(|_| self.source.to_owned());
        Shielded { text, tokens: self.tokens, issues: self.issues }
    }

    fn take(&mut self, span: Range<usize>, kind: TokenKind<'s>) {
        self.copy[span.clone()].fill(b',');
        self.tokens.push(Token { start: span.start, end: span.end, kind });
    }

    /// Hides characters that are printed as typed; spaces stay, since lines are wrapped at them.
    fn literal(&mut self, span: Range<usize>) {
        for at in span.clone() {
            if !self.copy[at].is_ascii_whitespace() {
                self.copy[at] = b',';
            }
        }
        self.tokens.push(Token { start: span.start, end: span.end, kind: TokenKind::Literal });
    }
}
