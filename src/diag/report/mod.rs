//! How diagnostics are shown: for people, as JSON lines, and as annotations on GitHub.
//!
//! [`render`] makes text out of a list of diagnostics; it prints nothing and reads files only through [`Texts`].

mod explain;
mod github;
mod human;
mod json;
mod places;
mod window;

#[cfg(test)]
mod tests;

pub use explain::explain;

use super::{Diagnostic, Severity};
use places::Sources;
use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// The form diagnostics are shown in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// With the lines of the file, for a terminal.
    Human,
    /// One JSON object a line.
    Json,
    /// Workflow commands, which GitHub shows beside the changed lines.
    Github,
}

/// Where the texts come from that diagnostics speak about.
pub trait Texts {
    /// The text of a file (path from the edition's root); `None` when it cannot be read as text.
    ///
    /// The bytes of a [`Place`](super::Place) are offsets in this text, so a byte order mark has to stay in it.
    fn text(&self, file: &str) -> Option<Cow<'_, str>>;
}

/// How to show diagnostics.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// The form.
    pub format: Format,
    /// Whether the human form is coloured by escape sequences; the other forms never are.
    pub colour: bool,
    /// How many diagnostics are shown at most; the others are counted by code.
    pub most: usize,
    /// Columns a quoted line may take in the human form, line number included; labels beside underlines come on top.
    pub width: usize,
}

impl Default for Options {
    /// For people, without colour, 50 diagnostics, 120 columns.
    fn default() -> Self {
        Options { format: Format::Human, colour: false, most: 50, width: 120 }
    }
}

/// Shows diagnostics in the given order; the text ends with a line end unless it is empty.
///
/// When there are more than `most`, errors are kept before warnings, and a last line counts by code what is left out.
/// Advice was asked for and is shown in full.
pub fn render(diagnostics: &[Diagnostic], texts: &dyn Texts, options: &Options) -> String {
    let (shown, omitted) = choose(diagnostics, options.most);
    let sources = Sources::read(&shown, texts);
    match options.format {
        Format::Human => human::render(&shown, &omitted, &sources, options),
        Format::Json => json::render(&shown, &omitted, &sources),
        Format::Github => github::render(&shown, &omitted, &sources),
    }
}

/// Puts diagnostics into order by file, place, code and message.
///
/// What is about a whole file comes before what is about bytes of it.
pub fn sort(diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by(|a, b| order(a).cmp(&order(b)));
}

/// The numbers of errors and warnings.
pub fn tally(diagnostics: &[Diagnostic]) -> (usize, usize) {
    let count = |severity| diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count();
    (count(Severity::Error), count(Severity::Warning))
}

fn order(diagnostic: &Diagnostic) -> (&str, Option<usize>, &str, &str) {
    let start = diagnostic.place.span.as_ref().map(|span| span.start);
    (&diagnostic.place.file, start, diagnostic.code.name(), &diagnostic.message)
}

/// Diagnostics left out, counted by code.
#[derive(Debug, Default)]
struct Omitted(BTreeMap<&'static str, usize>);

impl Omitted {
    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// `… and 124 more: 100 note-unused, 24 source-missing`, most frequent first.
    fn sentence(&self) -> String {
        let mut counts: Vec<(&str, usize)> = self.0.iter().map(|(code, count)| (*code, *count)).collect();
        counts.sort_by_key(|(_, count)| Reverse(*count));
        let all: usize = counts.iter().map(|(_, count)| count).sum();
        let parts: Vec<String> = counts.iter().map(|(code, count)| format!("{count} {code}")).collect();
        format!("… and {all} more: {}", parts.join(", "))
    }
}

/// The diagnostics to show, at most `most`, in the given order, errors before warnings when there is no room for all.
fn choose(diagnostics: &[Diagnostic], most: usize) -> (Vec<&Diagnostic>, Omitted) {
    let (errors, _) = tally(diagnostics);
    let mut room_for_errors = errors.min(most);
    let mut room_for_warnings = most - room_for_errors;
    let mut shown = Vec::with_capacity(diagnostics.len().min(most));
    let mut omitted = Omitted::default();
    let mut room_for_advice = diagnostics.len();
    for diagnostic in diagnostics {
        let room = match diagnostic.severity {
            Severity::Advice => &mut room_for_advice,
            Severity::Error => &mut room_for_errors,
            Severity::Warning => &mut room_for_warnings,
        };
        if *room > 0 {
            *room -= 1;
            shown.push(diagnostic);
        } else {
            *omitted.0.entry(diagnostic.code.name()).or_default() += 1;
        }
    }
    (shown, omitted)
}
