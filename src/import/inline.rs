//! Inlines as importers make them, and the folding of a pretty-printer's white space.

use super::xml;

/// A run of text inside a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inline {
    /// Characters.
    Text(String),
    /// Emphasis and the like.
    Styled(Style, Vec<Inline>),
    /// A bracketed span with its attributes, such as `.smallcaps`.
    Span(String, Vec<Inline>),
    /// A link.
    Link(String, Vec<Inline>),
    /// A note reference by its label.
    Note(String),
    /// A page break.
    Page(Page),
    /// A line break.
    Break,
}

/// Styles that Markdown or its short list of HTML has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Italic.
    Em,
    /// Bold.
    Strong,
    /// Raised.
    Sup,
    /// Lowered.
    Sub,
    /// Struck out.
    Del,
}

impl Style {
    /// Its element.
    pub fn tag(self) -> &'static str {
        match self {
            Style::Em => "em",
            Style::Strong => "strong",
            Style::Sup => "sup",
            Style::Sub => "sub",
            Style::Del => "del",
        }
    }
}

/// A page break.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    /// Pagination; `None` for the volume's first.
    pub pagination: Option<String>,
    /// Number.
    pub number: Option<String>,
    /// Image of the page.
    pub image: Option<String>,
}

/// A tree laid flat, so that white space can be moved over the edges of its elements.
enum Token {
    Open(Inline),
    Close,
    Leaf(Inline),
}

/// Folds white space: none at the ends or beside a line break, one between words, always outside of emphasis and
/// links, and behind a note reference rather than before it. A line break of a pretty-printer that stands between an
/// element and the bracket before it, or the bracket, comma or stop behind it, is none. Elements without content vanish.
pub fn fold(inlines: Vec<Inline>) -> Vec<Inline> {
    let mut folder = Folder { tokens: Vec::new(), spaced: false, broken: false, begun: false };
    folder.all(inlines);
    let mut tokens = without_outer_breaks(folder.tokens).into_iter();
    build(&mut tokens)
}

/// A line break before the first or behind the last words breaks nothing.
fn without_outer_breaks(tokens: Vec<Token>) -> Vec<Token> {
    let says = |token: &Token| matches!(token, Token::Leaf(leaf) if !matches!(leaf, Inline::Break));
    let first = tokens.iter().position(says).unwrap_or(tokens.len());
    let last = tokens.iter().rposition(says).unwrap_or(0);
    let inside = |at: usize| (first..=last).contains(&at);
    let kept = tokens.into_iter().enumerate();
    kept.filter(|(at, token)| inside(*at) || !matches!(token, Token::Leaf(Inline::Break)))
        .map(|(_, token)| token)
        .collect()
}

struct Folder {
    tokens: Vec<Token>,
    /// White space has been seen that is not yet written.
    spaced: bool,
    /// It holds a line break.
    broken: bool,
    /// Something stands before on this line.
    begun: bool,
}

impl Folder {
    fn all(&mut self, inlines: Vec<Inline>) {
        for inline in inlines {
            match inline {
                Inline::Text(text) => self.text(&text),
                Inline::Styled(style, inner) => self.element(Inline::Styled(style, Vec::new()), inner),
                Inline::Span(attributes, inner) => self.element(Inline::Span(attributes, Vec::new()), inner),
                Inline::Link(target, inner) => self.element(Inline::Link(target, Vec::new()), inner),
                Inline::Note(label) => {
                    self.begun = true;
                    self.leaf(Inline::Note(label));
                }
                Inline::Page(page) => {
                    if self.spaced {
                        self.space();
                    }
                    self.leaf(Inline::Page(page));
                }
                Inline::Break => {
                    self.spaced = false;
                    self.begun = false;
                    self.line_break();
                }
            }
        }
    }

    /// A break stands before the elements just opened, and once: an empty line would end the block.
    fn line_break(&mut self) {
        let opened = self.tokens.iter().rev().take_while(|token| matches!(token, Token::Open(_))).count();
        let at = self.tokens.len() - opened;
        let last = self.tokens[..at].iter().rev().find(|token| matches!(token, Token::Leaf(_)));
        if !matches!(last, Some(Token::Leaf(Inline::Break))) {
            self.tokens.insert(at, Token::Leaf(Inline::Break));
        }
    }

    fn element(&mut self, empty: Inline, inner: Vec<Inline>) {
        if is_gap(&empty) && std::mem::take(&mut self.spaced) {
            self.space();
        }
        self.begun |= is_gap(&empty);
        if self.broken && self.follows(|token| matches!(token, Token::Leaf(Inline::Text(text)) if xml::opens(text))) {
            (self.spaced, self.broken) = (false, false);
        }
        self.tokens.push(Token::Open(empty));
        self.all(inner);
        self.tokens.push(Token::Close);
    }

    fn leaf(&mut self, inline: Inline) {
        self.tokens.push(Token::Leaf(inline));
    }

    fn text(&mut self, text: &str) {
        let mut rest = text;
        while !rest.is_empty() {
            let word = rest.find([' ', '\t', '\r', '\n']).unwrap_or(rest.len());
            if word > 0 {
                let ends = self.broken && xml::closes(rest) && self.follows(|token| matches!(token, Token::Close));
                if std::mem::take(&mut self.spaced) && !ends {
                    self.space();
                }
                self.broken = false;
                self.begun = true;
                self.push(&rest[..word]);
            }
            rest = &rest[word..];
            let space = rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n']).len();
            self.spaced |= space > 0 && self.begun;
            self.broken |= self.spaced && rest[..space].contains('\n');
            rest = &rest[space..];
        }
    }

    /// Whether what stands before the elements that have just been opened is so.
    fn follows(&self, is_so: impl Fn(&Token) -> bool) -> bool {
        self.tokens.iter().rev().find(|token| !matches!(token, Token::Open(_))).is_some_and(is_so)
    }

    fn push(&mut self, word: &str) {
        match self.tokens.last_mut() {
            Some(Token::Leaf(Inline::Text(text))) => text.push_str(word),
            _ => self.leaf(Inline::Text(word.to_owned())),
        }
    }

    /// Writes a space before the elements that have just been opened.
    fn space(&mut self) {
        let opened = self.tokens.iter().rev().take_while(|token| matches!(token, Token::Open(_))).count();
        let at = self.tokens.len() - opened;
        match at.checked_sub(1).and_then(|before| self.tokens.get_mut(before)) {
            Some(Token::Leaf(Inline::Text(text))) if text.ends_with(' ') => {}
            Some(Token::Leaf(Inline::Text(text))) => text.push(' '),
            _ => self.tokens.insert(at, Token::Leaf(Inline::Text(" ".to_owned()))),
        }
    }
}

fn build(tokens: &mut std::vec::IntoIter<Token>) -> Vec<Inline> {
    let mut run: Vec<Inline> = Vec::new();
    while let Some(token) = tokens.next() {
        match token {
            Token::Close => break,
            Token::Leaf(inline) => push(&mut run, inline),
            Token::Open(empty) => {
                let kept = build(tokens);
                // An element around page breaks or notes alone says nothing.
                let words = kept.iter().any(has_words);
                match empty {
                    _ if !words && !is_gap(&empty) => kept.into_iter().for_each(|inline| push(&mut run, inline)),
                    Inline::Styled(style, _) => push(&mut run, Inline::Styled(style, kept)),
                    Inline::Span(attributes, _) => push(&mut run, Inline::Span(attributes, kept)),
                    Inline::Link(target, _) => push(&mut run, Inline::Link(target, kept)),
                    other => push(&mut run, other),
                }
            }
        }
    }
    // Most runs hold one inline; a long text has many of them.
    run.shrink_to_fit();
    run
}

fn push(run: &mut Vec<Inline>, inline: Inline) {
    match (run.last_mut(), inline) {
        (Some(Inline::Text(before)), Inline::Text(text)) => before.push_str(&text),
        (_, inline) => run.push(inline),
    }
}

/// Whether it is a gap or a blank: these say something without words.
fn is_gap(inline: &Inline) -> bool {
    matches!(inline, Inline::Span(attributes, _) if attributes.starts_with(".gap") || attributes.starts_with(".blank"))
}

/// Whether characters stand in it.
pub fn has_words(inline: &Inline) -> bool {
    match inline {
        _ if is_gap(inline) => true,
        Inline::Text(text) => !text.trim().is_empty(),
        Inline::Styled(_, inner) | Inline::Span(_, inner) | Inline::Link(_, inner) => inner.iter().any(has_words),
        Inline::Note(_) | Inline::Page(_) | Inline::Break => false,
    }
}

/// The characters alone.
pub fn plain(inlines: &[Inline]) -> String {
    let mut text = String::new();
    add_plain(inlines, &mut text);
    text.trim_matches([' ', '\t', '\r', '\n']).to_owned()
}

fn add_plain(inlines: &[Inline], text: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(more) => text.push_str(more),
            Inline::Styled(_, inner) | Inline::Span(_, inner) | Inline::Link(_, inner) => add_plain(inner, text),
            Inline::Break => text.push(' '),
            Inline::Note(_) | Inline::Page(_) => {}
        }
    }
}

/// Links hold no links and no notes: notes are put behind the link, inner links become words.
pub fn link(target: String, inner: Vec<Inline>) -> Vec<Inline> {
    let mut behind = Vec::new();
    let inner = without_notes(inner, &mut behind);
    let mut run = vec![Inline::Link(target, inner)];
    run.append(&mut behind);
    run
}

fn without_notes(inlines: Vec<Inline>, behind: &mut Vec<Inline>) -> Vec<Inline> {
    let mut kept = Vec::new();
    for inline in inlines {
        match inline {
            Inline::Note(label) => behind.push(Inline::Note(label)),
            Inline::Link(_, inner) => kept.extend(without_notes(inner, behind)),
            Inline::Styled(style, inner) => kept.push(Inline::Styled(style, without_notes(inner, behind))),
            Inline::Span(attributes, inner) => kept.push(Inline::Span(attributes, without_notes(inner, behind))),
            other => kept.push(other),
        }
    }
    kept
}
