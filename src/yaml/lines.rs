//! A line of YAML as an editor sees it: indentation, key, value. It holds for texts that are no YAML.

use std::ops::Range;

/// One line of a text.
pub(super) struct Line<'text> {
    pub(super) text: &'text str,
    /// Bytes of the line in the text, without its line end.
    pub(super) start: usize,
    pub(super) end: usize,
    /// Where the value starts that is on this line, and whether a key stands before it.
    value: Option<(usize, bool)>,
}

impl<'text> Line<'text> {
    /// The line that byte `at` stands in; the last one with anything in it if that line is empty.
    pub(super) fn around(text: &'text str, at: usize) -> Self {
        let before = text.get(..at).unwrap_or(text);
        let start = before.rfind(['\n', '\r']).map_or(0, |end| end + 1);
        let line = text.get(start..).unwrap_or_default().split(['\n', '\r']).next().unwrap_or_default();
        if line.trim().is_empty() && !before.trim().is_empty() {
            return Line::around(text, before.trim_end().len());
        }
        let value = value_start(line).map(|(value, key)| (start + value, key));
        Line { text, start, end: start + line.len(), value }
    }

    /// The value on this line, without blanks around it; `None` if there is none.
    pub(super) fn value_span(&self) -> Option<Range<usize>> {
        let (start, _) = self.value?;
        let value = self.text.get(start..self.end)?.trim_end();
        (!value.is_empty()).then(|| start..start + value.len())
    }

    /// Whether the line has a key.
    pub(super) fn has_key(&self) -> bool {
        self.value.is_some_and(|(_, key)| key)
    }

    /// The line without indentation, its value in quotes.
    pub(super) fn quoted(&self) -> Option<String> {
        let value = self.value_span()?;
        let head = self.text.get(self.start..value.start)?.trim_start();
        Some(format!("{head}{}", quoted(self.text.get(value)?)))
    }

    /// The line with a space after its first colon, if that is all it lacks to be a key with a value.
    pub(super) fn missing_space(&self) -> Option<String> {
        let line = self.text.get(self.content())?;
        let (key, value) = line.split_once(':')?;
        let is_key = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
        (is_key && !value.is_empty() && !value.starts_with([' ', '/'])).then(|| format!("{key}: {value}"))
    }

    /// How many bytes of blanks the line begins with.
    pub(super) fn indentation(&self) -> usize {
        self.content().start - self.start
    }

    /// The line without the blanks around it.
    pub(super) fn content(&self) -> Range<usize> {
        let line = self.text.get(self.start..self.end).unwrap_or_default();
        let start = self.start + line.len() - line.trim_start_matches([' ', '\t']).len();
        start..(self.start + line.trim_end().len()).max(start)
    }

    /// From `at` to the end of what the line holds; the whole line if nothing stands there.
    pub(super) fn span_from(&self, at: usize) -> Range<usize> {
        let content = self.content();
        if content.contains(&at) { at..content.end } else { content }
    }

    /// A tab at `at`, or in the blanks before it, that YAML may stumble over.
    pub(super) fn tab(&self, at: usize) -> Option<usize> {
        let indentation = self.start..self.content().start;
        let in_indentation = self.text.get(indentation).and_then(|blanks| blanks.find('\t'));
        let here = self.text.get(at..).is_some_and(|rest| rest.starts_with('\t')).then_some(at);
        in_indentation.map(|tab| self.start + tab).or(here)
    }
}

/// Where a line's value starts, behind list marks and a key, and whether there was a key.
fn value_start(line: &str) -> Option<(usize, bool)> {
    let mut rest = line.trim_start_matches([' ', '\t']);
    let mut marked = false;
    while let Some(item) = rest.strip_prefix("- ") {
        rest = item.trim_start_matches([' ', '\t']);
        marked = true;
    }
    let head = match rest.chars().next()? {
        '"' | '\'' => quoted_length(rest).unwrap_or(0),
        '[' | '{' | '#' => return marked.then_some((line.len() - rest.len(), false)),
        _ => 0,
    };
    let colon = rest.get(head..)?.match_indices(':').map(|(at, _)| head + at).find(|at| {
        let after = rest.get(at + 1..).unwrap_or_default();
        after.is_empty() || after.starts_with([' ', '\t'])
    });
    match colon {
        Some(colon) => {
            let after = rest.get(colon + 1..)?.trim_start_matches([' ', '\t']);
            Some((line.len() - after.len(), true))
        }
        None => marked.then_some((line.len() - rest.len(), false)),
    }
}

/// A text in quotes. Of a text that was meant to be in quotes already, the outer ones give way to others.
pub(super) fn quoted(value: &str) -> String {
    let value = ['"', '\''].into_iter().find_map(|quote| badly_quoted(value, quote)).unwrap_or(value);
    if value.contains(['"', '\\']) { format!("'{}'", value.replace('\'', "''")) } else { format!("\"{value}\"") }
}

/// What is inside the outer quotes of `'it's'` and `"he said "no" twice"`, not of `"yes" and "no"`.
fn badly_quoted(value: &str, quote: char) -> Option<&str> {
    let inner = value.strip_prefix(quote)?.strip_suffix(quote)?;
    let (before, after) = inner.split_once(quote)?;
    let opens = before.is_empty() || before.ends_with([' ', '(', '[']);
    let apostrophe = before.ends_with(char::is_alphanumeric) && after.starts_with(char::is_alphanumeric);
    (opens || apostrophe).then_some(inner)
}

/// How many bytes of `text` the quoted scalar takes that it begins with; `None` if it is not closed.
pub(super) fn quoted_length(text: &str) -> Option<usize> {
    let quote = text.chars().next().filter(|first| matches!(first, '"' | '\''))?;
    let mut characters = text.char_indices().skip(1).peekable();
    while let Some((at, character)) = characters.next() {
        if character == '\\' && quote == '"' {
            characters.next();
        } else if character == quote {
            let doubled = quote == '\'' && characters.next_if(|(_, next)| *next == quote).is_some();
            if !doubled {
                return Some(at + 1);
            }
        }
    }
    None
}

/// The start of the character that byte `at` belongs to; the end if that is beyond it.
pub(super) fn char_start(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// The end of the word at `at`: up to white space, a comma or a closing bracket.
pub(super) fn word_end(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let ends = |c: char| c.is_whitespace() || matches!(c, ',' | ']' | '}');
    let first = rest.chars().next().map_or(0, char::len_utf8);
    at + rest.get(first..).unwrap_or_default().find(ends).map_or(rest.len(), |end| first + end)
}

/// The byte meant by `… at line 3 column 5` at the end of a decoder's message; it counts from 1, and in characters.
pub(super) fn column_place(text: &str, message: &str) -> Option<usize> {
    let (_, numbers) = message.rsplit_once(" at line ")?;
    let (line, column) = numbers.split_once(" column ")?;
    let (line, column) = (line.parse::<usize>().ok()?.checked_sub(1)?, column.parse::<usize>().ok()?.checked_sub(1)?);
    let start = match line {
        0 => 0,
        _ => text.match_indices('\n').nth(line - 1)?.0 + 1,
    };
    let rest = text.get(start..)?;
    rest.char_indices().map(|(at, _)| start + at).chain([text.len()]).nth(column)
}
