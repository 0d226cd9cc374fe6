//! What a header says for which the front matter has no key of its own: it stands under `extra:`.

use super::header;
use super::known::Known;
use crate::import::xml::{self, Node};
use crate::import::yaml::Yaml;

/// What else became of the letter: forwarded, redirected.
pub fn actions(root: Node<'_>, front: &mut Yaml, known: &Known) {
    let other = |node: &Node<'_>| {
        xml::name(*node) == "correspAction" && !matches!(xml::value(*node, "type"), Some("sent" | "received"))
    };
    let others: Vec<Node<'_>> = root.descendants().filter(other).collect();
    if !others.is_empty() {
        front.map("actions", |front| {
            for action in others {
                front.entry(|front| {
                    front.text("type", xml::value(action, "type").unwrap_or("other"));
                    if let Some(date) = xml::child(action, "date") {
                        front.option("date", header::edtf(date).as_deref()).text("date_as_written", &xml::words(date));
                    }
                    header::place(Some(action), front, known);
                    header::parties("parties", Some(action), front, known);
                    let notes =
                        xml::children(action).filter(|child| matches!(xml::name(*child), "note" | "p" | "desc"));
                    front.text("note", &notes.map(xml::all_words).collect::<Vec<_>>().join(" "));
                });
            }
        });
    }
    let context = xml::find(root, "correspContext").into_iter().flat_map(xml::children);
    let notes: Vec<String> =
        context.filter(|node| matches!(xml::name(*node), "note" | "p")).map(xml::all_words).collect();
    front.list("correspondence_notes", notes.iter().map(String::as_str));
}

/// Who did what when to the file, in the words of the file: they fit no list of three words.
pub fn revisions(root: Node<'_>, front: &mut Yaml) {
    let Some(description) = xml::find(root, "revisionDesc") else { return };
    front.option("revision_status", xml::value(description, "status"));
    let changes: Vec<Node<'_>> = description.descendants().filter(|node| xml::name(*node) == "change").collect();
    if changes.is_empty() {
        return;
    }
    front.map("revisions", |front| {
        for change in changes {
            front.entry(|front| {
                front.option("date", xml::value(change, "when")).option("by", xml::value(change, "who"));
                front.text("note", &xml::all_words(change));
            });
        }
    });
}
