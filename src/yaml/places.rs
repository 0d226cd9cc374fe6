//! Where values stand in their text, found by a second reading with saphyr-parser.

use std::collections::BTreeMap;
use std::ops::Range;

use saphyr_parser::ScalarStyle;

use super::{Step, align, scan};

/// Where things stand in a text. Made only when something must be pointed at.
///
/// Of a text that is no YAML it knows what could be read before the fault. Where a key stands twice, its first place
/// counts. A way through an alias leads on into what the alias stands for.
#[derive(Debug, Clone, Default)]
pub struct Places {
    pub(super) nodes: Vec<Placed>,
    pub(super) root: Option<usize>,
    /// Anchors by the reader's number for them.
    pub(super) anchors: BTreeMap<usize, Anchor>,
    /// Where each tag starts.
    pub(super) tags: Vec<usize>,
    /// Where the second document starts, if there is one.
    pub(super) second_document: Option<usize>,
    /// Where the nesting passes [`Places::DEPTH`].
    pub(super) too_deep: Option<usize>,
}

#[derive(Debug, Clone)]
pub(super) struct Placed {
    /// From the first byte (with tag, anchor, quotes, brackets) to behind the last.
    pub(super) span: Range<usize>,
    pub(super) content: Content,
    /// Whether a tag or an anchor stands before the value, inside its span.
    pub(super) decorated: bool,
}

#[derive(Debug, Clone)]
pub(super) enum Content {
    /// A scalar; `style` is `None` where nothing is written.
    Scalar {
        style: Option<ScalarStyle>,
    },
    List {
        flow: bool,
        items: Vec<usize>,
    },
    Map {
        flow: bool,
        entries: Vec<Entry>,
    },
    Alias {
        target: Option<usize>,
    },
}

/// A key with its value, which is missing where reading broke off.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) span: Range<usize>,
    pub(super) plain: bool,
    pub(super) value: Option<usize>,
}

#[derive(Debug, Clone)]
pub(super) struct Anchor {
    pub(super) node: usize,
    /// The text, if it is a scalar: an alias may stand in a key's place.
    pub(super) text: String,
    pub(super) used: bool,
}

impl Places {
    /// Deeper values are not read: the decoder refuses them.
    pub(super) const DEPTH: usize = 130;

    /// Reads a text; never fails.
    pub fn scan(text: &str) -> Places {
        scan::read(text)
    }

    /// The bytes of the last key of `path`, with its quotes. `None` for the whole text and for items of lists.
    pub fn key(&self, path: &[Step]) -> Option<Range<usize>> {
        let (last, before) = path.split_last()?;
        let Step::Key(name) = last else { return None };
        let Content::Map { entries, .. } = &self.content(self.find(before)?)?.content else { return None };
        entries.iter().find(|entry| entry.key == *name).map(|entry| entry.span.clone())
    }

    /// The bytes of the value at `path`, with quotes, brackets, anchor and tag, without the header (`|`, `>-`) of a
    /// block scalar and without line ends behind it. Where nothing is written: the empty place behind the key's colon.
    pub fn value(&self, path: &[Step]) -> Option<Range<usize>> {
        self.nodes.get(self.find(path)?).map(|node| node.span.clone())
    }

    /// The bytes to point at for `path`: the value, else its key, else the same of the nearest value around it that
    /// is there. For a whole mapping or list that is its key.
    pub fn nearest(&self, path: &[Step]) -> Option<Range<usize>> {
        (0..=path.len()).rev().filter_map(|length| path.get(..length)).find_map(|path| {
            let scalar = self.find(path).and_then(|at| self.nodes.get(at)).is_some_and(|node| {
                matches!(node.content, Content::Scalar { .. } | Content::Alias { .. }) && !node.span.is_empty()
            });
            let value = || self.value(path);
            if scalar { value() } else { self.key(path).or_else(value) }
        })
    }

    /// The byte in `text` where byte `at` of the scalar at `path` stands, `decoded` being the scalar as decoded.
    ///
    /// Holds for plain, quoted, folded and literal scalars, through indentation, folded lines and escapes. A folded
    /// line end is where its blank is; the end of `decoded` is behind its last character. `None` if `decoded` is not
    /// what stands at `path`.
    pub fn in_scalar(&self, text: &str, path: &[Step], decoded: &str, at: usize) -> Option<usize> {
        let node = self.content(self.find(path)?)?;
        let Content::Scalar { style: Some(style) } = node.content else { return None };
        let mut raw = node.span.clone();
        if node.decorated {
            raw.start += undecorated(text.get(raw.clone())?, style);
        }
        if matches!(style, ScalarStyle::Literal | ScalarStyle::Folded) {
            raw = with_line_ends(text, raw)?;
        }
        align::place(text, raw, style, decoded, at)
    }

    pub(super) fn root(&self) -> Option<&Placed> {
        self.node(self.root?)
    }

    pub(super) fn node(&self, index: usize) -> Option<&Placed> {
        self.nodes.get(index)
    }

    /// Keys given twice: the first's bytes, the second's bytes, the key.
    pub(super) fn duplicates(&self) -> Vec<(Range<usize>, Range<usize>, &str)> {
        let mut found = Vec::new();
        for node in &self.nodes {
            let Content::Map { entries, .. } = &node.content else { continue };
            let mut firsts: BTreeMap<&str, &Entry> = BTreeMap::new();
            for entry in entries {
                match firsts.get(entry.key.as_str()) {
                    Some(first) => found.push((first.span.clone(), entry.span.clone(), entry.key.as_str())),
                    None => drop(firsts.insert(&entry.key, entry)),
                }
            }
        }
        found
    }

    /// Where anchors that nothing refers to start, or the tags before them.
    pub(super) fn unused_anchors(&self) -> impl Iterator<Item = usize> {
        let unused = self.anchors.values().filter(|anchor| !anchor.used);
        unused.filter_map(|anchor| Some(self.node(anchor.node)?.span.start))
    }

    /// Where tags start, or the anchors before them.
    pub(super) fn tags(&self) -> &[usize] {
        &self.tags
    }

    /// Where the second document starts.
    pub(super) fn second_document(&self) -> Option<usize> {
        self.second_document
    }

    /// Where the nesting becomes too deep.
    pub(super) fn too_deep(&self) -> Option<usize> {
        self.too_deep
    }

    /// The node at `path`; an alias itself if the way ends there.
    fn find(&self, path: &[Step]) -> Option<usize> {
        path.iter().try_fold(self.root?, |at, step| match (step, &self.content(at)?.content) {
            (Step::Key(name), Content::Map { entries, .. }) => entries.iter().find(|entry| entry.key == *name)?.value,
            (Step::Index(index), Content::List { items, .. }) => items.get(*index).copied(),
            _ => None,
        })
    }

    /// The node, or what it stands for if it is an alias. An anchor never stands before an alias.
    fn content(&self, at: usize) -> Option<&Placed> {
        match self.nodes.get(at)? {
            Placed { content: Content::Alias { target }, .. } => self.nodes.get((*target)?),
            node => Some(node),
        }
    }
}

/// The bytes of a block scalar with the empty lines that may belong to it, between its header and what follows.
fn with_line_ends(text: &str, raw: Range<usize>) -> Option<Range<usize>> {
    let ahead = text.get(..raw.start)?.trim_ascii_end().len();
    let blanks = text.get(ahead..raw.start)?;
    let start = blanks.find('\n').map_or(raw.start, |line_end| ahead + line_end + 1);
    let behind = text.get(raw.end..)?;
    Some(start..raw.end + behind.len() - behind.trim_ascii_start().len())
}

/// How many bytes of a scalar its anchor and tag take, and with them the header of a block scalar.
pub(super) fn undecorated(raw: &str, style: ScalarStyle) -> usize {
    let mut rest = raw;
    while rest.starts_with(['&', '!']) {
        rest = rest.trim_start_matches(|c: char| !c.is_ascii_whitespace()).trim_ascii_start();
    }
    if matches!(style, ScalarStyle::Literal | ScalarStyle::Folded) && rest.starts_with(['|', '>']) {
        rest = rest.split_once('\n').map_or("", |(_, lines)| lines);
    }
    raw.len() - rest.len()
}
