//! Tests of the theme's layers and of every error it can show.

use super::{Theme, ThemeError, ThemeFiles, layer_words};
use serde_json::json;

/// Templates that stand in for the default theme: those with blocks and partials; all others are empty.
const DEFAULT: &[(&str, &str)] = &[
    ("base.html", "[{% block main %}base{% endblock %}]{% include \"partial.html\" %}"),
    ("document.html", "{% extends \"base.html\" %}{% block main %}default {{ page.title }}{% endblock %}"),
    ("home.html", "{{ site.title }} {{ words.home }}"),
    ("partial.html", "default partial"),
];

fn default() -> Vec<(&'static str, &'static str)> {
    let known = |name: &str| DEFAULT.iter().any(|(known, _)| *known == name);
    let empty = super::REQUIRED.iter().filter(|name| !known(name)).map(|name| (*name, ""));
    DEFAULT.iter().copied().chain(empty).collect()
}

fn files(templates: &[(&str, &str)]) -> ThemeFiles {
    let templates = templates.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    ThemeFiles { name: "mine".to_owned(), templates, statics: Vec::new() }
}

fn load(templates: &[(&str, &str)]) -> Result<Theme, Vec<ThemeError>> {
    Theme::load_over(&default(), &files(templates))
}

/// The one error of a theme, as `file:line:column: message (help)`.
fn error(templates: &[(&str, &str)]) -> String {
    let errors: Vec<String> = load(templates).err().unwrap().iter().map(ToString::to_string).collect();
    assert_eq!(errors.len(), 1, "{errors:#?}");
    errors.into_iter().next().unwrap()
}

fn page(theme: &Theme) -> Result<String, ThemeError> {
    theme.render("document.html", &json!({"title": "A & B"}), &json!({}))
}

#[test]
fn the_default_theme_loads_without_a_site_theme() {
    assert_eq!(Theme::load(&ThemeFiles::default()).err(), None);
    assert_eq!(page(&load(&[]).unwrap()).unwrap(), "[default A &amp; B]default partial");
}

#[test]
fn a_site_partial_wins_where_a_default_template_includes_it() {
    let theme = load(&[("partial.html", "own partial")]).unwrap();
    assert_eq!(page(&theme).unwrap(), "[default A &amp; B]own partial");
}

#[test]
fn a_site_template_overrides_one_block_of_the_default_one() {
    let own = "{% extends \"@default/document.html\" %}{% block main %}own, then {{ super() }}{% endblock %}";
    let theme = load(&[("document.html", own)]).unwrap();
    assert_eq!(page(&theme).unwrap(), "[own, then default A &amp; B]default partial");
}

#[test]
fn a_site_partial_may_include_the_default_one() {
    let theme = load(&[("partial.html", "own and {% include \"@default/partial.html\" %}")]).unwrap();
    assert_eq!(page(&theme).unwrap(), "[default A &amp; B]own and default partial");
}

#[test]
fn site_and_words_are_seen_by_every_template() {
    let theme = load(&[]).unwrap().with_site(&json!({"title": "Papers"}), &json!({"home": "Home"})).unwrap();
    assert_eq!(theme.render("home.html", &(), &()).unwrap(), "Papers Home");
}

#[test]
fn static_files_of_the_site_win_one_by_one() {
    let mut files = files(&[]);
    files.statics = vec![("engross.css".to_owned(), b"own".to_vec()), ("seal.svg".to_owned(), b"<svg/>".to_vec())];
    let layered = files.layered_statics();
    assert_eq!(layered.get("engross.css"), Some(&b"own".as_slice()));
    assert_eq!(layered.get("seal.svg"), Some(&b"<svg/>".as_slice()));
    assert!(layered.get("engross.js").is_some_and(|bytes| bytes.starts_with(b"//")));
}

#[test]
fn words_are_laid_over_words_key_by_key() {
    let mut words = json!({"a": "A", "b": {"c": "C", "d": "D"}});
    layer_words(&mut words, json!({"b": {"c": "Z", "e": "E"}, "a": null}));
    assert_eq!(words, json!({"a": "A", "b": {"c": "Z", "d": "D", "e": "E"}}));
}

#[test]
fn every_syntax_error_is_reported_with_its_place_in_characters() {
    let errors = load(&[("a.html", "é\n éé{{ x"), ("b.html", "{% macro m() %}{% endmacro %}")]).err().unwrap();
    let shown: Vec<String> = errors.iter().map(ToString::to_string).collect();
    assert_eq!(
        shown,
        [
            "themes/mine/templates/a.html:2:8: unexpected end of input",
            "themes/mine/templates/b.html:1:4: unknown tag (tags are if, for, set, block, extends, include, component, \
             filter and raw; macros are components here)",
        ]
    );
}

#[test]
fn unknown_names_are_errors_of_loading() {
    let errors = load(&[("a.html", "{{ x | markdown }}\n  {{ f() }}{% include \"c.html\" %}")]).err().unwrap();
    let shown: Vec<String> = errors
        .iter()
        .map(|error| format!("{}:{} {}", error.line.unwrap(), error.column.unwrap(), error.message))
        .collect();
    assert_eq!(shown, ["1:8 unknown filter `markdown`", "2:6 unknown function `f`", "2:23 unknown template `c.html`"]);
    assert!(
        errors
            .iter()
            .all(|error| error.file.as_deref() == Some("themes/mine/templates/a.html") && error.help.is_some())
    );
}

#[test]
fn an_unknown_parent_is_named_at_its_tag() {
    assert_eq!(
        error(&[("a.html", "{# x #}\n{% extends \"bsae.html\" %}")]),
        "themes/mine/templates/a.html:2:1: there is no template `bsae.html` to extend (names are paths below \
         `templates/`, such as \"base.html\" or \"partials/notes.html\"; \"@default/base.html\" is the default theme's own)"
    );
}

#[test]
fn a_block_that_no_parent_has_is_an_error() {
    assert_eq!(
        error(&[("document.html", "{% extends \"base.html\" %}{% block mian %}{% endblock %}")]),
        "themes/mine/templates/document.html:1:35: block `mian` is not defined in any parent template (a template that \
         extends another may only fill the blocks which that one has)"
    );
}

#[test]
fn a_block_missing_in_a_site_base_is_an_error_of_the_default_child() {
    assert_eq!(
        error(&[("base.html", "{% block body %}{% endblock %}")]),
        "default theme: document.html:1:35: block `main` is not defined in any parent template (a template that \
         extends another may only fill the blocks which that one has)"
    );
}

#[test]
fn a_template_that_includes_or_extends_itself_is_an_error_and_no_crash() {
    assert_eq!(
        error(&[("partial.html", "é {% include \"partial.html\" %}")]),
        "themes/mine/templates/partial.html:1:3: this template includes itself (to use the default theme's file write \
         {% include \"@default/partial.html\" %}; to repeat a part, make it a component)"
    );
    assert_eq!(
        error(&[("document.html", "{% extends \"document.html\" %}")]),
        "themes/mine/templates/document.html:1:1: this template extends itself (to build on the default theme's file \
         write {% extends \"@default/document.html\" %})"
    );
}

#[test]
fn longer_circles_are_errors_and_no_crash() {
    let message = error(&[("a.html", "{% include \"b.html\" %}"), ("b.html", "{% include \"a.html\" %}")]);
    assert!(message.contains(
        "without end: themes/mine/templates/a.html → themes/mine/templates/b.html → themes/mine/templates/a.html"
    ));
    let message = error(&[("partial.html", "{% include \"document.html\" %}")]);
    assert!(
        message.starts_with("default theme: base.html:1:37: these templates bring each other in without end"),
        "{message}"
    );
}

#[test]
fn a_component_that_includes_its_caller_is_an_error_and_no_crash() {
    assert_eq!(
        error(&[
            ("document.html", "{{ <one /> }}"),
            ("a.html", "{% component one() %}{% include \"b.html\" %}{% endcomponent %}"),
            ("b.html", "é{{ <one /> }}"),
        ]),
        "themes/mine/templates/b.html:1:2: these templates bring each other in without end: themes/mine/templates/b.html \
         → component <one /> → themes/mine/templates/b.html (name the default theme's own file with \"@default/…\", or \
         make the common part a component)"
    );
}

#[test]
fn a_component_that_calls_itself_without_end_is_an_error_and_no_crash() {
    let own = "{% component one(n) %}{{ <one n={n + 1} /> }}{% endcomponent %}{{ <one n={1} /> }}";
    let error = page(&load(&[("document.html", own)]).unwrap()).err().unwrap();
    assert!(error.message.contains("recursion depth"), "{error}");
}

#[test]
fn a_field_that_the_view_lacks_is_named_with_what_there_is() {
    let theme = load(&[("partial.html", "\n  é{{ page.titel }}")]).unwrap();
    let error = page(&theme).err().unwrap();
    assert_eq!(
        error.to_string(),
        "themes/mine/templates/partial.html:2:12: field `titel` is not defined (Available fields: title)"
    );
}

#[test]
fn a_required_template_that_is_nowhere_is_named() {
    let error = Theme::load_over(&default()[1..], &files(&[("base.html", "{% block main %}{% endblock %}")]));
    assert!(error.is_ok());
    let errors = Theme::load_over(&[("a.html", "")], &files(&[])).err().unwrap();
    assert_eq!(errors.len(), super::REQUIRED.len());
    assert_eq!(
        errors[0].to_string(),
        "themes/mine/templates/accessibility.html: the theme has no template `accessibility.html` (add \
         themes/mine/templates/accessibility.html)"
    );
    let error = load(&[]).unwrap().render("letter.html", &(), &()).err().unwrap();
    assert_eq!(error.message, "the theme has no template `letter.html`");
}
