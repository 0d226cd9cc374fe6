//! `engross ledger`: what was published is recorded, and a published copy is held against the record.

use super::report::{self, Form};
use super::{End, Trouble};
use clap::{Args, Subcommand};
use engross::cache;
use engross::config::Flags;
use engross::diag::Diagnostic;
use engross::pipeline::{self, Edition, Recorded};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What to do with the ledger.
#[derive(Debug, Subcommand)]
pub enum Arguments {
    /// Records every address and anchor that the edition has now, once it is published
    Update,
    /// Looks up every recorded address in a published copy
    Verify(Verify),
}

/// Arguments of `engross ledger verify`.
#[derive(Debug, Args)]
pub struct Verify {
    /// The copy: a folder, or the address of a server, such as http://127.0.0.1:8000/
    #[arg(value_name = "COPY")]
    copy: String,
}

/// Runs a command on the ledger.
pub fn run(root: &Path, arguments: &Arguments) -> Result<End, Trouble> {
    let known = cache::read(root).unwrap_or_default();
    // The history says whether there is a list of corrections.
    let flags = Flags { history: true, ..Flags::default() };
    let edition = match pipeline::check(root, &flags, &known) {
        Ok(edition) => edition,
        Err(diagnostics) => return refuse(root, &diagnostics),
    };
    match arguments {
        Arguments::Update if !edition.is_sound() => refuse(root, &edition.diagnostics),
        Arguments::Update => {
            tell(&edition.record(root)?);
            Ok(End::Well)
        }
        Arguments::Verify(verify) => self::verify(&edition, &verify.copy),
    }
}

fn refuse(root: &Path, diagnostics: &[Diagnostic]) -> Result<End, Trouble> {
    report::diagnostics(root, diagnostics, Form::Human)?;
    let found = report::tally(diagnostics).unwrap_or_default();
    report::line(&format!("not recorded: {found}; the ledger is as it was"));
    Ok(End::Errors)
}

/// Says what was recorded.
pub fn tell(recorded: &Recorded) {
    let Recorded { added, changed, pages, files } = recorded;
    report::line(&format!("ledger: {pages} addresses, {added} of them new, {changed} changed; {files} files written"));
}

/// Says that something would be published that nobody could miss: what is not recorded may be lost without a word.
pub fn remind(unrecorded: &Recorded) {
    let Recorded { added, changed, .. } = unrecorded;
    let places = match changed {
        0 => String::new(),
        1 => " and new places on 1 page".to_owned(),
        count => format!(" and new places on {count} pages"),
    };
    let noun = if *added == 1 { "address" } else { "addresses" };
    let verb = if *added == 1 && *changed == 0 { "is" } else { "are" };
    if *added > 0 {
        report::line(&format!(
            "note: {added} {noun}{places} {verb} not in the ledger; record with `engross ledger update` what you publish"
        ));
    } else if *changed > 0 {
        let places = places.trim_start_matches(" and ");
        report::line(&format!(
            "note: {places} are not in the ledger; record with `engross ledger update` what you publish"
        ));
    }
}

/// Where a published copy is.
enum Copy {
    Folder(PathBuf),
    Server(String),
}

fn verify(edition: &Edition, copy: &str) -> Result<End, Trouble> {
    let copy = match copy {
        address if address.starts_with("http://") => Copy::Server(format!("{}/", address.trim_end_matches('/'))),
        address if address.starts_with("https://") => {
            let message = "a copy is read from a folder or by http:// only; fetch it first, with `wget --mirror`, and name the folder";
            return Err(Trouble(message.into()));
        }
        folder if Path::new(folder).is_dir() => Copy::Folder(PathBuf::from(folder)),
        folder => return Err(Trouble(format!("there is no folder {folder}"))),
    };
    let published: BTreeMap<String, Vec<String>> = edition.published();
    if published.is_empty() {
        return Err(Trouble("nothing is recorded yet: `engross ledger update` does it".into()));
    }
    let mut missing = 0;
    let mut anchors = 0;
    for (path, wanted) in &published {
        anchors += wanted.len();
        match copy.found(path)? {
            Found::Nothing => {
                missing += 1;
                report::result(&format!("{path}: not there\n"))?;
            }
            Found::LostAt(target) => {
                missing += 1;
                report::result(&format!("{path}: leads to {target}, which is not there\n"))?;
            }
            // What lies beyond the copy is not the edition's.
            Found::Elsewhere => {}
            Found::Page(page) => {
                for anchor in wanted.iter().filter(|anchor| !has_anchor(&page, anchor)) {
                    missing += 1;
                    report::result(&format!("{path}#{anchor}: no such place on the page\n"))?;
                }
            }
        }
    }
    report::line(&format!("verified {} addresses and {anchors} anchors: {missing} missing", published.len()));
    Ok(if missing == 0 { End::Well } else { End::Errors })
}

/// What answers at an address, once redirects are followed.
enum Found {
    Page(String),
    Nothing,
    LostAt(String),
    Elsewhere,
}

/// A redirect that leads on more often than this leads nowhere.
const MOST_REDIRECTS: usize = 8;

impl Copy {
    /// The page to which an address leads.
    fn found(&self, path: &str) -> Result<Found, Trouble> {
        let mut at = path.to_owned();
        for _ in 0..MOST_REDIRECTS {
            let Some(page) = self.read(&at)? else {
                return Ok(if at == path { Found::Nothing } else { Found::LostAt(at) });
            };
            match target(&page) {
                None => return Ok(Found::Page(page)),
                Some(target) if target.contains("://") || target.starts_with('/') => return Ok(Found::Elsewhere),
                Some(target) => at = beside(&at, target),
            }
        }
        Ok(Found::LostAt(at))
    }

    /// The page at an address; none where there is none.
    fn read(&self, path: &str) -> Result<Option<String>, Trouble> {
        match self {
            Copy::Folder(folder) => match std::fs::read(folder.join(path)) {
                Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
                Err(error) => Err(Trouble(format!("{path} cannot be read: {error}"))),
            },
            Copy::Server(base) => match ureq::get(format!("{base}{path}")).call() {
                Ok(mut answer) => Ok(Some(answer.body_mut().with_config().limit(64 * 1024 * 1024).read_to_string()?)),
                Err(ureq::Error::StatusCode(404 | 410)) => Ok(None),
                Err(error) => Err(Trouble(format!("{base}{path} cannot be read: {error}"))),
            },
        }
    }
}

/// Where a page leads on by itself, if it does.
fn target(page: &str) -> Option<&str> {
    let tag = page.split("<meta").skip(1).filter_map(|rest| rest.split('>').next()).find(|tag| {
        let tag = tag.to_ascii_lowercase();
        tag.contains("http-equiv=\"refresh\"") || tag.contains("http-equiv=refresh")
    })?;
    let at = tag.to_ascii_lowercase().find("url=")? + "url=".len();
    let target = tag[at..].trim_start_matches('\'');
    Some(target.split(['"', '\'', '#', '?']).next().unwrap_or(target).trim())
}

/// The address that a relative one means on a page.
fn beside(path: &str, target: &str) -> String {
    let mut parts: Vec<&str> = path.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." => {}
            part => parts.push(part),
        }
    }
    let address = parts.join("/");
    if address.is_empty() || address.ends_with('/') { format!("{address}index.html") } else { address }
}

/// Whether a page has an element of that id; a minified one leaves the quotation marks out where it can.
fn has_anchor(page: &str, anchor: &str) -> bool {
    let mut escaped = String::new();
    engross::model::html::push_escaped(&mut escaped, anchor);
    if page.contains(&format!(" id=\"{escaped}\"")) {
        return true;
    }
    let bare = format!(" id={escaped}");
    page.match_indices(&bare).any(|(at, _)| page[at + bare.len()..].starts_with([' ', '>', '\n', '/']))
}
