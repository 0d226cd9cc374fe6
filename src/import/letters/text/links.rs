//! Links of a letter: to entries of registers, also one within another, and to letters, diaries, addresses.

use super::Writer;
use crate::import::inline::{self, Inline};
use crate::import::letters::words;
use crate::import::tei::index::clean;
use crate::import::xml::{self, Node};

impl Writer<'_> {
    /// A link to an entry of a register. What it names without being its name is marked so.
    pub(super) fn link(&mut self, node: Node<'_>) -> Vec<Inline> {
        let inner = self.inlines(node);
        let kind = match xml::name(node) {
            "persName" => "person",
            "placeName" => "place",
            "orgName" => "org",
            _ => xml::value(node, "type").unwrap_or_default(),
        };
        let (scheme, count) = match kind {
            "person" => ("person", "rs_person"),
            "place" => ("place", "rs_place"),
            "work" => ("work", "rs_work"),
            "org" => ("org", "rs_org"),
            "event" => ("event", "rs_event"),
            _ => {
                let message = format!("`{kind}` is no kind of register that is known; its words stand without a link");
                self.report.remark("reference-unknown", xml::place(node), message);
                return inner;
            }
        };
        if xml::name(node) == "rs" {
            self.counts.add(count, 1);
        }
        let ids = xml::value(node, "ref").unwrap_or_default().split_whitespace().map(|id| id.trim_start_matches('#'));
        let (found, missing): (Vec<&str>, Vec<&str>) = ids.partition(|id| self.known.has(scheme, id));
        for id in &missing {
            self.report.broken(xml::place(node), format!("no register has an entry `{id}`"));
        }
        if found.is_empty() {
            let target = missing.first().copied().map(clean).unwrap_or_default();
            return vec![Inline::Span(format!(".broken-ref target=\"{scheme}:{target}\""), inner)];
        }
        self.report.resolved += found.len();
        let target = found.iter().map(|id| format!("{scheme}:{}", clean(id))).collect::<Vec<_>>().join("+");
        link_around(&target, &attributes(node), inner)
    }

    /// A reference to another letter, a diary, an address. Files leave its words to the site, so they are made here.
    pub(super) fn reference(&mut self, node: Node<'_>) -> Vec<Inline> {
        let (kind, target) =
            (xml::value(node, "type").unwrap_or_default(), xml::value(node, "target").unwrap_or_default());
        let own = self.inlines(node);
        let written = own.iter().any(inline::has_words);
        let target = target.trim_start_matches('#').trim_end_matches(".xml");
        let letter = self.known.letter(target);
        let words =
            if written { own } else { vec![Inline::Text(letter.map_or_else(|| words::day(target), str::to_owned))] };
        let address = match letter {
            Some(_) => {
                self.report.resolved += 1;
                format!("doc:{}", clean(target))
            }
            None if target.starts_with("http") => {
                self.report.resolved += 1;
                target.to_owned()
            }
            None if kind.is_empty() || target.is_empty() => {
                let message = format!("the reference to `{target}` names nothing that is in hand; its words stand");
                self.report.broken(xml::place(node), message);
                return words;
            }
            None => {
                *self.report.external.entry(kind.to_owned()).or_default() += 1;
                format!("{}:{target}", words::token(kind))
            }
        };
        let introduction =
            if written { "" } else { words::introduction(xml::value(node, "subtype").unwrap_or_default()) };
        let mut made = vec![Inline::Text(introduction.to_owned())];
        made.append(&mut inline::link(address, words));
        made
    }
}

/// Attributes of a link: that the words only imply what they name, and how sure this is.
fn attributes(node: Node<'_>) -> String {
    let mut attributes = String::new();
    if xml::value(node, "subtype") == Some("implied") {
        attributes.push_str(".implied");
    }
    let cert = match xml::value(node, "cert") {
        Some("strong") => Some("high"),
        cert => cert.filter(|cert| matches!(*cert, "low" | "medium" | "high")),
    };
    if let Some(cert) = cert {
        attributes.push_str(if attributes.is_empty() { "cert=" } else { " cert=" });
        attributes.push_str(cert);
    }
    attributes
}

/// A link holds no link: one around others is cut at them, and each of these leads to both.
fn link_around(target: &str, attributes: &str, inner: Vec<Inline>) -> Vec<Inline> {
    if !inner.iter().any(holds_link) {
        let mut linked = inline::link(target.to_owned(), inner);
        mark(&mut linked, attributes);
        return linked;
    }
    let mut made = Vec::new();
    let mut words: Vec<Inline> = Vec::new();
    for inline in inner {
        if !holds_link(&inline) {
            words.push(inline);
            continue;
        }
        end_segment(&mut words, target, attributes, &mut made);
        made.push(match inline {
            Inline::Link(other, words) => Inline::Link(joined(&other, target), words),
            Inline::Styled(style, words) => Inline::Styled(style, link_around(target, attributes, words)),
            // Attributes of a link stand around it alone.
            Inline::Span(own, words) => match words.as_slice() {
                [Inline::Link(other, words)] => {
                    Inline::Span(own, vec![Inline::Link(joined(other, target), words.clone())])
                }
                _ => Inline::Span(own, link_around(target, attributes, words)),
            },
            other => other,
        });
    }
    end_segment(&mut words, target, attributes, &mut made);
    made
}

/// The words since the last link within.
fn end_segment(words: &mut Vec<Inline>, target: &str, attributes: &str, made: &mut Vec<Inline>) {
    let segment = std::mem::take(words);
    if segment.iter().any(inline::has_words) {
        made.append(&mut link_around(target, attributes, segment));
    } else {
        made.extend(segment);
    }
}

fn mark(linked: &mut Vec<Inline>, attributes: &str) {
    if !attributes.is_empty() && !linked.is_empty() {
        let first = linked.remove(0);
        linked.insert(0, Inline::Span(attributes.to_owned(), vec![first]));
    }
}

fn holds_link(inline: &Inline) -> bool {
    match inline {
        Inline::Link(..) => true,
        Inline::Span(_, inner) | Inline::Styled(_, inner) => inner.iter().any(holds_link),
        _ => false,
    }
}

/// Both targets: the words lead to the first, so that is the nearer one.
fn joined(near: &str, far: &str) -> String {
    let new: Vec<&str> = far.split('+').filter(|part| !near.split('+').any(|other| other == *part)).collect();
    std::iter::once(near).chain(new).collect::<Vec<_>>().join("+")
}
