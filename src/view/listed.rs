//! A document or an attachment as lists show it.

use super::head::{in_language, lang_of, page_link, volume_link};
use crate::model::date::{DateWords, Edtf, Precision};
use crate::model::html::Html;
use crate::model::listing::Item;
use crate::model::record::{Day, Named};
use crate::model::site::{Page, Site, relative};
use crate::model::view::{Link, ListedView};

/// A list on a page.
#[derive(Clone, Copy)]
pub struct Listing<'a> {
    /// The edition.
    pub site: &'a Site,
    /// Volume of the list; none for one of the edition.
    pub volume: Option<usize>,
    /// Address of the page.
    pub path: &'a str,
    /// Whether the day follows from the place of an entry.
    pub by_day: bool,
}

impl<'a> Listing<'a> {
    /// Language of the list.
    pub fn lang(&self) -> &'a str {
        let volume = self.volume.and_then(|volume| self.site.volumes.get(volume));
        volume.map_or(&self.site.settings.lang, |volume| &volume.lang)
    }

    /// An entry.
    pub fn entry(&self, item: Item) -> ListedView {
        let page = &self.site.pages[item.page];
        let (outline, record) = (&page.outline, item.record(self.site));
        let attachment = item.part.map(|_| record);
        let own = page_link(self.site, page, self.path, self.lang());
        let day = record.date.day();
        let names = |names: &[Named]| names.iter().map(|name| name.name.to_string()).collect();
        let volume = page.volume.filter(|_| self.volume.is_none() && !self.site.is_single());
        let chronology = self.site.chronologies.get(&page.volume);
        ListedView {
            link: attachment.map_or_else(|| own.clone(), |_| self.part(item, page)),
            kind: outline.kind.name(),
            date: day.filter(|day| !(self.by_day && is_plain_day(&day.edtf))).map(|day| self.date(day)),
            basis: day.map_or("stated", |day| day.basis.name()),
            cert: day.and_then(|day| day.cert).map(crate::model::document::Certainty::name),
            volume: volume
                .and_then(|volume| self.site.volumes.get(volume))
                .map(|volume| volume_link(volume, self.path, self.lang())),
            within: attachment.map(|_| own),
            label: attachment.and_then(|record| record.label.as_deref()).map(str::to_owned),
            from: attachment.map_or_else(Vec::new, |record| names(&record.from)),
            to: attachment.map_or_else(Vec::new, |record| names(&record.to)),
            stray: item.part.is_none() && chronology.is_some_and(|it| it.stray.contains(&item.page)),
        }
    }

    /// A date as the edition prints it, unless that leaves out what makes the difference here.
    fn date(&self, day: &Day) -> String {
        let words = DateWords::for_language(self.lang());
        let printed = day.display.as_deref().filter(|printed| !self.by_day && names_year(printed, &day.edtf, &words));
        printed.map_or_else(|| day.edtf.display(&words), str::to_owned)
    }

    /// All entries.
    pub fn entries(&self, items: &[Item]) -> Vec<ListedView> {
        items.iter().map(|&item| self.entry(item)).collect()
    }

    /// An attachment, where it stands on the page of its document.
    fn part(&self, item: Item, page: &Page) -> Link {
        let record = item.record(self.site);
        let href = relative(self.path, &page.path);
        let href = if record.anchor.is_empty() { href } else { format!("{href}#{}", record.anchor) };
        let title = record.title.as_ref().map(|title| Html::text(title)).unwrap_or_default();
        let lang = record.lang.as_deref().unwrap_or_else(|| lang_of(self.site, page));
        let title = if title.is_empty() { title } else { in_language(title, lang, self.lang()) };
        Link { href, title, number: None }
    }
}

/// Whether a printed date names a year in which the date begins or ends, as a list that is not of one year needs it.
fn names_year(printed: &str, date: &Edtf, words: &DateWords) -> bool {
    let years = [date.earliest(), date.latest()].into_iter().flatten().map(|day| day.year);
    years.into_iter().any(|year| printed.contains(&words.year(year)))
}

/// Whether a date says a day and nothing else.
fn is_plain_day(date: &Edtf) -> bool {
    let plain = !date.is_range() && !date.is_approximate() && !date.is_uncertain();
    plain && date.precision() == Precision::Day
}
