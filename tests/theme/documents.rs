//! Documents of the samples: the seed, a letter with everything, and documents without text.

use super::*;

/// A document with nothing but what each must have.
pub(super) fn document(id: &str, kind: &'static str, title: &str) -> DocumentView {
    DocumentView {
        head: Head { crumbs: crumbs(), ..head("document", title, &format!("v/{id}.html")) },
        id: id.to_owned(),
        kind,
        number: None,
        number_supplied: false,
        genre: None,
        date: None,
        date_missing: false,
        place: None,
        from: Vec::new(),
        to: Vec::new(),
        participants: Vec::new(),
        received: None,
        sources: Vec::new(),
        source_missing: false,
        printed_in: Vec::new(),
        attachments: Vec::new(),
        begins_on: Vec::new(),
        facsimiles: Vec::new(),
        legend: None,
        related: Vec::new(),
        referring: Vec::new(),
        translated_from: None,
        topics: Vec::new(),
        identifiers: Vec::new(),
        editors: Vec::new(),
        revisions: Vec::new(),
        rights: None,
        persons: Vec::new(),
        terms: Vec::new(),
        others: Vec::new(),
        window: window(title),
        volume: link("index.html", None, "Foreign Relations, 1961–1963"),
        position: 617,
        documents: 700,
        previous: None,
        next: None,
        cite: None,
        contents: Vec::new(),
        changed: None,
        history: Vec::new(),
        extra: serde_json::Value::Null,
    }
}

/// The page between two others.
fn window(title: &str) -> WindowView {
    let beside = |href: &str, number: &str, title: &str| WindowLink {
        href: Some(href.to_owned()),
        title: html(title),
        number: Some(number.to_owned()),
    };
    let own = WindowLink { href: None, title: html(title), number: Some("617".to_owned()) };
    let before = beside("d616.html", "616", "Telegram <em>No. 2</em>");
    WindowView { before: 12, pages: vec![before, own, beside("d618.html", "618", "Memorandum")], after: 1 }
}

fn name(name: &str, href: Option<&str>) -> NameView {
    NameView { name: name.to_owned(), role: None, href: href.map(str::to_owned), inferred: false }
}

fn field(key: &'static str, values: &[&str], href: Option<&str>) -> SourceField {
    SourceField { key, values: strings(values), href: href.map(str::to_owned) }
}

fn mention(href: &str, name: &str, description: Option<&str>) -> MentionView {
    let held = OfficeView { title: "Ambassador".to_owned(), dates: Some("1962–".to_owned()), certain: false };
    MentionView {
        anchor: href.contains("terms").then(|| format!("term/{name}")),
        href: href.to_owned(),
        name: name.to_owned(),
        offices: if description.is_some() { vec![held] } else { Vec::new() },
        description: description.map(str::to_owned),
    }
}

fn backlinks(label: &str, count: usize) -> Vec<Backlink> {
    let href = |count| if count == 1 { format!("#fnref-{label}") } else { format!("#fnref-{label}--{count}") };
    (1..=count).map(|count| Backlink { href: href(count), count }).collect()
}

/// The reference to a note as the renderer writes it.
fn noteref(label: &str, marker: &str, count: usize) -> String {
    let id = &backlinks(label, count)[count - 1].href[1..];
    format!(r##"<a class="noteref" role="doc-noteref" id="{id}" href="#fn-{label}"><sup>{marker}</sup></a>"##)
}

fn seed_source() -> SourceView {
    SourceView {
        old_anchors: vec!["fn-old".into()],
        anchor: "fn-1".to_owned(),
        marker: some("1"),
        backlinks: backlinks("1", 1),
        position: "title",
        siglum: None,
        base: false,
        composed: None,
        fields: vec![
            field("repository", &["Kennedy Library"], Some("../archives/kennedy-library.html")),
            field("collection", &["President’s Office Files"], None),
            field("file", &["Cuba, General, 1/63–3/63"], None),
            field("classification", &["No classification marking"], None),
            field("extent", &["2 pp."], None),
            field("form", &["translation"], None),
        ],
        url: some("https://archive.example.org/jfkpof-115-001"),
    }
}

fn seed_persons() -> Vec<MentionView> {
    vec![
        mention(
            "persons/p_KNS_1.html",
            "Khrushchev, Nikita S.",
            Some("Chairman of the Council of Ministers of the USSR"),
        ),
        mention("persons/p_KF_1.html", "Kohler, Foy D.", Some("Ambassador in the Soviet Union")),
        mention("persons/p_RD_1.html", "Rusk, Dean", Some("Secretary of State")),
    ]
}

/// The seed document.
pub(crate) fn seed() -> Sample<DocumentView> {
    let title = "Aide-Mémoire from the Soviet Government to the U.S. Government February 18";
    let mut page = document("d617", "document", title);
    page.number = some("617");
    page.genre = some("aide-mémoire");
    page.date = Some(DateView {
        edtf: "1963-02-18".to_owned(),
        datetime: some("1963-02-18"),
        display: "February 18, 1963".to_owned(),
        basis: "internal",
        cert: None,
        reason: Some(html("the year from the text (“February 7, 1963 this year”) and the folder’s span")),
    });
    page.from = vec![name("Soviet Government", None)];
    page.to = vec![name("U.S. Government", None)];
    page.sources = vec![seed_source()];
    page.begins_on = vec![BeginsOn { label: "Typeset Page 1608".to_owned() }];
    page.translated_from = Some(TranslatedFromView {
        lang: some("ru"),
        language: some("Russian"),
        label: some("original not printed"),
        href: None,
        by: None,
    });
    page.persons = seed_persons();
    page.terms = vec![mention("terms/t_USSR_1.html", "USSR", Some("Union of Soviet Socialist Republics"))];
    page.facsimiles = (1..=2)
        .map(|n| FacsimileView {
            label: format!("Facsimile Page {n}"),
            href: Some(format!("../images/d617-{n}.jpg")),
            shown: Some(format!("../images/d617-{n}.jpg")),
            image: format!("images/d617-{n}.jpg"),
            credit: None,
            anchor: Some(format!("facsimile-{n}")),
        })
        .collect();
    page.previous = Some(link("d616.html", Some("616"), "Memorandum for the Record, February 16"));
    page.next = Some(link(
        "d618.html",
        Some("618"),
        "Telegram From the Department of State to the Embassy in the Soviet Union",
    ));
    page.cite = Some(CiteView {
        text: html(
            "“Aide-Mémoire from the Soviet Government to the U.S. Government,” February 18, 1963, in <i>Foreign Relations of the United States, 1961–1963</i>, Volumes X/XI/XII, Microfiche Supplement, document 617.",
        ),
        original: Some(html("Original: Cuba, General, 1/63–3/63, President’s Office Files, Kennedy Library.")),
        permalink: some("https://papers.example.org/edition/v/d617.html"),
        styles: vec![
            CiteStyle {
                key: "note",
                edition: None,
                original: Some(html("“Aide-Mémoire,” President’s Office Files, Kennedy Library.")),
            },
            CiteStyle {
                key: "mla",
                edition: Some(html("Soviet Government. “Aide-Mémoire.” <cite>Papers</cite>.")),
                original: None,
            },
        ],
        attachments: vec![CitePart {
            href: some("#tab-a"),
            text: html("“Tab A,” attached to “Aide-Mémoire.”"),
            original: Some(html("Kennedy Library.")),
        }],
        files: vec![CiteFile {
            name: "RIS",
            href: "data:,TY%20%20-%20GEN%0D%0A".to_owned(),
            file: "v-d617.ris".to_owned(),
        }],
    });
    page.head.metadata = Some(metadata());
    let note = "<p>Notification of Soviet withdrawal from Cuba of several thousand Soviet personnel before the middle of March. No classification marking. 2 pp. Kennedy Library, President’s Office Files, Cuba, General, 1/63–3/63.</p>";
    let text = DocumentText {
        title: html(&format!("{title}{}", noteref("1", "1", 1))),
        sources: vec![SourceText { note: html(note), description: Html::default() }],
        body: html(include_str!("d617.html").trim_end()),
        ..DocumentText::default()
    };
    Sample { path: "v/d617.html", template: "document.html", page, text }
}

fn metadata() -> MetadataView {
    MetadataView {
        tags: vec![MetaTag { name: "dcterms.title", content: "Aide-Mémoire & \"more\"".to_owned() }],
        linked: html(r#"{"@context":"https://schema.org","@type":"ArchiveComponent","name":"\u003c"}"#),
    }
}

/// The text of [`rich`]: every class of block and span.
fn rich_body() -> String {
    let (first, again, star) = (noteref("2", "2", 1), noteref("2", "2", 2), noteref("o1", "*", 1));
    format!(
        r##"<div class="letterhead"><p id="p1">Ministère des Affaires étrangères<br>Cabinet du Ministre</p></div>
<div class="dateline"><p id="p2">À Paris, <span class="supplied">[ce 4]</span> mai 1787{first}</p></div>
<div class="marking"><p id="p3"><span class="smallcaps">Secret</span></p></div>
<div class="address"><p id="p4">À Monsieur Jefferson<br>Ministre plénipotentiaire</p></div>
<div class="subject"><p id="p5">Subject: the fisheries</p></div>
<div class="participants"><p id="p6">Participants: the Count, Mr. Short</p></div>
<div class="references"><p id="p7">References: your letter of the 2d</p></div>
<div class="salute"><p id="p8">Monsieur,</p></div>
<h2 id="on-fish">On fish</h2>
<p id="p9">J’ai reçu la lettre que vous m’avez fait l’honneur de m’écrire.{star} The <del>first</del> <span class="add">second</span> point is <span class="unclear">obscure […?]</span>, <span class="sic" title="receive">recieve</span>, <span class="gap">[…]</span>, <span class="blank">[blank]</span>, <span class="damage">torn</span>, <span class="abbr" title="Minister">Minr.</span>, <span class="orig">vous</span>, <span class="u">underlined</span>, <span class="spaced">spaced</span>, <i lang="la" class="latin">verbatim</i>, <span class="excision">[<em>4 lines not declassified</em>]</span>, <span class="broken-ref">Document 12</span>, <span class="hand" title="Short">in Short’s hand</span>, <span class="lemma">der Sohn</span>{again}.</p>
<p class="page-break"><span class="pb" role="doc-pagebreak" id="page-12" data-label="Page 12" aria-label="Page 12"></span></p>
<ol class="printed"><li><span class="marker">1)</span> <p id="p10">First, a numbered point.</p></li><li><span class="marker">3)</span> <p id="p11">Then a third.</p></li></ol>
<ul><li><p id="p12">A bullet</p></li></ul>
<h2 id="on-oil">On oil</h2>
<div class="table"><table><thead><tr><th scope="col">Port</th><th scope="col">Tons</th></tr></thead><tbody><tr><td>Le Havre</td><td>1,234</td></tr><tr><td>Rouen</td><td>56</td></tr></tbody></table></div>
<blockquote><p id="p13">A quotation of some length from the arrêt.</p></blockquote>
<pre>Plain   text</pre>
<div class="verse"><p id="p14">Un vers,<br>puis un autre.</p></div>
<h2 id="on-salt">On salt</h2>
<div class="center"><p id="p15">* * *</p></div>
<div class="right"><p id="p16">to the right</p></div>
<div class="editorial"><p id="p17">[The rest is lost.]</p></div>
<div class="epigraph"><p id="p18">Festina lente.</p></div>
<div class="translation"><p id="p19">Make haste slowly.</p></div>
<div class="session"><p id="p20">Tuesday, 10 a.m.</p></div>
<div class="closer"><p id="p21">Je suis, avec respect,</p></div>
<div class="signed"><p id="p22"><span class="smallcaps">de Montmorin</span></p></div>
<div class="postscript"><p id="p23">P.S. A word more.</p></div>
<div class="label"><p id="p24">RC (DLC)</p></div>
<div class="enclosure-line"><p id="p25">Enclosure</p></div>
<div class="docket"><p id="p26">Recd. May 6</p></div>
<div class="notation"><p id="p27">Seen by the King</p></div>
<div class="postmark"><p id="p28">PARIS 4 MAI</p></div>
<div class="cover"><p id="p29">To Mr. Jefferson</p></div>
<section class="attachment" id="enclosure"><div class="center"><p id="p30">ENCLOSURE</p></div><p id="p31">The text of it.</p></section>"##
    )
}

/// A letter in another language with everything a document can have.
pub(crate) fn rich() -> Sample<DocumentView> {
    Sample { path: "v/d1.html", template: "document.html", page: rich_page(), text: rich_text() }
}

fn rich_page() -> DocumentView {
    let mut page = document("d1", "document", "From Montmorin");
    page.head.lang = "fr".to_owned();
    page.head.draft = true;
    page.number = some("12A");
    page.number_supplied = true;
    page.genre = some("letter");
    page.date_missing = true;
    page.place = Some(NameView { inferred: true, ..name("Paris", Some("places/paris.html")) });
    page.from = vec![NameView { role: some("Foreign Minister"), ..name("Montmorin", Some("persons/montmorin.html")) }];
    page.to = vec![name("Thomas Jefferson", None), name("William Short", None)];
    page.participants = vec![name("the Count", None)];
    page.received = Some(ReceivedView {
        date: Some(DateView {
            edtf: "1787-05-06?".to_owned(),
            datetime: None,
            display: "May 6, 1787".to_owned(),
            basis: "conjecture",
            cert: Some("low"),
            reason: None,
        }),
        place: Some(name("Hôtel de Langeac", None)),
        by: Some(name("Petit", None)),
    });
    page.sources = rich_sources();
    page.printed_in = vec![PrintingView {
        citation: html("Boyd, <i>Papers</i>, xi"),
        pages: some("338–9"),
        href: some("https://example.org/boyd"),
    }];
    page.attachments = rich_attachments();
    page.related = vec![
        RelatedView { rel: "enclosed-in", title: html("Jay to Jefferson"), href: some("d9.html") },
        RelatedView { rel: "see", title: html("a lost note"), href: None },
    ];
    page.referring = (1..=12).map(referring).collect();
    page.history = vec![change()];
    page.translated_from = Some(TranslatedFromView {
        lang: some("fr"),
        language: None,
        label: None,
        href: some("d1-fr.html"),
        by: some("A. Translator"),
    });
    page.topics = strings(&["Fisheries", "Whale oil"]);
    page.identifiers = strings(&["doi:10.1000/1"]);
    page.editors = site().editors;
    page.revisions = vec![RevisionView { date: some("2024"), by: some("JQE"), what: "collated", note: some("twice") }];
    page.rights = rights();
    page.persons = vec![mention("persons/short.html", "Short, William", None)];
    page.others = vec![mention("places/paris.html", "Paris", None)];
    page.changed = some("2025-01-02");
    page.next = Some(link("d2.html", None, "To Montmorin"));
    page.facsimiles = vec![FacsimileView {
        label: "Page 12".to_owned(),
        href: Some("https://images.example.org/12".to_owned()),
        shown: Some("https://images.example.org/12".to_owned()),
        image: "12".to_owned(),
        credit: some("National Archives"),
        anchor: None,
    }];
    page
}

fn rich_text() -> DocumentText {
    let note = |label: &str, marker: &str, text: &str, count| NoteView {
        label: label.to_owned(),
        marker: marker.to_owned(),
        html: html(text),
        backlinks: backlinks(label, count),
    };
    let heading = |id: &str, title: &str| HeadingView { id: id.to_owned(), level: 2, title: html(title) };
    DocumentText {
        title: html("From Montmorin"),
        summary: html("<p>On the duties on whale oil.</p>"),
        evidence: Html::default(),
        sources: vec![
            SourceText { note: html("<p>RC (<abbr>DLC</abbr>).</p>"), description: html("<p>Endorsed.</p>") },
            SourceText::default(),
            SourceText { note: html("<p>Printed below the text.</p>"), description: Html::default() },
        ],
        body: html(&rich_body()),
        notes: vec![
            NoteSeries {
                key: String::new(),
                title: None,
                by: "editor",
                notes: vec![
                    note("2", "2", "<p>Two references.</p><p>Two paragraphs.</p>", 2),
                    note("7", "7", "<p>Never cited.</p>", 0),
                ],
            },
            NoteSeries {
                key: "o".to_owned(),
                title: None,
                by: "author",
                notes: vec![note("o1", "*", "<blockquote><p>His own.</p></blockquote>", 1)],
            },
        ],
        headings: vec![
            heading("on-fish", "On fish"),
            heading("on-oil", "On oil"),
            heading("on-salt", "On <i>salt</i>"),
        ],
    }
}

fn rich_sources() -> Vec<SourceView> {
    let witness = |anchor: &str, position, siglum: Option<&str>| SourceView {
        old_anchors: Vec::new(),
        anchor: anchor.to_owned(),
        marker: None,
        backlinks: Vec::new(),
        position,
        siglum: siglum.map(str::to_owned),
        base: false,
        composed: None,
        fields: Vec::new(),
        url: None,
    };
    vec![
        SourceView { base: true, ..witness("source", "head", Some("RC")) },
        SourceView {
            composed: some("Archives nationales, Marine, B/7/"),
            fields: vec![
                field("collection", &["Marine", "B/7"], Some("../archives/an.html")),
                field("oddity", &["x"], None),
            ],
            ..witness("source-2", "head", Some("FC"))
        },
        witness("source-3", "end", None),
    ]
}

fn rich_attachments() -> Vec<AttachmentView> {
    let part = |href: Option<&str>, label: Option<&str>, title: Option<&str>| AttachmentView {
        href: href.map(str::to_owned),
        label: label.map(str::to_owned),
        title: title.map(html),
        date: None,
        absence: None,
        extent: None,
        source: None,
    };
    vec![
        part(Some("#enclosure"), Some("Enclosure"), Some("Arrêt du <i>Conseil</i>")),
        AttachmentView {
            absence: Some("not-printed"),
            extent: some("4 pp."),
            source: Some(Html::text("DLC")),
            ..part(None, Some("Enclosure"), None)
        },
        AttachmentView { absence: Some("withheld"), ..part(None, None, Some("A list")) },
        AttachmentView { absence: Some("not-found"), ..part(None, None, None) },
    ]
}

/// Documents without text and with nothing stated.
pub(crate) fn silent() -> Vec<Sample<DocumentView>> {
    let sample = |path, page, text| Sample { path, template: "document.html", page, text };
    let title = |title: &str| DocumentText { title: html(title), ..DocumentText::default() };
    let mut withheld = document("d3", "withheld", "[Title not declassified]");
    withheld.number = some("3");
    withheld.source_missing = true;
    withheld.date_missing = true;
    let calendar = DocumentView { sources: rich_sources(), ..document("d4", "calendar", "To John Jay") };
    let lost = document("d5", "not-found", "From Short");
    vec![
        sample("v/d3.html", withheld, title("[Title not declassified]")),
        sample(
            "v/d4.html",
            calendar,
            DocumentText {
                summary: html("<p>Acknowledges a packet.</p>"),
                sources: vec![SourceText::default(), SourceText::default(), SourceText::default()],
                ..title("To John Jay")
            },
        ),
        sample(
            "v/d5.html",
            lost,
            DocumentText { evidence: html("<p>Mentioned in <a href=\"d1.html\">12A</a>.</p>"), ..title("From Short") },
        ),
        sample(
            "v/d6.html",
            document("d6", "editorial-note", "Editorial Note"),
            DocumentText { body: html("<p id=\"p1\">In the spring the talks went on.</p>"), ..title("Editorial Note") },
        ),
    ]
}

fn referring(number: usize) -> ReferringView {
    let href = format!("e{number}.html#fn-2");
    let note = AnchorView { href: href.clone(), kind: "note", name: some("2") };
    let whole = ReferenceView { place: note.clone(), parts: Vec::new() };
    let part = AnchorView { href: "#p3".to_owned(), kind: "paragraph", name: some("3") };
    let of_part = ReferenceView { place: AnchorView { kind: "source", name: None, ..note }, parts: vec![part] };
    let number = number.to_string();
    let link = link(&href, Some(&number), "Telegram");
    ReferringView { link, volume: Some(html("Berlin")), places: vec![whole, of_part] }
}
