//! Renditions of TEI as styles and classes: the words that editions use for one and the same thing.

use super::inline::{Inline, Style};

/// How words are set, for each word of `rend` or `rendition`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// A style that Markdown has.
    Style(Style),
    /// A class.
    Class(&'static str),
    /// As the words around, or in a way that only the page had.
    Plain,
}

/// The look that a word names; `None` where it is not known.
pub fn look(word: &str) -> Option<Look> {
    let word = word.trim_matches(['#', ':', ';', '"', '\'']).to_lowercase().replace(['_', ' '], "-");
    // `simple:italic`, `font-style:italic`.
    let word = word.rsplit(':').next().unwrap_or(&word);
    Some(match word {
        "italic" | "italics" | "i" | "it" | "ital" | "kursiv" | "fr" | "slant" | "cursive" | "emph" => {
            Look::Style(Style::Em)
        }
        "bold" | "b" | "strong" | "fett" | "bf" => Look::Style(Style::Strong),
        "superscript" | "super" | "sup" | "hoch" | "raised" => Look::Style(Style::Sup),
        "subscript" | "sub" | "lowered" => Look::Style(Style::Sub),
        "strikethrough" | "strike" | "line-through" | "struck" | "del" => Look::Style(Style::Del),
        "underline" | "underlined" | "u" | "ul" | "underscore" | "uu" | "double-underline" => Look::Class(".u"),
        "spaced" | "spaced-out" | "letterspace" | "letter-spaced" | "gesperrt" | "g" | "wide" => Look::Class(".spaced"),
        "smallcaps" | "small-caps" | "smallcap" | "sc" | "k" | "smcap" | "capitals" | "allcaps" | "caps" => {
            Look::Class(".smallcaps")
        }
        "latintype" | "antiqua" | "aq" | "latin" => Look::Class(".latin"),
        "" | "roman" | "normal" | "plain" | "upright" | "none" | "inline" | "larger" | "smaller" | "large"
        | "small" | "in" | "initial" | "initialcapital" | "dropcap" | "drop-cap" | "display" | "block" | "blue"
        | "red" | "left" | "center" | "centered" | "centre" | "right" | "justify" | "c" | "et" => Look::Plain,
        _ => return None,
    })
}

/// Words set as all of these say, the first outermost. What is not known is given to `unknown`.
pub fn set(rend: &str, inner: Vec<Inline>, mut unknown: impl FnMut(&str)) -> Vec<Inline> {
    let mut inner = inner;
    for word in rend.split_whitespace().rev() {
        match look(word) {
            Some(Look::Style(style)) => inner = vec![Inline::Styled(style, inner)],
            Some(Look::Class(class)) => inner = vec![Inline::Span(class.to_owned(), inner)],
            Some(Look::Plain) => {}
            None => unknown(word),
        }
    }
    inner
}
