//! What is indexed, in the order of the edition.

use crate::model::document::Kind;
use crate::model::outline::Outline;
use crate::model::site::{Node, Page, PageId, Site};
use std::borrow::Cow;

/// A page that is indexed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Indexed {
    /// The first page of the edition.
    Home,
    /// The landing page of a volume.
    Volume(usize),
    /// A document, a section, or a page of the edition's own.
    Page(PageId),
}

/// What results and facets say of it.
#[derive(Debug, Clone)]
pub struct Listed<'s> {
    /// Address within the site.
    pub path: Cow<'s, str>,
    /// Title, without the number.
    pub title: &'s str,
    /// Outline.
    pub outline: &'s Outline,
    /// Kind; what is no document counts as a section.
    pub kind: Kind,
    /// Volume.
    pub volume: Option<usize>,
}

/// All published pages of the edition that have a text of their own: the first page, each volume with its introduction,
/// sections and documents, and the edition's own pages. The first page and those of volumes only if they say something.
pub fn documents(site: &Site) -> Vec<Indexed> {
    let mut found = Vec::new();
    let says = |outline: &Outline| outline.paragraphs.count > 0;
    found.extend((!site.is_single() && says(&site.home.outline)).then_some(Indexed::Home));
    for (number, volume) in site.volumes.iter().enumerate().filter(|(_, volume)| volume.published) {
        found.extend(says(&volume.outline).then_some(Indexed::Volume(number)));
        collect(site, &volume.tree, &mut found);
    }
    found.extend(site.own_pages().filter(|page| site.pages[*page].published).map(Indexed::Page));
    found
}

fn collect(site: &Site, nodes: &[Node], found: &mut Vec<Indexed>) {
    let is_shown = |page: &PageId| site.pages[*page].published && !site.is_introduction(&site.pages[*page]);
    for node in nodes {
        match node {
            Node::Page(page) => found.extend(Some(*page).filter(is_shown).map(Indexed::Page)),
            Node::Section { page, children, .. } => {
                found.extend(page.filter(is_shown).map(Indexed::Page));
                collect(site, children, found);
            }
        }
    }
}

impl Indexed {
    /// What is said of it.
    pub fn listed(self, site: &Site) -> Listed<'_> {
        let landing = |path, outline, title, volume| Listed { path, title, outline, kind: Kind::Section, volume };
        match self {
            Indexed::Home => {
                let own = &*site.home.outline.title;
                let title = if own.is_empty() { &site.settings.title } else { own };
                landing("index.html".into(), &site.home.outline, title, None)
            }
            Indexed::Volume(number) => {
                let volume = &site.volumes[number];
                landing(volume.address("index.html").into(), &volume.outline, &volume.outline.title, Some(number))
            }
            Indexed::Page(page) => {
                let Page { path, outline, volume, .. } = &site.pages[page];
                Listed { path: path.into(), title: &outline.title, outline, kind: outline.kind, volume: *volume }
            }
        }
    }
}

impl Listed<'_> {
    /// Number and title.
    pub fn full_title(&self) -> String {
        match &self.outline.number {
            Some(number) => format!("{number}. {}", self.title),
            None => self.title.to_owned(),
        }
    }
}
