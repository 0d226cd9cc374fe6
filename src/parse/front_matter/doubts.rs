//! What an import was not sure of: lines under `extra:` that stay warnings until somebody takes them away.

use super::reader::{Fields, Reader};
use crate::diag::Code;
use crate::yaml::{Node, Step};

/// Reads `extra`, and reports each line of its `import`.
pub fn extra(reader: &mut Reader, fields: &mut Fields<'_>) -> serde_json::Value {
    let mut path = fields.path("extra");
    if let Some(Node::Map(map)) = fields.node("extra")
        && let Some((key, lines)) = map.iter().find(|(key, _)| key == "import")
    {
        path.push(Step::Key(key.clone()));
        report(reader, lines, &mut path);
    }
    fields.json("extra")
}

/// Reports a line, or each of a list. Anything else is data of a theme.
fn report(reader: &mut Reader, node: &Node, path: &mut Vec<Step>) {
    match node {
        Node::Scalar(line) => {
            let help = "mend it or, if it is right, take the line away";
            reader.report(Code::IMPORT_DOUBTFUL, path, line.trim(), help);
        }
        Node::List(lines) => {
            for (index, line) in lines.iter().enumerate().filter(|(_, line)| matches!(line, Node::Scalar(_))) {
                path.push(Step::Index(index));
                report(reader, line, path);
                path.pop();
            }
        }
        Node::Null | Node::Map(_) => {}
    }
}
