//! Files for machines: sitemap, feed, robots, redirects.

use super::head::absolute;
use crate::model::html::push_escaped;
use crate::model::site::{Redirect, Site, relative};

/// Addresses of all pages for search engines (sitemaps.org 0.9), with dates where documents state `changed`.
pub fn sitemap(site: &Site, base: &str, paths: &[&str]) -> String {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    let changed: std::collections::BTreeMap<&str, &str> =
        site.pages.iter().filter_map(|page| Some((page.path.as_str(), page.outline.changed.as_deref()?))).collect();
    for path in paths.iter().filter(|path| **path != "404.html") {
        xml.push_str("<url><loc>");
        push_escaped(&mut xml, &absolute(base, path));
        xml.push_str("</loc>");
        if let Some(date) = changed.get(path) {
            xml.push_str(&format!("<lastmod>{date}</lastmod>"));
        }
        xml.push_str("</url>\n");
    }
    xml.push_str("</urlset>\n");
    xml
}

/// How many documents the feed names.
const FEED_LENGTH: usize = 50;

/// Documents that were changed last (Atom, RFC 4287), by their stated dates.
pub fn feed(site: &Site, base: &str) -> String {
    let mut changed: Vec<_> =
        site.pages.iter().filter(|page| page.published && page.outline.changed.is_some()).collect();
    changed.sort_by(|a, b| b.outline.changed.cmp(&a.outline.changed).then_with(|| a.path.cmp(&b.path)));
    changed.truncate(FEED_LENGTH);
    let latest = changed.first().and_then(|page| page.outline.changed.as_deref()).unwrap_or("1970-01-01");
    let mut xml =
        String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\"");
    xml.push_str(&format!(" xml:lang=\"{}\">\n", site.settings.lang));
    element(&mut xml, "title", &site.settings.title);
    element(&mut xml, "id", base);
    element(&mut xml, "updated", &format!("{latest}T00:00:00Z"));
    let author = site.settings.editors.first().map(|editor| &editor.name).or(site.settings.publisher.as_ref());
    xml.push_str("<author>");
    element(&mut xml, "name", author.unwrap_or(&site.settings.title));
    xml.push_str("</author>\n");
    link(&mut xml, "self", &format!("{base}feed.xml"));
    link(&mut xml, "alternate", base);
    for page in changed {
        let address = absolute(base, &page.path);
        xml.push_str("<entry>\n");
        element(&mut xml, "title", &page.outline.full_title());
        element(&mut xml, "id", &address);
        element(&mut xml, "updated", &format!("{}T00:00:00Z", page.outline.changed.as_deref().unwrap_or(latest)));
        link(&mut xml, "alternate", &address);
        if let Some(description) = &page.outline.description {
            element(&mut xml, "summary", description);
        }
        xml.push_str("</entry>\n");
    }
    xml.push_str("</feed>\n");
    xml
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
    // The address is read from the link, so no text of the edition stands inside the script.
    format!(
        "<!doctype html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{to}</title>\n{canonical}\
         <meta name=\"robots\" content=\"noindex\">\n<meta http-equiv=\"refresh\" content=\"1; url={to}\">\n</head>\n<body>\n\
         <p><a id=\"to\" href=\"{to}\">{to}</a></p>\n\
         <script>var to=new URL(document.getElementById(\"to\").href);to.search=location.search;\
         if(location.hash)to.hash=location.hash;location.replace(to)</script>\n\
         </body>\n</html>\n"
    )
}
