//! The markup as its manual has it: files in tests/markup hold sources, the HTML they become, and what is found.
//!
//! An example is a heading, a block `source`, a block `html`, and a block `findings` where anything is found: a line for
//! each, code and underlined text. A block `volume` sets the volume for the examples below it. With the variable
//! MARKUP_ACCEPT set, the expectations are written anew; read the difference before it is committed.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "helpers of a test may fail as loudly as the test itself"
)]

#[path = "markup/render.rs"]
mod render;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

const FENCE: &str = "~~~~~~";

/// A block between fences: its word and its text.
struct Block {
    word: String,
    text: String,
}

/// An example: everything below a heading of level 2.
struct Example {
    name: String,
    blocks: Vec<Block>,
}

impl Example {
    fn text(&self, word: &str) -> Option<&str> {
        self.blocks.iter().find(|block| block.word == word).map(|block| block.text.as_str())
    }
}

fn examples(file: &str) -> (String, Vec<Example>) {
    let mut head = String::new();
    let mut examples: Vec<Example> = Vec::new();
    let mut open = false;
    for line in file.lines() {
        let fence = line.strip_prefix(FENCE).map(str::trim);
        let name = line.strip_prefix("## ").filter(|_| !open);
        let example = examples.last_mut();
        match (fence, name, example) {
            (None, Some(name), _) => examples.push(Example { name: name.to_owned(), blocks: Vec::new() }),
            (None, None, None) => head.extend([line, "\n"]),
            (Some(word), _, Some(example)) => {
                open = !word.is_empty();
                if open {
                    example.blocks.push(Block { word: word.to_owned(), text: String::new() });
                }
            }
            (None, None, Some(example)) if open => {
                let block = example.blocks.last_mut().expect("a block is open");
                block.text.extend([line, "\n"]);
            }
            _ => assert!(line.trim().is_empty(), "text outside of blocks: {line}"),
        }
    }
    (head.trim_end().to_owned() + "\n", examples)
}

/// Characters that an editor cannot see, written out.
fn unescaped(text: &str) -> String {
    text.replace("␍", "\r").replace("␉", "\t").replace("␠", " ")
}

fn check(path: &Path) -> Vec<String> {
    let file = fs::read_to_string(path).expect("the file can be read");
    let (head, examples) = examples(&file);
    let (mut markup, mut numbering) = render::volume("title: Volume");
    let mut wrong = Vec::new();
    let mut accepted = head;
    for example in &examples {
        write!(accepted, "\n## {}\n", example.name).expect("a string takes everything");
        if let Some(volume) = example.text("volume") {
            (markup, numbering) = render::volume(volume);
            write!(accepted, "\n{FENCE} volume\n{volume}{FENCE}\n").expect("a string takes everything");
        }
        let Some(source) = example.text("source") else { continue };
        let page = render::page(&unescaped(source), &markup, numbering);
        let findings: String = page
            .findings
            .iter()
            .map(|found| format!("{}: {}\n", found.issue.code.name(), found.text.replace('\n', "⏎").replace('\r', "␍")))
            .collect();
        let html = page.html.replace('\r', "␍").replace('\t', "␉");
        for (word, made) in [("html", &html), ("findings", &findings)] {
            let expected = example.text(word).unwrap_or("");
            if expected != made {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                wrong.push(format!("{name}, {}: {word}\n--- expected\n{expected}--- made\n{made}", example.name));
            }
        }
        write!(accepted, "\n{FENCE} source\n{source}{FENCE}\n\n{FENCE} html\n{html}{FENCE}\n").expect("it fits");
        if !findings.is_empty() {
            write!(accepted, "\n{FENCE} findings\n{findings}{FENCE}\n").expect("a string takes everything");
        }
    }
    if std::env::var_os("MARKUP_ACCEPT").is_some() {
        fs::write(path, accepted).expect("the file can be written");
        return Vec::new();
    }
    wrong
}

#[test]
fn every_example_becomes_the_html_that_stands_below_it() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/markup");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the folder is there")
        .map(|entry| entry.expect("an entry can be read").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .collect();
    paths.sort();
    assert!(paths.len() > 5, "the examples are gone");
    let wrong: Vec<String> = paths.iter().flat_map(|path| check(path)).collect();
    assert!(wrong.is_empty(), "{} wrong\n\n{}", wrong.len(), wrong.join("\n\n"));
}
