//! What each page may show, as typed values made from the resolved edition.

pub mod accessibility;
pub mod archives;
pub mod body;
pub mod browse;
pub mod calendar;
pub mod calendar_files;
pub mod chronology;
pub mod cite;
pub mod contents;
pub mod document;
mod facsimiles;
pub mod feed;
pub mod head;
pub mod history;
pub mod home;
pub mod links;
pub mod listed;
pub mod lists;
pub mod method;
pub mod pages;
mod picture;
pub mod references;
pub mod registers;
pub mod search;
mod source;
pub mod surroundings;
pub mod volume;
mod ways;
pub mod withdrawn;

pub use source::line as source_line;

use crate::model::date::DateWords;
use crate::model::document::{DocumentDate, Editor, Party, Rights};
use crate::model::html::Html;
use crate::model::page::{Resolved, is_right_to_left};
use crate::model::site::Site;
use crate::model::view::{DateView, EditorView, NameView, RightsView, SiteView};
use std::collections::{BTreeMap, BTreeSet};

/// Short strings of front matter as HTML, by field.
pub type Minor = BTreeMap<u16, Html>;

/// A short string of front matter in its plain form, without notes and links: for places that are links themselves, or
/// that say again what stands elsewhere on the page.
#[derive(Debug, Clone, Default)]
pub struct Label {
    /// With emphasis.
    pub html: Html,
    /// As text.
    pub text: String,
}

/// Labels by field.
pub type Labels = BTreeMap<u16, Label>;

/// The words of the interface.
#[derive(Debug, Clone)]
pub struct Words(pub serde_json::Value);

impl Words {
    /// The words at a path such as `registers.persons`; the path itself where a theme lacks them.
    pub fn get(&self, path: &str) -> String {
        self.find(path).unwrap_or_else(|| path.to_owned())
    }

    /// The words at a path, if there are any.
    pub fn find(&self, path: &str) -> Option<String> {
        let pointer = format!("/{}", path.replace('.', "/"));
        self.0.pointer(&pointer).and_then(|value| value.as_str()).map(str::to_owned)
    }
}

/// The constants of the edition.
pub fn site(site: &Site) -> SiteView {
    let settings = &site.settings;
    let none = Minor::new();
    SiteView {
        title: settings.title.clone(),
        subtitle: settings.subtitle.clone(),
        lang: settings.lang.clone(),
        dir: is_right_to_left(&settings.lang).then_some("rtl"),
        base_url: settings.base_url.clone(),
        editors: editors(&settings.editors),
        publisher: settings.publisher.clone(),
        rights: settings.rights.as_ref().map(|given| rights(given, &none)),
        version: settings.version.clone(),
        contact: settings.contact.clone(),
        theme: settings.theme_settings.clone(),
        extra: settings.extra.clone(),
        generator: concat!("Engross ", env!("CARGO_PKG_VERSION")),
    }
}

/// Editors as they wish to be named.
pub fn editors(list: &[Editor]) -> Vec<EditorView> {
    let view = |editor: &Editor| EditorView {
        name: editor.name.clone(),
        role: editor.role.clone(),
        orcid: editor.orcid.clone(),
    };
    list.iter().map(view).collect()
}

/// Rights, with the address of a Creative Commons licence.
pub fn rights(rights: &Rights, minor: &Minor) -> RightsView {
    let note =
        rights.note.as_ref().map(|note| minor.get(&note.field).cloned().unwrap_or_else(|| Html::text(&note.text)));
    RightsView {
        href: rights.licence.as_deref().and_then(licence_address),
        licence: rights.licence.clone(),
        holder: rights.holder.clone(),
        note,
    }
}

/// The address of a licence by its SPDX name or a Creative Commons short form.
pub fn licence_address(licence: &str) -> Option<String> {
    let name = licence.trim().to_uppercase().replace(' ', "-");
    if name == "CC0-1.0" || name == "CC0" {
        return Some("https://creativecommons.org/publicdomain/zero/1.0/".into());
    }
    let rest = name.strip_prefix("CC-")?;
    let (kind, version) = rest.rsplit_once('-')?;
    let kinds = ["BY", "BY-SA", "BY-NC", "BY-ND", "BY-NC-SA", "BY-NC-ND"];
    let known = kinds.contains(&kind) && matches!(version, "1.0" | "2.0" | "2.5" | "3.0" | "4.0");
    known.then(|| format!("https://creativecommons.org/licenses/{}/{version}/", kind.to_lowercase()))
}

/// A date for readers and machines.
pub fn date(date: &DocumentDate, lang: &str, minor: &Minor) -> DateView {
    let edtf = date.edtf.to_string();
    DateView {
        datetime: html_datetime(&edtf),
        display: whole_date(date, lang),
        basis: date.basis.name(),
        cert: date.cert.map(crate::model::document::Certainty::name),
        reason: date.reason.as_ref().and_then(|reason| minor.get(&reason.field)).cloned(),
        edtf,
    }
}

/// A date as the editor wrote it, else made from the EDTF. Printed datelines often leave the year to the volume: here it is
/// supplied.
fn whole_date(date: &DocumentDate, lang: &str) -> String {
    let whole = date.edtf.display(&DateWords::for_language(lang));
    let Some(written) = &date.display else { return whole };
    let bounds = [date.edtf.earliest(), date.edtf.latest()];
    let mut years = bounds.into_iter().flatten().map(|day| day.year).filter(|year| *year > 0).peekable();
    let words = |text: &str| -> BTreeSet<String> {
        text.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
    };
    let (said, all) = (words(written), words(&whole));
    // A decade or a century has no year that could be missing.
    let lacks =
        date.edtf.year().is_some() && years.peek().is_some() && !years.any(|year| said.contains(&year.to_string()));
    match lacks {
        false => written.clone(),
        true if said.is_subset(&all) => whole,
        true => format!("{written} ({whole})"),
    }
}

/// What HTML's `datetime` can say: a year, a month, a day, or a day with a time.
fn html_datetime(edtf: &str) -> Option<String> {
    let bytes = edtf.as_bytes();
    let shape: String = bytes.iter().map(|byte| if byte.is_ascii_digit() { '0' } else { char::from(*byte) }).collect();
    let plain = matches!(
        shape.as_str(),
        "0000" | "0000-00" | "0000-00-00" | "0000-00-00T00:00" | "0000-00-00T00:00:00" | "0000-00-00T00:00Z"
    ) && edtf != "0000"
        && !is_season(edtf);
    plain.then(|| edtf.to_owned())
}

/// Whether an EDTF date is a season: 21 to 24 in the place of the month.
fn is_season(edtf: &str) -> bool {
    edtf.get(5..7).is_some_and(|month| month > "12")
}

/// A name, linked to its register entry by the references of its page.
pub fn name(links: &BTreeMap<Box<str>, Resolved>, party: &Party) -> NameView {
    NameView {
        name: party.name.clone(),
        role: party.role.clone(),
        href: party.reference.as_ref().and_then(|reference| address(links, &reference.text)),
        inferred: party.basis != crate::model::document::Basis::Stated,
    }
}

/// Where a reference of a page leads.
fn address(links: &BTreeMap<Box<str>, Resolved>, reference: &str) -> Option<String> {
    match links.get(reference) {
        Some(Resolved::Link { href, .. }) => Some(href.clone()),
        _ => None,
    }
}
