//! References to an object of another kind that has one of the right kind in it.

use super::ledger::ObjectKind;
use super::references::{Found, Reference, Seen};
use crate::diagnostics::{Code, Diagnostics};
use crate::source::{Origin, Pointer, Sources};

/// The maps of components, with what each holds.
pub(super) const MAPS: [(&str, ObjectKind); 10] = [
    ("schemas", ObjectKind::Schema),
    ("responses", ObjectKind::Response),
    ("requestBodies", ObjectKind::RequestBody),
    ("securitySchemes", ObjectKind::SecurityScheme),
    ("links", ObjectKind::Link),
    ("callbacks", ObjectKind::Callback),
    ("pathItems", ObjectKind::PathItem),
    ("examples", ObjectKind::Example),
    ("parameters", ObjectKind::Parameter),
    ("headers", ObjectKind::Header),
];

/// What stands among the components of a file, whoever refers to it first: a mistake in one place changes no other.
///
/// A parameter may be what a header refers to, so that these two are what they are taken for.
pub(super) fn by_place(pointer: &Pointer) -> Option<ObjectKind> {
    let tokens: Vec<_> = pointer.tokens().collect();
    let [components, map, _] = tokens.as_slice() else { return None };
    (components == "components").then_some(())?;
    let (_, kind) = MAPS.iter().find(|(name, _)| name == map)?;
    (!matches!(kind, ObjectKind::Parameter | ObjectKind::Header)).then_some(*kind)
}

/// The schema within a target that has one and is none; any other target is its own answer.
pub(super) fn of_the_right_kind(
    found: &Found,
    sources: &Sources,
    diagnostics: &mut Diagnostics,
    reference: &Reference,
    target: Origin,
) -> Origin {
    use ObjectKind::{Header, MediaType, Parameter, RequestBody, Response, Schema};
    let seen = found.seen.get(&target).copied();
    let Some(Seen::Object(kind @ (Header | MediaType | Parameter | RequestBody | Response))) = seen else {
        return target;
    };
    let Some(at) = sources.at(&target) else { return target };
    let within = match (reference.expected, kind) {
        (Schema, _) => at.field("schema").or_else(|| {
            let content = at.field("content")?;
            content.entries().find_map(|(_, media_type)| media_type.field("schema"))
        }),
        // A parameter says everything that a header does.
        (Header, Parameter) => Some(at.clone()),
        _ => None,
    };
    let Some(within) = within else { return target };
    let (text, wanted) = (&reference.text, reference.expected.with_article());
    let instead = if within.origin == target {
        "a header with the schema of the parameter".to_owned()
    } else {
        format!("`{}`", within.origin.pointer)
    };
    diagnostics
        .report(
            Code::UnresolvedReference,
            &reference.member,
            format!("`{text}` is {}, not {wanted}", kind.with_article()),
        )
        .taken_as(instead);
    within.origin
}
