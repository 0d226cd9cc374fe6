//! Pages that are open in browsers, each with a stream of events to it (server-sent events, WHATWG HTML § 9.2).

use super::state::State;
use crate::hash::Hash128;
use std::collections::BTreeMap;
use std::io::Write;
use std::net::TcpStream;
use std::sync::{Mutex, PoisonError};

/// How many pages may be open. The oldest gives way.
const MOST: usize = 500;

/// All open pages.
#[derive(Default)]
pub(super) struct Clients {
    open: Mutex<Vec<Client>>,
}

/// A page that is open in a browser.
struct Client {
    stream: TcpStream,
    /// Address within the site.
    path: String,
    /// What it shows.
    version: String,
    /// Errors that it shows.
    errors: Hash128,
}

impl Clients {
    /// Takes a stream over, and tells it at once what the page does not know yet.
    pub(super) fn add(&self, stream: TcpStream, path: String, version: String, state: &State) {
        let mut client = Client { stream, path, version, errors: Hash128::of(b"") };
        let version = version_of(state, &client.path);
        if client.show(state, &version, false).is_none() {
            return;
        }
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if open.len() >= MOST {
            open.remove(0);
        }
        open.push(client);
    }

    /// Tells every page what changed; says how many were told to reload.
    pub(super) fn show(&self, state: &State, all: bool) -> usize {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let mut versions: BTreeMap<String, String> = BTreeMap::new();
        let mut reloaded = 0;
        open.retain_mut(|client| {
            let version = match versions.get(&client.path) {
                Some(version) => version.clone(),
                None => {
                    let version = version_of(state, &client.path);
                    versions.insert(client.path.clone(), version.clone());
                    version
                }
            };
            match client.show(state, &version, all) {
                Some(told) => {
                    reloaded += usize::from(told);
                    true
                }
                None => false,
            }
        });
        reloaded
    }

    /// Lets go of pages that are open no more.
    pub(super) fn pulse(&self) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.retain_mut(|client| client.send(": still here\n\n").is_some());
    }
}

/// What a page shows now. While the edition has errors its pages stay as they are.
fn version_of(state: &State, path: &str) -> String {
    match state.file(path) {
        Ok(Some((_, hash))) => hash.to_string(),
        Ok(None) => "none".to_owned(),
        Err(_) => String::new(),
    }
}

impl Client {
    /// Shows errors, and reloads where the page is another; none when nobody listens any more.
    fn show(&mut self, state: &State, version: &str, anyhow: bool) -> Option<bool> {
        let now = state.now();
        let errors = Hash128::of(now.errors.as_bytes());
        if self.errors != errors {
            let data = serde_json::Value::String(now.errors.clone());
            self.send(&format!("event: errors\ndata: {data}\n\n"))?;
            self.errors = errors;
        }
        if now.is_broken() || version.is_empty() || (version == self.version && !anyhow) {
            return Some(false);
        }
        self.send("event: reload\ndata: \n\n")?;
        version.clone_into(&mut self.version);
        Some(true)
    }

    fn send(&mut self, text: &str) -> Option<()> {
        self.stream.write_all(text.as_bytes()).and_then(|()| self.stream.flush()).ok()
    }
}
