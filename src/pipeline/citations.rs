//! The files with the citations of a volume's documents. They cost as much as the volume is large, so they are made only
//! where something that may stand in them has changed.

use crate::cache::KeptFile;
use crate::hash::Hash128;
use crate::model::citation::FILES;
use crate::model::site::{Site, Volume};
use crate::plan::Plan;
use crate::view::Words;
use crate::view::cite::volume::files;
use crate::write::{Sink, WriteError};
use std::collections::BTreeMap;

/// Puts the files of all volumes into the sink, or leaves them there as they were. What is kept of them is returned.
pub(super) fn write(
    site: &Site,
    words: &Words,
    plan: &Plan<'_>,
    sink: &dyn Sink,
) -> Result<BTreeMap<String, KeptFile>, WriteError> {
    let mut kept = BTreeMap::new();
    let words_hash = Hash128::of_value(&words.0).unwrap_or_default();
    for volume in with_documents(site) {
        let now = &plan.now;
        let key = (now.facts, now.settings, now.volumes.get(&volume.id), words_hash);
        let key = Hash128::of_value(&key).unwrap_or_default();
        let mut made = None;
        for (number, name) in FILES.into_iter().enumerate() {
            let path = volume.address(name);
            if let Some(file) = plan.file(&path, key)
                && sink.keep(&path, file.output)?
            {
                kept.insert(path, file.clone());
                continue;
            }
            let texts = made.get_or_insert_with(|| files(site, words, volume));
            let text = texts.as_ref().map_or("", |texts| texts[number].as_str());
            sink.put(&path, text.as_bytes())?;
            kept.insert(path, KeptFile { key, output: Hash128::of(text.as_bytes()) });
        }
    }
    Ok(kept)
}

/// One of these files, made now; none where the site has no such file.
pub(super) fn file(site: &Site, words: &Words, path: &str) -> Option<Vec<u8>> {
    let found = |volume: &&Volume| FILES.iter().position(|name| volume.address(name) == path);
    let volume = with_documents(site).find(|volume| found(volume).is_some())?;
    let number = found(&volume)?;
    files(site, words, volume).and_then(|texts| texts.into_iter().nth(number)).map(String::into_bytes)
}

fn with_documents(site: &Site) -> impl Iterator<Item = &Volume> {
    site.volumes.iter().filter(|volume| volume.published && !volume.documents.is_empty())
}
