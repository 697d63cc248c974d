//! `multipart/form-data`: a part for each text of a form, and one for each file.
//!
//! The texts are read and written as those of a form are; files stand beside them. For the schema a file is a string of
//! no particular content.

use std::collections::BTreeMap;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use serde_json::{Map, Value};

use super::form::Field;
use super::part_head::{head, unwritable};
use super::{ByteStream, File, Form, Incoming, MediaType, Outgoing, Raw, random};
use crate::support::params;
use crate::support::violation::pointer_token;
use crate::support::{Json, Tristate, Violation, Violations, json};

/// Files by the names of their parts.
type Files = BTreeMap<String, Vec<File>>;

/// A part as it came.
#[derive(Debug, Clone)]
pub struct Part {
    /// The name of its field.
    pub name: String,
    /// What it holds.
    pub file: File,
}

/// The object that the parts of a body stand for, without its files.
pub(super) fn object(form: &Form, body: &Incoming) -> Result<Map<String, Value>, Violations> {
    let (object, _) = split(form, body)?;
    Ok(object)
}

/// The texts as an object, and the files by name.
fn split(form: &Form, body: &Incoming) -> Result<(Map<String, Value>, Files), Violations> {
    let Raw::Parts(parts) = &body.raw else { return Ok((Map::new(), Files::new())) };
    let (mut pairs, mut files, mut violations) = (Vec::new(), Files::new(), Violations::default());
    for Part { name, file } in parts {
        let field = form.fields.iter().find(|it| it.claims(name));
        if let Some(violation) = field.and_then(|it| wrong_media_type(it, file)) {
            violations.push(violation);
        } else if field.is_some_and(Field::is_file) {
            files.entry(name.clone()).or_default().push(file.clone());
        } else if let Ok(text) = std::str::from_utf8(&file.content.whole().unwrap_or_default()) {
            let pair = params::form_pair(name, text);
            pairs.push(if let Some(field) = field { field.separated(pair) } else { pair });
        } else {
            violations.push(Violation::new(pointer(name), "text", "is not UTF-8"));
        }
    }
    match form.decode(&pairs.join("&")) {
        Ok(object) if violations.is_empty() => Ok((object, files)),
        Ok(_) => Err(violations),
        Err(others) => {
            violations.merge(others);
            Err(violations)
        }
    }
}

/// A part that names no media type is not asked for one.
fn wrong_media_type(field: &Field, file: &File) -> Option<Violation> {
    let found = file.media_type.as_deref()?;
    let fault = |message: String| Some(Violation::new(pointer(field.name()), "contentType", message));
    let parsed = MediaType::parse(found);
    let documented = field.media_types();
    if documented.is_empty() {
        let is_text = parsed.is_some_and(|it| it.is_utf8());
        return if field.is_file() || is_text { None } else { fault("must be in UTF-8".to_owned()) };
    }
    let fits = parsed.is_some_and(|it| documented.split(',').any(|range| it.is_in(range.trim())));
    if fits { None } else { fault(format!("must be in the media type {documented}")) }
}

fn pointer(name: &str) -> String {
    format!("/{}", pointer_token(name))
}

/// The object with its files as strings, for the schema; what that says about such a string is not meant for a file.
fn check_with_files(
    mut object: Map<String, Value>,
    files: impl IntoIterator<Item = (String, Value)>,
    check: impl FnOnce(&Value) -> Violations,
) -> Violations {
    let mut names = Vec::new();
    for (name, placeholder) in files {
        names.push(pointer(&name));
        object.insert(name, placeholder);
    }
    let about_content = |it: &Violation| {
        names.iter().any(|name| {
            let within = it.pointer.strip_prefix(name.as_str());
            // A list of files is as long as it is.
            within.is_some_and(|rest| rest.starts_with('/') || (rest.is_empty() && !it.keyword.ends_with("Items")))
        })
    };
    let found = check(&Value::Object(object));
    let truncated = found.truncated();
    let kept: Violations = found.into_iter().filter(|it| !about_content(it)).collect();
    // Where the list was cut short, the violation that matters may be behind the cut.
    if kept.is_empty() && truncated { Violation::new("", "schema", "is not valid").into() } else { kept }
}

/// Reads a struct whose fields are parts.
#[derive(Debug)]
pub struct PartsReader {
    pub(crate) object: Map<String, Value>,
    files: Files,
}

impl PartsReader {
    /// The parts of a body that is valid.
    ///
    /// # Errors
    /// Every violation, each with its place in the body; `lists` are the fields that hold several files.
    pub fn new(body: &Incoming, lists: &[&str]) -> Result<Self, Violations> {
        let content = body.content().ok_or_else(Incoming::undocumented)?;
        let super::Codec::Multipart(form) = content.codec else { return Err(Incoming::undocumented()) };
        let (object, files) = split(form, body)?;
        let single = |(name, files): &(&String, &Vec<File>)| files.len() > 1 && !lists.contains(&name.as_str());
        let repeated = files.iter().filter(single);
        let mut violations: Violations =
            repeated.map(|(name, _)| Violation::new(pointer(name), "style", "is given more than once")).collect();
        if let Some(schema) = content.schema {
            let list = |name: &str| lists.contains(&name);
            let placeholders = files.iter().map(|(name, files)| (name.clone(), placeholder(list(name), files.len())));
            let check = |object: &Value| body.schemas.check(schema, object, body.direction);
            violations.merge(check_with_files(object.clone(), placeholders, check));
        }
        if violations.is_empty() { Ok(Self { object, files }) } else { Err(violations) }
    }

    /// A property that is always there.
    ///
    /// # Errors
    /// Where it is missing, or does not fit its type.
    pub fn required<T: Json>(&mut self, name: &str) -> Result<T, Violations> {
        self.optional(name)?.ok_or_else(|| missing(name))
    }

    /// A property that may be absent.
    ///
    /// # Errors
    /// Where it does not fit its type.
    pub fn optional<T: Json>(&mut self, name: &str) -> Result<Option<T>, Violations> {
        let unfit = |_| Violation::new(pointer(name), "type", "does not have the form that its schema asks for").into();
        self.object.remove(name).map(json::from_value).transpose().map_err(unfit)
    }

    /// A property that may be absent or null.
    ///
    /// # Errors
    /// Where it does not fit its type.
    pub fn tristate<T: Json>(&mut self, name: &str) -> Result<Tristate<T>, Violations> {
        Ok(match self.optional::<Option<T>>(name)? {
            None => Tristate::Absent,
            Some(None) => Tristate::Null,
            Some(Some(value)) => Tristate::Value(value),
        })
    }

    /// A file that is always there.
    ///
    /// # Errors
    /// Where it is missing.
    pub fn file(&mut self, name: &str) -> Result<File, Violations> {
        self.optional_file(name)?.ok_or_else(|| missing(name))
    }

    /// A file that may be absent.
    ///
    /// # Errors
    /// Never; the other readers have some.
    pub fn optional_file(&mut self, name: &str) -> Result<Option<File>, Violations> {
        Ok(self.files.get_mut(name).and_then(Vec::pop))
    }

    /// Any number of files.
    ///
    /// # Errors
    /// Never; the other readers have some.
    pub fn files(&mut self, name: &str) -> Result<Vec<File>, Violations> {
        Ok(self.files.remove(name).unwrap_or_default())
    }
}

fn missing(name: &str) -> Violations {
    Violation::new(pointer(name), "required", "is missing").into()
}

fn placeholder(list: bool, count: usize) -> Value {
    let file = || Value::String(String::new());
    if list { (0..count).map(|_| file()).collect() } else { file() }
}

/// Writes a struct whose fields are parts.
#[derive(Debug, Default)]
pub struct PartsWriter {
    object: Map<String, Value>,
    placeholders: Vec<(String, Value)>,
    files: Vec<Part>,
}

impl PartsWriter {
    /// No part yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// A property that is always there.
    pub fn required<T: Json>(&mut self, name: &str, value: &T) {
        self.object.insert(name.to_owned(), json::to_value(value));
    }

    /// A property that may be absent.
    pub fn optional<T: Json>(&mut self, name: &str, value: &Option<T>) {
        if let Some(value) = value {
            self.required(name, value);
        }
    }

    /// A property that may be absent or null.
    pub fn tristate<T: Json>(&mut self, name: &str, value: &Tristate<T>) {
        match value {
            Tristate::Absent => {}
            Tristate::Null => drop(self.object.insert(name.to_owned(), Value::Null)),
            Tristate::Value(value) => self.required(name, value),
        }
    }

    /// A file that is always there.
    pub fn file(&mut self, name: &str, file: &File) {
        self.placeholders.push((name.to_owned(), placeholder(false, 1)));
        self.files.push(Part { name: name.to_owned(), file: file.clone() });
    }

    /// A file that may be absent.
    pub fn optional_file(&mut self, name: &str, file: &Option<File>) {
        if let Some(file) = file {
            self.file(name, file);
        }
    }

    /// Any number of files.
    pub fn files(&mut self, name: &str, files: &[File]) {
        if !files.is_empty() {
            self.placeholders.push((name.to_owned(), placeholder(true, files.len())));
        }
        self.files.extend(files.iter().map(|file| Part { name: name.to_owned(), file: file.clone() }));
    }

    /// Writes all parts as the body.
    pub fn finish(self, out: &mut Outgoing) {
        let Some(super::Codec::Multipart(form)) = out.content().map(|it| it.codec) else {
            // Nobody asks for parts: the properties are what else there is.
            return out.put(Value::Object(self.object).to_string());
        };
        if out.schemas.is_some() {
            let placeholders = self.placeholders.clone();
            let mut found = check_with_files(self.object.clone(), placeholders, |object| out.violations_of(object));
            let wrong = self.files.iter().filter_map(|part| {
                let field = form.fields.iter().find(|it| it.claims(&part.name))?;
                wrong_media_type(field, &part.file)
            });
            found.extend(wrong);
            out.violations.merge(found);
        }
        write(form, &Value::Object(self.object), self.placeholders, self.files, out);
    }
}

/// Writes an object and its files as parts; for the schema, placeholders stand for the files.
pub(super) fn write(
    form: &Form,
    object: &Value,
    placeholders: Vec<(String, Value)>,
    files: Vec<Part>,
    out: &mut Outgoing,
) {
    let none = Map::new();
    let object = object.as_object().unwrap_or(&none);
    let written = match form.encode(object) {
        Ok(written) => written,
        Err(error) => return out.fail(error),
    };
    if let Some(error) = written.lack(object, |rest| check_with_files(rest, placeholders, |it| out.violations_of(it))) {
        return out.fail(error);
    }
    let pairs = params::form_pairs(&written.text);
    let file_names = files.iter().flat_map(|it| [Some(&it.name), it.file.name.as_ref()]).flatten();
    if let Some(error) = pairs.iter().map(|(name, _)| name).chain(file_names).find_map(|it| unwritable(it)) {
        return out.fail(error);
    }
    let boundary = format!("specwright-{:016x}{:016x}", random(), random());
    let field = |name: &str| form.fields.iter().find(|it| it.claims(name));
    if let Some(error) = form.ambiguity(&written.text) {
        return out.fail(error);
    }
    let mut bodies = Vec::new();
    for (name, text) in pairs {
        let media_type = match field(&name) {
            Some(field) => text_media_type(field, &text),
            None => params::is_structure(form.rest(), &text).then_some(super::JSON),
        };
        let head = head(&boundary, &name, None, media_type);
        bodies.push(ByteStream::from(format!("{head}\r\n{text}\r\n")));
    }
    for Part { name, file } in files {
        let field = field(&name);
        let documented = || field.and_then(|it| concrete(it.media_types())).unwrap_or("application/octet-stream");
        // A part without a file name is taken for text by many a server, and may be one where the document says so.
        let is_text = file.name.is_none() && field.is_some_and(Field::takes_text);
        let file_name = file.name.as_deref().or((!is_text).then_some("file"));
        let media_type = file.media_type.as_deref().or_else(|| (!is_text).then(documented));
        let mut head = head(&boundary, &name, file_name, media_type).into_bytes();
        for (name, value) in file.headers.iter().filter(|(name, _)| !is_ours(name)) {
            head.extend([name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"].concat());
        }
        head.extend(b"\r\n");
        bodies.extend([Bytes::from(head).into(), out.sendable(&file.content), ByteStream::from("\r\n")]);
    }
    bodies.push(ByteStream::from(format!("--{boundary}--\r\n")));
    out.put(ByteStream::concat(bodies));
    out.name(format!("{}; boundary={boundary}", super::MULTIPART));
}

/// The media type that the part of a text names: text is text without saying so.
fn text_media_type(field: &Field, text: &str) -> Option<&'static str> {
    concrete(field.media_types()).or(field.is_json(text).then_some(super::JSON))
}

/// The first media type of a list that is no range.
fn concrete(media_types: &'static str) -> Option<&'static str> {
    media_types.split(',').map(str::trim).find(|it| !it.is_empty() && !it.contains('*'))
}

fn is_ours(name: &http::HeaderName) -> bool {
    name == CONTENT_TYPE || name == http::header::CONTENT_DISPOSITION
}

/// Gives a struct whose fields are parts its form on the wire, field by field.
///
/// - `required`, `optional`, `tristate`: a property, as in `object!`.
/// - `file`, `optional_file`, `files`: one file, one or none, any number.
#[doc(hidden)]
#[macro_export]
macro_rules! __multipart {
    (
        $name:ident { $($presence:ident $field:ident $($(#[$mark:meta])* $setter:ident($argument:ty))?: $wire:literal,)* }
        lists [$($list:literal),*]
    ) => {
        $crate::support::setters! { [deprecated] $name: "Sets the property.\n\n" { $(
            (all(), must_use = "what is set is in the value that comes back", $($($mark),*)?) $($presence $field $setter [] $argument)?,
        )* } }

        #[allow(deprecated, reason = "what is deprecated travels all the same")]
        impl $crate::support::http::ReadBody for $name {
            fn read(
                body: $crate::support::http::Incoming,
            ) -> ::core::result::Result<Self, $crate::support::Violations> {
                let mut parts = $crate::support::http::PartsReader::new(&body, &[$($list),*])?;
                ::core::result::Result::Ok(Self { $($field: parts.$presence($wire)?,)* })
            }
        }

        #[allow(deprecated, reason = "what is deprecated travels all the same")]
        impl $crate::support::http::WriteBody for $name {
            fn write(&self, out: &mut $crate::support::http::Outgoing) {
                let mut parts = $crate::support::http::PartsWriter::new();
                $(parts.$presence($wire, &self.$field);)*
                parts.finish(out);
            }
        }

        impl $crate::support::http::ReadBody for ::std::boxed::Box<$name> {
            fn read(
                body: $crate::support::http::Incoming,
            ) -> ::core::result::Result<Self, $crate::support::Violations> {
                <$name as $crate::support::http::ReadBody>::read(body).map(::std::boxed::Box::new)
            }
        }

        impl $crate::support::http::WriteBody for ::std::boxed::Box<$name> {
            fn write(&self, out: &mut $crate::support::http::Outgoing) {
                <$name as $crate::support::http::WriteBody>::write(self, out);
            }
        }
    };
}

#[doc(hidden)]
pub use __multipart as multipart;
