//! Every route to a file: view, body, template, minifier, sink. Pages are rendered in parallel and kept by nobody.

use super::{outline, theme};
use crate::diag::{Code, Diagnostic, Place};
use crate::hash::Hash128;
use crate::load;
use crate::model::body::Inline;
use crate::model::document::FrontMatter;
use crate::model::html::Html;
use crate::model::links::From;
use crate::model::markup::{Markup, NoteNumbering};
use crate::model::outline::Outline;
use crate::model::page::BodyView;
use crate::model::plain;
use crate::model::register::Register;
use crate::model::settings::Minify;
use crate::model::site::{Page as SitePage, PageId, Role, Site};
use crate::model::view::DocumentText;
use crate::parse::front_matter::reader::Reader;
use crate::parse::texts::{self, Texts};
use crate::parse::{census, front_matter};
use crate::render::document::{self as render_document, Parsed};
use crate::render::theme::{Theme, ThemeError};
use crate::render::{html, minify, notes};
use crate::view::document::Document;
use crate::view::head::Constants;
use crate::view::{self, Label, Labels, Minor, Words};
use crate::write::{Sink, WriteError};
use crate::yaml;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What a build made.
#[derive(Debug, Default)]
pub struct Built {
    /// Number of pages.
    pub pages: usize,
    /// Mistakes of templates, and files that changed under the build.
    pub diagnostics: Vec<Diagnostic>,
    /// Addresses of all pages, for the sitemap.
    pub(super) paths: Vec<String>,
}

/// A page of the site.
#[derive(Debug, Clone, Copy)]
enum Route<'s> {
    Home,
    NotFound,
    Plain(PageId),
    Volume(usize),
    Pages(usize),
    Register(Option<usize>, &'s Register),
    Document(PageId),
}

/// Renders pages.
pub(super) struct Renderer<'a> {
    pub(super) root: &'a Path,
    pub(super) site: &'a Site,
    pub(super) theme: &'a Theme,
    pub(super) words: &'a Words,
    /// The style sheet, for the page that is served at any depth.
    pub(super) style: &'a str,
}

/// Why a page was not made.
enum Failure {
    Found(Box<Diagnostic>),
    Sink(WriteError),
}

impl<'a> Renderer<'a> {
    /// Renders every page into the sink.
    pub(super) fn pages(&self, sink: &dyn Sink, progress: super::Progress<'_>) -> Result<Built, WriteError> {
        let constants = view::site(self.site);
        let theme = match self.theme.clone().with_site(&constants, &self.words.0) {
            Ok(theme) => theme,
            Err(error) => {
                let diagnostics = vec![theme::broken(self.root, &error, None)];
                return Ok(Built { diagnostics, ..Built::default() });
            }
        };
        // One broken template breaks thousands of pages alike, and a full disk does not empty itself: pages behind the
        // first that fails are left, those before it are made, so that each run reports the same one.
        let failed = AtomicUsize::new(usize::MAX);
        let routes = routes(self.site);
        let count = AtomicUsize::new(0);
        let made: Vec<Result<String, Failure>> = routes
            .par_iter()
            .enumerate()
            .filter_map(|(number, route)| {
                if failed.load(Ordering::Relaxed) < number {
                    return None;
                }
                let made = self.page(*route, &theme, sink);
                progress(count.fetch_add(1, Ordering::Relaxed) + 1, routes.len());
                if made.is_err() {
                    failed.fetch_min(number, Ordering::Relaxed);
                }
                Some(made)
            })
            .collect();
        let mut built = Built::default();
        for result in made {
            match result {
                Ok(path) => built.paths.push(path),
                Err(Failure::Found(diagnostic)) => built.diagnostics.push(*diagnostic),
                Err(Failure::Sink(error)) => return Err(error),
            }
        }
        built.pages = built.paths.len();
        built.diagnostics.truncate(1);
        Ok(built)
    }

    fn page(&self, route: Route<'a>, theme: &Theme, sink: &dyn Sink) -> Result<String, Failure> {
        let (path, source, rendered) = match route {
            Route::Home => self.home(theme)?,
            Route::NotFound => self.not_found(theme),
            Route::Plain(page) => self.plain(page, theme)?,
            Route::Volume(volume) => self.volume(volume, theme)?,
            Route::Pages(volume) => self.page_index(volume, theme)?,
            Route::Register(volume, register) => self.register(volume, register, theme)?,
            Route::Document(page) => self.document(page, theme)?,
        };
        let html =
            rendered.map_err(|error| Failure::Found(Box::new(theme::broken(self.root, &error, Some(&source)))))?;
        let html = if self.site.settings.minify == Minify::Full { minify::page(html) } else { html };
        sink.put(&path, html.as_bytes()).map_err(Failure::Sink)?;
        Ok(path)
    }

    fn document(&self, id: PageId, theme: &Theme) -> Result<Page, Failure> {
        let site = self.site;
        let page = &site.pages[id];
        let Some(volume) = site.volume_of(page) else { return self.plain(id, theme) };
        let text = self.read(&page.source)?;
        let (front, body) = self.front(page, &text)?;
        let (none, unlabelled) = (Minor::new(), Labels::new());
        let (minor, labels) = (&none, &unlabelled);
        let around = view::surroundings::surroundings(site, volume, id);
        let document = Document {
            constants: Constants::of(site),
            words: self.words,
            matter: &volume.matter,
            markup: &volume.markup,
            around: &around,
            outline: &page.outline,
            front: &front,
            minor,
            labels,
        };
        let markup = outline::section_markup(&front, &volume.markup, site.settings.html);
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
        Ok((page.path.clone(), page.source.to_string(), theme.render(template, &view, &text)))
    }

    fn plain(&self, id: PageId, theme: &Theme) -> Result<Page, Failure> {
        let page = &self.site.pages[id];
        let text = self.read(&page.source)?;
        let (front, body) = self.front(page, &text)?;
        let markup = outline::section_markup(&front, &self.site.home.markup, self.site.settings.html);
        let from = From::page(self.site, id);
        let text = self.text(from, &page.outline, &front, body, &markup, NoteNumbering::Printed);
        let view = view::home::plain(self.site, id);
        Ok((page.path.clone(), page.source.to_string(), theme.render("page.html", &view, &text.0)))
    }

    fn home(&self, theme: &Theme) -> Result<Page, Failure> {
        let site = self.site;
        let mut text = DocumentText::default();
        let mut source = "index.html".to_owned();
        if let Some(index) = &site.home.source {
            let file = self.read(index)?;
            let body = front_matter::split(&file).map_or("", |split| split.body);
            let from = From { path: "index.html", source: index, volume: None, page: None, suggest: false };
            let (front, markup) = (&site.home.matter.page, &site.home.markup);
            text = self.text(from, &site.home.outline, front, body, markup, site.home.matter.note_numbering).0;
            source = index.to_string();
        }
        let view = view::home::home(site);
        Ok(("index.html".to_owned(), source, theme.render("home.html", &view, &text)))
    }

    fn not_found(&self, theme: &Theme) -> Page {
        let view = view::home::not_found(self.site, self.words, self.style);
        let rendered = theme.render("not-found.html", &view, &DocumentText::default());
        ("404.html".to_owned(), "404.html".to_owned(), rendered)
    }

    fn volume(&self, number: usize, theme: &Theme) -> Result<Page, Failure> {
        let volume = &self.site.volumes[number];
        let file = self.read(&volume.source)?;
        let body = front_matter::split(&file).map_or("", |split| split.body);
        let path = volume.address("index.html");
        let from = From::volume(volume, number, &path);
        let numbering = volume.matter.note_numbering;
        let (text, minor) = self.text(from, &volume.outline, &volume.matter.page, body, &volume.markup, numbering);
        let view = view::volume::volume(self.site, volume, &minor);
        Ok((path, volume.source.to_string(), theme.render("volume.html", &view, &text)))
    }

    fn page_index(&self, number: usize, theme: &Theme) -> Result<Page, Failure> {
        let volume = &self.site.volumes[number];
        let view = view::lists::pages(self.site, volume, self.words);
        let introduction = self.introduction(Some(number), "pages")?;
        let rendered = theme.render("pages.html", &view, &introduction);
        Ok((volume.address("pages.html"), volume.source.to_string(), rendered))
    }

    fn register(&self, number: Option<usize>, register: &Register, theme: &Theme) -> Result<Page, Failure> {
        let site = self.site;
        let volume = number.map(|number| &site.volumes[number]);
        let file = format!("{}.html", register.kind.name());
        let path = volume.map_or(file.clone(), |volume| volume.address(&file));
        let markup = volume.map_or(&site.home.markup, |volume| &volume.markup);
        let from = From { path: &path, source: &register.file, volume: number, page: None, suggest: false };
        let mut texts = BTreeMap::new();
        for entry in &register.entries {
            if let Some(description) = &entry.description {
                let front = FrontMatter { summary: Some(description.clone()), ..FrontMatter::default() };
                texts.insert(entry.id.clone(), self.fragment(from, &front, markup));
            }
        }
        let text = self.introduction(number, register.kind.name())?;
        let view = view::lists::register(site, volume, register, &texts, text.body.clone(), self.words);
        Ok((path, register.file.to_string(), theme.render("register.html", &view, &text)))
    }

    /// The texts of a section that has the id of a generated page.
    fn introduction(&self, number: Option<usize>, introduced: &str) -> Result<DocumentText, Failure> {
        let introduces = |id: &PageId| {
            let page = &self.site.pages[*id];
            page.volume == number && page.introduces == Some(introduced) && page.published
        };
        let Some(id) = (0..self.site.pages.len()).find(introduces) else { return Ok(DocumentText::default()) };
        let page = &self.site.pages[id];
        let text = self.read(&page.source)?;
        let (front, body) = self.front(page, &text)?;
        let markup = number.map_or(&self.site.home.markup, |number| &self.site.volumes[number].markup);
        let numbering = number.map_or(NoteNumbering::Printed, |number| self.site.volumes[number].matter.note_numbering);
        Ok(self.text(From::page(self.site, id), &page.outline, &front, body, markup, numbering).0)
    }

    /// A description: blocks whose references are resolved from the page on which they stand.
    fn fragment(&self, from: From<'_>, front: &FrontMatter, markup: &Markup) -> Html {
        let mut texts = texts::parse(front, "", markup).0;
        let census = census::take(front, &mut texts, markup);
        let outline = Outline { links: census.links, ..Outline::default() };
        let links = view::surroundings::resolved(self.site, from, &outline);
        let view = view::body::body(&links, front, markup, NoteNumbering::Printed);
        html::blocks(&texts.summary, &view, &BTreeMap::new())
    }

    fn text(
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
        let view = view::body::body(&links, front, markup, numbering);
        render(front, &mut texts, view, &outline.title, |_| {})
    }

    fn read(&self, source: &Arc<str>) -> Result<String, Failure> {
        load::read(self.root, source).map_err(Failure::Found)
    }

    /// Front matter and body of a page, from its text. A text that is no longer the one that was outlined changed under
    /// the build.
    fn front<'t>(&self, page: &SitePage, text: &'t str) -> Result<(Arc<FrontMatter>, &'t str), Failure> {
        let changed = || {
            let place = Place::file(Arc::clone(&page.source));
            let message = "this file was changed while the site was being built";
            Failure::Found(Box::new(Diagnostic::new(Code::FILE_UNREADABLE, place, message).help("build again")))
        };
        if Hash128::of(text.as_bytes()) != page.hash {
            return Err(changed());
        }
        let split = front_matter::split(text).map_err(|_| changed())?;
        if let Some(front) = &page.front {
            return Ok((Arc::clone(front), split.body));
        }
        let node = yaml::parse(split.yaml).map_err(|_| changed())?;
        let index = page.role != Role::File;
        Ok((Arc::new(front_matter::document(&mut Reader::default(), &node, index)), split.body))
    }
}

/// Address, source, and what the template made.
type Page = (String, String, Result<String, ThemeError>);

/// Short strings of front matter without notes and links.
fn labels_of(texts: &Texts<'_>, markup: &Markup) -> Labels {
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

/// Every page of the site, in a fixed order.
fn routes(site: &Site) -> Vec<Route<'_>> {
    let mut routes = vec![Route::NotFound];
    if !site.is_single() {
        routes.push(Route::Home);
        routes.extend(site.registers.iter().map(|register| Route::Register(None, register)));
    }
    routes.extend(site.plain.iter().map(|&page| Route::Plain(page)));
    for (number, volume) in site.volumes.iter().enumerate().filter(|(_, volume)| volume.published) {
        routes.push(Route::Volume(number));
        if site.has_page_index(volume) {
            routes.push(Route::Pages(number));
        }
        routes.extend(volume.registers.iter().map(|register| Route::Register(Some(number), register)));
    }
    let documents = (0..site.pages.len()).filter(|&id| {
        let page = &site.pages[id];
        page.volume.is_some() && page.published && !site.is_introduction(page)
    });
    routes.extend(documents.map(Route::Document));
    routes
}

/// Files that are no pages: for machines, and at old addresses.
pub(super) fn files(site: &Site, paths: &[String], sink: &dyn Sink) -> Result<(), WriteError> {
    let mut paths = paths.to_vec();
    paths.sort();
    if let Some(base) = &site.settings.base_url {
        sink.put("sitemap.xml", view::feed::sitemap(site, base, &paths).as_bytes())?;
        sink.put("feed.xml", view::feed::feed(site, base).as_bytes())?;
    }
    sink.put("robots.txt", view::feed::robots(site).as_bytes())?;
    sink.put(".nojekyll", b"")?;
    for redirect in &site.redirects {
        sink.put(&redirect.from, view::feed::redirect(site, redirect).as_bytes())?;
    }
    Ok(())
}
