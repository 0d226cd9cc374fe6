//! `engross compare`: what changed between two sites.

use super::{End, Trouble, report};
use clap::{Args, ValueEnum};
use engross::cache::Cache;
use engross::compare::{self, Site, show};
use engross::config::Flags;
use engross::diag::Diagnostic;
use engross::git;
use engross::hash::Hash128;
use engross::pipeline;
use engross::write::{Sink, WriteError};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// Arguments of `engross compare`.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The old site: an output folder, or a commit, tag or branch of the edition
    old: String,
    /// The new site: likewise
    new: String,
    /// Form of the result
    #[arg(long, value_enum, default_value_t)]
    format: Form,
    /// Writes the result as a page too, for readers
    #[arg(long, value_name = "FILE")]
    page: Option<PathBuf>,
}

/// Form of the result.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Form {
    /// For people.
    #[default]
    Human,
    /// One JSON object.
    Json,
}

/// Compares two sites; the edition is only asked for where one of them is a commit.
pub fn run(root: impl Fn() -> Result<PathBuf, Trouble>, arguments: &Arguments) -> Result<End, Trouble> {
    let mut sites = Vec::new();
    for name in [&arguments.old, &arguments.new] {
        match open(name, &root)? {
            Some(site) => sites.push(site),
            None => return Ok(End::Errors),
        }
    }
    let [old, new] = sites.as_slice() else { return Err(Trouble("two sites are compared".into())) };
    let comparison = compare::compare(old, new)?;
    if let Some(file) = &arguments.page {
        let links = links(file, &arguments.new, root().ok().as_deref());
        let page = show::page(&comparison, &links);
        fs::write(file, page).map_err(|error| Trouble(format!("cannot write {}: {error}", file.display())))?;
    }
    match arguments.format {
        Form::Human => report::result(&show::text(&comparison, report::result_in_colour()))?,
        Form::Json => report::result(&comparison.json()?)?,
    }
    Ok(End::Well)
}

/// The site of that name; none where it cannot be built, and then it was said why.
fn open(name: &str, root: &impl Fn() -> Result<PathBuf, Trouble>) -> Result<Option<Site>, Trouble> {
    let folder = Path::new(name);
    if !folder.is_dir() {
        return built(name, &root()?);
    }
    let site = Site::folder(name, folder).map_err(|error| Trouble(format!("cannot read {name}: {error}")))?;
    if site.is_empty() {
        return Err(Trouble(format!("there are no pages in {name}; name the folder of a built site")));
    }
    Ok(Some(site))
}

/// Stack of a thread that renders.
const STACK: usize = 64 * 1024 * 1024;

/// The site of a commit, in memory. What a page weighs does not matter here, so nothing is minified.
fn built(name: &str, root: &Path) -> Result<Option<Site>, Trouble> {
    let folder = Folder::new()?;
    let export = git::export(root, name, &folder.path).map_err(Trouble)?;
    let threads = rayon::ThreadPoolBuilder::new().stack_size(STACK).build()?;
    let (flags, cache) = (Flags { no_minify: true, no_search: true, ..Flags::default() }, Cache::default());
    let checked = threads.install(|| pipeline::check(&export.root, &flags, &cache));
    let edition = match checked {
        Ok(edition) if edition.is_sound() => edition,
        Ok(edition) => return broken(name, &export.root, edition.diagnostics),
        Err(diagnostics) => return broken(name, &export.root, diagnostics),
    };
    let sink = Pages::default();
    let built = threads.install(|| pipeline::build(&export.root, &edition, &cache, &sink, &|_, _| {}))?;
    if !built.diagnostics.is_empty() {
        return broken(name, &export.root, built.diagnostics);
    }
    let pages = sink.pages.into_inner().unwrap_or_else(PoisonError::into_inner);
    Ok(Some(Site::built(name, export.commit, pages)))
}

/// Says what keeps a commit from being compared.
fn broken(name: &str, root: &Path, mut found: Vec<Diagnostic>) -> Result<Option<Site>, Trouble> {
    found.retain(Diagnostic::is_error);
    report::diagnostics(root, &found, report::Form::Human)?;
    let tally = report::tally(&found).unwrap_or_default();
    report::line(&format!("not compared: {name} has {tally}, so it cannot be built"));
    Ok(None)
}

/// Keeps pages, and nothing else of a site.
#[derive(Default)]
struct Pages {
    pages: Mutex<BTreeMap<String, Vec<u8>>>,
}

impl Sink for Pages {
    fn put(&self, path: &str, bytes: &[u8]) -> Result<(), WriteError> {
        if compare::is_page(path) {
            let mut pages = self.pages.lock().unwrap_or_else(PoisonError::into_inner);
            pages.insert(path.to_owned(), bytes.to_vec());
        }
        Ok(())
    }

    fn copy(&self, _: &str, _: &Path) -> Result<(), WriteError> {
        Ok(())
    }

    fn keep(&self, _: &str, _: Hash128) -> Result<bool, WriteError> {
        Ok(false)
    }
}

/// Where the links of a page at `file` lead: into the new site, if the page stands in it, or in the folder whose files
/// the site will have.
fn links(file: &Path, new: &str, root: Option<&Path>) -> show::Links {
    let parent = file.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let Ok(parent) = parent.canonicalize() else { return show::Links::None };
    let sites = [Some(PathBuf::from(new)), root.map(|root| root.join("static"))];
    let below = sites.into_iter().flatten().filter_map(|site| {
        let site = site.canonicalize().ok()?;
        Some(parent.strip_prefix(site).ok()?.components().count())
    });
    below.min().map_or(show::Links::None, show::Links::Depth)
}

/// A folder that goes when the value goes.
struct Folder {
    path: PathBuf,
}

impl Folder {
    fn new() -> Result<Folder, Trouble> {
        let process = std::process::id();
        for number in 0..1000 {
            let path = std::env::temp_dir().join(format!("engross-compare-{process}-{number}"));
            match fs::create_dir(&path) {
                Ok(()) => return Ok(Folder { path }),
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(Trouble(format!("cannot write {}: {error}", path.display()))),
            }
        }
        Err(Trouble("there is no place for the files of a commit in the folder for temporary files".into()))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What remains is of the system to clear.
        let _ = fs::remove_dir_all(&self.path);
    }
}
