//! The kind of a document, where the first words of its head or of its source note name it plainly.
//!
//! "National Security Action Memorandum No. 109", "Draft Memorandum From Secretary McNamara", "Telegram 1634 From …": a noun
//! for a kind of document that only words which go before such nouns precede, with what belongs to it: "of
//! conversation", "for the record". All else, such as "The Ambassador in France to the Secretary of State", names none.

/// Nouns for kinds of documents.
const NOUNS: &[&str] = &[
    "address",
    "agreement",
    "aide-mémoire",
    "airgram",
    "announcement",
    "cable",
    "cablegram",
    "chronology",
    "communiqué",
    "declaration",
    "despatch",
    "directive",
    "dispatch",
    "estimate",
    "instruction",
    "letter",
    "memoranda",
    "memorandum",
    "message",
    "minutes",
    "note",
    "notes",
    "order",
    "paper",
    "proclamation",
    "protocol",
    "record",
    "release",
    "remarks",
    "report",
    "resolution",
    "speech",
    "statement",
    "study",
    "summary",
    "telegram",
    "transcript",
    "treaty",
];

/// Words that go before such a noun and belong to the kind.
const BEFORE: &[&str] = &[
    "action",
    "administrative",
    "background",
    "backchannel",
    "briefing",
    "circular",
    "covering",
    "decision",
    "discussion",
    "draft",
    "estimate",
    "executive",
    "explanatory",
    "handwritten",
    "information",
    "informational",
    "intelligence",
    "issues",
    "joint",
    "national",
    "oral",
    "policy",
    "position",
    "presidential",
    "press",
    "progress",
    "research",
    "rough",
    "scope",
    "security",
    "special",
    "status",
    "study",
    "summary",
    "talking",
    "trip",
    "verbal",
];

/// What follows a noun and belongs to the kind; longer before shorter.
const BEHIND: &[&str] = &[
    "of telephone conversation",
    "of conversation",
    "of conference",
    "of discussion",
    "of meeting",
    "of understanding",
    "of actions",
    "of action",
    "for the record",
    "for the files",
    "for the file",
    "verbale",
];

/// The kind, lower case.
pub fn of(head: &str) -> Option<String> {
    let lower = head.to_lowercase();
    let mut end = 0;
    for word in lower.split(' ').take(6) {
        let bare = word.trim_end_matches([',', '.', ':', ';']);
        end += bare.len();
        if NOUNS.contains(&bare) && !goes_on(&lower[end..]) {
            return Some(with_rest(&lower, end));
        }
        if bare.len() < word.len() || !BEFORE.contains(&bare) {
            return None;
        }
        end += 1;
    }
    None
}

/// Whether the noun is only the first part of a longer name of a kind: "Study Memorandum", "Summary Record".
fn goes_on(rest: &str) -> bool {
    let next = rest.strip_prefix(' ').and_then(|rest| rest.split(' ').next()).unwrap_or("");
    NOUNS.contains(&next.trim_end_matches([',', '.', ':', ';']))
}

fn with_rest(lower: &str, end: usize) -> String {
    let rest = lower[end..].trim_start();
    let belongs = BEHIND.iter().find(|words| {
        rest.strip_prefix(**words).is_some_and(|after| !after.starts_with(|c: char| c.is_alphanumeric() || c == '’'))
    });
    match belongs {
        Some(words) => format!("{} {words}", &lower[..end]),
        None => lower[..end].to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn plain_heads_name_their_kind() {
        for (head, genre) in [
            ("Telegram From the Embassy in France to the Department of State", "telegram"),
            ("Telegram 1634 From the Embassy in Morocco", "telegram"),
            ("Memorandum of Conversation", "memorandum of conversation"),
            ("Memorandum of Conversation, by the Director (Johnson)", "memorandum of conversation"),
            ("Memorandum From the Joint Chiefs of Staff", "memorandum"),
            ("Memorandum for the President", "memorandum"),
            ("Memorandum for the Record", "memorandum for the record"),
            ("Memorandum for the Record’s Keeper", "memorandum"),
            ("National Security Action Memorandum No. 109", "national security action memorandum"),
            ("National Security Study Memorandum 12", "national security study memorandum"),
            ("Special National Intelligence Estimate", "special national intelligence estimate"),
            ("Summary Record of the 508th Meeting", "summary record"),
            ("Record of Actions by the National Security Council", "record of actions"),
            ("Draft Memorandum From Secretary McNamara", "draft memorandum"),
            ("Press Release", "press release"),
            ("Aide-Mémoire From the Soviet Government", "aide-mémoire"),
            ("Letter, Doe to Roe", "letter"),
        ] {
            assert_eq!(of(head).as_deref(), Some(genre), "{head}");
        }
    }

    #[test]
    fn where_no_kind_is_named_none_is_guessed() {
        for head in [
            "The Ambassador in France (Caffery) to the Secretary of State",
            "Mr. Seward to Mr. Adams",
            "Extract From a Report",
            "Security in the Area",
            "National Security, Report of",
            "Noteworthy Events",
            "",
        ] {
            assert_eq!(of(head), None, "{head}");
        }
    }
}
