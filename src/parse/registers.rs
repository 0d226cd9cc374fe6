//! Registers: a YAML list of entries, or CSL-JSON for the bibliography.

use super::front_matter::reader::{Fields, Reader, name_of};
use super::front_matter::{doubts, parts};
use crate::diag::Code;
use crate::model::date::Edtf;
use crate::model::names;
use crate::model::register::{Office, RegisterEntry};
use crate::yaml::{Node, Step};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Reads the entries of a register; findings are left in the reader. Each entry's field is that of its place in the
/// list, in order.
pub fn entries(reader: &mut Reader, node: &Node) -> Vec<RegisterEntry> {
    let nodes: &[Node] = match node {
        Node::List(nodes) => nodes,
        Node::Null => &[],
        other => {
            reader.wrong_type(&[], other, "a list of entries, each beginning with `- id:`");
            &[]
        }
    };
    let mut entries = Vec::with_capacity(nodes.len());
    let mut first: BTreeMap<String, usize> = BTreeMap::new();
    for (index, node) in nodes.iter().enumerate() {
        let path = [Step::Index(index)];
        let Some(entry) = entry(reader, node, &path) else { continue };
        if let Some(earlier) = first.insert(entry.id.to_lowercase(), index) {
            let key = [Step::Index(index), Step::Key("id".into())];
            let message = format!("the id `{}` is used twice in this register", entry.id);
            let at = crate::model::issue::At::field(reader.field(&key));
            let other = crate::model::issue::At::field(reader.field(&[Step::Index(earlier), Step::Key("id".into())]));
            let issue = crate::model::issue::Issue::new(Code::ID_DUPLICATE, at, message);
            reader.issues.push(issue.help("give one of the two entries another id").related(other, "first used here"));
            continue;
        }
        entries.push(entry);
    }
    entries
}

fn entry(reader: &mut Reader, node: &Node, path: &[Step]) -> Option<RegisterEntry> {
    if !matches!(node, Node::Map(_)) {
        let message = format!("{} has no keys", name_of(path));
        reader.report(Code::WRONG_TYPE, path, message, "write `- id: …` and below it, indented, `name: …`");
        return None;
    }
    let mut fields = Fields::of(reader, node, path);
    let id = fields.text(reader, "id");
    let name = fields.text(reader, "name");
    let entry = RegisterEntry {
        id: id.clone().unwrap_or_default(),
        name: name.clone().unwrap_or_default(),
        sort: fields.text(reader, "sort"),
        variants: fields.texts(reader, "variants"),
        siglum: fields.text(reader, "siglum"),
        description: fields.printed(reader, "description"),
        gloss: None,
        see: fields.printed_list(reader, "see"),
        dates: fields.text(reader, "dates"),
        offices: fields.list(reader, "offices", office),
        in_place: fields.text(reader, "in"),
        author: fields.text(reader, "author"),
        date: fields.text(reader, "date"),
        page: fields.text(reader, "page"),
        is: fields.printed(reader, "is"),
        same_as: fields.texts(reader, "same_as"),
        url: fields.text(reader, "url"),
        address: fields.text(reader, "address"),
        aliases: fields.printed_list(reader, "aliases"),
        coordinates: fields.text(reader, "coordinates"),
        extra: doubts::extra(reader, &mut fields),
    };
    for key in ["id", "name"] {
        if fields.lacks(&[key]) {
            let message = format!("{} has no `{key}`", name_of(path));
            reader.report(Code::KEY_MISSING, path, message, format!("write `{key}:`"));
        }
    }
    let id_path = fields.path("id");
    fields.finish(reader);
    if let Some(id) = &id {
        if !is_entry_id(id) {
            reader.report(Code::ID_MALFORMED, &id_path, format!("`{id}` is no id"), ID_HELP);
        } else if !names::is_file_name(id) {
            let message = format!("`{id}` cannot be the name of a file on every system, so the entry can have no page");
            let help =
                "choose another id: at most 200 characters, no `.` at the end, and no name of a device such as `con`";
            reader.report(Code::ID_MALFORMED, &id_path, message, help);
        }
    }
    // Without a name it stays, so that references to it are not reported too.
    id.map(|_| entry)
}

const ID_HELP: &str = "use letters, digits, `.`, `_` and `-`, beginning with a letter or digit";

fn is_entry_id(id: &str) -> bool {
    id.starts_with(|c: char| c.is_ascii_alphanumeric())
        && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-'))
}

fn office(reader: &mut Reader, node: &Node, path: &[Step]) -> Option<Office> {
    if let Node::Scalar(title) = node {
        return Some(Office { title: title.clone(), ..Office::default() });
    }
    let mut fields = Fields::of(reader, node, path);
    let title = fields.text(reader, "title").unwrap_or_default();
    let (from, begins) = end_of_office(reader, &mut fields, "from");
    let (to, ends) = end_of_office(reader, &mut fields, "to");
    fields.finish(reader);
    Some(Office { title, from, to, begins, ends })
}

/// A date as written, and what it means; `..` says that there is no such end.
fn end_of_office(reader: &mut Reader, fields: &mut Fields<'_>, key: &'static str) -> (Option<String>, Option<Edtf>) {
    let path = fields.path(key);
    match fields.node(key) {
        Some(Node::Scalar(text)) if text == ".." => (None, None),
        Some(node @ Node::Scalar(text)) => (Some(text.clone()), parts::edtf(reader, node, &path)),
        Some(Node::Null) | None => (None, None),
        Some(node) => (None, parts::edtf(reader, node, &path)),
    }
}

/// What is wrong in a bibliography, with its bytes and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JsonFault {
    /// What is wrong.
    pub message: String,
    /// Bytes of the file.
    pub span: Range<usize>,
    /// What to do.
    pub help: &'static str,
}

/// Reads CSL-JSON: an array of items with `id`, `title`, `author` and `issued`.
///
/// # Errors
/// A text that is no array in JSON. Faults of single items come with the entries.
pub fn bibliography(text: &str) -> Result<(Vec<RegisterEntry>, Vec<JsonFault>), JsonFault> {
    const AGAIN: &str = "export it again as CSL-JSON";
    let text_at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let json = &text[text_at..];
    let fault = |message: String, span: Range<usize>| JsonFault {
        message,
        span: text_at + span.start..text_at + span.end,
        help: AGAIN,
    };
    if json.trim().is_empty() {
        return Ok(Default::default());
    }
    let value: serde_json::Value = serde_json::from_str(json).map_err(|error| {
        let start: usize = json.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
        let at = (start + error.column().saturating_sub(1)).min(json.len());
        let full = error.to_string();
        let message = match full.split(" at line ").next() {
            _ if error.is_eof() => "it ends before its brackets and quotation marks are closed",
            message => message.unwrap_or(&full),
        };
        fault(format!("the bibliography is no JSON: {message}"), at..at)
    })?;
    let first_line = json.find('\n').unwrap_or(json.len());
    let items = value
        .as_array()
        .ok_or_else(|| fault("the bibliography is no list: CSL-JSON begins with `[`".to_owned(), 0..first_line))?;
    let mut entries: Vec<RegisterEntry> = Vec::with_capacity(items.len());
    let mut faults = Vec::new();
    let mut seen = BTreeSet::new();
    let mut places = item_places(json).into_iter();
    for (number, item) in items.iter().enumerate() {
        let span = places.next().unwrap_or(0..first_line);
        let mut report = |message: String, help| faults.push(JsonFault { help, ..fault(message, span.clone()) });
        let id = match item.get("id") {
            Some(serde_json::Value::String(id)) => id.clone(),
            Some(serde_json::Value::Number(id)) => id.to_string(),
            _ => {
                report(format!("item {} has no `id`", number + 1), "give it an `id`: a text or a number");
                continue;
            }
        };
        if !is_entry_id(&id) {
            report(format!("`{id}` is no id"), ID_HELP);
        } else if !seen.insert(id.to_lowercase()) {
            report(format!("the id `{id}` is used twice in the bibliography"), "give one of the two items another id");
            continue;
        }
        let name = reference(item);
        if name.is_empty() {
            report(format!("item `{id}` has neither author nor title nor year"), "add at least its `title`, in quotes");
        }
        entries.push(RegisterEntry { id, name, ..RegisterEntry::default() });
    }
    Ok((entries, faults))
}

/// The first line of each item of an array.
fn item_places(json: &str) -> Vec<Range<usize>> {
    let mut places = Vec::new();
    let mut at = json.find('[').map_or(json.len(), |at| at + 1);
    while let Some(rest) = json.get(at..) {
        let start = at + rest.find(|c: char| !c.is_whitespace() && c != ',').unwrap_or(rest.len());
        let Some(item) = json.get(start..) else { break };
        let mut items = serde_json::Deserializer::from_str(item).into_iter::<serde::de::IgnoredAny>();
        let Some(Ok(_)) = items.next() else { break };
        at = start + items.byte_offset();
        let line = item.find('\n').map_or(item.len(), |end| end);
        places.push(start..at.min(start + line));
    }
    places
}

/// Author, title and year in one line.
fn reference(item: &serde_json::Value) -> String {
    let text = |value: Option<&serde_json::Value>| value.and_then(|value| value.as_str()).map(str::to_owned);
    let authors = item.get("author").or_else(|| item.get("editor")).and_then(|list| list.as_array());
    let name = |author: &serde_json::Value| {
        let family = text(author.get("family")).or_else(|| text(author.get("literal")))?;
        Some(match text(author.get("given")) {
            Some(given) => format!("{family}, {given}"),
            None => family,
        })
    };
    let authors: Vec<String> = authors.into_iter().flatten().filter_map(name).collect();
    let year = item.pointer("/issued/date-parts/0/0").map(|year| year.to_string().trim_matches('"').to_owned());
    let title = text(item.get("title"));
    [Some(authors.join("; ")).filter(|authors| !authors.is_empty()), title, year]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(". ")
}
