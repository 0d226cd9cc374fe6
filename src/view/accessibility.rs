//! The statement on accessibility: which parts of it hold for this edition.

use super::Words;
use super::head::{Constants, Parts, head};
use crate::model::site::Site;
use crate::model::view::AccessibilityView;

/// Version of axe-core that the tests of the theme run; `tests/browser/package.json` has the same.
pub const AXE: &str = "4.14.1";

/// The statement; `own_theme` tells whether the edition has changed the theme.
pub fn accessibility(site: &Site, own_theme: bool, words: &Words) -> AccessibilityView {
    let parts = Parts {
        kind: "accessibility",
        path: "accessibility.html",
        title: words.get("accessibility.title"),
        description: None,
        lang: &site.settings.lang,
        crumbs: Vec::new(),
        draft: false,
    };
    AccessibilityView {
        head: head(Constants::of(site), parts),
        version: env!("CARGO_PKG_VERSION"),
        axe: AXE,
        own_theme,
    }
}
