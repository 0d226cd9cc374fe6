//! Recipes: input that should not lie in a repository, one line a step.
//!
//! ```text
//! write PATH "TEXT"               a file; TEXT knows \n \r \t \0 \\ \" and \xFF for any byte
//! append PATH "TEXT"              adds to a file
//! repeat PATH "TEXT" COUNT        adds to a file many times
//! each PATH COUNT "TEXT"          many files; {n} counts from 1 in the path and in the text
//! size PATH BYTES                 a file of zero bytes
//! symlink TARGET PATH             a symbolic link
//! folder PATH                     a folder
//! remove PATH                     takes something away, also what the helper would supply
//! ```

use super::Edition;
use std::fs::{self, OpenOptions};
use std::io::Write;

/// Follows a recipe.
pub fn follow(edition: &mut Edition, recipe: &str) -> Result<(), String> {
    for (number, line) in recipe.lines().enumerate() {
        let step = words(line).and_then(|words| step(edition, &words));
        step.map_err(|error| format!("make, line {}: {error}", number + 1))?;
    }
    Ok(())
}

fn step(edition: &mut Edition, words: &[Vec<u8>]) -> Result<(), String> {
    let text = |at: usize| -> Result<String, String> {
        let word = words.get(at).ok_or("a word is missing")?;
        String::from_utf8(word.clone()).map_err(|error| error.to_string())
    };
    let number = |at: usize| text(at)?.parse::<usize>().map_err(|error| error.to_string());
    let bytes = |at: usize| words.get(at).ok_or_else(|| "a word is missing".to_owned());
    let Some(verb) = words.first() else { return Ok(()) };
    match verb.as_slice() {
        b"write" => write(edition, bytes(1)?, bytes(2)?)?,
        b"append" => append(edition, &text(1)?, bytes(2)?, 1)?,
        b"repeat" => append(edition, &text(1)?, bytes(2)?, number(3)?)?,
        b"each" => {
            for n in 1..=number(2)? {
                let n = n.to_string();
                edition.write(&text(1)?.replace("{n}", &n), text(3)?.replace("{n}", &n).as_bytes());
            }
        }
        b"size" => {
            edition.write(&text(1)?, b"");
            let file = OpenOptions::new().write(true).open(edition.root().join(text(1)?));
            file.and_then(|file| file.set_len(number(2).unwrap_or(0) as u64)).map_err(|error| error.to_string())?;
        }
        b"symlink" => symlink(edition, &text(1)?, &text(2)?)?,
        b"folder" => fs::create_dir_all(edition.root().join(text(1)?)).map_err(|error| error.to_string())?,
        b"remove" => edition.take_away(&text(1)?),
        other => return Err(format!("no step is called {}", String::from_utf8_lossy(other))),
    }
    Ok(())
}

/// Writes a file whose name may be no UTF-8.
fn write(edition: &Edition, path: &[u8], bytes: &[u8]) -> Result<(), String> {
    #[cfg(unix)]
    let path: &std::ffi::OsStr = std::os::unix::ffi::OsStrExt::from_bytes(path);
    #[cfg(not(unix))]
    let path = std::str::from_utf8(path).map_err(|error| error.to_string())?;
    let file = edition.root().join(path);
    let folder = file.parent().ok_or("no folder")?;
    fs::create_dir_all(folder).and_then(|()| fs::write(&file, bytes)).map_err(|error| error.to_string())
}

fn append(edition: &Edition, path: &str, bytes: &[u8], count: usize) -> Result<(), String> {
    let file = edition.root().join(path);
    if !file.exists() {
        edition.write(path, b"");
    }
    let mut file = OpenOptions::new().append(true).open(file).map_err(|error| error.to_string())?;
    file.write_all(&bytes.repeat(count)).map_err(|error| error.to_string())
}

#[cfg(unix)]
fn symlink(edition: &Edition, target: &str, path: &str) -> Result<(), String> {
    let link = edition.root().join(path);
    fs::create_dir_all(link.parent().ok_or("no folder")?).map_err(|error| error.to_string())?;
    std::os::unix::fs::symlink(target, link).map_err(|error| error.to_string())
}

#[cfg(not(unix))]
fn symlink(_: &Edition, _: &str, _: &str) -> Result<(), String> {
    Err("this system has no symbolic links for everyone".into())
}

/// The words of a line; those in quotation marks may hold spaces and escapes.
fn words(line: &str) -> Result<Vec<Vec<u8>>, String> {
    let mut words = Vec::new();
    let mut rest = line.trim();
    while !rest.is_empty() {
        let (word, after) = match rest.strip_prefix('"') {
            Some(quoted) => quoted_word(quoted)?,
            None => {
                let end = rest.find(' ').unwrap_or(rest.len());
                (rest.as_bytes()[..end].to_vec(), &rest[end..])
            }
        };
        words.push(word);
        rest = after.trim_start();
    }
    Ok(words)
}

fn quoted_word(text: &str) -> Result<(Vec<u8>, &str), String> {
    let mut word = Vec::new();
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return Ok((word, &text[at + 1..])),
            '\\' => match chars.next() {
                Some((_, 'n')) => word.push(b'\n'),
                Some((_, 'r')) => word.push(b'\r'),
                Some((_, 't')) => word.push(b'\t'),
                Some((_, '0')) => word.push(0),
                Some((at, 'x')) => {
                    let digits = text.get(at + 1..at + 3).ok_or("two hexadecimal digits belong behind \\x")?;
                    word.push(u8::from_str_radix(digits, 16).map_err(|error| error.to_string())?);
                    chars.next();
                    chars.next();
                }
                Some((_, other @ ('"' | '\\'))) => word.push(other as u8),
                other => return Err(format!("no escape: {other:?}")),
            },
            other => word.extend(other.to_string().bytes()),
        }
    }
    Err("a quotation mark is missing".into())
}
