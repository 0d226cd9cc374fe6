//! Mixed content of TEI as inlines: one function for each kind of element.

use super::Importer;
use super::excisions;
use super::index::pagination;
use crate::import::inline::{Inline, Page, Style, has_words, link};
use crate::import::rend;
use crate::import::volume::Text;
use crate::import::xml::{self, Node};

/// Elements whose words stand and whose tags say nothing that Markdown could keep.
const WORDS: &[&str] = &[
    "time",
    "affiliation",
    "seg",
    "orgName",
    "placeName",
    "name",
    "num",
    "measure",
    "byline",
    "docImprint",
    "publisher",
    "pubPlace",
    "docDate",
    "docTitle",
    "titlePart",
    "title",
    "signed",
    "salute",
    "dateline",
    "s",
    "w",
    "c",
    "p",
    "label",
    "item",
    "head",
    "cell",
    "row",
    "l",
    "ab",
    "subst",
    "term",
    "figDesc",
    "docAuthor",
    "idno",
    "roleName",
    "forename",
    "surname",
    "address",
    "addrLine",
    "rs",
    "persName",
    "gloss",
    "ref",
    "quote",
    "said",
    "opener",
    "closer",
    "list",
    "docEdition",
    "emph",
    "mentioned",
    "soCalled",
    "bibl",
    "author",
    "editor",
    "biblScope",
    "list",
    "table",
    "lg",
    "postscript",
    "trailer",
    "argument",
    "epigraph",
    "div",
    "figure",
    "note",
    "desc",
    "q",
    "pc",
    "code",
    "formula",
    "eg",
    "role",
    "roleDesc",
    "speaker",
    "docRole",
    "imprimatur",
    "settlement",
    "country",
    "region",
    "placeName",
    "surname",
    "genName",
    "nameLink",
    "addName",
    "expan",
    "reg",
    "ex",
    "am",
];

/// Elements that become something of their own in a line.
const MADE: &[&str] = &[
    "hi",
    "emph",
    "lb",
    "date",
    "pb",
    "note",
    "ptr",
    "del",
    "add",
    "unclear",
    "supplied",
    "sic",
    "foreign",
    "gap",
    "anchor",
    "fw",
    "milestone",
    "cb",
    "gb",
    "space",
    "caesura",
    "app",
    "stage",
    "damage",
    "abbr",
    "orig",
    "corr",
    "graphic",
    "script",
    "object",
    "param",
];

/// Whether the importer has no rule for the element.
pub fn is_unknown(node: Node<'_>) -> bool {
    let name = xml::name(node);
    node.is_element() && !WORDS.contains(&name) && !MADE.contains(&name) && !super::blocks::is_block(name)
}

impl<'a> Importer<'a> {
    /// The content of an element as inlines.
    pub fn inlines(&mut self, node: Node<'a>, text: &mut Text) -> Vec<Inline> {
        let mut run = Vec::new();
        for child in node.children() {
            run.extend(self.inline(child, text));
        }
        run
    }

    /// One node as inlines.
    pub fn inline(&mut self, node: Node<'a>, text: &mut Text) -> Vec<Inline> {
        if node.is_text() {
            return vec![Inline::Text(node.text().unwrap_or("").to_owned())];
        }
        if !node.is_element() {
            return Vec::new();
        }
        match xml::name(node) {
            "hi" | "emph" => self.highlighted(node, text),
            "lb" => vec![Inline::Break],
            "date" => {
                self.count_in_document(node, "dates");
                self.inlines(node, text)
            }
            "pb" => vec![Inline::Page(self.page(node))],
            "note" => self.note(node, text),
            "persName" | "gloss" | "ref" | "ptr" | "rs" | "term" | "orgName" | "placeName" | "name" => {
                self.reference(node, text)
            }
            "del" => {
                self.count_in_document(node, "deletions");
                let inner = self.inlines(node, text);
                vec![Inline::Styled(Style::Del, inner)]
            }
            "add" => self.span(node, text, ".add"),
            "unclear" => self.span(node, text, ".unclear"),
            "supplied" => self.span(node, text, ".supplied"),
            "sic" => self.span(node, text, ".sic"),
            "foreign" => {
                let lang = xml::value(node, "lang").map(|lang| format!("lang={lang}"));
                let inner = self.inlines(node, text);
                lang.map_or(inner.clone(), |lang| vec![Inline::Span(lang, inner)])
            }
            "gap" => {
                let mut said = self.inlines(node, text);
                if !said.iter().any(has_words) {
                    said = vec![Inline::Text("…".to_owned())];
                }
                vec![Inline::Span(gap(node), said)]
            }
            "anchor" => self.inlines(node, text),
            "fw" | "milestone" | "cb" | "gb" | "space" | "caesura" => self.left_out(node),
            "choice" => self.choice(node, text),
            "app" => self.readings(node, text),
            "stage" => self.stage(node, text),
            "damage" => self.span(node, text, ".damage"),
            "abbr" => self.span(node, text, ".abbr"),
            "orig" => self.span(node, text, ".orig"),
            "corr" => self.span(node, text, ".supplied"),
            "graphic" | "script" | "object" | "param" => self.figure_part(node),
            known if WORDS.contains(&known) => self.inlines(node, text),
            unknown => {
                self.report.unknown(unknown, || xml::place(node), "its text stands where it stood");
                self.apart(node, text)
            }
        }
    }

    fn span(&mut self, node: Node<'a>, text: &mut Text, attributes: &str) -> Vec<Inline> {
        let inner = self.inlines(node, text);
        vec![Inline::Span(attributes.to_owned(), inner)]
    }

    /// Parts of figures hold addresses and programs, no words of the edition.
    fn figure_part(&mut self, node: Node<'a>) -> Vec<Inline> {
        let name = xml::name(node);
        let what = if name == "graphic" {
            "it holds no text; add its image by hand"
        } else {
            "its text is a program, not of the edition, and was left out"
        };
        self.report.unknown(name, || xml::place(node), what);
        Vec::new()
    }

    /// Highlighted words. Several renditions of the same words nest.
    fn highlighted(&mut self, node: Node<'a>, text: &mut Text) -> Vec<Inline> {
        let inner = self.inlines(node, text);
        let rend = xml::value(node, "rend").or_else(|| xml::value(node, "rendition")).unwrap_or("italic");
        rend::set(rend, inner, |word| {
            let word = word.trim_start_matches('#');
            let message = format!("`rend=\"{word}\"` is not known; the words are set plain");
            self.report.remark_some("rendition-unknown", || xml::place(node), message);
        })
    }

    /// A page break, counted where it is written.
    pub fn page(&mut self, node: Node<'a>) -> Page {
        let kind = pagination(node);
        let number = xml::value(node, "n").filter(|number| !number.is_empty());
        self.report.page_breaks.entry(kind.to_owned()).or_default().written += 1;
        self.report.written("page_breaks", 1);
        if xml::ancestor_document(node) {
            self.report.written("page_breaks_in_documents", 1);
        }
        if let Some(number) = number {
            self.current.insert(kind.to_owned(), number.to_owned());
        }
        Page {
            pagination: (kind != self.first_pagination).then(|| kind.to_owned()),
            number: number.map(str::to_owned),
            image: self.image(node),
        }
    }

    /// The image of a page: an address, or the surface whose address the file lists.
    fn image(&self, node: Node<'a>) -> Option<String> {
        let facs = xml::value(node, "facs").filter(|facs| !facs.is_empty())?;
        let listed = facs.strip_prefix('#').and_then(|id| self.images.get(id));
        Some(listed.map_or(facs, String::as_str).to_owned())
    }

    /// A note: its definition goes to the text's notes, its reference stands here.
    fn note(&mut self, node: Node<'a>, text: &mut Text) -> Vec<Inline> {
        let Some(label) = self.index.label(node).cloned() else {
            // One that stands in the line is no footnote.
            self.count_note(node);
            return self.inlines(node, text);
        };
        self.count_note(node);
        if label.repeats {
            // Its text stands once, in the note that it repeats.
            self.count_repeated(node);
        } else {
            let content = self.note_content(node, text);
            text.notes.push((label.label.clone(), content));
            if let Some(marker) = label.marker {
                text.markers.push((label.label.clone(), marker));
            }
        }
        vec![Inline::Note(label.label)]
    }

    /// What a repeated note holds is written where it stands first.
    fn count_repeated(&mut self, note: Node<'a>) {
        for inner in note.descendants().skip(1).filter(Node::is_element) {
            super::counts::count_link(inner, |name| self.report.written(name, 1));
            if xml::name(inner) == "date" {
                self.count_in_document(inner, "dates");
            }
        }
        self.report.written("excisions", excisions::count(&excisions::text_of(note)));
    }

    /// The blocks of a note. Notes within it come after it.
    pub fn note_content(&mut self, node: Node<'a>, text: &mut Text) -> Vec<crate::import::markdown::Block> {
        let mut inner = Text::default();
        let mut blocks = self.mixed(node, &mut inner);
        blocks.append(&mut inner.blocks);
        text.notes.append(&mut inner.notes);
        text.markers.append(&mut inner.markers);
        blocks
    }

    /// Adds a note to what was written, by kind.
    pub fn count_note(&mut self, node: Node<'a>) {
        if !xml::ancestor_document(node) {
            self.report.written("notes_in_sections", 1);
            return;
        }
        super::counts::count_note(node, |name| self.report.written(name, 1));
    }

    /// A link, or its words where it has no target.
    fn reference(&mut self, node: Node<'a>, text: &mut Text) -> Vec<Inline> {
        let inner = self.inlines(node, text);
        let inner = if inner.is_empty() && xml::name(node) == "ptr" {
            vec![Inline::Text(xml::value(node, "target").unwrap_or("").to_owned())]
        } else {
            inner
        };
        let attribute = ["target", "corresp", "ref", "key"].into_iter().find_map(|key| xml::value(node, key));
        match attribute.filter(|target| !target.is_empty()) {
            Some(target) => self.linked(node, target, inner),
            None => inner,
        }
    }

    fn linked(&mut self, node: Node<'a>, target: &str, inner: Vec<Inline>) -> Vec<Inline> {
        super::counts::count_link(node, |name| self.report.written(name, 1));
        match self.resolve(node, target) {
            Ok(address) => link(address, inner),
            Err(address) => vec![Inline::Span(format!(".broken-ref target=\"{address}\""), inner)],
        }
    }
}

fn gap(node: Node<'_>) -> String {
    let reason = match xml::value(node, "reason") {
        Some(reason @ ("illegible" | "damage" | "withheld" | "omitted" | "lost")) => reason,
        Some("convenience") | None => "omitted",
        Some(_) => "lost",
    };
    format!(".gap reason={reason}")
}
