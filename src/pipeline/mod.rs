//! The whole flow, and the only place that names all stages.
//!
//! [`check`] loads, outlines and resolves an edition; [`build`] goes on and renders every page into a sink. One run
//! reports every problem it can see.

mod budget;
mod checksums;
mod data;
mod generated;
mod ledger;
mod outline;
mod pages;
mod place;
mod policy;
mod preview;
mod registers;
mod routes;
mod search;
mod suggest;
mod theme;

pub use budget::{Sizes, size};
pub use checksums::checksums;
pub use ledger::Recorded;
pub use pages::Built;
pub use preview::{Changes, Served};
pub use search::Searched;

use crate::cache::{Cache, KeptSite};
use crate::config::{self, Flags};
use crate::diag::{Code, Diagnostic, Place, report};
use crate::hash::Hash128;
use crate::history;
use crate::load::{self, Files};
use crate::model::history::{History, Log};
use crate::model::ledger::Ledger;
use crate::model::settings::Settings;
use crate::model::site::{Finding, Site};
use crate::parse::front_matter::reader::Reader;
use crate::plan::Plan;
use crate::render::theme::Theme;
use crate::resolve::{self, Checks};
use crate::view::{self, Words};
use crate::write::{Sink, WriteError};
use crate::yaml;
use pages::Failure;
use preview::Past;
use std::path::Path;
use std::sync::Arc;

/// Is told how many pages are made, and how many there will be.
pub type Progress<'a> = &'a (dyn Fn(usize, usize) + Sync);

/// An edition that has been read and resolved.
pub struct Edition {
    /// What it is.
    pub site: Arc<Site>,
    /// What was found, in order of place.
    pub diagnostics: Vec<Diagnostic>,
    /// Its files.
    files: Files,
    /// What was found in looking for them.
    odd: Vec<Diagnostic>,
    /// Its theme, unless that is broken.
    theme: Option<(Theme, theme::Assets)>,
    /// Words of the interface.
    words: Words,
    /// Hash of all that pages may show of each other.
    facts: Hash128,
    /// What was published of it.
    ledger: Ledger,
    /// What git knows of it.
    history: History,
    /// What is known of its sources.
    known: Cache,
    /// Whether a search index may be made.
    indexed: bool,
}

impl Edition {
    /// Whether nothing keeps it from being published.
    pub fn is_sound(&self) -> bool {
        !self.diagnostics.iter().any(Diagnostic::is_error)
    }
}

/// Reads an edition and checks everything that can be checked without writing. Without readable settings there is no
/// edition, only diagnostics. What `cache` knows of unchanged files is taken from there.
pub fn check(root: &Path, flags: &Flags, cache: &Cache) -> Result<Edition, Vec<Diagnostic>> {
    read(root, flags, cache, None)
}

/// Reads an edition, or what has changed in it since it was last read.
fn read(root: &Path, flags: &Flags, cache: &Cache, past: Option<Past<'_>>) -> Result<Edition, Vec<Diagnostic>> {
    let (settings, mut diagnostics) = settings(root, flags)?;
    let (files, odd) =
        past.and_then(|past| past.files(root, &settings)).unwrap_or_else(|| load::find(root, &settings.theme));
    diagnostics.extend(odd.iter().cloned());
    let (theme, words, found) = theme::load(root, &settings, &files);
    diagnostics.extend(found);
    let changes = past.map(|past| past.changes);
    // Git is asked while the texts are read.
    let (outlined, (history, log, tagged)) = std::thread::scope(|scope| {
        let wanted = Wanted::of(&settings, flags);
        let files = &files;
        let asked = scope.spawn(move || ask(root, files, wanted, cache.history.as_ref()));
        (outline::outline(root, settings, files, cache, changes), asked.join().unwrap_or_default())
    });
    diagnostics.extend(outlined.diagnostics);
    let mut input = outlined.input;
    input.settings.version = input.settings.version.or_else(|| tagged.map(Into::into));
    let is_dated = || input.pages.iter().any(|page| page.outline.changed.is_some()) || !history.files.is_empty();
    input.settings.feed = input.settings.base_url.is_some() && is_dated();
    if let Some((_, assets)) = &theme {
        input.assets = assets.addresses();
    }
    let (ledger, found) = ledger::read(root, &files);
    diagnostics.extend(found);
    input.tombstones = ledger::tombstones(&ledger);
    input.has_corrections = !history.errata.is_empty() || ledger.has_page("", "corrections");
    let facts = outline::facts(&input);
    let is_sound = cache.sound == Some(facts);
    let (site, findings) = resolved(input, &outlined.register_links, facts, past.filter(|_| is_sound), is_sound);
    let sound = (is_sound || findings.is_empty()).then_some(facts);
    let known = Cache { history: log, sound, ..outlined.known };
    diagnostics.extend(place::place(root, findings));
    if !flags.preview {
        // What an editor is at work on is not published yet.
        diagnostics.extend(ledger::check(root, &site, &ledger, cache));
    }
    let mut diagnostics = policy::apply(&site, diagnostics, root);
    let is_old = past.is_some_and(|past| Arc::ptr_eq(&site, &past.edition.site));
    if is_old && diagnostics.iter().any(|diagnostic| diagnostic.code == Code::IGNORE_UNUSED) {
        // A site that is taken over holds the places of before, which only this rule still asks for.
        return read(root, flags, cache, None);
    }
    report::sort(&mut diagnostics);
    Ok(Edition {
        site,
        diagnostics,
        files,
        odd,
        theme,
        words,
        facts,
        ledger,
        history,
        known,
        indexed: !flags.no_search,
    })
}

/// The edition resolved. Where it is known to be sound only the rules are applied without which nothing can be resolved,
/// and a site of before that was made of the same facts is taken over.
fn resolved(
    input: resolve::Input,
    links: &[registers::Links],
    facts: Hash128,
    past: Option<Past<'_>>,
    is_sound: bool,
) -> (Arc<Site>, Vec<Finding>) {
    if let Some(site) = past.and_then(|past| past.site(facts)) {
        return (site, Vec::new());
    }
    let checks = if is_sound { Checks::Needed } else { Checks::All };
    let (site, mut findings) = resolve::resolve(input, checks);
    if !is_sound {
        findings.extend(registers::check(&site, links));
    }
    (Arc::new(site), findings)
}

/// Renders every page of a sound edition into a sink, besides those that are there as they would be made again: `cache`
/// tells. `progress` is told the number of pages done so far and of all.
///
/// # Errors
/// What the sink cannot write. Mistakes of templates are diagnostics of the outcome.
pub fn build(
    root: &Path,
    edition: &Edition,
    cache: &Cache,
    sink: &dyn Sink,
    progress: Progress<'_>,
) -> Result<Built, WriteError> {
    let Some((theme, assets)) = &edition.theme else { return Ok(Built::default()) };
    let style = assets.style();
    let mut renderer = match edition.renderer(root, theme, &style, cache) {
        Ok(renderer) => renderer,
        Err(diagnostic) => return Ok(Built { diagnostics: vec![*diagnostic], ..Built::default() }),
    };
    let mut known = edition.known.clone();
    match renderer.index(edition.facts, cache, &mut known, edition.indexed, sink) {
        Ok(index) => renderer.index = index,
        Err(Failure::Found(diagnostic)) => return Ok(Built { diagnostics: vec![*diagnostic], ..Built::default() }),
        Err(Failure::Sink(error)) => return Err(error),
    }
    let mut built = renderer.pages(sink, progress)?;
    if built.diagnostics.is_empty() {
        data::write(&edition.site, &edition.words, &mut renderer.plan, sink)?;
        let now = renderer.plan.now;
        let paths: Vec<&str> = now.pages.keys().map(String::as_str).collect();
        routes::files(&edition.site, &edition.history, &paths, sink)?;
        assets.write(sink)?;
        for (path, source) in &edition.files.statics {
            sink.copy(path, source)?;
        }
        let checksums = cache.checksums.clone();
        built.cache = Some(Cache { site: Some(now), checksums, ..known });
    }
    Ok(built)
}

impl Edition {
    fn renderer<'a>(
        &'a self,
        root: &'a Path,
        theme: &Theme,
        style: &'a str,
        cache: &'a Cache,
    ) -> Result<pages::Renderer<'a>, Box<Diagnostic>> {
        let site = &*self.site;
        let constants = view::site(site);
        let theme = theme.clone().with_site(&constants, &self.words.0);
        let theme = theme.map_err(|error| Box::new(theme::broken(root, &error, None)))?;
        let introductions = routes::introductions(site);
        let plan = Plan::new(cache, self.kept_site());
        let (words, history, rights) = (&self.words, &self.history, Vec::new());
        let renderer = pages::Renderer {
            root,
            site,
            theme,
            words,
            style,
            history,
            plan,
            introductions,
            rights,
            index: None,
            stop: None,
            preview: false,
        };
        let rights = renderer.volume_rights();
        Ok(pages::Renderer { rights, ..renderer })
    }

    /// What holds for all pages.
    fn kept_site(&self) -> KeptSite {
        let site = &self.site;
        let of_volume = |volume: &crate::model::site::Volume| {
            let rules = Hash128::of_value(&(&volume.matter, &volume.markup)).unwrap_or_default();
            (volume.id.clone(), rules)
        };
        KeptSite {
            theme: self.theme.as_ref().map(|(_, assets)| assets.own.clone()).unwrap_or_default(),
            settings: Hash128::of_value(&site.settings).unwrap_or_default(),
            volumes: site.volumes.iter().map(of_volume).collect(),
            facts: self.facts,
            ..KeptSite::default()
        }
    }
}

/// What git is asked for.
struct Wanted {
    /// The history of documents, and the mark of errata in it.
    history: Option<String>,
    /// The released version.
    version: bool,
}

impl Wanted {
    fn of(settings: &Settings, flags: &Flags) -> Self {
        let history = settings.history.then(|| settings.erratum.clone());
        Wanted { history, version: settings.version.is_none() && !flags.preview }
    }
}

/// The history of the edition and the log for the next time, and its version, as far as they are wanted.
fn ask(
    root: &Path,
    files: &Files,
    wanted: Wanted,
    kept: Option<&Arc<Log>>,
) -> (History, Option<Arc<Log>>, Option<Box<str>>) {
    let version = wanted.version.then(|| history::version(root)).flatten();
    let Some(mark) = wanted.history else { return (History::default(), kept.cloned(), version) };
    let (history, log) = history::read(history::Wanted { root, files: &files.documents, mark: &mark }, kept);
    (history, log, version)
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
        report::sort(&mut diagnostics);
        return Err(diagnostics);
    }
    Ok((settings, diagnostics))
}

/// A diagnostic about the value of a key of site.yaml, such as `theme` or `limits.bytes`.
fn about_settings(root: &Path, key: &str, code: Code, message: String) -> Diagnostic {
    let file: Arc<str> = Arc::from("site.yaml");
    let text = load::read(root, &file).unwrap_or_default();
    let path: Vec<yaml::Step> = key.split('.').map(|key| yaml::Step::Key(key.to_owned())).collect();
    let span = yaml::Places::scan(&text).nearest(&path);
    Diagnostic::new(code, Place { file, span }, message)
}
