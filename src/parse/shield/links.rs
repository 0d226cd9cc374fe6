//! What is a link: `[x](y)` is one only with a known scheme or a file.

use crate::model::markup::Markup;

/// Schemes that mean something in an edition.
pub const SCHEMES: &[&str] =
    &["doc", "page", "person", "term", "place", "org", "work", "event", "bib", "http", "https", "mailto"];

/// Parentheses may nest this deep in a target, as the Markdown parser has it.
const NESTED: usize = 32;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LinkKind {
    Link,
    UnknownScheme,
    Text,
}

/// The target of `(target)`, `(<target>)` or `(target "title")`, with the length read.
pub(super) fn link_target(text: &str) -> Option<(&str, usize)> {
    let inner = text.strip_prefix('(')?.trim_start_matches([' ', '\t']);
    let (target, rest) = match inner.strip_prefix('<') {
        Some(angled) => {
            let end = angled.bytes().take_while(|byte| !matches!(byte, b'<' | b'\n')).position(|byte| byte == b'>')?;
            (&angled[..end], &angled[end + 1..])
        }
        None => inner.split_at(bare_target(inner)?),
    };
    let rest = rest.trim_start_matches([' ', '\t']);
    let rest = match rest.bytes().next().filter(|quote| matches!(quote, b'"' | b'\'')) {
        Some(quote) => {
            let end = rest[1..].bytes().position(|byte| byte == quote || byte == b'\n')?;
            rest[end + 2..].trim_start_matches([' ', '\t'])
        }
        None => rest,
    };
    let after = rest.strip_prefix(')')?;
    Some((target, text.len() - after.len()))
}

/// Length of a target up to white space or the parenthesis that ends it.
fn bare_target(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'(' if depth == NESTED => return None,
            b'(' => depth += 1,
            b')' if depth == 0 => return Some(at),
            b')' => depth -= 1,
            b' ' | b'\t' | b'\n' | b'\r' => return (depth == 0).then_some(at),
            _ => {}
        }
    }
    None
}

/// What a target makes of the text in brackets before it.
pub(super) fn link_kind(target: &str, markup: &Markup) -> LinkKind {
    let Some((scheme, rest)) = target.split_once(':') else {
        return if is_file(target) { LinkKind::Link } else { LinkKind::Text };
    };
    let word = scheme.len() > 1 && scheme.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    if has_known_scheme(target, markup) {
        LinkKind::Link
    } else if word && !rest.is_empty() {
        LinkKind::UnknownScheme
    } else {
        LinkKind::Text
    }
}

/// Whether a target has a scheme that this program or the edition knows.
pub fn has_known_scheme(target: &str, markup: &Markup) -> bool {
    let scheme = target.split_once(':').map(|(scheme, _)| scheme);
    scheme.is_some_and(|scheme| SCHEMES.contains(&scheme) || markup.schemes.contains(scheme))
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
