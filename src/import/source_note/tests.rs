//! Invented notes of every shape.

use super::{Mined, Shape, mine};

/// What was found, a field a line, in the order of the struct.
fn fields(mined: &Mined) -> String {
    let mut lines = Vec::new();
    let mut field =
        |name: &str, value: &Option<String>| lines.extend(value.as_ref().map(|value| format!("{name}: {value}")));
    let list = |values: &[String]| (!values.is_empty()).then(|| values.join(" | "));
    field("repository", &mined.repository);
    field("collection", &list(&mined.collection));
    field("rg", &mined.record_group);
    field("lot", &mined.lot);
    field("box", &mined.box_);
    field("folder", &mined.folder);
    field("file", &mined.file);
    field("classification", &mined.classification);
    field("handling", &list(&mined.handling));
    field("extent", &mined.extent);
    field("form", &mined.form);
    field("printed", &mined.printed);
    lines.join("; ")
}

fn check(cases: &[(Shape, &str, &str)]) {
    for (shape, note, expected) in cases {
        let mined = mine(note);
        assert_eq!((mined.shape, fields(&mined).as_str()), (*shape, *expected), "{note}");
    }
}

#[test]
fn sentences_give_archive_path_and_classification() {
    check(&[
        (
            Shape::Sentence,
            "Source: Department of State, Central Files, 611.99/2–1864. Secret; Priority. Drafted by Roe, approved by Doe.",
            "repository: Department of State; collection: Central Files; file: 611.99/2–1864; classification: Secret; handling: Priority",
        ),
        (
            Shape::Sentence,
            "Source: National Archives, RG 59, Central Files 1970–73, POL 7 RURITANIA. Confidential; Immediate; Exdis. Sent to Vaduz.",
            "repository: National Archives; collection: Central Files 1970–73; rg: 59; file: POL 7 RURITANIA; classification: Confidential; handling: Immediate | Exdis",
        ),
        (
            Shape::Sentence,
            "Source: Department of State, X/Y Files: Lot 99 D 12, 1953. Top Secret. No drafting information appears.",
            "repository: Department of State; collection: X/Y Files; lot: 99 D 12; file: 1953; classification: Top Secret",
        ),
        (
            Shape::Sentence,
            "Source: Washington National Records Center, RG 330, OSD Files: FRC 99 A 1111, Ruritania 092. Top Secret/Sensitive.",
            "repository: Washington National Records Center; collection: OSD Files; rg: 330; lot: FRC 99 A 1111; file: Ruritania 092; classification: Top Secret; handling: Sensitive",
        ),
        (
            Shape::Sentence,
            "Source: Library of Congress, Manuscript Division, Doe Papers, Box CL 99, Talks, March 1975. No classification marking.",
            "repository: Library of Congress; collection: Manuscript Division | Doe Papers; box: CL 99; file: Talks, March 1975; classification: No classification marking",
        ),
        (
            Shape::Sentence,
            "Source: Central Intelligence Agency Files, Job 11–T22222A, Box 3, Folder 7. Secret; [codeword not declassified].",
            "repository: Central Intelligence Agency; lot: Job 11–T22222A; box: 3; folder: 7; classification: Secret; handling: [codeword not declassified]",
        ),
        (
            Shape::Sentence,
            "Source: Ford Library, National Security Adviser, Staff for Asia, Africa, and Oceania, Box 2, Roe, A.B. Unclassified. Blue. The talk was long.",
            "repository: Ford Library; collection: National Security Adviser | Staff for Asia, Africa, and Oceania; box: 2; file: Roe, A.B.; classification: Unclassified; handling: Blue",
        ),
        (
            Shape::Sentence,
            "Source: Ann Roe Papers, Box 3, Yale University Library. Personal and Confidential.",
            "repository: Yale University Library; collection: Ann Roe Papers; box: 3; classification: Personal and Confidential",
        ),
        (
            Shape::Sentence,
            "Source: U.S. Department of Agriculture, Central Correspondence. Official Use Only.",
            "repository: U.S. Department of Agriculture; collection: Central Correspondence; classification: Official Use Only",
        ),
    ]);
}

#[test]
fn slips_of_the_print_are_read() {
    check(&[
        (
            Shape::Sentence,
            "Source: Kennedy Library, National Security Files, Ruritania, Vol. I, Secret. Drafted by Roe.",
            "repository: Kennedy Library; collection: National Security Files; file: Ruritania, Vol. I; classification: Secret",
        ),
        (
            Shape::Sentence,
            "Source: Kennedy Library, National Security Files, Ruritania. Top. Secret; Nodis Drafted by Roe.",
            "repository: Kennedy Library; collection: National Security Files; file: Ruritania; classification: Top Secret; handling: Nodis",
        ),
        (
            Shape::Sentence,
            "Source: Department of State Central Files, 611.99/1–160 Confidential.",
            "repository: Department of State; collection: Central Files; file: 611.99/1–160; classification: Confidential",
        ),
    ]);
}

#[test]
fn prose_is_no_classification() {
    check(&[
        (
            Shape::Sentence,
            "Source: Department of State, Roe Files: Lot 99 D 1, Tin. Personal. Personal letters of Roe are lost.",
            "repository: Department of State; collection: Roe Files; lot: 99 D 1; file: Tin; classification: Personal",
        ),
        (
            Shape::Sentence,
            "Source: Johnson Library, White House Diary. Secret talks followed. Confidential papers of Roe are lost.",
            "repository: Johnson Library; collection: White House Diary",
        ),
        (
            Shape::Sentence,
            "Source: Johnson Library, Recordings, Tape 3. Secretary Roe signed.",
            "repository: Johnson Library; collection: Recordings; file: Tape 3",
        ),
    ]);
}

#[test]
fn works_in_print_have_no_archive() {
    check(&[
        (
            Shape::Sentence,
            "Source: Public Papers: Roe, 1965, pp. 3–4. He spoke at noon.",
            "printed: Public Papers: Roe, 1965, pp. 3–4",
        ),
        (Shape::Sentence, "Source: Roe, My Life, vol. 2, pp. 10–12.", "printed: Roe, My Life, vol. 2, pp. 10–12"),
    ]);
}

#[test]
fn old_notes_are_numbers_and_citations() {
    check(&[
        (
            Shape::FileNumber,
            "999B.00/7–251: Telegram",
            "repository: Department of State; file: 999B.00/7–251; form: Telegram",
        ),
        (Shape::FileNumber, "501.BC Ruritania/6–849", "repository: Department of State; file: 501.BC Ruritania/6–849"),
        (
            Shape::FileNumber,
            "123 Roe, Ann B.: Telegram",
            "repository: Department of State; file: 123 Roe, Ann B.; form: Telegram",
        ),
        (
            Shape::Citation,
            "X/Y Files: Lot 99 D 563: Telegram",
            "repository: Department of State; collection: X/Y Files; lot: 99 D 563; form: Telegram",
        ),
        (
            Shape::Citation,
            "CFM Files: Lot M–99: Box 158",
            "repository: Department of State; collection: CFM Files; lot: M–99; box: 158",
        ),
        (
            Shape::Citation,
            "Conference files, lot 99 D 95, CF 133",
            "repository: Department of State; collection: Conference files; lot: 99 D 95; file: CF 133",
        ),
        (
            Shape::Citation,
            "JCS records, CCS 999 Ruritania (5–4–49)",
            "repository: JCS; file: CCS 999 Ruritania (5–4–49)",
        ),
        (
            Shape::Citation,
            "Eisenhower Library, Eisenhower papers, Roe file",
            "repository: Eisenhower Library; collection: Eisenhower papers | Roe file",
        ),
        (Shape::Unread, "The original was not found.", ""),
        (Shape::Unread, "", ""),
    ]);
}

#[test]
fn withheld_documents_and_summaries_are_seen() {
    check(&[
        (
            Shape::Withheld,
            "[Source: Central Intelligence Agency, Doe Files, Box 5, Ruritania. Secret. 3 pages of source text not declassified.]",
            "repository: Central Intelligence Agency; collection: Doe Files; box: 5; file: Ruritania; classification: Secret; extent: 3 pages",
        ),
        (
            Shape::SummaryThenSource,
            "Summary: Roe and Doe spoke of tin. Source: Ford Library, Doe Files, Box 5. Confidential; Nodis.",
            "repository: Ford Library; collection: Doe Files; box: 5; classification: Confidential; handling: Nodis",
        ),
        (
            Shape::Calendar,
            "Notice of a visit. No classification marking. 2 pp. Kennedy Library, President’s Office Files, Cuba, General, 1/63–3/63.",
            "repository: Kennedy Library; collection: President’s Office Files; file: Cuba, General, 1/63–3/63; classification: No classification marking; extent: 2 pp.",
        ),
        (
            Shape::Calendar,
            "A paper on tin. 1 p. Secret; Eyes Only. DOS, S/S Files: Lot 1 D 2.",
            "repository: DOS; collection: S/S Files; lot: 1 D 2; classification: Secret; handling: Eyes Only; extent: 1 p.",
        ),
    ]);
}
