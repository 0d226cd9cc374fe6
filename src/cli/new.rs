//! `engross new`: an edition to begin with.

use super::{End, Trouble, report};
use clap::Args;
use std::fs;
use std::path::{Path, PathBuf};

/// Arguments of `engross new`.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Folder of the edition; it is made, or is empty
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Title of the edition
    #[arg(long, value_name = "TITLE")]
    title: Option<String>,
}

/// Makes an edition.
pub fn run(arguments: &Arguments) -> Result<End, Trouble> {
    let folder = &arguments.folder;
    let title = title(arguments.title.as_deref())?;
    must_be_free(folder)?;
    for (path, text) in FILES {
        write(folder, path, &filled(path, text, title))?;
    }
    report::line(&format!("made an edition of three documents in {}", folder.display()));
    let shown = quoted(folder);
    report::line(&format!("build it:    engross build --root {shown}"));
    report::line(&format!("look at it:  open {} in a browser", folder.join("public").join("index.html").display()));
    report::line(&format!("go on from:  {}", folder.join("README.md").display()));
    Ok(End::Well)
}

/// The title that the scaffold has in its files.
const TITLE: &str = "The Lindhaven Papers";

/// Path in the new edition, and text. Names with a leading dot have none in the scaffold: tools that pack or search
/// this repository would take them for their own.
const FILES: &[(&str, &str)] = &[
    ("site.yaml", include_str!("../../scaffold/site.yaml")),
    ("README.md", include_str!("../../scaffold/README.md")),
    (".gitignore", include_str!("../../scaffold/gitignore")),
    (".gitattributes", include_str!("../../scaffold/gitattributes")),
    (".github/workflows/pages.yml", include_str!("../../scaffold/workflows/pages.yml")),
    ("static/facsimiles/d3-1r.svg", include_str!("../../scaffold/static/facsimiles/d3-1r.svg")),
    ("content/_index.md", include_str!("../../scaffold/content/_index.md")),
    ("content/consulate/_index.md", include_str!("../../scaffold/content/consulate/_index.md")),
    ("content/consulate/preface.md", include_str!("../../scaffold/content/consulate/preface.md")),
    (
        "content/consulate/01-correspondence/_index.md",
        include_str!("../../scaffold/content/consulate/01-correspondence/_index.md"),
    ),
    (
        "content/consulate/01-correspondence/d1.md",
        include_str!("../../scaffold/content/consulate/01-correspondence/d1.md"),
    ),
    (
        "content/consulate/01-correspondence/d2.md",
        include_str!("../../scaffold/content/consulate/01-correspondence/d2.md"),
    ),
    (
        "content/consulate/01-correspondence/d3.md",
        include_str!("../../scaffold/content/consulate/01-correspondence/d3.md"),
    ),
    (
        "content/consulate/registers/persons.yaml",
        include_str!("../../scaffold/content/consulate/registers/persons.yaml"),
    ),
    ("content/consulate/registers/terms.yaml", include_str!("../../scaffold/content/consulate/registers/terms.yaml")),
    ("content/consulate/registers/places.yaml", include_str!("../../scaffold/content/consulate/registers/places.yaml")),
    (
        "content/consulate/registers/organizations.yaml",
        include_str!("../../scaffold/content/consulate/registers/organizations.yaml"),
    ),
    ("content/consulate/registers/works.yaml", include_str!("../../scaffold/content/consulate/registers/works.yaml")),
    ("content/consulate/registers/events.yaml", include_str!("../../scaffold/content/consulate/registers/events.yaml")),
    (
        "content/consulate/registers/repositories.yaml",
        include_str!("../../scaffold/content/consulate/registers/repositories.yaml"),
    ),
    (
        "content/consulate/registers/bibliography.json",
        include_str!("../../scaffold/content/consulate/registers/bibliography.json"),
    ),
];

/// The title as given, else that of the scaffold.
fn title(given: Option<&str>) -> Result<&str, Trouble> {
    let title = given.map_or(TITLE, str::trim);
    if title.is_empty() || title.chars().any(char::is_control) {
        return Err(Trouble("--title takes a title of one line: --title \"Papers of the Harbour Office\"".into()));
    }
    Ok(title)
}

/// Nothing is ever written over. A folder that holds a Git repository without files is as good as empty.
fn must_be_free(folder: &Path) -> Result<(), Trouble> {
    let shown = folder.display();
    if !folder.exists() {
        return Ok(());
    }
    if !folder.is_dir() {
        return Err(Trouble(format!("{shown} is a file; name a folder that is not there yet")));
    }
    let entries = fs::read_dir(folder).map_err(|error| Trouble(format!("{shown} cannot be read: {error}")))?;
    for entry in entries {
        let name = entry.map_err(|error| Trouble(format!("{shown} cannot be read: {error}")))?.file_name();
        if name != ".git" {
            let found = name.to_string_lossy();
            let mend = "name a folder that is empty or not there yet; nothing was written";
            return Err(Trouble(format!("{shown} is not empty, it holds `{found}`; {mend}")));
        }
    }
    Ok(())
}

/// The text with the title of the edition and the version of this program.
fn filled(path: &str, text: &str, title: &str) -> String {
    let text = text.replace("\r\n", "\n");
    match path {
        "site.yaml" if title != TITLE => {
            let quoted = serde_json::Value::from(title).to_string();
            text.replacen(&format!("title: {TITLE}\n"), &format!("title: {quoted}\n"), 1)
        }
        "README.md" => text.replacen(TITLE, title, 1),
        ".github/workflows/pages.yml" => text.replacen("{version}", env!("CARGO_PKG_VERSION"), 1),
        _ => text,
    }
}

fn write(folder: &Path, path: &str, text: &str) -> Result<(), Trouble> {
    let file = folder.join(path);
    let trouble = |error| Trouble(format!("{} cannot be written: {error}", file.display()));
    if let Some(parent) = file.parent() {
        fs::create_dir_all(parent).map_err(trouble)?;
    }
    fs::write(&file, text).map_err(trouble)
}

/// A path as a shell takes it.
fn quoted(path: &Path) -> String {
    let path = path.display().to_string();
    let plain = path.chars().all(|c| c.is_alphanumeric() || matches!(c, '/' | '\\' | '.' | '_' | '-' | ':' | '~'));
    if plain { path } else { format!("\"{path}\"") }
}
