//! Whether the parts of an API have the names that the user gives them.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::Rename;
use crate::plan::names;
use crate::plan::words::{ApiPlan, Model, ModelKind};

/// The entries whose name something else has, each with what is said about it.
pub fn misnamed(plan: &ApiPlan, entries: &[(usize, Rename)], used: &BTreeSet<usize>) -> BTreeMap<usize, String> {
    let problems = entries.iter().filter(|(idx, _)| used.contains(idx)).filter_map(|(idx, entry)| {
        let (to, target) = (&entry.to, entry.target());
        let message = match name(plan, entry) {
            Some(found) if found.trim_start_matches("r#") == to => {
                let other = siblings(plan, entry).into_iter().find(|it| it.lost(to))?;
                format!("`{to}` is the name of something else beside the {target}: `{}`", other.wire.escape_debug())
            }
            Some(found) if found.trim_end_matches('_') == to => {
                format!("`{to}` is a word of Rust, so the {target} cannot have it")
            }
            Some(found) if !found.to_lowercase().starts_with(&to.to_lowercase()) => {
                format!("`{to}` is not written as names are: the {target} would be `{found}`")
            }
            Some(_) => format!("`{to}` is the name of something else beside the {target}"),
            None => format!("the {target} has no type of its own that could be called `{to}`"),
        };
        Some((*idx, message))
    });
    problems.collect()
}

/// Something that stands beside a part that the user names.
struct Sibling<'p> {
    /// What the document calls it.
    wire: &'p str,
    /// What it would be called if nobody had taken the name.
    natural: String,
    /// What it is called.
    name: &'p str,
}

impl Sibling<'_> {
    /// Whether it gave its name away: what gets another one carries a hash behind it.
    fn lost(&self, name: &str) -> bool {
        let has_hash = self.name != self.natural && self.name.starts_with(&self.natural);
        has_hash && self.natural.eq_ignore_ascii_case(name)
    }
}

/// What stands beside a part.
fn siblings<'p>(plan: &'p ApiPlan, entry: &Rename) -> Vec<Sibling<'p>> {
    let snake = |wire: &'p str, name: &'p str| Sibling { wire, natural: names::snake(wire), name };
    let binding = |wire: &'p str, name: &'p str| Sibling { wire, natural: names::binding(wire), name };
    let pascal = |wire: &'p str, name: &'p str| Sibling { wire, natural: names::pascal(wire), name };
    if let Some(id) = &entry.operation {
        return match plan.operations.iter().find(|it| it.id == *id).filter(|_| entry.parameter.is_some()) {
            Some(operation) => operation.parameters.iter().map(|it| binding(&it.described.wire, &it.name)).collect(),
            None => plan.operations.iter().map(|it| snake(&it.id, &it.function)).collect(),
        };
    }
    let Some(model) = model(plan, entry) else { return Vec::new() };
    match (&entry.property, &entry.value, &model.kind) {
        (Some(_), _, ModelKind::Struct(it)) => it.fields.iter().map(|it| binding(&it.wire, &it.name)).collect(),
        (None, Some(_), ModelKind::StringEnum(_, all)) => all.iter().map(|it| pascal(&it.wire, &it.name)).collect(),
        (None, None, _) => {
            let files = plan.model_files.iter();
            files.map(|it| pascal(&it.component, &plan.models[it.main.0].name)).collect()
        }
        _ => Vec::new(),
    }
}

/// What became of a part.
fn name<'p>(plan: &'p ApiPlan, entry: &Rename) -> Option<&'p str> {
    if let Some(id) = &entry.operation {
        let operation = plan.operations.iter().find(|it| it.id == *id)?;
        return match &entry.parameter {
            Some(name) => operation.parameters.iter().find(|it| it.described.wire == *name).map(|it| it.name.as_str()),
            None => Some(&operation.function),
        };
    }
    let model = model(plan, entry)?;
    match (&entry.property, &entry.value) {
        (Some(wire), _) => {
            let ModelKind::Struct(it) = &model.kind else { return None };
            it.fields.iter().find(|it| it.wire == *wire).map(|it| it.name.as_str())
        }
        (None, Some(wire)) => match &model.kind {
            ModelKind::StringEnum(_, all) => all.iter().find(|it| it.wire == *wire).map(|it| it.name.as_str()),
            ModelKind::IntegerEnum(_, all) => {
                all.iter().find(|it| it.wire.to_string() == *wire).map(|it| it.name.as_str())
            }
            _ => None,
        },
        (None, None) => Some(&model.name),
    }
}

fn model<'p>(plan: &'p ApiPlan, entry: &Rename) -> Option<&'p Model> {
    if let Some(name) = &entry.schema {
        let file = plan.model_files.iter().find(|it| it.component == *name)?;
        return plan.models.get(file.main.0);
    }
    let at = entry.at.as_deref()?;
    plan.models.iter().find(|it| it.pointer == at)
}
