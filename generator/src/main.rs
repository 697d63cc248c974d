//! The program: see `specwright --help`.

use std::process::ExitCode;

fn main() -> ExitCode {
    specwright::cli::main()
}
