//! Views of lists by date and by property.

use super::{Head, Link};
use crate::model::html::Html;
use serde::Serialize;

/// A chronology: of the edition or of a volume: `page`. Its introduction is `text`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct ChronologyView {
    /// What every page has.
    pub head: Head,
    /// Title of the volume, where it is one of several.
    pub volume: Option<Html>,
    /// Documents with a date.
    pub dated: usize,
    /// Attachments with a date of their own.
    pub attachments: usize,
    /// Documents and attachments without one.
    pub without_date: usize,
    /// Address of the page that lists these.
    pub undated_href: Option<String>,
    /// How many documents are of each time.
    pub picture: Option<PictureView>,
    /// The years.
    pub years: Vec<YearLink>,
    /// Everything that has a date, where the years have no pages of their own.
    pub listed: Vec<YearList>,
    /// What has no date, where it has no page of its own.
    pub undated: Vec<ListedView>,
    /// What does not state its date, where it has no page of its own.
    pub missing: Vec<ListedView>,
    /// Documents that stand out of date order in their section of the volume.
    pub stray: Vec<StrayView>,
}

/// A page with the documents of a year, or of a month of it: `page`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct YearView {
    /// What every page has.
    pub head: Head,
    /// The year or month in words.
    pub title: String,
    /// Title of the volume, where it is one of several.
    pub volume: Option<Html>,
    /// Number of documents and attachments.
    pub documents: usize,
    /// The year or month before that has a page.
    pub previous: Option<Link>,
    /// The one after.
    pub next: Option<Link>,
    /// How many documents are of each month.
    pub picture: Option<PictureView>,
    /// The months, where each has a page of its own.
    pub months: Vec<CountLink>,
    /// The documents.
    pub list: Option<YearList>,
    /// Documents that stand at an earlier year and reach into this one.
    pub reaching: Vec<ListedView>,
    /// Years of these, where they are too many to be listed.
    pub reaching_years: Vec<CountLink>,
}

/// A page with what has no date: `page`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct UndatedView {
    /// What every page has.
    pub head: Head,
    /// Title of the volume, where it is one of several.
    pub volume: Option<Html>,
    /// Number of documents and attachments.
    pub documents: usize,
    /// The part before.
    pub previous: Option<Link>,
    /// The part after.
    pub next: Option<Link>,
    /// Known to be undated.
    pub undated: Vec<ListedView>,
    /// No date is stated.
    pub missing: Vec<ListedView>,
}

/// The documents of a year.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct YearList {
    /// Anchor: `y1963`.
    pub id: String,
    /// The year in words.
    pub title: String,
    /// Its months, then what is known to the season or the year only.
    pub months: Vec<MonthList>,
}

/// The documents of a month.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct MonthList {
    /// Anchor: `m1963-02`.
    pub id: String,
    /// The month in words; none for what is known to the season or the year only.
    pub title: Option<String>,
    /// Its days, then what is known to the month only.
    pub days: Vec<DayList>,
}

/// The documents of a day.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct DayList {
    /// The day in words, without the year; none for what is not known to the day.
    pub title: Option<String>,
    /// The documents.
    pub entries: Vec<ListedView>,
}

/// A document or an attachment in a list.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct ListedView {
    /// The document, or the attachment on its page.
    pub link: Link,
    /// Kind of the document: `document`, `editorial-note` …
    pub kind: &'static str,
    /// Date in words, where it does not follow from where the entry stands.
    pub date: Option<String>,
    /// On what the date rests: `stated`, `internal`, `external`, `conjecture`.
    pub basis: &'static str,
    /// How sure the date is: `high`, `medium`, `low`.
    pub cert: Option<&'static str>,
    /// The volume, in lists of an edition with several.
    pub volume: Option<Link>,
    /// Of an attachment: the document that holds it.
    pub within: Option<Link>,
    /// Label of an attachment: `Enclosure`.
    pub label: Option<String>,
    /// Senders of an attachment.
    pub from: Vec<String>,
    /// Recipients of an attachment.
    pub to: Vec<String>,
    /// Whether it stands out of date order in its section.
    pub stray: bool,
}

/// A document that stands out of date order.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct StrayView {
    /// The document.
    pub entry: ListedView,
    /// The one before it in the edition.
    pub after: Option<Link>,
    /// The one that follows.
    pub before: Option<Link>,
}

/// A year in the overview.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct YearLink {
    /// Anchor: `y1963`.
    pub id: String,
    /// The year and how many documents it has.
    pub year: CountLink,
    /// Its months; none where the picture does not count by months.
    pub months: Vec<CountLink>,
}

/// A link with the number of what is behind it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct CountLink {
    /// Words.
    pub title: String,
    /// Address.
    pub href: String,
    /// How many documents and attachments.
    pub count: usize,
}

/// Bars over time, in units of the drawing. Its text alternative is the list beside it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct PictureView {
    /// What one bar is: `month`, `year`, `decade`, `century`; also its key in `words.documents_each`.
    pub unit: &'static str,
    /// Width of the drawing.
    pub width: usize,
    /// Height of the drawing without the words below.
    pub height: usize,
    /// The bars; a time without documents has none.
    pub bars: Vec<BarView>,
    /// Words below the axis.
    pub marks: Vec<MarkView>,
    /// How many documents the highest bar stands for.
    pub highest: usize,
}

/// A bar.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct BarView {
    /// Left edge.
    pub x: usize,
    /// Upper edge.
    pub y: usize,
    /// Width.
    pub width: usize,
    /// Height.
    pub height: usize,
    /// What it stands for, where it leads, and how many documents it counts.
    pub link: CountLink,
}

/// A word below the axis.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct MarkView {
    /// Its place.
    pub x: usize,
    /// The word.
    pub text: String,
}
