//! Legal YAML that is probably not meant.

use super::*;

#[track_caller]
fn one_trap(source: &str, kind: TrapKind, path: &str, at: &str, message: &str, help: &str) {
    let found = traps(source);
    let [trap] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!((trap.kind, &source[trap.span.clone()]), (kind, at));
    assert_eq!(Path(trap.path.clone()), way(path));
    assert_eq!((trap.message.as_str(), trap.help.as_str()), (message, help));
}

#[test]
fn a_comment_that_cuts_a_value() {
    let kind = TrapKind::CutByComment;
    let message = "`#12` is read as a comment and does not belong to the value";
    let help = |value: &str| format!("write \"{value}\"; a real comment has a space after `#`");
    one_trap("ü: é\nfile: DEF #12\n", kind, "file", "#12", message, &help("DEF #12"));
    one_trap("files:\r\n- a\r\n- DEF #12 \r\n", kind, "files/1", "#12", message, &help("DEF #12"));
    one_trap("number: #12\nb: c\n", kind, "number", "#12", message, &help("#12"));
    one_trap("n:\n  - #12\n", kind, "n/0", "#12", message, &help("#12"));
    one_trap("s: {b: [x, y,\n  z #12\n ]}\n", kind, "s/b/2", "#12", message, &help("z #12"));
    for fine in [
        "a: b # real\n",
        "a: 'DEF #12'\n",
        "a: b#12\n",
        "# x\n#commented: out\na: b\n",
        "a: \"x\" #12\n",
        "a: |\n  x #12\n",
    ] {
        assert_eq!(traps(fine), [], "{fine}");
    }
}

#[test]
fn a_list_that_may_be_one_name() {
    let kind = TrapKind::InlineList;
    let message = "`[Lay, James S.]` is a list of 2 items";
    let help = "if it is one text, write \"Lay, James S.\"; if it is a list, write one `- item` a line";
    one_trap("ä: ö\nfrom: [Lay, James S.]\n", kind, "from", "[Lay, James S.]", message, help);
    for fine in
        ["a: [x]\n", "a: ['x', \"y\"]\n", "a: [x, 'y']\n", "a:\n  [x,\n   y]\n", "a: text [x, y]\n", "a: '[x, y]'\n"]
    {
        assert_eq!(traps(fine), [], "{fine}");
    }
    assert_eq!(traps("- [a, b]\n- {x: [c, d]}\n").len(), 2);
}

#[test]
fn a_comma_that_ends_a_value() {
    let source = "date: {edtf: 1961-10-05, display: October 5, 1961}\n";
    let message = "the comma ends the value of `display`, and `1961` is a key without value";
    let help = "write `display: \"October 5, 1961\"`";
    one_trap(source, TrapKind::CutByComma, "date/display", "October 5, 1961", message, help);
    let source = "d: {display: Thu, Oct 5, 1961, x: y}\n";
    let message = "the comma ends the value of `display`, and `Oct 5` is a key without value";
    let help = "write `display: \"Thu, Oct 5, 1961\"`";
    one_trap(source, TrapKind::CutByComma, "d/display", "Thu, Oct 5, 1961", message, help);
    for fine in ["d: {a: 1, b: }\n", "d: {a, b}\n", "d: {a: 'x', b: y}\n", "d: {a: 1, b: ~}\n"] {
        assert_eq!(traps(fine), [], "{fine}");
    }
}

#[test]
fn traps_of_a_text_that_is_no_yaml_do_not_panic() {
    assert_eq!(traps("a: [x, y\nb: {c: d, e\n: @\n").len(), 0);
}
