//! The small signs of a ledger's line: hashes in base64 digits, runs of numbers, names in which nothing reads as a sign.

use crate::model::ledger::Identity;
use crate::model::natural::natural;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Labels as they are written: numbers as numbers.
pub(super) fn in_order(labels: BTreeSet<String>) -> Vec<String> {
    let mut labels: Vec<String> = labels.into_iter().collect();
    labels.sort_by_cached_key(|label| natural(label));
    labels
}

/// Short hashes in a row.
pub(super) fn hashes_text<'h>(hashes: impl Iterator<Item = &'h Option<u16>>) -> String {
    hashes.map(|hash| hash.map_or_else(|| "..".to_owned(), |hash| digits(u32::from(hash), 2))).collect()
}

pub(super) fn identity(value: &str) -> Option<Identity> {
    let (title, date) = value.split_once('.')?;
    let date = if date.is_empty() { None } else { Some(number(date)?) };
    Some(Identity { title: number(title)?, date })
}

pub(super) fn hashes(value: &str) -> Option<Vec<Option<u16>>> {
    if !value.is_ascii() || !value.len().is_multiple_of(2) {
        return None;
    }
    let pairs = (0..value.len()).step_by(2).map(|at| &value[at..at + 2]);
    pairs.map(|pair| if pair == ".." { Some(None) } else { Some(Some(u16::try_from(number(pair)?).ok()?)) }).collect()
}

/// A number written in base64 digits.
fn number(digits: &str) -> Option<u32> {
    let value = |byte: u8| DIGITS.iter().position(|digit| *digit == byte);
    digits.bytes().try_fold(0_u32, |sum, byte| Some(sum.checked_mul(64)? + u32::try_from(value(byte)?).ok()?))
}

pub(super) fn digits(number: u32, length: usize) -> String {
    let digit = |place: usize| char::from(DIGITS[(number >> (6 * place) & 63) as usize]);
    (0..length).rev().map(digit).collect()
}

/// `1-3,5,a1`: numbers and ranges of numbers, and other names as they are.
pub(super) fn ranges(value: &str) -> Option<BTreeSet<String>> {
    let mut names = BTreeSet::new();
    for part in value.split(',') {
        match part.split_once('-').and_then(|(from, to)| Some((whole(from)?, whole(to)?))) {
            Some((from, to)) if from <= to && to - from < 1_000_000 => names.extend((from..=to).map(|n| n.to_string())),
            Some(_) => return None,
            None if part.is_empty() => return None,
            None => drop(names.insert(unescaped(part)?)),
        }
    }
    Some(names)
}

/// A number without leading zeros.
fn whole(text: &str) -> Option<u32> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit()) && (!text.starts_with('0') || text == "0");
    plain.then(|| text.parse().ok())?
}

pub(super) fn ranges_text(names: &BTreeSet<String>) -> String {
    let mut numbers: Vec<u32> = names.iter().filter_map(|name| whole(name)).collect();
    numbers.sort_unstable();
    let mut parts: Vec<String> = Vec::new();
    let mut at = 0;
    while at < numbers.len() {
        let mut end = at;
        while numbers.get(end + 1) == Some(&(numbers[end] + 1)) {
            end += 1;
        }
        parts.push(if end == at { numbers[at].to_string() } else { format!("{}-{}", numbers[at], numbers[end]) });
        at = end + 1;
    }
    let mut others: Vec<&String> = names.iter().filter(|name| whole(name).is_none()).collect();
    others.sort_by_cached_key(|name| natural(name));
    parts.extend(others.into_iter().map(|name| escaped(name)));
    parts.join(",")
}

/// A name in which nothing reads as the ledger's own signs. A hyphen between numbers would read as a range.
pub(super) fn escaped(name: &str) -> String {
    let is_range = name.split_once('-').is_some_and(|(from, to)| whole(from).is_some() && whole(to).is_some());
    let special = |c: char| matches!(c, ',' | '=' | '%' | '#' | ':') || c.is_whitespace() || is_range && c == '-';
    let mut text = String::new();
    for c in name.chars() {
        if special(c) {
            c.to_string().bytes().for_each(|byte| {
                let _ = write!(text, "%{byte:02x}");
            });
        } else {
            text.push(c);
        }
    }
    text
}

pub(super) fn unescaped(name: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = name.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        if *first == b'%' {
            bytes.push(u8::from_str_radix(std::str::from_utf8(after.get(..2)?).ok()?, 16).ok()?);
            rest = &after[2..];
        } else {
            bytes.push(*first);
        }
    }
    String::from_utf8(bytes).ok()
}

/// `1-3,5:AbCdEfGh`: names, and for each in order the short hash of what is there; without a colon there are none.
pub(super) fn hashed(value: &str) -> Option<BTreeMap<String, Option<u16>>> {
    let (names, hashes) = match value.split_once(':') {
        Some((names, hashes)) => (ranges(names)?, self::hashes(hashes)?),
        None => {
            let names = ranges(value)?;
            let none = vec![None; names.len()];
            (names, none)
        }
    };
    let names = in_order(names);
    (names.len() == hashes.len()).then(|| names.into_iter().zip(hashes).collect())
}

/// The same, written.
pub(super) fn hashed_text(names: &BTreeMap<String, Option<u16>>) -> String {
    let all: BTreeSet<String> = names.keys().cloned().collect();
    let mut text = ranges_text(&all);
    if names.values().any(Option::is_some) {
        text.push(':');
        text.push_str(&hashes_text(in_order(all).iter().filter_map(|name| names.get(name))));
    }
    text
}
