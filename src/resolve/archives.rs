//! Where the documents of the edition lie: a tree for each repository, from the sources of documents and attachments.

mod arrange;
mod slug;

use crate::model::archives::{Archives, EntryId, Item, Names, Node, NodeId, Shows, Step, Tree};
use crate::model::document::Kind;
use crate::model::links::find_entry;
use crate::model::record::{PrintedIn, Record, Witness};
use crate::model::register::RegisterKind;
use crate::model::site::{PageId, Site};
use std::collections::BTreeMap;

/// The archives of an edition: its published documents, in the order of their volumes.
pub fn archives(site: &Site) -> Archives {
    let mut shelves = Shelves { site, names: Names::of(site), roots: BTreeMap::new(), nodes: Nodes::default() };
    let mut documents = 0;
    for volume in site.volumes.iter().filter(|volume| volume.published) {
        for &page in &volume.documents {
            shelves.document(page);
            documents += 1;
        }
    }
    let Shelves { names, roots, nodes, .. } = shelves;
    let mut archives = Archives { names, nodes: nodes.all, places: nodes.places, documents, ..Archives::default() };
    arrange::arrange(site, roots, &mut archives);
    archives
}

/// What a tree is, before it has an address. The order is that in which names are given.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Root {
    /// A repository that a register describes.
    Described(EntryId),
    /// A repository that stands for itself.
    Words(Box<str>),
    /// Another tree.
    Other(Shows),
}

struct Shelves<'s> {
    site: &'s Site,
    names: Names,
    roots: BTreeMap<Root, Tree>,
    nodes: Nodes,
}

/// Places as they are found.
#[derive(Default)]
struct Nodes {
    all: Vec<Node>,
    known: BTreeMap<(NodeId, Step, Box<str>), NodeId>,
    places: BTreeMap<Item, NodeId>,
}

impl Nodes {
    fn add(&mut self, parent: Option<NodeId>, step: Step, name: &str) -> NodeId {
        self.all.push(Node {
            tree: 0,
            parent,
            step,
            name: name.into(),
            anchor: "".into(),
            children: Vec::new(),
            items: Vec::new(),
            documents: 0,
            total: 0,
            first: 0,
            part: 0,
        });
        self.all.len() - 1
    }

    /// The place of that name directly below another.
    fn below(&mut self, parent: NodeId, step: Step, name: &str) -> NodeId {
        let key = (parent, step, name.into());
        if let Some(&known) = self.known.get(&key) {
            return known;
        }
        let node = self.add(Some(parent), step, name);
        self.all[parent].children.push(node);
        self.known.insert(key, node);
        node
    }

    fn along(&mut self, root: NodeId, path: &[(Step, Box<str>)]) -> NodeId {
        path.iter().fold(root, |node, (step, name)| self.below(node, *step, name))
    }
}

impl Shelves<'_> {
    fn document(&mut self, page: PageId) {
        let outline = &self.site.pages[page].outline;
        // The kinds that are to have a source; what was not found has evidence in its place.
        let sourced = matches!(outline.kind, Kind::Document | Kind::Withheld | Kind::Calendar);
        if sourced && outline.record.sources.is_empty() {
            let root = self.root(Root::Other(Shows::Unplaced), "");
            let node = self.nodes.below(root, Step::Sourceless, "");
            self.nodes.all[node].items.push(Item { page, attachment: 0, witness: 0 });
        }
        let records = std::iter::once(&outline.record).chain(&outline.attachments);
        records.enumerate().for_each(|(attachment, record)| self.record(page, attachment, record));
    }

    fn record(&mut self, page: PageId, attachment: usize, record: &Record) {
        for (witness, source) in record.sources.iter().enumerate() {
            let item = Item { page, attachment, witness };
            let node = self.place(page, source);
            self.nodes.all[node].items.push(item);
            self.nodes.places.insert(item, node);
            self.markings(item, source);
        }
    }

    /// The place of a witness.
    fn place(&mut self, page: PageId, source: &Witness) -> NodeId {
        let path = path(source);
        if let Some(name) = source.repository.as_deref().filter(|name| !name.is_empty()) {
            let volume = self.site.pages[page].volume;
            let entry = self.names.find(volume, name);
            let joined = entry.map(|entry| entry.joined(self.site));
            let key = joined.map_or_else(|| Root::Words(name.into()), Root::Described);
            let root = self.root(key.clone(), name);
            if let Some(tree) = self.roots.get_mut(&key) {
                note(tree, entry, source);
            }
            return self.nodes.along(root, &path);
        }
        match &source.printed {
            Some(printing) if path.is_empty() => {
                let name = self.printed_words(page, printing);
                let root = self.root(Root::Other(Shows::Printings), "");
                self.nodes.below(root, Step::Printing, &name)
            }
            _ => {
                let root = self.root(Root::Other(Shows::Unplaced), "");
                let unnamed = self.nodes.below(root, Step::Unnamed, "");
                self.nodes.along(unnamed, &path)
            }
        }
    }

    /// The root of a tree. That of a repository has the name of its register entry.
    fn root(&mut self, root: Root, name: &str) -> NodeId {
        if let Some(tree) = self.roots.get(&root) {
            return tree.root;
        }
        let described = match root {
            Root::Described(id) => id.entry(self.site).map(|entry| entry.name.as_str()),
            Root::Words(_) | Root::Other(_) => None,
        };
        let node = self.nodes.add(None, Step::Root, described.unwrap_or(name));
        let shows = if let Root::Other(shows) = root { shows } else { Shows::Repository };
        let entries = if let Root::Described(id) = root { vec![id] } else { Vec::new() };
        self.roots.insert(root, Tree { shows, entries, root: node, towns: Vec::new(), parts: 0..0 });
        node
    }

    /// A printed work in words: its citation, else the name of its register entry, else the reference as written.
    fn printed_words(&self, page: PageId, printing: &PrintedIn) -> Box<str> {
        let named = || {
            let reference = printing.reference.as_deref()?;
            let (scheme, id) = reference.split_once(':')?;
            let kind = RegisterKind::of_scheme(scheme)?;
            let found = find_entry(self.site, self.site.pages[page].volume, kind, id)?;
            Some(found.entry.name.as_str().into())
        };
        let words = printing.citation.clone().or_else(named);
        words.or_else(|| printing.reference.clone()).unwrap_or_default()
    }

    fn markings(&mut self, item: Item, source: &Witness) {
        let classification = source.classification.iter().map(|word| (Step::Classification, word));
        let handling = source.handling.iter().map(|word| (Step::Handling, word));
        for (step, word) in classification.chain(handling).filter(|(_, word)| !word.is_empty()) {
            let root = self.root(Root::Other(Shows::Markings), "");
            let mut path = vec![(step, "".into())];
            if let Some(normal) = self.site.settings.classifications.get(&**word) {
                path.extend(normal.class.as_deref().map(|class| (Step::Class, class.into())));
                path.extend(normal.label.as_deref().map(|label| (Step::Label, label.into())));
            }
            path.push((Step::Marking, word.clone()));
            let node = self.nodes.along(root, &path);
            self.nodes.all[node].items.push(item);
        }
    }
}

/// Takes note of what a source says of its repository.
fn note(tree: &mut Tree, entry: Option<EntryId>, source: &Witness) {
    let more = entry.filter(|entry| !tree.entries.contains(entry));
    tree.entries.extend(more);
    let town = source.place.as_ref().filter(|town| !town.is_empty() && !tree.towns.contains(town));
    tree.towns.extend(town.cloned());
}

/// Deeper paths of collections than any archive has are one name from here on.
const DEEPEST: usize = 12;

/// The way from the repository down to where the text lies.
fn path(source: &Witness) -> Vec<(Step, Box<str>)> {
    let one = |step: Step, name: &Option<Box<str>>| name.clone().map(|name| (step, name));
    let (upper, lower) = source.collection.split_at(source.collection.len().min(DEEPEST));
    let mut path: Vec<_> = one(Step::RecordGroup, &source.record_group).into_iter().collect();
    path.extend(upper.iter().map(|name| (Step::Collection, name.clone())));
    path.extend((!lower.is_empty()).then(|| (Step::Collection, lower.join(" › ").into())));
    path.extend(
        [
            one(Step::Series, &source.series),
            one(Step::Lot, &source.lot),
            one(Step::Box, &source.box_),
            one(Step::Folder, &source.folder),
            one(Step::File, &source.file),
            one(Step::Shelfmark, &source.shelfmark),
        ]
        .into_iter()
        .flatten(),
    );
    path.retain(|(_, name)| !name.is_empty());
    path
}
