//! Which operations anybody wants; those in path items elsewhere are looked at here for the first time.

use super::Lowering;
use crate::config::Selected;
use crate::ir::{Method, PathTemplate};
use crate::source::{At, Value};

impl Lowering<'_, '_> {
    /// Whether anybody wants the operation.
    pub(super) fn is_selected(&mut self, method: &Method, path: &PathTemplate, at: &At<'_>) -> bool {
        if self.selection.is_whole() {
            return true;
        }
        let tags = at.field("tags");
        let tags: Vec<_> =
            tags.iter().flat_map(At::items).filter_map(|it| it.value.as_str().map(str::to_owned)).collect();
        let deprecated = at.field("deprecated").is_some_and(|it| *it.value == Value::Bool(true));
        let id = at.string("operationId").unwrap_or_default();
        let (path, method) = (path.as_str(), method.field());
        self.selection.takes(&Selected { id, tags: &tags, path, method, deprecated })
    }
}
