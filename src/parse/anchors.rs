//! Words of headings as anchors.

/// An anchor made from the words of a heading.
pub(super) fn slug(words: &str) -> String {
    let mut slug = String::new();
    for c in words.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() || !slug.starts_with(char::is_alphabetic) { format!("h-{slug}") } else { slug.to_owned() }
}
