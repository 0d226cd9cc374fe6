//! Importing letters: the report's counts, the text of built pages against the text of the source, importing again.
//!
//! `ENGROSS_CORPUS` names a folder with `schnitzler/` and `counts.json`; without it the small letters of
//! `tests/import/letters/` are imported.

use super::helper::{engross, said};
use roxmltree::{Document, Node};
use scraper::{ElementRef, Html, Selector};
use std::path::{Path, PathBuf};
use std::process::Output;

fn xml_files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|end| end == "xml"));
    files.sort();
    files
}

/// Letters, and the registers beside them.
fn sources() -> (Vec<PathBuf>, Vec<PathBuf>) {
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import/letters");
    std::env::var_os("ENGROSS_CORPUS").map_or_else(
        || (xml_files(&here), Vec::new()),
        |corpus| {
            let folder = Path::new(&corpus).join("schnitzler");
            (xml_files(&folder.join("editions")), xml_files(&folder.join("registers")))
        },
    )
}

/// Imports all into an empty folder; gives the folder, the volume and the report.
fn imported() -> (tempfile::TempDir, serde_json::Value, String) {
    let folder = tempfile::tempdir().unwrap();
    let output = import(folder.path(), &[]);
    let reports = folder.path().join(".engross/import");
    let report = std::fs::read_dir(reports).unwrap().next().unwrap().unwrap().path();
    let report = serde_json::from_str(&std::fs::read_to_string(report).unwrap()).unwrap();
    (folder, report, said(&output))
}

fn import(root: &Path, more: &[&str]) -> Output {
    let (letters, registers) = sources();
    let mut arguments: Vec<&str> = vec!["import", "letters"];
    arguments.extend(letters.iter().chain(&registers).map(|file| file.to_str().unwrap()));
    arguments.extend(["--into", "content"]);
    arguments.extend(more);
    let output = engross(root, &arguments);
    assert!(output.status.success(), "{}", said(&output));
    output
}

/// Counts of a letter straight from its tree, by the names of `counts.json`.
fn counted(tree: &Document<'_>) -> serde_json::Value {
    let all = |name: &'static str| tree.descendants().filter(move |node| node.tag_name().name() == name);
    let body = |name: &'static str| all(name).filter(|node| node.ancestors().any(|up| up.tag_name().name() == "body"));
    let typed =
        |name: &'static str, kind: &'static str| body(name).filter(|node| node.attribute("type") == Some(kind)).count();
    serde_json::json!({
        "writing_sessions": typed("div", "writingSession"), "pb": body("pb").count(),
        "commentary": typed("note", "commentary"), "textual": typed("note", "textConst"),
        "original": typed("note", "footnote"), "persons": all("person").count(),
        "rs_person": typed("rs", "person"), "rs_place": typed("rs", "place"), "rs_work": typed("rs", "work"),
        "rs_org": typed("rs", "org"), "deleted": body("del").count(), "added": body("add").count(),
        "unclear": body("unclear").count(), "supplied": body("supplied").count(), "gap": body("gap").count(),
        "foreign": body("foreign").count(), "hands": body("handShift").count(), "lg": body("lg").count(),
        "tables": body("table").count(), "witnesses": all("witness").count(), "printed": all("biblStruct").count(),
    })
}

#[test]
fn the_report_counts_what_the_letters_hold() {
    let (_folder, report, _) = imported();
    let given = std::env::var_os("ENGROSS_CORPUS").map(|corpus| {
        let counts = std::fs::read_to_string(Path::new(&corpus).join("counts.json")).unwrap();
        serde_json::from_str::<serde_json::Value>(&counts).unwrap()
    });
    let mut wrong = Vec::new();
    let (letters, _) = sources();
    for file in &letters {
        let name = file.file_name().unwrap().to_str().unwrap();
        let text = std::fs::read_to_string(file).unwrap();
        let tree = Document::parse(&text).unwrap();
        let expected = given.as_ref().map_or_else(|| counted(&tree), |given| given["schnitzler"][name].clone());
        for (row, number) in expected.as_object().unwrap() {
            // Neither counts what a letter holds.
            if matches!(row.as_str(), "bytes" | "sha256") {
                continue;
            }
            let counts = &report["documents"][name.trim_end_matches(".xml")][row];
            for side in ["found", "written"] {
                let counted = counts[side].as_u64().unwrap_or(0);
                if Some(counted) != number.as_u64() {
                    wrong.push(format!("{name} {row}: {number} counted, {counted} {side}"));
                }
            }
        }
    }
    assert!(!letters.is_empty());
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Names of elements around which a text has a break.
const BREAKS: &[&str] = &[
    "p",
    "div",
    "opener",
    "closer",
    "seg",
    "l",
    "lg",
    "addrLine",
    "cell",
    "row",
    "table",
    "dateline",
    "postscript",
    "address",
    "item",
    "lb",
    "space",
    "head",
    "frame",
    "figure",
];

/// The text of a letter in the source, and each of its notes.
fn source_text(node: Node<'_, '_>, out: &mut String, notes: &mut Vec<String>) {
    for child in node.children() {
        if child.is_text() {
            out.push_str(child.text().unwrap_or_default());
            continue;
        }
        let (name, parent) = (child.tag_name().name(), node.tag_name().name());
        let mut inner = String::new();
        match name {
            "fw" => continue,
            "note" => {
                source_text(child, &mut inner, notes);
                notes.push(folded(&inner));
                continue;
            }
            "c" if child.text().is_none() => {
                let number = child.attribute("n").and_then(|n| n.parse().ok()).unwrap_or(1);
                inner = match child.attribute("rendition").unwrap_or_default() {
                    "#dots" => ".".repeat(number),
                    "#gemination-m" => "mm".into(),
                    "#gemination-n" => "nn".into(),
                    "#kaufmannsund" => "&".into(),
                    "#tilde" => "~".into(),
                    other => panic!("{other}"),
                };
            }
            // The editors' reading stands in an attribute.
            "corr" | "expan" | "reg" => continue,
            _ => source_text(child, &mut inner, notes),
        }
        // The sign that a page prints.
        inner.push_str(if name == "unclear" { "?" } else { "" });
        let line = |name: &str| matches!(name, "salute" | "signed" | "dateline");
        let alone = line(name) && matches!(parent, "opener" | "div");
        let beside = line(name) && child.prev_sibling().is_some_and(|before| line(before.tag_name().name()));
        let quoted = name == "p" && parent == "quote";
        let before = if quoted { child.prev_sibling_element().is_some() } else { beside };
        let around = !quoted && BREAKS.contains(&name) || alone;
        out.push_str(if around || before { " " } else { "" });
        out.push_str(&inner);
        out.push_str(if around { " " } else { "" });
    }
}

fn folded(text: &str) -> String {
    text.split([' ', '\n', '\t', '\r']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The text of an element of a page, without marks and numbers and without the signs that the editors' marks print.
fn visible(element: ElementRef<'_>, out: &mut String) {
    for child in element.children() {
        if let Some(text) = child.value().as_text() {
            out.push_str(text);
        }
        let Some(inner) = ElementRef::wrap(child) else { continue };
        let class = inner.value().attr("class").unwrap_or("");
        if class.split(' ').any(|class| ["noteref", "pb", "mark", "back", "sign"].contains(&class)) {
            continue;
        }
        let name = inner.value().name();
        let inline = ["a", "em", "strong", "span", "del", "sup", "sub", "time", "ins", "s"].contains(&name);
        out.push_str(if inline { "" } else { " " });
        visible(inner, out);
        out.push_str(if inline { "" } else { " " });
    }
}

fn texts(page: &Html, selector: &str) -> Vec<String> {
    let selector = Selector::parse(selector).unwrap();
    let texts = page.select(&selector).map(|element| {
        let mut text = String::new();
        visible(element, &mut text);
        folded(&text)
    });
    texts.collect()
}

/// Without the words that an import makes for a reference without words, and the signs around supplied and unclear words.
fn comparable(text: &str) -> String {
    folded(&text.replace(['[', ']', '…'], ""))
}

#[test]
fn pages_have_the_text_of_the_letters() {
    let (folder, report, _) = imported();
    let output = engross(folder.path(), &["build", "--no-minify"]);
    assert!(output.status.success(), "{}", said(&output));
    let volume = report["volume"].as_str().unwrap();
    let mut different = Vec::new();
    let (letters, _) = sources();
    for file in &letters {
        let id = file.file_stem().unwrap().to_str().unwrap();
        let text = std::fs::read_to_string(file).unwrap();
        let tree = Document::parse(&text).unwrap();
        let body = tree.descendants().find(|node| node.tag_name().name() == "body").unwrap();
        let (mut source, mut notes) = (String::new(), Vec::new());
        source_text(body, &mut source, &mut notes);
        let html = std::fs::read_to_string(folder.path().join(format!("public/{volume}/{id}.html"))).unwrap();
        let page = Html::parse_document(&html);
        let shown = comparable(&texts(&page, "article div.text").concat());
        let source = comparable(&source);
        if source != shown {
            let same = source.chars().zip(shown.chars()).take_while(|(a, b)| a == b).count();
            let near = |text: &str| text.chars().skip(same.saturating_sub(40)).take(110).collect::<String>();
            different.push(format!("{id}: source “{}” page “{}”", near(&source), near(&shown)));
        }
        let page_notes = texts(&page, "article .notes div.note");
        assert_eq!(page_notes.len(), notes.len(), "{id}");
        for note in &notes {
            let is_same = |other: &String| is_within(note, other);
            if !page_notes.iter().any(is_same) {
                different.push(format!("{id}: no note “{note}”"));
            }
        }
    }
    assert!(different.is_empty(), "{} of {}:\n{}", different.len(), letters.len(), different.join("\n"));
}

/// Whether the words of a note stand in another in their order; that one may have words made for references.
fn is_within(note: &str, other: &str) -> bool {
    let letters = |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).collect() };
    let (note, other) = (letters(note), letters(other));
    let mut rest = note.chars().peekable();
    for c in other.chars() {
        if rest.peek() == Some(&c) {
            rest.next();
        }
    }
    rest.peek().is_none()
}

fn files_of(root: &Path) -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    let mut folders = vec![root.join("content")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push((path.clone(), std::fs::read_to_string(path).unwrap()));
            }
        }
    }
    files.sort();
    files
}

#[test]
fn importing_again_keeps_edits_of_letters_and_registers() {
    let (folder, report, _) = imported();
    let root = folder.path();
    let first = files_of(root);
    import(root, &["--force"]);
    assert_eq!(files_of(root), first);
    let (letters, _) = sources();
    let id = letters[0].file_stem().unwrap().to_str().unwrap();
    let letter = root.join(format!("content/{}/{id}.md", report["volume"].as_str().unwrap()));
    let register = root.join("content/registers/persons.yaml");
    for (path, with) in [(&letter, "---\ntitle: Mine\n---\n"), (&register, "- id: p1\n  name: Mine\n")] {
        std::fs::write(path, with).unwrap();
    }
    let said = said(&import(root, &[]));
    assert!(said.contains("it stays"), "{said}");
    assert!(!files_of(root).iter().any(|(path, _)| path.extension().is_some_and(|end| end == "new")));
    for _ in 0..2 {
        import(root, &["--force"]);
        for path in [&letter, &register] {
            assert!(std::fs::read_to_string(path).unwrap().contains("Mine"));
            let mut beside = path.clone().into_os_string();
            beside.push(".new");
            let (_, before) = first.iter().find(|(other, _)| other == path).unwrap();
            assert_eq!(&std::fs::read_to_string(&beside).unwrap(), before);
        }
    }
}
