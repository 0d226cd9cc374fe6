//! Checks a built site without a network: what a reader could stumble over, found before the site is published.
//!
//! Other integration tests take it in with `mod site_checker;`. Every problem is a line that begins with the file's
//! path from the site's folder; files that cannot be read come first, the rest in the order of paths. XML files are
//! not parsed, as no parser is at hand, but no template syntax may be left in them.
#![allow(
    dead_code,
    unreachable_pub,
    unused_imports,
    reason = "each test that takes this module in is a program of its own"
)]

mod address;
mod css;
mod page;
mod text;

use address::{Address, percent_decoded};
use page::{Link, Page};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use walkdir::WalkDir;

pub use page::parse_errors;
pub use text::visible_text;

/// Checks the site as a server shows it under `base`, such as `/` or `/repo/`.
///
/// An address that ends in `/` means the `index.html` there. No page but `404.html` may hold addresses that begin
/// with `/`, and those of `404.html` must begin with `base`; it is served at any depth, so it may hold no relative ones.
pub fn check(folder: &Path, base: &str) -> Vec<String> {
    if !base.starts_with('/') || !base.ends_with('/') {
        return vec![format!("the base {base} does not begin and end with /")];
    }
    Site::read(folder).problems(Some(base))
}

/// Checks the site as a browser shows it straight from disk: links must name files, not folders.
pub fn check_on_disk(folder: &Path) -> Vec<String> {
    Site::read(folder).problems(None)
}

/// The one page that a server may show at any address.
const ANYWHERE: &str = "404.html";

/// What there is in the folder of a site, by path with `/`.
struct Site {
    files: BTreeSet<String>,
    /// Folders by path without a final `/`; the site itself is the empty path.
    folders: BTreeSet<String>,
    /// What can be linked from or to: pages, style sheets, drawings.
    pages: BTreeMap<String, Page>,
    unreadable: Vec<String>,
}

impl Site {
    fn read(folder: &Path) -> Site {
        let mut site =
            Site { files: BTreeSet::new(), folders: BTreeSet::new(), pages: BTreeMap::new(), unreadable: Vec::new() };
        for entry in WalkDir::new(folder).sort_by_file_name() {
            match entry {
                Ok(entry) => {
                    let path = entry.path().strip_prefix(folder).unwrap_or(entry.path());
                    let path = path.to_string_lossy().replace('\\', "/");
                    let _ =
                        if entry.file_type().is_dir() { site.folders.insert(path) } else { site.files.insert(path) };
                }
                Err(error) => site.unreadable.push(error.to_string()),
            }
        }
        let read: Vec<(String, Result<Page, String>)> =
            site.files.par_iter().filter_map(|path| Some((path.clone(), read_file(folder, path)?))).collect();
        for (path, page) in read {
            match page {
                Ok(page) => _ = site.pages.insert(path, page),
                Err(problem) => site.unreadable.push(problem),
            }
        }
        site
    }

    fn problems(&self, base: Option<&str>) -> Vec<String> {
        let mut problems = self.unreadable.clone();
        for (path, page) in &self.pages {
            problems.extend(page.problems.iter().map(|problem| format!("{path}: {problem}")));
            for link in &page.links {
                let problem = self.problem_of_link(path, link, base);
                problems.extend(problem.map(|problem| format!("{path}: {} {problem}", link.place)));
            }
        }
        problems
    }

    fn problem_of_link(&self, from: &str, link: &Link, base: Option<&str>) -> Option<String> {
        match Address::read(&link.target) {
            Address::Elsewhere => None,
            Address::Refused(reason) => Some(reason.to_owned()),
            Address::FromRoot(_) if from != ANYWHERE => Some("begins at the root of the server".to_owned()),
            Address::FromRoot(address) => {
                // On disk there is no root of the server that could be checked.
                let base = base?;
                match address.path.strip_prefix(base) {
                    Some(path) => self.problem_of_target(path, address.fragment.as_deref(), base.into()),
                    None => Some(format!("lies outside {base}")),
                }
            }
            Address::Relative(address) if address.path.is_empty() => {
                self.problem_of_target(from, address.fragment.as_deref(), base)
            }
            Address::Relative(_) if from == ANYWHERE => {
                Some("is relative, and this page is shown at any depth".to_owned())
            }
            Address::Relative(address) => match address::joined(from, &address.path) {
                Some(path) => self.problem_of_target(&path, address.fragment.as_deref(), base),
                None => Some("climbs out of the site".to_owned()),
            },
        }
    }

    /// What is wrong with a path from the site's folder, as written in an address, and the fragment after it.
    fn problem_of_target(&self, path: &str, fragment: Option<&str>, base: Option<&str>) -> Option<String> {
        let Some(mut path) = percent_decoded(path) else {
            return Some("is not UTF-8 when decoded".to_owned());
        };
        let names_folder = path.is_empty() || path.ends_with('/');
        if self.folders.contains(path.trim_end_matches('/')) {
            if !names_folder || base.is_none() {
                return Some("names a folder, not a file".to_owned());
            }
            path.push_str("index.html");
        }
        if !self.files.contains(&path) {
            return Some("leads to no file".to_owned());
        }
        let fragment = percent_decoded(fragment?)?;
        let known = self.pages.get(&path)?.anchors.as_ref()?;
        let is_known = fragment.is_empty() || fragment == "top" || known.contains(&fragment);
        (!is_known).then(|| format!("leads to no id \"{fragment}\" in {path}"))
    }
}

/// What a file holds that can be checked; none for files such as images.
fn read_file(folder: &Path, path: &str) -> Option<Result<Page, String>> {
    let ending = path.rsplit_once('.')?.1;
    if !["html", "css", "svg", "xml", "txt", "webmanifest"].contains(&ending) {
        return None;
    }
    let text = match fs::read_to_string(folder.join(path)) {
        Ok(text) => text,
        Err(error) => return Some(Err(format!("{path}: {error}"))),
    };
    Some(Ok(match ending {
        "html" => Page::of_html(&text),
        "css" => Page::of_css(&text),
        "svg" => Page::of_svg(&text),
        _ => Page::of_text(&text),
    }))
}
