//! Inlines to HTML.

use super::notes::marker;
use crate::model::body::{Attributes, Inline, Link, Marked, NoteRef, PageBreak, Style};
use crate::model::html::push_escaped;
use crate::model::page::{BodyView, Resolved, is_right_to_left, reference_anchor};
use crate::model::plain;

/// Writes HTML for inlines.
pub struct InlineWriter<'w, 'v> {
    /// What is written so far.
    pub html: &'w mut String,
    /// What may be seen.
    pub view: &'w BodyView<'v>,
    /// Whether the end of a source line is a line break.
    pub lines: bool,
    /// Whether the words around are written from right to left.
    pub rtl: bool,
}

impl InlineWriter<'_, '_> {
    /// Writes a run of inlines.
    pub fn inlines(&mut self, inlines: &[Inline<'_>]) {
        let mut at = 0;
        while let Some(inline) = inlines.get(at) {
            match inlines.get(at + 1) {
                Some(next) if is_substitution(inline, next) => {
                    self.html.push_str("<span class=\"subst\">");
                    self.inline(inline);
                    self.inline(next);
                    self.html.push_str("</span>");
                    at += 2;
                }
                _ => {
                    self.inline(inline);
                    at += 1;
                }
            }
        }
    }

    fn inline(&mut self, inline: &Inline<'_>) {
        match inline {
            Inline::Text(text) => push_escaped(self.html, text),
            Inline::SoftBreak if self.lines => self.html.push_str("<br>"),
            Inline::SoftBreak => self.html.push('\n'),
            Inline::HardBreak => self.html.push_str("<br>"),
            Inline::Code(text) => {
                self.html.push_str("<code>");
                push_escaped(self.html, text);
                self.html.push_str("</code>");
            }
            Inline::Styled(style, inner) => self.styled(*style, inner),
            Inline::Marked(marked) => self.marked(marked),
            Inline::Link(link) => self.link(link),
            Inline::Image(image) => self.image(image),
            Inline::NoteRef(reference) => self.note_reference(reference),
            Inline::PageBreak(page) => page_break(self.html, page, self.view),
            Inline::Raw(html) => self.html.push_str(html),
        }
    }

    fn styled(&mut self, style: Style, inner: &[Inline<'_>]) {
        let tag = style.tag();
        self.html.push('<');
        self.html.push_str(tag);
        self.html.push('>');
        self.inlines(inner);
        self.html.push_str("</");
        self.html.push_str(tag);
        self.html.push('>');
    }

    fn marked(&mut self, marked: &Marked<'_>) {
        if let Some(number) = marked.pattern {
            return self.phrase(number, &marked.inlines);
        }
        let element = |class: &&str| match *class {
            "del" => Some("del"),
            "add" => Some("ins"),
            "abbr" => Some("abbr"),
            _ => None,
        };
        let tag = marked.attributes.classes.iter().find_map(element).unwrap_or("span");
        self.html.push('<');
        self.html.push_str(tag);
        attributes(self.html, &marked.attributes, self.view, self.rtl);
        let outer = self.rtl;
        self.rtl = is_written_leftwards(&marked.attributes, outer);
        self.html.push('>');
        old_anchors(self.html, marked.attributes.id.unwrap_or(""), self.view);
        let sign = plain::sign(marked, &self.view.markup.signs);
        if let Some(sign) = sign {
            push_escaped(self.html, &sign.before);
        }
        self.html.push_str(plain::omission(marked).unwrap_or(""));
        self.inlines(&marked.inlines);
        self.rtl = outer;
        if let Some(sign) = sign {
            push_escaped(self.html, &sign.after);
        }
        self.html.push_str("</");
        self.html.push_str(tag);
        self.html.push('>');
    }

    /// A printed phrase to which the volume gives a class.
    fn phrase(&mut self, number: usize, inner: &[Inline<'_>]) {
        let Some(pattern) = self.view.markup.patterns.get(number) else { return self.inlines(inner) };
        self.html.push_str("<span class=\"");
        push_escaped(self.html, &pattern.class);
        self.html.push('"');
        if let Some(reason) = &pattern.reason {
            attribute(self.html, "data-reason", reason);
        }
        self.html.push('>');
        self.inlines(inner);
        self.html.push_str("</span>");
    }

    fn link(&mut self, link: &Link<'_>) {
        let Some(Resolved::Link { href, class, title }) = self.view.links.get(link.target.as_ref()) else {
            return self.words(link);
        };
        self.html.push_str("<a");
        let stated = explanation(&link.attributes, self.view);
        let mut written = link.attributes.clone();
        written.classes.insert(0, class);
        written_attributes(self.html, &written, self.rtl);
        attribute(self.html, "href", href);
        if *class == "term"
            && let Some(meaning) = href.strip_prefix('#')
        {
            // Readers who hear the page are told what the term means where it stands.
            attribute(self.html, "aria-describedby", meaning);
        }
        if let Some(title) = stated.as_ref().or(title.as_ref()) {
            attribute(self.html, "title", title);
        }
        if *class == "web" {
            self.html.push_str(" rel=\"external\"");
        }
        self.html.push('>');
        self.inlines(&link.inlines);
        self.html.push_str("</a>");
    }

    /// The words of a link that leads nowhere; what the editors say of them stays.
    fn words(&mut self, link: &Link<'_>) {
        if link.attributes == Attributes::default() {
            return self.inlines(&link.inlines);
        }
        self.html.push_str("<span");
        attributes(self.html, &link.attributes, self.view, self.rtl);
        self.html.push('>');
        self.inlines(&link.inlines);
        self.html.push_str("</span>");
    }

    fn image(&mut self, image: &Link<'_>) {
        let alternative = plain::text(&image.inlines, &self.view.markup.signs);
        let Some(Resolved::Link { href, .. }) = self.view.links.get(image.target.as_ref()) else {
            return push_escaped(self.html, &alternative);
        };
        self.html.push_str("<img");
        attribute(self.html, "src", href);
        attribute(self.html, "alt", &alternative);
        self.html.push_str(" loading=\"lazy\">");
    }

    fn note_reference(&mut self, reference: &NoteRef) {
        let label = &reference.label;
        let anchor = reference_anchor(label, reference.count);
        self.html.push_str("<a class=\"noteref\" role=\"doc-noteref\"");
        attribute(self.html, "id", &anchor);
        attribute(self.html, "href", &format!("#fn-{label}"));
        self.html.push_str("><sup>");
        push_escaped(self.html, &marker(label, self.view));
        self.html.push_str("</sup></a>");
    }
}

/// `~~old~~[new]{.add}`: a deletion directly followed by an addition.
fn is_substitution(first: &Inline<'_>, second: &Inline<'_>) -> bool {
    let deleted = match first {
        Inline::Styled(Style::Del, _) => true,
        Inline::Marked(marked) => marked.attributes.has("del"),
        _ => false,
    };
    deleted && matches!(second, Inline::Marked(marked) if marked.attributes.has("add"))
}

/// Empty elements at anchors that were published before, beside the one that took their place.
pub fn old_anchors(html: &mut String, anchor: &str, view: &BodyView<'_>) {
    for old in view.old_anchors.get(anchor).into_iter().flatten() {
        html.push_str("<span");
        attribute(html, "id", old);
        html.push_str("></span>");
    }
}

/// A page break: its label is shown by style and named for screen readers, but is no text.
pub fn page_break(html: &mut String, page: &PageBreak<'_>, view: &BodyView<'_>) {
    let pagination = view.markup.pagination(&page.pagination);
    let number = page.page.as_deref().unwrap_or("");
    let full = match pagination {
        Some(pagination) if page.label == number || page.label.is_empty() => pagination.name(number),
        _ => page.label.to_string(),
    };
    let shown: &str = if page.label.is_empty() { full.trim() } else { &page.label };
    let sign = &view.markup.signs.page;
    old_anchors(html, &page.anchor, view);
    html.push_str("<span class=\"pb\" role=\"doc-pagebreak\"");
    attribute(html, "id", &page.anchor);
    attribute(html, "data-label", &format!("{}{shown}{}", sign.before, sign.after));
    attribute(html, "aria-label", full.trim());
    if let Some(image) = page.image {
        attribute(html, "data-facs", image);
    }
    html.push_str("></span>");
}

/// ` name="value"`.
pub fn attribute(html: &mut String, name: &str, value: &str) {
    html.push(' ');
    html.push_str(name);
    html.push_str("=\"");
    push_escaped(html, value);
    html.push('"');
}

/// Class, id, language and data of a span or fence; `rtl` is the direction of what stands around it.
pub fn attributes(html: &mut String, attributes: &Attributes<'_>, view: &BodyView<'_>, rtl: bool) {
    written_attributes(html, attributes, rtl);
    if let Some(title) = explanation(attributes, view) {
        attribute(html, "title", &title);
    }
}

/// Attributes as written; of a key that is written twice, the first.
fn written_attributes(html: &mut String, attributes: &Attributes<'_>, rtl: bool) {
    let mut classes: Vec<&str> = Vec::new();
    let hand = attributes.get("hand").map(|_| "hand");
    for class in attributes.classes.iter().copied().chain(hand) {
        if !classes.contains(&class) {
            classes.push(class);
        }
    }
    if !classes.is_empty() {
        attribute(html, "class", &classes.join(" "));
    }
    if let Some(id) = attributes.id {
        attribute(html, "id", id);
    }
    for (number, (key, value)) in attributes.pairs.iter().enumerate() {
        let twice = |(before, _): &(&str, &str)| before.to_lowercase() == key.to_lowercase();
        if attributes.pairs.iter().take(number).any(twice) {
            continue;
        }
        match *key {
            "lang" => attribute(html, "lang", value),
            "dir" => attribute(html, "dir", value),
            _ => attribute(html, &format!("data-{}", key.to_lowercase()), value),
        }
    }
    let own = is_written_leftwards(attributes, rtl);
    if own != rtl && attributes.get("dir").is_none() {
        attribute(html, "dir", if own { "rtl" } else { "ltr" });
    }
}

/// Whether what has these attributes is written from right to left: as they say, else as its language is, else as what
/// stands around it.
pub fn is_written_leftwards(attributes: &Attributes<'_>, around: bool) -> bool {
    match (attributes.get("dir"), attributes.get("lang")) {
        (Some(direction), _) => direction.eq_ignore_ascii_case("rtl"),
        (None, Some(language)) => is_right_to_left(language),
        (None, None) => around,
    }
}

/// What the editors say about the words: a correction, an expansion, whose hand it is.
fn explanation(attributes: &Attributes<'_>, view: &BodyView<'_>) -> Option<String> {
    let given = ["corr", "expan", "reg"].into_iter().find_map(|key| attributes.get(key)).map(str::to_owned);
    given.or_else(|| view.hands.get(attributes.get("hand")?).cloned())
}
