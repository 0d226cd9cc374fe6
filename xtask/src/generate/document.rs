//! One document: its body with everything an edition marks in it.

use super::front_matter::{self, Genre, Heading};
use super::prose::{Insert, Layout, Pages, phrase, plain_text, running_text, words};
use super::random::Random;
use super::vocabulary::Vocabulary;
use super::volume::{MEAN_LENGTH, Outline, Person, Volume};

/// The whole text of a document's file.
pub(crate) fn document(
    vocabulary: &Vocabulary,
    seed: u64,
    volume: &Volume,
    outline: &Outline,
    pages: &mut Pages,
) -> String {
    let mut random = Random::of_part(seed, &[volume.index, outline.number]);
    let heading = Heading::new(&mut random, volume, outline);
    let mut writer = Writer { vocabulary, random, volume, outline, next_note: 1 + usize::from(outline.source_is_note) };
    let head = front_matter::front_matter(vocabulary, &mut writer.random, volume, outline, &heading);
    format!("---\n{head}---\n\n{}", writer.body(&heading, pages))
}

struct Writer<'a> {
    vocabulary: &'a Vocabulary,
    random: Random,
    volume: &'a Volume,
    outline: &'a Outline,
    /// The label of the next note to be cited; they are cited in order.
    next_note: usize,
}

/// Markdown around the running text of a document: dateline, signature.
const FRAME_LENGTH: usize = 115;
/// Mean Markdown of one note.
const NOTE_LENGTH: usize = 205;

impl Writer<'_> {
    fn body(&mut self, heading: &Heading, pages: &mut Pages) -> String {
        let mut blocks = vec![self.dateline(heading)];
        if heading.genre == Genre::Conversation {
            blocks.extend([self.subject(), self.participants()]);
        }
        let in_blocks = blocks.iter().map(String::len).sum::<usize>();
        let signature_note = if self.random.chance(0.05) { 1 } else { 0 };
        let notes = (self.outline.notes + 1 - self.next_note).saturating_sub(signature_note);
        let definitions = self.definitions();
        let outside = in_blocks + FRAME_LENGTH / 2 + definitions.iter().map(|text| text.len() + 2).sum::<usize>();
        let length = self.outline.length.saturating_sub(outside).max(120);
        let text = self.main_text(length, notes, pages);
        blocks.push(if self.random.chance(0.02) { self.with_table(&text) } else { text });
        blocks.push(self.signature());
        blocks.extend(definitions);
        blocks.join("\n\n") + "\n"
    }

    fn main_text(&mut self, length: usize, notes: usize, pages: &mut Pages) -> String {
        let mut places: Vec<usize> = (0..notes).map(|_| self.random.below(length)).collect();
        places.sort_unstable();
        let mut inserts: Vec<(usize, Insert)> =
            places.into_iter().map(|place| (place, Insert::Mark(self.cite_next_note()))).collect();
        let cited = self.next_note - 1;
        if cited > usize::from(self.outline.source_is_note) && self.random.chance(0.02) {
            // The same note cited again, at the end, after its first citation.
            inserts.push((length, Insert::Mark(format!("[^{cited}]"))));
        }
        for word in self.marked_up_words() {
            inserts.push((self.random.below(length), Insert::Word(word)));
        }
        inserts.sort_by_key(|(place, _)| *place);
        let layout = Layout { length, inserts: inserts.into(), pages: Some(pages), numbered: self.random.chance(0.08) };
        running_text(self.vocabulary, &mut self.random, layout)
    }

    /// The links, emphasis and editorial marks of the running text.
    fn marked_up_words(&mut self) -> Vec<String> {
        let size = self.outline.length as f64 / MEAN_LENGTH;
        let mut made = Vec::new();
        let repeat = |writer: &mut Self, mean: f64, make: fn(&mut Self) -> String, made: &mut Vec<String>| {
            for _ in 0..writer.random.count(mean) {
                made.push(make(writer));
            }
        };
        repeat(self, 7.6 * size, Self::person_link, &mut made);
        repeat(self, 3.0 * size, Self::term_link, &mut made);
        repeat(self, 1.5 * size, Self::emphasis, &mut made);
        repeat(
            self,
            0.6 * size,
            |writer| format!("[{}]{{.smallcaps}}", writer.vocabulary.word(&mut writer.random)),
            &mut made,
        );
        repeat(
            self,
            0.05,
            |writer| format!("[{}]{{.supplied}}", writer.vocabulary.word(&mut writer.random)),
            &mut made,
        );
        repeat(self, 0.05, |writer| format!("[*{} lines not declassified*]", writer.random.between(2, 9)), &mut made);
        if self.outline.notes == usize::from(self.outline.source_is_note) {
            repeat(self, 0.6, |writer| writer.reference().unwrap_or_default(), &mut made);
            made.retain(|word| !word.is_empty());
        }
        made
    }

    fn emphasis(&mut self) -> String {
        let count = self.random.between(1, 3);
        let words = words(self.vocabulary, &mut self.random, count);
        if self.random.chance(0.1) { format!("**{words}**") } else { format!("*{words}*") }
    }

    fn person_link(&mut self) -> String {
        let Person { id, surname, .. } = self.volume.some_person(&mut self.random);
        match self.random.below(100) {
            0..2 => format!("[the Ambassador](person:{id}){{.implied}}"),
            2..3 => {
                let other = self.volume.some_person(&mut self.random);
                if other.id == *id {
                    format!("[{surname}](person:{id})")
                } else {
                    format!("[the two ministers](person:{id}+person:{})", other.id)
                }
            }
            3..20 => format!("[Ambassador {surname}](person:{id})"),
            20..35 => format!("Mr. [{surname}](person:{id})"),
            _ => format!("[{surname}](person:{id})"),
        }
    }

    fn term_link(&mut self) -> String {
        let term = &self.volume.terms[self.random.below(self.volume.terms.len())];
        format!("[{}](term:{})", term.name, term.id)
    }

    /// A link to another document of the volume or to a note of it; none in a volume of one document.
    fn reference(&mut self) -> Option<String> {
        let count = self.volume.documents.len();
        let own = self.outline.number;
        // Documents near by, as editors refer to what was just read.
        let near = (own + count + self.random.between(1, 40)).saturating_sub(20) % count + 1;
        let target = if near == own { own % count + 1 } else { near };
        let target = (target != own).then(|| &self.volume.documents[target - 1])?;
        let number = target.number;
        if target.notes > 0 && self.random.chance(0.3) {
            let note = self.random.between(1, target.notes);
            return Some(format!("[footnote {note}, Document {number}](doc:d{number}#fn{note})"));
        }
        Some(format!("[Document {number}](doc:d{number})"))
    }

    fn cite_next_note(&mut self) -> String {
        self.next_note += 1;
        format!("[^{}]", self.next_note - 1)
    }

    /// A note reference for the block outside the running text, if a note is left and the draw says so.
    fn note_in_block(&mut self, share: f64) -> String {
        let is_left = self.next_note <= self.outline.notes;
        if is_left && self.random.chance(share) { self.cite_next_note() } else { String::new() }
    }

    fn dateline(&mut self, heading: &Heading) -> String {
        let half = self.random.pick(&["a.m.", "p.m."]);
        let (place, date, hour) = (&heading.place, heading.date.display(), self.random.between(1, 12));
        let note = self.note_in_block(0.04);
        format!("::: dateline\n{place}, {date}, {hour} {half}{note}\n:::")
    }

    fn subject(&mut self) -> String {
        let count = self.random.between(2, 7);
        format!("::: subject\n{}\n:::", phrase(self.vocabulary, &mut self.random, count))
    }

    fn participants(&mut self) -> String {
        let mut seen = Vec::new();
        let count = self.random.between(2, 6);
        while seen.len() < count {
            let person = self.volume.some_person(&mut self.random);
            if !seen.iter().any(|known: &&Person| known.id == person.id) {
                seen.push(person);
            }
        }
        let line = |person: &&Person| {
            format!("- [{} {}](person:{}), {}", person.given, person.surname, person.id, person.office)
        };
        format!("::: participants\n{}\n:::", seen.iter().map(line).collect::<Vec<_>>().join("\n"))
    }

    /// The signature, with all notes that are still to be cited.
    fn signature(&mut self) -> String {
        let Person { id, surname, .. } = self.volume.some_person(&mut self.random);
        let mut name = if self.random.chance(0.7) {
            format!("[[{surname}](person:{id})]{{.smallcaps}}")
        } else {
            format!("[{surname}]{{.smallcaps}}")
        };
        while self.next_note <= self.outline.notes {
            name += &self.cite_next_note();
        }
        format!("::: signed\n{name}\n:::")
    }

    /// The text with a table after one of its paragraphs.
    fn with_table(&mut self, text: &str) -> String {
        let paragraphs: Vec<&str> = text.split("\n\n").collect();
        let before = self.random.between(1, paragraphs.len());
        let (start, rest) = paragraphs.split_at(before);
        let table = self.table();
        start.iter().copied().chain([table.as_str()]).chain(rest.iter().copied()).collect::<Vec<_>>().join("\n\n")
    }

    fn table(&mut self) -> String {
        let (columns, rows) = (self.random.between(3, 5), self.random.between(4, 12));
        let cells = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
        let titles = (0..columns).map(|_| self.vocabulary.name(&mut self.random)).collect();
        let rule = (0..columns).map(|column| if column == 0 { "---" } else { "---:" }.to_owned()).collect();
        let mut lines = vec![cells(titles), cells(rule)];
        for _ in 0..rows {
            let mut row = vec![phrase(self.vocabulary, &mut self.random, 2)];
            row.extend((1..columns).map(|_| format!("{}.{}", self.random.below(900), self.random.below(10))));
            lines.push(cells(row));
        }
        lines.join("\n")
    }

    /// All notes of the document but that of the source.
    fn definitions(&mut self) -> Vec<String> {
        let first = 1 + usize::from(self.outline.source_is_note);
        let count = self.outline.notes + 1 - first;
        let references = if count == 0 { 0.0 } else { 1.08 / count as f64 };
        (first..=self.outline.notes).map(|label| self.definition(label, references)).collect()
    }

    fn definition(&mut self, label: usize, mean_references: f64) -> String {
        let size = self.outline.length as f64 / MEAN_LENGTH;
        let mut text = String::new();
        for _ in 0..self.random.count(mean_references * size.clamp(0.5, 2.0)) {
            if let Some(reference) = self.reference() {
                let lead = self.random.pick(&["See", "Printed as", "Reference is to", "For text, see"]);
                text += &format!("{lead} {reference}. ");
            }
        }
        if text.is_empty() || self.random.chance(0.6) {
            text += &self.note_text();
        }
        if self.random.chance(0.08) {
            text = format!("{}\n\n    {}", text.trim_end(), plain_text(self.vocabulary, &mut self.random, 80));
        }
        format!("[^{label}]: {}", text.trim_end())
    }

    fn note_text(&mut self) -> String {
        match self.random.below(10) {
            0 => "Not found.".to_owned(),
            1 => "*Ibid.*, vol. II, p. 114.".to_owned(),
            _ => {
                let length = self.random.between(20, 2 * NOTE_LENGTH - 120);
                let links = self.random.count(0.35);
                let inserts = (0..links).map(|_| (20, Insert::Word(self.person_link()))).collect();
                let layout = Layout { length, inserts, pages: None, numbered: false };
                running_text(self.vocabulary, &mut self.random, layout).replace("\n\n", " ")
            }
        }
    }
}
