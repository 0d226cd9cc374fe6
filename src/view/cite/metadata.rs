//! What the head of a page tells programs: Dublin Core, what Zotero reads, and JSON-LD in the words of schema.org.
//!
//! Zotero's "Embedded Metadata" takes `z:itemType` before all other signs of a type, `z:archive` and every other `z:` field
//! as they are, the place in the archive from `dcterms.coverage`, recipients of letters from `z:recipients`.
//!
//! The `citation_` tags are those of Google Scholar. To Zotero they are the last word: `citation_author` puts all other
//! names out of the record, recipients among them, and takes a body for a person; so it stands only where all authors are
//! persons and nobody else is named. `citation_publication_date` would be the date there, so it is the document's and
//! stands only for days, months and years; `citation_book_title` would make a chapter of a letter and is never there.
//! Language and address are told once: Zotero takes them from `dcterms.language` and `og:url`, Google Scholar asks for
//! neither.

use super::{Class, Container, Item, Person};
use crate::model::date::Edtf;
use crate::model::document::{Editor, Rights};
use crate::model::html::Html;
use crate::model::outline::Outline;
use crate::model::settings::Settings;
use crate::model::site::{Site, Volume};
use crate::model::view::{Link, MetaTag, MetadataView, RightsView};
use crate::view::head::absolute;
use crate::view::licence_address;
use serde_json::{Map, Value, json};

/// What a document's page tells: `crumbs` is the way to it, `rights` are those of the text.
pub fn document(item: &Item<'_>, outline: &Outline, crumbs: &[Link], rights: Option<&RightsView>) -> MetadataView {
    let mut tags = Vec::new();
    let mut tag = |name, content: &str| {
        if !content.is_empty() {
            tags.push(MetaTag { name, content: content.to_owned() });
        }
    };
    let original = item.witnesses.first();
    tag("z:itemType", zotero_type(item.class));
    tag("dcterms.title", &item.title);
    item.authors.iter().for_each(|author| tag("dcterms.creator", &author.for_programs()));
    let recipients = if item.class == Class::Letter { item.recipients.as_slice() } else { &[] };
    recipients.iter().for_each(|recipient| tag("z:recipients", &recipient.for_programs()));
    tag("dcterms.date", &item.date.map(|day| day.edtf.to_string()).unwrap_or_default());
    tag("dcterms.type", item.genre.unwrap_or_default());
    if let Some(original) = original {
        tag("z:archive", original.repository.as_deref().unwrap_or_default());
        tag("dcterms.coverage", &original.location().unwrap_or_default());
    }
    tag("dcterms.abstract", outline.record.summary.as_deref().unwrap_or_default());
    tag("dcterms.language", item.lang);
    tag("dcterms.publisher", item.publisher.unwrap_or_default());
    tag("dcterms.rights", rights.and_then(rights_words).unwrap_or_default());
    tag("citation_title", &item.title);
    if recipients.is_empty() && item.authors.iter().all(|author| author.parts.is_some()) {
        item.authors.iter().for_each(|author| tag("citation_author", &author.for_programs()));
    }
    tag("citation_publication_date", &item.date.and_then(|day| iso(&day.edtf)).map(scholar).unwrap_or_default());
    MetadataView { tags, linked: linked(linked_document(item, outline, crumbs)) }
}

/// What the landing page of a volume tells.
pub fn volume(site: &Site, volume: &Volume) -> MetadataView {
    let settings = &site.settings;
    let matter = &volume.matter;
    let editors = if matter.editors.is_empty() && volume.at_root { &settings.editors } else { &matter.editors };
    let publisher = matter.publisher.as_deref().or(settings.publisher.as_deref());
    let rights = matter.page.rights.as_ref().or(settings.rights.as_ref());
    let published = matter.published.as_deref();
    let url = settings.base_url.as_deref().map(|base| absolute(base, &volume.address("index.html")));
    let whole = Whole { title: &volume.outline.title, lang: &volume.lang, editors, publisher, rights, published };
    let mut object = whole.object("Book", url.as_deref());
    put(&mut object, "volumeNumber", Container::of(volume).number().map(|number| number.bare));
    if object.contains_key("volumeNumber") {
        object.insert("@type".into(), json!(["Book", "PublicationVolume"]));
    }
    let series = matter.series.as_deref().map(|series| json!({ "@type": "BookSeries", "name": series }));
    let edition = (!volume.at_root).then(|| collection(settings));
    let parts: Vec<Value> = series.into_iter().chain(edition).collect();
    if !parts.is_empty() {
        object.insert("isPartOf".into(), Value::Array(parts));
    }
    if let Some(covers) = &matter.covers {
        object.insert("temporalCoverage".into(), Value::from(covers.to_string()));
    }
    MetadataView { tags: whole.tags(), linked: linked(object) }
}

/// What the edition's home page tells.
pub fn home(settings: &Settings) -> MetadataView {
    let url = settings.base_url.as_deref();
    let whole = Whole {
        title: &settings.title,
        lang: &settings.lang,
        editors: &settings.editors,
        publisher: settings.publisher.as_deref(),
        rights: settings.rights.as_ref(),
        published: None,
    };
    let mut object = whole.object("Collection", url);
    put(&mut object, "version", settings.version.as_deref());
    MetadataView { tags: whole.tags(), linked: linked(object) }
}

/// A volume or an edition.
struct Whole<'a> {
    title: &'a str,
    lang: &'a str,
    editors: &'a [Editor],
    publisher: Option<&'a str>,
    rights: Option<&'a Rights>,
    published: Option<&'a str>,
}

impl Whole<'_> {
    /// The licence by its address, else by its name.
    fn licence(&self) -> Option<String> {
        let licence = self.rights?.licence.as_deref()?;
        Some(licence_address(licence).unwrap_or_else(|| licence.to_owned()))
    }

    fn tags(&self) -> Vec<MetaTag> {
        let mut tags = Vec::new();
        let mut tag = |name, content: Option<&str>| {
            tags.extend(content.map(|content| MetaTag { name, content: content.to_owned() }));
        };
        tag("dcterms.title", Some(self.title));
        // Editors are the creators of an edition; Zotero's field for them is another than that for authors.
        self.editors.iter().for_each(|editor| tag("dcterms.contributor", Some(&Person::editor(editor).for_programs())));
        tag("dcterms.publisher", self.publisher);
        tag("dcterms.date", self.published);
        tag("dcterms.language", Some(self.lang));
        tag("dcterms.rights", self.licence().as_deref().or(self.rights.and_then(|rights| rights.holder.as_deref())));
        tags
    }

    fn object(&self, kind: &str, url: Option<&str>) -> Map<String, Value> {
        let mut object = Map::new();
        object.insert("@context".into(), "https://schema.org".into());
        object.insert("@type".into(), kind.into());
        put(&mut object, "@id", url);
        put(&mut object, "name", Some(self.title));
        put(&mut object, "inLanguage", Some(self.lang));
        if !self.editors.is_empty() {
            object.insert("editor".into(), self.editors.iter().map(editor).collect());
        }
        let publisher = self.publisher.map(|name| json!({ "@type": "Organization", "name": name }));
        publisher.and_then(|publisher| object.insert("publisher".into(), publisher));
        put(&mut object, "datePublished", self.published.filter(|date| date.parse::<u16>().is_ok()));
        put(&mut object, "license", self.licence().as_deref());
        put(&mut object, "url", url);
        object
    }
}

fn editor(editor: &Editor) -> Value {
    let Person { name, parts, .. } = Person::editor(editor);
    match (&editor.orcid, parts) {
        (Some(orcid), _) => json!({ "@type": "Person", "@id": format!("https://orcid.org/{orcid}"), "name": name }),
        (None, Some(_)) => json!({ "@type": "Person", "name": name }),
        (None, None) => json!({ "@type": "Organization", "name": name }),
    }
}

fn linked_document(item: &Item<'_>, outline: &Outline, crumbs: &[Link]) -> Map<String, Value> {
    let mut object = Map::new();
    object.insert("@context".into(), "https://schema.org".into());
    let original = item.witnesses.first().filter(|original| original.repository.is_some());
    let kind = if item.class == Class::Letter { "Message" } else { "CreativeWork" };
    let kinds = match original {
        Some(_) if item.class == Class::Letter => json!(["ArchiveComponent", "Message"]),
        Some(_) => json!("ArchiveComponent"),
        None => json!(kind),
    };
    object.insert("@type".into(), kinds);
    put(&mut object, "@id", item.permalink.as_deref());
    put(&mut object, "name", Some(&item.title));
    let by = if item.class == Class::Letter { "sender" } else { "author" };
    people(&mut object, by, &item.authors);
    if item.class == Class::Letter {
        people(&mut object, "recipient", &item.recipients);
    }
    put(&mut object, "dateCreated", item.date.and_then(|day| iso(&day.edtf)).as_deref());
    put(&mut object, "inLanguage", Some(item.lang));
    put(&mut object, "genre", item.genre);
    put(&mut object, "position", outline.number.as_deref());
    if let Some(original) = original {
        let mut archive = json!({ "@type": "ArchiveOrganization", "name": original.repository });
        if let Some(place) = &original.place {
            archive["address"] = Value::from(place.as_str());
        }
        object.insert("holdingArchive".into(), archive);
        put(&mut object, "itemLocation", original.location().as_deref());
    }
    object.insert("isPartOf".into(), part_of(item));
    breadcrumb(&mut object, item, crumbs);
    object
}

/// The volume, named by its address where there is one, so that what its own page tells need not be told again.
fn part_of(item: &Item<'_>) -> Value {
    let mut book = json!({ "@type": "Book", "name": item.volume.title });
    let folder = item.settings.base_url.as_deref().zip(item.path.rfind('/').map(|at| &item.path[..=at]));
    if let Some((base, folder)) = folder {
        book["@id"] = Value::from(format!("{base}{folder}"));
    }
    book
}

/// The way to the page, where it has an address.
fn breadcrumb(object: &mut Map<String, Value>, item: &Item<'_>, crumbs: &[Link]) {
    let Some(base) = item.settings.base_url.as_deref().filter(|_| crumbs.len() > 1) else { return };
    let folder = item.path.rfind('/').map_or("", |at| &item.path[..=at]);
    let step = |(number, crumb): (usize, &Link)| {
        let path = match crumb.href.strip_prefix("../") {
            Some(path) => path.to_owned(),
            None => format!("{folder}{}", crumb.href),
        };
        json!({ "@type": "ListItem", "position": number + 1, "name": plain(&crumb.title), "item": absolute(base, &path) })
    };
    let steps: Vec<Value> = crumbs.iter().enumerate().map(step).collect();
    let page = json!({ "@type": "WebPage", "breadcrumb": { "@type": "BreadcrumbList", "itemListElement": steps } });
    object.insert("mainEntityOfPage".into(), page);
}

fn collection(settings: &Settings) -> Value {
    let mut edition = json!({ "@type": "Collection", "name": settings.title });
    if let Some(base) = &settings.base_url {
        edition["@id"] = Value::from(base.as_str());
    }
    edition
}

fn people(object: &mut Map<String, Value>, key: &str, people: &[Person]) {
    // Of a name that may be anybody's nothing is said but the name.
    let named = |person: &Person| match person.is_body {
        Some(true) => json!({ "@type": "Organization", "name": person.full }),
        Some(false) => json!({ "@type": "Person", "name": person.full }),
        None => Value::from(person.full.as_str()),
    };
    if !people.is_empty() {
        object.insert(key.to_owned(), people.iter().map(named).collect());
    }
}

fn put(object: &mut Map<String, Value>, key: &str, value: Option<&str>) {
    if let Some(value) = value {
        object.insert(key.to_owned(), Value::from(value));
    }
}

/// JSON for a `script` element, which a `<` could end.
fn linked(object: Map<String, Value>) -> Html {
    Html(Value::Object(object).to_string().replace('<', "\\u003c"))
}

/// A date as ISO 8601 has it; none for one that only EDTF can tell.
fn iso(edtf: &Edtf) -> Option<String> {
    crate::view::html_datetime(&edtf.to_string())
}

/// `1963/02/18`, without the time of day.
fn scholar(iso: String) -> String {
    iso.split('T').next().unwrap_or_default().replace('-', "/")
}

fn zotero_type(class: Class) -> &'static str {
    match class {
        Class::Letter => "letter",
        Class::Manuscript => "manuscript",
        Class::Report => "report",
        Class::Document => "document",
    }
}

fn rights_words(rights: &RightsView) -> Option<&str> {
    rights.href.as_deref().or(rights.licence.as_deref()).or(rights.holder.as_deref())
}

/// Inline HTML as text.
fn plain(html: &Html) -> String {
    let mut text = String::new();
    let mut inside = false;
    for sign in html.0.chars() {
        match sign {
            '<' => inside = true,
            '>' => inside = false,
            _ if !inside => text.push(sign),
            _ => {}
        }
    }
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}
