//! What a source has wrong, so that what was made of it is doubtful: written into the document or entry that it is about,
//! where `check` finds it until an editor has looked at it.

use super::Importer;
use crate::import::xml::{self, Node};
use crate::import::yaml::Yaml;

impl<'a> Importer<'a> {
    /// What the index found wrong.
    pub fn doubt_index(&mut self, text: Node<'a>) {
        for double in std::mem::take(&mut self.index.doubled) {
            if let Some(node) = xml::node(text.document(), double.node) {
                let message = format!("the id `{}` stands a second time; links go to the first", double.id);
                self.doubt(node, "id-doubled", message);
            }
        }
        for (note, target, taken) in std::mem::take(&mut self.index.wrong_targets) {
            if let Some(note) = xml::node(text.document(), note) {
                let message = self.about_target(note, &target, &taken);
                self.doubt(note, "note-target-wrong", message);
            }
        }
    }

    /// What a repeated note names, and what was taken in its place.
    fn about_target(&self, note: Node<'a>, target: &str, taken: &str) -> String {
        let there = self.index.target(target.trim_start_matches('#')).is_some();
        let named = if there { "another note" } else { "not there" };
        let done = match (taken, self.index.label(note)) {
            ("", Some(own)) => format!("it became a note of its own, `[^{}]`", own.label),
            ("", None) => "it became a note of its own".to_owned(),
            (label, _) => format!("`[^{label}]`, which is printed so, was taken"),
        };
        let printed = xml::value(note, "n").unwrap_or("").trim();
        format!("the repeated note `{printed}` names `{target}`, which is {named}; {done}")
    }

    /// Notes what is doubtful in the report and for the file that it is about.
    pub fn doubt(&mut self, node: Node<'a>, kind: &'static str, message: String) {
        let (line, column) = xml::place(node);
        let about = node.ancestors().find(|up| self.index.unit(*up).is_some());
        let about = if super::register::defines(node).is_some() { Some(node) } else { about };
        if let Some(about) = about {
            let line = format!("{message} (line {line} of {})", self.report.source);
            self.doubts.entry(xml::key(about)).or_default().push(line);
        }
        self.report.remark(kind, (line, column), message);
    }

    /// `import:` of the file or entry, for its `extra:`.
    pub fn write_doubts(&self, node: Node<'a>, yaml: &mut Yaml) {
        let lines = self.doubts.get(&xml::key(node));
        yaml.list("import", lines.into_iter().flatten().map(String::as_str));
    }
}
