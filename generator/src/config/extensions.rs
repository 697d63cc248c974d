//! The extensions of OpenAPI that are honored.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An extension of OpenAPI that is honored unless a configuration says otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Extension {
    /// Names of the members of `enum`; `x-enumNames` and `x-ms-enum`, its other spellings, go with it.
    XEnumVarnames,
    /// What the members of `enum` mean.
    XEnumDescriptions,
    /// The values that are known today of a set that may grow; `modelAsString` and `x-enumFlags` go with it.
    XExtensibleEnum,
    /// Whether `format` asserts.
    XFormatAssertion,
    /// Whether what a schema leaves out is implied.
    XImpliedTypes,
    /// The value of the tag by which a child of a discriminated parent is known.
    XMsDiscriminatorValue,
    /// How an operation gives its pages.
    XPagination,
    /// Where a part of the document is from.
    XProvenance,
    /// The name of a part in Rust.
    XRustName,
    /// Whether `Debug` hides a value.
    XSecret,
    /// How invalid input is answered.
    XValidationError,
}
