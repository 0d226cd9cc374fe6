//! Attributes in braces, as in Pandoc: `{.class #id key=value key="some words"}`.

use crate::model::body::Attributes;

/// Reads attributes at the start of `text`, which begins with `{`. Gives them with the length read, braces included;
/// `None` when there is no well-formed, non-empty list of attributes on this line.
pub fn read(text: &str) -> Option<(Attributes<'_>, usize)> {
    let mut rest = text.strip_prefix('{')?;
    let mut attributes = Attributes::default();
    loop {
        rest = rest.trim_start_matches([' ', '\t']);
        if let Some(after) = rest.strip_prefix('}') {
            let empty = attributes == Attributes::default();
            return (!empty).then(|| (attributes, text.len() - after.len()));
        }
        rest = item(rest, &mut attributes)?;
        if !rest.starts_with([' ', '\t', '}']) {
            return None;
        }
    }
}

/// Reads one attribute and gives what follows it.
fn item<'s>(text: &'s str, attributes: &mut Attributes<'s>) -> Option<&'s str> {
    if let Some(after) = text.strip_prefix('.') {
        let (class, rest) = name(after)?;
        attributes.classes.push(class);
        return Some(rest);
    }
    if let Some(after) = text.strip_prefix('#') {
        let (id, rest) = name(after)?;
        attributes.id = Some(id);
        return Some(rest);
    }
    let (key, rest) = name(text)?;
    let (value, rest) = value(rest.strip_prefix('=')?)?;
    attributes.pairs.push((key, value));
    Some(rest)
}

/// A class, id or key: a letter, then letters, digits, `.`, `_`, `:` and `-`.
fn name(text: &str) -> Option<(&str, &str)> {
    if !text.starts_with(|c: char| c.is_alphabetic()) {
        return None;
    }
    let end = text.find(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '_' | ':' | '-'))).unwrap_or(text.len());
    Some(text.split_at(end))
}

/// A bare or quoted value.
fn value(text: &str) -> Option<(&str, &str)> {
    if let Some(after) = text.strip_prefix('"') {
        let end = after.find(['"', '\n'])?;
        return after[end..].strip_prefix('"').map(|rest| (&after[..end], rest));
    }
    let end = text.find([' ', '\t', '}', '\n', '"']).filter(|end| *end > 0)?;
    Some(text.split_at(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_classes_ids_and_values() {
        let (attributes, length) = read("{.pb #x ed=typeset n=1609 facs=\"a b\"} rest").unwrap();
        assert_eq!(attributes.classes, ["pb"]);
        assert_eq!(attributes.id, Some("x"));
        assert_eq!(attributes.pairs, [("ed", "typeset"), ("n", "1609"), ("facs", "a b")]);
        assert_eq!(length, "{.pb #x ed=typeset n=1609 facs=\"a b\"}".len());
    }

    #[test]
    fn leaves_other_braces_alone() {
        for text in ["{}", "{ }", "{x}", "{.}", "{.a", "{.a\n}", "{1=2}", "{k=}", "{k=\"a}", "{.a,.b}", "plain"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
