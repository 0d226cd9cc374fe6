//! References: each target as written to what it means on a page.

mod target;

pub use target::target;

use crate::diag::Code;
use crate::diag::nearest::nearest;
use crate::model::mention::EntryId;
use crate::model::page::Resolved;
use crate::model::register::{Register, RegisterEntry, RegisterKind};
use crate::model::site::{Page, PageId, Site, Volume, relative};

/// A reference that does not lead to its target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Which rule speaks.
    pub code: Code,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

/// From where a reference is made.
#[derive(Debug, Clone, Copy)]
pub struct From<'a> {
    /// Address of the page.
    pub path: &'a str,
    /// Its source file.
    pub source: &'a str,
    /// Its volume.
    pub volume: Option<usize>,
    /// The page, where it is a document or section.
    pub page: Option<PageId>,
    /// Whether a problem should name what may be meant. To look for that costs as much as the edition is large.
    pub suggest: bool,
}

impl<'a> From<'a> {
    /// The place of a content page.
    pub fn page(site: &'a Site, id: PageId) -> Self {
        let page = &site.pages[id];
        From { path: &page.path, source: &page.source, volume: page.volume, page: Some(id), suggest: false }
    }

    /// The place of a volume's landing or register page.
    pub fn volume(volume: &'a Volume, number: usize, path: &'a str) -> Self {
        From { path, source: &volume.source, volume: Some(number), page: None, suggest: false }
    }
}

/// What a reference means on a page. Where it leads nowhere the words stay, with the problem.
pub fn resolve(site: &Site, from: From<'_>, target: &str) -> (Resolved, Option<Problem>) {
    let Some((scheme, rest)) = target.split_once(':') else { return file(site, from, target) };
    let found = match scheme {
        "http" | "https" | "mailto" => Ok(link(target.to_owned(), "web", None)),
        "doc" => document(site, from, rest),
        "page" => printed_page(site, from, rest),
        _ => match RegisterKind::of_scheme(scheme) {
            Some(_) => register_entries(site, from, target),
            None => declared(site, scheme, rest),
        },
    };
    match found {
        Ok(resolved) => (resolved, None),
        Err(problem) => (Resolved::Words, Some(problem)),
    }
}

fn link(href: String, class: &'static str, title: Option<String>) -> Resolved {
    Resolved::Link { href, class, title }
}

fn problem(code: Code, message: impl Into<String>, help: impl Into<String>) -> Problem {
    Problem { code, message: message.into(), help: help.into() }
}

/// A scheme that site.yaml declares, with an address template.
fn declared(site: &Site, scheme: &str, rest: &str) -> Result<Resolved, Problem> {
    match site.settings.schemes.get(scheme) {
        Some(Some(address)) => Ok(link(address.replace("{id}", rest), "web", None)),
        _ => Ok(Resolved::Words),
    }
}

/// `doc:[volume/]id[#anchor]`; `#anchor` alone stands for the document itself.
fn document(site: &Site, from: From<'_>, rest: &str) -> Result<Resolved, Problem> {
    let (name, anchor) = rest.split_once('#').map_or((rest, None), |(name, anchor)| (name, Some(anchor)));
    let (volume, id) = name.rsplit_once('/').map_or((None, name), |(volume, id)| (Some(volume), id));
    if id.is_empty() && anchor.is_none() && volume.is_none() || name.matches('/').count() > 1 {
        let help = "write `doc:d12`, `doc:volume/d12` or `doc:d12#fn3`";
        return Err(problem(Code::REFERENCE_MALFORMED, format!("`doc:{rest}` cannot be read"), help));
    }
    let target = match volume {
        None if id.is_empty() => from.page,
        None => find_here(site, from, id),
        Some(volume) => match site.volume_ids.get(volume) {
            Some(&volume) if id.is_empty() => return Ok(landing(site, from, volume)),
            Some(&volume) => site.volumes[volume].ids.get(id).copied(),
            None => return external(site, volume, id, None),
        },
    };
    let Some(target) = target else {
        let number = volume.map_or(from.volume, |volume| site.volume_ids.get(volume).copied());
        let unread = site.unread.hides_document(site.folder(number), id) || site.unread.hides_document("content", id);
        return if unread { Ok(Resolved::Words) } else { Err(unknown_document(site, from, volume, id)) };
    };
    to_page(site, from, target, anchor)
}

/// `doc:volume/`: the volume's own page.
fn landing(site: &Site, from: From<'_>, volume: usize) -> Resolved {
    let volume = &site.volumes[volume];
    let path = if volume.at_root { "index.html".to_owned() } else { format!("{}/index.html", volume.id) };
    link(relative(from.path, &path), "doc", Some(volume.outline.title.to_string()))
}

fn find_here(site: &Site, from: From<'_>, id: &str) -> Option<PageId> {
    let here = from.volume.and_then(|volume| site.volumes[volume].ids.get(id));
    here.or_else(|| site.plain_ids.get(id)).copied()
}

fn unknown_document(site: &Site, from: From<'_>, volume: Option<&str>, id: &str) -> Problem {
    let number = volume.map_or(from.volume, |volume| site.volume_ids.get(volume).copied());
    let ids = number.map(|number| &site.volumes[number].ids);
    let target = volume.map_or_else(|| id.to_owned(), |volume| format!("{volume}/{id}"));
    let help = format!("if the source itself is wrong, write `[words]{{.broken-ref target=\"doc:{target}\"}}`");
    let place = volume.map_or(String::new(), |volume| format!(" in the volume `{volume}`"));
    let near =
        || ids.and_then(|ids| nearest(id, ids.keys().map(String::as_str).filter(|known| same_digits(id, known))));
    let mut problem = problem(Code::REFERENCE_BROKEN, format!("there is no document `{id}`{place}"), help);
    if from.suggest
        && let Some(near) = near()
    {
        problem.help = format!("did you mean `{near}`? {}", sentence(&problem.help));
    }
    problem
}

fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}

/// Whether two ids hold the same digits: `d617` may stand for `d671`, but `d12` for `d13` is no slip of the pen.
fn same_digits(one: &str, other: &str) -> bool {
    let digits = |id: &str| {
        let mut digits: Vec<u8> = id.bytes().filter(u8::is_ascii_digit).collect();
        digits.sort_unstable();
        digits
    };
    digits(one) == digits(other)
}

/// A link to a page, and to an anchor on it.
fn to_page(site: &Site, from: From<'_>, target: PageId, anchor: Option<&str>) -> Result<Resolved, Problem> {
    let page = &site.pages[target];
    if !page.published {
        let help = "publish it, or take the link away";
        return Err(problem(Code::LINK_TO_DRAFT, format!("`{}` is a draft, so the words are no link", page.id), help));
    }
    let mut href = if Some(target) == from.page { String::new() } else { relative(from.path, &page.path) };
    if let Some(anchor) = anchor {
        let Some(found) = page.outline.anchor(anchor) else {
            // Anchors of pages need the paginations of the volume.
            let unread = site.unread.volumes.contains(site.folder(page.volume));
            return if unread { Ok(Resolved::Words) } else { Err(unknown_anchor(page, anchor)) };
        };
        href.push('#');
        href.push_str(&found);
    } else if href.is_empty() {
        href = relative(from.path, &page.path);
    }
    let title = (Some(target) != from.page).then(|| page.outline.full_title());
    Ok(link(href, "doc", title))
}

fn unknown_anchor(page: &Page, anchor: &str) -> Problem {
    let notes = page.outline.notes.iter().map(|note| format!("fn{note}"));
    let others = page.outline.anchors.iter().map(ToString::to_string);
    let pages = page.outline.pages.iter().map(|page| page.anchor.to_string());
    let known: Vec<String> = notes.chain(others).chain(pages).collect();
    let help = match nearest(anchor, known.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `#{near}`?"),
        None => "notes are `#fn3`, paragraphs `#p3`, pages `#typeset-1609`".to_owned(),
    };
    problem(Code::REFERENCE_BROKEN, format!("document `{}` has no anchor `#{anchor}`", page.id), help)
}

/// A volume that is not in the edition: its address by the patterns of site.yaml.
fn external(site: &Site, volume: &str, id: &str, page: Option<&str>) -> Result<Resolved, Problem> {
    let mut covering = site.settings.external.iter().filter(|external| external.covers(volume)).peekable();
    if covering.peek().is_none() {
        if !site.unread.volumes.is_empty() {
            return Ok(Resolved::Words);
        }
        let help = format!("add the volume, or say where it lies: `external:` in site.yaml with `volumes: {volume}`");
        let message = format!("the volume `{volume}` is not in the edition");
        return Err(problem(Code::VOLUME_UNKNOWN, message, help));
    }
    let wanted = if page.is_some() { "{page}" } else { "{id}" };
    let all: Vec<_> = covering.collect();
    let Some(best) = all.iter().find(|external| external.address.contains(wanted)).or(all.first()) else {
        return Ok(Resolved::Words);
    };
    let mut address = best.address.replace("{volume}", volume);
    for (key, value) in [("{id}", id), ("{page}", page.unwrap_or(""))] {
        match address.find(key) {
            // The pattern asks for something that the reference does not say: the volume itself is meant.
            Some(at) if value.is_empty() => address.truncate(at),
            _ => address = address.replace(key, value),
        }
    }
    Ok(link(address, "web", None))
}

/// `page:[volume:][document/][pagination/]number`.
fn printed_page(site: &Site, from: From<'_>, rest: &str) -> Result<Resolved, Problem> {
    let (volume, place) = match rest.split_once(':') {
        Some((volume, place)) => (Some(volume), place),
        None => (None, rest),
    };
    let parts: Vec<&str> = place.split('/').collect();
    if parts.len() > 3 || parts.iter().any(|part| part.is_empty()) {
        let help = "write `page:1609`, `page:typeset/1609`, `page:d617/facsimile/2` or `page:volume:1609`";
        return Err(problem(Code::REFERENCE_MALFORMED, format!("`page:{rest}` cannot be read"), help));
    }
    let number = match volume {
        None => from.volume,
        Some(name) => match site.volume_ids.get(name) {
            Some(&number) => Some(number),
            None => return external(site, name, "", parts.last().copied()),
        },
    };
    let Some(number) = number else {
        let help = "outside a volume name it: `page:volume:1609`";
        return Err(problem(Code::REFERENCE_MALFORMED, format!("`page:{rest}` names no volume"), help));
    };
    find_page(site, from, number, &parts, rest)
}

fn find_page(site: &Site, from: From<'_>, number: usize, parts: &[&str], rest: &str) -> Result<Resolved, Problem> {
    let volume = &site.volumes[number];
    let is_pagination = |name: &str| volume.markup.pagination(name).is_some();
    let Some((document, pagination, page)) = named_page(volume, parts) else { return Ok(Resolved::Words) };
    let Some((target, anchor)) = place_of(site, number, parts) else {
        if site.unread.hides_pages(&volume.folder) {
            return Ok(Resolved::Words);
        }
        let id = &volume.id;
        let message = match document {
            Some(name) if !volume.ids.contains_key(name) => {
                let or = if parts.len() == 2 { "neither a pagination nor a document" } else { "no document" };
                format!("`{name}` is {or} of the volume `{id}`")
            }
            _ if !is_pagination(pagination) => format!("`{pagination}` is no pagination of the volume `{id}`"),
            Some(name) => format!("there is no page {page} of `{pagination}` in the document `{name}`"),
            None => format!("there is no page {page} of `{pagination}` in the volume `{id}`"),
        };
        let help = format!(
            "check the number; if the source itself is wrong, write `[words]{{.broken-ref target=\"page:{rest}\"}}`"
        );
        return Err(problem(Code::REFERENCE_BROKEN, message, help));
    };
    let path = &site.pages[target].path;
    if !site.pages[target].published {
        return to_page(site, from, target, None);
    }
    let href = match (Some(target) == from.page, anchor.is_empty()) {
        (_, true) => relative(from.path, path),
        (true, false) => format!("#{anchor}"),
        (false, false) => format!("{}#{anchor}", relative(from.path, path)),
    };
    Ok(link(href, "page", Some(site.pages[target].outline.full_title())))
}

/// Document, pagination and page of a reference.
fn named_page<'a>(volume: &'a Volume, parts: &[&'a str]) -> Option<(Option<&'a str>, &'a str, &'a str)> {
    let first = volume.markup.paginations.first().map_or("page", |pagination| &pagination.id);
    match parts {
        [page] => Some((None, first, page)),
        [pagination, page] if volume.markup.pagination(pagination).is_some() => Some((None, pagination, page)),
        [document, page] => Some((Some(document), first, page)),
        [document, pagination, page] => Some((Some(document), pagination, page)),
        _ => None,
    }
}

/// The place of a printed page: the document, and the anchor of its page break; empty where the document begins on it.
fn place_of(site: &Site, number: usize, parts: &[&str]) -> Option<(PageId, String)> {
    let volume = &site.volumes[number];
    let (document, pagination, page) = named_page(volume, parts)?;
    let Some(id) = document else {
        return volume.printed_pages.get(&(pagination.to_owned(), page.to_owned())).cloned();
    };
    let target = *volume.ids.get(id)?;
    let mut pages = site.pages[target].outline.pages.iter();
    let found = pages.find(|place| *place.pagination == *pagination && place.page.as_deref() == Some(page))?;
    Some((target, found.anchor.to_string()))
}

/// `person:a`, or several at once: `person:a+person:b`. The words lead to the first.
fn register_entries(site: &Site, from: From<'_>, target: &str) -> Result<Resolved, Problem> {
    let mut first = None;
    for part in target.split('+') {
        let (scheme, id) = part.split_once(':').unwrap_or(("", part));
        let Some(kind) = RegisterKind::of_scheme(scheme) else {
            let help = "write each with its scheme: `person:a+person:b`";
            return Err(problem(Code::REFERENCE_MALFORMED, format!("`{target}` cannot be read"), help));
        };
        let resolved = register_entry(site, from, kind, id)?;
        first.get_or_insert(resolved);
    }
    Ok(first.unwrap_or(Resolved::Words))
}

fn register_entry(site: &Site, from: From<'_>, kind: RegisterKind, id: &str) -> Result<Resolved, Problem> {
    let Some(found) = find_entry(site, from.volume, kind, id) else {
        return if hides_entries(site, from.volume, kind) {
            Ok(Resolved::Words)
        } else {
            Err(unknown_entry(site, from, kind, id))
        };
    };
    Ok(link(found.href(from.path), kind.scheme(), None))
}

/// A register entry with the register in which it stands.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'s> {
    /// The entry.
    pub entry: &'s RegisterEntry,
    /// The register.
    pub register: &'s Register,
    /// Which entry it is.
    pub id: EntryId,
}

impl<'s> Entry<'s> {
    /// The entry of an id in the index.
    pub fn of(site: &'s Site, id: EntryId) -> Option<Self> {
        let register = site.registers_of(id.volume).get(id.register)?;
        Some(Entry { entry: register.entries.get(id.entry)?, register, id })
    }

    /// Its address as seen from a page: that of its own page, or of its place in the list where it has none.
    pub fn href(&self, from: &str) -> String {
        match self.register.entry_path(&self.entry.id, 0) {
            Some(path) => relative(from, &path),
            None => format!("{}#{}", relative(from, &self.register.path), self.entry.id),
        }
    }
}

/// The entry of an id: of the volume, else of the edition.
pub fn find_entry<'s>(site: &'s Site, volume: Option<usize>, kind: RegisterKind, id: &str) -> Option<Entry<'s>> {
    let own = volume.filter(|number| *number < site.volumes.len()).map(Some);
    own.into_iter().chain([None]).find_map(|volume| {
        let registers = site.registers_of(volume).iter().enumerate().filter(|(_, register)| register.kind == kind);
        registers
            .filter_map(|(number, register)| {
                let entry = register.position(id)?;
                Entry::of(site, EntryId { volume, register: number, entry })
            })
            .next()
    })
}

/// Registers of a kind: of the volume, then of the edition.
fn registers(site: &Site, volume: Option<usize>, kind: RegisterKind) -> impl Iterator<Item = &Register> {
    let volume = volume.and_then(|volume| site.volumes.get(volume));
    volume
        .into_iter()
        .flat_map(|volume| &volume.registers)
        .chain(&site.registers)
        .filter(move |register| register.kind == kind)
}

/// Whether a register could not be read in which an entry may be.
pub fn hides_entries(site: &Site, volume: Option<usize>, kind: RegisterKind) -> bool {
    site.unread.hides_register(site.folder(volume), kind) || site.unread.hides_register("content", kind)
}

/// A register in words: "the register of persons", "the bibliography".
pub fn register_name(kind: RegisterKind) -> String {
    match kind {
        RegisterKind::Bibliography => "the bibliography".to_owned(),
        kind => format!("the register of {}", kind.name()),
    }
}

fn unknown_entry(site: &Site, from: From<'_>, kind: RegisterKind, id: &str) -> Problem {
    if id.is_empty() {
        let help = format!("write the id of an entry: `{}:id`", kind.scheme());
        return problem(Code::REFERENCE_MALFORMED, format!("`{}:` names no entry", kind.scheme()), help);
    }
    let known = registers(site, from.volume, kind).flat_map(Register::ids);
    let near = if from.suggest { nearest(id, known) } else { None };
    let ending = if kind == RegisterKind::Bibliography { "json" } else { "yaml" };
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("add an entry with this id to registers/{}.{ending}", kind.name()),
    };
    problem(Code::REFERENCE_BROKEN, format!("{} has no entry `{id}`", register_name(kind)), help)
}

/// A relative file: another content file, a page of the site beside this one, or a file under static/; `#anchor` is on
/// the same page.
fn file(site: &Site, from: From<'_>, target: &str) -> (Resolved, Option<Problem>) {
    let found = if let Some(anchor) = target.strip_prefix('#') {
        match from.page {
            Some(page) => to_page(site, from, page, Some(anchor)),
            None => Ok(link(target.to_owned(), "doc", None)),
        }
    } else {
        let (path, anchor) = target.split_once('#').map_or((target, None), |(path, anchor)| (path, Some(anchor)));
        let folder = from.source.rsplit_once('/').map_or("", |(folder, _)| folder);
        match join(folder, path).and_then(|source| site.sources.get(source.as_str()).copied()) {
            Some(page) => to_page(site, from, page, anchor),
            None => static_file(site, from, path, anchor),
        }
    };
    match found {
        Ok(resolved) => (resolved, None),
        Err(problem) => (Resolved::Words, Some(problem)),
    }
}

fn static_file(site: &Site, from: From<'_>, path: &str, anchor: Option<&str>) -> Result<Resolved, Problem> {
    let plain = path.split('?').next().unwrap_or(path);
    let folder = from.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let page = join(folder, plain).filter(|found| site.addresses.contains(found));
    let Some(found) = page.or_else(|| join("", plain).filter(|found| site.statics.contains(found))) else {
        let help = "put the file under static/ and write its path from there; link a document by `doc:`";
        return Err(problem(
            Code::REFERENCE_BROKEN,
            format!("there is no page `{path}` here and no such file under static/"),
            help,
        ));
    };
    let mut href = relative(from.path, &found);
    if let Some(anchor) = anchor {
        href.push('#');
        href.push_str(anchor);
    }
    Ok(link(href, "file", None))
}

/// A relative path from a folder, without `.` and `..`; none when it leaves the root.
fn join(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}
