//! Ids: what may stand in an address, and what is taken.

use crate::diag::Code;
use crate::model::issue::{At, Issue};
use crate::model::outline::Outline;

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

/// Names that the root of the site needs for itself, besides [`GENERATED`].
const ROOT: &[&str] = &["assets", "404", "feed", "sitemap", "robots", "colophon", "corrections"];

/// Whether a word can be an id: `[A-Za-z][A-Za-z0-9._-]*`.
pub fn is_id(id: &str) -> bool {
    id.starts_with(|c: char| c.is_ascii_alphabetic())
        && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-'))
        && !id.ends_with('.')
        && !id.contains("..")
}

/// Names that Windows keeps for devices, whatever their ending.
pub fn is_device(id: &str) -> bool {
    let stem = id.split('.').next().unwrap_or("").to_ascii_lowercase();
    let numbered =
        |name: &str| stem.strip_prefix(name).is_some_and(|rest| rest.len() == 1 && rest.as_bytes()[0].is_ascii_digit());
    matches!(stem.as_str(), "con" | "prn" | "aux" | "nul") || numbered("com") || numbered("lpt")
}

/// The generated page that a section with this id introduces.
pub fn introduced(id: &str) -> Option<&'static str> {
    GENERATED.iter().copied().filter(|name| *name != "index").find(|name| *name == id)
}

/// Whether an id is taken at the root of the site.
pub fn is_root_name(id: &str) -> bool {
    let id = id.to_lowercase();
    ROOT.contains(&id.as_str()) || GENERATED.contains(&id.as_str())
}

/// The id of a page: as written, else its default. A default that cannot be an id makes `id` required.
pub fn id_of(outline: &Outline, default: &str, section: bool) -> Result<String, Issue> {
    let written = outline.id.as_deref();
    let id = written.unwrap_or(default);
    let at = At::field(outline.id_at);
    let reserved = GENERATED.contains(&id.to_lowercase().as_str());
    if !is_id(id) || is_device(id) {
        let message = match written {
            Some(_) => format!("`{id}` is no id"),
            None => format!("the name `{id}` is no id, so the file needs one"),
        };
        let help = "write `id:` with letters, digits, `.`, `_` and `-`, beginning with a letter";
        return Err(Issue::new(Code::ID_MALFORMED, at, message).help(help));
    }
    if reserved && !(section && introduced(id).is_some()) {
        let help = "choose another id; only a section may have it, and then introduces that page";
        return Err(Issue::new(Code::ID_RESERVED, at, format!("`{id}` is the id of a generated page")).help(help));
    }
    Ok(id.to_owned())
}
