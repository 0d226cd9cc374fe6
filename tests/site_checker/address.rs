//! Reading and joining the addresses of links.

/// An address as written in a link.
#[derive(Debug, PartialEq, Eq)]
pub enum Address {
    /// With a scheme: another site, a mail address, data in place.
    Elsewhere,
    /// Begins with `/`.
    FromRoot(Parts),
    /// Begins at the page it stands on. The path is empty when it means that page itself.
    Relative(Parts),
    /// Wrong wherever it stands; says why.
    Refused(&'static str),
}

/// Path and fragment, both still percent-encoded; the query is left out.
#[derive(Debug, PartialEq, Eq)]
pub struct Parts {
    /// The path as written.
    pub path: String,
    /// What follows `#`, without a text directive (`:~:text=…`).
    pub fragment: Option<String>,
}

impl Address {
    /// Reads an address the way browsers do, which take off white space around it.
    pub fn read(written: &str) -> Address {
        let written = written.trim_matches([' ', '\t', '\n', '\r', '\x0c']);
        if let Some(scheme) = scheme(written) {
            return match scheme.to_ascii_lowercase().as_str() {
                "file" => Address::Refused("names a file of one machine"),
                "javascript" => Address::Refused("is a script"),
                _ => Address::Elsewhere,
            };
        }
        if written.starts_with("//") {
            return Address::Refused("takes its scheme from the page, which fails from disk");
        }
        if written.contains('\\') {
            return Address::Refused("holds a backslash");
        }
        let (path, fragment) = match written.split_once('#') {
            Some((path, fragment)) => (path, Some(fragment.split(":~:").next().unwrap_or(fragment).to_owned())),
            None => (written, None),
        };
        let path = path.split('?').next().unwrap_or(path).to_owned();
        let parts = Parts { path, fragment };
        if parts.path.starts_with('/') { Address::FromRoot(parts) } else { Address::Relative(parts) }
    }
}

fn scheme(written: &str) -> Option<&str> {
    let (scheme, _) = written.split_once(':')?;
    let is_scheme = scheme.starts_with(|letter: char| letter.is_ascii_alphabetic())
        && scheme.chars().all(|letter| letter.is_ascii_alphanumeric() || "+-.".contains(letter));
    is_scheme.then_some(scheme)
}

/// The path of a relative address from the site's folder, with a final `/` when it names a folder; None when it climbs
/// out of the site. Browsers stop at the root of the server instead, and so hide the mistake until the site moves.
pub fn joined(from: &str, relative: &str) -> Option<String> {
    let mut segments: Vec<&str> = from.split('/').collect();
    segments.pop();
    let mut names_folder = false;
    for segment in relative.split('/') {
        names_folder = matches!(segment, "" | "." | "..");
        match segment {
            "" | "." => {}
            ".." => _ = segments.pop()?,
            name => segments.push(name),
        }
    }
    let mut path = segments.join("/");
    if names_folder && !path.is_empty() {
        path.push('/');
    }
    Some(path)
}

/// The text with `%41` as `A`; None when the result is not UTF-8.
pub fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = after.get(..2).filter(|_| *first == b'%').and_then(|digits| std::str::from_utf8(digits).ok());
        match code.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).ok()
}
