//! The only place that knows SQLite: a contentless full-text table, and which of its pages every query needs.

use super::{Columns, Fault};
use crate::model::search::{Search, Stemming};
use rusqlite::{Connection, OpenFlags};
use std::fs;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

/// Columns of the table, in their order.
pub const COLUMNS: [&str; 4] = ["title", "text", "notes", "source"];

/// Name of the table.
pub const TABLE: &str = "documents";

/// Editions of more documents than this get larger pages: fewer files, of which each query needs about as many.
const FEW: usize = 2_000;

/// What is gathered in memory before it is written to the table, in bytes.
const GATHERED: usize = 64 << 20;

/// The version of SQLite that writes the database.
pub const SQLITE: fn() -> &'static str = rusqlite::version;

/// How words are told apart: by letters, digits and what belongs to letters. These are folded before they come here.
pub fn tokenizer(search: Search) -> &'static str {
    match search.stemming {
        Stemming::None => "unicode61 remove_diacritics 0 categories 'L* N* Co M*'",
        Stemming::English => "porter unicode61 remove_diacritics 0 categories 'L* N* Co M*'",
    }
}

/// Where a database is made.
#[derive(Debug, Clone, Copy)]
pub enum Place<'a> {
    /// In a folder of its own, which is emptied first and removed at the end.
    Folder(&'a Path),
    /// In memory: for the preview, which writes nothing.
    Memory,
}

/// A database that is being filled.
pub struct Database {
    connection: Connection,
    folder: Option<PathBuf>,
    page: usize,
    /// Number of the last document.
    last: i64,
}

/// A database that is complete.
pub struct Finished {
    bytes: Bytes,
    /// Size of its pages.
    pub page: usize,
    /// How many pages it has.
    pub pages: u64,
    /// Pages that every query needs, counted from 0: inner pages of all trees, the index of terms, the lengths of
    /// documents, and what the table says of itself.
    pub hot: Vec<u64>,
    /// How many documents it has.
    pub documents: usize,
    folder: Option<PathBuf>,
}

enum Bytes {
    File(PathBuf),
    Memory(Vec<u8>),
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        Fault::Database(error.to_string())
    }
}

/// Asks a finished database.
pub struct Counter(Connection);

impl Counter {
    /// How many documents an expression of the engine finds.
    pub fn count(&self, expression: &str) -> Result<usize, Fault> {
        let sql = format!("SELECT count(*) FROM {TABLE} WHERE {TABLE} MATCH ?1");
        let count = self.0.prepare(&sql)?.query_row([expression], |row| row.get::<_, i64>(0))?;
        Ok(usize::try_from(count).unwrap_or_default())
    }
}

impl Database {
    /// An empty database for about so many documents.
    pub fn create(place: Place<'_>, search: Search, documents: usize) -> Result<Database, Fault> {
        let page = if documents > FEW { 32 } else { 16 } * 1024;
        let (connection, folder) = match place {
            Place::Memory => (Connection::open_in_memory()?, None),
            Place::Folder(folder) => {
                if folder.is_dir() {
                    fs::remove_dir_all(folder)?;
                }
                fs::create_dir_all(folder)?;
                (Connection::open(folder.join(FILLING))?, Some(folder.to_owned()))
            }
        };
        // Nothing of it outlives this run, so nothing is kept safe.
        connection.execute_batch(&format!(
            "PRAGMA page_size = {page}; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
             PRAGMA locking_mode = EXCLUSIVE; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16000;
             CREATE VIRTUAL TABLE {TABLE} USING fts5({}, content='', tokenize='{}');
             INSERT INTO {TABLE}({TABLE}, rank) VALUES ('hashsize', {GATHERED});
             BEGIN",
            COLUMNS.join(", "),
            tokenizer(search).replace('\'', "''"),
        ))?;
        Ok(Database { connection, folder, page, last: 0 })
    }

    /// Adds the next documents.
    pub fn add(&mut self, documents: &[Columns]) -> Result<(), Fault> {
        let sql = format!("INSERT INTO {TABLE}(rowid, {}) VALUES (?1, ?2, ?3, ?4, ?5)", COLUMNS.join(", "));
        let mut statement = self.connection.prepare(&sql)?;
        for columns in documents {
            self.last += 1;
            let [title, text, notes, source] = columns.all();
            statement.execute((self.last, title, text, notes, source))?;
        }
        Ok(())
    }

    /// Puts everything in order and closes.
    pub fn finish(self) -> Result<(Finished, Counter), Fault> {
        let Database { mut connection, folder, page, last } = self;
        connection.execute_batch(&format!("INSERT INTO {TABLE}({TABLE}) VALUES ('optimize'); COMMIT"))?;
        let (bytes, size, connection) = match &folder {
            Some(folder) => {
                let file = folder.join("index.db");
                let name = file.to_str().ok_or_else(|| Fault::Database("the path of the edition is no text".into()))?;
                connection.execute("VACUUM INTO ?1", [name])?;
                drop(connection);
                fs::remove_file(folder.join(FILLING))?;
                let connection = Connection::open_with_flags(&file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
                let size = fs::metadata(&file)?.len();
                (Bytes::File(file), size, connection)
            }
            None => {
                connection.execute("VACUUM", ())?;
                let bytes = connection.serialize("main")?.to_vec();
                let size = bytes.len() as u64;
                (Bytes::Memory(bytes), size, connection)
            }
        };
        let documents = usize::try_from(last).unwrap_or_default();
        let hot = hot(&connection)?;
        let finished = Finished { bytes, page, pages: size.div_ceil(page as u64), hot, documents, folder };
        Ok((finished, Counter(connection)))
    }
}

const FILLING: &str = "filling.db";

impl Finished {
    /// A page, counted from 0.
    pub fn read(&self, number: u64) -> io::Result<Vec<u8>> {
        let start = number * self.page as u64;
        match &self.bytes {
            Bytes::File(file) => {
                let mut file = fs::File::open(file)?;
                let mut bytes = vec![0; self.page];
                file.seek(SeekFrom::Start(start))?;
                file.read_exact(&mut bytes)?;
                Ok(bytes)
            }
            Bytes::Memory(bytes) => {
                let start = usize::try_from(start).map_err(io::Error::other)?;
                let page = bytes.get(start..start + self.page);
                page.map(<[u8]>::to_vec).ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
            }
        }
    }

    /// Removes it.
    pub fn remove(self) -> Result<(), Fault> {
        self.folder.map_or(Ok(()), |folder| Ok(fs::remove_dir_all(folder)?))
    }
}

fn hot(connection: &Connection) -> Result<Vec<u64>, Fault> {
    // The first leaf of the data holds the structure of the index and the sums of all lengths.
    let sql = format!(
        "SELECT pageno FROM dbstat WHERE pagetype = 'internal' OR name IN
             ('sqlite_schema', 'sqlite_master', '{TABLE}_idx', '{TABLE}_docsize', '{TABLE}_config')
         UNION SELECT * FROM (SELECT pageno FROM dbstat WHERE name = '{TABLE}_data' AND pagetype = 'leaf'
             ORDER BY path LIMIT 1)
         ORDER BY 1"
    );
    let mut statement = connection.prepare(&sql)?;
    let numbers = statement.query_map((), |row| row.get::<_, i64>(0))?;
    let mut pages = Vec::new();
    for number in numbers {
        pages.extend(u64::try_from(number?).ok().and_then(|number| number.checked_sub(1)));
    }
    Ok(pages)
}
