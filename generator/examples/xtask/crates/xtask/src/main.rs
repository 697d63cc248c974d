//! The tasks of this workspace: `cargo xtask codegen` writes, `cargo xtask codegen --check` fails where that is due.

use std::path::Path;

use specwright::Generator;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["codegen"] => {
            let outcome = generator()?.generate()?;
            for warning in outcome.warnings() {
                eprintln!("{warning}");
            }
            print!("{}", outcome.summary());
        }
        ["codegen", "--check"] => generator()?.check()?,
        _ => return Err("usage: cargo xtask codegen [--check]".into()),
    }
    Ok(())
}

/// What `specwright.toml` says, wherever the task is called.
fn generator() -> Result<Generator, specwright::Error> {
    Generator::from_file(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../specwright.toml"))
}

/// A test that says so, too: whoever forgets to generate hears it from `cargo test`.
#[test]
fn generated_code_is_fresh() -> Result<(), specwright::Error> {
    generator()?.check()
}
