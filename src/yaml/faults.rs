//! Why a text is refused, in the words of an editor: where the fault is and what to write instead.

use std::ops::Range;

use super::decode::{Decoded, EXPECTED_KEY, Failure};
use super::lines::{Line, char_start, column_place, quoted_length, word_end};
use super::{Node, Places, YamlError, YamlFault};

impl YamlError {
    fn new(kind: YamlFault, span: impl Into<Option<Range<usize>>>, message: impl Into<String>) -> Self {
        YamlError { span: span.into(), kind, message: message.into(), help: None, first: None }
    }

    fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// Characters that YAML forbids, and those that the decoder takes for line ends and then eats the spaces around.
pub(super) fn characters(text: &str) -> Vec<YamlError> {
    const MOST: usize = 20;
    let suspect = |byte: u8| matches!(byte, 0..=8 | 0xb | 0xc | 0xe..=0x1f | 0x7f | 0xc2 | 0xe2 | 0xef);
    if !text.bytes().any(suspect) {
        return Vec::new();
    }
    let mut errors = Vec::new();
    for (at, character) in text.char_indices() {
        let span = at..at + character.len_utf8();
        let code = u32::from(character);
        let error = match character {
            '\u{85}' | '\u{2028}' | '\u{2029}' => {
                let escape = if code == 0x85 { "\\N" } else { ["\\L", "\\P"][usize::from(code == 0x2029)] };
                YamlError::new(
                    YamlFault::LineSeparator,
                    span,
                    format!("U+{code:04X} would be read as the end of a line"),
                )
                .help(format!("delete it, or write `{escape}` in a text in double quotes"))
            }
            '\t' | '\n' | '\r' => continue,
            '\u{fffe}' | '\u{ffff}' => forbidden(span, code),
            _ if character.is_control() => forbidden(span, code),
            _ => continue,
        };
        errors.push(error);
        if errors.len() == MOST {
            break;
        }
    }
    errors
}

fn forbidden(span: Range<usize>, code: u32) -> YamlError {
    YamlError::new(YamlFault::ControlCharacter, span, format!("the control character U+{code:04X} is not allowed"))
        .help("delete it; it cannot be seen in most editors")
}

/// Brackets nested so deep that the decoder would need minutes to find that out.
pub(super) fn brackets_too_deep(text: &str) -> Option<YamlError> {
    const PLENTY: usize = 512;
    if text.bytes().filter(|byte| matches!(byte, b'[' | b'{')).count() < PLENTY {
        return None;
    }
    let (mut depth, mut deepest) = (0usize, 0usize);
    for byte in text.bytes() {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => continue,
        }
        deepest = deepest.max(depth);
    }
    // They may stand in quotes.
    if deepest < PLENTY { None } else { Places::scan(text).too_deep().map(|at| too_deep(text, at)) }
}

fn too_deep(text: &str, at: usize) -> YamlError {
    YamlError::new(YamlFault::TooDeep, at..word_end(text, at), "more than 128 levels of lists and mappings")
        .help("write a text that begins with a bracket in quotes")
}

/// What the decoder let pass and yet must not be lost: repeated keys, tags, anchors.
pub(super) fn swallowed(text: &str, decoded: &Decoded) -> Vec<YamlError> {
    let anchors = may_have(text, b'&');
    let tags = decoded.tagged || may_have(text, b'!');
    if decoded.duplicates.is_empty() && !anchors && !tags {
        return Vec::new();
    }
    let places = Places::scan(text);
    let mut errors: Vec<YamlError> =
        places.duplicates().into_iter().map(|(first, second, key)| duplicate(key, Some((first, second)))).collect();
    if errors.is_empty() {
        let mut keys = decoded.duplicates.clone();
        keys.sort();
        keys.dedup();
        errors.extend(keys.iter().map(|key| duplicate(key, None)));
    }
    errors.extend(places.unused_anchors().map(|at| vanishing(text, at, YamlFault::Anchor)));
    errors.extend(places.tags().iter().map(|at| vanishing(text, *at, YamlFault::Tag)));
    if decoded.tagged && places.tags().is_empty() {
        errors.push(YamlError::new(YamlFault::Tag, None, "a value begins with `!`, which makes it a YAML tag"));
    }
    errors
}

/// Whether an anchor or a tag with this sign is possible: it stands where a value may begin.
fn may_have(text: &str, sign: u8) -> bool {
    first_sign(text, sign).is_some()
}

/// The first place of a sign where a value may begin.
fn first_sign(text: &str, sign: u8) -> Option<usize> {
    let bytes = text.as_bytes();
    let begins =
        |at: usize| at == 0 || matches!(bytes.get(at - 1), Some(b' ' | b'\t' | b'\n' | b'\r' | b'[' | b'{' | b','));
    bytes.iter().enumerate().position(|(at, byte)| *byte == sign && begins(at))
}

fn duplicate(key: &str, places: Option<(Range<usize>, Range<usize>)>) -> YamlError {
    let (first, second) = places.unzip();
    let error = YamlError::new(YamlFault::DuplicateKey, second, format!("the key `{key}` stands twice"));
    YamlError { first, ..error.help("keep one of the two, or make the value a list") }
}

/// A value that begins with `&word` or `!word`.
fn vanishing(text: &str, at: usize, kind: YamlFault) -> YamlError {
    let span = at..word_end(text, at);
    let word = text.get(span.clone()).unwrap_or_default();
    let what = if kind == YamlFault::Tag { "a YAML tag" } else { "a YAML anchor that nothing refers to" };
    let error = YamlError::new(kind, span, format!("`{word}` is read as {what} and would vanish"));
    error.help(match Line::around(text, at).quoted() {
        Some(line) => format!("quote the value: `{line}`"),
        None => "write the value in quotes".to_owned(),
    })
}

/// What a text is that should have been a mapping.
pub(super) fn not_a_mapping(text: &str, node: &Node) -> YamlError {
    let span = Places::scan(text).value(&[]);
    let error = YamlError::new(YamlFault::NotAMapping, span, format!("this is {}, not keys with values", node.kind()));
    error.help("write `key: value`, with a space after the colon")
}

/// The decoder's failure in an editor's words.
pub(super) fn explain(text: &str, failure: &Failure) -> YamlError {
    match failure {
        Failure::TooLarge => bomb(text),
        Failure::SecondDocument => {
            let span = Places::scan(text).second_document().map(|at| at..word_end(text, at));
            YamlError::new(YamlFault::MultipleDocuments, span, "a second document begins here")
                .help("delete the line `---`; write `\"---\"` if it is text")
        }
        Failure::Yaml(error) => {
            let full = error.to_string();
            let at = char_start(text, error.location().map_or(0, |location| location.index()));
            explain_syntax(text, &full, at)
        }
    }
}

fn bomb(text: &str) -> YamlError {
    let first = first_sign(text, b'*').map(|at| {
        let end = text[at + 1..]
            .find(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '_'))
            .map_or(text.len(), |end| at + 1 + end);
        at..end
    });
    YamlError::new(YamlFault::TooManyAliases, first, "the aliases (`*name`) make this far too large")
        .help("write the values out instead of referring to them")
}

/// Explains an error of the decoder: `full` is its text, `at` its place.
fn explain_syntax(text: &str, full: &str, at: usize) -> YamlError {
    // `problem at line 3 column 5, while parsing something at line 2 column 1`
    let (front, context) = full.split_once(", while ").unwrap_or((full, ""));
    let problem =
        front.split(" at line ").next().and_then(|front| front.split(" at position ").next()).unwrap_or(front);
    let begun = column_place(text, context).unwrap_or(at);
    let line = Line::around(text, at);
    match problem {
        "repetition limit exceeded" => return bomb(text),
        "recursion limit exceeded" => return too_deep(text, at),
        "unknown anchor" => return unknown_anchor(text, at),
        _ if problem.contains(EXPECTED_KEY) => return key_not_text(text, at),
        _ => {}
    }
    if let Some(tab) = line.tab(at) {
        return misplaced_tab(tab);
    }
    let begun_line = Line::around(text, begun);
    if let Some(error) = line.needs_quotes(at).or_else(|| begun_line.needs_quotes(at)) {
        return error;
    }
    let span = line.span_from(at);
    let syntax = |span: Range<usize>, message: &str| YamlError::new(YamlFault::Syntax, span, message);
    match problem {
        "mapping values are not allowed in this context" => {
            syntax(line.content(), "this line continues the value above it and yet has a key")
                .help("indent the key as the keys it belongs to; or quote the value above, if this is part of it")
        }
        "could not find expected ':'" => {
            let error = syntax(begun_line.content(), "this line has no key");
            error.help(begun_line.missing_space().map_or_else(
                || "write `key: value`, or indent the line if it continues the value above".to_owned(),
                |mended| format!("put a space after the colon: `{mended}`"),
            ))
        }
        "block sequence entries are not allowed in this context" => {
            syntax(span, "a list cannot begin on the line of its key")
                .help("write each `- item` on a line of its own below the key; or quote the value, if it is text")
        }
        "found unexpected end of stream" => syntax(begun_line.span_from(begun), "this quotation mark is never closed")
            .help("close it at the end of the value; inside single quotes write `''` for an apostrophe"),
        "did not find expected ',' or ']'" | "did not find expected ',' or '}'" => {
            syntax(begun_line.span_from(begun), "this bracket is not closed")
                .help("close it, or write one item a line; if it is text, write the value in quotes")
        }
        "did not find expected node content" => syntax(span, "a value is missing here, or a bracket is not closed")
            .help("close the bracket; if it is text, write the value in quotes"),
        "did not find expected key" | "did not find expected '-' indicator" => {
            syntax(span, "this line is not indented like the lines it belongs to")
                .help("begin it in the same column as the line above that it stands beside")
        }
        "found unknown escape character" => {
            syntax(span, "no such escape in double quotes").help("write `\\\\` for a backslash, or use single quotes")
        }
        "found unknown directive name" | "found unexpected non-alphabetical character" => {
            syntax(span, "a line cannot begin with `%`").help("write the text in quotes")
        }
        _ => syntax(span, problem),
    }
}

fn misplaced_tab(at: usize) -> YamlError {
    YamlError::new(YamlFault::Tab, at..at + 1, "a tab cannot indent or separate here").help("put spaces in its place")
}

fn unknown_anchor(text: &str, at: usize) -> YamlError {
    let span = at..word_end(text, at);
    let word = text.get(span.clone()).unwrap_or_default();
    let message = format!("`{word}` is read as a reference to a YAML anchor, and there is none of that name");
    let line = Line::around(text, at);
    match line.value_span().filter(|value| value.start == at).zip(line.quoted()) {
        Some((value, line)) => {
            YamlError::new(YamlFault::Anchor, value, message).help(format!("quote the value: `{line}`"))
        }
        None => YamlError::new(YamlFault::Anchor, span, message).help("write the text in quotes"),
    }
}

/// `title: {{x}}: y` and the like.
fn key_not_text(text: &str, at: usize) -> YamlError {
    let line = Line::around(text, at);
    let message = "a list or a mapping cannot be a key";
    let help = line.quoted().map_or("write the text in quotes".to_owned(), |line| format!("quote the value: `{line}`"));
    YamlError::new(YamlFault::KeyNotText, line.span_from(at), message).help(help)
}

impl Line<'_> {
    /// The error of a line whose value is text that YAML takes for something else, if that explains a fault at `at`.
    fn needs_quotes(&self, at: usize) -> Option<YamlError> {
        let value = self.value_span()?;
        let text = self.text.get(value.clone())?;
        let mended = self.quoted()?;
        let first = text.chars().next()?;
        let one_line = value.start <= at && at <= value.end;
        let closed = |close: char| text.len() > 1 && text.ends_with(close);
        let message = match first {
            '"' | '\'' if one_line && quoted_length(text).is_some_and(|length| at >= value.start + length) => {
                format!("text follows the closing quotation mark `{first}`")
            }
            '[' if one_line && !closed(']') => "a text that begins with `[` must stand in quotes".to_owned(),
            '{' if one_line && !closed('}') => "a text that begins with `{` must stand in quotes".to_owned(),
            '[' | '{' if !one_line && !text.contains([']', '}']) && self.bracket_is_text() => {
                format!("a text that begins with `{first}` must stand in quotes")
            }
            '*' | '&' | '@' | '`' | '%' | '!' | '|' | '>' | ']' | '}' | ',' | '#' if one_line => {
                format!("a text that begins with `{first}` must stand in quotes")
            }
            '-' | '?' if one_line && at == value.start && !text[1..].trim_start().contains(": ") => {
                format!("a text that begins with `{first} ` must stand in quotes")
            }
            _ if one_line && (text.contains(": ") || text.ends_with(':')) && at > value.start => {
                "a text with `: ` in it must stand in quotes".to_owned()
            }
            _ => return None,
        };
        let list = match first {
            '[' if !text.contains(']') => "; if it is a list, end it with `]`",
            '{' if !text.contains('}') => "; if it holds keys, end it with `}`",
            _ => "",
        };
        Some(YamlError::new(YamlFault::NeedsQuotes, value, message).help(format!("write `{mended}`{list}")))
    }

    /// Whether the line below is a new key, so that an open bracket at this line's end is no list.
    fn bracket_is_text(&self) -> bool {
        let below = self.text.get(self.end..).unwrap_or_default().trim_start_matches(['\r', '\n']);
        let line = Line::around(below, 0);
        line.has_key() && line.indentation() <= self.indentation()
    }
}

/// The text with the value of `error` blotted out, if nothing but its missing quotes is wrong there.
pub(super) fn mask(text: &str, error: &YamlError) -> Option<String> {
    let span = error.span.clone()?;
    let recoverable = error.kind == YamlFault::NeedsQuotes
        || (error.kind == YamlFault::Anchor && text.get(span.start..)?.starts_with('*'));
    let inside = text.get(span.clone())?;
    if !recoverable || inside.is_empty() || inside.contains('\n') {
        return None;
    }
    Some([text.get(..span.start)?, &"x".repeat(inside.len()), text.get(span.end..)?].concat())
}
