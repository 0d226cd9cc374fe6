//! The page of a document, or of a section with its text.

use super::head::{Parts, crumbs, head, in_language, lang_of, page_link, volume_link};
use super::source::{self, Context, composed, printed_words, sources};
use super::{Labels, Minor, Words, body, contents, date, editors, name, rights};
use crate::model::date::DateWords;
use crate::model::document::{Attachment, DateField, FrontMatter, Kind, Printing, Related, Sources, Status};
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
    /// Short strings in their plain form.
    pub labels: &'a Labels,
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

    fn context(&self) -> Context<'a> {
        Context { site: self.site, from: self.from(), labels: self.labels }
    }

    /// What rendering its texts may see.
    pub fn body(&self) -> BodyView<'a> {
        let numbering = self.volume.matter.note_numbering;
        body::body(self.site, self.from(), &self.page().outline, self.front, &self.volume.markup, numbering)
    }

    /// Its witnesses; `references` counts the references to a source note's marker.
    pub fn sources(&self, references: &dyn Fn(&str) -> u32) -> Vec<SourceView> {
        sources(self.context(), self.front.source.witnesses(), self.volume.matter.source_position, references)
    }

    /// The whole page, besides what is rendered from Markdown.
    pub fn view(&self, sources: Vec<SourceView>) -> DocumentView {
        // What is known of a document is told in the language of the edition, whatever the document's own is.
        let (site, page, front, lang) = (self.site, self.page(), self.front, &*self.site.settings.lang);
        let own_lang = lang_of(site, page);
        let mentions = self.mentions();
        let position = self.volume.positions.get(&self.id).copied();
        let neighbour = |at: Option<usize>| {
            at.and_then(|at| self.volume.documents.get(at))
                .map(|&other| page_link(site, &site.pages[other], &page.path, own_lang))
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
            persons: mentions.persons,
            terms: mentions.terms,
            others: mentions.others,
            volume: volume_link(self.volume, &page.path, own_lang),
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
        let view = ReceivedView {
            date: received.date.date().map(|given| date(given, &self.site.settings.lang, self.minor)),
            place: named(&received.place),
            by: named(&received.by),
        };
        (view.date.is_some() || view.place.is_some() || view.by.is_some()).then_some(view)
    }

    fn printing(&self, printing: &Printing) -> PrintingView {
        let context = self.context();
        let href = source::printed_address(context, printing);
        // A citation that is a link itself can hold no other.
        let citation = printing.citation.as_ref().and_then(|citation| match &href {
            Some(_) => self.labels.get(&citation.field).map(|label| label.html.clone()),
            None => self.minor.get(&citation.field).cloned(),
        });
        let citation = citation.or_else(|| printed_words(context, printing).map(|words| Html::text(&words)));
        PrintingView { citation: citation.unwrap_or_default(), pages: printing.pages.clone(), href }
    }

    fn attachment(&self, attachment: &Attachment) -> AttachmentView {
        let fenced = self.page().outline.anchors.iter().any(|anchor| **anchor == *attachment.id);
        // Where the part stands on the page, its title stands above it with its notes.
        let title = attachment.title.as_ref().and_then(|title| match fenced {
            true => self.labels.get(&title.field).map(|label| label.html.clone()),
            false => self.minor.get(&title.field).cloned(),
        });
        let line = |source: &crate::model::document::Source| {
            let note = source.note.as_ref().and_then(|note| self.minor.get(&note.field)).cloned();
            note.unwrap_or_else(|| Html::text(&composed(self.context(), source))).0
        };
        let lines: Vec<String> =
            attachment.source.witnesses().iter().map(line).filter(|line| !line.is_empty()).collect();
        AttachmentView {
            href: fenced.then(|| format!("#{}", attachment.id)),
            label: attachment.label.clone().or_else(|| attachment.genre.as_ref().map(|genre| self.genre(genre))),
            title,
            date: attachment.date.date().map(|given| date(given, &self.site.settings.lang, self.minor)),
            absence: attachment.absence,
            extent: attachment.extent.clone(),
            source: (!lines.is_empty()).then(|| Html(lines.join(" "))),
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
            let address = image_address(self.site, page, &facsimile.pagination.text, &facsimile.image.text);
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
            let address = image_address(self.site, page, &facsimile.pagination.text, &facsimile.image.text);
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
                let title = in_language(titled(other), lang_of(self.site, other), &self.site.settings.lang);
                RelatedView { rel: relation.rel, title, href: Some(relative(&page.path, &other.path)) }
            })
            .collect();
        views.extend(self.front.related.iter().filter_map(|related| self.related_elsewhere(related)));
        for letter in &self.front.correspondence {
            for (rel, given) in [("previous", &letter.previous), ("next", &letter.next)] {
                let view = match given {
                    Some(target) => self.reference(rel, &target.text, None),
                    None => self.letter_beside(&letter.id, rel),
                };
                views.extend(view.filter(|view| !views.contains(view)));
            }
        }
        views
    }

    /// A relation to what is no page of the edition: a volume elsewhere, or words only.
    fn related_elsewhere(&self, related: &Related) -> Option<RelatedView> {
        let words = related.label.as_ref().and_then(|label| self.minor.get(&label.field)).cloned();
        let view = match &related.target {
            Some(target) if links::related_page(self.site, self.id, &target.text).is_some() => return None,
            Some(target) => self.reference(related.rel, &target.text, words.clone()),
            None => None,
        };
        view.or_else(|| words.map(|title| RelatedView { rel: related.rel, title, href: None }))
    }

    /// A link to a document, by the words given, else by its title, else by the reference as written.
    fn reference(&self, rel: &'static str, target: &str, words: Option<Html>) -> Option<RelatedView> {
        let Resolved::Link { href, title, .. } = links::resolve(self.site, self.from(), target).0 else { return None };
        let title = words.unwrap_or_else(|| {
            Html::text(title.as_deref().unwrap_or_else(|| target.strip_prefix("doc:").unwrap_or(target)))
        });
        Some(RelatedView { rel, title, href: Some(href) })
    }

    /// The letter before or after this one in a correspondence.
    fn letter_beside(&self, correspondence: &str, rel: &'static str) -> Option<RelatedView> {
        let letters = self.site.correspondences.get(correspondence)?;
        let at = letters.iter().position(|&letter| letter == self.id)?;
        let beside = if rel == "previous" { at.checked_sub(1)? } else { at + 1 };
        let other = &self.site.pages[*letters.get(beside)?];
        Some(RelatedView { rel, title: titled(other), href: Some(relative(&self.page().path, &other.path)) })
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
    fn mentions(&self) -> Mentions {
        let page = self.page();
        let mut seen = BTreeSet::new();
        let mut found = Vec::new();
        for part in page.outline.links.iter().flat_map(|link| link.target.split('+')) {
            let Some((scheme, id)) = part.split_once(':') else { continue };
            let kind = RegisterKind::of_scheme(scheme).filter(|kind| *kind != RegisterKind::Bibliography);
            let Some(kind) = kind else { continue };
            if seen.insert((kind, id))
                && let Some(entry) = links::find_entry(self.site, page.volume, kind, id)
            {
                let sort = entry.entry.sort.as_ref().unwrap_or(&entry.entry.name).to_lowercase();
                found.push((sort, kind, id, entry));
            }
        }
        found.sort_by(|(a, ..), (b, ..)| a.cmp(b));
        let mut mentions = Mentions::default();
        for (_, kind, id, found) in found {
            let list = match kind {
                RegisterKind::Persons => &mut mentions.persons,
                RegisterKind::Terms => &mut mentions.terms,
                _ => &mut mentions.others,
            };
            list.push(MentionView {
                href: format!("{}#{id}", relative(&page.path, found.path)),
                name: found.entry.name.clone(),
                description: found.entry.gloss.clone(),
            });
        }
        mentions
    }

    /// Title, date, edition, volume and number, then the original.
    fn cite(&self, sources: &[SourceView]) -> CiteView {
        let page = self.page();
        let (site, front) = (self.site, self.front);
        let mut text = String::new();
        text.push('“');
        let title = page
            .outline
            .title_html
            .as_deref()
            .map_or_else(|| Html::text(&page.outline.title), |html| Html(html.to_owned()));
        text.push_str(&in_language(title, lang_of(site, page), &site.settings.lang).0);
        text.push('”');
        if let Some(given) = front.date.date() {
            let shown = given.edtf.display(&DateWords::for_language(&site.settings.lang));
            let titled = |words: &str| page.outline.title.contains(words);
            if !titled(&shown) && !given.display.as_deref().is_some_and(titled) {
                text.push_str(", ");
                push_escaped(&mut text, &shown);
            }
        }
        text.push_str(", in <cite>");
        push_escaped(&mut text, &site.settings.title);
        text.push_str("</cite>");
        if !self.volume.at_root {
            text.push_str(", ");
            let title = Html::text(&self.volume.outline.title);
            text.push_str(&in_language(title, &self.volume.lang, &site.settings.lang).0);
        }
        if let Some(number) = &front.number {
            text.push_str(&format!(", {} ", self.words.get("cite_document")));
            push_escaped(&mut text, number);
        }
        text.push('.');
        let witness =
            front.source.witnesses().iter().zip(sources).find(|(_, view)| view.base).map(|(source, _)| source);
        let original = witness.or(front.source.witnesses().first()).map(|source| composed(self.context(), source));
        let permalink = site.settings.base_url.as_deref().map(|base| super::head::absolute(base, &page.path));
        if let Some(line) = original.filter(|line| !line.is_empty()) {
            text.push_str(&format!(" {} ", self.words.get("cite_original")));
            push_escaped(&mut text, &line);
        }
        CiteView { text: Html(text), permalink }
    }
}

/// Register entries that a document names.
#[derive(Default)]
struct Mentions {
    persons: Vec<MentionView>,
    terms: Vec<MentionView>,
    others: Vec<MentionView>,
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
