//! The archives: what lies where. A tree for each repository, from its collections down to the file, with the documents
//! that are drawn from each place; and the same form for what lies nowhere and for markings.

use super::record::{Record, Witness};
use super::register::{Register, RegisterEntry, RegisterKind};
use super::site::{PageId, Site};
use std::collections::BTreeMap;

/// No page lists more documents than these.
pub const MOST_LISTED: usize = 1000;

/// Number of a node in [`Archives::nodes`].
pub type NodeId = usize;

/// All that is known of where the documents of an edition lie.
#[derive(Debug, Clone, Default)]
pub struct Archives {
    /// Repositories by the names that sources use.
    pub names: Names,
    /// All nodes of all trees.
    pub nodes: Vec<Node>,
    /// Repositories from which documents are drawn, in the order in which they are listed; then the other trees.
    pub trees: Vec<Tree>,
    /// Pages, in the order in which they are listed: [`crate::model::generated::Generated::Archive`] counts them.
    pub parts: Vec<Part>,
    /// The place of each witness that has one.
    pub places: BTreeMap<Item, NodeId>,
    /// Documents of the edition.
    pub documents: usize,
}

/// What a tree shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shows {
    /// A repository.
    Repository,
    /// Texts that are known from print only.
    Printings,
    /// Classifications and handling.
    Markings,
    /// Sources that name no repository, and documents without a source.
    Unplaced,
}

/// A repository with all that is drawn from it, or another list of the same form.
#[derive(Debug, Clone)]
pub struct Tree {
    /// What it shows.
    pub shows: Shows,
    /// Register entries that describe the repository: its own, then those of volumes that are the same by `is`.
    pub entries: Vec<EntryId>,
    /// Its root, whose name is that of the repository.
    pub root: NodeId,
    /// Towns that sources name with it.
    pub towns: Vec<Box<str>>,
    /// Its pages: a place in [`Archives::parts`], and how many.
    pub parts: std::ops::Range<usize>,
}

/// A place: a collection, a box, a file.
#[derive(Debug, Clone)]
pub struct Node {
    /// The tree to which it belongs.
    pub tree: usize,
    /// What it is part of.
    pub parent: Option<NodeId>,
    /// What it is.
    pub step: Step,
    /// Its name as written.
    pub name: Box<str>,
    /// Its anchor; for a root, the name of its page.
    pub anchor: Box<str>,
    /// What is part of it, in order.
    pub children: Vec<NodeId>,
    /// What lies in it, and in no part of it, in order.
    pub items: Vec<Item>,
    /// Number of documents in it and its parts, each counted once.
    pub documents: usize,
    /// Number of items in it and its parts.
    pub total: usize,
    /// Number of items before it within its part, by which pages are cut.
    pub first: usize,
    /// The part on which it is listed; for a root that is split, its first.
    pub part: usize,
}

/// What a place is. The order is that of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// The repository itself, or the root of another tree.
    Root,
    /// Record group.
    RecordGroup,
    /// A collection.
    Collection,
    /// Series.
    Series,
    /// Lot.
    Lot,
    /// Box.
    Box,
    /// Folder.
    Folder,
    /// File.
    File,
    /// Shelfmark.
    Shelfmark,
    /// A printed work.
    Printing,
    /// Sources that name no repository.
    Unnamed,
    /// Documents without a source.
    Sourceless,
    /// All classifications.
    Classification,
    /// All handling instructions.
    Handling,
    /// A class of markings, of the edition's own list.
    Class,
    /// A marking as the edition's list has it.
    Label,
    /// A marking as printed.
    Marking,
}

impl Step {
    /// Its key in views; for parts of a path, that of the field.
    pub fn name(self) -> &'static str {
        match self {
            Step::Root => "root",
            Step::RecordGroup => "record_group",
            Step::Collection => "collection",
            Step::Series => "series",
            Step::Lot => "lot",
            Step::Box => "box",
            Step::Folder => "folder",
            Step::File => "file",
            Step::Shelfmark => "shelfmark",
            Step::Printing => "printed",
            Step::Unnamed => "unnamed",
            Step::Sourceless => "sourceless",
            Step::Classification => "classification",
            Step::Handling => "handling",
            Step::Class => "class",
            Step::Label => "label",
            Step::Marking => "marking",
        }
    }

    /// Whether its name says nothing without what it is: a bare number.
    pub fn needs_word(self) -> bool {
        matches!(self, Step::RecordGroup | Step::Lot | Step::Box | Step::Folder)
    }

    /// Whether this name of such a place needs the word for what it is. "Job 79–R1" and "FRC 71 A 3470" are lots that say
    /// so themselves.
    pub fn needs_word_before(self, name: &str) -> bool {
        let own =
            self == Step::Lot && name.split_once(' ').is_some_and(|(word, _)| word.chars().all(char::is_alphabetic));
        self.needs_word() && !own
    }

    /// Whether a page of its own can be made for it where a repository is too large for one.
    pub fn gathers(self) -> bool {
        !matches!(self, Step::Box | Step::Folder | Step::File | Step::Shelfmark)
    }
}

/// A witness of a document or of an attachment. The order is that of the edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Item {
    /// The page of the document.
    pub page: PageId,
    /// 0 for the document itself, else the place of the attachment, from 1.
    pub attachment: usize,
    /// Its place among the witnesses.
    pub witness: usize,
}

impl Item {
    /// The document or attachment.
    pub fn record(self, site: &Site) -> Option<&Record> {
        let outline = &site.pages.get(self.page)?.outline;
        match self.attachment.checked_sub(1) {
            None => Some(&outline.record),
            Some(place) => outline.attachments.get(place),
        }
    }

    /// The witness; none for a document without a source.
    pub fn source(self, site: &Site) -> Option<&Witness> {
        self.record(site)?.sources.get(self.witness)
    }
}

/// A list of documents with pages of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Tree.
    pub tree: usize,
    /// What is listed: the whole tree by its root, or some of what lies directly below it.
    pub nodes: Vec<NodeId>,
    /// Whether the documents that lie directly below the root are listed here too.
    pub own: bool,
    /// Address of its first page without ending.
    pub path: String,
    /// Number of items.
    pub total: usize,
    /// Whether it leads to the other parts of its tree and lists no documents.
    pub leads: bool,
}

impl Part {
    /// Number of its pages.
    pub fn pages(&self) -> usize {
        self.total.div_ceil(MOST_LISTED).max(1)
    }

    /// Address of one of its pages, counted from 0.
    pub fn address(&self, page: usize) -> String {
        page_address(&self.path, page)
    }
}

/// Address of a page of a list that is cut into several, counted from 0: `calendar.html`, `calendar/2.html`. No id holds
/// a slash, so no document can be in the way.
pub fn page_address(path: &str, page: usize) -> String {
    if page == 0 { format!("{path}.html") } else { format!("{path}/{}.html", page + 1) }
}

impl Archives {
    /// Trees of a kind, with their places.
    pub fn of_kind(&self, shows: Shows) -> impl Iterator<Item = &Tree> {
        self.trees.iter().filter(move |tree| tree.shows == shows)
    }

    /// Where a place is listed: address within the site, with its anchor.
    pub fn address(&self, node: NodeId) -> Option<String> {
        let node = self.nodes.get(node)?;
        let part = self.parts.get(node.part)?;
        let address = part.address(node.first / MOST_LISTED);
        Some(if node.parent.is_none() { address } else { format!("{address}#{}", node.anchor) })
    }

    /// The repository that a register entry describes, where documents are drawn from it.
    pub fn described_by(&self, entry: EntryId) -> Option<&Tree> {
        self.of_kind(Shows::Repository).find(|tree| tree.entries.contains(&entry))
    }

    /// The first page of a tree.
    pub fn landing(&self, tree: &Tree) -> Option<String> {
        Some(self.parts.get(tree.parts.start)?.address(0))
    }

    /// A place and all that it is part of, the innermost first, without the root.
    pub fn path(&self, node: NodeId) -> impl Iterator<Item = (NodeId, &Node)> {
        let here = move |id: NodeId| self.nodes.get(id).map(|node| (id, node));
        let inner = std::iter::successors(here(node), move |(_, node)| here(node.parent?));
        inner.filter(|(_, node)| node.parent.is_some())
    }
}

/// An entry of a register of repositories.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct EntryId {
    /// Volume; none for the edition's registers.
    pub volume: Option<usize>,
    /// Place of the entry.
    pub entry: usize,
}

/// Repositories by the names that sources use: id, name, variant or siglum.
#[derive(Debug, Clone, Default)]
pub struct Names {
    edition: BTreeMap<Box<str>, EntryId>,
    volumes: Vec<BTreeMap<Box<str>, EntryId>>,
}

impl Names {
    /// The names in the registers of an edition.
    pub fn of(site: &Site) -> Self {
        let names = |volume| register(site, volume).map(|register| index(volume, register)).unwrap_or_default();
        Names { edition: names(None), volumes: (0..site.volumes.len()).map(|number| names(Some(number))).collect() }
    }

    /// The entry that has a name, in the volume's register first, then in the edition's.
    pub fn find(&self, volume: Option<usize>, name: &str) -> Option<EntryId> {
        let own = volume.and_then(|volume| self.volumes.get(volume)).and_then(|names| names.get(name));
        own.or_else(|| self.edition.get(name)).copied()
    }
}

/// Of several entries with a name, the first has it.
fn index(volume: Option<usize>, register: &Register) -> BTreeMap<Box<str>, EntryId> {
    let mut names = BTreeMap::new();
    for (number, entry) in register.entries.iter().enumerate() {
        let all = [&entry.id, &entry.name].into_iter().chain(&entry.variants).chain(&entry.siglum);
        for name in all {
            names.entry(name.as_str().into()).or_insert(EntryId { volume, entry: number });
        }
    }
    names
}

/// The register of repositories of a volume or of the edition.
pub fn register(site: &Site, volume: Option<usize>) -> Option<&Register> {
    site.registers_of(volume).iter().find(|register| register.kind == RegisterKind::Repositories)
}

impl EntryId {
    /// The entry itself.
    pub fn entry(self, site: &Site) -> Option<&RegisterEntry> {
        register(site, self.volume)?.entries.get(self.entry)
    }

    /// The entry that describes the same repository for the whole edition, where the editors say so.
    pub fn joined(self, site: &Site) -> EntryId {
        let of_edition = || {
            let is = self.volume.and(self.entry(site)?.is.as_ref())?;
            let entries = &register(site, None)?.entries;
            let entry = entries.iter().position(|entry| entry.id == is.text)?;
            Some(EntryId { volume: None, entry })
        };
        of_edition().unwrap_or(self)
    }
}
