//! What an import makes: files with their texts, not yet on the disk.

use super::markdown::{self, Block};
use super::yaml::Yaml;

/// A file of the edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Path inside the content folder, with `/`.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// A text with its notes, as it grows.
#[derive(Debug, Default)]
pub struct Text {
    /// Blocks.
    pub blocks: Vec<Block>,
    /// Notes with their labels.
    pub notes: Vec<(String, Vec<Block>)>,
    /// Labels whose printed marker is another.
    pub markers: Vec<(String, String)>,
}

impl Text {
    /// Front matter and text as one file.
    pub fn file(&self, front: Yaml) -> String {
        let mut out = format!("---\n{}---\n", front.finish());
        let body = markdown::blocks(&self.blocks);
        if !body.is_empty() {
            out.push('\n');
            out.push_str(&body);
        }
        if !self.notes.is_empty() {
            out.push('\n');
        }
        for (label, blocks) in &self.notes {
            out.push_str(&markdown::note(label, blocks));
        }
        // All files of a volume wait until the last is made.
        out.shrink_to_fit();
        out
    }

    /// `markers:` for the front matter.
    pub fn write_markers(&self, yaml: &mut Yaml) {
        yaml.map("markers", |yaml| {
            for (label, marker) in &self.markers {
                yaml.text(label, marker);
            }
        });
    }
}
