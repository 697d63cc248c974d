//! The ids of operations: those that the document gives, and those that it leaves out or gives twice.
//!
//! | operation | id |
//! | --- | --- |
//! | without one | `get /pets/{id}` |
//! | with a template in its query | `get /pets?tag` |
//! | a callback whose name another one has, too | `post paid of createOrder` |

use std::collections::BTreeMap;

use super::Lowering;
use crate::diagnostics::Code;
use crate::ir::{Method, Operation, PathTemplate};
use crate::source::Origin;

impl Lowering<'_, '_> {
    /// Gives every operation without an id one of method and path, and reports ids that stand twice.
    pub(super) fn name<'o>(&mut self, operations: impl Iterator<Item = &'o mut Operation>) {
        let mut firsts: BTreeMap<String, Origin> = BTreeMap::new();
        let mut others = Vec::new();
        for operation in operations {
            if operation.id.is_empty() || firsts.contains_key(&operation.id) {
                others.push(operation);
            } else {
                firsts.insert(operation.id.clone(), operation.origin.key("operationId"));
            }
        }
        // Which of those alike has the shortest name must not depend on the order of a mapping.
        others.sort_by(|one, other| one.origin.cmp(&other.origin));
        for operation in others {
            let id = self.free(operation, &firsts);
            if let Some(first) = firsts.get(&operation.id) {
                let message = format!("`{}` names two operations", operation.id.escape_debug());
                self.diagnostics
                    .report(Code::DuplicateOperationId, &operation.origin.key("operationId"), message)
                    .taken_as(format!("`{}`, its method and path", id.escape_debug()))
                    .related(first.clone(), "the first one")
                    .help("give each operation an id of its own");
            }
            operation.id.clone_from(&id);
            firsts.insert(id, operation.origin.clone());
        }
    }

    /// An id that no other operation has.
    fn free(&self, operation: &Operation, taken: &BTreeMap<String, Origin>) -> String {
        let plain = plain(&operation.method, &operation.path);
        let owned = self.owners.get(&operation.origin).map(|owner| format!("{plain} of {owner}"));
        let name = owned.filter(|_| taken.contains_key(&plain)).unwrap_or(plain);
        if !taken.contains_key(&name) {
            return name;
        }
        let mut numbered = (2_u32..).map(|number| format!("{name} {number}"));
        numbered.find(|it| !taken.contains_key(it)).unwrap_or_default()
    }
}

/// Method and path, with the names that a query asks for.
pub(super) fn plain(method: &Method, path: &PathTemplate) -> String {
    let asked: Vec<_> = path.asked().iter().map(|(key, _)| key.as_str()).collect();
    let mark = if asked.is_empty() {
        ""
    } else if path.query().is_empty() {
        "?"
    } else {
        ","
    };
    format!("{} {}{mark}{}", method.field(), path.as_str(), asked.join(","))
}
