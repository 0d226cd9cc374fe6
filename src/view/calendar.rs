//! The calendar of documents of a volume: number, heading, date, abstract, source.

use super::Words;
use super::archives::{attachment_address, cut, path_words};
use super::head::{Constants, Parts, head, in_language, lang_of, page_link, volume_link};
use crate::model::archives::{Item, MOST_LISTED, page_address};
use crate::model::date::DateWords;
use crate::model::document::Certainty;
use crate::model::html::Html;
use crate::model::record::{Day, Record};
use crate::model::site::{PageId, Site, Volume, relative};
use crate::model::view::{CalendarEntry, CalendarFiles, CalendarPart, CalendarSource, CalendarView, DateView};

/// The calendar of the whole edition as CSV.
pub const CSV: &str = "calendar.csv";

/// The calendar of the whole edition as JSON.
pub const JSON: &str = "calendar.json";

/// A page of the calendar of a volume, counted from 0.
pub fn calendar(site: &Site, volume: &Volume, page: usize, words: &Words) -> CalendarView {
    let base = volume.address("calendar");
    let path = page_address(&base, page);
    let lang = &site.settings.lang;
    let here = volume.documents.chunks(MOST_LISTED).nth(page).unwrap_or_default();
    let title = format!("{} · {}", words.get("calendar"), volume.outline.title);
    let crumbs = if volume.at_root { Vec::new() } else { vec![volume_link(volume, &path, lang)] };
    CalendarView {
        documents: volume.documents.len(),
        cut: cut(&base, page, volume.documents.len().div_ceil(MOST_LISTED)),
        files: CalendarFiles { csv: relative(&path, CSV), json: relative(&path, JSON) },
        entries: here.iter().map(|&document| entry(site, document, &path, words)).collect(),
        head: head(
            Constants::of(site),
            Parts { kind: "calendar", path: &path, title, description: None, lang, crumbs, draft: false },
        ),
    }
}

fn entry(site: &Site, id: PageId, path: &str, words: &Words) -> CalendarEntry {
    let page = &site.pages[id];
    let outline = &page.outline;
    let lang = &site.settings.lang;
    let dated = outline.attachments.iter().enumerate().filter(|(_, record)| record.date.day().is_some());
    CalendarEntry {
        link: page_link(site, page, path, lang),
        kind: outline.kind.name(),
        date: outline.record.date.day().map(|day| listed_date(day, lang)),
        place: outline.record.place.as_ref().map(|place| place.name.to_string()),
        summary: outline.record.summary.as_deref().map(str::to_owned),
        sources: sources(site, id, 0, &outline.record, path, words),
        attachments: dated
            .map(|(number, record)| CalendarPart {
                href: (!record.anchor.is_empty()).then(|| attachment_address(page, &record.anchor, path)),
                label: record.label.as_deref().map(str::to_owned),
                title: record.title.as_deref().map(|title| {
                    let own = record.lang.as_deref().unwrap_or_else(|| lang_of(site, page));
                    in_language(Html::text(title), own, lang)
                }),
                absence: record.absence.as_deref().map(str::to_owned),
                date: record.date.day().map(|day| listed_date(day, lang)),
                sources: sources(site, id, number + 1, record, path, words),
            })
            .collect(),
    }
}

/// A date in a list: whole, where the printed one may lack the year.
fn listed_date(day: &Day, lang: &str) -> DateView {
    let edtf = day.edtf.to_string();
    DateView {
        datetime: super::html_datetime(&edtf),
        display: day.edtf.display(&DateWords::for_language(lang)),
        basis: day.basis.name(),
        cert: day.cert.map(Certainty::name),
        reason: None,
        edtf,
    }
}

fn sources(
    site: &Site,
    page: PageId,
    attachment: usize,
    record: &Record,
    path: &str,
    words: &Words,
) -> Vec<CalendarSource> {
    let archives = &site.archives;
    let source = |(witness, source): (usize, &crate::model::record::Witness)| {
        let node = *archives.places.get(&Item { page, attachment, witness })?;
        let mut line = path_words(archives, node, words);
        let pages = source
            .printed
            .as_ref()
            .filter(|_| source.repository.is_none())
            .and_then(|printed| printed.pages.as_deref());
        if let Some(pages) = pages {
            line = format!("{line}, {pages}");
        }
        Some(CalendarSource {
            siglum: source.siglum.as_deref().map(str::to_owned),
            words: line,
            href: archives.address(node).map(|address| relative(path, &address)),
        })
    };
    record.sources.iter().enumerate().filter_map(source).filter(|source| !source.words.is_empty()).collect()
}
