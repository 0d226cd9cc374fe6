//! The page of a document, or of a section with its text.

use super::cite::{self, Container, Ground};
use super::facsimiles::facsimiles;
use super::head::{Constants, Parts, head};
use super::links::{Named, with_links};
use super::source::{self, Context, composed, printed_words, sources};
use super::{Labels, Minor, Words, address, body, date, editors, name, rights};
use crate::model::document::{
    Attachment, Correspondence, DateField, FrontMatter, Kind, Printing, Related, Sources, Status,
};
use crate::model::html::Html;
use crate::model::markup::Markup;
use crate::model::outline::Outline;
use crate::model::page::{BodyView, Resolved, is_right_to_left};
use crate::model::settings::Settings;
use crate::model::site::relative;
use crate::model::surroundings::Surroundings;
use crate::model::view::{
    AttachmentView, BeginsOn, DocumentView, PrintingView, ReceivedView, RelatedView, RevisionView, RightsView,
    SourceView, TranslatedFromView,
};
use crate::model::volume::VolumeMatter;

/// All that a document's page is made from. It holds no edition: what comes from there is in `around`.
#[derive(Clone, Copy)]
pub struct Document<'a> {
    /// Settings and assets of the edition.
    pub constants: Constants<'a>,
    /// Words of the interface.
    pub words: &'a Words,
    /// Front matter of its volume.
    pub matter: &'a VolumeMatter,
    /// Markup of its volume.
    pub markup: &'a Markup,
    /// What the page takes from the rest of the edition.
    pub around: &'a Surroundings,
    /// Its outline.
    pub outline: &'a Outline,
    /// Its front matter.
    pub front: &'a FrontMatter,
    /// Short strings, rendered.
    pub minor: &'a Minor,
    /// Short strings in their plain form.
    pub labels: &'a Labels,
}

impl<'a> Document<'a> {
    fn settings(&self) -> &'a Settings {
        self.constants.settings
    }

    fn context(&self) -> Context<'a> {
        Context { around: self.around, labels: self.labels, words: self.words }
    }

    /// What rendering its texts may see.
    pub fn body(&self) -> BodyView<'a> {
        let (links, numbering) = (&self.around.links, self.matter.note_numbering);
        let view = body::body(links, self.front, self.outline, self.markup, numbering);
        BodyView { right_to_left: is_right_to_left(&self.around.place.lang), ..view }
    }

    /// Its witnesses; `references` counts the references to a source note's marker.
    pub fn sources(&self, references: &dyn Fn(&str) -> u32) -> Vec<SourceView> {
        let mut views = sources(self.context(), self.front.source.witnesses(), self.matter.source_position, references);
        let mut old_anchors = body::old_anchors(self.front, self.outline);
        for view in &mut views {
            view.old_anchors = old_anchors.remove(&view.anchor).unwrap_or_default();
        }
        views
    }

    /// The whole page, besides what is rendered from Markdown.
    pub fn view(&self, sources: Vec<SourceView>) -> DocumentView {
        // What is known of a document is told in the language of the edition, whatever the document's own is.
        let (around, front, lang) = (self.around, self.front, &*self.settings().lang);
        let named = |party| name(&around.links, party);
        DocumentView {
            head: with_links(self.head(), self.settings(), self.named()),
            id: around.place.id.clone(),
            kind: front.kind.name(),
            number: front.number.clone(),
            number_supplied: front.number_supplied,
            genre: front.genre.as_ref().map(|genre| self.genre(genre)),
            date: front.date.date().map(|given| date(given, lang, self.minor)),
            date_missing: front.date == DateField::Missing && must_be_dated(front.kind),
            place: front.place.as_ref().map(named),
            from: front.from.iter().map(named).collect(),
            to: front.to.iter().map(named).collect(),
            participants: front.participants.iter().flatten().map(named).collect(),
            received: self.received(),
            source_missing: front.source == Sources::Missing && must_be_dated(front.kind),
            printed_in: front.printed_in.iter().map(|printing| self.printing(printing)).collect(),
            attachments: front.attachments.iter().map(|attachment| self.attachment(attachment)).collect(),
            begins_on: self.begins_on(),
            facsimiles: facsimiles(self),
            legend: (!self.outline.signs.is_empty()).then(|| relative(&around.place.path, super::method::PATH)),
            related: self.related(),
            referring: around.referring.clone(),
            translated_from: self.translated_from(),
            topics: front.topics.clone(),
            identifiers: front.identifiers.clone(),
            editors: editors(&front.editors),
            revisions: self.revisions(),
            rights: self.rights(),
            persons: around.registers.persons.clone(),
            terms: around.registers.terms.clone(),
            others: around.registers.others.clone(),
            window: around.window.clone(),
            volume: around.place.volume.clone(),
            position: around.place.position,
            documents: around.place.documents,
            previous: around.neighbours.previous.clone(),
            next: around.neighbours.next.clone(),
            cite: front.kind.is_document().then(|| cite::page::view(self.ground())),
            contents: around.contents.clone(),
            changed: front.changed.clone().or_else(|| around.history.first().map(|change| change.date.clone())),
            history: around.history.clone(),
            extra: front.extra.clone(),
            sources,
        }
    }

    fn head(&self) -> crate::model::view::Head {
        let place = &self.around.place;
        let kind = if self.front.kind.is_document() { "document" } else { "section" };
        let title = self.outline.full_title();
        let title = if place.at_root { title } else { format!("{title} · {}", place.volume_title) };
        let mut head = head(
            self.constants,
            Parts {
                kind,
                path: &place.path,
                title,
                description: self.outline.description.as_deref().map(str::to_owned),
                lang: &place.lang,
                crumbs: place.crumbs.clone(),
                draft: self.front.status == Status::Draft,
            },
        );
        if self.front.kind.is_document() {
            let item = self.ground().document();
            let of_edition = || self.settings().rights.as_ref().map(|given| rights(given, &Minor::new()));
            let rights = self.rights().or_else(of_edition);
            head.metadata = Some(cite::metadata::document(&item, self.outline, &head.crumbs, rights.as_ref()));
        }
        head
    }

    /// Its own rights, else those of the volume.
    fn rights(&self) -> Option<RightsView> {
        let own = self.front.rights.as_ref().map(|given| rights(given, self.minor));
        own.or_else(|| self.around.rights.clone())
    }

    fn named(&self) -> Named<'a> {
        let place = &self.around.place;
        Named { source: place.source.as_deref().unwrap_or(""), id: &place.id, title: &self.outline.title }
    }

    fn genre(&self, genre: &str) -> String {
        let normal = self.settings().genres.get(genre);
        normal.and_then(|normal| normal.label.clone()).unwrap_or_else(|| genre.to_owned())
    }

    fn received(&self) -> Option<ReceivedView> {
        let received = self.front.received.as_ref()?;
        let named =
            |party: &Option<crate::model::document::Party>| party.as_ref().map(|party| name(&self.around.links, party));
        let view = ReceivedView {
            date: received.date.date().map(|given| date(given, &self.settings().lang, self.minor)),
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
        let fenced = self.outline.anchors.iter().any(|anchor| **anchor == *attachment.id);
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
            date: attachment.date.date().map(|given| date(given, &self.settings().lang, self.minor)),
            absence: attachment.absence,
            extent: attachment.extent.clone(),
            source: (!lines.is_empty()).then(|| Html(lines.join(" "))),
        }
    }

    fn begins_on(&self) -> Vec<BeginsOn> {
        let name = |pagination: &str, page: &str| {
            let pagination = self.markup.pagination(pagination);
            BeginsOn { label: pagination.map_or_else(|| page.to_owned(), |pagination| pagination.name(page)) }
        };
        self.front.begins_on.iter().map(|(pagination, page)| name(&pagination.text, page)).collect()
    }

    /// Stated relations in both directions, then relations that have words only.
    fn related(&self) -> Vec<RelatedView> {
        let mut views = self.around.related.stated.clone();
        views.extend(self.front.related.iter().filter_map(|related| self.related_elsewhere(related)));
        for letter in &self.front.correspondence {
            for (rel, given) in [("previous", &letter.previous), ("next", &letter.next)] {
                let view = match given {
                    Some(target) => self.reference(rel, &target.text, None),
                    None => self.letter_beside(letter, rel),
                };
                views.extend(view.filter(|view| !views.contains(view)));
            }
        }
        views
    }

    /// A relation to what is no page of the edition: a volume elsewhere, or words only.
    fn related_elsewhere(&self, related: &Related) -> Option<RelatedView> {
        let words = related.label.as_ref().and_then(|label| self.minor.get(&label.field)).cloned();
        let rel = related.rel.name();
        let view = match &related.target {
            Some(target) if self.around.related.pages.contains(target.text.as_str()) => return None,
            Some(target) => self.reference(rel, &target.text, words.clone()),
            None => None,
        };
        view.or_else(|| words.map(|title| RelatedView { rel, title, href: None }))
    }

    /// A link to a document, by the words given, else by its title, else by the reference as written.
    fn reference(&self, rel: &'static str, target: &str, words: Option<Html>) -> Option<RelatedView> {
        let Some(Resolved::Link { href, title, .. }) = self.around.links.get(target) else { return None };
        let title = words.unwrap_or_else(|| {
            Html::text(title.as_deref().unwrap_or_else(|| target.strip_prefix("doc:").unwrap_or(target)))
        });
        Some(RelatedView { rel, title, href: Some(href.clone()) })
    }

    /// The letter before or after this one in a correspondence.
    fn letter_beside(&self, correspondence: &Correspondence, rel: &'static str) -> Option<RelatedView> {
        let letters = self.around.related.letters.get(correspondence.id.as_str())?;
        let beside = if rel == "previous" { &letters.previous } else { &letters.next };
        beside.clone().map(|(title, href)| RelatedView { rel, title, href: Some(href) })
    }

    fn translated_from(&self) -> Option<TranslatedFromView> {
        let translated = self.front.translated_from.as_ref()?;
        let href = translated.target.as_ref().and_then(|target| address(&self.around.links, &target.text));
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

    /// What its citations are made from.
    fn ground(&self) -> Ground<'a> {
        let (around, place) = (self.around, &self.around.place);
        Ground {
            settings: self.settings(),
            words: self.words,
            volume: Container { matter: self.matter, title: &place.volume_title, short: place.volume_short.as_deref() },
            volume_lang: &place.volume_lang,
            at_root: place.at_root,
            path: &place.path,
            lang: &place.lang,
            names: &around.cited,
            repositories: &around.repositories,
            outline: self.outline,
        }
    }
}

/// Kinds that should say when they were written and where they lie.
fn must_be_dated(kind: Kind) -> bool {
    matches!(kind, Kind::Document | Kind::Withheld | Kind::Calendar)
}
