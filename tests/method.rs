//! The pages about the edition as a whole: the legend of the signs that are really used, the counts of the colophon, and
//! the editors' own words on both.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of a test may fail as loudly as the test itself")]

#[path = "built/mod.rs"]
mod built;

use built::Edition;
use scraper::{Html, Selector};

fn texts(html: &str, selector: &str) -> Vec<String> {
    let html = Html::parse_document(html);
    let words = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    html.select(&Selector::parse(selector).unwrap()).map(|element| words(element.text().collect())).collect()
}

fn document(title: &str, body: &str) -> String {
    format!("---\ntitle: {title}\ndate: 1850-01-02\nsource: none\n---\n\n{body}\n")
}

/// Two volumes, of which the second prints its signs in another way.
fn edition() -> Edition {
    let edition = Edition::empty();
    edition.write("site.yaml", "title: An Edition\n");
    edition.write("content/v/_index.md", "---\nkind: volume\ntitle: V\n---\n");
    edition.write("content/w/_index.md", "---\nkind: volume\ntitle: W\nsigns:\n  supplied: \"<…>\"\n---\n");
    edition.write(
        "content/v/d1.md",
        &document("One", "A [word]{.supplied} and ~~another~~, [so]{.sic corr=thus}.[^1]\n\n[^1]: N."),
    );
    edition.write("content/v/d2.md", &document("Two", "A [word]{.supplied}, [here]{.supplied}."));
    edition.write("content/w/d3.md", &document("Three", "{{page 4}}Ein [Wort]{.supplied}."));
    edition
}

#[test]
fn the_legend_tells_of_the_signs_that_are_used() {
    let edition = edition();
    edition.build(&["--no-minify"]);
    let page = edition.page("method.html");
    assert_eq!(texts(&page, ".legend h2"), ["Signs: V", "Signs: W"]);
    let signs = texts(&page, ".legend tr");
    let wanted = [
        "[word]supplied by the editors2 documents",
        "wordas the original has it, an error1 document",
        "worddeleted in the original1 document",
        "<word>supplied by the editors1 document",
    ];
    assert_eq!(signs, wanted);
    // A body without them takes them away.
    edition.write("content/v/d1.md", &document("One", "A word."));
    edition.build(&["--no-minify"]);
    assert_eq!(texts(&edition.page("method.html"), ".legend tr").len(), 2);
}

#[test]
fn a_document_with_signs_leads_to_the_legend() {
    let edition = edition();
    edition.write("content/v/d2.md", &document("Two", "A word."));
    edition.build(&["--no-minify"]);
    let link = "aside.apparatus dd > a[href='../method.html']";
    assert_eq!(texts(&edition.page("v/d1.html"), link), ["What the signs in the text mean"]);
    assert_eq!(texts(&edition.page("v/d2.html"), link), [""; 0]);
}

#[test]
fn the_legend_tells_of_phrases_that_have_a_class() {
    let edition = edition();
    let pattern = "patterns:\n  - match: not declassified\n    class: excision\n    reason: withheld\n";
    edition.write("content/v/_index.md", &format!("---\nkind: volume\ntitle: V\n{pattern}---\n"));
    edition.write("content/v/d1.md", &document("One", "A word. [*1 line not declassified*]"));
    edition.build(&["--no-minify"]);
    let signs = texts(&edition.page("method.html"), ".legend tr");
    assert!(signs.iter().any(|sign| sign.ends_with("1 document") && sign.contains("withheld")), "{signs:?}");
    edition.write("content/v/d1.md", &document("One", "A word."));
    edition.build(&["--no-minify"]);
    assert!(!edition.page("method.html").contains("class=\"excision\""));
}

#[test]
fn volumes_that_print_alike_share_a_legend() {
    let edition = edition();
    edition.write("content/w/_index.md", "---\nkind: volume\ntitle: W\n---\n");
    edition.build(&["--no-minify"]);
    let page = edition.page("method.html");
    assert_eq!(texts(&page, ".legend h2"), ["Signs"]);
    assert_eq!(texts(&page, ".legend tr")[0], "[word]supplied by the editors3 documents");
}

#[test]
fn the_editors_words_stand_above() {
    let edition = edition();
    edition.write("content/method.md", "---\ntitle: How we work\n---\n\nWe print what is there.\n");
    edition.write("content/colophon.md", "---\ntitle: Of this edition\n---\n\nSet by hand.\n");
    edition.build(&["--no-minify"]);
    let method = edition.page("method.html");
    assert_eq!(texts(&method, "h1"), ["How we work"]);
    assert_eq!(texts(&method, ".text p"), ["We print what is there."]);
    let colophon = edition.page("colophon.html");
    assert_eq!(texts(&colophon, "h1"), ["Of this edition"]);
    let facts = texts(&colophon, "dl.imprint > div");
    for fact in ["Volumes 2", "Documents 3", "Notes 1", "Repositories 0"] {
        assert!(facts.contains(&fact.to_owned()), "{fact}: {facts:?}");
    }
    // They are no pages of their own beside these.
    let home = edition.page("index.html");
    let ways = texts(&home, "nav.ways a");
    assert_eq!(ways, ["Chronology", "Archives", "Editorial method", "Accessibility", "Colophon"]);
    assert!(texts(&home, "nav.pages a").is_empty(), "{home}");
}

#[test]
fn the_colophon_counts_each_thing_once() {
    let edition = Edition::invented("rich");
    edition.build(&["--no-minify"]);
    let facts = |page: &str| texts(&edition.page(page), "dl.imprint > div");
    // One of the volume's persons is the edition's, and two names of a repository are one.
    let repositories = texts(&edition.page("archives.html"), "ul.archives:first-of-type > li").len();
    for fact in ["Persons in registers 4".to_owned(), format!("Repositories {repositories}")] {
        assert!(facts("colophon.html").contains(&fact), "{fact}: {:?}", facts("colophon.html"));
    }
    assert!(
        facts("colophon.html").contains(&"Rights: Harbour Office CC0-1.0".to_owned()),
        "{:?}",
        facts("colophon.html")
    );
    // What has rights of its own says nothing of the edition's.
    assert_eq!(texts(&edition.page("harbour/d1.html"), "a[rel=license]"), ["CC0-1.0"]);
}

#[test]
fn in_an_edition_of_one_volume_a_section_introduces_it() {
    let edition = Edition::invented("single");
    edition.write("content/method.md", "---\nkind: section\ntitle: Ways\n---\n\nWords.\n");
    edition.build(&["--no-minify"]);
    assert_eq!(texts(&edition.page("method.html"), "h1"), ["Ways"]);
    assert!(texts(&edition.page("index.html"), "nav.ways a").contains(&"Editorial method".to_owned()));
}
