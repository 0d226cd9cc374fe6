//! Settings of the edition, as resolved from site.yaml and the command line.

use super::citation::CitationPattern;
use super::document::{Editor, Rights};
use super::markup::{NoteSeriesRule, Pattern, Signs};
use super::search::Search;
use crate::diag::{Code, Severity};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// What is made smaller.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Minify {
    /// Pages and assets.
    #[default]
    Full,
    /// Style sheets and scripts only.
    Assets,
    /// Nothing.
    Off,
}

/// Where volumes lie that are not part of the edition.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct External {
    /// Volume ids it covers; `*` stands for any characters.
    pub volumes: String,
    /// Address with `{volume}`, `{id}` and `{page}`.
    pub address: String,
}

impl External {
    /// Whether it covers a volume.
    pub fn covers(&self, volume: &str) -> bool {
        let mut parts = self.volumes.split('*');
        let first = parts.next().unwrap_or("");
        let Some(mut rest) = volume.strip_prefix(first) else { return false };
        let mut last = None;
        for part in parts {
            last = Some(part);
            match rest.find(part) {
                Some(at) => rest = &rest[at + part.len()..],
                None => return false,
            }
        }
        match last {
            None => rest.is_empty(),
            Some(part) => part.is_empty() || volume.ends_with(part),
        }
    }
}

/// A printed word and what the edition makes of it: a genre or a classification.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Normal {
    /// Label shown.
    pub label: Option<String>,
    /// `letter`, `manuscript`, `document`, `report`, or the edition's own class.
    pub class: Option<String>,
}

/// Limits of the host.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Limits {
    /// Bytes of the site.
    pub bytes: Option<u64>,
    /// Number of files.
    pub files: Option<u64>,
}

/// Templates of links shown on document pages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
pub struct LinkTemplates {
    /// Address for editing a source file, with `{path}`.
    pub edit: Option<String>,
    /// Address for reporting a mistake, with `{title}` and `{address}`.
    pub report: Option<String>,
}

impl LinkTemplates {
    /// What may stand in braces.
    pub const NAMES: [&str; 4] = ["path", "id", "title", "address"];

    /// Whether one of them names the source of a page.
    pub fn name_sources(&self) -> bool {
        [&self.edit, &self.report].into_iter().flatten().any(|template| template.contains("{path}"))
    }
}

/// All settings of the edition.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Settings {
    /// Title.
    pub title: String,
    /// Subtitle.
    pub subtitle: Option<String>,
    /// Absolute address with a final slash.
    pub base_url: Option<String>,
    /// BCP 47 tag.
    pub lang: String,
    /// Name of the theme.
    pub theme: String,
    /// Settings of the theme.
    pub theme_settings: serde_json::Value,
    /// Editors.
    pub editors: Vec<Editor>,
    /// Publisher.
    pub publisher: Option<String>,
    /// Rights.
    pub rights: Option<Rights>,
    /// Released version: as written, else the highest among the tags of its history.
    pub version: Option<String>,
    /// Whether there is a feed: with an address, and a date of any document.
    pub feed: bool,
    /// Whether the history of documents is read and shown.
    pub history: bool,
    /// What a line of a commit's message begins with that says what was corrected.
    pub erratum: String,
    /// Contact.
    pub contact: Option<String>,
    /// Volumes elsewhere.
    pub external: Vec<External>,
    /// Genres by printed word.
    pub genres: BTreeMap<String, Normal>,
    /// Classifications by printed word.
    pub classifications: BTreeMap<String, Normal>,
    /// Declared classes.
    pub classes: BTreeSet<String>,
    /// Declared link schemes, with their address templates (`{id}`).
    pub schemes: BTreeMap<String, Option<String>>,
    /// Printed phrases.
    pub patterns: Vec<Pattern>,
    /// Signs.
    pub signs: Signs,
    /// Note series.
    pub note_series: Vec<NoteSeriesRule>,
    /// Changed severities; `None` turns a rule off.
    pub check: BTreeMap<&'static str, Option<Severity>>,
    /// Minifying.
    pub minify: Minify,
    /// Whether sections may hold any HTML.
    pub html: bool,
    /// Limits.
    pub limits: Limits,
    /// The search.
    pub search: Search,
    /// Link templates.
    pub links: LinkTemplates,
    /// Pattern of the citation.
    pub citation: Option<CitationPattern>,
    /// Whether drafts are built.
    pub drafts: bool,
    /// `extra`.
    pub extra: serde_json::Value,
}

impl Settings {
    /// The severity of a code in this edition; `None` when it is turned off.
    pub fn severity(&self, code: Code) -> Option<Severity> {
        self.check.get(code.name()).copied().unwrap_or(Some(code.severity()))
    }
}

#[cfg(test)]
mod tests {
    use super::External;

    #[test]
    fn external_patterns_cover_volumes() {
        let covers =
            |pattern: &str, volume: &str| External { volumes: pattern.into(), address: String::new() }.covers(volume);
        assert!(covers("frus*", "frus1951v06p1"));
        assert!(covers("frus*v06*", "frus1951v06p1"));
        assert!(covers("*p1", "frus1951v06p1"));
        assert!(covers("frus1951v06p1", "frus1951v06p1"));
        assert!(!covers("frus1951v06p1", "frus1951v06p11"));
        assert!(!covers("*p2", "frus1951v06p1"));
        assert!(!covers("adams*", "frus1951v06p1"));
    }
}
