//! Editions in folders of their own, built by the program itself.
#![allow(dead_code, unreachable_pub, reason = "each test that takes this module in is a program of its own")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;
use walkdir::WalkDir;

/// An edition that a test may change.
pub struct Edition {
    folder: TempDir,
}

/// How a command ended, and what it said.
#[derive(Debug)]
pub struct Ended {
    /// Exit code; none when the program was killed.
    pub code: Option<i32>,
    /// Standard error.
    pub said: String,
}

/// The files of a site by path.
pub type Files = BTreeMap<String, Vec<u8>>;

impl Edition {
    /// An edition without files.
    pub fn empty() -> Edition {
        Edition { folder: tempfile::tempdir().unwrap() }
    }

    /// The sample edition of this repository.
    pub fn sample() -> Edition {
        let edition = Edition::empty();
        let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
        fs::copy(repository.join("site.yaml"), edition.root().join("site.yaml")).unwrap();
        copy_folder(&repository.join("content"), &edition.root().join("content"));
        edition
    }

    /// An edition under tests/editions/.
    pub fn invented(name: &str) -> Edition {
        let edition = Edition::empty();
        copy_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/editions").join(name), edition.root());
        edition
    }

    /// The folder with site.yaml.
    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    /// The output folder.
    pub fn out(&self) -> PathBuf {
        self.root().join("public")
    }

    /// Writes a file of the edition.
    pub fn write(&self, path: &str, text: &str) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Changes a file of the edition.
    pub fn change(&self, path: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.root().join(path)).unwrap();
        assert!(text.contains(from), "{path} does not hold {from:?}");
        self.write(path, &text.replace(from, to));
    }

    /// `engross build` with more arguments, not yet run.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_engross"));
        command.arg("--root").arg(self.root()).arg("build").args(arguments);
        command
    }

    /// Runs `engross build`.
    pub fn run(&self, arguments: &[&str]) -> Ended {
        ended(&self.command(arguments).output().unwrap())
    }

    /// Builds the site, which must end well; gives the last lines that the program said.
    pub fn build(&self, arguments: &[&str]) -> String {
        let ended = self.run(arguments);
        assert_eq!(ended.code, Some(0), "{}", ended.said);
        ended.said
    }

    /// A page of the built site.
    pub fn page(&self, path: &str) -> String {
        let file = self.out().join(path);
        fs::read_to_string(&file).unwrap_or_else(|error| panic!("{path}: {error}"))
    }
}

/// What a finished program left.
pub fn ended(output: &Output) -> Ended {
    Ended { code: output.status.code(), said: String::from_utf8_lossy(&output.stderr).into_owned() }
}

/// All files below a folder.
pub fn files(folder: &Path) -> Files {
    let mut files = Files::new();
    for entry in WalkDir::new(folder) {
        let entry = entry.unwrap();
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
            files.insert(path, fs::read(entry.path()).unwrap());
        }
    }
    files
}

/// The pages among files, as text.
pub fn pages(files: &Files) -> impl Iterator<Item = (&str, &str)> {
    let pages = files.iter().filter(|(path, _)| path.ends_with(".html"));
    pages.map(|(path, bytes)| (path.as_str(), std::str::from_utf8(bytes).unwrap()))
}

fn copy_folder(from: &Path, to: &Path) {
    for entry in WalkDir::new(from) {
        let entry = entry.unwrap();
        let path = entry.path().strip_prefix(from).unwrap();
        if path.starts_with(".engross") || path.starts_with("public") {
            continue;
        }
        if entry.file_type().is_dir() {
            fs::create_dir_all(to.join(path)).unwrap();
        } else {
            fs::copy(entry.path(), to.join(path)).unwrap();
        }
    }
}
