//! The files of a document: their texts, their trees, and the way from a place to a line.

use std::ops::Range;
use std::sync::OnceLock;

use super::events::Events;
use super::spans::{Index, Place};
use super::tree::State;
use super::{At, FileId, Object, Origin, Pointer, Value, audit, exact, json, merge, yaml};
use crate::diagnostics::{Code, Diagnostics};

/// What a text is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// JSON, RFC 8259.
    Json,
    /// YAML 1.2 as its core schema says.
    Yaml,
}

impl Format {
    /// Decides by the name's extension; a name that says nothing leaves it to the first character.
    pub fn of(path: &str, text: &str) -> Self {
        let extension = path.rsplit('/').next().and_then(|name| name.rsplit_once('.')).map(|(_, extension)| extension);
        match extension.map(str::to_ascii_lowercase).as_deref() {
            Some("json") => Self::Json,
            Some("yaml" | "yml") => Self::Yaml,
            _ if text.trim_start().starts_with(['{', '[']) => Self::Json,
            _ => Self::Yaml,
        }
    }
}

/// Why a text could not be read, and where.
#[derive(Debug)]
pub(super) struct Fault {
    pub message: String,
    pub offset: Option<Range<usize>>,
    /// Nested beyond the limit, which an endless alias is too.
    pub deep: bool,
}

impl Fault {
    pub(super) fn new(message: impl Into<String>, text: &str, offset: usize) -> Self {
        let start = text.floor_char_boundary(offset.min(text.len()));
        let width = text[start..].chars().next().filter(|next| *next != '\n').map_or(0, char::len_utf8);
        Self { message: message.into(), offset: Some(start..start + width), deep: false }
    }
}

/// One file.
#[derive(Debug)]
pub struct SourceFile {
    /// The path as it is printed: relative to where the user stands, with forward slashes.
    pub path: String,
    /// The text, without a byte order mark.
    pub text: String,
    /// What it is written in.
    pub format: Format,
    /// The tree; `null` where the text could not be read.
    pub root: Value,
    index: OnceLock<Index>,
    lines: OnceLock<Vec<usize>>,
}

impl SourceFile {
    /// The bytes of a node, or of its nearest ancestor that the text shows.
    pub fn place(&self, pointer: &Pointer) -> Place {
        self.index.get_or_init(|| Index::new(&self.text, self.format)).place(pointer, &self.text)
    }

    /// The line and the column of a byte, both from 1; a column is a character.
    pub fn line_column(&self, offset: usize) -> (usize, usize) {
        let offset = self.text.floor_char_boundary(offset.min(self.text.len()));
        let starts = self.line_starts();
        let line = starts.partition_point(|start| *start <= offset).max(1);
        (line, self.text[starts[line - 1]..offset].chars().count() + 1)
    }

    /// The bytes of a line, counted from 1, without its end.
    pub fn line(&self, line: usize) -> Range<usize> {
        let starts = self.line_starts();
        let Some(&start) = starts.get(line.saturating_sub(1)) else { return self.text.len()..self.text.len() };
        let end = starts.get(line).copied().unwrap_or(self.text.len());
        start..start + self.text[start..end].trim_end_matches(['\n', '\r']).len()
    }

    fn line_starts(&self) -> &[usize] {
        self.lines.get_or_init(|| {
            let ends = self.text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(offset, _)| offset + 1);
            std::iter::once(0).chain(ends).collect()
        })
    }
}

/// All files of a document; the document itself is the first.
#[derive(Debug, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
}

impl Sources {
    /// No files yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads a text and keeps it; what is wrong with it goes to the diagnostics, and the text is kept all the same.
    ///
    /// The answer is `None` when there is no room for more files.
    pub fn add(&mut self, path: &str, text: String, diagnostics: &mut Diagnostics) -> Option<FileId> {
        let id = FileId(u16::try_from(self.files.len()).ok()?);
        let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
        let format = Format::of(path, &text);
        let root = read(&text, format, id, diagnostics);
        let path = path.to_owned();
        self.files.push(SourceFile { path, text, format, root, index: OnceLock::new(), lines: OnceLock::new() });
        Some(id)
    }

    /// A file. An id of other sources is answered with an empty file.
    pub fn file(&self, id: FileId) -> &SourceFile {
        static NONE: OnceLock<SourceFile> = OnceLock::new();
        self.files.get(usize::from(id.0)).unwrap_or_else(|| {
            NONE.get_or_init(|| SourceFile {
                path: String::new(),
                text: String::new(),
                format: Format::Yaml,
                root: Value::Null,
                index: OnceLock::new(),
                lines: OnceLock::new(),
            })
        })
    }

    /// The node at a place.
    pub fn at(&self, origin: &Origin) -> Option<At<'_>> {
        let mut value = &self.file(origin.file).root;
        for token in origin.pointer.tokens() {
            value = match value {
                Value::Object(members) => members.get(&token)?,
                Value::Array(items) => items.get(array_index(&token)?)?,
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => return None,
            };
        }
        Some(At::new(value, origin.clone()))
    }

    /// The files, each with its id, in the order in which they were met.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        (0..).map(FileId).zip(&self.files)
    }
}

/// An index as RFC 6901 writes it: digits without a leading zero.
fn array_index(token: &str) -> Option<usize> {
    let canonical = token == "0" || !token.starts_with(['0', '+']);
    if canonical { token.parse().ok() } else { None }
}

fn read(text: &str, format: Format, file: FileId, diagnostics: &mut Diagnostics) -> Value {
    let state = State::new(text.len());
    let result = match format {
        Format::Json => json::read(text, &state),
        Format::Yaml => yaml::read(text, &state),
    };
    let root = Origin::root(file);
    let mut value = match result {
        Ok(value) => value,
        Err(fault) => {
            report_fault(fault, text, format, &root, diagnostics);
            return Value::Null;
        }
    };
    let yaml = format == Format::Yaml;
    let wants_audit = state.suspicious.get() || (yaml && may_surprise(text));
    // `0b1` is a number to the reader and a string to YAML 1.2.
    let wants_exact =
        state.inexact.get() || (yaml && ["0b", "-0x", "-0o", "+0x", "+0o"].iter().any(|it| text.contains(it)));
    if wants_audit || wants_exact {
        let events = Events::of(text, format);
        if wants_exact {
            exact::restore(&mut value, &events, text);
        }
        if wants_audit {
            audit::report(&events, text, file, diagnostics);
        }
    }
    if yaml && state.merges.get() {
        report_merges(&mut value, &root, diagnostics);
    }
    value
}

/// Whether a text may hold a second document or a tag, neither of which the tree would show.
fn may_surprise(text: &str) -> bool {
    text.contains("\n---")
        || text.contains("\n...")
        || text.starts_with("---")
        || text.contains("!!")
        || text.contains("!<")
}

fn report_merges(value: &mut Value, root: &Origin, diagnostics: &mut Diagnostics) {
    let mut faults = Vec::new();
    merge::apply(value, root, &mut faults);
    for (origin, fault) in faults {
        diagnostics.report(Code::Syntax, &origin, fault.message);
    }
}

fn report_fault(fault: Fault, text: &str, format: Format, root: &Origin, diagnostics: &mut Diagnostics) {
    let Fault { message, offset, deep } = fault;
    if deep && format == Format::Yaml {
        let events = Events::of(text, format);
        if let Some(alias) = audit::endless_alias(&events) {
            diagnostics
                .report(Code::Syntax, root, "an alias stands inside the node that it names")
                .span(alias.start..alias.end)
                .help("references between schemas are written with `$ref`");
            return;
        }
    }
    let diagnostic = diagnostics.report(Code::Syntax, root, message);
    if let Some(span) = offset {
        diagnostic.span(span);
    }
}

impl SourceFile {
    /// The members of the root mapping, if it is one.
    pub fn members(&self) -> Option<&Object> {
        self.root.as_object()
    }
}
