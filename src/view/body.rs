//! What rendering the texts of a page may see.

use crate::model::document::FrontMatter;
use crate::model::markup::{Markup, NoteNumbering};
use crate::model::page::{BodyView, Resolved};
use std::collections::BTreeMap;

/// The rules by which the texts of a page are rendered, with its references resolved.
pub fn body<'a>(
    links: &'a BTreeMap<Box<str>, Resolved>,
    front: &FrontMatter,
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
        numbering,
        markers,
        hands: front.hands.iter().map(hand).collect(),
        attachments: titles.collect(),
    }
}
