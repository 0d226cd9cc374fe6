//! Tests: decoding here, the rest in a file each.

mod any;
mod faults;
mod places;
mod traps;

use super::*;

fn text(value: &str) -> Node {
    Node::Scalar(value.to_owned())
}

fn map(entries: &[(&str, Node)]) -> Node {
    Node::Map(entries.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect())
}

fn way(steps: &str) -> Path {
    let step = |step: &str| step.parse().map_or_else(|_| Step::Key(step.to_owned()), Step::Index);
    Path(steps.split('/').filter(|s| !s.is_empty()).map(step).collect())
}

#[test]
fn scalars_keep_their_text() {
    let written = "007|0|-0|+0|42|-42|+42|1e3|1E3|1.10|1.0|.5|5.|-.5|+1.5|0x1F|0X1F|0x1f|-0x1F|+0x1F|0o17|0b11|017|\
        1_000|12:30|1914-08-02|1914|yes|no|on|off|Yes|true|True|TRUE|false|False|FALSE|y|n|.inf|-.INF|.nan|.NaN|nan|inf|\
        18446744073709551615|18446744073709551616|340282366920938463463374607431768211456|\
        1000000000000000000000000000000000000000000|-9223372036854775809|1e400|302A|nil|Sir E. Grey|<<|=|-a|a:b|a#b|R&D|\
        https://example.org/#x|naïve “quoted” — dash|~x|nullx|x [^1]";
    let written: Vec<&str> = written.split('|').collect();
    for scalar in &written {
        assert_eq!(parse(&format!("key: {scalar}\n")), Ok(map(&[("key", text(scalar))])), "{scalar}");
        assert_eq!(parse(&format!("- {scalar}")), Ok(Node::List(vec![text(scalar)])), "{scalar}");
        assert_eq!(parse(&format!("'{scalar}': x")), Ok(map(&[(*scalar, text("x"))])), "{scalar}");
        assert_eq!(parse(&format!("{scalar}: x")), Ok(map(&[(*scalar, text("x"))])), "{scalar}");
    }
    let flow: Vec<&str> = written.iter().copied().filter(|scalar| !scalar.contains('[')).collect();
    let all: String = flow.iter().map(|scalar| format!("- {scalar}\n- {{a: [{scalar}]}}\n")).collect();
    let expected = flow.iter().flat_map(|s| [text(s), map(&[("a", Node::List(vec![text(s)]))])]).collect();
    assert_eq!(parse(&all), Ok(Node::List(expected)));
}

#[test]
fn equal_numbers_written_differently_stay_apart() {
    let parsed = parse("a: 0x1F\nb: 31\nc: +31\nd: True\ne: true\nf: 1.0\ng: 1\n");
    let expected = [("a", "0x1F"), ("b", "31"), ("c", "+31"), ("d", "True"), ("e", "true"), ("f", "1.0"), ("g", "1")]
        .map(|(k, v)| (k, text(v)));
    assert_eq!(parsed, Ok(map(&expected)));
}

#[test]
fn nothing_is_null() {
    for nothing in ["", "\n", "# only a comment\n", "~", "null", "Null", "NULL", "---\n", "\u{feff}"] {
        assert_eq!(parse(nothing), Ok(Node::Null), "{nothing:?}");
        assert_eq!(parse_mapping(nothing), Ok(Vec::new()), "{nothing:?}");
    }
    let parsed = parse("a:\nb: ~\nc: null\nd: ''\ne: 'null'\nf: \"~\"\ng: [~, x]\nh: 1.5\n");
    let list = Node::List(vec![Node::Null, text("x")]);
    let expected = [
        ("a", Node::Null),
        ("b", Node::Null),
        ("c", Node::Null),
        ("d", text("")),
        ("e", text("null")),
        ("f", text("~")),
        ("g", list),
        ("h", text("1.5")),
    ];
    assert_eq!(parsed, Ok(map(&expected)));
}

#[test]
fn structure_order_and_aliases() {
    let parsed = parse("z: 1\na:\n- x\n- {k: v, 1: ~}\nm: &m {n: 1.50}\no: *m\n~: null key\n").unwrap();
    let anchored = map(&[("n", text("1.50"))]);
    let inner = map(&[("k", text("v")), ("1", Node::Null)]);
    let expected = [
        ("z", text("1")),
        ("a", Node::List(vec![text("x"), inner])),
        ("m", anchored.clone()),
        ("o", anchored),
        ("~", text("null key")),
    ];
    assert_eq!(parsed, map(&expected));
    assert_eq!(parsed.get("a").map(Node::kind), Some("a list"));
    assert_eq!(parsed.get("m").and_then(|m| m.get("n")), Some(&text("1.50")));
    assert_eq!(parse("a: b\r\nc: |\r\n  x\r\n  y\r\n"), Ok(map(&[("a", text("b")), ("c", text("x\ny\n"))])));
}

#[test]
fn paths_read_like_code() {
    assert_eq!(Path::default().key("source").index(1).key("place").to_string(), "source[1].place");
}
