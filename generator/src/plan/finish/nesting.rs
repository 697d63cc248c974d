//! Nesting: how deep types stand in each other.
//!
//! Whether a type may go to another thread is a question about every type in it, and so on; compilers follow that down
//! to a limit, which a crate may raise.

use crate::plan::cycles::strongly_connected;
use crate::plan::words::{Model, ModelId, ModelKind, RustType};

/// How many types stand in each other at most, those of the standard library among them, such as the three between a
/// `Box` and what is in it. It is no less than that, and more where types lead to each other in several ways. `types`
/// are those that requests and responses have.
pub(super) fn nesting<'a>(models: &[Model], types: impl Iterator<Item = &'a RustType>) -> usize {
    let ways: Vec<Ways> = models.iter().map(|model| Ways::new(&model.kind)).collect();
    let targets: Vec<Vec<usize>> =
        ways.iter().map(|it| it.models.iter().map(|(target, _)| *target).collect()).collect();
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
            |model: &usize| ways[*model].models.iter().filter(|it| is_inside(it.0)).map(|it| it.1).max().unwrap_or(0);
        // The group itself is as deep as nothing yet, so that this is what is beyond it.
        let beyond = members.iter().map(|model| ways[*model].depth(&depths, &groups)).max().unwrap_or(0);
        depths[group] = members.iter().map(inside).sum::<usize>() + beyond;
    }
    let asked = types.map(|ty| {
        let mut ways = Ways::default();
        ways.add(ty, 0);
        ways.depth(&depths, &groups)
    });
    asked.max().unwrap_or(0).max(depths.iter().copied().max().unwrap_or(0))
}

/// The ways from a type into what it holds.
#[derive(Default)]
struct Ways {
    /// The models at their ends, each with how many types there are on the way.
    models: Vec<(usize, usize)>,
    /// How many there are on the longest way, whatever is at its end.
    longest: usize,
}

impl Ways {
    fn new(kind: &ModelKind) -> Self {
        let mut ways = Self::default();
        if let ModelKind::Alias(ModelId(target)) = kind {
            ways.models.push((*target, 0));
        }
        kind.types().into_iter().for_each(|ty| ways.add(ty, 0));
        ways
    }

    /// How many types there are down to the bottom, with those that stand in the models.
    fn depth(&self, depths: &[usize], groups: &[usize]) -> usize {
        let models = self.models.iter().map(|(target, types)| types + depths[groups[*target]]);
        models.max().unwrap_or(0).max(self.longest)
    }

    fn add(&mut self, ty: &RustType, above: usize) {
        // What rustc names when it gives up: `Box`, `Unique`, `NonNull`, a pointer; a map has nodes beside these.
        let types = match ty {
            RustType::Boxed(_) => 4,
            RustType::Vec(_) => 5,
            RustType::Map(..) | RustType::Set(_) => 12,
            _ => 1,
        };
        let so_far = above + types;
        self.longest = self.longest.max(so_far);
        match ty {
            RustType::Model(ModelId(target)) => self.models.push((*target, so_far)),
            RustType::Tuple(inner) => inner.iter().for_each(|it| self.add(it, so_far)),
            other => other.inner().into_iter().for_each(|it| self.add(it, so_far)),
        }
    }
}
