//! The vocabulary of the plan for a whole API: files, operations, security. Plain data, and every decision made.

use std::collections::{BTreeMap, BTreeSet};

use specwright_runtime::Direction;

use super::given::DefaultValue;
use super::needs::Need;
use super::payload::{BodyItem, Payload};
use super::places::{Home, ModelId, SchemeId};
use super::shapes::Shape;
use super::types::{Construction, Model, RustType};
use crate::config::{Side, Types};
use crate::ir::{ApiKeyLocation, Location, Method, ParameterForm, ResponseKey, Step};

/// All generated code of one API.
#[derive(Debug, Clone, PartialEq)]
pub struct ApiPlan {
    /// The feature's name, such as `hbg-ramp`.
    pub feature: String,
    /// The module's name, such as `hbg_ramp`.
    pub module: String,
    /// The document as people name it, such as `specs/hbg-ramp.yaml`.
    pub source: String,
    /// The documentation of the module.
    pub docs: String,
    /// `info.title`.
    pub title: String,
    /// `models/<module>.rs`, in order.
    pub model_files: Vec<ModelFile>,
    /// `shared/<module>.rs`, in order.
    pub shared_files: Vec<ModelFile>,
    /// Every generated type.
    pub models: Vec<Model>,
    /// The types of each file, so that nobody looks through all of them for the few of one.
    pub homes: BTreeMap<Home, Vec<ModelId>>,
    /// How many types stand in each other at most.
    pub nesting: usize,
    /// Every operation, then every webhook.
    pub operations: Vec<OperationPlan>,
    /// The parameters and headers that have a name for all operations.
    pub parameters: Vec<SharedParameter>,
    /// Every security scheme that an operation asks for.
    pub schemes: Vec<SchemePlan>,
    /// The methods that turn credentials into a caller.
    pub hooks: Vec<HookPlan>,
    /// The base URLs that the document names.
    pub servers: Vec<ServerPlan>,
    /// The schema tables as JSON text.
    pub tables: String,
    /// One documented response for each operation, as JSON text.
    pub examples: String,
    /// What a contract test asks of a server, where one is wanted: the JSON text of [`contract_requests`](crate::samples::contract_requests).
    pub requests: Option<String>,
    /// The traits of handlers by tag; empty where one trait has all.
    pub handlers: Vec<HandlersPlan>,
    /// Which sides of HTTP the user wants.
    pub sides: Vec<Side>,
    /// Which types the user wants.
    pub types: Types,
    /// What the document needs of libraries when the code runs.
    pub needs: BTreeSet<Need>,
    /// The replacements that a schema answers to, by their position in the configuration.
    pub replaced: BTreeSet<usize>,
    /// Derives and attributes that the user adds to models.
    pub attributes: BTreeMap<ModelId, Vec<String>>,
}

impl ApiPlan {
    /// Whether the user wants a side of HTTP.
    pub fn has(&self, side: Side) -> bool {
        self.sides.contains(&side)
    }

    /// A security scheme.
    pub fn scheme(&self, id: SchemeId) -> &SchemePlan {
        &self.schemes[id.0]
    }

    /// The operations that a server can tell apart.
    pub fn served(&self) -> impl Iterator<Item = &OperationPlan> {
        self.operations.iter().filter(|it| it.is_served())
    }

    /// Operations of one kind.
    pub fn of_kind(&self, kind: OperationKind) -> impl Iterator<Item = &OperationPlan> {
        self.operations.iter().filter(move |it| it.kind == kind)
    }

    /// How many operations the document has: neither webhooks nor callbacks.
    pub fn operation_count(&self) -> usize {
        self.of_kind(OperationKind::Operation).count()
    }

    /// The models that live in a file, the main one first.
    pub fn models_in(&self, home: &Home) -> Vec<&Model> {
        self.homes.get(home).into_iter().flatten().map(|id| &self.models[id.0]).collect()
    }
}

/// A file of models.
#[derive(Debug, Clone, PartialEq)]
pub struct ModelFile {
    /// The module's name.
    pub module: String,
    /// The component's name in the document.
    pub component: String,
    /// The model of the component itself.
    pub main: ModelId,
    /// The direction that the model is for, where the component has another one for the other direction.
    pub direction: Option<Direction>,
}

/// A base URL.
#[derive(Debug, Clone, PartialEq)]
pub struct ServerPlan {
    /// What the document calls it.
    pub name: Option<String>,
    /// The URL, with its variables in braces.
    pub url: String,
    /// What it is.
    pub docs: String,
    /// The variables, each with its default and its allowed values.
    pub variables: Vec<(String, String, Vec<String>)>,
}

/// A security scheme.
#[derive(Debug, Clone, PartialEq)]
pub struct SchemePlan {
    /// The name in the document.
    pub wire: String,
    /// What Rust calls it, such as `bearer_auth`.
    pub hook: String,
    /// Whether its hook is told the scopes that an operation asks for.
    pub scoped: bool,
    /// What it asks for.
    pub credential: Credential,
    /// Its documentation.
    pub docs: String,
}

/// A method that turns the credentials of one requirement into a caller: of one scheme, or of all that go together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HookPlan {
    /// Its name, such as `bearer_auth` or `api_key_and_bearer_auth`.
    pub function: String,
    /// The schemes, in order.
    pub schemes: Vec<SchemeId>,
    /// Its documentation.
    pub docs: String,
}

/// What a scheme asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Credential {
    /// A token in `Authorization: Bearer`.
    Bearer,
    /// User and password in `Authorization: Basic`.
    Basic,
    /// A key.
    ApiKey(ApiKeyLocation, String),
    /// The certificate of the connection.
    ClientCertificate,
    /// What stands behind another scheme's name in `Authorization`.
    Http(String),
    /// The head of the request, for a scheme that the document does not describe.
    Request,
}

/// Who sends a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OperationKind {
    /// The API's users.
    Operation,
    /// The API's owner.
    Webhook,
}

/// One operation.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct OperationPlan {
    /// The module's name, such as `update_team_user`.
    pub module: String,
    /// The function's name, such as `update_team_user`.
    pub function: String,
    /// `operationId`.
    pub id: String,
    /// Its pointer in the document.
    pub pointer: String,
    /// Who sends it.
    pub kind: OperationKind,
    /// Whether a server can tell its requests from those of other operations.
    pub served: bool,
    /// Its method.
    pub method: Method,
    /// Its path, with parameters in braces.
    pub path: String,
    /// Its documentation.
    pub docs: String,
    /// Servers of its own; none where it has those of the document.
    pub servers: Vec<ServerPlan>,
    /// Its tags.
    pub tags: Vec<String>,
    /// What it does in one paragraph.
    pub brief: String,
    /// Whether the document deprecates it.
    pub deprecated: bool,
    /// Its parameters.
    pub parameters: Vec<ParameterPlan>,
    /// Its body.
    pub body: Option<BodyPlan>,
    /// Its answers.
    pub responses: Vec<ResponsePlan>,
    /// How callers make its request.
    pub construction: Construction,
    /// The types that its bodies have of their own.
    pub bodies: Vec<BodyItem>,
    /// Whether the handler chooses between media types, so that it must know which of them the client takes.
    pub accepts: bool,
    /// Who may call.
    pub security: SecurityPlan,
    /// The API keys that stand among the properties of one of its parameters, each with its place.
    pub keys: Vec<(Location, String)>,
    /// The status that answers invalid input in the operation's own schema; none where RFC 9457 does.
    pub violations: Option<u16>,
    /// Its pages, where one call leads to the next.
    pub pages: Option<PagesPlan>,
    /// Whether its responses differ much in size.
    pub uneven: bool,
}

impl OperationPlan {
    /// Whether a server has it, and can tell it apart.
    pub fn is_served(&self) -> bool {
        self.kind == OperationKind::Operation && self.served
    }
}

/// The pages of an operation.
#[derive(Debug, Clone, PartialEq)]
pub struct PagesPlan {
    /// The name of the client's function that gives all of them.
    pub function: String,
    /// How one page leads to the next.
    pub step: Step,
    /// The JSON Pointer to the list of items in the body.
    pub items: String,
    /// The type of an item.
    pub item: RustType,
}

/// A parameter.
#[derive(Debug, Clone, PartialEq)]
pub struct ParameterPlan {
    /// The field's identifier.
    pub name: String,
    /// What the run time knows of it.
    pub described: Described,
    /// Its name in [`ApiPlan::parameters`], where it has one.
    pub shared: Option<String>,
    /// The type of its value.
    pub ty: RustType,
    /// What it stands for where it is absent.
    pub default: Option<DefaultValue>,
    /// Its documentation.
    pub docs: String,
    /// Whether the document deprecates it.
    pub deprecated: bool,
}

/// What the run time knows of a parameter or of a header.
#[derive(Debug, Clone, PartialEq)]
pub struct Described {
    /// Its name on the wire.
    pub wire: String,
    /// Where it stands.
    pub location: Location,
    /// How its value becomes text.
    pub form: ParameterForm,
    /// `required`.
    pub required: bool,
    /// Whether an empty text that is no value of it stands for none: `allowEmptyValue`.
    pub allow_empty: bool,
    /// How text becomes JSON.
    pub shape: Shape,
    /// The key of its schema in the tables.
    pub pointer: String,
    /// Whether its type says all that its schema does.
    pub typed: bool,
}

/// A parameter or header that several operations have, or a component of the document.
#[derive(Debug, Clone, PartialEq)]
pub struct SharedParameter {
    /// The name of its constant.
    pub name: String,
    /// What the run time knows of it.
    pub described: Described,
}

/// A request body.
#[derive(Debug, Clone, PartialEq)]
pub struct BodyPlan {
    /// Whether it must be there.
    pub required: bool,
    /// What it is.
    pub payload: Payload,
    /// Its documentation.
    pub docs: String,
}

/// An answer.
#[derive(Debug, Clone, PartialEq)]
pub struct ResponsePlan {
    /// The variant's identifier.
    pub variant: String,
    /// The status.
    pub key: ResponseKey,
    /// Its documentation.
    pub docs: String,
    /// Its body.
    pub payload: Option<Payload>,
    /// Its headers.
    pub headers: Vec<HeaderPlan>,
    /// How the run time fills the body when it answers itself: the template as JSON text.
    pub refusal: Option<String>,
}

impl ResponsePlan {
    /// Whether the document leaves both status and body open, so that the response is held as it comes.
    pub fn is_raw(&self) -> bool {
        self.payload.is_none() && !matches!(self.key, ResponseKey::Status(_))
    }

    /// Whether it has its status beside headers and body.
    pub fn has_status(&self) -> bool {
        self.payload.is_some() && !matches!(self.key, ResponseKey::Status(_))
    }

    /// Whether it has a body, be it one that the document leaves open.
    pub fn has_body(&self) -> bool {
        self.payload.is_some() || self.is_raw()
    }
}

/// A header of an answer.
#[derive(Debug, Clone, PartialEq)]
pub struct HeaderPlan {
    /// The field's identifier.
    pub name: String,
    /// What the run time knows of it.
    pub described: Described,
    /// Its name in [`ApiPlan::parameters`], where it has one.
    pub shared: Option<String>,
    /// The type of its value.
    pub ty: RustType,
    /// Its documentation.
    pub docs: String,
}

/// Who may call an operation.
#[derive(Debug, Clone, PartialEq)]
pub enum SecurityPlan {
    /// Anyone, and nobody asks who it is.
    Anyone,
    /// Callers whose credentials satisfy one of the alternatives.
    Callers {
        /// The alternatives, in the order of the document; all schemes of one must hold, and each has a hook.
        alternatives: Vec<Vec<Required>>,
        /// Whether callers without credentials are let in as well.
        anonymous: bool,
    },
}

/// A scheme with the scopes that it must grant.
#[derive(Debug, Clone, PartialEq)]
pub struct Required {
    /// The scheme.
    pub scheme: SchemeId,
    /// The scopes.
    pub scopes: Vec<String>,
}

/// The handlers of one tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandlersPlan {
    /// The name of the trait, such as `PetsApi`.
    pub name: String,
    /// The function that gives its operations, such as `pets_routes`.
    pub function: String,
    /// The documentation of the trait: what the document says of the tag.
    pub docs: String,
    /// Its operations, by their positions in the plan, in the order of the document.
    pub operations: Vec<usize>,
}
