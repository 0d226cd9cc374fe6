//! Reading Markdown pages of the manual: fenced blocks, links, headings.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use std::collections::BTreeSet;
use std::ops::Range;

/// A fenced block of code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Block {
    /// What stands behind the opening fence.
    pub(crate) info: String,
    /// The text between the fences.
    pub(crate) text: String,
    /// Where the text stands in the page.
    pub(crate) at: Range<usize>,
    /// The line on which it begins.
    pub(crate) line: usize,
}

impl Block {
    pub(crate) fn language(&self) -> &str {
        self.info.split(' ').next().unwrap_or("")
    }

    /// The value of `key=value` behind the language.
    pub(crate) fn value(&self, key: &str) -> Option<&str> {
        self.info.split(' ').find_map(|word| word.strip_prefix(key)?.strip_prefix('='))
    }

    pub(crate) fn has(&self, word: &str) -> bool {
        self.info.split(' ').any(|found| found == word)
    }
}

/// All fenced blocks of a page that stand at the margin.
pub(crate) fn of(page: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Option<(String, String, usize, usize)> = None;
    let mut at = 0;
    for (number, line) in page.split_inclusive('\n').enumerate() {
        let marks = line.len() - line.trim_start_matches('`').len();
        match &open {
            None if marks >= 3 => {
                let info = line[marks..].trim().to_owned();
                open = Some(("`".repeat(marks), info, at + line.len(), number + 2));
            }
            Some((fence, info, start, first)) if line.trim_end() == fence => {
                let at = *start..at;
                blocks.push(Block { info: info.clone(), text: page[at.clone()].to_owned(), at, line: *first });
                open = None;
            }
            _ => {}
        }
        at += line.len();
    }
    blocks
}

fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES
}

/// Targets of all links and images.
pub(crate) fn links(page: &str) -> Vec<String> {
    let events = Parser::new_ext(page, options());
    let target = |event| match event {
        Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => Some(dest_url.to_string()),
        Event::Html(html) | Event::InlineHtml(html) => {
            html.split_once("src=\"").and_then(|(_, rest)| Some(rest.split_once('"')?.0.to_owned()))
        }
        _ => None,
    };
    events.filter_map(target).collect()
}

/// The anchors that GitHub gives to the headings of a page.
pub(crate) fn anchors(page: &str) -> BTreeSet<String> {
    let mut anchors = BTreeSet::new();
    let mut heading: Option<String> = None;
    for event in Parser::new_ext(page, options()) {
        match event {
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) => {}
            Event::Text(text) | Event::Code(text) => {
                if let Some(words) = &mut heading {
                    words.push_str(&text);
                }
            }
            Event::End(TagEnd::Heading(_)) => {
                let words = heading.take().unwrap_or_default().to_lowercase().replace(' ', "-");
                anchors.insert(words.chars().filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_')).collect());
            }
            _ => {}
        }
    }
    anchors
}
