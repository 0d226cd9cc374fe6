//! What the message of a commit says: its subject, and what it corrects.

use crate::model::history::{Change, Commit};

/// Digits of a commit that pages show.
const SHORT: usize = 10;

/// A commit as a change of documents.
pub(super) fn change(commit: &Commit, mark: &str) -> Change {
    let subject = commit.message.lines().next().unwrap_or_default().trim();
    Change {
        commit: commit.id.get(..SHORT).unwrap_or(&commit.id).into(),
        at: commit.at,
        subject: subject.into(),
        erratum: erratum(&commit.message, mark),
    }
}

/// What follows the mark, from each line that begins with it to the end of its paragraph.
fn erratum(message: &str, mark: &str) -> Option<Box<str>> {
    let mut texts: Vec<String> = Vec::new();
    let mut inside = false;
    for line in message.lines().map(str::trim) {
        if let Some(text) = marked(line, mark) {
            inside = true;
            texts.push(text.to_owned());
        } else if line.is_empty() {
            inside = false;
        } else if inside && let Some(text) = texts.last_mut() {
            // Messages are broken into lines of a terminal's width.
            text.push(' ');
            text.push_str(line);
        }
    }
    let texts: Vec<&str> = texts.iter().map(|text| text.trim()).filter(|text| !text.is_empty()).collect();
    (!texts.is_empty()).then(|| texts.join("\n").into())
}

/// What follows the mark in a line that begins with it, whatever the case of its letters.
fn marked<'l>(line: &'l str, mark: &str) -> Option<&'l str> {
    let mut rest = line.chars();
    for wanted in mark.chars() {
        let found = rest.next()?;
        if !found.to_lowercase().eq(wanted.to_lowercase()) {
            return None;
        }
    }
    Some(rest.as_str())
}

#[cfg(test)]
mod tests {
    use super::erratum;

    #[test]
    fn what_follows_the_mark_is_the_erratum() {
        let found = |message: &str| erratum(message, "erratum:").unwrap_or_default().into_string();
        assert_eq!(found("Erratum: for 1962 read 1963"), "for 1962 read 1963");
        assert_eq!(found("Mend d1\n\nERRATUM: for 1962\n  read 1963\n\nSigned-off-by: x"), "for 1962 read 1963");
        assert_eq!(found("Mend d1\n\nerratum: one\nerratum: two\nand more"), "one\ntwo and more");
        assert_eq!(found("Revert \"erratum: one\""), "");
        assert_eq!(found("An erratum: one"), "");
        assert_eq!(found("erratum:"), "");
        assert_eq!(erratum("Berichtigung – so", "berichtigung –").as_deref(), Some("so"));
    }
}
