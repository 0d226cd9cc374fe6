//! An invented letter of two hands, with what the real ones hold.

use super::{Edition, Source, import};

const LETTER: &str = r##"<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="B7"><teiHeader><fileDesc>
<titleStmt><title level="s">Briefe: Probe</title><title level="a">Anna Roe und Ben Doe
  an Cora Poe, 2. 1. 1900</title><author ref="#p1">Roe, Anna</author><author ref="#p2">Doe, Ben</author></titleStmt>
<editionStmt><edition>probe</edition></editionStmt>
<publicationStmt><availability><licence target="https://creativecommons.org/licenses/by/4.0/deed.de"/></availability></publicationStmt>
<sourceDesc><listWit><witness><objectType corresp="karte" ana="postkarte"/><msDesc><msIdentifier><settlement>Wien</settlement>
<repository>Archiv</repository><idno>A 1</idno></msIdentifier><physDesc><objectDesc><supportDesc><extent><measure unit="karte" quantity="2"/>
<measure unit="zeichenanzahl" quantity="99"/></extent></supportDesc></objectDesc><handDesc><handNote medium="schwarze-tinte" corresp="#p1"/>
<handNote medium="bleistift" corresp="#p2"/></handDesc></physDesc></msDesc></witness></listWit>
<listBibl><biblStruct corresp="BW"><monogr><title>Briefwechsel</title><biblScope unit="pp">4–5</biblScope></monogr></biblStruct></listBibl>
</sourceDesc></fileDesc><profileDesc><langUsage><language ident="de-AT">German</language></langUsage><correspDesc>
<correspAction type="sent"><persName ref="#p1">Roe, Anna</persName><persName ref="#p2">Doe, Ben</persName>
<date notBefore="1900-01-02" notAfter="1900-01-05">[2.–5. 1. 1900?]</date><placeName ref="#o1">Graz</placeName></correspAction>
<correspAction type="received"><persName ref="#p9">Poe, Cora</persName></correspAction>
<correspContext><ref type="belongsToCorrespondence" target="c3">Poe</ref>
<ref subtype="previous_letter" type="withinCorrespondence" source="c3" target="B6">x</ref>
<ref subtype="next_letter" type="withinCorrespondence" source="c3" target="B7">x</ref></correspContext></correspDesc></profileDesc></teiHeader>
<text><body><div type="address"><address><addrLine><pb facs="i1"/>Frau</addrLine><addrLine>Cora Poe</addrLine></address></div>
<div type="writingSession" n="1"><opener><dateline><handShift scribe="#p1"/><rs type="place" ref="#o1">Graz</rs>, 2. 1.</dateline><salute>Liebe,</salute></opener>
<p>Ein <anchor type="commentary" xml:id="K1"/>Wort mit <rs type="person" ref="#p2" subtype="implied">ihm</rs><note type="commentary" corresp="K1"><ref target="1900-01-01" type="tagebuch" subtype="See"/>.</note>,
das <c rendition="#langesS">s</c>o<space unit="chars" quantity="1"/><del rend="strikethrough">alt</del><add place="above">neu</add> i<pb facs="i2"/>st<note type="footnote">mein!</note>.
<handShift scribe="#p2"/>Auch <gap reason="illegible" quantity="2" unit="chars"/> von <unclear>mir</unclear>, <hi rend="underline">sehr</hi>.<handShift scribe="#p1"/> Und <foreign xml:lang="fra">adieu</foreign>
von <rs type="person" ref="#p7">X</rs><c rendition="#dots" n="3"/></p>
<closer>Deine<lb/><signed>Anna</signed></closer></div></body>
<back><listPerson><person xml:id="p1"><persName><forename>Anna</forename><surname>Roe</surname></persName></person>
<person xml:id="p2"><persName><forename>Ben</forename><surname>Doe</surname></persName><birth><date when="1870-03-04">1870-03-04</date></birth></person></listPerson>
<listPlace><place xml:id="o1"><placeName>Graz</placeName><location type="coords"><geo>47,07 15,44</geo></location></place></listPlace></back></text></TEI>"##;

const SIGLA: &str = "<root><row><siglekey>BW</siglekey><angabe>Roe: Briefwechsel. Wien 1950.</angabe></row></root>";

fn edition() -> Edition {
    import(&[Source { name: "B7.xml", text: LETTER }, Source { name: "siglen.xml", text: SIGLA }], None).unwrap()
}

fn file(path: &str) -> String {
    let edition = edition();
    let found = edition.files.into_iter().find(|file| file.path == path);
    found.unwrap_or_else(|| panic!("no {path}")).text
}

#[test]
fn the_header_becomes_front_matter() {
    let text = file("probe/B7.md");
    for expected in [
        "id: B7\ntitle: Anna Roe und Ben Doe an Cora Poe, 2. 1. 1900\ngenre: Postkarte\nlang: de-AT\n",
        "  edtf: \"[1900-01-02..1900-01-05]\"\n  display: \"[2.–5. 1. 1900?]\"\n  basis: internal\n  cert: low\n",
        "place:\n  name: Graz\n  ref: place:o1\n",
        "from:\n  - name: Roe, Anna\n    ref: person:p1\n  - name: Doe, Ben\n    ref: person:p2\n",
        // No register has her.
        "to:\n  - name: Poe, Cora\nsource:",
        "  repository: Archiv\n  place: Wien\n  shelfmark: A 1\n  form: Postkarte\n  extent: \"2 Karten\"\n",
        "hands:\n  roe:\n    name: Roe, Anna\n    ref: person:p1\n    medium: schwarze Tinte\n  doe:\n",
        "printed_in:\n  - ref: bib:BW\n    pages: \"4–5\"\n",
        // The letter before is not in hand.
        "correspondence:\n  - id: c3\n    next: doc:B7\n",
        "facsimiles:\n  - pagination: leaf\n    page: \"1\"\n    image: i1\n",
    ] {
        assert!(text.contains(expected), "{expected}\nis not in\n{text}");
    }
}

#[test]
fn the_text_keeps_hands_notes_and_what_a_pen_did() {
    let text = file("probe/B7.md");
    let body = text.splitn(3, "---\n").nth(2).unwrap();
    let expected = "
::: cover
[1]{.pb}Frau
Cora Poe
:::

:::: {.session hand=roe}

::: dateline
[Graz](place:o1), 2. 1.
:::

::: salute
Liebe,
:::

Ein [Wort mit [ihm](person:p2){.implied}]{.lemma}[^1], das so ~~alt~~[neu]{.add place=above} i[2]{.pb}st[^o1]. \
[Auch []{.gap reason=illegible quantity=2 unit=chars} von [mir]{.unclear}, [sehr]{.u}.]{hand=doe} Und [adieu]{lang=fr} \
von [X]{.broken-ref target=\"person:p7\"}...

::: closer
Deine
[Anna]{.signed}
:::

::::

[^1]: Siehe [1. 1. 1900](tagebuch:1900-01-01).
[^o1]: mein!
";
    assert_eq!(body, expected);
}

/// The text of a session that holds this.
fn session(xml: &str) -> String {
    let start = LETTER.find("<div type=\"address\">").unwrap();
    let end = LETTER.find("</body>").unwrap();
    let text = format!("{}<div type=\"writingSession\">{xml}</div>{}", &LETTER[..start], &LETTER[end..]);
    let edition = import(&[Source { name: "B7.xml", text: &text }], None).unwrap();
    let letter = edition.files.iter().find(|file| file.path == "probe/B7.md").unwrap();
    let body = letter.text.splitn(3, "---\n").nth(2).unwrap().trim();
    body.trim_start_matches("::: session\n").trim_end_matches(":::").trim().to_owned()
}

#[test]
fn what_stands_close_stays_apart() {
    for (xml, expected) in [
        ("<p>a<quote><lg><l>b</l><l>c</l></lg><lg><l>d</l></lg></quote></p>", "ab\\\nc\\\nd"),
        ("<p>Ihr<signed>A</signed><signed>B</signed></p>", "Ihr[A]{.signed}\\\n[B]{.signed}"),
        ("<p>a <add hand=\"#p2\" place=\"above\">b</add></p>", "a [b]{.add place=above hand=doe}"),
        (
            "<p><rs type=\"person\" ref=\"#p1\">A <rs type=\"place\" ref=\"#o1\">B</rs></rs></p>",
            "[A](person:p1) [B](place:o1+person:p1)",
        ),
        (
            "<p><rs type=\"person\" ref=\"#p1\"><rs type=\"place\" ref=\"#o1\">B</rs></rs></p>",
            "[B](place:o1+person:p1)",
        ),
        (
            "<p><rs type=\"person\" ref=\"#p1\" subtype=\"implied\"><hi rend=\"bold\">a <rs type=\"place\" ref=\"#o1\">b</rs></hi> c</rs></p>",
            "<strong>[a](person:p1){.implied} [b](place:o1+person:p1)</strong> [c](person:p1){.implied}",
        ),
        // Words between an anchor and a note that share no parent, ranges that cross, and the older ids.
        (
            "<p><hi rend=\"italics\"><anchor xml:id=\"k\"/>a</hi> b<note corresp=\"#k\">n</note></p>",
            "<em>[a]{.lemma}</em> [b]{.lemma}[^1]",
        ),
        (
            "<p><anchor xml:id=\"k\"/>a <anchor xml:id=\"m\"/>b<note corresp=\"k\">n</note> c<note corresp=\"m\">o</note></p>",
            "[a [b]{.lemma}]{.lemma}[^1] [c]{.lemma}[^2]",
        ),
        ("<p>a <anchor xml:id=\"k\"/>b<note xml:id=\"kh\">n</note></p>", "a [b]{.lemma}[^1]"),
        (
            "<p>a<choice><sic>b</sic><corr>c</corr></choice> <choice><expan>Doktor</expan><abbr>Dr.</abbr></choice></p>",
            "a[b]{.sic corr=\"c\"} [Dr.]{.abbr expan=\"Doktor\"}",
        ),
        (
            "<p rend=\"center\">a</p><frame><p>b</p></frame><p>c<c rendition=\"#tilde\"/></p>",
            "::: center\na\n:::\n\nb\n\nc\\~",
        ),
        (
            "<table><head>h</head><row><cell>a</cell><pb/><cell>b</cell></row></table>",
            "h\n\n| | |\n| --- | --- |\n| a[1]{.pb} | b |",
        ),
        ("<p><rs type=\"person\" ref=\"#p1 #p2\">beide</rs></p>", "[beide](person:p1+person:p2)"),
        ("<p><rs type=\"person\" ref=\"#p1\">A<note>n</note></rs>[B]</p>", "[A](person:p1)[^1][B]\n:::\n\n[^1]: n"),
        ("<p>1. x</p><p>[^9] * _y_</p>", "1\\. x\n\n\\[^9] \\* \\_y\\_"),
        ("<lg><lg><l>a</l><l>b</l></lg><lg><l>c</l></lg></lg>", "::: verse\na\nb\n\nc\n:::"),
        ("<p>a<zz>b</zz></p>", "ab"),
    ] {
        let found = session(xml);
        let found = found.strip_prefix(":::: session\n\n").unwrap_or(&found);
        assert!(found.starts_with(expected), "{xml}\n{expected:?}\n{found:?}");
    }
}

#[test]
fn registers_settings_and_counts_stand_beside_the_letters() {
    let edition = edition();
    assert!(file("registers/persons.yaml").contains("- id: p2\n  name: Doe, Ben\n  dates: \"* 4. 3. 1870\"\n"));
    assert!(file("registers/places.yaml").contains("  coordinates: \"47.07, 15.44\"\n"));
    assert!(file("registers/bibliography.json").contains("\"id\": \"BW\""));
    assert!(file("probe/_index.md").contains("licence: CC-BY-4.0"));
    assert!(edition.settings.contains("schemes:\n  - tagebuch\n"), "{}", edition.settings);
    let (found, written) = &edition.counts["B7"];
    assert_eq!(found, written);
    assert_eq!((found.get("hands"), found.get("pb"), found.get("gap"), found.get("rs_person")), (3, 2, 1, 2));
}

/// A letter in the given text and registers, as a whole file.
fn letter(body: &str) -> Edition {
    let (start, end) = (LETTER.find("<body>").unwrap(), LETTER.find("</body>").unwrap());
    let text = format!("{}<body>{body}{}", &LETTER[..start], &LETTER[end..]);
    import(&[Source { name: "B7.xml", text: &text }], None).unwrap()
}

#[test]
fn what_is_not_known_is_named_once_with_its_place() {
    let edition = letter(
        "<div type=\"writingSession\">\n<p>a <zz>b</zz><zz/></p><qq><p>c</p></qq><fw>d</fw><p><rs type=\"person\" ref=\"#px\">e</rs><note corresp=\"K0\">n</note><c rendition=\"#x\"/></p></div>",
    );
    let report = edition.report("");
    let known: Vec<_> = report.unknown.iter().map(|(name, at)| (name.as_str(), at.count, at.text)).collect();
    let stands = "its text stands where it stood";
    let left = "its text is of the page, not of the letter, and was left out";
    assert_eq!(known, [("fw", 1, left), ("qq", 1, stands), ("zz", 2, stands)]);
    let zz = &report.unknown["zz"];
    assert_eq!((zz.file.as_str(), zz.line, zz.column), ("B7.xml", 19, 6));
    let kinds: Vec<_> = report.remarks.iter().map(|remark| remark.kind).collect();
    assert_eq!(kinds, ["note-unanchored", "character-unknown"]);
    assert_eq!(report.broken.len(), 1);
    assert!(report.table().contains("B7.xml:"), "{}", report.table());
}

#[test]
fn a_typed_letter_names_the_hand_that_signs() {
    let edition = letter(
        "<div type=\"writingSession\"><p>Lang und mit der Maschine.</p><closer><handShift/><signed>A</signed></closer><p><handShift medium=\"typewriter\"/>Ende</p></div>",
    );
    let text = &edition.files.iter().find(|file| file.path.ends_with("B7.md")).unwrap().text;
    assert!(text.contains("  handschriftlich:\n    name: handschriftlich\n"), "{text}");
    assert!(text.contains("[A]{.signed hand=handschriftlich}"), "{text}");
    assert!(text.contains("[Ende]{hand=maschinschriftlich}"), "{text}");
}

#[test]
fn revisions_and_other_actions_are_kept_beside_the_letter() {
    let header = "<correspAction type=\"forwarded\"><persName ref=\"#p2\">Doe, Ben</persName><date when=\"1900-01-09\">9. 1.</date></correspAction><correspContext>";
    let changes = "<revisionDesc status=\"approved\"><change who=\"X\" when=\"2020-01-02\">An<c>s</c>ehen</change></revisionDesc></teiHeader>";
    let text = LETTER.replacen("<correspContext>", header, 1).replacen("</teiHeader>", changes, 1);
    let edition = import(&[Source { name: "B7.xml", text: &text }], None).unwrap();
    let text = &edition.files.iter().find(|file| file.path.ends_with("B7.md")).unwrap().text;
    let expected = "extra:\n  actions:\n    - type: forwarded\n      date: \"1900-01-09\"\n      date_as_written: \"9. 1.\"\n      parties:\n        - name: Doe, Ben\n          ref: person:p2\n  revision_status: approved\n  revisions:\n    - date: \"2020-01-02\"\n      by: X\n      note: Ansehen\n";
    assert!(text.contains(expected), "{text}");
}

#[test]
fn two_letters_of_one_id_are_refused() {
    let (name, fault) =
        import(&[Source { name: "a/B7.xml", text: LETTER }, Source { name: "b/B7.xml", text: LETTER }], None)
            .unwrap_err();
    assert_eq!(name, "b/B7.xml");
    assert!(fault.message.contains("stands in a/B7.xml too"), "{fault}");
}

#[test]
fn files_without_letters_are_refused() {
    let (name, fault) = import(&[Source { name: "siglen.xml", text: SIGLA }], None).unwrap_err();
    assert_eq!(name, "siglen.xml");
    assert!(fault.message.contains("holds a letter"));
    assert!(import(&[Source { name: "a.xml", text: "<TEI>" }], None).is_err());
}
