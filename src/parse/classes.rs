//! Classes that the markup knows; an edition may declare more.

/// Classes that a fence may have.
pub const BLOCKS: &[&str] = &[
    "dateline",
    "marking",
    "letterhead",
    "address",
    "cover",
    "salute",
    "subject",
    "participants",
    "references",
    "closer",
    "signed",
    "postscript",
    "attachment",
    "label",
    "enclosure-line",
    "gap",
    "docket",
    "notation",
    "postmark",
    "session",
    "verse",
    "center",
    "right",
    "editorial",
    "epigraph",
    "translation",
];

/// Classes that a span may have, besides those of blocks.
pub const SPANS: &[&str] = &[
    "pb",
    "supplied",
    "unclear",
    "sic",
    "gap",
    "add",
    "blank",
    "damage",
    "del",
    "abbr",
    "orig",
    "smallcaps",
    "u",
    "spaced",
    "latin",
    "lemma",
    "implied",
    "authorial",
    "broken-ref",
    "hand",
    "excision",
];

/// Classes that a heading may have, besides those of blocks.
pub const HEADINGS: &[&str] = &["editorial"];
