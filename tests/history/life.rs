//! An edition in a repository of its own, whose life is told by git commands, built by the program.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use walkdir::WalkDir;

/// An edition and the repository around it.
pub struct Life {
    folder: tempfile::TempDir,
    /// Folder of the edition within the repository: empty, or with a final slash.
    inside: &'static str,
    /// Commits so far: each is a day younger than the one before.
    day: u32,
}

impl Life {
    /// A repository with three documents, not committed yet.
    pub fn new(inside: &'static str) -> Life {
        let life = Life { folder: tempfile::tempdir().unwrap(), inside, day: 0 };
        life.git(&["init", "-q", "-b", "main"]);
        life.write(
            "site.yaml",
            "title: Papers\nbase_url: https://papers.example.org/\nminify: off\nsearch: off\ncheck:\n  source-missing: off\n",
        );
        life.write("content/v/_index.md", "---\nkind: volume\ntitle: Volume\n---\n");
        for id in ["d1", "d2", "d3"] {
            life.document(id, "As it was first.");
        }
        life.write(".gitignore", ".engross/\npublic/\ncold/\nother/\n");
        life
    }

    /// The same, committed.
    pub fn begun() -> Life {
        let mut life = Life::new("");
        life.commit("Three documents");
        life
    }

    /// The repository.
    pub fn repository(&self) -> &Path {
        self.folder.path()
    }

    /// The edition.
    pub fn root(&self) -> PathBuf {
        self.folder.path().join(self.inside)
    }

    pub fn write(&self, path: &str, text: &str) {
        let file = self.root().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }

    pub fn document(&self, id: &str, text: &str) {
        let long: String = (1..30).map(|line| format!("Line {line} of {id}, which stays as it is.\n")).collect();
        let head = format!("---\ntitle: Letter {id}\ndate: \"1963-02-18\"\n---\n");
        self.write(&format!("content/v/{id}.md"), &format!("{head}\n{text}\n\n{long}"));
    }

    pub fn git(&self, arguments: &[&str]) -> String {
        self.git_in(self.repository(), arguments)
    }

    pub fn git_in(&self, folder: &Path, arguments: &[&str]) -> String {
        let date = format!("2025-03-{:02}T23:30:00-05:00", self.day);
        let output = Command::new("git")
            .current_dir(folder)
            .args(["-c", "protocol.file.allow=always", "-c", "commit.gpgSign=false"])
            .args(arguments)
            .envs([("GIT_AUTHOR_DATE", &date), ("GIT_COMMITTER_DATE", &date)])
            .envs([("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_NOSYSTEM", "1")])
            .envs([("GIT_AUTHOR_NAME", "An Editor"), ("GIT_AUTHOR_EMAIL", "editor@example.org")])
            .envs([("GIT_COMMITTER_NAME", "An Editor"), ("GIT_COMMITTER_EMAIL", "editor@example.org")])
            .output()
            .unwrap();
        assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).trim_end().to_owned()
    }

    /// Commits all that changed, a day after the last commit.
    pub fn commit(&mut self, message: &str) {
        self.day += 1;
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "--allow-empty", "-m", message]);
    }

    /// Merges a branch, a day after the last commit.
    pub fn merge(&mut self, branch: &str) {
        self.day += 1;
        self.git(&["merge", "-q", "--no-ff", "-m", &format!("Merge {branch}"), branch]);
    }

    fn run(root: &Path, arguments: &[&str], environment: &[(&str, &str)]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_engross"));
        command.arg("--root").arg(root).arg("build").args(arguments);
        command.envs([("GIT_CONFIG_GLOBAL", "/dev/null")]).envs(environment.iter().copied());
        let output = command.output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        output
    }

    /// What the program says of the edition at a folder, whatever it knows from earlier; it finds errors.
    pub fn faults_at(root: &Path, arguments: &[&str]) -> String {
        let mut command = Command::new(env!("CARGO_BIN_EXE_engross"));
        command.arg("--root").arg(root).args(arguments).env("GIT_CONFIG_GLOBAL", "/dev/null");
        let output = command.output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stderr).unwrap()
    }

    /// Builds warm and cold, which must be the same, and gives the site.
    pub fn build(&self) -> Site {
        let root = self.root();
        Life::run(&root, &[], &[]);
        Life::run(&root, &["--no-cache", "--out", "cold"], &[]);
        let (warm, cold) = (Site::read(&root.join("public")), Site::read(&root.join("cold")));
        assert!(warm == cold, "{:?}", warm.differences(&cold));
        warm
    }

    /// A build into a folder of its own in another environment.
    pub fn build_in(&self, arguments: &[&str], environment: &[(&str, &str)]) -> Site {
        Life::build_at(&self.root(), arguments, environment)
    }

    pub fn build_at(root: &Path, arguments: &[&str], environment: &[(&str, &str)]) -> Site {
        Life::run(root, &[&["--no-cache", "--out", "other"], arguments].concat(), environment);
        Site::read(&root.join("other"))
    }

    /// Pages that a warm build makes.
    pub fn made(&self) -> Vec<String> {
        let output = Life::run(&self.root(), &["--explain"], &[]);
        String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
    }
}

/// The files of a site.
#[derive(Debug, PartialEq, Eq)]
pub struct Site(pub BTreeMap<String, String>);

impl Site {
    fn read(folder: &Path) -> Site {
        let files = WalkDir::new(folder).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file());
        let read = |entry: walkdir::DirEntry| {
            let path = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
            (path, fs::read_to_string(entry.path()).unwrap())
        };
        Site(files.map(read).collect())
    }

    pub fn page(&self, path: &str) -> &str {
        self.0.get(path).unwrap_or_else(|| panic!("no {path} among {:?}", self.0.keys()))
    }

    /// Paths of files that differ.
    pub fn differences(&self, other: &Site) -> Vec<String> {
        let paths = self.0.keys().chain(other.0.keys());
        let mut differ: Vec<String> = paths.filter(|path| self.0.get(*path) != other.0.get(*path)).cloned().collect();
        differ.sort();
        differ.dedup();
        differ
    }

    /// The changes that the page of a document shows: day and subject.
    pub fn changes(&self, id: &str) -> Vec<String> {
        let page = self.page(&format!("v/{id}.html"));
        let Some((_, list)) = page.split_once("<details class=\"history\">") else { return Vec::new() };
        let list = list.split("</details>").next().unwrap();
        let items = list.split("<li>").skip(1);
        items
            .map(|item| item.split_once("\">").unwrap().1.split("</p>").next().unwrap().replace("</time>", ""))
            .collect()
    }
}
