//! Pages that are made from all documents of a volume or of the edition: lists and registers.

use super::register::RegisterKind;

/// A page that no file of its own stands for. [`crate::model::site::Site::generated`] has all, by address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Generated {
    /// How the edition was made, in data.
    Colophon,
    /// How the texts were made, with the legend of signs.
    Method,
    /// The search.
    Search,
    /// The page index of a volume.
    Pages(usize),
    /// A register.
    Register {
        /// Its volume; none for those of the edition.
        volume: Option<usize>,
        /// Kind.
        kind: RegisterKind,
        /// Place in [`crate::model::site::Site::registers_of`].
        number: usize,
    },
}

impl Generated {
    /// The volume to which it belongs; none for pages of the edition.
    pub fn volume(&self) -> Option<usize> {
        match self {
            Generated::Colophon | Generated::Method | Generated::Search => None,
            Generated::Pages(volume) => Some(*volume),
            Generated::Register { volume, .. } => *volume,
        }
    }

    /// What it is, for diagnostics.
    pub fn what(&self) -> &'static str {
        match self {
            Generated::Colophon => "the colophon",
            Generated::Method => "the page on method",
            Generated::Search => "the search page",
            Generated::Pages(_) => "a page index",
            Generated::Register { .. } => "a register page",
        }
    }

    /// Among which pages its size is counted.
    pub fn group(&self) -> &'static str {
        match self {
            Generated::Colophon | Generated::Method | Generated::Search => "page",
            Generated::Pages(_) => "list",
            Generated::Register { .. } => "register",
        }
    }

    /// As which way into the edition or the volume it is offered, if it is.
    pub fn way(&self) -> Option<&'static str> {
        match self {
            Generated::Colophon => Some("colophon"),
            Generated::Method => Some("method"),
            Generated::Pages(_) => Some("pages"),
            Generated::Register { .. } | Generated::Search => None,
        }
    }

    /// The id of a section whose text stands on it.
    pub fn introduced_by(&self) -> Option<&'static str> {
        match self {
            Generated::Colophon => Some("colophon"),
            Generated::Method => Some("method"),
            Generated::Search => Some("search"),
            Generated::Pages(_) => Some("pages"),
            Generated::Register { kind, .. } => Some(kind.name()),
        }
    }
}
