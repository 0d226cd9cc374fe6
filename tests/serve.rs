//! The preview: what it answers, what it tells open pages, and that it leaves nothing behind.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of a test may fail as loudly as the test itself")]

mod built;
mod preview;

use built::{Edition, Files, files};
use preview::{Page, Server, answer, get, raw};
use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

const D1: &str = "content/harbour/01-arrival/01-quay/d1.md";
const D2: &str = "content/harbour/01-arrival/01-quay/d2.md";

/// Takes the preview's script out of a page; there must be exactly one.
fn without_script(page: &str) -> String {
    let (before, rest) = page.split_once("<script src=\"/_engross/preview.js\"").unwrap();
    let (_, after) = rest.split_once("</script>").unwrap();
    assert!(!after.contains("_engross"), "the script stands there twice");
    format!("{before}{after}")
}

#[test]
fn every_file_of_a_build_is_served_with_its_bytes() {
    for name in ["rich", "single"] {
        let edition = Edition::invented(name);
        let server = Server::start(&edition, &[]);
        edition.build(&["--no-minify", "--out", "public", "--base-url", &server.base()]);
        let made = files(&edition.out());
        assert!(made.len() > 10, "{name}");
        for (path, bytes) in &made {
            // The search of the preview is made beside all else, once it is quiet.
            if path == "search.html" || path.starts_with("search/") {
                continue;
            }
            if path == ".engross-manifest" {
                assert_eq!(get(&server, &format!("/{path}")).status, 404);
                continue;
            }
            let answer = get(&server, &format!("/{path}"));
            assert_eq!(answer.status, 200, "{name} {path}");
            if path.ends_with(".html") {
                assert!(!String::from_utf8_lossy(bytes).contains("_engross"), "{path} has the script in a build");
                assert!(without_script(&answer.text()) == String::from_utf8_lossy(bytes), "{name} {path}");
                assert!(answer.head.contains("Content-Type: text/html; charset=utf-8"), "{}", answer.head);
            } else {
                assert!(answer.body == *bytes, "{name} {path}");
            }
        }
    }
}

#[test]
fn addresses_are_found_as_a_host_of_pages_finds_them() {
    let edition = Edition::invented("rich");
    let server = Server::start(&edition, &[]);
    for (short, file) in [
        ("/", "/index.html"),
        ("/harbour/", "/harbour/index.html"),
        ("/harbour/d1", "/harbour/d1.html"),
        ("/harbour/d1?x=1", "/harbour/d1.html"),
        ("/harbour/%64%31", "/harbour/d1.html"),
        ("/old/harbour/", "/old/harbour/index.html"),
    ] {
        let (short_answer, whole) = (get(&server, short), get(&server, file));
        assert_eq!((short_answer.status, whole.status), (200, 200), "{short}");
        assert!(short_answer.body == whole.body, "{short}");
    }
    for (folder, address) in [("/harbour", "/harbour/"), ("/letters?a=b", "/letters/?a=b")] {
        let answer = get(&server, folder);
        assert_eq!(answer.status, 301, "{folder}");
        assert!(answer.head.contains(&format!("\r\nLocation: {address}\r\n")), "{}", answer.head);
    }
    for missing in ["/harbour/d99", "/harbour/d1/", "/harbour/D1.html", "/_engross/", "/favicon.ico", "//harbour"] {
        let answer = get(&server, missing);
        assert_eq!(answer.status, 404, "{missing}");
    }
    for missing in ["/harbour/d99", "/harbour/d99.html"] {
        let page = get(&server, missing).text();
        assert!(page.contains("data-page=\"harbour/d99.html\" data-version=\"none-"), "{page}");
    }
}

#[test]
fn no_address_leads_out_of_the_site() {
    let edition = Edition::invented("rich");
    edition.write("secret.txt", "SECRET");
    edition.write("static/.hidden", "SECRET");
    let server = Server::start(&edition, &[]);
    let root = edition.root().to_string_lossy().into_owned();
    for path in [
        "/../secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e/secret.txt",
        "/%2e%2e%2fsecret.txt",
        "/harbour/../../secret.txt",
        "/harbour/..%2f..%2fsecret.txt",
        "/..\\secret.txt",
        "/..%5csecret.txt",
        "/downloads/..%5c..%5csecret.txt",
        "//secret.txt",
        "///etc/passwd",
        "/%2fetc%2fpasswd",
        "/.%00./secret.txt",
        "/secret.txt%00.html",
        "/index.html%00",
        "/./secret.txt",
        "/%252e%252e/secret.txt",
        "/site.yaml",
        "/content/_index.md",
        "/static/CNAME",
        "/.engross/cache",
        "/%",
        "/%zz",
        "/%ff",
        "/..",
        "/../",
        "/harbour/..",
        "/C:/secret.txt",
        "*",
        "secret.txt",
        "http://127.0.0.1/secret.txt",
        "file:///etc/passwd",
        &format!("{root}/secret.txt"),
        &format!("/{root}/secret.txt"),
    ] {
        let answer = get(&server, path);
        assert!(matches!(answer.status, 400 | 404), "{path} {}", answer.status);
        assert!(!answer.text().contains("SECRET") && !answer.text().contains("root:x:"), "{path}");
    }
    assert_eq!(get(&server, "/downloads/ships.txt").status, 200);
}

#[test]
fn only_its_own_names_are_answered() {
    let edition = Edition::invented("single");
    let server = Server::start(&edition, &[]);
    let port = server.port;
    let asked = |hosts: &str| answer(&server, format!("GET / HTTP/1.1\r\n{hosts}\r\n").as_bytes()).status;
    for own in ["127.0.0.1", "localhost", "LOCALHOST", "[::1]", "192.168.7.7"] {
        assert_eq!(asked(&format!("Host: {own}:{port}\r\n")), 200, "{own}");
    }
    let other = port.wrapping_add(1);
    for foreign in [
        String::new(),
        "Host:\r\n".to_owned(),
        format!("Host: evil.example:{port}\r\n"),
        format!("Host: 127.0.0.1.evil.example:{port}\r\n"),
        format!("Host: localhost.evil.example:{port}\r\n"),
        format!("Host: 127.0.0.1:{other}\r\n"),
        "Host: 127.0.0.1\r\n".to_owned(),
        format!("Host: evil.example@127.0.0.1:{port}\r\n"),
        format!("X-Forwarded-Host: 127.0.0.1:{port}\r\n"),
    ] {
        assert_eq!(asked(&foreign), 421, "{foreign:?}");
    }
    assert_eq!(asked(&format!("Host: 127.0.0.1:{port}\r\nHost: evil.example\r\n")), 400);
    assert_eq!(asked(&format!("Host: 127.0.0.1:{port}\r\nhost: 127.0.0.1:{port}\r\n")), 400);
    // The events tell what is in the edition, too.
    let events =
        format!("GET /_engross/events?page=index.html&version=x HTTP/1.1\r\nHost: evil.example:{port}\r\n\r\n");
    assert_eq!(answer(&server, events.as_bytes()).status, 421);
}

#[test]
fn a_preview_is_only_read() {
    let edition = Edition::invented("single");
    let server = Server::start(&edition, &[]);
    let host = format!("Host: 127.0.0.1:{}\r\n", server.port);
    let whole = get(&server, "/");
    for (path, status) in [("/", 200), ("/none", 404), ("/_engross/preview.js", 200)] {
        let head = answer(&server, format!("HEAD {path} HTTP/1.1\r\n{host}\r\n").as_bytes());
        assert_eq!(head.status, status);
        assert!(head.body.is_empty() && !head.head.contains("Content-Length: 0"), "{path}");
    }
    let head = answer(&server, format!("HEAD / HTTP/1.1\r\n{host}\r\n").as_bytes());
    assert!(head.head.contains(&format!("Content-Length: {}\r\n", whole.body.len())));
    // This would wait for ever if a stream were opened.
    let events = format!("HEAD /_engross/events?page=index.html&version=x HTTP/1.1\r\n{host}\r\n");
    assert!(answer(&server, events.as_bytes()).head.contains("text/event-stream"));
    let body = "x".repeat(100_000);
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT", "BREW", "get"] {
        let asked = format!("{method} / HTTP/1.1\r\n{host}Content-Length: 100000\r\n\r\n{body}");
        let refused = answer(&server, asked.as_bytes());
        assert_eq!(refused.status, 405, "{method}");
        assert!(refused.head.contains("Allow: GET, HEAD\r\n"), "{}", refused.head);
    }
}

#[test]
fn what_is_no_request_ends_no_preview() {
    let edition = Edition::invented("single");
    let server = Server::start(&edition, &[]);
    let host = format!("Host: 127.0.0.1:{}\r\n", server.port);
    let mut noise = vec![0u8; 5000];
    noise.iter_mut().enumerate().for_each(|(at, byte)| *byte = u8::try_from((at * 7919 + at / 13) % 251).unwrap());
    let endless = format!("GET / HTTP/1.1\r\n{host}X: {}", "a".repeat(1_000_000));
    let headers = format!("GET / HTTP/1.1\r\n{host}{}\r\n", "X: y\r\n".repeat(1000));
    let long = format!("GET /{} HTTP/1.1\r\n{host}\r\n", "a".repeat(100_000));
    let tls = [0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xfc, 0x03, 0x03];
    for (bytes, status) in [
        (&noise[..], 400),
        (b"\r\n\r\n\r\n\0", 400),
        (b"GET\r\n\r\n", 400),
        (b"GET / HTTP/9.9\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost\r\n\r\n", 400),
        (&tls, 400),
        (endless.as_bytes(), 431),
        (headers.as_bytes(), 431),
        (long.as_bytes(), 431),
    ] {
        assert_eq!(
            answer(&server, bytes).status,
            status,
            "{:?}",
            String::from_utf8_lossy(&bytes[..bytes.len().min(40)])
        );
    }
    // Half a request, and then nothing more.
    let mut half = server.connect();
    half.write_all(b"GET / HTTP/1.1\r\nHo").unwrap();
    half.shutdown(std::net::Shutdown::Write).unwrap();
    assert_eq!(raw(half).status, 400);
    let mut kept = server.connect();
    kept.write_all(b"GET / HTT").unwrap();
    drop(server.connect());
    // A request letter by letter.
    let mut slow = server.connect();
    for part in format!("GET / HTTP/1.1\r\n{host}\r\n").as_bytes().chunks(9) {
        slow.write_all(part).unwrap();
        slow.flush().unwrap();
        std::thread::sleep(Duration::from_millis(5));
    }
    assert_eq!(raw(slow).status, 200);
    assert_eq!(get(&server, "/").status, 200);
    // Who waits for ever is told.
    assert_eq!(raw(kept).status, 408);
}

#[test]
fn ten_thousand_requests_at_once_are_answered() {
    let edition = Edition::invented("rich");
    let server = Server::start(&edition, &[]);
    // Mostly files, since a page takes its time to be made when the program is not built for speed.
    let script = "/_engross/preview.js";
    let ships = "/downloads/ships.txt";
    let pages =
        [script, ships, "/CNAME", "/letters/l1.html", script, ships, "/images/leaf-1.svg", script, "/%zz", ships];
    let wanted: Vec<_> = pages.iter().map(|page| get(&server, page)).collect();
    let done = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for thread in 0..200 {
            let (server, wanted, done) = (&server, &wanted, &done);
            let work = move || {
                for round in 0..50 {
                    let at = (thread + round) % pages.len();
                    let answer = get(server, pages[at]);
                    assert!(answer == wanted[at], "{} {}", pages[at], answer.status);
                    done.fetch_add(1, Ordering::Relaxed);
                }
            };
            std::thread::Builder::new().stack_size(256 * 1024).spawn_scoped(scope, work).unwrap();
        }
    });
    assert_eq!(done.into_inner(), 10_000);
}

#[test]
fn connections_that_ask_nothing_keep_nobody_waiting() {
    let edition = Edition::invented("rich");
    let server = Server::start(&edition, &[]);
    let mut idle: Vec<TcpStream> = Vec::new();
    for _ in 0..400 {
        let mut stream = server.connect();
        // Every other one says something, but never all.
        if idle.len().is_multiple_of(2) {
            stream.write_all(b"GET /harb").unwrap();
        }
        idle.push(stream);
    }
    for _ in 0..5 {
        assert_eq!(get(&server, "/harbour/d1.html").status, 200);
    }
    // Pages that are open are told all the same.
    let page = Page::open(&server, "harbour/d1.html");
    edition.change(D1, "The first ship of the year has come.", "The last ship has come.");
    page.until("reload");
    drop(idle);
}

#[test]
fn streams_that_nobody_reads_are_given_up() {
    let edition = Edition::invented("rich");
    let server = Server::start(&edition, &[]);
    // More than there may be: the oldest give way, and the last is told.
    let pages: Vec<Page> = (0..100).map(|_| Page::open(&server, "letters/l1.html")).collect();
    edition.save("content/letters/l1.md", "Le port est vide", "Le port est plein");
    pages.last().unwrap().until("reload");
    server.until_said("; 64 open pages shown anew");
    assert_eq!(get(&server, "/letters/l1.html").status, 200);
}

impl Edition {
    /// Changes a file at one stroke, as good editors do: no half of it can be seen.
    fn save(&self, path: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.root().join(path)).unwrap();
        assert!(text.contains(from), "{path} does not hold {from:?}");
        self.put(path, &text.replace(from, to));
    }

    fn put(&self, path: &str, text: &str) {
        let beside = self.root().join("beside");
        fs::write(&beside, text).unwrap();
        fs::create_dir_all(self.root().join(path).parent().unwrap()).unwrap();
        fs::rename(beside, self.root().join(path)).unwrap();
    }

    fn rename(&self, from: &str, to: &str) {
        fs::rename(self.root().join(from), self.root().join(to)).unwrap();
    }
}

/// Breaks the settings, so that every page is told the same last thing, and gives what each was told before.
fn told_until_broken(edition: &Edition, pages: &[&Page]) -> Vec<usize> {
    let text = fs::read_to_string(edition.root().join("site.yaml")).unwrap();
    edition.put("site.yaml", &format!("{text}\nno such key: 1\n"));
    pages
        .iter()
        .map(|page| {
            let before = page.until_errors("no such key");
            before.iter().filter(|event| event.kind == "reload").count()
        })
        .collect()
}

#[test]
fn the_body_of_a_document_is_shown_by_its_page_alone() {
    let edition = Edition::invented("rich");
    let server = Server::start(&edition, &[]);
    let open = |path: &str| Page::open(&server, path);
    let (d1, d2, d3) = (open("harbour/d1.html"), open("harbour/d2.html"), open("harbour/d3.html"));
    let (volume, home, letter) = (open("harbour/index.html"), open("index.html"), open("letters/l1.html"));
    edition.save(D2, "nothing is kept", "nothing was kept");
    d2.until("reload");
    assert!(get(&server, "/harbour/d2.html").text().contains("nothing was kept"));
    // The title of a document stands on its neighbours and where it is cited.
    edition.save(D2, "title: Editorial Note", "title: Note on the Quay");
    for page in [&d1, &d2, &d3] {
        page.until("reload");
    }
    // That of a chapter stands on its volume's page and on those of all that lies in it.
    edition.save("content/harbour/01-arrival/_index.md", "title: ", "title: First ");
    for page in [&d1, &d2, &d3, &volume] {
        page.until("reload");
    }
    assert!(get(&server, "/harbour/d3.html").text().contains("Note on the Quay"));
    let rest = told_until_broken(&edition, &[&d1, &d2, &d3, &volume, &home, &letter]);
    assert_eq!(rest, [0; 6], "{}", server.said());
}

#[test]
fn errors_are_told_with_file_line_and_snippet_and_vanish_when_they_are_mended() {
    let edition = Edition::invented("rich");
    let server = Server::start(&edition, &[]);
    let (d2, letter) = (Page::open(&server, "harbour/d2.html"), Page::open(&server, "letters/l1.html"));
    let before = get(&server, "/harbour/d2.html").text();
    edition.save(D2, "doc:d1#p2", "doc:d99");
    edition.save(D1, "number: 1", "nmber: 1");
    for page in [&d2, &letter] {
        let told = page.until_errors("nmber");
        let html = &told.last().unwrap().data;
        assert!(told.iter().all(|event| event.kind != "reload"), "{told:?}");
        for part in [D1, D2, ":7:", ":2:", "doc:d99", "nmber: 1", "<pre>"] {
            assert!(html.contains(part), "{part} is not in {html}");
        }
    }
    // Who comes now is told at once.
    Page::open_as(&server, "letters/l2.html", "whatever").until_errors("nmber");
    edition.save(D1, "nmber: 1", "number: 1");
    edition.save(D2, "doc:d99", "doc:d1#p2");
    for page in [&d2, &letter] {
        page.until_no_errors();
    }
    assert!(get(&server, "/harbour/d2.html").text() == before);
    // With a text that differs, the end of the error is a new page.
    edition.save(D2, "nothing is kept", "[x](doc:d99) is kept");
    d2.until_errors("d99");
    edition.save(D2, "[x](doc:d99) is kept", "all is kept");
    let told = d2.until("reload");
    assert!(told.iter().any(|event| event.kind == "errors" && !event.data.contains("<pre>")), "{told:?}");
    assert_eq!(told_until_broken(&edition, &[&letter]), [0]);
}

#[test]
fn documents_come_go_and_are_renamed() {
    let edition = Edition::invented("rich");
    let server = Server::start(&edition, &[]);
    let (page, contents) = (Page::open(&server, "letters/l9.html"), Page::open(&server, "letters/index.html"));
    assert_eq!(get(&server, "/letters/l9.html").status, 404);
    let letter = "---\ntitle: Ninth letter\ndate: none\nsource: none\n---\n\nNine.\n";
    edition.put("content/letters/l9.md", letter);
    page.until("reload");
    contents.until("reload");
    assert!(get(&server, "/letters/l9.html").text().contains("Nine."));
    let other = Page::open(&server, "letters/l10.html");
    edition.rename("content/letters/l9.md", "content/letters/l10.md");
    for page in [&page, &contents, &other] {
        page.until("reload");
    }
    assert_eq!(get(&server, "/letters/l9.html").status, 404);
    assert_eq!(get(&server, "/letters/l10.html").status, 200);
    fs::remove_file(edition.root().join("content/letters/l10.md")).unwrap();
    for page in [&contents, &other] {
        page.until("reload");
    }
    assert_eq!(get(&server, "/letters/l10.html").status, 404);
    // A folder that comes with all that is in it, and a change in it afterwards.
    let new = Page::open(&server, "more/m1.html");
    edition.write("made/_index.md", "---\nkind: volume\ntitle: More\n---\n");
    edition.write("made/deep/deeper/m1.md", &letter.replace("l9", "m1"));
    edition.rename("made", "content/more");
    new.until("reload");
    edition.save("content/more/deep/deeper/m1.md", "Nine.", "Ten.");
    new.until("reload");
    assert!(get(&server, "/more/m1.html").text().contains("Ten."));
}

#[test]
fn files_of_the_site_and_of_its_theme_are_shown_anew() {
    let edition = Edition::invented("rich");
    let server = Server::start(&edition, &[]);
    let page = Page::open(&server, "letters/l1.html");
    edition.put("static/downloads/ships.txt", "Solveig, Freya\n");
    page.until("reload");
    assert_eq!(get(&server, "/downloads/ships.txt").text(), "Solveig, Freya\n");
    edition.put("static/new/one.txt", "1");
    page.until("reload");
    assert_eq!(get(&server, "/new/one.txt").text(), "1");
    let theme = concat!(env!("CARGO_MANIFEST_DIR"), "/themes/default");
    let css = fs::read_to_string(format!("{theme}/static/engross.css")).unwrap();
    edition.put("themes/default/static/engross.css", &format!("{css}\n.mine{{color:red}}\n"));
    page.until("reload");
    let html = get(&server, "/letters/l1.html").text();
    let style = html.split('"').find(|part| part.ends_with(".css")).unwrap().trim_start_matches("../");
    assert!(get(&server, &format!("/{style}")).text().contains(".mine"));
    let footer = fs::read_to_string(format!("{theme}/templates/partials/footer.html")).unwrap();
    let file = "themes/default/templates/partials/footer.html";
    edition.put(file, &format!("{footer}<p>My own footer</p>"));
    page.until("reload");
    assert!(get(&server, "/letters/l1.html").text().contains("My own footer"));
    // A template that cannot be read, and one that fails only when it is used.
    for wrong in ["{% if %}", "{{ page.no_such_thing.name }}"] {
        edition.put(file, &format!("{footer}{wrong}<p>My own footer</p>"));
        let html = page.until_errors("footer.html").last().unwrap().data.clone();
        assert!(html.contains("<pre>"), "{html}");
        edition.put(file, &format!("{footer}<p>My own footer</p>"));
        page.until_no_errors();
    }
    fs::remove_dir_all(edition.root().join("themes")).unwrap();
    page.until("reload");
    assert!(!get(&server, "/letters/l1.html").text().contains("My own footer"));
}

#[test]
fn settings_are_seen_and_what_changed_while_they_were_broken_too() {
    let edition = Edition::invented("rich");
    let server = Server::start(&edition, &[]);
    let (home, d3) = (Page::open(&server, "index.html"), Page::open(&server, "harbour/d3.html"));
    edition.save("site.yaml", "The Harbour Papers", "The Papers");
    home.until("reload");
    d3.until("reload");
    edition.save("site.yaml", "publisher:", "publsher:");
    home.until_errors("publsher");
    d3.until_errors("publsher");
    edition.save(D2, "title: Editorial Note", "title: Note on the Quay");
    server.until_said("d2.md");
    edition.save("site.yaml", "publsher:", "publisher:");
    d3.until("reload");
    assert!(get(&server, "/harbour/d3.html").text().contains("Note on the Quay"));
    // Settings that are not there at all.
    edition.rename("site.yaml", "kept");
    home.until_errors("site.yaml");
    assert_eq!(get(&server, "/").status, 200);
    edition.rename("kept", "site.yaml");
    home.until_no_errors();
}

#[test]
fn an_edition_that_is_broken_from_the_start_is_shown_when_it_is_mended() {
    let edition = Edition::invented("rich");
    edition.change("site.yaml", "publisher:", "publsher:");
    edition.change(D2, "title: Editorial", "titel: Editorial");
    let server = Server::start(&edition, &[]);
    let answer = get(&server, "/letters/l1.html");
    assert_eq!(answer.status, 500);
    assert!(answer.text().contains("publsher") && answer.text().contains("site.yaml:"), "{}", answer.text());
    let page = Page::open(&server, "letters/l1.html");
    edition.save("site.yaml", "publsher:", "publisher:");
    page.until("reload");
    let again = Page::open(&server, "letters/l1.html");
    again.until_errors("titel");
    // As long as nothing was ever without errors, the newest is shown.
    edition.save("content/letters/l1.md", "Le port est vide", "Le port est plein");
    server.until_said("l1.md");
    edition.put("content/letters/l9.md", "---\ntitle: Ninth\ndate: none\nsource: none\n---\n\nNine.\n");
    server.until_said("l9.md");
    assert_eq!(get(&server, "/letters/l9.html").status, 200);
    edition.save(D2, "titel: Editorial", "title: Editorial");
    again.until("reload");
    assert!(get(&server, "/letters/l1.html").text().contains("plein"));
}

#[test]
fn findings_about_files_stay_as_long_as_the_files() {
    let edition = Edition::invented("rich");
    let server = Server::start(&edition, &[]);
    let page = Page::open(&server, "letters/l1.html");
    fs::create_dir_all(edition.root().join("content/letters/sub")).unwrap();
    edition.put("content/letters/bad name.md", "---\ntitle: Ninth\ndate: none\nsource: none\n---\n\nNine.\n");
    page.until_errors("bad name");
    edition.save("content/letters/l1.md", "Le port est vide", "Le port est plein");
    server.until_said("l1.md");
    edition.save(D2, "nothing is kept", "nothing was kept");
    server.until_said("d2.md");
    Page::open(&server, "letters/l2.html").until_errors("bad name");
    fs::remove_file(edition.root().join("content/letters/bad name.md")).unwrap();
    page.until_no_errors();
}

#[test]
fn folders_may_be_renamed_and_content_replaced_whole() {
    let edition = Edition::invented("rich");
    let server = Server::start(&edition, &[]);
    let (old, new) = (Page::open(&server, "letters/l2.html"), Page::open(&server, "briefe/l2.html"));
    edition.rename("content/letters", "content/briefe");
    old.until("reload");
    new.until("reload");
    assert_eq!((get(&server, "/letters/l2.html").status, get(&server, "/briefe/l2.html").status), (404, 200));
    // What is in the renamed folder is still watched.
    edition.save("content/briefe/l2.md", "title:", "title: Neu,");
    new.until("reload");
    // As a change of branches may do it: another folder stands where content/ was, and the old one goes.
    let d2 = Page::open(&server, "harbour/d2.html");
    for round in 0..3 {
        for (path, bytes) in files(&edition.root().join("content")) {
            edition.write(&format!("next/{path}"), std::str::from_utf8(&bytes).unwrap());
        }
        edition.save(&D2.replace("content/", "next/"), " is kept", &format!(" is kept {round} is kept"));
        edition.rename("content", "before");
        edition.rename("next", "content");
        d2.until("reload");
        fs::remove_dir_all(edition.root().join("before")).unwrap();
        edition.save(D2, &format!(" is kept {round} is kept"), " is kept");
        d2.until("reload");
    }
}

#[test]
fn branches_may_be_changed() {
    let edition = Edition::invented("rich");
    let git = |arguments: &[&str]| {
        let mut command = std::process::Command::new("git");
        command.args(["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]);
        let output = command.args(arguments).current_dir(edition.root()).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    git(&["init", "-q", "-b", "one"]);
    git(&["add", "-A"]);
    git(&["commit", "-qm", "one"]);
    git(&["checkout", "-qb", "two"]);
    fs::remove_dir_all(edition.root().join("content/letters")).unwrap();
    edition.change(D1, "target: doc:letters/l1", "label: A letter");
    edition.change(D2, "title: Editorial Note", "title: Note on the Quay");
    for number in 1..=80 {
        let text = format!("---\nnumber: {number}\ntitle: Paper {number}\ndate: none\nsource: none\n---\n\nText.\n");
        edition.write(&format!("content/more/0{}-part/m{number}.md", number % 4), &text);
    }
    edition.write("content/more/_index.md", "---\nkind: volume\ntitle: More\n---\n");
    for part in 0..4 {
        edition.write(
            &format!("content/more/0{part}-part/_index.md"),
            &format!("---\nid: part{part}\ntitle: Part\n---\n"),
        );
    }
    git(&["add", "-A"]);
    git(&["commit", "-qm", "two"]);
    let server = Server::start(&edition, &[]);
    let paths = ["more/m7.html", "letters/l1.html", "harbour/d3.html", "index.html"];
    let mut shown = Vec::new();
    for (round, branch) in ["one", "two", "one", "two"].into_iter().enumerate() {
        let pages = paths.map(|path| Page::open(&server, path));
        git(&["checkout", "-q", branch]);
        server.until_quiet(&[]);
        for page in &pages {
            page.until("reload");
        }
        server.until_status("/more/m7.html", if branch == "two" { 200 } else { 404 });
        server.until_status("/letters/l1.html", if branch == "two" { 404 } else { 200 });
        server.until_quiet(&[]);
        let now: Files =
            paths.iter().map(|path| ((*path).to_owned(), get(&server, &format!("/{path}")).body)).collect();
        if round >= 2 {
            assert!(shown[round - 2] == now, "round {round}");
        }
        shown.push(now);
    }
    // What came with the branch is watched.
    let page = Page::open(&server, "more/m7.html");
    edition.save("content/more/03-part/m7.md", "Text.", "Another text.");
    page.until("reload");
}

#[test]
fn the_next_free_port_is_taken() {
    let edition = Edition::invented("single");
    let first = Server::start(&edition, &[]);
    let port = first.port.to_string();
    let second = Server::start_at(&edition, &["--port", &port]);
    assert!(second.port > first.port && second.port <= first.port + 50, "{} {}", first.port, second.port);
    assert_eq!((get(&first, "/").status, get(&second, "/").status), (200, 200));
    assert!(!second.said().contains("warning: whoever"));
}

#[test]
fn other_machines_are_let_in_with_a_warning_only() {
    let edition = Edition::invented("single");
    let server = Server::start(&edition, &["--host", "0.0.0.0"]);
    assert!(server.said().contains("warning: whoever reaches 0.0.0.0 can read this edition"), "{}", server.said());
    assert_eq!(get(&server, "/").status, 200);
    let nowhere = Edition::invented("single").serve(&["--host", "203.0.113.9"]).output().unwrap();
    assert_eq!(nowhere.status.code(), Some(2));
}

#[test]
fn drafts_are_shown_only_when_they_are_asked_for() {
    let edition = Edition::invented("single");
    edition.write(
        "content/01-first/a9.md",
        "---\nstatus: draft\nnumber: 9\ntitle: A draft\ndate: none\nsource: none\n---\n\nNew.\n",
    );
    let (without, with) = (Server::start(&edition, &[]), Server::start(&edition, &["--drafts"]));
    assert_eq!((get(&without, "/a9.html").status, get(&with, "/a9.html").status), (404, 200));
    assert!(get(&with, "/a9.html").text().contains("class=\"draft\""));
    assert!(!get(&with, "/a1.html").text().contains("class=\"draft\""));
    let (hidden, seen) = (Page::open(&without, "a9.html"), Page::open(&with, "a9.html"));
    edition.save("content/01-first/a9.md", "New.", "Newer.");
    seen.until("reload");
    edition.save("content/01-first/a9.md", "status: draft\n", "");
    hidden.until("reload");
    seen.until("reload");
    assert!(!get(&with, "/a9.html").text().contains("class=\"draft\""));
}

#[test]
fn nothing_is_written_even_when_it_is_killed() {
    let edition = Edition::invented("rich");
    edition.build(&[]);
    let before = files(edition.root());
    assert!(before.keys().any(|path| path.starts_with(".engross/")));
    let temporary = tempfile::tempdir().unwrap();
    let mut command = edition.serve(&["--port", "0"]);
    command.env("TMPDIR", temporary.path());
    let mut server = Server::of(command);
    for path in ["/", "/harbour/d1.html", "/none", "/sitemap.xml"] {
        get(&server, path);
    }
    let page = Page::open(&server, "harbour/d2.html");
    edition.save(D2, "nothing is kept", "nothing was kept");
    page.until("reload");
    edition.save(D2, "nothing was kept", "nothing is kept");
    page.until("reload");
    server.kill();
    assert!(files(edition.root()) == before);
    assert!(files(temporary.path()).is_empty());
    // Nothing stands in the way of the next build.
    edition.build(&[]);
}

#[test]
fn a_preview_and_builds_bear_with_each_other() {
    let edition = Edition::invented("rich");
    let server = Server::start(&edition, &[]);
    let page = Page::open(&server, "harbour/d2.html");
    edition.build(&["--no-minify"]);
    edition.build(&["--out", "other"]);
    edition.save(D2, "nothing is kept", "nothing was kept");
    edition.build(&["--no-minify"]);
    page.until("reload");
    // The folders of the site are no part of the edition.
    let said = server.said();
    assert!(said.matches("changed:").count() == 1, "{said}");
}

#[test]
fn deep_and_odd_documents_end_no_preview() {
    let edition = Edition::invented("single");
    let server = Server::start(&edition, &[]);
    let page = Page::open(&server, "a2.html");
    let head = "---\nnumber: 2\ntitle: Odd\ndate: none\nsource: none\n---\n\n";
    for (number, body) in
        [">".repeat(20_000), "- ".repeat(5000), "[".repeat(50_000), "*a ".repeat(20_000), "::: center\n".repeat(5000)]
            .into_iter()
            .enumerate()
    {
        edition.put("content/01-first/a2.md", &format!("{head}{body} text {number}\n"));
        server.until_quiet(&["a2.md"]);
        get(&server, "/a2.html");
    }
    edition.put("content/01-first/a2.md", &format!("{head}The end.\n"));
    server.until_quiet(&["a2.md"]);
    page.until("reload");
    server.until_status("/a2.html", 200);
    let mut whole = String::new();
    Read::read_to_string(&mut get(&server, "/a2.html").body.as_slice(), &mut whole).unwrap();
    assert!(whole.contains("The end."));
}
