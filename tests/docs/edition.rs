//! A small volume in which the examples of the manual are documents.

use crate::blocks::Block;
use engross::cache::Cache;
use engross::config::Flags;
use engross::diag::Diagnostic;
use engross::pipeline;
use engross::write::MemorySink;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// What an example must lead to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// No finding but the warnings that it names.
    Warnings,
    /// The errors that it names.
    Errors,
}

/// What kind of text it is.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    /// A body, or with a first line `---` a whole document.
    Text,
    /// Front matter of a document or section.
    Document,
    Volume,
    Register(String),
    Site,
}

/// An example of the manual: a block whose first line says `markdown`, `yaml document` and the like, with `warns=` or
/// `fails=` and the codes of what it is to show.
#[derive(Debug, Clone)]
pub(crate) struct Example {
    place: String,
    kind: Kind,
    text: String,
    pub(crate) wanted: Wanted,
    codes: BTreeSet<String>,
}

impl Example {
    /// None for blocks that are no examples of an edition's files.
    pub(crate) fn new(page: &str, block: Block) -> Option<Example> {
        let kind = match block.language() {
            "markdown" => Kind::Text,
            "yaml" if block.has("document") => Kind::Document,
            "yaml" if block.has("volume") => Kind::Volume,
            "yaml" if block.has("site") => Kind::Site,
            "yaml" => Kind::Register(block.value("register")?.to_owned()),
            _ => return None,
        };
        let wanted = if block.value("fails").is_some() { Wanted::Errors } else { Wanted::Warnings };
        let codes = block.value("fails").or(block.value("warns")).unwrap_or("");
        let codes = codes.split(',').filter(|code| !code.is_empty()).map(str::to_owned).collect();
        Some(Example { place: format!("{page}, line {}", block.line), kind, text: block.text, wanted, codes })
    }
}

const SITE: &str = "title: Examples\nbase_url: https://example.org/edition/\nexternal:\n  - volumes: frus*\n    address: https://example.org/{volume}/{id}\nclasses:\n  - cipher\n";

const VOLUME: &str = "kind: volume
title: A Volume
paginations:
  - id: print
    sequence: free
  - id: typeset
    label: Typeset Page
    marker: Typeset Page {n}
    sequence: free
  - id: facsimile
    label: Facsimile Page
    marker: Facsimile Page {n}
    scope: document
    sequence: free
note_series:
  o: The author’s notes
  t: Textual notes
patterns:
  - match: not declassified
    class: excision
    reason: withheld
";

const OTHER: &str = "---
id: d12
number: 12
title: Telegram From the Embassy
date: 1963-02-18
source: none
---

[881]{.pb}

The first page.[^3]

[Typeset Page 1609]

[Facsimile Page 1]

The second page. {#terms}

[^3]: A note.
";

const REGISTERS: &[(&str, &str)] = &[
    ("persons", "- id: p_RD_1\n  name: Rusk, Dean\n- id: p_KFD_1\n  name: Kohler, Foy D.\n"),
    ("terms", "- id: t_NSC\n  name: NSC\n  description: National Security Council\n"),
    ("places", "- id: cuba\n  name: Cuba\n"),
    ("organizations", "- id: un\n  name: United Nations\n"),
    ("works", "- id: anatol\n  name: Anatol\n"),
    ("events", "- id: e1962\n  name: The October crisis\n"),
    ("repositories", "- id: kennedy-library\n  name: John F. Kennedy Library\n  variants:\n    - Kennedy Library\n"),
];

/// Keys that a document of the examples has unless it writes them itself.
const USUAL: &[(&str, &str)] = &[("title", "title: Example"), ("date", "date: none"), ("source", "source: none")];

fn front(text: &str) -> String {
    let mut front = String::new();
    for (key, line) in USUAL {
        if !text.lines().any(|line| line.starts_with(&format!("{key}:"))) {
            front.push_str(line);
            front.push('\n');
        }
    }
    format!("{front}{text}")
}

const HANDS: &str = "hands:\n  f: Felix Salten\n  g:\n    name: Unknown clerk\n    medium: pencil\n";

/// The files of one example, where they differ from those of the volume.
fn document(example: &Example) -> String {
    match (&example.kind, example.text.strip_prefix("---\n")) {
        (Kind::Text, Some(_)) => example.text.clone(),
        (Kind::Text, None) => format!("---\n{}{HANDS}---\n\n{}", front(""), example.text),
        (Kind::Document, _) => {
            let note = if example.text.contains("markers:") { "[^1]\n\n[^1]: A note.\n" } else { "\n" };
            let text = format!("Text. [Facsimile Page 1] More. [Facsimile Page 2] The end.{note}");
            format!("---\n{}---\n\n{text}", front(&example.text))
        }
        _ => String::new(),
    }
}

fn write(root: &Path, path: &str, text: &str) {
    let file = root.join(path);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, text).unwrap();
}

/// An edition with the usual files, over which an example lays its own.
fn files(example: Option<&Example>) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    files.insert("site.yaml".to_owned(), SITE.to_owned());
    files.insert("content/_index.md".to_owned(), "---\ntitle: Examples\n---\n".to_owned());
    files.insert("content/v/_index.md".to_owned(), format!("---\n{VOLUME}---\n"));
    files.insert("content/v/d12.md".to_owned(), OTHER.to_owned());
    files.insert("static/maps/cuba.png".to_owned(), String::new());
    files.insert("static/facsimiles/d12-1.jpg".to_owned(), String::new());
    // The text alone, so that the page is what the example became.
    files.insert("themes/default/templates/document.html".to_owned(), "{{ text.body }}".to_owned());
    files.insert("themes/mine/theme.yaml".to_owned(), "name: mine\n".to_owned());
    for (name, text) in REGISTERS {
        files.insert(format!("content/v/registers/{name}.yaml"), (*text).to_owned());
    }
    match example.map(|example| (&example.kind, example)) {
        Some((Kind::Site, example)) => {
            let titled = example.text.contains("title:");
            let title = if titled { "" } else { "title: Examples\n" };
            files.insert("site.yaml".into(), format!("{title}{}", example.text));
        }
        Some((Kind::Volume, example)) => {
            let has = |key: &str| example.text.lines().any(|line| line.starts_with(key));
            let kind = if has("kind:") { "" } else { "kind: volume\n" };
            let title = if has("title:") { "" } else { "title: A Volume\n" };
            files.insert("content/w/_index.md".into(), format!("---\n{kind}{title}{}---\n", example.text));
            let other = OTHER.split("---\n\n").next().unwrap();
            files.insert("content/w/d12.md".into(), format!("{other}---\n\nText.\n"));
        }
        Some((Kind::Register(name), example)) => {
            files.insert(format!("content/registers/{name}.yaml"), example.text.clone());
        }
        _ => {}
    }
    files
}

/// Problems of the examples: what is found and not named, or named and not found.
pub(crate) fn check(examples: &[Example]) -> Vec<String> {
    let (documents, others): (Vec<&Example>, Vec<&Example>) =
        examples.iter().partition(|example| matches!(example.kind, Kind::Text | Kind::Document));
    let mut problems = together(&documents);
    for example in others {
        let found = diagnose(&files(Some(example)));
        problems.extend(compare(example, &found.iter().collect::<Vec<_>>()));
    }
    problems
}

/// Documents are checked in one edition.
fn together(examples: &[&Example]) -> Vec<String> {
    let mut all = files(None);
    for (number, example) in examples.iter().enumerate() {
        all.insert(path(number), document(example));
    }
    let found = diagnose(&all);
    let of = |number: usize| -> Vec<&Diagnostic> {
        found.iter().filter(|diagnostic| *diagnostic.place.file == *path(number)).collect()
    };
    examples.iter().enumerate().flat_map(|(number, example)| compare(example, &of(number))).collect()
}

fn path(number: usize) -> String {
    format!("content/v/x{number}.md")
}

fn diagnose(files: &BTreeMap<String, String>) -> Vec<Diagnostic> {
    let folder = tempfile::tempdir().unwrap();
    files.iter().for_each(|(path, text)| write(folder.path(), path, text));
    match pipeline::check(folder.path(), &Flags::default(), &Cache::default()) {
        Ok(edition) => edition.diagnostics,
        Err(diagnostics) => diagnostics,
    }
}

fn compare(example: &Example, found: &[&Diagnostic]) -> Option<String> {
    let codes: BTreeSet<String> = found.iter().map(|diagnostic| diagnostic.code.name().to_owned()).collect();
    let errors = found.iter().any(|diagnostic| diagnostic.is_error());
    let sound = codes == example.codes && errors == (example.wanted == Wanted::Errors);
    let messages: Vec<String> = found.iter().map(|one| format!("{} ({})", one.message, one.code.name())).collect();
    let told = if messages.is_empty() { "nothing".to_owned() } else { messages.join("; ") };
    (!sound).then(|| format!("{}: wanted {:?}, found {told}\n{}", example.place, example.codes, example.text))
}

/// What examples become, in the order in which they come.
pub(crate) fn render<'e>(examples: impl Iterator<Item = &'e Example>) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    files(None).iter().for_each(|(path, text)| write(folder.path(), path, text));
    let mut count = 0;
    for example in examples {
        write(folder.path(), &path(count), &document(example));
        count += 1;
    }
    let built = build(folder.path());
    (0..count).map(|number| format!("{}\n", built[&format!("v/x{number}.html")].trim())).collect()
}

/// The pages of an edition without errors.
fn build(root: &Path) -> BTreeMap<String, String> {
    let flags = Flags { no_minify: true, ..Flags::default() };
    let edition = pipeline::check(root, &flags, &Cache::default()).unwrap_or_else(|found| panic!("{found:?}"));
    assert!(edition.is_sound(), "{:?}", edition.diagnostics);
    let sink = MemorySink::new();
    let built = pipeline::build(root, &edition, &Cache::default(), &sink, &|_, _| {}).unwrap();
    assert!(built.diagnostics.is_empty(), "{:?}", built.diagnostics);
    let pages = sink.into_files().unwrap().into_iter().filter(|(path, _)| path.ends_with(".html"));
    pages.map(|(path, bytes)| (path, String::from_utf8(bytes).unwrap())).collect()
}

/// The pages of an edition with files of a theme and a document with a reel.
pub(crate) fn with_theme(theme: &[(&str, &str)]) -> BTreeMap<String, String> {
    let folder = tempfile::tempdir().unwrap();
    let mut all = files(None);
    all.retain(|path, _| !path.starts_with("themes/"));
    all.insert("content/v/d12.md".to_owned(), OTHER.replace("source: none\n", "source: none\nextra:\n  reel: 12\n"));
    all.extend(theme.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())));
    all.iter().for_each(|(path, text)| write(folder.path(), path, text));
    build(folder.path())
}
