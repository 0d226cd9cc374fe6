//! The search: what its index says of itself, and where scripts find it.

use serde::{Deserialize, Serialize};

/// How words are indexed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stemming {
    /// Each form of a word is a word of its own.
    #[default]
    None,
    /// Forms of English words are found under their stem.
    English,
}

/// Settings of the search.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Search {
    /// Whether there is none.
    pub off: bool,
    /// Whether the index is written as scripts, which a page from disk can load.
    pub offline: bool,
    /// How words are indexed.
    pub stemming: Stemming,
    /// Scripts whose characters are words by themselves.
    pub unspaced: Unspaced,
}

/// An index that is part of the site.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Index {
    /// Folder of its files within the site, with a final slash: `search/0123456789abcdef/`.
    pub folder: String,
    /// How many documents it has.
    pub documents: usize,
    /// Facets that the edition has, with the number of their values.
    pub facets: Vec<(String, usize)>,
    /// Queries that find something in it, by the form that they are an example of.
    pub examples: Vec<(String, String)>,
}

/// Forms of queries, in the order in which the search page explains them.
pub const FORMS: [&str; 10] =
    ["words", "phrase", "without", "star", "either", "brackets", "near", "title", "source", "number"];

/// Scripts that are written without spaces: their names in settings, and their ranges of code points.
pub const UNSPACED: [(&str, &[(u32, u32)]); 6] = [
    ("han", &[(0x3400, 0x4dbf), (0x4e00, 0x9fff), (0xf900, 0xfaff), (0x20000, 0x3ffff)]),
    ("kana", &[(0x3040, 0x30ff), (0x31f0, 0x31ff), (0xff66, 0xff9d)]),
    ("khmer", &[(0x1780, 0x17ff)]),
    ("lao", &[(0x0e80, 0x0eff)]),
    ("myanmar", &[(0x1000, 0x109f)]),
    ("thai", &[(0x0e00, 0x0e7f)]),
];

/// Which of [`UNSPACED`] are read without spaces: a bit for each. Each of their characters is a word of the index, and
/// what readers type is taken apart in the same way, so that a word is found as a phrase of its characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Unspaced(u8);

impl Default for Unspaced {
    fn default() -> Self {
        Unspaced::ALL
    }
}

impl Unspaced {
    /// All of them.
    pub const ALL: Unspaced = Unspaced((1 << UNSPACED.len()) - 1);

    /// None of them.
    pub const NONE: Unspaced = Unspaced(0);

    /// The script at a place of [`UNSPACED`].
    pub fn at(place: usize) -> Unspaced {
        Unspaced(1 << place)
    }

    /// Both.
    #[must_use]
    pub fn and(self, other: Unspaced) -> Unspaced {
        Unspaced(self.0 | other.0)
    }

    /// The ranges of code points, in the order of the table.
    pub fn ranges(self) -> impl Iterator<Item = (u32, u32)> {
        let scripts = UNSPACED.iter().enumerate().filter(move |(place, _)| self.0 & (1 << place) != 0);
        scripts.flat_map(|(_, (_, ranges))| ranges.iter().copied())
    }

    /// Whether a character is a word by itself.
    pub fn has(self, letter: char) -> bool {
        let code = u32::from(letter);
        code >= FIRST_UNSPACED && self.ranges().any(|(first, last)| (first..=last).contains(&code))
    }
}

/// No script of the table has a letter before it.
const FIRST_UNSPACED: u32 = 0x0e00;
