//! A title within a citation: its quotation marks and its last stop, and what it says already, so that a citation need not
//! say it again.

use super::line::{escaped, last_of, without_tags};
use super::{Item, Person};
use crate::model::date::{Date, DateWords, Day, Edtf, IntervalEnd, When};

/// Abbreviations that keep their stop at the end of a title, in lower case, besides initials and words with stops in them.
const ABBREVIATIONS: &[&str] = &[
    "jr", "sr", "inc", "ltd", "co", "corp", "bros", "etc", "dept", "gov", "govt", "no", "nos", "vol", "vols", "st",
    "dr", "mr", "mrs", "al", "ca", "cf", "usw", "bd", "nr", "hg", "jh", "geb", "gest", "cie", "éd",
];

/// Languages in which a stop makes a number an ordinal: `Friedrich III.`
const ORDINAL_STOP: &[&str] = &["cs", "da", "de", "fi", "hr", "hu", "is", "nb", "nn", "no", "sk", "sl", "sr"];

impl Item<'_> {
    /// The title in quotation marks; its own become single ones. A mere label has none.
    pub(super) fn quoted(&self) -> String {
        if self.labelled {
            return self.title_html.0.clone();
        }
        self.in_quotation_marks(&self.title_html.0, self.lang)
    }

    /// The document within which an attachment lies.
    pub(super) fn attached(&self) -> Option<String> {
        let (_, host) = self.host.as_ref()?;
        Some(self.word("attached").replace("{n}", &self.in_quotation_marks(&host.0, self.lang)))
    }

    fn in_quotation_marks(&self, html: &str, lang: &str) -> String {
        let html = without_stop(html, lang);
        let inner = html.replace('“', "‘").replace('”', "’").replace('„', "‚");
        format!("{}{inner}{}", self.word("open"), self.word("close"))
    }

    /// The date as given, unless the title says it, and why there is no text.
    pub(super) fn when(&self, date: Option<String>) -> Option<String> {
        let date = date.filter(|_| !self.title_says_date());
        let date = date.or_else(|| self.undated.then(|| self.word("undated")));
        match (date, self.absence()) {
            (Some(date), Some(absence)) => Some(escaped(&format!("{date} ({absence})"))),
            (Some(date), None) => Some(escaped(&date)),
            (None, Some(absence)) => Some(escaped(&format!("({absence})"))),
            (None, None) => None,
        }
    }

    /// Whether the title says each day of the date in full. A year or a month in it may speak of something else.
    fn title_says_date(&self) -> bool {
        let Some(date) = self.date else { return false };
        let title = words(&self.spoken_title);
        match date.edtf {
            Edtf::Moment { day, .. } | Edtf::Date(Date { when: When::Day(day), .. }) => says_day(&title, day),
            Edtf::Interval { start: IntervalEnd::Date(start), end: IntervalEnd::Date(end) } => {
                let days = [start.when, end.when].into_iter().all(|when| matches!(when, When::Day(_)));
                let spans = |language: &DateWords| holds(&title, &words(&date.edtf.display(language)));
                days && languages().iter().any(spans)
            }
            _ => false,
        }
    }

    /// Whether the title names one of the authors: by the family name, or where a recipient has the same, by the whole.
    pub(super) fn title_names_author(&self) -> bool {
        let title = words(&self.spoken_title);
        let family =
            |person: &Person| person.parts.as_ref().map_or_else(|| person.name.clone(), |it| it.family.clone());
        self.authors.iter().any(|author| {
            let own = family(author);
            let shared = self.recipients.iter().any(|recipient| family(recipient) == own);
            let told = if shared { &author.name } else { &own };
            holds(&title, &words(told))
        })
    }
}

/// Whether a text has these words, one after the other.
pub(super) fn holds(text: &[&str], phrase: &[&str]) -> bool {
    !phrase.is_empty() && text.windows(phrase.len()).any(|window| window == phrase)
}

/// The words and numbers of a text, without signs and spaces.
pub(super) fn words(text: &str) -> Vec<&str> {
    text.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty()).collect()
}

/// Whether three words that follow each other are that day: `August 2, 1889`, `2nd Aug. 1889`, `2. 8. 1889`, `1889-08-02`.
fn says_day(title: &[&str], date: Day) -> bool {
    let year = |word: &str| word.parse() == Ok(date.year);
    let number = |word: &str, of: u8| word.parse() == Ok(of);
    let day = |word: &str| {
        let digits = word.trim_end_matches(char::is_alphabetic);
        number(digits, date.day) && matches!(&word[digits.len()..], "" | "st" | "nd" | "rd" | "th" | "er")
    };
    let month = |word: &str| number(word, date.month) || names_month(word, date.month);
    title.windows(3).any(|window| match *window {
        [first, second, third] => {
            let in_words = day(first) && month(second) || month(first) && day(second);
            in_words && year(third) || year(first) && month(second) && day(third)
        }
        _ => false,
    })
}

/// Whether a word is the name of a month, or its beginning of three letters at least.
fn names_month(word: &str, month: u8) -> bool {
    let word = word.to_lowercase();
    let at = usize::from(month.saturating_sub(1));
    let names = languages().into_iter().filter_map(|language| language.months.get(at).copied());
    word.chars().count() >= 3 && names.map(str::to_lowercase).any(|name| name.starts_with(&word))
}

/// The languages in which titles may say dates, whatever their own is.
fn languages() -> [DateWords; 4] {
    [DateWords::ENGLISH, DateWords::ENGLISH_DAY_FIRST, DateWords::GERMAN, DateWords::FRENCH]
}

/// A title without the stop at its end, which the citation's own would follow; that of an abbreviation is part of the word.
fn without_stop(html: &str, lang: &str) -> String {
    let shown = without_tags(html);
    let Some(bare) = shown.strip_suffix('.') else { return html.to_owned() };
    let word = bare.rsplit(|sign: char| sign.is_whitespace() || "([“‘„‚>".contains(sign)).next().unwrap_or(bare);
    let initial = word.chars().count() == 1 && word.chars().all(char::is_alphabetic);
    let known = ABBREVIATIONS.contains(&word.to_lowercase().as_str());
    let roman = !word.is_empty() && word.chars().all(|sign| "IVXLC".contains(sign));
    let few = word.len() <= 2 && word.bytes().all(|byte| byte.is_ascii_digit());
    let ordinal = (roman || few) && ORDINAL_STOP.contains(&lang.split('-').next().unwrap_or(lang));
    // Stops before it: `U.S.`, `a.m.`, and three of them for what is left out.
    let keeps = initial || known || ordinal || word.contains('.') || last_of(bare).is_none_or(|last| last == '.');
    if keeps { html.to_owned() } else { format!("{bare}{}", &html[shown.len()..]) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_last_stop_goes_unless_it_belongs_to_the_word() {
        for (title, lang, bare) in [
            ("Report on 1973.", "en", "Report on 1973"),
            ("Report on <em>1973.</em>", "en", "Report on <em>1973</em>"),
            ("<span lang=\"de\">Brief.</span>", "de", "<span lang=\"de\">Brief</span>"),
            ("To the U.S.", "en", "To the U.S."),
            ("To John F.", "en", "To John F."),
            ("To Doe, Jr.", "en", "To Doe, Jr."),
            ("And so on ...", "en", "And so on ..."),
            ("An Wilhelm II.", "de", "An Wilhelm II."),
            ("To William II.", "en", "To William II"),
            ("Am 3.", "de", "Am 3."),
            ("Im Jahr 1889.", "de", "Im Jahr 1889"),
            ("Who?", "en", "Who?"),
            (".", "en", "."),
        ] {
            assert_eq!(without_stop(title, lang), bare, "{title}");
        }
    }

    #[test]
    fn days_are_found_however_they_are_written() {
        let date = Day { year: 1889, month: 8, day: 2 };
        for title in [
            "Letter of August 2, 1889",
            "Letter of the 2nd Aug. 1889",
            "An Brahm, 2. 8. 1889",
            "An Brahm, 02.08.1889",
            "Brief vom 2. August 1889",
            "Lettre du 2 août 1889",
            "1889-08-02: to Brahm",
        ] {
            assert!(says_day(&words(title), date), "{title}");
        }
        for title in ["Budget for 1889", "August 1889", "August 22, 1889", "12. 8. 1889", "August 2, 18890", "2. 8."] {
            assert!(!says_day(&words(title), date), "{title}");
        }
    }

    #[test]
    fn words_are_found_whole() {
        let title = words("The Lower House and Mr. O’Neill’s Case");
        assert!(
            !holds(&title, &words("Low")) && holds(&title, &words("Lower House")) && holds(&title, &words("O’Neill"))
        );
        assert!(!holds(&title, &[]));
    }
}
