//! Diagnostics as workflow commands, which GitHub Actions turns into annotations.
//!
//! The rules are those of GitHub's runner: what a command's data and properties escape, and that columns may only be
//! given for a span within one line (else the runner drops the place of the annotation).

use super::places::Sources;
use super::{Diagnostic, Omitted};
use crate::diag::Severity;

/// One command a line; the title is the code, the help follows the message on a line of its own.
pub(super) fn render(shown: &[&Diagnostic], omitted: &Omitted, sources: &Sources<'_>) -> String {
    let mut out = String::new();
    for diagnostic in shown {
        out.push_str(&command(diagnostic, sources));
        out.push('\n');
    }
    if !omitted.is_empty() {
        out.push_str(&format!("::notice::{}\n", escape_data(&omitted.sentence())));
    }
    out
}

fn command(diagnostic: &Diagnostic, sources: &Sources<'_>) -> String {
    let name = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "notice",
    };
    let mut properties = format!("file={}", escape_property(&diagnostic.place.file));
    if let Some((source, span)) = sources.locate(&diagnostic.place) {
        let span = source.trimmed(&span);
        properties.push_str(&format!(",line={},endLine={}", span.start.line + 1, span.end.line + 1));
        if span.start.line == span.end.line {
            properties.push_str(&format!(",col={},endColumn={}", span.start.column, span.end.column));
        }
    }
    let mut text = diagnostic.message.clone();
    if let Some(help) = &diagnostic.help {
        text.push('\n');
        text.push_str(help);
    }
    format!("::{name} {properties},title={}::{}", escape_property(diagnostic.code.name()), escape_data(&text))
}

fn escape_data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn escape_property(text: &str) -> String {
    escape_data(text).replace(':', "%3A").replace(',', "%2C")
}
