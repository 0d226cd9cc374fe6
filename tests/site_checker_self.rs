//! The site checker against small invented sites: for each rule one that breaks it and one that keeps it.

mod site_checker;

use site_checker::{check, check_on_disk, parse_errors, visible_text};
use std::path::Path;

/// Writes the files to a folder of its own and runs the checker there.
fn checked(files: &[(&str, &str)], run: impl Fn(&Path) -> Vec<String>) -> Vec<String> {
    let written = || {
        let folder = tempfile::tempdir()?;
        for (path, text) in files {
            let path = folder.path().join(path);
            path.parent().map_or(Ok(()), std::fs::create_dir_all)?;
            std::fs::write(path, text)?;
        }
        std::io::Result::Ok(folder)
    };
    match written() {
        Ok(folder) => run(folder.path()),
        Err(error) => vec![error.to_string()],
    }
}

fn served(files: &[(&str, &str)]) -> Vec<String> {
    checked(files, |folder| check(folder, "/"))
}

fn from_disk(files: &[(&str, &str)]) -> Vec<String> {
    checked(files, check_on_disk)
}

/// A whole page with that body.
fn page(body: &str) -> String {
    format!("<!DOCTYPE html><html lang=\"en\"><head><title>Letters</title></head><body>{body}</body></html>")
}

/// The problems of a site with one more page, `v/d2.html`, that has the id `fn-1`.
fn problems_of(body: &str) -> Vec<String> {
    served(&[("index.html", &page(body)), ("v/d2.html", &page("<p id=fn-1>note</p>"))])
}

#[test]
fn a_good_site_has_no_problem_wherever_it_stands() {
    let files = [
        (
            "index.html",
            page("<a href=v/d1.html>1</a> <a href=\"#top\">up</a> <a href=https://example.org/x>elsewhere</a>"),
        ),
        (
            "v/d1.html",
            page("<p id=p1><a href=../index.html>home</a> <a href=d2.html#fn-1>note</a> <a href=?q=1#p1>here</a></p>"),
        ),
        ("v/d2.html", page("<p id=fn-1>note</p>")),
        ("404.html", page("<p>Not here.</p>")),
    ];
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
    assert_eq!(served(&files), [""; 0]);
    assert_eq!(checked(&files, |folder| check(folder, "/repo/")), [""; 0]);
    assert_eq!(from_disk(&files), [""; 0]);
}

#[test]
fn ids_stand_once() {
    assert_eq!(problems_of("<p id=a>x</p><p id=a>y</p>"), ["index.html: id \"a\" stands more than once"]);
    assert_eq!(problems_of("<p id=a>x</p><p id=A>y</p>"), [""; 0]);
    assert_eq!(problems_of("<p id=\"a b\">x</p>"), ["index.html: id \"a b\" is empty or holds white space"]);
}

#[test]
fn links_lead_to_files() {
    assert_eq!(problems_of("<a href=d3.html>3</a>"), ["index.html: <a href=\"d3.html\"> leads to no file"]);
    assert_eq!(problems_of("<a href=v/D2.html>2</a>"), ["index.html: <a href=\"v/D2.html\"> leads to no file"]);
    assert_eq!(problems_of("<a href=\" v/d2.html \">2</a><a href=./v/../v/d2.html?a=b>2</a>"), [""; 0]);
    assert_eq!(problems_of("<a href=\"v/%642.html\">2</a>"), [""; 0]);
    assert_eq!(
        problems_of("<a href=\"%ff.html\">2</a>"),
        ["index.html: <a href=\"%ff.html\"> is not UTF-8 when decoded"]
    );
}

#[test]
fn all_attributes_with_addresses_are_read() {
    let body = "<img alt=x src=a.png srcset=\"b.png 1x, c.png 2x,d.png\"><form action=e.html></form>\
        <object data=f.pdf></object><svg><use xlink:href=\"g.svg#x\"></use></svg><noscript><img src=h.png></noscript>";
    let named: Vec<String> =
        problems_of(body).iter().filter_map(|problem| problem.split('"').nth(1).map(str::to_owned)).collect();
    assert_eq!(named, ["a.png", "b.png", "c.png", "d.png", "e.html", "f.pdf", "g.svg#x", "h.png"]);
    assert_eq!(problems_of("<img alt=x src=\"\">"), ["index.html: <img src=\"\"> is empty"]);
    let image = [
        ("index.html", &*page("<img alt=x src=a.png srcset=\"a.png 1x, data:image/png;base64,x 2x\">")),
        ("a.png", ""),
    ];
    assert_eq!(served(&image), [""; 0]);
}

#[test]
fn redirects_lead_to_files() {
    let redirect = |target: &str| {
        format!(
            "<!DOCTYPE html><html><head><meta http-equiv=refresh content=\"0; url={target}\"><title>x</title></head></html>"
        )
    };
    assert_eq!(
        served(&[("old.html", &redirect("v/new.html"))]),
        ["old.html: <meta content=\"0; url=v/new.html\"> leads to no file"]
    );
    assert_eq!(served(&[("old.html", &redirect("v/new.html")), ("v/new.html", &page(""))]), [""; 0]);
}

#[test]
fn fragments_lead_to_ids() {
    assert_eq!(
        problems_of("<a href=v/d2.html#fn-2>2</a>"),
        ["index.html: <a href=\"v/d2.html#fn-2\"> leads to no id \"fn-2\" in v/d2.html"]
    );
    assert_eq!(problems_of("<a href=#x>x</a>"), ["index.html: <a href=\"#x\"> leads to no id \"x\" in index.html"]);
    assert_eq!(problems_of("<a href=v/d2.html#fn-1>2</a> <a href=#%C3%A9>é</a> <i id=é></i>"), [""; 0]);
    assert_eq!(problems_of("<a href=\"v/d2.html#:~:text=note\">2</a>"), [""; 0]);
    let drawing = [
        ("index.html", &*page("<svg><use href=a.svg#pen></use></svg><svg><use href=a.svg#ink></use></svg>")),
        ("a.svg", "<svg><symbol id=\"pen\"/></svg>"),
    ];
    assert_eq!(served(&drawing), ["index.html: <use href=\"a.svg#ink\"> leads to no id \"ink\" in a.svg"]);
}

#[test]
fn no_link_begins_at_the_root_of_the_server() {
    assert_eq!(
        problems_of("<a href=/v/d2.html>2</a>"),
        ["index.html: <a href=\"/v/d2.html\"> begins at the root of the server"]
    );
    assert_eq!(
        problems_of("<a href=//example.org/>2</a>"),
        ["index.html: <a href=\"//example.org/\"> takes its scheme from the page, which fails from disk"]
    );
    assert_eq!(problems_of("<a href=v/d2.html>2</a>"), [""; 0]);
}

#[test]
fn the_page_that_is_shown_anywhere_has_full_addresses() {
    let problems = |body: &str, base: &str| {
        checked(&[("404.html", &page(body)), ("index.html", &page(""))], |folder| check(folder, base))
    };
    assert_eq!(problems("<a href=/repo/index.html>home</a> <a href=/repo/>home</a>", "/repo/"), [""; 0]);
    assert_eq!(problems("<a href=/index.html>home</a>", "/"), [""; 0]);
    assert_eq!(
        problems("<a href=/index.html>home</a>", "/repo/"),
        ["404.html: <a href=\"/index.html\"> lies outside /repo/"]
    );
    assert_eq!(
        problems("<a href=/repo/x.html>x</a>", "/repo/"),
        ["404.html: <a href=\"/repo/x.html\"> leads to no file"]
    );
    assert_eq!(
        problems("<a href=index.html>home</a>", "/"),
        ["404.html: <a href=\"index.html\"> is relative, and this page is shown at any depth"]
    );
}

#[test]
fn no_link_climbs_out_of_the_site() {
    assert_eq!(
        problems_of("<a href=../v/d2.html>2</a>"),
        ["index.html: <a href=\"../v/d2.html\"> climbs out of the site"]
    );
    assert_eq!(problems_of("<a href=v/../index.html>home</a>"), [""; 0]);
}

#[test]
fn a_base_begins_and_ends_with_a_slash() {
    let problems = checked(&[], |folder| check(folder, "/repo"));
    assert_eq!(problems, ["the base /repo does not begin and end with /"]);
}

#[test]
fn from_disk_links_name_files() {
    let files = |body: &str| {
        let (index, inner) = (page(body), page("<a href=../index.html>home</a>"));
        let files = [("index.html", index.as_str()), ("v/index.html", inner.as_str())];
        (served(&files), from_disk(&files))
    };
    let folder = |written: &str| vec![format!("index.html: <a href=\"{written}\"> names a folder, not a file")];
    assert_eq!(files("<a href=v/>v</a>"), (vec![], folder("v/")));
    assert_eq!(files("<a href=./>home</a>"), (vec![], folder("./")));
    assert_eq!(files("<a href=v>v</a>"), (folder("v"), folder("v")));
    assert_eq!(files("<a href=v/index.html>v</a>"), (vec![], vec![]));
    assert_eq!(files("<a href=\"\">here</a>"), (vec![], vec![]));
}

#[test]
fn a_folder_without_an_index_is_no_page() {
    assert_eq!(problems_of("<a href=v/>v</a>"), ["index.html: <a href=\"v/\"> leads to no file"]);
}

#[test]
fn style_sheets_name_files() {
    let css = "@import \"b.css\"; /* url(no.png) */ body { background: URL( 'a.png' ) } i { background: url(\"x.png\") }\
        b { background: url(data:image/png;base64,x); fill: url(#g) }";
    let problems = served(&[("assets/a.css", css), ("assets/a.png", "")]);
    assert_eq!(problems, ["assets/a.css: url(x.png) leads to no file", "assets/a.css: url(b.css) leads to no file"]);
    assert_eq!(
        served(&[("a.css", "p { background: url(/a.png) }"), ("a.png", "")]),
        ["a.css: url(/a.png) begins at the root of the server"]
    );
    assert_eq!(served(&[("assets/a.css", "p { background: url(../a.png) }"), ("a.png", "")]), [""; 0]);
}

#[test]
fn inline_styles_name_files() {
    let body = "<p style=\"background: url(x.png)\">x</p><p style=\"background: url('v/d2.html')\">y</p>";
    assert_eq!(problems_of(body), ["index.html: url(x.png) leads to no file"]);
    let head = "<!DOCTYPE html><html><head><title>x</title><style>p { background: url(y.png) }</style></head></html>";
    assert_eq!(served(&[("index.html", head)]), ["index.html: url(y.png) leads to no file"]);
}

#[test]
fn nothing_of_a_template_is_left_over() {
    assert_eq!(problems_of("<p>{{ title }}</p>"), ["index.html: {{ is left over from a template"]);
    assert_eq!(served(&[("feed.xml", "<feed>{% if x %}</feed>")]), ["feed.xml: {% is left over from a template"]);
    assert_eq!(problems_of("<p>{ title } 5 % { 6 %}</p>"), [""; 0]);
}

#[test]
fn pages_parse_without_errors() {
    assert!(problems_of("<p>x</b></p>").iter().all(|problem| problem.starts_with("index.html: parse error: ")));
    assert_eq!(problems_of("<p>x</b></p>").len(), 1);
    assert_eq!(parse_errors(&page("<p>one<p>two<ul><li>x<li>y</ul><br/><table><tr><td>z</table>")), [""; 0]);
    assert!(!parse_errors("<p>no doctype").is_empty());
}

#[test]
fn a_base_element_is_refused() {
    let html = "<!DOCTYPE html><html><head><base href=\"v/\"><title>x</title></head></html>";
    let problems = served(&[("index.html", html), ("v/index.html", &page(""))]);
    assert_eq!(problems, ["index.html: <base> changes the meaning of every relative address"]);
}

#[test]
fn a_page_that_is_not_text_is_reported() {
    let problems = checked(&[], |folder| match std::fs::write(folder.join("a.html"), [0xff, 0xfe]) {
        Ok(()) => check(folder, "/"),
        Err(error) => vec![error.to_string()],
    });
    assert_eq!(problems, ["a.html: stream did not contain valid UTF-8"]);
    assert_eq!(checked(&[], |folder| check(&folder.join("none"), "/")).len(), 1);
}

#[test]
fn text_of_blocks_is_in_lines_and_inline_elements_join() {
    assert_eq!(visible_text("<h1>Title</h1><p>one <b>two</b>, thr<i>ee</i></p><p>four"), "Title\none two, three\nfour");
    assert_eq!(visible_text("<div>a<p>b</p>c</div>"), "a\nb\nc");
    assert_eq!(visible_text("<table><tr><td>1<td>2</table>"), "1\n2");
}

#[test]
fn white_space_folds_as_in_a_browser() {
    assert_eq!(visible_text("<p>\n  a \t b\n<b> c </b> d </p>\n\n<p> e</p>"), "a b c d\ne");
    assert_eq!(visible_text("<p>a<b>b</b> </p> <p><i>c</i><i>d</i></p>"), "ab\ncd");
    assert_eq!(visible_text("<p>a&nbsp; b\u{2009}c</p>"), "a\u{a0} b\u{2009}c");
    assert_eq!(visible_text("<pre>a\n  b</pre><p>c</p>"), "a\n  b\nc");
}

#[test]
fn forced_breaks_are_lines() {
    assert_eq!(visible_text("<p>a <br> b<br><br>c<br></p><p>d</p>"), "a\nb\n\nc\nd");
}

#[test]
fn what_is_never_shown_is_left_out() {
    let html = page(
        "a<script>b</script><style>c</style><!-- d --><template>e</template><p hidden>f</p><noscript>g</noscript>",
    );
    assert_eq!(visible_text(&html), "a");
    assert_eq!(visible_text("<details><summary>a</summary>b</details><p hidden=until-found>c"), "a\nb\nc");
}

#[test]
fn lost_space_between_inline_elements_shows() {
    assert_ne!(visible_text("<p><b>a</b> <b>b</b></p>"), visible_text("<p><b>a</b><b>b</b></p>"));
    assert_eq!(visible_text("<p>\n<b>a</b>\n<b>b</b>\n</p>"), visible_text("<p><b>a</b> <b>b</b></p>"));
}
