//! Extensions that the user does not want to be honored.

use std::collections::BTreeSet;

use crate::config::Extension;
use crate::diagnostics::{Code, Diagnostics};
use crate::ir::{Api, Extensions, Operation, Schemas};

/// Takes back what an extension says that decides about other schemas, before it does.
pub(super) fn clear_early(schemas: &mut Schemas, extensions: &BTreeSet<Extension>) {
    if extensions.contains(&Extension::XMsDiscriminatorValue) {
        let ids: Vec<_> = schemas.iter().map(|(id, _)| id).collect();
        for id in ids {
            schema(&mut schemas[id].extensions, Extension::XMsDiscriminatorValue);
        }
    }
}

/// Takes back what an extension says, and what is wrong with it.
pub(super) fn clear(api: &mut Api, extension: Extension, diagnostics: &mut Diagnostics) {
    let ids: Vec<_> = api.schemas.iter().map(|(id, _)| id).collect();
    for id in ids {
        schema(&mut api.schemas[id].extensions, extension);
    }
    for it in api.operations.iter_mut().chain(&mut api.webhooks) {
        operation(it, extension);
    }
    let names = names(extension);
    diagnostics.retain(|finding| {
        let is_about = |name: &&str| finding.origin.pointer.as_str().split('/').any(|it| it == *name);
        finding.code != Code::InvalidExtension || !names.iter().any(is_about)
    });
}

fn schema(said: &mut Extensions, extension: Extension) {
    match extension {
        Extension::XEnumVarnames => {
            said.enum_names.clear();
            said.type_name = None;
        }
        Extension::XEnumDescriptions => said.enum_descriptions.clear(),
        Extension::XExtensibleEnum => (said.known_values, said.is_open) = (None, false),
        Extension::XMsDiscriminatorValue => said.discriminator_value = None,
        Extension::XProvenance => said.provenance = None,
        Extension::XRustName => said.rust_name = None,
        Extension::XSecret => said.secret = false,
        Extension::XFormatAssertion
        | Extension::XImpliedTypes
        | Extension::XPagination
        | Extension::XValidationError => {}
    }
}

fn operation(operation: &mut Operation, extension: Extension) {
    match extension {
        Extension::XPagination => operation.pagination = None,
        Extension::XProvenance => {
            operation.provenance = None;
            operation.parameters.iter_mut().for_each(|it| it.provenance = None);
            operation.body.iter_mut().for_each(|it| it.provenance = None);
            for response in &mut operation.responses {
                response.provenance = None;
                response.headers.iter_mut().for_each(|it| it.provenance = None);
            }
        }
        Extension::XRustName => {
            operation.rust_name = None;
            operation.parameters.iter_mut().for_each(|it| it.rust_name = None);
        }
        Extension::XValidationError => {
            operation.responses.iter_mut().for_each(|it| it.validation_error = None);
        }
        Extension::XEnumVarnames
        | Extension::XEnumDescriptions
        | Extension::XExtensibleEnum
        | Extension::XFormatAssertion
        | Extension::XImpliedTypes
        | Extension::XMsDiscriminatorValue
        | Extension::XSecret => {}
    }
}

/// How documents spell it.
fn names(extension: Extension) -> &'static [&'static str] {
    match extension {
        Extension::XEnumVarnames => &["x-enum-varnames", "x-enumNames", "x-ms-enum"],
        Extension::XEnumDescriptions => &["x-enum-descriptions"],
        Extension::XExtensibleEnum => &["x-extensible-enum"],
        Extension::XFormatAssertion => &["x-format-assertion"],
        Extension::XImpliedTypes => &["x-implied-types"],
        Extension::XMsDiscriminatorValue => &["x-ms-discriminator-value"],
        Extension::XPagination => &["x-pagination"],
        Extension::XProvenance => &["x-provenance"],
        Extension::XRustName => &["x-rust-name"],
        Extension::XSecret => &["x-secret"],
        Extension::XValidationError => &["x-validation-error"],
    }
}
