//! The manifest: what a site consists of. It marks an output folder as ours and tells orphans from foreign files.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::paths;
use crate::hash::Hash128;

/// Its name in the output folder.
pub(super) const MANIFEST: &str = ".engross-manifest";

const HEADER: &str = "engross-manifest 1";

/// A file as the manifest lists it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) hash: Hash128,
    pub(super) size: u64,
}

/// All files of a site but the manifest itself, by path.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Manifest {
    entries: BTreeMap<String, Entry>,
}

impl Manifest {
    pub(super) fn new(entries: BTreeMap<String, Entry>) -> Self {
        Manifest { entries }
    }

    pub(super) fn get(&self, path: &str) -> Option<&Entry> {
        self.entries.get(path)
    }

    pub(super) fn contains(&self, path: &str) -> bool {
        self.entries.contains_key(path)
    }

    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        self.entries.keys().map(String::as_str)
    }

    /// The file's text: a header, then `hash size path` a line, sorted by path. No times, so equal sites have equal
    /// manifests.
    pub(super) fn to_text(&self) -> String {
        let mut text = String::with_capacity(HEADER.len() + 1 + self.entries.len() * 64);
        text.push_str(HEADER);
        text.push('\n');
        for (path, entry) in &self.entries {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{} {} {path}", entry.hash, entry.size);
        }
        text
    }

    /// Reads the text; `None` when it does not begin as ours does.
    ///
    /// A line that cannot be read, as a merge may leave it, is passed over: its file then counts as foreign. So is a
    /// path that leaves the folder, since files listed here may be removed.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        if lines.next() != Some(HEADER) {
            return None;
        }
        Some(Manifest { entries: lines.filter_map(parse_line).collect() })
    }
}

fn parse_line(line: &str) -> Option<(String, Entry)> {
    let (hash, rest) = line.split_once(' ')?;
    let (size, path) = rest.split_once(' ')?;
    let entry = Entry { hash: Hash128::from_hex(hash)?, size: size.parse().ok()? };
    paths::check_path(path).ok()?;
    Some((path.to_owned(), entry))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(text: &str) -> Entry {
        Entry { hash: Hash128::of(text.as_bytes()), size: text.len() as u64 }
    }

    #[test]
    fn text_reads_back() {
        let entries = [("b c.html", entry("one")), ("a/b.html", entry(""))];
        let manifest = Manifest::new(entries.map(|(path, entry)| (path.to_owned(), entry)).into());
        assert_eq!(
            manifest.to_text(),
            "engross-manifest 1\n99aa06d3014798d86001c324468d497f 0 a/b.html\n\
             HASH1 3 b c.html\n"
                .replace("HASH1", &Hash128::of(b"one").to_string())
        );
        assert_eq!(Manifest::parse(&manifest.to_text()), Some(manifest));
    }

    #[test]
    fn what_is_not_ours_is_told_apart() {
        assert_eq!(Manifest::parse(""), None);
        assert_eq!(Manifest::parse("engross-manifest 10\n"), None);
        let text = "engross-manifest 1\r\n<<<<<<< HEAD\n99aa06d3014798d86001c324468d497f 0 ../../secret\n\
                    99aa06d3014798d86001c324468d497f 0 /etc/passwd\n99aa06d3014798d86001c324468d497f 0 a\r\n";
        let manifest = Manifest::parse(text).unwrap();
        assert_eq!(manifest.paths().collect::<Vec<_>>(), ["a"]);
    }
}
