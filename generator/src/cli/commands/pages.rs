//! `specwright explain` and `specwright config`: what can be read.

use std::process::ExitCode;

use super::super::say;
use super::{Common, exit, style, unable};
use crate::config::{explain as keys, json_schema};
use crate::diagnostics::{Code, Severity};

/// Flags of `explain`.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct ExplainArgs {
    /// What stands between the brackets of `error[...]`; left out, every code is listed
    code: Option<String>,
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

pub(super) fn explain(args: &ExplainArgs) -> ExitCode {
    let mut out = anstream::stdout();
    let Some(wanted) = &args.code else {
        for code in Code::ALL {
            say(&mut out, &format!("{:<26} {:<8} {}\n", code.as_str(), severity(*code), code.explanation()));
        }
        return ExitCode::SUCCESS;
    };
    match Code::ALL.iter().find(|it| it.as_str() == wanted) {
        Some(code) => {
            say(&mut out, &format!("{}[{code}]\n\n{}\n", severity(*code), code.explanation()));
            ExitCode::SUCCESS
        }
        None => unable(&format!("there is no code `{wanted}`; `specwright explain` lists all codes")),
    }
}

fn severity(code: Code) -> &'static str {
    match code.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

pub(super) fn config(args: &ConfigArgs, common: &Common) -> ExitCode {
    let mut out = anstream::stdout();
    if args.schema {
        say(&mut out, &format!("{:#}\n", json_schema()));
        return ExitCode::SUCCESS;
    }
    if args.explain {
        say(&mut out, &keys());
        return ExitCode::SUCCESS;
    }
    match common.project() {
        Ok(project) => {
            let text = toml::to_string_pretty(&project.config).unwrap_or_default();
            say(&mut out, &format!("# {}, with what is not in it\n{text}", project.shown));
            ExitCode::SUCCESS
        }
        Err(error) => {
            say(&mut anstream::stderr(), &error.text(style()));
            exit::unable()
        }
    }
}
