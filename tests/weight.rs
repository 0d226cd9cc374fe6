//! What a page costs beyond its words, and whether its colours can be read: budgets, held on built pages.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "helpers of a test fail loudly, and tell what they measured"
)]

mod built;

use built::{Edition, Files, files};
use scraper::{Html, Selector};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Bytes of HTML that a document page may have beyond the words that a reader sees.
const FRAME: usize = 10 * 1024;
/// What each link of its own lists may add to that: persons, terms, headings, places that refer to it. Some documents
/// have a hundred of them; the mean must keep the budget with them.
const LISTED: usize = 48;
/// Bytes of the style sheet, compressed.
const STYLE: usize = 20 * 1024;
/// Bytes of script that may stand in a page: what must run before the page is seen.
const INLINE: usize = 512;
/// Bytes of a script, compressed.
const SCRIPT: usize = 10 * 1024;

fn all<'h>(html: &'h Html, selector: &str) -> Vec<scraper::ElementRef<'h>> {
    html.select(&Selector::parse(selector).unwrap()).collect()
}

/// Bytes as a server sends them.
fn compressed(bytes: &[u8]) -> usize {
    let mut gzip =
        Command::new("gzip").args(["-9", "-c"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut input = gzip.stdin.take().unwrap();
    let bytes = bytes.to_vec();
    let writer = std::thread::spawn(move || input.write_all(&bytes).unwrap());
    let sent = gzip.wait_with_output().unwrap().stdout.len();
    writer.join().unwrap();
    sent
}

/// What was measured of a site's pages.
#[derive(Default)]
struct Pages {
    /// Pages of documents by what the theme puts around their texts.
    frames: Vec<(usize, String)>,
    /// Those that are heavier than they may be.
    heavy: Vec<String>,
    /// All that is no visible letter on them, so with the markup of the texts.
    markup: usize,
    /// Images without a size, which may shift the text when they come.
    unsized_images: usize,
    /// Requests that no page may make.
    problems: Vec<String>,
}

impl Pages {
    fn of(site: &Files) -> Pages {
        let mut pages = Pages::default();
        for (path, page) in built::pages(site) {
            let html = Html::parse_document(page);
            if !all(&html, "article.document").is_empty() {
                let (frame, listed) = (frame(page, &html), all(&html, "aside.apparatus a").len());
                if frame > FRAME + LISTED * listed {
                    pages.heavy.push(format!("{path}: {frame} bytes with {listed} links in its lists"));
                }
                pages.frames.push((frame, path.to_owned()));
                let seen: usize = all(&html, "body, title").iter().map(|part| letters(part.text())).sum();
                pages.markup += page.len().saturating_sub(seen);
            }
            pages.unsized_images += all(&html, "img:not([width][height])").len();
            // The search page has a script and words of its own, which no other page loads.
            if path == "search.html" {
                continue;
            }
            pages.problems.extend(problems(&html).into_iter().map(|problem| format!("{path} {problem}")));
        }
        pages.frames.sort_by(|a, b| b.cmp(a));
        pages
    }
}

/// The bytes of a document page that are neither the words it shows nor the markup of its texts: what the theme puts
/// around them. Title, source notes, summary, text and notes are texts, with their own markup; all other words that are
/// seen are words.
fn frame(page: &str, html: &Html) -> usize {
    let texts = all(html, "h1, .text, .provenance .note, .summary, .evidence, section.notes ol");
    let own: usize = texts.iter().map(|part| part.html().len()).sum();
    let own_words: usize = texts.iter().map(|part| letters(part.text())).sum();
    let seen: usize = all(html, "body").iter().map(|body| letters(body.text())).sum();
    page.len().saturating_sub(own).saturating_sub(seen.saturating_sub(own_words))
}

fn letters<'t>(text: impl Iterator<Item = &'t str>) -> usize {
    text.map(|part| part.split_whitespace().map(|word| word.len() + 1).sum::<usize>()).sum()
}

/// What no page may do.
fn problems(html: &Html) -> Vec<String> {
    let mut problems = Vec::new();
    let styles = all(html, "link[rel=stylesheet]").len() + all(html, "style").len();
    let scripts = all(html, "script[src]").len();
    if styles > 1 || scripts > 1 {
        problems.push(format!("has {styles} style sheets and {scripts} scripts"));
    }
    // Data for other programs is no script.
    let within: usize =
        all(html, "script:not([src], [type='application/ld+json'])").iter().map(|script| script.html().len()).sum();
    if within > INLINE {
        problems.push(format!("has {within} bytes of script within it, on every page anew"));
    }
    let fetched = "[src], [srcset], [poster], object[data], link[rel=stylesheet], link[rel=icon], link[rel=preload], \
                   link[rel=manifest], link[rel=prefetch]";
    for element in all(html, fetched) {
        // What an editor shows from elsewhere is the editor's; the theme asks for nothing.
        let around: Vec<_> = element.ancestors().filter_map(scraper::ElementRef::wrap).collect();
        let written = around.iter().any(|around| around.value().classes().any(|class| class == "text"));
        for attribute in ["src", "srcset", "poster", "data", "href"] {
            let address = element.attr(attribute).unwrap_or("");
            if !written && (address.contains("://") || address.starts_with("//")) {
                problems.push(format!("asks another host: {address}"));
            }
        }
    }
    problems
}

/// Checks a site; gives a line that says what was measured.
fn measure(name: &str, site: &Files) -> String {
    let mut told = format!("{name}:");
    for (ending, most) in [(".css", STYLE), (".js", SCRIPT)] {
        let assets = site.iter().filter(|(path, _)| path.starts_with("assets/") && path.ends_with(ending));
        // What only the search page loads is not a page's.
        for (path, bytes) in assets.filter(|(path, _)| !path.contains("search")) {
            let size = compressed(bytes);
            // Without the minifier scripts keep their comments; they are no part of what is published.
            let is_small = cfg!(feature = "minify") || ending == ".css";
            assert!(!is_small || size <= most, "{name}: {path} is {size} bytes, compressed; {most} are allowed");
            told.push_str(&format!(" {path} {size} bytes,"));
        }
    }
    let Pages { frames, heavy, markup, unsized_images, problems } = Pages::of(site);
    assert_eq!(problems, Vec::<String>::new(), "{name}");
    assert!(!frames.is_empty(), "{name} has no documents");
    let count = frames.len();
    let mean = frames.iter().map(|(weight, _)| weight).sum::<usize>() / count;
    let markup = markup / count;
    told.push_str(&format!(
        " {count} documents, frame {mean} bytes on the mean, heaviest {:?}, all markup {markup} bytes on the mean, \
         {unsized_images} images without a size",
        frames[0]
    ));
    assert!(heavy.is_empty(), "{name}: {} of {count} documents: {:#?}", heavy.len(), &heavy[..heavy.len().min(8)]);
    assert!(mean <= FRAME, "{name}: {mean} bytes on the mean page of a document");
    told
}

#[test]
fn invented_editions_keep_the_budget() {
    for name in ["rich", "single"] {
        let edition = Edition::invented(name);
        edition.build(&["--base-url", "https://example.org/repository/"]);
        println!("{}", measure(name, &files(&edition.out())));
    }
    let sample = Edition::sample();
    sample.build(&["--base-url", "https://example.org/repository/"]);
    println!("{}", measure("sample", &files(&sample.out())));
}

#[test]
fn real_volumes_keep_the_budget() {
    #[allow(clippy::disallowed_methods)]
    let Some(corpus) = std::env::var_os("ENGROSS_CORPUS") else { return };
    for volume in ["frus1961-63v08", "frus1961-63v10-12mSupp"] {
        let Some(source) = find(&Path::new(&corpus).join("frus"), volume) else { panic!("{volume} is not there") };
        let edition = Edition::empty();
        edition.write("site.yaml", "title: Volumes\n");
        let imported = Command::new(env!("CARGO_BIN_EXE_engross"))
            .arg("--root")
            .arg(edition.root())
            .args(["import", "tei"])
            .arg(&source)
            .arg("--into")
            .arg(edition.root().join("content"))
            .output()
            .unwrap();
        assert!(imported.status.success(), "{}", String::from_utf8_lossy(&imported.stderr));
        edition.build(&["--base-url", "https://example.org/repository/"]);
        println!("{}", measure(volume, &files(&edition.out())));
    }
}

fn find(folder: &Path, volume: &str) -> Option<PathBuf> {
    let wanted = format!("{volume}.xml");
    let mut files = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok);
    files.find(|entry| *entry.file_name() == *wanted).map(walkdir::DirEntry::into_path)
}

/// The style sheet of the default theme.
fn style() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default/static/engross.css")).unwrap()
}

/// Colours by name, their parts from 0 to 1.
type Colours = Vec<(String, [f64; 3])>;

/// Every set of colours that the style sheet defines: the selector and its variables over those of the first.
fn schemes(css: &str) -> Vec<(String, Colours)> {
    let mut schemes: Vec<(String, Colours)> = Vec::new();
    for block in css.split('{').collect::<Vec<_>>().windows(2) {
        let selector = block[0].rsplit(['}', ';']).next().unwrap().trim().to_owned();
        let body = block[1].split('}').next().unwrap();
        let colours: Colours = body
            .split(';')
            .filter_map(|line| line.split_once(':'))
            .filter_map(|(name, value)| Some((name.trim().strip_prefix("--")?.to_owned(), colour(value.trim())?)))
            .collect();
        if colours.is_empty() {
            continue;
        }
        let mut whole = schemes.first().map(|(_, colours)| colours.clone()).unwrap_or_default();
        for (name, value) in colours {
            whole.retain(|(other, _)| *other != name);
            whole.push((name, value));
        }
        schemes.push((selector, whole));
    }
    schemes
}

/// `#abc` or `#aabbcc`, from 0 to 1.
fn colour(value: &str) -> Option<[f64; 3]> {
    let digits = value.strip_prefix('#')?;
    let digits: String =
        if digits.len() == 3 { digits.chars().flat_map(|digit| [digit, digit]).collect() } else { digits.into() };
    let part = |at: usize| Some(f64::from(u8::from_str_radix(digits.get(at..at + 2)?, 16).ok()?) / 255.0);
    (digits.len() == 6).then(|| Some([part(0)?, part(2)?, part(4)?]))?
}

/// Relative luminance, as WCAG 2.2 defines it.
fn luminance(colour: [f64; 3]) -> f64 {
    let linear = |part: f64| if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) };
    0.2126 * linear(colour[0]) + 0.7152 * linear(colour[1]) + 0.0722 * linear(colour[2])
}

fn contrast(first: [f64; 3], second: [f64; 3]) -> f64 {
    let (first, second) = (luminance(first), luminance(second));
    (first.max(second) + 0.05) / (first.min(second) + 0.05)
}

fn mixed(first: [f64; 3], share: f64, second: [f64; 3]) -> [f64; 3] {
    std::array::from_fn(|at| first[at] * share + second[at] * (1.0 - share))
}

#[test]
fn every_colour_of_words_stands_out_from_every_ground() {
    let css = style();
    let schemes = schemes(&css);
    assert!(schemes.len() >= 2, "{schemes:?}");
    let mut problems = Vec::new();
    for (selector, colours) in &schemes {
        let named = |name: &str| colours.iter().find(|(other, _)| other == name).map(|(_, colour)| *colour).unwrap();
        // What an address leads to has a ground of its own.
        let target = mixed(named("link"), 0.11, named("paper"));
        let grounds = [("paper", named("paper")), ("shade", named("shade")), ("target", target)];
        for word in ["ink", "quiet", "link"] {
            for (ground, colour) in grounds {
                let ratio = contrast(named(word), colour);
                if ratio < 4.5 {
                    problems.push(format!("{selector}: {word} on {ground} is {ratio:.2} to 1"));
                }
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    assert!(css.contains("color-mix(in srgb, var(--link) 11%, transparent)"), "the ground of targets is another now");
}

#[test]
fn contrast_is_computed_as_the_guidelines_say() {
    let of = |first: &str, second: &str| contrast(colour(first).unwrap(), colour(second).unwrap());
    assert!((of("#000", "#fff") - 21.0).abs() < 0.001);
    assert!((of("#767676", "#ffffff") - 4.54).abs() < 0.01);
    assert!((of("#777777", "#ffffff") - 4.48).abs() < 0.01);
    assert!(colour("red").is_none() && colour("#12").is_none());
}
