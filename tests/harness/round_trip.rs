//! The round trip: instances of every component are decoded, encoded and compared, and a judge who knows the document
//! alone says which of them should have come through.
//!
//! The generated crate of a document is driven by a small program: each line that it reads is the number of a component,
//! a direction and an instance, each line that it writes says what became of it.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use jsonschema::{Registry, RegistryBuilder};
use serde_json::{Value, json};
use specwright::ir::Api;
use specwright::plan::ApiPlan;
use specwright_runtime::Direction;

use crate::instances::Instances;
use crate::judge::{Judge, Rigor, Way};
use crate::meant;

/// A component and the ways that its instances travel.
#[derive(Debug, Clone)]
pub struct Component {
    /// Its name in the document.
    pub name: String,
    /// Its number in the program.
    pub probe: usize,
    /// The ways.
    pub ways: Vec<Way>,
}

/// The components of a document; the first has the number `start` in the program.
pub fn components(api: &Api, plan: &ApiPlan, start: usize) -> Vec<Component> {
    let component = |(idx, file): (usize, &specwright::plan::ModelFile)| {
        let usage = api.components.iter().find(|(name, _)| *name == file.component);
        let usage = usage.map(|(_, id)| api.schemas[*id].usage).unwrap_or_default();
        let ways = match (file.direction, usage.request, usage.response) {
            (Some(Direction::Request), ..) | (None, true, false) => vec![Way::Request],
            (Some(Direction::Response), ..) | (None, false, true) => vec![Way::Response],
            (None, false, false) => vec![Way::Nowhere],
            (None, true, true) => vec![Way::Request, Way::Response],
        };
        Component { name: file.component.clone(), probe: start + idx, ways }
    };
    plan.model_files.iter().enumerate().map(component).collect()
}

/// The manifest of the program for the plans of a crate, which lies in a folder beside it.
pub fn manifest(plans: &[ApiPlan], package: &str, folder: &str) -> String {
    let features: Vec<_> = plans.iter().map(|plan| format!("{:?}", plan.feature)).collect();
    let manifest = MANIFEST.replace("PACKAGE", package).replace("FOLDER", folder);
    manifest.replace("FEATURES", &features.join(", "))
}

/// The program: one number for each component, in the order of the plans.
pub fn program(plans: &[ApiPlan]) -> String {
    let mut probes = String::new();
    for plan in plans {
        for file in &plan.model_files {
            let model = &plan.models[file.main.0];
            let name = format!("models::{}::models::{}", plan.module, model.name);
            // This is how generated code spells the type of a nullable schema wherever it is used.
            let name = if model.nullable { format!("Option<{name}>") } else { name };
            let _ = writeln!(probes, "    probe::<{name}>,");
        }
    }
    PROGRAM.replace("PROBES_HERE", &probes)
}

/// What became of the instances of a component, or of several.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Tally {
    /// Instances that are valid by the document.
    pub valid: usize,
    /// Instances that are not.
    pub invalid: usize,
    /// What should not have happened: how often each kind did.
    pub faults: std::collections::BTreeMap<&'static str, usize>,
    /// The first of each kind, in words.
    pub examples: Vec<String>,
}

impl Tally {
    fn fault(&mut self, kind: &'static str, words: impl FnOnce() -> String) {
        let count = self.faults.entry(kind).or_default();
        *count += 1;
        if *count == 1 {
            self.examples.push(words());
        }
    }

    /// Adds another one.
    pub fn add(&mut self, other: &Self) {
        self.valid += other.valid;
        self.invalid += other.invalid;
        for (kind, count) in &other.faults {
            *self.faults.entry(kind).or_default() += count;
        }
        self.examples.extend(other.examples.iter().cloned());
    }
}

/// Tries a component with instances, `cases` each way.
pub fn try_component(runner: &mut Runner, document: &Judges<'_>, component: &Component, cases: usize) -> Tally {
    let mut tally = Tally::default();
    for way in &component.ways {
        let [exact, lax] = document.rules(*way);
        let pointer = format!("#/components/schemas/{}", component.name.replace('~', "~0").replace('/', "~1"));
        let root = &exact.schemas;
        let (exact, lax) = match (exact.validator(&pointer), lax.validator(&pointer)) {
            (Ok(exact), Ok(lax)) => (exact, lax),
            (Err(why), _) | (_, Err(why)) => {
                tally.fault("no judge", || format!("{}: the validator cannot read the schema: {why}", component.name));
                continue;
            }
        };
        let seed = component.name.bytes().fold(7, |seed: u64, it| seed.wrapping_mul(31).wrapping_add(it.into()));
        let mut instances = Instances::new(root, &pointer, seed);
        let mut sound: Vec<Value> = Vec::new();
        for case in 0..cases {
            // Every other one is a valid one with something changed, once there are some.
            let instance = match sound.get(case % sound.len().max(1)) {
                Some(base) if case % 2 == 1 => Some(instances.mutated(base)),
                _ => instances.make(),
            };
            let Some(instance) = instance else { continue };
            let is_valid = exact.is_valid(&instance);
            if is_valid {
                tally.valid += 1;
                if sound.len() < 16 {
                    sound.push(instance.clone());
                }
            } else {
                tally.invalid += 1;
            }
            let answer = runner.ask(component.probe, *way, &instance);
            let name = &component.name;
            match answer {
                Answer::Accepted(text) if is_valid => {
                    let travels = || {
                        let judge = Judge::new(document.document(), *way, Rigor::Exact);
                        judge.travelling(&json!({ "$ref": pointer.clone() }), &instance, 0)
                    };
                    let is_kept = |it: &Value| is_same(it, &instance) || is_same(it, &travels());
                    if !serde_json::from_str(&text).is_ok_and(|it| is_kept(&it)) {
                        tally.fault("changed", || format!("{name}, {way:?}: {instance} comes back as {text}"));
                    }
                }
                Answer::Accepted(_) if *way != Way::Response || !lax.is_valid(&instance) => {
                    tally.fault("invalid accepted", || format!("{name}, {way:?}: {instance}"));
                }
                Answer::Rejected(why) if is_valid => {
                    tally.fault("valid refused", || format!("{name}, {way:?}: {why}: {instance}"));
                }
                // The type of what nobody sends has the properties of both directions, more than either asks for.
                Answer::Rejected(why) if *way != Way::Nowhere && why.contains("is more than its type can hold") => {
                    tally.fault("disagreement", || format!("{name}, {way:?}: {why}: {instance}"));
                }
                Answer::Crashed => tally.fault("crashed", || format!("{name}, {way:?}: {instance}")),
                Answer::Accepted(_) | Answer::Rejected(_) => {}
            }
        }
    }
    tally
}

/// The schemas of a document, exact and lax, for each way.
pub struct Judges<'a> {
    document: &'a Value,
    known: Vec<(Way, [Rules; 2])>,
}

/// The schemas of a document as a judge reads them, prepared once for all components.
struct Rules {
    schemas: Value,
    registry: Result<Registry<'static>, String>,
}

impl Rules {
    /// Where validators take the schemas to stand.
    const DOCUMENT: &str = "https://example.com/document";

    fn new(schemas: Value) -> Self {
        let prepared = Registry::new().add(Self::DOCUMENT, meant::encoded(&schemas)).and_then(RegistryBuilder::prepare);
        Self { schemas, registry: prepared.map_err(|error| error.to_string()) }
    }

    /// The validator of the schema that a reference leads to.
    fn validator(&self, reference: &str) -> Result<jsonschema::Validator, String> {
        let registry = self.registry.as_ref().map_err(Clone::clone)?;
        let options = jsonschema::options().should_validate_formats(true).with_registry(registry);
        let schema = json!({ "$ref": format!("{}{reference}", Self::DOCUMENT) });
        options.build(&meant::encoded(&schema)).map_err(|error| error.to_string())
    }
}

impl<'a> Judges<'a> {
    /// Those of a document.
    pub fn new(document: &'a Value) -> Self {
        let known = [Way::Request, Way::Response, Way::Nowhere].into_iter().map(|way| {
            let rules = |rigor| Rules::new(Judge::new(document, way, rigor).schemas());
            (way, [rules(Rigor::Exact), rules(Rigor::Lax)])
        });
        Self { document, known: known.collect() }
    }

    /// The document.
    pub fn document(&self) -> &Value {
        self.document
    }

    /// Those of a way: exact and lax.
    fn rules(&self, way: Way) -> &[Rules; 2] {
        let (_, rules) = self.known.iter().find(|(known, _)| *known == way).expect("each way is known");
        rules
    }
}

/// Equality of JSON: 1 and 1.0 are the same number.
pub fn is_same(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => left == right || left.as_f64() == right.as_f64(),
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| is_same(left, right))
        }
        (Value::Object(left), Value::Object(right)) => {
            left.len() == right.len()
                && left.iter().all(|(name, value)| right.get(name).is_some_and(|it| is_same(value, it)))
        }
        (left, right) => left == right,
    }
}

/// What the program says about an instance.
enum Answer {
    Accepted(String),
    Rejected(String),
    Crashed,
}

/// The running program; it is started again behind an instance that ends it.
pub struct Runner {
    program: PathBuf,
    child: Option<(Child, ChildStdin, BufReader<ChildStdout>)>,
}

impl Runner {
    /// The program at a path.
    pub fn new(program: &Path) -> Self {
        Self { program: program.to_owned(), child: None }
    }

    fn ask(&mut self, probe: usize, way: Way, instance: &Value) -> Answer {
        let direction = if way == Way::Response { "response" } else { "request" };
        let answer = self.exchange(&format!("{probe}\t{direction}\t{instance}\n"));
        match answer.as_deref().and_then(|line| line.split_once('\t')) {
            Some(("accepted", text)) => Answer::Accepted(text.to_owned()),
            Some(("rejected", why)) => Answer::Rejected(why.to_owned()),
            _ => {
                self.stop();
                Answer::Crashed
            }
        }
    }

    fn exchange(&mut self, line: &str) -> Option<String> {
        if self.child.is_none() {
            let mut child = Command::new(&self.program).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().ok()?;
            let (input, output) = (child.stdin.take()?, child.stdout.take()?);
            self.child = Some((child, input, BufReader::new(output)));
        }
        let (_, input, output) = self.child.as_mut()?;
        input.write_all(line.as_bytes()).and_then(|()| input.flush()).ok()?;
        let mut answer = String::new();
        output.read_line(&mut answer).ok()?;
        answer.strip_suffix('\n').map(str::to_owned)
    }

    fn stop(&mut self) {
        if let Some((mut child, ..)) = self.child.take() {
            // It may have ended by itself.
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

impl Drop for Runner {
    fn drop(&mut self) {
        self.stop();
    }
}

const MANIFEST: &str = r#"[package]
name = "runner"
edition = "2024"
publish = false

[dependencies]
models = { package = "PACKAGE", path = "../FOLDER", default-features = false, features = [FEATURES] }
"#;

const PROGRAM: &str = r#"//! Reads lines of a component's number, a direction and an instance, and says what becomes of each.

use std::io::{BufRead, Write};
use std::panic::catch_unwind;

use models::support::{Direction, Model, decode_in, json};

/// Decodes an instance and encodes it again.
type Probe = fn(&[u8], Direction) -> Result<Vec<u8>, String>;

const PROBES: &[Probe] = &[
PROBES_HERE];

fn probe<T: Model>(text: &[u8], direction: Direction) -> Result<Vec<u8>, String> {
    decode_in::<T>(text, direction).map(|value| json::to_vec(&value)).map_err(|violations| violations.to_string())
}

fn main() -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let mut parts = line.splitn(3, '\t');
        let (Some(number), Some(way), Some(instance)) = (parts.next(), parts.next(), parts.next()) else { continue };
        let Some(probe) = number.parse().ok().and_then(|it: usize| PROBES.get(it)) else { continue };
        let direction = if way == "response" { Direction::Response } else { Direction::Request };
        match catch_unwind(|| probe(instance.as_bytes(), direction)) {
            Ok(Ok(text)) => writeln!(out, "accepted\t{}", String::from_utf8_lossy(&text))?,
            Ok(Err(violations)) => writeln!(out, "rejected\t{}", violations.replace('\n', "; "))?,
            Err(_) => writeln!(out, "panicked\t")?,
        }
        out.flush()?;
    }
    Ok(())
}
"#;
