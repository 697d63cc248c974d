//! The methods of a path: those that have a field, and those of one's own.
//!
//! ```yaml
//! /files/{id}:
//!   get: { … }
//!   additionalOperations: { COPY: { … } }
//! ```

use super::Lowering;
use super::path_items::PathItem;
use crate::diagnostics::{Code, Felt, Left};
use crate::ir::Method;
use crate::source::At;

impl<'a> Lowering<'a, '_> {
    /// The operations of a path item with their methods: in the specification's order, then in that of the document.
    pub(super) fn methods(&mut self, item: &PathItem<'a>) -> Vec<(Method, At<'a>)> {
        let fields = Method::ALL.into_iter().filter_map(|method| Some((method.clone(), item.field(method.field())?)));
        let mut all: Vec<_> = fields.collect();
        // What is no object has been left out when the document was checked, and has left nothing.
        for (name, at) in item.additional() {
            if let Some(method) = self.method(name, &at, &all) {
                all.push((method, at));
            }
        }
        all
    }

    /// The method of a name in `additionalOperations`, which has those alone that have no field.
    fn method(&mut self, name: &str, at: &At<'a>, known: &[(Method, At<'a>)]) -> Option<Method> {
        let shown = name.escape_debug();
        if let Some(method) = Method::ALL.into_iter().find(|it| it.field().eq_ignore_ascii_case(name)) {
            let field = method.field();
            let message = format!("`{shown}` is no additional operation: the path has the field `{field}` for it");
            let is_free = known.iter().all(|(it, _)| *it != method);
            let finding = self.diagnostics.report(Code::InvalidField, &at.origin, message).at_key();
            if is_free {
                finding.taken_as(format!("`{field}` of the path"));
                return Some(method);
            }
            finding.leaves_out(left(name)).help(format!("make one operation of this and `{field}`"));
            return None;
        }
        let fault = if !is_token(name) {
            "is no name of a method: letters, digits and `!#$%&'*+-.^_|~` make one"
        } else if name == "CONNECT" {
            "asks for a tunnel, which no operation is"
        } else {
            return Some(Method::Other(name.to_owned()));
        };
        let message = format!("`{shown}` {fault}");
        self.diagnostics.report(Code::InvalidField, &at.origin, message).leaves_out(left(name)).at_key();
        None
    }
}

fn left(name: &str) -> Left {
    Left { operations: 1, ..Left::new(format!("the operation `{}`", name.escape_debug()), Felt::Both) }
}

/// Whether HTTP can send a method of this name; the backtick is left to Markdown.
fn is_token(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_|~".contains(&byte))
}
