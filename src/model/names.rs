//! Names of files, as every system takes them.

/// File systems take names of 255 bytes; an ending, and a suffix while a file is being written, come on top.
pub const LONGEST: usize = 200;

/// Names that Windows keeps for devices, whatever their ending.
pub fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or("").to_ascii_lowercase();
    let numbered = |device: &str| {
        let rest = stem.strip_prefix(device).unwrap_or_default();
        rest.len() == 1 && rest.bytes().all(|byte| byte.is_ascii_digit())
    };
    matches!(stem.as_str(), "con" | "prn" | "aux" | "nul") || numbered("com") || numbered("lpt")
}

/// Whether a file, and a folder, can have this name before its ending.
pub fn is_file_name(name: &str) -> bool {
    name.len() <= LONGEST && !name.ends_with('.') && !is_device(name)
}
