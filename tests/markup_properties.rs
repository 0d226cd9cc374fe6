//! What holds for every text: reading it never fails, loses no letter, gives balanced HTML and places within the text.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of a test may fail as loudly as the test itself"
)]

#[path = "markup/render.rs"]
mod render;

use engross::diag::Code;
use engross::model::issue::At;
use engross::model::markup::{Markup, NoteNumbering};
use engross::parse::front_matter;
use proptest::prelude::*;
use scraper::{Html, Node};
use std::collections::{BTreeMap, BTreeSet};

const VOLUME: &str = "title: Volume
paginations:
  - id: print
    label: Page
    marker: Page {n}
  - id: leaf
    label: Leaf
note_series:
  o: Author
patterns:
  - match: qqpattern
    class: excision
";

/// Words that a text must keep: they stand in no label, target or attribute.
fn word() -> impl Strategy<Value = String> {
    prop::sample::select(&["Rusk", "wörld", "東京", "x", "12", "a", "schön", "Ж"]).prop_map(str::to_owned)
}

/// Pieces of markup, whole and broken.
fn piece() -> impl Strategy<Value = String> {
    let fixed = prop::sample::select(&[
        " ",
        "\n",
        "\n\n",
        "\n    ",
        "\n> ",
        "\n- ",
        "\n1. ",
        "\n## ",
        "\n| ",
        " | ",
        "|",
        "\n|---|---|\n",
        "*",
        "**",
        "_",
        "`",
        "```",
        "\n```\n",
        "~~",
        "~",
        "[",
        "]",
        "(",
        ")",
        "{",
        "}",
        "<",
        ">",
        "\\",
        "&",
        "&amp;",
        ":",
        "]:",
        "!",
        "![",
        "\t",
        "\r\n",
        "\n::: ",
        "\n:::\n",
        ":::",
        "\n***\n",
        "\n---\n",
        "\n===\n",
        "- - -",
        "  \n",
        "\\\n",
        "[^",
        "[^1]",
        "[^o1]",
        "\n[^1]: ",
        "\n\n[^o1]: ",
        "]{.u}",
        "]{.pb}",
        "]{.supplied}",
        "{.u}",
        " {#id}\n",
        " {#id2}",
        "](person:a)",
        "](doc:d1)",
        "](sic)",
        "](doc:d1){.implied}",
        "<em>",
        "</em>",
        "<br>",
        "<sup>",
        "</sup>",
        "<b>",
        "<table>",
        "</table>",
        "<tr>",
        "</tr>",
        "<td>",
        "</td>",
        "\n<table><tr><td>",
        "\n<table>\n<tr>\n<td>\n\n",
        "\n\n</td></tr></table>\n\n",
        "<td colspan=\"2\">",
        "<td\ncolspan=2>",
        "\n<div>\n",
        "</div>",
        "<!--",
        "-->",
        "\n<!--",
        "<?",
        "<!A",
        "<![CDATA[",
        "https://",
        "\n::: dateline\n",
        "\n::: {.attachment #a1}\n",
        "qqpattern",
        "\u{301}",
        "\u{a0}",
        "\u{200f}",
        "\"",
        "'",
        "=",
        "#",
        "^",
        "$",
    ]);
    prop_oneof![
        4 => word(),
        8 => fixed.prop_map(str::to_owned),
        1 => word().prop_map(|word| format!("[{word}]{{.u}}")),
        1 => word().prop_map(|word| format!("[{word}](person:a)")),
        1 => word().prop_map(|word| format!("[Page 7] {word}")),
        1 => "\\PC{0,6}",
    ]
}

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(piece(), 0..40).prop_map(|pieces| pieces.concat())
}

fn markup() -> Markup {
    render::volume(VOLUME).0
}

/// Letters and digits, each as often as it stands there.
fn letters(text: &str) -> BTreeMap<char, usize> {
    let mut found = BTreeMap::new();
    for c in text.chars().filter(|c| c.is_alphanumeric()) {
        *found.entry(c).or_insert(0) += 1;
    }
    found
}

/// What stands in tags: labels of page breaks, targets, classes, ids.
fn in_tags(html: &str) -> String {
    html.split('<').skip(1).filter_map(|part| part.split_once('>')).map(|(tag, _)| tag).collect()
}

/// Whether letters of these words, which no markup of [`piece`] holds, stand neither in the text nor in its tags.
fn lost(source: &str, plain: &str, html: &str) -> Option<char> {
    let there = letters(&without_comments(source));
    let printed = letters(&format!("{plain}{}", in_tags(html)));
    let of_words = there.into_iter().filter(|(c, _)| "Rö東京Ж".contains(*c));
    of_words.filter(|(c, count)| printed.get(c).copied().unwrap_or(0) < *count).map(|(c, _)| c).next()
}

/// Findings that say of text that it is not printed as it stands.
const LOSSES: [Code; 5] =
    [Code::NESTING_TOO_DEEP, Code::TEXT_LOST, Code::HTML_FORBIDDEN, Code::FENCE_MALFORMED, Code::NOTE_IN_FRONT_MATTER];

/// Open and close tags as they are written.
fn tags(html: &str) -> BTreeMap<String, i64> {
    let mut found: BTreeMap<String, i64> = BTreeMap::new();
    for part in html.split('<').skip(1) {
        let (closes, part) = part.strip_prefix('/').map_or((false, part), |part| (true, part));
        let name: String = part.chars().take_while(char::is_ascii_alphanumeric).collect();
        if !part.starts_with('!') && !matches!(name.as_str(), "br" | "img") {
            *found.entry(name).or_insert(0) += if closes { -1 } else { 1 };
        }
    }
    found
}

/// Elements as a browser reads them.
fn elements(html: &str) -> Vec<String> {
    let document = Html::parse_fragment(html);
    let nodes = document.tree.nodes().filter_map(|node| match node.value() {
        Node::Element(element) => Some(element.name().to_owned()),
        _ => None,
    });
    nodes.skip(1).collect()
}

/// Elements in the order in which their tags are written.
fn written(html: &str) -> Vec<String> {
    let opens = html.split('<').skip(1).filter(|part| !part.starts_with(['/', '!']));
    opens.map(|part| part.chars().take_while(char::is_ascii_alphanumeric).collect()).collect()
}

fn check(source: &str, markup: &Markup) -> Result<(), TestCaseError> {
    let page = render::page(source, markup, NoteNumbering::Printed);
    // Places are checked where findings are cut out of the text.
    let cut: BTreeSet<Code> = page.findings.iter().map(|found| found.issue.code).collect();
    // What stands behind the marks of a code fence is a name.
    if !LOSSES.iter().any(|code| cut.contains(code)) && !page.html.contains("<pre>") {
        let lost = lost(source, &page.plain, &page.html);
        prop_assert!(lost.is_none(), "{lost:?} is lost: {source:?} became {:?}, {}", page.plain, page.html);
    }
    for (name, count) in tags(&page.html) {
        prop_assert_eq!(count, 0, "<{}> in {} of {:?}", name, &page.html, source);
    }
    // Browsers add what a table lacks and end a paragraph before a block.
    let mut read = elements(&page.html);
    read.retain(|name| !matches!(name.as_str(), "tbody" | "html"));
    let mut made = written(&page.html);
    made.retain(|name| name != "tbody");
    if !cut.contains(&Code::NOTE_IN_LINK) && !cut.contains(&Code::LINK_NESTED) {
        prop_assert_eq!(read, made, "{} of {:?}", &page.html, source);
    }
    let distinct: BTreeSet<&String> = page.paragraphs.iter().collect();
    if !cut.contains(&Code::ANCHOR_DUPLICATE) {
        prop_assert_eq!(distinct.len(), page.paragraphs.len(), "anchors of {:?}", source);
    }
    Ok(())
}

/// A text as it is published: comments are left out, code is not looked at more closely.
fn without_comments(source: &str) -> String {
    let mut out = String::new();
    let mut rest = source;
    while let Some(at) = rest.find("<!--") {
        out.push_str(&rest[..at]);
        rest = rest[at + 2..].find("-->").map_or("", |end| &rest[at + 2 + end + 3..]);
    }
    out + rest
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_breaks_the_reader(source in text()) {
        check(&source, &markup())?;
    }

    #[test]
    fn no_noise_breaks_the_reader(source in "[\\[\\](){}<>*_`~:!|#^.&;\\\\\"'= a-d1-3\n\r\té東\u{a0}-]{0,120}") {
        check(&source, &markup())?;
    }

    #[test]
    fn a_line_keeps_its_letters(source in text()) {
        let markup = markup();
        let (plain, found) = render::line(&source, &markup);
        for (span, code) in &found {
            prop_assert!(source.get(span.range()).is_some(), "{} at {:?} of {:?}", code.name(), span, source);
        }
        let codes: BTreeSet<Code> = found.iter().map(|(_, code)| *code).collect();
        // A line has no page of its own; the words of targets and labels are looked for in a paragraph.
        let marks = ["]{", "](", "<"].iter().any(|mark| source.contains(mark));
        if !marks && !LOSSES.iter().any(|code| codes.contains(code)) {
            let lost = lost(&source, &plain, "");
            prop_assert!(lost.is_none(), "{:?} is lost: {:?} became {:?}", lost, source, plain);
        }
    }

    #[test]
    fn front_matter_is_cut_without_a_byte_lost(source in "(\u{feff})?(---|\\.\\.\\.|- - -)?[ \r]?\n?([a-zé:# \r\n]|---|\\.\\.\\.|\n---\n){0,30}") {
        if let Ok(split) = front_matter::split(&source) {
            prop_assert_eq!(&source[split.yaml_at..split.yaml_at + split.yaml.len()], split.yaml);
            prop_assert_eq!(&source[split.body_at..], split.body);
            let between = &source[split.yaml_at + split.yaml.len()..split.body_at];
            prop_assert!(matches!(between.trim_end(), "---" | "..."), "{:?}", between);
            prop_assert_eq!(source[..split.yaml_at].trim_start_matches('\u{feff}').trim_end(), "---");
            prop_assert!(!split.yaml.lines().any(|line| matches!(line.trim_end(), "---" | "...")));
        }
    }
}

/// Texts that a search from every bracket, or recursion, would choke on.
fn hostile() -> Vec<(&'static str, String)> {
    let many = |piece: &str, count: usize| piece.repeat(count);
    let runs = |count: usize| (1..count).map(|length| "`".repeat(length) + " ").collect::<String>();
    vec![
        ("open brackets", many("[", 100_000)),
        ("closed brackets", many("](", 100_000)),
        ("empty links", many("[](", 40_000)),
        ("empty spans", many("[]{.", 40_000)),
        ("spans that are not closed", many("[]{.u a=\"", 20_000)),
        ("brackets within brackets", many("[", 50_000) + &many("]", 50_000)),
        ("links within brackets", many("[", 30_000) + &many("[a](doc:d1)", 10_000) + &many("]{.u}", 30_000)),
        ("spans within spans", many("[", 30_000) + &many("]{.u}", 30_000)),
        ("quotations", many("> ", 10_000) + "a"),
        ("list markers", many("- ", 20_000) + "a"),
        ("tags", many("<a", 50_000)),
        ("tags with quotes", many("<a b=\"", 30_000)),
        ("styles", many("<em>", 30_000)),
        ("comments", many("<!--", 30_000)),
        ("comments that end", many("<!-- a -->", 20_000)),
        ("block tags", many("<td>\n", 20_000)),
        ("tables", many("\n<table><tr><td>", 5_000)),
        ("backticks", many("`` ` ", 25_000)),
        ("runs of backticks", runs(450)),
        ("notes", (0..20_000).map(|n| format!("a[^{n}]\n\n[^{n}]: b[^{n}]\n\n")).collect()),
        ("note references", many("[^1]", 30_000) + "\n\n[^1]: a"),
        (
            "notes at the end",
            many("a[^1]\n\n", 10_000) + &(0..10_000).map(|n| format!("[^{n}]: b\n")).collect::<String>(),
        ),
        ("fences", many("::: closer\n", 10_000)),
        ("fences one after another", many("::: closer\na\n:::\n", 10_000)),
        ("fences that close nothing", many(":::\n", 20_000)),
        ("headings", many("## a\n", 10_000)),
        ("pins", many("a {#b}\n\n", 10_000)),
        ("page breaks", many("[5]{.pb} a ", 10_000)),
        ("page marks", many("[Page 5]", 20_000)),
        ("phrases", many("[qqpattern", 20_000) + &many("]", 20_000)),
        ("table rows", "| a | b |\n|---|---|\n".to_owned() + &many("| [a]{.u} | b[^1] |\n", 10_000)),
        ("rules", many("***\n", 20_000)),
        ("definitions", many("[a]: b\n", 20_000)),
        ("emphasis", many("*a ", 50_000)),
        ("list items", many("1. a\n", 20_000)),
        ("one word", many("a", 500_000)),
        ("soft breaks", many("[]{.u}\n", 30_000)),
        ("substitutions", many("~~a~~[b]{.add}", 10_000)),
    ]
}

#[test]
fn hostile_texts_come_to_an_end() {
    let markup = markup();
    for (name, source) in hostile() {
        let page = render::page(&source, &markup, NoteNumbering::Auto);
        assert!(page.findings.iter().all(|found| found.issue.at.field == At::BODY), "{name}");
    }
}
