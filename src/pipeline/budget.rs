//! What a site weighs, and whether its host takes it.

use super::routes::{Route, routes};
use super::{Edition, about_settings};
use crate::diag::{Code, Diagnostic, Place};
use crate::model::site::Site;
use crate::write::SiteFile;
use std::collections::BTreeMap;
use std::path::Path;

/// GitHub Pages publishes sites of up to 1 GB.
const MOST_BYTES: u64 = 1_000_000_000;

/// GitHub refuses a push with a file of more than 100 MiB.
const MOST_BYTES_OF_A_FILE: u64 = 100 * 1024 * 1024;

/// A site of so many hundredths of a limit comes near it.
const NEAR: u64 = 80;

/// How many of the largest pages are told.
const LARGEST: usize = 3;

/// What a site weighs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sizes {
    /// Number of files.
    pub files: u64,
    /// Bytes of all files.
    pub bytes: u64,
    /// Name, number of files and bytes of each kind of file that the site has, in a fixed order.
    pub kinds: Vec<(&'static str, u64, u64)>,
    /// The largest pages with their bytes, the largest first.
    pub largest: Vec<(String, u64)>,
}

/// Kinds of files in the order in which they are told.
const KINDS: &[&str] =
    &["document", "section", "page", "list", "register", "redirect", "image", "asset", "search", "download", "data"];

const IMAGES: &[&str] = &["avif", "gif", "jp2", "jpeg", "jpg", "jxl", "png", "svg", "tif", "tiff", "webp"];

impl Edition {
    /// What its site weighs, of which these are the files.
    pub fn sizes(&self, files: &[SiteFile]) -> Sizes {
        let known = self.kinds();
        let mut kinds: BTreeMap<usize, (u64, u64)> = BTreeMap::new();
        let mut pages: Vec<(&str, u64)> = Vec::new();
        let mut sizes = Sizes::default();
        for file in files {
            let kind = known.get(file.path.as_str()).copied().unwrap_or_else(|| kind_by_name(&file.path));
            let place = KINDS.iter().position(|name| *name == kind).unwrap_or(KINDS.len() - 1);
            let sum = kinds.entry(place).or_default();
            *sum = (sum.0 + 1, sum.1 + file.size);
            sizes.files += 1;
            sizes.bytes += file.size;
            if file.path.ends_with(".html") {
                pages.push((&file.path, file.size));
            }
        }
        pages.sort_by(|one, other| other.1.cmp(&one.1).then(one.0.cmp(other.0)));
        sizes.kinds = kinds.into_iter().map(|(place, (count, bytes))| (KINDS[place], count, bytes)).collect();
        sizes.largest = pages.into_iter().take(LARGEST).map(|(path, size)| (path.to_owned(), size)).collect();
        sizes
    }

    /// What each file is that the edition itself makes or holds; the others are told by their names.
    fn kinds(&self) -> BTreeMap<String, &'static str> {
        let site = &*self.site;
        let mut kinds: BTreeMap<String, &'static str> =
            self.files.statics.iter().map(|(path, _)| (path.clone(), kind_of_static(path))).collect();
        kinds.extend(site.redirects.iter().map(|redirect| (redirect.from.clone(), "redirect")));
        kinds.extend(routes(site).iter().map(|route| (route.path(site), kind_of_route(site, route))));
        kinds
    }

    /// What of a site its host would not take, or only just.
    pub fn budget(&self, root: &Path, sizes: &Sizes, files: &[SiteFile]) -> Vec<Diagnostic> {
        let limits = &self.site.settings.limits;
        let bytes = Measure {
            key: "limits.bytes",
            found: sizes.bytes,
            most: limits.bytes.or(Some(MOST_BYTES)),
            is_written: limits.bytes.is_some(),
        };
        let count =
            Measure { key: "limits.files", found: sizes.files, most: limits.files, is_written: limits.files.is_some() };
        let measured = [bytes, count].into_iter().filter_map(|measure| measure.diagnostic(root, sizes));
        let large = files.iter().filter(|file| file.size > MOST_BYTES_OF_A_FILE).map(|file| self.large(file));
        let mut found: Vec<Diagnostic> = measured.chain(large).collect();
        found.retain_mut(|diagnostic| match self.site.settings.severity(diagnostic.code) {
            Some(severity) => {
                diagnostic.severity = severity;
                true
            }
            None => false,
        });
        found
    }

    /// A file that cannot be pushed to GitHub.
    fn large(&self, file: &SiteFile) -> Diagnostic {
        let SiteFile { path, size, .. } = file;
        let is_static = self.files.statics.iter().any(|(known, _)| known == path);
        let place = Place::file(if is_static { format!("static/{path}") } else { "site.yaml".to_owned() });
        let message = format!("{path} has {} bytes; GitHub refuses files of more than 100 MiB", grouped(*size));
        let help = match is_static {
            true => "make it smaller, or keep it elsewhere and link to it",
            false => "divide what it shows, or publish without pushing the site to a branch",
        };
        Diagnostic::new(Code::FILE_HEAVY, place, message).help(help)
    }
}

/// Something of a site that has a limit.
struct Measure {
    key: &'static str,
    found: u64,
    most: Option<u64>,
    /// Whether site.yaml states the limit.
    is_written: bool,
}

impl Measure {
    fn diagnostic(&self, root: &Path, sizes: &Sizes) -> Option<Diagnostic> {
        let (found, most) = (self.found, self.most?);
        let hundredths = u128::from(found) * 100 / u128::from(most.max(1));
        let host = if self.is_written { "the limit in site.yaml is" } else { "GitHub Pages publishes up to" };
        let (has, limit) = self.words(found, most);
        let (code, message) = if found > most {
            (Code::BUDGET_EXCEEDED, format!("the site has {has}; {host} {limit}"))
        } else if hundredths >= u128::from(NEAR) {
            (Code::BUDGET_NEAR, format!("the site has {has}, {hundredths} %; {host} {limit}"))
        } else {
            return None;
        };
        let heaviest = sizes.kinds.iter().max_by_key(|(_, count, bytes)| if self.is_bytes() { *bytes } else { *count });
        let heaviest = heaviest.map_or(String::new(), |(kind, count, bytes)| {
            let verb = if *count == 1 { "has" } else { "have" };
            format!("{} of the kind `{kind}` {verb} {} (`--sizes` tells more); ", grouped(*count), size(*bytes))
        });
        let help = format!("{heaviest}the limit of another host is written as `{}`", self.key.replace('.', ": "));
        let diagnostic = match self.is_written {
            true => about_settings(root, self.key, code, message),
            false => Diagnostic::new(code, Place::file("site.yaml"), message),
        };
        Some(diagnostic.help(help))
    }

    fn is_bytes(&self) -> bool {
        self.key == "limits.bytes"
    }

    /// What was found and what is allowed, in as many digits as tell them apart.
    fn words(&self, found: u64, most: u64) -> (String, String) {
        match (self.is_bytes(), size(found) == size(most)) {
            (false, _) => (format!("{} files", grouped(found)), grouped(most)),
            (true, false) => (size(found), size(most)),
            (true, true) => (format!("{} bytes", grouped(found)), grouped(most)),
        }
    }
}

fn kind_of_route(site: &Site, route: &Route<'_>) -> &'static str {
    match route {
        Route::Document(page) if site.pages[*page].outline.kind.is_document() => "document",
        Route::Document(_) => "section",
        Route::Plain(_) | Route::NotFound => "page",
        Route::Withdrawn(_) => "redirect",
        Route::Home | Route::Volume(_) | Route::Corrections => "list",
        Route::Generated(_, page) => page.group(),
    }
}

fn kind_of_static(path: &str) -> &'static str {
    let ending = path.rsplit('.').next().unwrap_or_default().to_lowercase();
    if IMAGES.contains(&ending.as_str()) { "image" } else { "download" }
}

fn kind_by_name(path: &str) -> &'static str {
    match path {
        _ if path.starts_with("assets/") => "asset",
        _ if path.starts_with("search/") => "search",
        _ if path.ends_with(".html") => "list",
        _ => "data",
    }
}

/// A number of bytes in words: `812 bytes`, `55 kB`, `1.2 MB`, `1.20 GB`.
pub fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} kB", bytes / 1_000),
        1_000_000..1_000_000_000 => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
        _ => format!("{}.{:02} GB", bytes / 1_000_000_000, bytes % 1_000_000_000 / 10_000_000),
    }
}

/// A number with commas between thousands.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut words = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            words.push(',');
        }
        words.push(digit);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(found: u64, most: u64) -> Option<(&'static str, String)> {
        let measure = Measure { key: "limits.bytes", found, most: Some(most), is_written: false };
        let diagnostic = measure.diagnostic(Path::new("nowhere"), &Sizes::default())?;
        Some((diagnostic.code.name(), diagnostic.message))
    }

    #[test]
    fn the_edges_of_the_limit_of_github_pages() {
        assert_eq!(said(799_999_999, MOST_BYTES), None);
        let near = "the site has 800.0 MB, 80 %; GitHub Pages publishes up to 1.00 GB";
        assert_eq!(said(800_000_000, MOST_BYTES), Some(("budget-near", near.to_owned())));
        assert_eq!(said(MOST_BYTES, MOST_BYTES).unwrap().0, "budget-near");
        let beyond = "the site has 1,000,000,001 bytes; GitHub Pages publishes up to 1,000,000,000";
        assert_eq!(said(MOST_BYTES + 1, MOST_BYTES), Some(("budget-exceeded", beyond.to_owned())));
        assert_eq!(said(u64::MAX, u64::MAX).unwrap().0, "budget-near");
        assert_eq!(said(1, 0).unwrap().0, "budget-exceeded");
    }

    #[test]
    fn sizes_in_words() {
        let words = [999, 1_000, 999_999, 1_250_000, 1_000_000_000, 12_345_678_901].map(size);
        assert_eq!(words, ["999 bytes", "1 kB", "999 kB", "1.2 MB", "1.00 GB", "12.34 GB"]);
        assert_eq!([7, 1_000, 31_667_000].map(grouped), ["7", "1,000", "31,667,000"]);
    }
}
