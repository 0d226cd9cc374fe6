//! Engross turns a folder of transcribed documents into a published documentary edition.

pub mod diag;
pub mod model;
pub mod render;
