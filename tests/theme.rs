//! The default theme: every template on rich invented views, held against the HTML contract of a document page.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of a test may fail as loudly as the test itself")]

#[path = "built/mod.rs"]
mod built;
#[path = "theme/samples.rs"]
mod samples;

use engross::model::html::Html;
use engross::render::theme::{REQUIRED, Theme, ThemeFiles, builtin};
use samples::Sample;
use scraper::{ElementRef, Html as Parsed, Selector};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

fn words() -> serde_json::Value {
    let english = builtin::WORDS.iter().find(|(language, _)| *language == "en").unwrap();
    serde_yaml::from_str(english.1).unwrap()
}

fn theme() -> Theme {
    Theme::load(&ThemeFiles::default()).unwrap().with_site(&samples::site(), &words()).unwrap()
}

fn render<P: Serialize>(sample: &Sample<P>) -> String {
    theme().render(sample.template, &sample.page, &sample.text).unwrap()
}

fn css() -> &'static str {
    std::str::from_utf8(builtin::STATICS[0].1).unwrap()
}

/// Every sample page by its path.
fn all_pages() -> BTreeMap<&'static str, String> {
    let mut pages = BTreeMap::from([
        (samples::seed().path, render(&samples::seed())),
        (samples::rich().path, render(&samples::rich())),
        (samples::section().path, render(&samples::section())),
        (samples::volume().path, render(&samples::volume())),
        (samples::home().path, render(&samples::home())),
        (samples::plain().path, render(&samples::plain())),
        (samples::pages().path, render(&samples::pages())),
        (samples::chronology().path, render(&samples::chronology())),
        (samples::year().path, render(&samples::year())),
        (samples::undated().path, render(&samples::undated())),
        (samples::browse().path, render(&samples::browse())),
        (samples::facet().path, render(&samples::facet())),
        (samples::register().path, render(&samples::register())),
        (samples::entry().path, render(&samples::entry())),
        (samples::archives().path, render(&samples::archives())),
        (samples::archive().path, render(&samples::archive())),
        (samples::calendar().path, render(&samples::calendar())),
        (samples::corrections().path, render(&samples::corrections())),
        (samples::colophon().path, render(&samples::colophon())),
        (samples::method().path, render(&samples::method())),
        (samples::accessibility().path, render(&samples::accessibility())),
        (samples::search().path, render(&samples::search())),
        (samples::not_found(css()).path, render(&samples::not_found(css()))),
    ]);
    pages.extend(samples::silent().iter().map(|sample| (sample.path, render(sample))));
    pages
}

fn select<'a>(page: &'a Parsed, selector: &str) -> Vec<ElementRef<'a>> {
    page.select(&Selector::parse(selector).unwrap()).collect()
}

/// Visible text with white space folded.
fn words_of(element: ElementRef<'_>) -> String {
    element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn texts(page: &Parsed, selector: &str) -> Vec<String> {
    select(page, selector).into_iter().map(words_of).collect()
}

fn attributes(page: &Parsed, selector: &str, attribute: &str) -> Vec<String> {
    select(page, selector).into_iter().map(|element| element.attr(attribute).unwrap_or_default().to_owned()).collect()
}

/// Writes the samples where a validator and a browser can read them.
#[test]
fn samples_can_be_looked_at() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("theme");
    for (path, page) in all_pages() {
        let file = folder.join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, page).unwrap();
    }
    fs::create_dir_all(folder.join("assets")).unwrap();
    fs::write(folder.join("assets/engross.css"), css()).unwrap();
}

#[test]
fn every_page_parses_without_a_complaint_and_repeats_no_id() {
    for (path, page) in all_pages() {
        let parsed = Parsed::parse_document(&page);
        assert_eq!(parsed.errors, Vec::<String>::new(), "{path}");
        let ids = attributes(&parsed, "[id]", "id");
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{path}: {ids:?}");
        let headings = select(&parsed, "h1");
        assert_eq!(headings.len(), 1, "{path}");
        let targets = attributes(&parsed, "a[href^='#']", "href");
        for target in targets {
            assert!(ids.iter().any(|id| target[1..] == **id) || target.starts_with("#fnref-"), "{path}: {target}");
        }
    }
}

#[test]
fn every_page_says_what_it_is_in_its_head() {
    for (path, page) in all_pages() {
        let parsed = Parsed::parse_document(&page);
        let meta =
            |name: &str| attributes(&parsed, &format!("meta[name='{name}'], meta[property='{name}']"), "content");
        assert_eq!(meta("generator"), ["Engross 0.1.0"], "{path}");
        assert_eq!(meta("description"), ["An \"aide-mémoire\" & more, at most three hundred characters."], "{path}");
        assert_eq!(meta("og:description"), meta("description"), "{path}");
        assert_eq!(meta("og:site_name"), ["Papers on Foreign Affairs & Peace"], "{path}");
        assert_eq!(meta("color-scheme"), ["light dark"], "{path}");
        assert_eq!(meta("viewport"), ["width=device-width,initial-scale=1"], "{path}");
        let kind = if path.starts_with("v/d") { "article" } else { "website" };
        assert_eq!(meta("og:type"), [kind], "{path}");
        if path != "404.html" {
            let address = format!("https://papers.example.org/edition/{path}");
            assert_eq!(meta("og:url"), [&*address], "{path}");
            assert_eq!(attributes(&parsed, "link[rel=canonical]", "href"), [address], "{path}");
            let root = if path.contains('/') { "../" } else { "" };
            assert_eq!(attributes(&parsed, "link[rel=alternate]", "href"), [format!("{root}feed.xml")]);
            assert_eq!(attributes(&parsed, "link[rel=stylesheet]", "href"), [format!("{root}assets/engross.css")]);
        }
    }
}

#[test]
fn without_a_base_address_there_are_no_absolute_addresses_in_the_head() {
    let mut sample = samples::seed();
    sample.page.head.canonical = None;
    sample.page.head.feed = None;
    sample.page.head.description = None;
    let page = render(&sample);
    for absent in ["canonical", "og:url", "application/atom+xml", "description"] {
        assert!(!page.split("</head>").next().unwrap().contains(absent), "{absent}");
    }
}

#[test]
fn the_seed_keeps_the_contract_of_a_document_page() {
    let page = Parsed::parse_document(&render(&samples::seed()));
    assert_eq!(attributes(&page, "html", "lang"), ["en"]);
    assert_eq!(attributes(&page, "article.document", "id"), ["d617"]);
    assert_eq!(
        texts(&page, "article.document h1"),
        ["617. Aide-Mémoire from the Soviet Government to the U.S. Government February 181"]
    );
    assert_eq!(texts(&page, "h1 > span.number"), ["617."]);
    assert_eq!(attributes(&page, "h1 a[role=doc-noteref]", "id"), ["fnref-1"]);
    assert_eq!(texts(&page, "section.provenance #fn-1 .marker"), ["1"]);
    assert_eq!(attributes(&page, "section.provenance #fn-1 a[role=doc-backlink]", "href"), ["#fnref-1"]);
    assert!(texts(&page, "section.provenance .note > p")[0].starts_with("Notification of Soviet withdrawal"));
    assert_eq!(
        texts(&page, "section.provenance details dt"),
        ["Repository", "Collection", "File", "Classification", "Extent", "Form"]
    );
    assert_eq!(attributes(&page, "section.provenance dd a", "href"), ["../archives/kennedy-library.html"]);
    assert_eq!(
        attributes(&page, "span[role=doc-pagebreak]", "data-label"),
        ["Facsimile Page 1", "Typeset Page 1609", "Facsimile Page 2"]
    );
    assert_eq!(attributes(&page, ".text p[id]", "id"), ["p1", "p2", "p3", "p4", "p5", "p6", "p7", "p8"]);
    assert_eq!(attributes(&page, "nav a[rel=prev]", "href"), ["d616.html"]);
    assert_eq!(attributes(&page, "nav a[rel=next]", "href"), ["d618.html"]);
    assert_eq!(select(&page, "section.cite i").len(), 1);
    assert_eq!(attributes(&page, "nav.crumbs a", "href"), ["../index.html", "index.html", "aftermath.html"]);
    assert!(
        texts(&page, "aside li").contains(&"Rusk, Dean, perhaps Ambassador (1962–), Secretary of State".to_owned())
    );
    assert_eq!(texts(&page, "aside time"), ["February 18, 1963"]);
    assert_eq!(attributes(&page, ".facsimiles a", "href"), ["../images/d617-1.jpg", "../images/d617-2.jpg"]);
}

#[test]
fn notes_keep_their_printed_markers_and_lead_back_to_each_reference() {
    let page = Parsed::parse_document(&render(&samples::rich()));
    let series = select(&page, "section[role=doc-endnotes]");
    assert_eq!(series.len(), 2);
    assert_eq!(texts(&page, "section[role=doc-endnotes] > h2"), ["Notes", "The author’s notes"]);
    assert_eq!(attributes(&page, "section[role=doc-endnotes] ol > li", "id"), ["fn-2", "fn-7", "fn-o1"]);
    assert_eq!(texts(&page, "section[role=doc-endnotes] li .marker"), ["2", "7", "*"]);
    assert_eq!(attributes(&page, "#fn-2 a[role=doc-backlink]", "href"), ["#fnref-2", "#fnref-2--2"]);
    assert_eq!(
        attributes(&page, "#fn-2 a[role=doc-backlink]", "aria-label"),
        ["Back to reference 2, place 1", "Back to reference 2, place 2"]
    );
    assert_eq!(attributes(&page, "#fn-7 a[role=doc-backlink]", "href"), Vec::<String>::new());
    assert_eq!(attributes(&page, "#fn-o1 a[role=doc-backlink]", "aria-label"), ["Back to reference *"]);
}

#[test]
fn witnesses_stand_above_or_below_the_text_in_their_order() {
    let html = render(&samples::rich());
    let page = Parsed::parse_document(&html);
    assert_eq!(attributes(&page, "section.provenance .witness", "id"), ["source", "source-2", "source-3"]);
    assert_eq!(select(&page, "section.provenance").len(), 2);
    let place = |needle: &str| html.find(needle).unwrap();
    assert!(place("id=\"source-2\"") < place("class=\"text\"") && place("class=\"text\"") < place("id=\"source-3\""));
    assert_eq!(texts(&page, ".siglum"), ["RC base text", "FC"]);
    assert!(texts(&page, "#source-2 .note > p").contains(&"Archives nationales, Marine, B/7/".to_owned()));
    assert_eq!(texts(&page, "#source-2 dt"), ["Collection", "oddity"]);
    assert_eq!(texts(&page, "#source-2 dd a"), ["Marine › B/7"]);
}

#[test]
fn a_rich_document_shows_all_it_knows() {
    let html = render(&samples::rich());
    let page = Parsed::parse_document(&html);
    assert_eq!(texts(&page, "h1"), ["[12A.] From Montmorin"]);
    let facts: Vec<String> = texts(&page, "aside > dl:first-of-type > div");
    for fact in [
        "Date not stated",
        "Place Paris (inferred)",
        "From Montmorin, Foreign Minister",
        "To Thomas Jefferson William Short",
        "Received May 6, 1787 (conjectured, uncertain) Hôtel de Langeac Petit",
        "Translated from fr, by A. Translator",
        "Also printed in Boyd, Papers, xi, 338–9",
        "Topics Fisheries Whale oil",
        "Edited by Jane Q. Editor, General Editor",
        "Text history Collated by JQE, 2024 (twice)",
        "Rights CC-BY-4.0, Example Historical Office. Images remain with their owners.",
        "Changed 2025-01-02",
    ] {
        assert!(facts.contains(&fact.to_owned()), "{fact}: {facts:#?}");
    }
    assert_eq!(
        texts(&page, "section.attachments li"),
        [
            "Enclosure: Arrêt du Conseil",
            "Enclosure, 4 pp.; DLC (not printed)",
            "A list (withheld)",
            "Attachment (not found)"
        ]
    );
    assert_eq!(texts(&page, "aside nav:not(.window) li"), ["On fish", "On oil", "On salt"]);
    assert_eq!(texts(&page, "p.draft"), ["Draft. This page is not published."]);
    assert_eq!(attributes(&page, "html", "lang"), ["fr"]);
    assert_eq!(attributes(&page, "header.site, nav.crumbs, aside, footer.site", "lang"), ["en", "en", "en", "en"]);
}

#[test]
fn a_page_shows_where_it_stands_in_the_contents() {
    let html = render(&samples::seed());
    let page = Parsed::parse_document(&html);
    let nav = "aside > nav.window:first-child";
    assert_eq!(attributes(&page, &format!("{nav} h2 a"), "href"), ["index.html"]);
    assert_eq!(
        texts(&page, &format!("{nav} > p")),
        ["The Aftermath of the Cuban Missile Crisis", "Document 617 of 700"]
    );
    let own = texts(&page, &format!("{nav} [aria-current=page]"));
    assert_eq!(own.len(), 1);
    assert_eq!(
        texts(&page, &format!("{nav} li")),
        ["… 12 before", "616. Telegram No. 2", &own[0], "618. Memorandum", "… 1 after"]
    );
    assert_eq!(attributes(&page, &format!("{nav} .more a"), "href"), ["aftermath.html", "aftermath.html"]);
}

#[test]
fn a_document_without_text_says_why() {
    let pages: Vec<String> = samples::silent().iter().map(render).collect();
    let parsed: Vec<Parsed> = pages.iter().map(|page| Parsed::parse_document(page)).collect();
    let absence = |at: usize| texts(&parsed[at], "p.absence");
    assert_eq!(absence(0), ["This document is withheld. Its text is not published."]);
    assert_eq!(absence(1), ["This document is listed and described here. Its text is not printed."]);
    assert_eq!(absence(2), ["This document has not been found. What is known of it is given here."]);
    assert!(absence(3).is_empty());
    assert_eq!(texts(&parsed[0], "section.provenance"), ["Source: not stated"]);
    assert_eq!(texts(&parsed[0], "aside dd.not-stated"), ["not stated"]);
    assert_eq!(texts(&parsed[1], "section.summary"), ["Acknowledges a packet."]);
    assert_eq!(texts(&parsed[2], "section.evidence p"), ["Mentioned in 12A."]);
    assert!(pages[..3].iter().all(|page| !page.contains("class=\"text\"")));
}

#[test]
fn the_other_pages_show_their_views() {
    let section = Parsed::parse_document(&render(&samples::section()));
    assert_eq!(attributes(&section, "article.section", "id"), ["aftermath"]);
    assert!(select(&section, "section.cite, aside").is_empty());
    let volume = Parsed::parse_document(&render(&samples::volume()));
    assert_eq!(texts(&volume, "ol.contents ol.contents ol.contents .number"), ["617."]);
    assert!(texts(&volume, "ol.contents > li > p").contains(&"Cuba 1 document".to_owned()));
    assert_eq!(attributes(&volume, ".registers a", "href"), ["persons.html", "terms.html", "places.html"]);
    let home = Parsed::parse_document(&render(&samples::home()));
    assert_eq!(texts(&home, "h1"), ["Papers on Foreign Affairs & Peace"]);
    assert_eq!(attributes(&home, ".volume-title a", "href"), ["v/index.html", "w/index.html"]);
    let pages = Parsed::parse_document(&render(&samples::pages()));
    assert_eq!(texts(&pages, "#typeset li").len(), 50);
    let archives = Parsed::parse_document(&render(&samples::archives()));
    assert_eq!(
        texts(&archives, "ul.archives:first-of-type li")[0],
        "Kennedy Library, Boston (JFKL) Volume 11 documents"
    );
    assert_eq!(texts(&archives, "dd"), ["Kennedy Library", "Unused Library"]);
    let archive = Parsed::parse_document(&render(&samples::archive()));
    assert_eq!(texts(&archive, ".places p")[1], "Box 3 2 documents");
    let held = "Volume Enclosure: A list (617. Aide-Mémoire) February 18, 1963 (inferred) \
                RC: autograph letter signed; 2 pp.; 12–13; Secret; Eyes Only; Nodis";
    assert_eq!(texts(&archive, ".places .held li"), [held]);
    assert_eq!(attributes(&archive, "a[rel=next]", "href"), ["3.html", "3.html"]);
    let calendar = Parsed::parse_document(&render(&samples::calendar()));
    assert_eq!(texts(&calendar, "ol.calendar > li").len(), 2);
    assert!(texts(&calendar, "ol.calendar ul li").contains(
        &"Enclosure (not printed) February 18, 1963 (inferred from the text) Kennedy Library, Box 3".to_owned()
    ));
    assert_eq!(texts(&pages, "#facsimile .documents-pages > li > a"), ["617. Aide-Mémoire"]);
    assert_eq!(texts(&pages, "#typeset-1591 a"), ["1591", "618."], "each document of a page");
    assert_eq!(texts(&pages, "#typeset details > summary"), ["1590–1599", "1600–1639"]);
    let rich = Parsed::parse_document(&render(&samples::rich()));
    assert_eq!(texts(&rich, ".referring > ul > li").len(), 10);
    assert_eq!(texts(&rich, ".referring > details > ul > li").len(), 2);
    let place = "12. Telegram, Berlin note 2; source note on paragraph 3";
    assert_eq!(texts(&rich, ".referring > details > ul > li")[1], place);
    let year = Parsed::parse_document(&render(&samples::year()));
    assert_eq!(texts(&year, "#m1963-02 dt"), ["February 18", "Day not known"]);
    let enclosed = "Enclosure: A list, from Rusk, to Kohler, Bundy in 617. Aide-Mémoire";
    assert!(texts(&year, ".days dd")[1].starts_with(enclosed), "{:?}", texts(&year, ".days dd"));
    assert_eq!(attributes(&year, "svg a", "href").len(), 2);
    let register = Parsed::parse_document(&render(&samples::register()));
    assert_eq!(texts(&register, "#p_RD_1 .name"), ["Rusk, Dean (1909–1994) 2 documents"]);
    assert_eq!(attributes(&register, "#p_RD_1 .name a", "href"), ["persons/p_RD_1.html"]);
    assert_eq!(attributes(&register, ".letters a", "href"), ["#p_KF_1", "#p_RD_1"]);
    assert_eq!(attributes(&register, "#p_RD_1 .see a", "href"), ["#p_KF_1"]);
}

#[test]
fn history_is_shown_where_it_belongs() {
    let rich = Parsed::parse_document(&render(&samples::rich()));
    assert_eq!(texts(&rich, "aside details.history summary"), ["Changes"]);
    assert_eq!(
        texts(&rich, "aside details.history li p"),
        [
            "2025-03-02 Mend <d1> & others",
            "Correction: for <1962> read 1963",
            "Correction: a second",
            "All corrections"
        ]
    );
    let corrections = Parsed::parse_document(&render(&samples::corrections()));
    assert_eq!(attributes(&corrections, "ol.corrections > li", "id"), ["c-0a1b2c3d4e"]);
    assert_eq!(texts(&corrections, ".erratum"), ["for <1962> read 1963", "a second"]);
    assert_eq!(texts(&corrections, "ol.corrections ul li"), ["617. Aide-Mémoire", "d2 (no longer in the edition)"]);
    let colophon = Parsed::parse_document(&render(&samples::colophon()));
    let facts = texts(&colophon, "dl.imprint > div");
    for fact in [
        "Version 1.2",
        "Documents 701",
        "Notes 2,040",
        "Persons in registers 12",
        "Repositories 3",
        "Languages English French",
        "Sources v1.2-3-g0a1b2c3d4e, with changes that are not committed",
        "Commit 0a1b2c3d4e5f60718293a4b5c6d7e8f901234567",
        "Made with Engross 0.1.0",
    ] {
        assert!(facts.contains(&fact.to_owned()), "{fact}: {facts:#?}");
    }
}

#[test]
fn the_not_found_page_stands_alone_at_any_depth() {
    let html = render(&samples::not_found("p{color:red}"));
    let page = Parsed::parse_document(&html);
    assert_eq!(texts(&page, "style"), ["p{color:red}"]);
    assert!(select(&page, "link, script").is_empty());
    for href in attributes(&page, "a:not(.skip)", "href") {
        assert!(href.starts_with("https://") || href.starts_with("mailto:"), "{href}");
    }
    let mut site = samples::site();
    site.base_url = None;
    site.rights = None;
    site.contact = None;
    let theme = Theme::load(&ThemeFiles::default()).unwrap().with_site(&site, &words()).unwrap();
    let page = theme.render("not-found.html", &samples::not_found("").page, &()).unwrap();
    assert_eq!(attributes(&Parsed::parse_document(&page), "a", "href"), ["#_main"]);
}

#[test]
fn a_page_is_tight_and_its_frame_small() {
    for (path, page) in all_pages() {
        let page = page.replace(css(), "");
        assert!(!page.contains("\n\n") && !page.contains(" \n"), "{path}");
    }
    let sample = samples::seed();
    let frame = render(&sample).len() - sample.text.body.0.len() - sample.text.sources[0].note.0.len();
    assert!(frame < 8 * 1024, "the frame is {frame} bytes");
    let bare = samples::silent().pop().unwrap();
    let frame = render(&bare).len() - bare.text.body.0.len();
    assert!(frame < 7 * 512, "{frame}");
}

/// The minifier drops white space between inline elements that stand directly in one of these.
#[test]
fn running_text_stands_only_where_the_minifier_keeps_its_spaces() {
    const BLOCKS: &str = "body, div, section, article, main, header, footer, nav, aside, blockquote, figure";
    const INLINE: [&str; 14] =
        ["a", "abbr", "b", "cite", "code", "del", "em", "i", "span", "strong", "sub", "sup", "time", "q"];
    for (path, page) in all_pages() {
        let parsed = Parsed::parse_document(&page);
        for block in select(&parsed, BLOCKS) {
            let bare = block.children().filter_map(|child| child.value().as_text()).any(|text| !text.trim().is_empty());
            assert!(!bare, "{path}: text directly in {}", block.value().name());
            let inline = block.child_elements().filter(|child| INLINE.contains(&child.value().name())).count();
            assert!(inline <= 1, "{path}: {inline} inline elements directly in {}", block.value().name());
        }
    }
}

#[test]
fn every_word_is_used_and_every_used_word_exists() {
    let templates: String = builtin::TEMPLATES.iter().map(|(_, text)| *text).collect();
    // Views take a few words by their names: `words.get("withdrawn_cited")`.
    let mut folders = vec![format!("{}/src/view", env!("CARGO_MANIFEST_DIR")).into()];
    let mut views = String::new();
    while let Some(folder) = folders.pop() {
        let folder: std::path::PathBuf = folder;
        for file in std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()) {
            if file.is_dir() {
                folders.push(file);
            } else {
                views.push_str(&std::fs::read_to_string(file).unwrap());
            }
        }
    }
    let taken =
        views.split("words.get(").skip(1).map(|rest| rest.trim_start_matches("&format!(").trim_start_matches('"'));
    let used: BTreeSet<String> = templates
        .split("words.")
        .skip(1)
        .chain(taken)
        .map(|rest| rest.chars().take_while(|letter| letter.is_ascii_lowercase() || *letter == '_').collect())
        .collect();
    let words = words();
    // Those of the script are its own: `engrossWords.note`.
    let known: BTreeSet<String> = words.as_object().unwrap().keys().filter(|key| *key != "script").cloned().collect();
    assert_eq!(used, known);
    let script = builtin::STATICS.iter().find(|(name, _)| *name == "engross.js").unwrap().1;
    let script = std::str::from_utf8(script).unwrap();
    let name = |rest: &str| rest.chars().take_while(|letter| letter.is_ascii_alphabetic() || *letter == '_').collect();
    let mut used: BTreeSet<String> = script.split("engrossWords.").skip(1).map(name).collect();
    // Taken by name: `engrossWords[kind]`.
    used.extend(["scheme", "size", "keys"].map(str::to_owned));
    let known: BTreeSet<String> = words["script"].as_object().unwrap().keys().cloned().collect();
    assert_eq!(used, known);
}

#[test]
fn text_is_escaped_and_ready_html_is_not() {
    let mut sample = samples::seed();
    sample.page.genre = Some("<script>".to_owned());
    sample.text.body = Html("<p id=\"p1\">A &amp; B</p>".to_owned());
    let page = render(&sample);
    assert!(page.contains("<dd>&lt;script&gt;</dd>") && page.contains("<p id=\"p1\">A &amp; B</p>"));
}

#[test]
fn nothing_is_fetched_from_elsewhere() {
    assert!(!css().contains("url(") && !css().contains("@import"));
    for (path, page) in all_pages() {
        let parsed = Parsed::parse_document(&page);
        let fetched =
            attributes(&parsed, "[src]", "src").into_iter().chain(attributes(&parsed, "link[rel=stylesheet]", "href"));
        assert!(fetched.into_iter().all(|address| !address.contains("//")), "{path}");
    }
}

/// Without the feature `minify` both sides are the same page, and the test holds all the same.
#[test]
fn minifying_changes_no_word_and_no_space_that_a_reader_sees() {
    for (path, page) in all_pages() {
        let before = Parsed::parse_document(&page);
        let after = Parsed::parse_document(&engross::render::minify::page(page.clone()));
        let runs = "p, h1, h2, h3, dt, summary, td, th, dd:not(:has(p)), li:not(:has(p, ul, ol)), title";
        assert_eq!(texts(&before, runs), texts(&after, runs), "{path}");
        for attribute in ["id", "href", "class", "data-label", "aria-label", "lang", "content"] {
            let selector = format!("[{attribute}]");
            assert_eq!(attributes(&before, &selector, attribute), attributes(&after, &selector, attribute), "{path}");
        }
        assert_eq!(attributes(&before, "*", "role"), attributes(&after, "*", "role"), "{path}");
    }
}

#[test]
fn the_small_style_sheet_keeps_its_page_marks_and_its_dark_colours() {
    let small = engross::render::minify::css(css());
    for kept in ["attr(data-label)", "prefers-color-scheme", "@media print", "color-mix", "old-style", "oldstyle-nums"]
    {
        assert_eq!(small.contains(kept), css().contains(kept), "{kept}");
    }
}

/// The folder of the third theme, which overrides one block of each template.
fn third() -> ThemeFiles {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/themes/third/templates");
    let read = |name: &&str| {
        let text = fs::read_to_string(folder.join(name));
        let text =
            text.unwrap_or_else(|_| panic!("tests/themes/third/templates/{name} should override one of its blocks"));
        ((*name).to_owned(), text)
    };
    ThemeFiles { name: "third".to_owned(), templates: REQUIRED.iter().map(read).collect(), ..ThemeFiles::default() }
}

#[test]
fn a_theme_may_override_one_block_of_each_template() {
    let mut words = words();
    words["third"] = "Changed by the third theme".into();
    let theme = Theme::load(&third()).unwrap().with_site(&samples::site(), &words).unwrap();
    let sample = samples::corrections();
    let page = theme.render(sample.template, &sample.page, &sample.text).unwrap();
    assert!(page.contains("data-kind=\"corrections\"") && page.contains("id=\"c-0a1b2c3d4e\""));
    let edition = built::Edition::invented("rich");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/themes/third");
    for (path, bytes) in built::files(&folder) {
        edition.write(&format!("themes/third/{path}"), std::str::from_utf8(&bytes).unwrap());
    }
    edition.change("site.yaml", "lang: en", "lang: en\ntheme: third");
    edition.build(&[]);
    let mut kinds = BTreeSet::new();
    for (path, page) in built::pages(&built::files(&edition.out())).filter(|(_, page)| !page.contains("http-equiv")) {
        let parsed = Parsed::parse_document(page);
        let class = attributes(&parsed, "body", "class").concat();
        let kind = class.split(' ').next().unwrap().to_owned();
        let marked: BTreeSet<String> = attributes(&parsed, "p.third", "data-kind").into_iter().collect();
        let marked = marked.into_iter().collect::<Vec<_>>().concat();
        // Pages of one kind may have several templates.
        let kind = match (&*kind, &*marked) {
            ("browse", "facet") | ("chronology", "year" | "undated") => marked.clone(),
            _ => kind,
        };
        assert_eq!(marked, kind, "{path}");
        assert_eq!(texts(&parsed, "p.third")[0], "Changed by the third theme", "{path}");
        assert_eq!(select(&parsed, "h1").len(), 1, "{path}: what the block held is there still");
        kinds.insert(format!("{kind}.html"));
    }
    // A page of corrections needs a history, one of a withdrawn document a ledger: their templates are loaded.
    let rare = ["corrections.html", "withdrawn.html"];
    let missing: Vec<_> = REQUIRED.iter().filter(|name| !kinds.contains(**name) && !rare.contains(name)).collect();
    assert!(missing.is_empty(), "no page is made with {missing:?}");
}
