//! The manual, held against the program: what it lists is generated, what it shows is built, what it links to is there.
//!
//! `ENGROSS_BLESS=1 cargo test --test docs` writes the generated parts anew.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of a test may fail as loudly as the test itself")]

#[path = "docs/blocks.rs"]
mod blocks;
#[path = "docs/edition.rs"]
mod edition;
#[path = "docs/generated.rs"]
mod generated;

use blocks::Block;
use edition::{Example, Wanted};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The project's folder.
fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn text_of(path: &str) -> String {
    fs::read_to_string(project().join(path)).unwrap()
}

/// Compares a file with what it must hold, or writes it under `ENGROSS_BLESS=1`.
fn hold(path: &str, wanted: &str) {
    #[allow(clippy::disallowed_methods)]
    let bless = std::env::var_os("ENGROSS_BLESS").is_some_and(|value| value == "1");
    let file = project().join(path);
    let found = fs::read_to_string(&file).unwrap_or_default();
    if found == wanted {
        return;
    }
    if bless {
        return fs::write(file, wanted).unwrap();
    }
    let differs = found.lines().zip(wanted.lines()).position(|(found, wanted)| found != wanted);
    let line = differs.unwrap_or_else(|| found.lines().count().min(wanted.lines().count()));
    let at = |text: &str| text.lines().nth(line).unwrap_or("(end of file)").to_owned();
    panic!(
        "{path} is not as the program has it; ENGROSS_BLESS=1 writes it anew\nline {}\n  found:  {}\n  wanted: {}",
        line + 1,
        at(&found),
        at(wanted)
    );
}

#[test]
fn the_page_of_diagnostics_lists_every_code() {
    hold("docs/diagnostics.md", &generated::diagnostics());
}

#[test]
fn the_page_of_commands_shows_the_help_of_each() {
    let page = text_of("docs/commands.md");
    let shown: BTreeSet<String> = generated::names(&page, "help").into_iter().collect();
    assert_eq!(shown, generated::commands(), "docs/commands.md has no `<!-- help: … -->` for one of these");
    hold("docs/commands.md", &generated::fill(&page, "help", |name| generated::help(&name)));
}

#[test]
fn the_page_of_themes_lists_every_field_of_every_view() {
    let page = text_of("docs/theming.md");
    let mut files: Vec<_> = fs::read_dir(project().join("src/model/view")).unwrap().collect::<Result<_, _>>().unwrap();
    files.sort_by_key(fs::DirEntry::path);
    let parts = files.iter().map(|file| fs::read_to_string(file.path()).unwrap());
    let views = generated::views(&(text_of("src/model/view.rs") + &parts.collect::<String>()));
    hold("docs/theming.md", &generated::fill(&page, "views", |_| views.clone()));
}

/// Every example of the manual that says what kind of text it is.
fn examples() -> Vec<Example> {
    let pages = [
        "docs/authoring.md",
        "docs/front-matter.md",
        "docs/site-yaml.md",
        "docs/archives.md",
        "docs/publishing.md",
        "README.md",
    ];
    let of = |page: &str| blocks::of(&text_of(page)).into_iter().map(|block| Example::new(page, block)).collect();
    pages.into_iter().flat_map(|page| -> Vec<Option<Example>> { of(page) }).flatten().collect()
}

#[test]
fn every_example_builds_and_warns_of_what_it_says() {
    let (wrong, sound): (Vec<Example>, Vec<Example>) =
        examples().into_iter().partition(|example| example.wanted == Wanted::Errors);
    assert!(sound.len() > 60 && wrong.len() > 5, "{} and {} examples", sound.len(), wrong.len());
    let problems: Vec<String> = edition::check(&sound).into_iter().chain(edition::check(&wrong)).collect();
    assert!(problems.is_empty(), "{}", problems.join("\n\n"));
}

#[test]
fn each_example_becomes_what_the_manual_shows() {
    let page = "docs/authoring.md";
    let text = text_of(page);
    let mut shown: Vec<(Example, Block)> = Vec::new();
    let all = blocks::of(&text);
    for pair in all.windows(2) {
        if let Some(example) = Example::new(page, pair[0].clone()).filter(|_| pair[1].language() == "html") {
            shown.push((example, pair[1].clone()));
        }
    }
    assert!(shown.len() > 30, "{} examples show what they become", shown.len());
    let rendered = edition::render(shown.iter().map(|(example, _)| example));
    let mut wanted = text.clone();
    for ((_, block), html) in shown.iter().zip(&rendered).rev() {
        wanted.replace_range(block.at.clone(), html);
    }
    hold(page, &wanted);
}

/// Each example that docs/theming.md works out, laid over a small edition: its name, and what it must bring to which page.
const WORKED: &[(&str, &str, &[&str])] = &[
    (
        "colours",
        "index.html",
        &["--link: #1e4f7a", "--link: #9cc3e6", "\"EB Garamond\", Garamond", "url(\"fonts/garamond.woff2\")"],
    ),
    ("colours", "v/d12.html", &["--link: #1e4f7a", "url(\"../fonts/garamond.woff2\")", "The first page."]),
    ("block", "v/d12.html", &["Reel 12 of the microfilm", "<h2>How to cite</h2>", "The first page."]),
    ("partial", "v/index.html", &["Made possible by", "<li>The Foundation</li>", "<li>The Academy</li>", "A Volume"]),
];

#[test]
fn the_worked_themes_do_what_they_say() {
    let blocks = blocks::of(&text_of("docs/theming.md"));
    let examples: BTreeSet<&str> = blocks.iter().filter_map(|block| block.value("example")).collect();
    assert_eq!(examples, WORKED.iter().map(|(name, _, _)| *name).collect::<BTreeSet<&str>>());
    for example in examples {
        let of_this = blocks.iter().filter(|block| block.value("example") == Some(example));
        let mut files: Vec<(&str, &str)> =
            of_this.map(|block| (block.value("file").unwrap(), block.text.as_str())).collect();
        assert!(files.len() >= 2, "{example}");
        files.push(("static/fonts/garamond.woff2", ""));
        let pages = edition::with_theme(&files);
        for (_, page, wanted) in WORKED.iter().filter(|(name, _, _)| *name == example) {
            for wanted in *wanted {
                assert!(pages[*page].contains(wanted), "{example}: {wanted} is not in\n{}", pages[*page]);
            }
        }
        let others = WORKED.iter().filter(|(name, page, _)| *name != example && pages.contains_key(*page));
        for (other, page, wanted) in others {
            assert!(!pages[*page].contains(wanted[0]), "{example} does what {other} should");
        }
    }
}

#[test]
fn every_key_is_in_the_manual() {
    let documents = ["mod.rs", "parts.rs", "volume.rs"].map(|file| format!("src/parse/front_matter/{file}"));
    let of = |files: &[String]| -> BTreeSet<String> {
        files.iter().flat_map(|file| generated::keys(&text_of(file))).collect()
    };
    let mut missing = Vec::new();
    for (page, keys) in [
        ("docs/front-matter.md", of(&documents)),
        ("docs/front-matter.md", of(&["src/parse/registers.rs".to_owned()])),
        ("docs/site-yaml.md", of(&["src/config.rs".to_owned()])),
    ] {
        let text = text_of(page);
        assert!(keys.len() > 15, "{page}: only {} keys were found in the source", keys.len());
        missing.extend(keys.into_iter().filter(|key| !text.contains(&format!("`{key}`"))).map(|key| (page, key)));
    }
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn every_class_is_in_the_manual() {
    let text = text_of("docs/authoring.md");
    let all = engross::parse::classes::BLOCKS.iter().chain(engross::parse::classes::SPANS);
    let missing: Vec<_> = all
        .filter(|class| {
            let shown = |before: &str, after: &str| text.contains(&format!("{before}{class}{after}"));
            !(shown("`", "`") || shown("{.", "}") || shown("{.", " "))
        })
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// Every page for people, with the anchors of its headings.
fn pages() -> BTreeMap<PathBuf, (String, BTreeSet<String>)> {
    let top = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"].map(PathBuf::from);
    let docs =
        fs::read_dir(project().join("docs")).unwrap().map(|entry| Path::new("docs").join(entry.unwrap().file_name()));
    let files = top.into_iter().chain(docs.filter(|file| file.extension().is_some_and(|ending| ending == "md")));
    let read = |file: PathBuf| {
        let text = fs::read_to_string(project().join(&file)).unwrap();
        let anchors = blocks::anchors(&text);
        (file, (text, anchors))
    };
    files.map(read).collect()
}

#[test]
fn every_link_leads_to_a_file_and_a_heading() {
    let pages = pages();
    let mut dead = Vec::new();
    for (file, (text, anchors)) in &pages {
        let folder = file.parent().unwrap();
        for target in blocks::links(text) {
            let (path, anchor) = target.split_once('#').map_or((target.as_str(), None), |(path, id)| (path, Some(id)));
            if path.contains(':') {
                continue;
            }
            let there = path.is_empty() || project().join(folder).join(path).exists();
            let other = path.strip_prefix("../").map_or_else(|| folder.join(path), PathBuf::from);
            let found = match (anchor, path.is_empty()) {
                (None, _) => true,
                (Some(id), true) => anchors.contains(id),
                (Some(id), false) => pages.get(&other).is_some_and(|(_, anchors)| anchors.contains(id)),
            };
            if !there || !found {
                dead.push(format!("{}: {target}", file.display()));
            }
        }
    }
    assert!(dead.is_empty(), "{}", dead.join("\n"));
}

#[test]
fn the_index_leads_to_every_page_of_the_manual() {
    let index = blocks::links(&text_of("docs/index.md"));
    for file in pages().into_keys().filter(|file| file.starts_with("docs")) {
        let name = file.file_name().unwrap().to_str().unwrap();
        assert!(name == "index.md" || index.iter().any(|link| link == name), "docs/index.md does not name {name}");
    }
}
