//! Plain values that pass between the stages. No input or output, no rendering.

pub mod archives;
mod as_json;
pub mod body;
pub mod browse;
pub mod chronology;
pub mod citation;
pub mod date;
pub mod document;
pub mod generated;
pub mod history;
pub mod html;
pub mod issue;
pub mod ledger;
pub mod links;
pub mod listing;
pub mod markup;
pub mod natural;
pub mod outline;
pub mod page;
pub mod plain;
pub mod record;
pub mod register;
pub mod settings;
pub mod site;
pub mod surroundings;
pub mod view;
pub mod volume;
