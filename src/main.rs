//! The `engross` program: arguments in, exit code out.

mod cli;

// A build makes and drops millions of short strings; the system's allocator took a fifth of its time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    cli::run()
}
