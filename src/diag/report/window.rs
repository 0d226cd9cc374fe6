//! Cutting a long line to what a reader needs: a paragraph is one line of thousands of characters.

use std::ops::Range;

/// Stands for what is left out.
pub(super) const ELLIPSIS: &str = "…";

/// No place of interest gets fewer columns than this.
const LEAST_COLUMNS: usize = 20;

/// A line as shown: some pieces of it, with an ellipsis for each part left out.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Cut {
    text: String,
    /// Bytes of the line, and where they are in `text`.
    pieces: Vec<(Range<usize>, usize)>,
}

impl Cut {
    /// Cuts a line to about `columns`, so that the start of each span (bytes of the line, in order) is seen.
    pub(super) fn new(line: &str, spans: &[Range<usize>], columns: usize) -> Self {
        let mut cut = Cut::default();
        let mut done = 0;
        for piece in pieces(line, spans, columns.max(LEAST_COLUMNS)) {
            if piece.start > done {
                cut.text.push_str(ELLIPSIS);
            }
            done = piece.end;
            cut.pieces.push((piece.clone(), cut.text.len()));
            cut.text.extend(line.get(piece).unwrap_or_default().chars().map(harmless));
        }
        if done < line.len() {
            cut.text.push_str(ELLIPSIS);
        }
        cut
    }

    /// A line of which nothing is shown.
    pub(super) fn nothing() -> Self {
        Cut { text: ELLIPSIS.to_owned(), pieces: Vec::new() }
    }

    /// The text to show.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Where a byte of the line is in the text; one that was left out is at the end of its ellipsis.
    pub(super) fn offset(&self, byte: usize) -> usize {
        for (piece, at) in &self.pieces {
            if byte <= piece.end {
                return at + byte.saturating_sub(piece.start);
            }
        }
        self.text.len()
    }
}

/// The pieces of a line to keep, in order and apart.
fn pieces(line: &str, spans: &[Range<usize>], columns: usize) -> Vec<Range<usize>> {
    if forward(line, 0, line.len(), columns).0 == line.len() {
        return std::iter::once(0..line.len()).collect();
    }
    let start = spans.iter().map(|span| span.start).min().unwrap_or(0);
    let end = spans.iter().map(|span| span.end).max().unwrap_or(0);
    if spans.len() <= 1 || forward(line, start, end, columns).0 == end {
        return std::iter::once(window(line, start..end, columns)).collect();
    }
    let share = (columns / spans.len()).max(LEAST_COLUMNS);
    let mut windows: Vec<Range<usize>> = spans.iter().map(|span| window(line, span.clone(), share)).collect();
    windows.sort_by_key(|window| window.start);
    let mut apart: Vec<Range<usize>> = Vec::new();
    for window in windows {
        match apart.last_mut() {
            Some(last) if window.start <= last.end => last.end = last.end.max(window.end),
            _ => apart.push(window),
        }
    }
    apart
}

/// A span with as much of the line around it as the columns allow; only its start when it is too long itself.
fn window(line: &str, span: Range<usize>, columns: usize) -> Range<usize> {
    let (end, used) = forward(line, span.start, span.end, columns);
    if end < span.end {
        return span.start..end;
    }
    let room = columns.saturating_sub(used);
    let (_, before) = backward(line, span.start, room / 2);
    let (end, after) = forward(line, end, line.len(), room - before);
    let (start, _) = backward(line, span.start, room - after);
    start..end
}

/// The farthest byte up to `limit` that is reached from `from` within so many columns, and the columns it takes.
fn forward(line: &str, from: usize, limit: usize, columns: usize) -> (usize, usize) {
    let mut used = 0;
    for (at, character) in line.get(from..limit).unwrap_or_default().char_indices() {
        if used + width(character) > columns {
            return (from + at, used);
        }
        used += width(character);
    }
    (limit, used)
}

/// The first byte from which `from` is reached within so many columns, and the columns it takes. A mark is not parted
/// from the letter it stands on.
fn backward(line: &str, from: usize, columns: usize) -> (usize, usize) {
    let (mut reached, mut used) = (from, 0);
    for (at, character) in line.get(..from).unwrap_or_default().char_indices().rev() {
        if used + width(character) > columns {
            break;
        }
        used += width(character);
        if width(character) > 0 {
            reached = at;
        }
    }
    (reached, used)
}

/// The columns of a character, roughly: it only decides where to cut, underlines are placed by exact widths.
fn width(character: char) -> usize {
    match u32::from(character) {
        0x09 => 4,
        0x0300..=0x036F | 0x0483..=0x0489 | 0x0591..=0x05BD | 0x064B..=0x065F => 0,
        0x1AB0..=0x1AFF | 0x1DC0..=0x1DFF | 0x200B..=0x200F | 0x20D0..=0x20FF => 0,
        0xFE00..=0xFE0F | 0xFE20..=0xFE2F | 0xFEFF => 0,
        0x1100..=0x115F | 0x2E80..=0xA4CF | 0xAC00..=0xD7A3 | 0xF900..=0xFAFF | 0xFE30..=0xFE6F => 2,
        0xFF00..=0xFF60 | 0xFFE0..=0xFFE6 | 0x1F300..=0x1FAFF | 0x20000..=0x3FFFD => 2,
        _ => 1,
    }
}

/// Terminals obey control characters beyond ASCII too; the stand-in has as many bytes, so that offsets hold.
fn harmless(character: char) -> char {
    if matches!(character, '\u{80}'..='\u{9f}') { '·' } else { character }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spans(list: &[(usize, usize)]) -> Vec<Range<usize>> {
        list.iter().map(|(start, end)| *start..*end).collect()
    }

    #[test]
    fn short_lines_stay() {
        let cut = Cut::new("a line of\ttext", &spans(&[(2, 6)]), 20);
        assert_eq!(cut.text(), "a line of\ttext");
        assert_eq!((cut.offset(2), cut.offset(14)), (2, 14));
    }

    #[test]
    fn a_span_keeps_its_surroundings() {
        let line = "0123456789".repeat(10);
        assert_eq!(Cut::new(&line, &spans(&[(50, 52)]), 20).text(), "…12345678901234567890…");
        assert_eq!(Cut::new(&line, &spans(&[(3, 4)]), 20).text(), "01234567890123456789…");
        assert_eq!(Cut::new(&line, &spans(&[(99, 100)]), 20).text(), "…01234567890123456789");
        assert_eq!(Cut::new(&line, &spans(&[(100, 100)]), 20).text(), "…01234567890123456789");
        assert_eq!(Cut::new(&line, &[], 20).text(), "01234567890123456789…");
    }

    #[test]
    fn a_long_span_shows_its_start_and_reaches_over_the_ellipsis() {
        let line = "0123456789".repeat(10);
        let cut = Cut::new(&line, &spans(&[(10, 90)]), 20);
        assert_eq!(cut.text(), "…01234567890123456789…");
        assert_eq!((cut.offset(10), cut.offset(90)), ("…".len(), cut.text().len()));
    }

    #[test]
    fn spans_far_apart_get_a_piece_each() {
        let line = "0123456789".repeat(100);
        let cut = Cut::new(&line, &spans(&[(100, 102), (105, 106), (900, 902)]), 60);
        assert_eq!(cut.text(), "…1234567890123456789012345…12345678901234567890…");
        assert_eq!(cut.text().get(cut.offset(900)..cut.offset(902)), Some("01"));
        let near = Cut::new(&line, &spans(&[(100, 102), (130, 132)]), 40);
        assert_eq!(near.text(), "…6789012345678901234567890123456789012345…");
    }

    #[test]
    fn columns_count_and_not_characters() {
        let wide = "漢".repeat(100);
        assert_eq!(Cut::new(&wide, &spans(&[(150, 153)]), 20).text(), format!("…{}…", "漢".repeat(10)));
        let marked = "e\u{301}".repeat(100);
        assert_eq!(Cut::new(&marked, &spans(&[(150, 153)]), 20).text(), format!("…{}…", "e\u{301}".repeat(20)));
    }

    #[test]
    fn control_characters_keep_their_length() {
        let cut = Cut::new("a\u{9b}31mb", &spans(&[(3, 4)]), 20);
        assert_eq!(cut.text(), "a·31mb");
    }
}
