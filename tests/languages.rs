//! Languages: of the interface, of passages, and of an original beside its translation; links back to the editors.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of a test may fail as loudly as the test itself")]

mod built;

use built::{Edition, files, pages};
use engross::model::page::is_right_to_left;
use engross::render::theme::builtin;
use scraper::{ElementRef, Html, Selector};
use std::collections::BTreeMap;

fn all<'h>(html: &'h Html, selector: &str) -> Vec<ElementRef<'h>> {
    html.select(&Selector::parse(selector).unwrap()).collect()
}

fn words(element: ElementRef<'_>) -> String {
    element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn texts(html: &Html, selector: &str) -> Vec<String> {
    all(html, selector).into_iter().map(words).collect()
}

/// All words of a file by their path.
fn flat(value: &serde_json::Value, path: &str, found: &mut BTreeMap<String, String>) {
    match value {
        serde_json::Value::Object(map) => {
            for (key, value) in map {
                flat(value, &format!("{path}.{key}"), found);
            }
        }
        serde_json::Value::String(text) => {
            found.insert(path.to_owned(), text.clone());
        }
        serde_json::Value::Array(list) => {
            for (number, value) in list.iter().enumerate() {
                flat(value, &format!("{path}.{number}"), found);
            }
        }
        other => panic!("{path} is no text: {other}"),
    }
}

fn words_of(language: &str) -> BTreeMap<String, String> {
    let (_, text) = builtin::WORDS.iter().find(|(tag, _)| *tag == language).unwrap();
    let mut found = BTreeMap::new();
    flat(&serde_yaml::from_str(text).unwrap(), "", &mut found);
    found
}

/// What stands in braces, sorted.
fn placeholders(text: &str) -> Vec<&str> {
    let parts = text.split('{').skip(1).filter_map(|part| part.split_once('}'));
    let mut names: Vec<&str> = parts.map(|(name, _)| name).collect();
    names.sort_unstable();
    names
}

#[test]
fn every_language_has_the_words_of_english() {
    let english = words_of("en");
    let mut problems = Vec::new();
    for (language, _) in builtin::WORDS.iter().filter(|(language, _)| *language != "en") {
        let own = words_of(language);
        let missing = english.keys().filter(|key| !own.contains_key(*key));
        problems.extend(missing.map(|key| format!("{language}.yaml lacks {key}: {}", english[key])));
        let more = own.keys().filter(|key| !english.contains_key(*key));
        problems.extend(more.map(|key| format!("{language}.yaml has {key}, which en.yaml has not")));
        for (key, text) in &own {
            let Some(wanted) = english.get(key) else { continue };
            if placeholders(text) != placeholders(wanted) {
                problems.push(format!("{language}.yaml fills in other places of {key}: {text}"));
            }
            if text.is_empty()
                || text.trim_matches(' ') != text && !["blank", "colon"].iter().any(|kind| key.contains(kind))
            {
                problems.push(format!("{language}.yaml has nothing, or spaces about it, at {key}"));
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// The three languages differ: a file that was copied and not translated would not be seen otherwise.
#[test]
fn languages_are_translated() {
    for language in ["de", "fr"] {
        let (own, english) = (words_of(language), words_of("en"));
        // A pattern of placeholders alone is alike in all languages.
        let has_words =
            |text: &str| text.split('}').any(|part| part.split('{').next().unwrap().contains(char::is_alphabetic));
        let long = english.iter().filter(|(_, text)| text.trim().split(' ').count() > 2 && has_words(text));
        let same: Vec<_> = long.filter(|(key, text)| own.get(*key) == Some(*text)).collect();
        assert!(same.is_empty(), "{language}: {same:?}");
    }
}

#[test]
fn the_interface_speaks_the_language_of_the_edition() {
    for (lang, notes, absence, date) in [
        ("de-AT", "Anmerkungen", "Dieses Dokument ist gesperrt.", "14. Juli 1902"),
        ("fr", "Notes", "Ce document n’est pas communicable.", "14 juillet 1902"),
    ] {
        let edition = Edition::invented("rich");
        edition.change("site.yaml", "lang: en", &format!("lang: {lang}"));
        edition.build(&[]);
        let page = Html::parse_document(&edition.page("letters/l1.html"));
        assert_eq!(texts(&page, ".notes h2"), [notes]);
        assert!(texts(&page, "aside dd").contains(&date.to_owned()), "{:?}", texts(&page, "aside dd"));
        let held = Html::parse_document(&edition.page("harbour/d3.html"));
        assert!(texts(&held, "p.absence")[0].starts_with(absence));
        // No word of the English interface is left on any page, besides those that German or French have too.
        let others = words_of(&lang[..2]);
        let english = words_of("en");
        let only: Vec<&String> = english
            .iter()
            .filter(|(key, text)| others.get(*key) != Some(*text) && text.split(' ').count() > 2 && !text.contains('{'))
            .map(|(_, text)| text)
            .collect();
        assert!(only.len() > 40);
        for (path, page) in pages(&files(&edition.out())) {
            let found: Vec<_> = only.iter().filter(|text| page.contains(text.as_str())).collect();
            assert!(found.is_empty(), "{lang} {path}: {found:?}");
        }
    }
}

#[test]
fn words_that_a_language_lacks_are_english() {
    let edition = Edition::invented("single");
    edition.change("site.yaml", "title:", "lang: nl\ntitle:");
    edition.build(&[]);
    assert!(edition.page("404.html").contains("This page is not here"));
    edition.write("themes/default/words/nl.yaml", "missing_title: Deze bladzijde is er niet\n");
    edition.build(&[]);
    let page = edition.page("404.html");
    assert!(page.contains("Deze bladzijde is er niet") && page.contains("The address may be mistyped"));
}

#[test]
fn numbers_are_printed_as_the_language_prints_them() {
    use engross::render::theme::{Theme, ThemeFiles};
    let template = "{% for n in page.numbers %}{{ <amount n={n} /> }} {% endfor %}";
    let files = ThemeFiles {
        name: "t".to_owned(),
        templates: vec![("numbers.html".to_owned(), template.to_owned())],
        ..ThemeFiles::default()
    };
    for (language, wanted) in [
        ("en", "7 999 1,000 31,667 1,000,000 12,034,005 "),
        ("de", "7 999 1000 31.667 1.000.000 12.034.005 "),
        ("fr", "7 999 1000 31\u{202f}667 1\u{202f}000\u{202f}000 12\u{202f}034\u{202f}005 "),
    ] {
        let (_, text) = builtin::WORDS.iter().find(|(tag, _)| *tag == language).unwrap();
        let words: serde_json::Value = serde_yaml::from_str(text).unwrap();
        let theme = Theme::load(&files).unwrap().with_site(&(), &words).unwrap();
        let page = serde_json::json!({"numbers": [7, 999, 1000, 31_667, 1_000_000, 12_034_005]});
        assert_eq!(theme.render("numbers.html", &page, &()).unwrap(), wanted, "{language}");
    }
}

/// The language and the direction in which an element stands.
fn tongue<'h>(element: ElementRef<'h>) -> (&'h str, &'h str) {
    let around: Vec<_> = std::iter::once(element).chain(element.ancestors().filter_map(ElementRef::wrap)).collect();
    let lang = around.iter().find_map(|element| element.attr("lang")).unwrap_or("");
    (lang, around.iter().find_map(|element| element.attr("dir")).unwrap_or("ltr"))
}

/// Wherever a language is named, its direction holds; and the interface around a letter in Hebrew is English.
#[test]
fn language_and_direction_agree_on_every_page() {
    let edition = Edition::invented("rich");
    edition.build(&[]);
    for (path, page) in pages(&files(&edition.out())) {
        let html = Html::parse_document(page);
        for element in all(&html, "[lang]") {
            let (lang, dir) = tongue(element);
            assert_eq!(dir == "rtl", is_right_to_left(lang), "{path}: {}", element.html());
        }
    }
    let letter = Html::parse_document(&edition.page("letters/l2.html"));
    for selector in ["header.site", ".skip", "aside.apparatus", "section.cite", ".notes h2", "footer.site", "summary"] {
        let found = all(&letter, selector);
        assert!(!found.is_empty(), "{selector}");
        assert!(found.iter().all(|element| tongue(*element) == ("en", "ltr")), "{selector}");
    }
    assert_eq!(tongue(all(&letter, ".text p")[0]), ("he", "rtl"));
    assert_eq!(tongue(all(&letter, ".text [lang=en]")[0]), ("en", "ltr"));
    assert_eq!(tongue(all(&letter, ".note [lang=en]")[0]), ("en", "ltr"));
}

fn letter(body: &str) -> Edition {
    let edition = Edition::empty();
    edition.write("site.yaml", "title: An Edition\nbase_url: https://example.org/e/\n");
    edition.write("content/v/_index.md", "---\nkind: volume\ntitle: V\npaginations:\n  - id: leaf\n---\n");
    let front = "---\ntitle: A “letter” & more\ndate: 1850-01-02\nsource: none\n---\n\n";
    edition.write("content/v/d1.md", &format!("{front}{body}"));
    edition
}

const PARALLEL: &str = "::: {lang=he}
Alpha.[^1]

[2]{.pb}

Beta.
:::

::: {.translation lang=en}
One.

Two.[^1]
:::

After.

[^1]: A note.
";

#[test]
fn a_translation_stands_beside_its_original() {
    let edition = letter(PARALLEL);
    edition.build(&[]);
    let html = Html::parse_document(&edition.page("v/d1.html"));
    assert_eq!(all(&html, ".text > .parallel.rows").len(), 1);
    assert_eq!(all(&html, ".parallel")[0].attr("style"), Some("--rows:2"));
    // Each column has as many elements as there are rows.
    assert_eq!(all(&html, ".parallel > [lang=he][dir=rtl] > *").len(), 2);
    assert_eq!(all(&html, ".parallel > .translation[lang=en] > *").len(), 2);
    assert_eq!(all(&html, ".parallel > [lang=he] > div:nth-child(2) > p.page-break > #leaf-2").len(), 1);
    assert_eq!(texts(&html, ".text p[id]"), ["Alpha.1", "Beta.", "One.", "Two.1", "After."]);
    let ids: Vec<_> = all(&html, ".text p[id]").iter().map(|it| it.attr("id").unwrap()).collect();
    assert_eq!(ids, ["p1", "p2", "p3", "p4", "p5"]);
    assert_eq!(all(&html, "#fn-1 a[role=doc-backlink]").len(), 2);
    assert_eq!(tongue(all(&html, ".translation p")[0]), ("en", "ltr"));
}

/// Two documents are two pages; each offers the other, and loads it only when a reader asks.
#[test]
fn a_translation_in_a_file_of_its_own_can_stand_beside() {
    let edition = Edition::invented("rich");
    edition.build(&[]);
    for (page, other, summary) in [
        ("letters/l2-en.html", "l2.html", "The original beside this translation"),
        ("letters/l2.html", "l2-en.html", "The translation beside this text"),
    ] {
        let html = Html::parse_document(&edition.page(page));
        assert_eq!(texts(&html, "details.beside > summary"), [summary]);
        let link = all(&html, "details.beside:not([open]) a")[0];
        assert_eq!(link.attr("href"), Some(other));
        let frame = all(&html, "details.beside > iframe[title]:not([src])")[0];
        assert_eq!(frame.attr("name"), link.attr("target"));
    }
    assert!(!edition.page("letters/l1.html").contains("iframe"));
}

#[test]
fn columns_without_equal_blocks_have_no_rows() {
    let edition = letter(&PARALLEL.replace("One.\n\n", ""));
    edition.build(&[]);
    let html = Html::parse_document(&edition.page("v/d1.html"));
    assert_eq!(all(&html, ".parallel:not(.rows):not([style])").len(), 1);
    assert_eq!(all(&html, ".parallel > [lang=he] > p.page-break").len(), 1);
    // What it translates is not fenced: it stays below, as an insertion.
    let edition = letter("Alpha.\n\n::: {.translation lang=en}\nOne.\n:::\n");
    edition.build(&[]);
    let html = Html::parse_document(&edition.page("v/d1.html"));
    assert!(all(&html, ".parallel").is_empty());
    assert_eq!(all(&html, ".text > .translation").len(), 1);
    // A poem and two translations.
    let edition = letter(
        "::: verse\nAlpha\nBeta\n:::\n\n::: translation\nOne\n:::\n\n::: {.verse .translation}\nUn\nDeux\n:::\n",
    );
    edition.build(&[]);
    let html = Html::parse_document(&edition.page("v/d1.html"));
    assert_eq!(all(&html, ".parallel > *").len(), 3);
    assert_eq!(all(&html, ".verse.translation br").len(), 1, "the lines of a poem stay lines");
}

#[test]
fn pages_lead_back_to_their_editors() {
    let edition = letter("Text.\n");
    edition.write("content/about.md", "---\ntitle: About\n---\n\nWords.\n");
    edition.write("content/v/part/_index.md", "---\ntitle: Part & parcel\n---\n\nWords.\n");
    edition.change(
        "site.yaml",
        "title: An Edition\n",
        "title: An Edition\nlinks:\n  edit: https://git.example.org/edit/main/{path}\n  report: \"mailto:e@example.org?subject={id}%20{title}&body={address}\"\n",
    );
    edition.build(&[]);
    let links = |page: &str| -> Vec<String> {
        let html = Html::parse_document(&edition.page(page));
        all(&html, "footer.site .links a").iter().map(|link| link.attr("href").unwrap().to_owned()).collect()
    };
    let report = |id: &str, title: &str, address: &str| {
        format!("mailto:e@example.org?subject={id}%20{title}&body=https%3A%2F%2Fexample.org%2Fe%2F{address}")
    };
    let edit = |path: &str| format!("https://git.example.org/edit/main/content/{path}");
    let title = "A%20%E2%80%9Cletter%E2%80%9D%20%26%20more";
    assert_eq!(links("v/d1.html"), [edit("v/d1.md"), report("d1", title, "v%2Fd1.html")]);
    let section = report("part", "Part%20%26%20parcel", "v%2Fpart.html");
    assert_eq!(links("v/part.html"), [edit("v/part/_index.md"), section]);
    assert_eq!(links("about.html"), [edit("about.md"), report("about", "About", "about.html")]);
    assert_eq!(links("v/index.html"), [edit("v/_index.md"), report("v", "V", "v%2F")]);
    assert!(links("colophon.html").is_empty() && links("404.html").is_empty());
}

#[test]
fn a_page_moves_with_its_source_only_where_a_link_names_that() {
    let edition = letter("Text.\n");
    edition.build(&[]);
    let before = edition.page("v/d1.html");
    edition.write("content/v/part/_index.md", "---\ntitle: Part\n---\n\nWords.\n");
    edition.change("site.yaml", "title: An", "links:\n  edit: https://git.example.org/{path}\ntitle: An");
    edition.build(&[]);
    assert!(edition.page("v/d1.html").contains("https://git.example.org/content/v/d1.md"));
    assert!(!before.contains("git.example.org"));
    std::fs::rename(edition.root().join("content/v/d1.md"), edition.root().join("content/v/part/d1.md")).unwrap();
    edition.build(&[]);
    assert!(edition.page("v/d1.html").contains("https://git.example.org/content/v/part/d1.md"));
}

#[test]
fn the_statement_on_accessibility_says_what_is_known() {
    let edition = letter("Text.\n");
    edition.write("content/accessibility.md", "---\ntitle: Access for all\n---\n\nWe describe each image.\n");
    edition.build(&[]);
    let html = Html::parse_document(&edition.page("accessibility.html"));
    assert_eq!(texts(&html, "h1"), ["Access for all"]);
    assert_eq!(texts(&html, ".text p"), ["We describe each image."]);
    let said = texts(&html, "article")[0].clone();
    let tools = include_str!("browser/package.json");
    let axe = tools.split("\"axe-core\": \"").nth(1).unwrap().split('"').next().unwrap();
    assert!(
        said.contains(&format!("axe-core {axe}")),
        "the statement names another version than the tests use: {said}"
    );
    assert!(said.contains("gives no address") && !said.contains("has changed the theme"));
    edition.change("site.yaml", "title: An", "contact: e@example.org\ntitle: An");
    edition.write("themes/default/words/en.yaml", "notes: Remarks\n");
    edition.build(&[]);
    assert!(!edition.page("accessibility.html").contains("has changed the theme"), "words are no change of the theme");
    edition.write("themes/default/templates/partials/crumbs.html", "");
    edition.build(&[]);
    let page = edition.page("accessibility.html");
    assert!(page.contains("has changed the theme") && page.contains("mailto:e@example.org"));
}
