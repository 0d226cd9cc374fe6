//! What is settled about a volume before its documents are written, since they refer to one another.

use super::prose::{phrase, words};
use super::random::Random;
use super::vocabulary::Vocabulary;
use std::collections::{BTreeMap, BTreeSet};

/// A volume: its registers, and of each document what others must know.
pub(crate) struct Volume {
    /// From 0.
    pub(crate) index: usize,
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) editors: Vec<String>,
    pub(crate) sections: Vec<Section>,
    pub(crate) persons: Vec<Person>,
    pub(crate) terms: Vec<Term>,
    /// Cities that documents are written in.
    pub(crate) places: Vec<String>,
    /// Countries that embassies are in.
    pub(crate) countries: Vec<String>,
    /// Document 1 first.
    pub(crate) documents: Vec<Outline>,
}

/// A chapter.
pub(crate) struct Section {
    pub(crate) folder: String,
    pub(crate) title: String,
}

/// An entry of the register of persons.
pub(crate) struct Person {
    pub(crate) id: String,
    pub(crate) surname: String,
    pub(crate) given: String,
    pub(crate) office: String,
    pub(crate) years: (usize, usize),
}

/// An entry of the register of terms and abbreviations.
pub(crate) struct Term {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) meaning: String,
}

/// What other documents may refer to, and what settles the size of a document.
pub(crate) struct Outline {
    pub(crate) number: usize,
    /// Index into `Volume::sections`.
    pub(crate) section: usize,
    /// Bytes of the body.
    pub(crate) length: usize,
    /// Notes are labelled 1 to this, the source note's marker included.
    pub(crate) notes: usize,
    /// The source note is note 1.
    pub(crate) source_is_note: bool,
    /// Days since 1 January 1900.
    pub(crate) day: usize,
}

const SECTIONS: usize = 6;
const TERMS: usize = 100;
/// The mean the counts below are stated for.
pub(crate) const MEAN_LENGTH: f64 = 5_200.0;
const MEDIAN_LENGTH: f64 = 3_600.0;
/// The log-normal curve with that mean and median.
const LENGTH_SPREAD: f64 = 0.84;
const LONGEST: usize = 138_000;
const OFFICES: &[&str] = &[
    "Ambassador in",
    "Minister of Foreign Affairs of",
    "Counselor of Embassy in",
    "Prime Minister of",
    "Officer in Charge of Affairs of",
    "Deputy Assistant Secretary of State for",
    "Director of the Office of Affairs of",
    "member of the Delegation of",
];

impl Volume {
    /// Settles the volume with that index (from 0) and number of documents.
    pub(crate) fn new(vocabulary: &Vocabulary, seed: u64, index: usize, documents: usize) -> Volume {
        let mut random = Random::of_part(seed, &[index]);
        let first_year = 1945 + index % 25;
        let names = |random: &mut Random, count: usize| -> Vec<String> {
            (0..count).map(|_| vocabulary.name(random)).collect()
        };
        let countries = names(&mut random, 12);
        let persons = persons(vocabulary, &mut random, &countries, first_year);
        Volume {
            index,
            id: format!("papers{first_year}v{:02}", index + 1),
            title: format!(
                "Papers on Foreign Relations, {first_year}–{}, Volume {}, {}",
                first_year + 3,
                index + 1,
                countries[0]
            ),
            editors: (0..2)
                .map(|_| format!("{} {}", vocabulary.name(&mut random), vocabulary.name(&mut random)))
                .collect(),
            sections: sections(vocabulary, &mut random, documents),
            terms: terms(vocabulary, &mut random),
            places: names(&mut random, 20),
            countries,
            documents: outlines(&mut random, first_year, documents),
            persons,
        }
    }

    /// A person, those early in the register far more often, as in real volumes.
    pub(crate) fn some_person(&self, random: &mut Random) -> &Person {
        let limit = random.below(self.persons.len()) + 1;
        &self.persons[random.below(limit)]
    }
}

fn persons(vocabulary: &Vocabulary, random: &mut Random, countries: &[String], first_year: usize) -> Vec<Person> {
    let mut of_initials = BTreeMap::new();
    let mut surnames = BTreeSet::new();
    let count = random.between(180, 220);
    let mut persons = Vec::with_capacity(count);
    while persons.len() < count {
        let (surname, given) = (vocabulary.name(random), vocabulary.name(random));
        if !surnames.insert(surname.clone()) {
            continue;
        }
        let initials: String = [&surname, &given].iter().flat_map(|name| name.chars().take(1)).collect();
        let number: &mut usize = of_initials.entry(initials.clone()).or_default();
        *number += 1;
        let from = first_year + random.below(4);
        persons.push(Person {
            id: format!("p_{initials}_{number}"),
            surname,
            given: format!("{given} {}.", (b'A' + random.below(26) as u8) as char),
            office: format!("{} {}", random.pick(OFFICES), countries[random.below(countries.len())]),
            years: (from, from + random.below(6)),
        });
    }
    persons
}

fn terms(vocabulary: &Vocabulary, random: &mut Random) -> Vec<Term> {
    let mut known = BTreeSet::new();
    while known.len() < TERMS {
        let letters = random.between(3, 5);
        known.insert((0..letters).map(|_| (b'A' + random.below(26) as u8) as char).collect::<String>());
    }
    let term = |name: String| Term { id: format!("t_{name}"), meaning: phrase(vocabulary, random, 4), name };
    known.into_iter().map(term).collect()
}

fn sections(vocabulary: &Vocabulary, random: &mut Random, documents: usize) -> Vec<Section> {
    (1..=SECTIONS.min(documents))
        .map(|number| {
            let name = vocabulary.name(random);
            let rest = words(vocabulary, random, 4);
            let ascii = |word: &str| word.to_lowercase().replace(|letter: char| !letter.is_ascii_alphanumeric(), "");
            Section {
                // The name of the chapter's subject alone might repeat; ids are unique in a volume.
                folder: format!("{number:02}-{}-{number}", ascii(&name)),
                title: format!("{name}: {rest}"),
            }
        })
        .collect()
}

fn outlines(random: &mut Random, first_year: usize, documents: usize) -> Vec<Outline> {
    let first_day = (first_year - 1900) * 365 + (first_year - 1900) / 4;
    (1..=documents)
        .map(|number| {
            let length = length(random);
            let source_is_note = random.chance(0.9);
            // Three a document: with most of them one is the source note, and the rest grows with the text.
            let notes = usize::from(source_is_note) + random.count(2.1 * length as f64 / MEAN_LENGTH);
            Outline {
                number,
                section: (number - 1) * SECTIONS.min(documents) / documents,
                length,
                notes,
                source_is_note,
                day: first_day + number * 1_400 / documents + random.below(12),
            }
        })
        .collect()
}

fn length(random: &mut Random) -> usize {
    // Reports and minutes of congresses lie beyond any curve that fits the rest.
    if random.chance(1.0 / 3_000.0) {
        return random.between(80_000, LONGEST);
    }
    (random.log_normal(MEDIAN_LENGTH, LENGTH_SPREAD) as usize).clamp(300, LONGEST)
}
