//! Diagnostics as JSON lines, for other programs.

use super::places::Sources;
use super::{Diagnostic, Omitted};
use crate::diag::{Code, Place, Severity};
use serde::Serialize;
use std::collections::BTreeMap;

/// One object a line; lines and columns count from 1, columns in characters, ends are exclusive.
pub(super) fn render(shown: &[&Diagnostic], omitted: &Omitted, sources: &Sources<'_>) -> String {
    let mut out = String::new();
    for diagnostic in shown {
        push_line(&mut out, &Line::new(diagnostic, sources));
    }
    if !omitted.is_empty() {
        push_line(&mut out, &Rest { omitted: &omitted.0 });
    }
    out
}

#[derive(Serialize)]
struct Line<'a> {
    code: Code,
    severity: Severity,
    file: &'a str,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
    message: &'a str,
    help: Option<&'a str>,
    related: Vec<Related<'a>>,
}

#[derive(Serialize)]
struct Related<'a> {
    file: &'a str,
    line: Option<usize>,
    column: Option<usize>,
    label: &'a str,
}

#[derive(Serialize)]
struct Rest<'a> {
    omitted: &'a BTreeMap<&'static str, usize>,
}

impl<'a> Line<'a> {
    fn new(diagnostic: &'a Diagnostic, sources: &Sources<'_>) -> Self {
        let span = sources.locate(&diagnostic.place).map(|(source, span)| source.trimmed(&span));
        Line {
            code: diagnostic.code,
            severity: diagnostic.severity,
            file: &diagnostic.place.file,
            line: span.as_ref().map(|span| span.start.line + 1),
            column: span.as_ref().map(|span| span.start.column),
            end_line: span.as_ref().map(|span| span.end.line + 1),
            end_column: span.as_ref().map(|span| span.end.column),
            message: &diagnostic.message,
            help: diagnostic.help.as_deref(),
            related: diagnostic.related.iter().map(|(place, label)| Related::new(place, label, sources)).collect(),
        }
    }
}

impl<'a> Related<'a> {
    fn new(place: &'a Place, label: &'a str, sources: &Sources<'_>) -> Self {
        let start = sources.locate(place).map(|(_, span)| span.start);
        Related {
            file: &place.file,
            line: start.map(|start| start.line + 1),
            column: start.map(|start| start.column),
            label,
        }
    }
}

fn push_line(out: &mut String, value: &impl Serialize) {
    // Texts and numbers always serialise; there is no case to report.
    if let Ok(line) = serde_json::to_string(value) {
        out.push_str(&line);
        out.push('\n');
    }
}
