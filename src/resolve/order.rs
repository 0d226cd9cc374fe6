//! The contents of a volume: folders become sections, siblings are put in order.

use crate::diag::Code;
use crate::diag::nearest::nearest;
use crate::model::document::{Kind, Matter, Sort};
use crate::model::issue::{At, Issue};
use crate::model::natural::{Natural, natural};
use crate::model::site::{Ancestor, Finding, Node, Page, PageId, Role, Unread};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Files and folders that lie in one folder.
#[derive(Debug, Default)]
struct Folder {
    index: Option<PageId>,
    files: Vec<PageId>,
    folders: Vec<String>,
}

/// How the children of a folder are ordered, and where that is said.
pub struct Rule<'a> {
    /// By what.
    pub sort: Sort,
    /// Ids that come first, with their places.
    pub order: &'a [(Box<str>, At)],
    /// Source that says so.
    pub source: Arc<str>,
}

/// The volume whose contents are made.
pub struct Whole<'a> {
    /// Its folder.
    pub folder: &'a str,
    /// How its children are ordered.
    pub rule: Rule<'a>,
    /// What could not be read.
    pub unread: &'a Unread,
}

/// Makes the contents of a volume from its pages and gives each page its ancestors.
pub fn contents(volume: &Whole<'_>, pages: &mut [Page], members: &[PageId], findings: &mut Vec<Finding>) -> Vec<Node> {
    let root = volume.folder;
    let mut folders: BTreeMap<String, Folder> = BTreeMap::new();
    folders.entry(root.to_owned()).or_default();
    for &member in members {
        let page = &pages[member];
        let folder = page.source.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        add_folder(&mut folders, root, &folder);
        let entry = folders.entry(folder).or_default();
        if page.role == Role::Folder { entry.index = Some(member) } else { entry.files.push(member) }
    }
    let mut builder = Builder { folders: &folders, pages, volume, findings, trail: Vec::new() };
    builder.children(root, &volume.rule)
}

/// A folder and those above it, up to the volume's.
fn add_folder(folders: &mut BTreeMap<String, Folder>, root: &str, folder: &str) {
    if folders.contains_key(folder) || folder.len() <= root.len() {
        return;
    }
    folders.insert(folder.to_owned(), Folder::default());
    if let Some((above, _)) = folder.rsplit_once('/') {
        add_folder(folders, root, above);
        if let Some(parent) = folders.get_mut(above) {
            parent.folders.push(folder.to_owned());
        }
    }
}

struct Builder<'a> {
    folders: &'a BTreeMap<String, Folder>,
    pages: &'a mut [Page],
    volume: &'a Whole<'a>,
    findings: &'a mut Vec<Finding>,
    trail: Vec<Ancestor>,
}

impl Builder<'_> {
    fn children(&mut self, path: &str, rule: &Rule<'_>) -> Vec<Node> {
        let Some(folder) = self.folders.get(path) else { return Vec::new() };
        let mut children = Vec::new();
        for &file in &folder.files {
            self.pages[file].ancestors = self.trail.clone();
            if self.pages[file].published && self.pages[file].introduces.is_none() {
                children.push(Node::Page(file));
            }
        }
        for below in &folder.folders {
            children.extend(self.section(below));
        }
        self.sort(&mut children, rule);
        children
    }

    fn section(&mut self, path: &str) -> Option<Node> {
        let folder = self.folders.get(path)?;
        let name = folder_words(path);
        let index = folder.index;
        let (rule, published) = match index {
            Some(page) => {
                self.pages[page].ancestors = self.trail.clone();
                let outline = &self.pages[page].outline;
                let rule =
                    (outline.sort.unwrap_or_default(), outline.order.clone(), Arc::clone(&self.pages[page].source));
                (rule, self.pages[page].published)
            }
            None => {
                self.untitled(path, &name);
                ((Sort::default(), Vec::new(), Arc::from(path)), true)
            }
        };
        self.trail.push(Ancestor { page: index.filter(|_| published), name: name.clone() });
        let rule = Rule { sort: rule.0, order: &rule.1, source: rule.2 };
        let children = self.children(path, &rule);
        self.trail.pop();
        let shown = published && (index.is_some() || !children.is_empty());
        shown.then_some(Node::Section { page: index, name, children })
    }

    /// A folder without a title, unless its `_index.md` is there and could only not be used.
    fn untitled(&mut self, path: &str, name: &str) {
        if self.volume.unread.sources.contains(format!("{path}/_index.md").as_str()) {
            return;
        }
        let message = format!("this folder has no _index.md, so its name stands in the contents: {name}");
        let issue = Issue::new(Code::SECTION_UNTITLED, At::field(At::FRONT), message);
        let help = "write `_index.md` in it with the `title:` of the section";
        self.findings.push(Finding { source: Arc::from(path), issue: issue.help(help) });
    }

    fn sort(&mut self, children: &mut [Node], rule: &Rule<'_>) {
        let pages = &*self.pages;
        let listed = |node: &Node| -> Option<usize> {
            let id = node_id(node, pages)?;
            rule.order.iter().position(|(wanted, _)| **wanted == *id)
        };
        for (number, (wanted, at)) in rule.order.iter().enumerate() {
            let here = children.iter().any(|node| node_id(node, pages).is_some_and(|id| *id == **wanted));
            let again = rule.order[..number].iter().any(|(earlier, _)| earlier == wanted);
            // A draft keeps its place in the list.
            let unseen = self.volume.unread.hides_document(self.volume.folder, wanted)
                || pages.iter().any(|page| !page.published && *page.id == **wanted);
            let (message, help) = if again {
                (format!("`order` names `{wanted}` twice"), "take one of the two away".to_owned())
            } else if here || unseen {
                continue;
            } else {
                let known = children.iter().filter_map(|node| node_id(node, pages));
                let help = nearest(wanted, known).map_or_else(
                    || "list ids of documents and sections that lie in this folder itself".to_owned(),
                    |near| format!("did you mean `{near}`?"),
                );
                (format!("`order` names `{wanted}`, which is not in this folder"), help)
            };
            let issue = Issue::new(Code::ORDER_UNKNOWN, *at, message).help(help);
            self.findings.push(Finding { source: Arc::clone(&rule.source), issue });
        }
        children.sort_by_cached_key(|node| {
            let place = listed(node).unwrap_or(usize::MAX);
            let matter = matter(node, pages);
            (if place == usize::MAX { matter } else { Matter::Front }, place, sort_key(node, pages, rule.sort))
        });
        // An explicit list wins over matter: what it names comes first, in its order.
        children.sort_by_key(|node| listed(node).unwrap_or(usize::MAX));
    }
}

fn node_page(node: &Node) -> Option<PageId> {
    match node {
        Node::Page(page) => Some(*page),
        Node::Section { page, .. } => *page,
    }
}

fn node_id<'p>(node: &Node, pages: &'p [Page]) -> Option<&'p str> {
    node_page(node).map(|page| pages[page].id.as_str())
}

fn matter(node: &Node, pages: &[Page]) -> Matter {
    let Some(page) = node_page(node) else { return Matter::Body };
    let default = match node {
        Node::Page(_) if pages[page].outline.kind == Kind::Section => Matter::Front,
        _ => Matter::Body,
    };
    pages[page].outline.matter.unwrap_or(default)
}

/// By what a sibling is placed: things with a number before those without, then by name.
type SortKey = (bool, Option<Natural>, Option<crate::model::date::SortKey>, Natural);

fn sort_key(node: &Node, pages: &[Page], sort: Sort) -> SortKey {
    let page = node_page(node).map(|page| &pages[page]);
    let name = match (node, page) {
        (Node::Section { name, .. }, None) => natural(name),
        (_, Some(page)) => natural(name_of(page)),
        (_, None) => natural(""),
    };
    let number = page.and_then(|page| page.outline.number.as_deref()).map(natural);
    let date = page.and_then(|page| page.outline.date()).map(crate::model::date::Edtf::sort_key);
    match sort {
        Sort::Number => (number.is_none(), number, None, name),
        Sort::Date => (date.is_none(), None, date, name),
        Sort::Name => (false, None, None, name),
    }
}

/// File name without ending, or the folder's name.
fn name_of(page: &Page) -> &str {
    let (folder, file) = page.source.rsplit_once('/').unwrap_or(("", &page.source));
    match page.role {
        Role::Folder => folder.rsplit('/').next().unwrap_or(folder),
        _ => file.strip_suffix(".md").unwrap_or(file),
    }
}

/// A folder's name in words: `03-the-aftermath` is "the aftermath".
fn folder_words(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    default_folder_id(name).replace(['-', '_'], " ")
}

/// The id of a folder: its name without leading digits and hyphen.
pub fn default_folder_id(name: &str) -> &str {
    let rest = name.trim_start_matches(|c: char| c.is_ascii_digit());
    let rest = rest.strip_prefix(['-', '_', '.']).unwrap_or(rest);
    if rest.is_empty() { name } else { rest }
}
