//! Paragraphs found again by their first words: whether a number still leads where it led when it was published.

use super::{LedgerFinding, Where};
use crate::diag::Code;
use crate::model::ledger::Published;
use crate::model::outline::counted;
use crate::model::site::Page;
use std::sync::Arc;

/// More pairs than these are not compared: where thousands of paragraphs changed at once, that they cannot be followed is
/// reported. What is the same at the beginning and at the end does not count.
const MOST_PAIRS: usize = 16_000_000;

/// Numbers of paragraphs that lead to other words than they did.
pub(super) fn paragraphs_moved(then: &Published, now: &Published, page: &Page) -> Option<LedgerFinding> {
    let outline = &page.outline;
    let same = |(number, hash): (usize, &Option<u16>)| hash.is_none() || now.paragraphs.get(number) == Some(hash);
    if then.paragraphs.iter().enumerate().all(same) {
        return None;
    }
    let numbers = outline.numbers();
    let old: Vec<(u32, u16)> =
        (1_u32..).zip(&then.paragraphs).filter_map(|(number, hash)| Some((number, (*hash)?))).collect();
    let new = &outline.openings.paragraphs;
    let Some(places) = aligned(&old.iter().map(|(_, hash)| *hash).collect::<Vec<_>>(), new) else {
        return Some(too_many(page));
    };
    let elsewhere = |hash: u16| elsewhere(hash, &places, new);
    let mut wrong: Vec<(u32, Option<usize>)> = Vec::new();
    let mut wanted: Vec<(u32, usize)> = Vec::new();
    for ((number, hash), aligned) in old.iter().zip(&places) {
        let bears = |place: usize| numbers.get(place).is_some_and(|names| names.contains(number));
        let now = (0..numbers.len()).find(|place| bears(*place));
        let place = match aligned {
            // Two numbers may lead to the same words.
            _ if now.is_some_and(|place| new.get(place) == Some(hash)) => now,
            Aligned::Same(place) => Some(*place),
            Aligned::Among { .. } if elsewhere(*hash).is_some() => elsewhere(*hash),
            // Words that were changed where they stand keep their number.
            Aligned::Among { from, to, .. } if now.is_some_and(|place| (*from..*to).contains(&place)) => now,
            Aligned::Among { from, to, nth, of } if to - from == *of => Some(from + nth),
            Aligned::Among { from, to, .. } => (from < to).then_some(*from),
        };
        wanted.extend(place.map(|place| (*number, place)));
        if place.is_none() || place != now {
            wrong.push((*number, place));
        }
    }
    wrong.first()?;
    let led = wanted.iter().filter(|(number, place)| *number as usize != place + 1);
    let mut pairs: Vec<String> = led.map(|(number, place)| format!("p{number}: p{}", place + 1)).collect();
    pairs.extend(wrong.iter().filter(|(_, place)| place.is_none()).map(|(number, _)| format!("p{number}: …")));
    let others = outline.anchor_aliases.iter().filter(|(old, _)| counted(old).is_none());
    pairs.extend(others.map(|(old, new)| format!("{old}: {new}")));
    Some(LedgerFinding {
        code: Code::ANCHOR_MOVED,
        at: Where::Document(Arc::clone(&page.source)),
        message: happened(&wrong),
        help: format!("say where they are now: `anchor_aliases: {{{}}}`", pairs.join(", ")),
    })
}

/// The only place of words that stand before or behind those with which they stood: `places` are those of the others.
fn elsewhere(hash: u16, places: &[Aligned], new: &[u16]) -> Option<usize> {
    let is_taken = |place: usize| places.contains(&Aligned::Same(place));
    let mut there = new.iter().enumerate().filter(|(place, new)| **new == hash && !is_taken(*place));
    let first = there.next().map(|(place, _)| place);
    first.filter(|_| there.next().is_none())
}

/// What happened to numbers of which these are the places now.
fn happened(wrong: &[(u32, Option<usize>)]) -> String {
    let names: Vec<String> = wrong.iter().take(6).map(|(number, _)| format!("#p{number}")).collect();
    let more = if wrong.len() > 6 { format!(" and {} more", wrong.len() - 6) } else { String::new() };
    let is_there = wrong.first().is_some_and(|(_, place)| place.is_some());
    let happened = match (is_there, wrong.len()) {
        (true, 1) => "leads to other words than when it was published",
        (true, _) => "lead to other words than when they were published",
        (false, 1) => "was published, and its words are not here any more",
        (false, _) => "were published, and their words are not here any more",
    };
    format!("{}{more} {happened}", names.join(", "))
}

/// A text of which too much changed at once.
fn too_many(page: &Page) -> LedgerFinding {
    LedgerFinding {
        code: Code::ANCHOR_MOVED,
        at: Where::Document(Arc::clone(&page.source)),
        message:
            "so many paragraphs have other words or places than when they were published that they cannot be followed"
                .to_owned(),
        help: "make the changes in several steps, and run `engross ledger update` after each".to_owned(),
    }
}

/// Where something of an old list stands in a new one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Aligned {
    /// The same, at this place.
    Same(usize),
    /// With other words among these places, or nowhere if there are none: the `nth` of so many.
    Among { from: usize, to: usize, nth: usize, of: usize },
}

/// Where all of an old list is in a new one; none where too much is different.
fn aligned(old: &[u16], new: &[u16]) -> Option<Vec<Aligned>> {
    let same = |(one, other): &(&u16, &u16)| one == other;
    let before = old.iter().zip(new).take_while(same).count();
    let (old, new) = (&old[before..], &new[before..]);
    let after = old.iter().rev().zip(new.iter().rev()).take_while(same).count();
    let (old, tail) = old.split_at(old.len() - after);
    let new = &new[..new.len() - after];
    if old.len() * new.len() > MOST_PAIRS {
        return None;
    }
    let mut places: Vec<Aligned> = (0..before).map(Aligned::Same).collect();
    places.extend(between(old, new).into_iter().map(|place| match place {
        Aligned::Same(place) => Aligned::Same(before + place),
        Aligned::Among { from, to, nth, of } => Aligned::Among { from: before + from, to: before + to, nth, of },
    }));
    places.extend((0..tail.len()).map(|place| Aligned::Same(before + new.len() + place)));
    Some(places)
}

/// The longest common subsequence, and for all others what lies between its members.
fn between(old: &[u16], new: &[u16]) -> Vec<Aligned> {
    let width = new.len() + 1;
    // The shorter list has fewer members than a u16 counts.
    let mut lengths = vec![0_u16; (old.len() + 1) * width];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            lengths[i * width + j] = if old[i] == new[j] {
                lengths[(i + 1) * width + j + 1] + 1
            } else {
                lengths[(i + 1) * width + j].max(lengths[i * width + j + 1])
            };
        }
    }
    let mut places = Vec::with_capacity(old.len());
    let (mut i, mut j) = (0, 0);
    let (mut from_old, mut from_new) = (0, 0);
    loop {
        while i < old.len() && j < new.len() && old[i] != new[j] {
            if lengths[(i + 1) * width + j] >= lengths[i * width + j + 1] { i += 1 } else { j += 1 }
        }
        let at_end = i >= old.len() || j >= new.len();
        let (end_old, end_new) = if at_end { (old.len(), new.len()) } else { (i, j) };
        let of = end_old - from_old;
        places.extend((0..of).map(|nth| Aligned::Among { from: from_new, to: end_new, nth, of }));
        if at_end {
            return places;
        }
        places.push(Aligned::Same(j));
        (i, j) = (i + 1, j + 1);
        (from_old, from_new) = (i, j);
    }
}

#[cfg(test)]
mod tests {
    use super::Aligned::Same;
    use super::*;

    fn among(from: usize, to: usize, nth: usize, of: usize) -> Aligned {
        Aligned::Among { from, to, nth, of }
    }

    #[test]
    fn paragraphs_are_found_again() {
        let found = |old: &[u16], new: &[u16]| aligned(old, new).unwrap();
        assert_eq!(found(&[1, 2, 3], &[1, 2, 3]), [Same(0), Same(1), Same(2)]);
        assert_eq!(found(&[1, 2, 3], &[1, 9, 2, 3]), [Same(0), Same(2), Same(3)]);
        assert_eq!(found(&[1, 2, 3], &[1, 9, 3]), [Same(0), among(1, 2, 0, 1), Same(2)]);
        assert_eq!(found(&[1, 2, 3], &[1, 3]), [Same(0), among(1, 1, 0, 1), Same(1)]);
        assert_eq!(found(&[1, 2], &[7, 8]), [among(0, 2, 0, 2), among(0, 2, 1, 2)]);
        assert_eq!(found(&[], &[7, 8]), []);
        assert_eq!(found(&[1], &[]), [among(0, 0, 0, 1)]);
    }

    #[test]
    fn a_long_text_is_followed_where_it_changed() {
        let old: Vec<u16> = (0..9000).map(|number| number % 4096).collect();
        let new: Vec<u16> = old[..20].iter().chain(&[4095]).chain(&old[20..]).copied().collect();
        let places = aligned(&old, &new).unwrap();
        assert_eq!((places[19], places[20], places[8999]), (Same(19), Same(21), Same(9000)));
        let other: Vec<u16> = old.iter().map(|hash| hash ^ 1).collect();
        assert_eq!(aligned(&old, &other), None);
    }
}
