//! The theme of an edition: templates, words and static files, the site's own over the built-in ones.

use super::about_settings;
use crate::diag::{Code, Diagnostic, Place};
use crate::hash::Hash128;
use crate::load::Files;
use crate::model::search::Stemming;
use crate::model::settings::{Minify, Settings};
use crate::parse::front_matter::reader::to_json;
use crate::render::minify;
use crate::render::theme::{Theme, ThemeError, ThemeFiles, builtin, layer_words};
use crate::search;
use crate::view::Words;
use crate::write::{Sink, WriteError};
use crate::yaml;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

/// Static files of the theme with their addresses.
pub(super) struct Assets {
    /// Files by name: address within the site, and bytes.
    files: BTreeMap<String, (String, Vec<u8>)>,
    /// Hashes of the files of the site's own theme, static or not, by path within the theme.
    pub(super) own: BTreeMap<String, Hash128>,
}

impl Assets {
    /// File name to address within the site.
    pub(super) fn addresses(&self) -> BTreeMap<String, String> {
        self.files.iter().map(|(name, (address, _))| (name.clone(), address.clone())).collect()
    }

    /// Writes them.
    pub(super) fn write(&self, sink: &dyn Sink) -> Result<(), WriteError> {
        self.files.values().try_for_each(|(address, bytes)| sink.put(address, bytes))
    }

    /// The file at an address.
    pub(super) fn find(&self, address: &str) -> Option<&[u8]> {
        self.files.values().find(|(other, _)| other == address).map(|(_, bytes)| bytes.as_slice())
    }

    /// The style sheet as text.
    pub(super) fn style(&self) -> String {
        self.files.get("engross.css").map_or_else(String::new, |(_, bytes)| String::from_utf8_lossy(bytes).into_owned())
    }
}

/// Loads the theme that the settings name.
pub(super) fn load(
    root: &Path,
    settings: &Settings,
    files: &Files,
) -> (Option<(Theme, Assets)>, Words, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let mut words = builtin_words(&settings.lang);
    if settings.theme != "default" && files.theme.is_empty() {
        let message = format!("there is no theme `{}`", settings.theme);
        let help = format!("make it with `engross theme copy {}`, or take `theme:` away", settings.theme);
        diagnostics.push(about_settings(root, "theme", Code::THEME_MISSING, message).help(help));
        return (None, Words(words), diagnostics);
    }
    let mut hashes = BTreeMap::new();
    let own = read_own(settings, files, &mut words, &mut hashes, &mut diagnostics);
    let theme = match Theme::load(&own) {
        Ok(theme) => Some(theme),
        Err(errors) => {
            diagnostics.extend(errors.iter().map(|error| broken(root, error, None)));
            None
        }
    };
    let assets = Assets { files: assets(&own, settings, &words), own: hashes };
    (theme.map(|theme| (theme, assets)), Words(words), diagnostics)
}

/// Words in the language of the edition over the English ones.
fn builtin_words(lang: &str) -> serde_json::Value {
    let primary = lang.split('-').next().unwrap_or(lang);
    let decode = |text: &str| yaml::parse(text).map_or(serde_json::Value::Null, |node| to_json(&node));
    let mut words = serde_json::Value::Null;
    for wanted in ["en", primary] {
        if let Some((_, text)) = builtin::WORDS.iter().find(|(name, _)| *name == wanted) {
            layer_words(&mut words, decode(text));
        }
    }
    words
}

fn read_own(
    settings: &Settings,
    files: &Files,
    words: &mut serde_json::Value,
    hashes: &mut BTreeMap<String, Hash128>,
    diagnostics: &mut Vec<Diagnostic>,
) -> ThemeFiles {
    let mut own = ThemeFiles { name: settings.theme.clone(), ..ThemeFiles::default() };
    let primary = settings.lang.split('-').next().unwrap_or("en");
    for (path, file) in &files.theme {
        let place = Place::file(format!("themes/{}/{path}", settings.theme));
        let bytes = match fs::read(file) {
            Ok(bytes) => bytes,
            Err(error) => {
                let message = format!("this file cannot be read: {error}");
                diagnostics.push(Diagnostic::new(Code::FILE_UNREADABLE, place, message));
                continue;
            }
        };
        hashes.insert(path.clone(), Hash128::of(&bytes));
        if let Some(name) = path.strip_prefix("static/") {
            own.statics.push((name.to_owned(), bytes));
            continue;
        }
        let Ok(text) = String::from_utf8(bytes) else {
            let diagnostic = Diagnostic::new(Code::FILE_NOT_UTF8, place, "this file is not UTF-8");
            diagnostics.push(diagnostic.help("save the file again with the encoding UTF-8"));
            continue;
        };
        if let Some(name) = path.strip_prefix("templates/") {
            own.templates.push((name.to_owned(), text));
        } else if *path == format!("words/{primary}.yaml") {
            let source: Arc<str> = Arc::clone(&place.file);
            match yaml::parse(&text) {
                Ok(node) => layer_words(words, to_json(&node)),
                Err(errors) => diagnostics.extend(super::place::yaml_errors(&source, 0, errors)),
            }
        }
    }
    own
}

/// A mistake of a theme; `document` is what was being rendered.
pub(super) fn broken(root: &Path, error: &ThemeError, document: Option<&str>) -> Diagnostic {
    let file = error.file.clone().unwrap_or_else(|| "site.yaml".into());
    let span = error.line.zip(error.column).and_then(|(line, column)| {
        let text = fs::read_to_string(root.join(&file)).ok()?;
        let start: usize = text.split_inclusive('\n').take(line - 1).map(str::len).sum();
        let within: usize = text[start..].chars().take(column - 1).map(char::len_utf8).sum();
        Some(start + within..start + within + 1)
    });
    let place = Place { file: file.into(), span };
    let mut message = error.message.clone();
    if place.span.is_none()
        && let (Some(line), Some(column)) = (error.line, error.column)
    {
        message.push_str(&format!(" (line {line}, column {column})"));
    }
    if let Some(document) = document {
        message.push_str(&format!(" (while rendering {document})"));
    }
    let diagnostic = Diagnostic::new(Code::THEME_BROKEN, place, message);
    Diagnostic { help: error.help.clone(), ..diagnostic }
}

/// Style sheets, scripts and the engine of the search are named by their content, so that browsers may keep them; other
/// files, such as the fonts that a style sheet names, keep their names.
fn address(name: &str, bytes: &[u8]) -> String {
    let hash = Hash128::of(bytes).to_string();
    match name.rsplit_once('.') {
        Some((stem, ending @ ("css" | "js" | "wasm"))) => format!("assets/{stem}.{}.{ending}", &hash[..12]),
        _ => format!("assets/{name}"),
    }
}

/// The script of a theme finds its words before it: `words.script`, as `engrossWords`; in `engrossUnspaced`, for use
/// within the brackets of a regular expression, the letters that are words by themselves; and, where the search answers
/// from disk, `engrossSearch`, which folds letters, and in `engrossStems` whether words are sought by their stems. From the
/// net the search tells which forms stand in a page; from disk it cannot read it.
const SCRIPT: &str = "engross.js";

/// Where the files of the search lie below static files.
const SEARCH: &str = "search/";

/// The engine of the search.
const ENGINE: &str = "search/sqlite3.wasm";

/// Letters that the search takes for words by themselves, as ranges of a regular expression with the flag `u`.
fn unspaced(settings: &Settings) -> String {
    let ranges = settings.search.unspaced.ranges();
    ranges.map(|(first, last)| format!("\\\\u{{{first:x}}}-\\\\u{{{last:x}}}")).collect()
}

/// What the script of a theme finds before it, and the scripts that go with it.
fn known(settings: &Settings, words: &serde_json::Value) -> (String, &'static str) {
    let (own, unspaced, search) = (&words["script"], unspaced(settings), &settings.search);
    let stems = search.offline && search.stemming == Stemming::English;
    let line = format!("var engrossWords = {own}, engrossUnspaced = \"{unspaced}\", engrossStems = {stems};\n");
    (line, if search.offline { builtin::SEARCH_WORDS } else { "" })
}

fn assets(own: &ThemeFiles, settings: &Settings, words: &serde_json::Value) -> BTreeMap<String, (String, Vec<u8>)> {
    let mut assets = BTreeMap::new();
    let mut add = |name: &str, bytes: Vec<u8>| assets.insert(name.to_owned(), (address(name, &bytes), bytes));
    for (name, bytes) in own.layered_statics() {
        if settings.search.off && name.starts_with(SEARCH) {
            continue;
        }
        let small = settings.minify != Minify::Off;
        let bytes = match std::str::from_utf8(bytes) {
            Ok(text) if small && name.ends_with(".css") => minify::css(text).into_bytes(),
            Ok(text) if name.ends_with(".js") => {
                let (known, more) = if name == SCRIPT { known(settings, words) } else { Default::default() };
                let text = more.to_owned() + text;
                let text = if small { minify::js(&text) } else { text };
                (known + &text).into_bytes()
            }
            _ => bytes.to_vec(),
        };
        if name == ENGINE && settings.search.offline {
            add("search/sqlite3.wasm.js", search::packed_script("sqlite3.wasm", &bytes));
        }
        add(name, bytes);
    }
    assets
}
