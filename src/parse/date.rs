//! Reads dates: EDTF levels 0 and 1 (ISO 8601-2:2019, as the Library of Congress states them on February 4, 2019), and
//! of level 2 the ranges in brackets, `[a..b]`, `[a..]`, `[..b]`.
//!
//! It is strict: a day that the calendar does not have, a month 13, an end before its beginning are refused. Beyond the
//! standard it takes a time without seconds. The standard lets no time of day and no `Y` year into intervals and ranges,
//! and no sign after either. Whoever wrote a date for humans instead is told the EDTF for it.

mod suggest;

#[cfg(test)]
mod tests;

use crate::model::date::{Date, Day, Edtf, IntervalEnd, Qualifier, Season, Time, When, days_in_month};
use std::ops::Range;

/// Why a text is no date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateError {
    /// The bytes of the text it is about; empty where something is missing.
    pub at: Range<usize>,
    /// What is wrong: lower case, without a final stop.
    pub message: String,
    /// What to write instead.
    pub help: String,
}

/// Reads a date. The whole text must be one, without spaces around it.
///
/// # Errors
/// The first thing that is wrong, with its place and the mend.
pub fn parse(text: &str) -> Result<Edtf, DateError> {
    read(text).map_err(|error| match suggest::help(text) {
        Some(help) => DateError { help, ..error },
        None => error,
    })
}

const EXAMPLE: &str = "write a date such as `1963-02-18`, `1963-02` or `1963`";

/// Reads a date without guessing what else might have been meant.
fn read(text: &str) -> Result<Edtf, DateError> {
    let piece = Piece { text, start: 0 };
    if text.is_empty() {
        return piece.refuse("the date is empty", "write a date such as `1963-02-18`, or `none` where there is none");
    }
    if text.trim() != text {
        return piece.refuse("there is white space around the date", format!("write `{}`", quoted(text.trim())));
    }
    if text.starts_with('[') {
        within(piece)
    } else if let Some((start, end)) = piece.split_at_first("/") {
        interval(piece, start, end)
    } else if text.starts_with('Y') {
        long_year(piece)
    } else if let Some((day, time)) = piece.split_at_first("T").filter(|(day, time)| is_moment(day.text, time.text)) {
        moment(day, time)
    } else {
        date(piece).map(Edtf::Date)
    }
}

/// Whether the `T` between these is that of a time, not of a word such as `OCT`.
fn is_moment(day: &str, time: &str) -> bool {
    day.starts_with(|c: char| c.is_ascii_digit() || c == '-')
        && (time.is_empty() || time.starts_with(|c: char| c.is_ascii_digit()))
}

fn within(piece: Piece) -> Result<Edtf, DateError> {
    let Some(inner) = piece.strip("[", "]") else {
        return piece.refuse("the bracket is not closed, or something follows it", "end the date with `]`");
    };
    let Some((first, last)) = inner.split_at_first("..") else {
        return inner.refuse(
            "a bracket holds a range with `..` in it",
            "write `[1889-08-03..1889-08-07]` for some day within, `[1889..]` for that or later, `[..1889]` for that or earlier",
        );
    };
    let [first, last] = [first, last].map(|end| if end.text.is_empty() { Ok(None) } else { end_date(end).map(Some) });
    let (first, last) = (first?, last?);
    match (first, last) {
        (None, None) => {
            piece.refuse("a range needs at least one date", "write `[1889..]`, `[..1889]` or `[1889..1890]`")
        }
        (Some(first), Some(last)) => {
            in_order(piece, first, last, format!("[{last}..{first}]"))?;
            Ok(Edtf::Within { first: Some(first), last: Some(last) })
        }
        _ => Ok(Edtf::Within { first, last }),
    }
}

fn interval(piece: Piece, start: Piece, end: Piece) -> Result<Edtf, DateError> {
    if let Some((_, rest)) = end.split_at_first("/") {
        let at = rest.start - 1..rest.start;
        return refuse(at, "an interval has one `/`", "write `1955-01-26/1955-01-27`: first day, last day");
    }
    let (start, end) = (interval_end(start)?, interval_end(end)?);
    match (start, end) {
        (IntervalEnd::Date(first), IntervalEnd::Date(last)) => {
            in_order(piece, first, last, format!("{last}/{first}"))?;
        }
        (IntervalEnd::Date(_), _) | (_, IntervalEnd::Date(_)) => {}
        _ => {
            return piece.refuse("an interval needs at least one date", "write `1955/..`, `../1955` or `1955/1957`");
        }
    }
    Ok(Edtf::Interval { start, end })
}

fn interval_end(piece: Piece) -> Result<IntervalEnd, DateError> {
    match piece.text {
        "" => Ok(IntervalEnd::Unknown),
        ".." => Ok(IntervalEnd::Open),
        _ => end_date(piece).map(IntervalEnd::Date),
    }
}

/// A date inside an interval or range.
fn end_date(piece: Piece) -> Result<Date, DateError> {
    if piece.text.starts_with('Y') {
        return piece.refuse("a `Y` year stands alone", "write years of four digits in intervals and ranges");
    }
    if let Some((day, time)) = piece.split_at_first("T")
        && date(day).is_ok()
    {
        let at = time.start - 1..time.end();
        let help = format!("write the day only: `{}`", day.text);
        return refuse(at, "intervals and ranges have no time of day", help);
    }
    date(piece)
}

/// Refuses ends in the wrong order. Ends that overlap are well: `2004-06/2004` lasts to some day of 2004.
fn in_order(piece: Piece, first: Date, last: Date, turned: String) -> Result<(), DateError> {
    if last.when.latest() < first.when.earliest() {
        return piece.refuse("it ends before it begins", format!("write `{turned}` if the ends were exchanged"));
    }
    Ok(())
}

fn long_year(piece: Piece) -> Result<Edtf, DateError> {
    let number = piece.text.get(1..).unwrap_or_default();
    let digits = number.strip_prefix('-').unwrap_or(number);
    if digits.is_empty() || !all_digits(digits) {
        return piece.refuse("after `Y` stands a year and nothing else", "write `Y17000` or `Y-17000`");
    }
    if digits.len() < 5 || digits.starts_with('0') {
        return piece
            .refuse("`Y` is for years of more than four digits", "write years from -9999 to 9999 in four digits");
    }
    match number.parse() {
        Ok(year) => Ok(Edtf::Date(Date { when: When::Year(year), qualifier: Qualifier::Exact })),
        Err(_) => piece.refuse(
            format!("year {} is out of reach", quoted(number)),
            "the years from -2147483648 to 2147483647 can be written",
        ),
    }
}

fn date(piece: Piece) -> Result<Date, DateError> {
    let (body, qualifier) = match piece.text.chars().last() {
        Some('?') => (piece.without_last(), Qualifier::Uncertain),
        Some('~') => (piece.without_last(), Qualifier::Approximate),
        Some('%') => (piece.without_last(), Qualifier::Both),
        _ => (piece, Qualifier::Exact),
    };
    if let Some((before, after)) = body.split_at_any(&['?', '~', '%']) {
        let at = before.end()..after.start;
        return refuse(
            at,
            "the signs `?`, `~` and `%` stand at the end",
            "put it last, for it speaks of the whole date",
        );
    }
    let (minus, unsigned) = match body.text.strip_prefix('-') {
        Some(text) => (true, Piece { text, start: body.start + 1 }),
        None => (false, body),
    };
    let (year, rest) = unsigned.split_at_first("-").map_or((unsigned, None), |(year, rest)| (year, Some(rest)));
    let (month, day) = match rest.map(|rest| rest.split_at_first("-").map_or((rest, None), |(m, d)| (m, Some(d)))) {
        Some((month, day)) => (Some(month), day),
        None => (None, None),
    };
    let when = match (year_field(year, minus)?, month) {
        (when, None) => when,
        (When::Year(year), Some(month)) => within_year(year, month, day)?,
        (_, Some(_)) => {
            return year.refuse("a decade or century has no months", "write the year in full, or leave the month out");
        }
    };
    Ok(Date { when, qualifier })
}

/// Four digits, the last one or two of which may be `X`.
fn year_field(piece: Piece, minus: bool) -> Result<When, DateError> {
    let known = piece.text.trim_end_matches('X');
    if !all_digits(known) || piece.text.is_empty() {
        return piece.refuse(format!("a date begins with a year, not with `{}`", quoted(piece.text)), EXAMPLE);
    }
    if piece.text.len() != 4 {
        let message = format!("year `{}` has not four digits", quoted(piece.text));
        return piece.refuse(message, "write years in four digits: `0043` for 43, `Y17000` beyond 9999");
    }
    let number: i32 = known.parse().unwrap_or(0);
    if minus && number == 0 {
        return piece.refuse("there is no year before 0 here", "year `0000` is 1 BC, `-0001` is 2 BC");
    }
    let number = if minus { -number } else { number };
    match known.len() {
        4 => Ok(When::Year(number)),
        3 => Ok(When::Decade(number)),
        2 => Ok(When::Century(number)),
        _ => piece.refuse(
            "only the last one or two digits of a year may be `X`",
            "write a range: `[1000..1999]`, or `none` where no date is known",
        ),
    }
}

/// Month and day, or a season.
fn within_year(year: i32, month_piece: Piece, day_piece: Option<Piece>) -> Result<When, DateError> {
    let whole = When::Year(year);
    let month = two_digits(month_piece, "month")?;
    let day = day_piece.map(|piece| two_digits(piece, "day")).transpose()?;
    match (month, day) {
        (None, None) => Ok(When::SomeMonth(year)),
        (None, Some(None)) => Ok(When::SomeDay(year)),
        (None, Some(Some(_))) => month_piece.refuse(
            "a day needs its month",
            format!("write `{whole}-XX-XX` where month and day are not known, or the month"),
        ),
        (Some(0), _) => {
            month_piece.refuse("month 00", format!("write `{whole}`, or `{whole}-XX` for some month of it"))
        }
        (Some(month @ 1..=12), None) => Ok(When::Month(year, month)),
        (Some(month @ 1..=12), Some(None)) => Ok(When::SomeDayOf(year, month)),
        (Some(month @ 1..=12), Some(Some(day))) => day_of(year, month, day, day_piece.unwrap_or(month_piece)),
        (Some(number), day) => match (Season::from_number(number), day) {
            (Some(season), None) => Ok(When::Season(year, season)),
            (Some(_), Some(_)) => month_piece.refuse(
                "a season has no days",
                format!("{number} is a season; months run from 01 to 12, so write the month or leave the day out"),
            ),
            (None, _) => month_piece.refuse(
                format!("month {number}"),
                "months run from 01 to 12; 21 to 24 are spring, summer, autumn, winter",
            ),
        },
    }
}

fn day_of(year: i32, month: u8, day: u8, piece: Piece) -> Result<When, DateError> {
    if let Some(day) = Day::new(year, month, day) {
        return Ok(When::Day(day));
    }
    let written = When::Month(year, month);
    if day == 0 {
        return piece.refuse("day 00", format!("write `{written}`, or `{written}-XX` for some day of it"));
    }
    let name = crate::model::date::DateWords::ENGLISH.months.get(usize::from(month) - 1).copied().unwrap_or_default();
    let message = match (month, day) {
        (_, 32..) => format!("day {day}"),
        (2, 29) => format!("there is no 29 February in {}", When::Year(year)),
        _ => format!("there is no {day} {name}"),
    };
    piece.refuse(message, format!("{written} ends on day {}", days_in_month(year, month)))
}

/// A number of two digits, or `XX`.
fn two_digits(piece: Piece, what: &str) -> Result<Option<u8>, DateError> {
    match piece.text {
        "XX" => Ok(None),
        text if text.len() == 2 && all_digits(text) => Ok(text.parse().ok()),
        "" => piece
            .refuse(format!("the {what} is missing"), format!("write the {what} in two digits, or leave out the `-`")),
        text if text.contains('X') && text.bytes().all(|b| b == b'X' || b.is_ascii_digit()) => {
            let message = format!("{what} `{}` is half known", quoted(text));
            piece.refuse(message, "write `XX`, or a range such as `[1984-10..1984-12]`")
        }
        text => {
            let message = format!("{what} `{}` has not two digits", quoted(text));
            piece.refuse(message, format!("write the {what} in two digits, and nothing else"))
        }
    }
}

fn moment(day: Piece, time: Piece) -> Result<Edtf, DateError> {
    let date = date(day)?;
    let (When::Day(stated), Qualifier::Exact) = (date.when, date.qualifier) else {
        return day.refuse(
            "a time of day needs a full day without a sign",
            "write `1961-03-03T15:00`, or leave the time out",
        );
    };
    if stated.year < 0 {
        return day.refuse("a day before the year 0 has no time of day", "leave the time out");
    }
    let (clock, zone) = match time.text.find(['Z', '+', '-']) {
        Some(at) => (time.part(0..at), Some(time.part(at..time.text.len()))),
        None => (time, None),
    };
    let zone = zone.map(zone_field).transpose()?;
    let (hour, rest) = clock.split_at_first(":").map_or((clock, None), |(hour, rest)| (hour, Some(rest)));
    let Some(rest) = rest else {
        return clock.refuse("a time has hours and minutes", "write `T15:00` for three in the afternoon");
    };
    let (minute, second) = rest.split_at_first(":").map_or((rest, None), |(minute, second)| (minute, Some(second)));
    let hour = clock_field(hour, "hour", 23)?;
    let minute = clock_field(minute, "minute", 59)?;
    // A leap second is only ever put before midnight.
    let longest = if (hour, minute) == (23, 59) { 60 } else { 59 };
    let second = second.map(|piece| clock_field(piece, "second", longest)).transpose()?;
    Ok(Edtf::Moment { day: stated, time: Time { hour, minute, second, zone } })
}

fn clock_field(piece: Piece, what: &str, last: u8) -> Result<u8, DateError> {
    match piece.text.parse() {
        Ok(number) if piece.text.len() == 2 && all_digits(piece.text) => {
            if number <= last {
                return Ok(number);
            }
            let help = match number {
                24 if what == "hour" => "midnight is `T00:00` of the next day".to_owned(),
                _ => format!("it goes from 00 to {last}"),
            };
            piece.refuse(format!("{what} {number}"), help)
        }
        _ => {
            let message = format!("{what} `{}` has not two digits", quoted(piece.text));
            piece.refuse(message, "write the time as `15:00` or `15:00:30`, without fractions")
        }
    }
}

/// `Z`, `+01:00` or `+01`, as minutes ahead of UTC.
fn zone_field(piece: Piece) -> Result<i16, DateError> {
    const HELP: &str = "write `Z`, `+01:00` or `-05:00` after the time, or nothing";
    if piece.text == "Z" {
        return Ok(0);
    }
    let (sign, shift) = (piece.part(0..1), piece.part(1..piece.text.len()));
    if sign.text == "Z" {
        return shift.refuse(format!("`{}` follows the zone", quoted(shift.text)), HELP);
    }
    let (hours, minutes) = shift.split_at_first(":").map_or((shift, None), |(hours, minutes)| (hours, Some(minutes)));
    let hours = clock_field(hours, "zone hour", 23).map_err(|error| DateError { help: HELP.to_owned(), ..error })?;
    let minutes = minutes.map(|piece| clock_field(piece, "zone minute", 59)).transpose();
    let minutes = minutes.map_err(|error| DateError { help: HELP.to_owned(), ..error })?.unwrap_or(0);
    let total = i16::from(hours) * 60 + i16::from(minutes);
    match (sign.text, total) {
        ("-", 0) => piece.refuse("no zone is behind UTC by nothing", "write `Z` for UTC"),
        ("-", _) => Ok(-total),
        _ => Ok(total),
    }
}

/// A part of the text that remembers where it stands.
#[derive(Debug, Clone, Copy)]
struct Piece<'a> {
    text: &'a str,
    start: usize,
}

impl<'a> Piece<'a> {
    fn end(self) -> usize {
        self.start + self.text.len()
    }

    /// Part of it by bytes; empty if the range is none of it.
    fn part(self, range: Range<usize>) -> Piece<'a> {
        Piece { start: self.start + range.start, text: self.text.get(range).unwrap_or_default() }
    }

    fn split_at_first(self, separator: &str) -> Option<(Piece<'a>, Piece<'a>)> {
        let at = self.text.find(separator)?;
        Some((self.part(0..at), self.part(at + separator.len()..self.text.len())))
    }

    fn split_at_any(self, separators: &[char]) -> Option<(Piece<'a>, Piece<'a>)> {
        let at = self.text.find(separators)?;
        Some((self.part(0..at), self.part(at + 1..self.text.len())))
    }

    fn without_last(self) -> Piece<'a> {
        self.part(0..self.text.len().saturating_sub(1))
    }

    fn strip(self, before: &str, after: &str) -> Option<Piece<'a>> {
        let text = self.text.strip_prefix(before)?.strip_suffix(after)?;
        Some(Piece { text, start: self.start + before.len() })
    }

    fn refuse<T>(self, message: impl Into<String>, help: impl Into<String>) -> Result<T, DateError> {
        refuse(self.start..self.end(), message, help)
    }
}

fn refuse<T>(at: Range<usize>, message: impl Into<String>, help: impl Into<String>) -> Result<T, DateError> {
    Err(DateError { at, message: message.into(), help: help.into() })
}

fn all_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The text on one line, cut after thirty characters.
fn quoted(text: &str) -> String {
    let mut line: String = text.chars().take(30).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().nth(30).is_some() {
        line.push('…');
    }
    line
}
