//! Examples of queries from the edition itself, for the page that explains them. Each was asked of the index and finds
//! something.
//!
//! They are made of what titles, persons and source notes name most, as long as few enough documents have it for it to
//! tell them from others.

use super::Fault;
use super::database::Counter;
use super::facets::Side;
use super::fold::fold;
use crate::model::search::{Search, Unspaced};
use std::collections::BTreeMap;

/// How many words or pairs of words are tried.
const TRIED: usize = 40;
/// What more than one document in so many has says little about any.
const TELLING: usize = 4;
/// A shorter word says little about the edition.
const LETTERS: usize = 4;
/// Letters before the star.
const BEFORE_STAR: usize = 5;

/// Queries by the form that they are an example of; forms that the edition has no example of are left out.
pub fn examples(side: &Side, search: Search, counter: &Counter) -> Result<Vec<(String, String)>, Fault> {
    let maker = Maker { side, unspaced: search.unspaced, counter };
    let words = maker.telling(maker.words())?;
    let pairs = maker.telling_pairs(maker.pairs())?;
    let found = [
        ("words", maker.both(&words, &pairs)?),
        ("phrase", maker.first(&pairs, |pair| format!("\"{}\"", pair.shown), |pair| pair.phrase())?),
        ("without", maker.without(&words)?),
        ("star", maker.star(&words)?),
        ("either", either(&words)),
        ("brackets", maker.brackets(&words)?),
        ("near", maker.near(&pairs)?),
        ("title", maker.first(&words, |word| format!("title:{}", word.shown), |word| within("title", word))?),
        ("source", maker.source()?),
        ("number", maker.number()?),
    ];
    Ok(found.into_iter().filter_map(|(form, query)| Some((form.to_owned(), query?))).collect())
}

struct Maker<'a> {
    side: &'a Side,
    unspaced: Unspaced,
    counter: &'a Counter,
}

/// A word, or some words in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Term {
    shown: String,
    folded: String,
}

impl Term {
    /// For the database: its words, one after the other.
    fn phrase(&self) -> String {
        format!("\"{}\"", self.folded)
    }
}

fn within(column: &str, term: &Term) -> String {
    format!("{{{column}}} : {}", term.phrase())
}

fn either(words: &[Term]) -> Option<String> {
    let [one, other, ..] = words else { return None };
    Some(format!("{} OR {}", one.shown, other.shown))
}

impl Maker<'_> {
    fn term(&self, shown: &str) -> Term {
        Term { shown: shown.to_owned(), folded: fold(shown, self.unspaced) }
    }

    /// The words of a title that may stand in an example.
    fn title_words<'t>(&self, title: &'t str) -> Vec<Option<&'t str>> {
        let is_fit = |word: &&str| {
            let letters = word.chars().filter(|letter| letter.is_alphabetic() && !self.unspaced.has(*letter)).count();
            letters >= LETTERS && letters == word.chars().count() && !word.eq_ignore_ascii_case("near")
        };
        let words = title.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
        words.map(|word| Some(word).filter(is_fit)).collect()
    }

    /// Words of titles, the most frequent first.
    fn words(&self) -> Vec<Term> {
        let titles = self.side.titles.iter();
        self.ranked(titles.flat_map(|row| self.title_words(&row.2).into_iter().flatten().map(str::to_owned)))
    }

    /// Two words that stand together in titles, the most frequent first.
    fn pairs(&self) -> Vec<Term> {
        let pair = |pair: &[Option<&str>]| Some(format!("{} {}", pair.first().copied()??, pair.get(1).copied()??));
        let pairs = |title: &str| self.title_words(title).windows(2).filter_map(pair).collect::<Vec<_>>();
        self.ranked(self.side.titles.iter().flat_map(|row| pairs(&row.2)))
    }

    fn ranked(&self, found: impl Iterator<Item = String>) -> Vec<Term> {
        let mut counted: BTreeMap<String, usize> = BTreeMap::new();
        for shown in found {
            *counted.entry(shown).or_default() += 1;
        }
        let mut terms: Vec<(usize, String)> = counted.into_iter().map(|(shown, count)| (count, shown)).collect();
        terms.sort_by(|one, other| other.0.cmp(&one.0).then_with(|| one.1.cmp(&other.1)));
        let mut folded = Vec::new();
        let mut ranked: Vec<Term> = Vec::new();
        for (_, shown) in terms {
            let term = self.term(&shown);
            if ranked.len() < TRIED && !folded.contains(&term.folded) {
                folded.push(term.folded.clone());
                ranked.push(term);
            }
        }
        ranked
    }

    /// Those that tell some documents from others come first; of the others only what stands in any.
    fn telling(&self, terms: Vec<Term>) -> Result<Vec<Term>, Fault> {
        let (mut telling, mut others) = (Vec::new(), Vec::new());
        for term in terms {
            match self.counter.count(&term.phrase())? {
                0 => {}
                count if self.is_telling(count) => telling.push(term),
                _ => others.push(term),
            }
        }
        telling.append(&mut others);
        Ok(telling)
    }

    fn is_telling(&self, count: usize) -> bool {
        TELLING * count <= self.side.titles.len()
    }

    /// The same of pairs, of which each word must tell something: "from" does not.
    fn telling_pairs(&self, pairs: Vec<Term>) -> Result<Vec<Term>, Fault> {
        let (mut telling, mut others) = (Vec::new(), Vec::new());
        for pair in pairs {
            let mut is_telling = self.counter.count(&pair.phrase())? > 0;
            for word in pair.folded.split(' ') {
                is_telling = is_telling && self.is_telling(self.counter.count(&format!("\"{word}\""))?);
            }
            if is_telling { &mut telling } else { &mut others }.push(pair);
        }
        telling.append(&mut others);
        Ok(telling)
    }

    /// The first that finds something.
    fn first(
        &self,
        terms: &[Term],
        shown: impl Fn(&Term) -> String,
        asked: impl Fn(&Term) -> String,
    ) -> Result<Option<String>, Fault> {
        for term in terms {
            if self.counter.count(&asked(term))? > 0 {
                return Ok(Some(shown(term)));
            }
        }
        Ok(None)
    }

    /// Two words: of somebody's name, else of a title.
    fn both(&self, words: &[Term], pairs: &[Term]) -> Result<Option<String>, Fault> {
        let named = self.frequent("person").into_iter().filter_map(|name| {
            let words: Vec<&str> = name.split(|letter: char| !letter.is_alphanumeric()).collect();
            let words: Vec<&str> = words.into_iter().filter(|word| word.chars().count() >= LETTERS).collect();
            let [one, other, ..] = words.as_slice() else { return None };
            Some(self.term(&format!("{one} {other}")))
        });
        let mut terms: Vec<Term> = named.take(TRIED).collect();
        terms.extend_from_slice(pairs);
        if let [one, other, ..] = words {
            terms.push(self.term(&format!("{} {}", one.shown, other.shown)));
        }
        let all =
            |term: &Term| term.folded.split(' ').map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(" AND ");
        self.first(&terms, |term| term.shown.clone(), all)
    }

    /// A word without another one that often stands beside it.
    fn without(&self, words: &[Term]) -> Result<Option<String>, Fault> {
        let mut last = None;
        for one in words.iter().take(6) {
            for other in words.iter().filter(|other| *other != one).take(6) {
                let (these, those) = (one.phrase(), other.phrase());
                if self.counter.count(&format!("{these} NOT {those}"))? == 0 {
                    continue;
                }
                let shown = Some(format!("{} -{}", one.shown, other.shown));
                if self.counter.count(&format!("{these} AND {those}"))? > 0 {
                    return Ok(shown);
                }
                last = last.or(shown);
            }
        }
        Ok(last)
    }

    /// The beginning of a word, if it can be that of another word too.
    fn star(&self, words: &[Term]) -> Result<Option<String>, Fault> {
        let long = words.iter().filter(|word| word.shown.chars().count() > BEFORE_STAR);
        let starts: Vec<Term> =
            long.map(|word| self.term(&word.shown.chars().take(BEFORE_STAR).collect::<String>())).collect();
        self.first(&starts, |start| format!("{}*", start.shown), |start| format!("{} *", start.phrase()))
    }

    fn brackets(&self, words: &[Term]) -> Result<Option<String>, Fault> {
        let [one, other, rest @ ..] = words else { return Ok(None) };
        let shown = |word: &Term| format!("({} OR {}) {}", one.shown, other.shown, word.shown);
        self.first(rest, shown, |word| format!("({} OR {}) AND {}", one.phrase(), other.phrase(), word.phrase()))
    }

    fn near(&self, pairs: &[Term]) -> Result<Option<String>, Fault> {
        let asked = |pair: &Term| match pair.folded.split_once(' ') {
            Some((one, other)) => format!("NEAR(\"{one}\" \"{other}\", 5)"),
            None => pair.phrase(),
        };
        self.first(pairs, |pair| pair.shown.replacen(' ', " near/5 ", 1), asked)
    }

    /// Words of source notes: a classification or a repository.
    fn source(&self) -> Result<Option<String>, Fault> {
        let names = ["classification", "repository"].iter().flat_map(|facet| self.frequent(facet));
        let terms: Vec<Term> =
            names.filter(|name| !name.contains('"')).take(TRIED).map(|name| self.term(name)).collect();
        let shown = |term: &Term| format!("source:\"{}\"", term.shown);
        self.first(&terms, shown, |term| within("source", term))
    }

    /// A number or a name with dots, hyphens or strokes within it.
    fn number(&self) -> Result<Option<String>, Fault> {
        let is_mark = |letter: char| matches!(letter, '.' | '-' | '/');
        let is_fit = |word: &&str| {
            word.contains(is_mark) && word.chars().all(|letter| letter.is_ascii_alphanumeric() || is_mark(letter))
        };
        let ends = |letter: char| !letter.is_alphanumeric();
        let words = |title: &str| -> Vec<String> {
            let words = title.split_whitespace().map(|word| word.trim_matches(ends));
            words.filter(is_fit).map(str::to_owned).collect()
        };
        let mut terms = self.ranked(self.side.titles.iter().flat_map(|row| words(&row.2)));
        // Numbers of files look like none of the words of a title.
        terms.sort_by_key(|term| !term.shown.chars().any(|letter| letter.is_ascii_digit()));
        self.first(&terms, |term| term.shown.clone(), Term::phrase)
    }

    /// The values of a facet, those that most documents have first; such as are told apart by their ids not among them.
    fn frequent(&self, id: &str) -> Vec<&str> {
        let Some(facet) = self.side.offered.iter().find(|facet| facet.id == id) else { return Vec::new() };
        let mut counts = vec![0; facet.names.len()];
        for number in facet.values.iter().flatten() {
            if let Some(count) = counts.get_mut(*number) {
                *count += 1;
            }
        }
        let mut places: Vec<usize> = (0..facet.names.len()).collect();
        places.sort_by_key(|place| std::cmp::Reverse(counts.get(*place).copied().unwrap_or_default()));
        let names = places.into_iter().filter_map(|place| facet.names.get(place));
        names.map(String::as_str).filter(|name| !name.contains('(')).collect()
    }
}
