//! Outlines to the edition: ids and addresses, order, references, relations. Everything here is pure.

mod archives;
mod browse;
mod chronology;
mod entries;
mod generated;
pub mod ids;
pub mod ledger;
pub mod order;
pub mod pages;
mod references;
mod relations;
mod routes;

use crate::diag::Code;
use crate::diag::nearest::nearest;
use crate::hash::Hash128;
use crate::model::archives::Archives;
use crate::model::document::{FrontMatter, Status};
use crate::model::issue::{At, Issue};
use crate::model::markup::Markup;
use crate::model::mention::EntryIndex;
use crate::model::outline::Outline;
use crate::model::register::Register;
use crate::model::settings::Settings;
use crate::model::shelf::Shelves;
use crate::model::site::{Finding, Home, Node, Page, PageId, Role, Site, Tombstone, Unread, Volume};
use crate::model::volume::VolumeMatter;
use crate::model::{links, natural};
use ids::Owner;
use order::default_folder_id;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A volume before it is resolved.
#[derive(Debug)]
pub struct VolumeInput {
    /// Folder, such as `content/v`; `content` for an edition of one volume.
    pub folder: String,
    /// Source of its front matter.
    pub source: Arc<str>,
    /// Front matter.
    pub matter: VolumeMatter,
    /// Outline of the landing page.
    pub outline: Outline,
    /// Hash of the source.
    pub hash: Hash128,
    /// Markup.
    pub markup: Markup,
    /// Registers.
    pub registers: Vec<Register>,
}

/// A content file before it is resolved.
#[derive(Debug)]
pub struct PageInput {
    /// Source.
    pub source: Arc<str>,
    /// Number of its volume.
    pub volume: Option<usize>,
    /// Outline.
    pub outline: Arc<Outline>,
    /// Front matter.
    pub front: Option<Arc<FrontMatter>>,
    /// Hash of the source.
    pub hash: Hash128,
    /// Hash of the outline without its places.
    pub facts: Hash128,
}

/// All that an edition is resolved from.
#[derive(Debug)]
pub struct Input {
    /// Settings.
    pub settings: Settings,
    /// Home page, where the edition has one of its own.
    pub home: Home,
    /// Volumes, in the order of their folders.
    pub volumes: Vec<VolumeInput>,
    /// Other content files, in the order of their sources.
    pub pages: Vec<PageInput>,
    /// Registers of the edition.
    pub registers: Vec<Register>,
    /// Files under static/.
    pub statics: BTreeSet<String>,
    /// Assets of the theme: file name to address.
    pub assets: BTreeMap<String, String>,
    /// Documents and entries that were given up.
    pub tombstones: Vec<Tombstone>,
    /// Whether there is a list of corrections, or was one.
    pub has_corrections: bool,
    /// What could not be read.
    pub unread: Unread,
}

/// Which rules are applied in resolving.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Checks {
    /// All.
    All,
    /// Only those without which nothing can be resolved: it is known that no other finds anything.
    Needed,
}

/// Resolves an edition. A page that cannot have an address is left out, with a finding.
pub fn resolve(mut input: Input, checks: Checks) -> (Site, Vec<Finding>) {
    let mut findings = Vec::new();
    let mut volumes: Vec<Volume> =
        input.volumes.into_iter().map(|volume| make_volume(volume, &input.settings, &mut findings)).collect();
    check_volume_ids(&volumes, &mut findings);
    let mut pages = make_pages(input.pages, &volumes, &input.settings, &mut input.unread, &mut findings);
    for (number, volume) in volumes.iter_mut().enumerate() {
        fill_volume(number, volume, &mut pages, &input.unread, &mut findings);
    }
    if input.unread.volumes.is_empty() {
        findings.extend(unknown_volumes(&input.home, &volumes));
    }
    sort_volumes(&input.home, &mut volumes, &mut pages);
    let mut site = Site {
        volume_ids: volumes.iter().enumerate().map(|(number, volume)| (volume.id.clone(), number)).collect(),
        sources: pages.iter().enumerate().map(|(id, page)| (Arc::clone(&page.source), id)).collect(),
        plain_ids: plain_ids(&pages),
        plain: plain_pages(&pages),
        home: input.home,
        registers: input.registers,
        relations: BTreeMap::new(),
        correspondences: BTreeMap::new(),
        references: BTreeMap::new(),
        chronologies: BTreeMap::new(),
        browse: BTreeMap::new(),
        statics: input.statics,
        redirects: Vec::new(),
        tombstones: input.tombstones,
        has_corrections: input.has_corrections,
        addresses: BTreeSet::new(),
        archives: Archives::default(),
        generated: BTreeMap::new(),
        entries: EntryIndex::default(),
        assets: input.assets,
        unread: input.unread,
        settings: input.settings,
        volumes,
        pages,
    };
    site.relations = relations::relations(&site);
    site.correspondences = relations::correspondences(&site);
    site.references = references::references(&site);
    site.archives = archives::archives(&site);
    site.chronologies = chronology::chronologies(&site);
    site.browse = browse::browse(&site);
    site.entries = entries::index(&site);
    site.generated = generated::pages(&site);
    let plain = std::mem::take(&mut site.plain);
    site.plain = plain.into_iter().filter(|&page| !site.is_introduction(&site.pages[page])).collect();
    (site.redirects, site.addresses) = routes::check(&site, &mut findings);
    if checks == Checks::All {
        findings.extend(check_links(&site));
        findings.extend(pages::check(&site));
    }
    (site, findings)
}

fn make_volume(input: VolumeInput, settings: &Settings, findings: &mut Vec<Finding>) -> Volume {
    let at_root = input.folder == "content";
    let name = input.folder.rsplit('/').next().unwrap_or("");
    let default = if at_root { "volume" } else { default_folder_id(name) };
    let default = if ids::is_id(name) && !at_root { name } else { default };
    let mut report = |issue| findings.push(Finding { source: Arc::clone(&input.source), issue });
    let found = ids::id_of(&input.outline, default, Owner::Volume);
    let id = found.unwrap_or_else(|issue| {
        report(issue);
        default.to_owned()
    });
    if input.markup.pagination(&id).is_some() {
        let at = At::field(input.outline.id_at);
        let message = format!("`{id}` is the id of the volume and of one of its paginations");
        report(Issue::new(Code::ID_DUPLICATE, at, message).help("give the pagination another id"));
    }
    if at_root && input.outline.id.is_none() {
        let message = "an edition of one volume needs an `id` for it";
        report(
            Issue::new(Code::KEY_MISSING, At::field(At::FRONT), message)
                .help("write `id:`, a short name by which others refer to the volume"),
        );
    }
    let registers = placed(input.registers, &id, at_root);
    Volume {
        lang: input.matter.page.lang.clone().unwrap_or_else(|| settings.lang.clone()),
        published: settings.drafts || input.matter.page.status == Status::Published,
        id,
        folder: input.folder,
        source: input.source,
        at_root,
        matter: input.matter,
        outline: input.outline,
        hash: input.hash,
        markup: input.markup,
        tree: Vec::new(),
        shelves: Shelves::default(),
        documents: Vec::new(),
        positions: BTreeMap::new(),
        registers,
        ids: BTreeMap::new(),
        printed_pages: BTreeMap::new(),
    }
}

/// Registers of a volume stand in its folder.
fn placed(registers: Vec<Register>, id: &str, at_root: bool) -> Vec<Register> {
    let place = |mut register: Register| {
        if !at_root {
            register.path = format!("{id}/{}", register.path);
        }
        register
    };
    registers.into_iter().map(place).collect()
}

fn check_volume_ids(volumes: &[Volume], findings: &mut Vec<Finding>) {
    let mut first: BTreeMap<String, &Volume> = BTreeMap::new();
    for volume in volumes {
        if let Some(earlier) = first.insert(volume.id.to_lowercase(), volume) {
            let message = format!("the id `{}` is used by two volumes: here and in {}", volume.id, earlier.source);
            let issue = Issue::new(Code::ID_DUPLICATE, At::field(volume.outline.id_at), message);
            findings
                .push(Finding { source: Arc::clone(&volume.source), issue: issue.help("give one of them another id") });
        }
    }
}

fn make_pages(
    inputs: Vec<PageInput>,
    volumes: &[Volume],
    settings: &Settings,
    unread: &mut Unread,
    findings: &mut Vec<Finding>,
) -> Vec<Page> {
    let mut pages: Vec<Page> = Vec::with_capacity(inputs.len());
    let mut taken: BTreeMap<(Option<usize>, String), PageId> = BTreeMap::new();
    for input in inputs {
        let volume = input.volume.map(|volume| &volumes[volume]);
        let folder = volume.map_or("content", |volume| &volume.folder);
        let wanted = input.outline.id.clone();
        match make_page(input, volume, settings) {
            Err(finding) => {
                let file = finding.source.rsplit('/').next().unwrap_or_default();
                let default = file.strip_suffix(".md").unwrap_or(file);
                unread.add_document(folder, wanted.as_deref().unwrap_or(default), &finding.source);
                findings.push(*finding);
            }
            Ok(page) => {
                let key = (page.volume, page.id.to_lowercase());
                if let Some(&earlier) = taken.get(&key) {
                    findings.push(duplicate(&page, &pages[earlier]));
                } else {
                    taken.insert(key, pages.len());
                    pages.push(page);
                }
            }
        }
    }
    pages
}

fn duplicate(page: &Page, earlier: &Page) -> Finding {
    let how = if page.id == earlier.id { "is used already by" } else { "differs only in letter case from that of" };
    let message = format!("the id `{}` {how} {}", page.id, earlier.source);
    let issue = Issue::new(Code::ID_DUPLICATE, At::field(page.outline.id_at), message);
    Finding {
        source: Arc::clone(&page.source),
        issue: issue.help("ids name documents for good: give the newer one another id"),
    }
}

fn make_page(input: PageInput, volume: Option<&Volume>, settings: &Settings) -> Result<Page, Box<Finding>> {
    let (folder, file) = input.source.rsplit_once('/').unwrap_or(("", &input.source));
    let is_index = file == "_index.md";
    let role = match volume {
        None => Role::Plain,
        Some(_) if is_index => Role::Folder,
        Some(_) => Role::File,
    };
    let stem = file.strip_suffix(".md").unwrap_or(file);
    let default = if is_index { default_folder_id(folder.rsplit('/').next().unwrap_or("")) } else { stem };
    let section = !input.outline.kind.is_document();
    let fail = |issue| Box::new(Finding { source: Arc::clone(&input.source), issue });
    let at_root = volume.is_none_or(|volume| volume.at_root);
    let introduces = section || role == Role::Plain;
    let owner = Owner::Page { introduces, at_root };
    let id = ids::id_of(&input.outline, default, owner).map_err(fail)?;
    let path = volume.map_or_else(|| format!("{id}.html"), |volume| volume.address(&format!("{id}.html")));
    let draft = input.outline.status == Status::Draft || volume.is_some_and(|volume| !volume.published);
    Ok(Page {
        source: input.source,
        volume: input.volume,
        role,
        introduces: if introduces { ids::introduced(&id, at_root) } else { None },
        id,
        path,
        published: settings.drafts || !draft,
        ancestors: Vec::new(),
        front: input.front,
        hash: input.hash,
        facts: input.facts,
        outline: input.outline,
    })
}

fn fill_volume(number: usize, volume: &mut Volume, pages: &mut [Page], unread: &Unread, findings: &mut Vec<Finding>) {
    let members: Vec<PageId> = (0..pages.len()).filter(|&page| pages[page].volume == Some(number)).collect();
    volume.ids = members.iter().map(|&page| (pages[page].id.clone(), page)).collect();
    let order: Vec<(Box<str>, At)> =
        volume.matter.order.iter().map(|id| (id.text.as_str().into(), At::field(id.field))).collect();
    let rule = order::Rule { sort: volume.matter.sort, order: &order, source: Arc::clone(&volume.source) };
    let whole = order::Whole { folder: &volume.folder, rule, unread };
    volume.tree = order::contents(&whole, pages, &members, findings);
    volume.shelves = Shelves::of(&volume.tree);
    let mut documents = Vec::new();
    collect_documents(&volume.tree, pages, &mut documents);
    volume.positions = documents.iter().enumerate().map(|(position, &page)| (page, position)).collect();
    volume.printed_pages = pages::printed(volume, &documents, pages);
    volume.documents = documents;
}

/// Published documents below some nodes, in order.
fn collect_documents(nodes: &[Node], pages: &[Page], documents: &mut Vec<PageId>) {
    for node in nodes {
        match node {
            Node::Page(page) if pages[*page].outline.kind.is_document() => documents.push(*page),
            Node::Page(_) => {}
            Node::Section { children, .. } => collect_documents(children, pages, documents),
        }
    }
}

/// What the home page's `order` names and is no volume.
fn unknown_volumes(home: &Home, volumes: &[Volume]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for wanted in &home.matter.order {
        let ids = || volumes.iter().map(|volume| volume.id.as_str());
        if home.matter.is_volume || ids().any(|id| id == wanted.text) {
            continue;
        }
        let message = format!("`order` names `{}`, which is no volume", wanted.text);
        let help = match nearest(&wanted.text, ids()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "list the ids of volumes".to_owned(),
        };
        let issue = Issue::new(Code::ORDER_UNKNOWN, At::field(wanted.field), message).help(help);
        let source = home.source.clone().unwrap_or_else(|| Arc::from("content/_index.md"));
        findings.push(Finding { source, issue });
    }
    findings
}

/// Volumes by the order of the home page, else by folder.
fn sort_volumes(home: &Home, volumes: &mut Vec<Volume>, pages: &mut [Page]) {
    let order = &home.matter.order;
    let mut ranks: Vec<usize> = (0..volumes.len()).collect();
    ranks.sort_by_cached_key(|&number| {
        let volume = &volumes[number];
        let listed = order.iter().position(|id| id.text == volume.id).unwrap_or(usize::MAX);
        (listed, natural::natural(volume.folder.rsplit('/').next().unwrap_or("")))
    });
    let place: BTreeMap<usize, usize> = ranks.iter().enumerate().map(|(place, &number)| (number, place)).collect();
    for page in pages.iter_mut() {
        page.volume = page.volume.and_then(|number| place.get(&number).copied());
    }
    let mut sorted: Vec<(usize, Volume)> = std::mem::take(volumes).into_iter().enumerate().collect();
    sorted.sort_by_key(|(number, _)| place.get(number).copied());
    volumes.extend(sorted.into_iter().map(|(_, volume)| volume));
}

fn plain_ids(pages: &[Page]) -> BTreeMap<String, PageId> {
    let plain = pages.iter().enumerate().filter(|(_, page)| page.role == Role::Plain);
    plain.map(|(id, page)| (page.id.clone(), id)).collect()
}

fn plain_pages(pages: &[Page]) -> Vec<PageId> {
    let mut plain: Vec<PageId> =
        (0..pages.len()).filter(|&page| pages[page].role == Role::Plain && pages[page].published).collect();
    plain.sort_by_cached_key(|&page| natural::natural(&pages[page].source));
    plain
}

/// How many findings name what may be meant; more are not shown at once.
const SUGGESTED: usize = 200;

/// Follows every reference of every page.
fn check_links(site: &Site) -> Vec<Finding> {
    let at_home = site.home.source.as_ref().filter(|_| !site.is_single()).map(|_| Place::Home);
    let places: Vec<Place> = at_home
        .into_iter()
        .chain((0..site.volumes.len()).map(Place::Volume))
        .chain((0..site.pages.len()).map(Place::Page))
        .collect();
    let found: Vec<Vec<Finding>> = places.par_iter().map(|place| check_place(site, *place, false)).collect();
    let mut findings = Vec::new();
    for (place, found) in places.into_iter().zip(found).filter(|(_, found)| !found.is_empty()) {
        findings.extend(if findings.len() < SUGGESTED { check_place(site, place, true) } else { found });
    }
    findings
}

/// Where references stand.
#[derive(Debug, Clone, Copy)]
enum Place {
    Home,
    Volume(usize),
    Page(PageId),
}

fn check_place(site: &Site, place: Place, suggest: bool) -> Vec<Finding> {
    match place {
        Place::Home => {
            let Some(source) = &site.home.source else { return Vec::new() };
            let from = links::From { path: "index.html", source, volume: None, page: None, suggest };
            check_page(site, from, source, &site.home.outline)
        }
        Place::Volume(number) => {
            let volume = &site.volumes[number];
            let path = volume.address("index.html");
            let from = links::From { suggest, ..links::From::volume(volume, number, &path) };
            check_page(site, from, &volume.source, &volume.outline)
        }
        Place::Page(id) => {
            let page = &site.pages[id];
            let from = links::From { suggest, ..links::From::page(site, id) };
            check_page(site, from, &page.source, &page.outline)
        }
    }
}

fn check_page(site: &Site, from: links::From<'_>, source: &Arc<str>, outline: &Outline) -> Vec<Finding> {
    let mut findings = Vec::new();
    for link in &outline.links {
        let issue = if link.known_broken {
            let help = "mend it if you know the right target, or accept it with `ignore:`";
            Issue::new(Code::BROKEN_REF, link.at, format!("`{}` was broken in the source", link.target)).help(help)
        } else {
            let (_, Some(problem)) = links::resolve(site, from, &link.target) else { continue };
            Issue::new(problem.code, link.at, problem.message).help(problem.help)
        };
        findings.push(Finding { source: Arc::clone(source), issue });
    }
    findings
}
