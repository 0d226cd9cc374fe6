//! The page at the address of a document that was given up.

use super::Words;
use super::head::{Constants, Parts, head, volume_link};
use crate::model::date::DateWords;
use crate::model::html::{Html, push_escaped};
use crate::model::site::{Site, Tombstone, Volume};
use crate::model::view::WithdrawnView;

/// What the document was, since when it is withdrawn, why, and how to cite it.
pub fn withdrawn(site: &Site, tombstone: &Tombstone, words: &Words) -> WithdrawnView {
    let withdrawn = &tombstone.withdrawn;
    let date_words = DateWords::for_language(&site.settings.lang);
    let of_volume = |volume: &&Volume| match tombstone.volume.is_empty() {
        true => volume.at_root,
        false => volume.id == tombstone.volume,
    };
    let within = site.volumes.iter().find(of_volume).filter(|volume| volume.published);
    let volume = within.filter(|volume| !volume.at_root);
    let title = match &withdrawn.number {
        Some(number) => format!("{number}. {}", withdrawn.title),
        None => withdrawn.title.clone(),
    };
    let crumbs = volume.map(|volume| volume_link(volume, &tombstone.path, &site.settings.lang)).into_iter().collect();
    let parts = Parts {
        kind: "withdrawn",
        path: &tombstone.path,
        title,
        description: Some(withdrawn.reason.clone()),
        lang: &site.settings.lang,
        crumbs,
        draft: false,
    };
    WithdrawnView {
        head: head(Constants::of(site), parts),
        id: tombstone.id.clone(),
        register: tombstone.register,
        number: withdrawn.number.clone(),
        title: withdrawn.title.clone(),
        date: withdrawn.date.map(|date| date.display(&date_words)),
        since: withdrawn.since.display(&date_words),
        since_edtf: withdrawn.since.to_string(),
        reason: withdrawn.reason.clone(),
        cite: cite(site, tombstone, within, words),
    }
}

/// As it was cited, and since when it is withdrawn.
fn cite(site: &Site, tombstone: &Tombstone, volume: Option<&Volume>, words: &Words) -> Html {
    let Html(mut text) = super::cite::withdrawn(site, tombstone, volume, words);
    let since = tombstone.withdrawn.since.display(&DateWords::for_language(&site.settings.lang));
    text.push(' ');
    push_escaped(&mut text, &words.get("withdrawn_cited").replace("{n}", &since));
    Html(text)
}
