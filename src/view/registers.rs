//! Registers: the list of each, and the page of each entry with every document that mentions it.

use super::Words;
use super::head::{Constants, Parts, head, in_language, lang_of, page_link, volume_link};
use super::lists::volume_crumb;
use crate::model::archives;
use crate::model::collate::Collation;
use crate::model::date::DateWords;
use crate::model::html::Html;
use crate::model::ledger::VolumeLedger;
use crate::model::links::{Entry, find_entry};
use crate::model::mention::{EntryId, Group, Heading, Row};
use crate::model::record::{Day, Record};
use crate::model::register::{Office, RegisterEntry, RegisterKind};
use crate::model::site::{Page, Site, Tombstone, Volume, relative};
use crate::model::view::{
    DateView, EntryLink, EntryView, JoinedView, LetterView, Link, MentionGroup, MentionRow, OfficeView,
    RegisterEntryView, RegisterView, SheetLink, WithdrawnEntryView,
};
use std::collections::BTreeMap;

/// Registers of so many entries have their letters above them.
const WITH_LETTERS: usize = 20;

/// The list of a register of a volume, or of the edition. `texts` are the descriptions of its entries, by id.
pub fn register(
    site: &Site,
    volume: Option<usize>,
    number: usize,
    texts: &BTreeMap<String, Html>,
    introduction: Html,
    words: &Words,
) -> RegisterView {
    let register = &site.registers_of(volume)[number];
    let path = &register.path;
    let of_volume = volume.map(|number| &site.volumes[number]);
    let id = |entry| EntryId { volume, register: number, entry };
    let mut sorted: Vec<EntryId> = (0..register.entries.len()).map(id).collect();
    sorted.sort_by_key(|id| site.entries.ranks.get(id));
    let entries: Vec<Entry<'_>> = sorted.into_iter().filter_map(|id| Entry::of(site, id)).collect();
    let name = words.get(&format!("registers.{}", register.kind.name()));
    RegisterView {
        head: head(
            Constants::of(site),
            Parts {
                kind: "register",
                path,
                title: of_volume.map_or(name.clone(), |volume| format!("{name} · {}", volume.outline.title)),
                description: None,
                lang: of_volume.map_or(&site.settings.lang, |volume| &volume.lang),
                crumbs: crumb(site, of_volume, path),
                draft: false,
            },
        ),
        kind: register.kind.name(),
        letters: if entries.len() < WITH_LETTERS { Vec::new() } else { letters(site, &entries) },
        entries: entries.into_iter().map(|entry| in_list(site, entry, texts)).collect(),
        withdrawn: withdrawn(site, of_volume, register.kind, path),
        introduction,
    }
}

/// Entries of a register that were given up.
fn withdrawn(site: &Site, volume: Option<&Volume>, kind: RegisterKind, path: &str) -> Vec<WithdrawnEntryView> {
    let key = volume.filter(|volume| !volume.at_root).map_or("", |volume| &volume.id);
    let of_register = |tombstone: &&Tombstone| tombstone.register == Some(kind.name()) && tombstone.volume == key;
    let view = |tombstone: &Tombstone| WithdrawnEntryView {
        id: tombstone.id.clone(),
        title: tombstone.withdrawn.title.clone(),
        href: relative(path, &tombstone.path),
    };
    site.tombstones.iter().filter(of_register).map(view).collect()
}

/// The letters above a list.
fn letters(site: &Site, entries: &[Entry<'_>]) -> Vec<LetterView> {
    let letters = Collation::of(&site.settings.lang).letters(entries.iter().map(|entry| entry.entry.sort_name()));
    let view = |(letter, place): (String, usize)| LetterView { letter, href: format!("#{}", entries[place].entry.id) };
    letters.into_iter().map(view).collect()
}

fn crumb(site: &Site, volume: Option<&Volume>, path: &str) -> Vec<Link> {
    volume.map_or_else(Vec::new, |volume| volume_crumb(site, volume, path))
}

/// The name of an entry that another names by `scheme:id` or by its id; words that are neither stay.
pub fn entry_name(site: &Site, volume: Option<usize>, kind: RegisterKind, reference: &str) -> String {
    named_entry(site, volume, kind, reference).map_or_else(|| reference.to_owned(), |found| found.entry.name.clone())
}

fn named_entry<'s>(site: &'s Site, volume: Option<usize>, kind: RegisterKind, reference: &str) -> Option<Entry<'s>> {
    let id = reference.split_once(':').filter(|(scheme, _)| *scheme == kind.scheme()).map_or(reference, |(_, id)| id);
    find_entry(site, volume, kind, id)
}

fn in_list(site: &Site, found: Entry<'_>, texts: &BTreeMap<String, Html>) -> RegisterEntryView {
    let (entry, path) = (found.entry, &found.register.path);
    let author = named(site, found, RegisterKind::Persons, entry.author.as_deref(), path).map(|author| author.name);
    let place = named(site, found, RegisterKind::Places, entry.in_place.as_deref(), path).map(|place| place.name);
    let details = [&author, &entry.date, &entry.siglum, &entry.dates, &place];
    let dates: Vec<&str> = details.into_iter().filter_map(|detail| detail.as_deref()).collect();
    let own_list = |seen: Entry<'_>| match seen.register.path == *path {
        true => Link { href: format!("#{}", seen.entry.id), ..entry_link(seen, path) },
        false => entry_link(seen, path),
    };
    RegisterEntryView {
        id: entry.id.clone(),
        old_anchors: old_anchors(entry),
        name: entry.name.clone(),
        href: found.register.entry_path(&entry.id, 0).map(|own| relative(path, &own)),
        documents: site.entries.documents(found.id),
        variants: entry.variants.clone(),
        dates: (!dates.is_empty()).then(|| dates.join(", ")),
        offices: entry
            .offices
            .iter()
            .filter(|office| !entry.gloss.as_deref().is_some_and(|told| told.contains(&office.title)))
            .map(|office| match office.span(&DateWords::for_language(&site.settings.lang)) {
                Some(span) => format!("{}, {span}", office.title),
                None => office.title.clone(),
            })
            .collect(),
        description: texts.get(&entry.id).cloned().unwrap_or_default(),
        see: see(site, found).map(own_list).collect(),
        same_as: entry.same_as.clone(),
    }
}

/// Ids that the entry had before.
fn old_anchors(entry: &RegisterEntry) -> Vec<String> {
    let old = entry.aliases.iter().filter(|alias| VolumeLedger::is_entry_alias(alias));
    old.map(|alias| alias.text.clone()).collect()
}

/// Entries that an entry says to see.
fn see<'s>(site: &'s Site, found: Entry<'s>) -> impl Iterator<Item = Entry<'s>> {
    let kind = found.register.kind;
    found.entry.see.iter().filter_map(move |id| find_entry(site, found.id.volume, kind, &id.text))
}

/// The entry that another names by `scheme:id` or by its id; words that are neither stay.
fn named(site: &Site, of: Entry<'_>, kind: RegisterKind, reference: Option<&str>, path: &str) -> Option<EntryLink> {
    let reference = reference?;
    Some(match named_entry(site, of.id.volume, kind, reference) {
        Some(found) => EntryLink { name: found.entry.name.clone(), href: Some(found.href(path)) },
        None => EntryLink { name: reference.to_owned(), href: None },
    })
}

fn entry_link(found: Entry<'_>, path: &str) -> Link {
    Link { href: found.href(path), title: Html::text(&found.entry.name), number: None }
}

/// The page of an entry at `path`, of which `description` is the text: the `sheet`th, from 0.
pub fn entry(
    site: &Site,
    found: Entry<'_>,
    (path, sheet): (&str, usize),
    description: Html,
    words: &Words,
) -> EntryView {
    let Entry { entry, register, id } = found;
    let sheets = site.entries.sheets(site, id);
    let link = |id: &EntryId| Entry::of(site, *id).map(|found| entry_link(found, path));
    let seen_from = site.entries.seen_from.get(&id).into_iter().flatten();
    let sees: Vec<EntryId> = see(site, found).map(|seen| seen.id).collect();
    EntryView {
        head: entry_head(site, found, path, words),
        kind: register.kind.name(),
        id: entry.id.clone(),
        name: entry.name.clone(),
        list: format!("{}#{}", relative(path, &register.path), entry.id),
        variants: entry.variants.clone(),
        siglum: entry.siglum.clone(),
        dates: entry.dates.clone(),
        date: entry.date.clone(),
        author: named(site, found, RegisterKind::Persons, entry.author.as_deref(), path),
        place: named(site, found, RegisterKind::Places, entry.in_place.as_deref(), path),
        offices: offices(site, entry),
        description,
        url: entry.url.clone(),
        address: entry.address.clone(),
        archive: archive(site, found).map(|archive| relative(path, &archive)),
        page: entry.page.clone(),
        coordinates: entry.coordinates.clone(),
        see: sees.iter().filter_map(link).collect(),
        seen_from: seen_from.filter(|from| !sees.contains(from)).filter_map(link).collect(),
        is: site.entries.is.get(&id).and_then(link),
        joined: joined(site, id, path),
        same_as: entry.same_as.clone(),
        documents: site.entries.documents(id),
        groups: groups(site, found, sheets.get(sheet).map_or(&[], Vec::as_slice), path),
        sheet: sheet + 1,
        sheets: sheet_links(site, found, &sheets, sheet, path),
        extra: entry.extra.clone(),
    }
}

/// The page of the archives on what is drawn from a repository.
fn archive(site: &Site, found: Entry<'_>) -> Option<String> {
    let id = archives::EntryId { volume: found.id.volume, entry: found.id.entry };
    let tree = Some(id).filter(|_| found.register.kind == RegisterKind::Repositories);
    site.archives.landing(site.archives.described_by(tree?)?)
}

fn entry_head(site: &Site, found: Entry<'_>, path: &str, words: &Words) -> crate::model::view::Head {
    let volume = found.id.volume.map(|number| &site.volumes[number]);
    let name = &found.entry.name;
    let register = words.get(&format!("registers.{}", found.register.kind.name()));
    let mut crumbs = crumb(site, volume, path);
    let list = format!("{}#{}", relative(path, &found.register.path), found.entry.id);
    crumbs.push(Link { href: list, title: Html::text(&register), number: None });
    let parts = Parts {
        kind: "entry",
        path,
        title: match volume.filter(|volume| !volume.at_root) {
            Some(volume) => format!("{name} · {}", volume.outline.title),
            None => name.clone(),
        },
        description: found.entry.gloss.clone(),
        lang: volume.map_or(&site.settings.lang, |volume| &volume.lang),
        crumbs,
        draft: false,
    };
    head(Constants::of(site), parts)
}

fn offices(site: &Site, entry: &RegisterEntry) -> Vec<OfficeView> {
    let words = DateWords::for_language(&site.settings.lang);
    let view = |office: &Office| OfficeView { title: office.title.clone(), dates: office.span(&words), certain: true };
    entry.offices.iter().map(view).collect()
}

/// The entries of volumes that are this one.
fn joined(site: &Site, id: EntryId, path: &str) -> Vec<JoinedView> {
    let view = |id: &EntryId| {
        let volume = site.volumes.get(id.volume?).filter(|volume| volume.published)?;
        let entry = entry_link(Entry::of(site, *id)?, path);
        Some(JoinedView { entry, volume: volume_link(volume, path, &site.settings.lang) })
    };
    site.entries.joined.get(&id).into_iter().flatten().filter_map(view).collect()
}

fn role_of(heading: Heading) -> &'static str {
    match heading {
        Heading::Role(role) => role.name(),
        Heading::Named(_) => "named",
    }
}

fn groups(site: &Site, of: Entry<'_>, groups: &[Group], path: &str) -> Vec<MentionGroup> {
    let lang = of.id.volume.map_or(&site.settings.lang, |number| &site.volumes[number].lang);
    let mut before = None;
    let view = |group: &Group| {
        let role = role_of(group.heading);
        let goes_on = before.replace(role) == Some(role);
        let volume = match group.heading {
            Heading::Named(Some(number)) if of.id.volume.is_none() => site.volumes.get(number),
            _ => None,
        };
        MentionGroup {
            role,
            volume: volume.map(|volume| volume_link(volume, path, lang)),
            goes_on,
            rows: group.rows.iter().map(|row| row_view(site, row, path, lang)).collect(),
        }
    };
    groups.iter().map(view).collect()
}

fn row_view(site: &Site, row: &Row, path: &str, lang: &str) -> MentionRow {
    let page = &site.pages[row.page];
    let attached = row.attachment.and_then(|place| page.outline.attachments.get(place));
    let record = attached.unwrap_or(&page.outline.record);
    let here = relative(path, &page.path);
    let first = || if row.anchor.is_empty() { here.clone() } else { format!("{here}#{}", row.anchor) };
    MentionRow {
        document: page_link(site, page, path, lang),
        attachment: attached.map(|record| attachment(site, page, record, &here, lang)),
        date: record.date.day().map(|day| day_view(day, &site.settings.lang)),
        count: row.count,
        first: (row.count > 0).then(first),
    }
}

/// An attachment by label and title, else as the document's.
fn attachment(site: &Site, page: &Page, record: &Record, here: &str, lang: &str) -> Link {
    let words: Vec<&str> = [&record.label, &record.title].into_iter().filter_map(|words| words.as_deref()).collect();
    let title = in_language(Html::text(&words.join(": ")), lang_of(site, page), lang);
    let href = if record.anchor.is_empty() { here.to_owned() } else { format!("{here}#{}", record.anchor) };
    Link { href, title: if words.is_empty() { Html::default() } else { title }, number: None }
}

/// A date for readers and machines.
fn day_view(day: &Day, lang: &str) -> DateView {
    let edtf = day.edtf.to_string();
    // As printed, a date may lack what stands above it in its volume: a list says the year.
    DateView {
        datetime: super::html_datetime(&edtf),
        display: day.edtf.display(&DateWords::for_language(lang)),
        basis: day.basis.name(),
        cert: day.cert.map(crate::model::document::Certainty::name),
        reason: None,
        edtf,
    }
}

fn sheet_links(site: &Site, of: Entry<'_>, sheets: &[Vec<Group>], this: usize, path: &str) -> Vec<SheetLink> {
    if sheets.len() < 2 {
        return Vec::new();
    }
    let address = |sheet: usize| of.register.entry_path(&of.entry.id, sheet).filter(|_| sheet != this);
    let view = |(sheet, groups): (usize, &Vec<Group>)| {
        let mut roles: Vec<&'static str> = groups.iter().map(|group| role_of(group.heading)).collect();
        roles.dedup();
        let volume = |group: &Group| match group.heading {
            Heading::Named(Some(number)) if of.id.volume.is_none() => {
                site.volumes.get(number).map(|volume| volume.outline.title.to_string())
            }
            _ => None,
        };
        SheetLink {
            number: sheet + 1,
            href: address(sheet).map(|address| relative(path, &address)),
            roles,
            volumes: groups.iter().filter_map(volume).collect(),
        }
    };
    sheets.iter().enumerate().map(view).collect()
}
