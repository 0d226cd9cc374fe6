//! Importing TEI that is neither volumes of documents nor letters: what is understood stands, what is not is named, and
//! no word is lost in silence.

use super::helper::{edition, engross, fixture, said};
use roxmltree::{Document, Node};
use std::collections::BTreeMap;
use std::path::Path;

fn imported(files: &[&str]) -> (tempfile::TempDir, String) {
    let folder = edition();
    let mut arguments = vec!["import", "tei"];
    arguments.extend(files);
    arguments.extend(["--into", "content", "--report", "report.json"]);
    let output = engross(folder.path(), &arguments);
    assert!(output.status.success(), "{}", said(&output));
    let said = said(&output);
    (folder, said)
}

/// All that was written into the content folder.
fn written(root: &Path) -> String {
    let mut text = String::new();
    let mut folders = vec![root.join("content")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                text.push_str(&std::fs::read_to_string(path).unwrap());
                text.push('\n');
            }
        }
    }
    text
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Whether the report says of an element around that its text was left out.
fn is_named(node: Node<'_, '_>, report: &str) -> bool {
    node.ancestors().filter(|up| up.is_element()).any(|up| {
        let name = format!("<{}>", up.tag_name().name());
        report
            .lines()
            .any(|line| line.contains(&name) && (line.contains("left out") || line.contains("not in what was written")))
    })
}

/// Every word of the texts is in what was written, or the report says that it was left out.
fn nothing_is_lost_in_silence(xml: &str, written: &str, report: &str) {
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
    let tree = Document::parse_with_options(xml, options).unwrap();
    let mut there: BTreeMap<&str, usize> = BTreeMap::new();
    words(written).for_each(|word| *there.entry(word).or_default() += 1);
    let mut lost = Vec::new();
    for node in tree.descendants().filter(Node::is_text) {
        let in_header = node.ancestors().any(|up| up.tag_name().name() == "teiHeader");
        for word in words(node.text().unwrap()).filter(|_| !in_header) {
            match there.get_mut(word).filter(|number| **number > 0) {
                Some(number) => *number -= 1,
                None if is_named(node, report) => {}
                None => lost.push(word.to_owned()),
            }
        }
    }
    assert!(lost.is_empty(), "{lost:?}\n{report}");
}

#[test]
fn no_word_of_any_text_is_lost_in_silence() {
    for name in ["other.xml", "later.xml"] {
        let path = fixture(name);
        let (folder, report) = imported(&[&path]);
        nothing_is_lost_in_silence(&std::fs::read_to_string(&path).unwrap(), &written(folder.path()), &report);
    }
}

#[test]
fn a_loss_is_named_with_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("v.xml");
    let text =
        "<TEI><standOff><annotation>\nquite lost</annotation></standOff><text><body><p>Here.</p></body></text></TEI>";
    std::fs::write(&file, text).unwrap();
    let (_folder, report) = imported(&[file.to_str().unwrap()]);
    let expected = "v.xml:1:28: 2 words of <annotation> are not in what was written, first “quite” (text-left-out)";
    assert!(report.contains(expected), "{report}");
}

#[test]
fn what_is_understood_stands_in_the_form_of_the_manual() {
    let (folder, report) = imported(&[&fixture("other.xml")]);
    let text = written(folder.path());
    for expected in [
        "## Loose head\n\nLoose words before divisions.",
        "[1]{.pb facs=img/1.jpg}",
        "[recieve]{.sic corr=\"receive\"}, [Dr.]{.abbr expan=\"Doctor\"}, both readings, [lemma]{.lemma}[^app1].[^1]",
        "[^app1]: B: reading; C: –",
        "[^1]: Foot one.\n\n    Foot two.",
        "<em><strong>both</strong></em> [antiqua]{.latin} [caps]{.smallcaps} waves [Jane](person:p1), [Lutetia](place:o1)",
        "[two leaves]{.gap reason=lost}",
        "::: verse\nA poem\n\nfirst\nsecond\n\nthird\n:::",
        "> Words quoted\n>\n> Their source",
        "- Hamlet a prince\n\n<em>Enter all.</em>\n\n**Hamlet**\n\n::: verse\nTo be\nor not *aside*\n:::\n\nIn prose.",
        "mot word\n\nIn a mystery.\n\nTwice.",
        "- A printed book",
        "- id: p1\n  name: Doe, Jane\n  description: A standing note.\n",
        "kind: volume\nid: two\n",
        "Only a paragraph.",
    ] {
        assert!(text.contains(expected), "{expected}\nis not in\n{text}");
    }
    for expected in [
        "<fw> is not known to the importer, once; its text is of the page, not of the work, and was left out",
        "<mystery> is not known to the importer, once; its text stands where it stood",
        "<choice> is not known to the importer, once; all its readings stand in the text",
        "`rend=\"wavy\"` is not known",
        "2 words of <author> are not in what was written, first “Somebody”",
    ] {
        assert!(report.contains(expected), "{expected}\nis not in\n{report}");
    }
    let output = engross(folder.path(), &["build", "--no-minify"]);
    assert!(output.status.success(), "{}", said(&output));
}
