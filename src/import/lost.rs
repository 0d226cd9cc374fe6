//! What an import left out: the words of the source are counted against those of the files, whatever the walk between
//! them believes. What is missing is named in the report by its element.
//!
//! Only words that stand whole in one text of the source are counted, so that a page break or a long s within a word
//! raises no alarm. A word that also stands elsewhere in the files can hide a loss; a loss of several words cannot hide.

use super::report::Report;
use super::xml::{self, Node};
use std::collections::{BTreeMap, HashMap};

/// Words of one element that are missing.
#[derive(Debug, Clone, Copy)]
pub struct Missing<'a> {
    /// How many.
    pub number: usize,
    /// The first of them.
    pub first: &'a str,
    /// The text in which it stands.
    pub at: Node<'a>,
}

/// Names what of the text in `nodes` is not in `written`. Texts that `skipped` knows are left out on purpose.
pub fn check<'a>(nodes: &[Node<'a>], written: &[&str], skipped: impl Fn(Node<'a>) -> bool, report: &mut Report) {
    for (name, missing) in find(nodes, written, skipped) {
        report.remark("text-left-out", xml::place(missing.at), message(name, missing.number, missing.first));
    }
}

/// How the report says it.
pub fn message(name: &str, number: usize, first: &str) -> String {
    match number {
        1 => format!("the word “{first}” of <{name}> is not in what was written"),
        _ => format!("{number} words of <{name}> are not in what was written, first “{first}”"),
    }
}

/// The words in `nodes` that are not in `written`, by the element around them.
pub fn find<'a>(
    nodes: &[Node<'a>],
    written: &[&str],
    skipped: impl Fn(Node<'a>) -> bool,
) -> BTreeMap<&'a str, Missing<'a>> {
    // Only looked up, never walked: its order cannot show.
    let mut there: HashMap<&str, usize> = HashMap::new();
    for text in written {
        words(text).for_each(|word| *there.entry(word).or_default() += 1);
    }
    let mut missing: BTreeMap<&str, Missing<'a>> = BTreeMap::new();
    whole_texts(nodes, skipped, |text, node| {
        for word in words(text) {
            if let Some(number) = there.get_mut(word).filter(|number| **number > 0) {
                *number -= 1;
                continue;
            }
            let around = node.parent().map(xml::name).unwrap_or_default();
            missing.entry(around).or_insert(Missing { number: 0, first: word, at: node }).number += 1;
        }
    });
    missing
}

/// Runs of letters and digits.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// The texts of some nodes, without the parts of words at their ends that the next text goes on with.
fn whole_texts<'a>(nodes: &[Node<'a>], skipped: impl Fn(Node<'a>) -> bool, mut each: impl FnMut(&'a str, Node<'a>)) {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    // The text before, already without the end of a word that began before it.
    let mut before: Option<(&'a str, &'a str, Node<'a>)> = None;
    let mut next = |text: &'a str, node: Node<'a>| {
        let mut rest = text;
        if let Some((whole, mut left, one)) = before {
            let touch = letter(whole.chars().next_back()) && letter(text.chars().next());
            if touch && is_one_line(one, node) {
                left = left.trim_end_matches(char::is_alphanumeric);
                rest = text.trim_start_matches(char::is_alphanumeric);
            }
            each(left, one);
        }
        before = Some((text, rest, node));
    };
    for node in nodes {
        collect(*node, &skipped, &mut next);
    }
    if let Some((_, left, node)) = before {
        each(left, node);
    }
}

/// Whether two texts can be parts of one word: what holds both has words of its own, or is a line of text.
fn is_one_line(one: Node<'_>, other: Node<'_>) -> bool {
    let Some(around) = other.ancestors().skip(1).find(|up| one.ancestors().any(|above| above == *up)) else {
        return false;
    };
    let own =
        around.children().any(|child| child.is_text() && child.text().is_some_and(|text| !text.trim().is_empty()));
    own || matches!(
        xml::name(around),
        "p" | "hi" | "l" | "head" | "seg" | "cell" | "item" | "rs" | "note" | "w" | "date"
    )
}

fn collect<'a>(node: Node<'a>, skipped: &impl Fn(Node<'a>) -> bool, each: &mut impl FnMut(&'a str, Node<'a>)) {
    if let Some(text) = node.text().filter(|text| node.is_text() && !text.is_empty()) {
        each(text, node);
    } else if !node.is_text() && !skipped(node) {
        node.children().for_each(|child| collect(child, skipped, each));
    }
}
