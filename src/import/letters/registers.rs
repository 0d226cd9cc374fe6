//! Registers: the lists of an edition, and what the back matter of its letters adds to them.

use super::known::{ENTRIES, Known};
use crate::import::tei::index::clean;
use crate::import::xml::{self, Node};
use crate::import::yaml::Yaml;
use std::collections::BTreeMap;

/// Entries by scheme and id, each as the YAML of one item; the first occurrence counts.
#[derive(Debug, Default)]
pub struct Registers {
    entries: BTreeMap<&'static str, BTreeMap<String, String>>,
}

impl Registers {
    /// Adds the entries of a file.
    pub fn add(&mut self, root: Node<'_>, known: &Known) {
        for node in root.descendants().filter(Node::is_element) {
            let Some((_, scheme)) = ENTRIES.iter().find(|(name, _)| *name == xml::name(node)) else { continue };
            let Some(id) = xml::id(node) else { continue };
            let entries = self.entries.entry(scheme).or_default();
            if !entries.contains_key(id) {
                entries.insert(id.to_owned(), entry(node, id, scheme, known));
            }
        }
    }

    /// How many entries a register has.
    pub fn count(&self, scheme: &str) -> usize {
        self.entries.get(scheme).map_or(0, BTreeMap::len)
    }

    /// File names and texts.
    pub fn files(&self) -> Vec<(&'static str, String)> {
        let names = [
            ("person", "persons"),
            ("place", "places"),
            ("work", "works"),
            ("org", "organizations"),
            ("event", "events"),
        ];
        let files = names.into_iter().filter_map(|(scheme, name)| Some((name, self.entries.get(scheme)?)));
        files.map(|(name, entries)| (name, entries.values().map(String::as_str).collect())).collect()
    }
}

fn entry(node: Node<'_>, id: &str, scheme: &str, known: &Known) -> String {
    let mut list = Yaml::default();
    list.entry(|yaml| {
        yaml.text("id", &clean(id));
        match scheme {
            "person" => person(node, yaml),
            "work" => work(node, yaml, known),
            _ => place_or_body(node, yaml, known, scheme),
        }
        let mut same: Vec<String> = xml::children(node)
            .filter(|child| xml::name(*child) == "idno")
            .map(xml::words)
            .filter(|address| address.starts_with("http"))
            .collect();
        same.dedup();
        yaml.list("same_as", same.iter().map(String::as_str));
    });
    list.finish()
}

fn person(node: Node<'_>, yaml: &mut Yaml) {
    let names: Vec<Node<'_>> = xml::children(node).filter(|child| xml::name(*child) == "persName").collect();
    let full = |name: &Node<'_>| {
        let part = |wanted: &str| xml::child(*name, wanted).map(xml::words).filter(|words| !words.is_empty());
        match (part("surname"), part("forename")) {
            (Some(surname), Some(forename)) => format!("{surname}, {forename}"),
            (Some(one), None) | (None, Some(one)) => one,
            (None, None) => xml::words(*name),
        }
    };
    let first = names.first().map(full).unwrap_or_default();
    yaml.text("name", if first.is_empty() { "?" } else { &first });
    variants(yaml, names.iter().skip(1).map(full).collect(), &first);
    let occupations: Vec<String> =
        xml::children(node).filter(|child| xml::name(*child) == "occupation").map(xml::words).collect();
    let said = xml::children(node).filter(|child| matches!(xml::name(*child), "note" | "p" | "desc" | "ab"));
    let told = said.map(xml::all_words).filter(|words| !words.is_empty());
    let description: Vec<String> =
        [occupations.join(", ")].into_iter().filter(|words| !words.is_empty()).chain(told).collect();
    yaml.text("description", &super::escaped(&description.join("\n\n")));
    let day = |event: &str| {
        let date = xml::child(node, event).and_then(|event| xml::child(event, "date"))?;
        let words = xml::words(date);
        Some(super::words::day(&words)).filter(|words| !words.is_empty())
    };
    let dates = match (day("birth"), day("death")) {
        (Some(birth), Some(death)) => format!("{birth} – {death}"),
        (Some(birth), None) => format!("* {birth}"),
        (None, Some(death)) => format!("† {death}"),
        (None, None) => String::new(),
    };
    yaml.text("dates", &dates);
}

fn work(node: Node<'_>, yaml: &mut Yaml, known: &Known) {
    let titles = |kind: &str| {
        let found = xml::children(node)
            .filter(|child| xml::name(*child) == "title" && xml::value(*child, "type") == Some(kind));
        found.map(xml::words).filter(|words| !words.is_empty()).collect::<Vec<_>>()
    };
    let main =
        titles("main").into_iter().next().or_else(|| xml::child(node, "title").map(xml::words)).unwrap_or_default();
    yaml.text("name", if main.is_empty() { "?" } else { &main });
    let mut others = titles("werk_namensvariante");
    others.extend(titles("werk_arbeitstitel"));
    variants(yaml, others, &main);
    let description = titles("werk_bibliografische-angabe").join("\n\n");
    yaml.text("description", &super::escaped(&description));
    if let Some(author) = xml::child(node, "author") {
        let id =
            xml::value(author, "ref").or_else(|| xml::value(author, "key")).unwrap_or_default().trim_start_matches('#');
        let known = known.has("person", id);
        yaml.text("author", &if known { format!("person:{}", clean(id)) } else { xml::words(author) });
    }
    let date = xml::child(node, "date");
    let stated =
        date.and_then(|date| ["when-iso", "when"].iter().find_map(|key| xml::value(date, key)).map(str::to_owned));
    yaml.option(
        "date",
        stated.or_else(|| date.map(xml::words)).filter(|date| crate::parse::date::parse(date).is_ok()).as_deref(),
    );
}

fn place_or_body(node: Node<'_>, yaml: &mut Yaml, known: &Known, scheme: &str) {
    let wanted = match scheme {
        "place" => "placeName",
        "org" => "orgName",
        _ => "eventName",
    };
    let names: Vec<String> = xml::children(node)
        .filter(|child| matches!(xml::name(*child), name if name == wanted || name == "label" || name == "head"))
        .filter(|child| xml::value(*child, "type") != Some("werk_link"))
        .map(xml::words)
        .filter(|words| !words.is_empty())
        .collect();
    let first = names.first().cloned().unwrap_or_default();
    yaml.text("name", if first.is_empty() { "?" } else { &first });
    variants(yaml, names.into_iter().skip(1).collect(), &first);
    let description = xml::children(node)
        .find(|child| xml::name(*child) == "desc" && xml::value(*child, "type") == Some("entity_type"));
    let description = description.map(xml::words).unwrap_or_default();
    // A code of GeoNames describes nothing to a reader.
    let code = Some(&description).filter(|words| is_feature_code(words));
    if code.is_none() {
        yaml.text("description", &super::escaped(&description));
    }
    let locations = || xml::children(node).filter(|child| xml::name(*child) == "location");
    let within = locations().filter_map(|location| xml::child(location, "placeName")).find_map(|place| {
        let id = xml::value(place, "ref").or_else(|| xml::value(place, "key"))?.trim_start_matches('#');
        known.has("place", id).then(|| format!("place:{}", clean(id)))
    });
    yaml.option("in", within.as_deref());
    let coordinates = locations()
        .find(|location| xml::value(*location, "type") == Some("coords"))
        .and_then(|location| xml::child(location, "geo"))
        .and_then(|geo| coordinates(&xml::words(geo)));
    if scheme == "place" {
        yaml.option("coordinates", coordinates.as_deref());
    }
    yaml.map("extra", |yaml| {
        yaml.option("geonames", code.map(String::as_str));
    });
}

fn variants(yaml: &mut Yaml, names: Vec<String>, first: &str) {
    let mut others: Vec<String> = Vec::new();
    for name in names {
        if name != first && !others.contains(&name) {
            others.push(name);
        }
    }
    yaml.list("variants", others.iter().map(String::as_str));
}

/// "A.ADM3", "P.PPLC": class and code of a feature in GeoNames.
fn is_feature_code(words: &str) -> bool {
    let code = |code: &str| code.len() > 1 && code.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
    words.split_once('.').is_some_and(|(class, rest)| class.len() == 1 && "AHLPRSTUV".contains(class) && code(rest))
}

/// "48,208333 16,373056", with commas for points, as "48.208333, 16.373056".
fn coordinates(geo: &str) -> Option<String> {
    let numbers: Vec<f64> = geo.split(' ').filter_map(|number| number.replace(',', ".").parse().ok()).collect();
    match numbers.as_slice() {
        [latitude, longitude] => Some(format!("{latitude}, {longitude}")),
        _ => None,
    }
}
