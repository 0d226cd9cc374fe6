//! Finding and reading the files of an edition. Every walk is sorted; what cannot be read is reported, never skipped.

use crate::diag::{Code, Diagnostic, Place};
use std::borrow::Cow;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A text of more bytes is no document.
pub const MOST_BYTES: u64 = 16 * 1024 * 1024;

/// The files of an edition, by kind; paths are relative to its root, with `/`.
#[derive(Debug, Default)]
pub struct Files {
    /// Markdown files under content/.
    pub documents: Vec<Arc<str>>,
    /// YAML and JSON files in folders called `registers`.
    pub registers: Vec<Arc<str>>,
    /// Files under static/: address within the site, and file.
    pub statics: Vec<(String, PathBuf)>,
    /// Files of the site's own theme: path within the theme, and file.
    pub theme: Vec<(String, PathBuf)>,
    /// Folders under content/ that directly hold documents or other folders.
    pub folders: Vec<String>,
}

/// Finds the files of an edition.
pub fn find(root: &Path, theme: &str) -> (Files, Vec<Diagnostic>) {
    let mut finder = Finder { root, files: Files::default(), diagnostics: Vec::new() };
    if root.join("content").is_dir() {
        finder.content();
    } else {
        let place = Place::file("content");
        let diagnostic = Diagnostic::new(Code::CONTENT_MISSING, place, "there is no folder `content`");
        finder.diagnostics.push(diagnostic.help("`engross new DIR` makes an edition that builds"));
    }
    finder.files.statics = finder.plain("static");
    finder.files.theme = finder.plain(&format!("themes/{theme}"));
    finder.documents_must_exist();
    (finder.files, finder.diagnostics)
}

/// Reads a text of the edition as it lies on disk.
///
/// # Errors
/// A file that cannot be read, is too large, is not UTF-8, or holds control characters.
pub fn read(root: &Path, file: &Arc<str>) -> Result<String, Box<Diagnostic>> {
    let report = |code, message: String, help: &str| {
        Box::new(Diagnostic::new(code, Place::file(Arc::clone(file)), message).help(help))
    };
    let path = root.join(&**file);
    let unreadable = |error: std::io::Error| {
        report(
            Code::FILE_UNREADABLE,
            format!("this file cannot be read: {error}"),
            "check that it exists and may be read",
        )
    };
    let size = fs::metadata(&path).map_err(unreadable)?.len();
    if size > MOST_BYTES {
        let message = format!("this file has {} MB; a document may have 16", size / 1024 / 1024);
        return Err(report(Code::FILE_TOO_LARGE, message, "write one file for each document"));
    }
    let bytes = fs::read(&path).map_err(unreadable)?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let bytes = error.as_bytes();
        let line = bytes[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
        let message = format!("this file is not UTF-8: line {line} holds the byte 0x{:02X}", bytes[at]);
        report(Code::FILE_NOT_UTF8, message, "save the file again with the encoding UTF-8")
    })?;
    match control_character(text.as_bytes()) {
        None => Ok(text),
        Some(at) => {
            let message = format!("this file holds the control character U+{:04X}", text.as_bytes()[at]);
            let place = Place::at(Arc::clone(file), at..at + 1);
            let diagnostic = Diagnostic::new(Code::FILE_CONTROL_CHARACTER, place, message).help("delete it");
            Err(Box::new(diagnostic))
        }
    }
}

/// Place of the first control character that cannot stand in a page.
fn control_character(bytes: &[u8]) -> Option<usize> {
    let is_control = |byte: u8| (byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c)) || byte == 0x7f;
    // Nearly every text has none: one pass without branches says so.
    let any = bytes.iter().fold(false, |any, byte| any | is_control(*byte));
    if any { bytes.iter().position(|byte| is_control(*byte)) } else { None }
}

/// Texts for the reports, read again when a diagnostic is shown.
pub struct FileTexts<'a> {
    /// The edition's root.
    pub root: &'a Path,
}

impl crate::diag::report::Texts for FileTexts<'_> {
    fn text(&self, file: &str) -> Option<Cow<'_, str>> {
        let path = self.root.join(file);
        let small = fs::metadata(&path).is_ok_and(|metadata| metadata.len() <= MOST_BYTES);
        small.then(|| fs::read_to_string(path).ok().map(Cow::Owned)).flatten()
    }
}

struct Finder<'r> {
    root: &'r Path,
    files: Files,
    diagnostics: Vec<Diagnostic>,
}

impl Finder<'_> {
    fn content(&mut self) {
        let walk = walkdir::WalkDir::new(self.root.join("content")).sort_by_file_name();
        for entry in walk.into_iter().filter_entry(|entry| !is_hidden(entry)) {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    self.unreadable(&error);
                    continue;
                }
            };
            let Some(path) = self.relative(entry.path()) else { continue };
            if entry.file_type().is_symlink() {
                let help = "copy the file or folder itself into content/";
                let message = "symbolic links are not followed";
                let diagnostic = Diagnostic::new(Code::SYMLINK, Place::file(path), message);
                self.diagnostics.push(diagnostic.help(help));
            } else if entry.file_type().is_dir() {
                self.files.folders.push(path);
            } else {
                self.content_file(path);
            }
        }
    }

    fn content_file(&mut self, path: String) {
        let register = path.rsplit('/').nth(1) == Some("registers");
        let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
        match ending {
            "md" if !register => self.files.documents.push(path.into()),
            "yaml" | "json" if register => self.files.registers.push(path.into()),
            _ => {
                let help = "images and downloads belong under static/; documents end in .md, registers in .yaml";
                let diagnostic = Diagnostic::new(Code::FILE_IGNORED, Place::file(path), "this file is not published");
                self.diagnostics.push(diagnostic.help(help));
            }
        }
    }

    /// All files below a folder that may be missing.
    fn plain(&mut self, folder: &str) -> Vec<(String, PathBuf)> {
        let top = self.root.join(folder);
        if !top.is_dir() {
            return Vec::new();
        }
        let mut files = Vec::new();
        for entry in walkdir::WalkDir::new(&top).sort_by_file_name().into_iter().filter_entry(|entry| {
            let name = entry.file_name().to_string_lossy();
            !matches!(&*name, ".git" | ".DS_Store") && !name.ends_with('~')
        }) {
            match entry {
                Ok(entry) if entry.file_type().is_symlink() => {
                    let path = self.relative(entry.path()).unwrap_or_default();
                    let diagnostic =
                        Diagnostic::new(Code::SYMLINK, Place::file(path), "symbolic links are not followed");
                    self.diagnostics.push(diagnostic.help("copy the file itself"));
                }
                Ok(entry) if entry.file_type().is_file() => {
                    let inner = entry.path().strip_prefix(&top).unwrap_or(entry.path());
                    files.push((slashed(inner), entry.path().to_owned()));
                }
                Ok(_) => {}
                Err(error) => self.unreadable(&error),
            }
        }
        files
    }

    fn documents_must_exist(&mut self) {
        if self.diagnostics.is_empty() && self.files.documents.is_empty() {
            let place = Place::file("content");
            let diagnostic = Diagnostic::new(Code::CONTENT_MISSING, place, "there is no document in content/");
            self.diagnostics
                .push(diagnostic.help("write content/_index.md and a volume, or start with `engross new DIR`"));
        }
    }

    fn unreadable(&mut self, error: &walkdir::Error) {
        let path = error.path().and_then(|path| self.relative(path)).unwrap_or_else(|| "content".into());
        let message = match error.io_error() {
            Some(error) => format!("this cannot be read: {error}"),
            None => format!("this cannot be read: {error}"),
        };
        let diagnostic = Diagnostic::new(Code::FILE_UNREADABLE, Place::file(path), message);
        self.diagnostics.push(diagnostic.help("check that it exists and may be read"));
    }

    /// A path from the edition's root. Names that are no UTF-8 are reported: no address could hold them.
    fn relative(&mut self, path: &Path) -> Option<String> {
        let inner = path.strip_prefix(self.root).unwrap_or(path);
        if inner.to_str().is_none() {
            let place = Place::file(inner.to_string_lossy().into_owned());
            let diagnostic = Diagnostic::new(Code::FILE_UNREADABLE, place, "the name of this file is not UTF-8");
            self.diagnostics.push(diagnostic.help("rename it"));
            return None;
        }
        Some(slashed(inner))
    }
}

fn slashed(path: &Path) -> String {
    let parts: Vec<_> = path.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
    parts.join("/")
}

/// Hidden files, and what editors leave beside a file.
fn is_hidden(entry: &walkdir::DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    entry.depth() > 0
        && (name.starts_with('.') || name.ends_with('~') || (name.starts_with('#') && name.ends_with('#')))
}
