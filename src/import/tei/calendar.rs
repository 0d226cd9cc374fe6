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
    /// Words of the head that are set in italics.
    italics: Vec<String>,
}

impl<'a> Importer<'a> {
    /// Reads a head of plain words. Nothing is returned unless every part was found and no word would be lost.
    pub fn calendar_entry(&mut self, node: Node<'a>, words: Option<&str>, italics: &[String]) -> Option<Entry> {
        let entry = self.read_entry(node, words, italics);
        if entry.is_none() {
            let message = "the calendar entry was not read whole; it stays in the title".to_owned();
            self.doubt(node, "calendar-unread", message);
        }
        entry
    }

    fn read_entry(&mut self, node: Node<'a>, words: Option<&str>, italics: &[String]) -> Option<Entry> {
        let words = words?;
        let (covers, span) = self.span_of(node);
        let read = calendar_head::read(words, covers.as_ref()).filter(CalendarHead::is_told)?;
        let whole = xml::value(node, "n") == Some(read.number.as_str()) && keeps_words(words, &read) && is_dated(&read);
        if whole {
            self.count_mined(&read.archive);
            self.count_extent(node, &read);
            if let Some(doubted) = &read.doubted {
                let message = format!("“{doubted}” is no name for sure; sender and recipient are left out");
                self.doubt(node, "party-unread", message);
            }
        }
        whole.then(|| Entry { read, span, italics: italics.to_vec() })
    }
}

impl<'a> Importer<'a> {
    /// The days in which an entry without a year lies, and the words that say so.
    fn span_of(&self, node: Node<'a>) -> (Option<RangeInclusive<Day>>, String) {
        match chapter_years(node) {
            Some((covers, title)) => (Some(covers), format!("the year from the chapter “{title}”")),
            None => (self.covers.clone(), "the year from the span of the volume".to_owned()),
        }
    }

    /// Writes the date in the title of an entry that is not read whole. Says whether there is one.
    pub fn date_of_head(&self, node: Node<'a>, words: &str, front: &mut Yaml) -> bool {
        let (covers, span) = self.span_of(node);
        let date = calendar_head::date_of(words, covers.as_ref());
        let exact = |date: &HeadDate| date.edtf.filter(|edtf| !matches!(edtf, Edtf::Within { .. }));
        let found = date.as_ref().and_then(|date| Some((date, exact(date)?)));
        if let Some((date, edtf)) = found {
            write_date(date, &edtf.to_string(), &span, front);
        }
        found.is_some()
    }

    /// Compares the stated extent with the number of images.
    fn count_extent(&mut self, node: Node<'a>, read: &CalendarHead) {
        let stated = read.extent().and_then(|extent| extent.split(' ').next()?.parse::<usize>().ok());
        let Some(stated) = stated else { return };
        let images = node.descendants().filter(|inner| xml::name(*inner) == "file").count();
        self.report.extents.stated += 1;
        if stated == images {
            self.report.extents.equal += 1;
        } else {
            let noun = if images == 1 { "image" } else { "images" };
            let message =
                format!("document {} says “{}” but has {images} {noun}", read.number, read.extent().unwrap_or(""));
            self.report.remark("extent-differs", xml::place(node), message);
        }
    }
}

impl Entry {
    /// The title as inline Markdown.
    pub fn title(&self) -> String {
        self.styled(&self.read.title)
    }

    /// Words as inline Markdown, with the italics of the head where it is clear which words are meant.
    fn styled(&self, words: &str) -> String {
        let mut line = escaped(words);
        for italic in self.italics.iter().map(|italic| escaped(italic)) {
            if line.matches(italic.as_str()).count() == 1 {
                line = line.replace(italic.as_str(), &format!("<em>{italic}</em>"));
            }
        }
        line
    }

    /// Kind of document, parties and, unless the encoding dates the document, the date.
    pub fn write_matter(&self, front: &mut Yaml, dated: bool) {
        front.option("genre", self.read.genre.as_deref());
        match &self.read.date {
            Some(date) if !dated => match &date.edtf {
                Some(edtf) => write_date(date, &edtf.to_string(), &self.span, front),
                None if date.words == "undated" => {
                    front.word("date", "none");
                }
                // A date that is none, such as February 30, is for the editors to read.
                None => {}
            },
            _ => {}
        }
        write_names("from", &self.read.from, front);
        write_names("to", &self.read.to, front);
        front.list("participants", self.read.participants.iter().map(String::as_str));
    }

    /// The abstract, which is printed in the note.
    pub fn summary(&self) -> String {
        self.read.summary.as_deref().map(|summary| self.styled(summary)).unwrap_or_default()
    }

    /// `source:` with the printed rest of the entry.
    pub fn write_source(&self, front: &mut Yaml) {
        front.map("source", |front| {
            front.text("note", &self.styled(&self.read.note));
            write_fields(front, &self.read.archive);
        });
    }
}

fn write_date(date: &HeadDate, edtf: &str, span: &str, front: &mut Yaml) {
    front.map("date", |front| {
        front.text("edtf", edtf).text("display", &date.words);
        if date.is_inferred {
            front.word("basis", "internal").text("reason", span);
        }
    });
}

/// One name stands in the line of its key.
fn write_names(key: &str, names: &[String], front: &mut Yaml) {
    match names {
        [only] => front.text(key, only),
        many => front.list(key, many.iter().map(String::as_str)),
    };
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
    !read.note.is_empty() && told && rest.trim_start_matches(calendar_head::STOPS) == read.note
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
