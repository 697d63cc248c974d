//! Nesting: how deep types stand in each other.
//!
//! Whether a type may go to another thread is a question about every type in it, and so on; compilers follow that down to
//! a limit, which a crate may raise.

use crate::plan::cycles::strongly_connected;
use crate::plan::words::{Model, ModelId, ModelKind, RustType};

/// How many types stand in each other at most, those of the standard library among them, such as the three between a
/// `Box` and what is in it. It is no less than that, and more where types lead to each other in several ways.
pub(in crate::plan) fn nesting(models: &[Model]) -> usize {
    let edges: Vec<Vec<(usize, usize)>> = models.iter().map(|model| held(&model.kind)).collect();
    let targets: Vec<Vec<usize>> = edges.iter().map(|it| it.iter().map(|(target, _)| *target).collect()).collect();
    let groups = strongly_connected(&targets);
    let count = groups.iter().max().map_or(0, |last| last + 1);
    let mut members = vec![Vec::new(); count];
    for (model, group) in groups.iter().enumerate() {
        members[*group].push(model);
    }
    // A group comes behind all that it leads to.
    let mut depths = vec![0; count];
    for (group, members) in members.iter().enumerate() {
        let is_inside = |target: usize| groups[target] == group;
        // The longest way through a group leads through each of its members once.
        let inside =
            |model: &usize| edges[*model].iter().filter(|it| is_inside(it.0)).map(|it| it.1).max().unwrap_or(0);
        let beyond = |model: &usize| {
            let beyond = edges[*model].iter().filter(|it| !is_inside(it.0));
            beyond.map(|(target, types)| types + depths[groups[*target]]).max().unwrap_or(0)
        };
        depths[group] = members.iter().map(inside).sum::<usize>() + members.iter().map(beyond).max().unwrap_or(0);
    }
    depths.into_iter().max().unwrap_or(0)
}

/// The models that a type leads to, each with how many types there are on the way.
fn held(kind: &ModelKind) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    if let ModelKind::Alias(ModelId(target)) = kind {
        found.push((*target, 0));
    }
    kind.types().into_iter().for_each(|ty| add(ty, 0, &mut found));
    found
}

fn add(ty: &RustType, above: usize, found: &mut Vec<(usize, usize)>) {
    // What rustc names when it gives up: `Box`, `Unique`, `NonNull`, a pointer; a map has nodes beside these.
    let types = match ty {
        RustType::Boxed(_) => 4,
        RustType::Vec(_) => 5,
        RustType::Map(..) | RustType::Set(_) => 12,
        _ => 1,
    };
    match ty {
        RustType::Model(ModelId(target)) => found.push((*target, above + types)),
        RustType::Tuple(types_inside) => types_inside.iter().for_each(|it| add(it, above + types, found)),
        other => other.inner().into_iter().for_each(|it| add(it, above + types, found)),
    }
}
