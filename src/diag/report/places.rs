//! From bytes to lines and columns: the files that diagnostics speak about, each read once.

use super::Texts;
use crate::diag::{Diagnostic, Place};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

/// The texts of all files that shown diagnostics point into.
pub(super) struct Sources<'t>(BTreeMap<String, Option<Source<'t>>>);

impl<'t> Sources<'t> {
    /// Reads each file once; those that are only named as a whole are not read.
    pub(super) fn read(diagnostics: &[&Diagnostic], texts: &'t dyn Texts) -> Self {
        let mut files = BTreeMap::new();
        for diagnostic in diagnostics {
            let related = diagnostic.related.iter().map(|(place, _)| place);
            for place in std::iter::once(&diagnostic.place).chain(related) {
                if place.span.is_some() && !files.contains_key(&*place.file) {
                    files.insert(place.file.to_string(), texts.text(&place.file).map(Source::new));
                }
            }
        }
        Sources(files)
    }

    /// The file of a place and the lines and columns of its span; `None` without a span or a readable text.
    pub(super) fn locate(&self, place: &Place) -> Option<(&Source<'t>, Range<Position>)> {
        let span = place.span.as_ref()?;
        let source = self.0.get(&*place.file)?.as_ref()?;
        Some((source, source.positions(span)))
    }
}

/// A place in a text. Order is the order in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Position {
    /// The line, from 0.
    pub(super) line: usize,
    /// The byte, counted from the start of the line.
    pub(super) byte: usize,
    /// The column in characters, from 1.
    pub(super) column: usize,
}

/// A text and where its lines start.
pub(super) struct Source<'t> {
    text: Cow<'t, str>,
    starts: Vec<usize>,
}

impl<'t> Source<'t> {
    fn new(text: Cow<'t, str>) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Source { text, starts }
    }

    /// A line without its line end; empty beyond the last.
    pub(super) fn line(&self, line: usize) -> &str {
        let whole = self.whole_line(line);
        let unended = whole.strip_suffix('\n').map(|rest| rest.strip_suffix('\r').unwrap_or(rest));
        unended.unwrap_or(whole)
    }

    /// The same span without line ends at its end, since nobody means those.
    pub(super) fn trimmed(&self, span: &Range<Position>) -> Range<Position> {
        let mut end = span.end;
        while end > span.start && (end.byte == 0 || end.byte > self.line(end.line).len()) {
            if end.byte == 0 {
                end.line -= 1;
            }
            end.byte = self.line(end.line).len();
            end.column = self.line(end.line).chars().count() + 1;
        }
        span.start..end.max(span.start)
    }

    /// Both ends of a span; bytes beyond the end count as the end, those inside a character as its start.
    fn positions(&self, span: &Range<usize>) -> Range<Position> {
        self.position(span.start)..self.position(span.end.max(span.start))
    }

    fn position(&self, byte: usize) -> Position {
        let mut byte = byte.min(self.text.len());
        while !self.text.is_char_boundary(byte) {
            byte -= 1;
        }
        let line = self.starts.partition_point(|start| *start <= byte).saturating_sub(1);
        let byte = byte - self.starts.get(line).copied().unwrap_or(0);
        let before = self.whole_line(line).get(..byte).unwrap_or_default();
        Position { line, byte, column: before.chars().count() + 1 }
    }

    fn whole_line(&self, line: usize) -> &str {
        let Some(start) = self.starts.get(line).copied() else { return "" };
        let end = self.starts.get(line + 1).copied().unwrap_or(self.text.len());
        self.text.get(start..end).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::line_column;

    #[test]
    fn positions_are_those_of_the_public_function() {
        let text = "\u{feff}---\r\nid: d1\n\n\tDöd e\u{301} 漢字\r\n🏛\rx\n";
        let source = Source::new(text.into());
        for byte in 0..text.len() + 3 {
            let position = source.position(byte);
            assert_eq!((position.line + 1, position.column), line_column(text, byte), "byte {byte}");
        }
    }

    #[test]
    fn line_ends_belong_to_no_line() {
        let source = Source::new("a\r\nb\rc\n\nd".into());
        let lines: Vec<&str> = (0..6).map(|line| source.line(line)).collect();
        assert_eq!(lines, ["a", "b\rc", "", "d", "", ""]);
    }

    #[test]
    fn trimming_stops_at_text_and_at_the_start() {
        let text = "ab\r\n\r\n\ncd\n";
        let source = Source::new(text.into());
        for (span, end) in [(0..2, 2), (0..3, 2), (0..4, 2), (0..7, 2), (0..8, 8), (0..10, 9), (4..6, 4), (6..7, 6)] {
            let trimmed = source.trimmed(&source.positions(&span));
            assert_eq!(trimmed, source.positions(&(span.start..end)), "{span:?}");
        }
        let in_the_line_end = source.positions(&(3..4));
        assert_eq!(source.trimmed(&in_the_line_end).end, in_the_line_end.start);
    }
}
