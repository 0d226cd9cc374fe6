//! A document rendered without an edition around it: its texts as HTML, and what was found.

#![allow(dead_code, reason = "each test that takes this module in looks at a part")]
#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot go on says so")]

use engross::diag::Code;
use engross::model::body::{Block, Span};
use engross::model::document::FrontMatter;
use engross::model::issue::{At, Issue};
use engross::model::markup::{Markup, NoteNumbering, Pagination};
use engross::model::page::{BodyView, Resolved};
use engross::model::plain;
use engross::parse::front_matter::{self, reader::Reader};
use engross::parse::{census, texts};
use engross::render::document::{self, Parsed};
use engross::render::notes;
use engross::yaml;
use std::collections::BTreeMap;

/// What is made of a document.
#[allow(dead_code, reason = "each of the two tests reads its part")]
pub struct Page {
    /// Title, source notes, body and notes.
    pub html: String,
    /// Findings in order of place.
    pub findings: Vec<Finding>,
    /// The plain text of everything.
    pub plain: String,
    /// Anchors of paragraphs.
    pub paragraphs: Vec<String>,
}

/// A finding with the source it underlines.
pub struct Finding {
    pub issue: Issue,
    /// The text that is underlined, or the name of the front matter field.
    pub text: String,
}

/// The settings of a volume, from its front matter.
pub fn volume(yaml: &str) -> (Markup, NoteNumbering) {
    let node = yaml::parse(yaml).expect("the volume's front matter is YAML");
    let mut reader = Reader::default();
    let matter = front_matter::volume(&mut reader, &node);
    assert!(reader.issues.is_empty(), "{:?}", reader.issues);
    let mut paginations = matter.paginations;
    if paginations.is_empty() {
        paginations.push(Pagination::plain());
    }
    let classes = matter.patterns.iter().map(|pattern| pattern.class.clone()).chain(["declared".to_owned()]);
    let markup = Markup {
        paginations,
        note_series: matter.note_series,
        classes: classes.collect(),
        schemes: ["ext".to_owned()].into(),
        patterns: matter.patterns,
        signs: matter.signs.unwrap_or_default(),
        html: false,
    };
    (markup, matter.note_numbering)
}

/// Renders a document, which may have front matter.
pub fn page(text: &str, markup: &Markup, numbering: NoteNumbering) -> Page {
    let mut reader = Reader::default();
    let (front, body) = match front_matter::split(text) {
        Ok(split) => {
            let node = yaml::parse(split.yaml).expect("the front matter is YAML");
            (front_matter::document(&mut reader, &node, false), split.body)
        }
        Err(_) => (FrontMatter::default(), text),
    };
    let (mut texts, mut issues) = texts::parse(&front, body, markup);
    issues.splice(0..0, reader.issues.iter().cloned());
    let census = census::take(&front, &mut texts, markup);
    issues.extend(census.issues.iter().cloned());
    let links = census.links.iter().map(|link| (link.target.clone(), resolved(&link.target))).collect();
    let mut view = view(&front, &links, markup, numbering);
    notes::number(&mut view, &census.cited, &census.notes);
    let sources: Vec<_> =
        texts.sources.iter().map(|source| (source.note.as_slice(), source.description.as_slice())).collect();
    let parsed = Parsed {
        title: &texts.title,
        summary: &texts.summary,
        evidence: &texts.evidence,
        sources: &sources,
        minor: &texts.minor,
        body: &texts.body,
        cited: &census.cited,
        counts: &census.counts,
    };
    let minor = document::minor(&parsed, &view);
    let made = document::text(&parsed, &view, &minor, "");
    let mut html = String::new();
    if !made.title.is_empty() {
        html.push_str(&format!("<h1>{}</h1>\n", made.title.0));
    }
    for source in &made.sources {
        html.push_str(&format!("<section class=\"source\">{}</section>\n", source.note.0.trim_end()));
    }
    html.push_str(&made.body.0);
    for series in &made.notes {
        let title = series.title.as_deref().unwrap_or(if series.key.is_empty() { "notes" } else { &series.key });
        html.push_str(&format!("<!-- {title}, by the {} -->\n", series.by));
        for note in &series.notes {
            let back: Vec<String> = note.backlinks.iter().map(|link| link.href.clone()).collect();
            let (label, marker, text) = (&note.label, &note.marker, note.html.0.trim_end());
            html.push_str(&format!("<!-- {label} as {marker} from {} -->{text}\n", back.join(" ")));
        }
    }
    let mut all = texts.body.blocks.clone();
    all.extend(texts.body.notes.iter().flat_map(|note| note.blocks.clone()));
    all.push(Block::Plain(texts.title.clone()));
    let mut paragraphs = Vec::new();
    paragraph_ids(&texts.body.blocks, &mut paragraphs);
    issues.sort_by_key(|issue| (issue.at.field == At::BODY, issue.at));
    let findings = issues.into_iter().map(|issue| found(issue, body, &reader)).collect();
    Page { html, findings, plain: plain::blocks_text(&all, &markup.signs), paragraphs }
}

fn found(issue: Issue, body: &str, reader: &Reader) -> Finding {
    let text = if issue.at.field == At::BODY {
        let span = issue.at.span.range();
        body.get(span.clone()).unwrap_or_else(|| panic!("{issue:?} is not on the edge of characters")).to_owned()
    } else {
        let path = reader.fields.get(usize::from(issue.at.field));
        path.map_or_else(|| "front matter".into(), |path| front_matter::reader::name_of(&path.path))
    };
    Finding { issue, text }
}

fn view<'m>(
    front: &FrontMatter,
    links: &'m BTreeMap<Box<str>, Resolved>,
    markup: &'m Markup,
    numbering: NoteNumbering,
) -> BodyView<'m> {
    let sources = front.source.witnesses().iter().filter_map(|source| source.marker.clone());
    BodyView {
        right_to_left: false,
        markup,
        links,
        numbering,
        markers: sources
            .map(|marker| (marker.to_lowercase(), marker))
            .chain(front.markers.iter().map(|(label, marker)| (label.text.to_lowercase(), marker.clone())))
            .collect(),
        hands: front.hands.iter().map(|hand| (hand.key.clone(), hand.name.clone().unwrap_or_default())).collect(),
        old_anchors: BTreeMap::new(),
        attachments: front
            .attachments
            .iter()
            .filter_map(|attachment| Some((attachment.id.clone(), attachment.title.as_ref()?.field)))
            .collect(),
    }
}

/// Links lead to their targets; documents called `draft` are words only.
fn resolved(target: &str) -> Resolved {
    if target.starts_with("doc:draft") {
        return Resolved::Words;
    }
    let class = match target.split_once(':').map(|(scheme, _)| scheme) {
        Some("http" | "https" | "mailto") => "web",
        Some("person") => "person",
        Some("doc") => "doc",
        Some("page") => "page",
        Some(_) => "term",
        None => "file",
    };
    Resolved::Link { href: target.to_owned(), class, title: None }
}

fn paragraph_ids(blocks: &[Block<'_>], found: &mut Vec<String>) {
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => found.extend(paragraph.id.as_deref().map(str::to_owned)),
            Block::Quote(inner) => paragraph_ids(inner, found),
            Block::List(list) => list.items.iter().for_each(|item| paragraph_ids(&item.blocks, found)),
            Block::Fence(fence) => paragraph_ids(&fence.blocks, found),
            Block::Element(element) => paragraph_ids(&element.blocks, found),
            _ => {}
        }
    }
}

/// The plain text of a line, such as a title, and where something was found.
pub fn line(text: &str, markup: &Markup) -> (String, Vec<(Span, Code)>) {
    let (inlines, issues) = engross::parse::markdown::parse_inline(text, markup);
    (plain::text(&inlines, &markup.signs), issues.into_iter().map(|issue| (issue.at.span, issue.code)).collect())
}
