//! The archives: the list of repositories, what lies in each, and what lies nowhere.

use super::Words;
use super::head::{Constants, Parts, head, in_language, lang_of, page_link, volume_link};
use super::registers::entry_name;
use crate::model::archives::{Archives, EntryId, Item, MOST_LISTED, Node, NodeId, Part, Shows, Step, Tree};
use crate::model::archives::{page_address, register};
use crate::model::date::DateWords;
use crate::model::document::Basis;
use crate::model::html::Html;
use crate::model::register::{RegisterEntry, RegisterKind};
use crate::model::site::{Page, Site, relative};
use crate::model::view::{
    ArchiveLink, ArchiveView, ArchivesView, CutView, HeldView, HoldingView, Link, RepositoryLink, RepositoryView,
    SiglumView,
};
use std::collections::BTreeSet;

/// Address of the list of archives.
pub const LIST: &str = "archives.html";

/// The list of archives.
pub fn list(site: &Site, words: &Words) -> ArchivesView {
    let archives = &site.archives;
    let link = |tree: &Tree| {
        Some(ArchiveLink {
            shows: shows(tree.shows),
            href: relative(LIST, &archives.landing(tree)?),
            documents: archives.nodes.get(tree.root)?.documents,
        })
    };
    ArchivesView {
        head: head(
            Constants::of(site),
            Parts {
                kind: "archives",
                path: LIST,
                title: words.get("archives"),
                description: None,
                lang: &site.settings.lang,
                crumbs: Vec::new(),
                draft: false,
            },
        ),
        documents: archives.documents,
        repositories: archives.of_kind(Shows::Repository).filter_map(|tree| repository_link(site, tree)).collect(),
        lists: archives.trees.iter().filter(|tree| tree.shows != Shows::Repository).filter_map(link).collect(),
        sigla: sigla(site),
    }
}

fn shows(shows: Shows) -> &'static str {
    match shows {
        Shows::Repository => "repository",
        Shows::Printings => "printings",
        Shows::Markings => "markings",
        Shows::Unplaced => "unplaced",
    }
}

fn repository_link(site: &Site, tree: &Tree) -> Option<RepositoryLink> {
    let root = site.archives.nodes.get(tree.root)?;
    let entries: Vec<(EntryId, &RegisterEntry)> = entries(site, tree).collect();
    let of_volume = entries.first().and_then(|(id, _)| site.volumes.get(id.volume?)).filter(|volume| !volume.at_root);
    let mut sigla: Vec<String> = entries.iter().filter_map(|(_, entry)| entry.siglum.clone()).collect();
    sigla.dedup();
    Some(RepositoryLink {
        name: root.name.to_string(),
        href: relative(LIST, &site.archives.landing(tree)?),
        place: place(site, tree),
        sigla: sigla.into_iter().filter(|siglum| **siglum != *root.name).collect(),
        volume: of_volume.map(|volume| volume_link(volume, LIST, &site.settings.lang)),
        documents: root.documents,
    })
}

fn entries<'s>(site: &'s Site, tree: &'s Tree) -> impl Iterator<Item = (EntryId, &'s RegisterEntry)> {
    tree.entries.iter().filter_map(|id| Some((*id, id.entry(site)?)))
}

/// Where a repository is: as a register has it, else as sources do.
fn place(site: &Site, tree: &Tree) -> Option<String> {
    let place = |(id, entry): (EntryId, &RegisterEntry)| entry_place(site, id, entry);
    let registered = entries(site, tree).find_map(place);
    registered.or_else(|| (!tree.towns.is_empty()).then(|| tree.towns.join("; ")))
}

fn entry_place(site: &Site, id: EntryId, entry: &RegisterEntry) -> Option<String> {
    entry.in_place.as_ref().map(|place| entry_name(site, id.volume, RegisterKind::Places, place))
}

/// All sigla of registers, also of repositories from which nothing is drawn.
fn sigla(site: &Site) -> Vec<SiglumView> {
    let volumes = (0..site.volumes.len()).filter(|number| site.volumes[*number].published).map(Some);
    let edition = (!site.is_single()).then_some(None);
    let mut sigla = BTreeSet::new();
    let drawn: std::collections::BTreeMap<EntryId, &Tree> = site
        .archives
        .of_kind(Shows::Repository)
        .flat_map(|tree| tree.entries.iter().map(move |entry| (*entry, tree)))
        .collect();
    for volume in edition.into_iter().chain(volumes) {
        for (number, entry) in register(site, volume).into_iter().flat_map(|found| found.entries.iter().enumerate()) {
            let Some(siglum) = &entry.siglum else { continue };
            let id = EntryId { volume, entry: number }.joined(site);
            let address = drawn.get(&id).and_then(|tree| site.archives.landing(tree));
            sigla.insert(SiglumView {
                siglum: siglum.clone(),
                again: false,
                name: id.entry(site).unwrap_or(entry).name.clone(),
                href: address.map(|address| relative(LIST, &address)),
            });
        }
    }
    let mut sigla: Vec<SiglumView> = sigla.into_iter().collect();
    for at in 1..sigla.len() {
        sigla[at].again = sigla[at].siglum == sigla[at - 1].siglum;
    }
    sigla
}

/// A page of what lies in an archive; `descriptions` are those of its register entries.
pub fn archive(site: &Site, part: usize, page: usize, descriptions: &[Html], words: &Words) -> ArchiveView {
    let archives = &site.archives;
    let listed = &archives.parts[part];
    let tree = &archives.trees[listed.tree];
    let root = &archives.nodes[tree.root];
    let path = listed.address(page);
    let span = page * MOST_LISTED..(page + 1) * MOST_LISTED;
    let shelf = Shelf { site, archives, path: &path, span, several: !site.is_single() };
    let is_first = part == tree.parts.start && page == 0;
    let mut own = if listed.own { shelf.items(root, 0) } else { Vec::new() };
    volumes_once(&mut own, &mut None);
    let mut places = match listed.leads {
        true => tree.parts.clone().skip(1).filter_map(|other| shelf.lead(archives.parts.get(other)?)).collect(),
        false if listed.nodes == [tree.root] => shelf.places(&root.children),
        false => shelf.places(&listed.nodes),
    };
    places.iter_mut().for_each(|place| volumes_once_in(place, &mut None));
    let described = entries(site, tree).enumerate().filter(|_| is_first);
    ArchiveView {
        head: archive_head(site, tree, listed, &path, words),
        shows: shows(tree.shows),
        name: root.name.to_string(),
        entries: described.map(|(number, entry)| described_by(site, entry, descriptions.get(number), &path)).collect(),
        documents: root.documents,
        leads: listed.leads,
        cut: cut(&listed.path, page, listed.pages()),
        places,
        items: own,
    }
}

/// A page among those of a list.
pub fn cut(path: &str, page: usize, pages: usize) -> Option<CutView> {
    let here = page_address(path, page);
    let link = |other: usize| relative(&here, &page_address(path, other));
    (pages > 1).then(|| CutView {
        number: page + 1,
        of: pages,
        previous: page.checked_sub(1).map(link),
        next: Some(page + 1).filter(|next| *next < pages).map(link),
    })
}

fn archive_head(site: &Site, tree: &Tree, part: &Part, path: &str, words: &Words) -> crate::model::view::Head {
    let archives = &site.archives;
    let name = |id: NodeId| archives.nodes.get(id).map_or("", |node| &*node.name);
    let title = match tree.shows {
        Shows::Repository => name(tree.root).to_owned(),
        other => words.get(&format!("archive_lists.{}", shows(other))),
    };
    let link = |to: &str, title: &str| Link { href: relative(path, to), title: Html::text(title), number: None };
    let mut crumbs = vec![link(LIST, &words.get("archives"))];
    let landing = archives.landing(tree).unwrap_or_default();
    let is_part = landing != part.address(0);
    crumbs.extend(is_part.then(|| link(&landing, &title)));
    let of_part = part.nodes.first().filter(|_| is_part).map(|id| name(*id)).filter(|name| !name.is_empty());
    let title = of_part.map_or(title.clone(), |part| format!("{part} · {title}"));
    let lang = &site.settings.lang;
    let parts = Parts {
        kind: "archive",
        path,
        title: format!("{title} · {}", words.get("archives")),
        description: None,
        lang,
        crumbs,
        draft: false,
    };
    head(Constants::of(site), parts)
}

/// A volume stands at its first document within a place and all its parts, not at each.
fn volumes_once(items: &mut [HeldView], before: &mut Option<Link>) {
    for item in items {
        let volume = item.volume.take();
        if volume != *before {
            item.volume.clone_from(&volume);
            *before = volume;
        }
    }
}

fn volumes_once_in(place: &mut HoldingView, before: &mut Option<Link>) {
    volumes_once(&mut place.items, before);
    place.places.iter_mut().for_each(|part| volumes_once_in(part, before));
}

fn described_by(
    site: &Site,
    (id, entry): (EntryId, &RegisterEntry),
    description: Option<&Html>,
    path: &str,
) -> RepositoryView {
    let own = register(site, id.volume).and_then(|register| register.entry_path(&entry.id, 0));
    RepositoryView {
        href: own.map(|own| relative(path, &own)),
        url: entry.url.clone(),
        address: entry.address.clone(),
        siglum: entry.siglum.clone(),
        place: entry_place(site, id, entry),
        variants: entry.variants.clone(),
        description: description.cloned().unwrap_or_default(),
        same_as: entry.same_as.clone(),
    }
}

/// What is needed to show places on a page.
struct Shelf<'s> {
    site: &'s Site,
    archives: &'s Archives,
    path: &'s str,
    /// Which items of the part stand on the page.
    span: std::ops::Range<usize>,
    /// Whether volumes are told apart.
    several: bool,
}

impl Shelf<'_> {
    /// Those of some places, in order, of which something is listed on this page.
    fn places(&self, places: &[NodeId]) -> Vec<HoldingView> {
        let node = |id: &NodeId| self.archives.nodes.get(*id);
        let ends = |id: &NodeId| node(id).map_or(0, |node| node.first + node.total);
        let begin = places.partition_point(|id| ends(id) <= self.span.start);
        let here = places.get(begin..).unwrap_or_default().iter().filter_map(node);
        here.take_while(|node| node.first < self.span.end).map(|node| self.place(node)).collect()
    }

    fn place(&self, node: &Node) -> HoldingView {
        let continued = node.first < self.span.start;
        HoldingView {
            id: (!continued).then(|| node.anchor.to_string()),
            continued,
            items: self.items(node, node.first),
            places: self.places(&node.children),
            ..holding(node)
        }
    }

    /// A part of the tree that has pages of its own.
    fn lead(&self, part: &Part) -> Option<HoldingView> {
        let href = Some(relative(self.path, &part.address(0)));
        if part.own {
            let documents = part.nodes.iter().filter_map(|id| self.archives.nodes.get(*id)).map(|node| node.documents);
            let root = self.archives.nodes.get(self.archives.trees.get(part.tree)?.root)?;
            let documents = documents.sum::<usize>() + root.items.len();
            return Some(HoldingView {
                step: "loose",
                name: String::new(),
                bare: false,
                documents,
                href,
                ..holding(root)
            });
        }
        let node = self.archives.nodes.get(*part.nodes.first()?)?;
        Some(HoldingView { href, ..holding(node) })
    }

    /// The items that lie directly in a place and stand on this page; `first` items of the part stand before them.
    fn items(&self, node: &Node, first: usize) -> Vec<HeldView> {
        let within = |at: usize| at.saturating_sub(first).min(node.items.len());
        let here = node.items.get(within(self.span.start)..within(self.span.end)).unwrap_or_default();
        here.iter().filter_map(|item| self.item(*item)).collect()
    }

    fn item(&self, item: Item) -> Option<HeldView> {
        let site = self.site;
        let (record, page) = (item.record(site)?, site.pages.get(item.page)?);
        let lang = &site.settings.lang;
        let document = page_link(site, page, self.path, lang);
        let day = record.date.day();
        let source = item.source(site);
        let of = |field: fn(&crate::model::record::Witness) -> &Option<Box<str>>| {
            source.and_then(|source| field(source).as_deref()).map(str::to_owned)
        };
        let volume = site.volume_of(page).filter(|_| self.several);
        let printed = source.and_then(|source| source.printed.as_ref());
        Some(HeldView {
            link: if item.attachment == 0 { document.clone() } else { attachment_link(site, item, self.path)? },
            within: (item.attachment > 0).then_some(document),
            volume: volume.map(|volume| volume_link(volume, self.path, lang)),
            date: day.map(|day| day.edtf.display(&DateWords::for_language(lang))),
            inferred: day.is_some_and(|day| day.basis != Basis::Stated),
            siglum: of(|source| &source.siglum),
            form: of(|source| &source.form),
            extent: of(|source| &source.extent),
            classification: of(|source| &source.classification),
            handling: source
                .map_or_else(Vec::new, |source| source.handling.iter().map(|word| word.to_string()).collect()),
            pages: printed.and_then(|printed| printed.pages.as_deref()).map(str::to_owned),
        })
    }
}

fn holding(node: &Node) -> HoldingView {
    HoldingView {
        id: None,
        step: node.step.name(),
        bare: node.step.needs_word_before(&node.name),
        name: node.name.to_string(),
        documents: node.documents,
        href: None,
        continued: false,
        items: Vec::new(),
        places: Vec::new(),
    }
}

/// A link to an attachment by its label and title; to its document where its text is not there.
fn attachment_link(site: &Site, item: Item, from: &str) -> Option<Link> {
    let (record, page) = (item.record(site)?, site.pages.get(item.page)?);
    let words: Vec<&str> = record.label.iter().chain(&record.title).map(|words| &**words).collect();
    let title = if words.is_empty() { page.outline.title.to_string() } else { words.join(": ") };
    let lang = record.lang.as_deref().unwrap_or_else(|| lang_of(site, page));
    let title = in_language(Html::text(&title), lang, &site.settings.lang);
    Some(Link { href: attachment_address(page, &record.anchor, from), title, number: None })
}

/// Where an attachment stands.
pub fn attachment_address(page: &Page, anchor: &str, from: &str) -> String {
    let page = relative(from, &page.path);
    if anchor.is_empty() { page } else { format!("{page}#{anchor}") }
}

/// The way to a place in words, without what gathers places that have no repository.
pub fn path_words(archives: &Archives, node: NodeId, words: &Words) -> String {
    let mut path: Vec<String> = archives
        .path(node)
        .filter(|(_, node)| !node.name.is_empty())
        .map(|(_, node)| match node.step {
            Step::RecordGroup => format!("RG {}", node.name),
            step if step.needs_word() && node.name.starts_with(|c: char| c.is_ascii_digit()) => {
                format!("{} {}", words.get(&format!("source.{}", step.name())), node.name)
            }
            _ => node.name.to_string(),
        })
        .collect();
    let root = archives.nodes.get(node).and_then(|node| archives.trees.get(node.tree)).map(|tree| tree.root);
    path.extend(root.and_then(|root| archives.nodes.get(root)).map(|root| root.name.to_string()));
    path.retain(|name| !name.is_empty());
    path.reverse();
    path.join(", ")
}
