//! The table of codes: severity and explanation of each.

use std::fmt;

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is written, unless the fault can be repaired or left out.
    Error,
    /// Written, but probably not what the author means.
    Warning,
    /// Worth knowing.
    Note,
}

/// Declares the codes: one row a code, so that name, severity and explanation cannot drift apart.
macro_rules! codes {
    ($($name:ident $text:literal $severity:ident $explanation:literal)*) => {
        /// The kind of a finding. Codes never change their meaning.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Code {
            $(#[doc = $explanation] $name,)*
        }

        impl Code {
            /// Every code.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The code as printed between the brackets of `error[...]`.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }

            /// What the finding weighs.
            pub fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)* }
            }

            /// What the code means and what to do.
            pub fn explanation(self) -> &'static str {
                match self { $(Self::$name => $explanation,)* }
            }
        }
    };
}

codes! {
    Syntax "syntax" Error
        "The text is not well-formed YAML or JSON."
    DuplicateKey "duplicate-key" Error
        "A mapping has the same key twice. One of the two would be lost."
    UnsupportedVersion "unsupported-version" Error
        "The document is neither OpenAPI 3.0, 3.1 or 3.2 nor Swagger 2.0."
    UnknownField "unknown-field" Warning
        "OpenAPI knows no field of this name here. It has no effect; extensions start with `x-`."
    MissingField "missing-field" Error
        "OpenAPI requires a field that is missing."
    NothingLeft "nothing-left" Error
        "So much of the document was left out that neither an operation nor a schema remains."
    InvalidField "invalid-field" Error
        "A field has a value that OpenAPI does not allow there."
    RepairedField "repaired-field" Warning
        "A field is missing, `null`, no value of JSON, or written in another way than OpenAPI's, and there is one thing that it can mean."
    IllegalName "illegal-name" Warning
        "The name of a component has characters that OpenAPI does not allow there. It is used all the same."
    ImpliedType "implied-type" Note
        "A schema leaves something out that its other keywords imply, such as `type: object` beside `properties`, a range of media types what its schema implies, or a `Location` that it may be relative. It is taken as if it were there, unless the document says `x-implied-types: false` at its top."
    UntypedSchema "untyped-schema" Note
        "No Rust type fits what the schema says. Its values are JSON of any kind, checked against the schema."
    LiftedField "lifted-field" Note
        "Swagger 2.0 leaves this open, or has a field here that has no effect. The message says what it was taken as."
    IgnoredField "ignored-field" Note
        "The field is valid but has no effect on what is generated."
    ApproximatedField "approximated-field" Warning
        "The field is honored in part only; the message says which part is not."
    UnsupportedField "unsupported-field" Error
        "The field is valid, but generating without it would change the meaning of the document."
    UnresolvedReference "unresolved-reference" Error
        "A `$ref` points at nothing, or at an object of another kind."
    ReferenceOutside "reference-outside" Error
        "A `$ref` leaves the folder of the document, which is never followed, or names a URL, which is never fetched: `specwright vendor` takes a copy of a file that you have."
    VendoredFile "vendored-file" Error
        "The copy of what a URL leads to is not the one whose sum is locked, or the lock file cannot be read. `specwright vendor` takes a copy and locks its sum."
    ReferenceBase "reference-base" Warning
        "A `$ref` in a schema with an `$id` is relative to that schema, where nothing is found; the document has it."
    ReferenceElsewhere "reference-elsewhere" Note
        "A `$ref` stands where OpenAPI has none, or leads through another one. It is followed as bundlers do."
    ReferenceCycle "reference-cycle" Error
        "References or `allOf` lead back to where they started without a property or an item in between."
    ReferenceSibling "reference-sibling" Warning
        "OpenAPI 3.0 ignores the siblings of `$ref`."
    InvalidPath "invalid-path" Error
        "A path template is malformed, clashes with another one, or disagrees with its parameters."
    InvalidOverlay "invalid-overlay" Error
        "An overlay is malformed, or an action of it cannot be applied to what it selects."
    UnmatchedAction "unmatched-action" Error
        "An action of an overlay selects nothing. The document may have changed; `x-optional: true` says it is meant."
    OtherDocument "other-document" Warning
        "An overlay says by `extends` that it is about another document than the one that it is applied to. It is applied all the same."
    DuplicateOperationId "duplicate-operation-id" Error
        "Two operations have the same `operationId`."
    InvalidStatus "invalid-status" Error
        "The key of a response is neither a status code (100 to 599), nor a range such as `4XX`, nor `default`."
    UndefinedSecurityScheme "undefined-security-scheme" Error
        "A security requirement names a scheme that `components.securitySchemes` does not define."
    UnmetRequirement "unmet-requirement" Warning
        "A security requirement asks for credentials of several schemes of HTTP at once. Each of them is the one value of the header `Authorization`, so no request has all of them."
    InvalidPattern "invalid-pattern" Error
        "A `pattern` is not a regular expression of ECMA-262, or needs more than the bounded engines can do."
    InvalidKeyword "invalid-keyword" Error
        "A schema keyword has a value that JSON Schema does not allow."
    ContradictorySchema "contradictory-schema" Warning
        "No instance can satisfy the schema, or none can have one of the values or properties that it describes. Where there is one sensible reading it is taken, and the message says which; otherwise generated code refuses those values."
    UnreachableBranch "unreachable-branch" Warning
        "A branch of a union lies within another one, so that no instance is of this branch alone; a mapping leads to a branch by a value that the branch does not allow; or what stands beside the union, such as `type`, excludes the branch."
    InvalidDefault "invalid-default" Warning
        "A `default` does not satisfy its own schema. It is left out, or taken as the JSON that it is the text of."
    InvalidExample "invalid-example" Warning
        "An example does not satisfy its own schema. It is left out, or taken as the JSON that it is the text of."
    MisplacedKeyword "misplaced-keyword" Warning
        "A keyword is about values of a type that the schema does not allow. It has no effect."
    UnlikelyName "unlikely-name" Warning
        "A name is probably another one that differs little, or none that can be sent."
    InvalidExtension "invalid-extension" Error
        "An extension that Specwright reads has a value it cannot use."
    NameClash "name-clash" Warning
        "Two things would get the same Rust name, because `x-rust-name` gives it to both, or because an operation is called as a security scheme is. One of them has a suffix."
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
