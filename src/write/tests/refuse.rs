//! What is refused, and that nothing has changed then.

use std::fs;

use super::{Edition, OLD, files};
use crate::write::Sink;
use crate::write::manifest::MANIFEST;

#[test]
fn a_foreign_file_in_the_way_stops_the_build() {
    for (foreign, page, old) in
        [("x", "x/y.html", "old"), ("x/mine", "x", "old"), ("deep/a/mine", "deep/a", "gone.html")]
    {
        let edition = Edition::new();
        edition.build(OLD);
        let file = edition.out().join(foreign);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, "mine").unwrap();
        let before = files(&edition.out());
        let error = edition.put(&[(page, "new"), (old, "new")]).commit().unwrap_err().to_string();
        assert!(
            error.ends_with(&format!("{foreign}: this is not of the site and in the way of {page}: move it elsewhere")),
            "{error}"
        );
        assert_eq!(files(&edition.out()), before);
        edition.assert_no_leftovers();
    }
}

#[cfg(unix)]
#[test]
fn links_in_the_output_are_never_followed() {
    let edition = Edition::new();
    edition.build(OLD);
    let content = edition.root().join("content");
    fs::write(content.join("d1.html"), "a source").unwrap();
    fs::remove_dir_all(edition.out().join("v2")).unwrap();
    std::os::unix::fs::symlink(&content, edition.out().join("v2")).unwrap();
    let summary = edition.build(&[("index.html", "home")]);
    assert_eq!(summary.unknown, ["v2"]);
    let error = edition.put(&[("v2/d1.html", "page")]).commit().unwrap_err().to_string();
    assert!(error.contains("in the way of v2/d1.html"), "{error}");
    assert_eq!(fs::read_to_string(content.join("d1.html")).unwrap(), "a source");
}

#[test]
fn folders_that_hold_other_things_are_refused() {
    let edition = Edition::new();
    let root = edition.root();
    fs::create_dir(edition.out()).unwrap();
    fs::write(edition.out().join("thesis.odt"), "years of work").unwrap();
    let error = edition.refusal(&edition.out());
    assert!(error.contains("public: the folder is not empty (thesis.odt) and was not written by engross"), "{error}");
    for path in ["", ".", "..", "public/.."] {
        let error = edition.refusal(&root.join(path));
        assert!(error.contains("must not be the edition's own folder"), "{error}");
    }
    for path in ["content", "content/site", "content/../themes/x", "site.yaml/x", "site.yaml"] {
        let error = edition.refusal(&root.join(path));
        assert!(error.contains("apart from the edition's sources") || error.contains("a file is where"), "{error}");
    }
    assert!(edition.refusal(&root.join(".engross/site")).contains("caches"));
    fs::write(root.join("file"), "").unwrap();
    assert!(edition.refusal(&root.join("file")).ends_with("file: a file is where a folder must be"));
    fs::write(edition.out().join(MANIFEST), "engross-manifest 99").unwrap();
    assert!(edition.refusal(&edition.out()).contains("not one that this version of engross wrote"));
    assert_eq!(files(&edition.out()).len(), 2);
}

#[test]
fn a_folder_that_comes_up_during_a_first_build_is_looked_at_again() {
    let edition = Edition::new();
    let sink = edition.put(OLD);
    fs::create_dir(edition.out()).unwrap();
    fs::write(edition.out().join("thesis.odt"), "years of work").unwrap();
    assert!(sink.commit().unwrap_err().to_string().contains("was not written by engross"));
    assert_eq!(files(&edition.out()).len(), 1);

    // What cannot be replaced as a whole is filled file by file.
    fs::remove_file(edition.out().join("thesis.odt")).unwrap();
    let sink = edition.put(OLD);
    fs::write(edition.out().join(".git"), "gitdir: elsewhere").unwrap();
    assert_eq!(sink.commit().unwrap().written, OLD.len());
    fs::remove_file(edition.out().join(".git")).unwrap();
    edition.assert_site(OLD);
    edition.assert_no_leftovers();
}

#[test]
fn pages_that_collide_are_refused() {
    for (one, other) in [("a/B.html", "a/b.html"), ("a", "a/b.html"), ("A/1", "a/2")] {
        let edition = Edition::new();
        edition.build(OLD);
        let sink = edition.open();
        // The second may already fail where the file system cannot hold both.
        let _ = (sink.put(one, b"1"), sink.put(other, b"2"));
        sink.commit().unwrap_err();
        edition.assert_site(OLD);
    }
    let edition = Edition::new();
    let sink = edition.put(OLD);
    assert_eq!(sink.put("index.html", b"").unwrap_err().to_string(), "index.html: two pages have this path");
    assert!(sink.put("../index.html", b"").is_err());
}
