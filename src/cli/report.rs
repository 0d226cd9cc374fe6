//! What commands print: diagnostics and summaries go to standard error, results to standard output.

use super::Trouble;
use clap::ValueEnum;
use engross::diag::report::{self, Format, Options};
use engross::diag::{Diagnostic, Severity};
use engross::load::FileTexts;
use std::io::{IsTerminal, Write};
use std::path::Path;

/// Form of the report.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Form {
    /// For people.
    #[default]
    Human,
    /// One JSON object a line.
    Json,
    /// Annotations of GitHub Actions.
    Github,
}

/// What is denied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Deny {
    /// Warnings keep the site from being published, as errors do.
    Warnings,
}

/// How many diagnostics are shown.
const MOST: usize = 50;

/// Prints a line to standard error.
pub fn line(text: &str) {
    // Nobody can be told that standard error is closed.
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// Prints a text to standard output.
pub fn result(text: &str) -> Result<(), Trouble> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        // A reader that has seen enough, such as `head`, is no trouble.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        other => other.map_err(Trouble::from),
    }
}

/// Shows diagnostics; those for programs go to standard output.
pub fn diagnostics(root: &Path, list: &[Diagnostic], form: Form) -> Result<(), Trouble> {
    let stderr = std::io::stderr();
    let format = match form {
        Form::Human => Format::Human,
        Form::Json => Format::Json,
        Form::Github => Format::Github,
    };
    let colour = format == Format::Human && stderr.is_terminal() && !is_plain();
    // People read the first of many; programs want all.
    let most = MOST;
    let text = report::render(list, &FileTexts { root }, &Options { format, colour, most, ..Options::default() });
    if form == Form::Human {
        // A blank line before what follows, as between the reports.
        let end = if text.is_empty() { "" } else { "\n" };
        stderr.lock().write_all(format!("{text}{end}").as_bytes())?;
        return Ok(());
    }
    result(&text)
}

/// Whether results may be in colour.
pub fn result_in_colour() -> bool {
    std::io::stdout().is_terminal() && !is_plain()
}

/// Whether the user wants no colour anywhere (no-color.org).
fn is_plain() -> bool {
    #[allow(clippy::disallowed_methods)]
    std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
}

/// Makes errors of warnings where they are denied.
pub fn deny(list: &mut [Diagnostic], denied: Option<Deny>) {
    if denied.is_some() {
        let warnings = list.iter_mut().filter(|diagnostic| diagnostic.severity == Severity::Warning);
        warnings.for_each(|diagnostic| diagnostic.severity = Severity::Error);
    }
}

/// `2 errors and 1 warning`, or nothing.
pub fn tally(list: &[Diagnostic]) -> Option<String> {
    let (errors, warnings) = report::tally(list);
    let count = |count: usize, word: &str| match count {
        0 => None,
        1 => Some(format!("1 {word}")),
        _ => Some(format!("{count} {word}s")),
    };
    let parts: Vec<String> = [count(errors, "error"), count(warnings, "warning")].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(" and "))
}

/// Work shorter than this shows no progress.
const PATIENCE: std::time::Duration = std::time::Duration::from_millis(700);

/// Shows on a terminal how far long work has come.
pub fn progress(started: std::time::Instant) -> impl Fn(usize, usize) + Sync {
    progress_of("pages", started)
}

/// Shows it for things of this name.
pub fn progress_of(things: &'static str, started: std::time::Instant) -> impl Fn(usize, usize) + Sync + Send {
    let shown = std::io::stderr().is_terminal();
    move |done, all| {
        if shown && done.is_multiple_of(64) && started.elapsed() > PATIENCE {
            let _ = write!(std::io::stderr(), "\r{done} of {all} {things}");
        }
    }
}

/// Takes the progress away before the next line is printed.
pub fn end_of_progress(started: std::time::Instant) {
    if std::io::stderr().is_terminal() && started.elapsed() > PATIENCE {
        let _ = write!(std::io::stderr(), "\r\x1b[K");
    }
}
