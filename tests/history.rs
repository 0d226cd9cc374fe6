//! What a site shows of its history: lives of repositories, told by git commands, and what must never be said.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of a test may fail as loudly as the test itself")]

#[path = "history/life.rs"]
mod life;

use life::{Life, Site};
use std::fs;
use std::process::Command;

const NOTHING: [&str; 0] = [];

#[test]
fn changes_are_told_with_their_days_and_messages() {
    let mut life = Life::begun();
    life.document("d1", "As it is now.");
    life.commit("Mend the first line of <d1> & \"more\"\n\nA long story.");
    let site = life.build();
    assert_eq!(
        site.changes("d1"),
        ["2025-03-02 Mend the first line of &lt;d1&gt; &amp; &quot;more&quot;", "2025-03-01 Three documents"]
    );
    assert_eq!(site.changes("d2"), ["2025-03-01 Three documents"]);
    assert!(site.page("v/d1.html").contains("datetime=\"2025-03-02T23:30:00-05:00\""));
    assert!(!site.page("v/d1.html").contains("long story"));
    let sitemap = site.page("sitemap.xml");
    assert!(sitemap.contains("v/d1.html</loc><lastmod>2025-03-02</lastmod>"), "{sitemap}");
    let feed = site.page("feed.xml");
    assert!(feed.find("v/d1.html").unwrap() < feed.find("v/d2.html").unwrap(), "{feed}");
    assert!(feed.contains("<updated>2025-03-02T23:30:00-05:00</updated>"), "{feed}");
    assert!(feed.contains("<content>Mend the first line of &lt;d1&gt; &amp; &quot;more&quot;</content>"), "{feed}");
    assert!(site.page("v/d1.html").contains("application/atom+xml"));
    assert!(!site.0.contains_key("corrections.html"));
}

#[test]
fn a_stated_date_wins() {
    let mut life = Life::begun();
    life.write("content/v/d4.md", "---\ntitle: Four\ndate: none\nchanged: \"2020-02-03\"\n---\n\nText.\n");
    life.commit("Four");
    let site = life.build();
    assert!(site.page("v/d4.html").contains("<dd>2020-02-03</dd>"));
    assert_eq!(site.changes("d4"), ["2025-03-02 Four"]);
    assert!(site.page("feed.xml").contains("<updated>2020-02-03T00:00:00Z</updated>"));
    assert!(site.page("sitemap.xml").contains("<lastmod>2020-02-03</lastmod>"));
}

#[test]
fn renames_are_followed_and_are_no_changes() {
    let mut life = Life::begun();
    life.document("d1", "As it was second.");
    life.commit("Second");
    fs::create_dir_all(life.root().join("content/v/01-part")).unwrap();
    life.git(&["mv", "content/v/d1.md", "content/v/01-part/d9.md"]);
    life.commit("Move it");
    // Another takes the old name, and a third comes back under its own.
    life.write("content/v/d1.md", "---\ntitle: Quite another\ndate: none\n---\n\nNothing of the kind.\n");
    fs::remove_file(life.root().join("content/v/d2.md")).unwrap();
    life.commit("Another d1; d2 goes");
    life.write("content/v/d2.md", "---\ntitle: A new two\ndate: none\n---\n\nUnlike the one before.\n");
    life.commit("A new d2");
    let site = life.build();
    assert_eq!(site.changes("d9"), ["2025-03-02 Second", "2025-03-01 Three documents"]);
    assert_eq!(site.changes("d1"), ["2025-03-04 Another d1; d2 goes"]);
    assert_eq!(site.changes("d2"), ["2025-03-05 A new d2"]);
}

#[test]
fn documents_that_are_numbered_anew_keep_their_own_histories() {
    let mut life = Life::begun();
    life.document("d2", "As it was second.");
    life.commit("Mend d2");
    life.document("d3", "As it was second.");
    life.commit("Mend d3\n\nErratum: for winds read wind");
    // As the manual says: the files behind the new one have other names now, and ids that stay.
    let with_id = |id: &str, from: &str, to: &str| {
        let text = fs::read_to_string(life.root().join(format!("content/v/{from}.md"))).unwrap();
        life.write(&format!("content/v/{to}.md"), &text.replacen("---\n", &format!("---\nid: {id}\n"), 1));
    };
    with_id("d3", "d3", "d4");
    with_id("d2", "d2", "d3");
    let fish: String = (0..40).map(|line| format!("Fish {line} were few and dear, said the {line}th.\n")).collect();
    life.write("content/v/d2.md", &format!("---\nid: d1a\ntitle: On fish\ndate: \"1850\"\n---\n\n{fish}"));
    life.commit("Fish come between");
    let site = life.build();
    assert_eq!(site.changes("d1a"), ["2025-03-04 Fish come between"]);
    let before = ["2025-03-04 Fish come between", "2025-03-02 Mend d2", "2025-03-01 Three documents"];
    assert_eq!(site.changes("d2"), before);
    let changes = site.changes("d3");
    assert!(changes.len() == 3 && changes[1].starts_with("2025-03-03 Mend d3"), "{changes:?}");
    let page = site.page("corrections.html");
    assert!(page.contains(">Letter d3</a>") && !page.contains(">Letter d2</a>"), "{page}");
}

#[test]
fn short_documents_that_change_places_begin_anew_and_mended_ones_do_not() {
    let mut life = Life::begun();
    let short = |title: &str, text: &str| format!("---\ntitle: {title}\ndate: none\n---\n\n{text}\n");
    life.write("content/v/d4.md", &short("Ships", "Ships came in at noon."));
    life.write("content/v/d5.md", &short("Tides", "Tides were high this year."));
    life.write("content/v/d6.md", &short("Winds", "Winds were fair."));
    life.commit("Three short ones");
    life.write("content/v/d4.md", &short("Tides", "Tides were high this year."));
    life.write("content/v/d5.md", &short("Ships", "Ships came in at noon."));
    life.write("content/v/d6.md", &short("Winds", "The winds were fair."));
    life.commit("Two change places");
    let site = life.build();
    assert_eq!(site.changes("d4"), ["2025-03-03 Two change places"]);
    assert_eq!(site.changes("d5"), ["2025-03-03 Two change places"]);
    assert_eq!(site.changes("d6"), ["2025-03-03 Two change places", "2025-03-02 Three short ones"]);
}

#[test]
fn a_text_of_which_every_line_is_mended_stays_the_same_document() {
    let mut life = Life::begun();
    let text = fs::read_to_string(life.root().join("content/v/d1.md")).unwrap();
    life.write("content/v/d1.md", &text.replace(", which stays", " that stays"));
    life.document("d2", "And another is touched.");
    life.commit("Mend every line");
    assert_eq!(life.build().changes("d1"), ["2025-03-02 Mend every line", "2025-03-01 Three documents"]);
}

#[test]
fn a_document_does_not_inherit_from_one_that_is_alike_by_its_front_matter() {
    let mut life = Life::begun();
    let short = |id: &str, text: &str| format!("---\ntitle: Letter {id}\ndate: \"1963-02-18\"\n---\n\n{text}\n");
    life.write("content/v/d4.md", &short("d4", "The first of two short ones, about fish."));
    life.commit("Four");
    fs::remove_file(life.root().join("content/v/d4.md")).unwrap();
    life.write("content/v/d5.md", &short("d5", "Another short one, and it is about whales."));
    life.commit("Five for four");
    assert_eq!(life.build().changes("d5"), ["2025-03-03 Five for four"]);
}

#[test]
fn two_branches_are_one_history() {
    let mut life = Life::begun();
    life.git(&["checkout", "-q", "-b", "side"]);
    life.git(&["mv", "content/v/d1.md", "content/v/d9.md"]);
    life.commit("Rename on a branch");
    life.document("d2", "As the branch has it.");
    life.commit("Second on a branch");
    life.git(&["checkout", "-q", "main"]);
    life.document("d1", "As main has it.");
    life.commit("First on main");
    life.merge("side");
    let site = life.build();
    assert_eq!(site.changes("d9"), ["2025-03-04 First on main", "2025-03-01 Three documents"]);
    assert_eq!(site.changes("d2"), ["2025-03-03 Second on a branch", "2025-03-01 Three documents"]);
    assert_eq!(site.changes("d3"), ["2025-03-01 Three documents"]);
}

#[test]
fn a_merge_counts_where_it_makes_what_no_branch_had() {
    let mut life = Life::begun();
    life.git(&["checkout", "-q", "-b", "side"]);
    life.document("d1", "As the branch has it.");
    life.commit("Branch");
    life.git(&["checkout", "-q", "main"]);
    let path = life.root().join("content/v/d1.md");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace("Line 29 of d1", "The last line of d1")).unwrap();
    life.commit("Main");
    life.merge("side");
    let site = life.build();
    let all = ["2025-03-04 Merge side", "2025-03-03 Main", "2025-03-02 Branch", "2025-03-01 Three documents"];
    assert_eq!(site.changes("d1"), all);
}

#[test]
fn names_may_hold_anything() {
    let mut life = Life::begun();
    let text = "---\nid: d7\ntitle: Seven\ndate: none\n---\n\nText.\n";
    life.write("content/v/d\n\"7\" ü.md", text);
    life.commit("Seven");
    life.write("content/v/d\n\"7\" ü.md", &text.replace("Text", "Other text"));
    life.commit("Seven again");
    assert_eq!(life.build().changes("d7"), ["2025-03-03 Seven again", "2025-03-02 Seven"]);
}

#[test]
fn errata_have_a_page() {
    let mut life = Life::begun();
    assert!(!life.build().page("index.html").contains("corrections.html"));
    life.document("d1", "As it should be.");
    life.document("d2", "As it should be.");
    life.commit(
        "Mend a date\n\nErratum: for 1962 read <1963>,\n  as printed.\n\nSigned-off-by: An Editor <e@example.org>",
    );
    life.git(&["mv", "content/v/d1.md", "content/v/d8.md"]);
    fs::remove_file(life.root().join("content/v/d2.md")).unwrap();
    life.commit("One moves, one goes");
    let site = life.build();
    let page = site.page("corrections.html");
    assert!(page.contains("<p class=\"erratum\">for 1962 read &lt;1963&gt;, as printed.</p>"), "{page}");
    assert!(page.contains("<a href=\"v/d8.html\">Letter d1</a>"), "{page}");
    assert!(page.contains("<li>d2 (no longer in the edition)</li>"), "{page}");
    assert!(site.page("index.html").contains("<a href=\"corrections.html\">"));
    let document = site.page("v/d8.html");
    assert!(document.contains("Correction: for 1962 read &lt;1963&gt;, as printed."), "{document}");
    let anchor = document.split("../corrections.html#").nth(1).unwrap().split('"').next().unwrap();
    assert!(page.contains(&format!("id=\"{anchor}\"")), "{anchor}");
    life.write(
        "site.yaml",
        &fs::read_to_string(life.root().join("site.yaml"))
            .unwrap()
            .replace("minify", "erratum: \"Berichtigung:\"\nminify"),
    );
    life.commit("Another mark");
    assert!(!life.build().0.contains_key("corrections.html"));
}

#[test]
fn versions_come_from_tags_unless_they_are_stated() {
    let mut life = Life::begun();
    assert!(!life.build().page("v/d1.html").contains("Version"));
    for tag in ["v1.2", "v1.10", "latest", "2.0-rc1"] {
        life.git(&["tag", tag]);
    }
    life.git(&["checkout", "-q", "-b", "side"]);
    life.commit("Beside");
    life.git(&["tag", "v3"]);
    life.git(&["checkout", "-q", "main"]);
    life.document("d3", "Now.");
    life.commit("Later");
    let site = life.build();
    let page = site.page("v/d1.html");
    assert!(page.contains("Version 1.10") && page.contains("<cite>Papers</cite>, version 1.10"), "{page}");
    let colophon = site.page("colophon.html");
    let head = life.git(&["rev-parse", "HEAD"]);
    assert!(colophon.contains(&head) && colophon.contains(&format!("-1-g{}", &head[..10])), "{colophon}");
    assert!(site.page("feed.xml").contains(&format!("-1-g{}</subtitle>", &head[..10])));
    let others = site.0.iter().filter(|(path, _)| !["colophon.html", "feed.xml"].contains(&path.as_str()));
    assert!(others.into_iter().all(|(_, text)| !text.contains(&format!("-1-g{}", &head[..10]))));
    let settings = fs::read_to_string(life.root().join("site.yaml")).unwrap();
    life.write("site.yaml", &format!("{settings}version: Spring\n"));
    assert!(life.build().page("v/d1.html").contains("Version Spring"));
}

#[test]
fn what_is_not_committed_has_no_history() {
    let life = Life::begun();
    assert!(!life.build().page("colophon.html").contains("not committed"));
    life.document("d1", "Not committed.");
    life.document("d4", "Not tracked.");
    let site = life.build();
    assert_eq!(site.changes("d1"), NOTHING);
    assert_eq!(site.changes("d4"), NOTHING);
    assert_eq!(site.changes("d2"), ["2025-03-01 Three documents"]);
    assert!(site.page("colophon.html").contains("with changes that are not committed"));
    assert!(!site.page("sitemap.xml").contains("d1.html</loc><lastmod>"));
    life.git(&["add", "content/v/d1.md"]);
    life.git(&["rm", "-q", "--cached", "content/v/d2.md"]);
    let site = life.build();
    assert_eq!((site.changes("d1"), site.changes("d2")), (Vec::new(), Vec::new()));
}

#[test]
fn what_git_is_told_to_pass_over_is_looked_at() {
    for flag in ["--assume-unchanged", "--skip-worktree"] {
        let mut life = Life::begun();
        life.git(&["update-index", flag, "content/v/d1.md", "content/v/d2.md"]);
        life.document("d1", "Changed in secret.");
        let site = life.build();
        assert_eq!((site.changes("d1"), site.changes("d2").len()), (Vec::new(), 1), "{flag}");
        assert!(site.page("colophon.html").contains("with changes that are not committed"));
        life.commit("Another");
    }
}

#[test]
fn a_list_of_corrections_that_was_published_stays() {
    let mut life = Life::begun();
    life.document("d1", "As it should be.");
    life.commit("Mend a date\n\nErratum: for 1962 read 1963");
    life.build_in(&["--publish"], &[]);
    life.commit("Record");
    assert!(fs::read_to_string(life.root().join("ledger/_edition.yaml")).unwrap().contains("\ncorrections:\n"));
    let site = life.build_in(&["--no-history"], &[]);
    assert!(site.page("corrections.html").contains("cannot be listed"));
    assert!(life.build().page("corrections.html").contains("for 1962 read 1963"));
}

#[test]
fn a_file_that_left_the_repository_has_no_history() {
    let mut life = Life::begun();
    life.git(&["rm", "-q", "--cached", "content/v/d2.md"]);
    life.write(".gitignore", ".engross/\npublic/\ncold/\ncontent/v/d2.md\n");
    life.commit("Keep it to ourselves");
    assert_eq!(life.build().changes("d2"), NOTHING);
}

/// Whether a site says nothing that git would have told.
/// Three documents and a section, published and committed.
fn published() -> Life {
    let mut life = Life::begun();
    life.write("content/v/02-part/_index.md", "---\ntitle: A part\n---\n\nOf it.\n");
    life.write("content/v/02-part/0009.md", "---\nid: d9\ntitle: Nine\ndate: none\n---\n\nText.\n");
    let output =
        Command::new(env!("CARGO_BIN_EXE_engross")).arg("--root").arg(life.root()).args(["ledger", "update"]).output();
    assert!(output.unwrap().status.success());
    life.commit("Published");
    life
}

#[test]
fn what_stood_at_a_lost_address_is_told_by_git() {
    let mut life = published();
    let root = life.root();
    let two = "v/d2.html was published as “Letter d2” from content/v/d2.md";
    let nine = "v/d9.html was published as “Nine” from content/v/02-part/0009.md";
    let part = "v/part.html was published as “A part” from content/v/02-part/_index.md";
    // Not committed yet; then committed; then behind another commit, and with another document in the file's place.
    fs::remove_file(root.join("content/v/d2.md")).unwrap();
    let told = Life::faults_at(&root, &["check"]);
    assert!(told.contains(two) && told.contains("title: \"Letter d2\", date: 1963-02-18"), "{told}");
    life.commit("Without the second");
    assert!(Life::faults_at(&root, &["check"]).contains(two));
    fs::remove_dir_all(root.join("content/v/02-part")).unwrap();
    life.commit("Without a part");
    life.document("d4", "Another.");
    life.commit("A fourth");
    let told = Life::faults_at(&root, &["build", "--no-cache", "--out", "cold"]);
    assert!([two, nine, part].iter().all(|what| told.contains(what)), "{told}");
    // A build that remembers says the same.
    assert_eq!(Life::faults_at(&root, &["build"]), told);
    // One that was taken away by a merge.
    life.git(&["revert", "--no-edit", "HEAD~1", "HEAD~2"]);
    life.git(&["checkout", "-q", "-b", "side"]);
    life.document("d1", "Mended.");
    life.commit("Mended");
    life.git(&["checkout", "-q", "main"]);
    life.document("d3", "Mended.");
    life.commit("Mended too");
    life.git(&["merge", "-q", "--no-commit", "--no-ff", "side"]);
    life.git(&["rm", "-q", "content/v/d2.md"]);
    life.commit("Merge, and something goes");
    let told = Life::faults_at(&root, &["check"]);
    assert!(told.contains(two) && !told.contains(nine), "{told}");
    // A copy without older commits cannot know, and does not say.
    life.document("d4", "Mended.");
    life.commit("Later");
    let copy = tempfile::tempdir().unwrap();
    let from = format!("file://{}", root.display());
    life.git_in(copy.path(), &["clone", "-q", "--depth", "1", &from, "copy"]);
    let told = Life::faults_at(&copy.path().join("copy"), &["check"]);
    assert!(told.contains("v/d2.html was published, and there is nothing"), "{told}");
}

#[test]
fn another_document_is_not_told_as_the_lost_one() {
    let mut life = published();
    let root = life.root();
    // Under the name of the lost one stood another after it.
    fs::remove_file(root.join("content/v/d2.md")).unwrap();
    life.commit("Without the second");
    life.write("content/v/d2.md", "---\ntitle: A draft of another\ndate: none\ndraft: true\n---\n\nText.\n");
    life.commit("A draft");
    fs::remove_file(root.join("content/v/d2.md")).unwrap();
    life.commit("Without it");
    let told = Life::faults_at(&root, &["check"]);
    assert!(told.contains("v/d2.html was published as “Letter d2” from content/v/d2.md"), "{told}");
}

fn is_silent(site: &Site) -> bool {
    says_only_the_version(site) && !site.0.values().any(|text| text.contains("Version"))
}

/// The version is that of tags, and no history; and what has no date has no feed.
fn says_only_the_version(site: &Site) -> bool {
    let told = ["class=\"history\"", "lastmod", "2025-03", "<dt>Commit</dt>", "1970", "atom+xml"];
    !site.0.contains_key("feed.xml") && !site.0.values().any(|text| told.iter().any(|told| text.contains(told)))
}

#[test]
fn silence_where_nothing_is_sure() {
    let mut life = Life::begun();
    life.git(&["tag", "v1"]);
    life.document("d1", "Second.");
    life.commit("Second");
    assert!(!is_silent(&life.build_in(&[], &[])), "there is something to tell");
    let site = life.build_in(&["--no-history"], &[]);
    assert!(says_only_the_version(&site) && site.page("v/d1.html").contains("Version 1"), "--no-history");
    assert!(is_silent(&life.build_in(&[], &[("PATH", "/nowhere")])), "no git");
    let elsewhere = tempfile::tempdir().unwrap();
    let (clone, from) = (elsewhere.path().join("clone"), format!("file://{}", life.repository().display()));
    life.git(&["clone", "-q", "--depth", "1", &from, clone.to_str().unwrap()]);
    assert!(is_silent(&Life::build_at(&clone, &[], &[])), "a shallow clone");
    fs::remove_dir_all(clone.join(".git")).unwrap();
    assert!(is_silent(&Life::build_at(&clone, &[], &[])), "no repository");
    fs::rename(&clone, life.root().join("copy")).unwrap();
    assert!(is_silent(&Life::build_at(&life.root().join("copy"), &[], &[])), "a folder that git does not know");
    let settings = fs::read_to_string(life.root().join("site.yaml")).unwrap();
    life.write("site.yaml", &format!("{settings}history: false\n"));
    let site = life.build_in(&[], &[]);
    assert!(says_only_the_version(&site) && site.page("v/d1.html").contains("Version 1"), "history: false");
    let unborn = Life::new("");
    assert!(is_silent(&unborn.build()), "no commit");
}

#[test]
fn any_place_in_a_repository_is_the_same() {
    for inside in ["", "papers/edition ä/"] {
        let mut life = Life::new(inside);
        life.commit("Three documents");
        fs::write(life.repository().join("elsewhere"), "not of the edition").unwrap();
        life.document("d1", "Second.");
        life.commit("Second");
        let wanted = ["2025-03-02 Second", "2025-03-01 Three documents"];
        assert_eq!(life.build().changes("d1"), wanted, "{inside}");
        life.git(&["checkout", "-q", "--detach"]);
        assert_eq!(life.build().changes("d1"), wanted, "a detached head");
        let other = tempfile::tempdir().unwrap();
        let tree = other.path().join("tree");
        life.git(&["worktree", "add", "-q", "--detach", tree.to_str().unwrap()]);
        assert_eq!(Life::build_at(&tree.join(inside), &[], &[]).changes("d1"), wanted, "a second working tree");
    }
}

#[test]
fn submodules_are_repositories_of_their_own() {
    let mut life = Life::begun();
    life.document("d1", "Second.");
    life.commit("Second");
    let above = tempfile::tempdir().unwrap();
    let from = format!("file://{}", life.repository().display());
    life.git_in(above.path(), &["init", "-q"]);
    life.git_in(above.path(), &["submodule", "--quiet", "add", &from, "edition"]);
    life.git_in(above.path(), &["commit", "-q", "-m", "Above"]);
    let inner = above.path().join("edition");
    assert_eq!(Life::build_at(&inner, &[], &[]).changes("d1"), ["2025-03-02 Second", "2025-03-01 Three documents"]);
    // Texts that lie in a repository of their own below the edition.
    let part = tempfile::tempdir().unwrap();
    life.git_in(part.path(), &["init", "-q"]);
    fs::write(part.path().join("d7.md"), "---\ntitle: Seven\ndate: none\n---\n\nText.\n").unwrap();
    life.git_in(part.path(), &["add", "."]);
    life.git_in(part.path(), &["commit", "-q", "-m", "Seven"]);
    let from = format!("file://{}", part.path().display());
    life.git(&["submodule", "--quiet", "add", &from, "content/v/part"]);
    life.commit("A part");
    let site = life.build();
    assert_eq!(site.changes("d7"), NOTHING);
    assert_eq!(site.changes("d1"), ["2025-03-02 Second", "2025-03-01 Three documents"]);
}

#[test]
fn a_commit_makes_the_page_that_it_changed() {
    let mut life = Life::begun();
    life.build();
    assert_eq!(life.made(), NOTHING);
    life.document("d2", "Second.");
    life.commit("Second");
    assert_eq!(life.made(), ["colophon.html: view: source", "v/d2.html: body"]);
    let before = life.build();
    life.commit("A commit that changes nothing");
    assert_eq!(life.made(), ["colophon.html: view: source"]);
    assert_eq!(before.differences(&life.build()), [".engross-manifest", "colophon.html", "feed.xml"]);
    // A commit of what was built already: only now it has a history.
    life.document("d3", "Third.");
    life.build();
    life.commit("Third");
    assert_eq!(life.made(), ["colophon.html: view: source", "v/d3.html: view: history"]);
    life.document("d1", "Fourth.");
    life.commit("erratum: fourth");
    let made = life.made();
    assert_eq!(made.len(), 4, "{made:?}");
    assert!(made.iter().any(|line| line == "corrections.html: new"), "{made:?}");
    assert!(made.iter().any(|line| line == "index.html: view: ways"), "{made:?}");
    life.build();
}

#[test]
fn history_that_was_written_anew_is_read_anew() {
    let mut life = Life::begun();
    life.document("d1", "Second.");
    life.commit("Second");
    life.build();
    life.git(&["commit", "-q", "--amend", "-m", "Second, in other words"]);
    assert_eq!(life.build().changes("d1"), ["2025-03-02 Second, in other words", "2025-03-01 Three documents"]);
    // A branch from before what is known, merged after it.
    life.git(&["checkout", "-q", "-b", "side", "HEAD~1"]);
    life.document("d2", "From the side.");
    life.commit("From the side");
    life.git(&["mv", "content/v/d3.md", "content/v/d9.md"]);
    life.commit("Renamed on the side");
    life.git(&["checkout", "-q", "main"]);
    life.document("d3", "On main.");
    life.commit("On main");
    life.build();
    life.merge("side");
    let site = life.build();
    assert_eq!(site.changes("d2"), ["2025-03-03 From the side", "2025-03-01 Three documents"]);
    assert_eq!(site.changes("d9"), ["2025-03-05 On main", "2025-03-01 Three documents"]);
}

#[test]
fn settings_of_a_user_change_nothing() {
    let mut life = Life::begun();
    life.git(&["mv", "content/v/d1.md", "content/v/dü9.md"]);
    life.write(
        "content/v/dü9.md",
        &fs::read_to_string(life.root().join("content/v/dü9.md")).unwrap().replace("title:", "id: d9\ntitle:"),
    );
    life.commit("Übertragen");
    life.git(&["tag", "v1"]);
    let wanted = life.build_in(&[], &[]);
    assert_eq!(wanted.changes("d9").len(), 2);
    let config = life.repository().join(".git/user");
    fs::write(
        &config,
        "[log]\ndate = relative\nshowSignature = true\nfollow = true\nshowRoot = false\ndiffMerges = off\n\
         [diff]\nrenames = false\nrelative = true\nnoprefix = true\nrenameLimit = 1\nexternal = false\n\
         [core]\nquotePath = true\nabbrev = 4\npager = false\n[color]\nui = always\n[format]\npretty = oneline\n\
         [status]\nshowUntrackedFiles = no\nrelativePaths = true\nbranch = true\nshort = true\n\
         [i18n]\nlogOutputEncoding = ISO-8859-1\n[advice]\ndetachedHead = true\n",
    )
    .unwrap();
    let config = config.to_str().unwrap();
    let environments: [&[(&str, &str)]; 4] = [
        &[("GIT_CONFIG_GLOBAL", config)],
        &[("TZ", "Asia/Tokyo"), ("LC_ALL", "de_DE.UTF-8"), ("LANGUAGE", "de")],
        &[("GIT_DIR", "/nowhere"), ("GIT_WORK_TREE", "/"), ("GIT_INDEX_FILE", "/nowhere/index")],
        &[("GIT_EXTERNAL_DIFF", "false"), ("GIT_TRACE", "1"), ("GIT_PAGER", "false")],
    ];
    for environment in environments {
        let site = life.build_in(&[], environment);
        assert_eq!(site.differences(&wanted), NOTHING, "{environment:?}");
    }
}
