//! Invented views, one for every kind of page and as rich as a page can be.

mod documents;

pub(crate) use documents::{rich, seed, silent};

use documents::document;
use engross::model::html::Html;
use engross::model::view::*;

/// One sample: path of the page, template, page and text as JSON-free values.
pub(crate) struct Sample<P> {
    pub(crate) path: &'static str,
    pub(crate) template: &'static str,
    pub(crate) page: P,
    pub(crate) text: DocumentText,
}

/// Ready HTML.
pub(crate) fn html(text: &str) -> Html {
    Html(text.to_owned())
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn strings(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

fn link(href: &str, number: Option<&str>, title: &str) -> Link {
    Link { href: href.to_owned(), title: html(title), number: number.map(str::to_owned) }
}

/// The edition.
pub(crate) fn site() -> SiteView {
    SiteView {
        title: "Papers on Foreign Affairs & Peace".to_owned(),
        subtitle: some("A documentary edition"),
        lang: "en".to_owned(),
        base_url: some("https://papers.example.org/edition/"),
        editors: vec![EditorView {
            name: "Jane Q. Editor".to_owned(),
            role: some("General Editor"),
            orcid: some("0000-0002-1825-0097"),
        }],
        publisher: some("Example Historical Office"),
        rights: rights(),
        version: some("1.2"),
        contact: some("editors@example.org"),
        theme: serde_json::json!({}),
        extra: serde_json::json!({"grant": "123"}),
        generator: "Engross 0.1.0",
    }
}

fn rights() -> Option<RightsView> {
    Some(RightsView {
        licence: some("CC-BY-4.0"),
        href: some("https://creativecommons.org/licenses/by/4.0/"),
        holder: some("Example Historical Office"),
        note: Some(html("Images remain with <i>their</i> owners.")),
    })
}

fn head(kind: &'static str, title: &str, path: &str) -> Head {
    let root = if path.contains('/') { "../" } else { "" };
    Head {
        kind,
        title: format!("{title} – Papers"),
        description: some("An \"aide-mémoire\" & more, at most three hundred characters."),
        lang: "en".to_owned(),
        dir: None,
        root: root.to_owned(),
        path: path.to_owned(),
        canonical: Some(format!("https://papers.example.org/edition/{path}")),
        home: format!("{root}index.html"),
        style: format!("{root}assets/engross.css"),
        script: None,
        feed: Some(format!("{root}feed.xml")),
        search: Some(format!("{root}search.html")),
        crumbs: Vec::new(),
        draft: false,
    }
}

fn crumbs() -> Vec<Link> {
    vec![
        link("../index.html", None, "Papers on Foreign Affairs &amp; Peace"),
        link("index.html", None, "Foreign Relations, 1961–1963, Volumes <abbr>X</abbr>/XI/XII"),
        link("aftermath.html", None, "The Aftermath of the Cuban Missile Crisis"),
    ]
}

/// A section with its contents.
pub(crate) fn section() -> Sample<DocumentView> {
    let mut page = document("aftermath", "section", "The Aftermath of the Cuban Missile Crisis");
    page.head.kind = "section";
    page.contents = contents();
    page.previous = Some(link("crisis.html", None, "The Crisis"));
    let text = DocumentText {
        title: html("The Aftermath of the Cuban Missile Crisis"),
        body: html("<p id=\"p1\">This compilation begins in November.</p>"),
        ..DocumentText::default()
    };
    Sample { path: "v/aftermath.html", template: "section.html", page, text }
}

fn contents() -> Vec<ContentsEntry> {
    let entry = |kind, href: Option<&str>, title: &str| ContentsEntry {
        kind,
        href: href.map(str::to_owned),
        title: html(title),
        number: None,
        date: None,
        range: None,
        documents: 0,
        children: Vec::new(),
    };
    let letter = ContentsEntry {
        number: some("617"),
        date: some("February 18, 1963"),
        ..entry(
            "document",
            Some("d617.html"),
            "Aide-Mémoire from the Soviet Government to the U.S. Government February 18",
        )
    };
    let chapter = ContentsEntry {
        range: some("617–623"),
        documents: 7,
        children: vec![letter.clone(), entry("editorial-note", Some("d6.html"), "Editorial Note")],
        ..entry("section", Some("aftermath.html"), "The Aftermath of the Cuban Missile Crisis")
    };
    let folder = ContentsEntry { documents: 1, children: vec![chapter.clone()], ..entry("section", None, "Cuba") };
    vec![entry("section", Some("preface.html"), "Preface"), folder, letter]
}

fn registers() -> Vec<RegisterLink> {
    let register = |kind, entries| RegisterLink { kind, href: format!("{kind}.html"), entries };
    vec![register("persons", 214), register("terms", 1), register("places", 3)]
}

/// A volume's landing page.
pub(crate) fn volume() -> Sample<VolumeView> {
    let mut head = head("volume", "Foreign Relations, 1961–1963", "v/index.html");
    head.crumbs = crumbs()[..1].to_vec();
    let page = VolumeView {
        head,
        series: some("Foreign Relations of the United States, 1961–1963, Volumes X/XI/XII, Microfiche Supplement"),
        editors: vec![
            EditorView { name: "Edward C. Keefer".to_owned(), role: some("Editor"), orcid: None },
            EditorView { name: "Charles S. Sampson".to_owned(), role: some("Editor"), orcid: None },
        ],
        publisher: some("United States Government Printing Office"),
        place: some("Washington"),
        published: some("1998"),
        identifiers: strings(&["ISBN 0-16-048806-4"]),
        covers: some("January 1961 – December 1963"),
        rights: rights(),
        documents: 700,
        contents: contents(),
        registers: registers(),
        ways: vec![WayView { kind: "pages", href: "pages.html".to_owned() }],
    };
    let text = DocumentText {
        title: html("American Republics; Cuba 1961–1962; Cuban Missile Crisis and Aftermath"),
        body: html("<p id=\"p1\">This volume is part of a series.</p>"),
        ..DocumentText::default()
    };
    Sample { path: "v/index.html", template: "volume.html", page, text }
}

/// The edition's home page.
pub(crate) fn home() -> Sample<HomeView> {
    let page = HomeView {
        head: head("home", "Papers", "index.html"),
        volumes: vec![
            VolumeEntry {
                link: link(
                    "v/index.html",
                    None,
                    "American Republics; Cuba 1961–1962; Cuban Missile Crisis and Aftermath",
                ),
                series: some("Foreign Relations, 1961–1963, Volumes X/XI/XII"),
                editors: volume().page.editors,
                covers: some("1961–1963"),
                documents: 700,
            },
            VolumeEntry {
                link: link("w/index.html", None, "A Single Letter"),
                series: None,
                editors: Vec::new(),
                covers: None,
                documents: 1,
            },
        ],
        pages: vec![link("about.html", None, "About this edition")],
        ways: vec![WayView { kind: "colophon", href: "colophon.html".to_owned() }],
        registers: registers(),
    };
    let text = DocumentText {
        body: html("<p id=\"p1\">The papers are published as they are edited.</p>"),
        ..DocumentText::default()
    };
    Sample { path: "index.html", template: "home.html", page, text }
}

/// A page of the edition itself.
pub(crate) fn plain() -> Sample<PlainView> {
    let page = PlainView { head: head("page", "About", "about.html"), id: "about".to_owned() };
    let text = DocumentText {
        title: html("About this edition"),
        body: html("<p id=\"p1\">How it is made.</p>"),
        ..DocumentText::default()
    };
    Sample { path: "about.html", template: "page.html", page, text }
}

/// The page index.
pub(crate) fn pages() -> Sample<PagesView> {
    let entry = |page: usize| PageEntry {
        page: page.to_string(),
        href: format!("d617.html#typeset-{page}"),
        document: "Aide-Mémoire".to_owned(),
    };
    let page = PagesView {
        head: head("pages", "Pages", "v/pages.html"),
        paginations: vec![
            PaginationView {
                id: "typeset".to_owned(),
                label: "Typeset Page".to_owned(),
                groups: vec![PageGroup { document: None, pages: (1590..1640).map(entry).collect() }],
            },
            PaginationView {
                id: "facsimile".to_owned(),
                label: "Facsimile Page".to_owned(),
                groups: vec![PageGroup {
                    document: Some(link("d617.html", Some("617"), "Aide-Mémoire")),
                    pages: (1..3).map(entry).collect(),
                }],
            },
        ],
    };
    Sample { path: "v/pages.html", template: "pages.html", page, text: DocumentText::default() }
}

/// A register.
pub(crate) fn register() -> Sample<RegisterView> {
    let entry = |id: &str, name: &str| RegisterEntryView {
        old_anchors: Vec::new(),
        id: id.to_owned(),
        name: name.to_owned(),
        variants: Vec::new(),
        dates: None,
        offices: Vec::new(),
        description: Html::default(),
        see: Vec::new(),
        same_as: Vec::new(),
    };
    let page = RegisterView {
        head: head("register", "Persons", "v/persons.html"),
        kind: "persons",
        entries: vec![
            entry("p_KF_1", "Kohler, Foy D."),
            RegisterEntryView {
                variants: strings(&["D. Rusk", "The Secretary"]),
                dates: some("1909–1994"),
                offices: strings(&["Secretary of State, January 21, 1961–January 20, 1969"]),
                description: html("<p>American diplomat.</p>"),
                see: vec![link("#p_KF_1", None, "Kohler, Foy D.")],
                same_as: strings(&["https://viaf.org/viaf/9880123/"]),
                ..entry("p_RD_1", "Rusk, Dean")
            },
        ],
        introduction: html("<p id=\"p1\">Persons are named as in the volume.</p>"),
    };
    Sample { path: "v/persons.html", template: "register.html", page, text: DocumentText::default() }
}

pub(crate) fn change() -> ChangeView {
    ChangeView {
        commit: "0a1b2c3d4e".to_owned(),
        date: "2025-03-02".to_owned(),
        datetime: "2025-03-02T23:30:00-05:00".to_owned(),
        subject: "Mend <d1> & others".to_owned(),
        errata: strings(&["for <1962> read 1963", "a second"]),
        correction: some("corrections.html#c-0a1b2c3d4e"),
    }
}

/// The list of corrections.
pub(crate) fn corrections() -> Sample<CorrectionsView> {
    let correction = CorrectionView {
        change: change(),
        documents: vec![link("v/d617.html", Some("617"), "Aide-Mémoire")],
        gone: strings(&["d2"]),
    };
    let page =
        CorrectionsView { head: head("corrections", "Corrections", "corrections.html"), corrections: vec![correction] };
    Sample { path: "corrections.html", template: "corrections.html", page, text: DocumentText::default() }
}

/// How the edition was made.
pub(crate) fn colophon() -> Sample<ColophonView> {
    let page = ColophonView {
        head: head("colophon", "Colophon", "colophon.html"),
        volumes: 2,
        documents: 701,
        notes: 2_040,
        persons: 12,
        repositories: 3,
        corrections: some("corrections.html"),
        entries: 1,
        languages: strings(&["English", "French"]),
        source: Some(SourceState {
            commit: "0a1b2c3d4e5f60718293a4b5c6d7e8f901234567".to_owned(),
            describe: some("v1.2-3-g0a1b2c3d4e"),
            date: "2025-03-02".to_owned(),
            datetime: "2025-03-02T23:30:00-05:00".to_owned(),
            uncommitted: true,
        }),
    };
    Sample { path: "colophon.html", template: "colophon.html", page, text: DocumentText::default() }
}

/// How the texts were made.
pub(crate) fn method() -> Sample<MethodView> {
    let sign = |class: &str, sample: &str, documents| SignView { class: class.into(), sample: html(sample), documents };
    let page = MethodView {
        head: head("method", "Editorial method", "method.html"),
        legends: vec![LegendView {
            volumes: vec![link("v/index.html", None, "A Volume")],
            signs: vec![
                sign("supplied", "<span class=\"supplied\">[word]</span>", 1),
                sign("del", "<del>word</del>", 40),
            ],
        }],
        paginations: vec![MethodPagination {
            volume: link("v/index.html", None, "A Volume"),
            label: "Facsimile Page".to_owned(),
            by_document: true,
            href: "v/pages.html".to_owned(),
        }],
    };
    Sample { path: "method.html", template: "method.html", page, text: DocumentText::default() }
}

/// The page for addresses that do not exist.
pub(crate) fn not_found(style: &str) -> Sample<NotFoundView> {
    let head = Head {
        home: String::new(),
        style: String::new(),
        feed: None,
        search: None,
        canonical: None,
        ..head("not-found", "Not here", "404.html")
    };
    let page = NotFoundView { head, style: html(style) };
    Sample { path: "404.html", template: "not-found.html", page, text: DocumentText::default() }
}

/// The search.
pub(crate) fn search() -> Sample<SearchView> {
    let page = SearchView {
        head: head("search", "Search", "search.html"),
        index: some("search/0123456789abcdef/"),
        offline: false,
        scripts: ["search.js", "engine.js", "sqlite3.wasm"]
            .map(|name| (name.to_owned(), format!("assets/search/{name}")))
            .into(),
        documents: 701,
        facets: vec![
            FacetView { id: "genre".to_owned(), values: 16 },
            FacetView { id: "person".to_owned(), values: 12 },
        ],
        words: html("{\"label\":\"Search\"}"),
        volumes: vec![Link { href: "v1/index.html".to_owned(), title: html("Volume 1"), number: None }],
        registers: vec![RegisterLink { kind: "persons", href: "persons.html".to_owned(), entries: 12 }],
        ways: vec![WayView { kind: "method", href: "method.html".to_owned() }],
    };
    Sample { path: "search.html", template: "search.html", page, text: DocumentText::default() }
}
