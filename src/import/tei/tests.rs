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
    assert!(!text.contains("\ndate:") && text.contains("    date:\n      edtf: \"1955-02-27\""), "{text}");
}

#[test]
fn only_a_document_that_says_so_is_undated() {
    for (content, says) in [
        ("<head>A, undated</head><p>Text.</p>", true),
        ("<head>A</head><dateline>Vaduz, [n.d.]</dateline><p>Text.</p>", true),
        ("<head>A</head><dateline>Vaduz</dateline><p>An undated text.</p>", false),
        ("<head>A<note n=\"1\" xml:id=\"d1fn1\">Undated.</note></head><p>Text.</p>", false),
    ] {
        let volume = volume(content);
        let text = document(&volume);
        assert_eq!(text.contains("\ndate: none\n"), says, "{text}");
        assert!(says || !text.contains("\ndate:"), "{text}");
    }
}

#[test]
fn persons_have_the_offices_of_their_descriptions() {
    let text = "<TEI xmlns=\"http://www.tei-c.org/ns/1.0\"><text><front><div type=\"section\" xml:id=\"persons\"><head>Persons</head><list>\
        <item><persName xml:id=\"p_RD\">Roe, D.</persName>, Keeper of <hi rend=\"italic\">Tin</hi> until May 2, 1961; \
        Envoy from June 1961</item><item><persName xml:id=\"p_PO\">Poe</persName>, Senator</item></list></div></front>\
        <body><div type=\"document\" n=\"1\"><p>A</p></div></body></text></TEI>";
    let imported = super::import("v.xml", text, None).unwrap().remove(0);
    let register = imported.files.iter().find(|file| file.path.ends_with("persons.yaml")).unwrap();
    let offices = "  description: Keeper of *Tin* until May 2, 1961; Envoy from June 1961\n  offices:\n    - title: Keeper of Tin\n      \
        to: \"1961-05-02\"\n    - title: Envoy\n      from: \"1961-06\"\n- id: p_PO\n  name: Poe\n  description: Senator\n";
    assert!(register.text.ends_with(offices), "{}", register.text);
}

#[test]
fn progress_tells_of_each_document() {
    let told = std::cell::RefCell::new(Vec::new());
    let text = "<TEI><text><body><div type=\"document\" n=\"1\"><p>A</p></div><div type=\"document\" n=\"2\"><p>B</p></div>\
        </body></text></TEI>";
    super::import_with("v.xml", text, None, &|done, all| told.borrow_mut().push((done, all))).unwrap();
    assert_eq!(told.into_inner(), [(1, 2), (2, 2)]);
}
