//! The header of a letter as front matter: parties, dates, witnesses, printings, hands, place in a correspondence.

use super::known::Known;
use super::text::Writer;
use super::{escaped, extra, words};
use crate::import::inline::Inline;
use crate::import::markdown;
use crate::import::tei::index::clean;
use crate::import::xml::{self, Node};
use crate::import::yaml::Yaml;
use std::collections::BTreeMap;

/// The title of a letter as its readers see it.
pub fn title(root: Node<'_>) -> String {
    let statement = xml::find(root, "titleStmt");
    let titles = |level: &str| {
        let found = statement.and_then(|node| {
            xml::children(node).find(|child| xml::name(*child) == "title" && xml::value(*child, "level") == Some(level))
        });
        found.map(xml::words).filter(|words| !words.is_empty())
    };
    titles("a").or_else(|| titles("m")).unwrap_or_default()
}

/// A hand of a letter.
#[derive(Debug, Clone)]
pub struct Hand {
    /// Its key in the front matter.
    pub key: String,
    /// What a change of hand names.
    pub scribe: String,
    name: String,
    reference: Option<String>,
    medium: String,
}

/// The hands that a header or a change of hand names; none where one person wrote all, for then the sender did.
pub fn hands(root: Node<'_>, known: &Known) -> Vec<Hand> {
    let names: BTreeMap<String, String> = root
        .descendants()
        .filter(|node| matches!(xml::name(*node), "author" | "persName"))
        .filter_map(|node| Some((xml::value(node, "ref")?.trim_start_matches('#').to_owned(), xml::words(node))))
        .collect();
    let mut hands: Vec<Hand> = Vec::new();
    let shifted = root.descendants().filter(|node| xml::name(*node) == "handShift").map(words::scribe);
    let noted = || root.descendants().filter(|node| xml::name(*node) == "handNote");
    let described = noted().filter_map(|note| xml::value(note, "corresp"));
    for scribe in described.chain(shifted).flat_map(str::split_whitespace).map(|scribe| scribe.trim_start_matches('#'))
    {
        if hands.iter().any(|hand| hand.scribe == scribe) {
            continue;
        }
        let name = names.get(scribe).cloned().unwrap_or_else(|| words::hand(scribe));
        let surname = words::token(name.split([',', ' ']).next().unwrap_or_default());
        let taken = hands.iter().any(|hand| hand.key == surname);
        let key = if surname.is_empty() || taken { words::token(scribe) } else { surname };
        let note =
            noted().find(|note| xml::value(*note, "corresp").is_some_and(|who| who.trim_start_matches('#') == scribe));
        let reference = known.has("person", scribe).then(|| format!("person:{}", clean(scribe)));
        hands.push(Hand {
            key,
            scribe: scribe.to_owned(),
            name,
            reference,
            medium: note.map(writing).unwrap_or_default(),
        });
    }
    let changes = root.descendants().any(|node| xml::name(node) == "handShift");
    if changes || hands.len() > 1 { hands } else { Vec::new() }
}

/// The hand that begins a letter in which hands change: that of the author who is named first, unless it is typed.
pub fn first_hand(root: Node<'_>, hands: &[Hand]) -> Option<String> {
    let changes = xml::find(root, "body").is_some_and(|body| xml::find(body, "handShift").is_some());
    if !changes || xml::find(root, "typeDesc").is_some() {
        return None;
    }
    let statement = xml::find(root, "titleStmt")?;
    let author = xml::value(xml::child(statement, "author")?, "ref")?.trim_start_matches('#');
    hands.iter().find(|hand| hand.scribe == author).map(|hand| hand.key.clone())
}

/// Parts of a header that speak of the whole series, or say again what stands elsewhere.
pub fn is_of_the_series(node: Node<'_>) -> bool {
    match xml::name(node) {
        "licence" | "funder" | "respStmt" | "editionStmt" | "seriesStmt" | "encodingDesc" | "language" => true,
        "publicationStmt" | "correspContext" | "biblStruct" | "correspDesc" => false,
        // A date in numbers, beside the date in words.
        "title" => xml::value(node, "type") == Some("iso-date"),
        "ref" => xml::value(node, "type").is_some_and(|kind| kind.starts_with("within") || kind.starts_with("belongs")),
        _ => false,
    }
}

/// "Bleistift, deutsche Kurrent".
fn writing(note: Node<'_>) -> String {
    let said = ["medium", "style"].iter().filter_map(|key| xml::value(note, key)).flat_map(str::split_whitespace);
    let says = |code: &&str| !matches!(*code, "anderes" | "nicht-anzuwenden" | "nicht_anzuwenden");
    said.filter(says).map(words::noun).collect::<Vec<_>>().join(", ")
}

/// Writes the front matter of a letter.
pub fn write(root: Node<'_>, id: &str, hands: &[Hand], writer: &mut Writer<'_>, known: &Known, front: &mut Yaml) {
    front.text("id", id).text("title", &escaped(&title(root)));
    let witnesses: Vec<Node<'_>> = root.descendants().filter(|node| xml::name(*node) == "witness").collect();
    front.option("genre", witnesses.first().and_then(|witness| form(*witness)).as_deref());
    front.option("lang", xml::find(root, "language").and_then(|language| xml::value(language, "ident")));
    let action = |kind: &str| {
        let mut actions = root.descendants().filter(|node| xml::name(*node) == "correspAction");
        actions.find(|node| xml::value(*node, "type") == Some(kind))
    };
    let (sent, received) = (action("sent"), action("received"));
    date(sent, writer, front);
    place(sent, front, known);
    parties("from", sent, front, known);
    parties("to", received, front, known);
    front.map("received", |front| {
        received_date(received, writer, front);
        place(received, front, known);
    });
    let printings: Vec<Node<'_>> = xml::find(root, "sourceDesc")
        .into_iter()
        .flat_map(|node| node.descendants())
        .filter(|node| xml::name(*node) == "biblStruct")
        .collect();
    sources(&witnesses, &printings, writer, known, front);
    write_hands(hands, front);
    writer.counts.add("witnesses", witnesses.len());
    writer.counts.add("printed", printings.len());
    let rest = if witnesses.is_empty() { printings.get(1..).unwrap_or_default() } else { &printings };
    if !rest.is_empty() {
        front.map("printed_in", |front| {
            for printing in rest {
                front.entry(|front| write_printing(*printing, front, known));
            }
        });
    }
    correspondence(root, known, front);
    facsimiles(root, writer, front);
    let handles: Vec<String> = xml::find(root, "publicationStmt")
        .into_iter()
        .flat_map(xml::children)
        .filter(|node| xml::name(*node) == "idno")
        .map(xml::words)
        .filter(|words| !words.is_empty())
        .collect();
    front.list("identifiers", handles.iter().map(String::as_str));
    front.list("editors", super::editors(root).iter().map(String::as_str));
    front.map("extra", |front| {
        extra::actions(root, front, known);
        extra::revisions(root, front);
    });
}

fn write_hands(hands: &[Hand], front: &mut Yaml) {
    front.map("hands", |front| {
        for hand in hands {
            front.map(&hand.key, |front| {
                front.text("name", &hand.name).option("ref", hand.reference.as_deref()).text("medium", &hand.medium);
            });
        }
    });
}

/// A date of a letter as EDTF: a day, some day within, or a span.
pub(super) fn edtf(date: Node<'_>) -> Option<String> {
    let value = |keys: [&str; 2]| keys.iter().find_map(|key| xml::value(date, key));
    let (from, to) = (value(["from", "from-iso"]), value(["to", "to-iso"]));
    let (after, before) = (value(["notBefore", "notBefore-iso"]), value(["notAfter", "notAfter-iso"]));
    let written = match (value(["when", "when-iso"]), from, to, after, before) {
        (Some(day), ..) => day.to_owned(),
        (None, Some(from), Some(to), ..) if from == to => from.to_owned(),
        (None, Some(from), Some(to), ..) => format!("{from}/{to}"),
        (None, _, _, Some(after), Some(before)) if after == before => after.to_owned(),
        (None, _, _, Some(after), Some(before)) => format!("[{after}..{before}]"),
        (None, _, _, Some(after), None) => format!("[{after}..]"),
        (None, _, _, None, Some(before)) => format!("[..{before}]"),
        (None, Some(from), None, ..) => format!("{from}/.."),
        (None, None, Some(to), ..) => format!("../{to}"),
        (None, None, None, None, None) => return None,
    };
    crate::parse::date::parse(&written).is_ok().then_some(written)
}

fn date(action: Option<Node<'_>>, writer: &mut Writer<'_>, front: &mut Yaml) {
    match action.and_then(|action| readable(action, writer)) {
        Some((date, edtf)) => write_date(date, &edtf, front),
        None => drop(front.word("date", "none")),
    }
}

fn received_date(action: Option<Node<'_>>, writer: &mut Writer<'_>, front: &mut Yaml) {
    if let Some((date, edtf)) = action.and_then(|action| readable(action, writer)) {
        write_date(date, &edtf, front);
    }
}

/// The date of an action with its value; the report names one that has none.
fn readable<'a>(action: Node<'a>, writer: &mut Writer<'_>) -> Option<(Node<'a>, String)> {
    let date = xml::child(action, "date")?;
    let edtf = edtf(date);
    if edtf.is_none() {
        let message = format!("the date `{}` has no value that can be read; write it by hand", xml::words(date));
        writer.report.remark("date-unread", xml::place(date), message);
    }
    Some((date, edtf?))
}

/// Brackets say that the editors supplied a part, and a question mark that they are not sure.
fn write_date(date: Node<'_>, edtf: &str, front: &mut Yaml) {
    let display = xml::words(date);
    front.map("date", |front| {
        front.text("edtf", edtf).text("display", &display);
        if xml::value(date, "evidence") == Some("conjecture") {
            front.word("basis", "conjecture");
        } else if display.contains('[') {
            front.word("basis", "internal");
        }
        if display.contains('?') || xml::value(date, "cert") == Some("low") {
            front.word("cert", "low");
        }
    });
}

pub(super) fn place(action: Option<Node<'_>>, front: &mut Yaml, known: &Known) {
    if let Some(place) = action.and_then(|action| xml::child(action, "placeName")) {
        front.map("place", |front| named(place, "place", front, known));
    }
}

pub(super) fn parties(key: &str, action: Option<Node<'_>>, front: &mut Yaml, known: &Known) {
    let parties: Vec<Node<'_>> = action
        .into_iter()
        .flat_map(xml::children)
        .filter(|node| matches!(xml::name(*node), "persName" | "orgName" | "name") && !xml::words(*node).is_empty())
        .collect();
    if parties.is_empty() {
        return;
    }
    front.map(key, |front| {
        for party in parties {
            let scheme = if xml::name(party) == "orgName" { "org" } else { "person" };
            front.entry(|front| named(party, scheme, front, known));
        }
    });
}

fn named(node: Node<'_>, scheme: &str, front: &mut Yaml, known: &Known) {
    let id = xml::value(node, "ref").or_else(|| xml::value(node, "key")).unwrap_or_default().trim_start_matches('#');
    front.text("name", &xml::words(node));
    if known.has(scheme, id) {
        front.text("ref", &format!("{scheme}:{}", clean(id)));
    }
}

/// "Brief", "Postkarte".
fn form(witness: Node<'_>) -> Option<String> {
    let Some(kind) = xml::child(witness, "objectType") else {
        let object = xml::find(witness, "objectDesc").and_then(|object| xml::child(object, "desc"))?;
        return xml::value(object, "subtype").or_else(|| xml::value(object, "type")).map(words::noun);
    };
    let own = xml::words(kind);
    if !own.is_empty() {
        return Some(own);
    }
    let code = xml::value(kind, "ana").or_else(|| xml::value(kind, "corresp"))?.trim_start_matches('#');
    (code != "anderes").then(|| words::noun(code))
}

fn sources(witnesses: &[Node<'_>], printings: &[Node<'_>], writer: &mut Writer<'_>, known: &Known, front: &mut Yaml) {
    match (witnesses, printings) {
        ([], []) => drop(front.word("source", "none")),
        ([], [first, ..]) => drop(front.map("source", |front| {
            front.map("printed", |front| write_printing(*first, front, known));
        })),
        ([one], _) => drop(front.map("source", |front| witness(*one, writer, front))),
        _ => drop(front.map("source", |front| {
            for one in witnesses {
                front.entry(|front| witness(*one, writer, front));
            }
        })),
    }
}

fn witness(node: Node<'_>, writer: &mut Writer<'_>, front: &mut Yaml) {
    let identifier = xml::find(node, "msIdentifier");
    let part = |name: &str| {
        identifier.and_then(|node| xml::child(node, name)).map(xml::words).filter(|words| !words.is_empty())
    };
    let owner = part("repository")
        .or_else(|| part("institution"))
        .or_else(|| part("collection"))
        .or_else(|| part("settlement"));
    front.text("repository", &escaped(&owner.unwrap_or_else(|| "unbekannt".to_owned())));
    let place: Vec<String> = [part("settlement"), part("country")].into_iter().flatten().collect();
    front.text("place", &place.join(", ")).option("shelfmark", part("idno").as_deref());
    front.option("form", form(node).as_deref());
    let measures: Vec<String> = node
        .descendants()
        .filter(|measure| xml::name(*measure) == "measure" && xml::value(*measure, "unit") != Some("zeichenanzahl"))
        .filter_map(|measure| Some(words::measure(xml::value(measure, "quantity")?, xml::value(measure, "unit")?)))
        .collect();
    front.text("extent", &measures.join(", "));
    front.text("description", &description(node, writer));
}

/// Paper and writing in one sentence, then what others wrote on it, a paragraph each.
fn description(witness: Node<'_>, writer: &mut Writer<'_>) -> String {
    let find = |name: &'static str| witness.descendants().filter(move |node| xml::name(*node) == name);
    let mut matter: Vec<String> = find("support").map(|node| line(node, writer)).collect();
    matter.extend(find("objectDesc").filter_map(|node| xml::value(node, "form")).map(|form| match form {
        "ms_abschrift" => "maschinenschriftliche Abschrift".to_owned(),
        "hs_abschrift" => "handschriftliche Abschrift".to_owned(),
        other => words::noun(other),
    }));
    matter.extend(find("condition").map(|node| match line(node, writer) {
        words if words.is_empty() => words::noun(xml::value(node, "ana").unwrap_or_default()),
        words => words,
    }));
    matter.extend(find("objectDesc").flat_map(xml::children).filter(is_own_desc).map(|node| line(node, writer)));
    matter.extend(find("typeNote").map(|note| described(note, writer)));
    matter
        .extend(find("typeDesc").filter(|node| xml::find(*node, "typeNote").is_none()).map(|node| line(node, writer)));
    matter.extend(find("handNote").map(|note| described(note, writer)));
    matter.retain(|words| !words.is_empty());
    let mut seen: Vec<String> = Vec::new();
    matter.retain(|words| {
        !seen.contains(words) && {
            seen.push(words.clone());
            true
        }
    });
    let mut paragraphs: Vec<String> = Vec::new();
    if !matter.is_empty() {
        paragraphs.push(matter.join("; "));
    }
    for incident in find("incident") {
        let words = line(incident, writer);
        let whose = match xml::value(incident, "type").unwrap_or_default() {
            "receiver" => "Empfänger",
            "archival" => "Ordnung",
            "postal" => "Versand",
            "editorial" => "Editorischer Hinweis",
            _ => "Zusatz",
        };
        let medium = xml::value(incident, "rend").map(|rend| format!(", {}", words::noun(rend))).unwrap_or_default();
        if !words.is_empty() {
            paragraphs.push(format!("{whose}{medium}: {words}"));
        }
    }
    paragraphs.join("\n\n")
}

/// A hand or a typeface by its codes, with what is said of it.
fn described(note: Node<'_>, writer: &mut Writer<'_>) -> String {
    let (codes, own) = (writing(note), line(note, writer));
    match (codes.is_empty(), own.is_empty()) {
        (_, true) => codes,
        (true, false) => own,
        (false, false) => format!("{codes} ({own})"),
    }
}

fn is_own_desc(node: &Node<'_>) -> bool {
    xml::name(*node) == "desc"
}

/// The words of an element of the header as one line of Markdown.
fn line(node: Node<'_>, writer: &mut Writer<'_>) -> String {
    markdown::line(&crate::import::inline::fold(without_breaks(writer.editorial(node))))
}

fn without_breaks(inlines: Vec<Inline>) -> Vec<Inline> {
    inlines
        .into_iter()
        .map(|inline| if inline == Inline::Break { Inline::Text(" ".to_owned()) } else { inline })
        .collect()
}

fn write_printing(node: Node<'_>, front: &mut Yaml, known: &Known) {
    let key = xml::value(node, "corresp").unwrap_or_default().trim_start_matches('#');
    if known.has("bib", key) {
        front.text("ref", &format!("bib:{}", clean(key)));
    } else {
        front.text("citation", &escaped(&citation(node)));
    }
    let pages =
        node.descendants().find(|scope| xml::name(*scope) == "biblScope" && xml::value(*scope, "unit") == Some("pp"));
    front.option("pages", pages.map(xml::words).as_deref());
}

/// "Glossy, Karl: Title. In: Journal, Nr. 1. Wien: Verlag 1931".
fn citation(node: Node<'_>) -> String {
    let part = |name: &str| xml::child(node, name).map(item).filter(|words| !words.is_empty());
    let text = match (part("analytic"), part("monogr")) {
        (Some(article), Some(whole)) => format!("{article}. In: {whole}"),
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => xml::words(node),
    };
    part("series").map_or(text.clone(), |series| format!("{text} ({series})"))
}

fn item(node: Node<'_>) -> String {
    let all = |name: &'static str| {
        node.descendants().filter(move |inner| xml::name(*inner) == name).map(xml::words).collect::<Vec<_>>()
    };
    let mut text = all("author").join("; ");
    if !text.is_empty() {
        text.push_str(": ");
    }
    text.push_str(&all("title").join(". "));
    let editors = all("editor");
    if !editors.is_empty() {
        text.push_str(&format!(". Hg. {}", editors.join(", ")));
    }
    let scopes =
        node.descendants().filter(|inner| xml::name(*inner) == "biblScope" && xml::value(*inner, "unit") != Some("pp"));
    for scope in scopes {
        let unit = match xml::value(scope, "unit").unwrap_or_default() {
            "vol" => "Bd. ",
            "nr" => "Nr. ",
            "jg" => "Jg. ",
            "col" => "Sp. ",
            _ => "",
        };
        text.push_str(&format!(", {unit}{}", xml::words(scope)));
    }
    let (places, publishers, dates) = (all("pubPlace").join(", "), all("publisher").join(", "), all("date").join(", "));
    let house = [places, publishers].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(": ");
    match (house.is_empty(), dates.is_empty()) {
        (false, _) => text.push_str(&format!(". {house} {dates}")),
        (true, false) => text.push_str(&format!(", {dates}")),
        (true, true) => {}
    }
    text.trim().to_owned()
}

/// The correspondences a letter belongs to, with its neighbours where these are in hand: the others are computed.
fn correspondence(root: Node<'_>, known: &Known, front: &mut Yaml) {
    let Some(context) = xml::find(root, "correspContext") else { return };
    let references: Vec<Node<'_>> = xml::children(context).filter(|node| xml::name(*node) == "ref").collect();
    let belongs = |node: &&Node<'_>| xml::value(**node, "type") == Some("belongsToCorrespondence");
    if !references.iter().any(|node| belongs(&node)) {
        return;
    }
    let alone = references.iter().filter(belongs).count() == 1;
    front.map("correspondence", |front| {
        for one in references.iter().filter(belongs) {
            let id = bare(xml::value(*one, "target"));
            let neighbour = |subtype: &str| {
                let found = references.iter().find(|node| {
                    xml::value(**node, "type") == Some("withinCorrespondence")
                        && xml::value(**node, "subtype") == Some(subtype)
                        && (bare(xml::value(**node, "source")) == id || alone && xml::value(**node, "source").is_none())
                });
                let target = bare(xml::value(*found?, "target"));
                known.letter(target).map(|_| format!("doc:{}", clean(target)))
            };
            front.entry(|front| {
                front.text("id", id);
                front
                    .option("previous", neighbour("previous_letter").as_deref())
                    .option("next", neighbour("next_letter").as_deref());
            });
        }
    });
}

fn bare(target: Option<&str>) -> &str {
    target.unwrap_or_default().trim_start_matches('#')
}

/// Which image shows which page: as the breaks say, and images that no break names at the end.
fn facsimiles(root: Node<'_>, writer: &Writer<'_>, front: &mut Yaml) {
    let shown: Vec<(Option<usize>, &str)> =
        writer.pages.iter().enumerate().filter_map(|(at, image)| Some((Some(at + 1), image.as_deref()?))).collect();
    let graphics = root.descendants().filter(|node| xml::name(*node) == "graphic" && is_facsimile(*node));
    let others: Vec<(Option<usize>, &str)> = graphics
        .filter_map(|node| xml::value(node, "url"))
        .filter(|url| !shown.iter().any(|(_, image)| image == url))
        .map(|url| (None, url))
        .collect();
    if shown.is_empty() && others.is_empty() {
        return;
    }
    front.map("facsimiles", |front| {
        for (page, image) in shown.iter().chain(&others) {
            front.entry(|front| {
                front.word("pagination", "leaf");
                front.option("page", page.map(|page| page.to_string()).as_deref()).text("image", image);
            });
        }
    });
}

fn is_facsimile(node: Node<'_>) -> bool {
    node.ancestors().any(|above| matches!(xml::name(above), "facsimile" | "body"))
}
