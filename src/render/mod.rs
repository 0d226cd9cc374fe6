//! Texts and views to pages: Markdown trees to HTML, views through templates, and the minifier.

pub mod document;
pub mod html;
pub mod inline;
pub mod minify;
pub mod notes;
mod parallel;
pub mod theme;
