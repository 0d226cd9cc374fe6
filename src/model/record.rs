//! What lists, registers and citations show of a document: the part of its front matter that other pages need.
//!
//! A document has one record; so has each of its attachments, which are documents of their own in all but their page.

use super::date::{DateWords, Edtf};
use super::document::{
    Attachment, Basis, Certainty, DateField, FrontMatter, Party, Printed, Printing, Source, Sources,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A document, or an attachment of one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Record {
    /// Anchor on the document's page; empty for the document itself, and for an attachment that has no text.
    pub anchor: Box<str>,
    /// Title of an attachment as plain text; the document's own is in its outline.
    pub title: Option<Box<str>>,
    /// Label of an attachment: `Enclosure`.
    pub label: Option<Box<str>>,
    /// `not-printed`, `not-found` or `withheld`: an attachment without text.
    pub absence: Option<Box<str>>,
    /// Genre.
    pub genre: Option<Box<str>>,
    /// Language, where it is stated.
    pub lang: Option<Box<str>>,
    /// Date.
    pub date: Dated,
    /// Place of writing.
    pub place: Option<Named>,
    /// Senders.
    pub from: Vec<Named>,
    /// Recipients.
    pub to: Vec<Named>,
    /// Participants of a meeting.
    pub participants: Vec<Named>,
    /// The witnesses, the base text first.
    pub sources: Vec<Witness>,
    /// Topics.
    pub topics: Vec<Box<str>>,
    /// Steps that the text went through: `transcribed`, `collated`, `vetted`.
    pub steps: Vec<Box<str>>,
    /// The editors' abstract as plain text.
    pub summary: Option<Box<str>>,
}

/// Whether and when something is dated.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Dated {
    /// Nothing is said.
    #[default]
    Missing,
    /// Known to be undated.
    Undated,
    /// A date.
    On(Day),
}

impl Dated {
    /// The date, where there is one.
    pub fn day(&self) -> Option<&Day> {
        match self {
            Dated::On(day) => Some(day),
            Dated::Missing | Dated::Undated => None,
        }
    }
}

/// A date with what the editors say about it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Day {
    /// The date; always Gregorian.
    pub edtf: Edtf,
    /// As the edition prints it.
    pub display: Option<Box<str>>,
    /// On what it rests.
    pub basis: Basis,
    /// How sure.
    pub cert: Option<Certainty>,
}

/// A person, a body or a place.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Named {
    /// Name as written.
    pub name: Box<str>,
    /// Register entry with its scheme: `person:p_RD_1`.
    pub reference: Option<Box<str>>,
    /// Role or office.
    pub role: Option<Box<str>>,
    /// On what it rests.
    pub basis: Basis,
    /// `person`, `org` or `group`.
    pub kind: Option<Box<str>>,
}

/// Where a text lies, or is known from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Witness {
    /// Repository as named.
    pub repository: Option<Box<str>>,
    /// Town of the repository.
    pub place: Option<Box<str>>,
    /// Record group.
    pub record_group: Option<Box<str>>,
    /// Collections, large to small.
    pub collection: Vec<Box<str>>,
    /// Series.
    pub series: Option<Box<str>>,
    /// Lot.
    pub lot: Option<Box<str>>,
    /// Box.
    pub box_: Option<Box<str>>,
    /// Folder.
    pub folder: Option<Box<str>>,
    /// File.
    pub file: Option<Box<str>>,
    /// Shelfmark.
    pub shelfmark: Option<Box<str>>,
    /// Address of the original on the web.
    pub url: Option<Box<str>>,
    /// Form: ALS, RC, FC, Dft, LbC, Tr, or words.
    pub form: Option<Box<str>>,
    /// Siglum of the witness.
    pub siglum: Option<Box<str>>,
    /// Extent as written: `2 pp.`
    pub extent: Option<Box<str>>,
    /// Classification as printed.
    pub classification: Option<Box<str>>,
    /// Handling and precedence.
    pub handling: Vec<Box<str>>,
    /// Known from print only: the printing.
    pub printed: Option<PrintedIn>,
}

/// A printing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PrintedIn {
    /// Citation as plain text.
    pub citation: Option<Box<str>>,
    /// Register entry: `bib:…` or `work:…`.
    pub reference: Option<Box<str>>,
    /// Pages.
    pub pages: Option<Box<str>>,
}

/// Makes plain text of a printed string, which is Markdown.
pub type PlainText<'a> = &'a dyn Fn(&Printed) -> Box<str>;

impl Record {
    /// That of a document; `summary` is its abstract as plain text, `plain` makes plain text of printed strings.
    pub fn of_document(front: &FrontMatter, summary: Option<Box<str>>, plain: PlainText<'_>) -> Self {
        Record {
            genre: boxed(&front.genre),
            lang: boxed(&front.lang),
            date: dated(&front.date),
            place: front.place.as_ref().map(named),
            from: front.from.iter().map(named).collect(),
            to: front.to.iter().map(named).collect(),
            participants: front.participants.iter().flatten().map(named).collect(),
            sources: witnesses(&front.source, plain),
            topics: front.topics.iter().map(|topic| topic.as_str().into()).collect(),
            steps: steps(front),
            summary,
            ..Record::default()
        }
    }

    /// A title made of sender, recipient and date: of documents that have none.
    pub fn composed_title(&self, lang: &str) -> String {
        let parties = self.parties(lang);
        let shown = |day: &Day| {
            let written = day.display.as_deref().map(str::to_owned);
            written.unwrap_or_else(|| day.edtf.display(&DateWords::for_language(lang)))
        };
        match self.date.day().map(shown) {
            Some(date) if parties.is_empty() => date,
            Some(date) => format!("{parties}, {date}"),
            None => parties,
        }
    }

    /// Sender and recipient in words.
    pub fn parties(&self, lang: &str) -> String {
        let names = |parties: &[Named]| parties.iter().map(|party| &*party.name).collect::<Vec<_>>().join(", ");
        let to = match lang.split('-').next() {
            Some("de") => "an",
            Some("fr") => "à",
            _ => "to",
        };
        match (names(&self.from), names(&self.to)) {
            (from, to) if from.is_empty() => to,
            (from, to) if to.is_empty() => from,
            (from, recipient) => format!("{from} {to} {recipient}"),
        }
    }

    /// That of an attachment; `fenced` tells whether its text is there.
    pub fn of_attachment(attachment: &Attachment, fenced: bool, plain: PlainText<'_>) -> Self {
        Record {
            anchor: if fenced { attachment.id.as_str().into() } else { "".into() },
            title: attachment.title.as_ref().map(plain),
            label: boxed(&attachment.label),
            absence: attachment.absence.map(Into::into),
            genre: boxed(&attachment.genre),
            lang: boxed(&attachment.lang),
            date: dated(&attachment.date),
            place: attachment.place.as_ref().map(named),
            from: attachment.from.iter().map(named).collect(),
            to: attachment.to.iter().map(named).collect(),
            sources: witnesses(&attachment.source, plain),
            ..Record::default()
        }
    }
}

/// Each step once.
fn steps(front: &FrontMatter) -> Vec<Box<str>> {
    let steps: BTreeSet<&str> = front.revisions.iter().map(|step| step.what).collect();
    steps.into_iter().map(Into::into).collect()
}

fn boxed(text: &Option<String>) -> Option<Box<str>> {
    text.as_deref().map(Into::into)
}

fn dated(date: &DateField) -> Dated {
    match date {
        DateField::Missing => Dated::Missing,
        DateField::Undated => Dated::Undated,
        DateField::Dated(date) => {
            Dated::On(Day { edtf: date.edtf, display: boxed(&date.display), basis: date.basis, cert: date.cert })
        }
    }
}

fn named(party: &Party) -> Named {
    Named {
        name: party.name.as_str().into(),
        reference: party.reference.as_ref().map(|reference| reference.text.as_str().into()),
        role: boxed(&party.role),
        basis: party.basis,
        kind: boxed(&party.kind),
    }
}

/// The base text first, the others as they are listed.
fn witnesses(sources: &Sources, plain: PlainText<'_>) -> Vec<Witness> {
    base_first(sources.witnesses()).map(|(_, source)| Witness::of(source, plain)).collect()
}

/// The witnesses with their places in the list, the base text first.
pub fn base_first(all: &[Source]) -> impl Iterator<Item = (usize, &Source)> {
    let is_base = |(_, source): &(usize, &Source)| source.base;
    let base = all.iter().enumerate().filter(is_base);
    base.chain(all.iter().enumerate().filter(move |source| !is_base(source)))
}

impl Witness {
    /// That of a source of a document or attachment.
    pub fn of(source: &Source, plain: PlainText<'_>) -> Self {
        Witness {
            repository: source.repository.as_ref().map(|repository| repository.text.as_str().into()),
            place: boxed(&source.place),
            record_group: boxed(&source.record_group),
            collection: source.collection.iter().map(|level| level.as_str().into()).collect(),
            series: boxed(&source.series),
            lot: boxed(&source.lot),
            box_: boxed(&source.box_),
            folder: boxed(&source.folder),
            file: boxed(&source.file),
            shelfmark: boxed(&source.shelfmark),
            url: boxed(&source.url),
            form: boxed(&source.form),
            siglum: boxed(&source.siglum),
            extent: source.extent.as_ref().map(|extent| extent.text.as_str().into()),
            classification: boxed(&source.classification),
            handling: source.handling.iter().map(|word| word.as_str().into()).collect(),
            printed: source.printed.as_ref().map(|printing| printed(printing, plain)),
        }
    }
}

fn printed(printing: &Printing, plain: PlainText<'_>) -> PrintedIn {
    PrintedIn {
        citation: printing.citation.as_ref().map(plain),
        reference: printing.reference.as_ref().map(|reference| reference.text.as_str().into()),
        pages: boxed(&printing.pages),
    }
}
