//! Splits notes into sentences, and citations into parts: never inside brackets or quotation marks.

use super::{archives, words};

/// The sentences of a text, each with its stop, without the space between them.
///
/// Abbreviations and initials end no sentence, but a mark of classification always begins one.
pub fn split(text: &str) -> Vec<&str> {
    let inside = enclosed(text);
    let mut sentences = Vec::new();
    let mut start = 0;
    for (at, sign) in text.char_indices().filter(|(_, sign)| matches!(sign, '.' | '?' | '!')) {
        let Some(end) = end_of_sentence(text, at + sign.len_utf8()) else { continue };
        if at < start || inside.get(end).copied().unwrap_or(false) {
            continue;
        }
        let (before, rest) = (&text[start..at], text[end..].trim_start());
        // "Top. Secret" is one mark with a slip in it.
        let within_mark = before.ends_with(" Top") || before == "Top";
        let begins = (words::classification(rest).is_some() && !within_mark)
            || (may_begin(rest) && !(sign == '.' && is_abbreviation(before)));
        if begins {
            sentences.push(text[start..end].trim());
            start = text.len() - rest.len();
        }
    }
    sentences.push(text[start..].trim());
    sentences.retain(|sentence| !sentence.is_empty());
    sentences
}

/// The parts of a citation: what stands between commas, and what a colon sets before the number of a lot or job.
pub fn parts(citation: &str) -> Vec<&str> {
    let inside = enclosed(citation);
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, sign) in citation.char_indices() {
        let rest = &citation[at + sign.len_utf8()..];
        let ends = match sign {
            ',' => rest.starts_with(' ') || rest.is_empty(),
            ':' => {
                let before = citation[start..at].trim();
                archives::is_transfer(rest.trim_start()) || archives::is_transfer(before) || ends_with_files(before)
            }
            _ => false,
        };
        if ends && !inside.get(at).copied().unwrap_or(false) {
            parts.push(citation[start..at].trim());
            start = at + sign.len_utf8();
        }
    }
    parts.push(citation[start..].trim());
    parts.retain(|part| !part.is_empty());
    parts
}

fn ends_with_files(text: &str) -> bool {
    let last = text.rsplit(' ').next().unwrap_or_default().to_lowercase();
    matches!(last.as_str(), "file" | "files" | "records" | "papers")
}

/// For each byte, whether it lies between a bracket or quotation mark and its partner. One without a partner, a slip of
/// the print, encloses nothing.
fn enclosed(text: &str) -> Vec<bool> {
    let mut inside = vec![false; text.len()];
    let mut open: Vec<(char, usize)> = Vec::new();
    for (at, sign) in text.char_indices() {
        if let Some(close) = partner(sign) {
            open.push((close, at));
        } else if let Some(level) = open.iter().rposition(|(close, _)| *close == sign) {
            let from = open.drain(level..).next().map_or(at, |(_, from)| from);
            if let Some(range) = inside.get_mut(from..at) {
                range.fill(true);
            }
        }
    }
    inside
}

fn partner(sign: char) -> Option<char> {
    match sign {
        '(' => Some(')'),
        '[' => Some(']'),
        '“' => Some('”'),
        _ => None,
    }
}

/// Where the closing marks after a stop end, if white space or nothing follows them.
fn end_of_sentence(text: &str, after: usize) -> Option<usize> {
    let rest = text.get(after..)?;
    let closing = rest.trim_start_matches(['”', '’', '"', ')', ']']);
    (closing.is_empty() || closing.starts_with(char::is_whitespace)).then(|| text.len() - closing.len())
}

fn may_begin(rest: &str) -> bool {
    rest.chars()
        .next()
        .is_none_or(|c| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '“' | '"' | '[' | '(' | '‘'))
}

/// Whether a full stop after this text belongs to its last word.
fn is_abbreviation(before: &str) -> bool {
    let word = before.rsplit([' ', '(', '[', '“', '—']).next().unwrap_or_default();
    let earlier = before[..before.len() - word.len()].trim_end();
    let mut signs = word.chars();
    if let (Some(letter), None) = (signs.next(), signs.next()) {
        // "Vol. I." and "Folder A." end; "John F." does not.
        let counted = earlier.rsplit(' ').next().unwrap_or_default();
        return letter.is_uppercase() && !words::is_counted(counted);
    }
    // "U.S", "a.m", "J.F": letters with stops between them.
    let dotted = word.contains('.')
        && word.split('.').all(|piece| piece.chars().count() == 1 && piece.chars().all(char::is_alphabetic));
    dotted || words::ABBREVIATIONS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_between_sentences_only() {
        for (text, expected) in [
            ("A. B Library, Box 3. Secret.", vec!["A. B Library, Box 3.", "Secret."]),
            (
                "Sent to the U.S. Embassy at 3 p.m. Monday. Drafted by J. F. Roe.",
                vec!["Sent to the U.S. Embassy at 3 p.m. Monday.", "Drafted by J. F. Roe."],
            ),
            ("Files, Vol. I. Drafted by Roe.", vec!["Files, Vol. I.", "Drafted by Roe."]),
            ("Records, Sec. Secret. Nodis.", vec!["Records, Sec.", "Secret.", "Nodis."]),
            ("He wrote (see No. 3. It is there.) yes. No.", vec!["He wrote (see No. 3. It is there.) yes.", "No."]),
            ("An open [bracket. Stays. Open.", vec!["An open [bracket.", "Stays.", "Open."]),
            ("He said: “Go. Now.” They went.", vec!["He said: “Go. Now.”", "They went."]),
            ("", vec![]),
        ] {
            assert_eq!(split(text), expected, "{text}");
        }
    }

    #[test]
    fn citations_split_at_commas_and_before_numbers_of_transfers() {
        assert_eq!(
            parts("Department of State, X Files: Lot 1 D 2, A (b, c)"),
            ["Department of State", "X Files", "Lot 1 D 2", "A (b, c)"]
        );
        assert_eq!(parts("Papers, Series 2: Letters"), ["Papers", "Series 2: Letters"]);
        assert_eq!(parts("CF, 711.5,3"), ["CF", "711.5,3"]);
    }
}
