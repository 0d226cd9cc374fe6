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

/// How titles say that there is no date.
const UNDATED: &[&[&str]] = &[&["undated"], &["undatiert"], &["sans", "date"], &["non", "daté"], &["non", "datée"]];

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
        let (open, close) = (self.word("open"), self.word("close"));
        let (first, last) = if open == "„" { ("„", "“") } else { ("“", "”") };
        let html = curled(&without_stop(html, lang), first, last);
        let inner = html.replace('“', "‘").replace('”', "’").replace('„', "‚");
        format!("{open}{inner}{close}")
    }

    /// The date as given, unless the title says it, and why there is no text.
    pub(super) fn when(&self, date: Option<String>) -> Option<String> {
        let date = date.filter(|_| !self.title_says_date());
        let date = date.or_else(|| (self.undated && !self.title_says_undated()).then(|| self.word("undated")));
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
                matches!((start.when, end.when), (When::Day(start), When::Day(end)) if says_days(&title, start, end))
            }
            _ => false,
        }
    }

    fn title_says_undated(&self) -> bool {
        let title = self.spoken_title.to_lowercase();
        let title = words(&title);
        UNDATED.iter().any(|undated| holds(&title, undated))
            || holds(&title, &words(&self.word("undated").to_lowercase()))
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
    title.windows(3).any(|window| match *window {
        [first, second, third] => {
            let last = is_day_of_year([first, second], date) && is_year(third, date);
            last || is_year(first, date) && is_month(second, date) && is_day(third, date)
        }
        _ => false,
    })
}

/// Whether it says both: in full, or `August 2–5, 1889`, `30. 8. – 2. 9. 1889`.
fn says_days(title: &[&str], start: Day, end: Day) -> bool {
    let short = start.year == end.year
        && title.windows(5).any(|window| match *window {
            [first, second, third, fourth, year] => {
                is_year(year, end) && is_day_of_year([first, second], start) && is_day_of_year([third, fourth], end)
            }
            _ => false,
        });
    let month = (start.year, start.month) == (end.year, end.month);
    let shorter = month
        && title.windows(4).any(|window| match *window {
            [first, second, third, year] => {
                let before = is_month(first, end) && is_day(second, start) && is_day(third, end);
                is_year(year, end) && (before || is_day(first, start) && is_day_of_year([second, third], end))
            }
            _ => false,
        });
    short || shorter || says_day(title, start) && says_day(title, end)
}

/// Day and month, in either order.
fn is_day_of_year([first, second]: [&str; 2], date: Day) -> bool {
    is_day(first, date) && is_month(second, date) || is_month(first, date) && is_day(second, date)
}

fn is_year(word: &str, date: Day) -> bool {
    word.parse() == Ok(date.year)
}

fn is_month(word: &str, date: Day) -> bool {
    word.parse() == Ok(date.month) || names_month(word, date.month)
}

fn is_day(word: &str, date: Day) -> bool {
    let digits = word.trim_end_matches(char::is_alphabetic);
    digits.parse() == Ok(date.day) && matches!(&word[digits.len()..], "" | "st" | "nd" | "rd" | "th" | "er")
}

/// Whether a word is the name of a month, or its beginning of three letters at least.
fn names_month(word: &str, month: u8) -> bool {
    let word = word.to_lowercase();
    let at = usize::from(month.saturating_sub(1));
    let names = languages().into_iter().filter_map(|language| language.months.get(at).copied());
    word.chars().count() >= 3 && names.map(str::to_lowercase).any(|name| name.starts_with(&word))
}

/// The languages in which titles may say dates, whatever their own is.
fn languages() -> [DateWords; 3] {
    [DateWords::ENGLISH, DateWords::GERMAN, DateWords::FRENCH]
}

/// A title whose straight quotation marks are curled, where they come in pairs: `5"` stays.
fn curled(html: &str, open: &str, close: &str) -> String {
    const STRAIGHT: &str = "&quot;";
    let mut curled = String::with_capacity(html.len());
    let (mut opened, mut before, mut rest) = (None, ' ', html);
    while let Some(sign) = rest.chars().next() {
        let is_mark = rest.starts_with(STRAIGHT) || sign == '"';
        let length = match sign {
            '<' => rest.find('>').map_or(rest.len(), |end| end + 1),
            '&' if is_mark => STRAIGHT.len(),
            _ => sign.len_utf8(),
        };
        let (token, after) = rest.split_at(length);
        rest = after;
        let begins = before.is_whitespace() || "([–—‘“„«‚-".contains(before);
        match opened {
            None if is_mark && begins => opened = Some(curled.len()..curled.len() + length),
            Some(mark) if is_mark && !begins => {
                // Only now it is known that the first one has its second.
                curled.replace_range(mark, open);
                opened = None;
                curled.push_str(close);
                before = sign;
                continue;
            }
            other => opened = other,
        }
        curled.push_str(token);
        if sign != '<' {
            before = sign;
        }
    }
    curled
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
    let letters = word.contains('.') && !word.contains(|sign: char| sign.is_ascii_digit());
    let keeps = initial || known || ordinal || letters || last_of(bare).is_none_or(|last| last == '.');
    if keeps { html.to_owned() } else { format!("{bare}{}", &html[shown.len()..]) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn straight_marks_become_those_of_the_edition_in_pairs() {
        for (written, wanted) in [
            ("The &quot;Solveig&quot; at sea", "The “Solveig” at sea"),
            ("&quot;A&quot; and (&quot;b c&quot;)", "“A” and (“b c”)"),
            ("<em title=\"x\">&quot;Art&quot;</em>", "<em title=\"x\">“Art”</em>"),
            ("A plank of 5&quot;", "A plank of 5&quot;"),
            ("&quot;Open", "&quot;Open"),
        ] {
            assert_eq!(curled(written, "“", "”"), wanted);
        }
    }

    #[test]
    fn a_last_stop_goes_unless_it_belongs_to_the_word() {
        for (title, lang, bare) in [
            ("Report on 1973.", "en", "Report on 1973"),
            ("Report on <em>1973.</em>", "en", "Report on <em>1973</em>"),
            ("<span lang=\"de\">Brief.</span>", "de", "<span lang=\"de\">Brief</span>"),
            ("To the U.S.", "en", "To the U.S."),
            ("To John F.", "en", "To John F."),
            ("At 10:30 a.m.", "en", "At 10:30 a.m."),
            ("CF, 611.1232/4–2762.", "en", "CF, 611.1232/4–2762"),
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
    fn days_from_one_to_the_other_are_found() {
        let day = |month, day| Day { year: 1889, month, day };
        for title in
            ["Diary, August 3–7, 1889", "Diary, 3–7 August 1889", "[3. – 7. 8. 1889]", "August 3, 1889–August 7, 1889"]
        {
            assert!(says_days(&words(title), day(8, 3), day(8, 7)), "{title}");
        }
        assert!(says_days(&words("30. 8. – 2. 9. 1889"), day(8, 30), day(9, 2)));
        for title in ["Diary, August 7, 1889", "Diary, August 1889", "3. – 7. 9. 1889"] {
            assert!(!says_days(&words(title), day(8, 3), day(8, 7)), "{title}");
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
