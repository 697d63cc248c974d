//! `cargo xtask provenance`: how much of each document is documented, published and inferred.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use specwright::cli::FolderLoader;
use specwright::diagnostics::Diagnostics;
use specwright::document::{self, Document};
use specwright::ir::Method;
use specwright::source::{At, Origin};

use crate::{failed, root};

/// Flags of the task.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Documents to look at; without any, those in `specs/`
    documents: Vec<PathBuf>,
}

/// The marks, from the firmest to the weakest.
const MARKS: [&str; 3] = ["documented", "published", "inferred"];

/// What has to be marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum PartKind {
    Operation,
    Parameter,
    Header,
    Response,
    Schema,
    Property,
}

/// What the documents carry, and what lacks a mark.
#[derive(Default)]
struct Tally {
    kinds: BTreeMap<PartKind, usize>,
    marks: BTreeMap<&'static str, usize>,
    /// Places and what is wrong there.
    unmarked: Vec<(Origin, String)>,
}

pub(crate) fn run(args: &Args) -> ExitCode {
    let documents = if args.documents.is_empty() { specs() } else { Ok(args.documents.clone()) };
    let documents = match documents {
        Ok(documents) => documents,
        Err(error) => return failed(&format!("cannot read `specs/`: {error}")),
    };
    let mut all = Vec::new();
    for path in &documents {
        match read(path) {
            Ok(read) => all.push(read),
            Err(message) => return failed(&message),
        }
    }
    print!("{}", table(&all));
    let unmarked: Vec<_> = all.iter().flat_map(|(_, document, tally)| complaints(document, tally)).collect();
    if unmarked.is_empty() {
        println!("\n{} documents, 0 unmarked", all.len());
        return ExitCode::SUCCESS;
    }
    eprintln!();
    for line in &unmarked {
        eprintln!("{line}");
    }
    failed(&format!("{} unmarked: give each an `x-provenance` of {}", unmarked.len(), MARKS.join(", ")))
}

/// The documents in `specs/`, by name.
pub(crate) fn specs() -> std::io::Result<Vec<PathBuf>> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(root().join("specs"))? {
        let path = entry?.path();
        if path.extension().is_some_and(|it| it == "yaml" || it == "yml" || it == "json") {
            all.push(path);
        }
    }
    all.sort();
    Ok(all)
}

fn read(path: &Path) -> Result<(String, Document, Tally), String> {
    let shown = path.strip_prefix(root()).unwrap_or(path).display().to_string();
    let text = std::fs::read_to_string(path).map_err(|error| format!("cannot read `{shown}`: {error}"))?;
    let loader = FolderLoader::new(path.parent().map(Path::to_owned).unwrap_or_default());
    let mut diagnostics = Diagnostics::new();
    let document = document::read(&shown, text, &loader, &mut diagnostics)
        .map_err(|_| format!("`{shown}` is no OpenAPI document: `cargo xtask codegen --spec` says why"))?;
    let mut tally = Tally::default();
    tally.document(&document.root());
    Ok((shown, document, tally))
}

/// One line for each document.
fn table(all: &[(String, Document, Tally)]) -> String {
    let mut out = String::from(
        "| document | operations | parameters | headers | responses | schemas | properties | documented | published | inferred | unmarked |\n\
         | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n",
    );
    for (shown, _, tally) in all {
        let _ = write!(out, "| `{shown}`");
        for kind in [
            PartKind::Operation,
            PartKind::Parameter,
            PartKind::Header,
            PartKind::Response,
            PartKind::Schema,
            PartKind::Property,
        ] {
            let _ = write!(out, " | {}", tally.kinds.get(&kind).copied().unwrap_or_default());
        }
        let total: usize = tally.marks.values().sum();
        for mark in MARKS {
            let count = tally.marks.get(mark).copied().unwrap_or_default();
            let _ = write!(out, " | {count} ({} %)", (count * 100 + total / 2).checked_div(total).unwrap_or_default());
        }
        let _ = writeln!(out, " | {} |", tally.unmarked.len());
    }
    out
}

fn complaints(document: &Document, tally: &Tally) -> Vec<String> {
    let line = |(origin, problem): &(Origin, String)| {
        let file = document.sources.file(origin.file);
        let place = file.place(&origin.pointer);
        let (line, column) = file.line_column(place.key.unwrap_or(place.value).start);
        format!("{}:{line}:{column}: {problem} ({})", file.path, origin.pointer)
    };
    tally.unmarked.iter().map(line).collect()
}

impl Tally {
    fn document(&mut self, root: &At<'_>) {
        for section in ["paths", "webhooks"] {
            for (_, item) in root.field(section).iter().flat_map(At::entries) {
                self.path_item(&item);
            }
        }
        let Some(components) = root.field("components") else { return };
        let parts = |name: &str| components.field(name).into_iter().flat_map(|it| it.entries().collect::<Vec<_>>());
        for (_, schema) in parts("schemas") {
            self.mark(PartKind::Schema, &schema);
            self.schema(&schema);
        }
        parts("parameters").for_each(|(_, it)| self.parameter(&it));
        parts("headers").for_each(|(_, it)| self.header(&it));
        parts("responses").for_each(|(_, it)| self.response(&it));
        parts("requestBodies").for_each(|(_, it)| self.content(&it));
        parts("pathItems").for_each(|(_, it)| self.path_item(&it));
    }

    fn path_item(&mut self, item: &At<'_>) {
        item.field("parameters").iter().flat_map(At::items).for_each(|it| self.parameter(&it));
        let fields = Method::ALL.iter().filter_map(|method| item.field(method.field()));
        let others = item.field("additionalOperations");
        for operation in fields.chain(others.iter().flat_map(At::entries).map(|(_, it)| it)) {
            self.mark(PartKind::Operation, &operation);
            operation.field("parameters").iter().flat_map(At::items).for_each(|it| self.parameter(&it));
            operation.field("requestBody").iter().for_each(|it| self.content(it));
            operation.field("responses").iter().flat_map(At::entries).for_each(|(_, it)| self.response(&it));
        }
    }

    fn parameter(&mut self, at: &At<'_>) {
        self.mark(PartKind::Parameter, at);
        at.field("schema").iter().for_each(|it| self.schema(it));
        self.content(at);
    }

    fn header(&mut self, at: &At<'_>) {
        self.mark(PartKind::Header, at);
        at.field("schema").iter().for_each(|it| self.schema(it));
    }

    fn response(&mut self, at: &At<'_>) {
        self.mark(PartKind::Response, at);
        at.field("headers").iter().flat_map(At::entries).for_each(|(_, it)| self.header(&it));
        self.content(at);
    }

    fn content(&mut self, at: &At<'_>) {
        for (_, media_type) in at.field("content").iter().flat_map(At::entries) {
            media_type.field("schema").iter().for_each(|it| self.schema(it));
        }
    }

    /// The properties of a schema, at whatever depth.
    fn schema(&mut self, at: &At<'_>) {
        for (_, property) in at.field("properties").iter().flat_map(At::entries) {
            self.mark(PartKind::Property, &property);
            self.schema(&property);
        }
        for keyword in ["allOf", "anyOf", "oneOf", "prefixItems"] {
            at.field(keyword).iter().flat_map(At::items).for_each(|it| self.schema(&it));
        }
        for keyword in ["items", "additionalProperties", "not", "if", "then", "else"] {
            at.field(keyword).iter().for_each(|it| self.schema(it));
        }
    }

    /// Counts a node; one that only refers to another is counted where that stands, unless it is a property.
    fn mark(&mut self, kind: PartKind, at: &At<'_>) {
        let mark = at.string("x-provenance");
        if mark.is_none() && at.value.get("$ref").is_some() && kind != PartKind::Property {
            return;
        }
        *self.kinds.entry(kind).or_default() += 1;
        let Some(mark) = mark.and_then(|mark| MARKS.into_iter().find(|it| *it == mark)) else {
            let problem = mark.map_or("no `x-provenance`".to_owned(), |it| format!("`{it}` is no mark"));
            self.unmarked.push((at.origin.clone(), problem));
            return;
        };
        *self.marks.entry(mark).or_default() += 1;
        if mark != "inferred" && at.string("x-provenance-source").is_none() {
            self.unmarked.push((at.origin.clone(), format!("`{mark}` without an `x-provenance-source`")));
        }
        let guesses = mark == "inferred" || at.field("x-provenance-inferred").is_some();
        if guesses && at.string("x-provenance-reason").is_none() {
            self.unmarked.push((at.origin.clone(), "a guess without an `x-provenance-reason`".to_owned()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(text: &str) -> (Document, Tally) {
        let mut diagnostics = Diagnostics::new();
        let document = document::read("a.yaml", text.to_owned(), &document::NoFiles, &mut diagnostics);
        let document = document.unwrap_or_else(|_| panic!("not a document"));
        let mut tally = Tally::default();
        tally.document(&document.root());
        (document, tally)
    }

    #[test]
    fn everything_in_specs_is_marked() {
        for path in specs().unwrap() {
            let (_, document, tally) = read(&path).unwrap();
            assert_eq!(complaints(&document, &tally), Vec::<String>::new());
        }
    }

    #[test]
    fn what_lacks_a_mark_is_named_with_its_place() {
        let (document, tally) = tally(
            "openapi: 3.1.0\n\
             info: { title: T, version: '1' }\n\
             components:\n\
             \x20 schemas:\n\
             \x20   Pet:\n\
             \x20     x-provenance: documented\n\
             \x20     x-provenance-source: a page\n\
             \x20     properties:\n\
             \x20       name: { type: string }\n\
             \x20       tag: { type: string, x-provenance: guessed }\n\
             \x20       age: { type: integer, x-provenance: inferred }\n\
             \x20       id: { type: integer, x-provenance: published }\n",
        );
        assert_eq!(tally.kinds, BTreeMap::from([(PartKind::Schema, 1), (PartKind::Property, 4)]));
        assert_eq!(
            complaints(&document, &tally),
            [
                "a.yaml:9:9: no `x-provenance` (#/components/schemas/Pet/properties/name)",
                "a.yaml:10:9: `guessed` is no mark (#/components/schemas/Pet/properties/tag)",
                "a.yaml:11:9: a guess without an `x-provenance-reason` (#/components/schemas/Pet/properties/age)",
                "a.yaml:12:9: `published` without an `x-provenance-source` (#/components/schemas/Pet/properties/id)",
            ]
        );
    }
}
