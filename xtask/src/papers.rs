//! Large editions of real text: imported volumes, taken again under other ids until there are documents enough. Words are
//! then as frequent as they are in such papers.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

/// An imported volume.
struct Volume {
    folder: PathBuf,
    id: String,
    documents: usize,
}

/// Writes an edition of about so many documents below a folder, from the TEI volumes of a corpus; gives its root and how
/// many documents it has. An edition that is there already is taken as it is.
pub(crate) fn edition(program: &Path, corpus: &Path, folder: &Path, documents: usize) -> io::Result<(PathBuf, usize)> {
    let root = folder.join(format!("papers-{documents}"));
    if root.is_dir() {
        let volumes = volumes(&root)?;
        return Ok((root, volumes.iter().map(|volume| volume.documents).sum()));
    }
    let originals = imported(program, corpus, &folder.join("volumes"))?;
    let draft = folder.join(format!("papers-{documents}.part"));
    if draft.is_dir() {
        fs::remove_dir_all(&draft)?;
    }
    begin(&draft)?;
    let mut count = 0;
    for (round, volume) in chosen(&originals, documents) {
        let id = if round == 0 { volume.id.clone() } else { format!("{}-{}", volume.id, round + 1) };
        copy(&volume.folder, &draft.join("content").join(&id))?;
        let index = draft.join("content").join(&id).join("_index.md");
        let text = fs::read_to_string(&index)?;
        fs::write(&index, text.replacen(&format!("id: {}\n", volume.id), &format!("id: {id}\n"), 1))?;
        count += volume.documents;
    }
    fs::rename(&draft, &root)?;
    Ok((root, count))
}

/// All volumes round after round; then, for what is still wanted, the largest that fits.
fn chosen(volumes: &[Volume], documents: usize) -> Vec<(usize, &Volume)> {
    let whole: usize = volumes.iter().map(|volume| volume.documents).sum();
    let rounds = documents / whole.max(1);
    let mut chosen: Vec<(usize, &Volume)> =
        (0..rounds).flat_map(|round| volumes.iter().map(move |volume| (round, volume))).collect();
    let mut wanted = documents - rounds * whole;
    let mut rest: Vec<&Volume> = volumes.iter().collect();
    rest.sort_by_key(|volume| std::cmp::Reverse(volume.documents));
    for volume in rest {
        if volume.documents <= wanted {
            wanted -= volume.documents;
            chosen.push((rounds, volume));
        }
    }
    chosen
}

fn begin(root: &Path) -> io::Result<()> {
    fs::create_dir_all(root.join("content"))?;
    fs::write(root.join("site.yaml"), "title: Papers\nlang: en\n")?;
    fs::write(root.join("content/_index.md"), "---\ntitle: Papers\n---\n")
}

/// The volumes of a corpus, imported once.
fn imported(program: &Path, corpus: &Path, root: &Path) -> io::Result<Vec<Volume>> {
    if !root.is_dir() {
        begin(root)?;
        let mut sources: Vec<PathBuf> = Vec::new();
        for entry in fs::read_dir(corpus)? {
            sources.extend(Some(entry?.path()).filter(|path| path.extension().is_some_and(|end| end == "xml")));
        }
        sources.sort();
        let mut command = Command::new(program);
        command.arg("--root").arg(root).args(["import", "tei", "--into"]).arg(root.join("content")).args(sources);
        if !command.output()?.status.success() {
            return Err(io::Error::other("the volumes cannot be imported"));
        }
    }
    volumes(root)
}

fn volumes(root: &Path) -> io::Result<Vec<Volume>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(root.join("content"))? {
        let folder = entry?.path();
        if folder.is_dir() {
            let id = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
            found.push(Volume { id, documents: documents(&folder)?, folder });
        }
    }
    found.sort_by(|one, other| one.id.cmp(&other.id));
    Ok(found)
}

/// How many pages of documents and sections a folder holds.
fn documents(folder: &Path) -> io::Result<usize> {
    let mut count = 0;
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            count += documents(&path)?;
        } else if path.extension().is_some_and(|end| end == "md") && !path.ends_with("_index.md") {
            count += 1;
        }
    }
    Ok(count)
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (source, target) = (entry.path(), to.join(entry.file_name()));
        if source.is_dir() {
            copy(&source, &target)?;
        } else {
            fs::copy(&source, &target)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn volumes_come_again_until_there_are_documents_enough() {
        let volume = |id: &str, documents| Volume { folder: PathBuf::new(), id: id.to_owned(), documents };
        let volumes = [volume("a", 40), volume("b", 100), volume("c", 10)];
        let ids = |documents| -> Vec<String> {
            chosen(&volumes, documents).into_iter().map(|(round, volume)| format!("{}{round}", volume.id)).collect()
        };
        assert_eq!(ids(110), ["b0", "c0"]);
        assert_eq!(ids(45), ["a0"]);
        assert_eq!(ids(341), ["a0", "b0", "c0", "a1", "b1", "c1", "a2"]);
        assert_eq!(ids(9), [""; 0]);
    }
}
