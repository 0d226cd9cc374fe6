//! A built page as a reader has it: the text of its article, and its data. By the contract of document pages, so it
//! holds for any theme that keeps it: what stands in `nav`, in `aside`, or in the citation is not the document's text.

use crate::hash::{Hash128, StreamHasher};
use html5gum::emitters::default::DefaultEmitter;
use html5gum::{EndTag, StartTag, Token, Tokenizer};

/// What a page says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Page {
    /// Class of the article: `document`, `section`, `page`; none where the page is no text of the edition.
    pub kind: Option<String>,
    /// Id of the article.
    pub id: String,
    /// Number as printed.
    pub number: String,
    /// Title, without number and marks of notes.
    pub title: String,
    /// Language of the page.
    pub lang: String,
    /// Data by the label that readers see, in order.
    pub data: Vec<(String, Vec<String>)>,
    /// The text.
    pub blocks: Vec<Block>,
    /// Hash of the tags in the text.
    pub markup: Hash128,
    /// Where the page leads on, as written, if that is all it does.
    pub leads_to: Option<String>,
}

/// A paragraph, an item, a cell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Block {
    /// Anchor at which it begins.
    pub anchor: Option<String>,
    /// Words with single blanks between them.
    pub text: String,
}

/// Classes of articles that are text of the edition; that of a page which says what was withdrawn is none.
const KINDS: &[&str] = &["document", "section", "page"];

/// Whether a page is text of the edition, by the tag of its article alone.
pub(super) fn is_document(html: &[u8]) -> bool {
    let places = html.windows(ARTICLE.len()).enumerate().filter(|(_, bytes)| *bytes == ARTICLE);
    places.map(|(at, _)| at).any(|at| {
        let tag = html[at..].split_inclusive(|byte| *byte == b'>').next().unwrap_or_default();
        read(tag).kind.is_some()
    })
}

const ARTICLE: &[u8] = b"<article";

/// Reads a page.
pub(super) fn read(html: &[u8]) -> Page {
    let mut emitter = DefaultEmitter::default();
    // Else the words of a script would count as tags.
    emitter.naively_switch_states(true);
    let mut reader = Reader::default();
    for token in Tokenizer::new_with_emitter(html, emitter) {
        match token {
            Ok(Token::StartTag(tag)) => reader.start(&tag),
            Ok(Token::EndTag(tag)) => reader.end(&tag),
            Ok(Token::String(text)) => reader.text(&String::from_utf8_lossy(&text.value)),
            // Comments, the doctype, and mistakes that browsers forgive.
            _ => {}
        }
    }
    reader.finish()
}

/// An element whose end is waited for: its name, and how many of that name are open in it.
type Open = Option<(Vec<u8>, usize)>;

#[derive(Default)]
struct Reader {
    page: Page,
    markup: StreamHasher,
    article: Open,
    /// An element that says nothing of its own.
    skipped: Open,
    /// An element that holds data.
    data: Open,
    /// Lists of data that were met in the element.
    lists: usize,
    /// The label or value of data that is being read.
    field: Option<Field>,
    /// When the document is dated, for machines.
    datetime: Option<String>,
    block: Block,
    /// A blank waits for the next word.
    blank: bool,
    heading: bool,
    number: Open,
    /// A mark of a note in the text.
    mark: Open,
    /// Whether the block holds nothing but the marker of the note that follows.
    only_marker: bool,
    marker: Open,
}

#[derive(PartialEq, Eq)]
enum Field {
    Label(String),
    Value(String),
}

impl Reader {
    fn start(&mut self, tag: &StartTag<()>) {
        let name: &[u8] = &tag.name;
        let class = attribute(tag, "class").unwrap_or_default();
        let has_class = |wanted: &str| class.split_ascii_whitespace().any(|class| class == wanted);
        if self.article.is_none() {
            return self.outside(tag, &class);
        }
        for open in [&mut self.article, &mut self.skipped, &mut self.data, &mut self.number, &mut self.mark] {
            deepen(open, name);
        }
        if self.skipped.is_some() {
            return;
        }
        let role = attribute(tag, "role").unwrap_or_default();
        let is_silent = matches!(name, b"nav" | b"script" | b"style" | b"template");
        // When a document was changed is told by what was.
        let is_about = ["cite", "changed", "history"].into_iter().any(has_class);
        if is_silent || is_about || role == "doc-backlink" {
            self.skipped = Some((name.to_vec(), 1));
            return;
        }
        if self.data.is_some() {
            return self.start_data(tag);
        }
        if matches!(name, b"aside" | b"details") {
            self.break_block();
            self.data = Some((name.to_vec(), 1));
            self.lists = 0;
            return;
        }
        self.hash(tag);
        if is_block(name) {
            self.break_block();
            let anchor = attribute(tag, "id");
            self.block.anchor = anchor.or(self.block.anchor.take());
        }
        match name {
            b"h1" => self.heading = true,
            b"span" if self.heading && has_class("number") => self.number = Some((name.to_vec(), 1)),
            b"a" if role == "doc-noteref" => {
                self.blank = true;
                self.push("[");
                self.blank = false;
                self.mark = Some((name.to_vec(), 1));
            }
            b"a" if has_class("marker") => self.marker = Some((name.to_vec(), 1)),
            _ => {}
        }
    }

    /// What counts of a page outside its article.
    fn outside(&mut self, tag: &StartTag<()>, class: &str) {
        match tag.name.as_slice() {
            b"html" => self.page.lang = attribute(tag, "lang").unwrap_or_default(),
            b"meta" if attribute(tag, "http-equiv").is_some_and(|value| value.eq_ignore_ascii_case("refresh")) => {
                let content = attribute(tag, "content").unwrap_or_default();
                self.page.leads_to = content.split_once("url=").map(|(_, address)| address.trim().to_owned());
            }
            b"article" if self.page.kind.is_none() && self.page.blocks.is_empty() => {
                self.article = Some((tag.name.to_vec(), 1));
                let kind = class.split_ascii_whitespace().find(|class| KINDS.contains(class));
                self.page.kind = kind.map(str::to_owned);
                self.page.id = attribute(tag, "id").unwrap_or_default();
                self.hash(tag);
            }
            _ => {}
        }
    }

    /// In an aside only the first list is about the document itself; others are about what it mentions.
    fn start_data(&mut self, tag: &StartTag<()>) {
        let wanted = self.lists == 1 || self.data.as_ref().is_some_and(|(name, _)| *name == b"details");
        match tag.name.as_slice() {
            b"dl" => {
                self.end_field();
                self.lists += 1;
            }
            b"dt" if wanted => {
                self.end_field();
                self.field = Some(Field::Label(String::new()));
            }
            b"dd" if wanted => {
                self.end_field();
                self.field = Some(Field::Value(String::new()));
            }
            b"time" => self.datetime = attribute(tag, "datetime"),
            _ => {}
        }
    }

    fn end(&mut self, tag: &EndTag<()>) {
        let name: &[u8] = &tag.name;
        if self.article.is_none() {
            return;
        }
        if self.skipped.is_some() {
            close(&mut self.skipped, name);
        } else if self.data.is_some() {
            self.end_data(name);
        } else {
            if is_block(name) {
                self.break_block();
            }
            if close(&mut self.mark, name) {
                self.blank = false;
                self.push("]");
            }
            close(&mut self.marker, name);
            close(&mut self.number, name);
            self.heading &= name != b"h1";
        }
        if close(&mut self.article, name) {
            self.break_block();
        }
    }

    fn end_data(&mut self, name: &[u8]) {
        match name {
            b"time" => {
                if let (Some(datetime), Some(Field::Value(text))) = (self.datetime.take(), &mut self.field)
                    && text.trim() != datetime
                {
                    text.push_str(&format!(" ({datetime})"));
                }
            }
            b"dt" | b"dd" | b"dl" | b"div" => self.end_field(),
            _ => {}
        }
        if close(&mut self.data, name) {
            self.end_field();
        }
    }

    fn end_field(&mut self) {
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        match self.field.take() {
            Some(Field::Label(text)) => self.page.data.push((words(&text), Vec::new())),
            Some(Field::Value(text)) => {
                if let Some((_, values)) = self.page.data.last_mut() {
                    values.push(words(&text));
                }
            }
            None => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.article.is_none() || self.skipped.is_some() {
            return;
        }
        if self.data.is_some() {
            if let Some(Field::Label(field) | Field::Value(field)) = &mut self.field {
                field.push_str(text);
            }
            return;
        }
        // White space of HTML: a no-break space is a letter like others.
        let is_blank = |letter: char| matches!(letter, ' ' | '\t' | '\n' | '\r' | '\u{c}');
        for (at, word) in text.split(is_blank).enumerate() {
            self.blank |= at > 0;
            if !word.is_empty() {
                self.push(word);
            }
        }
    }

    /// Adds a word, or a part of one.
    fn push(&mut self, word: &str) {
        let blank = std::mem::take(&mut self.blank);
        let with_blank = |text: &mut String| {
            if blank && !text.is_empty() {
                text.push(' ');
            }
            text.push_str(word);
        };
        self.only_marker = self.marker.is_some() && (self.block.text.is_empty() || self.only_marker);
        with_blank(&mut self.block.text);
        if self.number.is_some() {
            with_blank(&mut self.page.number);
        } else if self.heading && self.mark.is_none() && !matches!(word, "[" | "]") {
            with_blank(&mut self.page.title);
        }
    }

    fn break_block(&mut self) {
        if self.only_marker {
            // The marker of a note stands in a block of its own, and belongs to the one that follows.
            self.blank = true;
            return;
        }
        self.blank = false;
        if !self.block.text.is_empty() {
            self.page.blocks.push(std::mem::take(&mut self.block));
        }
    }

    fn hash(&mut self, tag: &StartTag<()>) {
        self.markup.update(&tag.name);
        // The title of a link is the title of another page.
        for (name, value) in tag.attributes.iter().filter(|(name, _)| name.as_slice() != b"title") {
            for part in [b" ", name.as_slice(), b"=", value.value.as_slice()] {
                self.markup.update(part);
            }
        }
        self.markup.update(b"\n");
    }

    fn finish(mut self) -> Page {
        self.only_marker = false;
        self.break_block();
        self.page.number = self.page.number.trim_matches(['.', '[', ']']).to_owned();
        self.page.markup = self.markup.finish();
        self.page
    }
}

fn attribute(tag: &StartTag<()>, name: &str) -> Option<String> {
    let value = tag.attributes.get(name.as_bytes())?;
    Some(String::from_utf8_lossy(&value.value).into_owned())
}

/// Counts an element of the same name inside an open one.
fn deepen(open: &mut Open, name: &[u8]) {
    if let Some((_, depth)) = open.as_mut().filter(|(waited, _)| waited == name) {
        *depth += 1;
    }
}

/// Whether this end is the one that was waited for.
fn close(open: &mut Open, name: &[u8]) -> bool {
    if let Some((_, depth)) = open.as_mut().filter(|(waited, _)| waited == name) {
        *depth -= 1;
        if *depth == 0 {
            *open = None;
            return true;
        }
    }
    false
}

/// Elements between which words are apart.
fn is_block(name: &[u8]) -> bool {
    const BLOCKS: &[&[u8]] = &[
        b"article",
        b"blockquote",
        b"br",
        b"caption",
        b"dd",
        b"div",
        b"dl",
        b"dt",
        b"figcaption",
        b"figure",
        b"h1",
        b"h2",
        b"h3",
        b"h4",
        b"h5",
        b"h6",
        b"hr",
        b"li",
        b"ol",
        b"p",
        b"pre",
        b"section",
        b"summary",
        b"table",
        b"tbody",
        b"td",
        b"tfoot",
        b"th",
        b"thead",
        b"tr",
        b"ul",
    ];
    BLOCKS.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r##"<!doctype html><html lang=de><head><title>No</title><script>if(a<b)"<article>"</script></head>
        <body><nav>Way</nav><main><article class="document" id="d1" data-kind="document">
        <h1><span class="number">12A.</span> Letter <em>to</em> Rusk<a id="fnref-1" role="doc-noteref" href="#fn-1"><sup>1</sup></a></h1>
        <section class="provenance"><p>Kennedy Library.</p><details><summary>Fields</summary><dl><div><dt>Box</dt><dd>12</dd></div></dl></details></section>
        <div class="text"><p id="p1">Dear <b>S</b>ir, <span role="doc-pagebreak" id="x-2"></span>un<span role="doc-pagebreak"></span>der
        <p id="p2">Yours&nbsp;truly &amp; so on</div>
        <section class="notes"><h2>Notes</h2><ol><li id="fn-1"><p class="mark"><a class="marker" href="#fn-1">1</a></p>
        <div class="note"><p>See below.</p></div><p class="back"><a role="doc-backlink" href="#fnref-1">↩</a></p></li></ol></section>
        <section class="cite"><h2>Cite</h2><p>Letter, cited</p></section>
        <aside><h2>About</h2><dl><div><dt>Date</dt><dd><time datetime="1963-02-18">February 18</time></dd></div>
        <div><dt>To</dt><dd>Rusk</dd><dd>Bundy</dd></div></dl><dl><div><dt>See</dt><dd>d2</dd></div></dl></aside>
        </article><nav>Next</nav></main><footer>Foot</footer></body></html>"##;

    #[test]
    fn a_page_is_its_article() {
        let page = read(PAGE.as_bytes());
        assert_eq!((page.kind.as_deref(), page.id.as_str(), page.lang.as_str()), (Some("document"), "d1", "de"));
        assert_eq!((page.number.as_str(), page.title.as_str()), ("12A", "Letter to Rusk"));
        let blocks: Vec<(Option<&str>, &str)> =
            page.blocks.iter().map(|block| (block.anchor.as_deref(), block.text.as_str())).collect();
        assert_eq!(
            blocks,
            [
                (None, "12A. Letter to Rusk [1]"),
                (None, "Kennedy Library."),
                (Some("p1"), "Dear Sir, under"),
                (Some("p2"), "Yours\u{a0}truly & so on"),
                (None, "Notes"),
                (Some("fn-1"), "1 See below."),
            ]
        );
        let data: Vec<(&str, String)> =
            page.data.iter().map(|(label, values)| (label.as_str(), values.join("; "))).collect();
        let date = "February 18 (1963-02-18)".to_owned();
        assert_eq!(data, [("Box", "12".to_owned()), ("Date", date), ("To", "Rusk; Bundy".to_owned())]);
    }

    #[test]
    fn only_tags_of_the_text_are_its_markup() {
        let markup = |from: &str, to: &str| {
            assert!(PAGE.contains(from));
            read(PAGE.replace(from, to).as_bytes()).markup
        };
        let own = read(PAGE.as_bytes()).markup;
        assert_eq!(markup("<nav>Next</nav>", "<nav><b>Next</b></nav>"), own);
        assert_eq!(markup("Letter, cited", "<i>Letter</i>"), own);
        assert_ne!(markup("<b>S</b>ir", "<i>S</i>ir"), own);
        assert_ne!(markup("id=\"x-2\"", "id=\"x-3\""), own);
    }

    #[test]
    fn a_page_in_place_of_a_document_is_none() {
        let withdrawn = b"<main><article class=withdrawn id=d1><h1>Letter</h1></article>";
        assert_eq!((read(withdrawn).kind, is_document(withdrawn)), (None, false));
        assert!(is_document(PAGE.as_bytes()) && is_document(b"<article id=x class=section>") && !is_document(b"<p>"));
    }

    #[test]
    fn a_page_that_leads_on() {
        let page = read(b"<html><head><meta http-equiv=\"refresh\" content=\"1; url=../w/d1.html\"></head><p>x</html>");
        assert_eq!((page.kind, page.leads_to.as_deref()), (None, Some("../w/d1.html")));
    }

    #[test]
    fn nothing_that_is_no_page_does_harm() {
        for text in ["", "<", "<article", "<article></p></article></article>", "<article><nav><article></nav>x"] {
            read(text.as_bytes());
        }
    }
}
