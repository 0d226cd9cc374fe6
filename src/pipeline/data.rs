//! Files of data: calendars of the edition, citations of each volume. They cost as much as there are documents, so they
//! are made only where something that may stand in them has changed.

use crate::cache::KeptFile;
use crate::hash::Hash128;
use crate::model::citation::FILES;
use crate::model::site::{Site, Volume};
use crate::plan::Plan;
use crate::view::calendar::{CSV, JSON};
use crate::view::cite::volume::files as citations;
use crate::view::{Words, calendar_files};
use crate::write::{Sink, WriteError};

/// Makes the text of a file.
type Maker = fn(&Site) -> String;

/// Each file of the edition by its address, with what makes it.
const OF_EDITION: [(&str, Maker); 2] = [(CSV, calendar_files::csv), (JSON, calendar_files::json)];

/// A file of data, made now; none where the site has no such file.
pub(super) fn file(site: &Site, words: &Words, path: &str) -> Option<String> {
    if let Some((_, make)) = OF_EDITION.iter().find(|(of, _)| *of == path) {
        return Some(make(site));
    }
    let found = |volume: &&Volume| FILES.iter().position(|name| volume.address(name) == path);
    let volume = with_documents(site).find(|volume| found(volume).is_some())?;
    let number = found(&volume)?;
    citations(site, words, volume)?.into_iter().nth(number)
}

/// Puts all files of data into the sink, or leaves them there as they were.
pub(super) fn write(site: &Site, words: &Words, plan: &mut Plan<'_>, sink: &dyn Sink) -> Result<(), WriteError> {
    let words_hash = Hash128::of_value(&words.0).unwrap_or_default();
    let key = |plan: &Plan<'_>, volume: Option<&str>| {
        let now = &plan.now;
        let volume = volume.and_then(|id| now.volumes.get(id));
        Hash128::of_value(&(now.facts, now.settings, volume, words_hash)).unwrap_or_default()
    };
    let of_edition = key(plan, None);
    for (path, make) in OF_EDITION {
        keep_or_make(plan, sink, path, of_edition, || make(site))?;
    }
    for volume in with_documents(site) {
        let key = key(plan, Some(&volume.id));
        // All three are made of the same items.
        let mut made = None;
        for (number, name) in FILES.into_iter().enumerate() {
            keep_or_make(plan, sink, &volume.address(name), key, || {
                let texts = made.get_or_insert_with(|| citations(site, words, volume));
                texts.as_ref().map_or(String::new(), |texts| texts[number].clone())
            })?;
        }
    }
    Ok(())
}

fn keep_or_make(
    plan: &mut Plan<'_>,
    sink: &dyn Sink,
    path: &str,
    key: Hash128,
    make: impl FnOnce() -> String,
) -> Result<(), WriteError> {
    let kept = match plan.file(path, key) {
        Some(file) if sink.keep(path, file.output)? => file.clone(),
        _ => {
            let text = make();
            sink.put(path, text.as_bytes())?;
            KeptFile { key, output: Hash128::of(text.as_bytes()) }
        }
    };
    plan.now.files.insert(path.to_owned(), kept);
    Ok(())
}

fn with_documents(site: &Site) -> impl Iterator<Item = &Volume> {
    site.volumes.iter().filter(|volume| volume.published && !volume.documents.is_empty())
}
