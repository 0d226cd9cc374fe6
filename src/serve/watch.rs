//! Sees what changes in an edition: batches of paths, once a moment has passed without another.

use notify::event::{EventKind, ModifyKind};
use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

/// How long nothing may happen until a batch is whole. Editors write a file in several steps.
const QUIET: Duration = Duration::from_millis(12);

/// How many steps may follow each other; a change of branches has more, and ends all the same.
const MOST_STEPS: usize = 2000;

/// Folders whose files make the site.
const FOLDERS: [&str; 4] = ["content", "static", "themes", "ledger"];

/// A watched edition.
pub(super) struct Watch {
    root: PathBuf,
    watcher: RecommendedWatcher,
    events: Receiver<notify::Result<notify::Event>>,
}

impl Watch {
    /// Watches an edition, whose root is given in full.
    ///
    /// # Errors
    /// The system does not let itself be watched, in its own words.
    pub(super) fn new(root: &Path) -> Result<Watch, String> {
        let (sender, events) = channel();
        let watcher = notify::recommended_watcher(sender).map_err(|error| error.to_string())?;
        let mut watch = Watch { root: root.to_owned(), watcher, events };
        watch.watcher.watch(root, RecursiveMode::NonRecursive).map_err(|error| error.to_string())?;
        for folder in FOLDERS {
            watch.add(folder)?;
        }
        Ok(watch)
    }

    fn add(&mut self, folder: &str) -> Result<(), String> {
        let path = self.root.join(folder);
        if !path.is_dir() {
            return Ok(());
        }
        self.watcher.watch(&path, RecursiveMode::Recursive).map_err(|error| error.to_string())
    }

    /// The next paths that changed, from the root, sorted; none when nothing happens for so long.
    pub(super) fn next(&mut self, patience: Duration) -> Option<Vec<String>> {
        let mut paths = BTreeSet::new();
        let mut wait = patience;
        for _ in 0..MOST_STEPS {
            match self.events.recv_timeout(wait) {
                Ok(event) => self.take(event, &mut paths),
                Err(RecvTimeoutError::Timeout) => break,
                // The watcher is gone with its sender; pages are served all the same.
                Err(RecvTimeoutError::Disconnected) => {
                    std::thread::sleep(patience);
                    break;
                }
            }
            if !paths.is_empty() {
                wait = QUIET;
            }
        }
        for folder in FOLDERS {
            if paths.contains(folder) {
                // A folder that came anew is watched anew; one that cannot be is seen by its next change.
                let _ = self.add(folder);
            }
        }
        (!paths.is_empty()).then(|| paths.into_iter().collect())
    }

    fn take(&self, event: notify::Result<notify::Event>, paths: &mut BTreeSet<String>) {
        let Ok(event) = event else { return everything(paths) };
        if event.need_rescan() {
            return everything(paths);
        }
        // Reading a file is an event too, and so is looking at its times: the preview would see itself.
        let harmless = matches!(event.kind, EventKind::Access(_) | EventKind::Modify(ModifyKind::Metadata(_)));
        if harmless {
            return;
        }
        for path in &event.paths {
            let Ok(inner) = path.strip_prefix(&self.root) else { continue };
            let parts: Vec<_> = inner.components().map(|part| part.as_os_str().to_string_lossy()).collect();
            let Some(first) = parts.first() else { continue };
            if FOLDERS.contains(&&**first) || **first == *"site.yaml" && parts.len() == 1 {
                paths.insert(parts.join("/"));
            }
        }
    }
}

/// More happened than the system could tell.
fn everything(paths: &mut BTreeSet<String>) {
    paths.extend(FOLDERS.map(str::to_owned));
    paths.insert("site.yaml".to_owned());
}
