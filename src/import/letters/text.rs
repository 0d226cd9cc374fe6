//! The text of a letter: sessions, hands, notes on spans, and everything that a pen does.

mod blocks;

use super::known::Known;
use super::{Counts, words};
use crate::import::inline::{self, Inline, Page, Style};
use crate::import::markdown::Block;
use crate::import::volume::Text;
use crate::import::xml::{self, Node, NodeId};
use std::collections::BTreeMap;

/// Walks a letter's body.
pub struct Writer<'k> {
    known: &'k Known,
    /// Labels of the notes, by node.
    labels: BTreeMap<NodeId, String>,
    /// Keys of `hands:` by what a change of hand names; empty where only one hand wrote.
    hands: BTreeMap<String, String>,
    /// The hand that writes here.
    hand: Option<String>,
    /// The hand that the fences and spans around say.
    said: Option<String>,
    /// Page breaks met so far, with their images.
    pub pages: Vec<Option<String>>,
    /// What was written.
    pub counts: Counts,
    /// Elements that the importer does not know; their text is kept.
    pub unknown: BTreeMap<String, usize>,
    notes: Vec<(String, Vec<Block>)>,
}

impl<'k> Writer<'k> {
    /// A writer for this body.
    pub fn new(body: Node<'_>, known: &'k Known, hands: BTreeMap<String, String>) -> Self {
        Writer {
            known,
            labels: labels(body),
            hands,
            hand: None,
            said: None,
            pages: Vec::new(),
            counts: Counts::default(),
            unknown: BTreeMap::new(),
            notes: Vec::new(),
        }
    }

    /// The whole text with its notes, these in the order of their series and numbers.
    pub fn text(&mut self, body: Node<'_>) -> Text {
        let blocks = self.flow(body);
        let mut notes = std::mem::take(&mut self.notes);
        notes.sort_by_key(|(label, _)| {
            let digits = label.find(|c: char| c.is_ascii_digit()).unwrap_or(0);
            (label[..digits].to_owned(), label[digits..].parse::<u32>().unwrap_or(0))
        });
        Text { blocks, notes, markers: Vec::new() }
    }

    /// The editors' own words about the letter, outside of any hand; nothing in them is counted as the letter's.
    pub fn editorial(&mut self, node: Node<'_>) -> Vec<Inline> {
        let (counts, pages) = (self.counts.clone(), self.pages.len());
        (self.hand, self.said) = (None, None);
        let inlines = self.inlines(node);
        self.counts = counts;
        self.pages.truncate(pages);
        inlines
    }

    /// The inlines of an element.
    pub fn inlines(&mut self, node: Node<'_>) -> Vec<Inline> {
        let children: Vec<Node<'_>> = node.children().collect();
        self.run(&children)
    }

    /// The inlines of some siblings. What another hand than the one said wrote becomes a span of that hand.
    fn run(&mut self, nodes: &[Node<'_>]) -> Vec<Inline> {
        let said = self.said.clone();
        let mut groups: Vec<(Option<String>, Vec<Inline>)> = vec![(self.hand.clone(), Vec::new())];
        let mut at = 0;
        while let Some(node) = nodes.get(at).copied() {
            at += 1;
            if xml::name(node) == "handShift" {
                self.shift(node);
                groups.push((self.hand.clone(), Vec::new()));
                continue;
            }
            self.said.clone_from(&self.hand);
            let mut made = if let Some(end) = note_of_anchor(node, &nodes[at..]) {
                let inner = self.run(&nodes[at..at + end]);
                at += end;
                vec![Inline::Span(".lemma".to_owned(), inner)]
            } else {
                self.inline(node)
            };
            if let Some((_, group)) = groups.last_mut() {
                group.append(&mut made);
            }
            if self.said != self.hand {
                groups.push((self.hand.clone(), Vec::new()));
            }
        }
        self.said.clone_from(&said);
        let spans = groups.into_iter().flat_map(|(hand, group)| match hand {
            Some(hand) if said.as_ref() != Some(&hand) && group.iter().any(inline::has_words) => by_hand(&hand, group),
            _ => group,
        });
        spans.collect()
    }

    /// Another hand begins.
    fn shift(&mut self, node: Node<'_>) {
        self.counts.add("hands", 1);
        // Without a name only the pen changes.
        if let Some(scribe) = xml::value(node, "scribe").or_else(|| xml::value(node, "new")) {
            self.hand = self.hands.get(scribe.trim_start_matches('#')).cloned();
        }
    }

    fn inline(&mut self, node: Node<'_>) -> Vec<Inline> {
        if node.is_text() {
            return vec![Inline::Text(node.text().unwrap_or_default().to_owned())];
        }
        if !node.is_element() {
            return Vec::new();
        }
        match xml::name(node) {
            "c" => vec![Inline::Text(character(node))],
            "space" => vec![Inline::Text(" ".to_owned())],
            "lb" => vec![Inline::Break],
            "pb" => vec![self.page(node)],
            "note" => self.note(node),
            "anchor" | "milestone" | "cb" | "fw" => Vec::new(),
            "rs" | "persName" | "placeName" | "orgName" if xml::value(node, "ref").is_some() => self.link(node),
            "ref" => self.reference(node),
            "hi" | "emph" => self.highlight(node),
            "lg" => {
                self.counts.add("lg", 1);
                self.apart(node)
            }
            "p" | "ab" | "l" | "item" | "row" | "cell" | "seg" | "addrLine" => self.apart(node),
            "subst" | "choice" | "date" | "time" | "bibl" | "title" | "quote" | "q" | "publisher" | "pubPlace"
            | "persName" | "placeName" | "orgName" | "rs" | "name" | "author" | "editor" | "biblScope" | "idno"
            | "num" | "w" | "pc" | "abbr" | "address" | "mentioned" | "soCalled" | "term" | "gloss" | "desc"
            | "body" | "stamp" | "incident" | "said" | "head" | "table" | "list" => self.inlines(node),
            _ => self.act(node),
        }
    }

    /// Blocks that stand where only words can: a line break or a space keeps them from the one before.
    fn apart(&mut self, node: Node<'_>) -> Vec<Inline> {
        let name = xml::name(node);
        let mut inner = self.inlines(node);
        if node.prev_sibling_element().is_some_and(|before| xml::name(before) == name) {
            let space = matches!(name, "seg" | "cell");
            inner.insert(0, if space { Inline::Text(" ".to_owned()) } else { Inline::Break });
        }
        inner
    }

    /// What a pen did, or an editor says of it.
    fn act(&mut self, node: Node<'_>) -> Vec<Inline> {
        let inner = self.inlines(node);
        let hand = xml::value(node, "hand").and_then(|hand| self.hands.get(hand.trim_start_matches('#')));
        let by = hand.map(|hand| format!(" hand={hand}")).unwrap_or_default();
        let attribute =
            |key: &str, name: &str| xml::value(node, name).map(|value| format!(" {key}={}", words::token(value)));
        let class = match xml::name(node) {
            "del" | "delSpan" => {
                self.counts.add("deleted", 1);
                let rend = xml::value(node, "rend").unwrap_or("strikethrough");
                if rend == "strikethrough"
                    && by.is_empty()
                    && inner.iter().all(|inline| matches!(inline, Inline::Text(_)))
                {
                    return vec![Inline::Styled(Style::Del, inner)];
                }
                format!(".del rend={}{by}", words::token(rend))
            }
            "add" | "addSpan" => {
                self.counts.add("added", 1);
                format!(".add{}{by}", attribute("place", "place").unwrap_or_default())
            }
            "unclear" => {
                self.counts.add("unclear", 1);
                ".unclear".to_owned()
            }
            "supplied" => {
                self.counts.add("supplied", 1);
                ".supplied".to_owned()
            }
            "damage" => format!(".damage{}", attribute("agent", "agent").unwrap_or_default()),
            "gap" => return vec![self.gap(node)],
            "foreign" => {
                self.counts.add("foreign", 1);
                match xml::value(node, "lang").map(words::language) {
                    Some(language) => format!("lang={language}"),
                    None => return inner,
                }
            }
            "salute" | "signed" | "dateline" | "closer" => format!(".{}", xml::name(node)),
            "sic" => ".sic".to_owned(),
            other => {
                *self.unknown.entry(other.to_owned()).or_default() += 1;
                return inner;
            }
        };
        let span = Inline::Span(class, inner);
        // A closing and a name that the file sets side by side are lines.
        let line = |name: &str| matches!(name, "salute" | "signed" | "dateline");
        let beside = line(xml::name(node)) && node.prev_sibling().is_some_and(|before| line(xml::name(before)));
        if beside { vec![Inline::Break, span] } else { vec![span] }
    }

    fn gap(&mut self, node: Node<'_>) -> Inline {
        self.counts.add("gap", 1);
        let mut attributes =
            format!(".gap reason={}", words::gap_reason(xml::value(node, "reason").unwrap_or_default()));
        for key in ["quantity", "unit"] {
            if let Some(value) = xml::value(node, key) {
                attributes.push_str(&format!(" {key}={}", words::token(value)));
            }
        }
        Inline::Span(attributes, Vec::new())
    }

    fn highlight(&mut self, node: Node<'_>) -> Vec<Inline> {
        let inner = self.inlines(node);
        let rend = xml::value(node, "rend").unwrap_or_default();
        vec![match rend {
            "italics" | "italic" | "i" => Inline::Styled(Style::Em, inner),
            "bold" | "b" => Inline::Styled(Style::Strong, inner),
            "superscript" | "sup" => Inline::Styled(Style::Sup, inner),
            "subscript" | "sub" => Inline::Styled(Style::Sub, inner),
            "underline" => Inline::Span(".u".to_owned(), inner),
            "spaced-out" | "spaced" => Inline::Span(".spaced".to_owned(), inner),
            "latintype" | "antiqua" => Inline::Span(".latin".to_owned(), inner),
            "small_caps" | "small-caps" | "capitals" => Inline::Span(".smallcaps".to_owned(), inner),
            // Print on a form, and a stamp: classes that the edition declares.
            "pre-print" | "stamp" => Inline::Span(format!(".{}", words::token(rend)), inner),
            _ => return inner,
        }]
    }

    fn page(&mut self, node: Node<'_>) -> Inline {
        Inline::Page(self.page_value(node))
    }

    /// Breaks are counted through the letter: the files name images, not pages.
    fn page_value(&mut self, node: Node<'_>) -> Page {
        self.counts.add("pb", 1);
        self.pages.push(xml::value(node, "facs").map(str::to_owned));
        Page { pagination: None, number: Some(self.pages.len().to_string()), image: None }
    }

    fn note(&mut self, node: Node<'_>) -> Vec<Inline> {
        let Some(label) = self.labels.get(&xml::key(node)).cloned() else { return self.inlines(node) };
        self.counts.add(series(node).1, 1);
        let (hand, said) = (self.hand.take(), self.said.take());
        let blocks = self.flow(node);
        (self.hand, self.said) = (hand, said);
        self.notes.push((label.clone(), blocks));
        vec![Inline::Note(label)]
    }

    /// A link to an entry of a register. What it names without being its name is marked so.
    fn link(&mut self, node: Node<'_>) -> Vec<Inline> {
        let inner = self.inlines(node);
        let kind = match xml::name(node) {
            "persName" => "person",
            "placeName" => "place",
            "orgName" => "org",
            _ => xml::value(node, "type").unwrap_or_default(),
        };
        let (scheme, count) = match kind {
            "person" => ("person", "rs_person"),
            "place" => ("place", "rs_place"),
            "work" => ("work", "rs_work"),
            "org" => ("org", "rs_org"),
            "event" => ("event", "rs_event"),
            _ => return inner,
        };
        if is_nested(node) {
            // A link holds no link: the outer one stays.
            *self.unknown.entry("rs within rs".to_owned()).or_default() += 1;
            return inner;
        }
        if xml::name(node) == "rs" {
            self.counts.add(count, 1);
        }
        let ids = xml::value(node, "ref").unwrap_or_default().split_whitespace().map(|id| id.trim_start_matches('#'));
        let (found, missing): (Vec<&str>, Vec<&str>) = ids.partition(|id| self.known.has(scheme, id));
        if found.is_empty() {
            let target = missing.first().copied().unwrap_or_default();
            return vec![Inline::Span(format!(".broken-ref target=\"{scheme}:{target}\""), inner)];
        }
        let target = found.iter().map(|id| format!("{scheme}:{id}")).collect::<Vec<_>>().join("+");
        let mut linked = inline::link(target, inner);
        let mut attributes = String::new();
        if xml::value(node, "subtype") == Some("implied") {
            attributes.push_str(".implied");
        }
        if let Some(cert @ ("low" | "medium" | "high")) = xml::value(node, "cert") {
            attributes.push_str(if attributes.is_empty() { "cert=" } else { " cert=" });
            attributes.push_str(cert);
        }
        if !attributes.is_empty() && !linked.is_empty() {
            let first = linked.remove(0);
            linked.insert(0, Inline::Span(attributes, vec![first]));
        }
        linked
    }

    /// A reference to another letter, a diary, an address. Files leave its words to the site, so they are made here.
    fn reference(&mut self, node: Node<'_>) -> Vec<Inline> {
        let (kind, target) =
            (xml::value(node, "type").unwrap_or_default(), xml::value(node, "target").unwrap_or_default());
        let own = self.inlines(node);
        let written = own.iter().any(inline::has_words);
        let target = target.trim_start_matches('#').trim_end_matches(".xml");
        let letter = self.known.letter(target);
        let words =
            if written { own } else { vec![Inline::Text(letter.map_or_else(|| words::day(target), str::to_owned))] };
        let address = match letter {
            Some(_) => format!("doc:{target}"),
            None if target.starts_with("http") => target.to_owned(),
            None if kind.is_empty() || target.is_empty() => return words,
            None => format!("{}:{target}", words::token(kind)),
        };
        let introduction =
            if written { "" } else { words::introduction(xml::value(node, "subtype").unwrap_or_default()) };
        let mut made = vec![Inline::Text(introduction.to_owned())];
        made.append(&mut inline::link(address, words));
        made
    }
}

/// What another hand wrote: a span of that hand, or, where one span is all of it, the attribute on that span.
fn by_hand(hand: &str, mut group: Vec<Inline>) -> Vec<Inline> {
    let blank = |inline: &Inline| matches!(inline, Inline::Text(text) if text.trim().is_empty());
    let alone = group.iter().filter(|inline| !blank(inline)).count() == 1;
    let classed = group.iter_mut().find_map(|inline| match inline {
        Inline::Span(attributes, _) if attributes.starts_with('.') && !attributes.contains("hand=") => Some(attributes),
        _ => None,
    });
    match classed {
        // Of a lemma the words are the letter's, and the mark the editors'.
        Some(attributes) if alone && !attributes.starts_with(".lemma") => {
            attributes.push_str(&format!(" hand={hand}"));
            group
        }
        _ => vec![Inline::Span(format!("hand={hand}"), group)],
    }
}

/// A character by its form: those without text say by `rendition` what they are.
fn character(node: Node<'_>) -> String {
    let text: String = node.descendants().filter(|inner| inner.is_text()).filter_map(|inner| inner.text()).collect();
    if !text.is_empty() {
        return text;
    }
    let number = xml::value(node, "n").and_then(|n| n.parse::<usize>().ok()).unwrap_or(1).min(200);
    match xml::value(node, "rendition").unwrap_or_default().trim_start_matches('#') {
        "dots" => ".".repeat(number),
        "kaufmannsund" => "&".to_owned(),
        "prozent" => "%".to_owned(),
        "tausendermarkierung" => ".".to_owned(),
        "gemination-m" => "mm".to_owned(),
        "gemination-n" => "nn".to_owned(),
        _ => String::new(),
    }
}

/// Whether a link stands within another; a note within one does not count.
fn is_nested(node: Node<'_>) -> bool {
    node.ancestors().skip(1).take_while(|above| xml::name(*above) != "note").any(|above| xml::name(above) == "rs")
}

/// Where among the siblings after an anchor its note stands.
fn note_of_anchor(node: Node<'_>, after: &[Node<'_>]) -> Option<usize> {
    if xml::name(node) != "anchor" {
        return None;
    }
    let id = xml::id(node)?;
    after.iter().position(|sibling| {
        xml::name(*sibling) == "note"
            && xml::value(*sibling, "corresp").is_some_and(|target| target.trim_start_matches('#') == id)
    })
}

/// The series of a note: its prefix, and the name under which it is counted.
fn series(note: Node<'_>) -> (&'static str, &'static str) {
    match xml::value(note, "type") {
        Some("textConst") => ("t", "textual"),
        Some("footnote") => ("o", "original"),
        _ => ("", "commentary"),
    }
}

/// Labels: each series is counted through the letter, as it is printed.
fn labels(body: Node<'_>) -> BTreeMap<NodeId, String> {
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    let notes = body.descendants().filter(|node| xml::name(*node) == "note");
    notes
        .map(|note| {
            let prefix = series(note).0;
            let number = numbers.entry(prefix).or_default();
            *number += 1;
            (xml::key(note), format!("{prefix}{number}"))
        })
        .collect()
}
