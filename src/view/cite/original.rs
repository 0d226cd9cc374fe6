//! Where a text lies, as citations name it.

use super::Ground;
use crate::model::record::{PrintedIn, Witness};

/// A witness that can be cited: it lies somewhere, or is known from print.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Original {
    /// Siglum.
    pub siglum: Option<String>,
    /// The archive.
    pub repository: Option<String>,
    /// Its town.
    pub place: Option<String>,
    /// The way within it, large to small, in words.
    pub path: Vec<String>,
    /// The printing from which it is known.
    pub printed: Option<String>,
    /// Address on the web.
    pub url: Option<String>,
}

impl Original {
    /// From the file up to the archive, as historians cite it.
    pub fn upwards(&self) -> Vec<&str> {
        let upwards = self.path.iter().rev();
        let mut parts: Vec<&str> = upwards.chain(&self.repository).map(String::as_str).collect();
        // A town that stands in the name of the archive is not named again.
        let named = self.repository.as_deref().unwrap_or_default();
        parts.extend(self.place.as_deref().filter(|place| !named.contains(*place)));
        parts.extend(self.printed.as_deref());
        parts
    }

    /// The way within the archive, large to small.
    pub fn location(&self) -> Option<String> {
        (!self.path.is_empty()).then(|| self.path.join(", "))
    }
}

impl Ground<'_> {
    /// A witness as citations name it; none where nothing but a printed note is known.
    pub(super) fn original(self, witness: &Witness) -> Option<Original> {
        let owned = |text: &Option<Box<str>>| text.as_deref().map(str::to_owned);
        let named = |name: &str| self.repositories.get(name).map_or(name, String::as_str).to_owned();
        let original = Original {
            siglum: owned(&witness.siglum),
            repository: witness.repository.as_deref().map(named),
            place: owned(&witness.place),
            path: self.path_of(witness),
            printed: witness.printed.as_ref().and_then(|printed| self.printed(printed)),
            url: owned(&witness.url),
        };
        (original.repository.is_some() || original.printed.is_some() || !original.path.is_empty()).then_some(original)
    }

    fn path_of(self, witness: &Witness) -> Vec<String> {
        let labelled = |key: &str, value: &Option<Box<str>>| value.as_deref().map(|value| self.labelled(key, value));
        let plain = |value: &Option<Box<str>>| value.as_deref().map(str::to_owned);
        // A bare number would read as that of the box.
        let folder = witness.folder.as_deref().map(|folder| match folder.starts_with(|c: char| c.is_ascii_digit()) {
            true => self.labelled("folder", folder),
            false => folder.to_owned(),
        });
        let mut path: Vec<String> = labelled("record_group", &witness.record_group).into_iter().collect();
        path.extend(witness.collection.iter().map(|level| level.to_string()));
        path.extend(plain(&witness.series));
        path.extend(labelled("lot", &witness.lot));
        path.extend(labelled("box", &witness.box_));
        path.extend(folder);
        path.extend([plain(&witness.file), plain(&witness.shelfmark)].into_iter().flatten());
        path
    }

    /// `Box 12`; a value that says already what it is stays as it is.
    fn labelled(self, key: &str, value: &str) -> String {
        let label = self.words.get(&format!("citation.{key}"));
        let word = label.split('{').next().unwrap_or_default().trim().to_lowercase();
        match value.to_lowercase().starts_with(&word) {
            true => value.to_owned(),
            false => label.replace("{n}", value),
        }
    }

    fn printed(self, printed: &PrintedIn) -> Option<String> {
        let reference = || self.names.get(printed.reference.as_deref()?).cloned();
        let work = printed.citation.as_deref().map(str::to_owned).or_else(reference)?;
        let pages = printed.pages.as_deref().map(|pages| format!(", {pages}")).unwrap_or_default();
        let work = work.trim_end_matches('.');
        Some(self.words.get("citation.printed").replace("{n}", &format!("{work}{pages}")))
    }
}
