//! Components: schemas that no operation uses, and names that came and went.

use super::draft::{Draft, Drafts};
use super::rules::{self, Travel};
use super::shape::Shapes;
use super::walk::{Trail, Walk};
use crate::ir::{Api, SchemaId};

/// Schemas that no operation uses, and names that came and went.
pub(super) fn compare<'a>(old: &Shapes<'a>, new: &Shapes<'a>, walk: &mut Walk<'a, '_>, out: &mut Drafts) {
    const LEVELS: usize = 6;
    let (before, after) = (old.api, new.api);
    let find = |api: &Api, name: &str| api.components.iter().find(|(it, _)| it == name).map(|(_, id)| *id);
    let mut left: Vec<_> = after.components.iter().filter(|(name, _)| find(before, name).is_none()).collect();
    for (name, id) in &before.components {
        if let Some(other) = find(after, name) {
            let used = |api: &Api, id: SchemaId| api.schemas[id].usage.request || api.schemas[id].usage.response;
            if !used(before, *id) || !used(after, other) {
                walk.root(&[*id], &[other], Travel::Unused, Trail::new(format!("schema `{name}`"), ""), None);
            }
            continue;
        }
        let same = left.iter().position(|(_, other)| old.hash(&[*id], LEVELS) == new.hash(&[*other], LEVELS));
        let origin = &before.schemas[*id].origin;
        if let Some((renamed, other)) = same.map(|idx| left.remove(idx)) {
            let message = format!("`{name}` is called `{renamed}` now");
            let draft = Draft::new(&rules::COMPONENT_RENAMED, format!("schema `{renamed}`"), message);
            out.add(draft.old(origin).new_at(&after.schemas[*other].origin)).values(name, renamed);
        } else {
            let draft = Draft::new(&rules::COMPONENT_REMOVED, format!("schema `{name}`"), format!("`{name}` is gone"));
            out.add(draft.old(origin));
        }
    }
    for (name, id) in left {
        let draft = Draft::new(&rules::COMPONENT_ADDED, format!("schema `{name}`"), format!("`{name}` is new"));
        out.add(draft.new_at(&after.schemas[*id].origin));
    }
}
