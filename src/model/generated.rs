//! Pages that are made from all documents of a volume or of the edition: lists and registers.

use super::browse::BrowsePage;
use super::chronology::ChronologyPage;
use super::mention::EntryId;
use super::register::RegisterKind;

/// A page that no file of its own stands for. [`crate::model::site::Site::generated`] has all, by address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Generated {
    /// What is known of how far everyone can use the pages.
    Accessibility,
    /// How the edition was made, in data.
    Colophon,
    /// How the texts were made, with the legend of signs.
    Method,
    /// The search.
    Search,
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
    /// An entry of a register.
    Entry {
        /// The entry.
        id: EntryId,
        /// Which of its pages, from 0.
        sheet: usize,
    },
    /// The list of archives.
    Archives {
        /// The volume that is the whole edition.
        volume: Option<usize>,
    },
    /// What lies in an archive, or a list of the same form.
    Archive {
        /// The volume that is the whole edition.
        volume: Option<usize>,
        /// Place in [`crate::model::archives::Archives::parts`].
        part: usize,
        /// Its page, from 0.
        page: usize,
    },
    /// The calendar of documents of a volume.
    Calendar {
        /// The volume.
        volume: usize,
        /// Its page, from 0.
        page: usize,
    },
}

impl Generated {
    /// The volume to which it belongs; none for pages of the edition.
    pub fn volume(&self) -> Option<usize> {
        match self {
            Generated::Accessibility | Generated::Colophon | Generated::Method | Generated::Search => None,
            Generated::Pages(volume) => Some(*volume),
            Generated::Register { volume, .. }
            | Generated::Archives { volume }
            | Generated::Archive { volume, .. }
            | Generated::Chronology(volume, _) => *volume,
            Generated::Entry { id, .. } => id.volume,
            Generated::Calendar { volume, .. } => Some(*volume),
            Generated::Browse(_) => None,
        }
    }

    /// What it is, for diagnostics.
    pub fn what(&self) -> &'static str {
        match self {
            Generated::Accessibility => "the statement on accessibility",
            Generated::Colophon => "the colophon",
            Generated::Method => "the page on method",
            Generated::Search => "the search page",
            Generated::Pages(_) => "a page index",
            Generated::Chronology(..) => "a page of the chronology",
            Generated::Browse(_) => "a list of documents",
            Generated::Register { .. } => "a register page",
            Generated::Entry { .. } => "the page of a register entry",
            Generated::Archives { .. } | Generated::Archive { .. } => "a page of the archives",
            Generated::Calendar { .. } => "the calendar of documents",
        }
    }

    /// Among which pages its size is counted.
    pub fn group(&self) -> &'static str {
        match self {
            Generated::Accessibility | Generated::Colophon | Generated::Method | Generated::Search => "page",
            Generated::Pages(_) | Generated::Chronology(..) | Generated::Browse(_) => "list",
            Generated::Register { .. } => "register",
            Generated::Entry { .. } => "register entry",
            Generated::Archives { .. } | Generated::Archive { .. } => "archive",
            Generated::Calendar { .. } => "calendar",
        }
    }

    /// As which way into the edition or the volume it is offered, if it is.
    pub fn way(&self) -> Option<&'static str> {
        match self {
            Generated::Accessibility => Some("accessibility"),
            Generated::Colophon => Some("colophon"),
            Generated::Method => Some("method"),
            Generated::Pages(_) => Some("pages"),
            Generated::Archives { .. } => Some("archives"),
            Generated::Calendar { page: 0, .. } => Some("calendar"),
            Generated::Chronology(_, ChronologyPage::Overview) => Some("chronology"),
            Generated::Browse(BrowsePage::Overview) => Some("browse"),
            _ => None,
        }
    }

    /// Whether its address is recorded as published: that of a whole list, which does not come and go with a document.
    pub fn is_lasting(&self) -> bool {
        self.way().is_some() || matches!(self, Generated::Register { .. } | Generated::Search)
    }

    /// The id of a section whose text stands on it.
    pub fn introduced_by(&self) -> Option<&'static str> {
        match self {
            Generated::Accessibility => Some("accessibility"),
            Generated::Colophon => Some("colophon"),
            Generated::Method => Some("method"),
            Generated::Search => Some("search"),
            Generated::Pages(_) => Some("pages"),
            Generated::Browse(_) => None,
            Generated::Chronology(_, page) => (*page == ChronologyPage::Overview).then_some("chronology"),
            Generated::Register { kind, .. } => Some(kind.name()),
            Generated::Entry { .. } => None,
            Generated::Archives { .. } => Some("archives"),
            Generated::Calendar { page: 0, .. } => Some("calendar"),
            Generated::Archive { .. } | Generated::Calendar { .. } => None,
        }
    }
}
