//! The text a reader sees, for comparing pages whose markup differs.

use scraper::{Html, Node};

/// The visible text of a page: one line for each block or forced break, white space folded as browsers do.
///
/// Spaces, tabs and line ends fold into one space, also across inline elements, and vanish at the edges of blocks; in
/// `pre` and `textarea` they stay. No-break spaces and other space characters are text. Left out is what is never
/// shown: scripts, styles, templates, and what carries `hidden`. Cells of a table are lines of their own.
pub fn visible_text(html: &str) -> String {
    let html = Html::parse_document(html);
    let mut text = Text::default();
    let Some(body) = html.tree.nodes().find(|node| node.value().as_element().is_some_and(|it| it.name() == "body"))
    else {
        return String::new();
    };
    let mut steps = vec![Step::Enter(body)];
    while let Some(step) = steps.pop() {
        let node = match step {
            Step::Leave(name) => {
                text.leave(name);
                continue;
            }
            Step::Enter(node) => node,
        };
        match node.value() {
            Node::Text(written) => text.write(written),
            Node::Element(element) if !is_left_out(element) => {
                text.enter(element.name());
                steps.push(Step::Leave(element.name()));
                let first_child = steps.len();
                steps.extend(node.children().map(Step::Enter));
                steps[first_child..].reverse();
            }
            _ => {}
        }
    }
    text.out.trim_end_matches(FOLDED).to_owned()
}

/// White space that folds: that of HTML, which has no no-break space.
const FOLDED: [char; 5] = [' ', '\t', '\n', '\r', '\x0c'];

enum Step<'a, N> {
    Enter(N),
    Leave(&'a str),
}

#[derive(Default)]
struct Text {
    out: String,
    /// A space of the source that is written if more text follows on the line.
    space: bool,
    /// Line breaks that are written if more text follows.
    breaks: usize,
    /// How many elements that keep white space are open.
    kept: usize,
}

impl Text {
    fn enter(&mut self, name: &str) {
        if name == "br" {
            self.breaks += 1;
            self.space = false;
        } else if is_block(name) {
            self.end_line();
        }
        self.kept += usize::from(keeps_white_space(name));
    }

    fn leave(&mut self, name: &str) {
        if is_block(name) {
            self.end_line();
        }
        self.kept -= usize::from(keeps_white_space(name));
    }

    fn end_line(&mut self) {
        self.breaks = self.breaks.max(1);
        self.space = false;
    }

    fn write(&mut self, written: &str) {
        for letter in written.chars() {
            if self.kept == 0 && FOLDED.contains(&letter) {
                self.space = true;
                continue;
            }
            if !self.out.is_empty() {
                self.out.extend(std::iter::repeat_n('\n', self.breaks));
            }
            if self.space && self.breaks == 0 && !self.out.is_empty() && !self.out.ends_with(FOLDED) {
                self.out.push(' ');
            }
            (self.space, self.breaks) = (false, 0);
            self.out.push(letter);
        }
    }
}

fn keeps_white_space(name: &str) -> bool {
    matches!(name, "pre" | "textarea")
}

fn is_left_out(element: &scraper::node::Element) -> bool {
    let never_shown = ["head", "iframe", "noscript", "script", "style", "template", "title"];
    // `until-found` is opened by the browser's own search, so its text counts.
    let hidden = element.attr("hidden").is_some_and(|value| !value.eq_ignore_ascii_case("until-found"));
    hidden || never_shown.contains(&element.name())
}

/// Elements that browsers lay out on lines of their own, cells of tables included.
fn is_block(name: &str) -> bool {
    const BLOCKS: &[&str] = &[
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "optgroup",
        "option",
        "p",
        "pre",
        "search",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ];
    BLOCKS.contains(&name)
}
