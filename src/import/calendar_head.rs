//! Reads calendar entries: the heads of documents that are described and shown as images, without text.
//!
//! "617. Aide-Mémoire from the Soviet Government to the U.S. Government February 18. Notification of … No classification
//! marking. 2 pp. Kennedy Library, …": number, title with parties and date, summary, classification, extent, archive.

mod date;

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
    pub from: Option<String>,
    /// To whom.
    pub to: Option<String>,
    /// Who talked, of conversations.
    pub participants: Vec<String>,
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
    let note = rest.strip_prefix(title).unwrap_or(rest).trim_start_matches(['.', ',', ' ']).to_owned();
    let title = title.strip_suffix('.').unwrap_or(title).trim_end_matches(',');
    let found = date::last(title);
    let (named, after) = found.as_ref().map_or((title, ""), |found| (&title[..found.at.start], &title[found.at.end..]));
    let mut parties = parties(named);
    if parties.participants.is_empty() && parties.from.is_none() && parties.to.is_none() {
        parties.participants = talkers(after).map(listed).unwrap_or_default();
    }
    Some(CalendarHead {
        number: number.to_owned(),
        genre: genre(title).map(str::to_owned),
        title: title.to_owned(),
        from: parties.from,
        to: parties.to,
        participants: parties.participants,
        date: found.map(|found| found.in_span(title, covers)),
        summary: (!summary.is_empty()).then(|| summary.to_owned()),
        note,
        archive,
    })
}

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
    let summary = after.trim_start_matches([',', '.', '/', ' ']);
    let slipped = after.len() > summary.len() && summary.contains(' ') && summary.starts_with(char::is_uppercase);
    if slipped { (&described[..found.at.end], summary) } else { first }
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

#[derive(Default)]
struct Parties {
    from: Option<String>,
    to: Option<String>,
    participants: Vec<String>,
}

/// The parties that a title names before its date: "from X to Y", "prepared by X", "between X and Y".
fn parties(named: &str) -> Parties {
    let mut parties = Parties::default();
    if let Some(talkers) = talkers(named) {
        parties.participants = listed(talkers);
        return parties;
    }
    let from = [" from ", " prepared by ", " by "].iter().find_map(|word| named.split_once(word)).map(|(_, rest)| rest);
    if let Some(rest) = from {
        let (from, to) = rest.split_once(" to ").map_or((rest, None), |(from, to)| (from, Some(to)));
        parties.from = name(from);
        parties.to = to.and_then(name);
    } else {
        // "Annex 3 to printed Document 320" names no recipient.
        let to = named.split_once(" to ").map(|(_, to)| to).filter(|to| !to.contains("Document "));
        parties.to = to.and_then(name);
    }
    parties
}

fn talkers(text: &str) -> Option<&str> {
    text.split_once(" between ").or_else(|| text.split_once(" among ")).map(|(_, talkers)| talkers)
}

/// A name without its article, up to the comma that ends it.
fn name(text: &str) -> Option<String> {
    let mut end = text.len();
    for (at, _) in text.match_indices(", ") {
        // "King, Jr." is one name.
        if !text[at + 2..].starts_with("Jr.") {
            end = at;
            break;
        }
    }
    let name = text[..end].trim().trim_end_matches([',', '.']);
    let name = name.strip_prefix("the ").unwrap_or(name);
    (!name.is_empty()).then(|| name.to_owned())
}

/// "A, B, and C" as three names; "U.S. and Bolivian officials" stays one.
fn listed(text: &str) -> Vec<String> {
    let text = text.trim().trim_end_matches(',');
    let text = text.replace(", and ", ", ");
    let mut names: Vec<String> = text.split(", ").filter_map(name).collect();
    if let [only] = names.as_slice()
        && let Some((first, second)) = only.split_once(" and ")
        && second.starts_with(char::is_uppercase)
        && !second.ends_with("officials")
    {
        names = [first, second].into_iter().filter_map(name).collect();
    }
    names
}
