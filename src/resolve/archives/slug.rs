//! Words to addresses and anchors that stay: made from the words alone, so that no other document can change them. Only
//! where two names differ in nothing but case, punctuation or accents does one of them get a sign of its own.

use crate::hash::Hash128;
use std::collections::BTreeSet;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longer ones are cut.
const LONGEST: usize = 64;

/// Words as a part of an address: `National Security Files` is `national-security-files`. Where letters are lost that
/// might tell two names apart, the hash of the words makes up for them.
pub fn slug(words: &str) -> String {
    let mut slug = String::new();
    let mut whole = true;
    for c in words.nfd().filter(|c| !is_combining_mark(*c)) {
        match c {
            c if c.is_ascii_alphanumeric() => slug.push(c.to_ascii_lowercase()),
            'ß' => slug.push_str("ss"),
            'æ' | 'Æ' => slug.push_str("ae"),
            'ø' | 'Ø' => slug.push('o'),
            'ł' | 'Ł' => slug.push('l'),
            _ => {
                whole &= !c.is_alphanumeric();
                if !slug.is_empty() && !slug.ends_with('-') {
                    slug.push('-');
                }
            }
        }
    }
    if slug.len() > LONGEST {
        let end = slug[..LONGEST].rfind('-').unwrap_or(LONGEST);
        slug.truncate(end);
        whole = false;
    }
    let slug = slug.trim_end_matches('-');
    match (whole, slug.is_empty()) {
        (true, false) => slug.to_owned(),
        (_, true) => format!("x-{}", sign(words)),
        (false, false) => format!("{slug}-{}", sign(words)),
    }
}

/// Gives a name that is not taken, also where letter case does not count: the slug itself, or with the sign of what it
/// stands for.
pub fn free(slug: &str, stands_for: &str, taken: &mut BTreeSet<String>) -> String {
    let hash = Hash128::of(stands_for.as_bytes());
    let names = [slug.to_owned(), format!("{slug}-{}", sign(stands_for)), format!("{slug}-{hash}")];
    let free = names.iter().find(|name| !taken.contains(&name.to_lowercase())).unwrap_or(&names[2]).clone();
    taken.insert(free.to_lowercase());
    free
}

/// Six digits by which words can be told from others that look alike.
fn sign(words: &str) -> String {
    let mut hash = Hash128::of(words.as_bytes()).to_string();
    hash.truncate(6);
    hash
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_become_addresses() {
        assert_eq!(slug("National Security Files"), "national-security-files");
        assert_eq!(slug("Cuba, General, Vol. VII (B), 1/63"), "cuba-general-vol-vii-b-1-63");
        assert_eq!(slug("Österreichisches Straßenarchiv"), "osterreichisches-strassenarchiv");
        assert_eq!(slug("…"), format!("x-{}", sign("…")));
        assert_ne!(slug("Фонд 12"), slug("Опись 12"));
        assert!(slug(&"long ".repeat(40)).len() <= LONGEST + 7);
        assert_ne!(slug(&"long ".repeat(40)), slug(&"long ".repeat(41)));
    }

    #[test]
    fn only_what_is_taken_gets_a_sign() {
        let mut taken = BTreeSet::new();
        assert_eq!(free("job-79", "Job 79", &mut taken), "job-79");
        let other = free("Job-79", "Job–79", &mut taken);
        assert_eq!(other, format!("Job-79-{}", sign("Job–79")));
        assert_eq!(free("job-80", "Job 80", &mut taken), "job-80");
    }
}
