//! Names the program by its sources: what an earlier program made is not taken for what this one would make.

use std::fs;
use std::path::{Path, PathBuf};
use xxhash_rust::xxh3::Xxh3;

/// All that decides which bytes the program writes.
const SOURCES: [&str; 6] = ["src", "themes/default", "vendor", "Cargo.toml", "Cargo.lock", "build.rs"];

#[allow(clippy::disallowed_methods, reason = "cargo speaks to build scripts by the environment")]
fn main() {
    let root = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let mut hasher = Xxh3::new();
    for source in SOURCES {
        println!("cargo::rerun-if-changed={source}");
        hash(&root, Path::new(source), &mut hasher);
    }
    hasher.update(&[u8::from(std::env::var_os("CARGO_FEATURE_MINIFY").is_some())]);
    println!("cargo::rustc-env=ENGROSS_PROGRAM={:032x}", hasher.digest128());
}

/// Names and bytes, in the order of the names. A file that a package leaves out counts as empty.
fn hash(root: &Path, path: &Path, hasher: &mut Xxh3) {
    let whole = root.join(path);
    let mut names: Vec<PathBuf> = match fs::read_dir(&whole) {
        Ok(folder) => folder.filter_map(Result::ok).map(|entry| path.join(entry.file_name())).collect(),
        Err(_) => {
            let bytes = fs::read(&whole).unwrap_or_default();
            let name = path.to_string_lossy().replace('\\', "/");
            for part in [name.as_bytes(), &bytes] {
                hasher.update(&(part.len() as u64).to_le_bytes());
                hasher.update(part);
            }
            return;
        }
    };
    names.sort();
    names.iter().for_each(|name| hash(root, name, hasher));
}
