//! Chores of the project that are no part of the program. Run as `cargo xtask COMMAND`.

mod generate;

use clap::{Parser, Subcommand};
use std::path::PathBuf;
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
    },
}

fn main() -> ExitCode {
    let Command::Generate { documents, out, seed } = Arguments::parse().command;
    match generate::write_edition(documents, seed, &out) {
        Ok(summary) => {
            println!("{summary}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {}: {error}", out.display());
            ExitCode::from(2)
        }
    }
}
