//! The text of a document as a small tree of blocks and inlines with their places.
//!
//! The tree borrows from the source, so it lives no longer than one parse; what other pages may show of a document is
//! in its outline.

use std::borrow::Cow;

/// Bytes of the text that was parsed, from its own start.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One beyond the last byte.
    pub end: u32,
}

impl Span {
    /// The span of a range of bytes; texts of four gigabytes and more are refused when they are loaded.
    pub fn new(range: std::ops::Range<usize>) -> Self {
        let narrow = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Span { start: narrow(range.start), end: narrow(range.end) }
    }

    /// The same as a range.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// Attributes in braces: `{.class #id key=value}`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Attributes<'s> {
    /// `#id`.
    pub id: Option<&'s str>,
    /// `.class`, in order.
    pub classes: Vec<&'s str>,
    /// `key=value` or `key="some value"`, in order.
    pub pairs: Vec<(&'s str, &'s str)>,
}

impl<'s> Attributes<'s> {
    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&'s str> {
        self.pairs.iter().find(|(name, _)| *name == key).map(|(_, value)| *value)
    }

    /// Whether the class is there.
    pub fn has(&self, class: &str) -> bool {
        self.classes.contains(&class)
    }
}

/// A parsed text: its blocks, and the notes it defines, in the order of their definitions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Body<'s> {
    /// Blocks outside notes.
    pub blocks: Vec<Block<'s>>,
    /// Notes.
    pub notes: Vec<Note<'s>>,
}

/// A note as defined by `[^label]: text`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note<'s> {
    /// Label, lower case.
    pub label: String,
    /// Where the definition begins.
    pub at: Span,
    /// The text.
    pub blocks: Vec<Block<'s>>,
}

/// A block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block<'s> {
    /// A paragraph.
    Paragraph(Paragraph<'s>),
    /// Inlines that are no paragraph: the text of a tight list item.
    Plain(Vec<Inline<'s>>),
    /// A page break that stands between blocks.
    PageBreak(PageBreak<'s>),
    /// A heading of the document itself.
    Heading(Heading<'s>),
    /// A quotation.
    Quote(Vec<Block<'s>>),
    /// A list.
    List(List<'s>),
    /// Text in a code fence.
    Code(Cow<'s, str>),
    /// A table.
    Table(Table<'s>),
    /// A fenced div.
    Fence(Fence<'s>),
    /// An element of a table written as HTML.
    Element(Element<'s>),
    /// HTML as written, on pages that allow it.
    Raw(Cow<'s, str>),
}

/// A paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph<'s> {
    /// Where it stands.
    pub at: Span,
    /// Its anchor: pinned by `{#id}`, else counted; none in notes and cells.
    pub id: Option<Cow<'s, str>>,
    /// Whether the editor pinned the anchor.
    pub pinned: bool,
    /// The text.
    pub inlines: Vec<Inline<'s>>,
}

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading<'s> {
    /// Where it stands.
    pub at: Span,
    /// Level as written, from 1.
    pub level: u8,
    /// Anchor: as written in `{#id}`, else made from the words.
    pub id: Cow<'s, str>,
    /// Whether the anchor is written in the source.
    pub pinned: bool,
    /// What stands in braces behind the words.
    pub attributes: Attributes<'s>,
    /// The words.
    pub inlines: Vec<Inline<'s>>,
}

/// A list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List<'s> {
    /// Where it stands.
    pub at: Span,
    /// Whether its items carry printed numbers.
    pub ordered: bool,
    /// Items.
    pub items: Vec<Item<'s>>,
}

/// An item of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item<'s> {
    /// Marker as typed: `1.`, `2)`, `-`.
    pub marker: &'s str,
    /// Where the item begins.
    pub at: Span,
    /// Its blocks.
    pub blocks: Vec<Block<'s>>,
}

/// How a column of a table is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alignment {
    /// As the table is.
    None,
    /// To the left.
    Left,
    /// Centred.
    Center,
    /// To the right.
    Right,
}

/// The text of a cell.
pub type Cell<'s> = Vec<Inline<'s>>;

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table<'s> {
    /// Where it stands.
    pub at: Span,
    /// One for each column.
    pub alignments: Vec<Alignment>,
    /// Cells of the header row; all empty when the table has none.
    pub head: Vec<Cell<'s>>,
    /// Other rows.
    pub rows: Vec<Vec<Cell<'s>>>,
}

/// A fenced div: `::: class` … `:::`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fence<'s> {
    /// The opening line.
    pub at: Span,
    /// Class, id and other attributes.
    pub attributes: Attributes<'s>,
    /// What stands in it.
    pub blocks: Vec<Block<'s>>,
}

impl<'s> Fence<'s> {
    /// The first class, which names the block.
    pub fn class(&self) -> &'s str {
        self.attributes.classes.first().copied().unwrap_or("")
    }

    /// Whether each source line is a line of the document.
    pub fn keeps_lines(&self) -> bool {
        const LINES: &[&str] = &[
            "dateline",
            "address",
            "cover",
            "letterhead",
            "marking",
            "salute",
            "closer",
            "signed",
            "docket",
            "center",
            "right",
            "verse",
        ];
        LINES.contains(&self.class())
    }
}

/// A table, or part of one, written as HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element<'s> {
    /// The opening tag.
    pub at: Span,
    /// `table`, `thead`, `tbody`, `tr`, `th`, `td`.
    pub tag: &'static str,
    /// `colspan`, `rowspan` and `scope` with checked values.
    pub attributes: Vec<(&'static str, &'s str)>,
    /// What stands in it.
    pub blocks: Vec<Block<'s>>,
}

/// A way of setting words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Emphasis.
    Em,
    /// Strong emphasis.
    Strong,
    /// Deleted by the writer.
    Del,
    /// Raised.
    Sup,
    /// Lowered.
    Sub,
}

impl Style {
    /// The HTML element.
    pub fn tag(self) -> &'static str {
        match self {
            Style::Em => "em",
            Style::Strong => "strong",
            Style::Del => "del",
            Style::Sup => "sup",
            Style::Sub => "sub",
        }
    }
}

/// An inline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inline<'s> {
    /// Characters.
    Text(Cow<'s, str>),
    /// The end of a source line.
    SoftBreak,
    /// A line break of the document.
    HardBreak,
    /// Code.
    Code(Cow<'s, str>),
    /// Words set in some way.
    Styled(Style, Vec<Inline<'s>>),
    /// A bracketed span.
    Marked(Box<Marked<'s>>),
    /// A link.
    Link(Box<Link<'s>>),
    /// An image.
    Image(Box<Link<'s>>),
    /// A reference to a note.
    NoteRef(NoteRef),
    /// A page break.
    PageBreak(PageBreak<'s>),
    /// HTML as written, on pages that allow it.
    Raw(Cow<'s, str>),
}

/// A bracketed span: `[text]{.class key=value}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marked<'s> {
    /// The whole, brackets and braces included.
    pub at: Span,
    /// Class, id and other attributes.
    pub attributes: Attributes<'s>,
    /// Number of the volume's pattern, when the text is a bracketed phrase without attributes.
    pub pattern: Option<usize>,
    /// What stands in the brackets.
    pub inlines: Vec<Inline<'s>>,
}

/// A link to a register entry, a document, a page, a file or the web.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link<'s> {
    /// The whole link.
    pub at: Span,
    /// Its target as written: `person:p_RD_1`, `doc:d12#fn3`, `https://…`.
    pub target: Cow<'s, str>,
    /// Attributes that follow the link: `{.implied}`.
    pub attributes: Attributes<'s>,
    /// The words of the link.
    pub inlines: Vec<Inline<'s>>,
}

/// A reference to a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteRef {
    /// Where it stands.
    pub at: Span,
    /// Label, lower case.
    pub label: String,
    /// Which reference to this note it is, from 1; 0 until counted.
    pub count: u32,
}

/// A page break.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageBreak<'s> {
    /// Where it stands.
    pub at: Span,
    /// Id of the pagination.
    pub pagination: Cow<'s, str>,
    /// Page number; none for an image without one.
    pub page: Option<Cow<'s, str>>,
    /// What is shown: as written.
    pub label: Cow<'s, str>,
    /// Image of the page.
    pub image: Option<&'s str>,
    /// Anchor: `{pagination}-{page}`, with `-2` … when the number comes again; empty until counted.
    pub anchor: String,
}
