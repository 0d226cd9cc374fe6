//! The index of a site as a reader's browser has it, and the texts of its pages as a reader sees them.

use flate2::read::GzDecoder;
use rusqlite::Connection;
use scraper::{ElementRef, Html, Selector};
use serde_json::Value;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// An index, put together again from its files.
pub struct Index {
    pub folder: PathBuf,
    pub head: Value,
    connection: Connection,
    _file: NamedTempFile,
}

/// The folder that the search page of a site names.
pub fn folder(out: &Path) -> Option<PathBuf> {
    let page = Html::parse_document(&fs::read_to_string(out.join("search.html")).unwrap());
    let form = page.select(&Selector::parse("form[data-index]").unwrap()).next()?;
    Some(out.join(form.attr("data-index").unwrap()))
}

pub fn unpacked(file: &Path) -> Vec<u8> {
    let packed = fs::read(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let mut bytes = Vec::new();
    GzDecoder::new(packed.as_slice()).read_to_end(&mut bytes).unwrap();
    bytes
}

impl Index {
    pub fn of(out: &Path) -> Index {
        let folder = folder(out).expect("the search page names an index");
        let head: Value = serde_json::from_slice(&fs::read(folder.join("index.json")).unwrap()).unwrap();
        let page = head["page"].as_u64().unwrap() as usize;
        let mut database = Vec::new();
        for number in 0..head["pages"].as_u64().unwrap() {
            let chunk = unpacked(&folder.join(format!("c{number}.gz")));
            assert_eq!(chunk.len(), page);
            database.extend(chunk);
        }
        assert_eq!(database.len() as u64, head["size"].as_u64().unwrap());
        let hot: Vec<u8> = head["hot"]
            .as_array()
            .unwrap()
            .iter()
            .flat_map(|number| {
                let at = number.as_u64().unwrap() as usize * page;
                database[at..at + page].to_vec()
            })
            .collect();
        assert_eq!(unpacked(&folder.join("hot.gz")), hot);
        let file = NamedTempFile::new().unwrap();
        fs::write(file.path(), &database).unwrap();
        let connection = Connection::open(file.path()).unwrap();
        let check: String = connection.query_row("PRAGMA integrity_check", (), |row| row.get(0)).unwrap();
        assert_eq!(check, "ok");
        Index { folder, head, connection, _file: file }
    }

    /// Numbers of the documents that match.
    pub fn find(&self, query: &str) -> Vec<usize> {
        let sql = "SELECT rowid - 1 FROM documents WHERE documents MATCH ?1 ORDER BY rowid";
        let mut statement = self.connection.prepare(sql).unwrap();
        let rows = statement.query_map([query], |row| row.get::<_, i64>(0));
        rows.unwrap().map(|row| usize::try_from(row.unwrap()).unwrap()).collect()
    }

    pub fn json(&self, name: &str) -> Value {
        serde_json::from_slice(&unpacked(&self.folder.join(format!("{name}.gz")))).unwrap()
    }

    /// Rows of all titles.
    pub fn titles(&self) -> Vec<Value> {
        let count = self.head["titles"]["count"].as_u64().unwrap();
        (0..count).flat_map(|number| self.json(&format!("t{number}")).as_array().unwrap().clone()).collect()
    }
}

/// The words of a document's page in four columns; a gap between texts is an empty word.
#[derive(Debug, Default, Clone)]
pub struct Words {
    pub columns: [Vec<String>; 4],
}

/// Reads the pages of all documents of an index.
pub fn pages(out: &Path, index: &Index) -> Vec<Words> {
    let of = |row: &Value| page(&fs::read_to_string(out.join(row[0].as_str().unwrap())).unwrap());
    index.titles().iter().map(of).collect()
}

fn page(html: &str) -> Words {
    let page = Html::parse_document(html);
    let select = |selector: &str| -> Vec<String> {
        let selector = Selector::parse(selector).unwrap();
        page.select(&selector).map(shown).collect()
    };
    let title = select("h1");
    let text = [select("section.summary"), select("section.evidence > :not(h2)"), select("div.text")].concat();
    let notes = select("[role=doc-endnotes] li > .note");
    let witness = Selector::parse("section.provenance .witness > .note").unwrap();
    let sources = page.select(&witness).map(|note| parts(note, &["details", "p.siglum", "p.original"])).collect();
    Words { columns: [title, text, notes, sources].map(|texts: Vec<String>| words(&texts)) }
}

/// The children of an element besides some.
fn parts(element: ElementRef<'_>, without: &[&str]) -> String {
    let is_left_out =
        |child: &ElementRef<'_>| without.iter().any(|selector| Selector::parse(selector).unwrap().matches(child));
    let children = element.children().filter_map(ElementRef::wrap).filter(|child| !is_left_out(child));
    children.map(shown).collect::<Vec<_>>().join(" ")
}

/// What stands on the page, without the marks of notes.
fn shown(element: ElementRef<'_>) -> String {
    let mut out = String::new();
    push(element, &mut out);
    out
}

fn push(element: ElementRef<'_>, out: &mut String) {
    const INLINE: &[&str] =
        &["a", "abbr", "b", "code", "del", "em", "i", "ins", "span", "strong", "sub", "sup", "time"];
    if element.attr("role") == Some("doc-noteref") {
        return;
    }
    let is_block = !INLINE.contains(&element.value().name());
    if is_block {
        out.push(' ');
    }
    for child in element.children() {
        match ElementRef::wrap(child) {
            Some(inner) => push(inner, out),
            None => out.extend(child.value().as_text().map(|text| text.to_string())),
        }
    }
    if is_block {
        out.push(' ');
    }
}

/// Words folded: letters and digits, without case and accents.
pub fn folded(text: &str) -> Vec<String> {
    let letters: String = text.nfd().filter(|letter| !is_combining_mark(*letter)).collect::<String>().to_lowercase();
    letters.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn words(texts: &[String]) -> Vec<String> {
    let mut words = Vec::new();
    for text in texts {
        let text = folded(text);
        if !text.is_empty() && !words.is_empty() {
            words.push(String::new());
        }
        words.extend(text);
    }
    words
}
