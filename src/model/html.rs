//! Ready HTML: a string that a template prints as it is.

use serde::{Serialize, Serializer};

/// HTML that is safe to print: every character of text in it has been escaped.
///
/// It serialises as a newtype named `Html`, which is how the template engine's adapter tells it from plain text.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Html(pub String);

/// The serialised name of [`Html`].
pub const HTML: &str = "Html";

impl Serialize for Html {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(HTML, &self.0)
    }
}

impl Html {
    /// Plain text, escaped.
    pub fn text(text: &str) -> Html {
        let mut html = String::with_capacity(text.len());
        push_escaped(&mut html, text);
        Html(html)
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Appends text with `&`, `<`, `>` and `"` escaped, which serves both text and quoted attribute values.
pub fn push_escaped(html: &mut String, text: &str) {
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let entity = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => continue,
        };
        html.push_str(&text[from..at]);
        html.push_str(entity);
        from = at + 1;
    }
    html.push_str(&text[from..]);
}
