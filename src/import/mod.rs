//! Turns editions that exist as TEI into the files that editors write.

pub mod calendar_head;
pub mod escape;
pub mod inline;
pub mod letters;
pub mod markdown;
pub mod source_note;
pub mod volume;
pub mod xml;
pub mod yaml;
