//! The search index: one database of the whole edition, cut into small compressed files that any web server can hand out.
//!
//! ```text
//! texts (a batch at a time) → folded → SQLite FTS5 → pages of the database → chunks, gzip
//! site → facets, titles                                                     → gzip
//!                     titles, facets → queries that find something → examples on the search page
//! ```
//!
//! The database is contentless: it tells which document holds a word, in which column and where, and does not hold the
//! text. Documents are numbered in the order of the edition, so that a number leads to its row of the facets and to its
//! title without asking the database. The folder is named by what it holds: readers of an old page never meet chunks of
//! a new index.

mod database;
mod examples;
mod facets;
mod files;
mod fold;
mod order;
mod text;

pub use database::{COLUMNS, Place, SQLITE};
pub use facets::{Facet, Side, side};
pub use files::{File, packed_script};
pub use order::{Indexed, documents};
pub use text::{Columns, Parsed, columns};

use crate::model::search::{Index, Search};
use database::Database;
use std::fmt;
use std::io;

/// Version of the files, for scripts that read them.
pub const VERSION: u32 = 2;

/// Why there is no index.
#[derive(Debug)]
pub enum Fault {
    /// The database could not be made.
    Database(String),
    /// A file could not be read or written.
    Files(io::Error),
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::Database(message) => write!(formatter, "the search index cannot be made: {message}"),
            Fault::Files(error) => write!(formatter, "the search index cannot be made: {error}"),
        }
    }
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        Fault::Files(error)
    }
}

/// An index that is being made. Documents are added in the order of the edition.
pub struct Writer {
    database: Database,
    search: Search,
}

impl Writer {
    /// Begins the index of so many documents.
    ///
    /// # Errors
    /// A folder that cannot be written.
    pub fn new(place: Place<'_>, search: Search, documents: usize) -> Result<Writer, Fault> {
        Ok(Writer { database: Database::create(place, search, documents)?, search })
    }

    /// Adds documents.
    ///
    /// # Errors
    /// A full disk.
    pub fn add(&mut self, columns: &[Columns]) -> Result<(), Fault> {
        self.database.add(columns)
    }

    /// Ends the index. Each of its files is given to `put`, from several threads; what it refuses ends the work.
    ///
    /// # Errors
    /// What the database cannot do, and what `put` refuses.
    pub fn finish<E: Send>(
        self,
        side: &Side,
        put: &(dyn Fn(File) -> Result<(), E> + Sync),
    ) -> Result<Result<Index, E>, Fault> {
        let (finished, counter) = self.database.finish()?;
        let examples = examples::examples(side, self.search, &counter)?;
        drop(counter);
        let index = files::write(&finished, side, self.search, examples, put)?;
        finished.remove()?;
        Ok(index)
    }
}
