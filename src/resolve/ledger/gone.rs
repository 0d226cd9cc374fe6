//! What is said of addresses that are gone, and of ids that stand for something else.

use super::documents::others;
use super::record;
use super::{LedgerFinding, Where};
use crate::diag::Code;
use crate::model::ledger::{Line, Published, Record, VolumeLedger};
use crate::model::outline::Outline;
use crate::model::register::{Register, RegisterEntry};
use crate::model::site::Page;
use std::sync::Arc;

/// The page of an address with an anchor.
pub(super) fn page_of(address: &str) -> &str {
    address.split('#').next().unwrap_or(address)
}

fn lost(published: &VolumeLedger, line: usize, message: String, help: String) -> LedgerFinding {
    let at = Where::Line(Arc::clone(&published.file), line);
    LedgerFinding { code: Code::ADDRESS_LOST, at, message, help }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// A document as it was before it was gone: its source and its outline.
pub(super) type Was = (Arc<str>, Arc<Outline>);

/// The line of a ledger about a page that was given up, ready to be filled in.
fn withdrawn_line(id: &str, was: Option<&Was>) -> String {
    let known = was.map_or_else(
        || "title: \"…\"".to_owned(),
        |(_, outline)| {
            let date = outline.date().map_or(String::new(), |date| format!(", date: {date}"));
            let number =
                outline.number.as_deref().map_or(String::new(), |number| format!(", number: {}", quoted(number)));
            format!("title: {}{date}{number}", quoted(&outline.title))
        },
    );
    format!("`{id}: {{withdrawn: {{since: YYYY-MM-DD, reason: \"…\", {known}}}}}`")
}

/// A page whose address leads to nothing.
pub(super) fn page_gone(
    path: &str,
    id: &str,
    (published, line): (&VolumeLedger, &Line),
    heir: Option<&Page>,
    was: Option<&Was>,
) -> LedgerFinding {
    let moved = match heir {
        // It lies in another volume: its id cannot lead back.
        Some(heir) if heir.id == id => format!(
            "{} has the same title and date: if it is the document, write `aliases: [{path}]` in its front matter",
            heir.source
        ),
        Some(heir) => format!(
            "{} has the same title and date: if it is the document, write `id: {id}` in its front matter, or \
             `aliases: [{path}]` if its new id shall stay",
            heir.source
        ),
        None if line.record == Record::default() => {
            format!("it was made from others: write `aliases: [{path}]` in the front matter of what takes its place")
        }
        None => format!("if the document has another id now, write `aliases: [{path}]` in its front matter"),
    };
    let told = was.map_or(String::new(), |(source, outline)| format!(" as “{}” from {source}", outline.title));
    lost(
        published,
        line.line,
        format!("{path} was published{told}, and there is nothing at this address any more"),
        format!("{moved}; if it is given up, write this line so: {}", withdrawn_line(id, was)),
    )
}

/// An id whose letters are large now or small: one of the two only can be a file everywhere.
pub(super) fn in_other_case(
    path: &str,
    id: &str,
    page: &Page,
    (published, line): (&VolumeLedger, &Line),
) -> LedgerFinding {
    lost(
        published,
        line.line,
        format!("{path} was published, and is {} now, which is another address", page.path),
        format!(
            "write `id: {id}` in {}: the two cannot stand side by side where letter case does not count",
            page.source
        ),
    )
}

/// Of how many pages of a volume the lines are written out.
const MOST_LINES: usize = 40;

/// What is gone of a volume: id, line, and what it was.
pub(super) type Gone<'a> = (&'a str, &'a Line, Option<Was>);

/// A volume of which nothing is left. `heir` is another one that has its documents.
pub(super) fn volume_gone(
    volume: &str,
    published: &VolumeLedger,
    gone: &[Gone<'_>],
    heir: Option<&str>,
) -> LedgerFinding {
    let documents: Vec<String> = gone
        .iter()
        .filter(|(_, line, _)| line.record != Record::default())
        .map(|(id, _, was)| {
            was.as_ref().map_or_else(|| format!("`{id}`"), |(_, outline)| format!("“{}”", outline.title))
        })
        .collect();
    let named = documents.iter().take(3).map(String::as_str).collect::<Vec<_>>().join(", ");
    let more = documents.len().saturating_sub(3);
    let named = match (documents.len(), more) {
        // Lists and landings alone.
        (0, _) => String::new(),
        (_, 0) => format!(", among them those of {named}"),
        _ => format!(", among them those of {named} and {more} more"),
    };
    let moved = match heir {
        Some(folder) => format!("{folder} has its documents: write `id: {volume}` in {folder}/_index.md"),
        None => format!("if its folder has another name now, write `id: {volume}` in its _index.md"),
    };
    let lines: Vec<String> =
        gone.iter().take(MOST_LINES).map(|(id, _, was)| withdrawn_line(id, was.as_ref())).collect();
    let rest = gone.len().saturating_sub(MOST_LINES);
    let rest = if rest > 0 { format!(" and {rest} more in the same way") } else { String::new() };
    lost(
        published,
        gone.first().map_or(1, |(_, line, _)| line.line),
        format!(
            "the volume `{volume}` was published, and {} of its addresses lead to nothing any more{named}",
            gone.len(),
        ),
        format!("{moved}; if it is given up, write its lines so: {}{rest}", lines.join(", ")),
    )
}

/// Where an entry may be that its register has no more under its id.
pub(super) enum Elsewhere<'a> {
    /// Under the same id in letters of another case.
    OtherCase(&'a RegisterEntry),
    /// Under another id, by its name.
    ByName(&'a RegisterEntry),
    /// Nobody knows.
    Nowhere,
}

/// An entry that its register has no more.
pub(super) fn entry_gone(
    kind: &str,
    id: &str,
    published: &VolumeLedger,
    line: usize,
    elsewhere: &Elsewhere<'_>,
) -> LedgerFinding {
    let withdrawn = |title: &str| {
        format!(
            "if it is given up, add a line `{kind}/{id}: {{withdrawn: {{since: YYYY-MM-DD, reason: \"…\", title: {title}}}}}` \
             to the ledger"
        )
    };
    let help = match elsewhere {
        Elsewhere::OtherCase(entry) => format!(
            "write `id: {id}` in the entry `{}`: the two cannot stand side by side where letter case does not count",
            entry.id
        ),
        Elsewhere::ByName(entry) => format!(
            "the entry `{}` has the same name: if it is the same, write `id: {id}` in it, or `aliases: [{id}]` if its new \
             id shall stay; {}",
            entry.id,
            withdrawn(&quoted(&entry.name))
        ),
        Elsewhere::Nowhere => {
            format!("if the entry has another id now, write `aliases: [{id}]` in it; {}", withdrawn("\"…\""))
        }
    };
    lost(published, line, format!("the entry `{id}` of {kind} was published, and the register has it no more"), help)
}

/// An id of an entry under which another name stands.
pub(super) fn entry_reused(
    register: &Register,
    entry: &RegisterEntry,
    id: &str,
    published: &VolumeLedger,
    line: usize,
) -> LedgerFinding {
    LedgerFinding {
        code: Code::ID_REUSED,
        at: Where::Line(Arc::clone(&published.file), line),
        message: format!("the entry `{id}` was published under another name than “{}” ({})", entry.name, register.file),
        help: format!(
            "give the new entry another id; if it is the same one, renamed, take the colon behind `{id}` and the two letters \
             that follow out of this line"
        ),
    }
}

/// The id of an entry that was given up, in its register again.
pub(super) fn entry_is_back(register: &Register, id: &str, published: &VolumeLedger, line: usize) -> LedgerFinding {
    LedgerFinding {
        code: Code::ID_REUSED,
        at: Where::Line(Arc::clone(&published.file), line),
        message: format!("the entry `{id}` was withdrawn, and {} has the id again", register.file),
        help: "give the entry another id; if it is the old one, take this line out of the ledger".to_owned(),
    }
}

/// A document under the id of one that was given up.
pub(super) fn withdrawn_is_back(published: &VolumeLedger, line: &Line, page: &Page) -> LedgerFinding {
    LedgerFinding {
        code: Code::ID_REUSED,
        at: Where::Document(Arc::clone(&page.source)),
        message: format!(
            "the id `{}` is that of a document that was withdrawn ({}:{})",
            page.id, published.file, line.line
        ),
        help: "give this document another id; if it is the old one, take its line out of the ledger".to_owned(),
    }
}

/// A document under the id of another.
pub(super) fn id_reused(
    page: &Page,
    then: &Published,
    (file, line): (&VolumeLedger, &Line),
    heir: Option<&Page>,
) -> LedgerFinding {
    let (id, published, line) = (&page.id, &file.file, line.line);
    let other = "give this document another id";
    let what = then.identity.map_or("it is another", |then| others(then, record::identity(&page.outline)));
    LedgerFinding {
        code: Code::ID_REUSED,
        at: Where::Document(Arc::clone(&page.source)),
        message: format!("the id `{id}` was published for another document: {what} ({published}:{line})"),
        help: match heir {
            Some(heir) => {
                format!("{} has the title and date of that one: write `id: {id}` there, and {other}", heir.source)
            }
            None => format!("{other}; if it is the same one, rewritten, take `i=…` out of that line"),
        },
    }
}

/// An old address that its page no longer names.
pub(super) fn lead_gone(
    path: &str,
    to: &str,
    source: Option<&Arc<str>>,
    published: &VolumeLedger,
    line: usize,
) -> LedgerFinding {
    let where_ = source.map_or_else(|| "what took its place".to_owned(), |source| source.to_string());
    lost(
        published,
        line,
        format!("{path} was published as an alias that led to {to}, and there is nothing at this address any more"),
        format!(
            "write `aliases: [{path}]` in {where_}; if the address is given up, write this line so: `{path}: {{withdrawn: \
             {{since: YYYY-MM-DD, reason: \"…\", title: \"…\"}}}}`"
        ),
    )
}

/// An old address at which another page stands.
pub(super) fn lead_reused(path: &str, to: &str, page: &Page, published: &VolumeLedger, line: usize) -> LedgerFinding {
    LedgerFinding {
        code: Code::ID_REUSED,
        at: Where::Document(Arc::clone(&page.source)),
        message: format!("{path} was published as an alias that led to {to} ({}:{line})", published.file),
        help: "give this document another id, and keep the alias; if it is what the alias meant, take that line out of the ledger"
            .to_owned(),
    }
}

/// A document whose address leads to a page that has none of its places.
pub(super) fn leads_to_a_list(
    from: &str,
    to: &str,
    anchors: &[String],
    published: &VolumeLedger,
    line: usize,
) -> LedgerFinding {
    let names: Vec<String> = anchors.iter().take(4).map(|anchor| format!("#{anchor}")).collect();
    let more = if anchors.len() > 4 { format!(" and {} more", anchors.len() - 4) } else { String::new() };
    LedgerFinding {
        code: Code::ANCHOR_LOST,
        at: Where::Line(Arc::clone(&published.file), line),
        message: format!("{from} leads to {to}, which has none of its places: {}{more}", names.join(", ")),
        help: "lead it to a document that has them, by `aliases` and `anchor_aliases` there; if the document is given up, take \
               the alias away and write this line as withdrawn"
            .to_owned(),
    }
}
