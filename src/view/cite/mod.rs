//! What is known of a document to those who cite it, said once: the page, its head and the files of a volume are all
//! made from an [`Item`], so that they agree.

pub mod bibtex;
mod container;
pub mod csl;
mod line;
pub mod metadata;
mod names;
mod original;
pub mod page;
mod pattern;
pub mod ris;
mod text;
mod title;
pub mod volume;
pub mod whole;
mod withdrawn;

pub use container::Container;
pub use names::Person;
pub use original::Original;
pub use withdrawn::withdrawn;

use super::Words;
use crate::model::date::DateWords;
use crate::model::document::{Basis, Certainty, Editor, Kind};
use crate::model::html::Html;
use crate::model::outline::Outline;
use crate::model::record::{Dated, Day, Record};
use crate::model::settings::Settings;
use std::collections::BTreeMap;

/// What items of a document are made from: nothing that its page does not take already.
#[derive(Clone, Copy)]
pub struct Ground<'a> {
    /// Settings of the edition.
    pub settings: &'a Settings,
    /// Words of the interface.
    pub words: &'a Words,
    /// The volume.
    pub volume: Container<'a>,
    /// Language of the volume.
    pub volume_lang: &'a str,
    /// Whether the volume is the whole edition.
    pub at_root: bool,
    /// Address of the document within the site.
    pub path: &'a str,
    /// Language of the document.
    pub lang: &'a str,
    /// Names of register entries, by the references that lead to them.
    pub names: &'a BTreeMap<Box<str>, String>,
    /// Repositories, by the words that name them.
    pub repositories: &'a BTreeMap<Box<str>, String>,
    /// The document.
    pub outline: &'a Outline,
}

/// What kind of thing programs take a document for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// From somebody to somebody.
    Letter,
    /// Other papers that lie in an archive.
    Manuscript,
    /// A report.
    Report,
    /// Anything else.
    Document,
}

/// A document, or an attachment within one, to be cited.
pub struct Item<'a> {
    /// A key that is its own in the edition: `frus1961-63v11-d617`.
    pub key: String,
    /// What programs take it for.
    pub class: Class,
    /// Kind of document.
    pub kind: Kind,
    /// Title as plain text.
    pub title: String,
    /// Title as it stands in citations: one that was made of sender, recipient and date is without the date.
    pub title_html: Html,
    /// The same as plain text.
    pub spoken_title: String,
    /// Whether the title is none that is printed: a label such as `Enclosure`, or made of sender, recipient and date.
    pub labelled: bool,
    /// The document to which an attachment belongs: title as plain text and as HTML.
    pub host: Option<(&'a str, Html)>,
    /// Genre, as the edition labels it.
    pub genre: Option<&'a str>,
    /// Who wrote it.
    pub authors: Vec<Person>,
    /// To whom.
    pub recipients: Vec<Person>,
    /// When.
    pub date: Option<&'a Day>,
    /// Whether it is known to be undated.
    pub undated: bool,
    /// Where.
    pub place: Option<&'a str>,
    /// Number of the document.
    pub number: Option<&'a str>,
    /// Id of the document.
    pub id: &'a str,
    /// Language.
    pub lang: &'a str,
    /// The volume.
    pub volume: Container<'a>,
    /// Language of the volume.
    pub volume_lang: &'a str,
    /// Editors of the volume, else of the edition where that is the volume.
    pub editors: &'a [Editor],
    /// Publisher of the volume, else of the edition.
    pub publisher: Option<&'a str>,
    /// Title and editors of the edition, where it is more than the volume.
    pub edition: Option<(&'a str, &'a [Editor])>,
    /// Released version.
    pub version: Option<&'a str>,
    /// Address of its page within the site.
    pub path: &'a str,
    /// Absolute address.
    pub permalink: Option<String>,
    /// The witnesses, the base text first.
    pub witnesses: Vec<Original>,
    /// Settings of the edition.
    pub settings: &'a Settings,
    /// Words of the interface.
    pub words: &'a Words,
}

impl<'a> Ground<'a> {
    /// The document.
    pub fn document(self) -> Item<'a> {
        let outline = self.outline;
        let title = outline.title.to_string();
        let html = outline.title_html.as_deref().map_or_else(|| Html::text(&title), |html| Html(html.to_owned()));
        let item = self.item(&outline.record);
        let langs = [self.lang, self.volume_lang, &self.settings.lang];
        let composed = langs.into_iter().find(|lang| outline.record.composed_title(lang) == title);
        let parties = composed.map(|lang| outline.record.parties(lang)).filter(|parties| !parties.is_empty());
        Item {
            title_html: self.in_its_language(parties.as_deref().map_or(html, Html::text), self.lang),
            labelled: composed.is_some(),
            spoken_title: parties.unwrap_or_else(|| title.clone()),
            title,
            ..item
        }
    }

    /// The attachments of the document, in order.
    pub fn attachments(self) -> Vec<Item<'a>> {
        self.outline.attachments.iter().enumerate().map(|(number, record)| self.attachment(number, record)).collect()
    }

    fn attachment(self, number: usize, record: &'a Record) -> Item<'a> {
        let host = self.document();
        let item = self.item(record);
        let label = || record.label.as_deref().map_or_else(|| self.words.get("attachment"), str::to_owned);
        let lang = record.lang.as_deref().unwrap_or(self.lang);
        let title = record.title.as_deref().map_or_else(label, str::to_owned);
        let own = if record.anchor.is_empty() { format!("part-{}", number + 1) } else { record.anchor.to_string() };
        let anchored = |address: String| match record.anchor.is_empty() {
            true => address,
            false => format!("{address}#{}", record.anchor),
        };
        Item {
            key: format!("{}-{own}", item.key),
            title_html: self.in_its_language(Html::text(&title), lang),
            labelled: record.title.is_none(),
            spoken_title: title.clone(),
            title,
            host: Some((&self.outline.title, host.title_html)),
            lang,
            permalink: item.permalink.map(anchored),
            kind: Kind::Document,
            ..item
        }
    }

    /// What documents and attachments have alike.
    fn item(self, record: &'a Record) -> Item<'a> {
        let (settings, matter) = (self.settings, self.volume.matter);
        let named = |named| Person::named(named, self.names);
        let own: &[Editor] = &matter.editors;
        let label =
            |genre: &'a str| settings.genres.get(genre).and_then(|normal| normal.label.as_deref()).unwrap_or(genre);
        Item {
            key: self.key(),
            class: class(settings, record),
            kind: self.outline.kind,
            title: String::new(),
            title_html: Html::default(),
            spoken_title: String::new(),
            labelled: false,
            host: None,
            genre: record.genre.as_deref().map(label),
            authors: record.from.iter().map(named).collect(),
            recipients: record.to.iter().map(named).collect(),
            date: record.date.day(),
            undated: record.date == Dated::Undated,
            place: record.place.as_ref().map(|place| &*place.name),
            number: self.outline.number.as_deref(),
            id: file_stem(self.path),
            lang: self.lang,
            volume: self.volume,
            volume_lang: self.volume_lang,
            editors: if own.is_empty() && self.at_root { &settings.editors } else { own },
            publisher: matter.publisher.as_deref().or(settings.publisher.as_deref()),
            edition: (!self.at_root && settings.title != self.volume.title)
                .then_some((settings.title.as_str(), settings.editors.as_slice())),
            version: settings.version.as_deref(),
            path: self.path,
            permalink: settings.base_url.as_deref().map(|base| super::head::absolute(base, self.path)),
            witnesses: record.sources.iter().filter_map(|witness| self.original(witness)).collect(),
            settings,
            words: self.words,
        }
    }

    /// Address without its ending; in an edition of one volume, with the id of that volume.
    fn key(self) -> String {
        let path = self.path.strip_suffix(".html").unwrap_or(self.path);
        match &self.volume.matter.page.id {
            Some(id) if self.at_root => format!("{}-{path}", id.text),
            _ => path.replace('/', "-"),
        }
    }

    fn in_its_language(self, title: Html, lang: &str) -> Html {
        super::head::in_language(title, lang, &self.settings.lang)
    }
}

impl Item<'_> {
    /// The date in words of a language; in brackets where the editors inferred it.
    pub fn date_in(&self, words: &DateWords) -> Option<String> {
        let day = self.date?;
        let shown = day.edtf.display(words);
        let guess = day.basis == Basis::Conjecture || day.cert == Some(Certainty::Low);
        Some(match (day.basis, guess) {
            (Basis::Stated, false) => shown,
            (_, true) if !day.edtf.is_uncertain() => format!("[{shown}?]"),
            _ => format!("[{shown}]"),
        })
    }

    /// The date in the language of the edition.
    pub fn date_words(&self) -> Option<String> {
        self.date_in(&DateWords::for_language(&self.settings.lang))
    }

    /// A word of the interface for citations.
    fn word(&self, key: &str) -> String {
        self.words.get(&format!("citation.{key}"))
    }

    /// What programs are told besides what has a field of its own.
    pub fn remarks(&self) -> Vec<String> {
        let mut remarks = Vec::new();
        remarks.extend(self.absence());
        if let Some((host, _)) = &self.host {
            remarks.push(self.word("attached").replace("{n}", &format!("“{host}”")));
        }
        remarks.extend(self.edition.map(|(title, _)| self.word("published_in").replace("{n}", title)));
        remarks
    }

    /// What is said of a document without text.
    fn absence(&self) -> Option<String> {
        let key = match self.kind {
            Kind::Withheld => "withheld",
            Kind::Calendar => "calendar",
            Kind::NotFound => "not_found",
            Kind::Document | Kind::EditorialNote | Kind::Section => return None,
        };
        Some(self.word(key))
    }
}

/// The last part of an address, without its ending.
fn file_stem(path: &str) -> &str {
    let file = path.rsplit('/').next().unwrap_or(path);
    file.strip_suffix(".html").unwrap_or(file)
}

/// The class that the edition gives to its genre; else what has sender and recipient is a letter, and what lies in an
/// archive a manuscript.
fn class(settings: &Settings, record: &Record) -> Class {
    let given = record.genre.as_deref().and_then(|genre| settings.genres.get(genre)?.class.as_deref());
    match given {
        Some("letter") => Class::Letter,
        Some("manuscript") => Class::Manuscript,
        Some("report") => Class::Report,
        Some("document") => Class::Document,
        _ if !record.from.is_empty() && !record.to.is_empty() => Class::Letter,
        _ if record.sources.iter().any(|source| source.repository.is_some()) => Class::Manuscript,
        _ => Class::Document,
    }
}
