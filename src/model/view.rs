//! What a page may show: one typed value for each kind of page. This is the theme's contract.
//!
//! A template gets its view under the name `page`, what was rendered from Markdown under `text`, and the edition's own
//! constants under `site` and `words`; nothing else. All addresses are relative to the page, so one output works under
//! any base path and from disk. `docs/theming.md` lists the fields for theme authors.

mod archives;
mod browse;
mod calendar;
mod chronology;
mod cite;
mod contents;
mod edition;
mod pages;
mod references;
mod registers;

pub use archives::{
    ArchiveLink, ArchiveView, ArchivesView, CutView, HeldView, HoldingView, RepositoryLink, RepositoryView, SiglumView,
};
pub use browse::{BrowseView, FacetLink, FacetView, ValueView};
pub use calendar::{CalendarEntry, CalendarFiles, CalendarPart, CalendarSource, CalendarView};
pub use chronology::{
    BarView, ChronologyView, CountLink, DayList, ListedView, MarkView, MonthList, PictureView, StrayView, UndatedView,
    YearLink, YearList, YearView,
};
pub use cite::{CiteFile, CitePart, CiteStyle, CiteView, MetaTag, MetadataView};
pub use contents::{ContentsEntry, WindowLink, WindowView};
pub use edition::{
    AccessibilityView, ColophonView, CorrectionView, CorrectionsView, LegendView, MethodPagination, MethodView,
    SearchFacet, SearchForm, SearchView, SignView, SourceState, VolumeEditors, VolumeRights, WithdrawnView,
};
pub use pages::{PageEntry, PageGroup, PageRange, PagesView, PaginationView};
pub use references::{AnchorView, ReferenceView, ReferringView};
pub use registers::{
    EntryLink, EntryView, JoinedView, LetterView, MentionGroup, MentionRow, OfficeView, RegisterEntryView,
    RegisterView, SheetLink, WithdrawnEntryView,
};

use super::html::Html;
use serde::Serialize;

/// A link with its words.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Link {
    /// Relative address.
    pub href: String,
    /// What stands in the link: inline HTML without links or notes.
    pub title: Html,
    /// Printed number of the document, where it has one.
    pub number: Option<String>,
}

/// The edition, the same on every page: `site`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct SiteView {
    /// Title of the edition.
    pub title: String,
    /// Subtitle.
    pub subtitle: Option<String>,
    /// BCP 47 tag of the edition.
    pub lang: String,
    /// `rtl` where that language is written so.
    pub dir: Option<&'static str>,
    /// Absolute address of the site, with a final slash, when known.
    pub base_url: Option<String>,
    /// Editors, as they wish to be named.
    pub editors: Vec<EditorView>,
    /// Publisher.
    pub publisher: Option<String>,
    /// Licence and holder.
    pub rights: Option<RightsView>,
    /// Released version of the edition.
    pub version: Option<String>,
    /// Whom to write to: a mail address or an address on the web.
    pub contact: Option<String>,
    /// Settings of the theme from site.yaml.
    pub theme: serde_json::Value,
    /// `extra` of site.yaml.
    pub extra: serde_json::Value,
    /// Name and version of this program.
    pub generator: &'static str,
}

/// One editor.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct EditorView {
    /// Name as written.
    pub name: String,
    /// Role as written, such as `General Editor`; `words.editor_roles` expands the roles of TEI volumes.
    pub role: Option<String>,
    /// ORCID identifier without address.
    pub orcid: Option<String>,
}

/// Rights of a text.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct RightsView {
    /// Licence as written, such as `CC-BY-4.0`.
    pub licence: Option<String>,
    /// Address of the licence, when it is a known one.
    pub href: Option<String>,
    /// Who holds the rights.
    pub holder: Option<String>,
    /// A remark: inline HTML.
    pub note: Option<Html>,
}

/// What every page has: `page.head`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Head {
    /// Kind of page: `home`, `page`, `volume`, `section`, `document`, `pages`, `chronology`, `browse`, `register`,
    /// `entry`, `archives`, `archive`, `calendar`, `withdrawn`, `accessibility`, `method`, `colophon`, `corrections`,
    /// `search`, `not-found`.
    /// `not-found`.
    pub kind: &'static str,
    /// Text of the `title` element.
    pub title: String,
    /// Text for `meta name=description`, at most 300 characters.
    pub description: Option<String>,
    /// BCP 47 tag of the page.
    pub lang: String,
    /// `rtl` where the language is written so.
    pub dir: Option<&'static str>,
    /// From this page to the root of the site: empty or `../`.
    pub root: String,
    /// Address of the page within the site, such as `v/d1.html`.
    pub path: String,
    /// Absolute address, where the edition has a `base_url`.
    pub canonical: Option<String>,
    /// Relative address of the edition's home page.
    pub home: String,
    /// Relative address of the style sheet.
    pub style: String,
    /// Relative address of the script, if the theme has one.
    pub script: Option<String>,
    /// Relative address of the Atom feed, where there is one.
    pub feed: Option<String>,
    /// Relative address of the search, unless the edition has none.
    pub search: Option<String>,
    /// The way from the home page to here, without this page.
    pub crumbs: Vec<Link>,
    /// Whether this is a draft, shown by preview only.
    pub draft: bool,
    /// What programs are told: on documents, landing pages of volumes and the home page.
    pub metadata: Option<MetadataView>,
    /// Where its source can be changed, as `links:` in site.yaml says.
    pub edit: Option<String>,
    /// Where a mistake in it can be reported, as `links:` in site.yaml says.
    pub report: Option<String>,
}

/// A date for readers and machines.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct DateView {
    /// EDTF.
    pub edtf: String,
    /// Value for the `datetime` attribute where HTML can express it.
    pub datetime: Option<String>,
    /// Words for people: as the editor wrote it, else made from the EDTF. Words without the year of the date are
    /// completed.
    pub display: String,
    /// `stated`, `internal`, `external` or `conjecture`.
    pub basis: &'static str,
    /// `high`, `medium` or `low`.
    pub cert: Option<&'static str>,
    /// Why the date is what it is: inline HTML.
    pub reason: Option<Html>,
}

/// A person, body or place named in front matter, linked to its register entry where it has one.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct NameView {
    /// Name as written.
    pub name: String,
    /// Role or office as written.
    pub role: Option<String>,
    /// Register entry.
    pub href: Option<String>,
    /// Whether the editors inferred it (`basis` other than stated).
    pub inferred: bool,
}

/// A register entry that the document names.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct MentionView {
    /// Anchor to which the words of the text lead that stand for a term; none for other entries.
    pub anchor: Option<String>,
    /// Address of the entry.
    pub href: String,
    /// Name of the entry.
    pub name: String,
    /// Offices that a person held, or may have held, on the document's date.
    pub offices: Vec<OfficeView>,
    /// Its description in one line of plain text.
    pub description: Option<String>,
}

/// One field of a source note, such as the repository.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct SourceField {
    /// Key of the field in front matter: `repository`, `collection`, `box` …; also its key in `words.source`.
    pub key: &'static str,
    /// Values, large to small.
    pub values: Vec<String>,
    /// Link into a register, where there is one.
    pub href: Option<String>,
}

/// One witness: where the document lies. Printed texts are in [`DocumentText::sources`], in the same order.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct SourceView {
    /// Anchor: `fn-1` when the note is a footnote on the title, else `source`, `source-2` …
    pub anchor: String,
    /// Anchors that were published before, and that lead here now.
    pub old_anchors: Vec<String>,
    /// Printed number, when it is a footnote on the title.
    pub marker: Option<String>,
    /// Links back to where the marker is cited.
    pub backlinks: Vec<Backlink>,
    /// `title`, `head` (both: above the text) or `end` (below it).
    pub position: &'static str,
    /// Siglum of the witness.
    pub siglum: Option<String>,
    /// Whether this is the base text among several.
    pub base: bool,
    /// Composed line, where there is no printed note.
    pub composed: Option<String>,
    /// Fields as data.
    pub fields: Vec<SourceField>,
    /// Address of the original on the web.
    pub url: Option<String>,
}

/// A link back from a note to one of its references.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Backlink {
    /// `#fnref-1`, `#fnref-1--2` …
    pub href: String,
    /// Which reference it is, from 1.
    pub count: usize,
}

/// One series of notes: `text.notes`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct NoteSeries {
    /// Key of the series: empty for the main series, else its prefix.
    pub key: String,
    /// Heading as the volume gives it; without one the theme uses `words.notes`.
    pub title: Option<String>,
    /// `editor` or `author`.
    pub by: &'static str,
    /// The notes in order.
    pub notes: Vec<NoteView>,
}

/// One note.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct NoteView {
    /// Permanent label; the anchor is `fn-{label}`.
    pub label: String,
    /// What is printed: number or symbol.
    pub marker: String,
    /// The text: blocks of HTML.
    pub html: Html,
    /// One link for each reference, in order.
    pub backlinks: Vec<Backlink>,
}

/// An earlier printing.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct PrintingView {
    /// Citation, inline HTML.
    pub citation: Html,
    /// Pages as written.
    pub pages: Option<String>,
    /// Address on the web or of a register entry.
    pub href: Option<String>,
}

/// A related document.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct RelatedView {
    /// Key in `words.related`: `encloses`, `enclosed-in`, `reply-to`, `replied-by`, `version-of`, `translation-of`,
    /// `translated-as`, `see`, `previous`, `next`.
    pub rel: &'static str,
    /// The document, or words only where there is none to link to.
    pub title: Html,
    /// Its address.
    pub href: Option<String>,
}

/// An attachment or enclosure.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct AttachmentView {
    /// `#{id}` of the part on this page; none when it is listed only.
    pub href: Option<String>,
    /// Label, such as `Enclosure`.
    pub label: Option<String>,
    /// Title.
    pub title: Option<Html>,
    /// Its own date.
    pub date: Option<DateView>,
    /// Why there is no text: `not-printed`, `not-found`, `withheld`.
    pub absence: Option<&'static str>,
    /// Extent as written.
    pub extent: Option<String>,
    /// Source of the attachment: its printed note, else its fields in one line.
    pub source: Option<Html>,
}

/// A page image.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct FacsimileView {
    /// Label of the page, such as `Facsimile Page 1`.
    pub label: String,
    /// Address of the image; none where it is not part of the site.
    pub href: Option<String>,
    /// Address of the image in a size to read on a page; none where browsers cannot show it.
    pub shown: Option<String>,
    /// The image as its source names it.
    pub image: String,
    /// Credit line.
    pub credit: Option<String>,
    /// Anchor of the page break in the text.
    pub anchor: Option<String>,
}

/// A page of a pagination on which a document begins.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct BeginsOn {
    /// Label of the page, such as `Typeset Page 1608`.
    pub label: String,
}

/// A document, or a section with its text: `page`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct DocumentView {
    /// What every page has.
    pub head: Head,
    /// Id, also of the `article` element.
    pub id: String,
    /// `document`, `editorial-note`, `withheld`, `calendar`, `not-found`, `section`.
    pub kind: &'static str,
    /// Printed number.
    pub number: Option<String>,
    /// Whether the number was supplied by the edition.
    pub number_supplied: bool,
    /// Genre as the edition labels it.
    pub genre: Option<String>,
    /// Date; the printed dateline is part of the text.
    pub date: Option<DateView>,
    /// Whether the page must say that no date is stated.
    pub date_missing: bool,
    /// Where written.
    pub place: Option<NameView>,
    /// Authors or senders.
    pub from: Vec<NameView>,
    /// Recipients.
    pub to: Vec<NameView>,
    /// Participants.
    pub participants: Vec<NameView>,
    /// When and where received.
    pub received: Option<ReceivedView>,
    /// Witnesses.
    pub sources: Vec<SourceView>,
    /// Whether the page must say that no source is stated.
    pub source_missing: bool,
    /// Earlier printings.
    pub printed_in: Vec<PrintingView>,
    /// Attachments, in order.
    pub attachments: Vec<AttachmentView>,
    /// Pages on which it begins.
    pub begins_on: Vec<BeginsOn>,
    /// Page images.
    pub facsimiles: Vec<FacsimileView>,
    /// Address of the legend, where the text has editorial signs.
    pub legend: Option<String>,
    /// Related documents, both directions.
    pub related: Vec<RelatedView>,
    /// Documents that refer to this one, in the order of the edition.
    pub referring: Vec<ReferringView>,
    /// What it was translated from.
    pub translated_from: Option<TranslatedFromView>,
    /// Topics.
    pub topics: Vec<String>,
    /// Identifiers as written.
    pub identifiers: Vec<String>,
    /// Those who edited this document.
    pub editors: Vec<EditorView>,
    /// Transcribed, collated, vetted.
    pub revisions: Vec<RevisionView>,
    /// Rights.
    pub rights: Option<RightsView>,
    /// Persons named in it.
    pub persons: Vec<MentionView>,
    /// Terms and abbreviations named in it.
    pub terms: Vec<MentionView>,
    /// Places, organizations, works and events named in it.
    pub others: Vec<MentionView>,
    /// Those that stand next to it below the same section, as far as they are shown.
    pub window: WindowView,
    /// The volume.
    pub volume: Link,
    /// Place in the volume, from 1; 0 for sections.
    pub position: usize,
    /// Number of documents of the volume.
    pub documents: usize,
    /// The document before.
    pub previous: Option<Link>,
    /// The document after.
    pub next: Option<Link>,
    /// How it is cited; none for sections.
    pub cite: Option<CiteView>,
    /// What lies below a section: its documents and sections.
    pub contents: Vec<ContentsEntry>,
    /// `changed` as written, else the day of its last change.
    pub changed: Option<String>,
    /// Its changes, newest first; empty where nothing sure is known of them.
    pub history: Vec<ChangeView>,
    /// `extra` of the front matter.
    pub extra: serde_json::Value,
}

/// When and where a document was received.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct ReceivedView {
    /// Date.
    pub date: Option<DateView>,
    /// Place.
    pub place: Option<NameView>,
    /// By whom.
    pub by: Option<NameView>,
}

/// A change of a document, by a commit.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct ChangeView {
    /// First ten digits of the commit.
    pub commit: String,
    /// The day, by its author: `2025-01-02`.
    pub date: String,
    /// Day and time with zone, for the `datetime` attribute.
    pub datetime: String,
    /// First line of the editor's message.
    pub subject: String,
    /// What was corrected, where the message says so: one text for each mark.
    pub errata: Vec<String>,
    /// Where the list of corrections names it.
    pub correction: Option<String>,
}

/// What a text was translated from.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct TranslatedFromView {
    /// BCP 47 tag of the original.
    pub lang: Option<String>,
    /// Name of that language in the language of the edition, where known.
    pub language: Option<String>,
    /// Remark, such as `original not printed`.
    pub label: Option<String>,
    /// Address of the original in the edition.
    pub href: Option<String>,
    /// Translator.
    pub by: Option<String>,
}

/// One step in the making of the text.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct RevisionView {
    /// Date as written.
    pub date: Option<String>,
    /// Who.
    pub by: Option<String>,
    /// `transcribed`, `collated`, `vetted`.
    pub what: &'static str,
    /// Remark.
    pub note: Option<String>,
}

/// What was rendered from a document's Markdown: `text`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
pub struct DocumentText {
    /// Title with its note references: inline HTML.
    pub title: Html,
    /// Editors' abstract: blocks. Empty when it stands in the source note.
    pub summary: Html,
    /// Evidence for a document that was not found: blocks.
    pub evidence: Html,
    /// Source notes, as many as `page.sources`.
    pub sources: Vec<SourceText>,
    /// The text: blocks.
    pub body: Html,
    /// The notes, a list for each series.
    pub notes: Vec<NoteSeries>,
    /// Headings of the body for "on this page".
    pub headings: Vec<HeadingView>,
}

/// A heading within a document.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct HeadingView {
    /// Anchor.
    pub id: String,
    /// Level from 2.
    pub level: u8,
    /// Inline HTML without notes or links.
    pub title: Html,
}

/// Printed texts of one witness.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
pub struct SourceText {
    /// The source note as printed: blocks. Empty where there is none.
    pub note: Html,
    /// Description, which follows: blocks.
    pub description: Html,
}

/// A volume on the home page.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct VolumeEntry {
    /// Link to its landing.
    pub link: Link,
    /// Series and number in one line.
    pub series: Option<String>,
    /// Editors.
    pub editors: Vec<EditorView>,
    /// What it covers, in words.
    pub covers: Option<String>,
    /// Number of documents.
    pub documents: usize,
}

/// The edition's home page: `page`. Its text is `text.body`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct HomeView {
    /// What every page has.
    pub head: Head,
    /// Volumes in order.
    pub volumes: Vec<VolumeEntry>,
    /// The edition's own pages.
    pub pages: Vec<Link>,
    /// Registers shared by all volumes.
    pub registers: Vec<RegisterLink>,
    /// Other ways into the edition.
    pub ways: Vec<WayView>,
    /// How the edition is cited: inline HTML.
    pub cite: Html,
}

/// A page of the edition itself, such as `about.html`: `page`. Its text is `text`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct PlainView {
    /// What every page has.
    pub head: Head,
    /// Id, also of the `article` element.
    pub id: String,
}

/// A volume's landing page: `page`. Its text is `text`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct VolumeView {
    /// What every page has.
    pub head: Head,
    /// Series, subseries and number in one line.
    pub series: Option<String>,
    /// Editors.
    pub editors: Vec<EditorView>,
    /// Publisher.
    pub publisher: Option<String>,
    /// Place of publication.
    pub place: Option<String>,
    /// Date of publication as written.
    pub published: Option<String>,
    /// Identifiers as written.
    pub identifiers: Vec<String>,
    /// What it covers, in words.
    pub covers: Option<String>,
    /// Rights.
    pub rights: Option<RightsView>,
    /// Number of documents.
    pub documents: usize,
    /// Contents: sections with ranges; documents where they lie directly in the volume.
    pub contents: Vec<ContentsEntry>,
    /// How many documents stand out of the order of their dates, with the list of them.
    pub out_of_order: Option<CountedView>,
    /// Registers of the volume.
    pub registers: Vec<RegisterLink>,
    /// How the volume is cited: inline HTML.
    pub cite: Html,
    /// Citations of its documents as files for programs.
    pub citations: Vec<CiteFile>,
    /// Other ways into the volume; those into the edition, too, where it is the whole of that.
    pub ways: Vec<WayView>,
}

/// So many of something, and where they are listed.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct CountedView {
    /// How many.
    pub count: usize,
    /// Address of the list.
    pub href: String,
}

/// A list by which documents are found, or a page about the whole.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct WayView {
    /// `chronology`, `calendar`, `archives`, `browse`, `pages`, `method`, `accessibility`, `corrections`, `colophon`; also
    /// its key in `words.ways`.
    pub kind: &'static str,
    /// Address.
    pub href: String,
}

/// A link to a register.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct RegisterLink {
    /// `persons`, `terms`, `places`, `organizations`, `works`, `events`, `repositories`, `bibliography`; also its key in
    /// `words.registers`.
    pub kind: &'static str,
    /// Address.
    pub href: String,
    /// Number of entries.
    pub entries: usize,
}

/// The page for addresses that do not exist: `page`. It is served at any depth, so its style stands in it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct NotFoundView {
    /// What every page has; its addresses are absolute or missing.
    pub head: Head,
    /// The style sheet itself.
    pub style: Html,
}
