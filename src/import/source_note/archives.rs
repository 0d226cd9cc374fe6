//! The archives of United States records, and the words of citations below them.

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
