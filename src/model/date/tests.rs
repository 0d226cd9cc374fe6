//! What dates mean and how they read. They are written as EDTF here, so the parser is at work too.

use super::*;
use crate::parse::date::parse;

fn edtf(text: &str) -> Edtf {
    parse(text).unwrap_or_else(|error| panic!("{text}: {error:?}"))
}

#[test]
fn bounds_are_the_first_and_last_day_it_can_mean() {
    for (text, first, last) in [
        ("1963-02-18", "1963-02-18", "1963-02-18"),
        ("1961-03-03T23:30-05:00", "1961-03-03", "1961-03-03"),
        ("1963-02", "1963-02-01", "1963-02-28"),
        ("1964-02~", "1964-02-01", "1964-02-29"),
        ("1900-02", "1900-02-01", "1900-02-28"),
        ("2000-02", "2000-02-01", "2000-02-29"),
        ("1963-04-XX", "1963-04-01", "1963-04-30"),
        ("1963-XX", "1963-01-01", "1963-12-31"),
        ("1963-XX-XX?", "1963-01-01", "1963-12-31"),
        ("1963", "1963-01-01", "1963-12-31"),
        ("196X", "1960-01-01", "1969-12-31"),
        ("19XX", "1900-01-01", "1999-12-31"),
        ("-190X", "-1909-01-01", "-1900-12-31"),
        ("-19XX", "-1999-01-01", "-1900-12-31"),
        ("000X", "0000-01-01", "0009-12-31"),
        ("1963-21", "1963-03-01", "1963-05-31"),
        ("1963-22", "1963-06-01", "1963-08-31"),
        ("1963-23", "1963-09-01", "1963-11-30"),
        ("1963-24", "1963-12-01", "1964-02-29"),
        ("Y-17000", "-17000-01-01", "-17000-12-31"),
        ("1955-01-26/1955-02", "1955-01-26", "1955-02-28"),
        ("1955/..", "1955-01-01", ""),
        ("1955/", "1955-01-01", ""),
        ("../1955", "", "1955-12-31"),
        ("/1955", "", "1955-12-31"),
        ("[1889-08-03..1889-08-07]", "1889-08-03", "1889-08-07"),
        ("[1889..]", "1889-01-01", ""),
        ("[..1889]", "", "1889-12-31"),
    ] {
        let date = edtf(text);
        let written = |day: Option<Day>| day.map(|day| day.to_string()).unwrap_or_default();
        assert_eq!((written(date.earliest()).as_str(), written(date.latest()).as_str()), (first, last), "{text}");
    }
}

#[test]
fn dates_stand_in_order() {
    let ordered = [
        "Y-17000",
        "-0044-03-15",
        "18XX",
        "1962",
        "1963-01-01T09:00",
        "1963-01-01",
        "1963-01-01/1963-01-03",
        "[1963-01-01..1963-01-03]",
        "1963-01",
        "1963-01?",
        "1963-01~",
        "1963-01%",
        "1963-01-XX",
        "1963",
        "1963-XX",
        "1963-XX-XX",
        "[1963..1964]",
        "1963/..",
        "[1963..]",
        "1963-02",
        "1963-02-18T15:00",
        "1963-02-18T15:00:30",
        "1963-02-18T15:01-05:00",
        "1963-02-18T16:00Z",
        "1963-02-18",
        "../1963-02-18",
        "[..1963-02-18]",
        "1963-21",
        "1963-22",
        "1963-23",
        "1963-24",
        "[..1963]",
        "Y17000",
    ];
    let dates = ordered.map(edtf);
    for pair in dates.windows(2) {
        assert!(pair[0].sort_key() < pair[1].sort_key(), "{} is not before {}", pair[0], pair[1]);
    }
    let mut sorted = dates;
    sorted.reverse();
    sorted.sort_by_key(Edtf::sort_key);
    assert_eq!(sorted.map(|date| date.to_string()), ordered.map(str::to_owned));
}

#[test]
fn a_date_says_what_it_is() {
    use Precision::*;
    for (text, year, precision, flags) in [
        ("1963-02-18", Some(1963), Day, ""),
        ("1961-03-03T15:00", Some(1961), Time, ""),
        ("1963-02-XX", Some(1963), Month, ""),
        ("1963-02~", Some(1963), Month, "a"),
        ("1963-21?", Some(1963), Season, "u"),
        ("1963-XX-XX", Some(1963), Year, ""),
        ("1963%", Some(1963), Year, "au"),
        ("196X?", None, Decade, "u"),
        ("19XX", None, Century, ""),
        ("Y17000", Some(17000), Year, ""),
        ("1955-12-30/1956-01-02", Some(1955), Day, "r"),
        ("1955-12-30/1956?", Some(1955), Year, "ru"),
        ("1955~/..", Some(1955), Year, "ra"),
        ("/1956-02", Some(1956), Month, "r"),
        ("[1889-08-03..1889-08-07~]", Some(1889), Day, "ra"),
        ("[..1889]", Some(1889), Year, "r"),
    ] {
        let date = edtf(text);
        let said = [(date.is_range(), "r"), (date.is_approximate(), "a"), (date.is_uncertain(), "u")];
        let said: String = said.into_iter().filter(|(is, _)| *is).map(|(_, letter)| letter).collect();
        assert_eq!((date.year(), date.precision(), said.as_str()), (year, precision, flags), "{text}");
    }
}

#[test]
fn dates_read_as_the_languages_print_them() {
    for (text, english, german, french) in [
        ("1963-02-18", "February 18, 1963", "18. Februar 1963", "18 février 1963"),
        ("1963-03-01", "March 1, 1963", "1. März 1963", "1er mars 1963"),
        ("1963-02", "February 1963", "Februar 1963", "février 1963"),
        ("1963-02-XX", "February 1963", "Februar 1963", "février 1963"),
        ("1963", "1963", "1963", "1963"),
        ("1963-XX", "1963", "1963", "1963"),
        ("0043", "43", "43", "43"),
        ("-0043-03-15", "March 15, 44 BC", "15. März 44 v. Chr.", "15 mars 44 av. J.-C."),
        ("Y17000", "17000", "17000", "17000"),
        ("196X", "1960s", "1960er Jahre", "années 1960"),
        ("190X", "1900–1909", "1900–1909", "1900–1909"),
        ("19XX", "1900–1999", "1900–1999", "1900–1999"),
        ("1963-21", "Spring 1963", "Frühjahr 1963", "printemps 1963"),
        ("1963-24", "Winter 1963", "Winter 1963", "hiver 1963"),
        ("1889-08~", "circa August 1889", "um August 1889", "vers août 1889"),
        ("1889-08-03~", "circa August 3, 1889", "um den 3. August 1889", "vers le 3 août 1889"),
        ("1889-08?", "August 1889 (?)", "August 1889 (?)", "août 1889 (?)"),
        ("1889%", "circa 1889 (?)", "um 1889 (?)", "vers 1889 (?)"),
        ("1961-03-03T15:00", "March 3, 1961, 3:00 p.m.", "3. März 1961, 15:00 Uhr", "3 mars 1961, 15\u{a0}h\u{a0}00"),
        (
            "1961-03-03T00:05:30Z",
            "March 3, 1961, 12:05 a.m. UTC",
            "3. März 1961, 0:05 Uhr UTC",
            "3 mars 1961, 0\u{a0}h\u{a0}05 UTC",
        ),
        ("1955-01-26/1955-01-27", "January 26–27, 1955", "26.–27. Januar 1955", "26–27 janvier 1955"),
        ("1955-03-01/1955-03-02", "March 1–2, 1955", "1.–2. März 1955", "1er–2 mars 1955"),
        (
            "1955-01-26/1955-02-02",
            "January 26–February 2, 1955",
            "26. Januar – 2. Februar 1955",
            "26 janvier – 2 février 1955",
        ),
        (
            "1955-12-30/1956-01-02",
            "December 30, 1955–January 2, 1956",
            "30. Dezember 1955 – 2. Januar 1956",
            "30 décembre 1955 – 2 janvier 1956",
        ),
        ("1955-01/1955-03", "January–March 1955", "Januar–März 1955", "janvier–mars 1955"),
        ("1955-01~/1955-03~", "circa January–March 1955", "um Januar–März 1955", "vers janvier–mars 1955"),
        (
            "1955-01~/1955-03",
            "circa January 1955–March 1955",
            "um Januar 1955 – März 1955",
            "vers janvier 1955 – mars 1955",
        ),
        ("1955/1957", "1955–1957", "1955–1957", "1955–1957"),
        ("1955/1955", "1955", "1955", "1955"),
        ("1955/1957-03", "1955–March 1957", "1955 – März 1957", "1955 – mars 1957"),
        ("1955-01-26/..", "from January 26, 1955", "ab dem 26. Januar 1955", "depuis le 26 janvier 1955"),
        ("../1955", "until 1955", "bis 1955", "jusqu’en 1955"),
        ("1955/", "1955–?", "1955–?", "1955–?"),
        ("/1955-02", "?–February 1955", "? – Februar 1955", "? – février 1955"),
        (
            "[1889-08-03..1889-08-07]",
            "between August 3 and August 7, 1889",
            "zwischen dem 3. August und dem 7. August 1889",
            "entre le 3 août et le 7 août 1889",
        ),
        (
            "[1889-12..1890-01]",
            "between December 1889 and January 1890",
            "zwischen Dezember 1889 und Januar 1890",
            "entre décembre 1889 et janvier 1890",
        ),
        ("[1889~..1890]", "between circa 1889 and 1890", "zwischen um 1889 und 1890", "entre vers 1889 et 1890"),
        ("[..1889-08-07]", "on or before August 7, 1889", "am oder vor dem 7. August 1889", "le 7 août 1889 ou avant"),
        ("[..1889]", "in or before 1889", "1889 oder früher", "1889 ou avant"),
        ("[1889-08-03..]", "on or after August 3, 1889", "am oder nach dem 3. August 1889", "le 3 août 1889 ou après"),
        ("[1889-08..]", "in or after August 1889", "August 1889 oder später", "août 1889 ou après"),
    ] {
        let date = edtf(text);
        assert_eq!(date.display(&DateWords::ENGLISH), english, "{text}");
        assert_eq!(date.display(&DateWords::GERMAN), german, "{text}");
        assert_eq!(date.display(&DateWords::FRENCH), french, "{text}");
    }
}

#[test]
fn a_language_tag_chooses_the_words() {
    for (tag, words) in [
        ("en", DateWords::ENGLISH),
        ("en-US", DateWords::ENGLISH),
        ("en-Latn-us", DateWords::ENGLISH),
        ("en-GB", DateWords::ENGLISH_DAY_FIRST),
        ("de", DateWords::GERMAN),
        ("de-AT", DateWords::GERMAN),
        ("FR-ca", DateWords::FRENCH),
        ("", DateWords::ENGLISH),
        ("nl", DateWords::ENGLISH),
        ("den", DateWords::ENGLISH),
    ] {
        assert_eq!(DateWords::for_language(tag), words, "{tag}");
    }
    let british = DateWords::for_language("en-GB");
    assert_eq!(edtf("1963-02-18").display(&british), "18 February 1963");
    assert_eq!(edtf("1955-01-26/1955-01-27").display(&british), "26–27 January 1955");
}

#[test]
fn values_survive_serialising() {
    for text in ["1963-02-18", "1961-03-03T15:00-05:00", "1955~/..", "[..1889-08-07]", "-190X%", "1963-24"] {
        let date = edtf(text);
        let json = serde_json::to_string(&date).unwrap();
        assert_eq!(serde_json::from_str::<Edtf>(&json).unwrap(), date, "{json}");
    }
}

#[test]
fn impossible_values_made_by_hand_do_not_panic() {
    let days = [Day { year: i32::MAX, month: 0, day: 0 }, Day { year: i32::MIN, month: 255, day: 255 }];
    let mut whens: Vec<When> = days.map(When::Day).to_vec();
    for number in [i32::MIN, i32::MAX] {
        whens.extend([When::Century(number), When::Decade(number), When::Year(number), When::Month(number, 77)]);
        whens.push(When::Season(number, Season::Winter));
    }
    for when in whens {
        let date = Edtf::Date(Date { when, qualifier: Qualifier::Both });
        let _ = (date.sort_key(), date.to_string(), date.display(&DateWords::ENGLISH));
    }
    assert_eq!(Edtf::Within { first: None, last: None }.display(&DateWords::ENGLISH), "?");
    assert_eq!(Day::new(1900, 2, 29), None);
    assert_eq!(Day::new(1963, 13, 1), None);
}
