//! What one file of a site holds: ids, links, and what is wrong with it by itself.

use super::css;
use scraper::node::Element;
use scraper::{Html, Node};
use std::collections::BTreeSet;

/// The facts of one file.
#[derive(Debug, Default)]
pub struct Page {
    /// What a fragment may name; None where fragments have another meaning, as in text files.
    pub anchors: Option<BTreeSet<String>>,
    /// In the order of the file.
    pub links: Vec<Link>,
    /// Without the path of the file.
    pub problems: Vec<String>,
}

/// An address that the file names.
#[derive(Debug)]
pub struct Link {
    /// How it is written, for messages: `<a href="d2.html">`, `url(a.png)`.
    pub place: String,
    /// The address alone.
    pub target: String,
}

/// The parser's complaints about a page, each once.
pub fn parse_errors(html: &str) -> Vec<String> {
    errors_of(&Html::parse_document(html))
}

fn errors_of(html: &Html) -> Vec<String> {
    html.errors.iter().map(|error| error.to_string()).collect::<BTreeSet<_>>().into_iter().collect()
}

impl Page {
    /// A page, parsed as browsers do.
    pub fn of_html(text: &str) -> Page {
        let html = Html::parse_document(text);
        let mut page = Page::of_text(text);
        page.problems.extend(errors_of(&html).iter().map(|error| format!("parse error: {error}")));
        page.anchors = Some(BTreeSet::new());
        page.take_in(&html);
        page
    }

    /// A drawing: only its ids, which a page may refer to.
    pub fn of_svg(text: &str) -> Page {
        let mut page = Page { anchors: Some(BTreeSet::new()), ..Page::default() };
        page.take_in(&Html::parse_fragment(text));
        page.links.clear();
        page
    }

    /// A style sheet.
    pub fn of_css(text: &str) -> Page {
        let mut page = Page::of_text(text);
        page.take_in_css(text);
        page
    }

    /// Any text: nothing of a template may be left over.
    pub fn of_text(text: &str) -> Page {
        let left_over = ["{{", "{%"].into_iter().filter(|tag| text.contains(tag));
        Page {
            problems: left_over.map(|tag| format!("{tag} is left over from a template")).collect(),
            ..Page::default()
        }
    }

    fn take_in(&mut self, html: &Html) {
        for node in html.tree.nodes() {
            let Node::Element(element) = node.value() else { continue };
            self.take_in_anchors(element);
            self.take_in_links(element);
            // The parser takes scripts to be on: `noscript` then holds plain text, and `style` always does.
            let text =
                || node.children().filter_map(|child| child.value().as_text()).map(|text| &**text).collect::<String>();
            match element.name() {
                "noscript" => self.take_in(&Html::parse_fragment(&text())),
                "style" => self.take_in_css(&text()),
                _ => {}
            }
        }
    }

    fn take_in_anchors(&mut self, element: &Element) {
        let Some(anchors) = &mut self.anchors else { return };
        if let Some(id) = element.attr("id") {
            if id.is_empty() || id.contains([' ', '\t', '\n', '\r', '\x0c']) {
                self.problems.push(format!("id \"{id}\" is empty or holds white space"));
            } else if !anchors.insert(id.to_owned()) {
                self.problems.push(format!("id \"{id}\" stands more than once"));
            }
        }
        if element.name() == "base" {
            self.problems.push("<base> changes the meaning of every relative address".to_owned());
        }
    }

    fn take_in_links(&mut self, element: &Element) {
        let name = element.name();
        for (attribute, value) in element.attrs() {
            match attribute {
                "href" | "src" | "action" | "formaction" | "poster" => self.link(name, attribute, value, value),
                "data" if name == "object" => self.link(name, attribute, value, value),
                "srcset" | "imagesrcset" => {
                    for candidate in srcset_addresses(value) {
                        self.link(name, attribute, candidate, candidate);
                    }
                }
                "content" if name == "meta" && is_refresh(element) => {
                    self.link(name, attribute, value, refresh_address(value));
                }
                "style" => self.take_in_css(value),
                _ => {}
            }
        }
    }

    fn link(&mut self, element: &str, attribute: &str, written: &str, target: &str) {
        let place = format!("<{element} {attribute}=\"{written}\">");
        if target.trim().is_empty() && attribute != "href" && attribute != "action" && attribute != "content" {
            self.problems.push(format!("{place} is empty"));
            return;
        }
        self.links.push(Link { place, target: target.to_owned() });
    }

    fn take_in_css(&mut self, css: &str) {
        for target in css::addresses(css) {
            // A fragment alone names something in the page that is drawn, which only the page can tell.
            if !target.starts_with('#') {
                self.links.push(Link { place: format!("url({target})"), target });
            }
        }
    }
}

fn is_refresh(meta: &Element) -> bool {
    meta.attr("http-equiv").is_some_and(|value| value.eq_ignore_ascii_case("refresh"))
}

/// The address in `0; url=d2.html`; empty, which means the page itself, when there is none.
fn refresh_address(content: &str) -> &str {
    let Some(at) = content.to_ascii_lowercase().find("url=") else { return "" };
    content[at + 4..].trim().trim_matches(['"', '\''])
}

/// The addresses of a `srcset`, without their widths and densities. Addresses may hold commas, as those of data do.
fn srcset_addresses(srcset: &str) -> Vec<&str> {
    let mut addresses = Vec::new();
    let mut rest = srcset;
    loop {
        rest = rest.trim_start_matches(|letter: char| letter == ',' || letter.is_ascii_whitespace());
        if rest.is_empty() {
            return addresses;
        }
        let (address, after) =
            rest.split_at(rest.find(|letter: char| letter.is_ascii_whitespace()).unwrap_or(rest.len()));
        addresses.push(address.trim_end_matches(','));
        rest = if address.ends_with(',') { after } else { after.split_once(',').map_or("", |(_, next)| next) };
    }
}
