//! Addresses with names in braces: `https://example.org/edit/{path}`.

/// The names that stand in braces, in their order; an open brace without an end gives what follows it as `Err`.
pub fn names(template: &str) -> impl Iterator<Item = Result<&str, &str>> {
    let parts = template.split('{').skip(1);
    parts.map(|part| part.split_once('}').map(|(name, _)| name).ok_or(part))
}

/// The address with a value for each name; a name without one stays as it is written.
pub fn fill(template: &str, value: impl Fn(&str) -> Option<String>) -> String {
    let mut parts = template.split('{');
    let mut filled = parts.next().unwrap_or("").to_owned();
    for part in parts {
        let known = part.split_once('}').and_then(|(name, rest)| Some((value(name)?, rest)));
        match known {
            Some((value, rest)) => {
                filled.push_str(&value);
                filled.push_str(rest);
            }
            None => {
                filled.push('{');
                filled.push_str(part);
            }
        }
    }
    filled
}

/// A value as part of an address: all but letters, digits and `-._~` as `%20` and the like, byte by byte in UTF-8.
/// `kept` are characters that stay besides.
pub fn encoded(value: &str, kept: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for byte in value.bytes() {
        let letter = char::from(byte);
        let stays = byte.is_ascii_alphanumeric() || "-._~".contains(letter) || kept.contains(letter);
        if byte.is_ascii() && stays {
            out.push(letter);
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_take_the_place_of_names() {
        let value = |name: &str| (name == "id").then(|| "d1".to_owned());
        assert_eq!(fill("a/{id}?b={id}", value), "a/d1?b=d1");
        assert_eq!(fill("{other}/{id}/{", value), "{other}/d1/{");
        assert_eq!(fill("no names", value), "no names");
        assert_eq!(names("a{id}b{pa th}{").collect::<Vec<_>>(), [Ok("id"), Ok("pa th"), Err("")]);
    }

    #[test]
    fn values_are_parts_of_addresses() {
        assert_eq!(encoded("Aide-Mémoire & “more”", ""), "Aide-M%C3%A9moire%20%26%20%E2%80%9Cmore%E2%80%9D");
        assert_eq!(encoded("content/v/d 1.md", "/"), "content/v/d%201.md");
        assert_eq!(encoded("https://x.org/?a=b#c", ""), "https%3A%2F%2Fx.org%2F%3Fa%3Db%23c");
        // Above the letters of ASCII, a byte is no character of its own.
        assert_eq!(encoded("é", "Ã"), "%C3%A9");
    }
}
