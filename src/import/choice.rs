//! Pairs of readings in TEI: what the page has, and what the editors read for it.

use super::xml::{self, Node};

/// A pair: the reading of the page, and the attributes of its span.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair<'a> {
    /// The element that stands in the text.
    pub printed: Node<'a>,
    /// Such as `.sic corr="receive"`.
    pub attributes: String,
}

/// The elements of a pair with the class of the span and the key of the other reading.
const KINDS: [(&str, &str, &str); 3] =
    [("sic", "corr", ".sic corr"), ("abbr", "expan", ".abbr expan"), ("orig", "reg", ".orig reg")];

/// Reads a `choice` of two. One of other parts, or whose second reading is more than words, is none.
pub fn pair(choice: Node<'_>) -> Option<Pair<'_>> {
    let parts: Vec<Node<'_>> = xml::children(choice).collect();
    let [first, second] = parts.as_slice() else { return None };
    for (printed, read) in [(*first, *second), (*second, *first)] {
        let kind = KINDS.iter().find(|(one, other, _)| *one == xml::name(printed) && *other == xml::name(read));
        if let Some((_, _, attributes)) = kind {
            let words = xml::all_words(read);
            let plain = !words.contains(['"', '\\', '{', '}', '\n']) && !holds_more(read);
            return plain.then(|| Pair { printed, attributes: format!("{attributes}=\"{words}\"") });
        }
    }
    None
}

/// Whether notes or page breaks stand in it, which an attribute cannot hold.
fn holds_more(node: Node<'_>) -> bool {
    node.descendants().any(|inner| matches!(xml::name(inner), "note" | "pb" | "choice" | "app"))
}
