//! Whether time and memory grow as documents do, and no faster: documents that are made of 1, 10 and 100 copies of one.

use std::fmt;
use std::path::Path;

use serde::Serialize;
use serde_json::{Map, Value};
use specwright::diagnostics::Diagnostics;
use specwright::source::{FileId, Sources};

use super::generate::first_run;
use super::run::{Cost, median};
use super::stem;

/// How many copies there are of a document.
const COPIES: [u32; 3] = [1, 10, 100];
/// The longest document that is measured, in bytes: ten times what anybody has, and minutes of each round.
const LONGEST: usize = 100_000_000;

/// The figures of one document.
#[derive(Serialize)]
pub(super) struct Row {
    document: String,
    /// What the first run takes of each number of copies.
    costs: Vec<(u32, Cost)>,
    /// The numbers of copies that are not measured, with the bytes that they would have.
    left_out: Vec<(u32, usize)>,
}

pub(super) fn head() {
    println!("\n{:<24} {:>7} {:>9} {:>9} {:>22}", "growth", "copies", "CPU s", "MiB", "CPU of a copy, ratio");
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { document, costs, left_out } = self;
        let mut before: Option<f64> = None;
        for (idx, (copies, cost)) in costs.iter().enumerate() {
            let each = cost.cpu / f64::from(*copies);
            let ratio = before.map_or_else(String::new, |before| format!("{:.2}", each / before));
            let line = if idx == 0 { "" } else { "\n" };
            write!(f, "{line}{document:<24} {copies:>7} {:>9.3} {:>9.0} {ratio:>22}", cost.cpu, cost.memory)?;
            before = Some(each);
        }
        for (copies, size) in left_out {
            let (size, longest) = (size / 1_000_000, LONGEST / 1_000_000);
            write!(f, "\n{document:<24} {copies:>7} left out: the document would have {size} MB, more than {longest}")?;
        }
        Ok(())
    }
}

/// Measures documents of some copies, in turn.
pub(super) fn measure(program: &Path, document: &Path, folder: &Path, rounds: usize) -> Result<Row, String> {
    let read = read(document)?;
    std::fs::create_dir_all(folder).map_err(|error| format!("cannot make {}: {error}", folder.display()))?;
    let (mut inputs, mut left_out) = (Vec::new(), Vec::new());
    let one = copies(&read, 1).to_string().len();
    for count in COPIES {
        let size = one.saturating_mul(count as usize);
        if size > LONGEST {
            left_out.push((count, size));
            continue;
        }
        let path = folder.join(format!("{count}.json"));
        let text = copies(&read, count).to_string();
        std::fs::write(&path, text).map_err(|error| format!("cannot write {}: {error}", path.display()))?;
        inputs.push((count, path, Vec::new()));
    }
    for round in 0..rounds.max(1) {
        for (count, path, costs) in &mut inputs {
            costs.push(first_run(program, path, &folder.join(format!("{count}-{round}")))?);
        }
    }
    let costs = inputs.into_iter().map(|(count, _, costs)| (count, median(costs))).collect();
    Ok(Row { document: stem(document), costs, left_out })
}

/// A document as JSON.
fn read(path: &Path) -> Result<Map<String, Value>, String> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
    let mut sources = Sources::new();
    sources.add(&path.to_string_lossy(), text, &mut Diagnostics::new());
    match sources.file(FileId(0)).root.to_json() {
        Value::Object(members) if members.contains_key("openapi") => Ok(members),
        _ => Err(format!("{} is no document of OpenAPI 3", path.display())),
    }
}

/// The document with its paths and components so many times, each under names of its own.
fn copies(document: &Map<String, Value>, count: u32) -> Value {
    let mut out = document.clone();
    let (mut paths, mut components) = (Map::new(), Map::new());
    for idx in 0..count {
        let copy = Copy { path: format!("/copy{idx}"), suffix: format!("Copy{idx}") };
        for (path, item) in document.get("paths").and_then(Value::as_object).into_iter().flatten() {
            paths.insert(format!("{}{path}", copy.path), copy.renamed(item));
        }
        for (kind, members) in document.get("components").and_then(Value::as_object).into_iter().flatten() {
            let all = components.entry(kind).or_insert_with(|| Value::Object(Map::new()));
            let (Some(all), Some(members)) = (all.as_object_mut(), members.as_object()) else { continue };
            // Whoever calls calls all of them by the same means.
            let suffix = if kind == "securitySchemes" { "" } else { &copy.suffix };
            all.extend(members.iter().map(|(name, it)| (format!("{name}{suffix}"), copy.renamed(it))));
        }
    }
    out.insert("paths".to_owned(), Value::Object(paths));
    out.insert("components".to_owned(), Value::Object(components));
    Value::Object(out)
}

/// What the names of one copy have beside those of the document.
struct Copy {
    path: String,
    suffix: String,
}

impl Copy {
    /// A part of the document with the names of this copy.
    fn renamed(&self, value: &Value) -> Value {
        match value {
            Value::Object(members) => {
                members.iter().map(|(key, value)| (key.clone(), self.member(key, value))).collect()
            }
            Value::Array(items) => items.iter().map(|it| self.renamed(it)).collect(),
            Value::String(text) => self.reference(text).unwrap_or_else(|| text.clone()).into(),
            Value::Null | Value::Bool(_) | Value::Number(_) => value.clone(),
        }
    }

    fn member(&self, key: &str, value: &Value) -> Value {
        match value.as_str() {
            Some(id) if key == "operationId" => format!("{id}{}", self.suffix).into(),
            _ => self.renamed(value),
        }
    }

    /// A reference to the same part of this copy.
    fn reference(&self, text: &str) -> Option<String> {
        if let Some(path) = text.strip_prefix("#/paths/~1") {
            return Some(format!("#/paths/{}~1{path}", self.path.replace('/', "~1")));
        }
        let (kind, rest) = text.strip_prefix("#/components/")?.split_once('/')?;
        let (name, rest) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        Some(format!("#/components/{kind}/{name}{}{rest}", self.suffix))
    }
}
