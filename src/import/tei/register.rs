//! Lists of persons and terms as registers.

use super::Importer;
use super::index::clean;
use super::offices;
use crate::import::inline::{Inline, fold, plain};
use crate::import::markdown::line;
use crate::import::volume::{File, Text};
use crate::import::xml::{self, Node};
use crate::import::yaml::Yaml;
use std::collections::BTreeSet;

impl<'a> Importer<'a> {
    /// Whether a section is a list whose entries become a register.
    pub fn is_register(&self, node: Node<'a>) -> bool {
        node.descendants().any(|inner| defines(inner).is_some())
    }

    /// Both registers of the volume.
    pub fn registers(&mut self, text: Node<'a>, folder: &str) {
        for (element, name) in [("persName", "persons"), ("term", "terms")] {
            let mut yaml = Yaml::default();
            let mut taken = BTreeSet::new();
            for node in text.descendants().filter(|node| xml::name(*node) == element && defines(*node).is_some()) {
                self.entry(node, name, &mut taken, &mut yaml);
            }
            if !yaml.is_empty() {
                self.files.push(File { path: format!("{folder}/registers/{name}.yaml"), text: yaml.finish() });
            }
        }
    }

    fn entry(&mut self, node: Node<'a>, register: &'static str, taken: &mut BTreeSet<String>, yaml: &mut Yaml) {
        let given = clean(defines(node).unwrap_or_default());
        let mut id = given.clone();
        let mut count = 1;
        while !taken.insert(id.to_lowercase()) {
            count += 1;
            id = format!("{given}-{count}");
        }
        let description = self.description(node);
        yaml.entry(|yaml| {
            yaml.text("id", &id).text("name", xml::words(node).trim_end_matches(','));
            yaml.text("description", &line(&description));
            if register == "persons" {
                offices::write(&offices::read(&plain(&description)), yaml);
            }
            yaml.map("extra", |yaml| {
                if id != given {
                    yaml.text("id_in_source", &given);
                }
                self.write_doubts(node, yaml);
            });
        });
        self.report.written(register, 1);
    }

    /// What stands behind the name in the item.
    fn description(&mut self, node: Node<'a>) -> Vec<Inline> {
        let Some(item) = node.ancestors().find(|above| xml::name(*above) == "item") else { return Vec::new() };
        let mut inlines = Vec::new();
        let mut behind = false;
        self.behind(item, node, &mut behind, &mut inlines);
        // The comma after the name stands there, with or without emphasis.
        let mut inlines = fold(inlines);
        if let Some(Inline::Text(text)) = inlines.first_mut() {
            let rest = text.trim_start_matches([',', ' ', '.', ':', ';']);
            *text = rest.to_owned();
        }
        fold(inlines)
    }

    fn behind(&mut self, within: Node<'a>, name: Node<'a>, behind: &mut bool, inlines: &mut Vec<Inline>) {
        for child in within.children() {
            if child == name {
                *behind = true;
            } else if !*behind && child.descendants().any(|inner| inner == name) {
                self.behind(child, name, behind, inlines);
            } else {
                let mut scratch = Text::default();
                let run = if xml::name(child) == "pb" { Vec::new() } else { self.without_pages(child, &mut scratch) };
                if *behind || !plain(&run).is_empty() {
                    inlines.extend(run);
                }
            }
        }
    }

    /// Page breaks of the list stand in the section's own text, where they are counted.
    fn without_pages(&mut self, node: Node<'a>, scratch: &mut Text) -> Vec<Inline> {
        let before = self.report.page_breaks.clone();
        let run = self.inline(node, scratch);
        self.report.page_breaks = before;
        run.into_iter().filter(|inline| !matches!(inline, Inline::Page(_) | Inline::Note(_))).collect()
    }
}

/// The id under which an entry of a list is known.
pub fn defines<'a>(node: Node<'a>) -> Option<&'a str> {
    matches!(xml::name(node), "persName" | "term").then(|| xml::id(node)).flatten()
}
