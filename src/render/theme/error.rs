//! What is wrong with a theme, in our words: file, line, column, message, and what to do.

use super::tags::{self, Circle};
use super::{DEFAULT, SITE};
use crate::diag::line_column;
use std::collections::BTreeMap;
use std::fmt;
use tera::{Error, ErrorKind, ReportError};

/// One mistake in a theme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThemeError {
    /// Path from the edition's root, or `default theme: NAME` for a file that is part of the program; none when no
    /// file is to blame.
    pub file: Option<String>,
    /// Line, from 1.
    pub line: Option<usize>,
    /// Column in characters, from 1.
    pub column: Option<usize>,
    /// What is wrong: lower case, no final stop.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

impl fmt::Display for ThemeError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(file) = &self.file {
            write!(out, "{file}:")?;
            if let (Some(line), Some(column)) = (self.line, self.column) {
                write!(out, "{line}:{column}:")?;
            }
            write!(out, " ")?;
        }
        write!(out, "{}", self.message)?;
        self.help.as_ref().map_or(Ok(()), |help| write!(out, " ({help})"))
    }
}

impl std::error::Error for ThemeError {}

/// How templates are called in messages.
#[derive(Debug, Clone)]
pub(super) struct Names {
    /// Name of the site's own theme.
    pub(super) theme: String,
}

impl Names {
    /// The file of a template, by its full name.
    fn file(&self, template: &str) -> String {
        if template.starts_with('<') {
            return format!("component {template}");
        }
        if let Some(name) = template.strip_prefix(DEFAULT) {
            return format!("default theme: {name}");
        }
        let name = template.strip_prefix(SITE).unwrap_or(template);
        format!("themes/{}/templates/{name}", self.theme)
    }
}

type Sources<'a> = BTreeMap<String, &'a str>;

impl ThemeError {
    /// A mistake without a place.
    fn new(message: impl Into<String>) -> ThemeError {
        ThemeError { file: None, line: None, column: None, message: message.into(), help: None }
    }

    /// Adds the file, named by its template.
    fn in_template(mut self, template: &str, names: &Names) -> ThemeError {
        self.file = Some(names.file(template));
        self
    }

    /// Adds the place, both from 1.
    fn at(mut self, (line, column): (usize, usize)) -> ThemeError {
        self.line = Some(line);
        self.column = Some(column);
        self
    }

    /// Adds what to do.
    fn help(mut self, help: impl Into<String>) -> ThemeError {
        self.help = Some(help.into());
        self
    }

    /// A template that the program needs is not there.
    pub(super) fn missing(template: &str, names: &Names) -> ThemeError {
        ThemeError::new(format!("the theme has no template `{template}`"))
            .in_template(template, names)
            .help(format!("add {}", names.file(template)))
    }

    /// A view that cannot be a template value.
    pub(super) fn view(error: &Error) -> ThemeError {
        ThemeError::new(format!("what the page shows cannot be given to a template: {error}"))
    }

    /// Templates that name each other in a circle.
    pub(super) fn circle(circle: &Circle, sources: &Sources<'_>, names: &Names) -> ThemeError {
        let first = circle.way.first().map(String::as_str).unwrap_or_default();
        let text = sources.get(first).copied().unwrap_or_default();
        let written = first.trim_start_matches(SITE).trim_start_matches(DEFAULT);
        let error = match circle.way.as_slice() {
            [_, _] if circle.tag.verb == "extends" => ThemeError::new("this template extends itself").help(format!(
                "to build on the default theme's file write {{% extends \"{DEFAULT}{written}\" %}}"
            )),
            [_, _] => ThemeError::new("this template includes itself").help(format!(
                "to use the default theme's file write {{% include \"{DEFAULT}{written}\" %}}; to repeat a part, make it a component"
            )),
            way => {
                let files: Vec<String> = way.iter().map(|name| names.file(name)).collect();
                ThemeError::new(format!("these templates bring each other in without end: {}", files.join(" → ")))
                    .help(format!("name the default theme's own file with \"{DEFAULT}…\", or make the common part a component"))
            }
        };
        error.in_template(first, names).at(line_column(text, circle.tag.at))
    }

    /// What the engine found in loading: at least one error.
    pub(super) fn from_engine(error: &Error, sources: &Sources<'_>, names: &Names) -> Vec<ThemeError> {
        match error.kind() {
            ErrorKind::Msg(reports) => from_reports(reports, names),
            ErrorKind::MissingParent { current, parent } => {
                let text = sources.get(current).copied().unwrap_or_default();
                let tag = tags::tags(text).into_iter().find(|tag| tag.verb == "extends");
                let error = ThemeError::new(format!("there is no template `{parent}` to extend"))
                    .in_template(current, names)
                    .help(NO_TEMPLATE);
                vec![tag.map_or(error.clone(), |tag| error.at(line_column(text, tag.at)))]
            }
            ErrorKind::CircularExtend { tpl, inheritance_chain: way }
            | ErrorKind::CircularInclude { tpl, include_chain: way } => {
                let files: Vec<String> = way.iter().map(|name| names.file(name)).collect();
                let message = format!("these templates bring each other in without end: {}", files.join(" → "));
                vec![ThemeError::new(message).in_template(tpl, names)]
            }
            _ => vec![ThemeError::rendering(error, "", names)],
        }
    }

    /// What the engine found in rendering a template.
    pub(super) fn rendering(error: &Error, template: &str, names: &Names) -> ThemeError {
        match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => located(report, names),
            ErrorKind::TemplateNotFound(missing) => ThemeError::missing(missing, names),
            other => {
                let error = phrased(&other.to_string());
                if template.is_empty() { error } else { error.in_template(template, names) }
            }
        }
    }
}

/// What to do about a template that is not there.
const NO_TEMPLATE: &str = "names are paths below `templates/`, such as \"base.html\" or \"partials/notes.html\"; \
                           \"@default/base.html\" is the default theme's own";

/// An error that carries its place.
fn located(report: &ReportError, names: &Names) -> ThemeError {
    let span = report.span();
    phrased(report.message()).in_template(report.filename(), names).at((span.start_line, span.start_col + 1))
}

/// Errors of the load check, which the engine gives as finished reports: `error: …`, then ` --> file:line:column`.
fn from_reports(reports: &str, names: &Names) -> Vec<ThemeError> {
    let mut found: Vec<ThemeError> = Vec::new();
    let mut lines = reports.lines().peekable();
    while let Some(line) = lines.next() {
        let Some(message) = line.strip_prefix("error: ") else { continue };
        let Some((file, place)) = lines.peek().and_then(|line| place_of(line)) else { continue };
        found.push(phrased(message).in_template(file, names).at(place));
    }
    if found.is_empty() {
        found.push(phrased(reports));
    }
    found
}

/// File, line and column of ` --> file:line:column`.
fn place_of(line: &str) -> Option<(&str, (usize, usize))> {
    let place = line.trim_start().strip_prefix("--> ")?;
    let (rest, column) = place.rsplit_once(':')?;
    let (file, line) = rest.rsplit_once(':')?;
    Some((file, (line.parse().ok()?, column.parse().ok()?)))
}

/// The engine's sentence in our form: first sentence the message, the rest the help; known mistakes with their mend.
fn phrased(sentence: &str) -> ThemeError {
    let sentence = sentence.trim();
    let (message, rest) = sentence.split_once(". ").map_or((sentence, None), |(first, rest)| (first, Some(rest)));
    let message = message.trim_end_matches('.');
    let mut letters = message.chars();
    let lower: String = letters.next().into_iter().flat_map(char::to_lowercase).chain(letters).collect();
    let error = ThemeError::new(lower);
    match rest.map(|rest| rest.trim_end_matches('.').to_owned()).or_else(|| mend(message).map(str::to_owned)) {
        Some(help) => error.help(help),
        None => error,
    }
}

/// What to do about a mistake that the engine only names.
fn mend(message: &str) -> Option<&'static str> {
    let mends = [
        (
            "Unknown filter",
            "the manual lists the filters: `| safe` is never needed, `slug`, `date` and `markdown` do not exist here",
        ),
        (
            "Unknown function",
            "a template has no functions but `range`, `throw` and `super`; what a page shows stands in `page`, `text`, `site` and `words`",
        ),
        ("Unknown test", "the manual lists the tests, such as `is defined`, `is starting_with`"),
        (
            "Unknown component",
            "a component is defined with {% component name(argument) %} … {% endcomponent name %} in any template",
        ),
        ("Unknown template", NO_TEMPLATE),
        (
            "Unknown tag",
            "tags are if, for, set, block, extends, include, component, filter and raw; macros are components here",
        ),
        ("Block `", "a template that extends another may only fill the blocks which that one has"),
    ];
    mends.into_iter().find(|(begin, _)| message.starts_with(begin)).map(|(_, mend)| mend)
}
