//! The registers of an edition: reading their files, and following the references in them.

use super::place;
use super::preview::Changes;
use crate::cache::KeptRegister;
use crate::diag::nearest::nearest;
use crate::diag::{Code, Diagnostic, Place};
use crate::hash::Hash128;
use crate::load::{self, Files};
use crate::model::document::{FrontMatter, Printed};
use crate::model::issue::{At, Issue};
use crate::model::links::{self, From};
use crate::model::markup::Markup;
use crate::model::outline::LinkUse;
use crate::model::plain;
use crate::model::register::{Register, RegisterEntry, RegisterKind, RegisterReferences};
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
    /// What is known of them, for the next run.
    pub kept: BTreeMap<Arc<str>, KeptRegister>,
}

/// References in a register.
pub(super) struct Links {
    /// File.
    file: Arc<str>,
    /// Folder of the volume; `content` for registers of the edition.
    pub folder: String,
    kind: RegisterKind,
    references: RegisterReferences,
}

/// Reads all registers. Those that an earlier run has read by the same rules are taken from there.
pub(super) fn read(
    root: &Path,
    files: &Files,
    markup: &Markup,
    known: &BTreeMap<Arc<str>, KeptRegister>,
    changes: Option<&Changes>,
) -> Read {
    let mut read = Read::default();
    let rules = Hash128::of_value(markup).unwrap_or_default();
    for file in &files.registers {
        let (folder, name) = file.split_once("/registers/").unwrap_or(("content", file));
        let named = |kind: &RegisterKind| *name == format!("{}.{}", kind.name(), ending(*kind));
        let Some(kind) = RegisterKind::ALL.into_iter().find(named) else {
            read.diagnostics.push(misnamed(file, name));
            continue;
        };
        let known = known.get(file).filter(|kept| kept.rules == rules);
        let unchanged = known.filter(|_| changes.is_some_and(|changes| !changes.touch(file))).cloned();
        match unchanged.or_else(|| read.register(root, file, kind, markup, rules, known)) {
            Some(kept) => {
                let references = kept.references.clone();
                let links = Links { file: Arc::clone(file), folder: folder.to_owned(), kind, references };
                read.links.push(links);
                read.diagnostics.extend(kept.diagnostics.iter().cloned());
                read.registers.entry(folder.to_owned()).or_default().push(kept.register.clone());
                read.kept.insert(Arc::clone(file), kept);
            }
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
        kind: RegisterKind,
        markup: &Markup,
        rules: Hash128,
        known: Option<&KeptRegister>,
    ) -> Option<KeptRegister> {
        let bytes = load::bytes(root, file).map_err(|diagnostic| self.diagnostics.push(*diagnostic)).ok()?;
        let source = Hash128::of(&bytes);
        if let Some(kept) = known.filter(|kept| kept.source == source) {
            return Some(kept.clone());
        }
        let text = load::text(file, bytes).map_err(|diagnostic| self.diagnostics.push(*diagnostic)).ok()?;
        let read = if kind == RegisterKind::Bibliography {
            bibliography(file, &text)
        } else {
            list(file, kind, &text, markup)
        };
        match read {
            Ok((register, references, diagnostics)) => {
                Some(KeptRegister { source, rules, register, references, diagnostics })
            }
            Err(diagnostics) => {
                self.diagnostics.extend(diagnostics);
                None
            }
        }
    }
}

/// A register with its references, and what was found in it.
type Found = (Register, RegisterReferences, Vec<Diagnostic>);

fn list(file: &Arc<str>, kind: RegisterKind, text: &str, markup: &Markup) -> Result<Found, Vec<Diagnostic>> {
    let node = yaml::parse(text).map_err(|errors| place::yaml_errors(file, 0, errors))?;
    let mut reader = Reader::default();
    let mut entries = registers::entries(&mut reader, &node);
    let mut diagnostics = place::yaml_traps(file, text, 0);
    let references = references(&mut entries, markup, &mut reader);
    diagnostics.extend(place::in_yaml(file, text, 0, &reader));
    // A register that is no list is reported once.
    let readable = matches!(node, yaml::Node::List(_) | yaml::Node::Null);
    if readable {
        Ok((Register::new(kind, Arc::clone(file), entries), references, diagnostics))
    } else {
        Err(diagnostics)
    }
}

fn bibliography(file: &Arc<str>, text: &str) -> Result<Found, Vec<Diagnostic>> {
    let diagnostic = |fault: JsonFault| {
        let place = Place::at(Arc::clone(file), fault.span);
        Diagnostic::new(Code::REGISTER_MALFORMED, place, fault.message).help(fault.help)
    };
    let (entries, faults) = registers::bibliography(text).map_err(|fault| vec![diagnostic(fault)])?;
    let register = Register::new(RegisterKind::Bibliography, Arc::clone(file), entries);
    Ok((register, RegisterReferences::default(), faults.into_iter().map(diagnostic).collect()))
}

/// How much of a description stands beside a document, in characters.
const GLOSS: usize = 160;

/// The references of entries. Findings about descriptions go to the reader. Entries get their gloss.
fn references(entries: &mut [RegisterEntry], markup: &Markup, reader: &mut Reader) -> RegisterReferences {
    let mut found = RegisterReferences::default();
    let plain = |printed: &Printed| LinkUse {
        target: printed.text.as_str().into(),
        at: At::field(printed.field),
        anchor: "".into(),
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

/// Registers have no notes.
fn of_register(issue: Issue) -> Issue {
    if issue.code != Code::NOTE_UNDEFINED {
        return issue;
    }
    let message = "a register has no notes, so none can be cited in it";
    Issue::new(issue.code, issue.at, message).help("write the words of the note into the description")
}

/// Follows the references of registers.
pub(super) fn check(site: &Site, registers: &[Links]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for register in registers {
        let volume = site.volumes.iter().position(|volume| volume.folder == register.folder);
        let path = volume.map_or("index.html".to_owned(), |volume| site.volumes[volume].address("index.html"));
        let from = From { path: &path, source: &register.file, volume, page: None, suggest: findings.len() < 200 };
        for link in &register.references.links {
            if let (_, Some(problem)) = links::resolve(site, from, &link.target) {
                let issue = Issue::new(problem.code, link.at, problem.message).help(problem.help);
                findings.push(Finding { source: Arc::clone(&register.file), issue });
            }
        }
        let of_edition = if site.is_single() { volume } else { None };
        for (list, volume) in [(&register.references.see, volume), (&register.references.is, of_edition)] {
            let unknown = list.iter().filter(|link| {
                links::find_entry(site, volume, register.kind, &link.target).is_none()
                    && !links::hides_entries(site, volume, register.kind)
            });
            findings.extend(unknown.map(|link| unknown_entry(site, register, volume, link)));
        }
    }
    findings
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
