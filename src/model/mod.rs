//! Plain values that pass between the stages. No input or output, no rendering.

pub mod date;
