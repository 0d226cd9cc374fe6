//! Pages that are made from all documents of a volume or of the edition: lists and registers.

use super::mention::EntryId;
use super::register::RegisterKind;

/// A page that no file of its own stands for. [`crate::model::site::Site::generated`] has all, by address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Generated {
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
    /// An entry of a register.
    Entry {
        /// The entry.
        id: EntryId,
        /// Which of its pages, from 0.
        sheet: usize,
    },
}

impl Generated {
    /// The volume to which it belongs; none for pages of the edition.
    pub fn volume(&self) -> Option<usize> {
        match self {
            Generated::Pages(volume) => Some(*volume),
            Generated::Register { volume, .. } => *volume,
            Generated::Entry { id, .. } => id.volume,
        }
    }

    /// What it is, for diagnostics.
    pub fn what(&self) -> &'static str {
        match self {
            Generated::Pages(_) => "a page index",
            Generated::Register { .. } => "a register page",
            Generated::Entry { .. } => "the page of a register entry",
        }
    }

    /// Among which pages its size is counted.
    pub fn group(&self) -> &'static str {
        match self {
            Generated::Pages(_) => "list",
            Generated::Register { .. } => "register",
            Generated::Entry { .. } => "register entry",
        }
    }

    /// The id of a section whose text stands on it.
    pub fn introduced_by(&self) -> Option<&'static str> {
        match self {
            Generated::Pages(_) => Some("pages"),
            Generated::Register { kind, .. } => Some(kind.name()),
            Generated::Entry { .. } => None,
        }
    }
}
