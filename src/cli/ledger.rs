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
    let edition = match pipeline::check(root, &Flags::default(), &known) {
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
    report::line(&format!("ledger: {pages} pages, {added} of them new, {changed} changed; {files} files written"));
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
        match copy.read(path)? {
            None => {
                missing += 1;
                report::result(&format!("{path}: not there\n"))?;
            }
            // A redirect carries anchors along; where it leads is an address of its own.
            Some(page) if is_redirect(&page) => {}
            Some(page) => {
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

impl Copy {
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

fn is_redirect(page: &str) -> bool {
    page.contains("http-equiv=\"refresh\"") || page.contains("http-equiv=refresh")
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
