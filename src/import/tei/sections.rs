//! Folders and sections: the walk over everything that is no document.

use super::Importer;
use super::index::Role;
use crate::import::inline::{Inline, plain};
use crate::import::markdown::{Block, line};
use crate::import::volume::{File, Text};
use crate::import::xml::{self, Node};
use crate::import::yaml::Yaml;

/// What a folder holds, for its `order:`.
#[derive(Debug, Default)]
struct Children {
    ids: Vec<String>,
    documents: Vec<String>,
    folders: usize,
}

impl<'a> Importer<'a> {
    /// The whole volume: front matter, body, back matter, registers, its own page.
    pub fn volume(&mut self, root: Node<'a>, text: Node<'a>) {
        let folder = self.volume.clone();
        let mut order = Vec::new();
        let mut rest = Text::default();
        for part in xml::children(text) {
            let matter = match xml::name(part) {
                "front" => "front",
                "back" => "back",
                _ => "body",
            };
            match xml::name(part) {
                "front" | "body" | "back" | "group" => {
                    let found = self.parts(part, &folder, matter, &mut rest);
                    order.extend(found.ids);
                }
                "pb" => self.pending.push(part),
                _ => self.block(part, &mut rest, &mut Vec::new()),
            }
        }
        self.registers(text, &folder);
        self.listed_entries(root, &folder);
        // The introduction of a register's page stands on that page, not in the contents.
        order.retain(|id| id != "persons" && id != "terms");
        self.volume_page(root, &folder, &order, rest);
    }

    /// The children of a division or of a part of the volume. What is no file goes to `own`.
    fn parts(&mut self, node: Node<'a>, folder: &str, matter: &str, own: &mut Text) -> Children {
        let mut found = Children::default();
        let mut run = Vec::new();
        for child in node.children() {
            if let Some((role, id)) = self.index.unit(child).cloned() {
                super::blocks::flush(&mut run, &mut own.blocks);
                match role {
                    Role::Document => {
                        self.document(child, &id, folder);
                        found.documents.push(id.clone());
                    }
                    Role::Folder => {
                        self.folder(child, &id, folder, matter);
                        found.folders += 1;
                    }
                    Role::Section => self.section(child, &id, folder, matter),
                }
                found.ids.push(id);
            } else if xml::name(child) == "pb" {
                self.pending.push(child);
            } else if xml::name(child) == "gap" {
                // Pages that were left out, such as empty ones.
            } else if super::blocks::is_line(child)
                || child.is_element()
                    && (xml::name(child) != "head" || matches!(xml::name(node), "front" | "body" | "back" | "group"))
                    && xml::name(child) != "note"
            {
                super::blocks::flush(&mut run, &mut own.blocks);
                let mut inner = Vec::new();
                self.block(child, own, &mut inner);
                own.blocks.extend(inner);
            } else if xml::name(child) != "head" {
                run.extend(self.inline(child, own));
            }
        }
        super::blocks::flush(&mut run, &mut own.blocks);
        found
    }

    /// A compilation or chapter: a folder with its `_index.md`.
    fn folder(&mut self, node: Node<'a>, id: &str, above: &str, matter: &str) {
        let path = format!("{above}/{id}");
        let at = self.files.len();
        self.files.push(File { path: format!("{path}/_index.md"), text: String::new() });
        let mut text = Text::default();
        self.take_pending(&mut text);
        let title = self.head(node, &mut text);
        let found = self.parts(node, &path, matter, &mut text);
        self.count_division(node);
        let mut front = Yaml::default();
        front.text("id", id).text("title", &title_or(&title, id));
        if matter != "body" {
            front.word("matter", matter);
        }
        if found.folders > 0 || !rises(&found.documents) {
            front.list("order", found.ids.iter().map(String::as_str));
        }
        text.write_markers(&mut front);
        front.map("extra", |front| self.write_doubts(node, front));
        if let Some(file) = self.files.get_mut(at) {
            file.text = text.file(front);
        }
    }

    /// Preface, list, index: one file.
    fn section(&mut self, node: Node<'a>, id: &str, above: &str, matter: &str) {
        let mut text = Text::default();
        self.take_pending(&mut text);
        self.count_division(node);
        let title = self.head(node, &mut text);
        let list = self.is_register(node);
        for child in node.children() {
            let name = xml::name(child);
            if name == "head" && xml::child(node, "head") == Some(child) {
                continue;
            }
            if list && name == "list" {
                self.pages_of(child, &mut text);
                continue;
            }
            if child.is_text() && child.text().is_none_or(|text| text.trim().is_empty()) {
                continue;
            }
            self.section_part(child, &mut text);
        }
        let title = if xml::name(node) == "titlePage" { "Title page".to_owned() } else { title };
        let mut front = Yaml::default();
        front.word("kind", "section").text("id", id).text("title", &title_or(&title, id)).word("matter", matter);
        text.write_markers(&mut front);
        front.map("extra", |front| self.write_doubts(node, front));
        self.files.push(File { path: format!("{above}/{id}.md"), text: text.file(front) });
    }

    fn section_part(&mut self, child: Node<'a>, text: &mut Text) {
        let mut inner = Vec::new();
        match xml::name(child) {
            "pb" => inner.push(Block::Page(self.page(child))),
            "gap" => {}
            "note" if super::blocks::is_line(child) => self.block(child, text, &mut inner),
            "" | "hi" | "persName" | "ref" | "gloss" | "note" | "lb" | "seg" => {
                let mut run = self.inline(child, text);
                super::blocks::flush(&mut run, &mut inner);
            }
            _ => self.block(child, text, &mut inner),
        }
        text.blocks.extend(inner);
    }

    /// Counts a division where it is written.
    pub fn count_division(&mut self, node: Node<'a>) {
        if super::counts::is_division(node) {
            self.report.written("divisions", 1);
        }
    }

    /// Only the page breaks of a list that becomes a register.
    fn pages_of(&mut self, node: Node<'a>, text: &mut Text) {
        for pb in node.descendants().filter(|inner| xml::name(*inner) == "pb") {
            let page = self.page(pb);
            text.blocks.push(Block::Page(page));
        }
    }

    /// Page breaks that stood before this file.
    pub fn take_pending(&mut self, text: &mut Text) {
        for pb in std::mem::take(&mut self.pending) {
            let page = self.page(pb);
            text.blocks.push(Block::Page(page));
        }
    }

    /// The first head of a division as a title; its page breaks go to the text.
    fn head(&mut self, node: Node<'a>, text: &mut Text) -> String {
        let Some(head) = xml::child(node, "head") else { return String::new() };
        let inlines = self.inlines(head, text);
        let mut words = Vec::new();
        for inline in inlines {
            match inline {
                Inline::Page(page) => text.blocks.push(Block::Page(page)),
                other => words.push(other),
            }
        }
        title(words)
    }
}

/// Inlines as a title: italics that set the whole line say nothing.
pub fn title(inlines: Vec<Inline>) -> String {
    let all = plain(&inlines).chars().count();
    let italic: usize = inlines.iter().map(italic_length).sum();
    let inlines = if italic * 2 > all { unstyled(inlines) } else { inlines };
    line(&crate::import::inline::fold(inlines))
}

fn italic_length(inline: &Inline) -> usize {
    match inline {
        Inline::Styled(crate::import::inline::Style::Em, inner) => plain(inner).chars().count(),
        _ => 0,
    }
}

fn unstyled(inlines: Vec<Inline>) -> Vec<Inline> {
    inlines
        .into_iter()
        .flat_map(|inline| match inline {
            Inline::Styled(crate::import::inline::Style::Em, inner) => inner,
            other => vec![other],
        })
        .collect()
}

fn title_or(title: &str, id: &str) -> String {
    if title.is_empty() { id.to_owned() } else { title.to_owned() }
}

/// Whether ids rise in the natural order of their numbers.
fn rises(ids: &[String]) -> bool {
    let key = |id: &String| {
        let digits: String = id.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
        let rest =
            id.trim_start_matches(|c: char| !c.is_ascii_digit()).trim_start_matches(|c: char| c.is_ascii_digit());
        (digits.parse::<u64>().unwrap_or(0), rest.to_lowercase())
    };
    ids.windows(2).all(|pair| key(&pair[0]) < key(&pair[1]))
}
