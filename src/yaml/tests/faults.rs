//! What is refused, where, and in which words.

use super::*;

/// The faults of a text: kind, what the span holds, message, help.
fn faults_of(text: &str) -> Vec<(YamlFault, String, String, String)> {
    let errors = parse(text).expect_err(text);
    let cut = |span: Option<Range<usize>>| span.map_or("nowhere".to_owned(), |span| text[span].to_owned());
    errors.into_iter().map(|e| (e.kind, cut(e.span), e.message, e.help.unwrap_or_default())).collect()
}

#[track_caller]
fn one_fault(text: &str, kind: YamlFault, at: &str, message: &str, help: &str) {
    let expected = (kind, at.to_owned(), message.to_owned(), help.to_owned());
    assert_eq!(faults_of(text), [expected], "{text}");
}

#[test]
fn every_duplicate_is_reported_with_both_places() {
    let source = "ä: 1\nb:\n  - {c: 1, d: 2, c: 3}\n'ä': 2\n# ü\nä: 3\n";
    let errors = parse(source).unwrap_err();
    let places: Vec<_> = errors
        .iter()
        .map(|e| (e.kind, e.message.as_str(), &source[e.first.clone().unwrap()], e.span.clone().unwrap()))
        .collect();
    let second = source.find("'ä'").unwrap();
    let third = source.rfind('ä').unwrap();
    let inner = source.rfind("c:").unwrap();
    assert_eq!(places[0], (YamlFault::DuplicateKey, "the key `c` stands twice", "c", inner..inner + 1));
    assert_eq!(places[1], (YamlFault::DuplicateKey, "the key `ä` stands twice", "ä", second..second + 4));
    assert_eq!(places[2], (YamlFault::DuplicateKey, "the key `ä` stands twice", "ä", third..third + 2));
    assert_eq!(places.len(), 3);
    assert_eq!(errors[1].first, Some(0..2));
}

#[test]
fn duplicates_among_many_keys_and_by_text() {
    let mut many: String = (0..100).map(|n| format!("k{n}: v\n")).collect();
    assert!(parse(&many).is_ok());
    many.push_str("k99: again\nk3: again\n");
    assert_eq!(parse(&many).unwrap_err().len(), 2);
    assert_eq!(parse("1: a\n'1': b\n").unwrap_err().len(), 1);
    assert_eq!(parse("01: a\n1: b\n").map(|_| ()), Ok(()));
}

#[test]
fn a_byte_order_mark_shifts_places() {
    assert_eq!(parse("\u{feff}a: b"), Ok(map(&[("a", text("b"))])));
    let errors = parse("\u{feff}a: b\na: c").unwrap_err();
    assert_eq!((errors[0].first.clone(), errors[0].span.clone()), (Some(3..4), Some(8..9)));
    assert_eq!(Places::scan("\u{feff}ä: ö").value(&way("ä")), Some(7..9));
}

#[test]
fn values_that_should_stand_in_quotes() {
    let cases = [
        ("title: Memorandum: Cuba", "Memorandum: Cuba", ": ", "title: \"Memorandum: Cuba\""),
        ("title: Memorandum:", "Memorandum:", ": ", "title: \"Memorandum:\""),
        ("  - title: Zürich: “x”  ", "Zürich: “x”", ": ", "- title: \"Zürich: “x”\""),
        ("a: b \"c\": d", "b \"c\": d", ": ", "a: 'b \"c\": d'"),
        ("title: [Draft] Letter", "[Draft] Letter", "[", "title: \"[Draft] Letter\""),
        ("title: [1] it's \"x\"", "[1] it's \"x\"", "[", "title: '[1] it''s \"x\"'"),
        ("title: {x} Letter", "{x} Letter", "{", "title: \"{x} Letter\""),
        ("title: @home", "@home", "@", "title: \"@home\""),
        ("title: `code` x", "`code` x", "`", "title: \"`code` x\""),
        ("title: %50", "%50", "%", "title: \"%50\""),
        ("title: & Sons", "& Sons", "&", "title: \"& Sons\""),
        ("title: *Emphasis* here", "*Emphasis* here", "*", "title: \"*Emphasis* here\""),
        ("title: | or", "| or", "|", "title: \"| or\""),
        ("title: > than", "> than", ">", "title: \"> than\""),
        ("title: ] x", "] x", "]", "title: \"] x\""),
        ("title: , x", ", x", ",", "title: \", x\""),
        ("title: - x", "- x", "- ", "title: \"- x\""),
        ("title: ? x", "? x", "? ", "title: \"? x\""),
    ];
    for (line, value, sign, mended) in cases {
        let message = if sign == ": " {
            "a text with `: ` in it must stand in quotes".to_owned()
        } else {
            format!("a text that begins with `{sign}` must stand in quotes")
        };
        for source in [format!("{line}\n"), format!("é: ü\n{line}\n")] {
            if source.starts_with("é") && line.starts_with(' ') {
                continue;
            }
            one_fault(&source, YamlFault::NeedsQuotes, value, &message, &format!("write `{mended}`"));
        }
        if line.starts_with("title") {
            assert!(parse(mended).is_ok(), "{mended}");
        }
    }
}

#[test]
fn text_after_a_closing_quotation_mark() {
    let message = "text follows the closing quotation mark `\"`";
    one_fault("a: \"x\" y\n", YamlFault::NeedsQuotes, "\"x\" y", message, "write `a: '\"x\" y'`");
    one_fault("a: \"x\" or \"y\"\n", YamlFault::NeedsQuotes, "\"x\" or \"y\"", message, "write `a: '\"x\" or \"y\"'`");
    let meant = "\"He said \"no\" twice\"";
    one_fault(&format!("a: {meant}\n"), YamlFault::NeedsQuotes, meant, message, "write `a: 'He said \"no\" twice'`");
    let message = "text follows the closing quotation mark `'`";
    one_fault("a: 'it's'\n", YamlFault::NeedsQuotes, "'it's'", message, "write `a: \"it's\"`");
    one_fault("- 'Tis 'x' now\n", YamlFault::NeedsQuotes, "'Tis 'x' now", message, "write `- \"'Tis 'x' now\"`");
}

#[test]
fn several_values_without_quotes_and_a_duplicate_after_them() {
    let faults = faults_of("title: A: B\nplace: @x\nby: *me*\nok: 1\nok: 2\n");
    let kinds: Vec<_> = faults.iter().map(|(kind, at, ..)| (*kind, at.as_str())).collect();
    assert_eq!(
        kinds,
        [
            (YamlFault::NeedsQuotes, "A: B"),
            (YamlFault::NeedsQuotes, "@x"),
            (YamlFault::NeedsQuotes, "*me*"),
            (YamlFault::DuplicateKey, "ok")
        ]
    );
}

#[test]
fn tabs() {
    for source in ["\ta: b\n", "a:\n\tb: c\n", "a: b\n\tc\n", "a:\n  \tb: c\n  d: e\n", "a:\n  - b\n\t- c\n"] {
        let message = "a tab cannot indent or separate here";
        one_fault(source, YamlFault::Tab, "\t", message, "put spaces in its place");
    }
    assert!(parse("a:\tb\n").is_ok());
}

#[test]
fn characters_that_cannot_be_seen() {
    let faults = faults_of("a: x\u{2028}y\nb: \u{85}\u{1}\nc: \u{7f}\u{2029}");
    let short: Vec<_> = faults.iter().map(|(kind, at, message, _)| (*kind, at.as_str(), message.as_str())).collect();
    assert_eq!(
        short,
        [
            (YamlFault::LineSeparator, "\u{2028}", "U+2028 would be read as the end of a line"),
            (YamlFault::LineSeparator, "\u{85}", "U+0085 would be read as the end of a line"),
            (YamlFault::ControlCharacter, "\u{1}", "the control character U+0001 is not allowed"),
            (YamlFault::ControlCharacter, "\u{7f}", "the control character U+007F is not allowed"),
            (YamlFault::LineSeparator, "\u{2029}", "U+2029 would be read as the end of a line"),
        ]
    );
    assert!(faults[0].3.ends_with("write `\\L` in a text in double quotes"), "{}", faults[0].3);
    assert!(faults[4].3.contains("`\\P`"), "{}", faults[4].3);
    assert_eq!(parse("a: \"x\\Ly\""), Ok(map(&[("a", text("x\u{2028}y"))])));
    assert!(parse("a: “é” € \u{a0}\u{fffd}𝄞").is_ok());
}

#[test]
fn tags_and_anchors_do_not_vanish() {
    let anchor = "is read as a YAML anchor that nothing refers to and would vanish";
    one_fault("p: &Co\n", YamlFault::Anchor, "&Co", &format!("`&Co` {anchor}"), "quote the value: `p: \"&Co\"`");
    one_fault(
        "p: &Co Ltd\n",
        YamlFault::Anchor,
        "&Co",
        &format!("`&Co` {anchor}"),
        "quote the value: `p: \"&Co Ltd\"`",
    );
    let tag = "is read as a YAML tag and would vanish";
    one_fault("ü: !!Wow\n", YamlFault::Tag, "!!Wow", &format!("`!!Wow` {tag}"), "quote the value: `ü: \"!!Wow\"`");
    one_fault("t: !Wow x\n", YamlFault::Tag, "!Wow", &format!("`!Wow` {tag}"), "quote the value: `t: \"!Wow x\"`");
    one_fault("t: ! x\n", YamlFault::Tag, "!", &format!("`!` {tag}"), "quote the value: `t: \"! x\"`");
    one_fault("- !!str 5\n", YamlFault::Tag, "!!str", &format!("`!!str` {tag}"), "quote the value: `- \"!!str 5\"`");
    assert_eq!(faults_of("a: !x\n  b: !!map {c: d}\n!!str e: f\n").len(), 3);
    let missing = "is read as a reference to a YAML anchor, and there is none of that name";
    one_fault(
        "t: *note\n",
        YamlFault::Anchor,
        "*note",
        &format!("`*note` {missing}"),
        "quote the value: `t: \"*note\"`",
    );
    assert!(parse("a: Dun & Co & &c!\nb: Wow !\nc: x !important\n").is_ok());
    assert!(parse("&k a: b\nc: *k\n").is_ok());
}

#[test]
fn aliases_that_multiply() {
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..9 {
        let inner = format!("*a{}, ", level - 1).repeat(9);
        bomb.push_str(&format!("a{level}: &a{level} [{inner}]\n"));
    }
    let long = format!("a: &a [{}]\nb: [{}]\n", "x, ".repeat(3000), "*a, ".repeat(3000));
    let wide = format!("a: &a {}\nb: [{}]\n", "x".repeat(100_000), "*a, ".repeat(1000));
    for source in [bomb, long, wide, "a: &a [*a]\n".to_owned()] {
        let errors = parse(&source).unwrap_err();
        assert_eq!(errors.len(), 1);
        assert!(matches!(errors[0].kind, YamlFault::TooManyAliases | YamlFault::TooDeep), "{errors:?}");
    }
    assert!(parse(&format!("a: &a {}\nb: [*a, *a, *a, *a]\n", "x".repeat(1000))).is_ok());
}

#[test]
fn deep_nesting() {
    assert!(parse(&format!("{}x{}", "[".repeat(128), "]".repeat(128))).is_ok());
    for open in ["[", "{a: ", "- ", "{", "[\n"] {
        let errors = parse(&open.repeat(100_000)).unwrap_err();
        assert_eq!(errors.len(), 1, "{open}");
        assert_eq!(errors[0].kind, YamlFault::TooDeep, "{open}");
        assert!(errors[0].span.is_some());
    }
    let quoted = format!("a: '{}'\n", "[".repeat(3000));
    assert!(parse(&quoted).is_ok());
}

#[test]
fn several_documents() {
    let help = "delete the line `---`; write `\"---\"` if it is text";
    one_fault("ä: b\n---\nc: d\n", YamlFault::MultipleDocuments, "---", "a second document begins here", help);
    assert!(parse("---\na: b\n").is_ok());
    assert_eq!(faults_of("\"x\" y\n")[0].0, YamlFault::Syntax);
}

#[test]
fn other_syntax_faults_point_at_their_line() {
    let cases = [
        ("a: b\n c: d\n", "c: d", "this line continues the value above it and yet has a key"),
        ("a: b\nfoo\nc: d\n", "foo", "this line has no key"),
        ("a: b\nfoo:bar\nc: d\n", "foo:bar", "this line has no key"),
        ("a:\n  - b\n c: d\n", "c: d", "this line is not indented like the lines it belongs to"),
        ("a: \"ü\nb: y\n", "\"ü", "this quotation mark is never closed"),
        ("ü: x\na: 'ü\nb: y\n", "'ü", "this quotation mark is never closed"),
        ("a: \"x\\qy\"\n", "\\qy\"", "no such escape in double quotes"),
        ("a: [b,\n  c\nd: [e]\n", "[b,", "this bracket is not closed"),
        ("%foo\n", "%foo", "a line cannot begin with `%`"),
        ("a: [x, , y]\n", ", y]", "a value is missing here, or a bracket is not closed"),
    ];
    for (source, at, message) in cases {
        let faults = faults_of(source);
        let got = (faults[0].0, faults[0].1.as_str(), faults[0].2.as_str());
        assert_eq!(got, (YamlFault::Syntax, at, message), "{source}");
    }
    assert_eq!(faults_of("a: b\nfoo:bar\nc: d\n")[0].3, "put a space after the colon: `foo: bar`");
    let bracket = "a text that begins with `[` must stand in quotes";
    one_fault(
        "a: [b\nc: d\n",
        YamlFault::NeedsQuotes,
        "[b",
        bracket,
        "write `a: \"[b\"`; if it is a list, end it with `]`",
    );
    let key = "a list or a mapping cannot be a key";
    one_fault("a: {{x}}\n", YamlFault::KeyNotText, "{x}}", key, "quote the value: `a: \"{{x}}\"`");
}

#[test]
fn a_text_that_is_no_mapping() {
    let errors = parse_mapping("\n- a\n- b\n").unwrap_err();
    assert_eq!((errors[0].kind, errors[0].span.clone()), (YamlFault::NotAMapping, Some(1..8)));
    assert_eq!(errors[0].message, "this is a list, not keys with values");
    assert_eq!(parse_mapping("key:value").unwrap_err()[0].message, "this is text, not keys with values");
    assert_eq!(parse_mapping("a: 1"), Ok(vec![("a".to_owned(), text("1"))]));
}
