//! Dates of documents as plain values: EDTF levels 0 and 1 (ISO 8601-2:2019), plus "some day within" in brackets.
//!
//! All dates are of the Gregorian calendar, also before 1582, with a year 0 (1 BC) as ISO 8601 has it. What a value
//! means to a list is here: its bounds as days, its place in an order, its canonical text. How it reads to a human is
//! said by [`DateWords`]. The notation is read elsewhere: values are built by the parser, which checks that a day exists.

mod words;

#[cfg(test)]
mod tests;

pub use words::{Clock, DateWords, Pattern};

use serde::{Deserialize, Serialize};
use std::fmt;

/// A date as a document, a volume or a register entry states it. Its `Display` is canonical EDTF.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Edtf {
    /// `1963-02-18`, `1963-02?`, `196X`.
    Date(Date),
    /// `1961-03-03T15:00`, with or without seconds and zone.
    Moment {
        /// The day, as written; no zone is applied to it.
        day: Day,
        /// The time of that day.
        time: Time,
    },
    /// `1955-01-26/1955-01-27`: something that lasted from start to end, both included.
    Interval {
        /// When it began.
        start: IntervalEnd,
        /// When it ended.
        end: IntervalEnd,
    },
    /// `[1889-08-03..1889-08-07]`: one date that is not known, within these two, both included. At least one is given.
    Within {
        /// Not before this date; `None` for `[..b]`.
        first: Option<Date>,
        /// Not after this date; `None` for `[a..]`.
        last: Option<Date>,
    },
}

/// A single date: what is stated, and how surely.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Date {
    /// What is stated.
    pub when: When,
    /// How surely; it speaks of the whole date.
    pub qualifier: Qualifier,
}

/// What a single date states, from a century to a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum When {
    /// `19XX`: all but the last two digits of the year, 19; negative before the year 0.
    Century(i32),
    /// `196X`: all but the last digit of the year, 196; negative before the year 0.
    Decade(i32),
    /// `1963`; with more than four digits `Y17000`.
    Year(i32),
    /// `1963-21`.
    Season(i32, Season),
    /// `1963-02`: year, month from 1 to 12.
    Month(i32, u8),
    /// `1963-02-18`.
    Day(Day),
    /// `1963-XX`: some month of that year.
    SomeMonth(i32),
    /// `1963-XX-XX`: some day of that year.
    SomeDay(i32),
    /// `1963-02-XX`: some day of that month.
    SomeDayOf(i32, u8),
}

/// A season, by its EDTF number. The standard does not say when seasons begin; [`Edtf::earliest`] says what is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Season {
    /// 21: March to May.
    Spring = 21,
    /// 22: June to August.
    Summer = 22,
    /// 23: September to November.
    Autumn = 23,
    /// 24: December to February of the next year.
    Winter = 24,
}

/// How surely a date is stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Qualifier {
    /// No sign.
    Exact,
    /// `?`: the source may be wrong or is doubtful.
    Uncertain,
    /// `~`: near this date.
    Approximate,
    /// `%`: both.
    Both,
}

/// One end of an interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum IntervalEnd {
    /// Ends at this date.
    Date(Date),
    /// `..`: it has no such end.
    Open,
    /// Nothing: it has an end that nobody knows.
    Unknown,
}

/// A day of the calendar; `Display` is `1963-02-18`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Day {
    /// Year; 0 is 1 BC, -1 is 2 BC.
    pub year: i32,
    /// Month from 1 to 12.
    pub month: u8,
    /// Day of the month from 1.
    pub day: u8,
}

/// A time of day, as the clock on the wall showed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Time {
    /// From 0 to 23.
    pub hour: u8,
    /// From 0 to 59.
    pub minute: u8,
    /// From 0 to 60, if stated; 60 is a leap second.
    pub second: Option<u8>,
    /// Minutes ahead of UTC, if stated; `Z` is 0.
    pub zone: Option<i16>,
}

/// How exactly a date is known, the most exact first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// To the minute or second.
    Time,
    /// To the day.
    Day,
    /// To the month.
    Month,
    /// To the season.
    Season,
    /// To the year.
    Year,
    /// To ten years.
    Decade,
    /// To a hundred years.
    Century,
}

/// The place of a date in a chronological list; see [`Edtf::sort_key`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SortKey {
    start: Day,
    extent: Extent,
    precision: Precision,
    time: Option<(u8, u8, Option<u8>)>,
    date: Edtf,
}

/// How far a date reaches from where it is listed: the shorter, the more exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Extent {
    Until(Day),
    NoEnd,
    NoStart,
}

impl Edtf {
    /// The first day it can mean; `None` without a stated beginning (`../b`, `/b`, `[..b]`).
    ///
    /// Qualifiers do not widen it: `1889-08~` begins on August 1. Seasons are those of the northern hemisphere, in
    /// whole months; winter begins in December of its year, so that seasons follow each other as their numbers do.
    pub fn earliest(&self) -> Option<Day> {
        match self {
            Edtf::Moment { day, .. } => Some(*day),
            _ => self.first_date().map(|date| date.when.earliest()),
        }
    }

    /// Whether nothing in it is marked as uncertain or approximate.
    pub fn is_exact(&self) -> bool {
        self.dates().all(|date| date.qualifier == Qualifier::Exact)
    }

    /// The last day it can mean; `None` without a stated end (`a/..`, `a/`, `[a..]`). See [`Edtf::earliest`].
    pub fn latest(&self) -> Option<Day> {
        match self {
            Edtf::Moment { day, .. } => Some(*day),
            _ => self.last_date().map(|date| date.when.latest()),
        }
    }

    /// The key that puts dates in order. Equal keys mean equal dates, so the order never depends on the input's.
    ///
    /// 1. The earliest day first. A date without a beginning stands at the last day of its end: "on or before
    ///    February 18" is listed at February 18.
    /// 2. On the same day, the more exact first: the one whose latest day is earlier; then those without an end; then
    ///    those without a beginning; with equal bounds by [`Edtf::precision`], so that times stand before the mere day.
    /// 3. The time of day, as the clock showed it; zones are not reckoned in, for most documents state none.
    /// 4. What is left is ordered by form and sign: sure before uncertain before approximate, date before interval
    ///    before "some day within".
    pub fn sort_key(&self) -> SortKey {
        let (start, extent) = match (self.earliest(), self.latest()) {
            (Some(first), Some(last)) => (first, Extent::Until(last)),
            (Some(first), None) => (first, Extent::NoEnd),
            (None, Some(last)) => (last, Extent::NoStart),
            // The parser refuses a date without any bound; a hand-made one is listed first.
            (None, None) => (Day { year: i32::MIN, month: 1, day: 1 }, Extent::NoStart),
        };
        let time = match self {
            Edtf::Moment { time, .. } => Some((time.hour, time.minute, time.second)),
            _ => None,
        };
        SortKey { start, extent, precision: self.precision(), time, date: *self }
    }

    /// The year under which it is filed: of a range the year of its beginning, or of its end when it has no beginning.
    /// `None` for decades and centuries.
    pub fn year(&self) -> Option<i32> {
        match self {
            Edtf::Moment { day, .. } => Some(day.year),
            _ => self.first_date().or(self.last_date()).and_then(|date| date.when.year()),
        }
    }

    /// Whether it is written with two ends: an interval, or some day within bounds.
    pub fn is_range(&self) -> bool {
        matches!(self, Edtf::Interval { .. } | Edtf::Within { .. })
    }

    /// Whether any part is marked `~` or `%`.
    pub fn is_approximate(&self) -> bool {
        self.dates().any(|date| matches!(date.qualifier, Qualifier::Approximate | Qualifier::Both))
    }

    /// Whether any part is marked `?` or `%`.
    pub fn is_uncertain(&self) -> bool {
        self.dates().any(|date| matches!(date.qualifier, Qualifier::Uncertain | Qualifier::Both))
    }

    /// How exactly it is known: `1963-02-XX` to the month. Of a range, the precision of its less exact stated end.
    pub fn precision(&self) -> Precision {
        match self {
            Edtf::Moment { .. } => Precision::Time,
            _ => self.dates().map(|date| date.when.precision()).max().unwrap_or(Precision::Century),
        }
    }

    /// The date for human readers: "February 18, 1963", "circa August 1889", "January 26–27, 1955".
    pub fn display(&self, words: &DateWords) -> String {
        words.write(self)
    }

    fn dates(&self) -> impl Iterator<Item = Date> {
        let second = if self.is_range() { self.last_date() } else { None };
        self.first_date().into_iter().chain(second)
    }

    fn first_date(&self) -> Option<Date> {
        match self {
            Edtf::Date(date) | Edtf::Interval { start: IntervalEnd::Date(date), .. } => Some(*date),
            Edtf::Within { first, .. } => *first,
            Edtf::Interval { .. } | Edtf::Moment { .. } => None,
        }
    }

    fn last_date(&self) -> Option<Date> {
        match self {
            Edtf::Date(date) | Edtf::Interval { end: IntervalEnd::Date(date), .. } => Some(*date),
            Edtf::Within { last, .. } => *last,
            Edtf::Interval { .. } | Edtf::Moment { .. } => None,
        }
    }
}

impl When {
    /// The first day of it.
    pub fn earliest(self) -> Day {
        let (year, month, day) = match self {
            When::Century(prefix) => (years_of(prefix, 100).0, 1, 1),
            When::Decade(prefix) => (years_of(prefix, 10).0, 1, 1),
            When::Year(year) | When::SomeMonth(year) | When::SomeDay(year) => (year, 1, 1),
            When::Season(year, season) => (year, season.first_month(), 1),
            When::Month(year, month) | When::SomeDayOf(year, month) => (year, month, 1),
            When::Day(day) => return day,
        };
        Day { year, month, day }
    }

    /// The last day of it.
    pub fn latest(self) -> Day {
        let (year, month) = match self {
            When::Century(prefix) => (years_of(prefix, 100).1, 12),
            When::Decade(prefix) => (years_of(prefix, 10).1, 12),
            When::Year(year) | When::SomeMonth(year) | When::SomeDay(year) => (year, 12),
            When::Season(year, Season::Winter) => (year.saturating_add(1), 2),
            When::Season(year, season) => (year, season.first_month() + 2),
            When::Month(year, month) | When::SomeDayOf(year, month) => (year, month),
            When::Day(day) => return day,
        };
        Day { year, month, day: days_in_month(year, month) }
    }

    /// The year, unless it is a decade or a century.
    pub fn year(self) -> Option<i32> {
        match self {
            When::Century(_) | When::Decade(_) => None,
            When::Year(year) | When::SomeMonth(year) | When::SomeDay(year) => Some(year),
            When::Season(year, _) | When::Month(year, _) | When::SomeDayOf(year, _) => Some(year),
            When::Day(day) => Some(day.year),
        }
    }

    /// How exactly it is known; what is written `XX` is not known.
    pub fn precision(self) -> Precision {
        match self {
            When::Century(_) => Precision::Century,
            When::Decade(_) => Precision::Decade,
            When::Year(_) | When::SomeMonth(_) | When::SomeDay(_) => Precision::Year,
            When::Season(..) => Precision::Season,
            When::Month(..) | When::SomeDayOf(..) => Precision::Month,
            When::Day(_) => Precision::Day,
        }
    }
}

impl Season {
    /// The season of an EDTF number from 21 to 24.
    pub fn from_number(number: u8) -> Option<Season> {
        [Season::Spring, Season::Summer, Season::Autumn, Season::Winter].into_iter().find(|s| *s as u8 == number)
    }

    fn first_month(self) -> u8 {
        (self as u8 - 20) * 3
    }
}

impl Day {
    /// The day, if the calendar has it.
    pub fn new(year: i32, month: u8, day: u8) -> Option<Day> {
        let exists = (1..=12).contains(&month) && (1..=days_in_month(year, month)).contains(&day);
        exists.then_some(Day { year, month, day })
    }
}

/// How many days a month has, in the Gregorian calendar continued in both directions; 31 for a month that is none.
pub fn days_in_month(year: i32, month: u8) -> u8 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// First and last year of a decade or century written by its leading digits: `-190X` holds -1909 to -1900.
fn years_of(prefix: i32, size: i32) -> (i32, i32) {
    let rounded = prefix.saturating_mul(size);
    if prefix < 0 { (rounded.saturating_sub(size - 1), rounded) } else { (rounded, rounded.saturating_add(size - 1)) }
}

impl fmt::Display for Edtf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let or_nothing = |date: &Option<Date>| date.map(|date| date.to_string()).unwrap_or_default();
        match self {
            Edtf::Date(date) => write!(f, "{date}"),
            Edtf::Moment { day, time } => write!(f, "{day}T{time}"),
            Edtf::Interval { start, end } => write!(f, "{start}/{end}"),
            Edtf::Within { first, last } => write!(f, "[{}..{}]", or_nothing(first), or_nothing(last)),
        }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = match self.qualifier {
            Qualifier::Exact => "",
            Qualifier::Uncertain => "?",
            Qualifier::Approximate => "~",
            Qualifier::Both => "%",
        };
        write!(f, "{}{sign}", self.when)
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let minus = |number: i32| if number < 0 { "-" } else { "" };
        match *self {
            When::Century(prefix) => write!(f, "{}{:02}XX", minus(prefix), prefix.unsigned_abs()),
            When::Decade(prefix) => write!(f, "{}{:03}X", minus(prefix), prefix.unsigned_abs()),
            When::Year(year) if year.unsigned_abs() > 9999 => write!(f, "Y{year}"),
            When::Year(year) => write!(f, "{}", Year(year)),
            When::Season(year, season) => write!(f, "{}-{}", Year(year), season as u8),
            When::Month(year, month) => write!(f, "{}-{month:02}", Year(year)),
            When::Day(day) => write!(f, "{day}"),
            When::SomeMonth(year) => write!(f, "{}-XX", Year(year)),
            When::SomeDay(year) => write!(f, "{}-XX-XX", Year(year)),
            When::SomeDayOf(year, month) => write!(f, "{}-{month:02}-XX", Year(year)),
        }
    }
}

/// A year in at least four digits.
struct Year(i32);

impl fmt::Display for Year {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{:04}", if self.0 < 0 { "-" } else { "" }, self.0.unsigned_abs())
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{:02}-{:02}", Year(self.year), self.month, self.day)
    }
}

impl fmt::Display for IntervalEnd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            IntervalEnd::Date(date) => write!(f, "{date}"),
            IntervalEnd::Open => f.write_str(".."),
            IntervalEnd::Unknown => Ok(()),
        }
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.hour, self.minute)?;
        if let Some(second) = self.second {
            write!(f, ":{second:02}")?;
        }
        match self.zone {
            None => Ok(()),
            Some(0) => f.write_str("Z"),
            Some(zone) => f.write_str(&zone_text(zone)),
        }
    }
}

/// `+01:00`, `-04:30`.
fn zone_text(zone: i16) -> String {
    let minutes = zone.unsigned_abs();
    format!("{}{:02}:{:02}", if zone < 0 { '-' } else { '+' }, minutes / 60, minutes % 60)
}
