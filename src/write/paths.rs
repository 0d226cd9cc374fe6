//! Which paths a site may have, and which folders it may be written to.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use unicode_normalization::UnicodeNormalization;

use super::WriteError;
use super::manifest::{MANIFEST, Manifest};

/// First parts of a path that no site may use, and that do not count when a folder is asked whether it is empty:
/// a branch checked out into the output folder, and what a file system keeps at its top.
const NOT_OURS: [&str; 2] = [".git", "lost+found"];

/// The beginning of names we use ourselves in the output folder.
const RESERVED: &str = ".engross";

/// Whether a name at the top of the output folder is outside the site.
pub(super) fn outside_site(name: &str) -> bool {
    NOT_OURS.contains(&name) || name.starts_with(RESERVED)
}

/// Refuses a path that is not relative, not in its simplest form, or not ours to write.
pub(super) fn check_path(path: &str) -> Result<(), WriteError> {
    let refuse = |reason: &str| Err(WriteError::refused(path, reason));
    if path.is_empty() || path.starts_with('/') {
        return refuse("a page's path must be relative to the site");
    }
    if path.bytes().any(|byte| byte == b'\\' || byte < b' ' || byte == 127) || (cfg!(windows) && path.contains(':')) {
        return refuse("a page's path must not hold backslashes or control characters");
    }
    if path.split('/').any(|part| matches!(part, "" | "." | "..")) {
        return refuse("a page's path must be in its simplest form, without empty parts, `.` or `..`");
    }
    let first = path.split('/').next().unwrap_or(path).to_lowercase();
    if outside_site(&first) { refuse("this name is not a site's to use") } else { Ok(()) }
}

/// The error for a path that two pages want.
pub(super) fn given_twice(path: &str) -> WriteError {
    WriteError::refused(path, "two pages have this path")
}

/// Refuses paths that could not stand in one folder on every system: those that differ only in the case or in the
/// composition of letters, and those of a file and a folder alike. `paths` come sorted.
pub(super) fn check_together<'a>(paths: impl Iterator<Item = &'a str>) -> Result<(), WriteError> {
    let mut seen: HashMap<String, (&str, bool)> = HashMap::new();
    let mut register = |name: &'a str, is_folder: bool| match seen.insert(fold(name), (name, is_folder)) {
        Some((other, _)) if other != name => {
            Err(WriteError::refused(name, format!("on many systems this is the same file as {other}")))
        }
        Some((_, was_folder)) if !(was_folder && is_folder) => {
            Err(WriteError::refused(name, "this is the path of a page and of a folder with pages"))
        }
        _ => Ok(()),
    };
    let mut last_parent = "";
    for path in paths {
        let parent = parent(path);
        if parent != last_parent {
            parents(path).try_for_each(|folder| register(folder, true))?;
            last_parent = parent;
        }
        register(path, false)?;
    }
    Ok(())
}

/// The form in which file systems that mind neither case nor composition compare names.
pub(super) fn fold(path: &str) -> String {
    if path.is_ascii() { path.to_ascii_lowercase() } else { path.nfc().flat_map(char::to_lowercase).nfc().collect() }
}

/// The folder a path is in; empty at the top.
pub(super) fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(parent, _)| parent)
}

/// All folders above a path, outermost first: `a`, `a/b` for `a/b/c`.
pub(super) fn parents(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').filter_map(|(index, _)| path.get(..index))
}

/// A folder's real place: links followed, `.` and `..` taken out, also when its last parts do not exist yet.
pub(super) fn resolve(folder: &Path) -> Result<PathBuf, WriteError> {
    let mut missing: Vec<Component> = Vec::new();
    let mut existing = folder.components();
    loop {
        let path = if existing.as_path().as_os_str().is_empty() { Path::new(".") } else { existing.as_path() };
        match path.canonicalize() {
            Ok(mut resolved) => {
                for part in missing.iter().rev() {
                    match part {
                        Component::ParentDir => drop(resolved.pop()),
                        part => resolved.push(part),
                    }
                }
                return Ok(resolved);
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                if path.is_symlink() {
                    return Err(WriteError::refused(path, "this link leads nowhere"));
                }
                match existing.next_back() {
                    Some(part) => missing.push(part),
                    None => return Err(WriteError::io("find", path)(error)),
                }
            }
            Err(error) => return Err(WriteError::io("find", path)(error)),
        }
    }
}

/// Refuses an output folder that is, holds or lies in something that must not be overwritten. All paths resolved.
pub(super) fn check_apart(root: &Path, out: &Path, sources: &[PathBuf]) -> Result<(), WriteError> {
    if root.starts_with(out) {
        return Err(WriteError::refused(out, "the output folder must not be the edition's own folder or one above it"));
    }
    for source in sources {
        let source = resolve(source)?;
        if source.starts_with(out) || out.starts_with(&source) {
            let reason = format!("the output folder must be apart from the edition's sources in {}", source.display());
            return Err(WriteError::refused(out, reason));
        }
    }
    if out.starts_with(root.join(RESERVED)) {
        return Err(WriteError::refused(out, "the output folder must not be in the folder for caches"));
    }
    Ok(())
}

/// What is in the output folder before a build.
#[derive(Debug)]
pub(super) enum Output {
    /// Nothing, or no folder: the site can be put in place in one step.
    Fresh,
    /// A site of ours, with its manifest and the manifest's exact text.
    Ours(Manifest, String),
}

/// Looks at the output folder; refuses one that holds something but no manifest of ours.
pub(super) fn inspect(out: &Path) -> Result<Output, WriteError> {
    let entries = match fs::read_dir(out) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Output::Fresh),
        Err(error) => return Err(WriteError::io("open", out)(error)),
    };
    let mut only_theirs = false;
    let mut foreign = None;
    for entry in entries {
        let name = entry.map_err(WriteError::io("read", out))?.file_name().to_string_lossy().into_owned();
        if name == MANIFEST {
            return read_manifest(out);
        }
        only_theirs |= NOT_OURS.contains(&name.as_str());
        if !outside_site(&name) {
            // The same name each time, whatever order the system lists them in.
            foreign = foreign.into_iter().chain([name]).min();
        }
    }
    match foreign {
        Some(name) => Err(WriteError::refused(
            out,
            format!("the folder is not empty ({name}) and was not written by engross: empty it or choose another one"),
        )),
        None if only_theirs => Ok(Output::Ours(Manifest::default(), String::new())),
        None => Ok(Output::Fresh),
    }
}

fn read_manifest(out: &Path) -> Result<Output, WriteError> {
    let file = out.join(MANIFEST);
    let bytes = fs::read(&file).map_err(WriteError::io("read", &file))?;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    match Manifest::parse(&text) {
        Some(manifest) => Ok(Output::Ours(manifest, text)),
        None => Err(WriteError::refused(
            file,
            "the manifest is not one that this version of engross wrote: empty the folder or choose another one",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_that_leave_the_site_are_refused() {
        for path in
            ["", "/a", "a/", "a//b", "./a", "a/../b", "..", "a\\b", "a\nb", "a\tb", ".git/x", ".GIT", ".engross/x"]
        {
            assert!(check_path(path).is_err(), "{path:?} passed");
        }
        assert!(check_path(MANIFEST).is_err());
        for path in ["a", "a/b.html", ".nojekyll", "a/.git", "élan/ü.html", "a b", "..a"] {
            check_path(path).unwrap();
        }
    }

    #[test]
    fn paths_that_do_not_stand_together_are_refused() {
        let check = |paths: &[&str]| check_together(paths.iter().copied()).map_err(|error| error.to_string());
        check(&["a/b", "a/c", "a/c.html", "b"]).unwrap();
        check(&["a/x/1", "a/x/2", "a/y", "b/x/1"]).unwrap();
        assert_eq!(check(&["a/B", "a/b"]).unwrap_err(), "a/b: on many systems this is the same file as a/B");
        assert_eq!(check(&["A/1", "a/2"]).unwrap_err(), "a: on many systems this is the same file as A");
        assert!(check(&["e\u{301}.html", "\u{e9}.html"]).is_err());
        assert_eq!(check(&["a", "a/b"]).unwrap_err(), "a: this is the path of a page and of a folder with pages");
        assert!(check(&["a", "a.b", "a/b"]).is_err());
    }

    #[test]
    fn missing_parts_resolve() {
        let folder = tempfile::tempdir().unwrap();
        let real = folder.path().canonicalize().unwrap();
        assert_eq!(resolve(&folder.path().join("a/../b/./c")).unwrap(), real.join("b/c"));
        assert_eq!(resolve(Path::new("")).unwrap(), Path::new(".").canonicalize().unwrap());
        fs::write(real.join("file"), "").unwrap();
        assert!(resolve(&real.join("file/x")).is_err());
    }
}
