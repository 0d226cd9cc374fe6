//! Which template brings in which: a light scan of `extends`, `include` and the calls of components.
//!
//! The engine says that templates go in a circle but not where, and it does not follow every way in which they can.
//! A circle found here is refused before any template is rendered, since a template that includes itself would take
//! the whole process down.

use std::collections::{BTreeMap, BTreeSet};

/// One tag that brings in another template or a component.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tag {
    /// `extends`, `include` or `component` (a call of one).
    pub(super) verb: &'static str,
    /// The name as written.
    pub(super) target: String,
    /// Byte at which the tag begins.
    pub(super) at: usize,
    /// The component in whose definition the tag stands.
    within: Option<String>,
}

/// A way from a template back to itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Circle {
    /// Full names in order, the first one again at the end.
    pub(super) way: Vec<String>,
    /// The tag in the first template that begins the way.
    pub(super) tag: Tag,
}

/// All tags of a template that bring something in, in order. Comments and raw text are passed over.
pub(super) fn tags(text: &str) -> Vec<Tag> {
    let mut found = Vec::new();
    let mut within: Option<String> = None;
    let mut from = 0;
    while let Some(at) = text[from..].find('{').map(|at| from + at) {
        let rest = &text[at..];
        from = at + 1;
        if rest.starts_with("{#") {
            from = rest.find("#}").map_or(text.len(), |end| at + end + 2);
            continue;
        }
        if !rest.starts_with("{%") && !rest.starts_with("{{") {
            continue;
        }
        let inside = rest[2..].trim_start_matches('-').trim_start();
        let (word, after) = first_word(inside);
        match word {
            "raw" => from = rest.find("endraw").map_or(text.len(), |end| at + end),
            "component" => within = Some(first_word(after.trim_start()).0.to_owned()),
            "endcomponent" => within = None,
            _ => {}
        }
        if let Some((verb, target)) = brought_in(word, after, inside) {
            found.push(Tag { verb, target: target.to_owned(), at, within: within.clone() });
        }
    }
    found
}

/// What a tag brings in, given its first word and what follows, and all that is inside of it.
fn brought_in<'a>(word: &str, after: &'a str, inside: &'a str) -> Option<(&'static str, &'a str)> {
    match word {
        "extends" => Some(("extends", quoted(after)?)),
        "include" => Some(("include", quoted(after)?)),
        _ => Some(("component", first_word(inside.strip_prefix('<')?.trim_start()).0))
            .filter(|(_, name)| !name.is_empty()),
    }
}

/// The name at the start of a text, perhaps empty, and the rest.
fn first_word(text: &str) -> (&str, &str) {
    let end = text.find(|letter: char| !letter.is_alphanumeric() && !matches!(letter, '_' | '.' | '-'));
    text.split_at(end.unwrap_or(text.len()))
}

/// The quoted name at the start of what follows a verb.
fn quoted(text: &str) -> Option<&str> {
    let text = text.trim_start();
    let quote = text.chars().next().filter(|quote| matches!(quote, '"' | '\'' | '`'))?;
    text[1..].split_once(quote).map(|(name, _)| name)
}

/// Every circle among the templates, each once, beginning at the template whose full name sorts first in it.
///
/// `prefixes` are tried in order where no template has the name as written. A component that calls itself, as one that
/// prints a tree does, is no circle: the engine stops it in time.
pub(super) fn circles(sources: &BTreeMap<String, &str>, prefixes: [&str; 2]) -> Vec<Circle> {
    let resolve = |name: &str| {
        let candidates = [name.to_owned(), format!("{}{name}", prefixes[0]), format!("{}{name}", prefixes[1])];
        candidates.into_iter().find(|candidate| sources.contains_key(candidate))
    };
    let mut edges: BTreeMap<String, Vec<(Tag, String)>> = BTreeMap::new();
    for (name, text) in sources {
        for tag in tags(text) {
            let target = if tag.verb == "component" { Some(node(&tag.target)) } else { resolve(&tag.target) };
            let from = tag.within.as_deref().map_or_else(|| name.clone(), node);
            edges.entry(from).or_default().extend(target.map(|target| (tag, target)));
        }
    }
    let mut found: Vec<Circle> = Vec::new();
    let mut in_a_circle = BTreeSet::new();
    for start in sources.keys() {
        if in_a_circle.contains(start) {
            continue;
        }
        if let Some(circle) = circle_through(start, &edges) {
            in_a_circle.extend(circle.way.iter().cloned());
            found.push(circle);
        }
    }
    found
}

/// A component as a stop on the way: no template's name ends like this.
fn node(component: &str) -> String {
    format!("<{component} />")
}

/// The shortest way from a template back to itself, looked for in breadth.
fn circle_through(start: &str, edges: &BTreeMap<String, Vec<(Tag, String)>>) -> Option<Circle> {
    let mut ways: Vec<(Vec<String>, Option<Tag>)> = vec![(vec![start.to_owned()], None)];
    let mut seen = BTreeSet::new();
    while !ways.is_empty() {
        let mut longer = Vec::new();
        for (way, first) in ways {
            let last = way.last().map(String::as_str).unwrap_or_default();
            for (tag, target) in edges.get(last).into_iter().flatten() {
                let mut way = way.clone();
                way.push(target.clone());
                let first = first.clone().unwrap_or_else(|| tag.clone());
                if target == start {
                    return Some(Circle { way, tag: first });
                }
                if seen.insert(target.clone()) {
                    longer.push((way, Some(first)));
                }
            }
        }
        ways = longer;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{circles, tags};
    use std::collections::BTreeMap;

    fn named(text: &str) -> Vec<(&'static str, String, usize)> {
        tags(text).into_iter().map(|tag| (tag.verb, tag.target, tag.at)).collect()
    }

    #[test]
    fn finds_the_tags_that_name_templates() {
        assert_eq!(
            named("{% extends \"base.html\" %}\n{%- include 'a.html' -%}{% if x %}{{ include }}"),
            [("extends", "base.html".to_owned(), 0), ("include", "a.html".to_owned(), 26)]
        );
    }

    #[test]
    fn passes_over_comments_raw_text_and_broken_tags() {
        assert_eq!(
            named("{# {% include 'a' %} #}{% raw %}{% include 'b' %}{% endraw %}{% include c %}{% include 'd"),
            []
        );
        assert_eq!(named("{# open {% include 'a' %}"), []);
    }

    #[test]
    fn finds_calls_of_components_and_the_component_they_stand_in() {
        let found = tags("{% component a.b(x) %}{{<c y={1} />}}{% endcomponent a.b %}{% <d> %}{% </d> %}{{ x < y }}");
        let found: Vec<_> = found.iter().map(|tag| (tag.verb, tag.target.as_str(), tag.within.as_deref())).collect();
        assert_eq!(found, [("component", "c", Some("a.b")), ("component", "d", None)]);
    }

    #[test]
    fn a_component_may_call_itself_but_not_include_a_template_that_calls_it() {
        let tree = "{% component tree(x) %}{{ <tree x={1} /> }}{% endcomponent %}{{ <tree x={1} /> }}".to_owned();
        let sources = BTreeMap::from([("@site/a.html".to_owned(), tree.as_str())]);
        assert_eq!(circles(&sources, ["@site/", "@default/"]), []);
        let sources = BTreeMap::from([
            ("@site/a.html".to_owned(), "{% component one() %}{% include \"b.html\" %}{% endcomponent %}"),
            ("@site/b.html".to_owned(), "{{ <one /> }}"),
        ]);
        let found = circles(&sources, ["@site/", "@default/"]);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].way, ["@site/b.html", "<one />", "@site/b.html"]);
    }

    #[test]
    fn a_circle_is_found_once_and_through_both_layers() {
        let sources = BTreeMap::from([
            ("@default/a.html".to_owned(), "{% include 'b.html' %}"),
            ("@default/b.html".to_owned(), ""),
            ("@site/b.html".to_owned(), "é{% include 'a.html' %}"),
            ("@site/c.html".to_owned(), "{% include 'a.html' %}"),
        ]);
        let found = circles(&sources, ["@site/", "@default/"]);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].way, ["@default/a.html", "@site/b.html", "@default/a.html"]);
    }
}
