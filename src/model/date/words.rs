//! Dates in words: how a language names months and seasons, and how it says "circa", "between" and "not after".

use super::{Date, Day, Edtf, IntervalEnd, Qualifier, Season, Time, When, years_of, zone_text};

/// The words and patterns a language needs to print a date. In a pattern `{a}` is the date, `{b}` the second one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateWords {
    /// January to December, as they stand inside a date.
    pub months: [&'static str; 12],
    /// Spring, summer, autumn, winter.
    pub seasons: [&'static str; 4],
    /// `18 February 1963` rather than `February 18, 1963`.
    pub day_first: bool,
    /// What follows the number of a day: `.` in German.
    pub day_mark: &'static str,
    /// The first of a month where it is no mere 1: `1er` in French.
    pub first_day: &'static str,
    /// Between a day and its year, where the month comes first.
    pub before_year: &'static str,
    /// A decade; `{a}` is its first year.
    pub decade: &'static str,
    /// A year before the year 1; `{a}` is counted as historians do, without a year 0.
    pub before_christ: &'static str,
    /// Between the ends of a range when both are one word.
    pub dash: &'static str,
    /// Between the ends of a range when one of them has a space.
    pub wide_dash: &'static str,
    /// Near a date.
    pub circa: Pattern,
    /// Perhaps this date.
    pub uncertain: Pattern,
    /// Some day within two dates, both included.
    pub between: Pattern,
    /// Some day not before a date.
    pub on_or_after: Pattern,
    /// Some day not after a date.
    pub on_or_before: Pattern,
    /// An interval without an end.
    pub since: Pattern,
    /// An interval without a beginning.
    pub until: Pattern,
    /// An end of an interval that nobody knows.
    pub unknown: &'static str,
    /// Between a day and its time.
    pub before_time: &'static str,
    /// How the time of day is told.
    pub clock: Clock,
}

/// A pattern that may read differently with full days: "am oder vor dem 7. August 1889" but "1889 oder früher".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pattern {
    /// When all its dates are days.
    pub days: &'static str,
    /// Otherwise.
    pub other: &'static str,
}

/// How a language tells the time, to the minute; seconds are not printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// `3:00 p.m.`
    TwelveHours {
        /// From midnight to noon.
        morning: &'static str,
        /// From noon to midnight.
        afternoon: &'static str,
    },
    /// `15:00 Uhr`, `15 h 00`.
    TwentyFourHours {
        /// Between hour and minute.
        separator: &'static str,
        /// After the minute.
        suffix: &'static str,
    },
}

impl Pattern {
    /// A pattern that reads the same with all dates.
    const fn same(text: &'static str) -> Pattern {
        Pattern { days: text, other: text }
    }
}

impl DateWords {
    /// English as American editions print it: "February 18, 1963", "3:00 p.m."
    pub const ENGLISH: DateWords = DateWords {
        months: [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ],
        seasons: ["Spring", "Summer", "Autumn", "Winter"],
        day_first: false,
        day_mark: "",
        first_day: "1",
        before_year: ", ",
        decade: "{a}s",
        before_christ: "{a} BC",
        dash: "–",
        wide_dash: "–",
        circa: Pattern::same("circa {a}"),
        uncertain: Pattern::same("{a} (?)"),
        between: Pattern::same("between {a} and {b}"),
        on_or_after: Pattern { days: "on or after {a}", other: "in or after {a}" },
        on_or_before: Pattern { days: "on or before {a}", other: "in or before {a}" },
        since: Pattern::same("from {a}"),
        until: Pattern::same("until {a}"),
        unknown: "?",
        before_time: ", ",
        clock: Clock::TwelveHours { morning: "a.m.", afternoon: "p.m." },
    };

    /// English outside the United States: "18 February 1963".
    pub const ENGLISH_DAY_FIRST: DateWords = DateWords { day_first: true, ..DateWords::ENGLISH };

    /// German: "18. Februar 1963".
    pub const GERMAN: DateWords = DateWords {
        months: [
            "Januar",
            "Februar",
            "März",
            "April",
            "Mai",
            "Juni",
            "Juli",
            "August",
            "September",
            "Oktober",
            "November",
            "Dezember",
        ],
        seasons: ["Frühjahr", "Sommer", "Herbst", "Winter"],
        day_first: true,
        day_mark: ".",
        first_day: "1",
        before_year: " ",
        decade: "{a}er Jahre",
        before_christ: "{a} v. Chr.",
        dash: "–",
        wide_dash: " – ",
        circa: Pattern { days: "um den {a}", other: "um {a}" },
        uncertain: Pattern::same("{a} (?)"),
        between: Pattern { days: "zwischen dem {a} und dem {b}", other: "zwischen {a} und {b}" },
        on_or_after: Pattern { days: "am oder nach dem {a}", other: "{a} oder später" },
        on_or_before: Pattern { days: "am oder vor dem {a}", other: "{a} oder früher" },
        since: Pattern { days: "ab dem {a}", other: "ab {a}" },
        until: Pattern { days: "bis zum {a}", other: "bis {a}" },
        unknown: "?",
        before_time: ", ",
        clock: Clock::TwentyFourHours { separator: ":", suffix: " Uhr" },
    };

    /// French: "18 février 1963", "1er mars 1963". The spaces in "15 h 00" do not break.
    pub const FRENCH: DateWords = DateWords {
        months: [
            "janvier",
            "février",
            "mars",
            "avril",
            "mai",
            "juin",
            "juillet",
            "août",
            "septembre",
            "octobre",
            "novembre",
            "décembre",
        ],
        seasons: ["printemps", "été", "automne", "hiver"],
        day_first: true,
        day_mark: "",
        first_day: "1er",
        before_year: " ",
        decade: "années {a}",
        before_christ: "{a} av. J.-C.",
        dash: "–",
        wide_dash: " – ",
        circa: Pattern { days: "vers le {a}", other: "vers {a}" },
        uncertain: Pattern::same("{a} (?)"),
        between: Pattern { days: "entre le {a} et le {b}", other: "entre {a} et {b}" },
        on_or_after: Pattern { days: "le {a} ou après", other: "{a} ou après" },
        on_or_before: Pattern { days: "le {a} ou avant", other: "{a} ou avant" },
        since: Pattern { days: "depuis le {a}", other: "depuis {a}" },
        until: Pattern { days: "jusqu’au {a}", other: "jusqu’en {a}" },
        unknown: "?",
        before_time: ", ",
        clock: Clock::TwentyFourHours { separator: "\u{a0}h\u{a0}", suffix: "" },
    };

    /// The words of a language by its BCP 47 tag; English where there are none.
    ///
    /// English puts the month first, unless the tag names a region or script other than the United States (`en-GB`).
    pub fn for_language(tag: &str) -> DateWords {
        let lower = tag.to_ascii_lowercase();
        let (language, rest) = lower.split_once(['-', '_']).unwrap_or((&lower, ""));
        match language {
            "de" => DateWords::GERMAN,
            "fr" => DateWords::FRENCH,
            "en" if !rest.is_empty() && !rest.split(['-', '_']).any(|part| part == "us") => {
                DateWords::ENGLISH_DAY_FIRST
            }
            _ => DateWords::ENGLISH,
        }
    }

    pub(super) fn write(&self, date: &Edtf) -> String {
        match *date {
            Edtf::Date(date) => self.single(date),
            Edtf::Moment { day, time } => {
                format!("{}{}{}", self.when(When::Day(day)), self.before_time, self.time(time))
            }
            Edtf::Interval { start, end } => self.interval(start, end),
            Edtf::Within { first: Some(first), last: Some(last) } => self.within(first, last),
            Edtf::Within { first: Some(date), last: None } => self.one(self.on_or_after, date),
            Edtf::Within { first: None, last: Some(date) } => self.one(self.on_or_before, date),
            Edtf::Within { first: None, last: None } => self.unknown.to_owned(),
        }
    }

    fn interval(&self, start: IntervalEnd, end: IntervalEnd) -> String {
        match (start, end) {
            (IntervalEnd::Date(first), IntervalEnd::Date(last)) => self.lasting(first, last),
            (IntervalEnd::Date(first), IntervalEnd::Open) => self.one(self.since, first),
            (IntervalEnd::Open, IntervalEnd::Date(last)) => self.one(self.until, last),
            (IntervalEnd::Date(first), IntervalEnd::Unknown) => self.join(&self.single(first), self.unknown),
            (IntervalEnd::Unknown, IntervalEnd::Date(last)) => self.join(self.unknown, &self.single(last)),
            _ => self.join(self.unknown, self.unknown),
        }
    }

    /// "January 26–27, 1955": what both ends share is said once, if both are equally sure.
    fn lasting(&self, first: Date, last: Date) -> String {
        if first == last {
            return self.single(first);
        }
        if first.qualifier != last.qualifier {
            return self.join(&self.single(first), &self.single(last));
        }
        let text = match (self.parts(first.when), self.parts(last.when)) {
            (Some(from), Some(to)) if from.year == to.year && same_kind(first.when, last.when) => {
                let ends = match (first.when, last.when) {
                    (When::Day(a), When::Day(b)) if a.month == b.month => self.days_of_month(a, b),
                    _ => self.join(&from.lead, &to.lead),
                };
                format!("{ends}{}{}", to.joint, self.year(to.year))
            }
            _ => self.join(&self.when(first.when), &self.when(last.when)),
        };
        self.qualified(text, last.qualifier, is_day(last.when))
    }

    fn within(&self, first: Date, last: Date) -> String {
        if first == last {
            return self.single(first);
        }
        let days = is_day(first.when) && is_day(last.when);
        let sure = first.qualifier == Qualifier::Exact && last.qualifier == Qualifier::Exact;
        match (self.parts(first.when), self.parts(last.when)) {
            (Some(from), Some(to)) if sure && from.year == to.year && same_kind(first.when, last.when) => {
                let to_text = format!("{}{}{}", to.lead, to.joint, self.year(to.year));
                self.between.fill(days, &from.lead, &to_text)
            }
            _ => self.between.fill(days && sure, &self.single(first), &self.single(last)),
        }
    }

    fn one(&self, pattern: Pattern, date: Date) -> String {
        pattern.fill(is_day(date.when) && date.qualifier == Qualifier::Exact, &self.single(date), "")
    }

    fn single(&self, date: Date) -> String {
        self.qualified(self.when(date.when), date.qualifier, is_day(date.when))
    }

    fn qualified(&self, text: String, qualifier: Qualifier, days: bool) -> String {
        let near = |text: &str| self.circa.fill(days, text, "");
        let perhaps = |text: &str| self.uncertain.fill(days, text, "");
        match qualifier {
            Qualifier::Exact => text,
            Qualifier::Uncertain => perhaps(&text),
            Qualifier::Approximate => near(&text),
            Qualifier::Both => perhaps(&near(&text)),
        }
    }

    fn when(&self, when: When) -> String {
        if let Some(parts) = self.parts(when) {
            return format!("{}{}{}", parts.lead, parts.joint, self.year(parts.year));
        }
        match when {
            When::Century(prefix) => self.years(years_of(prefix, 100)),
            // "1900s" would be read as a century, and nobody counts decades before Christ.
            When::Decade(prefix) if prefix > 0 && prefix % 10 != 0 => {
                self.decade.replace("{a}", &years_of(prefix, 10).0.to_string())
            }
            When::Decade(prefix) => self.years(years_of(prefix, 10)),
            _ => self.year(when.earliest().year),
        }
    }

    /// What stands before the year, if anything does.
    fn parts(&self, when: When) -> Option<Parts> {
        let (lead, joint, year) = match when {
            When::Day(day) => {
                let (month, number) = (self.month(day.month), self.day(day.day));
                if self.day_first {
                    (format!("{number}{} {month}", self.day_mark), " ", day.year)
                } else {
                    (format!("{month} {number}{}", self.day_mark), self.before_year, day.year)
                }
            }
            When::Month(year, month) | When::SomeDayOf(year, month) => (self.month(month).to_owned(), " ", year),
            When::Season(year, season) => (self.season(season).to_owned(), " ", year),
            _ => return None,
        };
        Some(Parts { lead, joint, year })
    }

    /// "January 26–27", "26.–27. Januar".
    fn days_of_month(&self, first: Day, last: Day) -> String {
        let numbers = [first, last].map(|day| format!("{}{}", self.day(day.day), self.day_mark));
        let (numbers, month) = (numbers.join(self.dash), self.month(last.month));
        if self.day_first { format!("{numbers} {month}") } else { format!("{month} {numbers}") }
    }

    fn years(&self, (first, last): (i32, i32)) -> String {
        self.join(&self.year(first), &self.year(last))
    }

    /// A year: `1963`, `44 BC`.
    pub fn year(&self, year: i32) -> String {
        if year > 0 {
            return year.to_string();
        }
        self.before_christ.replace("{a}", &year.unsigned_abs().saturating_add(1).to_string())
    }

    /// A day without its year: `February 18`, `18. Februar`.
    pub fn day_of_month(&self, month: u8, day: u8) -> String {
        let (month, day) = (self.month(month), self.day(day));
        if self.day_first { format!("{day} {month}") } else { format!("{month} {day}") }
    }

    /// The name of a month; no parsed date has a number without one.
    pub fn month(&self, month: u8) -> &'static str {
        usize::from(month).checked_sub(1).and_then(|index| self.months.get(index)).copied().unwrap_or(self.unknown)
    }

    fn season(&self, season: Season) -> &'static str {
        let [spring, summer, autumn, winter] = self.seasons;
        match season {
            Season::Spring => spring,
            Season::Summer => summer,
            Season::Autumn => autumn,
            Season::Winter => winter,
        }
    }

    fn day(&self, day: u8) -> String {
        if day == 1 { self.first_day.to_owned() } else { day.to_string() }
    }

    fn time(&self, time: Time) -> String {
        let (hour, minute) = (time.hour, time.minute);
        let clock = match self.clock {
            Clock::TwelveHours { morning, afternoon } => {
                let half = if hour < 12 { morning } else { afternoon };
                format!("{}:{minute:02} {half}", if hour % 12 == 0 { 12 } else { hour % 12 })
            }
            Clock::TwentyFourHours { separator, suffix } => format!("{hour}{separator}{minute:02}{suffix}"),
        };
        match time.zone {
            None => clock,
            Some(0) => format!("{clock} UTC"),
            Some(zone) => format!("{clock} UTC{}", zone_text(zone)),
        }
    }

    fn join(&self, first: &str, last: &str) -> String {
        let wide = first.contains(' ') || last.contains(' ');
        format!("{first}{}{last}", if wide { self.wide_dash } else { self.dash })
    }
}

impl Pattern {
    fn fill(self, days: bool, first: &str, second: &str) -> String {
        let pattern = if days { self.days } else { self.other };
        pattern.replace("{a}", first).replace("{b}", second)
    }
}

/// A date in two parts, so that ranges can say a common year once.
struct Parts {
    lead: String,
    joint: &'static str,
    year: i32,
}

fn is_day(when: When) -> bool {
    matches!(when, When::Day(_))
}

fn same_kind(first: When, second: When) -> bool {
    std::mem::discriminant(&first) == std::mem::discriminant(&second)
}
