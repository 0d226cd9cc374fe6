//! What an import makes of small volumes of *Foreign Relations*, and what `check` says of it.

use super::helper::{edition, engross, said};

/// An edition into which a file of `tests/import` was imported.
struct Imported {
    folder: tempfile::TempDir,
    said: String,
}

impl Imported {
    fn of(name: &str) -> Self {
        let folder = edition();
        let file = format!("{}/tests/import/{name}", env!("CARGO_MANIFEST_DIR"));
        let output = engross(folder.path(), &["import", "tei", &file, "--into", "content"]);
        assert!(output.status.success(), "{}", said(&output));
        Imported { folder, said: said(&output) }
    }

    fn text(&self, path: &str) -> String {
        std::fs::read_to_string(self.folder.path().join("content").join(path)).unwrap()
    }

    /// Front matter and text of a document.
    fn document(&self, path: &str) -> (serde_yaml::Value, String) {
        let text = self.text(path);
        let (front, body) = text.strip_prefix("---\n").unwrap().split_once("---\n").unwrap();
        (serde_yaml::from_str(front).unwrap(), body.to_owned())
    }

    fn check(&self) -> String {
        let output = engross(self.folder.path(), &["check"]);
        assert!(output.status.success(), "{}", said(&output));
        said(&output)
    }
}

#[test]
fn what_an_import_doubts_stands_in_the_file_and_in_check() {
    let volume = Imported::of("later.xml");
    let (front, _) = volume.document("frus1977-80v99/comp1/d1.md");
    let line = "the repeated note `2` names `d1fnx`, which is not there; `[^2]`, which is printed so, was taken";
    assert!(front["extra"]["import"][0].as_str().unwrap().starts_with(line), "{front:?}");
    let checked = volume.check();
    assert!(checked.contains(&format!("warning[import-doubtful]: {line} (line ")), "{checked}");
    let report = volume.folder.path().join(".engross/import/frus1977-80v99.json");
    let report: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(report).unwrap()).unwrap();
    assert_eq!(report["remarks"][0]["message"], line);
    assert!(volume.said.contains(line), "{}", volume.said);
}

fn value(yaml: &str) -> serde_yaml::Value {
    serde_yaml::from_str(yaml).unwrap()
}

#[test]
fn later_releases_give_dates_parties_and_attachments() {
    let volume = Imported::of("forms.xml");
    let (front, body) = volume.document("frus1955-57v99/comp1/ch2/d1.md");
    assert_eq!(front["genre"], "telegram", "the source note says it");
    assert_eq!(front["date"], value("{edtf: '1955-03', display: March 1955}"), "a month, not thirty-one days");
    assert_eq!(front["from"], value("[{name: Ambassador in France, type: org}, {name: Doe, ref: 'person:p_DJ_1'}]"));
    assert_eq!(front["place"], "Paris");
    let attached = "{a1: {label: Tab A, date: {edtf: '1955-02-27', display: 'February 27, 1955'}}}";
    assert_eq!(front["attachments"], value(attached));
    assert_eq!(front["markers"], value("{o1: '*', o2: '2'}"), "a note of the original keeps its number");
    for part in [
        "[10]{.pb facs=0010}",
        "::: marking\n[secret]{.smallcaps}\n:::",
        "No. 466.]",
        "::: dateline\n[Paris]{.smallcaps}, March 1955.\n:::",
        "::: salute\nSir,\n:::",
        "::: address\nTO\n\n- The Secretary\n:::",
        "::: subject\nSUBJECT\n\n- Forms\n:::",
        "- Doe[^1]\n",
        "- [A.]{.label} Paris 1\n- [B.]{.label} Paris 2",
        "Words[^o2] and more[^3] words.",
        "> He said:\n>\n> > Within a quotation.",
        "::: verse\nA first line,\na second.\n:::",
        "<th colspan=\"2\">",
        "1[^o1]",
        "::: closer\nRespectfully yours,\n:::",
        "::: signed\n[**John Doe**](person:p_DJ_1)\n*Ambassador*\n:::",
        "::: postscript\nP.S. One thing more.\n:::",
        ":::: {.attachment #a1}\n\n::: label\n**Tab A**[^4]\n:::",
        "The message.\n\n::::",
    ] {
        assert!(body.contains(part), "{part}\n{body}");
    }
    let checked = volume.check();
    assert!(checked.contains("checked: no errors and no warnings"), "{checked}");
}

#[test]
fn later_releases_say_how_dates_were_found() {
    let volume = Imported::of("forms.xml");
    let (note, _) = volume.document("frus1955-57v99/comp1/ch2/d2.md");
    assert_eq!((&note["kind"], &note["date"]), (&value("editorial-note"), &serde_yaml::Value::Null));
    let (julian, body) = volume.document("frus1955-57v99/comp1/ch2/d3.md");
    assert_eq!(julian["date"], value("{edtf: '1917-03-08', display: 'February 23, 1917', calendar: julian}"));
    let printed = "Department of State Bulletin, March 12, 1955, pp. 3–4";
    assert_eq!(julian["source"]["printed"]["citation"], printed);
    assert_eq!(julian["attachments"]["d3at1"]["label"], "Inclosure 1 in No. 3.—Translation");
    assert_eq!(julian["attachments"]["d3at1"]["from"], value("[{name: Poe}]"));
    assert!(body.contains("::: {.attachment #a2}\nA list."), "{body}");
    assert!(volume.document("frus1955-57v99/comp1/ch2/d2.md").1.contains("(doc:d3#d3at1)"));
    let (undated, _) = volume.document("frus1955-57v99/comp1/ch2/d1a.md");
    let inferred =
        "{edtf: '[1957-12-01..1957-12-03]', basis: external, reason: 'undated, inferred from the sibling dates'}";
    assert_eq!(undated["date"], value(inferred));
    assert_eq!(undated["genre"], "national security action memorandum");
    let (index, _) = volume.document("frus1955-57v99/_index.md");
    assert_eq!(index["covers"], "1955-01-02/1957-12-03");
}

#[test]
fn a_dateline_supplied_to_an_entry_without_text_makes_no_text_of_it() {
    let volume = Imported::of("frus/odd.xml");
    let (entry, body) = volume.document("frus1961-63v99mSupp/comp1/d1.md");
    assert_eq!((&entry["kind"], &entry["summary"]), (&value("calendar"), &value("Flow of capital.")));
    assert_eq!(entry["date"]["reason"], "undated, inferred from the document head");
    assert_eq!(body, "\n::: dateline\nJune 29, 1962\n:::\n");
    let (annex, _) = volume.document("frus1961-63v99mSupp/comp1/d2.md");
    assert_eq!(annex["date"]["edtf"], "[1963-04-18..1963-04-19]");
    assert_eq!(annex["to"], serde_yaml::Value::Null);
    assert!(volume.said.contains("extents: 2 stated, 1 equal to the number of images"), "{}", volume.said);
    assert!(volume.said.contains("document 2 says “4 pp.” but has 1 image (extent-differs)"), "{}", volume.said);
    assert!(volume.said.contains("<facsimile> is not known"), "{}", volume.said);
}

#[test]
fn lines_in_attachments_stay_where_they_stand() {
    let volume = Imported::of("frus/odd.xml");
    let (_, body) = volume.document("frus1961-63v99mSupp/comp1/d3.md");
    assert!(body.contains("I [recieve]{.sic corr=\"receive\"} it."), "{body}");
    let attachment = ":::: {.attachment #a1}\n\n::: label\n[Inclosure 1.—Extract.]\n:::\n\n## A Report\n\nReported.\n\n\
        Below the text.\n\nMore.\n\n::::";
    assert!(body.contains(attachment), "{body}");
}
