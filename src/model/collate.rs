//! The alphabet of a language: how names are sorted, and under which letter each stands.

use icu_collator::options::{CollatorOptions, Strength};
use icu_collator::preferences::CollationNumericOrdering;
use icu_collator::{CollatorBorrowed, CollatorPreferences};
use icu_locale_core::Locale;
use std::cmp::Ordering;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The rules by which a language sorts.
#[derive(Debug)]
pub struct Collation {
    /// Tells names apart in all that the language does; none where its data are missing, which they never are.
    whole: Option<CollatorBorrowed<'static>>,
    /// Tells letters apart, but neither case nor accents that make no letter of their own.
    letters: Option<CollatorBorrowed<'static>>,
}

impl Collation {
    /// The rules of a language by its BCP 47 tag; for a tag that nobody knows, those that hold for most.
    pub fn of(lang: &str) -> Self {
        let locale: Locale = lang.parse().unwrap_or(Locale::UNKNOWN);
        let mut preferences = CollatorPreferences::from(&locale);
        // NSC 9 stands before NSC 10.
        preferences.numeric_ordering = Some(CollationNumericOrdering::True);
        let with = |strength| {
            let mut options = CollatorOptions::default();
            options.strength = Some(strength);
            CollatorBorrowed::try_new(preferences, options).ok()
        };
        Collation { whole: with(Strength::Tertiary), letters: with(Strength::Primary) }
    }

    /// Which of two names comes first, without signs before their first letters. Names that the language does not tell
    /// apart are compared by their characters.
    pub fn compare(&self, one: &str, other: &str) -> Ordering {
        let by_rules = self.whole.as_ref().map_or(Ordering::Equal, |rules| rules.compare(bare(one), bare(other)));
        by_rules.then_with(|| one.cmp(other))
    }

    fn is_letter_of(&self, one: &str, other: &str) -> bool {
        self.letters.as_ref().map_or(one == other, |rules| rules.compare(one, other) == Ordering::Equal)
    }

    /// The letters under which sorted names stand, each with the place of its first name. What begins with no letter
    /// stands under `#`.
    pub fn letters<'n>(&self, names: impl Iterator<Item = &'n str>) -> Vec<(String, usize)> {
        let mut letters: Vec<(String, usize)> = Vec::new();
        for (place, name) in names.enumerate() {
            let letter = self.letter(name);
            if letters.last().is_some_and(|(last, _)| self.is_letter_of(last, &letter)) {
                continue;
            }
            // A letter that comes again is the beginning of one that is written with two, as Ch is in Czech.
            let again = letters.iter().any(|(earlier, _)| self.is_letter_of(earlier, &letter));
            let label = if again { two_signs(name).unwrap_or(letter) } else { letter };
            if letters.last().is_none_or(|(last, _)| *last != label) {
                letters.push((label, place));
            }
        }
        letters
    }

    /// The first letter of a name as a capital, without an accent that makes no letter of its own.
    fn letter(&self, name: &str) -> String {
        let mut signs = name.nfd().skip_while(|sign| !sign.is_alphanumeric());
        let Some(first) = signs.next().filter(|sign| sign.is_alphabetic()) else { return "#".to_owned() };
        let capital = |signs: String| signs.to_uppercase().nfc().collect::<String>();
        let base = capital(first.to_string());
        let marks = signs.take_while(|sign| is_combining_mark(*sign));
        let whole = capital(std::iter::once(first).chain(marks).collect());
        if self.is_letter_of(&base, &whole) { base } else { whole }
    }
}

/// A name without quotation marks, brackets and other signs before its first letter or digit.
pub fn bare(name: &str) -> &str {
    let bare = name.trim_start_matches(|sign: char| !sign.is_alphanumeric());
    if bare.is_empty() { name } else { bare }
}

/// The first two letters of a name, the first as a capital.
fn two_signs(name: &str) -> Option<String> {
    let mut signs = name.chars().filter(|sign| sign.is_alphanumeric());
    let (first, second) = (signs.next()?, signs.next()?);
    Some(first.to_uppercase().chain(second.to_lowercase()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted<'n>(lang: &str, names: &[&'n str]) -> Vec<&'n str> {
        let rules = Collation::of(lang);
        let mut names = names.to_vec();
        names.sort_by(|one, other| rules.compare(one, other));
        names
    }

    #[test]
    fn a_language_has_its_own_alphabet() {
        let names = ["Zorn", "Öberg", "Ohlin", "Ångström", "adams", "Adams"];
        assert_eq!(sorted("sv", &names), ["adams", "Adams", "Ohlin", "Zorn", "Ångström", "Öberg"]);
        assert_eq!(sorted("de", &names), ["adams", "Adams", "Ångström", "Öberg", "Ohlin", "Zorn"]);
        assert_eq!(sorted("no such tag", &names), sorted("en", &names));
    }

    #[test]
    fn numbers_are_sorted_as_numbers() {
        assert_eq!(sorted("en", &["NSC 10", "NSC 9", "NSC"]), ["NSC", "NSC 9", "NSC 10"]);
    }

    #[test]
    fn letters_are_those_of_the_alphabet() {
        let letters = |lang: &str, names: &[&str]| -> Vec<(String, usize)> {
            Collation::of(lang).letters(sorted(lang, names).into_iter())
        };
        let of = |list: &[(&str, usize)]| -> Vec<(String, usize)> {
            list.iter().map(|(letter, place)| ((*letter).to_owned(), *place)).collect()
        };
        let names = ["Ångström", "Adams", "“Big” Bill", "5412 Group", "Zorn"];
        assert_eq!(letters("sv", &names), of(&[("#", 0), ("A", 1), ("B", 2), ("Z", 3), ("Å", 4)]));
        assert_eq!(letters("en", &["Ångström", "Adams", "Zorn"]), of(&[("A", 0), ("Z", 2)]));
        let czech = ["Chalupa", "Cibulka", "Hus", "Ilja"];
        assert_eq!(letters("cs", &czech), of(&[("C", 0), ("H", 1), ("Ch", 2), ("I", 3)]));
    }
}
