//! What the `git` program knows of an edition: the commit it stands at, and its files at other commits.
//!
//! Git is asked, never told: no hook runs, and nothing in the repository is written. Where there is no git, no
//! repository, or an edition that is not in it, there is no answer.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The commit that an edition was built from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// Its full id.
    pub commit: String,
    /// Whether sources differ from those of the commit.
    pub is_changed: bool,
}

/// What a site is made from, below an edition's root.
const SOURCES: &[&str] = &["site.yaml", "content", "static", "themes", "ledger"];

/// The commit at which an edition stands; none where its site.yaml is in no repository.
pub fn origin(root: &Path) -> Option<Origin> {
    ask(root, &["ls-files", "--error-unmatch", "--", "site.yaml"], &[])?;
    let commit = line(&ask(root, &["rev-parse", "--verify", "--quiet", "HEAD^{commit}"], &[])?)?;
    let mut status =
        vec!["status", "--porcelain", "-z", "--no-renames", "--untracked-files=all", "--ignored=traditional", "--"];
    status.extend(SOURCES);
    let status = ask(root, &status, &[])?;
    let is_changed = status.split(|byte| *byte == 0).any(is_change);
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
    let commit = ask(root, &["rev-parse", "--verify", "--quiet", "--end-of-options", &commit], &[])
        .and_then(|answer| line(&answer))
        .ok_or_else(|| format!("`{revision}` is neither a folder nor a commit, tag or branch of the edition"))?;
    let failed = |what: &str| format!("git cannot {what} of {revision}");
    let top = ask(root, &["rev-parse", "--show-toplevel"], &[]).and_then(|answer| line(&answer));
    let top = PathBuf::from(top.ok_or_else(|| failed("find the folder"))?);
    let below = ask(root, &["rev-parse", "--show-prefix"], &[]).and_then(|answer| line(&answer)).unwrap_or_default();
    // An index of its own: the repository's is not touched, as it would be by a checkout or a worktree.
    let index = into.join("index");
    let tree = into.join("tree");
    fs::create_dir_all(&tree).map_err(|error| format!("cannot write {}: {error}", tree.display()))?;
    let with_index = [("GIT_INDEX_FILE", index.as_os_str())];
    ask(&top, &["read-tree", &commit], &with_index).ok_or_else(|| failed("list the files"))?;
    let prefix = format!("--prefix={}/", tree.display());
    ask(&top, &["checkout-index", "--all", "--quiet", &prefix], &with_index)
        .ok_or_else(|| failed("write the files"))?;
    let root = tree.join(&below);
    if !root.join("site.yaml").is_file() {
        return Err(format!("{revision} has no site.yaml{}", if below.is_empty() { "" } else { " in this folder" }));
    }
    Ok(Export { commit, root })
}

/// What git answers; none where it fails, or is not there.
fn ask(folder: &Path, arguments: &[&str], environment: &[(&str, &OsStr)]) -> Option<Vec<u8>> {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args(["-c", "core.fsmonitor=false", "-c", "core.sparseCheckout=false"]);
    command.args(arguments).stdin(Stdio::null()).stderr(Stdio::null());
    // In a hook these name another repository or index than the edition's.
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR"] {
        command.env_remove(name);
    }
    command.env("LC_ALL", "C").env("GIT_OPTIONAL_LOCKS", "0").env("GIT_TERMINAL_PROMPT", "0");
    command.envs(environment.iter().copied());
    let output = command.output().ok()?;
    output.status.success().then_some(output.stdout)
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
