//! The registers of an edition: reading their files, and following the references in them.

use super::place;
use crate::diag::nearest::nearest;
use crate::diag::{Code, Diagnostic, Place};
use crate::load::{self, Files};
use crate::model::document::{FrontMatter, Printed};
use crate::model::issue::{At, Issue};
use crate::model::links::{self, From};
use crate::model::markup::Markup;
use crate::model::outline::LinkUse;
use crate::model::plain;
use crate::model::register::{Register, RegisterEntry, RegisterKind};
use crate::model::site::{Finding, Site};
use crate::parse::front_matter::reader::Reader;
use crate::parse::registers::{self, JsonFault};
use crate::parse::{census, texts};
use crate::yaml;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

/// What the register files hold.
#[derive(Default)]
pub(super) struct Read {
    /// Registers by the folder that they belong to.
    pub registers: BTreeMap<String, Vec<Register>>,
    /// References in them, by file.
    pub links: Vec<Links>,
    /// Those that could not be read: folder and kind.
    pub unread: BTreeSet<(String, RegisterKind)>,
    /// Findings.
    pub diagnostics: Vec<Diagnostic>,
}

/// References in the descriptions of a register, and its entries' own.
pub(super) struct Links {
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

/// Reads all registers.
pub(super) fn read(root: &Path, files: &Files, markup: &Markup) -> Read {
    let mut read = Read::default();
    for file in &files.registers {
        let (folder, name) = file.split_once("/registers/").unwrap_or(("content", file));
        let named = |kind: &RegisterKind| *name == format!("{}.{}", kind.name(), ending(*kind));
        let Some(kind) = RegisterKind::ALL.into_iter().find(named) else {
            read.diagnostics.push(misnamed(file, name));
            continue;
        };
        match read.register(root, file, folder, kind, markup) {
            Some(register) => read.registers.entry(folder.to_owned()).or_default().push(register),
            None => drop(read.unread.insert((folder.to_owned(), kind))),
        }
    }
    read.registers.values_mut().for_each(|list| list.sort_by_key(|register| register.kind));
    read
}

fn ending(kind: RegisterKind) -> &'static str {
    if kind == RegisterKind::Bibliography { "json" } else { "yaml" }
}

fn misnamed(file: &Arc<str>, name: &str) -> Diagnostic {
    if name.contains('/') {
        let diagnostic =
            Diagnostic::new(Code::FILE_IGNORED, Place::file(Arc::clone(file)), "this file is not published");
        return diagnostic
            .help("registers lie directly in a folder `registers`: content/registers or that of a volume");
    }
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let kind = nearest(stem, RegisterKind::ALL.iter().map(|kind| kind.name()));
    let kind = RegisterKind::ALL.into_iter().find(|known| Some(known.name()) == kind);
    let help = match kind {
        Some(kind) => format!("did you mean `{}.{}`?", kind.name(), ending(kind)),
        None => "registers are persons, terms, places, organizations, works, events and repositories (.yaml), and bibliography.json".to_owned(),
    };
    Diagnostic::new(Code::FILE_IGNORED, Place::file(Arc::clone(file)), "no register has this name").help(help)
}

impl Read {
    /// Reads one file; none when it cannot be read.
    fn register(
        &mut self,
        root: &Path,
        file: &Arc<str>,
        folder: &str,
        kind: RegisterKind,
        markup: &Markup,
    ) -> Option<Register> {
        let text = load::read(root, file).map_err(|diagnostic| self.diagnostics.push(*diagnostic)).ok()?;
        if kind == RegisterKind::Bibliography {
            return self.bibliography(file, &text);
        }
        let broken = |errors| self.diagnostics.extend(place::yaml_errors(file, 0, errors));
        let node = yaml::parse(&text).map_err(broken).ok()?;
        let mut reader = Reader::default();
        let mut entries = registers::entries(&mut reader, &node);
        // A register that is no list is reported once.
        let readable = matches!(node, yaml::Node::List(_) | yaml::Node::Null);
        self.diagnostics.extend(place::yaml_traps(file, &text, 0));
        self.links.push(Links::of(file, folder, kind, &mut entries, markup, &mut reader));
        self.diagnostics.extend(place::in_yaml(file, &text, 0, &reader));
        readable.then(|| Register::new(kind, Arc::clone(file), entries))
    }

    fn bibliography(&mut self, file: &Arc<str>, text: &str) -> Option<Register> {
        let diagnostic = |fault: JsonFault| {
            let place = Place::at(Arc::clone(file), fault.span);
            Diagnostic::new(Code::REGISTER_MALFORMED, place, fault.message).help(fault.help)
        };
        let broken = |fault| self.diagnostics.push(diagnostic(fault));
        let (entries, faults) = registers::bibliography(text).map_err(broken).ok()?;
        self.diagnostics.extend(faults.into_iter().map(diagnostic));
        Some(Register::new(RegisterKind::Bibliography, Arc::clone(file), entries))
    }
}

/// How much of a description stands beside a document, in characters.
const GLOSS: usize = 160;

impl Links {
    /// Findings about descriptions go to the reader. Entries get their gloss.
    fn of(
        file: &Arc<str>,
        folder: &str,
        kind: RegisterKind,
        entries: &mut [RegisterEntry],
        markup: &Markup,
        reader: &mut Reader,
    ) -> Self {
        let file = Arc::clone(file);
        let mut found =
            Links { file, folder: folder.to_owned(), kind, links: Vec::new(), see: Vec::new(), is: Vec::new() };
        let plain = |printed: &Printed| LinkUse {
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
            let census = census::take(&front, &mut texts, markup);
            reader.issues.extend(issues);
            reader.issues.extend(census.issues.into_iter().map(of_register));
            found.links.extend(census.links);
            let words = plain::blocks_text(&texts.summary, &markup.signs);
            entry.gloss = Some(plain::shorten(&words, GLOSS)).filter(|gloss| !gloss.is_empty());
        }
        found
    }
}

/// Registers have no notes.
fn of_register(issue: Issue) -> Issue {
    if issue.code != Code::NOTE_UNDEFINED {
        return issue;
    }
    let message = "a register has no notes, so none can be cited in it";
    Issue::new(issue.code, issue.at, message).help("write the words of the note into the description")
}

/// Follows the references of registers.
pub(super) fn check(site: &Site, registers: &[Links], root: &Path) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for register in registers {
        let volume = site.volumes.iter().position(|volume| volume.folder == register.folder);
        let path = volume.map_or("index.html".to_owned(), |volume| site.volumes[volume].address("index.html"));
        let from = From { path: &path, source: &register.file, volume, page: None, suggest: findings.len() < 200 };
        for link in &register.links {
            if let (_, Some(problem)) = links::resolve(site, from, &link.target) {
                let issue = Issue::new(problem.code, link.at, problem.message).help(problem.help);
                findings.push(Finding { source: Arc::clone(&register.file), issue });
            }
        }
        let of_edition = if site.is_single() { volume } else { None };
        for (list, volume) in [(&register.see, volume), (&register.is, of_edition)] {
            let unknown = list.iter().filter(|link| {
                links::find_entry(site, volume, register.kind, &link.target).is_none()
                    && !links::hides_entries(site, volume, register.kind)
            });
            findings.extend(unknown.map(|link| unknown_entry(site, register, volume, link)));
        }
    }
    place::place(root, findings)
}

fn unknown_entry(site: &Site, register: &Links, volume: Option<usize>, link: &LinkUse) -> Finding {
    let of_volume = volume.and_then(|volume| site.volumes.get(volume));
    let all = of_volume.into_iter().flat_map(|volume| &volume.registers).chain(&site.registers);
    let known = all.filter(|other| other.kind == register.kind).flat_map(Register::ids);
    let help = match nearest(&link.target, known) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "write the id of an entry".to_owned(),
    };
    let whose = if volume.is_none() { " of the edition" } else { "" };
    let message = format!("{}{whose} has no entry `{}`", links::register_name(register.kind), link.target);
    let issue = Issue::new(Code::REFERENCE_BROKEN, link.at, message).help(help);
    Finding { source: Arc::clone(&register.file), issue }
}
