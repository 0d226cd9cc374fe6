//! The search index of a site: kept where nothing that is indexed has changed, else made anew from all texts.

use super::pages::{Failure, Renderer, labels_of};
use super::{Edition, outline};
use crate::cache::{Cache, KeptIndex, KeptText};
use crate::hash::Hash128;
use crate::model::body::Inline;
use crate::model::document::{FrontMatter, Source};
use crate::model::markup::Markup;
use crate::model::plain;
use crate::model::register::{Register, RegisterKind};
use crate::model::search::Index;
use crate::model::site::PageId;
use crate::parse::{front_matter, texts};
use crate::search::{self, Columns, Fault, File, Indexed, Parsed, Place, Writer};
use crate::view;
use crate::write::{MemorySink, Sink, WriteError};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// How many documents are read while those before them are indexed: few enough that their texts take little memory.
const BATCH: usize = 256;

/// Where a database is made, from the edition's root.
const SCRATCH: &str = ".engross/search";

/// What is indexed, by hashes.
struct State {
    documents: Vec<Indexed>,
    /// What the texts of each volume are read by, and last those of the edition.
    rules: Vec<Hash128>,
    /// Hash of facets and titles.
    side: Hash128,
}

impl Renderer<'_> {
    /// Puts the index into the sink, as it was or made anew; where none is `wanted`, only as it was. What is known of
    /// texts goes into `known`.
    pub(super) fn index(
        &self,
        facts: Hash128,
        cache: &Cache,
        known: &mut Cache,
        wanted: bool,
        sink: &dyn Sink,
    ) -> Result<Option<Index>, Failure> {
        let kept = cache.search.as_ref();
        if self.site.settings.search.off || !wanted && kept.is_none() {
            return Ok(None);
        }
        let documents = search::documents(self.site);
        let rules = self.rules();
        let mut side = None;
        let side_hash = match kept.filter(|kept| kept.facts == facts) {
            Some(kept) => kept.side,
            None => Hash128::of_value(side.insert(search::side(self.site, &documents))).unwrap_or_default(),
        };
        let state = State { documents, rules, side: side_hash };
        let mut there = BTreeSet::new();
        if let Some(kept) = kept
            && self.key(&state, known)? == kept.key
            && self.keep(kept, sink, &mut there)?
        {
            known.search = Some(KeptIndex { facts, ..kept.clone() });
            return Ok(Some(kept.index.clone()));
        }
        if !wanted {
            return Ok(None);
        }
        let side = side.unwrap_or_else(|| search::side(self.site, &state.documents));
        let (index, files) = self.make(&state, &side, known, &there, sink)?;
        let key = self.key(&state, known)?;
        known.search = Some(KeptIndex { facts, side: state.side, key, index: index.clone(), files });
        Ok(Some(index))
    }

    /// What the texts of each volume are read by, besides their sources.
    fn rules(&self) -> Vec<Hash128> {
        let site = self.site;
        let names = |registers: &[Register]| {
            let told = |register: &&Register| !matches!(register.kind, RegisterKind::Persons | RegisterKind::Terms);
            let entries = registers.iter().filter(told).flat_map(|register| &register.entries);
            let names = entries.map(|entry| (&entry.id, &entry.name, &entry.siglum, &entry.variants));
            Hash128::of_value(&names.collect::<Vec<_>>()).unwrap_or_default()
        };
        let edition = names(&site.registers);
        // Words of lines that are composed of fields.
        let composed = &self.words.0["citation"];
        let unspaced = site.settings.search.unspaced;
        let of_volume = |volume: &crate::model::site::Volume| {
            let rules = (&volume.markup, site.settings.html, names(&volume.registers), edition, composed, unspaced);
            Hash128::of_value(&rules).unwrap_or_default()
        };
        let of_edition = Hash128::of_value(&(&site.home.markup, site.settings.html, edition, composed, unspaced));
        site.volumes.iter().map(of_volume).chain([of_edition.unwrap_or_default()]).collect()
    }

    /// The hash of all that is indexed. Texts that are not known yet are read.
    fn key(&self, state: &State, known: &mut Cache) -> Result<Hash128, Failure> {
        let mut texts: Vec<Option<Hash128>> =
            state.documents.iter().map(|indexed| self.known_text(state, known, *indexed)).collect();
        let unknown = || texts.iter().zip(&state.documents).filter(|(text, _)| text.is_none());
        let unknown: Vec<Indexed> = unknown().map(|(_, indexed)| *indexed).collect();
        let read: Vec<Hash128> =
            unknown.par_iter().map(|indexed| Ok(self.columns(*indexed)?.hash())).collect::<Result<_, Failure>>()?;
        for ((text, indexed), hash) in texts.iter_mut().filter(|text| text.is_none()).zip(unknown).zip(read) {
            *text = Some(hash);
            self.learn(state, known, indexed, hash);
        }
        Ok(Hash128::of_value(&(search::VERSION, self.site.settings.search, state.side, texts)).unwrap_or_default())
    }

    /// What is known of a text, if it is still read by the same rules. Landing pages are few, and are always read.
    fn known_text(&self, state: &State, known: &Cache, indexed: Indexed) -> Option<Hash128> {
        let Indexed::Page(page) = indexed else { return None };
        let text = known.outlines.get(&self.site.pages[page].source)?.text.as_ref()?;
        (text.rules == self.rules_of(state, page)).then_some(text.hash)
    }

    fn rules_of(&self, state: &State, page: PageId) -> Hash128 {
        let of_edition = state.rules.len().saturating_sub(1);
        let place = self.site.pages[page].volume.unwrap_or(of_edition);
        state.rules.get(place).copied().unwrap_or_default()
    }

    fn learn(&self, state: &State, known: &mut Cache, indexed: Indexed, hash: Hash128) {
        let Indexed::Page(page) = indexed else { return };
        let rules = self.rules_of(state, page);
        if let Some(outline) = known.outlines.get_mut(&self.site.pages[page].source) {
            outline.text = Some(KeptText { rules, hash });
        }
    }

    /// Leaves the index as it was; `false` where a file is missing or was changed. Those that are there are told.
    fn keep(&self, kept: &KeptIndex, sink: &dyn Sink, there: &mut BTreeSet<String>) -> Result<bool, Failure> {
        let mut whole = true;
        for (name, hash) in &kept.files {
            let path = format!("{}{name}", kept.index.folder);
            match sink.keep(&path, *hash).map_err(Failure::Sink)? {
                true => drop(there.insert(path)),
                false => whole = false,
            }
        }
        Ok(whole)
    }

    /// Makes the index of all documents and puts it into the sink, besides files that are `there`.
    fn make(
        &self,
        state: &State,
        side: &search::Side,
        known: &mut Cache,
        there: &BTreeSet<String>,
        sink: &dyn Sink,
    ) -> Result<(Index, Vec<(String, Hash128)>), Failure> {
        let scratch = self.root.join(SCRATCH);
        let fault = |fault: Fault| Failure::Sink(WriteError::refused(&scratch, fault.to_string()));
        let stopped = || WriteError::refused(&scratch, "the edition has changed meanwhile");
        let is_stopped = || self.stop.is_some_and(|stop| stop.load(Ordering::Relaxed));
        let place = if self.preview { Place::Memory } else { Place::Folder(&scratch) };
        let mut writer = Writer::new(place, self.site.settings.search, state.documents.len()).map_err(fault)?;
        let mut read: Vec<Columns> = Vec::new();
        let mut batches = state.documents.chunks(BATCH);
        loop {
            if is_stopped() {
                return Err(Failure::Sink(stopped()));
            }
            let batch = batches.next().unwrap_or_default();
            let next = || batch.par_iter().map(|one| self.columns(*one)).collect::<Result<Vec<_>, Failure>>();
            let (next, added) = rayon::join(next, || writer.add(&read));
            added.map_err(fault)?;
            read = next?;
            for (indexed, columns) in batch.iter().zip(&read) {
                self.learn(state, known, *indexed, columns.hash());
            }
            if read.is_empty() {
                break;
            }
        }
        let files = Mutex::new(Vec::new());
        let put = |file: File| {
            if is_stopped() {
                return Err(stopped());
            }
            if !there.contains(&file.path) {
                sink.put(&file.path, &file.bytes)?;
            }
            let name = file.path.rsplit('/').next().unwrap_or_default().to_owned();
            files.lock().unwrap_or_else(PoisonError::into_inner).push((name, Hash128::of(&file.bytes)));
            Ok(())
        };
        let index = writer.finish(side, &put).map_err(fault)?.map_err(Failure::Sink)?;
        let mut files = files.into_inner().unwrap_or_else(PoisonError::into_inner);
        files.sort();
        Ok((index, files))
    }

    /// What is indexed of a page.
    fn columns(&self, indexed: Indexed) -> Result<Columns, Failure> {
        let site = self.site;
        let title = indexed.listed(site).full_title();
        match indexed {
            Indexed::Page(id) => {
                let page = &site.pages[id];
                let volume_markup = site.volume_of(page).map_or(&site.home.markup, |volume| &volume.markup);
                let text = self.read(&page.source)?;
                let (front, body) = self.front(page, &text)?;
                let markup = outline::section_markup(&front, volume_markup, site.settings.html);
                Ok(self.columns_of(&title, &front, body, &markup, page.volume))
            }
            Indexed::Volume(number) => {
                let volume = &site.volumes[number];
                let text = self.read_as(&volume.source, volume.hash)?;
                let body = front_matter::split(&text).map_or("", |split| split.body);
                Ok(self.columns_of(&title, &volume.matter.page, body, &volume.markup, Some(number)))
            }
            Indexed::Home => {
                let home = &site.home;
                let text = home.source.as_ref().map(|source| self.read_as(source, home.hash)).transpose()?;
                let text = text.unwrap_or_default();
                let body = front_matter::split(&text).map_or("", |split| split.body);
                Ok(self.columns_of(&title, &home.matter.page, body, &home.markup, None))
            }
        }
    }

    fn columns_of(
        &self,
        title: &str,
        front: &FrontMatter,
        body: &str,
        markup: &Markup,
        volume: Option<usize>,
    ) -> Columns {
        let site = self.site;
        let texts = texts::parse(front, body, markup).0;
        let is_composed = |source: &Source| source.note.is_none();
        let attachments = front.attachments.iter().flat_map(|attachment| attachment.source.witnesses());
        let any = front.source.witnesses().iter().chain(attachments.clone()).any(is_composed);
        let labels = if any { labels_of(&texts, markup) } else { view::Labels::new() };
        let composed = |source: &Source| match is_composed(source) {
            true => view::source_line(site, volume, self.words, &labels, source),
            false => String::new(),
        };
        let sources: Vec<_> = texts.sources.iter().zip(front.source.witnesses()).collect();
        let sources: Vec<_> = sources
            .into_iter()
            .map(|(texts, source)| (texts.note.as_slice(), texts.description.as_slice(), composed(source)))
            .collect();
        let minor = |field: u16| -> &[Inline<'_>] {
            texts.minor.iter().find(|(other, _)| *other == field).map_or(&[], |(_, inlines)| inlines)
        };
        let others = attachments.map(|source| match &source.note {
            Some(note) => plain::text(minor(note.field), &markup.signs),
            None => composed(source),
        });
        let parsed = Parsed {
            title,
            summary: &texts.summary,
            evidence: &texts.evidence,
            body: &texts.body,
            attachments: &titles(front, &minor),
            sources: &sources,
            others: &others.collect::<Vec<_>>(),
        };
        search::columns(&parsed, &markup.signs, site.settings.search.unspaced)
    }
}

/// Titles of attachments by their ids.
fn titles<'a, 's>(front: &'a FrontMatter, minor: &dyn Fn(u16) -> &'a [Inline<'s>]) -> Vec<(&'a str, &'a [Inline<'s>])> {
    let titled = |attachment: &'a crate::model::document::Attachment| {
        Some((attachment.id.as_str(), minor(attachment.title.as_ref()?.field)))
    };
    front.attachments.iter().filter_map(titled).collect()
}

/// The index of an edition in the preview.
pub struct Searched {
    /// What pages say of it.
    pub(super) index: Option<Index>,
    files: BTreeMap<String, Vec<u8>>,
    known: Cache,
}

impl Searched {
    /// A file of the index.
    pub(super) fn file(&self, path: &str) -> Option<&[u8]> {
        self.files.get(path).map(Vec::as_slice)
    }
}

impl Edition {
    /// The index of the edition as it stands, in memory; none when it was `stop`ped or cannot be made. Where nothing in it
    /// has changed since `before`, it is that one.
    pub fn searched(&self, root: &Path, before: Option<&Arc<Searched>>, stop: &AtomicBool) -> Option<Arc<Searched>> {
        let (theme, assets) = self.theme.as_ref()?;
        let (nothing, style) = (Cache::default(), assets.style());
        let cache = before.map_or(&nothing, |before| &before.known);
        let mut known = self.known.clone();
        for (source, outline) in &mut known.outlines {
            let then =
                cache.outlines.get(source).filter(|then| then.source == outline.source && then.rules == outline.rules);
            outline.text = then.and_then(|then| then.text.clone());
        }
        let mut renderer = self.renderer(root, theme, &style, &nothing).ok()?;
        (renderer.preview, renderer.stop) = (true, Some(stop));
        let sink = Kept { made: MemorySink::new(), before: before.map(|before| &before.files) };
        let index = renderer.index(self.facts, cache, &mut known, true, &sink).ok()?;
        match before {
            Some(before) if before.index == index => {
                let files = before.files.clone();
                Some(Arc::new(Searched { index, files, known }))
            }
            _ => Some(Arc::new(Searched { index, files: sink.made.into_files().ok()?, known })),
        }
    }
}

/// A sink in memory that has the files of the index before.
struct Kept<'a> {
    made: MemorySink,
    before: Option<&'a BTreeMap<String, Vec<u8>>>,
}

impl Sink for Kept<'_> {
    fn put(&self, path: &str, bytes: &[u8]) -> Result<(), WriteError> {
        self.made.put(path, bytes)
    }

    fn copy(&self, path: &str, source: &Path) -> Result<(), WriteError> {
        self.made.copy(path, source)
    }

    fn keep(&self, path: &str, _: Hash128) -> Result<bool, WriteError> {
        Ok(self.before.is_some_and(|files| files.contains_key(path)))
    }
}
