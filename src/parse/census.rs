//! Counting and checking what a document holds: anchors, notes, pages, references, classes.
//!
//! One walk over the parsed texts in the order in which a reader meets them. It gives paragraphs, page breaks and note
//! references their anchors, so that the outline and the page agree, and collects what the outline keeps.

use super::anchors::slug;
use super::classes::{BLOCKS, HEADINGS, SPANS};
use super::neighbours;
use super::texts::Texts;
use crate::diag::Code;
use crate::diag::nearest::nearest;
use crate::model::body::{
    Attributes, Block, Heading, Inline, Marked, Note, NoteRef, PageBreak, Paragraph, Span, Style,
};
use crate::model::document::FrontMatter;
use crate::model::issue::{At, Issue};
use crate::model::markup::{Markup, anchor_words};
use crate::model::outline::{LEGEND, LinkUse, Openings, PageUse, Paragraphs, counted};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// What the walk found.
#[derive(Debug, Default)]
pub struct Census {
    /// References, in order.
    pub links: Vec<LinkUse>,
    /// Page breaks, in order.
    pub pages: Vec<PageUse>,
    /// Labels of notes that can be linked to, in order of definition.
    pub notes: Vec<String>,
    /// Counted paragraphs.
    pub paragraphs: Paragraphs,
    /// First words of these, and of notes that are texts of their own.
    pub openings: Openings,
    /// Other anchors.
    pub anchors: BTreeMap<String, At>,
    /// Classes of the legend that came.
    pub signs: BTreeSet<&'static str>,
    /// How often each note is cited.
    pub counts: BTreeMap<String, u32>,
    /// Labels of notes in the order in which they are first cited.
    pub cited: Vec<String>,
    /// Findings.
    pub issues: Vec<Issue>,
}

/// Walks over the texts of a document.
pub fn take(front: &FrontMatter, texts: &mut Texts<'_>, markup: &Markup) -> Census {
    let mut walk = Walk {
        front,
        markup,
        census: Census::default(),
        page_counts: BTreeMap::new(),
        page_anchors: BTreeSet::new(),
        slugs: BTreeMap::new(),
        references: Vec::new(),
        at: At::BODY,
        counting: false,
        broken: false,
        anchor: Box::default(),
    };
    walk.front_matter();
    walk.texts(texts);
    walk.check_notes(texts);
    walk.check_attachments();
    let mut census = walk.census;
    neighbours::note(texts, &mut census);
    census
}

struct Walk<'a> {
    front: &'a FrontMatter,
    markup: &'a Markup,
    census: Census,
    /// How often each page number has come in its pagination.
    page_counts: BTreeMap<(String, String), u32>,
    /// Anchors of page breaks.
    page_anchors: BTreeSet<String>,
    /// How often the words of each heading have come.
    slugs: BTreeMap<String, u32>,
    /// Note references with their places, for the check after the walk.
    references: Vec<(String, At)>,
    /// Field that is being walked.
    at: u16,
    /// Whether paragraphs count here.
    counting: bool,
    /// Whether the words stand in a span of class `broken-ref`.
    broken: bool,
    /// The nearest anchor before the place of the walk.
    anchor: Box<str>,
}

impl Walk<'_> {
    fn place(&self, span: Span) -> At {
        At { field: self.at, span }
    }

    fn report(&mut self, code: Code, span: Span, message: impl Into<String>, help: impl Into<String>) {
        let at = self.place(span);
        self.census.issues.push(Issue::new(code, at, message).help(help));
    }

    /// References that stand in front matter as data.
    fn front_matter(&mut self) {
        let mut references = Vec::new();
        super::outline::references(self.front, &mut |printed| references.push((printed.text.clone(), printed.field)));
        for (target, field) in references {
            self.census.links.push(LinkUse {
                target: target.into(),
                at: At::field(field),
                known_broken: false,
                anchor: "".into(),
            });
        }
    }

    fn texts(&mut self, texts: &mut Texts<'_>) {
        let field =
            |printed: &Option<crate::model::document::Printed>| printed.as_ref().map_or(0, |printed| printed.field);
        self.at = field(&self.front.title);
        self.inlines(&mut texts.title);
        self.at = field(&self.front.summary);
        self.blocks(&mut texts.summary);
        for (number, (source, text)) in self.front.source.witnesses().iter().zip(&mut texts.sources).enumerate() {
            self.anchor = source.anchor(number).into();
            self.at = field(&source.note);
            self.blocks(&mut text.note);
            self.at = field(&source.description);
            self.blocks(&mut text.description);
        }
        self.anchor = "".into();
        self.at = field(&self.front.evidence);
        self.blocks(&mut texts.evidence);
        for (field, inlines) in &mut texts.minor {
            self.at = *field;
            self.inlines(inlines);
        }
        self.at = At::BODY;
        self.counting = true;
        self.blocks(&mut texts.body.blocks);
        self.counting = false;
        for note in &mut texts.body.notes {
            self.anchor = format!("fn-{}", note.label).into();
            self.blocks(&mut note.blocks);
        }
    }

    fn blocks(&mut self, blocks: &mut [Block<'_>]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &mut Block<'_>) {
        match block {
            Block::Paragraph(paragraph) => self.paragraph(paragraph),
            Block::Plain(inlines) => self.inlines(inlines),
            Block::PageBreak(page) => self.page_break(page),
            Block::Heading(heading) => self.heading(heading),
            Block::Quote(inner) => self.blocks(inner),
            Block::List(list) => list.items.iter_mut().for_each(|item| self.blocks(&mut item.blocks)),
            Block::Table(table) => {
                let rows = std::iter::once(&mut table.head).chain(&mut table.rows);
                rows.flatten().for_each(|cell| self.inlines(cell));
            }
            Block::Fence(fence) => {
                let span = fence.at;
                self.attributes(&fence.attributes, span, BLOCKS);
                self.pass(fence.attributes.id);
                self.blocks(&mut fence.blocks);
            }
            Block::Element(element) => {
                let counting = std::mem::replace(&mut self.counting, false);
                self.blocks(&mut element.blocks);
                self.counting = counting;
            }
            Block::Code(_) | Block::Raw(_) => {}
        }
    }

    fn paragraph(&mut self, paragraph: &mut Paragraph<'_>) {
        let lone = paragraph.inlines.iter().all(|inline| matches!(inline, Inline::PageBreak(_) | Inline::SoftBreak));
        let counts = self.counting && !lone;
        if counts {
            self.count(paragraph);
        } else if let Some(id) = &paragraph.id {
            self.anchor(&id.clone(), paragraph.at);
        }
        self.pass(paragraph.id.as_deref());
        self.inlines(&mut paragraph.inlines);
    }

    /// A paragraph that has a place among the others, and a number unless it is pinned.
    fn count(&mut self, paragraph: &mut Paragraph<'_>) {
        self.census.paragraphs.count += 1;
        let place = self.census.paragraphs.count;
        let words = crate::model::plain::text(&paragraph.inlines, &self.markup.signs);
        self.census.openings.add_paragraph(&words);
        if let Some(id) = &paragraph.id {
            self.census.paragraphs.pinned.push(place);
            self.anchor(&id.clone(), paragraph.at);
            return;
        }
        // Numbers that were published before may be led here.
        let led = |(old, new): &(crate::model::document::Printed, String)| {
            counted(new) == Some(place) && counted(&old.text).is_some_and(|old| old != place)
        };
        let away = |(old, new): &(crate::model::document::Printed, String)| {
            counted(&old.text) == Some(place) && counted(new) != Some(place)
        };
        let aliases = &self.front.anchor_aliases;
        let name = match aliases.iter().any(away) {
            false => Some(format!("p{place}")),
            true => aliases.iter().find(|alias| led(alias)).map(|(old, _)| old.text.clone()),
        };
        paragraph.id = name.map(Cow::Owned);
    }

    fn heading(&mut self, heading: &mut Heading<'_>) {
        let span = heading.at;
        self.attributes(&heading.attributes, span, HEADINGS);
        if !heading.pinned {
            let words = crate::model::plain::text(&heading.inlines, &self.markup.signs);
            let id = self.slug(&words);
            self.census.anchors.insert(id.clone(), self.place(span));
            heading.id = Cow::Owned(id);
        }
        self.pass(Some(&heading.id));
        self.inlines(&mut heading.inlines);
    }

    /// The walk comes by an anchor of the text; within notes, that of the note holds.
    fn pass(&mut self, id: Option<&str>) {
        if let Some(id) = id.filter(|_| self.counting) {
            self.anchor = id.into();
        }
    }

    /// An anchor made from the words of a heading, unlike any other.
    fn slug(&mut self, words: &str) -> String {
        let slug = slug(words);
        let slug = if self.is_reserved(&slug) { format!("h-{slug}") } else { slug };
        let count = self.slugs.entry(slug.clone()).or_insert(0);
        loop {
            *count += 1;
            let id = if *count == 1 { slug.clone() } else { format!("{slug}-{count}") };
            if !self.census.anchors.contains_key(&id) {
                return id;
            }
        }
    }

    /// Registers an anchor that an editor wrote.
    fn anchor(&mut self, id: &str, span: Span) {
        if self.is_reserved(id) {
            let help = "choose another id: p and a number, fn-, fnref-, source and the ids of paginations are taken";
            self.report(Code::ANCHOR_RESERVED, span, format!("`#{id}` is kept for generated anchors"), help);
        }
        let at = self.place(span);
        if let Some(first) = self.census.anchors.insert(id.to_owned(), at) {
            let issue = Issue::new(Code::ANCHOR_DUPLICATE, at, format!("`#{id}` is used twice in this document"));
            self.census.issues.push(issue.help("give each its own id").related(first, "first used here"));
        }
    }

    fn is_reserved(&self, id: &str) -> bool {
        let counted =
            id.strip_prefix('p').is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit()));
        let page = self
            .markup
            .paginations
            .iter()
            .any(|pagination| id.strip_prefix(&*pagination.id).is_some_and(|rest| rest.starts_with('-')));
        counted
            || page
            || id.starts_with("fn-")
            || id.starts_with("fnref-")
            || id == "source"
            || id.starts_with("source-")
    }

    fn inlines(&mut self, inlines: &mut [Inline<'_>]) {
        for inline in inlines {
            match inline {
                Inline::Styled(style, inner) => {
                    if *style == Style::Del {
                        self.census.signs.insert("del");
                    }
                    self.inlines(inner);
                }
                Inline::Marked(marked) => self.marked(marked),
                Inline::Link(link) | Inline::Image(link) => {
                    let (target, at) = (link.target.as_ref().into(), self.place(link.at));
                    self.census.links.push(LinkUse {
                        target,
                        at,
                        known_broken: self.broken,
                        anchor: self.anchor.clone(),
                    });
                    let span = link.at;
                    self.attributes(&link.attributes, span, SPANS);
                    self.inlines(&mut link.inlines);
                }
                Inline::NoteRef(reference) => self.note_reference(reference),
                Inline::PageBreak(page) => self.page_break(page),
                Inline::Text(_) | Inline::Code(_) | Inline::SoftBreak | Inline::HardBreak | Inline::Raw(_) => {}
            }
        }
    }

    fn marked(&mut self, marked: &mut Marked<'_>) {
        let span = marked.at;
        if marked.pattern.is_none() {
            self.attributes(&marked.attributes, span, SPANS);
            self.check_sign(marked);
        }
        self.legend(&marked.attributes);
        if let Some(pattern) = marked.pattern.and_then(|number| self.markup.patterns.get(number)) {
            self.census.signs.extend(LEGEND.iter().filter(|sign| **sign == pattern.class).copied());
        }
        let broken = marked.attributes.has("broken-ref");
        if broken {
            let words = crate::model::plain::text(&marked.inlines, &self.markup.signs);
            let target = marked.attributes.get("target").unwrap_or(&words).to_owned();
            self.census.links.push(LinkUse {
                target: target.into(),
                at: self.place(span),
                known_broken: true,
                anchor: self.anchor.clone(),
            });
        }
        let outer = self.broken;
        self.broken |= broken;
        self.inlines(&mut marked.inlines);
        self.broken = outer;
    }

    /// Takes note of what the legend of signs explains.
    fn legend(&mut self, attributes: &Attributes<'_>) {
        let hand = attributes.get("hand").is_some().then_some("hand");
        self.census.signs.extend(LEGEND.iter().filter(|sign| attributes.has(sign)).copied().chain(hand));
    }

    /// `[[Washington]]{.supplied}` would print two pairs of brackets.
    fn check_sign(&mut self, marked: &Marked<'_>) {
        let Some(sign) = crate::model::plain::sign(marked, &self.markup.signs) else { return };
        let (before, after) = (sign.before.trim(), sign.after.trim());
        let typed = |inline: &Inline<'_>| match inline {
            Inline::Text(text) => Some(text.to_string()),
            _ => None,
        };
        let first: String = marked.inlines.iter().map_while(typed).collect();
        let mut last: Vec<String> = marked.inlines.iter().rev().map_while(typed).collect();
        last.reverse();
        let twice = first.starts_with(before) && last.concat().ends_with(after);
        if twice && !before.is_empty() && !after.is_empty() {
            let class = marked.attributes.classes.first().copied().unwrap_or("");
            let message = format!("the sign of `.{class}` is typed and will be printed a second time");
            let help = format!("take away the typed `{before}` and `{after}`; the edition prints them");
            self.report(Code::SIGN_TWICE, marked.at, message, help);
        }
    }

    fn attributes(&mut self, attributes: &Attributes<'_>, span: Span, more: &[&str]) {
        if let Some(id) = attributes.id {
            self.anchor(id, span);
        }
        for class in &attributes.classes {
            let known = BLOCKS.contains(class) || more.contains(class) || self.markup.classes.contains(*class);
            if !known {
                let help = match nearest(class, BLOCKS.iter().chain(more).copied()) {
                    Some(near) => format!("did you mean `{near}`? Otherwise declare it under `classes:` in site.yaml"),
                    None => "declare it under `classes:` in site.yaml".to_owned(),
                };
                self.report(Code::CLASS_UNDECLARED, span, format!("no class is called `{class}`"), help);
            }
        }
        if let Some(key) = attributes.get("hand")
            && !self.front.hands.iter().any(|hand| hand.key == key)
        {
            let help = format!("declare it in front matter: `hands:` with a key `{key}`");
            self.report(Code::HAND_UNKNOWN, span, format!("no hand is called `{key}`"), help);
        }
    }

    fn note_reference(&mut self, reference: &mut NoteRef) {
        let count = self.census.counts.entry(reference.label.clone()).or_insert(0);
        *count += 1;
        reference.count = *count;
        if *count == 1 {
            self.census.cited.push(reference.label.clone());
        }
        self.references.push((reference.label.clone(), At { field: self.at, span: reference.at }));
    }

    fn page_break(&mut self, page: &mut PageBreak<'_>) {
        let number = page.page.as_deref().or(page.image).unwrap_or("unnumbered");
        let key = (anchor_words(&page.pagination), anchor_words(number));
        let first = format!("{}-{}", key.0, key.1);
        let count = self.page_counts.entry(key).or_insert(0);
        loop {
            *count += 1;
            page.anchor = if *count == 1 { first.clone() } else { format!("{first}-{count}") };
            // Page 5 that comes again is as page 5-2 would be.
            if self.page_anchors.insert(page.anchor.clone()) {
                break;
            }
        }
        self.census.pages.push(PageUse {
            pagination: page.pagination.as_ref().into(),
            page: page.page.as_deref().map(Into::into),
            image: page.image.map(Into::into),
            anchor: page.anchor.as_str().into(),
            at: At { field: self.at, span: page.at },
        });
    }

    fn check_notes(&mut self, texts: &Texts<'_>) {
        let mut defined: BTreeMap<String, At> = BTreeMap::new();
        let signs = &self.markup.signs;
        for (source, text) in self.front.source.witnesses().iter().zip(&texts.sources) {
            if let Some(marker) = &source.marker {
                let words = crate::model::plain::blocks_text(&text.note, signs);
                self.define(&mut defined, &marker.to_lowercase(), At::field(source.marker_field), &words);
            }
        }
        for note in &texts.body.notes {
            let words = crate::model::plain::blocks_text(&note.blocks, signs);
            self.define(&mut defined, &note.label, At::body(label_span(note)), &words);
        }
        let references = std::mem::take(&mut self.references);
        let mut cited = BTreeSet::new();
        for (label, at) in &references {
            cited.insert(label.as_str());
            if !defined.contains_key(label) {
                let near = nearest(label, defined.keys().map(String::as_str)).filter(|_| label.len() > 1);
                let help = match near {
                    Some(near) => {
                        format!("did you mean `[^{near}]`? Otherwise define it below the text: `[^{label}]: …`")
                    }
                    None => format!("define it below the text: `[^{label}]: …`"),
                };
                let message = format!("note {label} is cited but nowhere defined");
                self.census.issues.push(Issue::new(Code::NOTE_UNDEFINED, *at, message).help(help));
            }
        }
        for note in &texts.body.notes {
            if !cited.contains(note.label.as_str()) {
                let help = format!(
                    "cite it where it belongs: `[^{}]`; until then it stands at the end of its series",
                    note.label
                );
                let message = format!("note {} is never cited", note.label);
                self.report(Code::NOTE_UNUSED, label_span(note), message, help);
            }
        }
    }

    fn define(&mut self, defined: &mut BTreeMap<String, At>, label: &str, at: At, words: &str) {
        if let Some(first) = defined.get(label) {
            let message = format!("note {label} is defined twice");
            let issue = Issue::new(Code::NOTE_DUPLICATE, at, message).help("give the second one a label of its own");
            self.census.issues.push(issue.related(*first, "first defined here"));
        } else {
            defined.insert(label.to_owned(), at);
            self.census.notes.push(label.to_owned());
            self.census.openings.notes.push(Openings::hash(words));
        }
    }

    fn check_attachments(&mut self) {
        for attachment in &self.front.attachments {
            let fenced = self.census.anchors.contains_key(&attachment.id);
            if !fenced && attachment.absence.is_none() {
                let message = format!("no fence has the id of attachment `{}`", attachment.id);
                let help = format!(
                    "write `::: {{.attachment #{}}}` around its text, or `kind: not-printed` where there is none",
                    attachment.id
                );
                let at = At::field(attachment.field);
                self.census.issues.push(Issue::new(Code::ATTACHMENT_WITHOUT_TEXT, at, message).help(help));
            }
        }
    }
}

/// `[^label]` at the start of a definition.
fn label_span(note: &Note<'_>) -> Span {
    let length = u32::try_from(note.label.len()).unwrap_or(u32::MAX).saturating_add(3);
    Span { start: note.at.start, end: note.at.start.saturating_add(length).min(note.at.end) }
}
