//! The citations on the page of a document.

use super::{Ground, Item, bibtex, csl, ris};
use crate::model::html::Html;
use crate::model::view::{CiteFile, CitePart, CiteView};
use std::fmt::Write;

/// How the document is cited.
pub fn view(ground: Ground<'_>) -> CiteView {
    let item = ground.document();
    // A pattern may tell by itself where the original lies.
    let said = ground.settings.citation.as_ref().is_some_and(|pattern| pattern.has("original"));
    let part = |part: Item<'_>| {
        let anchor = part.permalink.as_deref().and_then(|address| address.rsplit_once('#'));
        let anchor = anchor.map(|(_, anchor)| anchor.to_owned());
        CitePart {
            href: anchor.map(|anchor| format!("#{anchor}")),
            text: text(&part),
            original: if said { None } else { part.originals() },
        }
    };
    CiteView {
        text: text(&item),
        original: if said { None } else { item.originals() },
        permalink: item.permalink.clone(),
        styles: item.styles(),
        attachments: ground.attachments().into_iter().map(part).collect(),
        files: files(&item),
    }
}

/// The edition by its own pattern, else as in a note.
pub(super) fn text(item: &Item<'_>) -> Html {
    item.by_pattern().unwrap_or_else(|| item.note())
}

/// Bytes that the files of a page may take with their addresses: of one with very long names, CSL-JSON lies in the file of
/// the volume alone.
const MOST: usize = 3_900;

fn files(item: &Item<'_>) -> Vec<CiteFile> {
    let file =
        |name, ending: &str, text: &str| CiteFile { name, href: data(text), file: format!("{}.{ending}", item.key) };
    // What only makes a file pleasant to read would be spelled out in the address.
    let entry = bibtex::entry(item).replace("\n  ", "\n").replace(" = {", "={");
    let json = format!("[{}]", csl::item(item));
    let mut files =
        vec![file("RIS", "ris", &ris::record(item)), file("BibTeX", "bib", &entry), file("CSL-JSON", "json", &json)];
    if files.iter().map(|file| file.href.len()).sum::<usize>() > MOST {
        files.truncate(2);
        let of_volume = || "citations.json".to_owned();
        files.push(CiteFile { name: "CSL-JSON", href: of_volume(), file: of_volume() });
    }
    files
}

/// A text as a `data:` address. What an address may hold stands as it is, all beyond ASCII among it.
fn data(text: &str) -> String {
    let mut address = "data:,".to_owned();
    for sign in text.chars() {
        if sign.is_ascii_alphanumeric() || "!$'()*+,-./:;=?@_~".contains(sign) || sign >= '\u{a0}' {
            address.push(sign);
        } else {
            let mut bytes = [0; 4];
            for byte in sign.encode_utf8(&mut bytes).bytes() {
                // Writing to a string never fails.
                let _ = write!(address, "%{byte:02X}");
            }
        }
    }
    address
}

#[cfg(test)]
mod tests {
    use super::data;

    #[test]
    fn addresses_hold_only_what_they_may() {
        assert_eq!(data("TY  - Ä\r\n{\"x\": 1}"), "data:,TY%20%20-%20Ä%0D%0A%7B%22x%22:%201%7D");
        assert_eq!(data("100 % & #1 – <b>\u{7f}"), "data:,100%20%25%20%26%20%231%20–%20%3Cb%3E%7F");
    }
}
