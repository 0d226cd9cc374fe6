//! Registers: what stands on the pages of entries, against the sources themselves. `ENGROSS_CORPUS` names a folder with
//! `frus/*.xml` and `schnitzler/`, which are imported and counted as the small editions are.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "helpers of a test may fail as loudly as the test itself"
)]

mod built;

use built::Edition;
use scraper::{ElementRef, Html, Selector};
use serde_yaml::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Kind of a register by the scheme of links to it.
const KINDS: [(&str, &str); 6] = [
    ("person", "persons"),
    ("term", "terms"),
    ("place", "places"),
    ("org", "organizations"),
    ("work", "works"),
    ("event", "events"),
];

/// Address of an entry's page, role or `named`, address of a document, whether an attachment of it: how often.
type Counts = BTreeMap<(String, String, String, bool), usize>;

/// What the sources of an edition say.
#[derive(Default)]
struct Expected {
    counts: Counts,
    /// Folder of the site, kind and id of each entry, and the id of the edition's entry that it is.
    entries: BTreeMap<(String, String, String), Option<String>>,
}

fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let walk = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(|entry| entry.unwrap().into_path());
    walk.filter(|path| path.extension().is_some_and(|end| end == ending)).collect()
}

fn front(text: &str) -> Value {
    let yaml = text.strip_prefix("---\n").and_then(|rest| rest.split("\n---").next()).unwrap();
    serde_yaml::from_str(yaml).unwrap()
}

fn word<'v>(value: &'v Value, key: &str) -> Option<&'v str> {
    value.get(key).and_then(Value::as_str)
}

/// A value that may be one or a list.
fn all(value: Option<&Value>) -> Vec<&Value> {
    match value {
        Some(Value::Sequence(list)) => list.iter().collect(),
        Some(one) => vec![one],
        None => Vec::new(),
    }
}

impl Expected {
    fn of(root: &Path) -> Expected {
        let mut expected = Expected::default();
        let content = root.join("content");
        let home = fs::read_to_string(content.join("_index.md")).map(|text| front(&text)).unwrap_or(Value::Null);
        let single = word(&home, "kind") == Some("volume");
        let volumes: BTreeMap<PathBuf, Value> = fs::read_dir(&content)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter_map(|folder| Some((folder.clone(), front(&fs::read_to_string(folder.join("_index.md")).ok()?))))
            .filter(|(_, front)| word(front, "kind") == Some("volume"))
            .collect();
        expected.registers(&content.join("registers"), "");
        if single {
            expected.volume(&content, "", &[]);
            return expected;
        }
        for (folder, front) in &volumes {
            let name = folder.file_name().unwrap().to_string_lossy().into_owned();
            let id = word(front, "id").unwrap_or(&name);
            let is_draft = word(front, "status") == Some("draft");
            expected.registers(&folder.join("registers"), if is_draft { continue } else { id });
            expected.volume(folder, id, &[]);
        }
        let inside: Vec<PathBuf> = volumes.into_keys().collect();
        expected.volume(&content, "", &inside);
        expected
    }

    fn registers(&mut self, folder: &Path, of: &str) {
        for (_, kind) in KINDS {
            let text = fs::read_to_string(folder.join(format!("{kind}.yaml"))).unwrap_or_default();
            let entries: Value = serde_yaml::from_str(&text).unwrap_or(Value::Null);
            for entry in all(Some(&entries)).into_iter().filter(|entry| entry.is_mapping()) {
                let key = (of.to_owned(), kind.to_owned(), word(entry, "id").unwrap().to_owned());
                self.entries.insert(key, word(entry, "is").map(str::to_owned));
            }
        }
    }

    fn volume(&mut self, folder: &Path, of: &str, without: &[PathBuf]) {
        for file in files(folder, "md") {
            let is_index = file == folder.join("_index.md");
            if is_index || without.iter().any(|other| file.starts_with(other)) {
                continue;
            }
            let text = fs::read_to_string(&file).unwrap().replace("\r\n", "\n");
            let front = front(&text);
            if word(&front, "status") == Some("draft") {
                continue;
            }
            let stem = file.file_stem().unwrap().to_string_lossy().into_owned();
            let folder_name = file.parent().unwrap().file_name().unwrap().to_string_lossy().into_owned();
            let folder_name = folder_name.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-').to_owned();
            let default = if stem == "_index" { folder_name } else { stem };
            let id = word(&front, "id").unwrap_or(&default);
            let page = if of.is_empty() { format!("{id}.html") } else { format!("{of}/{id}.html") };
            self.document(&text, &front, of, &page);
        }
    }

    fn document(&mut self, text: &str, front: &Value, of: &str, page: &str) {
        let attachments = all(front.get("attachments"));
        let mut roles = 0;
        for (part, attached) in std::iter::once((front, false)).chain(attachments.into_iter().map(|part| (part, true)))
        {
            for (key, role) in
                [("from", "sent"), ("to", "received"), ("participants", "participant"), ("place", "written")]
            {
                for party in all(part.get(key)) {
                    if let Some(reference) = word(party, "ref") {
                        roles += 1;
                        self.add(reference, role, of, page, attached);
                    }
                }
            }
        }
        let mut references = Vec::new();
        all_references(front, &mut references);
        assert!(references.len() >= roles);
        // References that are data and no role: hands, receipts.
        for key in ["received", "hands"] {
            let mut others = Vec::new();
            front.get(key).into_iter().for_each(|value| all_references(value, &mut others));
            others.iter().for_each(|reference| self.add(reference, "named", of, page, false));
        }
        let links = text.match_indices("](").map(|(at, _)| &text[at + 2..]);
        for target in links.filter_map(|rest| rest.split_once(')')).map(|(target, _)| target) {
            self.add(target, "named", of, page, false);
        }
    }

    /// Counts a reference for each entry that it names, and for what that entry is.
    fn add(&mut self, target: &str, role: &str, of: &str, page: &str, attached: bool) {
        for part in target.split('+') {
            let Some((scheme, id)) = part.split_once(':') else { continue };
            let Some((_, kind)) = KINDS.into_iter().find(|(known, _)| *known == scheme) else { continue };
            let key = |folder: &str| (folder.to_owned(), kind.to_owned(), id.to_owned());
            let own = if self.entries.contains_key(&key(of)) { of } else { "" };
            let is = self.entries.get(&key(own)).unwrap_or_else(|| panic!("{page}: {part} is not there")).clone();
            let folder = if own.is_empty() { String::new() } else { format!("{own}/") };
            let whole = is.map(|is| format!("{kind}/{is}.html"));
            for entry in [Some(format!("{folder}{kind}/{id}.html")), whole].into_iter().flatten() {
                let key = (entry, role.to_owned(), page.to_owned(), attached);
                *self.counts.entry(key).or_default() += 1;
            }
        }
    }
}

fn all_references<'v>(value: &'v Value, found: &mut Vec<&'v str>) {
    match value {
        Value::Mapping(map) => {
            for (key, value) in map {
                match value.as_str().filter(|_| key.as_str() == Some("ref")) {
                    Some(reference) => found.push(reference),
                    None => all_references(value, found),
                }
            }
        }
        Value::Sequence(list) => list.iter().for_each(|value| all_references(value, found)),
        _ => {}
    }
}

fn select<'h>(html: &'h Html, selector: &str) -> Vec<ElementRef<'h>> {
    html.select(&Selector::parse(selector).unwrap()).collect()
}

fn inside<'h>(element: ElementRef<'h>, selector: &str) -> Vec<ElementRef<'h>> {
    element.select(&Selector::parse(selector).unwrap()).collect()
}

fn text_of(element: ElementRef<'_>) -> String {
    element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A relative address as seen from a page.
fn joined(page: &str, href: &str) -> String {
    let href = href.split('#').next().unwrap();
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in href.split('/') {
        match part {
            ".." => parts.truncate(parts.len() - 1),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// What the pages of entries say; each place they lead to must be there. Repositories are left out.
fn shown(site: &Path) -> Counts {
    let mut counts = Counts::new();
    let mut ids: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for file in files(site, "html") {
        let html = Html::parse_document(&fs::read_to_string(&file).unwrap());
        let page = file.strip_prefix(site).unwrap().to_string_lossy().into_owned();
        if select(&html, "body.entry").is_empty() {
            continue;
        }
        let main = joined(&page, select(&html, "article.entry .range a")[0].attr("href").unwrap());
        let id = select(&html, "article.entry")[0].attr("id").unwrap().to_owned();
        let entry = format!("{}/{id}.html", main.strip_suffix(".html").unwrap());
        for list in select(&html, "ol[data-role]") {
            let role = list.attr("data-role").unwrap();
            for row in inside(list, "li").into_iter().filter(|_| role != "kept") {
                let links = inside(row, "a");
                let document = joined(&page, links[0].attr("href").unwrap());
                let target = links.last().unwrap().attr("href").unwrap();
                let anchors = ids.entry(document.clone()).or_insert_with(|| {
                    let html = Html::parse_document(&fs::read_to_string(site.join(&document)).unwrap());
                    select(&html, "[id]").into_iter().map(|it| it.attr("id").unwrap().to_owned()).collect()
                });
                if let Some((_, anchor)) = target.split_once('#') {
                    assert!(anchors.contains(anchor), "{page}: {target} leads nowhere");
                }
                let count = match (role, text_of(*links.last().unwrap()).as_str()) {
                    ("named", "named once") => 1,
                    ("named", often) => often.split(' ').nth(1).unwrap().parse().unwrap(),
                    _ => 1,
                };
                let attached = role != "named" && links.len() > 1;
                *counts.entry((entry.clone(), role.to_owned(), document, attached)).or_default() += count;
            }
        }
    }
    counts
}

fn same(edition: &Edition) -> (usize, usize) {
    let expected = Expected::of(edition.root());
    let shown = shown(&edition.out());
    for (key, count) in &expected.counts {
        assert_eq!(shown.get(key), Some(count), "{key:?}");
    }
    for (key, count) in &shown {
        assert_eq!(expected.counts.get(key), Some(count), "{key:?} is on a page only");
    }
    (expected.entries.len(), expected.counts.len())
}

#[test]
fn entries_show_every_mention_of_the_sources() {
    for (name, least) in [("rich", 4), ("single", 1)] {
        let edition = Edition::invented(name);
        edition.build(&[]);
        let (entries, places) = same(&edition);
        assert!(entries >= least && places >= least, "{name}: {entries} entries, {places} documents on their pages");
    }
}

#[test]
fn imported_volumes_and_letters_show_every_mention() {
    let Some(corpus) = std::env::var_os("ENGROSS_CORPUS").map(PathBuf::from) else { return };
    let edition = Edition::empty();
    edition.write("site.yaml", "title: All\n");
    let import = |what: &str, folders: &[&str]| {
        let all: Vec<PathBuf> = folders.iter().flat_map(|folder| files(&corpus.join(folder), "xml")).collect();
        let mut arguments = vec!["import", what, "--into", "content"];
        arguments.extend(all.iter().map(|file| file.to_str().unwrap()));
        let program = std::process::Command::new(env!("CARGO_BIN_EXE_engross"));
        let output = { program }.args(arguments).current_dir(edition.root()).output().unwrap();
        assert!(output.status.code().is_some_and(|code| code < 2), "{}", String::from_utf8_lossy(&output.stderr));
    };
    import("tei", &["frus"]);
    import("letters", &["schnitzler/editions", "schnitzler/registers"]);
    // Schemes that the letters use for other editions.
    let schemes = "title: All\nschemes:\n  schnitzler-briefe: \"https://example.org/{id}\"\n  schnitzler-tagebuch: \"https://example.org/{id}\"\n";
    edition.write("site.yaml", schemes);
    edition.build(&[]);
    let (entries, places) = same(&edition);
    println!("{entries} entries, {places} documents on their pages");
    assert!(entries > 1_000 && places > 5_000);
}

const PERSONS: &str = "- id: rusk\n  name: Rusk, Dean\n  variants: [The Secretary]\n  offices:\n    - {title: Secretary of State, from: 1961-01-21, to: 1969-01-20}\n    - {title: Assistant Secretary, from: 1950, to: 1951}\n    - {title: Trustee, from: \"1950~\", to: ..}\n    - Lawyer\n";

fn small() -> Edition {
    let edition = Edition::empty();
    edition.write("site.yaml", "title: E\nlang: sv\n");
    for volume in ["a", "b"] {
        let of = |file: &str| format!("content/{volume}/{file}");
        edition.write(&of("_index.md"), &format!("---\nkind: volume\ntitle: Volume {volume}\n---\n"));
        edition
            .write(&of("registers/persons.yaml"), "- id: p1\n  name: Rusk, Dean\n  is: rusk\n- id: p2\n  name: Alm\n");
        edition.write(
            &of("d1.md"),
            "---\ntitle: One\ndate: 1963-02-18\nsource: none\nfrom: {name: Rusk, ref: \"person:p1\"}\n---\n\nFirst.\n\n[Rusk](person:p1), [he](person:p1).\n",
        );
    }
    edition.write("content/registers/persons.yaml", PERSONS);
    edition.write("content/registers/terms.yaml", "- id: AEC\n  name: AEC\n  description: Atomic Energy Commission\n- {id: z, name: Zorn}\n- {id: o, name: Öberg}\n- {id: a, name: Ångström}\n");
    edition.write(
        "content/b/d2.md",
        "---\ntitle: Two\ndate: 1950-06\nsource: none\n---\n\nThe [AEC](term:AEC) and [Rusk](person:rusk).\n",
    );
    edition
}

#[test]
fn an_entry_of_the_edition_shows_all_that_is_it_and_equal_ids_are_no_identity() {
    let edition = small();
    edition.build(&[]);
    let page = Html::parse_document(&edition.page("persons/rusk.html"));
    let hrefs = |page: &Html, selector: &str| -> Vec<String> {
        select(page, selector).into_iter().map(|link| link.attr("href").unwrap().to_owned()).collect()
    };
    assert_eq!(hrefs(&page, "ol[data-role=sent] a"), ["../a/d1.html", "../b/d1.html"]);
    let named =
        ["../a/d1.html", "../a/d1.html#p2", "../b/d1.html", "../b/d1.html#p2", "../b/d2.html", "../b/d2.html#p1"];
    assert_eq!(hrefs(&page, "ol[data-role=named] a"), named);
    assert_eq!(select(&page, "h3").into_iter().map(text_of).collect::<Vec<_>>(), ["Volume a", "Volume b"]);
    let own = Html::parse_document(&edition.page("a/persons/p1.html"));
    assert!(hrefs(&own, ".facts a").contains(&"../../persons/rusk.html".to_owned()));
    assert_eq!(hrefs(&own, "ol[data-role=named] a"), ["../d1.html", "../d1.html#p2"]);
    let other = Html::parse_document(&edition.page("a/persons/p2.html"));
    assert_eq!(select(&other, "ol[data-role]").len(), 0);
    let list = Html::parse_document(&edition.page("persons.html"));
    assert_eq!(select(&list, "#rusk .name").into_iter().map(text_of).collect::<Vec<_>>(), ["Rusk, Dean 3 documents"]);
}

#[test]
fn a_document_says_which_office_was_held_on_its_day() {
    let edition = small();
    edition.write("content/b/d3.md", "---\ntitle: Three\ndate: 1963-02-18\nsource: none\n---\n\n[Rusk](person:rusk)\n");
    edition.write("content/b/d4.md", "---\ntitle: Four\ndate: none\nsource: none\n---\n\n[Rusk](person:rusk)\n");
    edition.build(&[]);
    let offices = |page: &str| -> Vec<String> {
        let html = Html::parse_document(&edition.page(page));
        select(&html, ".mentions .office").into_iter().map(text_of).collect()
    };
    assert_eq!(offices("b/d3.html"), [", Secretary of State", ", perhaps Trustee (circa 1950–)"]);
    assert_eq!(offices("b/d2.html"), [", perhaps Assistant Secretary (1950–1951)", ", perhaps Trustee (circa 1950–)"]);
    assert_eq!(offices("b/d4.html"), Vec::<String>::new());
}

#[test]
fn a_term_is_explained_where_it_stands() {
    let edition = small();
    edition.build(&[]);
    let page = Html::parse_document(&edition.page("b/d2.html"));
    let term = select(&page, ".text a.term")[0];
    let line = term.attr("href").unwrap().strip_prefix('#').unwrap();
    assert_eq!(term.attr("aria-describedby"), Some(line));
    let lines = select(&page, "[id='term/AEC']");
    assert!(text_of(lines[0]).starts_with("AEC, Atomic Energy Commission"));
    assert_eq!(inside(lines[0], "a")[0].attr("href"), Some("../terms/AEC.html"));
    assert_eq!(select(&page, ".text a.person")[0].attr("href"), Some("../persons/rusk.html"));
    // The list is sorted as the language of the edition has it.
    let list = Html::parse_document(&edition.page("terms.html"));
    let names: Vec<&str> = select(&list, "ul.register > li").iter().map(|it| it.attr("id").unwrap()).collect();
    assert_eq!(names, ["AEC", "z", "a", "o"]);
}

#[test]
fn what_is_many_stands_on_several_pages() {
    let edition = small();
    for number in 10..1_015 {
        edition.write(
            &format!("content/a/d{number}.md"),
            "---\ntitle: T\ndate: 1963-02-18\nsource: none\n---\n\n[Rusk](person:p1)\n",
        );
    }
    edition.build(&[]);
    same(&edition);
    let page = Html::parse_document(&edition.page("persons/rusk.html"));
    assert!(edition.out().join("persons/rusk/2.html").is_file() && edition.out().join("a/persons/p1/2.html").is_file());
    for path in ["persons/rusk.html", "persons/rusk/2.html", "a/persons/p1.html", "a/persons/p1/2.html"] {
        let rows = select(&Html::parse_document(&edition.page(path)), "ol[data-role] li").len();
        assert!(rows > 0 && rows <= 1_000, "{path}: {rows}");
    }
    assert!(select(&page, "nav.sheets li").len() >= 2);
}

#[test]
fn an_old_id_of_an_entry_leads_to_its_page() {
    let edition = small();
    edition.write("content/registers/persons.yaml", "- id: rusk\n  name: Rusk\n  aliases: [dean, old/rusk.html]\n");
    edition.build(&["--no-minify"]);
    for (old, target) in [("persons/dean.html", "rusk.html"), ("old/rusk.html", "../persons/rusk.html")] {
        assert!(edition.page(old).contains(&format!("\"{target}\"")), "{old}: {}", edition.page(old));
    }
    assert!(edition.page("persons.html").contains("id=\"dean\""));
}

/// Suggestions as `file:line: message`, in the form for programs.
fn suggestions(edition: &Edition) -> Vec<String> {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_engross"));
    let output = command.args(["check", "--suggest-links", "--deny", "warnings", "--format", "json", "--root"]);
    let output = output.arg(edition.root()).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    let finding = |line: &str| {
        let value: serde_json::Value = serde_json::from_str(line).unwrap();
        assert_eq!(value["severity"], "advice");
        format!("{}:{}: {}", value["file"].as_str().unwrap(), value["line"], value["message"].as_str().unwrap())
    };
    text.lines().map(finding).collect()
}

#[test]
fn names_that_are_no_links_are_suggested() {
    let edition = small();
    assert_eq!(suggestions(&edition), Vec::<String>::new());
    edition.write(
        "content/b/d3.md",
        "---\ntitle: On Dean Rusk\ndate: 1963-02-18\nsource: none\n---\n\nThe Secretary of the AEC,\nDean\nRusk; Alm, Rusk. [Alm](person:p2)[^1]\n\n[^1]: An AECs and the AEC.\n",
    );
    edition.write("content/registers/organizations.yaml", "- {id: aec, name: AEC}\n");
    let wanted = [
        "content/b/d3.md:2: `Dean Rusk` is no link and may be `person:p1` (Rusk, Dean)",
        "content/b/d3.md:7: `The Secretary` is no link and may be `person:rusk` (Rusk, Dean)",
        "content/b/d3.md:7: `AEC` is no link and may be `term:AEC` (AEC) or `org:aec` (AEC)",
        "content/b/d3.md:8: `Dean Rusk` is no link and may be `person:p1` (Rusk, Dean)",
        "content/b/d3.md:9: `Alm` is no link and may be `person:p2` (Alm)",
        "content/b/d3.md:11: `AEC` is no link and may be `term:AEC` (AEC) or `org:aec` (AEC)",
    ];
    assert_eq!(suggestions(&edition), wanted);
}

#[test]
fn entries_that_share_a_record_are_named_and_joined_ones_are_not() {
    let edition = small();
    let record = "same_as: [https://example.org/1]";
    edition.write("content/registers/persons.yaml", &format!("- {{id: rusk, name: Rusk, {record}}}\n"));
    for (volume, is) in [("a", "is: rusk, "), ("b", "")] {
        let text = format!("- {{id: p1, name: Rusk, {is}{record}}}\n");
        edition.write(&format!("content/{volume}/registers/persons.yaml"), &text);
    }
    let found = suggestions(&edition);
    let shared = "content/b/registers/persons.yaml:1: `p1` and `rusk` share the record https://example.org/1";
    assert_eq!(found.iter().filter(|line| line.contains("share")).collect::<Vec<_>>(), [shared]);
}
