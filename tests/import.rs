//! Importing: volumes, letters, other TEI and plain text; what is counted, what is doubted, what is refused.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a test may fail as loudly as it likes"
)]

mod import {
    mod bad;
    mod corpus;
    mod frus_volumes;
    mod helper;
    #[cfg(unix)]
    mod kill;
    mod letters;
    mod other;
    mod text;
    mod volumes;
}
