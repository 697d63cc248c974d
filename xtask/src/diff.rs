//! `cargo xtask diff`: what changed in `specs/` since a revision, and whom it breaks.

use std::process::ExitCode;

use specwright::cli::diff::{DiffArgs, Pair, Version, document, finish, folder};

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
    finish(&args.args, pairs(&args.versions))
}

fn pairs(versions: &[String]) -> Result<Vec<Pair>, String> {
    let root = root();
    let tree = Version::Disk(root.clone());
    match versions {
        [] => folder(&Version::git(&root, "HEAD")?, &tree, "specs"),
        [one] => match one.split_once("..") {
            Some((old, new)) => {
                let named = |it: &str| Version::git(&root, if it.is_empty() { "HEAD" } else { it });
                folder(&named(old)?, &named(new)?, "specs")
            }
            None => folder(&Version::git(&root, one)?, &tree, "specs"),
        },
        [old, new, ..] => {
            let (old, new) = (document(old)?, document(new)?);
            let name = new.1.rsplit('/').next().unwrap_or_default().split('.').next().unwrap_or_default().to_owned();
            Ok(vec![Pair { name, old: Some(old), new: Some(new) }])
        }
    }
}
