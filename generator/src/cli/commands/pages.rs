//! `specwright explain` and `specwright config`: what can be read.

use std::path::PathBuf;
use std::process::ExitCode;

use super::super::{printed, say};
use super::{Common, exit, style, unable};
use crate::config::{explain as keys, json_schema};
use crate::diagnostics::{Code, Severity, similar};
use crate::diff::rules;

/// Flags of `explain`.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct ExplainArgs {
    /// What stands between the brackets of `error[...]`, or a rule of `diff`; left out, all are listed
    code: Option<String>,
    /// The page about the rules of `diff`, as Markdown
    #[arg(long, conflicts_with = "code")]
    rules: bool,
}

/// Flags of `config`.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct ConfigArgs {
    /// Every key, with its type, its values and what it is for
    #[arg(long)]
    explain: bool,
    /// The JSON Schema of the file, for editors
    #[arg(long, conflicts_with = "explain")]
    schema: bool,
}

/// Flags of `surface`.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct SurfaceArgs {
    /// A Rust file
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

pub(super) fn surface(args: &SurfaceArgs) -> ExitCode {
    let name = args.file.display().to_string();
    let text = match std::fs::read_to_string(&args.file) {
        Ok(text) => text,
        Err(error) => return unable(&format!("cannot read `{name}`: {error}")),
    };
    match crate::render::surface(&name, &text) {
        Ok(text) => printed(&text, ExitCode::SUCCESS),
        Err(error) => unable(&format!("`{name}` is not Rust: {}", error.message)),
    }
}

pub(super) fn explain(args: &ExplainArgs) -> ExitCode {
    if args.rules {
        return printed(&rules::page(), ExitCode::SUCCESS);
    }
    let text = match &args.code {
        Some(wanted) => explained(wanted),
        None => Some(everything()),
    };
    let Some(text) = text else {
        let wanted = args.code.as_deref().unwrap_or_default();
        let known = Code::ALL.iter().map(|it| it.as_str()).chain(rules::all().into_iter().map(|it| it.id));
        let near = similar(wanted, known).map(|it| format!(" (`{it}` is similar)")).unwrap_or_default();
        return unable(&format!("there is no code `{wanted}`{near}; `specwright explain` lists all codes"));
    };
    printed(&text, ExitCode::SUCCESS)
}

/// What a code of a finding or a rule of a comparison means.
pub fn explained(wanted: &str) -> Option<String> {
    if let Some(rule) = rules::find(wanted) {
        return Some(rules::explain(rule));
    }
    let code = Code::ALL.iter().find(|it| it.as_str() == wanted)?;
    Some(format!("{}[{code}]\n\n{}\n", severity(*code), code.explanation()))
}

/// Every code and every rule, one a line.
pub fn everything() -> String {
    let codes = Code::ALL.iter().map(|it| format!("{:<40} {:<8} {}\n", it.as_str(), severity(*it), it.explanation()));
    let rules = rules::all().into_iter().map(|it| format!("{:<40} {:<8} {}\n", it.id, it.levels.worst(), it.reason));
    codes.chain(rules).collect()
}

fn severity(code: Code) -> &'static str {
    match code.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

pub(super) fn config(args: &ConfigArgs, common: &Common) -> ExitCode {
    if args.schema {
        return printed(&format!("{:#}\n", json_schema()), ExitCode::SUCCESS);
    }
    if args.explain {
        return printed(&keys(), ExitCode::SUCCESS);
    }
    match common.project() {
        Ok(project) => {
            let text = toml::to_string_pretty(&project.config).unwrap_or_default();
            printed(&format!("# {}, with what is not in it\n{text}", project.shown), ExitCode::SUCCESS)
        }
        Err(error) => {
            say(&mut anstream::stderr(), &error.message(style()));
            exit::unable()
        }
    }
}
