//! Reads calendar entries: the heads of documents that are described and shown as images, without text.
//!
//! "617. Aide-Mémoire from the Soviet Government to the U.S. Government February 18. Notification of … No classification
//! marking. 2 pp. Kennedy Library, …": number, title with parties and date, summary, classification, extent, archive.

mod date;
mod parties;

#[cfg(test)]
mod tests;

use crate::import::source_note::{self, Mined};
use crate::model::date::{Day, Edtf};
use std::ops::RangeInclusive;

/// What a calendar entry says. Texts are as printed, without the stop that ends them, except that `genre` is lower case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarHead {
    /// "617", "278A".
    pub number: String,
    /// "memorandum of conversation", if the title begins with a known kind of document.
    pub genre: Option<String>,
    /// The title with the date in it, as printed.
    pub title: String,
    /// Who wrote it.
    pub from: Vec<String>,
    /// To whom.
    pub to: Vec<String>,
    /// Who talked, of conversations.
    pub participants: Vec<String>,
    /// Words that stand where a party is named and that name none for sure: no party was taken from the title.
    pub doubted: Option<String>,
    /// When it was written.
    pub date: Option<HeadDate>,
    /// The editors' abstract, with its stop; entries whose title says all have none.
    pub summary: Option<String>,
    /// From the summary on, as printed: what stands as the source note of such a document.
    pub note: String,
    /// Classification, handling, extent and archive.
    pub archive: Mined,
}

/// A date in the title of a calendar entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeadDate {
    /// As printed: "February 18", "undated".
    pub words: String,
    /// What it means; nothing where it says "undated", or where the year is neither printed nor known.
    pub edtf: Option<Edtf>,
    /// Whether the year comes from the range given, not from the words.
    pub is_inferred: bool,
}

impl CalendarHead {
    /// The printed classification.
    pub fn classification(&self) -> Option<&str> {
        self.archive.classification.as_deref()
    }

    /// The printed extent: "2 pp."
    pub fn extent(&self) -> Option<&str> {
        self.archive.extent.as_deref()
    }

    /// Whether every part that such entries have was found: date, classification, extent and archive.
    pub fn is_whole(&self) -> bool {
        self.date.is_some()
            && self.classification().is_some()
            && self.extent().is_some()
            && self.archive.repository.is_some()
    }

    /// Whether its parts are told apart: the archive, and all but one of date, classification and extent, which some
    /// entries leave out.
    pub fn is_told(&self) -> bool {
        let found = [self.date.is_some(), self.classification().is_some(), self.extent().is_some()];
        self.archive.repository.is_some() && found.into_iter().filter(|found| *found).count() >= 2
    }
}

/// Reads the plain text of an entry. `covers` is the span of days that its chapter or volume covers, which gives the year
/// where the entry names none. Nothing is returned where the text has no number or no archive at its end.
pub fn read(head: &str, covers: Option<&RangeInclusive<Day>>) -> Option<CalendarHead> {
    let text = head.split_whitespace().collect::<Vec<_>>().join(" ");
    let (number, rest) = numbered(&text)?;
    let (described, archive) = source_note::calendar_end(rest)?;
    let (title, summary) = title_and_summary(described);
    let note = rest.strip_prefix(title).unwrap_or(rest).trim_start_matches(STOPS).to_owned();
    let bare = title.strip_suffix('.').filter(|bare| !bare.ends_with(" Jr"));
    let title = bare.unwrap_or(title).trim_end_matches(',');
    let found = date::last(title);
    let parties = parties::read(title, found.as_ref().map(|found| found.at.clone()));
    Some(CalendarHead {
        number: number.to_owned(),
        genre: genre(title).map(str::to_owned),
        title: title.to_owned(),
        from: parties.from,
        to: parties.to,
        participants: parties.participants,
        doubted: parties.doubted,
        date: found.map(|found| found.in_span(title, covers)),
        summary: (!summary.is_empty()).then(|| summary.to_owned()),
        note,
        archive,
    })
}

/// The date in the first sentence of an entry that is not read, as it may lack its archive.
pub fn date_of(head: &str, covers: Option<&RangeInclusive<Day>>) -> Option<HeadDate> {
    let text = head.split_whitespace().collect::<Vec<_>>().join(" ");
    let (title, _) = title_and_summary(numbered(&text)?.1);
    date::last(title).map(|found| found.in_span(title, covers))
}

/// What ends a title: a stop, a slip for one, and the space after it.
pub const STOPS: [char; 4] = ['.', ',', '/', ' '];

/// "278A. " and what follows.
fn numbered(text: &str) -> Option<(&str, &str)> {
    let (number, rest) = text.split_once(". ")?;
    let digits = number.strip_suffix(|c: char| c.is_ascii_uppercase()).unwrap_or(number);
    (!digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some((number, rest))
}

/// The title is the first sentence. Where a slip of the print left no stop after it, it ends with its date; where one set
/// a stop within it ("US. Board"), the date ends the second.
fn title_and_summary(described: &str) -> (&str, &str) {
    let first = source_note::first_sentence(described);
    if let Some(at) = after_junior(first.0) {
        return (described[..at].trim_end(), described[at..].trim());
    }
    if !first.1.trim().is_empty() {
        let second = source_note::first_sentence(first.1.trim_start());
        let dated = |text: &str| date::last(text).is_some_and(|found| found.at.end + 1 == text.trim_end().len());
        return if date::last(first.0).is_none() && dated(second.0) && !second.1.is_empty() {
            (described[..described.len() - second.1.len()].trim_end(), second.1.trim())
        } else {
            (first.0, first.1.trim())
        };
    }
    let Some(found) = date::last(described) else { return first };
    let after = &described[found.at.end..];
    let summary = after.trim_start_matches(STOPS);
    let slipped = after.len() > summary.len() && summary.contains(' ') && summary.starts_with(char::is_uppercase);
    if slipped { (&described[..found.at.end], summary) } else { first }
}

/// Where a title ends with the "Jr." of its last name, which hides the end of the sentence.
fn after_junior(sentence: &str) -> Option<usize> {
    let at = sentence.find(", Jr. ")? + ", Jr. ".len();
    (sentence[at..].starts_with(char::is_uppercase) && date::last(&sentence[..at]).is_some()).then_some(at)
}

/// Kinds of documents, lower case; where one begins another, the longer stands first.
const GENRES: &[&str] = &[
    "memorandum of telephone conversation",
    "memorandum of telephone conversations",
    "memorandum of conversation",
    "memorandum of meeting",
    "memorandum for the record",
    "memorandum for the file",
    "memorandum for record",
    "memorandum",
    "circular airgram",
    "airgram",
    "circular telegram",
    "telegram",
    "letter",
    "message",
    "aide-mémoire",
    "note verbale",
    "note",
    "notes",
    "special national intelligence estimate",
    "national intelligence estimate",
    "intelligence memorandum",
    "record of action",
    "record of meeting",
    "minutes",
    "summary record",
    "policy directive",
    "paper",
    "report",
    "briefing paper",
    "chronology",
    "draft",
    "plan of action",
    "proposed statement",
    "statement",
    "strategy statement",
    "summary",
    "transcript",
    "annex",
    "supplement",
    "program review",
    "agenda",
    "outline",
    "study",
    "background paper",
    "action memorandum",
    "covering memorandum",
    "information memorandum",
    "handwritten notes",
    "rough notes",
    "despatch",
    "dispatch",
    "cable",
    "resolution",
    "speech",
    "checklist",
    "scope paper",
    "guidelines",
    "analysis",
    "editorial note",
    "directive",
    "evaluation",
    "estimate",
];

fn genre(title: &str) -> Option<&str> {
    let lower = title.to_lowercase();
    let known = GENRES.iter().filter(|genre| {
        lower.strip_prefix(**genre).is_some_and(|rest| rest.chars().next().is_none_or(|c| !c.is_alphanumeric()))
    });
    known.max_by_key(|genre| genre.len()).copied()
}
