//! Pages that are made from all documents of a volume or of the edition: lists and registers.

use super::browse::BrowsePage;
use super::chronology::ChronologyPage;
use super::register::RegisterKind;

/// A page that no file of its own stands for. [`crate::model::site::Site::generated`] has all, by address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Generated {
    /// The page index of a volume.
    Pages(usize),
    /// Documents by date: of a volume, or of the edition.
    Chronology(Option<usize>, ChronologyPage),
    /// Documents by genre, correspondent, topic or status.
    Browse(BrowsePage),
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
            Generated::Pages(volume) => Some(*volume),
            Generated::Chronology(volume, _) => *volume,
            Generated::Browse(_) => None,
            Generated::Register { volume, .. } => *volume,
        }
    }

    /// What it is, for diagnostics.
    pub fn what(&self) -> &'static str {
        match self {
            Generated::Pages(_) => "a page index",
            Generated::Chronology(..) => "a page of the chronology",
            Generated::Browse(_) => "a list of documents",
            Generated::Register { .. } => "a register page",
        }
    }

    /// Among which pages its size is counted.
    pub fn group(&self) -> &'static str {
        match self {
            Generated::Pages(_) | Generated::Chronology(..) | Generated::Browse(_) => "list",
            Generated::Register { .. } => "register",
        }
    }

    /// The id of a section whose text stands on it.
    pub fn introduced_by(&self) -> Option<&'static str> {
        match self {
            Generated::Pages(_) => Some("pages"),
            Generated::Browse(_) => None,
            Generated::Chronology(_, page) => (*page == ChronologyPage::Overview).then_some("chronology"),
            Generated::Register { kind, .. } => Some(kind.name()),
        }
    }
}
