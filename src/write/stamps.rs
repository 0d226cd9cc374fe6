//! When files of the output were last written, so that an unchanged one need not be read to be known as unchanged.
//!
//! Kept in the edition's `.engross` folder, never in the site. Losing it costs time only.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::{self, Metadata};
use std::path::Path;
use std::time::UNIX_EPOCH;

use crate::hash::Hash128;

const HEADER: &str = "engross-stamps 1";

/// A file's time of modification in nanoseconds since 1970; 0 when the system does not tell.
pub(super) type Stamp = u64;

/// Reads the time off a file's metadata.
pub(super) fn stamp_of(metadata: &Metadata) -> Stamp {
    let since = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    since.and_then(|duration| u64::try_from(duration.as_nanos()).ok()).unwrap_or(0)
}

/// The times of the files of one output folder, as they were when one manifest was written.
#[derive(Debug, Default)]
pub(super) struct Stamps {
    text: String,
    written: Stamp,
    times: BTreeMap<String, Stamp>,
}

impl Stamps {
    /// Reads the times for this folder with this manifest; anything else gives none.
    ///
    /// Bound to the manifest's text, so that times never vouch for files of another build.
    pub(super) fn read(file: &Path, out: &Path, manifest: &str) -> Self {
        let (Ok(text), Ok(metadata)) = (fs::read_to_string(file), fs::metadata(file)) else {
            return Stamps::default();
        };
        let Some(lines) = text.strip_prefix(&header(out, manifest)) else {
            return Stamps::default();
        };
        let times = lines.lines().filter_map(|line| {
            let (stamp, path) = line.split_once(' ')?;
            Some((path.to_owned(), stamp.parse().ok()?))
        });
        Stamps { times: times.collect(), written: stamp_of(&metadata), text }
    }

    /// Whether a file with this time is surely the one that was written.
    ///
    /// A file as young as the list itself may have been changed after it was listed within one tick of the system's
    /// clock; such a one is to be read.
    pub(super) fn vouch_for(&self, path: &str, stamp: Stamp) -> bool {
        stamp != 0 && stamp < self.written && self.times.get(path) == Some(&stamp)
    }

    /// Writes the times beside and renames. Failure is no error: the next build reads the files instead.
    ///
    /// `refresh` writes also what is there already, to make the list younger than the files it lists.
    pub(super) fn save<'a>(
        &self,
        file: &Path,
        out: &Path,
        manifest: &str,
        times: impl Iterator<Item = (&'a str, Stamp)>,
        refresh: bool,
    ) {
        let mut text = header(out, manifest);
        for (path, stamp) in times {
            let _ = writeln!(text, "{stamp} {path}");
        }
        if text == self.text && !refresh {
            return;
        }
        let part = file.with_extension("part");
        if fs::write(&part, text).is_ok() {
            let _ = fs::rename(&part, file);
        }
    }
}

fn header(out: &Path, manifest: &str) -> String {
    format!("{HEADER} {} {}\n", Hash128::of(manifest.as_bytes()), out.display())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_vouch_only_for_what_is_older_and_theirs() {
        let folder = tempfile::tempdir().unwrap();
        let (file, out) = (folder.path().join("stamps"), Path::new("/site"));
        Stamps::default().save(
            &file,
            out,
            "m",
            [("a", 5), ("b c", 6), ("young", u64::MAX), ("none", 0)].into_iter(),
            false,
        );
        let stamps = Stamps::read(&file, out, "m");
        assert!(stamps.vouch_for("a", 5) && stamps.vouch_for("b c", 6));
        assert!(!stamps.vouch_for("a", 6) && !stamps.vouch_for("c", 5));
        assert!(!stamps.vouch_for("young", u64::MAX) && !stamps.vouch_for("none", 0));
        assert!(!Stamps::read(&file, out, "n").vouch_for("a", 5));
        assert!(!Stamps::read(&file, Path::new("/other"), "m").vouch_for("a", 5));
        fs::write(&file, "engross").unwrap();
        assert!(!Stamps::read(&file, out, "m").vouch_for("a", 5));
    }
}
