//! The known word that somebody probably meant: for hints such as "did you mean `title`?".

/// The known word nearest to a given one; the first of several as near, `None` when all are too far.
///
/// Distance counts letters added, left out, changed, and neighbours exchanged, without regard to case. It may be a
/// third of the word's length and never more than three: words of two letters are all near to each other.
pub fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let word: Vec<char> = folded(word);
    let mut limit = (word.len() / 3).min(3);
    let mut best = None;
    for candidate in known {
        let letters = folded(candidate);
        if word.len().abs_diff(letters.len()) > limit {
            continue;
        }
        let distance = distance(&word, &letters);
        if distance == 0 {
            return Some(candidate);
        }
        if distance <= limit {
            best = Some(candidate);
            // From now on only a nearer one counts, so the first of several as near stays.
            limit = distance - 1;
        }
    }
    best
}

/// Whether two words are the same but for so many slips, without regard to case.
pub fn is_within(one: &str, other: &str, slips: usize) -> bool {
    let (one, other) = (folded(one), folded(other));
    one.len().abs_diff(other.len()) <= slips && distance(&one, &other) <= slips
}

fn folded(word: &str) -> Vec<char> {
    word.chars().flat_map(char::to_lowercase).collect()
}

/// Edit distance with exchange of neighbours (optimal string alignment), by rows of the usual table.
fn distance(from: &[char], to: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=to.len()).collect();
    let mut previous = None;
    for (row, letter) in from.iter().enumerate() {
        let mut current = Vec::with_capacity(above.len());
        let mut left = row + 1;
        current.push(left);
        let mut previous_target = None;
        for ((column, target), pair) in to.iter().enumerate().zip(above.windows(2)) {
            let [diagonal, up] = pair else { continue };
            let mut least = (diagonal + usize::from(letter != target)).min(up + 1).min(left + 1);
            if previous == Some(target) && previous_target == Some(letter) {
                // Two rows up and two columns left: the text before both letters.
                let exchanged = column.checked_sub(1).and_then(|column| before.get(column));
                least = exchanged.map_or(least, |distance| least.min(distance + 1));
            }
            current.push(least);
            left = least;
            previous_target = Some(target);
        }
        previous = Some(letter);
        before = std::mem::replace(&mut above, current);
    }
    above.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn between(from: &str, to: &str) -> usize {
        distance(&folded(from), &folded(to))
    }

    #[test]
    fn distances() {
        for (from, to, expected) in [
            ("", "", 0),
            ("", "abc", 3),
            ("abc", "", 3),
            ("title", "title", 0),
            ("title", "titel", 1),
            ("ab", "ba", 1),
            ("kitten", "sitting", 3),
            ("ca", "abc", 3),
            ("xab", "xba", 1),
            ("Straße", "straße", 0),
            ("abcd", "badc", 2),
        ] {
            assert_eq!(between(from, to), expected, "{from} → {to}");
            assert_eq!(between(to, from), expected, "{to} → {from}");
        }
    }

    #[test]
    fn the_nearest_is_found() {
        let keys = ["title", "subtitle", "date", "place", "from", "to", "source", "lang"];
        let find = |word| nearest(word, keys.iter().copied());
        assert_eq!(find("titel"), Some("title"));
        assert_eq!(find("TITLE"), Some("title"));
        assert_eq!(find("Subtilte"), Some("subtitle"));
        assert_eq!(find("soruces"), Some("source"));
        assert_eq!(find("dat"), Some("date"));
        assert_eq!(find("form"), Some("from"));
        assert_eq!(find("language"), None);
        assert_eq!(find(""), None);
        assert_eq!(find("xyz"), None);
    }

    #[test]
    fn the_limit_is_a_third_and_at_most_three() {
        let find = |word, known| nearest(word, std::iter::once(known));
        assert_eq!(find("abc", "abx"), Some("abx"));
        assert_eq!(find("abc", "axx"), None);
        assert_eq!(find("d1", "d2"), None);
        assert_eq!(find("abcd", "abxx"), None);
        assert_eq!(find("abcdef", "abcdxx"), Some("abcdxx"));
        assert_eq!(find("abcdefg", "abcdxxx"), None);
        assert_eq!(find("abcdefghijklmnop", "abcdefghijklmxxx"), Some("abcdefghijklmxxx"));
        assert_eq!(find("abcdefghijklmnop", "abcdefghijklxxxx"), None);
    }

    #[test]
    fn the_first_of_several_as_near_and_the_nearer_of_two() {
        assert_eq!(nearest("data", ["date", "dato"].into_iter()), Some("date"));
        assert_eq!(nearest("data", ["dxxa", "dato", "date"].into_iter()), Some("dato"));
        assert_eq!(nearest("data", ["date", "Data"].into_iter()), Some("Data"));
    }
}
