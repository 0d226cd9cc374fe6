//! Invented views of lists by date and by property.

use super::{Sample, head, html, link, some, strings};
use engross::model::view::*;

fn counted(title: &str, href: &str, count: usize) -> CountLink {
    CountLink { title: title.to_owned(), href: href.to_owned(), count }
}

fn letter() -> ListedView {
    ListedView {
        link: link("../v/d617.html", Some("617"), "Aide-Mémoire & more"),
        kind: "document",
        date: some("February 18–20, 1963"),
        basis: "internal",
        cert: Some("high"),
        volume: Some(link("../v/index.html", None, "Cuba")),
        within: None,
        label: None,
        from: Vec::new(),
        to: Vec::new(),
        stray: true,
    }
}

fn enclosure() -> ListedView {
    ListedView {
        link: link("../v/d617.html#a1", None, "A list"),
        basis: "stated",
        cert: None,
        within: Some(link("../v/d617.html", Some("617"), "Aide-Mémoire")),
        label: some("Enclosure"),
        from: strings(&["Rusk"]),
        to: strings(&["Kohler", "Bundy"]),
        stray: false,
        ..letter()
    }
}

fn picture() -> PictureView {
    let bar = |x: usize, count: usize| BarView {
        x,
        y: 1400 - count * 100,
        width: 500,
        height: count * 100,
        link: counted("February 1963", "chronology/1963.html#m1963-02", count),
    };
    let marks = vec![MarkView { x: 3600, text: "1963".to_owned() }];
    PictureView { unit: "month", width: 7200, height: 1400, bars: vec![bar(600, 2), bar(1200, 14)], marks, highest: 14 }
}

fn list() -> YearList {
    let day = |title: Option<&str>| DayList { title: title.map(str::to_owned), entries: vec![letter(), enclosure()] };
    let month = |id: &str, title: Option<&str>, days: Vec<DayList>| MonthList {
        id: id.to_owned(),
        title: title.map(str::to_owned),
        days,
    };
    YearList {
        id: "y1963".to_owned(),
        title: "1963".to_owned(),
        months: vec![
            month("m1963-02", Some("February 1963"), vec![day(Some("February 18")), day(None)]),
            month("m1963-other", None, vec![day(None)]),
        ],
    }
}

/// The chronology of a volume.
pub(crate) fn chronology() -> Sample<ChronologyView> {
    let month = counted("February 1963", "#m1963-02", 4);
    let year = |id: &str| YearLink {
        id: id.to_owned(),
        year: counted("1963", "#y1963", 6),
        months: vec![month.clone(), counted("March 1963", "#m1963-other", 1)],
    };
    let page = ChronologyView {
        head: head("chronology", "Chronology", "v/chronology.html"),
        volume: Some(html("Cuba")),
        dated: 6,
        attachments: 1,
        without_date: 2,
        undated_href: None,
        picture: Some(picture()),
        years: vec![year(""), year("y1964")],
        listed: vec![list()],
        undated: vec![letter()],
        missing: vec![enclosure()],
        stray: vec![StrayView {
            entry: letter(),
            after: Some(link("d616.html", Some("616"), "Telegram")),
            before: Some(link("d618.html", None, "Note")),
        }],
    };
    Sample { path: "v/chronology.html", template: "chronology.html", page, text: DocumentText::default() }
}

/// A year.
pub(crate) fn year() -> Sample<YearView> {
    let page = YearView {
        head: head("chronology", "1963", "chronology/1963.html"),
        title: "1963".to_owned(),
        volume: None,
        documents: 6,
        previous: Some(link("1962.html", None, "1962")),
        next: Some(link("44-bce.html", None, "44 BC")),
        picture: Some(picture()),
        months: vec![counted("February 1963", "1963-02.html", 4)],
        list: Some(list()),
        reaching: vec![letter()],
        reaching_years: Vec::new(),
    };
    Sample { path: "chronology/1963.html", template: "year.html", page, text: DocumentText::default() }
}

/// What has no date.
pub(crate) fn undated() -> Sample<UndatedView> {
    let page = UndatedView {
        head: head("chronology", "Without a date", "chronology/undated.html"),
        volume: None,
        documents: 2,
        previous: None,
        next: Some(link("undated-2.html", None, "2")),
        undated: vec![letter()],
        missing: vec![enclosure()],
    };
    Sample { path: "chronology/undated.html", template: "undated.html", page, text: DocumentText::default() }
}

/// The properties by which documents are listed.
pub(crate) fn browse() -> Sample<BrowseView> {
    let facets = ["genres", "correspondents", "topics", "status"];
    let facet = |facet: &'static str| FacetLink { facet, href: format!("browse/{facet}.html"), values: 3 };
    let page = BrowseView {
        head: head("browse", "Browse", "browse.html"),
        facets: facets.map(facet).to_vec(),
        chronology: some("chronology.html"),
    };
    Sample { path: "browse.html", template: "browse.html", page, text: DocumentText::default() }
}

/// Correspondents.
pub(crate) fn facet() -> Sample<FacetView> {
    let value = ValueView {
        id: "rusk-dean".to_owned(),
        name: "Rusk, Dean".to_owned(),
        href: None,
        register: some("../v/persons.html#p_RD_1"),
        count: 1,
        received_count: 1,
        entries: vec![letter()],
        received: vec![enclosure()],
    };
    let split = ValueView { id: "bundy".to_owned(), href: some("correspondents/bundy.html"), ..value.clone() };
    let page = FacetView {
        head: head("browse", "Correspondents", "browse/correspondents.html"),
        facet: "correspondents",
        single: false,
        letters: vec![LetterView { letter: "R".to_owned(), href: "#rusk-dean".to_owned() }],
        values: vec![value, split],
        previous: None,
        next: None,
    };
    Sample { path: "browse/correspondents.html", template: "facet.html", page, text: DocumentText::default() }
}
