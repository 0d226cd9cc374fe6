//! What an import found and what it wrote, for people and as JSON.

use serde::{Serialize, Serializer};
use std::collections::BTreeMap;

/// Something that an editor should look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Remark {
    /// Kind of finding, such as `id-doubled`.
    pub kind: &'static str,
    /// The file, where the source has several.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub file: String,
    /// Line of the source.
    pub line: u32,
    /// Column of the source.
    pub column: u32,
    /// What it is.
    pub message: String,
}

/// One line of the table.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Count {
    /// In the source.
    pub found: usize,
    /// In what was written.
    pub written: usize,
}

/// Counts as one map, in the order of the table.
fn by_name<S: Serializer>(counts: &[(&'static str, Count)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(counts.iter().map(|(name, count)| (name, count)))
}

/// Stated extents ("2 pp.") against the number of images.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Extents {
    /// Documents that state their extent and have images.
    pub stated: usize,
    /// Those that have as many images as pages.
    pub equal: usize,
}

/// An element that the importer does not know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unknown {
    /// How often it stands.
    pub count: usize,
    /// The file of the first, where the source has several.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub file: String,
    /// Line of the first.
    pub line: u32,
    /// Column of the first.
    pub column: u32,
    /// What became of its text.
    pub text: &'static str,
}

/// How many remarks of a kind that may repeat are told.
const TOLD: usize = 20;

/// The report on one volume.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The source.
    pub source: String,
    /// The volume.
    pub volume: String,
    /// Counts by name, in the order of the table.
    #[serde(serialize_with = "by_name")]
    pub counts: Vec<(&'static str, Count)>,
    /// The same counts for each document, where the source has a file for each.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub documents: BTreeMap<String, BTreeMap<&'static str, Count>>,
    /// Page breaks by pagination.
    pub page_breaks: BTreeMap<String, Count>,
    /// References: resolved.
    pub resolved: usize,
    /// References to volumes that are not this one.
    pub external: BTreeMap<String, usize>,
    /// References to nothing.
    pub broken: Vec<Remark>,
    /// What an editor should look at.
    pub remarks: Vec<Remark>,
    /// How often remarks were due of which only the first are told.
    pub repeated: BTreeMap<&'static str, usize>,
    /// Elements the importer does not know.
    pub unknown: BTreeMap<String, Unknown>,
    /// Source notes that were read, so that archive and classification stand beside them as fields.
    pub mined: usize,
    /// Source notes that were not read, or only in part: what counts is their words.
    pub unmined: usize,
    /// Extents that calendar entries state.
    pub extents: Extents,
    /// Path and hash of each file as the import made it.
    pub files: BTreeMap<String, String>,
    /// Files that an editor has changed, so that the new text lies beside them.
    pub kept: Vec<String>,
}

impl Report {
    /// Adds to what was found.
    pub fn found(&mut self, name: &'static str, count: usize) {
        self.entry(name).found += count;
    }

    /// Adds to what was written.
    pub fn written(&mut self, name: &'static str, count: usize) {
        self.entry(name).written += count;
    }

    /// A row of the table.
    pub fn count(&self, name: &str) -> Count {
        self.counts.iter().find(|(other, _)| *other == name).map(|(_, count)| *count).unwrap_or_default()
    }

    fn entry(&mut self, name: &'static str) -> &mut Count {
        let at = self.counts.iter().position(|(other, _)| *other == name).unwrap_or_else(|| {
            self.counts.push((name, Count::default()));
            self.counts.len() - 1
        });
        &mut self.counts[at].1
    }

    /// Adds a remark.
    pub fn remark(&mut self, kind: &'static str, at: (u32, u32), message: impl Into<String>) {
        self.remarks.push(Remark { kind, file: String::new(), line: at.0, column: at.1, message: message.into() });
    }

    /// Adds a remark of a kind that a volume may give reason for thousands of times: the first are told with their
    /// places, the rest are counted.
    pub fn remark_some(&mut self, kind: &'static str, at: impl FnOnce() -> (u32, u32), message: impl Into<String>) {
        let seen = self.repeated.entry(kind).or_default();
        *seen += 1;
        if *seen <= TOLD {
            self.remark(kind, at(), message);
        }
    }

    /// Adds a reference that leads nowhere.
    pub fn broken(&mut self, at: (u32, u32), message: impl Into<String>) {
        let (kind, file, message) = ("reference-broken", String::new(), message.into());
        self.broken.push(Remark { kind, file, line: at.0, column: at.1, message });
    }

    /// Notes an element that is not known.
    pub fn unknown(&mut self, name: &str, at: impl FnOnce() -> (u32, u32), text: &'static str) {
        if let Some(known) = self.unknown.get_mut(name) {
            known.count += 1;
            return;
        }
        let (line, column) = at();
        self.unknown.insert(name.to_owned(), Unknown { count: 1, file: String::new(), line, column, text });
    }

    /// Adds what was found in one of several files.
    pub fn absorb(&mut self, file: &str, other: Report) {
        let within = |mut remark: Remark| {
            file.clone_into(&mut remark.file);
            remark
        };
        self.resolved += other.resolved;
        other.external.into_iter().for_each(|(name, count)| *self.external.entry(name).or_default() += count);
        self.broken.extend(other.broken.into_iter().map(within));
        self.remarks.extend(other.remarks.into_iter().map(within));
        for (name, mut unknown) in other.unknown {
            if let Some(known) = self.unknown.get_mut(&name) {
                known.count += unknown.count;
            } else {
                file.clone_into(&mut unknown.file);
                self.unknown.insert(name, unknown);
            }
        }
    }

    /// The table and the findings.
    pub fn table(&self) -> String {
        let mut out = format!("{} from {}\n\n", self.volume, self.source);
        out.push_str(&format!("  {:<26}{:>9}{:>9}\n", "", "found", "written"));
        let pages = self.page_breaks.iter().map(|(name, count)| (format!("page breaks, {name}"), *count));
        let counts = self.counts.iter().map(|(name, count)| (name.replace('_', " "), *count));
        for (name, count) in counts.chain(pages) {
            let mark = if count.found == count.written { "" } else { "  differs" };
            out.push_str(&format!("  {name:<26}{:>9}{:>9}{mark}\n", count.found, count.written));
        }
        let external: usize = self.external.values().sum();
        out.push_str(&format!(
            "\n  references: {} resolved, {external} to {} other volumes, {} broken\n",
            self.resolved,
            self.external.len(),
            self.broken.len()
        ));
        out.push_str(&format!("  source notes: {} read, {} that only stay as notes\n", self.mined, self.unmined));
        let Extents { stated, equal } = self.extents;
        if stated > 0 {
            out.push_str(&format!("  extents: {stated} stated, {equal} equal to the number of images\n"));
        }
        let all = self.broken.iter().chain(&self.remarks);
        for remark in all {
            out.push_str(&format!(
                "  {}:{}:{}: {} ({})\n",
                self.named(&remark.file),
                remark.line,
                remark.column,
                remark.message,
                remark.kind
            ));
        }
        for (kind, count) in self.repeated.iter().filter(|(_, count)| **count > TOLD) {
            out.push_str(&format!("  and {} more of this kind ({kind})\n", count - TOLD));
        }
        for (name, unknown) in &self.unknown {
            out.push_str(&format!(
                "  {}:{}:{}: <{name}> is not known to the importer, {}; {}\n",
                self.named(&unknown.file),
                unknown.line,
                unknown.column,
                if unknown.count == 1 { "once".to_owned() } else { format!("{} times", unknown.count) },
                unknown.text
            ));
        }
        for path in &self.kept {
            out.push_str(&format!("  {path} was changed by hand and stays; the new text is {path}.new\n"));
        }
        out
    }

    /// The file of a finding.
    fn named<'r>(&'r self, file: &'r str) -> &'r str {
        if file.is_empty() { &self.source } else { file }
    }
}
