//! The list of SHA-256 sums by which others see that a copy of the site is what was published.

use crate::cache::Checksum;
use crate::git::Origin;
use crate::hash::Hash128;
use crate::model::settings::Settings;
use crate::write::{FileSink, Sink, SiteFile, WriteError};
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

/// Its name in the site. No page is called like that: addresses of pages end in `.html`.
const CHECKSUMS: &str = "checksums.txt";

/// Puts the list of all files that a sink has so far into it: `sum  path` a line, sorted by path, as `sha256sum -c`
/// reads it. Files that were summed before are not read again: `known` tells by their hashes, and afterwards holds the
/// sums of these files.
///
/// # Errors
/// A site with a file of that name, and files that cannot be read or written.
pub fn checksums(
    sink: &FileSink,
    origin: Option<&Origin>,
    settings: &Settings,
    known: &mut BTreeMap<Hash128, Checksum>,
) -> Result<(), WriteError> {
    let files = sink.files();
    if files.iter().any(|file| file.path == CHECKSUMS) {
        let reason = "the list of checksums has this name: rename the file";
        return Err(WriteError::refused(Path::new("static").join(CHECKSUMS), reason));
    }
    let sums: Vec<Checksum> = files.par_iter().map(|file| sum(sink, file, known)).collect::<Result<_, _>>()?;
    *known = files.iter().zip(&sums).map(|(file, sum)| (file.hash, *sum)).collect();
    let mut text = head(origin, settings);
    for (file, sum) in files.iter().zip(&sums) {
        for byte in sum {
            // Writing to a string cannot fail.
            let _ = write!(text, "{byte:02x}");
        }
        let _ = writeln!(text, "  {}", file.path);
    }
    sink.put(CHECKSUMS, text.as_bytes())
}

fn sum(sink: &FileSink, file: &SiteFile, known: &BTreeMap<Hash128, Checksum>) -> Result<Checksum, WriteError> {
    match known.get(&file.hash) {
        Some(sum) => Ok(*sum),
        None => Ok(Sha256::digest(sink.read(&file.path)?).into()),
    }
}

/// Lines that `sha256sum` passes over.
fn head(origin: Option<&Origin>, settings: &Settings) -> String {
    let mut text = String::from("# SHA-256 of every file of this site but this one and .engross-manifest\n");
    if let Some(origin) = origin {
        let _ = writeln!(text, "# commit {}", origin.commit);
        if origin.is_changed {
            text.push_str("# with changes to the sources that are not in this commit\n");
        }
    }
    // What the pages say and the commit alone does not: a tag may come later, and an address is often given to the build.
    for (name, value) in [("version", &settings.version), ("base_url", &settings.base_url)] {
        if let Some(value) = value {
            let _ = writeln!(text, "# {name} {}", value.split_whitespace().collect::<Vec<_>>().join(" "));
        }
    }
    text
}
