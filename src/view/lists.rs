//! The plain register pages.

use super::Words;
use super::head::{Constants, Parts, head, volume_link};
use crate::model::html::Html;
use crate::model::ledger::VolumeLedger;
use crate::model::links;
use crate::model::natural::natural;
use crate::model::register::{Office, Register, RegisterEntry, RegisterKind};
use crate::model::site::{Site, Volume};
use crate::model::view::{Link, RegisterEntryView, RegisterView};
use std::collections::BTreeMap;

/// The way to a list of a volume.
pub fn volume_crumb(site: &Site, volume: &Volume, path: &str) -> Vec<Link> {
    if volume.at_root { Vec::new() } else { vec![volume_link(volume, path, &site.settings.lang)] }
}

/// A register page: of a volume, or of the edition.
pub fn register(
    site: &Site,
    volume: Option<&Volume>,
    register: &Register,
    texts: &BTreeMap<String, Html>,
    introduction: Html,
    words: &Words,
) -> RegisterView {
    let file = format!("{}.html", register.kind.name());
    let path = volume.map_or(file.clone(), |volume| volume.address(&file));
    let name = words.get(&format!("registers.{}", register.kind.name()));
    let title = volume.map_or(name.clone(), |volume| format!("{name} · {}", volume.outline.title));
    let mut sorted: Vec<&RegisterEntry> = register.entries.iter().collect();
    sorted.sort_by_cached_key(|entry| (natural(&fold(entry.sort.as_deref().unwrap_or(&entry.name))), entry.id.clone()));
    let known: BTreeMap<&str, &str> =
        register.entries.iter().map(|entry| (entry.id.as_str(), entry.name.as_str())).collect();
    let number = volume.and_then(|volume| site.volume_ids.get(&volume.id).copied());
    let named = |kind: RegisterKind, reference: &str| entry_name(site, number, kind, reference);
    RegisterView {
        head: head(
            Constants::of(site),
            Parts {
                kind: "register",
                path: &path,
                title,
                description: None,
                lang: volume.map_or(&site.settings.lang, |volume| &volume.lang),
                crumbs: volume.map_or_else(Vec::new, |volume| volume_crumb(site, volume, &path)),
                draft: false,
            },
        ),
        kind: register.kind.name(),
        entries: sorted.into_iter().map(|entry| entry_view(entry, &named, &known, texts)).collect(),
        introduction,
    }
}

fn entry_view(
    entry: &RegisterEntry,
    named: &dyn Fn(RegisterKind, &str) -> String,
    known: &BTreeMap<&str, &str>,
    texts: &BTreeMap<String, Html>,
) -> RegisterEntryView {
    let see = |id: &crate::model::document::Printed| {
        let id = &id.text;
        let (href, title) = match known.get(id.as_str()) {
            Some(name) => (format!("#{id}"), Html::text(name)),
            None => (String::new(), Html::text(id)),
        };
        Link { href, title, number: None }
    };
    let author = entry.author.as_ref().map(|author| named(RegisterKind::Persons, author));
    let place = entry.in_place.as_ref().map(|place| named(RegisterKind::Places, place));
    let details = [&author, &entry.date, &entry.siglum, &entry.dates, &place];
    let dates: Vec<&str> = details.into_iter().filter_map(|detail| detail.as_deref()).collect();
    RegisterEntryView {
        id: entry.id.clone(),
        old_anchors: old_anchors(entry),
        name: entry.name.clone(),
        variants: entry.variants.clone(),
        dates: (!dates.is_empty()).then(|| dates.join(", ")),
        offices: entry.offices.iter().map(office).collect(),
        description: texts.get(&entry.id).cloned().unwrap_or_default(),
        see: entry.see.iter().map(see).filter(|link| !link.href.is_empty()).collect(),
        same_as: entry.same_as.clone(),
    }
}

/// Ids that the entry had before.
fn old_anchors(entry: &RegisterEntry) -> Vec<String> {
    let old = entry.aliases.iter().filter(|alias| VolumeLedger::is_entry_alias(alias));
    old.map(|alias| alias.text.clone()).collect()
}

/// The name of an entry that another names by `scheme:id` or by its id; words that are neither stay.
pub(super) fn entry_name(site: &Site, volume: Option<usize>, kind: RegisterKind, reference: &str) -> String {
    let id = reference.split_once(':').filter(|(scheme, _)| *scheme == kind.scheme()).map_or(reference, |(_, id)| id);
    links::find_entry(site, volume, kind, id).map_or_else(|| reference.to_owned(), |found| found.entry.name.clone())
}

fn office(office: &Office) -> String {
    match (&office.from, &office.to) {
        (None, None) => office.title.clone(),
        (from, to) => {
            let end = |end: &Option<String>| end.clone().unwrap_or_default();
            format!("{}, {}–{}", office.title, end(from), end(to))
        }
    }
}

/// A name for sorting: without accents and case.
fn fold(name: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let base = name.nfd().filter(|c| !unicode_normalization::char::is_combining_mark(*c));
    base.flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric() || *c == ' ' || *c == ',').collect()
}
