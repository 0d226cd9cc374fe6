//! What readers can narrow a search by, and what results show: columns of one value or more for each document, made from
//! the outlines of the edition.

use super::order::{Indexed, Listed};
use crate::model::date::{DateWords, Day};
use crate::model::natural::{Natural, natural};
use crate::model::record::{Dated, Named, Record};
use crate::model::register::{RegisterEntry, RegisterKind};
use crate::model::repositories;
use crate::model::settings::Normal;
use crate::model::site::Site;
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// What stands beside the database.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Side {
    /// First day of each document, counted from 1970-01-01; none without a date or without a beginning.
    day: Vec<Option<i64>>,
    /// Last day.
    to: Vec<Option<i64>>,
    /// Numbers of documents that are known to be undated.
    undated: Vec<usize>,
    /// Facets that the edition has.
    pub offered: Vec<Facet>,
    pub(super) titles: Vec<Row>,
}

/// A facet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Facet {
    /// Its name: `genre`.
    pub id: &'static str,
    /// Its values in the order in which they are listed. Of `kind` and `language` these are keys, not words.
    pub names: Vec<String>,
    /// Whether a document may have several of them.
    many: bool,
    /// Numbers of the values of each document.
    pub(super) values: Vec<Vec<usize>>,
}

/// What a result shows: address from the root of the site, number, title, date in words, volume.
type Row = (String, Option<String>, String, Option<String>, Option<usize>);

/// Facets and titles of these pages.
pub fn side(site: &Site, documents: &[Indexed]) -> Side {
    let pages: Vec<Listed<'_>> = documents.iter().map(|one| one.listed(site)).collect();
    let outlines = || pages.iter().map(|page| page.outline);
    let words = DateWords::for_language(&site.settings.lang);
    // As the facet numbers them: volumes without documents are no values.
    let volumes: BTreeSet<usize> = pages.iter().filter_map(|page| page.volume).collect();
    let volumes: BTreeMap<usize, usize> = volumes.into_iter().enumerate().map(|(at, volume)| (volume, at)).collect();
    let undated = outlines().enumerate().filter(|(_, outline)| outline.record.date == Dated::Undated);
    Side {
        day: outlines().map(|outline| outline.date()?.earliest().map(number_of)).collect(),
        to: outlines().map(|outline| outline.date()?.latest().map(number_of)).collect(),
        undated: undated.map(|(number, _)| number).collect(),
        offered: offered(site, &pages),
        titles: pages.iter().map(|page| row(page, &volumes, &words)).collect(),
    }
}

fn row(page: &Listed<'_>, volumes: &BTreeMap<usize, usize>, words: &DateWords) -> Row {
    let outline = page.outline;
    // As printed it may lack the year, which the volume tells and a list of results does not.
    let date = outline.date().map(|date| date.display(words));
    let number = outline.number.as_deref().map(str::to_owned);
    let volume = page.volume.and_then(|volume| volumes.get(&volume)).copied();
    (page.path.clone().into_owned(), number, page.title.to_owned(), date, volume)
}

fn offered(site: &Site, pages: &[Listed<'_>]) -> Vec<Facet> {
    let one = |value: Option<Key>| value.into_iter().collect::<Vec<Key>>();
    let of = |id, many, keys: &dyn Fn(&Listed<'_>) -> Vec<Key>| {
        let mut column = Column::default();
        for page in pages {
            let numbers = keys(page).into_iter().map(|key| column.number(key)).collect();
            column.values.push(numbers);
        }
        column.facet(site, id, many)
    };
    let records = |page: &Listed<'_>, keys: &dyn Fn(&Record) -> Vec<Key>| -> Vec<Key> {
        page.outline.records().flat_map(keys).collect()
    };
    let named =
        |page: &Listed<'_>, list: &[Named]| -> Vec<Key> { list.iter().map(|named| party(site, page, named)).collect() };
    let facets = [
        of("volume", false, &|page| one(page.volume.map(|number| volume(site, number)))),
        of("genre", false, &|page| {
            one(page.outline.record.genre.as_deref().map(|word| labelled(&site.settings.genres, word)))
        }),
        of("kind", false, &|page| vec![Key::plain(page.kind.name())]),
        persons(site, pages).facet(site, PERSON, true),
        of("sender", true, &|page| records(page, &|record| named(page, &record.from))),
        of("recipient", true, &|page| records(page, &|record| named(page, &record.to))),
        of("repository", true, &|page| records(page, &|record| repositories_of(site, page, record))),
        of("classification", true, &|page| {
            let words = |record: &Record| -> Vec<Key> {
                let words = record.sources.iter().filter_map(|source| source.classification.as_deref());
                words.map(|word| labelled(&site.settings.classifications, word)).collect()
            };
            records(page, &words)
        }),
        of("topic", true, &|page| page.outline.record.topics.iter().map(|topic| Key::plain(topic)).collect()),
        of("language", false, &|page| vec![Key::plain(language(site, page))]),
    ];
    // What is the same everywhere narrows nothing down.
    let narrows = |facet: &Facet| match facet.id {
        "kind" | "language" => facet.names.len() > 1,
        _ => !facet.names.is_empty(),
    };
    facets.into_iter().filter(narrows).collect()
}

/// A value, and where it stands among the others.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    sort: Natural,
    label: String,
    /// What tells it from another of the same name: the register in which it stands, and its id there.
    entry: Option<(Option<usize>, String)>,
}

impl Key {
    fn plain(label: &str) -> Self {
        Key { sort: natural(&label.to_lowercase()), label: label.to_owned(), entry: None }
    }

    fn entry(scope: Option<usize>, entry: &RegisterEntry) -> Self {
        let sort = entry.sort.as_ref().unwrap_or(&entry.name).to_lowercase();
        Key { sort: natural(&sort), label: entry.name.clone(), entry: Some((scope, entry.id.clone())) }
    }
}

/// Volumes stand in their own order. Two of one title are two.
fn volume(site: &Site, number: usize) -> Key {
    let volume = &site.volumes[number];
    let entry = Some((None, volume.id.clone()));
    Key { sort: natural(&format!("{number}")), label: volume.outline.title.to_string(), entry }
}

fn labelled(normals: &BTreeMap<String, Normal>, word: &str) -> Key {
    Key::plain(normals.get(word).and_then(|normal| normal.label.as_deref()).unwrap_or(word))
}

fn language<'s>(site: &'s Site, page: &Listed<'s>) -> &'s str {
    let inherited = page.volume.map_or(&*site.settings.lang, |volume| &site.volumes[volume].lang);
    page.outline.record.lang.as_deref().unwrap_or(inherited)
}

/// Persons that documents name. Two entries are one person only where the editors say so.
fn persons<'s>(site: &Site, pages: &'s [Listed<'s>]) -> Column {
    let mut column = Column::default();
    // Each is looked up once in a volume: they are named more often than anything else.
    let mut known: BTreeMap<(Option<usize>, &'s str), Option<usize>> = BTreeMap::new();
    for page in pages {
        let parts = page.outline.links.iter().flat_map(|link| link.target.split('+'));
        let mut numbers = Vec::new();
        for id in parts.filter_map(|part| part.strip_prefix("person:")) {
            let number = *known
                .entry((page.volume, id))
                .or_insert_with(|| entry(site, page.volume, RegisterKind::Persons, id).map(|key| column.number(key)));
            numbers.extend(number);
        }
        column.values.push(numbers);
    }
    column
}

/// Somebody who wrote or received: an entry of a register, else the name as it is written.
fn party(site: &Site, page: &Listed<'_>, named: &Named) -> Key {
    let reference = named.reference.as_deref().and_then(|reference| reference.split('+').next()?.split_once(':'));
    let found = reference.and_then(|(scheme, id)| entry(site, page.volume, RegisterKind::of_scheme(scheme)?, id));
    found.unwrap_or_else(|| Key::plain(&named.name))
}

fn repositories_of(site: &Site, page: &Listed<'_>, record: &Record) -> Vec<Key> {
    let names = record.sources.iter().filter_map(|source| source.repository.as_deref());
    let key = |name: &str| {
        let entry = repositories::entry(site, page.volume, name);
        // Whatever it is called in a source note, it is one.
        Key::plain(entry.map_or(name, |entry| &entry.name))
    };
    names.map(key).collect()
}

/// An entry of the volume's register, or of the edition's, which the volume's may stand for.
fn entry(site: &Site, volume: Option<usize>, kind: RegisterKind, id: &str) -> Option<Key> {
    let of = |scope: Option<usize>, id: &str| {
        site.registers_of(scope).iter().filter(|register| register.kind == kind).find_map(|register| register.entry(id))
    };
    let of_edition = |id: &str| of(None, id).map(|entry| Key::entry(None, entry));
    match volume.and_then(|number| Some((number, of(Some(number), id)?))) {
        Some((number, own)) => {
            let is = own.is.as_ref().and_then(|is| of_edition(is.text.rsplit(':').next()?));
            is.or_else(|| Some(Key::entry(Some(number), own)))
        }
        None => of_edition(id),
    }
}

/// The values of a facet as they are found.
#[derive(Default)]
struct Column {
    /// Values with the numbers by which they were found.
    numbers: BTreeMap<Key, usize>,
    /// These numbers, for each document.
    values: Vec<Vec<usize>>,
}

impl Column {
    fn number(&mut self, key: Key) -> usize {
        let next = self.numbers.len();
        *self.numbers.entry(key).or_insert(next)
    }

    /// The facet, with its values in their own order.
    fn facet(self, site: &Site, id: &'static str, many: bool) -> Facet {
        let mut places = vec![0; self.numbers.len()];
        let mut count: BTreeMap<&str, usize> = BTreeMap::new();
        for (place, (key, number)) in self.numbers.iter().enumerate() {
            *count.entry(&key.label).or_default() += 1;
            if let Some(found) = places.get_mut(*number) {
                *found = place;
            }
        }
        let values = |numbers: &Vec<usize>| {
            let sorted: BTreeSet<usize> = numbers.iter().filter_map(|number| places.get(*number).copied()).collect();
            sorted.into_iter().collect()
        };
        // Values of one name are told apart by their volume and id.
        let name = |key: &Key| match &key.entry {
            Some((scope, id)) if count.get(key.label.as_str()) > Some(&1) => {
                let volume = scope.and_then(|number| site.volumes.get(number)).map(|volume| &volume.id);
                format!("{} ({})", key.label, volume.map_or(id.clone(), |volume| format!("{volume}: {id}")))
            }
            _ => key.label.clone(),
        };
        let names = self.numbers.keys().map(name).collect();
        Facet { id, many, names, values: self.values.iter().map(values).collect() }
    }
}

impl Side {
    /// The facets but persons, as JSON.
    pub fn facets(&self) -> Vec<u8> {
        let mut all = Map::new();
        all.insert("day".into(), json!(self.day));
        all.insert("to".into(), json!(self.to));
        all.insert("undated".into(), json!(self.undated));
        let columns = self.offered.iter().filter(|facet| facet.id != PERSON);
        insert(&mut all, columns);
        Value::Object(all).to_string().into_bytes()
    }

    /// Persons, who take more than all others, as JSON; nothing where there are none.
    pub fn persons(&self) -> Vec<u8> {
        let Some(persons) = self.offered.iter().find(|facet| facet.id == PERSON) else { return Vec::new() };
        let mut all = Map::new();
        insert(&mut all, std::iter::once(persons));
        Value::Object(all).to_string().into_bytes()
    }

    /// Titles in parts of so many documents, as JSON.
    pub fn titles(&self, size: usize) -> Vec<Vec<u8>> {
        self.titles.chunks(size).map(|rows| json!(rows).to_string().into_bytes()).collect()
    }
}

fn insert<'f>(all: &mut Map<String, Value>, facets: impl Iterator<Item = &'f Facet>) {
    let mut names = Map::new();
    for facet in facets {
        let column = match facet.many {
            true => json!(facet.values),
            false => facet.values.iter().map(|values| json!(values.first())).collect(),
        };
        all.insert(facet.id.into(), column);
        names.insert(facet.id.into(), json!(facet.names));
    }
    all.insert("names".into(), Value::Object(names));
}

const PERSON: &str = "person";

/// Days since 1970-01-01, in the Gregorian calendar continued in both directions.
fn number_of(day: Day) -> i64 {
    let (month, of_month) = (i64::from(day.month), i64::from(day.day));
    // Years that begin in March, so that the leap day is their last.
    let year = i64::from(day.year) - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + of_month - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_as_scripts_count_them() {
        let number = |year, month, day| number_of(Day { year, month, day });
        assert_eq!(number(1970, 1, 1), 0);
        assert_eq!(number(1963, 2, 18), -2_509);
        assert_eq!(number(2000, 2, 29), 11_016);
        assert_eq!(number(1600, 12, 31), -134_775);
        assert_eq!(number(0, 1, 1), -719_528);
        assert_eq!(number(-4_712, 1, 1), -2_440_550);
    }
}
