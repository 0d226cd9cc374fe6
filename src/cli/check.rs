//! `engross check`: what build checks, without writing.

use super::report::{self, Deny, Form};
use super::{End, Trouble};
use clap::Args;
use engross::cache;
use engross::config::Flags;
use engross::diag::{Diagnostic, Severity};
use engross::pipeline;
use std::path::Path;

/// Arguments of `engross check`.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Form of the report
    #[arg(long, value_enum, default_value_t)]
    format: Form,
    /// Treats warnings as errors
    #[arg(long, value_enum)]
    deny: Option<Deny>,
    /// Checks the edition with its drafts, as `build --drafts` would publish it
    #[arg(long)]
    drafts: bool,
    /// Names register entries that the text may mean and does not link to; the exit code stays what it is
    #[arg(long)]
    suggest_links: bool,
}

/// Checks the edition.
pub fn run(root: &Path, arguments: &Arguments) -> Result<End, Trouble> {
    let flags = Flags { drafts: arguments.drafts, ..Flags::default() };
    // A check writes nothing, and what cannot be read is read by the next build.
    let cache = cache::read(root).unwrap_or_default();
    let (mut found, unread) = match pipeline::check(root, &flags, &cache) {
        Ok(edition) if arguments.suggest_links => (suggested(root, edition), ""),
        Ok(edition) => (edition.diagnostics, ""),
        Err(diagnostics) => (diagnostics, "; the rest is checked when site.yaml can be read"),
    };
    report::deny(&mut found, arguments.deny);
    report::diagnostics(root, &found, arguments.format)?;
    let sound = !found.iter().any(Diagnostic::is_error);
    let tally = report::tally(&found).unwrap_or_else(|| "no errors and no warnings".into());
    let advice = match found.iter().filter(|diagnostic| diagnostic.severity == Severity::Advice).count() {
        _ if !arguments.suggest_links => String::new(),
        1 => "; 1 suggestion".to_owned(),
        count => format!("; {count} suggestions"),
    };
    report::line(&format!("checked: {tally}{advice}{unread}"));
    Ok(if sound { End::Well } else { End::Errors })
}

/// What was found in an edition, and what may be linked.
fn suggested(root: &Path, edition: pipeline::Edition) -> Vec<Diagnostic> {
    let suggestions = edition.suggest_links(root);
    let mut found = edition.diagnostics;
    found.extend(suggestions);
    engross::diag::report::sort(&mut found);
    found
}
