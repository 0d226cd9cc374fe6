//! The second reading of a text, which fills [`Places`].

use std::ops::Range;

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span};

use super::lines::quoted_length;
use super::places::{Anchor, Content, Entry, Placed, Places, undecorated};

/// Reads a text as far as it is YAML.
pub(super) fn read(text: &str) -> Places {
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut scan = Scan {
        places: Places::default(),
        open: Vec::new(),
        cursor: Cursor { text: body, chars: 0, bytes: 0, ascii: body.is_ascii(), offset: text.len() - body.len() },
        documents: 0,
    };
    let mut parser = Parser::new_from_str(body);
    while let Some(event) = parser.next_event() {
        if !scan.take(event) {
            break;
        }
    }
    scan.places
}

/// A reading under way.
struct Scan<'text> {
    places: Places,
    /// Lists and mappings not yet closed, outermost first.
    open: Vec<usize>,
    cursor: Cursor<'text>,
    documents: usize,
}

impl Scan<'_> {
    /// Takes the next event; false when nothing after it is wanted.
    fn take(&mut self, event: Result<(Event<'_>, Span), ScanError>) -> bool {
        let (event, span) = match event {
            Ok(read) => read,
            Err(error) => {
                if error.info().contains("recursion limit") {
                    self.places.too_deep = Some(self.cursor.byte(error.marker().index()));
                }
                return false;
            }
        };
        let span = self.cursor.range(span);
        match event {
            Event::DocumentStart(_) => {
                self.documents += 1;
                if self.documents > 1 {
                    self.places.second_document = Some(span.start);
                    return false;
                }
            }
            Event::Scalar(text, style, anchor, tag) => self.scalar(span, &text, style, anchor, tag.is_some()),
            Event::SequenceStart(anchor, tag) => {
                let flow = self.cursor.rest(span.end).ends_with('[');
                let start = if flow { span.start } else { self.list_start(span.start) };
                return self.open(start, Content::List { flow, items: Vec::new() }, anchor, tag.is_some());
            }
            Event::MappingStart(anchor, tag) => {
                let flow = self.cursor.rest(span.end).ends_with('{') && !span.is_empty();
                return self.open(span.start, Content::Map { flow, entries: Vec::new() }, anchor, tag.is_some());
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span.start),
            Event::Alias(anchor) => self.alias(span, anchor),
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
        }
        true
    }

    fn scalar(&mut self, span: Range<usize>, text: &str, style: ScalarStyle, anchor: usize, tagged: bool) {
        let span = self.cursor.without_rest(span, style);
        if self.wants_key() {
            if tagged {
                self.places.tags.push(span.start);
            }
            // An anchored key is a value too, for the alias that refers to it.
            if anchor != 0 {
                let node = self.push(span.clone(), Content::Scalar { style: Some(style) }, true);
                self.places.anchors.insert(anchor, Anchor { node, text: text.to_owned(), used: false });
            }
            self.key(span, text.to_owned(), style == ScalarStyle::Plain && anchor == 0 && !tagged);
            return;
        }
        let decorated = tagged || anchor != 0;
        let written = !text.is_empty() || style != ScalarStyle::Plain;
        let span = if written || decorated { span } else { self.unwritten(span) };
        let node = self.add(span, Content::Scalar { style: written.then_some(style) }, decorated);
        if tagged && let Some(placed) = self.places.nodes.get(node) {
            self.places.tags.push(placed.span.start);
        }
        if anchor != 0 {
            self.places.anchors.insert(anchor, Anchor { node, text: text.to_owned(), used: false });
        }
    }

    fn alias(&mut self, span: Range<usize>, anchor: usize) {
        let known = self.places.anchors.get_mut(&anchor).map(|anchor| {
            anchor.used = true;
            (anchor.node, anchor.text.clone())
        });
        if self.wants_key() {
            self.key(span, known.map(|(_, text)| text).unwrap_or_default(), false);
        } else {
            self.add(span, Content::Alias { target: known.map(|(node, _)| node) }, false);
        }
    }

    /// Opens a list or a mapping; false if that is too deep or stands in a key's place.
    fn open(&mut self, start: usize, content: Content, anchor: usize, tagged: bool) -> bool {
        if self.wants_key() {
            return false;
        }
        let node = self.add(start..start, content, tagged || anchor != 0);
        if tagged {
            self.places.tags.push(start);
        }
        if anchor != 0 {
            self.places.anchors.insert(anchor, Anchor { node, text: String::new(), used: false });
        }
        self.open.push(node);
        if self.open.len() > Places::DEPTH {
            self.places.too_deep = Some(start);
            return false;
        }
        true
    }

    /// Closes the innermost list or mapping: it ends with its bracket, or with its last value.
    fn close(&mut self, at: usize) {
        let Some(node) = self.open.pop() else { return };
        let Some(placed) = self.places.nodes.get(node) else { return };
        let (flow, last, key_end) = match &placed.content {
            Content::List { flow, items } => (*flow, items.last().copied(), 0),
            Content::Map { flow, entries } => {
                let last = entries.last();
                (*flow, last.and_then(|entry| entry.value), last.map_or(0, |entry| entry.span.end))
            }
            _ => return,
        };
        let last_end = last.and_then(|last| self.places.nodes.get(last)).map_or(0, |node| node.span.end);
        let end = if flow { self.cursor.behind_bracket(at) } else { last_end.max(key_end) };
        if let Some(placed) = self.places.nodes.get_mut(node) {
            placed.span.end = end.max(placed.span.start);
        }
    }

    /// The reader puts a list that is not indented, and what is not written, at whatever comes next in the text. Such
    /// a list starts with the first `-` below its key.
    fn list_start(&self, start: usize) -> usize {
        if self.cursor.after(start).starts_with(['-', '&', '!']) {
            return start;
        }
        self.last_key().and_then(|key| self.cursor.dash_below(key.end)).unwrap_or(start)
    }

    /// The empty place of a value that is not written: behind its key's colon, or behind its `-`.
    fn unwritten(&self, span: Range<usize>) -> Range<usize> {
        if let Some(key) = self.last_key() {
            return self.cursor.behind_colon(key.end);
        }
        let innermost = self.open.last().and_then(|at| self.places.nodes.get(*at));
        let dash = innermost.and_then(|list| match &list.content {
            Content::List { items, .. } => match items.last().and_then(|item| self.places.nodes.get(*item)) {
                Some(before) => self.cursor.dash_below(before.span.end),
                None if self.cursor.after(list.span.start).starts_with('-') => Some(list.span.start),
                None => self.cursor.dash_below(list.span.start),
            },
            _ => None,
        });
        dash.map_or(span, |dash| dash + 1..dash + 1)
    }

    /// Whether the innermost open thing is a mapping that waits for a key.
    fn wants_key(&self) -> bool {
        let innermost = self.open.last().and_then(|at| self.places.nodes.get(*at)).map(|node| &node.content);
        match innermost {
            Some(Content::Map { entries, .. }) => entries.last().is_none_or(|entry| entry.value.is_some()),
            _ => false,
        }
    }

    /// The bytes of the key that waits for its value.
    fn last_key(&self) -> Option<Range<usize>> {
        match &self.places.nodes.get(*self.open.last()?)?.content {
            Content::Map { entries, .. } => entries.last().map(|entry| entry.span.clone()),
            _ => None,
        }
    }

    fn key(&mut self, span: Range<usize>, key: String, plain: bool) {
        let innermost = self.open.last().and_then(|at| self.places.nodes.get_mut(*at));
        if let Some(Placed { content: Content::Map { entries, .. }, .. }) = innermost {
            entries.push(Entry { key, span, plain, value: None });
        }
    }

    /// Adds a value to the innermost open thing.
    fn add(&mut self, span: Range<usize>, content: Content, decorated: bool) -> usize {
        let node = self.push(span, content, decorated);
        match self.open.last().and_then(|at| self.places.nodes.get_mut(*at)).map(|placed| &mut placed.content) {
            Some(Content::List { items, .. }) => items.push(node),
            Some(Content::Map { entries, .. }) => {
                if let Some(entry) = entries.last_mut() {
                    entry.value = Some(node);
                }
            }
            _ => self.places.root = Some(node),
        }
        node
    }

    fn push(&mut self, span: Range<usize>, content: Content, decorated: bool) -> usize {
        self.places.nodes.push(Placed { span, content, decorated });
        self.places.nodes.len() - 1
    }
}

/// Turns the reader's marks, which count characters, into bytes. It moves with the reader, so that a text is walked
/// through once.
struct Cursor<'text> {
    text: &'text str,
    chars: usize,
    bytes: usize,
    ascii: bool,
    /// What was cut off before `text`.
    offset: usize,
}

impl<'text> Cursor<'text> {
    fn range(&mut self, span: Span) -> Range<usize> {
        let start = self.byte(span.start.index());
        let end = self.byte(span.end.index());
        start..end.max(start)
    }

    fn byte(&mut self, index: usize) -> usize {
        if self.ascii {
            return index.min(self.text.len()) + self.offset;
        }
        while self.chars < index
            && let Some(next) = self.text.get(self.bytes..).and_then(|rest| rest.chars().next())
        {
            self.chars += 1;
            self.bytes += next.len_utf8();
        }
        while self.chars > index
            && let Some(last) = self.text.get(..self.bytes).and_then(|before| before.chars().next_back())
        {
            self.chars -= 1;
            self.bytes -= last.len_utf8();
        }
        self.bytes + self.offset
    }

    /// The text before byte `end`.
    fn rest(&self, end: usize) -> &'text str {
        self.text.get(..end.saturating_sub(self.offset)).unwrap_or_default()
    }

    fn after(&self, start: usize) -> &'text str {
        self.text.get(start.saturating_sub(self.offset)..).unwrap_or_default()
    }

    /// A scalar's bytes without what the reader adds: a comment behind a quoted one, line ends behind a block.
    fn without_rest(&self, span: Range<usize>, style: ScalarStyle) -> Range<usize> {
        let raw = self.after(span.start).get(..span.len()).unwrap_or_default();
        let length = match style {
            ScalarStyle::Plain => return span,
            ScalarStyle::Literal | ScalarStyle::Folded => raw.trim_ascii_end().len(),
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => {
                let before = undecorated(raw, style);
                raw.get(before..).and_then(quoted_length).map_or(raw.len(), |length| before + length)
            }
        };
        span.start..span.start + length
    }

    /// The first byte of the next line after byte `from`, comments and empty lines left out, if that begins with `-`.
    fn dash_below(&self, from: usize) -> Option<usize> {
        let rest = self.after(from);
        let mut at = from;
        for (number, line) in rest.split_inclusive(['\n', '\r']).enumerate() {
            let content = line.trim_ascii_start();
            if number > 0 && !content.is_empty() && !content.starts_with('#') {
                return content.starts_with('-').then_some(at + line.len() - content.len());
            }
            at += line.len();
        }
        None
    }

    /// The empty place behind the colon of a key that ends at `end`.
    fn behind_colon(&self, end: usize) -> Range<usize> {
        let rest = self.after(end);
        let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        let end = if rest.get(blanks..).is_some_and(|rest| rest.starts_with(':')) { end + blanks + 1 } else { end };
        end..end
    }

    fn behind_bracket(&self, at: usize) -> usize {
        if self.after(at).starts_with([']', '}']) { at + 1 } else { at }
    }
}
