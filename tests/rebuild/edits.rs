//! Random edits of an edition: everything that editors do, and some things that happen to them.

use super::edition::Edition;
use std::fs;

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

const EDITS: &[(&str, Edit)] = &[
    ("body", body),
    ("body", body),
    ("body", body),
    ("key", key),
    ("key", key),
    ("key", key),
    ("remove a key", remove_key),
    ("register", register),
    ("register", register),
    ("volume", volume),
    ("section", section),
    ("move", move_file),
    ("delete", delete),
    ("add", add),
    ("theme", theme),
    ("settings", settings),
    ("static file", static_file),
    ("flags", flags),
    ("output", output),
    ("cache", cache),
    ("touch", touch),
];

/// Makes one edit and says what it was.
pub fn random(edition: &mut Edition, random: &mut Random) -> String {
    let (name, edit) = EDITS[random.below(EDITS.len())];
    format!("{name}: {}", edit(edition, random))
}

fn documents(edition: &Edition) -> Vec<String> {
    edition.files("content", ".md")
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
];

fn body(edition: &mut Edition, random: &mut Random) -> String {
    let file = random.file(&documents(edition));
    let mut text = edition.read(&file);
    let number = random.below(1000);
    let addition = match random.below(8) {
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

const KEYS: &[(&str, &[&str])] = &[
    ("title", &["A title", "Another *title*", "A title with a note[^1]", "\"Third: title\""]),
    ("short_title", &["Short", "Shorter"]),
    ("number", &["1", "12", "\"3A\"", "99"]),
    ("date", &["1850-01-01", "1851-02", "none", "1849-12-31/1850-01-02", "1850?"]),
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
        ],
    ),
    ("correspondence", &["[{id: ships}]", "[{id: letters}]"]),
    ("from", &["[{name: Eva Holm, ref: \"person:holm\"}]", "[A. Nobody]"]),
    ("to", &["[{name: Society, ref: \"org:office\"}]", "[B. Nobody]"]),
    ("facsimiles", &["[{image: images/leaf-1.svg, page: 1}]", "[{image: images/leaf-9.svg, page: 2}]"]),
    ("begins_on", &["{page: 4}", "{page: 1}"]),
    ("source", &["{repository: Harbour Archive, box: 4}", "{note: \"Source: Harbour Archive.\"}", "none"]),
    ("printed_in", &["[{ref: \"work:song\", pages: 3}]", "[{citation: \"A book\"}]"]),
    ("sort", &["date", "number", "name"]),
    ("matter", &["front", "back", "body"]),
    ("changed", &["2026-01-01", "2026-05-05"]),
    ("id", &["dx", "dy", "persons"]),
    ("topics", &["[ships]", "[harbours, ships]"]),
    ("ignore", &["[{code: date-missing, reason: known}]"]),
    ("summary", &["A summary.", "A summary with [a link](doc:d2)."]),
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
fn set(edition: &Edition, file: &str, name: &str, value: Option<&str>) {
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

fn register(edition: &mut Edition, random: &mut Random) -> String {
    let file = random.file(&edition.files("content", ".yaml"));
    let text = edition.read(&file);
    let number = random.below(100);
    let starts: Vec<usize> = text.match_indices("- id:").map(|(at, _)| at).collect();
    let (change, text) = match random.below(5) {
        0 => ("new entry", format!("{}\n- id: new{number}\n  name: New {number}\n", text.trim_end())),
        1 if starts.len() > 1 => {
            let at = random.below(starts.len());
            let end = starts.get(at + 1).copied().unwrap_or(text.len());
            ("entry gone", format!("{}{}", &text[..starts[at]], &text[end..]))
        }
        2 => ("name", text.replacen("name: ", &format!("name: N{number} "), 1)),
        3 => ("last name", {
            let at = text.rfind("name: ").map_or(text.len(), |at| at + 6);
            format!("{}M{number} {}", &text[..at.min(text.len())], &text[at.min(text.len())..])
        }),
        _ => (
            "description",
            format!(
                "{}\n- id: d{number}\n  name: Described\n  description: See [it](doc:d{}).\n",
                text.trim_end(),
                number % 9
            ),
        ),
    };
    edition.write(&file, &text);
    format!("{file} {change}")
}

fn volume(edition: &mut Edition, random: &mut Random) -> String {
    let file = random.of(&["content/harbour/_index.md", "content/letters/_index.md", "content/_index.md"]);
    let (name, value) = *[
        ("title", "A volume renamed"),
        ("short_title", "Renamed"),
        ("note_numbering", "auto"),
        ("note_numbering", "printed"),
        ("sort", "date"),
        ("lang", "de"),
        ("source_position", "end"),
        ("publisher", "A publisher"),
        ("signs", "{supplied: {before: \"<\", after: \">\"}}"),
        ("patterns", "[{phrase: not declassified, class: excision}]"),
        ("order", "[letters, harbour]"),
        ("status", "draft"),
        ("rights", "{licence: CC0-1.0}"),
    ]
    .get(random.below(13))
    .unwrap();
    set(edition, file, name, Some(value));
    format!("{file} {name}: {value}")
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
    let folder = random.of(&[
        "content/harbour",
        "content/harbour/01-arrival",
        "content/harbour/02-departure",
        "content/harbour/03-new",
        "content/letters",
        "content",
    ]);
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
    let folder = random.of(&["content/harbour/02-departure", "content/letters", "content/harbour", "content"]);
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
    ]
    .get(random.below(7))
    .unwrap();
    let path = format!("themes/default/{file}");
    let there = edition.root().join(&path);
    if there.exists() && random.one_in(2) {
        fs::remove_file(&there).unwrap();
        return format!("{file} gone");
    }
    edition.write(&path, text);
    file.to_owned()
}

fn settings(edition: &mut Edition, random: &mut Random) -> String {
    let (from, to) = *[
        ("title: The Harbour Papers", "title: The Papers"),
        ("title: The Papers", "title: The Harbour Papers"),
        ("lang: en", "lang: de"),
        ("lang: de", "lang: en"),
        ("label: Telegram", "label: Wire"),
        ("version: \"1.2\"", "version: \"1.3\""),
        ("publisher: ", "publisher: New "),
        ("title: ", "base_url: https://example.org/x/\ntitle: "),
        ("html: allow", "html: list"),
        ("title: ", "drafts: true\ntitle: "),
        ("title: ", "check: {date-missing: off, page-backwards: error}\ntitle: "),
    ]
    .get(random.below(11))
    .unwrap();
    let text = edition.read("site.yaml");
    edition.write("site.yaml", &text.replacen(from, to, 1));
    to.to_owned()
}

fn static_file(edition: &mut Edition, random: &mut Random) -> String {
    let path = random.of(&[
        "static/images/leaf-1.svg",
        "static/images/leaf-9.svg",
        "static/harbour/d99.html",
        "static/more.txt",
    ]);
    if edition.root().join(path).exists() && random.one_in(2) {
        edition.remove(path);
        return format!("{path} gone");
    }
    edition.write(path, &format!("<svg xmlns=\"http://www.w3.org/2000/svg\"><!-- {} --></svg>", random.below(9)));
    path.to_owned()
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
    edition.write(&file, "scribbled over");
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
