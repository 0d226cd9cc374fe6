//! The register of diagnostic codes: name, severity, what it means, an example and its mend.
//!
//! A code's name never changes once released: editors write it in `check:` and `ignore:`.

use super::Severity;

/// The name of a rule, such as `note-undefined`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(&'static Entry);

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Entry {
    name: &'static str,
    severity: Severity,
    title: &'static str,
    meaning: &'static str,
    wrong: &'static str,
    right: &'static str,
}

impl Code {
    /// The name, as written in `check:` and `ignore:`.
    pub fn name(self) -> &'static str {
        self.0.name
    }
    /// The severity unless site.yaml says otherwise.
    pub fn severity(self) -> Severity {
        self.0.severity
    }
    /// One line: what the rule is about.
    pub fn title(self) -> &'static str {
        self.0.title
    }
    /// A paragraph: why the rule is there.
    pub fn meaning(self) -> &'static str {
        self.0.meaning
    }
    /// An example that breaks the rule.
    pub fn wrong(self) -> &'static str {
        self.0.wrong
    }
    /// The example mended.
    pub fn right(self) -> &'static str {
        self.0.right
    }
    /// The code of that name.
    pub fn find(name: &str) -> Option<Code> {
        Self::all().find(|code| code.name() == name)
    }
    /// All codes, in the order of the manual.
    pub fn all() -> impl Iterator<Item = Code> {
        ALL.iter().copied()
    }
}

impl serde::Serialize for Code {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// Declares the codes: one constant each, and the list of all.
macro_rules! codes {
    ($($constant:ident $name:literal $severity:ident $title:literal
       means $meaning:literal wrong $wrong:literal right $right:literal;)*) => {
        impl Code {
            $(#[doc = $title]
            pub const $constant: Code = Code(&Entry {
                name: $name, severity: Severity::$severity, title: $title,
                meaning: $meaning, wrong: $wrong, right: $right,
            });)*
        }
        const ALL: &[Code] = &[$(Code::$constant),*];
    };
}

codes! {
    FILE_UNREADABLE "file-unreadable" Error "a file cannot be read"
        means "A file of the edition could not be read from disk. Nothing is skipped in silence, so the build stops."
        wrong "content/v/d1.md without permission to read" right "chmod a+r content/v/d1.md";
    FILE_NOT_UTF8 "file-not-utf8" Error "a file is not UTF-8 text"
        means "Every text file of an edition is UTF-8. A file in another encoding would come out with wrong letters."
        wrong "a file saved as Latin-1 or Windows-1252" right "save the file again as UTF-8";
}
