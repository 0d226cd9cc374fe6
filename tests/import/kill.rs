//! An import that is killed leaves nothing half-imported, and the next one is as if nothing had happened.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

/// A volume of many sections, so that a kill can hit the writing.
fn volume() -> String {
    let mut text = String::from("<TEI xml:id=\"v\"><text><body>");
    for number in 0..500 {
        text.push_str(&format!(
            "<div xml:id=\"s{number}\"><head>Section {number}</head><p>Words of {number}.</p></div>"
        ));
    }
    text.push_str("</body></text></TEI>");
    text
}

fn import(root: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_engross"));
    command.args(["import", "tei", "v.xml", "--into", "content"]).current_dir(root);
    command.stderr(Stdio::null());
    command
}

fn files(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_file() {
            found.insert(
                path.file_name().unwrap().to_string_lossy().into_owned(),
                std::fs::read_to_string(&path).unwrap(),
            );
        }
    }
    found
}

#[test]
fn a_killed_import_leaves_no_half_volume() {
    let whole = {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("v.xml"), volume()).unwrap();
        assert!(import(folder.path()).status().unwrap().success());
        files(&folder.path().join("content/v"))
    };
    assert_eq!(whole.len(), 501);
    let mut before = 0;
    for wait in 0..8 {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        std::fs::write(root.join("v.xml"), volume()).unwrap();
        let mut child = import(root).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(10 + wait * 20));
        child.kill().unwrap();
        child.wait().unwrap();
        let left = files(&root.join("content/v"));
        before += usize::from(left.is_empty());
        assert!(left.is_empty() || left == whole, "{} of {} files", left.len(), whole.len());
        assert!(import(root).status().unwrap().success());
        assert_eq!(files(&root.join("content/v")), whole);
        assert!(!root.join("content/.import").exists());
    }
    assert!(before > 0, "no import was killed in time");
}

#[test]
fn what_a_killed_import_left_is_no_part_of_the_edition() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    std::fs::create_dir_all(root.join("content/.import/v")).unwrap();
    std::fs::write(root.join("site.yaml"), "title: Test\nlang: en\n").unwrap();
    std::fs::write(root.join("content/_index.md"), "---\ntitle: Test\n---\n").unwrap();
    std::fs::write(root.join("content/.import/v/d1.md"), "---\nnonsense: true\n---\n").unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_engross")).arg("check").current_dir(root).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
