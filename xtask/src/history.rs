//! A repository around an invented edition, with a long history, to measure how the log is read.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// How many documents a commit changes.
const CHANGED: usize = 3;

/// Makes a repository of an edition: one commit of all its files, and `commits - 1` that each change three documents.
///
/// # Errors
/// A folder that cannot be read, and a `git` that is not there or does not take what it is given.
pub(crate) fn write_history(root: &Path, commits: usize) -> io::Result<String> {
    let mut files = Vec::new();
    collect(root, root, &mut files)?;
    git(root, &["init", "--quiet", "--initial-branch=main"])?;
    let mut import =
        Command::new("git").current_dir(root).args(["fast-import", "--quiet"]).stdin(Stdio::piped()).spawn()?;
    let stdin = import.stdin.take().ok_or_else(|| io::Error::other("git takes no input"))?;
    let mut out = BufWriter::new(stdin);
    head(&mut out, 0, "Begin")?;
    for path in &files {
        change(&mut out, path, &fs::read(root.join(path))?)?;
    }
    let mut documents: Vec<(&PathBuf, Vec<u8>)> = Vec::new();
    for path in files.iter().filter(|path| is_document(path)) {
        documents.push((path, fs::read(root.join(path))?));
    }
    for commit in 1..commits {
        head(&mut out, commit, &format!("Change {commit}"))?;
        for nth in 0..CHANGED {
            let place = (commit * 7919 + nth * 104_729) % documents.len().max(1);
            if let Some((path, text)) = documents.get_mut(place) {
                write!(text, "\nAdded by change {commit}.\n")?;
                change(&mut out, path, text)?;
            }
        }
    }
    out.flush()?;
    drop(out);
    if !import.wait()?.success() {
        return Err(io::Error::other("git fast-import failed"));
    }
    git(root, &["checkout", "--quiet", "--force", "main"])?;
    Ok(format!("{commits} commits over {} files", files.len()))
}

fn head(out: &mut impl Write, commit: usize, message: &str) -> io::Result<()> {
    let seconds = 1_600_000_000 + commit * 3600;
    writeln!(out, "commit refs/heads/main\nmark :{}", commit + 1)?;
    writeln!(out, "committer An Editor <editor@example.org> {seconds} +0000\ndata {}\n{message}", message.len())?;
    if commit > 0 {
        writeln!(out, "from :{commit}")?;
    }
    Ok(())
}

fn change(out: &mut impl Write, path: &Path, bytes: &[u8]) -> io::Result<()> {
    writeln!(out, "M 100644 inline {}\ndata {}", path.display(), bytes.len())?;
    out.write_all(bytes)?;
    writeln!(out)
}

fn is_document(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "md") && path.file_name().is_some_and(|name| name != "_index.md")
}

/// All files, in a fixed order, by their paths from the root.
fn collect(root: &Path, folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    let mut entries: Vec<_> = fs::read_dir(folder)?.collect::<Result<_, _>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        if entry.file_type()?.is_dir() {
            collect(root, &path, files)?;
        } else if let Ok(inside) = path.strip_prefix(root) {
            files.push(inside.to_owned());
        }
    }
    Ok(())
}

fn git(root: &Path, arguments: &[&str]) -> io::Result<()> {
    let done = Command::new("git").current_dir(root).args(arguments).status()?.success();
    done.then_some(()).ok_or_else(|| io::Error::other(format!("git {} failed", arguments.join(" "))))
}
