//! Attachments: those that the encoding marks, and those that only a line such as "Tab A" begins.

use super::Importer;
use super::index::is_anchor;
use crate::import::inline::{has_words, plain};
use crate::import::markdown::Block;
use crate::import::volume::Text;
use crate::import::xml::{self, Node};
use crate::import::yaml::Yaml;

/// An attachment of the document at hand.
pub struct Attached<'a> {
    /// Id of its fence.
    id: String,
    /// The line that calls it an attachment.
    label: Option<String>,
    /// Its elements.
    nodes: Vec<Node<'a>>,
}

impl<'a> Importer<'a> {
    /// A marked attachment: a fence of its own with an id.
    pub fn attachment(&mut self, node: Node<'a>, text: &mut Text, blocks: &mut Vec<Block>) {
        self.report.written("attachments", 1);
        let id = self.attachment_id(xml::id(node));
        let at = self.attached.len();
        self.attached.push(Attached { id: id.clone(), label: None, nodes: vec![node] });
        let inner = self.mixed(node, text);
        let label = inner.iter().find(|block| says(block)).and_then(label_of);
        if let Some(attached) = self.attached.get_mut(at) {
            attached.label = label;
        }
        blocks.push(fence(&id, inner));
    }

    /// The source's own id where it can be an anchor, else one that counts.
    fn attachment_id(&self, given: Option<&str>) -> String {
        let is_free = |id: &str| self.attached.iter().all(|attached| !attached.id.eq_ignore_ascii_case(id));
        let given = given.filter(|id| is_anchor(id) && is_free(id)).map(str::to_owned);
        let counted = || (self.attached.len() + 1..).map(|number| format!("a{number}")).find(|id| is_free(id));
        given.or_else(counted).unwrap_or_default()
    }

    /// Makes an attachment of each label line and what follows it up to the next one. `starts` says with which block
    /// each element of the document begins.
    pub fn labelled_attachments(&mut self, blocks: Vec<Block>, starts: &[(usize, Node<'a>)]) -> Vec<Block> {
        let labels: Vec<usize> = (0..blocks.len()).filter(|at| blocks.get(*at).and_then(label_of).is_some()).collect();
        // Where nothing stands before it, the document itself is the attachment of something else.
        let first = blocks.iter().position(says).unwrap_or(blocks.len());
        let begins = |at: &usize| *at > first && !follows_label(&blocks, *at);
        let begins: Vec<usize> = labels.into_iter().filter(begins).collect();
        let all = blocks.len();
        let mut whole = Vec::new();
        let mut part: Vec<Block> = Vec::new();
        let mut from = None;
        for (at, block) in blocks.into_iter().enumerate() {
            if begins.contains(&at) {
                self.end_part(from, at, &mut part, starts, &mut whole);
                from = Some(at);
            }
            part.push(block);
        }
        self.end_part(from, all, &mut part, starts, &mut whole);
        whole
    }

    fn end_part(
        &mut self,
        from: Option<usize>,
        to: usize,
        part: &mut Vec<Block>,
        starts: &[(usize, Node<'a>)],
        whole: &mut Vec<Block>,
    ) {
        let part = std::mem::take(part);
        let Some(from) = from.filter(|_| part.iter().any(|block| says(block) && label_of(block).is_none())) else {
            // A label without a text says only that something is attached.
            return whole.extend(part);
        };
        let id = self.attachment_id(None);
        let nodes = starts.iter().filter(|(at, _)| (from..to).contains(at)).map(|(_, node)| *node).collect();
        self.attached.push(Attached { id: id.clone(), label: part.first().and_then(label_of), nodes });
        whole.push(fence(&id, part));
    }

    /// Whether the element belongs to an attachment.
    pub fn is_attached(&self, node: Node<'a>) -> bool {
        self.attached.iter().any(|attached| attached.nodes.contains(&node))
    }

    /// `attachments:` of the document. Titles stand in the text, where the print has them; here they would be printed too.
    pub fn write_attachments(&self, front: &mut Yaml) {
        front.map("attachments", |front| {
            for attached in &self.attached {
                front.map(&attached.id, |front| {
                    front.option("label", attached.label.as_deref());
                    super::dates::write_date(&attached.nodes, front);
                    if let Some(head) = attached.nodes.first().and_then(|node| xml::child(*node, "head")) {
                        self.write_parties(head, front);
                    }
                });
            }
        });
    }
}

fn fence(id: &str, blocks: Vec<Block>) -> Block {
    Block::Fence { name: format!("{{.attachment #{id}}}"), lines: false, blocks }
}

/// The words of a label line without brackets, notes and stop.
fn label_of(block: &Block) -> Option<String> {
    let Block::Fence { name, blocks, .. } = block else { return None };
    let [Block::Paragraph(inlines)] = blocks.as_slice() else { return None };
    let words = plain(inlines);
    let bare = words.trim_start_matches('[').trim_end_matches([']', '.', ' ']);
    (name == "label").then(|| bare.to_owned()).filter(|words| !words.is_empty())
}

/// Whether only page breaks part a label from one before it.
fn follows_label(blocks: &[Block], at: usize) -> bool {
    let before = blocks.iter().take(at).rev().find(|block| says(block));
    before.and_then(label_of).is_some()
}

fn says(block: &Block) -> bool {
    match block {
        Block::Paragraph(inlines) | Block::Heading(_, _, inlines) => inlines.iter().any(has_words),
        Block::Page(_) | Block::Comment(_) => false,
        Block::Fence { blocks, .. } | Block::Quote(blocks) => blocks.iter().any(says),
        Block::List(_) | Block::Written(_) | Block::Table(_) => true,
    }
}

/// `[Enclosure]`, `Attachment`, `Tab A`, `Annex B`; in brackets also `[Inclosure 2 in No. 52.—Translation.]`.
pub fn is_attachment_label(words: &str) -> bool {
    let inside = words.strip_prefix('[').and_then(|rest| rest.trim_end_matches('.').strip_suffix(']'));
    let bare = inside.unwrap_or(words).to_lowercase();
    let mut parts = bare.split([' ', '—', '-', '.', ',', ':']).filter(|part| !part.is_empty());
    let first = parts.next().unwrap_or("");
    words.len() < 60
        && parts.count() <= if inside.is_some() { 6 } else { 2 }
        && matches!(
            first,
            "attachment"
                | "attachments"
                | "enclosure"
                | "tab"
                | "annex"
                | "inclosure"
                | "subenclosure"
                | "subinclosure"
                | "appendix"
        )
}
