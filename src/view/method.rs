//! How the texts were made: the legend of the signs that documents really have, and the paginations.

use super::Words;
use super::head::{Constants, Parts, head, volume_link};
use crate::model::html::Html;
use crate::model::markup::{Scope, Sign, Signs};
use crate::model::outline::LEGEND;
use crate::model::site::{Site, Volume};
use crate::model::view::{LegendView, Link, MethodPagination, MethodView, SignView};
use std::collections::{BTreeMap, BTreeSet};

/// Address of the page.
pub const PATH: &str = "method.html";

/// The page on method.
pub fn method(site: &Site, words: &Words) -> MethodView {
    let published: Vec<&Volume> = site.volumes.iter().filter(|volume| volume.published).collect();
    MethodView {
        head: head(
            Constants::of(site),
            Parts {
                kind: "method",
                path: PATH,
                title: words.get("method"),
                description: None,
                lang: &site.settings.lang,
                crumbs: Vec::new(),
                draft: false,
            },
        ),
        legends: legends(site, &published, words),
        paginations: published.iter().flat_map(|volume| paginations(site, volume)).collect(),
    }
}

fn link(site: &Site, volume: &Volume) -> Link {
    volume_link(volume, PATH, &site.settings.lang)
}

/// Volumes that print their signs alike share a legend.
fn legends(site: &Site, volumes: &[&Volume], words: &Words) -> Vec<LegendView> {
    let mut groups: Vec<(&Signs, Vec<&Volume>)> = Vec::new();
    for volume in volumes {
        let signs = &volume.markup.signs;
        match groups.iter_mut().find(|(of, _)| *of == signs) {
            Some((_, group)) => group.push(volume),
            None => groups.push((signs, vec![volume])),
        }
    }
    let several = groups.len() > 1;
    let legend = |(signs, group): (&Signs, Vec<&Volume>)| LegendView {
        volumes: group.iter().filter(|_| several).map(|volume| link(site, volume)).collect(),
        signs: used(site, &group, signs, words),
    };
    groups.into_iter().map(legend).filter(|legend| !legend.signs.is_empty()).collect()
}

fn used(site: &Site, volumes: &[&Volume], signs: &Signs, words: &Words) -> Vec<SignView> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for document in volumes.iter().flat_map(|volume| &volume.documents) {
        for sign in &site.pages[*document].outline.signs {
            *counts.entry(sign).or_default() += 1;
        }
    }
    let view = |class: &&str| {
        let documents = *counts.get(class)?;
        Some(SignView { class: (*class).to_owned(), sample: sample(class, signs, words), documents })
    };
    LEGEND.iter().filter_map(view).collect()
}

/// A word as it is printed with that sign.
fn sample(class: &str, signs: &Signs, words: &Words) -> Html {
    let own = words.find(&format!("sign_samples.{class}"));
    let word = Html::text(&own.unwrap_or_else(|| words.get("sign_samples.any"))).0;
    let none = Sign::default();
    let sign = match class {
        "supplied" => &signs.supplied,
        "unclear" => &signs.unclear,
        "gap" => &signs.gap,
        _ => &none,
    };
    let (before, after) = (Html::text(&sign.before).0, Html::text(&sign.after).0);
    Html(match class {
        "add" => format!("<ins class=\"add\">{word}</ins>"),
        "del" => format!("<del>{word}</del>"),
        _ => format!("<span class=\"{class}\">{before}{word}{after}</span>"),
    })
}

/// The paginations of a volume that mark a page.
fn paginations(site: &Site, volume: &Volume) -> Vec<MethodPagination> {
    let documents = volume.documents.iter().flat_map(|&document| &site.pages[document].outline.pages);
    let used: BTreeSet<&str> = documents.map(|page| &*page.pagination).collect();
    let marked = volume.markup.paginations.iter().filter(|pagination| used.contains(pagination.id.as_str()));
    marked
        .map(|pagination| MethodPagination {
            volume: link(site, volume),
            label: pagination.label.clone(),
            by_document: pagination.scope == Scope::Document,
            href: volume.address("pages.html"),
        })
        .collect()
}
