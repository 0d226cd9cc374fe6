//! The edition's own pattern of a citation: words, placeholders, and parts that go where a placeholder is empty.

use super::html::{Html, push_escaped};
use crate::diag::nearest::nearest;
use serde::Serialize;

/// Files with the citations of a volume's documents, within its folder: RIS, BibTeX, CSL-JSON.
pub const FILES: [&str; 3] = ["citations.ris", "citations.bib", "citations.json"];

/// Every placeholder, with what it stands for.
pub const PLACEHOLDERS: &[(&str, &str)] = &[
    ("author", "who wrote it"),
    ("recipient", "to whom it was written"),
    ("title", "title of the document, or of the attachment"),
    ("date", "date of the document, in brackets where it was inferred"),
    ("place", "where it was written"),
    ("genre", "genre, as the edition labels it"),
    ("host", "title of the document to which an attachment belongs"),
    ("number", "number of the document"),
    ("id", "id of the document"),
    ("volume", "title of the volume"),
    ("series", "series of the volume"),
    ("subseries", "subseries of the volume"),
    ("volume_number", "number of the volume"),
    ("editors", "editors of the volume, else of the edition"),
    ("publisher", "publisher of the volume, else of the edition"),
    ("publication_place", "where the volume was published"),
    ("published", "when the volume was published"),
    ("edition", "title of the edition; empty where the edition is the volume"),
    ("version", "released version of the edition"),
    ("address", "permanent address of the document"),
    ("original", "where the original lies"),
    ("repository", "the archive that holds the original"),
];

/// A pattern as site.yaml gives it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct CitationPattern {
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
enum Piece {
    Text(String),
    Value(&'static str),
    /// Left out unless each of its own placeholders has a value.
    Optional(Vec<Piece>),
    Emphasis(Vec<Piece>),
}

/// What is wrong with a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PatternError {
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

impl CitationPattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// Every unknown placeholder, and the first bracket, brace or asterisk without its fellow.
    pub fn parse(text: &str) -> Result<CitationPattern, Vec<PatternError>> {
        let mut parser = Parser { rest: text, errors: Vec::new() };
        let pieces = parser.pieces(None);
        if parser.errors.is_empty() { Ok(CitationPattern { pieces }) } else { Err(parser.errors) }
    }

    /// Whether a placeholder stands in it.
    pub fn has(&self, name: &str) -> bool {
        fn among(pieces: &[Piece], name: &str) -> bool {
            pieces.iter().any(|piece| match piece {
                Piece::Text(_) => false,
                Piece::Value(other) => *other == name,
                Piece::Optional(inner) | Piece::Emphasis(inner) => among(inner, name),
            })
        }
        among(&self.pieces, name)
    }

    /// The citation: `value` gives what stands for a placeholder.
    pub fn fill(&self, value: &dyn Fn(&str) -> Option<Html>) -> Html {
        let mut html = String::new();
        fill(&self.pieces, value, &mut html);
        Html(html)
    }
}

/// Appends pieces; `false` where a placeholder among them had no value.
fn fill(pieces: &[Piece], value: &dyn Fn(&str) -> Option<Html>, html: &mut String) -> bool {
    let mut complete = true;
    for piece in pieces {
        match piece {
            Piece::Text(text) => push_escaped(html, text),
            Piece::Value(name) => match value(name) {
                Some(value) => html.push_str(&value.0),
                None => complete = false,
            },
            Piece::Optional(inner) => {
                let before = html.len();
                if !fill(inner, value, html) {
                    html.truncate(before);
                }
            }
            Piece::Emphasis(inner) => {
                let before = html.len();
                html.push_str("<em>");
                complete &= fill(inner, value, html);
                if html.ends_with("<em>") {
                    html.truncate(before);
                } else {
                    html.push_str("</em>");
                }
            }
        }
    }
    complete
}

struct Parser<'a> {
    rest: &'a str,
    errors: Vec<PatternError>,
}

impl Parser<'_> {
    /// Pieces up to the character that ends them, or to the end of the pattern.
    fn pieces(&mut self, end: Option<char>) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut text = String::new();
        while let Some(next) = self.rest.chars().next() {
            self.rest = &self.rest[next.len_utf8()..];
            if Some(next) == end {
                pieces.extend((!text.is_empty()).then_some(Piece::Text(text)));
                return pieces;
            }
            let piece = match next {
                '\\' => {
                    let literal = self.rest.chars().next().unwrap_or('\\');
                    self.rest = self.rest.strip_prefix(literal).unwrap_or(self.rest);
                    text.push(literal);
                    continue;
                }
                '{' => self.placeholder(),
                '[' => Some(Piece::Optional(self.pieces(Some(']')))),
                '*' => Some(Piece::Emphasis(self.pieces(Some('*')))),
                ']' | '}' => {
                    self.alone(next);
                    None
                }
                other => {
                    text.push(other);
                    continue;
                }
            };
            if !text.is_empty() {
                pieces.push(Piece::Text(std::mem::take(&mut text)));
            }
            pieces.extend(piece);
        }
        if let Some(end) = end {
            self.alone(if end == ']' { '[' } else { end });
        }
        pieces.extend((!text.is_empty()).then_some(Piece::Text(text)));
        pieces
    }

    fn placeholder(&mut self) -> Option<Piece> {
        let Some((name, rest)) = self.rest.split_once('}') else {
            self.alone('{');
            self.rest = "";
            return None;
        };
        self.rest = rest;
        let known = PLACEHOLDERS.iter().map(|(name, _)| *name);
        let found = known.clone().find(|known| *known == name.trim());
        if found.is_none() {
            let help = match nearest(name.trim(), known) {
                Some(near) => format!("did you mean `{{{near}}}`?"),
                None => "the manual lists the placeholders under `citation`".to_owned(),
            };
            self.errors.push(PatternError { message: format!("`citation` knows no `{{{name}}}`"), help });
        }
        found.map(Piece::Value)
    }

    fn alone(&mut self, sign: char) {
        let doubled = self.errors.iter().any(|error| error.message.ends_with("has no fellow"));
        if !doubled {
            let help = format!("write `\\{sign}` where the sign itself is meant");
            self.errors.push(PatternError { message: format!("a `{sign}` of `citation` has no fellow"), help });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(pattern: &str) -> String {
        let value = |name: &str| match name {
            "title" => Some(Html::text("A & B")),
            "date" => Some(Html::text("1963")),
            _ => None,
        };
        CitationPattern::parse(pattern).unwrap().fill(&value).0
    }

    #[test]
    fn fills_placeholders_and_leaves_out_what_is_empty() {
        assert_eq!(filled("*{title}*, {date}[, no. {number}]."), "<em>A &amp; B</em>, 1963.");
        assert_eq!(filled("{title}[ ({date}[, {place}])]"), "A &amp; B (1963)");
        assert_eq!(filled(r"\[{date}\] \{x\} \* <"), "[1963] {x} * &lt;");
        assert_eq!(filled("[*{number}* in ]*{number}*{ title }"), "A &amp; B");
    }

    #[test]
    fn tells_every_unknown_placeholder_and_what_is_not_closed() {
        let errors = |pattern: &str| CitationPattern::parse(pattern).unwrap_err();
        let found = errors("{tilte} {dte} {zzzzzzz}");
        assert_eq!(found[0].message, "`citation` knows no `{tilte}`");
        assert_eq!(found[0].help, "did you mean `{title}`?");
        assert_eq!(found[1].help, "did you mean `{date}`?");
        assert_eq!(found[2].help, "the manual lists the placeholders under `citation`");
        for (pattern, sign) in [("a]", ']'), ("[a", '['), ("*a", '*'), ("{a", '{'), ("}", '}')] {
            assert_eq!(errors(pattern)[0].message, format!("a `{sign}` of `citation` has no fellow"), "{pattern}");
        }
    }
}
