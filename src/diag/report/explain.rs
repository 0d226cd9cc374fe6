//! What a diagnostic code means, as plain text for the terminal.

use crate::diag::{Code, Severity};

/// Columns of a line of prose.
const WIDTH: usize = 80;

/// Name, severity, title and meaning of a code, with an example that breaks the rule and the same mended.
pub fn explain(code: Code) -> String {
    let severity = match code.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "advice",
    };
    let mut out = wrapped(&format!("{} ({severity}): {}", code.name(), code.title()));
    for paragraph in code.meaning().split("\n\n") {
        out.push('\n');
        out.push_str(&wrapped(paragraph));
    }
    for (heading, example) in [("Wrong:", code.wrong()), ("Right:", code.right())] {
        out.push_str(&format!("\n{heading}\n\n{}", indented(example)));
    }
    out
}

/// Words set in lines of at most [`WIDTH`] characters; a longer word stands alone.
fn wrapped(paragraph: &str) -> String {
    let mut out = String::new();
    let mut column = 0;
    for word in paragraph.split_whitespace() {
        let length = word.chars().count();
        if column > 0 && column + 1 + length > WIDTH {
            out.push('\n');
            column = 0;
        } else if column > 0 {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += length;
    }
    out.push('\n');
    out
}

/// Examples are set off by four columns and otherwise kept as they are.
fn indented(example: &str) -> String {
    let mut out = String::new();
    for line in example.lines() {
        if !line.is_empty() {
            out.push_str("    ");
            out.push_str(line);
        }
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_explained() {
        assert_eq!(
            explain(Code::FILE_NOT_UTF8),
            "\
file-not-utf8 (error): a file is not UTF-8 text

Every text file of an edition is UTF-8. A file in another encoding would come
out with wrong letters.

Wrong:

    a file saved as Latin-1 or Windows-1252

Right:

    save the file again as UTF-8
"
        );
    }

    #[test]
    fn lines_reach_the_margin_and_not_beyond() {
        let word = "ä".repeat(9);
        let text = wrapped(&vec![word.as_str(); 20].join(" "));
        assert_eq!(text.lines().map(|line| line.chars().count()).collect::<Vec<_>>(), [79, 79, 39]);
        assert_eq!(wrapped(&format!("{} {}", "a".repeat(39), "b".repeat(40))).lines().count(), 1);
        assert_eq!(wrapped(&format!("{} {}", "a".repeat(40), "b".repeat(40))).lines().count(), 2);
        assert_eq!(wrapped(&"a".repeat(100)).lines().count(), 1);
    }

    #[test]
    fn examples_keep_their_lines() {
        assert_eq!(indented("date:\n  edtf: 1963\n\nText"), "    date:\n      edtf: 1963\n\n    Text\n");
    }

    #[test]
    fn every_code_is_explained_within_the_margin() {
        for code in Code::all() {
            let text = explain(code);
            assert!(text.starts_with(code.name()) && text.ends_with('\n'), "{text}");
            assert!(text.contains("\nWrong:\n\n    ") && text.contains("\nRight:\n\n    "), "{text}");
        }
    }
}
