//! What the YAML of an edition says of sources, read without the program.

use serde_yaml::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use walkdir::WalkDir;

/// A document: address, folder of its volume, front matter, body.
struct Document {
    address: String,
    folder: String,
    front: Value,
    body: String,
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn list(value: &Value) -> Vec<String> {
    match value {
        Value::Sequence(list) => list.iter().filter_map(text).collect(),
        other => text(other).into_iter().collect(),
    }
}

/// Every published document, in the order of paths.
fn documents(root: &Path) -> Vec<Document> {
    let mut documents = Vec::new();
    let single = fs::read_to_string(root.join("content/_index.md")).unwrap().contains("kind: volume");
    for entry in WalkDir::new(root.join("content")).sort_by_file_name().into_iter().filter_map(Result::ok) {
        let path = entry.path().strip_prefix(root.join("content")).unwrap().to_string_lossy().replace('\\', "/");
        let Some(stem) = entry.path().file_name().unwrap().to_str().unwrap().strip_suffix(".md") else { continue };
        if stem == "_index" || !single && !path.contains('/') {
            continue;
        }
        let source = fs::read_to_string(entry.path()).unwrap();
        let (front, body) = source.trim_start_matches("---\n").split_once("\n---\n").unwrap();
        let front: Value = serde_yaml::from_str(front).unwrap();
        if front["status"] == "draft" || front["kind"] == "section" {
            continue;
        }
        let folder = if single { String::new() } else { path.split('/').next().unwrap().to_owned() };
        let id = text(&front["id"]).unwrap_or_else(|| stem.to_owned());
        let address = if single { format!("{id}.html") } else { format!("{folder}/{id}.html") };
        documents.push(Document { address, folder, front, body: body.to_owned() });
    }
    documents
}

fn witnesses(source: &Value) -> Vec<Value> {
    match source {
        Value::Null => Vec::new(),
        Value::String(none) if none == "none" => Vec::new(),
        Value::Sequence(list) => list.clone(),
        other => vec![other.clone()],
    }
}

/// The document and its attachments, with addresses.
fn parts(document: &Document) -> Vec<(String, &Value)> {
    let mut parts = vec![(document.address.clone(), &document.front)];
    if let Value::Mapping(attachments) = &document.front["attachments"] {
        for (id, attachment) in attachments {
            let id = text(id).unwrap();
            let fenced = document.body.contains(&format!("#{id}"));
            let anchor = if fenced { format!("#{id}") } else { String::new() };
            parts.push((format!("{}{anchor}", document.address), attachment));
        }
    }
    parts
}

/// Names of repositories by the names that sources use: those of the volume, then those of the edition.
fn names(root: &Path, folder: &str) -> BTreeMap<String, String> {
    let file = |folder: &Path| fs::read_to_string(folder.join("registers/repositories.yaml")).unwrap_or_default();
    let content = root.join("content");
    let mut names = BTreeMap::new();
    for file in [file(&content.join(folder)), file(&content)] {
        let entries: Value = serde_yaml::from_str(&file).unwrap_or_default();
        for entry in entries.as_sequence().into_iter().flatten() {
            let name = text(&entry["name"]).unwrap();
            let keys = [text(&entry["id"]), text(&entry["siglum"]), Some(name.clone())];
            for key in keys.into_iter().flatten().chain(list(&entry["variants"])) {
                names.entry(key).or_insert(name.clone());
            }
        }
    }
    names
}

fn names_itself(lot: &str) -> bool {
    lot.split_once(' ').is_some_and(|(word, _)| word.chars().all(char::is_alphabetic))
}

/// The documents that are drawn from each place, by the way to it in the words of the pages; and the lists beside.
pub fn read(root: &Path) -> BTreeMap<Vec<String>, Vec<String>> {
    let mut places: BTreeMap<Vec<String>, Vec<String>> = BTreeMap::new();
    let site: Value = serde_yaml::from_str(&fs::read_to_string(root.join("site.yaml")).unwrap()).unwrap();
    let path = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    for document in documents(root) {
        let names = names(root, &document.folder);
        let kind = text(&document.front["kind"]).unwrap_or_else(|| "document".to_owned());
        if ["document", "withheld", "calendar"].contains(&kind.as_str())
            && witnesses(&document.front["source"]).is_empty()
        {
            let place = path(&["Without a repository", "No source is stated"]);
            places.entry(place).or_default().push(document.address.clone());
        }
        for (address, front) in parts(&document) {
            for source in witnesses(&front["source"]) {
                // As a reader compares words: however many spaces stand between them, and of whatever kind.
                let mut add = |place: Vec<String>| {
                    let folded = |word: &String| word.split_whitespace().collect::<Vec<_>>().join(" ");
                    places.entry(place.iter().map(folded).collect()).or_default().push(address.clone());
                };
                let printed = match &source["printed"] {
                    Value::Mapping(map) => map.get("citation").and_then(text).or_else(|| {
                        assert_eq!(map["ref"], "bib:reed1950");
                        Some("Reed, Ada. A History of the Harbour & its Ships. 1950".to_owned())
                    }),
                    other => text(other),
                };
                let mut place = match (text(&source["repository"]), printed) {
                    (Some(name), _) => vec![names.get(&name).cloned().unwrap_or(name)],
                    // Citations are Markdown; pages show their words.
                    (None, Some(printed)) => path(&["Known from print", &printed.replace(['\\', '*'], "")]),
                    (None, None) => path(&["Without a repository", "The source names no repository"]),
                };
                let one = |key: &str, word: &str| text(&source[key]).map(|name| format!("{word}{name}"));
                place.extend(one("record_group", "Record group "));
                place.extend(list(&source["collection"]));
                place.extend(
                    [
                        one("series", ""),
                        // "Job 80–R1" says what it is.
                        one(
                            "lot",
                            if text(&source["lot"]).is_some_and(|lot| names_itself(&lot)) { "" } else { "Lot " },
                        ),
                        one("box", "Box "),
                        one("folder", "Folder "),
                        one("file", ""),
                        one("shelfmark", ""),
                    ]
                    .into_iter()
                    .flatten(),
                );
                add(place);
                let markings = list(&source["classification"]).into_iter().map(|word| ("Classification", word));
                for (group, word) in
                    markings.chain(list(&source["handling"]).into_iter().map(|word| ("Handling", word)))
                {
                    let normal = &site["classifications"][word.as_str()];
                    let mut place = path(&["Classifications", group]);
                    place.extend(text(&normal["class"]));
                    place.extend(text(&normal["label"]).or_else(|| text(normal)));
                    place.push(word);
                    add(place);
                }
            }
        }
    }
    places.values_mut().for_each(|list| list.sort());
    places
}

/// Addresses of documents and of attachments with a date, each with the number of its rows.
pub fn calendar(root: &Path) -> Vec<(String, usize)> {
    let mut rows: BTreeMap<String, usize> = BTreeMap::new();
    for document in documents(root) {
        for (number, (address, front)) in parts(&document).into_iter().enumerate() {
            let dated = !front["date"].is_null() && front["date"] != "none";
            if number == 0 || dated {
                *rows.entry(address).or_default() += 1;
            }
        }
    }
    rows.into_iter().collect()
}

/// Rows of a CSV (RFC 4180).
pub fn csv(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => cell.extend(letters.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\r' if !quoted => {
                assert_eq!(letters.next(), Some('\n'));
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            other => cell.push(other),
        }
    }
    assert!(row.is_empty() && cell.is_empty() && !quoted);
    rows
}
