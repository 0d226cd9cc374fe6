//! Places in their order, with anchors and counts, and the pages on which they are listed.

use super::Root;
use super::slug::{free, slug};
use crate::hash::Hash128;
use crate::model::archives::{Archives, Item, MOST_LISTED, Node, NodeId, Part, Shows, Step, Tree};
use crate::model::date::{Edtf, SortKey};
use crate::model::names::is_device;
use crate::model::natural::{Natural, natural};
use crate::model::site::Site;
use std::collections::{BTreeMap, BTreeSet};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Names of lists beside those of the repositories.
const LISTS: [(Shows, &str); 3] =
    [(Shows::Markings, "classifications"), (Shows::Printings, "printed"), (Shows::Unplaced, "unplaced")];

/// The page of what lies directly in a repository that is split.
const LOOSE: &str = "files";

/// Longer anchors are told by a hash.
const LONGEST: usize = 160;

/// Puts all trees in order and gives each place its anchor and its page.
pub fn arrange(site: &Site, roots: BTreeMap<Root, Tree>, archives: &mut Archives) {
    name_roots(site, &roots, archives);
    let mut trees: Vec<Tree> = roots.into_values().collect();
    trees.sort_by_cached_key(|tree| {
        let root = &archives.nodes[tree.root];
        (tree.shows, order(root), root.anchor.clone())
    });
    sort(site, &mut archives.nodes);
    name(&mut archives.nodes);
    count(&mut archives.nodes);
    for (number, mut tree) in trees.into_iter().enumerate() {
        let parts = parts(&archives.nodes, number, tree.root);
        let begin = archives.parts.len();
        tree.parts = begin..begin + parts.len();
        archives.nodes[tree.root].tree = number;
        archives.nodes[tree.root].part = begin;
        for (at, part) in parts.iter().enumerate() {
            fill(&mut archives.nodes, part, begin + at);
        }
        archives.parts.extend(parts);
        archives.trees.push(tree);
    }
}

/// Names of pages: a register entry has its id, a repository that stands for itself its words.
fn name_roots(site: &Site, roots: &BTreeMap<Root, Tree>, archives: &mut Archives) {
    let mut taken: BTreeSet<String> = LISTS.iter().map(|(_, name)| (*name).to_owned()).collect();
    let mut words = Vec::new();
    for (root, tree) in roots {
        let entry = tree.entries.first().and_then(|id| Some((id.volume, id.entry(site)?)));
        match (root, entry) {
            (Root::Other(shows), _) => {
                let list = LISTS.iter().find(|(of, _)| of == shows).map_or("", |(_, name)| name);
                archives.nodes[tree.root].anchor = list.into();
            }
            (Root::Described(_), Some((volume, entry))) => {
                let volume = volume.and_then(|number| site.volumes.get(number)).filter(|volume| !volume.at_root);
                let id = volume.map_or_else(|| entry.id.clone(), |volume| format!("{}-{}", volume.id, entry.id));
                archives.nodes[tree.root].anchor = page_name(&id, &id, &mut taken).into();
            }
            _ => words.push(tree.root),
        }
    }
    // In an order that does not depend on the documents that name them.
    words.sort_by_cached_key(|&root| order(&archives.nodes[root]));
    for root in words {
        let root = &mut archives.nodes[root];
        root.anchor = page_name(&slug(&root.name), &root.name, &mut taken).into();
    }
}

fn page_name(slug: &str, stands_for: &str, taken: &mut BTreeSet<String>) -> String {
    if is_device(slug) {
        taken.insert(slug.to_lowercase());
    }
    free(slug, stands_for, taken)
}

/// Places by what they are, then by name, in which numbers count and case, accents and punctuation do not.
fn order(node: &Node) -> (Step, Natural, Box<str>) {
    let base = node.name.nfd().filter(|c| !is_combining_mark(*c));
    let folded: String = base.flat_map(char::to_lowercase).map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    let words = folded.split_whitespace().collect::<Vec<_>>().join(" ");
    (node.step, natural(&words), node.name.clone())
}

/// Documents by date, the undated after them; those of one day in the order of the edition.
fn sort(site: &Site, nodes: &mut [Node]) {
    let keys: Vec<_> = nodes.iter().map(order).collect();
    let place = |item: &Item| -> (bool, Option<SortKey>, usize, usize, Item) {
        let date = item.record(site).and_then(|record| record.date.day()).map(|day| Edtf::sort_key(&day.edtf));
        let volume = site.pages[item.page].volume.unwrap_or(0);
        let position = site.volumes.get(volume).and_then(|volume| volume.positions.get(&item.page)).copied();
        (date.is_none(), date, volume, position.unwrap_or(0), *item)
    };
    for node in nodes {
        node.children.sort_by(|a, b| keys[*a].cmp(&keys[*b]));
        node.items.sort_by_cached_key(place);
    }
}

/// Anchors, which are the way to a place: `countries-series.cuba`. A place is found after that of which it is part.
fn name(nodes: &mut [Node]) {
    for id in 0..nodes.len() {
        let is_root = nodes[id].parent.is_none();
        let above = if is_root { String::new() } else { format!("{}.", nodes[id].anchor) };
        let mut taken = BTreeSet::new();
        if is_root {
            taken.insert(LOOSE.to_owned());
        }
        for child in nodes[id].children.clone() {
            let node = &nodes[child];
            let own = free(&step_slug(node), &format!("{}:{}", node.step.name(), node.name), &mut taken);
            let mut anchor = format!("{above}{own}");
            if anchor.len() > LONGEST {
                anchor = format!("x-{}", Hash128::of(anchor.as_bytes()));
            }
            nodes[child].anchor = anchor.into();
        }
    }
}

/// A bare number says nothing without what it counts.
fn step_slug(node: &Node) -> String {
    let words = match node.step {
        Step::RecordGroup => format!("rg {}", node.name),
        Step::Lot => format!("lot {}", node.name),
        Step::Box => format!("box {}", node.name),
        Step::Folder => format!("folder {}", node.name),
        Step::Unnamed | Step::Sourceless | Step::Classification | Step::Handling => node.step.name().to_owned(),
        _ => node.name.to_string(),
    };
    slug(&words)
}

/// Documents and items of each place with its parts, from the innermost up.
fn count(nodes: &mut [Node]) {
    let mut held: Vec<Vec<(usize, usize)>> = vec![Vec::new(); nodes.len()];
    for id in (0..nodes.len()).rev() {
        let mut documents = std::mem::take(&mut held[id]);
        documents.extend(nodes[id].items.iter().map(|item| (item.page, item.attachment)));
        documents.sort_unstable();
        documents.dedup();
        nodes[id].documents = documents.len();
        nodes[id].total += nodes[id].items.len();
        if let Some(parent) = nodes[id].parent {
            nodes[parent].total += nodes[id].total;
            held[parent].append(&mut documents);
        }
    }
}

/// The parts in which a tree is listed: itself, or one for each of its collections when it is too large for a page.
fn parts(nodes: &[Node], tree: usize, id: NodeId) -> Vec<Part> {
    let root = &nodes[id];
    let part = |nodes: Vec<NodeId>, path: String, total| Part { tree, nodes, own: false, path, total, leads: false };
    let path = format!("archives/{}", root.anchor);
    let (large, loose): (Vec<NodeId>, Vec<NodeId>) =
        root.children.iter().partition(|&&child| nodes[child].step.gathers());
    if root.total <= MOST_LISTED || large.is_empty() {
        return vec![Part { own: true, ..part(vec![id], path, root.total) }];
    }
    let mut parts = vec![Part { leads: true, ..part(Vec::new(), path.clone(), 0) }];
    let collections = large.into_iter().map(|child| {
        let node = &nodes[child];
        part(vec![child], format!("{path}/{}", node.anchor), node.total)
    });
    parts.extend(collections);
    let rest = root.items.len() + loose.iter().map(|&child| nodes[child].total).sum::<usize>();
    parts.extend((rest > 0).then(|| Part { own: true, ..part(loose, format!("{path}/{LOOSE}"), rest) }));
    parts
}

/// Tells each place of a part where it is listed: by how many items stand before it.
fn fill(nodes: &mut [Node], part: &Part, number: usize) {
    let mut before = 0;
    let whole = part.nodes.iter().any(|&id| nodes[id].parent.is_none());
    if part.own && !whole {
        before = part.total - part.nodes.iter().map(|&id| nodes[id].total).sum::<usize>();
    }
    let mut waiting: Vec<NodeId> = part.nodes.iter().rev().copied().collect();
    while let Some(id) = waiting.pop() {
        let node = &mut nodes[id];
        (node.tree, node.part, node.first) = (part.tree, number, before);
        before += node.items.len();
        waiting.extend(node.children.iter().rev());
    }
}
