//! `source:` of a document: the note as printed, and beside it what was found in its words.

use super::Importer;
use super::header::escaped;
use crate::import::source_note::{self, Mined};
use crate::import::xml::{self, Node};
use crate::import::yaml::Yaml;

impl<'a> Importer<'a> {
    /// What the words of a source note say, counted in the report.
    pub fn mine(&mut self, note: Node<'a>) -> Mined {
        let mined = source_note::mine(&xml::words(note));
        self.count_mined(&mined);
        mined
    }

    /// Counts a note as read, or as one that stays words only.
    pub fn count_mined(&mut self, mined: &Mined) {
        if mined.is_read() {
            self.report.mined += 1;
        } else {
            self.report.unmined += 1;
        }
    }
}

/// The fields beside the printed note. A path without an archive says nothing that could be looked up.
pub fn write_fields(front: &mut Yaml, mined: &Mined) {
    if mined.repository.is_some() {
        front.option("repository", mined.repository.as_deref().map(escaped).as_deref());
        front.list("collection", mined.collection.iter().map(String::as_str));
        front.option("record_group", mined.record_group.as_deref());
        front.option("lot", mined.lot.as_deref());
        front.option("box", mined.box_.as_deref());
        front.option("folder", mined.folder.as_deref());
        front.option("file", mined.file.as_deref());
    } else if let Some(printed) = &mined.printed {
        front.map("printed", |front| {
            front.text("citation", &escaped(printed));
        });
    }
    front.option("classification", mined.classification.as_deref());
    front.list("handling", mined.handling.iter().map(String::as_str));
    front.option("extent", mined.extent.as_deref().map(escaped).as_deref());
    front.option("form", mined.form.as_deref());
}
