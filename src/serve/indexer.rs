//! The search of the preview: its index is made in the background, once nothing has changed for a while.

use super::clients::Clients;
use super::state::State;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// How long nothing must have changed.
const QUIET: Duration = Duration::from_secs(1);

/// What tells the indexer of changes.
#[derive(Debug, Default)]
pub(super) struct Indexer {
    changes: Mutex<u64>,
    woken: Condvar,
    /// Whether what is being made is out of date.
    stop: AtomicBool,
}

impl Indexer {
    /// Starts a thread that makes the index of the edition as it stands, and again after each change.
    ///
    /// # Errors
    /// The system has no thread.
    pub(super) fn start(state: &Arc<State>, clients: &Arc<Clients>) -> io::Result<Arc<Indexer>> {
        let indexer = Arc::new(Indexer { changes: Mutex::new(1), ..Indexer::default() });
        // One thread of its own, so that those that make pages are never waited for.
        let pool = rayon::ThreadPoolBuilder::new().num_threads(1).stack_size(super::http::STACK).build();
        let pool = pool.map_err(io::Error::other)?;
        let (this, state, clients) = (Arc::clone(&indexer), Arc::clone(state), Arc::clone(clients));
        thread::Builder::new().spawn(move || {
            let mut done = 0;
            loop {
                done = this.wait(done);
                let work = || pool.install(|| state.index(&this.stop));
                // Nothing that a document holds may end the search.
                if catch_unwind(AssertUnwindSafe(work)).unwrap_or(false) {
                    clients.show(&state, false);
                }
            }
        })?;
        Ok(indexer)
    }

    /// The edition has changed.
    pub(super) fn changed(&self) {
        self.stop.store(true, Ordering::Relaxed);
        *self.changes.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.woken.notify_all();
    }

    /// Waits for a change after which it is quiet.
    fn wait(&self, done: u64) -> u64 {
        let changes = self.changes.lock().unwrap_or_else(PoisonError::into_inner);
        let mut changes =
            self.woken.wait_while(changes, |changes| *changes == done).unwrap_or_else(PoisonError::into_inner);
        loop {
            let seen = *changes;
            let waited = self.woken.wait_timeout_while(changes, QUIET, |changes| *changes == seen);
            changes = waited.unwrap_or_else(PoisonError::into_inner).0;
            if *changes == seen {
                self.stop.store(false, Ordering::Relaxed);
                return seen;
            }
        }
    }
}
