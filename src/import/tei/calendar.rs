//! Documents that are shown as images only: their head is a calendar entry, which becomes fields.

use super::Importer;
use super::header::escaped;
use super::source::write_fields;
use crate::import::calendar_head::{self, CalendarHead, HeadDate};
use crate::import::xml::{self, Node};
use crate::import::yaml::Yaml;
use crate::model::date::{Day, Edtf};
use std::ops::RangeInclusive;

/// A calendar entry that was read whole.
pub struct Entry {
    read: CalendarHead,
    /// Where the year comes from if the entry names none.
    span: String,
}

impl<'a> Importer<'a> {
    /// Reads a head of plain words. Nothing is returned unless every part was found and no word would be lost.
    pub fn calendar_entry(&mut self, node: Node<'a>, words: Option<&str>) -> Option<Entry> {
        let entry = self.read_entry(node, words);
        if entry.is_none() {
            let message = "the calendar entry was not read whole; it stays in the title";
            self.report.remark("calendar-unread", xml::place(node), message);
        }
        entry
    }

    fn read_entry(&mut self, node: Node<'a>, words: Option<&str>) -> Option<Entry> {
        let words = words?;
        let (covers, span) = match chapter_years(node) {
            Some((covers, title)) => (Some(covers), format!("the year from the chapter “{title}”")),
            None => (self.covers.clone(), "the year from the span of the volume".to_owned()),
        };
        let read = calendar_head::read(words, covers.as_ref()).filter(CalendarHead::is_whole)?;
        let whole = xml::value(node, "n") == Some(read.number.as_str()) && keeps_words(words, &read) && is_dated(&read);
        if whole {
            self.count_mined(&read.archive);
        }
        whole.then_some(Entry { read, span })
    }
}

impl Entry {
    /// The title as inline Markdown.
    pub fn title(&self) -> String {
        escaped(&self.read.title)
    }

    /// Kind of document, date and parties.
    pub fn write_matter(&self, front: &mut Yaml) {
        front.option("genre", self.read.genre.as_deref());
        match self.read.date.as_ref().and_then(|date| Some((date, date.edtf.as_ref()?))) {
            Some((date, edtf)) => self.write_date(date, &edtf.to_string(), front),
            None => {
                front.word("date", "none");
            }
        }
        front.option("from", self.read.from.as_deref()).option("to", self.read.to.as_deref());
        front.list("participants", self.read.participants.iter().map(String::as_str));
    }

    /// The abstract, which is printed in the note.
    pub fn summary(&self) -> String {
        self.read.summary.as_deref().map(escaped).unwrap_or_default()
    }

    /// `source:` with the printed rest of the entry.
    pub fn write_source(&self, front: &mut Yaml) {
        front.map("source", |front| {
            front.text("note", &escaped(&self.read.note));
            write_fields(front, &self.read.archive);
        });
    }

    fn write_date(&self, date: &HeadDate, edtf: &str, front: &mut Yaml) {
        front.map("date", |front| {
            front.text("edtf", edtf).text("display", &date.words);
            if date.is_inferred {
                front.word("basis", "internal").text("reason", &self.span);
            }
        });
    }
}

/// The days of whole years.
pub fn years(first: i32, last: i32) -> Option<RangeInclusive<Day>> {
    Some(Day::new(first, 1, 1)?..=Day::new(last, 12, 31)?).filter(|span| span.start() <= span.end())
}

/// Whether number, title and note are the entry's words in their order, but for the stop between title and note.
fn keeps_words(words: &str, read: &CalendarHead) -> bool {
    let after = words.strip_prefix(read.number.as_str()).and_then(|rest| rest.strip_prefix(". "));
    let rest = after.and_then(|rest| rest.strip_prefix(read.title.as_str())).unwrap_or_default();
    let told = read.summary.as_deref().is_none_or(|summary| read.note.starts_with(summary));
    !read.note.is_empty() && told && rest.trim_start_matches(['.', ',', ' ']) == read.note
}

/// Whether the date is that of the document. In a title that names a year, one that may lie in several is of the matter.
fn is_dated(read: &CalendarHead) -> bool {
    let vague = read.date.as_ref().is_some_and(|date| matches!(date.edtf, Some(Edtf::Within { .. })));
    !vague || years_in(&read.title).next().is_none()
}

fn years_in(title: &str) -> impl Iterator<Item = i32> {
    let numbers = title.split(|c: char| !c.is_ascii_digit()).filter(|digits| digits.len() == 4);
    numbers.filter_map(|digits| digits.parse().ok()).filter(|year| (1700..2100).contains(year))
}

/// The year in which the title of a chapter ends ("January 1963"), and that title.
fn chapter_years(node: Node<'_>) -> Option<(RangeInclusive<Day>, String)> {
    let title = node.ancestors().skip(1).find_map(|up| xml::child(up, "head")).map(xml::words)?;
    let mut named = years_in(&title);
    let year = named.next().filter(|year| title.ends_with(&year.to_string()) && named.next().is_none())?;
    drop(named);
    Some((years(year, year)?, title))
}
