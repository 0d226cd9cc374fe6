//! A finished database and what stands beside it, as the files of a site.

use super::database::{COLUMNS, Finished, SQLITE, TABLE, tokenizer};
use super::facets::Side;
use super::{Fault, VERSION};
use crate::hash::{Hash128, StreamHasher};
use crate::model::search::{Index, Search, Stemming};
use flate2::{Compression, GzBuilder};
use rayon::prelude::*;
use serde_json::{Value, json};
use std::io::{self, Write};

/// A file of the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Path within the site.
    pub path: String,
    /// Content.
    pub bytes: Vec<u8>,
}

/// How many documents share a file of titles.
const SHARD: usize = 64;

/// Beyond this, gzip takes twice the time for a hundredth of the size.
const LEVEL: Compression = Compression::new(5);

/// Writes all files: the outer result tells of the database, the inner one of what was refused.
pub fn write<E: Send>(
    finished: &Finished,
    side: &Side,
    search: Search,
    examples: Vec<(String, String)>,
    put: &(dyn Fn(File) -> Result<(), E> + Sync),
) -> Result<Result<Index, E>, Fault> {
    let mut parts = vec![("facets".to_owned(), side.facets()), ("persons".to_owned(), side.persons())];
    parts.retain(|(_, bytes)| !bytes.is_empty());
    parts.extend(side.titles(SHARD).into_iter().enumerate().map(|(number, bytes)| (format!("t{number}"), bytes)));
    parts.push(("hot".to_owned(), hot_pages(finished)?));
    let folder = folder(finished, &parts, search)?;
    let form = Form { folder: &folder, offline: search.offline };

    // Small files are weighed before they are put, since the head tells readers what is on its way.
    let packed: Vec<(&str, Vec<u8>)> =
        parts.par_iter().map(|(name, bytes)| Ok((name.as_str(), gzip(bytes)?))).collect::<io::Result<_>>()?;
    let head = head(finished, side, search, &packed).to_string().into_bytes();
    let small = packed.into_par_iter().map(|(name, bytes)| put(form.file(name, bytes)));
    if let Err(refused) = small.collect::<Result<(), E>>() {
        return Ok(Err(refused));
    }
    if search.offline
        && let Err(refused) = put(form.file("index", head.clone()))
    {
        return Ok(Err(refused));
    }
    if let Err(refused) = put(File { path: format!("{folder}index.json"), bytes: head }) {
        return Ok(Err(refused));
    }
    let chunk = |number: u64| -> Result<Result<(), E>, Fault> {
        let bytes = gzip(&finished.read(number)?)?;
        Ok(put(form.file(&format!("c{number}"), bytes)))
    };
    let refused =
        (0..finished.pages).into_par_iter().map(chunk).try_reduce(|| Ok(()), |one, other| Ok(one.and(other)))?;
    let facets = side.offered.iter().map(|facet| (facet.id.to_owned(), facet.names.len())).collect();
    Ok(refused.map(|()| Index { folder, documents: finished.documents, facets, examples }))
}

/// The folder is named by all that its files hold, before they are packed.
fn folder(finished: &Finished, parts: &[(String, Vec<u8>)], search: Search) -> Result<String, Fault> {
    let mut hasher = StreamHasher::new();
    let settings = Hash128::of_value(&(VERSION, search, finished.page)).unwrap_or_default();
    hasher.update(settings.to_string().as_bytes());
    for (name, bytes) in parts {
        hasher.update(name.as_bytes());
        hasher.update(&(bytes.len() as u64).to_le_bytes());
        hasher.update(bytes);
    }
    for number in 0..finished.pages {
        hasher.update(&finished.read(number)?);
    }
    let hash = hasher.finish().to_string();
    Ok(format!("search/{}/", &hash[..16]))
}

/// What scripts read first.
fn head(finished: &Finished, side: &Side, search: Search, packed: &[(&str, Vec<u8>)]) -> Value {
    let weight = |name: &str| packed.iter().find(|(other, _)| *other == name).map(|(_, bytes)| bytes.len());
    let facet = |facet: &super::Facet| json!({ "id": facet.id, "values": facet.names.len() });
    json!({
        "version": VERSION,
        "sqlite": SQLITE(),
        "documents": finished.documents,
        "size": finished.pages * finished.page as u64,
        "page": finished.page,
        "pages": finished.pages,
        "table": TABLE,
        "columns": COLUMNS,
        "stemming": (search.stemming == Stemming::English).then_some("english"),
        "tokenizer": tokenizer(search),
        "unspaced": search.unspaced.ranges().collect::<Vec<_>>(),
        "offline": search.offline,
        "titles": { "shard": SHARD, "count": finished.documents.div_ceil(SHARD) },
        "hot": finished.hot,
        "facets": side.offered.iter().map(facet).collect::<Vec<_>>(),
        "files": { "hot": weight("hot"), "facets": weight("facets"), "persons": weight("persons") },
    })
}

/// How files are named and packed.
struct Form<'a> {
    folder: &'a str,
    offline: bool,
}

impl Form<'_> {
    /// A packed file; for pages from disk, which can load nothing but scripts, as one.
    fn file(&self, name: &str, bytes: Vec<u8>) -> File {
        let folder = self.folder;
        if !self.offline {
            return File { path: format!("{folder}{name}.gz"), bytes };
        }
        File { path: format!("{folder}{name}.js"), bytes: script(name, &bytes) }
    }
}

/// Bytes as a script that hands them over under a name.
fn script(name: &str, bytes: &[u8]) -> Vec<u8> {
    format!("engrossChunk({name:?},\"{}\")\n", base64(bytes)).into_bytes()
}

/// Bytes, packed, as a script that hands them over under a name.
pub fn packed_script(name: &str, bytes: &[u8]) -> Vec<u8> {
    // Scripts of the page see whether bytes are packed.
    script(name, &gzip(bytes).unwrap_or_else(|_| bytes.to_vec()))
}

/// Compressed, with a head that tells neither time nor system.
fn gzip(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut writer = GzBuilder::new().mtime(0).operating_system(255).write(Vec::new(), LEVEL);
    writer.write_all(bytes)?;
    writer.finish()
}

fn hot_pages(finished: &Finished) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(finished.hot.len() * finished.page);
    for number in &finished.hot {
        bytes.extend(finished.read(*number)?);
    }
    Ok(bytes)
}

/// RFC 4648 § 4.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let byte = |at: usize| u32::from(group.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for place in 0..4 {
            let six = (bits >> (18 - 6 * place)) & 63;
            out.push(if place <= group.len() { char::from(LETTERS[six as usize]) } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::base64;

    #[test]
    fn base64_is_that_of_the_standard() {
        let pairs =
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE=")];
        for (text, wanted) in pairs {
            assert_eq!(base64(text.as_bytes()), wanted);
        }
        assert_eq!(base64(&[0xfb, 0xff]), "+/8=");
    }
}
