//! RIS: one tag a line, `TY` to `ER`.
//!
//! What reference managers read differs; tags are those that Zotero, EndNote and Mendeley share: `DB` is the archive and
//! `AV` the place in it, `A2` of a personal communication its recipient, `ED` an editor everywhere.

use super::{Class, Item};
use crate::model::date::{DateWords, Edtf, Precision};

/// The record of an item, with its end.
pub fn record(item: &Item<'_>) -> String {
    let mut ris = String::new();
    let mut line = |tag: &str, value: &str| {
        let value: Vec<&str> = value.split_whitespace().collect();
        if !value.is_empty() {
            ris.push_str(&format!("{tag}  - {}\r\n", value.join(" ")));
        }
    };
    line("TY", kind(item.class));
    line("ID", &item.key);
    item.authors.iter().for_each(|author| line("AU", &name(author)));
    if item.class == Class::Letter {
        item.recipients.iter().for_each(|recipient| line("A2", &name(recipient)));
    }
    let editors = item.editors.iter().map(super::Person::editor);
    editors.for_each(|editor| line("ED", &name(&editor)));
    line("TI", &item.title);
    if let Some(day) = item.date {
        let (year, date) = dates(&day.edtf);
        line("PY", &year);
        line("DA", &date);
    }
    line("T2", item.volume.title_beside_series());
    line("T3", &item.volume.series().unwrap_or_default());
    line("VL", item.volume.number().map(|number| number.bare).unwrap_or_default());
    line("M1", item.number.unwrap_or_default());
    line("M3", item.genre.unwrap_or_default());
    line("CY", item.volume.matter.place.as_deref().unwrap_or_default());
    line("PB", item.publisher.unwrap_or_default());
    line("ET", item.version.unwrap_or_default());
    if let Some(original) = item.witnesses.first() {
        line("DB", original.repository.as_deref().unwrap_or_default());
        line("AV", &original.location().unwrap_or_default());
        line("N1", original.printed.as_deref().unwrap_or_default());
    }
    item.remarks().iter().for_each(|remark| line("N1", remark));
    line("LA", item.lang);
    line("UR", item.permalink.as_deref().unwrap_or_default());
    ris.push_str("ER  - \r\n");
    ris
}

fn kind(class: Class) -> &'static str {
    match class {
        Class::Letter => "PCOMM",
        Class::Manuscript => "MANSCPT",
        Class::Report => "RPRT",
        Class::Document => "GEN",
    }
}

/// A name as RIS has it: `Family, Given, Suffix`; an asterisk would be a sign of its own.
fn name(person: &super::Person) -> String {
    person.for_programs().replace('*', "")
}

/// `PY` and `DA`: `YYYY/MM/DD/` and other words, which say what three numbers cannot.
fn dates(edtf: &Edtf) -> (String, String) {
    let exact = matches!(edtf.precision(), Precision::Time | Precision::Day | Precision::Month | Precision::Year);
    let plain = exact && !edtf.is_range() && !edtf.is_approximate() && !edtf.is_uncertain();
    let Some(day) = edtf.earliest().or(edtf.latest()).filter(|day| (0..=9999).contains(&day.year)) else {
        return (String::new(), format!("///{}", shown(edtf)));
    };
    let (year, month) = (format!("{:04}", day.year), format!("{:02}", day.month));
    let words = if plain { String::new() } else { shown(edtf) };
    let date = match edtf.precision() {
        Precision::Time | Precision::Day => format!("{year}/{month}/{:02}/{words}", day.day),
        Precision::Month => format!("{year}/{month}//{words}"),
        Precision::Season | Precision::Year => format!("{year}///{words}"),
        Precision::Decade | Precision::Century => return (String::new(), format!("///{words}")),
    };
    (year, date)
}

fn shown(edtf: &Edtf) -> String {
    edtf.display(&DateWords::ENGLISH).replace('/', "-")
}
