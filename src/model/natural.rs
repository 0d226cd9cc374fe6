//! Natural order: numbers inside names count as numbers, so 278, 278A, 279 and d2, d10 stand as people expect.

/// A part of a name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Number(u128, usize),
    Words(String),
}

/// A name cut for comparing; compare two of them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Natural(Vec<Part>, String);

/// Cuts a name at its numbers. Letter case does not count unless all else is equal.
pub fn natural(name: &str) -> Natural {
    let mut parts = Vec::new();
    let mut rest = name;
    while !rest.is_empty() {
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        if digits > 0 {
            let number = rest[..digits].parse().unwrap_or(u128::MAX);
            parts.push(Part::Number(number, digits));
            rest = &rest[digits..];
        } else {
            let end = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
            parts.push(Part::Words(rest[..end].to_lowercase()));
            rest = &rest[end..];
        }
    }
    Natural(parts, name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::natural;

    #[test]
    fn numbers_count_as_numbers() {
        let mut names = vec!["279", "278B", "278", "28", "278A", "278K"];
        names.sort_by_key(|name| natural(name));
        assert_eq!(names, ["28", "278", "278A", "278B", "278K", "279"]);
        let mut names = vec!["d10.md", "d2.md", "D3.md"];
        names.sort_by_key(|name| natural(name));
        assert_eq!(names, ["d2.md", "D3.md", "d10.md"]);
    }
}
