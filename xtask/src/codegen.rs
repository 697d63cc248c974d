//! `cargo xtask codegen`: the main job.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use specwright::cli::diff::Version;
use specwright::cli::{self, Codegen, CodegenArgs, Source};
use specwright::diff::churn::Churn;
use specwright::render::{CrateOptions, Delivery, Origin};

use crate::root;

/// Flags of the task.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    common: CodegenArgs,
    /// Only this API of the workspace, by the name of its document: every other file stays as it is
    #[arg(long, value_name = "NAME", conflicts_with = "spec")]
    api: Option<String>,
}

pub(crate) fn run(args: &Args) -> ExitCode {
    if args.common.spec.is_some() {
        return cli::run(&args.common, Codegen::standalone(&args.common));
    }
    let why = |_: &Codegen, _: &cli::Summary| churn((None, &Version::Disk(root()))).map(|it| it.report());
    match &args.api {
        None => cli::run_with(&args.common, workspace(args), &why),
        Some(_) => cli::run(&args.common, workspace(args)),
    }
}

/// Why `generated/` moved between two versions.
pub(crate) fn churn(versions: (Option<&Version>, &Version)) -> Result<Churn, String> {
    let job = job(&CodegenArgs::default(), None)?;
    let past = |_: &Version| Ok(job.clone());
    cli::churn(&root(), &job, &past, versions)
}

/// The job of this workspace: every document of `specs/` into `generated/`.
fn workspace(args: &Args) -> Result<Codegen, String> {
    job(&args.common, args.api.as_deref())
}

fn job(common: &CodegenArgs, api: Option<&str>) -> Result<Codegen, String> {
    let root = root();
    let sources = sources(&root.join("specs"))?;
    if let Some(name) = api
        && !sources.iter().any(|source| source.name == name)
    {
        let all: Vec<_> = sources.iter().map(|source| source.name.as_str()).collect();
        return Err(format!("there is no API `{name}` in `specs/`; there are {}", all.join(", ")));
    }
    let options = CrateOptions {
        name: "generated".to_owned(),
        description: "Models, validation, axum servers and typed clients of the APIs in `specs/`".to_owned(),
        workspace: true,
        runtime: Delivery::Depend(Origin::Workspace),
    };
    // Our own documents have no faults.
    let common = CodegenArgs { contract: true, ..common.clone() };
    let job = Codegen::new(sources, root.join("generated"), options, &common);
    Ok(job.strict().with_surface().only(api.map(str::to_owned)))
}

fn sources(folder: &Path) -> Result<Vec<Source>, String> {
    let entries = std::fs::read_dir(folder).map_err(|error| format!("cannot read `{}`: {error}", folder.display()))?;
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    let is_document = |path: &PathBuf| {
        path.extension().and_then(|it| it.to_str()).is_some_and(|it| ["yaml", "yml", "json"].contains(&it))
    };
    Ok(paths.into_iter().filter(is_document).map(|path| source(&path)).collect())
}

fn source(path: &Path) -> Source {
    let text = |part: Option<&std::ffi::OsStr>| part.map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
    let shown = format!("specs/{}", text(path.file_name()));
    Source { name: text(path.file_stem()), path: path.to_owned(), shown }
}
