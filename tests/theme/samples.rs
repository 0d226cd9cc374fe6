//! Invented views, one for every kind of page and as rich as a page can be.

mod documents;
mod lists;

pub(crate) use documents::{rich, seed, silent};
pub(crate) use lists::{browse, chronology, facet, undated, year};

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
        dir: None,
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
        metadata: None,
        edit: some("https://git.example.org/edit/content/d1.md"),
        report: some("mailto:editors@example.org?subject=d1&body=%20"),
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
            EditorView { name: "Charles S. Sampson".to_owned(), role: some("general"), orcid: None },
        ],
        publisher: some("United States Government Printing Office"),
        place: some("Washington"),
        published: some("1998"),
        identifiers: strings(&["ISBN 0-16-048806-4"]),
        covers: some("January 1961 – December 1963"),
        rights: rights(),
        documents: 700,
        contents: contents(),
        out_of_order: Some(CountedView { count: 2, href: "chronology.html#out-of-order".to_owned() }),
        registers: registers(),
        ways: vec![WayView { kind: "pages", href: "pages.html".to_owned() }],
        cite: html("Edward C. Keefer and Charles S. Sampson, eds., <cite>American Republics</cite>."),
        citations: vec![CiteFile { name: "RIS", href: "citations.ris".to_owned(), file: "v-citations.ris".to_owned() }],
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
        cite: html("<cite>Papers</cite>."),
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
        id: Some(format!("typeset-{page}")),
        href: format!("d617.html#typeset-{page}"),
        document: "Aide-Mémoire".to_owned(),
        others: if page == 1591 { vec![link("d618.html", Some("618"), "Telegram")] } else { Vec::new() },
    };
    let part = |pages: std::ops::Range<usize>| PageRange {
        label: format!("{}–{}", pages.start, pages.end - 1),
        pages: pages.map(entry).collect(),
        groups: Vec::new(),
    };
    let group = PageGroup {
        document: link("d617.html", Some("617"), "Aide-Mémoire"),
        pages: (1..3).map(|page| PageEntry { id: None, ..entry(page) }).collect(),
    };
    let page = PagesView {
        head: head("pages", "Pages", "v/pages.html"),
        paginations: vec![
            PaginationView {
                id: "typeset".to_owned(),
                label: "Typeset Page".to_owned(),
                by_document: false,
                ranges: vec![part(1590..1600), part(1600..1640)],
            },
            PaginationView {
                id: "facsimile".to_owned(),
                label: "Facsimile Page".to_owned(),
                by_document: true,
                ranges: vec![PageRange { label: String::new(), pages: Vec::new(), groups: vec![group] }],
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
        href: Some(format!("persons/{id}.html")),
        documents: 2,
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
        letters: ["K", "R"].map(letter_above).to_vec(),
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
        withdrawn: vec![WithdrawnEntryView {
            id: "p_HJ_1".into(),
            title: "Holm, Jon".into(),
            href: "persons/p_HJ_1.html".into(),
        }],
        introduction: html("<p id=\"p1\">Persons are named as in the volume.</p>"),
    };
    Sample { path: "v/persons.html", template: "register.html", page, text: DocumentText::default() }
}

fn letter_above(letter: &str) -> LetterView {
    LetterView { letter: letter.to_owned(), href: if letter == "K" { "#p_KF_1" } else { "#p_RD_1" }.to_owned() }
}

/// The first of two pages of an entry of the edition.
pub(crate) fn entry() -> Sample<EntryView> {
    let document = |anchor: &str, count, attachment: Option<Link>| MentionRow {
        document: link("../v/d617.html", Some("617"), "Aide-Mémoire"),
        attachment,
        date: Some(DateView {
            edtf: "1963-02-18".to_owned(),
            datetime: some("1963-02-18"),
            display: "February 18, 1963".to_owned(),
            basis: "internal",
            cert: None,
            reason: None,
        }),
        count,
        first: (count > 0).then(|| format!("../v/d617.html{anchor}")),
    };
    let volume = || link("../v/index.html", None, "Volumes X/XI/XII");
    let group = |role, volume, goes_on, rows| MentionGroup { role, volume, goes_on, rows };
    let enclosure = link("../v/d617.html#att1", None, "Enclosure: <i>Note</i>");
    let page = EntryView {
        head: head("entry", "Rusk, Dean", "persons/rusk.html"),
        kind: "persons",
        id: "rusk".to_owned(),
        name: "Rusk, Dean".to_owned(),
        list: "../persons.html#rusk".to_owned(),
        variants: strings(&["D. Rusk", "The Secretary"]),
        siglum: some("RD"),
        dates: some("1909–1994"),
        date: some("1963"),
        author: Some(EntryLink { name: "Kohler, Foy D.".to_owned(), href: some("kohler.html") }),
        place: Some(EntryLink { name: "Washington".to_owned(), href: None }),
        offices: vec![office(true)],
        description: html("<p>American diplomat.</p>"),
        url: some("https://www.example.org/rusk"),
        address: some("1 Main Street"),
        archive: some("../archives/rusk.html"),
        page: some("xxiii"),
        coordinates: some("38.9, -77.0"),
        see: vec![link("kohler.html", None, "Kohler, Foy D.")],
        seen_from: vec![link("secretary.html", None, "Secretary of State")],
        is: Some(link("dean.html", None, "Rusk, David Dean")),
        joined: vec![JoinedView { entry: link("../v/persons/p_RD_1.html", None, "Rusk"), volume: volume() }],
        same_as: strings(&["https://viaf.org/viaf/9880123/"]),
        documents: 1_200,
        groups: vec![
            group("sent", None, false, vec![document("", 0, Some(enclosure))]),
            group("named", Some(volume()), false, vec![document("#p3", 2, None)]),
            group("named", Some(volume()), true, vec![document("", 1, None)]),
        ],
        sheet: 1,
        sheets: vec![
            SheetLink { number: 1, href: None, roles: vec!["sent"], volumes: Vec::new() },
            SheetLink { number: 2, href: some("rusk/2.html"), roles: vec!["named"], volumes: strings(&["X", "XI"]) },
        ],
        extra: serde_json::json!({}),
    };
    Sample { path: "persons/rusk.html", template: "entry.html", page, text: DocumentText::default() }
}

fn office(certain: bool) -> OfficeView {
    OfficeView { title: "Secretary of State".to_owned(), dates: some("1961–1969"), certain }
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
    let page = CorrectionsView {
        head: head("corrections", "Corrections", "corrections.html"),
        is_known: true,
        corrections: vec![correction],
    };
    Sample { path: "corrections.html", template: "corrections.html", page, text: DocumentText::default() }
}

/// The statement on accessibility, of an edition with a theme of its own.
pub(crate) fn accessibility() -> Sample<AccessibilityView> {
    let head = head("accessibility", "Accessibility", "accessibility.html");
    let page = AccessibilityView { head, version: "0.1.0", axe: "4.14.1", own_theme: true };
    Sample { path: "accessibility.html", template: "accessibility.html", page, text: DocumentText::default() }
}

/// How the edition was made.
pub(crate) fn colophon() -> Sample<ColophonView> {
    let page = ColophonView {
        head: head("colophon", "Colophon", "colophon.html"),
        cite: html("<cite>Papers</cite>."),
        volume_editors: vec![VolumeEditors { volume: crumbs()[0].clone(), editors: volume().page.editors }],
        volume_rights: vec![VolumeRights { volume: crumbs()[0].clone(), rights: volume().page.rights.unwrap() }],
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
        edit: None,
        report: None,
        ..head("not-found", "Not here", "404.html")
    };
    let page = NotFoundView { head, style: html(style) };
    Sample { path: "404.html", template: "not-found.html", page, text: DocumentText::default() }
}

/// The list of archives.
pub(crate) fn archives() -> Sample<ArchivesView> {
    let repository = |name: &str, href: &str| RepositoryLink {
        name: name.to_owned(),
        href: href.to_owned(),
        place: None,
        sigla: Vec::new(),
        volume: None,
        documents: 1,
    };
    let page = ArchivesView {
        head: head("archives", "Archives", "archives.html"),
        documents: 12,
        repositories: vec![
            RepositoryLink {
                place: some("Boston"),
                sigla: strings(&["JFKL"]),
                volume: Some(link("v/index.html", None, "Volume")),
                documents: 11,
                ..repository("Kennedy Library", "archives/kennedy-library.html")
            },
            repository("Smith & Sons", "archives/smith-sons.html"),
        ],
        lists: ["printings", "markings", "unplaced"]
            .map(|shows| ArchiveLink { shows, href: format!("archives/{shows}.html"), documents: 2 })
            .to_vec(),
        sigla: vec![
            SiglumView {
                siglum: "JFKL".to_owned(),
                again: false,
                name: "Kennedy Library".to_owned(),
                href: some("archives/k.html"),
            },
            SiglumView { siglum: "UL".to_owned(), again: true, name: "Unused Library".to_owned(), href: None },
        ],
    };
    Sample { path: "archives.html", template: "archives.html", page, text: DocumentText::default() }
}

/// What lies in a repository.
pub(crate) fn archive() -> Sample<ArchiveView> {
    let place = |id: &str, step, name: &str| HoldingView {
        id: some(id),
        step,
        bare: false,
        name: name.to_owned(),
        documents: 2,
        href: None,
        continued: false,
        items: Vec::new(),
        places: Vec::new(),
    };
    let bare = HeldView {
        link: link("../v/d1.html", None, "A letter"),
        within: None,
        volume: None,
        date: None,
        inferred: false,
        siglum: None,
        form: None,
        extent: None,
        classification: None,
        handling: Vec::new(),
        pages: None,
    };
    let full = HeldView {
        link: link("../v/d617.html#list", None, "Enclosure: A list"),
        within: Some(link("../v/d617.html", Some("617"), "Aide-Mémoire")),
        volume: Some(link("../v/index.html", None, "Volume")),
        date: some("February 18, 1963"),
        inferred: true,
        siglum: some("RC"),
        form: some("ALS"),
        extent: some("2 pp."),
        classification: some("Secret"),
        handling: strings(&["Eyes Only", "Nodis"]),
        pages: some("12–13"),
    };
    let file = HoldingView { items: vec![full], ..place("files.box-3", "box", "3") };
    let page = ArchiveView {
        head: head("archive", "Kennedy Library", "archives/kennedy-library.html"),
        shows: "repository",
        name: "Kennedy Library".to_owned(),
        entries: vec![RepositoryView {
            href: some("../repositories/jfkl.html"),
            url: some("https://www.example.org/library"),
            address: some("Columbia Point"),
            siglum: some("JFKL"),
            place: some("Boston"),
            variants: strings(&["JFK Library"]),
            description: html("<p>Columbia Point.</p>"),
            same_as: strings(&["https://www.example.org/jfk"]),
        }],
        documents: 5,
        leads: false,
        cut: Some(CutView { number: 2, of: 3, previous: some("../kennedy-library.html"), next: some("3.html") }),
        places: vec![
            HoldingView {
                bare: true,
                continued: true,
                id: None,
                places: vec![HoldingView { bare: true, ..file }],
                ..place("", "record_group", "59")
            },
            HoldingView {
                name: String::new(),
                href: some("kennedy-library/files.html"),
                ..place("loose", "loose", "")
            },
        ],
        items: vec![bare],
    };
    Sample { path: "archives/kennedy-library.html", template: "archive.html", page, text: DocumentText::default() }
}

/// The calendar of a volume.
pub(crate) fn calendar() -> Sample<CalendarView> {
    let date = DateView {
        edtf: "1963-02-18".to_owned(),
        datetime: some("1963-02-18"),
        display: "February 18, 1963".to_owned(),
        basis: "internal",
        cert: None,
        reason: None,
    };
    let source = |href: Option<&str>| CalendarSource {
        siglum: href.and(some("RC")),
        words: "Kennedy Library, Box 3".to_owned(),
        href: href.map(str::to_owned),
    };
    let part = |href: Option<&str>, label: Option<&str>, absence: Option<&str>| CalendarPart {
        href: href.map(str::to_owned),
        label: label.map(str::to_owned),
        title: href.map(|_| html("A <i>list</i>")),
        absence: absence.map(str::to_owned),
        date: Some(date.clone()),
        sources: vec![source(None)],
    };
    let entry = |href: &str, title: &str| CalendarEntry {
        link: link(href, None, title),
        kind: "document",
        date: None,
        place: None,
        summary: None,
        sources: Vec::new(),
        attachments: Vec::new(),
    };
    let page = CalendarView {
        head: head("calendar", "Calendar", "v/calendar.html"),
        documents: 2,
        cut: None,
        files: CalendarFiles { csv: "../calendar.csv".to_owned(), json: "../calendar.json".to_owned() },
        entries: vec![
            CalendarEntry {
                link: link("d617.html", Some("617"), "Aide-Mémoire"),
                date: Some(date.clone()),
                place: some("Washington"),
                summary: some("Withdrawal of <several> thousand."),
                sources: vec![source(Some("../archives/kennedy-library.html#box-3"))],
                attachments: vec![
                    part(Some("d617.html#list"), Some("Enclosure"), None),
                    part(None, Some("Enclosure"), Some("not-printed")),
                    part(None, None, Some("withheld")),
                ],
                ..entry("", "")
            },
            entry("d618.html", "A letter"),
        ],
    };
    Sample { path: "v/calendar.html", template: "calendar.html", page, text: DocumentText::default() }
}

/// The search.
pub(crate) fn search() -> Sample<SearchView> {
    let page = SearchView {
        head: head("search", "Search", "search.html"),
        index: some("search/0123456789abcdef/"),
        building: false,
        offline: false,
        scripts: ["search.js", "engine.js", "sqlite3.wasm"]
            .map(|name| (name.to_owned(), format!("assets/search/{name}")))
            .into(),
        documents: 701,
        facets: vec![
            SearchFacet { id: "genre".to_owned(), values: 16 },
            SearchFacet { id: "person".to_owned(), values: 12 },
        ],
        forms: vec![SearchForm { id: "title", example: some("title:berlin"), address: some("title%3Aberlin") }],
        words: html("{\"hits\":\"{n} hits\"}"),
        volumes: vec![link("v/index.html", None, "A Volume")],
        registers: registers(),
        ways: vec![WayView { kind: "chronology", href: "chronology.html".to_owned() }],
    };
    Sample { path: "search.html", template: "search.html", page, text: DocumentText::default() }
}
