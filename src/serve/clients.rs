//! Pages that are open in browsers, each with a stream of events to it (server-sent events, WHATWG HTML § 9.2).

use super::state::{Now, Page, State};
use crate::hash::Hash128;
use serde_json::json;
use std::collections::BTreeMap;
use std::io::Write;
use std::net::TcpStream;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// How many streams there may be; a browser needs one for all its pages. The oldest gives way.
const MOST: usize = 64;

/// All open pages.
#[derive(Default)]
pub(super) struct Clients {
    open: Mutex<Vec<Client>>,
}

/// Pages that are open in a browser and share a stream.
struct Client {
    stream: Arc<TcpStream>,
    pages: Vec<OpenPage>,
}

/// A page that is open in a browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct OpenPage {
    /// Address within the site.
    pub(super) path: String,
    /// What it shows.
    pub(super) version: String,
    /// Errors that it shows; none as long as that is not known.
    pub(super) errors: Option<Hash128>,
}

impl Clients {
    /// Takes a stream over, and tells its pages at once what they do not know yet.
    pub(super) fn add(&self, stream: Arc<TcpStream>, pages: Vec<OpenPage>, state: &State) {
        let mut client = Client { stream, pages };
        // The list is held meanwhile: a change must find the page in it, or be what the page is compared with.
        let mut open = self.lock();
        if client.show(&mut Shown::new(state), false).is_none() {
            return;
        }
        if open.len() >= MOST {
            open.remove(0);
        }
        open.push(client);
    }

    /// Tells every page what changed; says how many were told to reload.
    pub(super) fn show(&self, state: &State, all: bool) -> usize {
        let mut open = self.lock();
        let mut shown = Shown::new(state);
        let mut reloaded = 0;
        open.retain_mut(|client| {
            let told = client.show(&mut shown, all);
            reloaded += told.unwrap_or(0);
            told.is_some()
        });
        reloaded
    }

    /// Lets go of pages that are open no more.
    pub(super) fn pulse(&self) {
        self.lock().retain_mut(|client| client.send(": still here\n\n").is_some());
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Client>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What pages show at one moment, each made once.
struct Shown<'a> {
    state: &'a State,
    now: Arc<Now>,
    pages: BTreeMap<String, Arc<Page>>,
}

impl<'a> Shown<'a> {
    fn new(state: &'a State) -> Self {
        Shown { state, now: state.now(), pages: BTreeMap::new() }
    }

    fn page(&mut self, path: &str) -> Arc<Page> {
        if let Some(page) = self.pages.get(path) {
            return Arc::clone(page);
        }
        let page = Arc::new(self.state.page(&self.now, &[path]));
        self.pages.insert(path.to_owned(), Arc::clone(&page));
        page
    }
}

impl Client {
    /// Tells pages their errors, and reloads those that are others; none when nobody listens any more.
    fn show(&mut self, shown: &mut Shown<'_>, all: bool) -> Option<usize> {
        let mut reloaded = 0;
        for at in 0..self.pages.len() {
            let Some(open) = self.pages.get_mut(at) else { break };
            let page = shown.page(&open.path);
            let (errors, reload) = open.difference(&page, &shown.now, all);
            let hash = Hash128::of(errors.as_bytes());
            let mut events = String::new();
            let about = |open: &OpenPage| json!({"page": &open.path, "version": &open.version});
            if open.errors != Some(hash) {
                let mut data = about(open);
                data["html"] = errors.into();
                events.push_str(&format!("event: errors\ndata: {data}\n\n"));
                open.errors = Some(hash);
            }
            if reload {
                events.push_str(&format!("event: reload\ndata: {}\n\n", about(open)));
                page.version.clone_into(&mut open.version);
                reloaded += 1;
            }
            if !events.is_empty() {
                self.send(&events)?;
            }
        }
        Some(reloaded)
    }

    fn send(&mut self, text: &str) -> Option<()> {
        let mut stream = &*self.stream;
        stream.write_all(text.as_bytes()).and_then(|()| stream.flush()).ok()
    }
}

impl OpenPage {
    /// The errors to show over the page, and whether it is to be loaded again. While there are errors pages stay.
    fn difference<'p>(&self, page: &'p Page, now: &'p Now, all: bool) -> (&'p str, bool) {
        let is_other = page.version != self.version;
        if Page::is_broken(&self.version) {
            // Instead of a text it shows why there is none.
            ("", is_other)
        } else if Page::is_broken(&page.version) {
            (&page.errors, false)
        } else {
            (&now.errors, now.errors.is_empty() && (is_other || all))
        }
    }
}
