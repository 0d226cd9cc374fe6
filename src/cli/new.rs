//! `engross new`: an edition to begin with.

use super::{End, Trouble};
use clap::Args;

/// Arguments of `engross new`.
#[derive(Debug, Args)]
pub struct Arguments {}

/// Makes an edition.
pub fn run(_: &Arguments) -> Result<End, Trouble> {
    Ok(End::Well)
}
