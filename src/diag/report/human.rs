//! Diagnostics for people, in the look of rustc: the only file that knows annotate-snippets.
//!
//! The renderer gets a small text made for each diagnostic: only lines that are shown, cut to a window, so that the
//! cost does not grow with the file. Line and column in the headers are computed here, from the whole file.

use super::places::{Position, Source, Sources};
use super::window::Cut;
use super::{Diagnostic, Omitted, Options};
use crate::diag::Severity;
use annotate_snippets::renderer::Renderer;
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Padding, Snippet};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

/// Related places shown with one diagnostic; more are only counted.
const MOST_RELATED: usize = 10;
/// Lines shown of a span over several lines; the fourth of a longer one is an ellipsis.
const MOST_LINES: usize = 4;
/// Places in one file that are farther apart get snippets of their own.
const FAR_LINES: usize = 100;
/// Lines are cut here, by [`Cut`], so the renderer's own width is out of reach.
const NEVER_CUT: usize = 1 << 20;
/// Ends the part of a header that is ours; it cannot occur elsewhere, since control characters are never passed on.
const HEADER_END: char = '\u{1}';
/// Shown as nothing. In front of a line it keeps the renderer from trimming white space and folding empty lines.
const INVISIBLE: char = '\u{200d}';

/// Each diagnostic as a report, with a blank line between.
pub(super) fn render(shown: &[&Diagnostic], omitted: &Omitted, sources: &Sources<'_>, options: &Options) -> String {
    let renderer = if options.colour { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.term_width(NEVER_CUT);
    let mut reports: Vec<String> = Vec::new();
    for diagnostic in shown {
        let text = renderer.render(&[group(diagnostic, sources, options.width)]);
        reports.push(without_foreign_columns(&text));
    }
    if !omitted.is_empty() {
        reports.push(omitted.sentence());
    }
    if reports.is_empty() { String::new() } else { reports.join("\n\n") + "\n" }
}

/// Title, places and hints of one diagnostic.
fn group<'a>(diagnostic: &'a Diagnostic, sources: &'a Sources<'_>, width: usize) -> Group<'a> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Advice => Level::NOTE.with_name("advice"),
    };
    let (marks, notes) = marks_and_notes(diagnostic, sources);
    let mut group = Group::with_title(level.primary_title(clean(&diagnostic.message)).id(diagnostic.code.name()));
    if !marks.iter().any(|mark| mark.is_primary) {
        group = group.element(Origin::path(clean_line(&diagnostic.place.file)));
        if marks.is_empty() && (diagnostic.help.is_some() || !notes.is_empty()) {
            group = group.element(Padding);
        }
    }
    for cluster in clusters(marks) {
        group = group.element(snippet(&cluster, width));
    }
    for note in notes {
        group = group.element(Level::NOTE.message(note));
    }
    match &diagnostic.help {
        Some(help) => group.element(Level::HELP.message(clean(help))),
        None => group,
    }
}

/// A span to underline.
struct Mark<'a> {
    file: &'a str,
    source: &'a Source<'a>,
    span: Range<Position>,
    label: Option<&'a str>,
    is_primary: bool,
}

impl Mark<'_> {
    /// The last line that is shown of it. Only the diagnostic's own place goes over several lines.
    fn last_line(&self) -> usize {
        if self.is_primary {
            self.span.end.line.min(self.span.start.line + MOST_LINES - 1)
        } else {
            self.span.start.line
        }
    }

    /// The line that stands for all that is not shown.
    fn cut_line(&self) -> Option<usize> {
        (self.is_primary && self.span.end.line > self.last_line()).then(|| self.last_line())
    }

    /// What should be seen of a line: bytes of it.
    fn in_line(&self, line: usize) -> Option<Range<usize>> {
        let Range { start, end } = &self.span;
        let length = self.source.line(line).len();
        if !(start.line..=self.last_line()).contains(&line) {
            None
        } else if start.line == end.line {
            Some(start.byte.min(length)..end.byte.min(length))
        } else if line == start.line && self.is_primary {
            Some(start.byte.min(length)..start.byte.min(length))
        } else if line == start.line {
            Some(start.byte.min(length)..length)
        } else if line == end.line {
            Some(end.byte.min(length)..end.byte.min(length))
        } else {
            Some(0..0)
        }
    }
}

/// Places that can be shown, the diagnostic's own first, and words about the related ones that cannot.
fn marks_and_notes<'a>(diagnostic: &'a Diagnostic, sources: &'a Sources<'_>) -> (Vec<Mark<'a>>, Vec<String>) {
    let mut marks = Vec::new();
    let mut notes = Vec::new();
    let own = std::iter::once((&diagnostic.place, None));
    let related = diagnostic.related.iter().map(|(place, label)| (place, Some(label.as_str())));
    for (place, label) in own.chain(related.take(MOST_RELATED)) {
        match (sources.locate(place), label) {
            (Some((source, span)), label) => {
                let span = source.trimmed(&span);
                marks.push(Mark { file: &place.file, source, span, label, is_primary: label.is_none() });
            }
            (None, Some(label)) => notes.push(format!("{}: {}", clean_line(label), clean_line(&place.file))),
            (None, None) => {}
        }
    }
    let more = diagnostic.related.len().saturating_sub(MOST_RELATED);
    if more > 0 {
        notes.push(format!("and {more} more {}", if more == 1 { "place" } else { "places" }));
    }
    (marks, notes)
}

/// Marks that share a snippet: near each other in one file. The snippet of the diagnostic's own place is the first.
fn clusters(marks: Vec<Mark<'_>>) -> Vec<Vec<Mark<'_>>> {
    let mut files: Vec<Vec<Mark<'_>>> = Vec::new();
    for mark in marks {
        match files.iter_mut().find(|file| file.first().is_some_and(|first| first.file == mark.file)) {
            Some(file) => file.push(mark),
            None => files.push(vec![mark]),
        }
    }
    let mut clusters: Vec<Vec<Mark<'_>>> = Vec::new();
    for mut file in files {
        file.sort_by_key(|mark| mark.span.start.line);
        let mut open = false;
        for mark in file {
            match clusters.last_mut() {
                Some(cluster) if open && has_room(cluster, &mark) => cluster.push(mark),
                _ => clusters.push(vec![mark]),
            }
            open = true;
        }
    }
    clusters.sort_by_key(|cluster| !cluster.iter().any(|mark| mark.is_primary));
    clusters
}

/// Whether a mark is near those before it, and none of its lines is one that is not shown.
fn has_room(cluster: &[Mark<'_>], mark: &Mark<'_>) -> bool {
    let last = cluster.iter().map(Mark::last_line).max().unwrap_or(0);
    let cut = cluster.iter().find_map(Mark::cut_line);
    mark.span.start.line <= last + FAR_LINES && cut.is_none_or(|cut| mark.last_line() < cut)
}

/// A snippet of one file with all marks of a cluster, under a header for the diagnostic's own or else the first.
fn snippet<'a>(cluster: &[Mark<'a>], width: usize) -> Snippet<'a, Annotation<'a>> {
    let excerpt = Excerpt::new(cluster, width);
    let mut annotations = Vec::new();
    for mark in cluster {
        let kind = if mark.is_primary { AnnotationKind::Primary } else { AnnotationKind::Context };
        annotations.push(kind.span(excerpt.span(mark)).label(mark.label.map(clean_line)));
    }
    let header = cluster.iter().find(|mark| mark.is_primary).or(cluster.first()).map(|mark| {
        let Position { line, column, .. } = mark.span.start;
        format!("{}:{}:{column}{HEADER_END}", clean_line(mark.file), line + 1)
    });
    Snippet::source(excerpt.text).line_start(excerpt.first_line + 1).path(header).annotations(annotations)
}

/// The lines of a file from the first marked to the last; those not shown are empty.
struct Excerpt {
    text: String,
    first_line: usize,
    /// The marked lines by number, and where they are in `text`.
    lines: BTreeMap<usize, (Cut, usize)>,
}

impl Excerpt {
    fn new(cluster: &[Mark<'_>], width: usize) -> Self {
        let first_line = cluster.iter().map(|mark| mark.span.start.line).min().unwrap_or(0);
        let last_line = cluster.iter().map(Mark::last_line).max().unwrap_or(0);
        // The number of the line, ` | `, and an ellipsis at either end.
        let columns = width.saturating_sub((last_line + 1).to_string().len() + 5);
        let mut excerpt = Excerpt { text: String::new(), first_line, lines: BTreeMap::new() };
        for line in first_line..=last_line {
            excerpt.text.push(INVISIBLE);
            if let Some(cut) = shown_line(cluster, line, columns) {
                let start = excerpt.text.len();
                excerpt.text.push_str(cut.text());
                excerpt.lines.insert(line, (cut, start));
            }
            excerpt.text.push('\n');
        }
        excerpt
    }

    /// Where a mark is in the text.
    fn span(&self, mark: &Mark<'_>) -> Range<usize> {
        let first = mark.span.start.line;
        let start = mark.in_line(first).map_or(0, |bytes| self.offset(first, bytes.start));
        let last = mark.last_line();
        let end = mark.in_line(last).map_or(start, |bytes| self.offset(last, bytes.end));
        start..end.max(start)
    }

    fn offset(&self, line: usize, byte: usize) -> usize {
        self.lines.get(&line).map_or(0, |(cut, start)| start + cut.offset(byte))
    }
}

/// A line of the cluster's file as it is shown; `None` when it is not.
fn shown_line(cluster: &[Mark<'_>], line: usize, columns: usize) -> Option<Cut> {
    let source = cluster.first()?.source;
    if cluster.iter().any(|mark| mark.cut_line() == Some(line)) {
        return Some(Cut::nothing());
    }
    let seen = |line: usize| cluster.iter().filter_map(move |mark| mark.in_line(line));
    let spans: Vec<Range<usize>> = seen(line).collect();
    // The renderer shows a single line between two marked ones instead of dots.
    let is_between = || line > 0 && seen(line - 1).next().is_some() && seen(line + 1).next().is_some();
    (!spans.is_empty() || is_between()).then(|| Cut::new(source.line(line), &spans, columns))
}

/// Takes away the line and column that the renderer adds to a header: they are those of the excerpt.
fn without_foreign_columns(report: &str) -> String {
    let mut parts = report.split(HEADER_END);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push_str(part.trim_start_matches(|character: char| character == ':' || character.is_ascii_digit()));
    }
    out
}

/// Text in which nothing steers a terminal: control characters become visible, line ends stay.
fn clean(text: &str) -> String {
    let shown = |character: char| match character {
        '\n' => '\n',
        '\t' => ' ',
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(character)).unwrap_or('\u{fffd}'),
        '\u{7f}' => '␡',
        '\u{80}'..='\u{9f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        other => other,
    };
    text.trim_end().replace("\r\n", "\n").chars().map(shown).collect()
}

/// The same in one line.
fn clean_line(text: &str) -> Cow<'static, str> {
    Cow::Owned(clean(text).replace('\n', " "))
}
