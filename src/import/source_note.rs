//! Mines source notes: finds archive, path, classification and extent in the words of the print.
//!
//! The printed note stays what is shown; the fields are an index beside it, and what the grammar cannot read stays only
//! in the note. The grammar: a citation, which runs to the sentence that begins with a mark of classification; that
//! sentence, whose first part is the classification and whose others are handling; and sentences that tell of the
//! document's making, which no field takes. Other shapes are a bare file number or citation without "Source:", a note in
//! brackets for a document that is withheld, and the calendar entry, in which the archive comes last.

mod archives;
mod citation;
mod sentences;
mod words;

#[cfg(test)]
mod tests;

use citation::{STATE, is_file_number, trim_stop};

/// What was found in a source note. Every text is as printed, without the stop that ends it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Mined {
    /// The archive. A bare file number, lot or office's file gives the Department of State, which such notes leave out.
    pub repository: Option<String>,
    /// Bodies of records from large to small.
    pub collection: Vec<String>,
    /// The number of the record group: "59".
    pub record_group: Option<String>,
    /// The number of a lot ("66 D 95"); of other transfers with the word before it ("FRC 71 A 3470", "Job 80–B01285A").
    pub lot: Option<String>,
    /// The number of the box: "H-242".
    pub box_: Option<String>,
    /// The number or name after the word "Folder".
    pub folder: Option<String>,
    /// The rest of the path: a file number or the words on a folder.
    pub file: Option<String>,
    /// "Secret", "No classification marking".
    pub classification: Option<String>,
    /// Handling and precedence: "Nodis", "Eyes Only".
    pub handling: Vec<String>,
    /// "2 pp."
    pub extent: Option<String>,
    /// What stands after a file number's colon: "Telegram".
    pub form: Option<String>,
    /// The citation of a work in print, where the note names no archive.
    pub printed: Option<String>,
    /// What kind of note it is.
    pub shape: Shape,
}

/// The kinds of source notes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, PartialOrd, Ord)]
pub enum Shape {
    /// "Source: archive, path. Secret. Drafted by …"
    Sentence,
    /// "793B.00/7–251: Telegram".
    FileNumber,
    /// "S/P Files: Lot 64 D 563", without "Source:".
    Citation,
    /// A summary, then "Source: …", in one note.
    SummaryThenSource,
    /// All in brackets: the document is withheld.
    Withheld,
    /// "Summary. Secret. 2 pp. Archive, path."
    Calendar,
    /// None of these.
    #[default]
    Unread,
}

impl Mined {
    /// Whether the note says where the document lies, be it an archive or a work in print.
    pub fn is_located(&self) -> bool {
        self.repository.is_some() || self.printed.is_some()
    }

    /// Whether the grammar found what a note of this shape states: the archive, and in sentences the classification too.
    pub fn is_read(&self) -> bool {
        let classified = matches!(self.shape, Shape::FileNumber | Shape::Citation) || self.classification.is_some();
        self.printed.is_some() || (self.repository.is_some() && classified)
    }
}

/// Mines the plain text of a source note.
pub fn mine(note: &str) -> Mined {
    let text = note.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some(inner) = in_brackets(&text) {
        let body = after_label(inner).map_or(inner, |(_, body)| body);
        return Mined { shape: Shape::Withheld, ..in_sentences(body) };
    }
    match after_label(&text) {
        Some(("", body)) => Mined { shape: Shape::Sentence, ..in_sentences(body) },
        Some((_, body)) => Mined { shape: Shape::SummaryThenSource, ..in_sentences(body) },
        None => unlabelled(&text),
    }
}

/// The end of a calendar entry: what comes before it, and what was found in "Secret. 2 pp. Archive, path."
pub fn calendar_end(text: &str) -> Option<(&str, Mined)> {
    let end = marked_end(text).or_else(|| unmarked_end(text))?;
    let mut mined =
        Mined { classification: end.classification, handling: end.handling, extent: end.extent, ..Mined::default() };
    let (archive, later) = first_sentence(end.archive);
    citation::read(archive, true, &mut mined);
    if mined.extent.is_none() {
        mined.extent = sentences::split(later).into_iter().find_map(extent);
    }
    mined.shape = Shape::Calendar;
    Some((end.before.trim(), mined))
}

/// The first sentence of a text, and what follows it.
pub(super) fn first_sentence(text: &str) -> (&str, &str) {
    let first = sentences::split(text).first().map_or(0, |first| first.len());
    text.split_at(first)
}

/// The inside of a text that one pair of brackets encloses.
fn in_brackets(text: &str) -> Option<&str> {
    let inner = text.strip_suffix('.').unwrap_or(text).strip_prefix('[')?.strip_suffix(']')?;
    let mut depth = 0_i32;
    let closes_early = inner.chars().any(|sign| {
        depth += i32::from(sign == '[') - i32::from(sign == ']');
        depth < 0
    });
    (!closes_early).then_some(inner)
}

/// What stands before and after the label "Source:".
fn after_label(text: &str) -> Option<(&str, &str)> {
    ["Source:", "Sources:", "SOURCE:", "Source :", "Source."].iter().find_map(|label| {
        let at = text.find(label)?;
        let before = text.get(..at)?.trim();
        // In the middle of a note it begins a sentence, or it is a word of the narrative.
        let begins = before.is_empty() || (before.ends_with(['.', '”', ')', ']', '?']) && label.ends_with(':'));
        begins.then(|| (before, text[at + label.len()..].trim()))
    })
}

fn unlabelled(text: &str) -> Mined {
    let (number, form) = with_form(trim_stop(text));
    if is_file_number(number) {
        return Mined {
            repository: Some(STATE.to_owned()),
            file: Some(number.to_owned()),
            form: form.map(str::to_owned),
            shape: Shape::FileNumber,
            ..Mined::default()
        };
    }
    if let Some((before, mined)) = calendar_end(text)
        && !before.is_empty()
        && mined.repository.is_some()
    {
        return mined;
    }
    let short = sentences::split(text).len() == 1 && text.chars().count() < 160;
    let mut mined = if short { in_sentences(number) } else { in_sentences(text) };
    if short {
        mined.form = form.map(str::to_owned);
        citation::assume_state(number, &mut mined);
    }
    mined.shape = match (&mined.repository, &mined.classification) {
        (None, _) if mined.printed.is_none() => Shape::Unread,
        (_, Some(_)) => Shape::Sentence,
        _ if short || mined.printed.is_some() => Shape::Citation,
        _ => Shape::Sentence,
    };
    if mined.shape == Shape::Unread { Mined::default() } else { mined }
}

/// A number or citation, and the kind of document after its last colon: "793B.00/7–251: Telegram".
fn with_form(text: &str) -> (&str, Option<&str>) {
    let kinds = [
        "airgram",
        "circular",
        "despatch",
        "dispatch",
        "letter",
        "memorandum",
        "minutes",
        "note",
        "report",
        "telegram",
    ];
    match text.rsplit_once(": ") {
        Some((number, form)) if kinds.iter().any(|kind| form.to_lowercase().contains(kind)) && form.len() < 40 => {
            (number, Some(form))
        }
        _ => (text, None),
    }
}

/// A citation, the sentence with the classification, and what follows.
fn in_sentences(body: &str) -> Mined {
    let sentences = sentences::split(body);
    let marked = sentences.iter().enumerate().find_map(|(at, sentence)| Some((at, classified(sentence)?)));
    let (cited, mark) = match marked {
        Some((at, mark)) => (cited(sentences.get(..at).unwrap_or_default()), Some((at, mark))),
        None => (cited(sentences.get(..1).unwrap_or_default()), None),
    };
    let mut mined = Mined::default();
    let mut citation = cited;
    if let Some((at, mark)) = mark {
        mined.handling = mark.handling;
        mined.classification = Some(mark.classification);
        let alone = sentences.iter().skip(at + 1).take_while(|sentence| words::is_handling(sentence));
        mined.handling.extend(alone.map(|sentence| trim_stop(sentence).to_owned()));
    } else if let Some((before, mark)) = slipped(&citation) {
        mined.handling = mark.handling;
        mined.classification = Some(mark.classification);
        citation = before;
    }
    mined.extent = sentences.iter().skip(1).find_map(|sentence| extent(sentence));
    citation::read(&citation, mined.classification.is_some(), &mut mined);
    mined
}

/// The sentences of the citation: the first, and short ones after it up to one that tells of the document.
fn cited(sentences: &[&str]) -> String {
    let further = sentences.iter().skip(1).take_while(|sentence| {
        sentence.chars().count() < 80
            && !words::is_narrative(sentence)
            && !words::is_handling(sentence)
            && extent(sentence).is_none()
    });
    let cited: Vec<&str> = sentences.iter().take(1).chain(further).copied().collect();
    cited.join(" ")
}

struct Mark {
    classification: String,
    handling: Vec<String>,
}

/// Reads a sentence that begins with a mark of classification.
fn classified(sentence: &str) -> Option<Mark> {
    if trim_stop(sentence) == "Personal" {
        return Some(Mark { classification: "Personal".to_owned(), handling: Vec::new() });
    }
    let length = words::classification(sentence)?;
    let (mark, rest) = sentence.split_at(length);
    let handling = handling(rest)?;
    Some(Mark { classification: without_slip(mark), handling })
}

fn without_slip(mark: &str) -> String {
    mark.trim_start_matches('[').replace(". ", " ")
}

/// The marks after a classification; `None` where the sentence goes on as prose, so that it was none.
fn handling(rest: &str) -> Option<Vec<String>> {
    let rest = rest.trim_start_matches(']').trim_end_matches('.');
    let prose =
        rest.strip_prefix(' ').is_some_and(|next| next.starts_with(char::is_lowercase) && !next.starts_with("and "));
    if prose {
        return None;
    }
    let mut found = Vec::new();
    for piece in rest.trim_start_matches(['–', '—', '-', '/', ';', ',', ' ']).split([';', ',']).map(str::trim) {
        let piece = words::before_narrative(piece);
        let starts =
            piece.chars().next().is_some_and(|c| c.is_uppercase() || matches!(c, '[' | '(') || c.is_ascii_digit());
        let words = piece.split(' ').count();
        if !starts || words::is_narrative(piece) || extent(piece).is_some() {
            break;
        }
        match words::handling(piece) {
            _ if words <= 5 => found.push(trim_stop(piece).to_owned()),
            Some(length) => found.push(piece[..length].to_owned()),
            None => break,
        }
    }
    Some(found)
}

/// A mark of classification at the end of a citation whose full stop is missing: "Box 3, Secret."
fn slipped(citation: &str) -> Option<(String, Mark)> {
    let text = trim_stop(citation);
    let starts = text.match_indices(' ').map(|(at, _)| at);
    starts
        .filter_map(|at| {
            let (before, after) = text.split_at(at);
            let after = after.trim_start();
            let length = words::classification(after)?;
            let rest = &after[length..];
            let separate = rest.is_empty() || rest.starts_with([';', ',', '.']);
            let mark = classified(after).filter(|_| separate)?;
            Some((before.trim_end_matches([',', ';', ' ', '.']).to_owned(), mark))
        })
        .next()
}

/// "2 pp.", "1 p.", "12 pages", "2 pages of source text not declassified".
pub(super) fn extent(sentence: &str) -> Option<String> {
    let text = sentence.trim();
    let digits = text.find(|c: char| !c.is_ascii_digit() && !matches!(c, '½' | '–' | '-' | '/')).unwrap_or(text.len());
    let (number, rest) = text.split_at(digits);
    if !number.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let unit = rest.trim_start();
    let stated = matches!(unit, "p." | "pp." | "p" | "pp" | "page" | "pages" | "page." | "pages.");
    if stated {
        return Some(format!("{number} {unit}"));
    }
    let word = unit.split(' ').next().unwrap_or_default();
    (matches!(word, "page" | "pages") && unit.contains("not declassified")).then(|| format!("{number} {word}"))
}

struct CalendarEnd<'t> {
    before: &'t str,
    classification: Option<String>,
    handling: Vec<String>,
    extent: Option<String>,
    archive: &'t str,
}

/// An end with a mark of classification: the last one that an archive follows, with the extent on either side of it.
fn marked_end(text: &str) -> Option<CalendarEnd<'_>> {
    let mut found = None;
    let mut past = 0;
    for at in std::iter::once(0).chain(text.match_indices(' ').map(|(at, _)| at + 1)) {
        let rest = &text[at..];
        let Some(length) = words::classification(rest).filter(|_| at >= past) else { continue };
        past = at + length;
        if let Some(end) = end_at(&text[..at], &rest[..length], &rest[length..]) {
            past = text.len() - end.archive.len();
            found = Some(end);
        }
    }
    found
}

fn end_at<'t>(before: &'t str, mark: &str, after: &'t str) -> Option<CalendarEnd<'t>> {
    let (stated, mut rest) = leading_extent(after.trim_start_matches(['.', ',', ' ']));
    let mut handled = Vec::new();
    if stated.is_none()
        && let Some((marks, further)) = leading_handling(after)
    {
        handled = marks;
        rest = further;
    }
    let (later, archive) = if stated.is_some() { (None, rest) } else { leading_extent(rest) };
    if !begins_archive(archive) {
        return None;
    }
    let (before, earlier) = if stated.is_none() && later.is_none() { trailing_extent(before) } else { (before, None) };
    Some(CalendarEnd {
        before,
        classification: Some(without_slip(mark)),
        handling: handled,
        extent: stated.or(later).or(earlier),
        archive,
    })
}

/// Marks of handling between a classification and its stop.
fn leading_handling(after: &str) -> Option<(Vec<String>, &str)> {
    let (marks, rest) = after.split_once('.')?;
    let separate = marks.starts_with([';', ',', '/', '–', '-']);
    let marks = handling(marks).filter(|found| !found.is_empty() && (separate || marks.split(' ').count() <= 3))?;
    Some((marks, rest.trim_start()))
}

/// An extent that begins the text, and what follows it.
fn leading_extent(text: &str) -> (Option<String>, &str) {
    let mut words = text.splitn(3, ' ');
    let (Some(number), Some(unit)) = (words.next(), words.next()) else { return (None, text) };
    let rest = words.next().unwrap_or_default();
    match extent(&format!("{number} {unit}")) {
        Some(extent) => (Some(extent), rest),
        None => (None, text),
    }
}

/// The last sentence of the text if it is an extent.
fn trailing_extent(text: &str) -> (&str, Option<String>) {
    let text = text.trim_end();
    let last = sentences::split(text).last().copied().unwrap_or_default();
    // "2 pp." ends in an abbreviation, so that the sentence before may hang on it.
    let tail = last.rmatch_indices(' ').nth(1).map_or(last, |(at, _)| &last[at + 1..]);
    match (extent(last), extent(tail)) {
        (Some(found), _) if last.contains("not declassified") => (text, Some(found)),
        (Some(found), _) => (text[..text.len() - last.len()].trim_end(), Some(found)),
        (None, Some(found)) => (text[..text.len() - tail.len()].trim_end(), Some(found)),
        (None, None) => (text, None),
    }
}

/// An end without a mark: an extent before the archive, or the last sentence that is the citation of a known archive.
fn unmarked_end(text: &str) -> Option<CalendarEnd<'_>> {
    let mut at = text.len();
    sentences::split(text).iter().rev().find_map(|sentence| {
        at = text[..at].rfind(sentence)?;
        let (_, archive) = leading_extent(&text[at..]);
        if !begins_archive(archive) {
            return None;
        }
        let (before, extent) = trailing_extent(text[..text.len() - archive.len()].trim_end());
        Some(CalendarEnd { before, classification: None, handling: Vec::new(), extent, archive })
    })
}

/// Whether a text begins with an archive and a path in it.
fn begins_archive(text: &str) -> bool {
    let parts = sentences::parts(text);
    let first = parts.first().copied().unwrap_or_default();
    let files = first.ends_with(" Files") || first.ends_with(" files");
    parts.len() > 1 && first.split(' ').count() <= 8 && (archives::repository(first).is_some() || files)
}
