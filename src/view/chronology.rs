//! Documents by their dates: the overview, a year, a month, and what has no date.

use super::Words;
use super::head::{Constants, Parts, head, page_link};
use super::listed::Listing;
use super::lists::volume_crumb;
use super::picture::{Unit, picture, year_id};
use crate::model::chronology::{Chronology, ChronologyPage, Slot, slot};
use crate::model::date::{Date, DateWords, Edtf, Qualifier, When};
use crate::model::html::Html;
use crate::model::listing::{self, Item};
use crate::model::site::{PageId, Site, Volume, relative};
use crate::model::view::{
    ChronologyView, CountLink, DayList, Head, Link, MonthList, StrayView, UndatedView, YearLink, YearList, YearView,
};
use std::collections::BTreeMap;

/// More documents of earlier years than these are not listed one by one.
const REACHING: usize = 100;

/// That of an edition without dates, which has no page.
static NONE: Chronology = Chronology::NONE;

/// Where a page of a chronology stands, and where its times lead.
pub struct Place<'a> {
    list: Listing<'a>,
    words: DateWords,
    chronology: &'a Chronology,
}

impl<'a> Place<'a> {
    /// A page of the chronology of a volume or of the edition.
    pub fn new(site: &'a Site, volume: Option<usize>, path: &'a str) -> Self {
        let list = Listing { site, volume, path, by_day: true };
        let words = DateWords::for_language(list.lang());
        Place { list, words, chronology: site.chronologies.get(&volume).unwrap_or(&NONE) }
    }

    fn volume(&self) -> Option<&'a Volume> {
        self.list.volume.and_then(|volume| self.list.site.volumes.get(volume))
    }

    /// The relative address of a page of the chronology.
    fn page(&self, page: ChronologyPage) -> String {
        let file = page.file();
        relative(self.list.path, &self.volume().map_or_else(|| file.clone(), |volume| volume.address(&file)))
    }

    /// A year in words.
    pub fn year(&self, year: i32) -> String {
        self.words.year(year)
    }

    /// A month in three letters.
    pub fn short(&self, month: u8) -> String {
        self.words.month(month).chars().take(3).collect()
    }

    fn month(&self, year: i32, month: u8) -> String {
        let date = Date { when: When::Month(year, month), qualifier: Qualifier::Exact };
        Edtf::Date(date).display(&self.words)
    }

    /// What a bar of the picture stands for.
    pub fn name(&self, slot: Slot, unit: Unit) -> String {
        let size = match unit {
            Unit::Month => {
                return slot.month.map_or_else(|| self.year(slot.year), |month| self.month(slot.year, month));
            }
            Unit::Years(1) => return self.year(slot.year),
            Unit::Years(size) => i32::try_from(size).unwrap_or(1),
        };
        let first = slot.year.div_euclid(size).saturating_mul(size);
        format!("{}–{}", self.year(first), self.year(first.saturating_add(size - 1)))
    }

    /// Where a bar of the picture leads.
    pub fn address(&self, slot: Slot, unit: Unit) -> String {
        match unit {
            Unit::Month => self.to_month(slot.year, slot.month),
            Unit::Years(1) => self.to_year(slot.year),
            Unit::Years(_) => format!("#{}", year_id(slot.year)),
        }
    }

    fn to_year(&self, year: i32) -> String {
        if self.chronology.by_year { self.page(ChronologyPage::Year(year)) } else { format!("#{}", year_id(year)) }
    }

    fn to_month(&self, year: i32, month: Option<u8>) -> String {
        if !self.chronology.by_year {
            return format!("#{}", month_id(year, month));
        }
        if self.chronology.is_split(year) {
            return self.page(ChronologyPage::Month { year, month, part: 1 });
        }
        let page = ChronologyPage::Year(year);
        // The page itself needs no name.
        let path = Some(self.page(page)).filter(|path| !self.list.path.ends_with(&page.file()) || path.contains('/'));
        format!("{}#{}", path.unwrap_or_default(), month_id(year, month))
    }

    fn head(&self, title: &str, words: &Words, with_overview: bool) -> Head {
        let (site, path) = (self.list.site, self.list.path);
        let name = words.get("chronology");
        let volume = self.volume().filter(|volume| !volume.at_root);
        let mut crumbs = volume.map_or_else(Vec::new, |volume| volume_crumb(site, volume, path));
        if with_overview {
            crumbs.push(Link { href: self.page(ChronologyPage::Overview), title: Html::text(&name), number: None });
        }
        let mut parts: Vec<String> = vec![name];
        parts.extend(Some(title.to_owned()).filter(|title| !title.is_empty()));
        parts.extend(volume.map(|volume| volume.outline.title.to_string()));
        let title = parts.join(" · ");
        let constants = Constants::of(site);
        let parts =
            Parts { kind: "chronology", path, title, description: None, lang: self.list.lang(), crumbs, draft: false };
        head(constants, parts)
    }

    fn volume_title(&self) -> Option<Html> {
        self.volume().filter(|volume| !volume.at_root).map(|volume| volume.outline.list_title())
    }

    /// The items of a year, by month and day.
    fn list(&self, year: i32, items: &[Item]) -> YearList {
        let site = self.list.site;
        let of = |item: &Item| slot(site, *item).map(|slot| (slot.month, slot.day));
        let months = items.chunk_by(|one, other| of(one).map(|it| it.0) == of(other).map(|it| it.0));
        let month = |items: &[Item]| {
            let month = items.first().and_then(&of).and_then(|(month, _)| month);
            let days = items.chunk_by(|one, other| of(one) == of(other)).map(|items| {
                let day = items.first().and_then(&of).and_then(|(month, day)| month.zip(day));
                DayList {
                    title: day.map(|(month, day)| self.words.day_of_month(month, day)),
                    entries: self.list.entries(items),
                }
            });
            MonthList {
                id: month_id(year, month),
                title: month.map(|month| self.month(year, month)),
                days: days.collect(),
            }
        };
        YearList { id: year_id(year), title: self.year(year), months: months.map(month).collect() }
    }

    fn months(&self, year: i32) -> Vec<CountLink> {
        let link = |(month, items): (Option<u8>, &[Item])| CountLink {
            title: month.map_or_else(|| self.year(year), |month| self.month(year, month)),
            href: self.to_month(year, month),
            count: items.len(),
        };
        self.chronology.months(self.list.site, year).into_iter().map(link).collect()
    }

    /// How many items stand at each month of some years.
    fn slots(&self, years: impl Iterator<Item = i32>) -> BTreeMap<(i32, Option<u8>), usize> {
        let counts = |year| {
            self.chronology
                .months(self.list.site, year)
                .into_iter()
                .map(move |(month, items)| ((year, month), items.len()))
        };
        years.flat_map(counts).collect()
    }
}

fn month_id(year: i32, month: Option<u8>) -> String {
    let month = month.map_or_else(|| "other".to_owned(), |month| format!("{month:02}"));
    format!("m{}-{month}", crate::model::chronology::year_name(year))
}

/// All years.
pub fn overview(place: &Place<'_>, words: &Words) -> ChronologyView {
    let chronology = place.chronology;
    let (site, list) = (place.list.site, place.list);
    let years = || chronology.years.iter();
    let span = years()
        .next_back()
        .zip(years().next())
        .map_or(0, |((last, _), (first, _))| i64::from(*last) - i64::from(*first) + 1);
    let by_month = Unit::of(span) == Unit::Month;
    let year = |(&year, items): (&i32, &Vec<Item>)| YearLink {
        id: if chronology.by_year { year_id(year) } else { String::new() },
        year: CountLink { title: place.year(year), href: place.to_year(year), count: items.len() },
        months: if by_month { place.months(year) } else { Vec::new() },
    };
    let here = |items: &[Item]| if chronology.by_year { Vec::new() } else { list.entries(items) };
    let listed = years().filter(|_| !chronology.by_year).map(|(&year, items)| place.list(year, items));
    let without_date = chronology.undated.len() + chronology.missing.len();
    let attachments = years().flat_map(|(_, items)| items).filter(|item| item.part.is_some()).count();
    ChronologyView {
        head: place.head("", words, false),
        volume: place.volume_title(),
        dated: chronology.len() - attachments - without_date,
        attachments,
        without_date,
        undated_href: (chronology.by_year && without_date > 0).then(|| place.page(ChronologyPage::Undated(1))),
        picture: picture(&place.slots(chronology.years.keys().copied()), place),
        years: years().map(year).collect(),
        listed: listed.collect(),
        undated: here(&chronology.undated),
        missing: here(&chronology.missing),
        stray: chronology.stray_in_order(site, list.volume).into_iter().map(|id| stray(place, id)).collect(),
    }
}

/// A document that stands out of date order, between those before and after it.
fn stray(place: &Place<'_>, id: PageId) -> StrayView {
    let site = place.list.site;
    let list = Listing { by_day: false, ..place.list };
    let volume = site.volume_of(&site.pages[id]);
    let beside = |step: isize| {
        let volume = volume?;
        let at = volume.positions.get(&id)?.checked_add_signed(step)?;
        let other = *volume.documents.get(at)?;
        Some(page_link(site, &site.pages[other], list.path, list.lang()))
    };
    StrayView { entry: list.entry(Item { page: id, part: None }), after: beside(-1), before: beside(1) }
}

/// One year.
pub fn year(place: &Place<'_>, year: i32, words: &Words) -> YearView {
    let chronology = place.chronology;
    let items = chronology.years.get(&year).map_or(&[][..], Vec::as_slice);
    let reaching = chronology.reaching.get(&year).map_or(&[][..], Vec::as_slice);
    let many = reaching.len() > REACHING;
    let split = chronology.is_split(year);
    let beside = |year: Option<(&i32, &Vec<Item>)>| {
        year.map(|(&year, _)| place_link(place, ChronologyPage::Year(year), place.year(year)))
    };
    YearView {
        head: place.head(&place.year(year), words, true),
        title: place.year(year),
        volume: place.volume_title(),
        documents: items.len(),
        previous: beside(chronology.years.range(..year).next_back()),
        next: beside(chronology.years.range(year.saturating_add(1)..).next()),
        picture: picture(&place.slots(std::iter::once(year)), place),
        months: if split { place.months(year) } else { Vec::new() },
        list: (!split).then(|| place.list(year, items)),
        reaching: if many { Vec::new() } else { Listing { by_day: false, ..place.list }.entries(reaching) },
        reaching_years: if many { reaching_years(place, reaching) } else { Vec::new() },
    }
}

fn reaching_years(place: &Place<'_>, reaching: &[Item]) -> Vec<CountLink> {
    let mut years: BTreeMap<i32, usize> = BTreeMap::new();
    for slot in reaching.iter().filter_map(|item| slot(place.list.site, *item)) {
        *years.entry(slot.year).or_default() += 1;
    }
    let link = |(year, count)| CountLink { title: place.year(year), href: place.to_year(year), count };
    years.into_iter().map(link).collect()
}

/// One month of a year with very many documents, or a part of it.
pub fn month(place: &Place<'_>, year: i32, month: Option<u8>, part: usize, words: &Words) -> YearView {
    let months = place.chronology.months(place.list.site, year);
    let at = months.iter().position(|(other, _)| *other == month);
    let all = at.and_then(|at| months.get(at)).map_or(&[][..], |(_, items)| items);
    let items = listing::part(all, part);
    let name = |month: Option<u8>| month.map_or_else(|| place.year(year), |month| place.month(year, month));
    let title = name(month);
    let link =
        |month: Option<u8>, part: usize| place_link(place, ChronologyPage::Month { year, month, part }, name(month));
    let other = |at: Option<usize>| months.get(at?).map(|(month, items)| (*month, items.len()));
    let before = other(at.and_then(|at| at.checked_sub(1)));
    let after = other(at.map(|at| at + 1));
    YearView {
        head: place.head(&title, words, true),
        title,
        volume: place.volume_title(),
        documents: all.len(),
        previous: if part > 1 {
            Some(link(month, part - 1))
        } else {
            before.map(|(month, count)| link(month, listing::parts(count)))
        },
        next: if part < listing::parts(all.len()) {
            Some(link(month, part + 1))
        } else {
            after.map(|(month, _)| link(month, 1))
        },
        picture: None,
        months: Vec::new(),
        list: Some(place.list(year, items)),
        reaching: Vec::new(),
        reaching_years: Vec::new(),
    }
}

/// What has no date.
pub fn undated(place: &Place<'_>, part: usize, words: &Words) -> UndatedView {
    let chronology = place.chronology;
    let all = chronology.without_date();
    let items = listing::part(&all, part);
    let known = chronology.undated.len().saturating_sub((part - 1) * listing::MOST).min(items.len());
    let (undated, missing) = items.split_at(known);
    let link = |part: usize| place_link(place, ChronologyPage::Undated(part), format!("{part}"));
    UndatedView {
        head: place.head(&words.get("undated"), words, true),
        volume: place.volume_title(),
        documents: all.len(),
        previous: (part > 1).then(|| link(part - 1)),
        next: (part < listing::parts(all.len())).then(|| link(part + 1)),
        undated: place.list.entries(undated),
        missing: place.list.entries(missing),
    }
}

fn place_link(place: &Place<'_>, page: ChronologyPage, title: String) -> Link {
    Link { href: place.page(page), title: Html::text(&title), number: None }
}
