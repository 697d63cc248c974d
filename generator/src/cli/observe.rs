//! `specwright observe FILE RECORDS`: an overlay of what a server was seen to do.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::files::read_text;
use super::{Codegen, One, Report, list, one, print, say};
use crate::diagnostics::Severity;
use crate::observe::{Record, Subject, observe, records};

/// Flags of the command.
#[derive(Debug, Clone, clap::Args)]
#[command(after_help = "\
Records are what clients found (`Deviation::to_json`, which an observer is given, one line each), or exchanges: HAR, as \
browsers and proxies save it, or a JSON object a line: `{\"method\": \"GET\", \"url\": \"/pets/1\", \"status\": 200, \
\"headers\": {}, \"body\": {}}`. Exchanges say more, since findings hold no values.

The overlay says what was seen beside each action. It holds no value but those that enumerations or limits lack. It is \
for a person to read: a server may as well be wrong as its document.

Exit codes: 0 where all that was seen of the operations of the document is in the overlay or documented; 1 where something is left to a person, or the \
document is refused; 2 where the request cannot be met.

Example: specwright observe pets.yaml traffic.har seen.jsonl --out pets.overlay.yaml
Example: specwright generate --spec pets.yaml --overlay pets.overlay.yaml --out pets-api")]
pub struct ObserveArgs {
    /// An OpenAPI document, YAML or JSON; files that it refers to lie beside or below it
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// What was seen of its server
    #[arg(value_name = "RECORDS", required = true)]
    records: Vec<PathBuf>,
    /// An OpenAPI overlay that changes the document first; several are applied in order
    #[arg(long, value_name = "FILE")]
    overlay: Vec<PathBuf>,
    /// The overlay to write, which must not be there yet; it is printed if left out
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Makes the overlay.
pub fn run(args: &ObserveArgs) -> ExitCode {
    match observed(args) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(message) => {
            say(&mut anstream::stderr(), &format!("error: {message}\n"));
            ExitCode::from(2)
        }
    }
}

/// Whether all that was seen is said now.
fn observed(args: &ObserveArgs) -> Result<bool, String> {
    if let Some(out) = args.out.as_ref().filter(|it| it.exists()) {
        return Err(format!("`{}` is there already: name another file, or remove it", out.display()));
    }
    let mut all = Vec::new();
    for path in &args.records {
        all.extend(read(path)?);
    }
    let flags = one::flags(&args.file, &args.overlay);
    let job = Codegen::standalone(&flags)?;
    let One { naming, text, overlays, loader } = job.one().map_err(|it| one::plain(&it))?;
    let source = job.sources.first().cloned();
    let subject = Subject { naming, text, overlays, loader: &*loader };
    let found = match observe(&subject, &all) {
        Ok(found) => found,
        Err(refused) => {
            let refused: Vec<_> = source.map(|it| (it, *refused)).into_iter().collect();
            list(&Report::new(&refused, Severity::Warning));
            return Ok(false);
        }
    };
    let mut err = anstream::stderr();
    let written = match (&found.overlay, &args.out) {
        (None, _) => "nothing to add: no overlay is needed".to_owned(),
        (Some(text), None) => {
            print(text)?;
            counted(found.actions, "action")
        }
        (Some(text), Some(out)) => {
            std::fs::write(out, text).map_err(|error| format!("cannot write `{}`: {error}", out.display()))?;
            format!("{} in `{}`", counted(found.actions, "action"), out.display())
        }
    };
    let strangers = match found.strangers {
        0 => String::new(),
        1 => ", one of no operation of the document".to_owned(),
        many => format!(", {many} of no operation of the document"),
    };
    say(&mut err, &format!("{}{strangers}; {written}\n", counted(all.len(), "record")));
    for line in &found.left {
        say(&mut err, &format!("left to you: {line}\n"));
    }
    Ok(found.left.is_empty())
}

fn read(path: &Path) -> Result<Vec<Record>, String> {
    let shown = path.display();
    let text = read_text(path).map_err(|error| format!("cannot read `{shown}`: {error}"))?;
    records(&text).map_err(|error| format!("`{shown}`: {error}"))
}

fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("one {what}") } else { format!("{count} {what}s") }
}
