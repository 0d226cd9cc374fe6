//! Names as bibliographies want them: family and given name apart where that is sure, else as they are written.

use crate::model::document::{Basis, Editor};
use crate::model::record::Named;
use std::collections::BTreeMap;

/// Titles and ranks that stand before given names in registers and are no part of them, in lower case without stops. They are
/// those of English, German and French; titles of nobility are part of names.
const HONORIFICS: &[&str] = &[
    // Forms of address and degrees.
    "mr",
    "mrs",
    "ms",
    "miss",
    "messrs",
    "dr",
    "prof",
    "professor",
    "hon",
    "sir",
    "dame",
    "rev",
    "reverend",
    "herr",
    "frau",
    "fräulein",
    "monsieur",
    "madame",
    "mademoiselle",
    "mme",
    "mlle",
    "docteur",
    "doktor",
    "professeur",
    // Ranks.
    "gen",
    "general",
    "général",
    "lt",
    "lieut",
    "lieutenant",
    "leutnant",
    "maj",
    "major",
    "brig",
    "brigadier",
    "col",
    "colonel",
    "oberst",
    "capt",
    "captain",
    "capitaine",
    "hauptmann",
    "cdr",
    "cmdr",
    "commander",
    "commodore",
    "adm",
    "admiral",
    "amiral",
    "sgt",
    "sergeant",
    "corporal",
    "marshal",
    "maréchal",
    "generalfeldmarschall",
    // Offices.
    "ambassador",
    "senator",
    "congressman",
    "congresswoman",
    "governor",
    "judge",
    "justice",
    "president",
    "secretary",
    "consul",
    "minister",
];

/// What stands before a rank, and is a title only with it: `Rear Admiral`.
const BEFORE_RANKS: &[&str] = &["vice", "rear", "air", "field", "fleet", "first", "second", "chief", "under"];

/// Beginnings of words that are in names of bodies and in no person's, in lower case. Editors are persons or bodies, and
/// front matter does not say which.
const BODIES: &[&str] = &[
    "academ",
    "akadem",
    "archiv",
    "association",
    "bibliot",
    "bureau",
    "center",
    "centre",
    "college",
    "comité",
    "commission",
    "committee",
    "company",
    "corporation",
    "council",
    "department",
    "département",
    "editor",
    "edition",
    "fondation",
    "foundation",
    "gesellschaft",
    "historical",
    "institut",
    "kommission",
    "librar",
    "ministè",
    "ministr",
    "museum",
    "musée",
    "embass",
    "legation",
    "office",
    "papers",
    "project",
    "projekt",
    "société",
    "society",
    "stiftung",
    "universit",
    "verein",
    "verlag",
    "zentrum",
];

/// Whole words that no person's name has.
const BODY_WORDS: &[&str] = &[
    "the", "of", "for", "and", "&", "und", "et", "für", "pour", "board", "group", "gruppe", "groupe", "press",
    "school", "service", "mission", "army", "navy", "staff", "team", "trust",
];

/// A person or a body to be cited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Name in the order in which it is spoken.
    pub name: String,
    /// The same as the register has it; as it is written, where no register has it.
    pub full: String,
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
    /// Given names, without titles and ranks.
    pub given: String,
    /// `Jr.`, `III`.
    pub suffix: Option<String>,
}

impl Person {
    /// One who is named in front matter. Only of a person is the name taken apart: one who is said to be one, has an entry
    /// in a register of persons, or is written with an initial; the entry's `Family, Given` is then the best witness.
    pub fn named(named: &Named, names: &BTreeMap<Box<str>, String>) -> Person {
        let reference = named.reference.as_deref().and_then(|reference| reference.split('+').next());
        let is_person = match (named.kind.as_deref(), reference) {
            (Some(kind), _) => kind == "person",
            (None, Some(reference)) => reference.starts_with("person:"),
            (None, None) => is_surely_person(&named.name),
        };
        let entry = reference.and_then(|reference| names.get(reference));
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
        let person = Person { is_body, inferred: named.basis != Basis::Stated, ..Person::new(&named.name, parts) };
        match entry {
            Some(entry) => person.registered(entry, is_person),
            None => person,
        }
    }

    /// An editor: a person, unless a word of the name tells of a body.
    pub fn editor(editor: &Editor) -> Person {
        let is_person = editor.orcid.is_some() || !names_body(&editor.name);
        let parts = || inverted(&editor.name).or_else(|| natural(&editor.name));
        Person::new(&editor.name, is_person.then(parts).flatten())
    }

    fn new(written: &str, parts: Option<Parts>) -> Person {
        let turned = parts.as_ref().filter(|_| written.contains(", ")).map(Parts::spoken);
        let name = turned.unwrap_or_else(|| written.to_owned());
        Person { full: name.clone(), name, parts, is_body: None, inferred: false }
    }

    /// With the name that a register has. Of a person who is written with the family name alone it is the name.
    fn registered(self, entry: &str, is_person: bool) -> Person {
        let turned = || entry.split_once(", ").filter(|_| is_person).map(|(family, given)| format!("{given} {family}"));
        let full = self.parts.as_ref().map(Parts::spoken).or_else(turned).unwrap_or_else(|| entry.to_owned());
        let short = self.parts.as_ref().is_some_and(|parts| parts.family == self.name);
        Person { name: if short { full.clone() } else { self.name }, full, ..self }
    }

    /// The name as it is spoken; in brackets where it was inferred.
    pub fn spoken(&self) -> String {
        self.marked(self.name.clone())
    }

    /// The name as it is sorted: `Rusk, Dean`.
    pub fn sorted(&self) -> String {
        self.marked(self.parts.as_ref().map_or_else(|| self.name.clone(), Parts::sorted))
    }

    /// The name for programs that take it apart: `Rusk, Dean`, and as the register has it where that is not sure.
    pub fn for_programs(&self) -> String {
        self.parts.as_ref().map_or_else(|| self.full.clone(), Parts::sorted)
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
    let given = untitled(given.split(", ").next().unwrap_or(given).trim())?;
    Some(Parts { family: family.trim().to_owned(), given: given.to_owned(), suffix })
}

/// `James S. Lay`, `Hugo von Hofmannsthal`, `John D. Doe Jr.`
fn natural(name: &str) -> Option<Parts> {
    let (name, suffix) = match name.rsplit_once(' ') {
        Some((before, last)) if is_suffix(last) => (before.trim_end_matches(','), Some(last.to_owned())),
        _ => (name, None),
    };
    // A comma tells that what stands before it is no given name.
    let words: Vec<&str> = untitled(name).filter(|name| !name.contains(','))?.split(' ').collect();
    let lower = |word: &&str| word.starts_with(char::is_lowercase);
    let family = words.iter().skip(1).position(lower).map_or(words.len().checked_sub(1)?, |at| at + 1);
    let (given, family) = words.split_at(family);
    let known = !given.is_empty() && !family.is_empty();
    known.then(|| Parts { family: family.join(" "), given: given.join(" "), suffix })
}

/// A name without the titles and ranks before it; none where nothing else is there.
fn untitled(name: &str) -> Option<&str> {
    let mut rest = name;
    loop {
        let (word, after) = rest.split_once(' ').unwrap_or((rest, ""));
        let next = after.split(' ').next().unwrap_or_default();
        if !(is_honorific(word) || is_among(BEFORE_RANKS, word) && is_honorific(next)) {
            return (!rest.is_empty()).then_some(rest);
        }
        rest = after.trim_start();
    }
}

/// `Major`, `Gen.`, `Lieutenant-Colonel`.
fn is_honorific(word: &str) -> bool {
    word.split('-').all(|part| is_among(HONORIFICS, part))
}

fn is_among(list: &[&str], word: &str) -> bool {
    list.contains(&word.trim_end_matches('.').to_lowercase().as_str())
}

fn names_body(name: &str) -> bool {
    name.to_lowercase()
        .split([' ', ',', '-'])
        .any(|word| BODY_WORDS.contains(&word) || BODIES.iter().any(|beginning| word.starts_with(beginning)))
}

/// Whether a name has an initial or says whose son somebody is, and no word of a body: `Robert C. Strong`.
fn is_surely_person(name: &str) -> bool {
    let initial = |word: &str| word.chars().count() == 2 && word.starts_with(char::is_uppercase) && word.ends_with('.');
    name.split(' ').any(|word| initial(word) || matches!(word, "Jr." | "Sr.")) && !names_body(name)
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
            ("Wickham, Major General John A.", Some("Wickham, John A.")),
            ("Lee, Rear Adm. J.M.", Some("Lee, J.M.")),
            ("Smith, Lieutenant-Colonel Walter, Jr.", Some("Smith, Walter, Jr.")),
            ("Brig. Gen. Chester V. Clifton", Some("Clifton, Chester V.")),
            ("Major, John", Some("Major, John")),
            ("Byrd, Field", Some("Byrd, Field")),
            ("Smith, Colonel", None),
        ] {
            assert_eq!(parts(name).as_deref(), sorted, "{name}");
        }
    }

    #[test]
    fn editors_are_persons_unless_a_word_tells_of_a_body() {
        let parts = |name: &str| {
            let editor = Editor { name: name.to_owned(), role: None, orcid: None };
            Person::editor(&editor).parts.map(|parts| parts.sorted())
        };
        for (name, sorted) in [
            ("Aaron W. Marrs", Some("Marrs, Aaron W.")),
            ("Paul Claussen", Some("Claussen, Paul")),
            ("Müller, Martin Anton", Some("Müller, Martin Anton")),
            ("Office of the Historian", None),
            ("Department of State, Office of the Historian", None),
            ("Berlin-Brandenburgische Akademie", None),
            ("The Adams Papers", None),
            ("Bibliothèque nationale", None),
            ("Madonna", None),
            ("Ann Stafford", Some("Stafford, Ann")),
        ] {
            assert_eq!(parts(name).as_deref(), sorted, "{name}");
        }
    }

    #[test]
    fn registers_know_names_in_full() {
        let names = [
            ("person:w", "Wickham, Major General John A."),
            ("person:s", "Smith, Colonel"),
            ("org:nsc", "National Security Council"),
        ];
        let names: BTreeMap<Box<str>, String> = names.map(|(id, name)| (id.into(), name.to_owned())).into();
        let person = |name: &str, reference: &str| {
            let person = Person::named(
                &Named { name: name.into(), reference: Some(reference.into()), ..Named::default() },
                &names,
            );
            [person.name.clone(), person.full.clone(), person.sorted()]
        };
        assert_eq!(person("Wickham", "person:w"), ["John A. Wickham", "John A. Wickham", "Wickham, John A."]);
        assert_eq!(person("Gen. Wickham", "person:w"), ["Gen. Wickham", "John A. Wickham", "Wickham, John A."]);
        assert_eq!(person("Smith", "person:s"), ["Smith", "Colonel Smith", "Smith"]);
        let unlinked = Person::named(&Named { name: "W. Park Armstrong, Jr.".into(), ..Named::default() }, &names);
        assert_eq!((unlinked.sorted().as_str(), unlinked.is_body), ("Armstrong, W. Park, Jr.", Some(false)));
        for body in ["George C. Marshall Foundation", "Embassy in Cuba", "J. & P. Company", "Steere"] {
            let body = Person::named(&Named { name: body.into(), ..Named::default() }, &names);
            assert_eq!((body.sorted(), body.is_body), (body.name.clone(), None));
        }
        assert_eq!(person("NSC", "org:nsc"), ["NSC", "National Security Council", "NSC"]);
    }
}
