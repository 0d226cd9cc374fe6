//! The documents of an edition or a volume by their dates, and the pages that list them.

use super::date::{Edtf, Precision, SortKey};
use super::listing::{self, Item, MOST};
use super::site::{PageId, Site};
use std::collections::{BTreeMap, BTreeSet};

/// A date is pointed to from so many years after its first one, as far as it reaches.
pub const REACH: i32 = 10;

/// The documents of an edition or a volume, with the attachments that have a date of their own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Chronology {
    /// Those of each year, in order.
    pub years: BTreeMap<i32, Vec<Item>>,
    /// What stands at an earlier year and reaches into this one.
    pub reaching: BTreeMap<i32, Vec<Item>>,
    /// Known to be undated, in the order of the edition.
    pub undated: Vec<Item>,
    /// No date is stated.
    pub missing: Vec<Item>,
    /// Documents that stand out of date order in their section.
    pub stray: BTreeSet<PageId>,
    /// Whether each year has a page of its own.
    pub by_year: bool,
}

/// A page of a chronology.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChronologyPage {
    /// All years.
    Overview,
    /// One year.
    Year(i32),
    /// A month of a year with many documents; none for those whose month is not known.
    Month {
        /// Year.
        year: i32,
        /// Month.
        month: Option<u8>,
        /// Part, from 1, of a month with very many.
        part: usize,
    },
    /// What has no date: a part, from 1.
    Undated(usize),
}

/// Where a date stands in a chronology: as closely as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    /// Year: 0 is 1 BC.
    pub year: i32,
    /// Month, where it is known.
    pub month: Option<u8>,
    /// Day of the month, where it is known.
    pub day: Option<u8>,
}

impl Slot {
    /// The place of a date: its first day as far as that is known, or its last one where it has no beginning.
    pub fn of(date: &Edtf) -> Option<Slot> {
        let first = date.earliest().or(date.latest())?;
        let (month, day) = match date.precision() {
            Precision::Time | Precision::Day => (Some(first.month), Some(first.day)),
            Precision::Month => (Some(first.month), None),
            _ => (None, None),
        };
        Some(Slot { year: first.year, month, day })
    }

    /// What orders the dates of a year: days; then what is known to the month, after the days of the month; then what
    /// is known to the season or the year, after all months; then [`Edtf::sort_key`].
    pub fn key(&self, date: &Edtf) -> (u8, u8, SortKey) {
        (self.month.unwrap_or(u8::MAX), self.day.unwrap_or(u8::MAX), date.sort_key())
    }
}

impl Chronology {
    /// That of an edition without documents.
    pub const NONE: Chronology = Chronology {
        years: BTreeMap::new(),
        reaching: BTreeMap::new(),
        undated: Vec::new(),
        missing: Vec::new(),
        stray: BTreeSet::new(),
        by_year: false,
    };

    /// Whether the pages of a year are its months.
    pub fn is_split(&self, year: i32) -> bool {
        self.years.get(&year).is_some_and(|items| items.len() > MOST)
    }

    /// The items of a year by month; those whose month is not known come last.
    pub fn months<'c>(&'c self, site: &Site, year: i32) -> Vec<(Option<u8>, &'c [Item])> {
        let month = |item: &Item| slot(site, *item).and_then(|slot| slot.month);
        let items = self.years.get(&year).map_or(&[][..], Vec::as_slice);
        let groups = items.chunk_by(|one, other| month(one) == month(other));
        groups.map(|items| (items.first().and_then(month), items)).collect()
    }

    /// All without a date, as they are listed.
    pub fn without_date(&self) -> Vec<Item> {
        self.undated.iter().chain(&self.missing).copied().collect()
    }

    /// How many are listed.
    pub fn len(&self) -> usize {
        self.years.values().map(Vec::len).sum::<usize>() + self.undated.len() + self.missing.len()
    }

    /// Whether none has a date.
    pub fn is_empty(&self) -> bool {
        self.years.is_empty()
    }

    /// What stands out of date order in a volume, as it stands there.
    pub fn stray_in_order(&self, site: &Site, volume: Option<usize>) -> Vec<PageId> {
        let volume = volume.and_then(|volume| site.volumes.get(volume));
        let documents = volume.into_iter().flat_map(|volume| &volume.documents);
        documents.filter(|page| self.stray.contains(page)).copied().collect()
    }

    /// Its pages.
    pub fn pages(&self, site: &Site) -> Vec<ChronologyPage> {
        let mut pages = vec![ChronologyPage::Overview];
        if !self.by_year {
            return pages;
        }
        for &year in self.years.keys() {
            pages.push(ChronologyPage::Year(year));
            if self.is_split(year) {
                for (month, items) in self.months(site, year) {
                    let parts = 1..=listing::parts(items.len());
                    pages.extend(parts.map(|part| ChronologyPage::Month { year, month, part }));
                }
            }
        }
        let without = self.undated.len() + self.missing.len();
        if without > 0 {
            pages.extend((1..=listing::parts(without)).map(ChronologyPage::Undated));
        }
        pages
    }
}

/// Where an item stands, if it has a date.
pub fn slot(site: &Site, item: Item) -> Option<Slot> {
    Slot::of(&item.record(site).date.day()?.edtf)
}

/// A year as it stands in addresses: `1963`, `44-bce`.
pub fn year_name(year: i32) -> String {
    if year > 0 { year.to_string() } else { format!("{}-bce", 1 - i64::from(year)) }
}

impl ChronologyPage {
    /// Its file: `chronology.html`, `chronology/1963.html`, `chronology/1914-07.html`, `chronology/undated.html`.
    pub fn file(&self) -> String {
        let numbered = |part: usize| if part > 1 { format!("-{part}") } else { String::new() };
        match *self {
            ChronologyPage::Overview => "chronology.html".to_owned(),
            ChronologyPage::Year(year) => format!("chronology/{}.html", year_name(year)),
            ChronologyPage::Month { year, month, part } => {
                let month = month.map_or_else(|| "other".to_owned(), |month| format!("{month:02}"));
                format!("chronology/{}-{month}{}.html", year_name(year), numbered(part))
            }
            ChronologyPage::Undated(part) => format!("chronology/undated{}.html", numbered(part)),
        }
    }
}
