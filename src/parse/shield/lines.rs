//! Lines: code fences, fenced divs, headings, and the lines that Markdown would swallow.

use super::super::attributes;
use super::{Scanner, Token, TokenKind};
use crate::diag::Code;
use crate::model::body::Attributes;
use crate::model::issue::Issue;

/// A code fence that is open.
pub(super) struct CodeFence {
    mark: u8,
    length: usize,
    /// Quotation marks before it: a line with fewer ends the quotation, and the code with it.
    quotes: usize,
    /// Least column of a line that still belongs to the list item in which it stands.
    column: usize,
}

/// A line without what contains it.
struct Line<'s> {
    start: usize,
    end: usize,
    /// The text behind indentation and quotation marks.
    inner: &'s str,
    /// Where that begins.
    at: usize,
    /// Where text begins that is no list marker.
    lead: usize,
}

impl<'s> Line<'s> {
    /// Where the text ends, without white space.
    fn stop(&self) -> usize {
        self.at + self.inner.trim_end().len()
    }
}

impl<'s> Scanner<'s, '_> {
    pub(super) fn line(&mut self, start: usize, end: usize) {
        if end < self.resume {
            return;
        }
        let stop = start + self.source[start..end].trim_end().len();
        if start < self.resume {
            self.after_text = true;
            return self.inline(self.resume, stop);
        }
        let text = &self.source[start..stop];
        let inner = text.trim_start_matches([' ', '\t', '>']);
        let at = stop - inner.len();
        let lead = at + containers(inner);
        let line = Line { start, end, inner, at, lead };
        if self.in_code(&line) {
            return;
        }
        if inner.is_empty() {
            self.brackets.clear();
            self.after_text = false;
            return;
        }
        let in_item = self.list_reaches && at == start;
        if !text.starts_with([' ', '\t']) {
            self.list_reaches = list_marker(inner) > 0 || inner.starts_with("[^") || is_bare_marker(inner);
        }
        self.lead = lead;
        if self.fence(&line) || self.rule(&line, in_item) || self.lone_comment(&line) {
            return;
        }
        self.words(&line);
    }

    /// A line of text.
    fn words(&mut self, line: &Line<'s>) {
        let heading = is_heading(&self.source[line.lead..line.stop()]);
        if heading || line.lead > line.at || line.inner.starts_with('|') {
            self.brackets.clear();
        }
        let quoted = self.source[line.start..line.at].contains('>');
        self.continues = self.after_text && line.lead == line.at && !quoted;
        self.after_text = !heading;
        self.heading = heading;
        self.inline(line.at, line.stop());
        if heading {
            self.heading_attributes(line);
        } else {
            self.pin(line);
        }
    }

    /// Keeps count of code fences; text in them is nobody's syntax.
    fn in_code(&mut self, line: &Line<'s>) -> bool {
        let prefix = &self.source[line.start..line.at];
        let quotes = prefix.bytes().filter(|byte| *byte == b'>').count();
        if let Some(open) = &self.code {
            let left = quotes < open.quotes || (!line.inner.is_empty() && columns(prefix) < open.column);
            if !left {
                let length = run(line.inner.as_bytes(), open.mark);
                if length >= open.length && line.inner[length..].trim().is_empty() {
                    self.code = None;
                }
                return true;
            }
            self.code = None;
        }
        let text = &self.source[line.lead..line.stop()];
        let Some(mark) = text.bytes().next().filter(|byte| matches!(byte, b'`' | b'~')) else { return false };
        let length = run(text.as_bytes(), mark);
        if length < 3 || (mark == b'`' && text[length..].contains('`')) {
            return false;
        }
        if line.at == line.lead && columns(prefix) > 3 && quotes == 0 && !self.list_reaches {
            return false;
        }
        // In a list item, a line that stands further left than the item's text ends it.
        let item = line.lead > line.at || (self.list_reaches && columns(prefix) > 0);
        let column = if item { (columns(prefix) + line.lead - line.at).saturating_sub(3).max(1) } else { 0 };
        self.code = Some(CodeFence { mark, length, quotes, column });
        self.after_text = false;
        true
    }

    /// A line that opens or closes a fenced div.
    fn fence(&mut self, line: &Line<'s>) -> bool {
        let (at, stop) = (line.lead, line.stop());
        let inner = &self.source[at..stop];
        let colons = run(inner.as_bytes(), b':');
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
            self.issues.push(Issue::local(Code::FENCE_MALFORMED, at..stop, message).help(help));
            TokenKind::FenceOpen(Attributes::default())
        };
        self.copy[at..stop].fill(b' ');
        // A fence that stands four or more columns in would be code to the parser.
        let prefix = &self.source[line.start..line.at];
        let in_item = line.lead > line.at || self.list_reaches;
        if !prefix.contains('>') && columns(prefix) > 3 && !in_item {
            self.copy[line.start..stop].fill(b' ');
            self.copy[line.start..line.start + 3].fill(b'_');
            self.tokens.push(Token { start: line.start, end: line.end, kind });
        } else {
            // Underscores: no list marker and no underline of a heading is made of them.
            self.copy[at..at + 3].fill(b'_');
            self.tokens.push(Token { start: at, end: stop, kind });
        }
        self.brackets.clear();
        self.after_text = false;
        true
    }

    /// A thematic break or the underline of a heading, which are text in a document.
    /// Below a list item, an unindented hyphen is the next item.
    fn rule(&mut self, line: &Line<'s>, in_item: bool) -> bool {
        let typed = line.inner;
        let mut marks = typed.bytes().filter(|byte| !matches!(byte, b' ' | b'\t'));
        let Some(mark) = marks.next().filter(|mark| matches!(mark, b'*' | b'-' | b'_' | b'=')) else { return false };
        if !marks.all(|byte| byte == mark) {
            return false;
        }
        let count = typed.bytes().filter(|byte| *byte == mark).count();
        let underline = self.after_text && count == typed.len() && matches!(mark, b'-' | b'=') && !in_item;
        if !underline && (count < 3 || mark == b'=') {
            return false;
        }
        let span = line.at..line.stop();
        let issue = if underline {
            let message = "this line would make the line above a heading; it is printed as typed";
            Issue::local(Code::SETEXT_HEADING, span.clone(), message)
                .help("leave an empty line above it, or write the heading as `## words`")
        } else {
            let message = format!("`{typed}` would be a thematic break; it is printed as typed");
            Issue::local(Code::THEMATIC_BREAK, span.clone(), message).help(
                "for an omission write `[* * *]{.gap reason=omitted}`; to print it without this warning put `\\` before it",
            )
        };
        self.issues.push(issue);
        self.literal(span);
        self.after_text = true;
        true
    }

    /// A comment that has its lines to itself and interrupts no paragraph leaves empty lines.
    fn lone_comment(&mut self, line: &Line<'s>) -> bool {
        if self.after_text || !self.source[line.at..].starts_with("<!--") {
            return false;
        }
        let Some(end) = self.comment_end(line.at) else { return false };
        let line_end = self.source[end..].find('\n').map_or(self.source.len(), |length| end + length);
        if !self.source[end..line_end].trim().is_empty() {
            return false;
        }
        self.copy[line.at..end].fill(b' ');
        self.tokens.push(Token { start: line.at, end, kind: TokenKind::Comment });
        self.resume = line_end + 1;
        true
    }

    /// `{.class #id}` at the end of a heading. The parser's own would swallow any words in braces.
    fn heading_attributes(&mut self, line: &Line<'s>) {
        let stop = line.stop();
        let text = &self.source[line.lead..stop];
        let Some(open) = text.rfind('{').map(|open| line.lead + open).filter(|_| text.ends_with('}')) else { return };
        if self.tokens.last().is_some_and(|token| token.end > open) || text[..open - line.lead].ends_with('\\') {
            return;
        }
        match attributes::read(&self.source[open..stop]) {
            Some((attributes, length)) if open + length == stop => {
                self.take(open..stop, TokenKind::HeadingAttributes(attributes));
            }
            _ => self.malformed(open..stop),
        }
    }

    /// `{#id}` at the end of a line; it pins a paragraph if the paragraph ends there.
    fn pin(&mut self, line: &Line<'s>) {
        let stop = line.stop();
        let text = &self.source[line.at..stop];
        let Some(open) = text.rfind("{#").filter(|open| text[..*open].ends_with([' ', '\t'])) else { return };
        let taken = self.tokens.last().is_some_and(|token| token.end > line.at + open);
        if let Some((Attributes { id: Some(id), classes, pairs }, length)) = attributes::read(&text[open..])
            && open + length == text.len()
            && classes.is_empty()
            && pairs.is_empty()
            && !taken
        {
            self.take(line.at + open..stop, TokenKind::Pin(id));
        }
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
    let digits = run_of_digits(line);
    let length = match line.as_bytes().get(digits) {
        Some(b'.' | b')') if (1..=9).contains(&digits) => digits + 1,
        Some(b'-' | b'*' | b'+') if digits == 0 => 1,
        _ => return 0,
    };
    let spaces = line[length..].len() - line[length..].trim_start_matches([' ', '\t']).len();
    if spaces == 0 { 0 } else { length + spaces }
}

/// Whether a line is a list marker and nothing else.
fn is_bare_marker(line: &str) -> bool {
    let digits = run_of_digits(line);
    match &line[digits..] {
        "-" | "*" | "+" => digits == 0,
        "." | ")" => (1..=9).contains(&digits),
        _ => false,
    }
}

fn run_of_digits(line: &str) -> usize {
    line.bytes().take_while(u8::is_ascii_digit).count()
}

/// Length of the list markers, quotation marks and white space at the start of a line.
fn containers(text: &str) -> usize {
    let mut rest = text;
    loop {
        let marker = list_marker(rest);
        let next = rest[marker..].trim_start_matches([' ', '\t', '>']);
        if next.len() == rest.len() {
            return text.len() - rest.len();
        }
        rest = next;
    }
}

fn is_heading(text: &str) -> bool {
    let hashes = run(text.as_bytes(), b'#');
    (1..=6).contains(&hashes) && (text.len() == hashes || text[hashes..].starts_with([' ', '\t']))
}

/// How often a byte stands at the start.
fn run(bytes: &[u8], mark: u8) -> usize {
    bytes.iter().take_while(|byte| **byte == mark).count()
}

/// Width of indentation, with tabs to the next multiple of four.
fn columns(prefix: &str) -> usize {
    prefix.bytes().fold(0, |column, byte| if byte == b'\t' { column / 4 * 4 + 4 } else { column + 1 })
}
