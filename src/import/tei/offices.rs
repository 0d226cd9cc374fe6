//! Offices in the description of a person: "Deputy Secretary of State, from February 2, 1973 to May 29, 1974; Ambassador to
//! France until 1977".
//!
//! A description gives offices only where each of its clauses that names a year is an office with its dates and nothing
//! else. Clauses without a year, such as "Senator from Illinois", give none: when they were true is not said.

use crate::import::yaml::Yaml;
use crate::model::date::DateWords;
use crate::parse::date;

/// An office and the dates between which it was held, in EDTF.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Office {
    /// As printed.
    pub title: String,
    /// The first day, month or year, where it is stated.
    pub from: Option<String>,
    /// The last, where it is stated.
    pub to: Option<String>,
}

/// The offices in plain words.
pub fn read(description: &str) -> Vec<Office> {
    let clauses = description.trim().trim_end_matches('.').split(';').map(str::trim);
    let dated = clauses.filter(|clause| has_year(clause));
    dated.map(office).collect::<Option<Vec<Office>>>().unwrap_or_default()
}

/// Writes `offices:`.
pub fn write(offices: &[Office], yaml: &mut Yaml) {
    yaml.map("offices", |yaml| {
        for office in offices {
            yaml.entry(|yaml| {
                yaml.text("title", &office.title);
                yaml.option("from", office.from.as_deref()).option("to", office.to.as_deref());
            });
        }
    });
}

fn has_year(words: &str) -> bool {
    words.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() == 4)
}

fn office(clause: &str) -> Option<Office> {
    let dated = clause.match_indices(' ').map(|(at, _)| clause.split_at(at)).find_map(|(title, rest)| {
        let (from, to) = period(rest.trim_start())?;
        Some(Office { title: title_of(title)?, from, to })
    })?;
    let reversed = dated.from.as_deref().zip(dated.to.as_deref()).is_some_and(|(from, to)| {
        let days = |text| date::parse(text).ok().map(|edtf| (edtf.earliest(), edtf.latest()));
        days(from).zip(days(to)).is_none_or(|((first, _), (_, last))| first > last)
    });
    (!reversed).then_some(dated)
}

fn title_of(words: &str) -> Option<String> {
    let mut title = words.trim().trim_end_matches(',');
    for joint in ["and ", "thereafter ", "then ", "later "] {
        title = title.strip_prefix(joint).unwrap_or(title);
    }
    let open = title.matches('(').count() == title.matches(')').count();
    let whole = open && title.len() > 2 && !title.contains(|c: char| c.is_ascii_digit());
    let ends = !["from", "until", "to", "and", "after", "before", "since", "in", "again"]
        .contains(&title.rsplit([' ', ',']).next().unwrap_or_default());
    (whole && ends).then(|| title.to_owned())
}

type Period = (Option<String>, Option<String>);

/// "from D", "from D to D", "until D", "D–D": all of the words or nothing.
fn period(words: &str) -> Option<Period> {
    if let Some(rest) = words.strip_prefix("from ") {
        let joint = [" to ", " until ", " through "].iter().find_map(|joint| rest.split_once(joint));
        return match joint {
            Some((from, to)) => range(from, to),
            None => Some((Some(day(rest, None)?), None)),
        };
    }
    if let Some(rest) = words.strip_prefix("until ") {
        return Some((None, Some(day(rest, None)?)));
    }
    let (from, to) = words.split_once(['–', '-'])?;
    range(from, to)
}

/// Both ends; the first may leave its year to the second: "January 25–December 3, 1961".
fn range(from: &str, to: &str) -> Option<Period> {
    let to = day(to, None)?;
    let from = day(from, to.get(..4))?;
    Some((Some(from), Some(to)))
}

/// "January 21, 1961", "January 1961", "1961" as EDTF.
fn day(words: &str, year: Option<&str>) -> Option<String> {
    let words = words.trim().trim_end_matches(',');
    let is_year = |text: &str| text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_year(words) {
        return Some(words.to_owned());
    }
    let (name, rest) = words.split_once(' ').unwrap_or((words, ""));
    let month = DateWords::ENGLISH.months.iter().position(|month| *month == name)? + 1;
    let (number, stated) = match rest.split_once(", ") {
        Some((number, year)) => (number, Some(year)),
        None if is_year(rest) => ("", Some(rest)),
        None => (rest, None),
    };
    let year = stated.filter(|year| is_year(year)).or(year.filter(|_| stated.is_none()))?;
    let text = match number {
        "" => format!("{year}-{month:02}"),
        number => format!("{year}-{month:02}-{:02}", number.parse::<u8>().ok()?),
    };
    date::parse(&text).is_ok().then_some(text)
}

#[cfg(test)]
mod tests {
    use super::read;

    fn told(description: &str) -> Vec<String> {
        let of = |date: Option<String>| date.unwrap_or_default();
        read(description).into_iter().map(|held| format!("{}|{}|{}", held.title, of(held.from), of(held.to))).collect()
    }

    #[test]
    fn clauses_with_dates_are_offices() {
        for (description, offices) in [
            ("Ambassador to Strelsau from March 17, 1961", vec!["Ambassador to Strelsau|1961-03-17|"]),
            ("Chief of Staff, U.S. Army, until September 30, 1962.", vec!["Chief of Staff, U.S. Army||1962-09-30"]),
            (
                "Senator from Strelsau; Secretary of Tin from 1969 to May 7, 1974; Envoy from June 1975 until 1977",
                vec!["Secretary of Tin|1969|1974-05-07", "Envoy|1975-06|1977"],
            ),
            (
                "Under Secretary, January 25-December 3, 1961; Keeper, January–November 1962; Clerk, May 2, 1963–1964",
                vec!["Under Secretary|1961-01-25|1961-12-03", "Keeper|1962-01|1962-11", "Clerk|1963-05-02|1964"],
            ),
            ("Director until December 14, 1961; thereafter Chairman", vec!["Director||1961-12-14"]),
        ] {
            assert_eq!(told(description), offices, "{description}");
        }
    }

    #[test]
    fn what_is_not_wholly_understood_gives_none() {
        for description in [
            "",
            "Senator from Strelsau",
            "Envoy until March 1918, then Clerk; Keeper from December 25, 1918",
            "Head of the Branch from June 1918 (Division after August 1918)",
            "Envoy until 1960 and again from 1962",
            "Author of a history of 1917",
            "Envoy from 1974 to 1971",
            "Envoy from February 30, 1961",
            "Envoy, in 1918",
            "from 1960 to 1961",
            "Under Secretary from 1961 to the end of the war",
        ] {
            assert_eq!(told(description), Vec::<String>::new(), "{description}");
        }
    }
}
