//! Names of archives and collections that may be one: two that stand beside each other and hardly differ.

use crate::diag::{Code, Diagnostic, Place};
use crate::load;
use crate::model::archives::{Item, Node, NodeId, Shows, Step};
use crate::model::site::Site;
use crate::parse::front_matter;
use crate::yaml::{Places, Step as Field};
use std::path::Path;
use std::sync::Arc;

/// What an editor may want to look at, at the first document of the rarer name.
pub(super) fn alike(root: &Path, site: &Site) -> Vec<Diagnostic> {
    let archives = &site.archives;
    let roots: Vec<NodeId> = archives.of_kind(Shows::Repository).map(|tree| tree.root).collect();
    let below = |node: &Node| -> Vec<NodeId> {
        let named = |id: &NodeId| archives.nodes.get(*id).is_some_and(|node| is_named(node.step));
        node.children.iter().copied().filter(named).collect()
    };
    let mut waiting = vec![roots];
    let mut found = Vec::new();
    while let Some(ids) = waiting.pop() {
        let nodes: Vec<&Node> = ids.iter().filter_map(|id| archives.nodes.get(*id)).collect();
        for (at, one) in nodes.iter().enumerate() {
            for other in nodes.iter().skip(at + 1).filter(|other| are_near(&one.name, &other.name)) {
                let (rare, usual) = if one.documents < other.documents { (one, other) } else { (other, one) };
                found.extend(advice(root, site, rare, usual));
            }
        }
        waiting.extend(nodes.into_iter().map(below).filter(|ids| !ids.is_empty()));
    }
    found
}

fn is_named(step: Step) -> bool {
    matches!(step, Step::Collection | Step::Series)
}

fn advice(root: &Path, site: &Site, rare: &Node, usual: &Node) -> Option<Diagnostic> {
    let item = first_item(site, rare)?;
    let counted = |node: &Node| match node.documents {
        1 => format!("`{}` (1 document)", node.name),
        count => format!("`{}` ({count} documents)", node.name),
    };
    let message = format!("{} may be {}", counted(rare), counted(usual));
    let key = match rare.step {
        Step::Series => "series",
        Step::Collection => "collection",
        _ => "repository",
    };
    let place = place(root, site, item, key)?;
    Some(Diagnostic::new(Code::ARCHIVES_ALIKE, place, message).help("if they are one, write one name in all documents"))
}

fn first_item(site: &Site, node: &Node) -> Option<Item> {
    let mut waiting = vec![node];
    while let Some(node) = waiting.pop() {
        if let Some(item) = node.items.first() {
            return Some(*item);
        }
        waiting.extend(node.children.iter().rev().filter_map(|id| site.archives.nodes.get(*id)));
    }
    None
}

/// The field of a document's first witness, or what is nearest to it in the file.
fn place(root: &Path, site: &Site, item: Item, key: &str) -> Option<Place> {
    let page = site.pages.get(item.page)?;
    let text = load::read(root, &page.source).ok()?;
    let split = front_matter::split(&text).ok()?;
    let name = |name: &str| Field::Key(name.to_owned());
    let path = match (item.attachment, item.witness) {
        (0, 0) => vec![name("source"), name(key)],
        (0, witness) => vec![name("source"), Field::Index(witness), name(key)],
        _ => vec![name("attachments")],
    };
    let span = Places::scan(split.yaml).nearest(&path)?;
    Some(Place { span: Some(split.yaml_at + span.start..split.yaml_at + span.end), file: Arc::clone(&page.source) })
}

/// Whether two names may be one: the same but for case, punctuation and accents; one the initials of the other; letters
/// exchanged in a short one; a letter in eight wrong in a longer one, all numbers being equal.
fn are_near(one: &str, other: &str) -> bool {
    let (first, second) = (letters(one), letters(other));
    if first == second {
        return true;
    }
    if first.is_empty() || second.is_empty() || digits(one) != digits(other) {
        return false;
    }
    initials(one) == second || initials(other) == first || is_slip(&first, &second)
}

fn letters(name: &str) -> Vec<char> {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn digits(name: &str) -> Vec<&str> {
    name.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty()).collect()
}

/// "National Security Files" as "nsf"; nothing for one word.
fn initials(name: &str) -> Vec<char> {
    let words: Vec<&str> = name.split([' ', '-']).filter(|word| word.starts_with(char::is_alphanumeric)).collect();
    let great = words.iter().filter(|word| word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()));
    let initials: Vec<char> = great.filter_map(|word| word.chars().next()).flat_map(char::to_lowercase).collect();
    if initials.len() < 2 { Vec::new() } else { initials }
}

fn is_slip(one: &[char], other: &[char]) -> bool {
    let longest = one.len().max(other.len());
    if longest < 8 {
        let differing: Vec<usize> = (0..longest).filter(|at| one.get(*at) != other.get(*at)).collect();
        return longest > 2
            && matches!(differing.as_slice(), [at, next]
                if *next == at + 1 && one.get(*at) == other.get(*next) && one.get(*next) == other.get(*at));
    }
    let (one, other): (String, String) = (one.iter().collect(), other.iter().collect());
    crate::diag::nearest::is_within(&one, &other, longest / 8)
}

#[cfg(test)]
mod tests {
    use super::are_near;

    #[test]
    fn names_that_hardly_differ_are_near() {
        for (one, other) in [
            ("NSF", "NFS"),
            ("NSF", "National Security Files"),
            ("National Security Files", "National Securiy Files"),
            ("Job 79-R1", "Job 79–R1"),
            ("DCI (McCone) Files", "DCI McCone files"),
        ] {
            assert!(are_near(one, other) && are_near(other, one), "{one} {other}");
        }
        for (one, other) in [
            ("NSF", "NSC"),
            ("CF", "FC"),
            ("Series 12 of Letters", "Series 13 of Letters"),
            ("Ball Papers", "Bell Archives"),
            ("Countries Series", "Meetings Series"),
            ("Files", "F"),
            ("", "N"),
        ] {
            assert!(!are_near(one, other), "{one} {other}");
        }
    }
}
