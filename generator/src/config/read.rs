//! From text to [`Config`], or to everything that is wrong with the text.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::{Component, Path, PathBuf};

use jiff::civil::Date;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;
use toml::de::{DeTable, DeValue};

use super::{Config, Diff, Form, Output, Runtime, is_no_crate, json_schema, walk};

/// A mistake in the configuration, with its bytes in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where it is; empty at the start where it is about the whole file.
    pub span: Range<usize>,
    /// The fact.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

/// A step from the root of the configuration to a value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// The value of a key.
    Key(&'static str),
    /// The value of a key that the user chose.
    Name(String),
    /// An item of a list, from 0.
    Item(usize),
}

/// A place in the configuration.
pub type Spot = Vec<Step>;

/// Reads a configuration.
///
/// # Errors
/// Everything that is wrong with it.
pub fn read(text: &str) -> Result<Config, Vec<Problem>> {
    let config: Config = checked(text, &json_schema())?;
    let problems = contradictions(&config, text);
    if problems.is_empty() { Ok(config) } else { Err(problems) }
}

/// Reads what a file says about `diff`; it may have no outputs.
///
/// # Errors
/// Everything that is wrong with it.
pub fn read_diff(text: &str) -> Result<Diff, Vec<Problem>> {
    /// The file, as far as it is about `diff`.
    #[derive(serde::Deserialize)]
    struct File {
        #[serde(default)]
        diff: Diff,
    }
    let mut schema = json_schema();
    schema["required"] = Json::Array(Vec::new());
    let File { diff } = checked(text, &schema)?;
    let mut problems = Vec::new();
    meant(&diff, text, &mut problems);
    if problems.is_empty() { Ok(diff) } else { Err(problems) }
}

/// What a text says, if it is as a schema wants it.
fn checked<T: DeserializeOwned>(text: &str, schema: &Json) -> Result<T, Vec<Problem>> {
    let (table, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        let problem = |error: &toml::de::Error| Problem {
            span: error.span().unwrap_or_default(),
            message: error.message().to_owned(),
            help: None,
        };
        return Err(errors.iter().map(problem).collect());
    }
    let problems = walk::walk(schema, &table);
    if !problems.is_empty() {
        return Err(problems);
    }
    toml::from_str(text).map_err(|error| {
        vec![Problem { span: error.span().unwrap_or_default(), message: error.message().to_owned(), help: None }]
    })
}

/// The bytes of a value; of its nearest ancestor where it is not in the text.
fn span(text: &str, spot: &[Step]) -> Range<usize> {
    let Ok(root) = DeTable::parse(text) else { return 0..0 };
    let mut span = 0..0;
    let mut table = Some(root.get_ref());
    let mut items = None;
    for step in spot {
        let next = match step {
            Step::Key(key) => table.and_then(|it| it.get(*key)),
            Step::Name(key) => table.and_then(|it| it.get(key.as_str())),
            Step::Item(idx) => items.and_then(|it: &toml::de::DeArray<'_>| it.get(*idx)),
        };
        let Some(next) = next else { return span };
        span = next.span();
        table = next.get_ref().as_table();
        items = match next.get_ref() {
            DeValue::Array(all) => Some(all),
            _ => None,
        };
    }
    span
}

/// A problem with a value of the text.
pub fn problem(text: &str, spot: &[Step], message: String, help: &str) -> Problem {
    let help = (!help.is_empty()).then(|| help.to_owned());
    Problem { span: span(text, spot), message, help }
}

/// The outputs whose folder is that of an output before them; `folder` gives what two spellings of one folder share.
pub fn shared_folders<T: Ord>(config: &Config, text: &str, folder: impl Fn(&str) -> T) -> Vec<Problem> {
    let mut folders = BTreeSet::new();
    let is_shared = |(_, output): &(usize, &Output)| !folders.insert(folder(&output.path));
    let shared = config.output.iter().enumerate().filter(is_shared);
    let problem = |(idx, output): (usize, &Output)| {
        let at = [Step::Key("output"), Step::Item(idx), Step::Key("path")];
        let message = format!("two outputs have the folder `{}`", output.path.escape_debug());
        problem(text, &at, message, "make one output of them, with several `api`s")
    };
    shared.map(problem).collect()
}

/// What each value allows and all of them together do not.
fn contradictions(config: &Config, text: &str) -> Vec<Problem> {
    let components = |path: &str| Path::new(path).components().filter(|it| *it != Component::CurDir).collect();
    let mut problems = shared_folders::<PathBuf>(config, text, components);
    for (idx, output) in config.output.iter().enumerate() {
        let at = |key| vec![Step::Key("output"), Step::Item(idx), Step::Key(key)];
        form(output, text, &at, &mut problems);
        names(output, text, idx, &mut problems);
    }
    super::entries::check(config, text, &mut problems);
    meant(&config.diff, text, &mut problems);
    problems
}

/// What entries of `[[diff.allow]]` must say beyond their schema.
fn meant(diff: &Diff, text: &str, problems: &mut Vec<Problem>) {
    for (idx, entry) in diff.allow.iter().enumerate() {
        let at = vec![Step::Key("diff"), Step::Key("allow"), Step::Item(idx)];
        if entry.fingerprint.is_none() && entry.rule.is_none() {
            let message = "an entry of `diff.allow` names a `fingerprint` or a `rule`".to_owned();
            problems.push(problem(text, &at, message, "a report has the fingerprint of every change"));
        }
        if let Some(until) = entry.until.as_ref().filter(|it| it.parse::<Date>().is_err()) {
            let at = [at.as_slice(), &[Step::Key("until")]].concat();
            let message = format!("there is no day `{}`", until.escape_debug());
            problems.push(problem(text, &at, message, "write it such as `2030-01-31`"));
        }
    }
}

/// What a form of output has no use for.
fn form(output: &Output, text: &str, at: &dyn Fn(&'static str) -> Vec<Step>, problems: &mut Vec<Problem>) {
    let mut wrong = |key, message: &str, help: &str| problems.push(problem(text, &at(key), message.to_owned(), help));
    if output.runtime_path.is_some() && output.runtime == Runtime::Copy {
        wrong("runtime-path", "a copy of the run time needs no `runtime-path`", "write `runtime = \"depend\"`");
    }
    match output.form {
        Form::Module => {
            if output.name.is_some() {
                wrong("name", "a module tree has no `name`", "the crate that it stands in has one");
            }
            if output.description.is_some() {
                wrong("description", "a module tree has no `description`", "the crate that it stands in has one");
            }
            if output.module.is_none() {
                wrong("form", "a module tree needs `module`", "say where it stands, such as `module = \"crate::api\"`");
            }
        }
        Form::Crate => {
            if output.name.as_deref().is_some_and(is_no_crate) {
                wrong(
                    "name",
                    "a crate cannot have a name that is a word or a crate of Rust",
                    "call it such as `pets-api`",
                );
            }
            if output.module.is_some() {
                wrong("module", "a crate has no `module`", "write `form = \"module\"`, or leave it out");
            }
        }
    }
}

/// The names of the APIs of an output differ.
fn names(output: &Output, text: &str, idx: usize, problems: &mut Vec<Problem>) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for (nth, api) in output.api.iter().enumerate() {
        let name = api.api_name();
        let at = |key| [Step::Key("output"), Step::Item(idx), Step::Key("api"), Step::Item(nth), Step::Key(key)];
        if seen.insert(name.to_lowercase().replace('_', "-"), nth).is_some() {
            let key = if api.name.is_some() { "name" } else { "document" };
            let message = format!("two APIs of one output are called `{}`", name.escape_debug());
            problems.push(problem(text, &at(key), message, "give one of them another `name`"));
        }
        if api.select.as_ref().is_some_and(|it| *it == super::Select::default()) {
            problems.push(problem(
                text,
                &at("select"),
                "an empty `select` chooses no operation".to_owned(),
                "leave it out to take all",
            ));
        }
        if api.except.as_ref().is_some_and(|it| *it == super::Select::default()) {
            problems.push(problem(
                text,
                &at("except"),
                "an empty `except` leaves nothing out".to_owned(),
                "leave it out",
            ));
        }
    }
}
