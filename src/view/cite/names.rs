//! Names as bibliographies want them: family and given name apart where that is sure, else as they are written.

use crate::model::document::{Basis, Editor};
use crate::model::record::Named;
use std::collections::BTreeMap;

/// A person or a body to be cited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Name in the order in which it is spoken.
    pub name: String,
    /// Family and given name; none for bodies, and where it is not sure which is which.
    pub parts: Option<Parts>,
    /// Whether it is a body rather than a person; nothing where that is not known.
    pub is_body: Option<bool>,
    /// Whether the editors inferred it.
    pub inferred: bool,
}

/// The parts of a person's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parts {
    /// Family name, with what belongs to it: `von Hofmannsthal`.
    pub family: String,
    /// Given names.
    pub given: String,
    /// `Jr.`, `III`.
    pub suffix: Option<String>,
}

impl Person {
    /// One who is named in front matter. Only of a person is the name taken apart: one who is said to be one, or has an
    /// entry in a register of persons; the entry's `Family, Given` is then the best witness.
    pub fn named(named: &Named, names: &BTreeMap<Box<str>, String>) -> Person {
        let reference = named.reference.as_deref().and_then(|reference| reference.split('+').next());
        let is_person = match named.kind.as_deref() {
            Some(kind) => kind == "person",
            None => reference.is_some_and(|reference| reference.starts_with("person:")),
        };
        let entry = reference.filter(|_| is_person).and_then(|reference| names.get(reference));
        let parts = match (is_person, entry) {
            (false, _) => None,
            (true, Some(entry)) if entry.contains(", ") => inverted(entry),
            (true, _) => inverted(&named.name).or_else(|| natural(&named.name)),
        };
        let is_body = match (named.kind.as_deref(), reference) {
            (Some(kind), _) => Some(kind != "person"),
            (None, Some(reference)) if reference.starts_with("org:") => Some(true),
            (None, _) => is_person.then_some(false),
        };
        Person { is_body, inferred: named.basis != Basis::Stated, ..Person::new(&named.name, parts) }
    }

    /// An editor. Who has an ORCID is a person.
    pub fn editor(editor: &Editor) -> Person {
        let parts = match editor.orcid {
            Some(_) => inverted(&editor.name).or_else(|| natural(&editor.name)),
            None => None,
        };
        Person::new(&editor.name, parts)
    }

    fn new(written: &str, parts: Option<Parts>) -> Person {
        let turned = parts.as_ref().filter(|_| written.contains(", ")).map(Parts::spoken);
        Person { name: turned.unwrap_or_else(|| written.to_owned()), parts, is_body: None, inferred: false }
    }

    /// The name as it is spoken; in brackets where it was inferred.
    pub fn spoken(&self) -> String {
        self.marked(self.name.clone())
    }

    /// The name as it is sorted: `Rusk, Dean`.
    pub fn sorted(&self) -> String {
        self.marked(self.parts.as_ref().map_or_else(|| self.name.clone(), Parts::sorted))
    }

    fn marked(&self, name: String) -> String {
        if self.inferred { format!("[{name}]") } else { name }
    }
}

impl Parts {
    fn spoken(&self) -> String {
        let suffix = self.suffix.as_ref().map(|suffix| format!(", {suffix}")).unwrap_or_default();
        format!("{} {}{suffix}", self.given, self.family)
    }

    /// Family name first.
    pub fn sorted(&self) -> String {
        let suffix = self.suffix.as_ref().map(|suffix| format!(", {suffix}")).unwrap_or_default();
        format!("{}, {}{suffix}", self.family, self.given)
    }
}

/// `Lay, James S., Jr.`
fn inverted(name: &str) -> Option<Parts> {
    let (family, rest) = name.split_once(", ")?;
    if is_suffix(rest) {
        return natural(name);
    }
    let (given, suffix) = match rest.rsplit_once(", ") {
        Some((given, suffix)) if is_suffix(suffix) => (given, Some(suffix.to_owned())),
        _ => (rest, None),
    };
    // What follows further commas are titles and offices.
    let given = given.split(", ").next().unwrap_or(given);
    Some(Parts { family: family.trim().to_owned(), given: given.trim().to_owned(), suffix })
}

/// `James S. Lay`, `Hugo von Hofmannsthal`, `John D. Doe Jr.`
fn natural(name: &str) -> Option<Parts> {
    let (name, suffix) = match name.rsplit_once(' ') {
        Some((before, last)) if is_suffix(last) => (before.trim_end_matches(','), Some(last.to_owned())),
        _ => (name, None),
    };
    let words: Vec<&str> = name.split(' ').collect();
    let lower = |word: &&str| word.starts_with(char::is_lowercase);
    let family = words.iter().skip(1).position(lower).map_or(words.len().checked_sub(1)?, |at| at + 1);
    let (given, family) = words.split_at(family);
    let known = !given.is_empty() && !family.is_empty();
    known.then(|| Parts { family: family.join(" "), given: given.join(" "), suffix })
}

fn is_suffix(word: &str) -> bool {
    matches!(word, "Jr." | "Jr" | "Sr." | "Sr" | "II" | "III" | "IV")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_persons_are_taken_apart() {
        let parts = |name: &str| inverted(name).or_else(|| natural(name)).map(|parts| parts.sorted());
        for (name, sorted) in [
            ("Dean Rusk", Some("Rusk, Dean")),
            ("Lay, James S., Jr.", Some("Lay, James S., Jr.")),
            ("James S. Lay, Jr.", Some("Lay, James S., Jr.")),
            ("John D. Doe III", Some("Doe, John D., III")),
            ("Hugo von Hofmannsthal", Some("von Hofmannsthal, Hugo")),
            ("Rusk, Dean, Secretary of State", Some("Rusk, Dean")),
            ("Khrushchev", None),
        ] {
            assert_eq!(parts(name).as_deref(), sorted, "{name}");
        }
    }
}
