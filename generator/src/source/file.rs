//! The files of a document: their texts, their trees, and the way from a place to a line.

use std::ops::Range;
use std::sync::OnceLock;

use super::events::Events;
use super::lines::{Lines, char_start};
use super::spans::{Index, Place};
use super::value::array_index;
use super::{At, FileId, Origin, Placed, Places, Pointer, TOO_DEEP, Value, build, json, yaml};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::ordered::IndexMap;
use crate::parallel;

/// What a text is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Syntax {
    /// JSON, RFC 8259.
    Json,
    /// YAML 1.2 as its core schema says.
    Yaml,
}

impl Syntax {
    /// Decides by the name's extension; a name that says nothing leaves it to the first character.
    pub fn detect(path: &str, text: &str) -> Self {
        let extension = path.rsplit('/').next().and_then(|name| name.rsplit_once('.')).map(|(_, extension)| extension);
        match extension.map(str::to_ascii_lowercase).as_deref() {
            Some("json") => Self::Json,
            Some("yaml" | "yml") => Self::Yaml,
            _ if text.trim_start().starts_with(['{', '[']) => Self::Json,
            _ => Self::Yaml,
        }
    }
}

/// Places in a text are numbers of 32 bits.
const LONGEST: usize = u32::MAX as usize;

/// Why a text could not be read, and where.
#[derive(Debug)]
pub(super) struct Fault {
    pub message: String,
    pub span: Range<usize>,
    /// What to do about it.
    pub help: Option<&'static str>,
}

impl Fault {
    pub(super) fn new(message: impl Into<String>, text: &str, offset: usize) -> Self {
        let start = char_start(text, offset);
        let width = text[start..].chars().next().filter(|next| *next != '\n').map_or(0, char::len_utf8);
        Self { message: message.into(), span: start..start + width, help: None }
    }
}

impl Fault {
    fn report(self, file: FileId, diagnostics: &mut Diagnostics) -> &mut Diagnostic {
        let diagnostic = diagnostics.report(Code::Syntax, &Origin::root(file), self.message).span(self.span);
        match self.help {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        }
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
    pub format: Syntax,
    /// The tree; `null` where the text could not be read.
    pub root: Value,
    /// Where the nodes of the tree were written, for each time that it was rebuilt: the first time first.
    rebuilt: Vec<Places>,
    events: Events,
    index: OnceLock<Index>,
    lines: OnceLock<Lines>,
}

impl SourceFile {
    fn new(path: &str, text: String, format: Syntax) -> Self {
        Self {
            path: path.to_owned(),
            events: Events::read(&text, format),
            text,
            format,
            root: Value::Null,
            rebuilt: Vec::new(),
            index: OnceLock::new(),
            lines: OnceLock::new(),
        }
    }

    /// The tree of the text: the library of its format accepts it, and the builder says what is wrong with it all the
    /// same.
    fn read(&self, id: FileId, diagnostics: &mut Diagnostics) -> Result<Value, Fault> {
        if self.text.len() >= LONGEST {
            return Err(Fault::new("the file has more than 4 GB", &self.text, 0));
        }
        if let Some(offset) = self.events.too_deep {
            return Err(Fault::new(TOO_DEEP, &self.text, offset));
        }
        let mut found = Diagnostics::new();
        let accept = || match self.format {
            Syntax::Json => json::accept(&self.text),
            Syntax::Yaml => yaml::accept(&self.text),
        };
        let (verdict, tree) = parallel::both(accept, || self.make(id, &mut found));
        verdict.map_err(|fault| fault.explained(&self.text, &self.events))?;
        diagnostics.append(found);
        tree
    }

    /// The same text as YAML, where it is no JSON and an object all the same: with a comma behind the last item, say, or
    /// with comments.
    fn loosely(&self, id: FileId, diagnostics: &mut Diagnostics) -> Option<Self> {
        let mut found = Diagnostics::new();
        let is_json = self.format == Syntax::Json && self.text.len() < LONGEST;
        let mut loose = is_json.then(|| Self::new(&self.path, self.text.clone(), Syntax::Yaml))?;
        loose.root = loose.read(id, &mut found).ok().filter(|it| it.as_object().is_some())?;
        diagnostics.append(found);
        Some(loose)
    }

    /// The tree of the text, whether the library of its format accepts it or not.
    fn make(&self, id: FileId, diagnostics: &mut Diagnostics) -> Result<Value, Fault> {
        match &self.events.broken {
            Some((message, offset)) => Err(Fault::new(message, &self.text, *offset)),
            None => build::build(&self.events, &self.text, self.format, id, diagnostics),
        }
    }

    /// The bytes of a node, or of its nearest ancestor that the text shows.
    pub fn place(&self, pointer: &Pointer) -> Place {
        let index = self.index.get_or_init(|| Index::new(&self.events, &self.text));
        index.place(pointer, &self.events, &self.text)
    }

    /// The line and the column of a byte, both from 1; a column is a character.
    pub fn line_column(&self, offset: usize) -> (usize, usize) {
        self.lines().line_column(&self.text, offset)
    }

    /// The bytes of a line, counted from 1, without its end.
    pub fn line(&self, line: usize) -> Range<usize> {
        self.lines().line(&self.text, line)
    }

    fn lines(&self) -> &Lines {
        self.lines.get_or_init(|| Lines::new(&self.text))
    }
}

/// Which tree the references of a rebuilt one name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Names {
    /// The tree as it was: they are followed to what became of a place.
    Old,
    /// The tree as it is now.
    New,
}

/// All files of a document; the document itself is the first.
#[derive(Debug, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
    /// What was written where the front end put something else, or nothing.
    replaced: IndexMap<Origin, Option<Value>>,
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
        let format = Syntax::detect(path, &text);
        let mut file = SourceFile::new(path, text, format);
        match file.read(id, diagnostics) {
            Ok(root) => file.root = root,
            Err(fault) => match file.loosely(id, diagnostics) {
                Some(loose) => {
                    file = loose;
                    fault.report(id, diagnostics).taken_as("YAML, which allows it");
                }
                None => {
                    fault.report(id, diagnostics);
                }
            },
        }
        self.files.push(file);
        Some(id)
    }

    /// Reads YAML that nobody has accepted yet, and keeps it; the answer is whether nothing speaks against it so far.
    ///
    /// JSON is accepted in no time, so nothing is gained by not waiting for it.
    pub(crate) fn add_yaml(&mut self, path: &str, text: &str, diagnostics: &mut Diagnostics) -> bool {
        if text.len() >= LONGEST || text.starts_with('\u{feff}') || Syntax::detect(path, text) == Syntax::Json {
            return false;
        }
        let mut file = SourceFile::new(path, text.to_owned(), Syntax::Yaml);
        let tree = file.events.too_deep.is_none().then(|| file.make(FileId(0), diagnostics));
        let Some(Ok(root)) = tree else { return false };
        file.root = root;
        self.files.push(file);
        true
    }

    /// A file. An id of other sources is answered with an empty file.
    pub fn file(&self, id: FileId) -> &SourceFile {
        static NONE: OnceLock<SourceFile> = OnceLock::new();
        self.files
            .get(usize::from(id.0))
            .unwrap_or_else(|| NONE.get_or_init(|| SourceFile::new("", String::new(), Syntax::Yaml)))
    }

    /// The node at a place.
    pub fn at(&self, origin: &Origin) -> Option<At<'_>> {
        let value = self.file(origin.file).root.at(&origin.pointer)?;
        Some(At::new(value, origin.clone()))
    }

    /// Puts another tree in the place of a file's, from now on; its nodes know where they were written.
    pub(crate) fn rebuild(&mut self, file: FileId, tree: Placed, names: Names) {
        let Some(file) = self.files.get_mut(usize::from(file.0)) else { return };
        let mut places = Places::default();
        file.root = tree.into_tree(&Pointer::root(), &mut places);
        if names == Names::New {
            places.forget();
        }
        file.rebuilt.push(places);
    }

    /// Puts another tree in the place of a node; its own nodes know where they were written.
    pub(crate) fn rebuild_at(&mut self, origin: &Origin, tree: Placed) {
        let Some(file) = self.files.get_mut(usize::from(origin.file.0)) else { return };
        if file.rebuilt.is_empty() {
            file.rebuilt.push(Places::default());
        }
        let Some(places) = file.rebuilt.last_mut() else { return };
        let value = tree.into_tree(&origin.pointer, places);
        if let Some(node) = file.root.at_mut(&origin.pointer) {
            *node = value;
        }
    }

    /// Where a node was written: itself, unless the tree was rebuilt.
    pub fn written(&self, origin: &Origin) -> Origin {
        self.written_after(origin, usize::MAX)
    }

    /// Where a node was written, of the tree as it was after it had been rebuilt so many times.
    pub(crate) fn written_after(&self, origin: &Origin, times: usize) -> Origin {
        self.back(origin, 0, times)
    }

    /// Where a node of the tree as it is now stood when the tree had been rebuilt so many times.
    #[cfg(feature = "mock")]
    pub(crate) fn stood_after(&self, origin: &Origin, times: usize) -> Origin {
        self.back(origin, times, usize::MAX)
    }

    /// Goes back over what was rebuilt, from one time to an earlier one.
    fn back(&self, origin: &Origin, from: usize, to: usize) -> Origin {
        let mut origin = origin.clone();
        for places in self.file(origin.file).rebuilt.iter().take(to).skip(from).rev() {
            match places.written(&origin.pointer) {
                Some(written) if written.file == origin.file => origin = written,
                Some(elsewhere) => return elsewhere,
                None => {}
            }
        }
        origin
    }

    /// How often the tree of a file was rebuilt.
    pub(crate) fn times_rebuilt(&self, file: FileId) -> usize {
        self.file(file).rebuilt.len()
    }

    /// Where the node stands that stood here before the tree was rebuilt, as often as references name the tree before.
    pub fn now(&self, origin: &Origin) -> Origin {
        let stands = |file: FileId| {
            let mut times = self.file(file).rebuilt.iter();
            let first = times.find_map(|places| places.now(origin))?;
            let step = |pointer: Pointer, places: &Places| {
                places.now(&Origin { file, pointer: pointer.clone() }).unwrap_or(pointer)
            };
            Some(Origin { file, pointer: times.fold(first, step) })
        };
        // What the document took in of another file stands in the document.
        stands(origin.file).or_else(|| stands(FileId(0))).unwrap_or_else(|| origin.clone())
    }

    /// Puts another value in the place of a member, or takes the member out; for repairs of the front end only.
    pub(crate) fn repair(&mut self, origin: &Origin, value: Option<Value>) {
        let Some((node, last)) = self.place_mut(origin) else { return };
        let written = exchange(node, last, value);
        self.replaced.entry(origin.clone()).or_insert(written);
    }

    /// Takes out a member that nobody wants, which is no fault of it.
    pub(crate) fn take_out(&mut self, origin: &Origin) {
        if let Some((node, last)) = self.place_mut(origin) {
            exchange(node, last, None);
        }
    }

    /// The node around a place, and the last token of the way to it.
    fn place_mut(&mut self, origin: &Origin) -> Option<(&mut Value, String)> {
        let file = self.files.get_mut(usize::from(origin.file.0))?;
        let (parent, last) = origin.pointer.parent().zip(origin.pointer.last())?;
        Some((file.root.at_mut(&parent)?, last))
    }

    /// What was written at each place that a repair changed, none where it put something beside what was written.
    pub fn replaced(&self) -> &IndexMap<Origin, Option<Value>> {
        &self.replaced
    }

    /// The files, each with its id, in the order in which they were met.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        (0..).map(FileId).zip(&self.files)
    }
}

/// Puts a value in the place of a member, or takes the member out, and gives what stood there.
fn exchange(node: &mut Value, last: String, value: Option<Value>) -> Option<Value> {
    match (node, value) {
        (Value::Object(members), Some(value)) => members.insert(last, value),
        (Value::Object(members), None) => members.shift_remove(&last),
        // An item that goes leaves its place, so that the others keep their pointers.
        (Value::Array(items), value) => array_index(&last)
            .and_then(|index| items.get_mut(index))
            .map(|item| std::mem::replace(item, value.unwrap_or(Value::Null))),
        (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_), _) => None,
    }
}
