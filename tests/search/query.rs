//! Queries, asked of the database and counted by hand.

use super::read::{Words, folded};

/// Columns in their order.
const COLUMNS: [&str; 4] = ["title", "text", "notes", "source"];

/// A query of any form.
#[derive(Debug, Clone)]
pub enum Query {
    /// A word or a phrase; the last word may go on.
    Phrase(&'static str, bool),
    /// Two words with at most so many between them.
    Near(&'static str, &'static str, usize),
    /// In one column only.
    In(&'static str, Box<Query>),
    And(Box<Query>, Box<Query>),
    Or(Box<Query>, Box<Query>),
    Not(Box<Query>, Box<Query>),
}

pub fn phrase(words: &'static str) -> Query {
    Query::Phrase(words, false)
}

pub fn prefix(words: &'static str) -> Query {
    Query::Phrase(words, true)
}

pub fn near(one: &'static str, other: &'static str, words: usize) -> Query {
    Query::Near(one, other, words)
}

impl Query {
    pub fn within(self, column: &'static str) -> Query {
        Query::In(column, Box::new(self))
    }

    pub fn and(self, other: Query) -> Query {
        Query::And(Box::new(self), Box::new(other))
    }

    pub fn or(self, other: Query) -> Query {
        Query::Or(Box::new(self), Box::new(other))
    }

    pub fn not(self, other: Query) -> Query {
        Query::Not(Box::new(self), Box::new(other))
    }

    /// As the database reads it.
    pub fn text(&self) -> String {
        match self {
            Query::Phrase(words, open) => format!("\"{words}\"{}", if *open { "*" } else { "" }),
            Query::Near(one, other, words) => format!("NEAR(\"{one}\" \"{other}\", {words})"),
            Query::In(column, query) => format!("{column} : ({})", query.text()),
            Query::And(one, other) => format!("({}) AND ({})", one.text(), other.text()),
            Query::Or(one, other) => format!("({}) OR ({})", one.text(), other.text()),
            Query::Not(one, other) => format!("({}) NOT ({})", one.text(), other.text()),
        }
    }

    /// Whether a document matches.
    pub fn matches(&self, words: &Words) -> bool {
        self.matches_in(words, None)
    }

    fn matches_in(&self, words: &Words, column: Option<&str>) -> bool {
        let columns = || {
            let named = COLUMNS.iter().zip(&words.columns);
            named.filter(move |(name, _)| column.is_none_or(|column| column == **name)).map(|(_, words)| words)
        };
        match self {
            Query::Phrase(phrase, open) => columns().any(|words| !places(words, phrase, *open).is_empty()),
            Query::Near(one, other, most) => columns().any(|words| {
                let (ones, others) = (places(words, one, false), places(words, other, false));
                ones.iter().any(|one| others.iter().any(|other| one.abs_diff(*other) <= most + 1))
            }),
            Query::In(column, query) => query.matches_in(words, Some(column)),
            Query::And(one, other) => one.matches_in(words, column) && other.matches_in(words, column),
            Query::Or(one, other) => one.matches_in(words, column) || other.matches_in(words, column),
            Query::Not(one, other) => one.matches_in(words, column) && !other.matches_in(words, column),
        }
    }
}

/// Where a phrase begins.
fn places(words: &[String], phrase: &str, open: bool) -> Vec<usize> {
    let wanted = folded(phrase);
    let Some((last, before)) = wanted.split_last() else { return Vec::new() };
    let is_last = |word: &String| if open { word.starts_with(last.as_str()) } else { word == last };
    let is_place = |at: &usize| {
        let Some(found) = words.get(*at..at + wanted.len()) else { return false };
        found[..before.len()] == *before && is_last(&found[before.len()])
    };
    (0..words.len()).filter(is_place).collect()
}
