//! TEI beyond volumes of documents: readings, drama, verse in stanzas, lists of persons and places, images of pages.

use super::Importer;
use super::blocks::{flush, is_block};
use crate::import::choice;
use crate::import::inline::{Inline, Style, has_words};
use crate::import::letters::entries;
use crate::import::markdown::{Block, Item};
use crate::import::volume::{File, Text};
use crate::import::xml::{self, Node};
use std::collections::BTreeMap;

/// Elements that stand for the page, not for the text.
pub fn is_left_out(node: Node<'_>) -> bool {
    let program = matches!(xml::name(node), "script" | "pdf" | "page-count-according-to-citation" | "object");
    program || xml::name(node) == "fw" || node.tag_name().namespace() == Some("http://www.w3.org/1999/xhtml")
}

/// Parts of a header that speak of the file and its encoding, not of the text.
pub fn is_about_the_file(node: Node<'_>) -> bool {
    matches!(
        xml::name(node),
        "encodingDesc" | "revisionDesc" | "availability" | "licence" | "langUsage" | "fw" | "listPrefixDef" | "extent"
    )
}

/// Addresses of the images of pages, by the ids of their surfaces and zones.
pub fn surfaces(root: Node<'_>) -> BTreeMap<String, String> {
    let mut images = BTreeMap::new();
    for facsimile in xml::children(root).filter(|node| matches!(xml::name(*node), "facsimile" | "sourceDoc")) {
        for graphic in facsimile.descendants().filter(|node| xml::name(*node) == "graphic") {
            let Some(url) = xml::value(graphic, "url") else { continue };
            let around = graphic.ancestors().take_while(|above| *above != facsimile);
            let zones = graphic.parent().into_iter().flat_map(xml::children).filter(|node| xml::name(*node) == "zone");
            for id in around.chain(zones).filter_map(xml::id) {
                images.entry(id.to_owned()).or_insert_with(|| url.to_owned());
            }
        }
    }
    images
}

/// Whether a list has nothing but entries with ids, which become a register.
pub fn is_register_list(node: Node<'_>) -> bool {
    let entry = match xml::name(node) {
        "listPerson" => "person",
        "listPlace" => "place",
        "listOrg" => "org",
        "listEvent" => "event",
        _ => return false,
    };
    let mut entries = xml::children(node).filter(|child| xml::name(*child) != "head").peekable();
    entries.peek().is_some()
        && entries.all(|child| is_register_list(child) || xml::name(child) == entry && xml::id(child).is_some())
}

/// Whether an element that may stand in a line stands as a block: by its place, or since it holds blocks.
pub fn stands_alone(node: Node<'_>) -> bool {
    let parent = node.parent().map(xml::name).unwrap_or_default();
    match xml::name(node) {
        "stage" => matches!(parent, "div" | "sp" | "body" | "castList") || parent.starts_with("div"),
        "bibl" => matches!(parent, "cit" | "quote" | "epigraph") && node.prev_sibling_element().is_some(),
        _ if super::inlines::is_unknown(node) => xml::children(node).any(|child| is_block(xml::name(child))),
        _ => false,
    }
}

impl<'a> Importer<'a> {
    /// An element that is no block but stands among blocks. One that is not known and holds blocks keeps these.
    pub fn inline_as_block(&mut self, node: Node<'a>, text: &mut Text, blocks: &mut Vec<Block>) {
        let holds_blocks = xml::children(node).any(|child| is_block(xml::name(child)));
        if holds_blocks && super::inlines::is_unknown(node) {
            self.report.unknown(xml::name(node), || xml::place(node), "its text stands where it stood");
            let inner = self.mixed(node, text);
            return blocks.extend(inner);
        }
        let mut run = self.inline(node, text);
        flush(&mut run, blocks);
    }

    /// A verse behind a verse: a line of the same block.
    pub fn next_verse(&mut self, node: Node<'a>, text: &mut Text, run: &mut Vec<Inline>, blocks: &mut Vec<Block>) {
        flush(run, blocks);
        let mut line = vec![Inline::Break];
        line.extend(self.inlines(node, text));
        match blocks.last_mut() {
            Some(Block::Fence { name, blocks: lines, .. }) if name == "verse" => match lines.last_mut() {
                Some(Block::Paragraph(inlines)) => inlines.append(&mut line),
                _ => lines.push(Block::Paragraph(line)),
            },
            _ => blocks.push(Block::Fence { name: "verse".into(), lines: true, blocks: vec![Block::Paragraph(line)] }),
        }
    }

    /// Two readings: the one of the page stands, the other is said of it.
    pub fn choice(&mut self, node: Node<'a>, text: &mut Text) -> Vec<Inline> {
        if let Some(pair) = choice::pair(node) {
            let inner = self.inlines(pair.printed, text);
            return vec![Inline::Span(pair.attributes, inner)];
        }
        self.report.unknown("choice", || xml::place(node), "all its readings stand in the text");
        self.apart(node, text)
    }

    /// Readings of several witnesses: the first stands, the others are a note.
    pub fn readings(&mut self, node: Node<'a>, text: &mut Text) -> Vec<Inline> {
        let kept = xml::child(node, "lem").or_else(|| xml::child(node, "rdg"));
        let Some(kept) = kept else { return self.apart(node, text) };
        let mut run = self.inlines(kept, text);
        let mut others = Vec::new();
        for other in xml::children(node).filter(|child| *child != kept) {
            if others.iter().any(has_words) {
                others.push(Inline::Text("; ".to_owned()));
            }
            let witness = xml::value(other, "wit").or_else(|| xml::value(other, "resp")).unwrap_or("").replace('#', "");
            let mut words = self.inlines(other, text);
            if words.is_empty() && xml::name(other).starts_with("rdg") {
                words.push(Inline::Text("–".to_owned()));
            }
            others.extend(
                [Inline::Text(witness.clone()), Inline::Text(": ".to_owned())]
                    .into_iter()
                    .filter(|_| !witness.is_empty()),
            );
            others.append(&mut words);
        }
        if others.is_empty() {
            return run;
        }
        self.apparatus += 1;
        let label = format!("app{}", self.apparatus);
        if run.iter().any(has_words) {
            run = vec![Inline::Span(".lemma".to_owned(), run)];
        }
        run.push(Inline::Note(label.clone()));
        text.notes.push((label, vec![Block::Paragraph(others)]));
        run
    }

    /// The words of an element whose parts nothing keeps apart.
    pub fn apart(&mut self, node: Node<'a>, text: &mut Text) -> Vec<Inline> {
        let bare =
            node.children().all(|child| !child.is_text() || child.text().is_none_or(|text| text.trim().is_empty()));
        let mut run = Vec::new();
        for child in node.children() {
            if bare && child.is_element() && !run.is_empty() {
                run.push(Inline::Text(" ".to_owned()));
            }
            run.extend(self.inline(child, text));
        }
        run
    }

    /// What is left out of the text is named.
    pub fn left_out(&mut self, node: Node<'a>) -> Vec<Inline> {
        let what = if node.descendants().any(|inner| inner.text().is_some_and(|text| !text.trim().is_empty())) {
            "its text is of the page, not of the work, and was left out"
        } else {
            "it holds no text, and nothing stands for it"
        };
        self.report.unknown(xml::name(node), || xml::place(node), what);
        Vec::new()
    }

    /// A direction on the stage, within a line.
    pub fn stage(&mut self, node: Node<'a>, text: &mut Text) -> Vec<Inline> {
        let inner = self.inlines(node, text);
        let space = || Inline::Text(" ".to_owned());
        vec![space(), Inline::Styled(Style::Em, inner), space()]
    }

    /// The name before a speech.
    pub fn speaker(&mut self, node: Node<'a>, text: &mut Text, blocks: &mut Vec<Block>) {
        let inner = self.inlines(node, text);
        blocks.push(Block::Paragraph(vec![Inline::Styled(Style::Strong, inner)]));
    }

    /// The persons of a play, or the entries of a list that has no register.
    pub fn entries(&mut self, node: Node<'a>, text: &mut Text, blocks: &mut Vec<Block>) {
        let mut items: Vec<Item> = Vec::new();
        for child in xml::children(node) {
            if xml::name(child) == "head" && items.is_empty() {
                self.block(child, text, blocks);
                continue;
            }
            let mut run = self.apart(child, text);
            let mut inner = Vec::new();
            flush(&mut run, &mut inner);
            items.push(Item { label: Vec::new(), blocks: inner });
        }
        if !items.is_empty() {
            blocks.push(Block::List(items));
        }
    }

    /// Stanzas as paragraphs, verses as lines.
    pub fn verse(&mut self, node: Node<'a>, text: &mut Text, blocks: &mut Vec<Block>) {
        let mut stanzas = Vec::new();
        self.stanzas(node, text, &mut stanzas);
        blocks.push(Block::Fence { name: "verse".into(), lines: true, blocks: stanzas });
    }

    fn stanzas(&mut self, node: Node<'a>, text: &mut Text, stanzas: &mut Vec<Block>) {
        let mut lines: Vec<Inline> = Vec::new();
        for child in node.children() {
            match xml::name(child) {
                "lg" => {
                    flush(&mut lines, stanzas);
                    self.stanzas(child, text, stanzas);
                }
                "head" | "trailer" | "label" => {
                    flush(&mut lines, stanzas);
                    lines.extend(self.inlines(child, text));
                    flush(&mut lines, stanzas);
                }
                "l" => {
                    if lines.iter().any(has_words) {
                        lines.push(Inline::Break);
                    }
                    lines.extend(self.inlines(child, text));
                }
                _ => lines.extend(self.inline(child, text)),
            }
        }
        flush(&mut lines, stanzas);
    }

    /// Lists of persons, places, organizations and events as registers beside those of the text.
    pub fn listed_entries(&mut self, root: Node<'a>, folder: &str) {
        let lists =
            root.descendants().filter(|node| is_register_list(*node) && !node.parent().is_some_and(is_register_list));
        for (name, number, yaml) in entries(lists) {
            self.report.found(name, number);
            self.report.written(name, number);
            let path = format!("{folder}/registers/{name}.yaml");
            match self.files.iter_mut().find(|file| file.path == path) {
                Some(file) => file.text.push_str(&yaml),
                None => self.files.push(File { path, text: yaml }),
            }
        }
    }
}
