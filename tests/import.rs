//! Importing: counts, the text of built pages against the text of the source, importing twice, bad input.
//!
//! `ENGROSS_CORPUS` names a folder with `frus/*.xml` and `counts.json`; without it the small files of `tests/import/`
//! are imported.

use roxmltree::{Document, Node};
use scraper::{ElementRef, Html, Selector};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn engross(root: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_engross")).args(arguments).current_dir(root).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn edition() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("content")).unwrap();
    std::fs::write(folder.path().join("site.yaml"), "title: Test\nlang: en\n").unwrap();
    std::fs::write(folder.path().join("content/_index.md"), "---\ntitle: Test\n---\n").unwrap();
    folder
}

fn sources() -> Vec<PathBuf> {
    let folder = std::env::var_os("ENGROSS_CORPUS").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import"),
        |corpus| Path::new(&corpus).join("frus"),
    );
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|end| end == "xml"));
    files.sort();
    files
}

fn small() -> String {
    format!("{}/tests/import/later.xml", env!("CARGO_MANIFEST_DIR"))
}

fn import(root: &Path, more: &[&str]) -> Output {
    let mut arguments = vec!["import", "tei"];
    arguments.extend(more);
    arguments.extend(["--into", "content"]);
    engross(root, &arguments)
}

/// Text of a node; notes and what is no text of the edition left out, a space at the edges of blocks.
fn text_of(node: Node<'_, '_>, out: &mut String) {
    for child in node.children() {
        if let Some(text) = child.text().filter(|_| child.is_text()) {
            out.push_str(text);
        }
        let name = child.tag_name().name();
        let skipped = ["note", "uh-oh", "pdf", "page-count-according-to-citation"].contains(&name);
        if !child.is_element() || skipped {
            continue;
        }
        let inline = ["hi", "persName", "gloss", "ref", "placeName", "date", "pb", "del", "time", "unclear"].contains(&name);
        if !inline {
            out.push(' ');
        }
        text_of(child, out);
        if !inline {
            out.push(' ');
        }
    }
}

fn folded(text: &str) -> String {
    text.split([' ', '\n', '\t', '\r']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Head and text, then the notes in the order of the alphabet; a note repeated counts once.
fn source_text(document: Node<'_, '_>) -> (String, BTreeSet<String>) {
    let mut body = String::new();
    text_of(document, &mut body);
    let notes = document.descendants().filter(|node| node.tag_name().name() == "note");
    let notes = notes.map(|note| {
        let mut text = String::new();
        text_of(note, &mut text);
        folded(&text)
    });
    (folded(&body), notes.filter(|note| !note.is_empty()).collect())
}

fn visible(element: ElementRef<'_>, out: &mut String) {
    for child in element.children() {
        if let Some(text) = child.value().as_text() {
            out.push_str(text);
        }
        let Some(inner) = ElementRef::wrap(child) else { continue };
        let class = inner.value().attr("class").unwrap_or("");
        if ["noteref", "pb", "mark", "back", "number"].contains(&class) || inner.value().attr("role") == Some("doc-backlink") {
            continue;
        }
        let inline = ["a", "em", "strong", "span", "del", "sup", "sub"].contains(&inner.value().name());
        if !inline {
            out.push(' ');
        }
        visible(inner, out);
        if !inline {
            out.push(' ');
        }
    }
}

fn page_text(html: &str) -> (String, BTreeSet<String>) {
    let page = Html::parse_document(html);
    let all = |selector: &str| -> Vec<String> {
        let selector = Selector::parse(selector).unwrap();
        let texts = page.select(&selector).map(|element| {
            let mut text = String::new();
            visible(element, &mut text);
            folded(&text)
        });
        texts.collect()
    };
    let body = [all("article h1").concat(), all("article div.text").concat()].join(" ");
    let notes = ["article .notes div.note", "article .provenance div.note", "article .summary"];
    (folded(&body), notes.into_iter().flat_map(all).filter(|note| !note.is_empty()).collect())
}

/// The number as it may stand before a title.
fn without_number(text: &str, number: &str) -> String {
    let text = text.trim();
    let after = text.strip_prefix("No. ").unwrap_or(text);
    let after = after.strip_prefix(number).map(|rest| rest.trim_start_matches('.').trim_start());
    after.filter(|_| text.starts_with("No.") || text.starts_with(&format!("{number}."))).unwrap_or(text).to_owned()
}

#[test]
fn what_is_built_has_the_text_of_the_source() {
    let folder = edition();
    let files = sources();
    let names: Vec<&str> = files.iter().map(|file| file.to_str().unwrap()).collect();
    let output = import(folder.path(), &names);
    assert!(output.status.success(), "{}", said(&output));
    let output = engross(folder.path(), &["build", "--no-minify"]);
    assert!(output.status.success(), "{}", said(&output));
    let (mut documents, mut different) = (0, Vec::new());
    for file in &files {
        let xml = std::fs::read_to_string(file).unwrap();
        let tree = Document::parse_with_options(&xml, roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() }).unwrap();
        let name = file.file_stem().unwrap().to_str().unwrap();
        let idno = tree.descendants().find(|node| node.attribute("type") == Some("frus") && node.tag_name().name() == "idno");
        let volume = idno.and_then(|idno| idno.text()).unwrap_or(name).trim().to_owned();
        for document in tree.descendants().filter(|node| node.attribute("type") == Some("document")) {
            documents += 1;
            let id = document.attribute(("http://www.w3.org/XML/1998/namespace", "id")).unwrap();
            let html = std::fs::read_to_string(folder.path().join(format!("public/{volume}/{id}.html"))).unwrap();
            let (body, notes) = source_text(document);
            let (page, page_notes) = page_text(&html);
            let body = without_number(&body, document.attribute("n").unwrap_or(""));
            if body != page {
                let same = body.chars().zip(page.chars()).take_while(|(a, b)| a == b).count();
                let near = |text: &str| text.chars().skip(same.saturating_sub(40)).take(110).collect::<String>();
                different.push(format!("{volume}/{id}: source “{}” page “{}”", near(&body), near(&page)));
            } else if notes != page_notes {
                let lost: Vec<&String> = notes.symmetric_difference(&page_notes).collect();
                different.push(format!("{volume}/{id}: notes {lost:.300?}"));
            }
        }
    }
    let shown = different.join("\n");
    assert!(documents > 0);
    assert!(different.len() * 1000 <= documents * 2, "{} of {documents} differ:\n{shown}", different.len());
}
