//! For a terminal.

use super::{CHANGES, elided, heading};
use crate::compare::{Change, Comparison, Datum, Document, Part};
use std::fmt::Write as _;

/// More documents whose words are the same are only counted.
const MOST_OF_MARKUP: usize = 20;

/// The comparison as a text. Without colour, deleted words stand in `[-…-]` and added ones in `{+…+}`.
pub fn text(comparison: &Comparison, colour: bool) -> String {
    let mut text = format!("{} → {}: {}\n", comparison.old.name, comparison.new.name, comparison.tally());
    let paint = Paint { colour };
    for change in CHANGES {
        let count = comparison.of(change).count();
        if count == 0 {
            continue;
        }
        // Writing to a string cannot fail.
        let _ = write!(text, "\n{}\n", paint.heading(heading(change)));
        let most = if change == Change::Markup { MOST_OF_MARKUP } else { usize::MAX };
        for document in comparison.of(change).take(most) {
            push_document(&mut text, document, paint);
        }
        if count > most {
            let _ = writeln!(text, "  … and {} more", count - most);
        }
    }
    text
}

fn push_document(text: &mut String, document: &Document, paint: Paint) {
    let from = document.old_address.as_deref().map_or(String::new(), |old| format!("{old} → "));
    let number = document.number.as_deref().map_or(String::new(), |number| format!("{number}. "));
    let _ = writeln!(text, "  {from}{}  {number}{}", paint.address(&document.address), document.title);
    match (document.change, &document.leads_to) {
        (Change::Withdrawn, Some(to)) => {
            let _ = writeln!(text, "      the address leads to {to}");
        }
        (Change::Moved, None) => text.push_str("      the old address leads nowhere\n"),
        _ => {}
    }
    for Datum { field, old, new } in &document.data {
        let values = |values: &[String], part: fn(String) -> Part| match values {
            [] => String::new(),
            values => format!(" {}", paint.part(&part(values.join("; ")))),
        };
        let _ = writeln!(text, "      {field}:{}{}", values(old, Part::Deleted), values(new, Part::Added));
    }
    for passage in &document.text {
        let anchor = passage.anchor.as_deref().map_or(String::new(), |anchor| format!("#{anchor}: "));
        let parts: Vec<String> = elided(&passage.parts).iter().map(|part| paint.part(part)).collect();
        let _ = writeln!(text, "      {anchor}{}", parts.join(" "));
    }
}

#[derive(Clone, Copy)]
struct Paint {
    colour: bool,
}

impl Paint {
    fn part(self, part: &Part) -> String {
        match (part, self.colour) {
            (Part::Same(words), _) => words.clone(),
            (Part::Deleted(words), true) => format!("\x1b[9;31m{words}\x1b[0m"),
            (Part::Added(words), true) => format!("\x1b[32m{words}\x1b[0m"),
            (Part::Deleted(words), false) => format!("[-{words}-]"),
            (Part::Added(words), false) => format!("{{+{words}+}}"),
        }
    }

    fn heading(self, words: &str) -> String {
        if self.colour { format!("\x1b[1m{words}\x1b[0m") } else { words.to_owned() }
    }

    fn address(self, words: &str) -> String {
        if self.colour { format!("\x1b[36m{words}\x1b[0m") } else { words.to_owned() }
    }
}
