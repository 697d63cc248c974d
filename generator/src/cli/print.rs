//! What a run prints, on standard error for people and on standard output for whoever reads on.

use std::io::{ErrorKind, Write};
use std::process::ExitCode;

use super::commands::exit;

/// Says something to whoever watches; nobody is told where that fails.
pub(super) fn say(out: &mut impl Write, text: &str) {
    let _ = put(out, text);
}

/// Tells whoever watches that a run waits.
pub(super) fn waiting(message: &str) {
    say(&mut anstream::stderr(), &format!("{message}\n"));
}

/// Writes a result to standard output.
///
/// # Errors
/// Where it cannot be written; a reader that went away wants no more of it.
pub(super) fn print(text: &str) -> Result<(), String> {
    match put(&mut anstream::stdout(), text) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(format!("cannot write to standard output: {error}")),
        _ => Ok(()),
    }
}

/// Writes a result to standard output at the end of a run, which fails where that does.
pub(super) fn printed(text: &str, code: ExitCode) -> ExitCode {
    match print(text) {
        Ok(()) => code,
        Err(message) => {
            say(&mut anstream::stderr(), &format!("error: {message}\n"));
            exit::unable()
        }
    }
}

fn put(out: &mut impl Write, text: &str) -> std::io::Result<()> {
    out.write_all(text.as_bytes())?;
    out.flush()
}
