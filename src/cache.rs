//! What earlier runs found out, kept in one file of the edition's `.engross` folder.
//!
//! Nothing in it is trusted: everything is kept under the hash of what it was made from, and what does not match is
//! made anew. A file that cannot be read, is cut short, or comes from another program is a cold start, nothing worse.

use crate::diag::Diagnostic;
use crate::hash::Hash128;
use crate::model::history::Log;
use crate::model::outline::Outline;
use crate::model::register::{Register, RegisterReferences};
use crate::model::search::Index;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What is known of an edition.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Cache {
    /// Outlines by source.
    pub outlines: BTreeMap<Arc<str>, KeptOutline>,
    /// Registers by source.
    pub registers: BTreeMap<Arc<str>, KeptRegister>,
    /// Hash of all that pages may show of each other, where no rule found anything wrong in it.
    pub sound: Option<Hash128>,
    /// Whether there was a cache of another version of the program, of which nothing is known.
    #[serde(skip)]
    pub foreign: bool,
    /// What git told of the edition, up to a commit.
    pub history: Option<Arc<Log>>,
    /// The site as it was last built.
    pub site: Option<KeptSite>,
    /// The search index of that site.
    pub search: Option<KeptIndex>,
    /// SHA-256 of files of the site by our own hash, where a build was asked for checksums.
    pub checksums: BTreeMap<Hash128, Checksum>,
}

/// A SHA-256.
pub type Checksum = [u8; 32];

/// The outline of a source, and what it was made from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct KeptOutline {
    /// Hash of the source.
    pub source: Hash128,
    /// Hash of the rules by which it was read.
    pub rules: Hash128,
    /// The outline.
    pub outline: Arc<Outline>,
    /// Hash of the outline without its places.
    pub facts: Hash128,
    /// Findings in the source.
    pub diagnostics: Vec<Diagnostic>,
    /// Its text, once it was indexed.
    pub text: Option<KeptText>,
}

/// The hash of what is indexed of a source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptText {
    /// Hash of the rules by which it was read.
    pub rules: Hash128,
    /// The hash.
    pub hash: Hash128,
}

/// A search index, and what it was made from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptIndex {
    /// Hash of all that pages may show of each other.
    pub facts: Hash128,
    /// Hash of its facets and titles, which follow from these facts.
    pub side: Hash128,
    /// Hash of all that is indexed.
    pub key: Hash128,
    /// What pages say of it.
    pub index: Index,
    /// Names of its files with their hashes.
    pub files: Vec<(String, Hash128)>,
}

/// A register, and what it was made from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct KeptRegister {
    /// Hash of the source.
    pub source: Hash128,
    /// Hash of the rules by which it was read.
    pub rules: Hash128,
    /// The register.
    pub register: Register,
    /// References in it.
    pub references: RegisterReferences,
    /// Findings in the source.
    pub diagnostics: Vec<Diagnostic>,
}

/// What a site was made from, and what its pages were.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptSite {
    /// Files of the site's own theme, by path within it.
    pub theme: BTreeMap<String, Hash128>,
    /// Hash of the settings.
    pub settings: Hash128,
    /// Hash of each volume's front matter and markup, by id.
    pub volumes: BTreeMap<String, Hash128>,
    /// Hash of all that pages may show of each other.
    pub facts: Hash128,
    /// Pages by address.
    pub pages: BTreeMap<String, KeptPage>,
    /// Files that are no pages and cost something to make, by address.
    pub files: BTreeMap<String, KeptFile>,
}

/// What a file was made from, and what it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptFile {
    /// Hash of all that it was made from.
    pub key: Hash128,
    /// Hash of the file.
    pub output: Hash128,
}

/// What a page was made from, and what it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptPage {
    /// Hash of its own texts.
    pub source: Hash128,
    /// Short hash of what it may show of the history.
    pub history: u64,
    /// Short hashes of the parts of its view, in their order.
    pub parts: Vec<u64>,
    /// Hash of the page.
    pub output: Hash128,
}

/// Why there is no cache, though there is a file.
#[derive(Debug)]
pub enum Fault {
    /// It cannot be read.
    Unreadable(io::Error),
    /// It was written by another version of the program.
    Foreign,
    /// It is not whole.
    Damaged,
}

impl std::fmt::Display for Fault {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Fault::Unreadable(error) => write!(formatter, "the cache cannot be read: {error}"),
            Fault::Foreign => formatter.write_str("the cache was written by another version of engross"),
            Fault::Damaged => formatter.write_str("the cache is damaged"),
        }
    }
}

/// The program that wrote a cache: a hash of its sources, made when it was compiled.
pub const PROGRAM: &str = env!("ENGROSS_PROGRAM");

const HEADER: &str = "engross-cache 1";

/// The file of an edition's cache.
pub fn file(root: &Path) -> PathBuf {
    root.join(".engross/cache")
}

/// Reads the cache of an edition. Where there is none, it is empty.
///
/// # Errors
/// A file that is there and cannot be used: a reason to begin without it, and to say so.
pub fn read(root: &Path) -> Result<Cache, Fault> {
    let bytes = match fs::read(file(root)) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Cache::default()),
        Err(error) => return Err(Fault::Unreadable(error)),
    };
    decode(&bytes)
}

/// Writes the cache beside and renames it, so that a reader finds the old one or the new one, whole.
///
/// # Errors
/// A folder that cannot be written. The old cache is as it was, and as good.
pub fn write(root: &Path, cache: &Cache) -> io::Result<()> {
    let file = file(root);
    let part = file.with_extension("part");
    let bytes = encode(cache).map_err(io::Error::other)?;
    fs::write(&part, bytes)?;
    fs::rename(&part, &file)
}

/// A line that names the program and the content, then the content.
fn encode(cache: &Cache) -> Result<Vec<u8>, postcard::Error> {
    let head = |hash: Hash128| format!("{HEADER} {PROGRAM} {hash}\n");
    let mut bytes = head(Hash128::default()).into_bytes();
    let length = bytes.len();
    bytes = postcard::to_extend(cache, bytes)?;
    let content = Hash128::of(&bytes[length..]);
    bytes[..length].copy_from_slice(head(content).as_bytes());
    Ok(bytes)
}

fn decode(bytes: &[u8]) -> Result<Cache, Fault> {
    let end = bytes.iter().take(200).position(|byte| *byte == b'\n').ok_or(Fault::Damaged)?;
    let (head, content) = (&bytes[..end], &bytes[end + 1..]);
    let head = std::str::from_utf8(head).map_err(|_| Fault::Damaged)?;
    let parts = head.strip_prefix(HEADER).and_then(|rest| rest.trim_start().split_once(' '));
    let (program, hash) = parts.ok_or(Fault::Foreign)?;
    if program != PROGRAM {
        return Err(Fault::Foreign);
    }
    if Hash128::from_hex(hash) != Some(Hash128::of(content)) {
        return Err(Fault::Damaged);
    }
    postcard::from_bytes(content).map_err(|_| Fault::Damaged)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cache() -> Cache {
        let outline = Outline { title: "Report".into(), short_title: Some("R.".into()), ..Outline::default() };
        let kept = KeptOutline {
            source: Hash128::of(b"a"),
            rules: Hash128::of(b"b"),
            outline: Arc::new(outline),
            facts: Hash128::of(b"c"),
            diagnostics: Vec::new(),
            text: Some(KeptText { rules: Hash128::of(b"b"), hash: Hash128::of(b"f") }),
        };
        let page = KeptPage { source: Hash128::of(b"a"), history: 3, parts: vec![1, 2], output: Hash128::of(b"d") };
        let site = KeptSite { pages: BTreeMap::from([("v/d1.html".to_owned(), page)]), ..KeptSite::default() };
        Cache {
            foreign: false,
            outlines: BTreeMap::from([("content/v/d1.md".into(), kept)]),
            registers: BTreeMap::new(),
            sound: Some(Hash128::of(b"e")),
            history: None,
            site: Some(site),
            search: Some(KeptIndex {
                facts: Hash128::of(b"e"),
                side: Hash128::of(b"g"),
                key: Hash128::of(b"h"),
                index: Index {
                    folder: "search/0/".into(),
                    documents: 1,
                    facets: vec![("genre".into(), 2)],
                    examples: vec![],
                },
                files: vec![("c0.gz".into(), Hash128::of(b"i"))],
            }),
            checksums: BTreeMap::from([(Hash128::of(b"d"), [7; 32])]),
        }
    }

    #[test]
    fn what_is_written_is_read() {
        assert_eq!(decode(&encode(&cache()).unwrap()).unwrap(), cache());
    }

    #[test]
    fn every_cut_and_every_wrong_byte_is_seen() {
        let whole = encode(&cache()).unwrap();
        for length in 0..whole.len() {
            assert!(decode(&whole[..length]).is_err(), "cut at {length}");
        }
        for at in 0..whole.len() {
            let mut wrong = whole.clone();
            wrong[at] ^= 1;
            assert!(decode(&wrong).is_err(), "byte {at}");
        }
    }

    #[test]
    fn another_program_is_told_from_damage() {
        let text = String::from_utf8_lossy(&encode(&cache()).unwrap()).replace(PROGRAM, &"0".repeat(32));
        assert!(matches!(decode(text.as_bytes()), Err(Fault::Foreign)));
        assert!(matches!(decode(b"engross-cache 2 x y\n"), Err(Fault::Foreign)));
        assert!(matches!(decode(b""), Err(Fault::Damaged)));
    }
}
