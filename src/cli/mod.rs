//! The command line: arguments, and one file for each command.

mod build;
mod check;
mod compare;
mod explain;
mod import;
mod ledger;
mod new;
mod report;
mod schema;
mod serve;
mod theme;

use clap::{Parser, Subcommand};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Turns a folder of transcribed documents into a published documentary edition.
#[derive(Debug, Parser)]
#[command(name = "engross", version, about, propagate_version = true)]
pub struct Cli {
    /// The edition: the folder that holds site.yaml [default: here or the nearest folder above]
    #[arg(long, global = true, value_name = "DIR")]
    root: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Makes a new edition that builds, with three short documents that show every form
    New(new::Arguments),
    /// Builds the site
    Build(build::Arguments),
    /// Shows the site in a browser as it would be built, and each change as it is saved
    Serve(serve::Arguments),
    /// Checks everything that build checks, and writes nothing
    Check(check::Arguments),
    /// Lists what changed between two published sites, document by document and word by word
    Compare(compare::Arguments),
    /// Brings volumes in from TEI or plain text
    #[command(subcommand)]
    Import(import::Arguments),
    /// Records what is published, and looks whether it is there still
    #[command(subcommand)]
    Ledger(ledger::Arguments),
    /// Works on themes
    #[command(subcommand)]
    Theme(theme::Arguments),
    /// Prints the JSON Schema of a kind of file, for completion and checks in text editors
    Schema(schema::Arguments),
    /// Says what a diagnostic means, with an example and its mend
    Explain(explain::Arguments),
}

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// Well.
    Well,
    /// The edition has errors.
    Errors,
}

/// Why a command could not do its work: usage or environment.
#[derive(Debug)]
pub struct Trouble(pub String);

impl<E: std::error::Error> From<E> for Trouble {
    fn from(error: E) -> Self {
        Trouble(error.to_string())
    }
}

/// Runs the command that the arguments name: 0 well, 1 the edition has errors, 2 usage or environment.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let root = || find_root(cli.root.as_deref());
    let end = match &cli.command {
        Command::New(arguments) => new::run(arguments),
        Command::Build(arguments) => root().and_then(|root| build::run(&root, arguments)),
        Command::Serve(arguments) => root().and_then(|root| serve::run(&root, arguments)),
        Command::Check(arguments) => root().and_then(|root| check::run(&root, arguments)),
        Command::Compare(arguments) => compare::run(root, arguments),
        Command::Import(arguments) => import::run(arguments),
        Command::Ledger(arguments) => root().and_then(|root| ledger::run(&root, arguments)),
        Command::Theme(arguments) => root().and_then(|root| theme::run(&root, arguments)),
        Command::Schema(arguments) => schema::run(arguments),
        Command::Explain(arguments) => explain::run(arguments),
    };
    match end {
        Ok(End::Well) => ExitCode::SUCCESS,
        Ok(End::Errors) => ExitCode::from(1),
        Err(Trouble(message)) => {
            report::line(&format!("engross: {message}"));
            ExitCode::from(2)
        }
    }
}

/// The edition's root: as given, else the nearest folder with site.yaml.
fn find_root(given: Option<&Path>) -> Result<PathBuf, Trouble> {
    if let Some(root) = given {
        return match root.join("site.yaml").is_file() {
            true => Ok(root.to_owned()),
            false => Err(Trouble(format!("there is no site.yaml in {}", root.display()))),
        };
    }
    #[allow(clippy::disallowed_methods)]
    let here = std::env::current_dir()?;
    let found = here.ancestors().find(|folder| folder.join("site.yaml").is_file());
    found.map(Path::to_owned).ok_or_else(|| {
        Trouble("there is no site.yaml here or in a folder above; name the edition with --root DIR, or make one with `engross new DIR`".into())
    })
}
