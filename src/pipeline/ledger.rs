//! The ledger beside an edition: read with it, compared with it, and written anew when it is published.

use super::Edition;
use super::outline::{self, default_id, supposed_id};
use crate::cache::Cache;
use crate::diag::{Code, Diagnostic, Place};
use crate::history;
use crate::load::{self, Files};
use crate::model::ledger::{Lead, Ledger, Record, VolumeLedger};
use crate::model::register::RegisterKind;
use crate::model::site::{Site, Tombstone};
use crate::parse::ledger as files;
use crate::resolve::ledger::{self, LedgerFinding, Where};
use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

/// What an update of the ledger changed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Recorded {
    /// Addresses and entries that were recorded for the first time.
    pub added: usize,
    /// Pages whose anchors or words are others than before.
    pub changed: usize,
    /// Addresses and entries in the ledger now.
    pub pages: usize,
    /// Files that were written.
    pub files: usize,
}

/// Reads the ledger of an edition; it is empty where nothing was published yet.
pub(super) fn read(root: &Path, files: &Files) -> (Ledger, Vec<Diagnostic>) {
    let mut ledger = Ledger::default();
    let mut diagnostics = Vec::new();
    for file in &files.ledger {
        let name = file.rsplit('/').next().and_then(|name| name.strip_suffix(".yaml")).unwrap_or_default();
        match load::read(root, file) {
            Ok(text) => {
                let (volume, faults) = self::files::read(file, &text);
                diagnostics.extend(faults.into_iter().map(|fault| {
                    let place = Place::at(Arc::clone(file), fault.span);
                    Diagnostic::new(Code::LEDGER_MALFORMED, place, fault.message).help(fault.help)
                }));
                let key = if ledger::file_of("") == **file { "" } else { name };
                ledger.volumes.insert(key.to_owned(), volume);
            }
            Err(diagnostic) => diagnostics.push(*diagnostic),
        }
    }
    (ledger, diagnostics)
}

/// Documents and entries that were given up, whose addresses say so.
pub(super) fn tombstones(ledger: &Ledger) -> Vec<Tombstone> {
    let of_volume = |(volume, published): (&String, &VolumeLedger)| {
        let withdrawn = published.pages.iter().filter_map(|(id, line)| match &line.record {
            Record::Withdrawn(withdrawn) => Some((id.clone(), withdrawn.clone())),
            Record::Published(_) => None,
        });
        let folder = if volume.is_empty() { String::new() } else { format!("{volume}/") };
        let tombstone = |path: String, id: String, register, withdrawn| Tombstone {
            path,
            file: Arc::clone(&published.file),
            volume: volume.clone(),
            id,
            register,
            withdrawn,
        };
        let pages = withdrawn.map(|(id, withdrawn)| tombstone(format!("{folder}{id}.html"), id, None, withdrawn));
        let entries = published.withdrawn_entries.iter().filter_map(|((kind, id), (_, withdrawn))| {
            let kind = RegisterKind::ALL.into_iter().map(RegisterKind::name).find(|name| name == kind)?;
            Some(tombstone(format!("{folder}{kind}/{id}.html"), id.clone(), Some(kind), withdrawn.clone()))
        });
        let leads = published.leads.iter().filter_map(|(path, (_, lead))| match lead {
            Lead::Withdrawn(withdrawn) => {
                let id = path.rsplit('/').next().and_then(|file| file.strip_suffix(".html")).unwrap_or(path);
                Some(tombstone(path.clone(), id.to_owned(), None, withdrawn.clone()))
            }
            Lead::To(_) => None,
        });
        pages.chain(entries).chain(leads).collect::<Vec<_>>()
    };
    ledger.volumes.iter().flat_map(of_volume).collect()
}

/// Everything that was published and is not answered any more.
pub(super) fn check(root: &Path, site: &Site, ledger: &Ledger, cache: &Cache) -> Vec<Diagnostic> {
    let mut texts: BTreeMap<Arc<str>, String> = BTreeMap::new();
    let committed = OnceCell::new();
    let past = |id: &str| {
        let is_gone = |source: &str| !site.sources.contains_key(source);
        // Git is asked first, since its answer does not hang on what this machine has built before.
        let committed = committed.get_or_init(|| history::gone(root));
        let committed = committed.iter().filter(|(source, text)| is_gone(source) && supposed_id(source, text) == id);
        let committed = committed.filter_map(|(source, text)| outline::of_head(site, &source.as_str().into(), text));
        let built = cache
            .outlines
            .iter()
            .filter(|(source, kept)| is_gone(source) && kept.outline.id.as_deref().unwrap_or(default_id(source)) == id);
        let built = built.map(|(source, kept)| (Arc::clone(source), Arc::clone(&kept.outline)));
        committed.chain(built).collect()
    };
    ledger::check(site, ledger, &past).into_iter().map(|finding| diagnostic(root, finding, &mut texts)).collect()
}

fn diagnostic(root: &Path, finding: LedgerFinding, texts: &mut BTreeMap<Arc<str>, String>) -> Diagnostic {
    let place = match finding.at {
        // The first line of a document: its front matter as a whole.
        Where::Document(source) => Place::at(source, 0..3),
        Where::Line(file, number) => {
            let text = texts.entry(Arc::clone(&file)).or_insert_with(|| load::read(root, &file).unwrap_or_default());
            let span = line_span(text, number);
            Place::at(file, span)
        }
    };
    Diagnostic::new(finding.code, place, finding.message).help(finding.help)
}

fn line_span(text: &str, number: usize) -> Range<usize> {
    let start: usize = text.split_inclusive('\n').take(number.saturating_sub(1)).map(str::len).sum();
    let length = text[start..].lines().next().map_or(0, str::len);
    start..start + length
}

impl Edition {
    /// Records everything that the edition publishes now. Lines of what was published before stay.
    ///
    /// # Errors
    /// A ledger that cannot be written; files that were written are whole.
    pub fn record(&self, root: &Path) -> io::Result<Recorded> {
        let after = ledger::update(&self.site, &self.ledger);
        let mut recorded = self.difference(&after);
        for volume in after.volumes.values() {
            let file = root.join(&*volume.file);
            let text = files::write(volume);
            if fs::read_to_string(&file).is_ok_and(|before| before == text) {
                continue;
            }
            if let Some(folder) = file.parent() {
                fs::create_dir_all(folder)?;
            }
            let part = file.with_extension("part");
            fs::write(&part, text)?;
            fs::rename(&part, &file)?;
            recorded.files += 1;
        }
        Ok(recorded)
    }

    /// What an update of the ledger would change.
    pub fn unrecorded(&self) -> Recorded {
        self.difference(&ledger::update(&self.site, &self.ledger))
    }

    fn difference(&self, after: &Ledger) -> Recorded {
        let mut recorded = Recorded::default();
        for (key, volume) in &after.volumes {
            let before = self.ledger.volumes.get(key);
            let known = |id: &String| before.and_then(|before| before.pages.get(id));
            let of_entries =
                volume.entries.keys().filter(|entry| before.is_none_or(|it| !it.entries.contains_key(*entry)));
            let of_leads = volume.leads.keys().filter(|path| before.is_none_or(|it| !it.leads.contains_key(*path)));
            recorded.pages += volume.pages.len() + volume.leads.len() + volume.entries.len();
            recorded.added += of_entries.count() + of_leads.count();
            recorded.added += volume.pages.keys().filter(|id| known(id).is_none()).count();
            let changed = |(id, line): &(&String, &crate::model::ledger::Line)| {
                known(id).is_some_and(|before| before.record != line.record)
            };
            recorded.changed += volume.pages.iter().filter(changed).count();
        }
        recorded
    }

    /// Every address that was published, with its anchors, by the ledger.
    pub fn published(&self) -> BTreeMap<String, Vec<String>> {
        let mut addresses = BTreeMap::new();
        for (key, volume) in &self.ledger.volumes {
            let folder = if key.is_empty() { String::new() } else { format!("{key}/") };
            for (id, line) in &volume.pages {
                let anchors = match &line.record {
                    Record::Published(published) => published.anchors().collect(),
                    Record::Withdrawn(_) => Vec::new(),
                };
                addresses.insert(format!("{folder}{id}.html"), anchors);
            }
            addresses.extend(volume.leads.keys().map(|path| (path.clone(), Vec::new())));
            let is_list = |kind: &str| volume.pages.get(kind).is_some_and(|line| !line.record.is_withdrawn());
            for (kind, id) in volume.entries.keys().chain(volume.withdrawn_entries.keys()) {
                if is_list(kind) {
                    let anchors = addresses.entry(format!("{folder}{kind}.html")).or_insert_with(Vec::new);
                    anchors.extend((!anchors.contains(id)).then(|| id.clone()));
                }
                if kind != RegisterKind::Bibliography.name() {
                    addresses.entry(format!("{folder}{kind}/{id}.html")).or_default();
                }
            }
        }
        addresses
    }
}
