//! The vocabulary of source notes in editions of United States records: marks of classification and handling.

/// Words whose full stop ends no sentence.
pub const ABBREVIATIONS: &[&str] = &[
    "Acc", "Adm", "Amb", "Apl", "App", "Apr", "Assoc", "Asst", "Aug", "Bros", "Brig", "Capt", "Cdr", "Cf", "Chron",
    "Co", "Col", "Comdr", "Conf", "Corp", "Corr", "Dec", "Dep", "Dept", "Dir", "Div", "Doc", "Docs", "Dr", "Encl",
    "Exec", "Feb", "Fig", "Fldr", "Fr", "Ft", "Gen", "Geo", "Gov", "Govt", "Hon", "Ibid", "Inc", "Intl", "Jan", "Jr",
    "Jul", "Jun", "Lt", "Ltd", "Maj", "Mar", "Memcon", "Memcons", "Misc", "Mr", "Mrs", "Ms", "Mt", "Mtg", "Mtgs", "No",
    "Nos", "Nov", "Oct", "Off", "Ops", "Pres", "Prof", "Pt", "Pts", "Rep", "Rev", "Sec", "Secs", "Sen", "Sep", "Sept",
    "Ser", "Sgt", "Sr", "St", "Sub", "Subj", "Supp", "Tel", "Telcon", "Top", "Vol", "Vols", "al", "approx", "art", "c",
    "ca", "cf", "ch", "chap", "doc", "docs", "ed", "eds", "encl", "enclos", "esp", "etc", "ff", "fig", "fn", "ibid",
    "misc", "n", "no", "nos", "op", "p", "par", "paras", "pars", "pp", "pt", "pts", "sec", "secs", "ser", "tel", "vol",
    "vols", "viz", "vs",
];

/// Words after which a single letter is a count ("Vol. I", "Folder A"), not an initial.
const COUNTED: &[&str] = &[
    "Annex",
    "Appendix",
    "Book",
    "Box",
    "Enclosure",
    "Folder",
    "Part",
    "Pt.",
    "Sec.",
    "Section",
    "Series",
    "Tab",
    "Vol.",
    "Volume",
    "vol.",
];

/// Whether a single letter after this word is a count.
pub fn is_counted(word: &str) -> bool {
    COUNTED.contains(&word)
}

/// Marks of classification, lower case; where one begins another, the longer stands first.
const CLASSIFICATIONS: &[&str] = &[
    "no classification markings",
    "no classification marking",
    "no classification indicated",
    "no classification given",
    "no classification",
    "no security classification",
    "no marking",
    "not classified",
    "unclassified",
    "classification unknown",
    "classification not declassified",
    "cosmic top secret",
    "nato top secret",
    "nato secret",
    "nato confidential",
    "nato restricted",
    "top secret",
    "most secret",
    "strictly secret",
    "secret",
    "administratively confidential",
    "administrative confidential",
    "strictly confidential",
    "personal and confidential",
    "private and confidential",
    "personal and secret",
    "personal and private",
    "confidential",
    "administratively restricted",
    "restricted",
    "limited official use only",
    "limited official use",
    "for official use only",
    "for official use",
    "official use only",
    "official use",
    "official-informal",
    "official–informal",
    "official informal",
    "for internal use only",
    "internal use only",
    "administrative use only",
    "eyes only",
    "private",
];

/// The length of the mark of classification that begins this text, if one does. It begins with a capital and ends with
/// its word; the print's slip of a stop after its first word ("Top. Secret") is taken with it.
pub fn classification(text: &str) -> Option<usize> {
    let text_start = text.trim_start_matches('[');
    if !text_start.starts_with(char::is_uppercase) && text_start.len() == text.len() {
        return None;
    }
    CLASSIFICATIONS.iter().find_map(|mark| {
        let mut rest = text_start;
        for (n, word) in mark.split(' ').enumerate() {
            if n > 0 {
                rest = rest.strip_prefix('.').unwrap_or(rest).strip_prefix(' ')?.trim_start();
            }
            rest = strip_word(rest, word)?;
        }
        Some(text.len() - rest.len())
    })
}

fn strip_word<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let (head, rest) = text.split_at_checked(word.len())?;
    let ends = rest.chars().next().is_none_or(|c| !c.is_alphanumeric());
    (head.to_lowercase() == word && ends).then_some(rest)
}

/// Handling and precedence, lower case: what may stand as a sentence or follow a mark of classification unseparated.
const HANDLING: &[&str] = &[
    "priority",
    "niact",
    "niact immediate",
    "niact priority",
    "immediate",
    "flash",
    "urgent",
    "very urgent",
    "rush",
    "emergency",
    "routine",
    "deferred",
    "operational immediate",
    "emergency niact",
    "exdis",
    "nodis",
    "limdis",
    "stadis",
    "noforn",
    "no foreign dissem",
    "no foreign dissemination",
    "no dissem",
    "no distribution",
    "limited distribution",
    "eyes only",
    "sensitive",
    "super sensitive",
    "personal",
    "private",
    "restricted data",
    "formerly restricted data",
    "security information",
    "codeword",
    "umbra",
    "comint",
    "sigint",
    "special handling",
    "special handling required",
    "cherokee",
    "roger channel",
    "tosec",
    "secto",
    "blue",
    "red",
    "green",
    "gray",
    "grey",
    "brown",
    "white",
    "black",
    "plain",
    "cipher",
    "code",
    "confidential file",
    "verbatim text",
    "exclusive",
    "exclusive eyes only",
    "literally eyes only",
    "exclusively eyes only",
    "strictly eyes only",
    "handle as nodis",
    "controlled dissem",
    "no foreign dissem/controlled dissem",
    "background use only",
    "limited official use",
    "secret",
    "internal use only",
    "noforn/continued control",
    "via backchannel",
    "special encryption",
    "outside system",
    "outside the system",
    "contains codeword",
    "immediate action",
    "info",
    "personal attention",
];

/// Whether these words are a mark of handling.
pub fn is_handling(text: &str) -> bool {
    HANDLING.contains(&text.trim_end_matches('.').to_lowercase().as_str())
}

/// The length of the longest mark of handling that begins this text.
pub fn handling(text: &str) -> Option<usize> {
    HANDLING.iter().filter_map(|mark| strip_word(text, mark)).map(|rest| text.len() - rest.len()).max()
}

/// First words of sentences that tell of a document's making and way, and so end a citation.
const NARRATIVE: &[&str] = &[
    "A",
    "According",
    "Also",
    "An",
    "Another",
    "Approved",
    "At",
    "Attached",
    "Brackets",
    "Circulated",
    "Cleared",
    "Copies",
    "Copy",
    "Drafted",
    "Ellipsis",
    "For",
    "Forwarded",
    "From",
    "He",
    "In",
    "It",
    "Initialed",
    "Not",
    "On",
    "Only",
    "Pouched",
    "Prepared",
    "Printed",
    "Received",
    "Repeated",
    "Reprinted",
    "Sent",
    "She",
    "Signed",
    "The",
    "There",
    "These",
    "This",
    "Transmitted",
    "Transcribed",
    "Typed",
    "Under",
    "Written",
    "Relayed",
    "Passed",
    "Published",
    "See",
    "Text",
    "Tab",
    "Tabs",
    "Ellipses",
    "Dictated",
];

/// The text up to a word that begins the next sentence, where the stop between them is missing.
pub fn before_narrative(text: &str) -> &str {
    let begins = ["Drafted", "Repeated", "Received", "Approved", "Sent", "Cleared", "Attached", "Transmitted"];
    let end =
        text.match_indices(' ').find(|(at, _)| begins.contains(&text[at + 1..].split(' ').next().unwrap_or_default()));
    end.map_or(text, |(at, _)| &text[..at])
}

/// Whether a sentence tells of a document, so that it is no part of a citation.
pub fn is_narrative(sentence: &str) -> bool {
    let first = sentence.split([' ', ',', ';']).next().unwrap_or_default();
    NARRATIVE.contains(&first)
}
