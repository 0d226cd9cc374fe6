//! How a document is cited that was given up: as before, by what the ledger says of it, and without a version, since the
//! edition that has one does not hold the document.

use super::{Container, Ground};
use crate::model::html::Html;
use crate::model::outline::Outline;
use crate::model::record::{Dated, Day};
use crate::model::site::{Site, Tombstone, Volume};
use crate::model::volume::VolumeMatter;
use crate::view::Words;
use std::collections::BTreeMap;

/// The citation, without since when it is withdrawn.
pub fn withdrawn(site: &Site, tombstone: &Tombstone, volume: Option<&Volume>, words: &Words) -> Html {
    let (settings, nothing) = (&site.settings, VolumeMatter::default());
    let was = &tombstone.withdrawn;
    let mut outline = Outline {
        title: was.title.as_str().into(),
        number: was.number.as_deref().map(Into::into),
        ..Outline::default()
    };
    if let Some(edtf) = was.date {
        outline.record.date = Dated::On(Day { edtf, display: None, basis: Default::default(), cert: None });
    }
    let lang = volume.map_or(&settings.lang, |volume| &volume.lang);
    let ground = Ground {
        settings,
        words,
        // Of a volume that is gone nothing is known, and the edition stands for it.
        volume: volume.map_or(Container { matter: &nothing, title: &settings.title, short: None }, Container::of),
        volume_lang: lang,
        at_root: volume.is_none_or(|volume| volume.at_root),
        path: &tombstone.path,
        lang,
        names: &BTreeMap::new(),
        repositories: &BTreeMap::new(),
        outline: &outline,
    };
    let item = ground.document();
    super::page::text(&super::Item { version: None, ..item })
}
