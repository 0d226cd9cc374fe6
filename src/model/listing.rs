//! Documents and attachments in lists: by date, by genre, by correspondent.

use super::record::Record;
use super::site::{PageId, Site};

/// No page lists more documents than these without being split.
pub const MOST: usize = 1000;

/// A document, or one of its attachments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Item {
    /// The document.
    pub page: PageId,
    /// Place of the attachment in its list; none for the document itself.
    pub part: Option<usize>,
}

impl Item {
    /// The documents of a volume and their attachments, in order.
    pub fn all(site: &Site, documents: impl IntoIterator<Item = PageId>) -> impl Iterator<Item = (Item, &Record)> {
        documents.into_iter().flat_map(|page| {
            let outline = &site.pages[page].outline;
            let parts = outline.attachments.iter().enumerate();
            let parts = parts.map(move |(part, record)| (Item { page, part: Some(part) }, record));
            std::iter::once((Item { page, part: None }, &outline.record)).chain(parts)
        })
    }

    /// What is known of it.
    pub fn record(self, site: &Site) -> &Record {
        let outline = &site.pages[self.page].outline;
        self.part.and_then(|part| outline.attachments.get(part)).unwrap_or(&outline.record)
    }
}

/// How many pages a list takes; one when it is empty.
pub fn parts(items: usize) -> usize {
    items.div_ceil(MOST).max(1)
}

/// One part of a list, from 1.
pub fn part<T>(items: &[T], number: usize) -> &[T] {
    items.chunks(MOST).nth(number.saturating_sub(1)).unwrap_or_default()
}
