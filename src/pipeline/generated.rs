//! Pages that are made from all documents: view, introduction, template.

use super::pages::{Done, Failure, Identity, Renderer};
use crate::model::archives::{self, EntryId};
use crate::model::browse::BrowsePage;
use crate::model::chronology::ChronologyPage;
use crate::model::document::FrontMatter;
use crate::model::generated::Generated;
use crate::model::html::Html;
use crate::model::links::{Entry, From};
use crate::model::markup::NoteNumbering;
use crate::model::mention;
use crate::model::register::{Register, RegisterEntry};
use crate::model::view::{DocumentText, YearView};
use crate::view;
use crate::view::chronology::Place;
use crate::write::Sink;
use std::collections::BTreeMap;

impl<'a> Renderer<'a> {
    /// Puts such a page into the sink, or leaves it there as it was.
    pub(super) fn generated(&self, identity: Identity<'_>, page: &Generated, sink: &dyn Sink) -> Result<Done, Failure> {
        let text = self.introduction(page)?;
        match page {
            Generated::Accessibility => {
                let view = view::accessibility::accessibility(self.site, self.own_theme(), self.words);
                self.settle(identity, "accessibility.html", &view, &text, sink)
            }
            Generated::Colophon => {
                let view = view::history::colophon(self.site, self.history, self.words);
                self.settle(identity, "colophon.html", &view, &text, sink)
            }
            Generated::Method => {
                let view = view::method::method(self.site, self.words);
                self.settle(identity, "method.html", &view, &text, sink)
            }
            Generated::Search => {
                let view = view::search::search(self.site, self.history, self.index.as_ref(), self.preview, self.words);
                self.settle(identity, "search.html", &view, &text, sink)
            }
            Generated::Pages(volume) => {
                let view = view::pages::pages(self.site, &self.site.volumes[*volume], self.words);
                self.settle(identity, "pages.html", &view, &text, sink)
            }
            Generated::Chronology(volume, page) => self.chronology(identity, *volume, *page, &text, sink),
            Generated::Browse(BrowsePage::Overview) => {
                let view = view::browse::overview(self.site, &identity.path, self.words);
                self.settle(identity, "browse.html", &view, &text, sink)
            }
            Generated::Browse(page) => {
                let view = view::browse::facet(self.site, &identity.path, *page, self.words);
                self.settle(identity, "facet.html", &view, &text, sink)
            }
            Generated::Register { volume, number, .. } => self.register(identity, *volume, *number, &text, sink),
            Generated::Entry { id, sheet } => self.entry(identity, *id, *sheet, sink),
            Generated::Archives { .. } => {
                let view = view::archives::list(self.site, self.words);
                self.settle(identity, "archives.html", &view, &text, sink)
            }
            Generated::Archive { part, page, .. } => self.archive(identity, *part, *page, &text, sink),
            Generated::Calendar { volume, page } => {
                let view = view::calendar::calendar(self.site, &self.site.volumes[*volume], *page, self.words);
                self.settle(identity, "calendar.html", &view, &text, sink)
            }
        }
    }

    /// The volume of a section that introduces a page: in an edition of one volume all lie in that.
    pub(super) fn introducing(&self, page: &Generated) -> Option<usize> {
        page.volume().or_else(|| self.site.is_single().then_some(0))
    }

    /// Whether the edition has laid templates or files of its own over the theme.
    fn own_theme(&self) -> bool {
        let words = |path: &String| path.starts_with("words/") || path == "theme.yaml";
        self.plan.now.theme.keys().any(|path| !words(path))
    }

    /// The file that is named when its template fails.
    pub(super) fn source_of(&self, page: &Generated) -> &'a str {
        match page {
            Generated::Register { volume, number, .. } => &self.site.registers_of(*volume)[*number].file,
            Generated::Entry { id, .. } => &self.site.registers_of(id.volume)[id.register].file,
            _ => page.volume().map_or("site.yaml", |number| &self.site.volumes[number].source),
        }
    }

    fn chronology(
        &self,
        identity: Identity<'_>,
        volume: Option<usize>,
        page: ChronologyPage,
        text: &DocumentText,
        sink: &dyn Sink,
    ) -> Result<Done, Failure> {
        let path = identity.path.clone();
        let place = Place::new(self.site, volume, &path);
        let words = self.words;
        let of_year = |view: YearView| self.settle(identity.clone(), "year.html", &view, text, sink);
        match page {
            ChronologyPage::Overview => {
                let view = view::chronology::overview(&place, words);
                self.settle(identity, "chronology.html", &view, text, sink)
            }
            ChronologyPage::Year(year) => of_year(view::chronology::year(&place, year, words)),
            ChronologyPage::Month { year, month, part } => {
                of_year(view::chronology::month(&place, year, month, part, words))
            }
            ChronologyPage::Undated(part) => {
                let view = view::chronology::undated(&place, part, words);
                self.settle(identity, "undated.html", &view, text, sink)
            }
        }
    }

    /// A page of an archive: its first has what registers say of it.
    fn archive(
        &self,
        identity: Identity<'_>,
        part: usize,
        page: usize,
        text: &DocumentText,
        sink: &dyn Sink,
    ) -> Result<Done, Failure> {
        let site = self.site;
        let tree = site.archives.parts.get(part).and_then(|part| site.archives.trees.get(part.tree));
        let entries = tree.into_iter().filter(|tree| tree.parts.start == part && page == 0);
        let descriptions: Vec<Html> = entries
            .flat_map(|tree| &tree.entries)
            .map(|id| self.description_of(*id, &identity.path).unwrap_or_default())
            .collect();
        // Which pages there are follows from the same archives as what stands on them.
        let view = view::archives::archive(site, part, page, &descriptions, self.words);
        self.settle(identity, "archive.html", &view, text, sink)
    }

    /// The description of a repository, whose links lead from a page.
    fn description_of(&self, id: EntryId, path: &str) -> Option<Html> {
        let description = id.entry(self.site)?.description.clone()?;
        let volume = id.volume.and_then(|number| self.site.volumes.get(number));
        let markup = volume.map_or(&self.site.home.markup, |volume| &volume.markup);
        let source = &archives::register(self.site, id.volume)?.file;
        let from = From { path, source, volume: id.volume, page: None, suggest: false };
        let front = FrontMatter { summary: Some(description), ..FrontMatter::default() };
        Some(self.fragment(from, &front, markup))
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

    fn entry(
        &self,
        identity: Identity<'_>,
        id: mention::EntryId,
        sheet: usize,
        sink: &dyn Sink,
    ) -> Result<Done, Failure> {
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
