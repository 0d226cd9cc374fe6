//! Bringing an edition in: XML or plain text becomes files that an editor can read and correct.
//!
//! ```text
//! read → understand → Markdown and YAML → place → report
//! ```
//!
//! - [`xml`] reads a file and refuses what cannot be read; [`tei`] walks it and makes [`inline`] and [`markdown`]
//!   values of what it understands, naming what it does not;
//! - [`markdown`], [`escape`] and [`yaml`] write these in the form of the authors' manual, so that the program's own
//!   parser reads the same text back;
//! - [`place`] puts the files into the content folder without touching what an editor has changed;
//! - [`report`] says what was found and what was written.
//!
//! Nothing that an import finds stays implicit: it stands in the files, or in the report.

pub mod calendar_head;
pub mod choice;
pub mod escape;
pub mod genre;
pub mod inline;
pub mod letters;
pub mod lost;
pub mod markdown;
pub mod place;
pub mod rend;
pub mod report;
pub mod source_note;
pub mod tei;
pub mod text;
pub mod volume;
pub mod xml;
pub mod yaml;

#[cfg(test)]
mod tests;
