//! The plain characters of inlines.

use crate::model::body::Inline;

/// Characters only, for attributes.
pub fn plain(inlines: &[Inline<'_>]) -> String {
    let mut out = String::new();
    for inline in inlines {
        match inline {
            Inline::Text(text) | Inline::Code(text) => out.push_str(text),
            Inline::SoftBreak | Inline::HardBreak => out.push(' '),
            Inline::Styled(_, inner) => out.push_str(&plain(inner)),
            Inline::Marked(marked) => out.push_str(&plain(&marked.inlines)),
            Inline::Link(link) | Inline::Image(link) => out.push_str(&plain(&link.inlines)),
            Inline::NoteRef(_) | Inline::PageBreak(_) | Inline::Raw(_) => {}
        }
    }
    out
}
