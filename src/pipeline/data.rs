//! Files of data about the whole edition: made from what is resolved alone, so that where this is what it was, they are.

use crate::hash::Hash128;
use crate::model::site::Site;
use crate::plan::Plan;
use crate::view::calendar::{CSV, JSON};
use crate::view::calendar_files;
use crate::write::{Sink, WriteError};

/// Makes the text of a file.
type Maker = fn(&Site) -> String;

/// Each file by its address, with what makes it.
const FILES: [(&str, Maker); 2] = [(CSV, calendar_files::csv), (JSON, calendar_files::json)];

/// A file of data; none where the site has no such file.
pub(super) fn file(site: &Site, path: &str) -> Option<String> {
    FILES.iter().find(|(of, _)| *of == path).map(|(_, make)| make(site))
}

/// Puts all files of data into the sink, or leaves them there as they were.
pub(super) fn write(site: &Site, plan: &mut Plan<'_>, sink: &dyn Sink) -> Result<(), WriteError> {
    for (path, make) in FILES {
        let known = plan.settled_data(path);
        let hash = match known {
            Some(hash) if sink.keep(path, hash)? => hash,
            _ => {
                let text = make(site);
                sink.put(path, text.as_bytes())?;
                Hash128::of(text.as_bytes())
            }
        };
        plan.now.data.insert(path.to_owned(), hash);
    }
    Ok(())
}
