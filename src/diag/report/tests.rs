//! Exact texts of all three forms, and the edges: what is cut, clamped, counted.

use super::*;
use crate::diag::{Code, Place};
use proptest::prelude::*;
use std::cell::RefCell;
use std::ops::Range;

const DOCUMENT: &str = "---\nid: d1\n---\nText with note[^7] and\nmore\n\nlines\nof text\nhere\n";

/// Files by name, and which were asked for.
#[derive(Default)]
struct Files(Vec<(&'static str, String)>, RefCell<Vec<String>>);

impl Files {
    fn one(text: &str) -> Self {
        Files(vec![("d1.md", text.to_owned())], RefCell::default())
    }
}

impl Texts for Files {
    fn text(&self, file: &str) -> Option<Cow<'_, str>> {
        self.1.borrow_mut().push(file.to_owned());
        self.0.iter().find(|(name, _)| *name == file).map(|(_, text)| Cow::Borrowed(text.as_str()))
    }
}

fn error(place: Place, message: &str) -> Diagnostic {
    Diagnostic::new(Code::FILE_UNREADABLE, place, message)
}

fn warning(place: Place, message: &str) -> Diagnostic {
    Diagnostic { severity: Severity::Warning, ..Diagnostic::new(Code::FILE_NOT_UTF8, place, message) }
}

fn at(span: Range<usize>) -> Place {
    Place::at("d1.md", span)
}

fn human(text: &str, diagnostic: Diagnostic) -> String {
    render(&[diagnostic], &Files::one(text), &Options::default())
}

fn shown(text: &str, span: Range<usize>) -> String {
    human(text, error(at(span), "m"))
}

fn in_format(format: Format, diagnostics: &[Diagnostic], files: &Files) -> String {
    render(diagnostics, files, &Options { format, ..Options::default() })
}

#[test]
fn nothing_is_nothing() {
    for format in [Format::Human, Format::Json, Format::Github] {
        assert_eq!(in_format(format, &[], &Files::default()), "");
    }
}

#[test]
fn human_form() {
    let diagnostics = [
        error(at(29..33), "note 7 is cited but nowhere defined").help("write `[^7]: …`\nor take the mark away"),
        warning(at(8..10), "an id given twice").related(at(50..57), "first here").related(at(30..31), "and here"),
        error(Place::file("content"), "a folder"),
        error(Place::file("content"), "a folder").help("make it"),
        error(Place::at("gone.md", 3..4), "no text"),
    ];
    let expected = "\
error[file-unreadable]: note 7 is cited but nowhere defined
 --> d1.md:4:15
  |
4 | Text with note[^7] and
  |               ^^^^
  |
  = help: write `[^7]: …`
          or take the mark away

warning[file-not-utf8]: an id given twice
 --> d1.md:2:5
  |
2 | id: d1
  |     ^^
3 | ---
4 | Text with note[^7] and
  |                - and here
...
8 | of text
  | ------- first here

error[file-unreadable]: a folder
--> content

error[file-unreadable]: a folder
--> content
 |
 = help: make it

error[file-unreadable]: no text
--> gone.md
";
    assert_eq!(in_format(Format::Human, &diagnostics, &Files::one(DOCUMENT)), expected);
}

#[test]
fn related_places_elsewhere() {
    let mut far = "x\n".repeat(200);
    far.push_str("the end\n");
    let files = Files(vec![("d1.md", DOCUMENT.to_owned()), ("far.md", far)], RefCell::default());
    let mut own = error(at(8..10), "m").related(Place::at("far.md", 0..1), "one").related(Place::file("z"), "two");
    own = own.related(Place::at("far.md", 404..407), "three").help("h");
    let whole = error(Place::file("d1.md"), "m").related(at(4..6), "here");
    let expected = "\
error[file-unreadable]: m
   --> d1.md:2:5
    |
  2 | id: d1
    |     ^^
    |
   ::: far.md:1:1
    |
  1 | x
    | - one
    |
   ::: far.md:201:5
    |
201 | the end
    |     --- three
    |
    = note: two: z
    = help: h

error[file-unreadable]: m
 --> d1.md
  |
 ::: d1.md:2:1
  |
2 | id: d1
  | -- here
";
    assert_eq!(in_format(Format::Human, &[own, whole], &files), expected);
}

#[test]
fn many_related_places_are_counted() {
    let mut diagnostic = error(Place::file("d1.md"), "m");
    for number in 0..12 {
        diagnostic = diagnostic.related(Place::file("x.md"), format!("place {number}"));
    }
    let text = human(DOCUMENT, diagnostic);
    assert!(text.contains("= note: place 9: x.md\n = note: and 2 more places\n"), "{text}");
    assert!(!text.contains("place 10"), "{text}");
}

#[test]
fn long_lines_are_cut() {
    let line = format!("{}[^7]{} [^8] {}", "word ".repeat(500), " word".repeat(100), "word ".repeat(400));
    let text = format!("---\n---\n{line}\nend\n");
    let expected = "\
error[file-unreadable]: m
 --> d1.md:3:2501
  |
3 | …word word word word word word word word word word word [^7] word word word word word word word word word word word…
  |                                                         ^^^^
";
    assert_eq!(shown(&text, 2508..2512), expected);
    assert_eq!(expected.lines().map(|line| line.chars().count()).max(), Some(120));
    let two = error(at(2508..2512), "m").related(at(3013..3017), "and here");
    let expected = "\
error[file-unreadable]: m
 --> d1.md:3:2501
  |
3 | … word word word word word [^7] word word word word word w… word word word word word [^8] word word word word word w…
  |                            ^^^^                                                      ---- and here
";
    assert_eq!(human(&text, two), expected);
    let long = shown(&text, 8..2508);
    assert_eq!(long.lines().nth(3).map(|line| line.chars().count()), Some(4 + 114 + 1));
    assert_eq!(long.lines().last(), Some(format!("  | {}", "^".repeat(115)).as_str()));
}

#[test]
fn width_is_heeded() {
    let text = "0123456789".repeat(30);
    let options = Options { width: 40, ..Options::default() };
    let expected = "\
error[file-unreadable]: m
 --> d1.md:1:151
  |
1 | …4567890123456789012345678901234567…
  |                  ^^
";
    assert_eq!(render(&[error(at(150..152), "m")], &Files::one(&text), &options), expected);
    let narrow = Options { width: 0, ..Options::default() };
    assert!(render(&[error(at(150..152), "m")], &Files::one(&text), &narrow).contains("…1234567890"));
}

#[test]
fn tabs_wide_characters_and_marks() {
    let expected = "\
error[file-unreadable]: m
 --> d1.md:2:6
  |
2 |     漢e\u{301} x
  |         ^
";
    assert_eq!(shown("\n\t漢e\u{301} x", 9..10), expected);
}

#[test]
fn windows_line_ends() {
    let text = "one\r\ntwo three\r\n\r\nfour\r\n";
    let expected = "\
error[file-unreadable]: m
 --> d1.md:2:5
  |
2 | two three
  |     ^^^^^
";
    assert_eq!(shown(text, 9..14), expected);
    assert_eq!(shown(text, 9..15), expected);
    assert_eq!(shown(text, 9..16), expected);
    assert_eq!(shown(text, 9..18), expected);
    let at_the_end = shown(text, 14..16);
    assert!(at_the_end.ends_with(":2:10\n  |\n2 | two three\n  |          ^\n"), "{at_the_end}");
}

#[test]
fn a_byte_order_mark_is_a_character() {
    let text = shown("\u{feff}id: d1", 7..9);
    assert!(text.contains("d1.md:1:6\n"), "{text}");
    assert!(text.ends_with("1 | \u{feff}id: d1\n  |     ^^\n"), "{text}");
}

#[test]
fn spans_over_lines() {
    let whole = "\
error[file-unreadable]: m
 --> d1.md:4:11
  |
4 |   Text with note[^7] and
  |  ___________^
5 | | more
6 | |
7 | | lines
  | |_____^
";
    assert_eq!(shown(DOCUMENT, 25..49), whole);
    let longer = "\
error[file-unreadable]: m
 --> d1.md:4:1
  |
4 | / Text with note[^7] and
5 | | more
6 | |
7 | | …
  | |_^
  |
 ::: d1.md:8:4
  |
8 |   of text
  |      ---- here
";
    assert_eq!(human(DOCUMENT, error(at(15..DOCUMENT.len()), "m").related(at(53..57), "here")), longer);
    let related = human(DOCUMENT, error(at(8..10), "m").related(at(30..60), "here"));
    assert!(related.ends_with("4 | Text with note[^7] and\n  |                ------- here\n"), "{related}");
}

#[test]
fn empty_spans_and_ends() {
    assert!(shown("abc", 1..1).ends_with(":1:2\n  |\n1 | abc\n  |  ^\n"));
    assert!(shown("abc", 3..3).ends_with(":1:4\n  |\n1 | abc\n  |    ^\n"));
    assert!(shown("abc\n", 3..4).ends_with(":1:4\n  |\n1 | abc\n  |    ^\n"));
    assert!(shown("abc\n", 4..4).ends_with(":2:1\n  |\n2 |\n  | ^\n"));
    assert!(shown("abc", 70..90).ends_with(":1:4\n  |\n1 | abc\n  |    ^\n"));
    assert!(shown("abc", 1..90).ends_with(":1:2\n  |\n1 | abc\n  |  ^^\n"));
    assert!(shown("", 0..5).ends_with(":1:1\n  |\n1 |\n  | ^\n"));
    assert!(shown("äöü", 1..3).ends_with(":1:1\n  |\n1 | äöü\n  | ^\n"));
    #[expect(clippy::reversed_empty_ranges, reason = "a span the wrong way round must not hurt either")]
    let reversed = shown("abc", 2..1);
    assert!(reversed.ends_with(":1:3\n  |\n1 | abc\n  |   ^\n"), "{reversed}");
    let tenth = shown(&"\n".repeat(9), 9..9);
    assert!(tenth.ends_with("  --> d1.md:10:1\n   |\n10 |\n   | ^\n"), "{tenth}");
}

#[test]
fn nothing_steers_the_terminal() {
    let evil = "a\u{1b}[31mb\u{9b}c\u{1}9:9\u{202e}";
    let diagnostic = error(at(0..1), evil).help(evil).related(at(1..2), evil).related(Place::file(evil), evil);
    let text = human(evil, diagnostic);
    let left: Vec<char> = text.chars().filter(|c| c.is_control() && *c != '\n' || *c == '\u{202e}').collect();
    assert!(left.is_empty(), "{text}");
    assert!(text.contains("1 | a␛[31mb·c␁9:9�\n"), "{text}");
}

#[test]
fn colour_adds_only_escapes() {
    let diagnostics = [error(at(29..33), "m").related(at(4..6), "here").help("h"), warning(Place::file("x"), "m")];
    let files = Files::one(DOCUMENT);
    let plain = render(&diagnostics, &files, &Options::default());
    let coloured = render(&diagnostics, &files, &Options { colour: true, ..Options::default() });
    let mut bare = String::new();
    for (number, part) in coloured.split("\u{1b}[").enumerate() {
        bare.push_str(if number == 0 { part } else { part.split_once('m').map_or("", |(_, rest)| rest) });
    }
    assert_ne!(plain, coloured);
    assert_eq!(plain, bare);
}

#[test]
fn json_form() {
    let diagnostics = [
        error(at(29..33), "say \"so\"").help("h").related(at(4..6), "here").related(Place::file("x.md"), "there"),
        warning(at(25..49), "m"),
        error(Place::file("x.md"), "m"),
        error(Place::at("x.md", 1..2), "m"),
    ];
    let expected = [
        r#"{"code":"file-unreadable","severity":"error","file":"d1.md","line":4,"column":15,"end_line":4,"end_column":19,"#,
        r#""message":"say \"so\"","help":"h","related":[{"file":"d1.md","line":2,"column":1,"label":"here"},"#,
        r#"{"file":"x.md","line":null,"column":null,"label":"there"}]}"#,
        "\n",
        r#"{"code":"file-not-utf8","severity":"warning","file":"d1.md","line":4,"column":11,"end_line":7,"end_column":6,"#,
        r#""message":"m","help":null,"related":[]}"#,
        "\n",
        r#"{"code":"file-unreadable","severity":"error","file":"x.md","line":null,"column":null,"end_line":null,"#,
        r#""end_column":null,"message":"m","help":null,"related":[]}"#,
        "\n",
        r#"{"code":"file-unreadable","severity":"error","file":"x.md","line":null,"column":null,"end_line":null,"#,
        r#""end_column":null,"message":"m","help":null,"related":[]}"#,
        "\n",
    ];
    assert_eq!(in_format(Format::Json, &diagnostics, &Files::one(DOCUMENT)), expected.concat());
    let characters = in_format(Format::Json, &[error(at(6..8), "m")], &Files::one("\n漢é x"));
    assert!(characters.contains(r#""line":2,"column":3,"end_line":2,"end_column":5,"#), "{characters}");
}

#[test]
fn github_form() {
    let diagnostics = [
        error(at(29..33), "50 % of a: b, c\r\nd").help("first\nsecond"),
        warning(at(25..49), "m"),
        warning(at(25..38), "m"),
        error(Place::file("a,b:c%\n.md"), "m"),
    ];
    let expected = "\
::error file=d1.md,line=4,endLine=4,col=15,endColumn=19,title=file-unreadable::50 %25 of a: b, c%0D%0Ad%0Afirst%0Asecond
::warning file=d1.md,line=4,endLine=7,title=file-not-utf8::m
::warning file=d1.md,line=4,endLine=4,col=11,endColumn=23,title=file-not-utf8::m
::error file=a%2Cb%3Ac%25%0A.md,title=file-unreadable::m
";
    assert_eq!(in_format(Format::Github, &diagnostics, &Files::one(DOCUMENT)), expected);
}

#[test]
fn errors_first_and_the_rest_counted() {
    let mut diagnostics: Vec<Diagnostic> = (0..4).map(|n| warning(Place::file("w"), &n.to_string())).collect();
    diagnostics.insert(2, error(Place::file("e"), "5"));
    diagnostics.extend([error(Place::file("e"), "6"), error(Place::file("e"), "7")]);
    let messages = |most| -> Vec<&str> { choose(&diagnostics, most).0.iter().map(|d| d.message.as_str()).collect() };
    assert_eq!(messages(7), ["0", "1", "5", "2", "3", "6", "7"]);
    assert_eq!(messages(4), ["0", "5", "6", "7"]);
    assert_eq!(messages(2), ["5", "6"]);
    assert_eq!(messages(0), [""; 0]);
    assert_eq!(tally(&diagnostics), (3, 4));
    let text = |format, most| render(&diagnostics, &Files::default(), &Options { format, most, ..Options::default() });
    assert_eq!(
        text(Format::Human, 1),
        "error[file-unreadable]: 5\n--> e\n\n… and 6 more: 4 file-not-utf8, 2 file-unreadable\n"
    );
    assert_eq!(text(Format::Human, 0), "… and 7 more: 4 file-not-utf8, 3 file-unreadable\n");
    assert_eq!(text(Format::Json, 0), "{\"omitted\":{\"file-not-utf8\":4,\"file-unreadable\":3}}\n");
    assert_eq!(text(Format::Github, 0), "::notice::… and 7 more: 4 file-not-utf8, 3 file-unreadable\n");
    assert_eq!(text(Format::Json, 7).lines().count(), 7);
}

#[test]
fn sorted_by_file_place_code_message() {
    let sorted = [
        error(Place::file("a"), "z"),
        warning(Place::at("a", 0..9), "y"),
        error(Place::at("a", 0..1), "w"),
        error(Place::at("a", 0..1), "x"),
        error(Place::at("a", 10..11), "a"),
        error(Place::file("b"), "a"),
    ];
    let mut diagnostics: Vec<Diagnostic> = sorted.iter().rev().cloned().collect();
    sort(&mut diagnostics);
    assert_eq!(diagnostics, sorted);
}

#[test]
fn a_file_is_read_once_and_only_when_it_is_pointed_into() {
    let files = Files::one(DOCUMENT);
    let mut diagnostics = vec![error(at(1..2), "m").related(at(3..4), "l"), error(at(5..6), "m")];
    diagnostics.extend([error(Place::file("x.md"), "m"), error(Place::at("y.md", 0..1), "m")]);
    diagnostics.extend((0..60).map(|_| error(Place::at("y.md", 0..1), "m")));
    diagnostics.push(error(Place::at("not-shown.md", 0..1), "m"));
    render(&diagnostics, &files, &Options::default());
    assert_eq!(*files.1.borrow(), ["d1.md", "y.md"]);
}

/// Text of what is hard to place: wide, narrow and double characters, tabs, all line ends.
fn any_text() -> impl Strategy<Value = String> {
    let part = prop::sample::select(vec![
        "a",
        "word ",
        "\t",
        "\n",
        "\r\n",
        "\r",
        "漢字",
        "e\u{301}",
        "\u{301}",
        "\u{200d}",
        "😀",
        "\u{feff}",
        "\0",
        "…",
        "a long stretch of quite ordinary words that go on and on ",
        "      ",
        "{",
        ")",
    ]);
    prop::collection::vec(part, 0..60).prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn no_span_breaks_the_renderer(
        text in any_text(),
        spans in prop::collection::vec((0..800usize, 0..800usize), 1..6),
        width in 0..150usize,
    ) {
        let mut places = spans.iter().map(|(from, to)| at(*from..*to));
        let mut diagnostic = error(places.next().expect("there is one"), "m");
        for place in places {
            diagnostic = diagnostic.related(place, "label");
        }
        for format in [Format::Human, Format::Json, Format::Github] {
            let options = Options { format, width, ..Options::default() };
            let shown = render(std::slice::from_ref(&diagnostic), &Files::one(&text), &options);
            let (line, column) = crate::diag::line_column(&text, spans[0].0);
            let header = format!(" --> d1.md:{line}:{column}\n");
            prop_assert!(format != Format::Human || shown.contains(&header), "{header}{shown}");
        }
    }

    #[test]
    fn the_underline_is_below_its_character(before in any_text(), after in any_text(), width in 30..150usize) {
        let columns = |text: &str| -> usize {
            text.chars().map(|c| match c { '漢' | '字' | '😀' => 2, '\u{301}' | '\u{feff}' => 0, _ => 1 }).sum()
        };
        let text = format!("{before}X{after}");
        let diagnostic = error(at(before.len()..before.len() + 1), "m");
        let shown = render(&[diagnostic], &Files::one(&text), &Options { width, ..Options::default() });
        let line = shown.lines().find(|line| line.contains('X')).expect("the line is shown");
        let underline = shown.lines().find(|line| line.contains('^')).expect("it is underlined");
        prop_assert_eq!(columns(line.split('X').next().expect("a part")), underline.find('^').expect("a mark"));
        prop_assert!(columns(line) <= width.max(20 + 6), "{}", line);
        prop_assert_eq!(underline.matches('^').count(), 1);
    }
}
