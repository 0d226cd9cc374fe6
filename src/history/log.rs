//! The log, strictly from bytes: one form of unexpected output, and there is no log.

use crate::model::history::{Commit, Moment, Touched};

/// Arguments that give a log in the form that [`parse`] reads. Every commit is named, also those that touch no content,
/// so that the graph is whole; the differences are those of content alone.
///
/// Names are followed where four fifths of a text stay: the front matter of short documents alone is often half of
/// them, and a document must not inherit the history of another.
pub(super) const ARGUMENTS: &[&str] = &[
    "log",
    "--full-history",
    "--sparse",
    "--raw",
    "-z",
    "--no-abbrev",
    "-c",
    "--combined-all-paths",
    "-M80%",
    "-l400",
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

/// The commits of a log; none where it is not as it must be.
pub(super) fn parse(bytes: &[u8]) -> Option<Vec<Commit>> {
    let text = String::from_utf8_lossy(bytes);
    let mut commits = Vec::new();
    if text.is_empty() {
        return Some(commits);
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
        let mut files = Vec::new();
        // Between the message and the files of a merge stands one mark more, before those of others a line end.
        let _ = fields.next_if_eq(&"");
        while let Some(head) = fields.next_if(|field| field.trim_start_matches('\n').starts_with(':')) {
            files.extend(touched(head.trim_start_matches('\n'), &mut fields)?);
        }
        let parents = parents.into_iter().map(Into::into).collect();
        commits.push(Commit { id: id.into(), parents, at, message: message.into(), files });
    }
    Some(commits)
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
        b'R' => Some(Touched::Moved { from: name.into(), to: names.next()?.into(), changed }),
        b'C' => Some(Touched::Added(names.next()?.into())),
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
    use super::{Touched, parse};

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
        let commits = parse(log(&files).as_bytes()).unwrap();
        let moved = Touched::Moved { from: "content/a\nb.md".into(), to: "content/c.md".into(), changed: false };
        let others = [Touched::Changed("content/d.md".into()), Touched::Added("content/f.md".into())];
        assert_eq!(commits[0].files, [vec![moved], others.to_vec()].concat());
        assert_eq!((&*commits[0].message, commits[0].at.offset), ("subject\n\nbody", 60));
        let merge = format!("\0::100644 100644 100644 {A} {B} {A} RM\0x\0y\0y\0");
        let merged = Touched::Merged { path: "y".into(), from: vec!["x".into(), "y".into()], changed: false };
        assert_eq!(parse(log(&merge).as_bytes()).unwrap()[0].files, [merged]);
    }

    #[test]
    fn what_is_not_whole_is_nothing() {
        let whole = log(&format!("\n:100644 100644 {A} {B} M\0content/d.md\0"));
        assert_eq!(parse(whole.as_bytes()).unwrap().len(), 1);
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
