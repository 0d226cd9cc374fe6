//! Pages that are made from all documents: view, introduction, template.

use super::pages::{Done, Failure, Identity, Renderer};
use crate::model::document::FrontMatter;
use crate::model::generated::Generated;
use crate::model::html::Html;
use crate::model::links::{Entry, From};
use crate::model::markup::NoteNumbering;
use crate::model::mention::EntryId;
use crate::model::register::{Register, RegisterEntry};
use crate::model::view::DocumentText;
use crate::view;
use crate::write::Sink;
use std::collections::BTreeMap;

impl<'a> Renderer<'a> {
    /// Puts such a page into the sink, or leaves it there as it was.
    pub(super) fn generated(&self, identity: Identity<'_>, page: &Generated, sink: &dyn Sink) -> Result<Done, Failure> {
        let text = self.introduction(page)?;
        match page {
            Generated::Pages(volume) => {
                let view = view::lists::pages(self.site, &self.site.volumes[*volume], self.words);
                self.settle(identity, "pages.html", &view, &text, sink)
            }
            Generated::Register { volume, number, .. } => self.register(identity, *volume, *number, &text, sink),
            Generated::Entry { id, sheet } => self.entry(identity, *id, *sheet, sink),
        }
    }

    /// The file that is named when its template fails.
    pub(super) fn source_of(&self, page: &Generated) -> &'a str {
        match page {
            Generated::Register { volume, number, .. } => &self.site.registers_of(*volume)[*number].file,
            Generated::Entry { id, .. } => &self.site.registers_of(id.volume)[id.register].file,
            Generated::Pages(_) => page.volume().map_or("site.yaml", |number| &self.site.volumes[number].source),
        }
    }

    fn register(
        &self,
        identity: Identity<'_>,
        volume: Option<usize>,
        number: usize,
        text: &DocumentText,
        sink: &dyn Sink,
    ) -> Result<Done, Failure> {
        let register = &self.site.registers_of(volume)[number];
        let text_of = |entry: &RegisterEntry| {
            Some((entry.id.clone(), self.description(volume, register, entry, &identity.path)?))
        };
        let texts: BTreeMap<String, Html> = register.entries.iter().filter_map(text_of).collect();
        let view = view::registers::register(self.site, volume, number, &texts, text.body.clone(), self.words);
        self.settle(identity, "register.html", &view, text, sink)
    }

    fn entry(&self, identity: Identity<'_>, id: EntryId, sheet: usize, sink: &dyn Sink) -> Result<Done, Failure> {
        let register = &self.site.registers_of(id.volume)[id.register];
        let entry = &register.entries[id.entry];
        let text = if sheet == 0 { self.description(id.volume, register, entry, &identity.path) } else { None };
        let (found, place) = (Entry { entry, register, id }, (identity.path.as_str(), sheet));
        let view = view::registers::entry(self.site, found, place, text.unwrap_or_default(), self.words);
        self.settle(identity, "entry.html", &view, &DocumentText::default(), sink)
    }

    /// The description of an entry, as it stands on the page at `path`.
    fn description(
        &self,
        number: Option<usize>,
        register: &Register,
        entry: &RegisterEntry,
        path: &str,
    ) -> Option<Html> {
        let markup = number.map_or(&self.site.home.markup, |number| &self.site.volumes[number].markup);
        let from = From { path, source: &register.file, volume: number, page: None, suggest: false };
        let front = FrontMatter { summary: entry.description.clone(), ..FrontMatter::default() };
        entry.description.as_ref().map(|_| self.fragment(from, &front, markup))
    }

    /// The texts of the section that introduces the page.
    fn introduction(&self, page: &Generated) -> Result<DocumentText, Failure> {
        let number = page.volume();
        let section = page.introduced_by().and_then(|name| self.introductions.get(&(number, name)));
        let Some(&id) = section else { return Ok(DocumentText::default()) };
        let page = &self.site.pages[id];
        let text = self.read(&page.source)?;
        let (front, body) = self.front(page, &text)?;
        let markup = number.map_or(&self.site.home.markup, |number| &self.site.volumes[number].markup);
        let numbering = number.map_or(NoteNumbering::Printed, |number| self.site.volumes[number].matter.note_numbering);
        Ok(self.text(From::page(self.site, id), &page.outline, &front, body, markup, numbering).0)
    }
}
