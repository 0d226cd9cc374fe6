//! Small volumes, imported from their text.

use super::{Volume, import};

/// A volume of one document with this content.
fn volume(content: &str) -> Volume {
    let text = format!(
        "<TEI xmlns=\"http://www.tei-c.org/ns/1.0\"><text><front><list><item><term xml:id=\"t_A\">A</term>, Agency</item>\
         </list></front><body><div type=\"document\" n=\"1\" xml:id=\"d1\">{content}</div></body></text></TEI>"
    );
    import("v.xml", &text, None).unwrap().remove(0)
}

fn document(volume: &Volume) -> &str {
    &volume.files.iter().find(|file| file.path.ends_with("/d1.md")).unwrap().text
}

#[test]
fn renditions_of_the_same_words_nest() {
    let volume = volume("<head>A</head><p>One <hi rend=\"smallcaps italic\">two</hi> three.</p>");
    assert!(document(&volume).contains("One [*two*]{.smallcaps} three."), "{}", document(&volume));
}

#[test]
fn a_remark_that_repeats_is_told_some_times_and_counted() {
    let volume = volume(&format!("<head>A</head><p>{}</p>", "<gloss target=\"t_A\">A</gloss> ".repeat(100)));
    assert_eq!(volume.report.remarks.len(), 20);
    assert!(volume.report.table().contains("and 80 more of this kind (target-unmarked)"), "{}", volume.report.table());
    assert!(document(&volume).contains("[A](term:t_A) [A](term:t_A)"));
}

#[test]
fn a_label_with_nothing_behind_it_makes_no_attachment() {
    for content in ["<p rend=\"center\">Attachment</p><pb n=\"2\"/>", "<p>Text.</p><p rend=\"center\">Attachment</p>"] {
        let volume = volume(&format!("<head>A</head>{content}"));
        let text = document(&volume);
        assert!(text.contains("::: label\nAttachment\n:::") && !text.contains(".attachment"), "{text}");
    }
    let first = volume("<head>A</head><p rend=\"center\">[Enclosure]</p><p>The enclosure.</p>");
    assert!(!document(&first).contains(".attachment"), "{}", document(&first));
}

#[test]
fn labels_that_follow_each_other_begin_one_attachment() {
    let volume = volume(
        "<head>A</head><p>Text.</p><p rend=\"center\">Attachment</p><p rend=\"center\">Tab A</p><p>One.</p>\
         <p rend=\"center\">Tab B</p><p>Two.</p>",
    );
    let text = document(&volume);
    assert_eq!(text.matches(":::: {.attachment #a").count(), 2, "{text}");
    assert!(text.contains("label: Attachment") && text.contains("label: Tab B"), "{text}");
}

#[test]
fn the_date_of_an_attachment_is_not_that_of_the_document() {
    let dateline = "<dateline><date when=\"1955-02-27\">February 27, 1955</date></dateline>";
    let volume = volume(&format!("<head>A</head><p>Text.</p><p rend=\"center\">Tab A</p>{dateline}<p>One.</p>"));
    let text = document(&volume);
    assert!(text.contains("\ndate: none\n") && text.contains("    date:\n      edtf: \"1955-02-27\""), "{text}");
}

#[test]
fn progress_tells_of_each_document() {
    let told = std::cell::RefCell::new(Vec::new());
    let text = "<TEI><text><body><div type=\"document\" n=\"1\"><p>A</p></div><div type=\"document\" n=\"2\"><p>B</p></div>\
        </body></text></TEI>";
    super::import_with("v.xml", text, None, &|done, all| told.borrow_mut().push((done, all))).unwrap();
    assert_eq!(told.into_inner(), [(1, 2), (2, 2)]);
}
