//! The preview: an edition served from memory, page by page as they are asked for, and shown anew when it changes.
//!
//! ```text
//! watch → batch of changed paths → edition read again → open pages made again → those that differ are told to reload
//! http  → request → page of the edition as it stands
//! index → a quiet second → the search of the edition as it stands, made beside all this
//! ```
//!
//! Nothing is written to disk. The server prints nothing either: what happens is told as [`Event`]s.

mod answer;
mod clients;
mod http;
mod indexer;
mod lobby;
mod state;
mod watch;

use crate::cache::Cache;
use crate::config::Flags;
use crate::diag::Diagnostic;
use clients::Clients;
use indexer::Indexer;
use state::State;
use std::io;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// Something that whoever started the preview may want to show.
#[derive(Debug)]
pub enum Event<'a> {
    /// The edition was read, or read again: what was found, and how many open pages were told to reload.
    Read {
        /// Paths that changed; empty at the start.
        changes: Vec<String>,
        /// What was found.
        diagnostics: &'a [Diagnostic],
        /// Number of documents.
        documents: usize,
        /// Number of open pages that show something else now.
        reloaded: usize,
    },
    /// Changes are not seen any more.
    NotWatching(String),
}

/// What is served.
#[derive(Debug)]
pub struct Preview {
    root: PathBuf,
    flags: Flags,
    listener: TcpListener,
}

/// How many ports after the first are tried.
const PORTS: u16 = 50;

/// How often clients that have gone are looked for.
const PULSE: Duration = Duration::from_secs(20);

impl Preview {
    /// Takes the port, or the next free one; port 0 takes any.
    ///
    /// # Errors
    /// None of them is free, or the address is none of this machine.
    pub fn bind(root: &Path, flags: Flags, host: IpAddr, port: u16) -> io::Result<Preview> {
        let mut first = None;
        for port in port..=port.saturating_add(if port == 0 { 0 } else { PORTS }) {
            match TcpListener::bind(SocketAddr::new(host, port)) {
                Ok(listener) => {
                    let root = root.canonicalize()?;
                    return Ok(Preview { root, flags, listener });
                }
                Err(error) if error.kind() == io::ErrorKind::AddrInUse => drop(first.get_or_insert(error)),
                Err(error) => return Err(error),
            }
        }
        Err(first.unwrap_or_else(|| io::ErrorKind::AddrInUse.into()))
    }

    /// Where it listens.
    ///
    /// # Errors
    /// The system does not tell.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Reads the edition and serves it until the process ends. `base` is its address as links of the site need it.
    ///
    /// # Errors
    /// The listener cannot be used.
    pub fn run(self, base: String, cache: &Cache, tell: Tell<'_>) -> io::Result<()> {
        // Documents may be nested deeply: they are read where there is room for that.
        std::thread::scope(|scope| {
            let work = || self.follow(base, cache, tell);
            let running = std::thread::Builder::new().stack_size(http::STACK).spawn_scoped(scope, work)?;
            running.join().unwrap_or_else(|_| Err(io::Error::other("the preview could not go on")))
        })
    }

    fn follow(self, base: String, cache: &Cache, tell: Tell<'_>) -> io::Result<()> {
        let Preview { root, flags, listener } = self;
        let flags = Flags { base_url: Some(base), ..flags };
        // Watching begins before reading, so that no change falls between the two.
        let watched = watch::Watch::new(&root);
        let state = Arc::new(State::new(root, flags, cache));
        let clients = Arc::new(Clients::default());
        http::serve(listener, &state, &clients)?;
        let indexer = Indexer::start(&state, &clients)?;
        tell_read(tell, Vec::new(), &state, 0);
        let mut watched = match watched {
            Ok(watched) => watched,
            Err(error) => {
                tell(Event::NotWatching(error));
                loop {
                    std::thread::sleep(PULSE);
                    clients.pulse();
                }
            }
        };
        loop {
            let Some(paths) = watched.next(PULSE) else {
                clients.pulse();
                continue;
            };
            // Nothing that a document holds may end the preview; what went wrong is on standard error.
            let changed = catch_unwind(AssertUnwindSafe(|| {
                state.change(&paths);
                indexer.changed();
                clients.show(&state, paths.iter().any(|path| is_within(path, "static")))
            }));
            if let Ok(reloaded) = changed {
                tell_read(tell, paths, &state, reloaded);
            }
        }
    }
}

/// What is told about the preview.
pub type Tell<'a> = &'a (dyn Fn(Event<'_>) + Sync);

fn is_within(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn tell_read(tell: Tell<'_>, changes: Vec<String>, state: &State, reloaded: usize) {
    let now = state.now();
    tell(Event::Read { changes, diagnostics: &now.diagnostics, documents: now.documents(), reloaded });
}
