//! What a document's page takes from the rest of the edition, gathered from the resolved site by its outline alone.

use super::contents;
use super::head::{crumbs, in_language, lang_of, page_link, volume_link};
use super::references;
use crate::model::archives::{Item, Shows};
use crate::model::date::DateWords;
use crate::model::history::History;
use crate::model::html::Html;
use crate::model::images;
use crate::model::links::{self, Entry, From, find_entry};
use crate::model::outline::Outline;
use crate::model::page::Resolved;
use crate::model::register::{Held, Office, RegisterKind};
use crate::model::repositories;
use crate::model::site::{Page, PageId, Site, Volume, relative};
use crate::model::surroundings::{Letters, Mentions, Neighbours, Placement, Relations, Surroundings};
use crate::model::view::{MentionView, OfficeView, RelatedView, RightsView};
use std::collections::{BTreeMap, BTreeSet};

/// The surroundings of a page of a volume that grants these rights.
pub fn surroundings(
    site: &Site,
    history: &History,
    volume: &Volume,
    rights: Option<&RightsView>,
    id: PageId,
) -> Surroundings {
    let page = &site.pages[id];
    let from = From::page(site, id);
    let outline = &page.outline;
    let registers = mentions(site, page);
    let mut links = resolved(site, from, outline);
    if outline.kind.is_document() {
        to_terms(&mut links, &registers);
    }
    Surroundings {
        place: placement(site, volume, id),
        neighbours: neighbours(site, volume, id),
        window: contents::window(site, volume, id),
        links,
        registers,
        repositories: repositories(site, page),
        archives: archives(site, id),
        cited: cited_names(site, page),
        related: related(site, id),
        referring: references::referring(site, id),
        contents: if outline.kind.is_document() { Vec::new() } else { contents::below(site, volume, id, &page.path) },
        history: super::history::changes(history, page),
        images: images(site, volume, outline),
        rights: rights.cloned(),
    }
}

/// Every reference of an outline, as written, with what it means on the page.
pub fn resolved(site: &Site, from: From<'_>, outline: &Outline) -> BTreeMap<Box<str>, Resolved> {
    let mut resolved = BTreeMap::new();
    for link in &outline.links {
        if !resolved.contains_key(&link.target) {
            resolved.insert(link.target.clone(), links::resolve(site, from, &link.target).0);
        }
    }
    resolved
}

fn placement(site: &Site, volume: &Volume, id: PageId) -> Placement {
    let page = &site.pages[id];
    Placement {
        path: page.path.clone(),
        id: page.id.clone(),
        source: site.settings.links.name_sources().then(|| (*page.source).into()),
        lang: lang_of(site, page).to_owned(),
        crumbs: crumbs(site, page),
        volume: volume_link(volume, &page.path, lang_of(site, page)),
        volume_title: volume.outline.title.to_string(),
        volume_short: volume.outline.short_title.as_deref().map(str::to_owned),
        volume_lang: volume.lang.clone(),
        at_root: volume.at_root,
        position: volume.positions.get(&id).map_or(0, |position| position + 1),
        documents: volume.documents.len(),
    }
}

fn neighbours(site: &Site, volume: &Volume, id: PageId) -> Neighbours {
    let page = &site.pages[id];
    let Some(&position) = volume.positions.get(&id) else { return Neighbours::default() };
    let neighbour = |at: Option<usize>| {
        let other = *volume.documents.get(at?)?;
        Some(page_link(site, &site.pages[other], &page.path, lang_of(site, page)))
    };
    Neighbours { previous: neighbour(position.checked_sub(1)), next: neighbour(Some(position + 1)) }
}

/// Words that stand for a term lead to what it means: to the list of terms of the same page.
fn to_terms(links: &mut BTreeMap<Box<str>, Resolved>, mentions: &Mentions) {
    for (target, resolved) in links {
        let first = target.split('+').next().and_then(|first| first.strip_prefix("term:"));
        if let Some(id) = first
            && let Resolved::Link { href, .. } = resolved
        {
            let anchor = format!("term/{id}");
            if mentions.terms.iter().any(|term| term.anchor.as_deref() == Some(&*anchor)) {
                *href = format!("#{anchor}");
            }
        }
    }
}

/// Register entries that the document names, in the order of their names.
fn mentions(site: &Site, page: &Page) -> Mentions {
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    let mut mentions = Mentions::default();
    for part in page.outline.links.iter().flat_map(|link| link.target.split('+')) {
        let Some((scheme, id)) = part.split_once(':') else { continue };
        let Some(kind) = RegisterKind::of_scheme(scheme) else { continue };
        if !seen.insert((kind, id)) {
            continue;
        }
        let Some(entry) = find_entry(site, page.volume, kind, id) else { continue };
        if !matches!(kind, RegisterKind::Persons | RegisterKind::Terms) {
            mentions.names.insert(part.into(), entry.entry.name.clone());
        }
        if kind != RegisterKind::Bibliography {
            found.push((site.entries.ranks.get(&entry.id), kind, entry));
        }
    }
    found.sort_by_key(|(rank, ..)| *rank);
    for (_, kind, found) in found {
        let list = match kind {
            RegisterKind::Persons => &mut mentions.persons,
            RegisterKind::Terms => &mut mentions.terms,
            _ => &mut mentions.others,
        };
        list.push(mention(site, page, kind, found));
    }
    mentions
}

fn mention(site: &Site, page: &Page, kind: RegisterKind, found: Entry<'_>) -> MentionView {
    let entry = found.entry;
    let held = |office: &Office| {
        let certain = office.held(page.outline.date()?)? == Held::Certainly;
        let dates = office.span(&DateWords::for_language(&site.settings.lang));
        Some(OfficeView { title: office.title.clone(), dates, certain })
    };
    let offices: Vec<OfficeView> = entry.offices.iter().filter_map(held).collect();
    let told = |gloss: &String| offices.iter().any(|office| gloss.contains(&office.title));
    MentionView {
        anchor: (kind == RegisterKind::Terms).then(|| format!("term/{}", entry.id)),
        href: found.href(&page.path),
        name: entry.name.clone(),
        description: entry.gloss.clone().filter(|gloss| !told(gloss)),
        offices,
    }
}

/// Names of entries that citations of a document take from registers.
pub fn cited_names(site: &Site, page: &Page) -> BTreeMap<Box<str>, String> {
    let mut names = BTreeMap::new();
    for record in page.outline.records() {
        let people = record.from.iter().chain(&record.to).filter_map(|named| named.reference.as_deref());
        let people = people.filter_map(|reference| reference.split('+').next());
        let printings = record.sources.iter().filter_map(|source| source.printed.as_ref()?.reference.as_deref());
        for reference in people.chain(printings) {
            let Some((scheme, id)) = reference.split_once(':') else { continue };
            let kind = RegisterKind::of_scheme(scheme);
            if let Some(found) = kind.and_then(|kind| find_entry(site, page.volume, kind, id)) {
                names.insert(reference.into(), found.entry.name.clone());
            }
        }
    }
    names
}

/// The names of the repositories of a document, by the words that name them.
pub fn repositories(site: &Site, page: &Page) -> BTreeMap<Box<str>, String> {
    let named =
        |(name, _): &(Box<str>, crate::model::issue::At)| (name.clone(), repository_name(site, page.volume, name));
    page.outline.repositories.iter().map(named).collect()
}

/// The name of a repository.
fn repository_name(site: &Site, volume: Option<usize>, name: &str) -> String {
    repositories::spoken(repositories::entry(site, volume, name), name).to_owned()
}

/// Where each witness of a document is listed.
fn archives(site: &Site, id: PageId) -> Vec<BTreeMap<&'static str, String>> {
    let page = &site.pages[id];
    let archives = &site.archives;
    let address = |node: usize| archives.address(node).map(|address| relative(&page.path, &address));
    let of_witness = |witness: usize| {
        let mut addresses = BTreeMap::new();
        let Some(&node) = archives.places.get(&Item { page: id, attachment: 0, witness }) else { return addresses };
        // The innermost come first: of several collections the smallest is meant.
        for (node, place) in archives.path(node) {
            if let Some(address) = address(node) {
                addresses.entry(place.step.name()).or_insert(address);
            }
        }
        let tree = archives.nodes.get(node).and_then(|node| archives.trees.get(node.tree));
        let repository = tree.filter(|tree| tree.shows == Shows::Repository).and_then(|tree| address(tree.root));
        addresses.extend(repository.map(|address| ("repository", address)));
        addresses
    };
    (0..page.outline.record.sources.len()).map(of_witness).collect()
}

fn related(site: &Site, id: PageId) -> Relations {
    let page = &site.pages[id];
    let stated = site.relations.get(&id).into_iter().flatten().map(|relation| {
        let other = &site.pages[relation.page];
        let title = part_of(other, &relation.anchor).unwrap_or_else(|| titled(other));
        let title = in_language(title, lang_of(site, other), &site.settings.lang);
        let href = relative(&page.path, &other.path);
        let href = if relation.anchor.is_empty() { href } else { format!("{href}#{}", relation.anchor) };
        RelatedView { rel: relation.rel, title, href: Some(href) }
    });
    let targets = page.outline.related.iter().map(|related| &related.target);
    let is_page =
        |target: &str| links::target(site, From::page(site, id), target).is_some_and(|(other, _)| other != id);
    Relations {
        stated: stated.collect(),
        pages: targets.filter(|target| is_page(target)).cloned().collect(),
        letters: page.outline.correspondences.iter().map(|of| (of.id.clone(), letters(site, id, &of.id))).collect(),
    }
}

/// An attachment with the document that holds it: "Enclosure, 12. Telegram".
fn part_of(page: &Page, anchor: &str) -> Option<Html> {
    let attachment = page.outline.attachments.iter().find(|it| !it.anchor.is_empty() && *it.anchor == *anchor)?;
    let name = attachment.title.as_ref().or(attachment.label.as_ref())?;
    Some(Html(format!("{}, {}", Html::text(name).0, titled(page).0)))
}

/// The letters before and after this one in a correspondence.
fn letters(site: &Site, id: PageId, correspondence: &str) -> Letters {
    let beside = site.correspondences.get(correspondence).and_then(|letters| letters.get(&id));
    let letter = |other: Option<PageId>| {
        let other = &site.pages[other?];
        Some((titled(other), relative(&site.pages[id].path, &other.path)))
    };
    let beside = beside.copied().unwrap_or_default();
    Letters { previous: letter(beside.previous), next: letter(beside.next) }
}

fn images(site: &Site, volume: &Volume, outline: &Outline) -> BTreeSet<String> {
    let address = |image: &crate::model::outline::ImageUse| {
        images::address(Some(&volume.markup), &image.pagination, &image.image)
    };
    outline.images.iter().map(address).filter(|address| site.statics.contains(address)).collect()
}

/// Number and title, as inline HTML.
fn titled(page: &Page) -> Html {
    match &page.outline.number {
        Some(number) => {
            let mut html = Html::text(number).0;
            html.push_str(". ");
            html.push_str(&page.outline.list_title().0);
            Html(html)
        }
        None => page.outline.list_title(),
    }
}
