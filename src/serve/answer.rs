//! Which answer a request gets: files of the site, the preview's own script and its events, and nothing else.

use super::clients::OpenPage;
use super::http::Request;
use super::state::{Page, State};
use crate::model::html::push_escaped;
use std::net::IpAddr;

/// The script of the preview. It is in no build.
const SCRIPT: &str = include_str!("preview.js");

/// Where the preview's own files lie; no page of a site can, since ids begin with a letter.
const OWN: &str = "_engross/";

/// An answer.
#[derive(Debug)]
pub(super) enum Answer {
    /// Bytes.
    File {
        /// Status line.
        status: &'static str,
        /// Media type.
        kind: &'static str,
        /// Content.
        bytes: Vec<u8>,
    },
    /// The address is another.
    Elsewhere {
        /// Path and query.
        address: String,
    },
    /// A stream of events for pages.
    Events {
        /// The pages that are open.
        pages: Vec<OpenPage>,
    },
}

/// Answers a request.
pub(super) fn answer(request: &Request, port: u16, state: &State) -> Answer {
    if !request.host.as_deref().is_some_and(|host| is_own_host(host, port)) {
        return words("421 Misdirected Request", "this preview answers only to its own address");
    }
    if !matches!(request.method.as_str(), "GET" | "HEAD") {
        return words("405 Method Not Allowed", "a preview is only read");
    }
    let (path, query) = request.target.split_once('?').unwrap_or((&request.target, ""));
    let Some(path) = path.strip_prefix('/').and_then(decoded) else {
        return words("400 Bad Request", "this address cannot be read");
    };
    match path.strip_prefix(OWN) {
        Some("preview.js") => file("200 OK", "text/javascript; charset=utf-8", SCRIPT.as_bytes().to_vec()),
        Some("events") => events(query),
        Some(_) => words("404 Not Found", "there is no such file"),
        None => of_site(&path, &request.target, state),
    }
}

/// Names under which a browser on this machine, or one that was told a number, asks for the preview. Any other name
/// may be a foreign page's, pointed here (DNS rebinding).
fn is_own_host(host: &str, port: u16) -> bool {
    let (name, stated) = match host.rsplit_once(':') {
        Some((name, digits)) if !digits.ends_with(']') => (name, digits.parse().ok()),
        _ => (host, Some(80)),
    };
    let number = name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(name);
    stated == Some(port) && (name.eq_ignore_ascii_case("localhost") || number.parse::<IpAddr>().is_ok())
}

/// `page` and `version`, for each page that is open.
fn events(query: &str) -> Answer {
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let mut pages: Vec<OpenPage> = Vec::new();
    for (name, value) in pairs {
        let Some(value) = decoded(value) else { return words("400 Bad Request", "this address cannot be read") };
        match (name, pages.last_mut()) {
            ("page", _) => pages.push(OpenPage { path: value, version: String::new(), errors: None }),
            ("version", Some(page)) => page.version = value,
            _ => {}
        }
    }
    match pages.is_empty() {
        true => words("400 Bad Request", "say which page"),
        false => Answer::Events { pages },
    }
}

/// A file of the site, by the ways in which GitHub Pages finds it: itself, its folder's index, without its ending.
fn of_site(path: &str, target: &str, state: &State) -> Answer {
    let candidates = match path {
        "" => vec!["index.html".to_owned()],
        folder if folder.ends_with('/') => vec![format!("{folder}index.html")],
        page if page.ends_with(".html") => vec![page.to_owned()],
        file => vec![file.to_owned(), format!("{file}.html")],
    };
    let paths: Vec<&str> = candidates.iter().map(String::as_str).collect();
    let now = state.now();
    let page = state.page(&now, &paths);
    let own = paths.last().copied().unwrap_or_default();
    let Page { served, is_found, version, errors } = page;
    let Some(served) = served else { return broken(own, &version, &errors) };
    if !is_found {
        let index = format!("{path}/index.html");
        if !path.ends_with('/') && state.page(&now, &[&index]).is_found {
            let (before, query) = target.split_at(target.find('?').unwrap_or(target.len()));
            return Answer::Elsewhere { address: format!("{before}/{query}") };
        }
        return file("404 Not Found", HTML, with_script(served.bytes, own, &version));
    }
    let bytes = match served.path.ends_with(".html") {
        true => with_script(served.bytes, &served.path, &version),
        false => served.bytes,
    };
    file("200 OK", media_type(&served.path), bytes)
}

const HTML: &str = "text/html; charset=utf-8";

/// A page that says why there is no page.
fn broken(page: &str, version: &str, errors: &str) -> Answer {
    let html = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>Preview</title>\n\
         <meta name=\"viewport\" content=\"width=device-width\"><style>:root{{color-scheme:light dark}}\
         pre{{white-space:pre-wrap}}</style></head>\n<body>\n\
         <h1>This page cannot be shown yet</h1>\n{errors}\n</body>\n</html>\n"
    );
    file("500 Internal Server Error", HTML, with_script(html.into_bytes(), page, version))
}

fn file(status: &'static str, kind: &'static str, bytes: Vec<u8>) -> Answer {
    Answer::File { status, kind, bytes }
}

fn words(status: &'static str, text: &str) -> Answer {
    file(status, "text/plain; charset=utf-8", format!("{text}\n").into_bytes())
}

/// A page with the script that reloads it.
fn with_script(mut page: Vec<u8>, path: &str, version: &str) -> Vec<u8> {
    let mut name = String::new();
    push_escaped(&mut name, path);
    let script = format!("<script src=\"/{OWN}preview.js\" data-page=\"{name}\" data-version=\"{version}\"></script>");
    let end = page.windows(7).rposition(|bytes| bytes == b"</body>").unwrap_or(page.len());
    page.splice(end..end, script.into_bytes());
    page
}

/// Percent-encoding taken away (RFC 3986 § 2.1); none for what is no text.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        if *first == b'%' {
            let digits = std::str::from_utf8(after.get(..2)?).ok()?;
            if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
                return None;
            }
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
            rest = &after[2..];
        } else {
            bytes.push(*first);
        }
    }
    String::from_utf8(bytes).ok().filter(|text| !text.contains('\0'))
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase().as_str() {
        "html" | "htm" => HTML,
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "xml" => "application/xml",
        "txt" | "md" => "text/plain; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "gif" => "image/gif",
        "tif" | "tiff" => "image/tiff",
        "ico" => "image/vnd.microsoft.icon",
        "pdf" => "application/pdf",
        "woff" => "font/woff",
        "woff2" => "font/woff2",
        "wasm" => "application/wasm",
        "mp3" => "audio/mpeg",
        "mp4" => "video/mp4",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_its_own_names_are_answered() {
        for host in ["localhost:4400", "LocalHost:4400", "127.0.0.1:4400", "[::1]:4400", "192.168.0.7:4400"] {
            assert!(is_own_host(host, 4400), "{host}");
        }
        for host in
            ["example.org:4400", "localhost", "localhost:80", "127.0.0.1.example.org:4400", "", ":4400", "[::1]"]
        {
            assert!(!is_own_host(host, 4400), "{host}");
        }
        assert!(is_own_host("localhost", 80) && is_own_host("[::1]", 80));
    }

    #[test]
    fn addresses_are_decoded_once() {
        assert_eq!(decoded("a%20b%C3%A9").as_deref(), Some("a bé"));
        assert_eq!(decoded("%252e").as_deref(), Some("%2e"));
        for wrong in ["%", "%2", "%zz", "%+1", "%ff", "a%00b"] {
            assert_eq!(decoded(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_script_stands_at_the_end_of_the_page() {
        let page = with_script(b"<body><p>x</p></body></html>".to_vec(), "v/d1.html", "1");
        let script = "<script src=\"/_engross/preview.js\" data-page=\"v/d1.html\" data-version=\"1\"></script>";
        assert_eq!(String::from_utf8(page).unwrap(), format!("<body><p>x</p>{script}</body></html>"));
        assert!(with_script(b"<p>x".to_vec(), "a", "1").starts_with(b"<p>x<script"));
    }
}
