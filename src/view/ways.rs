//! Ways into an edition and into a volume, besides the contents and the registers.

use crate::model::history::History;
use crate::model::site::{Site, relative};
use crate::model::view::WayView;

/// All, in the order in which they are offered.
const ORDER: [&str; 9] =
    ["chronology", "calendar", "archives", "browse", "pages", "method", "accessibility", "corrections", "colophon"];

/// Those that the page at `path` offers: a volume's own; the edition's at its first page, and on that of the search.
pub fn ways(site: &Site, history: &History, volume: Option<usize>, path: &str) -> Vec<WayView> {
    let is_first = matches!(path, "index.html" | "search.html");
    let offered = |of: Option<usize>| of.map_or(is_first, |number| volume == Some(number));
    let generated = site.generated.iter().filter(|(_, page)| offered(page.volume()));
    let ways = generated.filter_map(|(to, page)| Some((page.way()?, to.as_str())));
    let corrections = (is_first && !history.errata.is_empty()).then_some(("corrections", "corrections.html"));
    let mut ways: Vec<(&str, &str)> = ways.chain(corrections).collect();
    ways.sort_by_key(|(kind, to)| (ORDER.iter().position(|known| known == kind), *to));
    ways.into_iter().map(|(kind, to)| WayView { kind, href: relative(path, to) }).collect()
}
