//! What lists of a volume share.

use super::head::volume_link;
use crate::model::site::{Site, Volume};
use crate::model::view::Link;

/// The way to a list of a volume.
pub fn volume_crumb(site: &Site, volume: &Volume, path: &str) -> Vec<Link> {
    if volume.at_root { Vec::new() } else { vec![volume_link(volume, path, &site.settings.lang)] }
}
