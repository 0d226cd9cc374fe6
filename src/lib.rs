//! Engross turns a folder of transcribed documents into a published documentary edition.
//!
//! The flow, told in full by [`pipeline`]:
//!
//! ```text
//! load → outline → resolve → for each route: view → parse body → render → minify → stage → commit
//! ```
//!
//! - [`load`] finds and reads files, [`history`] asks git about them, [`parse`] turns text into values, [`resolve`]
//!   makes one edition of all outlines;
//! - [`view`] says what a page may show, [`render`] makes it HTML, [`write`] puts it into the output folder;
//! - [`model`] holds the values that pass between them, [`diag`] every problem an edition can have.
//!
//! The library never prints and reads neither clock nor environment: same input, same bytes.

pub mod cache;
pub mod compare;
pub mod config;
pub mod diag;
pub mod git;
pub mod hash;
pub mod history;
pub mod import;
pub mod load;
pub mod model;
pub mod parse;
pub mod pipeline;
pub mod plan;
pub mod render;
pub mod resolve;
pub mod search;
pub mod serve;
pub mod view;
pub mod write;
pub mod yaml;
