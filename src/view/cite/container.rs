//! The volume in which a document stands: its title, its series and its number, each said once. Titles of volumes often hold
//! the others: *Foreign Relations of the United States, 1951, Korea and China, Volume VII, Part 2*.

use super::title::{holds, words};
use crate::model::site::Volume;
use crate::model::volume::VolumeMatter;

/// Words for "volume" before its number, in lower case without stops; those for several are the second half.
const ONE: &[&str] = &["volume", "vol", "v", "band", "bd", "tome", "t", "tomo", "volumen"];
const SEVERAL: &[&str] = &["volumes", "vols", "bände", "bde", "tomes", "tt"];

/// A volume, as citations name it.
#[derive(Clone, Copy)]
pub struct Container<'a> {
    /// Its front matter.
    pub matter: &'a VolumeMatter,
    /// Its title.
    pub title: &'a str,
    /// Its short title.
    pub short: Option<&'a str>,
}

/// The number of a volume.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Number<'a> {
    /// As it is written: `Volume VII, Part 2`.
    pub written: &'a str,
    /// Without the word before it.
    /// `VII, Part 2`.
    pub bare: &'a str,
    /// Whether it counts several volumes: `X/XI/XII`.
    pub several: bool,
}

impl Number<'_> {
    /// Whether a word for "volume" may stand before it: one does, or it begins with a number, as `3`, `12a` and `VII, Part 2`
    /// do, and `Supplement` does not.
    pub fn takes_word(self) -> bool {
        let first = self.bare.split(|sign: char| !sign.is_alphanumeric()).next().unwrap_or_default();
        let is_roman = !first.is_empty() && first.chars().all(|sign| "IVXLCDM".contains(sign));
        self.has_word() || is_roman || self.bare.starts_with(|sign: char| sign.is_ascii_digit())
    }

    fn has_word(self) -> bool {
        self.bare != self.written
    }
}

impl<'a> Container<'a> {
    /// A volume of the edition.
    pub fn of(volume: &'a Volume) -> Container<'a> {
        Container { matter: &volume.matter, title: &volume.outline.title, short: volume.outline.short_title.as_deref() }
    }

    /// The number, where the volume has one.
    pub fn number(self) -> Option<Number<'a>> {
        let written = self.matter.volume_number.as_deref()?.trim();
        let (word, rest) = written.split_once(' ').unwrap_or((written, ""));
        let word = word.trim_end_matches('.').to_lowercase();
        let several = SEVERAL.contains(&word.as_str());
        let labelled = (several || ONE.contains(&word.as_str())) && !rest.is_empty();
        let bare = if labelled { rest.trim_start() } else { written };
        Some(Number { written, bare, several: labelled && several })
    }

    /// Series and subseries.
    pub fn series(self) -> Option<String> {
        joined([self.matter.series.as_deref(), self.matter.subseries.as_deref()])
    }

    /// Series and subseries, unless the title says the series.
    pub fn series_unsaid(self) -> Option<String> {
        match self.matter.series.as_deref() {
            Some(series) if says(self.title, series) => {
                self.matter.subseries.clone().filter(|subseries| !says(self.title, subseries))
            }
            _ => self.series(),
        }
    }

    /// The number, unless the title says it.
    pub fn number_unsaid(self) -> Option<Number<'a>> {
        self.number().filter(|number| !says_number(self.title, number.bare))
    }

    /// What stands before the title in a note: series, subseries and number, as far as the title does not say them. A mere
    /// number has the word of the edition before it, `vol. {n}`.
    pub fn before_title(self, word: &str) -> Option<String> {
        let number = self.number_unsaid().map(|number| match number.takes_word() && !number.has_word() {
            true => word.replace("{n}", number.bare),
            false => number.written.to_owned(),
        });
        joined([self.series_unsaid().as_deref(), number.as_deref()])
    }

    /// The title for programs, which set series and number beside it: the short one, where the title says these.
    pub fn title_beside_series(self) -> &'a str {
        let says_them = |title: &str| {
            let series = self.matter.series.as_deref().is_some_and(|series| says(title, series));
            series || self.number().is_some_and(|number| says_number(title, number.bare))
        };
        self.short.filter(|short| says_them(self.title) && !says_them(short)).unwrap_or(self.title)
    }
}

fn joined(parts: [Option<&str>; 2]) -> Option<String> {
    let parts: Vec<&str> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

fn says(title: &str, phrase: &str) -> bool {
    let (title, phrase) = (title.to_lowercase(), phrase.to_lowercase());
    holds(&words(&title), &words(&phrase))
}

/// Whether the title has the number behind a word for "volume".
fn says_number(title: &str, bare: &str) -> bool {
    let (title, bare) = (title.to_lowercase(), bare.to_lowercase());
    let (title, bare) = (words(&title), words(&bare));
    let behind = |at: usize| title.get(at + 1..).is_some_and(|rest| rest.starts_with(&bare));
    let labels = title.iter().enumerate().filter(|(_, word)| ONE.contains(word) || SEVERAL.contains(word));
    !bare.is_empty() && labels.into_iter().any(|(at, _)| behind(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matter(series: &str, subseries: &str, number: &str) -> VolumeMatter {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        VolumeMatter {
            series: some(series),
            subseries: some(subseries),
            volume_number: some(number),
            ..VolumeMatter::default()
        }
    }

    fn before(title: &str, matter: &VolumeMatter) -> Option<String> {
        Container { matter, title, short: None }.before_title("vol. {n}")
    }

    #[test]
    fn what_the_title_says_is_not_said_again() {
        let frus = matter("Foreign Relations of the United States", "1951", "Volume VII, Part 2");
        let title = "Foreign Relations of the United States, 1951, Korea and China, Volume VII, Part 2";
        assert_eq!(before(title, &frus), None);
        let whole = "Foreign Relations of the United States, 1951, Volume VII, Part 2";
        assert_eq!(before("Korea and China", &frus).as_deref(), Some(whole));
        assert_eq!(before("Korea and China, 1951, Vol. VII, Part 2", &frus).as_deref(), Some(&whole[..44]));
        assert_eq!(before("Volume VII, Part 23", &frus).as_deref(), Some(whole));
        assert_eq!(before("Letters, Bd. 4", &matter("", "", "4")), None);
        assert_eq!(before("Letters of 4 Friends", &matter("", "", "4")).as_deref(), Some("vol. 4"));
        assert_eq!(before("Letters", &matter("Papers", "", "IV, 2")).as_deref(), Some("Papers, vol. IV, 2"));
        assert_eq!(before("Letters", &matter("", "", "Supplement")).as_deref(), Some("Supplement"));
    }

    #[test]
    fn programs_get_the_short_title_beside_series_and_number() {
        let frus = matter("Foreign Relations", "1951", "Volume VII");
        let of = |title, short| Container { matter: &frus, title, short }.title_beside_series();
        assert_eq!(of("Foreign Relations, Korea", Some("Korea")), "Korea");
        assert_eq!(of("Foreign Relations, Korea", Some("Foreign Relations VII")), "Foreign Relations, Korea");
        assert_eq!(of("Korea and China", Some("Korea")), "Korea and China");
        assert_eq!(of("Foreign Relations, Korea", None), "Foreign Relations, Korea");
    }

    #[test]
    fn numbers_stand_without_the_word_before_them() {
        for (written, bare, several) in [
            ("Volume VII, Part 2", "VII, Part 2", false),
            ("Volumes X/XI/XII, Microfiche Supplement", "X/XI/XII, Microfiche Supplement", true),
            ("Bd. 3", "3", false),
            ("4", "4", false),
            ("Supplement", "Supplement", false),
            ("Volume", "Volume", false),
        ] {
            let matter = matter("", "", written);
            let number = Container { matter: &matter, title: "", short: None }.number();
            assert_eq!(number, Some(Number { written, bare, several }), "{written}");
        }
    }
}
