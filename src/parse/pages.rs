//! Page numbers: their order, and extents stated in pages.

use crate::diag::Code;
use crate::model::issue::Issue;
use crate::model::issue::At;
use crate::model::markup::{Pagination, Sequence};
use crate::model::outline::PageUse;

/// The number in a page, for comparing: digits at its start or its end, or a roman number.
pub fn number(page: &str) -> Option<u32> {
    let digits: String = page.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

/// Page breaks whose number is lower than that of the break before, in a pagination that must rise. Each comes with the
/// tag of its page.
pub fn backwards<'a, T: Copy>(
    pagination: &'a Pagination,
    pages: impl Iterator<Item = (&'a PageUse, T)> + 'a,
) -> impl Iterator<Item = (Issue, T)> + 'a
where
    T: 'a,
{
    let mut last: Option<(u32, &str)> = None;
    pages.filter_map(move |(page, tag)| {
        if pagination.sequence == Sequence::Free {
            return None;
        }
        let printed = page.page.as_deref()?;
        let current = number(printed)?;
        let before = last.replace((current, printed));
        let (_, earlier) = before.filter(|(before, _)| *before > current)?;
        let message = format!("page {printed} of `{}` comes after page {earlier}", pagination.id);
        let help = "check the number; if the pages really stand so, set `sequence: free` or accept it with `ignore:`";
        Some((Issue::new(Code::PAGE_BACKWARDS, At { ..page.at }, message).help(help), tag))
    })
}

/// The number of pages in an extent such as `2 pp.`, `1 p.` or `3 pages`; `None` for other extents.
pub fn stated_pages(extent: &str) -> Option<usize> {
    let (number, unit) = extent.trim().split_once(' ')?;
    let unit = unit.trim().trim_end_matches('.');
    matches!(unit, "p" | "pp" | "page" | "pages" | "S" | "Seite" | "Seiten").then(|| number.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_extents_in_pages_only() {
        assert_eq!(stated_pages("2 pp."), Some(2));
        assert_eq!(stated_pages("1 p."), Some(1));
        assert_eq!(stated_pages("1 Blatt, 4 Seiten"), None);
        assert_eq!(stated_pages("two pp."), None);
    }
}
