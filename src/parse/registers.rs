//! Registers: a YAML list of entries, or CSL-JSON for the bibliography.

use super::front_matter::reader::{Fields, Reader, name_of};
use crate::diag::Code;
use crate::model::register::{Office, RegisterEntry};
use crate::yaml::{Node, Step};
use std::collections::BTreeMap;

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
        aliases: fields.printed_list(reader, "aliases"),
        coordinates: fields.text(reader, "coordinates"),
        extra: fields.json("extra"),
    };
    fields.finish(reader);
    for (key, value) in [("id", &id), ("name", &name)] {
        if value.is_none() {
            let message = format!("entry {} has no `{key}`", name_of(path));
            reader.report(Code::KEY_MISSING, path, message, format!("write `{key}:`"));
        }
    }
    if let Some(id) = &id
        && !is_entry_id(id)
    {
        let help = "use letters, digits, `.`, `_` and `-`, beginning with a letter or digit";
        reader.report(Code::ID_MALFORMED, path, format!("`{id}` is no id"), help);
        return None;
    }
    (id.is_some() && name.is_some()).then_some(entry)
}

fn is_entry_id(id: &str) -> bool {
    id.starts_with(|c: char| c.is_ascii_alphanumeric())
        && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-'))
}

fn office(reader: &mut Reader, node: &Node, path: &[Step]) -> Option<Office> {
    if let Node::Scalar(title) = node {
        return Some(Office { title: title.clone(), ..Office::default() });
    }
    let mut fields = Fields::of(reader, node, path);
    let office = Office {
        title: fields.text(reader, "title").unwrap_or_default(),
        from: fields.text(reader, "from"),
        to: fields.text(reader, "to"),
    };
    fields.finish(reader);
    Some(office)
}

/// What is wrong with a bibliography, with line and column where the JSON itself is broken.
pub type BadJson = (String, Option<(usize, usize)>);

/// Reads CSL-JSON: an array of items with `id`, `title`, `author` and `issued`.
///
/// # Errors
/// Says what is wrong, with line and column where the JSON itself is broken.
pub fn bibliography(text: &str) -> Result<Vec<RegisterEntry>, BadJson> {
    let value: serde_json::Value =
        serde_json::from_str(text).map_err(|error| (error.to_string(), Some((error.line(), error.column()))))?;
    let items = value.as_array().ok_or(("CSL-JSON is an array of items".to_owned(), None))?;
    let mut entries = Vec::with_capacity(items.len());
    for (number, item) in items.iter().enumerate() {
        let id = match item.get("id") {
            Some(serde_json::Value::String(id)) => id.clone(),
            Some(serde_json::Value::Number(id)) => id.to_string(),
            _ => return Err((format!("item {} has no `id`", number + 1), None)),
        };
        entries.push(RegisterEntry { id, name: reference(item), ..RegisterEntry::default() });
    }
    Ok(entries)
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
