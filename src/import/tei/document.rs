//! A document: its head, source note, summary, date and parties as front matter, its text and notes.

use super::Importer;
use super::calendar::Entry;
use super::counts::is_editorial;
use super::excisions;
use super::index::is_above;
use super::sections::title;
use super::source::write_fields;
use crate::import::genre;
use crate::import::inline::{Inline, Style, plain};
use crate::import::markdown::{Block, line};
use crate::import::source_note::Mined;
use crate::import::volume::{File, Text};
use crate::import::xml::{self, Node};
use crate::import::yaml::Yaml;

/// The notes of a document that are no footnotes of its text.
#[derive(Debug, Default)]
pub struct HeadNotes<'a> {
    /// The source note.
    pub source: Option<Node<'a>>,
    /// Whether it stands as a line above the head.
    pub above: bool,
    /// The editors' summary.
    pub summary: Option<Node<'a>>,
}

/// Finds the source note and the summary of a document.
pub fn head_notes<'a>(document: Node<'a>) -> HeadNotes<'a> {
    let above = xml::children(document).find(|node| xml::name(*node) == "note" && is_above(*node));
    let loose =
        xml::children(document).find(|node| xml::name(*node) == "note" && xml::value(*node, "type") == Some("source"));
    let head = xml::child(document, "head");
    let notes: Vec<Node<'a>> =
        head.into_iter().flat_map(|head| head.descendants()).filter(|node| xml::name(*node) == "note").collect();
    let typed = notes.iter().find(|note| xml::value(**note, "type") == Some("source"));
    let untyped =
        notes.iter().find(|note| xml::value(**note, "type").is_none() && xml::words(**note).starts_with("Source:"));
    let summary = notes.iter().find(|note| xml::value(**note, "type") == Some("summary")).copied();
    let source = above.or(typed.or(untyped).copied()).or(loose);
    HeadNotes { source, above: source.is_some() && source == above, summary }
}

/// What the front matter of a document needs from the walk.
struct Head {
    title: String,
    /// All words of a head without its notes and number.
    plain: String,
    /// All words of a head that has neither markup, but for italics, nor notes.
    words: Option<String>,
    /// What of them is set in italics.
    italics: Vec<String>,
    supplied: bool,
    source: String,
    mined: Mined,
    marker: Option<String>,
    above: bool,
    summary: String,
}

impl Head {
    /// The kind of the document as its head names it, else as its source note does: "751G.00/7–251: Telegram".
    fn genre(&self) -> Option<String> {
        genre::of(&self.plain).or_else(|| self.mined.form.as_deref().and_then(genre::of))
    }
}

impl<'a> Importer<'a> {
    /// One document as a file.
    pub fn document(&mut self, node: Node<'a>, id: &str, folder: &str) {
        self.attached.clear();
        let begins_on = self.current.clone();
        let mut text = Text::default();
        self.take_pending(&mut text);
        let notes = head_notes(node);
        let mut head = Head {
            title: String::new(),
            plain: String::new(),
            words: None,
            italics: Vec::new(),
            supplied: true,
            source: String::new(),
            mined: Mined::default(),
            marker: None,
            above: notes.above,
            summary: String::new(),
        };
        let blocks = self.document_text(node, &notes, &mut head, &mut text);
        text.blocks.extend(blocks);
        let noted: usize = text.notes.iter().map(|(_, blocks)| excisions::in_blocks(blocks)).sum();
        self.report.written("excisions", excisions::in_blocks(&text.blocks) + noted);
        let editorial = is_editorial(node);
        self.report.written("documents", 1);
        let documents = self.report.count("documents");
        (self.progress)(documents.written, documents.found);
        if editorial {
            self.report.written("editorial_notes", 1);
        }
        let front = self.front(node, id, &head, &text, &begins_on, editorial);
        self.files.push(File { path: format!("{folder}/{id}.md"), text: text.file(front) });
    }

    /// Everything in the document; the head and its notes go to `head`.
    fn document_text(&mut self, node: Node<'a>, notes: &HeadNotes<'a>, head: &mut Head, text: &mut Text) -> Vec<Block> {
        let mut blocks = Vec::new();
        let mut run = Vec::new();
        let mut starts = Vec::new();
        let first_head = xml::child(node, "head");
        for child in node.children() {
            if Some(child) == first_head {
                super::blocks::flush(&mut run, &mut blocks);
                self.document_head(child, node, notes, head, text, &mut blocks);
            } else if Some(child) == notes.source {
                self.source_note(child, head, text);
            } else if xml::name(child) == "pb" {
                super::blocks::flush(&mut run, &mut blocks);
                blocks.push(Block::Page(self.page(child)));
            } else if super::blocks::is_line(child)
                || child.is_element()
                    && !matches!(xml::name(child), "note" | "hi" | "persName" | "gloss" | "ref" | "lb" | "seg")
            {
                super::blocks::flush(&mut run, &mut blocks);
                starts.push((blocks.len(), child));
                self.block(child, text, &mut blocks);
            } else {
                run.extend(self.inline(child, text));
            }
        }
        super::blocks::flush(&mut run, &mut blocks);
        self.labelled_attachments(blocks, &starts)
    }

    fn document_head(
        &mut self,
        node: Node<'a>,
        document: Node<'a>,
        notes: &HeadNotes<'a>,
        head: &mut Head,
        text: &mut Text,
        blocks: &mut Vec<Block>,
    ) {
        let mut inlines = Vec::new();
        self.head_inlines(node, notes, head, text, &mut inlines);
        let mut words = Vec::new();
        for inline in crate::import::inline::fold(inlines) {
            match inline {
                Inline::Page(page) => blocks.push(Block::Page(page)),
                other => words.push(other),
            }
        }
        let is_italic = |inline: &Inline| matches!(inline, Inline::Styled(Style::Em, inner) if matches!(inner.as_slice(), [Inline::Text(_)]));
        let is_plain = words.iter().all(|inline| matches!(inline, Inline::Text(_)) || is_italic(inline));
        let italics = words.iter().filter(|inline| is_italic(inline));
        head.italics = italics.map(|inline| plain(std::slice::from_ref(inline))).collect();
        head.words = is_plain.then(|| plain(&words));
        self.report.written("excisions", excisions::in_line(&words));
        head.supplied = !strip_number(&mut words, xml::value(document, "n").unwrap_or(""));
        head.plain = plain(&words);
        head.title = title(words);
    }

    /// The words of a head without its source note and summary.
    fn head_inlines(
        &mut self,
        node: Node<'a>,
        notes: &HeadNotes<'a>,
        head: &mut Head,
        text: &mut Text,
        inlines: &mut Vec<Inline>,
    ) {
        for child in node.children() {
            if Some(child) == notes.source {
                self.source_note(child, head, text);
            } else if Some(child) == notes.summary {
                self.count_note(child);
                head.summary = self.note_text(child, text);
            } else if xml::name(child) == "persName" || xml::name(child) == "hi" {
                let deep = child.descendants().any(|inner| Some(inner) == notes.source || Some(inner) == notes.summary);
                if deep {
                    self.head_inlines(child, notes, head, text, inlines);
                } else {
                    inlines.extend(self.inline(child, text));
                }
            } else {
                inlines.extend(self.inline(child, text));
            }
        }
    }

    fn source_note(&mut self, node: Node<'a>, head: &mut Head, text: &mut Text) {
        self.count_note(node);
        head.source = self.note_text(node, text);
        head.mined = self.mine(node);
        head.marker =
            self.index.label(node).map(|label| label.label.clone()).filter(|_| xml::value(node, "n").is_some());
    }

    /// A note as Markdown for the front matter; notes within it stay notes of the body.
    fn note_text(&mut self, node: Node<'a>, text: &mut Text) -> String {
        let blocks = self.note_content(node, text);
        self.report.written("excisions", excisions::in_blocks(&blocks));
        match blocks.as_slice() {
            [Block::Paragraph(inlines)] => line(inlines),
            many => crate::import::markdown::blocks(many).trim_end().to_owned(),
        }
    }

    fn front(
        &mut self,
        node: Node<'a>,
        id: &str,
        head: &Head,
        text: &Text,
        begins_on: &std::collections::BTreeMap<String, String>,
        editorial: bool,
    ) -> Yaml {
        let number = xml::value(node, "n").unwrap_or("");
        let files: Vec<Node<'a>> = node.descendants().filter(|inner| xml::name(*inner) == "file").collect();
        let empty = text.blocks.iter().all(|block| match block {
            Block::Page(_) | Block::Comment(_) => true,
            // Later releases give a document without text a dateline, so that its date can be found.
            Block::Fence { name, .. } => name == "dateline" && !files.is_empty(),
            _ => false,
        });
        let kind = match (editorial, empty, files.is_empty()) {
            (true, ..) => "editorial-note",
            (_, true, false) => "calendar",
            (_, true, true) => "withheld",
            _ => "document",
        };
        let entry = (kind == "calendar" && head.source.is_empty() && head.summary.is_empty())
            .then(|| self.calendar_entry(node, head.words.as_deref(), &head.italics))
            .flatten();
        let mut front = Yaml::default();
        front.text("id", id).text("number", number);
        if head.supplied && !number.is_empty() {
            front.word("number_supplied", "true");
        }
        let title = if head.title.is_empty() { id } else { &head.title };
        front.text("title", entry.as_ref().map(Entry::title).as_deref().unwrap_or(title));
        if kind != "document" {
            front.word("kind", kind);
        }
        if let Some(entry) = entry {
            let dated = super::dates::is_dated(node);
            entry.write_matter(&mut front, dated);
            if dated {
                self.date(node, &mut front);
            }
            front.text("summary", &entry.summary());
            entry.write_source(&mut front);
        } else {
            if !editorial {
                front.option("genre", head.genre().as_deref());
                self.date_and_parties(node, kind, head, &mut front);
            }
            front.text("summary", &head.summary);
            write_source(&mut front, head, kind);
        }
        self.write_attachments(&mut front);
        self.begins(node, text, begins_on, &mut front);
        self.facsimiles(&files, &mut front);
        text.write_markers(&mut front);
        front.map("extra", |front| self.write_doubts(node, front));
        front
    }

    /// A date that the source does not state is left out: only `undated` says that there is none.
    fn date_and_parties(&mut self, node: Node<'a>, kind: &str, head: &Head, front: &mut Yaml) {
        let entry = head.words.as_deref().filter(|_| kind == "calendar");
        let dated = self.date(node, front) || entry.is_some_and(|words| self.date_of_head(node, words, front));
        if !dated && says_undated(node) {
            front.word("date", "none");
        }
        let dateline = own(node, "dateline").or_else(|| xml::find(node, "dateline"));
        let place = dateline.and_then(|dateline| xml::find(dateline, "placeName")).map(xml::words);
        front.option("place", place.map(|place| place.trim_matches(['[', ']', ',', ' ']).to_owned()).as_deref());
        if let Some(head) = xml::child(node, "head") {
            self.write_parties(head, front);
        }
    }

    /// The date of the document itself, not of its attachments.
    fn date(&self, node: Node<'a>, front: &mut Yaml) -> bool {
        let own: Vec<Node<'a>> = xml::children(node).filter(|child| !self.is_attached(*child)).collect();
        super::dates::write_date(&own, front) || super::dates::write_bounds(node, front)
    }

    /// `from` and `to` as a head names them.
    pub fn write_parties(&self, head: Node<'a>, front: &mut Yaml) {
        for kind in ["from", "to"] {
            let named: Vec<Node<'a>> = head
                .descendants()
                .filter(|name| {
                    xml::value(*name, "type") == Some(kind) && !name.ancestors().any(|up| xml::name(up) == "note")
                })
                .filter(|name| !xml::words(*name).is_empty())
                .collect();
            if named.is_empty() {
                continue;
            }
            front.map(kind, |front| {
                for name in named {
                    let known = xml::value(name, "corresp").map(|id| id.trim_start_matches('#'));
                    let known = known.filter(|id| self.index.target(id) == Some(&super::index::Target::Person));
                    front.entry(|front| {
                        front.text("name", &xml::words(name));
                        front.option("ref", known.map(|id| format!("person:{}", super::index::clean(id))).as_deref());
                        if xml::name(name) == "gloss" {
                            front.word("type", "org");
                        }
                    });
                }
            });
        }
    }

    /// The page on which the document begins, where its first break comes later.
    fn begins(
        &self,
        _node: Node<'a>,
        text: &Text,
        begins_on: &std::collections::BTreeMap<String, String>,
        front: &mut Yaml,
    ) {
        let first = text.blocks.first();
        front.map("begins_on", |front| {
            for (pagination, page) in begins_on {
                let opens = matches!(first, Some(Block::Page(page))
                    if page.pagination.as_deref().unwrap_or(&self.first_pagination) == pagination);
                if !opens && !self.document_paginations.contains(pagination) {
                    front.text(pagination, page);
                }
            }
        });
    }

    fn facsimiles(&mut self, files: &[Node<'a>], front: &mut Yaml) {
        if files.is_empty() {
            return;
        }
        front.map("facsimiles", |front| {
            for (number, file) in files.iter().enumerate() {
                front.entry(|front| {
                    front.text("pagination", "facsimile").text("page", &(number + 1).to_string());
                    front.option("image", xml::value(*file, "path"));
                });
            }
        });
        self.report.written("facsimile_files", files.len());
    }
}

/// An element of the document itself, not of an attachment.
fn own<'a>(node: Node<'a>, name: &str) -> Option<Node<'a>> {
    node.descendants().find(|found| {
        xml::name(*found) == name
            && !found.ancestors().take_while(|up| *up != node).any(|up| matches!(xml::name(up), "attachment" | "note"))
    })
}

/// Whether head, dateline or a date of the document itself says that it has no date.
fn says_undated(node: Node<'_>) -> bool {
    let says = |words: String| words.to_lowercase().contains("undated") || words.contains("n.d.");
    ["head", "dateline", "date"].iter().any(|name| own(node, name).map(xml::words).is_some_and(says))
}

fn write_source(front: &mut Yaml, head: &Head, kind: &str) {
    if head.source.is_empty() {
        if kind == "document" || kind == "calendar" || kind == "withheld" {
            front.word("source", "none");
        }
        return;
    }
    front.map("source", |front| {
        front.option("marker", head.marker.as_deref());
        if head.above {
            front.word("position", "head");
        }
        front.text("note", &head.source);
        write_fields(front, &head.mined);
    });
}

/// Takes the number from the start of a head; says whether it stood there.
fn strip_number(words: &mut Vec<Inline>, number: &str) -> bool {
    let Some(Inline::Text(text)) = words.first_mut() else { return false };
    let mut rest = text.trim_start();
    let named = rest.strip_prefix("No.").or_else(|| rest.strip_prefix("No "));
    rest = named.map_or(rest, str::trim_start);
    let same = rest.get(..number.len()).is_some_and(|start| start.eq_ignore_ascii_case(number)) && !number.is_empty();
    let Some(after) = rest.get(number.len()..).filter(|_| same) else { return false };
    if after.starts_with(|c: char| c.is_alphanumeric()) || (named.is_none() && !after.starts_with('.')) {
        return false;
    }
    *text = after.trim_start_matches('.').trim_start().to_owned();
    while matches!(words.first(), Some(Inline::Text(text)) if text.trim().is_empty())
        || matches!(words.first(), Some(Inline::Break))
    {
        words.remove(0);
    }
    true
}
