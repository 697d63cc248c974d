//! What goes where a fault was not repaired: the smallest part of the document that can.
//!
//! [`settle`] looks at each finding that would refuse the document, climbs from its place to the first node that may be
//! missing or may be anything, and takes that one out. What referred to it is then at fault itself, and settled in the
//! same way. A requirement of security never goes alone: its operation goes with it.

use indexmap::{IndexMap, IndexSet};

use super::ledger::ObjectKind;
use super::references::{Found, Seen};
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Felt, Left};
use crate::source::{FileId, Object, Origin, Sources, Value};

/// Decides for every fault what goes; what cannot go without the rest stays an error.
pub(super) fn settle(
    found: &mut Found,
    targets: &IndexMap<Origin, Origin>,
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) {
    let mut gone = IndexSet::new();
    loop {
        let policy = Policy { found, sources };
        let mut edits = Vec::new();
        for finding in diagnostics.errors_mut().filter(|finding| !is_final(finding.code)) {
            if let Some(cut) = policy.cut(&finding.origin) {
                apply(&cut, finding);
                edits.push(cut);
            }
        }
        for cut in edits {
            if cut.value.is_none() {
                gone.insert(cut.at.clone());
            }
            found.repairs.insert(cut.at, cut.value);
        }
        let dangling = dangling(targets, &gone, diagnostics);
        if !dangling {
            return;
        }
    }
}

/// What no part of a document can be blamed for.
fn is_final(code: Code) -> bool {
    matches!(code, Code::Syntax | Code::DuplicateKey | Code::UnsupportedVersion)
}

/// What to do to the tree, and what to say about it.
struct Cut {
    at: Origin,
    /// What stands there instead; none where the node goes.
    value: Option<Value>,
    said: Said,
}

enum Said {
    TakenAs(String),
    LeftOut(Left),
}

fn apply(cut: &Cut, finding: &mut Diagnostic) {
    match &cut.said {
        Said::TakenAs(instead) => finding.taken_as(instead.as_str()),
        Said::LeftOut(left) => finding.leaves_out(left.clone()),
    };
}

/// Reports every reference into what has gone; whether there was a new one.
fn dangling(targets: &IndexMap<Origin, Origin>, gone: &IndexSet<Origin>, diagnostics: &mut Diagnostics) -> bool {
    if gone.is_empty() {
        return false;
    }
    let within = |origin: &Origin| {
        let mut around = Some(origin.clone());
        while let Some(here) = around {
            if gone.contains(&here) {
                return Some(here);
            }
            around = parent(&here);
        }
        None
    };
    let mut any = false;
    for (member, target) in targets {
        let Some(left_out) = within(target) else { continue };
        let known = diagnostics.iter().any(|it| it.origin == *member);
        if known || within(member).is_some() {
            continue;
        }
        let message = format!("`{}` is left out, and needed here", target.pointer);
        diagnostics.report(Code::UnresolvedReference, member, message).related(left_out, "what is left out");
        any = true;
    }
    any
}

/// Where a node stands: as a field of an object, or as an entry of a mapping or sequence that is one.
enum Slot {
    Field(ObjectKind, String),
    Entry(ObjectKind, String, String),
}

struct Policy<'p> {
    found: &'p Found,
    sources: &'p Sources,
}

impl Policy<'_> {
    /// The first node at or above a place that can go.
    fn cut(&self, origin: &Origin) -> Option<Cut> {
        let mut here = origin.clone();
        loop {
            if let Some(slot) = self.slot(&here)
                && let Some(verdict) = self.verdict(&here, &slot)
            {
                return verdict;
            }
            here = parent(&here)?;
        }
    }

    fn slot(&self, here: &Origin) -> Option<Slot> {
        let last = here.pointer.last()?;
        let outer = parent(here)?;
        match self.found.seen.get(&outer)? {
            Seen::Object(kind) => Some(Slot::Field(*kind, last)),
            Seen::Group => match self.found.seen.get(&parent(&outer)?)? {
                Seen::Object(kind) => Some(Slot::Entry(*kind, outer.pointer.last()?, last)),
                Seen::Reference(_) | Seen::Group | Seen::Value => None,
            },
            Seen::Reference(_) | Seen::Value => None,
        }
    }

    /// What happens to a node at its slot: `None` asks the node around it, `Some(None)` refuses the document.
    fn verdict(&self, here: &Origin, slot: &Slot) -> Option<Option<Cut>> {
        use ObjectKind as Kind;
        let goes = |what: String, felt: Felt| Some(Some(Cut::goes(here, Left::new(what, felt))));
        match slot {
            Slot::Field(kind, field) => match (kind, field.as_str()) {
                (Kind::OpenApi, "security") => Some(None),
                (Kind::OpenApi, "servers") => goes(format!("`{field}`"), Felt::Client),
                (Kind::OpenApi, "paths") => goes("all operations".to_owned(), Felt::Both),
                (Kind::OpenApi, "components" | "webhooks") => goes(format!("`{field}`"), Felt::Both),
                (Kind::Components, _) => goes(format!("all `{field}`"), Felt::Both),
                (Kind::Paths, path) => Some(Some(self.path(here, path))),
                (Kind::PathItem, "parameters") => None,
                (Kind::PathItem, method) if is_method(method) => Some(Some(operation(here))),
                (Kind::Operation, "parameters" | "requestBody" | "security") => None,
                (Kind::Operation, "responses") => Some(Some(Cut::taken_as(here, None, "any status without a body"))),
                (Kind::Parameter | Kind::Header, "schema") => Some(Some(Cut::taken_as(here, None, "any text"))),
                (Kind::Parameter, "name" | "in" | "required" | "content") => None,
                (Kind::Header, "content" | "required") | (Kind::RequestBody, "content" | "required") => None,
                (Kind::Response, "content") | (Kind::PathItem, "$ref") => None,
                (Kind::Responses, status) => goes(format!("the response `{status}`"), Felt::Both),
                (Kind::Callback, expression) => goes(format!("the callback `{expression}`"), Felt::Both),
                (Kind::MediaType, "schema") => Some(Some(Cut::taken_as(here, None, "any content"))),
                (Kind::Schema, "$ref" | "$dynamicRef") => Some(Some(Cut::taken_as(here, None, "any JSON value"))),
                (Kind::Schema, keyword) => goes(format!("the keyword `{keyword}`"), Felt::Both),
                (Kind::SecurityScheme, "type" | "in" | "name" | "scheme") => None,
                (Kind::Server | Kind::Discriminator | Kind::Tag | Kind::SecurityRequirement, _) => None,
                (Kind::ServerVariable, "default") => None,
                (Kind::ServerVariable, _) => goes(format!("`{field}`"), Felt::Client),
                (Kind::Encoding, _) | (Kind::MediaType, "encoding") => goes(format!("`{field}`"), Felt::Both),
                (Kind::Parameter | Kind::Header, "style" | "explode" | "allowReserved") => {
                    goes(format!("`{field}`"), Felt::Both)
                }
                (_, field) => goes(format!("`{field}`"), Felt::Readers),
            },
            Slot::Entry(kind, field, name) => match (kind, field.as_str()) {
                (Kind::OpenApi | Kind::Operation, "security") => None,
                (Kind::OpenApi, "servers") => goes("the server".to_owned(), Felt::Client),
                (Kind::OpenApi, "webhooks") => goes(format!("the webhook `{name}`"), Felt::Both),
                (Kind::Components, "securitySchemes") => {
                    let instead = "a scheme of its own, whose hook decides by the head of the request";
                    Some(Some(Cut::taken_as(here, Some(Value::Object(Object::new())), instead)))
                }
                (Kind::Components, "schemas") => Some(Some(Cut::anything(here))),
                (Kind::Components, section) => goes(format!("`{name}` of `{section}`"), Felt::Both),
                (Kind::Operation | Kind::PathItem, "parameters") => self.parameter(here),
                (Kind::Operation, "callbacks") => goes(format!("the callback `{name}`"), Felt::Both),
                (Kind::Response | Kind::Encoding, "headers") => goes(format!("the header `{name}`"), Felt::Both),
                (Kind::Response | Kind::RequestBody, "content") => {
                    Some(Some(Cut::taken_as(here, Some(Value::Object(Object::new())), "any content")))
                }
                (Kind::Parameter | Kind::Header, "content") => None,
                (Kind::MediaType, "encoding") => goes(format!("the encoding of `{name}`"), Felt::Both),
                (Kind::Discriminator, "mapping") => goes(format!("the mapping of `{name}`"), Felt::Both),
                (Kind::Schema, "required" | "enum" | "examples") => goes(format!("this item of `{field}`"), Felt::Both),
                (Kind::Schema, "type" | "dependentRequired" | "$vocabulary") => None,
                (Kind::Schema, _) => Some(Some(Cut::anything(here))),
                (Kind::ServerVariable | Kind::Server, _) => None,
                (_, _) => goes(format!("this entry of `{field}`"), Felt::Readers),
            },
        }
    }

    /// A parameter goes where a request may do without it; else its operations go.
    fn parameter(&self, here: &Origin) -> Option<Option<Cut>> {
        let parameter = self.sources.at(here)?;
        let parameter = match parameter.text("$ref") {
            // Where the target is not known, nobody knows whether a request may do without it.
            Some(text) => {
                let pointer = crate::source::Pointer::from_escaped(text.strip_prefix('#')?);
                self.sources.at(&Origin { file: here.file, pointer })?
            }
            None => parameter,
        };
        let location = parameter.text("in")?;
        let optional = !matches!(parameter.value.get("required"), Some(Value::Bool(true)));
        let name = parameter.text("name")?;
        let left = || Left::new(format!("the {location} parameter `{name}`"), Felt::Both);
        (optional && matches!(location, "query" | "header" | "cookie")).then(|| Some(Cut::goes(here, left())))
    }

    fn path(&self, here: &Origin, path: &str) -> Cut {
        let item = self.sources.at(here);
        let operations = item.iter().flat_map(|item| item.entries()).filter(|(key, _)| is_method(key)).count();
        Cut::goes(here, Left { operations, ..Left::new(format!("the path `{path}`"), Felt::Both) })
    }
}

impl Cut {
    fn goes(at: &Origin, left: Left) -> Self {
        Self { at: at.clone(), value: None, said: Said::LeftOut(left) }
    }

    fn taken_as(at: &Origin, value: Option<Value>, instead: &str) -> Self {
        Self { at: at.clone(), value, said: Said::TakenAs(instead.to_owned()) }
    }

    /// A schema in the place of what is none.
    fn anything(at: &Origin) -> Self {
        Self::taken_as(at, Some(Value::Object(Object::new())), "any JSON value")
    }
}

fn operation(here: &Origin) -> Cut {
    Cut::goes(here, Left::operation(format!("the operation `{}`", operation_name(here))))
}

/// `GET /pets` where the pointer says so, else the pointer.
pub(super) fn operation_name(here: &Origin) -> String {
    let tokens: Vec<_> = here.pointer.tokens().collect();
    match tokens.as_slice() {
        [paths, path, method] if paths == "paths" && here.file == FileId(0) => {
            format!("{} {path}", method.to_ascii_uppercase())
        }
        _ => here.pointer.to_string(),
    }
}

fn is_method(field: &str) -> bool {
    matches!(field, "get" | "put" | "post" | "delete" | "options" | "head" | "patch" | "trace" | "query")
}

fn parent(origin: &Origin) -> Option<Origin> {
    origin.pointer.parent().map(|pointer| Origin { file: origin.file, pointer })
}
