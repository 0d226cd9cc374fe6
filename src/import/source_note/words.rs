//! The vocabulary of source notes in editions of United States records: marks of classification, handling, archives.

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

/// Archives by the names and abbreviations they are cited under; where one begins another, the longer stands first.
const REPOSITORIES: &[&str] = &[
    "National Archives and Records Administration",
    "National Archives and Records Service",
    "National Archives of the United States",
    "National Archives",
    "NARA",
    "Washington National Records Center",
    "WNRC",
    "Federal Records Center",
    "Nixon Presidential Materials Project",
    "Nixon Presidential Materials Staff",
    "Nixon Presidential Materials",
    "Department of State",
    "State Department",
    "DOS",
    "Department of Defense",
    "DOD",
    "OSD",
    "Department of the Army",
    "Department of the Navy",
    "Department of the Air Force",
    "Department of the Treasury",
    "Department of Agriculture",
    "Department of Commerce",
    "Department of Energy",
    "Department of Justice",
    "Department of Labor",
    "Department of the Interior",
    "Treasury Department",
    "Central Intelligence Agency",
    "CIA",
    "Defense Intelligence Agency",
    "DIA",
    "National Security Agency",
    "NSA",
    "National Security Council",
    "Joint Chiefs of Staff",
    "JCS",
    "National Defense University",
    "NDU",
    "Library of Congress",
    "Agency for International Development",
    "Arms Control and Disarmament Agency",
    "Atomic Energy Commission",
    "Federal Reserve",
    "Federal Bureau of Investigation",
    "United States Information Agency",
    "U.S. Information Agency",
    "USIA",
    "Naval Historical Center",
    "Naval History and Heritage Command",
    "Center of Military History",
    "Military History Institute",
    "Hoover Institution",
    "Massachusetts Historical Society",
    "Minnesota Historical Society",
    "Council on Foreign Relations",
    "Public Record Office",
    "United Nations",
    "White House",
    "JFK Library",
    "LBJ Library",
    "DDE Library",
    "HST Library",
    "FDR Library",
];

/// Words that end the name of an institution.
const INSTITUTIONS: &[&str] = &[
    "Academy",
    "Administration",
    "Agency",
    "Archive",
    "Archives",
    "Bank",
    "Board",
    "Bureau",
    "Center",
    "Centre",
    "Collections",
    "College",
    "Command",
    "Commission",
    "Corporation",
    "Council",
    "Department",
    "Embassy",
    "Foundation",
    "Headquarters",
    "Institute",
    "Institution",
    "Library",
    "Ministry",
    "Mission",
    "Museum",
    "Office",
    "Reserve",
    "Service",
    "Society",
    "University",
];

/// Words that begin the name of an institution, with "of", "for" or the like after them.
const INSTITUTIONS_OF: &[&str] = &[
    "Academy",
    "Agency",
    "Archives",
    "Board",
    "Bureau",
    "Center",
    "Commission",
    "Department",
    "Institute",
    "Library",
    "Ministry",
    "Museum",
    "Office",
    "University",
];

/// Works in print that are cited like an archive.
const PRINTED: &[&str] = &[
    "American Foreign Policy",
    "Congressional Record",
    "Current Documents",
    "Department of State Bulletin",
    "Department of State, Bulletin",
    "Documents on",
    "FBIS",
    "Foreign Broadcast",
    "Foreign Relations",
    "New York Times",
    "Papers of",
    "Public Papers",
    "Statutes at Large",
    "The New York Times",
    "The Papers of",
    "The Public Papers",
    "The Washington Post",
    "United States Treaties",
    "Washington Post",
    "Weekly Compilation",
];

/// How many bytes of the first part of a citation name an archive: those of its known name, or all of the part.
pub fn repository(part: &str) -> Option<usize> {
    if is_printed(part) {
        return None;
    }
    if let Some(bare) = ["U.S. ", "United States ", "The "].iter().find_map(|article| part.strip_prefix(article))
        && let Some(length) = repository(bare)
    {
        return Some(part.len() - bare.len() + length);
    }
    let known = REPOSITORIES.iter().filter_map(|name| strip_name(part, name)).map(|rest| part.len() - rest.len()).max();
    known.or_else(|| is_institution(part).then_some(part.len()))
}

/// Whether a part names an archive that holds the papers of persons, wherever in the citation it stands.
pub fn is_holder(part: &str) -> bool {
    ["Library", "University", "Historical Society", "Archives", "Institution", "Foundation"]
        .iter()
        .any(|word| part.contains(word))
        && repository(part).is_some()
}

/// Whether a citation begins with the title of a work in print.
pub fn is_printed(citation: &str) -> bool {
    PRINTED.iter().any(|title| citation.starts_with(title))
}

fn strip_name<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    text.strip_prefix(name).filter(|rest| rest.chars().next().is_none_or(|c| !c.is_alphanumeric()))
}

fn is_institution(part: &str) -> bool {
    let mut words = part.split(' ').filter(|word| !word.starts_with('('));
    let (first, second) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let last = part.split(" (").next().and_then(|name| name.rsplit(' ').next()).unwrap_or_default();
    let of = matches!(second, "of" | "for" | "on");
    // "University of Arkansas Libraries" and "Yale University Library" both name where it lies.
    INSTITUTIONS.contains(&last)
        || (of && INSTITUTIONS_OF.contains(&first))
        || part.contains(" University ")
        || part.contains(" Library ")
}

/// Words that make a part of a citation a body of records rather than one file in it; lower case.
const BODIES: &[&str] = &[
    "accession",
    "adviser",
    "advisor",
    "archives",
    "cables",
    "cf",
    "collection",
    "collections",
    "convenience",
    "correspondence",
    "council",
    "diaries",
    "diary",
    "director",
    "division",
    "entry",
    "file",
    "files",
    "group",
    "institutional",
    "library",
    "manuscripts",
    "materials",
    "memoranda",
    "nsf",
    "office",
    "papers",
    "records",
    "secretariat",
    "series",
    "staff",
    "system",
];

/// Whether a part of a citation names a body of records.
pub fn is_body(part: &str) -> bool {
    part.split(|c: char| !c.is_alphanumeric()).any(|word| BODIES.contains(&word.to_lowercase().as_str()))
}

/// Whether a text begins with the number under which records were handed over: "Lot 66 D 95", "FRC 71 A 3470", "Job …".
pub fn is_transfer(text: &str) -> bool {
    let mut words = text.split([' ', ':', '.']).filter(|word| !word.is_empty());
    let kind = words.next().unwrap_or_default().to_lowercase();
    let known =
        matches!(kind.as_str(), "lot" | "lots" | "frc" | "nyfrc" | "job" | "jobs" | "acc" | "accession" | "transfer");
    let number = text.split(',').next().unwrap_or_default();
    known && number.chars().any(|c| c.is_ascii_digit())
}
