//! What an editor may want to link: names of register entries in the text, and entries that may be one.

mod archives;

use super::{Edition, outline, place};
use crate::diag::{Code, Diagnostic, Place};
use crate::load;
use crate::model::issue::Issue;
use crate::model::links::Entry;
use crate::model::mention::EntryId;
use crate::model::register::{RegisterEntry, RegisterKind};
use crate::model::site::{Page, Role, Site};
use crate::parse::front_matter;
use crate::parse::front_matter::reader::Reader;
use crate::parse::names::{Found, Names};
use crate::parse::texts;
use crate::yaml::{Places, Step};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

impl Edition {
    /// Names in the text that are no links and may be, with the entries that may be meant; and entries that share an
    /// authority record and are not said to be one; and names of archives that hardly differ. All is advice.
    pub fn suggest_links(&self, root: &Path) -> Vec<Diagnostic> {
        let site = &*self.site;
        let of_edition = names(site, None);
        let of_volumes: Vec<Names<EntryId>> = (0..site.volumes.len()).map(|number| names(site, Some(number))).collect();
        let in_page = |page: &Page| {
            let known = page.volume.and_then(|number| of_volumes.get(number)).unwrap_or(&of_edition);
            in_page(root, site, page, known).unwrap_or_default()
        };
        let found: Vec<Vec<Diagnostic>> = site.pages.par_iter().map(in_page).collect();
        found.into_iter().flatten().chain(alike(root, site)).chain(archives::alike(root, site)).collect()
    }
}

/// Kinds whose entries the text can link to.
const LINKED: [RegisterKind; 6] = [
    RegisterKind::Persons,
    RegisterKind::Terms,
    RegisterKind::Places,
    RegisterKind::Organizations,
    RegisterKind::Works,
    RegisterKind::Events,
];

/// All names that a document of a volume may use.
fn names(site: &Site, volume: Option<usize>) -> Names<EntryId> {
    let mut names = Names::default();
    for volume in volume.map(Some).into_iter().chain([None]) {
        for (register, list) in site.registers_of(volume).iter().enumerate() {
            if !LINKED.contains(&list.kind) {
                continue;
            }
            for (entry, value) in list.entries.iter().enumerate() {
                let id = EntryId { volume, register, entry };
                forms(list.kind, value).for_each(|form| names.add(&form, id));
            }
        }
    }
    names
}

/// The forms of a name: as it is written, the other way round for a person, and its variants.
fn forms(kind: RegisterKind, entry: &RegisterEntry) -> impl Iterator<Item = String> {
    let turned = move |name: &String| match name.split(", ").collect::<Vec<_>>().as_slice() {
        [surname, given] if kind == RegisterKind::Persons => Some(format!("{given} {surname}")),
        _ => None,
    };
    let written = std::iter::once(&entry.name).chain(&entry.variants);
    written.flat_map(move |name| std::iter::once(name.clone()).chain(turned(name)))
}

fn in_page(root: &Path, site: &Site, page: &Page, names: &Names<EntryId>) -> Option<Vec<Diagnostic>> {
    let text = load::read(root, &page.source).ok()?;
    let (split, node) = outline::front(&page.source, &text).ok()?;
    let mut reader = Reader::default();
    let front = front_matter::document(&mut reader, &node, page.role != Role::File);
    let markup = site.volume_of(page).map_or(&site.home.markup, |volume| &volume.markup);
    let markup = outline::section_markup(&front, markup, site.settings.html);
    let texts = texts::parse(&front, split.body, &markup).0;
    let issues = names.find(&front, &texts, split.body).into_iter().map(|found| suggestion(site, found)).collect();
    Some(place::in_document(&page.source, &split, &reader.fields, issues))
}

fn suggestion(site: &Site, found: Found<EntryId>) -> Issue {
    // An entry of the edition that one of the volume is stands for the same.
    let same: BTreeSet<EntryId> = found.named.iter().filter_map(|id| site.entries.is.get(id)).copied().collect();
    let candidates = found.named.iter().filter(|id| !same.contains(id)).filter_map(|id| Entry::of(site, *id));
    let mut targets: Vec<String> = Vec::new();
    let mut described = Vec::new();
    for entry in candidates {
        let target = format!("{}:{}", entry.register.kind.scheme(), entry.entry.id);
        if !targets.contains(&target) {
            described.push(format!("`{target}` ({})", entry.entry.name));
            targets.push(target);
        }
    }
    let message = format!("`{}` is no link and may be {}", found.words, described.join(" or "));
    let help = match targets.as_slice() {
        [one] => format!("if so, write `[{}]({one})`", found.words),
        _ => format!("decide which is meant and write `[{}](…)`", found.words),
    };
    Issue::new(Code::NAME_UNLINKED, found.at, message).help(help)
}

/// Entries of one kind that name the same authority record and are not joined.
fn alike(root: &Path, site: &Site) -> Vec<Diagnostic> {
    let mut by_record: BTreeMap<(RegisterKind, &str), Vec<Entry<'_>>> = BTreeMap::new();
    for volume in std::iter::once(None).chain((0..site.volumes.len()).map(Some)) {
        for (register, list) in site.registers_of(volume).iter().enumerate() {
            for (entry, value) in list.entries.iter().enumerate() {
                let id = EntryId { volume, register, entry };
                for record in value.same_as.iter().collect::<BTreeSet<_>>() {
                    let found = Entry { entry: value, register: list, id };
                    by_record.entry((list.kind, record)).or_default().push(found);
                }
            }
        }
    }
    let whole = |id: EntryId| site.entries.is.get(&id).copied().unwrap_or(id);
    let mut texts: BTreeMap<Arc<str>, String> = BTreeMap::new();
    let mut told = BTreeSet::new();
    let mut diagnostics = Vec::new();
    for ((_, record), entries) in by_record {
        let Some((first, others)) = entries.split_first() else { continue };
        for other in others.iter().filter(|other| whole(other.id) != whole(first.id)) {
            if told.insert((first.id, other.id)) {
                diagnostics.push(shared(root, record, *first, *other, &mut texts));
            }
        }
    }
    diagnostics
}

fn shared(
    root: &Path,
    record: &str,
    first: Entry<'_>,
    other: Entry<'_>,
    texts: &mut BTreeMap<Arc<str>, String>,
) -> Diagnostic {
    let mut place = |entry: Entry<'_>| {
        let file = Arc::clone(&entry.register.file);
        let text = texts.entry(Arc::clone(&file)).or_insert_with(|| load::read(root, &file).unwrap_or_default());
        let path = [Step::Index(entry.id.entry), Step::Key("same_as".to_owned())];
        Place { span: Places::scan(text).nearest(&path), file }
    };
    let message = format!("`{}` and `{}` share the record {record}", other.entry.id, first.entry.id);
    let help = match first.id.volume {
        None => format!("if they are one, write `is: {}`", first.entry.id),
        Some(_) => "if they are one, make an entry in content/registers and write its id under `is` in both".to_owned(),
    };
    Diagnostic::new(Code::AUTHORITY_SHARED, place(other), message).help(help).related(place(first), "the other one")
}
