//! Diagnostics: every problem an edition can have, as a value.
//!
//! A [`Diagnostic`] names its [`Code`], the file and the bytes it is about, what is wrong and what to do. Stages
//! collect them; only the command line prints them, through [`report`].

pub mod codes;
pub mod nearest;
pub mod report;

pub use codes::Code;

use std::ops::Range;
use std::sync::Arc;

/// How grave a diagnostic is. Errors keep the site from being replaced; advice is given to those who ask for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Nothing is wrong; something may be better. No setting makes it graver.
    Advice,
    /// The edition is published all the same.
    Warning,
    /// The edition is not published until this is mended.
    Error,
}

/// A place in a file: a range of bytes, counted from the start of the file as it lies on disk.
#[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Place {
    /// Path from the edition's root, with `/` between parts.
    pub file: Arc<str>,
    /// Bytes of the file; `None` when the whole file is meant.
    pub span: Option<Range<usize>>,
}

impl Place {
    /// The whole of a file.
    pub fn file(file: impl Into<Arc<str>>) -> Self {
        Place { file: file.into(), span: None }
    }

    /// Some bytes of a file.
    pub fn at(file: impl Into<Arc<str>>, span: Range<usize>) -> Self {
        Place { file: file.into(), span: Some(span) }
    }
}

/// One problem: what is wrong, where, and what to do about it.
///
/// Messages are lower case without a final stop; `help` says the mend.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Diagnostic {
    /// Which rule speaks.
    pub code: Code,
    /// Grave or not; set from the code, then changed by `check:` in site.yaml.
    pub severity: Severity,
    /// Where.
    pub place: Place,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// Other places that belong to it, each with a label (`first defined here`).
    pub related: Vec<(Place, String)>,
}

impl Diagnostic {
    /// A diagnostic with its code's own severity.
    pub fn new(code: Code, place: Place, message: impl Into<String>) -> Self {
        Diagnostic { code, severity: code.severity(), place, message: message.into(), help: None, related: Vec::new() }
    }

    /// Adds what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds another place that belongs to the problem.
    #[must_use]
    pub fn related(mut self, place: Place, label: impl Into<String>) -> Self {
        self.related.push((place, label.into()));
        self
    }

    /// Whether it keeps the site from being replaced.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// Line and column of a byte, both from 1; the column counts characters.
///
/// A byte inside a character counts as that character's start; one beyond the end as the end.
pub fn line_column(text: &str, byte: usize) -> (usize, usize) {
    let mut byte = byte.min(text.len());
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    let before = &text[..byte];
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    (before.matches('\n').count() + 1, before[start..].chars().count() + 1)
}
