//! Codes and dates of letters as words. The codes are German in the editions that use them, and so are the words.

use crate::import::xml::{self, Node};

/// "schwarze-tinte" as "schwarze Tinte": the last word is the noun.
pub fn noun(code: &str) -> String {
    let mut words: Vec<String> = code.split(['-', '_']).filter(|word| !word.is_empty()).map(str::to_owned).collect();
    if let Some(last) = words.last_mut() {
        *last = capitalised(last);
    }
    words.join(" ")
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + letters.as_str())
}

/// A character that an edition names by its form; empty where the form is not known.
pub fn character(form: &str, number: usize) -> String {
    match form {
        "dots" => ".".repeat(number),
        "kaufmannsund" => "&".to_owned(),
        "prozent" => "%".to_owned(),
        "tilde" => "~".to_owned(),
        "tausendermarkierung" => ".".to_owned(),
        "gemination-m" => "mm".to_owned(),
        "gemination-n" => "nn".to_owned(),
        "langesS" => "s".to_owned(),
        "langesS2" => "ss".to_owned(),
        "geschwungene-klammer-auf" => "{".to_owned(),
        "geschwungene-klammer-zu" => "}".to_owned(),
        _ => String::new(),
    }
}

/// Whom or what a change of hand names: a person, or what writes from here.
pub fn scribe<'a>(shift: Node<'a>) -> &'a str {
    let scribe = xml::value(shift, "scribe").or_else(|| xml::value(shift, "new")).map(|id| id.trim_start_matches('#'));
    scribe.or_else(|| xml::value(shift, "medium")).filter(|scribe| !scribe.is_empty()).unwrap_or(BY_HAND)
}

/// A change of hand that names nothing: from here it is handwriting.
pub const BY_HAND: &str = "handschriftlich";

/// The name of a hand that is no person's.
pub fn hand(scribe: &str) -> String {
    match scribe {
        BY_HAND => BY_HAND.to_owned(),
        "typewriter" => "maschinschriftlich".to_owned(),
        other => noun(other),
    }
}

/// "4 Seiten".
pub fn measure(quantity: &str, unit: &str) -> String {
    let plural = match unit {
        "seite" => "Seiten",
        "karte" => "Karten",
        "kuvert" => "Kuverts",
        "telegramm" => "Telegramme",
        "umschlag" => "Umschläge",
        "widmung" => "Widmungen",
        "blatt" if quantity == "1" => "Blatt",
        "blatt" => "Blätter",
        _ => "",
    };
    match quantity {
        "1" => format!("1 {}", noun(unit)),
        _ if plural.is_empty() => format!("{quantity} {}", noun(unit)),
        _ => format!("{quantity} {plural}"),
    }
}

/// "1893-08-31" as "31. 8. 1893"; anything else as it is.
pub fn day(target: &str) -> String {
    let parts: Vec<&str> = target.split('-').collect();
    match parts.as_slice() {
        [year, month, day]
            if target.len() == 10 && target.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') =>
        {
            format!("{}. {}. {year}", day.trim_start_matches('0'), month.trim_start_matches('0'))
        }
        _ => target.to_owned(),
    }
}

/// The word with which a reference begins, by its subtype.
pub fn introduction(subtype: &str) -> &'static str {
    match subtype {
        "See" => "Siehe ",
        "see" => "siehe ",
        "Cf" => "Vgl. ",
        "cf" => "vgl. ",
        _ => "",
    }
}

/// A language of ISO 639-2 as BCP 47 has it.
pub fn language(code: &str) -> &str {
    let known = [
        ("ces", "cs"),
        ("cze", "cs"),
        ("dan", "da"),
        ("deu", "de"),
        ("dut", "nl"),
        ("ell", "el"),
        ("eng", "en"),
        ("fra", "fr"),
        ("fre", "fr"),
        ("ger", "de"),
        ("heb", "he"),
        ("hun", "hu"),
        ("ita", "it"),
        ("lat", "la"),
        ("nld", "nl"),
        ("nor", "no"),
        ("pol", "pl"),
        ("por", "pt"),
        ("rus", "ru"),
        ("spa", "es"),
        ("swe", "sv"),
        ("yid", "yi"),
    ];
    known.iter().find(|(three, _)| *three == code).map_or(code, |(_, two)| *two)
}

/// Why something is not there, in the words of the form.
pub fn gap_reason(reason: &str) -> &'static str {
    match reason {
        "outOfScope" | "omitted" | "editorial" | "sampling" => "omitted",
        "damage" | "hole" | "torn" => "damage",
        "lost" | "missing" => "lost",
        "withheld" => "withheld",
        _ => "illegible",
    }
}

/// A word of a class or an attribute: letters, digits and hyphens.
pub fn token(word: &str) -> String {
    word.chars()
        .map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' })
        .collect::<String>()
        .trim_matches('-')
        .to_owned()
}
