//! Files for machines: sitemap, feed, robots, redirects.

use super::head::absolute;
use crate::model::history::{Change, History, Moment};
use crate::model::html::push_escaped;
use crate::model::site::{Page, Redirect, Site, relative};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Addresses of all pages for search engines (sitemaps.org 0.9), with the dates of their last changes where these are
/// stated or known.
pub fn sitemap(site: &Site, history: &History, base: &str, paths: &[&str]) -> String {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    let dated = site.pages.iter().filter_map(|page| Some((page.path.as_str(), Changed::of(page, history)?)));
    let dated: BTreeMap<&str, Changed<'_>> = dated.collect();
    for path in paths.iter().filter(|path| **path != "404.html") {
        xml.push_str("<url><loc>");
        push_escaped(&mut xml, &absolute(base, path));
        xml.push_str("</loc>");
        if let Some(changed) = dated.get(path) {
            xml.push_str(&format!("<lastmod>{}</lastmod>", changed.date()));
        }
        xml.push_str("</url>\n");
    }
    xml.push_str("</urlset>\n");
    xml
}

/// When a page was last changed.
#[derive(Debug, Clone, Copy)]
enum Changed<'s> {
    /// As the editor states it.
    Stated(&'s str),
    /// As the history has it.
    Known(Moment),
}

impl<'s> Changed<'s> {
    fn of(page: &'s Page, history: &History) -> Option<Self> {
        let known = || history.files.get(&page.source).and_then(|changes| changes.first());
        let stated = page.outline.changed.as_deref().map(Changed::Stated);
        stated.or_else(|| known().map(|change| Changed::Known(change.at)))
    }

    fn date(self) -> String {
        match self {
            Changed::Stated(date) => date.to_owned(),
            Changed::Known(at) => at.date(),
        }
    }

    /// As Atom writes it (RFC 3339). A stated day has no hour: it begins in UTC.
    fn instant(self) -> String {
        match self {
            Changed::Stated(date) => format!("{date}T00:00:00Z"),
            Changed::Known(at) => at.rfc3339(),
        }
    }

    /// In UTC, to be compared.
    fn order(self) -> String {
        match self {
            Changed::Stated(_) => self.instant(),
            Changed::Known(at) => format!("{}Z", Moment { offset: 0, ..at }.rfc3339().trim_end_matches("+00:00")),
        }
    }
}

/// How many documents the feed names.
const FEED_LENGTH: usize = 50;

/// Documents that were changed last (Atom, RFC 4287).
pub fn feed(site: &Site, history: &History, base: &str) -> String {
    let pages = site.pages.iter().filter(|page| page.published && !site.is_introduction(page));
    let mut changed: Vec<_> = pages.filter_map(|page| Some((Changed::of(page, history)?, page))).collect();
    changed.sort_by_cached_key(|(changed, page)| (Reverse(changed.order()), page.path.clone()));
    changed.truncate(FEED_LENGTH);
    // Where drafts alone have dates, there is no entry, and still a date.
    let any = || site.pages.iter().filter_map(|page| Changed::of(page, history)).max_by_key(|changed| changed.order());
    let latest = changed.first().map(|(changed, _)| *changed).or_else(any).map(Changed::instant).unwrap_or_default();
    let mut xml =
        String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\"");
    xml.push_str(&format!(" xml:lang=\"{}\">\n", site.settings.lang));
    element(&mut xml, "title", &site.settings.title);
    let describe = history.head.as_ref().and_then(|head| head.describe.as_deref());
    let subtitle: Vec<&str> = site.settings.subtitle.as_deref().into_iter().chain(describe).collect();
    if !subtitle.is_empty() {
        element(&mut xml, "subtitle", &subtitle.join(" · "));
    }
    element(&mut xml, "id", base);
    element(&mut xml, "updated", &latest);
    xml.push_str(concat!("<generator version=\"", env!("CARGO_PKG_VERSION"), "\">Engross</generator>\n"));
    let author = site.settings.editors.first().map(|editor| &editor.name).or(site.settings.publisher.as_ref());
    xml.push_str("<author>");
    element(&mut xml, "name", author.unwrap_or(&site.settings.title));
    xml.push_str("</author>\n");
    link(&mut xml, "self", &format!("{base}feed.xml"));
    link(&mut xml, "alternate", base);
    for (changed, page) in changed {
        let latest = history.files.get(&page.source).and_then(|changes| changes.first());
        entry(&mut xml, base, page, changed, latest.map(|change| &**change));
    }
    xml.push_str("</feed>\n");
    xml
}

/// A document, with what its editors say of the change.
fn entry(xml: &mut String, base: &str, page: &Page, changed: Changed<'_>, latest: Option<&Change>) {
    let address = absolute(base, &page.path);
    xml.push_str("<entry>\n");
    element(xml, "title", &page.outline.full_title());
    element(xml, "id", &address);
    element(xml, "updated", &changed.instant());
    link(xml, "alternate", &address);
    if let Some(description) = &page.outline.description {
        element(xml, "summary", description);
    }
    if let Some(change) = latest {
        let erratum = change.erratum.iter().map(|erratum| &**erratum);
        let said: Vec<&str> = std::iter::once(&*change.subject).chain(erratum).collect();
        element(xml, "content", &said.join("\n"));
    }
    xml.push_str("</entry>\n");
}

fn element(xml: &mut String, name: &str, text: &str) {
    xml.push_str(&format!("<{name}>"));
    push_escaped(xml, text);
    xml.push_str(&format!("</{name}>\n"));
}

fn link(xml: &mut String, rel: &str, href: &str) {
    xml.push_str(&format!("<link rel=\"{rel}\" href=\""));
    push_escaped(xml, href);
    xml.push_str("\"/>\n");
}

/// Everything may be read by everyone; the sitemap is named where there is one.
pub fn robots(site: &Site) -> String {
    let mut text = String::from("User-agent: *\nAllow: /\n");
    if let Some(base) = &site.settings.base_url {
        text.push_str(&format!("Sitemap: {base}sitemap.xml\n"));
    }
    text
}

/// What an address leads to, in words.
fn title_at(site: &Site, to: &str) -> String {
    let (path, anchor) = to.split_once('#').unwrap_or((to, ""));
    let volume = || site.volumes.iter().find(|volume| volume.address("index.html") == path);
    let registers = || site.registers.iter().chain(site.volumes.iter().flat_map(|volume| &volume.registers));
    let entry = || {
        registers().find_map(|register| {
            let is_this = |id: &str| register.entry_path(id, 0).as_deref() == Some(path);
            let by_page = register.entries.iter().find(|entry| is_this(&entry.id));
            by_page.or_else(|| register.entry(anchor).filter(|_| register.path == path))
        })
    };
    let page = site.page_at(path).map(|page| page.outline.full_title());
    let title = page.or_else(|| volume().map(|volume| volume.outline.title.to_string()));
    title.or_else(|| entry().map(|entry| entry.name.clone())).unwrap_or_else(|| site.settings.title.clone())
}

/// A page at an old address: a link, a refresh, and a script that carries query and fragment along. A fragment of the
/// new address, as that of a register entry, holds unless the reader brings one.
pub fn redirect(site: &Site, redirect: &Redirect) -> String {
    let mut to = String::new();
    push_escaped(&mut to, &relative(&redirect.from, &redirect.to));
    let canonical = site.settings.base_url.as_deref().map_or(String::new(), |base| {
        let mut address = String::new();
        let page = redirect.to.split('#').next().unwrap_or(&redirect.to);
        push_escaped(&mut address, &absolute(base, page));
        format!("<link rel=\"canonical\" href=\"{address}\">\n")
    });
    let lang = &site.settings.lang;
    let mut title = String::new();
    push_escaped(&mut title, &title_at(site, &redirect.to));
    // The address is read from the link, so no text of the edition stands inside the script.
    format!(
        "<!doctype html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n{canonical}\
         <meta name=\"robots\" content=\"noindex\">\n<meta http-equiv=\"refresh\" content=\"1; url={to}\">\n</head>\n<body>\n\
         <p><a id=\"to\" href=\"{to}\">{title}</a></p>\n\
         <script>var to=new URL(document.getElementById(\"to\").href);to.search=location.search;\
         if(location.hash)to.hash=location.hash;location.replace(to)</script>\n\
         </body>\n</html>\n"
    )
}
