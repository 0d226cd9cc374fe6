//! The values that keys of front matter share: dates, names, sources, rights.

use super::reader::{Fields, Reader, name_of};
use crate::diag::Code;
use crate::model::body::Span;
use crate::model::date::Edtf;
use crate::model::document::{
    Basis, Certainty, DateField, DocumentDate, Editor, Party, Printed, Printing, Rights, Source, SourcePosition,
    Sources,
};
use crate::model::issue::{At, Issue};
use crate::parse::date;
use crate::yaml::{Node, Step};

const BASES: &[(&str, Basis)] = &[
    ("stated", Basis::Stated),
    ("internal", Basis::Internal),
    ("external", Basis::External),
    ("conjecture", Basis::Conjecture),
];

const CERTAINTIES: &[(&str, Certainty)] =
    &[("high", Certainty::High), ("medium", Certainty::Medium), ("low", Certainty::Low)];

/// Positions of a source note.
pub const POSITIONS: &[(&str, SourcePosition)] =
    &[("title", SourcePosition::Title), ("head", SourcePosition::Head), ("end", SourcePosition::End)];

/// An EDTF date in a single value.
pub fn edtf(reader: &mut Reader, node: &Node, path: &[Step]) -> Option<Edtf> {
    let Node::Scalar(text) = node else {
        reader.wrong_type(path, node, "a date in EDTF, such as 1963-02-18");
        return None;
    };
    date::parse(text)
        .map_err(|error| {
            let at = At { field: reader.field(path), span: Span::new(error.at) };
            let message = format!("`{text}` is no EDTF date: {}", error.message);
            reader.issues.push(Issue::new(Code::DATE_MALFORMED, at, message).help(error.help));
        })
        .ok()
}

/// `date`: a string, a map, or `none`.
pub fn date_field(reader: &mut Reader, fields: &mut Fields<'_>, key: &'static str) -> DateField {
    let path = fields.path(key);
    match fields.node(key) {
        None => DateField::Missing,
        Some(Node::Scalar(text)) if text == "none" => DateField::Undated,
        Some(node @ Node::Scalar(_)) => edtf(reader, node, &path).map_or(DateField::Undated, |edtf| {
            let plain =
                DocumentDate { edtf, display: None, basis: Basis::Stated, cert: None, reason: None, calendar: None };
            DateField::Dated(plain)
        }),
        Some(node @ Node::Map(_)) => date_map(reader, node, &path),
        Some(node) => {
            reader.wrong_type(&path, node, "a date in EDTF, such as 1963-02-18");
            DateField::Undated
        }
    }
}

fn date_map(reader: &mut Reader, node: &Node, path: &[Step]) -> DateField {
    let mut fields = Fields::of(reader, node, path);
    let edtf_path = fields.path("edtf");
    let edtf = fields.node("edtf").and_then(|node| edtf(reader, node, &edtf_path));
    let display = fields.text(reader, "display");
    let basis = fields.choice(reader, "basis", BASES).unwrap_or_default();
    let cert = fields.choice(reader, "cert", CERTAINTIES);
    let reason = fields.printed(reader, "reason");
    let calendar = fields.text(reader, "calendar");
    if fields.lacks(&["edtf"]) {
        let help = "write `edtf: 1963-02-18`, or `date: none` for an undated document";
        reader.report(Code::KEY_MISSING, path, format!("`{}` has no `edtf`", name_of(path)), help);
    }
    fields.finish(reader);
    // A date that cannot be read is reported once, and not as missing too.
    edtf.map_or(DateField::Undated, |edtf| {
        DateField::Dated(DocumentDate { edtf, display, basis, cert, reason, calendar })
    })
}

/// A name: a string, or a map with `name` and `ref`.
pub fn party(reader: &mut Reader, node: &Node, path: &[Step]) -> Option<Party> {
    if let Node::Scalar(name) = node {
        return Some(Party { name: name.clone(), ..Party::default() });
    }
    if !matches!(node, Node::Map(_)) {
        reader.wrong_type(path, node, "a name, or `name` with `ref`, `role` …");
        return None;
    }
    let mut fields = Fields::of(reader, node, path);
    let name = fields.text(reader, "name");
    let party = Party {
        reference: fields.printed(reader, "ref"),
        kind: fields
            .choice(reader, "type", &[("person", "person"), ("org", "org"), ("group", "group")])
            .map(String::from),
        role: fields.text(reader, "role"),
        named: fields.text(reader, "as"),
        basis: fields.choice(reader, "basis", BASES).unwrap_or_default(),
        cert: fields.choice(reader, "cert", CERTAINTIES),
        name: name.clone().unwrap_or_default(),
    };
    if fields.lacks(&["name"]) {
        let message = format!("`{}` has no `name`", name_of(path));
        reader.report(Code::KEY_MISSING, path, message, "write `name:` with the name as the edition gives it");
    }
    fields.finish(reader);
    name.map(|_| party)
}

/// A list of names.
pub fn parties(reader: &mut Reader, fields: &mut Fields<'_>, key: &'static str) -> Vec<Party> {
    let parties = fields.list(reader, key, party);
    split_name(reader, fields, key, &parties);
    parties
}

/// `from: [Lay, James S.]` names two people where one is meant.
fn split_name(reader: &mut Reader, fields: &Fields<'_>, key: &'static str, parties: &[Party]) {
    let plain = |party: &Party| party.reference.is_none() && party.role.is_none();
    let [first, second] = parties else { return };
    let initials = second.name.contains('.') || second.name.split(' ').count() == 1;
    let given = second.name.split(' ').all(|word| word.ends_with('.') || word.chars().count() > 1);
    if plain(first) && plain(second) && !first.name.contains(' ') && initials && given && second.name.ends_with('.') {
        let message = format!("`{}` and `{}` are two people here", first.name, second.name);
        let help = format!("for one person write `- \"{}, {}\"` on a line of its own", first.name, second.name);
        reader.report(Code::NAME_SPLIT, &fields.path(key), message, help);
    }
}

/// One name under a key.
pub fn one_party(reader: &mut Reader, fields: &mut Fields<'_>, key: &'static str) -> Option<Party> {
    let path = fields.path(key);
    fields.node(key).and_then(|node| party(reader, node, &path))
}

/// `rights`: a licence, or a map.
pub fn rights(reader: &mut Reader, fields: &mut Fields<'_>) -> Option<Rights> {
    let path = fields.path("rights");
    match fields.node("rights")? {
        Node::Scalar(licence) => Some(Rights { licence: Some(licence.clone()), ..Rights::default() }),
        node => {
            let mut fields = Fields::of(reader, node, &path);
            let rights = Rights {
                licence: fields.text(reader, "licence"),
                holder: fields.text(reader, "holder"),
                note: fields.printed(reader, "note"),
            };
            fields.finish(reader);
            Some(rights)
        }
    }
}

/// `editors`: names, or maps.
pub fn editors(reader: &mut Reader, fields: &mut Fields<'_>) -> Vec<Editor> {
    fields.list(reader, "editors", |reader, node, path| match node {
        Node::Scalar(name) => Some(Editor { name: name.clone(), ..Editor::default() }),
        _ => {
            let mut fields = Fields::of(reader, node, path);
            let name = fields.text(reader, "name");
            let editor = Editor {
                role: fields.text(reader, "role"),
                orcid: fields.text(reader, "orcid").map(|orcid| bare_orcid(&orcid)),
                name: name.clone().unwrap_or_default(),
            };
            if fields.lacks(&["name"]) {
                reader.report(Code::KEY_MISSING, path, format!("`{}` has no `name`", name_of(path)), "write `name:`");
            }
            fields.finish(reader);
            name.map(|_| editor)
        }
    })
}

fn bare_orcid(orcid: &str) -> String {
    orcid.rsplit('/').next().unwrap_or(orcid).to_owned()
}

/// A printing: `citation` or `ref`, with pages.
pub fn printing(reader: &mut Reader, node: &Node, path: &[Step]) -> Option<Printing> {
    if let Node::Scalar(text) = node {
        let citation = Some(Printed { text: text.clone(), field: reader.field(path) });
        return Some(Printing { citation, ..Printing::default() });
    }
    let mut fields = Fields::of(reader, node, path);
    let printing = Printing {
        citation: fields.printed(reader, "citation"),
        reference: fields.printed(reader, "ref"),
        pages: fields.text(reader, "pages"),
        url: fields.text(reader, "url"),
    };
    if fields.lacks(&["citation", "ref"]) {
        let message = format!("`{}` has neither `citation` nor `ref`", name_of(path));
        reader.report(Code::KEY_MISSING, path, message, "write `citation:` with the printed work, or `ref: bib:…`");
    }
    fields.finish(reader);
    (printing.citation.is_some() || printing.reference.is_some()).then_some(printing)
}

/// `source`: the printed note, a map, a list of maps, or `none`.
pub fn sources(reader: &mut Reader, fields: &mut Fields<'_>) -> Sources {
    let path = fields.path("source");
    match fields.node("source") {
        None => Sources::Missing,
        Some(Node::Scalar(text)) if text == "none" => Sources::None,
        _ => {
            let list = fields.list(reader, "source", source);
            if list.is_empty() { Sources::Missing } else { check_base(reader, &path, list) }
        }
    }
}

fn check_base(reader: &mut Reader, path: &[Step], list: Vec<Source>) -> Sources {
    if list.iter().filter(|source| source.base).count() > 1 {
        let message = "more than one source says `base: true`";
        reader.report(
            Code::WRONG_VALUE,
            path,
            message,
            "one witness is the base text: keep it there, remove it elsewhere",
        );
    }
    Sources::Witnesses(list)
}

fn source(reader: &mut Reader, node: &Node, path: &[Step]) -> Option<Source> {
    if let Node::Scalar(text) = node {
        let note = Some(Printed { text: text.clone(), field: reader.field(path) });
        return Some(Source { note, ..Source::default() });
    }
    if !matches!(node, Node::Map(_)) {
        reader.wrong_type(path, node, "the printed note, keys, or `none`");
        return None;
    }
    let mut fields = Fields::of(reader, node, path);
    let printed_path = fields.path("printed");
    let printed = fields.node("printed").and_then(|node| printing(reader, node, &printed_path));
    let marker = fields.printed(reader, "marker");
    let source = Source {
        note: fields.printed(reader, "note"),
        description: fields.printed(reader, "description"),
        marker_field: marker.as_ref().map_or(0, |marker| marker.field),
        marker: marker.map(|marker| marker.text),
        position: fields.choice(reader, "position", POSITIONS),
        repository: fields.printed(reader, "repository"),
        place: fields.text(reader, "place"),
        record_group: fields.text(reader, "record_group"),
        collection: fields.texts(reader, "collection"),
        series: fields.text(reader, "series"),
        lot: fields.text(reader, "lot"),
        box_: fields.text(reader, "box"),
        folder: fields.text(reader, "folder"),
        file: fields.text(reader, "file"),
        shelfmark: fields.text(reader, "shelfmark"),
        url: fields.text(reader, "url"),
        form: fields.text(reader, "form"),
        siglum: fields.text(reader, "siglum"),
        extent: fields.printed(reader, "extent"),
        classification: fields.text(reader, "classification"),
        handling: fields.texts(reader, "handling"),
        printed,
        base: fields.flag(reader, "base"),
    };
    if fields.lacks(&["note", "repository", "printed"]) {
        let message = format!("`{}` has no `note`, `repository` or `printed`", name_of(path));
        let help =
            "say where the document lies: `note:` with the printed source note, or `repository:`; or `source: none`";
        reader.report(Code::KEY_MISSING, path, message, help);
    }
    fields.finish(reader);
    Some(source)
}
