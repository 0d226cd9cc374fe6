//! What stands for each placeholder of the edition's own pattern.

use super::line::escaped;
use super::{Item, Person};
use crate::model::html::Html;

impl Item<'_> {
    /// The citation by the edition's own pattern, where it has one.
    pub fn by_pattern(&self) -> Option<Html> {
        let pattern = self.settings.citation.as_ref()?;
        Some(pattern.fill(&|name| self.value(name).filter(|value| !value.is_empty())))
    }

    fn value(&self, name: &str) -> Option<Html> {
        let matter = self.volume.matter;
        let text = |text: Option<&str>| text.map(Html::text);
        let people = |people: &[Person]| {
            let names: Vec<String> = people.iter().map(Person::spoken).collect();
            (!names.is_empty()).then(|| Html::text(&names.join(", ")))
        };
        match name {
            "author" => people(&self.authors),
            "recipient" => people(&self.recipients),
            "title" => Some(self.title_html.clone()),
            "date" => text(self.date_words().as_deref()),
            "place" => text(self.place),
            "genre" => text(self.genre),
            "host" => self.host.as_ref().map(|(_, html)| html.clone()),
            "number" => text(self.number),
            "id" => text(Some(self.id)),
            "volume" => text(Some(self.volume.title)),
            "series" => text(matter.series.as_deref()),
            "subseries" => text(matter.subseries.as_deref()),
            "volume_number" => text(matter.volume_number.as_deref()),
            "editors" => {
                let own = if self.editors.is_empty() { self.settings.editors.as_slice() } else { self.editors };
                text(self.editor_names(own).as_deref())
            }
            "publisher" => text(self.publisher),
            "publication_place" => text(matter.place.as_deref()),
            "published" => text(matter.published.as_deref()),
            "edition" => text(self.edition.map(|(title, _)| title)),
            "version" => text(self.version),
            "address" => self.permalink.as_deref().map(|address| {
                let address = escaped(address);
                Html(format!("<span class=\"url\">{address}</span>"))
            }),
            "original" => self.witnesses.first().map(|original| Html(self.upwards(original))),
            "repository" => text(self.witnesses.first().and_then(|original| original.repository.as_deref())),
            _ => None,
        }
    }
}
