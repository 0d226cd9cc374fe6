//! The released version, from tags.

use crate::git;
use std::path::Path;

/// The highest version among the tags that lead to a commit, without its `v`. A tag is a version where it is one to
/// four numbers with points between, such as `v1.2`, and nothing more: `1.2-rc1` is not released yet.
pub(super) fn highest(root: &Path, head: &str) -> Option<Box<str>> {
    let tags = git::run(root, &["for-each-ref", "--merged", head, "--format=%(refname:strip=2)", "refs/tags"])?;
    let tags = String::from_utf8_lossy(&tags).into_owned();
    let versions = tags.lines().filter_map(|tag| Some((numbers(tag)?, tag)));
    versions.max().map(|(_, tag)| tag.trim_start_matches('v').into())
}

/// The numbers of a version, with zeros for those it lacks.
fn numbers(tag: &str) -> Option<[u64; 4]> {
    let mut numbers = [0; 4];
    let mut places = numbers.iter_mut();
    for part in tag.strip_prefix('v').unwrap_or(tag).split('.') {
        let is_number = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        *places.next()? = part.parse().ok().filter(|_| is_number)?;
    }
    Some(numbers)
}

#[cfg(test)]
mod tests {
    use super::numbers;

    #[test]
    fn versions_are_numbers_with_points() {
        assert_eq!(numbers("v1.2"), Some([1, 2, 0, 0]));
        assert!(numbers("v1.10") > numbers("1.9.9") && numbers("2025.01") > numbers("v1.10"));
        for tag in ["", "v", "latest", "1.2-rc1", "v1..2", "1.2.3.4.5", "+1", "vv1", "99999999999999999999999"] {
            assert_eq!(numbers(tag), None, "{tag}");
        }
    }
}
