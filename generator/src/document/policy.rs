//! What goes where a fault was not repaired: the smallest part of the document that can.
//!
//! [`settle`] looks at each finding that would refuse the document, climbs from its place to the first node that may be
//! missing or may be anything, and takes that one out. What referred to it is then at fault itself, and settled in the
//! same way. A requirement of security never goes alone: its operation goes with it.

use super::ledger::ObjectKind as ValueKind;
use super::references::{Found, Seen};
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Felt, Left};
use crate::ordered::{IndexMap, IndexSet};
use crate::source::{At, FileId, Object, Origin, Sources, Value};

/// Decides for every fault what goes; what cannot go without the rest stays an error.
pub(super) fn settle(
    found: &mut Found,
    targets: &IndexMap<Origin, Origin>,
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) {
    let mut gone = IndexSet::default();
    loop {
        let policy = Policy { found, targets, sources };
        let mut edits = Vec::new();
        for finding in diagnostics.errors_mut().filter(|finding| !is_final(finding)) {
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

/// What no part of a document can be blamed for, or nobody may look past; what was found before the document was rebuilt stands elsewhere now.
fn is_final(finding: &Diagnostic) -> bool {
    finding.rebuilt.is_some()
        || matches!(finding.code, Code::Syntax | Code::DuplicateKey | Code::UnsupportedVersion | Code::VendoredFile)
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

/// What a rule says about a node.
enum Verdict {
    Cut(Cut),
    /// The node around it decides.
    Around,
    Refuse,
}

/// What happens to a node where something in it is wrong; `{}` is its name.
#[derive(Clone, Copy)]
enum Rule {
    /// It goes.
    Goes(&'static str, Felt),
    /// It goes, which means this.
    Without(&'static str),
    /// It becomes an object without fields, which means this.
    Empty(&'static str),
    /// It becomes a body of any media type.
    AnyBody,
    /// An operation goes, or another field of its path.
    Method,
    /// An operation goes.
    Operation,
    /// A path goes with its operations.
    Path,
    /// A parameter goes where a request may do without it.
    Parameter,
    /// The node around it decides.
    Around,
    /// Nothing sensible remains.
    Refuse,
}

type Rules = &'static [(&'static [ValueKind], &'static [&'static str], Rule)];

/// The field of a Path Item Object that has operations by the names of their methods.
const OTHER_METHODS: &str = "additionalOperations";

/// What a scheme is taken as that nobody understands.
const OWN_SCHEME: &str = "a scheme of its own, whose hook decides by the head of the request";

/// Fields by their object: the first that fits, where an empty list fits all; any other is documentation, and goes.
const FIELDS: Rules = &[
    (&[ValueKind::OpenApi], &["security"], Rule::Refuse),
    (&[ValueKind::OpenApi], &["servers"], Rule::Goes("`{}`", Felt::Client)),
    (&[ValueKind::OpenApi], &["paths"], Rule::Goes("all operations", Felt::Both)),
    (&[ValueKind::OpenApi], &["components", "webhooks"], Rule::Goes("`{}`", Felt::Both)),
    (&[ValueKind::Components], &[], Rule::Goes("all `{}`", Felt::Both)),
    (&[ValueKind::Paths], &[], Rule::Path),
    (&[ValueKind::PathItem], &["parameters", "$ref"], Rule::Around),
    (&[ValueKind::PathItem], &[OTHER_METHODS], Rule::Goes("the operations in `{}`", Felt::Both)),
    (&[ValueKind::PathItem], &[], Rule::Method),
    (&[ValueKind::Operation], &["requestBody"], Rule::AnyBody),
    (&[ValueKind::Operation], &["parameters", "security"], Rule::Around),
    (&[ValueKind::Operation], &["responses"], Rule::Without("any status without a body")),
    (&[ValueKind::Parameter, ValueKind::Header], &["schema"], Rule::Without("any text")),
    (&[ValueKind::Parameter, ValueKind::Header], &["name", "in", "required", "content"], Rule::Around),
    (
        &[ValueKind::Parameter, ValueKind::Header],
        &["style", "explode", "allowReserved"],
        Rule::Goes("`{}`", Felt::Both),
    ),
    (&[ValueKind::RequestBody], &["content", "required"], Rule::Around),
    (&[ValueKind::Response], &["content"], Rule::Around),
    (&[ValueKind::Responses], &[], Rule::Goes("the response `{}`", Felt::Both)),
    (&[ValueKind::Callback], &[], Rule::Goes("the callback `{}`", Felt::Both)),
    (&[ValueKind::MediaType], &["schema"], Rule::Without("any content")),
    (&[ValueKind::MediaType], &["encoding"], Rule::Goes("`{}`", Felt::Both)),
    (&[ValueKind::Encoding], &[], Rule::Goes("`{}`", Felt::Both)),
    (&[ValueKind::Schema], &["$ref", "$dynamicRef", "$recursiveRef"], Rule::Without("any JSON value")),
    (&[ValueKind::Schema], &[], Rule::Goes("the keyword `{}`", Felt::Both)),
    (&[ValueKind::SecurityScheme], &["type", "in", "name", "scheme"], Rule::Around),
    (&[ValueKind::Server, ValueKind::Discriminator, ValueKind::Tag, ValueKind::SecurityRequirement], &[], Rule::Around),
    (&[ValueKind::ServerVariable], &["default"], Rule::Around),
    (&[ValueKind::ServerVariable], &[], Rule::Goes("`{}`", Felt::Client)),
];

/// Entries of the mappings and lists in those fields, in the same way.
const ENTRIES: Rules = &[
    (&[ValueKind::OpenApi, ValueKind::Operation], &["security"], Rule::Around),
    (&[ValueKind::OpenApi], &["servers"], Rule::Goes("the server", Felt::Client)),
    (&[ValueKind::OpenApi], &["webhooks"], Rule::Goes("the webhook `{}`", Felt::Both)),
    (&[ValueKind::Components], &["securitySchemes"], Rule::Empty(OWN_SCHEME)),
    (&[ValueKind::Components], &["schemas"], Rule::Empty("any JSON value")),
    (&[ValueKind::Components], &[], Rule::Goes("the component `{}`", Felt::Both)),
    (&[ValueKind::Operation, ValueKind::PathItem], &["parameters"], Rule::Parameter),
    (&[ValueKind::PathItem], &[OTHER_METHODS], Rule::Operation),
    (&[ValueKind::Operation], &["callbacks"], Rule::Goes("the callback `{}`", Felt::Both)),
    (&[ValueKind::Response, ValueKind::Encoding], &["headers"], Rule::Goes("the header `{}`", Felt::Both)),
    (&[ValueKind::Response, ValueKind::RequestBody], &["content"], Rule::Empty("any content")),
    (&[ValueKind::Parameter, ValueKind::Header], &["content"], Rule::Around),
    (&[ValueKind::MediaType], &["encoding"], Rule::Goes("the encoding of `{}`", Felt::Both)),
    (&[ValueKind::Discriminator], &["mapping"], Rule::Goes("the mapping of `{}`", Felt::Both)),
    (&[ValueKind::Schema], &["required", "enum", "examples"], Rule::Goes("this item", Felt::Both)),
    (&[ValueKind::Schema], &["type", "dependentRequired", "$vocabulary"], Rule::Around),
    (&[ValueKind::Schema], &[], Rule::Empty("any JSON value")),
    (&[ValueKind::ServerVariable, ValueKind::Server], &[], Rule::Around),
];

/// Where a node stands: as a field of an object, or as an entry of a mapping or sequence that is one.
enum Slot {
    Field(ValueKind, String),
    Entry(ValueKind, String, String),
}

struct Policy<'p> {
    found: &'p Found,
    targets: &'p IndexMap<Origin, Origin>,
    sources: &'p Sources,
}

impl Policy<'_> {
    /// The first node at or above a place that can go.
    fn cut(&self, origin: &Origin) -> Option<Cut> {
        let mut here = origin.clone();
        loop {
            match self.slot(&here) {
                Some(slot) => match self.verdict(&here, &slot) {
                    Verdict::Cut(cut) => return Some(cut),
                    Verdict::Refuse => return None,
                    Verdict::Around => {}
                },
                None => {
                    if let Some(cut) = self.elsewhere(&here) {
                        return Some(cut);
                    }
                }
            }
            here = parent(&here)?;
        }
    }

    /// What becomes of an object that stands in no other one, since only a reference leads to it.
    fn elsewhere(&self, here: &Origin) -> Option<Cut> {
        let instead = match self.found.seen.get(here)? {
            Seen::Object(ValueKind::SecurityScheme) => OWN_SCHEME,
            Seen::Object(ValueKind::Schema) => "any JSON value",
            Seen::Object(_) | Seen::Reference(_) | Seen::Group | Seen::Value => return None,
        };
        Some(Cut::taken_as(here, Some(Value::object(Object::default())), instead))
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

    /// What happens to a node at its slot.
    fn verdict(&self, here: &Origin, slot: &Slot) -> Verdict {
        let (rules, kind, field, name) = match slot {
            Slot::Field(kind, field) => (FIELDS, *kind, field, field),
            Slot::Entry(kind, field, name) => (ENTRIES, *kind, field, name),
        };
        let fits = |(kinds, fields, _): &&(&[ValueKind], &[&str], Rule)| {
            (kinds.is_empty() || kinds.contains(&kind)) && (fields.is_empty() || fields.contains(&field.as_str()))
        };
        let rule = rules.iter().find(fits).map_or(Rule::Goes("`{}`", Felt::Readers), |(.., rule)| *rule);
        let empty = || Some(Value::object(Object::default()));
        match rule {
            Rule::Refuse => Verdict::Refuse,
            Rule::Around => Verdict::Around,
            Rule::Goes(what, felt) => Verdict::Cut(Cut::goes(here, Left::new(what.replace("{}", name), felt))),
            Rule::Without(instead) => Verdict::Cut(Cut::taken_as(here, None, instead)),
            Rule::AnyBody => Verdict::Cut(Cut::taken_as(here, Some(any_body()), "any content")),
            Rule::Empty(instead) => Verdict::Cut(Cut::taken_as(here, empty(), instead)),
            Rule::Operation => Verdict::Cut(operation(here, self.targets)),
            Rule::Method if is_method(field) => Verdict::Cut(operation(here, self.targets)),
            Rule::Method => Verdict::Cut(Cut::goes(here, Left::new(format!("`{name}`"), Felt::Readers))),
            Rule::Path => Verdict::Cut(self.path(here, name)),
            Rule::Parameter => self.parameter(here).map_or(Verdict::Around, Verdict::Cut),
        }
    }

    /// A parameter goes where a request may do without it; else its operations go.
    fn parameter(&self, here: &Origin) -> Option<Cut> {
        let parameter = self.sources.at(here)?;
        let parameter = match parameter.string("$ref") {
            // Where the target is not known, nobody knows whether a request may do without it.
            Some(text) => {
                let pointer = crate::source::Pointer::from_escaped(text.strip_prefix('#')?);
                self.sources.at(&Origin { file: here.file, pointer })?
            }
            None => parameter,
        };
        let location = parameter.string("in")?;
        let optional = !matches!(parameter.value.get("required"), Some(Value::Bool(true)));
        let name = parameter.string("name")?;
        let left = || Left::new(format!("the {location} parameter `{name}`"), Felt::Both);
        (optional && matches!(location, "query" | "header" | "cookie")).then(|| Cut::goes(here, left()))
    }

    fn path(&self, here: &Origin, path: &str) -> Cut {
        let item = self.sources.at(here);
        let fields = item.iter().flat_map(At::entries).filter(|(key, _)| is_method(key)).count();
        let others = item.iter().filter_map(|it| it.field(OTHER_METHODS)).map(|it| it.entries().count()).sum::<usize>();
        let operations = fields + others;
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
}

/// `{ content: { '*/*': {} } }`.
fn any_body() -> Value {
    let empty = Value::object(Object::default());
    let content = Value::object(Object::from_iter([("*/*".to_owned(), empty)]));
    Value::object(Object::from_iter([("content".to_owned(), content)]))
}

fn operation(here: &Origin, targets: &IndexMap<Origin, Origin>) -> Cut {
    Cut::goes(here, Left::operation(format!("the operation `{}`", operation_name(here, targets))))
}

/// `GET /pets` where the pointer says so, or a path refers to where the operation stands; else the pointer.
pub(super) fn operation_name(here: &Origin, targets: &IndexMap<Origin, Origin>) -> String {
    let name = |item: &Origin| {
        let tokens: Vec<_> = item.pointer.tokens().collect();
        let path = match tokens.as_slice() {
            [paths, path] if paths == "paths" && item.file == FileId(0) => path.clone(),
            _ => targets.iter().filter(|(_, target)| *target == item).find_map(|(member, _)| path_of(member))?,
        };
        Some(path)
    };
    let last = here.pointer.last().unwrap_or_default();
    let outer = parent(here);
    let own = outer.as_ref().and_then(name).map(|path| format!("{} {path}", last.to_ascii_uppercase()));
    let is_other = |it: &Origin| it.pointer.last().as_deref() == Some(OTHER_METHODS);
    let other = || Some(format!("{last} {}", name(&parent(&outer.clone().filter(is_other)?)?)?));
    own.or_else(other).unwrap_or_else(|| here.pointer.to_string())
}

/// The path whose reference this is.
fn path_of(member: &Origin) -> Option<String> {
    let tokens: Vec<_> = member.pointer.tokens().collect();
    match tokens.as_slice() {
        [paths, path, reference] if paths == "paths" && reference == "$ref" && member.file == FileId(0) => {
            Some(path.clone())
        }
        _ => None,
    }
}

fn is_method(field: &str) -> bool {
    matches!(field, "get" | "put" | "post" | "delete" | "options" | "head" | "patch" | "trace" | "query")
}

fn parent(origin: &Origin) -> Option<Origin> {
    origin.pointer.parent().map(|pointer| Origin { file: origin.file, pointer })
}
