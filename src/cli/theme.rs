//! `engross theme`: copies of built-in themes.

use super::{End, Trouble, report};
use clap::Subcommand;
use engross::render::theme::builtin;
use std::fs;
use std::path::Path;

/// Arguments of `engross theme`.
#[derive(Debug, Subcommand)]
pub enum Arguments {
    /// Copies the built-in theme to themes/NAME, for changing; delete the files that you do not change
    Copy {
        /// Name of the copy; `default` lays its files over the built-in theme without a word in site.yaml
        name: String,
    },
}

/// Works on themes.
pub fn run(root: &Path, arguments: &Arguments) -> Result<End, Trouble> {
    let Arguments::Copy { name } = arguments;
    let plain =
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    if !plain {
        return Err(Trouble(format!("`{name}` is no name of a theme: use letters, digits and hyphens")));
    }
    let folder = root.join("themes").join(name);
    if folder.exists() {
        return Err(Trouble(format!("{} is there already; nothing was copied", folder.display())));
    }
    let templates = builtin::TEMPLATES.iter().map(|(path, text)| (format!("templates/{path}"), text.as_bytes()));
    // The engine of the search and its scripts belong to the program that writes the index.
    let statics = builtin::STATICS.iter().filter(|(path, _)| !path.starts_with("search/"));
    let statics = statics.map(|(path, bytes)| (format!("static/{path}"), *bytes));
    let words = builtin::WORDS.iter().map(|(lang, text)| (format!("words/{lang}.yaml"), text.as_bytes()));
    let manifest = std::iter::once(("theme.yaml".to_owned(), builtin::MANIFEST.as_bytes()));
    let mut count = 0;
    for (path, bytes) in manifest.chain(templates).chain(statics).chain(words) {
        let file = folder.join(&path);
        if let Some(parent) = file.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(&file, bytes)?;
        count += 1;
    }
    let used = if name == "default" { String::new() } else { format!("; name it in site.yaml: `theme: {name}`") };
    report::line(&format!("copied {count} files to {}{used}", folder.display()));
    Ok(End::Well)
}
