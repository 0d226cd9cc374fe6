//! Inlines in their plain form: as text, and as inline HTML without notes and links, for other pages to show.

use crate::model::body::{Block, Inline, Marked};
use crate::model::html::push_escaped;
use crate::model::markup::{Sign, Signs};

/// The characters a reader sees, without notes and page breaks.
pub fn text(inlines: &[Inline<'_>], signs: &Signs) -> String {
    let mut out = String::new();
    push_text(&mut out, inlines, signs);
    fold(&out)
}

fn push_text(out: &mut String, inlines: &[Inline<'_>], signs: &Signs) {
    for inline in inlines {
        match inline {
            Inline::Text(text) | Inline::Code(text) => out.push_str(text),
            Inline::SoftBreak | Inline::HardBreak => out.push(' '),
            Inline::Styled(_, inner) => push_text(out, inner, signs),
            Inline::Marked(marked) => signed(out, marked, signs, |out| match omission(marked) {
                Some(dots) => out.push_str(dots),
                None => push_text(out, &marked.inlines, signs),
            }),
            Inline::Link(link) | Inline::Image(link) => push_text(out, &link.inlines, signs),
            Inline::NoteRef(_) | Inline::PageBreak(_) | Inline::Raw(_) => {}
        }
    }
}

/// Inline HTML with emphasis and raised letters, without notes, links, page breaks and attributes.
pub fn html(inlines: &[Inline<'_>], signs: &Signs) -> String {
    let mut out = String::new();
    push_html(&mut out, inlines, signs);
    out.trim().to_owned()
}

fn push_html(out: &mut String, inlines: &[Inline<'_>], signs: &Signs) {
    for inline in inlines {
        match inline {
            Inline::Text(text) => push_escaped(out, text),
            Inline::Code(text) => push_escaped(out, text),
            Inline::SoftBreak | Inline::HardBreak => out.push(' '),
            Inline::Styled(style, inner) => {
                out.push_str(&format!("<{}>", style.tag()));
                push_html(out, inner, signs);
                out.push_str(&format!("</{}>", style.tag()));
            }
            Inline::Marked(marked) => signed(out, marked, signs, |out| match omission(marked) {
                Some(dots) => out.push_str(dots),
                None => push_html(out, &marked.inlines, signs),
            }),
            Inline::Link(link) | Inline::Image(link) => push_html(out, &link.inlines, signs),
            Inline::NoteRef(_) | Inline::PageBreak(_) | Inline::Raw(_) => {}
        }
    }
}

fn signed(out: &mut String, marked: &Marked<'_>, signs: &Signs, inner: impl FnOnce(&mut String)) {
    let Sign { before, after } = sign(marked, signs).cloned().unwrap_or_default();
    out.push_str(&before);
    inner(out);
    out.push_str(&after);
}

/// The sign that a span prints.
pub fn sign<'a>(marked: &Marked<'_>, signs: &'a Signs) -> Option<&'a Sign> {
    marked.attributes.classes.iter().find_map(|class| match *class {
        "supplied" => Some(&signs.supplied),
        "unclear" => Some(&signs.unclear),
        "gap" => Some(&signs.gap),
        _ => None,
    })
}

/// What stands for a gap without words.
pub fn omission(marked: &Marked<'_>) -> Option<&'static str> {
    (marked.inlines.is_empty() && marked.attributes.has("gap")).then_some("…")
}

/// The plain text of blocks, with a space between them.
pub fn blocks_text(blocks: &[Block<'_>], signs: &Signs) -> String {
    let mut out = String::new();
    push_blocks(&mut out, blocks, signs);
    fold(&out)
}

fn push_blocks(out: &mut String, blocks: &[Block<'_>], signs: &Signs) {
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => push_text(out, &paragraph.inlines, signs),
            Block::Plain(inlines) => push_text(out, inlines, signs),
            Block::Heading(heading) => push_text(out, &heading.inlines, signs),
            Block::Quote(inner) => push_blocks(out, inner, signs),
            Block::List(list) => list.items.iter().for_each(|item| {
                if list.ordered {
                    out.push_str(item.marker);
                    out.push(' ');
                }
                push_blocks(out, &item.blocks, signs);
            }),
            Block::Table(table) => std::iter::once(&table.head).chain(&table.rows).flatten().for_each(|cell| {
                push_text(out, cell, signs);
                out.push(' ');
            }),
            Block::Fence(fence) => push_blocks(out, &fence.blocks, signs),
            Block::Element(element) => push_blocks(out, &element.blocks, signs),
            Block::Code(text) => out.push_str(text),
            Block::PageBreak(_) | Block::Raw(_) => {}
        }
        out.push(' ');
    }
}

/// White space folded to single spaces, none at the ends.
fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split([' ', '\t', '\n', '\r']).filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// At most so many characters, ending at a word and with an ellipsis where something was cut.
pub fn shorten(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let cut: String = text.chars().take(most.saturating_sub(1)).collect();
    let end = cut.rfind(' ').unwrap_or(cut.len());
    format!("{}…", cut[..end].trim_end_matches([',', ';', ':', ' ']))
}
