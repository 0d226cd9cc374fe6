//! The parties that a title names: "from X to Y", "prepared by X", "between X and Y".
//!
//! A title that is not understood gives no party: a wrong name would stand in registers and citations.

use super::date;
use std::ops::Range;

/// Who wrote, to whom, and who talked.
#[derive(Debug, Default)]
pub struct Parties {
    /// Who wrote it.
    pub from: Vec<String>,
    /// To whom.
    pub to: Vec<String>,
    /// Who talked.
    pub participants: Vec<String>,
    /// Words where a name was looked for; then there is no party at all.
    pub doubted: Option<String>,
}

/// The parties in a title whose date stands there.
pub fn read(title: &str, dated: Option<Range<usize>>) -> Parties {
    let (named, after) = dated.map_or((title, ""), |at| (&title[..at.start], &title[at.end..]));
    let named = named.trim_end_matches([' ', ',', ';']).trim_end_matches(" dated").trim_end_matches(" revised");
    let mut found = before_date(named);
    if found.participants.is_empty() && found.from.is_empty() && found.to.is_empty() {
        found.participants = talkers(after).map(listed).unwrap_or_default();
    }
    let names = found.from.iter().chain(&found.to).chain(&found.participants);
    match names.into_iter().find(|name| !is_name(name)).cloned() {
        Some(doubted) => Parties { doubted: Some(doubted), ..Parties::default() },
        None => found,
    }
}

fn before_date(named: &str) -> Parties {
    let mut parties = Parties::default();
    if let Some(talkers) = talkers(named) {
        parties.participants = listed(talkers);
        return parties;
    }
    if let Some((before, rest)) = sender(named) {
        // "Telegram 3811 to the CIA from Agency personnel" names the recipient first.
        let (from, to) = rest.split_once(" to ").map_or((rest, None), |(from, to)| (from, Some(to)));
        let to = to.or_else(|| before.split_once(" to ").map(|(_, to)| to).filter(|_| before_is_from(named, before)));
        parties.from = names(from);
        parties.to = to.map(names).unwrap_or_default();
    } else {
        // "Annex 3 to printed Document 320" names no recipient.
        let to = named.split_once(" to ").map(|(_, to)| to).filter(|to| !to.contains("Document "));
        parties.to = to.map(names).unwrap_or_default();
    }
    parties
}

/// What stands before and after the word that leads to a sender. What is taken *from* papers has no sender in them, and
/// not all that is done "by" someone is writing.
fn sender(named: &str) -> Option<(&str, &str)> {
    let excerpt = ["Notes", "Excerpt", "Excerpts", "Extract", "Extracts", "Passages"];
    let (before, rest) = [" from ", " prepared by ", " by "].iter().find_map(|word| named.split_once(word))?;
    let last = before.rsplit(' ').next().unwrap_or_default();
    let taken = before_is_from(named, before) && excerpt.contains(&last);
    let done = !before_is_from(named, before) && (before.contains(" for consideration") || last.ends_with("ed"));
    (!taken && !done).then_some((before, rest))
}

fn before_is_from(named: &str, before: &str) -> bool {
    named[before.len()..].starts_with(" from ")
}

fn talkers(text: &str) -> Option<&str> {
    let joints = [" between ", " among ", " among, "];
    joints.iter().find_map(|joint| text.split_once(joint)).map(|(_, talkers)| talkers)
}

/// The parts of a list that commas divide, with "Jr." at its name.
fn parts(text: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for part in text.split(", ") {
        match parts.last_mut() {
            Some(name) if part.starts_with("Jr.") => *name = format!("{name}, {part}"),
            _ => parts.push(part.to_owned()),
        }
    }
    parts
}

/// "A, B, and C" as three names. Without an "and" what follows a comma belongs to the name before it ("Commander,
/// Europe"), unless it is the number of the document.
fn names(text: &str) -> Vec<String> {
    let mut parts = parts(text);
    let last = parts.last().and_then(|last| last.strip_prefix("and ")).map(str::to_owned);
    if let Some(last) = last {
        parts.pop();
        parts.push(last);
        return parts.iter().filter_map(|part| name(part)).collect();
    }
    if parts.last().is_some_and(|last| is_number(last)) {
        parts.pop();
    }
    let whole = parts.join(", ");
    match whole.split_once(" and ") {
        Some((first, second)) if is_surname(first) && is_surname(second) => {
            [first, second].into_iter().filter_map(name).collect()
        }
        _ => name(&whole).into_iter().collect(),
    }
}

/// "JCSM-236–61".
fn is_number(part: &str) -> bool {
    !part.contains(' ') && part.chars().filter(char::is_ascii_digit).count() > 1
}

fn is_surname(word: &str) -> bool {
    !word.contains(' ') && word.starts_with(char::is_uppercase)
}

/// Those who talked: "A, B and C" as three names. "U.S. and Bolivian officials" stays one.
fn listed(text: &str) -> Vec<String> {
    let text = text.trim().trim_end_matches(',');
    let mut found = Vec::new();
    for part in parts(text) {
        let part = part.strip_prefix("and ").unwrap_or(&part);
        let mut open = String::new();
        for piece in part.split(" and ") {
            if open.is_empty() {
                piece.clone_into(&mut open);
            } else if goes_on(&open, piece) {
                open = format!("{open} and {piece}");
            } else {
                found.extend(name(&std::mem::replace(&mut open, piece.to_owned())));
            }
        }
        found.extend(name(&open));
    }
    found
}

/// Whether "and" stands within one name: between two nations of officials, or in the name of an office.
fn goes_on(before: &str, next: &str) -> bool {
    let nations = before.starts_with("other ") || (before.starts_with('U') && before.len() <= 4);
    let office = before.contains(" of ") && !next.starts_with("other ");
    nations || office || !(next.starts_with(char::is_uppercase) || next.starts_with("other"))
}

/// A name without its article.
fn name(text: &str) -> Option<String> {
    let name = text.trim().trim_end_matches([',', ';']);
    let name = if name.ends_with("Jr.") { name } else { name.trim_end_matches('.') };
    let name = name.strip_prefix("the ").unwrap_or(name);
    (!name.is_empty()).then(|| name.to_owned())
}

/// Words in small letters with which the name of a group begins.
const GROUPS: &[&str] = &[
    "all",
    "certain",
    "chiefs",
    "former",
    "heads",
    "holders",
    "members",
    "officers",
    "officials",
    "other",
    "others",
    "posts",
    "representatives",
    "selected",
    "staff",
    "various",
];

/// Words that end no name.
const UNFINISHED: &[&str] = &["and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"];

/// Whether words can be a name: no date, no second address with its number, no verb or thing at its beginning, and an end.
fn is_name(name: &str) -> bool {
    let first = name.split([' ', ',']).next().unwrap_or_default();
    let last = name.rsplit(' ').next().unwrap_or_default();
    let addressed = name.contains(" to ") && name.contains(|c: char| c.is_ascii_digit());
    let begins = first.starts_with(char::is_uppercase) || GROUPS.contains(&first);
    begins && !addressed && !UNFINISHED.contains(&last) && !name.contains(" for consideration") && !date::is_in(name)
}
