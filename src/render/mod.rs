//! From views to pages: templates and the minifier.

pub mod minify;
pub mod theme;
