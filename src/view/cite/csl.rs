//! CSL-JSON, by the schema of CSL 1.0.2: the document itself is the item; the volume is its container, and where the
//! original lies is said in the fields of archives.

use super::{Class, Item, Person};
use crate::model::date::{Date, Edtf, IntervalEnd, When};
use serde_json::{Map, Value, json};

/// The item as a JSON object.
pub fn item(item: &Item<'_>) -> Value {
    let mut object = Map::new();
    let mut put = |key: &str, value: Option<Value>| {
        if let Some(value) = value {
            object.insert(key.to_owned(), value);
        }
    };
    let text = |text: Option<&str>| text.filter(|text| !text.is_empty()).map(Value::from);
    let matter = item.volume.matter;
    put("id", text(Some(&item.key)));
    put("type", text(Some(kind(item.class))));
    put("title", text(Some(&item.title)));
    put("author", people(&item.authors));
    put("recipient", people(&item.recipients));
    put("editor", people(&item.editors.iter().map(Person::editor).collect::<Vec<_>>()));
    put("issued", issued(item));
    put("genre", text(item.genre));
    put("number", text(item.number));
    put("container-title", text(Some(item.volume.title_beside_series())));
    put("collection-title", text(item.volume.series().as_deref()));
    put("volume", text(item.volume.number().map(|number| number.bare)));
    put("publisher", text(item.publisher));
    put("publisher-place", text(matter.place.as_deref()));
    put("available-date", matter.published.as_deref().map(published));
    put("version", text(item.version));
    if let Some(original) = item.witnesses.first() {
        put("archive", text(original.repository.as_deref()));
        put("archive-place", text(original.place.as_deref()));
        put("archive_location", text(original.location().as_deref()));
    }
    let printed = item.witnesses.first().and_then(|original| original.printed.clone());
    let notes: Vec<String> = printed.into_iter().chain(item.remarks()).collect();
    put("note", text(Some(&notes.join("; "))));
    put("language", text(Some(item.lang)));
    put("URL", text(item.permalink.as_deref()));
    Value::Object(object)
}

fn kind(class: Class) -> &'static str {
    match class {
        Class::Letter => "personal_communication",
        Class::Manuscript => "manuscript",
        Class::Report => "report",
        Class::Document => "document",
    }
}

fn people(people: &[Person]) -> Option<Value> {
    let name = |person: &Person| match &person.parts {
        Some(parts) => {
            let mut name = json!({ "family": parts.family, "given": parts.given });
            if let Some(suffix) = &parts.suffix {
                name["suffix"] = Value::from(suffix.as_str());
            }
            name
        }
        None => json!({ "literal": person.full }),
    };
    (!people.is_empty()).then(|| people.iter().map(name).collect())
}

/// The date of the document; one that parts cannot tell stands in words.
fn issued(item: &Item<'_>) -> Option<Value> {
    let day = item.date?;
    let parts = match &day.edtf {
        Edtf::Moment { day, .. } => Some(json!([[day.year, day.month, day.day]])),
        Edtf::Date(date) => parts(date).map(|parts| json!([parts])),
        Edtf::Interval { start: IntervalEnd::Date(start), end: IntervalEnd::Date(end) } => {
            parts(start).zip(parts(end)).map(|(start, end)| json!([start, end]))
        }
        Edtf::Interval { .. } | Edtf::Within { .. } => None,
    };
    let mut issued = match parts {
        Some(parts) => json!({ "date-parts": parts }),
        None => json!({ "literal": item.date_words()? }),
    };
    if let Edtf::Date(Date { when: When::Season(_, season), .. }) = &day.edtf {
        issued["season"] = Value::from(*season as u8 - 20);
    }
    if day.edtf.is_approximate() || day.edtf.is_uncertain() {
        issued["circa"] = Value::from(true);
    }
    Some(issued)
}

/// Year, month and day, as far as they are known.
fn parts(date: &Date) -> Option<Value> {
    match date.when {
        When::Century(_) | When::Decade(_) => None,
        When::Year(year) | When::SomeMonth(year) | When::SomeDay(year) | When::Season(year, _) => Some(json!([year])),
        When::Month(year, month) | When::SomeDayOf(year, month) => Some(json!([year, month])),
        When::Day(day) => Some(json!([day.year, day.month, day.day])),
    }
}

/// When the volume was published: a year, or words.
fn published(written: &str) -> Value {
    match written.parse::<u16>() {
        Ok(year) => json!({ "date-parts": [[year]] }),
        Err(_) => json!({ "literal": written }),
    }
}
