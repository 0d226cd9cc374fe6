//! `engross build`: the site, written to a folder.

use super::report::{self, Deny, Form};
use super::{End, Trouble};
use clap::Args;
use engross::cache::{self, Cache};
use engross::config::Flags;
use engross::diag::Diagnostic;
use engross::pipeline::{self, Built};
use engross::write::{FileSink, Summary};
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
    /// Makes every page, whatever the last build left
    #[arg(long)]
    no_cache: bool,
    /// Names each page that was made, and why
    #[arg(long)]
    explain: bool,
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
const STACK: usize = 64 * 1024 * 1024;

/// Builds the site.
pub fn run(root: &Path, arguments: &Arguments) -> Result<End, Trouble> {
    #[allow(clippy::disallowed_methods)]
    let started = Instant::now();
    if arguments.jobs == Some(0) {
        return Err(Trouble("--jobs takes a number from 1".into()));
    }
    let threads = rayon::ThreadPoolBuilder::new().num_threads(arguments.jobs.unwrap_or(0)).stack_size(STACK).build()?;
    let flags = Flags {
        base_url: arguments.base_url.clone(),
        drafts: arguments.drafts,
        no_minify: arguments.no_minify,
        history: !arguments.no_history,
    };
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
        ["content", "static", "themes", "site.yaml"].iter().map(|name| root.join(name)).collect();
    let sink =
        FileSink::open(root, &out, &sources, || report::line("waiting for another build of this edition to end …"))?;
    let built = threads.install(|| pipeline::build(root, &edition, &cache, &sink, &report::progress(started)))?;
    report::end_of_progress(started);
    if !built.diagnostics.is_empty() {
        report::diagnostics(root, &built.diagnostics, arguments.format)?;
        return Ok(failed(&built.diagnostics));
    }
    let documents: usize = edition.site.volumes.iter().map(|volume| volume.documents.len()).sum();
    // While the lock is held, and before the pages: a page that the output does not have is made again.
    if let Some(cache) = built.cache.as_ref().filter(|known| **known != cache)
        && let Err(error) = cache::write(root, cache)
    {
        report::line(&format!("warning: the cache cannot be written, so the next build makes every page: {error}"));
    }
    let summary = sink.commit()?;
    if arguments.explain {
        let lines = built.made.iter().map(|(path, reason)| format!("{path}: {reason}\n"));
        report::result(&lines.collect::<String>())?;
    }
    if edition.site.settings.base_url.is_none() {
        report::line("note: without `base_url` in site.yaml there are no canonical addresses, no sitemap and no feed");
    }
    summarize(&summary, documents, &built, &edition.diagnostics, started);
    Ok(End::Well)
}

/// What earlier builds found out. Without it the build takes longer and is the same.
pub fn known(root: &Path) -> Cache {
    cache::read(root).unwrap_or_else(|fault| {
        report::line(&format!("warning: {fault}; every page is made"));
        Cache::default()
    })
}

fn failed(diagnostics: &[Diagnostic]) -> End {
    let found = report::tally(diagnostics).unwrap_or_default();
    report::line(&format!("not built: {found}; the site is as it was"));
    End::Errors
}

fn summarize(summary: &Summary, documents: usize, built: &Built, found: &[Diagnostic], started: Instant) {
    for path in summary.unknown.iter().take(5) {
        report::line(&format!("note: {path} in the output folder is not of this site; it was left alone"));
    }
    let warnings = report::tally(found).map_or(String::new(), |tally| format!("; {tally}"));
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
}

fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} kB", bytes / 1_000),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}
