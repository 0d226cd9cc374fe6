//! Dates of TEI as EDTF.

use crate::import::xml::{self, Node};
use crate::import::yaml::Yaml;
use crate::model::date::days_in_month;

/// Writes `date:` of the elements of a document or attachment: from the dateline's first date with a machine value, else
/// from the bounds that later releases put on the division. Says whether there was one.
pub fn write_date(nodes: &[Node<'_>], front: &mut Yaml) -> bool {
    if let Some((date, edtf)) = stated(nodes) {
        let calendar = xml::value(date, "calendar").map(|name| name.trim_start_matches('#').to_lowercase());
        let words = xml::words(date);
        let words = words.trim_matches(['[', ']', ' ']);
        front.map("date", |front| {
            front.text("edtf", &edtf);
            if !words.to_lowercase().contains("undated") {
                front.text("display", words);
            }
            if let Some((basis, reason)) = inference(date) {
                front.word("basis", basis).text("reason", &reason);
            }
            front.option("calendar", calendar.filter(|name| name != "gregorian").as_deref());
        });
        return true;
    }
    nodes.iter().any(|node| write_bounds(*node, front))
}

/// Writes `date:` from the bounds of a division. Says whether it has them.
pub fn write_bounds(node: Node<'_>, front: &mut Yaml) -> bool {
    let bounds = bounds(node);
    if let Some(bounds) = &bounds {
        front.map("date", |front| {
            front.text("edtf", bounds).word("basis", "internal");
        });
    }
    bounds.is_some()
}

/// The span of the documents, which later releases name in the header.
pub fn content_span(header: Node<'_>) -> Option<String> {
    let is_content = |date: &Node<'_>| xml::name(*date) == "date" && xml::value(*date, "type") == Some("content-date");
    let date = header.descendants().find(is_content)?;
    let of = |key: &str| xml::value(date, key).map(day).and_then(moment);
    let (first, last) = (of("notBefore").or(of("from"))?, of("notAfter").or(of("to"))?);
    Some(if first == last { first } else { format!("{first}/{last}") })
}

/// Whether a document has a date or bounds that can be read.
pub fn is_dated(document: Node<'_>) -> bool {
    let children: Vec<Node<'_>> = xml::children(document).collect();
    stated(&children).is_some() || bounds(document).is_some()
}

/// The first date with a machine value, one in a dateline before others.
fn stated<'a>(nodes: &[Node<'a>]) -> Option<(Node<'a>, String)> {
    let dates = nodes.iter().flat_map(|node| dates_of(*node));
    let mut found: Vec<(Node<'a>, String)> = dates.filter_map(|date| Some((date, edtf(date)?))).collect();
    let in_line = |date: Node<'a>| date.ancestors().any(|up| matches!(xml::name(up), "dateline" | "opener"));
    let at = found.iter().position(|(date, _)| in_line(*date)).unwrap_or(0);
    (at < found.len()).then(|| found.swap_remove(at))
}

/// The dates of an element that are not of something within it.
fn dates_of<'a>(node: Node<'a>) -> impl Iterator<Item = Node<'a>> {
    let of_other = |up: Node<'_>| matches!(xml::name(up), "attachment" | "note" | "p");
    let whole = !matches!(xml::name(node), "note" | "p");
    let dates = node.descendants().filter(|date| xml::name(*date) == "date");
    dates.filter(move |date| whole && !date.ancestors().take_while(|up| *up != node).any(of_other))
}

/// How a date that the print does not state was found, in the words of the encoding's own list of such ways
/// ("date_undated-inferred-from-document-head").
fn inference(date: Node<'_>) -> Option<(&'static str, String)> {
    let way = xml::value(date, "ana")?.split(' ').find_map(|ana| ana.trim_start_matches('#').strip_prefix("date_"))?;
    if way == "editorial-correction" {
        return Some(("internal", "corrected by the editors".to_owned()));
    }
    let ways = [
        ("-inferred-from-", "inferred from the"),
        ("-based-on-", "corrected from the"),
        ("-inferred-by-", "inferred by"),
    ];
    let (what, words, from) =
        ways.iter().find_map(|(joint, words)| way.split_once(joint).map(|(what, from)| (what, words, from)))?;
    if from == "date-rules" {
        return None;
    }
    let basis = if from.starts_with("document") { "internal" } else { "external" };
    Some((basis, format!("{}, {words} {}", what.replace('-', " "), from.replace('-', " "))))
}

/// The machine value of a date.
fn edtf(date: Node<'_>) -> Option<String> {
    let of = |key: &str| xml::value(date, key).and_then(moment);
    if let Some(when) = of("when") {
        return Some(when);
    }
    match (of("from"), of("to")) {
        (Some(from), Some(to)) if from == to => return Some(from),
        (Some(from), Some(to)) if day(&from) == day(&to) => return Some(day(&from).to_owned()),
        (Some(from), Some(to)) => return Some(format!("{}/{}", day(&from), day(&to))),
        (Some(only), None) | (None, Some(only)) => return Some(only),
        _ => {}
    }
    match (of("notBefore"), of("notAfter")) {
        (Some(first), Some(last)) => Some(within(day(&first), day(&last))),
        (first, last) if first.is_some() || last.is_some() => {
            let part = |date: Option<String>| date.map_or(String::new(), |date| day(&date).to_owned());
            Some(format!("[{}..{}]", part(first), part(last)))
        }
        _ => None,
    }
}

/// Some day from the first to the last; where these are a whole month or year, just that.
fn within(first: &str, last: &str) -> String {
    if first == last {
        return first.to_owned();
    }
    if let (Some(year), Some(other)) = (first.strip_suffix("-01-01"), last.strip_suffix("-12-31"))
        && year == other
    {
        return year.to_owned();
    }
    let month = first.strip_suffix("-01").filter(|month| last.starts_with(*month) && month.matches('-').count() == 1);
    let whole = month.filter(|month| {
        let (year, month) = month.split_once('-').unwrap_or_default();
        let length = year.parse().ok().zip(month.parse().ok()).map(|(year, month)| days_in_month(year, month));
        length.is_some_and(|length| last.ends_with(&format!("-{length:02}")))
    });
    whole.map_or_else(|| format!("[{first}..{last}]"), str::to_owned)
}

/// The bounds that later releases put on the division.
fn bounds(node: Node<'_>) -> Option<String> {
    let first = day(xml::value(node, "doc-dateTime-min")?);
    let last = day(xml::value(node, "doc-dateTime-max")?);
    moment(first)?;
    moment(last)?;
    Some(within(first, last))
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
