//! What no import can read: a clear error with its place, exit 1, nothing half-imported. And encodings, which can be read.

use super::helper::{edition, engross, fixture, said};
use std::path::Path;

/// Entities that would grow to a thousand million letters.
fn bomb() -> String {
    let mut declared = String::from("<!ENTITY a0 \"aaaaaaaaaa\">");
    for level in 1..9 {
        declared.push_str(&format!("<!ENTITY a{level} \"{}\">", format!("&a{};", level - 1).repeat(10)));
    }
    format!("<!DOCTYPE TEI [{declared}]>\n<TEI><text><body><p>&a8;</p></body></text></TEI>")
}

fn deep(number: usize) -> String {
    let inner = format!("{}{}", "<a>".repeat(number), "</a>".repeat(number));
    format!("<TEI><text><body><div><p>{inner}</p></div></body></text></TEI>")
}

/// Contents with the beginning of what is said of them behind the file's name.
fn bad() -> Vec<(Vec<u8>, &'static str)> {
    let external =
        "<!DOCTYPE TEI [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>\n<TEI><text><body><p>&x;</p></body></text></TEI>";
    let undeclared =
        "<!DOCTYPE TEI SYSTEM \"http://example.org/tei.dtd\">\n<TEI><text><body><p>a&eacute;</p></body></text></TEI>";
    vec![
        (Vec::new(), ":1:1: the file is empty"),
        (b" \n".to_vec(), ":1:1: the file is empty"),
        (b"<TEI>\n<text></TEI>".to_vec(), ":2:7: this is no well-formed XML"),
        (b"{\"json\": true}".to_vec(), ":1:1: this is no well-formed XML"),
        (b"<TEI>\n\xff</TEI>".to_vec(), ":2:1: the text is not UTF-8"),
        (b"<?xml version=\"1.0\" encoding=\"Shift_JIS\"?>\n<TEI>\x83\x65</TEI>".to_vec(), ":1:1: the file declares"),
        (b"\xff\xfe<\x00T\x00\x00\xd8>\x00".to_vec(), ":1:3: the text is not UTF-16"),
        (bomb().into_bytes(), ":1:"),
        (external.into(), ":2:21: the file does not say what the entity `&x;` is"),
        (undeclared.into(), ":2:22: the file does not say what the entity `&eacute;` is"),
        (deep(100_000).into_bytes(), ":1:"),
    ]
}

fn is_refused(root: &Path, arguments: &[&str], file: &str, expected: &str) {
    let output = engross(root, arguments);
    let said = said(&output);
    assert_eq!(output.status.code(), Some(1), "{expected}: {said}");
    assert!(said.contains(&format!("error: {file}{expected}")), "{expected}\n{said:.400}");
    assert!(said.trim_end().ends_with("; nothing was imported"), "{said:.400}");
    let mut left: Vec<String> = std::fs::read_dir(root.join("content"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    left.sort();
    assert_eq!(left, ["_index.md"]);
    assert!(!root.join(".engross").exists());
}

#[test]
fn what_cannot_be_read_is_refused_with_its_place() {
    let (volume, letter) = (fixture("later.xml"), fixture("letters/B1.xml"));
    for (bytes, expected) in bad() {
        let folder = edition();
        std::fs::write(folder.path().join("bad.xml"), bytes).unwrap();
        is_refused(folder.path(), &["import", "tei", &volume, "bad.xml", "--into", "content"], "bad.xml", expected);
        is_refused(folder.path(), &["import", "letters", &letter, "bad.xml", "--into", "content"], "bad.xml", expected);
    }
}

#[test]
fn another_root_is_refused() {
    for (text, expected) in [
        ("<html><body/></html>", ":1:1: the root element is <html>"),
        ("\n<feed xmlns=\"http://www.w3.org/2005/Atom\"/>", ":2:1: the root element is <feed>"),
        ("<TEI/>", ":1:1: the document has no <text>"),
        ("<TEI><text><body/></text></TEI>", ":1:1: the text holds no"),
    ] {
        let folder = edition();
        std::fs::write(folder.path().join("bad.xml"), text).unwrap();
        is_refused(folder.path(), &["import", "tei", "bad.xml", "--into", "content"], "bad.xml", expected);
        let none = ": none of the files holds a letter";
        is_refused(folder.path(), &["import", "letters", "bad.xml", "--into", "content"], "bad.xml", none);
    }
}

#[test]
fn a_file_above_the_limit_is_refused_without_reading_it() {
    let folder = edition();
    let file = std::fs::File::create(folder.path().join("bad.xml")).unwrap();
    file.set_len(600_000_000).unwrap();
    for kind in ["tei", "letters"] {
        let expected = ": the file has 600 MB, more than the 512 MB that an import takes";
        is_refused(folder.path(), &["import", kind, "bad.xml", "--into", "content"], "bad.xml", expected);
    }
}

#[test]
fn four_hundred_nested_elements_are_read() {
    let folder = edition();
    std::fs::write(
        folder.path().join("deep.xml"),
        deep(400).replace("</a></p>", "ground</a></p>").replacen("<a></a>", "<a>ground</a>", 1),
    )
    .unwrap();
    let output = engross(folder.path(), &["import", "tei", "deep.xml", "--into", "content"]);
    assert!(output.status.success(), "{}", said(&output));
    assert!(said(&output).contains("<a> is not known to the importer, 400 times"), "{}", said(&output));
}

#[test]
fn an_id_that_stands_twice_is_a_warning() {
    let folder = edition();
    let letter = std::fs::read_to_string(fixture("letters/B1.xml")).unwrap();
    std::fs::write(folder.path().join("B1.xml"), letter.replace("xml:id=\"F1\"", "xml:id=\"T_B1-1\"")).unwrap();
    let output = engross(folder.path(), &["import", "letters", "B1.xml", "--into", "content"]);
    assert!(output.status.success(), "{}", said(&output));
    assert!(said(&output).contains("the id `T_B1-1` stands a second time"), "{}", said(&output));
    let text =
        "<TEI><text><body><div xml:id=\"a\"><p xml:id=\"b\">x</p><p xml:id=\"b\">y</p></div></body></text></TEI>";
    std::fs::write(folder.path().join("v.xml"), text).unwrap();
    let output = engross(folder.path(), &["import", "tei", "v.xml", "--into", "content"]);
    assert!(output.status.success(), "{}", said(&output));
    assert!(said(&output).contains("v.xml:1:53: the id `b` stands a second time"), "{}", said(&output));
}

#[test]
fn declared_encodings_and_byte_order_marks_are_read() {
    let text = |encoding: &str| {
        format!(
            "<?xml version=\"1.0\" encoding=\"{encoding}\"?>\n<TEI><text><body><div><p>Grüße – “Fuß”</p></div></body></text></TEI>"
        )
    };
    let utf16 = |little: bool| {
        let bytes = |unit: u16| if little { unit.to_le_bytes() } else { unit.to_be_bytes() };
        format!("\u{feff}{}", text("UTF-16")).encode_utf16().flat_map(bytes).collect::<Vec<u8>>()
    };
    let windows: Vec<u8> = text("windows-1252")
        .chars()
        .map(|c| match c {
            '–' => 0x96,
            '“' => 0x93,
            '”' => 0x94,
            c => u8::try_from(u32::from(c)).unwrap(),
        })
        .collect();
    let latin = text("ISO-8859-1").replace(['“', '”'], "\"").replace('–', "-");
    let latin: Vec<u8> = latin.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    for (bytes, expected) in [
        (format!("\u{feff}{}", text("UTF-8")).into_bytes(), "Grüße – “Fuß”"),
        (utf16(true), "Grüße – “Fuß”"),
        (utf16(false), "Grüße – “Fuß”"),
        (windows, "Grüße – “Fuß”"),
        (latin, "Grüße - \"Fuß\""),
    ] {
        let folder = edition();
        std::fs::write(folder.path().join("v.xml"), bytes).unwrap();
        let output = engross(folder.path(), &["import", "tei", "v.xml", "--into", "content"]);
        assert!(output.status.success(), "{}", said(&output));
        let files: Vec<String> = std::fs::read_dir(folder.path().join("content/v"))
            .unwrap()
            .map(|entry| std::fs::read_to_string(entry.unwrap().path()).unwrap())
            .collect();
        assert!(files.iter().any(|file| file.contains(expected)), "{expected}: {files:?}");
    }
}
