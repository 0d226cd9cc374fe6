//! Anchors of a page as they were published and as they are: notes, page breaks, headings. Paragraphs have a file of
//! their own.

use super::paragraphs::paragraphs_moved;
use super::record::now;
use super::{LedgerFinding, Where};
use crate::diag::Code;
use crate::model::ledger::Published;
use crate::model::natural::natural;
use crate::model::site::Page;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::Arc;

/// Anchors that lead to other words than they did.
pub(super) fn words_moved(
    then: &Published,
    now: &Published,
    page: &Page,
    line: &str,
) -> impl Iterator<Item = LedgerFinding> {
    let found = [
        paragraphs_moved(then, now, page),
        notes_moved(then, now, page),
        breaks_moved(then, now, page, line),
        headings_moved(then, now, page, line),
    ];
    found.into_iter().flatten()
}

/// Anchors that are not on a page any more.
pub(super) fn anchors_lost(page: &Page, lost: &[String], then: &Published) -> LedgerFinding {
    // Where as many came as went, the ones are probably the others.
    let published: BTreeSet<String> = then.anchors().collect();
    let mut came: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut new: Vec<String> =
        then_without_paragraphs(&now(&page.outline)).anchors().filter(|anchor| !published.contains(anchor)).collect();
    new.sort_by_cached_key(|anchor| natural(anchor));
    new.into_iter().for_each(|anchor| came.entry(class_of(&anchor)).or_default().push(anchor));
    let mut sorted: Vec<&String> = lost.iter().collect();
    sorted.sort_by_cached_key(|anchor| natural(anchor));
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut pairs = String::new();
    for anchor in &sorted {
        let class = class_of(anchor);
        let went = sorted.iter().filter(|other| class_of(other) == class).count();
        let place = counts.entry(class.clone()).or_insert(0);
        let guess = came.get(&class).filter(|came| came.len() == went).and_then(|came| came.get(*place));
        *place += 1;
        let separator = if pairs.is_empty() { "" } else { ", " };
        let _ = write!(pairs, "{separator}{anchor}: {}", guess.map_or("…", String::as_str));
    }
    let names: Vec<String> = sorted.iter().take(8).map(|anchor| format!("#{anchor}")).collect();
    let more = if sorted.len() > 8 { format!(" and {} more", sorted.len() - 8) } else { String::new() };
    let were = if sorted.len() == 1 { "was published, and is" } else { "were published, and are" };
    LedgerFinding {
        code: Code::ANCHOR_LOST,
        at: Where::Document(Arc::clone(&page.source)),
        message: format!("{}{more} {were} not on this page any more", names.join(", ")),
        help: format!("put it back, or lead it to what took its place: `anchor_aliases: {{{pairs}}}`"),
    }
}

/// What anchors of the same sort have in common: `fn`, a pagination.
fn class_of(anchor: &str) -> String {
    anchor.rsplit_once('-').map_or(String::new(), |(class, _)| class.to_owned())
}

/// Labels of notes that lead to other notes than they did.
fn notes_moved(then: &Published, now: &Published, page: &Page) -> Option<LedgerFinding> {
    let mut moved = Vec::new();
    for (label, hash) in then.notes.iter().filter_map(|(label, hash)| Some((label, (*hash)?))) {
        let same = now.notes.get(label).is_none_or(|now| *now == Some(hash) || now.is_none());
        if same {
            continue;
        }
        let other =
            now.notes.iter().find(|(other, now)| **now == Some(hash) && then.notes.get(*other) != Some(&Some(hash)));
        moved.extend(other.map(|(other, _)| (label.as_str(), other.as_str())));
    }
    moved.sort_by_cached_key(|(label, _)| natural(label));
    let (label, other) = *moved.first()?;
    Some(LedgerFinding {
        code: Code::ANCHOR_MOVED,
        at: Where::Document(Arc::clone(&page.source)),
        message: match moved.len() {
            1 => format!("the note that was published as `#fn-{label}` is `#fn-{other}` now"),
            count => format!(
                "the note that was published as `#fn-{label}` is `#fn-{other}` now, and {} more have other labels",
                count - 1
            ),
        },
        help: format!(
            "labels are lasting names: give the note back its label `[^{label}]` and the new one a label of its own, such as \
             `[^{label}a]`; what is printed can be said in `markers:`"
        ),
    })
}

/// Page breaks that stand between other words than they did.
fn breaks_moved(then: &Published, now: &Published, page: &Page, line: &str) -> Option<LedgerFinding> {
    let named = |pagination: &str, name: &str| format!("{pagination}-{name}");
    let moved: Vec<Moved> = then
        .pages
        .iter()
        .filter_map(|(pagination, pages)| Some((pagination, pages, now.pages.get(pagination)?)))
        .flat_map(|(pagination, pages, now)| moved(pages, now, |name| named(pagination, name)))
        .collect();
    let first = moved.first()?;
    let is_there = |moved: &Moved| moved.now.as_ref().map(|now| format!("#{} is #{now}", moved.anchor));
    let there: Vec<String> = moved.iter().filter_map(is_there).take(4).collect();
    let there = if there.is_empty() { String::new() } else { format!(" ({})", there.join(", ")) };
    let paginations: BTreeSet<&str> =
        moved.iter().filter_map(|moved| moved.anchor.rsplit_once('-')).map(|it| it.0).collect();
    let paginations: Vec<String> = paginations.into_iter().map(|name| format!("`{name}=`")).collect();
    Some(LedgerFinding {
        code: Code::ANCHOR_MOVED,
        at: Where::Document(Arc::clone(&page.source)),
        message: match moved.len() {
            1 => format!(
                "the page break `#{}` stands between other words than when it was published{there}",
                first.anchor
            ),
            count => format!(
                "the page break `#{}` and {} more stand between other words than when they were published{there}",
                first.anchor,
                count - 1
            ),
        },
        help: format!(
            "put it back where it stood; if it was wrong there, take the colon behind {} and the letters that follow out of \
             {line}",
            paginations.join(" and ")
        ),
    })
}

/// Headings and blocks of one name, told apart by a counter, that stand between other words than they did.
fn headings_moved(then: &Published, now: &Published, page: &Page, line: &str) -> Option<LedgerFinding> {
    let moved = moved(&then.others, &now.others, str::to_owned);
    let first = moved.first()?;
    let leads = |moved: &&Moved| moved.now.is_some();
    let found = moved.iter().find(leads).map_or_else(String::new, |moved| {
        format!("; what was `#{}` is `#{}` now", moved.anchor, moved.now.as_deref().unwrap_or_default())
    });
    Some(LedgerFinding {
        code: Code::ANCHOR_MOVED,
        at: Where::Document(Arc::clone(&page.source)),
        message: format!("`#{}` stands at other words than when it was published{found}", first.anchor),
        help: format!(
            "give each of these headings an anchor of its own, the old one where it stood: `{{#{}}}`; if it only has other \
             neighbours, take the colon behind `a=` and the letters that follow out of {line}",
            first.anchor
        ),
    })
}

/// An anchor that stands somewhere else.
struct Moved {
    anchor: String,
    /// What stands now where it stood.
    now: Option<String>,
}

/// Those that have other words on both sides: a correction on one side moves nothing.
fn moved(
    then: &BTreeMap<String, Option<u16>>,
    now: &BTreeMap<String, Option<u16>>,
    anchor: impl Fn(&str) -> String,
) -> Vec<Moved> {
    let is_same = |one: u16, other: u16| one >> 6 == other >> 6 || one & 0x3f == other & 0x3f;
    let pairs = then.iter().filter_map(|(name, then)| Some((name, (*then)?, (*now.get(name)?)?)));
    let mut moved: Vec<(&String, u16)> =
        pairs.filter(|(_, then, now)| !is_same(*then, *now)).map(|(name, then, _)| (name, then)).collect();
    moved.sort_by_cached_key(|(name, _)| natural(name));
    let instead = |hash: u16| now.iter().find(|(_, now)| **now == Some(hash)).map(|(name, _)| anchor(name));
    moved.into_iter().map(|(name, hash)| Moved { anchor: anchor(name), now: instead(hash) }).collect()
}

/// A page without the anchors of its paragraphs, which are compared by words.
pub(super) fn then_without_paragraphs(then: &Published) -> Published {
    Published { paragraphs: Vec::new(), ..then.clone() }
}
