//! The files of the default theme, part of the program. A theme of the site's own replaces them one by one.

/// `theme.yaml`.
pub const MANIFEST: &str = include_str!("../../../themes/default/theme.yaml");

/// One template, by its path below `templates/`.
macro_rules! template {
    ($name:literal) => {
        ($name, include_str!(concat!("../../../themes/default/templates/", $name)))
    };
}

/// The words of one language.
macro_rules! words {
    ($lang:literal) => {
        ($lang, include_str!(concat!("../../../themes/default/words/", $lang, ".yaml")))
    };
}

/// Templates: path below `templates/` and text, sorted by path.
pub const TEMPLATES: &[(&str, &str)] = &[
    template!("accessibility.html"),
    template!("base.html"),
    template!("browse.html"),
    template!("chronology.html"),
    template!("colophon.html"),
    template!("method.html"),
    template!("archive.html"),
    template!("archives.html"),
    template!("calendar.html"),
    template!("corrections.html"),
    template!("document.html"),
    template!("entry.html"),
    template!("facet.html"),
    template!("home.html"),
    template!("not-found.html"),
    template!("withdrawn.html"),
    template!("page.html"),
    template!("pages.html"),
    template!("partials/about.html"),
    template!("partials/aside.html"),
    template!("partials/beside.html"),
    template!("partials/cite.html"),
    template!("partials/components.html"),
    template!("partials/crumbs.html"),
    template!("partials/footer.html"),
    template!("partials/head.html"),
    template!("partials/header.html"),
    template!("partials/images.html"),
    template!("partials/lists.html"),
    template!("partials/metadata.html"),
    template!("partials/neighbours.html"),
    template!("partials/window.html"),
    template!("partials/notes.html"),
    template!("partials/referring.html"),
    template!("partials/registers.html"),
    template!("partials/ways.html"),
    template!("partials/sources.html"),
    template!("partials/title.html"),
    template!("partials/tools.html"),
    template!("register.html"),
    template!("search.html"),
    template!("section.html"),
    template!("undated.html"),
    template!("volume.html"),
    template!("year.html"),
];

/// The script of all pages, made of the files in `script/`.
const SCRIPT: &str = concat!(
    include_str!("../../../themes/default/script/preferences.js"),
    include_str!("../../../themes/default/script/notes.js"),
    include_str!("../../../themes/default/script/ways.js"),
    include_str!("../../../themes/default/script/facsimile.js"),
    include_str!("../../../themes/default/script/marks.js"),
    include_str!("../../../themes/default/script/beside.js"),
    include_str!("../../../themes/default/script/pages.js"),
    include_str!("../../../themes/default/script/citation.js"),
    include_str!("../../../themes/default/script/search.js"),
);

/// A script of the search, by its name.
macro_rules! part {
    ($name:literal) => {
        include_str!(concat!("../../../themes/default/script/search/", $name, ".js"))
    };
}

/// How the search folds letters and takes off endings, for pages that must know it by themselves.
pub const SEARCH_WORDS: &str = part!("words");

/// Static files: path below `static/` and bytes, sorted by path. The scripts of the search are joined to two, one for the
/// page and one for the worker, so that a first search asks for few files.
pub const STATICS: &[(&str, &[u8])] = &[
    ("engross.css", include_bytes!("../../../themes/default/static/engross.css")),
    ("engross.js", SCRIPT.as_bytes()),
    ("search/engine.js", concat!(part!("files"), part!("sqlite"), part!("engine")).as_bytes()),
    (
        "search/search.js",
        concat!(
            part!("words"),
            part!("query"),
            part!("dates"),
            part!("files"),
            part!("facets"),
            part!("excerpts"),
            part!("address"),
            part!("downloads"),
            part!("view"),
            part!("client"),
            part!("page"),
        )
        .as_bytes(),
    ),
    ("search/sqlite3.wasm", include_bytes!("../../../vendor/sqlite-wasm/sqlite3.wasm")),
];

/// Names of the parts of which scripts of the search are joined.
#[cfg(test)]
const PARTS: &[&str] = &[
    "address",
    "client",
    "dates",
    "downloads",
    "engine",
    "excerpts",
    "facets",
    "files",
    "page",
    "query",
    "sqlite",
    "view",
    "words",
];

/// Words of the interface: language and the text of the file, sorted by language. English is complete.
pub const WORDS: &[(&str, &str)] = &[words!("de"), words!("en"), words!("fr")];

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    /// All files below a folder, as sorted paths with `/`.
    fn files(folder: &Path, below: &str, found: &mut Vec<String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            let name = format!("{below}{}", entry.file_name().to_str().unwrap());
            if entry.file_type().unwrap().is_dir() {
                files(&entry.path(), &format!("{name}/"), found);
            } else {
                found.push(name);
            }
        }
        found.sort();
    }

    #[test]
    fn the_tables_name_every_file_of_the_default_theme() {
        let theme = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default");
        let mut found = Vec::new();
        files(&theme, "", &mut found);
        let mut known = vec!["theme.yaml".to_owned()];
        let is_joined = |name: &str| name == "engross.js" || name.starts_with("search/");
        // Scripts are joined: their parts lie in `script/`, those of the search below it; the engine lies in `vendor/`.
        let whole = super::STATICS.iter().filter(|(name, _)| !is_joined(name));
        known.extend(whole.map(|(name, _)| format!("static/{name}")));
        known.extend(super::PARTS.iter().map(|name| format!("script/search/{name}.js")));
        let scripts = found.iter().filter(|name| name.starts_with("script/") && !name.starts_with("script/search/"));
        for name in scripts.clone() {
            assert!(super::SCRIPT.contains(&fs::read_to_string(theme.join(name)).unwrap()), "{name}");
        }
        known.extend(scripts.cloned());
        known.extend(super::TEMPLATES.iter().map(|(name, _)| format!("templates/{name}")));
        known.extend(super::WORDS.iter().map(|(lang, _)| format!("words/{lang}.yaml")));
        known.sort();
        assert_eq!(found, known);
    }

    #[test]
    fn no_template_prints_unescaped_text_by_itself() {
        for (name, text) in super::TEMPLATES {
            let tags = text.split("{{").skip(1).chain(text.split("{%").skip(1));
            for tag in tags {
                let inside = tag.split("}}").next().unwrap().split("%}").next().unwrap();
                assert!(!inside.contains("safe"), "{name}: {inside}");
            }
        }
    }
}
