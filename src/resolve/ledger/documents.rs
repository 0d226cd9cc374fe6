//! Whether a document still is the one that was published under its id.

use super::record::{self, now};
use crate::model::ledger::{Identity, Published};
use crate::model::outline::Outline;
use crate::model::site::{Page, Site};
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

/// The documents of an edition by what tells them apart; made only where one has to be told from another.
pub(super) struct Documents<'a> {
    site: &'a Site,
    identities: OnceCell<BTreeMap<Identity, Vec<&'a Page>>>,
    common: OnceCell<BTreeSet<u16>>,
}

/// How much of the words that a document had are in another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Kept {
    /// Paragraphs and notes whose first words are there.
    there: usize,
    /// All that tell anything.
    all: usize,
}

impl Kept {
    fn is_most(self) -> bool {
        self.all > 0 && self.there * 2 >= self.all
    }
}

/// What is found at the address of a document.
pub(super) enum Found<'a> {
    /// The document.
    Itself,
    /// Another one; what was published is in the document of this page, if it is anywhere.
    Another(Option<&'a Page>),
}

impl<'a> Documents<'a> {
    pub fn of(site: &'a Site) -> Self {
        Documents { site, identities: OnceCell::new(), common: OnceCell::new() }
    }

    /// A document is another where most of its words are others and, besides, its title or its date is, or the one that
    /// was published is found elsewhere. Where there are no words to go by, title and date must both be others.
    pub fn found(&self, then: &Published, page: &Page) -> Found<'a> {
        let outline = &*page.outline;
        let (Some(then_id), now_id) = (then.identity, record::identity(outline)) else { return Found::Itself };
        let same_words = then.paragraphs == now(outline).paragraphs && !then.paragraphs.is_empty();
        if then_id == now_id && same_words {
            return Found::Itself;
        }
        let kept = self.kept(then, outline);
        if kept.is_most() {
            return Found::Itself;
        }
        if let Some(heir) = self.heir_by_words(then, then_id, page) {
            return Found::Another(Some(heir));
        }
        let is_another = match kept.all {
            0 => then_id.title != now_id.title && then_id.date.is_some() && then_id.date != now_id.date,
            _ => then_id != now_id,
        };
        if is_another { Found::Another(self.heir(then)) } else { Found::Itself }
    }

    /// The only document that has the title and the date of one that is missed.
    pub fn heir(&self, then: &Published) -> Option<&'a Page> {
        match self.with(then.identity?) {
            [page] => Some(page),
            _ => None,
        }
    }

    /// The other document that has title, date and words of one that was published.
    fn heir_by_words(&self, then: &Published, identity: Identity, page: &Page) -> Option<&'a Page> {
        let others = self.with(identity).iter().filter(|other| other.path != page.path);
        let kept = others.map(|other| (self.kept(then, &other.outline), *other)).filter(|(kept, _)| kept.is_most());
        kept.max_by_key(|(kept, _)| kept.there).map(|(_, other)| other)
    }

    fn with(&self, identity: Identity) -> &[&'a Page] {
        let identities = self.identities.get_or_init(|| {
            let mut identities: BTreeMap<Identity, Vec<&Page>> = BTreeMap::new();
            for page in self.site.pages.iter().filter(|page| page.published) {
                identities.entry(record::identity(&page.outline)).or_default().push(page);
            }
            identities
        });
        identities.get(&identity).map_or(&[], Vec::as_slice)
    }

    fn kept(&self, then: &Published, outline: &Outline) -> Kept {
        let openings = &outline.openings;
        let short = |place: usize| openings.short.iter().any(|short| *short as usize == place + 1);
        let (mut words, mut nothing) = (BTreeSet::new(), BTreeSet::new());
        for (place, hash) in openings.paragraphs.iter().enumerate() {
            if short(place) {
                nothing.insert(*hash)
            } else {
                words.insert(*hash)
            };
        }
        words.extend(&openings.notes);
        let common = self.common();
        let hashes = then.paragraphs.iter().chain(then.notes.values()).flatten();
        let telling: Vec<&u16> = hashes.filter(|hash| !common.contains(hash) && !nothing.contains(hash)).collect();
        Kept { there: telling.iter().filter(|hash| words.contains(hash)).count(), all: telling.len() }
    }

    /// First words that far more documents have than chance would give them: forms of address, headings of telegrams.
    fn common(&self) -> &BTreeSet<u16> {
        self.common.get_or_init(|| {
            let mut counts: BTreeMap<u16, usize> = BTreeMap::new();
            for page in self.site.pages.iter().filter(|page| page.published) {
                let openings = &page.outline.openings;
                let hashes: BTreeSet<u16> = openings.paragraphs.iter().chain(&openings.notes).copied().collect();
                hashes.into_iter().for_each(|hash| *counts.entry(hash).or_insert(0) += 1);
            }
            let all: usize = counts.values().sum();
            let many = 4 + 4 * all / 4096;
            counts.into_iter().filter(|(_, count)| *count > many).map(|(hash, _)| hash).collect()
        })
    }
}

/// Which of title and date are others.
pub(super) fn others(then: Identity, now: Identity) -> &'static str {
    match (then.title == now.title, then.date == now.date) {
        (false, false) => "title, date and text are all others",
        (false, true) => "title and text are others",
        (true, false) => "date and text are others",
        (true, true) => "its text is that of another",
    }
}
