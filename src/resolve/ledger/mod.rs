//! An edition against what was published of it: no address and no anchor may go without a word.

mod paragraphs;
mod record;

pub use record::{file_of, update};

use crate::diag::Code;
use crate::model::ledger::{Identity, Ledger, Line, Published, Record, VolumeLedger};
use crate::model::natural::natural;
use crate::model::register::Register;
use crate::model::site::{Page, Site};
use paragraphs::paragraphs_moved;
use record::now;
use std::cell::OnceCell;
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
    let check = Check { site, ledger, redirects, identities: OnceCell::new() };
    let mut findings = Vec::new();
    for (volume, published) in &ledger.volumes {
        check.volume(volume, published, &mut findings);
    }
    findings
}

struct Check<'a> {
    site: &'a Site,
    ledger: &'a Ledger,
    /// Old addresses and where they lead.
    redirects: BTreeMap<&'a str, &'a str>,
    /// Documents by title and date; looked up only where one is missed.
    identities: OnceCell<BTreeMap<Identity, Vec<&'a Page>>>,
}

impl<'a> Check<'a> {
    fn volume(&self, key: &str, published: &VolumeLedger, findings: &mut Vec<LedgerFinding>) {
        let site = self.site;
        let volume = site.volumes.iter().find(|volume| if key.is_empty() { volume.at_root } else { volume.id == key });
        let is_read = |folder: &str| !site.unread.volumes.contains(folder);
        if let Some(volume) = volume
            && !is_read(&volume.folder)
        {
            return;
        }
        let generated = record::generated(site, key);
        let mut gone = Vec::new();
        for (id, line) in &published.pages {
            let path = address(key, id);
            match (&line.record, self.page_at(&path)) {
                (Record::Withdrawn(_), Some(page)) => findings.push(withdrawn_is_back(published, line, page)),
                (Record::Withdrawn(_), None) => {}
                (Record::Published(then), Some(page)) => self.compare(then, page, published, line, findings),
                (Record::Published(_), None) if generated.contains(id.as_str()) => {}
                (Record::Published(then), None) => match self.redirects.get(path.as_str()) {
                    Some(to) => self.redirected(then, to, findings),
                    None if self.has_unread_register(key, id) => {}
                    None if site.unread.hides_document(volume.map_or("content", |volume| &volume.folder), id) => {}
                    None => gone.push((id.as_str(), line)),
                },
            }
        }
        gone.sort_by_cached_key(|(id, _)| natural(id));
        let page_gone = |(id, line): &(&str, &Line)| page_gone(key, id, published, line, self.heir(&line.record));
        if volume.is_none() && !key.is_empty() && gone.len() > 1 {
            findings.push(volume_gone(key, published, &gone));
        } else {
            findings.extend(gone.iter().map(page_gone));
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

    /// A page as it was published and as it is.
    fn compare(
        &self,
        then: &Published,
        page: &Page,
        file: &VolumeLedger,
        line: &Line,
        findings: &mut Vec<LedgerFinding>,
    ) {
        let now = now(&page.outline);
        if is_another(then, &now) {
            findings.push(id_reused(page, file, line, self.heir(&line.record)));
            return;
        }
        let lost: Vec<String> =
            then_without_hashes(then).anchors().filter(|anchor| page.outline.anchor(anchor).is_none()).collect();
        if !lost.is_empty() {
            findings.push(anchors_lost(page, &lost, then));
        }
        findings.extend(words_moved(then, &now, page));
    }

    /// The only document that has the title and the date of one that is missed.
    fn heir(&self, record: &Record) -> Option<&'a Page> {
        let Record::Published(Published { identity: Some(identity), .. }) = record else { return None };
        let identities = self.identities.get_or_init(|| {
            let mut identities: BTreeMap<Identity, Vec<&Page>> = BTreeMap::new();
            for page in self.site.pages.iter().filter(|page| page.published) {
                identities.entry(record::identity(&page.outline)).or_default().push(page);
            }
            identities
        });
        match identities.get(identity)?.as_slice() {
            [page] => Some(page),
            _ => None,
        }
    }

    /// The page to which an old address leads must have its anchors, and where it is the same document that has not been
    /// published under its new address yet, they lead to the same words.
    fn redirected(&self, then: &Published, to: &str, findings: &mut Vec<LedgerFinding>) {
        let path = to.split('#').next().unwrap_or(to);
        let Some(page) = self.page_at(path) else { return };
        let lost: Vec<String> = then.anchors().filter(|anchor| page.outline.anchor(anchor).is_none()).collect();
        if !lost.is_empty() {
            findings.push(anchors_lost(page, &lost, &then_without_hashes(then)));
            return;
        }
        let now = now(&page.outline);
        if !self.is_recorded(path) && !is_another(then, &now) {
            findings.extend(words_moved(then, &now, page));
        }
    }

    fn is_recorded(&self, path: &str) -> bool {
        let (volume, file) = path.rsplit_once('/').unwrap_or(("", path));
        let of_volume = self.ledger.volumes.get(volume);
        file.strip_suffix(".html").is_some_and(|id| of_volume.is_some_and(|volume| volume.pages.contains_key(id)))
    }

    fn has_unread_register(&self, key: &str, kind: &str) -> bool {
        let site = self.site;
        let volume = site.volumes.iter().find(|volume| if key.is_empty() { volume.at_root } else { volume.id == key });
        let folder = volume.map_or("content", |volume| &volume.folder);
        site.unread.registers.iter().any(|(of, unread)| of == folder && unread.name() == kind)
    }

    fn has_entry(&self, key: &str, kind: &str, id: &str) -> bool {
        let site = self.site;
        let of_volume =
            site.volumes.iter().filter(|volume| if key.is_empty() { volume.at_root } else { volume.id == key });
        let mut registers: Vec<&Register> = of_volume.flat_map(|volume| &volume.registers).collect();
        if key.is_empty() {
            registers.extend(&site.registers);
        }
        let has = |register: &&Register| {
            let is_alias = |alias: &crate::model::document::Printed| alias.text == id;
            register.kind.name() == kind
                && (register.entry(id).is_some()
                    || register.entries.iter().any(|entry| entry.aliases.iter().any(is_alias)))
        };
        self.has_unread_register(key, kind) || registers.iter().any(has)
    }
}

fn address(volume: &str, id: &str) -> String {
    if volume.is_empty() { format!("{id}.html") } else { format!("{volume}/{id}.html") }
}

fn then_without_hashes(then: &Published) -> Published {
    Published { paragraphs: Vec::new(), ..then.clone() }
}

fn page_gone(volume: &str, id: &str, published: &VolumeLedger, line: &Line, heir: Option<&Page>) -> LedgerFinding {
    let path = address(volume, id);
    let moved = match heir {
        Some(heir) => format!(
            "{} has the same title and date: if it is the document, write `id: {id}` in its front matter, or \
             `aliases: [{path}]` if its new id shall stay",
            heir.source
        ),
        None if line.record == Record::default() => {
            format!("it was made from others: write `aliases: [{path}]` in the front matter of what takes its place")
        }
        None => format!("if the document has another id now, write `aliases: [{path}]` in its front matter"),
    };
    LedgerFinding {
        code: Code::ADDRESS_LOST,
        at: Where::Line(Arc::clone(&published.file), line.line),
        message: format!("{path} was published, and there is nothing at this address any more"),
        help: format!(
            "{moved}; if it is given up, write this line so: `{id}: {{withdrawn: {{since: YYYY-MM-DD, reason: \"…\", title: \"…\"}}}}`"
        ),
    }
}

fn volume_gone(volume: &str, published: &VolumeLedger, gone: &[(&str, &Line)]) -> LedgerFinding {
    let ids: Vec<&str> = gone.iter().take(3).map(|(id, _)| *id).collect();
    LedgerFinding {
        code: Code::ADDRESS_LOST,
        at: Where::Line(Arc::clone(&published.file), gone.first().map_or(1, |(_, line)| line.line)),
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

fn id_reused(page: &Page, file: &VolumeLedger, line: &Line, heir: Option<&Page>) -> LedgerFinding {
    let (id, published, line) = (&page.id, &file.file, line.line);
    let other = "give this document another id";
    LedgerFinding {
        code: Code::ID_REUSED,
        at: Where::Document(Arc::clone(&page.source)),
        message: format!(
            "the id `{id}` was published for another document: title, date and text are all others ({published}:{line})"
        ),
        help: match heir {
            Some(heir) => {
                format!("{} has the title and date of that one: write `id: {id}` there, and {other}", heir.source)
            }
            None => format!("{other}; if it is the same one, rewritten, take `i=…` out of that line"),
        },
    }
}

/// Numbers and labels that lead to other words than they did.
fn words_moved(then: &Published, now: &Published, page: &Page) -> impl Iterator<Item = LedgerFinding> {
    [paragraphs_moved(then, now, page), notes_moved(then, now, page)].into_iter().flatten()
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
    let mut came: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut new: Vec<String> =
        then_without_hashes(&now(&page.outline)).anchors().filter(|anchor| !published.contains(anchor)).collect();
    new.sort_by_cached_key(|anchor| natural(anchor));
    new.into_iter().for_each(|anchor| came.entry(class_of(&anchor)).or_default().push(anchor));
    let mut sorted: Vec<&String> = lost.iter().collect();
    sorted.sort_by_cached_key(|anchor| natural(anchor));
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut pairs = String::new();
    for anchor in &sorted {
        let class = class_of(anchor);
        let went = sorted.iter().filter(|other| class_of(other) == class).count();
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

/// What anchors of the same sort have in common: `fn`, a pagination.
fn class_of(anchor: &str) -> String {
    anchor.rsplit_once('-').map_or(String::new(), |(class, _)| class.to_owned())
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
