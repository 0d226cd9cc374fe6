//! What git knows, for readers: the changes of a document, the list of corrections, the colophon.

use super::Words;
use super::head::{Constants, Parts, head, lang_of, page_link, volume_link};
use crate::model::archives::Shows;
use crate::model::history::{Change, Erratum, HeadCommit, History};
use crate::model::register::{Register, RegisterEntry, RegisterKind};
use crate::model::site::{Page, Site, Volume, relative};
use crate::model::view::{
    ChangeView, ColophonView, CorrectionView, CorrectionsView, SourceState, VolumeEditors, VolumeRights,
};
use std::collections::BTreeSet;

/// The changes of a page's source, newest first.
pub fn changes(history: &History, page: &Page) -> Vec<ChangeView> {
    let changes = history.files.get(&page.source).into_iter().flatten();
    changes.map(|change| view(change, &page.path)).collect()
}

fn view(change: &Change, from: &str) -> ChangeView {
    let errata: Vec<String> = change.erratum.iter().flat_map(|texts| texts.lines()).map(str::to_owned).collect();
    let address = || relative(from, &format!("corrections.html#{}", anchor(change)));
    ChangeView {
        commit: change.commit.to_string(),
        date: change.at.date(),
        datetime: change.at.rfc3339(),
        subject: change.subject.to_string(),
        correction: (!errata.is_empty()).then(address),
        errata,
    }
}

/// Anchor of a correction: a commit may begin with a digit, an id should not.
fn anchor(change: &Change) -> String {
    format!("c-{}", change.commit)
}

/// The list of corrections.
pub fn corrections(site: &Site, history: &History, words: &Words) -> CorrectionsView {
    let path = "corrections.html";
    let parts = generated(site, "corrections", path, words.get("corrections"));
    CorrectionsView {
        head: head(Constants::of(site), parts),
        is_known: history.head.is_some(),
        corrections: history.errata.iter().map(|erratum| correction(site, erratum, path)).collect(),
    }
}

fn correction(site: &Site, erratum: &Erratum, path: &str) -> CorrectionView {
    let pages = erratum.files.iter().filter_map(|file| site.sources.get(file)).map(|page| &site.pages[*page]);
    let shown = pages.filter(|page| page.published && !site.is_introduction(page));
    let name = |path: &str| {
        let file = path.rsplit('/').next().unwrap_or(path);
        file.strip_suffix(".md").map(str::to_owned)
    };
    CorrectionView {
        change: view(&erratum.change, path),
        documents: shown.map(|page| page_link(site, page, path, &site.settings.lang)).collect(),
        gone: erratum.gone.iter().filter_map(|path| name(path)).collect(),
    }
}

/// How the edition was made.
pub fn colophon(site: &Site, history: &History, words: &Words) -> ColophonView {
    let parts = generated(site, "colophon", "colophon.html", words.get("colophon"));
    let published = || site.volumes.iter().filter(|volume| volume.published);
    let documents = || published().flat_map(|volume| &volume.documents);
    let outlines = || documents().map(|&page| &*site.pages[page].outline);
    let entries = |register: &Register| register.entries.len();
    // Who is an entry of the edition's is counted there, and a mere "see" is nobody.
    let is_one = |entry: &&RegisterEntry| entry.is.is_none() && !entry.only_refers();
    let themselves = |register: &Register| register.entries.iter().filter(is_one).count();
    let registers = || site.registers.iter().chain(published().flat_map(|volume| &volume.registers));
    let tags: BTreeSet<&str> = documents().map(|&page| lang_of(site, &site.pages[page])).collect();
    let languages: BTreeSet<String> = tags.into_iter().map(|tag| language(tag, words)).collect();
    ColophonView {
        head: head(Constants::of(site), parts),
        cite: super::cite::whole::edition(site, words),
        volume_editors: published().filter_map(|volume| volume_editors(site, volume)).collect(),
        volume_rights: published().filter_map(|volume| volume_rights(site, volume)).collect(),
        volumes: published().count(),
        documents: documents().count(),
        notes: outlines().map(|outline| outline.notes.len()).sum(),
        persons: registers().filter(|register| register.kind == RegisterKind::Persons).map(themselves).sum(),
        repositories: site.archives.of_kind(Shows::Repository).count(),
        entries: registers().map(entries).sum(),
        languages: languages.into_iter().collect(),
        corrections: (!history.errata.is_empty()).then(|| "corrections.html".to_owned()),
        source: history.head.as_ref().map(state),
    }
}

/// The editors of a volume, where it names any.
fn volume_editors(site: &Site, volume: &Volume) -> Option<VolumeEditors> {
    let editors = super::editors(&volume.matter.editors);
    let link = || volume_link(volume, "colophon.html", &site.settings.lang);
    (!editors.is_empty()).then(|| VolumeEditors { volume: link(), editors })
}

/// The rights of a volume, where they are not those of the edition.
fn volume_rights(site: &Site, volume: &Volume) -> Option<VolumeRights> {
    let own = volume.matter.page.rights.as_ref().filter(|own| site.settings.rights.as_ref() != Some(*own))?;
    let link = volume_link(volume, "colophon.html", &site.settings.lang);
    Some(VolumeRights { volume: link, rights: super::rights(own, &super::Minor::new()) })
}

fn language(tag: &str, words: &Words) -> String {
    let key = format!("languages.{}", tag.split('-').next().unwrap_or(tag));
    words.find(&key).unwrap_or_else(|| tag.to_owned())
}

fn state(head: &HeadCommit) -> SourceState {
    SourceState {
        commit: head.id.to_string(),
        describe: head.describe.as_deref().map(str::to_owned),
        date: head.at.date(),
        datetime: head.at.rfc3339(),
        uncommitted: head.uncommitted,
    }
}

fn generated<'a>(site: &'a Site, kind: &'static str, path: &'a str, title: String) -> Parts<'a> {
    Parts { kind, path, title, description: None, lang: &site.settings.lang, crumbs: Vec::new(), draft: false }
}
