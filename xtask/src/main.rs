//! Chores of the project that are no part of the program. Run as `cargo xtask COMMAND`.

mod generate;
mod history;
mod measure;
mod papers;
mod pictures;

use clap::{Parser, Subcommand};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Chores of the project that are no part of the program.")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Write an invented edition of realistic size and shape, to measure builds with.
    Generate {
        /// How many documents the edition has.
        #[arg(long, default_value_t = 10_000)]
        documents: usize,
        /// The folder to write: new or empty.
        #[arg(long)]
        out: PathBuf,
        /// Equal seeds give equal bytes.
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// Persons in a register of the edition.
        #[arg(long, default_value_t = 0)]
        persons: usize,
        /// Links from each document to these persons.
        #[arg(long, default_value_t = 0)]
        links: usize,
        /// Commits of a Git repository around the edition; without them there is none.
        #[arg(long, default_value_t = 0)]
        commits: usize,
    },
    /// Measure whole builds: processor seconds, wall seconds, peak memory. Linux only.
    Measure {
        /// The program to measure.
        #[arg(long, default_value = "target/release/engross")]
        program: PathBuf,
        /// A folder for editions and sites; one in memory (/dev/shm) leaves the disk out of the figures.
        #[arg(long, default_value = "target/measure")]
        folder: PathBuf,
        /// Sizes of the editions, in documents.
        #[arg(long, value_delimiter = ',', default_values_t = [1_000, 10_000])]
        documents: Vec<usize>,
        /// Persons in a register of the edition.
        #[arg(long, default_value_t = 0)]
        persons: usize,
        /// Links from each document to these persons.
        #[arg(long, default_value_t = 0)]
        links: usize,
        /// How often each fresh build is run.
        #[arg(long, default_value_t = 3)]
        runs: usize,
        /// Measure the search: what its index adds to a build, its files and their bytes; then, in headless Chromium, what
        /// queries cost on a host that answers 40 ms late. Needs Node, Chromium and openssl; `npm --prefix tests/browser ci`
        /// gets the rest.
        #[arg(long)]
        search: bool,
        /// With --search: a folder of TEI volumes, of which the editions are made; else their texts are invented.
        #[arg(long, requires = "search")]
        corpus: Option<PathBuf>,
    },
    /// Take pictures of every kind of page, at three widths, light and dark. Needs Node and Chromium; `npm --prefix
    /// tests/browser ci` gets the rest.
    Pictures {
        /// The program that builds the sites.
        #[arg(long, default_value = "target/debug/engross")]
        program: PathBuf,
        /// A folder for sites and pictures; its index.html shows them all.
        #[arg(long, default_value = "target/pictures")]
        out: PathBuf,
        /// The folder that holds frus/ and schnitzler/, for pictures of real volumes too.
        #[arg(long)]
        corpus: Option<PathBuf>,
        /// Replace the pictures of README.md.
        #[arg(long)]
        readme: bool,
    },
}

fn main() -> ExitCode {
    match Arguments::parse().command {
        Command::Generate { documents, out, seed, persons, links, commits } => {
            let size = generate::Size { documents, persons, links };
            let made = generate::write_edition(size, seed, &out).map(|summary| summary.to_string());
            let made = made.and_then(|summary| match commits {
                0 => Ok(summary),
                _ => Ok(format!("{summary}\n{}", history::write_history(&out, commits)?)),
            });
            match made {
                Ok(summary) => {
                    println!("{summary}");
                    ExitCode::SUCCESS
                }
                Err(error) => fail(&out, &error),
            }
        }
        Command::Measure { program, folder, documents, persons, links, runs, search, corpus } => {
            let measured = if search {
                measure::search(&program, &folder, &documents, runs, corpus.as_deref())
            } else {
                let sizes: Vec<generate::Size> =
                    documents.into_iter().map(|documents| generate::Size { documents, persons, links }).collect();
                measure::measure(&program, &folder, &sizes, runs)
            };
            match measured {
                Ok(()) => ExitCode::SUCCESS,
                Err(error) => fail(&folder, &error),
            }
        }
        Command::Pictures { program, out, corpus, readme } => {
            match pictures::pictures(&program, &out, corpus.as_deref(), readme) {
                Ok(()) => ExitCode::SUCCESS,
                Err(error) => fail(&out, &error),
            }
        }
    }
}

fn fail(place: &Path, error: &std::io::Error) -> ExitCode {
    eprintln!("error: {}: {error}", place.display());
    ExitCode::from(2)
}
