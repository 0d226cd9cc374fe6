//! The citations of a volume's documents and their attachments as files: one for each format.

use super::{Container, Ground, bibtex, csl, ris};
use crate::model::site::{PageId, Site, Volume};
use crate::view::Words;
use crate::view::head::lang_of;
use crate::view::surroundings::{cited_names, repositories};

/// The files of a volume, in the order of their names in [`crate::model::citation::FILES`]; none for a volume without documents.
pub fn files(site: &Site, words: &Words, volume: &Volume) -> Option<[String; 3]> {
    let [mut records, mut entries, mut items] = [String::new(), String::new(), String::new()];
    for &id in &volume.documents {
        with_ground(site, words, volume, id, |ground| {
            let attachments = ground.attachments();
            for item in std::iter::once(ground.document()).chain(attachments) {
                records.push_str(&ris::record(&item));
                records.push_str("\r\n");
                entries.push_str(&bibtex::entry(&item));
                entries.push('\n');
                items.push_str(if items.is_empty() { "[\n" } else { ",\n" });
                items.push_str(&csl::item(&item).to_string());
            }
        });
    }
    items.push_str("\n]\n");
    (!records.is_empty()).then_some([records, entries, items])
}

/// Gives what the citations of a document are made from.
fn with_ground(site: &Site, words: &Words, volume: &Volume, id: PageId, run: impl FnOnce(Ground<'_>)) {
    let page = &site.pages[id];
    let names = cited_names(site, page);
    let repositories = repositories(site, page);
    run(Ground {
        settings: &site.settings,
        words,
        volume: Container::of(volume),
        volume_lang: &volume.lang,
        at_root: volume.at_root,
        path: &page.path,
        lang: lang_of(site, page),
        names: &names,
        repositories: &repositories,
        outline: &page.outline,
    });
}
