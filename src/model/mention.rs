//! Who is named where: register entries, and the documents that mention them.

use super::site::{PageId, Site};
use std::collections::{BTreeMap, BTreeSet};

/// Most rows on one page of an entry; what goes beyond stands on further pages.
pub const MOST_ROWS: usize = 1_000;

/// An entry of a register of the edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct EntryId {
    /// Its volume; none for registers of the edition.
    pub volume: Option<usize>,
    /// Place of the register in [`Site::registers_of`].
    pub register: usize,
    /// Place in [`super::register::Register::entries`].
    pub entry: usize,
}

/// What someone or something is to a document, as its front matter says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Wrote or sent it.
    Sender,
    /// Received it.
    Recipient,
    /// Took part in the meeting.
    Participant,
    /// It was written there.
    Place,
    /// It lies there.
    Repository,
}

impl Role {
    /// Its key in `words.entry_roles`.
    pub fn name(self) -> &'static str {
        match self {
            Role::Sender => "sent",
            Role::Recipient => "received",
            Role::Participant => "participant",
            Role::Place => "written",
            Role::Repository => "kept",
        }
    }
}

/// All that a document has of an entry.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mention {
    /// The document or section.
    pub page: PageId,
    /// How often its texts name the entry, and its front matter besides the roles.
    pub count: usize,
    /// Where it does so first; empty for a place above the text.
    pub anchor: Box<str>,
    /// Roles in the document, or in an attachment of that place in its outline.
    pub roles: Vec<(Role, Option<usize>)>,
}

/// The index of the edition's registers.
#[derive(Debug, Default)]
pub struct EntryIndex {
    /// Mentions of each entry that has some, in the order of the edition.
    pub mentions: BTreeMap<EntryId, Vec<Mention>>,
    /// Place of each entry among all, by the rules of the edition's language.
    pub ranks: BTreeMap<EntryId, usize>,
    /// Entries of volumes that are an entry of the edition, as they say by `is`.
    pub joined: BTreeMap<EntryId, Vec<EntryId>>,
    /// The entry of the edition that an entry is.
    pub is: BTreeMap<EntryId, EntryId>,
    /// Entries that say `see` of an entry.
    pub seen_from: BTreeMap<EntryId, Vec<EntryId>>,
    /// Place of each page in the edition.
    pub order: Vec<usize>,
}

/// What a group of rows has in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heading {
    /// The role.
    Role(Role),
    /// They name the entry, in this volume.
    Named(Option<usize>),
}

/// A document in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The document.
    pub page: PageId,
    /// Place of the attachment that is meant.
    pub attachment: Option<usize>,
    /// How often it names the entry; 0 for roles.
    pub count: usize,
    /// Where it does so first.
    pub anchor: Box<str>,
}

/// Rows under a heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The heading.
    pub heading: Heading,
    /// The rows: by date for a role, else in the order of the edition.
    pub rows: Vec<Row>,
}

impl EntryIndex {
    /// The entries whose mentions an entry's page shows: itself, and those of volumes that are it.
    fn all_of(&self, id: EntryId) -> impl Iterator<Item = EntryId> {
        std::iter::once(id).chain(self.joined.get(&id).into_iter().flatten().copied())
    }

    fn mentions_of(&self, id: EntryId) -> impl Iterator<Item = &Mention> {
        self.all_of(id).filter_map(|id| self.mentions.get(&id)).flatten()
    }

    /// Number of documents that mention an entry, or have it in a role.
    pub fn documents(&self, id: EntryId) -> usize {
        match self.joined.contains_key(&id) {
            true => self.mentions_of(id).map(|mention| mention.page).collect::<BTreeSet<_>>().len(),
            false => self.mentions.get(&id).map_or(0, Vec::len),
        }
    }

    /// Number of pages on which the documents of an entry stand.
    pub fn sheet_count(&self, site: &Site, id: EntryId) -> usize {
        let rows: usize = self.mentions_of(id).map(|mention| mention.roles.len() + 1).sum();
        if rows <= MOST_ROWS { 1 } else { self.sheets(site, id).len().max(1) }
    }

    /// What stands on each page of an entry: at most [`MOST_ROWS`] rows, divided between groups where that can be.
    pub fn sheets(&self, site: &Site, id: EntryId) -> Vec<Vec<Group>> {
        divide(self.groups(site, id), MOST_ROWS)
    }

    fn groups(&self, site: &Site, id: EntryId) -> Vec<Group> {
        let mut by_role: BTreeMap<Role, Vec<Row>> = BTreeMap::new();
        let mut named: BTreeMap<usize, Row> = BTreeMap::new();
        for mention in self.mentions_of(id) {
            let page = mention.page;
            for &(role, attachment) in &mention.roles {
                by_role.entry(role).or_default().push(Row { page, attachment, count: 0, anchor: "".into() });
            }
            if mention.count > 0 {
                let fresh = || Row { page, attachment: None, count: 0, anchor: mention.anchor.clone() };
                named.entry(self.order.get(page).copied().unwrap_or(page)).or_insert_with(fresh).count += mention.count;
            }
        }
        let dated = |row: &Row| {
            let outline = &site.pages[row.page].outline;
            let record = row.attachment.and_then(|place| outline.attachments.get(place)).unwrap_or(&outline.record);
            let key = record.date.day().map(|day| day.edtf.sort_key());
            (key.is_none(), key, self.order.get(row.page).copied(), row.attachment)
        };
        let mut groups = Vec::new();
        for (role, mut rows) in by_role {
            rows.sort_by_cached_key(dated);
            rows.dedup();
            groups.push(Group { heading: Heading::Role(role), rows });
        }
        for row in named.into_values() {
            let heading = Heading::Named(site.pages[row.page].volume);
            match groups.last_mut().filter(|group| group.heading == heading) {
                Some(group) => group.rows.push(row),
                None => groups.push(Group { heading, rows: vec![row] }),
            }
        }
        groups
    }
}

/// Groups on pages of at most `most` rows. A group that is no larger than a page is not divided.
fn divide(groups: Vec<Group>, most: usize) -> Vec<Vec<Group>> {
    let mut sheets = vec![Vec::new()];
    let mut room = most;
    let all: usize = groups.iter().map(|group| group.rows.len()).sum();
    for Group { heading, rows } in groups {
        if all > most && rows.len() > room && room < most {
            sheets.push(Vec::new());
            room = most;
        }
        for rows in rows.chunks(most) {
            if rows.len() > room {
                sheets.push(Vec::new());
                room = most;
            }
            room -= rows.len();
            if let Some(sheet) = sheets.last_mut() {
                sheet.push(Group { heading, rows: rows.to_vec() });
            }
        }
    }
    sheets
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(volume: usize, rows: usize) -> Group {
        let row = |page| Row { page, attachment: None, count: 1, anchor: "p1".into() };
        Group { heading: Heading::Named(Some(volume)), rows: (0..rows).map(row).collect() }
    }

    fn sizes(groups: &[usize]) -> Vec<Vec<usize>> {
        let groups = groups.iter().enumerate().map(|(volume, rows)| group(volume, *rows)).collect();
        let size = |sheet: &Vec<Group>| sheet.iter().map(|group| group.rows.len()).collect();
        divide(groups, 10).iter().map(size).collect()
    }

    #[test]
    fn what_is_many_is_divided_between_volumes_first() {
        assert_eq!(sizes(&[]), [Vec::<usize>::new()]);
        assert_eq!(sizes(&[4, 6]), [[4, 6]]);
        assert_eq!(sizes(&[4, 7, 2]), [vec![4], vec![7, 2]]);
        assert_eq!(sizes(&[3, 25, 4]), [vec![3], vec![10], vec![10], vec![5, 4]]);
        assert_eq!(sizes(&[10, 10]), [[10], [10]]);
    }
}
