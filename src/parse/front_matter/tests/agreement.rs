//! Proves that the JSON Schemas and the readers agree, both ways: a sample is made from each schema with every key that
//! it knows, then changed in one place at a time, and the reader must say what the schema says.

use super::reader::Reader;
use crate::config::{self, Flags};
use crate::diag::Code;
use crate::parse::{front_matter, registers};
use crate::yaml::Node;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

struct Kind {
    name: &'static str,
    schema: &'static str,
    read: fn(&mut Reader, &Node),
}

const KINDS: &[Kind] = &[
    Kind {
        name: "document",
        schema: include_str!("../../../../schemas/document.json"),
        // As the `_index.md` of a section, which may have the keys of both.
        read: |reader, node| drop(front_matter::document(reader, node, true)),
    },
    Kind {
        name: "volume",
        schema: include_str!("../../../../schemas/volume.json"),
        read: |reader, node| drop(front_matter::volume(reader, node)),
    },
    Kind {
        name: "site",
        schema: include_str!("../../../../schemas/site.json"),
        read: |reader, node| drop(config::read(reader, node, &Flags::default())),
    },
    Kind {
        name: "register",
        schema: include_str!("../../../../schemas/register.json"),
        read: |reader, node| drop(registers::entries(reader, node)),
    },
];

/// One change to a sample.
enum Change {
    /// Another value.
    Value(Node),
    /// The alternative of that number.
    Alternative(usize),
    /// A key left out.
    Without(String),
}

/// Makes a sample with every key, and notes what it meets.
struct Sampler<'s> {
    root: &'s Value,
    change: Option<(String, Change)>,
    /// Keys of each group of keys.
    groups: BTreeMap<String, (BTreeSet<String>, &'s Value)>,
    /// Single values, with the words that they may be.
    singles: BTreeMap<String, Option<BTreeSet<String>>>,
    /// Number of alternatives.
    alternatives: BTreeMap<String, usize>,
}

impl<'s> Sampler<'s> {
    fn new(root: &'s Value, change: Option<(String, Change)>) -> Self {
        let (groups, singles, alternatives) = Default::default();
        Sampler { root, change, groups, singles, alternatives }
    }

    fn changed(&self, path: &str) -> Option<&Change> {
        self.change.as_ref().filter(|(at, _)| at == path).map(|(_, change)| change)
    }

    fn sample(&mut self, schema: &'s Value, path: &str) -> Node {
        if let Some(Change::Value(node)) = self.changed(path) {
            return node.clone();
        }
        if let Some(reference) = schema["$ref"].as_str() {
            return self.sample(self.root.pointer(&reference[1..]).expect("a definition"), path);
        }
        if let Some(all) = schema["anyOf"].as_array().filter(|_| schema["properties"].is_null()) {
            self.alternatives.insert(path.to_owned(), all.len());
            let fullest = |choice: &&Value| {
                let choice = self.resolved(choice);
                choice["type"] == "array" || choice["type"] == "object"
            };
            let choice = match self.changed(path) {
                Some(Change::Alternative(number)) => &all[*number],
                _ => all.iter().rev().find(fullest).unwrap_or(&all[0]),
            };
            // An alternative that is itself a choice is made at the same place.
            return self.sample(choice, path);
        }
        match schema["type"].as_str() {
            Some("object") => self.map(schema, path),
            Some("array") => Node::List(vec![self.sample(&schema["items"], &format!("{path}[]"))]),
            _ => self.single(schema, path),
        }
    }

    fn resolved(&self, schema: &'s Value) -> &'s Value {
        schema["$ref"].as_str().map_or(schema, |name| self.root.pointer(&name[1..]).expect("a definition"))
    }

    fn map(&mut self, schema: &'s Value, path: &str) -> Node {
        let below = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
        let Some(properties) = schema["properties"].as_object() else {
            let key = if path == "check" { "note-unused" } else { "o" };
            return Node::Map(vec![(key.to_owned(), self.sample(&schema["additionalProperties"], &below(key)))]);
        };
        if schema["additionalProperties"] == false {
            self.groups.insert(path.to_owned(), (properties.keys().cloned().collect(), schema));
        }
        let mut map = Vec::new();
        for (key, value) in properties {
            if !matches!(self.changed(path), Some(Change::Without(left)) if left == key) {
                map.push((key.clone(), self.sample(value, &below(key))));
            }
        }
        Node::Map(map)
    }

    fn single(&mut self, schema: &Value, path: &str) -> Node {
        let word = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let words: Option<BTreeSet<String>> = schema["enum"].as_array().map(|words| words.iter().map(word).collect());
        let first = schema["enum"].get(0).or(schema["examples"].get(0));
        let text = first.map_or_else(|| if schema["type"] == "boolean" { "true".into() } else { "x".into() }, word);
        // `extra` may be anything.
        if schema.get("type").is_some() || words.is_some() {
            self.singles.insert(path.to_owned(), words);
        }
        Node::Scalar(text)
    }
}

fn schema(kind: &Kind) -> Value {
    serde_json::from_str(kind.schema).expect("JSON")
}

/// Codes and messages of what the reader reports about a sample.
fn found(kind: &Kind, root: &Value, change: Option<(String, Change)>) -> Vec<(Code, String, String)> {
    let node = Sampler::new(root, change).sample(root, "");
    let mut reader = Reader::default();
    (kind.read)(&mut reader, &node);
    reader.issues.into_iter().map(|issue| (issue.code, issue.message, issue.help.unwrap_or_default())).collect()
}

#[test]
fn schema_and_reader_know_the_same_keys() {
    for kind in KINDS {
        let root = schema(kind);
        let mut sampler = Sampler::new(&root, None);
        let node = sampler.sample(&root, "");
        let mut reader = Reader::default();
        (kind.read)(&mut reader, &node);
        assert!(reader.issues.is_empty(), "{}: {:#?}", kind.name, reader.issues);
        let groups: BTreeMap<String, BTreeSet<String>> =
            sampler.groups.into_iter().map(|(path, (keys, _))| (path, keys)).collect();
        assert_eq!(groups, reader.known, "{}", kind.name);
    }
}

#[test]
fn every_alternative_of_a_schema_can_be_read() {
    for kind in KINDS {
        let root = schema(kind);
        let mut sampler = Sampler::new(&root, None);
        sampler.sample(&root, "");
        for (path, count) in sampler.alternatives {
            for number in 0..count {
                let mut issues = found(kind, &root, Some((path.clone(), Change::Alternative(number))));
                // An exception without its reason can be read, and is a warning.
                issues.retain(|issue| issue.0 != Code::IGNORE_WITHOUT_REASON);
                assert!(issues.is_empty(), "{} {path}, alternative {number}: {issues:?}", kind.name);
            }
        }
    }
}

#[test]
fn single_values_and_their_words_are_the_same() {
    for kind in KINDS {
        let root = schema(kind);
        let mut sampler = Sampler::new(&root, None);
        sampler.sample(&root, "");
        for (path, words) in sampler.singles {
            let group = Node::Map(vec![("zzzz".into(), Node::Scalar("x".into()))]);
            let issues = found(kind, &root, Some((path.clone(), Change::Value(group))));
            assert!(issues.iter().any(|issue| issue.0 == Code::WRONG_TYPE), "{} {path}: {issues:?}", kind.name);
            let wrong = Node::Scalar("zzzz".into());
            let help = found(kind, &root, Some((path.clone(), Change::Value(wrong))))
                .into_iter()
                .find_map(|(_, _, help)| help.strip_prefix("write one of: ").map(str::to_owned));
            let words_only = help.map(|help| help.split(';').next().unwrap_or("").to_owned());
            let read = words_only.map(|help| help.split(", ").map(str::to_owned).collect::<BTreeSet<_>>());
            assert_eq!(words, read, "{} {path}", kind.name);
        }
    }
}

#[test]
fn the_same_keys_are_required() {
    for kind in KINDS {
        let root = schema(kind);
        let mut sampler = Sampler::new(&root, None);
        sampler.sample(&root, "");
        for (path, (keys, group)) in sampler.groups {
            let empty = Vec::new();
            let required = group["required"].as_array().unwrap_or(&empty);
            for key in keys {
                let issues = found(kind, &root, Some((path.clone(), Change::Without(key.clone()))));
                let missing = issues.iter().any(|issue| issue.0 == Code::KEY_MISSING);
                assert_eq!(required.contains(&key.as_str().into()), missing, "{} {path}.{key}: {issues:?}", kind.name);
            }
        }
    }
}
