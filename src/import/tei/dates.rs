//! Dates of TEI as EDTF.

use crate::import::xml::{self, Node};
use crate::import::yaml::Yaml;

/// Writes `date:` from the dateline's first date with a machine value, else from the bounds on the division.
pub fn write_date(node: Node<'_>, within: Node<'_>, front: &mut Yaml) {
    let dates = || {
        node.descendants().filter(move |date| {
            xml::name(*date) == "date"
                && !date.ancestors().take_while(|up| *up != within).any(|up| matches!(xml::name(up), "attachment" | "note" | "p"))
        })
    };
    let in_line = |date: &Node<'_>| date.ancestors().any(|up| matches!(xml::name(up), "dateline" | "opener"));
    let found = dates().find(|date| in_line(date) && edtf(*date).is_some()).or_else(|| dates().find(|date| edtf(*date).is_some()));
    if let Some(date) = found {
        let calendar = xml::value(date, "calendar").map(|name| name.trim_start_matches('#').to_lowercase());
        front.map("date", |front| {
            front.text("edtf", &edtf(date).unwrap_or_default()).text("display", xml::words(date).trim_matches(['[', ']', ' ']));
            front.option("calendar", calendar.filter(|name| name != "gregorian").as_deref());
        });
        return;
    }
    if let Some(bounds) = bounds(node) {
        front.map("date", |front| {
            front.text("edtf", &bounds).word("basis", "internal");
        });
    } else if xml::name(node) == "div" {
        front.word("date", "none");
    }
}

/// The machine value of a date.
fn edtf(date: Node<'_>) -> Option<String> {
    let of = |key: &str| xml::value(date, key).and_then(moment);
    if let Some(when) = of("when") {
        return Some(when);
    }
    match (of("from"), of("to")) {
        (Some(from), Some(to)) if from == to => return Some(from),
        (Some(from), Some(to)) => return Some(format!("{}/{}", day(&from), day(&to))),
        (Some(only), None) | (None, Some(only)) => return Some(only),
        _ => {}
    }
    match (of("notBefore"), of("notAfter")) {
        (Some(first), Some(last)) if first == last => Some(first),
        (first, last) if first.is_some() || last.is_some() => {
            let part = |date: Option<String>| date.map_or(String::new(), |date| day(&date).to_owned());
            Some(format!("[{}..{}]", part(first), part(last)))
        }
        _ => None,
    }
}

/// The bounds that later releases put on the division.
fn bounds(node: Node<'_>) -> Option<String> {
    let first = day(xml::value(node, "doc-dateTime-min")?);
    let last = day(xml::value(node, "doc-dateTime-max")?);
    moment(first)?;
    moment(last)?;
    Some(if first == last { first.to_owned() } else { format!("[{first}..{last}]") })
}

fn day(date: &str) -> &str {
    date.split('T').next().unwrap_or(date)
}

/// A point in time to the minute, if the program can read it.
fn moment(value: &str) -> Option<String> {
    let value = value.trim();
    let (date, time) = value.split_once('T').map_or((value, None), |(date, time)| (date, Some(time)));
    let zone_at = time.and_then(|time| time.find(['Z', '+', '-']));
    let zone = zone_at.and_then(|at| time.and_then(|time| time.get(at..))).unwrap_or("");
    let clock = time.map(|time| zone_at.map_or(time, |at| &time[..at])).and_then(|clock| clock.get(..5));
    let full = clock.map(|clock| format!("{date}T{clock}{zone}"));
    [full, Some(date.to_owned())].into_iter().flatten().find(|text| crate::parse::date::parse(text).is_ok())
}
