//! Characters as Markdown must have them, so that the program's own parser reads the same text back.

/// Where a text stands.
#[derive(Debug, Clone, Copy, Default)]
pub struct Place {
    /// The first character of a line follows.
    pub at_line_start: bool,
    /// Inside the words of a link or span, where a lone bracket would end them.
    pub in_brackets: bool,
    /// The character that is written behind the text.
    pub after: Option<char>,
}

/// Adds a text to what is written.
pub fn push(out: &mut String, text: &str, place: Place) {
    let mut rest = text;
    if place.at_line_start {
        rest = line_start(out, text);
    }
    let mut characters = rest.chars().peekable();
    while let Some(character) = characters.next() {
        let next = characters.peek().copied().or(place.after);
        if needs_mark(character, next, place.in_brackets) {
            out.push('\\');
        }
        out.push(character);
    }
}

fn needs_mark(character: char, next: Option<char>, in_brackets: bool) -> bool {
    match character {
        '\\' | '*' | '_' | '`' | '~' | '<' | '|' | '{' => true,
        '&' => next.is_some_and(|next| next == '#' || next.is_ascii_alphanumeric()),
        '[' => in_brackets || next == Some('^'),
        ']' => in_brackets || matches!(next, Some('(' | '{' | '[' | ':')),
        '!' => next == Some('['),
        _ => false,
    }
}

/// Marks what would begin a list, heading, quotation, fence or definition; gives back what is left to write.
fn line_start<'t>(out: &mut String, text: &'t str) -> &'t str {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let Some(first) = text[digits..].chars().next() else { return text };
    let second = text[digits + first.len_utf8()..].chars().next();
    let apart = second.is_none_or(|second| second == ' ');
    let marks = match first {
        '.' | ')' => (1..=9).contains(&digits) && apart,
        _ if digits > 0 => false,
        '-' | '+' => apart || second == Some(first),
        '#' | '>' | '=' => true,
        ':' => matches!(second, Some(':' | '-')),
        '[' => text.find(']').is_some_and(|close| text[close..].starts_with("]:")),
        _ => false,
    };
    if !marks {
        return text;
    }
    out.push_str(&text[..digits]);
    out.push('\\');
    out.push(first);
    &text[digits + first.len_utf8()..]
}
