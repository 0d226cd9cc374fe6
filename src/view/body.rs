//! What rendering the texts of a page may see.

use crate::model::document::FrontMatter;
use crate::model::markup::{Markup, NoteNumbering};
use crate::model::outline::{self, Outline};
use crate::model::page::{BodyView, Resolved};
use std::collections::BTreeMap;

/// The rules by which the texts of a page are rendered, with its references resolved.
pub fn body<'a>(
    links: &'a BTreeMap<Box<str>, Resolved>,
    front: &FrontMatter,
    outline: &Outline,
    markup: &'a Markup,
    numbering: NoteNumbering,
) -> BodyView<'a> {
    let sources = front.source.witnesses().iter().filter_map(|source| source.marker.as_ref());
    let markers = sources
        .map(|marker| (marker.to_lowercase(), marker.clone()))
        .chain(front.markers.iter().map(|(label, marker)| (label.text.to_lowercase(), marker.clone())))
        .collect();
    let hand = |hand: &crate::model::document::Hand| {
        let words: Vec<&str> = [hand.name.as_deref(), hand.medium.as_deref()].into_iter().flatten().collect();
        (hand.key.clone(), words.join(", "))
    };
    let titles = front
        .attachments
        .iter()
        .filter_map(|attachment| Some((attachment.id.clone(), attachment.title.as_ref()?.field)));
    BodyView {
        markup,
        links,
        right_to_left: false,
        numbering,
        markers,
        hands: front.hands.iter().map(hand).collect(),
        old_anchors: old_anchors(front, outline),
        attachments: titles.collect(),
    }
}

/// Old anchors by the anchor that the page has in their place.
pub(super) fn old_anchors(front: &FrontMatter, outline: &Outline) -> BTreeMap<String, Vec<String>> {
    let mut beside: BTreeMap<String, Vec<String>> = BTreeMap::new();
    if front.anchor_aliases.is_empty() {
        return beside;
    }
    let numbers = outline.numbers();
    for names in numbers.iter().filter(|names| names.len() > 1) {
        let mut names = names.iter().map(|number| format!("p{number}"));
        if let Some(own) = names.next() {
            beside.insert(own, names.collect());
        }
    }
    for (old, new) in &front.anchor_aliases {
        let is_number = outline::counted(new).is_some() && outline::counted(&old.text).is_some();
        let Some(own) = outline.own_anchor(new).filter(|_| !is_number) else { continue };
        let own = match outline::counted(&own).and_then(|place| numbers.get(place as usize - 1)) {
            Some(names) => names.first().map_or(own, |number| format!("p{number}")),
            None => own,
        };
        if outline.own_anchor(&old.text).is_none() {
            beside.entry(own).or_default().push(old.text.clone());
        }
    }
    beside
}
