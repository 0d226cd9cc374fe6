//! `engross import`: TEI or plain text as files of the edition.

use super::report;
use super::{End, Trouble};
use clap::{Args, Subcommand};
use engross::import::place::{self, Placed, Staged};
use engross::import::report::Report;
use engross::import::tei::Volume;
use engross::import::xml::Fault;
use engross::import::{letters, tei, text, xml};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// What is imported.
#[derive(Debug, Subcommand)]
pub enum Arguments {
    /// Volumes in TEI P5
    Tei(TeiArguments),
    /// Letters in TEI P5, with the registers beside them, as one volume
    Letters(LettersArguments),
    /// One document as plain text
    Text(TextArguments),
}

/// Arguments of `engross import tei`.
#[derive(Debug, Args)]
pub struct TeiArguments {
    /// TEI files, one for each volume
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The content folder
    #[arg(long, value_name = "DIR")]
    into: PathBuf,
    /// Id of the volume, in place of the file's own
    #[arg(long, value_name = "ID")]
    volume: Option<String>,
    /// File for the report as JSON [default: .engross/import/VOLUME.json beside the content folder]
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Replaces files that still are as the last import made them
    #[arg(long)]
    force: bool,
}

/// Arguments of `engross import letters`.
#[derive(Debug, Args)]
pub struct LettersArguments {
    /// TEI files, one for each letter, and the registers: lists of persons, places, works, organizations, sigla
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The content folder
    #[arg(long, value_name = "DIR")]
    into: PathBuf,
    /// Id of the volume, in place of the series' own
    #[arg(long, value_name = "ID")]
    volume: Option<String>,
    /// Replaces files that still are as the last import made them
    #[arg(long)]
    force: bool,
}

/// Arguments of `engross import text`.
#[derive(Debug, Args)]
pub struct TextArguments {
    /// The text
    file: PathBuf,
    /// The folder of the volume
    #[arg(long, value_name = "DIR")]
    into: PathBuf,
    /// Replaces the document if it still is as the last import made it
    #[arg(long)]
    force: bool,
}

/// Stack of the thread that imports: it follows the nesting of elements.
const STACK: usize = 64 * 1024 * 1024;

/// Imports.
pub fn run(arguments: &Arguments) -> Result<End, Trouble> {
    match arguments {
        Arguments::Tei(arguments) => run_tei(arguments),
        Arguments::Letters(arguments) => run_letters(arguments),
        Arguments::Text(arguments) => run_text(arguments),
    }
}

fn run_letters(arguments: &LettersArguments) -> Result<End, Trouble> {
    let mut texts: Vec<(String, String)> = Vec::new();
    for file in &arguments.files {
        match read_text(file)? {
            Ok(text) => texts.push((file.display().to_string(), text)),
            Err(fault) => return Ok(refused(&file.display().to_string(), &fault)),
        }
    }
    let volume = arguments.volume.clone();
    let work = move || {
        let sources: Vec<letters::Source<'_>> =
            texts.iter().map(|(name, text)| letters::Source { name, text }).collect();
        letters::import(&sources, volume.as_deref())
    };
    let thread = std::thread::Builder::new().stack_size(STACK).spawn(work)?;
    let done = thread.join().map_err(|_| Trouble("the import failed; please report this".into()))?;
    let edition = match done {
        Ok(edition) => edition,
        Err((name, fault)) => return Ok(refused(&name, &fault)),
    };
    let root = root_of(&arguments.into);
    let own = own_report(root, &edition.id);
    let mut found = edition.report(&format!("{} files", arguments.files.len()));
    let placed = place::place(
        &arguments.into,
        &edition.files,
        &last_hashes(&[Some(own.as_path())]),
        arguments.force,
        &mut found,
    )?;
    write_json(&own, &serde_json::to_string_pretty(&found)?)?;
    tell(&found, &placed);
    let site = root.join("site.yaml");
    if site.is_file() {
        report::line("site.yaml needs these lines, unless it has them:");
        edition.settings.lines().filter(|line| !line.starts_with("title:")).for_each(report::line);
    } else {
        std::fs::write(&site, &edition.settings)?;
        report::line("site.yaml was written");
    }
    Ok(End::Well)
}

fn run_tei(arguments: &TeiArguments) -> Result<End, Trouble> {
    if arguments.volume.is_some() && arguments.files.len() > 1 {
        return Err(Trouble("--volume names one volume; import the files one by one".into()));
    }
    place::clear(&arguments.into)?;
    // One thread for all files, whose stack holds the deepest nesting allowed: its memory serves each in turn.
    let staged = std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, || stage_all(arguments))?;
        thread.join().unwrap_or_else(|_| Err(Trouble("the import failed; please report this".into())))
    });
    if !matches!(staged, Ok(Ok(_))) {
        place::clear(&arguments.into)?;
    }
    let staged = match staged? {
        Ok(staged) => staged,
        Err(end) => return Ok(end),
    };
    let root = root_of(&arguments.into);
    let mut reports = Vec::new();
    for (report, staged) in staged {
        let placed = staged.move_in()?;
        write_json(&own_report(root, &report.volume), &serde_json::to_string_pretty(&report)?)?;
        tell(&report, &placed);
        reports.push(report);
    }
    place::clear(&arguments.into)?;
    if place::add_external(&root.join("site.yaml"), &reports)? {
        report::line("site.yaml now says under `external:` where other volumes lie");
    }
    if let Some(path) = &arguments.report {
        write_json(path, &serde_json::to_string_pretty(&reports)?)?;
    }
    Ok(End::Well)
}

/// Says why a file is not imported.
fn refused(name: &str, fault: &Fault) -> End {
    let place = fault.at.map(|(line, column)| format!(":{line}:{column}")).unwrap_or_default();
    report::line(&format!("error: {name}{place}: {}; nothing was imported", fault.message));
    End::Errors
}

/// Imports all volumes, one after the other, and lays their files beside the edition: none is moved in unless all can be.
/// Inside, how it ends where a file cannot be imported.
fn stage_all(arguments: &TeiArguments) -> Result<Result<Vec<(Report, Staged)>, End>, Trouble> {
    #[allow(clippy::disallowed_methods)]
    let started = Instant::now();
    let mut all: Vec<(Report, Staged)> = Vec::new();
    for (number, file) in arguments.files.iter().enumerate() {
        report::line(&format!("reading {} ({} of {})", file.display(), number + 1, arguments.files.len()));
        let read = read(file, arguments.volume.as_deref(), started)?;
        report::end_of_progress(started);
        let volumes = match read {
            Ok(volumes) => volumes,
            Err(fault) => return Ok(Err(refused(&file.display().to_string(), &fault))),
        };
        for mut volume in volumes {
            if let Some((other, _)) = all.iter().find(|(other, _)| other.volume.eq_ignore_ascii_case(&volume.id)) {
                let shown = file.display();
                return Err(Trouble(format!("{shown} is the volume `{}`, as is a file before it", other.volume)));
            }
            let own = own_report(root_of(&arguments.into), &volume.id);
            let last = last_hashes(&[Some(own.as_path()), arguments.report.as_deref()]);
            let staged = place::stage(&arguments.into, &volume.files, &last, arguments.force, &mut volume.report)?;
            all.push((volume.report, staged));
        }
    }
    Ok(Ok(all))
}

/// The folder of the edition to which a content folder belongs.
fn root_of(content: &Path) -> &Path {
    content.parent().filter(|root| !root.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Where the report on a volume lies.
fn own_report(root: &Path, volume: &str) -> PathBuf {
    root.join(".engross/import").join(format!("{volume}.json"))
}

/// The text of a file, or why it is none.
fn read_text(file: &Path) -> Result<Result<String, Fault>, Trouble> {
    let told = |error: std::io::Error| Trouble(format!("{}: {error}", file.display()));
    let size = std::fs::metadata(file).map_err(told)?.len();
    if size > xml::BYTES as u64 {
        return Ok(Err(xml::too_large(size)));
    }
    Ok(xml::decode(std::fs::read(file).map_err(told)?))
}

/// Reads one file.
fn read(file: &Path, volume: Option<&str>, started: Instant) -> Result<Result<Vec<Volume>, Fault>, Trouble> {
    let name = file.file_name().unwrap_or(file.as_os_str()).to_string_lossy().into_owned();
    let told = report::progress_of("documents", started);
    let text = read_text(file)?;
    Ok(text.and_then(|text| tei::import_with(&name, &text, volume, &told)))
}

fn last_hashes(paths: &[Option<&Path>]) -> BTreeMap<String, String> {
    let texts = paths.iter().flatten().filter_map(|path| std::fs::read_to_string(path).ok());
    texts.flat_map(|text| place::last_hashes(&text)).collect()
}

fn write_json(path: &Path, text: &str) -> Result<(), Trouble> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    Ok(std::fs::write(path, format!("{text}\n"))?)
}

fn tell(found: &Report, placed: &Placed) {
    report::line(&found.table());
    tell_placed(found, placed);
}

fn tell_placed(found: &Report, placed: &Placed) {
    for path in &placed.kept {
        report::line(&format!("  {path} is there and differs; it stays (--force replaces what nobody changed)"));
    }
    report::line(&format!(
        "{}: {} files written, {} unchanged, {} kept, {} beside as .new",
        found.volume,
        placed.written,
        placed.unchanged,
        placed.kept.len(),
        placed.beside.len()
    ));
}

fn run_text(arguments: &TextArguments) -> Result<End, Trouble> {
    let shown = arguments.file.display();
    let text = read_text(&arguments.file)?;
    let volume = std::fs::read_to_string(arguments.into.join("_index.md")).unwrap_or_default();
    let imported = match text.and_then(|text| text::import(&shown.to_string(), &text, volume.contains("marker:"))) {
        Ok(imported) => imported,
        Err(fault) => return Ok(refused(&shown.to_string(), &fault)),
    };
    let content = arguments.into.parent().unwrap_or(Path::new("."));
    let root = root_of(content);
    let folder = arguments.into.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let own = root.join(".engross/import").join(format!("{folder}-{}.json", imported.file.path));
    let mut made = Report { source: shown.to_string(), volume: folder, ..Report::default() };
    let last = last_hashes(&[Some(own.as_path())]);
    let placed = place::place(&arguments.into, &[imported.file], &last, arguments.force, &mut made)?;
    write_json(&own, &serde_json::to_string_pretty(&made)?)?;
    for remark in &imported.unsure {
        report::line(&format!("{shown}: unsure: {remark}"));
    }
    tell_placed(&made, &placed);
    Ok(End::Well)
}
