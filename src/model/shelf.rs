//! Pages that stand side by side in the contents of a volume: the documents and sections directly below one section.

use super::site::{Node, PageId};
use std::collections::BTreeMap;

/// The contents of a volume, shelf by shelf.
#[derive(Debug, Clone, Default)]
pub struct Shelves {
    shelves: Vec<Vec<PageId>>,
    places: BTreeMap<PageId, (usize, usize)>,
}

/// A page with those that stand next to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window<'s> {
    /// How many come before those that are shown.
    pub before: usize,
    /// Those that are shown, in the order of the contents, the page itself among them.
    pub pages: &'s [PageId],
    /// How many come after them.
    pub after: usize,
}

impl Shelves {
    /// Those of a contents tree. Folders without a page of their own are passed over; what lies in them is not.
    pub fn of(tree: &[Node]) -> Shelves {
        let mut shelves = Shelves::default();
        shelves.add(tree);
        shelves
    }

    fn add(&mut self, nodes: &[Node]) {
        let page = |node: &Node| match node {
            Node::Page(page) => Some(*page),
            Node::Section { page, .. } => *page,
        };
        let pages: Vec<PageId> = nodes.iter().filter_map(page).collect();
        let shelf = self.shelves.len();
        self.places.extend(pages.iter().enumerate().map(|(place, &page)| (page, (shelf, place))));
        self.shelves.push(pages);
        for node in nodes {
            if let Node::Section { children, .. } = node {
                self.add(children);
            }
        }
    }

    /// A page with as many as `reach` on either side; at an end of the shelf the other side has more, so that the window
    /// is as long everywhere.
    pub fn window(&self, page: PageId, reach: usize) -> Option<Window<'_>> {
        let &(shelf, place) = self.places.get(&page)?;
        let shelf = self.shelves.get(shelf)?;
        let length = (2 * reach + 1).min(shelf.len());
        let first = place.saturating_sub(reach).min(shelf.len() - length);
        let pages = shelf.get(first..first + length)?;
        Some(Window { before: first, pages, after: shelf.len() - first - length })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(window: Option<Window<'_>>) -> Option<(usize, Vec<PageId>, usize)> {
        window.map(|window| (window.before, window.pages.to_vec(), window.after))
    }

    #[test]
    fn a_window_is_as_long_at_the_ends_of_its_shelf() {
        let shelves = Shelves::of(&(10..18).map(Node::Page).collect::<Vec<_>>());
        assert_eq!(shown(shelves.window(14, 2)), Some((2, vec![12, 13, 14, 15, 16], 1)));
        assert_eq!(shown(shelves.window(10, 2)), Some((0, vec![10, 11, 12, 13, 14], 3)));
        assert_eq!(shown(shelves.window(17, 2)), Some((3, vec![13, 14, 15, 16, 17], 0)));
        assert_eq!(shown(shelves.window(17, 9)), Some((0, (10..18).collect(), 0)));
        assert_eq!(shelves.window(18, 2), None);
    }

    #[test]
    fn sections_stand_beside_documents_and_their_own_documents_apart() {
        let section = |page, children| Node::Section { page, name: String::new(), children };
        let tree = [Node::Page(1), section(Some(2), vec![Node::Page(3)]), section(None, vec![Node::Page(4)])];
        let shelves = Shelves::of(&tree);
        assert_eq!(shown(shelves.window(2, 3)), Some((0, vec![1, 2], 0)));
        assert_eq!(shown(shelves.window(3, 3)), Some((0, vec![3], 0)));
        assert_eq!(shown(shelves.window(4, 3)), Some((0, vec![4], 0)));
    }
}
