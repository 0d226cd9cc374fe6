//! Reading decoded YAML key by key: every fault of a front matter is reported, not only the first.

use crate::diag::Code;
use crate::diag::nearest::nearest;
use crate::model::document::Printed;
use crate::model::issue::{At, Issue};
use crate::yaml::{Node, Step};

/// Collects findings and the paths of the fields that findings may be about.
#[derive(Debug, Default)]
pub struct Reader {
    /// Findings so far.
    pub issues: Vec<Issue>,
    /// Each field, by number; the place of a finding is looked up by it.
    pub fields: Vec<Field>,
    /// Keys that each group of keys was asked for: the test of the schemas compares them.
    #[cfg(test)]
    pub known: std::collections::BTreeMap<String, std::collections::BTreeSet<String>>,
}

/// A place that findings may be about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Path of the value.
    pub path: Vec<Step>,
    /// Whether the key is meant, not the value.
    pub is_key: bool,
}

impl Reader {
    /// The number of a field.
    pub fn field(&mut self, path: &[Step]) -> u16 {
        self.push(path, false)
    }

    /// The number of a field that stands for its key.
    pub fn key(&mut self, path: &[Step]) -> u16 {
        self.push(path, true)
    }

    fn push(&mut self, path: &[Step], is_key: bool) -> u16 {
        // Beyond 65,000 fields a finding names the front matter as a whole.
        match u16::try_from(self.fields.len()) {
            Ok(number) if number < At::FRONT => {
                self.fields.push(Field { path: path.to_vec(), is_key });
                number
            }
            _ => At::FRONT,
        }
    }

    /// Reports a finding about a key.
    pub fn report_key(&mut self, code: Code, path: &[Step], message: impl Into<String>, help: impl Into<String>) {
        let at = At::field(self.key(path));
        self.issues.push(Issue::new(code, at, message).help(help));
    }

    /// Takes out what only follows from a fault that is reported already: a date that cannot be read is not missing
    /// too, and a text that is given up has no notes.
    pub fn without_consequences(&self, found: Vec<Issue>) -> Vec<Issue> {
        let given_up = self.issues.iter().any(|issue| issue.code == Code::NESTING_TOO_DEEP);
        let follows = |issue: &Issue| match issue.code {
            Code::DATE_MISSING => self.doubts("date"),
            Code::SOURCE_MISSING => self.doubts("source"),
            Code::EVIDENCE_MISSING => self.doubts("evidence"),
            Code::TEXT_MISSING => given_up || self.doubts("kind"),
            Code::KEY_MISSING => ["title", "from", "to", "date"].iter().any(|key| self.doubts(key)),
            _ => given_up,
        };
        found.into_iter().filter(|issue| !follows(issue)).collect()
    }

    /// Whether something was reported about the value of a top key, or a key was that may be a misspelling of it.
    pub fn doubts(&self, key: &str) -> bool {
        self.issues.iter().any(|issue| {
            let path = self.fields.get(usize::from(issue.at.field)).map(|field| field.path.as_slice());
            match path {
                Some([]) => true,
                Some([Step::Key(first), ..]) => {
                    first == key || issue.code == Code::UNKNOWN_KEY && nearest(first, [key].into_iter()).is_some()
                }
                _ => false,
            }
        })
    }

    /// Reports a finding about the value at a path.
    pub fn report(&mut self, code: Code, path: &[Step], message: impl Into<String>, help: impl Into<String>) {
        let at = At::field(self.field(path));
        self.issues.push(Issue::new(code, at, message).help(help));
    }

    /// Reports a value of the wrong type.
    pub fn wrong_type(&mut self, path: &[Step], node: &Node, wanted: &str) {
        let name = if path.is_empty() { "this".to_owned() } else { format!("`{}`", name_of(path)) };
        let message = format!("{name} must be {wanted}, but is {}", describe(node));
        self.report(Code::WRONG_TYPE, path, message, mend_of_type(path, node, wanted));
    }
}

/// How a value of the wrong type is mended.
fn mend_of_type(path: &[Step], node: &Node, wanted: &str) -> String {
    let key = match path.last() {
        Some(Step::Key(key)) => format!("{key}: "),
        Some(Step::Index(_)) => "- ".to_owned(),
        None => String::new(),
    };
    match (wanted, node) {
        (SINGLE, Node::List(nodes)) => match nodes.as_slice() {
            [Node::Scalar(only)] if only.len() <= 60 => format!("write `{key}{only}` on one line"),
            _ => format!("write one value: `{key}…`; if the brackets belong to the text, put it in quotes"),
        },
        (SINGLE, Node::Map(_)) => {
            format!("write one value: `{key}…`; if the colon belongs to the text, put it in quotes")
        }
        ("a list of single values", _) => "write one item a line: `- item`".to_owned(),
        (GROUP, _) if path.is_empty() => {
            "write keys with values, such as `title: A letter`, with a space after each colon".to_owned()
        }
        (GROUP, _) => "write keys with their values below it, each on a line of its own and indented".to_owned(),
        _ => format!("write {wanted}"),
    }
}

const SINGLE: &str = "a single value";
const GROUP: &str = "a group of keys";

/// A path in words: `source[1].note`.
pub fn name_of(path: &[Step]) -> String {
    let mut name = String::new();
    for step in path {
        match step {
            Step::Key(key) => {
                if !name.is_empty() {
                    name.push('.');
                }
                name.push_str(key);
            }
            Step::Index(index) if name.is_empty() => name.push_str(&format!("entry {}", index + 1)),
            Step::Index(index) => name.push_str(&format!("[{}]", index + 1)),
        }
    }
    if name.is_empty() { "the front matter".into() } else { name }
}

/// What a value is, in words.
pub fn describe(node: &Node) -> &'static str {
    match node {
        Node::Null => "empty",
        Node::Scalar(_) => "a single value",
        Node::List(_) => "a list",
        Node::Map(_) => "a group of keys",
    }
}

/// The keys of one map. Ask for each known key, then call [`Fields::finish`], which reports the unknown ones.
pub struct Fields<'n> {
    map: &'n [(String, Node)],
    path: Vec<Step>,
    known: Vec<&'static str>,
}

impl<'n> Fields<'n> {
    /// The keys of a value; a value that is no map is reported and read as empty.
    pub fn of(reader: &mut Reader, node: &'n Node, path: &[Step]) -> Self {
        let map: &[(String, Node)] = match node {
            Node::Map(map) => map,
            Node::Null => &[],
            _ => {
                reader.wrong_type(path, node, "a group of keys");
                &[]
            }
        };
        Fields { map, path: path.to_vec(), known: Vec::new() }
    }

    /// The path of a key.
    pub fn path(&self, key: &str) -> Vec<Step> {
        let mut path = self.path.clone();
        path.push(Step::Key(key.to_owned()));
        path
    }

    /// The value of a key; an empty one counts as absent.
    pub fn node(&mut self, key: &'static str) -> Option<&'n Node> {
        self.known.push(key);
        self.map.iter().find(|(name, _)| name == key).map(|(_, node)| node).filter(|node| **node != Node::Null)
    }

    /// Whether the key is written, even without a value.
    pub fn has(&self, key: &str) -> bool {
        self.map.iter().any(|(name, _)| name == key)
    }

    /// Whether none of some keys is written: no value, and no key that may be a misspelling. Ask when all known keys
    /// have been asked for.
    pub fn lacks(&self, keys: &[&str]) -> bool {
        !self.map.iter().any(|(name, node)| {
            let near = |key: &str| !self.known.contains(&name.as_str()) && nearest(name, [key].into_iter()).is_some();
            let blank = *node == Node::Null || matches!(node, Node::Scalar(text) if text.trim().is_empty());
            keys.iter().any(|key| name == key && !blank || near(key))
        })
    }

    /// A single value.
    pub fn text(&mut self, reader: &mut Reader, key: &'static str) -> Option<String> {
        match self.node(key)? {
            Node::Scalar(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
            other => {
                reader.wrong_type(&self.path(key), other, "a single value");
                None
            }
        }
    }

    /// A single value whose place is kept.
    pub fn printed(&mut self, reader: &mut Reader, key: &'static str) -> Option<Printed> {
        match self.node(key)? {
            Node::Scalar(text) if text.trim().is_empty() => None,
            Node::Scalar(text) => Some(Printed { text: text.clone(), field: reader.field(&self.path(key)) }),
            other => {
                reader.wrong_type(&self.path(key), other, "a single value");
                None
            }
        }
    }

    /// `true` or `false`; absent is false.
    pub fn flag(&mut self, reader: &mut Reader, key: &'static str) -> bool {
        match self.node(key) {
            None => false,
            Some(Node::Scalar(text)) if text == "true" => true,
            Some(Node::Scalar(text)) if text == "false" => false,
            Some(Node::Scalar(text)) => {
                let path = self.path(key);
                let message = format!("`{}` cannot be `{text}`", name_of(&path));
                reader.report(Code::WRONG_VALUE, &path, message, "write `true` or `false`");
                false
            }
            Some(other) => {
                reader.wrong_type(&self.path(key), other, "`true` or `false`");
                false
            }
        }
    }

    /// One of some words.
    pub fn choice<T: Copy>(
        &mut self,
        reader: &mut Reader,
        key: &'static str,
        choices: &[(&'static str, T)],
    ) -> Option<T> {
        let path = self.path(key);
        let node = self.node(key)?;
        choose(reader, &path, node, choices)
    }

    /// A list of single values; a bare value counts as a list of one.
    pub fn texts(&mut self, reader: &mut Reader, key: &'static str) -> Vec<String> {
        self.printed_list(reader, key).into_iter().map(|printed| printed.text).collect()
    }

    /// A list of single values whose places are kept.
    pub fn printed_list(&mut self, reader: &mut Reader, key: &'static str) -> Vec<Printed> {
        self.list(reader, key, |reader, node, path| match node {
            Node::Scalar(text) => Some(Printed { text: text.clone(), field: reader.field(path) }),
            other => {
                let whole = matches!(path.last(), Some(Step::Key(_)));
                reader.wrong_type(path, other, if whole { "a list of single values" } else { SINGLE });
                None
            }
        })
    }

    /// A list; a bare value counts as a list of one. The function reads one item and reports its faults.
    pub fn list<T>(
        &mut self,
        reader: &mut Reader,
        key: &'static str,
        mut item: impl FnMut(&mut Reader, &'n Node, &[Step]) -> Option<T>,
    ) -> Vec<T> {
        let mut path = self.path(key);
        match self.node(key) {
            None => Vec::new(),
            Some(Node::List(nodes)) => {
                let mut out = Vec::with_capacity(nodes.len());
                for (index, node) in nodes.iter().enumerate() {
                    path.push(Step::Index(index));
                    out.extend(item(reader, node, &path));
                    path.pop();
                }
                out
            }
            Some(node) => item(reader, node, &path).into_iter().collect(),
        }
    }

    /// A map from words of the editor's choice to values: each key with its value and the path of the value.
    pub fn entries(&mut self, reader: &mut Reader, key: &'static str) -> Vec<(&'n str, &'n Node, Vec<Step>)> {
        let path = self.path(key);
        match self.node(key) {
            None => Vec::new(),
            Some(Node::Map(map)) => map
                .iter()
                .map(|(name, node)| {
                    let mut inner = path.clone();
                    inner.push(Step::Key(name.clone()));
                    (name.as_str(), node, inner)
                })
                .collect(),
            Some(other) => {
                reader.wrong_type(&path, other, "a group of keys");
                Vec::new()
            }
        }
    }

    /// A map from words to single values.
    pub fn pairs(&mut self, reader: &mut Reader, key: &'static str) -> Vec<(Printed, String)> {
        let mut out = Vec::new();
        for (name, node, path) in self.entries(reader, key) {
            match node {
                Node::Scalar(text) => {
                    let field = reader.key(&path);
                    out.push((Printed { text: name.to_owned(), field }, text.clone()));
                }
                other => reader.wrong_type(&path, other, "a single value"),
            }
        }
        out
    }

    /// Anything, as JSON, for themes.
    pub fn json(&mut self, key: &'static str) -> serde_json::Value {
        self.node(key).map_or(serde_json::Value::Null, to_json)
    }

    /// Reports every key that nobody asked for.
    pub fn finish(self, reader: &mut Reader) {
        #[cfg(test)]
        reader.known.insert(pattern_of(&self.path), self.known.iter().map(ToString::to_string).collect());
        for (key, _) in self.map {
            if self.known.contains(&key.as_str()) {
                continue;
            }
            let path = self.path(key);
            let place = if self.path.is_empty() { String::new() } else { format!(" in `{}`", name_of(&self.path)) };
            let help = match nearest(key, self.known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None if self.path.is_empty() && belongs(key).is_some() => belongs(key).unwrap_or_default().to_owned(),
                None if self.known.contains(&"extra") => "for a key of your own, put it under `extra:`".to_owned(),
                None => format!("known here: {}", self.known.join(", ")),
            };
            reader.report(Code::UNKNOWN_KEY, &path, format!("unknown key `{key}`{place}"), help);
        }
    }
}

/// Where a key belongs that is written in a file of another kind.
fn belongs(key: &str) -> Option<&'static str> {
    const OF_VOLUMES: &[&str] =
        &["paginations", "note_series", "note_numbering", "source_position", "covers", "series", "subseries", "signs"];
    const OF_SECTIONS: &[&str] = &["order", "sort", "matter"];
    const OF_DOCUMENTS: &[&str] =
        &["date", "from", "to", "source", "genre", "participants", "attachments", "begins_on"];
    const OF_SETTINGS: &[&str] = &["theme", "base_url", "external", "genres", "classes", "schemes", "check", "minify"];
    let places = [
        (OF_VOLUMES, "it belongs into the _index.md of a volume"),
        (OF_SECTIONS, "it belongs into the _index.md of a section or volume"),
        (OF_DOCUMENTS, "it belongs into a document"),
        (OF_SETTINGS, "it belongs into site.yaml"),
    ];
    places.into_iter().find(|(keys, _)| keys.contains(&key)).map(|(_, help)| help)
}

/// A path without the numbers of items.
#[cfg(test)]
fn pattern_of(path: &[Step]) -> String {
    let mut pattern = String::new();
    for step in path {
        match step {
            Step::Key(key) if pattern.is_empty() => pattern.push_str(key),
            Step::Key(key) => pattern.push_str(&format!(".{key}")),
            Step::Index(_) => pattern.push_str("[]"),
        }
    }
    pattern
}

/// One of some words, from a value at a path.
pub fn choose<T: Copy>(reader: &mut Reader, path: &[Step], node: &Node, choices: &[(&'static str, T)]) -> Option<T> {
    let Node::Scalar(text) = node else {
        reader.wrong_type(path, node, "a single value");
        return None;
    };
    let found = choices.iter().find(|(name, _)| name == text);
    if found.is_none() {
        let words: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
        let help = match nearest(text, words.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("write one of: {}", words.join(", ")),
        };
        reader.report(Code::WRONG_VALUE, path, format!("`{}` cannot be `{text}`", name_of(path)), help);
    }
    found.map(|(_, value)| *value)
}

/// A YAML value as JSON; scalars stay strings, except `true` and `false`.
pub fn to_json(node: &Node) -> serde_json::Value {
    match node {
        Node::Null => serde_json::Value::Null,
        Node::Scalar(text) if text == "true" => true.into(),
        Node::Scalar(text) if text == "false" => false.into(),
        Node::Scalar(text) => text.clone().into(),
        Node::List(nodes) => nodes.iter().map(to_json).collect(),
        Node::Map(map) => map.iter().map(|(key, node)| (key.clone(), to_json(node))).collect(),
    }
}
