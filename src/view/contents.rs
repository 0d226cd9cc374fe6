//! Contents trees.

use super::head::{in_language, lang_of, page_link};
use crate::model::date::DateWords;
use crate::model::html::Html;
use crate::model::site::{Node, Page, PageId, Site, Volume, relative};
use crate::model::view::{ContentsEntry, WindowLink, WindowView};

/// How many pages are shown on either side of one in its window.
const REACH: usize = 2;

/// How much of the tree is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// Sections with their ranges; documents only where they lie beside or without sections.
    Landing,
    /// The direct children.
    Children,
}

/// The contents of a volume's landing page.
pub fn landing(site: &Site, volume: &Volume, path: &str) -> Vec<ContentsEntry> {
    entries(site, volume, &volume.tree, path, Depth::Landing)
}

/// What lies directly below a section.
pub fn below(site: &Site, volume: &Volume, section: PageId, path: &str) -> Vec<ContentsEntry> {
    find(&volume.tree, section).map_or_else(Vec::new, |children| entries(site, volume, children, path, Depth::Children))
}

/// A page with those that stand next to it.
pub fn window(site: &Site, volume: &Volume, id: PageId) -> WindowView {
    let Some(window) = volume.shelves.window(id, REACH) else { return WindowView::default() };
    let page = &site.pages[id];
    let link = |&shown: &PageId| {
        let link = page_link(site, &site.pages[shown], &page.path, &site.settings.lang);
        WindowLink { href: (shown != id).then_some(link.href), title: link.title, number: link.number }
    };
    WindowView { before: window.before, pages: window.pages.iter().map(link).collect(), after: window.after }
}

fn find(nodes: &[Node], section: PageId) -> Option<&[Node]> {
    nodes.iter().find_map(|node| match node {
        Node::Section { page: Some(page), children, .. } if *page == section => Some(children.as_slice()),
        Node::Section { children, .. } => find(children, section),
        Node::Page(_) => None,
    })
}

fn entries(site: &Site, volume: &Volume, nodes: &[Node], path: &str, depth: Depth) -> Vec<ContentsEntry> {
    nodes.iter().map(|node| entry(site, volume, node, path, depth)).collect()
}

fn entry(site: &Site, volume: &Volume, node: &Node, path: &str, depth: Depth) -> ContentsEntry {
    match node {
        Node::Page(page) => document(site, &site.pages[*page], volume, path),
        Node::Section { page, name, children } => {
            let documents = count(site, children);
            let shown = match depth {
                Depth::Landing => {
                    children.iter().filter(|child| !is_document(site, child) || page.is_none()).cloned().collect()
                }
                Depth::Children if page.is_none() => children.clone(),
                Depth::Children => Vec::new(),
            };
            let page = page.map(|page| &site.pages[page]);
            ContentsEntry {
                kind: "section",
                href: page.map(|page| relative(path, &page.path)),
                title: page.map_or_else(|| Html::text(name), |page| title(site, page, volume)),
                number: page.and_then(|page| page.outline.number.as_deref().map(str::to_owned)),
                date: None,
                range: range(site, children),
                documents,
                children: entries(site, volume, &shown, path, depth),
            }
        }
    }
}

fn is_document(site: &Site, node: &Node) -> bool {
    matches!(node, Node::Page(page) if site.pages[*page].outline.kind.is_document())
}

fn title(site: &Site, page: &Page, volume: &Volume) -> Html {
    in_language(page.outline.list_title(), lang_of(site, page), &volume.lang)
}

fn document(site: &Site, page: &Page, volume: &Volume, path: &str) -> ContentsEntry {
    ContentsEntry {
        kind: page.outline.kind.name(),
        href: Some(relative(path, &page.path)),
        title: title(site, page, volume),
        number: page.outline.number.as_deref().map(str::to_owned),
        date: date_words(page, &volume.lang),
        range: None,
        documents: 0,
        children: Vec::new(),
    }
}

/// The date of a page in words.
pub fn date_words(page: &Page, lang: &str) -> Option<String> {
    let day = page.outline.record.date.day()?;
    let date = &day.edtf;
    let display = day.display.as_deref().map(str::to_owned);
    Some(display.unwrap_or_else(|| date.display(&DateWords::for_language(lang))))
}

fn count(site: &Site, nodes: &[Node]) -> usize {
    nodes
        .iter()
        .map(|node| match node {
            Node::Page(page) => usize::from(site.pages[*page].outline.kind.is_document()),
            Node::Section { children, .. } => count(site, children),
        })
        .sum()
}

/// Numbers of the first and last document below: `617–623`.
fn range(site: &Site, nodes: &[Node]) -> Option<String> {
    let first = edge(site, nodes, false)?;
    let last = edge(site, nodes, true)?;
    Some(if first == last { first } else { format!("{first}–{last}") })
}

fn edge(site: &Site, nodes: &[Node], last: bool) -> Option<String> {
    let number = |node: &Node| match node {
        Node::Page(page) => {
            site.pages[*page].outline.number.as_deref().filter(|_| is_document(site, node)).map(str::to_owned)
        }
        Node::Section { children, .. } => edge(site, children, last),
    };
    if last { nodes.iter().rev().find_map(number) } else { nodes.iter().find_map(number) }
}
