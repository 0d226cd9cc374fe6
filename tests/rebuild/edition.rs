//! An edition on disk that is built warm and cold, in the same process, and compared byte by byte.

use engross::cache::{self, Cache};
use engross::config::Flags;
use engross::diag::Diagnostic;
use engross::hash::Hash128;
use engross::pipeline;
use engross::plan::Reason;
use engross::write::{FileSink, MemorySink};
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
    /// The site, where it is in memory.
    pub site: Site,
}

/// The files of a site by path.
pub type Site = BTreeMap<String, Vec<u8>>;

impl Outcome {
    fn broken(diagnostics: Vec<Diagnostic>) -> Outcome {
        Outcome { diagnostics, made: None, site: Site::new() }
    }
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
        // What builds by hand have left in it is not part of it.
        let own = |path: &str| !path.starts_with(".engross/") && !path.starts_with("public/");
        for (path, bytes) in tree(&from).into_iter().filter(|(path, _)| own(path)) {
            put(&folder.path().join(path), &bytes);
        }
        Edition { folder, flags: Flags { no_minify: true, history: true, ..Flags::default() } }
    }

    /// The same edition in another place, with all that lies in its folder.
    pub fn copy_elsewhere(&mut self) {
        let folder = tempfile::tempdir().unwrap();
        for (path, bytes) in tree(self.root()) {
            put(&folder.path().join(path), &bytes);
        }
        self.folder = folder;
    }

    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    /// The output of the builds that use the cache.
    pub fn warm_out(&self) -> PathBuf {
        self.root().join("warm")
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
        files.retain(|path, _| !["warm/", "other/", ".engross/", ".git/"].iter().any(|out| path.starts_with(out)));
        (files, self.flags.clone())
    }

    /// Makes the edition what it was.
    pub fn restore(&mut self, (files, flags): &(BTreeMap<String, Vec<u8>>, Flags)) {
        // What was committed stays committed: only files are taken back.
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
        self.warm_into("warm")
    }

    /// The same into a folder of another name.
    pub fn warm_into(&self, out: &str) -> Outcome {
        let cache = cache::read(self.root()).unwrap_or_default();
        let edition = match self.check(&cache) {
            Ok(edition) => edition,
            Err(outcome) => return outcome,
        };
        let sink = FileSink::open(self.root(), &self.root().join(out), &[], || {}).unwrap();
        let built = pipeline::build(self.root(), &edition, &cache, &sink, &|_, _| {}).unwrap();
        if !built.diagnostics.is_empty() {
            return Outcome::broken(built.diagnostics);
        }
        cache::write(self.root(), &built.cache.unwrap()).unwrap();
        sink.commit().unwrap();
        Outcome { diagnostics: edition.diagnostics, made: Some(built.made), site: Site::new() }
    }

    /// A build that knows nothing, into memory.
    pub fn cold(&self) -> Outcome {
        let nothing = Cache::default();
        let edition = match self.check(&nothing) {
            Ok(edition) => edition,
            Err(outcome) => return outcome,
        };
        let sink = MemorySink::new();
        let built = pipeline::build(self.root(), &edition, &nothing, &sink, &|_, _| {}).unwrap();
        if !built.diagnostics.is_empty() {
            return Outcome::broken(built.diagnostics);
        }
        let mut site = sink.into_files().unwrap();
        let listed = site.iter().map(|(path, bytes)| format!("{} {} {path}\n", Hash128::of(bytes), bytes.len()));
        let manifest = format!("engross-manifest 1\n{}", listed.collect::<String>());
        site.insert(".engross-manifest".to_owned(), manifest.into_bytes());
        Outcome { diagnostics: edition.diagnostics, made: Some(built.made), site }
    }

    fn check(&self, cache: &Cache) -> Result<pipeline::Edition, Outcome> {
        let edition = pipeline::check(self.root(), &self.flags, cache).map_err(Outcome::broken)?;
        if edition.is_sound() { Ok(edition) } else { Err(Outcome::broken(edition.diagnostics)) }
    }

    /// What differs between an output folder and a site, manifest included; nothing where they are alike.
    pub fn differences(&self, out: &str, cold: &Site) -> Vec<String> {
        let warm = tree(&self.root().join(out));
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

pub fn first_difference(path: &str, warm: &[u8], cold: &[u8]) -> String {
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
