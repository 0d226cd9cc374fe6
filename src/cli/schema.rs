//! `engross schema`: JSON Schema of the files that editors write.

use super::{End, Trouble, report};
use clap::{Args, ValueEnum};

/// Arguments of `engross schema`.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Kind of file
    #[arg(value_enum)]
    kind: Kind,
}

/// Kinds of files that have a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// Front matter of a document or a section
    Document,
    /// Front matter of a volume, or of the edition's first page
    Volume,
    /// site.yaml
    Site,
    /// A register of persons, terms, places …
    Register,
}

/// Prints a schema.
pub fn run(arguments: &Arguments) -> Result<End, Trouble> {
    let schema = match arguments.kind {
        Kind::Document => include_str!("../../schemas/document.json"),
        Kind::Volume => include_str!("../../schemas/volume.json"),
        Kind::Site => include_str!("../../schemas/site.json"),
        Kind::Register => include_str!("../../schemas/register.json"),
    };
    report::result(schema)?;
    Ok(End::Well)
}
