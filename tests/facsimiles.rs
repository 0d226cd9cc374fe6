//! Images of pages: those of front matter and those of page breaks, beside the text in its order.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of a test may fail loudly")]

#[path = "built/mod.rs"]
mod built;

use built::Edition;
use scraper::{Html, Selector};

/// An edition of one document in a volume whose pagination says this of its images.
fn edition(images: &str, front: &str, text: &str) -> Edition {
    let edition = Edition::empty();
    edition.write("site.yaml", "title: Papers\nlang: en\nsearch: off\n");
    let volume = format!("kind: volume\nid: v\ntitle: Papers\npaginations: [{{id: print, label: Page{images}}}]");
    edition.write("content/_index.md", &format!("---\n{volume}\n---\n"));
    edition.write("content/d1.md", &format!("---\ntitle: One\nsource: none\ndate: none\n{front}\n---\n\n{text}\n"));
    edition
}

/// What is listed: label, address, anchor.
fn listed(edition: &Edition) -> Vec<String> {
    let output = edition.command(&["--no-minify"]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let page = Html::parse_document(&edition.page("d1.html"));
    let links = Selector::parse(".facsimiles a").unwrap();
    let line = |link: scraper::ElementRef<'_>| {
        let attribute = |name: &str| link.attr(name).unwrap().to_owned();
        format!("{} {} {}", link.text().collect::<String>(), attribute("href"), attribute("data-image"))
    };
    page.select(&links).map(line).collect()
}

#[test]
fn breaks_show_images_by_the_pattern_of_their_pagination() {
    let text = "[5]{.pb facs=0041} A.\n\n[6]{.pb facs=0042} B.\n\n[]{.pb facs=cover} C. [8]{.pb} D.";
    assert_eq!(
        listed(&edition(", images: \"https://images.example.org/{image}.png\"", "", text)),
        [
            "Page 5 https://images.example.org/0041.png print-5",
            "Page 6 https://images.example.org/0042.png print-6",
            "Page cover https://images.example.org/cover.png print-cover",
        ]
    );
    // Without a pattern nobody knows where they are.
    assert_eq!(listed(&edition("", "", text)), Vec::<String>::new());
}

#[test]
fn what_front_matter_says_of_a_page_goes_before_its_break() {
    let front = "facsimiles:\n  - {page: 6, image: \"https://other.example.org/6.jpg\"}\n  \
                 - {page: 4, image: \"https://other.example.org/4.jpg\"}";
    let text = "[5]{.pb facs=41} A. [6]{.pb facs=42} B.";
    assert_eq!(
        listed(&edition(", images: \"https://images.example.org\"", front, text)),
        [
            "Page 4 https://other.example.org/4.jpg ",
            "Page 5 https://images.example.org/41 print-5",
            "Page 6 https://other.example.org/6.jpg print-6",
        ]
    );
}

/// What stands in a document without text: its figures, links to what browsers do not show, and what is only named.
fn without_text(edition: &Edition) -> [Vec<String>; 3] {
    let output = edition.command(&["--no-minify"]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let page = Html::parse_document(&edition.page("d1.html"));
    let all = |selector: &str, read: &dyn Fn(scraper::ElementRef<'_>) -> String| {
        page.select(&Selector::parse(selector).unwrap()).map(read).collect()
    };
    let text = |found: scraper::ElementRef<'_>| found.text().collect::<String>();
    [
        all(".images figure img", &|found| found.attr("src").unwrap().to_owned()),
        all(".images p a", &|found| format!("{} {}", text(found), found.attr("href").unwrap())),
        all(".images .absent", &text),
    ]
}

#[test]
fn a_document_of_images_alone_shows_them_or_names_them() {
    let front = "kind: calendar\nfacsimiles:\n  - {page: 1, image: one.png}\n  - {page: 2, image: two.tif}\n  \
                 - {page: 3, image: 0003/0001.tif}\n  - {page: 4, image: \"https://iiif.example.org/a/b/info.json\"}";
    let edition = edition("", front, "");
    edition.write("static/one.png", "an image");
    edition.write("static/two.tif", "an image");
    assert_eq!(
        without_text(&edition),
        [
            vec!["one.png", "https://iiif.example.org/a/b/full/!1000,1000/0/default.jpg"],
            vec!["Page 2 two.tif"],
            vec!["The images of its pages are not part of this site: Page 3 (0003/0001.tif)."],
        ]
    );
    let page = edition.page("d1.html");
    assert!(
        page.contains("href=\"https://iiif.example.org/a/b/full/max/0/default.jpg\""),
        "the whole image is a click away"
    );
}

#[test]
fn files_of_the_edition_are_shown_where_they_are_there() {
    let edition = edition(", images: leaves", "", "[1]{.pb facs=one.png} A. [2]{.pb facs=two.png} B.");
    edition.write("static/leaves/one.png", "an image");
    assert_eq!(listed(&edition), ["Page 1 leaves/one.png print-1"]);
    let output = edition.command(&[]).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("there is no image `leaves/two.png`") && said.contains("content/d1.md:8:26"), "{said}");
    // An image that comes is seen without another word of the document.
    edition.write("static/leaves/two.png", "an image");
    assert_eq!(listed(&edition).len(), 2);
}
