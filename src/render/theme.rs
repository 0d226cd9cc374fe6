//! Views through templates: the only place that knows the template engine.
//!
//! A theme has two layers: the site's own files over the default theme that is part of the program, file by file. A
//! template is named by its path below `templates/`, and the site's file of that name wins, also where a template of
//! the default theme includes it. `@default/NAME` means the default theme's own file, so that a site's `document.html`
//! can extend `@default/document.html` and change one block.
//!
//! A template sees `page`, `text`, `site` and `words` ([`crate::model::view`]) and nothing else; no filter or function
//! of ours exists, so a page depends on nothing but its view.

pub mod builtin;
mod error;
mod tags;
mod value;

pub use error::ThemeError;

use error::Names;
use serde::Serialize;
use std::collections::BTreeMap;
use tera::{Context, Tera};

/// Prefix of the site's own templates.
const SITE: &str = "@site/";
/// Prefix of the templates of the default theme.
const DEFAULT: &str = "@default/";

/// The templates a theme must have, one for each kind of page ([`crate::model::view::Head::kind`]).
pub const REQUIRED: [&str; 23] = [
    "accessibility.html",
    "archive.html",
    "archives.html",
    "browse.html",
    "calendar.html",
    "chronology.html",
    "colophon.html",
    "corrections.html",
    "document.html",
    "entry.html",
    "facet.html",
    "home.html",
    "method.html",
    "not-found.html",
    "page.html",
    "pages.html",
    "register.html",
    "search.html",
    "section.html",
    "undated.html",
    "volume.html",
    "withdrawn.html",
    "year.html",
];

/// The files of a site's own theme, as read by the caller. All empty: the default theme as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct ThemeFiles {
    /// Name of the theme: its folder below `themes/`.
    pub name: String,
    /// Templates: path below `templates/` with `/` between parts, and text.
    pub templates: Vec<(String, String)>,
    /// Static files: path below `static/` with `/` between parts, and bytes.
    pub statics: Vec<(String, Vec<u8>)>,
}

impl ThemeFiles {
    /// Static files by path: the site's own over those of the default theme.
    pub fn layered_statics(&self) -> BTreeMap<&str, &[u8]> {
        let own = self.statics.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice()));
        builtin::STATICS.iter().copied().chain(own).collect()
    }
}

/// A loaded theme. Cheap to share between threads.
#[derive(Clone)]
pub struct Theme {
    engine: Tera,
    names: Names,
}

impl Theme {
    /// Parses and checks all templates of both layers.
    ///
    /// # Errors
    /// Every mistake that can be found without rendering: syntax, unknown filters, functions, tests, components and
    /// templates, blocks that no parent has, circles, missing templates.
    pub fn load(files: &ThemeFiles) -> Result<Theme, Vec<ThemeError>> {
        Theme::load_over(builtin::TEMPLATES, files)
    }

    /// [`Theme::load`] over any set of templates in place of the default theme.
    fn load_over(default: &[(&str, &str)], files: &ThemeFiles) -> Result<Theme, Vec<ThemeError>> {
        let sources: BTreeMap<String, &str> = default
            .iter()
            .map(|(name, text)| (format!("{DEFAULT}{name}"), *text))
            .chain(files.templates.iter().map(|(name, text)| (format!("{SITE}{name}"), text.as_str())))
            .collect();
        let names = Names { theme: files.name.clone() };
        let circles = tags::circles(&sources, [SITE, DEFAULT]);
        if !circles.is_empty() {
            return Err(circles.iter().map(|circle| ThemeError::circle(circle, &sources, &names)).collect());
        }
        let mut engine = engine().map_err(|error| ThemeError::from_engine(&error, &sources, &names))?;
        if let Err(error) = engine.add_raw_templates(&sources) {
            let syntax = syntax_errors(&sources, &names);
            return Err(if syntax.is_empty() { ThemeError::from_engine(&error, &sources, &names) } else { syntax });
        }
        let missing: Vec<ThemeError> = REQUIRED
            .iter()
            .filter(|name| !engine.contains_template(name))
            .map(|name| ThemeError::missing(name, &names))
            .collect();
        if missing.is_empty() { Ok(Theme { engine, names }) } else { Err(missing) }
    }

    /// The theme with the edition's constants, which every template sees as `site` and `words`.
    ///
    /// # Errors
    /// When one of them cannot be a template value, which no [`crate::model::view::SiteView`] causes.
    pub fn with_site(
        mut self,
        site: &(impl Serialize + ?Sized),
        words: &serde_json::Value,
    ) -> Result<Theme, ThemeError> {
        let site = value::to_value(site).map_err(|error| ThemeError::view(&error))?;
        let words = value::to_value(words).map_err(|error| ThemeError::view(&error))?;
        let constants = self.engine.global_context();
        constants.insert_value("site", site);
        constants.insert_value("words", words);
        Ok(self)
    }

    /// One page: the template named by its path below `templates/`, with a view and its rendered text.
    ///
    /// # Errors
    /// What can only be found in rendering, such as a field that the view does not have.
    pub fn render(
        &self,
        template: &str,
        page: &(impl Serialize + ?Sized),
        text: &(impl Serialize + ?Sized),
    ) -> Result<String, ThemeError> {
        let mut context = Context::new();
        context.insert_value("page", value::to_value(page).map_err(|error| ThemeError::view(&error))?);
        context.insert_value("text", value::to_value(text).map_err(|error| ThemeError::view(&error))?);
        self.engine.render(template, &context).map_err(|error| ThemeError::rendering(&error, template, &self.names))
    }
}

/// Lays words over words, key by key at every depth: what `over` lacks stays as `base` has it.
///
/// So English stands wherever a translation or a site's own file says nothing.
pub fn layer_words(base: &mut serde_json::Value, over: serde_json::Value) {
    use serde_json::Value::{Null, Object};
    match (base, over) {
        (_, Null) => {}
        (Object(base), Object(over)) => {
            for (key, word) in over {
                layer_words(base.entry(key).or_insert(Null), word);
            }
        }
        (base, over) => *base = over,
    }
}

/// An engine without templates that looks a name up in the site's layer, then in the default one.
fn engine() -> tera::TeraResult<Tera> {
    let mut engine = Tera::new();
    engine.set_fallback_prefixes([SITE, DEFAULT])?;
    Ok(engine)
}

/// The syntax error of every template that has one: the engine itself stops at the first.
fn syntax_errors(sources: &BTreeMap<String, &str>, names: &Names) -> Vec<ThemeError> {
    sources
        .iter()
        .filter_map(|(name, text)| Tera::new().add_raw_template(name, text).err())
        .filter(|error| matches!(error.kind(), tera::ErrorKind::SyntaxError(_)))
        .flat_map(|error| ThemeError::from_engine(&error, sources, names))
        .collect()
}

#[cfg(test)]
mod tests;
