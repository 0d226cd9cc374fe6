//! What comes before the Markdown parser: our own syntax is found in the source and put out of the parser's sight.
//!
//! The parser gets a copy of equal length in which spans, note references, page marks and fences are overwritten, so
//! that every offset holds. Bracketed syntax becomes commas, which Markdown treats as the punctuation that brackets
//! are; a fence line becomes a thematic break, which ends paragraphs and lists and keeps notes in one parse. What
//! Markdown would swallow in silence (link definitions, thematic breaks, underlined headings) is overwritten too and
//! printed as typed. Text is always taken from the source, never from the copy.

use super::attributes;
use crate::diag::Code;
use crate::model::body::Attributes;
use crate::model::issue::Issue;
use crate::model::markup::Markup;

/// How many bytes are looked ahead for the end of a tag, a link or a bracketed phrase: keeps the cost linear.
const FAR: usize = 2_000;

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
    /// `{#id}` at the end of a paragraph.
    Pin(&'s str),
    /// A line that opens a fence.
    FenceOpen(Attributes<'s>),
    /// A line that closes one.
    FenceClose,
}

/// Finds our syntax in a text.
pub fn shield<'s>(source: &'s str, markup: &Markup) -> Shielded<'s> {
    let mut scanner = Scanner {
        source,
        markup,
        copy: source.as_bytes().to_vec(),
        tokens: Vec::new(),
        issues: Vec::new(),
        brackets: Vec::new(),
        code: None,
        resume: 0,
        paragraph_end: 0,
        list_reaches: false,
        after_text: false,
    };
    let mut start = 0;
    while start < source.len() {
        let end = source[start..].find('\n').map_or(source.len(), |at| start + at);
        scanner.line(start, end);
        start = end + 1;
    }
    scanner.tokens.sort_by_key(|token| token.start);
    // Only ASCII was written over whole characters, so the copy is still UTF-8.
    let text = String::from_utf8(scanner.copy).unwrap_or_else(|_| source.to_owned());
    Shielded { text, tokens: scanner.tokens, issues: scanner.issues }
}

/// Where a `[` stands, and whether a link has closed inside it.
struct Bracket {
    at: usize,
    holds_link: bool,
}

struct Scanner<'s, 'm> {
    source: &'s str,
    markup: &'m Markup,
    copy: Vec<u8>,
    tokens: Vec<Token<'s>>,
    issues: Vec<Issue>,
    brackets: Vec<Bracket>,
    /// The character and length of the code fence that is open.
    code: Option<(u8, usize)>,
    /// Bytes before this one are done: code spans and comments reach over lines.
    resume: usize,
    /// End of the paragraph in which a code span was last looked for.
    paragraph_end: usize,
    /// Whether the last line without indentation began a list item or a note, which an indented line may continue.
    list_reaches: bool,
    /// Whether the line before belongs to a paragraph.
    after_text: bool,
}

impl<'s> Scanner<'s, '_> {
    fn line(&mut self, start: usize, end: usize) {
        if end < self.resume {
            return;
        }
        let begin = start.max(self.resume);
        let line = self.source[begin..end].trim_end_matches('\r');
        let inner = line.trim_start_matches([' ', '\t', '>']);
        let at = begin + line.len() - inner.len();
        if self.in_code(inner) {
            return;
        }
        if inner.trim().is_empty() {
            self.brackets.clear();
            self.after_text = false;
            return;
        }
        let whole = begin == start;
        if !line.starts_with([' ', '\t']) {
            self.list_reaches = list_marker(inner) > 0 || inner.starts_with("[^");
        }
        if whole && (self.fence(inner, at, start, end) || self.rule(inner, at)) {
            return;
        }
        if whole {
            self.link_definition(inner, at);
        }
        self.after_text = true;
        let stop = at + inner.trim_end().len();
        self.inline(at, stop);
        if !inner.starts_with('#') {
            self.pin(at, stop);
        }
    }

    /// Keeps count of code fences; text in them is nobody's syntax.
    fn in_code(&mut self, inner: &str) -> bool {
        let Some(mark) = inner.bytes().next().filter(|byte| matches!(byte, b'`' | b'~')) else {
            return self.code.is_some();
        };
        let length = inner.bytes().take_while(|byte| *byte == mark).count();
        match self.code {
            None if length >= 3 && !(mark == b'`' && inner[length..].contains('`')) => {
                self.code = Some((mark, length));
                self.after_text = false;
                true
            }
            None => false,
            Some((open, least)) => {
                if mark == open && length >= least && inner[length..].trim().is_empty() {
                    self.code = None;
                }
                true
            }
        }
    }

    /// A line that opens or closes a fenced div.
    fn fence(&mut self, inner: &'s str, at: usize, start: usize, end: usize) -> bool {
        let colons = inner.bytes().take_while(|byte| *byte == b':').count();
        if colons < 3 {
            return false;
        }
        let rest = inner[colons..].trim().trim_end_matches(':').trim_end();
        let kind = if rest.is_empty() {
            TokenKind::FenceClose
        } else if let Some(attributes) = fence_name(rest) {
            TokenKind::FenceOpen(attributes)
        } else {
            let help = "write one word, such as `::: dateline`, or attributes in braces: `::: {.attachment #a1}`";
            let message = format!("this fence line cannot be read: `{rest}`");
            self.issues.push(Issue::local(Code::FENCE_MALFORMED, at..at + inner.trim_end().len(), message).help(help));
            TokenKind::FenceOpen(Attributes::default())
        };
        let stop = at + inner.trim_end().len();
        self.copy[at..stop].fill(b' ');
        self.copy[at..at + 3].fill(b'*');
        // A fence that stands four or more columns in would be code to the parser.
        let prefix = &self.source[start..at];
        if !prefix.contains('>') && prefix.len() > 3 && !self.list_reaches {
            self.copy[start..at].fill(b' ');
            self.copy[at..at + 3].fill(b' ');
            self.copy[start..start + 3].fill(b'*');
            self.tokens.push(Token { start, end, kind });
        } else {
            self.tokens.push(Token { start: at, end: stop, kind });
        }
        self.brackets.clear();
        self.after_text = false;
        true
    }

    /// A thematic break or the underline of a heading, which are text in a document.
    fn rule(&mut self, inner: &str, at: usize) -> bool {
        let typed = inner.trim_end();
        let mut marks = typed.bytes().filter(|byte| !matches!(byte, b' ' | b'\t'));
        let Some(mark) = marks.next().filter(|mark| matches!(mark, b'*' | b'-' | b'_' | b'=')) else { return false };
        let same = marks.by_ref().all(|byte| byte == mark);
        let count = typed.bytes().filter(|byte| *byte == mark).count();
        let unbroken = count == typed.len();
        let underline = self.after_text && unbroken && matches!(mark, b'-' | b'=');
        let rule = same && count >= 3 && mark != b'=';
        if !same || !(underline || rule) || (mark == b'-' && count < typed.len() && count < 3) {
            return false;
        }
        let span = at..at + typed.len();
        let issue = if underline {
            Issue::local(
                Code::SETEXT_HEADING,
                span.clone(),
                "this line would make the line above a heading; it is printed as typed",
            )
            .help("leave an empty line above it, or write the heading as `## words`")
        } else {
            Issue::local(Code::THEMATIC_BREAK, span.clone(), format!("`{typed}` would be a thematic break; it is printed as typed"))
                .help("for an omission write `[* * *]{.gap reason=omitted}`; to print it without this warning put `\\` before it")
        };
        self.issues.push(issue);
        self.literal(span);
        self.after_text = true;
        true
    }

    /// `[LBJ]: Yes.` would vanish: the colon is hidden.
    fn link_definition(&mut self, inner: &str, at: usize) {
        let skipped = list_marker(inner);
        let text = &inner[skipped..];
        if !text.starts_with('[') || text.starts_with("[^") || self.after_text {
            return;
        }
        let Some(close) = text.find(']').filter(|close| text[*close..].starts_with("]:")) else { return };
        let span = at + skipped..at + skipped + close + 2;
        let message = format!("`{}` would vanish as a link definition; it is printed as typed", &text[..close + 2]);
        let help = format!("write `\\{}` to say that it is text", &text[..close + 2]);
        self.issues.push(Issue::local(Code::LINK_DEFINITION, span.clone(), message).help(help));
        self.literal(span.end - 1..span.end);
    }

    /// Brackets, note references, code spans and comments of one line.
    fn inline(&mut self, from: usize, to: usize) {
        let bytes = self.source.as_bytes();
        let mut at = from;
        while at < to {
            at = match bytes[at] {
                b'\\' => at + 2,
                b'`' => self.code_span(at),
                b'<' => self.angle(at, to),
                b'[' => self.open(at, at == from),
                b']' => self.close(at, to),
                _ => at + 1,
            };
        }
    }

    fn code_span(&mut self, at: usize) -> usize {
        if at >= self.paragraph_end {
            self.paragraph_end = self.source[at..].find("\n\n").map_or(self.source.len(), |end| at + end);
        }
        let paragraph = &self.source[at..self.paragraph_end];
        let length = paragraph.bytes().take_while(|byte| *byte == b'`').count();
        let mut from = length;
        while let Some(found) = paragraph[from..].find('`') {
            let run = paragraph[from + found..].bytes().take_while(|byte| *byte == b'`').count();
            if run == length {
                return self.skip(at + from + found + run);
            }
            from += found + run;
        }
        at + length
    }

    /// Comments and tags hold no syntax of ours.
    fn angle(&mut self, at: usize, to: usize) -> usize {
        let text = &self.source[at..];
        if text.starts_with("<!--") {
            let end = text.find("-->").map_or(self.source.len(), |end| at + end + 3);
            return self.skip(end);
        }
        let tag = text[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
        let end = self.source.as_bytes()[at..to].iter().take(FAR).position(|byte| *byte == b'>').filter(|_| tag);
        end.map_or(at + 1, |end| at + end + 1)
    }

    fn skip(&mut self, to: usize) -> usize {
        self.resume = self.resume.max(to);
        to
    }

    fn open(&mut self, at: usize, first: bool) -> usize {
        let text = &self.source[at..];
        if let Some(label) = note_label(text) {
            let end = at + label.len() + 3;
            let defines = first && self.source[end..].starts_with(':');
            if !defines {
                self.take(at..end, TokenKind::NoteRef(label));
            }
            return end;
        }
        if let Some((pagination, page, length)) = page_mark(text, self.markup) {
            self.take(at..at + length, TokenKind::PageMark(pagination, page));
            return at + length;
        }
        self.brackets.push(Bracket { at, holds_link: false });
        at + 1
    }

    fn close(&mut self, at: usize, to: usize) -> usize {
        let Some(bracket) = self.brackets.pop() else { return at + 1 };
        let line = &self.source[at + 1..to];
        if line.starts_with('{') {
            return self.close_span(&bracket, at, line);
        }
        if line.starts_with('(') {
            return self.close_link(&bracket, at, line);
        }
        let pattern = self.pattern(&self.source[bracket.at..at]);
        if let Some(pattern) = pattern {
            self.take(bracket.at..bracket.at + 1, TokenKind::PatternOpen(pattern));
            self.take(at..at + 1, TokenKind::PatternClose);
        }
        at + 1
    }

    /// The pattern whose phrase stands in a bracketed text.
    fn pattern(&self, bracketed: &str) -> Option<usize> {
        if self.markup.patterns.is_empty() || bracketed.len() > FAR {
            return None;
        }
        let text = bracketed.to_lowercase();
        self.markup.patterns.iter().position(|pattern| text.contains(&pattern.phrase.to_lowercase()))
    }

    fn close_span(&mut self, bracket: &Bracket, at: usize, line: &'s str) -> usize {
        let Some((attributes, length)) = attributes::read(line) else {
            if line.starts_with("{.") || line.starts_with("{#") {
                let end = line.find('}').map_or(line.len(), |end| end + 1);
                let message = format!("these attributes cannot be read: `{}`", &line[..end]);
                let help = "write `{.class}`, `{#id}` or `{key=value}`, with spaces between them";
                self.issues.push(Issue::local(Code::ATTRIBUTES_MALFORMED, at + 1..at + 1 + end, message).help(help));
            }
            return at + 1;
        };
        let end = at + 1 + length;
        self.take(bracket.at..bracket.at + 1, TokenKind::SpanOpen);
        self.take(at..end, TokenKind::SpanClose(attributes));
        end
    }

    fn close_link(&mut self, bracket: &Bracket, at: usize, line: &'s str) -> usize {
        let Some((target, length)) = link_target(line) else { return self.no_link(at) };
        let scheme = target.split_once(':').map(|(scheme, _)| scheme);
        let kind = link_kind(target, scheme, self.markup);
        if kind == LinkKind::UnknownScheme {
            let message = format!("`{target}` has an unknown scheme; it is printed as text");
            let help = "declare it under `schemes:` in site.yaml, or write `\\(` if it is text";
            self.issues.push(Issue::local(Code::SCHEME_UNDECLARED, at + 2..at + 2 + target.len(), message).help(help));
        }
        if kind != LinkKind::Link {
            return self.no_link(at);
        }
        let end = at + 1 + length;
        if bracket.holds_link {
            let message = "a link stands inside the words of another link";
            let help = "links cannot nest: end the outer link before the inner one begins";
            self.issues.push(Issue::local(Code::LINK_NESTED, bracket.at..end, message).help(help));
        }
        self.brackets.iter_mut().for_each(|outer| outer.holds_link = true);
        if let Some((attributes, more)) = attributes::read(&line[length..]) {
            self.take(end..end + more, TokenKind::LinkAttributes(attributes));
            return end + more;
        }
        end
    }

    fn no_link(&mut self, at: usize) -> usize {
        self.literal(at + 1..at + 2);
        at + 2
    }

    /// `{#id}` at the end of a line; it pins a paragraph if the paragraph ends there.
    fn pin(&mut self, from: usize, to: usize) {
        let line = &self.source[from..to];
        let Some(open) = line.rfind("{#").filter(|open| line[..*open].ends_with([' ', '\t'])) else { return };
        let taken = self.tokens.last().is_some_and(|token| token.end > from + open);
        if let Some((Attributes { id: Some(id), classes, pairs }, length)) = attributes::read(&line[open..])
            && open + length == line.len()
            && classes.is_empty()
            && pairs.is_empty()
            && !taken
        {
            self.take(from + open..to, TokenKind::Pin(id));
        }
    }

    fn take(&mut self, span: std::ops::Range<usize>, kind: TokenKind<'s>) {
        self.copy[span.clone()].fill(b',');
        self.tokens.push(Token { start: span.start, end: span.end, kind });
    }

    /// Hides characters that are printed as typed; spaces stay, since lines are wrapped at them.
    fn literal(&mut self, span: std::ops::Range<usize>) {
        for at in span.clone() {
            if !self.copy[at].is_ascii_whitespace() {
                self.copy[at] = b',';
            }
        }
        self.tokens.push(Token { start: span.start, end: span.end, kind: TokenKind::Literal });
    }
}

/// One word, or attributes in braces.
fn fence_name(rest: &str) -> Option<Attributes<'_>> {
    if rest.starts_with('{') {
        return attributes::read(rest).filter(|(_, length)| *length == rest.len()).map(|(attributes, _)| attributes);
    }
    let word = rest.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
    (word && rest.starts_with(char::is_alphabetic)).then(|| Attributes { classes: vec![rest], ..Attributes::default() })
}

/// Length of a list marker with the spaces behind it, 0 where there is none.
pub fn list_marker(line: &str) -> usize {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let length = match line.as_bytes().get(digits) {
        Some(b'.' | b')') if (1..=9).contains(&digits) => digits + 1,
        Some(b'-' | b'*' | b'+') if digits == 0 => 1,
        _ => return 0,
    };
    let spaces = line[length..].len() - line[length..].trim_start_matches([' ', '\t']).len();
    if spaces == 0 { 0 } else { length + spaces }
}

/// The label at the start of a text that begins with `[^label]`.
pub fn note_label(text: &str) -> Option<&str> {
    let rest = text.strip_prefix("[^")?;
    let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).unwrap_or(rest.len());
    (end > 0 && rest[end..].starts_with(']')).then(|| &rest[..end])
}

/// A literal page mark at the start of a text: pagination, page and length. One with braces behind it is a span.
fn page_mark<'s>(text: &'s str, markup: &Markup) -> Option<(usize, &'s str, usize)> {
    let end = text.bytes().take(120).position(|byte| byte == b']')?;
    let inner = &text[1..end];
    if text[end + 1..].starts_with('{') {
        return None;
    }
    markup.paginations.iter().enumerate().find_map(|(number, pagination)| {
        let (before, after) = pagination.marker.as_ref()?.split_once("{n}")?;
        let page = inner.strip_prefix(before)?.strip_suffix(after)?;
        let plain = !page.is_empty() && page.len() <= 20 && !page.contains(['[', '\n', ' ']);
        plain.then_some((number, page, end + 1))
    })
}

#[derive(PartialEq, Eq)]
enum LinkKind {
    Link,
    UnknownScheme,
    Text,
}

/// The target of `(target)` or `(target "title")`, with the length read.
fn link_target(text: &str) -> Option<(&str, usize)> {
    let mut depth = 0_usize;
    let mut end = None;
    for (at, byte) in text.bytes().take(FAR).enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' if depth == 1 => {
                end = Some(at);
                break;
            }
            b')' => depth -= 1,
            _ => {}
        }
    }
    let end = end?;
    let inner = text[1..end].trim();
    let target = inner.split([' ', '\t']).next().unwrap_or("");
    let titled = inner.len() == target.len() || inner[target.len()..].trim_start().starts_with('"');
    titled.then_some((target.trim_start_matches('<').trim_end_matches('>'), end + 1))
}

/// Schemes that mean something in an edition.
pub const SCHEMES: &[&str] =
    &["doc", "page", "person", "term", "place", "org", "work", "event", "bib", "http", "https", "mailto"];

fn link_kind(target: &str, scheme: Option<&str>, markup: &Markup) -> LinkKind {
    let Some(scheme) = scheme else {
        return if is_file(target) { LinkKind::Link } else { LinkKind::Text };
    };
    let word = scheme.len() > 1 && scheme.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    if SCHEMES.contains(&scheme) || markup.schemes.contains(scheme) {
        LinkKind::Link
    } else if word && target.len() > scheme.len() + 1 {
        LinkKind::UnknownScheme
    } else {
        LinkKind::Text
    }
}

/// Whether a target reads as a relative file: `notes.html`, `../maps/map.png#a`, `#p3`.
fn is_file(target: &str) -> bool {
    if let Some(anchor) = target.strip_prefix('#') {
        return !anchor.is_empty();
    }
    let path = target.split(['#', '?']).next().unwrap_or("");
    let Some((stem, extension)) = path.rsplit_once('.') else { return path.ends_with('/') && path.len() > 1 };
    !stem.is_empty()
        && !path.starts_with('/')
        && (1..=5).contains(&extension.len())
        && extension.starts_with(|c: char| c.is_ascii_alphabetic())
        && extension.bytes().all(|byte| byte.is_ascii_alphanumeric())
}
