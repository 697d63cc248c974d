//! Which operation of the old document is which of the new one.

use std::collections::BTreeMap;

use crate::ir::{Method, Operation, Segment};

/// Operations of both documents, paired; what has no partner is gone or new.
#[derive(Debug, Default)]
pub(super) struct Pairs<'a> {
    /// Every old operation, with the new one that it is.
    pub(super) old: Vec<(&'a Operation, Option<&'a Operation>)>,
    /// The operations that are new.
    pub(super) new: Vec<&'a Operation>,
}

/// An operation of the new document that is no old one yet.
struct Candidate<'a> {
    operation: &'a Operation,
    position: usize,
    expression: Option<String>,
}

impl<'a> Pairs<'a> {
    /// Pairs operations of one kind; callbacks of several operations may have one name.
    pub(super) fn new(old: &'a [Operation], new: &'a [Operation]) -> Self {
        let mut candidates: BTreeMap<_, Vec<Candidate<'a>>> = BTreeMap::new();
        for (position, operation) in new.iter().enumerate() {
            let expression = expression(operation);
            candidates.entry(key(operation)).or_default().push(Candidate { operation, position, expression });
        }
        let mut old: Vec<_> = old.iter().map(|it| (it, None)).collect();
        // What stands where it stood comes first, so that no other operation takes it.
        for (before, after) in &mut old {
            *after = take(&mut candidates, before, |it| it.operation.origin.pointer == before.origin.pointer);
        }
        for (before, after) in old.iter_mut().filter(|(_, after)| after.is_none()) {
            let expression = expression(before);
            // A path item that stands elsewhere does not tell its key.
            let is_same =
                |it: &Candidate<'_>| expression.is_none() || it.expression.is_none() || it.expression == expression;
            *after = take(&mut candidates, before, is_same);
        }
        let mut left: Vec<_> = candidates.into_values().flatten().collect();
        left.sort_by_key(|it| it.position);
        Self { old, new: left.into_iter().map(|it| it.operation).collect() }
    }
}

fn take<'a>(
    candidates: &mut BTreeMap<Key, Vec<Candidate<'a>>>,
    before: &Operation,
    is_same: impl Fn(&Candidate<'a>) -> bool,
) -> Option<&'a Operation> {
    let all = candidates.get_mut(&key(before))?;
    let position = all.iter().position(is_same)?;
    Some(all.remove(position).operation)
}

/// Method and path, whatever its parameters are called.
type Key = (Method, Vec<String>);

fn key(operation: &Operation) -> Key {
    let segments = operation.path.segments().iter().map(|segment| match segment {
        Segment::Literal(text) => text.replace('{', "{{"),
        Segment::Parameter(_) => "{}".to_owned(),
        Segment::Mixed(parts) => {
            parts.iter().enumerate().map(|(idx, part)| if idx % 2 == 0 { part.as_str() } else { "{}" }).collect()
        }
    });
    (operation.method.clone(), segments.collect())
}

/// The key of a callback, which says where its requests go; none where an operation is no callback.
pub(super) fn expression(operation: &Operation) -> Option<String> {
    let tokens: Vec<String> = operation.origin.pointer.tokens().collect();
    let tokens = match tokens.as_slice() {
        [above @ .., other, _] if other == "additionalOperations" => above,
        [above @ .., _] => above,
        [] => return None,
    };
    match tokens {
        [.., field, _, expression] if field == "callbacks" => Some(expression.clone()),
        _ => None,
    }
}
