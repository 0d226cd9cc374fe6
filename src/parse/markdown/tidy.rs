//! White space of a run of inlines: none at the edges, and once around a page break or a comment.

use crate::model::body::Inline;
use std::borrow::Cow;

/// White space around a page break counts once, and none stands at the edges.
pub(super) fn tidy(mut inlines: Vec<Inline<'_>>) -> Vec<Inline<'_>> {
    let blank = |inline: &Inline<'_>| match inline {
        Inline::SoftBreak | Inline::HardBreak => true,
        Inline::Raw(text) => text.is_empty(),
        Inline::Text(text) => text.trim_matches([' ', '\t', '\n', '\r']).is_empty(),
        _ => false,
    };
    let kept = inlines.iter().rposition(|inline| !blank(inline)).map_or(0, |last| last + 1);
    inlines.truncate(kept);
    let first = inlines.iter().position(|inline| !blank(inline)).unwrap_or(0);
    inlines.drain(..first);
    if let Some(Inline::Text(text)) = inlines.first_mut() {
        trim_start(text);
    }
    if let Some(Inline::Text(text)) = inlines.last_mut() {
        trim_end(text);
    }
    if holds_page_break(&inlines) {
        Joining { spaced: true, after_break: false }.join(&mut inlines);
    }
    inlines
}

fn holds_page_break(inlines: &[Inline<'_>]) -> bool {
    inlines.iter().any(|inline| match inline {
        Inline::PageBreak(_) => true,
        Inline::Raw(text) => text.is_empty(),
        Inline::Styled(_, inner) => holds_page_break(inner),
        Inline::Marked(marked) => holds_page_break(&marked.inlines),
        Inline::Link(link) => holds_page_break(&link.inlines),
        _ => false,
    })
}

/// A walk over inlines in the order of reading.
struct Joining {
    /// Whether white space, or nothing, stands before.
    spaced: bool,
    /// Whether only page breaks have come since.
    after_break: bool,
}

impl Joining {
    fn join(&mut self, inlines: &mut Vec<Inline<'_>>) {
        for inline in inlines.iter_mut() {
            match inline {
                Inline::PageBreak(_) => self.after_break = true,
                // A comment.
                Inline::Raw(text) if text.is_empty() => self.after_break = true,
                Inline::Text(text) => self.text(text),
                Inline::SoftBreak if self.after_break && self.spaced => *inline = Inline::Text(Cow::Borrowed("")),
                Inline::SoftBreak | Inline::HardBreak => self.spaced = true,
                Inline::Styled(_, inner) => self.join(inner),
                Inline::Marked(marked) => self.join(&mut marked.inlines),
                Inline::Link(link) => self.join(&mut link.inlines),
                Inline::Code(_) | Inline::Image(_) | Inline::NoteRef(_) | Inline::Raw(_) => {
                    (self.spaced, self.after_break) = (false, false);
                }
            }
        }
        inlines.retain(|inline| !matches!(inline, Inline::Text(text) | Inline::Raw(text) if text.is_empty()));
    }

    fn text(&mut self, text: &mut Cow<'_, str>) {
        if self.after_break && self.spaced {
            trim_start(text);
        }
        if !text.is_empty() {
            self.spaced = text.ends_with([' ', '\t', '\n']);
            self.after_break = false;
        }
    }
}

fn trim_start(text: &mut Cow<'_, str>) {
    match text {
        Cow::Borrowed(text) => *text = text.trim_start_matches([' ', '\t', '\n', '\r']),
        Cow::Owned(text) => *text = text.trim_start_matches([' ', '\t', '\n', '\r']).to_owned(),
    }
}

fn trim_end(text: &mut Cow<'_, str>) {
    match text {
        Cow::Borrowed(text) => *text = text.trim_end_matches([' ', '\t', '\n', '\r']),
        Cow::Owned(text) => *text = text.trim_end_matches([' ', '\t', '\n', '\r']).to_owned(),
    }
}
