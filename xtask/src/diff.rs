//! `cargo xtask diff`: what changed in `specs/` since a revision, and whom it breaks.

use std::process::ExitCode;

use specwright::cli::diff::{DiffArgs, Edition, Pair, document, finish, folder, revisions};
use specwright::diff::churn::Churn;

use crate::codegen::churn;
use crate::root;

/// Flags of the task.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// A revision (`main`, compared with the working tree), two of them (`main..HEAD`), or two documents;
    /// left out, the working tree is compared with `HEAD`
    #[arg(num_args = 0..=2)]
    versions: Vec<String>,
    #[command(flatten)]
    args: DiffArgs,
}

pub(crate) fn run(args: &Args) -> ExitCode {
    match compared(&args.versions) {
        Ok((pairs, churn)) => finish(&args.args, Ok(pairs), &churn),
        Err(message) => finish(&args.args, Err(message), &[]),
    }
}

/// The documents in two versions, and why the code between them moved.
fn compared(versions: &[String]) -> Result<(Vec<Pair>, Vec<Churn>), String> {
    let root = root();
    if let [old, new] = versions {
        let (old, new) = (document(old)?, document(new)?);
        let name = new.1.rsplit('/').next().unwrap_or_default().split('.').next().unwrap_or_default().to_owned();
        return Ok((vec![Pair { name, old: Some(Edition::new(old)), new: Some(Edition::new(new)) }], Vec::new()));
    }
    let (old, new) = revisions(&root, versions.first().map_or("HEAD", |it| it))?;
    Ok((folder(&old, &new, "specs")?, vec![churn((Some(&old), &new))?]))
}
