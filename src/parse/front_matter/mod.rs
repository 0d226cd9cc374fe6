//! Front matter: splitting it from the text, and turning its keys into values.

#[cfg(test)]
#[path = "tests/agreement.rs"]
mod agreement;
pub mod doubts;
pub mod parts;
pub mod reader;
mod volume;

pub use volume::{note_series, paginations, patterns, signs, volume};

use crate::diag::Code;
use crate::model::document::{
    Attachment, Correspondence, Facsimile, FrontMatter, Hand, Ignored, Kind, Matter, Printed, Received, Rel, Related,
    Revision, Sort, Status, TranslatedFrom,
};
use crate::yaml::{Node, Step};
use parts::{date_field, editors, one_party, parties, printing, rights, sources};
use reader::{Fields, Reader, choose, name_of};

/// A text cut at its front matter. Offsets are bytes of the whole text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Split<'s> {
    /// YAML between the two lines of `---`.
    pub yaml: &'s str,
    /// Where it begins.
    pub yaml_at: usize,
    /// What follows.
    pub body: &'s str,
    /// Where it begins.
    pub body_at: usize,
}

/// Why a text has no front matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoFrontMatter {
    /// The first line is not `---`.
    Absent,
    /// No second line `---` follows.
    Unclosed,
}

/// Cuts a text at its front matter: a first line `---`, YAML, a line `---` or `...`. A byte order mark may stand first.
///
/// # Errors
/// Says whether the front matter is absent or not closed.
pub fn split(text: &str) -> Result<Split<'_>, NoFrontMatter> {
    let mark = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let first = text[mark..].find('\n').map_or(text.len(), |end| mark + end + 1);
    if text[mark..first].trim_end() != "---" {
        return Err(NoFrontMatter::Absent);
    }
    let mut at = first;
    while at < text.len() {
        let next = text[at..].find('\n').map_or(text.len(), |end| at + end + 1);
        if matches!(text[at..next].trim_end(), "---" | "...") {
            return Ok(Split { yaml: &text[first..at], yaml_at: first, body: &text[next..], body_at: next });
        }
        at = next;
    }
    Err(NoFrontMatter::Unclosed)
}

const KINDS: &[(&str, Kind)] = &[
    ("document", Kind::Document),
    ("editorial-note", Kind::EditorialNote),
    ("withheld", Kind::Withheld),
    ("calendar", Kind::Calendar),
    ("not-found", Kind::NotFound),
    ("section", Kind::Section),
];

/// How siblings are ordered.
pub const SORTS: &[(&str, Sort)] = &[("number", Sort::Number), ("date", Sort::Date), ("name", Sort::Name)];

/// Reads the front matter of a document, or of a section (`index` for the `_index.md` of a folder).
pub fn document(reader: &mut Reader, node: &Node, index: bool) -> FrontMatter {
    let mut fields = Fields::of(reader, node, &[]);
    let mut front = common(reader, &mut fields, index);
    if index || front.kind == Kind::Section {
        section(reader, &mut fields, &mut front);
    }
    fields.finish(reader);
    front
}

/// Keys that only sections have.
fn section(reader: &mut Reader, fields: &mut Fields<'_>, front: &mut FrontMatter) {
    let matters = [("front", Matter::Front), ("body", Matter::Body), ("back", Matter::Back)];
    front.matter = fields.choice(reader, "matter", &matters);
    front.sort = fields.choice(reader, "sort", SORTS);
    front.order = fields.printed_list(reader, "order");
}

/// Keys that a document, a section and a volume share.
fn shared(reader: &mut Reader, fields: &mut Fields<'_>) -> FrontMatter {
    let statuses = [("published", Status::Published), ("draft", Status::Draft)];
    FrontMatter {
        id: fields.printed(reader, "id"),
        title: fields.printed(reader, "title"),
        short_title: fields.printed(reader, "short_title"),
        lang: language(reader, fields),
        summary: fields.printed(reader, "summary"),
        aliases: fields.printed_list(reader, "aliases"),
        anchor_aliases: fields.pairs(reader, "anchor_aliases"),
        changed: changed(reader, fields),
        topics: fields.texts(reader, "topics"),
        identifiers: fields.texts(reader, "identifiers"),
        editors: editors(reader, fields),
        status: fields.choice(reader, "status", &statuses).unwrap_or_default(),
        rights: rights(reader, fields),
        ignore: fields.list(reader, "ignore", ignored),
        extra: doubts::extra(reader, fields),
        ..FrontMatter::default()
    }
}

/// Keys that a document and a section share.
fn common(reader: &mut Reader, fields: &mut Fields<'_>, index: bool) -> FrontMatter {
    let default = if index { Kind::Section } else { Kind::Document };
    FrontMatter {
        number: fields.text(reader, "number"),
        number_supplied: fields.flag(reader, "number_supplied"),
        kind: kind(reader, fields).unwrap_or(default),
        genre: fields.text(reader, "genre"),
        date: date_field(reader, fields, "date"),
        place: one_party(reader, fields, "place"),
        from: parties(reader, fields, "from"),
        to: parties(reader, fields, "to"),
        participants: fields.has("participants").then(|| parties(reader, fields, "participants")),
        received: received(reader, fields),
        source: sources(reader, fields),
        evidence: fields.printed(reader, "evidence"),
        printed_in: fields.list(reader, "printed_in", printing),
        attachments: attachments(reader, fields),
        begins_on: fields.pairs(reader, "begins_on"),
        facsimiles: fields.list(reader, "facsimiles", facsimile),
        markers: fields.pairs(reader, "markers"),
        hands: hands(reader, fields),
        correspondence: fields.list(reader, "correspondence", correspondence),
        related: fields.list(reader, "related", related),
        translated_from: translated_from(reader, fields),
        revisions: fields.list(reader, "revisions", revision),
        ..shared(reader, fields)
    }
}

/// `kind`, with a word on the two values that are most often written by mistake.
fn kind(reader: &mut Reader, fields: &mut Fields<'_>) -> Option<Kind> {
    let path = fields.path("kind");
    let Some(node @ Node::Scalar(word)) = fields.node("kind") else { return fields.choice(reader, "kind", KINDS) };
    let words: Vec<&str> = KINDS.iter().map(|(name, _)| *name).collect();
    if word == "volume" {
        let message = "a volume cannot lie here, only directly in content/";
        let help = "for a section leave `kind:` out; if the edition has several volumes, take `kind: volume` out of content/_index.md";
        reader.report(Code::WRONG_VALUE, &path, message, help);
        return None;
    }
    if words.contains(&word.as_str()) || crate::diag::nearest::nearest(word, words.iter().copied()).is_some() {
        return choose(reader, &path, node, KINDS);
    }
    let help = format!("write one of: {}; for a word such as letter or telegram write `genre:`", words.join(", "));
    reader.report(Code::WRONG_VALUE, &path, format!("`kind` cannot be `{word}`"), help);
    None
}

/// A language tag of the usual form (BCP 47): subtags of letters and digits between hyphens.
fn language(reader: &mut Reader, fields: &mut Fields<'_>) -> Option<String> {
    let tag = fields.text(reader, "lang")?;
    if is_language(&tag) {
        return Some(tag);
    }
    let help = "write a tag such as `en`, `de-AT` or `ru`";
    reader.report(Code::WRONG_VALUE, &fields.path("lang"), format!("`{tag}` is no language tag (BCP 47)"), help);
    None
}

/// Whether a word has the form of a BCP 47 tag.
pub fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let primary = parts.next().unwrap_or("");
    (2..=3).contains(&primary.len())
        && primary.bytes().all(|byte| byte.is_ascii_alphabetic())
        && parts.all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

fn changed(reader: &mut Reader, fields: &mut Fields<'_>) -> Option<String> {
    let path = fields.path("changed");
    let node = fields.node("changed")?;
    let date = parts::edtf(reader, node, &path)?;
    let exact = date.earliest().is_some() && date.earliest() == date.latest();
    if !exact {
        reader.report(Code::WRONG_VALUE, &path, "`changed` must be one day", "write it as 2026-11-23");
        return None;
    }
    let Node::Scalar(text) = node else { return None };
    Some(text.chars().take("2026-11-23".len()).collect())
}

fn received(reader: &mut Reader, fields: &mut Fields<'_>) -> Option<Received> {
    let path = fields.path("received");
    let node = fields.node("received")?;
    let mut fields = Fields::of(reader, node, &path);
    let received = Received {
        date: date_field(reader, &mut fields, "date"),
        place: one_party(reader, &mut fields, "place"),
        by: one_party(reader, &mut fields, "by"),
    };
    fields.finish(reader);
    Some(received)
}

fn attachments(reader: &mut Reader, fields: &mut Fields<'_>) -> Vec<Attachment> {
    let absences = [("not-printed", "not-printed"), ("not-found", "not-found"), ("withheld", "withheld")];
    let mut attachments = Vec::new();
    for (id, node, path) in fields.entries(reader, "attachments") {
        let mut fields = Fields::of(reader, node, &path);
        attachments.push(Attachment {
            id: id.to_owned(),
            title: fields.printed(reader, "title"),
            label: fields.text(reader, "label"),
            genre: fields.text(reader, "genre"),
            // One that cannot be read is reported once; a text is not asked for then.
            absence: fields.choice(reader, "kind", &absences).or_else(|| fields.has("kind").then_some("not-printed")),
            date: date_field(reader, &mut fields, "date"),
            place: one_party(reader, &mut fields, "place"),
            from: parties(reader, &mut fields, "from"),
            to: parties(reader, &mut fields, "to"),
            source: sources(reader, &mut fields),
            lang: language(reader, &mut fields),
            extent: fields.text(reader, "extent"),
            field: reader.field(&path),
        });
        fields.finish(reader);
    }
    attachments
}

fn facsimile(reader: &mut Reader, node: &Node, path: &[Step]) -> Option<Facsimile> {
    let mut fields = Fields::of(reader, node, path);
    let image = fields.printed(reader, "image");
    let facsimile = Facsimile {
        pagination: fields.printed(reader, "pagination").unwrap_or_default(),
        page: fields.text(reader, "page"),
        image: image.clone().unwrap_or_default(),
        credit: fields.text(reader, "credit"),
    };
    if fields.lacks(&["image"]) {
        let message = format!("`{}` has no `image`", name_of(path));
        reader.report(Code::KEY_MISSING, path, message, "write `image:` with a file under static/ or an address");
    }
    fields.finish(reader);
    image.map(|_| facsimile)
}

fn hands(reader: &mut Reader, fields: &mut Fields<'_>) -> Vec<Hand> {
    let mut hands = Vec::new();
    for (key, node, path) in fields.entries(reader, "hands") {
        let key = key.to_owned();
        if let Node::Scalar(name) = node {
            hands.push(Hand { key, name: Some(name.clone()), ..Hand::default() });
            continue;
        }
        let mut fields = Fields::of(reader, node, &path);
        let name = fields.text(reader, "name");
        let reference = fields.printed(reader, "ref");
        hands.push(Hand { key, name, reference, medium: fields.text(reader, "medium") });
        fields.finish(reader);
    }
    hands
}

fn correspondence(reader: &mut Reader, node: &Node, path: &[Step]) -> Option<Correspondence> {
    if let Node::Scalar(id) = node {
        return Some(Correspondence { id: id.clone(), ..Correspondence::default() });
    }
    let mut fields = Fields::of(reader, node, path);
    let id = fields.text(reader, "id");
    let previous = fields.printed(reader, "previous");
    let next = fields.printed(reader, "next");
    if fields.lacks(&["id"]) {
        let message = format!("`{}` has no `id`", name_of(path));
        reader.report(Code::KEY_MISSING, path, message, "name the correspondence: `id:`");
    }
    fields.finish(reader);
    id.map(|id| Correspondence { id, previous, next })
}

/// Relations that an editor may state.
fn related(reader: &mut Reader, node: &Node, path: &[Step]) -> Option<Related> {
    let mut fields = Fields::of(reader, node, path);
    let rel = fields.choice(reader, "rel", &Rel::ALL);
    let target = fields.printed(reader, "target");
    let label = fields.printed(reader, "label");
    let lacks_both = fields.lacks(&["target", "label"]);
    if fields.lacks(&["rel"]) {
        let help = "write `rel: see`, `encloses`, `reply-to`, `version-of` or `translation-of`";
        reader.report(Code::KEY_MISSING, path, format!("`{}` has no `rel`", name_of(path)), help);
    }
    fields.finish(reader);
    if lacks_both {
        let message = format!("`{}` has neither `target` nor `label`", name_of(path));
        reader.report(
            Code::KEY_MISSING,
            path,
            message,
            "write `target: doc:d12`, or `label:` where there is nothing to link to",
        );
        return None;
    }
    rel.map(|rel| Related { rel, target, label })
}

fn translated_from(reader: &mut Reader, fields: &mut Fields<'_>) -> Option<TranslatedFrom> {
    let path = fields.path("translated_from");
    let node = fields.node("translated_from")?;
    let mut fields = Fields::of(reader, node, &path);
    let translated = TranslatedFrom {
        lang: language(reader, &mut fields),
        target: fields.printed(reader, "target"),
        label: fields.text(reader, "label"),
        by: fields.text(reader, "by"),
    };
    fields.finish(reader);
    Some(translated)
}

fn revision(reader: &mut Reader, node: &Node, path: &[Step]) -> Option<Revision> {
    let steps = [("transcribed", "transcribed"), ("collated", "collated"), ("vetted", "vetted")];
    let mut fields = Fields::of(reader, node, path);
    let date = fields.text(reader, "date");
    let by = fields.text(reader, "by");
    let what = fields.choice(reader, "what", &steps);
    let note = fields.text(reader, "note");
    if fields.lacks(&["what"]) {
        let message = format!("`{}` has no `what`", name_of(path));
        reader.report(Code::KEY_MISSING, path, message, "write `what: transcribed`, `collated` or `vetted`");
    }
    fields.finish(reader);
    what.map(|what| Revision { date, by, what, note })
}

fn ignored(reader: &mut Reader, node: &Node, path: &[Step]) -> Option<Ignored> {
    let mut code_path = path.to_vec();
    let (code, because, no_reason) = match node {
        Node::Scalar(code) => (Some(Printed { text: code.clone(), field: reader.field(path) }), None, true),
        _ => {
            code_path.push(Step::Key("code".to_owned()));
            let mut fields = Fields::of(reader, node, path);
            let code = fields.printed(reader, "code");
            let because = fields.text(reader, "because");
            if fields.lacks(&["code"]) && matches!(node, Node::Map(_)) {
                let message = format!("`{}` has no `code`", name_of(path));
                let help = "write `code:` with the name of the rule and `because:` with the reason";
                reader.report(Code::KEY_MISSING, path, message, help);
            }
            let no_reason = fields.lacks(&["because"]);
            fields.finish(reader);
            (code, because, no_reason)
        }
    };
    let code = code?;
    if Code::find(&code.text).is_none() {
        let near = crate::diag::nearest::nearest(&code.text, Code::all().map(Code::name));
        let help =
            near.map_or("`engross explain` lists all codes".to_owned(), |near| format!("did you mean `{near}`?"));
        reader.report(Code::CODE_UNKNOWN, &code_path, format!("no diagnostic is called `{}`", code.text), help);
    } else if Code::find(&code.text).is_some_and(Code::is_fixed) {
        let message = format!("`{}` cannot be accepted: without its mend something would be missing", code.text);
        reader.report(Code::WRONG_VALUE, &code_path, message, "mend what it is about, and take the line away");
    } else if no_reason {
        let help = "add the reason: `because: the page is missing in the original`";
        let message = format!("`{}` is ignored without a reason", code.text);
        reader.report(Code::IGNORE_WITHOUT_REASON, &code_path, message, help);
    }
    Some(Ignored { code, because })
}
