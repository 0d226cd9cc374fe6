//! What an edition publishes, as the ledger records it.

use crate::hash::Hash128;
use crate::model::document::Status;
use crate::model::ledger::{Identity, Lead, Ledger, Line, Published, Record, VolumeLedger};
use crate::model::outline::{Outline, counted};
use crate::model::register::Register;
use crate::model::site::{Page, Site, Volume};
use std::collections::BTreeSet;

/// The ledger after this edition was published: what it has now, and what was there before and is answered still. The
/// address of a draft is no lasting one, also where the settings publish drafts.
pub fn update(site: &Site, before: &Ledger) -> Ledger {
    let mut after = before.clone();
    for page in site.pages.iter().filter(|page| page.published && !is_draft(site, page) && !site.is_introduction(page))
    {
        let published = after.volumes.entry(volume_key(site, page.volume).to_owned()).or_default();
        let line = Line { line: 0, record: Record::Published(now(&page.outline)) };
        published.pages.insert(page.id.clone(), line);
    }
    for (number, volume) in site.volumes.iter().enumerate().filter(|(_, volume)| !is_draft_volume(volume)) {
        let published = after.volumes.entry(volume_key(site, Some(number)).to_owned()).or_default();
        volume.registers.iter().for_each(|register| record_entries(register, published));
        record_generated(site, volume_key(site, Some(number)), published);
    }
    let published = after.volumes.entry(String::new()).or_default();
    site.registers.iter().for_each(|register| record_entries(register, published));
    record_generated(site, "", published);
    record_leads(site, &mut after);
    for (volume, published) in &mut after.volumes {
        if published.file.is_empty() {
            published.file = file_of(volume).into();
        }
    }
    after
}

fn is_draft(site: &Site, page: &Page) -> bool {
    page.outline.status == Status::Draft || site.volume_of(page).is_some_and(is_draft_volume)
}

fn is_draft_volume(volume: &Volume) -> bool {
    volume.matter.page.status == Status::Draft
}

/// Addresses that are there as aliases only: those of pages and entries that were published have lines of their own.
fn record_leads(site: &Site, after: &mut Ledger) {
    let has_line = |path: &str| {
        let path = path.strip_suffix(".html").unwrap_or(path);
        let (folder, id) = path.rsplit_once('/').unwrap_or(("", path));
        let (volume, kind) = folder.rsplit_once('/').unwrap_or(("", folder));
        let is_page = |volume: &VolumeLedger| volume.pages.contains_key(id);
        let is_entry = |volume: &VolumeLedger| volume.entries.contains_key(&(kind.to_owned(), id.to_owned()));
        after.volumes.get(folder).is_some_and(is_page) || after.volumes.get(volume).is_some_and(is_entry)
    };
    let is_lasting = |source: &str| {
        let page = site.sources.get(source).map(|page| &site.pages[*page]);
        page.is_none_or(|page| !is_draft(site, page))
    };
    let lasting = site.redirects.iter().filter(|redirect| is_lasting(&redirect.source) && !has_line(&redirect.from));
    let leads: Vec<(String, String)> = lasting.map(|redirect| (redirect.from.clone(), redirect.to.clone())).collect();
    let published = after.volumes.entry(String::new()).or_default();
    published.leads.extend(leads.into_iter().map(|(from, to)| (from, (0, Lead::To(to)))));
}

/// Pages that are made from others have addresses too: those of lists and registers, and of a volume's landing.
fn record_generated(site: &Site, volume: &str, published: &mut VolumeLedger) {
    for id in generated(site, volume) {
        published.pages.entry(id.to_owned()).or_default();
    }
}

/// Ids of the pages of a volume, or of the edition itself, that are made from others.
pub(super) fn generated<'s>(site: &'s Site, key: &str) -> BTreeSet<&'s str> {
    let is_this = |volume: &&Volume| if key.is_empty() { volume.at_root } else { volume.id == key };
    let has_landing = key.is_empty() || site.volumes.iter().filter(|volume| volume.published).any(|it| is_this(&it));
    let landing = has_landing.then_some("index");
    let corrections = (key.is_empty() && site.has_corrections).then_some("corrections");
    let folder = if key.is_empty() { String::new() } else { format!("{key}/") };
    let lists = site.generated.iter().filter(|(_, page)| page.is_lasting());
    let ids = lists.filter_map(|(path, _)| path.strip_prefix(&folder)?.strip_suffix(".html"));
    landing.into_iter().chain(corrections).chain(ids.filter(|id| !id.contains('/'))).collect()
}

/// The file of a volume's ledger. What stands at the root of the site has a name that no volume can have.
pub fn file_of(volume: &str) -> String {
    if volume.is_empty() { "ledger/_edition.yaml".to_owned() } else { format!("ledger/{volume}.yaml") }
}

/// The name of a volume in the ledger: what stands at the root of the site belongs to the edition itself.
fn volume_key(site: &Site, volume: Option<usize>) -> &str {
    volume.map(|number| &site.volumes[number]).filter(|volume| !volume.at_root).map_or("", |volume| &volume.id)
}

fn record_entries(register: &Register, published: &mut VolumeLedger) {
    let kind = register.kind.name();
    for entry in &register.entries {
        let old = entry.aliases.iter().filter(|alias| VolumeLedger::is_entry_alias(alias)).map(|alias| &alias.text);
        for id in std::iter::once(&entry.id).chain(old) {
            published.entries.insert((kind.to_owned(), id.clone()), (0, Some(name_hash(&entry.name))));
        }
    }
}

/// Short hash of a name: six bits for its first word, six for the others, or for the first again where there are none.
pub(super) fn name_hash(name: &str) -> u16 {
    let words: Vec<String> = name.split_whitespace().map(|word| word.trim_matches([',', '.']).to_lowercase()).collect();
    let short = |words: &[String]| (Hash128::of(words.join(" ").as_bytes()).short() & 0x3f) as u16;
    let (first, rest) = words.split_at(words.len().min(1));
    short(first) << 6 | short(if rest.is_empty() { first } else { rest })
}

/// Whether a name shares neither its first word nor the rest with that of a hash.
pub(super) fn is_another_name(then: u16, name: &str) -> bool {
    let now = name_hash(name);
    let parts = |hash: u16| [hash >> 6, hash & 0x3f];
    !parts(then).iter().any(|part| parts(now).contains(part))
}

/// A page as it would be published now, with the old anchors that it answers.
pub(super) fn now(outline: &Outline) -> Published {
    let mut paragraphs: Vec<Option<u16>> = Vec::new();
    for (names, hash) in outline.numbers().iter().zip(&outline.openings.paragraphs) {
        for number in names {
            let at = *number as usize;
            if paragraphs.len() < at {
                paragraphs.resize(at, None);
            }
            paragraphs[at - 1] = Some(*hash);
        }
    }
    let mut published = Published { identity: Some(identity(outline)), paragraphs, ..Published::default() };
    published.notes = outline
        .notes
        .iter()
        .zip(&outline.openings.notes)
        .map(|(label, hash)| (label.to_string(), Some(*hash)))
        .collect();
    published.others = outline.anchors.iter().map(|anchor| (anchor.to_string(), None)).collect();
    for (place, around) in &outline.openings.counted {
        let anchor = outline.anchors.get(*place as usize);
        published.others.extend(anchor.map(|anchor| (anchor.to_string(), Some(*around))));
    }
    let breaks = outline.pages.iter().filter(|page| !page.anchor.is_empty());
    for (number, page) in breaks.enumerate() {
        published.add_page(&page.pagination, &page.anchor, outline.openings.breaks.get(number).copied());
    }
    let paginations: BTreeSet<&str> = outline.pages.iter().map(|page| &*page.pagination).collect();
    for (old, _) in &outline.anchor_aliases {
        if let Some(label) = old.strip_prefix("fn-") {
            published.notes.entry(label.to_owned()).or_insert(None);
        } else if let Some(pagination) =
            paginations.iter().find(|it| old.strip_prefix(**it).is_some_and(|rest| rest.starts_with('-')))
        {
            published.add_page(pagination, old, None);
        } else if counted(old).is_none() {
            published.others.entry(old.to_string()).or_insert(None);
        }
    }
    published
}

pub(super) fn identity(outline: &Outline) -> Identity {
    let short = |text: &str| (Hash128::of(text.as_bytes()).short() & 0x3ffff) as u32;
    Identity { title: short(&outline.title), date: outline.date().map(|date| short(&date.to_string())) }
}
