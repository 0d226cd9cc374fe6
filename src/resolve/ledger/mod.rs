//! An edition against what was published of it: no address and no anchor may go without a word.

mod anchors;
mod documents;
mod gone;
mod paragraphs;
mod record;

pub use record::{file_of, update};

use crate::diag::Code;
use crate::model::ledger::{Lead, Ledger, Line, Published, Record, VolumeLedger};
use crate::model::natural::natural;
use crate::model::outline::Outline;
use crate::model::register::{Register, RegisterEntry};
use crate::model::site::{Page, Site};
use anchors::{anchors_lost, then_without_paragraphs, words_moved};
use documents::{Documents, Found};
use record::now;
use std::collections::BTreeMap;
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

/// Documents of an id that are not in the edition any more, as far as anybody remembers them: source and outline.
pub type Past<'a> = &'a dyn Fn(&str) -> Vec<(Arc<str>, Arc<Outline>)>;

/// Compares an edition with what was published of it. `past` only helps to say what is missed.
pub fn check(site: &Site, ledger: &Ledger, past: Past<'_>) -> Vec<LedgerFinding> {
    let redirects = site.redirects.iter().map(|redirect| (redirect.from.as_str(), redirect.to.as_str())).collect();
    let check = Check { site, ledger, past, redirects, documents: Documents::of(site) };
    let mut findings = Vec::new();
    for (volume, published) in &ledger.volumes {
        check.volume(volume, published, &mut findings);
        check.leads(published, &mut findings);
    }
    findings
}

struct Check<'a> {
    site: &'a Site,
    ledger: &'a Ledger,
    past: Past<'a>,
    /// Old addresses and where they lead.
    redirects: BTreeMap<&'a str, &'a str>,
    documents: Documents<'a>,
}

impl<'a> Check<'a> {
    fn volume(&self, key: &str, published: &VolumeLedger, findings: &mut Vec<LedgerFinding>) {
        let site = self.site;
        let volume = site.volumes.iter().find(|volume| if key.is_empty() { volume.at_root } else { volume.id == key });
        if volume.is_some_and(|volume| site.unread.volumes.contains(&volume.folder)) {
            return;
        }
        let generated = record::generated(site, key);
        let mut gone = Vec::new();
        for (id, line) in &published.pages {
            let path = address(key, id);
            match (&line.record, self.site.page_at(&path)) {
                (Record::Withdrawn(_), Some(page)) => findings.push(gone::withdrawn_is_back(published, line, page)),
                (Record::Withdrawn(_), None) => {}
                (Record::Published(then), Some(page)) => self.compare(then, page, published, line, findings),
                (Record::Published(_), None) if generated.contains(id.as_str()) => {}
                (Record::Published(then), None) => match self.redirects.get(path.as_str()) {
                    Some(to) => self.redirected(&path, then, to, (published, line), findings),
                    None if self.has_unread_register(key, id) => {}
                    None if site.unread.hides_document(volume.map_or("content", |volume| &volume.folder), id) => {}
                    None => gone.push((id.as_str(), line)),
                },
            }
        }
        gone.sort_by_cached_key(|(id, _)| natural(id));
        if volume.is_none() && !key.is_empty() && gone.len() > 1 {
            findings.push(self.volume_gone(key, published, &gone));
        } else {
            findings.extend(gone.iter().map(|(id, line)| self.page_gone(key, id, published, line)));
        }
        for ((kind, id), (line, name)) in &published.entries {
            if published.withdrawn_entries.contains_key(&(kind.clone(), id.clone())) {
                continue;
            }
            match self.entry(key, kind, id) {
                None if self.has_unread_register(key, kind) => {}
                None => {
                    let elsewhere = self.elsewhere(key, kind, id, *name, published);
                    findings.push(gone::entry_gone(kind, id, published, *line, &elsewhere));
                }
                Some((register, entry)) => {
                    let is_another = name.is_some_and(|name| record::is_another_name(name, &entry.name));
                    findings.extend(is_another.then(|| gone::entry_reused(register, entry, id, published, *line)));
                }
            }
        }
        for ((kind, id), (line, _)) in &published.withdrawn_entries {
            let back = self.entry(key, kind, id);
            findings.extend(back.map(|(register, _)| gone::entry_is_back(register, id, published, *line)));
        }
    }

    fn page_gone(&self, key: &str, id: &str, published: &VolumeLedger, line: &Line) -> LedgerFinding {
        let path = address(key, id);
        let then = match &line.record {
            Record::Published(then) => then,
            Record::Withdrawn(_) => &Published::default(),
        };
        let in_other_case = self.site.pages.iter().find(|page| page.published && page.path.eq_ignore_ascii_case(&path));
        if let Some(page) = in_other_case {
            return gone::in_other_case(&path, id, page, (published, line));
        }
        gone::page_gone(&path, id, (published, line), self.documents.heir(then), self.was(id, then).as_ref())
    }

    /// The document that had this id, as it was.
    fn was(&self, id: &str, then: &Published) -> Option<gone::Was> {
        let identity = then.identity?;
        (self.past)(id).into_iter().find(|(_, outline)| record::identity(outline) == identity)
    }

    /// A volume of which nothing is left, unless another one has most of its documents under their ids.
    fn volume_gone(&self, key: &str, published: &VolumeLedger, gone: &[(&str, &Line)]) -> LedgerFinding {
        let mut heirs: BTreeMap<&str, usize> = BTreeMap::new();
        let mut lost = Vec::new();
        for (id, line) in gone {
            let Record::Published(then) = &line.record else { continue };
            let heir = self.documents.heir(then).filter(|heir| heir.id == *id);
            if let Some(volume) = heir.and_then(|heir| self.site.volume_of(heir)) {
                *heirs.entry(&volume.folder).or_default() += 1;
            }
            lost.push((*id, *line, self.was(id, then)));
        }
        let documents = lost.iter().filter(|(_, line, _)| line.record != Record::default()).count();
        let heir = heirs.into_iter().max_by_key(|(_, count)| *count).filter(|(_, count)| count * 2 > documents);
        gone::volume_gone(key, published, &lost, heir.map(|(folder, _)| folder))
    }

    /// Where an entry may be that is not under its id: a register has it under another, that was not published.
    fn elsewhere(
        &self,
        key: &str,
        kind: &str,
        id: &str,
        name: Option<u16>,
        published: &VolumeLedger,
    ) -> gone::Elsewhere<'a> {
        let entries = || self.registers(key).filter(|register| register.kind.name() == kind).flat_map(|it| &it.entries);
        if let Some(entry) = entries().find(|entry| entry.id.eq_ignore_ascii_case(id)) {
            return gone::Elsewhere::OtherCase(entry);
        }
        let is_new = |entry: &&RegisterEntry| !published.entries.contains_key(&(kind.to_owned(), entry.id.clone()));
        let has_name = |entry: &&RegisterEntry| name == Some(record::name_hash(&entry.name));
        let mut named = entries().filter(is_new).filter(has_name);
        match (named.next(), named.next()) {
            (Some(entry), None) => gone::Elsewhere::ByName(entry),
            _ => gone::Elsewhere::Nowhere,
        }
    }

    /// Addresses that were only ever aliases: they are there, as whatever it be.
    fn leads(&self, published: &VolumeLedger, findings: &mut Vec<LedgerFinding>) {
        for (path, (line, lead)) in &published.leads {
            let (there, redirect) = (self.site.page_at(path), self.redirects.get(path.as_str()));
            match lead {
                Lead::Withdrawn(_) => {}
                Lead::To(_) if redirect.is_some() || self.site.addresses.contains(path) && there.is_none() => {}
                Lead::To(to) => match there {
                    Some(page) if page.path != *to => {
                        findings.push(gone::lead_reused(path, to, page, published, *line))
                    }
                    Some(_) => {}
                    None => {
                        let source = self.site.page_at(gone::page_of(to)).map(|page| &page.source);
                        findings.push(gone::lead_gone(path, to, source, published, *line));
                    }
                },
            }
        }
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
        if let Found::Another(heir) = self.documents.found(then, page) {
            findings.push(gone::id_reused(page, then, (file, line), heir));
            return;
        }
        let lost: Vec<String> =
            then_without_paragraphs(then).anchors().filter(|anchor| page.outline.anchor(anchor).is_none()).collect();
        if !lost.is_empty() {
            findings.push(anchors_lost(page, &lost, then));
        }
        findings.extend(words_moved(then, &now, page, &format!("{}:{}", file.file, line.line)));
    }

    /// The page to which an old address leads must have its anchors, and where it is the same document that has not been
    /// published under its new address yet, they lead to the same words.
    fn redirected(
        &self,
        from: &str,
        then: &Published,
        to: &str,
        (file, line): (&VolumeLedger, &Line),
        findings: &mut Vec<LedgerFinding>,
    ) {
        let path = gone::page_of(to);
        let Some(page) = self.site.page_at(path) else {
            // Lists and landings have no places of a document.
            let lost: Vec<String> = then.anchors().collect();
            findings.extend((!lost.is_empty()).then(|| gone::leads_to_a_list(from, path, &lost, file, line.line)));
            return;
        };
        let lost: Vec<String> = then.anchors().filter(|anchor| page.outline.anchor(anchor).is_none()).collect();
        if !lost.is_empty() {
            findings.push(anchors_lost(page, &lost, &then_without_paragraphs(then)));
            return;
        }
        let now = now(&page.outline);
        if !self.is_recorded(path) && matches!(self.documents.found(then, page), Found::Itself) {
            findings.extend(words_moved(then, &now, page, &format!("{}:{}", file.file, line.line)));
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

    /// The registers of a volume; under no key those of the edition.
    fn registers(&self, key: &str) -> impl Iterator<Item = &'a Register> {
        let site = self.site;
        let of_volume =
            site.volumes.iter().filter(move |volume| if key.is_empty() { volume.at_root } else { volume.id == key });
        let of_edition = site.registers.iter().filter(move |_| key.is_empty());
        of_volume.flat_map(|volume| &volume.registers).chain(of_edition)
    }

    /// The entry that has an id, or had it.
    fn entry(&self, key: &str, kind: &str, id: &str) -> Option<(&'a Register, &'a RegisterEntry)> {
        self.registers(key).find_map(|register| {
            let is_alias = |entry: &&RegisterEntry| entry.aliases.iter().any(|alias| alias.text == id);
            let entry = register.entry(id).or_else(|| register.entries.iter().find(is_alias));
            entry.filter(|_| register.kind.name() == kind).map(|entry| (register, entry))
        })
    }
}

fn address(volume: &str, id: &str) -> String {
    if volume.is_empty() { format!("{id}.html") } else { format!("{volume}/{id}.html") }
}
