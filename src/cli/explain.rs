//! `engross explain`: what a diagnostic means.

use super::{End, Trouble, report};
use clap::Args;
use engross::diag::nearest::nearest;
use engross::diag::{Code, report as text};

/// Arguments of `engross explain`.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Name of a diagnostic, such as note-undefined; without one, all are listed
    code: Option<String>,
}

/// Explains a diagnostic, or lists all.
pub fn run(arguments: &Arguments) -> Result<End, Trouble> {
    let Some(name) = &arguments.code else {
        let line = |code: Code| format!("{:<26}{:<9}{}\n", code.name(), severity(code), code.title());
        report::result(&Code::all().map(line).collect::<String>())?;
        return Ok(End::Well);
    };
    let Some(code) = Code::find(name) else {
        let near = nearest(name, Code::all().map(Code::name));
        let hint = near.map_or_else(|| "`engross explain` lists all".into(), |near| format!("did you mean `{near}`?"));
        return Err(Trouble(format!("no diagnostic is called `{name}`; {hint}")));
    };
    report::result(&text::explain(code))?;
    Ok(End::Well)
}

fn severity(code: Code) -> &'static str {
    match code.severity() {
        engross::diag::Severity::Error => "error",
        engross::diag::Severity::Warning => "warning",
        engross::diag::Severity::Advice => "advice",
    }
}
