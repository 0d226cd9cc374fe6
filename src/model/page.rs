//! What rendering a text may see besides the text: every reference resolved, and the rules of its volume.

use super::markup::{Markup, NoteNumbering};
use super::view::Backlink;
use serde::Serialize;
use std::collections::BTreeMap;

/// What a reference means on a page.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub enum Resolved {
    /// A link.
    Link {
        /// Relative or absolute address.
        href: String,
        /// What it leads to: `person`, `doc`, `page`, `file`, `web` …
        class: &'static str,
        /// Words for the `title` attribute.
        title: Option<String>,
    },
    /// Words only: the target is a draft, broken, or in a volume that is not here.
    Words,
}

/// All that rendering the texts of one page may see.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct BodyView<'a> {
    /// Markup of the volume.
    pub markup: &'a Markup,
    /// References as written, resolved.
    pub links: &'a BTreeMap<Box<str>, Resolved>,
    /// Whether the page is written from right to left.
    pub right_to_left: bool,
    /// Where note numbers come from.
    pub numbering: NoteNumbering,
    /// Printed markers by label.
    pub markers: BTreeMap<String, String>,
    /// Names of hands by key.
    pub hands: BTreeMap<String, String>,
    /// Anchors that were published before and stand beside those that took their place, by these.
    pub old_anchors: BTreeMap<String, Vec<String>>,
    /// Titles of attachments: id and front matter field.
    pub attachments: Vec<(String, u16)>,
}

/// Whether a language is written from right to left, by its primary subtag (BCP 47).
pub fn is_right_to_left(tag: &str) -> bool {
    let primary = tag.split('-').next().unwrap_or("").to_lowercase();
    matches!(primary.as_str(), "ar" | "fa" | "he" | "ur" | "yi" | "ps" | "ckb" | "dv" | "syr" | "ug" | "sd")
}

/// Anchor of a reference to a note: `fnref-1`, then `fnref-1--2` …
pub fn reference_anchor(label: &str, count: u32) -> String {
    if count > 1 { format!("fnref-{label}--{count}") } else { format!("fnref-{label}") }
}

/// Links back to the references of a note.
pub fn backlinks(label: &str, count: u32) -> Vec<Backlink> {
    (1..=count)
        .map(|number| Backlink { href: format!("#{}", reference_anchor(label, number)), count: number as usize })
        .collect()
}
