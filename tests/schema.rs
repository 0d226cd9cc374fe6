//! `engross schema`: what it prints is JSON Schema, and the editions of this repository agree with it. That the schemas
//! know the same keys, words and types as the readers is proved in src/parse/front_matter/agreement.rs.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "helpers of tests may fail a test")]

use engross::parse::front_matter::{reader::to_json, split};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn engross(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_engross")).args(arguments).output().unwrap()
}

fn schema(kind: &str) -> Value {
    let output = engross(&["schema", kind]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

/// Faults of a value by the keywords that the schemas use; an unknown keyword is a mistake of the test.
fn faults(root: &Value, schema: &Value, value: &Value, path: &str, found: &mut Vec<String>) {
    let say = |what: String| format!("{path}: {what}");
    for (keyword, wanted) in schema.as_object().expect("a schema") {
        match keyword.as_str() {
            "$schema" | "$defs" | "title" | "description" | "examples" | "then" | "items" | "properties" => {}
            "$ref" => {
                faults(root, root.pointer(&wanted.as_str().unwrap()[1..]).expect("a definition"), value, path, found)
            }
            "type" if !is_of(wanted, value) => found.push(say(format!("is no {wanted}"))),
            "enum" if !wanted.as_array().unwrap().contains(value) => {
                found.push(say(format!("{value} is none of {wanted}")))
            }
            "pattern" if value.as_str().is_some_and(|text| !matches(wanted.as_str().unwrap(), text)) => {
                found.push(say(format!("{value} does not match {wanted}")));
            }
            "required" => {
                for key in wanted.as_array().unwrap().iter().filter(|key| value.get(key.as_str().unwrap()).is_none()) {
                    found.push(say(format!("lacks {key}")));
                }
            }
            "anyOf" => {
                let fits = |choice: &Value| is_valid(root, choice, value);
                if !wanted.as_array().unwrap().iter().any(fits) {
                    found.push(say(format!("{value} is no choice of {wanted}")));
                }
            }
            "if" if is_valid(root, wanted, value) => faults(root, &schema["then"], value, path, found),
            "propertyNames" => {
                for key in value.as_object().into_iter().flat_map(serde_json::Map::keys) {
                    faults(root, wanted, &json!(key), path, found);
                }
            }
            "additionalProperties" => keys(root, schema, wanted, value, path, found),
            "type" | "enum" | "pattern" | "if" => {}
            other => panic!("the test does not know the keyword `{other}`"),
        }
    }
    if let (Some(items), Some(list)) = (schema.get("items"), value.as_array()) {
        list.iter().enumerate().for_each(|(at, item)| faults(root, items, item, &format!("{path}[{at}]"), found));
    }
    if let (Some(properties), Some(map)) = (schema.get("properties"), value.as_object()) {
        for (key, value) in map {
            if let Some(schema) = properties.get(key) {
                faults(root, schema, value, &format!("{path}.{key}"), found);
            }
        }
    }
}

fn keys(root: &Value, schema: &Value, wanted: &Value, value: &Value, path: &str, found: &mut Vec<String>) {
    for (key, value) in value.as_object().into_iter().flatten() {
        match wanted {
            _ if schema["properties"].get(key).is_some() => {}
            Value::Bool(false) => found.push(format!("{path}: unknown key {key}")),
            schema => faults(root, schema, value, &format!("{path}.{key}"), found),
        }
    }
}

fn is_valid(root: &Value, schema: &Value, value: &Value) -> bool {
    let mut found = Vec::new();
    faults(root, schema, value, "", &mut found);
    found.is_empty()
}

fn is_of(kind: &Value, value: &Value) -> bool {
    match kind {
        Value::Array(kinds) => kinds.iter().any(|kind| is_of(kind, value)),
        Value::String(kind) => match kind.as_str() {
            "string" => value.is_string(),
            "number" => value.is_number(),
            "boolean" => value.is_boolean(),
            "array" => value.is_array(),
            "object" => value.is_object(),
            other => panic!("the test does not know the type `{other}`"),
        },
        _ => panic!("no type"),
    }
}

/// The few patterns of the schemas.
fn matches(pattern: &str, text: &str) -> bool {
    let first = |ok: fn(&char) -> bool| text.chars().next().is_some_and(|c| ok(&c));
    let rest = |more: &str| text.chars().skip(1).all(|c| c.is_ascii_alphanumeric() || more.contains(c));
    match pattern {
        "^[A-Za-z][A-Za-z0-9._-]*$" => first(char::is_ascii_alphabetic) && rest("._-"),
        "^[A-Za-z0-9][A-Za-z0-9._-]*$" => first(char::is_ascii_alphanumeric) && rest("._-"),
        "^[A-Za-z][A-Za-z0-9-]*$" => first(char::is_ascii_alphabetic) && rest("-"),
        "^[A-Za-z0-9_-]+$" => !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || "_-".contains(c)),
        "^[A-Za-z]+$" => !text.is_empty() && text.chars().all(|c| c.is_ascii_alphabetic()),
        "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$" => engross::parse::front_matter::is_language(text),
        "^[a-z-]+:" => text.split_once(':').is_some_and(|(scheme, _)| {
            !scheme.is_empty() && scheme.chars().all(|c| c.is_ascii_lowercase() || c == '-')
        }),
        "^https?://" => text.starts_with("https://") || text.starts_with("http://"),
        "^[0-9_]+$" => !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || c == '_'),
        "^[0-9_]+( ?[kMGT]B)?$" => {
            let digits = ["kB", "MB", "GB", "TB"].iter().find_map(|unit| text.strip_suffix(unit)).unwrap_or(text);
            matches("^[0-9_]+$", digits.strip_suffix(' ').unwrap_or(digits))
        }
        "^[^/.]+$|(\\.html|/)$" => !text.is_empty() && !text.contains(['/', '.']) || matches("(\\.html|/)$", text),
        "(\\.html|/)$" => text.ends_with(".html") || text.ends_with('/'),
        "\\{n\\}" => text.contains("{n}"),
        "…" => text.contains('…'),
        other => panic!("the test does not know the pattern `{other}`"),
    }
}

fn yaml(text: &str) -> Value {
    let value = to_json(&engross::yaml::parse(text).expect("YAML"));
    if value.is_null() { json!({}) } else { value }
}

#[test]
fn the_editions_of_this_repository_are_valid() {
    let [document, volume, site, register] = ["document", "volume", "site", "register"].map(schema);
    let mut files = 0;
    for root in [env!("CARGO_MANIFEST_DIR").to_owned(), format!("{}/scaffold", env!("CARGO_MANIFEST_DIR"))] {
        let root = Path::new(&root);
        let mut check = |schema: &Value, value: &Value, file: &Path| {
            let mut found = Vec::new();
            faults(schema, schema, value, "", &mut found);
            assert!(found.is_empty(), "{}: {found:#?}", file.display());
            files += 1;
        };
        let settings = root.join("site.yaml");
        check(&site, &yaml(&fs::read_to_string(&settings).unwrap()), &settings);
        for entry in walkdir::WalkDir::new(root.join("content")).into_iter().map(Result::unwrap) {
            let file = entry.path();
            match file.extension().and_then(|ending| ending.to_str()) {
                Some("yaml") => check(&register, &yaml(&fs::read_to_string(file).unwrap()), file),
                Some("md") => {
                    let text = fs::read_to_string(file).unwrap();
                    let matter = yaml(split(&text).unwrap().yaml);
                    let home = file == root.join("content/_index.md");
                    check(if home || matter["kind"] == "volume" { &volume } else { &document }, &matter, file);
                }
                _ => {}
            }
        }
    }
    assert!(files > 20, "only {files} files");
}

#[test]
fn what_is_wrong_is_invalid() {
    let wrong = [
        ("document", json!({"tilte": "A letter"})),
        ("document", json!({"title": "A letter", "kind": "lettre"})),
        ("document", json!({"kind": "section"})),
        ("document", json!({"id": "12 Feb"})),
        ("document", json!({"date": {"display": "in May"}})),
        ("document", json!({"source": {"box": "3"}})),
        ("document", json!({"related": [{"rel": "see"}]})),
        ("document", json!({"from": [{"ref": "person:pell"}]})),
        ("document", json!({"attachments": {"a1": {"titel": "x"}}})),
        ("volume", json!({"kind": "volume"})),
        ("volume", json!({"title": "V", "paginations": [{"id": "typeset", "marker": "Page"}]})),
        ("site", json!({"subtitle": "Letters"})),
        ("site", json!({"title": "T", "check": {"note-unused": "never"}})),
        ("site", json!({"title": "T", "limits": {"bytes": "5 KB"}})),
        ("register", json!([{"id": "pell"}])),
        ("register", json!([{"id": "pell", "name": "Pell", "born": "1781"}])),
    ];
    for (kind, value) in wrong {
        let schema = schema(kind);
        assert!(!is_valid(&schema, &schema, &value), "{kind}: {value}");
    }
    let document = schema("document");
    assert!(is_valid(
        &document,
        &document,
        &json!({"number": 617, "source": "none", "from": ["Pell", {"name": "Dane"}]})
    ));
    let site = schema("site");
    for bytes in [json!(5_000_000), json!("5_000_000"), json!("5 GB"), json!("500MB")] {
        assert!(is_valid(&site, &site, &json!({"title": "T", "limits": {"bytes": bytes}})));
    }
}

#[test]
fn an_entry_may_name_its_old_ids() {
    let register = schema("register");
    let faults_of = |aliases: &str| {
        let mut found = Vec::new();
        let entry = yaml(&format!("- id: holm-a\n  name: Holm\n  aliases: {aliases}\n"));
        faults(&register, &register, &entry, "", &mut found);
        found
    };
    assert_eq!(faults_of("[holm, old/holm.html, old/holm/]"), Vec::<String>::new());
    assert_eq!(faults_of("[old/holm]").len(), 1);
}

/// Every key with a description, so that completion explains what it offers.
#[test]
fn every_key_is_described() {
    fn walk(root: &Value, node: &Value, path: &str, bare: &mut Vec<String>) {
        if let Some(properties) = node["properties"].as_object() {
            for (key, value) in properties {
                let definition = value["$ref"].as_str().and_then(|name| root.pointer(&name[1..]));
                if value.get("description").or(definition.and_then(|found| found.get("description"))).is_none()
                    && !path.contains("/if")
                {
                    bare.push(format!("{path}.{key}"));
                }
            }
        }
        match node {
            Value::Object(map) => map.iter().for_each(|(key, value)| walk(root, value, &format!("{path}/{key}"), bare)),
            Value::Array(list) => list.iter().for_each(|value| walk(root, value, path, bare)),
            _ => {}
        }
    }
    for kind in ["document", "volume", "site", "register"] {
        let root = schema(kind);
        assert_eq!(root["$schema"], "https://json-schema.org/draft/2020-12/schema");
        let mut bare = Vec::new();
        walk(&root, &root, "", &mut bare);
        assert!(bare.is_empty(), "{kind}: {bare:?}");
    }
}

#[test]
fn an_unknown_kind_of_file_is_a_mistake_of_usage() {
    let output = engross(&["schema", "letter"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
}
