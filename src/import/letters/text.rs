//! The text of a letter: sessions, hands, notes on spans, and everything that a pen does.

mod blocks;
mod links;
mod notes;

use super::known::Known;
use super::{Counts, words};
use crate::import::choice;
use crate::import::inline::{self, Inline, Page, Style};
use crate::import::markdown::Block;
use crate::import::rend;
use crate::import::report::Report;
use crate::import::volume::Text;
use crate::import::xml::{self, Node, NodeId};
use notes::{Anchors, labels, series};
use std::collections::BTreeMap;

/// Elements whose words stand and whose tags say nothing that Markdown could keep.
const WORDS: &[&str] = &[
    "subst",
    "date",
    "time",
    "bibl",
    "title",
    "quote",
    "q",
    "publisher",
    "pubPlace",
    "persName",
    "placeName",
    "orgName",
    "workName",
    "rs",
    "name",
    "author",
    "editor",
    "biblScope",
    "idno",
    "num",
    "w",
    "pc",
    "address",
    "mentioned",
    "soCalled",
    "term",
    "gloss",
    "desc",
    "body",
    "incident",
    "said",
    "head",
    "table",
    "list",
    "country",
    "settlement",
    "figDesc",
    "figure",
    "forename",
    "surname",
    "measure",
    "label",
];

/// Walks a letter's body.
pub struct Writer<'k> {
    known: &'k Known,
    /// Labels of the notes, by node.
    labels: BTreeMap<NodeId, String>,
    /// Keys of `hands:` by what a change of hand names; empty where only one hand wrote.
    hands: BTreeMap<String, String>,
    /// The hand that begins: the first author's, if it is one of these.
    pub own_hand: Option<String>,
    /// The hand that writes here.
    hand: Option<String>,
    /// The hand that the fences and spans around say.
    said: Option<String>,
    /// Page breaks met so far, with their images.
    pub pages: Vec<Option<String>>,
    /// What was written.
    pub counts: Counts,
    /// References, and what an editor should look at.
    pub report: Report,
    anchors: Anchors,
    notes: Vec<(String, Vec<Block>)>,
}

impl<'k> Writer<'k> {
    /// A writer for this body.
    pub fn new(body: Node<'_>, known: &'k Known, hands: BTreeMap<String, String>) -> Self {
        Writer {
            known,
            labels: labels(body),
            hands,
            own_hand: None,
            hand: None,
            said: None,
            pages: Vec::new(),
            counts: Counts::default(),
            report: Report::default(),
            anchors: Anchors::of(body),
            notes: Vec::new(),
        }
    }

    /// The whole text with its notes, these in the order of their series and numbers.
    pub fn text(&mut self, body: Node<'_>) -> Text {
        for note in std::mem::take(&mut self.anchors.unanchored) {
            if let Some(note) = xml::node(body.document(), note) {
                let message = "the note names an anchor that is not before it; it stands without a span".to_owned();
                self.report.remark("note-unanchored", xml::place(note), message);
            }
        }
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
            let mut made = if let Some(end) = self.anchors.end(node, &nodes[at..]) {
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
        self.hand = self.hands.get(words::scribe(node)).cloned();
    }

    fn inline(&mut self, node: Node<'_>) -> Vec<Inline> {
        if node.is_text() {
            let text = Inline::Text(node.text().unwrap_or_default().to_owned());
            let apart = self.anchors.is_apart(node);
            return vec![if apart { Inline::Span(".lemma".to_owned(), vec![text]) } else { text }];
        }
        if !node.is_element() {
            return Vec::new();
        }
        match xml::name(node) {
            "c" => self.character(node),
            "space" => vec![Inline::Text(" ".to_owned())],
            "lb" => vec![Inline::Break],
            "pb" => vec![self.page(node)],
            "note" => self.note(node),
            "anchor" => self.inlines(node),
            "milestone" | "cb" | "graphic" => self.without_words(node),
            "rs" | "persName" | "placeName" | "orgName" if xml::value(node, "ref").is_some() => self.link(node),
            "ref" => self.reference(node),
            "choice" => self.choice(node),
            "fw" => self.left_out(node),
            "stamp" => self.stamp(node),
            "hi" | "emph" => self.highlight(node),
            "lg" => {
                self.counts.add("lg", 1);
                self.apart(node)
            }
            "p" | "ab" | "l" | "item" | "row" | "cell" | "seg" | "addrLine" => self.apart(node),
            known if WORDS.contains(&known) => self.inlines(node),
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
            "corr" => ".supplied".to_owned(),
            "abbr" => ".abbr".to_owned(),
            "orig" => ".orig".to_owned(),
            other => {
                self.report.unknown(other, || xml::place(node), "its text stands where it stood");
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
        let rend = xml::value(node, "rend").or_else(|| xml::value(node, "rendition")).unwrap_or_default();
        // Print on a form, and a stamp: classes that the edition declares.
        if matches!(rend, "pre-print" | "stamp") {
            return vec![Inline::Span(format!(".{rend}"), inner)];
        }
        let rend = if rend.is_empty() && xml::name(node) == "emph" { "italic" } else { rend };
        rend::set(rend, inner, |word| {
            let message = format!("`rend=\"{word}\"` is not known; the words are set plain");
            self.report.remark("rendition-unknown", xml::place(node), message);
        })
    }

    /// A character by its form: those without text say by `rendition` what they are.
    fn character(&mut self, node: Node<'_>) -> Vec<Inline> {
        let inner = self.inlines(node);
        if !inner.is_empty() {
            return inner;
        }
        let form = xml::value(node, "rendition").unwrap_or_default().trim_start_matches('#');
        let number = xml::value(node, "n").and_then(|n| n.parse::<usize>().ok()).unwrap_or(1).min(200);
        let text = words::character(form, number);
        if text.is_empty() {
            let message = format!("a character of the form `{form}` is not known; nothing stands for it");
            self.report.remark("character-unknown", xml::place(node), message);
        }
        vec![Inline::Text(text)]
    }

    /// Two readings: the one of the page stands, the other is said of it.
    fn choice(&mut self, node: Node<'_>) -> Vec<Inline> {
        let Some(pair) = choice::pair(node) else {
            self.report.unknown("choice", || xml::place(node), "all its readings stand in the text");
            let mut run = Vec::new();
            for part in xml::children(node) {
                run.extend(
                    [Inline::Text(" ".to_owned())].into_iter().filter(|_| part.prev_sibling_element().is_some()),
                );
                run.extend(self.inlines(part));
            }
            return run;
        };
        let inner = self.inlines(pair.printed);
        vec![Inline::Span(pair.attributes, inner)]
    }

    /// Running heads, catchwords and the like are of the page, not of the text.
    fn left_out(&mut self, node: Node<'_>) -> Vec<Inline> {
        let what = "its text is of the page, not of the letter, and was left out";
        self.report.unknown(xml::name(node), || xml::place(node), what);
        Vec::new()
    }

    /// Place, date and time of a stamp stand apart, whatever the file has between them.
    fn stamp(&mut self, node: Node<'_>) -> Vec<Inline> {
        let mut run = Vec::new();
        for part in node.children() {
            run.append(&mut self.run(&[part]));
            run.push(Inline::Text(" ".to_owned()));
        }
        run
    }

    /// An element that holds no text, and says something that is not kept.
    fn without_words(&mut self, node: Node<'_>) -> Vec<Inline> {
        let what = match xml::name(node) {
            "graphic" => "it holds no text; its image is listed under `facsimiles:`",
            _ => "it holds no text, and nothing stands for it",
        };
        self.report.unknown(xml::name(node), || xml::place(node), what);
        self.inlines(node)
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
}

/// Whether an element is known as part of a line, whatever it holds.
fn is_inline(name: &str) -> bool {
    WORDS.contains(&name)
        || matches!(
            name,
            "note" | "ref" | "hi" | "emph" | "del" | "add" | "delSpan" | "addSpan" | "unclear" | "supplied"
        )
        || matches!(name, "damage" | "foreign" | "sic" | "l" | "item" | "row" | "cell" | "addrLine" | "anchor" | "c")
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
