//! Files that an edition had and has no more: their last committed texts, so that it can be said what stood there.

use super::rewritten::texts;
use crate::git;
use std::collections::BTreeSet;
use std::path::Path;

/// Differences that took a file away, by the ids of their texts. Merges too: one may drop what both branches had.
const ARGUMENTS: &[&str] =
    &["--raw", "-z", "--no-abbrev", "--no-renames", "--diff-filter=D", "--relative", "--no-ext-diff", "--no-color"];

/// Content files that are gone, from the edition's root, with the texts that they had: what went last comes first. Empty
/// where git does not answer. In a shallow clone it is what went since.
pub fn gone(root: &Path) -> Vec<(String, String)> {
    let since = ["diff", "HEAD"];
    let before = ["log", "--full-history", "-m", "--format="];
    let ask = |question: &[&str]| git::run(root, &[question, ARGUMENTS, &["--", "content"]].concat());
    let answers = [ask(&since), ask(&before)];
    let mut seen = BTreeSet::new();
    let mut files = answers.iter().flatten().flat_map(|answer| files(answer)).collect::<Vec<_>>();
    files.retain(|file| seen.insert(file.clone()));
    let texts = texts(root, files.iter().map(|(id, _)| id.clone()).collect()).unwrap_or_default();
    let with_text = |(id, path): (String, String)| Some((path, texts.get(&id)?.clone()));
    files.into_iter().filter_map(with_text).collect()
}

/// Ids of texts and paths: `:mode mode id id D`, then the path, each with a zero behind it.
fn files(answer: &[u8]) -> Vec<(String, String)> {
    let answer = String::from_utf8_lossy(answer);
    let mut fields = answer.split('\0').map(|field| field.trim_start_matches('\n'));
    let mut files = Vec::new();
    while let Some(head) = fields.next() {
        // Commits that took nothing away leave empty fields.
        let Some(id) = head.strip_prefix(':').and_then(|head| head.split(' ').nth(2)) else { continue };
        let Some(path) = fields.next() else { break };
        if path.ends_with(".md") {
            files.push((id.to_owned(), path.to_owned()));
        }
    }
    files
}

#[cfg(test)]
mod tests {
    use super::files;

    #[test]
    fn only_texts_are_named() {
        let answer = b":100644 000000 aa 00 D\0content/v/a.md\0\0\n:100644 000000 bb 00 D\0content/v/b.yaml\0:100644 000000 cc 00 D\0content/v/a b\nc.md\0";
        let wanted = [("aa", "content/v/a.md"), ("cc", "content/v/a b\nc.md")];
        assert_eq!(files(answer), wanted.map(|(id, path)| (id.to_owned(), path.to_owned())));
        assert_eq!(files(b""), []);
    }
}
