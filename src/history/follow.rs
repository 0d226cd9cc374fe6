//! Files followed through the graph of commits, from what they are called now to what they were called once.
//!
//! Each commit is visited after all that come after it, with the names under which today's files were known in it. So
//! a file that one branch renames and another edits keeps both, whatever the order of a log.

use crate::model::history::{Commit, Log, Touched};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// What a commit did to today's files.
#[derive(Debug, Default)]
pub(super) struct Step<'l> {
    /// Commits between it and the oldest: what comes later has more.
    pub generation: usize,
    /// Files, by their number, whose bytes it changed.
    pub files: BTreeSet<usize>,
    /// Files that it changed and that are no longer there.
    pub gone: BTreeSet<&'l str>,
}

/// Today's file or files that a path leads to, where that is not the file of that name.
type Names<'l> = Rc<BTreeMap<&'l str, BTreeSet<usize>>>;

/// Follows the files of today, by number, through a log; a step for each of its commits. None where commits are missing.
pub(super) fn follow<'l>(log: &'l Log, today: &BTreeMap<&str, usize>) -> Option<Vec<Step<'l>>> {
    let order = order(log)?;
    let left = left(log);
    let mut steps: Vec<Step<'l>> = log.commits.iter().map(|_| Step::default()).collect();
    let mut waiting: BTreeMap<usize, Names<'l>> = BTreeMap::new();
    for (generation, (number, _)) in order.iter().rev().enumerate() {
        steps.get_mut(*number)?.generation = generation;
    }
    for (number, parents) in order {
        let commit = log.commits.get(number)?;
        let names = waiting.remove(&number).unwrap_or_default();
        visit(commit, &names, today, steps.get_mut(number)?);
        for (branch, parent) in parents.into_iter().enumerate() {
            let before = before(commit, branch, &names, today, &left);
            let joined = match waiting.remove(&parent) {
                Some(other) => join(other, before, today),
                None => before,
            };
            waiting.insert(parent, joined);
        }
    }
    Some(steps)
}

/// Commits with their parents, each before those that lead to it. Nothing in it depends on the order of the log.
fn order(log: &Log) -> Option<Vec<(usize, Vec<usize>)>> {
    let numbers: BTreeMap<&str, usize> =
        log.commits.iter().enumerate().map(|(number, commit)| (&*commit.id, number)).collect();
    let mut parents = Vec::with_capacity(log.commits.len());
    let mut children = vec![0_usize; log.commits.len()];
    for commit in &log.commits {
        let of: Option<Vec<usize>> = commit.parents.iter().map(|parent| numbers.get(&**parent).copied()).collect();
        let of = of?;
        for parent in &of {
            *children.get_mut(*parent)? += 1;
        }
        parents.push(of);
    }
    let mut ready: BTreeSet<(&str, usize)> = BTreeSet::new();
    ready.extend(numbers.iter().filter(|(_, number)| children.get(**number) == Some(&0)).map(|(id, n)| (*id, *n)));
    let mut order = Vec::with_capacity(parents.len());
    while let Some((_, number)) = ready.pop_first() {
        let of = std::mem::take(parents.get_mut(number)?);
        for parent in &of {
            let left = children.get_mut(*parent)?;
            *left -= 1;
            if *left == 0 {
                ready.insert((&log.commits.get(*parent)?.id, *parent));
            }
        }
        order.push((number, of));
    }
    (order.len() == log.commits.len()).then_some(order)
}

/// Names that a file once left: another may have come to them since.
fn left(log: &Log) -> BTreeSet<&str> {
    let touched = log.commits.iter().flat_map(|commit| &commit.files);
    let left = touched.flat_map(|touched| match touched {
        Touched::Removed(path) | Touched::Moved { from: path, .. } => vec![&**path],
        Touched::Merged { from, .. } => from.iter().map(|path| &**path).collect(),
        Touched::Added(_) | Touched::Changed(_) | Touched::Rewritten(_) => Vec::new(),
    });
    left.collect()
}

/// What a commit did, by the names that files had in it.
fn visit<'l>(commit: &'l Commit, names: &Names<'l>, today: &BTreeMap<&str, usize>, step: &mut Step<'l>) {
    for touched in &commit.files {
        let path: &'l str = match touched {
            Touched::Added(path) | Touched::Changed(path) | Touched::Rewritten(path) => path,
            Touched::Moved { to: path, changed: true, .. } | Touched::Merged { path, changed: true, .. } => path,
            Touched::Removed(path) => {
                step.gone.extend(named(names, path, today).is_empty().then_some(&**path));
                continue;
            }
            Touched::Moved { .. } | Touched::Merged { .. } => continue,
        };
        let files = named(names, path, today);
        if files.is_empty() {
            step.gone.insert(path);
        }
        step.files.extend(files);
    }
}

fn named(names: &Names<'_>, path: &str, today: &BTreeMap<&str, usize>) -> BTreeSet<usize> {
    match names.get(path) {
        Some(files) => files.clone(),
        None => today.get(path).copied().into_iter().collect(),
    }
}

/// The names in a parent.
fn before<'l>(
    commit: &'l Commit,
    branch: usize,
    names: &Names<'l>,
    today: &BTreeMap<&str, usize>,
    left: &BTreeSet<&str>,
) -> Names<'l> {
    let mut nothing = Vec::new();
    let mut moved: BTreeMap<&'l str, BTreeSet<usize>> = BTreeMap::new();
    for touched in &commit.files {
        match touched {
            // Before it came, or after it went, the name was that of no file of today.
            Touched::Added(path) if left.contains(&**path) => nothing.push(&**path),
            Touched::Removed(path) if !named(names, path, today).is_empty() => nothing.push(path),
            Touched::Rewritten(path) => nothing.push(path),
            Touched::Moved { from, to, .. } => {
                nothing.extend(left.contains(&**to).then_some(&**to));
                moved.entry(from).or_default().extend(named(names, to, today));
            }
            Touched::Merged { path, from, .. } => {
                if let Some(from) = from.get(branch).filter(|from| *from != path) {
                    nothing.extend(left.contains(&**path).then_some(&**path));
                    moved.entry(from).or_default().extend(named(names, path, today));
                }
            }
            Touched::Added(_) | Touched::Removed(_) | Touched::Changed(_) => {}
        }
    }
    if nothing.is_empty() && moved.is_empty() {
        return Rc::clone(names);
    }
    let mut before = Rc::clone(names);
    let changing = Rc::make_mut(&mut before);
    changing.extend(nothing.into_iter().map(|path| (path, BTreeSet::new())));
    changing.extend(moved);
    before
}

/// The names in a commit from which several branches went out: what any of them knows.
fn join<'l>(one: Names<'l>, other: Names<'l>, today: &BTreeMap<&str, usize>) -> Names<'l> {
    if Rc::ptr_eq(&one, &other) || one == other {
        return one;
    }
    let paths: BTreeSet<&'l str> = one.keys().chain(other.keys()).copied().collect();
    let both = |path: &'l str| {
        let mut files = named(&one, path, today);
        files.extend(named(&other, path, today));
        (path, files)
    };
    Rc::new(paths.into_iter().map(both).collect())
}

#[cfg(test)]
mod tests {
    use super::{BTreeMap, BTreeSet, Commit, Log, Touched, follow};
    use crate::model::history::Moment;

    fn commit(id: &str, parents: &[&str], files: Vec<Touched>) -> Commit {
        let parents = parents.iter().map(|parent| (*parent).into()).collect();
        Commit { id: id.into(), parents, at: Moment::default(), message: "".into(), files }
    }

    /// The commits that changed today's only file.
    fn changing(commits: &[Commit], today: &str) -> BTreeSet<String> {
        let log = Log { commits: commits.to_vec(), ..Log::default() };
        let steps = follow(&log, &BTreeMap::from([(today, 0)])).unwrap();
        let found = log.commits.iter().zip(&steps).filter(|(_, step)| step.files.contains(&0));
        found.map(|(commit, _)| commit.id.to_string()).collect()
    }

    #[test]
    fn a_name_that_one_branch_left_leads_to_the_file_whatever_the_order() {
        let moved = || Touched::Moved { from: "d1".into(), to: "d9".into(), changed: false };
        // The ids decide which branch is visited first.
        for (renaming, editing) in [("b", "c"), ("c", "b")] {
            let mut commits = vec![
                commit("m", &[renaming, editing], Vec::new()),
                commit(renaming, &["a"], vec![moved()]),
                commit(editing, &["a"], vec![Touched::Changed("d2".into())]),
                commit("a", &[], vec![Touched::Added("d1".into())]),
            ];
            assert_eq!(changing(&commits, "d9"), BTreeSet::from(["a".to_owned()]));
            commits.reverse();
            assert_eq!(changing(&commits, "d9"), BTreeSet::from(["a".to_owned()]));
        }
    }

    #[test]
    fn a_name_that_came_again_is_another_file() {
        let commits = [
            commit("d", &["c"], vec![Touched::Changed("d1".into())]),
            commit("c", &["b"], vec![Touched::Added("d1".into())]),
            commit("b", &["a"], vec![Touched::Removed("d1".into())]),
            commit("a", &[], vec![Touched::Added("d1".into())]),
        ];
        assert_eq!(changing(&commits, "d1"), BTreeSet::from(["c".to_owned(), "d".to_owned()]));
        // Here it went by a merge, which says nothing of it, and one branch had changed it.
        let commits = [
            commit("d", &["m"], vec![Touched::Added("d1".into())]),
            commit("m", &["b", "c"], Vec::new()),
            commit("c", &["a"], vec![Touched::Changed("d1".into())]),
            commit("b", &["a"], vec![Touched::Removed("d1".into())]),
            commit("a", &[], vec![Touched::Added("d1".into())]),
        ];
        assert_eq!(changing(&commits, "d1"), BTreeSet::from(["d".to_owned()]));
    }

    #[test]
    fn names_that_are_given_on_lead_each_to_its_own_file() {
        let moved = |from: &str, to: &str| Touched::Moved { from: from.into(), to: to.into(), changed: false };
        let commits = [
            commit("c", &["b"], vec![Touched::Rewritten("d2".into()), moved("d2", "d3"), moved("d3", "d4")]),
            commit("b", &["a"], vec![Touched::Changed("d3".into())]),
            commit("a", &[], vec![Touched::Added("d2".into()), Touched::Added("d3".into())]),
        ];
        let of = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<BTreeSet<_>>();
        assert_eq!(changing(&commits, "d2"), of(&["c"]));
        assert_eq!(changing(&commits, "d3"), of(&["a"]));
        assert_eq!(changing(&commits, "d4"), of(&["a", "b"]));
    }

    #[test]
    fn a_log_with_a_gap_is_no_log() {
        let log = Log { commits: vec![commit("b", &["a"], Vec::new())], ..Log::default() };
        assert!(follow(&log, &BTreeMap::new()).is_none());
    }
}
