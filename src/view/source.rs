//! The source note as data: its fields in fixed order, and the line that is composed where none is printed.

use super::{Labels, Words};
use crate::model::document::{Printing, Source, SourcePosition};
use crate::model::links::find_entry;
use crate::model::record::base_first;
use crate::model::register::RegisterKind;
use crate::model::repositories;
use crate::model::site::Site;
use crate::model::surroundings::Surroundings;
use crate::model::view::{SourceField, SourceView};
use std::collections::BTreeMap;

/// Where a source is shown, and what may be seen there.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// What the page takes from the rest of the edition.
    pub around: &'a Surroundings,
    /// Short strings of its front matter in their plain form.
    pub labels: &'a Labels,
    /// Words of the interface.
    pub words: &'a Words,
}

/// The witnesses of a document. `backlinks` counts the references to each marker.
pub fn sources(
    context: Context<'_>,
    witnesses: &[Source],
    default: SourcePosition,
    references: &dyn Fn(&str) -> u32,
) -> Vec<SourceView> {
    let mut views: Vec<SourceView> = Vec::with_capacity(witnesses.len());
    let ranks: BTreeMap<usize, usize> = base_first(witnesses).enumerate().map(|(rank, (at, _))| (at, rank)).collect();
    let nowhere = BTreeMap::new();
    let places =
        |number: usize| ranks.get(&number).and_then(|rank| context.around.archives.get(*rank)).unwrap_or(&nowhere);
    for (number, source) in witnesses.iter().enumerate() {
        let backlinks = source.marker.as_ref().map_or_else(Vec::new, |marker| {
            let label = marker.to_lowercase();
            crate::model::page::backlinks(&label, references(&label))
        });
        let several = witnesses.len() > 1;
        views.push(SourceView {
            anchor: source.anchor(number),
            old_anchors: Vec::new(),
            marker: source.marker.clone(),
            backlinks,
            position: source.position.unwrap_or(default).name(),
            siglum: source.siglum.clone(),
            base: several && (source.base || (number == 0 && !witnesses.iter().any(|source| source.base))),
            composed: source.note.is_none().then(|| composed(context, source)).filter(|line| !line.is_empty()),
            fields: fields(context, source, places(number)),
            url: source.url.clone(),
        });
    }
    views
}

/// Fields in the order in which a reader looks for them.
fn fields(context: Context<'_>, source: &Source, places: &BTreeMap<&'static str, String>) -> Vec<SourceField> {
    let place = |key: &str| places.get(key).cloned();
    let one = |key: &'static str, value: Option<&String>| {
        value.map(|value| SourceField { key, values: vec![value.clone()], href: place(key) })
    };
    let many = |key: &'static str, values: &[String]| {
        (!values.is_empty()).then(|| SourceField { key, values: values.to_vec(), href: place(key) })
    };
    let repository = source.repository.as_ref().map(|repository| SourceField {
        key: "repository",
        values: vec![repository_name(context, &repository.text).to_owned()],
        href: place("repository"),
    });
    let extent = source.extent.as_ref().map(|extent| &extent.text);
    let printed = source.printed.as_ref().and_then(|printing| {
        let values = vec![printed_words(context, printing)?];
        Some(SourceField { key: "printed", values, href: printed_address(context, printing) })
    });
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
        printed,
        one("form", source.form.as_ref().map(|form| form_name(context.words, form)).as_ref()),
        one("extent", extent),
        one("classification", source.classification.as_ref()),
        many("handling", &source.handling),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// A form in words, where it is one of the usual short forms.
fn form_name(words: &Words, form: &str) -> String {
    words.find(&format!("forms.{form}")).unwrap_or_else(|| form.to_owned())
}

/// With a capital at its beginning, as a sentence has it.
fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// The name of a repository.
fn repository_name<'a>(context: Context<'a>, name: &'a str) -> &'a str {
    context.around.repositories.get(name).map_or(name, String::as_str)
}

/// A printed work in words: its citation, else the name of its register entry.
pub fn printed_words(context: Context<'_>, printing: &Printing) -> Option<String> {
    let label = printing.citation.as_ref().and_then(|citation| context.labels.get(&citation.field));
    label
        .map(|label| label.text.clone())
        .or_else(|| context.around.registers.names.get(printing.reference.as_ref()?.text.as_str()).cloned())
}

/// Where a printed work is described or can be read.
pub fn printed_address(context: Context<'_>, printing: &Printing) -> Option<String> {
    let reference = printing.reference.as_ref();
    let href = reference.and_then(|reference| super::address(&context.around.links, &reference.text));
    href.or_else(|| printing.url.clone())
}

/// A line from the fields, where the editors printed no note.
pub fn composed(context: Context<'_>, source: &Source) -> String {
    let repository = |name: &str| repository_name(context, name).to_owned();
    composed_of(context.words, source, &repository, &|printing| printed_words(context, printing))
}

/// The same for a source of a volume, without the surroundings of a page.
pub fn line(site: &Site, volume: Option<usize>, words: &Words, labels: &Labels, source: &Source) -> String {
    let repository = |name: &str| repositories::spoken(repositories::entry(site, volume, name), name).to_owned();
    let name = |reference: &str| {
        let (scheme, id) = reference.split_once(':')?;
        let kind = RegisterKind::of_scheme(scheme)?;
        let is_work = !matches!(kind, RegisterKind::Persons | RegisterKind::Terms);
        find_entry(site, volume, kind, id).filter(|_| is_work).map(|found| found.entry.name.clone())
    };
    let printed = |printing: &Printing| {
        let label = printing.citation.as_ref().and_then(|citation| labels.get(&citation.field));
        label.map(|label| label.text.clone()).or_else(|| name(&printing.reference.as_ref()?.text))
    };
    composed_of(words, source, &repository, &printed)
}

fn composed_of(
    words: &Words,
    source: &Source,
    repository: &dyn Fn(&str) -> String,
    printed_words: &dyn Fn(&Printing) -> Option<String>,
) -> String {
    let repository = source.repository.as_ref().map(|named| repository(&named.text));
    let named = |label: &str, value: &String| words.get(&format!("citation.{label}")).replace("{n}", value);
    let labelled = |label: &str, value: &Option<String>| value.as_ref().map(|value| named(label, value));
    let mut parts: Vec<Option<String>> =
        vec![repository, source.place.clone(), labelled("record_group", &source.record_group)];
    parts.extend(source.collection.iter().cloned().map(Some));
    parts.extend([
        source.series.clone(),
        labelled("lot", &source.lot),
        labelled("box", &source.box_),
        // A bare number would read as that of the box.
        match &source.folder {
            Some(folder) if folder.starts_with(|c: char| c.is_ascii_digit()) => Some(named("folder", folder)),
            folder => folder.clone(),
        },
        source.file.clone(),
        source.shelfmark.clone(),
    ]);
    let line: Vec<String> = parts.into_iter().flatten().collect();
    let mut sentences = vec![line.join(", ")];
    sentences.extend(source.printed.as_ref().and_then(|printed| {
        let citation = printed_words(printed)?;
        Some(printed.pages.as_ref().map_or(citation.clone(), |pages| format!("{citation}, {pages}")))
    }));
    sentences.extend(source.classification.clone());
    sentences.extend(source.handling.iter().cloned());
    sentences.extend(source.form.as_ref().map(|form| capital(&form_name(words, form))));
    sentences.extend(source.extent.as_ref().map(|extent| extent.text.clone()));
    let ended = |sentence: String| if sentence.ends_with(['.', '!', '?']) { sentence } else { format!("{sentence}.") };
    sentences.into_iter().filter(|sentence| !sentence.is_empty()).map(ended).collect::<Vec<_>>().join(" ")
}
