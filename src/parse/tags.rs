//! The little HTML that a document may hold: `em strong del sup sub br`, and tables with spans.

use crate::model::body::Style;
use std::ops::Range;

/// No tag is longer: keeps the cost linear.
const TAG: usize = 1_000;

/// A piece of a chunk of HTML.
#[derive(Debug, PartialEq, Eq)]
pub enum Piece<'s> {
    /// `<!-- … -->`.
    Comment,
    /// Characters between tags.
    Text,
    /// A tag.
    Tag(Tag<'s>),
    /// Something that begins like a tag and cannot be read.
    Broken,
}

/// A tag.
#[derive(Debug, PartialEq, Eq)]
pub struct Tag<'s> {
    /// Name as written.
    pub name: &'s str,
    /// Whether it is `</name>`.
    pub closes: bool,
    /// Attributes in order.
    pub attributes: Vec<(&'s str, &'s str)>,
}

/// Cuts a chunk of HTML into pieces, each with its place in the chunk.
pub fn pieces(chunk: &str) -> impl Iterator<Item = (Piece<'_>, Range<usize>)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = chunk.get(at..).filter(|rest| !rest.is_empty())?;
        let start = at;
        let (piece, length) = piece(rest);
        at += length;
        Some((piece, start..start + length))
    })
}

fn piece(text: &str) -> (Piece<'_>, usize) {
    if text.starts_with("<!--")
        && let Some(end) = text[2..].find("-->")
    {
        return (Piece::Comment, end + 5);
    }
    let to_next = |from: usize| text[from..].find('<').map_or(text.len(), |at| from + at);
    let name = text.strip_prefix('<').map(|rest| rest.strip_prefix('/').unwrap_or(rest));
    if !name.is_some_and(|name| name.starts_with(|c: char| c.is_ascii_alphabetic())) {
        return (Piece::Text, to_next(text.chars().next().map_or(0, char::len_utf8)));
    }
    let Some(end) = tag_end(text) else { return (Piece::Text, to_next(1)) };
    match tag(&text[1..end]) {
        Some(tag) => (Piece::Tag(tag), end + 1),
        None => (Piece::Broken, end + 1),
    }
}

/// Where the `>` of a tag stands; a `<` outside of quotation marks comes before it in no tag.
fn tag_end(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate().skip(1).take(TAG) {
        match (quote, byte) {
            (Some(open), _) if open == byte => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'>') => return Some(at),
            (None, b'<') => return None,
            (None, _) => {}
        }
    }
    None
}

fn tag(inner: &str) -> Option<Tag<'_>> {
    let (closes, inner) = inner.strip_prefix('/').map_or((false, inner), |inner| (true, inner));
    let inner = inner.trim_end().trim_end_matches('/');
    let end = inner.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inner.len());
    let (name, mut rest) = inner.split_at(end);
    let mut attributes = Vec::new();
    rest = rest.trim();
    while !rest.is_empty() {
        let (key, after) = rest.split_once('=')?;
        let after = after.trim_start();
        let quote = after.chars().next().filter(|quote| matches!(quote, '"' | '\''));
        let (value, after) = match quote {
            Some(quote) => after[1..].split_once(quote)?,
            None => after.split_once(char::is_whitespace).unwrap_or((after, "")),
        };
        attributes.push((key.trim(), value));
        rest = after.trim_start();
    }
    (!name.is_empty()).then_some(Tag { name, closes, attributes })
}

/// The style that an inline tag sets.
pub fn style(name: &str) -> Option<Style> {
    let styles = [Style::Em, Style::Strong, Style::Del, Style::Sup, Style::Sub];
    styles.into_iter().find(|style| style.tag() == name)
}

/// A part of a table.
pub fn table_part(name: &str) -> Option<&'static str> {
    ["table", "thead", "tbody", "tr", "th", "td"].into_iter().find(|part| *part == name)
}

/// The attributes of a cell, checked.
///
/// # Errors
/// Says which attribute is unknown or has a value that no browser reads.
pub fn table_attributes<'s>(tag: &Tag<'s>) -> Result<Vec<(&'static str, &'s str)>, String> {
    tag.attributes
        .iter()
        .map(|(key, value)| {
            let known = ["colspan", "rowspan", "scope"].into_iter().find(|known| known == key);
            let fits = match known {
                Some("scope") => matches!(*value, "row" | "col" | "rowgroup" | "colgroup"),
                Some(_) => value.parse::<u16>().is_ok_and(|count| (1..=1000).contains(&count)),
                None => false,
            };
            match known {
                Some(known) if fits => Ok((known, *value)),
                _ => Err(format!("`{key}=\"{value}\"` is no attribute that a `<{}>` may have", tag.name)),
            }
        })
        .collect()
}
