//! A citation that grows part by part: how a style sets stops between them, and whether a stop stands within quotation marks.

use super::Item;
use crate::model::html::{Html, push_escaped};
use crate::view::Words;

/// A row of parts, each inline HTML without its end.
pub(super) struct Line {
    /// What is there already.
    pub(super) html: String,
    stop: &'static str,
    /// The closing quotation mark within which a stop stands; none in languages where it stands behind it.
    close: Option<String>,
}

impl Line {
    /// A line in a language, whose parts are divided by a stop.
    pub(super) fn new(lang: &str, words: &Words, stop: &'static str) -> Line {
        let within = lang.split('-').next() == Some("en");
        Line { html: String::new(), stop, close: within.then(|| words.get("citation.close")) }
    }

    pub(super) fn add(&mut self, part: String) {
        if !self.html.is_empty() {
            // What stands in brackets belongs to what is before it.
            if self.stop == "." || !part.starts_with('(') {
                self.stop(self.stop);
            }
            self.html.push(' ');
            if self.stop == "." {
                self.html.push_str(&capital(&part));
                return;
            }
        }
        self.html.push_str(&part);
    }

    pub(super) fn all(&mut self, parts: impl IntoIterator<Item = String>) {
        parts.into_iter().for_each(|part| self.add(part));
    }

    /// Sets a stop, unless one stands there.
    fn stop(&mut self, stop: &str) {
        let close = self.close.as_deref().filter(|close| self.html.ends_with(close)).unwrap_or_default();
        let at = self.html.len() - close.len();
        let last = last_of(&self.html[..at]);
        let strong = matches!(last, Some('?' | '!')) && (stop == "." || !close.is_empty());
        let enough = strong || (stop == "." && last == Some('.'));
        // Quotation marks that are not entered hold their own last sign.
        let outside = close.is_empty() && self.html.ends_with(['”', '“', '»', '’']);
        if !enough || outside {
            self.html.insert_str(at, stop);
        }
    }

    pub(super) fn end(mut self) -> Html {
        self.stop(".");
        Html(self.html)
    }
}

impl Item<'_> {
    /// A line in the language of the edition.
    pub(super) fn line(&self, stop: &'static str) -> Line {
        Line::new(&self.settings.lang, self.words, stop)
    }
}

/// The last character that is no part of a tag.
pub(super) fn last_of(html: &str) -> Option<char> {
    without_tags(html).chars().next_back()
}

/// Without the tags that stand at its end.
pub(super) fn without_tags(html: &str) -> &str {
    let mut rest = html;
    while let Some(before) = rest.strip_suffix('>').and_then(|inner| inner.rfind('<')) {
        rest = &rest[..before];
    }
    rest
}

/// The first letter as a capital.
pub(super) fn capital(html: &str) -> String {
    let mut chars = html.chars();
    match chars.next() {
        Some(first) if first.is_lowercase() => first.to_uppercase().chain(chars).collect(),
        _ => html.to_owned(),
    }
}

/// With a stop at its end.
pub(super) fn stopped(mut text: String) -> String {
    if !text.ends_with(['.', '!', '?']) {
        text.push('.');
    }
    text
}

/// Text as HTML.
pub(super) fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    push_escaped(&mut html, text);
    html
}
