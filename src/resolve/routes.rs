//! Addresses: every file of the site has one of its own, also where letter case does not count.

use super::ids::is_device;
use crate::diag::Code;
use crate::model::issue::{At, Issue};
use crate::model::register::Register;
use crate::model::site::{Finding, Redirect, Site, Volume};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use unicode_normalization::UnicodeNormalization;

/// Files that every site has, besides its pages.
const FIXED: &[&str] =
    &["index.html", "404.html", "sitemap.xml", "feed.xml", "robots.txt", ".nojekyll", ".engross-manifest"];

/// An address with what it is for and where that is said.
struct Claim<'s> {
    what: String,
    source: Option<&'s Arc<str>>,
    at: At,
}

/// Checks every address of the site and gives the redirect pages.
pub fn check(site: &Site, findings: &mut Vec<Finding>) -> (Vec<Redirect>, BTreeSet<String>) {
    let mut routes = Routes { taken: BTreeMap::new(), addresses: BTreeSet::new(), findings };
    let generated = |what: &str| Claim { what: what.to_owned(), source: None, at: At::field(At::FRONT) };
    for path in FIXED {
        routes.claim(path, generated("a generated file"));
    }
    for volume in site.volumes.iter().filter(|volume| volume.published) {
        routes.volume(site, volume);
    }
    for register in site.registers.iter().filter(|_| !site.is_single()) {
        routes.claim(&register_file(register), generated("a register page"));
    }
    for page in site.pages.iter().filter(|page| page.published && !site.is_introduction(page)) {
        let claim =
            Claim { what: page.source.to_string(), source: Some(&page.source), at: At::field(page.outline.id_at) };
        routes.claim(&page.path, claim);
    }
    let addresses =
        routes.addresses.iter().filter(|path| path.ends_with(".html") && *path != "404.html").cloned().collect();
    let redirects = routes.aliases(site);
    for path in &site.statics {
        routes.claim(path, generated(&format!("static/{path}")));
    }
    for path in site.assets.values() {
        routes.claim(path, generated("a file of the theme"));
    }
    (redirects, addresses)
}

fn register_file(register: &Register) -> String {
    format!("{}.html", register.kind.name())
}

struct Routes<'s, 'f> {
    taken: BTreeMap<String, Claim<'s>>,
    addresses: BTreeSet<String>,
    findings: &'f mut Vec<Finding>,
}

impl<'s> Routes<'s, '_> {
    fn volume(&mut self, site: &Site, volume: &'s Volume) {
        let claim = |what: &str| Claim {
            what: what.to_owned(),
            source: Some(&volume.source),
            at: At::field(volume.outline.id_at),
        };
        if !volume.at_root {
            self.claim(&volume.address("index.html"), claim("the landing page of a volume"));
        }
        if site.has_page_index(volume) {
            self.claim(&volume.address("pages.html"), claim("a page index"));
        }
        for register in &volume.registers {
            self.claim(&volume.address(&register_file(register)), claim("a register page"));
        }
    }

    /// Takes an address; two claims to one are an error that names both.
    fn claim(&mut self, path: &str, claim: Claim<'s>) -> bool {
        let key: String = path.nfc().flat_map(char::to_lowercase).collect();
        let Some(earlier) = self.taken.get(&key) else {
            self.taken.insert(key, claim);
            self.addresses.insert(path.to_owned());
            return true;
        };
        let message = format!("the address `{path}` is taken by {}", earlier.what);
        let (source, at, other) = match (claim.source, earlier.source) {
            (Some(source), _) => (source, claim.at, None),
            (None, Some(source)) => (source, earlier.at, Some(&claim.what)),
            (None, None) => {
                let source: Arc<str> = Arc::from(claim.what.as_str());
                let issue = Issue::new(Code::ADDRESS_TAKEN, At::field(At::FRONT), message).help("rename the file");
                self.findings.push(Finding { source, issue });
                return false;
            }
        };
        let message = other.map_or(message, |other| format!("the address `{path}` is also that of {other}"));
        let issue = Issue::new(Code::ADDRESS_TAKEN, at, message).help("give one of the two another address");
        self.findings.push(Finding { source: Arc::clone(source), issue });
        false
    }

    fn aliases(&mut self, site: &'s Site) -> Vec<Redirect> {
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
                self.entry_aliases(register, &volume.address(&register_file(register)), &mut redirects);
            }
        }
        for register in site.registers.iter().filter(|_| !site.is_single()) {
            self.entry_aliases(register, &register_file(register), &mut redirects);
        }
        redirects
    }

    /// Old addresses of register entries lead to their place on the register page.
    fn entry_aliases(&mut self, register: &'s Register, path: &str, redirects: &mut Vec<Redirect>) {
        for entry in &register.entries {
            let to = format!("{path}#{}", entry.id);
            let list = entry.aliases.iter();
            redirects
                .extend(list.filter_map(|alias| self.alias(&alias.text, At::field(alias.field), &register.file, &to)));
        }
    }

    fn alias(&mut self, alias: &str, at: At, source: &'s Arc<str>, to: &str) -> Option<Redirect> {
        let from = if alias.ends_with('/') { format!("{alias}index.html") } else { alias.to_owned() };
        let sound = from.ends_with(".html")
            && from.split('/').all(|part| !part.is_empty() && part != "." && part != ".." && !is_device(part))
            && !from.contains(['\\', '?', '#', ':', '<', '>', '"', '|', '*'])
            && !from.chars().any(char::is_control);
        if !sound {
            let help = "write a path from the root of the site, such as `old/d12.html` or `old/d12/`";
            let issue = Issue::new(Code::ALIAS_MALFORMED, at, format!("`{alias}` is no old address")).help(help);
            self.findings.push(Finding { source: Arc::clone(source), issue });
            return None;
        }
        let claim = Claim { what: format!("an alias in {source}"), source: Some(source), at };
        self.claim(&from, claim).then(|| Redirect { from, to: to.to_owned() })
    }
}
