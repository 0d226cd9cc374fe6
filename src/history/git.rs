//! The `git` program: run without prompts, pagers and locks, and without what a user's settings could change.

use std::path::Path;
use std::process::{Command, Stdio};

/// What names a repository other than the one around the folder, as it is set in hooks.
const LOCAL: &[&str] = &[
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_CEILING_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_CONFIG",
    "GIT_CONFIG_COUNT",
    "GIT_CONFIG_PARAMETERS",
    "GIT_DIFF_OPTS",
    "GIT_DIR",
    "GIT_EXTERNAL_DIFF",
    "GIT_GRAFT_FILE",
    "GIT_INDEX_FILE",
    "GIT_NAMESPACE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX",
    "GIT_REPLACE_REF_BASE",
    "GIT_SHALLOW_FILE",
    "GIT_WORK_TREE",
];

/// Settings that shape what is printed, or run programs.
const SETTINGS: &[&str] = &[
    "core.quotePath=false",
    "core.fsmonitor=false",
    "log.showSignature=false",
    "log.showRoot=true",
    "log.follow=false",
    "log.mailmap=false",
    "diff.renames=true",
    "diff.noprefix=false",
    "color.ui=false",
];

/// What a command prints; none where there is no such program, or it fails.
pub(super) fn run(root: &Path, arguments: &[&str]) -> Option<Vec<u8>> {
    let output = command(root).args(arguments).stdout(Stdio::piped()).output().ok()?;
    output.status.success().then_some(output.stdout)
}

/// Whether a command succeeds.
pub(super) fn succeeds(root: &Path, arguments: &[&str]) -> bool {
    command(root).args(arguments).stdout(Stdio::null()).status().is_ok_and(|status| status.success())
}

fn command(root: &Path) -> Command {
    let mut command = Command::new("git");
    command.current_dir(root).stdin(Stdio::null()).stderr(Stdio::null());
    for name in LOCAL {
        command.env_remove(name);
    }
    // A log without lazy fetches never waits for a network.
    for name in ["GIT_NO_REPLACE_OBJECTS", "GIT_NO_LAZY_FETCH"] {
        command.env(name, "1");
    }
    for name in ["GIT_OPTIONAL_LOCKS", "GIT_TERMINAL_PROMPT"] {
        command.env(name, "0");
    }
    command.env("LC_ALL", "C").env("GIT_LITERAL_PATHSPECS", "1").arg("--no-pager");
    for setting in SETTINGS {
        command.args(["-c", setting]);
    }
    command
}
