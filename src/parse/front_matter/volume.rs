//! Front matter of a volume, and the settings of markup that a volume shares with site.yaml.

use super::parts::{self, POSITIONS};
use super::reader::{Fields, Reader, name_of};
use super::{SORTS, shared};
use crate::diag::Code;
use crate::model::document::Kind;
use crate::model::markup::{
    NoteAuthor, NoteNumbering, NoteSeriesRule, Pagination, Pattern, Scope, Sequence, Sign, Signs,
};
use crate::model::volume::VolumeMatter;
use crate::yaml::{Node, Step};

/// Reads the `_index.md` of a volume or of the edition.
pub fn volume(reader: &mut Reader, node: &Node) -> VolumeMatter {
    let mut fields = Fields::of(reader, node, &[]);
    let is_volume = fields.choice(reader, "kind", &[("volume", true), ("section", false)]).unwrap_or(false);
    let mut page = shared(reader, &mut fields);
    page.kind = Kind::Section;
    let covers_path = fields.path("covers");
    let volume = VolumeMatter {
        series: fields.text(reader, "series"),
        subseries: fields.text(reader, "subseries"),
        volume_number: fields.text(reader, "volume_number"),
        editors: std::mem::take(&mut page.editors),
        publisher: fields.text(reader, "publisher"),
        place: fields.text(reader, "place"),
        published: fields.text(reader, "published"),
        covers: fields.node("covers").and_then(|node| parts::edtf(reader, node, &covers_path)),
        paginations: paginations(reader, &mut fields),
        note_series: note_series(reader, &mut fields),
        note_numbering: fields
            .choice(reader, "note_numbering", &[("printed", NoteNumbering::Printed), ("auto", NoteNumbering::Auto)])
            .unwrap_or_default(),
        signs: fields.has("signs").then(|| signs(reader, &mut fields)),
        patterns: patterns(reader, &mut fields),
        source_position: fields.choice(reader, "source_position", POSITIONS).unwrap_or_default(),
        sort: fields.choice(reader, "sort", SORTS).unwrap_or_default(),
        order: fields.printed_list(reader, "order"),
        is_volume,
        page,
    };
    fields.finish(reader);
    volume
}

/// `paginations`.
pub fn paginations(reader: &mut Reader, fields: &mut Fields<'_>) -> Vec<Pagination> {
    let list = fields.list(reader, "paginations", |reader, node, path| {
        let pagination = pagination(reader, node, path)?;
        let id = matches!(node, Node::Map(_)).then(|| Step::Key("id".to_owned()));
        Some((pagination, path.iter().cloned().chain(id).collect::<Vec<Step>>()))
    });
    for (at, later) in list.iter().enumerate() {
        if list[..at].iter().any(|(earlier, _)| earlier.id == later.0.id) {
            let message = format!("two paginations are called `{}`", later.0.id);
            reader.report(Code::ID_DUPLICATE, &later.1, message, "give each its own id");
        }
    }
    list.into_iter().map(|(pagination, _)| pagination).collect()
}

fn pagination(reader: &mut Reader, node: &Node, path: &[Step]) -> Option<Pagination> {
    if let Node::Scalar(id) = node {
        return Some(Pagination { id: id.clone(), ..Pagination::plain() });
    }
    let mut fields = Fields::of(reader, node, path);
    let id = fields.text(reader, "id");
    let marker = fields.text(reader, "marker");
    let label = fields.text(reader, "label").unwrap_or_else(|| Pagination::plain().label);
    let scope = fields.choice(reader, "scope", &[("volume", Scope::Volume), ("document", Scope::Document)]);
    let sequence = fields.choice(reader, "sequence", &[("ascending", Sequence::Ascending), ("free", Sequence::Free)]);
    let images = fields.text(reader, "images");
    if marker.as_ref().is_some_and(|marker| marker.matches("{n}").count() != 1) {
        let help = "write the printed words with {n} for the number: `marker: Typeset Page {n}`";
        reader.report(Code::WRONG_VALUE, &fields.path("marker"), "a marker must hold `{n}` once", help);
    }
    let path_of_id = fields.path("id");
    if fields.lacks(&["id"]) && matches!(node, Node::Map(_)) {
        let help = "write `id: print`, a short name for its anchors";
        reader.report(Code::KEY_MISSING, path, format!("`{}` has no `id`", name_of(path)), help);
    }
    fields.finish(reader);
    match &id {
        Some(id) if !is_plain_id(id) => {
            let help = "use letters, digits and hyphens, beginning with a letter";
            reader.report(Code::ID_MALFORMED, &path_of_id, format!("`{id}` is no id for a pagination"), help);
        }
        _ => {}
    }
    let (scope, sequence) = (scope.unwrap_or_default(), sequence.unwrap_or_default());
    id.map(|id| Pagination { id, label, marker, scope, sequence, images })
}

fn is_plain_id(id: &str) -> bool {
    id.starts_with(|c: char| c.is_ascii_alphabetic())
        && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && !matches!(id, "fn" | "fnref" | "p" | "source")
}

/// `note_series`: prefix and what it means.
pub fn note_series(reader: &mut Reader, fields: &mut Fields<'_>) -> Vec<NoteSeriesRule> {
    let authors = [("author", NoteAuthor::Author), ("editor", NoteAuthor::Editor)];
    let mut series = Vec::new();
    for (prefix, node, path) in fields.entries(reader, "note_series") {
        let prefix = prefix.to_lowercase();
        if !prefix.bytes().all(|byte| byte.is_ascii_alphabetic()) {
            let help = "a prefix is letters only, such as `o` for `[^o1]`";
            reader.report_key(Code::WRONG_VALUE, &path, format!("`{prefix}` is no prefix of note labels"), help);
            continue;
        }
        if let Node::Scalar(title) = node {
            series.push(NoteSeriesRule { prefix, title: Some(title.clone()), by: NoteAuthor::Editor });
            continue;
        }
        let mut fields = Fields::of(reader, node, &path);
        let title = fields.text(reader, "title");
        let by = fields.choice(reader, "by", &authors).unwrap_or_default();
        fields.finish(reader);
        series.push(NoteSeriesRule { prefix, title, by });
    }
    series
}

/// `patterns`: printed phrases with a class.
pub fn patterns(reader: &mut Reader, fields: &mut Fields<'_>) -> Vec<Pattern> {
    fields.list(reader, "patterns", |reader, node, path| {
        let mut fields = Fields::of(reader, node, path);
        let phrase = fields.text(reader, "match");
        let class = fields.text(reader, "class");
        let reason = fields.text(reader, "reason");
        for (key, help) in [("match", "write `match: not declassified`"), ("class", "write `class: excision`")] {
            if fields.lacks(&[key]) && matches!(node, Node::Map(_)) {
                reader.report(Code::KEY_MISSING, path, format!("`{}` has no `{key}`", name_of(path)), help);
            }
        }
        fields.finish(reader);
        Some(Pattern { phrase: phrase?, class: class?, reason })
    })
}

/// `signs`: how supplied, unclear, gap and page marks print; `…` stands for the words.
pub fn signs(reader: &mut Reader, fields: &mut Fields<'_>) -> Signs {
    let path = fields.path("signs");
    let mut signs = Signs::default();
    let Some(node) = fields.node("signs") else { return signs };
    let mut fields = Fields::of(reader, node, &path);
    for (key, sign) in [
        ("supplied", &mut signs.supplied),
        ("unclear", &mut signs.unclear),
        ("gap", &mut signs.gap),
        ("page", &mut signs.page),
    ] {
        let Some(pattern) = fields.text(reader, key) else { continue };
        match pattern.split_once('…') {
            Some((before, after)) => *sign = Sign { before: before.to_owned(), after: after.to_owned() },
            None => {
                let help = "write the sign around `…`: `supplied: \"[…]\"`, `unclear: \"[…?]\"`";
                reader.report(
                    Code::WRONG_VALUE,
                    &fields.path(key),
                    format!("`{pattern}` does not say where the words stand"),
                    help,
                );
            }
        }
    }
    fields.finish(reader);
    signs
}
