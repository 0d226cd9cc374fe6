//! An edition on disk that is built warm and cold, in the same process, and compared byte by byte.

use engross::cache::{self, Cache};
use engross::config::Flags;
use engross::diag::Diagnostic;
use engross::pipeline;
use engross::plan::Reason;
use engross::write::FileSink;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// The outcome of a build.
#[derive(Debug)]
pub struct Outcome {
    pub diagnostics: Vec<Diagnostic>,
    /// Pages that were made, with the reason; none where the edition has errors.
    pub made: Option<Vec<(String, Reason)>>,
}

/// A copy of an invented edition.
pub struct Edition {
    folder: tempfile::TempDir,
    /// Command line of every build.
    pub flags: Flags,
}

impl Edition {
    /// A copy of `tests/editions/NAME`.
    pub fn copy(name: &str) -> Edition {
        let folder = tempfile::tempdir().unwrap();
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/editions").join(name);
        for (path, bytes) in tree(&from) {
            put(&folder.path().join(path), &bytes);
        }
        Edition { folder, flags: Flags { no_minify: true, ..Flags::default() } }
    }

    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    /// The output of the builds that use the cache.
    pub fn warm_out(&self) -> PathBuf {
        self.root().join("warm")
    }

    /// The output of the builds that do not.
    pub fn cold_out(&self) -> PathBuf {
        self.root().join("cold")
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    pub fn write(&self, path: &str, text: &str) {
        put(&self.root().join(path), text.as_bytes());
    }

    pub fn remove(&self, path: &str) {
        fs::remove_file(self.root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    }

    /// Replaces the first place of some words, which must be there.
    pub fn replace(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "{path} does not hold {from:?}");
        self.write(path, &text.replacen(from, to, 1));
    }

    /// Content files below a folder, sorted.
    pub fn files(&self, folder: &str, ending: &str) -> Vec<String> {
        let walk = WalkDir::new(self.root().join(folder)).sort_by_file_name().into_iter().filter_map(Result::ok);
        let files = walk
            .filter(|entry| entry.file_type().is_file())
            .map(|entry| entry.path().strip_prefix(self.root()).unwrap().to_string_lossy().replace('\\', "/"));
        files.filter(|path| path.ends_with(ending)).collect()
    }

    /// All that the edition is made from.
    pub fn sources(&self) -> (BTreeMap<String, Vec<u8>>, Flags) {
        let mut files = tree(self.root());
        files.retain(|path, _| !["warm/", "cold/", ".engross/"].iter().any(|out| path.starts_with(out)));
        (files, self.flags.clone())
    }

    /// Makes the edition what it was.
    pub fn restore(&mut self, (files, flags): &(BTreeMap<String, Vec<u8>>, Flags)) {
        for path in self.sources().0.keys().filter(|path| !files.contains_key(*path)) {
            self.remove(path);
        }
        for (path, bytes) in files {
            put(&self.root().join(path), bytes);
        }
        self.flags = flags.clone();
    }

    /// A build by the cache on disk, as a new process would make it.
    pub fn warm(&self) -> Outcome {
        let cache = cache::read(self.root()).unwrap_or_default();
        self.build(&self.warm_out(), &cache, true)
    }

    /// A build that knows nothing.
    pub fn cold(&self) -> Outcome {
        self.build(&self.cold_out(), &Cache::default(), false)
    }

    fn build(&self, out: &Path, cache: &Cache, keeps: bool) -> Outcome {
        let edition = match pipeline::check(self.root(), &self.flags, cache) {
            Ok(edition) => edition,
            Err(diagnostics) => return Outcome { diagnostics, made: None },
        };
        if !edition.is_sound() {
            return Outcome { diagnostics: edition.diagnostics, made: None };
        }
        let sink = FileSink::open(self.root(), out, &[], || {}).unwrap();
        let built = pipeline::build(self.root(), &edition, cache, &sink, &|_, _| {}).unwrap();
        if !built.diagnostics.is_empty() {
            return Outcome { diagnostics: built.diagnostics, made: None };
        }
        if keeps {
            cache::write(self.root(), &built.cache.unwrap()).unwrap();
        }
        sink.commit().unwrap();
        Outcome { diagnostics: edition.diagnostics, made: Some(built.made) }
    }

    /// What differs between the two outputs, manifest included; nothing where they are alike.
    pub fn differences(&self) -> Vec<String> {
        let (warm, cold) = (tree(&self.warm_out()), tree(&self.cold_out()));
        let mut paths: Vec<&String> = warm.keys().chain(cold.keys()).collect();
        paths.sort();
        paths.dedup();
        paths.retain(|path| warm.get(*path) != cold.get(*path));
        let shown = |path: &String| match (warm.get(path), cold.get(path)) {
            (Some(warm), Some(cold)) => first_difference(path, warm, cold),
            (Some(_), None) => format!("{path}: only in the warm build"),
            _ => format!("{path}: only in the cold build"),
        };
        paths.into_iter().map(shown).collect()
    }
}

fn first_difference(path: &str, warm: &[u8], cold: &[u8]) -> String {
    let (warm, cold) = (String::from_utf8_lossy(warm), String::from_utf8_lossy(cold));
    let lines = warm.lines().zip(cold.lines()).enumerate().find(|(_, (one, other))| one != other);
    match lines {
        Some((number, (one, other))) => format!("{path}:{}:\n  warm {one}\n  cold {other}", number + 1),
        None => format!("{path}: of different length"),
    }
}

/// All files below a folder, by path.
pub fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let walk = WalkDir::new(folder).sort_by_file_name().into_iter().filter_map(Result::ok);
    walk.filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
            (path, fs::read(entry.path()).unwrap())
        })
        .collect()
}

fn put(path: &Path, bytes: &[u8]) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}
