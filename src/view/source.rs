//! The source note as data: its fields in fixed order, and the line that is composed where none is printed.

use super::Plain;
use crate::model::document::{Printing, Source, SourcePosition};
use crate::model::links::{From, find_entry};
use crate::model::register::RegisterKind;
use crate::model::site::{Site, relative};
use crate::model::view::{SourceField, SourceView};
use std::collections::BTreeMap;

/// What the lines about sources are made from, besides the sources.
#[derive(Clone, Copy)]
pub struct Sourcing<'a> {
    /// The edition.
    pub site: &'a Site,
    /// The page.
    pub from: From<'a>,
    /// Short strings of front matter as plain text.
    pub plain: &'a BTreeMap<u16, Plain>,
}

/// The witnesses of a document. `backlinks` counts the references to each marker.
pub fn sources(
    with: Sourcing<'_>,
    witnesses: &[Source],
    default: SourcePosition,
    references: &dyn Fn(&str) -> u32,
) -> Vec<SourceView> {
    let mut views: Vec<SourceView> = Vec::with_capacity(witnesses.len());
    for (number, source) in witnesses.iter().enumerate() {
        let anchor = match &source.marker {
            Some(marker) => format!("fn-{}", marker.to_lowercase()),
            None if number == 0 => "source".to_owned(),
            None => format!("source-{}", number + 1),
        };
        let backlinks = source.marker.as_ref().map_or_else(Vec::new, |marker| {
            let label = marker.to_lowercase();
            crate::model::page::backlinks(&label, references(&label))
        });
        let several = witnesses.len() > 1;
        views.push(SourceView {
            anchor,
            marker: source.marker.clone(),
            backlinks,
            position: source.position.unwrap_or(default).name(),
            siglum: source.siglum.clone(),
            base: several && (source.base || (number == 0 && !witnesses.iter().any(|source| source.base))),
            composed: source.note.is_none().then(|| composed(with, source)).filter(|line| !line.is_empty()),
            fields: fields(with, source),
            url: source.url.clone(),
        });
    }
    views
}

/// Fields in the order in which a reader looks for them.
fn fields(with: Sourcing<'_>, source: &Source) -> Vec<SourceField> {
    let one = |key: &'static str, value: Option<&String>| {
        value.map(|value| SourceField { key, values: vec![value.clone()], href: None })
    };
    let many = |key: &'static str, values: &[String]| {
        (!values.is_empty()).then(|| SourceField { key, values: values.to_vec(), href: None })
    };
    let repository = source.repository.as_ref().map(|repository| SourceField {
        key: "repository",
        values: vec![repository.text.clone()],
        href: repository_address(with.site, with.from, &repository.text),
    });
    let extent = source.extent.as_ref().map(|extent| &extent.text);
    let printed = source.printed.as_ref().and_then(|printing| citation(with, printing));
    [
        repository,
        one("place", source.place.as_ref()),
        one("record_group", source.record_group.as_ref()),
        many("collection", &source.collection),
        one("series", source.series.as_ref()),
        one("lot", source.lot.as_ref()),
        one("box", source.box_.as_ref()),
        one("folder", source.folder.as_ref()),
        one("file", source.file.as_ref()),
        one("shelfmark", source.shelfmark.as_ref()),
        one("printed", printed.as_ref()),
        one("form", source.form.as_ref()),
        one("extent", extent),
        one("classification", source.classification.as_ref()),
        many("handling", &source.handling),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// A printing in words: its citation, else the name of the register entry.
fn citation(with: Sourcing<'_>, printing: &Printing) -> Option<String> {
    if let Some(citation) = &printing.citation {
        return Some(with.plain.get(&citation.field).map_or(&citation.text, |plain| &plain.text).clone());
    }
    let (scheme, id) = printing.reference.as_ref()?.text.split_once(':')?;
    let entry = find_entry(with.site, with.from.volume, RegisterKind::of_scheme(scheme)?, id)?;
    Some(entry.entry.name.clone())
}

/// The register entry of a repository: by id, name, variant or siglum.
fn repository_address(site: &Site, from: From<'_>, name: &str) -> Option<String> {
    let volume = from.volume.and_then(|number| site.volumes.get(number));
    let own = volume.into_iter().flat_map(|volume| &volume.registers);
    let entries = own.chain(&site.registers).filter(|register| register.kind == RegisterKind::Repositories);
    let found = entries.flat_map(|register| &register.entries).find(|entry| {
        entry.id == name
            || entry.name == name
            || entry.variants.iter().any(|variant| variant == name)
            || entry.siglum.as_deref() == Some(name)
    })?;
    let entry = find_entry(site, from.volume, RegisterKind::Repositories, &found.id)?;
    Some(format!("{}#{}", relative(from.path, entry.path), found.id))
}

/// A line from the fields, where the editors printed no note.
pub fn composed(with: Sourcing<'_>, source: &Source) -> String {
    let repository = source.repository.as_ref().map(|repository| repository.text.clone());
    let labelled = |label: &str, value: &Option<String>| value.as_ref().map(|value| format!("{label} {value}"));
    let mut parts: Vec<Option<String>> = vec![repository, source.place.clone(), labelled("RG", &source.record_group)];
    parts.extend(source.collection.iter().cloned().map(Some));
    parts.extend([
        source.series.clone(),
        labelled("Lot", &source.lot),
        labelled("Box", &source.box_),
        // A bare number would read as that of the box.
        match &source.folder {
            Some(folder) if folder.starts_with(|c: char| c.is_ascii_digit()) => Some(format!("Folder {folder}")),
            folder => folder.clone(),
        },
        source.file.clone(),
        source.shelfmark.clone(),
    ]);
    let line: Vec<String> = parts.into_iter().flatten().collect();
    let mut sentences = vec![line.join(", ")];
    sentences.extend(source.printed.as_ref().and_then(|printed| {
        let citation = citation(with, printed)?;
        Some(printed.pages.as_ref().map_or(citation.clone(), |pages| format!("{citation}, {pages}")))
    }));
    sentences.extend(source.classification.clone());
    sentences.extend(source.handling.iter().cloned());
    sentences.extend(source.form.clone());
    sentences.extend(source.extent.as_ref().map(|extent| extent.text.clone()));
    let ended = |sentence: String| if sentence.ends_with(['.', '!', '?']) { sentence } else { format!("{sentence}.") };
    sentences.into_iter().filter(|sentence| !sentence.is_empty()).map(ended).collect::<Vec<_>>().join(" ")
}
