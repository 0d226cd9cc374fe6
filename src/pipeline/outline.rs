//! Every content file to its outline: the volumes first, since their markup decides how documents are read.

use super::place;
use crate::diag::{Code, Diagnostic, Place};
use crate::hash::Hash128;
use crate::load::{self, Files};
use crate::model::document::FrontMatter;
use crate::model::issue::{At, Issue};
use crate::model::links::{self, From};
use crate::model::markup::{Markup, Pagination};
use crate::model::outline::{LinkUse, Outline};
use crate::model::plain;
use crate::model::register::{Register, RegisterKind};
use crate::model::settings::Settings;
use crate::model::site::{Finding, Home, Site};
use crate::model::volume::VolumeMatter;
use crate::parse::front_matter::reader::Reader;
use crate::parse::front_matter::{self, NoFrontMatter, Split};
use crate::parse::{outline, registers, texts};
use crate::resolve::{Input, PageInput, VolumeInput};
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
    pub register_links: Vec<RegisterLinks>,
    /// Findings.
    pub diagnostics: Vec<Diagnostic>,
}

/// References in the descriptions of a register, and its entries' own.
pub(super) struct RegisterLinks {
    /// File.
    file: Arc<str>,
    /// Folder of the volume; `content` for registers of the edition.
    folder: String,
    kind: RegisterKind,
    links: Vec<LinkUse>,
    /// Ids in `see`, which are of the same register.
    see: Vec<LinkUse>,
    /// Ids in `is`, which are of the edition's register.
    is: Vec<LinkUse>,
}

/// Whether a file holds the front matter of a volume or of the edition.
pub(super) fn is_volume_matter(source: &str, node: &Node) -> bool {
    source == HOME || matches!(node.get("kind"), Some(Node::Scalar(kind)) if kind == "volume")
}

const HOME: &str = "content/_index.md";

/// Outlines every file of an edition.
pub(super) fn outline(root: &Path, settings: Settings, files: &Files) -> Outlined {
    let mut stage = Stage { root, settings: &settings, diagnostics: Vec::new(), register_links: Vec::new() };
    let home = stage.home(files);
    let single = home.matter.is_volume;
    let mut registers = stage.registers(files);
    let mut volumes = stage.volumes(files, single, &home, &mut registers);
    let edition_registers = registers.remove("content").unwrap_or_default();
    if single && let Some(volume) = volumes.first_mut() {
        volume.registers = edition_registers.clone();
    }
    for (folder, list) in &registers {
        for register in list {
            let place = Place::file(Arc::clone(&register.file));
            let message = format!("`{folder}` is no volume, so this register belongs to nothing");
            let help = "put registers into content/registers or into the folder of a volume";
            stage.diagnostics.push(Diagnostic::new(Code::FILE_IGNORED, place, message).help(help));
        }
    }
    let pages = stage.pages(files, single, &volumes);
    let Stage { diagnostics, register_links, .. } = stage;
    let input = Input {
        home,
        volumes,
        pages,
        registers: if single { Vec::new() } else { edition_registers },
        statics: files.statics.iter().map(|(path, _)| path.clone()).collect(),
        assets: BTreeMap::new(),
        settings,
    };
    Outlined { input, register_links, diagnostics }
}

struct Stage<'a> {
    root: &'a Path,
    settings: &'a Settings,
    diagnostics: Vec<Diagnostic>,
    register_links: Vec<RegisterLinks>,
}

impl Stage<'_> {
    fn home(&mut self, files: &Files) -> Home {
        let markup = self.markup(&VolumeMatter::default(), true);
        let Some(source) = files.documents.iter().find(|file| &***file == HOME) else {
            return Home { markup, ..Home::default() };
        };
        let (matter, outline, markup) = self
            .volume_file(source, |stage, matter| if matter.is_volume { stage.markup(matter, false) } else { markup });
        Home { source: Some(Arc::clone(source)), matter, outline, markup }
    }

    /// Reads the `_index.md` of a volume or of the edition.
    fn volume_file(
        &mut self,
        source: &Arc<str>,
        markup: impl FnOnce(&Self, &VolumeMatter) -> Markup,
    ) -> (VolumeMatter, Outline, Markup) {
        let mut reader = Reader::default();
        let text = match read(self.root, source) {
            Ok(text) => text,
            Err(diagnostic) => {
                self.diagnostics.push(*diagnostic);
                return (VolumeMatter::default(), Outline::default(), Markup::default());
            }
        };
        let (split, node) = match front(source, &text) {
            Ok(found) => found,
            Err(diagnostics) => {
                self.diagnostics.extend(diagnostics);
                return (VolumeMatter::default(), Outline::default(), Markup::default());
            }
        };
        let matter = front_matter::volume(&mut reader, &node);
        let markup = markup(self, &matter);
        let lang = matter.page.lang.clone().unwrap_or_else(|| self.settings.lang.clone());
        let (mut texts, issues) = texts::parse(&matter.page, split.body, &markup);
        let (outline, more) = outline::summarize(&matter.page, &mut texts, &markup, &lang, &**source != HOME);
        let mut found = reader.issues;
        found.extend(issues);
        // The home page of the edition needs no title of its own.
        let untitled = &**source == HOME && !matter.is_volume && matter.page.title.is_none();
        found.extend(more.into_iter().filter(|issue| !(untitled && issue.code == Code::KEY_MISSING)));
        self.diagnostics.extend(place::in_document(source, &split, &reader.fields, found));
        (matter, outline, markup)
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
        let help = "write `_index.md` in it with `kind: volume` and a `title`";
        if !files.documents.contains(&index) {
            let message = format!("the folder `{folder}` has no _index.md");
            self.diagnostics.push(Diagnostic::new(Code::VOLUME_EXPECTED, Place::file(folder), message).help(help));
            return None;
        }
        let before = self.diagnostics.len();
        let (matter, outline, markup) = self.volume_file(&index, |stage, matter| stage.markup(matter, false));
        let readable = matter != VolumeMatter::default() || self.diagnostics.len() == before;
        if !matter.is_volume && readable {
            let message = "a folder directly in content/ must be a volume";
            self.diagnostics
                .push(Diagnostic::new(Code::VOLUME_EXPECTED, Place::file(Arc::clone(&index)), message).help(help));
        }
        let registers = registers.remove(folder).unwrap_or_default();
        Some(VolumeInput { folder: folder.to_owned(), source: index, matter, outline, markup, registers })
    }

    /// All registers, by the folder that they belong to.
    fn registers(&mut self, files: &Files) -> BTreeMap<String, Vec<Register>> {
        let mut registers: BTreeMap<String, Vec<Register>> = BTreeMap::new();
        for file in &files.registers {
            let (folder, name) = file.split_once("/registers/").unwrap_or(("content", file));
            let kind = RegisterKind::ALL.into_iter().find(|kind| {
                let ending = if *kind == RegisterKind::Bibliography { "json" } else { "yaml" };
                *name == format!("{}.{ending}", kind.name())
            });
            let Some(kind) = kind else {
                let help = "registers are persons, terms, places, organizations, works, events, repositories (.yaml), bibliography.json";
                let diagnostic =
                    Diagnostic::new(Code::FILE_IGNORED, Place::file(Arc::clone(file)), "no register has this name");
                self.diagnostics.push(diagnostic.help(help));
                continue;
            };
            if let Some(register) = self.register(file, folder, kind) {
                registers.entry(folder.to_owned()).or_default().push(register);
            }
        }
        registers.values_mut().for_each(|list| list.sort_by_key(|register| register.kind));
        registers
    }

    fn register(&mut self, file: &Arc<str>, folder: &str, kind: RegisterKind) -> Option<Register> {
        let text = read(self.root, file).map_err(|diagnostic| self.diagnostics.push(*diagnostic)).ok()?;
        let entries = if kind == RegisterKind::Bibliography {
            registers::bibliography(&text).map_err(|error| self.diagnostics.push(bad_json(file, &text, error))).ok()?
        } else {
            let node = yaml::parse(&text)
                .map_err(|errors| self.diagnostics.extend(place::yaml_errors(file, 0, errors)))
                .ok()?;
            let mut reader = Reader::default();
            let mut entries = registers::entries(&mut reader, &node);
            self.diagnostics.extend(place::yaml_traps(file, &text, 0));
            let links = register_links(
                file,
                folder,
                kind,
                &mut entries,
                &self.markup(&VolumeMatter::default(), false),
                &mut reader,
            );
            self.register_links.push(links);
            self.diagnostics.extend(place::in_yaml(file, &text, 0, &reader));
            entries
        };
        Some(Register::new(kind, Arc::clone(file), entries))
    }

    /// Every other document, in parallel.
    fn pages(&mut self, files: &Files, single: bool, volumes: &[VolumeInput]) -> Vec<PageInput> {
        let edition = Markup { html: self.settings.html, ..self.markup(&VolumeMatter::default(), true) };
        let read = |source: &Arc<str>| {
            let number =
                if single { Some(0) } else { volumes.iter().position(|volume| within(source, &volume.folder)) };
            let volume = number.map(|number| &volumes[number]);
            let markup = volume.map_or(&edition, |volume| &volume.markup);
            let lang = volume.and_then(|volume| volume.matter.page.lang.as_deref()).unwrap_or(&self.settings.lang);
            let (page, diagnostics) = document(self.root, source, markup, lang, self.settings.html, volume.is_none());
            (page.map(|page| PageInput { volume: number, ..page }), diagnostics)
        };
        let is_index = |source: &Arc<str>| &**source == HOME || volumes.iter().any(|volume| volume.source == *source);
        let placed = |source: &Arc<str>| {
            single || source.matches('/').count() == 1 || volumes.iter().any(|volume| within(source, &volume.folder))
        };
        let sources: Vec<&Arc<str>> =
            files.documents.iter().filter(|source| !is_index(source) && placed(source)).collect();
        let outlined: Vec<(Option<PageInput>, Vec<Diagnostic>)> = sources.into_par_iter().map(read).collect();
        let mut pages = Vec::with_capacity(outlined.len());
        for (page, diagnostics) in outlined {
            pages.extend(page);
            self.diagnostics.extend(diagnostics);
        }
        pages
    }
}

fn within(source: &str, folder: &str) -> bool {
    source.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

fn read(root: &Path, source: &Arc<str>) -> Result<String, Box<Diagnostic>> {
    load::read(root, source)
}

/// Splits a text and decodes its front matter, with the traps of its YAML as warnings left to the caller.
fn front<'s>(source: &Arc<str>, text: &'s str) -> Result<(Split<'s>, Node), Vec<Diagnostic>> {
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
        let end = text.find('\n').unwrap_or(text.len());
        vec![Diagnostic::new(code, Place::at(Arc::clone(source), 0..end), message).help(help)]
    })?;
    let node = yaml::parse(split.yaml).map_err(|errors| place::yaml_errors(source, split.yaml_at, errors))?;
    Ok((split, node))
}

/// One document outlined, with its findings.
fn document(
    root: &Path,
    source: &Arc<str>,
    markup: &Markup,
    lang: &str,
    html: bool,
    plain: bool,
) -> (Option<PageInput>, Vec<Diagnostic>) {
    let text = match read(root, source) {
        Ok(text) => text,
        Err(diagnostic) => return (None, vec![*diagnostic]),
    };
    let (split, node) = match front(source, &text) {
        Ok(found) => found,
        Err(diagnostics) => return (None, diagnostics),
    };
    let mut reader = Reader::default();
    let index = source.ends_with("/_index.md");
    let front = front_matter::document(&mut reader, &node, index || plain);
    let markup = section_markup(&front, markup, html);
    let (mut texts, issues) = texts::parse(&front, split.body, &markup);
    let (outline, more) = outline::summarize(&front, &mut texts, &markup, lang, index || plain);
    reader.issues.extend(issues);
    reader.issues.extend(more);
    let mut diagnostics = place::yaml_traps(source, split.yaml, split.yaml_at);
    diagnostics.extend(place::in_document(source, &split, &reader.fields, reader.issues));
    drop(texts);
    let hash = Hash128::of(text.as_bytes());
    let page = PageInput { source: Arc::clone(source), volume: None, outline, front: Some(Arc::new(front)), hash };
    (Some(page), diagnostics)
}

/// The markup of a page: `html: allow` in site.yaml holds for sections only.
pub(super) fn section_markup<'m>(front: &FrontMatter, markup: &'m Markup, html: bool) -> std::borrow::Cow<'m, Markup> {
    let allowed = html && !front.kind.is_document();
    if markup.html == allowed {
        return std::borrow::Cow::Borrowed(markup);
    }
    std::borrow::Cow::Owned(Markup { html: allowed, ..markup.clone() })
}

fn bad_json(file: &Arc<str>, text: &str, (message, place): (String, Option<(usize, usize)>)) -> Diagnostic {
    let span = place.map(|(line, column)| {
        let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
        let at = (start + column.saturating_sub(1)).min(text.len());
        at..at
    });
    let place = Place { file: Arc::clone(file), span };
    Diagnostic::new(Code::REGISTER_MALFORMED, place, format!("the bibliography cannot be read: {message}"))
        .help("export it again as CSL-JSON")
}

/// How much of a description stands beside a document, in characters.
const GLOSS: usize = 160;

/// References in a register: in descriptions, `see` and `is`. Findings about descriptions go to the reader. Entries get
/// their gloss.
fn register_links(
    file: &Arc<str>,
    folder: &str,
    kind: RegisterKind,
    entries: &mut [crate::model::register::RegisterEntry],
    markup: &Markup,
    reader: &mut Reader,
) -> RegisterLinks {
    let mut found = RegisterLinks {
        file: Arc::clone(file),
        folder: folder.to_owned(),
        kind,
        links: Vec::new(),
        see: Vec::new(),
        is: Vec::new(),
    };
    let plain = |printed: &crate::model::document::Printed| LinkUse {
        target: printed.text.as_str().into(),
        at: At::field(printed.field),
        known_broken: false,
    };
    for entry in entries {
        found.see.extend(entry.see.iter().map(plain));
        found.is.extend(entry.is.iter().map(plain));
        let Some(description) = &entry.description else { continue };
        let front = FrontMatter { summary: Some(description.clone()), ..FrontMatter::default() };
        let (mut texts, issues) = texts::parse(&front, "", markup);
        let census = crate::parse::census::take(&front, &mut texts, markup);
        reader.issues.extend(issues);
        reader.issues.extend(census.issues);
        found.links.extend(census.links);
        let words = plain::blocks_text(&texts.summary, &markup.signs);
        entry.gloss = Some(plain::shorten(&words, GLOSS)).filter(|gloss| !gloss.is_empty());
    }
    found
}

/// Follows the references of registers.
pub(super) fn check_registers(site: &Site, registers: &[RegisterLinks], root: &Path) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for register in registers {
        let volume = site.volumes.iter().position(|volume| volume.folder == register.folder);
        let path = volume.map_or("index.html".to_owned(), |volume| site.volumes[volume].address("index.html"));
        let from = From { path: &path, source: &register.file, volume, page: None };
        for link in &register.links {
            if let (_, Some(problem)) = links::resolve(site, from, &link.target) {
                let issue = Issue::new(problem.code, link.at, problem.message).help(problem.help);
                findings.push(Finding { source: Arc::clone(&register.file), issue });
            }
        }
        let unknown =
            |volume| move |link: &&LinkUse| links::find_entry(site, volume, register.kind, &link.target).is_none();
        let see = register.see.iter().filter(unknown(volume));
        for link in see.chain(register.is.iter().filter(unknown(None))) {
            let message = format!("the register of {} has no entry `{}`", register.kind.name(), link.target);
            let issue = Issue::new(Code::REFERENCE_BROKEN, link.at, message).help("write the id of an entry");
            findings.push(Finding { source: Arc::clone(&register.file), issue });
        }
    }
    place::place(root, findings)
}
