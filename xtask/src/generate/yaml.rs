//! Writing YAML scalars the way a careful editor would: plain where that is safe, else in double quotes.

/// The text as a scalar that reads back as a string.
pub(crate) fn scalar(text: &str) -> String {
    if is_safe_plain(text) { text.to_owned() } else { quoted(text) }
}

/// The text in double quotes, for what would otherwise read as a number or date.
pub(crate) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

fn is_safe_plain(text: &str) -> bool {
    let reserved = ["true", "false", "null", "yes", "no", "on", "off", "y", "n", "none"];
    text.starts_with(char::is_alphabetic)
        && !text.ends_with([':', ' '])
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.contains(['\n', '\t'])
        && !reserved.contains(&text.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scalars_read_back_as_they_were() {
        for text in ["Rusk, Dean", "A: b", "12", "no", "[x](y)", "a #1", "say \"no\" \\ yes", "611.61/3–1452", "Élan"]
        {
            let read: serde_yaml::Value = serde_yaml::from_str(&format!("key: {}", scalar(text))).unwrap();
            assert_eq!(read["key"].as_str(), Some(text));
        }
        assert_eq!(scalar("Rusk, Dean"), "Rusk, Dean");
        assert_eq!(scalar("a: b"), "\"a: b\"");
    }
}
