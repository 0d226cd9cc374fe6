//! Front matter as values: what a document, a section or a volume says about itself.

use super::date::Edtf;
use serde::{Deserialize, Serialize};

/// A printed string: Markdown, with the number of the front matter field in which it stands.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Printed {
    /// As written.
    pub text: String,
    /// Field number, for places of findings.
    pub field: u16,
}

/// What kind of text a document is; it says what may be missing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A document with text, date and source.
    #[default]
    Document,
    /// A note by the editors: no date, no source.
    EditorialNote,
    /// Withheld: no text.
    Withheld,
    /// Calendared: no text, but a summary or facsimiles.
    Calendar,
    /// Lost: no text and no source, but evidence.
    NotFound,
    /// Front matter, back matter, or the text of a folder.
    Section,
}

impl Kind {
    /// As written.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Document => "document",
            Kind::EditorialNote => "editorial-note",
            Kind::Withheld => "withheld",
            Kind::Calendar => "calendar",
            Kind::NotFound => "not-found",
            Kind::Section => "section",
        }
    }

    /// Whether it counts as a document of the volume.
    pub fn is_document(self) -> bool {
        self != Kind::Section
    }

    /// Whether it has a text of its own.
    pub fn has_text(self) -> bool {
        matches!(self, Kind::Document | Kind::EditorialNote | Kind::Section)
    }
}

/// On what a statement rests.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Basis {
    /// The document says so.
    #[default]
    Stated,
    /// Inferred from the document.
    Internal,
    /// Inferred from elsewhere.
    External,
    /// A guess.
    Conjecture,
}

impl Basis {
    /// As written.
    pub fn name(self) -> &'static str {
        match self {
            Basis::Stated => "stated",
            Basis::Internal => "internal",
            Basis::External => "external",
            Basis::Conjecture => "conjecture",
        }
    }
}

/// How sure the editors are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Certainty {
    /// Sure.
    High,
    /// Fairly sure.
    Medium,
    /// Unsure.
    Low,
}

impl Certainty {
    /// As written.
    pub fn name(self) -> &'static str {
        match self {
            Certainty::High => "high",
            Certainty::Medium => "medium",
            Certainty::Low => "low",
        }
    }
}

/// A date with what the editors say about it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct DocumentDate {
    /// The date; always Gregorian.
    pub edtf: Edtf,
    /// As the edition prints it.
    pub display: Option<String>,
    /// On what it rests.
    pub basis: Basis,
    /// How sure.
    pub cert: Option<Certainty>,
    /// Why.
    pub reason: Option<Printed>,
    /// Calendar in which `display` is written, when it is not the Gregorian one.
    pub calendar: Option<String>,
}

/// Whether a date is given.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
pub enum DateField {
    /// Nothing is said: a warning for kinds that should have one.
    #[default]
    Missing,
    /// `date: none`: known to be undated.
    Undated,
    /// A date.
    Dated(DocumentDate),
}

impl DateField {
    /// The date, where there is one.
    pub fn date(&self) -> Option<&DocumentDate> {
        match self {
            DateField::Dated(date) => Some(date),
            _ => None,
        }
    }
}

/// A place, a person or a body as named in front matter.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Party {
    /// Name as written.
    pub name: String,
    /// Register entry with its scheme: `person:p_RD_1`.
    pub reference: Option<Printed>,
    /// `person`, `org` or `group`.
    pub kind: Option<String>,
    /// Role or office.
    pub role: Option<String>,
    /// Name under which the document has it.
    pub named: Option<String>,
    /// On what it rests.
    pub basis: Basis,
    /// How sure.
    pub cert: Option<Certainty>,
}

/// When, where and by whom a document was received.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Received {
    /// When.
    pub date: DateField,
    /// Where.
    pub place: Option<Party>,
    /// By whom.
    pub by: Option<Party>,
}

/// Where the source note is shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum SourcePosition {
    /// A note on the title.
    #[default]
    Title,
    /// A line above the text.
    Head,
    /// Below the text.
    End,
}

impl SourcePosition {
    /// As written.
    pub fn name(self) -> &'static str {
        match self {
            SourcePosition::Title => "title",
            SourcePosition::Head => "head",
            SourcePosition::End => "end",
        }
    }
}

/// A printing: of the document, or the only witness of a lost one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Printing {
    /// Citation.
    pub citation: Option<Printed>,
    /// Register entry: `bib:…` or `work:…`.
    pub reference: Option<Printed>,
    /// Pages.
    pub pages: Option<String>,
    /// Address on the web.
    pub url: Option<String>,
}

/// A witness: where the document lies and what the editors print about it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Source {
    /// The complete printed source note.
    pub note: Option<Printed>,
    /// Physical description and custody, for editions without a printed note.
    pub description: Option<Printed>,
    /// Printed number, when it is a footnote on the title.
    pub marker: Option<String>,
    /// Field of the marker, for places of findings.
    #[serde(skip)]
    pub marker_field: u16,
    /// Where it is shown, if not as the volume says.
    pub position: Option<SourcePosition>,
    /// Repository as named.
    pub repository: Option<Printed>,
    /// Town of the repository.
    pub place: Option<String>,
    /// Record group.
    pub record_group: Option<String>,
    /// Collections, large to small.
    pub collection: Vec<String>,
    /// Series.
    pub series: Option<String>,
    /// Lot.
    pub lot: Option<String>,
    /// Box.
    pub box_: Option<String>,
    /// Folder.
    pub folder: Option<String>,
    /// File.
    pub file: Option<String>,
    /// Shelfmark.
    pub shelfmark: Option<String>,
    /// Address of the original on the web.
    pub url: Option<String>,
    /// Form: ALS, RC, FC, Dft, LbC, Tr, or words.
    pub form: Option<String>,
    /// Siglum of the witness.
    pub siglum: Option<String>,
    /// Extent as written: `2 pp.`
    pub extent: Option<Printed>,
    /// Classification as printed.
    pub classification: Option<String>,
    /// Handling and precedence.
    pub handling: Vec<String>,
    /// Known from print only.
    pub printed: Option<Printing>,
    /// Whether it is the base text.
    pub base: bool,
}

impl Source {
    /// The anchor of its note on the document's page, where it is the witness of that place in the list.
    pub fn anchor(&self, place: usize) -> String {
        match &self.marker {
            Some(marker) => format!("fn-{}", marker.to_lowercase()),
            None if place == 0 => "source".to_owned(),
            None => format!("source-{}", place + 1),
        }
    }
}

/// What a document says of its sources.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
pub enum Sources {
    /// Nothing: a warning for kinds that should have one.
    #[default]
    Missing,
    /// `source: none`.
    None,
    /// One or more witnesses.
    Witnesses(Vec<Source>),
}

impl Sources {
    /// The witnesses.
    pub fn witnesses(&self) -> &[Source] {
        match self {
            Sources::Witnesses(witnesses) => witnesses,
            _ => &[],
        }
    }
}

/// A part with its own title, date and sender.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Attachment {
    /// Id of the fence, or of the entry where there is none.
    pub id: String,
    /// Title.
    pub title: Option<Printed>,
    /// Label: `Enclosure`.
    pub label: Option<String>,
    /// Genre.
    pub genre: Option<String>,
    /// `not-printed`, `not-found` or `withheld`, where it has no text.
    pub absence: Option<&'static str>,
    /// Date.
    pub date: DateField,
    /// Place.
    pub place: Option<Party>,
    /// Senders.
    pub from: Vec<Party>,
    /// Recipients.
    pub to: Vec<Party>,
    /// Sources.
    pub source: Sources,
    /// Language.
    pub lang: Option<String>,
    /// Extent.
    pub extent: Option<String>,
    /// Field, for places of findings.
    #[serde(skip)]
    pub field: u16,
}

/// A page image.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Facsimile {
    /// Pagination; empty for the volume's first.
    pub pagination: Printed,
    /// Page.
    pub page: Option<String>,
    /// Image: a file of the edition, or an address.
    pub image: Printed,
    /// Credit.
    pub credit: Option<String>,
}

/// A hand that wrote.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Hand {
    /// Key used in `hand=`.
    pub key: String,
    /// Whose hand.
    pub name: Option<String>,
    /// Register entry.
    pub reference: Option<Printed>,
    /// Pencil, ink …
    pub medium: Option<String>,
}

/// A place in a correspondence.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Correspondence {
    /// Id of the correspondence.
    pub id: String,
    /// The letter before, when given.
    pub previous: Option<Printed>,
    /// The letter after, when given.
    pub next: Option<Printed>,
}

/// What a document is to another, as its editors state it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rel {
    /// It encloses the other.
    Encloses,
    /// It answers the other.
    ReplyTo,
    /// Both are versions of one text.
    VersionOf,
    /// It translates the other.
    TranslationOf,
    /// Any other relation.
    #[default]
    See,
}

impl Rel {
    /// All, as editors write them.
    pub const ALL: [(&'static str, Rel); 5] = [
        ("encloses", Rel::Encloses),
        ("reply-to", Rel::ReplyTo),
        ("version-of", Rel::VersionOf),
        ("translation-of", Rel::TranslationOf),
        ("see", Rel::See),
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Rel::Encloses => "encloses",
            Rel::ReplyTo => "reply-to",
            Rel::VersionOf => "version-of",
            Rel::TranslationOf => "translation-of",
            Rel::See => "see",
        }
    }

    /// What the other document is to this one.
    pub fn inverse(self) -> &'static str {
        match self {
            Rel::Encloses => "enclosed-in",
            Rel::ReplyTo => "replied-by",
            Rel::VersionOf => "version-of",
            Rel::TranslationOf => "translated-as",
            Rel::See => "see",
        }
    }
}

/// A relation to another document.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Related {
    /// `encloses`, `reply-to`, `version-of`, `translation-of`, `see`.
    pub rel: Rel,
    /// `doc:…`
    pub target: Option<Printed>,
    /// Words.
    pub label: Option<Printed>,
}

/// What a text was translated from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
pub struct TranslatedFrom {
    /// Language of the original.
    pub lang: Option<String>,
    /// `doc:…` of the original.
    pub target: Option<Printed>,
    /// Remark.
    pub label: Option<String>,
    /// Translator.
    pub by: Option<String>,
}

/// A step in the making of the text.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Revision {
    /// When.
    pub date: Option<String>,
    /// Who.
    pub by: Option<String>,
    /// `transcribed`, `collated`, `vetted`.
    pub what: &'static str,
    /// Remark.
    pub note: Option<String>,
}

/// Rights of a text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Rights {
    /// Licence.
    pub licence: Option<String>,
    /// Holder.
    pub holder: Option<String>,
    /// Remark.
    pub note: Option<Printed>,
}

/// An editor.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Editor {
    /// Name.
    pub name: String,
    /// Role.
    pub role: Option<String>,
    /// ORCID.
    pub orcid: Option<String>,
}

/// An accepted exception.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Ignored {
    /// Code.
    pub code: Printed,
    /// Reason.
    pub because: Option<String>,
}

/// Whether a document is published.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Published.
    #[default]
    Published,
    /// A draft.
    Draft,
}

/// Front matter of a document or a section.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
pub struct FrontMatter {
    /// `id`.
    pub id: Option<Printed>,
    /// `number`.
    pub number: Option<String>,
    /// `number_supplied`.
    pub number_supplied: bool,
    /// `title`.
    pub title: Option<Printed>,
    /// `short_title`.
    pub short_title: Option<Printed>,
    /// `kind`.
    pub kind: Kind,
    /// `genre`.
    pub genre: Option<String>,
    /// `lang`.
    pub lang: Option<String>,
    /// `date`.
    pub date: DateField,
    /// `place`.
    pub place: Option<Party>,
    /// `from`.
    pub from: Vec<Party>,
    /// `to`.
    pub to: Vec<Party>,
    /// `participants`; `None` when the key is absent.
    pub participants: Option<Vec<Party>>,
    /// `received`.
    pub received: Option<Received>,
    /// `source`.
    pub source: Sources,
    /// `summary`.
    pub summary: Option<Printed>,
    /// `evidence`.
    pub evidence: Option<Printed>,
    /// `printed_in`.
    pub printed_in: Vec<Printing>,
    /// `attachments`.
    pub attachments: Vec<Attachment>,
    /// `begins_on`: pagination and page.
    pub begins_on: Vec<(Printed, String)>,
    /// `facsimiles`.
    pub facsimiles: Vec<Facsimile>,
    /// `markers`: note label and printed marker.
    pub markers: Vec<(Printed, String)>,
    /// `hands`.
    pub hands: Vec<Hand>,
    /// `correspondence`.
    pub correspondence: Vec<Correspondence>,
    /// `related`.
    pub related: Vec<Related>,
    /// `translated_from`.
    pub translated_from: Option<TranslatedFrom>,
    /// `aliases`.
    pub aliases: Vec<Printed>,
    /// `anchor_aliases`: old and new anchor.
    pub anchor_aliases: Vec<(Printed, String)>,
    /// `changed`.
    pub changed: Option<String>,
    /// `topics`.
    pub topics: Vec<String>,
    /// `identifiers`.
    pub identifiers: Vec<String>,
    /// `editors`.
    pub editors: Vec<Editor>,
    /// `revisions`.
    pub revisions: Vec<Revision>,
    /// `status`.
    pub status: Status,
    /// `rights`.
    pub rights: Option<Rights>,
    /// `ignore`.
    pub ignore: Vec<Ignored>,
    /// `extra`, as JSON.
    pub extra: serde_json::Value,
    /// `matter`, of sections.
    pub matter: Option<Matter>,
    /// `sort`, of sections.
    pub sort: Option<Sort>,
    /// `order`, of sections.
    pub order: Vec<Printed>,
}

/// Where a section stands in the volume.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Matter {
    /// Before the documents.
    Front,
    /// Among them.
    #[default]
    Body,
    /// Behind them.
    Back,
}

/// By what siblings are ordered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sort {
    /// By printed number, in natural order.
    #[default]
    Number,
    /// By date.
    Date,
    /// By file name.
    Name,
}
