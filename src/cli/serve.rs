//! `engross serve`: a preview that shows each change as it is saved.

use super::report;
use super::{End, Trouble};
use clap::Args;
use engross::config::Flags;
use engross::diag::Diagnostic;
use engross::serve::{Event, Preview};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Mutex;
use std::time::Instant;

/// Arguments of `engross serve`.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Port to listen on; the next free one is taken when it is in use
    #[arg(long, default_value_t = 4400)]
    port: u16,
    /// Address to listen on; others than this machine's own let others read what is not published
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    host: IpAddr,
    /// Shows drafts too
    #[arg(long)]
    drafts: bool,
    /// Opens the browser
    #[arg(long)]
    open: bool,
}

/// Serves the edition until the process ends.
pub fn run(root: &Path, arguments: &Arguments) -> Result<End, Trouble> {
    let flags = Flags { drafts: arguments.drafts, no_minify: true, preview: true, ..Flags::default() };
    #[allow(clippy::disallowed_methods)]
    let started = Mutex::new(Some(Instant::now()));
    // Documents may be nested deeply, and are read by all threads that there are.
    rayon::ThreadPoolBuilder::new().stack_size(super::build::STACK).build_global()?;
    let preview = Preview::bind(root, flags, arguments.host, arguments.port)?;
    let address = preview.address()?;
    if !arguments.host.is_loopback() {
        report::line(&format!("warning: whoever reaches {} can read this edition, drafts included", arguments.host));
    }
    let base = base(address);
    let cache = super::build::known(root);
    let tell = |event: Event<'_>| match event {
        Event::Read { changes, diagnostics, documents, .. } if changes.is_empty() => {
            show(root, diagnostics);
            let taken = started.lock().ok().and_then(|mut started| started.take());
            let seconds = taken.map_or(0.0, |started| started.elapsed().as_secs_f64());
            report::line(&format!("serving {documents} documents at {base} (ready in {seconds:.2} s; Ctrl-C ends it)"));
            if arguments.open {
                open(&base);
            }
        }
        Event::Read { changes, diagnostics, reloaded, .. } => {
            let what = match changes.as_slice() {
                [one] => one.clone(),
                [one, rest @ ..] => format!("{one} and {} more", rest.len()),
                [] => String::new(),
            };
            show(root, diagnostics);
            let pages = if reloaded == 1 { "page" } else { "pages" };
            report::line(&format!("changed: {what}; {reloaded} open {pages} shown anew"));
        }
        Event::NotWatching(error) => {
            report::line(&format!("warning: changes are not seen, reload pages yourself: {error}"));
        }
    };
    preview.run(base.clone(), &cache, &tell)?;
    Ok(End::Well)
}

/// The address for a browser on this machine.
fn base(address: SocketAddr) -> String {
    let host = match address.ip() {
        ip if ip.is_unspecified() => "localhost".to_owned(),
        IpAddr::V6(ip) => format!("[{ip}]"),
        IpAddr::V4(ip) => ip.to_string(),
    };
    format!("http://{host}:{}/", address.port())
}

fn show(root: &Path, diagnostics: &[Diagnostic]) {
    // Nobody can be told that standard error is closed.
    let _ = report::diagnostics(root, diagnostics, report::Form::Human);
}

/// Opens the system's browser; where there is none, the address is on the screen.
fn open(address: &str) {
    let (program, arguments): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("cmd", &["/C", "start", ""])
    } else {
        ("xdg-open", &[])
    };
    let command = std::process::Command::new(program)
        .args(arguments)
        .arg(address)
        .stdin(std::process::Stdio::null())
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn();
    if command.is_err() {
        report::line("note: no browser could be opened");
    }
}
