//! The landing page of a volume.

use super::cite::{metadata, whole};
use super::head::{Constants, Parts, head};
use super::links::{Named, with_links};
use super::ways::ways;
use super::{Minor, Words, contents, editors, rights};
use crate::model::chronology::ChronologyPage;
use crate::model::citation::FILES;
use crate::model::date::DateWords;
use crate::model::history::History;
use crate::model::site::{Site, Volume};
use crate::model::view::{CiteFile, CountedView, RegisterLink, VolumeView};
use crate::model::volume::VolumeMatter;

/// Anchor of the documents that stand out of date order, on the page of the chronology.
const OUT_OF_ORDER: &str = "out-of-order";

/// The landing page of a volume.
pub fn volume(site: &Site, history: &History, words: &Words, volume: &Volume, minor: &Minor) -> VolumeView {
    let path = volume.address("index.html");
    let title = volume.outline.title.to_string();
    let matter = &volume.matter;
    let parts = Parts {
        kind: "volume",
        path: &path,
        title,
        description: volume.outline.description.as_deref().map(str::to_owned),
        lang: &volume.lang,
        crumbs: Vec::new(),
        draft: !matches!(matter.page.status, crate::model::document::Status::Published),
    };
    let mut head = head(Constants::of(site), parts);
    head.metadata = Some(metadata::volume(site, volume));
    VolumeView {
        head: with_links(
            head,
            &site.settings,
            Named { source: &volume.source, id: &volume.id, title: &volume.outline.title },
        ),
        series: series(matter),
        editors: editors(&matter.editors),
        publisher: matter.publisher.clone(),
        place: matter.place.clone(),
        published: matter.published.clone(),
        identifiers: matter.page.identifiers.clone(),
        covers: covers(volume),
        rights: matter.page.rights.as_ref().map(|given| rights(given, minor)),
        documents: volume.documents.len(),
        contents: contents::landing(site, volume, &path),
        out_of_order: out_of_order(site, volume),
        registers: registers(volume),
        ways: ways(site, history, site.volume_ids.get(&volume.id).copied(), &path),
        cite: whole::volume(site, words, volume),
        citations: citations(volume),
    }
}

/// Series, subseries and number in one line.
pub fn series(matter: &VolumeMatter) -> Option<String> {
    let parts: Vec<&str> = [&matter.series, &matter.subseries, &matter.volume_number]
        .into_iter()
        .filter_map(|part| part.as_deref())
        .collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// What a volume covers, in words.
pub fn covers(volume: &Volume) -> Option<String> {
    volume.matter.covers.as_ref().map(|covers| covers.display(&DateWords::for_language(&volume.lang)))
}

/// The files with the citations of its documents.
fn citations(volume: &Volume) -> Vec<CiteFile> {
    let names = ["RIS", "BibTeX", "CSL-JSON"];
    let file = |(name, href): (&'static str, &str)| CiteFile {
        name,
        href: href.to_owned(),
        file: format!("{}-{href}", volume.id),
    };
    let files = names.into_iter().zip(FILES).map(file);
    if volume.documents.is_empty() { Vec::new() } else { files.collect() }
}

/// What stands out of date order is shown on the page of the chronology.
fn out_of_order(site: &Site, volume: &Volume) -> Option<CountedView> {
    let number = site.volume_ids.get(&volume.id).copied()?;
    let count = site.chronologies.get(&Some(number))?.stray_in_order(site, Some(number)).len();
    let href = || format!("{}#{OUT_OF_ORDER}", ChronologyPage::Overview.file());
    (count > 0).then(|| CountedView { count, href: href() })
}

fn registers(volume: &Volume) -> Vec<RegisterLink> {
    let link = |register: &crate::model::register::Register| RegisterLink {
        kind: register.kind.name(),
        href: format!("{}.html", register.kind.name()),
        entries: register.entries.len(),
    };
    volume.registers.iter().map(link).collect()
}
