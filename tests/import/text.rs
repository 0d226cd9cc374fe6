//! Importing plain transcripts of other kinds than the seed: what is not sure is said with its line.

use std::process::Command;

const VOLUME: &str = "---\nkind: volume\nid: v\ntitle: T\npaginations:\n  - id: typeset\n    label: Typeset Page\n  - id: facsimile\n    label: Facsimile Page\n    scope: document\n---\n";

/// Imports a text and checks the edition; gives the document and what the import said.
fn imported(name: &str, text: &str, made: &str) -> (String, String) {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    std::fs::create_dir_all(root.join("content/v")).unwrap();
    std::fs::write(root.join("site.yaml"), "title: Test\nlang: en\n").unwrap();
    std::fs::write(root.join("content/v/_index.md"), VOLUME).unwrap();
    std::fs::write(root.join(name), text).unwrap();
    let run = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_engross")).args(arguments).current_dir(root).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{text}\n{said}");
        said
    };
    let said = run(&["import", "text", name, "--into", "content/v"]);
    run(&["check"]);
    (std::fs::read_to_string(root.join("content/v").join(made)).unwrap(), said)
}

fn holds(text: &str, all: &[&str]) {
    for expected in all {
        assert!(text.contains(expected), "{expected}\nis not in\n{text}");
    }
}

#[test]
fn a_title_on_two_lines_with_a_glued_year_and_notes_in_the_text() {
    let text = "12. Telegram from the Embassy in France\nto the Department of State, March 3, 19611\n\nNo. 7 of 1961. We met F.4 officers.2 He said “no.”3 More, 3.2 percent.\n\nThe end [4] is here.\n\n  1. Source: Kennedy Library, Box 1. Secret.\n  2. A note.\n  3. Another\n     in two lines.\n  4. Bracketed.\n  5. Lost.\n";
    let (made, said) = imported("a.txt", text, "d12.md");
    holds(
        &made,
        &[
            "title: Telegram from the Embassy in France to the Department of State, March 3, 1961\n",
            "date:\n  edtf: \"1961-03-03\"\n  display: March 3, 1961\nfrom: Embassy in France\nto: Department of State\n",
            "source:\n  marker: \"1\"\n  note: \"Source: Kennedy Library, Box 1. Secret.\"\n  repository: Kennedy Library\n",
            "We met F.4 officers.[^2] He said “no.”[^3] More, 3.2 percent.\n\nThe end[^4] is here.",
            "[^3]: Another in two lines.\n",
        ],
    );
    holds(
        &said,
        &[
            "line 2: taken to go on with the title",
            "line 1: the title ends in `19611`: read as the year 1961 and the mark of note 1",
            "line 4: the 2 behind a word is read as the mark of note 2",
            "line 6: the 4 in brackets is read as the mark of note 4",
            "line 13: the mark of note 5 was not found",
        ],
    );
}

#[test]
fn no_number_no_notes_no_date() {
    let (made, said) = imported("talk.txt", "Memorandum of a Conversation\n\nSome text.\n", "talk.md");
    holds(&made, &["id: talk\ntitle: Memorandum of a Conversation\ndate: none\nsource: none\n", "\nSome text.\n"]);
    holds(&said, &["line 1: the title has no number; the id `talk` is the file's name", "no source note was found"]);
    assert!(!made.contains("number:"));
}

#[test]
fn a_date_that_is_not_glued_and_two_paginations() {
    let text = "No. 37. Letter from Smith to Jones, 18 February 1963\n\n[Typeset Page 10]\nText one [Facsimile Page 2] and two [Typeset Page 11] end.1\n\n  1. See Document 3.\n";
    let (made, said) = imported("c.txt", text, "d37.md");
    holds(
        &made,
        &[
            "number: 37\ntitle: Letter from Smith to Jones, 18 February 1963\n",
            "  edtf: \"1963-02-18\"\n",
            "source: none\nbegins_on:\n  facsimile: \"1\"\n",
            "[10]{.pb ed=typeset}Text one [2]{.pb ed=facsimile} and two [11]{.pb ed=typeset} end.[^1]",
            "[^1]: See Document 3.",
        ],
    );
    holds(
        &said,
        &["line 4: the 1 behind a word is read as the mark of note 1", "the paginations `facsimile`, `typeset`"],
    );
}

#[test]
fn a_number_at_the_end_of_a_title_is_no_mark() {
    let (made, said) = imported("e.txt", "302A. Note on Document 1\n\nText.1\n\n  1. Words only.\n", "d302A.md");
    holds(&made, &["number: \"302A\"\ntitle: Note on Document 1\n", "Text.[^1]\n"]);
    holds(&said, &["line 1: the title ends in `1`, which is not read as the mark of note 1"]);
}
