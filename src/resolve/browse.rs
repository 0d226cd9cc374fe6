//! Documents by genre, correspondent, topic and status.

use crate::model::browse::{Browse, Facet, Value};
use crate::model::collate::Collation;
use crate::model::links;
use crate::model::listing::Item;
use crate::model::names::is_device;
use crate::model::record::{Named, Record};
use crate::model::register::{RegisterEntry, RegisterKind};
use crate::model::site::{PageId, Site};
use std::collections::{BTreeMap, BTreeSet};
use unicode_normalization::UnicodeNormalization;

/// What tells two values apart: the words, or the register entry that is meant by them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Words(String),
    /// Address of the register, kind and id.
    Entry(String, RegisterKind, String),
}

/// A value as it grows.
struct Growing {
    name: String,
    sort: String,
    entry: Option<(Option<usize>, RegisterKind, String)>,
    items: Vec<Item>,
    received: Vec<Item>,
}

type Values = BTreeMap<Key, Growing>;

/// All lists of the published edition.
pub fn browse(site: &Site) -> Browse {
    let volumes = site.volumes.iter().filter(|volume| volume.published);
    let documents: Vec<PageId> = volumes.flat_map(|volume| &volume.documents).copied().collect();
    let mut found: BTreeMap<Facet, Values> = BTreeMap::new();
    let mut inverted = Inverted::default();
    for (item, record) in Item::all(site, documents) {
        let mut add = |facet, words: &str| by_words(found.entry(facet).or_default(), words).items.push(item);
        if let Some(genre) = &record.genre {
            let normal = site.settings.genres.get(&**genre).and_then(|normal| normal.label.as_deref());
            add(Facet::Genres, normal.unwrap_or(genre));
        }
        record.topics.iter().collect::<BTreeSet<_>>().into_iter().for_each(|topic| add(Facet::Topics, topic));
        let kind = site.pages[item.page].outline.kind.name();
        let states = match item.part {
            None => std::iter::once(kind).chain(record.steps.iter().map(|step| &**step)).collect(),
            Some(_) => record.absence.as_deref().into_iter().collect::<Vec<_>>(),
        };
        states.into_iter().for_each(|state| add(Facet::Status, state));
        correspondents(site, (item, record), &mut inverted, found.entry(Facet::Correspondents).or_default());
    }
    // That all are documents with a text says nothing.
    let says_something = |facet: &Facet, values: &Values| match facet {
        Facet::Status => values.keys().any(|key| *key != Key::Words("document".to_owned())),
        _ => !values.is_empty(),
    };
    let rules = Collation::of(&site.settings.lang);
    let mut lists: Browse = Browse::new();
    for (facet, values) in found.into_iter().filter(|(facet, values)| says_something(facet, values)) {
        lists.insert(facet, in_order(facet, values, &rules));
    }
    lists
}

fn by_words<'v>(values: &'v mut Values, words: &str) -> &'v mut Growing {
    values.entry(Key::Words(words.to_owned())).or_insert_with(|| Growing {
        name: words.to_owned(),
        sort: words.to_owned(),
        entry: None,
        items: Vec::new(),
        received: Vec::new(),
    })
}

/// Names of persons in registers in their natural order, with the names by which they are sorted: of the edition, and of
/// each volume.
#[derive(Default)]
struct Inverted(BTreeMap<Option<usize>, BTreeMap<String, String>>);

impl Inverted {
    /// "Edwin M. Martin" is sorted as the register of the volume or of the edition sorts "Martin, Edwin M.".
    fn sort<'i>(&'i mut self, site: &Site, volume: Option<usize>, name: &str) -> Option<&'i str> {
        for of in [volume, None] {
            self.0.entry(of).or_insert_with(|| natural_names(site, of));
        }
        [volume, None].into_iter().find_map(|of| self.0.get(&of)?.get(name)).map(String::as_str)
    }
}

fn natural_names(site: &Site, volume: Option<usize>) -> BTreeMap<String, String> {
    let persons = site.registers_of(volume).iter().filter(|register| register.kind == RegisterKind::Persons);
    let natural = |entry: &RegisterEntry| {
        let (last, first) = entry.name.split_once(", ")?;
        // "Barnes, Harry G., Jr."
        let (first, rest) = first.split_once(", ").map_or((first, ""), |(first, rest)| (first, rest));
        let end = if rest.is_empty() { String::new() } else { format!(", {rest}") };
        Some((format!("{first} {last}{end}"), entry.sort_name().to_owned()))
    };
    persons.flat_map(|register| &register.entries).filter_map(natural).collect()
}

fn correspondents(site: &Site, (item, record): (Item, &Record), inverted: &mut Inverted, values: &mut Values) {
    for (names, received) in [(&record.from, false), (&record.to, true)] {
        for name in names {
            let value = by_name(site, item, name, inverted, values);
            let list = if received { &mut value.received } else { &mut value.items };
            // One person may stand there twice, in two offices.
            if list.last() != Some(&item) {
                list.push(item);
            }
        }
    }
}

/// A name with a register entry is that entry, also where it is written otherwise; one without is its words.
fn by_name<'v>(
    site: &Site,
    item: Item,
    name: &Named,
    inverted: &mut Inverted,
    values: &'v mut Values,
) -> &'v mut Growing {
    let volume = site.pages[item.page].volume;
    let meant = name.reference.as_deref().and_then(|reference| reference.split('+').next()?.split_once(':'));
    let found = meant.and_then(|(scheme, id)| {
        let kind = RegisterKind::of_scheme(scheme)?;
        Some((kind, id, links::find_entry(site, volume, kind, id)?))
    });
    let Some((kind, id, found)) = found else {
        let value = by_words(values, &name.name);
        if let Some(sort) = inverted.sort(site, volume, &name.name) {
            sort.clone_into(&mut value.sort);
        }
        return value;
    };
    // An entry of a volume may be one of the edition.
    let is = found.entry.is.as_ref().map(|is| is.text.rsplit(':').next().unwrap_or(&is.text));
    let joined = is.and_then(|is| Some((is, links::find_entry(site, None, kind, is)?)));
    let (volume, id, entry) = joined.map_or((volume, id, found), |(id, entry)| (None, id, entry));
    values.entry(Key::Entry(entry.register.path.clone(), kind, id.to_owned())).or_insert_with(|| Growing {
        name: entry.entry.name.clone(),
        sort: entry.entry.sort_name().to_owned(),
        entry: Some((volume, kind, id.to_owned())),
        items: Vec::new(),
        received: Vec::new(),
    })
}

/// Values by name, each with a name for its address. The status has an order of its own.
fn in_order(facet: Facet, values: Values, rules: &Collation) -> Vec<Value> {
    const STATES: [&str; 9] = [
        "document",
        "editorial-note",
        "calendar",
        "withheld",
        "not-found",
        "not-printed",
        "transcribed",
        "collated",
        "vetted",
    ];
    let mut values: Vec<(Key, Growing)> = values.into_iter().collect();
    let state =
        |value: &Growing| STATES.iter().position(|state| *state == value.name).filter(|_| facet == Facet::Status);
    values.sort_by(|(key, one), (other_key, other)| {
        let by_name = || rules.compare(&one.sort, &other.sort);
        state(one).cmp(&state(other)).then_with(by_name).then_with(|| key.cmp(other_key))
    });
    let mut taken = BTreeSet::new();
    let value = |(_, value): (Key, Growing)| Value {
        slug: free(&slug(&value.name), &mut taken),
        name: value.name,
        sort: value.sort,
        entry: value.entry,
        items: value.items,
        received: value.received,
    };
    values.into_iter().map(value).collect()
}

/// A name that no other value has.
fn free(slug: &str, taken: &mut BTreeSet<String>) -> String {
    let mut name = slug.to_owned();
    let mut number = 1;
    while !taken.insert(name.clone()) {
        number += 1;
        name = format!("{slug}-{number}");
    }
    name
}

/// A value as it can stand in an address: letters and digits in lower case.
fn slug(words: &str) -> String {
    let mut slug = String::new();
    for c in fold(words).chars() {
        match c {
            c if c.is_alphanumeric() => slug.push(c),
            _ if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
            _ => {}
        }
        if slug.len() > 80 {
            break;
        }
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() || is_device(slug) { format!("value-{slug}") } else { slug.to_owned() }
}

/// Words without accents and case.
fn fold(words: &str) -> String {
    let base = words.nfd().filter(|c| !unicode_normalization::char::is_combining_mark(*c));
    base.flat_map(char::to_lowercase).nfc().collect()
}
