//! An edition made in a temporary folder, and what the real program says about it.
//!
//! ```ignore
//! let run = Edition::new().file("content/v/d1.md", "…").run(&["check"]);
//! assert_eq!(run.code, 0, "{run}");
//! ```
//!
//! What an edition needs and the test does not write comes from `tests/cases/_base`: `site.yaml`,
//! `content/_index.md`, and the `_index.md` of each folder directly in `content/`.

#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods)]

pub mod recipe;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// The folder of the cases.
pub fn cases() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases")
}

/// A run that takes longer hangs.
const LONGEST: Duration = Duration::from_secs(120);

/// An edition on disk; the folder goes when the value goes.
pub struct Edition {
    folder: tempfile::TempDir,
    without: BTreeSet<String>,
}

impl Default for Edition {
    fn default() -> Self {
        Edition::new()
    }
}

impl Edition {
    /// An edition without files; what it needs besides those of the test is supplied when the program runs.
    pub fn new() -> Self {
        Edition { folder: tempfile::tempdir().unwrap(), without: BTreeSet::new() }
    }

    /// The root folder.
    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a file.
    pub fn file(self, path: &str, text: impl AsRef<[u8]>) -> Self {
        self.write(path, text.as_ref());
        self
    }

    /// Writes a file into an edition that is at hand.
    pub fn write(&self, path: &str, bytes: &[u8]) {
        let file = self.root().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, bytes).unwrap();
    }

    /// Takes away a file or folder, also one that would be supplied.
    pub fn without(mut self, path: &str) -> Self {
        self.take_away(path);
        self
    }

    fn take_away(&mut self, path: &str) {
        let file = self.root().join(path);
        if file.is_dir() {
            fs::remove_dir_all(file).unwrap();
        } else if file.exists() {
            fs::remove_file(file).unwrap();
        }
        self.without.insert(path.to_owned());
    }

    /// Copies every file below a folder of the disk into the edition, at the same path.
    pub fn copy(self, from: &Path) -> Self {
        for (path, bytes) in files_below(from) {
            self.write(&path, &bytes);
        }
        self
    }

    /// Runs the program on the edition; `--root` is added.
    pub fn run(&self, arguments: &[&str]) -> Run {
        self.supply();
        let path = |name: &str| self.root().with_file_name(format!("{}.{name}", self.name()));
        let (out, err) = (path("out"), path("err"));
        let mut child = Command::new(env!("CARGO_BIN_EXE_engross"))
            .args(arguments)
            .arg("--root")
            .arg(self.root())
            .env_remove("NO_COLOR")
            .stdin(Stdio::null())
            // Files, since a full pipe would stop a program that says much.
            .stdout(fs::File::create(&out).unwrap())
            .stderr(fs::File::create(&err).unwrap())
            .spawn()
            .unwrap();
        let started = Instant::now();
        let code = loop {
            if let Some(status) = child.try_wait().unwrap() {
                break status.code();
            }
            if started.elapsed() > LONGEST {
                child.kill().unwrap();
                child.wait().unwrap();
                break None;
            }
            std::thread::sleep(Duration::from_millis(3));
        };
        let read = |file: &Path| {
            let bytes = fs::read(file).unwrap();
            fs::remove_file(file).unwrap();
            self.stable(&String::from_utf8(bytes).expect("the program prints UTF-8"))
        };
        Run { stdout: read(&out), stderr: read(&err), code: code.unwrap_or(-1) }
    }

    fn name(&self) -> String {
        self.root().file_name().unwrap().to_string_lossy().into_owned()
    }

    /// Every file below a folder of the edition, such as `public`: path within it and bytes.
    pub fn files(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        files_below(&self.root().join(folder))
    }

    /// Writes what the edition needs and the test has not written.
    fn supply(&self) {
        let base = cases().join("_base");
        let need = |path: &str, from: &Path| {
            let there = self.root().join(path).symlink_metadata().is_ok();
            if !there && !self.without.contains(path) {
                self.write(path, &fs::read(from).unwrap());
            }
        };
        need("site.yaml", &base.join("site.yaml"));
        if self.without.contains("content") || self.root().join("content").is_file() {
            return;
        }
        need("content/_index.md", &base.join("content/_index.md"));
        let home = fs::read_to_string(self.root().join("content/_index.md")).unwrap_or_default();
        if home.lines().any(|line| line == "kind: volume") {
            return;
        }
        for entry in fs::read_dir(self.root().join("content")).into_iter().flatten() {
            let entry = entry.unwrap();
            let Ok(name) = entry.file_name().into_string() else { continue };
            if entry.file_type().unwrap().is_dir() && name != "registers" && !name.starts_with('.') {
                need(&format!("content/{name}/_index.md"), &base.join("volume.md"));
            }
        }
    }

    /// Takes away what differs from run to run: where the edition lies, and figures of a build.
    fn stable(&self, text: &str) -> String {
        let text = text.replace(&self.root().to_string_lossy().into_owned(), "EDITION");
        let line = |line: &str| match line.strip_prefix("built ").and_then(|rest| rest.split_once(':')) {
            Some((what, figures)) => {
                let found = figures.split_once("; ").map_or(String::new(), |(_, found)| format!("; {found}"));
                format!("built {what}: …{found}")
            }
            None if line.starts_with("the site: ") && line.contains("; largest pages ") => "the site: …".to_owned(),
            None => line.to_owned(),
        };
        text.split('\n').map(line).collect::<Vec<_>>().join("\n")
    }
}

/// What the program printed, and its exit code; -1 where it was killed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
    /// Exit code.
    pub code: i32,
}

impl fmt::Display for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "exit code {}\n--- stdout\n{}--- stderr\n{}", self.code, self.stdout, self.stderr)
    }
}

impl Run {
    /// What no run may do, whatever the edition: panic, hang, or say the same thing twice.
    pub fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        if !(0..=2).contains(&self.code) {
            faults.push(format!("it ended with {}", self.code));
        }
        if self.stderr.contains("panicked at") {
            faults.push("it panicked".to_owned());
        }
        let mut seen = BTreeSet::new();
        for report in self.stderr.split("\n\n").chain(self.stdout.lines()) {
            if !report.trim().is_empty() && !seen.insert(report) {
                faults.push(format!("it said twice:\n{report}"));
            }
        }
        faults
    }
}

/// Every file below a folder: path with `/`, and bytes. A missing folder holds none.
pub fn files_below(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok) {
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(folder).unwrap();
            let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy().into_owned()).collect();
            files.insert(parts.join("/"), fs::read(entry.path()).unwrap());
        }
    }
    files
}
