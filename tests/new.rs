//! `engross new`, run as an editor runs it: the edition that it makes builds without a warning and shows every form.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "helpers of tests may fail a test")]

mod site_checker;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn engross(arguments: &[&str], here: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_engross")).args(arguments).current_dir(here).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Makes an edition in a new folder and builds it.
fn made(name: &str, more: &[&str]) -> (tempfile::TempDir, PathBuf) {
    let here = tempfile::tempdir().unwrap();
    let output = engross(&[&["new", name], more].concat(), here.path());
    assert!(output.status.success(), "{}", said(&output));
    let root = here.path().join(name);
    let output = engross(&["build", "--root", name, "--deny", "warnings", "--no-minify"], here.path());
    assert!(output.status.success(), "{}", said(&output));
    (here, root)
}

fn files(folder: &Path) -> BTreeSet<String> {
    let walk =
        walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file());
    walk.map(|entry| entry.path().strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/")).collect()
}

#[test]
fn a_new_edition_builds_without_a_warning() {
    let (_here, root) = made("x", &[]);
    let site = files(&root.join("public"));
    for page in ["index.html", "consulate/d1.html", "consulate/d2.html", "consulate/d3.html", "consulate/persons.html"]
    {
        assert!(site.contains(page), "{page}: {site:?}");
    }
    assert!(site.contains("dispatches/14.html"), "the alias is a page");
    assert_eq!(site_checker::check_on_disk(&root.join("public")), Vec::<String>::new());
    let output = engross(&["check", "--deny", "warnings"], &root);
    assert_eq!(said(&output), "checked: no errors and no warnings\n");
}

#[test]
fn the_scaffold_is_written_whole() {
    let (_here, root) = made("x", &[]);
    let scaffold = Path::new(env!("CARGO_MANIFEST_DIR")).join("scaffold");
    let hidden = |path: String| match path.as_str() {
        "gitignore" => ".gitignore".to_owned(),
        "gitattributes" => ".gitattributes".to_owned(),
        "workflows/pages.yml" => ".github/workflows/pages.yml".to_owned(),
        _ => path,
    };
    // What a build leaves behind is no part of either.
    let made = |path: &String| !path.starts_with("public/") && !path.starts_with(".engross/");
    let wanted: BTreeSet<String> = files(&scaffold).into_iter().filter(made).map(hidden).collect();
    let written: BTreeSet<String> = files(&root).into_iter().filter(made).collect();
    assert_eq!(written, wanted);
}

#[test]
fn names_with_spaces_and_titles_with_signs_are_taken() {
    let (here, root) = made("the papers", &["--title", "Letters: \"A\" & #1"]);
    let home = fs::read_to_string(root.join("public/index.html")).unwrap();
    assert!(home.contains("Letters: &quot;A&quot; &amp; #1") || home.contains("Letters: \"A\" &amp; #1"), "{home}");
    assert!(fs::read_to_string(root.join("README.md")).unwrap().starts_with("# Letters: \"A\" & #1\n"));
    let output = engross(&["new", "a b"], here.path());
    assert!(said(&output).contains("engross build --root \"a b\""), "{}", said(&output));
}

#[test]
fn nothing_is_written_over() {
    let here = tempfile::tempdir().unwrap();
    fs::create_dir(here.path().join("full")).unwrap();
    fs::write(here.path().join("full/letter.txt"), "mine").unwrap();
    fs::write(here.path().join("file"), "mine").unwrap();
    for (name, reason) in [("full", "is not empty, it holds `letter.txt`"), ("file", "is a file")] {
        let output = engross(&["new", name], here.path());
        assert_eq!(output.status.code(), Some(2));
        assert!(said(&output).contains(reason), "{}", said(&output));
    }
    assert_eq!(files(here.path()), BTreeSet::from(["file".to_owned(), "full/letter.txt".to_owned()]));
    for title in ["", "  ", "a\nb"] {
        assert_eq!(engross(&["new", "x", "--title", title], here.path()).status.code(), Some(2), "{title:?}");
    }
    assert!(!here.path().join("x").exists());
}

#[test]
fn an_empty_folder_and_an_empty_repository_will_do() {
    let here = tempfile::tempdir().unwrap();
    fs::create_dir(here.path().join("empty")).unwrap();
    fs::create_dir_all(here.path().join("cloned/.git")).unwrap();
    for name in ["empty", "cloned", "new/and/deep"] {
        assert!(engross(&["new", name], here.path()).status.success(), "{name}");
        assert!(here.path().join(name).join("site.yaml").is_file());
    }
}

#[test]
fn the_workflow_builds_as_the_readme_says() {
    let (_here, root) = made("x", &[]);
    let workflow = fs::read_to_string(root.join(".github/workflows/pages.yml")).unwrap();
    let readme = fs::read_to_string(root.join("README.md")).unwrap();
    for text in [&workflow, &readme] {
        assert!(text.contains("engross build --base-url "), "{text}");
    }
    assert!(workflow.contains(&format!("ENGROSS_VERSION: \"{}\"", env!("CARGO_PKG_VERSION"))), "{workflow}");
    for part in [
        "concurrency:",
        "id-token: write",
        "actions/configure-pages@",
        "\n            .engross\n",
        "cargo install engross",
    ] {
        assert!(workflow.contains(part), "{part}");
    }
    engross::yaml::parse(&workflow).expect("a workflow that is YAML");
}

/// Every form that an editor may write stands somewhere in the scaffold.
#[test]
fn every_form_is_shown() {
    let scaffold = Path::new(env!("CARGO_MANIFEST_DIR")).join("scaffold/content");
    let texts: String = files(&scaffold)
        .iter()
        .filter(|path| path.ends_with(".md"))
        .map(|path| fs::read_to_string(scaffold.join(path)).unwrap())
        .collect();
    use engross::parse::classes::{BLOCKS, SPANS};
    for class in BLOCKS {
        let forms = [format!("::: {class}\n"), format!("{{.{class} "), format!("{{.{class}}}")];
        assert!(forms.iter().any(|form| texts.contains(form)), "no fence `{class}`");
    }
    // A printed phrase has the class `excision` by a pattern, and `hand=` needs no class.
    for class in SPANS.iter().filter(|class| !matches!(**class, "excision" | "hand")) {
        assert!(
            texts.contains(&format!("{{.{class} ")) || texts.contains(&format!("{{.{class}}}")),
            "no span `{class}`"
        );
    }
    for scheme in ["doc", "page", "person", "term", "place", "org", "work", "event", "bib"] {
        assert!(texts.contains(&format!("]({scheme}:")), "no link `{scheme}:`");
    }
    for form in
        ["[Leaf 1r]", "~~[", "[^o1]", "[^t1]", "(person:krull+person:dane)", "lang=", "hand=", "cert=", "rowspan", "{#"]
    {
        assert!(texts.contains(form), "no `{form}`");
    }
}

#[test]
fn remarks_are_never_published() {
    let (_here, root) = made("x", &[]);
    for page in files(&root.join("public")).iter().filter(|path| path.ends_with(".html")) {
        let html = fs::read_to_string(root.join("public").join(page)).unwrap();
        for remark in ["&lt;!--", "--&gt;", "A remark like this", "Fences nest", "<!--"] {
            assert!(!html.contains(remark), "{page} holds {remark}");
        }
    }
}
