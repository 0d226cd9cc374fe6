//! Engross turns a folder of transcribed documents into a published documentary edition.

pub mod config;
pub mod diag;
pub mod hash;
pub mod load;
pub mod model;
pub mod parse;
pub mod render;
pub mod resolve;
pub mod view;
pub mod write;
pub mod yaml;
