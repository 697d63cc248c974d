//! The document held against itself, by the checker that generated code carries.
//!
//! A default that its own schema refuses, a bound that leaves nothing, a name that is probably another one: each is
//! reported where it stands. What its own schema refuses is left out, so that no sample and no default of the
//! generated code is wrong because the document is.

mod beyond;
mod branches;
mod contradictions;
mod endless;
mod misplaced;
mod names;
mod unions;
mod values;

use crate::diagnostics::Diagnostics;
use crate::document::Document;
use crate::ir::Api;
use crate::parallel;
use values::Values;

/// Judges an API by its own schemas, and leaves out of it what they refuse.
pub fn judge(document: &Document, api: &mut Api, diagnostics: &mut Diagnostics) {
    let schemas = || {
        contradictions::report(document, api, diagnostics);
        unions::report(document, api, diagnostics);
        endless::report(document, api, diagnostics);
        misplaced::report(api, diagnostics);
        branches::report(api, diagnostics);
        names::report(api, diagnostics);
        beyond::bounds(api, diagnostics);
    };
    let ((), values) = parallel::both(schemas, || Values::new(api));
    values.leave_out(document, api, diagnostics);
}
