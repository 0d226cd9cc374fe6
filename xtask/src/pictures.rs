//! Pictures of every kind of page, narrow and wide, light and dark: to look at after a change of the theme. Builds the
//! sample edition, the invented one that has every form, and, where the corpus is at hand, real volumes and letters.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The pictures of README.md: picture, and its name in `docs/images`.
const README: [(&str, &str); 5] = [
    ("readme-seed-1280-light.png", "seed.png"),
    ("readme-seed-390-light.png", "seed-phone.png"),
    ("readme-letter-1280-dark.png", "letter-dark.png"),
    ("readme-images-1280-light.png", "images.png"),
    ("readme-search-1280-light.png", "search.png"),
];

/// What is imported from the corpus: name of the site, kind of import, files and folders.
const REAL: [(&str, &str, &[&str]); 3] = [
    ("volume", "tei", &["frus/frus1961-63v08.xml"]),
    ("supplement", "tei", &["frus/frus1961-63v10-12mSupp.xml"]),
    ("letters", "letters", &["schnitzler/registers", "schnitzler/editions"]),
];

/// Builds the sites, takes the pictures, and puts those of the README where it looks for them if that is wished.
pub(crate) fn pictures(program: &Path, out: &Path, corpus: Option<&Path>, readme: bool) -> io::Result<()> {
    let program = program.canonicalize()?;
    // Editions take relative paths from their own folders.
    fs::create_dir_all(out)?;
    let out = &out.canonicalize()?;
    let sites = out.join("sites");
    let past = out.join("editions").join("past");
    fs::create_dir_all(out.join("editions"))?;
    run(Command::new("tests/editions/past.sh").arg(&past))?;
    for (name, edition) in [("sample", Path::new(".")), ("rich", Path::new("tests/editions/rich")), ("past", &past)] {
        build(&program, edition, &sites.join(name))?;
    }
    for (name, kind, sources) in REAL {
        if let Some(corpus) = corpus {
            let edition = out.join("editions").join(name);
            import(&program, kind, sources.iter().map(|source| corpus.join(source)), &edition)?;
            build(&program, &edition, &sites.join(name))?;
        }
    }
    run(Command::new("node").arg("tests/browser/pictures.mjs").arg(&sites).arg(out))?;
    if readme {
        for (picture, name) in README {
            fs::copy(out.join(picture), Path::new("docs/images").join(name))?;
        }
    }
    println!("{}", out.join("index.html").display());
    Ok(())
}

fn build(program: &Path, edition: &Path, site: &Path) -> io::Result<()> {
    run(Command::new(program).arg("--root").arg(edition).args(["build", "--no-cache", "--out"]).arg(site))
}

/// Imports files, and all files of folders, into an edition that is made anew.
fn import(program: &Path, kind: &str, sources: impl Iterator<Item = PathBuf>, edition: &Path) -> io::Result<()> {
    let content = edition.join("content");
    if edition.is_dir() {
        fs::remove_dir_all(edition)?;
    }
    fs::create_dir_all(&content)?;
    // Letters bring settings of their own.
    if kind == "tei" {
        fs::write(edition.join("site.yaml"), "title: Documents from the corpus\nlang: en\n")?;
        fs::write(content.join("_index.md"), "---\ntitle: Documents from the corpus\n---\n")?;
    }
    let mut files = Vec::new();
    for source in sources {
        if source.is_dir() {
            let entries: io::Result<Vec<_>> = fs::read_dir(&source)?.map(|entry| Ok(entry?.path())).collect();
            files.extend(entries?);
        } else {
            files.push(source);
        }
    }
    files.sort();
    run(Command::new(program).arg("--root").arg(edition).args(["import", kind, "--into"]).arg(&content).args(files))
}

fn run(command: &mut Command) -> io::Result<()> {
    if command.status()?.success() { Ok(()) } else { Err(io::Error::other(format!("{command:?} failed"))) }
}
