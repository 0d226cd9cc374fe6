//! Text to values: front matter, dates, and Markdown. Parsing never fails; it returns findings.

mod anchors;
pub mod attributes;
pub mod census;
pub mod classes;
pub mod date;
pub mod front_matter;
pub mod ledger;
pub mod markdown;
pub mod names;
mod neighbours;
pub mod outline;
pub mod registers;
pub mod shield;
pub mod tags;
pub mod texts;
