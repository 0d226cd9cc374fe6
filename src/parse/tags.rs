//! The little HTML that a document may hold: `em strong del sup sub br`, and tables with spans.

use crate::model::body::Style;
use std::borrow::Cow;
use std::ops::Range;

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
    if text.starts_with("<!--") {
        return (Piece::Comment, text.find("-->").map_or(text.len(), |end| end + 3));
    }
    if !text.starts_with('<') {
        return (Piece::Text, text.find('<').unwrap_or(text.len()));
    }
    let Some(end) = text.find('>') else { return (Piece::Broken, text.len()) };
    match tag(&text[1..end]) {
        Some(tag) => (Piece::Tag(tag), end + 1),
        None => (Piece::Broken, end + 1),
    }
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

/// Text with the character references that every editor knows resolved; others stay as typed.
pub fn decode(text: &str) -> Cow<'_, str> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(12).position(|byte| byte == b';');
        match end.and_then(|end| Some((reference(&rest[1..end])?, end))) {
            Some((character, end)) => {
                out.push(character);
                rest = &rest[end + 1..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn reference(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{a0}'),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code).filter(|character| !character.is_control())
        }
    }
}
