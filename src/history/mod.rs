//! What git knows of an edition: who changed which document when, and why.
//!
//! An edge like `load`: it runs the `git` program, reads the log once, and follows files through it. What is not sure
//! is not said: without git, in a shallow clone, in a folder that git ignores there is no history at all, and a file
//! that differs from what was committed has none of its own.
//!
//! How things count: a date is that of the author, in the author's zone, so that it survives a rebase. A change is a
//! commit that changed the bytes of a file; a new name alone is none, and is followed. A merge is a change of a file
//! only where it made of it what none of the branches had.

mod follow;
mod gone;
mod log;
mod message;
mod rewritten;
mod version;

pub use gone::gone;

use crate::git::{self, Standing};
use crate::model::history::{Change, Commit, Erratum, HeadCommit, History, Log};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

/// What to ask for.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// Folder of the edition.
    pub root: &'a Path,
    /// Its content files.
    pub files: &'a [Arc<str>],
    /// The mark of errata in messages.
    pub mark: &'a str,
}

/// The history of an edition, and the log for the next time; both empty where nothing sure is known. `kept` is the log
/// of an earlier time: of commits that it knows git is not asked again.
pub fn read(wanted: Wanted<'_>, kept: Option<&Arc<Log>>) -> (History, Option<Arc<Log>>) {
    let nothing = || (History::default(), kept.cloned());
    let Some(place) = Standing::of(wanted.root).filter(|place| !place.is_shallow) else { return nothing() };
    let Some(work) = Work::of(wanted, &place) else { return nothing() };
    let Some(log) = log_up_to(wanted.root, &place, kept) else { return nothing() };
    match history(wanted, &place, &work, &log) {
        Some(history) => (history, Some(log)),
        None => nothing(),
    }
}

/// The released version by the tags that lead to the commit that is checked out; none in a shallow clone, which may lack
/// them, and outside a repository.
pub fn version(root: &Path) -> Option<Box<str>> {
    git::run(root, &["ls-files", "--error-unmatch", "--", "site.yaml"])?;
    let place = Standing::of(root).filter(|place| !place.is_shallow)?;
    version::highest(root, &place.head)
}

/// The files as they are now against what was committed.
struct Work {
    /// Content files that are committed: path within the repository, and number.
    tracked: BTreeMap<String, usize>,
    /// Those of them that differ.
    differing: BTreeSet<usize>,
    /// Whether any source differs.
    uncommitted: bool,
}

impl Work {
    /// None where no content file was ever committed, as in a folder that git ignores.
    fn of(wanted: Wanted<'_>, place: &Standing) -> Option<Work> {
        let committed = ["ls-tree", "-r", "-z", "--name-only", "--full-tree", &place.head, "--"];
        let content = format!("{}content", place.prefix);
        let committed = git::run(wanted.root, &[&committed[..], &[&content]].concat())?;
        let committed: BTreeSet<&[u8]> = committed.split(|byte| *byte == 0).collect();
        let differing = git::changes(wanted.root)?;
        let path = |file: &Arc<str>| format!("{}{file}", place.prefix);
        let paths = wanted.files.iter().enumerate().map(|(number, file)| (path(file), number));
        let tracked: BTreeMap<_, _> = paths.filter(|(path, _)| committed.contains(path.as_bytes())).collect();
        let is_other = |(path, _): &(&String, &usize)| differing.contains(path.as_bytes());
        let others = tracked.iter().filter(is_other).map(|(_, number)| *number).collect();
        let uncommitted = !differing.is_empty();
        (!tracked.is_empty()).then_some(Work { tracked, differing: others, uncommitted })
    }
}

/// The log up to the commit that is checked out. What an earlier log holds is taken from there, if it leads here.
fn log_up_to(root: &Path, place: &Standing, kept: Option<&Arc<Log>>) -> Option<Arc<Log>> {
    let kept = kept.filter(|kept| kept.prefix == place.prefix);
    if let Some(same) = kept.filter(|kept| *kept.head == *place.head) {
        return Some(Arc::clone(same));
    }
    let before = kept.filter(|kept| git::succeeds(root, &["merge-base", "--is-ancestor", &kept.head, &place.head]));
    let range = before.map_or_else(|| place.head.clone(), |kept| format!("{}..{}", kept.head, place.head));
    let arguments = [log::ARGUMENTS, &[range.as_str(), "--", "content"]].concat();
    let (mut commits, doubts): (Vec<Commit>, _) = log::parse(&git::run(root, &arguments)?)?;
    rewritten::settle(root, &mut commits, doubts)?;
    commits.extend(before.into_iter().flat_map(|kept| kept.commits.iter().cloned()));
    Some(Arc::new(Log { prefix: place.prefix.clone(), head: place.head.as_str().into(), commits }))
}

fn history(wanted: Wanted<'_>, place: &Standing, work: &Work, log: &Log) -> Option<History> {
    // Files with uncommitted changes are followed too: an erratum names them all the same.
    let tracked = work.tracked.iter().map(|(path, number)| (path.as_str(), *number)).collect();
    let steps = follow::follow(log, &tracked)?;
    let head = log.commits.iter().find(|commit| commit.id == log.head)?;
    let mut found: Vec<(usize, Arc<Change>, &follow::Step<'_>)> = Vec::new();
    for (commit, step) in log.commits.iter().zip(&steps) {
        let change = message::change(commit, wanted.mark);
        if change.erratum.is_some() || !step.files.is_empty() {
            found.push((step.generation, Arc::new(change), step));
        }
    }
    // By date; of the same second, what comes after in the graph is the newer one.
    found.sort_by_key(|(generation, change, _)| std::cmp::Reverse((change.at.seconds, *generation)));
    let mut history = History::default();
    for (_, change, step) in found {
        let of = |number: &usize| wanted.files.get(*number).cloned();
        for number in step.files.iter().filter(|number| !work.differing.contains(number)) {
            history.files.entry(of(number)?).or_default().push(Arc::clone(&change));
        }
        if change.erratum.is_some() {
            let files = step.files.iter().filter_map(of).collect();
            let inside = |path: &&str| path.strip_prefix(&place.prefix).map(Into::into);
            let gone = step.gone.iter().filter_map(inside).collect();
            history.errata.push(Erratum { change, files, gone });
        }
    }
    let describe = git::run(wanted.root, &["describe", "--tags", "--always", "--abbrev=10", &place.head]);
    let describe = describe.and_then(|text| String::from_utf8(text).ok());
    history.head = Some(HeadCommit {
        id: log.head.clone(),
        at: head.at,
        describe: describe.map(|text| text.trim_end().into()),
        uncommitted: work.uncommitted,
    });
    Some(history)
}
