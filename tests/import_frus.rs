//! What an import makes of small volumes of *Foreign Relations*, and what `check` says of it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "helpers of a test may fail as loudly as the test itself"
)]

use std::path::Path;
use std::process::{Command, Output};

fn engross(root: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_engross")).args(arguments).current_dir(root).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// An edition into which a file of `tests/import` was imported.
struct Imported {
    folder: tempfile::TempDir,
    said: String,
}

impl Imported {
    fn of(name: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("content")).unwrap();
        std::fs::write(folder.path().join("site.yaml"), "title: Test\nlang: en\n").unwrap();
        std::fs::write(folder.path().join("content/_index.md"), "---\ntitle: Test\n---\n").unwrap();
        let file = format!("{}/tests/import/{name}", env!("CARGO_MANIFEST_DIR"));
        let output = engross(folder.path(), &["import", "tei", &file, "--into", "content"]);
        assert!(output.status.success(), "{}", said(&output));
        Imported { folder, said: said(&output) }
    }

    fn text(&self, path: &str) -> String {
        std::fs::read_to_string(self.folder.path().join("content").join(path)).unwrap()
    }

    /// Front matter and text of a document.
    fn document(&self, path: &str) -> (serde_yaml::Value, String) {
        let text = self.text(path);
        let (front, body) = text.strip_prefix("---\n").unwrap().split_once("---\n").unwrap();
        (serde_yaml::from_str(front).unwrap(), body.to_owned())
    }

    fn check(&self) -> String {
        let output = engross(self.folder.path(), &["check"]);
        assert!(output.status.success(), "{}", said(&output));
        said(&output)
    }
}

#[test]
fn what_an_import_doubts_stands_in_the_file_and_in_check() {
    let volume = Imported::of("later.xml");
    let (front, _) = volume.document("frus1977-80v99/comp1/d1.md");
    let line = "the repeated note `2` names `d1fnx`, which is not there; `[^2]`, which is printed so, was taken";
    assert!(front["extra"]["import"][0].as_str().unwrap().starts_with(line), "{front:?}");
    let checked = volume.check();
    assert!(checked.contains(&format!("warning[import-doubtful]: {line} (line ")), "{checked}");
    let report = volume.folder.path().join(".engross/import/frus1977-80v99.json");
    let report: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(report).unwrap()).unwrap();
    assert_eq!(report["remarks"][0]["message"], line);
    assert!(volume.said.contains(line), "{}", volume.said);
}
