//! All Markdown of one document, parsed once: its body and its printed front matter strings.

use super::markdown;
use crate::diag::Code;
use crate::model::body::{Block, Body, Inline, NoteRef, Span};
use crate::model::document::{FrontMatter, Printed, Source};
use crate::model::issue::{At, Issue};
use crate::model::markup::Markup;

/// The parsed texts of a document, in the order in which a reader meets them.
#[derive(Debug, Default)]
pub struct Texts<'s> {
    /// Title, with the reference to a source note that is a footnote on it.
    pub title: Vec<Inline<'s>>,
    /// Editors' abstract.
    pub summary: Vec<Block<'s>>,
    /// Evidence of a lost document.
    pub evidence: Vec<Block<'s>>,
    /// Source notes and descriptions, one pair for each witness.
    pub sources: Vec<SourceTexts<'s>>,
    /// Short strings by front matter field: reasons, citations, labels.
    pub minor: Vec<(u16, Vec<Inline<'s>>)>,
    /// Body and notes.
    pub body: Body<'s>,
}

/// Printed texts of one witness.
#[derive(Debug, Default)]
pub struct SourceTexts<'s> {
    /// Note.
    pub note: Vec<Block<'s>>,
    /// Description.
    pub description: Vec<Block<'s>>,
}

/// Parses every text of a document; findings name field and span.
pub fn parse<'s>(front: &'s FrontMatter, body: &'s str, markup: &Markup) -> (Texts<'s>, Vec<Issue>) {
    let mut parser = TextParser { markup, issues: Vec::new() };
    let (body, issues) = markdown::parse(body, markup);
    parser.issues.extend(issues);
    let mut texts = Texts {
        title: front.title.as_ref().map_or_else(Vec::new, |title| parser.inlines(title)),
        summary: front.summary.as_ref().map_or_else(Vec::new, |summary| parser.blocks(summary)),
        evidence: front.evidence.as_ref().map_or_else(Vec::new, |evidence| parser.blocks(evidence)),
        sources: front.source.witnesses().iter().map(|source| parser.source(source)).collect(),
        minor: minor(front).into_iter().map(|printed| (printed.field, parser.inlines(printed))).collect(),
        body,
    };
    mark_title(front, &mut texts.title);
    (texts, parser.issues)
}

/// Short printed strings, besides title, summary, evidence and sources.
fn minor(front: &FrontMatter) -> Vec<&Printed> {
    let attachments = front.attachments.iter();
    let dates = std::iter::once(&front.date)
        .chain(front.received.iter().map(|received| &received.date))
        .chain(attachments.clone().map(|attachment| &attachment.date));
    let sources = attachments.clone().flat_map(|attachment| attachment.source.witnesses());
    let printings = front.source.witnesses().iter().filter_map(|source| source.printed.as_ref());
    dates
        .filter_map(|date| date.date()?.reason.as_ref())
        .chain(attachments.filter_map(|attachment| attachment.title.as_ref()))
        .chain(sources.filter_map(|source| source.note.as_ref()))
        .chain(front.printed_in.iter().chain(printings).filter_map(|printing| printing.citation.as_ref()))
        .chain(front.related.iter().filter_map(|related| related.label.as_ref()))
        .chain(front.rights.iter().filter_map(|rights| rights.note.as_ref()))
        .collect()
}

/// A source note that is a footnote on the title is cited there, unless the title cites it already.
fn mark_title(front: &FrontMatter, title: &mut Vec<Inline<'_>>) {
    for source in front.source.witnesses() {
        let Some(marker) = &source.marker else { continue };
        let label = marker.to_lowercase();
        if !title.iter().any(|inline| matches!(inline, Inline::NoteRef(reference) if reference.label == label)) {
            title.push(Inline::NoteRef(NoteRef { at: Span::default(), label, count: 0 }));
        }
    }
}

struct TextParser<'m> {
    markup: &'m Markup,
    issues: Vec<Issue>,
}

impl TextParser<'_> {
    fn source<'s>(&mut self, source: &'s Source) -> SourceTexts<'s> {
        SourceTexts {
            note: source.note.as_ref().map_or_else(Vec::new, |note| self.blocks(note)),
            description: source.description.as_ref().map_or_else(Vec::new, |text| self.blocks(text)),
        }
    }

    fn blocks<'s>(&mut self, printed: &'s Printed) -> Vec<Block<'s>> {
        let (body, issues) = markdown::parse(&printed.text, self.markup);
        self.adopt(issues, printed.field);
        for note in &body.notes {
            let at = At { field: printed.field, span: note.at };
            let help = "define it in the body, below the text";
            let message = format!("note {} is defined in front matter", note.label);
            self.issues.push(Issue::new(Code::NOTE_IN_FRONT_MATTER, at, message).help(help));
        }
        body.blocks
    }

    /// One line of Markdown: a list or heading mark at its start is text.
    fn inlines<'s>(&mut self, printed: &'s Printed) -> Vec<Inline<'s>> {
        let (body, issues) = markdown::parse_inline(&printed.text, self.markup);
        self.adopt(issues, printed.field);
        body
    }

    fn adopt(&mut self, issues: Vec<Issue>, field: u16) {
        let place = |at: At| At { field, ..at };
        self.issues.extend(issues.into_iter().map(|mut issue| {
            issue.at = place(issue.at);
            issue.related = issue.related.map(|(at, label)| (place(at), label));
            issue
        }));
    }
}
