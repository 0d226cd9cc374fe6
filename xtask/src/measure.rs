//! What a build costs: processor seconds, wall seconds and peak memory of whole processes, run one after another on an
//! invented edition. Figures are read from `/proc`, so this works on Linux only.

use crate::{generate, papers};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// The cost of one process.
struct Cost {
    user: f64,
    system: f64,
    wall: f64,
    peak_mb: u64,
    /// Pages that were made, as the program says.
    pages: u64,
}

/// Kernel ticks a second, as `/proc/PID/stat` counts them on every Linux that Rust runs on.
const TICKS: f64 = 100.0;

/// Measures builds of editions of these sizes in a folder, and prints a table.
pub(crate) fn measure(program: &Path, folder: &Path, sizes: &[generate::Size], runs: usize) -> io::Result<()> {
    println!("| documents | build | user s | system s | wall s | peak MB | pages made |");
    println!("|---|---|---|---|---|---|---|");
    for &size in sizes {
        let (documents, edition) = (size.documents, edition(folder, size)?);
        for (name, arguments) in [("fresh", &["--no-minify"][..]), ("fresh, minified", &[])] {
            for run in 0..runs {
                let out = folder.join(format!("out-{documents}-{}-{run}", arguments.len()));
                let cost = build(program, &edition, &out, arguments)?;
                row(documents, name, &cost);
                if run + 1 == runs {
                    row(documents, &format!("{name}, again"), &build(program, &edition, &out, arguments)?);
                    let edited = Edit::of_one_body(&edition)?;
                    row(documents, &format!("{name}, one body edited"), &build(program, &edition, &out, arguments)?);
                    edited.undo()?;
                }
                fs::remove_dir_all(&out)?;
            }
        }
    }
    Ok(())
}

/// Measures the search: a build of pages only, then one that adds the index to them, then one that finds nothing to do,
/// whose cost is taken off; then queries in a browser.
pub(crate) fn search(
    program: &Path,
    folder: &Path,
    sizes: &[usize],
    runs: usize,
    corpus: Option<&Path>,
) -> io::Result<()> {
    for &wanted in sizes {
        let (edition, documents) = match corpus {
            Some(corpus) => papers::edition(program, corpus, folder, wanted)?,
            None => (edition(folder, generate::Size { documents: wanted, persons: 0, links: 0 })?, wanted),
        };
        println!("\n{documents} documents\n");
        println!("| index, CPU s | wall s | peak MB | files | bytes | nothing to do, CPU s | its peak MB |");
        println!("|---|---|---|---|---|---|---|");
        let out = folder.join(format!("out-{wanted}-search"));
        for _ in 0..runs.max(1) {
            let arguments = ["--no-minify", "--no-history"];
            build(program, &edition, &out, &[arguments[0], arguments[1], "--no-search", "--no-cache"])?;
            let index = build(program, &edition, &out, &arguments)?;
            let nothing = build(program, &edition, &out, &arguments)?;
            let (files, bytes) = weight(&out.join("search"))?;
            let seconds = index.user + index.system - nothing.user - nothing.system;
            let (wall, peak) = (index.wall - nothing.wall, index.peak_mb);
            let (idle, idle_peak) = (nothing.user + nothing.system, nothing.peak_mb);
            println!("| {seconds:.2} | {wall:.2} | {peak} | {files} | {bytes} | {idle:.2} | {idle_peak} |");
        }
        println!();
        let asked = Command::new("node").arg("tests/browser/search-speed.mjs").arg(&out).status()?;
        if !asked.success() {
            return Err(io::Error::other("the queries could not be measured"));
        }
        fs::remove_dir_all(&out)?;
    }
    Ok(())
}

/// The edition of a size, which is written once.
fn edition(folder: &Path, size: generate::Size) -> io::Result<PathBuf> {
    let generate::Size { documents, persons, links } = size;
    let edition = folder.join(format!("edition-{documents}-{persons}-{links}"));
    if !edition.is_dir() {
        generate::write_edition(size, 1, &edition)?;
    }
    Ok(edition)
}

/// A sentence added to the body of one document.
struct Edit {
    file: PathBuf,
    before: String,
}

impl Edit {
    fn of_one_body(edition: &Path) -> io::Result<Edit> {
        let file = document_below(&edition.join("content"))?
            .ok_or_else(|| io::Error::new(io::ErrorKind::NotFound, "the edition has no document"))?;
        let before = fs::read_to_string(&file)?;
        fs::write(&file, format!("{before}\nOne sentence more.\n"))?;
        Ok(Edit { file, before })
    }

    fn undo(self) -> io::Result<()> {
        fs::write(self.file, self.before)
    }
}

/// The first document in the order of names.
fn document_below(folder: &Path) -> io::Result<Option<PathBuf>> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    paths.sort();
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            if let Some(found) = document_below(&path)? {
                return Ok(Some(found));
            }
        } else if name.starts_with('d') && name.ends_with(".md") {
            return Ok(Some(path));
        }
    }
    Ok(None)
}

/// How many files lie below a folder, and how many bytes they hold.
fn weight(folder: &Path) -> io::Result<(u64, u64)> {
    let mut sum = (0, 0);
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let metadata = entry.metadata()?;
        let (files, bytes) = if metadata.is_dir() { weight(&entry.path())? } else { (1, metadata.len()) };
        sum = (sum.0 + files, sum.1 + bytes);
    }
    Ok(sum)
}

fn row(documents: usize, name: &str, cost: &Cost) {
    let Cost { user, system, wall, peak_mb, pages } = cost;
    println!("| {documents} | {name} | {user:.2} | {system:.2} | {wall:.2} | {peak_mb} | {pages} |");
}

/// Runs one build and reads its cost until it ends; the last reading is at most some milliseconds old.
fn build(program: &Path, edition: &Path, out: &Path, arguments: &[&str]) -> io::Result<Cost> {
    #[allow(clippy::disallowed_methods, reason = "a measurement reads the clock")]
    let started = Instant::now();
    // A file, since nobody reads a pipe while the process is watched.
    let said = out.with_extension("said");
    let mut command = Command::new(program);
    command.arg("build").arg("--root").arg(edition).arg("--out").arg(out).args(arguments);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::from(fs::File::create(&said)?)).spawn()?;
    let process = format!("/proc/{}", child.id());
    let mut cost = Cost { user: 0.0, system: 0.0, wall: 0.0, peak_mb: 0, pages: 0 };
    loop {
        read_cost(&process, &mut cost);
        if let Some(status) = child.try_wait()? {
            cost.wall = started.elapsed().as_secs_f64();
            cost.pages = pages_made(&fs::read_to_string(&said)?);
            fs::remove_file(&said)?;
            return if status.success() { Ok(cost) } else { Err(io::Error::other("the build failed")) };
        }
        thread::sleep(Duration::from_millis(2));
    }
}

/// The number in "built 10 documents on 40 pages, 3 of them made".
fn pages_made(said: &str) -> u64 {
    let before = said.split(" of them made").next().unwrap_or_default();
    before.rsplit(' ').next().and_then(|number| number.replace(',', "").parse().ok()).unwrap_or(0)
}

/// Takes over what `/proc` says, as long as the process is there.
fn read_cost(process: &str, cost: &mut Cost) {
    if let Ok(stat) = fs::read_to_string(format!("{process}/stat"))
        && let Some((_, fields)) = stat.rsplit_once(") ")
    {
        let ticks = |at: usize| fields.split(' ').nth(at).and_then(|field| field.parse::<f64>().ok()).unwrap_or(0.0);
        let (user, system) = (ticks(11) / TICKS, ticks(12) / TICKS);
        (cost.user, cost.system) = (cost.user.max(user), cost.system.max(system));
    }
    if let Ok(status) = fs::read_to_string(format!("{process}/status"))
        && let Some(peak) = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))
    {
        let kilobytes = peak.trim().trim_end_matches(" kB").parse::<u64>().unwrap_or(0);
        cost.peak_mb = cost.peak_mb.max(kilobytes / 1024);
    }
}
