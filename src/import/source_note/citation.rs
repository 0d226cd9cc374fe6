//! Reads the citation of an archive: repository, then the path down to the file.

use super::{Mined, archives, sentences, words};

/// Files a citation's parts into fields. `trusted`: a mark of classification followed, so that an unknown first part is
/// an archive too.
pub fn read(citation: &str, trusted: bool, mined: &mut Mined) {
    let citation = trim_stop(citation);
    if archives::is_printed(citation) {
        mined.printed = Some(work(citation).to_owned());
        return;
    }
    let mut path = joined(sentences::parts(citation));
    take_repository(&mut path, trusted, citation, mined);
    file_path(path, mined);
    if mined.repository.is_none() && mined.printed.is_none() && is_of_state(mined) {
        // Lot files, and the files of offices named by their symbols, are those of the Department of State: the prefaces
        // of the volumes say so, and the notes leave it out.
        mined.repository = Some(STATE.to_owned());
    }
}

/// The work that a citation names, without the words that lead to it.
fn work(citation: &str) -> &str {
    let leads = [
        "Printed from the ",
        "Printed from ",
        "Printed in the ",
        "Printed in ",
        "Reprinted from the ",
        "Reprinted from ",
    ];
    leads.iter().find_map(|lead| citation.strip_prefix(lead)).unwrap_or(citation)
}

/// Gives a citation without "Source:" that names only some office's files to the Department of State: the volumes that
/// cite so print from its files unless they say otherwise.
pub fn assume_state(citation: &str, mined: &mut Mined) {
    let first = citation.split(", ").next().unwrap_or_default();
    let files = [" Files", " files", " File", " file"].iter().any(|word| first.ends_with(word));
    if files && mined.repository.is_none() && mined.printed.is_none() {
        mined.repository = Some(STATE.to_owned());
    }
}

/// The archive that a bare file number or an office's symbol stands in.
pub const STATE: &str = "Department of State";

/// A text without the stop at its end; that of an abbreviation or initial stays.
pub fn trim_stop(text: &str) -> &str {
    let text = text.trim();
    let bare = text.strip_suffix('.').unwrap_or(text);
    let last = bare.rsplit(' ').next().unwrap_or_default();
    let before = bare.rsplit(' ').nth(1).unwrap_or_default();
    let initials = last.split('.').all(|letter| letter.chars().count() == 1 && letter.chars().all(char::is_alphabetic));
    if last == "Jr" || (initials && bare.contains(", ") && !words::is_counted(before)) { text } else { bare }
}

/// Whether this is a number of the Department of State's files: decimal ("793B.00/7–251") or of a person ("123 Roe, Ann").
pub fn is_file_number(text: &str) -> bool {
    let digits = text.bytes().take(3).filter(u8::is_ascii_digit).count() == 3;
    let name = text
        .get(3..)
        .is_some_and(|rest| rest.strip_prefix(' ').is_some_and(|name| name.starts_with(char::is_uppercase)));
    let decimal = (text.contains('.') || text.contains('/')) && !text.contains(", ");
    digits && text.len() < 48 && (decimal || name)
}

/// Parts that belong together: lists ("Europe, Canada, and Ocean Affairs"), spans of years, "Jr.".
fn joined(parts: Vec<&str>) -> Vec<String> {
    let mut whole: Vec<String> = Vec::new();
    for part in parts {
        let ends_list = part.starts_with("and ") && whole.len() > 2;
        let continues = is_years(part) || part == "Jr." || part == "Jr" || part.starts_with("and ");
        if ends_list && let Some(middle) = whole.pop() {
            append(&mut whole, &middle);
        }
        let to_name = whole.last().is_some_and(|last| numbered(last).is_none());
        if continues && to_name && whole.len() > 1 { append(&mut whole, part) } else { whole.push(part.to_owned()) }
    }
    whole
}

fn append(whole: &mut [String], part: &str) {
    if let Some(last) = whole.last_mut() {
        last.push_str(", ");
        last.push_str(part);
    }
}

/// "1963", "1961–1963", "1970-73".
fn is_years(part: &str) -> bool {
    let years: Vec<&str> = part.split(['–', '-']).collect();
    matches!(years.first(), Some(first) if first.len() == 4)
        && years.len() <= 2
        && years.iter().all(|year| matches!(year.len(), 2 | 4) && year.bytes().all(|byte| byte.is_ascii_digit()))
}

fn take_repository(path: &mut Vec<String>, trusted: bool, citation: &str, mined: &mut Mined) {
    // What "Ibid." repeats stands in another note.
    path.retain(|part| !part.starts_with("Ibid"));
    let Some(first) = path.first().cloned() else { return };
    if let Some(at) =
        path.iter().take(4).position(|part| archives::is_holder(part)).filter(|at| *at > 0 && archives::is_body(&first))
    {
        // "Ann Roe Papers, Box 3, Some University Library": the archive comes last.
        mined.repository = Some(path.remove(at));
    } else if let Some(length) = archives::repository(&first) {
        let (name, rest) = first.split_at(length);
        mined.repository = Some(name.to_owned());
        path.remove(0);
        let rest = rest.trim_start_matches([' ', '–', '-', '/', ':', '.', '’']).trim();
        if !matches!(rest, "" | "Files" | "files" | "File" | "Records" | "records" | "s") {
            path.insert(0, rest.to_owned());
        }
    } else if is_print(citation) {
        mined.printed = Some(work(citation).to_owned());
        path.clear();
    } else if trusted
        && path.len() > 1
        && !archives::is_body(&first)
        && !archives::is_transfer(&first)
        && is_name(&first)
    {
        mined.repository = Some(first);
        path.remove(0);
    }
}

/// Whether a citation without an archive gives pages, as one of a book does.
fn is_print(citation: &str) -> bool {
    [", p. ", ", pp. ", " (New York: ", " (Washington: ", " (Boston: ", " (London: "]
        .iter()
        .any(|sign| citation.contains(sign))
}

/// Whether this may be a name at all: a capital first, and no number.
fn is_name(part: &str) -> bool {
    part.starts_with(char::is_uppercase) && !part.starts_with("Ibid") && !part.chars().any(|c| c.is_ascii_digit())
}

/// Whether what was found without an archive is the Department of State's: a lot, a file number, or an office's files.
fn is_of_state(mined: &Mined) -> bool {
    let lot = mined.lot.as_deref().is_some_and(|lot| {
        lot.starts_with(|c: char| c.is_ascii_digit() || c.is_ascii_uppercase()) && !lot.contains("Job")
    });
    let office = mined.collection.first().is_some_and(|first| is_symbol(first) || is_post(first));
    lot || office || mined.file.as_deref().is_some_and(is_file_number)
}

/// "S/S–NSC Files", "INR-NIE files": an office by its symbol.
fn is_symbol(body: &str) -> bool {
    let symbol = body.split(' ').next().unwrap_or_default();
    let capitals = symbol.chars().filter(|c| c.is_ascii_uppercase()).count();
    capitals >= 1
        && symbol.chars().all(|c| c.is_ascii_uppercase() || matches!(c, '/' | '–' | '-' | '&'))
        && body.to_lowercase().contains("file")
}

/// "Bangkok Embassy files", "New Delhi Post Files".
fn is_post(body: &str) -> bool {
    ["embassy file", "post file", "consulate file", "legation file", "mission file"]
        .iter()
        .any(|words| body.to_lowercase().contains(words))
}

/// Numbers of boxes, groups and lots go to their fields. Of what is left, the parts down to the last that names a body of
/// records are the collection; the others are the file. After a box or a lot everything is the file.
fn file_path(path: Vec<String>, mined: &mut Mined) {
    let mut above: Vec<String> = Vec::new();
    let mut below: Vec<String> = Vec::new();
    let mut inside = false;
    for part in path {
        match numbered(&part) {
            Some(Numbered::RecordGroup(number, rest)) => {
                mined.record_group.get_or_insert(number);
                above.extend(rest);
            }
            Some(Numbered::Lot(before, lot)) => {
                above.extend(before);
                mined.lot.get_or_insert(lot);
                inside = true;
            }
            Some(Numbered::Box(number)) => {
                mined.box_.get_or_insert(number);
                inside = true;
            }
            Some(Numbered::Folder(number)) => {
                mined.folder.get_or_insert(number);
                inside = true;
            }
            None if inside => below.push(part),
            None => above.push(part),
        }
    }
    let bodies = above.iter().rposition(|part| archives::is_body(part)).map_or_else(
        || usize::from(above.len() > 1 || (below.is_empty() && above.iter().all(|part| !has_digit(part)))),
        |last| last + 1,
    );
    let mut file = above.split_off(bodies.min(above.len()));
    mined.collection = above;
    file.append(&mut below);
    mined.file = (!file.is_empty()).then(|| file.join(", "));
}

enum Numbered {
    RecordGroup(String, Option<String>),
    Lot(Option<String>, String),
    Box(String),
    Folder(String),
}

fn numbered(part: &str) -> Option<Numbered> {
    let (word, value) = part.split_once(' ').unwrap_or((part, ""));
    let value = value.trim();
    match word {
        "RG" => return Some(record_group(value)),
        "Record" => return value.strip_prefix("Group ").map(record_group),
        "Box" | "Boxes" | "box" | "boxes" if has_digit(value) => return Some(Numbered::Box(value.to_owned())),
        "Folder" | "Folders" | "folder" if !value.is_empty() => return Some(Numbered::Folder(value.to_owned())),
        _ => {}
    }
    if let Some(group) = word.strip_prefix("RG-").or_else(|| word.strip_prefix("RG–")) {
        return Some(record_group(group));
    }
    if archives::is_transfer(part) {
        return Some(Numbered::Lot(None, transfer(part)));
    }
    // "Conference Files Lot 65 D 110": the colon is left out.
    [" Lot ", " lot ", " FRC ", " Job "].iter().find_map(|word| {
        let at = part.find(word)?;
        let (before, after) = part.split_at(at);
        let number = after.trim_start();
        (archives::is_transfer(number) && number.split(' ').nth(1).is_some_and(has_digit))
            .then(|| Numbered::Lot(Some(before.trim_end_matches(':').to_owned()), transfer(number)))
    })
}

fn has_digit(text: &str) -> bool {
    text.chars().any(|c| c.is_ascii_digit())
}

fn record_group(value: &str) -> Numbered {
    let length = value.find(|c: char| !c.is_ascii_digit()).unwrap_or(value.len());
    let (number, rest) = value.split_at(length);
    let rest = rest.trim_start_matches([' ', ':', ';', '–', '-']);
    Numbered::RecordGroup(number.to_owned(), (!rest.is_empty()).then(|| rest.to_owned()))
}

/// Of lots the number alone, for the field is theirs; of other transfers all words, which say what the number counts.
fn transfer(part: &str) -> String {
    let (word, number) = part.split_once([' ', ':']).unwrap_or(("", part));
    let number = number.trim();
    match word.to_lowercase().as_str() {
        "lot" | "lots" => {
            ["File ", "file ", "No. "].iter().find_map(|extra| number.strip_prefix(extra)).unwrap_or(number).to_owned()
        }
        _ => part.to_owned(),
    }
}
