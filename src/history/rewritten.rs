//! Files whose text is so different after a commit that they may be other documents: numbers were given anew, and what
//! was `d2.md` is `d3.md` now.
//!
//! Git breaks such a pair (`-B`) and finds where the old text went, but not where a text is shorter than 400 bytes, and
//! it counts lines, of which a paragraph is one. So where git is in doubt, the two texts are read and their words
//! compared. A file that is another document begins anew: it must not inherit a history that is not its own.

use super::log::Doubt;
use crate::git;
use crate::model::history::{Commit, Touched};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Git does not break files that are smaller.
const SMALLEST_BROKEN: u64 = 400;

/// Decides each doubt; none where git does not answer.
pub(super) fn settle(root: &Path, commits: &mut [Commit], doubts: Vec<Doubt>) -> Option<()> {
    let ids = |doubt: &Doubt| [doubt.before.to_string(), doubt.after.to_string()];
    let unbroken: Vec<String> = doubts.iter().filter(|doubt| !doubt.is_broken).flat_map(ids).collect();
    let sizes = sizes(root, unbroken)?;
    let is_small = |id: &str| sizes.get(id).is_none_or(|size| *size < SMALLEST_BROKEN);
    let wanted = |doubt: &Doubt| doubt.is_broken || (is_small(&doubt.before) && is_small(&doubt.after));
    let doubts: Vec<Doubt> = doubts.into_iter().filter(wanted).collect();
    let texts = texts(root, doubts.iter().flat_map(ids).collect())?;
    for doubt in doubts {
        let same = match (texts.get(&*doubt.before), texts.get(&*doubt.after)) {
            (Some(before), Some(after)) => is_same(before, after),
            // What cannot be read was not compared.
            _ => false,
        };
        let touched = commits.get_mut(doubt.commit).and_then(|commit| commit.files.get_mut(doubt.file));
        if let Some(touched) = touched.filter(|_| !same)
            && let Touched::Changed(path) = touched
        {
            *touched = Touched::Rewritten(std::mem::take(path));
        }
    }
    Some(())
}

/// The bytes that texts have, by their ids.
fn sizes(root: &Path, ids: Vec<String>) -> Option<BTreeMap<String, u64>> {
    let answer = asked(root, "--batch-check=%(objectname) %(objectsize)", ids)?;
    let answer = String::from_utf8(answer).ok()?;
    let size = |line: &str| line.split_once(' ').and_then(|(id, size)| Some((id.to_owned(), size.parse().ok()?)));
    Some(answer.lines().filter_map(size).collect())
}

/// Texts by their ids.
pub(super) fn texts(root: &Path, ids: Vec<String>) -> Option<BTreeMap<String, String>> {
    let answer = asked(root, "--batch=%(objectname) %(objectsize)", ids)?;
    let mut texts = BTreeMap::new();
    let mut rest = answer.as_slice();
    while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
        let (head, after) = rest.split_at(end);
        let (id, size) = std::str::from_utf8(head).ok()?.split_once(' ')?;
        let after = after.get(1..)?;
        rest = match size.parse::<usize>() {
            Ok(size) => {
                texts.insert(id.to_owned(), String::from_utf8_lossy(after.get(..size)?).into_owned());
                after.get(size + 1..)?
            }
            Err(_) => after,
        };
    }
    Some(texts)
}

fn asked(root: &Path, form: &str, ids: Vec<String>) -> Option<Vec<u8>> {
    let ids: BTreeSet<String> = ids.into_iter().collect();
    if ids.is_empty() {
        return Some(Vec::new());
    }
    let list: Vec<String> = ids.into_iter().collect();
    git::ask(root, &["cat-file", form], format!("{}\n", list.join("\n")).into_bytes())
}

/// Whether two texts are one document: title and date as they are written are the same, or a third of the shorter text
/// stands in the other.
fn is_same(before: &str, after: &str) -> bool {
    let ((one, before), (other, after)) = (parts(before), parts(after));
    if one.is_some() && one == other {
        return true;
    }
    let (before, after) = (runs(before), runs(after));
    let shorter = before.len().min(after.len());
    shorter > 0 && before.intersection(&after).count() * 3 >= shorter
}

/// The lines of title and date, where both are there, and what follows the front matter.
fn parts(text: &str) -> (Option<[&str; 2]>, &str) {
    let Some((head, body)) = text.strip_prefix("---").and_then(|text| text.split_once("\n---")) else {
        return (None, text);
    };
    let value = |key: &str| head.lines().find_map(|line| line.strip_prefix(key)).map(str::trim);
    (value("title:").zip(value("date:")).map(|(title, date)| [title, date]), body)
}

/// Every three words that follow each other; all words of a shorter text.
fn runs(text: &str) -> BTreeSet<Vec<&str>> {
    let words: Vec<&str> = text.split_whitespace().collect();
    match words.len() {
        0 => BTreeSet::new(),
        1..3 => BTreeSet::from([words]),
        _ => words.windows(3).map(<[&str]>::to_vec).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::is_same;

    fn letter(title: &str, date: &str, text: &str) -> String {
        format!("---\nid: x\ntitle: {title}\ndate: {date}\nsource: none\n---\n\n{text}\n")
    }

    #[test]
    fn a_document_stays_itself_by_its_head_or_its_words() {
        let ships = letter("On ships", "1850", "Ships came in at noon and lay at the quay.");
        assert!(is_same(&ships, &letter("On ships", "1850", "Nothing as it was.")));
        assert!(is_same(&ships, &letter("Of ships", "1851", "The ships came in at noon and lay there.")));
        assert!(!is_same(&ships, &letter("On tides", "1850", "Tides were high at the quay.")));
        assert!(
            !is_same(&ships, &letter("On ships", "1851", "Tides were high at the quay.")),
            "a title is no document"
        );
        assert!(is_same("Text.", "Text.") && !is_same("Text.", "Another."));
        assert!(!is_same("", ""));
    }
}
