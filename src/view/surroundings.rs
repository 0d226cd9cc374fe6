//! What a document's page takes from the rest of the edition, gathered from the resolved site by its outline alone.

use super::contents;
use super::head::{crumbs, in_language, lang_of, page_link, volume_link};
use crate::model::date::DateWords;
use crate::model::history::History;
use crate::model::html::Html;
use crate::model::links::{self, Entry, From, find_entry, image_address};
use crate::model::outline::Outline;
use crate::model::page::Resolved;
use crate::model::register::{Held, Office, RegisterEntry, RegisterKind};
use crate::model::site::{Page, PageId, Site, Volume, relative};
use crate::model::surroundings::{Letters, Mentions, Neighbours, Placement, Relations, RepositoryNamed, Surroundings};
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
        links,
        registers,
        repositories: repositories(site, from, outline),
        related: related(site, id),
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
        lang: lang_of(site, page).to_owned(),
        crumbs: crumbs(site, page),
        volume: volume_link(volume, &page.path, lang_of(site, page)),
        volume_title: volume.outline.title.to_string(),
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
    MentionView {
        anchor: (kind == RegisterKind::Terms).then(|| format!("term/{}", entry.id)),
        href: found.href(&page.path),
        name: entry.name.clone(),
        offices: entry.offices.iter().filter_map(held).collect(),
        description: entry.gloss.clone(),
    }
}

fn repositories(site: &Site, from: From<'_>, outline: &Outline) -> BTreeMap<Box<str>, RepositoryNamed> {
    outline.repositories.iter().map(|(name, _)| (name.clone(), repository_named(site, from, name))).collect()
}

/// The repository as it is printed: an id stands for the name of its entry, other words stay as they are written.
fn repository_named(site: &Site, from: From<'_>, name: &str) -> RepositoryNamed {
    let Some(entry) = repository(site, from, name) else {
        return RepositoryNamed { name: name.to_owned(), href: None };
    };
    let by_id =
        entry.id == name && entry.siglum.as_deref() != Some(name) && !entry.variants.iter().any(|other| other == name);
    let found = find_entry(site, from.volume, RegisterKind::Repositories, &entry.id);
    RepositoryNamed {
        name: if by_id { &entry.name } else { name }.to_owned(),
        href: found.map(|found| found.href(from.path)),
    }
}

/// The register entry of a repository: by id, name, variant or siglum.
fn repository<'s>(site: &'s Site, from: From<'_>, name: &str) -> Option<&'s RegisterEntry> {
    let volume = from.volume.and_then(|number| site.volumes.get(number));
    let own = volume.into_iter().flat_map(|volume| &volume.registers);
    let entries = own.chain(&site.registers).filter(|register| register.kind == RegisterKind::Repositories);
    entries.flat_map(|register| &register.entries).find(|entry| {
        entry.id == name
            || entry.name == name
            || entry.variants.iter().any(|variant| variant == name)
            || entry.siglum.as_deref() == Some(name)
    })
}

fn related(site: &Site, id: PageId) -> Relations {
    let page = &site.pages[id];
    let stated = site.relations.get(&id).into_iter().flatten().map(|relation| {
        let other = &site.pages[relation.page];
        let title = in_language(titled(other), lang_of(site, other), &site.settings.lang);
        RelatedView { rel: relation.rel, title, href: Some(relative(&page.path, &other.path)) }
    });
    let targets = page.outline.related.iter().map(|related| &related.target);
    Relations {
        stated: stated.collect(),
        pages: targets.filter(|target| links::related_page(site, id, target).is_some()).cloned().collect(),
        letters: page.outline.correspondences.iter().map(|of| (of.clone(), letters(site, id, of))).collect(),
    }
}

/// The letters before and after this one in a correspondence.
fn letters(site: &Site, id: PageId, correspondence: &str) -> Letters {
    let Some(letters) = site.correspondences.get(correspondence) else { return Letters::default() };
    let Some(at) = letters.iter().position(|&letter| letter == id) else { return Letters::default() };
    let letter = |at: Option<usize>| {
        let other = &site.pages[*letters.get(at?)?];
        Some((titled(other), relative(&site.pages[id].path, &other.path)))
    };
    Letters { previous: letter(at.checked_sub(1)), next: letter(Some(at + 1)) }
}

fn images(site: &Site, volume: &Volume, outline: &Outline) -> BTreeSet<String> {
    let address =
        |image: &crate::model::outline::ImageUse| image_address(Some(&volume.markup), &image.pagination, &image.image);
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
