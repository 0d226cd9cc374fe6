//! Built sites: the sample edition and two invented ones, made by the program itself and read as a browser reads them.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of a test may fail as loudly as the test itself")]

mod built;
mod contract;
mod site_checker;

use built::{Edition, files, pages};
use contract::{all, words};
use scraper::Html;
use site_checker::{check, check_on_disk, visible_text};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

const SEED: &str = "frus1961-63v10-12mSupp/d617.html";
const DOCUMENTS: &[(&str, &str)] = &[
    ("harbour", "d1"),
    ("harbour", "d2"),
    ("harbour", "d3"),
    ("harbour", "d4"),
    ("harbour", "d5"),
    ("harbour", "d7"),
    ("letters", "l1"),
    ("letters", "l2"),
    ("letters", "l2-en"),
];

/// What the site checker says of a site, wherever it stands.
fn problems(out: &Path) -> Vec<String> {
    let mut found = check_on_disk(out);
    for base in ["/", "/repo/"] {
        found.extend(check(out, base));
    }
    found
}

#[test]
fn every_site_is_whole_wherever_it_stands() {
    for edition in [Edition::sample(), Edition::invented("rich"), Edition::invented("single")] {
        edition.build(&["--no-minify"]);
        assert_eq!(problems(&edition.out()), Vec::<String>::new(), "as the theme writes it");
        edition.build(&["--drafts"]);
        assert_eq!(problems(&edition.out()), Vec::<String>::new(), "with drafts, minified where that is built in");
    }
    // The page that is served at any depth names the site in full, so there it is right under one base only.
    let edition = Edition::invented("rich");
    edition.build(&["--base-url", "https://example.org/repo/"]);
    assert_eq!(check(&edition.out(), "/repo/"), Vec::<String>::new());
}

#[test]
fn every_kind_of_page_is_there() {
    let edition = Edition::invented("rich");
    edition.build(&["--base-url", "https://example.org/repo"]);
    let made = files(&edition.out());
    let wanted = "404.html about.html about-us/index.html feed.xml index.html old/d1.html old/harbour/index.html \
                  persons.html places.html robots.txt sitemap.xml .nojekyll .engross-manifest CNAME \
                  downloads/ships.txt images/leaf-1.svg \
                  harbour/index.html harbour/pages.html harbour/preface.html harbour/signs.html harbour/arrival.html \
                  harbour/quay.html harbour/held.html harbour/departure.html harbour/bibliography.html \
                  harbour/persons.html harbour/terms.html harbour/places.html harbour/organizations.html \
                  harbour/works.html harbour/events.html harbour/repositories.html \
                  letters/index.html letters/pages.html \
                  archives.html archives/harbour-ml.html archives/classifications.html harbour/calendar.html \
                  calendar.csv calendar.json \
                  chronology.html harbour/chronology.html letters/chronology.html \
                  browse.html browse/genres.html browse/correspondents.html browse/topics.html browse/status.html";
    for path in wanted.split_whitespace() {
        assert!(made.contains_key(path), "{path} is not made");
    }
    for (volume, id) in DOCUMENTS {
        assert!(made.contains_key(&format!("{volume}/{id}.html")), "{volume}/{id} is not made");
    }
    assert!(!made.contains_key("harbour/d6.html"), "a draft is published");
    let kinds: BTreeSet<String> = pages(&made).filter_map(|(_, html)| kind(html)).collect();
    let wanted = "accessibility archive archives browse calendar chronology colophon document entry home method not-found \
                  page pages register search section volume";
    assert_eq!(kinds.into_iter().collect::<Vec<_>>().join(" "), wanted);
    let states: BTreeSet<String> = pages(&made)
        .flat_map(|(_, html)| {
            let html = Html::parse_document(html);
            all(&html, "[data-kind]").iter().map(|it| it.attr("data-kind").unwrap().to_owned()).collect::<Vec<_>>()
        })
        .collect();
    let wanted = ["calendar", "document", "editorial-note", "not-found", "withheld"];
    assert_eq!(states.iter().map(String::as_str).collect::<Vec<_>>(), wanted);
}

fn kind(html: &str) -> Option<String> {
    let html = Html::parse_document(html);
    let class = all(&html, "body[class]").first()?.attr("class")?;
    // What follows the kind says how wide the page is.
    class.split(' ').next().map(str::to_owned)
}

#[test]
fn the_seed_page_keeps_every_word_in_order() {
    let edition = Edition::sample();
    edition.build(&[]);
    let html = Html::parse_document(&edition.page(SEED));
    let expected = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/editions/d617.txt")).unwrap();
    let expected: Vec<&str> = expected.split_whitespace().collect();
    let text = all(&html, "article.document > .leaf > .text");
    let note = all(&html, "section.provenance .note > p");
    let shown = [text[0].html(), note[0].html()].map(|part| visible_text(&format!("<body>{part}"))).join("\n");
    assert_eq!(shown.split_whitespace().collect::<Vec<_>>(), expected);
    #[allow(clippy::disallowed_methods)]
    if let Some(corpus) = std::env::var_os("ENGROSS_CORPUS") {
        let seed = fs::read_to_string(Path::new(&corpus).join("../seed/d617.txt")).unwrap();
        let title = format!("{}1", all(&html, "h1").first().map(|title| words_before_notes(*title)).unwrap());
        let shown = format!("{title}\n{shown}");
        let (above, below) = seed.rsplit_once("\n  1. ").unwrap();
        let mut bare = format!("{above}\n{below}");
        for mark in ["[Facsimile Page 1]", "[Facsimile Page 2]", "[Typeset Page 1609]"] {
            assert!(bare.contains(mark), "{mark} is not in the seed");
            bare = bare.replace(mark, "");
        }
        assert_eq!(shown.split_whitespace().collect::<Vec<_>>(), bare.split_whitespace().collect::<Vec<_>>());
    }
}

/// The words of a title without its note marks.
fn words_before_notes(title: scraper::ElementRef<'_>) -> String {
    let marks = all_in(title, "a[role=doc-noteref]").map(|mark| mark.html()).collect::<Vec<_>>();
    let html = marks.iter().fold(title.html(), |html, mark| html.replace(mark.as_str(), ""));
    visible_text(&format!("<body>{html}"))
}

fn all_in<'h>(element: scraper::ElementRef<'h>, selector: &str) -> impl Iterator<Item = scraper::ElementRef<'h>> {
    let found: Vec<_> = element.select(&scraper::Selector::parse(selector).unwrap()).collect();
    found.into_iter()
}

#[test]
fn the_seed_page_has_its_anchors_and_its_source() {
    let edition = Edition::sample();
    edition.build(&[]);
    let page = edition.page(SEED);
    let html = Html::parse_document(&page);
    for id in ["facsimile-1", "facsimile-2", "typeset-1609"] {
        assert_eq!(all(&html, &format!("span[role=doc-pagebreak]#{id}")).len(), 1, "{id}");
    }
    let text = visible_text(&page);
    assert!(text.contains("is exerting an undesirable influence"), "a page break breaks the sentence");
    assert!(!text.contains("Typeset Page 1609]"), "the mark of a page is text");
    let reference = all(&html, "h1 a[role=doc-noteref]");
    assert_eq!(
        reference.iter().map(|it| (words(*it), it.attr("href"))).collect::<Vec<_>>(),
        [("1".into(), Some("#fn-1"))]
    );
    assert_eq!(all(&html, "section.provenance #fn-1 a[role=doc-backlink][href='#fnref-1']").len(), 1);
    let fields: BTreeMap<String, String> = all(&html, "section.provenance dl > div")
        .into_iter()
        .map(|field| (words(all_in(field, "dt").next().unwrap()), words(all_in(field, "dd").next().unwrap())))
        .collect();
    for (name, value) in [
        ("Repository", "Kennedy Library"),
        ("Collection", "President’s Office Files"),
        ("File", "Cuba, General, 1/63–3/63"),
        ("Classification", "No classification marking"),
        ("Extent", "2 pp."),
    ] {
        assert_eq!(fields.get(name).map(String::as_str), Some(value), "{fields:?}");
    }
    assert_eq!(
        all(&html, "section.provenance dd a[href='../archives/frus1961-63v10-12mSupp-kennedy-library.html']").len(),
        1
    );
    assert_eq!(contract::broken(&page, "d617", &[]), Vec::<String>::new());
}

#[test]
fn every_document_keeps_the_contract() {
    let edition = Edition::invented("rich");
    edition.build(&[]);
    for (volume, id) in DOCUMENTS {
        let prefixes: &[&str] = if *volume == "harbour" { &["o", "t"] } else { &[] };
        let page = edition.page(&format!("{volume}/{id}.html"));
        assert_eq!(contract::broken(&page, id, prefixes), Vec::<String>::new(), "{volume}/{id}");
    }
    let html = Html::parse_document(&edition.page("harbour/d1.html"));
    assert_eq!(all(&html, "section[role=doc-endnotes]").len(), 3);
    assert_eq!(words(all(&html, "#fn-o1 .marker")[0]), "*");
    assert_eq!(all(&html, "#fn-2 a[role=doc-backlink]").len(), 2);
    let marks: Vec<_> = all(&html, "[role=doc-pagebreak]").iter().map(|mark| mark.attr("id").unwrap()).collect();
    assert_eq!(marks, ["leaf-1", "print-5", "print-6", "leaf-2", "print-7", "print-8"]);
    let text = visible_text(&edition.page("harbour/d1.html"));
    assert!(text.contains("It sailed unbroken from Nordhavn"), "a page break breaks a word");
    assert!(text.contains("A quoted line of the log."), "white space around a page break is not one space");
    let single = Edition::invented("single");
    single.build(&[]);
    assert_eq!(contract::broken(&single.page("a1.html"), "a1", &[]), Vec::<String>::new());
}

#[test]
fn witnesses_stand_where_their_position_says() {
    let edition = Edition::invented("rich");
    edition.build(&["--no-minify"]);
    let page = edition.page("harbour/d1.html");
    let at = |what: &str| page.find(what).unwrap_or_else(|| panic!("{what} is not on the page"));
    let text = at("class=\"text\"");
    assert!(at("id=\"fn-1\"") < text && at("id=\"source-3\"") < text && text < at("id=\"source-2\""));
    let html = Html::parse_document(&page);
    assert!(words(all(&html, "#source-3")[0]).contains("A History of the Harbour & its Ships"), "a printed witness");
    assert_eq!(all(&html, "#source-3 dd a[href='bibliography.html#reed1950']").len(), 1);
    assert!(words(all(&html, "#source-2")[0]).contains("On blue paper, torn."));
    let calendar = edition.page("harbour/d4.html");
    let calendar = Html::parse_document(&calendar);
    assert_eq!(words(all(&calendar, ".provenance dd a[href='../archives/harbour-ml.html']")[0]), "Ministry Library");
}

#[test]
fn what_is_listed_beside_a_document_is_plain() {
    let edition = Edition::invented("rich");
    edition.build(&["--no-minify"]);
    let html = Html::parse_document(&edition.page("harbour/d1.html"));
    let listed = all(&html, "section.attachments li").into_iter().map(words).collect::<Vec<_>>();
    assert_eq!(listed, ["Letter: Manifest of the ship, March 3, 1901; Nordhavn Archives.", "Map (not printed)"]);
    assert_eq!(all(&html, "[id=fnref-t2]").len(), 1, "a note of an attachment's title is cited once");
    assert!(words(all(&html, "aside")[0]).contains("Solveig, A ship, named in Document 1."));
    for (path, page) in pages(&files(&edition.out())) {
        let text = visible_text(page);
        assert!(!text.contains("](") && !text.contains("doc:"), "{path} shows Markdown");
    }
}

#[test]
fn introductions_keep_their_notes() {
    let edition = Edition::invented("rich");
    edition.build(&["--no-minify"]);
    for page in ["harbour/pages.html", "harbour/persons.html"] {
        let html = Html::parse_document(&edition.page(page));
        assert_eq!(all(&html, "a[role=doc-noteref]").len(), 1, "{page}");
        assert_eq!(all(&html, "section[role=doc-endnotes] li#fn-1 a[href='#fnref-1']").len(), 1, "{page}");
    }
    assert!(!edition.page("letters/index.html").contains("pages.html\""), "no printed pages, no index of them");
}

#[test]
fn a_page_names_those_next_to_it_in_their_order() {
    let edition = Edition::invented("rich");
    edition.build(&["--no-minify"]);
    let page = |path: &str| Html::parse_document(&edition.page(path));
    let documents = all(&page("letters/index.html"), ".contents a").iter().map(|link| words(*link)).collect::<Vec<_>>();
    assert!(documents.len() > 2, "{documents:?}");
    for path in ["letters/l1.html", "letters/l2.html", "harbour/d5.html", "harbour/departure.html"] {
        let page = page(path);
        let own: Vec<_> = all(&page, ".window [aria-current=page]").iter().map(|own| words(*own)).collect();
        let title = words(all(&page, "h1")[0]);
        assert!(own.len() == 1 && title.starts_with(&own[0]), "{path}: {own:?} on the page {title:?}");
        let links = all(&page, ".window a");
        assert!(links.len() > 1 && links.len() <= 9, "{path}: {} links", links.len());
    }
    let shown: Vec<_> =
        all(&page("letters/l2.html"), ".window li > :not(.more)").iter().map(|one| words(*one)).collect();
    let order: Vec<_> = shown.iter().filter_map(|title| documents.iter().position(|other| other == title)).collect();
    assert!(order.len() > 1 && order.is_sorted(), "{shown:?} of {documents:?}");
}

#[test]
fn words_in_another_language_are_named() {
    let edition = Edition::invented("rich");
    edition.build(&[]);
    let hebrew = "מכתב ליוסף";
    let mut seen = 0;
    for (path, page) in pages(&files(&edition.out())) {
        let html = Html::parse_document(page);
        for node in html.tree.nodes() {
            let Some(text) = node.value().as_text() else { continue };
            let ancestors: Vec<_> = node.ancestors().filter_map(scraper::ElementRef::wrap).collect();
            if !text.contains(hebrew) || ancestors.iter().any(|element| element.value().name() == "title") {
                continue;
            }
            let lang = ancestors.iter().find_map(|element| element.attr("lang"));
            let direction = ancestors.iter().find_map(|element| element.attr("dir"));
            assert_eq!((lang, direction), (Some("he"), Some("rtl")), "{path}: {}", ancestors[0].html());
            seen += 1;
        }
    }
    assert!(seen >= 5, "the title stands on {seen} places only");
    let html = Html::parse_document(&edition.page("letters/l2.html"));
    assert_eq!(all(&html, "html[lang=he][dir=rtl]").len(), 1);
    assert_eq!(words(all(&html, ".text [lang=en]")[0]), "Nordhavn");
    let html = Html::parse_document(&edition.page("letters/l1.html"));
    assert_eq!(all(&html, "html[lang=fr]").len(), 1);
    let about = words(all(&html, "aside[lang=en]")[0]);
    assert!(about.contains("July 14, 1902"), "what is known is told in the edition's language: {about}");
    let html = Html::parse_document(&edition.page("harbour/d1.html"));
    assert_eq!(all(&html, ".translation[lang=fr], .text span[lang=fr]").len(), 2);
}

#[test]
fn the_same_edition_makes_the_same_bytes() {
    for name in ["rich", "single"] {
        let (one, two) = (Edition::invented(name), Edition::invented(name));
        one.build(&["--jobs", "1"]);
        two.build(&["--jobs", "2", "--out", "elsewhere/site"]);
        let (one, two) = (files(&one.out()), files(&two.root().join("elsewhere/site")));
        assert!(one.contains_key(".engross-manifest"));
        assert_eq!(one.keys().collect::<Vec<_>>(), two.keys().collect::<Vec<_>>());
        for (path, bytes) in &one {
            assert!(two[path] == *bytes, "{path} differs");
        }
    }
}

#[test]
fn a_second_build_writes_nothing() {
    let edition = Edition::invented("rich");
    edition.change("site.yaml", "lang: en", "lang: en\nsearch: off");
    let first = edition.build(&[]);
    assert!(first.contains(" 0 unchanged, 0 removed"), "{first}");
    let times = |out: &Path| -> BTreeMap<_, _> {
        files(out)
            .into_keys()
            .map(|path| (path.clone(), fs::metadata(out.join(path)).unwrap().modified().unwrap()))
            .collect()
    };
    let before = times(&edition.out());
    let second = edition.build(&[]);
    assert!(second.contains(": 0 files written, "), "{second}");
    assert_eq!(before, times(&edition.out()));
    edition.change("content/harbour/01-arrival/01-quay/d2.md", "nothing is kept", "nothing was kept");
    let third = edition.build(&[]);
    assert!(third.contains(": 1 files written, ") || third.contains(": 1 file written, "), "{third}");
}

#[test]
fn a_document_keeps_its_address_when_it_moves() {
    let edition = Edition::invented("rich");
    edition.change("site.yaml", "lang: en", "lang: en\nsearch: off");
    edition.build(&[]);
    let before: BTreeSet<String> = files(&edition.out()).into_keys().collect();
    let folder = edition.root().join("content/harbour");
    fs::rename(folder.join("01-arrival/01-quay/d2.md"), folder.join("02-departure/d2.md")).unwrap();
    edition.build(&[]);
    let after: BTreeSet<String> = files(&edition.out()).into_keys().collect();
    assert_eq!(before, after);
    assert_eq!(problems(&edition.out()), Vec::<String>::new());
    let html = Html::parse_document(&edition.page("harbour/d2.html"));
    assert_eq!(words(all(&html, "nav.crumbs li").pop().unwrap()), "Departure");
}

#[test]
fn with_an_address_there_are_files_for_machines() {
    let edition = Edition::invented("rich");
    edition.build(&["--base-url", "https://example.org/repo"]);
    let made = files(&edition.out());
    let base = "https://example.org/repo/";
    let sitemap = edition.page("sitemap.xml");
    let listed: BTreeSet<&str> = between(&sitemap, "<loc>", "</loc>").collect();
    let address = |path: &str| match path.strip_suffix("index.html") {
        Some(folder) => format!("{base}{folder}"),
        None => format!("{base}{path}"),
    };
    let redirects = ["old/d1.html", "old/harbour/index.html", "about-us/index.html"];
    let wanted: BTreeSet<String> = pages(&made)
        .map(|(path, _)| path)
        .filter(|path| *path != "404.html" && !redirects.contains(path))
        .map(address)
        .collect();
    assert_eq!(listed, wanted.iter().map(String::as_str).collect());
    assert!(sitemap.contains(&format!("<loc>{base}harbour/d1.html</loc><lastmod>2024-05-06</lastmod>")));
    for (path, page) in pages(&made).filter(|(path, _)| *path != "404.html" && !redirects.contains(path)) {
        let html = Html::parse_document(page);
        let canonical: Vec<_> = all(&html, "link[rel=canonical]").iter().filter_map(|link| link.attr("href")).collect();
        assert_eq!(canonical, [address(path)], "{path}");
    }
    let feed = edition.page("feed.xml");
    assert!(
        feed.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\"")
    );
    for element in [
        format!("<id>{base}</id>"),
        "<updated>2024-05-06T00:00:00Z</updated>".to_owned(),
        format!("<link rel=\"self\" href=\"{base}feed.xml\"/>"),
        format!("<id>{base}harbour/d1.html</id>"),
        "<author><name>Vera Blom</name>".to_owned(),
    ] {
        assert!(feed.contains(&element), "{element} is not in {feed}");
    }
    for file in ["sitemap.xml", "feed.xml"] {
        well_formed(&edition.page(file));
    }
    assert!(edition.page("robots.txt").contains(&format!("Sitemap: {base}sitemap.xml")));
    assert!(edition.page("harbour/d1.html").contains(&format!("{base}harbour/d1.html</a>")), "a permalink to cite");
}

#[test]
fn without_an_address_nothing_is_absolute() {
    let edition = Edition::invented("rich");
    let said = edition.build(&[]);
    assert!(said.contains("note: without `base_url`"), "{said}");
    let made = files(&edition.out());
    assert!(!made.contains_key("sitemap.xml") && !made.contains_key("feed.xml"));
    for (path, page) in pages(&made) {
        let html = Html::parse_document(page);
        assert!(
            all(&html, "link[rel=canonical], link[rel=alternate], meta[property='og:url'], .permalink").is_empty(),
            "{path}"
        );
    }
    assert!(!edition.page("robots.txt").contains("Sitemap"));
}

#[test]
fn old_addresses_lead_to_the_new_ones() {
    let edition = Edition::invented("rich");
    edition.build(&[]);
    for (old, new) in [
        ("old/d1.html", "../harbour/d1.html"),
        ("old/harbour/index.html", "../../harbour/d1.html"),
        ("about-us/index.html", "../about.html"),
    ] {
        let page = edition.page(old);
        let html = Html::parse_document(&page);
        assert_eq!(
            all(&html, "a[href]").iter().filter_map(|link| link.attr("href")).collect::<Vec<_>>(),
            [new],
            "{old}"
        );
        let refresh = all(&html, "meta[http-equiv=refresh]");
        assert!(refresh[0].attr("content").unwrap().ends_with(&format!("url={new}")), "{old}");
        let script = all(&html, "script").into_iter().map(|it| it.inner_html()).collect::<String>();
        assert!(script.contains("location.search") && script.contains("location.hash"), "{old}: {script}");
        assert_eq!(all(&html, "meta[name=robots][content=noindex]").len(), 1);
    }
    let single = Edition::invented("single");
    single.build(&[]);
    assert!(single.page("letter.html").contains("\"a1.html\""));
    assert!(single.page("start/index.html").contains("\"../index.html\""));
}

#[cfg(feature = "minify")]
#[test]
fn minified_pages_say_the_same() {
    for edition in [Edition::sample(), Edition::invented("rich"), Edition::invented("single")] {
        edition.build(&[]);
        edition.build(&["--no-minify", "--out", "plain"]);
        let (small, plain) = (files(&edition.out()), files(&edition.root().join("plain")));
        let mut saved = 0;
        for ((path, small), (other, plain)) in pages(&small).zip(pages(&plain)) {
            assert_eq!(path, other);
            assert_eq!(visible_text(small), visible_text(plain), "{path}");
            assert!(small.len() <= plain.len(), "{path} grew");
            saved += plain.len() - small.len();
        }
        assert!(saved > 0, "nothing was minified");
    }
}

fn between<'t>(text: &'t str, start: &'t str, end: &'t str) -> impl Iterator<Item = &'t str> {
    text.split(start).skip(1).filter_map(move |rest| rest.split(end).next())
}

/// Elements close in the order in which they were opened, and nothing stands bare that XML wants escaped.
fn well_formed(xml: &str) {
    let mut open: Vec<&str> = Vec::new();
    for (number, piece) in xml.split('<').enumerate().skip(1) {
        let (tag, text) = piece.split_once('>').unwrap_or_else(|| panic!("tag {number} has no end: {piece}"));
        let name = tag.split([' ', '/']).next().unwrap_or_default();
        if let Some(closed) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(closed), "in {xml}");
        } else if !tag.starts_with('?') && !tag.ends_with('/') {
            open.push(name);
        }
        for reference in text.split('&').skip(1) {
            let known = ["amp;", "lt;", "gt;", "quot;", "#"];
            assert!(known.iter().any(|known| reference.starts_with(known)), "a bare & in {text}");
        }
    }
    assert!(open.is_empty(), "{open:?} are not closed");
}

#[test]
fn the_rights_of_a_volume_stand_on_its_documents() {
    let edition = Edition::empty();
    edition.write("site.yaml", "title: An Edition\n");
    let note = "See [the *terms*](https://example.org/terms)";
    let volume = format!("---\nkind: volume\ntitle: V\nrights: {{licence: CC0-1.0, note: \"{note}\"}}\n---\n");
    edition.write("content/v/_index.md", &volume);
    // Fields are numbered in each file for itself: strings of the document have the numbers of the volume's.
    let citations: String = (0..9).map(|number| format!("{{citation: \"Book {number}\"}}, ")).collect();
    let document = format!("---\ntitle: A letter\ndate: 1850\nsource: none\nprinted_in: [{citations}]\n---\n\nText.\n");
    edition.write("content/v/d1.md", &document);
    edition.build(&["--no-minify"]);
    for path in ["v/d1.html", "v/index.html"] {
        let html = edition.page(path);
        let rights = html.split_once("rel=\"license\"").unwrap().1.split_once("</dd>").unwrap().0;
        assert!(
            rights.contains("href=\"https://example.org/terms\" rel=\"external\">the <em>terms</em></a>"),
            "{path}: {rights}"
        );
        assert!(!rights.contains("Book"), "{path}: {rights}");
    }
}
