//! The page of a document, or of a section with its text.

use super::head::{Parts, crumbs, head, page_link, volume_link};
use super::source::{composed, sources};
use super::{Minor, Words, body, contents, date, editors, name, rights};
use crate::model::date::DateWords;
use crate::model::document::{Attachment, DateField, FrontMatter, Kind, Printing, Sources, Status};
use crate::model::html::{Html, push_escaped};
use crate::model::links::{self, From, image_address, title_of};
use crate::model::page::{BodyView, Resolved};
use crate::model::register::RegisterKind;
use crate::model::site::{Page, PageId, Site, Volume, relative};
use crate::model::view::{
    AttachmentView, BeginsOn, CiteView, DocumentView, FacsimileView, MentionView, PrintingView, ReceivedView,
    RelatedView, RevisionView, SourceView, TranslatedFromView,
};
use std::collections::BTreeSet;

/// All that a document's page is made from.
#[derive(Clone, Copy)]
pub struct Document<'a> {
    /// The edition.
    pub site: &'a Site,
    /// Its volume.
    pub volume: &'a Volume,
    /// The page.
    pub id: PageId,
    /// Its front matter.
    pub front: &'a FrontMatter,
    /// Short strings, rendered.
    pub minor: &'a Minor,
    /// Words of the interface.
    pub words: &'a Words,
}

impl<'a> Document<'a> {
    fn page(&self) -> &'a Page {
        &self.site.pages[self.id]
    }

    fn from(&self) -> From<'a> {
        From::page(self.site, self.id)
    }

    /// What rendering its texts may see.
    pub fn body(&self) -> BodyView<'a> {
        let numbering = self.volume.matter.note_numbering;
        body::body(self.site, self.from(), &self.page().outline, self.front, &self.volume.markup, numbering)
    }

    /// Its witnesses; `references` counts the references to a source note's marker.
    pub fn sources(&self, references: &dyn Fn(&str) -> u32) -> Vec<SourceView> {
        sources(self.site, self.from(), self.front.source.witnesses(), self.volume.matter.source_position, references)
    }

    /// The whole page, besides what is rendered from Markdown.
    pub fn view(&self, sources: Vec<SourceView>) -> DocumentView {
        let (site, page, front, lang) = (self.site, self.page(), self.front, &*self.volume.lang);
        let position = self.volume.positions.get(&self.id).copied();
        let neighbour = |at: Option<usize>| {
            at.and_then(|at| self.volume.documents.get(at)).map(|&other| page_link(&site.pages[other], &page.path))
        };
        DocumentView {
            head: self.head(),
            id: page.id.clone(),
            kind: front.kind.name(),
            number: front.number.clone(),
            number_supplied: front.number_supplied,
            genre: front.genre.as_ref().map(|genre| self.genre(genre)),
            date: front.date.date().map(|given| date(given, lang, self.minor)),
            date_missing: front.date == DateField::Missing && must_be_dated(front.kind),
            place: front.place.as_ref().map(|place| name(site, self.from(), place)),
            from: front.from.iter().map(|party| name(site, self.from(), party)).collect(),
            to: front.to.iter().map(|party| name(site, self.from(), party)).collect(),
            participants: front.participants.iter().flatten().map(|party| name(site, self.from(), party)).collect(),
            received: self.received(),
            source_missing: front.source == Sources::Missing && must_be_dated(front.kind),
            printed_in: front.printed_in.iter().map(|printing| self.printing(printing)).collect(),
            attachments: front.attachments.iter().map(|attachment| self.attachment(attachment)).collect(),
            begins_on: self.begins_on(),
            facsimiles: self.facsimiles(),
            related: self.related(),
            translated_from: self.translated_from(),
            topics: front.topics.clone(),
            identifiers: front.identifiers.clone(),
            editors: editors(&front.editors),
            revisions: self.revisions(),
            rights: front
                .rights
                .as_ref()
                .or(self.volume.matter.page.rights.as_ref())
                .map(|given| rights(given, self.minor)),
            persons: self.mentions(&[RegisterKind::Persons]),
            terms: self.mentions(&[RegisterKind::Terms]),
            others: self.mentions(&[
                RegisterKind::Places,
                RegisterKind::Organizations,
                RegisterKind::Works,
                RegisterKind::Events,
            ]),
            volume: volume_link(self.volume, &page.path),
            position: position.map_or(0, |position| position + 1),
            documents: self.volume.documents.len(),
            previous: neighbour(position.and_then(|position| position.checked_sub(1))),
            next: neighbour(position.map(|position| position + 1)),
            cite: front.kind.is_document().then(|| self.cite(&sources)),
            contents: contents::below(site, self.volume, self.id, &page.path),
            changed: front.changed.clone(),
            extra: front.extra.clone(),
            sources,
        }
    }

    fn head(&self) -> crate::model::view::Head {
        let page = self.page();
        let kind = if self.front.kind.is_document() { "document" } else { "section" };
        let title = title_of(page);
        let title = if self.volume.at_root { title } else { format!("{title} · {}", self.volume.outline.title) };
        head(
            self.site,
            Parts {
                kind,
                path: &page.path,
                title,
                description: page.outline.description.as_deref().map(str::to_owned),
                lang: page.outline.lang.as_deref().unwrap_or(&self.volume.lang),
                crumbs: crumbs(self.site, page),
                draft: self.front.status == Status::Draft,
            },
        )
    }

    fn genre(&self, genre: &str) -> String {
        let normal = self.site.settings.genres.get(genre);
        normal.and_then(|normal| normal.label.clone()).unwrap_or_else(|| genre.to_owned())
    }

    fn received(&self) -> Option<ReceivedView> {
        let received = self.front.received.as_ref()?;
        let named = |party: &Option<crate::model::document::Party>| {
            party.as_ref().map(|party| name(self.site, self.from(), party))
        };
        Some(ReceivedView {
            date: received.date.date().map(|given| date(given, &self.volume.lang, self.minor)),
            place: named(&received.place),
            by: named(&received.by),
        })
    }

    fn printing(&self, printing: &Printing) -> PrintingView {
        let reference = printing.reference.as_ref();
        let resolved = reference.map(|reference| links::resolve(self.site, self.from(), &reference.text).0);
        let entry_name = reference.and_then(|reference| {
            let (scheme, id) = reference.text.split_once(':')?;
            let entry = links::find_entry(self.site, self.page().volume, RegisterKind::of_scheme(scheme)?, id)?;
            Some(Html::text(&entry.entry.name))
        });
        let citation = printing.citation.as_ref().and_then(|citation| self.minor.get(&citation.field)).cloned();
        let href = match resolved {
            Some(Resolved::Link { href, .. }) => Some(href),
            _ => printing.url.clone(),
        };
        PrintingView { citation: citation.or(entry_name).unwrap_or_default(), pages: printing.pages.clone(), href }
    }

    fn attachment(&self, attachment: &Attachment) -> AttachmentView {
        let fenced = self.page().outline.anchors.iter().any(|anchor| **anchor == *attachment.id);
        let title = attachment.title.as_ref().and_then(|title| self.minor.get(&title.field)).cloned();
        let source = attachment.source.witnesses().first();
        AttachmentView {
            href: fenced.then(|| format!("#{}", attachment.id)),
            label: attachment.label.clone().or_else(|| attachment.genre.as_ref().map(|genre| self.genre(genre))),
            title,
            date: attachment.date.date().map(|given| date(given, &self.volume.lang, self.minor)),
            absence: attachment.absence,
            extent: attachment.extent.clone(),
            source: source.map(composed).filter(|line| !line.is_empty()),
        }
    }

    fn begins_on(&self) -> Vec<BeginsOn> {
        let name = |pagination: &str, page: &str| {
            let pagination = self.volume.markup.pagination(pagination);
            BeginsOn { label: pagination.map_or_else(|| page.to_owned(), |pagination| pagination.name(page)) }
        };
        self.front.begins_on.iter().map(|(pagination, page)| name(&pagination.text, page)).collect()
    }

    fn facsimiles(&self) -> Vec<FacsimileView> {
        let page = self.page();
        let first = self.volume.markup.paginations.first().map_or("", |pagination| &pagination.id);
        let view = |facsimile: &crate::model::document::Facsimile| {
            let pagination = if facsimile.pagination.text.is_empty() { first } else { &facsimile.pagination.text };
            let rule = self.volume.markup.pagination(pagination);
            let number = facsimile.page.as_deref().unwrap_or("");
            let address = image_address(self.site, page, &facsimile.image.text);
            let place = page
                .outline
                .pages
                .iter()
                .find(|place| *place.pagination == *pagination && place.page.as_deref() == Some(number));
            FacsimileView {
                label: rule.map_or_else(|| number.to_owned(), |rule| rule.name(number)).trim().to_owned(),
                href: if address.contains("://") { address } else { relative(&page.path, &address) },
                credit: facsimile.credit.clone(),
                anchor: place.map(|place| place.anchor.to_string()).filter(|anchor| !anchor.is_empty()),
            }
        };
        // An image that is not there is a warning, and no link to nothing.
        let there = |facsimile: &&crate::model::document::Facsimile| {
            let address = image_address(self.site, page, &facsimile.image.text);
            address.contains("://") || self.site.statics.contains(&address)
        };
        self.front.facsimiles.iter().filter(there).map(view).collect()
    }

    /// Stated relations in both directions, then relations that have words only.
    fn related(&self) -> Vec<RelatedView> {
        let page = self.page();
        let relations = self.site.relations.get(&self.id);
        let mut views: Vec<RelatedView> = relations
            .into_iter()
            .flatten()
            .map(|relation| {
                let other = &self.site.pages[relation.page];
                RelatedView { rel: relation.rel, title: titled(other), href: Some(relative(&page.path, &other.path)) }
            })
            .collect();
        for related in self.front.related.iter().filter(|related| related.target.is_none()) {
            let words = related.label.as_ref().and_then(|label| self.minor.get(&label.field)).cloned();
            views.push(RelatedView { rel: related.rel, title: words.unwrap_or_default(), href: None });
        }
        for letter in &self.front.correspondence {
            for (rel, target) in [("previous", &letter.previous), ("next", &letter.next)] {
                let Some(target) = target else { continue };
                let Resolved::Link { href, title, .. } = links::resolve(self.site, self.from(), &target.text).0 else {
                    continue;
                };
                views.push(RelatedView { rel, title: Html::text(&title.unwrap_or_default()), href: Some(href) });
            }
        }
        views
    }

    fn translated_from(&self) -> Option<TranslatedFromView> {
        let translated = self.front.translated_from.as_ref()?;
        let target = translated.target.as_ref().map(|target| links::resolve(self.site, self.from(), &target.text).0);
        let href = match target {
            Some(Resolved::Link { href, .. }) => Some(href),
            _ => None,
        };
        let language = translated
            .lang
            .as_deref()
            .map(|lang| self.words.get(&format!("languages.{}", lang.split('-').next().unwrap_or(lang))));
        Some(TranslatedFromView {
            lang: translated.lang.clone(),
            language: language.filter(|language| !language.starts_with("languages.")),
            label: translated.label.clone(),
            href,
            by: translated.by.clone(),
        })
    }

    fn revisions(&self) -> Vec<RevisionView> {
        let view = |revision: &crate::model::document::Revision| RevisionView {
            date: revision.date.clone(),
            by: revision.by.clone(),
            what: revision.what,
            note: revision.note.clone(),
        };
        self.front.revisions.iter().map(view).collect()
    }

    /// Register entries that the document names, in the order of their names.
    fn mentions(&self, kinds: &[RegisterKind]) -> Vec<MentionView> {
        let page = self.page();
        let mut seen = BTreeSet::new();
        let mut mentions = Vec::new();
        for part in page.outline.links.iter().flat_map(|link| link.target.split('+')) {
            let Some((scheme, id)) = part.split_once(':') else { continue };
            let Some(kind) = RegisterKind::of_scheme(scheme).filter(|kind| kinds.contains(kind)) else { continue };
            if !seen.insert((kind, id)) {
                continue;
            }
            if let Some(found) = links::find_entry(self.site, page.volume, kind, id) {
                let href = format!("{}#{id}", relative(&page.path, &found.path));
                let description = found.entry.description.as_ref().map(|description| one_line(&description.text));
                let sort = found.entry.sort.as_ref().unwrap_or(&found.entry.name).to_lowercase();
                mentions.push((sort, MentionView { href, name: found.entry.name.clone(), description }));
            }
        }
        mentions.sort_by(|(a, _), (b, _)| a.cmp(b));
        mentions.into_iter().map(|(_, mention)| mention).collect()
    }

    /// Title, date, edition, volume and number, then the original.
    fn cite(&self, sources: &[SourceView]) -> CiteView {
        let page = self.page();
        let (site, front) = (self.site, self.front);
        let mut text = String::new();
        text.push('“');
        text.push_str(page.outline.title_html.as_deref().unwrap_or(&Html::text(&page.outline.title).0));
        text.push('”');
        if let Some(given) = front.date.date() {
            let shown = given.edtf.display(&DateWords::for_language(&self.volume.lang));
            if !page.outline.title.contains(&shown) {
                text.push_str(", ");
                push_escaped(&mut text, &shown);
            }
        }
        text.push_str(", in <cite>");
        push_escaped(&mut text, &site.settings.title);
        text.push_str("</cite>");
        if !self.volume.at_root {
            text.push_str(", ");
            push_escaped(&mut text, &self.volume.outline.title);
        }
        if let Some(number) = &front.number {
            text.push_str(&format!(", {} ", self.words.get("cite_document")));
            push_escaped(&mut text, number);
        }
        text.push('.');
        let witness =
            front.source.witnesses().iter().zip(sources).find(|(_, view)| view.base).map(|(source, _)| source);
        let original = witness.or(front.source.witnesses().first()).map(composed);
        let permalink = site.settings.base_url.as_deref().map(|base| super::head::absolute(base, &page.path));
        if let Some(line) = original.filter(|line| !line.is_empty()) {
            text.push_str(&format!(" {} ", self.words.get("cite_original")));
            push_escaped(&mut text, &line);
        }
        CiteView { text: Html(text), permalink }
    }
}

/// Kinds that should say when they were written and where they lie.
fn must_be_dated(kind: Kind) -> bool {
    matches!(kind, Kind::Document | Kind::Withheld | Kind::Calendar)
}

fn titled(page: &Page) -> Html {
    match &page.outline.number {
        Some(number) => {
            let mut html = Html::text(number).0;
            html.push_str(". ");
            html.push_str(&page.outline.list_title().0);
            Html(html)
        }
        None => page.outline.list_title(),
    }
}

/// Markdown in one line of plain text: enough for a tooltip.
fn one_line(markdown: &str) -> String {
    let plain: String = markdown.split_whitespace().collect::<Vec<_>>().join(" ");
    crate::model::plain::shorten(&plain, 160)
}
