//! Where connections wait until they have asked for something.
//!
//! Browsers open connections on which they ask nothing yet, and anybody can open many. Each has a small thread of its
//! own here, so that none keeps another waiting; when there are too many, those that have been silent longest go.

use std::collections::BTreeMap;
use std::net::{Shutdown, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How many may be inside. With the open pages they stay below 256, the fewest files that a system grants a program.
const MOST: usize = 128;

/// How many silent ones go at once where nobody leaves by himself.
const GOING: usize = 64;

/// How long nobody may leave until silent ones are sent away. On a busy machine whoever has just come may not have had
/// time to ask.
const PATIENCE: Duration = Duration::from_secs(1);

/// All that are inside.
#[derive(Default)]
pub(super) struct Lobby {
    inside: Mutex<Inside>,
    left: Condvar,
}

#[derive(Default)]
struct Inside {
    number: usize,
    /// Those that have not asked yet, in order of arrival.
    silent: BTreeMap<u64, Arc<TcpStream>>,
    next: u64,
}

/// The right to be inside; given back when it is dropped.
pub(super) struct Guest {
    lobby: Arc<Lobby>,
    id: u64,
}

impl Lobby {
    /// Lets a connection in, as soon as there is room.
    pub(super) fn enter(self: &Arc<Self>, stream: &Arc<TcpStream>) -> Guest {
        let mut inside = self.lock();
        while inside.number >= MOST {
            let waited = self.left.wait_timeout(inside, PATIENCE).unwrap_or_else(PoisonError::into_inner);
            inside = waited.0;
            if waited.1.timed_out() {
                for _ in 0..GOING {
                    let Some((_, stream)) = inside.silent.pop_first() else { break };
                    // One that is gone already need not be sent away.
                    let _ = stream.shutdown(Shutdown::Both);
                }
            }
        }
        let id = inside.next;
        inside.next += 1;
        inside.number += 1;
        inside.silent.insert(id, Arc::clone(stream));
        Guest { lobby: Arc::clone(self), id }
    }

    fn lock(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Guest {
    /// It has asked: it is not sent away any more.
    pub(super) fn has_asked(&self) {
        self.lobby.lock().silent.remove(&self.id);
    }
}

impl Drop for Guest {
    fn drop(&mut self) {
        let mut inside = self.lobby.lock();
        inside.silent.remove(&self.id);
        inside.number -= 1;
        self.lobby.left.notify_one();
    }
}
