//! An edition against what was published of it: no address and no anchor may go without a word.

use crate::diag::Code;
use crate::hash::Hash128;
use crate::model::ledger::{Identity, Ledger, Line, Published, Record, VolumeLedger};
use crate::model::natural::natural;
use crate::model::outline::{Outline, counted};
use crate::model::register::Register;
use crate::model::site::{Page, Site};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::Arc;

/// Where a finding is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Where {
    /// In the front matter of a document.
    Document(Arc<str>),
    /// On a line of a ledger file.
    Line(Arc<str>, usize),
}

/// Something that was published and is not there any more, or is something else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerFinding {
    /// Which rule speaks.
    pub code: Code,
    /// Where it is shown.
    pub at: Where,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

/// Compares an edition with what was published of it.
pub fn check(site: &Site, ledger: &Ledger) -> Vec<LedgerFinding> {
    let redirects = site.redirects.iter().map(|redirect| (redirect.from.as_str(), redirect.to.as_str())).collect();
    let check = Check { site, redirects };
    let mut findings = Vec::new();
    for (volume, published) in &ledger.volumes {
        check.volume(volume, published, &mut findings);
    }
    findings
}

/// The ledger after this edition was published: what it has now, and what was there before and is answered still.
pub fn update(site: &Site, before: &Ledger) -> Ledger {
    let mut after = before.clone();
    for page in site.pages.iter().filter(|page| page.published && !site.is_introduction(page)) {
        let published = after.volumes.entry(volume_key(site, page.volume).to_owned()).or_default();
        let line = Line { line: 0, record: Record::Published(now(&page.outline)) };
        published.pages.insert(page.id.clone(), line);
    }
    for (number, volume) in site.volumes.iter().enumerate().filter(|(_, volume)| volume.published) {
        let published = after.volumes.entry(volume_key(site, Some(number)).to_owned()).or_default();
        volume.registers.iter().for_each(|register| record_entries(register, published));
    }
    if !site.registers.is_empty() {
        let published = after.volumes.entry(String::new()).or_default();
        site.registers.iter().for_each(|register| record_entries(register, published));
    }
    for (volume, published) in &mut after.volumes {
        if published.file.is_empty() {
            published.file = file_of(volume).into();
        }
    }
    after
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
            published.entries.insert((kind.to_owned(), id.clone()), 0);
        }
    }
}

/// A page as it would be published now, with the old anchors that it answers.
fn now(outline: &Outline) -> Published {
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
    published.others = outline.anchors.iter().map(ToString::to_string).collect();
    for page in outline.pages.iter().filter(|page| !page.anchor.is_empty()) {
        published.add_page(&page.pagination, &page.anchor);
    }
    let paginations: BTreeSet<&str> = outline.pages.iter().map(|page| &*page.pagination).collect();
    for (old, _) in &outline.anchor_aliases {
        if let Some(label) = old.strip_prefix("fn-") {
            published.notes.entry(label.to_owned()).or_insert(None);
        } else if let Some(pagination) =
            paginations.iter().find(|it| old.strip_prefix(**it).is_some_and(|rest| rest.starts_with('-')))
        {
            published.add_page(pagination, old);
        } else if counted(old).is_none() {
            published.others.insert(old.to_string());
        }
    }
    published
}

fn identity(outline: &Outline) -> Identity {
    let short = |text: &str| (Hash128::of(text.as_bytes()).short() & 0x3ffff) as u32;
    Identity { title: short(&outline.title), date: outline.date().map(|date| short(&date.to_string())) }
}

struct Check<'a> {
    site: &'a Site,
    /// Old addresses and where they lead.
    redirects: BTreeMap<&'a str, &'a str>,
}

impl Check<'_> {
    fn volume(&self, key: &str, published: &VolumeLedger, findings: &mut Vec<LedgerFinding>) {
        let site = self.site;
        let volume = site.volumes.iter().find(|volume| if key.is_empty() { volume.at_root } else { volume.id == key });
        let is_read = |folder: &str| !site.unread.volumes.contains(folder);
        if let Some(volume) = volume
            && !is_read(&volume.folder)
        {
            return;
        }
        let mut gone = Vec::new();
        for (id, line) in &published.pages {
            let path = address(key, id);
            match (&line.record, self.page_at(&path)) {
                (Record::Withdrawn(_), Some(page)) => findings.push(withdrawn_is_back(published, line, page)),
                (Record::Withdrawn(_), None) => {}
                (Record::Published(then), Some(page)) => compare(then, page, published, line, findings),
                (Record::Published(then), None) => match self.redirects.get(path.as_str()) {
                    Some(to) => self.redirected(then, to, findings),
                    None if site.unread.hides_document(volume.map_or("content", |volume| &volume.folder), id) => {}
                    None => gone.push((id.as_str(), line.line)),
                },
            }
        }
        gone.sort_by_cached_key(|(id, _)| natural(id));
        if volume.is_none() && !key.is_empty() && gone.len() > 1 {
            findings.push(volume_gone(key, published, &gone));
        } else {
            findings.extend(gone.iter().map(|(id, line)| page_gone(key, id, published, *line)));
        }
        for ((kind, id), line) in &published.entries {
            if !published.withdrawn_entries.contains_key(&(kind.clone(), id.clone())) && !self.has_entry(key, kind, id)
            {
                findings.push(entry_gone(kind, id, published, *line));
            }
        }
    }

    fn page_at(&self, path: &str) -> Option<&Page> {
        let site = self.site;
        let (volume, file) = path.rsplit_once('/').unwrap_or(("", path));
        let id = file.strip_suffix(".html")?;
        let at_root = || site.volumes.first().filter(|volume| volume.at_root).and_then(|volume| volume.ids.get(id));
        let page = match volume {
            "" => site.plain_ids.get(id).or_else(at_root),
            volume => site.volumes[*site.volume_ids.get(volume)?].ids.get(id),
        };
        let page = &site.pages[*page?];
        (page.published && page.path == path).then_some(page)
    }

    /// The page to which an old address leads must have its anchors.
    fn redirected(&self, then: &Published, to: &str, findings: &mut Vec<LedgerFinding>) {
        let path = to.split('#').next().unwrap_or(to);
        let Some(page) = self.page_at(path) else { return };
        let lost: Vec<String> = then.anchors().filter(|anchor| page.outline.anchor(anchor).is_none()).collect();
        if !lost.is_empty() {
            findings.push(anchors_lost(page, &lost, &then_without_hashes(then)));
        }
    }

    fn has_entry(&self, key: &str, kind: &str, id: &str) -> bool {
        let site = self.site;
        let of_volume =
            site.volumes.iter().filter(|volume| if key.is_empty() { volume.at_root } else { volume.id == key });
        let mut registers: Vec<&Register> = of_volume.clone().flat_map(|volume| &volume.registers).collect();
        if key.is_empty() {
            registers.extend(&site.registers);
        }
        let folder = of_volume.map(|volume| volume.folder.as_str()).next().unwrap_or("content");
        let unread = site.unread.registers.iter().any(|(of, unread)| of == folder && unread.name() == kind);
        let has = |register: &&Register| {
            let is_alias = |alias: &crate::model::document::Printed| alias.text == id;
            register.kind.name() == kind
                && (register.entry(id).is_some()
                    || register.entries.iter().any(|entry| entry.aliases.iter().any(is_alias)))
        };
        unread || registers.iter().any(has)
    }
}

fn address(volume: &str, id: &str) -> String {
    if volume.is_empty() { format!("{id}.html") } else { format!("{volume}/{id}.html") }
}

fn then_without_hashes(then: &Published) -> Published {
    Published { paragraphs: Vec::new(), ..then.clone() }
}

fn page_gone(volume: &str, id: &str, published: &VolumeLedger, line: usize) -> LedgerFinding {
    let path = address(volume, id);
    LedgerFinding {
        code: Code::ADDRESS_LOST,
        at: Where::Line(Arc::clone(&published.file), line),
        message: format!("{path} was published, and there is nothing at this address any more"),
        help: format!(
            "if the document has another id now, write `aliases: [{path}]` in its front matter; if it is given up, write \
             this line so: `{id}: {{withdrawn: {{since: YYYY-MM-DD, reason: \"…\", title: \"…\"}}}}`"
        ),
    }
}

fn volume_gone(volume: &str, published: &VolumeLedger, gone: &[(&str, usize)]) -> LedgerFinding {
    let ids: Vec<&str> = gone.iter().take(3).map(|(id, _)| *id).collect();
    LedgerFinding {
        code: Code::ADDRESS_LOST,
        at: Where::Line(Arc::clone(&published.file), gone.first().map_or(1, |(_, line)| *line)),
        message: format!(
            "the volume `{volume}` was published, and {} of its addresses lead to nothing any more: {} …",
            gone.len(),
            ids.join(", ")
        ),
        help: format!(
            "if its folder has another name now, write `id: {volume}` in its _index.md; otherwise give each document \
             `aliases: [{volume}/ID.html]`, or write its line as withdrawn"
        ),
    }
}

fn entry_gone(kind: &str, id: &str, published: &VolumeLedger, line: usize) -> LedgerFinding {
    LedgerFinding {
        code: Code::ADDRESS_LOST,
        at: Where::Line(Arc::clone(&published.file), line),
        message: format!("the entry `{id}` of {kind} was published, and the register has it no more"),
        help: format!(
            "if the entry has another id now, write `aliases: [{id}]` in it; if it is given up, add a line \
             `{kind}/{id}: {{withdrawn: true}}` to the ledger"
        ),
    }
}

fn withdrawn_is_back(published: &VolumeLedger, line: &Line, page: &Page) -> LedgerFinding {
    LedgerFinding {
        code: Code::ID_REUSED,
        at: Where::Document(Arc::clone(&page.source)),
        message: format!(
            "the id `{}` is that of a document that was withdrawn ({}:{})",
            page.id, published.file, line.line
        ),
        help: "give this document another id; if it is the old one, take its line out of the ledger".to_owned(),
    }
}

/// A page as it was published and as it is.
fn compare(then: &Published, page: &Page, file: &VolumeLedger, line: &Line, findings: &mut Vec<LedgerFinding>) {
    let now = now(&page.outline);
    if is_another(then, &now) {
        findings.push(LedgerFinding {
            code: Code::ID_REUSED,
            at: Where::Document(Arc::clone(&page.source)),
            message: format!(
                "the id `{}` was published for another document: title, date and text are all others ({}:{})",
                page.id, file.file, line.line
            ),
            help: "give this document another id; if it is the same one, rewritten, take `i=…` out of that line"
                .to_owned(),
        });
        return;
    }
    let lost: Vec<String> =
        then_without_hashes(then).anchors().filter(|anchor| page.outline.anchor(anchor).is_none()).collect();
    if !lost.is_empty() {
        findings.push(anchors_lost(page, &lost, then));
    }
    if let Some(moved) = paragraphs_moved(then, &now, page) {
        findings.push(moved);
    }
    if let Some(moved) = notes_moved(then, &now, page) {
        findings.push(moved);
    }
}

/// Whether nothing is left of the document that was published under this id.
fn is_another(then: &Published, now: &Published) -> bool {
    let (Some(then_id), Some(now_id)) = (then.identity, now.identity) else { return false };
    let same_date = then_id.date.is_some() && then_id.date == now_id.date;
    let known: BTreeSet<u16> = then.paragraphs.iter().flatten().copied().collect();
    let same_words = now.paragraphs.iter().flatten().any(|hash| known.contains(hash));
    then_id.title != now_id.title && !same_date && !same_words
}

fn anchors_lost(page: &Page, lost: &[String], then: &Published) -> LedgerFinding {
    // Where as many came as went, the ones are probably the others.
    let published: BTreeSet<String> = then.anchors().collect();
    let class = |anchor: &str| anchor.rsplit_once('-').map_or(String::new(), |(class, _)| class.to_owned());
    let mut came: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut new: Vec<String> =
        then_without_hashes(&now(&page.outline)).anchors().filter(|anchor| !published.contains(anchor)).collect();
    new.sort_by_cached_key(|anchor| natural(anchor));
    new.into_iter().for_each(|anchor| came.entry(class(&anchor)).or_default().push(anchor));
    let mut sorted: Vec<&String> = lost.iter().collect();
    sorted.sort_by_cached_key(|anchor| natural(anchor));
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut pairs = String::new();
    for anchor in &sorted {
        let class = class(anchor);
        let went = sorted.iter().filter(|other| self::class_of(other) == class).count();
        let place = counts.entry(class.clone()).or_insert(0);
        let guess = came.get(&class).filter(|came| came.len() == went).and_then(|came| came.get(*place));
        *place += 1;
        let separator = if pairs.is_empty() { "" } else { ", " };
        let _ = write!(pairs, "{separator}{anchor}: {}", guess.map_or("…", String::as_str));
    }
    let names: Vec<String> = sorted.iter().take(8).map(|anchor| format!("#{anchor}")).collect();
    let more = if sorted.len() > 8 { format!(" and {} more", sorted.len() - 8) } else { String::new() };
    let were = if sorted.len() == 1 { "was published, and is" } else { "were published, and are" };
    LedgerFinding {
        code: Code::ANCHOR_LOST,
        at: Where::Document(Arc::clone(&page.source)),
        message: format!("{}{more} {were} not on this page any more", names.join(", ")),
        help: format!("put it back, or lead it to what took its place: `anchor_aliases: {{{pairs}}}`"),
    }
}

fn class_of(anchor: &str) -> String {
    anchor.rsplit_once('-').map_or(String::new(), |(class, _)| class.to_owned())
}

/// More pairs than these are not compared: then a text was rewritten as a whole.
const MOST_PAIRS: usize = 4_000_000;

/// Numbers of paragraphs that lead to other words than they did.
fn paragraphs_moved(then: &Published, now: &Published, page: &Page) -> Option<LedgerFinding> {
    let outline = &page.outline;
    let same = |(number, hash): (usize, &Option<u16>)| hash.is_none() || now.paragraphs.get(number) == Some(hash);
    if then.paragraphs.iter().enumerate().all(same) {
        return None;
    }
    let numbers = outline.numbers();
    let old: Vec<(u32, u16)> =
        (1_u32..).zip(&then.paragraphs).filter_map(|(number, hash)| Some((number, (*hash)?))).collect();
    let new = &outline.openings.paragraphs;
    let places = aligned(&old.iter().map(|(_, hash)| *hash).collect::<Vec<_>>(), new);
    let mut wrong: Vec<(u32, Option<usize>)> = Vec::new();
    let mut wanted: Vec<(u32, usize)> = Vec::new();
    for ((number, hash), aligned) in old.iter().zip(&places) {
        let bears = |place: usize| numbers.get(place).is_some_and(|names| names.contains(number));
        let now = (0..numbers.len()).find(|place| bears(*place));
        let place = match aligned {
            // Two numbers may lead to the same words.
            _ if now.is_some_and(|place| new.get(place) == Some(hash)) => now,
            Aligned::Same(place) => Some(*place),
            // Words that were changed where they stand keep their number.
            Aligned::Among { from, to, .. } if now.is_some_and(|place| (*from..*to).contains(&place)) => now,
            Aligned::Among { from, to, nth, of } if to - from == *of => Some(from + nth),
            Aligned::Among { from, to, .. } => (from < to).then_some(*from),
        };
        wanted.extend(place.map(|place| (*number, place)));
        if place.is_none() || place != now {
            wrong.push((*number, place));
        }
    }
    let first = wrong.first()?;
    let names: Vec<String> = wrong.iter().take(6).map(|(number, _)| format!("#p{number}")).collect();
    let more = if wrong.len() > 6 { format!(" and {} more", wrong.len() - 6) } else { String::new() };
    let led = wanted.iter().filter(|(number, place)| *number as usize != place + 1);
    let mut pairs: Vec<String> = led.map(|(number, place)| format!("p{number}: p{}", place + 1)).collect();
    pairs.extend(wrong.iter().filter(|(_, place)| place.is_none()).map(|(number, _)| format!("p{number}: …")));
    let others = outline.anchor_aliases.iter().filter(|(old, _)| counted(old).is_none());
    pairs.extend(others.map(|(old, new)| format!("{old}: {new}")));
    let happened = match first.1 {
        Some(_) => "lead to other words than when they were published",
        None => "were published, and their words are not here any more",
    };
    Some(LedgerFinding {
        code: Code::ANCHOR_MOVED,
        at: Where::Document(Arc::clone(&page.source)),
        message: format!("{}{more} {happened}", names.join(", ")),
        help: format!("say where they are now: `anchor_aliases: {{{}}}`", pairs.join(", ")),
    })
}

/// Labels of notes that lead to other notes than they did.
fn notes_moved(then: &Published, now: &Published, page: &Page) -> Option<LedgerFinding> {
    let mut moved = Vec::new();
    for (label, hash) in then.notes.iter().filter_map(|(label, hash)| Some((label, (*hash)?))) {
        let same = now.notes.get(label).is_none_or(|now| *now == Some(hash) || now.is_none());
        if same {
            continue;
        }
        let other =
            now.notes.iter().find(|(other, now)| **now == Some(hash) && then.notes.get(*other) != Some(&Some(hash)));
        moved.extend(other.map(|(other, _)| (label.as_str(), other.as_str())));
    }
    moved.sort_by_cached_key(|(label, _)| natural(label));
    let (label, other) = *moved.first()?;
    Some(LedgerFinding {
        code: Code::ANCHOR_MOVED,
        at: Where::Document(Arc::clone(&page.source)),
        message: match moved.len() {
            1 => format!("the note that was published as `#fn-{label}` is `#fn-{other}` now"),
            count => format!(
                "the note that was published as `#fn-{label}` is `#fn-{other}` now, and {} more have other labels",
                count - 1
            ),
        },
        help: format!(
            "labels are lasting names: give the note back its label `[^{label}]` and the new one a label of its own, such as \
             `[^{label}a]`; what is printed can be said in `markers:`"
        ),
    })
}

/// Where something of an old list stands in a new one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Aligned {
    /// The same, at this place.
    Same(usize),
    /// With other words among these places, or nowhere if there are none: the `nth` of so many.
    Among { from: usize, to: usize, nth: usize, of: usize },
}

/// The longest common subsequence, and for all others what lies between its members.
fn aligned(old: &[u16], new: &[u16]) -> Vec<Aligned> {
    if old.len() * new.len() > MOST_PAIRS {
        let among = |nth| Aligned::Among { from: 0, to: new.len(), nth, of: old.len() };
        return (0..old.len()).map(among).collect();
    }
    let width = new.len() + 1;
    let mut lengths = vec![0_u32; (old.len() + 1) * width];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            lengths[i * width + j] = if old[i] == new[j] {
                lengths[(i + 1) * width + j + 1] + 1
            } else {
                lengths[(i + 1) * width + j].max(lengths[i * width + j + 1])
            };
        }
    }
    let mut places = Vec::with_capacity(old.len());
    let (mut i, mut j) = (0, 0);
    let (mut from_old, mut from_new) = (0, 0);
    loop {
        while i < old.len() && j < new.len() && old[i] != new[j] {
            if lengths[(i + 1) * width + j] >= lengths[i * width + j + 1] { i += 1 } else { j += 1 }
        }
        let at_end = i >= old.len() || j >= new.len();
        let (end_old, end_new) = if at_end { (old.len(), new.len()) } else { (i, j) };
        let of = end_old - from_old;
        places.extend((0..of).map(|nth| Aligned::Among { from: from_new, to: end_new, nth, of }));
        if at_end {
            return places;
        }
        places.push(Aligned::Same(j));
        (i, j) = (i + 1, j + 1);
        (from_old, from_new) = (i, j);
    }
}

#[cfg(test)]
mod tests {
    use super::Aligned::Same;
    use super::*;

    fn among(from: usize, to: usize, nth: usize, of: usize) -> Aligned {
        Aligned::Among { from, to, nth, of }
    }

    #[test]
    fn paragraphs_are_found_again() {
        assert_eq!(aligned(&[1, 2, 3], &[1, 2, 3]), [Same(0), Same(1), Same(2)]);
        assert_eq!(aligned(&[1, 2, 3], &[1, 9, 2, 3]), [Same(0), Same(2), Same(3)]);
        assert_eq!(aligned(&[1, 2, 3], &[1, 9, 3]), [Same(0), among(1, 2, 0, 1), Same(2)]);
        assert_eq!(aligned(&[1, 2, 3], &[1, 3]), [Same(0), among(1, 1, 0, 1), Same(1)]);
        assert_eq!(aligned(&[1, 2], &[7, 8]), [among(0, 2, 0, 2), among(0, 2, 1, 2)]);
        assert_eq!(aligned(&[], &[7, 8]), []);
        assert_eq!(aligned(&[1], &[]), [among(0, 0, 0, 1)]);
    }
}
