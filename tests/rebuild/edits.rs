//! Random edits of an edition: everything that editors do, and some things that happen to them.

use super::edition::Edition;
use engross::cache::Cache;
use engross::pipeline;
use std::fs;
use std::process::Command;
use std::time::{Duration, SystemTime};

/// Random numbers that are the same for the same seed (SplitMix64, Steele, Lea and Flood 2014).
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5851_f42d_4c95_7f2d)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end.max(1) as u64).unwrap()
    }

    pub fn one_in(&mut self, number: usize) -> bool {
        self.below(number) == 0
    }

    fn of<'a, T: ?Sized>(&mut self, list: &'a [&'a T]) -> &'a T {
        list[self.below(list.len())]
    }

    fn file(&mut self, files: &[String]) -> String {
        files[self.below(files.len())].clone()
    }
}

type Edit = fn(&mut Edition, &mut Random) -> String;

/// Each kind of edit, with how often it is made among all.
const EDITS: &[(usize, &str, Edit)] = &[
    (5, "body", body),
    (5, "title", title),
    (7, "key", key),
    (2, "remove a key", remove_key),
    (6, "register", register),
    (2, "register file", register_file),
    (4, "volume", volume),
    (2, "another volume", another_volume),
    (2, "section", section),
    (2, "move", move_file),
    (2, "folder", folder),
    (1, "delete", delete),
    (2, "add", add),
    (2, "theme", theme),
    (4, "settings", settings),
    (2, "static file", static_file),
    (1, "ledger", ledger),
    (1, "publish", publish),
    (5, "git", git),
    (1, "flags", flags),
    (1, "output", output),
    (1, "cache", cache),
    (1, "touch", touch),
    (1, "clock", clock),
    (1, "elsewhere", elsewhere),
];

/// Makes one edit and says what it was.
pub fn random(edition: &mut Edition, random: &mut Random) -> String {
    let mut number = random.below(EDITS.iter().map(|(often, ..)| often).sum());
    for (often, name, edit) in EDITS {
        if number < *often {
            return format!("{name}: {}", edit(edition, random));
        }
        number -= often;
    }
    String::new()
}

/// Takes out of the rich edition the mistake that it accepts: what is known to be sound has none at all.
pub fn mend(edition: &Edition) {
    let file = "content/harbour/02-departure/d7.md";
    edition.replace(file, "{.broken-ref target=\"doc:d99\"}", "{.initial}");
    set(edition, file, "ignore", None);
}

/// Adds to the rich edition what makes every part of a page's surroundings show: references in all texts that stand on
/// pages of their own kind, letters that follow each other, works without words, and a template that prints it all.
pub fn enrich(edition: &Edition) {
    mend(edition);
    let append = |file: &str, text: &str| edition.write(file, &format!("{}\n{text}\n", edition.read(file)));
    // Before the notes that are there: what follows a note would be part of none.
    let begin = |file: &str, text: &str| {
        edition.write(file, &edition.read(file).replacen("\n---\n", &format!("\n---\n\n{text}\n"), 1))
    };
    for (file, target, noted) in [
        ("content/_index.md", "doc:letters/l2", "doc:harbour/d5"),
        ("content/about.md", "doc:harbour/d4", "doc:letters/l2"),
        ("content/harbour/persons.md", "doc:d4", "doc:d3"),
        ("content/harbour/pages.md", "doc:letters/l1", "doc:d2"),
        ("content/harbour/_index.md", "doc:letters/l1", "doc:d4"),
    ] {
        begin(file, &format!("With [words]({target}) and a note.[^z]"));
        append(file, &format!("[^z]: See [it]({noted})."));
    }
    let quay = "content/harbour/01-arrival/01-quay";
    for (file, name, value) in [
        (format!("{quay}/d1.md"), "correspondence", "[{id: ships}]"),
        (format!("{quay}/d1.md"), "printed_in", "[{ref: \"bib:reed1950\", pages: 2}, {ref: \"work:song\"}]"),
        ("content/harbour/02-departure/d4.md".to_owned(), "correspondence", "[{id: ships}]"),
        (
            "content/harbour/02-departure/d4.md".to_owned(),
            "source",
            "{repository: na, printed: {ref: \"bib:reed1950\"}}",
        ),
        ("content/letters/l1.md".to_owned(), "correspondence", "[{id: ships}]"),
        ("content/letters/l1.md".to_owned(), "facsimiles", "[{image: images/leaf-1.svg}, {image: images/leaf-2.svg}]"),
    ] {
        set(edition, &file, name, Some(value));
    }
    let shown = "{% extends \"@default/document.html\" %}\n{% block main %}<p>{{ page.position }} of {{ page.documents }}</p>{{ super() }}{% endblock main %}\n";
    edition.write("themes/default/templates/document.html", shown);
    append(
        "content/harbour/registers/places.yaml",
        "- id: mole\n  name: The mole\n  description: Called [*the* mole]{.supplied} or [it]{.initial}.",
    );
    append("content/harbour/02-departure/d4.md", "At [the mole](place:mole).");
}

fn documents(edition: &Edition) -> Vec<String> {
    edition.files("content", ".md")
}

/// Folders that hold documents, those of registers left out.
fn folders(edition: &Edition) -> Vec<String> {
    let mut folders: Vec<String> = edition
        .files("content", "")
        .iter()
        .filter_map(|path| path.rsplit_once('/'))
        .map(|(folder, _)| folder.to_owned())
        .filter(|folder| !folder.ends_with("registers"))
        .collect();
    folders.dedup();
    folders
}

/// The `_index.md` of the edition and of its volumes.
fn volumes(edition: &Edition) -> Vec<String> {
    let mut files = documents(edition);
    files.retain(|path| path.ends_with("_index.md") && path.matches('/').count() < 3);
    files
}

/// Documents and sections, but no `_index.md`.
fn pages(edition: &Edition) -> Vec<String> {
    documents(edition).into_iter().filter(|path| !path.ends_with("_index.md")).collect()
}

const TARGETS: &[&str] = &[
    "doc:d1",
    "doc:d2",
    "doc:d4",
    "doc:d6",
    "doc:d7",
    "doc:l1",
    "doc:harbour/d3",
    "doc:letters/l2",
    "doc:letters/",
    "doc:d1#p1",
    "doc:d3#fn1",
    "page:2",
    "page:3",
    "person:holm",
    "person:reed",
    "person:anna+person:holm",
    "term:solveig",
    "place:quay",
    "org:office",
    "work:song",
    "https://example.org/",
    "persons.html",
    "images/leaf-1.svg",
    "wd:Q42",
    "index.html",
    "assets/leaf.html",
    "page:leaf/1",
    "page:harbour:2",
    "bib:reed1950",
    "event:fire",
    "person:lind",
    "doc:a1",
    "doc:one/a2",
    "doc:a1#print-2",
    "#p1",
];

fn body(edition: &mut Edition, random: &mut Random) -> String {
    // Those with a page of their own kind are few, and have their turn as often.
    let few = random.one_in(4);
    let file = random.file(&if few { volumes(edition) } else { documents(edition) });
    let mut text = edition.read(&file);
    let number = random.below(1000);
    let addition = match random.below(11) {
        0 => format!("\nA new paragraph, number {number}.\n"),
        1 => format!("\nA reference to [words]({}).\n", random.of(TARGETS)),
        2 => format!("\n## A heading {number}\n\nWith *emphasis*.\n"),
        3 => format!(
            "\nWords with a note.[^x{number}]\n\n[^x{number}]: The note, with [a link]({}).\n",
            random.of(TARGETS)
        ),
        4 => format!("\nText [pb]{{.pb n=\"{number}\"}} over the page.\n"),
        5 => "\n::: signed\nA. Clerk\n:::\n".to_owned(),
        6 => format!("\nPinned words.{{#pin{number}}}\n"),
        7 => "\n![A leaf](images/leaf-1.svg) and ![another](images/leaf-9.svg)\n".to_owned(),
        8 => "\nAll is [torn]{.supplied}, []{.gap}, [dark]{.unclear} and not declassified, says [he]{.initial}.\n"
            .to_owned(),
        9 => format!("\nA note of the authors.[^o{number}]\n\n[^o{number}]: So they say.\n"),
        _ => {
            // The end of a line gets another word.
            let at = text.rfind(".\n").unwrap_or(text.len());
            text.insert_str(at, &format!(" more {number}"));
            String::new()
        }
    };
    text.push_str(&addition);
    edition.write(&file, &text);
    format!("{file} {}", addition.trim())
}

/// What others show most of a document.
fn title(edition: &mut Edition, random: &mut Random) -> String {
    let file = random.file(&documents(edition));
    let words = format!("Title no. {}", random.below(1000));
    set(edition, &file, "title", Some(&words));
    format!("{file} {words}")
}

const KEYS: &[(&str, &[&str])] = &[
    (
        "title",
        &["A title", "Another *title*", "A title with a note[^1]", "\"Third: title\"", "[Torn]{.supplied} title"],
    ),
    ("title", &["Quay", "Rope", "Ships"]),
    ("short_title", &["Short", "Shorter"]),
    ("number", &["1", "12", "\"3A\"", "99"]),
    (
        "date",
        &["1850-01-01", "1851-02", "none", "1849-12-31/1850-01-02", "1850?", "{when: 1850-01-01, display: New Year}"],
    ),
    ("genre", &["letter", "telegram", "report"]),
    ("status", &["draft", "published"]),
    ("lang", &["de", "en", "fr", "ar"]),
    ("aliases", &["[old/a.html]", "[old/b.html, old/c/]", "[old/d1.html]"]),
    (
        "related",
        &[
            "[{rel: see, target: \"doc:d1\"}]",
            "[{rel: encloses, target: \"doc:d4\"}]",
            "[{rel: reply-to, target: \"doc:l1\"}]",
            "[{rel: reply-to, target: \"doc:a1\"}]",
            "[{rel: see, target: \"doc:frus1951/d2\", label: Elsewhere}]",
            "[{rel: see, target: \"doc:letters/l2\"}]",
        ],
    ),
    ("related", &["[{rel: see, target: \"doc:d2\"}, {rel: encloses, target: \"doc:a2\"}]"]),
    ("correspondence", &["[{id: ships}]", "[{id: letters}]", "[{id: ships}, {id: letters, previous: \"doc:d1\"}]"]),
    ("correspondence", &["[{id: ships}]"]),
    ("from", &["[{name: Eva Holm, ref: \"person:holm\"}]", "[A. Nobody]", "[{name: Anna, ref: \"person:anna\"}]"]),
    ("to", &["[{name: Society, ref: \"org:office\"}]", "[B. Nobody]", "[{name: Anna, ref: \"person:lind\"}]"]),
    ("place", &["{name: The quay, ref: \"place:quay\"}", "Nordhavn"]),
    ("facsimiles", &["[{image: images/leaf-1.svg, page: 1}]", "[{image: images/leaf-9.svg, page: 2}]"]),
    ("begins_on", &["{page: 4}", "{page: 1}"]),
    (
        "source",
        &[
            "{repository: Harbour Archive, box: 4}",
            "{repository: na, box: 4}",
            "{repository: ML, printed: {ref: \"work:song\", pages: 3}}",
            "{repository: Nordhavn Archives}",
            "{note: \"Source: Harbour Archive.\"}",
            "none",
        ],
    ),
    ("printed_in", &["[{ref: \"work:song\", pages: 3}]", "[{citation: \"A book\"}]", "[{ref: \"bib:reed1950\"}]"]),
    ("translated_from", &["{target: \"doc:l2\", lang: de}", "{lang: fr}"]),
    ("sort", &["date", "number", "name"]),
    ("matter", &["front", "back", "body"]),
    ("changed", &["2026-01-01", "2026-05-05"]),
    ("id", &["dx", "dy", "persons"]),
    ("topics", &["[ships]", "[harbours, ships]"]),
    ("ignore", &["[{code: date-missing, because: known}]"]),
    ("summary", &["A summary.", "A summary with [a link](doc:d2).", "Of [Anna](person:anna)."]),
    ("rights", &["{licence: CC0-1.0}", "{note: All *kept*}"]),
    ("extra", &["{colour: red}", "{colour: blue}"]),
];

/// Sets a key of some front matter.
fn key(edition: &mut Edition, random: &mut Random) -> String {
    let file = random.file(&documents(edition));
    let (name, values) = KEYS[random.below(KEYS.len())];
    let value = random.of(values);
    set(edition, &file, name, Some(value));
    format!("{file} {name}: {value}")
}

fn remove_key(edition: &mut Edition, random: &mut Random) -> String {
    let file = random.file(&pages(edition));
    let (name, _) = KEYS[random.below(KEYS.len())];
    set(edition, &file, name, None);
    format!("{file} {name}")
}

/// Writes a key at the top of the front matter, and takes away the lines that it had.
pub fn set(edition: &Edition, file: &str, name: &str, value: Option<&str>) {
    let text = edition.read(file);
    let mut lines = text.lines();
    let mut out: Vec<String> = lines.next().map(str::to_owned).into_iter().collect();
    out.extend(value.map(|value| format!("{name}: {value}")));
    let (mut inside, mut front) = (false, true);
    for line in lines {
        if line == "---" {
            front = false;
        }
        let begins = line.starts_with(|c: char| !c.is_whitespace() && c != '-') || line == "---";
        if front && begins {
            inside = line.starts_with(&format!("{name}:"));
        } else if !front {
            inside = false;
        }
        if !inside {
            out.push(line.to_owned());
        }
    }
    edition.write(file, &(out.join("\n") + "\n"));
}

const FIELDS: &[(&str, &[&str])] = &[
    ("name", &["A name", "Zacharias", "Bertha & Son"]),
    ("name", &["Another", "Nobody"]),
    ("sort", &["Zz", "Aa"]),
    ("variants", &["[Other]", "[Harbour Archive]"]),
    ("siglum", &["ML", "NA"]),
    (
        "description",
        &[
            "A [word](doc:d1).",
            "Plain words.",
            "See [it](doc:a2).",
            "Of [rope](term:rope).",
            "[Torn]{.supplied} [words]{.initial}.",
        ],
    ),
    ("dates", &["1850–1900", "died 1901"]),
    ("author", &["\"person:anna\"", "Nobody"]),
    ("see", &["[anna]", "[office]", "[lind]"]),
    ("aliases", &["[old/entry.html]", "[old/a.html]"]),
    ("same_as", &["[\"https://www.wikidata.org/entity/Q1\"]"]),
];

fn register(edition: &mut Edition, random: &mut Random) -> String {
    let mut files = edition.files("content", ".yaml");
    files.extend(edition.files("content", ".json"));
    if files.is_empty() {
        return "none".to_owned();
    }
    let file = random.file(&files);
    let text = edition.read(&file);
    let number = random.below(100);
    if file.ends_with(".json") {
        edition.write(&file, &text.replacen("\"title\": \"", &format!("\"title\": \"No. {number}: "), 1));
        return format!("{file} title");
    }
    let mut entries: Vec<String> = text.split("- id:").map(str::to_owned).collect();
    let chosen = 1 + random.below(entries.len() - 1);
    let change = match random.below(6) {
        0 => {
            entries
                .push(format!(" new{number}\n  name: New {number}\n  description: See [it](doc:d{}).\n", number % 9));
            "new entry".to_owned()
        }
        1 if entries.len() > 2 => {
            entries.remove(chosen);
            "entry gone".to_owned()
        }
        2 => {
            entries[chosen..].rotate_left(1);
            "other order".to_owned()
        }
        _ => {
            let (name, values) = FIELDS[random.below(FIELDS.len())];
            let value = random.of(values);
            let Some(entry) = entries.get_mut(chosen) else { return "none".to_owned() };
            let mut lines: Vec<&str> = entry.lines().collect();
            lines.retain(|line| !line.starts_with(&format!("  {name}:")));
            let line = format!("  {name}: {value}");
            lines.push(&line);
            *entry = lines.join("\n") + "\n";
            format!("{name}: {value}")
        }
    };
    // What stands before the first entry is not lost, and each begins a line.
    for entry in &mut entries {
        if !entry.is_empty() && !entry.ends_with('\n') {
            entry.push('\n');
        }
    }
    edition.write(&file, &entries.join("- id:"));
    format!("{file} {change}")
}

/// A register comes, goes, or is moved to another folder.
fn register_file(edition: &mut Edition, random: &mut Random) -> String {
    let mut files = edition.files("content", ".yaml");
    files.extend(edition.files("content", ".json"));
    let folder = random.file(&folders(edition));
    let folder = if random.one_in(2) { "content/registers".to_owned() } else { format!("{folder}/registers") };
    if files.is_empty() || random.one_in(3) {
        let (name, text) = *[
            ("persons", "- id: holm\n  name: Holm\n- id: anna\n  name: Another Anna\n  see: [holm]\n"),
            ("places", "- id: quay\n  name: Another quay\n  description: At [the letter](doc:d1).\n"),
            ("repositories", "- id: na\n  name: New Archives\n- id: x\n  name: Harbour Archive\n"),
            ("works", "- id: song\n  name: Another song\n  author: person:anna\n"),
        ]
        .get(random.below(4))
        .unwrap();
        edition.write(&format!("{folder}/{name}.yaml"), text);
        return format!("{folder}/{name}.yaml");
    }
    let file = random.file(&files);
    let text = edition.read(&file);
    edition.remove(&file);
    if random.one_in(2) {
        return format!("{file} gone");
    }
    let name = file.rsplit('/').next().unwrap();
    edition.write(&format!("{folder}/{name}"), &text);
    format!("{file} to {folder}")
}

const VOLUME_KEYS: &[(&str, &[&str])] = &[
    ("title", &["A volume renamed", "Renamed *again*"]),
    ("short_title", &["Renamed"]),
    ("note_numbering", &["auto", "printed"]),
    ("sort", &["date", "number"]),
    ("lang", &["de", "en", "ar"]),
    ("source_position", &["end", "title", "head"]),
    ("publisher", &["A publisher"]),
    ("signs", &["{supplied: {before: \"<\", after: \">\"}}", "{page: {before: \"(\", after: \")\"}}"]),
    ("patterns", &["[{match: not declassified, class: excision}]", "[{match: kept, class: initial, reason: because}]"]),
    (
        "paginations",
        &[
            "[{id: print, label: P.}, {id: leaf, label: Leaf, scope: document}]",
            "[{id: print, label: Page, images: images}, {id: leaf, label: Leaf, scope: document}]",
            "[{id: leaf, label: Leaf, scope: document}, {id: print, label: Page, sequence: free}]",
        ],
    ),
    ("note_series", &["{o: {title: Words of the authors, by: author}, t: {title: Textual, by: editor}}"]),
    ("order", &["[letters, harbour]", "[d2, d1]"]),
    ("status", &["draft", "published"]),
    ("rights", &["{licence: CC0-1.0}", "{note: Kept by *the office*}"]),
    ("covers", &["1901/1902"]),
    ("editors", &["[New Editor]"]),
    ("id", &["harbours", "two"]),
    ("kind", &["volume"]),
    ("aliases", &["[old/v/]", "[old/a.html]"]),
    ("summary", &["About the volume, and [Anna](person:anna)."]),
];

fn volume(edition: &mut Edition, random: &mut Random) -> String {
    let file = random.file(&volumes(edition));
    let (name, values) = VOLUME_KEYS[random.below(VOLUME_KEYS.len())];
    let value = if random.one_in(6) { None } else { Some(random.of(values)) };
    set(edition, &file, name, value);
    format!("{file} {name}: {value:?}")
}

/// A volume comes or goes.
fn another_volume(edition: &mut Edition, random: &mut Random) -> String {
    let index = "content/third/_index.md";
    if edition.root().join(index).exists() {
        fs::remove_dir_all(edition.root().join("content/third")).unwrap();
        return "gone".to_owned();
    }
    edition.write(index, "---\nkind: volume\ntitle: Third\n---\n\nSee [the first](doc:t1).\n");
    let target = random.of(TARGETS);
    edition.write(
        "content/third/t1.md",
        &format!("---\ntitle: Of the third\ndate: 1850-01-01\nsource: none\ncorrespondence: [{{id: ships}}]\n---\n\nOn [this]({target}).\n"),
    );
    format!("new, with {target}")
}

/// A folder gets another name or place, or goes; or a document becomes a section that is a folder.
fn folder(edition: &mut Edition, random: &mut Random) -> String {
    let mut folders = folders(edition);
    folders.retain(|folder| folder != "content");
    if folders.is_empty() {
        return "none".to_owned();
    }
    let folder = random.file(&folders);
    let from = edition.root().join(&folder);
    let (above, name) = folder.rsplit_once('/').unwrap();
    match random.below(5) {
        0 => {
            fs::remove_dir_all(from).unwrap();
            format!("{folder} gone")
        }
        1 => {
            let index = format!("{folder}/_index.md");
            if edition.root().join(&index).exists() {
                edition.remove(&index);
                return format!("{index} gone");
            }
            edition.write(&index, "---\ntitle: A section\n---\n");
            index
        }
        2 => {
            let file = random.file(&pages(edition));
            let text = edition.read(&file);
            edition.remove(&file);
            let stem = file.strip_suffix(".md").unwrap();
            edition.write(&format!("{stem}/_index.md"), &text);
            format!("{file} to {stem}/_index.md")
        }
        _ => {
            let to = random.of(&["00-before", "zz-behind", "pages-of-it"]);
            let to = if random.one_in(3) { format!("content/{to}") } else { format!("{above}/{to}-{name}") };
            if edition.root().join(&to).exists() {
                return "none".to_owned();
            }
            fs::rename(from, edition.root().join(&to)).unwrap();
            format!("{folder} to {to}")
        }
    }
}

fn section(edition: &mut Edition, random: &mut Random) -> String {
    let sections: Vec<String> = documents(edition)
        .into_iter()
        .filter(|path| path.ends_with("_index.md") && path.matches('/').count() > 2)
        .collect();
    if sections.is_empty() {
        return "none".to_owned();
    }
    let file = random.file(&sections);
    if random.one_in(5) {
        edition.remove(&file);
        return format!("{file} gone");
    }
    let (name, value) = *[("title", "Section renamed"), ("order", "[d5, d4]"), ("sort", "name"), ("order", "[d2, d1]")]
        .get(random.below(4))
        .unwrap();
    set(edition, &file, name, Some(value));
    format!("{file} {name}: {value}")
}

fn move_file(edition: &mut Edition, random: &mut Random) -> String {
    let file = random.file(&pages(edition));
    let mut folders = folders(edition);
    folders.push("content/harbour/03-new".to_owned());
    let folder = random.file(&folders);
    let name = file.rsplit('/').next().unwrap().to_owned();
    let name = if random.one_in(3) { format!("r{}", name) } else { name };
    let text = edition.read(&file);
    edition.remove(&file);
    edition.write(&format!("{folder}/{name}"), &text);
    format!("{file} to {folder}/{name}")
}

fn delete(edition: &mut Edition, random: &mut Random) -> String {
    let pages = pages(edition);
    if pages.len() < 5 {
        return "too few".to_owned();
    }
    let file = random.file(&pages);
    edition.remove(&file);
    file
}

fn add(edition: &mut Edition, random: &mut Random) -> String {
    let folder = random.file(&folders(edition));
    let name = random.of(&["e1", "e2", "persons", "pages", "terms"]);
    let file = format!("{folder}/{name}.md");
    let target = random.of(TARGETS);
    let kind = if name.len() > 2 { "kind: section\n" } else { "" };
    edition.write(
        &file,
        &format!("---\n{kind}title: Added {name}\nnumber: {}\ndate: 1850-03-03\nsource: none\n---\n\nText with [words]({target}).\n", random.below(50)),
    );
    file
}

fn theme(edition: &mut Edition, random: &mut Random) -> String {
    let (file, text) = *[
        ("templates/document.html", "{% extends \"@default/document.html\" %}\n{% block main %}<p>Before {{ page.id }}</p>{{ super() }}{% endblock main %}\n"),
        ("templates/document.html", "{% extends \"@default/document.html\" %}\n"),
        ("templates/volume.html", "{% extends \"@default/volume.html\" %}\n"),
        ("words/en.yaml", "pages_index: All the pages\n"),
        ("words/en.yaml", "registers:\n  persons: People\n"),
        ("static/engross.css", "body { color: black }\n"),
        ("static/extra.txt", "More.\n"),
        ("static/leaf.html", "<title>A leaf</title>\n"),
        ("templates/home.html", "{% extends \"@default/home.html\" %}\n{% block main %}{{ super() }}<p>{{ words.pages_index }}</p>{% endblock main %}\n"),
        ("words/de.yaml", "pages_index: Alle Seiten\n"),
    ]
    .get(random.below(10))
    .unwrap();
    let name = random.of(&["default", "default", "other"]);
    let path = format!("themes/{name}/{file}");
    let there = edition.root().join(&path);
    if there.exists() && random.one_in(2) {
        fs::remove_file(&there).unwrap();
        return format!("{path} gone");
    }
    edition.write(&path, text);
    path
}

fn settings(edition: &mut Edition, random: &mut Random) -> String {
    let (name, values) = SETTINGS[random.below(SETTINGS.len())];
    let value = if random.one_in(5) && name != "title" { None } else { Some(random.of(values)) };
    if name == "theme" {
        edition.write("themes/other/words/en.yaml", "pages_index: Other pages\n");
    }
    let text = edition.read("site.yaml");
    let mut inside = false;
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        if line.starts_with(|c: char| c.is_ascii_alphabetic()) {
            inside = line.starts_with(&format!("{name}:"));
        }
        if !inside {
            lines.push(line.to_owned());
        }
    }
    lines.extend(value.map(|value| format!("{name}: {value}")));
    edition.write("site.yaml", &(lines.join("\n") + "\n"));
    format!("{name}: {value:?}")
}

const SETTINGS: &[(&str, &[&str])] = &[
    ("title", &["The Papers", "The Harbour Papers", "A & B"]),
    ("subtitle", &["Of the harbour"]),
    ("lang", &["de", "en", "ar"]),
    ("genres", &["{letter: {label: Missive, class: letter}}", "{telegram: Wire}"]),
    ("version", &["\"1.3\"", "\"1.4\""]),
    ("publisher", &["New Society"]),
    ("base_url", &["https://example.org/x/", "https://example.org/y/"]),
    ("html", &["allow", "list"]),
    ("drafts", &["true", "false"]),
    ("check", &["{date-missing: off, page-backwards: error}", "{facsimile-missing: error}", "{link-to-draft: off}"]),
    ("theme", &["other", "default", "{name: other, colour: red}", "{colour: blue}"]),
    ("schemes", &["{wd: \"https://example.org/{id}\"}", "[wd]"]),
    ("classes", &["[initial, other]", "[]"]),
    ("external", &["[]", "[{volumes: frus*, address: \"https://example.org/{volume}/{id}\"}]"]),
    ("patterns", &["[{match: not declassified, class: excision}]", "[{match: words, class: initial}]"]),
    ("signs", &["{supplied: {before: \"{\", after: \"}\"}}", "{gap: {before: \"(\", after: \")\"}}"]),
    ("note_series", &["{o: {title: All authors, by: author}}"]),
    ("rights", &["{licence: CC-BY-4.0}", "{licence: CC0-1.0, note: Free}"]),
    ("editors", &["[Somebody]"]),
    ("minify", &["off", "assets"]),
    ("extra", &["{colour: red}"]),
    ("contact", &["others@example.org"]),
];

fn static_file(edition: &mut Edition, random: &mut Random) -> String {
    let path = random.of(&[
        "static/images/leaf-1.svg",
        "static/images/leaf-9.svg",
        "static/harbour/d99.html",
        "static/more.txt",
        "static/pages.html",
        "static/assets/leaf.html",
    ]);
    if random.one_in(6) && edition.root().join("static/images").exists() {
        fs::remove_dir_all(edition.root().join("static/images")).unwrap();
        return "static/images gone".to_owned();
    }
    if edition.root().join(path).exists() && random.one_in(2) {
        edition.remove(path);
        return format!("{path} gone");
    }
    edition.write(path, &format!("<svg xmlns=\"http://www.w3.org/2000/svg\"><!-- {} --></svg>", random.below(9)));
    path.to_owned()
}

/// A document was given up, or what is said of it changes.
fn ledger(edition: &mut Edition, random: &mut Random) -> String {
    let file =
        if edition.root().join("content/harbour").exists() { "ledger/harbour.yaml" } else { "ledger/_edition.yaml" };
    if edition.root().join(file).exists() && random.one_in(3) {
        edition.remove(file);
        return format!("{file} gone");
    }
    let reason = random.of(&["printed twice", "not of this edition"]);
    let title = random.of(&["Ninth letter", "Another"]);
    edition.write(
        file,
        &format!("d99: {{withdrawn: {{since: 2026-01-01, reason: \"{reason}\", title: \"{title}\", number: 9}}}}\n"),
    );
    format!("{file} {reason}, {title}")
}

/// All that is published is recorded, where the edition is sound.
fn publish(edition: &mut Edition, _: &mut Random) -> String {
    match pipeline::check(edition.root(), &edition.flags, &Cache::default()) {
        Ok(sound) if sound.is_sound() => format!("{:?}", sound.record(edition.root()).unwrap()),
        _ => "not sound".to_owned(),
    }
}

/// A commit, another in its place, a tag; in an edition without a repository, first a repository.
fn git(edition: &mut Edition, random: &mut Random) -> String {
    let root = edition.root().to_path_buf();
    let run = |arguments: &[&str]| {
        let mut command = Command::new("git");
        command.current_dir(&root).args(["-c", "commit.gpgSign=false", "-c", "tag.gpgSign=false"]).args(arguments);
        for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
            command.env_remove(name);
        }
        for name in ["GIT_AUTHOR", "GIT_COMMITTER"] {
            command.env(format!("{name}_NAME"), "An Editor").env(format!("{name}_EMAIL"), "editor@example.org");
            command.env(format!("{name}_DATE"), "2025-03-01T12:00:00+01:00");
        }
        command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
        let output = command.output().unwrap();
        format!("{arguments:?} {}", output.status.success())
    };
    if !root.join(".git").exists() {
        run(&["init", "-q"]);
        edition.write(".gitignore", "/warm\n/other\n/.engross\n");
    }
    let tag = format!("v1.{}", random.below(5));
    let message = random.of(&["Mend a word", "Mend a date\n\nerratum: for 1962 read 1963"]);
    run(&["add", "-A"]);
    match random.below(6) {
        0 => run(&["commit", "-q", "--amend", "-m", message]),
        1 => run(&["tag", "-f", &tag]),
        // Half of the files, so that the others differ from the commit.
        2 => run(&["reset", "-q", "content"]) + &run(&["commit", "-q", "-m", message]),
        _ => run(&["commit", "-q", "--allow-empty", "-m", message]),
    }
}

fn flags(edition: &mut Edition, random: &mut Random) -> String {
    match random.below(3) {
        0 => edition.flags.drafts = !edition.flags.drafts,
        1 => edition.flags.base_url = Some(format!("https://example.org/{}/", random.below(3))),
        _ => edition.flags.base_url = None,
    }
    format!("{:?}", edition.flags)
}

/// Something happens to the output folder.
fn output(edition: &mut Edition, random: &mut Random) -> String {
    let files = edition.files("warm", ".html");
    if files.is_empty() {
        return "none".to_owned();
    }
    let file = random.file(&files);
    if random.one_in(2) {
        edition.remove(&file);
        return format!("{file} gone");
    }
    let text = edition.read(&file);
    let scribble = if random.one_in(2) { "scribbled over".to_owned() } else { text.to_ascii_uppercase() };
    edition.write(&file, &scribble);
    format!("{file} scribbled over")
}

/// Something happens to the cache.
fn cache(edition: &mut Edition, random: &mut Random) -> String {
    let file = edition.root().join(".engross/cache");
    let Ok(bytes) = fs::read(&file) else { return "none".to_owned() };
    if random.one_in(2) {
        fs::remove_file(&file).unwrap();
        return "gone".to_owned();
    }
    let length = random.below(bytes.len());
    fs::write(&file, &bytes[..length]).unwrap();
    format!("cut at {length}")
}

/// A file is written again with the same words.
fn touch(edition: &mut Edition, random: &mut Random) -> String {
    let file = random.file(&documents(edition));
    edition.write(&file, &edition.read(&file));
    file
}

/// The clock is set, back or forth, before some files are written.
fn clock(edition: &mut Edition, random: &mut Random) -> String {
    let mut files = edition.files("warm", "");
    files.extend(edition.files(".engross", ""));
    let mut said = Vec::new();
    for _ in 0..5 {
        if files.is_empty() {
            break;
        }
        let file = random.file(&files);
        let years = random.below(80) as u64;
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(years * 31_557_600);
        let opened = fs::File::options().write(true).open(edition.root().join(&file)).unwrap();
        opened.set_modified(time).unwrap();
        said.push(format!("{file} {}", 1970 + years));
    }
    said.join(", ")
}

/// The edition is copied to another place, with cache and output.
fn elsewhere(edition: &mut Edition, _: &mut Random) -> String {
    edition.copy_elsewhere();
    "copied".to_owned()
}
