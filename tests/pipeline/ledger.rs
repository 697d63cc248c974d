//! Every promise of the ledger: a document with the field, and the same one with another value.
//!
//! What is honored changes the outline, the files or what is said; what is ignored changes no file, and says so. The rows
//! are in `ledger.txt`, and a row of the ledger without one fails. A field that can have one value only proves nothing.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use acceptance::pipeline;
use rayon::iter::{ParallelBridge, ParallelIterator};
use serde_json::Value;
use specwright::diagnostics::Code;
use specwright::document::Version;
use specwright::document::ledger::{Level, Row, ValueKind, table};
use specwright::plan::ApiPlan;
use specwright::{Compiled, ir};

/// The document that the rows are about.
static DOCUMENT: LazyLock<Value> = LazyLock::new(|| pipeline::json("ledger.yaml", include_str!("ledger.yaml")));

/// A row of `ledger.txt`.
struct Probe {
    object: &'static str,
    field: &'static str,
    version: Version,
    /// The object's pointer, and the name that stands for the field where that is a pattern.
    place: &'static str,
    name: &'static str,
    values: [&'static str; 2],
}

fn probes() -> Vec<Probe> {
    let lines = include_str!("ledger.txt").lines().filter(|line| !line.starts_with('#'));
    lines.map(probe).collect()
}

fn probe(line: &'static str) -> Probe {
    let cells: Vec<&str> = line.split('|').map(str::trim).collect();
    let [object, field, version, place, one, other] = cells.as_slice() else { panic!("six cells: {line}") };
    let version = match *version {
        "3.0" => Version::V30,
        "3.1" => Version::V31,
        "3.2" => Version::V32,
        other => panic!("no version: {other}"),
    };
    let (place, name) = place.split_once(" > ").unwrap_or((place, field));
    Probe { object, field, version, place, name: name.trim_matches('\''), values: [one, other] }
}

/// What became of a document.
struct Seen {
    outline: String,
    plan: ApiPlan,
    said: Vec<(Code, String, String)>,
}

impl Seen {
    /// Whether other files come out: of one plan, never.
    fn differs(&self, other: &Self) -> bool {
        self.plan != other.plan && self.files() != other.files()
    }

    fn files(&self) -> Vec<(String, String)> {
        let files = pipeline::render(std::slice::from_ref(&self.plan));
        let generated = files.iter().filter(|(path, _)| !path.starts_with("src/support/"));
        generated.map(|(path, text)| (path.to_owned(), text.to_owned())).collect()
    }
}

impl Probe {
    fn fits(&self, row: &Row) -> bool {
        format!("{:?}", row.object) == self.object && row.field == self.field && row.versions.contains(self.version)
    }

    fn pointer(&self) -> String {
        format!("{}/{}", self.place, self.name.replace('~', "~0").replace('/', "~1"))
    }

    /// The document with one of the two values.
    fn see(&self, value: &str) -> Result<Seen, String> {
        let mut document = DOCUMENT.clone();
        document["openapi"] = match self.version {
            Version::V30 => "3.0.3".into(),
            Version::V31 => "3.1.0".into(),
            _ => "3.2.0".into(),
        };
        let object = document.pointer_mut(self.place).and_then(Value::as_object_mut);
        let object = object.unwrap_or_else(|| panic!("no object at `{}`", self.place));
        if value == "-" {
            object.remove(self.name);
        } else {
            let value = pipeline::json("value.yaml", &format!("value: {value}"))["value"].clone();
            object.insert(self.name.to_owned(), value);
        }
        let Compiled { diagnostics, api, plan, .. } = pipeline::compile("ledger", &document.to_string());
        let said = diagnostics.iter().map(|it| (it.code, it.message.clone(), it.origin.pointer.as_str().to_owned()));
        let said: Vec<_> = said.collect();
        let (Some(api), Some(plan)) = (api, plan) else { return Err(format!("is refused with `{value}`: {said:?}")) };
        Ok(Seen { outline: ir::outline(&api), plan, said })
    }

    /// What is wrong with the promise of a row.
    fn fault(&self, row: &Row) -> Option<String> {
        self.broken(row).map(|broken| format!("{} {} ({:?}) {broken}", self.object, self.field, self.version))
    }

    fn broken(&self, row: &Row) -> Option<String> {
        let (one, other) = match self.values.map(|value| self.see(value)) {
            [Ok(one), Ok(other)] => (one, other),
            [Err(problem), _] | [_, Err(problem)] => return Some(problem),
        };
        let pointer = self.pointer();
        let is_around = |at: &str| pointer == at || pointer.starts_with(&format!("{at}/"));
        let says = |code: Code| one.said.iter().any(|(it, _, at)| *it == code && is_around(at));
        let messages = |seen: &Seen| seen.said.iter().map(|(code, text, _)| (*code, text.clone())).collect::<Vec<_>>();
        let changes = one.outline != other.outline || one.differs(&other);
        let broken = match row.level {
            Level::Honored if !changes && messages(&one) == messages(&other) => "is honored, and changes nothing",
            Level::Ignored if one.differs(&other) => "is ignored, and changes what is generated",
            Level::Ignored if !says(Code::IgnoredField) => "is ignored, and says nothing",
            _ => return None,
        };
        Some(broken.to_owned())
    }
}

/// The rows that are in a document as people write it: those of 2.0 are in the shape that it is lifted to.
fn rows() -> impl Iterator<Item = &'static Row> {
    let has_choice = |row: &&Row| !matches!(row.kind, ValueKind::OneOf([_]));
    table()
        .filter(has_choice)
        .filter(|row| [Version::V30, Version::V31, Version::V32].iter().any(|it| row.versions.contains(*it)))
}

#[test]
fn each_row_of_the_ledger_does_what_it_says() {
    let probes = probes();
    let faults = rows().par_bridge().flat_map_iter(|row| {
        let fitting: Vec<&Probe> = probes.iter().filter(|probe| probe.fits(row)).collect();
        assert!(!fitting.is_empty(), "no line of `ledger.txt` is about {row:?}");
        fitting.into_iter().filter_map(|probe| probe.fault(row))
    });
    let faults: BTreeSet<String> = faults.collect();
    assert!(faults.is_empty(), "{faults:#?}");
}
