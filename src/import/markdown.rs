//! Blocks as importers make them, and their Markdown: one block a line, in the form of the authors' manual.

use super::escape::{self, Place};
use super::inline::{Inline, Page, Style, fold, has_words, plain};

/// A block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A heading of the document itself, with the id that other texts refer to.
    Heading(u8, Option<String>, Vec<Inline>),
    /// A fence with its name or attributes. Where `lines` is set, each source line is a line.
    Fence {
        /// `dateline`, or `{.attachment #a1}`.
        name: String,
        /// Whether its paragraphs keep their lines.
        lines: bool,
        /// What it holds.
        blocks: Vec<Block>,
    },
    /// A quotation.
    Quote(Vec<Block>),
    /// A list.
    List(Vec<Item>),
    /// A list that is written already: an index of ten thousand references is small as text.
    Written(String),
    /// A table.
    Table(Table),
    /// A page break between blocks.
    Page(Page),
    /// A remark that is not published.
    Comment(String),
}

/// An item of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Item {
    /// Its printed label.
    pub label: Vec<Inline>,
    /// What it holds.
    pub blocks: Vec<Block>,
}

/// A table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    /// Whether the first row holds headings.
    pub headed: bool,
    /// Rows.
    pub rows: Vec<Vec<Cell>>,
}

/// A cell of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cell {
    /// What it holds.
    pub inlines: Vec<Inline>,
    /// Columns it covers, if more than one.
    pub columns: usize,
    /// Rows it covers, if more than one.
    pub rows: usize,
}

/// How inlines are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Setting {
    /// A paragraph: a line break is `\` and a new line.
    Paragraph,
    /// A fence in which each source line is a line.
    Lines,
    /// A title or a cell: one line, with `<br>`.
    Line,
}

/// A title or another single line of front matter.
pub fn line(inlines: &[Inline]) -> String {
    let mut out = String::new();
    write_inlines(&mut out, inlines, Setting::Line, false, None);
    // The line would be taken for a fence.
    if out.starts_with(":::") {
        out.insert(0, '\\');
    }
    out.trim_matches([' ', '\n']).to_owned()
}

/// Blocks, with an empty line between them.
pub fn blocks(blocks: &[Block]) -> String {
    let mut out = String::new();
    write_blocks(&mut out, blocks, "", false);
    out
}

/// The definition of a note.
pub fn note(label: &str, content: &[Block]) -> String {
    let mut inner = String::new();
    write_blocks(&mut inner, content, "", false);
    let mut out = format!("[^{label}]:");
    if !matches!(content.first(), Some(Block::Paragraph(_)) | None) {
        out.push('\n');
    }
    indent(&mut out, inner.trim_end_matches(['\n', ' ']), "    ");
    out.push('\n');
    out
}

/// Adds a text behind a marker, its further lines indented.
fn indent(out: &mut String, text: &str, by: &str) {
    for (number, line) in text.split('\n').enumerate() {
        if number == 0 && !out.ends_with('\n') {
            out.push(' ');
            out.push_str(line);
            continue;
        }
        if number > 0 {
            out.push('\n');
        }
        if !line.is_empty() {
            out.push_str(by);
            out.push_str(line);
        }
    }
}

fn write_blocks(out: &mut String, blocks: &[Block], _by: &str, lines: bool) {
    let mut after_list = false;
    for block in blocks {
        let mut text = String::new();
        write_block(&mut text, block, lines);
        let text = text.trim_end_matches('\n');
        if text.is_empty() {
            continue;
        }
        if !out.is_empty() {
            out.push_str("\n\n");
        }
        let list = matches!(block, Block::List(_) | Block::Written(_));
        if list && after_list {
            // Two lists without anything between them would be one.
            out.push_str("<!-- -->\n\n");
        }
        out.push_str(text);
        after_list = list;
    }
    if !out.is_empty() && !out.ends_with('\n') {
        out.push('\n');
    }
}

fn write_block(out: &mut String, block: &Block, lines: bool) {
    let setting = if lines { Setting::Lines } else { Setting::Paragraph };
    match block {
        Block::Paragraph(inlines) => write_inlines(out, &fold(inlines.clone()), setting, false, None),
        Block::Heading(level, id, inlines) => heading(out, *level, id.as_deref(), inlines),
        Block::Fence { name, lines, blocks } => fence(out, name, *lines, blocks),
        Block::Quote(blocks) => {
            let mut inner = String::new();
            write_blocks(&mut inner, blocks, "", false);
            for line in inner.trim_end_matches(['\n', ' ']).split('\n') {
                out.push_str(if line.is_empty() { ">" } else { "> " });
                out.push_str(line);
                out.push('\n');
            }
        }
        Block::List(items) => items.iter().for_each(|item| write_item(out, item)),
        Block::Written(text) => out.push_str(text),
        Block::Table(table) => write_table(out, table),
        Block::Page(page) => page_break(out, page),
        Block::Comment(text) => {
            out.push_str("<!-- ");
            out.push_str(&text.replace("--", "- -").replace('>', "›"));
            out.push_str(" -->");
        }
    }
}

fn heading(out: &mut String, level: u8, id: Option<&str>, inlines: &[Inline]) {
    let inlines = fold(inlines.to_vec());
    if !inlines.iter().any(has_words) {
        return write_inlines(out, &inlines, Setting::Paragraph, false, None);
    }
    (0..level).for_each(|_| out.push('#'));
    out.push(' ');
    let mut words = String::new();
    write_inlines(&mut words, &inlines, Setting::Line, false, None);
    // A run of `#` at the end would be taken for the mark that closes a heading.
    if words.ends_with('#') {
        words.insert(words.len() - 1, '\\');
    }
    // A closing brace there would be taken for attributes, even behind a backslash.
    if words.ends_with('}') && id.is_none() && matches!(inlines.last(), Some(Inline::Text(_))) {
        words.truncate(words.len() - 1);
        words.push_str("&#125;");
    }
    out.push_str(&words);
    if let Some(id) = id {
        out.push_str(&format!(" {{#{id}}}"));
    }
}

fn fence(out: &mut String, name: &str, lines: bool, blocks: &[Block]) {
    let mut inner = String::new();
    write_blocks(&mut inner, blocks, "", lines);
    let holds_fence = blocks.iter().any(|block| matches!(block, Block::Fence { .. }));
    let mark = if holds_fence { "::::" } else { ":::" };
    let gap = if holds_fence { "\n" } else { "" };
    out.push_str(&format!("{mark} {name}\n{gap}{inner}{gap}{mark}\n"));
}

fn write_item(out: &mut String, item: &Item) {
    // Long lists, such as indexes, nest: what has no label is not copied at each level.
    let labelled = (!item.label.is_empty()).then(|| {
        let mut blocks = item.blocks.clone();
        let label = Inline::Span(".label".to_owned(), item.label.clone());
        match blocks.first_mut() {
            Some(Block::Paragraph(inlines)) => {
                inlines.insert(0, Inline::Text(" ".to_owned()));
                inlines.insert(0, label);
            }
            _ => blocks.insert(0, Block::Paragraph(vec![label])),
        }
        blocks
    });
    let blocks = labelled.as_deref().unwrap_or(&item.blocks);
    let mut inner = String::new();
    let tight = matches!(blocks, [Block::Paragraph(_)] | [Block::Paragraph(_), Block::List(_)]);
    match blocks {
        [first, Block::List(_)] if tight => {
            write_block(&mut inner, first, false);
            inner.push('\n');
            write_blocks(&mut inner, &blocks[1..], "", false);
        }
        _ => write_blocks(&mut inner, blocks, "", false),
    }
    out.push('-');
    if !matches!(blocks.first(), Some(Block::Paragraph(_) | Block::List(_)) | None) {
        // A marker alone on its line would read as the underline of a heading.
        out.push_str(" <!-- -->\n\n");
    }
    indent(out, inner.trim_end_matches(['\n', ' ']), "  ");
    out.push('\n');
}

fn write_table(out: &mut String, table: &Table) {
    if table.rows.iter().flatten().any(|cell| cell.columns > 1 || cell.rows > 1) {
        return write_html_table(out, table);
    }
    let width = table.rows.iter().map(Vec::len).max().unwrap_or(0);
    let mut rows = table.rows.iter();
    let empty = Vec::new();
    let head = if table.headed { rows.next().unwrap_or(&empty) } else { &empty };
    write_row(out, head, width);
    out.push('|');
    (0..width).for_each(|_| out.push_str(" --- |"));
    out.push('\n');
    rows.for_each(|row| write_row(out, row, width));
}

fn write_row(out: &mut String, row: &[Cell], width: usize) {
    out.push('|');
    for column in 0..width {
        let mut text = String::new();
        if let Some(cell) = row.get(column) {
            write_inlines(&mut text, &fold(cell.inlines.clone()), Setting::Line, false, None);
        }
        out.push(' ');
        out.push_str(text.trim_matches(' '));
        out.push_str(if text.is_empty() { "|" } else { " |" });
    }
    out.push('\n');
}

fn write_html_table(out: &mut String, table: &Table) {
    out.push_str("<table>\n");
    for (number, row) in table.rows.iter().enumerate() {
        out.push_str("<tr>\n");
        let tag = if table.headed && number == 0 { "th" } else { "td" };
        for cell in row {
            out.push_str(&format!("<{tag}"));
            for (key, value) in [("colspan", cell.columns), ("rowspan", cell.rows)] {
                if value > 1 {
                    out.push_str(&format!(" {key}=\"{value}\""));
                }
            }
            out.push('>');
            let mut text = String::new();
            write_inlines(&mut text, &fold(cell.inlines.clone()), Setting::Line, false, None);
            if !text.is_empty() {
                out.push_str(&format!("\n\n{text}\n\n"));
            }
            out.push_str(&format!("</{tag}>\n"));
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</table>\n");
}

fn page_break(out: &mut String, page: &Page) {
    out.push('[');
    escape::push(out, page.number.as_deref().unwrap_or(""), Place { in_brackets: true, ..Place::default() });
    out.push_str("]{.pb");
    for (key, value) in [("ed", &page.pagination), ("facs", &page.image)] {
        if let Some(value) = value {
            let plain = value.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/'));
            let quote = if plain { "" } else { "\"" };
            out.push_str(&format!(" {key}={quote}{}{quote}", value.replace('"', "'")));
        }
    }
    out.push('}');
}

fn write_inlines(out: &mut String, inlines: &[Inline], setting: Setting, in_brackets: bool, after: Option<char>) {
    let begun = out.len();
    for (number, inline) in inlines.iter().enumerate() {
        let next = inlines[number + 1..].iter().find_map(first_character).or(after);
        let at_line_start = setting != Setting::Line && !in_brackets && (out.len() == begun || out.ends_with('\n'));
        match inline {
            Inline::Text(text) => {
                let at_line_start = at_line_start && (begun == 0 || out.ends_with('\n'));
                escape::push(out, text, Place { at_line_start, in_brackets, after: next });
            }
            Inline::Styled(style, inner) => write_styled(out, *style, inner, setting, in_brackets, next),
            // Attributes around one link alone are the link's own.
            Inline::Span(attributes, inner)
                if matches!(inner.as_slice(), [Inline::Link(..)]) && is_of_link(attributes) =>
            {
                write_inlines(out, inner, setting, in_brackets, Some('{'));
                out.push_str(&format!("{{{attributes}}}"));
            }
            Inline::Span(attributes, inner) => {
                out.push('[');
                write_inlines(out, inner, setting, true, Some(']'));
                out.push_str(&format!("]{{{attributes}}}"));
            }
            Inline::Link(target, inner) => {
                out.push('[');
                write_inlines(out, inner, setting, true, Some(']'));
                out.push_str(&format!("]({})", address(target)));
            }
            Inline::Note(label) => {
                out.push_str(&format!("[^{label}]"));
                if at_line_start && next == Some(':') {
                    out.push('\\');
                }
            }
            Inline::Page(page) => page_break(out, page),
            Inline::Break => out.push_str(match setting {
                Setting::Paragraph if in_brackets => "<br>",
                Setting::Paragraph => "\\\n",
                Setting::Lines if !in_brackets => "\n",
                _ => "<br>",
            }),
        }
    }
}

fn is_of_link(attributes: &str) -> bool {
    attributes.starts_with(".implied") || attributes.starts_with("cert=")
}

/// An address without the characters that would end it.
fn address(target: &str) -> String {
    target.replace(' ', "%20").replace('(', "%28").replace(')', "%29").replace('<', "%3C").replace('>', "%3E")
}

/// The character with which an inline begins when it is written.
fn first_character(inline: &Inline) -> Option<char> {
    match inline {
        Inline::Text(text) => text.chars().next(),
        Inline::Styled(Style::Sup | Style::Sub, _) => Some('<'),
        Inline::Styled(..) => Some('*'),
        Inline::Span(..) | Inline::Link(..) | Inline::Note(_) | Inline::Page(_) => Some('['),
        Inline::Break => Some('\n'),
    }
}

fn write_styled(
    out: &mut String,
    style: Style,
    inner: &[Inline],
    setting: Setting,
    in_brackets: bool,
    next: Option<char>,
) {
    let mark = match style {
        Style::Em => "*",
        Style::Strong => "**",
        Style::Del => "~~",
        Style::Sup | Style::Sub => "",
    };
    // A bracket that closes outside would make a pair that crosses the tags.
    let in_brackets = in_brackets || !pairs_brackets(&plain(inner));
    if mark.is_empty() || !marks_hold(out, inner, next) {
        let tag = style.tag();
        out.push_str(&format!("<{tag}>"));
        write_inlines(out, inner, setting, in_brackets, Some('<'));
        return out.push_str(&format!("</{tag}>"));
    }
    out.push_str(mark);
    write_inlines(out, inner, setting, in_brackets, Some('*'));
    out.push_str(mark);
}

fn pairs_brackets(text: &str) -> bool {
    let mut depth = 0_i32;
    let closes_early = text.chars().any(|sign| {
        depth += i32::from(sign == '[') - i32::from(sign == ']');
        depth < 0
    });
    !closes_early && depth == 0
}

/// Whether Markdown's own marks would be read as such: they need space or punctuation outside and letters inside, and
/// no other emphasis near.
fn marks_hold(out: &str, inner: &[Inline], next: Option<char>) -> bool {
    let before = out.chars().next_back();
    let outside = |c: Option<char>| match c {
        None => true,
        Some(c) => {
            matches!(c, ' ' | '\n' | '(' | ')' | '[' | ']' | ',' | '.' | ';' | ':' | '“' | '”' | '—' | '–' | '?' | '"')
        }
    };
    let first = inner.first().and_then(first_letter);
    let last = inner.last().and_then(last_letter);
    let flat = !inner.iter().any(|inline| matches!(inline, Inline::Styled(..)) || nests_style(inline));
    let letters = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    flat && outside(before) && outside(next) && letters(first) && letters(last) && !out.ends_with("\\[")
}

fn nests_style(inline: &Inline) -> bool {
    match inline {
        Inline::Span(_, inner) | Inline::Link(_, inner) => {
            inner.iter().any(|inline| matches!(inline, Inline::Styled(..)) || nests_style(inline))
        }
        _ => false,
    }
}

/// The first letter written: brackets of links count as punctuation, beside which only space may stand.
fn first_letter(inline: &Inline) -> Option<char> {
    match inline {
        Inline::Text(text) => text.chars().next(),
        _ => None,
    }
}

fn last_letter(inline: &Inline) -> Option<char> {
    match inline {
        Inline::Text(text) => text.chars().next_back(),
        _ => None,
    }
}
