//! From text to values: each file reads one notation of the content contract.

pub mod date;
