//! Letters as the index has them: small, without accents. What readers type is folded in the same way by the other half
//! of this file, `themes/default/script/search/words.js`; `tests/search/folding.txt` holds the cases of both.

use crate::model::search::Unspaced;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A text in small letters and without accents, with spaces around each character of scripts that are written without
/// them.
pub fn fold(text: &str, unspaced: Unspaced) -> String {
    let small = text.to_lowercase();
    if small.is_ascii() {
        return small;
    }
    let mut out = String::with_capacity(small.len() + small.len() / 8);
    let mut rest = small.as_str();
    while let Some(start) = rest.find(needs_folding) {
        // An accent may stand apart from its letter, which stands before it.
        let start = rest.get(..start).and_then(|plain| plain.char_indices().next_back()).map_or(0, |(at, _)| at);
        let length = rest[start..].char_indices().skip(1).find(|(_, letter)| !needs_folding(*letter));
        let end = length.map_or(rest.len(), |(at, _)| start + at);
        out.push_str(&rest[..start]);
        push(&mut out, &rest[start..end], unspaced);
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

/// Whether a letter may change. Dashes, quotation marks and the like, of which printed texts are full, never do.
fn needs_folding(letter: char) -> bool {
    !letter.is_ascii() && !('\u{2010}'..='\u{205e}').contains(&letter)
}

fn push(out: &mut String, text: &str, unspaced: Unspaced) {
    let mut base = ' ';
    let mut folded = String::with_capacity(text.len());
    for letter in text.nfd() {
        if is_combining_mark(letter) {
            if !falls_away(base, letter) {
                folded.push(letter);
            }
            continue;
        }
        base = letter;
        match plain(letter) {
            Some(plain) => folded.push_str(plain),
            None => folded.push(letter),
        }
    }
    for letter in folded.nfc() {
        if unspaced.has(letter) {
            out.extend([' ', letter, ' ']);
        } else {
            out.push(letter);
        }
    }
}

/// Letters that no decomposition takes apart.
fn plain(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ł' => "l",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'ħ' => "h",
        'ŧ' => "t",
        'ı' => "i",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        'ς' => "σ",
        _ => return None,
    })
}

/// Whether a mark falls away: accents, Hebrew points, Arabic vowels. Vowel signs of other scripts are letters.
fn falls_away(base: char, mark: char) -> bool {
    let is_accent = matches!(mark,
        '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}'
        | '\u{6d6}'..='\u{6ed}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}'
        | '\u{fe20}'..='\u{fe2f}');
    // й is no и, but ё is е, and a stress is none of the letter's.
    let is_cyrillic = ('\u{400}'..='\u{52f}').contains(&base);
    is_accent && (!is_cyrillic || matches!(mark, '\u{300}' | '\u{301}') || (mark == '\u{308}' && base == 'е'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_folded_as_scripts_fold_them() {
        let cases = include_str!("../../tests/search/folding.txt");
        let mut count = 0;
        for line in cases.lines().filter(|line| !line.starts_with('#')) {
            let (written, folded) = line.split_once(" → ").unwrap();
            assert_eq!(fold(written, Unspaced::NONE), folded, "{line}");
            assert_eq!(fold(folded, Unspaced::NONE), folded, "{line}");
            count += 1;
        }
        assert!(count > 30);
    }

    #[test]
    fn characters_of_scripts_without_spaces_are_words() {
        assert_eq!(fold("the 漢字 here", Unspaced::ALL), "the  漢  字  here");
        assert_eq!(fold("the 漢字 here", Unspaced::at(1)), "the 漢字 here");
        assert_eq!(fold("“Ελλάδα” — Москва", Unspaced::ALL), "“ελλαδα” — москва");
    }

    #[test]
    fn what_stands_around_accents_stays() {
        assert_eq!(fold("a “Café” — 1–2 e\u{301}e ÉÉ.", Unspaced::ALL), "a “cafe” — 1–2 ee ee.");
    }
}
