//! BibTeX, with the types and fields of biblatex. Text is Unicode; what TeX would read as a sign is escaped.

use super::{Class, Item, Person};
use crate::model::date::Edtf;
use std::fmt::Write;

/// The entry of an item.
pub fn entry(item: &Item<'_>) -> String {
    let mut entry = format!("@{}{{{},\n", kind(item.class), key(&item.key));
    let mut field = |name: &str, value: &str| {
        let value: Vec<&str> = value.split_whitespace().collect();
        if !value.is_empty() {
            // Writing to a string never fails.
            let _ = writeln!(entry, "  {name} = {{{}}},", value.join(" "));
        }
    };
    let text = |text: Option<&str>| text.map(escaped).unwrap_or_default();
    let editors: Vec<Person> = item.editors.iter().map(Person::editor).collect();
    field("author", &names(&item.authors));
    field("editor", &names(&editors));
    // A second pair of braces keeps capitals as the document has them.
    field("title", &format!("{{{}}}", escaped(&item.title)));
    let dated = item.date.map(|day| date(&day.edtf)).unwrap_or_default();
    field("date", &dated);
    field("maintitle", &text(item.volume.series().as_deref()));
    field("booktitle", &format!("{{{}}}", escaped(item.volume.title_beside_series())));
    field("volume", &text(item.volume.number().map(|number| number.bare)));
    field("number", &text(item.number));
    field("type", &text(item.genre));
    field("location", &text(item.volume.matter.place.as_deref()));
    field(if item.class == Class::Report { "institution" } else { "publisher" }, &text(item.publisher));
    field("version", &text(item.version));
    if let Some(original) = item.witnesses.first() {
        let way = [original.repository.clone(), original.location()];
        let library: Vec<String> = way.into_iter().flatten().collect();
        field("library", &escaped(&library.join(", ")));
    }
    field("note", &escaped(&notes(item).join("; ")));
    field("langid", item.lang);
    field("url", &address(item.permalink.as_deref().unwrap_or_default()));
    entry.push_str("}\n");
    entry
}

fn kind(class: Class) -> &'static str {
    match class {
        Class::Letter => "letter",
        Class::Manuscript => "unpublished",
        Class::Report => "report",
        Class::Document => "misc",
    }
}

/// What no field says: the letter's recipient, a date that EDTF alone can tell, the printing, why there is no text.
fn notes(item: &Item<'_>) -> Vec<String> {
    let mut notes = Vec::new();
    let recipients: Vec<String> = item.recipients.iter().map(Person::spoken).collect();
    if item.class == Class::Letter && !recipients.is_empty() {
        notes.push(item.word("recipient").replace("{n}", &recipients.join(", ")));
    }
    notes.extend(item.date.filter(|day| date(&day.edtf).is_empty()).and_then(|_| item.date_words()));
    notes.extend(item.witnesses.first().and_then(|original| original.printed.clone()));
    notes.extend(item.remarks());
    notes
}

/// A date as biblatex reads it: EDTF without times and without `[a..b]`, for which there is no field.
fn date(edtf: &Edtf) -> String {
    match edtf {
        Edtf::Moment { day, .. } => day.to_string(),
        Edtf::Date(_) | Edtf::Interval { .. } => edtf.to_string(),
        Edtf::Within { .. } => String::new(),
    }
}

fn names(people: &[Person]) -> String {
    let name = |person: &Person| match &person.parts {
        Some(parts) => {
            let suffix = parts.suffix.as_ref().map(|suffix| format!("{}, ", escaped(suffix))).unwrap_or_default();
            format!("{}, {suffix}{}", escaped(&parts.family), escaped(&parts.given))
        }
        None => format!("{{{}}}", escaped(&person.full)),
    };
    people.iter().map(name).collect::<Vec<_>>().join(" and ")
}

/// Letters, digits and hyphens: what every tool takes for a key.
fn key(key: &str) -> String {
    key.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '-' }).collect()
}

fn escaped(text: &str) -> String {
    let mut tex = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '\\' => tex.push_str("\\textbackslash{}"),
            '~' => tex.push_str("\\textasciitilde{}"),
            '^' => tex.push_str("\\textasciicircum{}"),
            '{' | '}' | '&' | '%' | '$' | '#' | '_' => tex.extend(['\\', sign]),
            _ => tex.push(sign),
        }
    }
    tex
}

/// An address stands as it is, besides braces.
fn address(address: &str) -> String {
    address.replace('{', "%7B").replace('}', "%7D")
}
