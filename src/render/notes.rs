//! Notes: what is printed for them, their order, and the way back to their references.

use super::inline::old_anchors;
use crate::model::body::Note;
use crate::model::html::Html;
use crate::model::markup::{NoteAuthor, NoteNumbering};
use crate::model::page::{BodyView, backlinks};
use crate::model::view::{NoteSeries, NoteView};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// What is printed for a note: its marker where one is given, else its label.
pub fn marker<'a>(label: &'a str, view: &'a BodyView<'_>) -> Cow<'a, str> {
    view.markers.get(label).map_or(Cow::Borrowed(label), |marker| Cow::Borrowed(marker))
}

/// Gives each note without a marker its number in its series, in the order of citation. Numbers that are printed
/// already, as that of a source note, are left out.
pub fn number(view: &mut BodyView<'_>, cited: &[String], defined: &[String]) {
    if view.numbering == NoteNumbering::Printed {
        return;
    }
    let printed: BTreeSet<String> = view.markers.values().cloned().collect();
    let known: BTreeSet<&String> = cited.iter().collect();
    let uncited = defined.iter().filter(|label| !known.contains(label));
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    for label in cited.iter().chain(uncited) {
        if view.markers.contains_key(label) {
            continue;
        }
        let series = view.markup.series_of(label);
        let count = counts.entry(series.to_owned()).or_insert(0);
        loop {
            *count += 1;
            let marker = format!("{series}{count}");
            if !printed.contains(&marker) {
                view.markers.insert(label.clone(), marker);
                break;
            }
        }
    }
}

/// The notes in their series: the main series first, then those of the volume in its order. Within a series notes stand
/// by their printed numbers, else as they are cited; those that nobody cites come last.
pub fn series(
    notes: &[Note<'_>],
    cited: &[String],
    counts: &BTreeMap<String, u32>,
    view: &BodyView<'_>,
) -> Vec<NoteSeries> {
    let mut keys = vec![String::new()];
    keys.extend(view.markup.note_series.iter().map(|series| series.prefix.clone()).filter(|prefix| !prefix.is_empty()));
    let mut lists: Vec<NoteSeries> = keys.iter().map(|key| empty_series(key, view)).collect();
    for note in ordered(notes, cited, view) {
        let key = view.markup.series_of(&note.label);
        if let Some(list) = lists.iter_mut().find(|list| list.key == key) {
            list.notes.push(NoteView {
                label: note.label.clone(),
                marker: marker(&note.label, view).into_owned(),
                html: text(note, view),
                backlinks: backlinks(&note.label, counts.get(&note.label).copied().unwrap_or(0)),
            });
        }
    }
    lists.retain(|list| !list.notes.is_empty());
    lists
}

fn text(note: &Note<'_>, view: &BodyView<'_>) -> Html {
    let mut html = String::new();
    old_anchors(&mut html, &format!("fn-{}", note.label), view);
    html.push_str(&super::html::blocks(&note.blocks, view, &BTreeMap::new()).0);
    Html(html)
}

fn empty_series(key: &str, view: &BodyView<'_>) -> NoteSeries {
    let rule = view.markup.note_series.iter().find(|series| series.prefix == key);
    let by = match rule.map(|rule| rule.by) {
        Some(NoteAuthor::Author) => "author",
        _ => "editor",
    };
    NoteSeries { key: key.to_owned(), title: rule.and_then(|rule| rule.title.clone()), by, notes: Vec::new() }
}

/// Notes by printed number where all of their series are numbers, else by first citation.
fn ordered<'n, 's>(notes: &'n [Note<'s>], cited: &[String], view: &BodyView<'_>) -> Vec<&'n Note<'s>> {
    let rank: BTreeMap<&str, usize> = cited.iter().enumerate().map(|(rank, label)| (label.as_str(), rank)).collect();
    let number = |note: &Note<'_>| marker(&note.label, view).parse::<u64>().ok();
    let series = |note: &Note<'_>| view.markup.series_of(&note.label).to_owned();
    let worded: BTreeSet<String> = notes.iter().filter(|note| number(note).is_none()).map(series).collect();
    let mut list: Vec<&Note<'_>> = notes.iter().collect();
    list.sort_by_cached_key(|note| {
        let cited = rank.get(note.label.as_str()).copied().unwrap_or(usize::MAX);
        let numbered = view.numbering == NoteNumbering::Printed && !worded.contains(&series(note));
        let printed = if numbered && cited != usize::MAX { number(note).unwrap_or(0) } else { 0 };
        (cited == usize::MAX, printed, cited)
    });
    list
}
