//! Brackets, note references, page marks, code spans and comments of one line.

use super::super::attributes;
use super::links::{LinkKind, link_kind, link_target};
use super::{Bracket, Scanner, TokenKind};
use crate::diag::Code;
use crate::model::issue::Issue;
use crate::model::markup::Markup;
use std::collections::BTreeMap;

/// A longer bracketed text holds no phrase of a pattern: keeps the cost linear.
const PHRASE: usize = 300;

/// How far the end of a label that is none is looked for.
const LABEL: usize = 60;

/// How far the end of braces that cannot be read is looked for.
const BRACES: usize = 200;

/// Where the last run of backticks of each length stands in a paragraph: code spans are found without a search.
#[derive(Default)]
pub(super) struct Backticks {
    last: BTreeMap<usize, usize>,
    paragraph_end: usize,
}

impl<'s> Scanner<'s, '_> {
    pub(super) fn inline(&mut self, from: usize, to: usize) {
        let bytes = self.source.as_bytes();
        let mut at = from;
        while at < to {
            at = match bytes[at] {
                b'\\' => at + 2,
                b'`' => self.code_span(at),
                b'<' => self.comment(at),
                b'[' => self.open(at),
                b']' => self.close(at, to),
                b'{' => self.braces(at, to),
                _ => at + 1,
            };
        }
    }

    /// `{.class}` that belongs to nothing: what has braces of its own has read them already.
    fn braces(&mut self, at: usize, to: usize) -> usize {
        let line = &self.source[at..to];
        if self.heading || !line.starts_with("{.") {
            return at + 1;
        }
        let Some((_, length)) = attributes::read(line) else { return at + 1 };
        let message = format!("`{}` belongs to nothing and is printed as typed", &line[..length]);
        let help = "attributes stand directly behind a bracket, `[words]{.class}`, or behind a link";
        self.issues.push(Issue::local(Code::ATTRIBUTES_MALFORMED, at..at + length, message).help(help));
        at + length
    }

    fn code_span(&mut self, at: usize) -> usize {
        if at >= self.backticks.paragraph_end {
            self.backticks = backticks(self.source, at);
        }
        let bytes = self.source.as_bytes();
        let run = |at: usize| bytes[at..].iter().take_while(|byte| **byte == b'`').count();
        let length = run(at);
        let mut next = at + length;
        if self.backticks.last.get(&length).is_none_or(|last| *last <= at) {
            return next;
        }
        while next < self.backticks.paragraph_end {
            if bytes[next] != b'`' {
                next += 1;
                continue;
            }
            let found = run(next);
            next += found;
            if found == length {
                self.resume = self.resume.max(next);
                return next;
            }
        }
        at + length
    }

    /// Comments hold no syntax of ours and are never printed; one without end is text.
    fn comment(&mut self, at: usize) -> usize {
        if !self.source[at..].starts_with("<!--") {
            return at + 1;
        }
        match self.comment_end(at) {
            Some(end) => {
                self.take(at..end, TokenKind::Comment);
                self.resume = self.resume.max(end);
                end
            }
            None => {
                let help = "end it with `-->`; it is printed as typed";
                let issue = Issue::local(Code::HTML_UNBALANCED, at..at + 4, "this comment is not closed").help(help);
                self.issues.push(issue);
                self.literal(at..at + 4);
                at + 4
            }
        }
    }

    pub(super) fn comment_end(&mut self, at: usize) -> Option<usize> {
        if self.comments_ended {
            return None;
        }
        // `<!-->` is a comment too.
        let end = self.source[at + 2..].find("-->").map(|length| at + 2 + length + 3);
        self.comments_ended = end.is_none();
        end
    }

    fn open(&mut self, at: usize) -> usize {
        let text = &self.source[at..];
        if let Some(label) = note_label(text) {
            let end = at + label.len() + 3;
            let defines = at == self.lead && self.source[end..].starts_with(':');
            if !defines {
                self.take(at..end, TokenKind::NoteRef(label));
            }
            return end;
        }
        if let Some((pagination, page, length)) = page_mark(text, self.markup) {
            self.take(at..at + length, TokenKind::PageMark(pagination, page));
            return at + length;
        }
        if text.starts_with("[^") {
            self.malformed_note(at);
        }
        self.brackets.push(Bracket { at, leads: at == self.lead, continues: self.continues, holds_link: false });
        at + 1
    }

    /// `[^7 bis]` is printed as typed.
    fn malformed_note(&mut self, at: usize) {
        let bytes = self.source.as_bytes()[at..].iter().take(LABEL).take_while(|byte| **byte != b'\n');
        let end = at + bytes.clone().position(|byte| *byte == b']').map_or(2, |end| end + 1);
        let message = "`[^` begins no note reference here and is printed as it stands";
        let help = "a note label is letters, digits and hyphens: `[^3]`, `[^o1]`; write `\\[^` if it is text";
        self.issues.push(Issue::local(Code::NOTE_MALFORMED, at..end, message).help(help));
    }

    fn close(&mut self, at: usize, to: usize) -> usize {
        let line = &self.source[at + 1..to];
        let Some(bracket) = self.brackets.pop() else { return self.close_nothing(at, line) };
        if line.starts_with('{') {
            return self.close_span(&bracket, at, line);
        }
        if line.starts_with('(') {
            return self.close_link(&bracket, at, line);
        }
        if line.starts_with(':') && bracket.leads {
            self.link_definition(&bracket, at);
        }
        if let Some(pattern) = self.pattern(bracket.at..at) {
            self.take(bracket.at..bracket.at + 1, TokenKind::PatternOpen(pattern));
            self.take(at..at + 1, TokenKind::PatternClose);
        }
        at + 1
    }

    /// `]{.class}` without a bracket before it.
    fn close_nothing(&mut self, at: usize, line: &str) -> usize {
        if (line.starts_with("{.") || line.starts_with("{#"))
            && let Some((_, length)) = attributes::read(line)
        {
            let message = "no bracket is open that this could close; it is printed as typed";
            let help = "a span begins with `[` in the same paragraph, list item or table row";
            self.issues.push(Issue::local(Code::SPAN_CROSSES, at..at + 1 + length, message).help(help));
            return at + 1 + length;
        }
        at + 1
    }

    /// `[LBJ]: Yes.` would vanish: the colon is hidden.
    fn link_definition(&mut self, bracket: &Bracket, at: usize) {
        let typed = &self.source[bracket.at..at + 2];
        // A note with a label that is none says so itself; in the middle of a paragraph nothing vanishes.
        if !typed.starts_with("[^") && !bracket.continues {
            let message = format!("`{typed}` would vanish as a link definition; it is printed as typed");
            let help = format!("write `\\{typed}` to say that it is text");
            self.issues.push(Issue::local(Code::LINK_DEFINITION, bracket.at..at + 2, message).help(help));
        }
        self.literal(at + 1..at + 2);
    }

    /// The pattern whose phrase stands in a bracketed text, unless brackets inside hold it already.
    fn pattern(&self, span: std::ops::Range<usize>) -> Option<usize> {
        let inside = self.tokens.iter().rev().take_while(|token| token.start > span.start);
        if self.phrases.is_empty()
            || span.len() > PHRASE
            || inside.map(|token| &token.kind).any(|kind| matches!(kind, TokenKind::PatternClose))
        {
            return None;
        }
        let bracketed = &self.source[span];
        let words: Vec<&str> = bracketed.split_whitespace().collect();
        let text = words.join(" ").to_lowercase();
        self.phrases.iter().position(|phrase| text.contains(phrase))
    }

    fn close_span(&mut self, bracket: &Bracket, at: usize, line: &'s str) -> usize {
        let Some((attributes, length)) = attributes::read(line) else {
            let braces = &line[..line.bytes().take(BRACES).position(|byte| byte == b'}').map_or(1, |end| end + 1)];
            if line.starts_with("{.") || line.starts_with("{#") || braces.contains('=') {
                self.malformed(at + 1..at + 1 + braces.len());
            }
            return at + 1;
        };
        let end = at + 1 + length;
        self.take(bracket.at..bracket.at + 1, TokenKind::SpanOpen);
        self.take(at..end, TokenKind::SpanClose(attributes));
        end
    }

    pub(super) fn malformed(&mut self, span: std::ops::Range<usize>) {
        let message = format!("these attributes cannot be read: `{}`", &self.source[span.clone()]);
        let help = "write `{.class}`, `{#id}` or `{key=value}`, with spaces between them; before braces that are text put `\\`";
        self.issues.push(Issue::local(Code::ATTRIBUTES_MALFORMED, span, message).help(help));
    }

    fn close_link(&mut self, bracket: &Bracket, at: usize, line: &'s str) -> usize {
        let Some((target, length)) = link_target(line) else { return self.no_link(at) };
        match link_kind(target, self.markup) {
            LinkKind::Link => {}
            LinkKind::UnknownScheme => {
                let start = at + 1 + line.find(target).unwrap_or(1);
                let message = format!("`{target}` has an unknown scheme; it is printed as text");
                let help = "declare it under `schemes:` in site.yaml, or write `\\(` if it is text";
                let issue = Issue::local(Code::SCHEME_UNDECLARED, start..start + target.len(), message);
                self.issues.push(issue.help(help));
                return self.no_link(at);
            }
            LinkKind::Text => return self.no_link(at),
        }
        let end = at + 1 + length;
        let image = bracket.at > 0 && self.source.as_bytes()[bracket.at - 1] == b'!';
        if bracket.holds_link && !image {
            let message = "a link stands inside the words of another link";
            let help = "links cannot nest: end the outer link before the inner one begins";
            self.issues.push(Issue::local(Code::LINK_NESTED, bracket.at..end, message).help(help));
        }
        if !image {
            // Brackets below one that is marked are marked already.
            self.brackets
                .iter_mut()
                .rev()
                .take_while(|outer| !outer.holds_link)
                .for_each(|outer| outer.holds_link = true);
        }
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
}

/// Runs of backticks up to the end of the paragraph: an empty line, a fence, a heading, a list item, a note.
fn backticks(source: &str, at: usize) -> Backticks {
    let mut found = Backticks { last: BTreeMap::new(), paragraph_end: at };
    for line in source[at..].split_inclusive('\n') {
        let text = line.trim_start_matches([' ', '\t', '>']).trim_end();
        let begins = text.is_empty()
            || text.starts_with(['#', '|'])
            || text.starts_with(":::")
            || text.starts_with("[^")
            || super::list_marker(text) > 0;
        if begins && found.paragraph_end > at {
            break;
        }
        let mut length = 0;
        for (offset, byte) in line.bytes().chain([b'\n']).enumerate() {
            if byte == b'`' {
                length += 1;
            } else if length > 0 {
                found.last.insert(length, found.paragraph_end + offset - length);
                length = 0;
            }
        }
        found.paragraph_end += line.len();
    }
    found
}

/// The label at the start of a text that begins with `[^label]`.
fn note_label(text: &str) -> Option<&str> {
    let rest = text.strip_prefix("[^")?;
    let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).unwrap_or(rest.len());
    (end > 0 && rest[end..].starts_with(']')).then(|| &rest[..end])
}

/// A literal page mark at the start of a text: pagination, page and length. One with braces behind it is a span, one
/// with a target is a link.
fn page_mark<'s>(text: &'s str, markup: &Markup) -> Option<(usize, &'s str, usize)> {
    let end = text.bytes().take(120).position(|byte| byte == b']')?;
    let inner = &text[1..end];
    let (number, page) = markup.paginations.iter().enumerate().find_map(|(number, pagination)| {
        let (before, after) = pagination.marker.as_ref()?.split_once("{n}")?;
        let page = inner.strip_prefix(before)?.strip_suffix(after)?;
        let plain = !page.is_empty() && page.len() <= 20 && !page.contains(['[', '\n', ' ']);
        plain.then_some((number, page))
    })?;
    let rest = &text[end + 1..];
    let link = rest.starts_with('(')
        && link_target(rest).is_some_and(|(target, _)| link_kind(target, markup) != LinkKind::Text);
    (!link && !rest.starts_with('{')).then_some((number, page, end + 1))
}
