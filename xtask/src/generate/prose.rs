//! Running text: words into sentences into paragraphs, with marked-up pieces and page breaks scattered over it.

use super::random::Random;
use super::vocabulary::{Vocabulary, capitalised};
use std::collections::VecDeque;

/// A piece of markup that stands somewhere in a running text.
pub(crate) enum Insert {
    /// Stands as a word of its own, such as a link.
    Word(String),
    /// Follows a word and its punctuation without a space: a note reference.
    Mark(String),
}

/// The printed pages of a volume, used up as its text is written.
pub(crate) struct Pages {
    next: usize,
    left: usize,
}

impl Pages {
    /// Before the first page break, which will bear the number 2.
    pub(crate) fn new() -> Pages {
        Pages { next: 2, left: PAGE_LENGTH }
    }

    /// Counts characters as printed; the number of the page that begins after them, if one does.
    fn spend(&mut self, characters: usize, random: &mut Random) -> Option<usize> {
        if characters < self.left {
            self.left -= characters;
            return None;
        }
        self.left = random.between(PAGE_LENGTH - 300, PAGE_LENGTH + 300);
        self.next += 1;
        Some(self.next - 1)
    }
}

/// Characters of running text on a printed page.
const PAGE_LENGTH: usize = 2_010;

/// How a running text is laid out.
pub(crate) struct Layout<'a> {
    /// Bytes of Markdown to write at least.
    pub(crate) length: usize,
    /// What stands in the text and from which byte on, in order.
    pub(crate) inserts: VecDeque<(usize, Insert)>,
    /// None in notes and editors' text, which carry no page breaks.
    pub(crate) pages: Option<&'a mut Pages>,
    /// Paragraphs begin with a printed number, which is escaped so that it makes no list.
    pub(crate) numbered: bool,
}

/// Paragraphs with an empty line between them, no line break at the end. Every paragraph is one line.
pub(crate) fn running_text(vocabulary: &Vocabulary, random: &mut Random, layout: Layout) -> String {
    let mut text = RunningText { vocabulary, random, layout, out: String::new(), paragraph: 0, break_due: None };
    while text.out.is_empty() || !text.is_complete() {
        text.paragraph();
    }
    if let Some(page) = text.break_due {
        text.out.push_str(&format!("\n\n[{page}]{{.pb}}"));
    }
    text.out
}

/// Editors' text without any inserts.
pub(crate) fn plain_text(vocabulary: &Vocabulary, random: &mut Random, length: usize) -> String {
    running_text(vocabulary, random, Layout { length, inserts: VecDeque::new(), pages: None, numbered: false })
}

/// So many words in small letters.
pub(crate) fn words(vocabulary: &Vocabulary, random: &mut Random, count: usize) -> String {
    (0..count).map(|_| vocabulary.word(random)).collect::<Vec<_>>().join(" ")
}

/// So many words with a capital at the beginning of the first.
pub(crate) fn phrase(vocabulary: &Vocabulary, random: &mut Random, count: usize) -> String {
    capitalised(&words(vocabulary, random, count))
}

struct RunningText<'a> {
    vocabulary: &'a Vocabulary,
    random: &'a mut Random,
    layout: Layout<'a>,
    out: String,
    /// Where the paragraph begins in `out`.
    paragraph: usize,
    /// A page break that waits for the end of the paragraph.
    break_due: Option<usize>,
}

impl RunningText<'_> {
    fn is_complete(&self) -> bool {
        self.out.len() >= self.layout.length && self.layout.inserts.is_empty()
    }

    fn paragraph(&mut self) {
        if !self.out.is_empty() {
            self.out.push_str("\n\n");
        }
        if let Some(page) = self.break_due.take() {
            self.out.push_str(&format!("[{page}]{{.pb}}\n\n"));
        }
        self.paragraph = self.out.len();
        if self.layout.numbered {
            let number = 1 + self.out.matches("\\. ").count();
            self.push_word(&format!("{number}\\."));
        }
        let length = 60 + self.random.below(320) + self.random.below(320);
        while self.out.len() - self.paragraph < length && (self.out.len() == self.paragraph || !self.is_complete()) {
            self.sentence();
        }
    }

    fn sentence(&mut self) {
        let words = self.random.between(5, 20) + self.random.below(16);
        for index in 0..words {
            // Never before the first word: a paragraph begins with a plain one, and notes always have a word to follow.
            if index > 0 {
                self.due_words();
            }
            let word = self.next_word(index == 0);
            self.write_word(&word, index + 1 == words);
            if index + 1 < words {
                self.due_marks();
            }
        }
        let end = match self.random.below(100) {
            0..2 => "?",
            2..5 => ".”",
            _ => ".",
        };
        if end == ".”" {
            let quotation = format!("“{}", capitalised(self.vocabulary.word(self.random)));
            self.push_word(&quotation);
        }
        self.out.push_str(end);
        self.due_marks();
    }

    fn next_word(&mut self, first: bool) -> String {
        if first {
            return capitalised(self.vocabulary.word(self.random));
        }
        match self.random.below(1_000) {
            0..12 => number(self.random),
            12..50 => self.vocabulary.name(self.random),
            50..56 => self.random.pick(&["U.S.", "U.N.", "H. E.", "R & D", "No. 12"]).to_owned(),
            56..62 => format!("“{}”", self.vocabulary.word(self.random)),
            62..68 => format!("({} {})", self.vocabulary.word(self.random), self.vocabulary.word(self.random)),
            68..72 => format!("{}’s", self.vocabulary.name(self.random)),
            72..75 => format!("{}–{}", self.vocabulary.word(self.random), self.vocabulary.word(self.random)),
            _ => self.vocabulary.word(self.random).to_owned(),
        }
    }

    /// Writes a word with its punctuation, and the page break that falls after or into it.
    fn write_word(&mut self, word: &str, last_of_sentence: bool) {
        let new_page = self.layout.pages.as_mut().and_then(|pages| pages.spend(word.len() + 1, self.random));
        let Some(page) = new_page else {
            self.push_word(word);
            return self.punctuate(last_of_sentence);
        };
        let place = self.random.fraction();
        if place < 0.01 && word.len() >= 6 && word.is_ascii() {
            let (start, rest) = word.split_at(word.len() / 2);
            self.push_word(&format!("{start}[{page}]{{.pb}}{rest}"));
        } else if place < 0.15 {
            self.push_word(word);
            self.break_due = Some(page);
        } else {
            self.push_word(word);
            self.push_word(&format!("[{page}]{{.pb}}"));
            let first_of_page = self.vocabulary.word(self.random);
            self.push_word(first_of_page);
        }
        self.punctuate(last_of_sentence);
    }

    fn punctuate(&mut self, last_of_sentence: bool) {
        if last_of_sentence {
            return;
        }
        match self.random.below(1_000) {
            0..60 => self.out.push(','),
            60..66 => self.out.push(';'),
            66..70 => self.out.push(':'),
            70..74 => self.out.push_str(" —"),
            _ => {}
        }
    }

    fn push_word(&mut self, word: &str) {
        if self.out.len() > self.paragraph {
            self.out.push(' ');
        }
        self.out.push_str(word);
    }

    fn due_words(&mut self) {
        while let Some((_, Insert::Word(word))) = self.due(|insert| matches!(insert, Insert::Word(_))) {
            self.push_word(&word);
        }
    }

    fn due_marks(&mut self) {
        while let Some((_, Insert::Mark(mark))) = self.due(|insert| matches!(insert, Insert::Mark(_))) {
            self.out.push_str(&mark);
        }
    }

    fn due(&mut self, wanted: fn(&Insert) -> bool) -> Option<(usize, Insert)> {
        let (position, insert) = self.layout.inserts.front()?;
        if *position <= self.out.len() && wanted(insert) { self.layout.inserts.pop_front() } else { None }
    }
}

fn number(random: &mut Random) -> String {
    match random.below(6) {
        0 => random.between(1_900, 1_975).to_string(),
        1 => format!("${} million", random.between(2, 900)),
        2 => format!("{},{:03}", random.between(1, 250), random.below(1_000)),
        3 => format!("{}%", random.between(1, 99)),
        4 => format!("{}th", random.between(4, 20)),
        _ => random.between(2, 999).to_string(),
    }
}
