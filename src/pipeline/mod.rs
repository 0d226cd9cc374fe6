//! The whole flow, and the only place that names all stages.
//!
//! [`check`] loads, outlines and resolves an edition; [`build`] goes on and renders every page into a sink. One run
//! reports every problem it can see.

mod outline;
mod pages;
mod place;
mod policy;
mod theme;

pub use pages::Built;

use crate::config::{self, Flags};
use crate::diag::{Code, Diagnostic, Place, report};
use crate::load::{self, Files};
use crate::model::settings::Settings;
use crate::model::site::Site;
use crate::parse::front_matter::reader::Reader;
use crate::render::theme::Theme;
use crate::resolve;
use crate::view::Words;
use crate::write::{Sink, WriteError};
use crate::yaml;
use std::path::Path;
use std::sync::Arc;

/// Is told how many pages are made, and how many there will be.
pub type Progress<'a> = &'a (dyn Fn(usize, usize) + Sync);

/// An edition that has been read and resolved.
pub struct Edition {
    /// What it is.
    pub site: Site,
    /// What was found, in order of place.
    pub diagnostics: Vec<Diagnostic>,
    /// Its files.
    files: Files,
    /// Its theme, unless that is broken.
    theme: Option<(Theme, theme::Assets)>,
    /// Words of the interface.
    words: Words,
}

impl Edition {
    /// Whether nothing keeps it from being published.
    pub fn is_sound(&self) -> bool {
        !self.diagnostics.iter().any(Diagnostic::is_error)
    }
}

/// Reads an edition and checks everything that can be checked without writing. Without readable settings there is no
/// edition, only diagnostics.
pub fn check(root: &Path, flags: &Flags) -> Result<Edition, Vec<Diagnostic>> {
    let (settings, mut diagnostics) = settings(root, flags)?;
    let (files, found) = load::find(root, &settings.theme);
    diagnostics.extend(found);
    let (theme, words, found) = theme::load(root, &settings, &files);
    diagnostics.extend(found);
    let outlined = outline::outline(root, settings, &files);
    diagnostics.extend(outlined.diagnostics);
    let mut input = outlined.input;
    if let Some((_, assets)) = &theme {
        input.assets = assets.addresses();
    }
    let (site, findings) = resolve::resolve(input);
    diagnostics.extend(place::place(root, findings));
    diagnostics.extend(outline::check_registers(&site, &outlined.register_links, root));
    let mut diagnostics = policy::apply(&site, diagnostics, root);
    report::sort(&mut diagnostics);
    Ok(Edition { site, diagnostics, files, theme, words })
}

/// Renders every page of a sound edition into a sink. `progress` is told the number of pages made so far and of all.
///
/// # Errors
/// What the sink cannot write. Mistakes of templates are diagnostics of the outcome.
pub fn build(root: &Path, edition: &Edition, sink: &dyn Sink, progress: Progress<'_>) -> Result<Built, WriteError> {
    let Some((theme, assets)) = &edition.theme else { return Ok(Built::default()) };
    let style = assets.style();
    let renderer = pages::Renderer { root, site: &edition.site, theme, words: &edition.words, style: &style };
    let mut built = renderer.pages(sink, progress)?;
    if built.diagnostics.is_empty() {
        pages::files(&edition.site, &built.paths, sink)?;
        assets.write(sink)?;
        for (path, source) in &edition.files.statics {
            sink.copy(path, source)?;
        }
    }
    built.paths.clear();
    Ok(built)
}

/// Reads site.yaml.
fn settings(root: &Path, flags: &Flags) -> Result<(Settings, Vec<Diagnostic>), Vec<Diagnostic>> {
    let file: Arc<str> = Arc::from("site.yaml");
    let text = load::read(root, &file).map_err(|diagnostic| vec![*diagnostic])?;
    let node = yaml::parse(&text).map_err(|errors| place::yaml_errors(&file, 0, errors))?;
    let mut reader = Reader::default();
    let settings = config::read(&mut reader, &node, flags);
    let mut diagnostics = place::yaml_traps(&file, &text, 0);
    diagnostics.extend(place::in_yaml(&file, &text, 0, &reader));
    if diagnostics.iter().any(Diagnostic::is_error) {
        return Err(diagnostics);
    }
    Ok((settings, diagnostics))
}

/// A diagnostic about site.yaml as a whole.
fn about_settings(code: Code, message: String) -> Diagnostic {
    Diagnostic::new(code, Place::file("site.yaml"), message)
}
