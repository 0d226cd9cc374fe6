//! From a place in a decoded scalar to the same place in the text it was written in.
//!
//! Both hold the same characters in the same order apart from white space (indentation, folded lines), doubled
//! quotation marks and escapes. So the two are walked through side by side, and runs of white space are matched as a
//! whole.

use std::ops::Range;

use saphyr_parser::ScalarStyle;

/// The byte of `text` where byte `at` of `decoded` stands, `raw` being the scalar's bytes with its quotes. `None` if
/// the two do not match or `at` is beyond the end.
pub(super) fn place(text: &str, raw: Range<usize>, style: ScalarStyle, decoded: &str, at: usize) -> Option<usize> {
    let pieces = pieces(text.get(raw.clone())?, raw.start, style);
    let mut source = pieces.as_slice();
    let mut end = raw.start;
    let mut rest = decoded;
    while let Some(character) = rest.chars().next() {
        let here = decoded.len() - rest.len();
        let blanks = &source[..source.iter().take_while(|piece| is_blank(piece.character)).count()];
        if is_blank(character) {
            let run = &rest[..rest.len() - rest.trim_start_matches(is_blank).len()];
            if at < here + run.len() {
                let next = source.get(blanks.len()).map_or(end, |piece| piece.at);
                let last = blanks.len() == source.len();
                return Some(in_blanks(blanks, last, run, at - here).map_or(next, |piece| piece.at));
            }
            if run.len() == rest.len() {
                end = in_blanks(blanks, true, run, run.len() - 1).map_or(end, Piece::end);
            }
            rest = &rest[run.len()..];
            source = &source[blanks.len()..];
        } else {
            let (piece, after) = source[blanks.len()..].split_first()?;
            if piece.character != character {
                return None;
            }
            if at < here + character.len_utf8() {
                return Some(piece.at);
            }
            end = piece.end();
            rest = &rest[character.len_utf8()..];
            source = after;
        }
    }
    (at == decoded.len()).then_some(end)
}

/// A character of the decoded text as written: itself, an escape, a doubled quotation mark, or a line end that may
/// stand for a space, for nothing, or for itself.
#[derive(Debug)]
struct Piece {
    at: usize,
    length: usize,
    character: char,
}

impl Piece {
    fn end(&self) -> usize {
        self.at + self.length
    }
}

/// What line folding, indentation and the end of a block scalar deal with.
fn is_blank(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\n' | '\r')
}

/// The blank at byte `at` of a run of blanks, of which `source` is the written form; `last` if nothing follows it.
fn in_blanks<'a>(source: &'a [Piece], last: bool, run: &str, at: usize) -> Option<&'a Piece> {
    let run: Vec<(usize, char)> = run.char_indices().collect();
    let wanted = run.iter().position(|(byte, _)| *byte == at)?;
    let is_break = |character: char| character == '\n';
    let same = run.len() == source.len() && run.iter().zip(source).all(|((_, c), piece)| *c == piece.character);
    let breaks = run.iter().filter(|(_, c)| is_break(*c)).count();
    let source_breaks: Vec<usize> = (0..source.len()).filter(|i| is_break(source[*i].character)).collect();
    let before = run[..wanted].iter().filter(|(_, c)| is_break(*c)).count();
    let index = if same {
        wanted
    } else if is_break(run[wanted].1) {
        // Of n line ends between folded lines the first vanishes, of those at the end of a block scalar the last.
        let vanished = if last { 0 } else { source_breaks.len().saturating_sub(breaks) };
        *source_breaks.get(vanished + before)?
    } else if breaks > 0 && before == breaks {
        // Behind the last line end: what indentation leaves of the blanks stands at their end.
        source.len().checked_sub(run.len() - wanted)?
    } else if breaks == 0 {
        // Spaces of one line, or a folded line end.
        let first_break = source_breaks.first().copied().unwrap_or(source.len());
        if run.len() == 1 { first_break } else { wanted }
    } else {
        wanted
    };
    source.get(index).or(source.first())
}

fn pieces(raw: &str, start: usize, style: ScalarStyle) -> Vec<Piece> {
    let quote = match style {
        ScalarStyle::SingleQuoted => '\'',
        ScalarStyle::DoubleQuoted => '"',
        ScalarStyle::Plain | ScalarStyle::Literal | ScalarStyle::Folded => {
            return raw.char_indices().map(|(at, character)| literal(start + at, character)).collect();
        }
    };
    let inner = raw.strip_prefix(quote).unwrap_or(raw);
    let mut at = start + raw.len() - inner.len();
    let mut rest = inner.strip_suffix(quote).unwrap_or(inner);
    let mut pieces = Vec::with_capacity(rest.len());
    while let Some(character) = rest.chars().next() {
        let piece = match character {
            '\'' if quote == '\'' && rest.starts_with("''") => Piece { at, length: 2, character },
            '\\' if quote == '"' => escape(at, rest),
            _ => literal(at, character),
        };
        at += piece.length;
        rest = rest.get(piece.length..).unwrap_or_default();
        pieces.push(piece);
    }
    pieces
}

fn literal(at: usize, character: char) -> Piece {
    Piece { at, length: character.len_utf8(), character }
}

/// The escape that `rest` begins with. One at the end of a line is taken for the line end: both may vanish.
fn escape(at: usize, rest: &str) -> Piece {
    let Some(kind) = rest.chars().nth(1) else { return literal(at, '\\') };
    let digits = match kind {
        'x' => 2,
        'u' => 4,
        'U' => 8,
        _ => 0,
    };
    let character = match kind {
        '\r' | '\n' => '\n',
        '0' => '\0',
        'a' => '\u{7}',
        'b' => '\u{8}',
        't' => '\t',
        'n' => '\n',
        'v' => '\u{b}',
        'f' => '\u{c}',
        'r' => '\r',
        'e' => '\u{1b}',
        'N' => '\u{85}',
        '_' => '\u{a0}',
        'L' => '\u{2028}',
        'P' => '\u{2029}',
        'x' | 'u' | 'U' => {
            let code = rest.get(2..2 + digits).and_then(|code| u32::from_str_radix(code, 16).ok());
            let Some(character) = code.and_then(char::from_u32) else { return literal(at, '\\') };
            character
        }
        other => other,
    };
    let length = if rest.starts_with("\\\r\n") { 3 } else { 1 + kind.len_utf8() + digits };
    Piece { at, length, character }
}
