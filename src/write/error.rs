//! What can go wrong when a site is written, in words.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// The site could not be written. Shown as one lower-case line without a final stop.
#[derive(Debug)]
pub enum WriteError {
    /// The system said no.
    Io {
        /// The file or folder it was about.
        path: PathBuf,
        /// What was tried, after "cannot": `write`, `read`, `create` …
        action: &'static str,
        /// The system's answer.
        source: io::Error,
    },
    /// Engross will not do it, since something would be lost or the site would not stand on every system.
    Refused {
        /// The file or folder it is about.
        path: PathBuf,
        /// Why, and what to do.
        reason: String,
    },
}

impl WriteError {
    /// Makes the error of a file operation: `fs::read(path).map_err(WriteError::io("read", path))`.
    pub(super) fn io(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> WriteError {
        move |source| WriteError::Io { path: path.to_path_buf(), action, source }
    }

    pub(crate) fn refused(path: impl Into<PathBuf>, reason: impl Into<String>) -> WriteError {
        WriteError::Refused { path: path.into(), reason: reason.into() }
    }
}

impl fmt::Display for WriteError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WriteError::Io { path, action, source } => {
                write!(formatter, "cannot {action} {}: {}", path.display(), cause(source))
            }
            WriteError::Refused { path, reason } => write!(formatter, "{}: {reason}", path.display()),
        }
    }
}

impl Error for WriteError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            WriteError::Io { source, .. } => Some(source),
            WriteError::Refused { .. } => None,
        }
    }
}

/// The common causes in plain words, the others as the system puts them.
fn cause(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::StorageFull => "the disk is full".to_owned(),
        io::ErrorKind::QuotaExceeded => "the disk quota is used up".to_owned(),
        io::ErrorKind::ReadOnlyFilesystem => "the file system is read-only".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::NotFound => "no such file or folder".to_owned(),
        io::ErrorKind::NotADirectory => "a file is where a folder must be".to_owned(),
        io::ErrorKind::IsADirectory => "a folder is where a file must be".to_owned(),
        io::ErrorKind::CrossesDevices => "it lies on another disk".to_owned(),
        _ => {
            let text = error.to_string();
            let mut letters = text.chars();
            letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(kind: io::ErrorKind) -> String {
        WriteError::io("write", Path::new("public/a.html"))(kind.into()).to_string()
    }

    #[test]
    fn messages_name_what_where_and_why() {
        assert_eq!(message(io::ErrorKind::StorageFull), "cannot write public/a.html: the disk is full");
        assert_eq!(
            message(io::ErrorKind::ReadOnlyFilesystem),
            "cannot write public/a.html: the file system is read-only"
        );
        assert_eq!(message(io::ErrorKind::TimedOut), "cannot write public/a.html: timed out");
        assert_eq!(WriteError::refused("out", "no").to_string(), "out: no");
    }
}
