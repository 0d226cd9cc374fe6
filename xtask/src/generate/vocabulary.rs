//! About 20,000 invented words that can be pronounced, drawn as often as the words of a language are (Zipf).

use super::random::Random;
use std::collections::BTreeSet;

const WORDS: usize = 20_000;
/// Words from this rank on are rare enough to serve as names.
const RARE: usize = 2_000;
/// Flattens the top of Zipf's curve to where English has it: the commonest word is about 4 % of a text.
const FLATTENING: f64 = 2.7;

const ONSETS: &[&str] = &[
    "b", "c", "d", "f", "g", "h", "l", "m", "n", "p", "r", "s", "t", "v", "w", "st", "tr", "pr", "br", "ch", "sh",
    "th", "gr", "cl", "pl", "sp", "fr", "qu", "k", "j",
];
const NUCLEI: &[&str] = &["a", "e", "i", "o", "u", "a", "e", "i", "o", "e", "ea", "ou", "ai", "io", "ee"];
const ACCENTED: &[&str] = &["é", "ü", "ö", "á", "ó", "è"];
const CODAS: &[&str] = &["", "", "", "", "n", "r", "s", "t", "l", "m", "d", "nt", "st", "ng", "ck", "nd"];
const ENDINGS: &[&str] = &["", "", "", "s", "ed", "ing", "tion", "ment", "ly", "er", "al", "ity", "ent"];

/// The words, commonest first.
pub(crate) struct Vocabulary {
    words: Vec<String>,
    /// For each word the share of all draws that fall on it or a commoner one, of `u32::MAX`.
    shares: Vec<u32>,
}

impl Vocabulary {
    /// The vocabulary of an edition.
    pub(crate) fn new(seed: u64) -> Vocabulary {
        let mut random = Random::of_part(seed, &[usize::MAX]);
        let mut known = BTreeSet::new();
        let mut words = Vec::with_capacity(WORDS);
        while words.len() < WORDS {
            let word = invent(&mut random, words.len());
            if known.insert(word.clone()) {
                words.push(word);
            }
        }
        Vocabulary { words, shares: shares() }
    }

    /// A word as it turns up in running text, in small letters.
    pub(crate) fn word(&self, random: &mut Random) -> &str {
        let draw = random.bits();
        let rank = self.shares.partition_point(|share| *share < draw);
        &self.words[rank.min(self.words.len() - 1)]
    }

    /// A rare word with a capital: the name of a person or place. It begins with a letter of ASCII.
    pub(crate) fn name(&self, random: &mut Random) -> String {
        capitalised(&self.words[random.between(RARE, self.words.len() - 1)])
    }
}

/// The word with its first letter large.
pub(crate) fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// A word for that rank: the commoner, the shorter.
fn invent(random: &mut Random, rank: usize) -> String {
    let syllables = match rank {
        0..300 => 1,
        300..3000 => random.between(1, 2),
        _ => random.between(2, 3),
    };
    let mut word = String::new();
    for syllable in 0..syllables {
        // One word in five begins with a vowel, and common words are often only that and a consonant.
        if syllable > 0 || !random.chance(if rank < 60 { 0.4 } else { 0.2 }) {
            word.push_str(ONSETS[random.below(if rank < 60 { 15 } else { ONSETS.len() })]);
        }
        let accented = !word.is_empty() && rank > 500 && random.chance(0.01);
        word.push_str(random.pick(if accented { ACCENTED } else { NUCLEI }));
        let ends = syllable + 1 == syllables;
        if random.chance(if rank < 60 || !ends { 0.3 } else { 0.9 }) {
            word.push_str(random.pick(CODAS));
        }
    }
    if rank >= 500 {
        word.push_str(random.pick(ENDINGS));
    }
    word
}

fn shares() -> Vec<u32> {
    let weight = |rank: usize| 1.0 / (rank as f64 + FLATTENING);
    let total: f64 = (0..WORDS).map(weight).sum();
    let mut sum = 0.0;
    (0..WORDS)
        .map(|rank| {
            sum += weight(rank);
            (sum / total * f64::from(u32::MAX)) as u32
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_many_and_drawn_like_those_of_a_language() {
        let vocabulary = Vocabulary::new(1);
        let mut random = Random::of_part(1, &[]);
        let drawn: Vec<&str> = (0..100_000).map(|_| vocabulary.word(&mut random)).collect();
        let commonest = drawn.iter().filter(|word| **word == vocabulary.words[0]).count();
        assert!((3_000..6_000).contains(&commonest), "{commonest}");
        let length = drawn.iter().map(|word| word.chars().count()).sum::<usize>() as f64 / drawn.len() as f64;
        assert!((4.2..5.6).contains(&length), "{length}");
        assert!(drawn.iter().collect::<BTreeSet<_>>().len() > 8_000);
    }

    #[test]
    fn names_begin_with_a_capital_of_ascii() {
        let vocabulary = Vocabulary::new(1);
        let mut random = Random::of_part(1, &[]);
        assert!(
            (0..2_000).all(|_| vocabulary.name(&mut random).starts_with(|letter: char| letter.is_ascii_uppercase()))
        );
    }
}
