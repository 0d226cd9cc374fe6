//! The outline of a document: the summary of its one full parse.

use super::census::{self, Census};
use super::texts::Texts;
use crate::diag::Code;
use crate::diag::nearest::nearest;
use crate::model::document::{Attachment, Correspondence, DateField, FrontMatter, Kind, Party, Printed, Rel, Sources};
use crate::model::images;
use crate::model::issue::{At, Issue};
use crate::model::markup::{Markup, Scope};
use crate::model::outline::{Ignore, ImageUse, LEGEND, LetterUse, Outline, PageUse, RelatedUse};
use crate::model::plain;
use crate::model::record::Record;

/// Every reference that front matter holds as data, with its place.
pub fn references(front: &FrontMatter, visit: &mut dyn FnMut(&Printed)) {
    let mut party = |party: &Party| party.reference.iter().for_each(&mut *visit);
    front.place.iter().chain(&front.from).chain(&front.to).for_each(&mut party);
    front.participants.iter().flatten().for_each(&mut party);
    if let Some(received) = &front.received {
        received.place.iter().chain(&received.by).for_each(&mut party);
    }
    for attachment in &front.attachments {
        attachment.place.iter().chain(&attachment.from).chain(&attachment.to).for_each(&mut party);
    }
    let attached = front.attachments.iter().flat_map(|attachment| attachment.source.witnesses());
    let printings = front.source.witnesses().iter().chain(attached).filter_map(|source| source.printed.as_ref());
    front.printed_in.iter().chain(printings).filter_map(|printing| printing.reference.as_ref()).for_each(&mut *visit);
    front.hands.iter().filter_map(|hand| hand.reference.as_ref()).for_each(&mut *visit);
    front.related.iter().filter_map(|related| related.target.as_ref()).for_each(&mut *visit);
    front.translated_from.iter().filter_map(|from| from.target.as_ref()).for_each(&mut *visit);
    let letters = front.correspondence.iter().flat_map(|letter| letter.previous.iter().chain(&letter.next));
    letters.for_each(visit);
}

/// Makes the outline of a document whose census has been taken.
pub fn outline(front: &FrontMatter, texts: &Texts<'_>, census: Census, markup: &Markup, lang: &str) -> Outline {
    let title = plain::text(&texts.title, &markup.signs);
    let html = plain::html(&texts.title, &markup.signs);
    let record = Record::of_document(front, summary(texts, markup), &|printed| plain_of(printed, texts, markup));
    let title = if title.is_empty() { record.composed_title(lang) } else { title };
    let images_of_breaks: Vec<_> = census.pages.iter().filter_map(|page| image_of_break(page, markup)).collect();
    let differs = front.title.is_some() && html != crate::model::html::Html::text(&title).0;
    Outline {
        id: front.id.as_ref().map(|id| id.text.as_str().into()),
        id_at: front.id.as_ref().map_or(At::FRONT, |id| id.field),
        number: boxed(&front.number),
        kind: front.kind,
        title_html: differs.then(|| html.into()),
        description: description(front, texts, markup).map(Into::into),
        short_title: front.short_title.as_ref().map(|short| short.text.as_str().into()),
        record,
        attachments: attachments(front, texts, markup, &census),
        status: front.status,
        changed: boxed(&front.changed),
        matter: front.matter,
        sort: front.sort,
        order: placed(&front.order),
        aliases: placed(&front.aliases),
        anchor_aliases: front
            .anchor_aliases
            .iter()
            .map(|(old, new)| (old.text.as_str().into(), new.as_str().into()))
            .collect(),
        links: census.links,
        pages: begins_on(front, markup).chain(census.pages).collect(),
        notes: census.notes.into_iter().map(Into::into).collect(),
        paragraphs: census.paragraphs,
        openings: census.openings,
        signs: LEGEND.iter().filter(|sign| census.signs.contains(*sign)).map(|sign| (*sign).into()).collect(),
        anchors: census.anchors.into_keys().map(Into::into).collect(),
        related: front.related.iter().filter_map(related).chain(original(front)).collect(),
        correspondences: front.correspondence.iter().map(letter).collect(),
        images: front.facsimiles.iter().map(image).chain(images_of_breaks).collect(),
        repositories: repositories(front),
        ignored: front.ignore.iter().filter_map(ignore).collect(),
        title: title.into(),
    }
}

/// The editors' abstract in one line.
fn summary(texts: &Texts<'_>, markup: &Markup) -> Option<Box<str>> {
    let text = plain::blocks_text(&texts.summary, &markup.signs);
    (!text.is_empty()).then(|| text.into())
}

/// A printed string as plain text.
fn plain_text(printed: &Printed, texts: &Texts<'_>, markup: &Markup) -> Box<str> {
    let inlines = texts.minor.iter().find(|(field, _)| *field == printed.field).map(|(_, inlines)| inlines);
    inlines.map_or_else(|| printed.text.clone(), |inlines| plain::text(inlines, &markup.signs)).into()
}

fn attachments(front: &FrontMatter, texts: &Texts<'_>, markup: &Markup, census: &Census) -> Vec<Record> {
    let record = |attachment: &Attachment| {
        let fenced = census.anchors.contains_key(&attachment.id);
        Record::of_attachment(attachment, fenced, &|printed| plain_text(printed, texts, markup))
    };
    front.attachments.iter().map(record).collect()
}

/// A printed string of front matter as plain text.
fn plain_of(printed: &Printed, texts: &Texts<'_>, markup: &Markup) -> Box<str> {
    let inlines = texts.minor.iter().find(|(field, _)| *field == printed.field).map(|(_, inlines)| inlines);
    inlines.map_or_else(|| printed.text.clone(), |inlines| plain::text(inlines, &markup.signs)).into()
}

fn boxed(text: &Option<String>) -> Option<Box<str>> {
    text.as_deref().map(Into::into)
}

fn placed(list: &[Printed]) -> Vec<(Box<str>, At)> {
    list.iter().map(|printed| (printed.text.as_str().into(), At::field(printed.field))).collect()
}

fn related(related: &crate::model::document::Related) -> Option<RelatedUse> {
    related.target.as_ref().map(|target| RelatedUse { rel: related.rel, target: target.text.as_str().into() })
}

/// The original of a translation, where it is in the edition.
fn original(front: &FrontMatter) -> Option<RelatedUse> {
    let target = front.translated_from.as_ref()?.target.as_ref()?;
    Some(RelatedUse { rel: Rel::TranslationOf, target: target.text.as_str().into() })
}

fn letter(letter: &Correspondence) -> LetterUse {
    let given = |target: &Option<Printed>| target.as_ref().map(|target| target.text.as_str().into());
    LetterUse { id: letter.id.as_str().into(), previous: given(&letter.previous), next: given(&letter.next) }
}

fn ignore(ignored: &crate::model::document::Ignored) -> Option<Ignore> {
    Code::find(&ignored.code.text).map(|code| Ignore { code, at: At::field(ignored.code.field) })
}

fn image(facsimile: &crate::model::document::Facsimile) -> ImageUse {
    ImageUse {
        image: facsimile.image.text.as_str().into(),
        pagination: facsimile.pagination.text.as_str().into(),
        page: facsimile.page.as_deref().map(Into::into),
        at: At::field(facsimile.image.field),
    }
}

/// The image of a page break, where its volume says how images are found.
fn image_of_break(page: &PageUse, markup: &Markup) -> Option<ImageUse> {
    let image = page.image.clone().filter(|image| images::leads(markup, &page.pagination, image))?;
    Some(ImageUse { image, pagination: page.pagination.clone(), page: None, at: page.at })
}

fn repositories(front: &FrontMatter) -> Vec<(Box<str>, At)> {
    let attached = front.attachments.iter().flat_map(|attachment| attachment.source.witnesses());
    let named = front.source.witnesses().iter().chain(attached).filter_map(|source| source.repository.as_ref());
    named.map(|repository| (repository.text.as_str().into(), At::field(repository.field))).collect()
}

fn begins_on<'a>(front: &'a FrontMatter, markup: &'a Markup) -> impl Iterator<Item = PageUse> + 'a {
    front.begins_on.iter().filter(|(pagination, _)| markup.pagination(&pagination.text).is_some()).map(
        |(pagination, page)| PageUse {
            pagination: pagination.text.as_str().into(),
            page: Some(page.as_str().into()),
            image: None,
            anchor: "".into(),
            at: At::field(pagination.field),
        },
    )
}

/// The summary, else the first words of the text, else the source note.
fn description(front: &FrontMatter, texts: &Texts<'_>, markup: &Markup) -> Option<String> {
    let signs = &markup.signs;
    let from_body = || {
        let blocks = texts.body.blocks.iter().take(12);
        let mut words = String::new();
        for block in blocks {
            let text = plain::blocks_text(std::slice::from_ref(block), signs);
            if !words.is_empty() && !text.is_empty() {
                words.push(' ');
            }
            words.push_str(&text);
            if words.len() > 400 {
                break;
            }
        }
        words
    };
    let from_source = || texts.sources.first().map_or(String::new(), |source| plain::blocks_text(&source.note, signs));
    let summary = plain::blocks_text(&texts.summary, signs);
    let text = if !summary.is_empty() || front.summary.is_some() { summary } else { from_body() };
    let text = if text.is_empty() { from_source() } else { text };
    (!text.is_empty()).then(|| plain::shorten(&text, 300))
}

/// Rules on front matter and text together.
pub fn check(
    front: &FrontMatter,
    texts: &Texts<'_>,
    outline: &Outline,
    markup: &Markup,
    title_required: bool,
) -> Vec<Issue> {
    let mut issues = Vec::new();
    check_required(front, outline, title_required, &mut issues);
    check_pages(front, markup, &mut issues);
    check_extent(front, outline, markup, &mut issues);
    check_text(front, texts, &mut issues);
    for (old, new) in front.anchor_aliases.iter().filter(|(_, new)| outline.own_anchor(new).is_none()) {
        let message = format!("the old anchor `#{}` leads to `#{new}`, which is not in this document", old.text);
        let help = "name an anchor that is there: notes are `fn-3`, paragraphs `p3`, pages `typeset-1609`";
        issues.push(Issue::new(Code::REFERENCE_BROKEN, At::field(old.field), message).help(help));
    }
    for (label, _) in &front.markers {
        if !outline.notes.iter().any(|note| **note == *label.text.to_lowercase()) {
            let message = format!("`markers` names note {}, which is nowhere defined", label.text);
            let help = format!("define it below the text: `[^{}]: …`, or take it out of `markers`", label.text);
            issues.push(Issue::new(Code::NOTE_UNDEFINED, At::field(label.field), message).help(help));
        }
    }
    issues
}

fn check_required(front: &FrontMatter, outline: &Outline, title_required: bool, issues: &mut Vec<Issue>) {
    let top = At::field(At::FRONT);
    let mut missing = |code, message: &str, help: &str| issues.push(Issue::new(code, top, message).help(help));
    let untitled = title_required || matches!(front.kind, Kind::Section | Kind::EditorialNote);
    if front.title.is_none() && untitled {
        let message = match front.kind {
            Kind::Section => "this page has no `title`".to_owned(),
            kind => format!("a page of kind `{}` has no `title`", kind.name()),
        };
        missing(Code::KEY_MISSING, &message, "write `title:`");
    } else if outline.title.is_empty() {
        missing(
            Code::KEY_MISSING,
            "the document has no `title`, and no `from`, `to` or `date` to make one from",
            "write `title:` as printed, without the number",
        );
    }
    let dated = matches!(front.kind, Kind::Document | Kind::Withheld | Kind::Calendar);
    if dated && front.date == DateField::Missing {
        missing(
            Code::DATE_MISSING,
            "the document has no date",
            "write `date: 1963-02-18` in EDTF, or `date: none` if it is undated",
        );
    }
    if dated && front.source == Sources::Missing {
        missing(
            Code::SOURCE_MISSING,
            "the document has no source",
            "write `source:` with its `note` or `repository`, or `source: none`",
        );
    }
    if front.kind == Kind::NotFound && front.evidence.is_none() {
        missing(
            Code::EVIDENCE_MISSING,
            "a document that was not found has no `evidence`",
            "say in `evidence:` how it is known",
        );
    }
}

/// Text below the front matter of a document that says it has none, and the other way round.
fn check_text(front: &FrontMatter, texts: &Texts<'_>, issues: &mut Vec<Issue>) {
    if front.kind == Kind::Document
        && texts.body.blocks.is_empty()
        && front.facsimiles.is_empty()
        && front.attachments.is_empty()
    {
        let help = "write the text below the front matter, or say `kind: calendar`, `withheld` or `not-found`";
        issues.push(Issue::new(Code::TEXT_MISSING, At::field(At::FRONT), "the document has no text").help(help));
    }
}

fn check_pages(front: &FrontMatter, markup: &Markup, issues: &mut Vec<Issue>) {
    let facsimiles = front.facsimiles.iter().map(|page| (page.pagination.text.as_str(), page.pagination.field));
    let begins = front.begins_on.iter().map(|(pagination, _)| (pagination.text.as_str(), pagination.field));
    for (id, field) in facsimiles.chain(begins).filter(|(id, _)| !id.is_empty()) {
        if markup.pagination(id).is_none() {
            let known = markup.paginations.iter().map(|pagination| pagination.id.as_str());
            let help = match nearest(id, known) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "declare it under `paginations:` in the volume's _index.md".to_owned(),
            };
            issues.push(
                Issue::new(Code::PAGINATION_UNKNOWN, At::field(field), format!("no pagination is called `{id}`"))
                    .help(help),
            );
        }
    }
}

/// `2 pp.` and three page breaks of a pagination that counts the pages of the document.
fn check_extent(front: &FrontMatter, outline: &Outline, markup: &Markup, issues: &mut Vec<Issue>) {
    let Some(extent) = front.source.witnesses().first().and_then(|source| source.extent.as_ref()) else { return };
    let Some(stated) = stated_pages(&extent.text) else { return };
    let counted =
        markup.paginations.iter().filter(|pagination| pagination.scope == Scope::Document).find_map(|pagination| {
            let pages = outline.pages.iter().filter(|page| *page.pagination == *pagination.id).count();
            (pages > 0).then_some((pagination, pages))
        });
    let Some((pagination, pages)) = counted else { return };
    if pages != stated {
        let message =
            format!("the extent is `{}`, but the text has {pages} page breaks of `{}`", extent.text, pagination.id);
        let help = "check the page marks, or accept it with `ignore:` and the reason";
        issues.push(Issue::new(Code::EXTENT_DIFFERS, At::field(extent.field), message).help(help));
    }
}

/// Takes the census and makes the outline: the whole of what a parse is good for besides rendering.
pub fn summarize(
    front: &FrontMatter,
    texts: &mut Texts<'_>,
    markup: &Markup,
    lang: &str,
    title_required: bool,
) -> (Outline, Vec<Issue>) {
    let mut census = census::take(front, texts, markup);
    let mut issues = std::mem::take(&mut census.issues);
    let outline = outline(front, texts, census, markup, lang);
    issues.extend(check(front, texts, &outline, markup, title_required));
    (outline, issues)
}

/// The number of pages in an extent such as `2 pp.`, `1 p.` or `3 pages`; `None` for other extents.
fn stated_pages(extent: &str) -> Option<usize> {
    let (number, unit) = extent.trim().split_once(' ')?;
    let unit = unit.trim().trim_end_matches('.');
    matches!(unit, "p" | "pp" | "page" | "pages" | "S" | "Seite" | "Seiten").then(|| number.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_extents_in_pages_only() {
        assert_eq!(stated_pages("2 pp."), Some(2));
        assert_eq!(stated_pages("1 p."), Some(1));
        assert_eq!(stated_pages("1 Blatt, 4 Seiten"), None);
        assert_eq!(stated_pages("two pp."), None);
    }
}
