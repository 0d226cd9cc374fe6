//! Rules of the code that no compiler holds: which module may use which, where a crate is known, and how long things are.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of a test may fail as loudly as the test itself")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use walkdir::WalkDir;

/// What each module of the library may use of the others. All may use `model`, `diag` and `hash`.
const MAY_USE: &[(&str, &[&str])] = &[
    ("hash", &[]),
    // Reads sites as they are published, by whatever program.
    ("compare", BOTTOM),
    // An edge: it asks another program and knows nothing of editions.
    ("git", &[]),
    ("diag", &["hash"]),
    ("model", &["diag", "hash"]),
    // The only module that knows YAML; its errors name the nearest key.
    ("yaml", BOTTOM),
    ("load", BOTTOM),
    ("history", &["model", "diag", "hash", "git"]),
    // Front matter and registers are YAML.
    ("parse", &["model", "diag", "hash", "yaml"]),
    // site.yaml is read with the same reader as front matter and has some of its keys.
    ("config", &["model", "diag", "hash", "yaml", "parse::front_matter"]),
    ("resolve", BOTTOM),
    ("view", BOTTOM),
    ("render", BOTTOM),
    ("write", BOTTOM),
    ("search", BOTTOM),
    ("cache", BOTTOM),
    // Keys are compared with what the cache holds.
    ("plan", &["model", "diag", "hash", "cache"]),
    ("serve", &["model", "diag", "hash", "pipeline", "config", "cache", "load"]),
    // Dates of the source are read by the reader of front matter, so that both accept the same.
    ("import", &["model", "diag", "hash", "yaml", "parse::date"]),
    // The only place that names all stages.
    (
        "pipeline",
        &[
            "model", "diag", "hash", "yaml", "config", "load", "history", "parse", "resolve", "view", "render",
            "write", "search", "cache", "plan", "git",
        ],
    ),
];

const BOTTOM: &[&str] = &["model", "diag", "hash"];

/// Crates that shape a stage, and the one place that knows each.
const KNOWN_IN: &[(&str, &[&str])] = &[
    ("tera", &["src/render/theme"]),
    ("pulldown_cmark", &["src/parse/markdown"]),
    ("serde_yaml", &["src/yaml"]),
    ("saphyr_parser", &["src/yaml"]),
    ("minify_html", &["src/render/minify"]),
    ("annotate_snippets", &["src/diag/report"]),
    // The output folder is walked by the stage that alone may write there.
    ("walkdir", &["src/load", "src/write"]),
    ("clap", &["src/cli"]),
    ("postcard", &["src/cache"]),
    ("notify", &["src/serve/watch"]),
    ("httparse", &["src/serve/http"]),
    ("sha2", &["src/pipeline/checksums"]),
    ("html5gum", &["src/compare/page"]),
    ("similar", &["src/compare/words"]),
    ("rusqlite", &["src/search/database"]),
    ("flate2", &["src/search/files"]),
    ("icu_collator", &["src/model/collate"]),
    ("icu_locale_core", &["src/model/collate"]),
];

const MOST_LINES: usize = 500;
const MOST_LINES_OF_A_FUNCTION: usize = 60;

/// Files that may be longer, up to so many lines, and why.
const LONG_FILES: &[(&str, usize, &str)] = &[
    ("src/model/document.rs", 620, "declarations only: the keys of a document in their order"),
    ("src/model/view.rs", 640, "declarations only: all that templates may see, to be read in one place"),
];

/// Functions that may be longer, and why.
const LONG_FUNCTIONS: &[(&str, &str, &str)] = &[];

/// A source file of the program.
struct Source {
    path: String,
    text: String,
    /// The text with strings and comments blanked out, up to its unit tests.
    code: String,
}

impl Source {
    fn new(path: String, text: String) -> Source {
        let bare = without_words(&text);
        let end = bare.find("#[cfg(test)]\nmod tests {").unwrap_or(bare.len());
        Source { path, code: bare[..end].to_owned(), text }
    }

    /// Files of tests only, which may do what they like.
    fn is_test(&self) -> bool {
        self.path.ends_with("/tests.rs") || self.path.contains("/tests/")
    }

    /// The module of the library, such as `parse`.
    fn module(&self) -> &str {
        let rest = self.path.strip_prefix("src/").unwrap_or(&self.path);
        rest.split('/').next().unwrap_or(rest).trim_end_matches(".rs")
    }
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut sources = Vec::new();
    for path in files_below(root, "src").into_iter().filter(|path| path.ends_with(".rs")) {
        let text = fs::read_to_string(root.join(&path)).unwrap();
        sources.push(Source::new(path, text));
    }
    assert!(sources.len() > 50, "the sources were not found");
    sources
}

fn files_below(root: &Path, folder: &str) -> Vec<String> {
    let visible = |entry: &walkdir::DirEntry| {
        let name = entry.file_name().to_string_lossy();
        !matches!(&*name, "target" | "node_modules" | ".engross" | ".git" | "public")
    };
    let walk = WalkDir::new(root.join(folder)).sort_by_file_name().into_iter().filter_entry(visible);
    walk.filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| entry.path().strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/"))
        .collect()
}

/// Fails with all that was found, one a line.
fn none(what: &str, found: &[String]) {
    assert!(found.is_empty(), "{what}:\n  {}", found.join("\n  "));
}

#[test]
fn imports_point_one_way() {
    let mut found = Vec::new();
    for source in sources().iter().filter(|source| !source.is_test()) {
        let module = source.module();
        if matches!(module, "lib" | "main" | "cli") {
            let uses_pipeline = module == "main" && source.code.contains("engross::");
            found.extend(uses_pipeline.then(|| format!("{}: only the command line uses the library", source.path)));
            continue;
        }
        let Some((_, allowed)) = MAY_USE.iter().find(|(name, _)| *name == module) else {
            found.push(format!("{}: nothing says what `{module}` may use", source.path));
            continue;
        };
        let at_top = source.path.matches('/').count() == 1 || source.path == format!("src/{module}/mod.rs");
        for used in used_modules(&source.code, at_top) {
            let is_allowed = |allowed: &&str| used == *allowed || used.starts_with(&format!("{allowed}::"));
            if used.split("::").next() != Some(module) && !allowed.iter().any(is_allowed) {
                found.push(format!("{}: `{module}` may not use `{used}`", source.path));
            }
        }
    }
    none("imports against the direction", &found);
}

#[test]
fn each_crate_is_known_to_one_place() {
    let mut found = Vec::new();
    for source in sources().iter().filter(|source| !source.is_test()) {
        for (name, places) in KNOWN_IN {
            let is_known = places.iter().any(|place| {
                let rest = source.path.strip_prefix(place);
                rest.is_some_and(|rest| rest.starts_with('/') || rest == ".rs")
            });
            if !is_known && names_crate(&source.code, name) {
                found.push(format!("{} uses {name}, which only {} may know", source.path, places.join(" and ")));
            }
        }
    }
    none("crates that leak", &found);
}

#[test]
fn every_module_says_what_it_is_for() {
    let found: Vec<String> =
        sources().iter().filter(|source| !source.text.starts_with("//! ")).map(|source| source.path.clone()).collect();
    none("modules without a first line of documentation", &found);
}

#[test]
fn files_and_functions_are_short() {
    let mut found = Vec::new();
    for source in sources().iter().filter(|source| !source.is_test()) {
        let lines = source.code.lines().count();
        let allowed = LONG_FILES.iter().find(|(path, _, _)| *path == source.path);
        let most = allowed.map_or(MOST_LINES, |(_, most, _)| *most);
        if lines > most {
            found.push(format!("{} has {lines} lines, {most} are allowed", source.path));
        }
        if allowed.is_some() && lines <= MOST_LINES {
            found.push(format!("{} is short now: take it from the list of long files", source.path));
        }
        for (name, line, length) in functions(&source.code) {
            let is_listed = LONG_FUNCTIONS.iter().any(|(path, other, _)| *path == source.path && *other == name);
            if length > MOST_LINES_OF_A_FUNCTION && !is_listed {
                found.push(format!("{}:{line} `{name}` has {length} lines", source.path));
            }
        }
    }
    let listed = LONG_FILES.iter().map(|(path, _, _)| path).chain(LONG_FUNCTIONS.iter().map(|(path, _, _)| path));
    let paths: BTreeSet<String> = sources().into_iter().map(|source| source.path).collect();
    found.extend(listed.filter(|path| !paths.contains(**path)).map(|path| format!("{path} is listed and not there")));
    none("too long", &found);
}

#[test]
fn the_library_does_not_print() {
    let mut found = Vec::new();
    for source in sources().iter().filter(|source| !source.is_test()) {
        for name in ["println!", "print!", "eprintln!", "eprint!", "dbg!"] {
            if source.code.match_indices(name).any(|(at, _)| !source.code[..at].ends_with(is_word)) {
                found.push(format!("{} holds {name}", source.path));
            }
        }
    }
    none("prints", &found);
}

#[test]
fn no_stray_white_space_and_nothing_left_to_do() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = ["src", "tests", "themes", "content", "docs", "benches", "xtask", ".ci", ".github"];
    let endings = ["rs", "html", "css", "js", "mjs", "yaml", "yml", "toml", "md", "json", "sh", "run"];
    let mut found = Vec::new();
    let below = folders.iter().filter(|folder| root.join(folder).is_dir()).flat_map(|folder| files_below(root, folder));
    let top = ["Cargo.toml", "clippy.toml", "rustfmt.toml", "site.yaml", "README.md", "ARCHITECTURE.md"];
    let top = top.into_iter().map(str::to_owned).filter(|path| root.join(path).is_file());
    // Cases hold what editors type and what the program answers, stray white space included.
    let is_case = |path: &str| ["tests/cases/", "tests/markup/", "tests/theme/"].iter().any(|it| path.starts_with(it));
    let is_checked = |path: &String| path.ends_with(".rs") || !is_case(path);
    for path in below.chain(top).filter(is_checked) {
        if !endings.contains(&path.rsplit(['.', '/']).next().unwrap_or("")) {
            continue;
        }
        let text = fs::read_to_string(root.join(&path)).unwrap();
        for (number, line) in text.split('\n').enumerate() {
            let place = format!("{path}:{}", number + 1);
            if line.ends_with([' ', '\t', '\r']) {
                found.push(format!("{place} ends in white space"));
            }
            // Written in two parts, so that this file keeps the rule.
            if [concat!("TO", "DO"), concat!("FIX", "ME")].iter().any(|word| line.contains(word)) {
                found.push(format!("{place} leaves something to do"));
            }
            if line.contains('\t') && path.ends_with(".rs") {
                found.push(format!("{place} holds a tab"));
            }
        }
        if !text.is_empty() && (!text.ends_with('\n') || text.ends_with("\n\n")) {
            found.push(format!("{path} does not end in one line end"));
        }
    }
    none("untidy", &found);
}

/// Modules of the library that some code names, such as `model` or `parse::front_matter`. `super` leads to the
/// library from a module at its top.
fn used_modules(code: &str, at_top: bool) -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    let starts: &[&str] = if at_top { &["crate::", "super::"] } else { &["crate::"] };
    for start in starts {
        for (at, _) in code.match_indices(start) {
            if code[..at].ends_with(is_word) || code[..at].ends_with("::") {
                continue;
            }
            for path in branches(&code[at + start.len()..]) {
                let mut parts = path.split("::").map(str::trim).filter(|part| part.starts_with(char::is_lowercase));
                if let Some(first) = parts.next() {
                    used.insert(parts.next().map_or(first.to_owned(), |second| format!("{first}::{second}")));
                }
            }
        }
    }
    used
}

/// The paths of a use: one, or those between braces, with the first two parts of each.
fn branches(rest: &str) -> Vec<String> {
    let path_end = |text: &str| text.find(|c: char| !is_word(c) && c != ':').unwrap_or(text.len());
    let Some(inner) = rest.strip_prefix('{') else {
        let end = path_end(rest);
        return vec![rest[..end].trim_end_matches("::").to_owned()];
    };
    let (mut depth, mut start, mut found) = (1, 0, Vec::new());
    for (at, letter) in inner.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 || (depth == 1 && letter == ',') {
            let branch = inner[start..at].trim();
            found.push(branch[..path_end(branch)].trim_end_matches("::").to_owned());
            start = at + 1;
        }
        if depth == 0 {
            break;
        }
    }
    found
}

fn names_crate(code: &str, name: &str) -> bool {
    code.match_indices(name).any(|(at, _)| {
        let (before, after) = (&code[..at], &code[at + name.len()..]);
        let is_start = !before.ends_with(is_word) && !before.ends_with("::") && !before.ends_with('.');
        is_start && (after.starts_with("::") || before.ends_with("use ") || before.ends_with("extern crate "))
    })
}

/// Name, first line and number of lines of each function that has a body.
fn functions(code: &str) -> Vec<(String, usize, usize)> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices("fn ") {
        if code[..at].ends_with(is_word) {
            continue;
        }
        let rest = &code[at + 3..];
        let name: String = rest.chars().take_while(|letter| is_word(*letter)).collect();
        let Some(end) = body_end(rest).filter(|_| !name.is_empty()) else { continue };
        let line = code[..at].matches('\n').count() + 1;
        found.push((name, line, rest[..end].matches('\n').count() + 1));
    }
    found
}

/// Where the body of a function ends, if it has one.
fn body_end(rest: &str) -> Option<usize> {
    let (mut depth, mut brackets) = (0, 0);
    for (at, letter) in rest.char_indices() {
        match letter {
            '(' | '[' => brackets += 1,
            ')' | ']' => brackets -= 1,
            ';' if depth == 0 && brackets == 0 => return None,
            '{' => depth += 1,
            '}' => {
                depth -= 1;
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// Code with strings, letters and comments blanked out; line ends stay.
fn without_words(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < letters.len() {
        let end = match letters[at] {
            '/' if letters.get(at + 1) == Some(&'/') => line_end(&letters, at),
            '/' if letters.get(at + 1) == Some(&'*') => find(&letters, at + 2, &['*', '/']),
            '"' => string_end(&letters, at + 1),
            'r' if !at.checked_sub(1).is_some_and(|before| is_word(letters[before]) && letters[before] != 'b') => {
                raw_end(&letters, at).unwrap_or(at)
            }
            '\'' => letter_end(&letters, at).unwrap_or(at),
            _ => at,
        };
        if end == at {
            out.push(letters[at]);
            at += 1;
        } else {
            out.extend(letters[at..end].iter().map(|letter| if *letter == '\n' { '\n' } else { ' ' }));
            at = end;
        }
    }
    out
}

fn line_end(letters: &[char], from: usize) -> usize {
    letters[from..].iter().position(|letter| *letter == '\n').map_or(letters.len(), |length| from + length)
}

/// After the next place of some letters.
fn find(letters: &[char], from: usize, wanted: &[char]) -> usize {
    let place = letters[from..].windows(wanted.len()).position(|window| window == wanted);
    place.map_or(letters.len(), |length| from + length + wanted.len())
}

fn string_end(letters: &[char], mut at: usize) -> usize {
    while at < letters.len() && letters[at] != '"' {
        at += if letters[at] == '\\' { 2 } else { 1 };
    }
    (at + 1).min(letters.len())
}

/// `r"…"`, `r#"…"#`.
fn raw_end(letters: &[char], at: usize) -> Option<usize> {
    let marks = letters[at + 1..].iter().take_while(|letter| **letter == '#').count();
    if letters.get(at + 1 + marks) != Some(&'"') {
        return None;
    }
    let end: Vec<char> = std::iter::once('"').chain(std::iter::repeat_n('#', marks)).collect();
    Some(find(letters, at + 2 + marks, &end))
}

/// `'a'` and `'\n'`, but not a lifetime.
fn letter_end(letters: &[char], at: usize) -> Option<usize> {
    if letters.get(at + 1) == Some(&'\\') {
        return Some(find(letters, at + 3, &['\'']));
    }
    (letters.get(at + 2) == Some(&'\'')).then_some(at + 3)
}

#[test]
fn the_rules_see_what_they_should() {
    let used = |code: &str| used_modules(code, false).into_iter().collect::<Vec<_>>().join(" ");
    assert_eq!(
        used("use crate::parse::date;\nfn f() -> crate::diag::Code { }"),
        "diag::Code parse::date".replace("::Code", "")
    );
    assert_eq!(used("use crate::{config::Flags, model::{site, page}, Thing};"), "config model");
    assert_eq!(used("use super::thing; my_crate::other"), "");
    assert_eq!(used_modules("use super::view;", true).into_iter().next().as_deref(), Some("view"));
    assert!(names_crate("use tera::Value;", "tera") && names_crate("x: tera::Value", "tera"));
    assert!(!names_crate("iterate::x crate::tera::x self.tera::<A>()", "tera"));
    let bare = without_words("a // fn x\nb \"{\\\"\" c '{' d r#\"}\"# 'life e /* { */ f");
    assert_eq!(bare.split_whitespace().collect::<Vec<_>>(), ["a", "b", "c", "d", "'life", "e", "f"]);
    let found = functions("fn a();\npub fn b(x: [u8; 2]) -> A {\n  if x {\n  }\n}\n");
    assert_eq!(found, [("b".to_owned(), 2, 4)]);
}
