//! The calendar of the whole edition for other programs: a row for each document, and one for each attachment that has a
//! date of its own.

use super::head::lang_of;
use crate::model::archives::{Item, Step};
use crate::model::date::DateWords;
use crate::model::record::{Named, Record, Witness};
use crate::model::site::{Page, PageId, Site};
use serde::Serialize;

/// A document or attachment. The fields are those of `docs/archives.md`, in the order of the columns.
#[derive(Debug, Serialize)]
struct Row<'s> {
    volume: &'s str,
    id: &'s str,
    attachment: Option<usize>,
    address: String,
    number: Option<&'s str>,
    title: String,
    kind: &'s str,
    genre: Option<&'s str>,
    date: Option<String>,
    date_words: Option<String>,
    place: Option<&'s str>,
    from: Vec<Party<'s>>,
    to: Vec<Party<'s>>,
    sources: Vec<SourceRow<'s>>,
    language: &'s str,
    summary: Option<&'s str>,
}

/// A person or body by name and register entry.
#[derive(Debug, Serialize)]
struct Party<'s> {
    name: &'s str,
    #[serde(rename = "ref")]
    reference: Option<&'s str>,
}

/// A witness.
#[derive(Debug, Serialize)]
struct SourceRow<'s> {
    repository: Option<&'s str>,
    /// The way from the repository to the series.
    collection: Vec<String>,
    /// Lot, box, folder, file and shelfmark.
    file: Vec<String>,
    printed: Option<&'s str>,
    form: Option<&'s str>,
    extent: Option<&'s str>,
    classification: Option<&'s str>,
    handling: Vec<&'s str>,
}

/// The edition of which it is the calendar.
#[derive(Debug, Serialize)]
struct About<'s> {
    title: &'s str,
    lang: &'s str,
    version: Option<&'s str>,
    address: Option<&'s str>,
}

/// As JSON: a document a line, so that two versions can be compared.
pub fn json(site: &Site) -> String {
    let settings = &site.settings;
    let about = About {
        title: &settings.title,
        lang: &settings.lang,
        version: settings.version.as_deref(),
        address: settings.base_url.as_deref(),
    };
    // Strings and lists of strings can always be written.
    let written = |value: Result<String, serde_json::Error>| value.unwrap_or_default();
    let mut json = format!("{{\"edition\":{},\n\"documents\":[", written(serde_json::to_string(&about)));
    for (number, row) in rows(site).enumerate() {
        json.push_str(if number == 0 { "\n" } else { ",\n" });
        json.push_str(&written(serde_json::to_string(&row)));
    }
    json.push_str("\n]}\n");
    json
}

/// Columns of the CSV.
const COLUMNS: [&str; 23] = [
    "volume",
    "id",
    "attachment",
    "address",
    "number",
    "title",
    "kind",
    "genre",
    "date",
    "date_words",
    "place",
    "from",
    "from_ref",
    "to",
    "to_ref",
    "repository",
    "collection",
    "file",
    "extent",
    "classification",
    "sources",
    "language",
    "summary",
];

/// As CSV (RFC 4180): of several witnesses the base text, of several names all in one cell.
pub fn csv(site: &Site) -> String {
    let mut csv = COLUMNS.join(",");
    csv.push_str("\r\n");
    for row in rows(site) {
        let source = row.sources.first();
        let names = |parties: &[Party<'_>]| parties.iter().map(|party| party.name).collect::<Vec<_>>().join("; ");
        let references = |parties: &[Party<'_>]| {
            let all: Vec<&str> = parties.iter().map(|party| party.reference.unwrap_or_default()).collect();
            if all.iter().all(|reference| reference.is_empty()) { String::new() } else { all.join("; ") }
        };
        let of =
            |field: for<'a, 'b> fn(&'a SourceRow<'b>) -> Option<&'b str>| source.and_then(field).unwrap_or_default();
        let list = |field: for<'a, 'b> fn(&'a SourceRow<'b>) -> &'a Vec<String>| {
            source.map_or_else(String::new, |source| field(source).join(" › "))
        };
        let cells: [&str; COLUMNS.len()] = [
            row.volume,
            row.id,
            &row.attachment.map_or_else(String::new, |number| number.to_string()),
            &row.address,
            row.number.unwrap_or_default(),
            &row.title,
            row.kind,
            row.genre.unwrap_or_default(),
            row.date.as_deref().unwrap_or_default(),
            row.date_words.as_deref().unwrap_or_default(),
            row.place.unwrap_or_default(),
            &names(&row.from),
            &references(&row.from),
            &names(&row.to),
            &references(&row.to),
            of(|source| source.repository),
            &list(|source| &source.collection),
            &list(|source| &source.file),
            of(|source| source.extent),
            of(|source| source.classification),
            &row.sources.len().to_string(),
            row.language,
            row.summary.unwrap_or_default(),
        ];
        for (number, cell) in cells.iter().enumerate() {
            csv.push_str(if number == 0 { "" } else { "," });
            push_cell(&mut csv, cell);
        }
        csv.push_str("\r\n");
    }
    csv
}

/// A cell. Spreadsheets run what begins like a formula, so that an apostrophe tells them that it is text.
fn push_cell(csv: &mut String, cell: &str) {
    let guard = if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    if cell.contains([',', '"', '\n', '\r']) {
        csv.push_str(&format!("\"{guard}{}\"", cell.replace('"', "\"\"")));
    } else {
        csv.push_str(guard);
        csv.push_str(cell);
    }
}

/// Every published document in the order of the edition, each followed by its attachments.
fn rows(site: &Site) -> impl Iterator<Item = Row<'_>> {
    let volumes = site.volumes.iter().filter(|volume| volume.published);
    let documents = volumes.flat_map(move |volume| volume.documents.iter().map(move |&page| (&*volume.id, page)));
    documents.flat_map(move |(volume, id)| {
        let page = &site.pages[id];
        let attached = page.outline.attachments.iter().enumerate();
        let dated = attached.filter(|(_, record)| record.date.day().is_some());
        let parts = dated.map(move |(number, record)| (number + 1, record));
        std::iter::once((0, &page.outline.record))
            .chain(parts)
            .map(move |(part, record)| row(site, volume, id, part, record))
    })
}

fn row<'s>(site: &'s Site, volume: &'s str, id: PageId, part: usize, record: &'s Record) -> Row<'s> {
    let page = &site.pages[id];
    let lang = record.lang.as_deref().unwrap_or_else(|| lang_of(site, page));
    let day = record.date.day();
    let words = DateWords::for_language(&site.settings.lang);
    let source = |(witness, source)| source_row(site, Item { page: id, attachment: part, witness }, source);
    let parties = |list: &'s [Named]| {
        list.iter().map(|named| Party { name: &named.name, reference: named.reference.as_deref() }).collect()
    };
    Row {
        volume,
        id: &page.id,
        attachment: (part > 0).then_some(part),
        address: super::archives::attachment_address(page, &record.anchor, ""),
        number: page.outline.number.as_deref().filter(|_| part == 0),
        title: title(page, part, record),
        kind: if part == 0 { page.outline.kind.name() } else { record.absence.as_deref().unwrap_or("attachment") },
        genre: record.genre.as_deref(),
        date: day.map(|day| day.edtf.to_string()),
        date_words: day.map(|day| day.edtf.display(&words)),
        place: record.place.as_ref().map(|place| &*place.name),
        from: parties(&record.from),
        to: parties(&record.to),
        sources: record.sources.iter().enumerate().map(source).collect(),
        language: lang,
        summary: record.summary.as_deref(),
    }
}

fn title(page: &Page, part: usize, record: &Record) -> String {
    let words: Vec<&str> = record.label.iter().chain(&record.title).map(|words| &**words).collect();
    if part == 0 || words.is_empty() { page.outline.title.to_string() } else { words.join(": ") }
}

fn source_row<'s>(site: &'s Site, item: Item, source: &'s Witness) -> SourceRow<'s> {
    let archives = &site.archives;
    let (mut collection, mut file) = (Vec::new(), Vec::new());
    let node = archives.places.get(&item);
    for (_, node) in node.into_iter().flat_map(|&node| archives.path(node)) {
        match node.step {
            Step::RecordGroup | Step::Collection | Step::Series => collection.push(node.name.to_string()),
            Step::Lot | Step::Box | Step::Folder | Step::File | Step::Shelfmark => file.push(node.name.to_string()),
            _ => {}
        }
    }
    collection.reverse();
    file.reverse();
    let root = node.and_then(|&node| archives.nodes.get(node)).and_then(|node| archives.trees.get(node.tree));
    let name = root.and_then(|tree| archives.nodes.get(tree.root)).map(|root| &*root.name);
    SourceRow {
        repository: name.filter(|name| !name.is_empty()),
        collection,
        file,
        printed: source.printed.as_ref().and_then(|printed| printed.citation.as_deref()),
        form: source.form.as_deref(),
        extent: source.extent.as_deref(),
        classification: source.classification.as_deref(),
        handling: source.handling.iter().map(|word| &**word).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::push_cell;

    #[test]
    fn cells_are_quoted_and_run_nothing() {
        let cell = |text: &str| {
            let mut csv = String::new();
            push_cell(&mut csv, text);
            csv
        };
        assert_eq!(cell("plain"), "plain");
        assert_eq!(cell("a, \"b\"\nc"), "\"a, \"\"b\"\"\nc\"");
        assert_eq!(cell("=1+1"), "'=1+1");
        assert_eq!(cell("-a, b"), "\"'-a, b\"");
        assert_eq!(cell("1963-02-18"), "1963-02-18");
    }
}
