//! Places of keys and values, and inside scalars.

use super::*;

const SAMPLE: &str = "# Überschrift – ünïcode\n\"tïtle\": 'Größe'  # Kommentar ü\nlist:\n- ä\n-  b: ö # é\n   c:\n- [x, {y: ž}]\n\
    deep:\n  - - 1\n    - &u zwei\n  - *u\nlit: |+ # é\n  α\n\n  β\n\nfold: >-\n    γ\n    δ\nempty:\nlast: {a: , b}\n";

#[test]
fn places_of_keys_and_values() {
    for source in [SAMPLE.to_owned(), SAMPLE.replace('\n', "\r\n"), format!("\u{feff}{SAMPLE}")] {
        let places = Places::scan(&source);
        let value = |path: &str| places.value(&way(path)).map(|span| source[span].replace('\r', ""));
        let key = |path: &str| places.key(&way(path)).map(|span| &source[span]);
        let expected = [
            ("tïtle", "'Größe'"),
            ("list", "- ä\n-  b: ö # é\n   c:\n- [x, {y: ž}]"),
            ("list/0", "ä"),
            ("list/1", "b: ö # é\n   c:"),
            ("list/1/b", "ö"),
            ("list/1/c", ""),
            ("list/2", "[x, {y: ž}]"),
            ("list/2/1", "{y: ž}"),
            ("list/2/1/y", "ž"),
            ("deep/0", "- 1\n    - &u zwei"),
            ("deep/0/1", "&u zwei"),
            ("deep/1", "*u"),
            ("lit", "α\n\n  β"),
            ("fold", "γ\n    δ"),
            ("empty", ""),
            ("last", "{a: , b}"),
            ("last/a", ""),
        ];
        for (path, held) in expected {
            assert_eq!(value(path).as_deref(), Some(held), "{path}");
        }
        assert_eq!(key("tïtle"), Some("\"tïtle\""));
        assert_eq!(key("list/1/c"), Some("c"));
        assert_eq!(key("list/2/1/y"), Some("y"));
        assert_eq!(key("last/b"), Some("b"));
        assert_eq!(
            (key("list/0"), key(""), key("nope"), value("list/9"), value("tïtle/x")),
            (None, None, None, None, None)
        );
        let empty = places.value(&way("empty")).unwrap();
        assert!(source[..empty.start].ends_with("empty:"));
    }
}

#[test]
fn the_nearest_place_of_what_is_missing() {
    let places = Places::scan(SAMPLE);
    let nearest = |path: &str| places.nearest(&way(path)).map(|span| &SAMPLE[span]);
    assert_eq!(nearest("list/1/b"), Some("ö"));
    assert_eq!(nearest("list/1/c"), Some("c"));
    assert_eq!(nearest("list/1/nope/x"), Some("b: ö # é\n   c:"));
    assert_eq!(nearest("list/7"), Some("list"));
    assert_eq!(nearest("deep"), Some("deep"));
    assert_eq!(nearest("nope").map(str::len), Places::scan(SAMPLE).value(&[]).map(|span| span.len()));
}

#[test]
fn places_of_a_broken_text_as_far_as_it_was_read() {
    let places = Places::scan("a: b\nc:\n  d: e\nf: @x\n");
    assert_eq!(places.value(&way("c/d")), Some(13..14));
    assert_eq!(places.key(&way("f")), Some(15..16));
    assert_eq!(places.value(&way("f")), None);
}

/// Each character of the decoded scalar that is no white space stands, as itself or as `escapes` says, at its place.
#[track_caller]
fn check_scalar(source: &str, path: &str, escapes: &[(char, &str)]) {
    let parsed = parse(source).unwrap();
    let steps = way(path);
    let decoded = steps.iter().fold(&parsed, |node, step| match (step, node) {
        (Step::Key(key), node) => node.get(key).unwrap(),
        (Step::Index(index), Node::List(items)) => &items[*index],
        _ => panic!("{path}"),
    });
    let Node::Scalar(decoded) = decoded else { panic!("{path} is {}", decoded.kind()) };
    let places = Places::scan(source);
    let mut last = 0;
    for (at, character) in decoded.char_indices() {
        let place = places.in_scalar(source, &steps, decoded, at).unwrap_or_else(|| panic!("{at} of {decoded:?}"));
        assert!(place >= last, "{at} of {decoded:?} in {source:?}");
        last = place;
        let escaped = escapes.iter().find(|(c, _)| *c == character).map_or(String::new(), |(_, e)| (*e).to_owned());
        let here = &source[place..];
        let blank = character.is_ascii_whitespace() && here.starts_with([' ', '\n', '\r', '\\']);
        let is_escaped = !escaped.is_empty() && here.starts_with(&escaped);
        assert!(here.starts_with(character) || blank || is_escaped, "{at} of {decoded:?}: {here:?}");
    }
    assert!(
        places.in_scalar(source, &steps, decoded, decoded.len()).is_some_and(|end| end >= last && end <= source.len())
    );
    assert_eq!(places.in_scalar(source, &steps, decoded, decoded.len() + 1), None);
    assert_eq!(places.in_scalar(source, &steps, "quite another text", 8), None);
}

#[test]
fn places_inside_scalars_of_each_style() {
    let plain = "ü: 1\nnöte: Grüße [^1] an\n  “alle”,\n\n  [^2] ä # Kommentar\nz: 1\n";
    let literal = "é: ü\ntext: |\n    Größe [^1]\n\n      eingerückt ä\n    ende\n\nz: 1\n";
    let folded = "text: >+\n  Größe\n  wächst [^1]\n\n  neuer Absatz ü\n    eingerückt\n    é\n  ende\n\n\nz: 1\n";
    let single = "é: ü\nt: 'it''s ''ä''\n  über\n\n  [^1]'\n";
    let double =
        "é: ü\nt: \"\\u00e4 ä \\\"x\\\" \\U0001D11E\\t\\x41 foo\\n\\\n   \\ bar\n   baz\n\n   end \\\\ [^1]\"\n";
    for (source, path) in [(plain, "nöte"), (literal, "text"), (folded, "text"), (single, "t")] {
        for source in [source.to_owned(), source.replace('\n', "\r\n"), format!("\u{feff}{source}")] {
            check_scalar(&source, path, &[('\'', "''")]);
        }
    }
    let escapes =
        [('ä', "\\u00e4"), ('"', "\\\""), ('\u{1d11e}', "\\U"), ('\t', "\\t"), ('A', "\\x41"), ('\\', "\\\\")];
    check_scalar(double, "t", &escapes);
    check_scalar(&double.replace('\n', "\r\n"), "t", &escapes);
    check_scalar("a:\n  - [x, ünï, \"ö\"]\n", "a/0/2", &[]);
    check_scalar("a: &x |\n  zeile é\n  zwei\nb: *x\n", "a", &[]);
    check_scalar("a: &x |\n  zeile é\n  zwei\nb: *x\n", "b", &[]);
    check_scalar("a: &u 'é' # ü\nb: *u\n", "b", &[]);
    check_scalar("a: |2-\n    weit\n   é\n", "a", &[]);
    check_scalar("a: >\n\n\n  später\n", "a", &[]);
    check_scalar("a: ''\n", "a", &[]);
    check_scalar("a: |\n", "a", &[]);
}

#[test]
fn exact_places_inside_scalars() {
    let source = "t: >\n  ein ä\n  zwei [^1]\n\n  drei\n";
    let decoded = "ein ä zwei [^1]\ndrei\n";
    let places = Places::scan(source);
    let place = |needle: &str| places.in_scalar(source, &way("t"), decoded, decoded.find(needle).unwrap());
    assert_eq!(place("[^1]"), source.find("[^1]"));
    assert_eq!(place("drei"), source.find("drei"));
    assert_eq!(place(" zwei"), Some(source.find("ä").unwrap() + 2));
    assert_eq!(place("\ndrei"), Some(source.find("[^1]").unwrap() + 5));
    assert_eq!(places.in_scalar(source, &way("t"), decoded, decoded.len()), Some(source.len()));
    let source = "t: \"\\u00e4[^1]\"\n";
    let places = Places::scan(source);
    assert_eq!(places.in_scalar(source, &way("t"), "ä[^1]", 2), Some(10));
    assert_eq!(places.in_scalar(source, &way("t"), "ä[^1]", 1), Some(4));
}
