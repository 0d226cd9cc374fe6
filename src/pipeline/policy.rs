//! Which findings count: `check:` in site.yaml, `ignore:` in documents, and the leave that drafts have.

use super::place;
use crate::diag::{Code, Diagnostic, Severity};
use crate::model::document::Status;
use crate::model::issue::Issue;
use crate::model::outline::Outline;
use crate::model::site::{Finding, Site};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

/// Applies the edition's policy to what was found.
pub(super) fn apply(site: &Site, diagnostics: Vec<Diagnostic>, root: &Path) -> Vec<Diagnostic> {
    let ignored = ignored(site);
    let drafts = Drafts::of(site);
    let mut used: BTreeSet<(Arc<str>, &'static str)> = BTreeSet::new();
    let mut kept = Vec::new();
    for mut diagnostic in diagnostics {
        let file = Arc::clone(&diagnostic.place.file);
        if !diagnostic.code.is_fixed()
            && ignored.get(&*file).is_some_and(|codes| codes.contains(diagnostic.code.name()))
        {
            used.insert((file, diagnostic.code.name()));
            continue;
        }
        let Some(severity) = site.settings.severity(diagnostic.code) else { continue };
        diagnostic.severity = severity;
        if drafts.holds(&file) && !is_unreadable(diagnostic.code) {
            diagnostic.severity = Severity::Warning;
        }
        kept.push(diagnostic);
    }
    kept.extend(unused(site, &used, root));
    kept
}

/// Files in which only what cannot be read is an error.
struct Drafts<'s> {
    sources: BTreeSet<&'s str>,
    /// Folders of volumes that are drafts as a whole.
    folders: Vec<&'s str>,
}

impl<'s> Drafts<'s> {
    fn of(site: &'s Site) -> Self {
        let pages = site.pages.iter().filter(|page| page.outline.status == Status::Draft);
        let volumes = site.volumes.iter().filter(|volume| volume.matter.page.status == Status::Draft);
        Drafts {
            sources: pages.map(|page| &*page.source).collect(),
            folders: volumes.map(|volume| volume.folder.as_str()).collect(),
        }
    }

    fn holds(&self, file: &str) -> bool {
        let inside = |folder: &&str| file.strip_prefix(*folder).is_some_and(|rest| rest.starts_with('/'));
        self.sources.contains(file) || self.folders.iter().any(inside)
    }
}

/// Every source that may accept exceptions.
fn outlines(site: &Site) -> impl Iterator<Item = (&Arc<str>, &Outline)> {
    let home = site.home.source.iter().filter(|_| !site.is_single()).map(|source| (source, &site.home.outline));
    let pages = site.pages.iter().map(|page| (&page.source, &*page.outline));
    home.chain(pages).chain(site.volumes.iter().map(|volume| (&volume.source, &volume.outline)))
}

/// Codes that each source accepts.
fn ignored(site: &Site) -> BTreeMap<&str, BTreeSet<&'static str>> {
    let mut ignored: BTreeMap<&str, BTreeSet<&'static str>> = BTreeMap::new();
    for (source, outline) in outlines(site) {
        for accepted in &outline.ignored {
            ignored.entry(source).or_default().insert(accepted.code.name());
        }
    }
    ignored
}

/// Even a draft must be readable.
fn is_unreadable(code: Code) -> bool {
    let name = code.name();
    name.starts_with("file-")
        || name.starts_with("yaml-")
        || name.starts_with("front-matter-")
        || code == Code::NESTING_TOO_DEEP
}

/// Exceptions that nothing needs any more.
fn unused(site: &Site, used: &BTreeSet<(Arc<str>, &'static str)>, root: &Path) -> Vec<Diagnostic> {
    let Some(severity) = site.settings.severity(Code::IGNORE_UNUSED) else { return Vec::new() };
    let mut findings = Vec::new();
    for (source, outline) in outlines(site) {
        for accepted in outline.ignored.iter().filter(|accepted| !accepted.code.is_fixed()) {
            if !used.contains(&(Arc::clone(source), accepted.code.name())) {
                let message = format!("`{}` is accepted here but does not occur", accepted.code.name());
                let issue = Issue::new(Code::IGNORE_UNUSED, accepted.at, message).help("take the line away");
                findings.push(Finding { source: Arc::clone(source), issue });
            }
        }
    }
    let mut diagnostics = place::place(root, findings);
    diagnostics.iter_mut().for_each(|diagnostic| diagnostic.severity = severity);
    diagnostics
}
