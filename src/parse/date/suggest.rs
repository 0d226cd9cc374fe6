//! Guesses the EDTF for a date that someone wrote for humans. Only a proposal that is EDTF is ever made, and where a
//! text may mean several dates all of them are named: the editor decides, the program never reads a guess as the date.

use super::read;
use crate::model::date::DateWords;

/// What to write instead of a text that is no date, if that can be guessed.
pub(super) fn help(text: &str) -> Option<String> {
    // Longer texts are no dates, and guessing tries each text several times.
    if text.len() > 80 {
        return None;
    }
    let text = text.trim().replace(['‐', '‑', '–', '—', '−'], "-").replace('\u{a0}', " ");
    let lower = text.to_lowercase();
    if ["undated", "unknown", "n.d.", "n. d.", "s.d.", "o. d.", "o.d.", "?"].contains(&lower.as_str()) {
        return Some("write `none` where there is no date".to_owned());
    }
    let mut found = valid(near_misses(&text));
    if found.is_empty() {
        found = valid(range(&lower));
    }
    if found.is_empty() {
        found = valid(single(&lower));
    }
    match found.as_slice() {
        [] => None,
        [only] => Some(format!("write `{only}`")),
        several => Some(format!("write `{}`, whichever is meant", several.join("` or `"))),
    }
}

/// Those that are EDTF, each once.
fn valid(candidates: Vec<String>) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for candidate in candidates {
        if read(&candidate).is_ok() && !kept.contains(&candidate) {
            kept.push(candidate);
        }
    }
    kept
}

/// Slips in a text that is nearly EDTF: `1963-2-8`, `1963?-02`, `196x`, `1963/unknown`, `1963-02-18 15:00`.
fn near_misses(text: &str) -> Vec<String> {
    let bare = text.trim_start_matches('[').trim_end_matches(']');
    if let (true, Some((first, last))) = (text.len() == bare.len() + 2, bare.split_once("..")) {
        return vec![format!("[{}..{}]", near_miss(first), near_miss(last))];
    }
    match text.split_once('/') {
        Some((start, end)) => vec![format!("{}/{}", near_miss(start), near_miss(end))],
        None => vec![near_miss(text)],
    }
}

fn near_miss(text: &str) -> String {
    let text = text.trim();
    match text.to_lowercase().as_str() {
        "open" => return "..".to_owned(),
        "unknown" => return String::new(),
        _ => {}
    }
    let (day, time) = text.split_once(['T', 't', ' ']).unwrap_or((text, ""));
    let uncertain = day.contains(['?', '%']);
    let approximate = day.contains(['~', '%']);
    let sign = match (uncertain, approximate) {
        (true, true) => "%",
        (true, false) => "?",
        (false, true) => "~",
        (false, false) => "",
    };
    let plain: String = day.chars().filter(|c| !"?~%".contains(*c)).map(unspecified).collect();
    let minus = if plain.starts_with('-') { "-" } else { "" };
    let unsigned = plain.trim_start_matches('-');
    let day = match (unsigned.get(0..4), unsigned.get(4..6), unsigned.get(6..)) {
        (Some(year), Some(month), Some(day)) if unsigned.len() == 8 && !unsigned.contains('-') => {
            format!("{year}-{month}-{day}")
        }
        _ => unsigned.split('-').map(padded).collect::<Vec<_>>().join("-"),
    };
    if time.is_empty() { format!("{minus}{day}{sign}") } else { format!("{minus}{day}{sign}T{}", near_time(time)) }
}

/// `3:00` gets its nought, `15:00:00.000` loses its fraction, `+0100` gets its colon.
fn near_time(time: &str) -> String {
    let (clock, zone) = match time.find(['Z', 'z', '+', '-']) {
        Some(at) => time.split_at(at),
        None => (time, ""),
    };
    let clock = clock.trim().split('.').next().unwrap_or_default();
    let clock = clock.split(':').map(padded).collect::<Vec<_>>().join(":");
    let zone = match (zone.get(0..3), zone.get(3..)) {
        (Some(hours), Some(minutes)) if zone.len() == 5 => format!("{hours}:{minutes}"),
        _ => zone.to_uppercase(),
    };
    clock + &zone
}

/// Older EDTF wrote `u` for a digit that is not known.
fn unspecified(letter: char) -> char {
    if matches!(letter, 'x' | 'u' | 'U') { 'X' } else { letter }
}

fn padded(number: &str) -> String {
    if number.len() == 1 && number.bytes().all(|b| b.is_ascii_digit()) {
        format!("0{number}")
    } else {
        number.to_owned()
    }
}

/// Two dates: "between August 3 and August 7, 1889", "January 26-27, 1955", "1955-57", "before 1963".
fn range(text: &str) -> Vec<String> {
    for (word, pattern) in [
        ("before ", "[..{}]"),
        ("vor ", "[..{}]"),
        ("avant ", "[..{}]"),
        ("after ", "[{}..]"),
        ("nach ", "[{}..]"),
        ("après ", "[{}..]"),
    ] {
        if let Some(rest) = text.strip_prefix(word) {
            return single(rest).iter().map(|date| pattern.replace("{}", date)).collect();
        }
    }
    let within = ["between ", "zwischen ", "entre "].iter().find_map(|word| text.strip_prefix(word));
    let lasting = ["from ", "von ", "vom ", "du ", "de "].iter().find_map(|word| text.strip_prefix(word));
    let separators: &[&str] = if within.is_some() {
        &[" and ", " und ", " et "]
    } else {
        &[" to ", " until ", " bis ", " au ", " à ", " - ", "-", "/"]
    };
    let text = within.or(lasting).unwrap_or(text);
    let ends = separators.iter().find_map(|separator| {
        let (first, last) = text.split_once(separator)?;
        (!last.contains(separator)).then_some((first, last))
    });
    let Some((first, last)) = ends else { return Vec::new() };
    pairs(first, last)
        .into_iter()
        .map(|(first, last)| if within.is_some() { format!("[{first}..{last}]") } else { format!("{first}/{last}") })
        .collect()
}

/// Both ends as EDTF; what one end leaves out is taken from the other.
fn pairs(first: &str, last: &str) -> Vec<(String, String)> {
    let year = |text: &str| tokens(text).into_iter().find(Token::is_year).map(|token| token.text);
    let months = |text: &str| {
        let named = tokens(text).into_iter().filter(|token| month(&token.text).is_some());
        named.map(|token| token.text).collect::<Vec<_>>().join(" ")
    };
    // "January 5-7, 1955": with the month first, for "7, 1955" alone would be read as July.
    let mut last_texts = vec![format!("{} {last}", months(first)), last.to_owned()];
    if let (Some(year), [Token { text, .. }]) = (year(first), tokens(last).as_slice())
        && let (2, Some(century)) = (text.len(), year.get(0..2))
    {
        last_texts.insert(0, format!("{century}{text}"));
    }
    let Some(last_date) = last_texts.iter().find_map(|text| only(single(text))) else { return Vec::new() };
    let last_year = last_date.get(0..4).unwrap_or_default();
    let mut first_texts = vec![first.to_owned()];
    if year(first).is_none() {
        first_texts = vec![format!("{first} {last_year}")];
        // A bare number is a day, so it takes the month of the other end.
        if months(first).is_empty() {
            first_texts = vec![format!("{first} {} {last_year}", months(last))];
        }
    }
    let first_date = first_texts.iter().find_map(|text| only(single(text)));
    first_date.map(|first_date| (first_date, last_date)).into_iter().collect()
}

fn only(candidates: Vec<String>) -> Option<String> {
    let mut candidates = valid(candidates).into_iter();
    candidates.next().filter(|_| candidates.next().is_none())
}

/// One date: "February 18, 1963", "18.2.1963", "c. 1963", "Spring 1963", "1960s". Several where it has several meanings.
fn single(text: &str) -> Vec<String> {
    let text = text.trim().trim_start_matches('[').trim_end_matches(']').trim();
    for word in
        ["circa", "ca.", "ca", "c.", "c", "about", "around", "approx.", "um den", "um", "gegen", "vers le", "vers"]
    {
        if let Some(rest) = text.strip_prefix(word)
            && rest.starts_with(|c: char| c == ' ' || c.is_ascii_digit())
        {
            return single(rest).iter().map(|date| signed(date, '~')).collect();
        }
    }
    if let Some(rest) = text.strip_suffix("(?)").or(text.strip_suffix('?')) {
        return single(rest).iter().map(|date| signed(date, '?')).collect();
    }
    let mut tokens: Vec<Token> = tokens(text).into_iter().filter(|token| !is_filler(&token.text)).collect();
    if let Some(dates) = decade_or_century(&tokens) {
        return dates;
    }
    tokens.retain(|token| token.text != "er");
    let (numbers, words): (Vec<&Token>, Vec<&Token>) = tokens.iter().partition(|token| token.is_number());
    match (words.as_slice(), numbers.as_slice()) {
        ([word], [year]) if season(&word.text).is_some() => {
            years(year).iter().map(|year| format!("{year}-{}", season(&word.text).unwrap_or_default())).collect()
        }
        ([word], [year]) => month(&word.text).map(|month| dates(year, month, None)).unwrap_or_default(),
        ([word], [a, b]) => {
            let (day, year) = if a.is_year() { (b, a) } else { (a, b) };
            month(&word.text).map(|month| dates(year, month, day.number())).unwrap_or_default()
        }
        ([], numbers) => numbers_only(numbers, text.contains('.')),
        _ => Vec::new(),
    }
}

/// The date with one more sign; `?` and `~` together are `%`.
fn signed(date: &str, sign: char) -> String {
    let bare = date.trim_end_matches(['?', '~', '%']);
    if bare.len() < date.len() && !date.ends_with(sign) { format!("{bare}%") } else { format!("{bare}{sign}") }
}

fn decade_or_century(tokens: &[Token]) -> Option<Vec<String>> {
    match tokens {
        [decade, s] if decade.is_year() && ["s", "er"].contains(&s.text.as_str()) => {
            let prefix = decade.text.strip_suffix('0')?;
            Some(vec![format!("{prefix}X")])
        }
        [number, word] if ["century", "jahrhundert", "siècle"].contains(&word.text.as_str()) => {
            Some(vec![format!("{:02}XX", number.number()?.checked_sub(1)?)])
        }
        _ => None,
    }
}

/// `18.2.1963`, `2/18/1963`, `1963 2 18`, `2/1963`.
fn numbers_only(numbers: &[&Token], dotted: bool) -> Vec<String> {
    match numbers {
        [year] if year.is_year() => years(year),
        [year, month] if year.is_year() => dates(year, month.number().unwrap_or(0), None),
        [month, year] if year.is_year() => dates(year, month.number().unwrap_or(0), None),
        [year, a, b] if year.is_year() => {
            let (month, day) = (a.number().unwrap_or(0), b.number().unwrap_or(0));
            if month > 12 { dates(year, day, Some(month)) } else { dates(year, month, Some(day)) }
        }
        [a, b, year] => {
            let (first, second) = (a.number().unwrap_or(0), b.number().unwrap_or(0));
            let day_first = dates(year, second, Some(first));
            // With dots the day comes first everywhere; with slashes that depends on the country.
            if dotted { day_first } else { [dates(year, first, Some(second)), day_first].concat() }
        }
        _ => Vec::new(),
    }
}

fn dates(year: &Token, month: u32, day: Option<u32>) -> Vec<String> {
    let day = day.map(|day| format!("-{day:02}")).unwrap_or_default();
    years(year).iter().map(|year| format!("{year}-{month:02}{day}")).collect()
}

/// The year in four digits; of two digits both centuries that editions are mostly about.
fn years(token: &Token) -> Vec<String> {
    match token.text.len() {
        4 => vec![token.text.clone()],
        3 => vec![format!("0{}", token.text)],
        2 => vec![format!("19{}", token.text), format!("18{}", token.text)],
        _ => Vec::new(),
    }
}

/// A run of digits or of letters.
struct Token {
    text: String,
}

impl Token {
    fn is_number(&self) -> bool {
        self.text.bytes().all(|byte| byte.is_ascii_digit())
    }

    fn is_year(&self) -> bool {
        self.is_number() && matches!(self.text.len(), 3 | 4)
    }

    fn number(&self) -> Option<u32> {
        self.text.parse().ok()
    }
}

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut kind = None;
    for letter in text.chars() {
        let next = match letter {
            '0'..='9' => Some(true),
            letter if letter.is_alphabetic() => Some(false),
            _ => None,
        };
        match tokens.last_mut() {
            Some(token) if next.is_some() && next == kind => token.text.push(letter),
            _ if next.is_some() => tokens.push(Token { text: letter.to_string() }),
            _ => {}
        }
        kind = next;
    }
    tokens
}

/// Words that stand in a date and add nothing to it.
fn is_filler(word: &str) -> bool {
    const FILLERS: &[&str] =
        &["the", "of", "on", "in", "le", "en", "den", "dem", "am", "im", "st", "nd", "rd", "th", "jahre"];
    const DAYS: &[&str] = &[
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "montag",
        "dienstag",
        "mittwoch",
        "donnerstag",
        "freitag",
        "samstag",
        "sonntag",
        "lundi",
        "mardi",
        "mercredi",
        "jeudi",
        "vendredi",
        "samedi",
        "dimanche",
    ];
    FILLERS.contains(&word) || DAYS.contains(&word)
}

const LANGUAGES: [DateWords; 3] = [DateWords::ENGLISH, DateWords::GERMAN, DateWords::FRENCH];

/// The month of a name or of its beginning in any language, if there is only one: "jui" may be June or July.
fn month(word: &str) -> Option<u32> {
    if word.chars().count() < 3 {
        return None;
    }
    let mut found = None;
    for words in LANGUAGES {
        for (number, name) in (1..).zip(words.months) {
            if !name.to_lowercase().starts_with(word) {
                continue;
            }
            if found.is_some_and(|other| other != number) {
                return None;
            }
            found = Some(number);
        }
    }
    found
}

/// The EDTF number of a season.
fn season(word: &str) -> Option<u32> {
    if matches!(word, "fall" | "frühling") {
        return Some(if word == "fall" { 23 } else { 21 });
    }
    LANGUAGES.iter().find_map(|words| {
        let named = (21..).zip(words.seasons).find(|(_, name)| name.to_lowercase() == word);
        named.map(|(number, _)| number)
    })
}
