//! The page at the address of a document that was given up.

use super::Words;
use super::head::{Constants, Parts, absolute, head, volume_link};
use crate::model::date::DateWords;
use crate::model::html::{Html, push_escaped};
use crate::model::site::{Site, Tombstone};
use crate::model::view::WithdrawnView;

/// What the document was, since when it is withdrawn, why, and how to cite it.
pub fn withdrawn(site: &Site, tombstone: &Tombstone, words: &Words) -> WithdrawnView {
    let withdrawn = &tombstone.withdrawn;
    let date_words = DateWords::for_language(&site.settings.lang);
    let volume = site.volume_ids.get(&tombstone.volume).map(|number| &site.volumes[*number]);
    let volume = volume.filter(|volume| volume.published && !volume.at_root);
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
        cite: cite(site, tombstone, volume.map(|volume| &*volume.outline.title), words),
    }
}

fn cite(site: &Site, tombstone: &Tombstone, volume: Option<&str>, words: &Words) -> Html {
    let mut text = words.get("citation.open");
    push_escaped(&mut text, &tombstone.withdrawn.title);
    text.push_str(&format!("{}, {} <cite>", words.get("citation.close"), words.get("citation.in")));
    push_escaped(&mut text, &site.settings.title);
    text.push_str("</cite>");
    if let Some(volume) = volume {
        text.push_str(", ");
        push_escaped(&mut text, volume);
    }
    if let Some(number) = &tombstone.withdrawn.number {
        text.push_str(&format!(", {} ", words.get("cite_document")));
        push_escaped(&mut text, number);
    }
    text.push_str(&format!(" ({} ", words.get("withdrawn_since")));
    push_escaped(&mut text, &tombstone.withdrawn.since.display(&DateWords::for_language(&site.settings.lang)));
    text.push_str(").");
    if let Some(base) = &site.settings.base_url {
        text.push(' ');
        push_escaped(&mut text, &absolute(base, &tombstone.path));
    }
    Html(text)
}
