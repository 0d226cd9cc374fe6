//! Ids: what may stand in an address, and what is taken.

use crate::diag::Code;
use crate::model::issue::{At, Issue};
use crate::model::names::{LONGEST, is_device};
use crate::model::outline::Outline;
use unicode_normalization::UnicodeNormalization;

/// Ids of pages that every volume has; a section with such an id becomes that page's introduction.
pub const GENERATED: &[&str] = &[
    "index",
    "pages",
    "persons",
    "terms",
    "places",
    "organizations",
    "works",
    "events",
    "repositories",
    "bibliography",
    "archives",
    "chronology",
    "calendar",
    "search",
];

/// Ids of pages that the edition has; a page of the edition with such an id becomes that page's introduction.
const EDITION: &[&str] = &["accessibility", "browse", "colophon", "method"];

/// Names that the root of the site needs for itself, besides [`GENERATED`] and [`EDITION`].
const ROOT: &[&str] = &["assets", "404", "feed", "sitemap", "robots", "corrections"];

/// Whether a word can be an id: `[A-Za-z][A-Za-z0-9._-]*`.
pub fn is_id(id: &str) -> bool {
    id.starts_with(|c: char| c.is_ascii_alphabetic())
        && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-'))
        && !id.ends_with('.')
        && !id.contains("..")
}

/// The generated page that a section with this id introduces; `at_root` it may be one of the edition's.
pub fn introduced(id: &str, at_root: bool) -> Option<&'static str> {
    let of_edition = EDITION.iter().filter(|_| at_root);
    GENERATED.iter().chain(of_edition).copied().filter(|name| *name != "index").find(|name| *name == id)
}

/// Whether an id is taken at the root of the site.
pub fn is_root_name(id: &str) -> bool {
    let id = id.to_lowercase();
    [ROOT, GENERATED, EDITION].into_iter().any(|names| names.contains(&id.as_str()))
}

/// What an id is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// A volume.
    Volume,
    /// A page.
    Page {
        /// Whether it may have the id of a generated page, to introduce that.
        introduces: bool,
        /// Whether it stands at the root of the site.
        at_root: bool,
    },
}

/// The id of a page or volume: as written, else its default. A default that cannot be an id makes `id` required.
pub fn id_of(outline: &Outline, default: &str, owner: Owner) -> Result<String, Issue> {
    let written = outline.id.as_deref();
    let id = written.unwrap_or(default);
    let at = At::field(outline.id_at);
    let malformed = |what: &str, help: &str| {
        let message = match written {
            Some(_) => format!("`{id}` {what}"),
            None => format!("the name `{id}` {what}, so an `id:` is needed"),
        };
        Err(Issue::new(Code::ID_MALFORMED, at, message).help(help))
    };
    if id.len() > LONGEST {
        let message = format!("this id has {} characters; {LONGEST} are possible", id.chars().count());
        return Err(Issue::new(Code::ID_MALFORMED, at, message).help("write a shorter `id:`, such as `d12`"));
    }
    if !is_id(id) {
        let help = format!(
            "write `id: {}`; an id is made of letters from A to Z, digits, `.`, `_` and `-`, and begins with a letter",
            suggestion(id)
        );
        return malformed("is no id", &help);
    }
    if is_device(id) {
        let help = "choose another `id:`; on Windows no file can be called con, prn, aux, nul, com1 … or lpt1 …";
        return malformed("is a name that Windows keeps for a device", help);
    }
    let reserved = |help: &str| {
        let message = format!("`{id}` is the name of a generated page or folder");
        Err(Issue::new(Code::ID_RESERVED, at, message).help(help))
    };
    match owner {
        Owner::Volume if is_root_name(id) => reserved("write another `id:` for the volume"),
        Owner::Page { introduces: true, at_root } if introduced(id, at_root).is_some() => Ok(id.to_owned()),
        Owner::Page { at_root: true, .. } if is_root_name(id) => reserved("write another `id:`"),
        Owner::Page { .. } if GENERATED.contains(&id.to_lowercase().as_str()) => {
            reserved("write another `id:`; only a page of `kind: section` may have it, and introduces that page")
        }
        _ => Ok(id.to_owned()),
    }
}

/// An id like a word that is none: `12` is `d12`, `Brief an Hugo` is `Brief-an-Hugo`.
fn suggestion(word: &str) -> String {
    let mut id = String::new();
    for c in word.nfd().filter(|c| !canonical_combining(*c)) {
        match c {
            c if c.is_ascii_alphanumeric() || c == '_' => id.push(c),
            '.' | '-' if !id.is_empty() && !id.ends_with(['.', '-']) => id.push(c),
            _ if !id.is_empty() && !id.ends_with(['.', '-']) => id.push('-'),
            _ => {}
        }
    }
    let id = id.trim_end_matches(['.', '-']);
    if id.starts_with(|c: char| c.is_ascii_alphabetic()) { id.to_owned() } else { format!("d{id}") }
}

fn canonical_combining(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}
