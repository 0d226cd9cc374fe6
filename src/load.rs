//! Finding and reading the files of an edition. Every walk is sorted; what cannot be read is reported, never skipped.

use crate::diag::{Code, Diagnostic, Place};
use std::borrow::Cow;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A text of more bytes is no document.
pub const MOST_BYTES: u64 = 16 * 1024 * 1024;

/// The files of an edition, by kind; paths are relative to its root, with `/`.
#[derive(Debug, Clone, Default)]
pub struct Files {
    /// Markdown files under content/.
    pub documents: Vec<Arc<str>>,
    /// YAML and JSON files in folders called `registers`.
    pub registers: Vec<Arc<str>>,
    /// Files under static/: address within the site, and file.
    pub statics: Vec<(String, PathBuf)>,
    /// Files of the site's own theme: path within the theme, and file.
    pub theme: Vec<(String, PathBuf)>,
    /// Files of the ledger.
    pub ledger: Vec<Arc<str>>,
    /// Folders under content/ that directly hold documents or other folders.
    pub folders: Vec<String>,
}

/// Finds the files of an edition.
pub fn find(root: &Path, theme: &str) -> (Files, Vec<Diagnostic>) {
    let mut finder = Finder { root, files: Files::default(), diagnostics: Vec::new() };
    if finder.is_link("content") {
        finder.link("content".to_owned());
    } else if root.join("content").is_dir() {
        finder.content();
    } else {
        let place = Place::file("content");
        let diagnostic = Diagnostic::new(Code::CONTENT_MISSING, place, "there is no folder `content`");
        finder.diagnostics.push(diagnostic.help("`engross new DIR` makes an edition that builds"));
    }
    finder.files.statics = finder.plain("static");
    finder.files.theme = finder.plain(&format!("themes/{theme}"));
    let ledger = finder.plain("ledger").into_iter().map(|(path, _)| path);
    let ledger = ledger.filter(|path| path.ends_with(".yaml") && !path.contains('/'));
    finder.files.ledger = ledger.map(|path| format!("ledger/{path}").into()).collect();
    finder.documents_must_exist();
    (finder.files, finder.diagnostics)
}

/// Reads a text of the edition as it lies on disk.
///
/// # Errors
/// A file that cannot be read, is too large, is not UTF-8, or holds control characters.
pub fn read(root: &Path, file: &Arc<str>) -> Result<String, Box<Diagnostic>> {
    text(file, bytes(root, file)?)
}

/// Reads the bytes of a text.
///
/// # Errors
/// A file that cannot be read or is too large.
pub fn bytes(root: &Path, file: &Arc<str>) -> Result<Vec<u8>, Box<Diagnostic>> {
    let path = root.join(&**file);
    let unreadable = |error: std::io::Error| {
        let message = format!("this file cannot be read: {error}");
        report(file, Code::FILE_UNREADABLE, message, "check that it exists and may be read")
    };
    let mut opened = fs::File::open(&path).map_err(unreadable)?;
    let size = opened.metadata().map_err(unreadable)?.len();
    if size > MOST_BYTES {
        let message = format!("this file has {} MB; a text of the edition may have 16", size.div_ceil(1024 * 1024));
        let help =
            if file.ends_with(".md") { "write one file for each document" } else { "check what was written into it" };
        return Err(report(file, Code::FILE_TOO_LARGE, message, help));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0) + 1);
    opened.read_to_end(&mut bytes).map_err(unreadable)?;
    Ok(bytes)
}

/// Bytes as a text.
///
/// # Errors
/// Bytes that are not UTF-8 or hold control characters.
pub fn text(file: &Arc<str>, bytes: Vec<u8>) -> Result<String, Box<Diagnostic>> {
    let text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let bytes = error.as_bytes();
        let line = bytes[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
        let message = format!("this file is not UTF-8: line {line} holds the byte 0x{:02X}", bytes[at]);
        report(file, Code::FILE_NOT_UTF8, message, "save the file again with the encoding UTF-8")
    })?;
    match control_characters(file, &text) {
        None => Ok(text),
        Some(diagnostic) => Err(Box::new(diagnostic)),
    }
}

fn report(file: &Arc<str>, code: Code, message: String, help: &str) -> Box<Diagnostic> {
    Box::new(Diagnostic::new(code, Place::file(Arc::clone(file)), message).help(help))
}

/// The control characters of a text, in one diagnostic that points at the first.
fn control_characters(file: &Arc<str>, text: &str) -> Option<Diagnostic> {
    // Those from U+0080 are what is left of Windows-1252 when it is taken for Latin-1.
    let suspect =
        |byte: u8| byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c) || matches!(byte, 0x7f | 0xc2);
    // Nearly every text has none: one pass without branches says so.
    if !text.bytes().fold(false, |any, byte| any | suspect(byte)) {
        return None;
    }
    let is_control = |c: &char| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{c}');
    let mut found = text.char_indices().filter(|(_, c)| is_control(c));
    let (at, first) = found.next()?;
    let count = found.count() + 1;
    let code = u32::from(first);
    let message = match count {
        1 => format!("this file holds the control character U+{code:04X}"),
        _ => format!("this file holds {count} control characters; the first is U+{code:04X}"),
    };
    let help = if code < 0x80 {
        "delete it; it cannot be seen in most editors"
    } else {
        "it is left over from a wrong conversion (often a quotation mark or a dash): write what the original has"
    };
    let place = Place::at(Arc::clone(file), at..at + first.len_utf8());
    Some(Diagnostic::new(Code::FILE_CONTROL_CHARACTER, place, message).help(help))
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
                self.link(path);
            } else if entry.file_type().is_dir() {
                if path.ends_with(".md") {
                    let message = "this is a folder, though its name is that of a document";
                    let diagnostic = Diagnostic::new(Code::FILE_UNREADABLE, Place::file(path.as_str()), message);
                    self.diagnostics.push(diagnostic.help("rename the folder; documents are files that end in .md"));
                }
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
                let help = match ending.to_ascii_lowercase().as_str() {
                    "md" | "markdown" | "mdown" | "mkd" if !register => {
                        "rename it: documents end in .md, in small letters"
                    }
                    "yml" if register => "rename it: registers end in .yaml",
                    "yaml" | "yml" | "json" => {
                        "registers lie in a folder `registers`: content/registers or that of a volume"
                    }
                    _ if register => "a folder `registers` holds files such as persons.yaml, and bibliography.json",
                    _ => "images and downloads belong under static/; documents end in .md",
                };
                let diagnostic = Diagnostic::new(Code::FILE_IGNORED, Place::file(path), "this file is not published");
                self.diagnostics.push(diagnostic.help(help));
            }
        }
    }

    /// All files below a folder that may be missing.
    fn plain(&mut self, folder: &str) -> Vec<(String, PathBuf)> {
        let top = self.root.join(folder);
        if self.is_link(folder) {
            self.link(folder.to_owned());
            return Vec::new();
        }
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
                    self.link(path);
                }
                Ok(entry) if entry.file_type().is_file() => {
                    if self.relative(entry.path()).is_some() {
                        let inner = entry.path().strip_prefix(&top).unwrap_or(entry.path());
                        files.push((slashed(inner), entry.path().to_owned()));
                    }
                }
                Ok(_) => {}
                Err(error) => self.unreadable(&error),
            }
        }
        files
    }

    fn is_link(&self, path: &str) -> bool {
        fs::symlink_metadata(self.root.join(path)).is_ok_and(|metadata| metadata.is_symlink())
    }

    fn link(&mut self, path: String) {
        let diagnostic = Diagnostic::new(Code::SYMLINK, Place::file(path), "symbolic links are not followed");
        self.diagnostics.push(diagnostic.help("put the file or folder itself here"));
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
