//! YAML as editors write it: the only folder that knows the YAML crates.
//!
//! [`parse`] decodes a text into [`Node`]s whose scalars keep what was written (`007`, `1e3`, `1.10`, `true`), since
//! numbers and dates of an edition are text. What YAML would swallow without a word (tags, anchors nobody refers to,
//! keys given twice) is refused. [`Places`] finds the bytes of a value and is made only when something must be pointed
//! at; [`traps`] lists what is legal YAML and probably not meant.
//!
//! `serde_yaml` decodes, `saphyr-parser` finds places. All places are bytes of the text as it was given.

mod align;
mod decode;
mod faults;
mod lines;
mod places;
mod scan;
mod traps;

#[cfg(test)]
mod tests;

use std::fmt;
use std::ops::{Deref, Range};

pub use places::Places;
pub use traps::{Trap, TrapKind, traps};

/// A decoded value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    /// No value, `~` or `null`.
    Null,
    /// Any scalar, with its text as written: `007`, `1e3`, `0x1F`, `yes` and `true` stay those strings. Of a quoted or
    /// block scalar it is the text it stands for.
    Scalar(String),
    /// A list.
    List(Vec<Node>),
    /// A mapping in written order; no key stands twice. A key that YAML takes for a number or a truth value is its text.
    Map(Vec<(String, Node)>),
}

impl Node {
    /// The value under `key`, if this is a mapping that has it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        match self {
            Node::Map(entries) => entries.iter().find(|(name, _)| name == key).map(|(_, value)| value),
            _ => None,
        }
    }

    /// What it is, for messages: `nothing`, `text`, `a list`, `a mapping`.
    pub fn kind(&self) -> &'static str {
        match self {
            Node::Null => "nothing",
            Node::Scalar(_) => "text",
            Node::List(_) => "a list",
            Node::Map(_) => "a mapping",
        }
    }
}

/// One step of a way into a value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// Into a mapping.
    Key(String),
    /// Into a list, from 0.
    Index(usize),
}

/// A way into a value; as text `source[1].place`.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Path(pub Vec<Step>);

impl Path {
    /// This way and then into the mapping's `key`.
    #[must_use]
    pub fn key(&self, key: &str) -> Path {
        self.step(Step::Key(key.to_owned()))
    }

    /// This way and then into the list's item `index`, from 0.
    #[must_use]
    pub fn index(&self, index: usize) -> Path {
        self.step(Step::Index(index))
    }

    fn step(&self, step: Step) -> Path {
        let mut steps = self.0.clone();
        steps.push(step);
        Path(steps)
    }
}

impl Deref for Path {
    type Target = [Step];

    fn deref(&self) -> &[Step] {
        &self.0
    }
}

impl fmt::Display for Path {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, step) in self.0.iter().enumerate() {
            match step {
                Step::Key(key) if position == 0 => formatter.write_str(key)?,
                Step::Key(key) => write!(formatter, ".{key}")?,
                Step::Index(index) => write!(formatter, "[{index}]")?,
            }
        }
        Ok(())
    }
}

/// Why a text is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YamlError {
    /// The bytes it is about, if they could be found.
    pub span: Option<Range<usize>>,
    /// Which fault it is.
    pub kind: YamlFault,
    /// What is wrong: lower case, no final stop.
    pub message: String,
    /// What to write instead.
    pub help: Option<String>,
    /// Of a key given twice: the bytes of the first.
    pub first: Option<Range<usize>>,
}

/// The faults a text can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum YamlFault {
    /// Not YAML.
    Syntax,
    /// Not YAML, because a value should stand in quotes.
    NeedsQuotes,
    /// A tab where YAML wants spaces.
    Tab,
    /// A control character, which YAML forbids.
    ControlCharacter,
    /// U+0085, U+2028 or U+2029, which the decoder takes for the end of a line.
    LineSeparator,
    /// The same key twice in one mapping.
    DuplicateKey,
    /// A list or a mapping in the place of a key.
    KeyNotText,
    /// `&name` that nothing refers to, or `*name` that refers to nothing: text, most likely, and it would vanish.
    Anchor,
    /// `!name`, which would vanish.
    Tag,
    /// Aliases that multiply.
    TooManyAliases,
    /// More than 128 levels.
    TooDeep,
    /// A second document after `---`.
    MultipleDocuments,
    /// Something else where the text must be a mapping.
    NotAMapping,
}

/// Decodes a text. An empty one is [`Node::Null`].
///
/// # Errors
/// All faults that could be told apart, in the order of the text; never an empty list.
pub fn parse(text: &str) -> Result<Node, Vec<YamlError>> {
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let skipped = text.len() - body.len();
    decode_or_explain(body).map_err(|mut errors| {
        for error in &mut errors {
            for span in [&mut error.span, &mut error.first].into_iter().flatten() {
                *span = span.start + skipped..span.end + skipped;
            }
        }
        errors
    })
}

/// Decodes a text that must be a mapping. An empty one is an empty mapping.
///
/// # Errors
/// As [`parse`], and [`YamlFault::NotAMapping`].
pub fn parse_mapping(text: &str) -> Result<Vec<(String, Node)>, Vec<YamlError>> {
    match parse(text)? {
        Node::Map(entries) => Ok(entries),
        Node::Null => Ok(Vec::new()),
        other => Err(vec![faults::not_a_mapping(text, &other)]),
    }
}

/// Decodes; where a value merely lacks its quotes, goes on as if it had them, so that the faults after it are found too.
fn decode_or_explain(text: &str) -> Result<Node, Vec<YamlError>> {
    const MOST: usize = 20;
    let mut errors = faults::characters(text);
    if !errors.is_empty() {
        return Err(errors);
    }
    if let Some(error) = faults::brackets_too_deep(text) {
        return Err(vec![error]);
    }
    let mut masked: Option<String> = None;
    loop {
        let attempt = masked.as_deref().unwrap_or(text);
        let failure = match decode::decode(attempt) {
            Ok(decoded) => {
                errors.extend(faults::swallowed(attempt, &decoded));
                errors.sort_by_key(|error| error.span.as_ref().map_or(usize::MAX, |span| span.start));
                return if errors.is_empty() { Ok(decoded.node) } else { Err(errors) };
            }
            Err(failure) => failure,
        };
        let error = faults::explain(attempt, &failure);
        let known = errors.iter().any(|other| other.span == error.span);
        let next = if known || errors.len() == MOST { None } else { faults::mask(attempt, &error) };
        if !known {
            errors.push(error);
        }
        match next {
            Some(next) => masked = Some(next),
            None => return Err(errors),
        }
    }
}
