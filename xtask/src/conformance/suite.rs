//! The files of the suite: an array of groups each, instances as the text that they are.

use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::value::RawValue;
use specwright::source::Value;

use super::compare;

/// Which JSON Schema a group is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Draft {
    /// Draft 4, which OpenAPI 3.0 is based on.
    Four,
    /// Draft 2020-12, which OpenAPI 3.1 is based on.
    TwentyTwenty,
}

/// What the suite asks of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Class {
    /// Every implementation must do it.
    Required,
    /// Below `optional/`.
    Optional,
    /// Below `optional/format/`.
    Format,
}

/// What the keyword `format` does in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Formats {
    /// It asserts, which is how documents are read unless they say otherwise.
    Assertions,
    /// It asserts nothing: the required file `format.json`.
    Annotations,
}

/// A schema with its instances.
#[derive(Debug)]
pub(super) struct Group {
    pub(super) draft: Draft,
    pub(super) class: Class,
    pub(super) formats: Formats,
    /// The file, without folder and extension.
    pub(super) file: String,
    /// The position in the file.
    pub(super) position: usize,
    pub(super) description: String,
    pub(super) schema: Value,
    pub(super) tests: Vec<Test>,
}

impl Group {
    /// Such as `draft2020-12/optional/format/uuid/00`.
    pub(super) fn id(&self) -> String {
        format!("{}{}/{:02}", self.folder(), self.file, self.position)
    }

    fn folder(&self) -> String {
        let class = match self.class {
            Class::Required => "",
            Class::Optional => "optional/",
            Class::Format => "optional/format/",
        };
        format!("{}/{class}", self.draft.name())
    }
}

impl Draft {
    /// The folder of the suite.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Four => "draft4",
            Self::TwentyTwenty => "draft2020-12",
        }
    }
}

impl Class {
    /// The word for tables.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::Optional => "optional",
            Self::Format => "format",
        }
    }
}

/// An instance, and what is true of it.
#[derive(Debug)]
pub(super) struct Test {
    pub(super) description: String,
    /// The JSON text, in one line.
    pub(super) instance: String,
    pub(super) valid: bool,
}

#[derive(Deserialize)]
struct RawGroup {
    description: String,
    schema: Box<RawValue>,
    tests: Vec<RawTest>,
}

#[derive(Deserialize)]
struct RawTest {
    description: String,
    data: Box<RawValue>,
    valid: bool,
}

/// Every group below a folder, in the order of the files' names.
pub(super) fn read(folder: &Path, only: Option<&str>) -> Result<Vec<Group>, String> {
    let mut files = Vec::new();
    collect(folder, &mut files).map_err(|error| format!("cannot read `{}`: {error}", folder.display()))?;
    files.sort();
    let mut groups = Vec::new();
    for path in files {
        let shown = path.to_string_lossy().replace('\\', "/");
        if only.is_none_or(|only| shown.contains(only)) {
            read_file(&path, &shown, &mut groups).map_err(|reason| format!("cannot read `{shown}`: {reason}"))?;
        }
    }
    Ok(groups)
}

/// The files below a folder; `remotes` holds schemas for references, not groups.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() && path.file_name().is_none_or(|name| name != "remotes") {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|it| it == "json") {
            files.push(path);
        }
    }
    Ok(())
}

fn read_file(path: &Path, shown: &str, groups: &mut Vec<Group>) -> Result<(), String> {
    let text = fs::read_to_string(path).map_err(|error| error.to_string())?;
    let raw: Vec<RawGroup> = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    let Some(draft) = draft(shown) else {
        return Err("no folder of its path is `draft4` or `draft2020-12`".to_owned());
    };
    let class = class(shown);
    let file = path.file_stem().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
    let formats = if class == Class::Required && file == "format" { Formats::Annotations } else { Formats::Assertions };
    for (position, group) in raw.into_iter().enumerate() {
        let tests = group.tests.into_iter().map(|test| Test {
            description: test.description,
            // Line ends stand between tokens only.
            instance: test.data.get().replace(['\n', '\r'], " "),
            valid: test.valid,
        });
        groups.push(Group {
            draft,
            class,
            formats,
            file: file.clone(),
            position,
            description: group.description,
            schema: compare::parse(group.schema.get())?,
            tests: tests.collect(),
        });
    }
    Ok(())
}

fn draft(path: &str) -> Option<Draft> {
    path.split('/').rev().find_map(|folder| match folder {
        "draft4" => Some(Draft::Four),
        "draft2020-12" => Some(Draft::TwentyTwenty),
        _ => None,
    })
}

fn class(path: &str) -> Class {
    match path {
        _ if path.contains("/optional/format/") => Class::Format,
        _ if path.contains("/optional/") => Class::Optional,
        _ => Class::Required,
    }
}
