//! Repositories: a pure question to the edition, which words mean which entry and how it is named.

use super::register::RegisterEntry;
use super::site::Site;

/// The register entry of a repository as seen from a volume: by id, name, variant or siglum.
pub fn entry<'s>(site: &'s Site, volume: Option<usize>, name: &str) -> Option<&'s RegisterEntry> {
    site.archives.names.find(volume, name).and_then(|id| id.entry(site))
}

/// A repository in words: id and siglum stand for the name of their entry, other words stay as they are written. A printed
/// source note keeps its siglum; it is a text.
pub fn spoken<'a>(entry: Option<&'a RegisterEntry>, name: &'a str) -> &'a str {
    let coded = |entry: &&RegisterEntry| {
        let is_variant = entry.variants.iter().any(|other| other == name);
        entry.siglum.as_deref() == Some(name) || entry.id == name && !is_variant
    };
    entry.filter(coded).map_or(name, |entry| &entry.name)
}
