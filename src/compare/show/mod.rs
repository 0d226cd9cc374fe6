//! A comparison as people and programs read it.

mod page;
mod text;

pub use page::{Links, page};
pub use text::text;

use super::{Change, Comparison, Document, Part};

/// What a list of documents is called.
fn heading(change: Change) -> &'static str {
    match change {
        Change::Withdrawn => "withdrawn",
        Change::Moved => "moved",
        Change::Added => "added",
        Change::Changed => "changed",
        Change::Markup => "same words, other markup",
    }
}

const CHANGES: [Change; 5] = [Change::Withdrawn, Change::Moved, Change::Added, Change::Changed, Change::Markup];

impl Comparison {
    /// Documents that became this.
    pub fn of(&self, change: Change) -> impl Iterator<Item = &Document> {
        self.documents.iter().filter(move |document| document.change == change)
    }

    /// `1 added, 2 changed; 97 the same`.
    fn tally(&self) -> String {
        let counts = CHANGES.iter().map(|change| (self.of(*change).count(), heading(*change)));
        let counts: Vec<String> =
            counts.filter(|(count, _)| *count > 0).map(|(count, words)| format!("{count} {words}")).collect();
        let changes = if counts.is_empty() { "no differences".to_owned() } else { counts.join(", ") };
        format!("{changes}; {} the same", self.same)
    }

    /// The comparison as JSON, with a line end.
    ///
    /// # Errors
    /// None that a comparison can cause.
    pub fn json(&self) -> serde_json::Result<String> {
        Ok(serde_json::to_string_pretty(self)? + "\n")
    }
}

/// How many words are shown around a change.
const CONTEXT: usize = 8;

/// The parts of a passage with long unchanged stretches cut to the words around changes.
fn elided(parts: &[Part]) -> Vec<Part> {
    let last = parts.len().saturating_sub(1);
    let part = |(at, part): (usize, &Part)| match part {
        Part::Same(words) => Part::Same(elide(words, at > 0, at < last)),
        other => other.clone(),
    };
    parts.iter().enumerate().map(part).collect()
}

/// Words that stand behind a change, before one, or between two.
fn elide(text: &str, behind: bool, before: bool) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    let (start, end) = (if behind { CONTEXT } else { 0 }, if before { CONTEXT } else { 0 });
    // One word is not longer than what would stand for it.
    if words.len() <= start + end + 1 {
        return text.to_owned();
    }
    let (head, tail) = (&words[..start], &words[words.len() - end..]);
    [head, &["…"], tail].concat().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_stretches_are_cut_to_what_is_around_changes() {
        let words = |range: std::ops::Range<usize>| range.map(|n| n.to_string()).collect::<Vec<_>>().join(" ");
        let parts = [
            Part::Same(words(0..30)),
            Part::Added("new".into()),
            Part::Same(words(30..47)),
            Part::Deleted("old".into()),
            Part::Same(words(50..70)),
        ];
        let shown = elided(&parts);
        assert_eq!(shown[0], Part::Same(format!("… {}", words(22..30))));
        assert_eq!(shown[2], Part::Same(words(30..47)));
        assert_eq!(shown[4], Part::Same(format!("{} …", words(50..58))));
        assert_eq!(elide(&words(0..18), true, true), format!("{} … {}", words(0..8), words(10..18)));
    }
}
