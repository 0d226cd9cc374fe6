//! What the program says of itself, as pages of the manual: codes, help of commands, views.

use engross::diag::{Code, Severity};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::process::Command;

/// `docs/diagnostics.md`.
pub(crate) fn diagnostics() -> String {
    let mut page = String::from(DIAGNOSTICS);
    page.push_str("\n| Code | Severity | What it is about |\n| --- | --- | --- |\n");
    for code in Code::all() {
        let (name, title) = (code.name(), code.title().replace('|', "\\|"));
        writeln!(page, "| [`{name}`](#{name}) | {} | {title} |", severity(code)).unwrap();
    }
    for code in Code::all() {
        let name = code.name();
        write!(page, "\n## {name}\n\n{}: {}.\n\n{}\n", capital(severity(code)), code.title(), code.meaning()).unwrap();
        for (label, example) in [("Wrong", code.wrong()), ("Right", code.right())] {
            let fence = if example.contains("```") { "````" } else { "```" };
            write!(page, "\n{label}:\n\n{fence}text\n{example}\n{fence}\n").unwrap();
        }
    }
    page
}

const DIAGNOSTICS: &str = "# Diagnostics

Everything that Engross can find fault with has a name, a *code*. A message shows it in brackets, with the file, the line
and the column, and says in its last line what to do. One run finds all problems, and shows the first fifty.

- An **error** keeps the site from being published: nothing in the output folder changes.
- A **warning** does not. `engross check --deny warnings` and `engross build --deny warnings` treat warnings as errors.
- In a document with `status: draft` only what cannot be read at all is an error; all else is a warning.
- `check:` in [site.yaml](site-yaml.md#check) gives a code another severity in the whole edition, or turns it off.
- `ignore:` in a [document](front-matter.md#exceptions) accepts one code there, with a reason.
- `engross explain CODE` shows in the terminal what stands here.

Names of codes never change once they are released, since editors write them into their files.

This page is generated from the program. To change it, change `src/diag/codes.rs`.
";

fn severity(code: Code) -> &'static str {
    match code.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "advice",
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The names in comments `<!-- kind: name -->`.
pub(crate) fn names(page: &str, kind: &str) -> Vec<String> {
    let open = format!("<!-- {kind}: ");
    page.match_indices(&open)
        .map(|(at, _)| {
            let rest = &page[at + open.len()..];
            rest[..rest.find(" -->").unwrap()].to_owned()
        })
        .collect()
}

/// The page with what stands between `<!-- kind: name -->` and `<!-- end -->` made anew.
pub(crate) fn fill(page: &str, kind: &str, make: impl Fn(String) -> String) -> String {
    let open = format!("<!-- {kind}: ");
    let mut made = String::new();
    let mut rest = page;
    while let Some(at) = rest.find(&open) {
        let (before, found) = rest.split_at(at);
        let (mark, inside) = found.split_at(found.find("-->").unwrap() + 3);
        let name = mark[open.len()..].trim_end_matches("-->").trim().to_owned();
        let end = inside.find("<!-- end -->").unwrap();
        write!(made, "{before}{mark}\n\n{}\n", make(name).trim_end()).unwrap();
        made.push('\n');
        rest = &inside[end..];
    }
    made.push_str(rest);
    made
}

/// What `engross … --help` prints.
pub(crate) fn help(name: &str) -> String {
    let arguments = name.split(' ').filter(|word| *word != "engross");
    let mut command = Command::new(env!("CARGO_BIN_EXE_engross"));
    command.args(arguments).arg("--help").env("COLUMNS", "100");
    let output = command.output().unwrap();
    assert!(output.status.success(), "engross {name} --help failed");
    let text = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    format!("```text\n{}\n```", lines.join("\n").trim_end())
}

/// Every command with commands below it, as `engross --help` names them.
pub(crate) fn commands() -> BTreeSet<String> {
    let mut found = BTreeSet::from(["engross".to_owned()]);
    for name in below("engross") {
        let inner = below(&format!("engross {name}"));
        found.extend(inner.iter().map(|inner| format!("engross {name} {inner}")));
        found.insert(format!("engross {name}"));
    }
    found
}

fn below(name: &str) -> Vec<String> {
    let text = help(name);
    let list = text.split_once("Commands:\n").map_or("", |(_, rest)| rest);
    let lines = list.lines().take_while(|line| line.starts_with("  "));
    let words = lines.filter(|line| !line.starts_with("   ")).filter_map(|line| line.split_whitespace().next());
    words.filter(|word| *word != "help").map(str::to_owned).collect()
}

/// The views as tables, from their declarations and comments.
pub(crate) fn views(source: &str) -> String {
    let declared = |name: &str| source.contains(&format!("pub struct {name} {{"));
    let mut page = String::new();
    let (mut comment, mut inside) = (String::new(), false);
    for line in source.lines() {
        let text = line.trim();
        if let Some(words) = text.strip_prefix("///") {
            comment.push_str(words.trim());
            comment.push(' ');
        } else if let Some(name) = text.strip_prefix("pub struct ").and_then(|rest| rest.strip_suffix(" {")) {
            let words = plain(&comment);
            write!(page, "\n### {name}\n\n{words}\n\n| Field | Type | Meaning |\n| --- | --- | --- |\n").unwrap();
            comment.clear();
            inside = true;
        } else if let Some(field) = text.strip_prefix("pub ").and_then(|rest| rest.strip_suffix(',')).filter(|_| inside)
        {
            let (name, kind) = field.split_once(": ").unwrap();
            writeln!(page, "| `{name}` | {} | {} |", type_words(kind, &declared), plain(&comment)).unwrap();
            comment.clear();
        } else if !text.starts_with("#[") {
            comment.clear();
            inside &= text != "}";
        }
    }
    page.trim_start().to_owned()
}

/// A comment for readers who do not read Rust: links of the documentation become names.
fn plain(comment: &str) -> String {
    let text = comment.trim().replace("[`", "`").replace("`]", "`").replace('|', "\\|").replace("::", ".");
    text.replace(" # ", " \\# ")
}

fn type_words(kind: &str, declared: &dyn Fn(&str) -> bool) -> String {
    let inner = |name: &str| kind.strip_prefix(name)?.strip_prefix('<')?.strip_suffix('>');
    if let Some(inner) = inner("Option") {
        return format!("{} or nothing", type_words(inner, declared));
    }
    if let Some(inner) = inner("Vec") {
        return format!("list of {}", type_words(inner, declared));
    }
    match kind {
        "String" => "text".into(),
        "&'static str" => "word".into(),
        "Html" => "HTML".into(),
        "bool" => "true or false".into(),
        "usize" | "u8" => "number".into(),
        "serde_json::Value" => "as written".into(),
        "BTreeMap<String, String>" => "texts by name".into(),
        name if declared(name) => format!("[{name}](#{})", name.to_lowercase()),
        other => panic!("docs: no words for the type {other}"),
    }
}

/// The keys that a reader of YAML asks for.
pub(crate) fn keys(source: &str) -> Vec<String> {
    let asks = ["(reader, \"", "fields, \"", ".node(\"", ".json(\"", ".has(\"", "number(reader, \""];
    let code = source.split("#[cfg(test)]").next().unwrap_or("");
    let found = asks.iter().flat_map(|ask| code.split(ask).skip(1)).filter_map(|rest| rest.split_once('"'));
    found.map(|(key, _)| key.to_owned()).collect()
}
