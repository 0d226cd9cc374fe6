//! Repositories: a pure question to the edition, which words mean which entry and how it is printed.

use super::register::RegisterEntry;
use super::site::Site;

/// The register entry of a repository as seen from a volume: by id, name, variant or siglum.
pub fn entry<'s>(site: &'s Site, volume: Option<usize>, name: &str) -> Option<&'s RegisterEntry> {
    site.archives.names.find(volume, name).and_then(|id| id.entry(site))
}

/// A repository as it is printed: an id stands for the name of its entry, other words stay as they are written.
pub fn printed<'a>(entry: Option<&'a RegisterEntry>, name: &'a str) -> &'a str {
    let by_id = |entry: &&RegisterEntry| {
        entry.id == name && entry.siglum.as_deref() != Some(name) && !entry.variants.iter().any(|other| other == name)
    };
    entry.filter(by_id).map_or(name, |entry| &entry.name)
}
