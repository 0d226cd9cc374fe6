//! Any text at all: no panic, and places inside the text.

use proptest::prelude::*;

use super::*;

/// Texts of the signs that mean something in YAML.
fn yamlish() -> impl Strategy<Value = String> {
    const WORDS: &[&str] = &[
        "a", "b: ", ": ", "- ", "\n", "\n  ", "\n ", "[", "]", "{", "}", ", ", "#x", " #", "'", "\"", "|\n", ">-\n",
        "&a ", "*a", "!t ", "!!str ", "\\", "\\x41", "\\u00e4", "ä", "€", "𝄞", "\t", "\r\n", "\r", "? ", "---\n",
        "...", "%", "@", "~", "1e3", "0x1F", "true", " ", "\u{85}", "\u{2028}", "\u{feff}", "\u{0}", "<<: ", "  ",
        "'x': ", "k: v\n", "|2\n", "\"x\"",
    ];
    proptest::collection::vec(proptest::sample::select(WORDS), 0..24).prop_map(|parts| parts.concat())
}

fn check_any(source: &str) {
    let within = |span: Range<usize>| source.get(span.clone()).is_some_and(|_| span.start <= span.end);
    let result = parse(source);
    if let Err(errors) = &result {
        assert!(!errors.is_empty());
        for error in errors {
            assert!(error.span.clone().is_none_or(within), "{source:?}: {error:?}");
            assert!(error.first.clone().is_none_or(within), "{source:?}: {error:?}");
            assert!(!error.message.is_empty() && !error.message.ends_with('.'), "{error:?}");
        }
    }
    for trap in traps(source) {
        assert!(within(trap.span.clone()), "{source:?}: {trap:?}");
    }
    let places = Places::scan(source);
    check_places(source, &places, &result.clone().unwrap_or(Node::Null), &Path::default());
    for at in 0..3 {
        let _ = places.in_scalar(source, &[], "a b", at);
    }
}

fn check_places(source: &str, places: &Places, node: &Node, path: &Path) {
    let span = places.value(path);
    assert!(span.clone().is_none_or(|span| source.get(span).is_some()), "{source:?} {path}");
    assert!(places.key(path).is_none_or(|span| source.get(span).is_some()), "{source:?} {path}");
    match node {
        Node::Null => {}
        Node::Scalar(decoded) => {
            for at in 0..=decoded.len() {
                let place = places.in_scalar(source, path, decoded, at);
                assert!(place.is_none_or(|place| source.is_char_boundary(place)), "{source:?} {path} {at}");
            }
        }
        Node::List(items) => {
            items.iter().enumerate().for_each(|(at, item)| check_places(source, places, item, &path.index(at)));
        }
        Node::Map(entries) => {
            entries.iter().for_each(|(key, value)| check_places(source, places, value, &path.key(key)));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_without_panic(source in any::<String>()) {
        check_any(&source);
    }

    #[test]
    fn any_signs_of_yaml_are_read_without_panic(source in yamlish()) {
        check_any(&source);
    }

    #[test]
    fn any_text_in_quotes_comes_back(value in "[^\\p{Cc}\u{2028}\u{2029}\u{feff}\u{fffe}\u{ffff}]*") {
        let source = format!("é: '{}'\nnext: 1.10\n", value.replace('\'', "''"));
        prop_assert_eq!(parse(&source), Ok(map(&[("é", text(&value)), ("next", text("1.10"))])));
        let places = Places::scan(&source);
        for (at, character) in value.char_indices() {
            let place = places.in_scalar(&source, &way("é"), &value, at);
            prop_assert!(place.is_some_and(|place| source[place..].starts_with(character)), "{} of {:?}", at, value);
        }
    }
}
