//! Documents by their dates, and those that stand out of date order.

use crate::model::chronology::{Chronology, REACH, Slot, slot};
use crate::model::date::{Day, Edtf, Precision};
use crate::model::document::Kind;
use crate::model::listing::{Item, MOST};
use crate::model::record::Dated;
use crate::model::site::{PageId, Site};
use std::collections::{BTreeMap, BTreeSet};

/// The chronologies of an edition: of the whole where it has several volumes, and of each published volume.
pub fn chronologies(site: &Site) -> BTreeMap<Option<usize>, Chronology> {
    let mut all = BTreeMap::new();
    for (number, volume) in site.volumes.iter().enumerate().filter(|(_, volume)| volume.published) {
        let chronology = chronology(site, &volume.documents);
        let by_year = site.is_single() || chronology.len() > MOST;
        all.insert(Some(number), Chronology { stray: stray(site, &volume.documents), by_year, ..chronology });
    }
    if !site.is_single() {
        let volumes = site.volumes.iter().filter(|volume| volume.published);
        let documents: Vec<PageId> = volumes.flat_map(|volume| &volume.documents).copied().collect();
        all.insert(None, Chronology { by_year: true, ..chronology(site, &documents) });
    }
    all.retain(|_, chronology| !chronology.is_empty());
    all
}

/// Documents in the order of the edition, by date. An attachment is listed where it has a date of its own, or none.
fn chronology(site: &Site, documents: &[PageId]) -> Chronology {
    let mut found = Chronology::default();
    for (item, record) in Item::all(site, documents.iter().copied()) {
        match &record.date {
            Dated::On(_) => {
                if let Some(slot) = slot(site, item) {
                    found.years.entry(slot.year).or_default().push(item);
                }
            }
            Dated::Undated => found.undated.push(item),
            // An editorial note has no date to be missed.
            Dated::Missing if item.part.is_none() && site.pages[item.page].outline.kind != Kind::EditorialNote => {
                found.missing.push(item);
            }
            Dated::Missing => {}
        }
    }
    for items in found.years.values_mut() {
        let date = |item: &Item| item.record(site).date.day().map(|day| day.edtf);
        items.sort_by_cached_key(|item| date(item).and_then(|date| Some(Slot::of(&date)?.key(&date))));
    }
    found.reaching = reaching(site, &found.years);
    found
}

/// What reaches over the end of its year, at each year that follows and has documents.
fn reaching(site: &Site, years: &BTreeMap<i32, Vec<Item>>) -> BTreeMap<i32, Vec<Item>> {
    let mut reaching: BTreeMap<i32, Vec<Item>> = BTreeMap::new();
    for (&year, items) in years {
        for &item in items {
            let last = item.record(site).date.day().and_then(|day| day.edtf.latest()).map_or(year, |day| day.year);
            let last = last.min(year.saturating_add(REACH));
            if last > year {
                years.range(year + 1..=last).for_each(|(&later, _)| reaching.entry(later).or_default().push(item));
            }
        }
    }
    reaching
}

/// Documents whose date is earlier or later than their place among those of their section says. Only dates that are known
/// to the day are judged; a section in which half stand out is not ordered by date.
fn stray(site: &Site, documents: &[PageId]) -> BTreeSet<PageId> {
    let ancestors = |page: &PageId| &site.pages[*page].ancestors;
    let mut stray = BTreeSet::new();
    for section in documents.chunk_by(|one, other| ancestors(one) == ancestors(other)) {
        let day = |&page: &PageId| Some((page, exact_day(site.pages[page].outline.date()?)?));
        let dated: Vec<(PageId, Day)> = section.iter().filter_map(day).collect();
        let kept = longest_rise(&dated);
        if (dated.len() - kept.len()) * 2 < dated.len() {
            stray.extend(dated.iter().map(|(page, _)| *page).filter(|page| !kept.contains(page)));
        }
    }
    stray
}

fn exact_day(date: &Edtf) -> Option<Day> {
    date.earliest().filter(|_| date.precision() <= Precision::Day)
}

/// The most documents that follow each other by date (patience sorting; Fredman 1975).
fn longest_rise(dated: &[(PageId, Day)]) -> BTreeSet<PageId> {
    // The last of the best rise of each length, and what comes before each.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(dated.len());
    let day = |at: usize| dated.get(at).map(|(_, day)| *day);
    for (at, (_, date)) in dated.iter().enumerate() {
        let length = ends.partition_point(|&end| day(end).is_some_and(|end| end <= *date));
        before.push(length.checked_sub(1).and_then(|length| ends.get(length)).copied());
        match ends.get_mut(length) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let mut rise = BTreeSet::new();
    let mut next = ends.last().copied();
    while let Some(at) = next {
        rise.extend(dated.get(at).map(|(page, _)| *page));
        next = before.get(at).copied().flatten();
    }
    rise
}

#[cfg(test)]
mod tests {
    use super::longest_rise;
    use crate::model::date::Day;

    #[test]
    fn what_breaks_the_order_is_left_out() {
        let days = [3, 1, 4, 4, 30, 5, 9, 2, 10];
        let dated: Vec<_> = days.iter().enumerate().map(|(at, day)| (at, Day::new(1963, 1, *day).unwrap())).collect();
        let rise: Vec<u8> = longest_rise(&dated).into_iter().map(|at| days[at]).collect();
        assert_eq!(rise, [1, 4, 4, 5, 9, 10]);
        assert!(longest_rise(&[]).is_empty());
    }
}
