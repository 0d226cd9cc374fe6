//! `engross build`: the site, written to a folder.

use super::report::{self, Deny, Form};
use super::{End, Trouble};
use clap::Args;
use engross::config::Flags;
use engross::pipeline;
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
    let flags =
        Flags { base_url: arguments.base_url.clone(), drafts: arguments.drafts, no_minify: arguments.no_minify };
    let checked = threads.install(|| pipeline::check(root, &flags));
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
    let built = threads.install(|| pipeline::build(root, &edition, &sink, &report::progress(started)))?;
    report::end_of_progress(started);
    if !built.diagnostics.is_empty() {
        report::diagnostics(root, &built.diagnostics, arguments.format)?;
        return Ok(failed(&built.diagnostics));
    }
    let documents: usize = edition.site.volumes.iter().map(|volume| volume.documents.len()).sum();
    let summary = sink.commit()?;
    if edition.site.settings.base_url.is_none() {
        report::line("note: without `base_url` in site.yaml there are no canonical addresses, no sitemap and no feed");
    }
    summarize(&summary, documents, built.pages, &edition.diagnostics, started);
    Ok(End::Well)
}

fn failed(diagnostics: &[engross::diag::Diagnostic]) -> End {
    let found = report::tally(diagnostics).unwrap_or_default();
    report::line(&format!("not built: {found}; the site is as it was"));
    End::Errors
}

fn summarize(summary: &Summary, documents: usize, pages: usize, found: &[engross::diag::Diagnostic], started: Instant) {
    for path in summary.unknown.iter().take(5) {
        report::line(&format!("note: {path} in the output folder is not of this site; it was left alone"));
    }
    let warnings = report::tally(found).map_or(String::new(), |tally| format!("; {tally}"));
    let noun = if documents == 1 { "document" } else { "documents" };
    report::line(&format!(
        "built {documents} {noun} on {pages} pages: {} files written, {} unchanged, {} removed, {} in {:.2} s{warnings}",
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
