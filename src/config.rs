//! site.yaml as written, and the settings that follow from it and from the command line.

use crate::diag::nearest::nearest;
use crate::diag::{Code, Severity};
use crate::model::citation::CitationPattern;
use crate::model::document::Printed;
use crate::model::markup::Signs;
use crate::model::search::{Search, Stemming, UNSPACED, Unspaced};
use crate::model::settings::{External, Limits, LinkTemplates, Minify, Normal, Settings};
use crate::model::template;
use crate::parse::front_matter::reader::{Fields, Reader, choose, name_of, to_json};
use crate::parse::front_matter::{self, is_language, parts};
use crate::yaml::{Node, Step};
use std::collections::BTreeMap;

/// What the command line may change.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Flags {
    /// `--base-url`.
    pub base_url: Option<String>,
    /// `--drafts`.
    pub drafts: bool,
    /// `--no-minify`.
    pub no_minify: bool,
    /// `engross serve`: what an editor is at work on is not held against what was published.
    pub preview: bool,
    /// `--no-search`: no index is made.
    pub no_search: bool,
    /// Whether git is asked for the history of documents: only where a site is written.
    pub history: bool,
}

/// Reads site.yaml; findings are left in the reader.
pub fn read(reader: &mut Reader, node: &Node, flags: &Flags) -> Settings {
    let mut fields = Fields::of(reader, node, &[]);
    let (theme, theme_settings) = theme(reader, &mut fields);
    let settings = Settings {
        title: title(reader, &mut fields),
        subtitle: fields.text(reader, "subtitle"),
        base_url: base_url(reader, &mut fields, flags),
        lang: lang(reader, &mut fields),
        theme,
        theme_settings,
        editors: parts::editors(reader, &mut fields),
        publisher: fields.text(reader, "publisher"),
        rights: parts::rights(reader, &mut fields),
        version: fields.text(reader, "version"),
        feed: false,
        history: history(reader, &mut fields, flags),
        erratum: fields.text(reader, "erratum").unwrap_or_else(|| "erratum:".into()),
        contact: fields.text(reader, "contact"),
        external: fields.list(reader, "external", external),
        genres: normals(reader, &mut fields, "genres"),
        classifications: normals(reader, &mut fields, "classifications"),
        classes: fields.texts(reader, "classes").into_iter().collect(),
        schemes: schemes(reader, &mut fields),
        patterns: front_matter::patterns(reader, &mut fields),
        signs: if fields.has("signs") { front_matter::signs(reader, &mut fields) } else { Signs::default() },
        note_series: front_matter::note_series(reader, &mut fields),
        check: check(reader, &mut fields),
        minify: minify(reader, &mut fields, flags),
        html: fields.choice(reader, "html", &[("allow", true), ("list", false)]).unwrap_or(false),
        limits: limits(reader, &mut fields),
        search: search(reader, &mut fields),
        links: links(reader, &mut fields),
        citation: citation(reader, &mut fields),
        drafts: fields.flag(reader, "drafts") || flags.drafts,
        extra: fields.json("extra"),
    };
    // Keys that are known without a value are known all the same.
    let _ = fields.node("signs");
    if fields.lacks(&["title"]) && matches!(node, Node::Map(_) | Node::Null) {
        let help = "write `title:` with the title of the edition";
        reader.report(Code::KEY_MISSING, &[], "site.yaml has no `title`", help);
    }
    fields.finish(reader);
    settings
}

fn title(reader: &mut Reader, fields: &mut Fields<'_>) -> String {
    fields.text(reader, "title").unwrap_or_default()
}

fn base_url(reader: &mut Reader, fields: &mut Fields<'_>, flags: &Flags) -> Option<String> {
    let written = fields.text(reader, "base_url");
    let url = flags.base_url.clone().or(written)?;
    let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    let sound =
        host.is_some_and(|host| !host.is_empty() && !host.starts_with('/') && !url.contains(['?', '#', ' ', '"', '<']));
    if !sound {
        let help = "write the full address: https://name.github.io/repository/";
        reader.report(Code::WRONG_VALUE, &fields.path("base_url"), format!("`{url}` is no address of a site"), help);
        return None;
    }
    Some(if url.ends_with('/') { url } else { format!("{url}/") })
}

/// History is shown unless the edition or the command line says otherwise.
fn history(reader: &mut Reader, fields: &mut Fields<'_>, flags: &Flags) -> bool {
    let written = !fields.has("history") || fields.flag(reader, "history");
    written && flags.history
}

fn lang(reader: &mut Reader, fields: &mut Fields<'_>) -> String {
    let tag = fields.text(reader, "lang").unwrap_or_else(|| "en".into());
    if !is_language(&tag) {
        let help = "write a tag such as `en`, `de-AT` or `fr`";
        reader.report(Code::WRONG_VALUE, &fields.path("lang"), format!("`{tag}` is no language tag (BCP 47)"), help);
        return "en".into();
    }
    tag
}

fn theme(reader: &mut Reader, fields: &mut Fields<'_>) -> (String, serde_json::Value) {
    let path = fields.path("theme");
    let (name, settings) = match fields.node("theme") {
        None => ("default".to_owned(), serde_json::Value::Null),
        Some(Node::Scalar(name)) => (name.clone(), serde_json::Value::Null),
        Some(Node::Map(map)) => {
            let name = match map.iter().find(|(key, _)| key == "name").map(|(_, node)| node) {
                Some(Node::Scalar(name)) => name.clone(),
                None | Some(Node::Null) => "default".to_owned(),
                Some(other) => {
                    let name = [path.as_slice(), &[Step::Key("name".into())]].concat();
                    reader.wrong_type(&name, other, "the name of a theme");
                    "default".to_owned()
                }
            };
            let rest = map.iter().filter(|(key, _)| key != "name").map(|(key, node)| (key.clone(), to_json(node)));
            (name, rest.collect())
        }
        Some(other) => {
            reader.wrong_type(&path, other, "the name of a theme, or its settings");
            ("default".to_owned(), serde_json::Value::Null)
        }
    };
    if !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')) || name.is_empty() {
        let help = "a theme is the name of a folder under themes/";
        reader.report(Code::WRONG_VALUE, &path, format!("`{name}` is no name of a theme"), help);
        return ("default".to_owned(), settings);
    }
    (name, settings)
}

fn external(reader: &mut Reader, node: &Node, path: &[Step]) -> Option<External> {
    let mut fields = Fields::of(reader, node, path);
    let volumes = fields.text(reader, "volumes");
    let address = fields.text(reader, "address");
    let helps = [
        ("volumes", "write `volumes: frus*`, a pattern of volume ids"),
        ("address", "write `address: https://example.org/{volume}/{id}`"),
    ];
    for (key, help) in helps {
        if fields.lacks(&[key]) && matches!(node, Node::Map(_)) {
            reader.report(Code::KEY_MISSING, path, format!("`{}` has no `{key}`", name_of(path)), help);
        }
    }
    fields.finish(reader);
    Some(External { volumes: volumes?, address: address? })
}

fn normals(reader: &mut Reader, fields: &mut Fields<'_>, key: &'static str) -> BTreeMap<String, Normal> {
    let mut normals = BTreeMap::new();
    for (word, node, path) in fields.entries(reader, key) {
        let normal = match node {
            Node::Scalar(label) => Normal { label: Some(label.clone()), class: None },
            _ => {
                let mut fields = Fields::of(reader, node, &path);
                let normal = Normal { label: fields.text(reader, "label"), class: fields.text(reader, "class") };
                fields.finish(reader);
                normal
            }
        };
        normals.insert(word.to_owned(), normal);
    }
    normals
}

/// `schemes`: names, or names with an address template.
fn schemes(reader: &mut Reader, fields: &mut Fields<'_>) -> BTreeMap<String, Option<String>> {
    let listed = matches!(fields.node("schemes"), Some(Node::List(_) | Node::Scalar(_)));
    if listed {
        return fields.texts(reader, "schemes").into_iter().map(|scheme| (scheme, None)).collect();
    }
    fields.pairs(reader, "schemes").into_iter().map(|(Printed { text, .. }, address)| (text, Some(address))).collect()
}

fn check(reader: &mut Reader, fields: &mut Fields<'_>) -> BTreeMap<&'static str, Option<Severity>> {
    let levels = [("off", None), ("warning", Some(Severity::Warning)), ("error", Some(Severity::Error))];
    let mut check = BTreeMap::new();
    for (name, node, path) in fields.entries(reader, "check") {
        let Some(code) = Code::find(name) else {
            let near = nearest(name, Code::all().map(Code::name));
            let help =
                near.map_or("`engross explain` lists all codes".to_owned(), |near| format!("did you mean `{near}`?"));
            reader.report_key(Code::CODE_UNKNOWN, &path, format!("no diagnostic is called `{name}`"), help);
            continue;
        };
        if code.is_fixed() && !matches!(node, Node::Scalar(level) if level == "error") {
            let message = format!("`{name}` stays an error: without its mend something would be missing from the site");
            reader.report(Code::WRONG_VALUE, &path, message, "take the line away, and mend what it is about");
            continue;
        }
        if let Some(level) = choose(reader, &path, node, &levels) {
            check.insert(code.name(), level);
        }
    }
    check
}

fn minify(reader: &mut Reader, fields: &mut Fields<'_>, flags: &Flags) -> Minify {
    let choices = [("full", Minify::Full), ("assets", Minify::Assets), ("off", Minify::Off)];
    let written = fields.choice(reader, "minify", &choices).unwrap_or_default();
    if flags.no_minify { Minify::Off } else { written }
}

fn limits(reader: &mut Reader, fields: &mut Fields<'_>) -> Limits {
    let path = fields.path("limits");
    let Some(node) = fields.node("limits") else { return Limits::default() };
    let mut fields = Fields::of(reader, node, &path);
    let mut number = |reader: &mut Reader, key, units: &[(&str, u64)], help| {
        let text = fields.text(reader, key)?;
        let number = in_units(&text, units);
        if number.is_none() {
            let wanted = if units.is_empty() { "whole number" } else { "number of bytes" };
            reader.report(Code::WRONG_VALUE, &fields.path(key), format!("`{text}` is no {wanted}"), help);
        }
        number
    };
    let bytes = number(reader, "bytes", UNITS, "write digits, or digits and a unit: `800 MB`, `5 GB`");
    let limits = Limits { bytes, files: number(reader, "files", &[], "write digits only") };
    fields.finish(reader);
    limits
}

/// Units of bytes, as hosts count them.
const UNITS: &[(&str, u64)] = &[("kB", 1_000), ("MB", 1_000_000), ("GB", 1_000_000_000), ("TB", 1_000_000_000_000)];

/// A whole number, perhaps with a unit behind it.
fn in_units(text: &str, units: &[(&str, u64)]) -> Option<u64> {
    let unit = units.iter().find_map(|(unit, factor)| Some((text.strip_suffix(unit)?, *factor)));
    let (digits, factor) = unit.unwrap_or((text, 1));
    let number: u64 = digits.trim_end().replace('_', "").parse().ok()?;
    number.checked_mul(factor)
}

fn links(reader: &mut Reader, fields: &mut Fields<'_>) -> LinkTemplates {
    let path = fields.path("links");
    let Some(node) = fields.node("links") else { return LinkTemplates::default() };
    let mut fields = Fields::of(reader, node, &path);
    let links = LinkTemplates { edit: link(reader, &mut fields, "edit"), report: link(reader, &mut fields, "report") };
    fields.finish(reader);
    links
}

/// The pattern of citations, with every placeholder of it that is none.
fn citation(reader: &mut Reader, fields: &mut Fields<'_>) -> Option<CitationPattern> {
    let written = fields.text(reader, "citation")?;
    let errors = match CitationPattern::parse(&written) {
        Ok(pattern) => return Some(pattern),
        Err(errors) => errors,
    };
    for error in errors {
        reader.report(Code::WRONG_VALUE, &fields.path("citation"), error.message, error.help);
    }
    None
}

/// The template of a link; what no page could fill in, or no browser follow, is told.
fn link(reader: &mut Reader, fields: &mut Fields<'_>, key: &'static str) -> Option<String> {
    let template = fields.text(reader, key)?;
    let path = fields.path(key);
    let known = || LinkTemplates::NAMES.map(|name| format!("`{{{name}}}`")).join(", ");
    let mut sound = true;
    let mut report = |message: String, help: String| {
        sound = false;
        reader.report(Code::WRONG_VALUE, &path, message, help);
    };
    for name in template::names(&template) {
        match name {
            Ok(name) if LinkTemplates::NAMES.contains(&name) => {}
            Ok(name) => {
                let near = nearest(name, LinkTemplates::NAMES.into_iter());
                let help = near
                    .map_or_else(|| format!("write one of {}", known()), |near| format!("did you mean `{{{near}}}`?"));
                report(format!("`{{{name}}}` is nothing that a page has"), help);
            }
            Err(_) => report(format!("`{template}` has a `{{` without its `}}`"), format!("write one of {}", known())),
        }
    }
    if !["https://", "http://", "mailto:"].iter().any(|scheme| template.starts_with(scheme)) {
        let help = "begin it with `https://` or `mailto:`".to_owned();
        report(format!("`{template}` is no address that a page can link to"), help);
    }
    sound.then_some(template)
}

/// Settings of the search.
fn search(reader: &mut Reader, fields: &mut Fields<'_>) -> Search {
    let path = fields.path("search");
    match fields.node("search") {
        None => Search::default(),
        Some(Node::Scalar(off)) if off == "off" => Search { off: true, ..Search::default() },
        Some(node) => {
            let mut fields = Fields::of(reader, node, &path);
            let choices = [("english", Stemming::English), ("none", Stemming::None)];
            let search = Search {
                stemming: fields.choice(reader, "stemming", &choices).unwrap_or_default(),
                unspaced: unspaced(reader, &mut fields),
                offline: fields.flag(reader, "offline"),
                off: fields.flag(reader, "off"),
            };
            fields.finish(reader);
            search
        }
    }
}

/// Scripts that are read without spaces: `auto` for all, `off` for none, else their names.
fn unspaced(reader: &mut Reader, fields: &mut Fields<'_>) -> Unspaced {
    let mut choices = vec![("auto", Unspaced::ALL), ("off", Unspaced::NONE)];
    choices.extend(UNSPACED.iter().enumerate().map(|(place, (name, _))| (*name, Unspaced::at(place))));
    let named = fields.list(reader, "unspaced", |reader, node, path| choose(reader, path, node, &choices));
    named.into_iter().reduce(Unspaced::and).unwrap_or_default()
}
