//! Every content file to its outline: the volumes first, since their markup decides how documents are read.

use super::preview::Changes;
use super::{place, registers};
use crate::cache::{Cache, KeptOutline};
use crate::diag::{Code, Diagnostic, Place};
use crate::hash::Hash128;
use crate::load::{self, Files};
use crate::model::document::FrontMatter;
use crate::model::issue::At;
use crate::model::markup::{Markup, Pagination};
use crate::model::outline::{Openings, Outline};
use crate::model::register::Register;
use crate::model::settings::Settings;
use crate::model::site::{Home, Site, Unread};
use crate::model::volume::VolumeMatter;
use crate::parse::front_matter::reader::Reader;
use crate::parse::front_matter::{self, NoFrontMatter, Split};
use crate::parse::{outline, texts};
use crate::resolve::{Input, PageInput, VolumeInput, order};
use crate::yaml::{self, Node};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// What outlining an edition gives.
pub(super) struct Outlined {
    /// For the resolver.
    pub input: Input,
    /// References in registers, by file.
    pub register_links: Vec<registers::Links>,
    /// Findings.
    pub diagnostics: Vec<Diagnostic>,
    /// What is known of the sources, for the next run.
    pub known: Cache,
}

/// Whether a file holds the front matter of a volume or of the edition.
pub(super) fn is_volume_matter(source: &str, node: &Node) -> bool {
    source == HOME || matches!(node.get("kind"), Some(Node::Scalar(kind)) if kind == "volume")
}

const HOME: &str = "content/_index.md";

/// Outlines every file of an edition. Files that an earlier run has outlined by the same rules are taken from there.
pub(super) fn outline(
    root: &Path,
    settings: Settings,
    files: &Files,
    cache: &Cache,
    changes: Option<&Changes>,
) -> Outlined {
    let known = Cache::default();
    let mut stage =
        Stage { root, settings: &settings, cache, diagnostics: Vec::new(), unread: Unread::default(), known };
    let home = stage.home(files);
    let single = home.matter.is_volume;
    let markup = stage.markup(&VolumeMatter::default(), false);
    let mut read = registers::read(root, files, &markup, &cache.registers, changes);
    stage.known.registers = std::mem::take(&mut read.kept);
    stage.diagnostics.append(&mut read.diagnostics);
    stage.unread.registers.append(&mut read.unread);
    let mut volumes = stage.volumes(files, single, &home, &mut read.registers);
    let edition_registers = read.registers.remove("content").unwrap_or_default();
    if single && let Some(volume) = volumes.first_mut() {
        volume.registers = edition_registers.clone();
    }
    for (folder, list) in &read.registers {
        for register in list {
            let place = Place::file(Arc::clone(&register.file));
            let message = format!("`{folder}` is no volume, so this register belongs to nothing");
            let help = "put registers into content/registers or into the folder of a volume";
            stage.diagnostics.push(Diagnostic::new(Code::FILE_IGNORED, place, message).help(help));
        }
    }
    // What belongs to nothing stands on no page, so its references lead from nowhere.
    read.links.retain(|links| !read.registers.contains_key(&links.folder));
    let pages = stage.pages(files, single, &volumes, changes);
    let Stage { diagnostics, unread, known, .. } = stage;
    let input = Input {
        home,
        volumes,
        pages,
        registers: if single { Vec::new() } else { edition_registers },
        statics: files.statics.iter().map(|(path, _)| path.clone()).collect(),
        assets: BTreeMap::new(),
        tombstones: Vec::new(),
        has_corrections: false,
        unread,
        settings,
    };
    Outlined { input, register_links: read.links, diagnostics, known }
}

/// An `_index.md` of a volume or of the edition.
#[derive(Default)]
struct VolumeFile {
    matter: VolumeMatter,
    outline: Outline,
    markup: Markup,
    /// Hash of the source.
    hash: Hash128,
}

/// Hash of all that pages may show of each other: what the edition is resolved from, without texts and places.
pub(super) fn facts(input: &Input) -> Hash128 {
    let volumes: Vec<_> = input
        .volumes
        .iter()
        .map(|volume| {
            (&volume.folder, &volume.source, &volume.matter, &volume.outline, &volume.markup, &volume.registers)
        })
        .collect();
    let pages: Vec<_> = input.pages.iter().map(|page| (&page.source, page.volume, page.facts)).collect();
    let home = (&input.home.source, &input.home.matter, &input.home.outline, &input.home.markup);
    let published = (&input.tombstones, input.has_corrections);
    let rest = (&input.settings, &input.registers, &input.statics, &input.assets, &input.unread, published);
    Hash128::of_value_without(&(home, volumes, pages, rest), &[At::NAME, Openings::NAME]).unwrap_or_default()
}

struct Stage<'a> {
    root: &'a Path,
    settings: &'a Settings,
    /// What earlier runs found out.
    cache: &'a Cache,
    diagnostics: Vec<Diagnostic>,
    unread: Unread,
    /// What this run found out.
    known: Cache,
}

impl Stage<'_> {
    fn home(&mut self, files: &Files) -> Home {
        let markup = self.markup(&VolumeMatter::default(), true);
        let Some(source) = files.documents.iter().find(|file| &***file == HOME) else {
            return Home { markup, ..Home::default() };
        };
        let read =
            self.volume_file(
                source,
                |stage, matter| {
                    if matter.is_volume { stage.markup(matter, false) } else { markup.clone() }
                },
            );
        let read = read.unwrap_or(VolumeFile { markup, ..VolumeFile::default() });
        let VolumeFile { matter, outline, markup, hash } = read;
        Home { source: Some(Arc::clone(source)), matter, outline, markup, hash }
    }

    /// What stands for a volume that cannot be read, so that its documents are checked all the same.
    fn unread_volume(&self) -> VolumeFile {
        VolumeFile { markup: self.markup(&VolumeMatter::default(), false), ..VolumeFile::default() }
    }

    /// Reads the `_index.md` of a volume or of the edition; none when it cannot be read.
    fn volume_file(
        &mut self,
        source: &Arc<str>,
        markup: impl FnOnce(&Self, &VolumeMatter) -> Markup,
    ) -> Option<VolumeFile> {
        let folder = source.strip_suffix("/_index.md").unwrap_or("content");
        let text = load::read(self.root, source).map_err(|diagnostic| vec![*diagnostic]);
        let found = text.as_ref().map_err(Clone::clone).and_then(|text| Ok((text, front(source, text)?)));
        let (text, (split, node)) = match found {
            Ok(found) => found,
            Err(diagnostics) => {
                self.diagnostics.extend(diagnostics);
                self.unread.volumes.insert(folder.to_owned());
                return None;
            }
        };
        let mut reader = Reader::default();
        let matter = front_matter::volume(&mut reader, &node);
        if ["paginations", "patterns", "kind"].iter().any(|key| reader.doubts(key)) {
            // Documents are read by these: what follows from their faults is not reported document by document.
            self.unread.volumes.insert(folder.to_owned());
        }
        let markup = markup(self, &matter);
        let lang = matter.page.lang.clone().unwrap_or_else(|| self.settings.lang.clone());
        let (mut texts, issues) = texts::parse(&matter.page, split.body, &markup);
        let (outline, more) = outline::summarize(&matter.page, &mut texts, &markup, &lang, &**source != HOME);
        // The home page of the edition needs no title of its own.
        let untitled = &**source == HOME && !matter.is_volume && matter.page.title.is_none();
        let mut more = reader.without_consequences(more);
        more.retain(|issue| !(untitled && issue.code == Code::KEY_MISSING));
        let found = reader.issues.into_iter().chain(issues).chain(more).collect();
        self.diagnostics.extend(place::yaml_traps(source, split.yaml, split.yaml_at));
        self.diagnostics.extend(place::in_document(source, &split, &reader.fields, found));
        Some(VolumeFile { matter, outline, markup, hash: Hash128::of(text.as_bytes()) })
    }

    /// What a volume's documents are read by: the volume's rules over the edition's.
    fn markup(&self, matter: &VolumeMatter, html: bool) -> Markup {
        let settings = self.settings;
        let mut note_series = matter.note_series.clone();
        let inherited = settings
            .note_series
            .iter()
            .filter(|series| !matter.note_series.iter().any(|own| own.prefix == series.prefix));
        note_series.extend(inherited.cloned());
        let paginations =
            if matter.paginations.is_empty() { vec![Pagination::plain()] } else { matter.paginations.clone() };
        let patterns: Vec<_> = matter.patterns.iter().chain(&settings.patterns).cloned().collect();
        let mut classes = settings.classes.clone();
        classes.extend(patterns.iter().map(|pattern| pattern.class.clone()));
        Markup {
            paginations,
            note_series,
            classes,
            schemes: settings.schemes.keys().cloned().collect(),
            patterns,
            signs: matter.signs.clone().unwrap_or_else(|| settings.signs.clone()),
            html: html && settings.html,
        }
    }

    fn volumes(
        &mut self,
        files: &Files,
        single: bool,
        home: &Home,
        registers: &mut BTreeMap<String, Vec<Register>>,
    ) -> Vec<VolumeInput> {
        if single {
            let source = home.source.clone().unwrap_or_else(|| Arc::from(HOME));
            return vec![VolumeInput {
                folder: "content".into(),
                source,
                matter: home.matter.clone(),
                outline: home.outline.clone(),
                hash: home.hash,
                markup: home.markup.clone(),
                registers: Vec::new(),
            }];
        }
        let top =
            files.folders.iter().filter(|folder| folder.matches('/').count() == 1 && *folder != "content/registers");
        top.filter_map(|folder| self.volume(folder, files, registers)).collect()
    }

    fn volume(
        &mut self,
        folder: &str,
        files: &Files,
        registers: &mut BTreeMap<String, Vec<Register>>,
    ) -> Option<VolumeInput> {
        let inside = format!("{folder}/");
        if !files.documents.iter().chain(&files.registers).any(|file| file.starts_with(&inside)) {
            return None;
        }
        let index: Arc<str> = format!("{folder}/_index.md").into();
        let read = if files.documents.contains(&index) {
            let read = self.volume_file(&index, |stage, matter| stage.markup(matter, false));
            if let Some(found) = &read
                && !found.matter.is_volume
            {
                let message = "a folder directly in content/ must be a volume";
                let diagnostic = Diagnostic::new(Code::VOLUME_EXPECTED, Place::at(Arc::clone(&index), 0..3), message);
                self.diagnostics.push(diagnostic.help("write `kind: volume` in its front matter"));
            }
            read.unwrap_or_else(|| self.unread_volume())
        } else {
            if !files.folders.iter().any(|folder| **folder == *index) {
                let message = format!("the folder `{folder}` has no _index.md");
                let help = "write `_index.md` in it with `kind: volume` and a `title`";
                let diagnostic = Diagnostic::new(Code::VOLUME_EXPECTED, Place::file(folder), message);
                self.diagnostics.push(diagnostic.help(help));
            }
            self.unread.volumes.insert(folder.to_owned());
            self.unread_volume()
        };
        let registers = registers.remove(folder).unwrap_or_default();
        let VolumeFile { matter, outline, markup, hash } = read;
        Some(VolumeInput { folder: folder.to_owned(), source: index, matter, outline, hash, markup, registers })
    }

    /// Every other document, in parallel.
    fn pages(
        &mut self,
        files: &Files,
        single: bool,
        volumes: &[VolumeInput],
        changes: Option<&Changes>,
    ) -> Vec<PageInput> {
        let edition = Markup { html: self.settings.html, ..self.markup(&VolumeMatter::default(), true) };
        let edition = Rules::new(&edition, &self.settings.lang, self.settings.html, true);
        let of_volume = |volume: &'_ VolumeInput| {
            let lang = volume.matter.page.lang.as_deref().unwrap_or(&self.settings.lang).to_owned();
            Rules::new(&volume.markup, &lang, self.settings.html, false)
        };
        let rules: Vec<Rules> = volumes.iter().map(of_volume).collect();
        let read = |source: &Arc<str>| {
            let volume =
                if single { Some(0) } else { volumes.iter().position(|volume| within(source, &volume.folder)) };
            let rules = volume.map_or(&edition, |number| &rules[number]);
            let known = self.cache.outlines.get(source).filter(|known| known.rules == rules.hash);
            match known.filter(|_| changes.is_some_and(|changes| !changes.touch(source))) {
                Some(unchanged) => Ok(Document::known(source, volume, unchanged)),
                None => document(self.root, source, volume, rules, known),
            }
        };
        let is_index = |source: &Arc<str>| &**source == HOME || volumes.iter().any(|volume| volume.source == *source);
        let placed = |source: &Arc<str>| {
            single || source.matches('/').count() == 1 || volumes.iter().any(|volume| within(source, &volume.folder))
        };
        let sources: Vec<&Arc<str>> =
            files.documents.iter().filter(|source| !is_index(source) && placed(source)).collect();
        let outlined: Vec<Result<Document, Vec<Diagnostic>>> = sources.par_iter().map(|source| read(source)).collect();
        let mut pages = Vec::with_capacity(outlined.len());
        for (source, read) in sources.into_iter().zip(outlined) {
            let volume = volumes.iter().find(|volume| within(source, &volume.folder));
            let folder = volume.map_or("content", |volume| &volume.folder);
            let diagnostics = match read {
                Ok(Document { page, kept }) => {
                    pages.push(page);
                    let diagnostics = kept.diagnostics.clone();
                    self.known.outlines.insert(Arc::clone(source), kept);
                    diagnostics
                }
                Err(diagnostics) => {
                    let bytes = std::fs::read(self.root.join(&**source)).unwrap_or_default();
                    let id = supposed_id(source, &String::from_utf8_lossy(&bytes)).to_owned();
                    self.unread.add_document(folder, &id, source);
                    diagnostics
                }
            };
            let follows = self.unread.volumes.contains(folder);
            self.diagnostics.extend(diagnostics.into_iter().filter(|found| !(follows && needs_volume(found.code))));
        }
        pages
    }
}

/// The id of a document that states none.
pub(super) fn default_id(source: &str) -> &str {
    let (folder, file) = source.rsplit_once('/').unwrap_or(("", source));
    match file.strip_suffix(".md").unwrap_or(file) {
        "_index" => order::default_folder_id(folder.rsplit('/').next().unwrap_or("")),
        stem => stem,
    }
}

/// The id that a document seems to have, without its front matter being read.
pub(super) fn supposed_id<'a>(source: &'a str, text: &'a str) -> &'a str {
    let written = text.lines().take(100).find_map(|line| line.strip_prefix("id:"));
    written.map_or(default_id(source), |id| id.trim().trim_matches(['"', '\'']))
}

/// The outline of a document that is not in the edition any more, as far as its front matter tells.
pub(super) fn of_head(site: &Site, source: &Arc<str>, text: &str) -> Option<(Arc<str>, Arc<Outline>)> {
    let body_at = front_matter::split(text).ok()?.body_at;
    let volume = site.volumes.iter().find(|volume| volume.at_root || within(source, &volume.folder));
    let markup = volume.map_or_else(Markup::default, |volume| volume.markup.clone());
    let rules = Rules::new(&markup, &site.settings.lang, false, false);
    let (outline, ..) = outline_of(source, text.get(..body_at)?, &rules).ok()?;
    Some((Arc::clone(source), Arc::new(outline)))
}

/// What the documents of a volume are read by.
struct Rules {
    markup: Markup,
    lang: String,
    /// Whether sections may hold any HTML.
    html: bool,
    /// Whether these are pages of the edition itself, outside volumes.
    plain: bool,
    /// Hash of all of these.
    hash: Hash128,
}

impl Rules {
    fn new(markup: &Markup, lang: &str, html: bool, plain: bool) -> Self {
        let hash = Hash128::of_value(&(markup, lang, html, plain)).unwrap_or_default();
        Rules { markup: markup.clone(), lang: lang.to_owned(), html, plain, hash }
    }
}

/// Rules that need what the front matter of the volume says.
fn needs_volume(code: Code) -> bool {
    matches!(code, Code::PAGINATION_UNKNOWN | Code::CLASS_UNDECLARED | Code::EXTENT_DIFFERS)
}

fn within(source: &str, folder: &str) -> bool {
    source.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

/// Splits a text and decodes its front matter, with the traps of its YAML as warnings left to the caller.
pub(super) fn front<'s>(source: &Arc<str>, text: &'s str) -> Result<(Split<'s>, Node), Vec<Diagnostic>> {
    let split = front_matter::split(text).map_err(|missing| {
        let (code, message, help) = match missing {
            NoFrontMatter::Absent => (
                Code::FRONT_MATTER_MISSING,
                "the file does not begin with front matter",
                "begin it with `---`, `title: …` and `---`",
            ),
            NoFrontMatter::Unclosed => {
                (Code::FRONT_MATTER_UNCLOSED, "the front matter has no end", "end it with a line `---`")
            }
        };
        if text.trim_start_matches('\u{feff}').trim().is_empty() {
            let help = "write it: front matter between two lines `---`, then the text; or delete the file";
            let place = Place::file(Arc::clone(source));
            return vec![Diagnostic::new(Code::FRONT_MATTER_MISSING, place, "this file is empty").help(help)];
        }
        let end = text.find('\n').unwrap_or(text.len());
        vec![Diagnostic::new(code, Place::at(Arc::clone(source), 0..end), message).help(help)]
    })?;
    let node = yaml::parse(split.yaml).map_err(|errors| place::yaml_errors(source, split.yaml_at, errors))?;
    Ok((split, node))
}

/// A document outlined.
struct Document {
    page: PageInput,
    kept: KeptOutline,
}

impl Document {
    /// A document as it is known.
    fn known(source: &Arc<str>, volume: Option<usize>, kept: &KeptOutline) -> Self {
        Document::of(source, volume, kept.clone(), None)
    }

    fn of(source: &Arc<str>, volume: Option<usize>, kept: KeptOutline, front: Option<Arc<FrontMatter>>) -> Self {
        let (outline, facts, hash) = (Arc::clone(&kept.outline), kept.facts, kept.source);
        let page = PageInput { source: Arc::clone(source), volume, outline, front, hash, facts };
        Document { page, kept }
    }
}

/// Outlines one document, unless it is the one that is known. Without a readable front matter there are findings only.
fn document(
    root: &Path,
    source: &Arc<str>,
    volume: Option<usize>,
    rules: &Rules,
    known: Option<&KeptOutline>,
) -> Result<Document, Vec<Diagnostic>> {
    let bytes = load::bytes(root, source).map_err(|diagnostic| vec![*diagnostic])?;
    let hash = Hash128::of(&bytes);
    if let Some(known) = known.filter(|known| known.source == hash) {
        return Ok(Document::known(source, volume, known));
    }
    let text = load::text(source, bytes).map_err(|diagnostic| vec![*diagnostic])?;
    let (outline, front, diagnostics) = outline_of(source, &text, rules)?;
    let facts = Hash128::of_value_without(&outline, &[At::NAME, Openings::NAME]).unwrap_or_default();
    let outline = Arc::new(outline);
    let kept = KeptOutline { source: hash, rules: rules.hash, outline, facts, diagnostics, text: None };
    Ok(Document::of(source, volume, kept, Some(Arc::new(front))))
}

/// The outline of a text, with its front matter and what was found in it.
fn outline_of(
    source: &Arc<str>,
    text: &str,
    rules: &Rules,
) -> Result<(Outline, FrontMatter, Vec<Diagnostic>), Vec<Diagnostic>> {
    let (split, node) = front(source, text)?;
    let mut reader = Reader::default();
    let index = source.ends_with("/_index.md") || rules.plain;
    let front = front_matter::document(&mut reader, &node, index);
    let markup = section_markup(&front, &rules.markup, rules.html);
    let (mut texts, issues) = texts::parse(&front, split.body, &markup);
    let (outline, more) = outline::summarize(&front, &mut texts, &markup, &rules.lang, index);
    reader.issues.extend(issues);
    let more = reader.without_consequences(more);
    reader.issues.extend(more);
    let mut diagnostics = place::yaml_traps(source, split.yaml, split.yaml_at);
    diagnostics.extend(place::in_document(source, &split, &reader.fields, reader.issues));
    drop(texts);
    Ok((outline, front, diagnostics))
}

/// The markup of a page: `html: allow` in site.yaml holds for sections only.
pub(super) fn section_markup<'m>(front: &FrontMatter, markup: &'m Markup, html: bool) -> std::borrow::Cow<'m, Markup> {
    let allowed = html && !front.kind.is_document();
    if markup.html == allowed {
        return std::borrow::Cow::Borrowed(markup);
    }
    std::borrow::Cow::Owned(Markup { html: allowed, ..markup.clone() })
}
