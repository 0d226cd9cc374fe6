//! Pages that are made from all documents: view, introduction, template.

use super::pages::{Done, Failure, Identity, Renderer};
use crate::model::document::FrontMatter;
use crate::model::generated::Generated;
use crate::model::links::From;
use crate::model::markup::NoteNumbering;
use crate::model::register::Register;
use crate::model::view::DocumentText;
use crate::view;
use crate::write::Sink;
use std::collections::BTreeMap;

impl<'a> Renderer<'a> {
    /// Puts such a page into the sink, or leaves it there as it was.
    pub(super) fn generated(&self, identity: Identity<'_>, page: &Generated, sink: &dyn Sink) -> Result<Done, Failure> {
        let text = self.introduction(page)?;
        match page {
            Generated::Colophon => {
                let view = view::history::colophon(self.site, self.history, self.words);
                self.settle(identity, "colophon.html", &view, &text, sink)
            }
            Generated::Method => {
                let view = view::method::method(self.site, self.words);
                self.settle(identity, "method.html", &view, &text, sink)
            }
            Generated::Search => {
                let view = view::search::search(self.site, self.history, self.index.as_ref(), self.words);
                self.settle(identity, "search.html", &view, &text, sink)
            }
            Generated::Pages(volume) => {
                let view = view::lists::pages(self.site, &self.site.volumes[*volume], self.words);
                self.settle(identity, "pages.html", &view, &text, sink)
            }
            Generated::Register { volume, number, .. } => {
                let register = &self.site.registers_of(*volume)[*number];
                self.register(identity, *volume, register, &text, sink)
            }
        }
    }

    /// The volume of a section that introduces a page: in an edition of one volume all lie in that.
    pub(super) fn introducing(&self, page: &Generated) -> Option<usize> {
        page.volume().or_else(|| self.site.is_single().then_some(0))
    }

    /// The file that is named when its template fails.
    pub(super) fn source_of(&self, page: &Generated) -> &'a str {
        match page {
            Generated::Register { volume, number, .. } => &self.site.registers_of(*volume)[*number].file,
            Generated::Colophon | Generated::Method | Generated::Search | Generated::Pages(_) => {
                page.volume().map_or("site.yaml", |number| &self.site.volumes[number].source)
            }
        }
    }

    fn register(
        &self,
        identity: Identity<'_>,
        number: Option<usize>,
        register: &Register,
        text: &DocumentText,
        sink: &dyn Sink,
    ) -> Result<Done, Failure> {
        let site = self.site;
        let volume = number.map(|number| &site.volumes[number]);
        let markup = volume.map_or(&site.home.markup, |volume| &volume.markup);
        let path = &identity.path;
        let from = From { path, source: &register.file, volume: number, page: None, suggest: false };
        let mut texts = BTreeMap::new();
        for entry in &register.entries {
            if let Some(description) = &entry.description {
                let front = FrontMatter { summary: Some(description.clone()), ..FrontMatter::default() };
                texts.insert(entry.id.clone(), self.fragment(from, &front, markup));
            }
        }
        let view = view::lists::register(site, volume, register, &texts, text.body.clone(), self.words);
        self.settle(identity, "register.html", &view, text, sink)
    }

    /// The texts of the section that introduces the page.
    fn introduction(&self, page: &Generated) -> Result<DocumentText, Failure> {
        let number = self.introducing(page);
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
