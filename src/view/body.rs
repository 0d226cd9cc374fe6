//! What rendering the texts of a page may see.

use crate::model::document::FrontMatter;
use crate::model::links::{self, From};
use crate::model::markup::{Markup, NoteNumbering};
use crate::model::outline::Outline;
use crate::model::page::BodyView;
use crate::model::site::Site;

/// The references of a page resolved, with the rules of its volume.
pub fn body<'a>(
    site: &Site,
    from: From<'_>,
    outline: &Outline,
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
        links: outline
            .links
            .iter()
            .map(|link| (link.target.to_string(), links::resolve(site, from, &link.target).0))
            .collect(),
        numbering,
        markers,
        hands: front.hands.iter().map(hand).collect(),
        attachments: titles.collect(),
    }
}
