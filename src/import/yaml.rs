//! Front matter and registers as YAML: one item a line, quoted only where YAML would read something else.

/// YAML that is being written.
#[derive(Debug, Default)]
pub struct Yaml {
    text: String,
    depth: usize,
    /// The next key opens an item of a list.
    item: bool,
}

impl Yaml {
    /// The text.
    pub fn finish(self) -> String {
        self.text
    }

    /// Whether nothing is written yet.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    fn margin(&mut self) {
        let spaces = self.depth * 2;
        if self.item {
            self.text.push_str(&" ".repeat(spaces.saturating_sub(2)));
            self.text.push_str("- ");
            self.item = false;
        } else {
            self.text.push_str(&" ".repeat(spaces));
        }
    }

    /// A key with a text. Nothing is written for an empty one.
    pub fn text(&mut self, key: &str, value: &str) -> &mut Self {
        if !value.is_empty() {
            self.margin();
            self.text.push_str(key);
            self.text.push_str(": ");
            let margin = " ".repeat(self.depth * 2 + 2);
            self.text.push_str(&scalar(value, &margin));
            self.text.push('\n');
        }
        self
    }

    /// A key with a text that may be missing.
    pub fn option(&mut self, key: &str, value: Option<&str>) -> &mut Self {
        self.text(key, value.unwrap_or(""))
    }

    /// A key with a word that YAML reads as it is.
    pub fn word(&mut self, key: &str, value: &str) -> &mut Self {
        self.margin();
        self.text.push_str(&format!("{key}: {value}\n"));
        self
    }

    /// A key with keys of its own.
    pub fn map(&mut self, key: &str, fill: impl FnOnce(&mut Yaml)) -> &mut Self {
        let before = self.text.len();
        let item = self.item;
        self.margin();
        self.text.push_str(&format!("{key}:\n"));
        let filled = self.text.len();
        self.depth += 1;
        fill(self);
        self.depth -= 1;
        if self.text.len() == filled {
            self.text.truncate(before);
            self.item = item;
        }
        self
    }

    /// An item of a list, a map of its own.
    pub fn entry(&mut self, fill: impl FnOnce(&mut Yaml)) -> &mut Self {
        self.depth += 1;
        self.item = true;
        fill(self);
        self.item = false;
        self.depth -= 1;
        self
    }

    /// A key with a list of texts.
    pub fn list<'t>(&mut self, key: &str, values: impl IntoIterator<Item = &'t str>) -> &mut Self {
        let mut values = values.into_iter().peekable();
        if values.peek().is_some() {
            self.margin();
            self.text.push_str(&format!("{key}:\n"));
            let margin = " ".repeat(self.depth * 2 + 2);
            for value in values {
                self.text.push_str(&format!("{margin}- {}\n", scalar(value, &format!("{margin}  "))));
            }
        }
        self
    }
}

/// A text as a YAML scalar.
fn scalar(text: &str, margin: &str) -> String {
    if text.chars().any(|c| c != '\n' && c.is_control() || matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{feff}'))
    {
        return quoted(text);
    }
    if text.contains('\n') {
        if text.starts_with([' ', '\n']) {
            return quoted(text);
        }
        let lines: Vec<String> =
            text.lines().map(|line| if line.is_empty() { String::new() } else { format!("{margin}{line}") }).collect();
        return format!("|-\n{}", lines.join("\n"));
    }
    if is_plain(text) {
        return text.to_owned();
    }
    if text.contains(['"', '\\']) && !text.starts_with(' ') && !text.ends_with(' ') {
        return format!(">-\n{margin}{text}");
    }
    quoted(text)
}

fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}') => {
                out.push_str(&format!("\\u{:04x}", c as u32));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Whether YAML, old and new, reads the bare words as this text.
fn is_plain(text: &str) -> bool {
    let lower = text.to_lowercase();
    let word = matches!(lower.as_str(), "true" | "false" | "yes" | "no" | "on" | "off" | "y" | "n" | "null" | "none");
    let first = text.chars().next();
    let opens = first.is_some_and(|c| c.is_alphabetic() || matches!(c, '(' | '“' | '/'));
    let number = lower.parse::<f64>().is_ok();
    opens
        && !word
        && !number
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.ends_with([':', ' '])
        && !text.contains('\t')
}
