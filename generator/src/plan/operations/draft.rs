//! Operations on their way: what the document decides, before equal types and parameters are shared.
//!
//! A draft has nothing that is filled in later; its types are those from before sharing.

use crate::ir::{Location, Method, ResponseKey, Step};
use crate::plan::words::{
    BodyPlan, BodyType, Choice, Codec, Described, OperationKind, PartPlan, Payload, RustType, SecurityPlan, ServerPlan,
};
use crate::source::Value;

/// An operation on its way.
#[derive(Debug)]
pub(in crate::plan) struct OperationDraft {
    /// The module's name, which is the function's, too.
    pub(in crate::plan) module: String,
    /// `operationId`.
    pub(in crate::plan) id: String,
    /// Its pointer in the document.
    pub(in crate::plan) pointer: String,
    /// Who sends it.
    pub(in crate::plan) kind: OperationKind,
    /// Whether a server can tell its requests from those of other operations.
    pub(in crate::plan) served: bool,
    /// Its method.
    pub(in crate::plan) method: Method,
    /// Its path, with parameters in braces.
    pub(in crate::plan) path: String,
    /// Its documentation.
    pub(in crate::plan) docs: String,
    /// Servers of its own.
    pub(in crate::plan) servers: Vec<ServerPlan>,
    /// Its tags.
    pub(in crate::plan) tags: Vec<String>,
    /// What it does in one paragraph.
    pub(in crate::plan) brief: String,
    /// Whether the document deprecates it.
    pub(in crate::plan) deprecated: bool,
    /// Its parameters.
    pub(in crate::plan) parameters: Vec<ParameterDraft>,
    /// Its body.
    pub(in crate::plan) body: Option<BodyPlan>,
    /// Its answers.
    pub(in crate::plan) responses: Vec<ResponseDraft>,
    /// The types that its bodies have of their own.
    pub(in crate::plan) bodies: Vec<BodyDraft>,
    /// Who may call.
    pub(in crate::plan) security: SecurityPlan,
    /// The API keys that stand among the properties of one of its parameters, each with its place.
    pub(in crate::plan) keys: Vec<(Location, String)>,
    /// The status that answers invalid input in the operation's own schema.
    pub(in crate::plan) violations: Option<u16>,
    /// Its pages, where one call leads to the next.
    pub(in crate::plan) pages: Option<PagesDraft>,
}

/// The pages of an operation.
#[derive(Debug)]
pub(in crate::plan) struct PagesDraft {
    /// The name of the client's function that gives all of them.
    pub(in crate::plan) function: String,
    /// The position of the response that has a page.
    pub(in crate::plan) response: usize,
    /// How one page leads to the next.
    pub(in crate::plan) step: Step,
    /// The JSON Pointer to the list of items in the body.
    pub(in crate::plan) items: String,
}

/// A parameter.
#[derive(Debug)]
pub(in crate::plan) struct ParameterDraft {
    /// The field's identifier.
    pub(in crate::plan) name: String,
    /// What the run time knows of it.
    pub(in crate::plan) described: Described,
    /// The type of its value.
    pub(in crate::plan) ty: RustType,
    /// `default`, where it may be absent.
    pub(in crate::plan) given: Option<Value>,
    /// Its documentation.
    pub(in crate::plan) docs: String,
    /// Whether the document deprecates it.
    pub(in crate::plan) deprecated: bool,
}

/// An answer.
#[derive(Debug)]
pub(in crate::plan) struct ResponseDraft {
    /// The variant's identifier.
    pub(in crate::plan) variant: String,
    /// The status.
    pub(in crate::plan) key: ResponseKey,
    /// Its documentation.
    pub(in crate::plan) docs: String,
    /// Its body.
    pub(in crate::plan) payload: Option<Payload>,
    /// Its headers.
    pub(in crate::plan) headers: Vec<HeaderDraft>,
    /// How the run time fills the body when it answers itself: the template as JSON text.
    pub(in crate::plan) refusal: Option<String>,
}

/// A header of an answer.
#[derive(Debug)]
pub(in crate::plan) struct HeaderDraft {
    /// The field's identifier.
    pub(in crate::plan) name: String,
    /// What the run time knows of it.
    pub(in crate::plan) described: Described,
    /// The type of its value.
    pub(in crate::plan) ty: RustType,
    /// Its documentation.
    pub(in crate::plan) docs: String,
}

/// A type that a body has of its own.
#[derive(Debug)]
pub(in crate::plan) enum BodyDraft {
    /// A struct whose fields are parts.
    Parts { name: String, docs: String, fields: Vec<PartPlan> },
    /// An enum of media types that differ in type.
    Choice { name: String, docs: String, variants: Vec<Choice> },
}

impl BodyDraft {
    /// Its name.
    pub(in crate::plan) fn name(&self) -> &str {
        match self {
            Self::Parts { name, .. } | Self::Choice { name, .. } => name,
        }
    }

    fn types(&self) -> Vec<&RustType> {
        match self {
            Self::Parts { fields, .. } => fields.iter().filter_map(|it| it.kind.held()).collect(),
            Self::Choice { variants, .. } => variants.iter().filter_map(|it| it.ty.held()).collect(),
        }
    }
}

impl OperationDraft {
    /// The types of everything that goes over the wire.
    pub(in crate::plan) fn types(&self) -> Vec<&RustType> {
        let parameters = self.parameters.iter().map(|it| &it.ty);
        let headers = self.responses.iter().flat_map(|it| &it.headers).map(|it| &it.ty);
        let answers = self.responses.iter().filter_map(|it| it.payload.as_ref());
        let payloads = self.body.iter().map(|it| &it.payload).chain(answers);
        let bodies = payloads.filter_map(|it| it.ty.held());
        parameters.chain(headers).chain(bodies).chain(self.bodies.iter().flat_map(BodyDraft::types)).collect()
    }
}

impl ResponseDraft {
    /// Whether it is JSON, or may be where a client asks for that.
    pub(super) fn may_be_json(&self) -> bool {
        self.payload.as_ref().is_some_and(|it| match it.ty {
            BodyType::Model(_) | BodyType::Value => true,
            BodyType::Own(_) => it.content.iter().any(|it| it.codec == Codec::Json),
            _ => false,
        })
    }
}
