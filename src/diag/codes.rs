//! The register of diagnostic codes: name, severity, what it means, an example and its mend.
//!
//! A code's name never changes once released: editors write it in `check:` and `ignore:`.

use super::Severity;

/// The name of a rule, such as `note-undefined`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(&'static Entry);

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Entry {
    name: &'static str,
    severity: Severity,
    title: &'static str,
    meaning: &'static str,
    wrong: &'static str,
    right: &'static str,
}

impl Code {
    /// The name, as written in `check:` and `ignore:`.
    pub fn name(self) -> &'static str {
        self.0.name
    }
    /// The severity unless site.yaml says otherwise.
    pub fn severity(self) -> Severity {
        self.0.severity
    }
    /// One line: what the rule is about.
    pub fn title(self) -> &'static str {
        self.0.title
    }
    /// A paragraph: why the rule is there.
    pub fn meaning(self) -> &'static str {
        self.0.meaning
    }
    /// An example that breaks the rule.
    pub fn wrong(self) -> &'static str {
        self.0.wrong
    }
    /// The example mended.
    pub fn right(self) -> &'static str {
        self.0.right
    }
    /// Whether it is an error in any edition. What such an error is about cannot be published: if it could be turned
    /// off, a document would be missing and nobody would be told.
    pub fn is_fixed(self) -> bool {
        const FIXED: &[Code] = &[
            Code::FILE_UNREADABLE,
            Code::FILE_NOT_UTF8,
            Code::FILE_TOO_LARGE,
            Code::FILE_CONTROL_CHARACTER,
            Code::SYMLINK,
            Code::CONTENT_MISSING,
            Code::FRONT_MATTER_MISSING,
            Code::FRONT_MATTER_UNCLOSED,
            Code::YAML_SYNTAX,
            Code::YAML_DUPLICATE_KEY,
            Code::ID_MALFORMED,
            Code::ID_RESERVED,
            Code::ID_DUPLICATE,
            Code::ADDRESS_TAKEN,
            Code::ADDRESS_LOST,
            Code::ID_REUSED,
            Code::LEDGER_MALFORMED,
            Code::VOLUME_EXPECTED,
            Code::NESTING_TOO_DEEP,
            Code::REGISTER_MALFORMED,
            Code::THEME_MISSING,
            Code::THEME_BROKEN,
        ];
        FIXED.contains(&self)
    }
    /// The code of that name.
    pub fn find(name: &str) -> Option<Code> {
        Self::all().find(|code| code.name() == name)
    }
    /// All codes, in the order of the manual.
    pub fn all() -> impl Iterator<Item = Code> {
        ALL.iter().copied()
    }
}

impl serde::Serialize for Code {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> serde::Deserialize<'de> for Code {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        Code::find(&name).ok_or_else(|| serde::de::Error::custom(format!("no rule is called {name}")))
    }
}

/// Declares the codes: one constant each, and the list of all.
macro_rules! codes {
    ($($constant:ident $name:literal $severity:ident $title:literal
       means $meaning:literal wrong $wrong:literal right $right:literal;)*) => {
        impl Code {
            $(#[doc = $title]
            pub const $constant: Code = Code(&Entry {
                name: $name, severity: Severity::$severity, title: $title,
                meaning: $meaning, wrong: $wrong, right: $right,
            });)*
        }
        const ALL: &[Code] = &[$(Code::$constant),*];
    };
}

codes! {
    // Reading files.
    FILE_UNREADABLE "file-unreadable" Error "a file cannot be read"
        means "A file of the edition could not be read from disk. Nothing is skipped in silence, so the build stops."
        wrong "content/v/d1.md without permission to read"
        right "chmod a+r content/v/d1.md";
    FILE_NOT_UTF8 "file-not-utf8" Error "a file is not UTF-8 text"
        means "Every text file of an edition is UTF-8. A file in another encoding would come out with wrong letters."
        wrong "a file saved as Latin-1 or Windows-1252"
        right "save the file again as UTF-8";
    FILE_TOO_LARGE "file-too-large" Error "a file is too large to be a document"
        means "A text of more than 16 MB is no document; it would stall readers' browsers. Most often several documents were pasted into one file."
        wrong "a file of 50 MB"
        right "one file for each document";
    FILE_CONTROL_CHARACTER "file-control-character" Error "a file holds a control character"
        means "Control characters, besides tabs and line ends, cannot stand in a page. They come from broken conversions."
        wrong "a NUL byte in the text"
        right "delete the character";
    FILE_IGNORED "file-ignored" Warning "a file in content/ is not published"
        means "Only Markdown documents and registers live in content/. Images and downloads belong under static/, which is copied as it is."
        wrong "content/v/map.png"
        right "static/map.png";
    SYMLINK "symlink" Error "a symbolic link in content/"
        means "Symbolic links are not followed, since they may leave the edition and differ from machine to machine."
        wrong "content/v/d1.md -> ../../elsewhere/d1.md"
        right "copy the file itself into content/";
    CONTENT_MISSING "content-missing" Error "there is no content/ folder"
        means "An edition is a folder with site.yaml and content/."
        wrong "a folder with site.yaml only"
        right "mkdir content, and write content/_index.md";
    FRONT_MATTER_MISSING "front-matter-missing" Error "a document has no front matter"
        means "Every document begins with YAML between two lines of three hyphens."
        wrong "# A letter"
        right "---\ntitle: A letter\n---";
    FRONT_MATTER_UNCLOSED "front-matter-unclosed" Error "front matter has no end"
        means "The YAML at the start of a document ends with a line of three hyphens."
        wrong "---\ntitle: A letter\nDear Sir,"
        right "---\ntitle: A letter\n---\n\nDear Sir,";
    // Yaml.
    YAML_SYNTAX "yaml-syntax" Error "YAML cannot be read"
        means "The front matter, register or site.yaml is not well-formed YAML."
        wrong "title: Memorandum: a draft"
        right "title: \"Memorandum: a draft\"";
    YAML_DUPLICATE_KEY "yaml-duplicate-key" Error "a key is written twice"
        means "Only one of the two values could be used, so neither is."
        wrong "title: A\ntitle: B"
        right "title: A";
    YAML_TRAP "yaml-trap" Warning "YAML that is legal and probably not meant"
        means "YAML cuts values at ` #`, splits lists at commas and reads `{a: b, c}` as two keys. The text of the edition would be shortened without a word."
        wrong "file: DEF #12"
        right "file: \"DEF #12\"";
    UNKNOWN_KEY "unknown-key" Error "a key means nothing here"
        means "A misspelt key would be ignored in silence, so every unknown key is an error. Keys of your own go under `extra:`."
        wrong "tilte: A letter"
        right "title: A letter";
    KEY_MISSING "key-missing" Error "a required key is missing"
        means "Something cannot be published without this key."
        wrong "kind: editorial-note"
        right "kind: editorial-note\ntitle: Editorial Note";
    WRONG_TYPE "wrong-type" Error "a value has the wrong type"
        means "A list stands where one value belongs, or the other way round."
        wrong "title:\n  - A letter"
        right "title: A letter";
    WRONG_VALUE "wrong-value" Error "a value means nothing here"
        means "The key takes other values; the help names them."
        wrong "kind: letter"
        right "kind: document\ngenre: letter";
    DATE_MALFORMED "date-malformed" Error "a date is no EDTF"
        means "Dates are written in EDTF (ISO 8601-2), so that they can be sorted; the printed form goes to `display`."
        wrong "date: February 18, 1963"
        right "date: 1963-02-18";
    DATE_MISSING "date-missing" Warning "a document has no date"
        means "The page says that no date is stated. `date: none` says that the document is known to be undated."
        wrong "title: A letter"
        right "title: A letter\ndate: 1963-02-18";
    SOURCE_MISSING "source-missing" Warning "a document has no source"
        means "The page says that no source is stated. An edition says of every document where it lies."
        wrong "title: A letter"
        right "source:\n  repository: Kennedy Library";
    EVIDENCE_MISSING "evidence-missing" Warning "nothing says how a lost document is known"
        means "A document of kind `not-found` has `evidence` in place of a source."
        wrong "kind: not-found"
        right "kind: not-found\nevidence: Mentioned in Document 12.";
    TEXT_MISSING "text-missing" Warning "a document has no text"
        means "A document without text is withheld, calendared or lost; its kind says which."
        wrong "kind: document"
        right "kind: calendar";
    NAME_SPLIT "name-split" Warning "one name may have become two"
        means "On one line, YAML splits `[Lay, James S.]` at the comma."
        wrong "from: [Lay, James S.]"
        right "from:\n  - \"Lay, James S.\"";
    CODE_UNKNOWN "code-unknown" Error "no diagnostic has that name"
        means "`check:` and `ignore:` take the names of diagnostics, as messages show them in brackets."
        wrong "check: {note-unusd: off}"
        right "check:\n  note-unused: off";
    IGNORE_WITHOUT_REASON "ignore-without-reason" Warning "an exception has no reason"
        means "Those who edit later need to know why a warning was accepted."
        wrong "ignore: [note-unused]"
        right "ignore:\n  - code: note-unused\n    because: note 4 is cited on a page that is lost";
    IGNORE_UNUSED "ignore-unused" Warning "an accepted exception no longer occurs"
        means "What it accepted has been mended, so the line can go; a new mistake of the same kind would stay hidden."
        wrong "ignore:\n  - code: note-unused\n    because: …"
        right "remove the line";
    EXTENT_DIFFERS "extent-differs" Warning "stated extent and page breaks differ"
        means "The source says how many pages the document has; the text has another number of page breaks in the pagination that counts them."
        wrong "extent: 2 pp. and three facsimile breaks"
        right "check the page breaks against the facsimile";
    // Ids and addresses.
    ID_MALFORMED "id-malformed" Error "an id cannot be part of an address"
        means "Ids begin with a letter and hold letters, digits, `.`, `_` and `-`."
        wrong "id: 12 Feb"
        right "id: d12";
    ID_RESERVED "id-reserved" Error "an id is taken by a generated page"
        means "Pages such as `persons.html` are made for every volume; a document cannot have their ids. A section with such an id becomes that page's introduction."
        wrong "id: persons (a document)"
        right "id: persons-list";
    ID_DUPLICATE "id-duplicate" Error "an id is used twice"
        means "Ids name documents for good, so two documents of a volume cannot share one, not even in other letter case."
        wrong "d1.md and D1.md"
        right "d1.md and d2.md";
    ADDRESS_TAKEN "address-taken" Error "two things want one address"
        means "Every page, old address and static file has an address of its own, also where letter case does not count."
        wrong "aliases: [v/d2.html] while d2 exists"
        right "remove the alias";
    ALIAS_MALFORMED "alias-malformed" Error "an old address cannot be written"
        means "Aliases are paths from the root of the site, without `..` or a leading slash."
        wrong "aliases: [/../d1.html]"
        right "aliases: [v/old/d1.html]";
    ADDRESS_LOST "address-lost" Error "something that was published has gone"
        means "The ledger records every address that was ever published. Each must answer for good: with the page, with a redirect to where it went, or with a page that says that it was withdrawn, and why."
        wrong "content/v/d12.md is deleted after publication"
        right "aliases: [v/d12.html] in the document that took its place, or d12: {withdrawn: {since: 2026-11-24, reason: \"printed twice\", title: \"Telegram\"}} in ledger/v.yaml";
    ID_REUSED "id-reused" Error "the id of a published document is used for another one"
        means "An id is a lasting name: what was cited by it must not become something else. A document is taken for another where most of its text is other than what was published under its id and, besides, its title or its date is, or what was published is found under another id. An entry of a register is another where no part of its name is the same."
        wrong "id: d12 for a document that was never published, while another d12 was"
        right "id: d12a";
    ANCHOR_LOST "anchor-lost" Error "a note, page or heading that was published has gone"
        means "Links to a note, a page or a heading hold as long as their anchor is on the page. An anchor that goes must lead to what took its place."
        wrong "the note [^3] is taken out after publication"
        right "anchor_aliases: {fn-3: fn-4}";
    ANCHOR_MOVED "anchor-moved" Error "a published anchor leads to other words"
        means "Paragraphs are counted, so a new one gives those behind it other numbers; notes have labels, which can be given to others; a page break, or one of several headings of one name, can be put elsewhere. The ledger holds short hashes of the words there and notices."
        wrong "a paragraph is put in before the third after publication"
        right "anchor_aliases: {p3: p4, p4: p5}";
    LEDGER_MALFORMED "ledger-malformed" Error "the ledger cannot be read"
        means "The files in ledger/ record what was published. They are written by `engross ledger update` and merged line by line; what cannot be read might hide a loss."
        wrong "<<<<<<< HEAD"
        right "d12: i=x3F.k9a p=a0Bz";
    ORDER_UNKNOWN "order-unknown" Error "`order:` names something that is not there"
        means "The list names ids of documents and sections in the same folder."
        wrong "order: [d1, d99]"
        right "order: [d1, d2]";
    VOLUME_EXPECTED "volume-expected" Error "a folder in content/ is no volume"
        means "Folders directly in content/ are volumes; their _index.md says `kind: volume`. An edition of one volume may say so in content/_index.md."
        wrong "content/letters/ without _index.md"
        right "content/letters/_index.md with kind: volume";
    SECTION_UNTITLED "section-untitled" Warning "a section folder has no _index.md"
        means "The folder's name stands in the contents in place of a title."
        wrong "content/v/03-aftermath/ without _index.md"
        right "content/v/03-aftermath/_index.md with title: Aftermath";
    // Notes.
    NOTE_UNDEFINED "note-undefined" Error "a note is cited but not defined"
        means "Readers would find a number that leads nowhere."
        wrong "as he wrote.[^7]"
        right "as he wrote.[^7]\n\n[^7]: Letter of May 3.";
    NOTE_UNUSED "note-unused" Warning "a note is never cited"
        means "It is printed at the end of its series, but no reader is led to it."
        wrong "[^7]: Letter of May 3."
        right "as he wrote.[^7]\n\n[^7]: Letter of May 3.";
    NOTE_DUPLICATE "note-duplicate" Error "a note is defined twice"
        means "Which of the two texts is meant cannot be known. A source note with a `marker` defines that note."
        wrong "[^7]: One.\n[^7]: Two."
        right "[^7]: One.\n[^8]: Two.";
    NOTE_MALFORMED "note-malformed" Error "`[^` that begins no note reference"
        means "A label is letters, digits and hyphens. Anything else would be printed as raw characters."
        wrong "as he wrote.[^7 bis]"
        right "as he wrote.[^7-bis]";
    NOTE_IN_LINK "note-in-link" Error "a note reference inside a link"
        means "A link cannot hold another one."
        wrong "[Rusk[^7]](person:p_RD)"
        right "[Rusk](person:p_RD)[^7]";
    NOTE_IN_FRONT_MATTER "note-in-front-matter" Error "a note is defined in front matter"
        means "Titles and source notes may cite notes; the definitions stand below the text."
        wrong "summary: \"[^7]: Letter.\""
        right "[^7]: Letter. (below the text)";
    TEXT_AFTER_NOTE "text-after-note" Warning "a paragraph behind a note is no part of it"
        means "The second paragraph of a note is indented by four spaces; without them it becomes text of the document."
        wrong "[^7]: One.\n\nTwo."
        right "[^7]: One.\n\n    Two.";
    // Markup.
    ATTRIBUTES_MALFORMED "attributes-malformed" Error "attributes in braces cannot be read"
        means "Attributes are `.class`, `#id` and `key=value` with spaces between them."
        wrong "[word]{.add, hand=f}"
        right "[word]{.add hand=f}";
    SPAN_CROSSES "span-crosses" Error "a span overlaps emphasis or a link"
        means "Spans, emphasis and links must nest."
        wrong "*[word*]{.supplied}"
        right "[*word*]{.supplied}";
    CLASS_UNDECLARED "class-undeclared" Warning "a class nobody knows"
        means "Classes are those of the manual and those under `classes:` in site.yaml; a misspelt one would have no effect."
        wrong "[word]{.suplied}"
        right "[word]{.supplied}";
    SIGN_TWICE "sign-twice" Warning "an editorial sign would print twice"
        means "The edition prints the brackets of supplied and unclear text itself."
        wrong "[[Washington]]{.supplied}"
        right "[Washington]{.supplied}";
    HAND_UNKNOWN "hand-unknown" Warning "no hand has that key"
        means "`hand=` names a key under `hands:` in front matter."
        wrong "[word]{.add hand=f}"
        right "hands:\n  f: Felix Salten";
    SCHEME_UNDECLARED "scheme-undeclared" Warning "a link has an unknown scheme"
        means "It is printed as text. Schemes are those of the manual and those under `schemes:` in site.yaml."
        wrong "[Rusk](persn:p_RD)"
        right "[Rusk](person:p_RD)";
    LINK_NESTED "link-nested" Error "a link inside a link"
        means "The outer link would fall apart."
        wrong "[see [Rusk](person:a) there](doc:d2)"
        right "see [Rusk](person:a) [there](doc:d2)";
    FENCE_MALFORMED "fence-malformed" Error "a fence line cannot be read"
        means "A fence is one word or attributes in braces."
        wrong "::: date line"
        right "::: dateline";
    FENCE_UNCLOSED "fence-unclosed" Error "a fence is not closed"
        means "The rest of the document would stand inside it."
        wrong "::: dateline\nWashington, May 3"
        right "::: dateline\nWashington, May 3\n:::";
    FENCE_STRAY "fence-stray" Error "a `:::` that closes nothing"
        means "No fence is open there, or it was opened in another list item, quotation or note."
        wrong ":::"
        right "remove the line";
    ANCHOR_RESERVED "anchor-reserved" Error "an id is kept for generated anchors"
        means "Paragraphs, notes and pages have anchors of their own form."
        wrong "A paragraph. {#p3}"
        right "A paragraph. {#terms}";
    ANCHOR_DUPLICATE "anchor-duplicate" Error "an id is used twice in a document"
        means "A link to it could mean either place."
        wrong "{#terms} twice"
        right "{#terms} and {#terms-again}";
    ATTACHMENT_WITHOUT_TEXT "attachment-without-text" Error "an attachment has no fence"
        means "An attachment in front matter is the data of a fence with the same id, or says why it has no text."
        wrong "attachments:\n  a1:\n    title: Report"
        right "::: {.attachment #a1}\n…\n:::";
    PAGINATION_UNKNOWN "pagination-unknown" Error "no pagination has that id"
        means "Paginations are declared in the volume's _index.md."
        wrong "[12]{.pb ed=typset}"
        right "[12]{.pb ed=typeset}";
    PAGE_BACKWARDS "page-backwards" Warning "a page number goes backwards"
        means "In an ascending pagination every page break has a higher number than the one before."
        wrong "[12]{.pb} … [11]{.pb}"
        right "[12]{.pb} … [13]{.pb}";
    FACSIMILE_MISSING "facsimile-missing" Warning "an image is not there"
        means "The image of a page is a file under static/, a file in the folder that its pagination names, or an address."
        wrong "image: p1.jpg without static/p1.jpg"
        right "put the file into static/";
    LINK_DEFINITION "link-definition" Warning "a line that Markdown would swallow: link definition"
        means "`[LBJ]: Yes.` at the start of a paragraph is a link definition to Markdown and would vanish. It is printed as typed."
        wrong "[LBJ]: Yes."
        right "\\[LBJ]: Yes.";
    THEMATIC_BREAK "thematic-break" Warning "a line that Markdown would swallow: thematic break"
        means "A row of asterisks or hyphens would become a rule. It is printed as typed."
        wrong "* * * * *"
        right "[* * * * *]{.gap reason=omitted}";
    SETEXT_HEADING "setext-heading" Warning "a line that Markdown would swallow: underline"
        means "A row of hyphens or equals signs under a line would make that line a heading. It is printed as typed."
        wrong "Report\n------"
        right "Report\n\n\\------";
    INDENTED_CODE "indented-code" Warning "an indented line"
        means "Four spaces at the start of a line mean code to Markdown. The line is printed as typed, without its markup."
        wrong "    Dear Sir,"
        right "Dear Sir,";
    LIST_DOUBTFUL "list-doubtful" Warning "a paragraph that Markdown takes for a list"
        means "A paragraph that begins with a number and a full stop becomes a list item. The number is printed as typed in any case."
        wrong "1776. The year of"
        right "1776\\. The year of";
    LIST_SKIPS "list-skips" Warning "the numbers of a list skip"
        means "They are printed as typed; a number may have been lost in transcription."
        wrong "1. One\n3. Three"
        right "1. One\n2. Two";
    HTML_FORBIDDEN "html-forbidden" Error "HTML that a document may not hold"
        means "Documents may hold em, strong, del, sup, sub, br and tables. Anything else would break pages or print as raw text."
        wrong "<font color=\"red\">word</font>"
        right "[word]{.u}";
    HTML_UNBALANCED "html-unbalanced" Error "a tag is not closed, or closes nothing"
        means "Tags must begin and end in the same paragraph, span or cell."
        wrong "<sup>2"
        right "<sup>2</sup>";
    NESTING_TOO_DEEP "nesting-too-deep" Error "blocks nest too deep"
        means "Quotations, lists and fences may nest 100 deep."
        wrong "10,000 times `>`"
        right "a few";
    TEXT_LOST "text-lost" Error "text would be lost"
        means "Some characters of the source would not appear on the page: cells beyond the first row's number, or markup that Markdown swallows."
        wrong "a table row with more cells than the first"
        right "give every row as many cells as the first";
    // References.
    REFERENCE_BROKEN "reference-broken" Error "a reference to nothing"
        means "The document, note, page or register entry is not in the edition."
        wrong "[Document 12](doc:d12) without d12"
        right "[Document 12]{.broken-ref target=\"doc:d12\"}";
    REFERENCE_MALFORMED "reference-malformed" Error "a reference cannot be read"
        means "References are `doc:[volume/]id[#anchor]`, `page:[volume:][document/][pagination/]number`, and `person:id` and the like."
        wrong "[p. 5](page:)"
        right "[p. 5](page:5)";
    BROKEN_REF "broken-ref" Warning "a reference that was broken in the source"
        means "It is shown as text. Mend it, or accept it with `ignore:`."
        wrong "[Document 12]{.broken-ref target=\"doc:d12\"}"
        right "[Document 12](doc:d13)";
    IMPORT_DOUBTFUL "import-doubtful" Warning "an import was not sure of something"
        means "What `engross import` doubts in a source stands under `extra:` as `import:`, one line a doubt, in the document or register entry that it is about. Each line is a warning until it is taken away."
        wrong "extra:\n  import:\n    - the note `2` names `d351fn2`, which is another note"
        right "the note looked at and, where it was wrong, mended; the line taken away";
    VOLUME_UNKNOWN "volume-unknown" Warning "a reference to a volume that is not here"
        means "Neither the edition nor `external:` in site.yaml knows the volume; the words are printed as text."
        wrong "[vol. VI](doc:frus1951v06p1/d33)"
        right "external:\n  - volumes: frus*\n    address: https://example.org/{volume}/{id}";
    LINK_TO_DRAFT "link-to-draft" Warning "a link to a draft"
        means "Drafts are not published, so the words are printed as text."
        wrong "[Document 12](doc:d12) while d12 is a draft"
        right "status: published";
    NAME_UNLINKED "name-unlinked" Advice "a name that may be linked"
        means "`engross check --suggest-links` looks for the names and variants of register entries in the text, and names each place that is no link, with every entry that may be meant. Whole words count, as they are written; of a person “Rusk, Dean” also “Dean Rusk”; a surname alone only where it is a variant. Nothing is linked by itself, and `check:` and `ignore:` do not apply."
        wrong "Dean Rusk came."
        right "[Dean Rusk](person:p_RD_1) came.";
    AUTHORITY_SHARED "authority-shared" Advice "two entries that may be one"
        means "`engross check --suggest-links` names entries of one kind that share a record under `same_as` and are not joined by `is`. Equal links are no identity until an editor says so; `check:` and `ignore:` do not apply."
        wrong "two volumes whose entries name the same record"
        right "is: rusk";
    ARCHIVES_ALIKE "archives-alike" Advice "two names of archives that may be one"
        means "`engross check --suggest-links` names repositories, and collections and series of one repository, that are the same but for case, punctuation, initials or a slip. Names are never joined by themselves; `check:` and `ignore:` do not apply."
        wrong "collection: NFS, where other documents have NSF"
        right "collection: NSF";
    REGISTER_MALFORMED "register-malformed" Error "a register cannot be read"
        means "Registers are YAML lists of entries; the bibliography is CSL-JSON."
        wrong "persons.yaml with a syntax error"
        right "- id: p_RD_1\n  name: Rusk, Dean";
    // Theme and output.
    THEME_MISSING "theme-missing" Error "a theme or a file of it is not there"
        means "`theme:` names a folder under themes/, or the built-in `default`."
        wrong "theme: mine without themes/mine/"
        right "engross theme copy mine";
    BUDGET_NEAR "budget-near" Warning "the site comes near a limit of its host"
        means "From 80 % of a limit on: 1 GB, as GitHub Pages has it, or what `limits:` in site.yaml says. It is time to make images smaller, or to choose another host."
        wrong "a site of 850 MB"
        right "limits:\n  bytes: 5 GB";
    BUDGET_EXCEEDED "budget-exceeded" Error "the site is larger than its host takes"
        means "GitHub Pages publishes sites of up to 1 GB. `limits:` in site.yaml states the limits of another host. The site in the output folder stays as it was."
        wrong "a site of 1.2 GB"
        right "limits:\n  bytes: 5 GB";
    FILE_HEAVY "file-heavy" Warning "a file is larger than GitHub takes"
        means "GitHub refuses a push with a file of more than 100 MiB, in the sources or in a branch that holds the site."
        wrong "static/volume.pdf with 180 MB"
        right "a smaller file, or a link to a copy elsewhere";
    THEME_BROKEN "theme-broken" Error "a template has a mistake"
        means "The template cannot be read, or failed while a page was rendered."
        wrong "{{ page.titel }}"
        right "{{ page.title }}";
}
