//! The program: see `specwright --help`.

use std::process::ExitCode;

/// A third of a run is spent on small pieces of memory.
#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    specwright::cli::main()
}
