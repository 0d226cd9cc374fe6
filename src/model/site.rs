//! The edition resolved: pages, volumes, order, registers. Immutable once made.

use super::archives::Archives;
use super::browse::Browse;
use super::chronology::Chronology;
use super::document::FrontMatter;
use super::generated::Generated;
use super::html::Html;
use super::issue::Issue;
use super::ledger::Withdrawn;
use super::markup::Markup;
use super::mention::EntryIndex;
use super::outline::Outline;
use super::register::{Register, RegisterKind};
use super::settings::Settings;
use super::shelf::Shelves;
use super::volume::VolumeMatter;
use crate::hash::Hash128;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Number of a page in [`Site::pages`].
pub type PageId = usize;

/// What a content file becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A document or a section that is a file of its own.
    File,
    /// The `_index.md` of a section folder.
    Folder,
    /// A page of the edition itself, outside volumes.
    Plain,
}

/// A content file with its outline and its address.
#[derive(Debug, Clone)]
pub struct Page {
    /// Source, from the edition's root.
    pub source: Arc<str>,
    /// Volume; none for pages of the edition itself.
    pub volume: Option<usize>,
    /// What it becomes.
    pub role: Role,
    /// Id.
    pub id: String,
    /// Address within the site, such as `v/d1.html`.
    pub path: String,
    /// Whether it is published: no draft, or drafts are built.
    pub published: bool,
    /// Sections above it, outermost first.
    pub ancestors: Vec<Ancestor>,
    /// The page whose introduction this section is: `persons` …
    pub introduces: Option<&'static str>,
    /// Outline.
    pub outline: Arc<Outline>,
    /// Front matter, as long as it is at hand; it is read from the source again where it is not.
    pub front: Option<Arc<FrontMatter>>,
    /// Hash of the source as it was outlined.
    pub hash: Hash128,
    /// Hash of the outline without its places.
    pub facts: Hash128,
}

/// A section above a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ancestor {
    /// Its page, where the folder has an `_index.md`.
    pub page: Option<PageId>,
    /// The folder's name in words, where it has none.
    pub name: String,
}

/// A place in the contents of a volume.
#[derive(Debug, Clone)]
pub enum Node {
    /// A document, or a section that is a file.
    Page(PageId),
    /// A folder.
    Section {
        /// Its page, where it has an `_index.md`.
        page: Option<PageId>,
        /// The folder's name in words.
        name: String,
        /// What lies in it.
        children: Vec<Node>,
    },
}

/// A volume.
#[derive(Debug, Clone)]
pub struct Volume {
    /// Id.
    pub id: String,
    /// Folder of its files, from the edition's root, such as `content/v`.
    pub folder: String,
    /// Source of its landing page.
    pub source: Arc<str>,
    /// Whether its pages stand at the root of the site.
    pub at_root: bool,
    /// Front matter.
    pub matter: VolumeMatter,
    /// Outline of the landing page.
    pub outline: Outline,
    /// Hash of its source.
    pub hash: Hash128,
    /// Markup.
    pub markup: Markup,
    /// Language.
    pub lang: String,
    /// Whether it is published.
    pub published: bool,
    /// Contents.
    pub tree: Vec<Node>,
    /// The same, shelf by shelf.
    pub shelves: Shelves,
    /// Published documents in the order of the contents.
    pub documents: Vec<PageId>,
    /// Position of each document in `documents`.
    pub positions: BTreeMap<PageId, usize>,
    /// Registers.
    pub registers: Vec<Register>,
    /// Pages by id.
    pub ids: BTreeMap<String, PageId>,
    /// First place of each printed page of a pagination that runs through the volume: page and anchor.
    pub printed_pages: BTreeMap<(String, String), (PageId, String)>,
}

impl Volume {
    /// Address of a file of the volume, such as `v/persons.html`.
    pub fn address(&self, file: &str) -> String {
        if self.at_root { file.to_owned() } else { format!("{}/{file}", self.id) }
    }

    /// Sections and documents as a reader comes upon them in the contents.
    pub fn in_order(&self) -> Vec<PageId> {
        fn collect(nodes: &[Node], order: &mut Vec<PageId>) {
            for node in nodes {
                match node {
                    Node::Page(page) => order.push(*page),
                    Node::Section { page, children, .. } => {
                        order.extend(page);
                        collect(children, order);
                    }
                }
            }
        }
        let mut order = Vec::new();
        collect(&self.tree, &mut order);
        order
    }

    /// The register of a kind.
    pub fn register(&self, kind: RegisterKind) -> Option<&Register> {
        self.registers.iter().find(|register| register.kind == kind)
    }
}

/// A relation that a document shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// What the other document is to this one.
    pub rel: &'static str,
    /// The other document.
    pub page: PageId,
    /// The anchor that is meant on it, such as that of an enclosure; empty for the whole.
    pub anchor: Box<str>,
}

/// The letters beside a letter in a correspondence.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Beside {
    /// The one before.
    pub previous: Option<PageId>,
    /// The one after.
    pub next: Option<PageId>,
}

/// A place at which one page refers to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The page that refers.
    pub from: PageId,
    /// The nearest anchor on it: `p3`, `fn-2`, `source`; empty above its text.
    pub place: Box<str>,
    /// The anchor that is meant on the other page; empty for the whole of it.
    pub part: Box<str>,
}

/// What could not be read. It is reported where it lies; that references do not find it is no second mistake.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Unread {
    /// Folders of volumes whose front matter could not be read in full.
    pub volumes: BTreeSet<String>,
    /// Documents: folder of the volume (`content` for pages of the edition) and id.
    pub documents: BTreeSet<(String, String)>,
    /// Their files, and those that cannot have the id they ask for.
    pub sources: BTreeSet<Arc<str>>,
    /// Registers: folder of the volume (`content` for those of the edition) and kind.
    pub registers: BTreeSet<(String, RegisterKind)>,
}

impl Unread {
    /// Whether printed pages of a volume may be missing.
    pub fn hides_pages(&self, folder: &str) -> bool {
        self.volumes.contains(folder) || self.documents.iter().any(|(of, _)| of == folder)
    }

    /// Whether a document of a volume could not be read.
    pub fn hides_document(&self, folder: &str, id: &str) -> bool {
        self.documents.contains(&(folder.to_owned(), id.to_owned()))
    }

    /// Takes note of a document that is not there for others.
    pub fn add_document(&mut self, folder: &str, id: &str, source: &Arc<str>) {
        self.documents.insert((folder.to_owned(), id.to_owned()));
        self.sources.insert(Arc::clone(source));
    }

    /// Whether a register could not be read.
    pub fn hides_register(&self, folder: &str, kind: RegisterKind) -> bool {
        self.registers.contains(&(folder.to_owned(), kind))
    }
}

/// The edition.
#[derive(Debug)]
pub struct Site {
    /// Settings.
    pub settings: Settings,
    /// Home page: front matter and outline of `content/_index.md`.
    pub home: Home,
    /// Volumes in order.
    pub volumes: Vec<Volume>,
    /// All content pages, in the order of their sources.
    pub pages: Vec<Page>,
    /// Volumes by id.
    pub volume_ids: BTreeMap<String, usize>,
    /// Pages by source.
    pub sources: BTreeMap<Arc<str>, PageId>,
    /// Pages of the edition itself, in order.
    pub plain: Vec<PageId>,
    /// Pages of the edition by id.
    pub plain_ids: BTreeMap<String, PageId>,
    /// Registers shared by all volumes.
    pub registers: Vec<Register>,
    /// Stated relations, seen from the other document.
    pub relations: BTreeMap<PageId, Vec<Relation>>,
    /// Files under static/.
    pub statics: BTreeSet<String>,
    /// Where documents lie.
    pub archives: Archives,
    /// Pages made from all documents, by address.
    pub generated: BTreeMap<String, Generated>,
    /// Register entries, and the documents that mention them.
    pub entries: EntryIndex,
    /// Addresses of all pages.
    pub addresses: BTreeSet<String>,
    /// Each correspondence: every letter with those beside it.
    pub correspondences: BTreeMap<Box<str>, BTreeMap<PageId, Beside>>,
    /// Documents by date: of the edition, where it has several volumes, and of each volume.
    pub chronologies: BTreeMap<Option<usize>, Chronology>,
    /// Documents by genre, correspondent, topic and status.
    pub browse: Browse,
    /// Where other published pages refer to each page, in the order of the edition.
    pub references: BTreeMap<PageId, Vec<Reference>>,
    /// Redirect pages: old address and where it leads.
    pub redirects: Vec<Redirect>,
    /// Documents and entries that were given up, whose addresses say so.
    pub tombstones: Vec<Tombstone>,
    /// Whether there is a list of corrections, or was one.
    pub has_corrections: bool,
    /// Assets of the theme: file name to address within the site.
    pub assets: BTreeMap<String, String>,
    /// What could not be read.
    pub unread: Unread,
}

/// The edition's home page.
#[derive(Debug, Clone, Default)]
pub struct Home {
    /// Source; none where there is no content/_index.md.
    pub source: Option<Arc<str>>,
    /// Front matter.
    pub matter: VolumeMatter,
    /// Outline.
    pub outline: Outline,
    /// Hash of its source.
    pub hash: Hash128,
    /// Markup.
    pub markup: Markup,
}

/// An old address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redirect {
    /// Old address within the site.
    pub from: String,
    /// New address within the site.
    pub to: String,
    /// The file that names it.
    pub source: Arc<str>,
}

/// The address of a document or a register entry that was given up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tombstone {
    /// Address within the site.
    pub path: String,
    /// File of the ledger that says so.
    pub file: Arc<str>,
    /// Id of its volume; empty for what stood at the root of the site.
    pub volume: String,
    /// Id.
    pub id: String,
    /// The register, where it is an entry.
    pub register: Option<&'static str>,
    /// What it was, since when, why.
    pub withdrawn: Withdrawn,
}

/// A finding about a page or a volume, before it is placed in its file.
#[derive(Debug, Clone)]
pub struct Finding {
    /// Source that it is about.
    pub source: Arc<str>,
    /// The finding.
    pub issue: Issue,
}

impl Site {
    /// Title of a page for lists: inline HTML.
    pub fn list_title(&self, page: PageId) -> Html {
        self.pages[page].outline.list_title()
    }

    /// The volume of a page.
    pub fn volume_of(&self, page: &Page) -> Option<&Volume> {
        page.volume.and_then(|volume| self.volumes.get(volume))
    }

    /// The folder of a volume, or that of the edition.
    pub fn folder(&self, volume: Option<usize>) -> &str {
        volume.and_then(|number| self.volumes.get(number)).map_or("content", |volume| &volume.folder)
    }

    /// The registers of a volume, or those of the edition.
    pub fn registers_of(&self, volume: Option<usize>) -> &[Register] {
        volume.map_or(&self.registers, |number| &self.volumes[number].registers)
    }

    /// Whether the text of a section stands on a generated page and not on one of its own.
    pub fn is_introduction(&self, page: &Page) -> bool {
        page.introduces.is_some() && self.generated.contains_key(&page.path)
    }

    /// Pages of the edition that are pages of the site: their text does not stand on a generated one.
    pub fn own_pages(&self) -> impl Iterator<Item = PageId> {
        self.plain.iter().copied().filter(|&page| !self.is_introduction(&self.pages[page]))
    }

    /// The document, section or page of the edition at an address.
    pub fn page_at(&self, path: &str) -> Option<&Page> {
        let (volume, file) = path.rsplit_once('/').unwrap_or(("", path));
        let id = file.strip_suffix(".html")?;
        let at_root = || self.volumes.first().filter(|volume| volume.at_root).and_then(|volume| volume.ids.get(id));
        let page = match volume {
            "" => self.plain_ids.get(id).or_else(at_root),
            volume => self.volumes[*self.volume_ids.get(volume)?].ids.get(id),
        };
        let page = &self.pages[*page?];
        (page.published && page.path == path).then_some(page)
    }

    /// Whether the edition is one volume without a folder of its own.
    pub fn is_single(&self) -> bool {
        self.volumes.first().is_some_and(|volume| volume.at_root)
    }
}

/// The relative address of one file of the site as seen from another.
pub fn relative(from: &str, to: &str) -> String {
    let shared = shared_folders(from, to);
    let up = from[shared..].bytes().filter(|byte| *byte == b'/').count();
    let mut out = String::with_capacity(3 * up + to.len() - shared);
    (0..up).for_each(|_| out.push_str("../"));
    out.push_str(&to[shared..]);
    out
}

/// Length of the folders that two addresses share, the last slash included.
fn shared_folders(from: &str, to: &str) -> usize {
    let same = from.bytes().zip(to.bytes()).take_while(|(a, b)| a == b);
    let mut shared = 0;
    for (at, (byte, _)) in same.enumerate() {
        if byte == b'/' {
            shared = at + 1;
        }
    }
    shared
}

#[cfg(test)]
mod tests {
    use super::relative;

    #[test]
    fn addresses_are_relative_to_the_page() {
        assert_eq!(relative("index.html", "v/d1.html"), "v/d1.html");
        assert_eq!(relative("v/d1.html", "v/d2.html"), "d2.html");
        assert_eq!(relative("v/d1.html", "index.html"), "../index.html");
        assert_eq!(relative("v/d1.html", "w/d1.html#p1"), "../w/d1.html#p1");
        assert_eq!(relative("v/persons/a.html", "v/d1.html"), "../d1.html");
    }
}
