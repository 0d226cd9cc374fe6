//! An invented edition with the size and shape of real ones: volumes of diplomatic papers.
//!
//! The measures are those of 100 real volumes: length of documents, notes, page breaks, links. Everything written is
//! valid, so that a build of it has nothing to report; the tests hold that.

mod calendar;
mod document;
mod front_matter;
mod prose;
mod random;
#[cfg(test)]
mod tests;
mod vocabulary;
mod volume;
mod yaml;

use prose::{Pages, plain_text};
use random::Random;
use std::fmt::{self, Write as _};
use std::path::Path;
use std::{fs, io};
use vocabulary::Vocabulary;
use volume::Volume;
use yaml::scalar;

/// Documents of a volume, about.
const VOLUME_SIZE: usize = 345;

/// How large an edition is.
#[derive(Clone, Copy)]
pub(crate) struct Size {
    /// Documents.
    pub(crate) documents: usize,
    /// Persons in a register of the edition, besides those of its volumes.
    pub(crate) persons: usize,
    /// Links from each document to these.
    pub(crate) links: usize,
}

impl Size {
    /// So many documents, and no register of the edition.
    #[cfg(test)]
    pub(crate) fn of(documents: usize) -> Self {
        Size { documents, persons: 0, links: 0 }
    }
}

/// What was written.
#[derive(Default)]
pub(crate) struct Summary {
    documents: usize,
    volumes: usize,
    files: usize,
    bytes: usize,
}

impl fmt::Display for Summary {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let megabytes = self.bytes as f64 / 1e6;
        write!(out, "{} documents, {} volumes, {} files, {megabytes:.1} MB", self.documents, self.volumes, self.files)
    }
}

/// Writes the edition into a new or empty folder.
///
/// # Errors
/// The folder holds something already, or cannot be written.
pub(crate) fn write_edition(size: Size, seed: u64, folder: &Path) -> io::Result<Summary> {
    fs::create_dir_all(folder)?;
    if fs::read_dir(folder)?.next().is_some() {
        return Err(io::Error::new(io::ErrorKind::AlreadyExists, "the folder is not empty"));
    }
    let documents = size.documents;
    let mut summary = Summary { documents, volumes: volume_sizes(documents).len(), ..Summary::default() };
    edition(size, seed, &mut |path, text| {
        summary.files += 1;
        summary.bytes += text.len();
        let path = folder.join(path);
        path.parent().map_or(Ok(()), fs::create_dir_all)?;
        fs::write(path, text)
    })?;
    Ok(summary)
}

/// Takes a file's path (with `/`, from the edition's folder) and its text.
type Sink<'a> = dyn FnMut(&str, &str) -> io::Result<()> + 'a;

/// Hands over every file of the edition, always in the same order.
fn edition(edition: Size, seed: u64, sink: &mut Sink) -> io::Result<()> {
    let vocabulary = Vocabulary::new(seed);
    let mut random = Random::of_part(seed, &[]);
    sink("site.yaml", "title: Papers on Foreign Relations\n")?;
    let welcome = plain_text(&vocabulary, &mut random, 1_200);
    sink("content/_index.md", &format!("---\ntitle: Papers on Foreign Relations\n---\n\n{welcome}\n"))?;
    if edition.persons > 0 {
        sink("content/registers/persons.yaml", &shared_persons(edition.persons))?;
    }
    for (index, size) in volume_sizes(edition.documents).into_iter().enumerate() {
        let volume = Volume::new(&vocabulary, seed, index, size);
        let folder = format!("content/{}", volume.id);
        sink(&format!("{folder}/_index.md"), &volume_page(&vocabulary, &mut random, &volume))?;
        sink(&format!("{folder}/registers/persons.yaml"), &persons(&volume))?;
        sink(&format!("{folder}/registers/terms.yaml"), &terms(&volume))?;
        for section in &volume.sections {
            let text = plain_text(&vocabulary, &mut random, 200);
            let page = format!("---\ntitle: {}\n---\n\n{text}\n", scalar(&section.title));
            sink(&format!("{folder}/{}/_index.md", section.folder), &page)?;
        }
        let mut pages = Pages::new();
        for outline in &volume.documents {
            let mut text = document::document(&vocabulary, seed, &volume, outline, &mut pages);
            text += &links(edition, seed, &[index, outline.number]);
            let section = &volume.sections[outline.section].folder;
            sink(&format!("{folder}/{section}/d{}.md", outline.number), &text)?;
        }
    }
    Ok(())
}

/// Documents of each volume: equal but for one.
fn volume_sizes(documents: usize) -> Vec<usize> {
    let volumes = documents.div_ceil(VOLUME_SIZE);
    (0..volumes).map(|index| (index + 1) * documents / volumes - index * documents / volumes).collect()
}

fn volume_page(vocabulary: &Vocabulary, random: &mut Random, volume: &Volume) -> String {
    let mut page = format!("---\nkind: volume\ntitle: {}\neditors:\n", scalar(&volume.title));
    for editor in &volume.editors {
        let _ = writeln!(page, "  - {}", scalar(editor));
    }
    page += "paginations:\n  - id: print\n    label: Page\nnote_numbering: printed\n---\n\n";
    page + &plain_text(vocabulary, random, 800) + "\n"
}

/// The register of the edition.
fn shared_persons(count: usize) -> String {
    (0..count).map(|number| format!("- id: shared-{number}\n  name: \"Person {number}, of the edition\"\n")).collect()
}

/// A paragraph of links to entries of the edition.
fn links(edition: Size, seed: u64, document: &[usize]) -> String {
    if edition.persons == 0 || edition.links == 0 {
        return String::new();
    }
    let mut random = Random::of_part(seed, &[usize::MAX, document[0], document[1]]);
    let link = |_| format!("[one](person:shared-{})", random.below(edition.persons));
    format!("\n{}\n", (0..edition.links).map(link).collect::<Vec<_>>().join(", "))
}

fn persons(volume: &Volume) -> String {
    let mut yaml = String::new();
    for person in &volume.persons {
        let name = format!("{}, {}", person.surname, person.given);
        let (from, to) = person.years;
        let years = if from == to { from.to_string() } else { format!("{from}–{to}") };
        let description = format!("{}, {years}", person.office);
        let _ =
            writeln!(yaml, "- id: {}\n  name: {}\n  description: {}", person.id, scalar(&name), scalar(&description));
    }
    yaml
}

fn terms(volume: &Volume) -> String {
    let mut yaml = String::new();
    for term in &volume.terms {
        let _ = writeln!(
            yaml,
            "- id: {}\n  name: {}\n  description: {}",
            term.id,
            scalar(&term.name),
            scalar(&term.meaning)
        );
    }
    yaml
}
