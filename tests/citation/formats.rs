//! Strict readers of what programs are given: RIS, `data:` addresses, CSL-JSON, JSON-LD.

use serde_json::Value;

/// The lines of a record: tag and value.
pub(crate) type Record = Vec<(String, String)>;

/// Records of RIS: lines of a tag, two spaces, a hyphen and a space, from `TY` to `ER`, each ended by CR LF.
pub(crate) fn ris(text: &str) -> Vec<Record> {
    let mut records = Vec::new();
    let mut record: Option<Record> = None;
    assert!(text.ends_with("\r\n") && !text.replace("\r\n", "").contains(['\r', '\n']), "ends of lines");
    for line in text.split_terminator("\r\n") {
        if line.is_empty() {
            assert!(record.is_none(), "an empty line within a record");
            continue;
        }
        let (tag, value) = line.split_once("  - ").unwrap_or_else(|| panic!("no line of RIS: {line:?}"));
        let known = tag.len() == 2 && tag.starts_with(|c: char| c.is_ascii_uppercase());
        assert!(known && tag.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit()), "{line:?}");
        match (tag, &mut record) {
            ("TY", None) => {
                assert!(["PCOMM", "MANSCPT", "RPRT", "GEN"].contains(&value), "{line:?}");
                record = Some(vec![(tag.to_owned(), value.to_owned())]);
            }
            ("ER", Some(lines)) => {
                assert_eq!(value, "");
                records.push(std::mem::take(lines));
                record = None;
            }
            ("TY" | "ER", _) | (_, None) => panic!("{line:?} out of its place"),
            (_, Some(lines)) => {
                assert!(!value.is_empty() && value.trim() == value, "{line:?}");
                assert!(tag != "DA" || value.matches('/').count() == 3, "{line:?}");
                assert!(tag != "PY" || value.len() == 4 && value.bytes().all(|b| b.is_ascii_digit()), "{line:?}");
                lines.push((tag.to_owned(), value.to_owned()));
            }
        }
    }
    assert!(record.is_none(), "a record without an end");
    records
}

/// The value of a tag that stands once at most.
pub(crate) fn one<'r>(record: &'r Record, tag: &str) -> &'r str {
    let mut values = record.iter().filter(|(other, _)| other == tag).map(|(_, value)| value.as_str());
    let value = values.next().unwrap_or_default();
    assert_eq!(values.next(), None, "{tag} stands twice");
    value
}

/// The text of a `data:` address, which holds nothing that no address may.
pub(crate) fn data(address: &str) -> String {
    let rest = address.strip_prefix("data:,").unwrap();
    assert!(!rest.contains([' ', '"', '<', '>', '#', '&', '{', '}', '\\', '^', '`', '|']), "{address}");
    let mut bytes = Vec::new();
    let mut left = rest.as_bytes();
    while let Some((byte, after)) = left.split_first() {
        if *byte == b'%' {
            bytes.push(u8::from_str_radix(std::str::from_utf8(&after[..2]).unwrap(), 16).unwrap());
            left = &after[2..];
        } else {
            bytes.push(*byte);
            left = after;
        }
    }
    String::from_utf8(bytes).unwrap()
}

/// What the schema of CSL 1.0.2 has for what we write: names of variables by what they hold.
const CSL_TEXT: &[&str] = &[
    "id",
    "title",
    "genre",
    "number",
    "container-title",
    "collection-title",
    "volume",
    "publisher",
    "publisher-place",
    "version",
    "archive",
    "archive-place",
    "archive_location",
    "note",
    "language",
    "URL",
];
const CSL_NAMES: &[&str] = &["author", "recipient", "editor"];
const CSL_DATES: &[&str] = &["issued", "available-date"];

/// An item by the schema: nothing that it does not know, and each thing of its kind.
pub(crate) fn check_csl(item: &Value) {
    let object = item.as_object().unwrap();
    assert!(object.contains_key("id") && object.contains_key("type"), "{item}");
    for (key, value) in object {
        match key.as_str() {
            "type" => {
                let types = ["personal_communication", "manuscript", "report", "document"];
                assert!(types.contains(&value.as_str().unwrap()), "{value}");
            }
            key if CSL_TEXT.contains(&key) => assert!(value.as_str().is_some_and(|text| !text.is_empty()), "{key}"),
            key if CSL_NAMES.contains(&key) => value.as_array().unwrap().iter().for_each(check_name),
            key if CSL_DATES.contains(&key) => check_date(value),
            key => panic!("CSL knows no {key}"),
        }
    }
}

fn check_name(name: &Value) {
    let object = name.as_object().unwrap();
    let known = ["family", "given", "suffix", "literal"];
    assert!(object.iter().all(|(key, value)| known.contains(&key.as_str()) && value.is_string()), "{name}");
    assert!(object.contains_key("literal") != object.contains_key("family"), "{name}");
}

fn check_date(date: &Value) {
    for (key, value) in date.as_object().unwrap() {
        match key.as_str() {
            "date-parts" => {
                let dates = value.as_array().unwrap();
                assert!((1..=2).contains(&dates.len()), "{date}");
                for parts in dates {
                    let parts = parts.as_array().unwrap();
                    assert!((1..=3).contains(&parts.len()) && parts.iter().all(Value::is_number), "{date}");
                }
            }
            "season" => assert!(value.as_u64().is_some_and(|season| (1..=4).contains(&season)), "{date}"),
            "circa" => assert!(value.is_boolean(), "{date}"),
            "literal" => assert!(value.is_string(), "{date}"),
            key => panic!("no date of CSL has {key}"),
        }
    }
}

/// Types of schema.org that we use, each with its own properties; those of `Thing` and `CreativeWork` below it.
const TYPES: &[(&str, &[&str])] = &[
    ("ArchiveComponent", &["holdingArchive", "itemLocation"]),
    ("Message", &["sender", "recipient"]),
    ("CreativeWork", &[]),
    ("Book", &[]),
    ("PublicationVolume", &["volumeNumber"]),
    ("BookSeries", &[]),
    ("Collection", &[]),
    ("WebPage", &["breadcrumb"]),
];
const OF_WORKS: &[&str] = &[
    "author",
    "dateCreated",
    "datePublished",
    "editor",
    "genre",
    "inLanguage",
    "isPartOf",
    "license",
    "position",
    "publisher",
    "temporalCoverage",
    "version",
];
const OF_THINGS: &[&str] = &["@context", "@id", "@type", "name", "url", "mainEntityOfPage"];
const OTHERS: &[(&str, &[&str])] = &[
    ("ArchiveOrganization", &["address"]),
    ("Organization", &[]),
    ("Person", &[]),
    ("BreadcrumbList", &["itemListElement"]),
    ("ListItem", &["item", "position"]),
];

/// Whether each thing has a type of schema.org and only its properties.
pub(crate) fn check_linked(value: &Value, path: &str) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| check_linked(value, path)),
        Value::Object(object) => {
            let types: Vec<&str> = match &object["@type"] {
                Value::Array(types) => types.iter().map(|kind| kind.as_str().unwrap()).collect(),
                kind => vec![kind.as_str().unwrap()],
            };
            let mut known: Vec<&str> = OF_THINGS.to_vec();
            for kind in types {
                let work = TYPES.iter().find(|(name, _)| *name == kind);
                known.extend(work.iter().flat_map(|_| OF_WORKS));
                let other = OTHERS.iter().find(|(name, _)| *name == kind);
                let (_, own) = work.or(other).unwrap_or_else(|| panic!("{path}: no type {kind}"));
                known.extend(*own);
            }
            for (key, value) in object {
                assert!(known.contains(&key.as_str()), "{path}: {key}");
                check_linked(value, path);
            }
        }
        Value::String(text) => assert!(!text.is_empty(), "{path}"),
        Value::Number(_) => {}
        Value::Null | Value::Bool(_) => panic!("{path}: {value}"),
    }
}
