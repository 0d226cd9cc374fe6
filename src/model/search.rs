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
}

/// Scripts that are written without spaces: ranges of code points. Each of their characters is a word of the index, and
/// what readers type is taken apart in the same way, so that a word is found as a phrase of its characters.
pub const UNSPACED: [(u32, u32); 10] = [
    (0x0e00, 0x0eff),
    (0x1000, 0x109f),
    (0x1780, 0x17ff),
    (0x3040, 0x30ff),
    (0x31f0, 0x31ff),
    (0x3400, 0x4dbf),
    (0x4e00, 0x9fff),
    (0xf900, 0xfaff),
    (0xff66, 0xff9d),
    (0x20000, 0x3ffff),
];
