//! Two texts, word by word.

use super::page::Block;
use serde::Serialize;
use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::collections::HashMap;

/// A place in which two texts differ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Passage {
    /// Anchor of the paragraph in the new page; in the old one where all of it is deleted.
    pub anchor: Option<String>,
    /// Its words in order; the end of a paragraph within it is `¶`.
    pub parts: Vec<Part>,
}

/// Some words of a passage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// In both texts.
    Same(String),
    /// In the old text only.
    Deleted(String),
    /// In the new text only.
    Added(String),
}

/// The end of a paragraph among words.
const PARAGRAPH: &str = "¶";

/// Two stretches of text with more pairs of words than this have no more in common than anybody wants to see.
const MOST_PAIRS: usize = 40_000_000;

/// A few words that happen to stand in both texts do not make two changes of one.
const CHANCE: usize = 2;

/// Where two texts differ, in the order of the new one.
pub(super) fn passages(old: &[Block], new: &[Block]) -> Vec<Passage> {
    let texts = |blocks: &[Block]| -> Vec<String> { blocks.iter().map(|block| block.text.clone()).collect() };
    let (old_texts, new_texts) = (texts(old), texts(new));
    let mut passages = Vec::new();
    for (old_range, new_range) in changes(&numbers(&old_texts, &new_texts)) {
        let words = |blocks: &[Block]| -> Vec<String> {
            let texts: Vec<&str> = blocks.iter().map(|block| block.text.as_str()).collect();
            texts
                .join(&format!(" {PARAGRAPH} "))
                .split(' ')
                .filter(|word| !word.is_empty())
                .map(str::to_owned)
                .collect()
        };
        let (old_blocks, new_blocks) = (&old[old_range], &new[new_range]);
        let first = new_blocks.first().or(old_blocks.first());
        passages.push(Passage {
            anchor: first.and_then(|block| block.anchor.clone()),
            parts: parts(&words(old_blocks), &words(new_blocks)),
        });
    }
    passages
}

type Range = std::ops::Range<usize>;

/// Equal things become equal numbers, which are compared faster than words.
fn numbers(old: &[String], new: &[String]) -> (Vec<usize>, Vec<usize>) {
    let mut known: HashMap<String, usize> = HashMap::new();
    let mut number = |text: &String| {
        let next = known.len();
        *known.entry(text.clone()).or_insert(next)
    };
    (old.iter().map(&mut number).collect(), new.iter().map(&mut number).collect())
}

/// Ranges of the old and of the new that stand for each other and differ.
fn changes((old, new): &(Vec<usize>, Vec<usize>)) -> Vec<(Range, Range)> {
    let start = old.iter().zip(new).take_while(|(one, other)| one == other).count();
    let most = old.len().min(new.len()) - start;
    let end = old.iter().rev().zip(new.iter().rev()).take(most).take_while(|(one, other)| one == other).count();
    let (old_middle, new_middle) = (&old[start..old.len() - end], &new[start..new.len() - end]);
    if old_middle.is_empty() && new_middle.is_empty() {
        return Vec::new();
    }
    if old_middle.len().saturating_mul(new_middle.len()) > MOST_PAIRS {
        return vec![(start..old.len() - end, start..new.len() - end)];
    }
    // What is equal is asked for and the rest is a change: changes as the crate has them may overlap.
    let equal = capture_diff_slices(Algorithm::Myers, old_middle, new_middle).into_iter().filter_map(|operation| {
        let DiffOp::Equal { old_index, new_index, len } = operation else { return None };
        Some((old_index + start, new_index + start, len))
    });
    let mut found: Vec<(Range, Range)> = Vec::new();
    let (mut old_at, mut new_at) = (start, start);
    for (old_index, new_index, length) in equal.chain([(old.len() - end, new.len() - end, 0)]) {
        if old_at < old_index || new_at < new_index {
            found.push((old_at..old_index, new_at..new_index));
        }
        (old_at, new_at) = (old_index + length, new_index + length);
    }
    found
}

/// A passage of words.
fn parts(old: &[String], new: &[String]) -> Vec<Part> {
    let changes = joined(changes(&numbers(old, new)));
    let mut parts = Vec::new();
    let mut at = 0;
    let mut push = |part: fn(String) -> Part, words: &[String]| {
        if !words.is_empty() {
            parts.push(part(words.join(" ")));
        }
    };
    for (old_range, new_range) in changes {
        push(Part::Same, &new[at..new_range.start]);
        at = new_range.end;
        push(Part::Deleted, &old[old_range]);
        push(Part::Added, &new[new_range]);
    }
    push(Part::Same, &new[at..]);
    parts
}

/// Changes with hardly a word between them are one change, if they are larger than what is between.
fn joined(changes: Vec<(Range, Range)>) -> Vec<(Range, Range)> {
    let mut joined: Vec<(Range, Range)> = Vec::new();
    for (old, new) in changes {
        let size = |old: &Range, new: &Range| old.len().max(new.len());
        if let Some(last) = joined.last_mut() {
            let between = new.start - last.1.end;
            if between <= CHANCE && size(&last.0, &last.1).min(size(&old, &new)) > between {
                *last = (last.0.start..old.end, last.1.start..new.end);
                continue;
            }
        }
        joined.push((old, new));
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn blocks(text: &str) -> Vec<Block> {
        text.split('|').map(|text| Block { anchor: None, text: text.trim().to_owned() }).collect()
    }

    /// `-old- +new+`, passages apart by `|`.
    fn shown(old: &str, new: &str) -> String {
        let part = |part: &Part| match part {
            Part::Same(words) => words.clone(),
            Part::Deleted(words) => format!("-{words}-"),
            Part::Added(words) => format!("+{words}+"),
        };
        let passage = |passage: &Passage| passage.parts.iter().map(part).collect::<Vec<_>>().join(" ");
        passages(&blocks(old), &blocks(new)).iter().map(passage).collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn only_what_differs_is_told() {
        assert_eq!(shown("a b | c d", "a b | c d"), "");
        assert_eq!(shown("same | one two three | same", "same | one 2 three | same"), "one -two- +2+ three");
        assert_eq!(shown("a | b", "a | new | b"), "+new+");
        assert_eq!(shown("a | gone | b", "a | b"), "-gone-");
        assert_eq!(shown("one two three four", "one two | three four"), "one two +¶+ three four");
        assert_eq!(shown("x a | same | y b", "z a | same | w b"), "-x- +z+ a | -y- +w+ b");
    }

    #[test]
    fn words_that_are_there_by_chance_do_not_cut_a_change() {
        let old = "he spoke of the two brigades and left";
        let new = "he asked about an old the secret paper trail and left";
        assert_eq!(
            shown(old, new),
            "he -spoke of the two brigades- +asked about an old the secret paper trail+ and left"
        );
        assert_eq!(shown("a b c", "x b z"), "-a- +x+ b -c- +z+");
    }

    #[test]
    fn texts_without_anything_in_common_end_soon() {
        let words = |prefix: &str| (0..7000).map(|n| format!("{prefix}{n}")).collect::<Vec<_>>().join(" ");
        assert_eq!(passages(&blocks(&words("a")), &blocks(&words("b")))[0].parts.len(), 2);
    }

    proptest! {
        /// Both texts can be read from what is shown, but for paragraphs that are the same.
        #[test]
        fn both_texts_are_in_the_difference(old in "[a-c ]{0,40}", new in "[a-c ]{0,40}") {
            let read = |keep: fn(&Part) -> Option<&String>| {
                let passages = passages(&blocks(&old), &blocks(&new));
                let parts: Vec<String> = passages.iter().flat_map(|it| it.parts.iter().filter_map(keep)).cloned().collect();
                parts.join(" ")
            };
            let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            let without_added = read(|part| match part { Part::Added(_) => None, Part::Same(it) | Part::Deleted(it) => Some(it) });
            let without_deleted = read(|part| match part { Part::Deleted(_) => None, Part::Same(it) | Part::Added(it) => Some(it) });
            prop_assume!(old.trim() != new.trim());
            prop_assert_eq!(without_added, words(&old));
            prop_assert_eq!(without_deleted, words(&new));
        }
    }
}
