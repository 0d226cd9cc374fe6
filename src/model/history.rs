//! What git knows of an edition: the log as it tells it, and what follows from it for documents.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What the pages of an edition may show of its history. Empty where nothing sure is known.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct History {
    /// Changes of each content file, newest first. A file with uncommitted changes has none.
    pub files: BTreeMap<Arc<str>, Vec<Arc<Change>>>,
    /// Commits whose message carries the mark of an erratum, newest first.
    pub errata: Vec<Erratum>,
    /// The commit that is checked out.
    pub head: Option<HeadCommit>,
}

/// One change of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// First ten digits of the commit.
    pub commit: Box<str>,
    /// When its author made it.
    pub at: Moment,
    /// First line of its message.
    pub subject: Box<str>,
    /// What its message says after the mark of an erratum.
    pub erratum: Option<Box<str>>,
}

/// A commit that says what it corrects.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Erratum {
    /// The commit.
    pub change: Arc<Change>,
    /// The files that it changed, by where they are now.
    pub files: Vec<Arc<str>>,
    /// Files that it changed and that are no longer there, by the paths they had.
    pub gone: Vec<Box<str>>,
}

/// The commit from which the edition is built.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct HeadCommit {
    /// The whole id.
    pub id: Box<str>,
    /// When its author made it.
    pub at: Moment,
    /// `git describe`: the newest tag, and how many commits ago that was.
    pub describe: Option<Box<str>>,
    /// Whether the sources differ from it.
    pub uncommitted: bool,
}

/// A point in time, with the zone in which it was written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Moment {
    /// Seconds since 1970, UTC.
    pub seconds: i64,
    /// Minutes that the zone is ahead of UTC.
    pub offset: i32,
}

impl Moment {
    /// A moment that can be written with a year of four digits, in a zone that there can be.
    pub fn new(seconds: i64, offset: i32) -> Option<Self> {
        let sound = (0..=253_402_000_000).contains(&seconds) && (-14 * 60..=14 * 60).contains(&offset);
        sound.then_some(Moment { seconds, offset })
    }

    /// The day in its own zone: `2025-01-02`.
    pub fn date(self) -> String {
        let (year, month, day) = civil(self.local().div_euclid(86_400));
        format!("{year:04}-{month:02}-{day:02}")
    }

    /// As in Atom (RFC 3339): `2025-01-02T10:30:00+01:00`.
    pub fn rfc3339(self) -> String {
        let second = self.local().rem_euclid(86_400);
        let (sign, ahead) = if self.offset < 0 { ('-', -self.offset) } else { ('+', self.offset) };
        let (hour, minute) = (second / 3600, second / 60 % 60);
        let (date, second) = (self.date(), second % 60);
        format!("{date}T{hour:02}:{minute:02}:{second:02}{sign}{:02}:{:02}", ahead / 60, ahead % 60)
    }

    fn local(self) -> i64 {
        self.seconds + i64::from(self.offset) * 60
    }
}

/// Year, month and day of a day since 1970 in the Gregorian calendar, which repeats every 146,097 days.
fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year + era * 400 + i64::from(month <= 2), month, day)
}

/// The log of an edition up to a commit, as git tells it. It never changes, so it is kept from build to build.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Log {
    /// Folder of the edition within the repository, with a final slash; empty where it is the repository.
    pub prefix: String,
    /// The commit up to which it goes.
    pub head: Box<str>,
    /// All commits that lead there.
    pub commits: Vec<Commit>,
}

/// A commit, with the content files that it touches by paths within the repository.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commit {
    /// The whole id.
    pub id: Box<str>,
    /// Those before it.
    pub parents: Vec<Box<str>>,
    /// When its author made it.
    pub at: Moment,
    /// The whole message.
    pub message: Box<str>,
    /// What it did to files.
    pub files: Vec<Touched>,
}

/// What a commit did to a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Touched {
    /// A new file.
    Added(Box<str>),
    /// A file has other bytes.
    Changed(Box<str>),
    /// A file is another document, under a name that was that of one before.
    Rewritten(Box<str>),
    /// A file is no longer there.
    Removed(Box<str>),
    /// A file has another name.
    Moved {
        /// The name before.
        from: Box<str>,
        /// The name after.
        to: Box<str>,
        /// Whether its bytes are others too.
        changed: bool,
    },
    /// A merge made of a file what none of the branches had under that name.
    Merged {
        /// Its name after.
        path: Box<str>,
        /// Its name in each of the branches.
        from: Vec<Box<str>>,
        /// Whether its bytes are those of none of them.
        changed: bool,
    },
}

#[cfg(test)]
mod tests {
    use super::Moment;

    #[test]
    fn moments_are_written_in_their_own_zone() {
        let written = |seconds, offset| Moment::new(seconds, offset).map(Moment::rfc3339);
        assert_eq!(written(0, 0).unwrap(), "1970-01-01T00:00:00+00:00");
        assert_eq!(written(951_782_399, 0).unwrap(), "2000-02-28T23:59:59+00:00");
        assert_eq!(written(951_782_400, 0).unwrap(), "2000-02-29T00:00:00+00:00");
        assert_eq!(written(1_735_689_599, 60).unwrap(), "2025-01-01T00:59:59+01:00");
        assert_eq!(written(1_735_689_600, -210).unwrap(), "2024-12-31T20:30:00-03:30");
        assert_eq!(Moment::new(1_735_689_600, -210).unwrap().date(), "2024-12-31");
        assert_eq!(written(-1, 0), None);
        assert_eq!(written(300_000_000_000, 0), None);
        assert_eq!(written(0, 2000), None);
    }
}
