//! Legal YAML that is probably not what was meant.

use std::ops::Range;

use saphyr_parser::ScalarStyle;

use super::lines::quoted;
use super::places::{Content, Entry, Placed};
use super::{Places, Step};

/// Something legal that an editor would hardly write on purpose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trap {
    /// The bytes it is about.
    pub span: Range<usize>,
    /// Which trap.
    pub kind: TrapKind,
    /// The way to the value that is not as it seems.
    pub path: Vec<Step>,
    /// What happens: lower case, no final stop.
    pub message: String,
    /// What to write instead.
    pub help: String,
}

/// The traps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TrapKind {
    /// `file: DEF #12`: the number is a comment. The span is the comment.
    CutByComment,
    /// `[Lay, James S.]`: two or more unquoted items on one line. Whether that is wrong depends on the key. The span is
    /// the list.
    InlineList,
    /// `{display: October 5, 1961}`: the year is a key without value. The span is the value as meant.
    CutByComma,
}

/// The traps of a text, in its order. None for a text that is no YAML, [`super::parse`] speaks of that.
pub fn traps(text: &str) -> Vec<Trap> {
    if !may_have_traps(text.as_bytes()) {
        return Vec::new();
    }
    let places = Places::scan(text);
    let mut search = Search { text, places: &places, path: Vec::new(), found: Vec::new() };
    if let Some(root) = places.root() {
        search.value(root);
    }
    search.found.sort_by_key(|trap| trap.span.start);
    search.found
}

/// Whether the text has what every trap needs: a comment without its space, or a bracket where a value may begin.
fn may_have_traps(bytes: &[u8]) -> bool {
    let before = |at: usize| at.checked_sub(1).and_then(|at| bytes.get(at));
    bytes.iter().enumerate().any(|(at, byte)| match byte {
        b'#' => {
            matches!(before(at), Some(b' ' | b'\t'))
                && bytes.get(at + 1).is_some_and(|next| next.is_ascii_alphanumeric() || !next.is_ascii())
        }
        b'[' | b'{' => {
            let ahead = bytes.get(..at).unwrap_or_default().trim_ascii_end().last();
            matches!(before(at), None | Some(b' ' | b'\t' | b'\n' | b'[' | b'{' | b','))
                && matches!(ahead, None | Some(b':' | b'-' | b',' | b'[' | b'{' | b'?'))
        }
        _ => false,
    })
}

struct Search<'a> {
    text: &'a str,
    places: &'a Places,
    path: Vec<Step>,
    found: Vec<Trap>,
}

impl Search<'_> {
    /// Looks through a value. It calls itself for the parts: what is read into [`Places`] is never deep.
    fn value(&mut self, node: &Placed) {
        match &node.content {
            Content::Scalar { style } => {
                let plain = style.is_none_or(|style| style == ScalarStyle::Plain);
                if plain {
                    self.comment(&node.span);
                }
            }
            Content::List { flow, items } => {
                if *flow {
                    self.inline_list(node, items);
                }
                for (index, item) in items.iter().enumerate() {
                    self.child(Step::Index(index), *item);
                }
            }
            Content::Map { flow, entries } => {
                if *flow {
                    self.commas(entries);
                }
                for entry in entries {
                    if let Some(value) = entry.value {
                        self.child(Step::Key(entry.key.clone()), value);
                    }
                }
            }
            Content::Alias { .. } => {}
        }
    }

    fn child(&mut self, step: Step, node: usize) {
        if let Some(node) = self.places.node(node) {
            self.path.push(step);
            self.value(node);
            self.path.pop();
        }
    }

    fn report(&mut self, span: Range<usize>, kind: TrapKind, path: Vec<Step>, message: String, help: String) {
        self.found.push(Trap { span, kind, path, message, help });
    }

    /// A comment without a space after its `#` behind a plain value, or where the value should be.
    fn comment(&mut self, value: &Range<usize>) {
        let rest = self.text.get(value.end..).unwrap_or_default();
        let rest = rest.split(['\n', '\r']).next().unwrap_or_default();
        let comment = rest.trim_start_matches([' ', '\t']);
        let starts = comment.len() < rest.len() && comment.starts_with('#');
        if !starts || !comment.chars().nth(1).is_some_and(char::is_alphanumeric) {
            return;
        }
        let start = value.end + rest.len() - comment.len();
        let comment = comment.trim_end();
        let from = if value.is_empty() { start } else { value.start };
        let meant = self.text.get(from..start + comment.len()).unwrap_or_default();
        let message = format!("`{comment}` is read as a comment and does not belong to the value");
        let help = if meant.contains('\n') {
            format!("write the value in quotes; a real comment has a space after `#`: `# {}`", &comment[1..])
        } else {
            format!("write {}; a real comment has a space after `#`", quoted(meant))
        };
        let path = self.path.clone();
        self.report(start..start + comment.len(), TrapKind::CutByComment, path, message, help);
    }

    /// `[Lay, James S.]`.
    fn inline_list(&mut self, node: &Placed, items: &[usize]) {
        let plain = |item: &&usize| {
            self.places
                .node(**item)
                .is_some_and(|item| matches!(item.content, Content::Scalar { style: Some(ScalarStyle::Plain) }))
        };
        let written = self.text.get(node.span.clone()).unwrap_or_default();
        if items.iter().filter(plain).count() < 2 || written.contains('\n') {
            return;
        }
        let inner = written.trim_start_matches('[').trim_end_matches(']').trim();
        let message = format!("`{written}` is a list of {} items", items.len());
        let help = format!("if it is one text, write {}; if it is a list, write one `- item` a line", quoted(inner));
        let path = self.path.clone();
        self.report(node.span.clone(), TrapKind::InlineList, path, message, help);
    }

    /// `{display: October 5, 1961}`: a plain value, then keys without values.
    fn commas(&mut self, entries: &[Entry]) {
        let mut rest = entries;
        while let Some((entry, after)) = rest.split_first() {
            let keyless = after.iter().take_while(|entry| entry.plain && self.is_unwritten(entry.value)).count();
            rest = after.get(keyless..).unwrap_or_default();
            let value = entry.value.and_then(|value| self.places.node(value));
            let Some(Placed { span, content: Content::Scalar { style: Some(style) }, .. }) = value else { continue };
            let Some(last) = after.get(..keyless).and_then(<[Entry]>::last) else { continue };
            if *style != ScalarStyle::Plain {
                continue;
            }
            let span = span.start..last.span.end;
            let meant = self.text.get(span.clone()).unwrap_or_default();
            let cut = after.first().map_or("", |entry| entry.key.as_str());
            let message = format!("the comma ends the value of `{}`, and `{cut}` is a key without value", entry.key);
            let help = format!("write `{}: {}`", entry.key, quoted(meant));
            let mut path = self.path.clone();
            path.push(Step::Key(entry.key.clone()));
            self.report(span, TrapKind::CutByComma, path, message, help);
        }
    }

    /// Whether nothing is written for the value, not even a colon.
    fn is_unwritten(&self, value: Option<usize>) -> bool {
        let node = value.and_then(|value| self.places.node(value));
        node.is_some_and(|node| {
            let nothing = matches!(node.content, Content::Scalar { style: None });
            nothing && !self.text.get(..node.span.end).unwrap_or_default().ends_with(':')
        })
    }
}
