//! Reading XML: the only file that knows the parser, and the small questions that importers ask of a tree.

mod encoding;
mod place;

pub use encoding::decode;
pub use place::place;

use std::borrow::Cow;
use std::fmt;

/// An element, a text or a comment of a document.
pub type Node<'a> = roxmltree::Node<'a, 'a>;
/// A document.
pub type Tree<'a> = roxmltree::Document<'a>;
/// What tells a node from all others of its document.
pub type NodeId = u32;

/// Elements may nest this deep: readers of the tree recurse.
pub const DEPTH: usize = 500;
/// Files may have this many bytes.
pub const BYTES: usize = 512_000_000;

/// Why a file cannot be imported, with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Line and column, both from 1, where they are known.
    pub at: Option<(u32, u32)>,
    /// What is wrong and what to do.
    pub message: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, form: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.at {
            Some((line, column)) => write!(form, "{line}:{column}: {}", self.message),
            None => form.write_str(&self.message),
        }
    }
}

impl std::error::Error for Fault {}

/// A file that is larger than an import takes.
pub fn too_large(bytes: u64) -> Fault {
    let most = BYTES / 1_000_000;
    let message =
        format!("the file has {} MB, more than the {most} MB that an import takes; split it", bytes / 1_000_000);
    Fault { at: None, message }
}

/// Parses a text.
///
/// # Errors
/// Says what is wrong with line and column.
pub fn parse(text: &str) -> Result<Tree<'_>, Fault> {
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..roxmltree::ParsingOptions::default() };
    place::forget();
    if text.trim().is_empty() {
        return Err(Fault { at: Some((1, 1)), message: "the file is empty".to_owned() });
    }
    let tree = Tree::parse_with_options(text, options).map_err(|error| malformed(&error))?;
    refuse_depth(&tree)?;
    Ok(tree)
}

/// What the parser says, with what to do where it can be said.
fn malformed(error: &roxmltree::Error) -> Fault {
    let place = error.pos();
    let message = match error {
        roxmltree::Error::UnknownEntityReference(name, _) => format!(
            "the file does not say what the entity `&{name};` is; nothing is fetched from elsewhere: write its text"
        ),
        roxmltree::Error::EntityReferenceLoop(_) => {
            "entities that hold entities grow without end; write their text".to_owned()
        }
        other => {
            let words = other.to_string();
            let words = words.rsplit_once(" at ").map_or(words.as_str(), |(words, _)| words);
            format!("this is no well-formed XML: {words}")
        }
    };
    Fault { at: Some((place.row, place.col)), message }
}

/// Walks without recursion, since a deep tree is what it looks for.
fn refuse_depth(tree: &Tree<'_>) -> Result<(), Fault> {
    let mut node = tree.root();
    let mut depth = 0_usize;
    loop {
        if depth > DEPTH {
            let message = format!("elements nest more than {DEPTH} deep here");
            return Err(Fault { at: Some(place(node)), message });
        }
        if let Some(child) = node.first_child() {
            node = child;
            depth += 1;
            continue;
        }
        loop {
            if let Some(next) = node.next_sibling() {
                node = next;
                break;
            }
            let Some(parent) = node.parent() else { return Ok(()) };
            node = parent;
            depth = depth.saturating_sub(1);
        }
    }
}

fn narrow(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Names of characters, and what a file has where it means them.
const CHARACTERS: [(&str, &str); 9] = [
    ("apos", "&apos;"),
    ("quot", "&quot;"),
    ("ldquo", "“"),
    ("rdquo", "”"),
    ("lsquo", "‘"),
    ("rsquo", "’"),
    ("ndash", "–"),
    ("mdash", "—"),
    ("hellip", "…"),
];

/// A file without quotation marks and dashes that were escaped twice: `&amp;apos;` would be read as the letters `&apos;`.
/// Ampersands and angle brackets may be meant so, and stay.
pub fn escaped_once(text: &str) -> Cow<'_, str> {
    const TWICE: &str = "&amp;";
    let mut once = String::new();
    let mut taken = 0;
    for (at, _) in text.match_indices(TWICE) {
        let rest = &text[at + TWICE.len()..];
        let Some((name, _)) = rest.split_at_checked(rest.len().min(8)).and_then(|(start, _)| start.split_once(';'))
        else {
            continue;
        };
        if let Some((_, means)) = CHARACTERS.iter().find(|(known, _)| *known == name) {
            once.push_str(&text[taken..at]);
            once.push_str(means);
            taken = at + TWICE.len() + name.len() + 1;
        }
    }
    if taken == 0 {
        return Cow::Borrowed(text);
    }
    once.push_str(&text[taken..]);
    Cow::Owned(once)
}

/// Name of an element without its prefix; empty for texts and comments. Prefixes differ between files.
pub fn name<'a>(node: Node<'a>) -> &'a str {
    node.tag_name().name()
}

/// Value of an attribute by its local name, wherever its name space lies (`xml:id`, `frus:doc-dateTime-min`).
pub fn value<'a>(node: Node<'a>, attribute: &str) -> Option<&'a str> {
    node.attributes().find(|found| found.name() == attribute).map(|found| found.value())
}

/// `xml:id`.
pub fn id<'a>(node: Node<'a>) -> Option<&'a str> {
    value(node, "id")
}

/// Whether the element is a `div` of that type.
pub fn is_div(node: Node<'_>, kind: &str) -> bool {
    name(node) == "div" && value(node, "type") == Some(kind)
}

/// Child elements.
pub fn children<'a>(node: Node<'a>) -> impl Iterator<Item = Node<'a>> {
    node.children().filter(Node::is_element)
}

/// The first child of that name.
pub fn child<'a>(node: Node<'a>, wanted: &str) -> Option<Node<'a>> {
    children(node).find(|child| name(*child) == wanted)
}

/// The first descendant of that name.
pub fn find<'a>(node: Node<'a>, wanted: &str) -> Option<Node<'a>> {
    node.descendants().find(|found| name(*found) == wanted)
}

/// All text in a node with white space folded; notes are left out.
pub fn words(node: Node<'_>) -> String {
    let mut text = String::new();
    collect(node, &mut text);
    fold(&without_layout(&text))
}

/// All text in a node with white space folded.
pub fn all_words(node: Node<'_>) -> String {
    let texts = node.descendants().filter(|inner| inner.is_text()).filter_map(|inner| inner.text());
    fold(&texts.collect::<String>())
}

fn collect(node: Node<'_>, text: &mut String) {
    for child in node.children() {
        match name(child) {
            "note" => {}
            "lb" => text.push(' '),
            _ if child.is_text() => text.push_str(child.text().unwrap_or("")),
            _ => {
                text.push(EDGE);
                collect(child, text);
                text.push(EDGE);
            }
        }
    }
}

/// Stands for the beginning or end of an element: for private use, so that no text has it.
const EDGE: char = '\u{E000}';

/// Text without its marks of edges, and without the line breaks of a pretty-printer between an element and the bracket
/// before it, or the bracket, comma or stop behind it.
fn without_layout(text: &str) -> Cow<'_, str> {
    if !text.contains(EDGE) {
        return Cow::Borrowed(text);
    }
    let is_layout = |c: char| c == EDGE || c.is_ascii_whitespace();
    let mut tidy = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let words = rest.find(is_layout).unwrap_or(rest.len());
        tidy.push_str(&rest[..words]);
        rest = &rest[words..];
        let between = &rest[..rest.len() - rest.trim_start_matches(is_layout).len()];
        rest = &rest[between.len()..];
        let is_layout = between.contains(EDGE) && between.contains('\n');
        if !(is_layout && (opens(&tidy) || closes(rest))) {
            tidy.extend(between.chars().filter(|c| *c != EDGE));
        }
    }
    Cow::Owned(tidy)
}

/// Whether no space stands after these words.
pub fn opens(before: &str) -> bool {
    before.ends_with(['(', '[', '“'])
}

/// Whether no space stands before these words. Stops that go on with stops are an ellipsis, which keeps it.
pub fn closes(rest: &str) -> bool {
    let stops = rest.strip_prefix('.').is_some_and(|rest| rest.trim_start().starts_with('.'));
    rest.starts_with([')', ']', ',', '.', ';', ':', '”']) && !stops
}

/// White space of XML as single spaces, none at the ends.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in text.split([' ', '\t', '\r', '\n']).filter(|word| !word.is_empty()) {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    }
    folded
}

/// Whether it stands inside a document.
pub fn ancestor_document(node: Node<'_>) -> bool {
    node.ancestors().any(|above| is_div(above, "document"))
}

/// What tells a node from all others of its document.
pub fn key(node: Node<'_>) -> NodeId {
    node.id().get()
}

/// The node of that key.
pub fn node<'a>(tree: &'a Tree<'a>, key: NodeId) -> Option<Node<'a>> {
    tree.get_node(roxmltree::NodeId::new(key))
}

#[cfg(test)]
mod tests {
    use super::{escaped_once, parse, words};

    #[test]
    fn line_breaks_around_elements_are_no_words() {
        for (xml, expected) in [
            ("<p>(\n  <n>Roe</n>\n)</p>", "(Roe)"),
            ("<p>The <hi>Papers of\n <n>Roe</n>\n </hi> , vol. 4</p>", "The Papers of Roe, vol. 4"),
            ("<p><n>Roe</n>\n and <n>Doe</n>\n.</p>", "Roe and Doe."),
            ("<p><n>Roe</n>\n . . . <n>Doe</n></p>", "Roe . . . Doe"),
            ("<p>( <n>Roe</n> ) and Doe\n, Nicholas G .</p>", "( Roe ) and Doe , Nicholas G ."),
        ] {
            assert_eq!(words(parse(xml).unwrap().root_element()), expected, "{xml}");
        }
    }

    #[test]
    fn marks_that_were_escaped_twice_are_read_once() {
        let text = "<p a=\"&amp;quot;\">Tito&amp;apos;s &amp;ldquo;aid&amp;rdquo; &amp; &amp;lt;b> &amp;c; &amp;</p>";
        let once = escaped_once(text);
        assert_eq!(once, "<p a=\"&quot;\">Tito&apos;s “aid” &amp; &amp;lt;b> &amp;c; &amp;</p>");
        assert!(matches!(escaped_once("<p>A &amp; B</p>"), std::borrow::Cow::Borrowed(_)));
    }
}
