//! What a TEI volume holds, counted from the tree alone: the importer's own walk is held against it.

use super::excisions;
use super::index::pagination;
use crate::import::report::Report;
use crate::import::xml::{self, Node};

/// Counts a volume's text.
pub fn count(text: Node<'_>, report: &mut Report) {
    // The order of the table.
    for name in [
        "documents",
        "editorial_notes",
        "divisions",
        "notes",
        "notes_source",
        "notes_source_inline",
        "notes_summary",
        "notes_repeat",
        "notes_original",
        "notes_in_sections",
        "page_breaks",
        "page_breaks_in_documents",
        "facsimile_files",
        "attachments",
        "tables",
        "lists",
        "datelines",
        "dates",
        "signed",
        "persons",
        "terms",
        "person_links",
        "term_links",
        "references",
        "deletions",
        "excisions",
    ] {
        report.found(name, 0);
    }
    for node in text.descendants().filter(Node::is_element) {
        count_element(node, report);
    }
}

fn count_element(node: Node<'_>, report: &mut Report) {
    let name = xml::name(node);
    match name {
        "div" => count_division(node, report),
        "persName" if xml::id(node).is_some() => report.found("persons", 1),
        "term" if xml::id(node).is_some() => report.found("terms", 1),
        "pb" => {
            report.page_breaks.entry(pagination(node).to_owned()).or_default().found += 1;
            report.found("page_breaks", 1);
        }
        "hi" | "p" | "cell" | "row" | "item" | "lb" | "label" | "placeName" | "seg" | "head" => return,
        _ => {}
    }
    if !xml::ancestor_document(node) {
        if name == "note" {
            report.found("notes_in_sections", 1);
        }
        return;
    }
    match name {
        "note" => count_note(node, |name| report.found(name, 1)),
        "pb" => report.found("page_breaks_in_documents", 1),
        "file" => report.found("facsimile_files", 1),
        "attachment" => report.found("attachments", 1),
        "table" => report.found("tables", 1),
        "list" => report.found("lists", 1),
        "dateline" => report.found("datelines", 1),
        "date" => report.found("dates", 1),
        "signed" => report.found("signed", 1),
        "del" => report.found("deletions", 1),
        _ => {}
    }
    let linked =
        ["target", "corresp", "ref", "key"].iter().any(|key| xml::value(node, key).is_some_and(|v| !v.is_empty()));
    if linked {
        count_link(node, |name| report.found(name, 1));
    }
}

fn count_division(node: Node<'_>, report: &mut Report) {
    match xml::value(node, "type") {
        Some("document") => {
            report.found("documents", 1);
            report.found("excisions", excisions::count(&excisions::text_of(node)));
            if is_editorial(node) {
                report.found("editorial_notes", 1);
            }
        }
        _ if is_division(node) => report.found("divisions", 1),
        _ => {}
    }
}

/// Whether it is a division around documents.
pub fn is_division(node: Node<'_>) -> bool {
    xml::name(node) == "div" && matches!(xml::value(node, "type"), Some("compilation" | "chapter" | "subchapter"))
}

/// Whether a document is a note by the editors.
pub fn is_editorial(document: Node<'_>) -> bool {
    xml::value(document, "subtype") == Some("editorial-note")
        || xml::child(document, "head").is_some_and(|head| xml::words(head).to_lowercase().contains("editorial note"))
}

/// The kinds of a note in a document.
pub fn count_note(note: Node<'_>, mut add: impl FnMut(&'static str)) {
    add("notes");
    if xml::value(note, "rend") == Some("inline") {
        add("notes_source_inline");
    }
    match xml::value(note, "type") {
        Some("source") => add("notes_source"),
        Some("summary") => add("notes_summary"),
        _ => {}
    }
    if xml::value(note, "target").is_some() {
        add("notes_repeat");
    }
    if is_original(note) {
        add("notes_original");
    }
}

/// Whether the note says in brackets that it is of the document itself. Brackets that hold others say something else:
/// "[Here follows a footnote in the source text … [text not declassified].]".
pub fn is_original(note: Node<'_>) -> bool {
    let text = xml::words(note).to_lowercase();
    innermost_brackets(&text)
        .any(|remark| remark.contains("footnote") && (remark.contains("source text") || remark.contains("original")))
}

/// What stands in brackets that hold no others.
pub fn innermost_brackets(text: &str) -> impl Iterator<Item = &str> {
    let inside = text.split('[').skip(1);
    inside.filter_map(|after| after.split_once(']').map(|(inside, _)| inside))
}

/// The kind of a link in a document.
pub fn count_link(node: Node<'_>, mut add: impl FnMut(&'static str)) {
    if !xml::ancestor_document(node) {
        return;
    }
    match xml::name(node) {
        "persName" if xml::value(node, "corresp").is_some() => add("person_links"),
        "gloss" if xml::value(node, "target").is_some() => add("term_links"),
        "ref" => add("references"),
        _ => {}
    }
}
