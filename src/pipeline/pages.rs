//! Every route to a file: view, body, template, minifier, sink. Pages are rendered in parallel and kept by nobody.

use super::routes::{Route, routes};
use super::{outline, theme};
use crate::cache::{Cache, KeptPage};
use crate::diag::{Code, Diagnostic, Place};
use crate::hash::Hash128;
use crate::load;
use crate::model::body::Inline;
use crate::model::document::FrontMatter;
use crate::model::generated::Generated;
use crate::model::history::History;
use crate::model::html::Html;
use crate::model::links::From;
use crate::model::markup::{Markup, NoteNumbering};
use crate::model::outline::Outline;
use crate::model::page::BodyView;
use crate::model::plain;
use crate::model::search::Index;
use crate::model::settings::Minify;
use crate::model::site::{Page as SitePage, PageId, Role, Site, Volume};
use crate::model::surroundings::Surroundings;
use crate::model::view::{DocumentText, RightsView};
use crate::parse::front_matter::reader::Reader;
use crate::parse::texts::{self, Texts};
use crate::parse::{census, front_matter};
use crate::plan::{Key, Plan, Reason};
use crate::render::document::{self as render_document, Parsed};
use crate::render::theme::{Theme, ThemeError};
use crate::render::{html, minify, notes};
use crate::view::document::Document;
use crate::view::head::Constants;
use crate::view::{self, Label, Labels, Minor, Words};
use crate::write::{Sink, WriteError};
use crate::yaml;
use rayon::prelude::*;
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// What a build made.
#[derive(Debug, Default)]
pub struct Built {
    /// Number of pages.
    pub pages: usize,
    /// Those that were made, with the reason, by address; all others are as they were.
    pub made: Vec<(String, Reason)>,
    /// Mistakes of templates, and files that changed under the build.
    pub diagnostics: Vec<Diagnostic>,
    /// What is known now, for the next build. None when the site could not be made.
    pub cache: Option<Cache>,
}

/// Renders pages.
pub(super) struct Renderer<'a> {
    pub(super) root: &'a Path,
    pub(super) site: &'a Site,
    /// With the constants of the edition.
    pub(super) theme: Theme,
    pub(super) words: &'a Words,
    /// The style sheet, for the page that is served at any depth.
    pub(super) style: &'a str,
    /// What git knows of the edition.
    pub(super) history: &'a History,
    /// Which pages are as they were.
    pub(super) plan: Plan<'a>,
    /// Sections whose text stands on a generated page: volume and name of the page.
    pub(super) introductions: BTreeMap<(Option<usize>, &'static str), PageId>,
    /// Rights that each volume grants to its documents.
    pub(super) rights: Vec<Option<RightsView>>,
    /// The search index of the site.
    pub(super) index: Option<Index>,
    /// Tells that the index is not wanted any more.
    pub(super) stop: Option<&'a AtomicBool>,
    /// Whether texts may have changed since they were outlined, as they do under an editor's hands.
    pub(super) preview: bool,
}

/// Why a page was not made.
pub(super) enum Failure {
    /// A mistake of a template, or a file that changed under the build.
    Found(Box<Diagnostic>),
    /// What the sink cannot write.
    Sink(WriteError),
}

/// A page that is in the sink.
pub(super) struct Done {
    path: String,
    kept: KeptPage,
    /// Why it was made; none for one that is as it was.
    reason: Option<Reason>,
}

/// What a page is, before it is known whether it is to be made.
#[derive(Clone)]
pub(super) struct Identity<'a> {
    pub(super) path: String,
    /// What is named when its template fails.
    source: &'a str,
    /// Id of the volume whose rules it follows.
    volume: Option<&'a str>,
    /// Hash of its own texts.
    texts: Hash128,
    /// Short hash of what it may show of the history.
    history: u64,
}

impl<'a> Renderer<'a> {
    /// Renders every page into the sink that is not as it was.
    pub(super) fn pages(&mut self, sink: &dyn Sink, progress: super::Progress<'_>) -> Result<Built, WriteError> {
        // One broken template breaks thousands of pages alike, and a full disk does not empty itself: pages behind the
        // first that fails are left, those before it are made, so that each run reports the same one.
        let failed = AtomicUsize::new(usize::MAX);
        let routes = routes(self.site);
        let count = AtomicUsize::new(0);
        let results: Vec<Result<Done, Failure>> = routes
            .par_iter()
            .enumerate()
            .filter_map(|(number, route)| {
                if failed.load(Ordering::Relaxed) < number {
                    return None;
                }
                let made = self.page(*route, sink);
                progress(count.fetch_add(1, Ordering::Relaxed) + 1, routes.len());
                if made.is_err() {
                    failed.fetch_min(number, Ordering::Relaxed);
                }
                Some(made)
            })
            .collect();
        let mut built = Built::default();
        for result in results {
            match result {
                Ok(done) => {
                    built.made.extend(done.reason.map(|reason| (done.path.clone(), reason)));
                    self.plan.now.pages.insert(done.path, done.kept);
                }
                Err(Failure::Found(diagnostic)) => built.diagnostics.push(*diagnostic),
                Err(Failure::Sink(error)) => return Err(error),
            }
        }
        built.pages = self.plan.now.pages.len();
        built.made.sort();
        built.diagnostics.truncate(1);
        Ok(built)
    }

    /// Puts one page into the sink, or leaves it there as it was.
    pub(super) fn page(&self, route: Route<'a>, sink: &dyn Sink) -> Result<Done, Failure> {
        let identity = self.identity(route);
        // The search page alone shows something that follows from texts: the name of its index.
        let is_search = matches!(route, Route::Generated(_, Generated::Search));
        let settled = self.plan.settled(&identity.path, identity.texts, identity.history).filter(|_| !is_search);
        if let Some(kept) = settled
            && sink.keep(&identity.path, kept.output).map_err(Failure::Sink)?
        {
            return Ok(Done { path: identity.path, kept: kept.clone(), reason: None });
        }
        match route {
            Route::Home => self.home(identity, sink),
            Route::NotFound => self.not_found(identity, sink),
            Route::Corrections => self.corrections(identity, sink),
            Route::Plain(page) => self.plain(identity, page, sink),
            Route::Volume(volume) => self.volume(identity, volume, sink),
            Route::Generated(_, page) => self.generated(identity, page, sink),
            Route::Document(page) => self.document(identity, page, sink),
            Route::Withdrawn(number) => self.withdrawn(identity, number, sink),
        }
    }

    fn identity(&self, route: Route<'a>) -> Identity<'a> {
        let site = self.site;
        let volume_id = |number: Option<usize>| number.map(|number| site.volumes[number].id.as_str());
        let introduction = |number: Option<usize>, name: &'static str| {
            self.introductions.get(&(number, name)).map_or(Hash128::default(), |page| site.pages[*page].hash)
        };
        let (source, volume, texts): (&str, Option<usize>, Hash128) = match route {
            Route::Home => (site.home.source.as_deref().unwrap_or("index.html"), None, site.home.hash),
            Route::NotFound => ("404.html", None, Hash128::default()),
            Route::Withdrawn(number) => (&site.tombstones[number].file, None, Hash128::default()),
            Route::Corrections => ("corrections.html", None, Hash128::default()),
            Route::Plain(page) => (&site.pages[page].source, None, site.pages[page].hash),
            Route::Volume(volume) => (&site.volumes[volume].source, Some(volume), site.volumes[volume].hash),
            Route::Generated(_, page) => (
                self.source_of(page),
                page.volume(),
                page.introduced_by().map_or(Hash128::default(), |name| introduction(self.introducing(page), name)),
            ),
            Route::Document(page) => (&site.pages[page].source, site.pages[page].volume, site.pages[page].hash),
        };
        Identity {
            path: route.path(site),
            source,
            volume: volume_id(volume),
            texts,
            history: self.shown_history(route),
        }
    }

    /// Short hash of what a page may show of the history. Kept apart from all other parts of its view: a commit gives the
    /// edition another history, and hardly any page.
    fn shown_history(&self, route: Route<'_>) -> u64 {
        let History { files, errata, head } = self.history;
        let hash = match route {
            Route::Document(page) => match files.get(&self.site.pages[page].source) {
                Some(changes) => Hash128::of_value(changes),
                None => return 0,
            },
            Route::Corrections | Route::Generated(_, Generated::Colophon) => Hash128::of_value(&(errata, head)),
            Route::Home | Route::Volume(_) => return u64::from(!errata.is_empty()),
            Route::NotFound | Route::Plain(_) | Route::Generated(..) | Route::Withdrawn(_) => return 0,
        };
        hash.unwrap_or_default().short()
    }

    /// A page of which the view and its texts are at hand: made, unless both are what they were.
    pub(super) fn settle<V: Serialize>(
        &self,
        identity: Identity<'_>,
        template: &str,
        view: &V,
        text: &DocumentText,
        sink: &dyn Sink,
    ) -> Result<Done, Failure> {
        let mut parts = Hash128::of_parts(view).unwrap_or_default();
        parts.push(("text", Hash128::of_value(text).unwrap_or_default()));
        self.finish(identity, parts, sink, || Ok(self.theme.render(template, view, text)))
    }

    /// Leaves a page as it was when its key is the same; else renders it and puts it into the sink.
    fn finish(
        &self,
        identity: Identity<'_>,
        parts: Vec<(&'static str, Hash128)>,
        sink: &dyn Sink,
        render: impl FnOnce() -> Result<Result<String, ThemeError>, Failure>,
    ) -> Result<Done, Failure> {
        let Identity { path, source, volume, texts, history } = identity;
        let key = Key { path: &path, volume, source: texts, history, parts };
        let reason = match self.plan.fresh(&key) {
            Ok(kept) if sink.keep(&path, kept.output).map_err(Failure::Sink)? => {
                let kept = KeptPage { history, ..kept.clone() };
                return Ok(Done { path, kept, reason: None });
            }
            Ok(_) => Reason::Output,
            Err(reason) => reason,
        };
        let broken = |error| Failure::Found(Box::new(theme::broken(self.root, &error, Some(source))));
        let html = render()?.map_err(broken)?;
        let html = if self.site.settings.minify == Minify::Full { minify::page(html) } else { html };
        sink.put(&path, html.as_bytes()).map_err(Failure::Sink)?;
        let kept = key.kept(Hash128::of(html.as_bytes()));
        Ok(Done { path, kept, reason: Some(reason) })
    }

    fn document(&self, identity: Identity<'_>, id: PageId, sink: &dyn Sink) -> Result<Done, Failure> {
        let site = self.site;
        let page = &site.pages[id];
        let Some(volume) = site.volume_of(page) else { return self.plain(identity, id, sink) };
        let rights = page.volume.and_then(|number| self.rights.get(number)).and_then(Option::as_ref);
        let around = view::surroundings::surroundings(site, self.history, volume, rights, id);
        let parts = Hash128::of_parts(&around).unwrap_or_default();
        self.finish(identity, parts, sink, || self.document_html(page, volume, &around))
    }

    fn document_html(
        &self,
        page: &SitePage,
        volume: &Volume,
        around: &Surroundings,
    ) -> Result<Result<String, ThemeError>, Failure> {
        let text = self.read(&page.source)?;
        let (front, body) = self.front(page, &text)?;
        let (none, unlabelled) = (Minor::new(), Labels::new());
        let document = Document {
            constants: Constants::of(self.site),
            words: self.words,
            matter: &volume.matter,
            markup: &volume.markup,
            around,
            outline: &page.outline,
            front: &front,
            minor: &none,
            labels: &unlabelled,
        };
        let markup = outline::section_markup(&front, &volume.markup, self.site.settings.html);
        let mut body_view = document.body();
        body_view.markup = &markup;
        let mut texts = texts::parse(&front, body, &markup).0;
        let labels = labels_of(&texts, &markup);
        let document = Document { labels: &labels, ..document };
        let mut sources = Vec::new();
        let (text, minor) = render(&front, &mut texts, body_view, &page.outline.title, |count| {
            sources = document.sources(count);
        });
        let view = Document { minor: &minor, ..document }.view(sources);
        let template = if front.kind.is_document() { "document.html" } else { "section.html" };
        Ok(self.theme.render(template, &view, &text))
    }

    fn plain(&self, identity: Identity<'_>, id: PageId, sink: &dyn Sink) -> Result<Done, Failure> {
        let page = &self.site.pages[id];
        let text = self.read(&page.source)?;
        let (front, body) = self.front(page, &text)?;
        let markup = outline::section_markup(&front, &self.site.home.markup, self.site.settings.html);
        let from = From::page(self.site, id);
        let text = self.text(from, &page.outline, &front, body, &markup, NoteNumbering::Printed).0;
        self.settle(identity, "page.html", &view::home::plain(self.site, id), &text, sink)
    }

    fn home(&self, identity: Identity<'_>, sink: &dyn Sink) -> Result<Done, Failure> {
        let site = self.site;
        let mut text = DocumentText::default();
        if let Some(index) = &site.home.source {
            let file = self.read_as(index, site.home.hash)?;
            let body = front_matter::split(&file).map_or("", |split| split.body);
            let from = From { path: "index.html", source: index, volume: None, page: None, suggest: false };
            let (front, markup) = (&site.home.matter.page, &site.home.markup);
            text = self.text(from, &site.home.outline, front, body, markup, site.home.matter.note_numbering).0;
        }
        self.settle(identity, "home.html", &view::home::home(site, self.history, self.words), &text, sink)
    }

    fn corrections(&self, identity: Identity<'_>, sink: &dyn Sink) -> Result<Done, Failure> {
        let view = view::history::corrections(self.site, self.history, self.words);
        self.settle(identity, "corrections.html", &view, &DocumentText::default(), sink)
    }

    fn not_found(&self, identity: Identity<'_>, sink: &dyn Sink) -> Result<Done, Failure> {
        let view = view::home::not_found(self.site, self.words, self.style);
        self.settle(identity, "not-found.html", &view, &DocumentText::default(), sink)
    }

    fn withdrawn(&self, identity: Identity<'_>, number: usize, sink: &dyn Sink) -> Result<Done, Failure> {
        let view = view::withdrawn::withdrawn(self.site, &self.site.tombstones[number], self.words);
        self.settle(identity, "withdrawn.html", &view, &DocumentText::default(), sink)
    }

    fn volume(&self, identity: Identity<'_>, number: usize, sink: &dyn Sink) -> Result<Done, Failure> {
        let volume = &self.site.volumes[number];
        let file = self.read_as(&volume.source, volume.hash)?;
        let body = front_matter::split(&file).map_or("", |split| split.body);
        let from = From::volume(volume, number, &identity.path);
        let numbering = volume.matter.note_numbering;
        let (text, minor) = self.text(from, &volume.outline, &volume.matter.page, body, &volume.markup, numbering);
        let view = view::volume::volume(self.site, self.history, self.words, volume, &minor);
        self.settle(identity, "volume.html", &view, &text, sink)
    }

    /// Rights of each volume. Its landing page and its documents lie in one folder, so that links hold for all.
    pub(super) fn volume_rights(&self) -> Vec<Option<RightsView>> {
        let of_volume = |(number, volume): (usize, &Volume)| {
            let given = volume.matter.page.rights.as_ref()?;
            let path = volume.address("index.html");
            let from = From::volume(volume, number, &path);
            let numbering = volume.matter.note_numbering;
            let minor = self.text(from, &volume.outline, &volume.matter.page, "", &volume.markup, numbering).1;
            Some(view::rights(given, &minor))
        };
        self.site.volumes.iter().enumerate().map(of_volume).collect()
    }

    /// A description: blocks whose references are resolved from the page on which they stand.
    pub(super) fn fragment(&self, from: From<'_>, front: &FrontMatter, markup: &Markup) -> Html {
        let mut texts = texts::parse(front, "", markup).0;
        let census = census::take(front, &mut texts, markup);
        let outline = Outline { links: census.links, ..Outline::default() };
        let links = view::surroundings::resolved(self.site, from, &outline);
        let view = view::body::body(&links, front, &outline, markup, NoteNumbering::Printed);
        html::blocks(&texts.summary, &view, &BTreeMap::new())
    }

    pub(super) fn text(
        &self,
        from: From<'_>,
        outline: &Outline,
        front: &FrontMatter,
        body: &str,
        markup: &Markup,
        numbering: NoteNumbering,
    ) -> (DocumentText, Minor) {
        let mut texts = texts::parse(front, body, markup).0;
        let links = view::surroundings::resolved(self.site, from, outline);
        let view = view::body::body(&links, front, outline, markup, numbering);
        render(front, &mut texts, view, &outline.title, |_| {})
    }

    /// The text of a source, if it is still the one that was outlined.
    pub(super) fn read_as(&self, source: &Arc<str>, hash: Hash128) -> Result<String, Failure> {
        let text = self.read(source)?;
        if self.preview || Hash128::of(text.as_bytes()) == hash { Ok(text) } else { Err(changed(source)) }
    }

    pub(super) fn read(&self, source: &Arc<str>) -> Result<String, Failure> {
        load::read(self.root, source).map_err(Failure::Found)
    }

    /// Front matter and body of a page, from its text, if that is still the one that was outlined.
    pub(super) fn front<'t>(&self, page: &SitePage, text: &'t str) -> Result<(Arc<FrontMatter>, &'t str), Failure> {
        let same = Hash128::of(text.as_bytes()) == page.hash;
        if !same && !self.preview {
            return Err(changed(&page.source));
        }
        let split = front_matter::split(text).map_err(|_| changed(&page.source))?;
        if let Some(front) = page.front.as_ref().filter(|_| same) {
            return Ok((Arc::clone(front), split.body));
        }
        let node = yaml::parse(split.yaml).map_err(|_| changed(&page.source))?;
        let index = page.role != Role::File;
        Ok((Arc::new(front_matter::document(&mut Reader::default(), &node, index)), split.body))
    }
}

/// A text that is no longer the one that was outlined changed under the build.
fn changed(source: &Arc<str>) -> Failure {
    let place = Place::file(Arc::clone(source));
    let message = "this file was changed while the site was being built";
    Failure::Found(Box::new(Diagnostic::new(Code::FILE_UNREADABLE, place, message).help("build again")))
}

/// Short strings of front matter without notes and links.
pub(super) fn labels_of(texts: &Texts<'_>, markup: &Markup) -> Labels {
    let label = |inlines: &[Inline<'_>]| Label {
        html: Html(plain::html(inlines, &markup.signs)),
        text: plain::text(inlines, &markup.signs),
    };
    texts.minor.iter().map(|(field, inlines)| (*field, label(inlines))).collect()
}

/// Renders the texts of a document; `with_counts` is given how often each note is cited.
fn render(
    front: &FrontMatter,
    texts: &mut Texts<'_>,
    mut view: BodyView<'_>,
    title: &str,
    with_counts: impl FnOnce(&dyn Fn(&str) -> u32),
) -> (DocumentText, Minor) {
    let markup = view.markup;
    let census = census::take(front, texts, markup);
    notes::number(&mut view, &census.cited, &census.notes);
    let sources: Vec<_> =
        texts.sources.iter().map(|source| (source.note.as_slice(), source.description.as_slice())).collect();
    let parsed = Parsed {
        title: &texts.title,
        summary: &texts.summary,
        evidence: &texts.evidence,
        sources: &sources,
        minor: &texts.minor,
        body: &texts.body,
        cited: &census.cited,
        counts: &census.counts,
    };
    let minor = render_document::minor(&parsed, &view);
    with_counts(&|label| census.counts.get(label).copied().unwrap_or(0));
    (render_document::text(&parsed, &view, &minor, title), minor)
}
