//! What every test of imports does: it makes an edition and runs the program in it.

use std::path::Path;
use std::process::{Command, Output};

pub fn engross(root: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_engross")).args(arguments).current_dir(root).output().unwrap()
}

pub fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// An edition without volumes.
pub fn edition() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("content")).unwrap();
    std::fs::write(folder.path().join("site.yaml"), "title: Test\nlang: en\n").unwrap();
    std::fs::write(folder.path().join("content/_index.md"), "---\ntitle: Test\n---\n").unwrap();
    folder
}

/// A file of `tests/import`.
pub fn fixture(path: &str) -> String {
    format!("{}/tests/import/{path}", env!("CARGO_MANIFEST_DIR"))
}
