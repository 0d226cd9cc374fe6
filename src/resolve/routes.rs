//! Addresses: every file of the site has one of its own, also where letter case does not count.

use crate::diag::Code;
use crate::model::citation::FILES;
use crate::model::issue::{At, Issue};
use crate::model::ledger::VolumeLedger;
use crate::model::names::is_device;
use crate::model::register::Register;
use crate::model::site::{Finding, Page, Redirect, Site, Volume};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use unicode_normalization::UnicodeNormalization;

/// Files that every site has, besides its pages.
const FIXED: &[&str] = &[
    "index.html",
    "404.html",
    "corrections.html",
    "sitemap.xml",
    "feed.xml",
    "calendar.csv",
    "calendar.json",
    "robots.txt",
    ".nojekyll",
    ".engross-manifest",
];

/// An address with what it is for and where that is said.
struct Claim {
    what: String,
    source: Arc<str>,
    at: At,
}

/// Checks every address of the site and gives the redirect pages.
pub fn check(site: &Site, findings: &mut Vec<Finding>) -> (Vec<Redirect>, BTreeSet<String>) {
    let mut routes = Routes { taken: BTreeMap::new(), addresses: BTreeSet::new(), findings };
    let generated =
        |what: &str| Claim { what: what.to_owned(), source: Arc::from("site.yaml"), at: At::field(At::FRONT) };
    for path in FIXED {
        routes.claim(path, generated("a generated file"));
    }
    for path in site.assets.values() {
        routes.claim(path, generated("a file of the theme"));
    }
    let doubled = doubled_volumes(site);
    let of_volume = |volume: &Volume, what: &str| Claim {
        what: what.to_owned(),
        source: Arc::clone(&volume.source),
        at: At::field(volume.outline.id_at),
    };
    let apart = |number: usize| !doubled.contains(&number);
    let volumes = site.volumes.iter().enumerate().filter(|(number, volume)| volume.published && apart(*number));
    for (_, volume) in volumes.clone().filter(|(_, volume)| !volume.documents.is_empty()) {
        for name in FILES {
            routes.claim(&volume.address(name), of_volume(volume, "the citations of a volume"));
        }
    }
    for (_, volume) in volumes.filter(|(_, volume)| !volume.at_root) {
        routes.claim(&volume.address("index.html"), of_volume(volume, "the landing page of a volume"));
    }
    for (path, page) in site.generated.iter().filter(|(_, page)| page.volume().is_none_or(apart)) {
        let volume = page.volume().and_then(|number| site.volumes.get(number));
        routes.claim(path, volume.map_or_else(|| generated(page.what()), |volume| of_volume(volume, page.what())));
    }
    let apart = |page: &Page| page.volume.is_none_or(apart);
    for page in site.pages.iter().filter(|page| page.published && !site.is_introduction(page) && apart(page)) {
        let claim = Claim {
            what: page.source.to_string(),
            source: Arc::clone(&page.source),
            at: At::field(page.outline.id_at),
        };
        routes.claim(&page.path, claim);
    }
    let has_page: BTreeSet<&str> = site.pages.iter().map(|page| page.path.as_str()).collect();
    // A document that is back is reported with its id.
    for tombstone in site.tombstones.iter().filter(|tombstone| !has_page.contains(tombstone.path.as_str())) {
        let source = Arc::clone(&tombstone.file);
        let claim = Claim { what: format!("a withdrawn document in {source}"), source, at: At::field(At::FRONT) };
        routes.claim(&tombstone.path, claim);
    }
    let addresses =
        routes.addresses.iter().filter(|path| path.ends_with(".html") && *path != "404.html").cloned().collect();
    let redirects = routes.aliases(site);
    routes.statics(site);
    (redirects, addresses)
}

/// Volumes whose id an earlier one has: that is reported, and then each of their pages need not be.
fn doubled_volumes(site: &Site) -> BTreeSet<usize> {
    let mut seen = BTreeSet::new();
    let volumes = site.volumes.iter().enumerate();
    volumes.filter(|(_, volume)| !seen.insert(volume.id.to_lowercase())).map(|(number, _)| number).collect()
}

struct Routes<'f> {
    /// Folded addresses, of files and of the folders above them.
    taken: BTreeMap<String, (String, Claim)>,
    addresses: BTreeSet<String>,
    findings: &'f mut Vec<Finding>,
}

impl Routes<'_> {
    /// Takes an address; a second claim to one is an error that names the first. Where letter case does not count,
    /// and however accents are encoded, it must still be another file; and no file can have the name of a folder.
    fn claim(&mut self, path: &str, claim: Claim) -> bool {
        let key: String = folded(path);
        let earlier = self.taken.get(&key).map(|(other, earlier)| {
            let alike =
                if other == path { "" } else { ", which differs only in letter case or in how accents are encoded" };
            format!("the address `{path}` is taken by {}{alike}", earlier.what)
        });
        let inside = || {
            let mut folders = key.match_indices('/').map(|(at, _)| &key[..at]);
            let (_, earlier) = folders.find_map(|folder| self.taken.get(folder))?;
            Some(format!("the address `{path}` needs a folder where {} is a file", earlier.what))
        };
        let around = || {
            let folder = format!("{key}/");
            let (other, (_, earlier)) = self.taken.range(folder.clone()..).next()?;
            let what = &earlier.what;
            other.starts_with(&folder).then(|| format!("the address `{path}` is that of a folder with {what} in it"))
        };
        let Some(message) = earlier.or_else(inside).or_else(around) else {
            self.taken.insert(key, (path.to_owned(), claim));
            self.addresses.insert(path.to_owned());
            return true;
        };
        let is_file = claim.source.starts_with("static/");
        let help = if is_file { "rename the file" } else { "give one of the two another address" };
        let issue = Issue::new(Code::ADDRESS_TAKEN, claim.at, message).help(help);
        self.findings.push(Finding { source: claim.source, issue });
        false
    }

    /// Files that are copied as they are.
    fn statics(&mut self, site: &Site) {
        for path in &site.statics {
            let source: Arc<str> = format!("static/{path}").into();
            if let Some(name) = path.split('/').find(|name| is_device(name)) {
                let message = format!("`{name}` is a name that Windows keeps for a device");
                let issue = Issue::new(Code::ADDRESS_TAKEN, At::field(At::FRONT), message).help("rename it");
                self.findings.push(Finding { source: Arc::clone(&source), issue });
            }
            if path.contains('\\') || path.chars().any(char::is_control) {
                let message =
                    format!("no address can hold the backslash or the control character in the name {path:?}");
                let issue = Issue::new(Code::ADDRESS_TAKEN, At::field(At::FRONT), message).help("rename it");
                self.findings.push(Finding { source, issue });
                continue;
            }
            self.claim(path, Claim { what: source.to_string(), source, at: At::field(At::FRONT) });
        }
    }

    fn aliases(&mut self, site: &Site) -> Vec<Redirect> {
        let mut redirects = Vec::new();
        for page in site.pages.iter().filter(|page| page.published) {
            let list = &page.outline.aliases;
            redirects.extend(list.iter().filter_map(|(alias, at)| self.alias(alias, *at, &page.source, &page.path)));
        }
        for volume in site.volumes.iter().filter(|volume| volume.published) {
            let to = volume.address("index.html");
            let list = &volume.outline.aliases;
            redirects.extend(list.iter().filter_map(|(alias, at)| self.alias(alias, *at, &volume.source, &to)));
            for register in &volume.registers {
                self.entry_aliases(register, &mut redirects);
            }
        }
        for register in site.registers.iter().filter(|_| !site.is_single()) {
            self.entry_aliases(register, &mut redirects);
        }
        redirects
    }

    /// Old addresses of register entries lead to their pages; so does the address that an entry had under an old id.
    fn entry_aliases(&mut self, register: &Register, redirects: &mut Vec<Redirect>) {
        for entry in &register.entries {
            let own = register.entry_path(&entry.id, 0);
            let to = own.clone().unwrap_or_else(|| format!("{}#{}", register.path, entry.id));
            for alias in &entry.aliases {
                let at = At::field(alias.field);
                if !VolumeLedger::is_entry_alias(alias) {
                    redirects.extend(self.alias(&alias.text, at, &register.file, &to));
                } else if let Some(old) = register.entry_path(&alias.text, 0).filter(|_| own.is_some()) {
                    redirects.extend(self.alias(&old, at, &register.file, &to));
                }
            }
        }
    }

    fn alias(&mut self, alias: &str, at: At, source: &Arc<str>, to: &str) -> Option<Redirect> {
        let from = if alias.ends_with('/') { format!("{alias}index.html") } else { alias.to_owned() };
        if !from.ends_with(".html") || !is_path(&from) {
            let message = if alias.is_empty() {
                "this alias is empty".to_owned()
            } else {
                format!("`{alias}` is no old address")
            };
            let issue = Issue::new(Code::ALIAS_MALFORMED, at, message).help(alias_help(alias));
            self.findings.push(Finding { source: Arc::clone(source), issue });
            return None;
        }
        let claim = Claim { what: format!("an alias in {source}"), source: Arc::clone(source), at };
        self.claim(&from, claim).then(|| Redirect { from, to: to.to_owned(), source: Arc::clone(source) })
    }
}

fn folded(path: &str) -> String {
    if path.is_ascii() {
        return path.to_ascii_lowercase();
    }
    path.nfc().flat_map(char::to_lowercase).collect()
}

/// Whether a path can be written below the root of the site, on any system.
fn is_path(path: &str) -> bool {
    path.split('/').all(|part| !part.is_empty() && part.len() <= 200 && !part.ends_with(['.', ' ']) && !is_device(part))
        && !path.contains(['\\', '?', '#', ':', '<', '>', '"', '|', '*'])
        && !path.chars().any(char::is_control)
}

/// What to write in place of an alias that cannot be one.
fn alias_help(alias: &str) -> String {
    let bare = alias.trim_start_matches('/');
    let sound = |path: &str| path.ends_with(".html") && is_path(path);
    if sound(bare) || bare.ends_with('/') && sound(&format!("{bare}index.html")) {
        return format!("write it from the root of the site, without a slash at the start: `{bare}`");
    }
    if is_path(bare) {
        return format!("write `{bare}.html`, or `{bare}/` for an address that ended with a slash");
    }
    "write a path from the root of the site, such as `old/d12.html` or `old/d12/`".to_owned()
}
