//! Swagger 2.0, put into the shape of OpenAPI 3.0 before anyone else reads it.
//!
//! A tree comes in and a tree goes out; each node of the new tree knows which node of the old one it was made of, so
//! that every finding, in this stage or in a later one, points at what the author wrote:
//!
//! | 2.0 | 3.0 |
//! | --- | --- |
//! | `host`, `basePath`, `schemes` | `servers` |
//! | a parameter with `in: body`, `consumes` | `requestBody` with a media type for each |
//! | parameters with `in: formData` | the properties of a form, or of a multipart form where one is a file |
//! | `schema` of a response, `produces` | `content` |
//! | `type`, `items`, … of a parameter or header | its `schema` |
//! | `collectionFormat` | `style` and `explode` |
//! | `definitions`, `parameters`, `responses`, `securityDefinitions` | `components` |
//! | `discriminator: kind`, `x-nullable`, `type: file` | `discriminator: { propertyName: kind }`, `nullable`, bytes |
//!
//! References keep their text: they name places of the original, and resolving finds what became of those.

mod bodies;
mod fields;
pub(super) mod mend;
mod operations;
mod originals;
mod parameters;
mod root;
mod schemas;
mod security;

pub(super) use originals::Originals;

use bodies::SHARED;

use super::Loader;
use super::ledger::ObjectKind;
use super::scope::Base;
use crate::diagnostics::{Code, Diagnostics};
use crate::source::{Origin, Placed};

/// The media types of operations that name none of their own.
#[derive(Debug, Clone, Default)]
pub(super) struct Defaults {
    consumes: Vec<Placed>,
    produces: Vec<Placed>,
}

/// Puts a whole document into the shape of 3.0.
pub(super) fn document(
    tree: Placed,
    base: &Base,
    originals: &mut Originals<'_>,
    diagnostics: &mut Diagnostics,
) -> (Placed, Defaults) {
    let mut lift = Lift { base, originals, diagnostics, defaults: Defaults::default() };
    let root = lift.root(tree);
    (root, lift.defaults)
}

/// Puts one object of another file into the shape of 3.0: what a reference that wants such an object leads to.
pub(super) fn object(
    tree: Placed,
    kind: ObjectKind,
    base: &Base,
    defaults: &Defaults,
    originals: &mut Originals<'_>,
    diagnostics: &mut Diagnostics,
) -> Placed {
    let mut lift = Lift { base, originals, diagnostics, defaults: defaults.clone() };
    match kind {
        ObjectKind::Schema => lift.schema(tree),
        ObjectKind::PathItem => lift.path_item(tree),
        ObjectKind::Operation => lift.operation(tree, &[]),
        ObjectKind::Response => lift.response(tree, None, SHARED),
        ObjectKind::Parameter => lift.plain_parameter(tree),
        ObjectKind::RequestBody => lift.body(tree, None),
        ObjectKind::SecurityScheme => lift.security_scheme(tree),
        ObjectKind::Header => lift.header(tree),
        _ => tree,
    }
}

/// What is needed to lift more than the document itself.
pub(super) struct Lifting<'l> {
    pub(super) originals: Originals<'l>,
    pub(super) defaults: Defaults,
}

impl<'l> Lifting<'l> {
    /// Of a document of OpenAPI 3, of which little has to be lifted.
    pub(super) fn of_newer(loader: &'l dyn Loader) -> Self {
        Self { originals: Originals::unread(loader), defaults: Defaults::default() }
    }
}

/// The state of one run.
struct Lift<'l, 'o> {
    /// The file that is lifted.
    base: &'l Base,
    originals: &'l mut Originals<'o>,
    diagnostics: &'l mut Diagnostics,
    defaults: Defaults,
}

impl Lift<'_, '_> {
    /// Says what 2.0 leaves open or says otherwise, and what it was taken as.
    fn note(&mut self, origin: &Origin, message: impl Into<String>) {
        self.diagnostics.report(Code::LiftedField, origin, message).at_key();
    }

    /// Says what is wrong and what it was taken as.
    fn repaired(&mut self, origin: &Origin, message: impl Into<String>, instead: &str) {
        self.diagnostics.report(Code::RepairedField, origin, message).taken_as(instead).at_key();
    }

    /// Says what is wrong and goes.
    fn left_out(&mut self, origin: &Origin, message: impl Into<String>) {
        self.repaired(origin, message, "not there");
    }
}
