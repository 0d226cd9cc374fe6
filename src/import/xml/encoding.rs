//! Bytes as text: UTF-8 and UTF-16, and the encodings of western Europe where the file declares them.

use super::{BYTES, Fault, narrow, too_large};

/// Letters that Windows-1252 has where Latin-1 has control characters, from 0x80 on.
const WINDOWS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// Decodes a file by its byte order mark or its XML declaration, else as UTF-8.
///
/// # Errors
/// Says where the text cannot be read, or that the file is too large.
pub fn decode(bytes: Vec<u8>) -> Result<String, Fault> {
    if bytes.len() > BYTES {
        return Err(too_large(bytes.len() as u64));
    }
    if let Some(little) = is_utf16(&bytes) {
        return utf16(&bytes, little);
    }
    let marked = bytes.starts_with("\u{feff}".as_bytes());
    let declared = declared(&bytes).filter(|_| !marked);
    match declared.as_deref() {
        None | Some("utf-8" | "utf8" | "us-ascii" | "ascii") => utf8(bytes),
        Some("iso-8859-1" | "latin1" | "latin-1" | "iso_8859-1" | "l1") => {
            Ok(bytes.into_iter().map(char::from).collect())
        }
        Some("windows-1252" | "cp1252") => Ok(bytes.into_iter().map(windows).collect()),
        // Some files say so and are none, since a program read and wrote them.
        Some("utf-16" | "utf-16le" | "utf-16be") => utf8(bytes),
        Some(_) if bytes.is_ascii() => utf8(bytes),
        Some(other) => {
            let message =
                format!("the file declares the encoding `{other}`, which an import does not read; save it as UTF-8");
            Err(Fault { at: Some((1, 1)), message })
        }
    }
}

fn utf8(mut bytes: Vec<u8>) -> Result<String, Fault> {
    if bytes.starts_with("\u{feff}".as_bytes()) {
        bytes.drain(..3);
    }
    String::from_utf8(bytes).map_err(|error| {
        let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        let column = String::from_utf8_lossy(before).chars().rev().take_while(|c| *c != '\n').count() + 1;
        let message = "the text is not UTF-8 from here; save it as UTF-8, or declare its encoding".to_owned();
        Fault { at: Some((narrow(line), narrow(column))), message }
    })
}

fn windows(byte: u8) -> char {
    let high = byte.checked_sub(0x80).and_then(|at| WINDOWS.get(usize::from(at))).copied();
    high.unwrap_or_else(|| char::from(byte))
}

/// Whether the text is UTF-16, and then whether the low byte comes first.
fn is_utf16(bytes: &[u8]) -> Option<bool> {
    match bytes {
        [0xff, 0xfe, ..] | [b'<', 0, ..] => Some(true),
        [0xfe, 0xff, ..] | [0, b'<', ..] => Some(false),
        _ => None,
    }
}

fn utf16(bytes: &[u8], little: bool) -> Result<String, Fault> {
    let units = bytes.chunks_exact(2).map(|pair| match pair {
        [first, second] if little => u16::from_le_bytes([*first, *second]),
        [first, second] => u16::from_be_bytes([*first, *second]),
        _ => 0,
    });
    let mut text = String::with_capacity(bytes.len());
    let (mut line, mut column) = (1_usize, 1_usize);
    for character in char::decode_utf16(units) {
        let Ok(character) = character else {
            let message = "the text is not UTF-16 from here; save the file as UTF-8".to_owned();
            return Err(Fault { at: Some((narrow(line), narrow(column))), message });
        };
        if character == '\u{feff}' && text.is_empty() {
            continue;
        }
        (line, column) = if character == '\n' { (line + 1, 1) } else { (line, column + 1) };
        text.push(character);
    }
    if bytes.len() % 2 == 1 {
        let message = "the text ends within a character of UTF-16".to_owned();
        return Err(Fault { at: Some((narrow(line), narrow(column))), message });
    }
    Ok(text)
}

/// The encoding that an XML declaration names, in lower case.
fn declared(bytes: &[u8]) -> Option<String> {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let end = bytes.iter().take(200).position(|byte| *byte == b'>')?;
    let declaration = std::str::from_utf8(bytes.get(..end)?).ok().filter(|text| text.starts_with("<?xml"))?;
    let value = declaration.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    value.get(1..)?.split(quote).next().map(str::to_lowercase)
}
