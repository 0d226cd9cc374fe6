//! The `git` program, asked by [`crate::history`] for the log, and here for the commit at which an edition stands and
//! its files at other commits.
//!
//! Git is asked, never told: no hook runs, and nothing in the repository is written. Where there is no git, no
//! repository, or an edition that is not in it, there is no answer.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What names a repository other than the one around the folder, as it is set in hooks.
const LOCAL: &[&str] = &[
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_CEILING_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_CONFIG",
    "GIT_CONFIG_COUNT",
    "GIT_CONFIG_PARAMETERS",
    "GIT_DIFF_OPTS",
    "GIT_DIR",
    "GIT_EXTERNAL_DIFF",
    "GIT_GRAFT_FILE",
    "GIT_INDEX_FILE",
    "GIT_NAMESPACE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX",
    "GIT_REPLACE_REF_BASE",
    "GIT_SHALLOW_FILE",
    "GIT_WORK_TREE",
];

/// Settings that shape what is printed, or run programs.
const SETTINGS: &[&str] = &[
    "core.quotePath=false",
    "core.fsmonitor=false",
    "core.sparseCheckout=false",
    "log.showSignature=false",
    "log.showRoot=true",
    "log.follow=false",
    "log.mailmap=false",
    "diff.renames=true",
    "diff.noprefix=false",
    "color.ui=false",
];

/// Where an edition stands in its repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The full id of the commit that is checked out.
    pub head: String,
    /// Folder of the edition within the repository, with a final slash; empty where it is the repository.
    pub prefix: String,
    /// Whether the repository lacks older commits.
    pub is_shallow: bool,
}

impl Standing {
    /// None without git, outside a repository, in a bare one, and before the first commit.
    pub fn of(root: &Path) -> Option<Standing> {
        let questions = ["--is-inside-work-tree", "--is-shallow-repository", "--show-prefix", "--verify"];
        let answer = run(root, &[&["rev-parse"], &questions[..], &["HEAD^{commit}"]].concat())?;
        let answer = String::from_utf8(answer).ok()?;
        let answer = answer.strip_prefix("true\n")?;
        let is_shallow = !answer.starts_with("false\n");
        // The name of a folder may have line ends of its own.
        let (prefix, head) = answer.split_once('\n')?.1.strip_suffix('\n')?.rsplit_once('\n')?;
        Some(Standing { head: head.to_owned(), prefix: prefix.to_owned(), is_shallow })
    }
}

/// What a site is made from, below an edition's root.
const SOURCES: &[&str] = &["site.yaml", "content", "static", "themes", "ledger"];

/// Sources of an edition that differ from the commit that is checked out, by their paths within the repository: also
/// those that git does not know, or is told to pass over.
pub fn changes(root: &Path) -> Option<BTreeSet<Vec<u8>>> {
    let status = ["status", "--porcelain=v1", "-z", "--no-renames", "--untracked-files=all", "--ignored=traditional"];
    let status = run(root, &[&status[..], &["--ignore-submodules=none", "--"], SOURCES].concat())?;
    let changes = status.split(|byte| *byte == 0).filter(|entry| is_change(entry));
    let mut changes: BTreeSet<Vec<u8>> = changes.filter_map(|entry| Some(entry.get(3..)?.to_vec())).collect();
    changes.extend(passed_over(root)?);
    Some(changes)
}

/// Sources that `git status` does not look at, since the user told git that they never change (`--assume-unchanged`,
/// `--skip-worktree`), and that did all the same. What cannot be compared counts as changed.
fn passed_over(root: &Path) -> Option<Vec<Vec<u8>>> {
    let listed = run(root, &[&["ls-files", "-z", "-s", "-v", "--full-name", "--"], SOURCES].concat())?;
    let mut passed = Vec::new();
    for entry in listed.split(|byte| *byte == 0).filter(|entry| entry.first().is_some_and(|tag| is_passed_over(*tag))) {
        let tab = entry.iter().position(|byte| *byte == b'\t')?;
        let (head, path) = entry.split_at(tab);
        let id = std::str::from_utf8(head).ok()?.split(' ').nth(2)?;
        passed.push((id.to_owned(), path.get(1..)?.to_vec()));
    }
    if passed.is_empty() {
        return Some(Vec::new());
    }
    let top = run(root, &["rev-parse", "--show-toplevel"]).and_then(|answer| line(&answer))?;
    let is_same = |id: &str, path: &[u8]| {
        let path = std::str::from_utf8(path).ok()?;
        let found = run(Path::new(&top), &["hash-object", "--", path])?;
        Some(line(&found)? == id)
    };
    let changed = passed.into_iter().filter(|(id, path)| !is_same(id, path).unwrap_or(false));
    Some(changed.map(|(_, path)| path).collect())
}

/// By the tag that `git ls-files -v` puts before a file: small letters for what is assumed to be unchanged.
fn is_passed_over(tag: u8) -> bool {
    tag.is_ascii_lowercase() || tag == b'S'
}

/// The commit that an edition was built from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// Its full id.
    pub commit: String,
    /// Whether sources differ from those of the commit.
    pub is_changed: bool,
}

/// The commit at which an edition stands; none where its site.yaml is in no repository.
pub fn origin(root: &Path) -> Option<Origin> {
    run(root, &["ls-files", "--error-unmatch", "--", "site.yaml"])?;
    let commit = Standing::of(root)?.head;
    let is_changed = !changes(root)?.is_empty();
    Some(Origin { commit, is_changed })
}

/// Whether an entry of `git status` (two letters, a blank, a path) is about a file that a build reads.
fn is_change(entry: &[u8]) -> bool {
    let path = String::from_utf8_lossy(entry.get(3..).unwrap_or_default());
    if path.is_empty() {
        return false;
    }
    let is_unknown = entry.starts_with(b"??") || entry.starts_with(b"!!");
    let is_hidden =
        |part: &str| part.starts_with('.') || part.ends_with('~') || (part.starts_with('#') && part.ends_with('#'));
    !is_unknown || !path.split('/').any(is_hidden)
}

/// An edition's files as they were at a commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Export {
    /// Its full id.
    pub commit: String,
    /// The edition's root in the folder of the export.
    pub root: PathBuf,
}

/// Writes the files of a commit, tag or branch into an empty folder outside the repository.
///
/// # Errors
/// Why that cannot be done, in words.
pub fn export(root: &Path, revision: &str, into: &Path) -> Result<Export, String> {
    let commit = format!("{revision}^{{commit}}");
    let commit = run(root, &["rev-parse", "--verify", "--quiet", "--end-of-options", &commit])
        .and_then(|answer| line(&answer))
        .ok_or_else(|| format!("`{revision}` is neither a folder nor a commit, tag or branch of the edition"))?;
    let failed = |what: &str| format!("git cannot {what} of {revision}");
    let top = run(root, &["rev-parse", "--show-toplevel"]).and_then(|answer| line(&answer));
    let top = PathBuf::from(top.ok_or_else(|| failed("find the folder"))?);
    let below = run(root, &["rev-parse", "--show-prefix"]).and_then(|answer| line(&answer)).unwrap_or_default();
    // An index of its own: the repository's is not touched, as it would be by a checkout or a worktree.
    let index = into.join("index");
    let tree = into.join("tree");
    fs::create_dir_all(&tree).map_err(|error| format!("cannot write {}: {error}", tree.display()))?;
    let with_index = |arguments: &[&str]| answer(command(&top).env("GIT_INDEX_FILE", &index).args(arguments));
    with_index(&["read-tree", &commit]).ok_or_else(|| failed("list the files"))?;
    let prefix = format!("--prefix={}/", tree.display());
    with_index(&["checkout-index", "--all", "--quiet", &prefix]).ok_or_else(|| failed("write the files"))?;
    submodules(&top, &commit, revision, into, &tree)?;
    let root = tree.join(&below);
    if !root.join("site.yaml").is_file() {
        return Err(format!("{revision} has no site.yaml{}", if below.is_empty() { "" } else { " in this folder" }));
    }
    Ok(Export { commit, root })
}

/// Writes the files of all submodules of a commit, each as the commit has it, from their own repositories.
fn submodules(top: &Path, commit: &str, revision: &str, into: &Path, tree: &Path) -> Result<(), String> {
    let listed = run(top, &["ls-tree", "-r", "-z", "--full-tree", commit]);
    let listed = listed.ok_or_else(|| format!("git cannot list the files of {revision}"))?;
    for entry in String::from_utf8_lossy(&listed).split('\0').filter(|entry| entry.starts_with("160000 ")) {
        let Some((head, path)) = entry.split_once('\t') else { continue };
        let id = head.rsplit(' ').next().unwrap_or_default();
        let folder = top.join(path);
        let missing = || {
            format!(
                "{revision} has files in the submodule {path}, which is not there at that commit: fetch it with `git submodule \
                 update --init`, and its older commits with `git -C {path} fetch --unshallow`"
            )
        };
        if !folder.join(".git").exists() {
            return Err(missing());
        }
        let index = into.join("index-of-submodule");
        let with_index = |arguments: &[&str]| answer(command(&folder).env("GIT_INDEX_FILE", &index).args(arguments));
        with_index(&["read-tree", id]).ok_or_else(missing)?;
        let inside = tree.join(path);
        let prefix = format!("--prefix={}/", inside.display());
        with_index(&["checkout-index", "--all", "--quiet", &prefix]).ok_or_else(missing)?;
        submodules(&folder, id, revision, into, &inside)?;
    }
    Ok(())
}

/// What git answers; none where it fails, or is not there.
pub fn run(folder: &Path, arguments: &[&str]) -> Option<Vec<u8>> {
    answer(command(folder).args(arguments))
}

/// The same, to questions that it reads line by line.
pub fn ask(folder: &Path, arguments: &[&str], questions: Vec<u8>) -> Option<Vec<u8>> {
    let mut child = command(folder).args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().ok()?;
    let mut stdin = child.stdin.take()?;
    // Answers fill a pipe while questions are still asked.
    let asking = std::thread::spawn(move || stdin.write_all(&questions));
    let output = child.wait_with_output().ok()?;
    let asked = asking.join().is_ok_and(|asked| asked.is_ok());
    (asked && output.status.success()).then_some(output.stdout)
}

/// Whether git says yes.
pub fn succeeds(folder: &Path, arguments: &[&str]) -> bool {
    command(folder).args(arguments).stdout(Stdio::null()).status().is_ok_and(|status| status.success())
}

fn answer(command: &mut Command) -> Option<Vec<u8>> {
    let output = command.stdout(Stdio::piped()).output().ok()?;
    output.status.success().then_some(output.stdout)
}

/// The program, run without prompts, pagers and locks, and without what a user's settings could change.
fn command(folder: &Path) -> Command {
    let mut command = Command::new("git");
    command.current_dir(folder).stdin(Stdio::null()).stderr(Stdio::null());
    for name in LOCAL {
        command.env_remove(name);
    }
    // A log without lazy fetches never waits for a network.
    for name in ["GIT_NO_REPLACE_OBJECTS", "GIT_NO_LAZY_FETCH"] {
        command.env(name, "1");
    }
    for name in ["GIT_OPTIONAL_LOCKS", "GIT_TERMINAL_PROMPT"] {
        command.env(name, "0");
    }
    command.env("LC_ALL", "C").env("GIT_LITERAL_PATHSPECS", "1").arg("--no-pager");
    for setting in SETTINGS {
        command.args(["-c", setting]);
    }
    command
}

/// An answer of one line.
fn line(answer: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(answer).ok()?;
    Some(text.strip_suffix('\n').unwrap_or(text).to_owned())
}

#[cfg(test)]
mod tests {
    use super::is_change;

    #[test]
    fn what_a_build_does_not_read_is_no_change() {
        let changes = ["", "?? content/.d1.md.swp", "!! static/.DS_Store", "!! content/v/d1.md~"];
        assert!(changes.iter().all(|entry| !is_change(entry.as_bytes())));
        let changes = [" M content/v/d1.md", "?? content/v/d2.md", "!! static/map.png", " D .hidden"];
        assert!(changes.iter().all(|entry| is_change(entry.as_bytes())));
    }
}
