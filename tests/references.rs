//! References both ways: what refers to a document is shown on it, and relations are shown at both ends.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "helpers of a test may fail loudly")]

#[path = "built/mod.rs"]
mod built;

use built::{Edition, files, pages};
use scraper::{ElementRef, Html, Selector};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::Command;

fn all<'a>(page: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    page.select(&Selector::parse(selector).unwrap()).collect()
}

fn text(element: ElementRef<'_>) -> String {
    element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Builds again; gives what `--explain` says and the last lines.
fn explained(edition: &Edition) -> String {
    let output = edition.command(&["--explain"]).output().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap()
}

/// An edition of one volume: id, front matter and text of each document.
fn edition(documents: &[(&str, &str, &str)]) -> Edition {
    let edition = Edition::empty();
    edition.write("site.yaml", "title: Papers\nlang: en\nsearch: off\n");
    edition.write("content/_index.md", "---\nkind: volume\nid: v\ntitle: Papers\nnote_numbering: printed\n---\n");
    for (id, front, text) in documents {
        let front = format!("---\ntitle: Letter {id}\nsource: none\ndate: none\n{front}\n---\n\n{text}\n");
        edition.write(&format!("content/{id}.md"), &front);
    }
    edition
}

fn shown(edition: &Edition, id: &str, selector: &str) -> Vec<String> {
    let page = Html::parse_document(&edition.page(&format!("{id}.html")));
    all(&page, selector).into_iter().map(text).collect()
}

const REFERRING: &str = ".referring > ul > li";

#[test]
fn a_document_names_who_refers_to_it_and_where() {
    let edition = edition(&[
        ("d1", "", "A note.[^1] [12]{.pb}\n\nMore.\n\n[^1]: See [it](doc:d2)."),
        ("d2", "", "See [note](doc:d1#fn1), [page](page:12) and [here](doc:d2#p1).\n\nAnd [it](doc:d1)."),
        ("d3", "status: draft", "See [it](doc:d1)."),
        ("d4", "", "See [it]{.broken-ref target=\"doc:d1\"}."),
    ]);
    edition.build(&[]);
    assert_eq!(shown(&edition, "d1", REFERRING), ["Letter d2 paragraph 1 on note 1, Page 12; paragraph 2"]);
    assert_eq!(shown(&edition, "d2", REFERRING), ["Letter d1 note 1"]);
    let page = Html::parse_document(&edition.page("d1.html"));
    let links: Vec<_> = all(&page, ".referring a").iter().map(|link| link.attr("href").unwrap().to_owned()).collect();
    assert_eq!(links, ["d2.html#p1", "d2.html#p1", "#fn-1", "#page-12", "d2.html#p2"]);
}

#[test]
fn a_new_reference_makes_its_target_again_and_a_new_word_does_not() {
    let edition = edition(&[("d1", "", "Text."), ("d2", "", "Text."), ("d3", "", "See [it](doc:d1).")]);
    edition.build(&[]);
    edition.change("content/d3.md", "See [it]", "Do see [it]");
    let said = explained(&edition);
    assert!(said.contains("d3.html: body") && said.contains("1 of them made"), "{said}");
    edition.change("content/d3.md", "(doc:d1).", "(doc:d1) and [it](doc:d2).");
    let said = explained(&edition);
    assert!(said.contains("d2.html: view: referring") && said.contains("2 of them made"), "{said}");
}

#[test]
fn relations_are_shown_at_both_ends() {
    let edition = edition(&[
        ("d1", "related: [{rel: reply-to, target: \"doc:d2\"}, {rel: encloses, target: \"doc:d2#a1\"}]", "Text."),
        ("d2", "attachments:\n  a1:\n    title: A list", "Text.\n\n::: {.attachment #a1}\nIt.\n:::"),
        ("d3", "translated_from: {lang: fr, target: \"doc:d2\"}", "Text."),
    ]);
    edition.build(&["--no-minify"]);
    let related = ".apparatus > dl:last-of-type > div";
    assert_eq!(shown(&edition, "d1", related), ["Reply to Letter d2", "Encloses A list, Letter d2"]);
    assert_eq!(
        shown(&edition, "d2", related),
        ["Answered by Letter d1", "Enclosed in Letter d1", "Translated as Letter d3"]
    );
    let own = shown(&edition, "d3", ".apparatus dl > div");
    assert_eq!(own.iter().filter(|line| line.contains("French")).count(), 1, "{own:?}");
    assert!(!own.iter().any(|line| line.starts_with("Translation of")), "it is told once: {own:?}");
}

#[test]
fn letters_agree_on_what_stands_beside_them() {
    let letter = |date: &str, more: &str| format!("correspondence: [{{id: c{more}}}]\nreceived: {{date: {date}}}");
    let dated = |id: &str, date: &str, more: &str| (id.to_owned(), letter(date, more), date.to_owned());
    let edition = edition(&[]);
    for (id, front, date) in [
        dated("d1", "1900-01-01", ""),
        dated("d2", "1900-01-02", ""),
        dated("d3", "1900-01-03", ", previous: \"doc:d1\""),
        dated("d4", "none", ", previous: \"doc:d2\""),
    ] {
        let text = format!("---\ntitle: Letter {id}\nsource: none\ndate: {date}\n{front}\n---\n\nText.\n");
        edition.write(&format!("content/{id}.md"), &text.replace("received: {date: none}\n", ""));
    }
    edition.build(&["--no-minify"]);
    // The order is d1, d3, d2, d4.
    let related = ".apparatus > dl:last-of-type > div";
    assert_eq!(shown(&edition, "d1", related), ["Later in the correspondence Letter d3"]);
    let between = ["Earlier in the correspondence Letter d1", "Later in the correspondence Letter d2"];
    assert_eq!(shown(&edition, "d3", related), between);
    let between = ["Earlier in the correspondence Letter d3", "Later in the correspondence Letter d4"];
    assert_eq!(shown(&edition, "d2", related), between);
    assert_eq!(shown(&edition, "d4", related), ["Earlier in the correspondence Letter d2"]);
}

#[test]
#[allow(clippy::disallowed_methods)]
fn every_reference_of_real_volumes_is_shown_at_its_target() {
    let Some(corpus) = std::env::var_os("ENGROSS_CORPUS") else { return };
    let edition = Edition::empty();
    edition.write("site.yaml", "title: Papers\nlang: en\nsearch: off\n");
    edition.write("content/_index.md", "---\ntitle: Papers\n---\n");
    let folder = std::fs::read_dir(PathBuf::from(corpus).join("frus")).unwrap().map(|entry| entry.unwrap().path());
    let mut import = Command::new(env!("CARGO_BIN_EXE_engross"));
    let sources = folder.filter(|path| path.extension().is_some_and(|ending| ending == "xml"));
    import.args(["import", "tei", "--into", "content"]).args(sources).current_dir(edition.root());
    assert!(import.output().unwrap().status.success());
    edition.build(&[]);
    let made = files(&edition.out());
    // Both ends by address without anchor: what the texts link to, and what the targets name.
    let (mut there, mut back) = (BTreeSet::<(String, String)>::new(), BTreeSet::<(String, String)>::new());
    let documents: BTreeMap<&str, Html> = pages(&made).map(|(path, html)| (path, Html::parse_document(html))).collect();
    let is_document = |path: &str| documents.get(path).is_some_and(|page| !all(page, "article.document").is_empty());
    for (path, page) in &documents {
        let join = |href: &str| {
            let file = href.split('#').next().unwrap();
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            match file.strip_prefix("../") {
                Some(file) => file.to_owned(),
                None => format!("{folder}/{file}"),
            }
        };
        for link in all(page, ".leaf a.doc, .leaf a.page, article.section a.doc, article.section a.page") {
            let target = join(link.attr("href").unwrap());
            if !link.attr("href").unwrap().starts_with('#') && is_document(&target) && target != **path {
                there.insert(((*path).to_owned(), target));
            }
        }
        for link in all(page, ".referring li > a:first-child") {
            back.insert((join(link.attr("href").unwrap()), (*path).to_owned()));
        }
    }
    assert!(there.len() > 1000, "{}", there.len());
    let missing: Vec<_> = there.difference(&back).take(5).collect();
    assert_eq!(missing, Vec::<&(String, String)>::new());
}
