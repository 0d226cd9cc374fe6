//! Whatever text is written as Markdown, the program's own parser reads the same text back.

use super::inline::{Inline, Style, fold, plain};
use super::markdown::{Block, Cell, Item, Table, blocks, line, note};
use crate::model::body::{Block as Read, Inline as Piece};
use crate::model::markup::Markup;
use crate::parse::markdown::{parse, parse_inline};
use proptest::prelude::*;

fn read_inlines(pieces: &[Piece<'_>], text: &mut String) {
    for piece in pieces {
        match piece {
            Piece::Text(words) | Piece::Code(words) => text.push_str(words),
            Piece::SoftBreak | Piece::HardBreak => text.push(' '),
            Piece::Styled(_, inner) => read_inlines(inner, text),
            Piece::Marked(marked) => read_inlines(&marked.inlines, text),
            Piece::Link(link) | Piece::Image(link) => read_inlines(&link.inlines, text),
            Piece::Raw(raw) => text.push_str(raw),
            Piece::NoteRef(_) | Piece::PageBreak(_) => {}
        }
    }
}

fn read_blocks(blocks: &[Read<'_>], text: &mut String) {
    for block in blocks {
        text.push(' ');
        match block {
            Read::Paragraph(paragraph) => read_inlines(&paragraph.inlines, text),
            Read::Plain(inlines) => read_inlines(inlines, text),
            Read::Heading(heading) => read_inlines(&heading.inlines, text),
            Read::Quote(inner) => read_blocks(inner, text),
            Read::List(list) => list.items.iter().for_each(|item| read_blocks(&item.blocks, text)),
            Read::Fence(fence) => read_blocks(&fence.blocks, text),
            Read::Element(element) => read_blocks(&element.blocks, text),
            Read::Table(table) => {
                for cell in table.head.iter().chain(table.rows.iter().flatten()) {
                    text.push(' ');
                    read_inlines(cell, text);
                }
            }
            Read::Code(words) | Read::Raw(words) => text.push_str(&format!("CODE{words}")),
            Read::PageBreak(_) => {}
        }
    }
}

fn folded(text: &str) -> String {
    text.split([' ', '\n', '\t', '\r']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn read_back(markdown: &str) -> String {
    let (body, issues) = parse(markdown, &Markup::default());
    let lost: Vec<_> = issues.iter().map(|issue| issue.message.clone()).collect();
    let mut text = String::new();
    read_blocks(&body.blocks, &mut text);
    body.notes.iter().for_each(|note| read_blocks(&note.blocks, &mut text));
    assert!(!lost.iter().any(|message| message.contains("lost")), "{markdown}: {lost:?}");
    folded(&text)
}

/// Text full of what Markdown could take for its own.
fn text() -> impl Strategy<Value = String> {
    let hard = prop::sample::select(vec![
        "*",
        "_",
        "`",
        "~",
        "~~",
        "[",
        "]",
        "(",
        ")",
        "{",
        "}",
        "#",
        "##",
        "-",
        "---",
        "+",
        "=",
        "===",
        ">",
        "<",
        "&amp;",
        "&",
        "|",
        "!",
        "![",
        "\\",
        ":",
        ":::",
        "1.",
        "12)",
        "[^1]",
        "[x]: y",
        "](doc:d1)",
        "{.pb}",
        "{#id}",
        "$x$",
        "<b>",
        "<!--",
        "-->",
        "http://x.y",
        " ",
        "  ",
        "a",
        "word",
        "é",
        "“",
        "—",
        "\u{a0}",
        "\u{2009}",
        "*a*",
        "**",
        "__",
        "x_y",
        "* * *",
        ". . . .",
    ]);
    prop::collection::vec(hard, 1..12).prop_map(|parts| parts.concat())
}

fn inlines() -> impl Strategy<Value = Vec<Inline>> {
    let leaf = text().prop_map(Inline::Text);
    let tree = leaf.prop_recursive(3, 12, 4, |inner| {
        let many = prop::collection::vec(inner, 1..4);
        let styles = prop::sample::select(vec![Style::Em, Style::Strong, Style::Sup, Style::Del]);
        prop_oneof![
            (styles, many.clone()).prop_map(|(style, inner)| Inline::Styled(style, inner)),
            many.clone().prop_map(|inner| Inline::Span(".smallcaps".into(), inner)),
            Just(Inline::Break),
        ]
    });
    prop::collection::vec(tree, 1..5)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_paragraph_reads_back(text in text()) {
        let markdown = blocks(&[Block::Paragraph(vec![Inline::Text(text.clone())])]);
        prop_assert_eq!(read_back(&markdown), folded(&text), "{}", markdown);
    }

    #[test]
    fn inlines_read_back_everywhere(run in inlines()) {
        let run = fold(run);
        let expected = folded(&plain(&run));
        prop_assume!(!expected.is_empty());
        for block in [
            Block::Paragraph(run.clone()),
            Block::Fence { name: "dateline".into(), lines: true, blocks: vec![Block::Paragraph(run.clone())] },
            Block::Quote(vec![Block::Paragraph(run.clone())]),
            Block::List(vec![Item { label: Vec::new(), blocks: vec![Block::Paragraph(run.clone())] }]),
            Block::Table(Table { headed: false, rows: vec![vec![Cell { inlines: run.clone(), ..Cell::default() }]] }),
            Block::Heading(2, None, run.clone()),
        ] {
            let markdown = blocks(&[block]);
            prop_assert_eq!(read_back(&markdown), expected.clone(), "{}", markdown);
        }
        let markdown = note("1", &[Block::Paragraph(run.clone())]);
        prop_assert_eq!(read_back(&format!("a[^1]\n\n{markdown}")), format!("a {expected}"), "{}", markdown);
        let title = line(&run);
        let (pieces, _) = parse_inline(&title, &Markup::default());
        let mut words = String::new();
        read_inlines(&pieces, &mut words);
        prop_assert_eq!(folded(&words), expected, "{}", title);
    }
}

#[test]
fn line_breaks_of_a_pretty_printer_leave_brackets_and_stops_alone() {
    let text = |words: &str| Inline::Text(words.to_owned());
    let name = |words: &str| Inline::Span(".n".to_owned(), vec![text(words)]);
    let told = |inlines: Vec<Inline>| plain(&fold(inlines));
    assert_eq!(told(vec![text("To (\n  "), name("Roe"), text("\n) there")]), "To (Roe) there");
    let papers = Inline::Styled(Style::Em, vec![text("Papers of\n"), name("Roe"), text("\n  ")]);
    assert_eq!(told(vec![papers, text(" , vol. 4")]), "Papers of Roe, vol. 4");
    assert_eq!(told(vec![name("Roe"), text("\n. . . said")]), "Roe . . . said");
    // What the source has in one line, it has.
    assert_eq!(told(vec![text("( "), name("Roe"), text(" ) and G .")]), "( Roe ) and G .");
}
