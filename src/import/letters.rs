//! Editions of letters in TEI: a file a letter, with a correspondence description, witnesses, and registers beside them.
//!
//! ```text
//! registers, back matter → what is known → each letter: header → front matter, body → text and notes
//! ```
//!
//! All letters become one volume. References to entries and letters that are not in hand stay visible as such.

mod counts;
mod extra;
mod header;
mod known;
mod registers;
mod text;
mod words;

#[cfg(test)]
mod tests;

pub use counts::Counts;

use super::escape::{self, Place};
use super::lost;
use super::report::Report;
use super::tei::index::clean;
use super::volume::File;
use super::xml::{self, Fault, Node, Tree};
use super::yaml::Yaml;
use known::Known;
use registers::Registers;
use std::collections::{BTreeMap, BTreeSet};
use text::Writer;

/// A file of the source.
#[derive(Debug, Clone, Copy)]
pub struct Source<'t> {
    /// Its name, for messages.
    pub name: &'t str,
    /// Its text.
    pub text: &'t str,
}

/// What an import of letters makes.
#[derive(Debug, Default)]
pub struct Edition {
    /// The volume's id.
    pub id: String,
    /// Files inside the content folder.
    pub files: Vec<File>,
    /// `site.yaml` for an edition of these letters alone: its title, and the classes and schemes that the texts use.
    pub settings: String,
    /// Counts by letter: found in the source, and written.
    pub counts: BTreeMap<String, (Counts, Counts)>,
    /// References, elements that are not known, and what an editor should look at.
    pub findings: Report,
    /// Entries by scheme of their links.
    pub entries: BTreeMap<&'static str, usize>,
}

impl Edition {
    /// What was found and written, as other imports report it.
    pub fn report(&self, source: &str) -> Report {
        let mut report = self.findings.clone();
        report.source = source.to_owned();
        report.volume.clone_from(&self.id);
        report.found("letters", self.counts.len());
        let pages = self.files.iter().filter(|file| file.path.ends_with(".md"));
        report.written("letters", pages.count().saturating_sub(1));
        for (id, (found, written)) in &self.counts {
            let row = report.documents.entry(id.clone()).or_default();
            for (name, number) in &found.0 {
                row.entry(name).or_default().found = *number;
            }
            for (name, number) in &written.0 {
                row.entry(name).or_default().written = *number;
            }
        }
        for (found, written) in self.counts.values() {
            found.0.iter().for_each(|(name, number)| report.found(name, *number));
            written.0.iter().for_each(|(name, number)| report.written(name, *number));
        }
        for (name, number) in &self.entries {
            let name = match *name {
                "person" => "entries_persons",
                "place" => "entries_places",
                "work" => "entries_works",
                "org" => "entries_organizations",
                "event" => "entries_events",
                _ => "entries_bibliography",
            };
            report.found(name, *number);
            report.written(name, *number);
        }
        report
    }
}

/// Entries of lists as the YAML of registers: file name, number, text.
pub fn entries<'a>(lists: impl Iterator<Item = Node<'a>>) -> Vec<(&'static str, usize, String)> {
    let lists: Vec<Node<'a>> = lists.collect();
    let mut known = Known::default();
    lists.iter().for_each(|list| known.learn_entries(*list));
    let mut registers = Registers::default();
    lists.iter().for_each(|list| registers.add(*list, &known));
    let files = registers.files().into_iter();
    files.map(|(name, text)| (name, text.matches("- id: ").count(), text)).collect()
}

/// Whether a file holds a letter: a description of its correspondence, or writing sessions.
pub fn is_letter(root: Node<'_>) -> bool {
    xml::name(root) == "TEI"
        && root.descendants().any(|node| xml::name(node) == "correspDesc" || xml::is_div(node, "writingSession"))
}

/// Imports letters and registers as the volume `id`, or as the series that the first letter names.
///
/// # Errors
/// The name of the file that cannot be read, and why.
pub fn import<'t>(sources: &[Source<'t>], id: Option<&str>) -> Result<Edition, (String, Fault)> {
    let mut trees: Vec<(&str, Tree<'t>)> = Vec::new();
    for source in sources {
        trees.push((source.name, xml::parse(source.text).map_err(|fault| (source.name.to_owned(), fault))?));
    }
    let (letters, others): (Vec<_>, Vec<_>) = trees.iter().partition(|(_, tree)| is_letter(tree.root_element()));
    let Some((_, first)) = letters.first() else {
        let message = "none of the files holds a letter: a TEI file with <correspDesc>".to_owned();
        return Err((
            sources.first().map(|source| source.name.to_owned()).unwrap_or_default(),
            Fault { at: None, message },
        ));
    };
    let mut known = Known::default();
    let printings: Vec<(String, String)> = others.iter().flat_map(|(_, tree)| sigla(tree.root_element())).collect();
    printings.iter().for_each(|(key, _)| known.learn_printing(key));
    for (name, tree) in &trees {
        known.learn_entries(entries_of(tree.root_element()));
        if is_letter(tree.root_element()) {
            known.learn_letter(&letter_id(name, tree.root_element()), header::title(tree.root_element()));
        }
    }
    let mut registers = Registers::default();
    for (_, tree) in others.iter().chain(&letters) {
        registers.add(entries_of(tree.root_element()), &known);
    }
    let volume = id.map_or_else(|| series_id(first.root_element()), str::to_owned);
    let mut edition = Edition { id: volume, ..Edition::default() };
    let mut names: Vec<String> = Vec::new();
    for name in letters.iter().flat_map(|(_, tree)| editors(tree.root_element())) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    edition.volume_page(first.root_element(), &names);
    edition.settings = settings(first.root_element(), &letters);
    let mut origins: BTreeMap<String, &str> = BTreeMap::new();
    for (name, tree) in &letters {
        let id = letter_id(name, tree.root_element());
        if let Some(other) = origins.insert(id.to_lowercase(), name) {
            let message = format!("the letter `{id}` stands in {other} too; letters have ids of their own");
            return Err(((*name).to_owned(), Fault { at: Some(xml::place(tree.root_element())), message }));
        }
        edition.letter(name, tree.root_element(), &known);
    }
    edition.add_registers(&registers, &printings);
    edition.check_headers(&letters);
    Ok(edition)
}

impl Edition {
    fn letter(&mut self, name: &str, root: Node<'_>, known: &Known) {
        let id = letter_id(name, root);
        let hands = header::hands(root, known);
        let keys = hands.iter().map(|hand| (hand.scribe.clone(), hand.key.clone())).collect();
        let body = xml::find(root, "body").unwrap_or(root);
        let mut writer = Writer::new(body, known, keys);
        writer.own_hand = header::first_hand(root, &hands);
        remark_doubled(root, &mut writer.report);
        let text = writer.text(body);
        let mut front = Yaml::default();
        header::write(root, &id, &hands, &mut writer, known, &mut front);
        let file = text.file(front);
        let skipped = |node: Node<'_>| matches!(xml::name(node), "teiHeader" | "back" | "facsimile" | "fw");
        lost::check(&[root], &[&file], skipped, &mut writer.report);
        self.files.push(File { path: format!("{}/{id}.md", self.id), text: file });
        self.findings.absorb(name, writer.report);
        let mut found = counts::found(root);
        counts::persons(root, known, &mut found, &mut writer.counts);
        self.counts.insert(id, (found, writer.counts));
    }

    /// Headers against all files: much of them stands once for all letters. Each element is named once.
    fn check_headers(&mut self, letters: &[&(&str, Tree<'_>)]) {
        let written: Vec<&str> = self.files.iter().map(|file| file.text.as_str()).collect();
        let mut missing: BTreeMap<&str, (usize, &str, Report)> = BTreeMap::new();
        for (file, tree) in letters {
            let headers: Vec<Node<'_>> =
                tree.root_element().children().filter(|part| xml::name(*part) == "teiHeader").collect();
            for (name, words) in lost::find(&headers, &written, header::is_of_the_series) {
                let entry = missing.entry(name).or_insert_with(|| {
                    let mut first = Report::default();
                    first.remark("text-left-out", xml::place(words.at), lost::message(name, 1, words.first));
                    (0, *file, first)
                });
                entry.0 += words.number;
            }
        }
        for (name, (number, file, mut report)) in missing {
            for remark in report.remarks.iter_mut().filter(|_| number > 1) {
                remark.message = format!("{number} words of <{name}> in headers are not in what was written");
            }
            self.findings.absorb(file, report);
        }
    }

    /// `_index.md` of the volume.
    fn volume_page(&mut self, root: Node<'_>, editors: &[String]) {
        let mut front = Yaml::default();
        front.word("kind", "volume").text("id", &self.id).text("title", &escaped(&series_title(root)));
        front.list("editors", editors.iter().map(String::as_str));
        let statement = xml::find(root, "publicationStmt");
        let said = |name: &str| {
            statement.and_then(|node| xml::child(node, name)).map(xml::words).filter(|words| !words.is_empty())
        };
        front.option("publisher", said("publisher").as_deref()).option("place", said("pubPlace").as_deref());
        let language = xml::find(root, "language").and_then(|language| xml::value(language, "ident"));
        front.text("lang", language.and_then(|tag| tag.split('-').next()).unwrap_or("de"));
        rights(root, &mut front);
        front.map("paginations", |front| {
            front.entry(|front| {
                front.word("id", "leaf").text("label", "Seite").word("scope", "document").word("sequence", "free");
            });
        });
        front.map("note_series", |front| {
            front.map("o", |front| {
                front.text("title", "Fußnoten im Original").word("by", "author");
            });
            front.map("t", |front| {
                front.text("title", "Textkritische Anmerkungen").word("by", "editor");
            });
        });
        front.word("sort", "date");
        self.files.push(File { path: format!("{}/_index.md", self.id), text: format!("---\n{}---\n", front.finish()) });
    }

    fn add_registers(&mut self, registers: &Registers, printings: &[(String, String)]) {
        for (name, text) in registers.files() {
            self.files.push(File { path: format!("registers/{name}.yaml"), text });
        }
        for scheme in ["person", "place", "work", "org", "event"] {
            self.entries.insert(scheme, registers.count(scheme));
        }
        if !printings.is_empty() {
            let items: Vec<serde_json::Value> = printings
                .iter()
                .map(|(key, title)| serde_json::json!({"id": clean(key), "type": "book", "title": title}))
                .collect();
            let text = serde_json::to_string_pretty(&items).unwrap_or_default() + "\n";
            self.files.push(File { path: "registers/bibliography.json".to_owned(), text });
            self.entries.insert("bib", printings.len());
        }
    }
}

/// Text of the source as Markdown that reads the same.
fn escaped(words: &str) -> String {
    let mut out = String::new();
    for (number, paragraph) in words.split("\n\n").enumerate() {
        out.push_str(if number > 0 { "\n\n" } else { "" });
        escape::push(&mut out, paragraph, Place { at_line_start: true, ..Place::default() });
    }
    out
}

/// Ids that stand more than once in a file.
fn remark_doubled(root: Node<'_>, report: &mut Report) {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for node in root.descendants().filter(Node::is_element) {
        if let Some(id) = xml::id(node).filter(|id| !seen.insert(id)) {
            report.remark("id-doubled", xml::place(node), format!("the id `{id}` stands a second time"));
        }
    }
}

/// `xml:id` of the file, or its name.
fn letter_id(name: &str, root: Node<'_>) -> String {
    let stem = name.rsplit(['/', '\\']).next().unwrap_or(name);
    clean(xml::id(root).unwrap_or(stem.strip_suffix(".xml").unwrap_or(stem)))
}

/// Where a file keeps entries: a letter in its back matter, for its header names works too.
fn entries_of(root: Node<'_>) -> Node<'_> {
    if is_letter(root) {
        xml::find(root, "back").unwrap_or_else(|| xml::find(root, "facsimile").unwrap_or(root))
    } else {
        root
    }
}

fn series_title(root: Node<'_>) -> String {
    let titles =
        xml::find(root, "titleStmt").into_iter().flat_map(xml::children).filter(|node| xml::name(*node) == "title");
    let series =
        titles.filter(|title| xml::value(*title, "level") == Some("s")).map(xml::words).find(|words| !words.is_empty());
    series.unwrap_or_else(|| "Briefe".to_owned())
}

fn series_id(root: Node<'_>) -> String {
    let id = xml::find(root, "edition").map(xml::words).map(|words| words::token(&words)).unwrap_or_default();
    if id.starts_with(|c: char| c.is_ascii_alphabetic()) { id } else { "letters".to_owned() }
}

/// The editors that a header names.
fn editors(root: Node<'_>) -> Vec<String> {
    let editors =
        xml::find(root, "titleStmt").into_iter().flat_map(xml::children).filter(|node| xml::name(*node) == "editor");
    editors
        .flat_map(|editor| {
            let named: Vec<String> =
                xml::children(editor).filter(|child| xml::name(*child) == "name").map(xml::words).collect();
            if named.is_empty() { vec![xml::words(editor)] } else { named }
        })
        .filter(|name| !name.is_empty())
        .collect()
}

/// The licence by its address.
fn rights(root: Node<'_>, front: &mut Yaml) {
    let Some(licence) = xml::find(root, "licence") else { return };
    let target = xml::value(licence, "target").unwrap_or_default();
    let code = target.split("creativecommons.org/licenses/").nth(1).map(|rest| {
        let mut parts = rest.split('/');
        let (kind, version) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        format!("CC-{}-{version}", kind.to_uppercase())
    });
    front.map("rights", |front| {
        front.text("licence", code.as_deref().unwrap_or(target)).text("holder", &series_title(root));
    });
}

/// Short titles of printings: rows with a key and a full title.
fn sigla(root: Node<'_>) -> Vec<(String, String)> {
    let rows = root.descendants().filter(|node| xml::name(*node) == "row");
    rows.filter_map(|row| Some((xml::words(xml::child(row, "siglekey")?), xml::words(xml::child(row, "angabe")?))))
        .filter(|(key, title)| !key.is_empty() && !title.is_empty())
        .collect()
}

fn settings(root: Node<'_>, letters: &[&(&str, Tree<'_>)]) -> String {
    let mut yaml = Yaml::default();
    yaml.text("title", &series_title(root)).text("lang", "de");
    yaml.list("classes", ["pre-print", "stamp"]);
    let mut schemes: Vec<String> = letters
        .iter()
        .flat_map(|(_, tree)| tree.root_element().descendants())
        .filter(|node| xml::name(*node) == "ref" && !node.ancestors().any(|above| xml::name(above) == "correspContext"))
        .filter_map(|node| xml::value(node, "type").map(words::token))
        .filter(|scheme| !scheme.is_empty())
        .collect();
    schemes.sort();
    schemes.dedup();
    yaml.list("schemes", schemes.iter().map(String::as_str));
    yaml.finish()
}
