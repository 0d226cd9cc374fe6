//! The search index against the pages: every count by the database is the count by hand over what the pages show.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    unreachable_pub,
    reason = "helpers of a test may fail as loudly as the test itself"
)]

#[path = "built/mod.rs"]
mod built;
#[path = "search/query.rs"]
mod query;
#[path = "search/read.rs"]
mod read;

use built::{Edition, files};
use query::{Query, near, phrase, prefix};
use read::{Index, Words, pages};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

/// Asks everything of an index, and fails with each query whose documents are not those found by hand. Gives the hits.
fn ask(index: &Index, pages: &[Words], queries: &[Query]) -> usize {
    let mut wrong = Vec::new();
    let mut hits = 0;
    for query in queries {
        let found = index.find(&query.text());
        let counted: Vec<usize> = (0..pages.len()).filter(|&page| query.matches(&pages[page])).collect();
        hits += found.len();
        if found != counted {
            let differ = |one: &[usize], other: &[usize]| -> Vec<usize> {
                one.iter().filter(|page| !other.contains(page)).take(3).copied().collect()
            };
            let (more, less) = (differ(&found, &counted), differ(&counted, &found));
            let text = query.text();
            wrong.push(format!("{text}: {} found, {} counted; {more:?} {less:?}", found.len(), counted.len()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    hits
}

/// Queries of every form for papers on foreign affairs.
fn queries() -> Vec<Query> {
    let words = [
        "soviet",
        "berlin",
        "embassy",
        "the",
        "of",
        "telegram",
        "kennedy",
        "khrushchev",
        "1963",
        "25",
        "u",
        "s",
        "secret",
        "zzzz",
        "a",
        "reunion",
        "not",
        "near",
        "or",
        "and",
    ];
    let phrases = [
        "secretary of state",
        "united states",
        "atomic energy",
        "the president",
        "U.S. Government",
        "U.S.-Soviet",
        "ad hoc",
        "foreign minister",
        "not printed",
        "Central Files",
        "in the united states",
        "of the",
        "top secret",
        "National Security Council",
        "air-to-air",
        "tel 25",
        "memorandum of conversation",
    ];
    let prefixes = ["yugosl", "amer", "negot", "conf", "19", "secret", "department of st", "u.s. gov"];
    let mut queries: Vec<Query> = words.into_iter().chain(phrases).map(phrase).collect();
    queries.extend(prefixes.map(prefix));
    queries.extend([near("soviet", "missile", 5), near("president", "secretary", 10), near("united", "states", 0)]);
    queries.extend(["title", "text", "notes", "source"].map(|column| phrase("department").within(column)));
    queries.extend(["title", "text", "notes", "source"].map(|column| phrase("department of state").within(column)));
    queries.extend(["title", "text", "notes", "source"].map(|column| prefix("sec").within(column)));
    queries.extend([
        phrase("soviet").and(phrase("berlin")),
        phrase("soviet").not(phrase("berlin")),
        phrase("soviet").or(phrase("berlin")),
        phrase("soviet").and(phrase("president").or(phrase("secretary"))).not(phrase("cuba")),
        phrase("memorandum").within("title").and(phrase("secret").within("source")),
        phrase("telegram").within("title").not(prefix("miss")),
        phrase("top secret").within("source").and(phrase("soviet").within("text")),
        prefix("disarm").or(prefix("missil")).and(phrase("the")),
        near("soviet", "government", 3).within("text"),
        phrase("ibid").within("notes").or(phrase("see").within("notes")),
    ]);
    queries
}

/// An edition of two imported volumes, where the corpus is at hand.
fn imported() -> Option<Edition> {
    let corpus = std::env::var_os("ENGROSS_CORPUS")?;
    let edition = Edition::empty();
    edition.write("site.yaml", "title: Papers\nlang: en\n");
    edition.write("content/_index.md", "---\ntitle: Papers\n---\n");
    for volume in ["frus1961-63v08", "frus1951v07p2"] {
        let file = Path::new(&corpus).join("frus").join(format!("{volume}.xml"));
        let mut command = Command::new(env!("CARGO_BIN_EXE_engross"));
        let output = command.current_dir(edition.root()).args(["import", "tei"]).arg(file).args(["--into", "content"]);
        assert!(output.output().unwrap().status.success());
    }
    Some(edition)
}

#[test]
fn counts_are_those_of_the_pages_of_imported_volumes() {
    let Some(edition) = imported() else { return };
    edition.build(&["--no-minify", "--no-history"]);
    let index = Index::of(&edition.out());
    let pages = pages(&edition.out(), &index);
    assert!(pages.len() > 450, "{}", pages.len());
    let queries = queries();
    assert!(queries.len() >= 60, "{}", queries.len());
    let hits = ask(&index, &pages, &queries);
    assert!(hits > 10 * queries.len(), "{hits}");
    facets_hold(&edition, &index);
}

/// What the facets say of each document is what its page says.
fn facets_hold(edition: &Edition, index: &Index) {
    use scraper::{Html, Selector};
    let facets = index.json("facets");
    let persons = index.json("persons");
    let name = |facets: &Value, id: &str, value: &Value| facets["names"][id][value.as_u64().unwrap() as usize].clone();
    let mut years: BTreeMap<&str, usize> = BTreeMap::new();
    for (number, row) in index.titles().iter().enumerate() {
        let html = Html::parse_document(&edition.page(row[0].as_str().unwrap()));
        let texts = |selector: &str| -> Vec<String> {
            let selector = Selector::parse(selector).unwrap();
            html.select(&selector).map(|found| found.text().collect::<String>()).collect()
        };
        let mut named: Vec<String> = texts("ul.mentions a[href*='persons/']");
        let found = persons["person"][number].as_array().unwrap();
        let mut found: Vec<String> = found.iter().map(|value| name(&persons, "person", value).to_string()).collect();
        // Names that come twice in the facet are told apart by their ids.
        found.iter_mut().for_each(|name| *name = name.trim_matches('"').split(" (frus").next().unwrap().to_owned());
        named.sort();
        found.sort();
        let kind = html.select(&Selector::parse("article").unwrap()).next().unwrap();
        let kind = kind.attr("data-kind").unwrap_or("section");
        assert_eq!(name(&facets, "kind", &facets["kind"][number]), kind, "{row}");
        // Sections show no list of persons.
        assert!(found == named || kind == "section", "{row}: {found:?} {named:?}");
        let volume = name(&facets, "volume", &facets["volume"][number]);
        assert_eq!(name(&facets, "volume", &row[4]), volume);
        *years.entry(if facets["day"][number].is_null() { "none" } else { "some" }).or_default() += 1;
    }
    assert!(years["some"] > years["none"], "{years:?}");
}

fn document(front: &str, body: &str) -> String {
    format!("---\ndate: 1850-01-02\nsource: none\n{front}\n---\n\n{body}\n")
}

/// Accents, hyphens, signs, notes against text, page marks within words, scripts without spaces.
fn invented() -> Edition {
    let edition = Edition::empty();
    edition.write("site.yaml", "title: An Edition\n");
    edition.write("content/v/_index.md", "---\nkind: volume\ntitle: V\n---\n");
    edition.write(
        "content/v/d1.md",
        &document("title: Crème brûlée\nnumber: 1", "The *vice*-consul’s l’État wrote [3]{.pb}again.[^1] At the end[^2]\n\nbegins a café.\n\n[^1]: A first note ends.\n\n[^2]: Here the second begins."),
    );
    edition.write(
        "content/v/d2.md",
        &document("title: Two\nnumber: 2\nsummary: A short summary.", "Washing[4]{.pb}ton, [supplied]{.supplied} words, []{.gap} and ~~deleted~~[added]{.add}.\n\n- U.S.-Soviet\n- 1,000 men, Łódź, हिन्दी\n\n| A | B |\n|---|---|\n| cell | other |"),
    );
    edition.write(
        "content/v/d3.md",
        "---\ntitle: Three\nnumber: 3\ndate: none\nsource:\n  repository: A Library\n  box: \"12\"\n---\n\n他說漢字 and Москва, Ἀθῆναι.\n",
    );
    edition.write("content/v/preface.md", "---\nkind: section\ntitle: Preface\n---\n\nOf the library.\n");
    edition
}

#[test]
fn words_are_found_as_pages_show_them() {
    let edition = invented();
    edition.build(&[]);
    let index = Index::of(&edition.out());
    let paths: Vec<Value> = index.titles().iter().map(|row| row[0].clone()).collect();
    assert_eq!(paths, ["v/preface.html", "v/d1.html", "v/d2.html", "v/d3.html"]);
    let found = |query: &str| index.find(query);
    for (query, wanted) in [
        ("creme", vec![1]),
        ("\"brulee\"", vec![1]),
        ("title : \"1 creme\"", vec![1]),
        ("\"vice-consul\"", vec![1]),
        ("\"l’etat\"", vec![1]),
        ("\"wrote again\"", vec![1]),
        // A phrase runs over paragraphs, and not over two notes.
        ("\"the end begins\"", vec![1]),
        ("\"ends here\"", vec![]),
        ("notes : \"here the second\"", vec![1]),
        ("text : second", vec![]),
        ("washington", vec![2]),
        ("\"supplied words\"", vec![2]),
        ("\"deletedadded\"", vec![2]),
        ("\"us soviet\"", vec![]),
        ("\"u.s.-soviet\"", vec![2]),
        ("\"1,000 men\"", vec![2]),
        ("\"cell other\"", vec![2]),
        ("\"short summary\"", vec![2]),
        ("\"summary washington\"", vec![]),
        ("library", vec![0, 3]),
        ("source : library", vec![3]),
        ("\"box 12\"", vec![3]),
        ("\"漢 字\"", vec![3]),
        ("\"字 漢\"", vec![]),
        ("москва", vec![3]),
        ("αθηναι", vec![3]),
        ("हिन्दी", vec![2]),
        ("lodz", vec![2]),
        ("\"3\"", vec![3]),
    ] {
        assert_eq!(found(query), wanted, "{query}");
    }
    let pages = pages(&edition.out(), &index);
    let queries = ["the", "a", "words", "washington", "end begins", "ends here", "12", "cell", "added"].map(phrase);
    assert!(ask(&index, &pages, &queries) > 8);
}

#[test]
fn facets_are_those_of_the_documents() {
    let edition = invented();
    edition.write("content/v/registers/persons.yaml", "- id: ann\n  name: Ann\n  sort: Zann\n- id: bob\n  name: Bob\n");
    edition.write("content/w/_index.md", "---\nkind: volume\ntitle: W\nlang: de\n---\n");
    edition.write(
        "content/w/d4.md",
        "---\ntitle: Four\ndate: 1848/1849-03\ngenre: letter\nfrom: {name: Ann, ref: \"person:ann\"}\nto: Cæsar\ntopics: [war, peace]\nsource:\n  repository: A Library\n  classification: Secret\n---\n\nText.\n",
    );
    edition.change("content/v/d1.md", "title:", "genre: report\nfrom: {name: Miss A., ref: \"person:ann\"}\ntitle:");
    edition.change("content/v/d1.md", "again", "[again](person:bob+person:ann)");
    edition.write("content/registers/persons.yaml", "- id: ann\n  name: Ann\n");
    edition.build(&[]);
    let index = Index::of(&edition.out());
    let (facets, persons) = (index.json("facets"), index.json("persons"));
    let column = |id: &str| facets[id].clone();
    assert_eq!(column("volume"), json!([0, 0, 0, 0, 1]));
    assert_eq!(column("kind"), json!([1, 0, 0, 0, 0]));
    assert_eq!(column("genre"), json!([null, 1, null, null, 0]));
    assert_eq!(column("language"), json!([1, 1, 1, 1, 0]));
    assert_eq!(facets["names"]["genre"], json!(["letter", "report"]));
    assert_eq!(facets["names"]["language"], json!(["de", "en"]));
    assert_eq!(column("day"), json!([null, -43_828, -43_828, null, -44_560]));
    assert_eq!(column("to"), json!([null, -43_828, -43_828, null, -44_105]));
    assert_eq!(column("undated"), json!([3]));
    assert_eq!(column("topic"), json!([[], [], [], [], [0, 1]]));
    assert_eq!(facets["names"]["topic"], json!(["peace", "war"]));
    assert_eq!(column("repository"), json!([[], [], [], [0], [0]]));
    assert_eq!(column("classification"), json!([[], [], [], [], [0]]));
    // Two entries of one name are two persons as long as nobody says that they are one.
    assert_eq!(persons["names"]["person"], json!(["Ann (ann)", "Bob", "Ann (v: ann)"]));
    assert_eq!(persons["person"], json!([[], [1, 2], [], [], [0]]));
    assert_eq!(column("sender"), json!([[], [1], [], [], [0]]));
    assert_eq!(facets["names"]["recipient"], json!(["Cæsar"]));
    edition.write("content/v/registers/persons.yaml", "- id: ann\n  name: Ann\n  is: ann\n- id: bob\n  name: Bob\n");
    edition.build(&[]);
    let persons = Index::of(&edition.out()).json("persons");
    assert_eq!(persons["names"]["person"], json!(["Ann", "Bob"]));
    assert_eq!(persons["person"], json!([[], [0, 1], [], [], [0]]));
}

#[test]
fn volumes_of_one_title_are_two() {
    let edition = invented();
    edition.write("content/w/_index.md", "---\nkind: volume\ntitle: V\n---\n");
    edition.write("content/w/d4.md", &document("title: Four", "Text."));
    edition.build(&[]);
    let facets = Index::of(&edition.out()).json("facets");
    assert_eq!(facets["names"]["volume"], json!(["V (v)", "V (w)"]));
    assert_eq!(facets["volume"], json!([0, 0, 0, 0, 1]));
}

#[test]
fn introductions_and_own_pages_are_indexed() {
    let edition = invented();
    edition.write("content/_index.md", "---\ntitle: Home\n---\n\nWelcome to the papers.\n");
    edition.change("content/v/_index.md", "title: V\n---\n", "title: V\n---\n\nThe volume begins with the year.\n");
    edition.write("content/about.md", "---\nkind: section\ntitle: About\n---\n\nMade by nobody.\n");
    edition.write("content/draft.md", "---\nkind: section\ntitle: Draft\nstatus: draft\n---\n\nUnfinished.\n");
    edition.build(&[]);
    let index = Index::of(&edition.out());
    let paths: Vec<Value> = index.titles().iter().map(|row| row[0].clone()).collect();
    assert_eq!(
        paths,
        ["index.html", "v/index.html", "v/preface.html", "v/d1.html", "v/d2.html", "v/d3.html", "about.html"]
    );
    for (query, wanted) in [("welcome", 0), ("title : home", 0), ("volume", 1), ("nobody", 6)] {
        assert_eq!(index.find(query), [wanted], "{query}");
    }
    let facets = index.json("facets");
    assert_eq!(facets["volume"], json!([null, 0, 0, 0, 0, 0, null]));
    assert_eq!(index.titles()[6][4], Value::Null);
    // A change of an introduction makes another index, as one of a document does.
    let first = index.folder;
    edition.change("content/v/_index.md", "the year", "the month");
    edition.build(&[]);
    assert_eq!(Index::of(&edition.out()).find("month"), [1]);
    assert_ne!(read::folder(&edition.out()).unwrap(), first);
}

#[test]
fn scripts_without_spaces_are_chosen() {
    let edition = invented();
    for (setting, whole, parts) in [
        ("auto", vec![], vec![3]),
        ("off", vec![3], vec![]),
        ("thai", vec![3], vec![]),
        ("[thai, han]", vec![], vec![3]),
    ] {
        edition.write("site.yaml", &format!("title: An Edition\nsearch:\n  unspaced: {setting}\n"));
        edition.build(&[]);
        let index = Index::of(&edition.out());
        assert_eq!(index.find("他說漢字"), whole, "{setting}");
        assert_eq!(index.find("\"漢 字\""), parts, "{setting}");
        // The scripts of pages are told the same.
        let ranges = index.head["unspaced"].as_array().unwrap().len();
        let site = files(&edition.out());
        let (_, script) =
            site.iter().find(|(path, _)| path.starts_with("assets/engross.") && path.ends_with(".js")).unwrap();
        let script = String::from_utf8_lossy(script);
        let told = script.lines().next().unwrap().split("engrossUnspaced = ").nth(1).unwrap();
        assert_eq!(told.matches("}-").count(), ranges, "{setting}: {told}");
    }
}

#[test]
fn examples_come_from_the_edition() {
    let edition = Edition::invented("rich");
    edition.build(&[]);
    let index = Index::of(&edition.out());
    let page = scraper::Html::parse_document(&edition.page("search.html"));
    let links = scraper::Selector::parse(".search-help [data-example]").unwrap();
    let examples: Vec<&str> = page.select(&links).map(|link| link.attr("data-example").unwrap()).collect();
    assert!(examples.len() >= 7, "{examples:?}");
    let of = |start: &str| *examples.iter().find(|example| example.starts_with(start)).unwrap();
    // Those that the database reads as they stand; the others are asked in a browser.
    let title = of("title:").replace(':', " : ");
    let phrase = of("\"");
    for example in [&title, phrase] {
        assert!(!index.find(&example.to_lowercase()).is_empty(), "{example}");
    }
    // What is gone from the edition is gone from the examples.
    let bare = Edition::empty();
    bare.write("site.yaml", "title: An Edition\n");
    bare.write("content/v/_index.md", "---\nkind: volume\ntitle: V\n---\n");
    bare.write("content/v/d1.md", &document("title: A b", "Text."));
    bare.build(&[]);
    let page = bare.page("search.html");
    assert!(!page.contains("data-example") && page.contains("one near/5 two"), "{page}");
}

#[test]
fn equal_editions_have_equal_indexes() {
    let (one, other) = (Edition::invented("rich"), Edition::invented("rich"));
    one.build(&["--jobs", "1"]);
    other.build(&["--jobs", "4"]);
    assert_eq!(files(&one.out()), files(&other.out()));
    one.build(&["--no-cache"]);
    assert_eq!(files(&one.out()), files(&other.out()));
}

#[test]
fn an_index_stays_until_what_it_holds_changes() {
    let edition = invented();
    edition.build(&[]);
    let first = read::folder(&edition.out()).unwrap();
    // Neither shows in what is indexed.
    edition.change("content/v/d1.md", "number: 1", "number: 1\nidentifiers: [\"doi:10.1/x\"]");
    edition.change("content/v/d2.md", "short summary.", "short *summary*.");
    edition.build(&[]);
    assert_eq!(read::folder(&edition.out()).unwrap(), first);
    // A body, a title in a list, a facet, a setting: each makes another.
    let mut seen = vec![first.clone()];
    let edits: [(&str, &str, &str); 4] = [
        ("content/v/d1.md", "begins a café", "begins a tea room"),
        ("content/v/preface.md", "title: Preface", "title: Foreword"),
        ("content/v/d1.md", "number: 1", "number: 1\ngenre: letter"),
        ("site.yaml", "title: An Edition", "title: An Edition\nsearch: {stemming: english}"),
    ];
    for (path, from, to) in edits {
        edition.change(path, from, to);
        edition.build(&[]);
        let folder = read::folder(&edition.out()).unwrap();
        assert!(!seen.contains(&folder), "{path}: {to}");
        // The old one is gone, and this is the one that a fresh build makes.
        let folders = fs::read_dir(edition.out().join("search")).unwrap().count();
        assert_eq!(folders, 1);
        seen.push(folder);
    }
    let warm = files(&edition.out());
    fs::remove_dir_all(edition.root().join(".engross")).unwrap();
    edition.build(&["--no-cache"]);
    assert_eq!(files(&edition.out()), warm);
    let index = Index::of(&edition.out());
    assert_eq!(index.find("begin"), [1], "begins, by its stem");
    assert_eq!(index.head["stemming"], "english");
}

#[test]
fn a_lost_chunk_is_made_again() {
    let edition = invented();
    edition.build(&[]);
    let before = files(&edition.out());
    let folder = read::folder(&edition.out()).unwrap();
    fs::remove_file(folder.join("c0.gz")).unwrap();
    fs::write(folder.join("hot.gz"), "no index").unwrap();
    edition.build(&[]);
    assert_eq!(files(&edition.out()), before);
}

#[test]
fn without_a_search_pages_are_the_same() {
    let edition = invented();
    edition.build(&["--no-search"]);
    assert!(!edition.out().join("search").exists());
    assert!(read::folder(&edition.out()).is_none());
    let without = files(&edition.out());
    edition.build(&[]);
    let with = files(&edition.out());
    let others = with.iter().filter(|(path, _)| !path.starts_with("search") && !path.starts_with(".engross"));
    for (path, bytes) in others {
        assert_eq!(without.get(path), Some(bytes), "{path}");
    }
    // What the last build made stays as long as it is right.
    edition.build(&["--no-search"]);
    assert_eq!(files(&edition.out()), with);
    edition.change("content/v/d1.md", "begins a café", "begins a tea room");
    edition.build(&["--no-search"]);
    assert!(read::folder(&edition.out()).is_none() && !edition.out().join("search").exists());
}

#[test]
fn an_edition_may_have_no_search() {
    let edition = invented();
    edition.build(&[]);
    assert!(edition.page("v/d1.html").contains("../search.html"));
    assert!(!edition.page("404.html").contains("search.html"));
    for off in ["search: off\n", "search: {off: true}\n"] {
        edition.write("site.yaml", &format!("title: An Edition\n{off}"));
        edition.build(&[]);
        let site = files(&edition.out());
        assert!(site.keys().all(|path| !path.starts_with("search")), "{off}");
        for (path, page) in built::pages(&site) {
            assert!(!page.contains("search.html"), "{path}");
        }
    }
}

#[test]
fn an_index_for_pages_from_disk_is_made_of_scripts() {
    let edition = invented();
    edition.build(&[]);
    let packed = Index::of(&edition.out());
    let chunk = fs::read(packed.folder.join("c0.gz")).unwrap();
    edition.write("site.yaml", "title: An Edition\nsearch:\n  offline: true\n");
    edition.build(&[]);
    let folder = read::folder(&edition.out()).unwrap();
    assert!(edition.page("search.html").contains("data-offline"));
    let names: Vec<String> = files(&folder).into_keys().collect();
    assert!(names.iter().all(|name| name.ends_with(".js") || name == "index.json"), "{names:?}");
    let script = fs::read_to_string(folder.join("c0.js")).unwrap();
    let inner = script.strip_prefix("engrossChunk(\"c0\",\"").unwrap().strip_suffix("\")\n").unwrap();
    assert_eq!(decoded(inner), chunk);
    let head = fs::read_to_string(folder.join("index.js")).unwrap();
    let inner = head.strip_prefix("engrossChunk(\"index\",\"").unwrap().strip_suffix("\")\n").unwrap();
    assert_eq!(decoded(inner), fs::read(folder.join("index.json")).unwrap());
}

/// Base64 read in another way than it is written.
fn decoded(text: &str) -> Vec<u8> {
    let place = |letter: u8| match letter {
        b'A'..=b'Z' => letter - b'A',
        b'a'..=b'z' => letter - b'a' + 26,
        b'0'..=b'9' => letter - b'0' + 52,
        b'+' => 62,
        _ => 63,
    };
    let bits: Vec<u8> = text
        .bytes()
        .filter(|letter| *letter != b'=')
        .flat_map(|letter| (0..6).rev().map(move |bit| place(letter) >> bit & 1))
        .collect();
    bits.chunks_exact(8).map(|byte| byte.iter().fold(0, |sum, bit| sum << 1 | bit)).collect()
}
