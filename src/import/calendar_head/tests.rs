//! Invented entries, whole and with the slips that print has.

use super::{CalendarHead, read};
use crate::model::date::Day;
use std::ops::RangeInclusive;

fn span(first: (i32, u8, u8), last: (i32, u8, u8)) -> RangeInclusive<Day> {
    let day = |(year, month, day)| Day::new(year, month, day).unwrap();
    day(first)..=day(last)
}

fn entry(text: &str) -> CalendarHead {
    read(text, Some(&span((1963, 2, 1), (1963, 2, 28)))).unwrap_or_else(|| panic!("not read: {text}"))
}

fn edtf(head: &CalendarHead) -> String {
    head.date.as_ref().and_then(|date| date.edtf).map_or_else(String::new, |edtf| edtf.to_string())
}

#[test]
fn a_whole_entry_gives_every_part() {
    let head = entry(
        "617A. Letter from the Duke of Strelsau to the U.S. Government February 18. Notice of a visit; tin. Secret; Nodis. 2 pp. \
         Kennedy Library, NSF, Countries Series, Ruritania, 1/63–3/63.",
    );
    assert_eq!(head.number, "617A");
    assert_eq!(head.genre.as_deref(), Some("letter"));
    assert_eq!(head.title, "Letter from the Duke of Strelsau to the U.S. Government February 18");
    assert_eq!((head.from.join("|"), head.to.join("|")), ("Duke of Strelsau".to_owned(), "U.S. Government".to_owned()));
    assert_eq!(edtf(&head), "1963-02-18");
    assert!(head.date.as_ref().unwrap().is_inferred);
    assert_eq!(head.summary.as_deref(), Some("Notice of a visit; tin."));
    assert_eq!((head.classification(), head.extent()), (Some("Secret"), Some("2 pp.")));
    assert_eq!(head.archive.handling, ["Nodis"]);
    assert_eq!(head.archive.collection, ["NSF", "Countries Series"]);
    assert_eq!(head.archive.file.as_deref(), Some("Ruritania, 1/63–3/63"));
    assert!(head.note.starts_with("Notice of a visit; tin. Secret;"));
    assert!(head.is_whole());
}

#[test]
fn slips_leave_the_parts_in_place() {
    for (text, summary, classification, extent) in [
        ("1. Note, February 2. Tin. Secret 3 pp. DOS, CF, 611.99/1–160.", "Tin.", Some("Secret"), Some("3 pp.")),
        (
            "1. Note, February 2. Tin, Top Secret. 3 pp. DOS, CF, 611.99/1–160.",
            "Tin,",
            Some("Top Secret"),
            Some("3 pp."),
        ),
        (
            "1. Note, February 2. Tin. 3 pp. Top Secret. DOS, CF, 611.99/1–160.",
            "Tin.",
            Some("Top Secret"),
            Some("3 pp."),
        ),
        ("1. Note, February 2. Tin. Secret. DOS, CF, 611.99/1–160.", "Tin.", Some("Secret"), None),
        (
            "1. Note, February 2, Proposed talks on tin. Secret. 3 pp. DOS, CF, 611.99/1–160.",
            "Proposed talks on tin.",
            Some("Secret"),
            Some("3 pp."),
        ),
        ("1. Note, February 2. Tin. DOS, CF, 611.99/1–160.", "Tin.", None, None),
        ("1. Note, February 2/Tin and coal. Secret. 3 pp. DOS, CF, 1.", "Tin and coal.", Some("Secret"), Some("3 pp.")),
        (
            "1. Talk between Roe and Doe, February 2, with Poe, Jr. Tin and coal. Secret. 3 pp. DOS, CF, 1.",
            "Tin and coal.",
            Some("Secret"),
            Some("3 pp."),
        ),
        (
            "1. Note to the US. Board, February 2. Tin. Secret. 3 pp. DOS, CF, 611.99/1–160.",
            "Tin.",
            Some("Secret"),
            Some("3 pp."),
        ),
        (
            "1. Note, February 2. Confidential talk of Secretary Roe. Secret. 3 pp. DOS, CF, 611.99/1–160.",
            "Confidential talk of Secretary Roe.",
            Some("Secret"),
            Some("3 pp."),
        ),
    ] {
        let head = entry(text);
        let found = (head.summary.as_deref().unwrap_or_default(), head.classification(), head.extent());
        assert_eq!(found, (summary, classification, extent), "{text}");
        assert_eq!(edtf(&head), "1963-02-02", "{text}");
        assert_eq!(head.archive.repository.as_deref(), Some("DOS"), "{text}");
    }
}

#[test]
fn dates_take_their_year_from_the_title_or_the_span() {
    let year = span((1962, 1, 1), (1962, 12, 31));
    let more = span((1960, 11, 1), (1963, 12, 31));
    for (title, covers, expected) in [
        ("Note, January 10, 1961, to Roe", &year, "1961-01-10"),
        ("Note, January 10", &year, "1962-01-10"),
        ("Note on the year 1960 to May 3, 1961, dated June 5", &year, "1962-06-05"),
        ("Note, October 2–3", &year, "1962-10-02/1962-10-03"),
        ("Note, October 30–November 2", &year, "1962-10-30/1962-11-02"),
        ("Survey, October 1961", &year, "1961-10"),
        ("Note, January 10", &more, "[1961-01-10..1963-01-10]"),
        ("Note, undated", &year, ""),
        ("Statement by Roe on July 26, undated", &year, ""),
        ("Notes by Roe of April 22 meeting with Doe", &year, ""),
        ("Plan of Action beginning June 1, 1963", &year, ""),
        ("Note, April 27, transmitting April 26 memorandum", &year, "1962-04-27"),
        ("Note, February 30", &year, ""),
        ("Note of Mayor Roe", &year, ""),
    ] {
        let text = format!("1. {title}. Tin. Secret. 3 pp. DOS, CF, 611.99/1–160.");
        assert_eq!(edtf(&read(&text, Some(covers)).unwrap()), expected, "{title}");
    }
}

#[test]
fn parties_are_those_before_the_date() {
    for (title, from, to, participants) in [
        ("Telegram 7 from Vaduz, May 2", "Vaduz", "", ""),
        ("Telegram 7 to Vaduz, May 2", "", "Vaduz", ""),
        (
            "Memorandum from A. Roe to members of the Board, May 2, covering a letter from Doe",
            "A. Roe",
            "members of the Board",
            "",
        ),
        ("Memorandum prepared by Roe, May 2", "Roe", "", ""),
        ("Memorandum from Roe to Doe, Poe, and the Duke, May 2", "Roe", "Doe|Poe|Duke", ""),
        ("Memorandum from Roe to Doe and Poe, May 2", "Roe", "Doe|Poe", ""),
        ("Memorandum from Roe to Doe, JCSM-236–61, May 2", "Roe", "Doe", ""),
        ("Telegram 7 to Supreme Commander, Strelsau, May 2", "", "Supreme Commander, Strelsau", ""),
        ("Telegram 7 to the CIA from staff in Strelsau, May 2", "staff in Strelsau", "CIA", ""),
        ("Memorandum by Roe, Jr., May 2", "Roe, Jr.", "", ""),
        ("Memorandum of conversation, May 2, between Doe and Roe, Jr", "", "", "Doe|Roe, Jr."),
        ("Memorandum of talk among, Roe, Doe and A. Poe, May 2", "", "", "Roe|Doe|A. Poe"),
        (
            "Memorandum of conversation, May 2, between Roe and Minister of Tin Doe and other U.S. and Ruritanian officials",
            "",
            "",
            "Roe|Minister of Tin Doe|other U.S. and Ruritanian officials",
        ),
        (
            "Memorandum of conversation, May 2, 1962, among Roe, Doe, and U.S. and Ruritanian officials",
            "",
            "",
            "Roe|Doe|U.S. and Ruritanian officials",
        ),
        ("Memorandum of conversation between Roe and Doe, May 2", "", "", "Roe|Doe"),
        ("Memorandum of conversation, May 2, 1962, between Roe, Doe, and Count Rupert", "", "", "Roe|Doe|Count Rupert"),
    ] {
        let text = format!("1. {title}. Tin. Secret. 3 pp. DOS, CF, 611.99/1–160.");
        let head = entry(&text);
        let found = (head.from.join("|"), head.to.join("|"), head.participants.join("|"));
        assert_eq!((found.0.as_str(), found.1.as_str(), found.2.as_str()), (from, to, participants), "{title}");
        assert_eq!(head.doubted, None, "{title}");
    }
}

#[test]
fn words_that_may_be_no_name_give_no_party() {
    for (title, doubted) in [
        ("Chronology of a mine from January 1960 to April 19, 1961, dated May 2", "January 1960"),
        ("Proposed statement by President Roe on July 26, undated", "President Roe on July 26"),
        ("Notes by General Roe of April 22 meeting with Doe", "General Roe of April 22 meeting with Doe"),
        ("Telegram 2645 to Paris; 1/03 to Bonn, May 2", "Paris; 1/03 to Bonn"),
        ("Telegram 447 to Quito and 553 to Lima, May 2", "Quito and 553 to Lima"),
        ("Briefing papers used to brief Roe, May 2", "brief Roe"),
        ("Draft instruction to Vaduz for consideration by the Board, undated", "Vaduz for consideration by the Board"),
        ("Excerpts of a story from transcripts of talks, May 2", "transcripts of talks"),
    ] {
        let head = entry(&format!("1. {title}. Tin. Secret. 3 pp. DOS, CF, 611.99/1–160."));
        assert_eq!(head.doubted.as_deref(), Some(doubted), "{title}");
        assert!(head.from.is_empty() && head.to.is_empty() && head.participants.is_empty(), "{title}");
    }
    for title in ["Notes from transcripts of Board meetings, May 2", "Excerpt from Ambassador Roe’s diary, May 2"] {
        let head = entry(&format!("1. {title}. Tin. Secret. 3 pp. DOS, CF, 611.99/1–160."));
        assert_eq!((head.doubted, head.from), (None, Vec::new()), "{title}");
    }
}

#[test]
fn an_entry_that_is_not_read_has_the_date_of_its_first_sentence() {
    let covers = span((1963, 1, 1), (1963, 12, 31));
    for (text, expected) in [
        ("1. Notes of meetings, May 2. Talks on the June 3 flight. Vaduz.", "1963-05-02"),
        ("1. Despatch 7 from Vaduz, April 27, 1962, transmitting April 26 memorandum of Roe. Tin.", "1962-04-27"),
        ("1. Memorandum. Reply to a note of June 3.", ""),
    ] {
        let date = super::date_of(text, Some(&covers)).and_then(|date| date.edtf);
        assert_eq!(date.map_or_else(String::new, |edtf| edtf.to_string()), expected, "{text}");
    }
}

#[test]
fn other_heads_are_not_entries() {
    for text in [
        "",
        "Aide-mémoire",
        "617. Aide-mémoire, February 18",
        "Letter. Secret. 2 pp. DOS, CF, 1.",
        "A.7. Letter. Tin. Secret.",
    ] {
        assert_eq!(read(text, None), None, "{text}");
    }
}
