//! What a volume and the edition's home page say about themselves.

use super::date::Edtf;
use super::document::{Editor, FrontMatter, Printed, Sort, SourcePosition};
use super::markup::{NoteNumbering, NoteSeriesRule, Pagination, Pattern, Signs};
use serde::Serialize;

/// Front matter of a volume's `_index.md`, or of the edition's.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
pub struct VolumeMatter {
    /// What a volume shares with every page: id, title, lang, rights, status, aliases …
    pub page: FrontMatter,
    /// `series`.
    pub series: Option<String>,
    /// `subseries`.
    pub subseries: Option<String>,
    /// `volume_number`.
    pub volume_number: Option<String>,
    /// `editors`.
    pub editors: Vec<Editor>,
    /// `publisher`.
    pub publisher: Option<String>,
    /// `place`.
    pub place: Option<String>,
    /// `published`.
    pub published: Option<String>,
    /// `covers`.
    pub covers: Option<Edtf>,
    /// `paginations`.
    pub paginations: Vec<Pagination>,
    /// `note_series`.
    pub note_series: Vec<NoteSeriesRule>,
    /// `note_numbering`.
    pub note_numbering: NoteNumbering,
    /// `signs`; `None` when the edition's hold.
    pub signs: Option<Signs>,
    /// `patterns`.
    pub patterns: Vec<Pattern>,
    /// `source_position`.
    pub source_position: SourcePosition,
    /// `sort`.
    pub sort: Sort,
    /// `order`.
    pub order: Vec<Printed>,
    /// Whether `kind: volume` is written.
    pub is_volume: bool,
}
