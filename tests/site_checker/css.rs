//! Finding addresses in style sheets.

/// The addresses in `url(…)` and `@import "…"`, as written.
pub fn addresses(css: &str) -> Vec<String> {
    let css = without_comments(css);
    // Keywords are of ASCII, so lowering only that keeps every offset.
    let lowered = css.to_ascii_lowercase();
    let mut found = Vec::new();
    for keyword in ["url(", "@import"] {
        for (at, _) in lowered.match_indices(keyword) {
            let argument = css[at + keyword.len()..].trim_start();
            match argument.chars().next() {
                Some(quote @ ('"' | '\'')) => found.extend(argument[1..].split(quote).next().map(str::to_owned)),
                // `@import url(…)` is found as `url(…)`.
                Some(_) if keyword == "url(" => {
                    found.extend(argument.split(')').next().map(|word| word.trim().to_owned()))
                }
                _ => {}
            }
        }
    }
    found
}

fn without_comments(css: &str) -> String {
    let mut parts = css.split("/*");
    let mut kept = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        kept.push_str(part.split_once("*/").map_or("", |(_, after)| after));
    }
    kept
}
