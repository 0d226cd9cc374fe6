//! `engross build`: the site, written to a folder.

use super::report::{self, Deny, Form};
use super::{End, Trouble};
use clap::Args;
use engross::cache::{self, Cache, Fault};
use engross::config::Flags;
use engross::diag::Diagnostic;
use engross::git;
use engross::pipeline::{self, Built, Edition, Sizes, size};
use engross::write::{FileSink, Summary, WriteError};
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Arguments of `engross build`.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Folder for the site, from the edition's root
    #[arg(long, value_name = "DIR", default_value = "public")]
    out: PathBuf,
    /// Absolute address of the site, in place of `base_url` in site.yaml
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// Publishes drafts too
    #[arg(long)]
    drafts: bool,
    /// Leaves pages and style sheets as the theme writes them
    #[arg(long)]
    no_minify: bool,
    /// Does not ask git for the history of documents
    #[arg(long)]
    no_history: bool,
    /// Makes no search index: that of the last build stays where nothing in it has changed
    #[arg(long)]
    no_search: bool,
    /// Makes every page, whatever the last build left
    #[arg(long)]
    no_cache: bool,
    /// Records what is published in the ledger, once the site is there
    #[arg(long, conflicts_with = "drafts")]
    publish: bool,
    /// Names each page that was made, and why
    #[arg(long)]
    explain: bool,
    /// Says how much each kind of file takes, and which pages are the largest
    #[arg(long)]
    sizes: bool,
    /// Writes checksums.txt: the SHA-256 of each file, and the commit they were made from
    #[arg(long)]
    checksums: bool,
    /// Number of threads [default: one for each processor]
    #[arg(long, value_name = "N")]
    jobs: Option<usize>,
    /// Form of the report
    #[arg(long, value_enum, default_value_t)]
    format: Form,
    /// Treats warnings as errors
    #[arg(long, value_enum)]
    deny: Option<Deny>,
}

/// Stack of a thread that renders: the minifier recurses with the nesting of elements.
pub const STACK: usize = 64 * 1024 * 1024;

/// Builds the site.
pub fn run(root: &Path, arguments: &Arguments) -> Result<End, Trouble> {
    #[allow(clippy::disallowed_methods)]
    let started = Instant::now();
    if arguments.jobs == Some(0) {
        return Err(Trouble("--jobs takes a number from 1".into()));
    }
    let threads = rayon::ThreadPoolBuilder::new().num_threads(arguments.jobs.unwrap_or(0)).stack_size(STACK).build()?;
    let flags = flags(arguments);
    let cache = if arguments.no_cache { Cache::default() } else { known(root) };
    let checked = threads.install(|| pipeline::check(root, &flags, &cache));
    let mut edition = match checked {
        Ok(edition) => edition,
        Err(diagnostics) => {
            report::diagnostics(root, &diagnostics, arguments.format)?;
            return Ok(failed(&diagnostics));
        }
    };
    report::deny(&mut edition.diagnostics, arguments.deny);
    report::diagnostics(root, &edition.diagnostics, arguments.format)?;
    if !edition.is_sound() {
        return Ok(failed(&edition.diagnostics));
    }
    let out = root.join(&arguments.out);
    let sources: Vec<PathBuf> =
        ["content", "static", "themes", "ledger", "site.yaml"].iter().map(|name| root.join(name)).collect();
    let sink =
        FileSink::open(root, &out, &sources, || report::line("waiting for another build of this edition to end …"))?;
    let mut built = threads.install(|| pipeline::build(root, &edition, &cache, &sink, &report::progress(started)))?;
    report::end_of_progress(started);
    if !built.diagnostics.is_empty() {
        report::diagnostics(root, &built.diagnostics, arguments.format)?;
        return Ok(failed(&built.diagnostics));
    }
    if arguments.checksums {
        threads.install(|| sums(root, &edition, &sink, &mut built))?;
    }
    let (sizes, heavy) = weigh(root, &edition, &sink, arguments)?;
    if heavy.iter().any(Diagnostic::is_error) {
        return Ok(failed(&heavy));
    }
    edition.diagnostics.extend(heavy);
    // While the lock is held, and before the pages: a page that the output does not have is made again.
    if let Some(cache) = built.cache.as_ref().filter(|known| **known != cache)
        && let Err(error) = cache::write(root, cache)
    {
        report::line(&format!("warning: the cache cannot be written, so the next build makes every page: {error}"));
    }
    let summary = sink.commit()?;
    results(arguments, &built, &sizes)?;
    if arguments.publish {
        super::ledger::tell(&edition.record(root)?);
    } else if !arguments.drafts {
        super::ledger::remind(&edition.unrecorded());
    }
    summarize(&summary, &edition, &built, &sizes, started);
    // The process ends here; to give its memory back piece by piece would take a tenth of a build that had little to do.
    std::mem::forget((edition, cache, built));
    Ok(End::Well)
}

/// Lists the checksums of the site.
fn sums(root: &Path, edition: &Edition, sink: &FileSink, built: &mut Built) -> Result<(), WriteError> {
    let Some(cache) = &mut built.cache else { return Ok(()) };
    let settings = &edition.site.settings;
    pipeline::checksums(sink, git::origin(root).as_ref(), settings, &mut cache.checksums)
}

/// What the site weighs, and whether its host takes it: asked before anything is touched.
fn weigh(
    root: &Path,
    edition: &Edition,
    sink: &FileSink,
    arguments: &Arguments,
) -> Result<(Sizes, Vec<Diagnostic>), Trouble> {
    let files = sink.files();
    let sizes = edition.sizes(&files);
    let mut heavy = edition.budget(root, &sizes, &files);
    report::deny(&mut heavy, arguments.deny);
    report::diagnostics(root, &heavy, arguments.format)?;
    Ok((sizes, heavy))
}

/// Prints what was asked for.
fn results(arguments: &Arguments, built: &Built, sizes: &Sizes) -> Result<(), Trouble> {
    if arguments.explain {
        let lines = built.made.iter().map(|(path, reason)| format!("{path}: {reason}\n"));
        report::result(&lines.collect::<String>())?;
    }
    if arguments.sizes {
        report::result(&weights(sizes))?;
    }
    Ok(())
}

fn flags(arguments: &Arguments) -> Flags {
    let base_url = arguments.base_url.clone();
    Flags {
        base_url,
        drafts: arguments.drafts,
        no_minify: arguments.no_minify,
        no_search: arguments.no_search,
        history: !arguments.no_history,
        preview: false,
    }
}

/// What earlier builds found out. Without it the build takes longer and is the same.
pub fn known(root: &Path) -> Cache {
    cache::read(root).unwrap_or_else(|fault| {
        report::line(&format!("warning: {fault}; every page is made"));
        Cache { foreign: matches!(fault, Fault::Foreign), ..Cache::default() }
    })
}

fn failed(diagnostics: &[Diagnostic]) -> End {
    let found = report::tally(diagnostics).unwrap_or_default();
    report::line(&format!("not built: {found}; the site is as it was"));
    End::Errors
}

/// What each kind of file takes, then the largest pages.
fn weights(sizes: &Sizes) -> String {
    let line = |name: &str, count: u64, bytes: u64| format!("{name:<9}{count:>8}  {:>10}\n", size(bytes));
    let mut text = String::from("kind        files        size\n");
    text.extend(sizes.kinds.iter().map(|(kind, count, bytes)| line(kind, *count, *bytes)));
    text.push_str(&line("all", sizes.files, sizes.bytes));
    text.push_str("\nlargest pages\n");
    text.extend(sizes.largest.iter().map(|(path, bytes)| format!("{:>10}  {path}\n", size(*bytes))));
    text
}

fn summarize(summary: &Summary, edition: &Edition, built: &Built, sizes: &Sizes, started: Instant) {
    if edition.site.settings.base_url.is_none() {
        report::line("note: without `base_url` in site.yaml there are no canonical addresses, no sitemap and no feed");
    }
    let documents: usize = edition.site.volumes.iter().map(|volume| volume.documents.len()).sum();
    for path in summary.unknown.iter().take(5) {
        report::line(&format!("note: {path} in the output folder is not of this site; it was left alone"));
    }
    let warnings = report::tally(&edition.diagnostics).map_or(String::new(), |tally| format!("; {tally}"));
    let noun = if documents == 1 { "document" } else { "documents" };
    report::line(&format!(
        "built {documents} {noun} on {} pages, {} of them made: {} files written, {} unchanged, {} removed, {} in {:.2} s{warnings}",
        built.pages,
        built.made.len(),
        summary.written,
        summary.unchanged,
        summary.removed,
        size(summary.bytes),
        started.elapsed().as_secs_f64(),
    ));
    report::line(&weight(sizes));
}

/// What the site weighs, in one line: the kinds of files with most bytes, and the largest pages.
fn weight(sizes: &Sizes) -> String {
    /// How many kinds are named.
    const KINDS: usize = 4;
    let mut kinds: Vec<_> = sizes.kinds.iter().collect();
    kinds.sort_by_key(|(_, _, bytes)| std::cmp::Reverse(*bytes));
    let kinds: Vec<String> =
        kinds.iter().take(KINDS).map(|(kind, _, bytes)| format!("{kind} {}", size(*bytes))).collect();
    let largest: Vec<String> = sizes.largest.iter().map(|(path, bytes)| format!("{path} {}", size(*bytes))).collect();
    format!(
        "the site: {} files, {}; most of it {}; largest pages {}",
        sizes.files,
        size(sizes.bytes),
        kinds.join(", "),
        largest.join(", ")
    )
}
