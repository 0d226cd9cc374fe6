//! The log, strictly from bytes: one form of unexpected output, and there is no log.

use crate::model::history::{Commit, Moment, Touched};
use std::collections::BTreeSet;

/// Arguments that give a log in the form that [`parse`] reads. Every commit is named, also those that touch no content,
/// so that the graph is whole; the differences are those of content alone.
///
/// Names are followed where four fifths of a text stay: the front matter of short documents alone is often half of
/// them, and a document must not inherit the history of another. Pairs of one name are broken where half of a text is
/// another (`-B`), since files that are numbered anew take names that are still in use; a text that went elsewhere is
/// then found there. Above the limit (`-l`, seconds at most) git compares whole texts only.
pub(super) const ARGUMENTS: &[&str] = &[
    "log",
    "--full-history",
    "--sparse",
    "--raw",
    "-z",
    "--no-abbrev",
    "-c",
    "--combined-all-paths",
    "-B50%/60%",
    "-M80%",
    "-l3000",
    "--no-relative",
    "--no-ext-diff",
    "--no-textconv",
    "--no-color",
    "--no-notes",
    "--no-decorate",
    "--encoding=UTF-8",
    "--date=raw",
    "--format=tformat:%H%x00%P%x00%ad%x00%B",
];

/// A file that may be another document after a commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Doubt {
    /// Number of the commit.
    pub commit: usize,
    /// Number of the file among those that it touches.
    pub file: usize,
    /// Id of its text before.
    pub before: Box<str>,
    /// Id of its text after.
    pub after: Box<str>,
    /// Whether git took the two texts apart; otherwise it may be that they are too short for that.
    pub is_broken: bool,
}

/// The commits of a log, and what is not sure in them; none where it is not as it must be.
pub(super) fn parse(bytes: &[u8]) -> Option<(Vec<Commit>, Vec<Doubt>)> {
    let text = String::from_utf8_lossy(bytes);
    let (mut commits, mut doubts) = (Vec::new(), Vec::new());
    if text.is_empty() {
        return Some((commits, doubts));
    }
    let mut fields = text.strip_suffix('\0')?.split('\0').peekable();
    while fields.peek().is_some() {
        let id = fields.next().filter(|id| is_id(id))?;
        let parents: Vec<&str> = fields.next()?.split(' ').filter(|parent| !parent.is_empty()).collect();
        if !parents.iter().all(|parent| is_id(parent)) {
            return None;
        }
        let at = moment(fields.next()?)?;
        let message = fields.next()?.trim_end();
        let (mut files, mut doubtful) = (Vec::new(), Vec::new());
        // Between the message and the files of a merge stands one mark more, before those of others a line end.
        let _ = fields.next_if_eq(&"");
        while let Some(head) = fields.next_if(|field| field.trim_start_matches('\n').starts_with(':')) {
            let head = head.trim_start_matches('\n');
            let Some(touched) = touched(head, &mut fields)? else { continue };
            if let Touched::Changed(_) = &touched {
                doubtful.push(doubt(commits.len(), files.len(), head)?);
            }
            files.push(touched);
        }
        went_elsewhere(&mut files);
        // A text comes from another file only where others are touched too.
        doubts.extend(doubtful.into_iter().filter(|doubt| doubt.is_broken || files.len() > 1));
        let parents = parents.into_iter().map(Into::into).collect();
        commits.push(Commit { id: id.into(), parents, at, message: message.into(), files });
    }
    Some((commits, doubts))
}

/// The texts of a file that has other bytes, and whether git says how unlike they are.
fn doubt(commit: usize, file: usize, head: &str) -> Option<Doubt> {
    let mut parts = head.split(' ').skip(2);
    let (before, after, status) = (parts.next()?.into(), parts.next()?.into(), parts.next()?);
    Some(Doubt { commit, file, before, after, is_broken: status.len() > 1 })
}

/// What has its name from a file whose text went elsewhere is another document.
fn went_elsewhere(files: &mut [Touched]) {
    let moved = |touched: &Touched| match touched {
        Touched::Moved { from, .. } => Some(from.clone()),
        _ => None,
    };
    let left: BTreeSet<Box<str>> = files.iter().filter_map(moved).collect();
    for touched in files {
        if let Touched::Changed(path) = touched
            && left.contains(path)
        {
            *touched = Touched::Rewritten(std::mem::take(path));
        }
    }
}

fn is_id(text: &str) -> bool {
    matches!(text.len(), 40 | 64) && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// `1735689600 +0100`.
fn moment(text: &str) -> Option<Moment> {
    let (seconds, zone) = text.split_once(' ')?;
    let zone: i32 = zone.parse().ok()?;
    Moment::new(seconds.parse().ok()?, zone / 100 * 60 + zone % 100)
}

/// One file: modes, hashes and a status, then its names. One colon for each parent.
fn touched<'t>(head: &str, names: &mut impl Iterator<Item = &'t str>) -> Option<Option<Touched>> {
    let bare = head.trim_start_matches(':');
    let parents = head.len() - bare.len();
    let parts: Vec<&str> = bare.split(' ').collect();
    // A mode and a hash for each parent and the commit itself, and the status.
    if parts.len() != 2 * (parents + 1) + 1 {
        return None;
    }
    let (modes_and_hashes, status) = parts.split_at(parts.len() - 1);
    let hashes = modes_and_hashes.get(parents + 1..)?;
    let (now, before) = hashes.split_last()?;
    let changed = !before.contains(now);
    let status = status.first()?;
    if parents > 1 {
        let from: Vec<Box<str>> = names.by_ref().take(parents).map(Into::into).collect();
        return Some(Some(merged(status, from, names.next()?, changed)));
    }
    let name = names.next()?;
    Some(match status.as_bytes().first()? {
        b'A' => Some(Touched::Added(name.into())),
        b'D' => Some(Touched::Removed(name.into())),
        // Only its mode is another.
        b'M' | b'T' if !changed => None,
        b'M' | b'T' => Some(Touched::Changed(name.into())),
        // A copy there is only of a text whose own name has another now.
        b'R' | b'C' => Some(Touched::Moved { from: name.into(), to: names.next()?.into(), changed }),
        _ => return None,
    })
}

fn merged(status: &str, from: Vec<Box<str>>, path: &str, changed: bool) -> Touched {
    match status.bytes().all(|of_parent| of_parent == b'D') {
        true => Touched::Removed(path.into()),
        false => Touched::Merged { path: path.into(), from, changed },
    }
}

#[cfg(test)]
mod tests {
    use super::{Doubt, Touched, parse};

    const A: &str = "147faa55aa8166547c8f748c91c2b9acf7242ab1";
    const B: &str = "7df1144482d3a5fd0612af218646791b5c3b5098";

    fn log(files: &str) -> String {
        format!("{A}\0{B}\x001735689600 +0100\0subject\n\nbody\n\0{files}")
    }

    #[test]
    fn every_form_is_read() {
        let files = format!(
            "\n:100644 100644 {A} {A} R100\0content/a\nb.md\0content/c.md\0:100644 100644 {A} {B} M\0content/d.md\0\
             :100644 100755 {A} {A} M\0content/e.md\0:000000 100644 {A} {B} A\0content/f.md\0"
        );
        let (commits, doubts) = parse(log(&files).as_bytes()).unwrap();
        let moved = Touched::Moved { from: "content/a\nb.md".into(), to: "content/c.md".into(), changed: false };
        let others = [Touched::Changed("content/d.md".into()), Touched::Added("content/f.md".into())];
        assert_eq!(commits[0].files, [vec![moved], others.to_vec()].concat());
        assert_eq!((&*commits[0].message, commits[0].at.offset), ("subject\n\nbody", 60));
        let doubt = Doubt { commit: 0, file: 1, before: A.into(), after: B.into(), is_broken: false };
        assert_eq!(doubts, [doubt]);
        let merge = format!("\0::100644 100644 100644 {A} {B} {A} RM\0x\0y\0y\0");
        let merged = Touched::Merged { path: "y".into(), from: vec!["x".into(), "y".into()], changed: false };
        assert_eq!(parse(log(&merge).as_bytes()).unwrap().0[0].files, [merged]);
    }

    #[test]
    fn what_took_the_name_of_a_text_that_went_elsewhere_begins_anew() {
        let files = format!(
            "\n:100644 100644 {A} {B} M094\0d2\0:100644 100644 {A} {A} C100\0d2\0d3\0:100644 100644 {B} {A} R090\0d3\0d4\0\
             :100644 100644 {A} {B} M070\0d9\0"
        );
        let (commits, doubts) = parse(log(&files).as_bytes()).unwrap();
        let moved = |from: &str, to: &str, changed| Touched::Moved { from: from.into(), to: to.into(), changed };
        let others = [Touched::Rewritten("d2".into()), moved("d2", "d3", false), moved("d3", "d4", true)];
        assert_eq!(commits[0].files, [others.to_vec(), vec![Touched::Changed("d9".into())]].concat());
        assert!(doubts.iter().all(|doubt| doubt.is_broken), "{doubts:?}");
    }

    #[test]
    fn what_is_not_whole_is_nothing() {
        let whole = log(&format!("\n:100644 100644 {A} {B} M\0content/d.md\0"));
        assert_eq!(parse(whole.as_bytes()).unwrap().0.len(), 1);
        let ends = [whole.len(), whole.find("\n:").unwrap(), 0];
        for length in (0..whole.len()).filter(|length| !ends.contains(length)) {
            let cut = parse(&whole.as_bytes()[..length]);
            // A name that ends early cannot be told from a short one, but it never has its end mark.
            assert_eq!(cut, None, "{length}: {:?}", &whole[..length]);
        }
        for wrong in ["X", "U"] {
            assert_eq!(parse(whole.replace(" M\0", &format!(" {wrong}\0")).as_bytes()), None);
        }
    }
}
