//! Finds dates in English titles: "February 18", "January 10, 1962", "October 2–3", "May 1961", "undated".

use super::HeadDate;
use crate::model::date::{Date, DateWords, Day, Edtf, IntervalEnd, Qualifier, When};
use std::ops::{Range, RangeInclusive};

/// A date as the words state it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The bytes of the title that state it.
    pub at: Range<usize>,
    first: Option<Stated>,
    last: Option<Stated>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stated {
    year: Option<i32>,
    month: u8,
    day: Option<u8>,
}

const MONTHS: [&str; 12] = DateWords::ENGLISH.months;

/// The date of a document: the last in its title that is not one of the matter ("a talk on July 26", "the April 22
/// meeting"). A title that ends with "undated" has none.
pub fn last(title: &str) -> Option<Found> {
    let undated = title.rfind("undated").map(|at| Found { at: at..at + "undated".len(), first: None, last: None });
    if undated.as_ref().is_some_and(|found| title[found.at.end..].trim_end_matches('.').is_empty()) {
        return undated;
    }
    let mut dates: Vec<Found> = Vec::new();
    let months = title.char_indices().filter_map(|(at, _)| Some((at, month_at(title, at)?)));
    for (at, (month, length)) in months {
        if dates.last().is_none_or(|found| found.at.end <= at) {
            dates.push(found(title, at, month, length));
        }
    }
    dates.retain(|found| !is_of_matter(title, &found.at));
    dates.pop().or(undated)
}

/// Words after which a date is not that of the document.
const BEFORE_MATTER: &[&str] =
    &["of", "on", "in", "for", "from", "to", "beginning", "since", "until", "before", "after", "through", "during"];

/// Whether a date belongs to what the title tells of: it follows a preposition or a genitive, or goes before a noun.
fn is_of_matter(title: &str, at: &Range<usize>) -> bool {
    let before = title[..at.start].strip_suffix(' ').unwrap_or_default();
    let word = before.rsplit(' ').next().unwrap_or_default();
    let qualifies = title[at.end..].strip_prefix(' ').is_some_and(|rest| rest.starts_with(char::is_lowercase));
    BEFORE_MATTER.contains(&word) || word.ends_with("’s") || word.ends_with("'s") || qualifies
}

/// Whether these words hold a date of any kind.
pub fn is_in(words: &str) -> bool {
    words.char_indices().any(|(at, _)| {
        month_at(words, at).is_some_and(|(_, length)| {
            words[at + length..].trim_start().starts_with(|next: char| next.is_ascii_digit())
        })
    })
}

impl Found {
    /// What it means in a span of days.
    pub fn in_span(self, title: &str, covers: Option<&RangeInclusive<Day>>) -> HeadDate {
        let words = title[self.at].to_owned();
        let is_inferred = self.first.is_some_and(|first| first.year.is_none());
        let edtf = match (self.first, self.last) {
            (Some(first), None) => first.dated(covers),
            (Some(first), Some(last)) => interval(first.dated(covers), last.dated(covers)),
            (None, _) => None,
        };
        HeadDate { words, edtf, is_inferred }
    }
}

fn interval(start: Option<Edtf>, end: Option<Edtf>) -> Option<Edtf> {
    match (start?, end?) {
        (Edtf::Date(start), Edtf::Date(end)) if start.when.earliest() < end.when.earliest() => {
            Some(Edtf::Interval { start: IntervalEnd::Date(start), end: IntervalEnd::Date(end) })
        }
        _ => None,
    }
}

impl Stated {
    fn dated(self, covers: Option<&RangeInclusive<Day>>) -> Option<Edtf> {
        if let Some(year) = self.year {
            return self.when(year).map(whole);
        }
        let covers = covers?;
        let years = covers.start().year..=covers.end().year;
        let within: Vec<When> = years
            .clone()
            .filter_map(|year| self.when(year))
            .filter(|when| when.latest() >= *covers.start() && when.earliest() <= *covers.end())
            .collect();
        match within.as_slice() {
            [only] => Some(whole(*only)),
            // One year is meant even where the chapter's days are exceeded by a little.
            [] if years.start() == years.end() => self.when(*years.start()).map(whole),
            [] => None,
            [first, .., last] => Some(Edtf::Within { first: Some(exact(*first)), last: Some(exact(*last)) }),
        }
    }

    fn when(self, year: i32) -> Option<When> {
        match self.day {
            Some(day) => Day::new(year, self.month, day).map(When::Day),
            None => Some(When::Month(year, self.month)),
        }
    }
}

fn whole(when: When) -> Edtf {
    Edtf::Date(exact(when))
}

fn exact(when: When) -> Date {
    Date { when, qualifier: Qualifier::Exact }
}

/// The month whose name begins here as a word of its own, and the name's length.
fn month_at(title: &str, at: usize) -> Option<(u8, usize)> {
    let (before, rest) = title.split_at_checked(at)?;
    if before.ends_with(char::is_alphanumeric) {
        return None;
    }
    let (number, name) = (1..).zip(MONTHS).find(|(_, name)| rest.starts_with(name))?;
    let ends = rest[name.len()..].chars().next().is_none_or(|c| !c.is_alphanumeric());
    ends.then_some((number, name.len()))
}

/// The whole date that begins with a month: day, second day or second month, year.
fn found(title: &str, at: usize, month: u8, length: usize) -> Found {
    let mut end = at + length;
    let day = number_after(title, end, &[" "], 1..=2);
    let mut first = Stated { year: None, month, day: None };
    let mut last = None;
    if let Some((day, after)) = day {
        first.day = u8::try_from(day).ok();
        end = after;
        if let Some((second, after)) = second_day(title, end, month) {
            last = Some(second);
            end = after;
        }
        if let Some((year, after)) = number_after(title, end, &[", ", " "], 4..=4) {
            (first.year, last) = (Some(year), last.map(|last| Stated { year: Some(year), ..last }));
            end = after;
        }
    } else if let Some((year, after)) = number_after(title, end, &[", ", " "], 4..=4) {
        first.year = Some(year);
        end = after;
    }
    Found { at: at..end, first: Some(first), last }
}

/// "–3", " and 3", "–March 3".
fn second_day(title: &str, end: usize, month: u8) -> Option<(Stated, usize)> {
    let joints = ["–", "-", " and ", " to "];
    if let Some((day, after)) = number_after(title, end, &joints, 1..=2) {
        return Some((Stated { year: None, month, day: u8::try_from(day).ok() }, after));
    }
    let joint = joints.iter().find(|joint| title[end..].starts_with(**joint))?;
    let at = end + joint.len();
    let (month, length) = month_at(title, at).or_else(|| {
        let name = (1..).zip(MONTHS).find(|(_, name)| title[at..].starts_with(name))?;
        Some((name.0, name.1.len()))
    })?;
    let (day, after) = number_after(title, at + length, &[" "], 1..=2)?;
    Some((Stated { year: None, month, day: u8::try_from(day).ok() }, after))
}

/// A number of so many digits after one of these joints, and where it ends.
fn number_after(title: &str, end: usize, joints: &[&str], digits: RangeInclusive<usize>) -> Option<(i32, usize)> {
    joints.iter().find_map(|joint| {
        let rest = title.get(end..)?.strip_prefix(joint)?;
        let length = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let number = digits.contains(&length).then(|| rest[..length].parse().ok())??;
        Some((number, end + joint.len() + length))
    })
}
