//! Printed pages of a volume: where each begins, whether numbers rise, and whether their images are there.

use crate::diag::Code;
use crate::diag::nearest::nearest;
use crate::model::images;
use crate::model::issue::Issue;
use crate::model::markup::{Pagination, Scope, Sequence};
use crate::model::outline::ImageUse;
use crate::model::site::{Finding, Page, PageId, Site, Volume};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The first place of each page, in the order of the contents. Sections that are files come in their place too.
pub fn printed(volume: &Volume, documents: &[PageId], pages: &[Page]) -> BTreeMap<(String, String), (PageId, String)> {
    let mut places = BTreeMap::new();
    let mut sections: Vec<PageId> =
        volume.ids.values().copied().filter(|page| !pages[*page].outline.kind.is_document()).collect();
    sections.sort_unstable();
    for page in documents.iter().copied().chain(sections.into_iter().filter(|page| pages[*page].published)) {
        for place in &pages[page].outline.pages {
            let through =
                volume.markup.pagination(&place.pagination).is_none_or(|pagination| pagination.scope == Scope::Volume);
            if let (Some(number), true) = (&place.page, through) {
                let key = (place.pagination.to_string(), number.to_string());
                places.entry(key).or_insert_with(|| (page, place.anchor.to_string()));
            }
        }
    }
    places
}

/// Rules on the pages of the whole edition.
pub fn check(site: &Site) -> Vec<Finding> {
    let mut findings = Vec::new();
    for volume in site.volumes.iter().filter(|volume| !site.unread.volumes.contains(&volume.folder)) {
        for pagination in
            volume.markup.paginations.iter().filter(|pagination| pagination.sequence == Sequence::Ascending)
        {
            match pagination.scope {
                Scope::Volume => check_order(site, &volume.documents, pagination, &mut findings),
                Scope::Document => {
                    volume
                        .documents
                        .chunks(1)
                        .for_each(|document| check_order(site, document, pagination, &mut findings));
                }
            }
        }
    }
    let mut images = Vec::new();
    for page in site.pages.iter().filter(|page| page.published) {
        check_images(site, page, &mut images);
    }
    findings.append(&mut without_any(site, images));
    findings
}

/// An edition without a single image has one finding for all: nobody can read thousands that say the same.
fn without_any(site: &Site, mut images: Vec<Finding>) -> Vec<Finding> {
    const MANY: usize = 20;
    let given = |path: &String| [".tif", ".jpg", ".jpeg", ".png", ".webp"].iter().any(|end| path.ends_with(end));
    if images.len() > MANY && !site.statics.iter().any(given) {
        let others = images.len() - 1;
        images.truncate(1);
        if let Some(first) = images.first_mut() {
            first.issue.message.push_str(&format!(", nor any of {others} others: no image lies under static/"));
        }
    }
    images
}

fn check_order(site: &Site, documents: &[PageId], pagination: &Pagination, findings: &mut Vec<Finding>) {
    let documents = documents.iter().map(|&document| &site.pages[document]);
    // The page on which a document begins is the one before its first break; it says nothing new.
    let pages = documents.flat_map(|page| {
        let breaks =
            page.outline.pages.iter().filter(|place| *place.pagination == *pagination.id && !place.anchor.is_empty());
        breaks.map(move |place| (place, page))
    });
    let mut last: Option<(u32, &str)> = None;
    for (place, page) in pages {
        let Some(printed) = place.page.as_deref() else { continue };
        let Some(number) = number(printed) else { continue };
        if let Some((_, before)) = last.filter(|(highest, _)| *highest > number) {
            let message = format!("page {printed} of `{}` comes after page {before}", pagination.id);
            let help =
                "check the number; if the pages really stand so, set `sequence: free` or accept it with `ignore:`";
            let issue = Issue::new(Code::PAGE_BACKWARDS, place.at, message).help(help);
            findings.push(Finding { source: Arc::clone(&page.source), issue });
        }
        last = Some((number, printed));
    }
}

fn number(page: &str) -> Option<u32> {
    let digits: String = page.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

fn check_images(site: &Site, page: &Page, findings: &mut Vec<Finding>) {
    for image in &page.outline.images {
        let Some(path) = local_image(site, page, image) else { continue };
        if site.statics.contains(&path) {
            continue;
        }
        let help = match nearest(&path, site.statics.iter().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`? Images lie under static/"),
            None => format!("put it at static/{path}, or write an address"),
        };
        let issue = Issue::new(Code::FACSIMILE_MISSING, image.at, format!("there is no image `{path}`")).help(help);
        findings.push(Finding { source: Arc::clone(&page.source), issue });
    }
}

/// Path of an image under static/, when it is a file of the edition.
fn local_image(site: &Site, page: &Page, image: &ImageUse) -> Option<String> {
    let address = images::address(site.volume_of(page).map(|volume| &volume.markup), &image.pagination, &image.image);
    (!address.contains("://")).then_some(address)
}
