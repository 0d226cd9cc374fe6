//! Turns editions that exist as TEI into the files that editors write.

pub mod calendar_head;
pub mod source_note;
