//! A finding about a document before it is placed in its file.
//!
//! Stages that hold no source text name a place by field and span; the pipeline turns it into bytes of the file, and
//! only for the few documents that have findings.

use super::body::Span;
use crate::diag::Code;

/// A place in a document: a span of its body, or of one of its front matter values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct At {
    /// [`At::BODY`], or the number of a front matter field.
    pub field: u16,
    /// Bytes of the decoded value, or of the body.
    pub span: Span,
}

impl At {
    /// Name of the type in its serialised form: facts about an edition are hashed without places.
    pub const NAME: &'static str = "At";

    /// The field number that means the body.
    pub const BODY: u16 = u16::MAX;

    /// The field number that means the front matter as a whole.
    pub const FRONT: u16 = u16::MAX - 1;

    /// A span of the body.
    pub fn body(span: Span) -> At {
        At { field: At::BODY, span }
    }

    /// A whole front matter value.
    pub fn field(field: u16) -> At {
        At { field, span: Span::default() }
    }
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    /// Which rule speaks.
    pub code: Code,
    /// Where.
    pub at: At,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// Another place in the same document.
    pub related: Option<(At, String)>,
}

impl Issue {
    /// A finding without help.
    pub fn new(code: Code, at: At, message: impl Into<String>) -> Self {
        Issue { code, at, message: message.into(), help: None, related: None }
    }

    /// A finding in the text at hand, whose field the caller knows.
    pub fn local(code: Code, span: std::ops::Range<usize>, message: impl Into<String>) -> Self {
        Issue::new(code, At::body(Span::new(span)), message)
    }

    /// Adds what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds another place.
    #[must_use]
    pub fn related(mut self, at: At, label: impl Into<String>) -> Self {
        self.related = Some((at, label.into()));
        self
    }
}
