//! Findings to diagnostics: fields and spans become bytes of files. Files are read again here, and only those that
//! have findings.

use crate::config::{self, Flags};
use crate::diag::{Code, Diagnostic, Place};
use crate::load;
use crate::model::issue::{At, Issue};
use crate::model::site::Finding;
use crate::parse::front_matter::reader::{Field, Reader};
use crate::parse::front_matter::{self, Split};
use crate::parse::registers;
use crate::yaml::{self, Places, Step, TrapKind, YamlError, YamlFault};
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

/// Places findings in their files.
pub(super) fn place(root: &Path, findings: Vec<Finding>) -> Vec<Diagnostic> {
    let mut by_source: BTreeMap<Arc<str>, Vec<Issue>> = BTreeMap::new();
    for finding in findings {
        by_source.entry(finding.source).or_default().push(finding.issue);
    }
    by_source.into_iter().flat_map(|(source, issues)| in_file(root, &source, issues)).collect()
}

/// Places the findings of one file, whatever kind of file it is.
fn in_file(root: &Path, source: &Arc<str>, issues: Vec<Issue>) -> Vec<Diagnostic> {
    let whole = |issues: Vec<Issue>| issues.into_iter().map(|issue| plain(source, issue)).collect();
    let Ok(text) = load::read(root, source) else { return whole(issues) };
    let register = source.ends_with(".yaml");
    let (yaml, yaml_at, body_at) = match front_matter::split(&text) {
        _ if register => (text.as_str(), 0, 0),
        Ok(split) => (split.yaml, split.yaml_at, split.body_at),
        Err(_) => return whole(issues),
    };
    let Ok(node) = yaml::parse(yaml) else { return whole(issues) };
    let mut reader = Reader::default();
    if &**source == "site.yaml" {
        config::read(&mut reader, &node, &Flags::default());
    } else if register {
        registers::entries(&mut reader, &node);
    } else if super::outline::is_volume_matter(source, &node) {
        front_matter::volume(&mut reader, &node);
    } else {
        front_matter::document(&mut reader, &node, source.ends_with("/_index.md"));
    }
    let places = LazyPlaces::new(yaml, yaml_at, body_at, &reader.fields);
    issues.into_iter().map(|issue| places.diagnostic(source, issue)).collect()
}

fn plain(source: &Arc<str>, issue: Issue) -> Diagnostic {
    let diagnostic = Diagnostic::new(issue.code, Place::file(Arc::clone(source)), issue.message);
    Diagnostic { help: issue.help, ..diagnostic }
}

/// Places the findings of one document whose text and fields are at hand.
pub(super) fn in_document(
    source: &Arc<str>,
    split: &Split<'_>,
    fields: &[Field],
    issues: Vec<Issue>,
) -> Vec<Diagnostic> {
    if issues.is_empty() {
        return Vec::new();
    }
    let places = LazyPlaces::new(split.yaml, split.yaml_at, split.body_at, fields);
    issues.into_iter().map(|issue| places.diagnostic(source, issue)).collect()
}

/// Places the findings of a reader in a file that is YAML.
pub(super) fn in_yaml(source: &Arc<str>, text: &str, at: usize, reader: &Reader) -> Vec<Diagnostic> {
    if reader.issues.is_empty() {
        return Vec::new();
    }
    let places = LazyPlaces::new(text, at, 0, &reader.fields);
    reader.issues.iter().map(|issue| places.diagnostic(source, issue.clone())).collect()
}

struct LazyPlaces<'a> {
    yaml: &'a str,
    yaml_at: usize,
    body_at: usize,
    fields: &'a [Field],
    places: std::cell::OnceCell<Places>,
}

impl<'a> LazyPlaces<'a> {
    fn new(yaml: &'a str, yaml_at: usize, body_at: usize, fields: &'a [Field]) -> Self {
        LazyPlaces { yaml, yaml_at, body_at, fields, places: std::cell::OnceCell::new() }
    }

    fn diagnostic(&self, source: &Arc<str>, issue: Issue) -> Diagnostic {
        let place = Place::at(Arc::clone(source), self.range(&issue, issue.at));
        let related =
            issue.related.clone().map(|(at, label)| (Place::at(Arc::clone(source), self.range(&issue, at)), label));
        let diagnostic = Diagnostic::new(issue.code, place, issue.message);
        Diagnostic { help: issue.help, related: related.into_iter().collect(), ..diagnostic }
    }

    fn range(&self, issue: &Issue, at: At) -> Range<usize> {
        let span = at.span.range();
        if at.field == At::BODY {
            return self.body_at + span.start..self.body_at + span.end;
        }
        let Some(Field { path, is_key }) = self.fields.get(usize::from(at.field)) else { return self.front() };
        let places = self.places.get_or_init(|| Places::scan(self.yaml));
        let of_key =
            *is_key || matches!(issue.code, Code::UNKNOWN_KEY | Code::ATTACHMENT_WITHOUT_TEXT | Code::KEY_MISSING);
        let key = places.key(path).filter(|_| of_key);
        let Some(value) = key.clone().or_else(|| places.nearest(path)) else { return self.front() };
        if key.is_none() && !span.is_empty() {
            let decoded = self.decoded(path);
            let byte = |at| places.in_scalar(self.yaml, path, &decoded, at);
            if let (Some(start), Some(end)) = (byte(span.start), byte(span.end.saturating_sub(1))) {
                let end = end + self.yaml[end..].chars().next().map_or(0, char::len_utf8);
                return self.yaml_at + start..self.yaml_at + end.max(start);
            }
        }
        let first_line = self.yaml[value.clone()].find('\n').map_or(value.end, |end| value.start + end);
        self.yaml_at + value.start..self.yaml_at + first_line.max(value.start)
    }

    /// The first line of the file: the front matter as a whole.
    fn front(&self) -> Range<usize> {
        let start = self.yaml_at.saturating_sub(4);
        start..start + 3
    }

    /// A scalar as it is decoded; only needed when a place inside it is wanted.
    fn decoded(&self, path: &[Step]) -> String {
        let Ok(node) = yaml::parse(self.yaml) else { return String::new() };
        let mut at = &node;
        for step in path {
            let next = match (step, at) {
                (Step::Key(key), node) => node.get(key),
                (Step::Index(index), yaml::Node::List(nodes)) => nodes.get(*index),
                _ => None,
            };
            match next {
                Some(next) => at = next,
                None => return String::new(),
            }
        }
        match at {
            yaml::Node::Scalar(text) => text.clone(),
            _ => String::new(),
        }
    }
}

/// Errors of YAML, placed in their file; `at` is where the YAML begins.
pub(super) fn yaml_errors(source: &Arc<str>, at: usize, errors: Vec<YamlError>) -> Vec<Diagnostic> {
    let diagnostic = |error: YamlError| {
        let code = if error.kind == YamlFault::DuplicateKey { Code::YAML_DUPLICATE_KEY } else { Code::YAML_SYNTAX };
        let shift = |span: Range<usize>| Place::at(Arc::clone(source), at + span.start..at + span.end);
        let place = error.span.map_or_else(|| Place::file(Arc::clone(source)), shift);
        let first = error.first.map(|first| (shift(first), "first written here".to_owned()));
        let diagnostic = Diagnostic::new(code, place, error.message);
        Diagnostic { help: error.help, related: first.into_iter().collect(), ..diagnostic }
    };
    errors.into_iter().map(diagnostic).collect()
}

/// YAML that is legal and probably not meant. Inline lists are only doubtful where they name people.
pub(super) fn yaml_traps(source: &Arc<str>, yaml: &str, at: usize) -> Vec<Diagnostic> {
    const PEOPLE: &[&str] = &["from", "to", "participants", "editors"];
    let names_people = |path: &[Step]| matches!(path.last(), Some(Step::Key(key)) if PEOPLE.contains(&key.as_str()));
    yaml::traps(yaml)
        .into_iter()
        .filter(|trap| trap.kind != TrapKind::InlineList || names_people(&trap.path))
        .map(|trap| {
            let place = Place::at(Arc::clone(source), at + trap.span.start..at + trap.span.end);
            Diagnostic::new(Code::YAML_TRAP, place, trap.message).help(trap.help)
        })
        .collect()
}
