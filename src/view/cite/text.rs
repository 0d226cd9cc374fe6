//! Citations in words: Chicago (18th edition; in what is said here the 17th is the same, besides "et al." for three
//! authors in a note), as note and as entry of a bibliography, and MLA (9th edition).
//!
//! A citation is a row of parts, each inline HTML without its end; how a style sets stops between them, and whether a
//! stop stands within quotation marks, is known to [`Line`].

use super::line::{Line, capital, escaped, stopped};
use super::{Container, Item, Original, Person};
use crate::model::date::DateWords;
use crate::model::document::Editor;
use crate::model::html::Html;
use crate::model::view::CiteStyle;
use crate::view::Words;

/// Months as the MLA shortens them.
const MLA: DateWords = DateWords {
    months: ["Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."],
    ..DateWords::ENGLISH_DAY_FIRST
};

/// How many authors a bibliography in the Chicago style names, and how many where there are more.
const MOST_AUTHORS: (usize, usize) = (6, 3);

impl Item<'_> {
    /// The citations in each style.
    pub fn styles(&self) -> Vec<CiteStyle> {
        let original = self.witnesses.first();
        let style =
            |key, edition, form: &dyn Fn(&Original) -> Html| CiteStyle { key, edition, original: original.map(form) };
        // Without a pattern of its own, the edition is cited by its note before all.
        let note = self.settings.citation.is_some().then(|| self.note());
        let mut styles = vec![style("note", note, &|original| self.note_of(original))];
        styles.retain(|style| style.edition.is_some() || style.original.is_some());
        styles.push(style("bibliography", Some(self.bibliography()), &|original| self.bibliography_of(original)));
        styles.push(style("mla", Some(self.mla()), &|original| self.mla_of(original)));
        styles
    }

    /// The edition, as in a note of the Chicago style.
    pub fn note(&self) -> Html {
        let mut line = self.line(",");
        self.opening(&mut line);
        let series = self.before_title();
        let editors = self.edited(self.editors, "ed").map(|editors| format!(", {editors}")).unwrap_or_default();
        let imprint = self.imprint().map(|imprint| format!(" ({imprint})")).unwrap_or_default();
        line.add(format!("{} {series}{}{editors}{imprint}", self.word("in"), self.container()));
        line.all(self.number_words());
        line.all(self.edition_words("ed"));
        line.all(self.address());
        line.end()
    }

    /// The edition, as an entry of a bibliography in the Chicago style.
    pub fn bibliography(&self) -> Html {
        let mut line = self.line(".");
        line.all(self.authors_sorted(true));
        line.add(self.quoted());
        line.all(self.when(self.date_words()));
        let mut container = self.line(",");
        container.all(self.attached());
        let series = self.before_title();
        container.add(format!("{} {series}{}", self.word("in"), self.container()));
        container.all(self.edited(self.editors, "edited_by"));
        container.all(self.number_words());
        line.add(capital(&container.html));
        line.all(self.imprint());
        line.all(self.edition_words("edited_by"));
        line.all(self.address());
        line.end()
    }

    /// The edition, as an entry of a list of works cited in the MLA style.
    pub fn mla(&self) -> Html {
        let mut line = self.line(".");
        line.all(self.authors_sorted(false));
        line.add(self.quoted());
        line.all(self.when(self.mla_date()));
        line.all(self.attached().map(|attached| capital(&attached)));
        let mut container = self.line(",");
        container.add(self.container());
        container.all(self.edited(self.editors, "edited_by"));
        container.all(self.number_mla());
        container.all(self.publisher.map(escaped));
        container.all(self.volume.matter.published.as_deref().map(escaped));
        container.all(self.number_words());
        if self.edition.is_none() && self.version.is_none() {
            container.all(self.address());
        }
        line.add(container.html);
        line.all(self.volume.series_unsaid().as_deref().map(escaped));
        if let Some(edition) = self.edition_words("edited_by") {
            let mut whole = self.line(",");
            whole.add(edition);
            whole.all(self.address());
            line.add(whole.html);
        }
        line.end()
    }

    /// The original, as in a note of the Chicago style.
    fn note_of(&self, original: &Original) -> Html {
        let mut line = self.line(",");
        self.opening(&mut line);
        line.add(self.upwards(original));
        line.end()
    }

    fn bibliography_of(&self, original: &Original) -> Html {
        let mut line = self.line(".");
        line.all(self.authors_sorted(true));
        line.add(self.quoted());
        line.all(self.when(self.date_words()));
        line.all(self.attached().map(|attached| capital(&attached)));
        line.add(capital(&self.upwards(original)));
        line.end()
    }

    fn mla_of(&self, original: &Original) -> Html {
        let mut line = self.line(".");
        line.all(self.authors_sorted(false));
        line.add(self.quoted());
        line.all(self.when(self.mla_date()));
        line.all(self.attached().map(|attached| capital(&attached)));
        line.add(capital(&self.upwards(original)));
        line.end()
    }

    /// Where the original lies, without what stands in the citation of the edition; further witnesses follow.
    pub fn originals(&self) -> Option<Html> {
        let (first, others) = self.witnesses.split_first()?;
        let one = |original: &Original| {
            let siglum = original.siglum.as_ref().filter(|_| self.witnesses.len() > 1);
            let siglum = siglum.map(|siglum| format!("{siglum}{}", self.words.get("colon"))).unwrap_or_default();
            format!("{}{}", escaped(&siglum), self.upwards(original))
        };
        let mut text = match first.printed {
            Some(_) => capital(&one(first)),
            None => escaped(&self.word("original")).replace("{n}", &one(first)),
        };
        for other in others {
            text.push_str("; ");
            text.push_str(&one(other));
        }
        Some(Html(stopped(text)))
    }

    /// From the file up to the archive.
    pub(super) fn upwards(&self, original: &Original) -> String {
        let mut line = self.line(",");
        line.all(original.upwards().into_iter().map(escaped));
        line.html
    }

    /// Who, what and when: as a note begins.
    fn opening(&self, line: &mut Line) {
        line.all(self.authors_unnamed());
        line.add(self.quoted());
        line.all(self.when(self.date_words()));
        line.all(self.attached());
    }

    /// The date with the months as the MLA has them.
    fn mla_date(&self) -> Option<String> {
        let lang = &self.settings.lang;
        let words = if lang.split('-').next() == Some("en") { MLA } else { DateWords::for_language(lang) };
        self.date_in(&words)
    }

    /// `vol. 11`, unless the title says it.
    fn number_mla(&self) -> Option<String> {
        let number = self.volume.number_unsaid()?;
        let word = self.word(if number.several { "volumes" } else { "volume" });
        let shown = if number.takes_word() { word.replace("{n}", number.bare) } else { number.bare.to_owned() };
        Some(escaped(&shown))
    }

    /// The authors as they are spoken, unless the title names them.
    fn authors_unnamed(&self) -> Option<String> {
        if self.title_names_author() {
            return None;
        }
        let names: Vec<String> = self.authors.iter().map(Person::spoken).collect();
        match names.as_slice() {
            [] => None,
            [one] => Some(escaped(one)),
            [one, other] => Some(escaped(&format!("{one} {} {other}", self.word("and")))),
            [first, ..] => Some(escaped(&format!("{first} {}", self.word("et_al")))),
        }
    }

    /// The first author as sorted, the others as spoken. Of three, the MLA names only the first.
    fn authors_sorted(&self, all: bool) -> Option<String> {
        let (first, others) = self.authors.split_first()?;
        let first = first.sorted();
        let (most, some) = MOST_AUTHORS;
        let names = match (others, all) {
            ([], _) => first,
            ([other], _) => format!("{first}, {} {}", self.word("and"), other.spoken()),
            (_, false) => format!("{first}, {}", self.word("et_al")),
            (others, true) if others.len() + 1 > most => {
                let others: Vec<String> = others.iter().take(some - 1).map(Person::spoken).collect();
                format!("{first}, {}, {}", others.join(", "), self.word("et_al"))
            }
            ([between @ .., last], true) => {
                let between: Vec<String> = between.iter().map(Person::spoken).collect();
                format!("{first}, {}, {} {}", between.join(", "), self.word("and"), last.spoken())
            }
        };
        Some(escaped(&names))
    }

    /// The editors behind a word such as `ed.`
    fn edited(&self, editors: &[Editor], key: &str) -> Option<String> {
        let names = self.editor_names(editors)?;
        Some(escaped(&self.word(key).replace("{n}", &names)))
    }

    /// Names of editors in one line.
    pub fn editor_names(&self, editors: &[Editor]) -> Option<String> {
        editor_names(editors, self.words)
    }

    /// Series and number before the title of the volume, where that does not say them.
    fn before_title(&self) -> String {
        self.volume
            .before_title(&self.word("volume"))
            .map(|series| format!("{}, ", escaped(&series)))
            .unwrap_or_default()
    }

    fn container(&self) -> String {
        cited(self.volume.title, self.volume_lang, &self.settings.lang)
    }

    fn imprint(&self) -> Option<String> {
        imprint(self.volume, self.publisher, self.words)
    }

    fn number_words(&self) -> Option<String> {
        self.number.map(|number| escaped(&self.word("document").replace("{n}", number)))
    }

    /// The edition of which the volume is a part, and its version.
    fn edition_words(&self, key: &str) -> Option<String> {
        let mut line = self.line(",");
        if let Some((title, editors)) = self.edition {
            line.add(format!("<cite>{}</cite>", escaped(title)));
            line.all(self.edited(if self.editors.is_empty() { editors } else { &[] }, key));
        }
        line.all(self.version.map(|version| escaped(&self.word("version").replace("{n}", version))));
        (!line.html.is_empty()).then_some(line.html)
    }

    fn address(&self) -> Option<String> {
        let address = escaped(self.permalink.as_deref()?);
        Some(format!("<span class=\"url\">{address}</span>"))
    }
}

/// Names of editors in one line, as they are spoken.
pub(super) fn editor_names(editors: &[Editor], words: &Words) -> Option<String> {
    let names: Vec<String> = editors.iter().map(|editor| Person::editor(editor).name).collect();
    let and = words.get("citation.and");
    match names.as_slice() {
        [] => None,
        [one] => Some(one.clone()),
        [one, other] => Some(format!("{one} {and} {other}")),
        [some @ .., last] => Some(format!("{}, {and} {last}", some.join(", "))),
    }
}

/// A title as that of a work.
pub(super) fn cited(title: &str, lang: &str, around: &str) -> String {
    format!("<cite>{}</cite>", crate::view::head::in_language(Html::text(title), lang, around).0)
}

/// `Washington: Government Printing Office, 1998`.
pub(super) fn imprint(volume: Container<'_>, publisher: Option<&str>, words: &Words) -> Option<String> {
    let house = match (&volume.matter.place, publisher) {
        (Some(place), Some(publisher)) => Some(format!("{place}{}{publisher}", words.get("colon"))),
        (Some(place), None) => Some(place.clone()),
        (None, publisher) => publisher.map(str::to_owned),
    };
    let parts: Vec<String> = house.into_iter().chain(volume.matter.published.clone()).collect();
    (!parts.is_empty()).then(|| escaped(&parts.join(", ")))
}
