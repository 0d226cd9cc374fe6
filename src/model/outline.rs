//! The outline of a document: all that other pages may show of it, and all that can be checked without its text.

use super::body::Span;
use super::date::Edtf;
use super::document::{Kind, Matter, Rel, Sort, Status};
use super::issue::At;
use super::record::Record;
use crate::diag::Code;
use crate::hash::Hash128;
use serde::{Deserialize, Serialize};

/// Classes of words of which readers are told what they mean, in the order of the legend.
pub const LEGEND: [&str; 17] = [
    "supplied",
    "unclear",
    "gap",
    "excision",
    "damage",
    "blank",
    "sic",
    "orig",
    "abbr",
    "add",
    "del",
    "hand",
    "authorial",
    "u",
    "spaced",
    "smallcaps",
    "latin",
];

/// What is kept of a document while the whole edition is in hand: about a kilobyte.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Outline {
    /// `id` as written.
    pub id: Option<Box<str>>,
    /// Where it is written, else the front matter.
    pub id_at: u16,
    /// Printed number.
    pub number: Option<Box<str>>,
    /// Kind.
    pub kind: Kind,
    /// Title as plain text: as written, else composed from sender, recipient and date.
    pub title: Box<str>,
    /// Title as inline HTML without notes and links, where it differs from the escaped text.
    pub title_html: Option<Box<str>>,
    /// Title for contents and navigation, as plain text, where one is given.
    pub short_title: Option<Box<str>>,
    /// What search engines and previews show: plain text of at most 300 characters.
    pub description: Option<Box<str>>,
    /// What lists, registers and citations show of it.
    pub record: Record,
    /// The same of its attachments.
    pub attachments: Vec<Record>,
    /// Draft or not.
    pub status: Status,
    /// `changed`.
    pub changed: Option<Box<str>>,
    /// Where a section stands.
    pub matter: Option<Matter>,
    /// How the children of a section are ordered.
    pub sort: Option<Sort>,
    /// Explicit order of the children of a section, with places.
    pub order: Vec<(Box<str>, At)>,
    /// Old addresses, with places.
    pub aliases: Vec<(Box<str>, At)>,
    /// Old and new anchors.
    pub anchor_aliases: Vec<(Box<str>, Box<str>)>,
    /// References in the text and in front matter.
    pub links: Vec<LinkUse>,
    /// Page breaks in order; pages on which the document begins come first.
    pub pages: Vec<PageUse>,
    /// Labels of notes that can be linked to.
    pub notes: Vec<Box<str>>,
    /// Counted paragraphs, in order.
    pub paragraphs: Paragraphs,
    /// First words of paragraphs and notes.
    pub openings: Openings,
    /// Classes of [`LEGEND`] that its text has.
    pub signs: Vec<Box<str>>,
    /// Other anchors: pinned paragraphs, headings, attachments.
    pub anchors: Vec<Box<str>>,
    /// Stated relations: what the document is to the target; also what it is translated from.
    pub related: Vec<RelatedUse>,
    /// Memberships in correspondences.
    pub correspondences: Vec<LetterUse>,
    /// Facsimile images that must be there, with places.
    pub images: Vec<ImageUse>,
    /// Repositories named, with places.
    pub repositories: Vec<(Box<str>, At)>,
    /// Codes accepted in this document.
    pub ignored: Vec<Ignore>,
}

/// A code accepted in a document.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Ignore {
    /// The code.
    pub code: Code,
    /// Where it is written.
    pub at: At,
}

/// A reference, with its place.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct LinkUse {
    /// As written, such as `doc:d12#fn3`.
    pub target: Box<str>,
    /// Where.
    pub at: At,
    /// The nearest anchor on the page at or before it: `p3`, `fn-2`, `source`; empty above the text.
    pub anchor: Box<str>,
    /// Whether it stands in a span of class `broken-ref`.
    pub known_broken: bool,
}

impl Outline {
    /// Whether it has pages for the index of printed pages: marks in the text, or images that say which page they show.
    pub fn has_pages(&self) -> bool {
        !self.pages.is_empty() || self.images.iter().any(|image| image.page.is_some())
    }
}

/// An image of a page.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ImageUse {
    /// As written.
    pub image: Box<str>,
    /// Pagination; empty for the volume's first.
    pub pagination: Box<str>,
    /// The page that it shows, where front matter names it.
    pub page: Option<Box<str>>,
    /// Where.
    pub at: At,
}

/// A page break or a page on which a document begins.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PageUse {
    /// Pagination.
    pub pagination: Box<str>,
    /// Page; none for an image without a number.
    pub page: Option<Box<str>>,
    /// The image of the page, as written at its break.
    pub image: Option<Box<str>>,
    /// Anchor; empty for a page on which the document begins.
    pub anchor: Box<str>,
    /// Where.
    pub at: At,
}

/// A stated relation.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct RelatedUse {
    /// `encloses`, `reply-to` …
    pub rel: Rel,
    /// `doc:…`
    pub target: Box<str>,
}

/// A membership in a correspondence.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct LetterUse {
    /// The correspondence.
    pub id: Box<str>,
    /// The letter before, where it is given: `doc:…`
    pub previous: Option<Box<str>>,
    /// The letter after, where it is given.
    pub next: Option<Box<str>>,
}

impl LinkUse {
    /// Whether it is a whole value of front matter, such as the target of a relation, and no words of a text.
    pub fn is_data(&self) -> bool {
        self.at.field != At::BODY && self.at.span == Span::default()
    }
}

/// The counted paragraphs of a document.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Paragraphs {
    /// How many there are.
    pub count: u32,
    /// Those that are pinned, so that their number is no anchor.
    pub pinned: Vec<u32>,
}

/// Short hashes of words, 12 bits each. What they say is no fact that another page could show; they tell whether a
/// paragraph, a note or another anchor still is where it was.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Openings {
    /// Of each counted paragraph.
    pub paragraphs: Vec<u16>,
    /// Places of counted paragraphs that are too short to tell one document from another, such as `Sir:`.
    pub short: Vec<u32>,
    /// Of each note that can be linked to, in the order of their labels in the outline.
    pub notes: Vec<u16>,
    /// Of the words around each page break that has an anchor, in their order in the outline: six bits for those before,
    /// six for those after.
    pub breaks: Vec<u16>,
    /// The same of headings and blocks whose anchors differ by a counter alone, as `enclosure` and `enclosure-2`, by their
    /// place among the other anchors of the outline.
    pub counted: Vec<(u32, u16)>,
}

impl Openings {
    /// Name of the type in its serialised form: facts about an edition are hashed without it.
    pub const NAME: &'static str = "Openings";

    /// How many words are taken.
    const WORDS: usize = 8;

    /// A paragraph of fewer words tells nothing about a document.
    const FEW: usize = 4;

    /// Adds a counted paragraph.
    pub fn add_paragraph(&mut self, text: &str) {
        self.paragraphs.push(Openings::hash(text));
        if text.split_whitespace().take(Openings::FEW).count() < Openings::FEW {
            self.short.push(u32::try_from(self.paragraphs.len()).unwrap_or(u32::MAX));
        }
    }

    /// The short hash of the first words of a text.
    pub fn hash(text: &str) -> u16 {
        let words: Vec<&str> = text.split_whitespace().take(Openings::WORDS).collect();
        (Hash128::of(words.join(" ").as_bytes()).short() & 0xfff) as u16
    }
}

/// The number of a counted anchor: `p3` is 3.
pub fn counted(anchor: &str) -> Option<u32> {
    let digits = anchor.strip_prefix('p')?;
    (!digits.starts_with('0') && digits.bytes().all(|byte| byte.is_ascii_digit())).then(|| digits.parse().ok())?
}

/// The numbers under which each counted paragraph can be found, the first being its own: those that `anchor_aliases`
/// leads to it, and its place unless that number is led elsewhere or the paragraph is pinned.
pub fn numbers<'a>(paragraphs: &Paragraphs, aliases: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<Vec<u32>> {
    let aliases: Vec<(u32, u32)> = aliases
        .filter_map(|(old, new)| Some((counted(old)?, counted(new)?)))
        .filter(|(_, new)| (1..=paragraphs.count).contains(new))
        .collect();
    let number = |place: u32| {
        let led_here = aliases.iter().filter(|(_, new)| *new == place).map(|(old, _)| *old);
        let kept =
            !paragraphs.pinned.contains(&place) && !aliases.iter().any(|(old, new)| *old == place && *new != place);
        kept.then_some(place).into_iter().chain(led_here.filter(|old| *old != place)).collect()
    };
    (1..=paragraphs.count).map(number).collect()
}

impl Outline {
    /// The date of the document.
    pub fn date(&self) -> Option<&Edtf> {
        self.record.date.day().map(|day| &day.edtf)
    }

    /// The record of the document and those of its attachments.
    pub fn records(&self) -> impl Iterator<Item = &Record> {
        std::iter::once(&self.record).chain(&self.attachments)
    }

    /// The numbers of its paragraphs.
    pub fn numbers(&self) -> Vec<Vec<u32>> {
        numbers(&self.paragraphs, self.anchor_aliases.iter().map(|(old, new)| (&**old, &**new)))
    }

    /// Number and title as plain text.
    pub fn full_title(&self) -> String {
        match &self.number {
            Some(number) => format!("{number}. {}", self.title),
            None => self.title.to_string(),
        }
    }

    /// Title for lists: the short one where there is one; inline HTML.
    pub fn list_title(&self) -> super::html::Html {
        match (&self.short_title, &self.title_html) {
            (Some(short), _) => super::html::Html::text(short),
            (None, Some(html)) => super::html::Html(html.to_string()),
            (None, None) => super::html::Html::text(&self.title),
        }
    }

    /// The anchor on the document's page that a reference means: `fn3` and `fn-3` are the same. `None` when there is
    /// no such anchor.
    pub fn anchor(&self, wanted: &str) -> Option<String> {
        let old = || self.anchor_aliases.iter().find(|(old, _)| **old == *wanted).map(|(_, new)| new.to_string());
        self.own_anchor(wanted).or_else(old)
    }

    /// The same without the old anchors that front matter leads on.
    pub fn own_anchor(&self, wanted: &str) -> Option<String> {
        if let Some(label) = wanted.strip_prefix("fn").map(|label| label.strip_prefix('-').unwrap_or(label)) {
            let label = label.to_lowercase();
            if self.notes.iter().any(|note| **note == *label) {
                return Some(format!("fn-{label}"));
            }
        }
        let is_place = |number: u32| {
            let paragraphs = &self.paragraphs;
            (1..=paragraphs.count).contains(&number) && !paragraphs.pinned.contains(&number)
        };
        let known = counted(wanted).is_some_and(is_place)
            || self.anchors.iter().any(|anchor| **anchor == *wanted)
            || self.pages.iter().any(|page| !page.anchor.is_empty() && *page.anchor == *wanted);
        known.then(|| wanted.to_owned())
    }
}
