//! Plain values that pass between the stages. No input or output, no rendering.

mod as_json;
pub mod body;
pub mod collate;
pub mod date;
pub mod document;
pub mod generated;
pub mod history;
pub mod html;
pub mod issue;
pub mod ledger;
pub mod links;
pub mod markup;
pub mod mention;
pub mod names;
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
