//! A document whose every key is known and whose every reference leads somewhere.
//!
//! [`read`] takes the text of a document, checks the tree against the [ledger], and resolves the references of it and
//! of the files below its folder. What is wrong is reported all at once; the rest of the pipeline runs only when
//! nothing was. Effects are the caller's: files come through a [`Loader`].

mod chains;
mod check;
mod cycles;
mod elsewhere;
mod kinds;
pub mod ledger;
mod lift;
mod policy;
mod problems;
mod references;
mod resolve;
mod scope;
pub mod skeleton;
mod suggest;

use indexmap::IndexMap;

use crate::diagnostics::{Code, Diagnostics};
use crate::overlay::{self, Overlay};
use crate::source::{At, FileId, Names, Number, Origin, Placed, Sources, Value};
use lift::{Lifting, Originals};
pub(crate) use suggest::similar;

/// The versions of OpenAPI that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Version {
    /// Swagger 2.0, in the shape of 3.0.
    V20,
    /// OpenAPI 3.0.x.
    V30,
    /// OpenAPI 3.1.x.
    V31,
    /// OpenAPI 3.2.x.
    V32,
}

impl Version {
    /// Whether schemas are those of JSON Schema 2020-12, as from 3.1 on, and not the dialect of older versions.
    pub fn has_json_schema(self) -> bool {
        self >= Self::V31
    }

    /// The version as people write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::V20 => "2.0",
            Self::V30 => "3.0",
            Self::V31 => "3.1",
            Self::V32 => "3.2",
        }
    }
}

/// Gives the files that a document refers to; the effects, and the guard of the root folder, live in the caller.
pub trait Loader {
    /// The text of a file.
    ///
    /// The path is relative to the root folder, has no `.` or `..` in it, and is separated by `/`.
    fn load(&self, path: &str) -> Result<String, LoadError>;

    /// The path of the document below the root folder, which is its own folder unless the caller chose another one.
    fn document(&self, name: &str) -> String {
        name.to_owned()
    }
}

/// Why a file could not be had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LoadError {
    /// There is none.
    NotFound,
    /// It is not in the root folder, a symbolic link for one.
    OutsideRoot,
    /// It is larger than the caller reads.
    TooLarge,
    /// Something else, in words.
    Other(String),
}

/// Knows no files: for documents that must stand alone.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoFiles;

impl Loader for NoFiles {
    fn load(&self, _: &str) -> Result<String, LoadError> {
        Err(LoadError::NotFound)
    }
}

/// A document with its files, and where each reference leads.
#[derive(Debug)]
pub struct Document {
    /// The files; the document itself is the first.
    pub sources: Sources,
    /// The version that the document names.
    pub version: Version,
    targets: IndexMap<Origin, Origin>,
    /// Where a chain of references ends, for those that do not end after one step.
    ends: IndexMap<Origin, Origin>,
}

/// Reads, checks and resolves a document that no overlay changes; see [`read_overlaid`].
pub fn read(path: &str, text: String, loader: &dyn Loader, diagnostics: &mut Diagnostics) -> Result<Document, Sources> {
    read_overlaid(path, text, Vec::new(), loader, diagnostics)
}

/// Reads, checks and resolves a document, after overlays have changed it.
///
/// `path` is the document's path as it is printed. The answer is `Ok` as soon as there is a tree of a known version,
/// however much is wrong with it; the diagnostics decide whether to go on. `Err` gives the sources back, for printing.
pub fn read_overlaid(
    path: &str,
    text: String,
    overlays: Vec<Overlay>,
    loader: &dyn Loader,
    diagnostics: &mut Diagnostics,
) -> Result<Document, Sources> {
    let mut sources = Sources::new();
    if sources.add(path, text, diagnostics).is_none() {
        return Err(sources);
    }
    overlay::apply(&mut sources, overlays, diagnostics);
    let Some(version) = version(&sources, diagnostics) else { return Err(sources) };
    let lifting = if version == Version::V20 { lift(&mut sources, loader, diagnostics) } else { None };
    let taken = match &lifting {
        None => elsewhere::take_in(&mut sources, version, loader, diagnostics),
        Some(_) => elsewhere::Taken::new(),
    };
    let targets = resolve::resolve(&mut sources, version, resolve::Given { lifting, taken }, loader, diagnostics);
    let ends = chains::ends(&targets);
    Ok(Document { sources, version, targets, ends })
}

/// Puts a document of Swagger 2.0 into the shape of 3.0.
fn lift<'l>(sources: &mut Sources, loader: &'l dyn Loader, diagnostics: &mut Diagnostics) -> Option<Lifting<'l>> {
    let path = sources.file(FileId(0)).path.clone();
    let name = &loader.document(path.rsplit('/').next().unwrap_or_default());
    let root = sources.at(&Origin::root(FileId(0)))?;
    let mut originals = Originals::new(loader, name, root.value);
    let first = diagnostics.len();
    let (tree, defaults) = lift::document(Placed::new(&root), name, &mut originals, diagnostics);
    diagnostics.found_before(first, sources.times_rebuilt(FileId(0)));
    sources.rebuild(FileId(0), tree, Names::Old);
    Some(Lifting { originals, defaults })
}

impl Document {
    /// The root of the document.
    pub fn root(&self) -> At<'_> {
        At::new(&self.sources.file(FileId(0)).root, Origin::root(FileId(0)))
    }

    /// The node at a place.
    pub fn at(&self, origin: &Origin) -> Option<At<'_>> {
        self.sources.at(origin)
    }

    /// Where a reference leads, one step.
    ///
    /// The origin is the object's that holds `$ref`, or the member's itself: `$ref`, `$dynamicRef`, or a value of a
    /// discriminator's `mapping`.
    pub fn target(&self, origin: &Origin) -> Option<&Origin> {
        self.targets.get(origin).or_else(|| self.targets.get(&origin.key("$ref")))
    }

    /// The object that a Reference Object leads to in the end; an object without `$ref` is its own answer.
    ///
    /// A cycle has been reported; here it ends where it closes. In 3.1 a schema may say more beside its `$ref`, so a
    /// schema with siblings asks for [`Self::target`] instead.
    pub fn follow<'a>(&'a self, at: At<'a>) -> At<'a> {
        if at.value.get("$ref").is_none() {
            return at;
        }
        let member = at.origin.key("$ref");
        let end = self.ends.get(&member).or_else(|| self.targets.get(&member));
        end.and_then(|end| self.at(end)).unwrap_or(at)
    }
}

const SUPPORTED: &str = "Specwright reads OpenAPI 3.0, 3.1 and 3.2, and Swagger 2.0";

/// The version that the root names.
fn version(sources: &Sources, diagnostics: &mut Diagnostics) -> Option<Version> {
    let origin = Origin::root(FileId(0));
    let root = sources.at(&origin)?;
    if root.value.as_object().is_none() {
        // A text that could not be read has said so.
        if !diagnostics.has_errors() {
            let message = format!("a document is a mapping, and this is of type {}", root.value.type_name());
            diagnostics.report(Code::InvalidField, &origin, message);
        }
        return None;
    }
    let Some(field) = root.field("openapi") else {
        let Some(swagger) = root.field("swagger") else {
            diagnostics.report(Code::MissingField, &origin, "`openapi`, the version, is missing").help(SUPPORTED);
            return None;
        };
        return swagger_version(&swagger, diagnostics);
    };
    // `3.1` without quotes is a number, and says the same.
    let text = field.value.as_str().or_else(|| field.value.as_number().map(Number::as_str)).unwrap_or_default();
    let known = known_version(text);
    if known.is_some() {
        return known;
    }
    if field.value.as_str().is_some() {
        diagnostics
            .report(Code::UnsupportedVersion, &field.origin, format!("the document is OpenAPI {}", shown(field.value)))
            .help(SUPPORTED);
    } else {
        diagnostics
            .report(
                Code::InvalidField,
                &field.origin,
                format!("`openapi` must be a string, and this is {}", shown(field.value)),
            )
            .help(format!("write the version in full and in quotes, as in `'3.1.0'`; {SUPPORTED}"));
    }
    None
}

fn known_version(text: &str) -> Option<Version> {
    let is = |version: &str| text == version || text.strip_prefix(version).is_some_and(|rest| rest.starts_with('.'));
    [Version::V30, Version::V31, Version::V32].into_iter().find(|version| is(version.as_str()))
}

/// `swagger: '2.0'`, in quotes or without.
fn swagger_version(field: &At<'_>, diagnostics: &mut Diagnostics) -> Option<Version> {
    match field.value {
        Value::String(text) if text == "2.0" => return Some(Version::V20),
        Value::Number(number) if matches!(number.as_str(), "2.0" | "2") => {
            diagnostics
                .report(Code::RepairedField, &field.origin, "`swagger` must be a string, and this is a number")
                .taken_as("`'2.0'`");
            return Some(Version::V20);
        }
        _ => {}
    }
    let message = format!("the document is Swagger {}", shown(field.value));
    diagnostics.report(Code::UnsupportedVersion, &field.origin, message).help(SUPPORTED);
    None
}

/// A scalar as a message shows it.
fn shown(value: &Value) -> String {
    match value {
        Value::Null => "`null`".to_owned(),
        Value::Bool(value) => format!("`{value}`"),
        Value::Number(number) => format!("`{}`", number.as_str()),
        Value::String(text) => format!("`{text}`"),
        Value::Array(_) => "an array".to_owned(),
        Value::Object(_) => "an object".to_owned(),
    }
}
