//! Texts and views to pages.

pub mod html;
pub mod inline;
pub mod notes;
