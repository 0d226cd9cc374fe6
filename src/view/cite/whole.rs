//! How the edition and each of its volumes are cited as a whole: as in a note of the Chicago style.

use super::Container;
use super::line::{Line, capital, escaped};
use super::text::{cited, editor_names, imprint};
use crate::model::document::Editor;
use crate::model::html::Html;
use crate::model::settings::Settings;
use crate::model::site::{Site, Volume};
use crate::view::Words;
use crate::view::head::absolute;

/// The edition; of one volume, that volume.
pub fn edition(site: &Site, words: &Words) -> Html {
    let settings = &site.settings;
    if let Some(volume) = site.volumes.iter().find(|volume| volume.at_root) {
        return self::volume(site, words, volume);
    }
    let mut line = Line::new(&settings.lang, words, ",");
    line.all(editors(&settings.editors, words));
    let publisher = settings.publisher.as_deref().map(|publisher| format!(" ({})", escaped(publisher)));
    line.add(format!("{}{}", cited(&settings.title, &settings.lang, &settings.lang), publisher.unwrap_or_default()));
    ended(line, settings, words, "index.html")
}

/// A volume; its editors are those of the edition where it is the whole of it and has none.
pub fn volume(site: &Site, words: &Words, volume: &Volume) -> Html {
    let settings = &site.settings;
    let container = Container::of(volume);
    let of_edition = container.matter.editors.is_empty();
    let own = if of_edition && volume.at_root { &settings.editors } else { &container.matter.editors };
    let mut line = Line::new(&settings.lang, words, ",");
    line.all(editors(own, words));
    let publisher = container.matter.publisher.as_deref().or(settings.publisher.as_deref());
    let imprint = imprint(container, publisher, words).map(|imprint| format!(" ({imprint})")).unwrap_or_default();
    let before = container.before_title(&words.get("citation.volume")).map(|before| escaped(&before));
    line.all(before.map(|before| if line.html.is_empty() { capital(&before) } else { before }));
    line.add(format!("{}{imprint}", cited(container.title, &volume.lang, &settings.lang)));
    if !volume.at_root && settings.title != container.title {
        line.add(cited(&settings.title, &settings.lang, &settings.lang));
        let names = editor_names(&settings.editors, words).filter(|_| of_edition);
        line.all(names.map(|names| escaped(&words.get("citation.ed").replace("{n}", &names))));
    }
    ended(line, settings, words, &volume.address("index.html"))
}

/// `Vera Blom, ed.`
fn editors(editors: &[Editor], words: &Words) -> Option<String> {
    let several = editors.len() > 1;
    let pattern = if several { words.get("citation.as_editors") } else { words.get("citation.as_editor") };
    editor_names(editors, words).map(|names| escaped(&pattern.replace("{n}", &names)))
}

/// The released version and the address.
fn ended(mut line: Line, settings: &Settings, words: &Words, path: &str) -> Html {
    let version = settings.version.as_deref();
    line.all(version.map(|version| escaped(&words.get("citation.version").replace("{n}", version))));
    let address = settings.base_url.as_deref().map(|base| absolute(base, path));
    line.all(address.map(|address| format!("<span class=\"url\">{}</span>", escaped(&address))));
    line.end()
}
