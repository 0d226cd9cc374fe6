//! Smaller pages: the only place that knows the minifier.
//!
//! Without the feature `minify` every function gives back what it got.

/// Deepest nesting of elements that is minified. The minifier recurses once a level, and overflowing the stack would
/// take the process down; real pages are a tenth as deep.
pub const DEEPEST: usize = 200;

/// A page with its tags kept and needless white space and quotes dropped.
///
/// The text a reader sees stays as it is, provided that white space alone never separates two inline elements directly
/// inside `div`, `section` and the like: templates keep running text in `p`, `li`, `dd` and headings. A page nested
/// deeper than [`DEEPEST`] is given back unchanged.
#[cfg(feature = "minify")]
pub fn page(html: String) -> String {
    if depth(&html) > DEEPEST { html } else { minified(html.as_bytes(), &settings()).unwrap_or(html) }
}

/// A page as it is: this build has no minifier.
#[cfg(not(feature = "minify"))]
pub fn page(html: String) -> String {
    html
}

/// A style sheet without comments and needless white space.
#[cfg(feature = "minify")]
pub fn css(text: &str) -> String {
    let settings = minify_html::Cfg { minify_css: true, ..settings() };
    let small = minified(format!("<style>{text}</style>").as_bytes(), &settings);
    let inner = small.as_deref().and_then(|small| small.strip_prefix("<style>")?.strip_suffix("</style>"));
    inner.unwrap_or(text).to_owned()
}

/// A script without needless white space and most comments; one that cannot be read stays as it is.
#[cfg(feature = "minify")]
pub fn js(text: &str) -> String {
    // What ends a script within a page would end it here.
    if text.contains("</script") || text.contains("<!--") {
        return text.to_owned();
    }
    let settings = minify_html::Cfg { minify_js: true, ..settings() };
    let small = minified(format!("<script>{text}</script>").as_bytes(), &settings);
    let inner = small.as_deref().and_then(|small| small.strip_prefix("<script>")?.strip_suffix("</script>"));
    inner.unwrap_or(text).to_owned()
}

/// A script as it is: this build has no minifier.
#[cfg(not(feature = "minify"))]
pub fn js(text: &str) -> String {
    text.to_owned()
}

/// A style sheet as it is: this build has no minifier.
#[cfg(not(feature = "minify"))]
pub fn css(text: &str) -> String {
    text.to_owned()
}

/// Keeps what makes pages plain to read and compare; styles and scripts are minified as files, never page by page.
#[cfg(feature = "minify")]
fn settings() -> minify_html::Cfg {
    minify_html::Cfg {
        keep_closing_tags: true,
        keep_html_and_head_opening_tags: true,
        keep_input_type_text_attr: true,
        ..minify_html::Cfg::new()
    }
}

/// The minifier's output; none when it is no UTF-8, which UTF-8 never becomes.
#[cfg(feature = "minify")]
fn minified(html: &[u8], settings: &minify_html::Cfg) -> Option<String> {
    String::from_utf8(minify_html::minify(html, settings)).ok()
}

/// Deepest nesting of elements, counted in one pass over the tags: never less than the true depth of a page whose
/// elements are closed. Elements left open on purpose count as nested, which errs on the safe side.
#[cfg_attr(not(feature = "minify"), allow(dead_code))]
fn depth(html: &str) -> usize {
    let bytes = html.as_bytes();
    let (mut now, mut deepest) = (0usize, 0usize);
    for (at, _) in html.match_indices('<') {
        match bytes.get(at + 1) {
            Some(b'/') => now = now.saturating_sub(1),
            Some(letter) if letter.is_ascii_alphabetic() && !is_void(&html[at + 1..]) => {
                now += 1;
                deepest = deepest.max(now);
            }
            _ => {}
        }
    }
    deepest
}

/// Whether the tag that begins here has no content and no closing tag.
fn is_void(tag: &str) -> bool {
    const VOID: [&str; 13] =
        ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];
    let end = tag.find(|letter: char| !letter.is_ascii_alphanumeric()).unwrap_or(tag.len());
    VOID.iter().any(|name| name.eq_ignore_ascii_case(&tag[..end]))
}

#[cfg(test)]
mod tests {
    use super::{DEEPEST, css, depth, js, page};

    #[test]
    fn depth_counts_open_elements_and_not_void_ones() {
        assert_eq!(depth(""), 0);
        assert_eq!(depth("<!doctype html><p>a<br>b<img src=x></p><p>c</p>"), 1);
        assert_eq!(depth("<div><ul><li><p>x</p></li></ul></div><div></div>"), 4);
        assert_eq!(depth("a < b, </p> and <é"), 0);
    }

    #[test]
    fn a_page_nested_too_deeply_is_left_alone() {
        let html = format!("{}  x  {}", "<div>".repeat(DEEPEST + 1), "</div>".repeat(DEEPEST + 1));
        assert_eq!(page(html.clone()), html);
        let hostile = "<b>".repeat(100_000);
        assert_eq!(page(hostile.clone()), hostile);
    }

    #[cfg(feature = "minify")]
    #[test]
    fn a_page_keeps_its_tags_and_its_text() {
        let html = "<!doctype html>\n<html lang=\"en\">\n<head>\n<title>T</title>\n</head>\n<body>\n<p id=\"p1\">a <i>b</i> <b>c</b>\u{a0}d &amp;copy;</p>\n</body>\n</html>\n";
        let small = page(html.to_owned());
        assert!(small.len() < html.len());
        assert!(small.contains("<p id=p1>a <i>b</i> <b>c</b>\u{a0}d &amp;copy;</p>"), "{small}");
        assert!(small.contains("<html lang=en><head>") && small.ends_with("</html>"), "{small}");
    }

    #[cfg(feature = "minify")]
    #[test]
    fn a_style_sheet_loses_its_comments() {
        assert_eq!(css("/* x */ a { color : #ffffff }\n"), "a{color:#fff}");
    }

    #[cfg(feature = "minify")]
    #[test]
    fn a_script_loses_white_space_and_keeps_what_it_says() {
        let script = "(function () {\n  var long = 1;\n  window.f = function (a) { return a + long; };\n})();\n";
        assert_eq!(js(script), "(function(){var long=1;window.f=function(a){return a+long}})();");
        assert_eq!(js("let = broken ("), "let = broken (");
        assert_eq!(js("var a = \"</script>\";  // x"), "var a = \"</script>\";  // x");
    }

    #[cfg(not(feature = "minify"))]
    #[test]
    fn without_the_minifier_nothing_changes() {
        assert_eq!(page("<p> a </p>".to_owned()), "<p> a </p>");
        assert_eq!(css("a { b : c }"), "a { b : c }");
    }
}
